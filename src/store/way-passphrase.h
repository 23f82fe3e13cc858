/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  WAY_STRENGTH_EMPTY,
  WAY_STRENGTH_WEAK,
  WAY_STRENGTH_FAIR,
  WAY_STRENGTH_GOOD
} WayStrength;

WayStrength way_strength_of (const char *passphrase, const char *name);
double way_passphrase_seconds (const char *passphrase, const char *name);

G_END_DECLS
