/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-scale.h"

#include "way-measure.h"

#include <math.h>

#define LARGEST 1e12 /* beyond it a drawing has nothing to say, and sums lose their ends */

/**
 * way_scale_map:
 *
 * Returns: where @value lies in the drawing; the middle if the scale has no extent
 */
double
way_scale_map (const WayScale *self, double value)
{
  double span = self->data_max - self->data_min;

  if (span <= 0.0)
    return (self->out_min + self->out_max) / 2.0;
  return self->out_min + (value - self->data_min) / span * (self->out_max - self->out_min);
}

/**
 * way_scale_nice_step:
 * @span: what is to be divided, more than 0
 * @most_steps: at least 1
 *
 * Returns: the smallest of 1, 2, 5 × 10ⁿ that gives at most @most_steps
 */
double
way_scale_nice_step (double span, guint most_steps)
{
  double raw, power, unit;

  g_return_val_if_fail (span > 0.0 && most_steps > 0, 1.0);

  raw = span / most_steps;
  power = pow (10.0, floor (log10 (raw)));
  unit = raw / power;
  return (unit <= 1.0 + 1e-9   ? 1.0
          : unit <= 2.0 + 1e-9 ? 2.0
          : unit <= 5.0 + 1e-9 ? 5.0
                               : 10.0) *
         power;
}

/**
 * way_scale_nice_top:
 * @value: more than 0
 *
 * Returns: the smallest of 1, 1.5, 2, 3, 5, 8, 10 × 10ⁿ that is not below @value:
 *   few and far apart, so that a new point seldom makes the chart jump
 */
double
way_scale_nice_top (double value)
{
  static const double TOPS[] = {1, 1.5, 2, 3, 5, 8, 10};
  double power = pow (10.0, floor (log10 (value)));

  for (guint i = 0; i < G_N_ELEMENTS (TOPS); i++) {
    if (value <= TOPS[i] * power * (1.0 + 1e-9))
      return TOPS[i] * power;
  }
  return 10.0 * power;
}

static void
widen (double value, double *lowest, double *highest)
{
  if (isnan (value))
    return;
  value = CLAMP (value, -LARGEST, LARGEST);
  *lowest = MIN (*lowest, value);
  *highest = MAX (*highest, value);
}

/* Values far from nothing and near to each other, as standardised scores about 100: from round
 * number to round number about them, for a line that starts at 0 would be flat. */
static gboolean
is_far_from_zero (double lowest, double highest)
{
  return lowest * highest > 0.0 && highest - lowest < 0.5 * MAX (fabs (lowest), fabs (highest));
}

static void
fit_about (double lowest, double highest, double *bottom, double *top)
{
  double far = MAX (fabs (lowest), fabs (highest)),
         step = way_scale_nice_step (MAX (highest - lowest, 0.1 * far), 2);

  *bottom = floor (lowest / step - 0.25) * step;
  *top = ceil (highest / step + 0.25) * step;
}

/* From 0 to a round number, or from round to round where there are values on both sides. */
static void
fit_from_zero (double lowest, double highest, double *bottom, double *top)
{
  *bottom = lowest < 0.0 ? -way_scale_nice_top (-lowest) : 0.0;
  *top = highest > 0.0 ? way_scale_nice_top (highest) : (*bottom < 0.0 ? 0.0 : 1.0);
}

/**
 * way_scale_for_target:
 * @bottom: (out): low end of the vertical axis
 * @top: (out): high end
 *
 * The ends of the target's scale where it has them. What has no end ends at a round number that
 * holds criterion, baseline and all points, so that a point within it changes nothing; it begins
 * at 0, but for scores far from 0. Values outside the scale, which only an old store has, widen it.
 */
void
way_scale_for_target (const WayProgress *progress, double *bottom, double *top)
{
  const WayTarget *target = progress->target;
  WayMeasureScale scale = way_target_get_scale (target);
  double lowest = G_MAXDOUBLE, highest = -G_MAXDOUBLE, low, high;

  for (guint i = 0; i < progress->n_points; i++)
    widen (progress->points[i].value, &lowest, &highest);
  widen (way_target_get_aim (target), &lowest, &highest);
  if (progress->baseline_known)
    widen (progress->baseline, &lowest, &highest);
  if (lowest > highest)
    lowest = highest = isnan (scale.lowest) ? 0.0 : scale.lowest;
  if (isnan (scale.lowest) && isnan (scale.highest) && is_far_from_zero (lowest, highest)) {
    fit_about (lowest, highest, bottom, top);
    return;
  }
  fit_from_zero (lowest, highest, &low, &high);
  if (isnan (scale.lowest))
    scale.lowest = isnan (scale.highest) ? low : MIN (low, scale.highest - 1.0);
  if (isnan (scale.highest))
    scale.highest = MAX (high, scale.lowest + 1.0);
  *bottom = lowest < scale.lowest ? low : scale.lowest;
  *top = highest > scale.highest ? high : scale.highest;
}

/**
 * way_scale_is_whole:
 *
 * Returns: %TRUE if the target is counted in whole steps, which no number of an axis lies between
 */
gboolean
way_scale_is_whole (const WayTarget *target)
{
  return way_measure_find (target->measure)->is_counted;
}

static gboolean
is_multiple (double value, double step)
{
  return fabs (value / step - round (value / step)) < 1e-6;
}

/* The step, or one near to it at which the top has a tick: 0 5 10 15 rather than 0 2 4 … 14, and
 * 0 1 2 3 4 5 somewhat closer rather than 0 2 4. */
static double
fit_step (double step, double bottom, double top, guint most_steps, gboolean whole)
{
  double wider = way_scale_nice_step (step * 1.5, 1);

  if (is_multiple (top, step))
    return step;
  if (is_multiple (top, wider) && top - bottom >= wider * 3.0)
    return wider;
  for (guint most = most_steps + 1; most <= most_steps * 5 / 3; most++) {
    double finer = way_scale_nice_step (top - bottom, most);

    if (is_multiple (top, finer) && is_multiple (bottom, finer) && (!whole || finer >= 1.0))
      return finer;
  }
  return step;
}

/**
 * way_ticks_init:
 * @most_steps: at least 1; up to two thirds more where the top has its number only so
 * @whole: no ticks between whole numbers
 *
 * The round values from @bottom to @top, and the top itself, without which nobody can tell how far
 * the scale goes. They are counted, not added up: a step too small for the size of the numbers
 * ends too.
 */
void
way_ticks_init (WayTicks *self, double bottom, double top, guint most_steps, gboolean whole)
{
  double last;

  most_steps = MAX (most_steps, 1);
  self->step = way_scale_nice_step (MAX (top - bottom, G_MINDOUBLE), most_steps);
  if (whole)
    self->step = MAX (self->step, 1.0);
  self->step = fit_step (self->step, bottom, top, most_steps, whole);
  self->first = ceil (bottom / self->step - 1e-6);
  self->top = top;
  last = floor (top / self->step + 1e-6);
  self->n =
      last >= self->first ? (guint) MIN (last - self->first + 1.0, most_steps * 5 / 3 + 1.0) : 0;
  if (self->n == 0 || is_multiple (top, self->step))
    return;
  /* One that is too near to the top gives way to it. */
  if (self->n == 1 || top - last * self->step >= 0.6 * self->step)
    self->n++;
}

double
way_ticks_get (const WayTicks *self, guint index)
{
  double value = (self->first + index) * self->step;

  return index > 0 && index + 1 == self->n ? self->top : value;
}

/**
 * way_ticks_text:
 *
 * Returns: (transfer full): "5", "2.5", "−2"; of attainment levels "+1"; "Yes", "No"
 */
char *
way_ticks_text (const WayTarget *target, double value)
{
  gboolean zero = fabs (value) < G_MINDOUBLE;
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (g_strcmp0 (target->measure, "yesno") == 0 && (zero || value == 1.0))
    return g_strdup (zero ? "No" : "Yes");
  g_ascii_formatd (buffer, sizeof buffer, "%.13g", fabs (value));
  if (value < 0.0 && !zero)
    return g_strconcat ("−", buffer, NULL);
  return g_strconcat (g_strcmp0 (target->measure, "gas") == 0 && !zero ? "+" : "", buffer, NULL);
}
