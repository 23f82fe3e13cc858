/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */
#include "chart-fixture.h"

#include "way-scale.h"

#include <math.h>
#include <string.h>

static const WayColour WHITE = {1, 1, 1};

static void
measure_typical (ChartFixture *f)
{
  static const double VALUES[] = {1, 2, 1, 2, 2, 3, 3, 4, 4};

  for (guint i = 0; i < G_N_ELEMENTS (VALUES); i++)
    chart_measure (f, i * 8, VALUES[i]);
}

static void
test_scales (void)
{
  WayScale scale = {0, 10, 100, 200}, nothing = {5, 5, 100, 200};

  g_assert_cmpfloat (way_scale_map (&scale, 5), ==, 150);
  g_assert_cmpfloat (way_scale_map (&nothing, 5), ==, 150);
  g_assert_cmpfloat (way_scale_nice_step (10, 5), ==, 2);
  g_assert_cmpfloat (way_scale_nice_step (100, 4), ==, 50);
  g_assert_cmpfloat (way_scale_nice_step (1, 10), ==, 0.1);
  g_assert_cmpfloat (way_scale_nice_top (40), ==, 50);
  g_assert_cmpfloat (way_scale_nice_top (51), ==, 80);
  g_assert_cmpfloat (way_scale_nice_top (0.012), ==, 0.015);
}

/* The axis is the measure's, so it does not jump when a point is added. */
static void
test_fixed_axis (ChartFixture *f, gconstpointer data)
{
  static const struct {
    const char *measure;
    double bottom, top;
  } CASES[] = {{"percent", 0, 100}, {"rating", 1, 10}, {"gas", -2, 2}, {"yesno", 0, 1}};
  double bottom, top;

  chart_measure (f, 1, 3);
  chart_work_out (f);
  way_scale_for_target (f->progress, &bottom, &top);
  g_assert_cmpfloat (bottom, ==, 0);
  g_assert_cmpfloat (top, ==, 5);
  f->target->scale_max = f->target->scale_min = f->target->criterion = NAN;
  g_ptr_array_set_size (f->measurements, 0);
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    way_set_string (&f->target->measure, CASES[i].measure);
    chart_work_out (f);
    way_scale_for_target (f->progress, &bottom, &top);
    g_assert_cmpfloat (bottom, ==, CASES[i].bottom);
    g_assert_cmpfloat (top, ==, CASES[i].top);
  }
}

static void
test_axis_holds_points (ChartFixture *f, gconstpointer data)
{
  double bottom, top, again;

  way_set_string (&f->target->measure, "frequency");
  f->target->scale_max = f->target->scale_min = NAN;
  chart_measure (f, 1, 33);
  chart_work_out (f);
  way_scale_for_target (f->progress, &bottom, &top);
  g_assert_cmpfloat (bottom, ==, 0);
  g_assert_cmpfloat (top, ==, 50);
  chart_measure (f, 8, 47);
  chart_work_out (f);
  way_scale_for_target (f->progress, &bottom, &again);
  g_assert_cmpfloat (again, ==, top);
  chart_measure (f, 15, -3);
  chart_work_out (f);
  way_scale_for_target (f->progress, &bottom, &again);
  g_assert_cmpfloat (bottom, ==, -3);
}

/* Every point is painted where it says it is. */
static void
test_points_are_painted (ChartFixture *f, gconstpointer data)
{
  measure_typical (f);
  chart_draw (f, &WAY_CHART_LIGHT, 520, 180);
  for (guint i = 0; i < f->progress->n_points; i++) {
    double x, y;

    g_assert_true (
        way_progress_chart_point_position (&f->chart, &WAY_CHART_LIGHT, 520, 180, i, &x, &y));
    if (i != 1) /* the baseline's square lies on the second */
      g_assert_cmpuint (
          chart_count (
              f, &WAY_CHART_LIGHT.accent, (int) x - 2, (int) y - 2, (int) x + 2, (int) y + 2),
          >,
          8);
    g_assert_cmpint (
        way_progress_chart_pick (&f->chart, &WAY_CHART_LIGHT, 520, 180, x + 3, y - 3), ==, (int) i);
  }
  g_assert_cmpint (
      way_progress_chart_pick (&f->chart, &WAY_CHART_LIGHT, 520, 180, 500, 20), ==, -1);
}

/* The path is not joined over a change, a long gap, or a day that was not measured. */
static void
test_gaps (ChartFixture *f, gconstpointer data)
{
  static const struct {
    guint days;
    gboolean change, absent, joined;
  } CASES[] = {{14, FALSE, FALSE, TRUE},
               {22, FALSE, FALSE, FALSE},
               {14, TRUE, FALSE, FALSE},
               {14, FALSE, TRUE, FALSE}};

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    double x1, y1, x2, y2;
    guint painted;

    g_ptr_array_set_size (f->measurements, 0);
    g_ptr_array_set_size (f->phases, 0);
    f->target->criterion = NAN; /* no other line */
    chart_measure (f, 20, 3);
    chart_measure (f, 20 + CASES[i].days, 3);
    if (CASES[i].change)
      chart_change (f, 20 + CASES[i].days / 2, NULL);
    if (CASES[i].absent)
      way_set_string (&chart_measure (f, 20 + CASES[i].days / 2, NAN)->not_measured, "absent");
    chart_draw (f, &WAY_CHART_LIGHT, 520, 180);
    way_progress_chart_point_position (&f->chart, &WAY_CHART_LIGHT, 520, 180, 0, &x1, &y1);
    way_progress_chart_point_position (&f->chart, &WAY_CHART_LIGHT, 520, 180, 1, &x2, &y2);
    painted = chart_count (f,
                           &WAY_CHART_LIGHT.accent,
                           (int) ((x1 * 3 + x2) / 4) - 2,
                           (int) y1 - 2,
                           (int) ((x1 * 3 + x2) / 4) + 2,
                           (int) y1 + 2);
    g_assert_cmpint (painted > 0, ==, CASES[i].joined);
  }
}

/* Nothing is painted outside the room the chart was given, whatever the data. */
static void
test_stays_inside (ChartFixture *f, gconstpointer data)
{
  static const int SIZES[][2] = {{240, 120}, {520, 180}, {1200, 600}, {120, 60}};

  measure_typical (f);
  chart_change (
      f, 20, "a change with a label that is far too long for the room it has, and longer still");
  chart_change (f, 24, "another close by");
  chart_measure (f, 60, 100000);
  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++) {
    int w = SIZES[i][0], h = SIZES[i][1];

    chart_draw (f, &WAY_CHART_LIGHT, w, h);
    g_assert_cmpuint (chart_count (f, &WHITE, -10, -10, w + 10, -1), ==, (guint) (w + 20) * 9);
    g_assert_cmpuint (
        chart_count (f, &WHITE, -10, h + 2, w + 10, h + 10), ==, (guint) (w + 20) * 8);
    g_assert_cmpuint (
        chart_count (f, &WHITE, w + 3, -10, w + 10, h + 10), ==, 7u * (guint) (h + 20));
  }
}

/* No point, one, all equal, all on one day, no criterion, due before the start. */
static void
test_degenerate (ChartFixture *f, gconstpointer data)
{
  chart_draw (f, &WAY_CHART_LIGHT, 520, 180);
  g_assert_cmpuint (chart_count (f, &WAY_CHART_LIGHT.accent, 0, 0, 520, 180), ==, 0);
  for (guint i = 0; i < 4; i++) {
    chart_measure (f, 3, 2);
    chart_draw (f, &WAY_CHART_LIGHT, 520, 180);
    g_assert_cmpuint (chart_count (f, &WAY_CHART_LIGHT.accent, 0, 0, 520, 180), >, 20);
  }
  f->target->criterion = NAN;
  f->target->due = WAY_DATE_UNKNOWN;
  chart_draw (f, &WAY_CHART_DARK, 520, 180);
  f->target->criterion = 4;
  f->target->due = f->target->start - 100;
  chart_draw (f, &WAY_CHART_PRINT, 290, 100);
  f->target->start = WAY_DATE_UNKNOWN;
  g_ptr_array_set_size (f->measurements, 0);
  chart_draw (f, &WAY_CHART_PRINT, 290, 100);
}

/* Thinning keeps every pixel's lowest and highest: a single peak is still there. */
static void
test_thinned (ChartFixture *f, gconstpointer data)
{
  double x, y;

  way_set_string (&f->target->measure, "score");
  f->target->scale_min = 0;
  f->target->scale_max = 100;
  f->target->criterion = NAN;
  for (guint i = 0; i < 4000; i++)
    chart_measure (f, i, i == 2000 ? 95 : 10);
  chart_draw (f, &WAY_CHART_LIGHT, 520, 180);
  g_assert_true (
      way_progress_chart_point_position (&f->chart, &WAY_CHART_LIGHT, 520, 180, 2000, &x, &y));
  g_assert_cmpuint (
      chart_count (f, &WAY_CHART_LIGHT.accent, (int) x - 3, (int) y, (int) x + 3, (int) y + 12),
      >,
      6);
}

static void
test_words (ChartFixture *f, gconstpointer data)
{
  g_autofree char *none = NULL, *words = NULL;

  chart_work_out (f);
  none = way_progress_chart_describe (&f->chart);
  g_assert_cmpstr (
      none,
      ==,
      "Progress chart: No data. Baseline: no data. Aim 4 of 5 by 12 Dec 2026. Not measured yet.");
  measure_typical (f);
  chart_change (f, 20, "new seat");
  way_set_string (&chart_measure (f, 70, NAN)->not_measured, "absent");
  chart_work_out (f);
  words = way_progress_chart_describe (&f->chart);
  g_assert_cmpstr (
      words,
      ==,
      "Progress chart: Above aim. Baseline 1 of 5 (median of 3, 13 Sep 2026). Aim 4 of "
      "5 by 12 Dec 2026. Latest 4 of 5, "
      "8 Nov 2026 (9 measurements). Values from 1 of 5 to 4 of 5 between 5 Sep 2026 "
      "and 8 Nov 2026. Change on 25 Sep "
      "2026: new seat. Trend +0.4 a week, aim +0.2. Not measured on 1 day.");
}

static void
test_table (ChartFixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) table = NULL;
  GStrv row;

  way_set_string (&chart_measure (f, 9, NAN)->not_measured, "absent");
  way_set_string (&chart_measure (f, 2, 3)->note, "in the hall");
  chart_work_out (f);
  table = way_progress_chart_table (&f->chart);
  g_assert_cmpuint (table->len, ==, 3);
  row = g_ptr_array_index (table, 1);
  g_assert_cmpstr (row[0], ==, "7 Sep 2026");
  g_assert_cmpstr (row[1], ==, "3 of 5");
  g_assert_cmpstr (row[2], ==, "in the hall");
  row = g_ptr_array_index (table, 2);
  g_assert_cmpstr (row[1], ==, "not measured: absent");
}

static void
test_files (ChartFixture *f, gconstpointer data)
{
  static const char *const BEGINNINGS[] = {"\x89PNG", "<?xml", "%PDF"};

  measure_typical (f);
  chart_work_out (f);
  for (guint i = 0; i < G_N_ELEMENTS (BEGINNINGS); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes =
        way_progress_chart_render (&f->chart, (WayChartFormat) i, 660, 260, &error);
    gsize length;
    const char *start;

    g_assert_no_error (error);
    start = g_bytes_get_data (bytes, &length);
    g_assert_cmpuint (length, >, 1000);
    g_assert_cmpint (strncmp (start, BEGINNINGS[i], strlen (BEGINNINGS[i])), ==, 0);
  }
}

/* A file says which target it is of, and what it shows; the chart in it keeps its height. */
static void
test_files_are_named (ChartFixture *f, gconstpointer data)
{
  g_autofree char *words = NULL, *desc = NULL, *text = NULL;
  g_autoptr (GBytes) svg = NULL, pdf = NULL, png = NULL;
  const guchar *head;

  way_set_string (&f->target->statement, "Says <please> & waits,\nin class");
  measure_typical (f);
  chart_work_out (f);
  words = way_progress_chart_describe (&f->chart);
  desc = g_strdup_printf ("<desc>%s</desc>", words);
  svg = way_progress_chart_render (&f->chart, WAY_CHART_SVG, 660, 260, NULL);
  text = g_strndup (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg));
  g_assert_nonnull (strstr (text, "<title>Says &lt;please&gt; &amp; waits, in class</title>"));
  g_assert_nonnull (strstr (text, desc));
  g_assert_true (g_str_has_suffix (g_strchomp (text), "</svg>"));
  pdf = way_progress_chart_render (&f->chart, WAY_CHART_PDF, 660, 260, NULL);
  g_assert_nonnull (memmem (g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), "/Title", 6));
  png = way_progress_chart_render (&f->chart, WAY_CHART_PNG, 660, 260, NULL);
  head = g_bytes_get_data (png, NULL);
  g_assert_cmpuint (head[18] * 256u + head[19], ==, 1320);
  g_assert_cmpuint (head[22] * 256u + head[23], >, 2 * (260 + 60));
}

/* One point of years ago does not press the rest into a corner; it is told. */
static void
test_long_ago (ChartFixture *f, gconstpointer data)
{
  g_autofree char *words = NULL;
  double x, y;

  measure_typical (f);
  chart_measure (f, 0, 2)->date = f->target->start - 1500;
  chart_draw (f, &WAY_CHART_LIGHT, 520, 180);
  g_assert_false (
      way_progress_chart_point_position (&f->chart, &WAY_CHART_LIGHT, 520, 180, 0, &x, &y));
  g_assert_true (
      way_progress_chart_point_position (&f->chart, &WAY_CHART_LIGHT, 520, 180, 1, &x, &y));
  g_assert_cmpfloat (x, <, 60);
  words = way_progress_chart_describe (&f->chart);
  g_assert_nonnull (strstr (words, "1 earlier measurement is not shown, but counted."));
  chart_measure (f, 0, 2)->date = f->target->start - 20; /* a baseline is shown */
  chart_work_out (f);
  g_assert_true (
      way_progress_chart_point_position (&f->chart, &WAY_CHART_LIGHT, 520, 180, 1, &x, &y));
}

/* Standardised scores are not drawn from 0. */
static void
test_score_axis (ChartFixture *f, gconstpointer data)
{
  double bottom, top;

  way_set_string (&f->target->measure, "score");
  f->target->scale_min = f->target->scale_max = NAN;
  f->target->criterion = 104;
  chart_measure (f, 1, 86);
  chart_work_out (f);
  way_scale_for_target (f->progress, &bottom, &top);
  g_assert_cmpfloat (bottom, ==, 80);
  g_assert_cmpfloat (top, ==, 110);
  chart_measure (f, 2, 4);
  chart_work_out (f);
  way_scale_for_target (f->progress, &bottom, &top);
  g_assert_cmpfloat (bottom, ==, 0);
}

/* The aim of a scale without equal steps is a line across. */
static void
test_level_aim (ChartFixture *f, gconstpointer data)
{
  static const char *const MEASURES[] = {"gas", "steps", "yesno"};

  for (guint i = 0; i < G_N_ELEMENTS (MEASURES); i++) {
    way_set_string (&f->target->measure, MEASURES[i]);
    f->target->criterion = i == 0 ? NAN : 1;
    chart_draw (f, &WAY_CHART_LIGHT, 520, 180);
    g_assert_cmpuint (chart_count_dark (f, 60, 0, 240, 160), >, 10);
  }
}

/* What the levels stand for is told beside the chart. */
static void
test_level_words (ChartFixture *f, gconstpointer data)
{
  g_autofree char *words = NULL;

  way_set_string (&f->target->measure, "gas");
  way_set_string (&f->target->gas_minus_2, "plays alone");
  way_set_string (&f->target->gas_0, "joins when asked");
  f->target->criterion = f->target->scale_max = NAN;
  chart_measure (f, 1, -2);
  chart_work_out (f);
  words = way_progress_chart_describe (&f->chart);
  g_assert_nonnull (strstr (words, "Aim 0 (joins when asked)"));
  g_assert_nonnull (strstr (words, "Levels: −2 plays alone; 0 joins when asked."));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/scales", test_scales);
#define ADD(path, func)                                                                            \
  g_test_add (path, ChartFixture, NULL, chart_fixture_set_up, func, chart_fixture_tear_down)
  ADD ("/charts/fixed-axis", test_fixed_axis);
  ADD ("/charts/axis-holds-points", test_axis_holds_points);
  ADD ("/charts/points-are-painted", test_points_are_painted);
  ADD ("/charts/gaps", test_gaps);
  ADD ("/charts/stays-inside", test_stays_inside);
  ADD ("/charts/degenerate", test_degenerate);
  ADD ("/charts/thinned", test_thinned);
  ADD ("/charts/words", test_words);
  ADD ("/charts/table", test_table);
  ADD ("/charts/files", test_files);
  ADD ("/charts/files-are-named", test_files_are_named);
  ADD ("/charts/long-ago", test_long_ago);
  ADD ("/charts/score-axis", test_score_axis);
  ADD ("/charts/level-aim", test_level_aim);
  ADD ("/charts/level-words", test_level_words);
  return g_test_run ();
}
