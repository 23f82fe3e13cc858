/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */

#include "store-fixture.h"
#include "way-db-private.h"
#include "way-error.h"
#include "way-text.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static guint
count_problems (WayDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = way_db_verify (db, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  return problems->len;
}

/* Who, when, which fields; never a value. */
static void
test_audit (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayPractitioner) me = store_add_me (fixture->db);
  g_autoptr (GPtrArray) entries = NULL, all = NULL;
  const WayAuditEntry *entry;
  gint64 found;

  way_set_string (&child->preferred, "Ami");
  way_set_string (&child->town, "Maidstone");
  store_save (fixture->db, child);
  entries = way_db_list_audit (fixture->db, "child", child->record.id, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 2);
  entry = g_ptr_array_index (entries, 0);
  g_assert_cmpstr (entry->action, ==, "change");
  g_assert_cmpstr (entry->fields, ==, "preferred,town");
  g_assert_cmpstr (entry->by, ==, "Hannah Reid");
  entry = g_ptr_array_index (entries, 1);
  g_assert_cmpstr (entry->action, ==, "add");
  g_assert_cmpstr (entry->fields, ==, "surname,forename,dob");
  g_assert_cmpstr (entry->by, ==, "nobody yet");
  g_assert_true (way_db_add_audit (fixture->db, "export", "child", child->record.id, &error));
  all = way_db_list_audit (fixture->db, NULL, NULL, 1, &error);
  g_assert_cmpstr (((WayAuditEntry *) g_ptr_array_index (all, 0))->action, ==, "export");
  g_assert_true (way_db_query_int (
      fixture->db,
      "SELECT count (*) FROM \"audit\" WHERE \"fields\" LIKE '%Ami%' OR instr (\"digest\", "
      "CAST ('Ami' AS BLOB)) > 0",
      NULL,
      &found,
      &error));
  g_assert_cmpint (found, ==, 0);
  g_assert_cmpuint (count_problems (fixture->db), ==, 0);
}

/* Many rows in one transaction: entries for the first, then one for all the others, which lists
 * them: of every row can be told who wrote which fields when. */
static void
test_audit_in_bulk (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayTarget) target = store_add_target (fixture->db, child->record.id, "Reads");
  g_autoptr (GPtrArray) entries = NULL, all = NULL, lost = NULL;
  g_autofree char *taken_back = NULL;
  const WayAuditEntry *last;

  g_assert_true (way_db_begin (fixture->db, &error));
  for (guint i = 0; i < 1000; i++) {
    g_autoptr (WayMeasurement) one = NULL;
    g_autoptr (WayMeasurement) none = NULL;

    if (i % 400 == 100) { /* some of it is taken back, before and after entries are shared */
      g_assert_true (way_db_begin (fixture->db, &error));
      none = store_add_measurement (fixture->db, target->record.id, "2025-09-01", i);
      g_free (taken_back);
      taken_back = g_strdup (none->record.id);
      way_db_rollback (fixture->db);
    }
    one = store_add_measurement (fixture->db, target->record.id, "2025-10-01", i);
  }
  g_assert_true (way_db_commit (fixture->db, &error));
  entries = way_db_list_audit (fixture->db, "measurement", NULL, 2000, &error);
  g_assert_cmpuint (entries->len, ==, 201);
  last = g_ptr_array_index (entries, 0);
  g_assert_null (last->id);
  g_assert_cmpstr (last->fields, ==, "target,date,position,value");
  g_assert_cmpuint (g_strv_length (last->records), ==, 800);
  all = way_db_list (fixture->db, WAY_MEASUREMENT, NULL, NULL, &error);
  for (guint i = 0; i < all->len; i++) {
    const WayRecord *row = g_ptr_array_index (all, i);
    g_autoptr (GPtrArray) own = way_db_list_audit (fixture->db, NULL, row->id, 10, &error);
    const WayAuditEntry *entry;

    g_assert_cmpuint (own->len, ==, 1);
    entry = g_ptr_array_index (own, 0);
    g_assert_cmpstr (entry->id, ==, row->id);
    g_assert_cmpstr (entry->action, ==, "add");
    g_assert_cmpstr (entry->fields, ==, "target,date,position,value");
  }
  lost = way_db_list_audit (fixture->db, NULL, taken_back, 10, &error);
  g_assert_cmpuint (lost->len, ==, 0);
  g_assert_cmpuint (count_problems (fixture->db), ==, 0);
}

/* What is said to have failed did not happen: the passphrase that the user knows still opens. */
static void
test_passphrase_kept (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  WayVaultCost cost = store_low_cost ();

  store_exec (fixture->db,
              "CREATE TRIGGER broken BEFORE INSERT ON \"audit\" BEGIN SELECT RAISE (ABORT, "
              "'the disk is full'); END",
              SQLITE_OK);
  g_assert_false (way_db_change_passphrase (fixture->db, "another one", &cost, &error));
  g_assert_nonnull (error);
  store_exec (fixture->db, "DROP TRIGGER broken", SQLITE_OK);
  store_reopen (fixture);
}

/* Somebody with the key and a tool of their own takes the lock away first. */
static void
test_tampering (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);

  g_assert_cmpuint (count_problems (fixture->db), ==, 0);
  store_exec (fixture->db,
              "DROP TRIGGER audit_update; DROP TRIGGER audit_delete; DROP TRIGGER audit_insert",
              SQLITE_OK);
  store_exec (fixture->db, data, SQLITE_OK);
  g_assert_cmpuint (count_problems (fixture->db), ==, 1);
}

/* Work that goes on after entries were cut off does not hide it. */
static void
test_cut_off (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayChild) later = NULL;

  store_exec (
      fixture->db,
      "DROP TRIGGER audit_delete; DELETE FROM audit WHERE number > (SELECT max (number) - 1 "
      "FROM audit)",
      SQLITE_OK);
  g_assert_cmpuint (count_problems (fixture->db), ==, 1);
  store_reopen (fixture);
  later = store_add_child (fixture->db, "Ben", "Shaw", NULL);
  g_assert_cmpuint (count_problems (fixture->db), ==, 1);
}

static void
test_changed_content (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPractitioner) me = store_add_me (fixture->db);
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayRecordSet) first = store_make_visit (fixture->db, child->record.id, "2025-11-17");
  g_autoptr (WayRecordSet) second = store_make_visit (fixture->db, child->record.id, "2025-12-01");
  const char *id = WAY_RECORD (way_record_set_first (first, WAY_VISIT))->id;

  g_assert_true (way_db_save_draft (fixture->db, first, &error));
  g_assert_true (way_db_sign_visit (fixture->db, id, NULL, &error));
  g_assert_true (way_db_save_draft (fixture->db, second, &error));
  g_assert_true (way_db_sign_visit (
      fixture->db, WAY_RECORD (way_record_set_first (second, WAY_VISIT))->id, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_problems (fixture->db), ==, 0);
  store_exec (fixture->db,
              "DROP TRIGGER visit_content_update; UPDATE visit_content SET body = (SELECT body "
              "FROM visit_content ORDER BY visit DESC LIMIT 1)",
              SQLITE_OK);
  g_assert_cmpuint (count_problems (fixture->db), ==, 1);
}

/* What can be searched for must be found, and only that. */
static void
test_search_index (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WayPractitioner) me = store_add_me (fixture->db);
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayTarget) target = store_add_target (fixture->db, child->record.id, "Reads");
  g_autoptr (WayRecordSet) visit = store_make_visit (fixture->db, child->record.id, "2025-11-17");
  g_autoptr (GError) error = NULL;

  g_assert_true (way_db_store_visit (fixture->db, visit, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_problems (fixture->db), ==, 0);
  store_exec (fixture->db, data, SQLITE_OK);
  g_assert_cmpuint (count_problems (fixture->db), >=, 1);
}

static void
test_missing_reference (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WaySetting) setting = store_add_setting (fixture->db, "Oakfield Primary");
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", setting->record.id);

  store_exec (fixture->db,
              "PRAGMA foreign_keys = OFF; DELETE FROM setting; PRAGMA foreign_keys = ON",
              SQLITE_OK);
  g_assert_cmpuint (count_problems (fixture->db), ==, 2); /* and a search still finds it */
}

static void
test_backup (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autofree char *target = g_build_filename (fixture->dir, "copy.waymark", NULL);
  g_autofree char *content = NULL;
  gsize size;
  WayDb *copy;

  g_assert_true (way_db_backup (fixture->db, target, &error));
  g_assert_no_error (error);
  g_assert_false (way_db_backup (fixture->db, target, &error)); /* never over a file */
  g_assert_error (error, WAY_ERROR, WAY_ERROR_IO);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (target, &content, &size, NULL));
  g_assert_null (memmem (content, size, "Okafor", 6));
  g_assert_null (way_db_open (target, "another passphrase", &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_PASSPHRASE);
  g_clear_error (&error);
  copy = way_db_open (target, STORE_PASSPHRASE, &error);
  g_assert_no_error (error);
  {
    g_autoptr (WayChild) again = way_db_get (copy, WAY_CHILD, child->record.id, &error);

    g_assert_no_error (error);
    g_assert_true (way_record_equal (child, again));
  }
  g_assert_cmpuint (count_problems (copy), ==, 0);
  way_db_close (copy);
  g_assert_no_errno (g_remove (target));
}

static WayDb *
make_other (const char *path, const char *passphrase)
{
  g_autoptr (GError) error = NULL;
  WayVaultCost cost = store_low_cost ();
  char *recovery_key = NULL;
  WayDb *other = way_db_create (path, passphrase, &cost, &recovery_key, &error);

  g_assert_no_error (error);
  way_vault_secret_free (recovery_key);
  return other;
}

/* The disk is full when a store is being made: nothing is left of it, and no key is given that
 * would be taken for the store's. Where there is room again, it is made at the same place. */
static void
test_create_without_room (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->dir, "full.waymark", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  WayVaultCost cost = store_low_cost ();
  struct rlimit usual, tight;
  guint n_failed = 0;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_no_errno (getrlimit (RLIMIT_FSIZE, &usual));
  for (rlim_t kilobytes = 2; kilobytes <= 256; kilobytes *= 2) {
    g_autoptr (GError) error = NULL;
    char *recovery_key = NULL;
    WayDb *db;

    tight = (struct rlimit){.rlim_cur = kilobytes * 1024, .rlim_max = usual.rlim_max};
    g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &tight));
    db = way_db_create (path, STORE_PASSPHRASE, &cost, &recovery_key, &error);
    g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &usual));
    if (db != NULL) {
      way_db_close (db);
      way_vault_secret_free (recovery_key);
      g_assert_no_errno (g_remove (path));
      continue;
    }
    n_failed++;
    g_test_message ("%s", error->message);
    g_assert_nonnull (strstr (error->message, "disk")); /* and no number alone */
    g_assert_null (recovery_key);
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  }
  g_assert_cmpuint (n_failed, >=, 3);
  way_db_close (make_other (path, STORE_PASSPHRASE));
  g_assert_no_errno (g_remove (path));
}

/* A store that is in use is not replaced, whatever the passphrase of the backup is. */
static void
test_restore (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char OTHER[] = "another passphrase";
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autofree char *backup = g_build_filename (fixture->dir, "other.waymark", NULL);
  g_autofree char *orphan = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *kept = NULL, *orphan_kept = NULL;
  char *more[4] = {NULL};

  way_db_close (make_other (backup, OTHER));
  g_assert_false (way_db_restore (backup, fixture->path, OTHER, &kept, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_BUSY);
  g_assert_null (kept);
  g_clear_error (&error);
  store_reopen (fixture);
  g_clear_pointer (&fixture->db, way_db_close);
  g_assert_true (g_file_set_contents (orphan, "left by a crash", -1, NULL));
  g_assert_true (way_db_restore (backup, fixture->path, OTHER, &kept, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (orphan, G_FILE_TEST_EXISTS)); /* it went with its store */
  orphan_kept = g_strconcat (kept, "-wal", NULL);
  g_assert_no_errno (g_remove (orphan_kept));
  fixture->db = way_db_open (fixture->path, OTHER, &error);
  g_assert_no_error (error);
  g_assert_null (way_db_get (fixture->db, WAY_CHILD, child->record.id, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_clear_pointer (&fixture->db, way_db_close);
  for (guint i = 0; i < G_N_ELEMENTS (more); i++) { /* some in one second: each keeps a file */
    g_assert_true (way_db_restore (backup, fixture->path, OTHER, &more[i], &error));
    g_assert_no_error (error);
    g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
    g_assert_true (g_file_test (more[i], G_FILE_TEST_EXISTS));
    g_assert_cmpstr (more[i], !=, kept);
    g_assert_cmpstr (more[i], !=, more[(i + 1) % G_N_ELEMENTS (more)]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (more); i++) {
    g_assert_no_errno (g_remove (more[i]));
    g_free (more[i]);
  }
  fixture->db = way_db_open (fixture->path, OTHER, &error);
  g_assert_no_errno (g_remove (kept));
  g_assert_no_errno (g_remove (backup));
}

/* What an earlier restore kept after a crash has a log beside it, and a backup may lie where
 * nothing can be written: all that is in either comes back, in a file that is its owner's alone. */
static void
test_restore_kept (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = NULL, again = NULL;
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *backup = g_build_filename (fixture->dir, "kept.waymark", NULL);
  g_autofree char *backup_log = g_strconcat (backup, "-wal", NULL);
  g_autofree char *kept = NULL, *bytes = NULL, *log_bytes = NULL;
  gsize size, log_size;
  GStatBuf info;

  store_reopen (fixture);
  child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL)); /* as in a crash */
  g_assert_true (g_file_get_contents (log, &log_bytes, &log_size, NULL));
  g_assert_cmpuint (log_size, >, 0);
  g_clear_pointer (&fixture->db, way_db_close);
  g_assert_true (g_file_set_contents (backup, bytes, (gssize) size, NULL));
  g_assert_true (g_file_set_contents (backup_log, log_bytes, (gssize) log_size, NULL));
  g_assert_no_errno (g_chmod (backup, 0444));
  g_assert_true (way_db_restore (backup, fixture->path, STORE_PASSPHRASE, &kept, &error));
  g_assert_no_error (error);
  fixture->db = way_db_open (fixture->path, STORE_PASSPHRASE, &error);
  g_assert_no_error (error);
  again = way_db_get (fixture->db, WAY_CHILD, child->record.id, &error);
  g_assert_no_error (error);
  g_assert_no_errno (g_stat (fixture->path, &info));
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_no_errno (g_remove (backup));
  g_assert_no_errno (g_remove (backup_log));
  g_assert_no_errno (g_remove (kept));
}

/* What fails is told by the names that its reader knows, and leaves nothing behind. */
static void
test_restore_refused (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *backup = g_build_filename (fixture->dir, "rubbish.waymark", NULL);
  g_autofree char *log = g_strconcat (backup, "-wal", NULL), *kept = NULL;

  g_clear_pointer (&fixture->db, way_db_close);
  for (int round = 0; round < 2; round++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (way_db_restore (backup, fixture->path, STORE_PASSPHRASE, &kept, &error));
    g_test_message ("%s", error->message);
    g_assert_true (round == 1 || strstr (error->message, backup) != NULL);
    g_assert_null (strstr (error->message, ".restoring"));
    g_assert_true (g_file_set_contents (backup, "rubbish", -1, NULL));
    g_assert_true (g_file_set_contents (log, "rubbish", -1, NULL));
  }
  g_assert_no_errno (g_remove (backup));
  g_assert_no_errno (g_remove (log)); /* the fixture sees that nothing else is left */
  fixture->db = way_db_open (fixture->path, STORE_PASSPHRASE, NULL);
}

/* What was left beside the store by a crash may be all that there is, and is never written over. */
static void
test_restore_left (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *backup = g_strconcat (fixture->path, ".restoring", NULL), *kept = NULL;

  g_assert_true (way_db_backup (fixture->db, backup, &error));
  g_assert_no_error (error);
  g_clear_pointer (&fixture->db, way_db_close);
  g_assert_true (way_db_restore (backup, fixture->path, STORE_PASSPHRASE, &kept, &error));
  g_assert_no_error (error);
  g_assert_no_errno (g_remove (backup));
  g_assert_no_errno (g_remove (kept));
  g_clear_pointer (&kept, g_free);
  g_assert_false (way_db_restore (fixture->path, fixture->path, STORE_PASSPHRASE, &kept, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  g_assert_null (kept);
  fixture->db = way_db_open (fixture->path, STORE_PASSPHRASE, NULL);
}

/* An older backup is brought up to date as a copy: it needs no backup of its own. */
static void
test_restore_older (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *older =
      g_test_build_filename (G_TEST_DIST, "store", "data", "version-1.waymark", NULL);
  g_autofree char *kept = NULL;

  g_clear_pointer (&fixture->db, way_db_close);
  g_assert_false (way_db_restore (older, fixture->path, "wrong", &kept, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_PASSPHRASE);
  g_clear_error (&error);
  g_assert_true (way_db_restore (older, fixture->path, STORE_PASSPHRASE, &kept, &error));
  g_assert_no_error (error);
  g_assert_no_errno (g_remove (kept)); /* the fixture sees that nothing else is left */
  fixture->db = way_db_open (fixture->path, STORE_PASSPHRASE, NULL);
}

/* A part of a transaction that was taken back says nothing about the rest of it. */
static void
test_audit_after_rollback (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) kept = NULL, lost = NULL;

  for (int round = 0; round < 2; round++) {
    store_reopen (fixture); /* nothing is known yet of where the audit ends */
    g_assert_true (way_db_begin (fixture->db, &error));
    if (round == 0)
      kept = store_add_child (fixture->db, "Amara", "Okafor", NULL);
    g_assert_true (way_db_begin (fixture->db, &error));
    g_clear_pointer (&lost, way_record_free);
    lost = store_add_child (fixture->db, "Ben", "Shaw", NULL);
    way_db_rollback (fixture->db);
    g_assert_true (way_db_commit (fixture->db, &error));
    g_assert_no_error (error);
    store_reopen (fixture);
    g_assert_cmpuint (count_problems (fixture->db), ==, 0);
  }
}

/* A file from a later program is refused and stays as it is; so does one that is not ours. */
static void
test_versions (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (way_db_get_version (fixture->db), ==, way_db_newest_version ());
  store_exec (fixture->db, "PRAGMA user_version = 999", SQLITE_OK);
  g_clear_pointer (&fixture->db, way_db_close);
  g_assert_null (way_db_open (fixture->path, STORE_PASSPHRASE, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_TOO_NEW);
  g_clear_error (&error);
  g_assert_null (way_db_open (fixture->path, STORE_PASSPHRASE, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_TOO_NEW);
}

static void
test_not_ours (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  store_exec (fixture->db, "PRAGMA application_id = 1", SQLITE_OK);
  g_clear_pointer (&fixture->db, way_db_close);
  g_assert_null (way_db_open (fixture->path, STORE_PASSPHRASE, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_CORRUPT);
}

/* What the connection promises is what SQLite answers, not what it was told. */
static void
test_pragmas (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const ANSWERS[][2] = {{"PRAGMA foreign_keys", "1"},
                                           {"PRAGMA recursive_triggers", "1"},
                                           {"PRAGMA trusted_schema", "0"},
                                           {"PRAGMA synchronous", "2"},
                                           {"PRAGMA secure_delete", "1"},
                                           {"PRAGMA temp_store", "2"},
                                           {"PRAGMA journal_mode", "wal"},
                                           {"PRAGMA locking_mode", "exclusive"},
                                           {"PRAGMA application_id", "1463900465"}};

  for (gsize i = 0; i < G_N_ELEMENTS (ANSWERS); i++) {
    g_autofree char *answer = NULL;

    g_assert_true (way_db_query_text (fixture->db, ANSWERS[i][0], NULL, &answer, NULL));
    g_assert_cmpstr (answer, ==, ANSWERS[i][1]);
  }
}

/* The lists of a new store are the service's own afterwards. */
static void
test_defaults (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) areas = way_db_list (fixture->db, WAY_CODE, "list", "area", &error);
  g_autoptr (GPtrArray) fewer = NULL;
  g_autoptr (WayCodeLists) lists = NULL;
  g_autoptr (WayTerms) terms = NULL;

  g_assert_cmpuint (areas->len, ==, 4);
  g_assert_true (way_db_delete (fixture->db, g_ptr_array_index (areas, 0), &error));
  g_assert_no_error (error);
  store_reopen (fixture);
  fewer = way_db_list (fixture->db, WAY_CODE, "list", "area", &error);
  g_assert_cmpuint (fewer->len, ==, 3);
  lists = way_db_get_code_lists (fixture->db, &error);
  g_assert_nonnull (way_code_lists_find (lists, "sen-type", "SLCN"));
  terms = way_db_get_terms (fixture->db, &error);
  g_assert_cmpuint (way_terms_get_length (terms), >=, 24);
}

int
main (int argc, char **argv)
{
#define ADD(name, data, func)                                                                      \
  g_test_add ("/store/trust/" name, StoreFixture, data, store_set_up, func, store_tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("audit", NULL, test_audit);
  ADD ("audit-in-bulk", NULL, test_audit_in_bulk);
  ADD ("tampering/change",
       "UPDATE audit SET \"by\" = 'Somebody else' WHERE number = 5",
       test_tampering);
  ADD ("tampering/delete", "DELETE FROM audit WHERE number = 5", test_tampering);
  ADD ("tampering/cut-off", "DELETE FROM audit WHERE number > 5", test_tampering);
  ADD ("tampering/empty", "DELETE FROM audit", test_tampering);
  ADD ("tampering/end", "DELETE FROM audit_end", test_tampering);
  ADD ("cut-off", NULL, test_cut_off);
  ADD ("tampering/insert",
       "INSERT INTO audit SELECT number + 1, at, \"by\", action, type, record, fields, records, "
       "salt, "
       "digest, chain FROM audit ORDER BY number DESC LIMIT 1",
       test_tampering);
  ADD ("changed-content", NULL, test_changed_content);
  ADD ("search-index/words-missing",
       "INSERT INTO search (search, rowid, title, body) SELECT 'delete', key, title, body FROM "
       "search_entry WHERE type = 'child'",
       test_search_index);
  ADD ("search-index/entry-missing",
       "INSERT INTO search (search, rowid, title, body) SELECT 'delete', key, title, body FROM "
       "search_entry WHERE type = 'visit'; DELETE FROM search_entry WHERE type = 'visit'",
       test_search_index);
  ADD ("search-index/other-words",
       "UPDATE search_entry SET title = 'Somebody Else' WHERE type = 'child'",
       test_search_index);
  ADD ("search-index/row-missing",
       "DELETE FROM visit_target; DELETE FROM target",
       test_search_index);
  ADD ("missing-reference", NULL, test_missing_reference);
  ADD ("passphrase-kept", NULL, test_passphrase_kept);
  ADD ("backup", NULL, test_backup);
  ADD ("create-without-room", NULL, test_create_without_room);
  ADD ("restore", NULL, test_restore);
  ADD ("restore-kept", NULL, test_restore_kept);
  ADD ("restore-refused", NULL, test_restore_refused);
  ADD ("restore-left", NULL, test_restore_left);
  ADD ("restore-older", NULL, test_restore_older);
  ADD ("audit-after-rollback", NULL, test_audit_after_rollback);
  ADD ("versions", NULL, test_versions);
  ADD ("not-ours", NULL, test_not_ours);
  ADD ("pragmas", NULL, test_pragmas);
  ADD ("defaults", NULL, test_defaults);
#undef ADD
  return g_test_run ();
}
