/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeping what is typed into a visit, also where the store refuses it at first. */
#include "way-visit-keep.h"

#include "way-error.h"
#include "way-visit-draft.h"

#include <string.h>

struct _WayVisitOrigin {
  char *path;
  char *visit_id;
  char *child_id; /* (nullable) */
  WayDate today;
  gboolean amends;
  char *before; /* the worker's own; %NULL until it was read */
};

/**
 * way_visit_origin_new:
 * @path: where the store is
 * @visit_id: the visit
 * @child_id: (nullable): whom it is about, where it is not stored yet
 * @amends: whether what is typed first is the reason of an amendment
 *
 * Returns: (transfer full): which visit is written
 */
WayVisitOrigin *
way_visit_origin_new (const char *path, const char *visit_id, const char *child_id, gboolean amends)
{
  WayVisitOrigin *self = g_atomic_rc_box_new0 (WayVisitOrigin);

  self->path = g_strdup (path);
  self->visit_id = g_strdup (visit_id);
  self->child_id = g_strdup (child_id);
  self->today = way_date_today ();
  self->amends = amends;
  return self;
}

WayVisitOrigin *
way_visit_origin_ref (WayVisitOrigin *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
origin_clear (gpointer data)
{
  WayVisitOrigin *self = data;

  g_free (self->path);
  g_free (self->visit_id);
  g_free (self->child_id);
  g_free (self->before);
}

void
way_visit_origin_unref (WayVisitOrigin *self)
{
  g_atomic_rc_box_release_full (self, origin_clear);
}

/* What one job keeps. */
typedef struct {
  WayVisitOrigin *origin;
  WayRecordSet *records; /* (nullable): all of the visit */
  char *typed;           /* (nullable): else this, behind what stood there before */
} Draft;

static void
draft_free (gpointer data)
{
  Draft *draft = data;

  way_visit_origin_unref (draft->origin);
  g_clear_pointer (&draft->records, way_record_set_free);
  g_free (draft->typed);
  g_free (draft);
}

/* The visit has ended: what of it could not be stored is not wanted any more. */
void
way_visit_origin_forget (WayVisitOrigin *self, WayUnkept *unkept)
{
  way_unkept_forget (unkept, self->path, self->visit_id);
}

/* What one editor typed may have been stored behind it already: it is put there again whole. */
static void
restore_before (WayVisitOrigin *self, WayRecordSet *records)
{
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  g_autofree char *now = self->amends ? way_visit_draft_dup_reason (records)
                                      : g_strdup (visit->seen != NULL ? visit->seen : "");

  if (self->before == NULL)
    self->before = g_steal_pointer (&now);
  else if (strcmp (self->before, now) != 0 && self->amends)
    way_visit_draft_set_reason (records, self->before);
  else if (strcmp (self->before, now) != 0)
    way_set_string (&visit->seen, self->before);
}

static WayRecordSet *
read_stored (WayVisitOrigin *self, WayDb *db, GError **error)
{
  GError *failure = NULL;
  WayRecordSet *records = way_db_load_visit (db, self->visit_id, &failure);

  if (g_error_matches (failure, WAY_ERROR, WAY_ERROR_NOT_FOUND) && self->child_id != NULL) {
    g_clear_error (&failure);
    records = way_db_start_visit_as (db, self->visit_id, self->child_id, self->today, &failure);
  }
  if (failure != NULL)
    g_propagate_error (error, failure);
  else
    restore_before (self, records);
  return records;
}

static WayRecordSet *
read_draft (const Draft *draft, WayDb *db, GError **error)
{
  WayRecordSet *records;

  if (draft->records != NULL)
    return way_record_set_copy (draft->records);
  records = read_stored (draft->origin, db, error);
  if (records != NULL)
    way_visit_draft_take_typed (records, draft->origin->amends, draft->typed);
  return records;
}

/**
 * way_visit_origin_read:
 * @self: the visit
 * @db: the store
 * @unkept: what was not stored
 * @is_unkept: (out): whether that has something of this visit
 *
 * Returns: (transfer full) (nullable): the visit as it was written last, stored or not, without
 *   what was typed into this editor before it was read
 */
WayRecordSet *
way_visit_origin_read (
    WayVisitOrigin *self, WayDb *db, WayUnkept *unkept, gboolean *is_unkept, GError **error)
{
  g_autoptr (WayKeep) keep = way_unkept_find (unkept, self->path, self->visit_id);
  const Draft *draft = keep != NULL ? way_keep_get_data (keep) : NULL;
  WayRecordSet *records;

  *is_unkept = draft != NULL && draft->origin != self;
  if (!*is_unkept)
    return read_stored (self, db, error);
  records = read_draft (draft, db, error);
  if (records != NULL)
    restore_before (self, records);
  return records;
}

static gboolean
store_draft (WayDb *db, gpointer draft, GError **error)
{
  g_autoptr (WayRecordSet) records = read_draft (draft, db, error);

  return records != NULL && way_db_save_draft (db, records, error);
}

typedef struct {
  WayKeep *keep;
  WayUnkept *unkept;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  way_keep_unref (request->keep);
  way_unkept_unref (request->unkept);
  g_free (request);
}

static gpointer
keep_job (WayDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;

  way_unkept_try (request->unkept, db, request->keep, error);
  return NULL;
}

/**
 * way_visit_keep_async:
 * @store: the store
 * @effect: whether other pages have something new to show
 * @unkept: takes it where the store does not
 * @origin: which visit
 * @records: (transfer full) (nullable): all of it
 * @typed: (nullable): else what was typed before it was read, all of that
 * @callback: called when it has been tried
 *
 * Stores what is typed. What fails is in @unkept before way_store_close() returns.
 */
void
way_visit_keep_async (WayStore *store,
                      WayStoreEffect effect,
                      WayUnkept *unkept,
                      WayVisitOrigin *origin,
                      WayRecordSet *records,
                      const char *typed,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  Request *request = g_new0 (Request, 1);
  Draft *draft = g_new0 (Draft, 1);

  draft->origin = way_visit_origin_ref (origin);
  draft->records = records;
  draft->typed = g_strdup (typed);
  request->unkept = way_unkept_ref (unkept);
  request->keep = way_keep_new (WAY_KEEP_VISIT, origin->path, origin->visit_id);
  way_keep_set_store (request->keep, store_draft, draft, draft_free);
  way_store_run_async (
      store, effect, keep_job, request, request_free, NULL, NULL, callback, user_data);
}

gboolean
way_visit_keep_finish (WayStore *store, GAsyncResult *result, GError **error)
{
  GError *failure = NULL;

  way_store_run_finish (store, result, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}
