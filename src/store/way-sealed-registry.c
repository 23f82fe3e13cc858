/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-sealed-registry.h"

#include <string.h>

/* Newest first. Owns a reference to each. A handful at most: a store, a copy
 * being made, a store being read from. */
static GPtrArray *entries;
G_LOCK_DEFINE_STATIC (entries);

/**
 * way_sealed_registry_add:
 * @path: the file, as SQLite's xFullPathname spells it
 * @data_key: the store's key
 * @file_id: the file's id
 *
 * Makes the file's page key known for the next opening of @path.
 *
 * Returns: (transfer full): the entry
 */
WaySealedEntry *
way_sealed_registry_add (const char *path, const guint8 *data_key, const guint8 *file_id)
{
  WaySealedEntry *self = g_new0 (WaySealedEntry, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->mutex);
  self->path = g_strdup (path);
  memcpy (self->file_id, file_id, WAY_SEAL_ID_SIZE);
  self->page_key = way_seal_key_new ();
  way_seal_derive_key (self->page_key, data_key, "waymark pages", file_id);

  G_LOCK (entries);
  if (entries == NULL)
    entries = g_ptr_array_new_with_free_func ((GDestroyNotify) way_sealed_entry_unref);
  g_ptr_array_insert (entries, 0, way_sealed_entry_ref (self));
  G_UNLOCK (entries);
  return self;
}

/**
 * way_sealed_registry_remove:
 * @entry: an entry, listed or not
 *
 * Makes @path unknown again. A file that is open keeps its key.
 */
void
way_sealed_registry_remove (WaySealedEntry *entry)
{
  G_LOCK (entries);
  if (entries != NULL)
    g_ptr_array_remove (entries, entry);
  if (entries != NULL && entries->len == 0)
    g_clear_pointer (&entries, g_ptr_array_unref);
  G_UNLOCK (entries);
}

static gboolean
is_attached (WaySealedEntry *self)
{
  gboolean attached;

  g_mutex_lock (&self->mutex);
  attached = self->real != NULL;
  g_mutex_unlock (&self->mutex);
  return attached;
}

static WaySealedEntry *
find (const char *path, gboolean attached)
{
  WaySealedEntry *found = NULL;

  G_LOCK (entries);
  for (guint i = 0; entries != NULL && found == NULL && i < entries->len; i++) {
    WaySealedEntry *entry = g_ptr_array_index (entries, i);

    if (g_str_equal (entry->path, path) && is_attached (entry) == attached)
      found = way_sealed_entry_ref (entry);
  }
  G_UNLOCK (entries);
  return found;
}

/**
 * way_sealed_registry_claim:
 * @path: the file, as SQLite's xFullPathname spells it
 *
 * Returns: (transfer full) (nullable): the newest entry of @path that no open file
 *   uses, %NULL if there is none: then the file must not be opened
 */
WaySealedEntry *
way_sealed_registry_claim (const char *path)
{
  return find (path, FALSE);
}

/**
 * way_sealed_registry_is_open:
 * @path: a file, as SQLite's xFullPathname spells it
 *
 * Returns: whether this process has @path open
 */
gboolean
way_sealed_registry_is_open (const char *path)
{
  g_autoptr (WaySealedEntry) entry = find (path, TRUE);

  return entry != NULL;
}

/**
 * way_sealed_registry_count:
 *
 * Returns: how many keys are known; 0 when no store is open
 */
guint
way_sealed_registry_count (void)
{
  guint count;

  G_LOCK (entries);
  count = entries == NULL ? 0 : entries->len;
  G_UNLOCK (entries);
  return count;
}

/**
 * way_sealed_entry_ref:
 * @self: an entry
 *
 * Returns: (transfer full): @self
 */
WaySealedEntry *
way_sealed_entry_ref (WaySealedEntry *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * way_sealed_entry_unref:
 * @self: (transfer full): an entry; the last reference wipes its key
 */
void
way_sealed_entry_unref (WaySealedEntry *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  way_seal_key_free (self->page_key);
  g_mutex_clear (&self->mutex);
  g_free (self->path);
  g_free (self);
}

/**
 * way_sealed_entry_attach:
 * @self: an entry
 * @real: (nullable): the open file below the shim, %NULL when it is about to close
 */
void
way_sealed_entry_attach (WaySealedEntry *self, sqlite3_file *real)
{
  g_mutex_lock (&self->mutex);
  self->real = real;
  g_mutex_unlock (&self->mutex);
}

/**
 * way_sealed_entry_hold:
 * @self: an entry
 *
 * Gives the open file below the shim and keeps it from being closed until
 * way_sealed_entry_release(). The header is read and written through this file
 * and no other: closing a second descriptor would drop SQLite's locks.
 *
 * Returns: (transfer none) (nullable): the file, %NULL if it is not open; call
 *   way_sealed_entry_release() in either case
 */
sqlite3_file *
way_sealed_entry_hold (WaySealedEntry *self)
{
  g_mutex_lock (&self->mutex);
  return self->real;
}

/**
 * way_sealed_entry_release:
 * @self: an entry that is held
 */
void
way_sealed_entry_release (WaySealedEntry *self)
{
  g_mutex_unlock (&self->mutex);
}
