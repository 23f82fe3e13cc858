/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * WayVisitPage:
 *
 * A signed Record of Visit: its pages, its versions, and how it leaves.
 */
#define WAY_TYPE_VISIT_PAGE (way_visit_page_get_type ())
G_DECLARE_FINAL_TYPE (WayVisitPage, way_visit_page, WAY, VISIT_PAGE, AdwBin)

GtkWidget *way_visit_page_new (const char *visit_id);

G_END_DECLS
