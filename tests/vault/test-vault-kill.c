/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* A process that moves money between accounts is killed at any moment. Afterwards the
 * store opens, no penny is missing, and nothing that it had answered for is undone. */

#define ACCOUNTS 2000
#define TOTAL 200000

static void
set_up_bank (WayVault *vault)
{
  sqlite3 *database = open_database (vault);

  run_sql (database,
           "CREATE TABLE account (id INTEGER PRIMARY KEY, balance INT, pad TEXT);"
           "CREATE TABLE sequence (n INT); INSERT INTO sequence VALUES (0);"
           "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < " G_STRINGIFY (
               ACCOUNTS) ") INSERT INTO account"
                         " SELECT i, 100, 'PADSECRET' || hex (randomblob (100)) FROM c");
  close_database (database);
}

static gboolean
transact (sqlite3 *database, GRand *random)
{
  g_autoptr (GString) sql = g_string_new ("BEGIN IMMEDIATE;");

  for (int i = 0; i < 30; i++) {
    gint amount = g_rand_int_range (random, 0, 50);

    g_string_append_printf (
        sql,
        "UPDATE account SET balance = balance - %d, pad = 'PADSECRET' || hex (randomblob (100))"
        " WHERE id = %d; UPDATE account SET balance = balance + %d WHERE id = %d;",
        amount,
        g_rand_int_range (random, 1, ACCOUNTS + 1),
        amount,
        g_rand_int_range (random, 1, ACCOUNTS + 1));
  }
  return try_sql (database, sql->str) == SQLITE_OK &&
         try_sql (database, "UPDATE sequence SET n = n + 1; COMMIT") == SQLITE_OK;
}

/* The child: works and answers for each commit until it is killed. */
static void
work (WayVault *vault, const char *mode, guint32 seed, int answers)
{
  sqlite3 *database = way_vault_open_database (vault, NULL);
  GRand *random = g_rand_new_with_seed (seed);
  g_autofree char *sql = g_strdup_printf (
      "PRAGMA journal_mode = %s; PRAGMA cache_size = 20; PRAGMA wal_autocheckpoint = 200;"
      /* While the lock is kept SQLite only empties its journal. */
      "PRAGMA locking_mode = %s; SELECT count (*) FROM account",
      mode,
      g_str_equal (mode, "delete") ? "NORMAL" : "EXCLUSIVE");

  if (database == NULL || try_sql (database, sql) != SQLITE_OK)
    _exit (3);
  while (transact (database, random)) {
    gint64 n = query_number (database, "SELECT n FROM sequence");

    if (write (answers, &n, sizeof n) != sizeof n)
      _exit (4);
  }
  _exit (5);
}

/* Returns the last commit that the child answered for, 0 for none. It is killed some time after it
 * began, or after its first commit: a slow machine may not come to that in the time. */
static gint64
work_until_killed (WayVault *vault, const char *mode, gboolean after_first)
{
  guint32 seed = (guint32) g_test_rand_int ();
  gulong delay = (gulong) g_test_rand_int_range (20000, 90000);
  gint64 answered = 0;
  gint64 n;
  int ends[2];
  int status;
  pid_t child;

  g_assert_no_errno (pipe (ends));
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0) {
    close (ends[0]);
    work (vault, mode, seed, ends[1]);
  }
  close (ends[1]);
  if (after_first)
    g_assert_cmpint (read (ends[0], &answered, sizeof answered), ==, sizeof answered);
  g_usleep (delay);
  g_assert_no_errno (kill (child, SIGKILL));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status)); /* it did not stop by itself */
  while (read (ends[0], &n, sizeof n) == sizeof n)
    answered = n;
  close (ends[0]);
  return answered;
}

static void
assert_nothing_readable (const char *path)
{
  static const char *const BESIDE[] = {"", "-wal", "-journal"};

  for (gsize i = 0; i < G_N_ELEMENTS (BESIDE); i++) {
    g_autofree char *name = g_strconcat (path, BESIDE[i], NULL);

    g_assert_false (file_contains (name, "PADSECRET"));
  }
}

/* A journal that the killed process had just emptied, or begun and not yet synced, is nobody's
 * to play back or to remove in these modes, and the database was found sound without it. Stores
 * themselves keep a log, which is gone after closing. */
static void
remove_spent_journal (VaultFixture *fixture, const char *mode)
{
  g_autofree char *journal = g_strconcat (fixture->path, "-journal", NULL);

  if (!g_str_equal (mode, "wal") && g_file_test (journal, G_FILE_TEST_EXISTS))
    g_assert_no_errno (g_remove (journal));
}

static void
test_kill (VaultFixture *fixture, gconstpointer mode)
{
  g_autoptr (WayVault) vault = create_vault (fixture->path);
  guint n = repetitions (8, 100);
  gint64 total = 0;

  set_up_bank (vault);
  for (guint i = 0; i < n; i++) {
    gint64 answered = work_until_killed (vault, mode, i % 2 == 1);
    sqlite3 *database;

    assert_nothing_readable (fixture->path);
    database = open_database (vault);
    assert_sound (database);
    g_assert_cmpint (query_number (database, "SELECT sum (balance) FROM account"), ==, TOTAL);
    total = query_number (database, "SELECT n FROM sequence");
    g_assert_cmpint (total, >=, answered);
    close_database (database);
  }
  g_test_message ("%u kills, %" G_GINT64_FORMAT " commits", n, total);
  g_assert_cmpint (total, >, 0);
  remove_spent_journal (fixture, mode);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/vault/kill/wal",
              VaultFixture,
              "wal",
              vault_fixture_set_up,
              test_kill,
              vault_fixture_tear_down);
  g_test_add ("/vault/kill/delete",
              VaultFixture,
              "delete",
              vault_fixture_set_up,
              test_kill,
              vault_fixture_tear_down);
  g_test_add ("/vault/kill/truncate",
              VaultFixture,
              "truncate",
              vault_fixture_set_up,
              test_kill,
              vault_fixture_tear_down);
  return g_test_run ();
}
