/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-window.h"

G_BEGIN_DECLS

/* Who the user is and what the service prefers: kept in its store, saved as soon as it is changed.
 */
void way_preferences_window_open (WayWindow *window);
void way_preferences_take_logo (GtkWidget *group, GFile *file); /* once a picture is chosen */

G_END_DECLS
