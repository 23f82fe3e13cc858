/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-review.h"

#include "way-fields.h"

static const WayField REVIEW_FIELDS[] = {
    {"child", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayReview, child), "child"},
    {"date", WAY_FIELD_DATE, WAY_FIELD_REQUIRED, offsetof (WayReview, date), NULL},
    {"kind", WAY_FIELD_CODE, 0, offsetof (WayReview, kind), "review-kind"},
    {"present", WAY_FIELD_TEXT, 0, offsetof (WayReview, present), NULL},
    {"child_view", WAY_FIELD_NOTE, 0, offsetof (WayReview, child_view), NULL},
    {"child_view_by", WAY_FIELD_TEXT, 0, offsetof (WayReview, child_view_by), NULL},
    {"parent_view", WAY_FIELD_NOTE, 0, offsetof (WayReview, parent_view), NULL},
    {"parent_view_by", WAY_FIELD_TEXT, 0, offsetof (WayReview, parent_view_by), NULL},
    {"staff_view", WAY_FIELD_NOTE, 0, offsetof (WayReview, staff_view), NULL},
    {"staff_view_by", WAY_FIELD_TEXT, 0, offsetof (WayReview, staff_view_by), NULL},
    {"next_review", WAY_FIELD_DATE, 0, offsetof (WayReview, next_review), NULL},
    {"signed_at", WAY_FIELD_STAMP, 0, offsetof (WayReview, signed_at), NULL},
    {"signed_by", WAY_FIELD_TEXT, 0, offsetof (WayReview, signed_by), NULL},
};
WAY_DEFINE_TYPE (review, WayReview, REVIEW_FIELDS)

static const WayField REVIEW_TARGET_FIELDS[] = {
    {"review", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayReviewTarget, review), "review"},
    {"target", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayReviewTarget, target), "target"},
    {"outcome",
     WAY_FIELD_CODE,
     WAY_FIELD_REQUIRED,
     offsetof (WayReviewTarget, outcome),
     "review-outcome"},
    {"decision",
     WAY_FIELD_CODE,
     WAY_FIELD_REQUIRED,
     offsetof (WayReviewTarget, decision),
     "review-decision"},
    {"reason", WAY_FIELD_CODE, 0, offsetof (WayReviewTarget, reason), "no-progress-reason"},
    {"evidence", WAY_FIELD_NOTE, 0, offsetof (WayReviewTarget, evidence), NULL},
};
WAY_DEFINE_TYPE (review_target, WayReviewTarget, REVIEW_TARGET_FIELDS)
