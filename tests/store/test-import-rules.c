/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import changes keeps the rules as it will be stored, and its preview says the same. */
#include "import-fixture.h"

#include "way-db-private.h"

#include <math.h>
#include <string.h>

#define CHILD "11111111-1111-4111-8111-111111111111"
#define TARGET "22222222-2222-4222-8222-222222222222"
#define MEASURED "33333333-3333-4333-8333-333333333333"
#define MISSED "44444444-4444-4444-8444-444444444444"
#define CASE "66666666-6666-4666-8666-666666666666"
#define ENROLMENT "55555555-5555-4555-8555-555555555555"

/* Takes what is to come in. */
typedef void (*Fill) (Import *import);

static WayMeasurement *
make_measurement (const char *id, double value, const char *not_measured)
{
  WayMeasurement *row = import_make_measurement (TARGET, "2025-11-03", value);

  row->record.id = g_strdup (id);
  row->not_measured = g_strdup (not_measured);
  return row;
}

static void
put_child (Import *import)
{
  WayTarget *target = import_make_target (TARGET, CHILD);

  target->scale_max = 20;
  import_take (import, import_make_child (CHILD, "Amara", "Okafor", NULL), "children.csv", 2);
  import_take (import, target, "targets.csv", 2);
  import_take (import, make_measurement (MEASURED, 12, NULL), "measurements.csv", 2);
  import_take (import, make_measurement (MISSED, NAN, "absent"), "measurements.csv", 3);
}

static WayImportReport *
run (WayDb *db, Fill fill, WayImportOptions options)
{
  Import import = import_begin (db, options);

  fill (&import);
  return import_end (&import);
}

static char *
say (WayImportReport *report)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < report->notes->len; i++) {
    g_autofree char *line = way_import_note_format (g_ptr_array_index (report->notes, i));

    g_string_append_printf (all, "%s\n", line);
  }
  g_string_append_printf (all,
                          "%u added, %u changed, %u same, %u differ, %u wrong",
                          report->n_added_total,
                          report->n_changed,
                          report->n_same,
                          report->n_conflicts,
                          report->n_errors);
  return g_string_free (g_steal_pointer (&all), FALSE);
}

/* The preview, then the import; they say the same, which is returned. */
static WayImportReport *
run_both (WayDb *db, Fill fill, WayImportOptions options)
{
  g_autoptr (WayImportReport) preview = NULL;
  WayImportReport *report;
  g_autofree char *before = NULL, *after = NULL;

  options.dry_run = TRUE;
  preview = run (db, fill, options);
  options.dry_run = FALSE;
  report = run (db, fill, options);
  before = say (preview);
  after = say (report);
  g_assert_cmpstr (before, ==, after);
  return report;
}

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WayImportReport) report = NULL;

  store_set_up (fixture, data);
  report = run (fixture->db, put_child, (WayImportOptions){0});
  g_assert_cmpuint (report->n_errors, ==, 0);
}

static void
assert_measured (WayDb *db, const char *id, double value, const char *not_measured)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayRecord) row = NULL;

  way_db_row_get (db, WAY_MEASUREMENT, id, &row, &error);
  g_assert_no_error (error);
  g_assert_true (((WayMeasurement *) row)->value == value ||
                 (isnan (value) && isnan (((WayMeasurement *) row)->value)));
  g_assert_cmpstr (((WayMeasurement *) row)->not_measured, ==, not_measured);
}

static void
put_corrections (Import *import)
{
  import_take (import, make_measurement (MEASURED, NAN, "ill"), "measurements.csv", 2);
  import_take (import, make_measurement (MISSED, 7, NULL), "measurements.csv", 3);
}

/* A value that was none after all, and one that was found: each is one difference, with both
 * sides to be seen, and never both in one record. */
static void
test_other_of_two (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayImportReport) kept = run_both (fixture->db, put_corrections, (WayImportOptions){0});
  g_autoptr (WayImportReport) taken = NULL, again = NULL;
  const WayImportNote *note;

  g_assert_cmpuint (kept->n_errors, ==, 0);
  g_assert_cmpuint (kept->n_conflicts, ==, 2);
  note = import_first_note (kept, WAY_IMPORT_CONFLICT);
  g_assert_cmpstr (note->old_value, ==, "12");
  g_assert_cmpstr (note->new_value, ==, "ill");
  assert_measured (fixture->db, MEASURED, 12, NULL);
  assert_measured (fixture->db, MISSED, NAN, "absent");
  taken = run_both (fixture->db, put_corrections, (WayImportOptions){.take_new = TRUE});
  g_assert_cmpuint (taken->n_errors, ==, 0);
  g_assert_cmpuint (taken->n_conflicts, ==, 2);
  assert_measured (fixture->db, MEASURED, NAN, "ill");
  assert_measured (fixture->db, MISSED, 7, NULL);
  again = run_both (fixture->db, put_corrections, (WayImportOptions){0});
  g_assert_cmpuint (again->n_same, ==, 2);
}

static void
put_enrolment (Import *import, const char *from, const char *to)
{
  WaySetting *setting = way_record_new (WAY_SETTING);
  WayEnrolment *row = way_record_new (WAY_ENROLMENT);

  setting->record.id = g_strdup ("66666666-6666-4666-8666-666666666666");
  setting->name = g_strdup ("Oakfield");
  setting->phase = g_strdup ("primary");
  row->record.id = g_strdup (ENROLMENT);
  row->child = g_strdup (CHILD);
  row->setting = g_strdup (setting->record.id);
  row->from = way_date_from_iso (from);
  row->to = way_date_from_iso (to);
  import_take (import, setting, "settings.csv", 2);
  import_take (import, row, "enrolments.csv", 2);
}

static void
put_first_school (Import *import)
{
  put_enrolment (import, "2024-09-01", "2025-07-31");
}

static void
put_later_school (Import *import)
{
  put_enrolment (import, "2025-09-01", NULL);
}

static void
put_wrong_school (Import *import)
{
  put_enrolment (import, "2025-09-01", "2025-08-01");
}

/* What would not suit what the store has is shown beside it; it is wrong only where it would be
 * stored, or can't be in any case. */
static void
test_beside_the_stored (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayImportReport) first =
      run_both (fixture->db, put_first_school, (WayImportOptions){0});
  g_autoptr (WayImportReport) kept =
      run_both (fixture->db, put_later_school, (WayImportOptions){0});
  g_autoptr (WayImportReport) taken =
      run_both (fixture->db, put_later_school, (WayImportOptions){.take_new = TRUE});
  g_autoptr (WayImportReport) wrong =
      run_both (fixture->db, put_wrong_school, (WayImportOptions){0});

  g_assert_cmpuint (first->n_errors, ==, 0);
  g_assert_cmpuint (kept->n_errors, ==, 0);
  g_assert_cmpuint (kept->n_conflicts, ==, 1);
  g_assert_cmpuint (taken->n_errors, ==, 1);
  g_assert_cmpuint (wrong->n_errors, ==, 1);
}

static void
put_scale (Import *import, double highest)
{
  WayTarget *target = import_make_target (TARGET, CHILD);

  target->scale_max = highest;
  import_take (import, target, "targets.csv", 2);
}

static void
put_narrower (Import *import)
{
  put_scale (import, 10);
}

static void
put_wider (Import *import)
{
  WayMeasurement *row = make_measurement ("77777777-7777-4777-8777-777777777777", 30, NULL);

  put_scale (import, 40);
  import_take (import, row, "measurements.csv", 2);
}

static void
put_wider_than_measured (Import *import)
{
  WayMeasurement *row = make_measurement ("77777777-7777-4777-8777-777777777777", 50, NULL);

  put_scale (import, 40);
  row->date = way_date_from_iso ("2025-11-04");
  import_take (import, row, "measurements.csv", 2);
}

/* A scale is not moved away from under what was measured; what comes with a new one is on it. */
static void
test_new_scale (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  WayImportOptions take = {.take_new = TRUE}, kept = {0};
  g_autoptr (WayImportReport) narrower = run_both (fixture->db, put_narrower, take);
  g_autoptr (WayImportReport) shown = run_both (fixture->db, put_narrower, kept);
  g_autoptr (WayImportReport) old_scale = run_both (fixture->db, put_wider, kept);
  g_autoptr (WayImportReport) wider = run_both (fixture->db, put_wider, take);
  g_autoptr (WayImportReport) too_much = run_both (fixture->db, put_wider_than_measured, take);
  const WayImportNote *note = import_first_note (narrower, WAY_IMPORT_ERROR);

  g_assert_cmpstr (note->field, ==, "scale_max");
  g_assert_nonnull (strstr (note->message, "does not suit what was measured on 3 Nov 2025"));
  g_assert_cmpuint (shown->n_errors, ==, 0);
  g_assert_cmpuint (shown->n_conflicts, ==, 1);
  g_assert_cmpuint (old_scale->n_errors, ==, 1);
  g_assert_cmpuint (wider->n_errors, ==, 0);
  g_assert_cmpuint (wider->n_added_total, ==, 1);
  g_assert_cmpuint (too_much->n_errors, ==, 1);
}

static void
put_refused_scale (Import *import)
{
  g_autoptr (WayRecordSet) unit = way_record_set_new ();
  WayTarget *target = import_make_target (TARGET, CHILD);

  target->scale_max = 40;
  way_record_set_take (unit, target);
  way_record_set_take (unit, make_measurement (NULL, 50, NULL));
  import_take_set (import, unit);
  import_take (import,
               make_measurement ("77777777-7777-4777-8777-777777777777", 30, NULL),
               "measurements.csv",
               2);
}

/* A unit that is left out leaves no scale behind. */
static void
test_refused_scale (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayImportReport) report = run_both (
      fixture->db, put_refused_scale, (WayImportOptions){.take_new = TRUE, .skip_bad_rows = TRUE});

  g_assert_cmpuint (report->n_errors, ==, 2);
  g_assert_cmpuint (report->n_added_total, ==, 0);
}

static void
put_born (Import *import)
{
  WayChild *child = import_make_child (CHILD, "Amara", "Okafor", NULL);
  WayMeasurement *row = make_measurement ("77777777-7777-4777-8777-777777777777", 5, NULL);

  child->dob = way_date_from_iso ("2018-09-24");
  row->date = way_date_from_iso ("2018-09-20");
  import_take (import, child, "children.csv", 2);
  import_take (import, row, "measurements.csv", 2);
}

static void
put_moved (Import *import)
{
  WayMeasurement *row = make_measurement (MEASURED, 12, NULL);

  row->date = way_date_from_iso ("2018-09-10");
  import_take (import, row, "measurements.csv", 2);
}

/* A date of birth that the file corrects counts for what follows; so does the stored one for a day
 * that the file corrects. */
static void
test_born (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  WayImportOptions take = {.take_new = TRUE}, kept = {0};
  g_autoptr (WayImportReport) moved = run_both (fixture->db, put_moved, take);
  g_autoptr (WayImportReport) shown = run_both (fixture->db, put_moved, kept);
  g_autoptr (WayImportReport) born = run_both (fixture->db, put_born, take);
  g_autoptr (WayImportReport) old_day = run_both (fixture->db, put_born, kept);

  g_assert_cmpuint (moved->n_errors, ==, 1);
  g_assert_cmpstr (import_first_note (moved, WAY_IMPORT_ERROR)->field, ==, "date");
  g_assert_cmpuint (shown->n_errors, ==, 0);
  g_assert_cmpuint (born->n_errors, ==, 1);
  g_assert_cmpuint (old_day->n_errors, ==, 0);
  assert_measured (fixture->db, "77777777-7777-4777-8777-777777777777", 5, NULL);
}

static void
put_twice (Import *import)
{
  put_wider_than_measured (import);
  put_scale (import, 40);
}

/* A record that comes twice is changed once, in the preview too. */
static void
test_twice (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayImportReport) report = run_both (
      fixture->db, put_twice, (WayImportOptions){.take_new = TRUE, .skip_bad_rows = TRUE});

  g_assert_cmpuint (report->n_changed, ==, 1);
  g_assert_cmpuint (report->n_same, ==, 1);
}

static void
put_reviews (Import *import)
{
  for (guint i = 0; i < 3; i++) {
    WayReview *review = way_record_new (WAY_REVIEW);

    review->record.id = g_strdup_printf ("88888888-8888-4888-8888-88888888888%u", i);
    review->child = g_strdup (CHILD);
    review->date = way_date_from_iso (i < 2 ? "2025-11-10" : "2999-11-10");
    review->kind = g_strdup (i < 2 ? "termly" : NULL);
    review->signed_at = g_strdup (i != 1 ? "2025-11-10T15:00:00Z" : NULL);
    review->signed_by = g_strdup (i != 1 ? "Jo Mercer" : NULL);
    if (i == 2)
      way_set_string (&review->child, "99999999-9999-4999-8999-999999999999");
    import_take (import, review, "reviews.csv", i + 2);
  }
}

static void
put_wrong_visit (Import *import)
{
  g_autoptr (WayRecordSet) unit = way_record_set_new ();
  WayVisit *visit = way_record_set_add (unit, WAY_VISIT);
  WayVisitChild *child = way_record_set_add (unit, WAY_VISIT_CHILD);

  visit->record.id = g_strdup ("99999999-1111-4999-8999-999999999999");
  visit->date = way_date_from_iso ("2025-11-10");
  visit->kind = g_strdup ("observation");
  visit->signed_at = g_strdup ("2025-11-10T15:00:00Z");
  child->visit = g_strdup (visit->record.id);
  child->child = g_strdup ("99999999-2222-4999-8999-999999999999");
  import_take_set (import, unit);
  put_reviews (import);
}

/* A table's signed review is no more signed than its visits; one that was signed here stays so. Of
 * what is left out, nothing is said. */
static void
test_signed_reviews (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPractitioner) me = store_add_me (fixture->db);
  g_autoptr (WayImportReport) first =
      run_both (fixture->db, put_wrong_visit, (WayImportOptions){.skip_bad_rows = TRUE});
  g_autoptr (WayImportReport) again = NULL;
  g_autoptr (WayReview) review = NULL, later = NULL;
  const char *id = "88888888-8888-4888-8888-888888888880";

  g_assert_cmpuint (first->n_errors, ==, 2);
  g_assert_cmpuint (import_count_notes (first, WAY_IMPORT_NOTICE), ==, 1);
  g_assert_nonnull (strstr (import_first_note (first, WAY_IMPORT_NOTICE)->message,
                            "1 signed review is not signed here"));
  review = way_db_get (fixture->db, WAY_REVIEW, id, &error);
  g_assert_no_error (error);
  g_assert_null (review->signed_at);
  g_assert_null (review->signed_by);
  way_db_sign_review (fixture->db, id, "2025-11-12T15:00:00Z", &error);
  g_assert_no_error (error);
  again = run_both (fixture->db, put_reviews, (WayImportOptions){.skip_bad_rows = TRUE});
  later = way_db_get (fixture->db, WAY_REVIEW, id, &error);
  g_assert_cmpuint (import_count_notes (again, WAY_IMPORT_NOTICE), ==, 0);
  g_assert_cmpstr (later->signed_at, ==, "2025-11-12T15:00:00Z");
}

static void
put_case (Import *import)
{
  import_take (import, import_make_case (CASE, CHILD, "2025-09-01", NULL), "cases.csv", 2);
}

/* The first case would be closed, but for what stands beside that. */
static void
put_refused_case (Import *import)
{
  g_autoptr (WayRecordSet) unit = way_record_set_new ();
  WayCase *closed = import_make_case (CASE, CHILD, "2025-09-01", "2026-01-10");

  closed->closed_reason = g_strdup ("moved");
  way_record_set_take (unit, closed);
  way_record_set_take (unit, make_measurement (NULL, 50, NULL));
  import_take_set (import, unit);
  import_take (import, import_make_case (NULL, CHILD, "2026-02-02", NULL), "cases.csv", 3);
}

/* A unit that is left out closes no case. */
static void
test_refused_case (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayImportReport) first = run (fixture->db, put_case, (WayImportOptions){0});
  g_autoptr (WayImportReport) report = run_both (
      fixture->db, put_refused_case, (WayImportOptions){.take_new = TRUE, .skip_bad_rows = TRUE});

  g_assert_cmpuint (first->n_added_total, ==, 1);
  g_assert_cmpuint (report->n_errors, ==, 2);
  g_assert_cmpuint (report->n_added_total, ==, 0);
}

static void
put_school (Import *import, const char *id, const char *district, const char *urn)
{
  WaySetting *setting = way_record_new (WAY_SETTING);

  setting->record.id = g_strdup (id);
  setting->name = g_strdup ("St Mary’s");
  setting->phase = g_strdup ("primary");
  setting->district = g_strdup (district);
  setting->urn = g_strdup (urn);
  import_take (import, setting, "settings.csv", 2);
}

static void
put_namesakes (Import *import)
{
  put_school (import, "a0000000-0000-4000-8000-000000000001", "North", NULL);
  put_school (import, "a0000000-0000-4000-8000-000000000002", "South", "100002");
}

static void
put_namesakes_again (Import *import)
{
  put_school (import, NULL, "North", NULL);
  put_school (import, NULL, "South", NULL);
}

static void
put_third (Import *import)
{
  put_school (import, NULL, "West", NULL);
}

/* Two schools of one name: each is found by its district, whichever came last. */
static void
test_namesakes (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayImportReport) first = run_both (fixture->db, put_namesakes, (WayImportOptions){0});
  g_autoptr (WayImportReport) again =
      run_both (fixture->db, put_namesakes_again, (WayImportOptions){0});
  g_autoptr (WayImportReport) third = run_both (fixture->db, put_third, (WayImportOptions){0});

  g_assert_cmpuint (first->n_added_total, ==, 2);
  g_assert_cmpuint (again->n_same, ==, 2);
  g_assert_cmpuint (again->n_added_total + again->n_conflicts + again->n_changed, ==, 0);
  g_assert_cmpuint (third->n_added_total, ==, 1);
}

/* A code that the store does not take, for it keeps its own, does not come into the list. */
static void
test_code_of_kept (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  for (guint round = 0; round < 4; round++) {
    Import import = import_begin (
        fixture->db, (WayImportOptions){.dry_run = round == 1, .take_new = round == 3});
    WayCase *opened = import_make_case ("case", "child", "2025-09-01", NULL);
    g_autoptr (WayImportReport) report = NULL;
    g_autoptr (WayCodeLists) lists = NULL;

    opened->route = g_strdup (round == 0 ? "direct" : "zebra-way");
    import_take (&import, import_make_child ("child", "Amara", "Okafor", NULL), "children.csv", 2);
    import_take (&import, opened, "cases.csv", 2);
    report = import_end (&import);
    g_assert_cmpuint (report->n_errors, ==, 0);
    g_assert_cmpuint (report->n_conflicts, ==, round == 0 ? 0 : 1);
    g_assert_cmpuint (import_count_notes (report, WAY_IMPORT_NOTICE), ==, round == 3 ? 1 : 0);
    lists = way_db_get_code_lists (fixture->db, &error);
    g_assert_no_error (error);
    g_assert_true ((way_code_lists_find (lists, "case-route", "zebra-way") != NULL) ==
                   (round == 3));
  }
}

int
main (int argc, char **argv)
{
#define ADD(name, func)                                                                            \
  g_test_add ("/store/import-rules/" name, StoreFixture, NULL, set_up, func, store_tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("other-of-two", test_other_of_two);
  ADD ("beside-the-stored", test_beside_the_stored);
  ADD ("new-scale", test_new_scale);
  ADD ("refused-scale", test_refused_scale);
  ADD ("refused-case", test_refused_case);
  ADD ("born", test_born);
  ADD ("twice", test_twice);
  ADD ("signed-reviews", test_signed_reviews);
  ADD ("namesakes", test_namesakes);
  ADD ("code-of-kept", test_code_of_kept);
#undef ADD
  return g_test_run ();
}
