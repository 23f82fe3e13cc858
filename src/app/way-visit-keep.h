/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-store.h"
#include "way-unkept.h"

G_BEGIN_DECLS

/**
 * WayVisitOrigin:
 *
 * Which visit one editor writes, in which store. Shared with the store's worker, which
 * remembers in it what stood there before the first word was typed.
 */
typedef struct _WayVisitOrigin WayVisitOrigin;

/* @child_id (nullable): of a visit that is not stored yet. */
WayVisitOrigin *way_visit_origin_new (const char *path,
                                      const char *visit_id,
                                      const char *child_id,
                                      gboolean amends);
WayVisitOrigin *way_visit_origin_ref (WayVisitOrigin *self);
void way_visit_origin_unref (WayVisitOrigin *self);

/* On the worker. */
WayRecordSet *way_visit_origin_read (
    WayVisitOrigin *self, WayDb *db, WayUnkept *unkept, gboolean *is_unkept, GError **error);
void way_visit_origin_forget (WayVisitOrigin *self, WayUnkept *unkept);

/* Stores a draft: @records, all of it, or else what was @typed before it was read. */
void way_visit_keep_async (WayStore *store,
                           WayStoreEffect effect,
                           WayUnkept *unkept,
                           WayVisitOrigin *origin,
                           WayRecordSet *records, /* (nullable): taken */
                           const char *typed,     /* (nullable) */
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean way_visit_keep_finish (WayStore *store, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayVisitOrigin, way_visit_origin_unref)

G_END_DECLS
