/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-record-set.h"
#include "way-values.h"

G_BEGIN_DECLS

/* Whether a visit that took place has a record at all. */
gboolean way_visit_says_nothing (WayRecordSet *records);
/* Where nobody typed a day. */
void way_visit_date_assessments (WayRecordSet *records);

G_END_DECLS
