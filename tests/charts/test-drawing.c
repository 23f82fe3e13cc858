/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands around the data: ticks, calendar, terms, changes, labels, zoom. */
#include "chart-fixture.h"

#include "way-chart-changes.h"
#include "way-chart-labels.h"
#include "way-chart-layout.h"
#include "way-scale.h"

#include <math.h>
#include <string.h>

#define PRINT_WIDTH 468 /* points: 165 by 45 mm */
#define PRINT_HEIGHT 128

static void
check_ticks (double bottom, double top, guint most, gboolean whole, const char *expected)
{
  WayTarget *target = way_record_new (WAY_TARGET);
  GString *text = g_string_new (NULL);
  WayTicks ticks;

  way_ticks_init (&ticks, bottom, top, most, whole);
  for (guint i = 0; i < ticks.n; i++) {
    g_autofree char *one = way_ticks_text (target, way_ticks_get (&ticks, i));

    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", one);
  }
  g_assert_cmpstr (text->str, ==, expected);
  g_string_free (text, TRUE);
  way_record_free (target);
}

static void
test_ticks (void)
{
  check_ticks (0, 5, 5, TRUE, "0 1 2 3 4 5");
  check_ticks (0, 5, 50, TRUE, "0 1 2 3 4 5");
  check_ticks (0, 5, 4, TRUE, "0 1 2 3 4 5"); /* not 0 2 4 */
  check_ticks (0, 5, 3, TRUE, "0 1 2 3 4 5");
  check_ticks (0, 5, 2, TRUE, "0 5");
  check_ticks (0, 12, 5, TRUE, "0 2 4 6 8 10 12");
  check_ticks (0, 13, 5, TRUE, "0 5 10 13");
  check_ticks (0, 11, 5, TRUE, "0 5 11");
  check_ticks (0, 1.5, 5, FALSE, "0 0.5 1 1.5");
  check_ticks (0, 0.3, 3, FALSE, "0 0.1 0.2 0.3");
  check_ticks (-2, 2, 4, TRUE, "−2 −1 0 1 2");
  check_ticks (1, 10, 5, TRUE, "2 4 6 8 10");
  check_ticks (0, 100, 1, FALSE, "0 100");
  check_ticks (0, 15, 9, TRUE, "0 5 10 15");
  check_ticks (0, 150, 10, FALSE, "0 50 100 150");
  check_ticks (0, 80, 5, FALSE, "0 20 40 60 80");
  check_ticks (3, 3, 4, TRUE, "3");
}

/* Steps far smaller than the numbers come to an end. */
static void
test_ticks_end (void)
{
  WayTicks ticks;

  way_ticks_init (&ticks, 1e16, 1e16 + 4, 10, TRUE);
  g_assert_cmpuint (ticks.n, <=, 11);
  way_ticks_init (&ticks, -1e300, 1e300, 10, FALSE);
  g_assert_cmpuint (ticks.n, <=, 11);
  way_ticks_init (&ticks, 0, 0, 0, FALSE);
  g_assert_cmpuint (ticks.n, <=, 2);
}

static void
test_tick_words (void)
{
  WayTarget *target = way_record_new (WAY_TARGET);
  g_autofree char *up = NULL, *yes = NULL, *no = NULL, *many = NULL, *tenths = NULL;

  way_set_string (&target->measure, "score");
  many = way_ticks_text (target, -1500000);
  tenths = way_ticks_text (target, 3 * 0.1);
  g_assert_cmpstr (many, ==, "−1500000");
  g_assert_cmpstr (tenths, ==, "0.3");
  way_set_string (&target->measure, "gas");
  up = way_ticks_text (target, 1);
  g_assert_cmpstr (up, ==, "+1");
  way_set_string (&target->measure, "yesno");
  yes = way_ticks_text (target, 1);
  no = way_ticks_text (target, 0);
  g_assert_cmpstr (yes, ==, "Yes");
  g_assert_cmpstr (no, ==, "No");
  way_record_free (target);
}

/* One end of a fixed scale is widened by a value beyond it, the other stays. */
static void
test_scale_widens (ChartFixture *f, gconstpointer data)
{
  double bottom, top;

  way_set_string (&f->target->measure, "rating");
  f->target->scale_min = f->target->scale_max = NAN;
  chart_measure (f, 1, 12);
  chart_work_out (f);
  way_scale_for_target (f->progress, &bottom, &top);
  g_assert_cmpfloat (bottom, ==, 1);
  g_assert_cmpfloat (top, ==, 15);
  chart_measure (f, 2, 1e300);
  chart_measure (f, 3, -1e300);
  chart_work_out (f);
  way_scale_for_target (f->progress, &bottom, &top);
  g_assert_true (isfinite (top - bottom));
}

/* ---- terms and visits ---- */

static WayTerms *
make_terms (void)
{
  static const char *const DAYS[][2] = {{"2026-09-01", "2026-10-23"}, {"2026-11-02", "2026-12-18"}};
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (way_record_free);

  for (guint i = 0; i < G_N_ELEMENTS (DAYS); i++) {
    WayTerm *term = way_record_new (WAY_TERM);

    way_set_string (&term->year, "2026-27");
    term->term = i + 1;
    term->start = way_date_from_iso (DAYS[i][0]);
    term->end = way_date_from_iso (DAYS[i][1]);
    g_ptr_array_add (rows, term);
  }
  return way_terms_new (rows);
}

static void
draw_again (ChartFixture *f, const WayChartStyle *style, int width, int height)
{
  cairo_t *cr = cairo_create (f->picture);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_translate (cr, 10, 10);
  way_progress_chart_draw (&f->chart, style, cr, width, height);
  cairo_destroy (cr);
  cairo_surface_flush (f->picture);
}

/* The first term has a band, the second none; a visit has its mark at the axis. */
static void
test_terms_and_visits (ChartFixture *f, gconstpointer data)
{
  WayDate visit = f->target->start + 50;
  g_autoptr (WayTerms) terms = make_terms ();
  guint before;

  chart_draw (f, &WAY_CHART_LIGHT, 520, 180);
  g_assert_cmpuint (chart_count (f, &WAY_CHART_LIGHT.band, 40, 40, 80, 80), <, 100);
  before = chart_count_dark (f, 20, 155, 515, 164);
  f->chart.terms = terms;
  f->chart.visits = &visit;
  f->chart.n_visits = 1;
  draw_again (f, &WAY_CHART_LIGHT, 520, 180);
  g_assert_cmpuint (chart_count (f, &WAY_CHART_LIGHT.band, 40, 40, 80, 80), >, 1000);
  g_assert_cmpuint (chart_count (f, &WAY_CHART_LIGHT.band, 400, 40, 440, 80), <, 100);
  g_assert_cmpuint (chart_count_dark (f, 20, 155, 515, 164), >, before + 4);
}

/* ---- labels of changes ---- */

static void
lay_out (ChartFixture *f, WayChartLayout *layout, double width, double height)
{
  cairo_t *cr = cairo_create (f->picture);

  chart_work_out (f);
  way_chart_layout_init (layout, &f->chart, &WAY_CHART_LIGHT, cr, width, height);
  cairo_destroy (cr);
}

/* Labels never meet each other, never leave the drawing, and no line of another
 * change goes through one. */
static void
check_changes (const WayChartLayout *layout, double width)
{
  for (guint i = 0; i < layout->changes->len; i++) {
    const WayChartChange *a = &g_array_index (layout->changes, WayChartChange, i);

    if (a->box.width <= 0.0)
      continue;
    g_assert_cmpfloat (a->box.x, >=, layout->left - 0.5);
    g_assert_cmpfloat (a->box.x + a->box.width, <=, width + 0.5);
    g_assert_cmpfloat (a->box.y + a->box.height, <=, layout->top);
    for (guint k = 0; k < layout->changes->len; k++) {
      const WayChartChange *b = &g_array_index (layout->changes, WayChartChange, k);

      if (k == i)
        continue;
      g_assert_false (b->box.width > 0.0 && way_chart_boxes_meet (&a->box, &b->box));
      g_assert_false (b->row <= a->row && b->x > a->box.x && b->x < a->box.x + a->box.width);
    }
  }
}

static void
test_changes_keep_clear (ChartFixture *f, gconstpointer data)
{
  static const int WIDTHS[] = {240, 300, 420, 520, 800, 1200};

  f->picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 10, 10);
  chart_change (f, 4, "new seat");
  chart_change (f, 16, "a small group, four times a week");
  chart_change (f, 30, "visual timetable");
  chart_change (f, 34, "now and next");
  chart_change (f, 90, "another class, another teacher");
  for (guint w = 0; w < G_N_ELEMENTS (WIDTHS); w++) {
    g_auto (WayChartLayout) layout = {0};

    lay_out (f, &layout, WIDTHS[w], w % 2 == 0 ? 120 : 300);
    g_assert_cmpuint (layout.changes->len, ==, 5);
    check_changes (&layout, WIDTHS[w]);
  }
}

/* However many there are on a day, and wherever that is; one without room for its label takes no
 * row from the plot. */
static void
test_changes_of_one_day (ChartFixture *f, gconstpointer data)
{
  static const int HEIGHTS[] = {87, 120, 300};

  f->picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 10, 10);
  for (guint n = 2; n < 6; n++) {
    for (guint day = 0; day < 96; day += 3) {
      for (guint h = 0; h < G_N_ELEMENTS (HEIGHTS); h++) {
        g_auto (WayChartLayout) layout = {0};

        g_ptr_array_set_size (f->phases, 0);
        for (guint i = 0; i < n; i++)
          chart_change (f, day, i % 2 == 0 ? "new seat" : "a small group, four times a week");
        lay_out (f, &layout, 320, HEIGHTS[h]);
        check_changes (&layout, 320);
        for (guint i = 0; i < layout.changes->len; i++) {
          const WayChartChange *change = &g_array_index (layout.changes, WayChartChange, i);

          g_assert_true (change->box.width > 0.0 || change->row + 1 == layout.n_rows);
          g_assert_true (change->box.width > 20.0 || n > 2 || HEIGHTS[h] < 300);
        }
      }
    }
  }
}

/* Where there is room, no label is cut. */
static void
test_changes_have_room (ChartFixture *f, gconstpointer data)
{
  g_auto (WayChartLayout) layout = {0};
  double width, height;

  f->picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 10, 10);
  chart_change (f, 30, "a change with a long label");
  chart_change (f, 38, "and soon another");
  lay_out (f, &layout, 520, 200);
  for (guint i = 0; i < 2; i++) {
    const WayChartChange *change = &g_array_index (layout.changes, WayChartChange, i);

    way_chart_text_size (&layout, change->label, &width, &height);
    g_assert_cmpfloat (change->box.width, >=, width);
  }
  g_assert_cmpuint (layout.n_rows, ==, 2);
}

/* ---- the rest ---- */

/* A point that is joined to nothing is seen also where markers have no room. */
static void
test_lone_point (ChartFixture *f, gconstpointer data)
{
  double x, y;

  f->target->criterion = NAN;
  for (guint i = 0; i < 700; i++)
    chart_measure (f, i, 1);
  way_set_string (&chart_measure (f, 700, NAN)->not_measured, "absent");
  chart_measure (f, 701, 4);
  way_set_string (&chart_measure (f, 702, NAN)->not_measured, "absent");
  for (guint i = 703; i < 1400; i++)
    chart_measure (f, i, 1);
  chart_draw (f, &WAY_CHART_LIGHT, 520, 180);
  g_assert_true (
      way_progress_chart_point_position (&f->chart, &WAY_CHART_LIGHT, 520, 180, 700, &x, &y));
  g_assert_cmpuint (
      chart_count (f, &WAY_CHART_LIGHT.accent, (int) x - 2, (int) y - 2, (int) x + 3, (int) y + 3),
      >,
      0);
}

/* Zoomed in, what is outside is neither painted nor picked. */
static void
test_zoom (ChartFixture *f, gconstpointer data)
{
  double x, y;

  for (guint i = 0; i < 14; i++)
    chart_measure (f, i * 7, 1 + i / 4);
  chart_draw (f, &WAY_CHART_LIGHT, 520, 180);
  f->chart.from = f->target->start + 20;
  f->chart.to = f->target->start + 40;
  draw_again (f, &WAY_CHART_LIGHT, 520, 180);
  g_assert_false (
      way_progress_chart_point_position (&f->chart, &WAY_CHART_LIGHT, 520, 180, 0, &x, &y));
  g_assert_true (
      way_progress_chart_point_position (&f->chart, &WAY_CHART_LIGHT, 520, 180, 4, &x, &y));
  g_assert_cmpint (way_progress_chart_pick (&f->chart, &WAY_CHART_LIGHT, 520, 180, x, y), ==, 4);
  g_assert_cmpuint (chart_count (f, &WAY_CHART_LIGHT.accent, 512, -10, 530, 190), ==, 0);
  g_assert_cmpuint (chart_count (f, &WAY_CHART_LIGHT.accent, -10, 18, 14, 190), ==, 0);
}

/* No dates at all, a day of a thousand points, a century: all are drawn. */
static void
test_odd_dates (ChartFixture *f, gconstpointer data)
{
  f->target->start = f->target->due = WAY_DATE_UNKNOWN;
  chart_work_out (f);
  f->chart.today = WAY_DATE_UNKNOWN;
  f->picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 540, 200);
  draw_again (f, &WAY_CHART_LIGHT, 520, 180);
  f->target->start = way_date_from_iso ("1950-01-01");
  f->target->due = way_date_from_iso ("2050-01-01");
  chart_draw (f, &WAY_CHART_LIGHT, 240, 120);
  f->target->start = f->target->due = way_date_from_iso ("2026-01-01");
  for (guint i = 0; i < 1200; i++)
    chart_measure (f, 3, i % 6);
  chart_draw (f, &WAY_CHART_LIGHT, 240, 120);
  g_assert_cmpuint (chart_count (f, &WAY_CHART_LIGHT.accent, 0, 0, 240, 120), >, 20);
}

/* From far too small to large, on screen and on paper, with every kind of measure. */
static void
test_sizes_and_measures (ChartFixture *f, gconstpointer data)
{
  static const char *const MEASURES[] = {
      "count", "percent", "duration", "frequency", "rating", "gas", "steps", "yesno", "score"};
  static const int SIZES[][2] = {
      {1, 1}, {40, 20}, {240, 120}, {1200, 600}, {PRINT_WIDTH, PRINT_HEIGHT}};
  static const WayChartStyle *const STYLES[] = {
      &WAY_CHART_LIGHT, &WAY_CHART_DARK, &WAY_CHART_PRINT};

  chart_change (f, 20, "new seat");
  for (guint i = 0; i < 8; i++)
    chart_measure (f, i * 7, i % 2);
  f->target->scale_max = f->target->scale_min = f->target->criterion = NAN;
  for (guint m = 0; m < G_N_ELEMENTS (MEASURES); m++) {
    way_set_string (&f->target->measure, MEASURES[m]);
    for (guint s = 0; s < G_N_ELEMENTS (SIZES); s++) {
      const WayChartStyle *style = STYLES[(m + s) % 3];

      chart_draw (f, style, SIZES[s][0], SIZES[s][1]);
      if (SIZES[s][0] >= 240)
        g_assert_cmpuint (chart_count (f, &style->accent, 0, 0, SIZES[s][0], SIZES[s][1]), >, 20);
    }
  }
}

/* A picture larger than there can be is an error, not a crash. */
static void
test_render_refuses (ChartFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  chart_work_out (f);
  g_assert_null (way_progress_chart_render (&f->chart, WAY_CHART_PNG, 1e6, 1e6, &error));
  g_assert_nonnull (error);
}

/* Without a line to its end an aim is still named. */
static void
test_aim_without_line (ChartFixture *f, gconstpointer data)
{
  guint with, without;

  chart_draw (f, &WAY_CHART_LIGHT, 520, 180);
  with = chart_count_dark (f, 400, 20, 520, 120);
  f->target->criterion = NAN;
  chart_draw (f, &WAY_CHART_LIGHT, 520, 180);
  without = chart_count_dark (f, 400, 20, 520, 120);
  g_assert_cmpuint (with, >, without + 20);
}

/* ---- what the marks mean, and labels that keep apart ---- */

static void
place (ChartFixture *f, WayChartLayout *layout, int width, int height)
{
  cairo_t *cr;

  g_clear_pointer (&f->picture, cairo_surface_destroy);
  f->picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cr = cairo_create (f->picture);
  way_chart_layout_init (layout, &f->chart, &WAY_CHART_LIGHT, cr, width, height);
  cairo_destroy (cr);
}

static double
key_width (ChartFixture *f, int width)
{
  g_auto (WayChartLayout) layout = {0};

  place (f, &layout, width, 180);
  return layout.key_width;
}

/* Each mark of the chart has its word above the plot, and none that is not there. */
static void
test_key (ChartFixture *f, gconstpointer data)
{
  WayDate visits[] = {f->target->start + 20, f->target->due + 400};
  double bare, visited, crossed;

  chart_measure (f, 1, 1);
  chart_work_out (f);
  bare = key_width (f, 520);
  f->chart.visits = &visits[1]; /* long after what is shown */
  f->chart.n_visits = 1;
  g_assert_cmpfloat (key_width (f, 520), ==, bare);
  f->chart.visits = visits;
  f->chart.n_visits = 2;
  visited = key_width (f, 520);
  g_assert_cmpfloat (visited, >, bare + 30);
  chart_measure (f, 8, NAN);
  chart_work_out (f);
  f->chart.visits = visits;
  f->chart.n_visits = 2;
  crossed = key_width (f, 520);
  g_assert_cmpfloat (crossed, >, visited + 50);
  g_assert_cmpfloat (key_width (f, 100), <=, 100);
}

/* Near the right edge a label goes over the lines on its left rather than be cut. */
static void
test_change_at_the_edge (ChartFixture *f, gconstpointer data)
{
  g_auto (WayChartLayout) layout = {0};
  const WayChartChange *last;
  double width, height;

  chart_measure (f, 1, 1);
  chart_change (f, 60, "one");
  chart_change (f, 92, "moved to the quiet room");
  chart_work_out (f);
  place (f, &layout, 520, 180);
  last = &g_array_index (layout.changes, WayChartChange, 0);
  way_chart_text_size (&layout, "moved to the quiet room", &width, &height);
  g_assert_cmpfloat (last->box.width, >=, width);
  g_assert_cmpfloat (last->box.x + last->box.width, <=, 520);
  way_chart_text_size (&layout, "one", &width, &height);
  g_assert_cmpfloat (g_array_index (layout.changes, WayChartChange, 1).box.width, >=, width);
}

static void
test_earlier_keeps_off (ChartFixture *f, gconstpointer data)
{
  g_auto (WayChartLayout) layout = {0};
  cairo_t *cr;

  chart_measure (f, -400, 2);
  chart_measure (f, 1, 0);
  chart_work_out (f);
  place (f, &layout, 520, 180);
  cr = cairo_create (f->picture);
  layout.n_taken = 0;                                                      /* without the key */
  way_chart_take (&layout, layout.left, layout.bottom - 12.0, 12.0, 12.0); /* a baseline */
  way_chart_draw_earlier (&layout, cr);
  cairo_destroy (cr);
  g_assert_cmpuint (layout.n_taken, ==, 2);
  g_assert_false (way_chart_boxes_meet (&layout.taken[0], &layout.taken[1]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/ticks", test_ticks);
  g_test_add_func ("/charts/ticks/end", test_ticks_end);
  g_test_add_func ("/charts/ticks/words", test_tick_words);
#define ADD(path, func)                                                                            \
  g_test_add (path, ChartFixture, NULL, chart_fixture_set_up, func, chart_fixture_tear_down)
  ADD ("/charts/scale/widens", test_scale_widens);
  ADD ("/charts/terms-and-visits", test_terms_and_visits);
  ADD ("/charts/changes/keep-clear", test_changes_keep_clear);
  ADD ("/charts/changes/of-one-day", test_changes_of_one_day);
  ADD ("/charts/changes/have-room", test_changes_have_room);
  ADD ("/charts/lone-point", test_lone_point);
  ADD ("/charts/zoom", test_zoom);
  ADD ("/charts/odd-dates", test_odd_dates);
  ADD ("/charts/sizes-and-measures", test_sizes_and_measures);
  ADD ("/charts/render/refuses", test_render_refuses);
  ADD ("/charts/aim-without-line", test_aim_without_line);
  ADD ("/charts/key", test_key);
  ADD ("/charts/changes/at-the-edge", test_change_at_the_edge);
  ADD ("/charts/earlier-keeps-off", test_earlier_keeps_off);
  return g_test_run ();
}
