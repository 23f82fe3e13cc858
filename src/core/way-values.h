/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-casework.h"
#include "way-disclosure.h"
#include "way-lists.h"
#include "way-people.h"
#include "way-review.h"
#include "way-target.h"
#include "way-visit.h"

G_BEGIN_DECLS

/* Every type of record, each after the types that it refers to. */
#define WAY_N_RECORD_TYPES 33
extern const WayRecordType *const WAY_RECORD_TYPES[WAY_N_RECORD_TYPES];

const WayRecordType *way_record_type_by_name (const char *name);
int way_record_type_index (const WayRecordType *type);

G_END_DECLS
