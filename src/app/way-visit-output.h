/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-store.h"

G_BEGIN_DECLS

/* Writes a record as a file and logs to whom and why it left. Off the main loop. @sharing->format
 * is "PDF" or "XML"; @sharing is copied. */
void way_visit_save_async (WayStore *store,
                           const char *visit_id,
                           const WaySharing *sharing,
                           GFile *file,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean
way_visit_save_finish (WayStore *store, GAsyncResult *result, char **missing, GError **error);

G_END_DECLS
