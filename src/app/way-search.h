/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WaySearch:
 *
 * The search entry in the head of the window, and the list of what it finds.
 */
#define WAY_TYPE_SEARCH (way_search_get_type ())
G_DECLARE_FINAL_TYPE (WaySearch, way_search, WAY, SEARCH, GtkWidget)

void way_search_start (WaySearch *self); /* the keyboard goes there */
void way_search_clear (WaySearch *self); /* forgets words and results */

G_END_DECLS
