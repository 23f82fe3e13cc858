/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-record.h"

G_BEGIN_DECLS

/* The Record of Visit and what belongs to it. (design 5) */

/**
 * WayVisit:
 *
 * A Record of Visit. Once signed_at is set it is locked: a correction is an amendment, a new
 * version with a reason.
 */
typedef struct {
  WayRecord record;
  char *setting;
  WayDate date;
  char *start;
  char *end;
  char *place;
  char *kind;
  char *not_held_reason;
  double series_number;
  double series_total;
  char *practitioner;
  char *purpose;
  char *seen;
  char *strategies;
  char *equipment;
  char *strengths;
  char *needs;
  char *advice;
  char *materials;
  char *next_visit;
  WayDate next_date;
  char *distribution;
  double version;
  char *signed_at;
  char *signed_by;
  char *service;      /* who they signed for, as it heads the record */
  char *privacy_line; /* as it ends the record */
} WayVisit;

extern const WayRecordType way_visit_type;
#define WAY_VISIT (&way_visit_type)
WAY_DEFINE_VALUE (WayVisit)

void way_visit_clear_signature (WayVisit *self);

/**
 * WayVisitChild:
 *
 * A child whom the visit concerns.
 */
typedef struct {
  WayRecord record;
  char *visit;
  char *child;
  double position;
} WayVisitChild;

extern const WayRecordType way_visit_child_type;
#define WAY_VISIT_CHILD (&way_visit_child_type)
WAY_DEFINE_VALUE (WayVisitChild)

/**
 * WayVisitPerson:
 *
 * A person present, with role.
 */
typedef struct {
  WayRecord record;
  char *visit;
  double position;
  char *name;
  char *role;
} WayVisitPerson;

extern const WayRecordType way_visit_person_type;
#define WAY_VISIT_PERSON (&way_visit_person_type)
WAY_DEFINE_VALUE (WayVisitPerson)

/* The code list "view": whose a view is, in the order in which the record has them. */
#define WAY_N_VIEWS 3
extern const char *const WAY_VIEWS[WAY_N_VIEWS + 1]; /* ends with NULL */

/**
 * WayVisitView:
 *
 * A view given at or for the visit, attributed, and marked word for word or summarised.
 */
typedef struct {
  WayRecord record;
  char *visit;
  double position;
  char *child;
  char *whose;
  char *said_by;
  char *how;
  WayYesNo verbatim;
  char *text;
} WayVisitView;

extern const WayRecordType way_visit_view_type;
#define WAY_VISIT_VIEW (&way_visit_view_type)
WAY_DEFINE_VALUE (WayVisitView)

/**
 * WayVisitAction:
 *
 * What became of an action agreed earlier, as found at this visit.
 */
typedef struct {
  WayRecord record;
  char *visit;
  char *action;
  double position;
  char *effect;
  char *note;
} WayVisitAction;

extern const WayRecordType way_visit_action_type;
#define WAY_VISIT_ACTION (&way_visit_action_type)
WAY_DEFINE_VALUE (WayVisitAction)

/**
 * WayVisitTarget:
 *
 * A target reviewed or set at the visit: rating, evidence, and what was decided.
 */
typedef struct {
  WayRecord record;
  char *visit;
  char *target;
  double position;
  WayYesNo set_here;
  double rating;
  char *outcome;
  char *reason;
  char *decision;
  char *evidence;
} WayVisitTarget;

extern const WayRecordType way_visit_target_type;
#define WAY_VISIT_TARGET (&way_visit_target_type)
WAY_DEFINE_VALUE (WayVisitTarget)

/**
 * WayVisitVersion:
 *
 * An earlier signed version of the visit, and why it was amended.
 */
typedef struct {
  WayRecord record;
  char *visit;
  double version;
  char *signed_at;
  char *signed_by;
  char *fingerprint;
  char *reason;
} WayVisitVersion;

extern const WayRecordType way_visit_version_type;
#define WAY_VISIT_VERSION (&way_visit_version_type)
WAY_DEFINE_VALUE (WayVisitVersion)

/**
 * WayAction:
 *
 * Something agreed, at a visit or a review: what, who, by when, and whether it happened.
 */
typedef struct {
  WayRecord record;
  char *child;
  char *visit;
  char *review;
  double position;
  char *what;
  char *who;
  WayDate due;
  WayDate done;
  char *effect;
  char *note;
} WayAction;

extern const WayRecordType way_action_type;
#define WAY_ACTION (&way_action_type)
WAY_DEFINE_VALUE (WayAction)

G_END_DECLS
