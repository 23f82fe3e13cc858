/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stores that earlier releases wrote, kept in data/. */
#include "store-fixture.h"

#include "way-db-private.h"
#include "way-error.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
dump_schema (WayDb *db)
{
  g_autoptr (GString) dump = g_string_new (NULL);
  g_auto (WayStmt) stmt = way_stmt_prepare (
      db,
      "SELECT \"sql\" FROM sqlite_schema WHERE \"sql\" IS NOT NULL ORDER BY \"type\", \"name\"");

  while (way_stmt_step (&stmt, NULL) == WAY_STEP_ROW)
    g_string_append_printf (dump, "%s;\n", way_stmt_text (&stmt, 0));
  return g_string_free (g_steal_pointer (&dump), FALSE);
}

/* What was brought up to date is kept as it was, whole, beside the store. */
static void
remove_backup (StoreFixture *fixture)
{
  g_autofree char *stem = g_strndup (fixture->path, strlen (fixture->path) - strlen (".waymark"));
  g_autofree char *backup = g_strconcat (stem, ".version-1.waymark", NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (backup, &bytes, &size, NULL));
  g_assert_cmpuint (size, >, 100000);
  g_assert_no_errno (g_remove (backup));
}

static void
copy_kept (StoreFixture *fixture, const char *name)
{
  g_autofree char *kept = g_test_build_filename (G_TEST_DIST, "store", "data", name, NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_clear_pointer (&fixture->db, way_db_close);
  g_file_get_contents (kept, &content, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents (fixture->path, content, (gssize) size, &error);
  g_assert_no_error (error);
  store_reopen (fixture);
  remove_backup (fixture);
}

/* However a file came to the newest schema, it is the same one. */
static void
test_same_schema (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *fresh = dump_schema (fixture->db);
  g_autofree char *brought_up = NULL;

  copy_kept (fixture, data);
  g_assert_cmpint (way_db_get_version (fixture->db), ==, way_db_newest_version ());
  brought_up = dump_schema (fixture->db);
  g_assert_cmpstr (brought_up, ==, fresh);
}

static guint
count_rows (WayDb *db, const WayRecordType *type)
{
  g_autoptr (GPtrArray) rows = way_db_list (db, type, NULL, NULL, NULL);

  return rows->len;
}

/* Nothing in it is lost: rows, what was signed and how, the draft, the audit's chain. */
static void
test_content (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) visits = NULL, drafts = NULL, problems = NULL, found = NULL;
  g_autoptr (WayDossier) first = NULL, second = NULL;
  g_autoptr (WayRecordSet) draft = NULL;
  const char *id;

  copy_kept (fixture, data);
  problems = way_db_verify (fixture->db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpuint (count_rows (fixture->db, WAY_CHILD), ==, 1);
  g_assert_cmpuint (count_rows (fixture->db, WAY_MEASUREMENT), ==, 2);
  g_assert_cmpuint (count_rows (fixture->db, WAY_CODE), >, 100);
  visits = way_db_list (fixture->db, WAY_VISIT, NULL, NULL, &error);
  g_assert_cmpuint (visits->len, ==, 1);
  id = WAY_RECORD (g_ptr_array_index (visits, 0))->id;
  first = way_db_gather_visit (fixture->db, id, 1, &error);
  g_assert_no_error (error);
  second = way_db_gather_visit (fixture->db, id, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (
      ((WayVisitVersion *) way_record_set_first (second->records, WAY_VISIT_VERSION))->fingerprint,
      ==,
      first->fingerprint);
  drafts = way_db_list_drafts (fixture->db, &error);
  g_assert_cmpuint (drafts->len, ==, 1);
  draft = way_db_load_visit (
      fixture->db, ((WayDraftInfo *) g_ptr_array_index (drafts, 0))->visit_id, &error);
  g_assert_no_error (error);
  found = way_db_search (fixture->db, "timetable", WAY_SEARCH_NEWEST_FIRST, 10, &error);
  g_assert_cmpuint (found->len, ==, 1);
  g_clear_pointer (&found, g_ptr_array_unref);
  /* Who was at the visit: the first release did not look there. */
  found = way_db_search (fixture->db, "patel", WAY_SEARCH_NEWEST_FIRST, 10, &error);
  g_assert_cmpuint (found->len, ==, 1);
  store_exec (fixture->db, "UPDATE visit SET advice = 'other'", SQLITE_CONSTRAINT_TRIGGER);
}

/* A step that fails half way leaves the file as it was, also its version. */
static void
test_failed_step (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autofree char *before = dump_schema (fixture->db);
  g_autofree char *after = NULL;
  gint64 n_children;

  /* Version 0 with tables in it: the first step can't make them again. */
  store_exec (fixture->db, "DROP TABLE draft; PRAGMA user_version = 0", SQLITE_OK);
  g_free (before);
  before = dump_schema (fixture->db);
  g_assert_false (way_db_migrate (fixture->db, WAY_DB_BRING_UP_NEW, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "version 1"));
  after = dump_schema (fixture->db);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (way_db_get_version (fixture->db), ==, 0);
  g_assert_true (
      way_db_query_int (fixture->db, "SELECT count (*) FROM \"child\"", NULL, &n_children, NULL));
  g_assert_cmpint (n_children, ==, 1);
}

int
main (int argc, char **argv)
{
#define ADD(name, data, func)                                                                      \
  g_test_add ("/store/migrations/" name, StoreFixture, data, store_set_up, func, store_tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("version-1/schema", "version-1.waymark", test_same_schema);
  ADD ("version-1/content", "version-1.waymark", test_content);
  ADD ("failed-step", NULL, test_failed_step);
#undef ADD
  return g_test_run ();
}
