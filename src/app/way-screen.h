/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WayScreenInterface:
 * @save: (nullable): queues the store jobs that keep what was typed; called
 *   before the window locks, closes or leaves the page. Must not wait.
 * @refresh: (nullable): shows what the store holds now; called after a change
 *   and when the page comes back into view
 * @focus_first: (nullable): puts the keyboard where work begins
 *
 * What a page of the window may do. A page that implements none of it is fine:
 * the interface is optional for whatever is pushed.
 */
#define WAY_TYPE_SCREEN (way_screen_get_type ())
G_DECLARE_INTERFACE (WayScreen, way_screen, WAY, SCREEN, GtkWidget)

struct _WayScreenInterface {
  GTypeInterface parent;

  void (*save) (WayScreen *self);
  void (*refresh) (WayScreen *self);
  void (*focus_first) (WayScreen *self);
};

/* Each takes any widget and does nothing where it is no screen. */
void way_screen_save (GtkWidget *page);
void way_screen_refresh (GtkWidget *page);
void way_screen_focus_first (GtkWidget *page);

G_END_DECLS
