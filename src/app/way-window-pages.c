/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-window-private.h"

#include "way-children-page.h"

#include <glib/gi18n.h>

/**
 * way_window_show_children:
 * @self: the window, open
 *
 * Shows the list of children, which all other pages lie on.
 */
void
way_window_show_children (WayWindow *self)
{
  g_return_if_fail (WAY_IS_WINDOW (self));

  way_window_clear_pages (self);
  way_window_push (self, way_children_page_new (), _ ("Children"));
}

void
way_window_open_child (WayWindow *self, const char *child_id)
{
  g_return_if_fail (WAY_IS_WINDOW (self) && child_id != NULL);
}

void
way_window_open_visit (WayWindow *self, const char *child_id, const char *visit_id)
{
  g_return_if_fail (WAY_IS_WINDOW (self) && visit_id != NULL);
}
