/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-db-private.h"

#include "way-error.h"
#include "way-platform.h"
#include "way-vault-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

typedef WayVault *(*UnlockFunc) (const char *path, const char *secret, GError **error);

/**
 * way_db_name_file:
 * @temporary: the name of a file on its way
 * @name: the name that the reader knows
 *
 * A message about the one becomes one about the other.
 */
void
way_db_name_file (GError **error, const char *temporary, const char *name)
{
  g_auto (GStrv) parts =
      error != NULL && *error != NULL ? g_strsplit ((*error)->message, temporary, -1) : NULL;

  if (parts == NULL)
    return;
  g_free ((*error)->message);
  (*error)->message = g_strjoinv (name, parts);
}

/* Closing writes the log back. If that could not be done, what was written last is not in the one
 * file that is moved into its place. */
gboolean
way_db_is_whole (const char *path, GError **error)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  if (!g_file_test (log, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_IO,
               "“%s” could not be written in full beside the store; make room on the disk and "
               "try again",
               path);
  return FALSE;
}

/* The copy opens with the secret and nothing in it is damaged. */
static gboolean
check_backup (const char *path, const char *secret, UnlockFunc unlock, GError **error)
{
  WayDb *db = way_db_open_copy (unlock (path, secret, error), error);
  g_autoptr (GPtrArray) problems = NULL;

  if (db == NULL)
    return FALSE;
  problems = way_db_verify (db, error);
  way_db_close (db);
  if (problems == NULL)
    return FALSE;
  if (problems->len == 0)
    return way_db_is_whole (path, error);
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_CORRUPT,
               "%s (%u problems); try an older backup",
               (const char *) g_ptr_array_index (problems, 0),
               problems->len);
  return FALSE;
}

gboolean
way_db_move_file (const char *from, const char *to, GError **error)
{
  if (g_rename (from, to) == 0)
    return TRUE;
  g_set_error (
      error, WAY_ERROR, WAY_ERROR_IO, "cannot move “%s” to “%s”: %s", from, to, g_strerror (errno));
  return FALSE;
}

static gboolean
move_if_there (const char *from, const char *to, GError **error)
{
  return !g_file_test (from, G_FILE_TEST_EXISTS) || way_db_move_file (from, to, error);
}

/* What may lie beside a store: without its log it would lack what was written last, and SQLite
 * would undo by the journal of another what is put in its place. */
static const char *const BESIDE[] = {"-wal", "-journal"};

static gboolean
move_beside (const char *from, const char *to, gsize n, GError **error)
{
  for (gsize i = 0; i < n; i++) {
    g_autofree char *one = g_strconcat (from, BESIDE[i], NULL);
    g_autofree char *one_to = g_strconcat (to, BESIDE[i], NULL);

    if (move_if_there (one, one_to, error))
      continue;
    move_beside (to, from, i, NULL);
    return FALSE;
  }
  return TRUE;
}

/* A store and what lies beside it: all, or nothing. The store goes first, for one that is found
 * without its log would seem whole and lack what was written last. */
static gboolean
move_store (const char *from, const char *to, GError **error)
{
  if (!move_if_there (from, to, error))
    return FALSE;
  if (move_beside (from, to, G_N_ELEMENTS (BESIDE), error))
    return TRUE;
  move_if_there (to, from, NULL);
  return FALSE;
}

static gboolean
has_beside (const char *path)
{
  gboolean found = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (BESIDE) && !found; i++) {
    g_autofree char *one = g_strconcat (path, BESIDE[i], NULL);

    found = g_file_test (one, G_FILE_TEST_EXISTS);
  }
  return found;
}

/* (transfer full): a name that nothing has yet, neither a store nor what lies beside one. Two
 * restores may fall into one second, and nothing that was kept is ever written over. */
static char *
find_place_aside (const char *path)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *suffix = g_date_time_format (now, ".replaced-%Y%m%d-%H%M%S");

  for (guint n = 1;; n++) {
    g_autofree char *aside =
        n == 1 ? g_strconcat (path, suffix, NULL) : g_strdup_printf ("%s%s-%u", path, suffix, n);

    if (!g_file_test (aside, G_FILE_TEST_EXISTS) && !has_beside (aside))
      return g_steal_pointer (&aside);
  }
}

/* The copy takes the place of the store, which is kept; or all stays as it was. */
static gboolean
replace (const char *arriving, const char *path, char **kept, GError **error)
{
  g_autofree char *aside = find_place_aside (path);
  gboolean was_there = g_file_test (path, G_FILE_TEST_EXISTS);

  if (!move_store (path, aside, error))
    return FALSE;
  if (!way_db_move_file (arriving, path, error)) {
    move_store (aside, path, NULL);
    return FALSE;
  }
  way_platform_sync_folder_of (path);
  if (was_there)
    *kept = g_steal_pointer (&aside);
  return TRUE;
}

/* As g_file_copy() does it, but on the disk when this returns, and ours to write: a backup may be
 * kept where nobody can write. */
static gboolean
copy_file (const char *from_path, const char *to_path, GError **error)
{
  g_autoptr (GFile) from = g_file_new_for_path (from_path);
  g_autoptr (GFile) to = g_file_new_for_path (to_path);

  if (!g_file_copy (from,
                    to,
                    G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS,
                    NULL,
                    NULL,
                    NULL,
                    error))
    return FALSE;
  way_platform_make_private (to_path);
  return way_platform_sync_file (to_path, error);
}

/* (transfer full): a new, empty file beside the store, with a name that nothing has: a file that an
 * earlier restore left may be all that there is of somebody's records. */
static char *
make_arriving (const char *place, GError **error)
{
  for (;;) {
    g_autofree char *path = g_strdup_printf ("%s.restoring-%08x", place, g_random_int ());
    int fd = has_beside (path) ? -1 : g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd >= 0) {
      g_close (fd, NULL);
      return g_steal_pointer (&path);
    }
    if (errno == EEXIST || has_beside (path))
      continue;
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_IO,
                 "nothing can be written where the store “%s” is: %s",
                 place,
                 g_strerror (errno));
    return NULL;
  }
}

/* What is only on its way, and was made by us. */
void
way_db_remove_store (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (BESIDE); i++) {
    g_autofree char *one = g_strconcat (path, BESIDE[i], NULL);

    g_remove (one);
  }
  g_remove (path);
}

/* SQLite undoes by its journal what was never finished: such a file was on its way to become a
 * backup, and its pages are a part of one. */
static gboolean
is_finished (const char *backup, GError **error)
{
  g_autofree char *journal = g_strconcat (backup, "-journal", NULL);
  GStatBuf info;

  if (g_stat (journal, &info) != 0 || info.st_size == 0)
    return TRUE;
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_CORRUPT,
               "“%s” was never finished: the program was stopped while it was written. Restore "
               "another backup",
               backup);
  return FALSE;
}

/* A backup and the log that may lie beside it: what an earlier restore kept after a crash has one,
 * and in it what was written last. */
static gboolean
copy (const char *backup, const char *arriving, GError **error)
{
  g_autofree char *log = g_strconcat (backup, "-wal", NULL);
  g_autofree char *log_to = g_strconcat (arriving, "-wal", NULL);

  return copy_file (backup, arriving, error) &&
         (!g_file_test (log, G_FILE_TEST_EXISTS) || copy_file (log, log_to, error));
}

static gboolean
is_another (const char *backup, const char *place, GError **error)
{
  GStatBuf one, other;

  if (g_stat (backup, &one) != 0 || g_stat (place, &other) != 0 || one.st_dev != other.st_dev ||
      one.st_ino != other.st_ino || one.st_ino == 0)
    return TRUE;
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_REFUSED,
               "“%s” is the store itself; name the backup that shall take its place",
               backup);
  return FALSE;
}

/* What somebody is at work in would be copied by halves. */
static gboolean
hold_backup (const char *backup, WayVaultFile **held, GError **error)
{
  if (way_vault_hold (backup, held, error))
    return TRUE;
  g_prefix_error (error, "“%s” can’t be restored now: ", backup);
  return FALSE;
}

static gboolean
restore (const char *backup,
         const char *path,
         const char *secret,
         UnlockFunc unlock,
         char **kept,
         GError **error)
{
  g_autofree char *place = way_vault_file_resolve (path, error);
  g_autofree char *arriving = NULL;
  g_autoptr (WayVaultFile) held = NULL;
  g_autoptr (WayVaultFile) held_backup = NULL;
  gboolean done;

  *kept = NULL;
  /* Nobody works in the store while it is replaced. One that is damaged or opens with another
   * passphrase may be: its lock needs none. */
  if (place == NULL || !way_vault_hold (place, &held, error) || !is_finished (backup, error))
    return FALSE;
  if (!is_another (backup, place, error) || !hold_backup (backup, &held_backup, error) ||
      (arriving = make_arriving (place, error)) == NULL)
    return FALSE;
  done = copy (backup, arriving, error);
  if (!done) {
    way_db_name_file (error, arriving, place);
    g_prefix_error (error, "“%s” can’t be copied to where the store is: ", backup);
  }
  if (done && !check_backup (arriving, secret, unlock, error)) {
    way_db_name_file (error, arriving, backup);
    done = FALSE;
  }
  done = done && way_platform_sync_file (arriving, error) && replace (arriving, place, kept, error);
  if (!done)
    way_db_remove_store (arriving);
  return done;
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
  return restore (backup, path, passphrase, way_vault_unlock, kept, error);
}

/**
 * way_db_restore_with_recovery_key:
 *
 * Like way_db_restore(), with the key that was shown when the store was made.
 */
gboolean
way_db_restore_with_recovery_key (
    const char *backup, const char *path, const char *recovery_key, char **kept, GError **error)
{
  return restore (backup, path, recovery_key, way_vault_unlock_with_recovery_key, kept, error);
}
