/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-window.h"

G_BEGIN_DECLS

/* On the worker, in the store: whether it is still open if its recovery key is kept. */
gboolean way_window_key_is_open (WayDb *db, GError **error);
gboolean way_window_key_forget (WayDb *db, GError **error);

void way_window_key_kept (WayStore *store); /* that is said */

void way_window_key_remind (WayWindow *self); /* until it is answered */
void way_window_key_answered (WayWindow *self);
void way_window_key_unchanged (WayWindow *self); /* a new one was not taken */
void way_window_install_key_actions (GtkWidgetClass *widget_class);

G_END_DECLS
