/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page that brings files in, in the real window on a real store. */
#include "app-fixture.h"
#include "way-children-page.h"
#include "way-import-item.h"
#include "way-import-page.h"
#include "way-visit-editor.h"

#include <glib/gstdio.h>

#define PUPIL(surname, forename, dob)                                                              \
  "<Pupil><Surname>" surname "</Surname><Forename>" forename "</Forename><DOB>" dob                \
  "</DOB><Sex>F</Sex></Pupil>\n"
#define CTF(pupils)                                                                                \
  "<CTfile><Header><DocumentName>Common Transfer File</DocumentName><CTFversion>25.0</CTFversion>" \
  "<SourceSchool><LEA>886</LEA><Estab>2001</Estab></SourceSchool></"                               \
  "Header>\n<CTFpupilData>\n" pupils "</CTFpupilData></CTfile>\n"

static char *
write_file (AppFixture *fixture, const char *name, const char *text)
{
  char *path = g_build_filename (fixture->store.dir, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

static WayImportPage *
get_page (AppFixture *fixture)
{
  app_wait_for_page (fixture, WAY_TYPE_IMPORT_PAGE);
  return WAY_IMPORT_PAGE (way_window_get_page (fixture->window));
}

static gboolean
is_state (AppFixture *fixture, gconstpointer state)
{
  return g_strcmp0 (way_import_page_get_state (get_page (fixture)), state) == 0;
}

static guint
count_children (AppFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) children = NULL;

  children = way_db_list (fixture->store.db, WAY_CHILD, NULL, NULL, &error);
  g_assert_no_error (error);
  return children->len;
}

static void
finish (AppFixture *fixture, const char *path, guint n_children)
{
  app_close (fixture);
  g_assert_cmpuint (count_children (fixture), ==, n_children);
  g_assert_no_errno (g_remove (path));
}

/* Nothing changes before "Import"; then everything is there, and said. */
static void
test_takes_a_file (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = write_file (
      fixture,
      "pupils.xml",
      CTF (PUPIL ("Sample", "Noor", "2017-02-03") PUPIL ("Sample", "Ilse", "2018-05-06")));

  app_activate (fixture, "win.import-path", path);
  app_wait (fixture, is_state, "preview", "the preview");
  g_assert_cmpuint (way_import_page_get_n_lines (get_page (fixture)), >=, 2);
  app_wait (fixture, app_says, "Nothing was changed yet.", "the summary");
  app_wait (fixture, app_says, "Noor", "the lines");
  app_check_names (GTK_WIDGET (fixture->window));
  app_press (fixture, "Import");
  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);
  app_wait (fixture, app_says, "Imported: 2 children", "the message");
  finish (fixture, path, 3);
}

static void
test_preview_changes_nothing (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path =
      write_file (fixture, "pupils.xml", CTF (PUPIL ("Sample", "Noor", "2017-02-03")));

  app_activate (fixture, "win.import-path", path);
  app_wait (fixture, is_state, "preview", "the preview");
  finish (fixture, path, 1);
}

/* A bad row stops all, until it is left out; its file and line are shown. */
static void
test_bad_rows (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = write_file (
      fixture,
      "pupils.xml",
      CTF (PUPIL ("Sample", "Noor", "2017-02-03") PUPIL ("Sample", "Ilse", "2018-02-30")));
  g_autofree char *other =
      write_file (fixture, "other.xml", CTF (PUPIL ("Sample", "Ilse", "2018-02-30")));
  GtkWidget *skip;

  app_activate (fixture, "win.import-path", path);
  app_wait (fixture, is_state, "preview", "the preview");
  app_wait (fixture, app_says, "pupils.xml, line 4", "the place of the bad row");
  app_wait (fixture, app_says, "Ilse Sample, pupil 2 of the file", "who it is");
  g_assert_false (gtk_widget_is_sensitive (app_get (fixture, GTK_TYPE_BUTTON, "Import")));
  skip = app_get (fixture, GTK_TYPE_CHECK_BUTTON, "Leave out bad rows and take the rest");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (skip), TRUE);
  app_wait (fixture, app_says, "Nothing was changed yet.", "the new preview");
  /* What was decided about this file is not decided about another. */
  way_import_page_read (get_page (fixture), other);
  app_wait (fixture, app_says, "other.xml, line 3", "the other file's bad row");
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (skip)));
  g_assert_false (gtk_widget_is_sensitive (app_get (fixture, GTK_TYPE_BUTTON, "Import")));
  way_import_page_read (get_page (fixture), path);
  app_wait (fixture, app_says, "pupils.xml, line 4", "the first file again");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (skip), TRUE);
  app_wait (fixture, app_says, "Nothing was changed yet.", "the preview without the bad row");
  g_assert_no_errno (g_remove (other));
  app_press (fixture, "Import");
  /* What was left out can be read in peace. */
  app_wait (fixture, app_says, "Imported: 1 child", "what was imported");
  app_wait (fixture, app_says, "Ilse Sample, pupil 2 of the file", "who was left out");
  g_assert_cmpuint (way_import_page_get_n_lines (get_page (fixture)), ==, 1);
  g_assert_null (app_find (
      GTK_WIDGET (fixture->window), GTK_TYPE_CHECK_BUTTON, "Leave out bad rows and take the rest"));
  app_press (fixture, "Done");
  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);
  finish (fixture, path, 2);
}

#define TWIN(upn)                                                                                  \
  "<Pupil><UPN>" upn "</UPN><Surname>Sample</Surname><Forename>Noor</Forename>"                    \
  "<DOB>2017-02-03</DOB><Sex>F</Sex></Pupil>\n"

static gboolean
is_chosen (AppFixture *fixture, const char *name)
{
  return gtk_toggle_button_get_active (
      GTK_TOGGLE_BUTTON (app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, name)));
}

static GtkDropDown *
get_show (AppFixture *fixture)
{
  return GTK_DROP_DOWN (app_get (fixture, GTK_TYPE_DROP_DOWN, "Show"));
}

/* Two of one name: the page shows both, and what is answered is what is imported. */
static void
test_possible_match (AppFixture *fixture, gconstpointer data)
{
  const gboolean is_same = GPOINTER_TO_INT (data);
  const char *const answer = is_same ? "Same child" : "Different children";
  GtkStringObject *shown;
  g_autofree char *path =
      write_file (fixture, "pupils.xml", CTF (TWIN ("F886200123001") TWIN ("P886540222105")));

  app_activate (fixture, "win.import-path", path);
  app_wait (fixture, is_state, "preview", "the preview");
  app_wait (fixture, app_says, "UPN P886540222105", "the file's child");
  app_wait (fixture, app_says, "UPN F886200123001", "the child it may be");
  /* What is still asked has no outcome yet. */
  g_assert_true (app_says (fixture, "child has the same name and date of birth as another child"));
  g_assert_true (app_says (fixture, "different UPN. Choose whether it is the same child"));
  g_assert_false (app_says (fixture, "added as a child of its own"));
  g_assert_true (app_says (fixture, "Taken as different children until then: "));
  app_check_names (GTK_WIDGET (fixture->window));
  /* Not before it is answered. */
  app_wait (fixture, app_says, "1 possible match waits for your answer", "what is missing");
  g_assert_false (gtk_widget_is_sensitive (app_get (fixture, GTK_TYPE_BUTTON, "Import")));
  gtk_test_accessible_assert_property (app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "Same child"),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Noor Sample, born 3 Feb 2017");
  gtk_drop_down_set_selected (get_show (fixture), 1);
  g_assert_cmpuint (way_import_page_get_n_lines (get_page (fixture)), ==, 1);
  app_get (fixture,
           g_type_from_name ("GtkListItemWidget"),
           "Possible match: Noor Sample, born 3 Feb 2017");
  gtk_widget_grab_focus (app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, answer));
  /* As with a large file: what is under way is shown in the place of the preview. */
  app_hold_store (fixture);
  app_press (fixture, answer);
  app_wait (fixture, is_state, "reading", "the new reading");
  app_let_go_store ();
  app_wait (fixture,
            app_says,
            is_same ? "The file’s child is taken as the same child, as you said."
                    : "The file’s child is added as a child of its own, as you said.",
            "the answer");
  /* It is still the same line that is in view. */
  shown = gtk_drop_down_get_selected_item (get_show (fixture));
  g_assert_cmpstr (gtk_string_object_get_string (shown), ==, "Possible match (1)");
  g_assert_cmpuint (way_import_page_get_n_lines (get_page (fixture)), ==, 1);
  g_assert_cmpint (is_chosen (fixture, "Same child"), ==, is_same);
  g_assert_cmpint (is_chosen (fixture, "Different children"), ==, !is_same);
  g_assert_true (gtk_widget_has_focus (app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, answer)));
  app_press (fixture, "Import");
  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);
  finish (fixture, path, is_same ? 2 : 3);
}

static void
test_refused (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = write_file (fixture, "notes.xml", "<notes><note/></notes>");

  app_activate (fixture, "win.import-path", path);
  app_wait (fixture, is_state, "refused", "the refusal");
  app_wait (fixture, app_says, "notes.xml:1", "the file and line");
  app_check_names (GTK_WIDGET (fixture->window));
  app_press (fixture, "Choose another…");
  app_wait (fixture, is_state, "choose", "the choice");
  finish (fixture, path, 1);
}

#define KNOWN(surname, sex)                                                                        \
  "<Pupil><UPN>F886200123001</UPN><Surname>" surname "</Surname><Forename>Noor</Forename>"         \
  "<DOB>2017-02-03</DOB><Sex>" sex "</Sex></Pupil>\n"

static const WayChild *
find_noor (GPtrArray *children)
{
  for (guint i = 0; i < children->len; i++) {
    const WayChild *child = g_ptr_array_index (children, i);

    if (g_strcmp0 (child->forename, "Noor") == 0)
      return child;
  }
  g_assert_not_reached ();
}

/* Of two values that differ, one is the file's and one stays. */
static void
test_single_values (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = write_file (fixture, "pupils.xml", CTF (KNOWN ("Sample", "F")));
  g_autofree char *later = write_file (fixture, "later.xml", CTF (KNOWN ("Simple", "M")));
  g_autoptr (GPtrArray) children = NULL;
  GtkCheckButton *all;

  app_activate (fixture, "win.import-path", path);
  app_wait (fixture, is_state, "preview", "the preview");
  app_press (fixture, "Import");
  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);
  app_activate (fixture, "win.import-path", later);
  app_wait (fixture, is_state, "preview", "the preview");
  app_wait (fixture, app_says, "the store has “Sample”, the file has “Simple”", "both values");
  app_check_names (GTK_WIDGET (fixture->window));
  all = GTK_CHECK_BUTTON (
      app_get (fixture, GTK_TYPE_CHECK_BUTTON, "Take all of the file’s values that differ"));
  g_assert_true (is_chosen (fixture, "Keep mine"));
  gtk_check_button_set_active (all, TRUE);
  app_wait (fixture,
            app_says,
            "Nothing was changed yet. An import gives: No new records; 2 values",
            "both taken");
  app_press (fixture, "Keep mine");
  app_wait (fixture,
            app_says,
            "Nothing was changed yet. An import gives: No new records; 1 value",
            "one taken");
  g_assert_true (gtk_check_button_get_inconsistent (all));
  gtk_check_button_set_active (all, FALSE);
  app_wait (fixture, app_says, "An import gives: Nothing new; 2 differences", "none taken");
  g_assert_false (gtk_check_button_get_inconsistent (all));
  app_press (fixture, "Take the file’s");
  app_wait (fixture,
            app_says,
            "Nothing was changed yet. An import gives: No new records; 1 value",
            "one taken");
  app_press (fixture, "Import");
  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);
  g_assert_no_errno (g_remove (later));
  finish (fixture, path, 2);
  children = way_db_list (fixture->store.db, WAY_CHILD, NULL, NULL, NULL);
  g_assert_cmpstr (find_noor (children)->surname, ==, "Simple");
  g_assert_cmpstr (find_noor (children)->sex, ==, "F");
}

/* What the file's values are refused for does not keep out the rest of it. */
static void
test_refused_values (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *const head = "year,term,start,end\n2030-31,1,2030-09-02,";
  g_autofree char *folder = g_build_filename (fixture->store.dir, "load", NULL);
  g_autofree char *good = g_strconcat (head, "2030-10-18\n2030-31,2,2030-11-04,2030-12-18\n", NULL);
  g_autofree char *bad = g_strconcat (head, "2030-11-05\n", NULL);
  g_autofree char *path = NULL;

  g_assert_no_errno (g_mkdir (folder, 0700));
  path = write_file (fixture, "load/terms.csv", good);
  app_activate (fixture, "win.import-path", folder);
  app_wait (fixture, is_state, "preview", "the preview");
  app_press (fixture, "Import");
  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);
  g_free (path);
  path = write_file (fixture, "load/terms.csv", bad);
  app_activate (fixture, "win.import-path", folder);
  app_wait (fixture, is_state, "preview", "the preview");
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (
          app_get (fixture, GTK_TYPE_CHECK_BUTTON, "Take all of the file’s values that differ")),
      TRUE);
  app_wait (fixture, is_state, "refused", "the refusal");
  app_wait (fixture, app_says, "Terms 2030-31/1 and 2030-31/2 overlap", "which terms");
  app_press (fixture, "Try again");
  app_wait (fixture, is_state, "preview", "the preview without the file’s values");
  finish (fixture, path, 1);
  g_assert_no_errno (g_rmdir (folder));
}

/* Back while it reads: the page goes, and nothing comes in. */
static void
test_left_while_reading (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path =
      write_file (fixture, "pupils.xml", CTF (PUPIL ("Sample", "Noor", "2017-02-03")));

  app_activate (fixture, "win.import-path", path);
  app_wait_for_page (fixture, WAY_TYPE_IMPORT_PAGE);
  app_activate (fixture, "win.back", NULL);
  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);
  app_settle ();
  finish (fixture, path, 1);
}

/* A long file can be stopped; nothing of it is there then. */
static char *
write_many (AppFixture *fixture, guint n_pupils)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *whole = NULL;

  for (guint i = 0; i < n_pupils; i++)
    g_string_append_printf (text,
                            "<Pupil><Surname>Sample%u</Surname><Forename>Noor</Forename>"
                            "<DOB>2017-02-03</DOB><Sex>F</Sex></Pupil>\n",
                            i);
  whole = g_strdup_printf (CTF ("%s"), text->str);
  return write_file (fixture, "pupils.xml", whole);
}

static void
test_cancel (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = write_many (fixture, 20000);

  app_activate (fixture, "win.import-path", path);
  app_wait (fixture, is_state, "reading", "the progress");
  app_wait (fixture, app_says, "Reading pupils.xml…", "what is read");
  app_check_names (GTK_WIDGET (fixture->window));
  app_press (fixture, "Cancel");
  app_wait (fixture, is_state, "choose", "the choice");
  finish (fixture, path, 1);
}

/* Locking does not wait for the rest of the file, and leaves no half of it. */
static void
test_locked_while_importing (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = write_many (fixture, 5000);

  app_activate (fixture, "win.import-path", path);
  app_wait (fixture, is_state, "preview", "the preview");
  app_press (fixture, "Import");
  app_wait (fixture, app_says, "Importing pupils.xml…", "what is done");
  way_window_lock (fixture->window);
  app_settle ();
  g_assert_false (app_has_text (GTK_WIDGET (fixture->window), "could not"));
  finish (fixture, path, 1);
}

/* Another file that is chosen meanwhile waits for the end of the import, and that is said. */
static void
test_next_while_importing (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = write_many (fixture, 3);
  g_autofree char *other =
      write_file (fixture, "other.xml", CTF (PUPIL ("Sample", "Ilse", "2018-05-06")));

  app_activate (fixture, "win.import-path", path);
  app_wait (fixture, is_state, "preview", "the preview");
  app_hold_store (fixture);
  app_press (fixture, "Import");
  way_import_page_read (get_page (fixture), other);
  app_let_go_store ();
  app_wait (fixture, app_says, "Imported: 3 children", "what was imported");
  app_wait (fixture, app_says, "other.xml", "the other file");
  app_wait (fixture, is_state, "preview", "its preview");
  g_assert_no_errno (g_remove (other));
  finish (fixture, path, 4);
}

/* Who writes something else meanwhile is not disturbed. */
static void
test_writing_while_importing (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = write_many (fixture, 300);
  GtkWidget *editor, *field;

  app_activate (fixture, "win.import-path", path);
  app_wait (fixture, is_state, "preview", "the preview");
  app_hold_store (fixture);
  app_press (fixture, "Import");
  way_window_open_visit (fixture->window, fixture->child, NULL);
  app_wait_for_page (fixture, WAY_TYPE_VISIT_EDITOR);
  editor = way_window_get_page (fixture->window);
  field = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_nonnull (field);
  app_run_for (400); /* the progress is shown under it */
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == field);
  app_let_go_store ();
  app_wait (fixture, app_says, "Imported: 300 children", "what was imported");
  g_assert_true (way_window_get_page (fixture->window) == editor);
  app_type (fixture, "What I saw", "Robin asked for the red one.");
  app_activate (fixture, "win.back", NULL);
  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);
  finish (fixture, path, 301);
}

static void
test_choice (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_activate (fixture, "win.import", NULL);
  app_wait (fixture, is_state, "choose", "the choice");
  app_check_names (GTK_WIDGET (fixture->window));
}

/* Without a display: what a line says. */
static void
test_words (void)
{
  g_autoptr (WayImportReport) report = way_import_report_new ();
  g_autoptr (GPtrArray) items = NULL;
  WayImportNote *note = way_import_report_add (report, WAY_IMPORT_ADD, NULL, 0);

  note->type = WAY_CHILD;
  note->title = g_strdup ("Noor Sample, born 3 Feb 2017");
  note = way_import_report_add (report, WAY_IMPORT_CONFLICT, NULL, 0);
  note->title = g_strdup ("Robin Example");
  note->field = g_strdup ("first_language");
  note->old_value = g_strdup ("English");
  note->source = "pupils.csv";
  note->line = 7;
  note = way_import_report_add (report, WAY_IMPORT_ERROR, NULL, 0);
  note->source = "pupils.csv";
  note->line = 12;
  note->field = g_strdup ("dob");
  note->message = g_strdup ("is in the future");
  note = way_import_report_add (report, WAY_IMPORT_ERROR, NULL, 0);
  note->source = "pupils.csv";
  note->line = 13;
  note->field = g_strdup ("dob");
  note->message = g_strdup ("“2016-02-30” is not a date that exists; write it as YYYY-MM-DD");
  items = way_import_items_from_report (report);
  g_assert_cmpuint (items->len, ==, 4);
  g_assert_cmpstr (way_import_item_get_title (items->pdata[0]), ==, "pupils.csv, line 12");
  g_assert_cmpstr (
      way_import_item_get_detail (items->pdata[0]), ==, "Date of birth is in the future.");
  g_assert_cmpstr (
      way_import_item_get_detail (items->pdata[1]),
      ==,
      "Date of birth: “2016-02-30” is not a date that exists; write it as YYYY-MM-DD.");
  g_assert_cmpstr (
      way_import_item_get_detail (items->pdata[2]),
      ==,
      "First language: the store has “English”, the file has “nothing” (pupils.csv, line 7)");
  g_assert_cmpstr (
      way_import_item_get_title (items->pdata[3]), ==, "Child: Noor Sample, born 3 Feb 2017");
}

/* A day is written as on the pages. */
static void
test_days (void)
{
  g_autoptr (WayImportReport) report = way_import_report_new ();
  g_autoptr (GPtrArray) items = NULL;
  WayImportNote *note = way_import_report_add (report, WAY_IMPORT_CONFLICT, NULL, 0);

  note->type = WAY_ACTION;
  note->field = g_strdup ("done");
  note->new_value = g_strdup ("2026-11-23");
  items = way_import_items_from_report (report);
  g_assert_cmpstr (way_import_item_get_detail (items->pdata[0]),
                   ==,
                   "Done: the store has “nothing”, the file has “23 Nov 2026”");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/import-page/" name, AppFixture, NULL, app_set_up, function, app_tear_down)

/* What is filled in stands after the name of its field, whatever it begins with. */
static void
test_import_value (void)
{
  WayImportNote note = {.kind = WAY_IMPORT_CHANGE,
                        .type = WAY_CHILD,
                        .title = (char *) "Amy Reed",
                        .field = (char *) "town",
                        .new_value = (char *) "Margate"};
  g_autoptr (WayImportItem) item = way_import_item_new (&note);

  g_assert_cmpstr (way_import_item_get_detail (item), ==, "Town: Margate");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/import-page/words", test_words);
  g_test_add_func ("/import-page/days", test_days);
  ADD ("takes-a-file", test_takes_a_file);
  ADD ("preview-changes-nothing", test_preview_changes_nothing);
  ADD ("bad-rows", test_bad_rows);
  ADD ("single-values", test_single_values);
  g_test_add ("/import-page/same-child",
              AppFixture,
              GINT_TO_POINTER (TRUE),
              app_set_up,
              test_possible_match,
              app_tear_down);
  ADD ("different-children", test_possible_match);
  ADD ("refused", test_refused);
  ADD ("refused-values", test_refused_values);
  ADD ("left-while-reading", test_left_while_reading);
  ADD ("cancel", test_cancel);
  ADD ("locked-while-importing", test_locked_while_importing);
  ADD ("next-while-importing", test_next_while_importing);
  ADD ("writing-while-importing", test_writing_while_importing);
  ADD ("choice", test_choice);
  g_test_add_func ("/import-page/value", test_import_value);
  return g_test_run ();
}
