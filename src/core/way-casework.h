/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-record.h"

G_BEGIN_DECLS

/* An episode of involvement and the graduated approach around it. */

/**
 * WayCase:
 *
 * One episode of involvement. Closed is not a status row: a case has its closing date, and on
 * that day the status it last had.
 */
typedef struct {
  WayRecord record;
  char *child;
  WayDate opened;
  char *route;
  char *team;
  WayDate closed;
  char *closed_reason;
  double review_terms;
} WayCase;

extern const WayRecordType way_case_type;
#define WAY_CASE (&way_case_type)
WAY_DEFINE_VALUE (WayCase)

/**
 * WayCaseStatus:
 *
 * Active or on hold from a day on. A case is active from its opening unless a row says
 * otherwise.
 */
typedef struct {
  WayRecord record;
  char *case_id;
  WayDate from;
  char *status;
  char *reason;
} WayCaseStatus;

extern const WayRecordType way_case_status_type;
#define WAY_CASE_STATUS (&way_case_status_type)
WAY_DEFINE_VALUE (WayCaseStatus)

/**
 * WayAllocation:
 *
 * The practitioner who has the case, with dates.
 */
typedef struct {
  WayRecord record;
  char *case_id;
  char *practitioner;
  WayDate from;
  WayDate to;
} WayAllocation;

extern const WayRecordType way_allocation_type;
#define WAY_ALLOCATION (&way_allocation_type)
WAY_DEFINE_VALUE (WayAllocation)

/**
 * WayCycle:
 *
 * One assess-plan-do-review round with its four dated parts. (SEND Code 6.44 to 6.54, domain
 * 8)
 */
typedef struct {
  WayRecord record;
  char *child;
  double number;
  char *assess;
  WayDate assess_date;
  char *plan;
  WayDate plan_date;
  char *doing;
  WayDate do_date;
  char *review;
  WayDate review_date;
  WayDate parents_notified;
  WayDate next_review;
} WayCycle;

extern const WayRecordType way_cycle_type;
#define WAY_CYCLE (&way_cycle_type)
WAY_DEFINE_VALUE (WayCycle)

/**
 * WayProvision:
 *
 * An intervention or support: what, how much, by whom, at what cost, to what effect. Belongs
 * to a plan cycle where there is one.
 */
typedef struct {
  WayRecord record;
  char *child;
  char *cycle;
  char *what;
  char *dose;
  double group_size;
  char *staff;
  double cost;
  WayDate from;
  WayDate to;
  char *effect;
} WayProvision;

extern const WayRecordType way_provision_type;
#define WAY_PROVISION (&way_provision_type)
WAY_DEFINE_VALUE (WayProvision)

/**
 * WayAssessment:
 *
 * Attainment or a standardised result: any named measure with its scores.
 */
typedef struct {
  WayRecord record;
  char *child;
  char *visit;
  char *name;
  WayDate date;
  double position; /* among those of one day */
  char *score;
  double standard_score;
  double percentile;
  char *age_equivalent;
  char *note;
} WayAssessment;

extern const WayRecordType way_assessment_type;
#define WAY_ASSESSMENT (&way_assessment_type)
WAY_DEFINE_VALUE (WayAssessment)

G_END_DECLS
