/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* In this window a button or line that is clicked twice by habit, or gets Enter twice or for long,
 * is pressed once. */
void way_once_guard (GtkWindow *window);
/* Whether a window of that type lies over @window already: what was slow was asked for twice. */
gboolean way_once_is_open (GtkWindow *window, GType type);

G_END_DECLS
