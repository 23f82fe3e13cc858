/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-db-private.h"

#include "way-error.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

/* The copy opens with the passphrase and nothing in it is damaged. */
static gboolean
check_backup (const char *path, const char *passphrase, GError **error)
{
  WayDb *db = way_db_open (path, passphrase, error);
  g_autoptr (GPtrArray) problems = NULL;

  if (db == NULL)
    return FALSE;
  problems = way_db_verify (db, error);
  way_db_close (db);
  if (problems == NULL)
    return FALSE;
  if (problems->len == 0)
    return TRUE;
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_CORRUPT,
               "%s (%u problems); try an older backup",
               (const char *) g_ptr_array_index (problems, 0),
               problems->len);
  return FALSE;
}

/* A store that somebody works in is not replaced under their hands; one that is damaged or
 * opens with another passphrase may be. */
static gboolean
is_free (const char *path, const char *passphrase, GError **error)
{
  g_autoptr (GError) local = NULL;
  WayDb *db;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  db = way_db_open (path, passphrase, &local);
  if (db != NULL)
    way_db_close (db);
  if (!g_error_matches (local, WAY_ERROR, WAY_ERROR_BUSY))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
move (const char *from, const char *to, GError **error)
{
  if (g_rename (from, to) == 0)
    return TRUE;
  g_set_error (
      error, WAY_ERROR, WAY_ERROR_IO, "cannot move “%s” to “%s”: %s", from, to, g_strerror (errno));
  return FALSE;
}

/* The store and the log that may lie beside it, out of the way but kept. */
static gboolean
put_aside (const char *path, char **kept, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *suffix = g_date_time_format (now, ".replaced-%Y%m%d-%H%M%S");
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *log_kept = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  *kept = g_strconcat (path, suffix, NULL);
  log_kept = g_strconcat (*kept, "-wal", NULL);
  return (!g_file_test (log, G_FILE_TEST_EXISTS) || move (log, log_kept, error)) &&
         move (path, *kept, error);
}

/**
 * way_db_restore:
 * @backup: a backup
 * @path: the store that it shall become
 * @passphrase: of the backup
 * @kept: (out) (nullable): where the store that was there is kept now
 *
 * Puts a backup in the place of a store: copied, opened and checked before anything is
 * replaced, and what it replaces is kept.
 */
gboolean
way_db_restore (
    const char *backup, const char *path, const char *passphrase, char **kept, GError **error)
{
  g_autofree char *arriving = g_strconcat (path, ".restoring", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (backup);
  g_autoptr (GFile) to = g_file_new_for_path (arriving);
  gboolean done;

  *kept = NULL;
  if (!is_free (path, passphrase, error))
    return FALSE;
  done = g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error) &&
         check_backup (arriving, passphrase, error) && put_aside (path, kept, error) &&
         move (arriving, path, error);
  if (!done)
    g_remove (arriving);
  return done;
}
