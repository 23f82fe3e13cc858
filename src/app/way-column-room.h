/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A list that is narrower than its columns leaves out what matters least, so that the rest can be
 * read. */
void way_column_room_watch (GtkColumnView *view, int least);
void way_column_room_add (GtkColumnView *view, GtkColumnViewColumn *column);

G_END_DECLS
