/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-record-set.h"
#include "way-values.h"

G_BEGIN_DECLS

/* What the visit editor knows without a widget: plain functions over the records of one visit. */

/**
 * WayVisitSection:
 *
 * The sections of the editor, in the order in which a visit happens.
 */
typedef enum {
  WAY_SECTION_WHEN,
  WAY_SECTION_SINCE,
  WAY_SECTION_PURPOSE,
  WAY_SECTION_SEEN,
  WAY_SECTION_STRATEGIES,
  WAY_SECTION_EQUIPMENT,
  WAY_SECTION_ASSESSMENTS,
  WAY_SECTION_VIEWS,
  WAY_SECTION_STRENGTHS,
  WAY_SECTION_NEEDS,
  WAY_SECTION_TARGETS,
  WAY_SECTION_ADVICE,
  WAY_SECTION_ACTIONS,
  WAY_SECTION_MATERIALS,
  WAY_SECTION_NEXT,
  WAY_N_SECTIONS,
} WayVisitSection;

const char *way_visit_section_title (WayVisitSection section); /* translated */
const char *way_visit_section_field (WayVisitSection section); /* of the visit; NULL: several */
gboolean way_visit_draft_is_filled (WayRecordSet *records, WayVisitSection section);
char *way_visit_draft_summary (WayRecordSet *records,
                               WayVisitSection section); /* "2 of 3 answered"; "" for none */
guint way_visit_draft_count_words (WayRecordSet *records);
/* @child: what is known of the children. */
gboolean way_visit_draft_has_current_target (WayRecordSet *records, WayRecordSet *child);
GPtrArray *way_visit_draft_dup_empty (WayRecordSet *records,
                                      WayRecordSet *child); /* titles of what is empty */

gboolean way_visit_draft_is_joint (WayRecordSet *records); /* it concerns several children */

/* Every change goes through here; each new record belongs to the visit and has its id. */
gpointer way_visit_draft_add (WayRecordSet *records, const WayRecordType *type);
/* @target is taken; @rated (out): its row at this visit. */
void way_visit_draft_set_target (WayRecordSet *records, WayTarget *target, WayVisitTarget **rated);
void way_visit_draft_prepare (WayRecordSet *records); /* a row to write in wherever one is needed */
void way_visit_draft_prune (WayRecordSet *records);   /* takes away the rows with nothing in them */
void way_visit_draft_finish (WayRecordSet *records);  /* for signing */

void way_visit_draft_take_typed (WayRecordSet *records, gboolean is_reason, const char *typed);

/* An amendment keeps its reason in the draft (way-visit-amending.c). */
char *way_visit_draft_dup_reason (WayRecordSet *records); /* "" for none */
void way_visit_draft_set_reason (WayRecordSet *records, const char *reason);
void way_visit_draft_drop_reason (WayRecordSet *records);
gboolean way_visit_draft_is_amendment (WayRecordSet *records);
gboolean way_visit_draft_changes (WayRecordSet *records, WayRecordSet *before); /* but the reason */
const char *way_visit_draft_find_other_author (WayRecordSet *records, WayRecordSet *child);

/* What is half typed in a field of @record, and so is no value of it (way-visit-unread.c). */
void way_visit_draft_set_unread (WayRecordSet *records,
                                 gconstpointer record,
                                 const WayField *field,
                                 const char *text);
const char *
way_visit_draft_get_unread (WayRecordSet *records, gconstpointer record, const WayField *field);
/* Whether something is typed in a row: then what it cannot be without is missing. */
gboolean way_visit_draft_is_begun (WayRecordSet *records, gconstpointer record);
gboolean way_visit_draft_has_unread (WayRecordSet *records, gconstpointer record);
void way_visit_draft_drop_unread (WayRecordSet *records, gboolean all);

char *way_visit_file_name (const WayVisit *visit,
                           const WayChild *child,
                           const char *ending); /* "record-of-visit-7C2E-2026-11-17.pdf": no name */

G_END_DECLS
