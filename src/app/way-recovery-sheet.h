/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The page with the recovery key, for the school's safe. @store_path is the store's file. */
void way_recovery_sheet_draw (cairo_t *cr, double width, const char *store_path, const char *key);
GtkPrintOperationResult way_recovery_sheet_print (GtkWindow *parent,
                                                  const char *store_path,
                                                  const char *key,
                                                  GError **error);

G_END_DECLS
