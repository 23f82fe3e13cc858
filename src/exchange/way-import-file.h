/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "way-import.h"

G_BEGIN_DECLS

typedef enum {
  WAY_FORMAT_AUTO,
  WAY_FORMAT_CTF,
  WAY_FORMAT_CASELOAD,
  WAY_FORMAT_VISIT,
  WAY_FORMAT_PDF, /* of a Record of Visit, with its XML inside */
} WayFormat;

/* Finds out what @path is (folder: caseload CSV; PDF by its first bytes, XML by its root element)
 * and reads it. The one way in for window and command line. */
WayFormat way_import_file_detect (const char *path, GError **error);
gboolean way_import_file_read (const char *path,
                               WayFormat format,
                               WayDate today,
                               WayImportSink *sink,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
