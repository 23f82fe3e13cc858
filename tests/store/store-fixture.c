/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "way-db-private.h"

/* The least that is allowed, so that a test does not wait. */
WayVaultCost
store_low_cost (void)
{
  return (WayVaultCost){.memory = 64 * 1024 * 1024, .operations = 1};
}

void
store_set_up (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  WayVaultCost cost = store_low_cost ();
  char *recovery_key = NULL;

  fixture->dir = g_dir_make_tmp ("way-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->dir, "test.waymark", NULL);
  fixture->db = way_db_create (fixture->path, STORE_PASSPHRASE, &cost, &recovery_key, &error);
  g_assert_no_error (error);
  g_assert_nonnull (recovery_key);
  way_vault_secret_free (recovery_key);
}

void
store_reopen (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->db, way_db_close);
  fixture->db = way_db_open (fixture->path, STORE_PASSPHRASE, &error);
  g_assert_no_error (error);
}

void
store_tear_down (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_pointer (&fixture->db, way_db_close);
  g_assert_no_errno (g_remove (fixture->path));
  g_assert_no_errno (g_rmdir (fixture->dir)); /* fails if a log was left beside the store */
  g_free (fixture->path);
  g_free (fixture->dir);
}

void
store_save (WayDb *db, gpointer record)
{
  g_autoptr (GError) error = NULL;

  way_db_save (db, record, &error);
  g_assert_no_error (error);
}

/* Past the functions, straight at the tables. */
void
store_exec (WayDb *db, const char *sql, int expected)
{
  int rc = sqlite3_exec (db->handle, sql, NULL, NULL, NULL);

  if (rc != expected)
    g_test_message ("%s: %s", sql, sqlite3_errmsg (db->handle));
  g_assert_cmpint (rc, ==, expected);
}

WayPractitioner *
store_add_me (WayDb *db)
{
  WayPractitioner *me = way_record_new (WAY_PRACTITIONER);

  me->name = g_strdup ("Hannah Reid");
  me->role = g_strdup ("specialist-teacher");
  me->me = WAY_YES;
  store_save (db, me);
  return me;
}

WaySetting *
store_add_setting (WayDb *db, const char *name)
{
  WaySetting *setting = way_record_new (WAY_SETTING);

  setting->name = g_strdup (name);
  setting->phase = g_strdup ("primary");
  store_save (db, setting);
  return setting;
}

WayChild *
store_add_child (WayDb *db, const char *forename, const char *surname, const char *setting_id)
{
  WayChild *child = way_record_new (WAY_CHILD);
  g_autoptr (WayEnrolment) enrolment = NULL;

  child->forename = g_strdup (forename);
  child->surname = g_strdup (surname);
  child->dob = way_date_new (2018, 9, 14);
  store_save (db, child);
  if (setting_id == NULL)
    return child;
  enrolment = way_record_new (WAY_ENROLMENT);
  enrolment->child = g_strdup (child->record.id);
  enrolment->setting = g_strdup (setting_id);
  enrolment->from = way_date_new (2023, 9, 1);
  enrolment->main = WAY_YES;
  store_save (db, enrolment);
  return child;
}

WayTarget *
store_add_target (WayDb *db, const char *child_id, const char *statement)
{
  WayTarget *target = way_record_new (WAY_TARGET);

  target->child = g_strdup (child_id);
  target->statement = g_strdup (statement);
  target->measure = g_strdup ("count");
  target->direction = g_strdup ("up");
  target->state = g_strdup ("open");
  target->start = way_date_new (2025, 9, 8);
  target->due = way_date_new (2026, 7, 10);
  target->baseline = 2;
  target->criterion = 10;
  store_save (db, target);
  return target;
}

WayMeasurement *
store_add_measurement (WayDb *db, const char *target_id, const char *date, double value)
{
  WayMeasurement *measurement = way_record_new (WAY_MEASUREMENT);

  measurement->target = g_strdup (target_id);
  measurement->date = way_date_from_iso (date);
  measurement->value = value;
  store_save (db, measurement);
  return measurement;
}

/* A visit of @child_id with prose, a view, a person and an action; not stored. */
WayRecordSet *
store_make_visit (WayDb *db, const char *child_id, const char *date)
{
  g_autoptr (GError) error = NULL;
  WayRecordSet *records = way_db_start_visit (db, child_id, way_date_from_iso (date), &error);
  WayVisit *visit;
  WayVisitView *view;
  WayVisitPerson *person;
  WayAction *action;

  g_assert_no_error (error);
  visit = way_record_set_first (records, WAY_VISIT);
  visit->seen = g_strdup ("Settled quickly at the writing table.");
  visit->advice = g_strdup ("Keep the visual timetable; add a now-and-next board.");
  view = way_record_set_add (records, WAY_VISIT_VIEW);
  view->whose = g_strdup ("child");
  view->text = g_strdup ("I like the quiet corner.");
  view->verbatim = WAY_YES;
  person = way_record_set_add (records, WAY_VISIT_PERSON);
  person->name = g_strdup ("Mrs Patel");
  action = way_record_set_add (records, WAY_ACTION);
  action->child = g_strdup (child_id);
  action->what = g_strdup ("Make a now-and-next board");
  action->who = g_strdup ("Mrs Patel");
  action->due = visit->date + 14;
  return records;
}
