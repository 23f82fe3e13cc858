/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-store.h"
#include "way-visit-report.h"

G_BEGIN_DECLS

/**
 * WayPrinted:
 * @dossier: the record
 * @style: with its texts owned by this value
 *
 * A record with all that its pages need, as read from the store in one go.
 */
typedef struct {
  WayDossier *dossier;
  WayReportStyle style;
  WayCodeLists *lists;
  char *service_name;
  char *privacy_line;
} WayPrinted;

void way_printed_free (WayPrinted *self);
/* Store jobs' insides: on the worker. @version 0: the latest. */
WayPrinted *way_printed_gather (WayDb *db, const char *visit_id, int version, GError **error);
WayPrinted *way_printed_preview (WayDb *db,
                                 WayRecordSet *records,
                                 const char *reason,
                                 GError **error); /* as it would be */

/* Writes a record as a file and logs to whom and why it left. Off the main loop. @sharing->format
 * is "PDF" or "XML"; @sharing is copied. */
void way_visit_save_async (WayStore *store,
                           const char *visit_id,
                           const WaySharing *sharing,
                           GFile *file,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean way_visit_save_finish (WayStore *store, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayPrinted, way_printed_free)

G_END_DECLS
