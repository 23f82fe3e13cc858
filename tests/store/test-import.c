/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"
#include "way-db-private.h"
#include "way-error.h"
#include "way-text.h"

#include <math.h>
#include <string.h>

/* The table of matches: who a pupil of a file is. */
static void
test_matching (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const struct {
    const char *forename, *surname, *upn;
    int dob_shift;
    gboolean is_added;
    guint n_possible;
  } CASES[] = {
      {"Amara", "Okafor", "F886200123001", 0, FALSE, 0},     /* by UPN */
      {"Amara", "Written", "f886 2001 23001 ", 0, FALSE, 0}, /* the same UPN, written otherwise */
      {"Amara", "Renamed", "F886200123001", 0, FALSE, 0},    /* by UPN, though the name differs */
      {"Ámara", "OKAFOR", NULL, 0, FALSE, 0},                /* by name and day of birth, folded */
      {"Amara", "Okafor", "P886540222105", 0, TRUE, 1},      /* another UPN: shown, added apart */
      {"Amara", "Okafor", NULL, 1, TRUE, 0},                 /* another day of birth */
      {"Ben", "Shaw", NULL, 0, TRUE, 0},
      {"Old", "Number", "R674123101121", 0, FALSE, 0}, /* by former UPN */
  };
  g_autoptr (WayChild) known = import_make_child (NULL, "Amara", "Okafor", "F886200123001");

  known->former_upn = g_strdup ("R674123101121");
  store_save (fixture->db, known);
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    Import import = import_begin (fixture->db, (WayImportOptions){.dry_run = TRUE});
    WayChild *child = import_make_child (NULL, CASES[i].forename, CASES[i].surname, CASES[i].upn);
    g_autoptr (WayImportReport) report = NULL;

    child->dob += (WayDate) CASES[i].dob_shift;
    import_take (&import, child, "pupils.xml", 3);
    report = import_end (&import);
    g_test_message ("case %d", (int) i);
    g_assert_cmpuint (report->n_added_total, ==, CASES[i].is_added ? 1 : 0);
    g_assert_cmpuint (
        import_count_notes (report, WAY_IMPORT_POSSIBLE_MATCH), ==, CASES[i].n_possible);
  }
  g_assert_cmpuint (import_count_rows (fixture->db, WAY_CHILD), ==, 1);
}

/* A pupil with all that hangs on it, as a school's file gives it. */
static WayRecordSet *
make_pupil (const char *provision)
{
  WayRecordSet *unit = way_record_set_new ();
  WaySetting *setting = way_record_set_add (unit, WAY_SETTING);
  WayEnrolment *enrolment = way_record_set_add (unit, WAY_ENROLMENT);
  WaySenStatus *status = way_record_set_add (unit, WAY_SEN_STATUS);
  WayNeed *need = way_record_set_add (unit, WAY_NEED);
  WayChild *child = way_record_set_take (
      unit, import_make_child ("file-child", "Amara", "Okafor", "F886200123001"));

  setting->record.id = g_strdup ("file-setting");
  setting->name = g_strdup ("Oakfield Primary");
  setting->phase = g_strdup ("primary");
  setting->la = g_strdup ("886");
  setting->estab = g_strdup ("2001");
  enrolment->child = g_strdup (child->record.id);
  enrolment->setting = g_strdup (setting->record.id);
  enrolment->from = way_date_new (2023, 9, 1);
  enrolment->main = WAY_YES;
  status->child = g_strdup (child->record.id);
  status->provision = g_strdup (provision);
  status->from = way_date_new (2024, 1, 15);
  need->child = g_strdup (child->record.id);
  need->rank = 1;
  need->type = g_strdup ("SLCN");
  return unit;
}

static void
test_twice_changes_nothing (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (int round = 0; round < 4; round++) {
    g_autoptr (WayRecordSet) unit = make_pupil ("K");
    Import import = import_begin (fixture->db, (WayImportOptions){.dry_run = round == 0});
    g_autoptr (WayImportReport) report = NULL;

    import_take_set (&import, unit);
    report = import_end (&import);
    g_assert_cmpuint (report->n_errors, ==, 0);
    g_assert_cmpuint (report->n_added_total, ==, round < 2 ? 5 : 0);
    g_assert_cmpuint (report->n_same, ==, round < 2 ? 0 : 5);
    g_assert_cmpuint (report->n_changed, ==, 0);
    g_assert_cmpuint (import_count_rows (fixture->db, WAY_NEED), ==, round == 0 ? 0 : 1);
    g_assert_cmpuint (import_count_notes (report, WAY_IMPORT_ADD), ==, round < 2 ? 2 : 0);
  }
}

/* The school in a file's head comes with each of its pupils, and is told of once; also when the
 * first pupil cannot be taken. */
static void
test_school_differs_once (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (int round = 0; round < 3; round++) {
    Import import = import_begin (
        fixture->db, (WayImportOptions){.skip_bad_rows = TRUE, .take_new = round == 2});
    g_autoptr (WayImportReport) report = NULL;

    for (int pupil = 0; pupil < 3; pupil++) {
      g_autoptr (WayRecordSet) unit = make_pupil ("K");
      WaySetting *setting = g_ptr_array_index (way_record_set_list (unit, WAY_SETTING), 0);

      setting->record.source = g_intern_static_string ("school.xml");
      setting->record.line = 2;
      if (round > 0)
        way_set_string (&setting->name, "Oakfield Church Primary");
      if (round > 0 && pupil == 0)
        way_set_string (
            &((WayNeed *) g_ptr_array_index (way_record_set_list (unit, WAY_NEED), 0))->child,
            "nobody");
      import_take_set (&import, unit);
    }
    report = import_end (&import);
    g_assert_cmpuint (report->n_errors, ==, round == 0 ? 0 : 1);
    g_assert_cmpuint (report->n_conflicts, ==, round == 0 ? 0 : 1);
    g_assert_cmpuint (import_count_notes (report, WAY_IMPORT_CONFLICT), ==, round == 0 ? 0 : 1);
    g_assert_cmpuint (report->n_changed, ==, round == 2 ? 1 : 0);
  }
  {
    g_autoptr (GPtrArray) settings = way_db_list (fixture->db, WAY_SETTING, NULL, NULL, NULL);

    g_assert_cmpuint (settings->len, ==, 1);
    g_assert_cmpstr (((WaySetting *) settings->pdata[0])->name, ==, "Oakfield Church Primary");
  }
}

/* What was unknown is filled; what differs is shown with both values and kept, or taken if asked.
 */
static void
test_conflicts (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) known = import_make_child (NULL, "Amara", "Okafor", "F886200123001");

  way_set_string (&known->preferred, "Ami");
  way_set_string (&known->town, "Maidstone");
  store_save (fixture->db, known);
  for (int take_new = 0; take_new < 2; take_new++) {
    WayChild *child = import_make_child (NULL, "Amara", "Okafor", "F886200123001");
    Import import = import_begin (fixture->db, (WayImportOptions){.take_new = take_new});
    g_autoptr (WayImportReport) report = NULL;
    g_autoptr (WayChild) stored = NULL;
    const WayImportNote *note;

    way_set_string (&child->preferred, "Mara");
    way_set_string (&child->sex, "F");
    import_take (&import, child, "pupils.xml", 3);
    report = import_end (&import);
    note = import_first_note (report, WAY_IMPORT_CONFLICT);
    g_assert_cmpstr (note->field, ==, "preferred");
    g_assert_cmpstr (note->old_value, ==, "Ami");
    g_assert_cmpstr (note->new_value, ==, "Mara");
    g_assert_cmpuint (report->n_conflicts, ==, 1);
    g_assert_cmpuint (report->n_changed, ==, 1);
    stored = way_db_get (fixture->db, WAY_CHILD, known->record.id, &error);
    g_assert_cmpstr (stored->preferred, ==, take_new ? "Mara" : "Ami");
    g_assert_cmpstr (stored->sex, ==, "F");
    g_assert_cmpstr (stored->town, ==, "Maidstone"); /* the file does not say: never emptied */
  }
}

/* An enrolment that ended meanwhile is the same one, with its last day. */
static void
test_ends_are_filled (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayRecordSet) first = make_pupil ("K"), second = make_pupil ("K");
  Import import = import_begin (fixture->db, (WayImportOptions){0});
  g_autoptr (WayImportReport) report = NULL, again = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  import_take_set (&import, first);
  report = import_end (&import);
  ((WayEnrolment *) way_record_set_first (second, WAY_ENROLMENT))->to = way_date_new (2025, 7, 20);
  import = import_begin (fixture->db, (WayImportOptions){0});
  import_take_set (&import, second);
  again = import_end (&import);
  g_assert_cmpuint (again->n_changed, ==, 1);
  g_assert_cmpuint (again->n_added_total, ==, 0);
  rows = way_db_list (fixture->db, WAY_ENROLMENT, NULL, NULL, NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpuint (
      ((WayEnrolment *) g_ptr_array_index (rows, 0))->to, ==, way_date_new (2025, 7, 20));
}

/* Bad rows: nothing is stored; or, asked to leave them out, all but them and what hangs on them. */
static void
test_bad_rows (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (int skip = 0; skip < 2; skip++) {
    Import import = import_begin (fixture->db, (WayImportOptions){.skip_bad_rows = skip});
    g_autoptr (WayImportReport) report = NULL;
    WayChild *future = import_make_child ("c2", "Ben", "Shaw", NULL);
    const WayImportNote *note;

    future->dob = way_date_new (2030, 1, 1);
    import_take (&import, import_make_child ("c1", "Amara", "Okafor", NULL), "children.csv", 2);
    import_take (&import, future, "children.csv", 3);
    import_take (&import, import_make_target ("t1", "c1"), "targets.csv", 2);
    import_take (&import, import_make_target ("t2", "c2"), "targets.csv", 3);
    import_take (&import, import_make_target ("t3", "nobody"), "targets.csv", 4);
    import_take (&import, import_make_measurement ("t1", "2025-10-01", 3), "measurements.csv", 2);
    import_take (&import, import_make_measurement ("t2", "2025-10-01", 4), "measurements.csv", 3);
    import.sink->problem (
        import.sink, WAY_IMPORT_ERROR, "measurements.csv", 4, "date", "“2025-13-01” is no date");
    report = import_end (&import);
    g_assert_cmpuint (report->n_errors, ==, 5);
    note = import_first_note (report, WAY_IMPORT_ERROR);
    g_assert_cmpstr (note->source, ==, "children.csv");
    g_assert_cmpuint (note->line, ==, 3);
    g_assert_cmpstr (note->field, ==, "dob");
    g_assert_cmpuint (report->n_added_total, ==, 3);
    g_assert_cmpuint (import_count_rows (fixture->db, WAY_CHILD), ==, skip);
    g_assert_cmpuint (import_count_rows (fixture->db, WAY_TARGET), ==, skip);
    g_assert_cmpuint (import_count_rows (fixture->db, WAY_MEASUREMENT), ==, skip);
  }
}

static void
test_reading_failed (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  Import import = import_begin (fixture->db, (WayImportOptions){0});
  g_autoptr (WayImportReport) report = NULL;

  import_take (&import, import_make_child ("c1", "Amara", "Okafor", NULL), "children.csv", 2);
  report = way_db_import_end (import.sink, FALSE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (report);
  g_assert_cmpuint (import_count_rows (fixture->db, WAY_CHILD), ==, 0);
}

static WayCaseStatus *
make_status (const char *of_case, const char *from)
{
  WayCaseStatus *status = way_record_new (WAY_CASE_STATUS);

  status->case_id = g_strdup (of_case);
  status->from = way_date_from_iso (from);
  status->status = g_strdup ("on-hold");
  return status;
}

static void
test_case_rules (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (int dry_run = 1; dry_run >= 0; dry_run--) {
    Import import =
        import_begin (fixture->db, (WayImportOptions){.dry_run = dry_run, .skip_bad_rows = TRUE});
    g_autoptr (WayImportReport) report = NULL;

    import_take (&import, import_make_child ("c1", "Amara", "Okafor", NULL), "children.csv", 2);
    import_take (
        &import, import_make_case ("k1", "c1", "2024-09-01", "2025-03-31"), "cases.csv", 2);
    import_take (
        &import, import_make_case ("k2", "c1", "2025-03-31", NULL), "cases.csv", 3); /* overlaps */
    import_take (&import, import_make_case ("k3", "c1", "2025-04-01", NULL), "cases.csv", 4);
    import_take (&import,
                 import_make_case ("k4", "c1", "2025-06-01", NULL),
                 "cases.csv",
                 5); /* second open */
    import_take (
        &import, import_make_case ("k5", "c1", "2023-06-01", "2023-05-01"), "cases.csv", 6);
    import_take (&import, make_status ("k1", "2024-09-01"), "case_status.csv", 2); /* opening day */
    import_take (&import, make_status ("k1", "2025-03-31"), "case_status.csv", 3); /* closing day */
    import_take (&import, make_status ("k1", "2025-04-01"), "case_status.csv", 4); /* outside */
    import_take (&import, make_status ("k2", "2025-06-01"), "case_status.csv", 5); /* left out */
    report = import_end (&import);
    g_assert_cmpuint (report->n_errors, ==, 5);
    g_assert_cmpuint (report->n_added_total, ==, 5);
    g_assert_cmpuint (import_count_rows (fixture->db, WAY_CASE), ==, dry_run ? 0 : 2);
  }
}

static void
test_unknown_code (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  Import import = import_begin (fixture->db, (WayImportOptions){0});
  g_autoptr (WayImportReport) report = NULL;
  g_autoptr (WayCodeLists) lists = NULL;
  WayCase *value = import_make_case ("k1", "c1", "2024-09-01", NULL);

  way_set_string (&value->route, "drop-in");
  import_take (&import, import_make_child ("c1", "Amara", "Okafor", NULL), "children.csv", 2);
  import_take (&import, value, "cases.csv", 2);
  report = import_end (&import);
  g_assert_cmpuint (report->n_errors, ==, 0);
  g_assert_cmpuint (import_count_notes (report, WAY_IMPORT_NOTICE), ==, 1);
  lists = way_db_get_code_lists (fixture->db, &error);
  g_assert_cmpstr (way_code_lists_label (lists, "case-route", "drop-in"), ==, "drop in");
}

/* A code of dashes alone has no words: a list shows it as it is. */
static void
test_code_of_dashes (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  Import import = import_begin (fixture->db, (WayImportOptions){0});
  g_autoptr (WayImportReport) report = NULL;
  g_autoptr (WayCodeLists) lists = NULL;
  WayCase *value = import_make_case ("k1", "c1", "2024-09-01", NULL);

  way_set_string (&value->route, "-");
  import_take (&import, import_make_child ("c1", "Amara", "Okafor", NULL), "children.csv", 2);
  import_take (&import, value, "cases.csv", 2);
  report = import_end (&import);
  lists = way_db_get_code_lists (fixture->db, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (way_code_lists_label (lists, "case-route", "-"), ==, "-");
}

/* In a preview too: people read words, and that their list has them not. */
static void
test_unknown_code_differs (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayImportReport) first = NULL, report = NULL;
  const WayImportNote *note;

  for (int round = 0; round < 2; round++) {
    Import import = import_begin (fixture->db, (WayImportOptions){.dry_run = round == 1});
    WayCase *value = import_make_case ("k1", "c1", "2024-09-01", NULL);

    way_set_string (&value->team, round == 0 ? NULL : "Kent’s C&I team, Swale-West");
    way_set_string (&value->route, round == 0 ? "drop-in" : "walk-in-at-school");
    import_take (&import, import_make_child ("c1", "Amara", "Okafor", NULL), "children.csv", 2);
    import_take (&import, value, "cases.csv", 2);
    *(round == 0 ? &first : &report) = import_end (&import);
  }
  note = import_first_note (report, WAY_IMPORT_CONFLICT);
  g_assert_cmpstr (note->field, ==, "route");
  g_assert_cmpstr (note->old_value, ==, "drop in");
  g_assert_cmpstr (note->new_value, ==, "walk in at school (not in your list)");
  note = import_first_note (report, WAY_IMPORT_CHANGE);
  g_assert_cmpstr (note->field, ==, "team");
  g_assert_cmpstr (note->new_value, ==, "Kent’s C&I team, Swale-West (not in your list)");
}

/* A file names the school with each of its pupils. It is new once, and once there already. */
static void
test_school_of_each_pupil (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const pupils[] = {"Amara", "Jakub", "Wren"};

  for (int round = 0; round < 3; round++) {
    Import import = import_begin (fixture->db,
                                  (WayImportOptions){.dry_run = round == 0, .skip_bad_rows = TRUE});
    g_autoptr (WayImportReport) report = NULL;

    for (guint i = 0; i < G_N_ELEMENTS (pupils); i++) {
      g_autoptr (WayRecordSet) unit = way_record_set_new ();
      WaySetting *school = way_record_set_add (unit, WAY_SETTING);

      school->name = g_strdup ("Marshgate Primary School");
      school->phase = g_strdup ("primary");
      school->la = g_strdup ("886");
      school->estab = g_strdup ("2001");
      way_record_set_take (unit, import_make_child (NULL, pupils[i], "Okafor", NULL));
      import_take_set (&import, unit);
    }
    report = import_end (&import);
    g_assert_cmpuint (report->n_added_total, ==, round < 2 ? 4 : 0);
    g_assert_cmpuint (report->n_same, ==, round < 2 ? 0 : 4);
  }
}

/* Rows without ids: the same cells are the same row; several on a day are kept, in order. */
static void
test_measurements (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (int round = 0; round < 3; round++) {
    Import import = import_begin (fixture->db, (WayImportOptions){.dry_run = round == 0});
    g_autoptr (WayImportReport) report = NULL;
    g_autoptr (GPtrArray) rows = NULL;

    import_take (&import, import_make_child ("c1", "Amara", "Okafor", NULL), "children.csv", 2);
    import_take (&import, import_make_target ("t1", "c1"), "targets.csv", 2);
    import_take (&import, import_make_measurement ("t1", "2025-10-01", 5), "measurements.csv", 2);
    import_take (&import, import_make_measurement ("t1", "2025-10-01", 3), "measurements.csv", 3);
    import_take (&import, import_make_measurement ("t1", "2025-10-01", 5), "measurements.csv", 4);
    report = import_end (&import);
    g_assert_cmpuint (report->n_added_total, ==, round < 2 ? 4 : 0);
    g_assert_cmpuint (report->n_same, ==, round < 2 ? 1 : 5);
    rows = way_db_list (fixture->db, WAY_MEASUREMENT, NULL, NULL, NULL);
    if (round == 0)
      continue;
    g_assert_cmpuint (rows->len, ==, 2);
    g_assert_cmpfloat (((WayMeasurement *) g_ptr_array_index (rows, 0))->value, ==, 5);
    g_assert_cmpfloat (((WayMeasurement *) g_ptr_array_index (rows, 1))->position, ==, 2);
  }
}

static void
assert_nothing_new (WayDb *db)
{
  for (int dry_run = 1; dry_run >= 0; dry_run--) {
    Import import = import_begin (db, (WayImportOptions){.dry_run = dry_run});
    WayTarget *lost = import_make_target ("t3", "c1");
    g_autoptr (WayImportReport) report = NULL;
    g_autoptr (WayTarget) stored = NULL;

    lost->replaces = g_strdup ("nothing");
    import_take (&import, lost, "targets.csv", 2);
    report = import_end (&import);
    g_assert_cmpuint (report->n_changed, ==, 0);
    g_assert_cmpuint (report->n_same, ==, 1);
    stored = way_db_get (db, WAY_TARGET, "t3", NULL);
    g_assert_cmpint (stored->record.revision, ==, 2);
  }
}

/* A target that goes on was there, and what it replaces came later, in a file of its own. */
static void
test_replaces_filled (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayTarget) stored = NULL;
  g_autoptr (GError) error = NULL;

  for (int round = 0; round < 3; round++) {
    Import import = import_begin (fixture->db, (WayImportOptions){.dry_run = round == 1});
    WayTarget *second = import_make_target ("t2", "c1");
    g_autoptr (WayImportReport) report = NULL;

    second->replaces = g_strdup (round > 0 ? "t1" : NULL);
    import_take (&import, import_make_child ("c1", "Amara", "Okafor", NULL), "children.csv", 2);
    import_take (&import, second, "targets.csv", 2);
    if (round > 0)
      import_take (&import, import_make_target ("t1", "c1"), "targets.csv", 3);
    report = import_end (&import);
    g_assert_cmpuint (report->n_errors, ==, 0);
    g_assert_cmpuint (report->n_conflicts, ==, 0);
    g_assert_cmpuint (report->n_changed, ==, round > 0 ? 1 : 0);
    g_assert_cmpuint (import_count_notes (report, WAY_IMPORT_CHANGE), ==, round > 0 ? 1 : 0);
  }
  stored = way_db_get (fixture->db, WAY_TARGET, "t2", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (stored->replaces, ==, "t1");
}

static void
test_replaces_later_row (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Import import = import_begin (fixture->db, (WayImportOptions){0});
  WayTarget *second = import_make_target ("t2", "c1"), *lost = import_make_target ("t3", "c1");
  g_autoptr (WayImportReport) report = NULL, lost_report = NULL;
  g_autoptr (WayTarget) stored = NULL;
  g_autoptr (GError) error = NULL;

  second->replaces = g_strdup ("t1");
  import_take (&import, import_make_child ("c1", "Amara", "Okafor", NULL), "children.csv", 2);
  import_take (&import, second, "targets.csv", 2);
  import_take (&import, import_make_target ("t1", "c1"), "targets.csv", 3);
  report = import_end (&import);
  g_assert_cmpuint (report->n_errors, ==, 0);
  g_assert_cmpuint (import_count_rows (fixture->db, WAY_TARGET), ==, 2);

  lost->replaces = g_strdup ("nothing");
  import = import_begin (fixture->db, (WayImportOptions){0});
  import_take (&import, lost, "targets.csv", 2);
  lost_report = import_end (&import);
  g_assert_cmpuint (lost_report->n_errors, ==, 0); /* it is taken, without the reference */
  g_assert_cmpstr (import_first_note (lost_report, WAY_IMPORT_NOTICE)->field, ==, "replaces");
  g_assert_cmpuint (import_count_rows (fixture->db, WAY_TARGET), ==, 3);
  stored = way_db_get (fixture->db, WAY_TARGET, "t3", &error);
  g_assert_no_error (error);
  g_assert_null (stored->replaces);
  g_assert_cmpint (stored->record.revision, ==, 2); /* like any change */
  assert_nothing_new (fixture->db);
}

/* Visits that were signed elsewhere come in a table: unsigned, since nobody can see whether a cell
 * was changed, with actions from another table. */
static void
test_signed_rows (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPractitioner) me = store_add_me (fixture->db);

  for (int round = 0; round < 3; round++) {
    Import import = import_begin (fixture->db, (WayImportOptions){.dry_run = round == 0});
    g_autoptr (WayRecordSet) unit = way_record_set_new ();
    WayVisit *visit = way_record_set_add (unit, WAY_VISIT);
    WayVisitChild *child = way_record_set_add (unit, WAY_VISIT_CHILD);
    WayAction *action = way_record_new (WAY_ACTION);
    g_autoptr (WayImportReport) report = NULL;
    g_autoptr (WayDossier) dossier = NULL;
    g_autoptr (GPtrArray) problems = NULL;

    visit->record.id = g_strdup ("v1");
    visit->date = way_date_new (2025, 11, 17);
    visit->kind = g_strdup ("observation");
    visit->signed_at = g_strdup ("2025-11-17T17:05:09Z");
    visit->signed_by = g_strdup ("Jo Mercer");
    visit->version = 2;
    child->visit = g_strdup ("v1");
    child->child = g_strdup ("c1");
    action->visit = g_strdup ("v1");
    action->child = g_strdup ("c1");
    action->what = g_strdup ("Make a board");
    import_take (&import, import_make_child ("c1", "Amara", "Okafor", NULL), "children.csv", 2);
    import_take_set (&import, unit);
    import_take (&import, action, "actions.csv", 2);
    report = import_end (&import);
    g_assert_cmpuint (report->n_errors, ==, 0);
    g_assert_cmpuint (report->n_added_total, ==, round < 2 ? 4 : 0);
    g_assert_cmpuint (report->n_conflicts, ==, 0);
    g_assert_cmpuint (import_count_notes (report, WAY_IMPORT_NOTICE), ==, 1);
    g_assert_nonnull (
        strstr (import_first_note (report, WAY_IMPORT_NOTICE)->message, "1 signed visit is not"));
    if (round == 0)
      continue;
    dossier = way_db_gather_visit (fixture->db, "v1", 0, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (way_record_set_list (dossier->records, WAY_ACTION)->len, ==, 1);
    visit = way_record_set_first (dossier->records, WAY_VISIT);
    g_assert_null (visit->signed_at);
    g_assert_null (visit->signed_by);
    g_assert_true (isnan (visit->version));
    problems = way_db_verify (fixture->db, &error);
    g_assert_cmpuint (problems->len, ==, 0);
  }
}

static void
assert_said (WayImportReport *report, WayImportKind kind, const char *expected)
{
  g_autofree char *line = way_import_note_format (import_first_note (report, kind));

  g_assert_cmpstr (line, ==, expected);
}

/* What differs is said with whose it is, which of them, and where the file says so. */
static void
test_titles (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayRecordSet) first = make_pupil ("K"), second = make_pupil ("K");
  WaySenStatus *status = way_record_set_first (second, WAY_SEN_STATUS);
  WayMeasurement *old = import_make_measurement ("t1", "2025-10-01", 5);
  WayMeasurement *new = import_make_measurement ("t1", "2025-10-01", 6);
  WayTerm *term = way_record_new (WAY_TERM);
  Import import = import_begin (fixture->db, (WayImportOptions){0});
  g_autoptr (WayImportReport) report = NULL, changed = NULL, terms = NULL, values = NULL;

  ((WaySenStatus *) way_record_set_first (first, WAY_SEN_STATUS))->hnf = WAY_NO;
  old->record.id = g_strdup ("m1");
  import_take_set (&import, first);
  import_take (&import, import_make_target ("t1", "file-child"), "targets.csv", 2);
  import_take (&import, old, "measurements.csv", 2);
  report = import_end (&import);
  g_assert_cmpuint (report->n_errors, ==, 0);

  status->hnf = WAY_YES;
  status->record.source = g_intern_string ("pupils.xml");
  status->record.line = 31;
  import = import_begin (fixture->db, (WayImportOptions){0});
  import_take_set (&import, second);
  changed = import_end (&import);
  assert_said (
      changed,
      WAY_IMPORT_CONFLICT,
      "pupils.xml:31: Differs: Amara Okafor: SEN provision K from 15 Jan 2024: High needs funding: "
      "the store has “no”, the file has “yes”");

  new->record.id = g_strdup ("m1");
  import = import_begin (fixture->db, (WayImportOptions){0});
  import_take (&import, new, "measurements.csv", 9);
  values = import_end (&import);
  assert_said (values,
               WAY_IMPORT_CONFLICT,
               "measurements.csv:9: Differs: Amara Okafor: measurement on 1 Oct 2025: Value: the "
               "store has “5”, the file has “6”");

  term->year = g_strdup ("2023-24");
  term->term = 3;
  term->start = way_date_new (2024, 1, 3);
  term->end = way_date_new (2024, 2, 8);
  import = import_begin (fixture->db, (WayImportOptions){0});
  import_take (&import, term, "terms.csv", 4);
  terms = import_end (&import);
  g_assert_true (
      strstr (import_first_note (terms, WAY_IMPORT_CONFLICT)->title, "term 3 of 2023-24") != NULL);
}

/* From store to store: the same record, the same fingerprint; then its newer version; then the
 * older one again, which changes nothing. The child is known here under another id. */
static void
test_signed_record (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  Other other = import_make_other ();
  g_autoptr (WayChild) known = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayImportReport) preview = NULL, added = NULL, again = NULL, newer = NULL;
  g_autoptr (WayImportReport) older = NULL;
  g_autoptr (WayDossier) here = NULL, there = NULL, first = NULL, second = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (WayRecordSet) rows = NULL;
  g_autofree char *text_here = NULL, *text_there = NULL;

  preview = import_from_other (fixture->db, &other, 0, (WayImportOptions){.dry_run = TRUE});
  added = import_from_other (fixture->db, &other, 0, (WayImportOptions){0});
  g_assert_cmpuint (added->n_errors, ==, 0);
  g_assert_cmpuint (preview->n_added_total, ==, added->n_added_total);
  g_assert_cmpuint (preview->notes->len, ==, added->notes->len);
  g_assert_cmpuint (import_count_rows (fixture->db, WAY_CHILD), ==, 1);
  g_assert_cmpuint (import_count_rows (fixture->db, WAY_MEASUREMENT), ==, 2);
  here = way_db_gather_visit (fixture->db, other.visit_id, 0, &error);
  g_assert_no_error (error);
  there = way_db_gather_visit (other.there.db, other.visit_id, 0, &error);
  text_here = way_dossier_to_canonical (here);
  text_there = way_dossier_to_canonical (there);
  g_assert_cmpstr (text_here, ==, text_there);
  rows = way_db_load_visit (fixture->db, other.visit_id, &error);
  g_assert_cmpstr (((WayVisitChild *) way_record_set_first (rows, WAY_VISIT_CHILD))->child,
                   ==,
                   known->record.id);

  again = import_from_other (fixture->db, &other, 0, (WayImportOptions){0});
  g_assert_cmpuint (again->n_added_total + again->n_changed + again->n_conflicts, ==, 0);
  import_amend_other (&other, "Corrected.");
  newer = import_from_other (fixture->db, &other, 0, (WayImportOptions){0});
  g_assert_cmpuint (newer->n_errors + newer->n_conflicts, ==, 0);
  assert_said (newer,
               WAY_IMPORT_CHANGE,
               "Amara Okafor: visit on 17 Nov 2025, version 2. Version 2 replaces version 1, "
               "signed on 17 Nov 2025: “A slip”");
  g_assert_cmpuint (newer->n_newer, ==, 1);
  second = way_db_gather_visit (fixture->db, other.visit_id, 0, &error);
  g_assert_cmpstr (way_dossier_get_visit (second)->advice, ==, "Corrected.");
  first = way_db_gather_visit (fixture->db, other.visit_id, 1, &error);
  g_assert_cmpstr (first->fingerprint, ==, here->fingerprint);
  older = import_from_other (fixture->db, &other, 1, (WayImportOptions){0});
  g_assert_cmpuint (older->n_added_total + older->n_changed + older->n_conflicts, ==, 0);
  g_assert_cmpuint (import_count_notes (older, WAY_IMPORT_NOTICE), ==, 1);
  problems = way_db_verify (fixture->db, &error);
  g_assert_cmpuint (problems->len, ==, 0);
  import_clear_other (&other);
}

/* The same version with other content is shown, and never replaces what was signed. */
static void
test_other_content (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  Other other = import_make_other ();
  g_autoptr (WayImportReport) added =
      import_from_other (fixture->db, &other, 0, (WayImportOptions){0});
  g_autoptr (WayDossier) before = way_db_gather_visit (fixture->db, other.visit_id, 0, &error);
  g_autoptr (WayDossier) forged = way_db_gather_visit (other.there.db, other.visit_id, 0, &error);
  g_autoptr (WayDossier) after = NULL;
  g_autoptr (WayImportReport) report = NULL;
  Import import = import_begin (fixture->db, (WayImportOptions){.take_new = TRUE});

  way_set_string (&way_dossier_get_visit (forged)->advice, "Something else.");
  import_take_set (&import, forged->records);
  report = import_end (&import);
  g_assert_cmpuint (report->n_apart, ==, 1);
  g_assert_cmpstr (import_first_note (report, WAY_IMPORT_CONFLICT)->field, ==, "fingerprint");
  after = way_db_gather_visit (fixture->db, other.visit_id, 0, &error);
  g_assert_cmpstr (after->fingerprint, ==, before->fingerprint);
  import_clear_other (&other);
}

int
main (int argc, char **argv)
{
#define ADD(name, func)                                                                            \
  g_test_add ("/store/import/" name, StoreFixture, NULL, store_set_up, func, store_tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("matching", test_matching);
  ADD ("twice-changes-nothing", test_twice_changes_nothing);
  ADD ("conflicts", test_conflicts);
  ADD ("school-differs-once", test_school_differs_once);
  ADD ("ends-are-filled", test_ends_are_filled);
  ADD ("bad-rows", test_bad_rows);
  ADD ("reading-failed", test_reading_failed);
  ADD ("case-rules", test_case_rules);
  ADD ("unknown-code", test_unknown_code);
  ADD ("unknown-code-differs", test_unknown_code_differs);
  ADD ("code-of-dashes", test_code_of_dashes);
  ADD ("school-of-each-pupil", test_school_of_each_pupil);
  ADD ("measurements", test_measurements);
  ADD ("replaces-later-row", test_replaces_later_row);
  ADD ("replaces-filled", test_replaces_filled);
  ADD ("signed-rows", test_signed_rows);
  ADD ("titles", test_titles);
  ADD ("signed-record", test_signed_record);
  ADD ("other-content", test_other_content);
#undef ADD
  return g_test_run ();
}
