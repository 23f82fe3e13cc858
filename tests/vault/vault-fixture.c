/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "vault-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

const WayVaultCost TEST_COST = {64 * 1024 * 1024, 1};

static gint damage;

static const char *const BESIDE[] = {"", "-wal", "-journal", "-shm"};

void
vault_fixture_set_up (VaultFixture *self, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("waymark-vault-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = vault_fixture_file (self, "test.waymark");
}

void
vault_fixture_tear_down (VaultFixture *self, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpuint (way_sealed_registry_count (), ==, 0);
  if (g_file_test (self->path, G_FILE_TEST_EXISTS))
    g_assert_no_errno (g_remove (self->path));
  g_assert_no_errno (g_rmdir (self->folder)); /* fails if a log or journal was left */
  g_free (self->path);
  g_free (self->folder);
}

char *
vault_fixture_file (VaultFixture *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

WayVault *
create_vault (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *recovery_key = NULL;
  WayVault *vault = way_vault_create (path, PASSPHRASE, &TEST_COST, &recovery_key, &error);

  g_assert_no_error (error);
  way_vault_secret_free (recovery_key);
  return vault;
}

WayVault *
unlock_vault (const char *path)
{
  g_autoptr (GError) error = NULL;
  WayVault *vault = way_vault_unlock (path, PASSPHRASE, &error);

  g_assert_no_error (error);
  return vault;
}

sqlite3 *
open_database (WayVault *vault)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *database = way_vault_open_database (vault, &error);

  g_assert_no_error (error);
  return database;
}

void
close_database (sqlite3 *database)
{
  g_assert_cmpint (sqlite3_close (database), ==, SQLITE_OK);
}

int
try_sql (sqlite3 *database, const char *sql)
{
  return sqlite3_exec (database, sql, NULL, NULL, NULL);
}

void
run_sql (sqlite3 *database, const char *sql)
{
  int rc = try_sql (database, sql);

  if (rc != SQLITE_OK)
    g_error ("%s: %s (%d)", sql, sqlite3_errmsg (database), rc);
}

char *
query_text (sqlite3 *database, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  char *answer = NULL;
  int rc = sqlite3_prepare_v2 (database, sql, -1, &statement, NULL);

  if (rc == SQLITE_OK)
    rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    answer = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  else
    answer = g_strdup_printf ("error %d", rc);
  sqlite3_finalize (statement);
  return answer;
}

gint64
query_number (sqlite3 *database, const char *sql)
{
  g_autofree char *answer = query_text (database, sql);

  g_assert_nonnull (answer);
  g_assert_false (g_str_has_prefix (answer, "error"));
  return g_ascii_strtoll (answer, NULL, 10);
}

void
assert_sound (sqlite3 *database)
{
  g_autofree char *answer = query_text (database, "PRAGMA integrity_check");

  g_assert_cmpstr (answer, ==, "ok");
}

GBytes *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

void
write_file (const char *path, gconstpointer data, gsize size)
{
  FILE *file = g_fopen (path, "wb");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (data, 1, size, file), ==, size);
  g_assert_cmpint (fclose (file), ==, 0);
}

void
copy_file (const char *from, const char *to)
{
  g_autoptr (GBytes) bytes = read_file (from);
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  write_file (to, data, size);
}

static void
read_at (FILE *file, goffset offset, guint8 *data, gsize length)
{
  g_assert_cmpint (fseeko (file, offset, SEEK_SET), ==, 0);
  g_assert_cmpuint (fread (data, 1, length, file), ==, length);
}

static void
write_at (FILE *file, goffset offset, const guint8 *data, gsize length)
{
  g_assert_cmpint (fseeko (file, offset, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (data, 1, length, file), ==, length);
}

void
flip_bit (const char *path, goffset offset, int bit)
{
  FILE *file = g_fopen (path, "r+b");
  guint8 byte;

  g_assert_nonnull (file);
  read_at (file, offset, &byte, 1);
  byte = (guint8) (byte ^ 1 << bit);
  write_at (file, offset, &byte, 1);
  g_assert_cmpint (fclose (file), ==, 0);
}

void
copy_within (const char *path, goffset from, goffset to, gsize length)
{
  g_autofree guint8 *data = g_malloc (length);
  FILE *file = g_fopen (path, "r+b");

  g_assert_nonnull (file);
  read_at (file, from, data, length);
  write_at (file, to, data, length);
  g_assert_cmpint (fclose (file), ==, 0);
}

goffset
file_size (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 ? status.st_size : -1;
}

gboolean
file_contains (const char *path, const char *text)
{
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  gconstpointer data;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return FALSE;
  bytes = read_file (path);
  data = g_bytes_get_data (bytes, &size);
  return memmem (data, size, text, strlen (text)) != NULL;
}

void
remove_store (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (BESIDE); i++) {
    g_autofree char *name = g_strconcat (path, BESIDE[i], NULL);

    g_remove (name);
  }
}

static void
logged_cb (void *data G_GNUC_UNUSED, int code, const char *message)
{
  if (code == SQLITE_IOERR_DATA && strstr (message, "authentication") != NULL)
    g_atomic_int_inc (&damage);
  if (g_getenv ("VAULT_LOG") != NULL)
    g_printerr ("# %d %s\n", code, message);
}

void
watch_damage (void)
{
  sqlite3_config (SQLITE_CONFIG_LOG, logged_cb, NULL);
}

guint
count_damage (void)
{
  guint count = (guint) g_atomic_int_get (&damage);

  g_atomic_int_set (&damage, 0);
  return count;
}

guint
repetitions (guint normally, guint at_length)
{
  return g_getenv ("WAYMARK_LONG") != NULL ? at_length : normally;
}
