/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A value is on its target's scale and was measured by today, on whatever way it comes into the
 * store. */
#include "import-fixture.h"
#include "way-db-private.h"
#include "way-error.h"

#include <math.h>
#include <string.h>

#define TOO_MUCH "140 is more than 100 %. A per cent is from 0 to 100"

typedef struct {
  WayPractitioner *me;
  WayChild *child;
  WayTarget *target; /* in per cent */
} World;

static World
make_world (WayDb *db)
{
  World world = {.me = store_add_me (db), .child = store_add_child (db, "Amara", "Okafor", NULL)};

  way_db_set_today (db, way_date_new (2025, 11, 22));
  world.target = store_add_target (db, world.child->record.id, "Reads the words");
  way_set_string (&world.target->measure, "percent");
  store_save (db, world.target);
  return world;
}

static void
clear_world (World *world)
{
  way_record_free (world->me);
  way_record_free (world->child);
  way_record_free (world->target);
}

static void
assert_refused (GError **error, const char *says)
{
  g_assert_error (*error, WAY_ERROR, WAY_ERROR_INVALID);
  if (strstr ((*error)->message, says) == NULL)
    g_test_message ("says: %s", (*error)->message);
  g_assert_nonnull (strstr ((*error)->message, says));
  g_clear_error (error);
}

static void
test_saved (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayMeasurement) row =
      import_make_measurement (world.target->record.id, "2025-11-03", 140);
  g_autoptr (WayRecordSet) batch = way_record_set_new ();

  g_assert_false (way_db_save (fixture->db, row, &error));
  assert_refused (&error, "value: " TOO_MUCH);
  way_record_set_take (batch, way_record_copy (row));
  g_assert_false (way_db_put_batch (fixture->db, batch, &error));
  assert_refused (&error, TOO_MUCH);
  row->value = 60;
  row->date = way_date_new (2025, 11, 23);
  g_assert_false (way_db_save (fixture->db, row, &error));
  assert_refused (&error, "date: Date is in the future");
  row->date = way_date_new (2025, 11, 22);
  store_save (fixture->db, row);
  row->value = 101; /* changed later */
  g_assert_false (way_db_save (fixture->db, row, &error));
  assert_refused (&error, "101 is more than 100 %");
  g_assert_cmpuint (import_count_rows (fixture->db, WAY_MEASUREMENT), ==, 1);
  clear_world (&world);
}

/* The scale isn't moved away from under what was measured. */
static void
test_scale_changed (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayMeasurement) row =
      store_add_measurement (fixture->db, world.target->record.id, "2025-11-03", 60);

  way_set_string (&world.target->measure, "count");
  world.target->scale_max = 50;
  g_assert_false (way_db_save (fixture->db, world.target, &error));
  assert_refused (
      &error,
      "measure: Measure does not suit what was measured on 3 Nov 2025: 60 is more than 50.");
  world.target->scale_max = 60;
  store_save (fixture->db, world.target);
  world.target->scale_max = 59;
  g_assert_false (way_db_save (fixture->db, world.target, &error));
  assert_refused (&error, "scale_max: High end of the scale does not suit");
  world.target->scale_max = NAN;
  way_set_string (&world.target->strategy, "Flash cards");
  store_save (fixture->db, world.target);
  clear_world (&world);
}

static void
assert_saves (StoreFixture *fixture, WayMeasurement *row, double value, const char *refusal)
{
  g_autoptr (GError) error = NULL;
  gboolean saved;

  row->value = value;
  saved = way_db_save (fixture->db, row, &error);
  g_assert_cmpint (saved, ==, refusal == NULL);
  if (refusal != NULL)
    assert_refused (&error, refusal);
  g_assert_no_error (error);
}

/* In one transaction a measurement keeps to its target and child as they are just then. */
static void
test_rules_in_a_transaction (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayMeasurement) row =
      import_make_measurement (world.target->record.id, "2025-11-03", 0);

  g_assert_true (way_db_begin (fixture->db, &error));
  assert_saves (fixture, row, 60, NULL);
  assert_saves (fixture, row, 140, TOO_MUCH);
  g_assert_true (way_db_begin (fixture->db, &error));
  way_set_string (&world.target->measure, "count");
  store_save (fixture->db, world.target);
  assert_saves (fixture, row, 140, NULL);
  way_db_rollback (fixture->db);
  row->record.revision = 1;
  assert_saves (fixture, row, 140, TOO_MUCH);
  world.child->dob = way_date_new (2025, 11, 4);
  store_save (fixture->db, world.child);
  assert_saves (fixture, row, 70, "before the child was born");
  way_db_rollback (fixture->db);
  g_assert_no_error (error);
  clear_world (&world);
}

/* A rating at a visit becomes a measurement, so it is asked for when the visit is signed. */
static void
test_signed (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayRecordSet) records =
      store_make_visit (fixture->db, world.child->record.id, "2025-11-17");
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  WayVisitTarget *rated = way_record_set_first (records, WAY_VISIT_TARGET);

  rated->rating = 140;
  g_assert_true (way_db_save_draft (fixture->db, records, &error)); /* nothing typed is lost */
  g_assert_false (way_db_sign_visit (fixture->db, visit->record.id, NULL, &error));
  assert_refused (&error, "rating: " TOO_MUCH);
  rated->rating = 80;
  visit->date = way_date_new (2025, 11, 23);
  g_assert_true (way_db_save_draft (fixture->db, records, &error));
  g_assert_false (way_db_sign_visit (fixture->db, visit->record.id, NULL, &error));
  assert_refused (&error, "date: Date is in the future; a visit is signed");
  visit->date = way_date_new (2025, 11, 22);
  g_assert_true (way_db_save_draft (fixture->db, records, &error));
  way_db_sign_visit (fixture->db, visit->record.id, NULL, &error);
  g_assert_no_error (error);
  clear_world (&world);
}

static void
test_amended (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayRecordSet) records =
      store_make_visit (fixture->db, world.child->record.id, "2025-11-17");
  g_autoptr (WayRecordSet) loaded = NULL;
  const char *id = WAY_RECORD (way_record_set_first (records, WAY_VISIT))->id;

  ((WayVisitTarget *) way_record_set_first (records, WAY_VISIT_TARGET))->rating = 80;
  g_assert_true (way_db_save_draft (fixture->db, records, &error));
  g_assert_true (way_db_sign_visit (fixture->db, id, NULL, &error));
  loaded = way_db_load_visit (fixture->db, id, &error);
  ((WayVisitTarget *) way_record_set_first (loaded, WAY_VISIT_TARGET))->rating = -1;
  g_assert_false (way_db_amend_visit (fixture->db, loaded, "Typed wrongly", NULL, &error));
  assert_refused (&error, "rating: -1 is less than 0 %");
  clear_world (&world);
}

/* What was measured at a signed visit stays; what came from elsewhere before it was signed, and
 * says something else, may be put right. */
static void
test_contradicts (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayRecordSet) records =
      store_make_visit (fixture->db, world.child->record.id, "2025-11-17");
  const char *id = WAY_RECORD (way_record_set_first (records, WAY_VISIT))->id;
  g_autofree char *point_id = NULL;
  g_autoptr (WayMeasurement) point = NULL;

  ((WayVisitTarget *) way_record_set_first (records, WAY_VISIT_TARGET))->rating = 80;
  g_assert_true (way_db_save_draft (fixture->db, records, &error));
  g_assert_true (way_db_sign_visit (fixture->db, id, NULL, &error));
  point_id = way_db_dup_rating_id (way_record_set_first (records, WAY_VISIT_TARGET));
  store_exec (fixture->db, "UPDATE \"measurement\" SET \"value\" = 5", SQLITE_OK);
  point = way_db_get (fixture->db, WAY_MEASUREMENT, point_id, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (point->value, ==, 5);
  point->value = 80;
  g_assert_true (way_db_save (fixture->db, point, &error));
  point->value = 5;
  g_assert_false (way_db_save (fixture->db, point, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_LOCKED);
  clear_world (&world);
}

/* A bad row: nothing is stored; or, asked to leave it out, all but it. In a preview too, where the
 * target is not stored yet. */
static void
test_imported (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const WayImportOptions OPTIONS[] = {
      {.dry_run = TRUE}, {0}, {.dry_run = TRUE, .skip_bad_rows = TRUE}, {.skip_bad_rows = TRUE}};

  for (guint i = 0; i < G_N_ELEMENTS (OPTIONS); i++) {
    WayImportOptions options = OPTIONS[i];
    g_autoptr (WayImportReport) report = NULL;
    WayTarget *target = import_make_target ("t1", "c1");
    gboolean is_stored = options.skip_bad_rows && !options.dry_run;
    const WayImportNote *note;
    Import import;

    import = import_begin (fixture->db, options);
    way_set_string (&target->measure, "percent");
    import_take (&import, import_make_child ("c1", "Amara", "Okafor", NULL), "children.csv", 2);
    import_take (&import, target, "targets.csv", 2);
    import_take (&import, import_make_measurement ("t1", "2025-10-01", 30), "measurements.csv", 2);
    import_take (&import, import_make_measurement ("t1", "2025-10-02", 140), "measurements.csv", 3);
    import_take (&import, import_make_measurement ("t1", "2099-01-01", 35), "measurements.csv", 4);
    report = import_end (&import);
    g_assert_cmpuint (report->n_errors, ==, 2);
    note = import_first_note (report, WAY_IMPORT_ERROR);
    g_assert_cmpstr (note->source, ==, "measurements.csv");
    g_assert_cmpuint (note->line, ==, 3);
    g_assert_cmpstr (note->field, ==, "value");
    g_assert_cmpstr (note->message, ==, TOO_MUCH);
    g_assert_cmpuint (import_count_rows (fixture->db, WAY_MEASUREMENT), ==, is_stored);
  }
}

/* What comes together in one unit, as in a Record of Visit, is looked at before any of it is
 * stored; so is what is added to a target that is stored. */
static void
test_imported_together (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  World world = make_world (fixture->db);
  WayImportOptions options = {0};
  Import import = import_begin (fixture->db, options);
  g_autoptr (WayRecordSet) unit = way_record_set_new ();
  WayTarget *target = import_make_target ("t1", "c1");
  g_autoptr (WayImportReport) report = NULL, stored = NULL;

  way_set_string (&target->measure, "yesno");
  way_set_string (&target->record.id, "t1");
  target->criterion = target->baseline = NAN;
  way_record_set_take (unit, import_make_child ("c1", "Ben", "Shaw", NULL));
  way_record_set_take (unit, target);
  way_record_set_take (unit, import_make_measurement ("t1", "2025-10-02", 7));
  import_take_set (&import, unit);
  report = import_end (&import);
  g_assert_cmpuint (report->n_errors, ==, 1);
  g_assert_cmpuint (import_count_rows (fixture->db, WAY_TARGET), ==, 1);

  import = import_begin (fixture->db, options);
  import_take (&import,
               import_make_measurement (world.target->record.id, "2025-10-02", 140),
               "measurements.csv",
               2);
  stored = import_end (&import);
  g_assert_cmpuint (stored->n_errors, ==, 1);
  clear_world (&world);
}

static void
assert_order (WayDb *db, const char *target_id, const char *date, const char *values)
{
  g_autoptr (GPtrArray) rows = way_db_list (db, WAY_MEASUREMENT, "target", target_id, NULL);
  g_autoptr (GString) found = g_string_new (NULL);

  way_record_list_sort_by_position (rows, WAY_MEASUREMENT);
  for (guint i = 0; i < rows->len; i++) {
    const WayMeasurement *row = g_ptr_array_index (rows, i);

    if (row->date == way_date_from_iso (date))
      g_string_append_printf (found, "%g@%g ", row->value, row->position);
  }
  g_assert_cmpstr (found->str, ==, values);
}

static void
save_at (WayDb *db, const char *target_id, double position, double value)
{
  g_autoptr (WayMeasurement) row = import_make_measurement (target_id, "2025-11-03", value);

  row->position = position;
  store_save (db, row);
}

/* Several of one day keep the order in which they were entered, on whatever way they come. */
static void
test_order_of_entry (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  World world = make_world (fixture->db);
  const char *target = world.target->record.id;
  g_autoptr (WayMeasurement) moved = store_add_measurement (fixture->db, target, "2025-11-04", 50);
  g_autoptr (WayRecordSet) records = NULL, batch = way_record_set_new ();
  g_autoptr (WayImportReport) report = NULL;
  WayImportOptions options = {0};
  Import import;

  save_at (fixture->db, target, NAN, 40); /* as the window does */
  save_at (fixture->db, target, NAN, 30);
  save_at (fixture->db, target, 1, 20); /* as a file does that has a place which is taken */
  save_at (fixture->db, target, 7, 15); /* and one which is not */
  way_record_set_take (batch, import_make_measurement (target, "2025-11-03", 60));
  g_assert_true (way_db_put_batch (fixture->db, batch, NULL));
  import = import_begin (fixture->db, options);
  import_take (&import, import_make_measurement (target, "2025-11-03", 35), "measurements.csv", 2);
  report = import_end (&import);
  g_assert_cmpuint (report->n_errors, ==, 0);
  moved->date = way_date_new (2025, 11, 3);
  store_save (fixture->db, moved);
  records = store_make_visit (fixture->db, world.child->record.id, "2025-11-03");
  ((WayVisitTarget *) way_record_set_first (records, WAY_VISIT_TARGET))->rating = 10;
  g_assert_true (way_db_save_draft (fixture->db, records, NULL));
  g_assert_true (way_db_sign_visit (
      fixture->db, WAY_RECORD (way_record_set_first (records, WAY_VISIT))->id, NULL, NULL));
  moved->value = 55; /* it stays where it is */
  store_save (fixture->db, moved);
  assert_order (fixture->db, target, "2025-11-03", "40@1 30@2 20@3 15@7 60@8 35@9 55@10 10@11 ");
  clear_world (&world);
}

/* What is printed of an unsigned visit is what was previewed: the rating is on the chart. */
static void
test_unsigned (StoreFixture *fixture, gconstpointer has_rows)
{
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayRecordSet) records =
      store_make_visit (fixture->db, world.child->record.id, "2025-11-17");
  const char *id = WAY_RECORD (way_record_set_first (records, WAY_VISIT))->id;
  g_autoptr (WayDossier) preview = NULL, printed = NULL;
  g_autoptr (GPtrArray) points = NULL;

  ((WayVisitTarget *) way_record_set_first (records, WAY_VISIT_TARGET))->rating = 60;
  if (GPOINTER_TO_INT (has_rows))
    way_db_store_visit (fixture->db, records, &error);
  else
    way_db_save_draft (fixture->db, records, &error);
  g_assert_no_error (error);
  printed = way_db_gather_visit (fixture->db, id, 0, &error);
  g_assert_no_error (error);
  g_assert_false (way_dossier_is_signed (printed));
  g_assert_cmpuint (way_record_set_list (printed->records, WAY_MEASUREMENT)->len, ==, 1);
  preview = way_db_preview_visit (fixture->db, records, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (printed->fingerprint, ==, preview->fingerprint);
  points = way_db_list (fixture->db, WAY_MEASUREMENT, NULL, NULL, &error);
  g_assert_cmpuint (points->len, ==, 0);
  clear_world (&world);
}

/* A target that is set at the visit has its scale, before the store has the target. */
static void
test_set_here (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayRecordSet) records =
      store_make_visit (fixture->db, world.child->record.id, "2025-11-17");
  const char *id = WAY_RECORD (way_record_set_first (records, WAY_VISIT))->id;
  WayTarget *target = way_record_set_take (records, way_record_copy (world.target));
  WayVisitTarget *rated = way_record_set_add (records, WAY_VISIT_TARGET);

  way_set_string (&target->record.id, "3b1f2d44-93a5-4b55-9d7e-2f0c1a6d8e70");
  way_set_string (&target->statement, "Reads the words of the week");
  target->record.revision = 0;
  way_set_string (&rated->target, target->record.id);
  rated->set_here = WAY_YES;
  rated->rating = 140;
  g_assert_true (way_db_save_draft (fixture->db, records, &error));
  g_assert_false (way_db_sign_visit (fixture->db, id, NULL, &error));
  assert_refused (&error, TOO_MUCH);
  rated->rating = 40;
  g_assert_true (way_db_save_draft (fixture->db, records, &error));
  g_assert_true (way_db_sign_visit (fixture->db, id, NULL, &error));
  g_assert_no_error (error);
  clear_world (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, StoreFixture, NULL, store_set_up, func, store_tear_down)
  ADD ("/measured/saved", test_saved);
  ADD ("/measured/scale-changed", test_scale_changed);
  ADD ("/measured/rules-in-a-transaction", test_rules_in_a_transaction);
  ADD ("/measured/signed", test_signed);
  ADD ("/measured/amended", test_amended);
  ADD ("/measured/contradicts", test_contradicts);
  ADD ("/measured/imported", test_imported);
  ADD ("/measured/order-of-entry", test_order_of_entry);
  ADD ("/measured/imported-together", test_imported_together);
  ADD ("/measured/set-here", test_set_here);
  g_test_add ("/measured/unsigned/draft",
              StoreFixture,
              GINT_TO_POINTER (FALSE),
              store_set_up,
              test_unsigned,
              store_tear_down);
  g_test_add ("/measured/unsigned/rows",
              StoreFixture,
              GINT_TO_POINTER (TRUE),
              store_set_up,
              test_unsigned,
              store_tear_down);
  return g_test_run ();
}
