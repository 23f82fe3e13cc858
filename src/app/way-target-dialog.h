/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-target.h"
#include "way-window.h"

G_BEGIN_DECLS

void way_target_dialog_open_new (WayWindow *window, const char *child_id);
void way_target_dialog_open (WayWindow *window, const WayTarget *target); /* to change it */

G_END_DECLS
