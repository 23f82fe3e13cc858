/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-scale.h"

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

/* The ends that the measure itself has, whatever the points. */
static gboolean
fixed_ends (const WayTarget *target, double *bottom, double *top)
{
  static const struct {
    const char *measure;
    double bottom, top;
  } SCALES[] = {{"percent", 0, 100}, {"rating", 1, 10}, {"gas", -2, 2}, {"yesno", 0, 1}};

  if (!isnan (target->scale_max)) {
    *top = target->scale_max;
    *bottom = !isnan (target->scale_min) ? target->scale_min : MIN (0.0, target->scale_max - 1.0);
    return *top > *bottom;
  }
  for (guint i = 0; i < G_N_ELEMENTS (SCALES); i++) {
    if (g_strcmp0 (target->measure, SCALES[i].measure) == 0) {
      *bottom = SCALES[i].bottom;
      *top = SCALES[i].top;
      return TRUE;
    }
  }
  return FALSE;
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

/**
 * way_scale_for_target:
 * @bottom: (out): low end of the vertical axis
 * @top: (out): high end
 *
 * The scale of the measure where it has one; else from 0 to a round number that
 * holds criterion, baseline and all points, so that a point within it changes
 * nothing. Points outside a fixed scale widen it.
 */
void
way_scale_for_target (const WayProgress *progress, double *bottom, double *top)
{
  const WayTarget *target = progress->target;
  gboolean fixed = fixed_ends (target, bottom, top);
  double lowest = fixed ? *bottom : 0.0, highest = fixed ? *top : 0.0;

  for (guint i = 0; i < progress->n_points; i++)
    widen (progress->points[i].value, &lowest, &highest);
  widen (target->criterion, &lowest, &highest);
  if (progress->baseline_known)
    widen (progress->baseline, &lowest, &highest);
  if (!fixed || lowest < *bottom)
    *bottom = lowest < 0.0 ? -way_scale_nice_top (-lowest) : lowest;
  if (!fixed || highest > *top)
    *top = highest > 0.0 ? way_scale_nice_top (highest) : (*bottom < 0.0 ? 0.0 : 1.0);
}

/**
 * way_scale_is_whole:
 *
 * Returns: %TRUE if the target is counted in whole steps, which nothing lies between
 */
gboolean
way_scale_is_whole (const WayTarget *target)
{
  static const char *const WHOLE[] = {"count", "frequency", "gas", "rating", "steps", "yesno"};

  for (guint i = 0; i < G_N_ELEMENTS (WHOLE); i++) {
    if (g_strcmp0 (target->measure, WHOLE[i]) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_multiple (double value, double step)
{
  return fabs (value / step - round (value / step)) < 1e-6;
}

/**
 * way_ticks_init:
 * @most_steps: at least 1
 * @whole: no ticks between whole numbers
 *
 * The round values from @bottom to @top, in at most @most_steps steps. They are
 * counted, not added up: a step too small for the size of the numbers ends too.
 */
void
way_ticks_init (WayTicks *self, double bottom, double top, guint most_steps, gboolean whole)
{
  double last, wider;

  self->step = way_scale_nice_step (MAX (top - bottom, G_MINDOUBLE), MAX (most_steps, 1));
  /* 0 5 10 15 rather than 0 2 4 … 14: a top that has its number reads easier. */
  wider = way_scale_nice_step (self->step * 1.5, 1);
  if (!is_multiple (top, self->step) && is_multiple (top, wider) && top - bottom >= wider * 3.0)
    self->step = wider;
  if (whole)
    self->step = MAX (self->step, 1.0);
  self->first = ceil (bottom / self->step - 1e-6);
  last = floor (top / self->step + 1e-6);
  self->n = last >= self->first ? (guint) MIN (last - self->first + 1.0, most_steps + 1.0) : 0;
}

double
way_ticks_get (const WayTicks *self, guint index)
{
  return (self->first + index) * self->step;
}

/**
 * way_ticks_text:
 *
 * Returns: (transfer full): "5", "2.5", "−2"; of attainment levels "+1"; "yes", "no"
 */
char *
way_ticks_text (const WayTarget *target, double value)
{
  gboolean zero = fabs (value) < G_MINDOUBLE;
  char buffer[32];

  if (g_strcmp0 (target->measure, "yesno") == 0 && (zero || value == 1.0))
    return g_strdup (zero ? "no" : "yes");
  g_ascii_formatd (buffer, sizeof buffer, "%.6g", fabs (value));
  if (value < 0.0 && !zero)
    return g_strconcat ("−", buffer, NULL);
  return g_strconcat (g_strcmp0 (target->measure, "gas") == 0 && !zero ? "+" : "", buffer, NULL);
}
