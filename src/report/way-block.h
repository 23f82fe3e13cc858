/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-tag.h"
#include "way-type.h"

G_BEGIN_DECLS

typedef void (*WayPictureFunc) (gconstpointer data, cairo_t *cr, double width, double height);

/* A line of set text: its own height, and where it sits in it. */
typedef struct {
  PangoLayoutLine *line; /* of the item's layout */
  double x, baseline, height, width;
} WayTextLine;

/**
 * WayItem:
 * @tag: (nullable): what it is in the structure: "P", "TD" ...; an item without is decoration
 * @note: (nullable): see #WayTagWriter
 * @gap: room above it within its cell
 * @boxed: a rounded line is drawn around it
 *
 * Text, or a picture, in a cell.
 */
typedef struct {
  const char *tag;
  char *note;
  double gap;
  gboolean boxed;
  WayFace face;
  PangoLayout *layout;
  WayTextLine *lines;
  guint n_lines;
  WayPictureFunc picture;
  gconstpointer picture_data;
  double picture_height;
} WayItem;

typedef struct {
  double x, width;
  GPtrArray *items;
} WayCell;

/* Where a slice of a block ends: in each cell, the number of lines that came before. */
typedef struct {
  double height;
  guint ends[6];
} WaySlice;

#define WAY_BLOCK_MAX_CELLS 6
#define WAY_BLOCK_MAX_BEGINS 6

typedef enum { WAY_FRAME_NONE, WAY_FRAME_HAIRLINE, WAY_FRAME_ACCENT } WayFrame;

/**
 * WayBlock:
 * @tag: (nullable): the element that holds its items: "TR", "LI" ...
 * @begins: elements that open before it
 * @n_ends: how many of them close after it
 * @prose: may be parted after any line, with the usual care for first and last lines;
 *   any other block only where it is taller than a page
 * @keep_with_next: a WayKeep
 * @frame, @frame_id: blocks in a row with the same id stand in one box
 * @rule: the line below it, if any
 * @bar: a line down its left side, as beside a quotation
 * @head: (nullable): the block that is repeated above it at the top of a page
 * @outline: (nullable): the entry that leads to it
 *
 * One step down the page: cells side by side, each a pile of texts and pictures.
 */
typedef struct _WayBlock WayBlock;
struct _WayBlock {
  const char *tag;
  const char *begins[WAY_BLOCK_MAX_BEGINS];
  guint n_begins, n_ends;
  WayCell cells[WAY_BLOCK_MAX_CELLS];
  guint n_cells;
  double gap, pad_top, pad_bottom;
  gboolean prose, bottom_aligned;
  int keep_with_next;
  WayFrame frame;
  guint frame_id;
  gboolean begins_frame, ends_frame;
  const WayInk *rule;
  double rule_width;
  const WayInk *bar;
  const WayBlock *head;
  char *outline;
  GArray *slices; /* (element-type WaySlice) */
};

WayBlock *way_block_new (const char *tag);
void way_block_free (WayBlock *self);
void way_block_add_cell (WayBlock *self, double x, double width);
WayItem *way_block_add_text (WayBlock *self, const char *tag, WayFace face, PangoLayout *layout);
WayItem *way_block_add_picture (
    WayBlock *self, double height, WayPictureFunc picture, gconstpointer data, const char *alt);
void way_block_measure (WayBlock *self, double page_height);
double way_block_get_height (const WayBlock *self);
void way_block_find_missing (const WayBlock *self, GString *characters);
void way_block_draw (
    const WayBlock *self, guint first, guint end, cairo_t *cr, double width, WayTagWriter *tags);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayBlock, way_block_free)

G_END_DECLS
