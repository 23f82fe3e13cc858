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
 * @named: (element-type utf8): names of other children whom the record's text names
 * @today: the day of the agreements
 * @people: (element-type utf8): who may be meant, "Dana Okafor (Mother)"
 * @contacts: the contacts of the children
 * @agreements: (element-type utf8): "recorded on …" or "withdrawn on …", one for each child that
 *   has one
 * @missing: (element-type utf8): names of the children without an agreement in place
 *
 * What has to be known before a record leaves. From @people on it is about all of the children, or
 * about the one for whom an extract leaves.
 */
typedef struct {
  WayPrinted *printed;
  GPtrArray *own;
  GPtrArray *children;
  GPtrArray *gathered;
  GPtrArray *named;
  WayDate today;
  GPtrArray *people;
  WayRecordSet *contacts;
  GPtrArray *agreements;
  GPtrArray *missing;
} WayShareFacts;

/* On the store's thread. */
WayShareFacts *
way_share_facts_gather (WayDb *db, const char *visit_id, WayDate today, GError **error);
void way_share_facts_free (WayShareFacts *self);
void way_share_facts_narrow (WayShareFacts *self, const char *child_id); /* NULL: to all of them */
/* Name of whoever must not be contacted and is meant by @recipient; NULL: nobody. */
const char *way_share_facts_find_barred (const WayShareFacts *self, const char *recipient);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayShareFacts, way_share_facts_free)

G_END_DECLS
