/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-sealed-vfs.h"

#include "way-memory-file.h"
#include "way-sealed-file.h"

#include <sodium.h>
#include <string.h>

#define TEMPORARY                                                                                  \
  (SQLITE_OPEN_TEMP_DB | SQLITE_OPEN_TRANSIENT_DB | SQLITE_OPEN_TEMP_JOURNAL |                     \
   SQLITE_OPEN_SUBJOURNAL)

static sqlite3_vfs *
base_of (sqlite3_vfs *vfs)
{
  return vfs->pAppData;
}

/* A store is created with its header before SQLite hears of it, so that SQLite
 * never makes a file; and a name without a key is never opened. */
static int
open_pages (WaySealedFile *self, sqlite3_vfs *base, const char *name, int flags, int *out_flags)
{
  g_autoptr (WaySealedEntry) entry = way_sealed_registry_claim (name);
  int rc;

  if (entry == NULL)
    return SQLITE_CANTOPEN;
  rc = base->xOpen (base, name, self->real, flags & ~SQLITE_OPEN_CREATE, out_flags);
  if (rc != SQLITE_OK)
    return rc;
  rc = way_sealed_file_open_pages (self, entry);
  if (rc != SQLITE_OK)
    self->real->pMethods->xClose (self->real);
  return rc;
}

static int
open_beside (WaySealedFile *self, sqlite3_vfs *base, const char *name, int flags, int *out_flags)
{
  sqlite3_file *database = sqlite3_database_file_object (name);
  int rc;

  if (!way_sealed_file_is_pages (database))
    return SQLITE_CANTOPEN;
  rc = base->xOpen (base, name, self->real, flags, out_flags);
  if (rc != SQLITE_OK)
    return rc;
  if (flags & SQLITE_OPEN_WAL)
    way_sealed_file_open_log (self, (WaySealedFile *) database);
  else
    way_sealed_file_open_journal (self, (WaySealedFile *) database);
  return SQLITE_OK;
}

static int
vfs_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  WaySealedFile *self = (WaySealedFile *) file;

  if (name == NULL || (flags & TEMPORARY) != 0) {
    way_memory_file_init ((WayMemoryFile *) file);
    if (out_flags != NULL)
      *out_flags = flags;
    return SQLITE_OK;
  }
  memset (self, 0, sizeof *self);
  self->real = (sqlite3_file *) &self[1];
  if (flags & SQLITE_OPEN_MAIN_DB)
    return open_pages (self, base_of (vfs), name, flags, out_flags);
  if (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL))
    return open_beside (self, base_of (vfs), name, flags, out_flags);
  /* A super-journal ties two databases' journals together: nothing here needs one. */
  return SQLITE_CANTOPEN;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *name, int sync_folder)
{
  return base_of (vfs)->xDelete (base_of (vfs), name, sync_folder);
}

static int
vfs_access (sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
  return base_of (vfs)->xAccess (base_of (vfs), name, flags, result);
}

static int
vfs_full_pathname (sqlite3_vfs *vfs, const char *name, int size, char *path)
{
  return base_of (vfs)->xFullPathname (base_of (vfs), name, size, path);
}

/* No extension is ever loaded. */
static void *
vfs_library_open (sqlite3_vfs *vfs G_GNUC_UNUSED, const char *name G_GNUC_UNUSED)
{
  return NULL;
}

static void
vfs_library_error (sqlite3_vfs *vfs G_GNUC_UNUSED, int size, char *message)
{
  sqlite3_snprintf (size, message, "extensions are not loaded");
}

static void (*vfs_library_symbol (sqlite3_vfs *vfs G_GNUC_UNUSED,
                                  void *library G_GNUC_UNUSED,
                                  const char *name G_GNUC_UNUSED)) (void)
{
  return NULL;
}

static void
vfs_library_close (sqlite3_vfs *vfs G_GNUC_UNUSED, void *library G_GNUC_UNUSED)
{
}

static int
vfs_randomness (sqlite3_vfs *vfs G_GNUC_UNUSED, int size, char *bytes)
{
  randombytes_buf (bytes, (size_t) size);
  return size;
}

static int
vfs_sleep (sqlite3_vfs *vfs, int microseconds)
{
  return base_of (vfs)->xSleep (base_of (vfs), microseconds);
}

static int
vfs_current_time (sqlite3_vfs *vfs, double *day)
{
  return base_of (vfs)->xCurrentTime (base_of (vfs), day);
}

static int
vfs_last_error (sqlite3_vfs *vfs, int size, char *message)
{
  return base_of (vfs)->xGetLastError (base_of (vfs), size, message);
}

static sqlite3_vfs shim = {
    .iVersion = 1,
    .zName = WAY_SEALED_VFS,
    .xOpen = vfs_open,
    .xDelete = vfs_delete,
    .xAccess = vfs_access,
    .xFullPathname = vfs_full_pathname,
    .xDlOpen = vfs_library_open,
    .xDlError = vfs_library_error,
    .xDlSym = vfs_library_symbol,
    .xDlClose = vfs_library_close,
    .xRandomness = vfs_randomness,
    .xSleep = vfs_sleep,
    .xCurrentTime = vfs_current_time,
    .xGetLastError = vfs_last_error,
};
G_LOCK_DEFINE_STATIC (shim);

static gboolean
register_over (const char *name)
{
  sqlite3_vfs *base = sqlite3_vfs_find (name);

  if (base == NULL || !way_seal_init ())
    return FALSE;
  shim.pAppData = base;
  shim.mxPathname = base->mxPathname;
  shim.szOsFile = (int) sizeof (WaySealedFile) + base->szOsFile;
  return sqlite3_vfs_register (&shim, 0) == SQLITE_OK;
}

/**
 * way_sealed_vfs_register:
 * @base: (nullable): name of the VFS to put the shim over, %NULL for the default
 *
 * Makes %WAY_SEALED_VFS known to SQLite, once; the first call decides.
 *
 * Returns: whether it is known
 */
gboolean
way_sealed_vfs_register (const char *base)
{
  gboolean registered;

  G_LOCK (shim);
  registered = shim.pAppData != NULL || register_over (base);
  G_UNLOCK (shim);
  return registered;
}

/**
 * way_sealed_vfs_get_base:
 *
 * Returns: (transfer none): the VFS below the shim, which must be registered
 */
sqlite3_vfs *
way_sealed_vfs_get_base (void)
{
  return shim.pAppData;
}
