/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "way-code-lists.h"
#include "way-db.h"

G_BEGIN_DECLS

/**
 * WayChildItem:
 *
 * A line of the list of children: what the store gave, and the words for it.
 */
#define WAY_TYPE_CHILD_ITEM (way_child_item_get_type ())
G_DECLARE_FINAL_TYPE (WayChildItem, way_child_item, WAY, CHILD_ITEM, GObject)

typedef enum {
  WAY_CHILD_COLUMN_NAME,
  WAY_CHILD_COLUMN_YEAR,
  WAY_CHILD_COLUMN_SCHOOL,
  WAY_CHILD_COLUMN_STATUS,
  WAY_CHILD_COLUMN_NEED,
  WAY_CHILD_COLUMN_CASE,
  WAY_CHILD_COLUMN_LAST_SEEN,
  WAY_CHILD_COLUMNS
} WayChildColumn;

WayChildItem *way_child_item_new (WayChildRow *row, const WayCodeLists *lists); /* takes the row */
/* (element-type WayChildItem), by name: those of one name get their day of birth beside it. */
void way_child_items_tell_apart (GPtrArray *items);
const WayChildRow *way_child_item_get_row (WayChildItem *self);
const char *way_child_item_get_text (WayChildItem *self, WayChildColumn column);
int way_child_item_compare (WayChildItem *a, WayChildItem *b, WayChildColumn column);
gboolean way_child_item_matches (WayChildItem *self, const char *const *words); /* folded words */
gboolean way_child_item_equal (WayChildItem *a, WayChildItem *b);

G_END_DECLS
