/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-code-lists.h"
#include "way-measure.h"
#include "way-visit.h"

G_BEGIN_DECLS

/**
 * WayFinding:
 * @field: what it is about
 * @message: for people: what is wrong and how to put it right; see way_text_dup_sentence()
 * @is_warning: %TRUE if the record may be stored all the same
 */
typedef struct {
  const WayField *field;
  char *message;
  gboolean is_warning;
} WayFinding;

void way_finding_free (WayFinding *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayFinding, way_finding_free)
char *way_finding_dup_sentence (const WayFinding *self);
char *way_finding_dup_words (const WayFinding *self); /* the same after the field's name */
char *way_check_dup_words (const char *field, const char *message);

/* (transfer full) (element-type WayFinding): every rule the record breaks, errors first; empty if
 * all is well.
 * @lists nullable: then codes are not looked up (imports add an unknown code to its list instead).
 */
GPtrArray *way_record_check (gconstpointer record, const WayCodeLists *lists, WayDate today);
/* Likewise, and that the value of a measurement, the rating of a target at a visit, is on @scale.
 */
GPtrArray *way_record_check_on_scale (gconstpointer record,
                                      const WayMeasureScale *scale,
                                      const WayCodeLists *lists,
                                      WayDate today);
/* Likewise, and what follows for a part of @visit, such as an action that was agreed at it. */
GPtrArray *way_record_check_in_visit (gconstpointer record,
                                      const WayVisit *visit,
                                      const WayMeasureScale *scale,
                                      const WayCodeLists *lists,
                                      WayDate today);
#define WAY_OLDEST_YEARS 26 /* EHC plans run to 25 */

/* Which days can't be (way-check-days.c). (nullable): for people, why; any day may be unknown. */
const char *way_check_day (WayDate day);
const char *way_check_day_of_field (const WayRecordType *type,
                                    const WayField *field,
                                    WayDate day,
                                    WayDate today);
const char *way_check_past (WayDate day, WayDate today);
const char *way_check_planned (WayDate day, WayDate from); /* what takes place then */
const char *way_check_aimed (WayDate day, WayDate from);   /* what shall be by then */
const char *way_check_birth (WayDate dob, WayDate today);
const char *way_check_day_of_life (WayDate born, WayDate day);
/* Likewise of all days of a target, a measurement, a change or an action. */
const char *way_check_days_of_life (gconstpointer record, WayDate born, const WayField **field);
/* The first error as WAY_ERROR_INVALID "field: message"; warnings pass. */
gboolean way_record_validate (gconstpointer record,
                              const WayCodeLists *lists,
                              WayDate today,
                              GError **error);
gboolean way_record_validate_in_visit (gconstpointer record,
                                       const WayVisit *visit,
                                       const WayCodeLists *lists,
                                       WayDate today,
                                       GError **error);
gboolean way_record_validate_on_scale (gconstpointer record,
                                       const WayMeasureScale *scale,
                                       const WayCodeLists *lists,
                                       WayDate today,
                                       GError **error);

G_END_DECLS
