/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault-fixture.h"
#include "way-error.h"
#include "way-sealed-file.h"

#include <sodium.h>
#include <string.h>
#include <time.h>

/* Files that are no store, and headers that were damaged or meddled with. */

#define BLOCK WAY_SEALED_HEADER_BLOCK
#define COST_OFFSET 56
#define CHECKSUM_OFFSET (BLOCK - 32)

static void
assert_refused (const char *path, WayError code, const char *words)
{
  g_autoptr (GBytes) before = read_file (path);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (way_vault_unlock (path, PASSPHRASE, &error));
  g_assert_error (error, WAY_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, words));
  after = read_file (path);
  g_assert_true (g_bytes_equal (before, after));
}

static void
test_empty_file (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  write_file (fixture->path, "", 0);
  assert_refused (fixture->path, WAY_ERROR_CORRUPT, "empty");
}

static void
test_plain_sqlite (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  sqlite3 *plain;

  sqlite3_open (fixture->path, &plain);
  run_sql (plain, "CREATE TABLE t (x)");
  close_database (plain);
  assert_refused (fixture->path, WAY_ERROR_CORRUPT, "ordinary SQLite");
}

static void
test_garbage (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const gsize SIZES[] = {2, 15, 16, 4095, 4096, 8191, 8192, 100000};
  guint8 garbage[100000];

  for (gsize i = 0; i < G_N_ELEMENTS (SIZES); i++) {
    randombytes_buf (garbage, SIZES[i]);
    write_file (fixture->path, garbage, SIZES[i]);
    assert_refused (fixture->path, WAY_ERROR_CORRUPT, "not a Waymark store");
  }
}

static void
test_folder (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (way_vault_unlock (fixture->folder, PASSPHRASE, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, WAY_ERROR);
}

/* Cut off at every length within the header: one whole copy is enough. */
static void
test_cut_off (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayVault) vault = create_vault (fixture->path);
  g_autoptr (GBytes) whole = read_file (fixture->path);

  for (gsize size = 1; size < g_bytes_get_size (whole); size += 777) {
    g_autoptr (GError) error = NULL;
    g_autoptr (WayVault) unlocked = NULL;

    write_file (fixture->path, g_bytes_get_data (whole, NULL), size);
    unlocked = way_vault_unlock (fixture->path, PASSPHRASE, &error);
    if (size >= BLOCK)
      g_assert_no_error (error);
    else
      g_assert_error (error, WAY_ERROR, WAY_ERROR_CORRUPT);
  }
}

/* The header is whole and nothing follows: not a new store. */
static void
test_no_pages (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const gsize SIZES[] = {WAY_SEALED_DATA_OFFSET, WAY_SEALED_DATA_OFFSET + 4095};
  g_autoptr (WayVault) created = create_vault (fixture->path);
  g_autoptr (GBytes) whole = NULL;

  close_database (open_database (created));
  whole = read_file (fixture->path);
  for (gsize i = 0; i < G_N_ELEMENTS (SIZES); i++) {
    g_autoptr (WayVault) vault = NULL;
    g_autoptr (GError) error = NULL;

    write_file (fixture->path, g_bytes_get_data (whole, NULL), SIZES[i]);
    vault = unlock_vault (fixture->path);
    g_assert_null (way_vault_open_database (vault, &error));
    g_assert_error (error, WAY_ERROR, WAY_ERROR_CORRUPT);
    g_assert_cmpint (file_size (fixture->path), ==, SIZES[i]);
  }
}

/* Either copy may be damaged anywhere: the other one opens the store, which is
 * mended with the next opening. */
static void
test_damaged_copy (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const goffset OFFSETS[] = {0, 16, 20, 24, 32, 48, 56, 60, 64, 100, 272, 2000, 4095};
  g_autoptr (WayVault) created = create_vault (fixture->path);
  g_autoptr (GBytes) whole = NULL;

  close_database (open_database (created));
  whole = read_file (fixture->path);
  for (gsize i = 0; i < G_N_ELEMENTS (OFFSETS) * 2; i++) {
    g_autoptr (WayVault) vault = NULL;
    g_autoptr (GBytes) mended = NULL;

    flip_bit (fixture->path, OFFSETS[i / 2] + (i % 2) * BLOCK, 3);
    vault = unlock_vault (fixture->path);
    close_database (open_database (vault));
    mended = read_file (fixture->path);
    g_assert_cmpmem (g_bytes_get_data (mended, NULL),
                     WAY_SEALED_DATA_OFFSET,
                     g_bytes_get_data (whole, NULL),
                     WAY_SEALED_DATA_OFFSET);
  }
}

static void
test_both_damaged (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayVault) vault = create_vault (fixture->path);

  flip_bit (fixture->path, 100, 0);
  flip_bit (fixture->path, BLOCK + 3000, 7);
  assert_refused (fixture->path, WAY_ERROR_CORRUPT, "header is damaged");
}

/* A power cut between the two copies: the new passphrase is the one, and the next
 * opening takes the old one out of the file. */
static void
test_half_changed (VaultFixture *fixture, gconstpointer data)
{
  int newer = GPOINTER_TO_INT (data);
  g_autoptr (WayVault) vault = create_vault (fixture->path);
  g_autoptr (WayVault) changed = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) mixed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *bytes = NULL;

  close_database (open_database (vault));
  before = read_file (fixture->path);
  g_assert_true (way_vault_change_passphrase (vault, "another", &TEST_COST, &error));
  mixed = read_file (fixture->path);
  bytes = g_memdup2 (g_bytes_get_data (before, NULL), g_bytes_get_size (before));
  memcpy (bytes + newer * BLOCK, g_bytes_get_data (mixed, NULL), BLOCK);
  write_file (fixture->path, bytes, g_bytes_get_size (before));

  assert_refused (fixture->path, WAY_ERROR_PASSPHRASE, "wrong passphrase");
  changed = way_vault_unlock (fixture->path, "another", &error);
  g_assert_no_error (error);
  close_database (open_database (changed));
  copy_within (fixture->path, (1 - newer) * BLOCK, newer * BLOCK, BLOCK);
  assert_refused (fixture->path, WAY_ERROR_PASSPHRASE, "wrong passphrase");
}

/* As somebody would who can compute a checksum but has no key. */
static void
forge (const char *path, goffset offset, const guint8 *bytes, gsize length)
{
  g_autoptr (GBytes) whole = read_file (path);
  gsize size = g_bytes_get_size (whole);
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (whole, NULL), size);

  for (int copy = 0; copy < WAY_SEALED_HEADER_COPIES; copy++) {
    guint8 *block = data + copy * BLOCK;

    memcpy (block + offset, bytes, length);
    crypto_generichash (block + CHECKSUM_OFFSET, 32, block, CHECKSUM_OFFSET, NULL, 0);
  }
  write_file (path, data, size);
}

static void
test_absurd_costs (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const guint64 COSTS[][2] = {
      {G_GUINT64_CONSTANT (1) << 40, 1},
      {G_MAXUINT64, G_MAXUINT64},
      {64 * 1024 * 1024, G_MAXUINT32},
      {64 * 1024 * 1024, 65},
      {64 * 1024 * 1024, 0},
      {0, 1},
      {8192, 1},
  };
  g_autoptr (WayVault) vault = create_vault (fixture->path);

  for (gsize i = 0; i < G_N_ELEMENTS (COSTS); i++) {
    guint64 little[2] = {GUINT64_TO_LE (COSTS[i][0]), GUINT64_TO_LE (COSTS[i][1])};
    clock_t start = clock (); /* of this process, whatever else the machine does */

    forge (fixture->path, COST_OFFSET, (const guint8 *) little, sizeof little);
    assert_refused (fixture->path, WAY_ERROR_CORRUPT, "never asks for");
    g_assert_cmpint (clock () - start, <, CLOCKS_PER_SEC / 2);
  }
}

static void
test_unknown_kdf (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayVault) vault = create_vault (fixture->path);
  const guint8 kdf[4] = {9, 0, 0, 0};

  forge (fixture->path, 48, kdf, sizeof kdf);
  assert_refused (fixture->path, WAY_ERROR_CORRUPT, "never asks for");
}

static void
test_newer_version (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayVault) vault = create_vault (fixture->path);
  const guint8 version[4] = {2, 0, 0, 0};

  forge (fixture->path, 16, version, sizeof version);
  assert_refused (fixture->path, WAY_ERROR_TOO_NEW, "newer version");
}

/* With another file id every page and the whole log would read as damaged, and
 * SQLite would throw the log away: it must not get that far. */
static void
test_meddled_file_id (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayVault) vault = create_vault (fixture->path);
  g_autoptr (GError) error = NULL;
  guint8 file_id[WAY_SEAL_ID_SIZE];

  randombytes_buf (file_id, sizeof file_id);
  forge (fixture->path, WAY_SEALED_ID_OFFSET, file_id, sizeof file_id);
  assert_refused (fixture->path, WAY_ERROR_CORRUPT, "changed by something else");
  /* Unlocked before, opened after the file was exchanged. */
  g_assert_null (way_vault_open_database (vault, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_CORRUPT);
}

/* A slot of another store, with the passphrase that fits it, gives another key. */
static void
test_exchanged_slot (VaultFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *other_path = vault_fixture_file (fixture, "other.waymark");
  g_autoptr (WayVault) vault = create_vault (fixture->path);
  g_autoptr (WayVault) other = create_vault (other_path);
  g_autoptr (GBytes) theirs = read_file (other_path);

  forge (fixture->path, 48, (const guint8 *) g_bytes_get_data (theirs, NULL) + 48, 112);
  assert_refused (fixture->path, WAY_ERROR_CORRUPT, "changed by something else");
  remove_store (other_path);
}

#define ADD(name, data, function)                                                                  \
  g_test_add ("/vault/files/" name,                                                                \
              VaultFixture,                                                                        \
              data,                                                                                \
              vault_fixture_set_up,                                                                \
              function,                                                                            \
              vault_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("empty", NULL, test_empty_file);
  ADD ("plain-sqlite", NULL, test_plain_sqlite);
  ADD ("garbage", NULL, test_garbage);
  ADD ("folder", NULL, test_folder);
  ADD ("header/cut-off", NULL, test_cut_off);
  ADD ("no-pages", NULL, test_no_pages);
  ADD ("header/damaged-copy", NULL, test_damaged_copy);
  ADD ("header/both-damaged", NULL, test_both_damaged);
  ADD ("header/half-changed-first", GINT_TO_POINTER (0), test_half_changed);
  ADD ("header/half-changed-second", GINT_TO_POINTER (1), test_half_changed);
  ADD ("header/absurd-costs", NULL, test_absurd_costs);
  ADD ("header/unknown-kdf", NULL, test_unknown_kdf);
  ADD ("header/newer-version", NULL, test_newer_version);
  ADD ("header/meddled-file-id", NULL, test_meddled_file_id);
  ADD ("header/exchanged-slot", NULL, test_exchanged_slot);
  return g_test_run ();
}
