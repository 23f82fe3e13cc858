/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hard spots: what a prompt must not say, and what odd targets come to. */
#include "way-gas.h"
#include "way-progress.h"
#include "way-trend.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define near(a, b) g_assert_cmpfloat_with_epsilon (a, b, 0.00005)

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

/* The slope by its definition: all pairs, put in order. */
static double
slope_by_definition (const double *x, const double *y, guint n)
{
  g_autofree double *slopes = g_new (double, (gsize) n *n / 2 + 1);
  gsize count = 0;

  for (guint i = 0; i < n; i++) {
    for (guint k = i + 1; k < n; k++) {
      if (x[k] != x[i])
        slopes[count++] = (y[k] - y[i]) / (x[k] - x[i]);
    }
  }
  qsort (slopes, count, sizeof *slopes, compare_doubles);
  return count % 2 == 1 ? slopes[count / 2] : (slopes[count / 2 - 1] + slopes[count / 2]) / 2.0;
}

/* Points as schools have them: two or three on one day, whole numbers, many the same. */
static void
make_noisy (double *x, double *y, guint n, guint per_day, guint32 state)
{
  for (guint i = 0; i < n; i++) {
    state = state * 1664525u + 1013904223u;
    x[i] = i / per_day;
    y[i] = floor (0.05 * i + (state >> 16) % 12);
  }
}

/* Up to some 1,400 points the slope is the exact median, ties and all. */
static void
test_theil_sen_is_exact (void)
{
  static const guint COUNTS[] = {3, 4, 7, 50, 301, 900};

  for (guint i = 0; i < G_N_ELEMENTS (COUNTS); i++) {
    guint n = COUNTS[i];
    g_autofree double *x = g_new (double, n);
    g_autofree double *y = g_new (double, n);

    make_noisy (x, y, n, 1 + i % 3, 11 + i);
    g_assert_cmpfloat (way_trend_theil_sen (x, y, n).slope, ==, slope_by_definition (x, y, n));
  }
}

/* Beyond, it is near it, the same every time, and quick. */
static void
test_theil_sen_of_many (void)
{
  guint n = 2000;
  g_autofree double *x = g_new (double, n);
  g_autofree double *y = g_new (double, n);
  double slope;

  make_noisy (x, y, n, 2, 5);
  slope = way_trend_theil_sen (x, y, n).slope;
  g_assert_cmpfloat_with_epsilon (slope, slope_by_definition (x, y, n), 0.0005);
  g_assert_cmpfloat (slope, ==, way_trend_theil_sen (x, y, n).slope);
}

static void
test_gas_change (void)
{
  const double start[] = {-1, -1, -2}, end[] = {0, 1, -1}, unknown[] = {0, NAN, 0};
  WayGasScore score = way_gas_score (start, end, NULL, 3);

  near (score.baseline, 50.0 - 4.0 * 10.0 / sqrt (0.7 * 3 + 0.3 * 9));
  near (score.achieved, 50.0);
  near (score.change, score.achieved - score.baseline);
  g_assert_true (isnan (way_gas_score (start, unknown, NULL, 3).change)); /* no data is not zero */
}

static void
test_tme_words (void)
{
  g_assert_cmpstr (way_tme_outcome_word (WAY_TME_WORSE), ==, "Worse");
  g_assert_cmpstr (way_tme_outcome_word (WAY_TME_NO_PROGRESS), ==, "No progress");
  g_assert_cmpstr (way_tme_outcome_word (WAY_TME_SOME), ==, "Some progress");
  g_assert_cmpstr (way_tme_outcome_word (WAY_TME_EXPECTED), ==, "As expected");
  g_assert_cmpstr (way_tme_outcome_word (WAY_TME_BETTER), ==, "Better than expected");
  g_assert_cmpstr (way_tme_outcome_word (WAY_TME_UNKNOWN), ==, "No data");
}

/* ---- a target with its measurements ---- */

typedef struct {
  WayTarget *target;
  GPtrArray *measurements, *phases;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->target = way_record_new (WAY_TARGET);
  way_set_string (&f->target->measure, "score");
  f->target->start = way_date_from_iso ("2026-09-01");
  f->target->due = f->target->start + 70;
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

static void
measure (Fixture *f, guint day, double value)
{
  WayMeasurement *row = way_record_new (WAY_MEASUREMENT);

  row->date = f->target->start + day;
  row->value = value;
  g_ptr_array_add (f->measurements, row);
}

static void
change (Fixture *f, guint day)
{
  WayPhase *row = way_record_new (WAY_PHASE);

  row->date = f->target->start + day;
  way_set_string (&row->label, "change");
  g_ptr_array_add (f->phases, row);
}

static WayProgress *
work_out (Fixture *f)
{
  return way_progress_new (f->target, f->measurements, f->phases, NULL);
}

static void
check_prompt (const WayProgress *progress, const char *expected)
{
  g_autofree char *text = way_progress_prompt_text (progress);

  g_assert_cmpstr (text, ==, expected);
}

/* Each kind of trend by preference, from the worked example. */
static void
test_trend_is_a_preference (Fixture *f, gconstpointer data)
{
  static const double Y[] = {20, 18, 22, 21, 25, 24, 28, 26, 30, 33};
  static const struct {
    WayTrendKind kind;
    double slope, value;
  } CASES[] = {{WAY_TREND_THEIL_SEN, 1.5, 18.5},
               {WAY_TREND_OLS, 1.460606, 18.127273},
               {WAY_TREND_SPLIT_MIDDLE, 1.4, 19.0}};

  for (guint i = 0; i < G_N_ELEMENTS (Y); i++)
    measure (f, i, Y[i]);
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    WayProgressOptions options = {.trend = CASES[i].kind};
    g_autoptr (WayProgress) progress =
        way_progress_new (f->target, f->measurements, f->phases, &options);

    near (progress->phases[0].trend.slope, CASES[i].slope);
    near (progress->phases[0].trend.value, CASES[i].value);
  }
}

/* Less is better: by the direction, or where none is set, by the criterion. */
static void
test_down (Fixture *f, gconstpointer data)
{
  static const char *const DIRECTIONS[] = {"down", NULL};

  f->target->baseline = 70;
  f->target->criterion = 0; /* one a day */
  for (guint i = 0; i < 6; i++)
    measure (f, i * 7, 60 - (double) i * 8);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (WayProgress) progress = NULL;

    way_set_string (&f->target->direction, DIRECTIONS[i]);
    progress = work_out (f);
    g_assert_cmpint (progress->four_point, ==, WAY_PROMPT_RAISE);
    g_assert_cmpint (progress->trend_rule, ==, WAY_PROMPT_RAISE);
    g_assert_cmpstr (way_progress_state_word (progress), ==, "Ahead of aim");
    check_prompt (progress,
                  "last 4 points below the aim line (6 points): worth a talk about a harder step");
  }
}

/* The aim line ends on the day it was to be reached: whoever stays there is not behind. */
static void
test_after_due (Fixture *f, gconstpointer data)
{
  g_autoptr (WayProgress) held = NULL, fallen = NULL;

  f->target->baseline = 1;
  f->target->criterion = 4;
  for (guint i = 0; i < 6; i++)
    measure (f, 75 + i * 7, 4);
  held = work_out (f);
  g_assert_cmpint (held->four_point, ==, WAY_PROMPT_CONTINUE);
  for (guint i = 6; i < 10; i++)
    measure (f, 75 + i * 7, 3);
  fallen = work_out (f);
  g_assert_cmpint (fallen->four_point, ==, WAY_PROMPT_CHANGE);
}

/* A mixed run says what the trend says, and says it when it leads the wrong way. */
static void
test_trend_prompts (Fixture *f, gconstpointer data)
{
  static const struct {
    double values[6];
    const char *expected, *state;
  } CASES[] = {{{20, 19, 21, 24, 24, 36},
                "trend flatter than the aim line (6 points): worth a talk about the support",
                "Around aim"},
               {{40, 38, 36, 34, 26, 20},
                "trend leads away from the aim (6 points): worth a talk about the support",
                "Around aim"},
               {{0, 5, 12, 33, 40, 45},
                "trend steeper than the aim line (6 points): worth a talk about a harder step",
                "On track"},
               {{0, 8, 13, 22, 27, 35}, "about on the aim line (6 points): carry on", "On track"}};

  way_set_string (&f->target->direction, "up");
  f->target->baseline = 0;
  f->target->criterion = 70;
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (WayProgress) progress = NULL;

    g_ptr_array_set_size (f->measurements, 0);
    for (guint k = 0; k < 6; k++)
      measure (f, k * 7, CASES[i].values[k]);
    progress = work_out (f);
    g_assert_cmpint (progress->four_point, ==, WAY_PROMPT_CONTINUE);
    check_prompt (progress, CASES[i].expected);
    /* A talk about the support and "On track" side by side would be at odds. */
    g_assert_cmpstr (way_progress_state_word (progress), ==, CASES[i].state);
  }
}

/* No prompt is a verdict. */
static void
test_no_verdicts (Fixture *f, gconstpointer data)
{
  static const char *const VERDICTS[] = {"fail", "poor", "bad", "must", "should", "!"};
  static const WayPrompt PROMPTS[] = {WAY_PROMPT_NO_DATA,
                                      WAY_PROMPT_TOO_FEW,
                                      WAY_PROMPT_NO_AIM,
                                      WAY_PROMPT_CONTINUE,
                                      WAY_PROMPT_CHANGE,
                                      WAY_PROMPT_RAISE,
                                      WAY_PROMPT_NOT_RATED};
  g_autoptr (WayProgress) progress = NULL;

  measure (f, 0, 1);
  progress = work_out (f);
  for (guint i = 0; i < G_N_ELEMENTS (PROMPTS); i++) {
    for (guint k = 0; k < G_N_ELEMENTS (PROMPTS); k++) {
      g_autofree char *text = NULL;

      progress->four_point = PROMPTS[i];
      progress->trend_rule = PROMPTS[k];
      text = way_progress_prompt_text (progress);
      for (guint v = 0; v < G_N_ELEMENTS (VERDICTS); v++)
        g_assert_null (strstr (text, VERDICTS[v]));
      g_assert_true (g_utf8_strlen (way_progress_state_mark (progress), -1) == 1);
    }
  }
}

/* Due before the start, or on the day of the baseline: no line, no division by nothing. */
static void
test_due_too_early (Fixture *f, gconstpointer data)
{
  f->target->baseline = 1;
  f->target->criterion = 5;
  for (guint i = 0; i < 7; i++)
    measure (f, i, i);
  for (guint early = 0; early < 2; early++) {
    g_autoptr (WayProgress) progress = NULL;

    f->target->due = f->target->start - early * 30;
    progress = work_out (f);
    g_assert_false (progress->phases[0].aim.known);
    g_assert_cmpint (progress->four_point, ==, WAY_PROMPT_NO_AIM);
    check_prompt (progress,
                  "no aim line: it needs a baseline, a criterion and a due date after it");
  }
}

/* Two changes on one day, one before all points, one after them all. */
static void
test_odd_changes (Fixture *f, gconstpointer data)
{
  g_autoptr (WayProgress) progress = NULL;

  f->target->criterion = 9;
  change (f, 60);
  change (f, 0);
  change (f, 20);
  change (f, 20);
  for (guint i = 0; i < 8; i++)
    measure (f, i * 5, i);
  progress = work_out (f);
  g_assert_cmpuint (progress->n_phases, ==, 5);
  g_assert_cmpuint (progress->phases[0].n_points, ==, 0);
  g_assert_cmpuint (progress->phases[1].n_points, ==, 4);
  g_assert_cmpuint (progress->phases[2].n_points, ==, 0);
  g_assert_cmpuint (progress->phases[3].n_points, ==, 4);
  g_assert_cmpuint (progress->phases[3].first_point, ==, 4);
  g_assert_cmpuint (progress->phases[4].n_points, ==, 0);
  g_assert_true (isnan (progress->current_value));
  check_prompt (progress, "0 points since the last change; advice comes from 6 points on");
}

/* What has no aim line is still held against its aim. */
static void
test_against_aim (Fixture *f, gconstpointer data)
{
  static const struct {
    const char *measure, *direction;
    double baseline, criterion, latest;
    const char *expected;
  } CASES[] = {{"gas", NULL, NAN, NAN, 0, "Aim reached"},
               {"gas", "down", NAN, NAN, 2, "Aim reached"}, /* a level is better the higher */
               {"gas", NULL, NAN, NAN, -1, "Not yet reached"},
               {"gas", NULL, NAN, 1, 0, "Not yet reached"},
               {"steps", "up", NAN, 4, 4, "Aim reached"},
               {"steps", "up", NAN, 4, 3, "Not yet reached"},
               {"steps", "down", NAN, 1, 2, "Not yet reached"},
               {"steps", NULL, NAN, NAN, 3, "Measured"},
               {"yesno", "up", NAN, NAN, 1, "Aim reached"},
               {"yesno", "up", NAN, NAN, 0, "Not yet reached"},
               {"yesno", "up", NAN, 0, 0, "Aim reached"}, /* "no" is aimed at */
               {"yesno", "down", NAN, NAN, 0, "Aim reached"},
               {"yesno", "down", NAN, NAN, 1, "Not yet reached"},
               {"yesno", "up", NAN, 0, 1, "Not yet reached"},
               {"count", "up", NAN, 4, 4, "Aim reached"},
               {"count", "down", NAN, 2, 3, "Not yet reached"},
               {"count", "down", NAN, 2, 1, "Aim reached"},
               {"count", "up", 1, NAN, 4, "Measured"},
               {"percent", "keep", 96, 95, 97, "Aim reached"}, /* not under 95 */
               {"percent", "keep", 96, 95, 94, "Not yet reached"},
               {"count", "keep", 1, 2, 2, "Aim reached"}, /* not over 2 */
               {"count", "keep", 1, 2, 0, "Aim reached"},
               {"count", "keep", 1, 2, 3, "Not yet reached"},
               {"count", "keep", NAN, 0, 3, "Not yet reached"}, /* none at all */
               {"count", "keep", NAN, 0, 0, "Aim reached"},
               {"steps", "keep", NAN, 4, 5, "Aim reached"},
               {"count", "keep", NAN, 2, 5, "Measured"}, /* which side is better is not known */
               {"count", "keep", NAN, 2, 2, "Aim reached"}};

  f->target->due = WAY_DATE_UNKNOWN;
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (WayProgress) progress = NULL;

    way_set_string (&f->target->measure, CASES[i].measure);
    way_set_string (&f->target->direction, CASES[i].direction);
    f->target->baseline = CASES[i].baseline;
    f->target->criterion = CASES[i].criterion;
    g_ptr_array_set_size (f->measurements, 0);
    for (guint k = 0; k < 6; k++)
      measure (f, k, CASES[i].criterion == 0 ? 0 : 1);
    measure (f, 8, CASES[i].latest);
    progress = work_out (f);
    g_test_message ("case %u: %s", i, CASES[i].measure);
    g_assert_cmpstr (way_progress_state_word (progress), ==, CASES[i].expected);
    g_assert_cmpstr (way_progress_state_mark (progress),
                     ==,
                     CASES[i].expected[0] == 'A'   ? "●"
                     : CASES[i].expected[0] == 'N' ? "◐"
                                                   : "◌");
  }
}

static void
check_score (Fixture *f, const char *expected)
{
  g_autoptr (WayProgress) progress = work_out (f);
  g_autofree char *text = way_progress_score_text (progress);

  g_assert_cmpstr (text, ==, expected);
}

/* A T-score is told after the level and its words, and only of what is measured so. */
static void
test_gas_text (Fixture *f, gconstpointer data)
{
  check_score (f, NULL);
  way_set_string (&f->target->measure, "gas");
  check_score (f, NULL);
  measure (f, 1, -1);
  check_score (f, "Level −1: T-score 40 (50 is the expected level, 0)");
  way_set_string (&f->target->gas_plus_1, "asks twice");
  f->target->weight = 3; /* of one goal it cancels out */
  f->target->baseline = -1;
  measure (f, 8, 1);
  check_score (f,
               "Level +1 (asks twice): T-score 60 (50 is the expected level, 0; 40 at the "
               "baseline, change +20)");
  measure (f, 9, -2);
  check_score (f,
               "Level −2: T-score 30 (50 is the expected level, 0; 40 at the baseline, change "
               "−10)");
}

/* Ratings from 1 to 10, the more the better, with a baseline and what is expected. */
static void
test_tme_text (Fixture *f, gconstpointer data)
{
  way_set_string (&f->target->measure, "rating");
  way_set_string (&f->target->direction, "up");
  measure (f, 1, 5);
  f->target->criterion = 7;
  check_score (f, NULL); /* no baseline */
  f->target->baseline = 3;
  check_score (f,
               "Target Monitoring and Evaluation: Some progress (rated 5 of 10, expected 7 of 10, "
               "baseline 3 of 10)");
  f->target->expected = 5;
  check_score (f,
               "Target Monitoring and Evaluation: As expected (rated 5 of 10, expected 5 of 10, "
               "baseline 3 of 10)");
  way_set_string (&f->target->direction, "down");
  check_score (f, NULL);
  way_set_string (&f->target->direction, "up");
  f->target->scale_max = 5;
  check_score (f, NULL);
}

static WayTarget *
add_goal (WayRecordSet *records, const char *id, double weight, double level)
{
  WayTarget *target = way_record_set_add (records, WAY_TARGET);
  WayMeasurement *row = way_record_set_add (records, WAY_MEASUREMENT);

  target->record.id = g_strdup (id);
  target->measure = g_strdup ("gas");
  target->state = g_strdup ("open");
  target->start = way_date_from_iso ("2026-09-01");
  target->baseline = -1;
  target->weight = weight;
  row->target = g_strdup (id);
  row->date = target->start + 7;
  row->value = level;
  return target;
}

/* The worked example over three goals; what is closed or has no level yet does not count. */
static void
test_gas_of_targets (void)
{
  g_autoptr (WayRecordSet) records = way_record_set_new ();
  WayGasScore score = {0};

  g_assert_cmpuint (way_progress_gas_of_targets (records, 0, &score), ==, 0);
  add_goal (records, "a", 3, 1);
  add_goal (records, "b", NAN, 0);
  add_goal (records, "c", 2, -1);
  way_set_string (&add_goal (records, "d", 1, 2)->state, "achieved");
  way_set_string (&add_goal (records, "e", 1, 2)->measure, "steps");
  g_assert_cmpuint (way_progress_gas_of_targets (records, 0, &score), ==, 3);
  g_assert_cmpfloat_with_epsilon (score.achieved, 52.203, 0.0005);
  g_assert_true (score.baseline < 40.0);
  add_goal (records, "f", 1, 2)->baseline = NAN;
  g_assert_cmpuint (way_progress_gas_of_targets (records, 0, &score), ==, 4);
  g_assert_true (isnan (score.change));
  g_assert_cmpuint (
      way_progress_gas_of_targets (records, way_date_from_iso ("2026-09-02"), &score), ==, 0);
}

/* Levels, steps and yes or no have no equal steps: no line is drawn through them. */
static void
test_words_have_no_line (Fixture *f, gconstpointer data)
{
  static const char *const MEASURES[] = {"gas", "steps", "yesno"};

  f->target->criterion = 1;
  f->target->baseline = 0;
  for (guint i = 0; i < 8; i++)
    measure (f, i, i % 2);
  for (guint i = 0; i < G_N_ELEMENTS (MEASURES); i++) {
    g_autoptr (WayProgress) progress = NULL;
    g_autofree char *trend = NULL;

    way_set_string (&f->target->measure, MEASURES[i]);
    progress = work_out (f);
    trend = way_progress_trend_text (progress);
    g_assert_false (progress->phases[0].aim.known);
    g_assert_false (progress->phases[0].trend.known);
    g_assert_cmpint (progress->four_point, ==, WAY_PROMPT_NOT_RATED);
    g_assert_cmpint (progress->trend_rule, ==, WAY_PROMPT_NOT_RATED);
    g_assert_cmpstr (trend, ==, "No trend for this kind of measure");
  }
}

/* A trend from few points says so; two make none. */
static void
test_few_points (Fixture *f, gconstpointer data)
{
  g_autoptr (WayProgress) two = NULL, four = NULL;
  g_autofree char *none = NULL, *few = NULL;

  measure (f, 0, 1);
  measure (f, 7, 2);
  two = work_out (f);
  none = way_progress_trend_text (two);
  g_assert_cmpstr (none, ==, "Trend: too few points");
  g_assert_false (two->baseline_known);
  measure (f, 14, 3);
  measure (f, 21, 4);
  four = work_out (f);
  few = way_progress_trend_text (four);
  g_assert_cmpstr (few, ==, "Trend +1.0 a week (from 4 points only)");
}

/* A typed baseline goes before the points, with its own day or the day of the start. */
static void
test_typed_baseline (Fixture *f, gconstpointer data)
{
  g_autoptr (WayProgress) progress = NULL, dated = NULL;
  g_autofree char *text = NULL;

  f->target->baseline = 0; /* a value, not "no data" */
  for (guint i = 0; i < 4; i++)
    measure (f, i + 3, 5);
  progress = work_out (f);
  g_assert_true (progress->baseline_typed);
  near (progress->baseline, 0);
  g_assert_cmpuint (progress->baseline_date, ==, f->target->start);
  f->target->baseline_date = f->target->start - 5;
  dated = work_out (f);
  text = way_progress_baseline_text (dated);
  g_assert_cmpstr (text, ==, "Baseline 0 (27 Aug 2026)");
}

static void
test_singular (Fixture *f, gconstpointer data)
{
  static const struct {
    double value;
    const char *expected;
  } CASES[] = {{1.04, "1.04 minutes"},
               {1, "1 minute"},
               {0, "0 minutes"},
               {-1, "−1 minute"},
               {1.5, "1.5 minutes"}};

  way_set_string (&f->target->measure, "duration");
  way_set_string (&f->target->unit, "minutes");
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *text = way_progress_value_text (f->target, CASES[i].value);

    g_assert_cmpstr (text, ==, CASES[i].expected);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/progress/theil-sen/exact", test_theil_sen_is_exact);
  g_test_add_func ("/progress/theil-sen/many", test_theil_sen_of_many);
  g_test_add_func ("/progress/gas/change", test_gas_change);
  g_test_add_func ("/progress/tme/words", test_tme_words);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/progress/trend/preference", test_trend_is_a_preference);
  ADD ("/progress/trend/few-points", test_few_points);
  ADD ("/progress/trend/no-line", test_words_have_no_line);
  ADD ("/progress/prompts/down", test_down);
  ADD ("/progress/prompts/after-due", test_after_due);
  ADD ("/progress/prompts/trend", test_trend_prompts);
  g_test_add_func ("/progress/gas/targets", test_gas_of_targets);
  ADD ("/progress/gas/text", test_gas_text);
  ADD ("/progress/tme/text", test_tme_text);
  ADD ("/progress/state/against-aim", test_against_aim);
  ADD ("/progress/prompts/no-verdicts", test_no_verdicts);
  ADD ("/progress/aim/due-too-early", test_due_too_early);
  ADD ("/progress/phases/odd", test_odd_changes);
  ADD ("/progress/baseline/typed", test_typed_baseline);
  ADD ("/progress/values/singular", test_singular);
  return g_test_run ();
}
