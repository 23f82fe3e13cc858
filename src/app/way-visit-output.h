/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-store.h"

G_BEGIN_DECLS

#define WAY_VISIT_ON_PAPER "paper"

/* Writes a record as a file and logs to whom and why it left. Off the main loop. @sharing->format
 * is WAY_PRINTED_PDF, WAY_PRINTED_PDF_ALONE, "XML" or WAY_VISIT_ON_PAPER, which only logs; @sharing
 * is copied. */
void way_visit_save_async (WayStore *store,
                           const char *visit_id,
                           const char *child_id, /* (nullable): of a joint visit, for this one */
                           const WaySharing *sharing,
                           GFile *file, /* (nullable) */
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean
way_visit_save_finish (WayStore *store, GAsyncResult *result, char **missing, GError **error);

G_END_DECLS
