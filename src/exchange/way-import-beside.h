/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-import.h"

G_BEGIN_DECLS

/* What reads a file into @sink; it runs on a thread of its own. */
typedef gboolean (*WayImportReadFunc) (WayImportSink *sink, gpointer data, GError **error);

gboolean
way_import_read_beside (WayImportReadFunc read, gpointer data, WayImportSink *sink, GError **error);

G_END_DECLS
