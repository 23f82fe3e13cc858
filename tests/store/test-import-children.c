/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which child a pupil of a file is, where the numbers of two children are the same. */
#include "import-fixture.h"
#include "way-db-private.h"

#include <string.h>

#define UPN "F886200123001"

/* A number that names a child who has neither the name nor the day of birth. */
static void
test_number_alone (StoreFixture *fixture, gconstpointer data)
{
  const gboolean as_former = GPOINTER_TO_INT (data);
  g_autoptr (WayChild) known = import_make_child (NULL, "Amara", "Okafor", UPN);
  g_autofree char *first_id = NULL;

  store_save (fixture->db, known);
  for (guint round = 0; round < 4; round++) {
    Import import = import_begin (fixture->db, (WayImportOptions){.dry_run = round == 0});
    WayChild *child = import_make_child ("file-ben", "Ben", "Shaw", as_former ? NULL : UPN);
    g_autoptr (WayImportReport) report = NULL;
    const WayImportNote *note;

    child->dob += 400;
    if (as_former)
      child->former_upn = g_strdup (UPN);
    if (round == 3) /* as another folder has it */
      way_set_string (&child->record.id, "other-ben");
    import_take (&import, child, "pupils.xml", 3);
    report = import_end (&import);
    g_assert_cmpuint (report->n_added_total, ==, round < 2 ? 1 : 0);
    g_assert_cmpuint (report->n_conflicts, ==, 0);
    g_assert_cmpuint (
        import_count_notes (report, WAY_IMPORT_POSSIBLE_MATCH), ==, round < 2 ? 1 : 0);
    if (round >= 2)
      continue;
    note = import_first_note (report, WAY_IMPORT_POSSIBLE_MATCH);
    g_assert_nonnull (strstr (note->title, "Ben Shaw"));
    g_assert_nonnull (strstr (note->message, "Amara Okafor, born 14 Sep 2018"));
  }
  g_assert_cmpuint (import_count_rows (fixture->db, WAY_CHILD), ==, 2);
}

/* A number is the same however it was typed, here or before it was kept tidy. */
static void
test_number_as_typed (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayChild) known = import_make_child (NULL, "Amara", "Okafor", " f886 2001 23001");
  g_autoptr (WayChild) older = import_make_child (NULL, "Ben", "Shaw", "F886200123002");

  store_save (fixture->db, known);
  g_assert_cmpstr (known->upn, ==, UPN);
  store_save (fixture->db, older);
  store_exec (
      fixture->db, "UPDATE child SET upn = 'f886 2001 23002' WHERE surname = 'Shaw'", SQLITE_OK);
  for (guint round = 0; round < 2; round++) {
    Import import = import_begin (fixture->db, (WayImportOptions){.dry_run = round == 0});
    g_autoptr (WayImportReport) report = NULL;

    import_take (&import, import_make_child (NULL, "Amara", "Okafor", UPN), "pupils.xml", 3);
    import_take (
        &import, import_make_child (NULL, "Ben", "Shaw", "F886200123002"), "pupils.xml", 4);
    report = import_end (&import);
    g_assert_cmpuint (report->n_added_total, ==, 0);
    g_assert_cmpuint (import_count_notes (report, WAY_IMPORT_POSSIBLE_MATCH), ==, 0);
  }
}

/* The name or the day of birth beside the number is enough: one of them was corrected. */
static void
test_number_and_more (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const struct {
    const char *forename, *surname;
    int dob_shift;
  } CASES[] = {{"Amara", "Okafor", 400}, {"Ámara", "OKAFOR", 1}, {"Amy", "Smith", 0}};
  g_autoptr (WayChild) known = import_make_child (NULL, "Amara", "Okafor", UPN);

  store_save (fixture->db, known);
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    Import import = import_begin (fixture->db, (WayImportOptions){0});
    WayChild *child = import_make_child (NULL, CASES[i].forename, CASES[i].surname, UPN);
    g_autoptr (WayImportReport) report = NULL;

    child->dob += (WayDate) CASES[i].dob_shift;
    import_take (&import, child, "pupils.xml", 3);
    report = import_end (&import);
    g_assert_cmpuint (report->n_added_total, ==, 0);
    g_assert_cmpuint (report->n_conflicts, >, 0);
    g_assert_cmpuint (import_count_notes (report, WAY_IMPORT_POSSIBLE_MATCH), ==, 0);
  }
}

/* One number with two pupils of a file, as with twins of whom one got the other's. */
static void
test_number_twice_in_file (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (guint round = 0; round < 3; round++) {
    Import import = import_begin (fixture->db, (WayImportOptions){.dry_run = round == 0});
    WayChild *other = import_make_child ("c", "Cat", "Cole", UPN);
    g_autoptr (WayImportReport) report = NULL;

    other->dob += 100;
    import_take (&import, import_make_child ("a", "Amara", "Okafor", UPN), "pupils.xml", 3);
    import_take (&import, import_make_child ("b", "Bola", "Okafor", UPN), "pupils.xml", 9);
    import_take (&import, other, "pupils.xml", 15);
    import_take (&import, import_make_child ("d", "Amara", "Okafor", UPN), "pupils.xml", 21);
    report = import_end (&import);
    g_assert_cmpuint (report->n_added_total, ==, round < 2 ? 3 : 0);
    g_assert_cmpuint (report->n_conflicts, ==, 0);
    g_assert_cmpuint (
        import_count_notes (report, WAY_IMPORT_POSSIBLE_MATCH), ==, round < 2 ? 3 : 0);
  }
  g_assert_cmpuint (import_count_rows (fixture->db, WAY_CHILD), ==, 3);
}

/* An id that a folder made up, with the number of the child who has the id here. */
static void
test_number_and_id (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (guint round = 0; round < 2; round++) {
    Import import = import_begin (fixture->db, (WayImportOptions){0});
    WayChild *child = round == 0 ? import_make_child ("1", "Amara", "Okafor", UPN)
                                 : import_make_child ("1", "Ben", "Shaw", UPN);
    g_autoptr (WayImportReport) report = NULL;

    child->record.named_id = TRUE;
    child->dob += round;
    import_take (&import, child, "children.csv", 2);
    report = import_end (&import);
    g_assert_cmpuint (report->n_added_total, ==, 1);
    g_assert_cmpuint (report->n_conflicts, ==, 0);
    g_assert_cmpuint (import_count_notes (report, WAY_IMPORT_POSSIBLE_MATCH), ==, round);
  }
}

/* Imports a pupil who may be the child of the store; the first question is answered. */
static WayImportReport *
import_answered (WayDb *db, WayChild *child, gboolean dry_run, WayImportAnswer answer, char **asked)
{
  g_autoptr (GHashTable) answers = g_hash_table_new (g_str_hash, g_str_equal);
  WayImportOptions options = {.dry_run = dry_run, .answers = answers};
  Import import;

  if (*asked != NULL)
    g_hash_table_insert (answers, *asked, GINT_TO_POINTER (answer));
  import = import_begin (db, options);
  import_take (&import, child, "pupils.xml", 3);
  return import_end (&import);
}

/* A person says in the preview what nobody else can, and the import keeps to it. */
static void
test_answered (StoreFixture *fixture, gconstpointer data)
{
  const WayImportAnswer answer = GPOINTER_TO_INT (data);
  g_autoptr (WayChild) known = import_make_child (NULL, "Amara", "Okafor", UPN);
  g_autoptr (WayChild) kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *asked = NULL;

  store_save (fixture->db, known);
  for (guint round = 0; round < 3; round++) {
    WayChild *child = import_make_child ("file-amara", "Amara", "Okafor", "P886540222105");
    g_autoptr (WayImportReport) report = NULL;
    const WayImportNote *note;

    child->middle = g_strdup ("Grace");
    report = import_answered (fixture->db, child, round < 2, answer, &asked);
    note = import_first_note (report, WAY_IMPORT_POSSIBLE_MATCH);
    if (round == 0) {
      asked = g_strdup (note->question);
      g_assert_cmpstr (note->given, ==, "Amara Okafor, born 14 Sep 2018, UPN P886540222105");
      g_assert_cmpstr (note->known, ==, "Amara Okafor, born 14 Sep 2018, UPN " UPN);
    }
    g_assert_cmpstr (note->question, ==, asked);
    g_assert_cmpuint (
        report->n_added_total, ==, round > 0 && answer == WAY_IMPORT_SAME_CHILD ? 0 : 1);
    g_assert_cmpuint (
        report->n_conflicts, ==, round > 0 && answer == WAY_IMPORT_SAME_CHILD ? 1 : 0);
  }
  g_assert_cmpuint (
      import_count_rows (fixture->db, WAY_CHILD), ==, answer == WAY_IMPORT_SAME_CHILD ? 1 : 2);
  kept = way_db_get (fixture->db, WAY_CHILD, known->record.id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kept->upn, ==, UPN);
  g_assert_cmpstr (kept->middle, ==, answer == WAY_IMPORT_SAME_CHILD ? "Grace" : NULL);
}

/* Neither of two numbers of a child is lost, and a file with either finds the child. */
static void
test_second_number (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const struct {
    const char *known, *given;
    gboolean take_new;
    const char *upn, *former;
  } CASES[] = {
      {UPN, "P886540222105", FALSE, UPN, "P886540222105"},
      {UPN, "P886540222105", TRUE, "P886540222105", UPN},
      {UPN, "E88620012301A", TRUE, UPN, "E88620012301A"}, /* temporary */
      {"E88620012301A", UPN, TRUE, UPN, "E88620012301A"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *surname = g_strdup_printf ("Okafor%u", i);
    g_autoptr (WayChild) known = import_make_child (NULL, "Amara", surname, CASES[i].known);
    g_autoptr (WayChild) kept = NULL;
    g_autoptr (GError) error = NULL;

    store_exec (fixture->db, "UPDATE child SET upn = NULL, former_upn = NULL", SQLITE_OK);
    store_save (fixture->db, known);
    for (guint round = 0; round < 3; round++) {
      Import import = import_begin (
          fixture->db, (WayImportOptions){.dry_run = round == 0, .take_new = CASES[i].take_new});
      WayChild *child = import_make_child (known->record.id, "Amara", surname, CASES[i].given);
      g_autoptr (WayImportReport) report = NULL;

      import_take (&import, child, "children.csv", 2);
      report = import_end (&import);
      g_assert_cmpuint (report->n_conflicts, ==, round < 2 ? 1 : 0);
      g_assert_cmpuint (report->n_changed, ==, round < 2 ? 1 : 0);
    }
    kept = way_db_get (fixture->db, WAY_CHILD, known->record.id, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (kept->upn, ==, CASES[i].upn);
    g_assert_cmpstr (kept->former_upn, ==, CASES[i].former);
  }
}

/* An answer is about two children: it does not pass to another row or another child. */
static void
test_answer_of_another (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayChild) known = import_make_child (NULL, "Amara", "Okafor", UPN);
  g_autoptr (WayImportReport) first = NULL, second = NULL;
  g_autofree char *asked = NULL;
  WayChild *child;

  store_save (fixture->db, known);
  child = import_make_child ("file-amara", "Amara", "Okafor", "P886540222105");
  first = import_answered (fixture->db, child, TRUE, WAY_IMPORT_UNANSWERED, &asked);
  asked = g_strdup (import_first_note (first, WAY_IMPORT_POSSIBLE_MATCH)->question);
  child = import_make_child ("file-other", "Amara", "Okafor", "R674123101121");
  second = import_answered (fixture->db, child, TRUE, WAY_IMPORT_SAME_CHILD, &asked);
  g_assert_cmpuint (second->n_added_total, ==, 1);
}

/* What is older than the child: refused where the window would, else told. */
static void
test_before_birth (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayPractitioner) me = store_add_me (fixture->db);

  g_assert_nonnull (me);
  for (guint round = 0; round < 2; round++) {
    Import import = import_begin (fixture->db,
                                  (WayImportOptions){.dry_run = round == 0, .skip_bad_rows = TRUE});
    WayTarget *target = import_make_target ("target", "child");
    WayTarget *early = import_make_target ("early", "child");
    WayCase *opened = way_record_new (WAY_CASE);
    g_autoptr (WayRecordSet) unit = way_record_set_new ();
    WayVisit *visit = way_record_set_add (unit, WAY_VISIT);
    WayVisitChild *link = way_record_set_add (unit, WAY_VISIT_CHILD);
    g_autoptr (WayImportReport) report = NULL;
    const WayImportNote *note;

    visit->record.id = g_strdup ("visit");
    visit->date = way_date_new (2018, 9, 13);
    visit->kind = g_strdup ("observation");
    link->visit = g_strdup ("visit");
    link->child = g_strdup ("child");
    target->start = way_date_new (2018, 9, 14);
    early->start = way_date_new (2017, 1, 1);
    way_set_string (&early->statement, "Another");
    opened->record.id = g_strdup ("case");
    opened->child = g_strdup ("child");
    opened->opened = way_date_new (2017, 1, 1);
    import_take (&import, import_make_child ("child", "Amara", "Okafor", NULL), "c.csv", 2);
    import_take (&import, opened, "cases.csv", 2);
    import_take (&import, target, "targets.csv", 2);
    import_take (&import, early, "targets.csv", 3);
    import_take (&import, import_make_measurement ("target", "2018-09-13", 1), "m.csv", 2);
    import_take (&import, import_make_measurement ("target", "2018-09-14", 1), "m.csv", 3);
    import_take_set (&import, unit);
    report = import_end (&import);
    g_assert_cmpuint (report->n_errors, ==, 3);
    note = import_first_note (report, WAY_IMPORT_ERROR);
    g_assert_cmpuint (note->line, ==, 3);
    g_assert_cmpstr (note->field, ==, "start");
    g_assert_cmpuint (report->n_added_total, ==, 4);
    g_assert_cmpuint (import_count_notes (report, WAY_IMPORT_NOTICE), ==, 1);
    g_assert_cmpstr (import_first_note (report, WAY_IMPORT_NOTICE)->field, ==, "opened");
  }
}

static WayImportReport *
import_visit_on (StoreFixture *fixture, const WayPractitioner *me, WayDate day)
{
  Import import = import_begin (fixture->db, (WayImportOptions){0});
  WayVisit *visit = way_record_new (WAY_VISIT);

  visit->record.id = g_strdup ("visit");
  visit->practitioner = g_strdup (me->record.id);
  visit->date = day;
  visit->kind = g_strdup ("observation");
  import_take (&import, visit, "visits.csv", 2);
  return import_end (&import);
}

/* An unsigned visit may be planned, but a mistyped year should be seen; too far ahead it is no
 * plan. */
static void
test_visit_to_come (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayPractitioner) me = store_add_me (fixture->db);
  g_autoptr (WayImportReport) far = import_visit_on (fixture, me, way_date_new (2099, 1, 1));
  g_autoptr (WayImportReport) soon = import_visit_on (fixture, me, way_date_today () + 7);

  g_assert_cmpuint (far->n_errors, ==, 1);
  g_assert_cmpstr (import_first_note (far, WAY_IMPORT_ERROR)->field, ==, "date");
  g_assert_cmpuint (soon->n_errors, ==, 0);
  g_assert_cmpuint (soon->n_added_total, ==, 1);
  g_assert_cmpstr (import_first_note (soon, WAY_IMPORT_NOTICE)->field, ==, "date");
}

/* What is new is said with whose it is. */
static void
test_title_of_visit (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayPractitioner) me = store_add_me (fixture->db);

  for (guint round = 0; round < 2; round++) {
    Import import = import_begin (fixture->db, (WayImportOptions){.dry_run = round == 0});
    g_autoptr (WayRecordSet) unit = way_record_set_new ();
    WayVisit *visit = way_record_set_add (unit, WAY_VISIT);
    WayVisitChild *child = way_record_set_add (unit, WAY_VISIT_CHILD);
    g_autoptr (WayImportReport) report = NULL;
    g_autofree char *line = NULL;

    visit->record.id = g_strdup ("v1");
    visit->practitioner = g_strdup (me->record.id);
    visit->date = way_date_new (2025, 11, 17);
    visit->kind = g_strdup ("observation");
    child->visit = g_strdup ("v1");
    child->child = g_strdup ("c1");
    import_take (&import, import_make_child ("c1", "Amara", "Okafor", NULL), "children.csv", 2);
    import_take_set (&import, unit);
    report = import_end (&import);
    line = way_import_note_format (g_ptr_array_index (report->notes, report->notes->len - 1));
    g_assert_cmpstr (line, ==, "New: Amara Okafor: visit on 17 Nov 2025");
  }
}

#define ADD(name, data, func)                                                                      \
  g_test_add (                                                                                     \
      "/store/import-children/" name, StoreFixture, data, store_set_up, func, store_tear_down)

/* A child out of cohort in Year 3 is in Year 4 a year later: a new file that says so says nothing
 * new. Another year is a difference, and comes with its day. */
static void
test_year_moves_on (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const struct {
    const char *code;
    int year;
    guint n_conflicts;
  } FILES[] = {{"3", 2026, 0}, {"4", 2027, 0}, {"4", 2026, 1}, {"3", 2027, 1}};
  WayDate taken = way_date_new (2027, 10, 1);

  for (guint i = 0; i <= G_N_ELEMENTS (FILES); i++) {
    gboolean take = i == G_N_ELEMENTS (FILES);
    Import import = import_begin (fixture->db, (WayImportOptions){.take_new = take});
    WayChild *child = import_make_child ("c1", "Amara", "Okafor", NULL);
    g_autoptr (WayImportReport) report = NULL;
    g_autoptr (GPtrArray) children = NULL;

    child->dob = way_date_new (2017, 9, 14); /* Year 4 in 2026 */
    way_set_string (&child->nc_year, take ? "3" : FILES[i].code);
    child->nc_year_from = take ? taken : way_date_new (FILES[i].year, 11, 17);
    import_take (&import, child, "children.csv", 2);
    report = import_end (&import);
    g_assert_cmpuint (report->n_conflicts, ==, take ? 1 : FILES[i].n_conflicts);
    children = way_db_list (fixture->db, WAY_CHILD, NULL, NULL, NULL);
    child = g_ptr_array_index (children, 0);
    g_assert_cmpstr (child->nc_year, ==, "3");
    g_assert_cmpuint (child->nc_year_from, ==, take ? taken : way_date_new (2026, 11, 17));
  }
}

/* Who was out of cohort and is back in the year of the age: a difference, and taken it is the usual
 * year again, which moves on by itself. The usual year alone is no news. */
static void
test_year_is_usual_again (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const struct {
    const char *code;
    gboolean take;
    guint n_conflicts;
    const char *kept;
  } FILES[] = {{"4", FALSE, 0, NULL}, /* the usual one */
               {"3", FALSE, 0, "3"},
               {"4", FALSE, 1, "3"},
               {"4", TRUE, 1, NULL},
               {"4", FALSE, 0, NULL}};

  for (guint i = 0; i < G_N_ELEMENTS (FILES); i++) {
    Import import = import_begin (fixture->db, (WayImportOptions){.take_new = FILES[i].take});
    WayChild *child = import_make_child ("c1", "Amara", "Okafor", NULL);
    g_autoptr (WayImportReport) report = NULL;
    g_autoptr (GPtrArray) children = NULL;

    child->dob = way_date_new (2017, 9, 14);
    child->nc_year = g_strdup (FILES[i].code);
    child->nc_year_from = way_date_new (2026, 11, 17);
    import_take (&import, child, "children.csv", 2);
    report = import_end (&import);
    g_assert_cmpuint (report->n_conflicts, ==, FILES[i].n_conflicts);
    children = way_db_list (fixture->db, WAY_CHILD, NULL, NULL, NULL);
    child = g_ptr_array_index (children, 0);
    g_assert_cmpstr (child->nc_year, ==, FILES[i].kept);
    g_assert_true ((child->nc_year_from != WAY_DATE_UNKNOWN) == (FILES[i].kept != NULL));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("number-alone", NULL, test_number_alone);
  ADD ("former-number-alone", GINT_TO_POINTER (TRUE), test_number_alone);
  ADD ("number-as-typed", NULL, test_number_as_typed);
  ADD ("number-and-more", NULL, test_number_and_more);
  ADD ("number-twice-in-file", NULL, test_number_twice_in_file);
  ADD ("number-and-id", NULL, test_number_and_id);
  ADD ("same-child", GINT_TO_POINTER (WAY_IMPORT_SAME_CHILD), test_answered);
  ADD ("different-children", GINT_TO_POINTER (WAY_IMPORT_DIFFERENT_CHILDREN), test_answered);
  ADD ("answer-of-another", NULL, test_answer_of_another);
  ADD ("second-number", NULL, test_second_number);
  ADD ("before-birth", NULL, test_before_birth);
  ADD ("visit-to-come", NULL, test_visit_to_come);
  ADD ("title-of-visit", NULL, test_title_of_visit);
  ADD ("year-moves-on", NULL, test_year_moves_on);
  ADD ("year-is-usual-again", NULL, test_year_is_usual_again);
  return g_test_run ();
}
