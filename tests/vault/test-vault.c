/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault-fixture.h"
#include "way-error.h"
#include "way-platform.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

static void
test_create_and_unlock (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayVault) created = create_vault (fixture->path);
  g_autoptr (WayVault) unlocked = NULL;
  sqlite3 *database = open_database (created);

  g_assert_cmpstr (way_vault_get_path (created), ==, fixture->path);
  run_sql (database, "CREATE TABLE t (x TEXT) STRICT");
  close_database (database);
  unlocked = unlock_vault (fixture->path);
  database = open_database (unlocked);
  g_assert_cmpint (query_number (database, "SELECT count(*) FROM t"), ==, 0);
  close_database (database);
}

static void
test_refuses_existing (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *recovery_key = NULL;

  write_file (fixture->path, "precious", 8);
  g_assert_null (way_vault_create (fixture->path, PASSPHRASE, &TEST_COST, &recovery_key, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "already"));
  g_assert_null (recovery_key);
  bytes = read_file (fixture->path);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "precious", 8);
}

static void
test_no_folder (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = vault_fixture_file (fixture, "missing/test.waymark");
  g_autoptr (GError) error = NULL;
  char *recovery_key = NULL;

  g_assert_null (way_vault_create (path, PASSPHRASE, &TEST_COST, &recovery_key, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "there is no folder"));
  g_clear_error (&error);
  g_assert_null (way_vault_unlock (path, PASSPHRASE, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "no file"));
}

static void
test_only_owner_reads (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayVault) vault = create_vault (fixture->path);
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  sqlite3 *database = open_database (vault);
  GStatBuf status;

  run_sql (database, "CREATE TABLE t (x)");
  g_assert_no_errno (g_stat (fixture->path, &status));
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_no_errno (g_stat (log, &status));
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  close_database (database);
}

/* Nobody who mistypes may change a byte. */
static void
test_wrong_passphrase (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const WRONG[] = {
      "Correct horse battery staple", " " PASSPHRASE, PASSPHRASE "\n", "x"};
  g_autoptr (WayVault) vault = create_vault (fixture->path);
  g_autoptr (GBytes) before = read_file (fixture->path);
  g_autoptr (GBytes) after = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (WRONG); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (way_vault_unlock (fixture->path, WRONG[i], &error));
    g_assert_error (error, WAY_ERROR, WAY_ERROR_PASSPHRASE);
  }
  after = read_file (fixture->path);
  g_assert_true (g_bytes_equal (before, after));
}

static void
test_empty_passphrase (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayVault) vault = NULL;
  g_autoptr (GError) error = NULL;
  char *recovery_key = NULL;

  g_assert_null (way_vault_create (fixture->path, "", &TEST_COST, &recovery_key, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_assert_null (way_vault_create (fixture->path, "\xff\xfe", &TEST_COST, &recovery_key, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  g_clear_error (&error);
  vault = create_vault (fixture->path);
  g_assert_false (way_vault_change_passphrase (vault, "", &TEST_COST, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
}

/* "é" as one character or as two, a ligature or its letters, one passphrase. */
static void
test_passphrase_spellings (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayVault) vault = NULL;
  g_autoptr (WayVault) again = NULL;
  g_autoptr (WayVault) longest = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *long_one = g_strnfill (100000, 'x');
  char *recovery_key = NULL;

  vault = way_vault_create (fixture->path,
                            "caf\xc3\xa9 \xef\xac\x81n \xf0\x9f\x90\x8e",
                            &TEST_COST,
                            &recovery_key,
                            &error);
  g_assert_no_error (error);
  way_vault_secret_free (recovery_key);
  close_database (open_database (vault));
  again = way_vault_unlock (fixture->path, "cafe\xcc\x81 fin \xf0\x9f\x90\x8e", &error);
  g_assert_no_error (error);
  g_assert_true (way_vault_change_passphrase (again, long_one, &TEST_COST, &error));
  g_assert_no_error (error);
  longest = way_vault_unlock (fixture->path, long_one, &error);
  g_assert_no_error (error);
  long_one[99999] = 'y';
  g_assert_null (way_vault_unlock (fixture->path, long_one, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_PASSPHRASE);
}

static void
test_cost_bounds (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const WayVaultCost BAD[] = {
      {64 * 1024 * 1024 - 1, 1}, {64 * 1024 * 1024, 0}, {G_MAXUINT64, 1}, {64 * 1024 * 1024, 65}};

  for (gsize i = 0; i < G_N_ELEMENTS (BAD); i++) {
    g_autoptr (GError) error = NULL;
    char *recovery_key = NULL;

    g_assert_null (way_vault_create (fixture->path, PASSPHRASE, &BAD[i], &recovery_key, &error));
    g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  }
}

static void
test_calibrated (void)
{
  WayVaultCost cost = way_vault_cost_calibrate ();

  g_assert_true (way_vault_cost_is_sane (&cost));
  g_assert_cmpuint (cost.operations, >=, 2);
  g_assert_cmpuint (cost.memory, <=, 256 * 1024 * 1024);
}

static void
test_change_passphrase (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  gboolean with_database = GPOINTER_TO_INT (data);
  g_autoptr (WayVault) vault = NULL;
  g_autoptr (WayVault) by_new = NULL;
  g_autoptr (WayVault) by_recovery = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *database = NULL;
  char *recovery_key = NULL;

  vault = way_vault_create (fixture->path, PASSPHRASE, &TEST_COST, &recovery_key, &error);
  g_assert_no_error (error);
  if (with_database)
    database = open_database (vault);
  g_assert_true (way_vault_change_passphrase (vault, "another", &TEST_COST, &error));
  g_assert_no_error (error);
  if (with_database) {
    run_sql (database, "CREATE TABLE t (x); INSERT INTO t VALUES (1)");
    close_database (database);
  }

  g_assert_null (way_vault_unlock (fixture->path, PASSPHRASE, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_PASSPHRASE);
  g_clear_error (&error);
  by_new = way_vault_unlock (fixture->path, "another", &error);
  g_assert_no_error (error);
  by_recovery = way_vault_unlock_with_recovery_key (fixture->path, recovery_key, &error);
  g_assert_no_error (error);
  database = open_database (by_recovery);
  assert_sound (database);
  close_database (database);
  way_vault_secret_free (recovery_key);
}

/* The lock must outlive a rewriting of the header. */
static void
test_change_keeps_lock (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayVault) vault = create_vault (fixture->path);
  sqlite3 *database = open_database (vault);
  g_autoptr (GError) error = NULL;
  g_autofree char *command = NULL;
  g_autofree char *answer = NULL;

  g_assert_true (way_vault_change_passphrase (vault, "another", &TEST_COST, &error));
  way_vault_free (way_vault_unlock (fixture->path, "another", &error));
  g_assert_no_error (error);
  command = g_strdup_printf ("grep -c \"POSIX.*WRITE %d .*\" /proc/locks", (int) getpid ());
  g_spawn_command_line_sync (command, &answer, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_ascii_strtoll (answer, NULL, 10), >=, 1);
  close_database (database);
}

static void
test_recovery_key (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayVault) vault = NULL;
  g_autoptr (WayVault) exact = NULL;
  g_autoptr (WayVault) sloppy = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *typed = NULL;
  char *recovery_key = NULL;

  vault = way_vault_create (fixture->path, PASSPHRASE, &TEST_COST, &recovery_key, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (recovery_key), ==, 44);
  exact = way_vault_unlock_with_recovery_key (fixture->path, recovery_key, &error);
  g_assert_no_error (error);
  typed = g_ascii_strdown (recovery_key, -1);
  g_strdelimit (g_strdelimit (g_strdelimit (typed, "-", ' '), "0", 'o'), "1", 'l');
  sloppy = way_vault_unlock_with_recovery_key (fixture->path, typed, &error);
  g_assert_no_error (error);
  way_vault_secret_free (recovery_key);
}

/* A slip in typing is told apart from the key of another store. */
static void
test_recovery_slips (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayVault) vault = create_vault (fixture->path);
  guint8 secret[WAY_VAULT_RECOVERY_SIZE];
  char *other;

  randombytes_buf (secret, sizeof secret);
  other = way_vault_recovery_to_text (secret);
  for (gsize i = 0; i < 44; i++) {
    g_autofree char *slip = g_strdup (other);
    g_autoptr (GError) error = NULL;

    slip[i] = slip[i] == 'Q' ? 'R' : 'Q';
    g_assert_null (way_vault_unlock_with_recovery_key (fixture->path, slip, &error));
    g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  }
  for (gsize i = 0; i < 43; i++) {
    g_autofree char *swapped = g_strdup (other);

    swapped[i] = other[i + 1];
    swapped[i + 1] = other[i];
    if (other[i] != '-' && other[i + 1] != '-' && other[i] != other[i + 1])
      g_assert_false (way_vault_recovery_from_text (swapped, secret, NULL));
  }
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (way_vault_unlock_with_recovery_key (fixture->path, other, &error));
    g_assert_error (error, WAY_ERROR, WAY_ERROR_PASSPHRASE);
  }
  way_vault_secret_free (other);
}

static void
test_recovery_nonsense (void)
{
  static const char *const BAD[] = {"", "-", "ABCD", "u", "ABCD-EFGÜ", "*", PASSPHRASE};
  guint8 secret[WAY_VAULT_RECOVERY_SIZE];
  g_autofree char *endless = g_strnfill (5000, '0');

  for (gsize i = 0; i < G_N_ELEMENTS (BAD); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (way_vault_recovery_from_text (BAD[i], secret, &error));
    g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  }
  g_assert_false (way_vault_recovery_from_text (endless, secret, NULL));
}

static void
test_recovery_round_trip (void)
{
  for (guint i = 0; i < 500; i++) {
    guint8 secret[WAY_VAULT_RECOVERY_SIZE];
    guint8 back[WAY_VAULT_RECOVERY_SIZE];
    char *text;

    randombytes_buf (secret, sizeof secret);
    text = way_vault_recovery_to_text (secret);
    g_assert_null (strpbrk (text, "ILOU"));
    g_assert_true (way_vault_recovery_from_text (text, back, NULL));
    g_assert_cmpmem (secret, sizeof secret, back, sizeof back);
    way_vault_secret_free (text);
  }
}

static void
test_renew_recovery_key (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayVault) vault = NULL;
  g_autoptr (WayVault) by_new = NULL;
  g_autoptr (WayVault) by_passphrase = NULL;
  g_autoptr (GError) error = NULL;
  char *old_key = NULL;
  char *new_key;

  vault = way_vault_create (fixture->path, PASSPHRASE, &TEST_COST, &old_key, &error);
  new_key = way_vault_renew_recovery_key (vault, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (old_key, !=, new_key);
  g_assert_null (way_vault_unlock_with_recovery_key (fixture->path, old_key, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_PASSPHRASE);
  g_clear_error (&error);
  by_new = way_vault_unlock_with_recovery_key (fixture->path, new_key, &error);
  g_assert_no_error (error);
  by_passphrase = unlock_vault (fixture->path);
  way_vault_secret_free (old_key);
  way_vault_secret_free (new_key);
}

/* One that was unlocked before another process changed a slot must not undo it. */
static void
test_stale_header (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayVault) first = create_vault (fixture->path);
  g_autoptr (WayVault) second = unlock_vault (fixture->path);
  g_autoptr (WayVault) third = NULL;
  g_autoptr (GError) error = NULL;
  char *recovery_key;

  g_assert_true (way_vault_change_passphrase (first, "another", &TEST_COST, &error));
  recovery_key = way_vault_renew_recovery_key (second, &error);
  g_assert_no_error (error);
  third = way_vault_unlock (fixture->path, "another", &error);
  g_assert_no_error (error);
  way_vault_secret_free (recovery_key);
}

static void
test_hardened (void)
{
  struct rlimit limit;

  way_platform_harden_process ();
  g_assert_no_errno (getrlimit (RLIMIT_CORE, &limit));
  g_assert_cmpuint (limit.rlim_cur, ==, 0);
#ifdef __linux__
  g_assert_cmpint (prctl (PR_GET_DUMPABLE), ==, 0);
#endif
}

static void
test_process_names (void)
{
  g_autofree char *nobody = way_platform_describe_process (0);
  g_autofree char *gone = way_platform_describe_process (G_MAXINT32);

  g_assert_cmpstr (nobody, ==, "another program");
  g_assert_cmpstr (gone, ==, "process 2147483647");
}

#define ADD(name, data, function)                                                                  \
  g_test_add (                                                                                     \
      "/vault/" name, VaultFixture, data, vault_fixture_set_up, function, vault_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("create-and-unlock", NULL, test_create_and_unlock);
  ADD ("refuses-existing", NULL, test_refuses_existing);
  ADD ("no-folder", NULL, test_no_folder);
  ADD ("only-owner-reads", NULL, test_only_owner_reads);
  ADD ("passphrase/wrong", NULL, test_wrong_passphrase);
  ADD ("passphrase/empty", NULL, test_empty_passphrase);
  ADD ("passphrase/spellings", NULL, test_passphrase_spellings);
  ADD ("passphrase/cost-bounds", NULL, test_cost_bounds);
  g_test_add_func ("/vault/passphrase/calibrated", test_calibrated);
  ADD ("passphrase/change", GINT_TO_POINTER (FALSE), test_change_passphrase);
  ADD ("passphrase/change-while-open", GINT_TO_POINTER (TRUE), test_change_passphrase);
  ADD ("passphrase/change-keeps-lock", NULL, test_change_keeps_lock);
  ADD ("passphrase/stale-header", NULL, test_stale_header);
  ADD ("recovery/key", NULL, test_recovery_key);
  ADD ("recovery/slips", NULL, test_recovery_slips);
  ADD ("recovery/renew", NULL, test_renew_recovery_key);
  g_test_add_func ("/vault/recovery/nonsense", test_recovery_nonsense);
  g_test_add_func ("/vault/recovery/round-trip", test_recovery_round_trip);
  g_test_add_func ("/vault/platform/process-names", test_process_names);
  g_test_add_func ("/vault/platform/hardened", test_hardened);
  return g_test_run ();
}
