/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-record.h"

G_BEGIN_DECLS

/* What left, kept for the child and the parents. */

/**
 * WayDisclosure:
 *
 * Something that left the store: what, to whom, why, on what basis.
 */
typedef struct {
  WayRecord record;
  char *child;
  char *visit;
  char *what;
  double version;
  char *fingerprint;
  char *level;
  char *format;
  char *recipient;
  char *purpose;
  char *basis;
  char *reason;
  char *at;
  char *by;
} WayDisclosure;

extern const WayRecordType way_disclosure_type;
#define WAY_DISCLOSURE (&way_disclosure_type)
WAY_DEFINE_VALUE (WayDisclosure)

G_END_DECLS
