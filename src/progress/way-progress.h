/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-gas.h"
#include "way-record-set.h"
#include "way-target.h"

G_BEGIN_DECLS

typedef enum { WAY_TREND_THEIL_SEN, WAY_TREND_OLS, WAY_TREND_SPLIT_MIDDLE } WayTrendKind;

/* Preferences; zero-initialised gives the defaults. */
typedef struct {
  WayTrendKind trend;
  double about_equal; /* share of the aim rate within which trend and aim count as equal; 0: 0.10 */
  WayDate today;      /* as at this day: what is later does not count; 0: everything counts */
  gboolean
      with_plans; /* changes planned for later are phases too, to be drawn; no rule counts them */
} WayProgressOptions;

/* y = value + slope × (day − from); drawn from `from` to `to`. */
typedef struct {
  gboolean known;
  WayDate from, to;
  double value; /* at `from` */
  double slope; /* per day */
  guint n_points;
} WayLine;

/* One day and value that counts; `index` is its place in the measurements that count. */
typedef struct {
  WayDate date;
  double value;
  guint index;
} WayPoint;

typedef struct {
  WayDate from;      /* first day */
  const char *label; /* NULL for the first phase; borrowed from the phases given */
  guint first_point, n_points;
  WayLine aim;
  WayLine trend;
} WayProgressPhase;

typedef enum {
  WAY_PROMPT_NO_DATA,  /* nothing measured yet */
  WAY_PROMPT_TOO_FEW,  /* fewer points than the rule needs */
  WAY_PROMPT_NO_AIM,   /* no criterion, due date or baseline: nothing to compare with */
  WAY_PROMPT_CONTINUE, /* mixed, or about equal */
  WAY_PROMPT_CHANGE,   /* last four all on the wrong side, or trend too flat: worth a talk about the
                          support */
  WAY_PROMPT_RAISE, /* last four all beyond, or trend steeper: worth a talk about a harder step */
  WAY_PROMPT_NOT_RATED, /* the measure has no line (steps in words, yes/no, "keep") */
} WayPrompt;

/**
 * WayProgress:
 *
 * Everything that is worked out from a target and its measurements. Borrows the
 * target, measurements and phases given, which must outlive it. (domain 7.3)
 */
typedef struct {
  const WayTarget *target;
  GPtrArray *measurements;       /* (element-type WayMeasurement): those that count */
  GPtrArray *phase_changes;      /* (element-type WayPhase): likewise, by day */
  GPtrArray *given_measurements; /* keeps what is borrowed */
  GPtrArray *given_phases;
  WayPoint *points; /* by date, then position; "not measured" rows left out */
  guint n_points;
  guint n_not_measured;
  gboolean baseline_known;
  gboolean baseline_typed; /* else median of the first three points */
  double baseline;
  WayDate baseline_date;
  WayProgressPhase *phases; /* at least one if there is any point */
  guint n_phases;
  guint current_phase;  /* the last that has begun */
  double current_value; /* mean of the last three points of the current phase; NAN */
  WayPrompt four_point; /* over the current phase */
  guint four_point_n;   /* points the rule looked at */
  WayPrompt trend_rule;
  guint trend_rule_n;
} WayProgress;

WayProgress *way_progress_new (const WayTarget *target,
                               GPtrArray *measurements,
                               GPtrArray *phases,
                               const WayProgressOptions *options);
void way_progress_free (WayProgress *self);
const WayProgressPhase *way_progress_get_current_phase (const WayProgress *self);
double way_line_at (const WayLine *line, WayDate date);

/* The latest value against the aim. */
typedef enum { WAY_STANDING_UNKNOWN, WAY_STANDING_NOT_YET, WAY_STANDING_REACHED } WayStanding;

WayStanding way_progress_get_standing (const WayProgress *self);
gboolean way_progress_less_is_better (const WayProgress *self);

/* Goal attainment, and Target Monitoring and Evaluation, of what is measured so. */
gboolean way_progress_get_gas (const WayProgress *self, WayGasScore *score);
WayTmeOutcome way_progress_get_tme (const WayProgress *self);
guint way_progress_gas_of_targets (WayRecordSet *records, WayDate today, WayGasScore *score);
const char *way_target_level_words (const WayTarget *target, double level);

/* Words for people (English source strings, no markup), each (transfer full). */
char *
way_progress_value_text (const WayTarget *target,
                         double value); /* "4 of 5", "60 %", "12 minutes"; "no data" for NAN */
char *way_progress_level_text (const WayTarget *target, double level); /* "+1 (asks twice)" */
char *way_progress_levels_text (
    const WayTarget *target); /* "Levels: −2 plays alone; −1 ..."; NULL if none has words */
char *way_progress_baseline_text (
    const WayProgress *self); /* "Baseline 2 of 5 (median of 3, 5 Sep 2026)" */
char *way_progress_latest_text (
    const WayProgress *self); /* "Latest 4 of 5, 17 Nov 2026 (8 measurements)" */
char *way_progress_trend_text (const WayProgress *self); /* "Trend +0.3 a week, aim +0.2" */
char *way_progress_score_text (
    const WayProgress *self); /* "Level +1 (asks twice): T-score 60 ..."; NULL if there is none */
char *
way_progress_prompt_text (const WayProgress *self); /* "last 4 points above the aim line (8 points):
                                                       worth a talk about a harder step" */
const char *way_progress_state_word (
    const WayProgress *self); /* "On track", "Around aim", "Below aim", "Above aim", "Aim reached",
                                 "Not yet reached", "Measured", "No data", "Too early to say" */
const char *way_progress_state_mark (
    const WayProgress *self); /* a shape beside the word: "●", "▼", "▲", "◐", "○", "◌" */
gboolean way_target_measure_is_numeric (const WayTarget *target);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayProgress, way_progress_free)

G_END_DECLS
