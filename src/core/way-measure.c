/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How targets are measured. The one table of scales: what may be stored, where a
 * chart's axis ends, and whether a trend is drawn all follow from it. */
#include "way-measure.h"

#include "way-number.h"

#include <math.h>

/* Ratings as in Target Monitoring and Evaluation, attainment as in GAS (domain 7.2).
 * Steps count from 0, before the first; a score may be anything, as an IQ or a z-score. */
static const WayMeasure MEASURES[] = {
    {"count", "A count", NULL, 0, NAN, FALSE, FALSE, TRUE, TRUE},
    {"percent", "A per cent", "%", 0, 100, TRUE, FALSE, FALSE, TRUE},
    {"duration", "A duration", "minutes", 0, NAN, FALSE, FALSE, FALSE, TRUE},
    {"frequency", "A frequency", NULL, 0, NAN, FALSE, FALSE, TRUE, TRUE},
    {"rating", "A rating", NULL, 1, 10, FALSE, FALSE, TRUE, TRUE},
    {"gas", "A level", NULL, -2, 2, TRUE, TRUE, TRUE, FALSE},
    {"steps", "A step", NULL, 0, NAN, FALSE, TRUE, TRUE, FALSE},
    {"yesno", "Yes or no", NULL, 0, 1, TRUE, TRUE, TRUE, FALSE},
    {"score", "A score", NULL, NAN, NAN, FALSE, FALSE, FALSE, TRUE},
};

/* A measure that a service has added to the list: any number. */
static const WayMeasure OTHER = {
    "",
    "A value",
    NULL,
    NAN,
    NAN,
    FALSE,
    FALSE,
    FALSE,
    TRUE,
};

/**
 * way_measure_find:
 * @code: (nullable): a code of the list "measure"
 *
 * Returns: (transfer none): how it is measured; of a code that is not known, any number
 */
const WayMeasure *
way_measure_find (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (MEASURES); i++) {
    if (g_strcmp0 (MEASURES[i].code, code) == 0)
      return &MEASURES[i];
  }
  return &OTHER;
}

/**
 * way_measure_scale:
 * @measure: (nullable): its code
 * @scale_min: low end that the target says; NAN: none
 * @scale_max: high end, likewise
 *
 * The ends of the measure, moved to those of the target where it has them. What can't be
 * less than nothing stays so, and ends that leave it no value are left out, as are those that are
 * the wrong way round.
 *
 * Returns: the scale
 */
WayMeasureScale
way_measure_scale (const char *measure, double scale_min, double scale_max)
{
  const WayMeasure *found = way_measure_find (measure);
  WayMeasureScale self = {found, found->lowest, found->highest, FALSE};

  if (found->has_own_ends || (isnan (scale_min) && isnan (scale_max)) || scale_max <= scale_min)
    return self;
  if (found->lowest == 0.0 && scale_max <= 0.0) /* no value at all would be on it */
    return self;
  self.is_of_target = TRUE;
  if (!isnan (scale_max)) {
    self.highest = scale_max;
    if (self.lowest >= scale_max)
      self.lowest = scale_max - 1.0; /* a rating out of 1 is from 0 */
  }
  if (!isnan (scale_min)) {
    self.lowest = found->lowest == 0.0 ? MAX (0.0, scale_min) : scale_min;
    if (isnan (scale_max) && self.highest <= self.lowest)
      self.highest = NAN;
  }
  return self;
}

/**
 * way_target_get_scale:
 *
 * Returns: what the values of @target are measured on
 */
WayMeasureScale
way_target_get_scale (const WayTarget *target)
{
  return way_measure_scale (target->measure, target->scale_min, target->scale_max);
}

/* (transfer full): "A per cent is from 0 to 100" */
static char *
tell_scale (const WayMeasureScale *self)
{
  g_autofree char *low = isnan (self->lowest) ? NULL : way_number_to_text (self->lowest);
  g_autofree char *high = isnan (self->highest) ? NULL : way_number_to_text (self->highest);
  const char *whose = self->is_of_target ? " of this target" : "";

  if (low == NULL)
    return g_strdup_printf ("%s%s is at most %s", self->measure->noun, whose, high);
  if (high == NULL)
    return g_strdup_printf ("%s%s is %s or more", self->measure->noun, whose, low);
  return g_strdup_printf ("%s%s is from %s to %s", self->measure->noun, whose, low, high);
}

/**
 * way_measure_scale_find_fault:
 * @value: a value, a baseline or an aim; NAN: none
 *
 * Returns: (transfer full) (nullable): why there is no such value on the scale, for people, without
 *   the last full stop: "140 is more than 100 %. A per cent is from 0 to 100"; %NULL if there is
 */
char *
way_measure_scale_find_fault (const WayMeasureScale *self, double value)
{
  const char *unit = self->measure->has_own_ends ? self->measure->unit : NULL;
  gboolean is_high = value > self->highest, is_outside = is_high || value < self->lowest,
           is_between = self->measure->is_whole && value != floor (value);
  g_autofree char *number = NULL, *end = NULL, *scale = NULL;

  if (isnan (value) || (!is_outside && !is_between))
    return NULL;
  number = isfinite (value) ? way_number_to_text (value) : g_strdup ("This");
  if (g_strcmp0 (self->measure->code, "yesno") == 0)
    return g_strdup_printf ("%s is neither yes nor no. Give 1 for yes, 0 for no", number);
  if (g_strcmp0 (self->measure->code, "gas") == 0)
    return g_strdup_printf ("%s is outside the goal attainment scale. Give a whole level from -2 "
                            "to +2",
                            number);
  scale = tell_scale (self);
  if (!is_outside)
    return g_strdup_printf ("%s is between two steps. %s, in whole numbers", number, scale);
  end = way_number_to_text (is_high ? self->highest : self->lowest);
  return g_strdup_printf ("%s is %s than %s%s%s. %s",
                          number,
                          is_high ? "more" : "less",
                          end,
                          unit != NULL ? " " : "",
                          unit != NULL ? unit : "",
                          scale);
}

/* What is to be kept may be either. */
static double
aim_of_yes_no (const char *direction)
{
  if (g_strcmp0 (direction, "keep") == 0)
    return NAN;
  return g_strcmp0 (direction, "down") == 0 ? 0.0 : 1.0;
}

/**
 * way_target_get_aim:
 *
 * Returns: the value that is aimed at: the criterion; where none is said, of yes or no "yes", or
 *   "no" if it is to go down, and of a goal attainment scale the level that is expected, which is 0
 *   if nothing else is said (domain 7.2); else NAN
 */
double
way_target_get_aim (const WayTarget *target)
{
  if (!isnan (target->criterion))
    return target->criterion;
  if (g_strcmp0 (target->measure, "yesno") == 0)
    return aim_of_yes_no (target->direction);
  if (g_strcmp0 (target->measure, "gas") != 0)
    return NAN;
  return isnan (target->expected) ? 0.0 : target->expected;
}
