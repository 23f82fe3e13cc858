/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-block.h"

#include <math.h>

#define PILL_PAD 5.0

static void
stroke_pill (const WayTextLine *line, cairo_t *cr, double x, double y)
{
  double radius = line->height / 2.0;
  double left = x + line->x, right = left + line->width + 2.0 * PILL_PAD;

  cairo_new_sub_path (cr);
  cairo_arc (cr, right - radius, y + radius, radius, -G_PI_2, G_PI_2);
  cairo_arc (cr, left + radius, y + radius, radius, G_PI_2, 3.0 * G_PI_2);
  cairo_close_path (cr);
  way_ink_set (&WAY_INK_ACCENT, cr);
  cairo_set_line_width (cr, 0.8);
  cairo_stroke (cr);
}

/* Decoration stays outside the item's tag, or it would be read as part of it. */
static void
draw_decoration (const WayItem *item, guint line, cairo_t *cr, double x, double y)
{
  if (item->boxed)
    stroke_pill (&item->lines[line], cr, x, y);
}

static void
draw_content (const WayItem *item, guint index, cairo_t *cr, const WayCell *cell, double y)
{
  if (item->layout == NULL) {
    cairo_save (cr);
    cairo_translate (cr, cell->x, y);
    item->picture (item->picture_data, cr, cell->width, item->picture_height);
    cairo_restore (cr);
    return;
  }
  cairo_move_to (cr,
                 cell->x + item->lines[index].x + (item->boxed ? PILL_PAD : 0.0),
                 y + item->lines[index].baseline);
  pango_cairo_show_layout_line (cr, item->lines[index].line);
}

/* Draws one item's lines [first, end), all within one tag. */
static double
draw_item (const WayItem *item, guint first, guint end, cairo_t *cr, const WayCell *cell, double y)
{
  for (guint i = first; i < end; i++) {
    draw_content (item, i, cr, cell, y);
    y += item->layout != NULL ? item->lines[i].height : item->picture_height;
  }
  return y;
}

static void
draw_cell (const WayCell *cell, guint first, guint end, cairo_t *cr, double top, WayTagWriter *tags)
{
  guint before = 0;
  double y = top;
  gboolean continued = first > 0;

  for (guint i = 0; i < cell->items->len && before < end; i++) {
    const WayItem *item = g_ptr_array_index (cell->items, i);
    guint n = item->layout != NULL ? item->n_lines : 1;
    guint from = first > before ? MIN (first - before, n) : 0;
    guint to = MIN (end - before, n);

    before += n;
    if (from >= to)
      continue;
    if (from == 0 && !continued)
      y += item->gap;
    continued = FALSE;
    if (item->layout != NULL)
      draw_decoration (item, from, cr, cell->x, y);
    way_tag_begin (tags, item->tag, item->note);
    if (item->layout == NULL && item->tag != NULL)
      way_tag_place (tags, cell->x, y, cell->width, item->picture_height);
    if (item->layout != NULL)
      way_ink_set (way_type_get_ink (item->face), cr);
    y = draw_item (item, from, to, cr, cell, y);
    way_tag_end (tags, item->tag);
  }
}

/* A cell of a parted row that is at its end keeps its place, or those after it would be read as of
 * the column before. */
static void
tag_empty_cell (const WayCell *cell, WayTagWriter *tags)
{
  const WayItem *item = cell->items->len > 0 ? g_ptr_array_index (cell->items, 0) : NULL;

  if (item == NULL)
    return;
  way_tag_begin (tags, item->tag, item->note);
  way_tag_end (tags, item->tag);
}

static void
draw_rule (const WayBlock *self, cairo_t *cr, double width, double y)
{
  double right = 0.0;

  for (guint i = 0; i < self->n_cells; i++)
    right = MAX (right, self->cells[i].x + self->cells[i].width);
  way_ink_set (self->rule, cr);
  cairo_set_line_width (cr, self->rule_width);
  cairo_move_to (cr, self->cells[0].x, y - self->rule_width / 2.0);
  cairo_line_to (cr, MIN (right, width), y - self->rule_width / 2.0);
  cairo_stroke (cr);
}

static void
draw_bar (const WayBlock *self, cairo_t *cr, double height)
{
  double x = self->cells[0].x - 9.0;

  way_ink_set (self->bar, cr);
  cairo_set_line_width (cr, 1.8);
  cairo_move_to (cr, x, 0.0);
  cairo_line_to (cr, x, height);
  cairo_stroke (cr);
}

/**
 * way_block_draw:
 * @first: the first of the block's slices to draw
 * @end: the one after the last
 * @width: of the text area
 * @tags: (nullable): writes the structure, if there is to be one
 *
 * Draws the slices with their top left corner at 0,0. What is on one page is one
 * element, however many lines it has.
 */
void
way_block_draw (
    const WayBlock *self, guint first, guint end, cairo_t *cr, double width, WayTagWriter *tags)
{
  const WaySlice *slices = (const WaySlice *) (gpointer) self->slices->data;
  double height = 0.0;

  for (guint i = first; i < end; i++)
    height += slices[i].height;
  if (self->bar != NULL)
    draw_bar (self, cr, height);
  if (self->rule != NULL && end == self->slices->len)
    draw_rule (self, cr, width, height);
  way_tag_begin (tags, self->tag, NULL);
  for (guint i = 0; i < self->n_cells; i++) {
    guint begins = first > 0 ? slices[first - 1].ends[i] : 0, ends = slices[end - 1].ends[i];

    if (begins == ends && g_strcmp0 (self->tag, "TR") == 0)
      tag_empty_cell (&self->cells[i], tags);
    draw_cell (&self->cells[i], begins, ends, cr, first > 0 ? 0.0 : self->pad_top, tags);
  }
  way_tag_end (tags, self->tag);
}
