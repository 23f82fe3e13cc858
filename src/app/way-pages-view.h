/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "way-visit-report.h"

G_BEGIN_DECLS

/**
 * WayPagesView:
 *
 * The pages of a Record of Visit as they will be printed, one under the other.
 */
#define WAY_TYPE_PAGES_VIEW (way_pages_view_get_type ())
G_DECLARE_FINAL_TYPE (WayPagesView, way_pages_view, WAY, PAGES_VIEW, AdwBin)

GtkWidget *way_pages_view_new (void);
void way_pages_view_take_pages (WayPagesView *self, WayVisitPages *pages);
guint way_pages_view_get_length (WayPagesView *self);

G_END_DECLS
