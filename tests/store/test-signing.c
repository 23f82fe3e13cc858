/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who signs, what may be signed, and what an amendment does to what follows from a visit. */
#include "import-fixture.h"
#include "way-db-private.h"
#include "way-error.h"

#include <math.h>
#include <string.h>

#define SENCO "Sam Enco"

static WayPractitioner *
add_person (WayDb *db, const char *name, gboolean is_me)
{
  WayPractitioner *person = way_record_new (WAY_PRACTITIONER);

  person->name = g_strdup (name);
  person->role = g_strdup ("senco");
  person->me = is_me ? WAY_YES : WAY_UNKNOWN;
  store_save (db, person);
  return person;
}

/* Another's record is amended in one's own name; its words stay the author's, whoever the draft
 * names. */
static void
test_amend_of_another (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Other other = import_make_other ();
  g_autoptr (WayPractitioner) me = add_person (fixture->db, SENCO, TRUE);
  g_autoptr (WayImportReport) added =
      import_from_other (fixture->db, &other, 0, (WayImportOptions){0});
  g_autoptr (WayRecordSet) change = way_db_load_visit (fixture->db, other.visit_id, &error);
  g_autoptr (WayDossier) preview = NULL, amended = NULL;
  WayVisit *visit = way_record_set_first (change, WAY_VISIT);
  const WayVisitVersion *version;

  g_assert_cmpuint (added->n_errors, ==, 0);
  way_set_string (&visit->practitioner, GPOINTER_TO_INT (data) ? me->record.id : NULL);
  preview = way_db_preview_visit (fixture->db, change, "A slip", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (way_dossier_get_author (preview)->name, ==, "Hannah Reid");
  way_set_string (&visit->practitioner, GPOINTER_TO_INT (data) ? me->record.id : NULL);
  g_assert_true (way_db_amend_visit (fixture->db, change, "A slip", NULL, &error));
  g_assert_no_error (error);
  amended = way_db_gather_visit (fixture->db, other.visit_id, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (way_dossier_get_visit (amended)->signed_by, ==, SENCO);
  g_assert_cmpstr (way_dossier_get_author (amended)->name, ==, "Hannah Reid");
  version = way_record_set_first (amended->records, WAY_VISIT_VERSION);
  g_assert_cmpstr (version->signed_by, ==, "Hannah Reid");
  import_clear_other (&other);
}

/* What was signed since the second amendment was begun is not in it: it would be gone from the
 * newest version. */
static void
test_amend_of_newest (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  Other other = import_make_other ();
  g_autoptr (WayPractitioner) me = add_person (fixture->db, SENCO, TRUE);
  g_autoptr (WayImportReport) added =
      import_from_other (fixture->db, &other, 0, (WayImportOptions){0});
  g_autoptr (WayRecordSet) one = way_db_load_visit (fixture->db, other.visit_id, &error);
  g_autoptr (WayRecordSet) two = way_db_load_visit (fixture->db, other.visit_id, &error);
  g_autoptr (WayVisit) stored = NULL;

  g_assert_no_error (error);
  way_set_string (&((WayVisit *) way_record_set_first (one, WAY_VISIT))->purpose, "To look");
  g_assert_true (way_db_amend_visit (fixture->db, one, "A slip", NULL, &error));
  g_assert_false (way_db_amend_visit (fixture->db, two, "Another slip", NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "version 2 of this visit is signed"));
  g_clear_error (&error);
  stored = way_db_get (fixture->db, WAY_VISIT, other.visit_id, &error);
  g_assert_cmpstr (stored->purpose, ==, "To look");
  g_assert_cmpfloat (stored->version, ==, 2);
  import_clear_other (&other);
}

/* A visit that somebody else wrote, or in a store that is nobody's yet. */
static void
test_signed_by_author (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPractitioner) author = add_person (fixture->db, "Sana Iqbal", FALSE);
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayRecordSet) records = store_make_visit (fixture->db, child->record.id, "2025-11-17");
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  g_autoptr (WayPractitioner) me = NULL;
  g_autoptr (WayDossier) dossier = NULL;

  way_set_string (&visit->practitioner, author->record.id);
  g_assert_true (way_db_save_draft (fixture->db, records, &error));
  g_assert_false (way_db_sign_visit (fixture->db, visit->record.id, NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "signed_by: The store does not know yet whose it is"));
  g_clear_error (&error);
  me = add_person (fixture->db, SENCO, TRUE);
  g_assert_false (way_db_sign_visit (fixture->db, visit->record.id, NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  g_assert_nonnull (
      strstr (error->message, "practitioner: This visit was written by Sana Iqbal, and only"));
  g_clear_error (&error);
  way_set_string (&visit->practitioner, me->record.id);
  g_assert_true (way_db_save_draft (fixture->db, records, &error));
  g_assert_true (way_db_sign_visit (fixture->db, visit->record.id, NULL, &error));
  g_assert_no_error (error);
  dossier = way_db_gather_visit (fixture->db, visit->record.id, 0, &error);
  g_assert_cmpstr (way_dossier_get_visit (dossier)->signed_by, ==, SENCO);
}

typedef enum { CHANGED, OTHER_ID, TAKEN_BACK } Amendment;

static double
value_of (gconstpointer measurement)
{
  return ((const WayMeasurement *) measurement)->value;
}

static gboolean
is_rating (gconstpointer measurement)
{
  return value_of (measurement) == 6;
}

/* What was measured at a signed visit is not changed behind its back. */
static void
test_ratings_stay (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  Other other = import_make_other ();
  g_autoptr (GPtrArray) points = NULL;

  points = way_db_list (other.there.db, WAY_MEASUREMENT, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (points->len, >, 1);
  for (guint i = 0; i < points->len; i++) {
    WayMeasurement *point = points->pdata[i];
    gboolean rating = is_rating (point);

    way_set_string (&point->note, "In a quiet room");
    g_assert_true (way_db_save (other.there.db, point, &error));
    point->value = 4;
    g_assert_cmpint (way_db_save (other.there.db, point, &error), ==, !rating);
    if (rating) {
      g_assert_error (error, WAY_ERROR, WAY_ERROR_LOCKED);
      g_assert_nonnull (strstr (error->message, "it was measured at the visit of "));
      g_clear_error (&error);
    }
    g_assert_cmpint (way_db_delete (other.there.db, point, &error), ==, !rating);
    if (rating)
      g_assert_error (error, WAY_ERROR, WAY_ERROR_LOCKED);
    g_clear_error (&error);
  }
  import_clear_other (&other);
}

/* Nor by a table that somebody changed. */
static void
test_ratings_stay_at_import (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  Other other = import_make_other ();
  Import import;
  g_autoptr (GPtrArray) points = way_db_list (other.there.db, WAY_MEASUREMENT, NULL, NULL, &error);
  g_autoptr (WayImportReport) report = NULL;
  guint n_ratings = 0;

  g_assert_no_error (error);
  import = import_begin (other.there.db, (WayImportOptions){.take_new = TRUE});
  for (guint i = 0; i < points->len; i++) {
    WayMeasurement *row = way_record_copy (points->pdata[i]);

    row->record.revision = 0;
    row->value = 4;
    way_set_string (&row->note, "In a quiet room");
    import_take (&import, row, "measurements.csv", 2 + i);
  }
  report = import_end (&import);
  for (guint i = 0; i < points->len; i++) {
    const WayMeasurement *old = points->pdata[i];
    g_autoptr (WayMeasurement) now =
        way_db_get (other.there.db, WAY_MEASUREMENT, old->record.id, &error);

    g_assert_no_error (error);
    g_assert_cmpfloat (now->value, ==, is_rating (old) ? 6 : 4);
    g_assert_cmpstr (now->note, ==, "In a quiet room");
    n_ratings += is_rating (old);
  }
  g_assert_cmpuint (n_ratings, ==, 1);
  g_assert_cmpstr (import_first_note (report, WAY_IMPORT_CONFLICT)->field, ==, "value");
  import_clear_other (&other);
}

/* A newer version that comes from elsewhere: what was measured at the visit follows it, as it does
 * where it was amended; what was typed here stays. */
static void
test_ratings_follow (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Other other = import_make_other ();
  g_autoptr (WayImportReport) added =
      import_from_other (fixture->db, &other, 0, (WayImportOptions){0});
  g_autoptr (WayRecordSet) change = way_db_load_visit (other.there.db, other.visit_id, &error);
  WayVisitTarget *rated = way_record_set_first (change, WAY_VISIT_TARGET);
  g_autoptr (WayMeasurement) typed =
      store_add_measurement (fixture->db, rated->target, "2025-11-17", 9);
  g_autoptr (WayImportReport) preview = NULL, newer = NULL;
  g_autoptr (GPtrArray) points = NULL, problems = NULL;
  Amendment amendment = GPOINTER_TO_INT (data);
  guint n = amendment == TAKEN_BACK ? 2 : 3;
  gboolean has_typed = FALSE, has_rating = FALSE;

  g_assert_cmpuint (added->n_errors, ==, 0);
  rated->rating = amendment == TAKEN_BACK ? NAN : 5;
  if (amendment == OTHER_ID)
    way_set_string (&rated->record.id, "0d9f5a0e-7a52-4c34-8d4e-6b1f4f7d2c11");
  g_assert_true (way_db_amend_visit (other.there.db, change, "A slip", NULL, &error));
  g_assert_no_error (error);
  preview = import_from_other (fixture->db, &other, 0, (WayImportOptions){.dry_run = TRUE});
  newer = import_from_other (fixture->db, &other, 0, (WayImportOptions){0});
  g_assert_cmpuint (newer->n_errors + newer->n_conflicts, ==, 0);
  g_assert_cmpuint (preview->notes->len, ==, newer->notes->len);
  points = way_db_list (fixture->db, WAY_MEASUREMENT, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (points->len, ==, n);
  for (guint i = 0; i < points->len; i++) {
    g_assert_cmpfloat (value_of (points->pdata[i]), !=, 6);
    has_typed = has_typed || value_of (points->pdata[i]) == 9;
    has_rating = has_rating || value_of (points->pdata[i]) == 5;
  }
  g_assert_true (has_typed);
  g_assert_cmpint (has_rating, ==, amendment != TAKEN_BACK);
  problems = way_db_verify (fixture->db, &error);
  g_assert_cmpuint (problems->len, ==, 0);
  import_clear_other (&other);
}

/* An action that a later visit followed up can be amended away: it stays as the child's, and the
 * record of the later visit stays as it was signed. */
static void
test_action_followed_up (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPractitioner) me = store_add_me (fixture->db);
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayRecordSet) first = store_make_visit (fixture->db, child->record.id, "2025-11-17");
  const char *first_id = WAY_RECORD (way_record_set_first (first, WAY_VISIT))->id;
  g_autoptr (WayRecordSet) next = NULL, change = NULL;
  g_autoptr (WayDossier) amended = NULL;
  g_autoptr (WayAction) action = NULL;
  WayVisitAction *followed;

  way_set_string (&((WayAction *) way_record_set_first (first, WAY_ACTION))->child, NULL);
  g_assert_true (way_db_save_draft (fixture->db, first, &error));
  g_assert_true (way_db_sign_visit (fixture->db, first_id, NULL, &error));
  next = store_make_visit (fixture->db, child->record.id, "2026-01-20");
  followed = way_record_set_first (next, WAY_VISIT_ACTION);
  followed->effect = g_strdup ("done");
  g_assert_true (way_db_save_draft (fixture->db, next, &error));
  g_assert_true (way_db_sign_visit (fixture->db, followed->visit, NULL, &error));
  g_assert_no_error (error);

  change = way_db_load_visit (fixture->db, first_id, &error);
  way_record_set_remove_all (change, WAY_ACTION);
  g_assert_true (way_db_amend_visit (fixture->db, change, "Was not agreed", NULL, &error));
  g_assert_no_error (error);
  amended = way_db_gather_visit (fixture->db, first_id, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (way_record_set_list (amended->records, WAY_ACTION)->len, ==, 0);
  action = way_db_get (fixture->db, WAY_ACTION, followed->action, &error);
  g_assert_no_error (error);
  g_assert_null (action->visit);
  g_assert_cmpstr (action->child, ==, child->record.id);
  g_assert_cmpstr (action->effect, ==, "done");
}

/* A day that can't be is not signed, also where nothing was measured. */
static void
test_impossible_day (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPractitioner) me = store_add_me (fixture->db);
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayRecordSet) records = store_make_visit (fixture->db, child->record.id, "2025-11-17");
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  gboolean is_future = GPOINTER_TO_INT (data);

  visit->date = is_future ? way_date_new (2190, 1, 10) : way_date_new (2018, 9, 13);
  g_assert_true (way_db_save_draft (fixture->db, records, &error)); /* nothing typed is lost */
  g_assert_false (way_db_sign_visit (fixture->db, visit->record.id, NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message,
                            is_future ? "date: Date is in the future"
                                      : "date: Date is before the child was born"));
  g_clear_error (&error);
  visit->date = way_date_new (2018, 9, 14);
  g_assert_true (way_db_save_draft (fixture->db, records, &error));
  g_assert_true (way_db_sign_visit (fixture->db, visit->record.id, NULL, &error));
  g_assert_no_error (error);
}

/* Before the target began is a baseline; before the child was born nothing was measured. */
static void
test_measured_before_birth (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayTarget) target = store_add_target (fixture->db, child->record.id, "Reads 20 words");
  g_autoptr (WayMeasurement) measurement =
      store_add_measurement (fixture->db, target->record.id, "2018-09-14", 1);

  measurement->date = way_date_new (2018, 9, 13);
  g_assert_false (way_db_save (fixture->db, measurement, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "date: Date is before the child was born"));
}

/* Nor did the child go to a school, or have a plan. */
static void
test_dated_before_birth (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WaySenStatus) status = way_record_new (WAY_SEN_STATUS);

  status->child = g_strdup (child->record.id);
  status->provision = g_strdup ("K");
  status->from = way_date_new (1906, 9, 1);
  g_assert_false (way_db_save (fixture->db, status, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "from: "));
  g_assert_nonnull (strstr (error->message, "is before the child was born"));
}

/* A target that was closed since is open in the record of a day before; on that day it is closed.
 */
static void
test_state_on_the_day (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const ENDED[] = {"2026-11-16", "2026-11-17", "2026-11-18"};
  static const char *const STATES[] = {"closed", "closed", "open"};
  g_autoptr (WayPractitioner) me = store_add_me (fixture->db);
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayTarget) target = store_add_target (fixture->db, child->record.id, "Reads");

  way_db_set_today (fixture->db, way_date_new (2026, 11, 22));
  for (guint i = 0; i < G_N_ELEMENTS (ENDED); i++) {
    g_autoptr (WayRecordSet) records =
        store_make_visit (fixture->db, child->record.id, "2026-11-17");
    const char *id = WAY_RECORD (way_record_set_first (records, WAY_VISIT))->id;
    g_autoptr (WayDossier) dossier = NULL;
    g_autoptr (GError) error = NULL;
    const WayTarget *shown;

    g_assert_true (way_db_save_draft (fixture->db, records, &error));
    way_set_string (&target->state, "closed");
    target->ended = way_date_from_iso (ENDED[i]);
    store_save (fixture->db, target);
    way_db_sign_visit (fixture->db, id, NULL, &error);
    g_assert_no_error (error);
    dossier = way_db_gather_visit (fixture->db, id, 0, &error);
    shown = way_record_set_first (dossier->records, WAY_TARGET);
    g_assert_cmpstr (shown->state, ==, STATES[i]);
    g_assert_cmpuint (shown->ended, ==, i < 2 ? target->ended : WAY_DATE_UNKNOWN);
    way_set_string (&target->state, "open"); /* for the next draft */
    target->ended = WAY_DATE_UNKNOWN;
    store_save (fixture->db, target);
  }
}

/* As a visit is: in nobody's name it is not signed, and is not locked. */
static void
test_review_of_nobody (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayReview) review = way_record_new (WAY_REVIEW);
  g_autoptr (WayReview) stored = NULL;
  g_autoptr (WayPractitioner) me = NULL;

  review->child = g_strdup (child->record.id);
  review->date = way_date_new (2026, 1, 20);
  store_save (fixture->db, review);
  g_assert_false (way_db_sign_review (fixture->db, review->record.id, NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "signed_by: The store does not know yet whose it is"));
  g_clear_error (&error);
  me = store_add_me (fixture->db);
  g_assert_true (way_db_sign_review (fixture->db, review->record.id, NULL, &error));
  g_assert_no_error (error);
  stored = way_db_get (fixture->db, WAY_REVIEW, review->record.id, &error);
  g_assert_cmpstr (stored->signed_by, ==, me->name);
  g_assert_false (way_db_sign_review (fixture->db, "no-such-review", NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_NOT_FOUND);
}

/* However it got into what the editor holds, another child's target is signed for nobody. */
static void
test_of_another_child (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPractitioner) me = store_add_me (fixture->db);
  g_autoptr (WayChild) amara = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayChild) jack = store_add_child (fixture->db, "Jack", "Lowe", NULL);
  g_autoptr (WayTarget) target = store_add_target (fixture->db, amara->record.id, "Reads words");
  g_autoptr (WayRecordSet) records = store_make_visit (fixture->db, jack->record.id, "2025-11-17");
  g_autoptr (WayDossier) draft = NULL;
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  WayVisitTarget *rated = way_record_set_add (records, WAY_VISIT_TARGET);
  WayVisitChild *link;

  way_set_string (&visit->practitioner, me->record.id);
  rated->target = g_strdup (target->record.id);
  g_assert_true (way_db_save_draft (fixture->db, records, &error));
  g_assert_no_error (error);
  draft = way_db_preview_visit (fixture->db, records, NULL, &error);
  g_assert_null (draft);
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (way_db_sign_visit (fixture->db, visit->record.id, NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  g_assert_nonnull (
      strstr (error->message, "targets[1]: target: “Reads words” is another child's"));
  g_clear_error (&error);
  link = way_record_set_add (records, WAY_VISIT_CHILD);
  link->child = g_strdup (amara->record.id);
  link->position = 2;
  g_assert_true (way_db_save_draft (fixture->db, records, &error));
  g_assert_true (way_db_sign_visit (fixture->db, visit->record.id, NULL, &error));
  g_assert_no_error (error);
}

/* Where it was and who was there is no record yet; why it was not held is one. */
static void
test_says_nothing (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPractitioner) me = add_person (fixture->db, SENCO, TRUE);
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayRecordSet) records =
      way_db_start_visit (fixture->db, child->record.id, way_date_from_iso ("2025-11-17"), &error);
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  WayVisitPerson *person = way_record_set_add (records, WAY_VISIT_PERSON);

  g_assert_no_error (error);
  person->name = g_strdup ("Mrs Patel");
  visit->place = g_strdup ("Hall");
  visit->seen = g_strdup (" \n ");
  g_assert_true (way_db_save_draft (fixture->db, records, &error));
  g_assert_false (way_db_sign_visit (fixture->db, visit->record.id, NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  g_assert_cmpstr (error->message,
                   ==,
                   "seen: Nothing is written of the visit yet; write what was seen, said or "
                   "agreed.");
  g_clear_error (&error);
  way_set_string (&visit->kind, "not-held");
  visit->not_held_reason = g_strdup ("Amara was ill");
  g_assert_true (way_db_save_draft (fixture->db, records, &error));
  g_assert_true (way_db_sign_visit (fixture->db, visit->record.id, NULL, &error));
  g_assert_no_error (error);
  way_set_string (&visit->kind, "observation");
  way_set_string (&visit->not_held_reason, NULL);
  g_assert_false (way_db_amend_visit (fixture->db, records, "It was held", NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
#define ADD(name, data, func)                                                                      \
  g_test_add ("/store/signing/" name,                                                              \
              StoreFixture,                                                                        \
              GINT_TO_POINTER (data),                                                              \
              store_set_up,                                                                        \
              func,                                                                                \
              store_tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("state-on-the-day", NULL, test_state_on_the_day);
  ADD ("amend-of-another/author-left-out", FALSE, test_amend_of_another);
  ADD ("amend-of-another/author-named", TRUE, test_amend_of_another);
  ADD ("amend-of-newest", NULL, test_amend_of_newest);
  ADD ("signed-by-author", 0, test_signed_by_author);
  ADD ("ratings-stay", NULL, test_ratings_stay);
  ADD ("ratings-stay-at-import", NULL, test_ratings_stay_at_import);
  ADD ("ratings-follow/changed", CHANGED, test_ratings_follow);
  ADD ("ratings-follow/other-id", OTHER_ID, test_ratings_follow);
  ADD ("ratings-follow/taken-back", TAKEN_BACK, test_ratings_follow);
  ADD ("action-followed-up", 0, test_action_followed_up);
  ADD ("impossible-day/future", TRUE, test_impossible_day);
  ADD ("impossible-day/before-birth", FALSE, test_impossible_day);
  ADD ("measured-before-birth", 0, test_measured_before_birth);
  ADD ("dated-before-birth", 0, test_dated_before_birth);
  ADD ("of-another-child", 0, test_of_another_child);
  ADD ("says-nothing", 0, test_says_nothing);
  ADD ("review-of-nobody", 0, test_review_of_nobody);
#undef ADD
  return g_test_run ();
}
