/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-import.h"
#include "way-store.h"

G_BEGIN_DECLS

/**
 * WayImportCount:
 *
 * How far an import has come: counted on the worker, read by the window.
 */
typedef struct _WayImportCount WayImportCount;

WayImportCount *way_import_count_new (void);
WayImportCount *way_import_count_ref (WayImportCount *self);
void way_import_count_unref (WayImportCount *self);
guint way_import_count_get (WayImportCount *self); /* pupils, rows and records read so far */

/* Reads a file or folder into the store, or with options.dry_run finds out what that would do. */
void way_import_run_async (WayStore *store,
                           const char *path,
                           const WayImportOptions *options,
                           WayImportCount *count,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
/* %WAY_ERROR_REFUSED: the file as a whole is not acceptable. */
WayImportReport *way_import_run_finish (WayStore *store, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayImportCount, way_import_count_unref)

G_END_DECLS
