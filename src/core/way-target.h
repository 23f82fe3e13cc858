/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-record.h"

G_BEGIN_DECLS

/* What is worked towards, and how it is going. */

/**
 * WayOutcome:
 *
 * A long-term outcome, from the EHC plan or agreed, under one of the eight Kent outcomes.
 * (domain 6)
 */
typedef struct {
  WayRecord record;
  char *child;
  char *outcome;
  char *statement;
  char *source;
  WayDate from;
  WayDate to;
} WayOutcome;

extern const WayRecordType way_outcome_type;
#define WAY_OUTCOME (&way_outcome_type)
WAY_DEFINE_VALUE (WayOutcome)

/**
 * WayTarget:
 *
 * A SMART target: statement, how it is measured, from where (baseline) to where (criterion) by
 * when (due). An amended target is a new one that replaces the old. scale_min and scale_max
 * are the ends of the scale ("of 5"); the GAS levels are in words. (domain 7)
 */
typedef struct {
  WayRecord record;
  char *child;
  char *case_id;
  char *long_term;
  char *statement;
  char *outcome;
  char *area;
  char *measure;
  char *unit;
  char *direction;
  double baseline;
  WayDate baseline_date;
  double criterion;
  WayDate start;
  WayDate due;
  WayDate ended;
  char *state;
  char *replaces;
  char *strategy;
  char *who;
  char *how_often;
  double scale_min;
  double scale_max;
  double weight;
  double expected;
  char *gas_minus_2;
  char *gas_minus_1;
  char *gas_0;
  char *gas_plus_1;
  char *gas_plus_2;
} WayTarget;

extern const WayRecordType way_target_type;
#define WAY_TARGET (&way_target_type)
WAY_DEFINE_VALUE (WayTarget)

gboolean way_target_is_open (const WayTarget *self); /* it is worked towards */

/**
 * WayMeasurement:
 *
 * One value on one day, or "not measured" with the reason: exactly one of the two. Several on
 * a day are kept in the order of position.
 */
typedef struct {
  WayRecord record;
  char *target;
  WayDate date;
  double position;
  double value;
  char *not_measured;
  char *note;
  char *by;
} WayMeasurement;

extern const WayRecordType way_measurement_type;
#define WAY_MEASUREMENT (&way_measurement_type)
WAY_DEFINE_VALUE (WayMeasurement)

/**
 * WayPhase:
 *
 * A planned change (a new strategy, a new class ...): the trend starts afresh on this day.
 */
typedef struct {
  WayRecord record;
  char *target;
  WayDate date;
  char *label;
} WayPhase;

extern const WayRecordType way_phase_type;
#define WAY_PHASE (&way_phase_type)
WAY_DEFINE_VALUE (WayPhase)

G_END_DECLS
