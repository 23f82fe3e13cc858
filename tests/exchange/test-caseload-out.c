/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tables of a caseload hold beside a row's own fields, and what they must not hold. */
#include "exchange-fixture.h"
#include "way-caseload-files.h"
#include "way-caseload.h"
#include "way-error.h"
#include "way-exchange-private.h"
#include "way-text.h"
#include "way-values.h"

#include <string.h>

static void
read_folder (const char *folder, Sink *sink)
{
  g_autoptr (GError) error = NULL;

  sink_init (sink);
  way_caseload_read_on (folder, way_date_new (2026, 11, 22), &sink->sink, NULL, &error);
  g_assert_no_error (error);
}

static void
add_view (
    WayRecordSet *records, const char *visit, guint position, const char *whose, const char *text)
{
  WayVisitView *view = way_record_set_add (records, WAY_VISIT_VIEW);

  view->record.id = way_uuid_random ();
  view->visit = g_strdup (visit);
  view->position = position;
  view->whose = g_strdup (whose);
  view->text = g_strdup (text);
}

static WayRecordSet *
make_views (void)
{
  WayRecordSet *records = way_record_set_new ();

  for (guint i = 0; i < 2; i++) {
    WayVisit *visit = way_record_set_add (records, WAY_VISIT);

    visit->record.id = way_uuid_for_name ("visit", i == 0 ? "1" : "2");
    visit->date = way_date_new (2026, 11, 17);
    visit->kind = g_strdup ("observation");
    add_view (records, visit->record.id, 1, "child", "I like the bear.\n\nAnd lunch.");
    if (i == 1) { /* said two things; and a staff view, said by somebody */
      add_view (records, visit->record.id, 2, "child", "Not maths.");
      add_view (records, visit->record.id, 3, "staff", "He is calmer.");
      way_set_string (
          &((WayVisitView *) way_record_set_list (records, WAY_VISIT_VIEW)->pdata[3])->said_by,
          "Mr Hill");
    }
  }
  return records;
}

/* Two things that a child said are two things when they come back. */
static void
test_views_stay_apart (void)
{
  g_autofree char *dir = temp_dir_new ();
  g_autofree char *path = g_build_filename (dir, "visits.csv", NULL), *visits = NULL;
  g_autoptr (WayRecordSet) records = make_views ();
  g_autoptr (GError) error = NULL;
  const WayVisitView *view;
  guint n_left;
  Sink sink;

  way_caseload_write (dir, records, &n_left, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_left, ==, N_CASELOAD_FILES);
  g_assert_true (g_file_get_contents (path, &visits, NULL, NULL));
  g_assert_nonnull (strstr (visits, "And lunch.\n\nNot maths.")); /* for people, as one cell */
  read_folder (dir, &sink);
  g_assert_cmpuint (sink.errors->len, ==, 0);
  g_assert_cmpuint (sink_count (&sink, WAY_VISIT_VIEW), ==, 4);
  view = sink_find (&sink, WAY_VISIT_VIEW, 0);
  g_assert_cmpstr (view->text, ==, "I like the bear.\n\nAnd lunch.");
  view = sink_find (&sink, WAY_VISIT_VIEW, 2);
  g_assert_cmpstr (view->text, ==, "Not maths.");
  g_assert_cmpfloat (view->position, ==, 2);
  view = sink_find (&sink, WAY_VISIT_VIEW, 3);
  g_assert_cmpstr (view->said_by, ==, "Mr Hill");
  sink_clear (&sink);
  remove_dir (dir);
}

static void
add_person (
    WayRecordSet *records, const char *visit, guint position, const char *name, const char *role)
{
  WayVisitPerson *person = way_record_set_add (records, WAY_VISIT_PERSON);

  person->record.id = way_uuid_random ();
  person->visit = g_strdup (visit);
  person->position = position;
  person->name = g_strdup (name);
  person->role = g_strdup (role);
}

/* Who was there comes back with the name that was written, whatever signs are in it. */
static void
test_people_keep_names (void)
{
  static const char *const PEOPLE[][2] = {{"Ann (Nan) Reid", NULL},
                                          {"Priya Nair (class teacher)", NULL},
                                          {"Hill; Moss", "TA (a.m.)"},
                                          {"Jo Hay", "SENCO"}};
  g_autofree char *dir = temp_dir_new ();
  g_autoptr (WayRecordSet) records = make_views ();
  g_autofree char *usual = way_uuid_for_name ("visit", "1"),
                  *odd = way_uuid_for_name ("visit", "2");
  g_autoptr (GError) error = NULL;
  const WayVisitPerson *person;
  guint n_left;
  Sink sink;

  add_person (records, usual, 1, "Priya Nair", "class teacher");
  for (guint i = G_N_ELEMENTS (PEOPLE); i > 0; i--)
    add_person (records, odd, i, PEOPLE[i - 1][0], PEOPLE[i - 1][1]);
  way_caseload_write (dir, records, &n_left, &error);
  g_assert_no_error (error);
  read_folder (dir, &sink);
  g_assert_cmpuint (sink.errors->len, ==, 0);
  g_assert_cmpuint (sink_count (&sink, WAY_VISIT_PERSON), ==, 1 + G_N_ELEMENTS (PEOPLE));
  person = sink_find (&sink, WAY_VISIT_PERSON, 0);
  g_assert_cmpstr (person->visit, ==, usual);
  g_assert_cmpstr (person->name, ==, "Priya Nair");
  for (guint i = 0; i < G_N_ELEMENTS (PEOPLE); i++) {
    person = sink_find (&sink, WAY_VISIT_PERSON, i + 1);
    g_assert_cmpstr (person->visit, ==, odd);
    g_assert_cmpstr (person->name, ==, PEOPLE[i][0]);
    g_assert_cmpstr (person->role, ==, PEOPLE[i][1]);
    g_assert_cmpfloat (person->position, ==, i + 1);
  }
  sink_clear (&sink);
  remove_dir (dir);
}

static void
add_child (WayRecordSet *records, const char *id, const char *restriction)
{
  WayChild *child = way_record_set_add (records, WAY_CHILD);
  WayContact *contact = way_record_set_add (records, WAY_CONTACT);

  child->record.id = g_strdup (id);
  child->surname = g_strdup (id);
  child->street = g_strdup_printf ("1 %s Lane", id);
  child->postcode = g_strdup_printf ("%s 1AA", id);
  child->alerts = g_strdup ("told in confidence");
  child->restricted_notes = g_strdup ("told in confidence");
  child->support = g_strdup ("Give me time");
  contact->record.id = g_strdup_printf ("of %s", id);
  contact->child = g_strdup (id);
  contact->name = g_strdup ("told in confidence");
  contact->restriction = g_strdup (restriction);
}

/* Tables are read by anybody who has them; and what they leave out is said. */
static void
test_stays (void)
{
  g_autofree char *dir = temp_dir_new ();
  g_autofree char *path = g_build_filename (dir, "children.csv", NULL);
  g_autoptr (WayRecordSet) records = way_record_set_new (), none = way_record_set_new ();
  g_autofree char *left_out = NULL, *children = NULL;
  g_autoptr (GError) error = NULL;
  guint n_left;

  add_child (records, "Hidden", "address-withheld");
  add_child (records, "Ordered", "court-order");
  add_child (records, "Known", "no-contact");
  way_caseload_write (dir, records, &n_left, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &children, NULL, NULL));
  g_assert_null (strstr (children, "told in confidence"));
  g_assert_null (strstr (children, "Hidden Lane"));
  g_assert_null (strstr (children, "Hidden 1AA"));
  g_assert_null (strstr (children, "Ordered Lane"));
  g_assert_nonnull (strstr (children, "1 Known Lane"));
  g_assert_nonnull (strstr (children, "Give me time"));
  left_out = way_caseload_dup_left_out (records, 1);
  g_assert_cmpstr (left_out,
                   ==,
                   "3 contacts, 1 draft of a visit, alerts of 3 children, restricted notes of 3 "
                   "children, the withheld address of 2 children");
  g_assert_null (way_caseload_dup_left_out (none, 0));
  remove_dir (dir);
}

/* Of every type of record it is decided where it goes: a table, visits.csv, or it is said. */
static void
test_every_type (void)
{
  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    const WayRecordType *type = WAY_RECORD_TYPES[i];
    g_autoptr (WayRecordSet) records = way_record_set_new ();
    g_autofree char *left_out = NULL;
    gboolean has_table = type == WAY_VISIT_CHILD || type == WAY_CODE;

    WAY_RECORD (way_record_set_add (records, type))->id = way_uuid_random ();
    for (guint k = 0; k < N_CASELOAD_FILES; k++)
      has_table = has_table || CASELOAD_FILES[k].type == type;
    left_out = way_caseload_dup_left_out (records, 0);
    g_test_message ("%s", type->name);
    g_assert_true (has_table == (left_out == NULL));
  }
}

/* An export that is killed can't tidy up; the next one does, and touches nothing of anybody else.
 */
static void
test_leftovers (void)
{
  static const char *const NAMES[] = {".children.csv.waymark-aB3dE9",
                                      ".visits.csv.waymark-aB3dE9.X1",
                                      ".children.csv.backup",
                                      "children.csv.waymark-notes"};
  g_autofree char *dir = g_dir_make_tmp ("waymark-XXXXXX", NULL);
  g_autoptr (WayRecordSet) records = way_record_set_new ();
  g_autoptr (GError) error = NULL;
  guint n_left;

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autofree char *path = g_build_filename (dir, NAMES[i], NULL);

    g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  }
  way_caseload_write (dir, records, &n_left, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autofree char *path = g_build_filename (dir, NAMES[i], NULL);

    g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, i >= 2);
  }
  remove_dir (dir);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/caseload-out/views-stay-apart", test_views_stay_apart);
  g_test_add_func ("/caseload-out/people-keep-names", test_people_keep_names);
  g_test_add_func ("/caseload-out/stays", test_stays);
  g_test_add_func ("/caseload-out/every-type", test_every_type);
  g_test_add_func ("/caseload-out/leftovers", test_leftovers);
  return g_test_run ();
}
