/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault-fixture.h"
#include "way-error.h"
#include "way-sealed-file.h"

#include <sodium.h>
#include <string.h>

/* Damage and meddling in pages and in the write-ahead log: found, never believed. */

#define PAGE(number) (WAY_SEALED_DATA_OFFSET + ((number) -1) * WAY_SEALED_PAGE_SIZE)

static void
fill (WayVault *vault)
{
  sqlite3 *database = open_database (vault);

  run_sql (database,
           "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, bytes BLOB);"
           "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 1500)"
           " INSERT INTO t SELECT i, 'name ' || i, randomblob (100) FROM c;"
           "CREATE INDEX by_name ON t (name); CREATE VIRTUAL TABLE found USING fts5 (body);"
           "INSERT INTO found SELECT name FROM t; VACUUM");
  close_database (database);
}

/* Opens @path, a damaged copy of the store, and reads all of it. Returns whether
 * SQLite went along. */
static gboolean
reads_well (WayVault *vault, const char *path)
{
  g_autofree char *own_path = g_steal_pointer (&vault->path);
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;
  sqlite3 *database;

  vault->path = g_strdup (path);
  database = way_vault_open_database (vault, &error);
  g_free (vault->path);
  vault->path = g_steal_pointer (&own_path);
  if (database == NULL) {
    g_assert_error (error, WAY_ERROR, WAY_ERROR_CORRUPT);
    return FALSE;
  }
  answer = query_text (database, "PRAGMA integrity_check");
  close_database (database);
  return g_str_equal (answer, "ok");
}

static void
test_bit_flips (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *damaged = vault_fixture_file (fixture, "damaged");
  g_autoptr (WayVault) vault = create_vault (fixture->path);
  guint n = repetitions (100, 5000);
  guint32 size;

  fill (vault);
  g_assert_true (reads_well (vault, fixture->path));
  size = (guint32) (file_size (fixture->path) - WAY_SEALED_DATA_OFFSET);
  for (guint i = 0; i < n; i++) {
    goffset offset = WAY_SEALED_DATA_OFFSET + g_test_rand_int_range (0, (gint32) size);

    copy_file (fixture->path, damaged);
    flip_bit (damaged, offset, g_test_rand_int_range (0, 8));
    count_damage ();
    g_assert_false (reads_well (vault, damaged));
    g_assert_cmpuint (count_damage (), >, 0);
    remove_store (damaged);
  }
}

static void
test_every_part_of_a_page (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const goffset OFFSETS[] = {0, 4055, 4056, 4079, 4080, 4095};
  g_autofree char *damaged = vault_fixture_file (fixture, "damaged");
  g_autoptr (WayVault) vault = create_vault (fixture->path);

  fill (vault);
  for (gsize i = 0; i < G_N_ELEMENTS (OFFSETS); i++) {
    copy_file (fixture->path, damaged);
    flip_bit (damaged, PAGE (2) + OFFSETS[i], 0);
    g_assert_false (reads_well (vault, damaged));
    remove_store (damaged);
  }
}

static void
test_page_moved (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayVault) vault = create_vault (fixture->path);

  fill (vault);
  count_damage ();
  copy_within (fixture->path, PAGE (5), PAGE (6), WAY_SEALED_PAGE_SIZE);
  g_assert_false (reads_well (vault, fixture->path));
  g_assert_cmpuint (count_damage (), >, 0);
}

/* A page of another store with the same passphrase, even of a copy with the same
 * data key, does not fit. */
static void
test_page_of_a_copy (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *target = vault_fixture_file (fixture, "copy");
  g_autofree char *sql = g_strdup_printf ("VACUUM INTO '%s'", target);
  g_autoptr (WayVault) vault = create_vault (fixture->path);
  g_autoptr (WayVault) copy = NULL;
  g_autoptr (GBytes) ours = NULL;
  g_autoptr (GBytes) theirs = NULL;
  g_autofree guint8 *mixed = NULL;
  sqlite3 *database;

  fill (vault);
  database = open_database (vault);
  g_assert_true (way_vault_prepare_copy (vault, target, NULL));
  run_sql (database, sql);
  way_vault_finish_copy (vault, target);
  close_database (database);
  copy = unlock_vault (target);
  g_assert_true (reads_well (copy, target));

  ours = read_file (fixture->path);
  theirs = read_file (target);
  mixed = g_memdup2 (g_bytes_get_data (ours, NULL), g_bytes_get_size (ours));
  memcpy (mixed + PAGE (3),
          (const guint8 *) g_bytes_get_data (theirs, NULL) + PAGE (3),
          WAY_SEALED_PAGE_SIZE);
  write_file (fixture->path, mixed, g_bytes_get_size (ours));
  g_assert_false (reads_well (vault, fixture->path));
  remove_store (target);
}

static void
test_zeroed_page (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayVault) vault = create_vault (fixture->path);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree guint8 *zeroed = NULL;

  fill (vault);
  bytes = read_file (fixture->path);
  zeroed = g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  memset (zeroed + PAGE (4), 0, WAY_SEALED_PAGE_SIZE);
  write_file (fixture->path, zeroed, g_bytes_get_size (bytes));
  g_assert_false (reads_well (vault, fixture->path));
}

/* The end of the file is missing: an error, not fewer children. */
static void
test_cut_short (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const goffset MISSING[] = {1, 100, 4096, 4097, 40960};
  g_autofree char *damaged = vault_fixture_file (fixture, "damaged");
  g_autoptr (WayVault) vault = create_vault (fixture->path);
  g_autoptr (GBytes) bytes = NULL;

  fill (vault);
  bytes = read_file (fixture->path);
  for (gsize i = 0; i < G_N_ELEMENTS (MISSING); i++) {
    gsize size = g_bytes_get_size (bytes) - (gsize) MISSING[i];

    write_file (damaged, g_bytes_get_data (bytes, NULL), size);
    g_assert_false (reads_well (vault, damaged));
    remove_store (damaged);
  }
}

/* A store with two transactions in its log, as a killed process leaves it. */
static char *
leave_hot_log (VaultFixture *fixture, const char *name)
{
  g_autoptr (WayVault) vault = create_vault (fixture->path);
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  char *copy = vault_fixture_file (fixture, name);
  g_autofree char *copy_log = g_strconcat (copy, "-wal", NULL);
  sqlite3 *database;

  fill (vault);
  database = open_database (vault);
  run_sql (database,
           "PRAGMA wal_autocheckpoint = 0;"
           "BEGIN; UPDATE t SET name = 'first' WHERE id < 200; COMMIT;"
           "BEGIN; UPDATE t SET name = 'second' WHERE id < 200; COMMIT");
  copy_file (fixture->path, copy);
  copy_file (log, copy_log);
  close_database (database);
  return copy;
}

static void
assert_name (const char *path, const char *expected)
{
  g_autoptr (WayVault) vault = unlock_vault (path);
  sqlite3 *database = open_database (vault);
  g_autofree char *name = query_text (database, "SELECT name FROM t WHERE id = 1");

  g_assert_cmpstr (name, ==, expected);
  assert_sound (database);
  close_database (database);
}

static void
test_hot_log (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = leave_hot_log (fixture, "hot");
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  count_damage ();
  g_assert_false (file_contains (log, "second"));
  assert_name (path, "second");
  g_assert_cmpuint (count_damage (), ==, 0);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  remove_store (path);
}

/* A wrong secret must not even look at the log: SQLite would throw it away. */
static void
test_wrong_key_leaves_log (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = leave_hot_log (fixture, "hot");
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autoptr (GBytes) before = read_file (log);
  g_autoptr (GBytes) after = NULL;
  g_autofree char *other_path = vault_fixture_file (fixture, "other");
  g_autoptr (WayVault) other = create_vault (other_path);
  g_autoptr (GError) error = NULL;

  g_assert_null (way_vault_unlock (path, "wrong", &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_PASSPHRASE);
  g_clear_error (&error);
  /* Another store's key, by the back door. */
  g_free (other->path);
  other->path = g_strdup (path);
  g_assert_null (way_vault_open_database (other, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_CORRUPT);
  after = read_file (log);
  g_assert_true (g_bytes_equal (before, after));
  assert_name (path, "second");
  remove_store (path);
  remove_store (other_path);
}

/* The last transaction was altered: SQLite ends the log before it. */
static void
test_log_tail_altered (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = leave_hot_log (fixture, "hot");
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  flip_bit (log, file_size (log) - 2000, 2);
  assert_name (path, "first");
  remove_store (path);
}

/* Each kind of byte of a frame: its header, its page, nonce and tag. */
static void
test_log_frame_altered (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const goffset OFFSETS[] = {0, 4, 8, 16, 23, 24, 4000, 4079, 4080, 4104, 4119};

  for (gsize i = 0; i < G_N_ELEMENTS (OFFSETS); i++) {
    g_autofree char *path = leave_hot_log (fixture, "hot");
    g_autofree char *log = g_strconcat (path, "-wal", NULL);

    flip_bit (log, WAY_SEALED_LOG_HEADER + OFFSETS[i], 1);
    assert_name (path, "name 1");
    remove_store (path);
    remove_store (fixture->path);
  }
}

/* The log of another opening of the same store: its salts differ. */
static void
test_log_replayed (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = leave_hot_log (fixture, "hot");
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *old_log = vault_fixture_file (fixture, "old-log");
  g_autoptr (WayVault) vault = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *database;

  copy_file (log, old_log);
  vault = unlock_vault (path);
  database = open_database (vault);
  run_sql (database,
           "PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = 1; PRAGMA wal_checkpoint (TRUNCATE);"
           "UPDATE t SET name = 'third' WHERE id < 200");
  /* While it is open, with the frames of the earlier round at the same places. */
  {
    g_autoptr (GBytes) now = read_file (log);
    g_autoptr (GBytes) then = read_file (old_log);
    gsize size = g_bytes_get_size (now);
    g_autofree guint8 *mixed = g_memdup2 (g_bytes_get_data (then, NULL), size);
    g_autofree char *name = NULL;

    g_assert_cmpuint (size, <=, g_bytes_get_size (then));
    memcpy (mixed, g_bytes_get_data (now, NULL), WAY_SEALED_LOG_HEADER);
    write_file (log, mixed, size);
    count_damage ();
    name = query_text (database, "SELECT group_concat (name) FROM t");
    g_assert_true (g_str_has_prefix (name, "error"));
    g_assert_cmpuint (count_damage (), >, 0);
  }
  sqlite3_close (database);
  remove_store (path);
  remove_store (old_log);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/vault/tamper/" name,                                                               \
              VaultFixture,                                                                        \
              NULL,                                                                                \
              vault_fixture_set_up,                                                                \
              function,                                                                            \
              vault_fixture_tear_down)

int
main (int argc, char **argv)
{
  watch_damage ();
  g_test_init (&argc, &argv, NULL);
  ADD ("page/bit-flips", test_bit_flips);
  ADD ("page/every-part", test_every_part_of_a_page);
  ADD ("page/moved", test_page_moved);
  ADD ("page/of-a-copy", test_page_of_a_copy);
  ADD ("page/zeroed", test_zeroed_page);
  ADD ("page/cut-short", test_cut_short);
  ADD ("log/hot", test_hot_log);
  ADD ("log/wrong-key-leaves-it", test_wrong_key_leaves_log);
  ADD ("log/tail-altered", test_log_tail_altered);
  ADD ("log/frame-altered", test_log_frame_altered);
  ADD ("log/replayed", test_log_replayed);
  return g_test_run ();
}
