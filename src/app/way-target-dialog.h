/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-target.h"
#include "way-window.h"

G_BEGIN_DECLS

void way_target_dialog_open_new (WayWindow *window, const char *child_id);
void way_target_dialog_open (WayWindow *window, const WayTarget *target); /* to change it */

/* For one that is set at a visit: @taken gets the target, instead of the store. */
typedef void (*WayTargetTaken) (WayTarget *target, /* taken */
                                gpointer object);
WayTarget *way_target_new_draft (const char *child_id, WayDate start);
void way_target_dialog_open_for_visit (WayWindow *window,
                                       const WayTarget *target,
                                       WayTargetTaken taken,
                                       gpointer object); /* a GObject, kept alive until then */

char *way_target_dialog_dup_visit_key (const char *child_id); /* of one that is new at a visit */

G_END_DECLS
