/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import must leave as the store has it. */
#include "import-fixture.h"

#include "way-db-private.h"
#include "way-text.h"

#include <string.h>

#define OLD_TARGET "77777777-7777-4777-8777-777777777777"
#define MOVED "88888888-8888-4888-8888-888888888888"

static WayAction *
only_action (WayDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) actions = way_db_list (db, WAY_ACTION, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (actions->len, ==, 1);
  return way_record_copy (g_ptr_array_index (actions, 0));
}

/* What became of an action is told in the store where it happened; a newer version of the visit
 * from elsewhere does not take it away. */
static void
test_outcome_of_action (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Other other = import_make_other ();
  g_autoptr (WayImportReport) added =
      import_from_other (fixture->db, &other, 0, (WayImportOptions){0});
  g_autoptr (WayAction) here = only_action (fixture->db), there = only_action (other.there.db);
  g_autoptr (WayAction) kept = NULL, taken = NULL;
  g_autoptr (WayImportReport) preview = NULL, newer = NULL, newest = NULL;
  const WayImportNote *note;

  here->done = way_date_new (2025, 12, 1);
  here->effect = g_strdup ("done");
  here->note = g_strdup ("On the wall.");
  store_save (fixture->db, here);
  there->note = g_strdup ("Not seen yet.");
  store_save (other.there.db, there);
  import_amend_other (&other, "Corrected.");
  preview = import_from_other (fixture->db, &other, 0, (WayImportOptions){.dry_run = TRUE});
  newer = import_from_other (fixture->db, &other, 0, (WayImportOptions){0});
  g_assert_cmpuint (newer->n_errors, ==, 0);
  g_assert_cmpuint (newer->n_conflicts, ==, 1);
  g_assert_cmpuint (preview->n_conflicts, ==, 1);
  g_assert_cmpuint (preview->notes->len, ==, newer->notes->len);
  note = import_first_note (newer, WAY_IMPORT_CONFLICT);
  g_assert_cmpstr (note->field, ==, "note");
  g_assert_cmpstr (note->old_value, ==, "On the wall.");
  g_assert_cmpstr (note->new_value, ==, "Not seen yet.");
  kept = only_action (fixture->db);
  g_assert_cmpuint (kept->done, ==, way_date_new (2025, 12, 1));
  g_assert_cmpstr (kept->effect, ==, "done");
  g_assert_cmpstr (kept->note, ==, "On the wall.");

  import_amend_other (&other, "Corrected again.");
  newest = import_from_other (fixture->db, &other, 0, (WayImportOptions){.take_new = TRUE});
  g_assert_cmpuint (newest->n_conflicts, ==, 1);
  taken = only_action (fixture->db);
  g_assert_cmpstr (taken->note, ==, "Not seen yet.");
  g_assert_cmpstr (taken->effect, ==, "done");
  import_clear_other (&other);
}

/* An amendment that somebody is writing is not thrown away for a newer version from elsewhere. */
static void
test_draft (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  Other other = import_make_other ();
  g_autoptr (WayImportReport) added =
      import_from_other (fixture->db, &other, 0, (WayImportOptions){0});
  g_autoptr (WayRecordSet) draft = way_db_load_visit (fixture->db, other.visit_id, &error);
  g_autoptr (WayRecordSet) rows = NULL, still = NULL;
  const WayVisit *stored;

  g_assert_no_error (error);
  way_set_string (&((WayVisit *) way_record_set_first (draft, WAY_VISIT))->advice, "Half a");
  way_db_save_draft (fixture->db, draft, &error);
  g_assert_no_error (error);
  import_amend_other (&other, "Corrected.");
  for (int dry_run = 1; dry_run >= 0; dry_run--) {
    g_autoptr (WayImportReport) report =
        import_from_other (fixture->db, &other, 0, (WayImportOptions){.dry_run = dry_run});

    g_assert_cmpuint (report->n_errors, ==, 0);
    g_assert_cmpuint (report->n_changed, ==, 0);
    g_assert_cmpuint (report->n_conflicts, ==, 1);
    g_assert_nonnull (import_first_note (report, WAY_IMPORT_CONFLICT)->message);
  }
  still = way_db_load_visit (fixture->db, other.visit_id, &error);
  g_assert_cmpstr (((WayVisit *) way_record_set_first (still, WAY_VISIT))->advice, ==, "Half a");
  rows = way_db_load_visit_rows (fixture->db, other.visit_id, &error);
  stored = way_record_set_first (rows, WAY_VISIT);
  g_assert_cmpfloat (stored->version, ==, 1);
  g_assert_cmpstr (stored->advice, !=, "Corrected.");
  import_clear_other (&other);
}

static void
take_rows (Import *import, const WayVisit *visit, const char *child)
{
  WayRecord *row = way_record_copy (visit);
  WayAction *action = way_record_new (WAY_ACTION);
  WayVisitView *view = way_record_new (WAY_VISIT_VIEW);

  way_set_string (&((WayVisit *) row)->advice, "Sit near the door");
  action->child = g_strdup (child);
  action->visit = g_strdup (visit->record.id);
  action->what = g_strdup ("Move the seat");
  view->visit = g_strdup (visit->record.id);
  view->whose = g_strdup ("child");
  view->text = g_strdup ("I like it.");
  import_take (import, row, "visits.csv", 2);
  import_take (import, action, "actions.csv", 2);
  import_take (import, view, "visit_views.csv", 2);
}

/* What is being written takes the place of the rows, so that nothing is added to them under it. */
static void
test_draft_and_rows (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPractitioner) me = store_add_me (fixture->db);
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayRecordSet) records = store_make_visit (fixture->db, child->record.id, "2025-11-17");
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);

  g_clear_pointer (&visit->advice, g_free);
  way_db_store_visit (fixture->db, records, &error);
  g_assert_no_error (error);
  way_db_save_draft (fixture->db, records, &error);
  g_assert_no_error (error);
  for (int round = 0; round < 4; round++) {
    Import import = import_begin (
        fixture->db, (WayImportOptions){.dry_run = round % 2 == 0, .take_new = round >= 2});
    g_autoptr (WayImportReport) report = NULL;

    take_rows (&import, visit, child->record.id);
    report = import_end (&import);
    g_assert_cmpuint (report->n_errors, ==, 0);
    g_assert_cmpuint (report->n_added_total, ==, 0);
    g_assert_cmpuint (report->n_changed, ==, 0);
    g_assert_cmpuint (report->n_conflicts, ==, 3);
    g_assert_nonnull (strstr (import_first_note (report, WAY_IMPORT_CONFLICT)->message,
                              "sign or discard that first, then import again"));
  }
  way_db_discard_draft (fixture->db, visit->record.id, &error);
  g_assert_no_error (error);
  {
    Import import = import_begin (fixture->db, (WayImportOptions){0});
    g_autoptr (WayImportReport) report = NULL;

    take_rows (&import, visit, child->record.id);
    report = import_end (&import);
    g_assert_cmpuint (report->n_added_total, ==, 2);
    g_assert_cmpuint (report->n_changed, ==, 1);
  }
}

/* Two pupils of the same name and day of birth: the first fills the UPN of the child that has
 * none; the second is then another child. */
static void
test_two_of_a_name (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) known = import_make_child (NULL, "Amara", "Okafor", NULL), stored = NULL;

  store_save (fixture->db, known);
  for (int round = 0; round < 3; round++) {
    Import import = import_begin (fixture->db, (WayImportOptions){.dry_run = round == 0});
    g_autoptr (WayImportReport) report = NULL;

    import_take (
        &import, import_make_child ("p1", "Amara", "Okafor", "F886200123001"), "pupils.xml", 3);
    import_take (
        &import, import_make_child ("p2", "Amara", "Okafor", "P886540222105"), "pupils.xml", 9);
    report = import_end (&import);
    g_assert_cmpuint (report->n_added_total, ==, round < 2 ? 1 : 0);
    g_assert_cmpuint (report->n_changed, ==, round < 2 ? 1 : 0);
    g_assert_cmpuint (report->n_conflicts, ==, 0);
    g_assert_cmpuint (
        import_count_notes (report, WAY_IMPORT_POSSIBLE_MATCH), ==, round < 2 ? 1 : 0);
    g_assert_cmpuint (import_count_rows (fixture->db, WAY_CHILD), ==, round == 0 ? 1 : 2);
  }
  stored = way_db_get (fixture->db, WAY_CHILD, known->record.id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (stored->upn, ==, "F886200123001");
}

/* Two rows of a file with one name and day of birth and no UPN may be two children: both come, and
 * it is said. In the store they are found again by their ids. */
static void
test_same_name_in_file (StoreFixture *fixture, gconstpointer data)
{
  const char *upn = data; /* of the first */

  for (int round = 0; round < 3; round++) {
    Import import = import_begin (fixture->db, (WayImportOptions){.dry_run = round == 0});
    g_autoptr (WayImportReport) report = NULL;
    const WayImportNote *note;

    import_take (&import, import_make_child ("c1", "Amara", "Okafor", upn), "children.csv", 2);
    import_take (&import, import_make_child ("c2", "Amara", "OKAFOR", NULL), "children.csv", 3);
    report = import_end (&import);
    g_assert_cmpuint (report->n_errors + report->n_conflicts, ==, 0);
    g_assert_cmpuint (report->n_added_total, ==, round < 2 ? 2 : 0);
    g_assert_cmpuint (import_count_rows (fixture->db, WAY_CHILD), ==, round == 0 ? 0 : 2);
    if (round == 2)
      continue;
    note = import_first_note (report, WAY_IMPORT_POSSIBLE_MATCH);
    g_assert_cmpuint (note->line, ==, 3);
    g_assert_cmpstr (note->id, ==, "c1");
    g_assert_nonnull (strstr (note->message, "more than once"));
  }
}

/* The same where the first row is a child that the store has: the second is not that one too. */
static void
test_same_name_as_known (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayChild) known = import_make_child (NULL, "Amara", "Okafor", NULL);

  store_save (fixture->db, known);
  for (int round = 0; round < 3; round++) {
    Import import = import_begin (fixture->db, (WayImportOptions){.dry_run = round == 0});
    g_autoptr (WayImportReport) report = NULL;

    import_take (&import, import_make_child ("c1", "Amara", "Okafor", NULL), "children.csv", 2);
    import_take (&import, import_make_child ("c2", "Amara", "Okafor", NULL), "children.csv", 3);
    report = import_end (&import);
    g_assert_cmpuint (report->n_added_total, ==, round < 2 ? 1 : 0);
    g_assert_cmpuint (
        import_count_notes (report, WAY_IMPORT_POSSIBLE_MATCH), ==, round < 2 ? 1 : 0);
    g_assert_cmpuint (import_count_rows (fixture->db, WAY_CHILD), ==, round == 0 ? 1 : 2);
  }
}

static WayContact *
make_contact (const char *telephone, const char *email)
{
  WayContact *contact = way_record_new (WAY_CONTACT);

  contact->child = g_strdup ("c1");
  contact->name = g_strdup ("Ada Okafor");
  contact->relationship = g_strdup ("parent");
  contact->telephone = g_strdup (telephone);
  contact->email = g_strdup (email);
  return contact;
}

/* A row that somebody put under a new target, with its id: a difference, and no end of the import.
 */
static void
test_moved_row (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (int round = 0; round < 5; round++) {
    Import import = import_begin (
        fixture->db,
        (WayImportOptions){.dry_run = round == 1 || round == 3, .take_new = round >= 3});
    g_autoptr (WayImportReport) report = NULL;
    WayMeasurement *row =
        import_make_measurement (round == 0 ? OLD_TARGET : "new", "2025-11-03", 2.0);

    row->record.id = g_strdup (MOVED);
    import_take (&import, import_make_child ("c1", "Amara", "Okafor", NULL), "children.csv", 2);
    import_take (&import, import_make_target (OLD_TARGET, "c1"), "targets.csv", 2);
    if (round > 0) {
      WayTarget *target = import_make_target ("new", "c1");

      way_set_string (&target->statement, "Reads twenty words");
      import_take (&import, target, "targets.csv", 3);
    }
    import_take (&import, row, "measurements.csv", 2);
    report = import_end (&import);
    g_assert_cmpuint (report->n_errors, ==, 0);
    g_assert_cmpuint (report->n_conflicts, ==, round == 0 ? 0 : 1);
    g_assert_cmpuint (report->n_changed, ==, round >= 3 ? 1 : 0);
    if (round > 0)
      g_assert_nonnull (strstr (import_first_note (report, WAY_IMPORT_CONFLICT)->new_value,
                                "Reads twenty words"));
  }
}

/* At a school that is not known: it is known by its id alone. */
static WayAttendance *
make_attendance (double attended)
{
  WayAttendance *row = way_record_new (WAY_ATTENDANCE);

  row->record.id = g_strdup ("a1");
  row->child = g_strdup ("c1");
  row->year = g_strdup ("2025-26");
  row->possible = 190;
  row->attended = attended;
  return row;
}

/* One person on several rows: a preview says of the later ones what an import does with them. */
static void
test_same_key_in_file (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (int dry_run = 1; dry_run >= 0; dry_run--) {
    Import import = import_begin (fixture->db, (WayImportOptions){.dry_run = dry_run});
    g_autoptr (WayImportReport) report = NULL;
    const WayImportNote *note;

    import_take (&import, import_make_child ("c1", "Amara", "Okafor", NULL), "children.csv", 2);
    import_take (&import, make_contact ("01234 567890", NULL), "contacts.csv", 2);
    import_take (&import, make_contact ("01234 567890", "ada@example.org"), "contacts.csv", 3);
    import_take (&import, make_contact ("01234 111111", NULL), "contacts.csv", 4);
    import_take (&import, make_attendance (90), "attendance.csv", 2);
    import_take (&import, make_attendance (95), "attendance.csv", 3);
    report = import_end (&import);
    g_assert_cmpuint (report->n_errors, ==, 0);
    g_assert_cmpuint (report->n_added_total, ==, 3);
    g_assert_cmpuint (report->n_changed, ==, 1);
    g_assert_cmpuint (report->n_conflicts, ==, 2);
    note = import_first_note (report, WAY_IMPORT_CONFLICT);
    g_assert_cmpstr (note->old_value, ==, "01234 567890");
    g_assert_cmpstr (note->new_value, ==, "01234 111111");
  }
}

static WayImportReport *
take_alone (WayDb *db, gpointer record, WayImportOptions options)
{
  Import import = import_begin (db, options);

  import_take (&import, record, "rows.csv", 2);
  return import_end (&import);
}

/* A child that was found by its name has another id in the file: what a later file says of that id
 * is the child's, also once its name was put right here, and in a preview. */
static void
test_other_id (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) known = import_make_child (NULL, "Amara", "Okafor", NULL);
  g_autoptr (WayImportReport) first = NULL, again = NULL, lost = NULL;
  g_autoptr (GPtrArray) targets = NULL;
  WayChild *other;
  char *id;

  store_save (fixture->db, known);
  first = take_alone (
      fixture->db, import_make_child ("there", "Amara", "Okafor", NULL), (WayImportOptions){0});
  g_assert_cmpuint (first->n_same, ==, 1);
  way_set_string (&known->surname, "Okafor-Smith");
  store_save (fixture->db, known);
  for (int dry_run = 1; dry_run >= 0; dry_run--) {
    WayImportOptions options = {.dry_run = dry_run};
    g_autoptr (WayImportReport) child =
        take_alone (fixture->db, import_make_child ("there", "Amara", "Okafor", NULL), options);
    g_autoptr (WayImportReport) target =
        take_alone (fixture->db, import_make_target ("t1", "there"), options);

    g_assert_cmpuint (child->n_added_total, ==, 0);
    g_assert_cmpuint (child->n_conflicts, ==, 1); /* the surname */
    g_assert_cmpuint (target->n_errors, ==, 0);
    g_assert_cmpuint (target->n_added_total, ==, 1);
  }
  targets = way_db_list (fixture->db, WAY_TARGET, "child", known->record.id, &error);
  g_assert_cmpuint (targets->len, ==, 1);

  /* Somebody else's child of the same id is another child. */
  other = import_make_child ("there", "Ben", "Shaw", NULL);
  other->dob++;
  again = take_alone (fixture->db, other, (WayImportOptions){0});
  g_assert_cmpuint (again->n_added_total, ==, 1);

  g_assert_true (way_db_delete (fixture->db, g_ptr_array_index (targets, 0), &error));
  g_assert_true (way_db_delete (fixture->db, known, &error));
  g_assert_no_error (error);
  g_assert_true (way_db_known_as_get (fixture->db, WAY_CHILD, "there", &id, &error));
  g_assert_null (id);
}

/* The same for a school that no row of the later file describes. */
static void
test_other_places (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WaySetting) known = store_add_setting (fixture->db, "Oakfield Primary");
  g_autoptr (WayImportReport) first = NULL, later = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  WaySetting *setting = way_record_new (WAY_SETTING);
  WayEnrolment *enrolment = way_record_new (WAY_ENROLMENT);
  Import import;

  setting->record.id = g_strdup ("s1");
  setting->name = g_strdup ("Oakfield Primary");
  setting->phase = g_strdup (known->phase);
  first = take_alone (fixture->db, setting, (WayImportOptions){0});
  g_assert_cmpuint (first->n_added_total, ==, 0);
  enrolment->child = g_strdup ("c1");
  enrolment->setting = g_strdup ("s1");
  enrolment->from = way_date_new (2024, 9, 1);
  import = import_begin (fixture->db, (WayImportOptions){0});
  import_take (&import, import_make_child ("c1", "Amara", "Okafor", NULL), "children.csv", 2);
  import_take (&import, enrolment, "enrolments.csv", 2);
  later = import_end (&import);
  g_assert_cmpuint (later->n_errors, ==, 0);
  rows = way_db_list (fixture->db, WAY_ENROLMENT, "setting", known->record.id, &error);
  g_assert_cmpuint (rows->len, ==, 1);
}

/* A file that changes a case, or what a status says, keeps the rules that a new one must keep. */
static void
test_case_rules_of_changes (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const struct {
    const char *id, *opened, *closed, *field;
  } CASES[] = {
      {"k1", "2024-09-01", "2025-05-01", "opened"}, /* into the next case */
      {"k1", "2024-09-01", "2024-11-01", "closed"}, /* before a status of it */
      {"k1", "2025-01-10", "2025-03-31", "opened"}, /* after it */
      {"k1", "2024-10-01", "2025-03-31", NULL},
  };
  Import import = import_begin (fixture->db, (WayImportOptions){0});
  WayCaseStatus *status = way_record_new (WAY_CASE_STATUS);
  g_autoptr (WayImportReport) first = NULL;

  status->case_id = g_strdup ("k1");
  status->from = way_date_new (2024, 12, 1);
  status->status = g_strdup ("on-hold");
  import_take (&import, import_make_child ("c1", "Amara", "Okafor", NULL), "children.csv", 2);
  import_take (&import, import_make_case ("k1", "c1", "2024-09-01", "2025-03-31"), "cases.csv", 2);
  import_take (&import, import_make_case ("k2", "c1", "2025-04-01", NULL), "cases.csv", 3);
  import_take (&import, status, "case_status.csv", 2);
  first = import_end (&import);
  g_assert_cmpuint (first->n_errors, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    for (int dry_run = 1; dry_run >= 0; dry_run--) {
      g_autoptr (WayImportReport) report = NULL;

      import = import_begin (fixture->db, (WayImportOptions){.dry_run = dry_run, .take_new = TRUE});
      import_take (&import,
                   import_make_case (CASES[i].id, "c1", CASES[i].opened, CASES[i].closed),
                   "cases.csv",
                   7);
      report = import_end (&import);
      g_assert_cmpuint (report->n_errors, ==, CASES[i].field != NULL);
      g_assert_cmpuint (report->n_changed, ==, CASES[i].field == NULL);
      if (CASES[i].field == NULL)
        continue;
      g_assert_cmpstr (import_first_note (report, WAY_IMPORT_ERROR)->field, ==, CASES[i].field);
      g_assert_cmpuint (import_first_note (report, WAY_IMPORT_ERROR)->line, ==, 7);
    }
  }
}

/* A preview sees a case as an earlier row of the file will have closed it. */
static void
test_case_closed_in_file (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Import import = import_begin (fixture->db, (WayImportOptions){0});
  g_autoptr (WayImportReport) first = NULL;

  import_take (&import, import_make_child ("c1", "Amara", "Okafor", NULL), "children.csv", 2);
  import_take (&import, import_make_case ("k1", "c1", "2024-09-01", NULL), "cases.csv", 2);
  first = import_end (&import);
  for (int dry_run = 1; dry_run >= 0; dry_run--) {
    g_autoptr (WayImportReport) report = NULL;

    import = import_begin (fixture->db, (WayImportOptions){.dry_run = dry_run});
    import_take (
        &import, import_make_case ("k1", "c1", "2024-09-01", "2025-03-31"), "cases.csv", 2);
    import_take (&import, import_make_case ("k2", "c1", "2025-04-01", NULL), "cases.csv", 3);
    report = import_end (&import);
    g_assert_cmpuint (report->n_errors, ==, 0);
    g_assert_cmpuint (report->n_added_total, ==, 1);
  }
}

/* A row without a UPN that could be either of two children is neither, unasked. */
static void
test_either_of_two (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayChild) first = import_make_child (NULL, "Amara", "Okafor", "F886200123001");
  g_autoptr (WayChild) second = import_make_child (NULL, "Amara", "Okafor", "P886540222105");

  store_save (fixture->db, first);
  store_save (fixture->db, second);
  for (int round = 0; round < 3; round++) {
    Import import = import_begin (fixture->db, (WayImportOptions){.dry_run = round == 0});
    WayChild *child = import_make_child ("p1", "Amara", "Okafor", NULL);
    g_autoptr (WayImportReport) report = NULL;

    child->sex = g_strdup ("F");
    import_take (&import, child, "pupils.xml", 3);
    report = import_end (&import);
    g_assert_cmpuint (report->n_changed, ==, 0);
    g_assert_cmpuint (report->n_added_total, ==, round < 2 ? 1 : 0);
    g_assert_cmpuint (
        import_count_notes (report, WAY_IMPORT_POSSIBLE_MATCH), ==, round < 2 ? 2 : 0);
    g_assert_cmpuint (import_count_rows (fixture->db, WAY_CHILD), ==, round == 0 ? 2 : 3);
  }
}

static void
derive_id (gpointer record, const char *id)
{
  WAY_RECORD (record)->id = way_uuid_for_name ("row", id);
  WAY_RECORD (record)->derived_id = TRUE;
}

/* Rows to which a reader gave ids, of what was typed here by hand: the same measurement twice and
 * once more than the store has it, a person and a view. */
static void
test_derived_ids (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPractitioner) me = store_add_me (fixture->db);
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayTarget) target = store_add_target (fixture->db, child->record.id, "Reads 20 words");
  g_autoptr (WayRecordSet) visit = store_make_visit (fixture->db, child->record.id, "2025-11-17");
  const char *visit_id;

  for (int i = 0; i < 2; i++) {
    g_autoptr (WayMeasurement) typed =
        store_add_measurement (fixture->db, target->record.id, "2025-10-01", 5);
  }
  way_db_store_visit (fixture->db, visit, &error);
  g_assert_no_error (error);
  visit_id = WAY_RECORD (way_record_set_first (visit, WAY_VISIT))->id;
  for (int round = 0; round < 3; round++) {
    Import import = import_begin (fixture->db, (WayImportOptions){.dry_run = round == 0});
    WayVisitPerson *person = way_record_new (WAY_VISIT_PERSON);
    WayVisitView *view = way_record_new (WAY_VISIT_VIEW);
    g_autoptr (WayImportReport) report = NULL;

    for (guint i = 1; i <= 3; i++) {
      WayMeasurement *row = import_make_measurement (target->record.id, "2025-10-01", 5);
      g_autofree char *name = g_strdup_printf ("measurement %u", i);

      derive_id (row, name);
      row->position = i;
      import_take (&import, row, "measurements.csv", i + 1);
    }
    derive_id (person, "person");
    person->visit = g_strdup (visit_id);
    person->name = g_strdup ("Mrs Patel");
    import_take (&import, person, "visits.csv", 2);
    derive_id (view, "view");
    view->visit = g_strdup (visit_id);
    view->whose = g_strdup ("child");
    view->text = g_strdup ("I like the quiet corner.");
    view->position = 7;
    import_take (&import, view, "visits.csv", 2);
    report = import_end (&import);
    g_assert_cmpuint (report->n_errors + report->n_conflicts + report->n_changed, ==, 0);
    g_assert_cmpuint (report->n_added_total, ==, round < 2 ? 1 : 0);
    g_assert_cmpuint (report->n_same, ==, round < 2 ? 4 : 5);
    g_assert_cmpuint (import_count_rows (fixture->db, WAY_MEASUREMENT), ==, round == 0 ? 2 : 3);
  }
}

/* A row that is not taken adds no code to a list. */
static void
test_codes_of_bad_rows (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  Import import = import_begin (fixture->db, (WayImportOptions){.skip_bad_rows = TRUE});
  g_autoptr (WayImportReport) report = NULL;
  g_autoptr (WayCodeLists) lists = NULL;
  g_autoptr (WayRecordSet) unit = way_record_set_new ();
  WayCase *good = import_make_case ("k1", "c1", "2024-09-01", "2024-12-01");
  WayCase *bad = import_make_case ("k2", "c1", "2024-10-01", NULL); /* overlaps */
  WayCase *whole = way_record_set_take (unit, import_make_case ("k3", "c1", "2025-01-10", NULL));
  WayChild *future = way_record_set_take (unit, import_make_child ("c2", "Ben", "Shaw", NULL));

  way_set_string (&good->route, "drop-in");
  way_set_string (&bad->route, "by-post");
  way_set_string (&whole->route, "by-radio"); /* good itself, but the unit is not */
  way_set_string (&whole->child, "nobody");
  way_set_string (&future->nc_year, "99");
  import_take (&import, import_make_child ("c1", "Amara", "Okafor", NULL), "children.csv", 2);
  import_take (&import, good, "cases.csv", 2);
  import_take (&import, bad, "cases.csv", 3);
  import_take_set (&import, unit);
  report = import_end (&import);
  g_assert_cmpuint (report->n_errors, ==, 2);
  g_assert_cmpuint (import_count_notes (report, WAY_IMPORT_NOTICE), ==, 1);
  lists = way_db_get_code_lists (fixture->db, &error);
  g_assert_no_error (error);
  g_assert_nonnull (way_code_lists_find (lists, "case-route", "drop-in"));
  g_assert_null (way_code_lists_find (lists, "case-route", "by-post"));
  g_assert_null (way_code_lists_find (lists, "nc-year", "99"));
  g_assert_null (way_code_lists_find (lists, "case-route", "by-radio"));
}

/* A visit that came unsigned from a table, and then its signed record: that takes its place only
 * where it is asked for, and is what was signed. */
static void
test_signed_over_unsigned (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayPractitioner) me = store_add_me (fixture->db);
  Import import = import_begin (fixture->db, (WayImportOptions){0});
  Other other = import_make_other ();
  WayVisit *visit = way_record_new (WAY_VISIT);
  g_autoptr (WayImportReport) row = NULL, kept = NULL, taken = NULL, again = NULL;
  g_autofree char *there = way_db_get_fingerprint (other.there.db, other.visit_id, NULL);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  visit->record.id = g_strdup (other.visit_id);
  visit->practitioner = g_strdup (me->record.id);
  visit->date = way_date_new (2025, 11, 17);
  visit->kind = g_strdup ("observation");
  visit->signed_at = g_strdup ("2025-11-17T17:05:09Z");
  import_take (&import, visit, "visits.csv", 2);
  row = import_end (&import);
  g_assert_cmpuint (row->n_errors, ==, 0);
  kept = import_from_other (fixture->db, &other, 0, (WayImportOptions){0});
  g_assert_cmpuint (kept->n_conflicts, ==, 1);
  before = way_db_get_fingerprint (fixture->db, other.visit_id, NULL);
  g_assert_null (before);
  taken = import_from_other (fixture->db, &other, 0, (WayImportOptions){.take_new = TRUE});
  g_assert_cmpuint (taken->n_errors, ==, 0);
  after = way_db_get_fingerprint (fixture->db, other.visit_id, NULL);
  g_assert_cmpstr (after, ==, there);
  again = import_from_other (fixture->db, &other, 0, (WayImportOptions){0});
  g_assert_cmpuint (again->n_changed + again->n_added_total + again->n_conflicts, ==, 0);
  problems = way_db_verify (fixture->db, NULL);
  g_assert_cmpuint (problems->len, ==, 0);
  import_clear_other (&other);
}

/* What is not taken can be read, to be taken over by hand. */
static void
assert_tells_apart (WayImportReport *report, const char *field, const char *old, const char *new)
{
  guint n_found = 0;

  for (guint i = 0; i < report->notes->len; i++) {
    const WayImportNote *note = g_ptr_array_index (report->notes, i);

    if (g_strcmp0 (note->field, "fingerprint") == 0 || note->kind != WAY_IMPORT_CONFLICT)
      continue;
    g_assert_cmpstr (note->field, ==, field);
    g_assert_cmpstr (note->old_value, ==, old);
    g_assert_cmpstr (note->new_value, ==, new);
    n_found++;
  }
  g_assert_cmpuint (n_found, ==, 1);
}

/* One version, signed apart in two stores: told, and a further one brings them together. */
static void
test_diverged (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPractitioner) me = store_add_me (fixture->db);
  Other other = import_make_other ();
  g_autoptr (WayImportReport) first = NULL, apart = NULL, still = NULL, together = NULL;
  g_autoptr (WayRecordSet) records = NULL;
  g_autoptr (WayDossier) ours = NULL, last = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  g_assert_nonnull (me);
  first = import_from_other (fixture->db, &other, 0, (WayImportOptions){0});
  g_assert_cmpuint (first->n_errors, ==, 0);
  records = way_db_load_visit (fixture->db, other.visit_id, &error);
  way_set_string (&((WayVisit *) way_record_set_first (records, WAY_VISIT))->advice, "Ours");
  way_db_amend_visit (fixture->db, records, "Here", NULL, &error);
  g_assert_no_error (error);
  import_amend_other (&other, "Theirs");
  apart = import_from_other (fixture->db, &other, 0, (WayImportOptions){.take_new = TRUE});
  g_assert_cmpuint (apart->n_changed, ==, 0);
  g_assert_nonnull (strstr (import_first_note (apart, WAY_IMPORT_CONFLICT)->message,
                            "changed in two places: version 2"));
  assert_tells_apart (apart, "advice", "Ours", "Theirs");
  import_amend_other (&other, "Both");
  /* A later number is no reason to give way. */
  still = import_from_other (fixture->db, &other, 0, (WayImportOptions){0});
  g_assert_cmpuint (still->n_changed, ==, 0);
  together = import_from_other (fixture->db, &other, 0, (WayImportOptions){.take_new = TRUE});
  g_assert_cmpuint (together->n_changed, >=, 1);
  ours = way_db_gather_visit (fixture->db, other.visit_id, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (
      ((WayVisit *) way_record_set_first (ours->records, WAY_VISIT))->advice, ==, "Ours");
  last = way_db_gather_visit (fixture->db, other.visit_id, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (
      ((WayVisit *) way_record_set_first (last->records, WAY_VISIT))->advice, ==, "Both");
  problems = way_db_verify (fixture->db, &error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);
  import_clear_other (&other);
}

/* A table need not say at which visit an action was agreed: if the store knows that it was a
 * signed one, the row changes nothing of what was signed, and the rest of the table comes in. */
static void
test_signed_action_alone (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayPractitioner) me = store_add_me (fixture->db);
  Other other = import_make_other ();
  g_autoptr (WayImportReport) first =
      import_from_other (fixture->db, &other, 0, (WayImportOptions){0});
  g_autoptr (GPtrArray) actions = way_db_list (fixture->db, WAY_ACTION, NULL, NULL, NULL);
  const WayAction *agreed = NULL;

  g_assert_cmpuint (first->n_errors, ==, 0);
  for (guint i = 0; i < actions->len; i++) {
    if (((const WayAction *) g_ptr_array_index (actions, i))->visit != NULL)
      agreed = g_ptr_array_index (actions, i);
  }
  g_assert_nonnull (agreed);
  for (int round = 0; round < 2; round++) {
    Import import =
        import_begin (fixture->db, (WayImportOptions){.dry_run = round == 0, .take_new = TRUE});
    WayAction *row = way_record_new (WAY_ACTION);
    g_autoptr (WayImportReport) report = NULL;

    row->record.id = g_strdup (agreed->record.id);
    row->child = g_strdup (agreed->child);
    row->what = g_strdup (agreed->what);
    row->who = g_strdup ("Somebody else");
    import_take (&import, row, "actions.csv", 2);
    report = import_end (&import);
    g_assert_cmpuint (report->n_errors, ==, 0);
    g_assert_cmpuint (report->n_changed, ==, 0);
    g_assert_cmpuint (report->n_conflicts, ==, 1);
    g_assert_cmpstr (import_first_note (report, WAY_IMPORT_CONFLICT)->message,
                     ==,
                     "It is signed, so it stays as it is");
    /* By its day alone nobody knows which it is. */
    g_assert_nonnull (
        strstr (import_first_note (report, WAY_IMPORT_CONFLICT)->title, agreed->what));
  }
  import_clear_other (&other);
}

int
main (int argc, char **argv)
{
#define ADD(name, func)                                                                            \
  g_test_add ("/store/import-kept/" name, StoreFixture, NULL, store_set_up, func, store_tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("outcome-of-action", test_outcome_of_action);
  ADD ("draft", test_draft);
  ADD ("draft-and-rows", test_draft_and_rows);
  ADD ("signed-action-alone", test_signed_action_alone);
  ADD ("diverged", test_diverged);
  ADD ("signed-over-unsigned", test_signed_over_unsigned);
  ADD ("two-of-a-name", test_two_of_a_name);
  ADD ("same-name-in-file", test_same_name_in_file);
  g_test_add ("/store/import-kept/same-name-in-file/upn",
              StoreFixture,
              "F886200123001",
              store_set_up,
              test_same_name_in_file,
              store_tear_down);
  ADD ("moved-row", test_moved_row);
  ADD ("same-key-in-file", test_same_key_in_file);
  ADD ("same-name-as-known", test_same_name_as_known);
  ADD ("other-id", test_other_id);
  ADD ("other-places", test_other_places);
  ADD ("case-rules-of-changes", test_case_rules_of_changes);
  ADD ("case-closed-in-file", test_case_closed_in_file);
  ADD ("either-of-two", test_either_of_two);
  ADD ("derived-ids", test_derived_ids);
  ADD ("codes-of-bad-rows", test_codes_of_bad_rows);
#undef ADD
  return g_test_run ();
}
