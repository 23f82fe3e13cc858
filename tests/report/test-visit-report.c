/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The printed record beside what was looked at and found good: its text in reading order, the
 * look of its pages. WAY_GOLDEN=FOLDER writes what comes out now into that folder instead. */
#include "report-fixture.h"

#include "way-chart-file.h"
#include "way-redact.h"
#include "way-visit-figure.h"
#include "way-visit-words.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define GOLDEN_SCALE (50.0 / 72.0) /* 50 dots per inch */
#define A4_WIDTH 595.276
#define A4_HEIGHT 841.890
/* As many dots as make a line. */
#define LINE_ACROSS 48
#define LINE_DOWN 24

/* The text of @pdf as a reader takes it out, page by page. */
static char *
read_text (GBytes *pdf, const char *program, const char *option)
{
  g_autofree char *dir = g_dir_make_tmp ("way-report-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "record.pdf", NULL);
  const char *const text_argv[] = {program, option, path, "-", NULL};
  const char *const plain_argv[] = {program, option, path, NULL};
  gboolean to_text = strcmp (program, "pdftotext") == 0;
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  int status = 0;

  g_file_set_contents_full (path,
                            g_bytes_get_data (pdf, NULL),
                            (gssize) g_bytes_get_size (pdf),
                            G_FILE_SET_CONTENTS_CONSISTENT,
                            0600,
                            &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL,
                (char **) (to_text ? text_argv : plain_argv),
                NULL,
                G_SPAWN_SEARCH_PATH,
                NULL,
                NULL,
                &out,
                NULL,
                &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  g_remove (path);
  g_rmdir (dir);
  return out;
}

static void
check_golden (const char *name, const char *text)
{
  const char *folder = g_getenv ("WAY_GOLDEN");
  g_autofree char *path = folder != NULL ? g_build_filename (folder, name, NULL)
                                         : g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  g_autofree char *expected = NULL;
  g_auto (GStrv) now = NULL, then = NULL;
  g_autoptr (GError) error = NULL;

  if (folder != NULL) {
    g_assert_true (
        g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, NULL));
    return;
  }
  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  now = g_strsplit (text, "\n", -1);
  then = g_strsplit (expected, "\n", -1);
  for (guint i = 0; now[i] != NULL && then[i] != NULL; i++)
    g_assert_cmpstr (now[i], ==, then[i]);
  g_assert_cmpuint (g_strv_length (now), ==, g_strv_length (then));
}

static GBytes *
render_example (void)
{
  ReportFixture fixture;
  GBytes *pdf;

  report_fixture_init (&fixture);
  report_fixture_fill (&fixture);
  pdf = report_fixture_render (&fixture);
  report_fixture_clear (&fixture);
  return pdf;
}

static void
test_text (void)
{
  g_autoptr (GBytes) pdf = render_example ();
  g_autofree char *text = read_text (pdf, "pdftotext", "-layout");

  check_golden ("visit-text.txt", text);
}

static void
test_info (void)
{
  g_autoptr (GBytes) pdf = render_example ();
  g_autofree char *info = read_text (pdf, "pdfinfo", "-isodates");
  g_autofree char *check = read_text (pdf, "qpdf", "--check");

  g_assert_nonnull (strstr (info, "Record of Visit, 17 November 2026, A.O. (ref 7C2E)"));
  g_assert_null (strstr (info, "Okafor"));
  g_assert_nonnull (strstr (info, "Tagged:          yes"));
  g_assert_nonnull (strstr (info, "2026-11-17T17:05:09"));
  g_assert_nonnull (strstr (info, "Author:          T. Eacher"));
  g_assert_nonnull (strstr (info, "A4"));
  g_assert_nonnull (strstr (check, "No syntax or stream encoding errors"));
}

static void
test_same_bytes (void)
{
  g_autoptr (GBytes) first = render_example ();
  g_autoptr (GBytes) second = render_example ();

  g_assert_true (g_bytes_equal (first, second));
}

/* Returns: (transfer full): the shades of @picture, a byte each, which it takes */
static cairo_surface_t *
take_grey (cairo_surface_t *picture)
{
  int width = cairo_image_surface_get_width (picture);
  int height = cairo_image_surface_get_height (picture);
  cairo_surface_t *grey = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  const guchar *from = cairo_image_surface_get_data (picture);
  guchar *to = cairo_image_surface_get_data (grey);

  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++)
      to[y * cairo_image_surface_get_stride (grey) + x] =
          from[y * cairo_image_surface_get_stride (picture) + 4 * x + 1];
  }
  cairo_surface_mark_dirty (grey);
  cairo_surface_destroy (picture);
  return grey;
}

/* The pages stand by themselves: the dossier may be gone when they are drawn. */
static cairo_surface_t *
draw_page (WayVisitPages *pages, guint page)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, (int) (A4_WIDTH * GOLDEN_SCALE), (int) (A4_HEIGHT * GOLDEN_SCALE));
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  cairo_scale (cr, GOLDEN_SCALE, GOLDEN_SCALE);
  way_visit_pages_draw (pages, page, cr);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return take_grey (surface);
}

/* Mean of the differences of grey over blocks of 4 x 4 dots: an edge that is smoothed otherwise
 * is no difference, a line that has moved is one. Returns the largest. */
static double
largest_difference (cairo_surface_t *a, cairo_surface_t *b)
{
  int width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);
  int stride = cairo_image_surface_get_stride (a);
  const guchar *p = cairo_image_surface_get_data (a), *q = cairo_image_surface_get_data (b);
  double largest = 0.0;

  for (int y = 0; y + 4 <= height; y += 4) {
    for (int x = 0; x + 4 <= width; x += 4) {
      double sum = 0.0;

      for (int i = 0; i < 16; i++) {
        int at = (y + i / 4) * stride + x + i % 4;

        sum += (double) p[at] - (double) q[at];
      }
      largest = MAX (largest, ABS (sum) / 16.0);
    }
  }
  return largest;
}

/* Whether the dots from @at on are dark without a gap, each itself or a neighbour across: a thin
 * line may lie between two rows of dots.
 * @least: how dark each is
 * @uneven: how much darker one of them may be than another; a row of letters may have no gap, but
 *   it is nowhere as even as a line */
static gboolean
has_line (cairo_surface_t *page, int at, gboolean across, int least, int uneven)
{
  const int stride = cairo_image_surface_get_stride (page);
  const int along = across ? 1 : stride, aside = across ? stride : 1;
  const guchar *dot = cairo_image_surface_get_data (page) + at;
  int lightest = 255, darkest = 0;

  for (int i = 0; i < (across ? LINE_ACROSS : LINE_DOWN); i++, dot += along) {
    int dark = 255 - MIN (dot[0], MIN (dot[-aside], dot[aside]));

    lightest = MIN (lightest, dark);
    darkest = MAX (darkest, dark);
    if (lightest < least || darkest - lightest > uneven)
      return FALSE;
  }
  return TRUE;
}

/* A rule of a table or an axis is too thin to matter in the mean of a block. Returns how many runs
 * of dots that make a line in @a are none in @b, where letters may lie on it and it may be shared
 * out between two rows of dots. */
static guint
count_lost_lines (cairo_surface_t *a, cairo_surface_t *b)
{
  int width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);
  int stride = cairo_image_surface_get_stride (a);
  guint lost = 0;

  g_assert_cmpint (stride, ==, cairo_image_surface_get_stride (b));
  for (int across = 0; across <= 1; across++) {
    for (int y = 1; y < height - 1 - (across ? 0 : LINE_DOWN); y++) {
      for (int x = 1; x < width - 1 - (across ? LINE_ACROSS : 0); x++)
        lost += has_line (a, y * stride + x, across, 12, 48) &&
                !has_line (b, y * stride + x, across, 4, 255);
    }
  }
  return lost;
}

static void
check_page (WayVisitPages *pages, guint page, const char *name)
{
  const char *folder = g_getenv ("WAY_GOLDEN");
  g_autofree char *path = folder != NULL ? g_build_filename (folder, name, NULL)
                                         : g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  cairo_surface_t *drawn = draw_page (pages, page);
  cairo_surface_t *expected;

  if (folder != NULL)
    g_assert_cmpint (cairo_surface_write_to_png (drawn, path), ==, CAIRO_STATUS_SUCCESS);
  expected = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_surface_status (expected), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_format (expected), ==, CAIRO_FORMAT_RGB24);
  expected = take_grey (expected);
  g_assert_cmpint (
      cairo_image_surface_get_width (expected), ==, cairo_image_surface_get_width (drawn));
  g_assert_cmpint (
      cairo_image_surface_get_height (expected), ==, cairo_image_surface_get_height (drawn));
  g_assert_cmpfloat (largest_difference (drawn, expected), <, 60.0);
  g_assert_cmpuint (count_lost_lines (expected, drawn), ==, 0);
  g_assert_cmpuint (count_lost_lines (drawn, expected), ==, 0);
  cairo_surface_destroy (expected);
  cairo_surface_destroy (drawn);
}

static void
test_look (void)
{
  ReportFixture fixture;
  WayDossier *dossier;
  WayVisitPages *pages;

  report_fixture_init (&fixture);
  report_fixture_fill (&fixture);
  dossier = report_fixture_steal_dossier (&fixture);
  pages = way_visit_pages_new (dossier, &fixture.style);
  way_dossier_free (dossier);
  report_fixture_clear (&fixture);
  g_assert_cmpuint (way_visit_pages_get_length (pages), ==, 2);
  check_page (pages, 0, "visit-page-1.png");
  check_page (pages, 1, "visit-page-2.png");
  way_visit_pages_free (pages);
}

/* A page with a line across and one down of @dark, @at dots from its edges, and letters @apart. */
static cairo_surface_t *
draw_lines (double dark, double at, double apart)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 200, 100);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.0, 0.0, 0.0);
  for (int x = 20; x < 120; x += 3) {
    cairo_rectangle (cr, x, 60.0, 2.0, 8.0);
    cairo_rectangle (cr, x, 64.0, 3.0 - apart, 1.0);
  }
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1.0 - dark, 1.0 - dark, 1.0 - dark);
  cairo_rectangle (cr, 20.0, at, 150.0, 0.5);
  cairo_rectangle (cr, at, 30.0, 0.5, 60.0);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return take_grey (surface);
}

/* What the comparison itself finds: thin light lines that are gone, one moved by some dots; not one
 * that lies between two rows of dots, nor letters that stand further apart. */
static void
test_lost_lines (void)
{
  cairo_surface_t *lines = draw_lines (0.12, 10.0, 0.9), *none = draw_lines (0.0, 10.0, 0.9);
  cairo_surface_t *between = draw_lines (0.12, 9.75, 0.9), *moved = draw_lines (0.12, 14.0, 0.9);
  cairo_surface_t *apart = draw_lines (0.12, 10.0, 1.0);

  g_assert_cmpuint (count_lost_lines (lines, lines), ==, 0);
  g_assert_cmpuint (count_lost_lines (lines, none), >, 200);
  g_assert_cmpuint (count_lost_lines (none, lines), ==, 0);
  g_assert_cmpuint (count_lost_lines (lines, between), ==, 0);
  g_assert_cmpuint (count_lost_lines (between, lines), ==, 0);
  g_assert_cmpuint (count_lost_lines (lines, moved), >, 200);
  g_assert_cmpuint (count_lost_lines (lines, apart), ==, 0);
  cairo_surface_destroy (lines);
  cairo_surface_destroy (none);
  cairo_surface_destroy (between);
  cairo_surface_destroy (moved);
  cairo_surface_destroy (apart);
}

static char *
render_text (ReportFixture *fixture)
{
  g_autoptr (GBytes) pdf = report_fixture_render (fixture);

  report_fixture_clear (fixture);
  return read_text (pdf, "pdftotext", "-layout");
}

/* A room alone says nothing to one who files the record. */
static void
test_where (void)
{
  ReportFixture fixture;
  g_autofree char *text = NULL;

  report_fixture_init (&fixture);
  report_fixture_fill (&fixture);
  way_set_string (&fixture.visit->place, "Room 4");
  text = render_text (&fixture);
  g_assert_nonnull (strstr (text, "Swale Park Primary, Room 4"));
}

static void
test_draft (void)
{
  ReportFixture fixture;
  g_autofree char *text = NULL;

  report_fixture_init (&fixture);
  way_set_string (&fixture.visit->signed_at, NULL);
  way_set_string (&fixture.visit->signed_by, NULL);
  text = render_text (&fixture);
  g_assert_nonnull (strstr (text, "Draft, not signed"));
  g_assert_nonnull (strstr (text, "visit of 17 November 2026 · draft, not signed"));
  g_assert_nonnull (strstr (text, "T. Eacher, specialist teacher · not signed"));
}

static void
add_version (ReportFixture *fixture, double number, const char *signed_at, const char *reason)
{
  WayVisitVersion *version = report_fixture_add (fixture, WAY_VISIT_VERSION);

  way_set_string (&version->visit, fixture->visit->record.id);
  version->version = number;
  way_set_string (&version->signed_at, signed_at);
  way_set_string (&version->signed_by, number == 1.0 ? "T. Eacher" : "A. Colleague");
  way_set_string (&version->fingerprint, "3f9a1c07b2e488d1");
  way_set_string (&version->reason, reason);
}

/* While it is being written. */
static void
test_amending (void)
{
  ReportFixture fixture;
  g_autofree char *text = NULL;

  report_fixture_init (&fixture);
  fixture.visit->version = 2.0;
  add_version (&fixture, 1.0, "2026-11-17T17:05:09Z", "the date was wrong");
  way_set_string (&fixture.visit->signed_at, NULL);
  text = render_text (&fixture);
  g_assert_nonnull (strstr (text, "Amends version 1. Reason: the date was wrong."));
  g_assert_nonnull (strstr (text, "Draft, not signed"));
}

/* By somebody else than its author: the words are not theirs, the signature is. */
static void
test_amended_by_another (void)
{
  ReportFixture fixture;
  g_autofree char *text = NULL;

  report_fixture_init (&fixture);
  fixture.visit->version = 2.0;
  way_set_string (&fixture.visit->signed_at, "2026-11-20T09:10:00Z");
  way_set_string (&fixture.visit->signed_by, "A. Colleague");
  add_version (&fixture, 1.0, "2026-11-17T17:05:09Z", "the date was wrong");
  text = render_text (&fixture);
  g_assert_nonnull (strstr (text, "T. Eacher, specialist teacher"));
  g_assert_nonnull (
      strstr (text, "Version 2, amended on 20 November 2026 by A. Colleague. Reason:"));
  g_assert_nonnull (strstr (text, "Amended by A. Colleague · signed"));
  g_assert_null (strstr (text, "A. Colleague, specialist teacher"));
}

/* Every version with when, by whom and why, whatever the order they came in. */
static void
test_amended (void)
{
  ReportFixture fixture;
  g_autofree char *text = NULL, *amendments = NULL;

  report_fixture_init (&fixture);
  fixture.visit->version = 3.0;
  way_set_string (&fixture.visit->signed_at, "2026-11-20T09:10:00Z");
  add_version (&fixture, 2.0, "2026-11-18T08:00:00Z", "the date was wrong");
  add_version (&fixture, 1.0, "2026-11-17T17:05:09Z", "a name was missing");
  text = render_text (&fixture);
  g_assert_nonnull (
      strstr (text, "Version 3, amended on 20 November 2026. Reason: the date was wrong."));
  g_assert_nonnull (strstr (text, "visit of 17 November 2026 · version 3"));
  g_assert_nonnull (strstr (text, "Amendments\n"));
  amendments = g_strdup (strstr (text, "Amendments\n"));
  for (guint i = 0; i < 3; i++) {
    static const char *const ROWS[] = {
        "1 +17 Nov 2026, 17:05 +First record +3f9a 1c07 b2e4 88d1\n +T. Eacher\n",
        "2 +18 Nov 2026, 8:00 +a name was missing +3f9a 1c07 b2e4 88d1\n +A. Colleague\n",
        "3 +20 Nov 2026, 9:10 +the date was wrong +[0-9a-f ]{19}\n +T. Eacher\n",
    };

    g_assert_true (g_regex_match_simple (ROWS[i], amendments, 0, 0));
  }
}

/* Many people take rows of the whole width, not a narrow column down the page. */
static void
test_many_present (void)
{
  ReportFixture fixture;
  g_autofree char *text = NULL;
  guint n_lines = 0;
  const char *from, *to;

  report_fixture_init (&fixture);
  for (guint i = 0; i < 14; i++) {
    WayVisitPerson *person = report_fixture_add (&fixture, WAY_VISIT_PERSON);

    way_set_string (&person->visit, fixture.visit->record.id);
    person->name = g_strdup_printf ("Margaret Featherstone-%u", i);
    way_set_string (&person->role, "class teacher");
    person->position = i;
  }
  text = render_text (&fixture);
  from = strstr (text, "Present");
  to = strstr (text, "Featherstone-13");
  g_assert_true (from != NULL && to != NULL);
  for (const char *p = from; p < to; p++)
    n_lines += *p == '\n';
  g_assert_cmpuint (n_lines, <=, 8);
}

/* The page goes to parents and to people outside education, too. */
static void
test_no_upn (void)
{
  ReportFixture fixture;
  g_autofree char *one = NULL, *two = NULL;

  for (guint n = 1; n <= 2; n++) {
    report_fixture_init (&fixture);
    report_fixture_fill (&fixture);
    way_set_string (&fixture.child->upn, "F886200123001");
    if (n == 2)
      way_set_string (&report_fixture_add_child (&fixture, "Jakub", "Żak")->upn, "R674123101121");
    *(n == 1 ? &one : &two) = render_text (&fixture);
  }
  g_assert_nonnull (strstr (one, "Okafor"));
  g_assert_null (strstr (one, "F886200123001"));
  g_assert_nonnull (strstr (two, "Żak"));
  g_assert_null (strstr (two, "F886200123001"));
  g_assert_null (strstr (two, "R674123101121"));
}

static void
test_not_held (void)
{
  ReportFixture fixture;
  g_autofree char *text = NULL;

  report_fixture_init (&fixture);
  way_set_string (&fixture.visit->kind, "not-held");
  way_set_string (&fixture.visit->not_held_reason, "Ami was not in school");
  text = render_text (&fixture);
  g_assert_nonnull (strstr (text, "This visit did not take place: Ami was not in school."));
  g_assert_null (strstr (text, "Not recorded at this visit"));
}

/* The marks at the axis are of visits that took place. */
static void
test_mark_of_visit (void)
{
  for (guint held = 0; held < 2; held++) {
    ReportFixture fixture;
    g_autoptr (WayDossier) dossier = NULL;
    WayVisitFigure *figure;
    WayTarget *target;

    report_fixture_init (&fixture);
    target = report_fixture_add_target (&fixture, fixture.child, "Ami will ask.");
    way_set_string (&fixture.visit->kind, held ? "observation" : "not-held");
    dossier = report_fixture_steal_dossier (&fixture);
    figure = way_visit_figure_new (dossier, target, NULL, NULL);
    g_assert_cmpuint (figure->chart.n_visits, ==, held);
    way_visit_figure_free (figure);
    report_fixture_clear (&fixture);
  }
}

/* Taught at home, or not yet on roll: a year is not a school. */
static void
test_no_school (void)
{
  ReportFixture fixture;
  g_autofree char *text = NULL;

  report_fixture_init (&fixture);
  report_fixture_fill (&fixture);
  g_ptr_array_set_size (way_record_set_list (fixture.records, WAY_ENROLMENT), 0);
  text = render_text (&fixture);
  g_assert_null (strstr (text, "\nSchool "));
  g_assert_nonnull (strstr (text, "\nYear  "));
}

static void
test_nothing_empty (void)
{
  ReportFixture fixture;
  g_autofree char *text = NULL;

  report_fixture_init (&fixture);
  text = render_text (&fixture);
  g_assert_nonnull (strstr (text, "Not recorded at this visit: purpose, what was seen,"));
  g_assert_null (strstr (text, "Advice"));
  g_assert_null (strstr (text, "Targets"));
  g_assert_null (strstr (text, "Present"));
  g_assert_null (strstr (text, "Made-up"));
}

static void
test_several_children (void)
{
  ReportFixture fixture;
  g_autofree char *text = NULL;
  const char *first, *second;
  WayChild *child;

  report_fixture_init (&fixture);
  report_fixture_fill (&fixture);
  child = report_fixture_add_child (&fixture, "Jakub", "Żak");
  report_fixture_add_target (&fixture, child, "By Easter, Jakub will take three turns.");
  report_fixture_add_action (&fixture, "Sand timer", "SENCO", 0, TRUE)->child =
      g_strdup (child->record.id);
  report_fixture_add_action (&fixture, "Slide", "SENCO", 0, FALSE)->child =
      g_strdup (fixture.child->record.id);
  text = render_text (&fixture);
  first = strstr (text, "By 12 December");
  second = strstr (text, "By Easter");
  g_assert_nonnull (strstr (text, "Amara Okafor"));
  g_assert_true (first != NULL && second != NULL && first < second);
  g_assert_nonnull (g_strstr_len (first, second - first, "Jakub Żak"));
  g_assert_nonnull (strstr (text, "A.O. · ref 7C2E, J.Ż. · ref"));
  g_assert_nonnull (strstr (text, "Jakub: Sand timer"));
  g_assert_nonnull (strstr (text, "Ami: Slide"));
}

/* What an extract leaves out may have been recorded of another child. */
static void
test_extract (void)
{
  ReportFixture fixture;
  WayChild *other;
  WayAssessment *assessment;
  g_autoptr (WayDossier) whole = NULL, extract = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  report_fixture_init (&fixture);
  way_set_string (&fixture.visit->purpose, "To see both at play.");
  other = report_fixture_add_child (&fixture, "Jakub", "Żak");
  report_fixture_add_target (&fixture, other, "By Easter, Jakub will take three turns.");
  assessment = report_fixture_add (&fixture, WAY_ASSESSMENT);
  assessment->child = g_strdup (other->record.id);
  way_set_string (&assessment->name, "Balance check");
  report_fixture_add_view (&fixture, "parent", "", "He likes the slide.")->child =
      g_strdup (other->record.id);
  report_fixture_add_view (&fixture, "child", "", "I like it.")->child =
      g_strdup (fixture.child->record.id);
  whole = report_fixture_steal_dossier (&fixture);
  extract = way_redact_for_child (whole, fixture.child->record.id, NULL);
  pdf = way_visit_report_render (extract, &fixture.style, NULL, NULL, &error);
  g_assert_no_error (error);
  text = read_text (pdf, "pdfinfo", "-struct-text");
  g_assert_nonnull (strstr (text,
                            "Not recorded at this visit: what was seen, strategies in use, "
                            "equipment and adaptations, strengths, needs, advice, materials left, "
                            "the next visit. Not in this extract: assessments, parents’ view, "
                            "staff view, targets, actions."));
  report_fixture_clear (&fixture);
}

/* A bare number says what it is; what says so itself does not say it twice. */
static void
test_assessment_words (void)
{
  static const char *const SCORES[][2] = {{"46", "raw score 46; percentile 21"},
                                          {"46 of 60", "raw score 46 of 60; percentile 21"},
                                          {"raw score 46", "raw score 46; percentile 21"},
                                          {NULL, "percentile 21"}};

  for (guint i = 0; i < G_N_ELEMENTS (SCORES); i++) {
    g_autoptr (WayAssessment) assessment = way_record_new (WAY_ASSESSMENT);
    g_autofree char *words = NULL;

    way_set_string (&assessment->score, SCORES[i][0]);
    assessment->percentile = 21;
    words = way_words_assessment (assessment);
    g_assert_cmpstr (words, ==, SCORES[i][1]);
  }
}

/* Of two children with the same first name the whole name says which. */
static void
test_first_names_alike (void)
{
  static const char *const SURNAMES[] = {"Żak", "Novák"};
  ReportFixture fixture;
  g_autofree char *text = NULL;

  report_fixture_init (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (SURNAMES); i++) {
    WayChild *child = report_fixture_add_child (&fixture, "Jakub", SURNAMES[i]);
    WayVisitView *view = report_fixture_add_view (&fixture, "child", "", "I liked the game.");

    view->child = g_strdup (child->record.id);
  }
  report_fixture_add_view (&fixture, "child", "", "So did I.")->child =
      g_strdup (fixture.child->record.id);
  text = render_text (&fixture);
  g_assert_nonnull (strstr (text, "Jakub Żak: "));
  g_assert_nonnull (strstr (text, "Jakub Novák: "));
  g_assert_nonnull (strstr (text, "Ami: "));
}

/* What has levels says its level in words before its T-score, and that the aim is reached. */
static void
test_attainment (void)
{
  static const double LEVELS[] = {-1, -1, -1, 0, 1};
  ReportFixture fixture;
  g_autofree char *text = NULL;
  WayTarget *target;
  GPtrArray *rows;

  report_fixture_init (&fixture);
  report_fixture_fill (&fixture);
  target = report_fixture_add_target (
      &fixture, way_record_set_first (fixture.records, WAY_CHILD), "Ami will ask for help.");
  way_set_string (&target->measure, "gas");
  way_set_string (&target->gas_0, "asks once");
  way_set_string (&target->gas_plus_1, "asks twice");
  rows = way_record_set_list (fixture.records, WAY_VISIT_TARGET);
  ((WayVisitTarget *) rows->pdata[rows->len - 1])->rating = -1.0;
  target->criterion = target->scale_min = target->scale_max = NAN;
  report_fixture_add_points (&fixture, target, LEVELS, G_N_ELEMENTS (LEVELS));
  text = render_text (&fixture);
  g_assert_nonnull (strstr (text, "● Aim reached"));
  g_assert_nonnull (strstr (text, "At this visit: −1"));
  g_assert_nonnull (strstr (text, "Aim 0 (asks once) by 12 Dec 2026"));
  g_assert_nonnull (strstr (text, "Levels: 0 asks once; +1 asks twice"));
  g_assert_nonnull (strstr (text,
                            "Level +1 (asks twice): T-score 60 (50 is the expected level, 0; 40 "
                            "at the baseline, change +20)"));
}

/* A reader of the structure gets each paragraph whole, with a space where a line was broken. */
static void
test_structure_text (void)
{
  g_autoptr (GBytes) pdf = render_example ();
  g_autofree char *text = read_text (pdf, "pdfinfo", "-struct-text");

  g_assert_nonnull (strstr (text,
                            "\"To see how Ami uses the word-order mat in whole-class teaching, to "
                            "review her two communication targets and to agree next steps before "
                            "the transition meeting.\""));
  g_assert_nonnull (strstr (text, "\"Swale Specialist Teaching and Learning Service\""));
}

static char *
read_structure_of (const char *words)
{
  ReportFixture fixture;
  g_autoptr (GBytes) pdf = NULL;

  report_fixture_init (&fixture);
  way_set_string (&fixture.visit->seen, words);
  report_fixture_add_action (&fixture, words, "SENCO", 0, FALSE);
  pdf = report_fixture_render (&fixture);
  report_fixture_clear (&fixture);
  return read_text (pdf, "pdfinfo", "-struct-text");
}

/* Whether a paragraph and a cell that hold @words are read as @expected, to their end. */
static void
assert_read_as (const char *words, const char *expected)
{
  g_autofree char *text = read_structure_of (words);
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", expected);
  const char *paragraph = strstr (text, quoted);

  g_test_message ("%s", words);
  g_assert_nonnull (paragraph);
  g_assert_nonnull (strstr (paragraph + 1, quoted));
}

/* Nothing is put into a word that is broken, and nothing ends a paragraph before its end. */
static void
test_words_whole (void)
{
  static const char *const LONG =
      "See https://www.example.org/an/address/that/is/much/too/long/for/a/line/"
      "ofthepageandisbrokenwhereveritmustbe/becauseithasnoplacetobreakinit of the "
      "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsleitung.";

  g_autofree char *address = g_strdup ("https://www.example.org/");

  for (guint i = 0; i < 6; i++) {
    g_autofree char *longer = g_strconcat (address, LONG + strlen ("See https://"), NULL);

    g_free (address);
    address = g_strdelimit (g_steal_pointer (&longer), " ", '/');
  }
  assert_read_as (address, address);
  assert_read_as (LONG, LONG);
  assert_read_as ("A co\u00adop\u00ader\u00ada\u00adtive\u200b game\ufeff, they\u2060 say.",
                  "A cooperative game, they say.");
  assert_read_as ("Zoe\u0308 and Rene\u0301e spoke.", "Zoë and Renée spoke.");
  assert_read_as ("First she sat.\u2028Then she stood.", "First she sat. Then she stood.");
}

/* So in a chart that leaves on its own. */
static void
test_chart_words (void)
{
  static const char *const STATEMENT =
      "By 12 December, Ami will answer “why” questions about the texts of the office’s affable "
      "staff with Zoë, her talk partner, in four of five lessons a week, as her teacher counts.";
  ReportFixture fixture;
  g_autoptr (WayDossier) dossier = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL, *heading = g_strdup_printf ("\"%s\"", STATEMENT);
  WayVisitFigure *figure;
  WayTarget *target;

  report_fixture_init (&fixture);
  report_fixture_fill (&fixture);
  dossier = report_fixture_steal_dossier (&fixture);
  target = g_ptr_array_index (way_record_set_list (dossier->records, WAY_TARGET), 0);
  way_set_string (&target->statement, STATEMENT);
  figure = way_visit_figure_new (dossier, target, NULL, NULL);
  pdf = way_chart_file_render (&figure->chart, WAY_CHART_PDF, 660, 260, &error);
  g_assert_no_error (error);
  text = read_text (pdf, "pdfinfo", "-struct-text");
  g_assert_nonnull (strstr (text, heading));
  g_assert_nonnull (strstr (text, "10 Nov 2026. Change on 28 Sep 2026: new seat."));
  way_visit_figure_free (figure);
  report_fixture_clear (&fixture);
}

/* Where a line ends, a word does. */
static void
test_words_apart (void)
{
  g_autoptr (GBytes) pdf = render_example ();
  g_autofree char *text = read_text (pdf, "pdfinfo", "-struct-text");
  g_autofree char *lines = read_structure_of ("Sit down.\r\nStand up.");

  g_assert_nonnull (strstr (text, "\"Tuesday 17 November 2026, 9:15–10:40\""));
  g_assert_nonnull (strstr (text, "\"14 September 2018 8 years 2 months\""));
  g_assert_nonnull (strstr (lines, "\"Sit down. Stand up.\""));
}

/* The name stands where it must, and not at the foot of the pages. */
static void
test_foot_has_no_name (void)
{
  g_autoptr (GBytes) pdf = render_example ();
  g_autofree char *text = read_text (pdf, "pdftotext", "-layout");
  const char *foot = strstr (text, "A.O. · ref 7C2E · visit of 17 November 2026 · version 1");

  g_assert_nonnull (foot);
  g_assert_nonnull (strstr (foot, "page 1 of 2"));
  g_assert_nonnull (strstr (foot, "page 2 of 2"));
  g_assert_nonnull (strstr (foot, "Made-up example"));
}

static void
test_bad_logo (void)
{
  ReportFixture fixture;
  g_autoptr (GBytes) pdf = NULL;

  report_fixture_init (&fixture);
  fixture.style.logo = g_bytes_new_static ("no picture", 10);
  pdf = report_fixture_render (&fixture);
  g_assert_cmpuint (g_bytes_get_size (pdf), >, 1000);
  g_bytes_unref (fixture.style.logo);
  report_fixture_clear (&fixture);
}

static char *
missing_of (const char *seen)
{
  ReportFixture fixture;
  g_autoptr (WayDossier) dossier = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  char *missing = NULL;

  report_fixture_init (&fixture);
  report_fixture_fill (&fixture);
  way_set_string (&fixture.visit->seen, seen);
  dossier = report_fixture_steal_dossier (&fixture);
  pdf = way_visit_report_render (dossier, &fixture.style, NULL, &missing, &error);
  g_assert_no_error (error);
  report_fixture_clear (&fixture);
  return missing;
}

/* Letters that would be boxes are told of, once each; what has no form anyway is not. */
static void
test_missing_letters (void)
{
  g_autofree char *none = missing_of ("Zo\u00eb \u0141ukasz \u0645\u0631\u06cc\u0645 read.\tTwo\r\n"
                                      "\u2022 a\u00ad b\u200d c\u2060\u00a0d \u2013 \u2713");
  g_autofree char *some =
      missing_of ("\u674e\u674e and \u674e\u660e smiled \U0001f9d1\u200d\U0001f3eb\ufe0f");

  g_assert_cmpstr (none, ==, NULL);
  g_assert_cmpstr (some, ==, "\u674e\u660e\U0001f9d1\U0001f3eb");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/visit/assessment-words", test_assessment_words);
  g_test_add_func ("/report/visit/text", test_text);
  g_test_add_func ("/report/visit/info", test_info);
  g_test_add_func ("/report/visit/same-bytes", test_same_bytes);
  g_test_add_func ("/report/visit/look", test_look);
  g_test_add_func ("/report/visit/lost-lines", test_lost_lines);
  g_test_add_func ("/report/visit/draft", test_draft);
  g_test_add_func ("/report/visit/amended", test_amended);
  g_test_add_func ("/report/visit/amended-by-another", test_amended_by_another);
  g_test_add_func ("/report/visit/amending", test_amending);
  g_test_add_func ("/report/visit/many-present", test_many_present);
  g_test_add_func ("/report/visit/not-held", test_not_held);
  g_test_add_func ("/report/visit/mark", test_mark_of_visit);
  g_test_add_func ("/report/visit/no-upn", test_no_upn);
  g_test_add_func ("/report/visit/no-school", test_no_school);
  g_test_add_func ("/report/visit/nothing-empty", test_nothing_empty);
  g_test_add_func ("/report/visit/several-children", test_several_children);
  g_test_add_func ("/report/visit/extract", test_extract);
  g_test_add_func ("/report/visit/first-names-alike", test_first_names_alike);
  g_test_add_func ("/report/visit/attainment", test_attainment);
  g_test_add_func ("/report/visit/where", test_where);
  g_test_add_func ("/report/visit/structure-text", test_structure_text);
  g_test_add_func ("/report/visit/words-whole", test_words_whole);
  g_test_add_func ("/report/visit/chart-words", test_chart_words);
  g_test_add_func ("/report/visit/words-apart", test_words_apart);
  g_test_add_func ("/report/visit/foot", test_foot_has_no_name);
  g_test_add_func ("/report/visit/bad-logo", test_bad_logo);
  g_test_add_func ("/report/visit/missing-letters", test_missing_letters);
  return g_test_run ();
}
