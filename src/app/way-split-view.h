/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WaySplitView:
 *
 * A sidebar beside the content, folded away where the window is narrower than
 * 900 px. The one place that knows the platform's widget for it.
 */
#define WAY_TYPE_SPLIT_VIEW (way_split_view_get_type ())
G_DECLARE_FINAL_TYPE (WaySplitView, way_split_view, WAY, SPLIT_VIEW, GtkWidget)

void way_split_view_set_sidebar (WaySplitView *self, GtkWidget *sidebar);
void way_split_view_set_content (WaySplitView *self, GtkWidget *content);
gboolean way_split_view_get_folded (WaySplitView *self);      /* property "folded" */
gboolean way_split_view_is_sidebar_open (WaySplitView *self); /* property "sidebar-open" */
void way_split_view_show_sidebar (WaySplitView *self, gboolean show);

G_END_DECLS
