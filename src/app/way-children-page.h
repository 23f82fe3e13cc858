/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * WayChildrenPage:
 *
 * The list of children: filter, sort, open.
 */
#define WAY_TYPE_CHILDREN_PAGE (way_children_page_get_type ())
G_DECLARE_FINAL_TYPE (WayChildrenPage, way_children_page, WAY, CHILDREN_PAGE, AdwBin)

GtkWidget *way_children_page_new (void);
/* @items: (element-type WayChildItem) */
void way_children_page_take_items (WayChildrenPage *self, GPtrArray *items, guint n_rest);
guint way_children_page_get_n_shown (WayChildrenPage *self);

G_END_DECLS
