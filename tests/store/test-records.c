/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"
#include "way-db-private.h"
#include "way-error.h"

#include <math.h>
#include <string.h>

/* The tables of the schema and the tables of fields in core are two lists of the same thing. */
static void
test_columns_agree (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const HEAD[] = {"id", "created_at", "updated_at", "revision"};

  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    const WayRecordType *type = WAY_RECORD_TYPES[i];
    g_auto (WayStmt) stmt = way_stmt_prepare (
        fixture->db, "SELECT name, type, \"notnull\" FROM pragma_table_info (?1) ORDER BY cid");
    guint column = 0;

    way_stmt_bind_text (&stmt, 1, type->name);
    for (; way_stmt_step (&stmt, NULL) == WAY_STEP_ROW; column++) {
      const WayField *field;

      if (column < G_N_ELEMENTS (HEAD)) {
        g_assert_cmpstr (way_stmt_text (&stmt, 0), ==, HEAD[column]);
        continue;
      }
      field = way_record_type_find (type, way_stmt_text (&stmt, 0)); /* a later one stands last */
      g_assert_nonnull (field);
      g_assert_cmpstr (way_stmt_text (&stmt, 1),
                       ==,
                       field->kind == WAY_FIELD_NUMBER   ? "REAL"
                       : field->kind == WAY_FIELD_YES_NO ? "INTEGER"
                                                         : "TEXT");
      g_assert_cmpint (
          way_stmt_int (&stmt, 2), ==, (field->flags & WAY_FIELD_REQUIRED) != 0 ? 1 : 0);
    }
    g_assert_cmpuint (column, ==, type->n_fields + G_N_ELEMENTS (HEAD));
  }
}

/* Every kind of field comes back as it went, and what is not known stays unknown. */
static void
test_round_trip (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WaySetting) setting = store_add_setting (fixture->db, "Oakfield Primary");
  g_autoptr (WayChild) child =
      store_add_child (fixture->db, "Zoë", "O’Connor-Łukasz", setting->record.id);
  g_autoptr (WayTarget) target = store_add_target (fixture->db, child->record.id, "Reads 20 words");
  g_autoptr (WayChild) again = NULL;
  g_autoptr (WayTarget) target_again = NULL;

  store_reopen (fixture);
  again = way_db_get (fixture->db, WAY_CHILD, child->record.id, &error);
  g_assert_no_error (error);
  g_assert_true (way_record_equal (child, again));
  g_assert_cmpstr (again->record.created_at, ==, child->record.created_at);
  g_assert_cmpint (again->record.revision, ==, 1);
  g_assert_null (again->upn);
  target_again = way_db_get (fixture->db, WAY_TARGET, target->record.id, &error);
  g_assert_no_error (error);
  g_assert_true (way_record_equal (target, target_again));
  g_assert_cmpfloat (target_again->baseline, ==, 2);
  g_assert_true (isnan (target_again->weight));
}

static void
test_lost_update (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) mine = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayChild) theirs = way_db_get (fixture->db, WAY_CHILD, mine->record.id, &error);

  g_assert_no_error (error);
  way_set_string (&theirs->preferred, "Ami");
  store_save (fixture->db, theirs);
  g_assert_cmpint (theirs->record.revision, ==, 2);
  way_set_string (&mine->preferred, "Mara");
  g_assert_false (way_db_save (fixture->db, mine, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_CONFLICT);
  g_assert_cmpint (mine->record.revision, ==, 1);
  g_clear_error (&error);
  g_assert_false (way_db_delete (fixture->db, mine, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_CONFLICT);
}

static void
test_not_found (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);

  g_assert_null (way_db_get (fixture->db, WAY_CHILD, "nobody", &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (way_db_delete (fixture->db, child, &error));
  g_assert_no_error (error);
  g_assert_false (way_db_save (fixture->db, child, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_NOT_FOUND);
}

static void
test_refused (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = way_record_new (WAY_CHILD);
  g_autoptr (WayEnrolment) enrolment = way_record_new (WAY_ENROLMENT);
  g_autoptr (WayChild) known = store_add_child (fixture->db, "Amara", "Okafor", NULL);

  child->forename = g_strdup ("Amara");
  child->dob = way_date_new (2018, 9, 14);
  g_assert_false (way_db_save (fixture->db, child, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "surname"));
  g_clear_error (&error);
  g_assert_null (child->record.id);

  enrolment->child = g_strdup (known->record.id);
  enrolment->setting = g_strdup ("no such setting");
  enrolment->from = way_date_new (2024, 9, 1);
  g_assert_false (way_db_save (fixture->db, enrolment, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
}

/* The second line of defence: what the functions would never write, the tables refuse. */
static void
test_constraints (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
#define CHILD                                                                                      \
  "INSERT INTO child (id, created_at, updated_at, revision, surname, forename, dob) VALUES "
#define MEASURE                                                                                    \
  "INSERT INTO measurement (id, created_at, updated_at, revision, target, date, value, "           \
  "not_measured) VALUES "
  static const char *const BAD[] = {
      CHILD "('c', 'x', 'x', 1, 'Okafor', 'Amara', '2018-02-30')",
      CHILD "('c', 'x', 'x', 0, 'Okafor', 'Amara', '2018-02-20')",
      CHILD "('c', 'x', 'x', 1, '', 'Amara', '2018-02-20')",
      CHILD "('c', 'x', 'x', 1, NULL, 'Amara', '2018-02-20')",
      CHILD "('c', 'x', 'x', 'one', 'Okafor', 'Amara', '2018-02-20')",
      MEASURE "('m', 'x', 'x', 1, 't', '2025-10-01', 1, NULL)", /* no such target */
      MEASURE "('m', 'x', 'x', 1, %s, '2025-10-01', 1, 'ill')",
      MEASURE "('m', 'x', 'x', 1, %s, '2025-10-01', NULL, NULL)",
      "UPDATE target SET state = NULL",
      "UPDATE target SET start = '2025-13-01'",
      "DELETE FROM child",
  };
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayTarget) target = store_add_target (fixture->db, child->record.id, "Reads");
  g_autofree char *quoted = g_strdup_printf ("'%s'", target->record.id);

  for (gsize i = 0; i < G_N_ELEMENTS (BAD); i++) {
    g_auto (GStrv) parts = g_strsplit (BAD[i], "%s", 2);
    g_autofree char *sql = g_strjoinv (quoted, parts);
    int rc = sqlite3_exec (fixture->db->handle, sql, NULL, NULL, NULL);

    g_test_message ("%s", sql);
    g_assert_cmpint (rc & 0xff, ==, SQLITE_CONSTRAINT);
  }
#undef CHILD
#undef MEASURE
}

static void
test_list_in_order (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayTarget) target = store_add_target (fixture->db, child->record.id, "Reads");
  g_autoptr (WayMeasurement) late =
      store_add_measurement (fixture->db, target->record.id, "2025-11-01", 5);
  g_autoptr (WayMeasurement) early =
      store_add_measurement (fixture->db, target->record.id, "2025-10-01", 3);
  g_autoptr (GPtrArray) list =
      way_db_list (fixture->db, WAY_MEASUREMENT, "target", target->record.id, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_true (way_record_equal (g_ptr_array_index (list, 0), early));
  g_assert_true (way_record_equal (g_ptr_array_index (list, 1), late));
  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    g_autoptr (GPtrArray) all = way_db_list (fixture->db, WAY_RECORD_TYPES[i], NULL, NULL, &error);

    g_assert_no_error (error);
    g_assert_nonnull (all);
  }
}

/* A target goes with its measurements; a child does not go while anything refers to it. */
static void
test_delete_parts (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayTarget) target = store_add_target (fixture->db, child->record.id, "Reads");
  g_autoptr (WayMeasurement) measurement =
      store_add_measurement (fixture->db, target->record.id, "2025-11-01", 5);
  g_autoptr (GPtrArray) left = NULL;

  g_assert_false (way_db_delete (fixture->db, child, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (way_db_delete (fixture->db, target, &error));
  g_assert_no_error (error);
  left = way_db_list (fixture->db, WAY_MEASUREMENT, NULL, NULL, &error);
  g_assert_cmpuint (left->len, ==, 0);
}

static void
test_transactions (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) kept = NULL, dropped = NULL;
  g_autoptr (GPtrArray) children = NULL, problems = NULL;

  g_assert_true (way_db_begin (fixture->db, &error));
  kept = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_assert_true (way_db_begin (fixture->db, &error));
  dropped = store_add_child (fixture->db, "Ben", "Shaw", NULL);
  way_db_rollback (fixture->db);
  g_assert_true (way_db_commit (fixture->db, &error));
  g_assert_no_error (error);
  children = way_db_list (fixture->db, WAY_CHILD, NULL, NULL, &error);
  g_assert_cmpuint (children->len, ==, 1);
  g_assert_true (way_record_equal (g_ptr_array_index (children, 0), kept));
  problems = way_db_verify (fixture->db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* A whole PNG of 16 by 16 grey pixels. */
static const guint8 PNG[] = {
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44,
    0x52, 0x00, 0x00, 0x00, 0x10, 0x00, 0x00, 0x00, 0x10, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a,
    0x98, 0xa0, 0xbd, 0x00, 0x00, 0x00, 0x0f, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0x68,
    0x40, 0x03, 0x0c, 0x23, 0x5b, 0x00, 0x00, 0x05, 0x0c, 0x80, 0x01, 0xe3, 0x33, 0x59, 0x8a,
    0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
};
enum { PNG_IHDR_CRC = 29, PNG_IDAT_DATA = 41 };

static void
test_preferences (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *trend = NULL;
  g_autofree char *name = NULL;
  g_autoptr (WayPractitioner) me = way_db_get_me (fixture->db, &error);

  g_assert_no_error (error);
  g_assert_null (me);
  g_assert_null (way_db_get_preference (fixture->db, "trend", &error));
  g_assert_no_error (error);
  g_assert_true (way_db_set_preference (fixture->db, "trend", "ols", &error));
  trend = way_db_get_preference (fixture->db, "trend", &error);
  g_assert_cmpstr (trend, ==, "ols");
  g_assert_true (way_db_set_preference (fixture->db, "trend", NULL, &error));
  g_assert_null (way_db_get_preference (fixture->db, "trend", &error));
  g_assert_true (way_db_set_preference (fixture->db, "service-name", "  Swale Service \n", &error));
  name = way_db_get_preference (fixture->db, "service-name", &error);
  g_assert_cmpstr (name, ==, "Swale Service");
  g_assert_true (way_db_set_preference (fixture->db, "service-name", " ", &error));
  g_assert_null (way_db_get_preference (fixture->db, "service-name", &error));
  g_assert_no_error (error);
}

static void
assert_refused (WayDb *db, const char *name, const char *value, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (way_db_set_preference (db, name, value, &error));
  g_assert_error (error, WAY_ERROR, code);
  g_assert_nonnull (strstr (error->message, name));
}

static void
test_preferences_refused (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *long_name = g_strnfill (121, 'x');
  g_autofree char *kept = NULL;

  g_assert_true (way_db_set_preference (fixture->db, "trend", "ols", NULL));
  assert_refused (fixture->db, "trend", "straight", WAY_ERROR_INVALID);
  kept = way_db_get_preference (fixture->db, "trend", NULL);
  g_assert_cmpstr (kept, ==, "ols");
  assert_refused (fixture->db, "about-equal-percent", "0", WAY_ERROR_INVALID);
  assert_refused (fixture->db, "about-equal-percent", "51", WAY_ERROR_INVALID);
  assert_refused (fixture->db, "about-equal-percent", "2.5", WAY_ERROR_INVALID);
  assert_refused (fixture->db, "about-equal-percent", "1e300", WAY_ERROR_INVALID);
  assert_refused (fixture->db, "about-equal-percent", "ten", WAY_ERROR_INVALID);
  assert_refused (fixture->db, "service-name", "two\nlines", WAY_ERROR_INVALID);
  assert_refused (fixture->db, "service-name", "\xff", WAY_ERROR_INVALID);
  assert_refused (fixture->db, "service-name", long_name, WAY_ERROR_INVALID);
  assert_refused (fixture->db, "logo", "logo.png", WAY_ERROR_INVALID);
  assert_refused (fixture->db, "colour", "green", WAY_ERROR_NOT_FOUND);
}

static void
assert_logo_refused (WayDb *db, const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  g_assert_false (way_db_set_logo (db, bytes, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
}

static void
test_logo (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) logo = g_bytes_new_static (PNG, sizeof PNG);
  g_autoptr (GBytes) again = NULL;
  g_autofree guint8 *bad = g_memdup2 (PNG, sizeof PNG);
  g_autofree guint8 *huge = g_malloc0 (5 * 1024 * 1024);

  for (gsize size = 0; size < sizeof PNG; size++)
    assert_logo_refused (fixture->db, PNG, size);
  assert_logo_refused (fixture->db, (const guint8 *) "GIF89a...", 9);
  bad[PNG_IDAT_DATA] ^= 1;
  assert_logo_refused (fixture->db, bad, sizeof PNG);
  memcpy (huge, PNG, sizeof PNG);
  assert_logo_refused (fixture->db, huge, 5 * 1024 * 1024);
  /* Five pixels wide, and the checksum that goes with it. */
  memcpy (bad, PNG, sizeof PNG);
  bad[19] = 5;
  memcpy (bad + PNG_IHDR_CRC, "\xfb\x1f\xea\x11", 4);
  assert_logo_refused (fixture->db, bad, sizeof PNG);
  again = way_db_get_logo (fixture->db, &error);
  g_assert_no_error (error);
  g_assert_null (again);
  g_assert_true (way_db_set_logo (fixture->db, logo, &error));
  again = way_db_get_logo (fixture->db, &error);
  g_assert_true (g_bytes_equal (again, logo));
  g_assert_true (way_db_set_logo (fixture->db, NULL, &error));
  g_assert_null (way_db_get_logo (fixture->db, &error));
  g_assert_no_error (error);
}

/* What SQLite says of the disk tells nobody what to do. */
static void
test_disk (StoreFixture *fixture, gconstpointer data)
{
  static const char *const SAID[] = {"the disk is full: free some space",
                                     "the store can't be written to: allow writing"};
  static const char *const SET[] = {"PRAGMA max_page_count = 1", "PRAGMA query_only = ON"};
  guint which = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = way_record_new (WAY_CHILD);

  child->forename = g_strdup ("Sam");
  child->matters = g_strnfill (15000, 'a');
  child->surname = g_strdup ("Example");
  child->dob = way_date_new (2018, 9, 14);
  store_exec (fixture->db, SET[which], SQLITE_OK);
  g_assert_false (way_db_save (fixture->db, child, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_IO);
  g_assert_true (g_str_has_prefix (error->message, SAID[which]));
}

static void
assert_says (WayDb *db, gpointer record, const char *expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (way_db_save (db, record, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, expected);
}

/* What is there already, and what changed meanwhile, is said in words and not by tables. */
static void
test_words_of_types (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WaySenStatus) status = way_record_new (WAY_SEN_STATUS);
  g_autoptr (WaySenStatus) again = NULL, stale = NULL;
  g_autoptr (WayCode) code = way_record_new (WAY_CODE);
  g_autofree char *said = NULL;

  status->child = g_strdup (child->record.id);
  status->provision = g_strdup ("K");
  status->from = way_date_new (2025, 9, 1);
  store_save (fixture->db, status);
  again = way_record_copy (status);
  again->record.revision = 0;
  said = g_strdup_printf ("id: There is a sen status with the id “%s” already; give the new one "
                          "another, or none",
                          status->record.id);
  assert_says (fixture->db, again, said);
  code->list = g_strdup ("team");
  code->code = g_strdup ("twice");
  code->label = g_strdup ("Twice");
  store_save (fixture->db, code);
  way_set_string (&code->record.id, NULL);
  code->record.revision = 0;
  assert_says (fixture->db,
               code,
               "code: There is a code with the same list and code already; change that one, or "
               "give this one others");
  stale = way_record_copy (status);
  store_save (fixture->db, status);
  stale->record.revision--;
  g_assert_false (way_db_delete (fixture->db, stale, &error));
  g_assert_cmpstr (error->message, ==, "this sen status was changed since it was read");
  g_clear_error (&error);
  stale->record.revision = 1;
  g_assert_false (way_db_save (fixture->db, stale, &error));
  g_assert_cmpstr (error->message, ==, "this sen status was changed since it was read");
  g_clear_error (&error);
  g_assert_null (way_db_get (fixture->db, WAY_SEN_STATUS, "none", &error));
  g_assert_cmpstr (error->message, ==, "there is no sen status “none”");
  /* What no check looks for before. */
  g_clear_error (&error);
  g_assert_false (way_db_exec (fixture->db, "UPDATE \"child\" SET \"forename\" = ''", &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  g_assert_null (strstr (error->message, "constraint"));
}

/* A reference to nothing is said by name, also one that only the end of a transaction shows; and
 * what keeps a record from being deleted. */
static void
test_missing_references (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayTarget) target = store_add_target (fixture->db, child->record.id, "Reads");
  g_autoptr (WayMeasurement) measurement = way_record_new (WAY_MEASUREMENT);
  g_autoptr (WayTarget) next = way_record_copy (target);

  measurement->target = g_strdup ("no-such-target");
  measurement->date = way_date_new (2025, 10, 1);
  measurement->value = 3;
  assert_says (fixture->db, measurement, "target: There is no target with the id “no-such-target”");
  way_set_string (&next->replaces, "no-such-target");
  assert_says (fixture->db, next, "replaces: There is no target with the id “no-such-target”");
  way_set_string (&target->case_id, "no-such-case");
  assert_says (fixture->db, target, "case: There is no case with the id “no-such-case”");
  g_assert_false (way_db_delete (fixture->db, child, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  g_assert_cmpstr (error->message,
                   ==,
                   "this child can't be deleted while something refers to it (target: 1); delete "
                   "that first");
}

int
main (int argc, char **argv)
{
#define ADD(name, func)                                                                            \
  g_test_add ("/store/records/" name, StoreFixture, NULL, store_set_up, func, store_tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("columns-agree", test_columns_agree);
  ADD ("round-trip", test_round_trip);
  ADD ("lost-update", test_lost_update);
  ADD ("not-found", test_not_found);
  ADD ("refused", test_refused);
  ADD ("constraints", test_constraints);
  ADD ("missing-references", test_missing_references);
  g_test_add ("/store/records/disk/full",
              StoreFixture,
              GUINT_TO_POINTER (0),
              store_set_up,
              test_disk,
              store_tear_down);
  g_test_add ("/store/records/disk/read-only",
              StoreFixture,
              GUINT_TO_POINTER (1),
              store_set_up,
              test_disk,
              store_tear_down);
  ADD ("list-in-order", test_list_in_order);
  ADD ("delete-parts", test_delete_parts);
  ADD ("transactions", test_transactions);
  ADD ("preferences", test_preferences);
  ADD ("preferences-refused", test_preferences_refused);
  ADD ("logo", test_logo);
  ADD ("words-of-types", test_words_of_types);
#undef ADD
  return g_test_run ();
}
