/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Progress in words for people. Prompts, not verdicts: each says what was seen,
 * in how many points, and what it may be worth talking about. */
#include "way-progress.h"

#include "way-number.h"

#include <math.h>
#include <string.h>

#define FEW_POINTS 6 /* a trend from fewer says so */

/* What was recorded is said as it was typed: 2.25 is not 2.3. */
static char *
number_text (double value)
{
  g_autofree char *text = way_number_to_text (fabs (value));

  return g_strconcat (value < 0.0 ? "−" : "", text, NULL);
}

static char *
signed_text (double value)
{
  double rounded = round (value * 100.0) / 100.0;

  if (rounded == 0.0)
    return g_strdup ("0");
  if (fabs (rounded) >= 100.0) /* a tenth of it says nothing */
    return g_strdup_printf ("%s%.0f", rounded < 0.0 ? "−" : "+", fabs (value));
  return fabs (rounded) >= 0.095
             ? g_strdup_printf ("%s%.1f", rounded < 0.0 ? "−" : "+", fabs (value))
             : g_strdup_printf ("%s%.2f", rounded < 0.0 ? "−" : "+", fabs (value));
}

static char *
with_unit (const char *number, double value, const char *unit)
{
  gsize length = strlen (unit);

  /* "1 minute", "2 minutes": units are kept in the plural. */
  if (fabs (value) == 1.0 && length > 2 && unit[length - 1] == 's' && unit[length - 2] != 's')
    return g_strdup_printf ("%s %.*s", number, (int) length - 1, unit);
  return g_strdup_printf ("%s %s", number, unit);
}

/**
 * way_progress_value_text:
 * @value: in the unit of the target; NAN if there is none
 *
 * Returns: (transfer full): "4 of 5", "60 %", "12 minutes", "no data"
 */
char *
way_progress_value_text (const WayTarget *target, double value)
{
  const char *measure = target->measure != NULL ? target->measure : "";
  g_autofree char *number = NULL;

  if (isnan (value))
    return g_strdup ("no data");
  number = number_text (value);
  if (strcmp (measure, "percent") == 0)
    return g_strdup_printf ("%s %%", number);
  if (strcmp (measure, "yesno") == 0)
    return g_strdup (value != 0.0 ? "yes" : "no");
  if (strcmp (measure, "gas") == 0)
    return g_strdup_printf ("%s%s", value > 0.0 ? "+" : "", number);
  if (strcmp (measure, "steps") == 0)
    return g_strdup_printf ("step %s", number);
  if (strcmp (measure, "rating") == 0 ||
      (!isnan (target->scale_max) && strcmp (measure, "count") == 0)) {
    g_autofree char *top = number_text (isnan (target->scale_max) ? 10.0 : target->scale_max);

    return g_strdup_printf ("%s of %s", number, top);
  }
  if (target->unit != NULL && *target->unit != '\0')
    return with_unit (number, value, target->unit);
  if (strcmp (measure, "duration") == 0)
    return with_unit (number, value, "minutes");
  return g_steal_pointer (&number);
}

/**
 * way_progress_baseline_text:
 *
 * Returns: (transfer full): "Baseline 2 of 5 (median of 3, 5 Sep 2026)"
 */
char *
way_progress_baseline_text (const WayProgress *self)
{
  g_autofree char *value = NULL, *day = NULL;

  if (!self->baseline_known)
    return g_strdup ("Baseline: no data");
  value = way_progress_value_text (self->target, self->baseline);
  day = way_date_format_short (self->baseline_date);
  if (!self->baseline_typed)
    return g_strdup_printf ("Baseline %s (median of 3, %s)", value, day);
  return *day != '\0' ? g_strdup_printf ("Baseline %s (%s)", value, day)
                      : g_strdup_printf ("Baseline %s", value);
}

/**
 * way_progress_latest_text:
 *
 * Returns: (transfer full): "Latest 4 of 5, 17 Nov 2026 (8 measurements)"
 */
char *
way_progress_latest_text (const WayProgress *self)
{
  g_autofree char *value = NULL, *day = NULL;
  const WayPoint *last;

  if (self->n_points == 0)
    return g_strdup ("Not measured yet");
  last = &self->points[self->n_points - 1];
  value = way_progress_value_text (self->target, last->value);
  day = way_date_format_short (last->date);
  return g_strdup_printf ("Latest %s, %s (%u %s)",
                          value,
                          day,
                          self->n_points,
                          self->n_points == 1 ? "measurement" : "measurements");
}

/**
 * way_progress_trend_text:
 *
 * Returns: (transfer full): "Trend +0.3 a week, aim +0.2"
 */
char *
way_progress_trend_text (const WayProgress *self)
{
  const WayProgressPhase *phase = way_progress_get_current_phase (self);
  g_autofree char *trend = NULL, *aim = NULL, *few = NULL;

  if (!way_target_measure_is_numeric (self->target))
    return g_strdup ("No trend for this kind of measure");
  if (!phase->trend.known)
    return g_strdup ("Trend: too few points");
  trend = signed_text (phase->trend.slope * 7.0);
  if (phase->n_points < FEW_POINTS)
    few = g_strdup_printf (" (from %u points only)", phase->n_points);
  if (!phase->aim.known)
    return g_strdup_printf ("Trend %s a week%s", trend, few != NULL ? few : "");
  aim = signed_text (phase->aim.slope * 7.0);
  return g_strdup_printf ("Trend %s a week%s, aim %s", trend, few != NULL ? few : "", aim);
}

/**
 * way_progress_less_is_better:
 *
 * Returns: whether less is wanted: by the direction, or where none is said, as the aim is under
 *   the baseline
 */
gboolean
way_progress_less_is_better (const WayProgress *self)
{
  const WayTarget *target = self->target;

  if (target->direction != NULL)
    return strcmp (target->direction, "down") == 0;
  return !isnan (target->criterion) && self->baseline_known && target->criterion < self->baseline;
}

static gboolean
leads_away (const WayProgress *self)
{
  double slope = way_progress_get_current_phase (self)->trend.slope;

  return way_progress_less_is_better (self) ? slope > 0.0 : slope < 0.0;
}

static char *
rule_text (
    const WayProgress *self, WayPrompt prompt, const char *raise, const char *change, guint n)
{
  return g_strdup_printf ("%s (%u points): worth a talk about %s",
                          prompt == WAY_PROMPT_RAISE ? raise : change,
                          n,
                          prompt == WAY_PROMPT_RAISE ? "a harder step" : "the support");
}

/**
 * way_progress_prompt_text:
 *
 * Returns: (transfer full): what may be worth a talk, with the count behind it
 */
char *
way_progress_prompt_text (const WayProgress *self)
{
  static const char ABOVE[] = "last 4 points above the aim line",
                    BELOW[] = "last 4 points below the aim line";
  gboolean less = way_progress_less_is_better (self);

  switch (self->four_point) {
  case WAY_PROMPT_RAISE:
  case WAY_PROMPT_CHANGE:
    return rule_text (
        self, self->four_point, less ? BELOW : ABOVE, less ? ABOVE : BELOW, self->four_point_n);
  case WAY_PROMPT_CONTINUE:
    if (self->trend_rule == WAY_PROMPT_RAISE || self->trend_rule == WAY_PROMPT_CHANGE)
      return rule_text (self,
                        self->trend_rule,
                        "trend steeper than the aim line",
                        leads_away (self) ? "trend leads away from the aim"
                                          : "trend flatter than the aim line",
                        self->trend_rule_n);
    return g_strdup_printf ("about on the aim line (%u points): carry on", self->four_point_n);
  case WAY_PROMPT_TOO_FEW:
    return g_strdup_printf ("%u %s %s; advice comes from 6 points on",
                            self->four_point_n,
                            self->four_point_n == 1 ? "point" : "points",
                            self->current_phase > 0 ? "since the last change" : "so far");
  case WAY_PROMPT_NO_AIM:
    return g_strdup ("no aim line: it needs a baseline, a criterion and a due date after it");
  case WAY_PROMPT_NOT_RATED:
    return g_strdup ("no advice for this kind of target");
  case WAY_PROMPT_NO_DATA:
  default:
    return g_strdup ("no data yet");
  }
}

/* The last points lie about the aim line, but the trend falls short of it: that is not on track,
 * and the prompt beside it says so. */
static gboolean
falls_short (const WayProgress *self)
{
  return self->four_point == WAY_PROMPT_CONTINUE && self->trend_rule == WAY_PROMPT_CHANGE;
}

/**
 * way_progress_state_word:
 *
 * Returns: (transfer none): how it is going in a word or three
 */
const char *
way_progress_state_word (const WayProgress *self)
{
  if (self->n_points == 0)
    return "No data";
  switch (self->four_point) {
  case WAY_PROMPT_RAISE:
    return way_progress_less_is_better (self) ? "Ahead of aim" : "Above aim";
  case WAY_PROMPT_CHANGE:
    return way_progress_less_is_better (self) ? "Behind aim" : "Below aim";
  case WAY_PROMPT_CONTINUE:
    return falls_short (self) ? "Around aim" : "On track";
  case WAY_PROMPT_NO_AIM:
  case WAY_PROMPT_NOT_RATED:
    switch (way_progress_get_standing (self)) {
    case WAY_STANDING_REACHED:
      return "Aim reached";
    case WAY_STANDING_NOT_YET:
      return "Not yet reached";
    case WAY_STANDING_UNKNOWN:
    default:
      return "Measured";
    }
  case WAY_PROMPT_TOO_FEW:
  case WAY_PROMPT_NO_DATA:
  default:
    return "Too early to say";
  }
}

/**
 * way_progress_state_mark:
 *
 * Returns: (transfer none): a shape that stands beside the word, so that nothing
 *   is said by colour alone
 */
const char *
way_progress_state_mark (const WayProgress *self)
{
  if (self->n_points == 0)
    return "○";
  switch (self->four_point) {
  case WAY_PROMPT_RAISE:
    return "▲";
  case WAY_PROMPT_CHANGE:
    return "▼";
  case WAY_PROMPT_CONTINUE:
    return falls_short (self) ? "◐" : "●";
  case WAY_PROMPT_NO_AIM:
  case WAY_PROMPT_NOT_RATED:
    switch (way_progress_get_standing (self)) {
    case WAY_STANDING_REACHED:
      return "●";
    case WAY_STANDING_NOT_YET:
      return "◐";
    case WAY_STANDING_UNKNOWN:
    default:
      return "◌";
    }
  case WAY_PROMPT_TOO_FEW:
  case WAY_PROMPT_NO_DATA:
  default:
    return "◌";
  }
}
