/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-gas.h"

#include <math.h>

#define RHO 0.3 /* expected correlation between goals; Kiresuk & Sherman 1968 */

/**
 * way_gas_t_score:
 * @levels: what was attained on each goal, −2 to +2
 * @weights: (nullable): importance of each; %NULL counts all the same
 * @n: how many goals
 *
 * Goal attainment as one number, 50 where all goals are met as expected:
 * T = 50 + 10 Σwx / √((1−ρ) Σw² + ρ (Σw)²). (domain 7.2; the formula printed in
 * Turner-Stokes 2009 carries an erratum)
 *
 * Returns: T; NAN without goals, or where all weights are 0
 */
double
way_gas_t_score (const double *levels, const double *weights, guint n)
{
  double sum = 0.0, squares = 0.0, total = 0.0, spread;

  for (guint i = 0; i < n; i++) {
    double weight = weights != NULL ? weights[i] : 1.0;

    sum += weight * levels[i];
    squares += weight * weight;
    total += weight;
  }
  spread = (1.0 - RHO) * squares + RHO * total * total;
  return spread > 0.0 ? 50.0 + 10.0 * sum / sqrt (spread) : NAN;
}

/**
 * way_gas_score:
 * @baseline: levels at the start: −1 by Turner-Stokes (−2 where it could not be
 *   worse), −2 by several guides for children; kept per goal, so both are counted right
 * @achieved: levels attained
 * @weights: (nullable): importance of each; %NULL counts all the same
 *
 * Levels are ranks: show them and their words for one child, T for many.
 */
WayGasScore
way_gas_score (const double *baseline, const double *achieved, const double *weights, guint n)
{
  WayGasScore score = {.baseline = way_gas_t_score (baseline, weights, n),
                       .achieved = way_gas_t_score (achieved, weights, n)};

  score.change = score.achieved - score.baseline;
  return score;
}

/**
 * way_tme_outcome:
 * @baseline: rating at the start, 1 to 10
 * @expected: rating expected at review
 * @achieved: rating given at review
 *
 * Target Monitoring and Evaluation. (Dunsmuir et al. 2009; domain 7.2)
 */
WayTmeOutcome
way_tme_outcome (double baseline, double expected, double achieved)
{
  if (isnan (baseline) || isnan (expected) || isnan (achieved))
    return WAY_TME_UNKNOWN;
  if (achieved < baseline)
    return WAY_TME_WORSE;
  if (achieved > expected)
    return WAY_TME_BETTER;
  if (achieved == expected)
    return WAY_TME_EXPECTED;
  return achieved > baseline ? WAY_TME_SOME : WAY_TME_NO_PROGRESS;
}

const char *
way_tme_outcome_word (WayTmeOutcome outcome)
{
  switch (outcome) {
  case WAY_TME_WORSE:
    return "Worse";
  case WAY_TME_NO_PROGRESS:
    return "No progress";
  case WAY_TME_SOME:
    return "Some progress";
  case WAY_TME_EXPECTED:
    return "As expected";
  case WAY_TME_BETTER:
    return "Better than expected";
  case WAY_TME_UNKNOWN:
  default:
    return "No data";
  }
}
