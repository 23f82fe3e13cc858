/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-canonical.h"
#include "way-terms.h"
#include "way-values.h"

G_BEGIN_DECLS

/**
 * WayDossier:
 * @records: the visit, its author, setting and children as they were at signing,
 *   targets with the points charted, terms ...: all that is printed, and nothing else
 * @fingerprint: over the canonical text of @records; empty while a draft
 * @level: (nullable): code of the disclosure level of a reduced copy; %NULL for the record itself
 * @versions: in @records as #WayVisitVersion: the earlier signed versions
 *
 * One Record of Visit as one plain value. The store gathers it; report, exchange
 * and the window lay it out. Drafts and signed visits have the same form.
 */
typedef struct {
  WayRecordSet *records;
  char fingerprint[WAY_FINGERPRINT_SIZE];
  const char *level; /* interned */
} WayDossier;

/* A copy of a joint visit's record for one of its children. */
#define WAY_LEVEL_FULL "full"
#define WAY_LEVEL_ONE_CHILD "one-child"

WayDossier *way_dossier_new (
    WayRecordSet *records); /* (transfer full): computes the fingerprint if the visit is signed */
WayDossier *way_dossier_new_at_level (WayRecordSet *records,
                                      const char *level); /* (transfer full) for @records */
WayDossier *way_dossier_from_canonical (const char *text, GError **error);
char *way_dossier_to_canonical (WayDossier *self);
void way_dossier_free (WayDossier *self);

WayVisit *way_dossier_get_visit (const WayDossier *self);
WayPractitioner *way_dossier_get_author (const WayDossier *self);
WaySetting *way_dossier_get_setting (const WayDossier *self);
gboolean way_dossier_is_signed (const WayDossier *self);
GPtrArray *
way_dossier_dup_children (const WayDossier *self); /* (transfer container) WayChild by position */
WayEnrolment *way_dossier_get_enrolment (const WayDossier *self, const WayChild *child);
WaySenStatus *way_dossier_get_sen_status (const WayDossier *self, const WayChild *child);
GPtrArray *way_dossier_dup_list (const WayDossier *self,
                                 const WayRecordType *type,
                                 const char *field,
                                 const char *id); /* (transfer container): records whose id-field is
                                                     @id (NULL: all), by date and position */
GPtrArray *way_dossier_dup_new_actions (const WayDossier *self); /* agreed at this visit */
char *way_child_full_name (const WayChild *child);               /* "Amara Okafor" */
char *way_child_first_name (const WayChild *child);              /* preferred, else forename */
char *way_child_name_among (const WayChild *child, GPtrArray *children);
char *way_child_initials (const WayChild *child); /* "A.O." */
char *
way_child_reference (const WayChild *child); /* "7C2E": from the id, so that no name is needed */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayDossier, way_dossier_free)

G_END_DECLS
