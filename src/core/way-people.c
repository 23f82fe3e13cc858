/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-people.h"

#include "way-fields.h"
#include "way-upn.h"

static const WayField PRACTITIONER_FIELDS[] = {
    {"name", WAY_FIELD_TEXT, WAY_FIELD_REQUIRED, offsetof (WayPractitioner, name), NULL},
    {"role",
     WAY_FIELD_CODE,
     WAY_FIELD_REQUIRED,
     offsetof (WayPractitioner, role),
     "practitioner-role"},
    {"qualification", WAY_FIELD_TEXT, 0, offsetof (WayPractitioner, qualification), NULL},
    {"team", WAY_FIELD_CODE, 0, offsetof (WayPractitioner, team), "team"},
    {"district", WAY_FIELD_TEXT, 0, offsetof (WayPractitioner, district), NULL},
    {"fte", WAY_FIELD_NUMBER, WAY_FIELD_LOCAL, offsetof (WayPractitioner, fte), NULL},
    {"email", WAY_FIELD_TEXT, 0, offsetof (WayPractitioner, email), NULL},
    {"me", WAY_FIELD_YES_NO, WAY_FIELD_LOCAL, offsetof (WayPractitioner, me), NULL},
};
WAY_DEFINE_TYPE (practitioner, WayPractitioner, PRACTITIONER_FIELDS)

static const WayField SETTING_FIELDS[] = {
    {"name", WAY_FIELD_TEXT, WAY_FIELD_REQUIRED, offsetof (WaySetting, name), NULL},
    {"phase", WAY_FIELD_CODE, WAY_FIELD_REQUIRED, offsetof (WaySetting, phase), "setting-phase"},
    {"opened", WAY_FIELD_DATE, 0, offsetof (WaySetting, opened), NULL},
    {"closed", WAY_FIELD_DATE, 0, offsetof (WaySetting, closed), NULL},
    {"urn", WAY_FIELD_TEXT, 0, offsetof (WaySetting, urn), NULL},
    {"la", WAY_FIELD_TEXT, 0, offsetof (WaySetting, la), NULL},
    {"estab", WAY_FIELD_TEXT, 0, offsetof (WaySetting, estab), NULL},
    {"type", WAY_FIELD_TEXT, 0, offsetof (WaySetting, type), NULL},
    {"district", WAY_FIELD_TEXT, 0, offsetof (WaySetting, district), NULL},
    {"area", WAY_FIELD_TEXT, 0, offsetof (WaySetting, area), NULL},
    {"community", WAY_FIELD_TEXT, 0, offsetof (WaySetting, community), NULL},
    {"street", WAY_FIELD_TEXT, WAY_FIELD_LOCAL, offsetof (WaySetting, street), NULL},
    {"town", WAY_FIELD_TEXT, WAY_FIELD_LOCAL, offsetof (WaySetting, town), NULL},
    {"postcode", WAY_FIELD_TEXT, WAY_FIELD_LOCAL, offsetof (WaySetting, postcode), NULL},
    {"head", WAY_FIELD_TEXT, 0, offsetof (WaySetting, head), NULL},
    {"senco", WAY_FIELD_TEXT, 0, offsetof (WaySetting, senco), NULL},
    {"senco_email", WAY_FIELD_TEXT, WAY_FIELD_LOCAL, offsetof (WaySetting, senco_email), NULL},
    {"telephone", WAY_FIELD_TEXT, WAY_FIELD_LOCAL, offsetof (WaySetting, telephone), NULL},
    {"link", WAY_FIELD_ID, WAY_FIELD_LOCAL, offsetof (WaySetting, link), "practitioner"},
    {"accessibility_plan",
     WAY_FIELD_YES_NO,
     WAY_FIELD_LOCAL,
     offsetof (WaySetting, accessibility_plan),
     NULL},
};
WAY_DEFINE_TYPE (setting, WaySetting, SETTING_FIELDS)

static const WayField CHILD_FIELDS[] = {
    {"surname", WAY_FIELD_TEXT, WAY_FIELD_REQUIRED, offsetof (WayChild, surname), NULL},
    {"forename", WAY_FIELD_TEXT, WAY_FIELD_REQUIRED, offsetof (WayChild, forename), NULL},
    {"preferred", WAY_FIELD_TEXT, 0, offsetof (WayChild, preferred), NULL},
    {"middle", WAY_FIELD_TEXT, 0, offsetof (WayChild, middle), NULL},
    {"dob", WAY_FIELD_DATE, WAY_FIELD_REQUIRED, offsetof (WayChild, dob), NULL},
    {"sex", WAY_FIELD_CODE, 0, offsetof (WayChild, sex), "sex"},
    {"upn", WAY_FIELD_TEXT, 0, offsetof (WayChild, upn), NULL},
    {"former_upn", WAY_FIELD_TEXT, WAY_FIELD_LOCAL, offsetof (WayChild, former_upn), NULL},
    {"nc_year", WAY_FIELD_CODE, 0, offsetof (WayChild, nc_year), "nc-year"},
    {"nc_year_from", WAY_FIELD_DATE, 0, offsetof (WayChild, nc_year_from), NULL},
    {"language", WAY_FIELD_TEXT, 0, offsetof (WayChild, language), NULL},
    {"communication", WAY_FIELD_TEXT, 0, offsetof (WayChild, communication), NULL},
    {"street", WAY_FIELD_TEXT, WAY_FIELD_LOCAL, offsetof (WayChild, street), NULL},
    {"town", WAY_FIELD_TEXT, WAY_FIELD_LOCAL, offsetof (WayChild, town), NULL},
    {"postcode", WAY_FIELD_TEXT, WAY_FIELD_LOCAL, offsetof (WayChild, postcode), NULL},
    {"matters", WAY_FIELD_NOTE, WAY_FIELD_LOCAL, offsetof (WayChild, matters), NULL},
    {"support", WAY_FIELD_NOTE, WAY_FIELD_LOCAL, offsetof (WayChild, support), NULL},
    {"alerts", WAY_FIELD_TEXT, WAY_FIELD_LOCAL, offsetof (WayChild, alerts), NULL},
    {"restricted_notes",
     WAY_FIELD_NOTE,
     WAY_FIELD_LOCAL,
     offsetof (WayChild, restricted_notes),
     NULL},
};
WAY_DEFINE_TYPE (child, WayChild, CHILD_FIELDS)

static const WayField ENROLMENT_FIELDS[] = {
    {"child", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayEnrolment, child), "child"},
    {"setting", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayEnrolment, setting), "setting"},
    {"from", WAY_FIELD_DATE, WAY_FIELD_REQUIRED, offsetof (WayEnrolment, from), NULL},
    {"to", WAY_FIELD_DATE, 0, offsetof (WayEnrolment, to), NULL},
    {"main", WAY_FIELD_YES_NO, 0, offsetof (WayEnrolment, main), NULL},
};
WAY_DEFINE_TYPE (enrolment, WayEnrolment, ENROLMENT_FIELDS)

static const WayField SEN_STATUS_FIELDS[] = {
    {"child", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WaySenStatus, child), "child"},
    {"provision",
     WAY_FIELD_CODE,
     WAY_FIELD_REQUIRED,
     offsetof (WaySenStatus, provision),
     "sen-provision"},
    {"from", WAY_FIELD_DATE, WAY_FIELD_REQUIRED, offsetof (WaySenStatus, from), NULL},
    {"to", WAY_FIELD_DATE, 0, offsetof (WaySenStatus, to), NULL},
    {"hnf", WAY_FIELD_YES_NO, 0, offsetof (WaySenStatus, hnf), NULL},
};
WAY_DEFINE_TYPE (sen_status, WaySenStatus, SEN_STATUS_FIELDS)

static const WayField NEED_FIELDS[] = {
    {"child", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayNeed, child), "child"},
    {"rank", WAY_FIELD_NUMBER, WAY_FIELD_REQUIRED, offsetof (WayNeed, rank), NULL},
    {"type", WAY_FIELD_CODE, WAY_FIELD_REQUIRED, offsetof (WayNeed, type), "sen-type"},
    {"lar_category", WAY_FIELD_CODE, 0, offsetof (WayNeed, lar_category), "lar-category"},
    {"from", WAY_FIELD_DATE, 0, offsetof (WayNeed, from), NULL},
    {"to", WAY_FIELD_DATE, 0, offsetof (WayNeed, to), NULL},
};
WAY_DEFINE_TYPE (need, WayNeed, NEED_FIELDS)

static const WayField FLAG_FIELDS[] = {
    {"child", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayFlag, child), "child"},
    {"flag", WAY_FIELD_CODE, WAY_FIELD_REQUIRED, offsetof (WayFlag, flag), "flag"},
    {"from", WAY_FIELD_DATE, WAY_FIELD_REQUIRED, offsetof (WayFlag, from), NULL},
    {"to", WAY_FIELD_DATE, 0, offsetof (WayFlag, to), NULL},
};
WAY_DEFINE_TYPE (flag, WayFlag, FLAG_FIELDS)

static const WayField CONTACT_FIELDS[] = {
    {"child", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayContact, child), "child"},
    {"name", WAY_FIELD_TEXT, WAY_FIELD_REQUIRED, offsetof (WayContact, name), NULL},
    {"relationship", WAY_FIELD_CODE, 0, offsetof (WayContact, relationship), "relationship"},
    {"responsibility", WAY_FIELD_YES_NO, 0, offsetof (WayContact, responsibility), NULL},
    {"telephone", WAY_FIELD_TEXT, 0, offsetof (WayContact, telephone), NULL},
    {"email", WAY_FIELD_TEXT, 0, offsetof (WayContact, email), NULL},
    {"street", WAY_FIELD_TEXT, 0, offsetof (WayContact, street), NULL},
    {"town", WAY_FIELD_TEXT, 0, offsetof (WayContact, town), NULL},
    {"postcode", WAY_FIELD_TEXT, 0, offsetof (WayContact, postcode), NULL},
    {"format", WAY_FIELD_CODE, 0, offsetof (WayContact, format), "reading-format"},
    {"language", WAY_FIELD_TEXT, 0, offsetof (WayContact, language), NULL},
    {"restriction", WAY_FIELD_CODE, 0, offsetof (WayContact, restriction), "contact-restriction"},
    {"restriction_note", WAY_FIELD_TEXT, 0, offsetof (WayContact, restriction_note), NULL},
};
WAY_DEFINE_TYPE (contact, WayContact, CONTACT_FIELDS)

static const WayField AGREEMENT_FIELDS[] = {
    {"child", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayAgreement, child), "child"},
    {"given_by", WAY_FIELD_TEXT, WAY_FIELD_REQUIRED, offsetof (WayAgreement, given_by), NULL},
    {"given_on", WAY_FIELD_DATE, WAY_FIELD_REQUIRED, offsetof (WayAgreement, given_on), NULL},
    {"scope", WAY_FIELD_TEXT, 0, offsetof (WayAgreement, scope), NULL},
    {"method", WAY_FIELD_TEXT, 0, offsetof (WayAgreement, method), NULL},
    {"withdrawn", WAY_FIELD_DATE, 0, offsetof (WayAgreement, withdrawn), NULL},
    {"note", WAY_FIELD_NOTE, 0, offsetof (WayAgreement, note), NULL},
};
WAY_DEFINE_TYPE (agreement, WayAgreement, AGREEMENT_FIELDS)

static const WayField ATTENDANCE_FIELDS[] = {
    {"child", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayAttendance, child), "child"},
    {"year", WAY_FIELD_TEXT, WAY_FIELD_REQUIRED, offsetof (WayAttendance, year), NULL},
    {"setting", WAY_FIELD_ID, 0, offsetof (WayAttendance, setting), "setting"},
    {"possible", WAY_FIELD_NUMBER, 0, offsetof (WayAttendance, possible), NULL},
    {"attended", WAY_FIELD_NUMBER, 0, offsetof (WayAttendance, attended), NULL},
    {"authorised", WAY_FIELD_NUMBER, 0, offsetof (WayAttendance, authorised), NULL},
    {"unauthorised", WAY_FIELD_NUMBER, 0, offsetof (WayAttendance, unauthorised), NULL},
};
WAY_DEFINE_TYPE (attendance, WayAttendance, ATTENDANCE_FIELDS)

/**
 * way_enrolment_find_main:
 * @rows: (element-type WayEnrolment): of any children
 * @child_id: the child
 * @on: the day to know it for
 *
 * The one rule for what is a child's school: of several that are open, the one that began last; of
 * several of one day the one with the last id, so that it is the same wherever they are read.
 *
 * Returns: (transfer none) (nullable): the child's main enrolment on that day
 */
const WayEnrolment *
way_enrolment_find_main (GPtrArray *rows, const char *child_id, WayDate on)
{
  const WayEnrolment *found = NULL;

  for (guint i = 0; i < rows->len; i++) {
    const WayEnrolment *row = g_ptr_array_index (rows, i);

    if (g_strcmp0 (row->child, child_id) == 0 && row->main != WAY_NO && row->from <= on &&
        (row->to == WAY_DATE_UNKNOWN || row->to >= on) &&
        (found == NULL || row->from > found->from ||
         (row->from == found->from && g_strcmp0 (row->record.id, found->record.id) > 0)))
      found = row;
  }
  return found;
}

/**
 * way_sen_status_find:
 * @rows: (element-type WaySenStatus): of any children
 * @child_id: the child
 * @on: the day to know it for
 *
 * The one rule for what is a child's SEN status: of several that are open, the one that began last
 * (domain 2.3); of several of one day a plan (E) before SEN support (K), and that before none (N).
 *
 * Returns: (transfer none) (nullable): the child's status on that day
 */
const WaySenStatus *
way_sen_status_find (GPtrArray *rows, const char *child_id, WayDate on)
{
  const WaySenStatus *found = NULL;

  for (guint i = 0; i < rows->len; i++) {
    const WaySenStatus *row = g_ptr_array_index (rows, i);

    if (g_strcmp0 (row->child, child_id) == 0 && row->from <= on &&
        (row->to == WAY_DATE_UNKNOWN || row->to >= on) &&
        (found == NULL || row->from > found->from ||
         (row->from == found->from && g_strcmp0 (row->provision, found->provision) < 0)))
      found = row;
  }
  return found;
}

static gboolean
has_number (const WayChild *child, const char *number)
{
  g_autofree char *upn = way_upn_normalise (child->upn);
  g_autofree char *former = way_upn_normalise (child->former_upn);

  return number != NULL && (g_strcmp0 (number, upn) == 0 || g_strcmp0 (number, former) == 0);
}

/**
 * way_child_shares_upn:
 * @child: a child, stored or not
 * @other: another
 *
 * Returns: whether a UPN of @child, the former one as well, is or was one of @other
 */
gboolean
way_child_shares_upn (const WayChild *child, const WayChild *other)
{
  g_autofree char *upn = way_upn_normalise (child->upn);
  g_autofree char *former = way_upn_normalise (child->former_upn);

  return has_number (other, upn) || has_number (other, former);
}
