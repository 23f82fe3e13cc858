/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the latest value stands: against the aim, on the goal attainment scale, and as Target
 * Monitoring and Evaluation sees it. (domain 7.2) */
#include "way-progress.h"

#include "way-measure.h"
#include "way-text.h"

#include <math.h>
#include <string.h>

static double
latest_value (const WayProgress *self)
{
  return self->n_points > 0 ? self->points[self->n_points - 1].value : NAN;
}

/* +1 if what is over the aim is as good as the aim, −1 if what is under it is, 0 if that is not
 * known. What is to be kept is kept on the side of the aim where it was. */
static int
better_side (const WayProgress *self, double aim)
{
  const WayTarget *target = self->target;
  WayMeasureScale scale = way_target_get_scale (target);

  if (g_strcmp0 (target->measure, "gas") == 0) /* a level is better the higher */
    return 1;
  if (g_strcmp0 (target->direction, "keep") != 0)
    return way_progress_less_is_better (self) ? -1 : 1;
  if (aim <= scale.lowest) /* not once: every value would be over it */
    return -1;
  if (!scale.measure->has_equal_steps || aim >= scale.highest)
    return 1;
  if (!self->baseline_typed || self->baseline == aim)
    return 0;
  return self->baseline > aim ? 1 : -1;
}

/**
 * way_progress_get_standing:
 *
 * Holds the latest value against the aim, with or without an aim line.
 *
 * Returns: whether the aim is reached; that it is not known without a value or an aim
 */
WayStanding
way_progress_get_standing (const WayProgress *self)
{
  double aim = way_target_get_aim (self->target), latest = latest_value (self);
  int side;

  if (isnan (aim) || isnan (latest))
    return WAY_STANDING_UNKNOWN;
  if (latest == aim)
    return WAY_STANDING_REACHED;
  if (g_strcmp0 (self->target->measure, "yesno") == 0) /* the other of two */
    return WAY_STANDING_NOT_YET;
  side = better_side (self, aim);
  if (side == 0)
    return WAY_STANDING_UNKNOWN;
  return (latest - aim) * side > 0.0 ? WAY_STANDING_REACHED : WAY_STANDING_NOT_YET;
}

/**
 * way_target_level_words:
 * @level: on the goal attainment scale, −2 to +2; NAN if there is none
 *
 * Returns: (transfer none): what the target says of the level; "" if nothing
 */
const char *
way_target_level_words (const WayTarget *target, double level)
{
  const char *const words[] = {target->gas_minus_2,
                               target->gas_minus_1,
                               target->gas_0,
                               target->gas_plus_1,
                               target->gas_plus_2};

  if (isnan (level) || level < -2.0 || level > 2.0 || level != floor (level))
    return "";
  return way_text_is_blank (words[(int) level + 2]) ? "" : words[(int) level + 2];
}

/**
 * way_progress_get_gas:
 * @score: (out): the T-score of this one goal at its start, now, and the change; NAN where not
 * known
 *
 * Returns: whether the target is measured on the goal attainment scale and has a level
 */
gboolean
way_progress_get_gas (const WayProgress *self, WayGasScore *score)
{
  double latest = latest_value (self), baseline = self->baseline_known ? self->baseline : NAN;

  if (g_strcmp0 (self->target->measure, "gas") != 0 || isnan (latest))
    return FALSE;
  *score = way_gas_score (&baseline, &latest, NULL, 1); /* the weight of one goal cancels out */
  return TRUE;
}

static double
expected_rating (const WayProgress *self)
{
  return isnan (self->target->expected) ? self->target->criterion : self->target->expected;
}

/**
 * way_progress_get_tme:
 *
 * What is rated from 1 to 10, the more the better, is what Target Monitoring and Evaluation looks
 * at. The rating that is expected is the aim where none is said apart.
 *
 * Returns: how the latest rating compares with the baseline and with what is expected; that it is
 *   not known if one of them is not, or the target is measured otherwise
 */
WayTmeOutcome
way_progress_get_tme (const WayProgress *self)
{
  const WayTarget *target = self->target;
  WayMeasureScale scale = way_target_get_scale (target);

  if (g_strcmp0 (target->measure, "rating") != 0 || scale.lowest != 1.0 || scale.highest != 10.0 ||
      g_strcmp0 (target->direction, "keep") == 0 || way_progress_less_is_better (self))
    return WAY_TME_UNKNOWN;
  return way_tme_outcome (
      self->baseline_known ? self->baseline : NAN, expected_rating (self), latest_value (self));
}

/**
 * way_progress_level_text:
 * @level: in the unit of the target; NAN if there is none
 *
 * Returns: (transfer full): the value, and of a level what the target says of it: "+1 (asks
 *   twice)", "4 of 5"
 */
char *
way_progress_level_text (const WayTarget *target, double level)
{
  g_autofree char *value = way_progress_value_text (target, level);
  const char *words =
      g_strcmp0 (target->measure, "gas") == 0 ? way_target_level_words (target, level) : "";

  if (*words == '\0')
    return g_steal_pointer (&value);
  return g_strdup_printf ("%s (%s)", value, words);
}

/**
 * way_progress_levels_text:
 *
 * Returns: (transfer full) (nullable): "Levels: −2 plays alone; −1 looks on; 0 joins when asked",
 *   of the goal attainment scale those that have words; %NULL if none has, and for other measures
 */
char *
way_progress_levels_text (const WayTarget *target)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (g_strcmp0 (target->measure, "gas") != 0)
    return NULL;
  for (int level = -2; level <= 2; level++) {
    const char *words = way_target_level_words (target, level);
    g_autofree char *value = way_progress_value_text (target, level);

    if (*words != '\0')
      g_string_append_printf (out, "%s%s %s", out->len > 0 ? "; " : "Levels: ", value, words);
  }
  return out->len > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

static char *
gas_text (const WayProgress *self, const WayGasScore *score)
{
  double latest = latest_value (self);
  g_autofree char *level = way_progress_level_text (self->target, latest);
  g_autofree char *change = isnan (score->change)
                                ? g_strdup ("")
                                : g_strdup_printf ("; %.0f at the baseline, change %s%.0f",
                                                   score->baseline,
                                                   score->change > 0.0   ? "+"
                                                   : score->change < 0.0 ? "−"
                                                                         : "",
                                                   fabs (score->change));

  return g_strdup_printf (
      "Level %s: T-score %.0f (50 is the expected level, 0%s)", level, score->achieved, change);
}

static char *
tme_text (const WayProgress *self, WayTmeOutcome outcome)
{
  const WayTarget *target = self->target;
  g_autofree char *baseline = way_progress_value_text (target, self->baseline);
  g_autofree char *expected = way_progress_value_text (target, expected_rating (self));
  g_autofree char *latest = way_progress_value_text (target, latest_value (self));

  return g_strdup_printf ("Target Monitoring and Evaluation: %s (rated %s, expected %s, baseline "
                          "%s)",
                          way_tme_outcome_word (outcome),
                          latest,
                          expected,
                          baseline);
}

/**
 * way_progress_score_text:
 *
 * The level is told with its words and before its T-score, as the levels are ranks: T alone is no
 * evidence for one child.
 *
 * Returns: (transfer full) (nullable): "Level +1 (asks twice): T-score 60 (50 is the expected
 *   level, 0; 40 at the baseline, change +20)", or for ratings "Target Monitoring and Evaluation:
 *   Some progress (rated 5 of 10, expected 7 of 10, baseline 3 of 10)"; %NULL for other measures,
 *   and where it is not known
 */
char *
way_progress_score_text (const WayProgress *self)
{
  WayTmeOutcome outcome = way_progress_get_tme (self);
  WayGasScore score;

  if (way_progress_get_gas (self, &score))
    return gas_text (self, &score);
  return outcome != WAY_TME_UNKNOWN ? tme_text (self, outcome) : NULL;
}

static GPtrArray *
list_of_target (WayRecordSet *records, const WayTarget *target)
{
  GPtrArray *all = way_record_set_list (records, WAY_MEASUREMENT);
  GPtrArray *own = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++) {
    if (g_strcmp0 (((WayMeasurement *) all->pdata[i])->target, target->record.id) == 0)
      g_ptr_array_add (own, all->pdata[i]);
  }
  return own;
}

/**
 * way_progress_gas_of_targets:
 * @records: a child's targets and measurements
 * @today: as at this day; 0: everything counts
 * @score: (out): the T-score over all goals that are open and have a level, by their weights (1
 *   where none is said); the start and the change NAN if one has no baseline
 *
 * Returns: how many goals those are; @score is set if there is any
 */
guint
way_progress_gas_of_targets (WayRecordSet *records, WayDate today, WayGasScore *score)
{
  GPtrArray *targets = way_record_set_list (records, WAY_TARGET);
  g_autofree double *start = g_new (double, targets->len + 1);
  g_autofree double *now = g_new (double, targets->len + 1);
  g_autofree double *weights = g_new (double, targets->len + 1);
  g_autoptr (GPtrArray) no_phases = g_ptr_array_new ();
  WayProgressOptions options = {.today = today};
  guint n = 0;

  for (guint i = 0; i < targets->len; i++) {
    const WayTarget *target = targets->pdata[i];
    g_autoptr (GPtrArray) own = list_of_target (records, target);
    g_autoptr (WayProgress) progress = way_progress_new (target, own, no_phases, &options);
    WayGasScore one;

    if (!way_target_is_open (target) || !way_progress_get_gas (progress, &one))
      continue;
    start[n] = progress->baseline_known ? progress->baseline : NAN;
    now[n] = latest_value (progress);
    weights[n++] = isnan (target->weight) ? 1.0 : target->weight;
  }
  if (n > 0)
    *score = way_gas_score (start, now, weights, n);
  return n;
}
