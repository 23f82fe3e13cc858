/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "way-import.h"

G_BEGIN_DECLS

gboolean way_caseload_read (const char *folder,
                            WayImportSink *sink,
                            GCancellable *cancellable,
                            GError **error); /* unit: one row */
gboolean
way_caseload_write (const char *folder, WayRecordSet *records, guint *n_left, GError **error);
char *way_caseload_dup_left_out (WayRecordSet *records, guint n_drafts);

G_END_DECLS
