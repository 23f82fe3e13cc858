/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An id tells records of one type apart: a school and a child may have the same one, and what is
 * named by an id of another type is not there. */
#include "import-fixture.h"

#include "way-casework.h"
#include "way-people.h"

#define ID "11111111-1111-4111-8111-111111111111"
#define OTHER "22222222-2222-4222-8222-222222222222"

static WayImportReport *
take_folder (WayDb *db, gboolean dry_run, const char *target, const char *measured)
{
  Import import = import_begin (db, (WayImportOptions){.dry_run = dry_run});
  WaySetting *setting = way_record_new (WAY_SETTING);
  WayPractitioner *practitioner = way_record_new (WAY_PRACTITIONER);

  setting->record.id = g_strdup (ID);
  setting->name = g_strdup ("Swale Park Primary School");
  setting->phase = g_strdup ("primary");
  practitioner->record.id = g_strdup (ID);
  practitioner->name = g_strdup ("Sana Iqbal");
  practitioner->role = g_strdup ("specialist-teacher");
  import_take (&import, setting, "settings.csv", 2);
  import_take (&import, practitioner, "practitioners.csv", 2);
  import_take (&import, import_make_child (ID, "Amara", "Okafor", NULL), "children.csv", 2);
  import_take (&import, import_make_case (ID, ID, "2025-09-01", NULL), "cases.csv", 2);
  import_take (&import, import_make_target (target, ID), "targets.csv", 2);
  import_take (
      &import, import_make_measurement (measured, "2025-11-03", 2.0), "measurements.csv", 2);
  return import_end (&import);
}

static void
test_same_ids (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (int dry_run = 1; dry_run >= 0; dry_run--) {
    g_autoptr (WayImportReport) report = take_folder (fixture->db, dry_run, ID, ID);

    g_assert_cmpuint (report->n_errors, ==, 0);
    g_assert_cmpuint (report->n_added_total, ==, 6);
    g_assert_cmpuint (report->n_conflicts, ==, 0);
  }
  for (int dry_run = 1; dry_run >= 0; dry_run--) {
    g_autoptr (WayImportReport) again = take_folder (fixture->db, dry_run, ID, ID);

    g_assert_cmpuint (again->n_errors, ==, 0);
    g_assert_cmpuint (again->n_added_total, ==, 0);
    g_assert_cmpuint (again->n_conflicts, ==, 0);
  }
}

/* What is measured is a target, and the id is the child's. */
static void
test_other_type (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (int dry_run = 1; dry_run >= 0; dry_run--) {
    g_autoptr (WayImportReport) report = take_folder (fixture->db, dry_run, OTHER, ID);
    const WayImportNote *note = import_first_note (report, WAY_IMPORT_ERROR);

    g_assert_cmpuint (report->n_errors, ==, 1);
    g_assert_cmpstr (note->source, ==, "measurements.csv");
    g_assert_cmpstr (note->field, ==, "target");
    g_assert_nonnull (strstr (note->message, "neither in the files nor in the store"));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, StoreFixture, NULL, store_set_up, func, store_tear_down)
  ADD ("/import-ids/same-ids", test_same_ids);
  ADD ("/import-ids/other-type", test_other_type);
  return g_test_run ();
}
