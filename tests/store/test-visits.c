/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"
#include "way-db-private.h"
#include "way-error.h"
#include "way-text.h"

#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
  WayPractitioner *me;
  WaySetting *setting;
  WayChild *child;
  WayTarget *target;
} World;

static World
make_world (WayDb *db)
{
  World world;
  g_autoptr (WayMeasurement) first = NULL, later = NULL;
  g_autoptr (WayNeed) need = way_record_new (WAY_NEED);

  world.me = store_add_me (db);
  world.setting = store_add_setting (db, "Oakfield Primary");
  world.child = store_add_child (db, "Amara", "Okafor", world.setting->record.id);
  world.target = store_add_target (db, world.child->record.id, "Reads 20 words");
  first = store_add_measurement (db, world.target->record.id, "2025-10-01", 3);
  later = store_add_measurement (db, world.target->record.id, "2026-03-01", 9);
  need->child = g_strdup (world.child->record.id);
  need->rank = 1;
  need->type = g_strdup ("SLCN");
  store_save (db, need);
  return world;
}

static void
clear_world (World *world)
{
  way_record_free (world->me);
  way_record_free (world->setting);
  way_record_free (world->child);
  way_record_free (world->target);
}

static char *
sign (WayDb *db, WayRecordSet *records, const char *stamp)
{
  g_autoptr (GError) error = NULL;

  way_db_save_draft (db, records, &error);
  g_assert_no_error (error);
  way_db_sign_visit (db, WAY_RECORD (way_record_set_first (records, WAY_VISIT))->id, stamp, &error);
  g_assert_no_error (error);
  return g_strdup (WAY_RECORD (way_record_set_first (records, WAY_VISIT))->id);
}

static void
test_start (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayRecordSet) first =
      store_make_visit (fixture->db, world.child->record.id, "2025-11-17");
  g_autofree char *id = sign (fixture->db, first, NULL);
  g_autoptr (WayRecordSet) next =
      way_db_start_visit (fixture->db, world.child->record.id, way_date_new (2026, 1, 20), &error);
  WayVisit *visit;
  WayVisitAction *action;
  WayVisitTarget *target;

  g_assert_no_error (error);
  visit = way_record_set_first (next, WAY_VISIT);
  g_assert_cmpstr (visit->setting, ==, world.setting->record.id);
  g_assert_cmpstr (visit->practitioner, ==, world.me->record.id);
  g_assert_cmpuint (way_record_set_list (next, WAY_VISIT_ACTION)->len, ==, 1);
  action = way_record_set_first (next, WAY_VISIT_ACTION);
  g_assert_cmpstr (action->action, ==, WAY_RECORD (way_record_set_first (first, WAY_ACTION))->id);
  target = way_record_set_first (next, WAY_VISIT_TARGET);
  g_assert_cmpstr (target->target, ==, world.target->record.id);
  clear_world (&world);
}

static void
test_drafts (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayRecordSet) records =
      store_make_visit (fixture->db, world.child->record.id, "2025-11-17");
  g_autoptr (WayRecordSet) loaded = NULL, stored = NULL;
  g_autoptr (GPtrArray) drafts = NULL, none = NULL;
  const char *id = WAY_RECORD (way_record_set_first (records, WAY_VISIT))->id;
  g_autofree char *whole = NULL, *again = NULL;

  g_assert_true (way_db_save_draft (fixture->db, records, &error));
  drafts = way_db_list_drafts (fixture->db, &error);
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_cmpstr (((WayDraftInfo *) g_ptr_array_index (drafts, 0))->visit_id, ==, id);
  g_assert_cmpstr (((WayDraftInfo *) g_ptr_array_index (drafts, 0))->title, ==, "Amara Okafor");
  loaded = way_db_load_visit (fixture->db, id, &error);
  g_assert_no_error (error);
  whole = way_canonical_write (records, WAY_CANONICAL_WHOLE);
  again = way_canonical_write (loaded, WAY_CANONICAL_WHOLE);
  g_assert_cmpstr (whole, ==, again);

  /* What is typed there is not written over. */
  g_assert_false (way_db_store_visit (fixture->db, loaded, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (way_db_discard_draft (fixture->db, id, &error));
  g_assert_true (way_db_store_visit (fixture->db, loaded, &error));
  g_assert_no_error (error);
  none = way_db_list_drafts (fixture->db, &error);
  g_assert_cmpuint (none->len, ==, 0);
  way_record_set_remove_all (loaded, WAY_VISIT_PERSON);
  g_assert_true (way_db_store_visit (fixture->db, loaded, &error));
  g_assert_no_error (error);
  stored = way_db_load_visit (fixture->db, id, &error);
  g_assert_cmpuint (way_record_set_list (stored, WAY_VISIT_PERSON)->len, ==, 0);
  g_assert_cmpuint (way_record_set_list (stored, WAY_ACTION)->len, ==, 1);
  clear_world (&world);
}

/* What was saved is there after the process was killed in the very next moment. */
static void
test_draft_survives_kill (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (GPtrArray) drafts = NULL;
  pid_t child;
  int status;

  g_clear_pointer (&fixture->db, way_db_close);
  child = fork ();
  if (child == 0) {
    WayDb *db = way_db_open (fixture->path, STORE_PASSPHRASE, NULL);
    WayRecordSet *records =
        db != NULL ? store_make_visit (db, world.child->record.id, "2025-11-17") : NULL;

    if (records != NULL && way_db_save_draft (db, records, NULL))
      kill (getpid (), SIGKILL);
    _exit (1);
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  store_reopen (fixture);
  drafts = way_db_list_drafts (fixture->db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (drafts->len, ==, 1);
  clear_world (&world);
}

static void
test_sign (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayRecordSet) records =
      store_make_visit (fixture->db, world.child->record.id, "2025-11-17");
  WayVisitTarget *rated = way_record_set_first (records, WAY_VISIT_TARGET);
  g_autoptr (WayDossier) dossier = NULL, draft = NULL;
  g_autoptr (GPtrArray) measurements = NULL, problems = NULL;
  g_autofree char *id = NULL, *text = NULL, *kept = NULL;
  char fingerprint[WAY_FINGERPRINT_SIZE];
  WayVisit *visit;

  rated->rating = 6;
  id = sign (fixture->db, records, "2025-11-17T17:05:09Z");
  dossier = way_db_gather_visit (fixture->db, id, 0, &error);
  g_assert_no_error (error);
  visit = way_dossier_get_visit (dossier);
  g_assert_cmpstr (visit->signed_at, ==, "2025-11-17T17:05:09Z");
  g_assert_cmpstr (visit->signed_by, ==, "Hannah Reid");
  g_assert_cmpfloat (visit->version, ==, 1);
  g_assert_true (way_dossier_is_signed (dossier));
  text = way_dossier_to_canonical (dossier);
  way_canonical_fingerprint (text, fingerprint);
  g_assert_cmpstr (fingerprint, ==, dossier->fingerprint);
  kept = way_db_get_content (fixture->db, id, 1, NULL, &error);
  g_assert_cmpstr (kept, ==, text);
  /* The snapshot: the point before the visit and the rating, not the later one. */
  g_assert_cmpuint (way_record_set_list (dossier->records, WAY_MEASUREMENT)->len, ==, 2);
  g_assert_cmpuint (way_record_set_list (dossier->records, WAY_CHILD)->len, ==, 1);
  g_assert_cmpuint (way_record_set_list (dossier->records, WAY_NEED)->len, ==, 1);
  g_assert_cmpuint (way_record_set_list (dossier->records, WAY_ENROLMENT)->len, ==, 1);
  g_assert_cmpuint (way_record_set_list (dossier->records, WAY_SETTING)->len, ==, 1);
  g_assert_cmpuint (way_record_set_list (dossier->records, WAY_TERM)->len, ==, 6);
  measurements =
      way_db_list (fixture->db, WAY_MEASUREMENT, "target", world.target->record.id, &error);
  g_assert_cmpuint (measurements->len, ==, 3);
  g_assert_cmpfloat (((WayMeasurement *) g_ptr_array_index (measurements, 1))->value, ==, 6);

  /* Later changes elsewhere do not reach what was signed. */
  way_set_string (&world.child->surname, "Okafor-Smith");
  store_save (fixture->db, world.child);
  draft = way_db_gather_visit (fixture->db, id, 1, &error);
  g_assert_cmpstr (draft->fingerprint, ==, dossier->fingerprint);
  g_assert_false (way_db_sign_visit (fixture->db, id, NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_LOCKED);
  g_clear_error (&error);
  problems = way_db_verify (fixture->db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  clear_world (&world);
}

/* A draft can be looked at as a record before it was ever stored; that stores nothing. */
static void
test_gather_draft (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayRecordSet) records =
      store_make_visit (fixture->db, world.child->record.id, "2025-11-17");
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  g_autoptr (WayDossier) dossier = NULL, again = NULL;
  g_autoptr (GPtrArray) visits = NULL, drafts = NULL, found = NULL;

  g_assert_true (way_db_save_draft (fixture->db, records, &error));
  dossier = way_db_gather_visit (fixture->db, visit->record.id, 0, &error);
  g_assert_no_error (error);
  g_assert_false (way_dossier_is_signed (dossier));
  g_assert_cmpuint (way_record_set_list (dossier->records, WAY_TARGET)->len, ==, 1);
  g_assert_cmpuint (way_record_set_list (dossier->records, WAY_ACTION)->len, ==, 1);
  visits = way_db_list (fixture->db, WAY_VISIT, NULL, NULL, &error);
  g_assert_cmpuint (visits->len, ==, 0);
  drafts = way_db_list_drafts (fixture->db, &error);
  g_assert_cmpuint (drafts->len, ==, 1);
  found = way_db_search (fixture->db, "timetable", WAY_SEARCH_NEWEST_FIRST, 10, &error);
  g_assert_cmpuint (found->len, ==, 0);

  g_assert_true (way_db_discard_draft (fixture->db, visit->record.id, &error));
  g_assert_true (way_db_store_visit (fixture->db, records, &error));
  way_set_string (&visit->advice, "Changed in the editor.");
  g_assert_true (way_db_save_draft (fixture->db, records, &error));
  again = way_db_gather_visit (fixture->db, visit->record.id, 0, &error);
  g_assert_cmpstr (way_dossier_get_visit (again)->advice, ==, "Changed in the editor.");
  clear_world (&world);
}

/* What is missing is said all at once, by field, and nothing is signed. */
static void
test_sign_incomplete (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayRecordSet) records = way_record_set_new ();
  WayVisit *visit = way_record_set_add (records, WAY_VISIT);
  g_autoptr (WayRecordSet) again = NULL;

  g_assert_true (way_db_save_draft (fixture->db, records, &error));
  g_assert_false (way_db_sign_visit (fixture->db, visit->record.id, NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "date: "));
  g_assert_nonnull (strstr (error->message, "kind: "));
  g_assert_nonnull (strstr (error->message, "practitioner: "));
  g_assert_nonnull (strstr (error->message, "children: "));
  g_clear_error (&error);
  again = way_db_load_visit (fixture->db, visit->record.id, &error);
  g_assert_no_error (error);
}

static void
test_effects (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayRecordSet) first =
      store_make_visit (fixture->db, world.child->record.id, "2025-11-17");
  g_autofree char *first_id = sign (fixture->db, first, NULL);
  g_autoptr (WayRecordSet) next =
      store_make_visit (fixture->db, world.child->record.id, "2026-01-20");
  WayVisitAction *followed = way_record_set_first (next, WAY_VISIT_ACTION);
  g_autoptr (WayAction) action = NULL;
  g_autofree char *next_id = NULL;
  g_autoptr (WayDossier) dossier = NULL;

  followed->effect = g_strdup ("done");
  followed->note = g_strdup ("in use every day");
  next_id = sign (fixture->db, next, NULL);
  action = way_db_get (fixture->db, WAY_ACTION, followed->action, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (action->effect, ==, "done");
  g_assert_cmpstr (action->note, ==, "in use every day");
  g_assert_cmpuint (action->done, ==, way_date_new (2026, 1, 20));
  dossier = way_db_gather_visit (fixture->db, next_id, 0, &error);
  g_assert_cmpuint (way_record_set_list (dossier->records, WAY_ACTION)->len, ==, 2);
  clear_world (&world);
}

/* An amendment that somebody is writing in the window is not thrown away by another. */
static void
test_amend_beside_draft (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayRecordSet) records =
      store_make_visit (fixture->db, world.child->record.id, "2025-11-17");
  g_autofree char *id = sign (fixture->db, records, NULL);
  g_autoptr (WayRecordSet) typed = way_db_load_visit (fixture->db, id, &error);
  g_autoptr (WayRecordSet) other = way_db_load_visit (fixture->db, id, &error);
  g_autoptr (WayRecordSet) kept = NULL;

  g_assert_no_error (error);
  way_set_string (&((WayVisit *) way_record_set_first (typed, WAY_VISIT))->advice, "Half an hour.");
  way_db_save_draft (fixture->db, typed, &error);
  g_assert_no_error (error);
  g_assert_false (way_db_amend_visit (fixture->db, other, "A slip", NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_CONFLICT);
  g_clear_error (&error);
  kept = way_db_load_visit (fixture->db, id, &error);
  g_assert_cmpstr (
      ((WayVisit *) way_record_set_first (kept, WAY_VISIT))->advice, ==, "Half an hour.");
  way_db_discard_draft (fixture->db, id, &error);
  way_db_amend_visit (fixture->db, other, "A slip", NULL, &error);
  g_assert_no_error (error);
  clear_world (&world);
}

static WayAssessment *
add_assessment (WayRecordSet *records, const World *world)
{
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  WayAssessment *assessment = way_record_set_add (records, WAY_ASSESSMENT);

  assessment->record.id = way_uuid_random ();
  assessment->child = g_strdup (world->child->record.id);
  assessment->visit = g_strdup (visit->record.id);
  assessment->name = g_strdup ("BPVS3");
  return assessment;
}

/* Wherever a visit comes from: of an assessment without a day, the day is the visit's. A draft
 * keeps it without one. */
static void
test_undated_assessment (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayRecordSet) records =
      store_make_visit (fixture->db, world.child->record.id, "2025-11-17");
  g_autoptr (WayRecordSet) draft = NULL;
  g_autoptr (WayDossier) before = NULL, dossier = NULL;
  g_autofree char *id = g_strdup (WAY_RECORD (way_record_set_first (records, WAY_VISIT))->id);

  add_assessment (records, &world);
  way_db_save_draft (fixture->db, records, &error);
  g_assert_no_error (error);
  before = way_db_gather_visit (fixture->db, id, 0, &error);
  g_assert_no_error (error);
  draft = way_db_load_visit (fixture->db, id, &error);
  g_assert_cmpint (
      ((WayAssessment *) way_record_set_first (draft, WAY_ASSESSMENT))->date, ==, WAY_DATE_UNKNOWN);
  way_db_sign_visit (fixture->db, id, NULL, &error);
  g_assert_no_error (error);
  dossier = way_db_gather_visit (fixture->db, id, 0, &error);
  g_assert_cmpint (
      ((WayAssessment *) way_record_set_first (dossier->records, WAY_ASSESSMENT))->date,
      ==,
      way_date_new (2025, 11, 17));
  clear_world (&world);
}

/* What is prepared for a visit to come is stored and looked at, and not signed. */
static void
test_planned_assessment (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  char day[WAY_DATE_ISO_SIZE];
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayRecordSet) records = NULL;
  g_autoptr (WayDossier) preview = NULL;
  WayAssessment *assessment;

  way_date_to_iso (fixture->db->today + 7, day);
  records = store_make_visit (fixture->db, world.child->record.id, day);
  assessment = add_assessment (records, &world);
  assessment->date = fixture->db->today + 7;
  preview = way_db_preview_visit (fixture->db, records, NULL, &error);
  g_assert_no_error (error);
  way_db_store_visit (fixture->db, records, &error);
  g_assert_no_error (error);
  g_assert_false (way_db_sign_visit (
      fixture->db, WAY_RECORD (way_record_set_first (records, WAY_VISIT))->id, NULL, &error));
  g_clear_error (&error);
  assessment->date = fixture->db->today + 8;
  g_assert_false (way_db_store_visit (fixture->db, records, &error));
  g_assert_nonnull (strstr (error->message, "date: Date is in the future"));
  clear_world (&world);
}

static void
test_amend (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayRecordSet) records =
      store_make_visit (fixture->db, world.child->record.id, "2025-11-17");
  g_autoptr (WayRecordSet) change = NULL;
  g_autoptr (WayDossier) first = NULL, second = NULL, first_again = NULL;
  g_autoptr (GPtrArray) measurements = NULL, problems = NULL;
  g_autofree char *id = NULL;
  WayVisitVersion *version;

  ((WayVisitTarget *) way_record_set_first (records, WAY_VISIT_TARGET))->rating = 6;
  id = sign (fixture->db, records, "2025-11-17T17:05:09Z");
  first = way_db_gather_visit (fixture->db, id, 0, &error);
  change = way_db_load_visit (fixture->db, id, &error);
  way_set_string (&((WayVisit *) way_record_set_first (change, WAY_VISIT))->advice, "Corrected.");
  ((WayVisitTarget *) way_record_set_first (change, WAY_VISIT_TARGET))->rating = 7;
  g_assert_false (way_db_amend_visit (fixture->db, change, " ", NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (
      way_db_amend_visit (fixture->db, change, "A slip", "2025-11-20T09:00:00Z", &error));
  g_assert_no_error (error);

  second = way_db_gather_visit (fixture->db, id, 0, &error);
  g_assert_cmpfloat (way_dossier_get_visit (second)->version, ==, 2);
  g_assert_cmpstr (way_dossier_get_visit (second)->advice, ==, "Corrected.");
  version = way_record_set_first (second->records, WAY_VISIT_VERSION);
  g_assert_cmpstr (version->fingerprint, ==, first->fingerprint);
  g_assert_cmpstr (version->reason, ==, "A slip");
  g_assert_cmpstr (version->signed_at, ==, "2025-11-17T17:05:09Z");
  first_again = way_db_gather_visit (fixture->db, id, 1, &error);
  g_assert_cmpstr (first_again->fingerprint, ==, first->fingerprint);
  g_assert_cmpstr (second->fingerprint, !=, first->fingerprint);
  measurements =
      way_db_list (fixture->db, WAY_MEASUREMENT, "target", world.target->record.id, &error);
  g_assert_cmpuint (measurements->len, ==, 3);
  g_assert_cmpfloat (((WayMeasurement *) g_ptr_array_index (measurements, 1))->value, ==, 7);
  problems = way_db_verify (fixture->db, &error);
  g_assert_cmpuint (problems->len, ==, 0);
  clear_world (&world);
}

/* The pages of what is being written, before it is signed: of a first version, and of an
 * amendment. Looking changes nothing. */
static void
test_preview (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayRecordSet) records =
      store_make_visit (fixture->db, world.child->record.id, "2025-11-17");
  g_autoptr (WayRecordSet) change = NULL;
  g_autoptr (WayDossier) draft = NULL, amended = NULL, kept = NULL;
  g_autoptr (GPtrArray) before = NULL, after = NULL, visits = NULL;
  g_autofree char *id = NULL;
  WayVisitVersion *version;

  ((WayVisitTarget *) way_record_set_first (records, WAY_VISIT_TARGET))->rating = 6;
  draft = way_db_preview_visit (fixture->db, records, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (way_dossier_get_visit (draft)->signed_at);
  g_assert_null (way_record_set_first (draft->records, WAY_VISIT_VERSION));
  visits = way_db_list (fixture->db, WAY_VISIT, NULL, NULL, &error);
  g_assert_cmpuint (visits->len, ==, 0);

  id = sign (fixture->db, records, "2025-11-17T17:05:09Z");
  before = way_db_list (fixture->db, WAY_MEASUREMENT, NULL, NULL, &error);
  change = way_db_load_visit (fixture->db, id, &error);
  way_set_string (&((WayVisit *) way_record_set_first (change, WAY_VISIT))->advice, "Corrected.");
  ((WayVisitTarget *) way_record_set_first (change, WAY_VISIT_TARGET))->rating = NAN;
  amended = way_db_preview_visit (fixture->db, change, "A slip", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (way_dossier_get_visit (amended)->advice, ==, "Corrected.");
  g_assert_cmpfloat (way_dossier_get_visit (amended)->version, ==, 2);
  g_assert_null (way_dossier_get_visit (amended)->signed_at);
  version = way_record_set_first (amended->records, WAY_VISIT_VERSION);
  g_assert_cmpfloat (version->version, ==, 1);
  g_assert_cmpstr (version->reason, ==, "A slip");

  kept = way_db_gather_visit (fixture->db, id, 0, &error);
  g_assert_cmpfloat (way_dossier_get_visit (kept)->version, ==, 1);
  g_assert_cmpstr (way_dossier_get_visit (kept)->advice, !=, "Corrected.");
  after = way_db_list (fixture->db, WAY_MEASUREMENT, NULL, NULL, &error);
  g_assert_cmpuint (after->len, ==, before->len);
  clear_world (&world);
}

static guint
count_points (WayDb *db, const char *target_id)
{
  g_autoptr (GPtrArray) points = way_db_list (db, WAY_MEASUREMENT, "target", target_id, NULL);

  return points->len;
}

/* What somebody typed on the day of the visit and what the visit says are one point where they are
 * the same, and two where they are not. */
static void
test_rating_beside_typed (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const double RATINGS[] = {6, 7, 6}; /* of each version */
  static const guint N_POINTS[] = {3, 4, 3};
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  const char *target = world.target->record.id;
  g_autoptr (WayRecordSet) records =
      store_make_visit (fixture->db, world.child->record.id, "2025-11-17");
  g_autoptr (WayMeasurement) typed = store_add_measurement (fixture->db, target, "2025-11-17", 6);
  g_autofree char *id = NULL;

  ((WayVisitTarget *) way_record_set_first (records, WAY_VISIT_TARGET))->rating = RATINGS[0];
  id = sign (fixture->db, records, NULL);
  g_assert_cmpuint (count_points (fixture->db, target), ==, N_POINTS[0]);
  for (guint i = 1; i < G_N_ELEMENTS (RATINGS); i++) {
    g_autoptr (WayRecordSet) change = way_db_load_visit (fixture->db, id, &error);

    ((WayVisitTarget *) way_record_set_first (change, WAY_VISIT_TARGET))->rating = RATINGS[i];
    g_assert_true (way_db_amend_visit (fixture->db, change, "A slip", NULL, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (count_points (fixture->db, target), ==, N_POINTS[i]);
  }
  clear_world (&world);
}

/* A rating that an amendment takes back is no measurement any more, whether its row is emptied
 * or gone. */
static void
test_rating_taken_back (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayRecordSet) records =
      store_make_visit (fixture->db, world.child->record.id, "2025-11-17");
  g_autoptr (WayRecordSet) change = NULL;
  g_autoptr (GPtrArray) measurements = NULL;
  g_autofree char *id = NULL;
  WayVisitTarget *rated;

  ((WayVisitTarget *) way_record_set_first (records, WAY_VISIT_TARGET))->rating = 6;
  id = sign (fixture->db, records, NULL);
  change = way_db_load_visit (fixture->db, id, &error);
  rated = way_record_set_first (change, WAY_VISIT_TARGET);
  if (GPOINTER_TO_INT (data))
    g_ptr_array_remove (way_record_set_list (change, WAY_VISIT_TARGET), rated);
  else
    rated->rating = NAN;
  g_assert_true (way_db_amend_visit (fixture->db, change, "Another target", NULL, &error));
  g_assert_no_error (error);
  measurements =
      way_db_list (fixture->db, WAY_MEASUREMENT, "target", world.target->record.id, &error);
  g_assert_cmpuint (measurements->len, ==, 2);
  clear_world (&world);
}

/* Past every function, straight at the tables: what was signed can't be changed, nor anything be
 * added to it or taken away. */
static void
test_locked (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
#define HEAD "id, created_at, updated_at, revision"
#define NEW "('new', 'x', 'x', 1, "
#define V "(SELECT id FROM visit)"
  static const char *const REFUSED[] = {
      "UPDATE visit SET advice = 'other'",
      "UPDATE visit SET signed_at = NULL",
      "DELETE FROM visit",
      "INSERT OR REPLACE INTO visit (" HEAD ", date, kind, practitioner) SELECT id, 'x', 'x', 1, "
      "date, kind, practitioner FROM visit",
      "UPDATE visit_child SET position = 9",
      "DELETE FROM visit_child",
      "INSERT INTO visit_child (" HEAD ", visit, child) SELECT 'new', 'x', 'x', 1, visit, child "
      "FROM visit_child",
      "UPDATE visit_person SET name = 'other'",
      "DELETE FROM visit_person",
      "INSERT INTO visit_person (" HEAD ", visit, name) VALUES " NEW V ", 'other')",
      "UPDATE visit_view SET text = 'other'",
      "DELETE FROM visit_view",
      "INSERT INTO visit_view (" HEAD ", visit, whose, text) VALUES " NEW V ", 'child', 'other')",
      "UPDATE visit_target SET rating = 1",
      "DELETE FROM visit_target",
      "INSERT INTO visit_target (" HEAD ", visit, target) SELECT 'new', 'x', 'x', 1, visit, "
      "target FROM visit_target",
      "UPDATE visit_action SET effect = 'not'",
      "DELETE FROM visit_action",
      "INSERT INTO visit_action (" HEAD ", visit, action) SELECT 'new', 'x', 'x', 1, visit, "
      "action FROM visit_action",
      "UPDATE action SET what = 'other'",
      "UPDATE action SET who = 'other'",
      "UPDATE action SET due = NULL",
      "UPDATE action SET visit = NULL",
      "DELETE FROM action",
      "INSERT INTO action (" HEAD ", visit, what) VALUES " NEW V ", 'other')",
      "INSERT INTO assessment (" HEAD ", child, visit, name, date) SELECT 'new', 'x', 'x', 1, "
      "child, visit, 'Test', '2025-11-17' FROM visit_child",
      "INSERT INTO visit_version (" HEAD ", visit, version, signed_at, fingerprint) "
      "VALUES " NEW V ", 1, '2025-11-17T17:05:09Z', 'x')",
      "UPDATE visit_content SET fingerprint = 'x'",
      "DELETE FROM visit_content",
      "INSERT INTO visit_content VALUES (" V ", 2, 'x', x'00')",
      "INSERT OR REPLACE INTO visit_content VALUES (" V ", 1, 'x', x'00')",
      "UPDATE review SET child_view = 'other'",
      "UPDATE review SET signed_at = NULL",
      "DELETE FROM review",
      "UPDATE review_target SET decision = 'close'",
      "DELETE FROM review_target",
      "INSERT INTO review_target (" HEAD ", review, target, outcome, decision) SELECT 'new', 'x', "
      "'x', 1, review, target, outcome, decision FROM review_target",
      "UPDATE audit SET \"by\" = 'other'",
      "DELETE FROM audit",
      "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE number = 1",
      "INSERT INTO visit (" HEAD ", date, kind, practitioner, version, signed_at) SELECT 'new', "
      "'x', 'x', 1, date, kind, practitioner, 1, signed_at FROM visit",
  };
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayReview) review = way_record_new (WAY_REVIEW);
  g_autoptr (WayReviewTarget) part = way_record_new (WAY_REVIEW_TARGET);
  g_autoptr (WayRecordSet) first =
      store_make_visit (fixture->db, world.child->record.id, "2025-11-17");
  g_autoptr (WayRecordSet) next = NULL;
  g_autofree char *id = NULL;

  review->child = g_strdup (world.child->record.id);
  review->date = way_date_new (2025, 12, 1);
  store_save (fixture->db, review);
  part->review = g_strdup (review->record.id);
  part->target = g_strdup (world.target->record.id);
  part->outcome = g_strdup ("on-track");
  part->decision = g_strdup ("continue");
  store_save (fixture->db, part);
  g_assert_true (way_db_sign_review (fixture->db, review->record.id, NULL, &error));
  g_assert_no_error (error);
  /* A visit that follows up its own action, so that every table has a row. */
  {
    WayVisitAction *followed = way_record_set_add (first, WAY_VISIT_ACTION);

    followed->action = g_strdup (WAY_RECORD (way_record_set_first (first, WAY_ACTION))->id);
    if (followed->action == NULL) {
      WAY_RECORD (way_record_set_first (first, WAY_ACTION))->id = way_uuid_random ();
      followed->action = g_strdup (WAY_RECORD (way_record_set_first (first, WAY_ACTION))->id);
    }
  }
  id = sign (fixture->db, first, "2025-11-17T17:05:09Z");
  for (gsize i = 0; i < G_N_ELEMENTS (REFUSED); i++) {
    g_test_message ("%s", REFUSED[i]);
    store_exec (fixture->db, REFUSED[i], SQLITE_CONSTRAINT_TRIGGER);
  }
  /* What happened to an action is told later. */
  store_exec (fixture->db, "UPDATE action SET effect = 'done', done = '2025-12-01'", SQLITE_OK);
  g_assert_true (way_db_save_draft (fixture->db, first, &error));
  g_assert_false (way_db_store_visit (fixture->db, first, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_LOCKED);
  clear_world (&world);
#undef HEAD
#undef NEW
#undef V
}

/* Records from elsewhere, signed there: stored and kept like those signed here. */
static void
test_batch (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayRecordSet) records =
      store_make_visit (fixture->db, world.child->record.id, "2025-11-17");
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  g_autoptr (WayDossier) dossier = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  visit->signed_at = g_strdup ("2025-11-17T17:05:09Z");
  visit->signed_by = g_strdup ("Hannah Reid");
  way_db_own_visit_parts (records);
  g_assert_true (way_db_put_batch (fixture->db, records, &error));
  g_assert_no_error (error);
  dossier = way_db_gather_visit (fixture->db, visit->record.id, 0, &error);
  g_assert_no_error (error);
  g_assert_true (way_dossier_is_signed (dossier));
  g_assert_cmpuint (way_record_set_list (dossier->records, WAY_ACTION)->len, ==, 1);
  problems = way_db_verify (fixture->db, &error);
  g_assert_cmpuint (problems->len, ==, 0);
  store_exec (fixture->db, "UPDATE visit SET advice = 'other'", SQLITE_CONSTRAINT_TRIGGER);
  clear_world (&world);
}

/* A store made before a level was there logs it all the same. */
static void
test_log_new_level (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  World world = make_world (fixture->db);
  g_autoptr (WayRecordSet) records =
      store_make_visit (fixture->db, world.child->record.id, "2025-11-17");
  g_autofree char *id = sign (fixture->db, records, "2025-11-17T17:05:09Z");
  g_autoptr (WayDossier) whole = way_db_gather_visit (fixture->db, id, 0, &error);
  g_autoptr (WayDossier) copy =
      way_dossier_new_at_level (way_record_set_copy (whole->records), WAY_LEVEL_ONE_CHILD);
  g_autoptr (GPtrArray) log = NULL;
  g_autoptr (WayCodeLists) lists = NULL;
  const WayDisclosure *entry;

  store_exec (
      fixture->db, "DELETE FROM \"code\" WHERE \"code\" = '" WAY_LEVEL_ONE_CHILD "'", SQLITE_OK);
  store_reopen (fixture);
  g_assert_true (way_db_log_sharing (fixture->db, copy, &(WaySharing){.format = "PDF"}, &error));
  g_assert_no_error (error);
  log = way_db_list (fixture->db, WAY_DISCLOSURE, "visit", id, &error);
  g_assert_cmpuint (log->len, ==, 1);
  entry = g_ptr_array_index (log, 0);
  g_assert_cmpstr (entry->level, ==, WAY_LEVEL_ONE_CHILD);
  g_assert_cmpstr (entry->fingerprint, ==, copy->fingerprint);
  g_assert_cmpstr (entry->fingerprint, !=, whole->fingerprint);
  lists = way_db_get_code_lists (fixture->db, &error);
  g_assert_cmpstr (way_code_lists_label (lists, "disclosure-level", WAY_LEVEL_ONE_CHILD),
                   ==,
                   "One child of a joint visit");
  clear_world (&world);
}

int
main (int argc, char **argv)
{
#define ADD(name, func)                                                                            \
  g_test_add ("/store/visits/" name, StoreFixture, NULL, store_set_up, func, store_tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("start", test_start);
  ADD ("drafts", test_drafts);
  ADD ("draft-survives-kill", test_draft_survives_kill);
  ADD ("gather-draft", test_gather_draft);
  ADD ("sign", test_sign);
  ADD ("sign-incomplete", test_sign_incomplete);
  ADD ("effects", test_effects);
  ADD ("amend", test_amend);
  ADD ("preview", test_preview);
  ADD ("amend-beside-draft", test_amend_beside_draft);
  ADD ("undated-assessment", test_undated_assessment);
  ADD ("planned-assessment", test_planned_assessment);
  ADD ("rating-beside-typed", test_rating_beside_typed);
  g_test_add ("/store/visits/rating-taken-back/emptied",
              StoreFixture,
              GINT_TO_POINTER (FALSE),
              store_set_up,
              test_rating_taken_back,
              store_tear_down);
  g_test_add ("/store/visits/rating-taken-back/gone",
              StoreFixture,
              GINT_TO_POINTER (TRUE),
              store_set_up,
              test_rating_taken_back,
              store_tear_down);
  ADD ("locked", test_locked);
  ADD ("batch", test_batch);
  ADD ("log-new-level", test_log_new_level);
#undef ADD
  return g_test_run ();
}
