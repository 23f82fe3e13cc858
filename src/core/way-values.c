/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-values.h"

#include <string.h>

/* An action may belong to a review or a visit, a need to a child, and so on:
 * what is referred to comes first. This is also the order of records in a
 * canonical text, so it is part of every fingerprint: append, never reorder. */
const WayRecordType *const WAY_RECORD_TYPES[WAY_N_RECORD_TYPES] = {
    &way_code_type,         &way_term_type,        &way_practitioner_type,  &way_setting_type,
    &way_child_type,        &way_enrolment_type,   &way_sen_status_type,    &way_need_type,
    &way_flag_type,         &way_contact_type,     &way_agreement_type,     &way_attendance_type,
    &way_case_type,         &way_case_status_type, &way_allocation_type,    &way_cycle_type,
    &way_provision_type,    &way_outcome_type,     &way_target_type,        &way_measurement_type,
    &way_phase_type,        &way_visit_type,       &way_visit_child_type,   &way_visit_person_type,
    &way_visit_view_type,   &way_review_type,      &way_action_type,        &way_visit_action_type,
    &way_visit_target_type, &way_assessment_type,  &way_review_target_type, &way_visit_version_type,
    &way_disclosure_type,
};

/**
 * way_record_type_by_name:
 *
 * Returns: (nullable): the type called @name, as in "sen_status"
 */
const WayRecordType *
way_record_type_by_name (const char *name)
{
  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    if (strcmp (WAY_RECORD_TYPES[i]->name, name) == 0)
      return WAY_RECORD_TYPES[i];
  }
  return NULL;
}

/* The place of @type in WAY_RECORD_TYPES. */
int
way_record_type_index (const WayRecordType *type)
{
  for (int i = 0; i < WAY_N_RECORD_TYPES; i++) {
    if (WAY_RECORD_TYPES[i] == type)
      return i;
  }
  g_return_val_if_reached (0);
}
