/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed and the store refused: kept in memory, tried again, counted and said. */
#include "way-unkept.h"

#include <glib/gi18n.h>

struct _WayKeep {
  WayKeepKind kind;
  char *path;
  char *id;
  WayKeepFunc store;
  gpointer data;
  GDestroyNotify free_data;
  char *reason; /* (nullable): set by the worker before it is put into the bag */
};

/**
 * way_keep_new:
 * @kind: what it is
 * @path: where the store is
 * @id: of the visit, or the key of the form
 *
 * Returns: (transfer full): something typed, that is still to be handed over
 */
WayKeep *
way_keep_new (WayKeepKind kind, const char *path, const char *id)
{
  WayKeep *self = g_atomic_rc_box_new0 (WayKeep);

  self->kind = kind;
  self->path = g_strdup (path);
  self->id = g_strdup (id);
  return self;
}

/**
 * way_keep_set_store:
 * @store: stores it, on the worker, each time it is tried
 * @data: for @store
 * @free_data: for @data
 */
void
way_keep_set_store (WayKeep *self, WayKeepFunc store, gpointer data, GDestroyNotify free_data)
{
  self->store = store;
  self->data = data;
  self->free_data = free_data;
}

WayKeep *
way_keep_ref (WayKeep *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
keep_clear (gpointer data)
{
  WayKeep *self = data;

  if (self->data != NULL)
    self->free_data (self->data);
  g_free (self->path);
  g_free (self->id);
  g_free (self->reason);
}

void
way_keep_unref (WayKeep *self)
{
  g_atomic_rc_box_release_full (self, keep_clear);
}

gpointer
way_keep_get_data (WayKeep *self)
{
  return self->data;
}

struct _WayUnkept {
  GMutex mutex;
  GPtrArray *keeps; /* (element-type WayKeep): one of each visit or form */
};

static void
unref_keep (gpointer keep)
{
  way_keep_unref (keep);
}

WayUnkept *
way_unkept_new (void)
{
  WayUnkept *self = g_atomic_rc_box_new0 (WayUnkept);

  g_mutex_init (&self->mutex);
  self->keeps = g_ptr_array_new_with_free_func (unref_keep);
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

  g_ptr_array_unref (self->keeps);
  g_mutex_clear (&self->mutex);
}

void
way_unkept_unref (WayUnkept *self)
{
  g_atomic_rc_box_release_full (self, unkept_clear);
}

/* Locked by the caller. */
static guint
find_index (WayUnkept *self, const char *path, const char *id)
{
  for (guint i = 0; i < self->keeps->len; i++) {
    const WayKeep *keep = self->keeps->pdata[i];

    if (g_strcmp0 (keep->path, path) == 0 && g_strcmp0 (keep->id, id) == 0)
      return i;
  }
  return G_MAXUINT;
}

static void
put (WayUnkept *self, WayKeep *keep)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  guint index = find_index (self, keep->path, keep->id);

  if (index != G_MAXUINT)
    g_ptr_array_remove_index (self->keeps, index);
  g_ptr_array_add (self->keeps, way_keep_ref (keep));
}

/**
 * way_unkept_find:
 * @path: where the store is
 * @id: of the visit, or the key of the form
 *
 * Returns: (transfer full) (nullable): what of it is not stored
 */
WayKeep *
way_unkept_find (WayUnkept *self, const char *path, const char *id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  guint index = find_index (self, path, id);

  return index != G_MAXUINT ? way_keep_ref (self->keeps->pdata[index]) : NULL;
}

void
way_unkept_forget (WayUnkept *self, const char *path, const char *id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  guint index = find_index (self, path, id);

  if (index != G_MAXUINT)
    g_ptr_array_remove_index (self->keeps, index);
}

/* Those of one store, or of all where @path is NULL. */
static GPtrArray *
dup_keeps (WayUnkept *self, const char *path)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GPtrArray *keeps = g_ptr_array_new_with_free_func (unref_keep);

  for (guint i = 0; i < self->keeps->len; i++) {
    if (path == NULL || g_strcmp0 (((WayKeep *) self->keeps->pdata[i])->path, path) == 0)
      g_ptr_array_add (keeps, way_keep_ref (self->keeps->pdata[i]));
  }
  return keeps;
}

/**
 * way_unkept_count:
 * @path: (nullable): of this store only
 *
 * Returns: how many visits and forms have something typed that is not stored
 */
guint
way_unkept_count (WayUnkept *self, const char *path)
{
  g_autoptr (GPtrArray) keeps = dup_keeps (self, path);

  return keeps->len;
}

static char *
dup_counted (WayKeepKind kind, guint n)
{
  switch (kind) {
  case WAY_KEEP_VISIT:
    return g_strdup_printf (ngettext ("%u visit", "%u visits", n), n);
  case WAY_KEEP_FORM:
    return g_strdup_printf (ngettext ("%u half-filled form", "%u half-filled forms", n), n);
  case WAY_KEEP_CARD:
  case WAY_N_KEEPS:
  default:
    return g_strdup_printf (ngettext ("what you typed about %u target's progress",
                                      "what you typed about the progress of %u targets",
                                      n),
                            n);
  }
}

/**
 * way_unkept_dup_words:
 *
 * No name and no word of a record is in it: it is read on the locked window too.
 *
 * Returns: (transfer full) (nullable): how much of what is not stored, and why
 */
char *
way_unkept_dup_words (WayUnkept *self)
{
  g_autoptr (GPtrArray) keeps = dup_keeps (self, NULL);
  g_autoptr (GString) words = g_string_new (NULL);
  guint counts[WAY_N_KEEPS] = {0};

  if (keeps->len == 0)
    return NULL;
  for (guint i = 0; i < keeps->len; i++)
    counts[((WayKeep *) keeps->pdata[i])->kind]++;
  for (int i = 0; i < WAY_N_KEEPS; i++) {
    g_autofree char *counted = counts[i] > 0 ? dup_counted (i, counts[i]) : NULL;

    if (counted != NULL)
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", counted);
  }
  /* Translators: what was not stored, and why */
  return g_strdup_printf (_ ("%s.\nReason: %s"), words->str, ((WayKeep *) keeps->pdata[0])->reason);
}

/**
 * way_unkept_try:
 * @self: takes it where the store does not
 * @db: the store, on its worker
 * @keep: what is typed, all of it
 *
 * Stores what is typed; what was refused of it before is then forgotten.
 */
gboolean
way_unkept_try (WayUnkept *self, WayDb *db, WayKeep *keep, GError **error)
{
  GError *failure = NULL;

  if (keep->store (db, keep->data, &failure)) {
    way_unkept_forget (self, keep->path, keep->id);
    return TRUE;
  }
  if (keep->reason == NULL)
    keep->reason = g_strdup (failure->message);
  put (self, keep);
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
 * Returns: how many are stored now
 */
guint
way_unkept_retry (WayUnkept *self, WayDb *db, const char *path)
{
  g_autoptr (GPtrArray) keeps = dup_keeps (self, path);
  guint n_kept = 0;

  for (guint i = 0; i < keeps->len; i++)
    n_kept += way_unkept_try (self, db, keeps->pdata[i], NULL);
  return n_kept;
}
