/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "way-import.h"

G_BEGIN_DECLS

gboolean way_ctf_read (const char *path,
                       WayDate today,
                       WayImportSink *sink,
                       GCancellable *cancellable,
                       GError **error); /* unit: one pupil */

G_END_DECLS
