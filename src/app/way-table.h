/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A table to be read: rows (element-type GStrv), the first is the head. */
GtkWidget *way_table_new (const char *name, GPtrArray *rows);

G_END_DECLS
