/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * WaySaid:
 *
 * A line at the foot of a window that says what was done, and can have "Undo". It takes room of
 * its own while it says something, so that no button lies under it.
 *
 * Emits "undo" when its button is pressed, or Ctrl+Z anywhere but in a text.
 */
#define WAY_TYPE_SAID (way_said_get_type ())
G_DECLARE_FINAL_TYPE (WaySaid, way_said, WAY, SAID, AdwBin)

GtkWidget *way_said_new (void);
void way_said_say (WaySaid *self, const char *text, gboolean can_undo);
void way_said_clear (WaySaid *self);
gboolean way_said_is_in_use (WaySaid *self); /* the pointer or the keyboard is on it */

G_END_DECLS
