/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is too large for one transaction, and is to be in the store whole or not at all. */
#include "way-db-private.h"

#include "way-error.h"
#include "way-platform.h"
#include "way-vault-file.h"

struct _WayDbAside {
  char *place; /* of the store */
  char *path;  /* of its copy */
  WayVaultFile *held;
};

static void
aside_free (WayDbAside *self)
{
  g_clear_pointer (&self->held, way_vault_file_close);
  g_free (self->path);
  g_free (self->place);
  g_free (self);
}

/**
 * way_db_aside_begin:
 * @db: (transfer full): a store, outside any transaction; closed in any case
 *
 * Makes a copy beside the store, for work that is done in the copy, and keeps others out of the
 * store meanwhile. What an earlier call left, that was stopped, is removed: nobody else can be at
 * work on it while this store is open.
 *
 * Returns: (transfer full) (nullable): to be ended by way_db_aside_end()
 */
WayDbAside *
way_db_aside_begin (WayDb *db, GError **error)
{
  WayDbAside *self = g_new0 (WayDbAside, 1);
  gboolean done;

  self->place = g_strdup (way_db_get_path (db));
  self->path = g_strconcat (self->place, ".filling", NULL);
  way_db_remove_store (self->path);
  done = way_db_backup (db, self->path, error);
  way_db_close (db);
  done = done && way_db_is_whole (self->place, error) &&
         way_vault_hold (self->place, &self->held, error);
  if (done)
    return self;
  way_db_remove_store (self->path);
  aside_free (self);
  return NULL;
}

/**
 * way_db_aside_get_path:
 *
 * Returns: where the copy is; it opens with the store's passphrase or recovery key
 */
const char *
way_db_aside_get_path (const WayDbAside *self)
{
  return self->path;
}

/**
 * way_db_aside_end:
 * @self: (transfer full): of way_db_aside_begin(); its copy is closed
 * @done: whether the work is whole
 *
 * Has the copy take the store's place, or if not @done removes it and leaves the store as it was.
 *
 * Returns: whether the store has what was done
 */
gboolean
way_db_aside_end (WayDbAside *self, gboolean done, GError **error)
{
  done = done && way_db_is_whole (self->path, error) &&
         way_platform_sync_file (self->path, error) &&
         way_db_move_file (self->path, self->place, error);
  if (done)
    way_platform_sync_folder_of (self->place);
  else
    way_db_remove_store (self->path);
  way_db_name_file (error, self->path, self->place);
  aside_free (self);
  return done;
}
