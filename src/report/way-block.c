/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-block.h"

#include "way-readable.h"

#include <math.h>
#include <string.h>

static void
item_free (gpointer data)
{
  WayItem *self = data;

  g_free (self->note);
  g_free (self->lines);
  g_clear_object (&self->layout);
  g_free (self);
}

/**
 * way_block_new:
 * @tag: (nullable): the element that holds its items
 *
 * Returns: (transfer full): a block without cells
 */
WayBlock *
way_block_new (const char *tag)
{
  WayBlock *self = g_new0 (WayBlock, 1);

  self->tag = tag;
  self->slices = g_array_new (FALSE, FALSE, sizeof (WaySlice));
  return self;
}

void
way_block_free (WayBlock *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_cells; i++)
    g_ptr_array_unref (self->cells[i].items);
  g_array_unref (self->slices);
  g_free (self->outline);
  g_free (self);
}

/**
 * way_block_add_cell:
 * @x: in points from the left edge of the text
 *
 * Begins a new cell; what is added next goes into it.
 */
void
way_block_add_cell (WayBlock *self, double x, double width)
{
  g_return_if_fail (self->n_cells < WAY_BLOCK_MAX_CELLS);

  self->cells[self->n_cells++] = (WayCell){x, width, g_ptr_array_new_with_free_func (item_free)};
}

static WayItem *
add_item (WayBlock *self)
{
  WayItem *item = g_new0 (WayItem, 1);

  g_ptr_array_add (self->cells[self->n_cells - 1].items, item);
  return item;
}

/* Whether letters may reach beyond their line: not in Latin, nor in punctuation and signs
 * (U+2000 to U+2FFF), which saves looking at the outline of each letter. */
static gboolean
may_reach_out (const char *text)
{
  for (const guchar *p = (const guchar *) text; *p != '\0'; p++) {
    if (*p >= 0xcc && *p != 0xe2)
      return TRUE;
  }
  return FALSE;
}

/* Set text asks for its leading; a line with a taller script in it, or with marks piled
 * up on a letter, gets the room it needs. */
static void
measure_lines (WayItem *self)
{
  double leading = way_type_get_leading (self->face);
  gboolean look = may_reach_out (pango_layout_get_text (self->layout));
  PangoLayoutIter *iter = pango_layout_get_iter (self->layout);

  self->n_lines = 0;
  self->lines = g_new (WayTextLine, pango_layout_get_line_count (self->layout));
  do {
    WayTextLine *line = &self->lines[self->n_lines++];
    int base = pango_layout_iter_get_baseline (iter);
    PangoRectangle ink = {0, 0, 0, 0}, logical;
    int top, bottom;
    double natural;

    pango_layout_iter_get_line_extents (iter, look ? &ink : NULL, &logical);
    top = ink.height > 0 ? MIN (ink.y, logical.y) : logical.y;
    bottom = logical.y + logical.height;
    if (ink.height > 0)
      bottom = MAX (bottom, ink.y + ink.height);
    natural = (double) (bottom - top) / PANGO_SCALE;
    line->line = pango_layout_iter_get_line_readonly (iter);
    way_readable_restore_space (line->line);
    line->x = (double) logical.x / PANGO_SCALE;
    line->width = (double) logical.width / PANGO_SCALE;
    line->height = MAX (leading, natural);
    line->baseline = (line->height - natural) / 2.0 + (double) (base - top) / PANGO_SCALE;
  } while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

/**
 * way_block_add_text:
 * @tag: (nullable): its tag, which must live as long as the program
 * @layout: (transfer full): the text, set to the cell's width
 *
 * Returns: (transfer none): the new item of the last cell, to be refined
 */
WayItem *
way_block_add_text (WayBlock *self, const char *tag, WayFace face, PangoLayout *layout)
{
  WayItem *item = add_item (self);

  item->tag = tag;
  item->face = face;
  item->layout = layout;
  measure_lines (item);
  return item;
}

/**
 * way_block_add_picture:
 * @data: for @picture; must outlive the block
 * @alt: (nullable): the words that say the same; a picture without is decoration
 *
 * Returns: (transfer none): the new item, as wide as its cell
 */
WayItem *
way_block_add_picture (
    WayBlock *self, double height, WayPictureFunc picture, gconstpointer data, const char *alt)
{
  WayItem *item = add_item (self);

  item->tag = alt != NULL ? "Figure" : NULL;
  item->note = g_strdup (alt);
  item->picture = picture;
  item->picture_data = data;
  item->picture_height = height;
  return item;
}

/* Texts side by side stand on one line, whatever their sizes. */
static void
align_baselines (WayBlock *self)
{
  double deepest = 0.0;

  for (int pass = 0; pass < 2; pass++) {
    for (guint i = 0; i < self->n_cells; i++) {
      GPtrArray *items = self->cells[i].items;
      WayItem *first = items->len > 0 ? g_ptr_array_index (items, 0) : NULL;

      if (first == NULL || first->n_lines == 0)
        continue;
      if (pass == 0)
        deepest = MAX (deepest, first->lines[0].baseline);
      else
        first->gap += deepest - first->lines[0].baseline;
    }
  }
}

/* A place in a cell: its lines and pictures counted from the top. */
typedef struct {
  const WayItem *item; /* NULL beyond the last */
  guint line;
} Place;

static Place
find_place (const WayCell *cell, guint index)
{
  for (guint i = 0; i < cell->items->len; i++) {
    const WayItem *item = g_ptr_array_index (cell->items, i);
    guint n = item->layout != NULL ? item->n_lines : 1;

    if (index < n)
      return (Place){item, index};
    index -= n;
  }
  return (Place){NULL, 0};
}

static double
place_height (Place place, gboolean at_top)
{
  double gap = place.line == 0 && !at_top ? place.item->gap : 0.0;

  return gap + (place.item->layout != NULL ? place.item->lines[place.line].height
                                           : place.item->picture_height);
}

/* Takes from @cell, from @index on, what has room in @room; gives the height taken. */
static double
fill_cell (const WayCell *cell, guint *index, double room)
{
  gboolean at_top = *index > 0;
  double used = 0.0;
  Place place = find_place (cell, *index);

  while (place.item != NULL) {
    double height = place_height (place, at_top);
    guint n = place.item->layout != NULL ? place.item->n_lines : 1;

    if (used + height > room + 0.01)
      break;
    used += height;
    (*index)++;
    at_top = FALSE;
    place.line++;
    if (place.line >= n)
      place = find_place (cell, *index);
  }
  return used;
}

/* What is short stands at the foot of what is high beside it. */
static void
align_bottoms (WayBlock *self)
{
  double heights[WAY_BLOCK_MAX_CELLS] = {0.0}, most = 0.0;

  for (guint i = 0; i < self->n_cells; i++) {
    guint index = 0;

    heights[i] = fill_cell (&self->cells[i], &index, HUGE_VAL);
    most = MAX (most, heights[i]);
  }
  for (guint i = 0; i < self->n_cells; i++) {
    WayItem *first =
        self->cells[i].items->len > 0 ? g_ptr_array_index (self->cells[i].items, 0) : NULL;

    if (first != NULL)
      first->gap += most - heights[i];
  }
}

/* The least a slice from @starts can be high: the tallest of the next lines. */
static double
least_room (const WayBlock *self, const guint *starts)
{
  double room = 0.0;

  for (guint i = 0; i < self->n_cells; i++) {
    Place place = find_place (&self->cells[i], starts[i]);

    if (place.item != NULL)
      room = MAX (room, place_height (place, starts[i] > 0));
  }
  return room;
}

static void
slice (WayBlock *self, double room)
{
  guint ends[WAY_BLOCK_MAX_CELLS] = {0};
  double least;

  g_array_set_size (self->slices, 0);
  while ((least = least_room (self, ends)) > 0.0) {
    WaySlice next = {0.0, {0}};

    for (guint i = 0; i < self->n_cells; i++) {
      double used = fill_cell (&self->cells[i], &ends[i], MAX (room, least));

      next.height = MAX (next.height, used);
      next.ends[i] = ends[i];
    }
    g_array_append_val (self->slices, next);
  }
  if (self->slices->len == 0)
    g_array_set_size (self->slices, 1);
  g_array_index (self->slices, WaySlice, 0).height += self->pad_top;
  g_array_index (self->slices, WaySlice, self->slices->len - 1).height += self->pad_bottom;
}

/**
 * way_block_get_height:
 *
 * Returns: the height of all slices, in points, once the block was measured
 */
double
way_block_get_height (const WayBlock *self)
{
  double height = 0.0;

  for (guint i = 0; i < self->slices->len; i++)
    height += g_array_index (self->slices, WaySlice, i).height;
  return height;
}

/**
 * way_block_measure:
 * @page_height: the room that a page has
 *
 * Works out the block's slices, the pieces that the flow may part: one for each
 * line of prose, one for all of anything else unless that is taller than a page.
 */
void
way_block_measure (WayBlock *self, double page_height)
{
  if (self->bottom_aligned)
    align_bottoms (self);
  else if (self->n_cells > 1)
    align_baselines (self);
  slice (self, self->prose ? 0.0 : HUGE_VAL);
  if (!self->prose && way_block_get_height (self) > page_height)
    slice (self, 0.0);
}

/* Each character once. */
static void
add_missing (const PangoGlyphString *glyphs, GString *characters)
{
  for (int i = 0; i < glyphs->num_glyphs; i++) {
    PangoGlyph glyph = glyphs->glyphs[i].glyph;
    char utf8[7] = "";

    if ((glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0)
      continue;
    glyph &= ~PANGO_GLYPH_UNKNOWN_FLAG;
    if (!g_unichar_validate (glyph) || !g_unichar_isgraph (glyph))
      continue;
    g_unichar_to_utf8 (glyph, utf8);
    if (strstr (characters->str, utf8) == NULL)
      g_string_append (characters, utf8);
  }
}

/**
 * way_block_find_missing:
 * @characters: gets, each once, those for which no font on this computer has a form
 */
void
way_block_find_missing (const WayBlock *self, GString *characters)
{
  for (guint i = 0; i < self->n_cells; i++) {
    for (guint k = 0; k < self->cells[i].items->len; k++) {
      const WayItem *item = g_ptr_array_index (self->cells[i].items, k);

      if (item->layout == NULL || pango_layout_get_unknown_glyphs_count (item->layout) == 0)
        continue;
      for (guint n = 0; n < item->n_lines; n++) {
        for (GSList *link = item->lines[n].line->runs; link != NULL; link = link->next)
          add_missing (((PangoLayoutRun *) link->data)->glyphs, characters);
      }
    }
  }
}
