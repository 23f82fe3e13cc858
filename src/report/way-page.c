/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-page.h"

#include <math.h>

#define FOOT_RULE (WAY_PAGE_HEIGHT - 47.0)
#define HEADING_ROOM 60.0 /* for what must stand above a block on its page */
#define FRAME_EDGE 7.0    /* between a box's line and the line of text next to it */

struct _WayPages {
  WayType *type;
  GPtrArray *blocks; /* (element-type WayBlock) */
  GArray *places;    /* (element-type WayPlace), one for each piece */
  GArray *starts;    /* each page's first piece */
  const char *pending[WAY_BLOCK_MAX_BEGINS];
  guint n_pending;
  WayFrame frame;
  guint frame_id; /* of the frame that is open; frames are numbered from 1 */
  guint n_frames;
  char *foot_left, *foot_right, *foot_line;
};

/**
 * way_pages_new:
 *
 * Returns: (transfer full): a document without blocks
 */
WayPages *
way_pages_new (void)
{
  WayPages *self = g_new0 (WayPages, 1);

  self->type = way_type_new ();
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) way_block_free);
  self->places = g_array_new (FALSE, FALSE, sizeof (WayPlace));
  return self;
}

void
way_pages_free (WayPages *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->blocks);
  g_array_unref (self->places);
  g_clear_pointer (&self->starts, g_array_unref);
  way_type_free (self->type);
  g_free (self->foot_left);
  g_free (self->foot_right);
  g_free (self->foot_line);
  g_free (self);
}

/**
 * way_pages_get_type:
 *
 * Returns: (transfer none): the fonts that its texts are set in
 */
WayType *
way_pages_get_type (WayPages *self)
{
  return self->type;
}

/**
 * way_pages_begin:
 * @tag: an element that holds others: "Sect", "Table" ...
 *
 * What is added from now on lies in the element, until way_pages_end().
 */
void
way_pages_begin (WayPages *self, const char *tag)
{
  g_return_if_fail (self->n_pending < WAY_BLOCK_MAX_BEGINS);

  self->pending[self->n_pending++] = tag;
}

/**
 * way_pages_end:
 *
 * Ends what way_pages_begin() began last. An element that held nothing leaves no trace.
 */
void
way_pages_end (WayPages *self)
{
  if (self->n_pending > 0) {
    self->n_pending--;
  } else {
    WayBlock *last = g_ptr_array_index (self->blocks, self->blocks->len - 1);

    last->n_ends++;
  }
}

/**
 * way_pages_add:
 * @tag: (nullable): the element that holds the block's items
 *
 * Returns: (transfer none): a new block below the last one
 */
WayBlock *
way_pages_add (WayPages *self, const char *tag)
{
  WayBlock *block = way_block_new (tag);

  for (guint i = 0; i < self->n_pending; i++)
    block->begins[block->n_begins++] = self->pending[i];
  self->n_pending = 0;
  if (self->frame_id != 0) {
    WayBlock *last =
        self->blocks->len > 0 ? g_ptr_array_index (self->blocks, self->blocks->len - 1) : NULL;

    block->frame = self->frame;
    block->frame_id = self->frame_id;
    block->begins_frame = last == NULL || last->frame_id != self->frame_id;
    block->pad_top = block->begins_frame ? FRAME_EDGE : 0.0;
  }
  g_ptr_array_add (self->blocks, block);
  return block;
}

/**
 * way_pages_open_frame:
 *
 * The blocks added until way_pages_close_frame() stand in one box.
 */
void
way_pages_open_frame (WayPages *self, WayFrame frame)
{
  self->frame = frame;
  self->frame_id = ++self->n_frames;
}

/**
 * way_pages_close_frame:
 *
 * What is in a box stays on one page if it can: its blocks hold to each other.
 */
void
way_pages_close_frame (WayPages *self)
{
  for (guint i = 0; i < self->blocks->len; i++) {
    WayBlock *block = g_ptr_array_index (self->blocks, i);

    if (block->frame_id != self->frame_id)
      continue;
    block->ends_frame = i + 1 == self->blocks->len;
    if (block->ends_frame)
      block->pad_bottom += FRAME_EDGE;
    else
      block->keep_with_next = MAX (block->keep_with_next, WAY_KEEP_PREFER);
  }
  self->frame = WAY_FRAME_NONE;
  self->frame_id = 0;
}

/**
 * way_pages_hold_last:
 *
 * The last block goes along to the page of the one that is added next, rather than leave it there
 * without anything before it.
 */
void
way_pages_hold_last (WayPages *self)
{
  WayBlock *last =
      self->blocks->len > 0 ? g_ptr_array_index (self->blocks, self->blocks->len - 1) : NULL;

  if (last != NULL)
    last->keep_with_next = MAX (last->keep_with_next, WAY_KEEP_PREFER);
}

/**
 * way_pages_get_inset:
 *
 * Returns: how far in from the text's edges a block begins now, in points
 */
double
way_pages_get_inset (WayPages *self)
{
  return self->frame_id != 0 ? WAY_FRAME_PAD : 0.0;
}

/**
 * way_pages_set_foot:
 * @left: what stands at the foot of each page
 * @right: what stands before "page x of y" there
 * @quiet_line: (nullable): a line of its own below
 */
void
way_pages_set_foot (WayPages *self, const char *left, const char *right, const char *quiet_line)
{
  g_free (self->foot_left);
  g_free (self->foot_right);
  g_free (self->foot_line);
  self->foot_left = g_strdup (left);
  self->foot_right = g_strdup (right);
  self->foot_line = g_strdup (quiet_line);
}

static double
head_room (const WayBlock *block, guint slice)
{
  if (block->head != NULL)
    return way_block_get_height (block->head);
  return block->frame_id != 0 && (slice > 0 || !block->begins_frame) ? FRAME_EDGE : 0.0;
}

/* The first two and the last two lines of a paragraph stay together, and those of a parted row. */
static WayKeep
keep_of (const WayBlock *block, guint slice)
{
  guint n = block->slices->len;

  if (slice + 1 == n)
    return block->keep_with_next;
  return slice == 0 || slice + 2 == n           ? WAY_KEEP_MUST
         : block->prose && block->frame_id != 0 ? WAY_KEEP_PREFER
                                                : WAY_KEEP_FREE;
}

static void
add_pieces (WayPages *self, WayBlock *block, GArray *pieces)
{
  double head = block->head != NULL ? way_block_get_height (block->head) : 0.0;

  /* What a page cannot hold together with its heading and the head of its table is parted, or they
   * would stay behind. */
  way_block_measure (block, WAY_PAGE_TEXT_HEIGHT - WAY_FRAME_PAD - HEADING_ROOM - head);
  for (guint i = 0; i < block->slices->len; i++) {
    double height = g_array_index (block->slices, WaySlice, i).height;
    WayPiece piece = {i == 0 ? block->gap : 0.0, height, head_room (block, i), keep_of (block, i)};
    WayPlace place = {block, i, 0, 0.0, height};

    g_array_append_val (pieces, piece);
    g_array_append_val (self->places, place);
  }
}

/**
 * way_pages_lay_out:
 *
 * Splits the blocks over pages. To be called once, after the last block.
 */
void
way_pages_lay_out (WayPages *self)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (WayPiece));
  double y = 0.0;
  guint page = 0;

  for (guint i = 0; i < self->blocks->len; i++)
    add_pieces (self, g_ptr_array_index (self->blocks, i), pieces);
  self->starts = way_flow_paginate (
      (const WayPiece *) (gpointer) pieces->data, pieces->len, WAY_PAGE_TEXT_HEIGHT);
  for (guint i = 0; i < pieces->len; i++) {
    const WayPiece *piece = &g_array_index (pieces, WayPiece, i);
    WayPlace *place = &g_array_index (self->places, WayPlace, i);

    if (page < self->starts->len && g_array_index (self->starts, guint, page) == i) {
      page++;
      y = piece->head;
    } else {
      y += piece->gap;
    }
    place->page = page - 1;
    place->top = y;
    y += piece->height;
  }
}

/**
 * way_pages_get_length:
 *
 * Returns: the number of pages, once laid out
 */
guint
way_pages_get_length (WayPages *self)
{
  return self->starts->len;
}

/**
 * way_pages_dup_missing:
 *
 * Returns: (transfer full) (nullable): the characters, each once, for which no font on this
 *   computer has a form
 */
char *
way_pages_dup_missing (WayPages *self)
{
  g_autoptr (GString) characters = g_string_new (NULL);

  for (guint i = 0; i < self->blocks->len; i++)
    way_block_find_missing (g_ptr_array_index (self->blocks, i), characters);
  return characters->len > 0 ? g_string_free (g_steal_pointer (&characters), FALSE) : NULL;
}

/**
 * way_pages_get_places:
 *
 * Returns: (transfer none) (element-type WayPlace): where each piece lies, top to bottom
 */
GArray *
way_pages_get_places (WayPages *self)
{
  return self->places;
}

/* @share: of the width, from the left; from the right if negative. */
static void
draw_foot_text (WayPages *self, cairo_t *cr, const char *text, double y, double share)
{
  gboolean right = share < 0.0;
  g_autoptr (PangoLayout) layout =
      way_type_layout (self->type, WAY_FACE_FOOT, text, WAY_PAGE_TEXT_WIDTH * fabs (share));
  PangoRectangle logical;
  double x = WAY_PAGE_LEFT;

  pango_layout_set_height (layout, -1);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_line_get_extents (pango_layout_get_line_readonly (layout, 0), NULL, &logical);
  if (right)
    x += WAY_PAGE_TEXT_WIDTH - (double) logical.width / PANGO_SCALE;
  way_ink_set (way_type_get_ink (WAY_FACE_FOOT), cr);
  cairo_move_to (cr, x, y + way_type_get_leading (WAY_FACE_FOOT));
  pango_cairo_show_layout_line (cr, pango_layout_get_line_readonly (layout, 0));
}

/* Outside the document's structure: it is no part of what is told. */
static void
draw_foot (WayPages *self, guint page, cairo_t *cr)
{
  g_autofree char *right = g_strdup_printf ("%s%spage %u of %u",
                                            self->foot_right,
                                            *self->foot_right != '\0' ? " · " : "",
                                            page + 1,
                                            self->starts->len);

  way_ink_set (&WAY_INK_HAIRLINE, cr);
  cairo_set_line_width (cr, 0.6);
  cairo_move_to (cr, WAY_PAGE_LEFT, FOOT_RULE);
  cairo_line_to (cr, WAY_PAGE_LEFT + WAY_PAGE_TEXT_WIDTH, FOOT_RULE);
  cairo_stroke (cr);
  draw_foot_text (self, cr, self->foot_left, FOOT_RULE + 3.0, 0.62);
  draw_foot_text (self, cr, right, FOOT_RULE + 3.0, -0.38);
  if (self->foot_line != NULL)
    draw_foot_text (self, cr, self->foot_line, FOOT_RULE + 14.0, 1.0);
}

static void
stroke_frame (WayFrame frame, cairo_t *cr, double top, double bottom)
{
  const double radius = 4.0, right = WAY_PAGE_TEXT_WIDTH;

  cairo_new_sub_path (cr);
  cairo_arc (cr, right - radius, top + radius, radius, -G_PI_2, 0.0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0.0, G_PI_2);
  cairo_arc (cr, radius, bottom - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, radius, top + radius, radius, G_PI, 3.0 * G_PI_2);
  cairo_close_path (cr);
  way_ink_set (frame == WAY_FRAME_ACCENT ? &WAY_INK_ACCENT : &WAY_INK_HAIRLINE, cr);
  cairo_set_line_width (cr, frame == WAY_FRAME_ACCENT ? 1.0 : 0.7);
  cairo_stroke (cr);
}

/* The box around the pieces [first, end), which a page may have parted from the rest. */
static void
draw_frame (const WayPlace *first, const WayPlace *last, cairo_t *cr)
{
  double top = first->top, bottom = last->top + last->height;

  if (first->slice > 0 || !first->block->begins_frame)
    top -= FRAME_EDGE;
  if (last->slice + 1 < last->block->slices->len || !last->block->ends_frame)
    bottom += FRAME_EDGE;
  stroke_frame (first->block->frame, cr, top, bottom);
}

static void
draw_frames (WayPages *self, guint first, guint end, cairo_t *cr)
{
  for (guint i = first; i < end;) {
    const WayPlace *place = &g_array_index (self->places, WayPlace, i);
    guint next = i + 1;

    while (next < end &&
           g_array_index (self->places, WayPlace, next).block->frame_id == place->block->frame_id)
      next++;
    if (place->block->frame_id != 0)
      draw_frame (place, &g_array_index (self->places, WayPlace, next - 1), cr);
    i = next;
  }
}

/* Draws the slices [place->slice, end) of a block. */
static void
draw_block (const WayPlace *place, guint end, gboolean begins_page, cairo_t *cr, WayTagWriter *tags)
{
  const WayBlock *block = place->block;

  /* The head was read where the table began; here it only helps the eye. */
  if (begins_page && block->head != NULL)
    way_block_draw (block->head, 0, 1, cr, WAY_PAGE_TEXT_WIDTH, NULL);
  for (guint i = 0; place->slice == 0 && i < block->n_begins; i++)
    way_tag_open (tags, block->begins[i]);
  cairo_save (cr);
  cairo_translate (cr, 0.0, place->top);
  way_block_draw (block, place->slice, end, cr, WAY_PAGE_TEXT_WIDTH, tags);
  cairo_restore (cr);
  for (guint i = 0; end == block->slices->len && i < block->n_ends; i++)
    way_tag_close (tags);
}

/**
 * way_pages_draw:
 * @page: from 0
 * @cr: an A4 page, in points
 * @tags: (nullable): writes the structure; the pages must then be drawn in order
 */
void
way_pages_draw (WayPages *self, guint page, cairo_t *cr, WayTagWriter *tags)
{
  guint first = g_array_index (self->starts, guint, page);
  guint end = page + 1 < self->starts->len ? g_array_index (self->starts, guint, page + 1)
                                           : self->places->len;

  draw_foot (self, page, cr);
  cairo_save (cr);
  cairo_translate (cr, WAY_PAGE_LEFT, WAY_PAGE_MARGIN);
  draw_frames (self, first, end, cr);
  for (guint i = first; i < end;) {
    const WayPlace *place = &g_array_index (self->places, WayPlace, i);
    guint n = MIN (place->block->slices->len - place->slice, end - i);

    draw_block (place, place->slice + n, i == first, cr, tags);
    i += n;
  }
  cairo_restore (cr);
}
