/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-error.h"
#include "way-platform.h"
#include "way-sealed-file.h"
#include "way-sealed-vfs.h"
#include "way-sql-error.h"
#include "way-vault-file.h"
#include "way-vault-private.h"

#include <glib/gstdio.h>
#include <unistd.h>

/* The bytes that SQLite locks: https://www.sqlite.org/src/file/src/os.h, PENDING_BYTE. */
#define LOCK_START 0x40000000
#define LOCK_LENGTH 512

static void
set_busy (gint64 pid, GError **error)
{
  g_autofree char *holder = way_platform_describe_process (pid);

  g_set_error (error, WAY_ERROR, WAY_ERROR_BUSY, "the store is open in %s", holder);
}

/* @path: as SQLite spells it. */
static gboolean
is_open_here (const char *path, GError **error)
{
  if (!way_sealed_registry_is_open (path))
    return FALSE;
  g_set_error (error, WAY_ERROR, WAY_ERROR_BUSY, "“%s” is open in this program already", path);
  return TRUE;
}

static int
lock_whole (sqlite3_file *file)
{
  int rc = file->pMethods->xLock (file, SQLITE_LOCK_SHARED);

  return rc == SQLITE_OK ? file->pMethods->xLock (file, SQLITE_LOCK_EXCLUSIVE) : rc;
}

/**
 * way_vault_hold:
 * @path: a store, or where none is
 * @held: (out) (nullable): the store, which nobody can open until this is closed; it stays so where
 *   it is moved meanwhile. %NULL if there is none
 * @error: return location for %WAY_ERROR_BUSY naming who has it open
 *
 * Takes the lock of a store without its passphrase. Where the system knows no locks, or the file
 * cannot be opened, it is taken as free.
 */
gboolean
way_vault_hold (const char *path, WayVaultFile **held, GError **error)
{
  g_autofree char *resolved = way_vault_file_resolve (path, error);
  g_autoptr (WayVaultFile) file = NULL;
  int rc;

  *held = NULL;
  if (resolved == NULL || is_open_here (resolved, error))
    return FALSE;
  if (g_file_test (resolved, G_FILE_TEST_IS_REGULAR))
    file = way_vault_file_open (resolved, NULL);
  if (file == NULL)
    return TRUE;
  rc = lock_whole (file->file);
  if ((rc & 0xff) != SQLITE_BUSY) {
    *held = g_steal_pointer (&file);
    return TRUE;
  }
  g_clear_pointer (&file, way_vault_file_close); /* before the holder is looked for */
  set_busy (way_platform_find_lock_holder (resolved, LOCK_START, LOCK_LENGTH), error);
  return FALSE;
}

static gboolean
check (WayVault *self, int rc, GError **error)
{
  const char *words;

  if (rc == SQLITE_OK)
    return TRUE;
  if ((rc & 0xff) == SQLITE_BUSY || (rc & 0xff) == SQLITE_LOCKED)
    return FALSE; /* only after the handle is closed can the holder be found */
  if ((rc & 0xff) == SQLITE_READONLY || g_access (self->path, W_OK) != 0) {
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_IO,
                 "“%s” can't be opened: " WAY_SQL_ERROR_READ_ONLY,
                 self->path);
    return FALSE;
  }
  words = way_sql_error_words (rc);
  if (words != NULL)
    g_set_error (
        error, WAY_ERROR, way_sql_error_code (rc), "“%s” can't be opened: %s", self->path, words);
  else
    g_set_error (
        error,
        WAY_ERROR,
        way_sql_error_code (rc),
        "“%s” can't be opened (error %d); keep the file as it is, start Waymark again, and "
        "if that does not help, restore the newest backup",
        self->path,
        rc);
  return FALSE;
}

/* Runs a pragma and checks that it took: SQLite answers a pragma that it can't
 * follow with what it does instead. */
static int
set_pragma (sqlite3 *database, const char *sql, const char *expected)
{
  g_autofree char *answer = NULL;
  sqlite3_stmt *statement = NULL;
  int rc = sqlite3_prepare_v2 (database, sql, -1, &statement, NULL);

  if (rc != SQLITE_OK)
    return rc;
  rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    answer = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    return rc;
  return g_strcmp0 (answer, expected) == 0 ? SQLITE_OK : SQLITE_MISUSE;
}

/* The order counts: no shared memory is ever wanted, so the lock must be exclusive
 * before anything is read; the empty transaction takes it at once. */
static int
configure (sqlite3 *database)
{
  static const struct {
    const char *sql;
    const char *expected;
  } STEPS[] = {
      {"PRAGMA locking_mode = EXCLUSIVE", "exclusive"},
      {"PRAGMA temp_store = MEMORY", NULL},
      {"PRAGMA journal_mode = WAL", "wal"},
      {"PRAGMA synchronous = FULL", NULL},
      {"PRAGMA page_size", G_STRINGIFY (WAY_SEALED_PAGE_SIZE)},
      {"BEGIN IMMEDIATE", NULL},
      {"COMMIT", NULL},
  };
  int reserve = WAY_SEAL_OVERHEAD;
  int rc = sqlite3_file_control (database, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);

  for (gsize i = 0; rc == SQLITE_OK && i < G_N_ELEMENTS (STEPS); i++)
    rc = set_pragma (database, STEPS[i].sql, STEPS[i].expected);
  if (rc == SQLITE_OK && sqlite3_db_readonly (database, "main") != 0)
    rc = SQLITE_READONLY;
  return rc;
}

/* A store that was cut off after its header must not pass for a new one: it would be
 * filled with an empty database, and the backups with copies of that. The first
 * opening leaves at least a page. */
static gboolean
has_pages (WayVault *self, GError **error)
{
  sqlite3_file *file = way_sealed_entry_hold (self->entry);
  sqlite3_int64 size = 0;
  int rc = file->pMethods->xFileSize (file, &size);

  way_sealed_entry_release (self->entry);
  if (rc == SQLITE_OK && (self->is_new || size >= WAY_SEALED_DATA_OFFSET + WAY_SEALED_PAGE_SIZE))
    return TRUE;
  g_set_error (error,
               WAY_ERROR,
               rc == SQLITE_OK ? WAY_ERROR_CORRUPT : WAY_ERROR_IO,
               "“%s” has no pages: it was cut off, or its making was interrupted. Keep the file as "
               "it is, and restore the newest backup",
               self->path);
  return FALSE;
}

static gboolean
refresh (WayVault *self, GError **error)
{
  sqlite3_file *file = way_sealed_entry_hold (self->entry);
  gboolean refreshed;

  g_assert (file != NULL);
  refreshed = way_vault_refresh_header (self, file, error);
  way_sealed_entry_release (self->entry);
  return refreshed;
}

static void
renew_entry (WayVault *self)
{
  if (self->entry != NULL)
    way_sealed_registry_remove (self->entry);
  g_clear_pointer (&self->entry, way_sealed_entry_unref);
  self->entry = way_sealed_registry_add (self->path, self->data_key, self->header.file_id);
}

/**
 * way_vault_open_database:
 * @self: a store whose database is not open
 * @error: %WAY_ERROR_BUSY naming the process that has it open, %WAY_ERROR_CORRUPT,
 *   %WAY_ERROR_IO
 *
 * Opens the database in the store, makes it if there is none yet, and keeps every
 * other process out until it is closed. It uses a write-ahead log, keeps temporary
 * files in memory and syncs each commit.
 *
 * Returns: (transfer full) (nullable): the connection; close it with sqlite3_close(),
 *   after which nothing is left beside the file
 */
sqlite3 *
way_vault_open_database (WayVault *self, GError **error)
{
  sqlite3 *database = NULL;
  int rc;

  if (is_open_here (self->path, error))
    return NULL;
  renew_entry (self);
  rc = sqlite3_open_v2 (self->path,
                        &database,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
                            SQLITE_OPEN_EXRESCODE, /* for one thread */
                        WAY_SEALED_VFS);
  if (check (self, rc, error) && has_pages (self, error)) {
    rc = configure (database);
    if (check (self, rc, error) && refresh (self, error)) {
      self->is_new = FALSE;
      return database;
    }
  }
  sqlite3_close (database);
  way_sealed_registry_remove (self->entry);
  if ((rc & 0xff) == SQLITE_BUSY || (rc & 0xff) == SQLITE_LOCKED)
    set_busy (way_platform_find_lock_holder (self->path, LOCK_START, LOCK_LENGTH), error);
  return NULL;
}
