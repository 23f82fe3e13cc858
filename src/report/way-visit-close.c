/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of a Record of Visit: next visit, what was not recorded, signatures, copies. */
#include "way-text.h"
#include "way-visit-sheet.h"
#include "way-visit-versions.h"
#include "way-visit-words.h"

#include <math.h>

#define SIGN_GAP 24.0
#define SIGN_ROOM 23.0
#define NEXT_LABEL_WIDTH 76.0

/* A signature does not stand on a page by itself; amendments would come between. */
static WayKeep
keep_to_signature (WayVisitSheet *self)
{
  return way_record_set_list (self->dossier->records, WAY_VISIT_VERSION)->len > 0 ? WAY_KEEP_FREE
                                                                                  : WAY_KEEP_PREFER;
}

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
  block->keep_with_next = keep_to_signature (self);
  way_pages_end (self->pages);
}

/* "Not recorded at this visit: advice, materials left." */
static void
append_list (GString *text, const char *before, GPtrArray *list)
{
  if (list->len == 0)
    return;
  g_string_append_printf (text, "%s%s: ", text->len > 0 ? " " : "", before);
  for (guint i = 0; i < list->len; i++)
    g_string_append_printf (
        text, "%s%s", i > 0 ? ", " : "", (const char *) g_ptr_array_index (list, i));
  g_string_append_c (text, '.');
}

/* So that a reader can tell what was not looked at from what was left out. */
static void
add_missing (WayVisitSheet *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  WayBlock *block;

  if (g_strcmp0 (self->visit->kind, "not-held") == 0)
    return;
  append_list (text, "Not recorded at this visit", self->missing);
  append_list (text, "Not in this extract", self->not_here);
  if (text->len == 0)
    return;
  block = way_visit_sheet_add_paragraph (self, WAY_FACE_SMALL, text->str, NULL);
  block->gap = 8.0;
  block->keep_with_next = keep_to_signature (self);
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
  gboolean by_author = way_words_is_by_author (self->dossier);
  g_autofree char *role =
      author != NULL && by_author
          ? way_words_lower_first (way_visit_sheet_label (self, "practitioner-role", author->role))
          : g_strdup ("");
  const char *name = !way_text_is_blank (self->visit->signed_by) ? self->visit->signed_by
                     : author != NULL                            ? author->name
                                                                 : "";
  g_autofree char *when = way_words_signed (self->visit);
  g_autofree char *text =
      g_strdup_printf ("%s%s%s%s · %s",
                       by_author || self->visit->version < 2.0 ? "" : "Amended by ",
                       name,
                       *role != '\0' ? ", " : "",
                       role,
                       when);
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

static WayBlock *
add_version (WayVisitSheet *self,
             WaySheetTable *table,
             const WayVisitVersion *version,
             const char *reason)
{
  g_autofree char *number = g_strdup_printf ("%.0f", version->version);
  g_autofree char *when = way_words_stamp (version->signed_at);
  g_autofree char *fingerprint = way_words_fingerprint (version->fingerprint);
  g_autofree char *who = g_strdup_printf ("%s\n%s",
                                          *when != '\0' ? when : "not signed",
                                          version->signed_by != NULL ? version->signed_by : "");

  return way_visit_sheet_add_row (
      self, table, (const char *[]){number, g_strchomp (who), reason, fingerprint});
}

/* Why there is the version of that number. */
static const char *
why (const GPtrArray *versions, double number)
{
  const WayVisitVersion *first = g_ptr_array_index (versions, 0);
  const char *reason = way_visit_versions_get_reason (versions, number);

  if (number == first->version)
    return "First record";
  if (way_visit_versions_is_apart (versions, number))
    return "Signed apart: two versions of this number were written without each other";
  return reason != NULL ? reason : "no data";
}

/* Every version from which this one came, and this one: what was amended stays visible. The reason
 * why a version was amended is kept with it; it stands with the one that came of it. */
static void
add_amendments (WayVisitSheet *self)
{
  static const char *const HEADS[] = {"Version", "Signed", "Why", "Fingerprint", NULL};
  static const double SHARES[] = {0.11, 0.25, 0.37, 0.27};
  g_autoptr (GPtrArray) versions = way_visit_sheet_dup_versions (self);
  WayVisitVersion current = {.version = self->visit->version,
                             .signed_at = self->visit->signed_at,
                             .signed_by = self->visit->signed_by,
                             .fingerprint = (char *) self->dossier->fingerprint};
  WaySheetTable table;

  if (versions->len == 0)
    return;
  way_visit_sheet_begin_section (self, "Amendments");
  way_visit_sheet_begin_table (self, &table, HEADS, SHARES);
  for (guint i = 0; i < versions->len; i++) {
    const WayVisitVersion *version = g_ptr_array_index (versions, i);

    add_version (self, &table, version, why (versions, version->version));
    if (i + 1 == versions->len && isnan (current.version))
      current.version = version->version + 1.0;
  }
  add_version (self, &table, &current, why (versions, current.version))->keep_with_next =
      WAY_KEEP_PREFER;
  way_visit_sheet_end_table (self, &table);
  way_pages_end (self->pages);
}

/* Next visit, what is missing, amendments, signature block, distribution and privacy line. */
void
way_visit_sheet_add_close (WayVisitSheet *self)
{
  way_pages_hold_last (self->pages); /* no page of closing lines alone */
  add_next (self);
  add_missing (self);
  add_amendments (self);
  way_pages_begin (self->pages, "Sect");
  add_signatures (self);
  if (!way_text_is_blank (self->visit->distribution)) {
    g_autofree char *sentence = way_words_sentence (self->visit->distribution);
    g_autofree char *text = g_strdup_printf ("Copies: %s", sentence);
    WayBlock *block = way_visit_sheet_add_paragraph (self, WAY_FACE_SMALL, text, NULL);

    block->gap = 8.0;
    block->keep_with_next = WAY_KEEP_PREFER;
  }
  if (!way_text_is_blank (self->style->privacy_line)) {
    WayBlock *block =
        way_visit_sheet_add_paragraph (self, WAY_FACE_SMALL, self->style->privacy_line, NULL);

    block->gap = way_text_is_blank (self->visit->distribution) ? 8.0 : block->gap;
  }
  way_pages_end (self->pages);
}
