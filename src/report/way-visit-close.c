/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of a Record of Visit: next visit, what was not recorded, signatures, copies. */
#include "way-text.h"
#include "way-visit-sheet.h"
#include "way-visit-words.h"

#define SIGN_GAP 24.0
#define SIGN_ROOM 23.0
#define NEXT_LABEL_WIDTH 76.0

static void
add_next (WayVisitSheet *self)
{
  WayType *type = way_pages_get_type (self->pages);
  g_autofree char *words = way_words_next (self->visit);
  double width = WAY_PAGE_TEXT_WIDTH - 2.0 * WAY_FRAME_PAD - NEXT_LABEL_WIDTH;
  WayBlock *block;

  if (*words == '\0') {
    way_visit_sheet_note_missing (self, "the next visit");
    return;
  }
  way_pages_begin (self->pages, "Sect");
  way_pages_open_frame (self->pages, WAY_FRAME_ACCENT);
  block = way_pages_add (self->pages, NULL);
  block->gap = 12.0;
  block->outline = g_strdup ("Next visit");
  way_block_add_cell (block, WAY_FRAME_PAD, NEXT_LABEL_WIDTH);
  way_block_add_text (block,
                      "H2",
                      WAY_FACE_SUBHEADING,
                      way_type_layout (type, WAY_FACE_SUBHEADING, "Next visit", NEXT_LABEL_WIDTH));
  way_block_add_cell (block, WAY_FRAME_PAD + NEXT_LABEL_WIDTH, width);
  way_block_add_text (
      block, "P", WAY_FACE_BODY, way_type_layout (type, WAY_FACE_BODY, words, width));
  way_pages_close_frame (self->pages);
  block->keep_with_next = WAY_KEEP_PREFER; /* a signature does not stand on a page by itself */
  way_pages_end (self->pages);
}

/* So that a reader can tell what was not looked at from what was left out. */
static void
add_missing (WayVisitSheet *self)
{
  g_autofree char *list = NULL;
  g_autofree char *text = NULL;
  WayBlock *block;

  if (self->missing->len == 0 || g_strcmp0 (self->visit->kind, "not-held") == 0)
    return;
  g_ptr_array_add (self->missing, NULL);
  list = g_strjoinv (", ", (char **) self->missing->pdata);
  text = g_strdup_printf ("Not recorded at this visit: %s.", list);
  block = way_visit_sheet_add_paragraph (self, WAY_FACE_SMALL, text, NULL);
  block->gap = 8.0;
  block->keep_with_next = WAY_KEEP_PREFER;
}

static void
draw_sign_line (gconstpointer data, cairo_t *cr, double width, double height)
{
  way_ink_set (&WAY_INK_RULE, cr);
  cairo_set_line_width (cr, 0.8);
  cairo_move_to (cr, 0.0, height - 2.0);
  cairo_line_to (cr, width, height - 2.0);
  cairo_stroke (cr);
}

static void
add_signature (WayVisitSheet *self, WayBlock *block, double x, double width, const char *text)
{
  way_block_add_cell (block, x, width);
  way_block_add_picture (block, SIGN_ROOM, draw_sign_line, NULL, NULL);
  way_block_add_text (
      block,
      "P",
      WAY_FACE_SMALL,
      way_type_layout (way_pages_get_type (self->pages), WAY_FACE_SMALL, text, width));
}

static void
add_signatures (WayVisitSheet *self)
{
  const WayPractitioner *author = way_dossier_get_author (self->dossier);
  double width = (WAY_PAGE_TEXT_WIDTH - SIGN_GAP) * 0.6;
  g_autofree char *role =
      author != NULL
          ? way_words_lower_first (way_visit_sheet_label (self, "practitioner-role", author->role))
          : g_strdup ("");
  const char *name = !way_text_is_blank (self->visit->signed_by) ? self->visit->signed_by
                     : author != NULL                            ? author->name
                                                                 : "";
  g_autofree char *when = way_words_signed (self->visit);
  g_autofree char *text =
      g_strdup_printf ("%s%s%s · %s", name, *role != '\0' ? ", " : "", role, when);
  WayBlock *block = way_pages_add (self->pages, NULL);

  block->gap = 9.0;
  block->keep_with_next = WAY_KEEP_MUST;
  add_signature (self, block, 0.0, width, text);
  add_signature (self,
                 block,
                 width + SIGN_GAP,
                 WAY_PAGE_TEXT_WIDTH - width - SIGN_GAP,
                 "Received for the school");
}

/* Next visit, what is missing, signature block, distribution and privacy line. */
void
way_visit_sheet_add_close (WayVisitSheet *self)
{
  add_next (self);
  add_missing (self);
  way_pages_begin (self->pages, "Sect");
  add_signatures (self);
  if (!way_text_is_blank (self->visit->distribution)) {
    g_autofree char *sentence = way_words_sentence (self->visit->distribution);
    g_autofree char *text = g_strdup_printf ("Copies: %s", sentence);
    WayBlock *block = way_visit_sheet_add_paragraph (self, WAY_FACE_SMALL, text, NULL);

    block->gap = 8.0;
    block->keep_with_next = WAY_KEEP_PREFER;
  }
  if (!way_text_is_blank (self->style->privacy_line))
    way_visit_sheet_add_paragraph (self, WAY_FACE_SMALL, self->style->privacy_line, NULL);
  way_pages_end (self->pages);
}
