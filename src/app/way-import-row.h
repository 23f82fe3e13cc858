/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkListItemFactory *way_import_row_factory_new (void);
char *way_import_row_dup_focused (GtkWidget *view); /* (nullable) */
void way_import_row_focus (GtkWidget *view, const char *question);

G_END_DECLS
