/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-casework.h"
#include "way-code-lists.h"
#include "way-record-set.h"
#include "way-target.h"
#include "way-terms.h"

G_BEGIN_DECLS

/* What the page of a child says, worked out from its records, without a widget. */

char *way_child_facts_name (WayRecordSet *records);      /* "Amara Okafor" */
char *way_child_facts_preferred (WayRecordSet *records); /* "(Ami)", or "" */
char *way_child_facts_line (WayRecordSet *records,
                            const WayCodeLists *lists,
                            WayDate today); /* "8 y 2 m · Year 3 · school · SEN support · SLCN" */
char *way_child_facts_case (WayRecordSet *records,
                            const WayCodeLists *lists,
                            WayDate today); /* "Case 2, active since 9 Jan 2026 · …", or "" */
const WayCase *way_child_facts_latest_case (WayRecordSet *records, WayDate today); /* NULL: none */
/* (transfer container) (element-type WayTarget): open ones first, the newest first */
GPtrArray *way_child_facts_targets (WayRecordSet *records, gboolean open_only);
/* (transfer container): the records of @type that belong to the target */
GPtrArray *
way_child_facts_of_target (WayRecordSet *records, const WayRecordType *type, const char *target_id);
/* (transfer container) (element-type WayAction): not done yet, the earliest due first */
GPtrArray *way_child_facts_open_actions (WayRecordSet *records);
char *way_child_facts_short (const char *statement,
                             gboolean with_day); /* a target in a few words */

/**
 * WayTimelineEntry:
 * @mark: a shape for its kind
 * @what: its kind in a word
 * @text: the rest of the line
 * @detail: (nullable): its first words
 * @visit: (nullable): id of the visit that it opens
 */
typedef struct {
  WayDate date;
  const char *mark;
  const char *what;
  char *text;
  char *detail;
  char *visit;
} WayTimelineEntry;

/* (transfer full) (element-type WayTimelineEntry): newest first; measurements of a target are
 * one line in each stretch. */
GPtrArray *way_timeline_new (WayRecordSet *records,
                             const WayCodeLists *lists,
                             const WayTerms *terms,
                             WayDate today);
gboolean way_timeline_is_one_stretch (const WayTerms *terms, WayDate one, WayDate other);

G_END_DECLS
