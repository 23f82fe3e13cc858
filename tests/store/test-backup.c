/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A copy that was cut short is never taken for a backup, and a file that holds nothing never for a
 * new store. */
#include "store-fixture.h"

#include "way-error.h"
#include "way-vault-private.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define KILLS 6
#define WAIT_US (60 * G_USEC_PER_SEC)

/* The child: writes one backup after another until it is killed. */
static void
back_up (StoreFixture *fixture, guint round, int begun)
{
  WayDb *db = way_db_open (fixture->path, STORE_PASSPHRASE, NULL);

  if (db == NULL || write (begun, "!", 1) != 1)
    _exit (3);
  for (guint i = 0;; i++) {
    g_autofree char *target = g_strdup_printf ("%s/copy-%u-%u.waymark", fixture->dir, round, i);

    if (!way_db_backup (db, target, NULL))
      _exit (4);
  }
}

static void
back_up_until_killed (StoreFixture *fixture, guint round)
{
  gulong delay = (gulong) g_test_rand_int_range (1000, 300000);
  int ends[2], status;
  pid_t child;
  char answer;

  g_assert_no_errno (pipe (ends));
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    back_up (fixture, round, ends[1]);
  close (ends[1]);
  g_assert_cmpint (read (ends[0], &answer, 1), ==, 1);
  g_usleep (delay);
  g_assert_no_errno (kill (child, SIGKILL));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status)); /* it did not stop by itself */
  close (ends[0]);
}

static gboolean
holds_child (const char *path, gboolean must_open)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) children = NULL;
  WayDb *db = way_db_open (path, STORE_PASSPHRASE, &error);

  if (db == NULL && !must_open) {
    g_assert_error (error, WAY_ERROR, WAY_ERROR_CORRUPT);
    return FALSE;
  }
  g_assert_no_error (error);
  children = way_db_list (db, WAY_CHILD, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (children->len, ==, 1);
  way_db_close (db);
  return TRUE;
}

/* What a killed backup left can be restored only if it is whole. */
static void
restore_leftover (StoreFixture *fixture, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *place = g_build_filename (fixture->dir, "restored.waymark", NULL);
  g_autofree char *kept = NULL;

  if (way_db_restore (path, place, STORE_PASSPHRASE, &kept, &error)) {
    g_assert_true (holds_child (place, TRUE));
    g_assert_no_errno (g_remove (place));
    return;
  }
  g_test_message ("%s", error->message);
  g_assert_error (error, WAY_ERROR, WAY_ERROR_CORRUPT);
  g_assert_false (g_file_test (place, G_FILE_TEST_EXISTS));
}

/* (transfer full): the files beside the store */
static GPtrArray *
list_copies (StoreFixture *fixture)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (fixture->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    if (g_str_has_prefix (name, "copy-"))
      g_ptr_array_add (paths, g_build_filename (fixture->dir, name, NULL));
  }
  return paths;
}

static gboolean
has_part (StoreFixture *fixture)
{
  g_autoptr (GPtrArray) paths = list_copies (fixture);

  for (guint i = 0; i < paths->len; i++) {
    if (g_str_has_suffix (paths->pdata[i], ".part"))
      return TRUE;
  }
  return FALSE;
}

static void
test_kill (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (GPtrArray) paths = NULL;
  gint64 end = g_get_monotonic_time () + WAIT_US;
  guint n_parts = 0;

  g_clear_pointer (&fixture->db, way_db_close);
  /* More often where by chance none was killed in the middle of a copy. */
  for (guint i = 0; i < KILLS || (!has_part (fixture) && g_get_monotonic_time () < end); i++)
    back_up_until_killed (fixture, i);
  paths = list_copies (fixture);
  for (guint i = 0; i < paths->len; i++) {
    const char *path = g_ptr_array_index (paths, i);

    if (g_str_has_suffix (path, ".waymark")) {
      g_assert_true (holds_child (path, TRUE));
    } else if (g_str_has_suffix (path, ".part")) {
      n_parts++;
      restore_leftover (fixture, path);
      holds_child (path, FALSE);
    } else {
      g_assert_true (g_str_has_suffix (path, ".part-journal"));
    }
  }
  g_test_message ("%u files, %u of them parts", paths->len, n_parts);
  g_assert_cmpuint (n_parts, >, 0);
  for (guint i = 0; i < paths->len; i++) {
    g_remove (g_ptr_array_index (paths, i)); /* a journal that was played back is gone */
  }
  g_assert_true (holds_child (fixture->path, TRUE));
}

/* A store whose database was taken back to nothing, as SQLite does with one that was being
 * copied into. */
static char *
make_nothing (StoreFixture *fixture)
{
  char *path = g_build_filename (fixture->dir, "nothing.waymark", NULL);
  WayVaultCost cost = store_low_cost ();
  g_autoptr (GError) error = NULL;
  char *recovery_key = NULL;
  g_autoptr (WayVault) vault =
      way_vault_create (path, STORE_PASSPHRASE, &cost, &recovery_key, &error);

  g_assert_no_error (error);
  sqlite3_close (way_vault_open_database (vault, &error));
  g_assert_no_error (error);
  way_vault_secret_free (recovery_key);
  return path;
}

/* However often it is opened, it does not become a new store. */
static void
test_nothing (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autofree char *path = make_nothing (fixture), *kept = NULL;

  g_clear_pointer (&fixture->db, way_db_close);
  for (int round = 0; round < 3; round++) {
    g_autoptr (GError) error = NULL;

    if (round == 1)
      g_assert_false (way_db_restore (path, fixture->path, STORE_PASSPHRASE, &kept, &error));
    else
      g_assert_null (way_db_open (path, STORE_PASSPHRASE, &error));
    g_test_message ("%s", error->message);
    g_assert_error (error, WAY_ERROR, WAY_ERROR_CORRUPT);
    g_assert_nonnull (strstr (error->message, path));
  }
  g_assert_null (kept);
  g_assert_true (holds_child (fixture->path, TRUE));
  g_assert_no_errno (g_remove (path));
}

/* A backup that lies beside the journal of its own making is a part of one, whatever its name. */
static void
test_journal (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *target = g_build_filename (fixture->dir, "copy.waymark", NULL);
  g_autofree char *journal = g_strconcat (target, "-journal", NULL), *kept = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (way_db_backup (fixture->db, target, &error));
  g_assert_no_error (error);
  g_clear_pointer (&fixture->db, way_db_close);
  g_assert_true (g_file_set_contents (journal, "half", -1, NULL));
  g_assert_false (way_db_restore (target, fixture->path, STORE_PASSPHRASE, &kept, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, WAY_ERROR, WAY_ERROR_CORRUPT);
  g_assert_null (kept);
  g_assert_no_errno (g_remove (journal));
  g_assert_no_errno (g_remove (target));
}

/* SQLite undoes by a journal what it finds beside it: one that was left where a store is, or was,
 * goes out of the way of the backup that comes there. */
static void
test_journal_in_place (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autofree char *backup = g_build_filename (fixture->dir, "backup.waymark", NULL);
  g_autofree char *journal = g_strconcat (fixture->path, "-journal", NULL);
  g_autofree char *kept = NULL, *moved = NULL, *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (way_db_backup (fixture->db, backup, &error));
  g_assert_no_error (error);
  g_clear_pointer (&fixture->db, way_db_close);
  g_assert_true (g_file_set_contents (journal, "left by another", -1, NULL));
  g_assert_true (way_db_restore (backup, fixture->path, STORE_PASSPHRASE, &kept, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
  moved = g_strconcat (kept, "-journal", NULL);
  g_assert_true (g_file_get_contents (moved, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "left by another");
  g_assert_true (holds_child (fixture->path, TRUE));
  g_assert_no_errno (g_remove (moved));
  g_assert_no_errno (g_remove (kept));
  g_assert_no_errno (g_remove (backup));
}

/* What somebody works in is no backup to copy now. */
static void
test_in_use (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *place = g_build_filename (fixture->dir, "restored.waymark", NULL);
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (way_db_restore (fixture->path, place, STORE_PASSPHRASE, &kept, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, WAY_ERROR, WAY_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, fixture->path));
  g_assert_false (g_file_test (place, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
#define ADD(name, func)                                                                            \
  g_test_add ("/store/backup/" name, StoreFixture, NULL, store_set_up, func, store_tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("kill", test_kill);
  ADD ("nothing", test_nothing);
  ADD ("journal", test_journal);
  ADD ("journal-in-place", test_journal_in_place);
  ADD ("in-use", test_in_use);
  return g_test_run ();
}
