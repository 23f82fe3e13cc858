/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-printed.h"

G_BEGIN_DECLS

/**
 * WayShareFacts:
 * @printed: the record that is to leave
 * @own: (element-type WayChild): the children whom it concerns, by the ids of the store; the record
 *   may have others, as it came
 * @children: (element-type utf8): their names
 * @gathered: (element-type WayRecordSet): what belongs to each of them, in the same order
 * @stored: (element-type WayChild): all children of the store
 * @today: the day of the agreements
 * @people: (element-type utf8): who may be meant, "Dana Okafor (Mother)"
 * @contacts: the contacts of the children
 * @agreements: (element-type utf8): "recorded on …" or "withdrawn on …", one for each child that
 *   has one
 * @missing: (element-type utf8): names of the children without an agreement in place
 * @named: (element-type utf8): names of other children of the store whom the text names
 *
 * What has to be known before a record leaves. From @people on it is about all of the children, or
 * about the one for whom an extract leaves.
 */
typedef struct {
  WayPrinted *printed;
  GPtrArray *own;
  GPtrArray *children;
  GPtrArray *gathered;
  GPtrArray *stored;
  WayDate today;
  GPtrArray *people;
  WayRecordSet *contacts;
  GPtrArray *agreements;
  GPtrArray *missing;
  GPtrArray *named;
} WayShareFacts;

/* On the store's thread. */
WayShareFacts *
way_share_facts_gather (WayDb *db, const char *visit_id, WayDate today, GError **error);
void way_share_facts_free (WayShareFacts *self);
/* @child_id NULL: to all of them. */
void way_share_facts_narrow (WayShareFacts *self, const WayDossier *dossier, const char *child_id);
/* Name of whoever must not be contacted and is meant by @recipient; NULL: nobody. */
const char *way_share_facts_find_barred (const WayShareFacts *self, const char *recipient);
/* Whether it begins with the name of one of the contacts: nobody of the school. */
gboolean way_share_facts_is_contact (const WayShareFacts *self, const char *recipient);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayShareFacts, way_share_facts_free)

G_END_DECLS
