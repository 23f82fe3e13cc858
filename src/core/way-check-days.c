/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which days can't be: one rule each, for all records and for the fields of the window. */
#include "way-check.h"

#include "way-values.h"

#define FIRST_DAY way_date_new (1900, 1, 1)
/* How far ahead a visit or a review can be planned: an EHC plan is reviewed at least that often
 * (SEND Code of Practice, 9.166). */
#define PLANNED_DAYS 366
/* What is aimed at may be years ahead, but not further than the longest plan. */
#define AIMED_DAYS (WAY_OLDEST_YEARS * 366)

/**
 * way_check_day:
 * @day: of anything; it may be unknown
 *
 * Returns: (transfer none) (nullable): for people, why nothing that is kept here was on @day
 */
const char *
way_check_day (WayDate day)
{
  return day != WAY_DATE_UNKNOWN && day < FIRST_DAY ? "is before 1900; check the year" : NULL;
}

/**
 * way_check_planned:
 * @day: on which something takes place or begins; it may be unknown
 * @from: the day from which it is planned
 *
 * Returns: (transfer none) (nullable): for people, why @day is none to plan for
 */
const char *
way_check_planned (WayDate day, WayDate from)
{
  return day > from + PLANNED_DAYS ? "is more than a year ahead, too far for a plan; check the year"
                                   : NULL;
}

/**
 * way_check_aimed:
 * @day: by which something shall be; it may be unknown
 * @from: the day from which it is aimed at
 *
 * Returns: (transfer none) (nullable): for people, why @day is none to aim at
 */
const char *
way_check_aimed (WayDate day, WayDate from)
{
  return day > from + AIMED_DAYS ? "is further ahead than an EHC plan can run; check the year"
                                 : NULL;
}

/**
 * way_check_past:
 * @day: on which something was done; it may be unknown
 * @today: what counts as the future begins after it
 *
 * Returns: (transfer none) (nullable): for people, why nothing can have been done on @day
 */
const char *
way_check_past (WayDate day, WayDate today)
{
  return day > today ? "is in the future; check the year" : NULL;
}

/* How far from today a day may be, by what it is the day of. */
static const struct {
  const WayRecordType *type;
  const char *field;
  const char *(*find_fault) (WayDate day, WayDate today);
} DAYS[] = {
    {&way_enrolment_type, "from", way_check_planned},
    {&way_enrolment_type, "to", way_check_aimed},
    {&way_sen_status_type, "from", way_check_planned},
    {&way_sen_status_type, "to", way_check_aimed},
    {&way_need_type, "from", way_check_planned},
    {&way_need_type, "to", way_check_aimed},
    {&way_flag_type, "from", way_check_planned},
    {&way_flag_type, "to", way_check_aimed},
    {&way_agreement_type, "given_on", way_check_past},
    {&way_agreement_type, "withdrawn", way_check_planned},
    {&way_case_type, "opened", way_check_planned},
    {&way_case_type, "closed", way_check_planned},
    {&way_case_status_type, "from", way_check_planned},
    {&way_allocation_type, "from", way_check_planned},
    {&way_allocation_type, "to", way_check_aimed},
    {&way_outcome_type, "from", way_check_planned},
    {&way_outcome_type, "to", way_check_aimed},
    {&way_provision_type, "from", way_check_planned},
    {&way_provision_type, "to", way_check_aimed},
    {&way_target_type, "start", way_check_planned},
    {&way_target_type, "baseline_date", way_check_planned},
    {&way_target_type, "ended", way_check_planned},
    {&way_target_type, "due", way_check_aimed},
    {&way_phase_type, "date", way_check_planned},
    {&way_action_type, "due", way_check_aimed},
    {&way_action_type, "done", way_check_planned},
    {&way_review_type, "next_review", way_check_aimed},
};

/**
 * way_check_day_of_field:
 * @type: a type of record
 * @field: one of its days
 * @day: what is or would be there; it may be unknown
 * @today: what counts as the future begins after it
 *
 * Returns: (transfer none) (nullable): for people, why it can't be @day, whatever else the record
 *   holds
 */
const char *
way_check_day_of_field (const WayRecordType *type,
                        const WayField *field,
                        WayDate day,
                        WayDate today)
{
  const char *fault = way_check_day (day);

  for (guint i = 0; i < G_N_ELEMENTS (DAYS) && fault == NULL; i++) {
    if (DAYS[i].type == type && g_strcmp0 (DAYS[i].field, field->name) == 0)
      fault = DAYS[i].find_fault (day, today);
  }
  return fault;
}

/**
 * way_check_birth:
 * @dob: a child's date of birth; it may be unknown
 * @today: what counts as the future begins after it
 *
 * Returns: (transfer none) (nullable): for people, why nobody was born then
 */
const char *
way_check_birth (WayDate dob, WayDate today)
{
  const char *fault = way_check_past (dob, today);

  return fault != NULL ? fault : way_check_day (dob);
}

/**
 * way_check_day_of_life:
 * @born: a child's date of birth; it may be unknown
 * @day: of a visit, a measurement or the like; it may be unknown
 *
 * Returns: (transfer none) (nullable): for people, what is wrong with @day; %NULL if all is well
 */
const char *
way_check_day_of_life (WayDate born, WayDate day)
{
  if (born == WAY_DATE_UNKNOWN || day == WAY_DATE_UNKNOWN || born <= day)
    return NULL;
  return "is before the child was born; check the day and the date of birth";
}

/**
 * way_check_days_of_life:
 * @record: what is a child's
 * @born: the child's date of birth; it may be unknown
 * @field: (out): the day of @record that is at fault
 *
 * Returns: (transfer none) (nullable): as way_check_day_of_life() of each day of @record
 */
const char *
way_check_days_of_life (gconstpointer record, WayDate born, const WayField **field)
{
  const WayRecordType *type = WAY_RECORD (record)->type;
  const char *fault = NULL;

  for (guint i = 0; i < type->n_fields && fault == NULL; i++) {
    *field = &type->fields[i];
    if ((*field)->kind == WAY_FIELD_DATE)
      fault = way_check_day_of_life (born, way_field_date (*field, record));
  }
  return fault;
}
