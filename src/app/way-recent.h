/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From now on nothing that is chosen here stays in the desktop's list of recent files. */
void way_recent_keep_out (void);

G_END_DECLS
