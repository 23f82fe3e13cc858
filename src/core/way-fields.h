/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-record.h"

#include <stddef.h>

/* For the tables of fields: a type from its name, its struct and its table. */
#define WAY_DEFINE_TYPE(name_, Struct, FIELDS)                                                     \
  const WayRecordType way_##name_##_type = {#name_, sizeof (Struct), FIELDS, G_N_ELEMENTS (FIELDS)};
