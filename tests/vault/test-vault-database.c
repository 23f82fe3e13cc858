/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault-fixture.h"
#include "way-error.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What SQLite does with a store, in each journal mode; two at a time; copies. */

#define SECRET "SECRETNAME"

static WayVault *
open_in_mode (VaultFixture *fixture, const char *mode, sqlite3 **database)
{
  WayVault *vault = create_vault (fixture->path);
  g_autofree char *sql = g_strdup_printf ("PRAGMA journal_mode = %s", mode);
  g_autofree char *answer = NULL;

  *database = open_database (vault);
  answer = query_text (*database, sql);
  g_assert_cmpstr (answer, ==, mode);
  return vault;
}

static void
fill (sqlite3 *database)
{
  run_sql (database,
           "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, amount REAL, bytes BLOB)"
           " STRICT;"
           "CREATE INDEX by_name ON t (name); CREATE VIRTUAL TABLE found USING fts5 (body);"
           "BEGIN;"
           "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 20000)"
           " INSERT INTO t SELECT i, printf ('" SECRET "-%07d', i), i * 1.5, randomblob (50)"
           " FROM c;"
           "INSERT INTO found SELECT 'SECRETBODY quick brown fox ' || id FROM t LIMIT 3000;"
           "COMMIT");
}

static void
assert_nothing_readable (const char *path)
{
  static const char *const WORDS[] = {
      SECRET, "SECRETBODY", "quick", "CREATE TABLE", "SQLite format", "by_name"};
  static const char *const BESIDE[] = {"", "-wal", "-journal"};

  for (gsize file = 0; file < G_N_ELEMENTS (BESIDE); file++) {
    g_autofree char *name = g_strconcat (path, BESIDE[file], NULL);

    for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
      g_assert_false (file_contains (name, WORDS[i]));
  }
  {
    g_autofree char *shared = g_strconcat (path, "-shm", NULL);

    g_assert_false (g_file_test (shared, G_FILE_TEST_EXISTS));
  }
}

static void
check_statements (sqlite3 *database)
{
  g_assert_cmpint (
      query_number (database, "SELECT count(*) FROM found WHERE found MATCH 'quick AND 42'"),
      ==,
      1);
  run_sql (database, "BEGIN; SAVEPOINT a; UPDATE t SET name = name || 'x'; ROLLBACK TO a; COMMIT");
  g_assert_cmpint (query_number (database, "SELECT count(*) FROM t WHERE name LIKE '%x'"), ==, 0);
  /* The last row fails: the statement journal takes back the others. */
  run_sql (database, "CREATE UNIQUE INDEX once ON t (name)");
  g_assert_cmpint (
      try_sql (database,
               "UPDATE t SET name = CASE WHEN id = 19999 THEN 'SECRETNAME-0000001z' ELSE"
               " name || 'z' END") &
          0xff,
      ==,
      SQLITE_CONSTRAINT);
  g_assert_cmpint (query_number (database, "SELECT count(*) FROM t WHERE name LIKE '%z'"), ==, 0);
  run_sql (database, "DROP INDEX once");
  g_assert_cmpint (
      query_number (
          database,
          "SELECT count(*) FROM (SELECT DISTINCT name || hex (bytes) FROM t ORDER BY amount DESC)"),
      ==,
      20000);
}

static void
check_large_values (sqlite3 *database)
{
  run_sql (database, "INSERT INTO t (name, bytes) VALUES ('big', randomblob (3000000))");
  g_assert_cmpint (
      query_number (database, "SELECT length (bytes) FROM t WHERE name = 'big'"), ==, 3000000);
  run_sql (database, "DELETE FROM t WHERE name = 'big'");
}

static void
check_fixed_settings (sqlite3 *database)
{
  g_autofree char *mapped = NULL;

  run_sql (database, "PRAGMA page_size = 8192; VACUUM");
  g_assert_cmpint (query_number (database, "PRAGMA page_size"), ==, 4096);
  try_sql (database, "PRAGMA mmap_size = 100000000");
  mapped = query_text (database, "PRAGMA mmap_size");
  g_assert_cmpstr (mapped, !=, "100000000");
  g_assert_cmpint (query_number (database, "PRAGMA temp_store"), ==, 2);
  g_assert_cmpint (query_number (database, "PRAGMA synchronous"), ==, 2);
}

static void
test_works (VaultFixture *fixture, gconstpointer mode)
{
  sqlite3 *database;
  g_autoptr (WayVault) vault = open_in_mode (fixture, mode, &database);
  g_autoptr (WayVault) again = NULL;

  fill (database);
  /* A transaction under way, larger than the cache: part of it is in the file. */
  run_sql (database, "PRAGMA cache_size = 20; BEGIN; UPDATE t SET name = name || '-2'");
  assert_nothing_readable (fixture->path);
  run_sql (database, "ROLLBACK; BEGIN; UPDATE t SET amount = amount + 1; COMMIT");
  assert_sound (database);
  check_statements (database);
  check_large_values (database);
  run_sql (database, "DELETE FROM t WHERE id % 2 = 0; VACUUM");
  assert_sound (database);
  check_fixed_settings (database);
  assert_nothing_readable (fixture->path);
  close_database (database);

  again = unlock_vault (fixture->path);
  database = open_database (again);
  g_assert_cmpint (query_number (database, "SELECT count(*) FROM t"), ==, 10000);
  assert_sound (database);
  close_database (database);
  g_assert_cmpuint (count_damage (), ==, 0);
}

/* SQLite leaves pages unwritten that it freed before they were ever on the disk. */
static void
test_holes (VaultFixture *fixture, gconstpointer mode)
{
  sqlite3 *database;
  g_autoptr (WayVault) vault = open_in_mode (fixture, mode, &database);

  run_sql (database, "PRAGMA cache_size = 10; CREATE TABLE t (x); CREATE TABLE u (x)");
  for (int i = 0; i < 40; i++)
    run_sql (database,
             "BEGIN; INSERT INTO t VALUES (zeroblob (200000)); INSERT INTO u VALUES (randomblob"
             " (9000)); DELETE FROM t; COMMIT; DELETE FROM u WHERE rowid % 3 = 0");
  close_database (database);

  /* Every page of the file opens, used or not. */
  database = open_database (vault);
  {
    g_autofree char *copy = vault_fixture_file (fixture, "copy");
    sqlite3 *plain;
    sqlite3_backup *backup;
    int reserve = WAY_SEAL_OVERHEAD;

    sqlite3_open (copy, &plain);
    sqlite3_file_control (plain, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);
    backup = sqlite3_backup_init (plain, "main", database, "main");
    g_assert_cmpint (sqlite3_backup_step (backup, -1), ==, SQLITE_DONE);
    g_assert_cmpint (sqlite3_backup_finish (backup), ==, SQLITE_OK);
    close_database (plain);
    remove_store (copy);
  }
  assert_sound (database);
  close_database (database);
  g_assert_cmpuint (count_damage (), ==, 0);
}

static void
test_vacuum_into (VaultFixture *fixture, gconstpointer mode)
{
  g_autofree char *target = vault_fixture_file (fixture, "copy.waymark");
  sqlite3 *database;
  g_autoptr (WayVault) vault = open_in_mode (fixture, mode, &database);
  g_autoptr (WayVault) copy = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strdup_printf ("VACUUM INTO '%s'", target);

  fill (database);
  g_assert_true (way_vault_prepare_copy (vault, target, &error));
  g_assert_no_error (error);
  run_sql (database, sql);
  way_vault_finish_copy (vault, target);
  g_assert_cmpint (try_sql (database, sql), !=, SQLITE_OK); /* not without being prepared */
  assert_nothing_readable (target);
  close_database (database);

  copy = unlock_vault (target);
  g_assert_cmpint (memcmp (copy->header.file_id, vault->header.file_id, WAY_SEAL_ID_SIZE), !=, 0);
  database = open_database (copy);
  g_assert_cmpint (query_number (database, "SELECT count(*) FROM t"), ==, 20000);
  assert_sound (database);
  close_database (database);
  g_assert_no_errno (g_remove (target));
  g_assert_cmpuint (count_damage (), ==, 0);
}

static void
test_copy_refuses_existing (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayVault) vault = create_vault (fixture->path);
  g_autoptr (GError) error = NULL;

  g_assert_false (way_vault_prepare_copy (vault, fixture->path, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_IO);
  way_vault_finish_copy (vault, fixture->path); /* does nothing */
  way_vault_free (unlock_vault (fixture->path));
}

/* A name without a key, and a plain attachment, are never opened: text would leak. */
static void
test_attach_is_refused (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *other = vault_fixture_file (fixture, "other");
  g_autofree char *sql = g_strdup_printf ("ATTACH '%s' AS other", other);
  sqlite3 *database;
  g_autoptr (WayVault) vault = open_in_mode (fixture, "wal", &database);

  g_assert_cmpint (try_sql (database, sql) & 0xff, ==, SQLITE_CANTOPEN);
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
  close_database (database);
}

static void
test_two_at_once (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = vault_fixture_file (fixture, "second.waymark");
  g_autoptr (WayVault) first = create_vault (fixture->path);
  g_autoptr (WayVault) second = create_vault (path);
  sqlite3 *one = open_database (first);
  sqlite3 *two = open_database (second);

  g_assert_cmpuint (way_sealed_registry_count (), ==, 2);
  for (int i = 0; i < 50; i++) {
    run_sql (one, "CREATE TABLE IF NOT EXISTS t (x); INSERT INTO t VALUES ('one')");
    run_sql (two, "CREATE TABLE IF NOT EXISTS t (x); INSERT INTO t VALUES ('two')");
  }
  close_database (one);
  g_assert_cmpuint (way_sealed_registry_count (), ==, 1);
  run_sql (two, "INSERT INTO t VALUES ('two')");
  close_database (two);
  g_assert_cmpuint (way_sealed_registry_count (), ==, 0);
  two = open_database (second);
  g_assert_cmpint (query_number (two, "SELECT count(*) FROM t WHERE x = 'two'"), ==, 51);
  close_database (two);
  g_assert_no_errno (g_remove (path));
}

static void
test_open_here_already (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayVault) vault = create_vault (fixture->path);
  g_autoptr (WayVault) again = unlock_vault (fixture->path);
  sqlite3 *database = open_database (vault);
  g_autoptr (GError) error = NULL;

  g_assert_null (way_vault_open_database (again, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_null (way_vault_open_database (vault, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_BUSY);
  run_sql (database, "CREATE TABLE t (x)");
  close_database (database);
}

static void
test_busy (VaultFixture *fixture, gconstpointer program)
{
  g_autoptr (WayVault) vault = create_vault (fixture->path);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;
  const char *argv[] = {program, "--hold", fixture->path, NULL};
  GPid child;
  int output;
  char line;

  close_database (open_database (vault));
  g_assert_true (g_spawn_async_with_pipes (NULL,
                                           (char **) argv,
                                           NULL,
                                           G_SPAWN_DO_NOT_REAP_CHILD,
                                           NULL,
                                           NULL,
                                           &child,
                                           NULL,
                                           &output,
                                           NULL,
                                           &error));
  g_assert_cmpint (read (output, &line, 1), ==, 1);
  g_assert_null (way_vault_open_database (vault, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_BUSY);
  expected = g_strdup_printf ("the store is open in test-vault-data (process %d)", (int) child);
  g_assert_cmpstr (error->message, ==, expected);
  g_clear_error (&error);
  g_assert_false (way_vault_change_passphrase (vault, "another", &TEST_COST, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_BUSY);

  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  close (output);
  g_spawn_close_pid (child);
  close_database (open_database (vault)); /* a dead process holds nothing */
}

/* What test_busy() starts: has the store open until it is killed. */
static int
hold (const char *path)
{
  WayVault *vault = unlock_vault (path);

  open_database (vault);
  if (write (STDOUT_FILENO, "x", 1) != 1)
    return 1;
  pause ();
  return 0;
}

/* What test_read_only() starts: tries to open the store as somebody who may only
 * read it, which root always is not. */
static int
try_as_reader (const char *path)
{
  g_autoptr (WayVault) vault = NULL;
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0 && setuid (65534) != 0)
    return 2;
  vault = unlock_vault (path);
  if (way_vault_open_database (vault, &error) != NULL)
    return 3;
  return g_error_matches (error, WAY_ERROR, WAY_ERROR_IO) ? 0 : 4;
}

static void
test_read_only (VaultFixture *fixture, gconstpointer program)
{
  g_autoptr (WayVault) vault = create_vault (fixture->path);
  const char *argv[] = {program, "--read-only", fixture->path, NULL};
  g_autoptr (GError) error = NULL;
  int status;

  close_database (open_database (vault));
  g_assert_no_errno (g_chmod (fixture->folder, 0555));
  g_assert_no_errno (g_chmod (fixture->path, 0444));
  g_spawn_sync (NULL, (char **) argv, NULL, 0, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  g_assert_no_errno (g_chmod (fixture->folder, 0700));
  g_assert_no_errno (g_chmod (fixture->path, 0600));
}

static void
test_no_temporary_files (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  sqlite3 *database;
  g_autoptr (WayVault) vault = open_in_mode (fixture, "wal", &database);
  g_autoptr (GDir) dir = NULL;

  fill (database);
  g_setenv ("SQLITE_TMPDIR", fixture->folder, TRUE);
  run_sql (
      database,
      "PRAGMA temp_store = FILE; PRAGMA cache_size = 5; PRAGMA cache_spill = 1;"
      "CREATE TEMP TABLE s AS SELECT * FROM t ORDER BY bytes; UPDATE s SET name = name || 'y'");
  g_assert_cmpint (query_number (database, "SELECT count(*) FROM s"), ==, 20000);
  dir = g_dir_open (fixture->folder, 0, NULL);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    g_assert_true (g_str_has_prefix (name, "test.waymark"));
  close_database (database);
  g_unsetenv ("SQLITE_TMPDIR");
}

#define ADD(name, data, function)                                                                  \
  g_test_add ("/vault/database/" name,                                                             \
              VaultFixture,                                                                        \
              data,                                                                                \
              vault_fixture_set_up,                                                                \
              function,                                                                            \
              vault_fixture_tear_down)

int
main (int argc, char **argv)
{
  watch_damage ();
  if (argc == 3 && g_str_equal (argv[1], "--hold"))
    return hold (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "--read-only"))
    return try_as_reader (argv[2]);
  g_test_init (&argc, &argv, NULL);
  ADD ("works/wal", "wal", test_works);
  ADD ("works/delete", "delete", test_works);
  ADD ("works/truncate", "truncate", test_works);
  ADD ("works/persist", "persist", test_works);
  ADD ("holes/wal", "wal", test_holes);
  ADD ("holes/delete", "delete", test_holes);
  ADD ("copy/wal", "wal", test_vacuum_into);
  ADD ("copy/delete", "delete", test_vacuum_into);
  ADD ("copy/refuses-existing", NULL, test_copy_refuses_existing);
  ADD ("attach-is-refused", NULL, test_attach_is_refused);
  ADD ("two-at-once", NULL, test_two_at_once);
  ADD ("busy/here", NULL, test_open_here_already);
  ADD ("busy/other-process", argv[0], test_busy);
  ADD ("read-only", argv[0], test_read_only);
  ADD ("no-temporary-files", NULL, test_no_temporary_files);
  return g_test_run ();
}
