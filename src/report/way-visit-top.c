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

static void
add_title (WayVisitSheet *self)
{
  WayType *type = way_pages_get_type (self->pages);
  double logo = logo_width (self->logo), right = WAY_PAGE_TEXT_WIDTH - logo;
  double service_x = right - SERVICE_WIDTH - (logo > 0.0 ? 9.0 : 0.0);
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
      way_type_layout_pair (type,
                            WAY_FACE_TITLE,
                            "Record of Visit",
                            way_dossier_is_signed (self->dossier) ? NULL : "Draft, not signed",
                            service_x - 12.0));
  way_block_add_cell (block, service_x, SERVICE_WIDTH);
  if (!way_text_is_blank (self->style->service_name)) {
    layout = way_type_layout (type, WAY_FACE_LABEL, self->style->service_name, SERVICE_WIDTH);
    pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
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

static const WayVisitVersion *
last_version (GPtrArray *versions)
{
  const WayVisitVersion *last = NULL;

  for (guint i = 0; i < versions->len; i++) {
    const WayVisitVersion *version = g_ptr_array_index (versions, i);

    if (last == NULL || version->version > last->version)
      last = version;
  }
  return last;
}

static int
compare_versions (gconstpointer a, gconstpointer b)
{
  const WayVisitVersion *first = *(WayVisitVersion *const *) a;
  const WayVisitVersion *second = *(WayVisitVersion *const *) b;

  return first->version < second->version ? -1 : first->version > second->version;
}

/* "Version 2, amended on 20 November 2026 because the date of the meeting was wrong." */
static char *
amendment_text (WayVisitSheet *self, const WayVisitVersion *last)
{
  double number = isnan (self->visit->version) ? last->version + 1.0 : self->visit->version;
  WayDate on = self->visit->signed_at != NULL ? way_date_from_stamp (self->visit->signed_at)
                                              : WAY_DATE_UNKNOWN;
  g_autofree char *date = way_date_format (on);
  g_autofree char *reason =
      way_words_sentence (way_text_is_blank (last->reason) ? "the record was wrong" : last->reason);
  g_autofree char *because =
      way_text_is_blank (last->reason) ? g_strdup (".") : g_strdup_printf (" because %s", reason);

  return on != WAY_DATE_UNKNOWN
             ? g_strdup_printf ("Version %.0f, amended on %s%s", number, date, because)
             : g_strdup_printf ("Amends version %.0f%s", last->version, because);
}

static void
add_amendment (WayVisitSheet *self)
{
  g_autoptr (GPtrArray) versions =
      way_dossier_dup_list (self->dossier, WAY_VISIT_VERSION, NULL, NULL);
  const WayVisitVersion *last = last_version (versions);
  g_autofree char *text = NULL;

  if (last == NULL)
    return;
  text = amendment_text (self, last);
  begin_notice (self, WAY_FRAME_ACCENT, text);
  g_ptr_array_sort (versions, compare_versions);
  for (guint i = 0; i < versions->len; i++) {
    const WayVisitVersion *version = g_ptr_array_index (versions, i);
    g_autofree char *when = way_words_stamp (version->signed_at);
    g_autofree char *fingerprint = way_words_fingerprint (version->fingerprint);
    g_autofree char *line =
        g_strdup_printf ("Earlier: version %.0f, signed %s%s%s, fingerprint %s",
                         version->version,
                         when,
                         way_text_is_blank (version->signed_by) ? "" : " by ",
                         way_text_is_blank (version->signed_by) ? "" : version->signed_by,
                         fingerprint);

    way_visit_sheet_add_paragraph (self, WAY_FACE_SMALL, line, NULL);
  }
  way_pages_close_frame (self->pages);
}

static void
add_notices (WayVisitSheet *self)
{
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

static void
add_child_facts (WayVisitSheet *self, GPtrArray *facts, const WayChild *child)
{
  add_fact (facts, "Child", way_words_child (child));
  add_fact (facts, "Born", way_words_born (child, self->visit->date));
  add_fact (facts, "School", way_words_school (self->dossier, child));
  add_fact (facts, "SEN", way_words_sen (self->dossier, child, self->style->lists));
  add_fact (facts, "Needs", way_words_needs (self->dossier, child, self->style->lists));
  add_fact (facts, "UPN", g_strdup (child->upn));
}

/* Where the visit was, unless it was simply at the child's own school. */
static char *
place_words (WayVisitSheet *self)
{
  const WaySetting *setting = way_dossier_get_setting (self->dossier);
  const WayChild *child = self->children->len == 1 ? g_ptr_array_index (self->children, 0) : NULL;
  const WayEnrolment *enrolment =
      child != NULL ? way_dossier_get_enrolment (self->dossier, child) : NULL;
  gboolean own = child != NULL && setting != NULL &&
                 (enrolment == NULL || g_strcmp0 (enrolment->setting, setting->record.id) == 0);
  const char *name = setting != NULL && !own ? setting->name : NULL;

  if (name == NULL || way_text_is_blank (self->visit->place))
    return g_strdup (name != NULL ? name : self->visit->place);
  return g_strdup_printf ("%s, %s", name, self->visit->place);
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
  add_fact (facts, "Present", way_words_present (self->dossier));
}

/* A fact and its label, @width wide; @span: columns of the table that its words take. */
static void
add_fact_cells (WayVisitSheet *self,
                WayBlock *block,
                char *const *fact,
                double x,
                double width,
                const char *span)
{
  WayType *type = way_pages_get_type (self->pages);
  const char *label = fact[0], *words = fact[1];
  double words_width = width - LABEL_WIDTH;
  gboolean strong = g_str_equal (label, "Child") || g_str_equal (label, "Visit");
  WayFace face = strong ? WAY_FACE_TABLE_STRONG : WAY_FACE_TABLE;
  WayItem *item;

  way_block_add_cell (block, x, LABEL_WIDTH);
  item = way_block_add_text (block,
                             "TH",
                             WAY_FACE_LABEL,
                             way_type_layout (type, WAY_FACE_LABEL, label, LABEL_WIDTH - 4.0));
  item->note = g_strdup ("Row");
  way_block_add_cell (block, x + LABEL_WIDTH, words_width);
  item = way_block_add_text (block, "TD", face, way_type_layout (type, face, words, words_width));
  item->note = g_strdup (span);
}

/* Two facts a row; what has none beside it takes the whole width. */
static void
add_facts (WayVisitSheet *self, GPtrArray *left, GPtrArray *right)
{
  double width = (WAY_PAGE_TEXT_WIDTH - COLUMN_GAP) / 2.0;

  way_pages_begin (self->pages, "Table");
  for (guint i = 0; i < MAX (left->len, right->len); i += 2) {
    WayBlock *block = way_pages_add (self->pages, "TR");
    char *const *first = i < left->len ? (char *const *) &left->pdata[i] : NULL;
    char *const *second = i < right->len ? (char *const *) &right->pdata[i] : NULL;

    block->gap = i == 0 ? 6.0 : 0.0;
    block->pad_top = 2.5;
    block->pad_bottom = 3.0;
    block->rule = &WAY_INK_HAIRLINE;
    block->rule_width = 0.5;
    if (first == NULL || second == NULL) {
      add_fact_cells (self, block, first != NULL ? first : second, 0.0, WAY_PAGE_TEXT_WIDTH, "3");
      continue;
    }
    add_fact_cells (self, block, first, 0.0, width, NULL);
    add_fact_cells (self, block, second, width + COLUMN_GAP, width, NULL);
  }
  way_pages_end (self->pages);
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
    g_autofree char *label = way_text_is_blank (child->upn)
                                 ? g_strdup (name)
                                 : g_strdup_printf ("%s, UPN %s", name, child->upn);
    g_autofree char *born = way_words_born (child, self->visit->date);
    g_autofree char *school = way_words_school (self->dossier, child);
    g_autofree char *sen = way_words_sen (self->dossier, child, self->style->lists);
    g_autofree char *needs = way_words_needs (self->dossier, child, self->style->lists);
    g_autofree char *both =
        g_strdup_printf ("%s%s%s", sen, *sen != '\0' && *needs != '\0' ? " · " : "", needs);

    way_visit_sheet_add_row (
        self, &table, (const char *[]){label, born, school, *both != '\0' ? both : "no data"});
  }
  way_pages_end (self->pages);
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
