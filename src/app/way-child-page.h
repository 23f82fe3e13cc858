/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "way-record-set.h"

G_BEGIN_DECLS

/**
 * WayChildPage:
 *
 * The page of a child: who it is, what happened, what is worked towards.
 */
#define WAY_TYPE_CHILD_PAGE (way_child_page_get_type ())
G_DECLARE_FINAL_TYPE (WayChildPage, way_child_page, WAY, CHILD_PAGE, AdwBin)

GtkWidget *way_child_page_new (const char *child_id);
const char *way_child_page_get_child (WayChildPage *self);
/* "overview", "targets", "visits" or "profile" */
void way_child_page_show_tab (WayChildPage *self, const char *name);

G_END_DECLS
