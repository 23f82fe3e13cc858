/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

double way_gas_t_score (const double *levels, const double *weights, guint n);

/* T at the start, T attained, and what changed; NAN where not known. */
typedef struct {
  double baseline, achieved, change;
} WayGasScore;

WayGasScore
way_gas_score (const double *baseline, const double *achieved, const double *weights, guint n);

typedef enum {
  WAY_TME_UNKNOWN,
  WAY_TME_WORSE,
  WAY_TME_NO_PROGRESS,
  WAY_TME_SOME,     /* progress, but less than expected */
  WAY_TME_EXPECTED, /* as expected */
  WAY_TME_BETTER,   /* better than expected */
} WayTmeOutcome;

WayTmeOutcome way_tme_outcome (double baseline, double expected, double achieved);
const char *way_tme_outcome_word (WayTmeOutcome outcome);

G_END_DECLS
