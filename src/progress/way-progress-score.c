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
