/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The top of a Record of Visit: title, what must be known first, who and when. */
#include "way-text.h"
#include "way-visit-sheet.h"
#include "way-visit-words.h"

#include <math.h>

#define LOGO_SIZE 32.0
#define SERVICE_WIDTH 170.0
#define LABEL_WIDTH 54.0
#define COLUMN_GAP 16.0
#define MANY_PRESENT 6
#define LONG_FACT 90 /* characters; three lines of half the width */

static void
draw_logo (gconstpointer data, cairo_t *cr, double width, double height)
{
  cairo_surface_t *logo = (cairo_surface_t *) data;
  double w = cairo_image_surface_get_width (logo), h = cairo_image_surface_get_height (logo);
  double scale = MIN (width / w, height / h);

  cairo_translate (cr, width - w * scale, (height - h * scale) / 2.0);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, logo, 0.0, 0.0);
  cairo_paint (cr);
}

/* A wide logo gets more room than a square one, up to three times its height. */
static double
logo_width (cairo_surface_t *logo)
{
  double w, h;

  if (logo == NULL)
    return 0.0;
  w = cairo_image_surface_get_width (logo);
  h = cairo_image_surface_get_height (logo);
  return CLAMP (LOGO_SIZE * w / h, 12.0, 3.0 * LOGO_SIZE);
}

/* (transfer full): what is said beside the title */
static char *
title_note (WayVisitSheet *self)
{
  const char *level = self->dossier->level != NULL ? "Extract" : NULL;
  gboolean is_signed = way_dossier_is_signed (self->dossier);

  if (level == NULL)
    return g_strdup (is_signed ? NULL : "Draft, not signed");
  return is_signed ? g_strdup (level) : g_strdup_printf ("%s · Draft, not signed", level);
}

static void
add_title (WayVisitSheet *self)
{
  g_autofree char *note = title_note (self);
  WayType *type = way_pages_get_type (self->pages);
  double logo = logo_width (self->logo), right = WAY_PAGE_TEXT_WIDTH - logo;
  double service_x = right - SERVICE_WIDTH - (logo > 0.0 ? 9.0 : 0.0), service_width;
  WayBlock *block = way_pages_add (self->pages, NULL);
  PangoLayout *layout;

  block->bottom_aligned = TRUE;
  block->pad_bottom = 7.0;
  block->rule = &WAY_INK_ACCENT;
  block->rule_width = 1.8;
  block->keep_with_next = WAY_KEEP_MUST;
  way_block_add_cell (block, 0.0, service_x - 12.0);
  way_block_add_text (
      block,
      "H1",
      WAY_FACE_TITLE,
      way_type_layout_pair (type, WAY_FACE_TITLE, "Record of Visit", note, service_x - 12.0));
  if (!way_text_is_blank (self->style->service_name)) {
    layout = way_type_layout (type, WAY_FACE_LABEL, self->style->service_name, SERVICE_WIDTH);
    way_type_even_lines (layout);
    service_width = (double) pango_layout_get_width (layout) / PANGO_SCALE;
    pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
    way_block_add_cell (block, service_x + SERVICE_WIDTH - service_width, service_width);
    way_block_add_text (block, "P", WAY_FACE_LABEL, layout);
  }
  way_block_add_cell (block, right, logo);
  if (self->logo != NULL)
    way_block_add_picture (block, LOGO_SIZE, draw_logo, self->logo, NULL);
}

/* A box with what a reader must know before reading on. */
static void
begin_notice (WayVisitSheet *self, WayFrame frame, const char *text)
{
  WayBlock *block;

  way_pages_open_frame (self->pages, frame);
  block = way_visit_sheet_add_paragraph (self, WAY_FACE_STRONG, text, NULL);
  block->gap = 10.0;
}

/* "Version 2, amended on 20 November 2026. Reason: The date of the meeting was wrong."; by whom, if
 * that is not who wrote it. The reason is quoted as it was typed, so it is no part of a sentence.
 */
static char *
amendment_text (WayVisitSheet *self, const WayVisitVersion *last)
{
  double number = isnan (self->visit->version) ? last->version + 1.0 : self->visit->version;
  WayDate on = way_date_from_stamp_in_england (self->visit->signed_at, NULL);
  g_autofree char *date = way_date_format (on);
  g_autofree char *by = way_words_is_by_author (self->dossier)
                            ? g_strdup ("")
                            : g_strdup_printf (" by %s", self->visit->signed_by);
  g_autofree char *reason =
      way_text_is_blank (last->reason) ? NULL : way_words_sentence (last->reason);
  g_autofree char *because =
      reason != NULL ? g_strdup_printf (". Reason: %s", reason) : g_strdup (".");

  return on != WAY_DATE_UNKNOWN
             ? g_strdup_printf ("Version %.0f, amended on %s%s%s", number, date, by, because)
             : g_strdup_printf ("Amends version %.0f%s", last->version, because);
}

static void
add_amendment (WayVisitSheet *self)
{
  g_autoptr (GPtrArray) versions = way_visit_sheet_dup_versions (self);
  g_autofree char *text = NULL;

  if (versions->len == 0)
    return;
  text = amendment_text (self, g_ptr_array_index (versions, versions->len - 1));
  begin_notice (self, WAY_FRAME_ACCENT, text);
  way_visit_sheet_add_paragraph (
      self, WAY_FACE_SMALL, "The versions before it are listed under “Amendments”.", NULL);
  way_pages_close_frame (self->pages);
}

/* A reader must not take what is here for all that there is. */
static void
add_extract (WayVisitSheet *self)
{
  if (g_strcmp0 (self->dossier->level, WAY_LEVEL_ONE_CHILD) != 0)
    return;
  begin_notice (
      self, WAY_FRAME_ACCENT, "An extract for one child: this visit concerned other children too.");
  way_visit_sheet_add_paragraph (
      self,
      WAY_FACE_SMALL,
      way_dossier_is_signed (self->dossier)
          ? "What concerns only them is left out, and where they were named it says “another "
            "child”. The fingerprint at the foot is that of this extract, not of the full record."
          : "What concerns only them is left out, and where they were named it says “another "
            "child”.",
      NULL);
  way_pages_close_frame (self->pages);
}

static void
add_notices (WayVisitSheet *self)
{
  add_extract (self);
  add_amendment (self);
  if (g_strcmp0 (self->visit->kind, "not-held") == 0) {
    g_autofree char *reason = way_words_sentence (
        way_text_is_blank (self->visit->not_held_reason) ? "" : self->visit->not_held_reason);
    g_autofree char *text =
        *reason != '\0' ? g_strdup_printf ("This visit did not take place: %s", reason)
                        : g_strdup ("This visit did not take place. No reason was recorded.");

    begin_notice (self, WAY_FRAME_ACCENT, text);
    way_pages_close_frame (self->pages);
  }
}

/* A list of what is known, each with its label; what is not known is left out. */
static void
add_fact (GPtrArray *facts, const char *label, char *words)
{
  g_autofree char *owned = words;

  if (way_text_is_blank (owned))
    return;
  g_ptr_array_add (facts, (gpointer) label);
  g_ptr_array_add (facts, g_steal_pointer (&owned));
}

static void
free_facts (GPtrArray *facts)
{
  for (guint i = 1; i < facts->len; i += 2)
    g_free (g_ptr_array_index (facts, i));
  g_ptr_array_unref (facts);
}

/* Without the UPN: the page goes to all on its list, to parents and to people outside education,
 * for whom that number is not. */
static void
add_child_facts (WayVisitSheet *self, GPtrArray *facts, const WayChild *child)
{
  add_fact (facts, "Child", way_words_child (child));
  add_fact (facts, "Born", way_words_born (child, self->visit->date));
  add_fact (facts,
            way_dossier_get_enrolment (self->dossier, child) != NULL ? "School" : "Year",
            way_words_school (self->dossier, child));
  add_fact (facts, "SEN", way_words_sen (self->dossier, child, self->style->lists));
  add_fact (facts, "Needs", way_words_needs (self->dossier, child, self->style->lists));
}

/* Simply at the child's own school, which stands beside it. */
static gboolean
is_at_own_school (WayVisitSheet *self, const WaySetting *setting)
{
  const WayChild *child = self->children->len == 1 ? g_ptr_array_index (self->children, 0) : NULL;
  const WayEnrolment *enrolment =
      child != NULL ? way_dossier_get_enrolment (self->dossier, child) : NULL;

  return child != NULL && way_text_is_blank (self->visit->place) && enrolment != NULL &&
         g_strcmp0 (enrolment->setting, setting->record.id) == 0;
}

/* The school, and the place in it: "Year 3 classroom" alone says nothing to one who files it. */
static char *
place_words (WayVisitSheet *self)
{
  const WaySetting *setting = way_dossier_get_setting (self->dossier);

  if (setting == NULL || way_text_is_blank (setting->name))
    return g_strdup (self->visit->place);
  if (way_text_is_blank (self->visit->place))
    return g_strdup (is_at_own_school (self, setting) ? NULL : setting->name);
  return g_strdup_printf ("%s, %s", setting->name, self->visit->place);
}

static gboolean
has_many_present (WayVisitSheet *self)
{
  return way_record_set_list (self->dossier->records, WAY_VISIT_PERSON)->len > MANY_PRESENT;
}

static void
add_visit_facts (WayVisitSheet *self, GPtrArray *facts)
{
  add_fact (facts, "Visit", way_words_when (self->visit));
  add_fact (facts, "Kind", way_words_kind (self->visit, self->style->lists));
  add_fact (facts, "Where", place_words (self));
  add_fact (facts,
            "Written by",
            way_words_author (way_dossier_get_author (self->dossier), self->style->lists));
  if (!has_many_present (self))
    add_fact (facts, "Present", way_words_present (self->dossier));
}

static WayBlock *
add_fact_block (WayVisitSheet *self, double gap)
{
  WayBlock *block = way_pages_add (self->pages, "TR");

  block->gap = gap;
  block->pad_top = 2.5;
  block->pad_bottom = 3.0;
  block->rule = &WAY_INK_HAIRLINE;
  block->rule_width = 0.5;
  return block;
}

static void
add_fact_label (WayVisitSheet *self, WayBlock *block, double x, const char *label)
{
  WayType *type = way_pages_get_type (self->pages);
  WayItem *item;

  way_block_add_cell (block, x, LABEL_WIDTH);
  item = way_block_add_text (block,
                             "TH",
                             WAY_FACE_LABEL,
                             way_type_layout (type, WAY_FACE_LABEL, label, LABEL_WIDTH - 4.0));
  item->note = g_strdup ("Row");
}

/* @span: (nullable): columns of the table that the words take */
static void
add_fact_words (WayVisitSheet *self,
                WayBlock *block,
                const WayCell *where,
                WayFace face,
                const char *words,
                const char *span)
{
  WayType *type = way_pages_get_type (self->pages);
  PangoLayout *layout = way_type_layout (type, face, words, where->width);
  WayItem *item;

  way_type_break_well (layout);
  way_block_add_cell (block, where->x, where->width);
  item = way_block_add_text (block, "TD", face, layout);
  item->note = g_strdup (span);
}

/* A fact and its label, @width wide. */
static void
add_fact_cells (WayVisitSheet *self,
                WayBlock *block,
                char *const *fact,
                double x,
                double width,
                const char *span)
{
  const WayCell where = {x + LABEL_WIDTH, width - LABEL_WIDTH, NULL};
  gboolean strong = g_str_equal (fact[0], "Child") || g_str_equal (fact[0], "Visit");

  add_fact_label (self, block, x, fact[0]);
  add_fact_words (
      self, block, &where, strong ? WAY_FACE_TABLE_STRONG : WAY_FACE_TABLE, fact[1], span);
}

/* Moves what would make a narrow column of many lines to rows of its own. */
static void
steal_long_facts (GPtrArray *facts, GPtrArray *wide)
{
  for (guint i = 0; i + 1 < facts->len;) {
    if (g_utf8_strlen (g_ptr_array_index (facts, i + 1), -1) <= LONG_FACT) {
      i += 2;
      continue;
    }
    g_ptr_array_add (wide, g_ptr_array_steal_index (facts, i));
    g_ptr_array_add (wide, g_ptr_array_steal_index (facts, i));
  }
}

/* @first, @second: (nullable): what has none beside it takes the whole width */
static void
add_fact_row (WayVisitSheet *self, char *const *first, char *const *second, double gap)
{
  double width = (WAY_PAGE_TEXT_WIDTH - COLUMN_GAP) / 2.0;
  WayBlock *block = add_fact_block (self, gap);

  if (first == NULL || second == NULL) {
    add_fact_cells (self, block, first != NULL ? first : second, 0.0, WAY_PAGE_TEXT_WIDTH, "3");
    return;
  }
  add_fact_cells (self, block, first, 0.0, width, NULL);
  add_fact_cells (self, block, second, width + COLUMN_GAP, width, NULL);
}

/* A meeting's list: a line for each, in two columns. */
static void
add_people (WayVisitSheet *self)
{
  guint n = way_record_set_list (self->dossier->records, WAY_VISIT_PERSON)->len;
  double width = (WAY_PAGE_TEXT_WIDTH - LABEL_WIDTH - COLUMN_GAP) / 2.0;
  WayBlock *block = add_fact_block (self, 0.0);

  add_fact_label (self, block, 0.0, "Present");
  for (guint column = 0; column < 2; column++) {
    guint half = (n + 1) / 2;
    g_autofree char *people =
        way_words_people (self->dossier, column * half, column * half + half, "\n");
    const WayCell where = {LABEL_WIDTH + column * (width + COLUMN_GAP), width, NULL};

    add_fact_words (self, block, &where, WAY_FACE_TABLE, people, column == 0 ? NULL : "2");
  }
}

/* Two facts a row, then what is long. */
static void
add_facts (WayVisitSheet *self, GPtrArray *left, GPtrArray *right)
{
  GPtrArray *wide = g_ptr_array_new ();

  steal_long_facts (left, wide);
  steal_long_facts (right, wide);
  way_pages_begin (self->pages, "Table");
  for (guint i = 0; i < MAX (left->len, right->len); i += 2)
    add_fact_row (self,
                  i < left->len ? (char *const *) &left->pdata[i] : NULL,
                  i < right->len ? (char *const *) &right->pdata[i] : NULL,
                  i == 0 ? 6.0 : 0.0);
  for (guint i = 0; i < wide->len; i += 2)
    add_fact_row (self, (char *const *) &wide->pdata[i], NULL, 0.0);
  if (has_many_present (self))
    add_people (self);
  way_pages_end (self->pages);
  free_facts (wide);
}

static void
add_children (WayVisitSheet *self)
{
  static const char *const HEADS[] = {"Child", "Born", "Year, school", "SEN and needs", NULL};
  static const double SHARES[] = {0.22, 0.22, 0.22, 0.34};
  WaySheetTable table;

  way_visit_sheet_begin_section (self, "Children");
  way_visit_sheet_begin_table (self, &table, HEADS, SHARES);
  for (guint i = 0; i < self->children->len; i++) {
    const WayChild *child = g_ptr_array_index (self->children, i);
    g_autofree char *name = way_words_child (child);
    g_autofree char *born = way_words_born (child, self->visit->date);
    g_auto (GStrv) born_parts = g_strsplit (born, " · ", 2);
    g_autofree char *born_lines = g_strjoinv ("\n", born_parts);
    g_autofree char *school = way_words_school (self->dossier, child);
    g_autofree char *sen = way_words_sen (self->dossier, child, self->style->lists);
    g_autofree char *needs = way_words_needs (self->dossier, child, self->style->lists);
    g_autofree char *both =
        g_strdup_printf ("%s%s%s", sen, *sen != '\0' && *needs != '\0' ? " · " : "", needs);

    way_visit_sheet_add_row (
        self, &table, (const char *[]){name, born_lines, school, *both != '\0' ? both : "no data"});
  }
  way_visit_sheet_end_table (self, &table);
  way_pages_end (self->pages);
}

/* Title, notices, and the box of facts. */
void
way_visit_sheet_add_top (WayVisitSheet *self)
{
  GPtrArray *left = g_ptr_array_new ();
  GPtrArray *right = g_ptr_array_new ();
  gboolean single = self->children->len == 1;

  add_title (self);
  add_notices (self);
  add_visit_facts (self, right);
  if (single) {
    add_child_facts (self, left, g_ptr_array_index (self->children, 0));
  } else {
    /* Nobody's facts stand on the left: the visit's own go over both columns. */
    guint n_left = (right->len / 2 + 1) / 2 * 2;

    while (left->len < n_left)
      g_ptr_array_add (left, g_ptr_array_steal_index (right, 0));
  }
  add_facts (self, left, right);
  if (self->children->len > 1)
    add_children (self);
  free_facts (left);
  free_facts (right);
}
