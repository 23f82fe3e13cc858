/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-gas.h"
#include "way-progress.h"
#include "way-trend.h"

#include <math.h>

#define near(a, b) g_assert_cmpfloat_with_epsilon (a, b, 0.00005)

/* The worked example of the service's own guidance: ten days, one point a day. */
static const double X[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
static const double Y[] = {20, 18, 22, 21, 25, 24, 28, 26, 30, 33};

static void
test_trends (void)
{
  WayTrend ols = way_trend_ols (X, Y, 10), sen = way_trend_theil_sen (X, Y, 10);
  WayTrend quarter = way_trend_quarter_intersect (X, Y, 10),
           split = way_trend_split_middle (X, Y, 10);

  near (ols.slope, 1.460606);
  near (ols.value, 18.127273);
  near (sen.slope, 1.5);
  near (sen.value, 18.5);
  near (quarter.slope, 1.4);
  near (quarter.value, 18.2);
  near (split.slope, 1.4);
  near (split.value, 19.0);
}

static void
test_trends_degenerate (void)
{
  const double same[] = {3, 3, 3}, values[] = {1, 2, 9};

  g_assert_false (way_trend_ols (same, values, 3).known);
  g_assert_false (way_trend_theil_sen (same, values, 3).known);
  g_assert_false (way_trend_split_middle (same, values, 3).known);
  g_assert_false (way_trend_theil_sen (X, Y, 1).known);
  g_assert_false (way_trend_ols (X, Y, 0).known);
  near (way_trend_theil_sen (X, same, 3).slope, 0.0);
}

/* Ten thousand noisy points about a line of slope 2: the thinned median finds it. */
static void
test_many_points (void)
{
  g_autofree double *x = g_new (double, 10000);
  g_autofree double *y = g_new (double, 10000);
  guint state = 7;

  for (guint i = 0; i < 10000; i++) {
    state = state * 1664525u + 1013904223u;
    x[i] = i;
    y[i] = 2.0 * i + (state >> 16) % 100;
  }
  g_assert_cmpfloat_with_epsilon (way_trend_theil_sen (x, y, 10000).slope, 2.0, 0.01);
}

static void
test_gas (void)
{
  static const double TABLE[5][5] = {{30.0, 40.0, 50, 60.0, 70.0},
                                     {25.2, 37.6, 50, 62.4, 74.8},
                                     {22.6, 36.3, 50, 63.7, 77.4},
                                     {21.0, 35.5, 50, 64.5, 79.0},
                                     {19.8, 34.9, 50, 65.1, 80.2}};
  const double weights[] = {3, 1, 2}, levels[] = {1, 0, -1}, nothing[] = {0, 0, 0};

  for (guint n = 1; n <= 5; n++) {
    for (int level = -2; level <= 2; level++) {
      double all[5] = {level, level, level, level, level};

      g_assert_cmpfloat_with_epsilon (
          way_gas_t_score (all, NULL, n), TABLE[n - 1][level + 2], 0.05);
    }
  }
  g_assert_cmpfloat_with_epsilon (way_gas_t_score (levels, weights, 3), 52.203, 0.0005);
  g_assert_true (isnan (way_gas_t_score (levels, nothing, 3)));
  g_assert_true (isnan (way_gas_t_score (levels, NULL, 0)));
}

static void
test_tme (void)
{
  g_assert_cmpint (way_tme_outcome (4, 7, 3), ==, WAY_TME_WORSE);
  g_assert_cmpint (way_tme_outcome (4, 7, 4), ==, WAY_TME_NO_PROGRESS);
  g_assert_cmpint (way_tme_outcome (4, 7, 6), ==, WAY_TME_SOME);
  g_assert_cmpint (way_tme_outcome (4, 7, 7), ==, WAY_TME_EXPECTED);
  g_assert_cmpint (way_tme_outcome (4, 7, 8), ==, WAY_TME_BETTER);
  g_assert_cmpint (way_tme_outcome (NAN, 7, 8), ==, WAY_TME_UNKNOWN);
}

/* ---- a target with its measurements ---- */

typedef struct {
  WayTarget *target;
  GPtrArray *measurements, *phases;
  WayDate start;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->start = way_date_from_iso ("2026-09-01");
  f->target = way_record_new (WAY_TARGET);
  way_set_string (&f->target->measure, "score");
  way_set_string (&f->target->direction, "up");
  f->target->start = f->start;
  f->target->due = f->start + 19;
  f->target->criterion = 40;
  f->measurements = g_ptr_array_new_with_free_func (way_record_free);
  f->phases = g_ptr_array_new_with_free_func (way_record_free);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  way_record_free (f->target);
  g_ptr_array_unref (f->measurements);
  g_ptr_array_unref (f->phases);
}

static WayMeasurement *
measure (Fixture *f, guint day, double value)
{
  WayMeasurement *row = way_record_new (WAY_MEASUREMENT);

  row->date = f->start + day;
  row->value = value;
  g_ptr_array_add (f->measurements, row);
  return row;
}

static WayProgress *
work_out (Fixture *f)
{
  return way_progress_new (f->target, f->measurements, f->phases, NULL);
}

static void
test_worked_example (Fixture *f, gconstpointer data)
{
  g_autoptr (WayProgress) progress = NULL;
  const WayLine *aim;

  for (guint i = G_N_ELEMENTS (Y); i-- > 0;)
    measure (f, i, Y[i]); /* in any order */
  progress = work_out (f);
  aim = &progress->phases[0].aim;
  near (progress->baseline, 20);
  g_assert_cmpuint (progress->baseline_date, ==, f->start + 1);
  near (aim->slope, 20.0 / 18.0);
  near (way_line_at (aim, f->start + 6), 25.5556);
  near (way_line_at (aim, f->start + 9), 28.8889);
  near (progress->phases[0].trend.slope, 1.5);
  g_assert_cmpint (progress->four_point, ==, WAY_PROMPT_CONTINUE);
  g_assert_cmpuint (progress->four_point_n, ==, 10);
  g_assert_cmpint (progress->trend_rule, ==, WAY_PROMPT_RAISE);
  near (progress->current_value, (26 + 30 + 33) / 3.0);
}

static void
test_four_point (Fixture *f, gconstpointer data)
{
  static const struct {
    double values[4];
    const char *direction;
    WayPrompt expected;
  } CASES[] = {{{31, 32, 33, 34}, "up", WAY_PROMPT_RAISE},
               {{1, 2, 3, 4}, "up", WAY_PROMPT_CHANGE},
               {{31, 32, 3, 34}, "up", WAY_PROMPT_CONTINUE},
               {{23, 32, 33, 34}, "up", WAY_PROMPT_CONTINUE}, /* on the line */
               {{31, 32, 33, 34}, "down", WAY_PROMPT_CHANGE},
               {{1, 2, 3, 4}, "down", WAY_PROMPT_RAISE},
               {{31, 32, 33, 34}, "keep", WAY_PROMPT_NOT_RATED}};

  f->target->baseline = 20;
  f->target->baseline_date = f->start;
  f->target->criterion = 39;
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (WayProgress) progress = NULL;

    g_ptr_array_set_size (f->measurements, 0);
    way_set_string (&f->target->direction, CASES[i].direction);
    measure (f, 0, 20);
    measure (f, 1, 20);
    for (guint k = 0; k < 4; k++)
      measure (f, 3 + k, CASES[i].values[k]);
    progress = work_out (f);
    g_assert_cmpint (progress->four_point, ==, CASES[i].expected);
  }
}

/* Fewer than six points give no prompt, and "not measured" is no point. */
static void
test_too_few (Fixture *f, gconstpointer data)
{
  g_autoptr (WayProgress) progress = NULL;
  g_autofree char *words = NULL;

  for (guint i = 0; i < 5; i++)
    measure (f, i, 40);
  way_set_string (&measure (f, 6, NAN)->not_measured, "absent");
  progress = work_out (f);
  g_assert_cmpint (progress->four_point, ==, WAY_PROMPT_TOO_FEW);
  g_assert_cmpuint (progress->n_not_measured, ==, 1);
  words = way_progress_prompt_text (progress);
  g_assert_cmpstr (words, ==, "5 points so far; advice comes from 6 points on");
}

/* After a change the aim line starts afresh from the new phase's first median. */
static void
test_phases (Fixture *f, gconstpointer data)
{
  g_autoptr (WayProgress) progress = NULL;
  WayPhase *change = way_record_new (WAY_PHASE);

  change->date = f->start + 10;
  way_set_string (&change->label, "new seat");
  g_ptr_array_add (f->phases, change);
  for (guint i = 0; i < 6; i++)
    measure (f, i, 10);
  measure (f, 10, 20);
  measure (f, 11, 24);
  measure (f, 13, 22);
  progress = work_out (f);
  g_assert_cmpuint (progress->n_phases, ==, 2);
  g_assert_cmpuint (progress->phases[0].n_points, ==, 6);
  g_assert_cmpuint (progress->phases[1].n_points, ==, 3);
  near (progress->phases[1].aim.value, 22);
  g_assert_cmpuint (progress->phases[1].aim.from, ==, f->start + 11);
  near (progress->phases[1].aim.slope, (40.0 - 22.0) / 8.0);
  g_assert_cmpint (
      progress->four_point, ==, WAY_PROMPT_TOO_FEW); /* six points, but not in this phase */
  g_assert_cmpuint (progress->four_point_n, ==, 3);
}

/* A change that is planned for later is drawn where that is wanted, but the rules look at what is
 * done now. */
static void
test_planned_change (Fixture *f, gconstpointer data)
{
  WayProgressOptions plans = {.today = f->start + 9, .with_plans = TRUE},
                     before = {.today = f->start + 9}, then = {.today = f->start + 10};
  g_autoptr (WayProgress) progress = NULL, as_at = NULL, later = NULL;
  WayPhase *change = way_record_new (WAY_PHASE);

  change->date = f->start + 10;
  g_ptr_array_add (f->phases, change);
  for (guint i = 0; i < 8; i++)
    measure (f, i, 10);
  progress = way_progress_new (f->target, f->measurements, f->phases, &plans);
  g_assert_cmpuint (progress->n_phases, ==, 2);
  g_assert_cmpuint (progress->current_phase, ==, 0);
  g_assert_cmpuint (progress->four_point_n, ==, 8);
  g_assert_cmpint (progress->four_point, !=, WAY_PROMPT_TOO_FEW);
  near (progress->current_value, 10);
  as_at = way_progress_new (f->target, f->measurements, f->phases, &before);
  g_assert_cmpuint (as_at->n_phases, ==, 1);
  g_assert_cmpuint (as_at->four_point_n, ==, 8);
  later = way_progress_new (f->target, f->measurements, f->phases, &then);
  g_assert_cmpuint (later->current_phase, ==, 1);
  g_assert_cmpint (later->four_point, ==, WAY_PROMPT_TOO_FEW);
}

/* As at a past day the answer is what it was then, whatever was entered since. */
static void
test_as_at (Fixture *f, gconstpointer data)
{
  WayProgressOptions options = {.today = f->start + 7};
  g_autoptr (WayProgress) then = NULL, now = NULL;
  g_autofree char *latest_then = NULL, *latest_now = NULL, *trend_then = NULL, *trend_now = NULL;
  WayPhase *change = way_record_new (WAY_PHASE);
  WayMeasurement *absent;

  f->target->criterion = 40;
  f->target->due = f->start + 19;
  for (guint i = 0; i < 8; i++)
    measure (f, i, 10 + i);
  then = way_progress_new (f->target, f->measurements, f->phases, &options);
  measure (f, 8, 90);
  measure (f, 9, 95);
  absent = measure (f, 10, NAN);
  way_set_string (&absent->not_measured, "absent");
  change->date = f->start + 9;
  g_ptr_array_add (f->phases, change);
  g_ptr_array_insert (f->measurements, 0, way_record_copy (absent)); /* indices move along */
  now = way_progress_new (f->target, f->measurements, f->phases, &options);
  g_assert_cmpuint (now->n_points, ==, 8);
  g_assert_cmpuint (now->n_not_measured, ==, 0);
  g_assert_cmpuint (now->n_phases, ==, 1);
  g_assert_cmpint (now->four_point, ==, then->four_point);
  g_assert_cmpint (now->trend_rule, ==, then->trend_rule);
  near (now->current_value, then->current_value);
  for (guint i = 0; i < now->n_points; i++)
    near (((WayMeasurement *) g_ptr_array_index (now->measurements, now->points[i].index))->value,
          now->points[i].value);
  latest_then = way_progress_latest_text (then);
  latest_now = way_progress_latest_text (now);
  g_assert_cmpstr (latest_now, ==, latest_then);
  trend_then = way_progress_trend_text (then);
  trend_now = way_progress_trend_text (now);
  g_assert_cmpstr (trend_now, ==, trend_then);
}

/* Within 10 % of the aim rate is about equal; the share is a preference. */
static void
test_about_equal (Fixture *f, gconstpointer data)
{
  WayProgressOptions strict = {.about_equal = 0.01};
  g_autoptr (WayProgress) progress = NULL, again = NULL;

  f->target->baseline = 0;
  f->target->baseline_date = f->start;
  f->target->criterion = 19; /* one a day */
  for (guint i = 0; i < 6; i++)
    measure (f, i, i * 1.08);
  progress = work_out (f);
  g_assert_cmpint (progress->trend_rule, ==, WAY_PROMPT_CONTINUE);
  again = way_progress_new (f->target, f->measurements, f->phases, &strict);
  g_assert_cmpint (again->trend_rule, ==, WAY_PROMPT_RAISE);
}

static void
test_no_data (Fixture *f, gconstpointer data)
{
  g_autoptr (WayProgress) progress = work_out (f);
  g_autofree char *latest = way_progress_latest_text (progress);

  g_assert_false (progress->baseline_known);
  g_assert_true (isnan (progress->current_value));
  g_assert_cmpint (progress->four_point, ==, WAY_PROMPT_NO_DATA);
  g_assert_cmpstr (way_progress_state_word (progress), ==, "No data");
  g_assert_cmpstr (latest, ==, "Not measured yet");
}

static void
test_no_aim (Fixture *f, gconstpointer data)
{
  g_autoptr (WayProgress) progress = NULL;

  f->target->criterion = NAN;
  for (guint i = 0; i < 8; i++)
    measure (f, i, i);
  progress = work_out (f);
  g_assert_false (progress->phases[0].aim.known);
  g_assert_cmpint (progress->four_point, ==, WAY_PROMPT_NO_AIM);
  near (progress->phases[0].trend.slope, 1.0);
}

/* Several points on one day are kept in the order of their position. */
static void
test_one_day (Fixture *f, gconstpointer data)
{
  g_autoptr (WayProgress) progress = NULL;

  measure (f, 2, 30)->position = 2;
  measure (f, 2, 10)->position = 1;
  measure (f, 2, 20)->position = 3;
  progress = work_out (f);
  near (progress->points[0].value, 10);
  near (progress->points[2].value, 20);
  near (progress->baseline, 20);
  g_assert_false (progress->phases[0].trend.known);
}

/* One of them without a place: the order is still one, whatever order they come in. */
static void
test_one_day_no_place (Fixture *f, gconstpointer data)
{
  g_autoptr (WayProgress) progress = NULL;

  measure (f, 2, 30)->position = 2;
  measure (f, 2, 20)->position = NAN;
  measure (f, 2, 10)->position = 1;
  progress = work_out (f);
  near (progress->points[0].value, 20);
  near (progress->points[1].value, 10);
  near (progress->points[2].value, 30);
}

static void
test_words (Fixture *f, gconstpointer data)
{
  static const double VALUES[] = {2, 2, 1, 3, 3, 4, 4, 4};
  g_autoptr (WayProgress) progress = NULL;
  g_autofree char *baseline = NULL, *latest = NULL, *trend = NULL, *prompt = NULL;

  way_set_string (&f->target->measure, "count");
  f->target->scale_max = 5;
  f->target->criterion = 4;
  f->target->due = f->start + 100;
  for (guint i = 0; i < G_N_ELEMENTS (VALUES); i++)
    measure (f, 4 + i * 7, VALUES[i]);
  progress = work_out (f);
  baseline = way_progress_baseline_text (progress);
  latest = way_progress_latest_text (progress);
  trend = way_progress_trend_text (progress);
  prompt = way_progress_prompt_text (progress);
  g_assert_cmpstr (baseline, ==, "Baseline 2 of 5 (median of 3, 12 Sep 2026)");
  g_assert_cmpstr (latest, ==, "Latest 4 of 5, 24 Oct 2026 (8 measurements)");
  g_assert_cmpstr (trend, ==, "Trend +0.3 a week, aim +0.2");
  g_assert_cmpstr (
      prompt, ==, "last 4 points above the aim line (8 points): worth a talk about a harder step");
  g_assert_cmpstr (way_progress_state_mark (progress), ==, "▲");
}

static void
test_values (Fixture *f, gconstpointer data)
{
  static const struct {
    const char *measure, *unit;
    double value, top;
    const char *expected;
  } CASES[] = {{"percent", NULL, 60, NAN, "60 %"},
               {"duration", "minutes", 12, NAN, "12 minutes"},
               {"duration", NULL, 1, NAN, "1 minute"},
               {"count", "words", 7.25, NAN, "7.25 words"},
               {"count", "words", 4, 5, "4 of 5"},
               {"rating", NULL, 6, NAN, "6 of 10"},
               {"gas", NULL, 1, NAN, "+1"},
               {"gas", NULL, -2, NAN, "−2"},
               {"yesno", NULL, 1, NAN, "yes"},
               {"steps", NULL, 3, NAN, "step 3"},
               {"score", NULL, NAN, NAN, "no data"},
               {"score", NULL, 0, NAN, "0"},
               {"score", NULL, -66.125, NAN, "−66.125"},
               {"score", NULL, 2250000, NAN, "2250000"}};

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *text = NULL;

    way_set_string (&f->target->measure, CASES[i].measure);
    way_set_string (&f->target->unit, CASES[i].unit);
    f->target->scale_max = CASES[i].top;
    text = way_progress_value_text (f->target, CASES[i].value);
    g_assert_cmpstr (text, ==, CASES[i].expected);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/progress/trends", test_trends);
  g_test_add_func ("/progress/trends/degenerate", test_trends_degenerate);
  g_test_add_func ("/progress/trends/many-points", test_many_points);
  g_test_add_func ("/progress/gas", test_gas);
  g_test_add_func ("/progress/tme", test_tme);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/progress/worked-example", test_worked_example);
  ADD ("/progress/four-point", test_four_point);
  ADD ("/progress/too-few", test_too_few);
  ADD ("/progress/phases", test_phases);
  ADD ("/progress/planned-change", test_planned_change);
  ADD ("/progress/as-at", test_as_at);
  ADD ("/progress/about-equal", test_about_equal);
  ADD ("/progress/no-data", test_no_data);
  ADD ("/progress/no-aim", test_no_aim);
  ADD ("/progress/one-day", test_one_day);
  ADD ("/progress/one-day/no-place", test_one_day_no_place);
  ADD ("/progress/words", test_words);
  ADD ("/progress/values", test_values);
  return g_test_run ();
}
