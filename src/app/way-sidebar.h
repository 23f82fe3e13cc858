/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WaySidebar:
 *
 * The parts of the window, and the visits that are being written.
 */
#define WAY_TYPE_SIDEBAR (way_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (WaySidebar, way_sidebar, WAY, SIDEBAR, GtkWidget)

void way_sidebar_refresh (WaySidebar *self);                         /* reads the drafts */
void way_sidebar_set_saved (WaySidebar *self, const char *visit_id); /* now */
void way_sidebar_clear (WaySidebar *self);                           /* forgets them */

G_END_DECLS
