/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault-fixture.h"
#include "way-error.h"
#include "way-memory-file.h"
#include "way-sealed-file.h"
#include "way-sealed-vfs.h"

#include <sodium.h>
#include <string.h>

/* What the shim owes SQLite, asked of the files themselves, and what it must refuse. */

#define PAGE WAY_SEALED_PAGE_SIZE

typedef struct {
  VaultFixture vault;
  WayVault *unlocked;
  sqlite3 *database;
  sqlite3_file *pages;
  sqlite3_file *beside; /* log or journal */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  vault_fixture_set_up (&fixture->vault, data);
  fixture->unlocked = create_vault (fixture->vault.path);
  fixture->database = open_database (fixture->unlocked);
  if (g_strcmp0 (data, "journal") == 0)
    run_sql (fixture->database, "PRAGMA journal_mode = PERSIST");
  run_sql (fixture->database,
           "CREATE TABLE t (x); INSERT INTO t VALUES (randomblob (50000));"
           "PRAGMA wal_checkpoint (TRUNCATE); DELETE FROM t WHERE x = 0; UPDATE t SET x = x");
  sqlite3_file_control (fixture->database, "main", SQLITE_FCNTL_FILE_POINTER, &fixture->pages);
  sqlite3_file_control (fixture->database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &fixture->beside);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sqlite3_close (fixture->database);
  way_vault_free (fixture->unlocked);
  remove_store (fixture->vault.path);
  vault_fixture_tear_down (&fixture->vault, data);
}

static int
read_at (sqlite3_file *file, void *buffer, int amount, sqlite3_int64 offset)
{
  return file->pMethods->xRead (file, buffer, amount, offset);
}

static int
write_at (sqlite3_file *file, const void *buffer, int amount, sqlite3_int64 offset)
{
  return file->pMethods->xWrite (file, buffer, amount, offset);
}

static sqlite3_int64
size_of (sqlite3_file *file)
{
  sqlite3_int64 size;

  g_assert_cmpint (file->pMethods->xFileSize (file, &size), ==, SQLITE_OK);
  return size;
}

static void
test_promises (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  sqlite3_file *files[] = {fixture->pages, fixture->beside};

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    const sqlite3_io_methods *methods = files[i]->pMethods;
    int device = methods->xDeviceCharacteristics (files[i]);

    g_assert_cmpint (methods->iVersion, ==, 1); /* neither shared memory nor mapping */
    g_assert_cmpint (methods->xSectorSize (files[i]), ==, 512);
    g_assert_cmpint (
        device & ~SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN, ==, SQLITE_IOCAP_POWERSAFE_OVERWRITE);
  }
}

static void
test_controls (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const sqlite3_io_methods *methods = fixture->pages->pMethods;
  sqlite3_int64 before = size_of (fixture->pages);
  sqlite3_int64 hint = before + 1000000;
  int chunk = 1000000;

  g_assert_cmpint (
      methods->xFileControl (fixture->pages, SQLITE_FCNTL_CHUNK_SIZE, &chunk), ==, SQLITE_OK);
  g_assert_cmpint (
      methods->xFileControl (fixture->pages, SQLITE_FCNTL_SIZE_HINT, &hint), ==, SQLITE_OK);
  g_assert_cmpint (size_of (fixture->pages), ==, before);
  g_assert_cmpint (
      methods->xFileControl (fixture->pages, SQLITE_FCNTL_MMAP_SIZE, &hint), ==, SQLITE_OK);
  g_assert_cmpint (hint, ==, 0);
  g_assert_cmpint (methods->xFileControl (fixture->pages, SQLITE_FCNTL_BEGIN_ATOMIC_WRITE, NULL),
                   ==,
                   SQLITE_NOTFOUND);
}

/* Newer versions of SQLite read parts of pages, and parts across pages. */
static void
test_part_reads (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const int OFFSETS[] = {0, 1, 24, 100, 4000, 4055, 4095, 4096, 5000};
  static const int LENGTHS[] = {1, 16, 100, 4095, 4096, 4097, 9000};
  guint8 whole[5 * PAGE];
  guint8 part[9000];

  for (int i = 0; i < 5; i++)
    g_assert_cmpint (read_at (fixture->pages, whole + i * PAGE, PAGE, i * PAGE), ==, SQLITE_OK);
  for (gsize i = 0; i < G_N_ELEMENTS (OFFSETS); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (LENGTHS); j++) {
      int rc = read_at (fixture->pages, part, LENGTHS[j], OFFSETS[i]);

      g_assert_cmpint (rc, ==, SQLITE_OK);
      g_assert_cmpmem (part, LENGTHS[j], whole + OFFSETS[i], LENGTHS[j]);
    }
}

static void
test_read_past_end (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  sqlite3_int64 end = size_of (fixture->pages);
  guint8 buffer[2 * PAGE];
  guint8 zeros[2 * PAGE] = {0};

  memset (buffer, 7, sizeof buffer);
  g_assert_cmpint (read_at (fixture->pages, buffer, PAGE, end), ==, SQLITE_IOERR_SHORT_READ);
  g_assert_cmpmem (buffer, PAGE, zeros, PAGE);
  memset (buffer, 7, sizeof buffer);
  g_assert_cmpint (
      read_at (fixture->pages, buffer, PAGE, end - PAGE / 2), ==, SQLITE_IOERR_SHORT_READ);
  g_assert_cmpmem (buffer + PAGE / 2, PAGE / 2, zeros, PAGE / 2);
}

/* A torn page 1 still says its geometry, and nothing else. */
static void
test_peek (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint8 page[PAGE];
  guint8 again[100];

  flip_bit (fixture->vault.path, WAY_SEALED_DATA_OFFSET + 1000, 0);
  g_assert_cmpint (read_at (fixture->pages, page, 100, 0), ==, SQLITE_OK);
  g_assert_cmpint (page[16] << 8 | page[17], ==, PAGE);
  g_assert_cmpint (page[20], ==, WAY_SEAL_OVERHEAD);
  g_assert_cmpint (read_at (fixture->pages, again, 16, 24), ==, SQLITE_OK);
  g_assert_cmpint (memcmp (page + 24, again, 4), !=, 0); /* no cache is believed */
  g_assert_cmpint (read_at (fixture->pages, page, 101, 0), ==, SQLITE_IOERR_DATA);
  g_assert_cmpint (read_at (fixture->pages, page, 16, 90), ==, SQLITE_IOERR_DATA);
  g_assert_cmpint (read_at (fixture->pages, page, PAGE, 0), ==, SQLITE_IOERR_DATA);
  g_assert_cmpint (read_at (fixture->pages, page, 16, PAGE), ==, SQLITE_OK);
}

/* Torn by a power cut in a checkpoint: the log has page 1 whole. Without a log it is
 * damage. */
static void
test_torn_page_one (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *copy = vault_fixture_file (&fixture->vault, "copy");
  g_autofree char *log = g_strconcat (fixture->vault.path, "-wal", NULL);
  g_autofree char *copy_log = g_strconcat (copy, "-wal", NULL);
  g_autoptr (WayVault) vault = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *database;

  run_sql (fixture->database, "CREATE TABLE another (x)"); /* writes page 1 to the log */
  copy_file (fixture->vault.path, copy);
  copy_file (log, copy_log);
  flip_bit (copy, WAY_SEALED_DATA_OFFSET + 50, 4);
  vault = unlock_vault (copy);
  database = open_database (vault);
  g_assert_cmpint (query_number (database, "SELECT count (*) FROM another"), ==, 0);
  assert_sound (database);
  close_database (database);

  flip_bit (copy, WAY_SEALED_DATA_OFFSET + 50, 4);
  g_assert_null (way_vault_open_database (vault, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_CORRUPT);
  remove_store (copy);
}

static void
test_holes (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  sqlite3_int64 end = size_of (fixture->pages);
  guint8 page[PAGE] = {1, 2, 3};
  guint8 zeros[PAGE] = {0};

  g_assert_cmpint (write_at (fixture->pages, page, PAGE, end + 3 * PAGE), ==, SQLITE_OK);
  for (int i = 0; i < 3; i++) {
    g_assert_cmpint (read_at (fixture->pages, page, PAGE, end + i * PAGE), ==, SQLITE_OK);
    g_assert_cmpmem (page, PAGE, zeros, PAGE);
  }
  g_assert_cmpint (
      fixture->pages->pMethods->xTruncate (fixture->pages, end + 6 * PAGE), ==, SQLITE_OK);
  g_assert_cmpint (size_of (fixture->pages), ==, end + 6 * PAGE);
  for (int i = 4; i < 6; i++)
    g_assert_cmpint (read_at (fixture->pages, page, PAGE, end + i * PAGE), ==, SQLITE_OK);
  g_assert_cmpint (fixture->pages->pMethods->xTruncate (fixture->pages, end), ==, SQLITE_OK);
  g_assert_cmpint (size_of (fixture->pages), ==, end);
}

/* Fail closed: nothing that no rule can seal reaches the file. */
static void
assert_refused (
    Fixture *fixture, sqlite3_file *file, const guint8 *bytes, int amount, sqlite3_int64 offset)
{
  g_assert_cmpint (write_at (file, bytes, amount, offset) & 0xff, ==, SQLITE_IOERR);
  g_assert_false (file_contains (fixture->vault.path, "PLAINTEXT"));
}

static void
test_pages_refuse (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint8 text[2 * PAGE];

  memset (text, 0, sizeof text);
  memcpy (text + 30, "PLAINTEXT", 9);
  assert_refused (fixture, fixture->pages, text, 100, PAGE);
  assert_refused (fixture, fixture->pages, text, PAGE, PAGE + 1);
  assert_refused (fixture, fixture->pages, text, 2 * PAGE, PAGE);
  assert_refused (fixture, fixture->pages, text, PAGE, 0); /* not a page 1 */
  g_assert_cmpint (read_at (fixture->pages, text, PAGE, 0), ==, SQLITE_OK);
  text[20] = 0; /* no room for the seal */
  assert_refused (fixture, fixture->pages, text, PAGE, 0);
  text[20] = WAY_SEAL_OVERHEAD;
  text[16] = 8; /* pages of 2048 bytes */
  assert_refused (fixture, fixture->pages, text, PAGE, 0);
  g_assert_cmpint (fixture->pages->pMethods->xTruncate (fixture->pages, 100), !=, SQLITE_OK);
}

static void
assert_beside_refuses (
    Fixture *fixture, const char *suffix, const guint8 *bytes, int amount, sqlite3_int64 offset)
{
  g_autofree char *path = g_strconcat (fixture->vault.path, suffix, NULL);

  assert_refused (fixture, fixture->beside, bytes, amount, offset);
  g_assert_false (file_contains (path, "PLAINTEXT"));
}

static void
test_log_refuses (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const sqlite3_int64 frame = WAY_SEALED_LOG_HEADER;
  guint8 text[2 * PAGE];

  memset (text, 0, sizeof text);
  text[3] = 2;
  memcpy (text + 30, "PLAINTEXT", 9);
  assert_beside_refuses (fixture, "-wal", text, 100, 0);
  assert_beside_refuses (fixture, "-wal", text + 30, 10, 5);
  assert_beside_refuses (fixture, "-wal", text, 100, frame);
  assert_beside_refuses (fixture, "-wal", text, WAY_SEALED_FRAME_SIZE, frame);
  assert_beside_refuses (fixture, "-wal", text, PAGE, frame);
  assert_beside_refuses (fixture, "-wal", text, 1000, frame + 24);
  assert_beside_refuses (fixture, "-wal", text, 512, frame + 24 + 512);
  /* A page where no frame is. */
  assert_beside_refuses (fixture, "-wal", text, PAGE, frame + 9000 * WAY_SEALED_FRAME_SIZE + 24);
  /* Part of two frames can't be read either. */
  g_assert_cmpint (read_at (fixture->beside, text, PAGE, frame + 100), ==, SQLITE_IOERR_READ);
}

/* A header that says page 1 with a page that leaves no room. */
static void
test_log_refuses_page_one (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const sqlite3_int64 frame = WAY_SEALED_LOG_HEADER;
  guint8 header[24] = {0, 0, 0, 1};
  guint8 page[PAGE] = {0};

  g_assert_cmpint (write_at (fixture->beside, header, 24, frame), ==, SQLITE_OK);
  assert_beside_refuses (fixture, "-wal", page, PAGE, frame + 24);
}

/* SQLite writes a header alone, to correct its checksum, and a page alone, when it
 * changes again in the same transaction. */
static void
test_log_rewrites (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const sqlite3_int64 start = WAY_SEALED_LOG_HEADER + 500 * WAY_SEALED_FRAME_SIZE;
  guint8 frame[WAY_SEALED_FRAME_SIZE];
  guint8 read[WAY_SEALED_FRAME_SIZE];

  randombytes_buf (frame, sizeof frame);
  memset (frame, 0, 24);
  memset (frame + 24 + WAY_SEALED_PAGE_TEXT, 0, WAY_SEAL_OVERHEAD);
  frame[3] = 9;
  for (int i = 0; i < 3; i++) {
    if (i != 2) {
      frame[20] = (guint8) (i + 1);
      g_assert_cmpint (write_at (fixture->beside, frame, 24, start), ==, SQLITE_OK);
    }
    if (i != 1) {
      frame[100] = (guint8) ~frame[100];
      g_assert_cmpint (write_at (fixture->beside, frame + 24, PAGE, start + 24), ==, SQLITE_OK);
    }
    g_assert_cmpint (read_at (fixture->beside, read, WAY_SEALED_FRAME_SIZE, start), ==, SQLITE_OK);
    g_assert_cmpmem (read, sizeof read, frame, sizeof frame);
    g_assert_cmpint (read_at (fixture->beside, read, 8, start + 16), ==, SQLITE_OK);
    g_assert_cmpmem (read, 8, frame + 16, 8);
  }
  /* A header that waits for its page counts in every other question. */
  frame[21] = 5;
  g_assert_cmpint (write_at (fixture->beside, frame, 24, start), ==, SQLITE_OK);
  g_assert_cmpint (
      fixture->beside->pMethods->xSync (fixture->beside, SQLITE_SYNC_NORMAL), ==, SQLITE_OK);
  g_assert_cmpint (read_at (fixture->beside, read, WAY_SEALED_FRAME_SIZE, start), ==, SQLITE_OK);
  g_assert_cmpint (read[21], ==, 5);
}

static void
test_journal_refuses (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint8 text[PAGE];

  memset (text, 0, sizeof text);
  memcpy (text + 200, "PLAINTEXT", 9);
  assert_beside_refuses (fixture, "-journal", text, PAGE, 512 + 4); /* no number before it */
  assert_beside_refuses (fixture, "-journal", text, 512, 0);
  assert_beside_refuses (fixture, "-journal", text + 200, 9, 512);
  assert_beside_refuses (fixture, "-journal", text + 190, 28, 0);
  assert_beside_refuses (fixture, "-journal", text + 200, 12, 0);
  assert_beside_refuses (fixture, "-journal", text + 200, 1, 512);
  assert_beside_refuses (fixture, "-journal", text, 2000, 512);
}

static void
test_journal_record (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const guint8 number[4] = {0, 0, 1, 2};
  guint8 page[PAGE];
  guint8 read[PAGE];

  randombytes_buf (page, sizeof page);
  memset (page + WAY_SEALED_PAGE_TEXT, 0, WAY_SEAL_OVERHEAD);
  g_assert_cmpint (write_at (fixture->beside, number, 4, 512), ==, SQLITE_OK);
  g_assert_cmpint (write_at (fixture->beside, page, PAGE, 516), ==, SQLITE_OK);
  g_assert_cmpint (read_at (fixture->beside, read, PAGE, 516), ==, SQLITE_OK);
  g_assert_cmpmem (read, PAGE, page, PAGE);
  /* The same record for another page is no record. */
  g_assert_cmpint (write_at (fixture->beside, "\0\0\1\3", 4, 512), ==, SQLITE_OK);
  g_assert_cmpint (read_at (fixture->beside, read, PAGE, 516), ==, SQLITE_IOERR_DATA);
}

static void
test_opening (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const int TEMPORARY[] = {SQLITE_OPEN_TEMP_DB,
                                  SQLITE_OPEN_TRANSIENT_DB,
                                  SQLITE_OPEN_TEMP_JOURNAL,
                                  SQLITE_OPEN_SUBJOURNAL};
  sqlite3_vfs *vfs = sqlite3_vfs_find (WAY_SEALED_VFS);
  g_autofree sqlite3_file *file = g_malloc0 ((gsize) vfs->szOsFile);
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  sqlite3_filename name = sqlite3_create_filename ("/nowhere/x", "", "", 0, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (TEMPORARY); i++) {
    g_assert_cmpint (vfs->xOpen (vfs, NULL, file, flags | TEMPORARY[i], NULL), ==, SQLITE_OK);
    g_assert_cmpint (write_at (file, "in memory", 9, 0), ==, SQLITE_OK);
    file->pMethods->xClose (file);
  }
  g_assert_cmpint (
      vfs->xOpen (vfs, name, file, flags | SQLITE_OPEN_MAIN_DB, NULL), ==, SQLITE_CANTOPEN);
  g_assert_cmpint (
      vfs->xOpen (vfs, name, file, flags | SQLITE_OPEN_SUPER_JOURNAL, NULL), ==, SQLITE_CANTOPEN);
  g_assert_null (vfs->xDlOpen (vfs, "anything"));
  sqlite3_free_filename (name);
}

static void
test_memory_file (void)
{
  WayMemoryFile memory;
  sqlite3_file *file = &memory.base;
  guint8 buffer[8];

  way_memory_file_init (&memory);
  g_assert_cmpint (read_at (file, buffer, 4, 0), ==, SQLITE_IOERR_SHORT_READ);
  g_assert_cmpint (write_at (file, "abcd", 4, 200000), ==, SQLITE_OK);
  g_assert_cmpint (size_of (file), ==, 200004);
  g_assert_cmpint (read_at (file, buffer, 8, 199998), ==, SQLITE_IOERR_SHORT_READ);
  g_assert_cmpmem (buffer, 8, "\0\0abcd\0\0", 8);
  g_assert_cmpint (file->pMethods->xTruncate (file, 200002), ==, SQLITE_OK);
  g_assert_cmpint (write_at (file, "z", 1, 200005), ==, SQLITE_OK);
  g_assert_cmpint (read_at (file, buffer, 6, 200000), ==, SQLITE_OK);
  g_assert_cmpmem (buffer, 6, "ab\0\0\0z", 6);
  g_assert_cmpint (file->pMethods->xClose (file), ==, SQLITE_OK);
}

/* The sealer against libsodium's own one-call function, and its nonces. */
static void
test_sealer (void)
{
  g_autoptr (GHashTable) nonces =
      g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  guint8 file_id[WAY_SEAL_ID_SIZE];
  guint8 associated[WAY_SEAL_ASSOCIATED_SIZE] = {0};
  guint8 sealed[100 + WAY_SEAL_OVERHEAD];
  guint8 text[100] = "some text";
  guint8 *key = way_seal_key_new ();

  randombytes_buf (key, WAY_SEAL_KEY_SIZE);
  randombytes_buf (file_id, sizeof file_id);
  memcpy (associated, file_id, sizeof file_id);
  associated[16] = 'D';
  associated[17] = 7;
  for (int opening = 0; opening < 20; opening++) {
    WaySealer sealer;

    way_sealer_init (&sealer, key, file_id);
    for (int i = 0; i < 1000; i++) {
      guint8 opened[100];

      way_sealer_seal (&sealer, WAY_SEAL_PAGE, 7, text, sizeof text, sealed);
      g_assert_true (g_hash_table_add (nonces, g_bytes_new (sealed + 100, WAY_SEAL_NONCE_SIZE)));
      g_assert_cmpint (crypto_aead_xchacha20poly1305_ietf_decrypt_detached (opened,
                                                                            NULL,
                                                                            sealed,
                                                                            100,
                                                                            sealed + 124,
                                                                            associated,
                                                                            sizeof associated,
                                                                            sealed + 100,
                                                                            key),
                       ==,
                       0);
      g_assert_cmpmem (opened, 100, text, 100);
    }
    g_assert_false (way_sealer_open (&sealer, WAY_SEAL_FRAME, 7, sealed, 100));
    way_sealer_seal (&sealer, WAY_SEAL_PAGE, 7, text, sizeof text, sealed);
    g_assert_false (way_sealer_open (&sealer, WAY_SEAL_PAGE, 8, sealed, 100));
    g_assert_cmpint (sealed[0], ==, 0); /* nothing unproved is handed out */
  }
  way_seal_key_free (key);
}

#define ADD(name, data, function)                                                                  \
  g_test_add ("/vault/sealed/" name, Fixture, data, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (way_sealed_vfs_register (NULL));
  ADD ("promises/log", "log", test_promises);
  ADD ("promises/journal", "journal", test_promises);
  ADD ("controls", "log", test_controls);
  ADD ("pages/part-reads", "log", test_part_reads);
  ADD ("pages/past-end", "log", test_read_past_end);
  ADD ("pages/peek", "log", test_peek);
  ADD ("pages/torn-page-one", "log", test_torn_page_one);
  ADD ("pages/holes", "log", test_holes);
  ADD ("pages/refuse", "log", test_pages_refuse);
  ADD ("log/refuses", "log", test_log_refuses);
  ADD ("log/refuses-page-one", "log", test_log_refuses_page_one);
  ADD ("log/rewrites", "log", test_log_rewrites);
  ADD ("journal/refuses", "journal", test_journal_refuses);
  ADD ("journal/record", "journal", test_journal_record);
  ADD ("opening", "log", test_opening);
  g_test_add_func ("/vault/sealed/memory-file", test_memory_file);
  g_test_add_func ("/vault/sealed/sealer", test_sealer);
  return g_test_run ();
}
