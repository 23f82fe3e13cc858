/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the visit editor knows without a widget. */
#include "way-visit-draft.h"

#include "way-dossier.h"
#include "way-text.h"

typedef struct {
  WayRecordSet *records;
  WayRecordSet *child; /* what is known of whom the visit is about */
  WayVisit *visit;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  WayVisitChild *child;

  fixture->records = way_record_set_new ();
  fixture->child = way_record_set_new ();
  fixture->visit = way_record_set_add (fixture->records, WAY_VISIT);
  fixture->visit->record.id = way_uuid_random ();
  child = way_visit_draft_add (fixture->records, WAY_VISIT_CHILD);
  child->child = way_uuid_random ();
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  way_record_set_free (fixture->records);
  way_record_set_free (fixture->child);
}

static void
assert_summary (Fixture *fixture, WayVisitSection section, const char *expected)
{
  g_autofree char *summary = way_visit_draft_summary (fixture->records, section);

  g_assert_cmpstr (summary, ==, expected);
}

static gboolean
is_empty (Fixture *fixture, WayVisitSection section)
{
  g_autoptr (GPtrArray) titles = way_visit_draft_dup_empty (fixture->records, fixture->child);

  return g_ptr_array_find_with_equal_func (
      titles, way_visit_section_title (section), g_str_equal, NULL);
}

static guint
count (Fixture *fixture, const WayRecordType *type)
{
  return way_record_set_list (fixture->records, type)->len;
}

/* Every prose section follows its field; white space alone is nothing. */
static void
test_prose (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint n_prose = 0;

  for (guint i = 0; i < WAY_N_SECTIONS; i++) {
    const char *name = way_visit_section_field (i);

    if (name == NULL)
      continue;
    n_prose++;
    g_assert_false (way_visit_draft_is_filled (fixture->records, i));
    g_assert_true (is_empty (fixture, i));
    way_set_string (&way_field_string (way_record_type_find (WAY_VISIT, name), fixture->visit),
                    " \n");
    g_assert_false (way_visit_draft_is_filled (fixture->records, i));
    way_set_string (&way_field_string (way_record_type_find (WAY_VISIT, name), fixture->visit),
                    "Sat at the front.");
    g_assert_true (way_visit_draft_is_filled (fixture->records, i));
    g_assert_false (is_empty (fixture, i));
    assert_summary (fixture, i, "Sat at the front.");
  }
  g_assert_cmpuint (n_prose, >=, 7);
  g_assert_cmpuint (way_visit_draft_count_words (fixture->records), ==, 4 * n_prose);
}

static void
test_when (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_false (way_visit_draft_is_filled (fixture->records, WAY_SECTION_WHEN));
  fixture->visit->date = way_date_new (2026, 11, 17);
  g_assert_false (way_visit_draft_is_filled (fixture->records, WAY_SECTION_WHEN));
  way_set_string (&fixture->visit->kind, "observation");
  g_assert_true (way_visit_draft_is_filled (fixture->records, WAY_SECTION_WHEN));
}

static void
test_actions_since (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  WayVisitAction *first, *second;

  g_assert_false (is_empty (fixture, WAY_SECTION_SINCE));
  first = way_visit_draft_add (fixture->records, WAY_VISIT_ACTION);
  second = way_visit_draft_add (fixture->records, WAY_VISIT_ACTION);
  g_assert_cmpstr (first->visit, ==, fixture->visit->record.id);
  g_assert_cmpfloat (first->position, <, second->position);
  g_assert_true (is_empty (fixture, WAY_SECTION_SINCE));
  way_set_string (&first->effect, "done");
  assert_summary (fixture, WAY_SECTION_SINCE, "1 of 2 answered");
  g_assert_false (way_visit_draft_is_filled (fixture->records, WAY_SECTION_SINCE));
  g_assert_false (is_empty (fixture, WAY_SECTION_SINCE)); /* something is written there */
  way_set_string (&second->effect, "not");
  assert_summary (fixture, WAY_SECTION_SINCE, "2 of 2 answered");
  g_assert_true (way_visit_draft_is_filled (fixture->records, WAY_SECTION_SINCE));
}

/* Who amends what another has written is told whose it is. */
static void
test_other_author (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  WayPractitioner *author = way_record_set_add (fixture->child, WAY_PRACTITIONER);

  g_assert_null (way_visit_draft_find_other_author (fixture->records, fixture->child));
  author->record.id = way_uuid_random ();
  way_set_string (&author->name, "Sana Iqbal");
  way_set_string (&fixture->visit->practitioner, author->record.id);
  g_assert_cmpstr (
      way_visit_draft_find_other_author (fixture->records, fixture->child), ==, "Sana Iqbal");
  author->me = WAY_YES;
  g_assert_null (way_visit_draft_find_other_author (fixture->records, fixture->child));
}

/* Nought is a rating; "no data" is none. */
static void
test_targets (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  WayVisitTarget *target = way_visit_draft_add (fixture->records, WAY_VISIT_TARGET);

  g_assert_false (way_visit_draft_is_filled (fixture->records, WAY_SECTION_TARGETS));
  target->rating = 0.0;
  g_assert_true (way_visit_draft_is_filled (fixture->records, WAY_SECTION_TARGETS));
  assert_summary (fixture, WAY_SECTION_TARGETS, "1 of 1 reviewed");
}

/* A current target may be in no row of the visit, of which it is told all the same. */
static void
test_targets_empty (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  WayTarget *target = way_record_set_add (fixture->child, WAY_TARGET);
  WayVisitTarget *set = NULL;

  fixture->visit->date = way_date_new (2026, 11, 17);
  g_assert_true (is_empty (fixture, WAY_SECTION_TARGETS));
  target->start = way_date_new (2026, 11, 18);
  g_assert_false (is_empty (fixture, WAY_SECTION_TARGETS));
  target->start = way_date_new (2026, 11, 17);
  g_assert_true (is_empty (fixture, WAY_SECTION_TARGETS));
  target->ended = way_date_new (2026, 11, 20);
  g_assert_false (is_empty (fixture, WAY_SECTION_TARGETS));
  target->ended = WAY_DATE_UNKNOWN;
  way_visit_draft_set_target (fixture->records, way_record_new (WAY_TARGET), &set);
  g_assert_false (is_empty (fixture, WAY_SECTION_TARGETS));
}

/* What an amendment adds to itself, its reason and the rows to write in, is no change. */
static void
test_changes (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayRecordSet) before = NULL;

  way_visit_draft_add (fixture->records, WAY_VISIT_ACTION); /* not answered */
  ((WayAction *) way_visit_draft_add (fixture->records, WAY_ACTION))->what = g_strdup ("Move on");
  before = way_record_set_copy (fixture->records);
  way_visit_draft_prepare (fixture->records);
  way_visit_draft_set_reason (fixture->records, "A slip");
  way_set_string (&fixture->visit->seen, "");
  g_assert_false (way_visit_draft_changes (fixture->records, before));
  g_assert_cmpuint (count (fixture, WAY_VISIT_VIEW), ==, 3);
  way_set_string (&fixture->visit->seen, "Sat at the front.");
  g_assert_true (way_visit_draft_changes (fixture->records, before));
  way_set_string (&fixture->visit->seen, NULL);
  way_set_string (&((WayAction *) way_record_set_first (fixture->records, WAY_ACTION))->who, "Me");
  g_assert_true (way_visit_draft_changes (fixture->records, before));
}

/* The rows to write in come once, and go again when nothing was written. */
static void
test_rows (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  WayAction *action;
  WayVisitView *view;

  way_visit_draft_prepare (fixture->records);
  way_visit_draft_prepare (fixture->records);
  g_assert_cmpuint (count (fixture, WAY_VISIT_VIEW), ==, 3);
  g_assert_cmpuint (count (fixture, WAY_ACTION), ==, 1);
  g_assert_cmpuint (count (fixture, WAY_VISIT_PERSON), ==, 1);
  action = way_record_set_first (fixture->records, WAY_ACTION);
  g_assert_cmpstr (
      action->child,
      ==,
      ((WayVisitChild *) way_record_set_first (fixture->records, WAY_VISIT_CHILD))->child);
  way_set_string (&action->what, "Move the seat");
  way_visit_draft_prepare (fixture->records);
  g_assert_cmpuint (count (fixture, WAY_ACTION), ==, 2);
  view = way_record_set_list (fixture->records, WAY_VISIT_VIEW)->pdata[2];
  way_set_string (&view->text, "It helps.");
  way_visit_draft_prune (fixture->records);
  g_assert_cmpuint (count (fixture, WAY_VISIT_PERSON), ==, 0);
  g_assert_cmpuint (count (fixture, WAY_ACTION), ==, 1);
  g_assert_cmpuint (count (fixture, WAY_VISIT_VIEW), ==, 1);
  g_assert_cmpfloat (
      ((WayVisitView *) way_record_set_first (fixture->records, WAY_VISIT_VIEW))->position, ==, 1);
  assert_summary (fixture, WAY_SECTION_ACTIONS, "1 agreed");
}

static void
test_reason (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *none = way_visit_draft_dup_reason (fixture->records);
  g_autofree char *reason = NULL;
  WayVisitVersion *earlier;

  g_assert_cmpstr (none, ==, "");
  g_assert_false (way_visit_draft_is_amendment (fixture->records));
  way_set_string (&fixture->visit->signed_at, "2026-11-17T17:05:09Z");
  g_assert_true (way_visit_draft_is_amendment (fixture->records));
  /* An earlier amendment's reason is not taken for this one's. */
  earlier = way_visit_draft_add (fixture->records, WAY_VISIT_VERSION);
  way_set_string (&earlier->reason, "Wrong date");
  way_visit_draft_set_reason (fixture->records, "Wrong");
  way_visit_draft_set_reason (fixture->records, "Wrong school");
  reason = way_visit_draft_dup_reason (fixture->records);
  g_assert_cmpstr (reason, ==, "Wrong school");
  g_assert_cmpuint (count (fixture, WAY_VISIT_VERSION), ==, 2);
  way_visit_draft_drop_reason (fixture->records);
  g_assert_cmpuint (count (fixture, WAY_VISIT_VERSION), ==, 1);
  g_assert_cmpstr (earlier->reason, ==, "Wrong date");
}

/* A file's name goes through mails and lists of recent files: no child's name in it. */
static void
test_file_name (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayChild) child = way_record_new (WAY_CHILD);
  g_autofree char *reference = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *name = NULL, *amended = NULL;

  child->record.id = way_uuid_random ();
  child->forename = g_strdup ("Robin");
  child->surname = g_strdup ("Example");
  fixture->visit->date = way_date_new (2026, 11, 17);
  reference = way_child_reference (child);
  expected = g_strdup_printf ("record-of-visit-%s-2026-11-17.pdf", reference);
  name = way_visit_file_name (fixture->visit, child, "pdf");
  g_assert_cmpstr (name, ==, expected);
  fixture->visit->version = 2.0;
  amended = way_visit_file_name (fixture->visit, child, "pdf");
  g_assert_true (g_str_has_suffix (amended, "-2026-11-17-version-2.pdf"));
  g_assert_null (g_strrstr (name, "Robin"));
  g_assert_null (g_strrstr (name, "Example"));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/visit-draft/" name, Fixture, NULL, set_up, function, tear_down)

/* What was typed before the visit was read comes behind what is written there. */
static void
test_typed_early (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *reason = NULL;

  way_visit_draft_take_typed (fixture->records, FALSE, "");
  g_assert_null (fixture->visit->seen);
  way_visit_draft_take_typed (fixture->records, FALSE, "One.");
  way_visit_draft_take_typed (fixture->records, FALSE, "\nTwo.");
  g_assert_cmpstr (fixture->visit->seen, ==, "One.\nTwo.");
  way_visit_draft_set_reason (fixture->records, "Wrong ");
  way_visit_draft_take_typed (fixture->records, TRUE, "date\nof birth");
  reason = way_visit_draft_dup_reason (fixture->records);
  g_assert_cmpstr (reason, ==, "Wrong date of birth");
  g_assert_cmpstr (fixture->visit->seen, ==, "One.\nTwo.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("prose", test_prose);
  ADD ("when", test_when);
  ADD ("actions-since", test_actions_since);
  ADD ("other-author", test_other_author);
  ADD ("targets", test_targets);
  ADD ("targets-empty", test_targets_empty);
  ADD ("changes", test_changes);
  ADD ("rows", test_rows);
  ADD ("reason", test_reason);
  ADD ("typed-early", test_typed_early);
  ADD ("file-name", test_file_name);
  return g_test_run ();
}
