/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-casework.h"

#include "way-fields.h"

static const WayField CASE_FIELDS[] = {
    {"child", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayCase, child), "child"},
    {"opened", WAY_FIELD_DATE, WAY_FIELD_REQUIRED, offsetof (WayCase, opened), NULL},
    {"route", WAY_FIELD_CODE, 0, offsetof (WayCase, route), "case-route"},
    {"team", WAY_FIELD_CODE, 0, offsetof (WayCase, team), "team"},
    {"closed", WAY_FIELD_DATE, 0, offsetof (WayCase, closed), NULL},
    {"closed_reason", WAY_FIELD_CODE, 0, offsetof (WayCase, closed_reason), "closing-reason"},
    {"review_terms", WAY_FIELD_NUMBER, 0, offsetof (WayCase, review_terms), NULL},
};
WAY_DEFINE_TYPE (case, WayCase, CASE_FIELDS)

static const WayField CASE_STATUS_FIELDS[] = {
    {"case", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayCaseStatus, case_id), "case"},
    {"from", WAY_FIELD_DATE, WAY_FIELD_REQUIRED, offsetof (WayCaseStatus, from), NULL},
    {"status", WAY_FIELD_CODE, WAY_FIELD_REQUIRED, offsetof (WayCaseStatus, status), "case-status"},
    {"reason", WAY_FIELD_TEXT, 0, offsetof (WayCaseStatus, reason), NULL},
};
WAY_DEFINE_TYPE (case_status, WayCaseStatus, CASE_STATUS_FIELDS)

static const WayField ALLOCATION_FIELDS[] = {
    {"case", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayAllocation, case_id), "case"},
    {"practitioner",
     WAY_FIELD_ID,
     WAY_FIELD_REQUIRED,
     offsetof (WayAllocation, practitioner),
     "practitioner"},
    {"from", WAY_FIELD_DATE, WAY_FIELD_REQUIRED, offsetof (WayAllocation, from), NULL},
    {"to", WAY_FIELD_DATE, 0, offsetof (WayAllocation, to), NULL},
};
WAY_DEFINE_TYPE (allocation, WayAllocation, ALLOCATION_FIELDS)

static const WayField CYCLE_FIELDS[] = {
    {"child", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayCycle, child), "child"},
    {"number", WAY_FIELD_NUMBER, WAY_FIELD_REQUIRED, offsetof (WayCycle, number), NULL},
    {"assess", WAY_FIELD_NOTE, 0, offsetof (WayCycle, assess), NULL},
    {"assess_date", WAY_FIELD_DATE, 0, offsetof (WayCycle, assess_date), NULL},
    {"plan", WAY_FIELD_NOTE, 0, offsetof (WayCycle, plan), NULL},
    {"plan_date", WAY_FIELD_DATE, 0, offsetof (WayCycle, plan_date), NULL},
    {"do", WAY_FIELD_NOTE, 0, offsetof (WayCycle, doing), NULL},
    {"do_date", WAY_FIELD_DATE, 0, offsetof (WayCycle, do_date), NULL},
    {"review", WAY_FIELD_NOTE, 0, offsetof (WayCycle, review), NULL},
    {"review_date", WAY_FIELD_DATE, 0, offsetof (WayCycle, review_date), NULL},
    {"parents_notified", WAY_FIELD_DATE, 0, offsetof (WayCycle, parents_notified), NULL},
    {"next_review", WAY_FIELD_DATE, 0, offsetof (WayCycle, next_review), NULL},
};
WAY_DEFINE_TYPE (cycle, WayCycle, CYCLE_FIELDS)

static const WayField PROVISION_FIELDS[] = {
    {"child", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayProvision, child), "child"},
    {"cycle", WAY_FIELD_ID, 0, offsetof (WayProvision, cycle), "cycle"},
    {"what", WAY_FIELD_TEXT, WAY_FIELD_REQUIRED, offsetof (WayProvision, what), NULL},
    {"dose", WAY_FIELD_TEXT, 0, offsetof (WayProvision, dose), NULL},
    {"group_size", WAY_FIELD_NUMBER, 0, offsetof (WayProvision, group_size), NULL},
    {"staff", WAY_FIELD_TEXT, 0, offsetof (WayProvision, staff), NULL},
    {"cost", WAY_FIELD_NUMBER, 0, offsetof (WayProvision, cost), NULL},
    {"from", WAY_FIELD_DATE, 0, offsetof (WayProvision, from), NULL},
    {"to", WAY_FIELD_DATE, 0, offsetof (WayProvision, to), NULL},
    {"effect", WAY_FIELD_NOTE, 0, offsetof (WayProvision, effect), NULL},
};
WAY_DEFINE_TYPE (provision, WayProvision, PROVISION_FIELDS)

static const WayField ASSESSMENT_FIELDS[] = {
    {"child", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayAssessment, child), "child"},
    {"visit", WAY_FIELD_ID, 0, offsetof (WayAssessment, visit), "visit"},
    {"name", WAY_FIELD_TEXT, WAY_FIELD_REQUIRED, offsetof (WayAssessment, name), NULL},
    {"date", WAY_FIELD_DATE, WAY_FIELD_REQUIRED, offsetof (WayAssessment, date), NULL},
    {"position", WAY_FIELD_NUMBER, 0, offsetof (WayAssessment, position), NULL},
    {"score", WAY_FIELD_TEXT, 0, offsetof (WayAssessment, score), NULL},
    {"standard_score", WAY_FIELD_NUMBER, 0, offsetof (WayAssessment, standard_score), NULL},
    {"percentile", WAY_FIELD_NUMBER, 0, offsetof (WayAssessment, percentile), NULL},
    {"age_equivalent", WAY_FIELD_TEXT, 0, offsetof (WayAssessment, age_equivalent), NULL},
    {"note", WAY_FIELD_NOTE, 0, offsetof (WayAssessment, note), NULL},
};
WAY_DEFINE_TYPE (assessment, WayAssessment, ASSESSMENT_FIELDS)
