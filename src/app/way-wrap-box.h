/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WayWrapBox:
 * @column-width: (property): 0 for things side by side at their own width, as
 *   many in a line as fit; otherwise columns of equal width, one under the other
 *   where they would be narrower than this
 *
 * Children in lines, as words are set. GTK 4.8 has none that keeps them plain
 * children: those of its flow box are stops of the keyboard of their own.
 * What expands shares what its line has left.
 */
#define WAY_TYPE_WRAP_BOX (way_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (WayWrapBox, way_wrap_box, WAY, WRAP_BOX, GtkWidget)

GtkWidget *way_wrap_box_new (int spacing);
void way_wrap_box_append (WayWrapBox *self, GtkWidget *child);

G_END_DECLS
