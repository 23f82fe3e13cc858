/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-record.h"

G_BEGIN_DECLS

/* People and places: who works with whom, where. */

/**
 * WayPractitioner:
 *
 * A member of the service or another professional. One is "me". (design 3)
 */
typedef struct {
  WayRecord record;
  char *name;
  char *role;
  char *qualification;
  char *team;
  char *district;
  double fte;
  char *email;
  WayYesNo me;
} WayPractitioner;

extern const WayRecordType way_practitioner_type;
#define WAY_PRACTITIONER (&way_practitioner_type)
WAY_DEFINE_VALUE (WayPractitioner)

/**
 * WaySetting:
 *
 * A school or early-years setting. The main enrolment's setting gives a child's district and
 * phase; a school that is not in a national register may be typed in.
 */
typedef struct {
  WayRecord record;
  char *name;
  char *phase;
  WayDate opened;
  WayDate closed;
  char *urn;
  char *la;
  char *estab;
  char *type;
  char *district;
  char *area;
  char *community;
  char *street;
  char *town;
  char *postcode;
  char *head;
  char *senco;
  char *senco_email;
  char *telephone;
  char *link;
  WayYesNo accessibility_plan;
} WaySetting;

extern const WayRecordType way_setting_type;
#define WAY_SETTING (&way_setting_type)
WAY_DEFINE_VALUE (WaySetting)

/**
 * WayChild:
 *
 * A child. What is unknown stays empty; a UPN with a wrong check letter is kept and warned of.
 * nc_year is the actual year where the child is taught out of cohort, in the academic year of
 * nc_year_from; from there it moves on as all do (way_nc_year_moved()).
 */
typedef struct {
  WayRecord record;
  char *surname;
  char *forename;
  char *preferred;
  char *middle;
  WayDate dob;
  char *sex;
  char *upn;
  char *former_upn;
  char *nc_year;
  WayDate nc_year_from;
  char *language;
  char *communication;
  char *street;
  char *town;
  char *postcode;
  char *matters;
  char *support;
  char *alerts;
  char *restricted_notes;
} WayChild;

extern const WayRecordType way_child_type;
#define WAY_CHILD (&way_child_type)
WAY_DEFINE_VALUE (WayChild)

/**
 * WayEnrolment:
 *
 * A child at a setting, from the first to the last day that counts. Dated rows, never an
 * overwritten field: a child who left is not deleted.
 */
typedef struct {
  WayRecord record;
  char *child;
  char *setting;
  WayDate from;
  WayDate to;
  WayYesNo main;
} WayEnrolment;

extern const WayRecordType way_enrolment_type;
#define WAY_ENROLMENT (&way_enrolment_type)
WAY_DEFINE_VALUE (WayEnrolment)

/**
 * WaySenStatus:
 *
 * SEN provision (N, K, E) with dates, and whether high needs funding is received, which is no
 * DfE code. (domain 1.1)
 */
typedef struct {
  WayRecord record;
  char *child;
  char *provision;
  WayDate from;
  WayDate to;
  WayYesNo hnf;
} WaySenStatus;

extern const WayRecordType way_sen_status_type;
#define WAY_SEN_STATUS (&way_sen_status_type)
WAY_DEFINE_VALUE (WaySenStatus)

/**
 * WayNeed:
 *
 * A type of need. Rank 1 is primary. The LAR category beside it is defaulted from the type but
 * the user's to choose. (domain 1.2, 1.3)
 */
typedef struct {
  WayRecord record;
  char *child;
  double rank;
  char *type;
  char *lar_category;
  WayDate from;
  WayDate to;
} WayNeed;

extern const WayRecordType way_need_type;
#define WAY_NEED (&way_need_type)
WAY_DEFINE_VALUE (WayNeed)

/**
 * WayFlag:
 *
 * A vulnerability or entitlement with dates.
 */
typedef struct {
  WayRecord record;
  char *child;
  char *flag;
  WayDate from;
  WayDate to;
} WayFlag;

extern const WayRecordType way_flag_type;
#define WAY_FLAG (&way_flag_type)
WAY_DEFINE_VALUE (WayFlag)

/**
 * WayContact:
 *
 * A parent or carer. A restriction stops every export that would break it; a withheld address
 * never prints.
 */
typedef struct {
  WayRecord record;
  char *child;
  char *name;
  char *relationship;
  WayYesNo responsibility;
  char *telephone;
  char *email;
  char *street;
  char *town;
  char *postcode;
  char *format;
  char *language;
  char *restriction;
  char *restriction_note;
} WayContact;

extern const WayRecordType way_contact_type;
#define WAY_CONTACT (&way_contact_type)
WAY_DEFINE_VALUE (WayContact)

/**
 * WayAgreement:
 *
 * A parent's or carer's agreement to engage: a record of involvement, not the lawful basis.
 * (domain 9.3)
 */
typedef struct {
  WayRecord record;
  char *child;
  char *given_by;
  WayDate given_on;
  char *scope;
  char *method;
  WayDate withdrawn;
  char *note;
} WayAgreement;

extern const WayRecordType way_agreement_type;
#define WAY_AGREEMENT (&way_agreement_type)
WAY_DEFINE_VALUE (WayAgreement)

/**
 * WayAttendance:
 *
 * Sessions in one school year at one setting, as the school's file gave them.
 */
typedef struct {
  WayRecord record;
  char *child;
  char *year;
  char *setting;
  double possible;
  double attended;
  double authorised;
  double unauthorised;
} WayAttendance;

extern const WayRecordType way_attendance_type;
#define WAY_ATTENDANCE (&way_attendance_type)
WAY_DEFINE_VALUE (WayAttendance)

gboolean way_child_shares_upn (const WayChild *child, const WayChild *other); /* now or formerly */

/* (transfer none) (nullable): of (element-type WayEnrolment) @rows */
const WayEnrolment *way_enrolment_find_main (GPtrArray *rows, const char *child_id, WayDate on);
/* (transfer none) (nullable): of (element-type WaySenStatus) @rows */
const WaySenStatus *way_sen_status_find (GPtrArray *rows, const char *child_id, WayDate on);

G_END_DECLS
