/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  WAY_UPN_PERMANENT,
  WAY_UPN_TEMPORARY,
  WAY_UPN_WRONG_LETTER, /* well formed, but the check letter does not fit: warn, never refuse */
  WAY_UPN_MALFORMED,    /* warn, never refuse */
} WayUpnKind;

WayUpnKind way_upn_check (const char *upn);
char *way_upn_normalise (const char *text);
char way_upn_check_letter (const char *body);
char *way_upn_make (guint la, guint establishment, guint year, guint serial);

G_END_DECLS
