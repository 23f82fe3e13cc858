/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-vault-file.h"

#include "way-error.h"
#include "way-platform.h"
#include "way-sealed-vfs.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <unistd.h>

/**
 * way_vault_file_resolve:
 * @path: a file that need not exist
 * @error: %WAY_ERROR_IO, %WAY_ERROR_FAILED if SQLite or libsodium don't start
 *
 * Returns: (transfer full) (nullable): @path as SQLite spells it: absolute, without
 *   symbolic links
 */
char *
way_vault_file_resolve (const char *path, GError **error)
{
  g_autofree char *resolved = NULL;
  sqlite3_vfs *vfs;
  int size;

  if (!way_sealed_vfs_register (NULL)) {
    g_set_error (error, WAY_ERROR, WAY_ERROR_FAILED, "the encryption can't be started");
    return NULL;
  }
  vfs = way_sealed_vfs_get_base ();
  size = vfs->mxPathname + 1;
  resolved = g_malloc0 ((gsize) size);
  /* The low byte: there are kinds of success. */
  if ((vfs->xFullPathname (vfs, path, size, resolved) & 0xff) != SQLITE_OK) {
    g_set_error (error, WAY_ERROR, WAY_ERROR_IO, "“%s” is not a usable path", path);
    return NULL;
  }
  return g_steal_pointer (&resolved);
}

static WayVaultFile *
open_with (const char *path, int flags)
{
  sqlite3_vfs *vfs = way_sealed_vfs_get_base ();
  WayVaultFile *self = g_new0 (WayVaultFile, 1);

  self->name = sqlite3_create_filename (path, "", "", 0, NULL);
  self->file = g_malloc0 ((gsize) vfs->szOsFile);
  if (self->name != NULL &&
      vfs->xOpen (
          vfs, self->name, self->file, flags | SQLITE_OPEN_READWRITE | SQLITE_OPEN_MAIN_DB, NULL) ==
          SQLITE_OK)
    return self;
  self->file->pMethods = NULL;
  way_vault_file_close (self);
  return NULL;
}

/* Why there can be no file at @path, and what to do. */
static void
set_no_place (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_IO,
                 "there is no folder “%s”: make it first, or choose another place",
                 folder);
  else if (g_access (folder, W_OK) != 0)
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_IO,
                 "“%s” can't be created: the folder “%s” can't be written to. Allow that, or "
                 "choose another place",
                 path,
                 folder);
  else
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_IO,
                 "“%s” can't be created: look whether the disk is full or the name is one that it "
                 "can't keep, or choose another place",
                 path);
}

/**
 * way_vault_file_open:
 * @path: a resolved path
 * @error: %WAY_ERROR_IO
 *
 * Returns: (transfer full) (nullable): the file
 */
WayVaultFile *
way_vault_file_open (const char *path, GError **error)
{
  WayVaultFile *self = open_with (path, 0);

  if (self == NULL)
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_IO,
                 g_file_test (path, G_FILE_TEST_IS_DIR) ? "“%s” is a folder: name the store in it"
                 : g_file_test (path, G_FILE_TEST_EXISTS)
                     ? "“%s” can't be opened: allow reading and writing it and the folder it is in"
                     : "there is no file “%s”: look whether its name is right and its disk is "
                       "connected",
                 path);
  return self;
}

/**
 * way_vault_file_create:
 * @path: a resolved path where nothing is
 * @error: %WAY_ERROR_IO
 *
 * Returns: (transfer full) (nullable): a new, empty file that only its owner may read
 */
WayVaultFile *
way_vault_file_create (const char *path, GError **error)
{
  WayVaultFile *self = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
    self = open_with (path, SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE);
  if (self != NULL)
    way_platform_make_private (path);
  else if (g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
    g_set_error (error, WAY_ERROR, WAY_ERROR_IO, "there is a file “%s” already", path);
  else
    set_no_place (path, error);
  return self;
}

/**
 * way_vault_file_discard:
 * @path: a file that way_vault_file_create() made and nobody has used yet
 *
 * Removes it.
 */
void
way_vault_file_discard (const char *path)
{
  sqlite3_vfs *vfs = way_sealed_vfs_get_base ();

  vfs->xDelete (vfs, path, 0);
}

/**
 * way_vault_file_close:
 * @self: (transfer full): a file
 */
void
way_vault_file_close (WayVaultFile *self)
{
  if (self->file->pMethods != NULL)
    self->file->pMethods->xClose (self->file);
  sqlite3_free_filename (self->name);
  g_free (self->file);
  g_free (self);
}
