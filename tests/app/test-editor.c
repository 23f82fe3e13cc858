/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The visit editor in the real window on a real store: nothing typed is lost. */
#include "app-fixture.h"

#include "way-child-page.h"
#include "way-children-page.h"
#include "way-section.h"
#include "way-sidebar.h"
#include "way-text.h"
#include "way-visit-draft.h"
#include "way-visit-editor.h"
#include "way-visit-page.h"

#include <string.h>

#define LIMIT_MS 2000 /* nothing typed may be older than this and not kept */
#define KEYS 100
#define KEY_MS 40
#define TYPIST_MS 20

static gboolean
does_not_say (AppFixture *fixture, gconstpointer part)
{
  return !app_says (fixture, part);
}

static gboolean
is_loaded (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  return app_find (GTK_WIDGET (fixture->window), GTK_TYPE_TOGGLE_BUTTON, "When and where") != NULL;
}

static gsize
kept_length (AppFixture *fixture)
{
  g_autofree char *seen = app_dup_draft (fixture);

  return seen != NULL ? strlen (seen) : 0;
}

/* Looks into the store after every key, without a pause in the typing: what was typed
 * before the last two seconds is there. Counted in keys: a machine that is busy with other
 * things types as slowly as it saves. */
static void
test_typing_goes_on (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  gsize n_seen_kept = 0;

  app_open_editor (fixture);
  app_get (fixture, GTK_TYPE_TEXT_VIEW, "What I saw");
  for (guint i = 0; i < KEYS; i++) {
    gsize kept;

    app_type (fixture, "What I saw", "a");
    app_run_for (KEY_MS);
    kept = kept_length (fixture);
    n_seen_kept = MAX (n_seen_kept, kept);
    g_assert_cmpuint ((i + 1 - kept) * KEY_MS, <, LIMIT_MS);
  }
  /* It was indeed kept meanwhile, not only at the end. */
  g_assert_cmpuint (n_seen_kept, >, 0);
  app_wait (fixture, app_says, "Saved ", "the time of saving");
  g_assert_true (app_says (fixture, "· 1 word"));
}

/* Another process, which is killed while it types: it says so of each key. */
static void G_GNUC_NORETURN
run_typist (const char *path, const char *child)
{
  AppFixture fixture = {.store = {.path = (char *) path}, .child = (char *) child};

  app_open (&fixture);
  app_open_editor (&fixture);
  app_get (&fixture, GTK_TYPE_TEXT_VIEW, "What I saw");
  for (;;) {
    app_type (&fixture, "What I saw", "a");
    g_print ("key\n");
    app_run_for (TYPIST_MS);
    /* No faster than the store, which a busy machine makes slow. */
    g_free (app_dup_draft (&fixture));
  }
}

/* Waits until so many keys were typed. */
static void
read_keys (GSubprocess *typist, gsize n_keys)
{
  g_autoptr (GDataInputStream) lines =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (typist));

  while (n_keys > 0) {
    g_autoptr (GError) error = NULL;
    g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);

    g_assert_no_error (error);
    g_assert_nonnull (line);
    /* The rest is what GTK has to say. */
    if (strcmp (line, "key") == 0)
      n_keys--;
  }
}

static void
test_killed (AppFixture *fixture, gconstpointer program)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) typist = NULL;
  g_autofree char *seen = NULL;
  const gsize n_due = 25;

  g_clear_pointer (&fixture->store.db, way_db_close);
  typist = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                             &error,
                             program,
                             "--typist",
                             fixture->store.path,
                             fixture->child,
                             NULL);
  g_assert_no_error (error);
  read_keys (typist, n_due + LIMIT_MS / TYPIST_MS);
  g_subprocess_force_exit (typist);
  g_subprocess_wait (typist, NULL, &error);
  g_assert_no_error (error);
  store_reopen (&fixture->store);
  seen = app_dup_draft (fixture);
  g_assert_nonnull (seen);
  g_assert_cmpuint (strlen (seen), >=, n_due);
}

static void
assert_draft_has (AppFixture *fixture, const char *text)
{
  g_autofree char *seen = app_dup_draft (fixture);

  g_assert_cmpstr (seen, ==, text);
}

static void
test_closing_keeps (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_open_editor (fixture);
  app_type (fixture, "What I saw", "Closed at once.");
  app_close (fixture);
  assert_draft_has (fixture, "Closed at once.");
}

static void
test_locking_keeps (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_open_editor (fixture);
  app_type (fixture, "What I saw", "Locked at once.");
  app_activate (fixture, "win.lock", NULL);
  g_assert_false (app_says (fixture, "What I saw"));
  app_close (fixture);
  assert_draft_has (fixture, "Locked at once.");
}

/* Back to the child, then to the draft again by the sidebar: it goes on where it was. */
static void
test_leaving_keeps (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *row, *view;
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  app_open_editor (fixture);
  app_type (fixture, "What I saw", "Left at once.");
  app_activate (fixture, "win.back", NULL);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  app_wait (fixture, app_says, "Robin Example, visit", "the draft in the sidebar");
  g_assert_cmpuint (kept_length (fixture), ==, strlen ("Left at once."));
  row = app_get (fixture, GTK_TYPE_LIST_BOX_ROW, "Robin Example, visit");
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  app_wait_for_page (fixture, WAY_TYPE_VISIT_EDITOR);
  app_wait (fixture, is_loaded, NULL, "the form");
  view = app_get (fixture, GTK_TYPE_TEXT_VIEW, "What I saw");
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_assert_cmpstr (text, ==, "Left at once.");
}

/* The list of drafts is made anew whenever one of them changes: the keyboard stays on its line. */
static void
test_drafts_keep_focus (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *row, *focus, *sidebar;

  app_open_editor (fixture);
  app_type (fixture, "What I saw", "Left at once.");
  app_activate (fixture, "win.back", NULL);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  row = app_get (fixture, GTK_TYPE_LIST_BOX_ROW, "Robin Example, visit");
  sidebar = gtk_widget_get_ancestor (row, WAY_TYPE_SIDEBAR);
  gtk_widget_grab_focus (row);
  way_sidebar_refresh (WAY_SIDEBAR (sidebar));
  app_settle ();
  row = app_get (fixture, GTK_TYPE_LIST_BOX_ROW, "Robin Example, visit");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == row);
  /* Somewhere else it stays as well. */
  focus = app_get (fixture, GTK_TYPE_BUTTON, "Record visit");
  gtk_widget_grab_focus (focus);
  way_sidebar_refresh (WAY_SIDEBAR (sidebar));
  app_settle ();
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == focus);
}

/* Into whatever has the keyboard, as a hand does. */
static void
type_where_the_keyboard_is (AppFixture *fixture, const char *text)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  g_assert_nonnull (focus);
  if (GTK_IS_TEXT_VIEW (focus)) {
    gtk_text_buffer_insert_at_cursor (
        gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus)), text, (int) strlen (text));
  } else {
    int position = gtk_editable_get_position (GTK_EDITABLE (focus));

    gtk_editable_insert_text (GTK_EDITABLE (focus), text, (int) strlen (text), &position);
    gtk_editable_set_position (GTK_EDITABLE (focus), position);
  }
}

/* Who types at once need not wait for the store: the words go on in the form. */
static void
test_typing_at_once (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  way_window_open_child (fixture->window, fixture->child);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  app_get (fixture, GTK_TYPE_BUTTON, "Record visit");
  app_hold_store (fixture);
  app_press (fixture, "Record visit");
  type_where_the_keyboard_is (fixture, "Robin came ");
  g_assert_false (is_loaded (fixture, NULL));
  app_settle ();
  type_where_the_keyboard_is (fixture, "in ");
  g_assert_false (is_loaded (fixture, NULL));
  app_let_go_store ();
  app_wait (fixture, is_loaded, NULL, "the form");
  type_where_the_keyboard_is (fixture, "late.");
  app_wait (fixture, app_says, "Saved ", "the time of saving");
  app_close (fixture);
  assert_draft_has (fixture, "Robin came in late.");
}

/* Locked before the form was there: what was typed is a draft all the same. */
static void
test_locked_at_once (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  way_window_open_child (fixture->window, fixture->child);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  app_get (fixture, GTK_TYPE_BUTTON, "Record visit");
  app_hold_store (fixture);
  app_press (fixture, "Record visit");
  type_where_the_keyboard_is (fixture, "Robin came in.");
  g_assert_false (is_loaded (fixture, NULL));
  /* The loop does not run in between: the form does not come any more. */
  app_let_go_store ();
  app_activate (fixture, "win.lock", NULL);
  app_close (fixture);
  assert_draft_has (fixture, "Robin came in.");
}

/* Behind a long import it is not said to be saved. */
static void
test_late_save (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_open_editor (fixture);
  app_type (fixture, "What I saw", "Robin came in.");
  app_wait (fixture, app_says, "Saved ", "the time of saving");
  app_hold_store (fixture);
  app_type (fixture, "What I saw", "Robin came in late.");
  app_wait (fixture, app_says, "Not saved yet: the store is busy.", "that it waits");
  g_assert_false (app_says (fixture, "Saved "));
  app_let_go_store ();
  app_wait (fixture, app_says, "Saved ", "the time of saving");
  app_wait (fixture, does_not_say, "Not saved yet", "the warning to go");
}

/* A failed save is on the screen until it has been kept after all. */
static void
test_failed_save (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_open_editor (fixture);
  app_get (fixture, GTK_TYPE_TEXT_VIEW, "What I saw");
  app_break_drafts (fixture);
  app_type (fixture, "What I saw", "Not lost.");
  app_wait (fixture, app_says, "Not saved.", "the failure");
  g_assert_false (app_says (fixture, "Saved "));
  app_get (fixture, GTK_TYPE_BUTTON, "Try again");
  app_mend (fixture);
  app_press (fixture, "Try again");
  app_wait (fixture, app_says, "Saved ", "the time of saving");
  app_wait (fixture, does_not_say, "Not saved.", "the failure to go");
  g_assert_cmpuint (kept_length (fixture), ==, strlen ("Not lost."));
}

/* Pressed again on another day, the button does not leave two halves of one visit unsaid. */
static void
test_earlier_draft (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *date = way_date_format_short (way_date_today ());
  g_autofree char *label = g_strdup_printf ("Go on with the draft of %s", date);

  app_open_editor (fixture);
  app_get (fixture, GTK_TYPE_TEXT_VIEW, "What I saw");
  g_assert_false (app_says (fixture, "is not signed yet"));
  app_type (fixture, "What I saw", "First words.");
  app_wait (fixture, app_says, "Saved ", "the time of saving");
  app_activate (fixture, "win.back", NULL);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);

  app_press (fixture, "Record visit");
  app_wait (fixture, app_says, "This is a new visit.", "the offer");
  app_press (fixture, label);
  app_wait (fixture, app_says, "2 words", "the draft");
  g_assert_false (app_says (fixture, "This is a new visit."));
  app_activate (fixture, "win.back", NULL);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  app_close (fixture);
  /* The new one left no trace. */
  assert_draft_has (fixture, "First words.");
}

static void
store_action (AppFixture *fixture, const char *what)
{
  g_autoptr (WayAction) action = way_record_new (WAY_ACTION);

  action->child = g_strdup (fixture->child);
  action->what = g_strdup (what);
  store_save (fixture->store.db, action);
}

static void
set_up_with_action (AppFixture *fixture, gconstpointer data)
{
  app_set_up_store (fixture, data);
  store_action (fixture, "Move the seat");
  app_open (fixture);
}

static void
set_up_with_many_actions (AppFixture *fixture, gconstpointer data)
{
  app_set_up_store (fixture, data);
  for (guint i = 0; i < 12; i++)
    store_action (fixture, "Move the seat");
  app_open (fixture);
}

static void
set_up_with_long_action (AppFixture *fixture, gconstpointer data)
{
  app_set_up_store (fixture, data);
  store_action (fixture,
                "Point at each card of the timetable when the lesson changes, before anything is "
                "said, and take it down once the lesson is over.");
  app_open (fixture);
}

static gboolean
is_in_view (AppFixture *fixture, gconstpointer name)
{
  GtkWidget *view = app_get (fixture, GTK_TYPE_TEXT_VIEW, name);
  GtkWidget *scroller = gtk_widget_get_ancestor (view, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t place;

  /* At first there is one to type in until the form is there. */
  return scroller != NULL && gtk_widget_compute_bounds (view, scroller, &place) &&
         place.size.height > 0 &&
         place.origin.y + place.size.height <= (float) gtk_widget_get_height (scroller);
}

/* The keyboard is where the typing is, and that is in view, however much stands above it. */
static void
test_begins_in_view (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_open_editor (fixture);
  app_wait (fixture, is_in_view, "What I saw", "the place to type in");
}

static gboolean
is_keyboard_in_view (AppFixture *fixture, gconstpointer section)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  GtkWidget *scroller = gtk_widget_get_ancestor ((GtkWidget *) section, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t place;

  return focus != NULL && gtk_widget_is_ancestor (focus, (GtkWidget *) section) &&
         gtk_widget_compute_bounds (focus, scroller, &place) && place.size.height > 0 &&
         place.origin.y >= 0 &&
         place.origin.y + place.size.height <= (float) gtk_widget_get_height (scroller);
}

/* Opened at the lower edge by hand, a section comes up to where it can be written in. */
static void
test_opens_in_view (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *head;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1024, 700);
  app_open_editor (fixture);
  app_wait (fixture, is_loaded, NULL, "the form");
  head =
      app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, way_visit_section_title (WAY_SECTION_ASSESSMENTS));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (head), FALSE);
  app_settle ();
  gtk_widget_grab_focus (head);
  g_signal_emit_by_name (head, "clicked");
  app_wait (fixture,
            is_keyboard_in_view,
            gtk_widget_get_ancestor (head, WAY_TYPE_SECTION),
            "the field that is written in");
}

static void
open_sections (AppFixture *fixture)
{
  app_wait (fixture, is_loaded, NULL, "the form");
  for (guint i = 0; i < WAY_N_SECTIONS; i++) {
    GtkWidget *head =
        app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, way_visit_section_title ((WayVisitSection) i));

    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (head), TRUE);
  }
  app_settle ();
}

static void
fill_in (AppFixture *fixture, const char *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (app_get (fixture, GTK_TYPE_ENTRY, entry)), text);
}

static void
toggle (AppFixture *fixture, GType type, const char *name)
{
  g_object_set (app_get (fixture, type, name), "active", TRUE, NULL);
}

static WayRecordSet *
load_draft (AppFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drafts = way_db_list_drafts (fixture->store.db, &error);
  WayRecordSet *records;

  g_assert_no_error (error);
  g_assert_cmpuint (drafts->len, ==, 1);
  records =
      way_db_load_visit (fixture->store.db, ((WayDraftInfo *) drafts->pdata[0])->visit_id, &error);
  g_assert_no_error (error);
  return records;
}

static gboolean
has_room (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *answers =
      gtk_widget_get_parent (app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "Not done"));

  return gtk_widget_get_width (gtk_widget_get_prev_sibling (answers)) >= 260;
}

/* On a small screen the answers stand under an action, not beside a column of single words. */
static void
test_long_action (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1024, 700);
  app_open_editor (fixture);
  open_sections (fixture);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->window)), <, 1100);
  app_wait (fixture, has_room, NULL, "the action in lines that can be read");
}

/* What is chosen and typed in rows is what the store has. */
static void
test_rows (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayRecordSet) records = NULL;
  const WayVisitAction *followed;
  const WayVisitTarget *rated;
  const WayVisitView *view;
  const WayVisit *visit;

  app_open_editor (fixture);
  open_sections (fixture);
  toggle (fixture, GTK_TYPE_TOGGLE_BUTTON, "Partly");
  fill_in (fixture, "Why, or what came of it", "The TA was away");
  fill_in (fixture, "At this visit", "4");
  app_type (fixture, "What was seen", "Four of five.");
  app_type (fixture, "View: Child", "It is too loud.");
  toggle (fixture, GTK_TYPE_CHECK_BUTTON, "Word for word");
  fill_in (fixture, "Name of a person present", "Ms Sample");
  fill_in (fixture, "Date of the next visit", "4/12/2026");
  fill_in (fixture, "Copies to", "parents");
  app_close (fixture);
  records = load_draft (fixture);
  followed = way_record_set_first (records, WAY_VISIT_ACTION);
  g_assert_cmpstr (followed->effect, ==, "partly");
  g_assert_cmpstr (followed->note, ==, "The TA was away");
  rated = way_record_set_first (records, WAY_VISIT_TARGET);
  g_assert_cmpstr (rated->target, ==, fixture->target);
  g_assert_cmpfloat (rated->rating, ==, 4.0);
  g_assert_cmpstr (rated->evidence, ==, "Four of five.");
  view = way_record_set_first (records, WAY_VISIT_VIEW);
  g_assert_cmpstr (view->whose, ==, "child");
  g_assert_cmpint (view->verbatim, ==, WAY_YES);
  g_assert_cmpuint (way_record_set_list (records, WAY_VISIT_VIEW)->len, ==, 1);
  g_assert_cmpuint (way_record_set_list (records, WAY_VISIT_PERSON)->len, ==, 1);
  visit = way_record_set_first (records, WAY_VISIT);
  g_assert_cmpuint (visit->next_date, ==, way_date_new (2026, 12, 4));
  g_assert_cmpstr (visit->distribution, ==, "parents");
}

static void
write_in (GtkWidget *view, const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

/* Enter in an action makes the next row, and the keyboard is in it. */
static void
test_next_action (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayRecordSet) records = NULL;
  GPtrArray *actions;
  GtkWidget *first, *focus;

  app_open_editor (fixture);
  open_sections (fixture);
  first = app_get (fixture, GTK_TYPE_TEXT_VIEW, "What is to be done");
  write_in (first, "Print the mat");
  app_press_enter (first);
  app_settle ();
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_true (focus != first);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_PROPERTY_LABEL, "What is to be done");
  write_in (focus, "Send it home");
  app_close (fixture);
  records = load_draft (fixture);
  actions = way_record_set_list (records, WAY_ACTION);
  g_assert_cmpuint (actions->len, ==, 2);
  g_assert_cmpstr (((WayAction *) actions->pdata[0])->what, ==, "Print the mat");
  g_assert_cmpstr (((WayAction *) actions->pdata[1])->what, ==, "Send it home");
}

static GtkWidget *
find_time (GtkWidget *root)
{
  GtkWidget *child, *found = NULL;

  if (GTK_IS_LABEL (root) && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (root)), "saved "))
    return root;
  for (child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_time (child);
  return found;
}

static gboolean
has_time (AppFixture *fixture, gconstpointer found)
{
  *(GtkWidget **) found = find_time (GTK_WIDGET (fixture->window));
  return *(GtkWidget **) found != NULL;
}

static gboolean
has_moved (AppFixture *fixture G_GNUC_UNUSED, gconstpointer label)
{
  return g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), "saved long ago") != 0;
}

/* Who is written about stands above it; the list of drafts keeps up with what is saved. */
static void
test_frame (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *time = NULL;

  app_open_editor (fixture);
  app_wait (fixture, app_says, "Robin Example: visit", "the name of the child");
  app_type (fixture, "What I saw", "One");
  app_wait (fixture, has_time, &time, "the draft in the sidebar");
  gtk_label_set_text (GTK_LABEL (time), "saved long ago");
  app_type (fixture, "What I saw", " and two");
  app_wait (fixture, has_moved, time, "the time of the last saving");
}

static void
test_names (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_open_editor (fixture);
  open_sections (fixture);
  app_check_names (GTK_WIDGET (fixture->window));
}

static void
amended_cb (GObject *source, GAsyncResult *result, gpointer done)
{
  g_autoptr (GError) error = NULL;

  way_store_run_finish (WAY_STORE (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) done = TRUE;
}

static gpointer
amend_job (WayDb *db, gpointer visit, GCancellable *cancellable G_GNUC_UNUSED, GError **error)
{
  g_autoptr (WayRecordSet) records = way_db_load_visit (db, visit, error);

  g_assert_nonnull (records);
  way_record_set_remove_all (records, WAY_VISIT_VERSION);
  way_set_string (&((WayVisit *) way_record_set_first (records, WAY_VISIT))->seen, "Said more.");
  g_assert_true (way_db_amend_visit (db, records, "A slip", NULL, error));
  return NULL;
}

static char *
sign_visit (AppFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayRecordSet) records =
      way_db_start_visit (fixture->store.db, fixture->child, way_date_today (), &error);
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);

  visit->seen = g_strdup ("Robin answered twice.");
  g_assert_true (way_db_store_visit (fixture->store.db, records, &error));
  g_assert_true (way_db_sign_visit (fixture->store.db, visit->record.id, NULL, &error));
  return g_strdup (visit->record.id);
}

static gboolean
shows (AppFixture *fixture, gconstpointer words)
{
  GtkWidget *view = app_find (GTK_WIDGET (fixture->window), GTK_TYPE_TEXT_VIEW, "What I saw");
  g_autofree char *text = NULL;

  if (view == NULL)
    return FALSE;
  g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "text", &text, NULL);
  return strcmp (text, words) == 0;
}

/* An amendment that is not begun yet shows the version that came meanwhile. */
static void
test_amended_meanwhile (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *visit = sign_visit (fixture);
  gboolean done = FALSE;

  app_open (fixture);
  way_window_open_visit (fixture->window, fixture->child, visit);
  app_press (fixture, "Amend…");
  app_wait_for_page (fixture, WAY_TYPE_VISIT_EDITOR);
  app_wait (fixture, shows, "Robin answered twice.", "the first version");
  way_store_run_async (way_window_get_store (fixture->window),
                       WAY_STORE_WRITES,
                       amend_job,
                       g_strdup (visit),
                       g_free,
                       NULL,
                       NULL,
                       amended_cb,
                       &done);
  app_wait (fixture, shows, "Said more.", "the second version");
  g_assert_true (done);
  app_type (fixture, "What I saw", " And more.");
  app_wait (fixture, app_says, "Robin Example, amendment", "its line among the drafts");
  app_settle ();
  g_assert_true (shows (fixture, "Said more. And more."));
}

static void
set_up_with_namesake (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (WayChild) other = NULL;

  app_set_up_store (fixture, data);
  other = store_add_child (fixture->store.db, "Robin", "Example", NULL);
  other->dob = way_date_new (2015, 2, 3);
  store_save (fixture->store.db, other);
  app_open (fixture);
}

/* Of two children with one name the draft says whose it is. */
static void
test_namesakes (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayChild) child = NULL;
  g_autofree char *born = NULL, *name = NULL;

  app_open_editor (fixture);
  app_type (fixture, "What I saw", "Robin answered twice.");
  app_wait (fixture, app_says, "Robin Example, visit", "its line among the drafts");
  app_close (fixture);
  child = way_db_get (fixture->store.db, WAY_CHILD, fixture->child, NULL);
  born = way_date_format_short (child->dob);
  name = g_strdup_printf ("Robin Example, visit, born %s", born);
  app_open (fixture);
  app_get (fixture, GTK_TYPE_LIST_BOX_ROW, name);
}

/* And so do the pages, in their titles and so on the way back to them. */
static void
test_namesakes_titles (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog;

  way_window_open_child (fixture->window, fixture->child);
  app_wait (fixture, app_says, "Robin Example, born 14 Sep 2018", "the child's page");
  app_press (fixture, "Record visit");
  app_wait (fixture, app_says, "Robin Example, born 14 Sep 2018: visit", "the editor");
  app_type (fixture, "What I saw", "Robin answered twice.");
  app_press (fixture, "Sign…");
  dialog = app_get_over (ADW_TYPE_MESSAGE_DIALOG);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "sign");
  gtk_window_destroy (GTK_WINDOW (dialog));
  app_wait (fixture, app_says, "Robin Example, born 14 Sep 2018: record", "the record");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/editor/" name, AppFixture, NULL, app_set_up, function, app_tear_down)

int
main (int argc, char **argv)
{
  if (argc == 4 && strcmp (argv[1], "--typist") == 0) {
    adw_init ();
    run_typist (argv[2], argv[3]);
  }
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("typing-at-once", test_typing_at_once);
  ADD ("locked-at-once", test_locked_at_once);
  ADD ("typing-goes-on", test_typing_goes_on);
  g_test_add ("/editor/killed", AppFixture, argv[0], app_set_up_store, test_killed, app_tear_down);
  ADD ("closing-keeps", test_closing_keeps);
  ADD ("locking-keeps", test_locking_keeps);
  ADD ("leaving-keeps", test_leaving_keeps);
  ADD ("drafts-keep-focus", test_drafts_keep_focus);
  ADD ("late-save", test_late_save);
  g_test_add ("/editor/begins-in-view",
              AppFixture,
              NULL,
              set_up_with_many_actions,
              test_begins_in_view,
              app_tear_down);
  g_test_add ("/editor/opens-in-view",
              AppFixture,
              NULL,
              set_up_with_many_actions,
              test_opens_in_view,
              app_tear_down);
  g_test_add ("/editor/long-action",
              AppFixture,
              NULL,
              set_up_with_long_action,
              test_long_action,
              app_tear_down);
  ADD ("failed-save", test_failed_save);
  ADD ("earlier-draft", test_earlier_draft);
  g_test_add ("/editor/rows", AppFixture, NULL, set_up_with_action, test_rows, app_tear_down);
  g_test_add ("/editor/amended-meanwhile",
              AppFixture,
              NULL,
              app_set_up_store,
              test_amended_meanwhile,
              app_tear_down);
  g_test_add (
      "/editor/namesakes", AppFixture, NULL, set_up_with_namesake, test_namesakes, app_tear_down);
  g_test_add ("/editor/namesakes-titles",
              AppFixture,
              NULL,
              set_up_with_namesake,
              test_namesakes_titles,
              app_tear_down);
  ADD ("next-action", test_next_action);
  ADD ("frame", test_frame);
  g_test_add ("/editor/names", AppFixture, NULL, set_up_with_action, test_names, app_tear_down);
  return g_test_run ();
}
