/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-people.h"
#include "way-window.h"

G_BEGIN_DECLS

void way_child_dialog_open_new (WayWindow *window);
void way_child_dialog_open (WayWindow *window, const WayChild *child); /* to change the profile */

G_END_DECLS
