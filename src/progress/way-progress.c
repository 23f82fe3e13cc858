/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a target's measurements say. Formulas and rules: domain 7.3.
 *
 * Invariants: `points` is in the order of way_record_compare_by_position(); phase i holds the
 * points from phases[i].first_point on, and the phases cover all points without
 * gap; phases[0] begins before every point.
 */
#include "way-progress.h"

#include "way-measure.h"
#include "way-record-set.h"
#include "way-trend.h"

#include <math.h>

#define BASELINE_POINTS 3
#define TREND_POINTS 3      /* fewest for a trend line */
#define FOUR_POINT_POINTS 6 /* fewest for the four-point rule */
#define LAST_POINTS 4
#define CURRENT_POINTS 3 /* mean of the last three: safer than the last */
#define ABOUT_EQUAL 0.10
#define ON_THE_LINE 1e-9

/**
 * way_target_measure_is_numeric:
 *
 * Returns: %FALSE for steps in words, yes or no, and attainment levels: no line
 *   is drawn through what has no equal steps
 */
gboolean
way_target_measure_is_numeric (const WayTarget *target)
{
  return way_measure_find (target->measure)->has_equal_steps;
}

/**
 * way_line_at:
 *
 * Returns: the height of @line on @date, also outside its ends
 */
double
way_line_at (const WayLine *line, WayDate date)
{
  return line->value + line->slope * ((double) date - (double) line->from);
}

static int
compare_points (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const WayPoint *first = a, *second = b;
  GPtrArray *measurements = user_data;
  int order;

  if (first->date != second->date)
    return first->date < second->date ? -1 : 1;
  order = way_record_compare_by_position (g_ptr_array_index (measurements, first->index),
                                          g_ptr_array_index (measurements, second->index));
  return order != 0 ? order : (first->index > second->index) - (first->index < second->index);
}

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const WayPhase *first = *(WayPhase *const *) a, *second = *(WayPhase *const *) b;

  return first->date < second->date ? -1 : first->date > second->date;
}

/* What was measured up to @today. (transfer full) */
static GPtrArray *
list_measured (GPtrArray *measurements, WayDate today)
{
  GPtrArray *known = g_ptr_array_new ();

  for (guint i = 0; i < measurements->len; i++) {
    const WayMeasurement *row = g_ptr_array_index (measurements, i);

    if (today == WAY_DATE_UNKNOWN || row->date <= today)
      g_ptr_array_add (known, g_ptr_array_index (measurements, i));
  }
  return known;
}

/* The changes up to @today, by day; those that are planned for later only if asked for.
 * (transfer full) */
static GPtrArray *
list_changes (GPtrArray *phases, const WayProgressOptions *options)
{
  GPtrArray *changes = g_ptr_array_new ();

  for (guint i = 0; i < phases->len; i++) {
    const WayPhase *change = g_ptr_array_index (phases, i);

    if (options->today == WAY_DATE_UNKNOWN || options->with_plans || change->date <= options->today)
      g_ptr_array_add (changes, g_ptr_array_index (phases, i));
  }
  g_ptr_array_sort (changes, compare_changes);
  return changes;
}

static void
gather_points (WayProgress *self)
{
  self->points = g_new0 (WayPoint, self->measurements->len + 1);
  for (guint i = 0; i < self->measurements->len; i++) {
    const WayMeasurement *row = g_ptr_array_index (self->measurements, i);

    if (isnan (row->value))
      self->n_not_measured++;
    else if (row->date != WAY_DATE_UNKNOWN)
      self->points[self->n_points++] = (WayPoint){row->date, row->value, i};
  }
  g_qsort_with_data (
      self->points, (int) self->n_points, sizeof *self->points, compare_points, self->measurements);
}

/* Median value at the median date of the first three points from @first on. */
static gboolean
median_start (const WayProgress *self, guint first, guint n, WayDate *date, double *value)
{
  double values[BASELINE_POINTS], days[BASELINE_POINTS];

  if (n < BASELINE_POINTS)
    return FALSE;
  for (guint i = 0; i < BASELINE_POINTS; i++) {
    values[i] = self->points[first + i].value;
    days[i] = self->points[first + i].date;
  }
  *value = way_median (values, BASELINE_POINTS);
  *date = (WayDate) way_median (days, BASELINE_POINTS);
  return TRUE;
}

static void
find_baseline (WayProgress *self)
{
  const WayTarget *target = self->target;

  if (!isnan (target->baseline)) {
    self->baseline_known = self->baseline_typed = TRUE;
    self->baseline = target->baseline;
    self->baseline_date =
        target->baseline_date != WAY_DATE_UNKNOWN ? target->baseline_date : target->start;
    return;
  }
  self->baseline = NAN;
  self->baseline_known =
      median_start (self, 0, self->n_points, &self->baseline_date, &self->baseline);
}

static void
split_phases (WayProgress *self, WayDate today)
{
  GPtrArray *changes = self->phase_changes;
  WayDate start = self->target->start;
  guint point = 0;

  if (self->n_points > 0 && (start == WAY_DATE_UNKNOWN || self->points[0].date < start))
    start = self->points[0].date;
  self->n_phases = changes->len + 1;
  self->phases = g_new0 (WayProgressPhase, self->n_phases);
  self->phases[0].from = start;
  for (guint i = 0; i < changes->len; i++) {
    const WayPhase *change = g_ptr_array_index (changes, i);

    self->phases[i + 1].from = change->date;
    self->phases[i + 1].label = change->label;
  }
  for (guint i = 0; i < self->n_phases; i++) {
    if (i > 0 && (today == WAY_DATE_UNKNOWN || self->phases[i].from <= today))
      self->current_phase = i;
    self->phases[i].first_point = point;
    while (point < self->n_points &&
           (i + 1 == self->n_phases || self->points[point].date < self->phases[i + 1].from))
      point++;
    self->phases[i].n_points = point - self->phases[i].first_point;
  }
}

/**
 * way_progress_get_current_phase:
 *
 * Returns: the phase that the rules look at: the last that has begun
 */
const WayProgressPhase *
way_progress_get_current_phase (const WayProgress *self)
{
  return &self->phases[self->current_phase];
}

/* y(t) = b + (t − t_b)(g − b)/(t_g − t_b); of a later phase from its own first median. */
static void
find_aim (WayProgress *self, guint index)
{
  WayProgressPhase *phase = &self->phases[index];
  const WayTarget *target = self->target;
  WayDate date = self->baseline_date;
  double value = self->baseline;
  gboolean known = self->baseline_known;

  if (index > 0)
    known = median_start (self, phase->first_point, phase->n_points, &date, &value);
  if (!known || isnan (target->criterion) || target->due == WAY_DATE_UNKNOWN || target->due <= date)
    return;
  phase->aim =
      (WayLine){.known = TRUE,
                .from = date,
                .to = target->due,
                .value = value,
                .slope = (target->criterion - value) / ((double) target->due - (double) date),
                .n_points = phase->n_points};
}

static void
find_trend (WayProgress *self, WayProgressPhase *phase, WayTrendKind kind)
{
  g_autofree double *x = g_new (double, phase->n_points + 1);
  g_autofree double *y = g_new (double, phase->n_points + 1);
  const WayPoint *points = &self->points[phase->first_point];
  WayTrend trend;

  if (phase->n_points < TREND_POINTS)
    return;
  for (guint i = 0; i < phase->n_points; i++) {
    x[i] = (double) points[i].date - (double) points[0].date;
    y[i] = points[i].value;
  }
  trend = kind == WAY_TREND_OLS            ? way_trend_ols (x, y, phase->n_points)
          : kind == WAY_TREND_SPLIT_MIDDLE ? way_trend_split_middle (x, y, phase->n_points)
                                           : way_trend_theil_sen (x, y, phase->n_points);
  phase->trend = (WayLine){.known = trend.known,
                           .from = points[0].date,
                           .to = points[phase->n_points - 1].date,
                           .value = trend.value,
                           .slope = trend.slope,
                           .n_points = phase->n_points};
}

/* +1 if more is better, −1 if less is, 0 if it shall stay. */
static int
wanted_direction (const WayProgress *self)
{
  if (g_strcmp0 (self->target->direction, "keep") == 0)
    return 0;
  return way_progress_less_is_better (self) ? -1 : 1;
}

/* What keeps both rules from being applied, or CONTINUE. */
static WayPrompt
check_rules_apply (const WayProgress *self, const WayProgressPhase *phase, guint fewest)
{
  if (!way_target_measure_is_numeric (self->target) || wanted_direction (self) == 0)
    return WAY_PROMPT_NOT_RATED;
  if (self->n_points == 0)
    return WAY_PROMPT_NO_DATA;
  if (phase->n_points < fewest)
    return WAY_PROMPT_TOO_FEW;
  return phase->aim.known ? WAY_PROMPT_CONTINUE : WAY_PROMPT_NO_AIM;
}

/* Last four all on one side of the aim line; on the line counts as neither. */
static void
apply_four_point (WayProgress *self)
{
  const WayProgressPhase *phase = way_progress_get_current_phase (self);
  guint better = 0, worse = 0, end = phase->first_point + phase->n_points;

  self->four_point_n = phase->n_points;
  self->four_point = check_rules_apply (self, phase, FOUR_POINT_POINTS);
  if (self->four_point != WAY_PROMPT_CONTINUE)
    return;
  for (guint i = end - LAST_POINTS; i < end; i++) {
    /* The line ends on the due day; from then on its end is what was aimed for. */
    WayDate date = MIN (self->points[i].date, phase->aim.to);
    double above =
        (self->points[i].value - way_line_at (&phase->aim, date)) * wanted_direction (self);

    better += above > ON_THE_LINE;
    worse += above < -ON_THE_LINE;
  }
  if (better == LAST_POINTS)
    self->four_point = WAY_PROMPT_RAISE;
  else if (worse == LAST_POINTS)
    self->four_point = WAY_PROMPT_CHANGE;
}

/* Trend flatter than the aim line, steeper, or about equal. */
static void
apply_trend_rule (WayProgress *self, double about_equal)
{
  const WayProgressPhase *phase = way_progress_get_current_phase (self);
  double difference;

  self->trend_rule_n = phase->n_points;
  self->trend_rule = check_rules_apply (self, phase, TREND_POINTS);
  if (self->trend_rule != WAY_PROMPT_CONTINUE)
    return;
  if (!phase->trend.known) {
    self->trend_rule = WAY_PROMPT_TOO_FEW; /* all on one day */
    return;
  }
  difference = (phase->trend.slope - phase->aim.slope) * wanted_direction (self);
  if (difference > about_equal * fabs (phase->aim.slope) + ON_THE_LINE)
    self->trend_rule = WAY_PROMPT_RAISE;
  else if (difference < -about_equal * fabs (phase->aim.slope) - ON_THE_LINE)
    self->trend_rule = WAY_PROMPT_CHANGE;
}

static double
mean_of_last (const WayProgress *self)
{
  const WayProgressPhase *phase = way_progress_get_current_phase (self);
  guint n = MIN (phase->n_points, CURRENT_POINTS), end = phase->first_point + phase->n_points;
  double sum = 0.0;

  for (guint i = end - n; i < end; i++)
    sum += self->points[i].value;
  return n > 0 ? sum / n : NAN;
}

/**
 * way_progress_new:
 * @target: a target; must outlive the result
 * @measurements: (element-type WayMeasurement): its measurements in any order
 * @phases: (element-type WayPhase): its planned changes in any order
 * @options: (nullable): preferences, and as at which day
 *
 * Works everything out at once. What was measured or changed after the day of the options
 * does not count: as at a past day the answer is always the same.
 *
 * Returns: (transfer full): the progress; way_progress_free() it
 */
WayProgress *
way_progress_new (const WayTarget *target,
                  GPtrArray *measurements,
                  GPtrArray *phases,
                  const WayProgressOptions *options)
{
  WayProgressOptions chosen = options != NULL ? *options : (WayProgressOptions){0};
  WayProgress *self = g_new0 (WayProgress, 1);

  self->target = target;
  self->given_measurements = g_ptr_array_ref (measurements);
  self->given_phases = g_ptr_array_ref (phases);
  self->measurements = list_measured (measurements, chosen.today);
  self->phase_changes = list_changes (phases, &chosen);
  gather_points (self);
  find_baseline (self);
  split_phases (self, chosen.today);
  if (way_target_measure_is_numeric (target)) {
    for (guint i = 0; i < self->n_phases; i++) {
      find_aim (self, i);
      find_trend (self, &self->phases[i], chosen.trend);
    }
  }
  self->current_value = mean_of_last (self);
  apply_four_point (self);
  apply_trend_rule (self, chosen.about_equal > 0.0 ? chosen.about_equal : ABOUT_EQUAL);
  return self;
}

void
way_progress_free (WayProgress *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->measurements);
  g_ptr_array_unref (self->phase_changes);
  g_ptr_array_unref (self->given_measurements);
  g_ptr_array_unref (self->given_phases);
  g_free (self->points);
  g_free (self->phases);
  g_free (self);
}
