/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-record.h"

G_BEGIN_DECLS

/* Lists are data: the service may edit them, because policy changes faster than software. */

/**
 * WayCode:
 *
 * One entry of a code list. group holds what a code belongs to (a type of need's broad area),
 * extra what it defaults to (its LAR category).
 */
typedef struct {
  WayRecord record;
  char *list;
  char *code;
  char *label;
  double position;
  char *group;
  char *extra;
  WayYesNo legacy;
} WayCode;

extern const WayRecordType way_code_type;
#define WAY_CODE (&way_code_type)
WAY_DEFINE_VALUE (WayCode)

/**
 * WayTerm:
 *
 * One of the terms of a school year.
 */
typedef struct {
  WayRecord record;
  char *year;
  double term;
  WayDate start;
  WayDate end;
} WayTerm;

extern const WayRecordType way_term_type;
#define WAY_TERM (&way_term_type)
WAY_DEFINE_VALUE (WayTerm)

G_END_DECLS
