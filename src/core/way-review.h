/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-record.h"

G_BEGIN_DECLS

/* A formal review of targets. */

/**
 * WayReview:
 *
 * A review: who was there, and three views each with its source. Signed like a visit.
 */
typedef struct {
  WayRecord record;
  char *child;
  WayDate date;
  char *kind;
  char *present;
  char *child_view;
  char *child_view_by;
  char *parent_view;
  char *parent_view_by;
  char *staff_view;
  char *staff_view_by;
  WayDate next_review;
  char *signed_at;
  char *signed_by;
} WayReview;

extern const WayRecordType way_review_type;
#define WAY_REVIEW (&way_review_type)
WAY_DEFINE_VALUE (WayReview)

/**
 * WayReviewTarget:
 *
 * One target's review: outcome, reason where there was no progress, and the decision.
 */
typedef struct {
  WayRecord record;
  char *review;
  char *target;
  char *outcome;
  char *decision;
  char *reason;
  char *evidence;
} WayReviewTarget;

extern const WayRecordType way_review_target_type;
#define WAY_REVIEW_TARGET (&way_review_target_type)
WAY_DEFINE_VALUE (WayReviewTarget)

G_END_DECLS
