/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "way-db.h"

G_BEGIN_DECLS

#define WAY_TYPE_STORE (way_store_get_type ())
G_DECLARE_FINAL_TYPE (WayStore, way_store, WAY, STORE, GObject)

/**
 * WayStoreJob:
 * @db: the open store; only on this thread, only during the call
 * @request: what was handed to way_store_run_async(); the worker's own
 * @cancellable: (nullable): to be looked at by long jobs
 *
 * A piece of work on the store's one worker thread. Jobs run in the order in
 * which they were asked for. Returns the result, or %NULL with @error set (a job
 * with nothing to give back returns %NULL without error).
 */
typedef gpointer (*WayStoreJob) (WayDb *db,
                                 gpointer request,
                                 GCancellable *cancellable,
                                 GError **error);

typedef enum {
  WAY_STORE_READS,  /* changes nothing that a page shows; the passphrase is no such thing */
  WAY_STORE_WRITES, /* emits "changed" on the main thread when done */
} WayStoreEffect;

WayStore *way_store_new (void);

/* Opening and creating run on the worker too; they derive a key, which takes about half a second.
 */
void way_store_open_async (WayStore *self,
                           const char *path,
                           const char *passphrase,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
void way_store_recover_async (WayStore *self,
                              const char *path,
                              const char *recovery_key,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean way_store_open_finish (WayStore *self, GAsyncResult *result, GError **error); /* of both */
void way_store_create_async (WayStore *self,
                             const char *path,
                             const char *passphrase,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
char *way_store_create_finish (WayStore *self,
                               GAsyncResult *result,
                               GError **error); /* the recovery key; way_vault_secret_free() it */
gboolean way_store_is_open (WayStore *self);
void way_store_close (WayStore *self); /* drains the queue, closes the file on the worker; the
                                          object can open again */

void way_store_run_async (WayStore *self,
                          WayStoreEffect effect,
                          WayStoreJob job,
                          gpointer request,
                          GDestroyNotify request_free,
                          GDestroyNotify result_free,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gpointer way_store_run_finish (WayStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
