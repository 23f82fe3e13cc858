/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-record-set.h"

G_BEGIN_DECLS

gboolean caseload_field_stays (const WayRecordType *type, const char *field);
gboolean caseload_field_is_address (const char *field);
GHashTable *caseload_find_withheld (WayRecordSet *records); /* borrows the ids */

G_END_DECLS
