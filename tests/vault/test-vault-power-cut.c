/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-cut-vfs.h"
#include "vault-fixture.h"
#include "way-error.h"
#include "way-sealed-vfs.h"

#include <string.h>

/* Money moves between accounts until the power fails. Afterwards the store opens, no
 * penny is missing, and nothing that was acknowledged is undone. */

#define STORE "/disk/test.waymark"
#define COPY "/disk/copy.waymark"
#define ACCOUNTS 300
#define TOTAL "30000"

typedef struct {
  const char *mode;
  guint changes; /* of the passphrase, so far */
  gboolean unsure;
  gint64 acknowledged;
  guint64 commits;
} Bank;

static char *
passphrase_number (guint number)
{
  return g_strdup_printf ("passphrase %u", number);
}

static void
set_up_bank (const char *mode)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA journal_mode = %s", mode);
  g_autofree char *passphrase = passphrase_number (0);
  g_autoptr (WayVault) vault = NULL;
  char *recovery_key = NULL;
  sqlite3 *database;

  vault = way_vault_create (STORE, passphrase, &TEST_COST, &recovery_key, NULL);
  g_assert_nonnull (vault);
  way_vault_secret_free (recovery_key);
  database = open_database (vault);
  run_sql (database, sql);
  run_sql (database,
           "CREATE TABLE account (id INTEGER PRIMARY KEY, balance INT, pad TEXT);"
           "CREATE TABLE sequence (n INT); CREATE TABLE junk (x); INSERT INTO sequence VALUES (0);"
           "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < " G_STRINGIFY (
               ACCOUNTS) ") INSERT INTO account SELECT i, 100, hex (randomblob (100)) FROM c");
  close_database (database);
}

/* After a cut in the middle of a change either passphrase may be the one. */
static WayVault *
unlock_bank (Bank *bank)
{
  g_autofree char *passphrase = passphrase_number (bank->changes);
  g_autofree char *next = passphrase_number (bank->changes + 1);
  g_autoptr (GError) error = NULL;
  WayVault *vault = way_vault_unlock (STORE, passphrase, &error);

  if (vault == NULL && bank->unsure) {
    g_assert_error (error, WAY_ERROR, WAY_ERROR_PASSPHRASE);
    g_clear_error (&error);
    vault = way_vault_unlock (STORE, next, &error);
    bank->changes++;
  }
  g_assert_no_error (error);
  bank->unsure = FALSE;
  return vault;
}

static sqlite3 *
open_bank (Bank *bank, WayVault *vault)
{
  sqlite3 *database = open_database (vault);
  g_autofree char *sql = g_strdup_printf (
      "PRAGMA journal_mode = %s; PRAGMA cache_size = 15; PRAGMA wal_autocheckpoint = 50",
      bank->mode);

  run_sql (database, sql);
  /* While the lock is kept SQLite only empties its journal; and only EXTRA makes the
   * journal's removal, which is the commit, last. */
  if (g_str_equal (bank->mode, "delete"))
    run_sql (database,
             "PRAGMA locking_mode = NORMAL; PRAGMA synchronous = EXTRA;"
             "SELECT count (*) FROM account");
  return database;
}

static gboolean
transact (sqlite3 *database)
{
  g_autoptr (GString) sql = g_string_new ("BEGIN;");

  for (int i = 0; i < 10; i++) {
    guint amount = power_cut_random (40);

    g_string_append_printf (
        sql,
        "UPDATE account SET balance = balance - %u, pad = hex (randomblob (100)) WHERE id = %u;"
        "UPDATE account SET balance = balance + %u WHERE id = %u;",
        amount,
        power_cut_random (ACCOUNTS) + 1,
        amount,
        power_cut_random (ACCOUNTS) + 1);
  }
  if (power_cut_random (4) == 0)
    g_string_append (sql, "INSERT INTO junk SELECT randomblob (9000) FROM account LIMIT 6;");
  if (power_cut_random (4) == 0)
    g_string_append (sql, "DELETE FROM junk WHERE rowid % 2;");
  g_string_append (sql, "UPDATE sequence SET n = n + 1; COMMIT");
  return try_sql (database, sql->str) == SQLITE_OK;
}

static void
change_passphrase (Bank *bank, WayVault *vault)
{
  g_autofree char *next = passphrase_number (bank->changes + 1);

  if (way_vault_change_passphrase (vault, next, &TEST_COST, NULL))
    bank->changes++;
  else
    bank->unsure = TRUE;
}

static void
work_until_cut (Bank *bank)
{
  g_autoptr (WayVault) vault = unlock_bank (bank);
  sqlite3 *database = open_bank (bank, vault);
  guint change_at = power_cut_random (30);

  power_cut_after (20 + (gint) power_cut_random (1200));
  for (guint i = 0; i < 300 && transact (database); i++) {
    bank->commits++;
    bank->acknowledged++;
    if (i == change_at)
      change_passphrase (bank, vault);
    if (power_cut_is_off ())
      break;
  }
  power_cut_after (1); /* at the latest now */
  try_sql (database, "UPDATE sequence SET n = n");
  sqlite3_close (database);
}

static void
back_up (WayVault *vault, sqlite3 *database)
{
  g_assert_true (way_vault_prepare_copy (vault, COPY, NULL));
  run_sql (database, "VACUUM INTO '" COPY "'");
  way_vault_finish_copy (vault, COPY);
  power_cut_remove_file (COPY);
}

static void
check_bank (Bank *bank)
{
  g_autoptr (WayVault) vault = unlock_bank (bank);
  sqlite3 *database = open_bank (bank, vault);
  g_autofree char *total = query_text (database, "SELECT sum (balance) FROM account");
  gint64 number = query_number (database, "SELECT n FROM sequence");

  assert_sound (database);
  g_assert_cmpstr (total, ==, TOTAL);
  g_assert_cmpint (number, >=, bank->acknowledged);
  /* A commit whose answer the cut swallowed may or may not have happened. */
  g_assert_cmpint (number, <=, bank->acknowledged + 1);
  bank->acknowledged = number;
  back_up (vault, database);
  close_database (database);
  g_assert_false (power_cut_has_file (STORE "-wal"));
}

static void
test_power_cuts (gconstpointer mode)
{
  Bank bank = {.mode = mode};
  guint n = repetitions (8, 300);

  power_cut_format ((guint32) g_test_rand_int ());
  set_up_bank (mode);
  for (guint i = 0; i < n; i++) {
    work_until_cut (&bank);
    power_cut_restore ();
    check_bank (&bank);
  }
  g_test_message ("%u cuts, %" G_GUINT64_FORMAT " commits, %u sectors lost, %u passphrases",
                  n,
                  bank.commits,
                  power_cut_count_lost_sectors (),
                  bank.changes);
  g_assert_cmpuint (bank.commits, >, 0);
  g_assert_cmpuint (power_cut_count_lost_sectors (), >, 0);
}

/* The power fails at each single operation of a change of passphrase. */
static void
test_every_operation (void)
{
  for (gint at = 1; at < 40; at++) {
    g_autofree char *old = passphrase_number (0);
    g_autofree char *new = passphrase_number (1);
    g_autoptr (WayVault) vault = NULL;
    g_autoptr (WayVault) after = NULL;
    gboolean changed;
    sqlite3 *database;
    char *recovery_key = NULL;

    power_cut_format ((guint32) at);
    vault = way_vault_create (STORE, old, &TEST_COST, &recovery_key, NULL);
    g_assert_nonnull (vault);
    way_vault_secret_free (recovery_key);
    close_database (open_database (vault));
    power_cut_after (at);
    changed = way_vault_change_passphrase (vault, new, &TEST_COST, NULL);
    if (!power_cut_is_off ())
      break;
    power_cut_restore ();
    after = way_vault_unlock (STORE, new, NULL);
    g_assert_true (!changed || after != NULL);
    if (after == NULL)
      after = way_vault_unlock (STORE, old, NULL);
    g_assert_nonnull (after);
    database = open_database (after);
    run_sql (database, "CREATE TABLE t (x)");
    close_database (database);
    g_assert_cmpint (at, <, 39);
  }
}

int
main (int argc, char **argv)
{
  watch_damage ();
  power_cut_register ();
  g_assert_true (way_sealed_vfs_register (POWER_CUT_VFS));
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/vault/power-cut/wal", "wal", test_power_cuts);
  g_test_add_data_func ("/vault/power-cut/delete", "delete", test_power_cuts);
  g_test_add_data_func ("/vault/power-cut/truncate", "truncate", test_power_cuts);
  g_test_add_func ("/vault/power-cut/every-operation", test_every_operation);
  return g_test_run ();
}
