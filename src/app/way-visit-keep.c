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

/* What one job keeps, and why it was not kept. Not changed once it is made, but for that. */
typedef struct {
  WayVisitOrigin *origin;
  WayRecordSet *records; /* (nullable): all of the visit */
  char *typed;           /* (nullable): else this, behind what stood there before */
  char *reason;          /* (nullable): set by the worker before it is put into the bag */
} Keep;

static void
keep_clear (gpointer data)
{
  Keep *keep = data;

  way_visit_origin_unref (keep->origin);
  g_clear_pointer (&keep->records, way_record_set_free);
  g_free (keep->typed);
  g_free (keep->reason);
}

static void
keep_unref (gpointer keep)
{
  g_atomic_rc_box_release_full (keep, keep_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Keep, keep_unref)

struct _WayUnkept {
  GMutex mutex;
  GHashTable *keeps; /* (element-type utf8 Keep), by the visit's id */
};

WayUnkept *
way_unkept_new (void)
{
  WayUnkept *self = g_atomic_rc_box_new0 (WayUnkept);

  g_mutex_init (&self->mutex);
  self->keeps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, keep_unref);
  return self;
}

WayUnkept *
way_unkept_ref (WayUnkept *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
unkept_clear (gpointer data)
{
  WayUnkept *self = data;

  g_hash_table_unref (self->keeps);
  g_mutex_clear (&self->mutex);
}

void
way_unkept_unref (WayUnkept *self)
{
  g_atomic_rc_box_release_full (self, unkept_clear);
}

static void
put (WayUnkept *self, Keep *keep)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_hash_table_replace (
      self->keeps, g_strdup (keep->origin->visit_id), g_atomic_rc_box_acquire (keep));
}

static Keep *
dup_keep (WayUnkept *self, const char *visit_id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Keep *keep = g_hash_table_lookup (self->keeps, visit_id);

  return keep != NULL ? g_atomic_rc_box_acquire (keep) : NULL;
}

/* Those of one store, or of all where @path is NULL. */
static GPtrArray *
dup_keeps (WayUnkept *self, const char *path)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GPtrArray *keeps = g_ptr_array_new_with_free_func (keep_unref);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->keeps);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    if (path == NULL || g_strcmp0 (((Keep *) value)->origin->path, path) == 0)
      g_ptr_array_add (keeps, g_atomic_rc_box_acquire (value));
  }
  return keeps;
}

/**
 * way_unkept_count:
 * @path: (nullable): of this store only
 *
 * Returns: how many visits have something typed that is not stored
 */
guint
way_unkept_count (WayUnkept *self, const char *path)
{
  g_autoptr (GPtrArray) keeps = dup_keeps (self, path);

  return keeps->len;
}

char *
way_unkept_dup_reason (WayUnkept *self)
{
  g_autoptr (GPtrArray) keeps = dup_keeps (self, NULL);

  return keeps->len > 0 ? g_strdup (((Keep *) keeps->pdata[0])->reason) : NULL;
}

void
way_unkept_forget (WayUnkept *self, const char *visit_id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_hash_table_remove (self->keeps, visit_id);
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
read_keep (const Keep *keep, WayDb *db, GError **error)
{
  WayRecordSet *records;

  if (keep->records != NULL)
    return way_record_set_copy (keep->records);
  records = read_stored (keep->origin, db, error);
  if (records != NULL)
    way_visit_draft_take_typed (records, keep->origin->amends, keep->typed);
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
  g_autoptr (Keep) keep = dup_keep (unkept, self->visit_id);
  WayRecordSet *records;

  *is_unkept = keep != NULL && keep->origin != self;
  if (!*is_unkept)
    return read_stored (self, db, error);
  records = read_keep (keep, db, error);
  if (records != NULL)
    restore_before (self, records);
  return records;
}

static gboolean
keep_now (Keep *keep, WayDb *db, WayUnkept *unkept, GError **error)
{
  GError *failure = NULL;
  g_autoptr (WayRecordSet) records = read_keep (keep, db, &failure);

  if (records != NULL && way_db_save_draft (db, records, &failure)) {
    way_unkept_forget (unkept, keep->origin->visit_id);
    return TRUE;
  }
  if (keep->reason == NULL)
    keep->reason = g_strdup (failure->message);
  put (unkept, keep);
  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * way_unkept_retry:
 * @self: what was not stored
 * @db: the store, on its worker
 * @path: where it is
 *
 * Stores what belongs to this store.
 *
 * Returns: how many visits are stored now
 */
guint
way_unkept_retry (WayUnkept *self, WayDb *db, const char *path)
{
  g_autoptr (GPtrArray) keeps = dup_keeps (self, path);
  guint n_kept = 0;

  for (guint i = 0; i < keeps->len; i++)
    n_kept += keep_now (keeps->pdata[i], db, self, NULL);
  return n_kept;
}

typedef struct {
  Keep *keep;
  WayUnkept *unkept;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  keep_unref (request->keep);
  way_unkept_unref (request->unkept);
  g_free (request);
}

static gpointer
keep_job (WayDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;

  keep_now (request->keep, db, request->unkept, error);
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

  request->unkept = way_unkept_ref (unkept);
  request->keep = g_atomic_rc_box_new0 (Keep);
  request->keep->origin = way_visit_origin_ref (origin);
  request->keep->records = records;
  request->keep->typed = g_strdup (typed);
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
