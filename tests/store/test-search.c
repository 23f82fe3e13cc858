/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"
#include "way-db-private.h"
#include "way-error.h"
#include "way-text.h"

#include <string.h>

static GPtrArray *
search (WayDb *db, const char *words, WaySearchOrder order)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *hits = way_db_search (db, words, order, 50, &error);

  g_assert_no_error (error);
  return hits;
}

static guint
count (WayDb *db, const char *words)
{
  g_autoptr (GPtrArray) newest = search (db, words, WAY_SEARCH_NEWEST_FIRST);
  g_autoptr (GPtrArray) best = search (db, words, WAY_SEARCH_BEST_FIRST);

  g_assert_cmpuint (newest->len, ==, best->len);
  return newest->len;
}

static char *
store_visit (WayDb *db, const char *child_id, const char *date, const char *seen)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPractitioner) me = way_db_get_me (db, &error);
  g_autoptr (WayRecordSet) records = NULL;
  WayVisit *visit;

  if (me == NULL)
    me = store_add_me (db);
  records = store_make_visit (db, child_id, date);
  visit = way_record_set_first (records, WAY_VISIT);
  way_set_string (&visit->seen, seen);
  way_db_store_visit (db, records, &error);
  g_assert_no_error (error);
  return g_strdup (visit->record.id);
}

/* Prefixes, case, accents, several words, and what looks like syntax. */
static void
test_words (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const struct {
    const char *words;
    guint n;
  } CASES[] = {
      {"zoe", 2},
      {"ZOË", 2},
      {"okaf", 2},
      {"zoe okafor", 2},
      {"okafor nobody", 0},
      {"phon", 1},
      {"phonics zoe", 1}, /* the child's name counts for her visits */
      {"quiet corner", 1},
      {"now-and-next", 1},
      {"oakfield", 2}, /* the setting, and the child there */
      {"", 0},
      {"   ", 0},
      {"\"", 0},
      {"AND", 1},
      {"phonics OR nobody", 0},
      {"seen:phonics", 0},
      {"phonics*", 1},
      {"(", 0},
      {"'; DROP TABLE child; --", 0},
  };
  g_autoptr (WaySetting) setting = store_add_setting (fixture->db, "Oakfield Primary");
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Zoë", "Okafor", setting->record.id);
  g_autofree char *visit =
      store_visit (fixture->db, child->record.id, "2025-11-17", "Phonics and a story.");

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_test_message ("“%s”", CASES[i].words);
    g_assert_cmpuint (count (fixture->db, CASES[i].words), ==, CASES[i].n);
  }
}

static void
test_order_and_snippet (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autofree char *old = store_visit (fixture->db,
                                      child->record.id,
                                      "2024-03-01",
                                      "Phonics, phonics and more phonics; then phonics again.");
  g_autofree char *new = store_visit (fixture->db, child->record.id, "2025-11-17", "Some phonics.");
  g_autoptr (GPtrArray) newest = search (fixture->db, "phonics", WAY_SEARCH_NEWEST_FIRST);
  g_autoptr (GPtrArray) best = search (fixture->db, "phonics", WAY_SEARCH_BEST_FIRST);
  g_autoptr (GPtrArray) all = search (fixture->db, "amara", WAY_SEARCH_NEWEST_FIRST);
  const WaySearchHit *hit = g_ptr_array_index (newest, 0);

  g_assert_cmpuint (newest->len, ==, 2);
  g_assert_cmpstr (hit->id, ==, new);
  g_assert_true (hit->type == WAY_VISIT);
  g_assert_cmpstr (hit->child_id, ==, child->record.id);
  g_assert_cmpuint (hit->date, ==, way_date_new (2025, 11, 17));
  g_assert_nonnull (strstr (hit->title, "Amara Okafor"));
  g_assert_nonnull (strstr (hit->snippet, "\002phonics\003"));
  g_assert_cmpstr (((WaySearchHit *) g_ptr_array_index (best, 0))->id, ==, old);
  /* People come before what has a date. */
  g_assert_true (((WaySearchHit *) g_ptr_array_index (all, 0))->type == WAY_CHILD);
}

/* The index follows every change, and what was taken back or is a draft is not found. */
static void
test_follows_changes (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayTarget) target = store_add_target (fixture->db, child->record.id, "Counts objects");
  g_autofree char *id = store_visit (fixture->db, child->record.id, "2025-11-17", "Phonics.");
  g_autoptr (WayRecordSet) records = way_db_load_visit (fixture->db, id, &error);
  g_autoptr (WayRecordSet) draft = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (WayVisit) visit = NULL;

  way_set_string (&((WayVisit *) way_record_set_first (records, WAY_VISIT))->seen, "Numbers.");
  g_assert_true (way_db_store_visit (fixture->db, records, &error));
  g_assert_cmpuint (count (fixture->db, "phonics"), ==, 0);
  g_assert_cmpuint (count (fixture->db, "numbers"), ==, 1);
  g_assert_cmpuint (count (fixture->db, "counts"), ==, 1);

  way_set_string (&child->surname, "Newname");
  store_save (fixture->db, child);
  g_assert_cmpuint (count (fixture->db, "okafor"), ==, 0);
  g_assert_cmpuint (count (fixture->db, "newname"), ==, 3);

  g_assert_true (way_db_begin (fixture->db, &error));
  way_set_string (&target->statement, "Something temporary");
  store_save (fixture->db, target);
  way_db_rollback (fixture->db);
  target->record.revision--;
  g_assert_cmpuint (count (fixture->db, "temporary"), ==, 0);
  g_assert_cmpuint (count (fixture->db, "counts"), ==, 1);

  draft = store_make_visit (fixture->db, child->record.id, "2026-01-20");
  way_set_string (&((WayVisit *) way_record_set_first (draft, WAY_VISIT))->seen, "Unfinished");
  g_assert_true (way_db_save_draft (fixture->db, draft, &error));
  g_assert_cmpuint (count (fixture->db, "unfinished"), ==, 0);

  visit = way_db_get (fixture->db, WAY_VISIT, id, &error);
  g_assert_true (way_db_delete (fixture->db, visit, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (fixture->db, "numbers"), ==, 0);
  store_exec (fixture->db, "INSERT INTO search (search) VALUES ('integrity-check')", SQLITE_OK);
  problems = way_db_verify (fixture->db, &error);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* The list of all children, and all of one child. */
/* What else is written at a visit: who was there, what was assessed, what was seen of a target and
 * of what had been agreed. */
static void
test_parts_of_visit (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const WORDS[] = {
      "zebra", "librarian", "vocabulary", "percentiles", "112", "unprompted", "laminated"};
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayTarget) target = store_add_target (fixture->db, child->record.id, "Counts objects");
  g_autofree char *first = store_visit (fixture->db, child->record.id, "2025-11-03", "a lapwing");
  g_autofree char *id = store_visit (fixture->db, child->record.id, "2025-11-17", "a dunlin");
  g_autoptr (WayRecordSet) records = way_db_load_visit (fixture->db, id, &error);
  WayVisitPerson *person = way_record_set_first (records, WAY_VISIT_PERSON);
  WayAssessment *assessment = way_record_set_add (records, WAY_ASSESSMENT);
  WayVisitTarget *rated = way_record_set_first (records, WAY_VISIT_TARGET);
  WayVisitAction *followed = way_record_set_first (records, WAY_VISIT_ACTION);

  way_set_string (&person->name, "Quentin Zebra");
  way_set_string (&person->role, "Librarian");
  way_set_string (&assessment->child, child->record.id);
  way_set_string (&assessment->name, "Vocabulary scale");
  way_set_string (&assessment->note, "between two percentiles");
  assessment->date = way_date_new (2025, 11, 17);
  assessment->standard_score = 112;
  way_set_string (&rated->evidence, "Counted to 9 unprompted.");
  way_set_string (&followed->note, "The board is laminated.");
  way_db_store_visit (fixture->db, records, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++) {
    g_test_message ("“%s”", WORDS[i]);
    g_assert_cmpuint (count (fixture->db, WORDS[i]), ==, 1);
  }
  /* One part changes, and nothing else of the visit. */
  way_set_string (&person->name, "Quentin Gnu");
  way_db_store_visit (fixture->db, records, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (fixture->db, "zebra"), ==, 0);
  g_assert_cmpuint (count (fixture->db, "gnu"), ==, 1);
  g_assert_true (way_db_sign_visit (fixture->db, id, "2025-11-17T17:05:09Z", &error));
  g_assert_cmpuint (count (fixture->db, "unprompted"), ==, 1);
}

static void
test_notes_of_measurements (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayTarget) target = store_add_target (fixture->db, child->record.id, "Counts objects");
  g_autoptr (WayMeasurement) point =
      store_add_measurement (fixture->db, target->record.id, "2025-10-01", 3);
  g_autoptr (GPtrArray) hits = NULL;

  way_set_string (&point->note, "after a noisy assembly");
  store_save (fixture->db, point);
  hits = search (fixture->db, "assembly", WAY_SEARCH_NEWEST_FIRST);
  g_assert_cmpuint (hits->len, ==, 1);
  g_assert_true (((WaySearchHit *) hits->pdata[0])->type == WAY_TARGET);
  way_set_string (&point->note, NULL);
  store_save (fixture->db, point);
  g_assert_cmpuint (count (fixture->db, "assembly"), ==, 0);
  way_set_string (&point->note, "before the assembly");
  store_save (fixture->db, point);
  g_assert_cmpuint (count (fixture->db, "assembly"), ==, 1);
  g_assert_true (way_db_delete (fixture->db, point, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (fixture->db, "assembly"), ==, 0);
}

/* A visit's day is put right, to an earlier one and to a later one; two change places. */
static void
test_moves (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const DAYS[] = {"2025-11-02", "2025-09-30", "2025-12-19"};
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autofree char *first = store_visit (fixture->db, child->record.id, "2025-11-03", "a lapwing");
  g_autofree char *second = store_visit (fixture->db, child->record.id, "2025-11-04", "a dunlin");
  g_autoptr (WayVisit) a = NULL, b = NULL;
  g_autoptr (GError) error = NULL;

  a = way_db_get (fixture->db, WAY_VISIT, first, &error);
  for (gsize i = 0; i < G_N_ELEMENTS (DAYS); i++) {
    a->date = way_date_from_iso (DAYS[i]);
    way_db_save (fixture->db, a, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (count (fixture->db, "lapwing"), ==, 1);
  }
  b = way_db_get (fixture->db, WAY_VISIT, second, &error);
  a->date = b->date;
  b->date = way_date_from_iso (DAYS[2]);
  g_assert_true (way_db_begin (fixture->db, &error));
  g_assert_true (way_db_save (fixture->db, a, &error) && way_db_save (fixture->db, b, &error));
  way_db_commit (fixture->db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count (fixture->db, "lapwing"), ==, 1);
  g_assert_cmpuint (count (fixture->db, "dunlin"), ==, 1);
}

static const char *
child_of_hit (WayDb *db, GPtrArray **hits)
{
  g_clear_pointer (hits, g_ptr_array_unref);
  *hits = search (db, "lapwing", WAY_SEARCH_NEWEST_FIRST);
  g_assert_cmpuint ((*hits)->len, ==, 1);
  return ((WaySearchHit *) (*hits)->pdata[0])->child_id;
}

/* A joint visit opens at the child who is named first, also once that is the other. */
static void
test_first_child (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) first = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayChild) second = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autofree char *id = store_visit (fixture->db, first->record.id, "2025-11-03", "a lapwing");
  g_autoptr (WayRecordSet) records = way_db_load_visit (fixture->db, id, &error);
  WayVisitChild *link = way_record_set_first (records, WAY_VISIT_CHILD);
  WayVisitChild *added = way_record_set_add (records, WAY_VISIT_CHILD);
  g_autoptr (GPtrArray) hits = NULL;

  added->child = g_strdup (second->record.id);
  added->position = 2;
  g_assert_true (way_db_store_visit (fixture->db, records, &error));
  g_assert_cmpstr (child_of_hit (fixture->db, &hits), ==, first->record.id);
  link->position = 3;
  g_assert_true (way_db_store_visit (fixture->db, records, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (child_of_hit (fixture->db, &hits), ==, second->record.id);
}

static void
assert_same_row (const WayChildRow *a, const WayChildRow *b)
{
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpstr (a->name, ==, b->name);
  g_assert_cmpstr (a->sort_name, ==, b->sort_name);
  g_assert_cmpstr (a->preferred, ==, b->preferred);
  g_assert_cmpuint (a->dob, ==, b->dob);
  g_assert_cmpstr (a->year, ==, b->year);
  g_assert_cmpint (a->year_rank, ==, b->year_rank);
  g_assert_cmpstr (a->setting, ==, b->setting);
  g_assert_cmpstr (a->status, ==, b->status);
  g_assert_cmpstr (a->needs, ==, b->needs);
  g_assert_cmpstr (a->case_state, ==, b->case_state);
  g_assert_cmpuint (a->last_seen, ==, b->last_seen);
  g_assert_cmpuint (a->n_open_targets, ==, b->n_open_targets);
}

/* The first look says of each child what the whole list says. */
static void
assert_first_rows (WayDb *db, GPtrArray *all, WayDate today)
{
  for (guint n_most = 0; n_most <= all->len + 1; n_most++) {
    g_autoptr (GError) error = NULL;
    guint n_all = 0;
    g_autoptr (GPtrArray) first = way_db_list_first_child_rows (db, today, n_most, &n_all, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (n_all, ==, all->len);
    g_assert_cmpuint (first->len, ==, MIN (n_most, all->len));
    for (guint i = 0; i < first->len; i++)
      assert_same_row (first->pdata[i], all->pdata[i]);
  }
}

static void
test_views (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WaySetting) setting = store_add_setting (fixture->db, "Oakfield Primary");
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", setting->record.id);
  g_autoptr (WayChild) other = store_add_child (fixture->db, "Ben", "Adams", NULL);
  g_autoptr (WayTarget) target = store_add_target (fixture->db, child->record.id, "Counts objects");
  g_autoptr (WayTarget) over = store_add_target (fixture->db, child->record.id, "Names colours");
  g_autoptr (WayMeasurement) measurement =
      store_add_measurement (fixture->db, target->record.id, "2025-10-01", 3);
  g_autofree char *visit = store_visit (fixture->db, child->record.id, "2025-11-17", "Phonics.");
  g_autoptr (WayCase) episode = way_record_new (WAY_CASE);
  g_autoptr (WayCaseStatus) status = way_record_new (WAY_CASE_STATUS);
  g_autoptr (WayNeed) first = way_record_new (WAY_NEED), second = way_record_new (WAY_NEED);
  g_autoptr (GPtrArray) rows = NULL, earlier = NULL;
  g_autoptr (WayRecordSet) records = NULL;
  const WayChildRow *row;

  episode->child = g_strdup (child->record.id);
  episode->opened = way_date_new (2025, 9, 1);
  store_save (fixture->db, episode);
  status->case_id = g_strdup (episode->record.id);
  status->from = way_date_new (2026, 1, 5);
  status->status = g_strdup ("on-hold");
  store_save (fixture->db, status);
  /* Over, though its state does not say so. */
  over->ended = way_date_new (2025, 11, 1);
  store_save (fixture->db, over);
  child->preferred = g_strdup ("Ami");
  store_save (fixture->db, child);
  second->child = g_strdup (child->record.id);
  second->rank = 2;
  second->type = g_strdup ("ASD");
  store_save (fixture->db, second);
  first->child = g_strdup (child->record.id);
  first->rank = 1;
  first->type = g_strdup ("SLCN");
  store_save (fixture->db, first);

  rows = way_db_list_child_rows (fixture->db, way_date_new (2026, 1, 31), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 2);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->name, ==, "Ben Adams");
  g_assert_null (row->setting);
  g_assert_null (row->case_state);
  row = g_ptr_array_index (rows, 1);
  g_assert_cmpstr (row->name, ==, "Amara Okafor");
  g_assert_cmpstr (row->sort_name, ==, "okafor amara");
  g_assert_cmpstr (row->year, ==, "Year 2");
  g_assert_cmpstr (row->setting, ==, "Oakfield Primary");
  g_assert_cmpstr (row->needs, ==, "SLCN ASD");
  g_assert_cmpstr (row->case_state, ==, "on-hold");
  g_assert_cmpuint (row->last_seen, ==, way_date_new (2025, 11, 17));
  g_assert_cmpuint (row->n_open_targets, ==, 1);
  g_assert_cmpstr (row->preferred, ==, "Ami");
  assert_first_rows (fixture->db, rows, way_date_new (2026, 1, 31));
  earlier = way_db_list_child_rows (fixture->db, way_date_new (2025, 10, 1), &error);
  assert_first_rows (fixture->db, earlier, way_date_new (2025, 10, 1));
  row = g_ptr_array_index (earlier, 1);
  g_assert_cmpstr (row->case_state, ==, "active");
  g_assert_cmpuint (row->last_seen, ==, WAY_DATE_UNKNOWN);

  records = way_db_gather_child (fixture->db, child->record.id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (way_record_set_list (records, WAY_CHILD)->len, ==, 1);
  g_assert_cmpuint (way_record_set_list (records, WAY_SETTING)->len, ==, 1);
  g_assert_cmpuint (way_record_set_list (records, WAY_PRACTITIONER)->len, ==, 1);
  g_assert_cmpuint (way_record_set_list (records, WAY_MEASUREMENT)->len, ==, 1);
  g_assert_cmpuint (way_record_set_list (records, WAY_VISIT)->len, ==, 1);
  g_assert_cmpuint (way_record_set_list (records, WAY_ACTION)->len, ==, 1);
  g_assert_cmpuint (way_record_set_list (records, WAY_CASE_STATUS)->len, ==, 1);
  g_assert_null (way_db_gather_child (fixture->db, "nobody", &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_NOT_FOUND);
}

/* Much that is written in a part of a transaction and taken back again must not take with it what
 * was written before that part. */
static void
test_part_taken_back (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) before = NULL, after = NULL;

  g_assert_true (way_db_begin (fixture->db, &error));
  before = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_assert_true (way_db_begin (fixture->db, &error));
  for (guint i = 0; i < 4200; i++) {
    g_autoptr (WaySetting) setting = store_add_setting (fixture->db, "Oakfield Primary");
  }
  way_db_rollback (fixture->db);
  g_assert_true (way_db_begin (fixture->db, &error));
  after = store_add_child (fixture->db, "Zoë", "Adeyemi", NULL);
  g_assert_true (way_db_commit (fixture->db, &error));
  g_assert_true (way_db_commit (fixture->db, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (fixture->db, "okafor"), ==, 1);
  g_assert_cmpuint (count (fixture->db, "adeyemi"), ==, 1);
  g_assert_cmpuint (count (fixture->db, "oakfield"), ==, 0);
}

/* Other programs give ids that are single in each of their tables only: both records are found. */
static void
test_one_id (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayTarget) target = way_record_new (WAY_TARGET);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  g_assert_true (way_db_begin (fixture->db, &error));
  way_set_string (&child->preferred, "Mari");
  g_assert_true (way_db_save (fixture->db, child, &error));
  target->record.id = g_strdup (child->record.id);
  target->child = g_strdup (child->record.id);
  target->statement = g_strdup ("Asks for a break");
  target->measure = g_strdup ("count");
  target->start = way_date_new (2025, 9, 8);
  way_set_string (&target->direction, "up");
  way_set_string (&target->state, "open");
  way_db_save (fixture->db, target, &error);
  g_assert_no_error (error);
  g_assert_true (way_db_commit (fixture->db, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (fixture->db, "mari"), ==, 1);
  g_assert_cmpuint (count (fixture->db, "break"), ==, 1);
  g_assert_true (way_db_index_check (fixture->db, problems, &error));
  g_assert_cmpuint (problems->len, ==, 0);
}

/* Letters that no accent tells from a plain one: found by them, and by what others type. */
static void
test_plain_letters (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const NAMES[][3] = {{"Łukasz", "lukasz", "łukasz"},
                                         {"Đorđe", "dorde", "Đorđe"},
                                         {"Søren", "soren", "SØREN"},
                                         {"Strauß", "strauss", "STRAUß"},
                                         {"Æthel", "aethel", "æth"},
                                         {"Işık", "isik", "Işık"},
                                         {"Þór", "thor", "þó"},
                                         {"Żak", "zak", "żak"}};

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autoptr (WayChild) child = store_add_child (fixture->db, NAMES[i][0], "Example", NULL);

    for (guint k = 1; k < 3; k++) {
      for (guint order = 0; order < 2; order++) {
        g_autoptr (GError) error = NULL;
        g_autoptr (GPtrArray) hits =
            way_db_search (fixture->db, NAMES[i][k], (WaySearchOrder) order, 10, &error);

        g_assert_no_error (error);
        g_assert_cmpuint (hits->len, ==, 1);
        g_assert_cmpstr (((WaySearchHit *) g_ptr_array_index (hits, 0))->id, ==, child->record.id);
      }
    }
  }
}

static void
assert_last_seen (WayDb *db, WayDate expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = way_db_list_child_rows (db, way_date_new (2026, 3, 1), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpuint (((WayChildRow *) rows->pdata[0])->last_seen, ==, expected);
}

/* At a visit that did not take place nobody was seen, whenever that is said. */
static void
test_last_seen (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPractitioner) me = store_add_me (fixture->db);
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayRecordSet) records = store_make_visit (fixture->db, child->record.id, "2026-01-20");
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);

  way_set_string (&visit->kind, "not-held");
  way_set_string (&visit->not_held_reason, "The child was ill");
  g_assert_true (way_db_store_visit (fixture->db, records, &error));
  assert_last_seen (fixture->db, WAY_DATE_UNKNOWN);
  way_set_string (&visit->kind, "observation");
  way_set_string (&visit->not_held_reason, NULL);
  g_assert_true (way_db_store_visit (fixture->db, records, &error));
  assert_last_seen (fixture->db, way_date_new (2026, 1, 20));
  visit->date = way_date_new (2026, 1, 21);
  g_assert_true (way_db_store_visit (fixture->db, records, &error));
  assert_last_seen (fixture->db, way_date_new (2026, 1, 21));
  way_set_string (&visit->kind, "not-held");
  way_set_string (&visit->not_held_reason, "The child was ill");
  g_assert_true (way_db_store_visit (fixture->db, records, &error));
  g_assert_no_error (error);
  assert_last_seen (fixture->db, WAY_DATE_UNKNOWN);
}

int
main (int argc, char **argv)
{
#define ADD(name, func)                                                                            \
  g_test_add ("/store/search/" name, StoreFixture, NULL, store_set_up, func, store_tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("words", test_words);
  ADD ("plain-letters", test_plain_letters);
  ADD ("order-and-snippet", test_order_and_snippet);
  ADD ("follows-changes", test_follows_changes);
  ADD ("parts-of-visit", test_parts_of_visit);
  ADD ("notes-of-measurements", test_notes_of_measurements);
  ADD ("moves", test_moves);
  ADD ("part-taken-back", test_part_taken_back);
  ADD ("one-id", test_one_id);
  ADD ("first-child", test_first_child);
  ADD ("views", test_views);
  ADD ("last-seen", test_last_seen);
#undef ADD
  return g_test_run ();
}
