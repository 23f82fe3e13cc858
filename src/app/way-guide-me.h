/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "way-people.h"
#include "way-store.h"

G_BEGIN_DECLS

/* Keeps who the user is; @me is taken: a name, a role, and the team as it was typed. */
void way_guide_save_me_async (WayStore *store,
                              WayPractitioner *me,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean way_guide_save_me_finish (WayStore *store, GAsyncResult *result, GError **error);
GPtrArray *way_guide_load_roles (GtkStringList *labels); /* returns their codes */

G_END_DECLS
