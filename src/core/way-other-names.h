/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-people.h"

G_BEGIN_DECLS

/**
 * WayOtherNames:
 *
 * The names by which a text may speak of children whom its reader shall not know.
 */
typedef struct _WayOtherNames WayOtherNames;

WayOtherNames *way_other_names_new (const WayChild *kept);
void way_other_names_add (WayOtherNames *self, const WayChild *other);
char *way_other_names_replace (WayOtherNames *self, const char *text, guint *n_replaced);
gboolean way_other_names_is_unclear (WayOtherNames *self); /* what may be a mention stayed */
void way_other_names_free (WayOtherNames *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayOtherNames, way_other_names_free)

G_END_DECLS
