/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hard contents: whatever is in a record, its pieces lie on the page, below each other, and
 * its lines within their columns. */
#include "report-fixture.h"
#include "way-visit-sheet.h"

#include <string.h>

#define SLACK 0.02

static void
check_lines (const WayBlock *block)
{
  for (guint i = 0; i < block->n_cells; i++) {
    const WayCell *cell = &block->cells[i];

    g_assert_cmpfloat (cell->x, >=, 0.0);
    g_assert_cmpfloat (cell->x + cell->width, <=, WAY_PAGE_TEXT_WIDTH + SLACK);
    if (i > 0)
      g_assert_cmpfloat (cell[-1].x + cell[-1].width, <=, cell->x + SLACK);
    for (guint k = 0; k < cell->items->len; k++) {
      const WayItem *item = g_ptr_array_index (cell->items, k);

      /* A space at the end of a line may hang over. */
      for (guint n = 0; n < item->n_lines; n++) {
        PangoRectangle ink;

        pango_layout_line_get_extents (item->lines[n].line, &ink, NULL);
        g_assert_cmpfloat (
            item->lines[n].x + (double) (ink.x + ink.width) / PANGO_SCALE, <=, cell->width + 1.0);
        g_assert_cmpfloat ((double) ink.height / PANGO_SCALE, <=, item->lines[n].height + SLACK);
      }
    }
  }
}

/* No row is left over for the next page by itself. */
static void
check_last_rows (GArray *places)
{
  for (guint i = 1; i < places->len; i++) {
    const WayPlace *place = &g_array_index (places, WayPlace, i);
    const WayBlock *head = place->block->head;

    if (head == NULL || place[-1].block->head != head ||
        (i + 1 < places->len && place[1].block->head == head) ||
        place[-1].height + place->height > WAY_PAGE_TEXT_HEIGHT / 2.0)
      continue;
    g_assert_cmpuint (place[-1].page, ==, place->page);
  }
}

static guint
check_sheet (ReportFixture *fixture)
{
  g_autoptr (WayDossier) dossier = report_fixture_steal_dossier (fixture);
  g_autoptr (WayVisitSheet) sheet = way_visit_sheet_new (dossier, &fixture->style);
  GArray *places = way_pages_get_places (sheet->pages);
  const WayPlace *last = NULL;
  guint n_pages = way_pages_get_length (sheet->pages);

  for (guint i = 0; i < places->len; i++) {
    const WayPlace *place = &g_array_index (places, WayPlace, i);

    if (last == NULL || place->page != last->page) {
      g_assert_cmpuint (place->page, ==, last == NULL ? 0 : last->page + 1);
      g_assert_cmpfloat (place->top, >=, 0.0);
    } else {
      g_assert_cmpfloat (place->top, >=, last->top + last->height - SLACK);
    }
    g_assert_cmpfloat (place->top + place->height, <=, WAY_PAGE_TEXT_HEIGHT + SLACK);
    if (place->slice == 0)
      check_lines (place->block);
    last = place;
  }
  /* No heading is the last on its page, nor the head of a table. */
  for (guint i = 0; i + 1 < places->len; i++) {
    const WayPlace *place = &g_array_index (places, WayPlace, i);

    if ((place->block->outline != NULL && place->block->keep_with_next == WAY_KEEP_MUST) ||
        place[1].block->head == place->block)
      g_assert_cmpuint (place[1].page, ==, place->page);
  }
  check_last_rows (places);
  report_fixture_clear (fixture);
  return n_pages;
}

static char *
repeat (const char *text, gsize size)
{
  GString *out = g_string_new (NULL);

  while (out->len < size)
    g_string_append (out, text);
  return g_string_free (out, FALSE);
}

static void
test_example (void)
{
  ReportFixture fixture;

  report_fixture_init (&fixture);
  report_fixture_fill (&fixture);
  g_assert_cmpuint (check_sheet (&fixture), ==, 2);
}

static void
test_empty (void)
{
  ReportFixture fixture;

  report_fixture_init (&fixture);
  g_assert_cmpuint (check_sheet (&fixture), ==, 1);
}

static void
test_long_prose (void)
{
  ReportFixture fixture;

  report_fixture_init (&fixture);
  fixture.visit->seen = repeat ("She looked to her partner before she spoke, four times. ", 200000);
  g_assert_cmpuint (check_sheet (&fixture), >, 30);
}

/* In a time that does not grow with the square of the length. */
static void
test_one_endless_word (void)
{
  ReportFixture fixture;

  report_fixture_init (&fixture);
  fixture.visit->seen = repeat ("supercalifragilistic", 200000);
  g_assert_cmpuint (check_sheet (&fixture), >, 20);
}

static void
test_long_names (void)
{
  ReportFixture fixture;
  char *name;

  report_fixture_init (&fixture);
  report_fixture_fill (&fixture);
  name = repeat ("Wolfeschlegelsteinhausenbergerdorff", 600);
  way_set_string (&fixture.child->surname, name);
  g_free (name);
  g_assert_cmpuint (check_sheet (&fixture), >=, 2);

  report_fixture_init (&fixture);
  report_fixture_fill (&fixture);
  name = repeat ("Maria-Theresia ", 9000); /* a row of the facts that is taller than a page */
  way_set_string (&fixture.child->forename, name);
  g_free (name);
  g_assert_cmpuint (check_sheet (&fixture), >=, 4);
}

static void
test_many_rows (void)
{
  ReportFixture fixture;
  g_autofree char *huge = repeat ("Put up the picture timetable. ", 12000);

  report_fixture_init (&fixture);
  for (guint i = 0; i < 100; i++)
    report_fixture_add_action (
        &fixture, i == 50 ? huge : "Put up the timetable", "SENCO", 0, i % 4 == 0);
  g_assert_cmpuint (check_sheet (&fixture), >=, 5);
}

static void
test_many_targets (void)
{
  static const double VALUES[] = {1, 2, 2, 3, 3, 4};
  ReportFixture fixture;
  g_autofree char *huge = repeat ("By Easter she will ask for help in class. ", 9000);

  report_fixture_init (&fixture);
  for (guint i = 0; i < 30; i++) {
    WayTarget *target = report_fixture_add_target (
        &fixture, fixture.child, i == 7 ? huge : "By Easter she will ask for help.");

    if (i % 3 != 0)
      report_fixture_add_points (&fixture, target, VALUES, G_N_ELEMENTS (VALUES));
  }
  g_assert_cmpuint (check_sheet (&fixture), >=, 6);
}

static void
test_scripts (void)
{
  ReportFixture fixture;

  report_fixture_init (&fixture);
  fixture.visit->purpose =
      g_strdup ("مرحبا بالعالم كيف حالك اليوم؟ هذا نص طويل جدا يجب أن يلتف على سطور "
                "متعددة حتى نرى المحاذاة إلى اليمين في الفقرة كما ينبغي.");
  fixture.visit->seen = g_strdup (
      "שלום עולם, this is mixed, مرحبا, 😀👩‍👩‍👧‍👦🇬🇧 "
      "Z̴̢̛̪̗̘̼͔͖̭̜̎̈́͌̽̆̔̕͘ǎ̷̧̢̛̤̲͈̬͙̖̻͛̈́̑̽͝l̶̡̢̼̫̤̂̆̓̍g̵̱̈́o̷͔͐ "
      "and\ttab\n\n- \n- 日本語の文章 नमस्ते ไทย\n"
      "\u200f\u202e backwards \u202c done");
  report_fixture_add_action (
      &fixture, "לשבת קרוב ללוח בכל שיעור ולהשתמש בלוח המילים", "الأم", 0, FALSE);
  check_sheet (&fixture);
}

static void
test_several_children (void)
{
  ReportFixture fixture;

  report_fixture_init (&fixture);
  report_fixture_fill (&fixture);
  for (guint i = 0; i < 40; i++) {
    WayChild *child =
        report_fixture_add_child (&fixture, "Maximiliana-Philippa", "Featherstonehaugh");

    if (i % 10 == 0)
      report_fixture_add_target (&fixture, child, "By Easter she will ask for help.");
  }
  g_assert_cmpuint (check_sheet (&fixture), >=, 4);
}

/* Wherever the page ends in a table. */
static void
test_last_rows (void)
{
  for (guint n = 20; n < 40; n++) {
    ReportFixture fixture;

    report_fixture_init (&fixture);
    for (guint i = 0; i < n; i++)
      report_fixture_add_action (&fixture, "Laminate the word mat", "TA", WAY_DATE_UNKNOWN, FALSE);
    check_sheet (&fixture);
  }
}

/* However high a row is, and wherever on the page it comes. */
static void
test_high_rows (void)
{
  for (guint n_lines = 1; n_lines < 130; n_lines++) {
    for (guint n_before = 0; n_before < 2; n_before++) {
      ReportFixture fixture;
      g_autofree char *lines = repeat ("Read.\n", 6 * n_lines);
      g_autofree char *purpose = repeat ("See.\n", 5 * ((n_lines * 7) % 60));

      report_fixture_init (&fixture);
      way_set_string (&fixture.visit->purpose, purpose);
      for (guint i = 0; i < n_before; i++)
        report_fixture_add_action (&fixture, "Laminate the word mat", "TA", 0, FALSE);
      report_fixture_add_action (&fixture, lines, "TA", 0, FALSE);
      check_sheet (&fixture);
    }
  }
}

/* A date and a count in brackets stay whole at the end of a line, but never stick out. */
static void
test_held_words (void)
{
  g_autoptr (WayType) type = way_type_new ();

  for (int width = 20; width < 300; width += 7) {
    g_autoptr (PangoLayout) layout = way_type_layout (
        type, WAY_FACE_SMALL, "Latest 4 of 5 on 17 November 2026 (11 measurements)", width);
    GSList *lines = pango_layout_get_lines_readonly (layout);
    PangoRectangle ink;

    pango_layout_get_extents (layout, &ink, NULL);
    g_assert_cmpint (ink.x + ink.width, <=, (width + 1) * PANGO_SCALE);
    for (; width > 115 && lines->next != NULL; lines = lines->next) {
      const PangoLayoutLine *next = lines->next->data;
      const char *begins = pango_layout_get_text (layout) + next->start_index;

      g_assert_false (g_str_has_prefix (begins, "November") || g_str_has_prefix (begins, "2026") ||
                      g_str_has_prefix (begins, "measurements"));
    }
  }
}

/* "Draft, not signed" stands beside the title or below it, but not half and half. */
static void
test_title_note_whole (void)
{
  g_autoptr (WayType) type = way_type_new ();

  for (int width = 170; width < 320; width += 10) {
    g_autoptr (PangoLayout) layout =
        way_type_layout_pair (type, WAY_FACE_TITLE, "Record of Visit", "Draft, not signed", width);

    for (GSList *link = pango_layout_get_lines_readonly (layout); link != NULL; link = link->next) {
      const PangoLayoutLine *line = link->data;
      const char *begins = pango_layout_get_text (layout) + line->start_index;

      g_assert_false (g_str_has_prefix (begins, "not") || g_str_has_prefix (begins, "signed"));
    }
  }
}

/* A name from the right does not turn an English line around; a text from the right stays so. */
static void
test_direction (void)
{
  static const struct {
    const char *text;
    PangoDirection direction;
  } CASES[] = {{"אברהם read with his friend", PANGO_DIRECTION_LTR},
               {"א.ב. · ref 7C2E", PANGO_DIRECTION_LTR},
               {"אברהם בן־דוד (known as Ami)", PANGO_DIRECTION_LTR},
               {"אברהם קרא יפה עם Ami", PANGO_DIRECTION_RTL},
               {"Ami קרא יפה עם אברהם", PANGO_DIRECTION_RTL}};
  g_autoptr (WayType) type = way_type_new ();

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (PangoLayout) layout = way_type_layout (type, WAY_FACE_BODY, CASES[i].text, 400.0);
    PangoRectangle all;

    g_assert_cmpint (
        pango_layout_get_line_readonly (layout, 0)->resolved_dir, ==, CASES[i].direction);
    pango_layout_get_extents (layout, NULL, &all);
    g_assert_cmpint (all.x > 100 * PANGO_SCALE, ==, CASES[i].direction == PANGO_DIRECTION_RTL);
  }
}

/* Who said it stands in a line of its own, in the document's direction, under words that run from
 * the right. */
static void
test_view_from_right (void)
{
  static const char *const VIEW = "أحب أن أعرف ما سيأتي بعد ذلك";
  ReportFixture fixture;
  g_autoptr (WayDossier) dossier = NULL;
  g_autoptr (WayVisitSheet) sheet = NULL;
  WayVisitView *view;
  GArray *places;
  guint n = 0;

  report_fixture_init (&fixture);
  report_fixture_fill (&fixture);
  view = report_fixture_add (&fixture, WAY_VISIT_VIEW);
  view->visit = g_strdup (fixture.visit->record.id);
  view->whose = g_strdup ("child");
  view->text = g_strdup (VIEW);
  dossier = report_fixture_steal_dossier (&fixture);
  sheet = way_visit_sheet_new (dossier, &fixture.style);
  places = way_pages_get_places (sheet->pages);
  for (guint i = 0; i + 1 < places->len; i++) {
    const WayCell *cells = g_array_index (places, WayPlace, i).block->cells;
    const WayCell *next = g_array_index (places, WayPlace, i + 1).block->cells;
    const WayItem *item = cells != NULL && cells->items->len > 0 ? cells->items->pdata[0] : NULL;
    const char *text =
        item != NULL && item->layout != NULL ? pango_layout_get_text (item->layout) : "";

    if (strstr (text, VIEW) == NULL)
      continue;
    n++;
    g_assert_cmpstr (text, ==, VIEW); /* and nothing after it */
    item = next->items->pdata[0];
    g_assert_cmpint (
        pango_layout_get_line_readonly (item->layout, 0)->resolved_dir, ==, PANGO_DIRECTION_LTR);
  }
  g_assert_cmpuint (n, ==, 1);
  g_clear_pointer (&sheet, way_visit_sheet_free);
  report_fixture_clear (&fixture);
}

/* Wherever the pages end, the closing lines are not alone on one. */
static void
test_close_in_company (void)
{
  for (guint n = 0; n < 30; n++) {
    ReportFixture fixture;
    g_autoptr (WayDossier) dossier = NULL;
    g_autoptr (WayVisitSheet) sheet = NULL;
    g_autoptr (GString) seen = NULL;
    GArray *places;
    guint next = 0;

    report_fixture_init (&fixture);
    report_fixture_fill (&fixture);
    seen = g_string_new (fixture.visit->seen);
    for (guint i = 0; i < n; i++)
      g_string_append_printf (seen, "\nThen line %u.", i);
    way_set_string (&fixture.visit->seen, seen->str);
    dossier = report_fixture_steal_dossier (&fixture);
    sheet = way_visit_sheet_new (dossier, &fixture.style);
    places = way_pages_get_places (sheet->pages);
    while (g_strcmp0 (g_array_index (places, WayPlace, next).block->outline, "Next visit") != 0)
      next++;
    g_assert_cmpuint (g_array_index (places, WayPlace, next - 1).page,
                      ==,
                      g_array_index (places, WayPlace, next).page);
    g_clear_pointer (&sheet, way_visit_sheet_free);
    report_fixture_clear (&fixture);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/layout/example", test_example);
  g_test_add_func ("/report/layout/empty", test_empty);
  g_test_add_func ("/report/layout/long-prose", test_long_prose);
  g_test_add_func ("/report/layout/endless-word", test_one_endless_word);
  g_test_add_func ("/report/layout/long-names", test_long_names);
  g_test_add_func ("/report/layout/many-rows", test_many_rows);
  g_test_add_func ("/report/layout/last-rows", test_last_rows);
  g_test_add_func ("/report/layout/high-rows", test_high_rows);
  g_test_add_func ("/report/layout/held-words", test_held_words);
  g_test_add_func ("/report/layout/many-targets", test_many_targets);
  g_test_add_func ("/report/layout/scripts", test_scripts);
  g_test_add_func ("/report/layout/several-children", test_several_children);
  g_test_add_func ("/report/layout/title-note-whole", test_title_note_whole);
  g_test_add_func ("/report/layout/direction", test_direction);
  g_test_add_func ("/report/layout/view-from-right", test_view_from_right);
  g_test_add_func ("/report/layout/close-in-company", test_close_in_company);
  return g_test_run ();
}
