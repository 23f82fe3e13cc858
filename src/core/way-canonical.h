/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-record-set.h"

G_BEGIN_DECLS

#define WAY_FINGERPRINT_SIZE 20 /* "3f9a 1c07 b2e4 88d1" and its NUL */

typedef enum {
  WAY_CANONICAL_SHARED, /* what a Record of Visit holds: WAY_FIELD_LOCAL left out */
  WAY_CANONICAL_WHOLE,  /* every field: for drafts in the store */
} WayCanonicalScope;

char *way_canonical_write (WayRecordSet *records, WayCanonicalScope scope);
WayRecordSet *way_canonical_read (const char *text, GError **error);
void way_canonical_fingerprint (const char *text, char fingerprint[WAY_FINGERPRINT_SIZE]);

G_END_DECLS
