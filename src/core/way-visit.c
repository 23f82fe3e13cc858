/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-visit.h"

#include "way-fields.h"

static const WayField VISIT_FIELDS[] = {
    {"setting", WAY_FIELD_ID, 0, offsetof (WayVisit, setting), "setting"},
    {"date", WAY_FIELD_DATE, WAY_FIELD_REQUIRED, offsetof (WayVisit, date), NULL},
    {"start", WAY_FIELD_TIME, 0, offsetof (WayVisit, start), NULL},
    {"end", WAY_FIELD_TIME, 0, offsetof (WayVisit, end), NULL},
    {"place", WAY_FIELD_TEXT, 0, offsetof (WayVisit, place), NULL},
    {"kind", WAY_FIELD_CODE, WAY_FIELD_REQUIRED, offsetof (WayVisit, kind), "visit-kind"},
    {"not_held_reason", WAY_FIELD_TEXT, 0, offsetof (WayVisit, not_held_reason), NULL},
    {"series_number", WAY_FIELD_NUMBER, 0, offsetof (WayVisit, series_number), NULL},
    {"series_total", WAY_FIELD_NUMBER, 0, offsetof (WayVisit, series_total), NULL},
    {"practitioner",
     WAY_FIELD_ID,
     WAY_FIELD_REQUIRED,
     offsetof (WayVisit, practitioner),
     "practitioner"},
    {"purpose", WAY_FIELD_NOTE, 0, offsetof (WayVisit, purpose), NULL},
    {"seen", WAY_FIELD_NOTE, 0, offsetof (WayVisit, seen), NULL},
    {"strategies", WAY_FIELD_NOTE, 0, offsetof (WayVisit, strategies), NULL},
    {"equipment", WAY_FIELD_NOTE, 0, offsetof (WayVisit, equipment), NULL},
    {"strengths", WAY_FIELD_NOTE, 0, offsetof (WayVisit, strengths), NULL},
    {"needs", WAY_FIELD_NOTE, 0, offsetof (WayVisit, needs), NULL},
    {"advice", WAY_FIELD_NOTE, 0, offsetof (WayVisit, advice), NULL},
    {"materials", WAY_FIELD_NOTE, 0, offsetof (WayVisit, materials), NULL},
    {"next_visit", WAY_FIELD_TEXT, 0, offsetof (WayVisit, next_visit), NULL},
    {"next_date", WAY_FIELD_DATE, 0, offsetof (WayVisit, next_date), NULL},
    {"distribution", WAY_FIELD_TEXT, 0, offsetof (WayVisit, distribution), NULL},
    {"version", WAY_FIELD_NUMBER, 0, offsetof (WayVisit, version), NULL},
    {"signed_at", WAY_FIELD_STAMP, 0, offsetof (WayVisit, signed_at), NULL},
    {"signed_by", WAY_FIELD_TEXT, 0, offsetof (WayVisit, signed_by), NULL},
    {"service", WAY_FIELD_TEXT, 0, offsetof (WayVisit, service), NULL},
    {"privacy_line", WAY_FIELD_TEXT, 0, offsetof (WayVisit, privacy_line), NULL},
};
WAY_DEFINE_TYPE (visit, WayVisit, VISIT_FIELDS)

/**
 * way_visit_clear_signature:
 *
 * Who signed it, when, and under which letterhead; its version stays.
 */
void
way_visit_clear_signature (WayVisit *self)
{
  way_set_string (&self->signed_at, NULL);
  way_set_string (&self->signed_by, NULL);
  way_set_string (&self->service, NULL);
  way_set_string (&self->privacy_line, NULL);
}

static const WayField VISIT_CHILD_FIELDS[] = {
    {"visit", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayVisitChild, visit), "visit"},
    {"child", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayVisitChild, child), "child"},
    {"position", WAY_FIELD_NUMBER, 0, offsetof (WayVisitChild, position), NULL},
};
WAY_DEFINE_TYPE (visit_child, WayVisitChild, VISIT_CHILD_FIELDS)

static const WayField VISIT_PERSON_FIELDS[] = {
    {"visit", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayVisitPerson, visit), "visit"},
    {"position", WAY_FIELD_NUMBER, 0, offsetof (WayVisitPerson, position), NULL},
    {"name", WAY_FIELD_TEXT, WAY_FIELD_REQUIRED, offsetof (WayVisitPerson, name), NULL},
    {"role", WAY_FIELD_TEXT, 0, offsetof (WayVisitPerson, role), NULL},
};
WAY_DEFINE_TYPE (visit_person, WayVisitPerson, VISIT_PERSON_FIELDS)

static const WayField VISIT_VIEW_FIELDS[] = {
    {"visit", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayVisitView, visit), "visit"},
    {"position", WAY_FIELD_NUMBER, 0, offsetof (WayVisitView, position), NULL},
    {"child", WAY_FIELD_ID, 0, offsetof (WayVisitView, child), "child"},
    {"whose", WAY_FIELD_CODE, WAY_FIELD_REQUIRED, offsetof (WayVisitView, whose), "view"},
    {"said_by", WAY_FIELD_TEXT, 0, offsetof (WayVisitView, said_by), NULL},
    {"how", WAY_FIELD_TEXT, 0, offsetof (WayVisitView, how), NULL},
    {"verbatim", WAY_FIELD_YES_NO, 0, offsetof (WayVisitView, verbatim), NULL},
    {"text", WAY_FIELD_NOTE, WAY_FIELD_REQUIRED, offsetof (WayVisitView, text), NULL},
};
const char *const WAY_VIEWS[WAY_N_VIEWS + 1] = {"child", "parent", "staff", NULL};
WAY_DEFINE_TYPE (visit_view, WayVisitView, VISIT_VIEW_FIELDS)

static const WayField VISIT_ACTION_FIELDS[] = {
    {"visit", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayVisitAction, visit), "visit"},
    {"action", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayVisitAction, action), "action"},
    {"position", WAY_FIELD_NUMBER, 0, offsetof (WayVisitAction, position), NULL},
    {"effect", WAY_FIELD_CODE, 0, offsetof (WayVisitAction, effect), "action-effect"},
    {"note", WAY_FIELD_TEXT, 0, offsetof (WayVisitAction, note), NULL},
};
WAY_DEFINE_TYPE (visit_action, WayVisitAction, VISIT_ACTION_FIELDS)

static const WayField VISIT_TARGET_FIELDS[] = {
    {"visit", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayVisitTarget, visit), "visit"},
    {"target", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayVisitTarget, target), "target"},
    {"position", WAY_FIELD_NUMBER, 0, offsetof (WayVisitTarget, position), NULL},
    {"set_here", WAY_FIELD_YES_NO, 0, offsetof (WayVisitTarget, set_here), NULL},
    {"rating", WAY_FIELD_NUMBER, 0, offsetof (WayVisitTarget, rating), NULL},
    {"outcome", WAY_FIELD_CODE, 0, offsetof (WayVisitTarget, outcome), "review-outcome"},
    {"reason", WAY_FIELD_CODE, 0, offsetof (WayVisitTarget, reason), "no-progress-reason"},
    {"decision", WAY_FIELD_CODE, 0, offsetof (WayVisitTarget, decision), "review-decision"},
    {"evidence", WAY_FIELD_NOTE, 0, offsetof (WayVisitTarget, evidence), NULL},
};
WAY_DEFINE_TYPE (visit_target, WayVisitTarget, VISIT_TARGET_FIELDS)

static const WayField VISIT_VERSION_FIELDS[] = {
    {"visit", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayVisitVersion, visit), "visit"},
    {"version", WAY_FIELD_NUMBER, WAY_FIELD_REQUIRED, offsetof (WayVisitVersion, version), NULL},
    {"signed_at", WAY_FIELD_STAMP, WAY_FIELD_REQUIRED, offsetof (WayVisitVersion, signed_at), NULL},
    {"signed_by", WAY_FIELD_TEXT, 0, offsetof (WayVisitVersion, signed_by), NULL},
    {"fingerprint",
     WAY_FIELD_TEXT,
     WAY_FIELD_REQUIRED,
     offsetof (WayVisitVersion, fingerprint),
     NULL},
    {"reason", WAY_FIELD_TEXT, 0, offsetof (WayVisitVersion, reason), NULL},
};
WAY_DEFINE_TYPE (visit_version, WayVisitVersion, VISIT_VERSION_FIELDS)

static const WayField ACTION_FIELDS[] = {
    {"child", WAY_FIELD_ID, 0, offsetof (WayAction, child), "child"},
    {"visit", WAY_FIELD_ID, 0, offsetof (WayAction, visit), "visit"},
    {"review", WAY_FIELD_ID, 0, offsetof (WayAction, review), "review"},
    {"position", WAY_FIELD_NUMBER, 0, offsetof (WayAction, position), NULL},
    {"what", WAY_FIELD_TEXT, WAY_FIELD_REQUIRED, offsetof (WayAction, what), NULL},
    {"who", WAY_FIELD_TEXT, 0, offsetof (WayAction, who), NULL},
    {"due", WAY_FIELD_DATE, 0, offsetof (WayAction, due), NULL},
    {"done", WAY_FIELD_DATE, 0, offsetof (WayAction, done), NULL},
    {"effect", WAY_FIELD_CODE, 0, offsetof (WayAction, effect), "action-effect"},
    {"note", WAY_FIELD_TEXT, 0, offsetof (WayAction, note), NULL},
};
WAY_DEFINE_TYPE (action, WayAction, ACTION_FIELDS)
