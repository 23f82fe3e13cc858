/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-people.h"
#include "way-record-set.h"

G_BEGIN_DECLS

/* What stands against a record's leaving: one rule for all ways out. */

/**
 * WayAgreementState:
 * @WAY_AGREEMENT_MISSING: none was given by that day
 * @WAY_AGREEMENT_IN_PLACE: one holds on that day
 * @WAY_AGREEMENT_WITHDRAWN: one was given, none holds any more
 *
 * How it stands with the agreement to engage on a day.
 */
typedef enum {
  WAY_AGREEMENT_MISSING,
  WAY_AGREEMENT_IN_PLACE,
  WAY_AGREEMENT_WITHDRAWN
} WayAgreementState;

WayAgreementState way_sharing_get_agreement (WayRecordSet *records,
                                             const char *child_id,
                                             WayDate today,
                                             WayDate *on);  /* given or withdrawn */
gboolean way_sharing_is_barred (const WayContact *contact); /* must not be contacted */
const WayContact *way_sharing_find_barred (WayRecordSet *records, const char *recipient);
const WayContact *way_sharing_find_contact (WayRecordSet *records,
                                            const char *recipient); /* whom @recipient means */

G_END_DECLS
