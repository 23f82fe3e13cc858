/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-people.h"
#include "way-window.h"

G_BEGIN_DECLS

/* Who the user is; a group of the preferences. @known NULL: nobody has said yet. */
GtkWidget *
way_preferences_me_new (WayWindow *window, const WayPractitioner *known, const WayCodeLists *lists);

G_END_DECLS
