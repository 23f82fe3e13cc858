/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WayFold:
 * @folded: (property): whether there is too little room for both children of the pane
 *
 * Around a GtkPaned of which only the start child has to be in view. It says when the two do not
 * fit side by side; what is shown then is its user's affair.
 */
#define WAY_TYPE_FOLD (way_fold_get_type ())
G_DECLARE_FINAL_TYPE (WayFold, way_fold, WAY, FOLD, GtkWidget)

gboolean way_fold_get_folded (WayFold *self);

G_END_DECLS
