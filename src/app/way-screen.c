/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-screen.h"

G_DEFINE_INTERFACE (WayScreen, way_screen, GTK_TYPE_WIDGET)

static void
way_screen_default_init (WayScreenInterface *iface)
{
}

/**
 * way_screen_save:
 * @page: a page of the window
 *
 * Lets the page queue what it has not kept yet.
 */
void
way_screen_save (GtkWidget *page)
{
  if (WAY_IS_SCREEN (page) && WAY_SCREEN_GET_IFACE (page)->save != NULL)
    WAY_SCREEN_GET_IFACE (page)->save (WAY_SCREEN (page));
}

/**
 * way_screen_refresh:
 * @page: a page of the window
 *
 * Lets the page show what the store holds now.
 */
void
way_screen_refresh (GtkWidget *page)
{
  if (WAY_IS_SCREEN (page) && WAY_SCREEN_GET_IFACE (page)->refresh != NULL)
    WAY_SCREEN_GET_IFACE (page)->refresh (WAY_SCREEN (page));
}

/**
 * way_screen_focus_first:
 * @page: a page of the window
 *
 * Puts the keyboard where work begins on the page.
 */
void
way_screen_focus_first (GtkWidget *page)
{
  if (WAY_IS_SCREEN (page) && WAY_SCREEN_GET_IFACE (page)->focus_first != NULL)
    WAY_SCREEN_GET_IFACE (page)->focus_first (WAY_SCREEN (page));
  else
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}
