/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A child's page in the real window on a real store: reading, measuring, marking, adding. */
#include "app-fixture.h"
#include "way-chart-view.h"
#include "way-child-page.h"
#include "way-children-page.h"
#include "way-date-entry.h"
#include "way-dialog.h"
#include "way-form.h"
#include "way-target-card.h"
#include "way-visit-editor.h"

#include <math.h>

static void
test_names (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const tabs[] = {"overview", "targets", "visits", "profile"};
  GtkWidget *switcher;

  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);
  app_check_names (GTK_WIDGET (fixture->window));
  app_open_child (fixture);
  app_press_toggle (fixture, "Add measurement");
  app_check_names (GTK_WIDGET (fixture->window));
  app_press_toggle (fixture, "Mark a change");
  app_check_names (GTK_WIDGET (fixture->window));
  switcher = app_find (way_window_get_page (fixture->window), GTK_TYPE_TOGGLE_BUTTON, "Profile");
  g_assert_nonnull (switcher);
  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++) {
    way_child_page_show_tab (WAY_CHILD_PAGE (way_window_get_page (fixture->window)), tabs[i]);
    app_settle ();
    app_check_names (GTK_WIDGET (fixture->window));
  }
}

/* What is being written is among the visits, and opened there to go on with. */
static void
test_draft_among_visits (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_open_editor (fixture);
  app_type (fixture, "What I saw", "Robin came in.");
  app_wait (fixture, app_says, "Saved ", "the time of saving");
  app_activate (fixture, "win.back", NULL);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "Visits 1");
  way_child_page_show_tab (WAY_CHILD_PAGE (way_window_get_page (fixture->window)), "visits");
  app_wait (fixture, app_says, "It is being written", "the visit");
  g_signal_emit_by_name (
      gtk_widget_get_ancestor (
          app_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, "✎ Not signed"),
          GTK_TYPE_LIST_BOX_ROW),
      "activate");
  app_wait_for_page (fixture, WAY_TYPE_VISIT_EDITOR);
  app_wait (fixture, app_says, "Saved before", "what was begun");
}

/* Values on which the kinds of trend differ. */
static void
set_up_with_trend (AppFixture *fixture, gconstpointer data)
{
  static const char *const days[] = {"2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26"};
  static const double values[] = {1, 1, 1, 9};
  g_autoptr (GError) error = NULL;

  app_set_up_store (fixture, data);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    g_autoptr (WayMeasurement) row =
        store_add_measurement (fixture->store.db, fixture->target, days[i], values[i]);
  }
  g_assert_true (way_db_set_preference (fixture->store.db, "trend", "ols", &error));
  g_assert_no_error (error);
  app_open (fixture);
}

static gboolean
has_ols (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *chart =
      app_find (GTK_WIDGET (fixture->window),
                WAY_TYPE_CHART_VIEW,
                "Progress chart: Robin answers with a phrase in four of five chances.");
  const WayProgress *progress =
      chart != NULL ? way_chart_view_get_chart (WAY_CHART_VIEW (chart))->progress : NULL;

  return progress != NULL && progress->n_phases == 1 &&
         fabs (progress->phases[0].trend.slope * 7 - 2.4) < 0.01;
}

/* The charts of the window follow the service's preference, as those on paper do. */
static void
test_preferred_trend (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_open_child (fixture);
  app_wait (fixture, has_ols, NULL, "the trend on the card");
  g_assert_true (app_says (fixture, "Trend +2.4 a week"));
  app_press (fixture, "Record visit");
  app_wait_for_page (fixture, WAY_TYPE_VISIT_EDITOR);
  app_wait (fixture, has_ols, NULL, "the trend beside the form");
}

static void
set_up_with_levels (AppFixture *fixture, gconstpointer data)
{
  static const char *const days[] = {"2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26"};
  static const double levels[] = {-1, -1, -1, 1};
  g_autoptr (GError) error = NULL;
  g_autoptr (WayTarget) target = NULL;

  app_set_up_store (fixture, data);
  target = way_db_get (fixture->store.db, WAY_TARGET, fixture->target, &error);
  g_assert_no_error (error);
  way_set_string (&target->measure, "gas");
  way_set_string (&target->gas_plus_1, "asks twice a day");
  target->baseline = target->criterion = target->scale_min = target->scale_max = NAN;
  store_save (fixture->store.db, target);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    g_autoptr (WayMeasurement) row =
        store_add_measurement (fixture->store.db, fixture->target, days[i], levels[i]);
  }
  app_open (fixture);
}

/* Its level with its words, and only then the T-score. */
static void
test_levels (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_open_child (fixture);
  app_wait (fixture, app_says, "Level +1 (asks twice a day): T-score 60", "the score");
  g_assert_true (app_says (fixture, "● Aim reached"));
}

/* A value that was typed wrong is put right where it stands, or deleted, and back again. */
static void
test_table (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *table, *dialog;

  app_open_child (fixture);
  app_wait (fixture, app_says, "Latest 9", "the values");
  app_press (fixture, "Table");
  table = app_get_dialog_with ("26 Jan 2026");
  app_check_names (table);
  app_press_in (table, "Change: 26 Jan 2026, 9");
  dialog = app_get_dialog_with ("Why not measured");
  app_check_names (dialog);
  app_fill_in (dialog, "Value", "-4");
  way_dialog_save (WAY_DIALOG (dialog));
  app_settle ();
  g_assert_true (app_has_text (dialog, "Value -4 is less than 0."));
  app_fill_in (dialog, "Value", "4");
  way_dialog_save (WAY_DIALOG (dialog));
  app_wait (fixture, app_says, "Latest 4", "the value put right");
  g_assert_nonnull (app_find (table, GTK_TYPE_BUTTON, "Delete: 26 Jan 2026, 4"));
  app_break_deletions (fixture);
  app_press_in (table, "Delete: 26 Jan 2026, 4");
  app_wait (fixture, app_says, "The measurement could not be deleted", "the failure");
  app_mend (fixture);
  app_press_in (table, "Delete: 26 Jan 2026, 4");
  app_wait (fixture, app_says, "Latest 1", "the value before it");
  /* Behind the dialog nothing can be pressed. */
  app_get_dialog_with ("Measurement deleted.");
  app_press_in (table, "Undo");
  app_wait (fixture, app_says, "Latest 4", "the value again");
  app_close (fixture);
  g_assert_cmpuint (app_count_rows (fixture, WAY_MEASUREMENT), ==, 4);
}

static void
set_up_with_change (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (WayPhase) phase = way_record_new (WAY_PHASE);

  app_set_up_store (fixture, data);
  phase->target = g_strdup (fixture->target);
  phase->date = way_date_new (2026, 2, 3);
  phase->label = g_strdup ("new seat");
  store_save (fixture->store.db, phase);
  app_open (fixture);
}

static void
test_table_change (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *table, *dialog;

  app_open_child (fixture);
  app_press (fixture, "Table");
  table = app_get_dialog_with ("new seat");
  app_press_in (table, "Change: 3 Feb 2026, ┊ Change");
  dialog = app_get_dialog_with ("The trend starts afresh");
  app_fill_in (dialog, "What changed", "seat at the front");
  way_dialog_save (WAY_DIALOG (dialog));
  app_get_dialog_with ("seat at the front");
  app_press_in (table, "Change: 3 Feb 2026, ┊ Change");
  dialog = app_get_dialog_with ("The trend starts afresh");
  app_press_in (dialog, "Delete: Change");
  app_get_dialog_with ("Measurements and changes will be here.");
  app_close (fixture);
  g_assert_cmpuint (app_count_rows (fixture, WAY_PHASE), ==, 0);
}

#define MOVE_SEAT "Move the seat near the front, away from the door and the window"

static void
set_up_with_action (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (WayAction) action = way_record_new (WAY_ACTION);

  app_set_up_store (fixture, data);
  action->child = g_strdup (fixture->child);
  action->what = g_strdup (MOVE_SEAT);
  action->effect = g_strdup ("partly");
  store_save (fixture->store.db, action);
  app_open (fixture);
}

static gboolean
has_no_action (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  return app_find (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "Done") == NULL;
}

static WayAction *
load_action (AppFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  app_close (fixture);
  rows = way_db_list (fixture->store.db, WAY_ACTION, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  return way_record_copy (rows->pdata[0]);
}

static gboolean
has_room (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *button = app_get (fixture, GTK_TYPE_BUTTON, "Done");
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);
  GtkWidget *words = app_find (row, GTK_TYPE_LABEL, MOVE_SEAT);
  int natural;

  gtk_widget_measure (button, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  return words != NULL && gtk_widget_get_width (row) > 0 &&
         gtk_widget_get_height (button) <= natural &&
         4 * gtk_widget_get_width (words) >= 3 * gtk_widget_get_width (row);
}

/* In a narrow column the words have the whole of it, and the button is no taller than it needs. */
static void
test_action_room (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1024, 700);
  app_open_child (fixture);
  app_wait (fixture, has_room, NULL, "room for the words of an action");
}

/* An action is settled without a visit. */
static void
test_action_done (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayAction) action = NULL;

  app_open_child (fixture);
  app_press (fixture, "Done");
  app_wait (fixture, has_no_action, NULL, "the action to be gone");
  app_wait (fixture, app_says, "All that was agreed so far is settled.", "that none is open");
  action = load_action (fixture);
  g_assert_cmpstr (action->effect, ==, "done");
  g_assert_cmpuint (action->done, ==, way_date_today ());
}

/* What could not be settled can be tried again. */
static void
test_action_in_vain (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_open_child (fixture);
  app_break_actions (fixture);
  app_press (fixture, "Done");
  app_wait (fixture, app_says, "The action could not be settled", "the failure");
  app_mend (fixture);
  app_press (fixture, "Done");
  app_wait (fixture, has_no_action, NULL, "the action to be gone");
}

static void
test_action_undone (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayAction) action = NULL;

  app_open_child (fixture);
  app_press (fixture, "Done");
  app_press (fixture, "Undo");
  app_wait (fixture, app_says, "The action is open again.", "the answer");
  action = load_action (fixture);
  g_assert_cmpstr (action->effect, ==, "partly");
  g_assert_cmpuint (action->done, ==, WAY_DATE_UNKNOWN);
}

/* A case is opened, then its status; the later row does not overwrite the earlier. */
static void
test_open_case (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog;

  app_open_child (fixture);
  way_child_page_show_tab (WAY_CHILD_PAGE (way_window_get_page (fixture->window)), "profile");
  g_assert_null (app_find (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "Add: Case status"));
  app_press (fixture, "Add: Case");
  dialog = app_get_dialog ();
  app_fill_in (dialog, "Opened", "5/1/2026");
  way_dialog_save (WAY_DIALOG (dialog));
  app_press (fixture, "Add: Case status");
  app_settle ();
  dialog = app_get_dialog ();
  /* What is missing is said at its field. */
  way_dialog_save (WAY_DIALOG (dialog));
  app_settle ();
  g_assert_true (app_has_text (dialog, "Status "));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (app_find (dialog, GTK_TYPE_DROP_DOWN, "Status")), 2);
  way_dialog_save (WAY_DIALOG (dialog));
  app_wait (fixture, app_says, "Saved.", "the answer");
  app_settle ();
  app_close (fixture);
  g_assert_cmpuint (app_count_rows (fixture, WAY_CASE), ==, 1);
  g_assert_cmpuint (app_count_rows (fixture, WAY_CASE_STATUS), ==, 1);
}

static void
test_add_target (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog;

  app_open_child (fixture);
  app_press (fixture, "Add target");
  dialog = app_get_dialog ();
  app_check_names (dialog);
  way_dialog_save (WAY_DIALOG (dialog));
  app_settle ();
  g_assert_true (app_has_text (dialog, "Target is missing."));
  /* A line break that was pasted is no part of a sentence. */
  app_fill_in (dialog, "Target", "By 12 December, Robin will ask\nfor help with a card.");
  app_fill_in (dialog, "Out of", "five");
  way_dialog_save (WAY_DIALOG (dialog));
  app_settle ();
  g_assert_true (app_has_text (dialog, "Type a number."));
  app_fill_in (dialog, "Out of", "5");
  app_fill_in (dialog, "Due", "12/12/2026");
  way_dialog_save (WAY_DIALOG (dialog));
  app_wait (
      fixture, app_says, "By 12 December, Robin will ask for help with a card.", "the new card");
  app_close (fixture);
  g_assert_cmpuint (app_count_rows (fixture, WAY_TARGET), ==, 2);
}

static gboolean
has_begun_value (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *entry = app_find (GTK_WIDGET (fixture->window), GTK_TYPE_ENTRY, "Value");

  return entry != NULL && g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (entry)), data) == 0;
}

/* "Back" with half a measurement loses nothing of it; once it is stored it does not come back. */
static void
test_card_begun (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *words = NULL;
  WayDate day;

  app_open_child (fixture);
  app_press_toggle (fixture, "Add measurement");
  app_type_into (fixture, "Date", "3/11");
  app_type_into (fixture, "Value", "3");
  app_type_into (fixture, "Note", "with the");
  app_activate (fixture, "win.back", NULL);
  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);

  app_open_child (fixture);
  app_wait (fixture, has_begun_value, "3", "the value that was begun");
  g_assert_cmpstr (app_get_typed (fixture, "Note"), ==, "with the");
  day = way_date_new (g_date_time_get_year (now), 11, 3);
  words = way_date_format_short (day);
  g_assert_cmpstr (app_get_typed (fixture, "Date"), ==, words);
  way_target_card_add_measurement (WAY_TARGET_CARD (app_get_card (fixture)));
  app_wait (fixture, app_says, "Latest 3", "the value on the card");
  app_activate (fixture, "win.back", NULL);
  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);

  app_open_child (fixture);
  app_settle ();
  g_assert_null (app_find (GTK_WIDGET (fixture->window), GTK_TYPE_ENTRY, "Value"));
}

static const char *
get_statement (GtkWidget *dialog)
{
  GtkWidget *view = app_find (dialog, GTK_TYPE_TEXT_VIEW, "Target");
  GtkTextIter start, end;
  static char text[200];
  g_autofree char *all = NULL;

  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), &start, &end);
  all = gtk_text_buffer_get_text (
      gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), &start, &end, FALSE);
  g_strlcpy (text, all, sizeof text);
  return text;
}

/* Half a target outlives Escape and the program, until it is saved or begun afresh. */
static void
test_begun (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog;

  app_open_child (fixture);
  app_press (fixture, "Add target");
  dialog = app_get_dialog ();
  app_settle ();
  app_fill_in (dialog, "Target", "By 12 December, Robin will");
  app_fill_in (dialog, "Due", "12/");
  gtk_window_close (GTK_WINDOW (dialog));
  app_wait (fixture, app_says, "Not saved, but kept", "the answer");
  app_close (fixture);

  app_open (fixture);
  app_open_child (fixture);
  app_press (fixture, "Add target");
  dialog = app_get_dialog_with ("You began this before");
  g_assert_cmpstr (get_statement (dialog), ==, "By 12 December, Robin will");
  g_assert_cmpstr (
      gtk_editable_get_text (GTK_EDITABLE (app_find (dialog, GTK_TYPE_ENTRY, "Due"))), ==, "12/");
  app_press_in (dialog, "Start afresh");
  g_assert_cmpstr (get_statement (dialog), ==, "");
  app_press_in (dialog, "Bring it back");
  g_assert_cmpstr (get_statement (dialog), ==, "By 12 December, Robin will");
  app_press_in (dialog, "Start afresh");
  gtk_window_close (GTK_WINDOW (dialog));

  /* Locking closes it as well; saved, it is begun no longer. */
  app_press (fixture, "Add target");
  dialog = app_get_dialog ();
  app_settle ();
  g_assert_false (app_has_text (dialog, "You began this before"));
  app_fill_in (dialog, "Target", "By May, Robin will read.");
  app_activate (fixture, "win.lock", NULL);
  way_window_unlock (fixture->window, fixture->store.path, STORE_PASSPHRASE);
  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);
  app_open_child (fixture);
  app_press (fixture, "Add target");
  dialog = app_get_dialog_with ("You began this before");
  way_dialog_save (WAY_DIALOG (dialog));
  app_wait (fixture, app_says, "Target saved.", "the answer");
  app_press (fixture, "Add target");
  dialog = app_get_dialog ();
  app_settle ();
  g_assert_cmpstr (get_statement (dialog), ==, "");
}

/* Enter in the sentence saves no half target. */
static void
test_enter (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog, *sentence, *focus;

  app_open_child (fixture);
  app_press (fixture, "Add target");
  dialog = app_get_dialog ();
  app_settle ();
  app_fill_in (dialog, "Target", "By 12 December, Robin will");
  sentence = app_find (dialog, GTK_TYPE_TEXT_VIEW, "Target");
  gtk_widget_grab_focus (sentence);
  app_press_enter (sentence);
  app_settle ();
  g_assert_true (way_dialog_is_open (WAY_DIALOG (dialog)));
  focus = gtk_root_get_focus (GTK_ROOT (dialog));
  g_assert_true (focus != NULL && focus != sentence);
  g_assert_true (gtk_widget_is_ancestor (
      focus, GTK_WIDGET (app_find (dialog, GTK_TYPE_DROP_DOWN, "Outcome"))));
  g_assert_cmpstr (get_statement (dialog), ==, "By 12 December, Robin will");
}

static void
test_new_child (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog;

  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);
  app_activate (fixture, "win.new-child", NULL);
  dialog = app_get_dialog ();
  app_check_names (dialog);
  way_dialog_save (WAY_DIALOG (dialog));
  app_settle ();
  g_assert_true (app_has_text (dialog, "Forename is missing."));
  g_assert_true (app_has_text (dialog, "Surname is missing."));
  app_fill_in (dialog, "Forename", "Zoë");
  app_fill_in (dialog, "Surname", "O’Connor");
  app_fill_in (dialog, "Date of birth", "30/2/2018");
  way_dialog_save (WAY_DIALOG (dialog));
  app_settle ();
  g_assert_true (app_has_text (dialog, "There is no 30 February 2018: that month has 28 days."));
  app_fill_in (dialog, "Date of birth", "1 Feb 2018");
  g_assert_false (app_has_text (dialog, "There is no 30 February"));
  app_fill_in (dialog, "Or a new school", "Hill Infants");
  app_fill_in (dialog, "There since", "1/9/2017");
  way_dialog_save (WAY_DIALOG (dialog));
  app_settle ();
  g_assert_true (app_has_text (dialog, "Its phase is missing."));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (app_find (dialog, GTK_TYPE_DROP_DOWN, "Its phase")),
                              1);
  way_dialog_save (WAY_DIALOG (dialog));
  app_settle ();
  g_assert_true (app_has_text (dialog, "There since is before the child was born"));
  app_fill_in (dialog, "There since", "1/9/2022");
  g_assert_false (app_has_text (dialog, "is before the child was born"));
  way_dialog_save (WAY_DIALOG (dialog));
  app_wait (fixture, app_says, "Hill Infants", "the new child's page");
  g_assert_true (app_says (fixture, "Zoë O’Connor"));
  app_close (fixture);
  g_assert_cmpuint (app_count_rows (fixture, WAY_CHILD), ==, 2);
  g_assert_cmpuint (app_count_rows (fixture, WAY_SETTING), ==, 2);
}

/* The child goes to one school: the one of the list is not given up without a word. */
static void
test_two_schools (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog, *school, *button;

  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);
  app_activate (fixture, "win.new-child", NULL);
  dialog = app_get_dialog ();
  app_fill_in (dialog, "Forename", "Zoë");
  app_fill_in (dialog, "Surname", "O’Connor");
  app_fill_in (dialog, "Date of birth", "1 Feb 2018");
  app_fill_in (dialog, "There since", "1/9/2022");
  school = app_find (dialog, GTK_TYPE_DROP_DOWN, "School or setting");
  button = gtk_widget_get_first_child (school); /* where the keyboard is */
  gtk_test_accessible_assert_property (
      button, GTK_ACCESSIBLE_PROPERTY_LABEL, "School or setting: nothing chosen");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (school), 1);
  gtk_test_accessible_assert_property (
      button, GTK_ACCESSIBLE_PROPERTY_LABEL, "School or setting: Example Primary");
  app_fill_in (dialog, "Or a new school", "Hill Infants");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (app_find (dialog, GTK_TYPE_DROP_DOWN, "Its phase")),
                              1);
  way_dialog_save (WAY_DIALOG (dialog));
  app_settle ();
  g_assert_true (way_dialog_is_open (WAY_DIALOG (dialog)));
  g_assert_true (app_has_text (dialog, "Choose a school or type a new one, not both."));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (school), 0);
  way_dialog_save (WAY_DIALOG (dialog));
  app_wait (fixture, app_says, "Hill Infants", "the new child's page");
  app_close (fixture);
  g_assert_cmpuint (app_count_rows (fixture, WAY_CHILD), ==, 2);
  g_assert_cmpuint (app_count_rows (fixture, WAY_SETTING), ==, 2);
}

/* Back, and the title that never says whose page it is. */
static void
test_back_and_title (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_open_child (fixture);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Waymark");
  app_activate (fixture, "win.back", NULL);
  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);
}

static void
test_lock (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_open_child (fixture);
  /* Also what lies over the window goes. */
  app_press (fixture, "Add target");
  app_get_dialog ();
  app_activate (fixture, "win.lock", NULL);
  app_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, 1);
  g_assert_null (way_window_get_page (fixture->window));
  g_assert_null (way_window_get_lists (fixture->window));
  g_assert_false (way_store_is_open (way_window_get_store (fixture->window)));
  g_assert_false (app_says (fixture, "Robin"));
  g_assert_true (app_says (fixture, "Passphrase"));
}

static void
fill_alike (GtkWidget *dialog, const char *forename)
{
  app_fill_in (dialog, "Forename", forename);
  app_fill_in (dialog, "Surname", "EXAMPLE");
  app_fill_in (dialog, "UPN", "R674123101121");
  app_fill_in (dialog, "Date of birth", "1 Feb 2018");
}

static void
check_alike (GtkWidget *dialog, const char *forename)
{
  const GtkWidget *const fields[] = {app_find (dialog, GTK_TYPE_ENTRY, "Forename"),
                                     app_find (dialog, GTK_TYPE_ENTRY, "Date of birth")};

  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fields[0])), ==, forename);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fields[1])), ==, "1 Feb 2018");
}

static double
get_scrolled (GtkWidget *dialog)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (app_find (dialog, GTK_TYPE_ENTRY, "Forename"),
                                                 GTK_TYPE_SCROLLED_WINDOW);

  return gtk_adjustment_get_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)));
}

/* In view, and where the keyboard is. */
static void
check_alike_is_told (GtkWidget *dialog)
{
  GtkWidget *button = app_find (dialog, GTK_TYPE_BUTTON, "Open Robin Example");

  g_assert_true (gtk_window_get_focus (GTK_WINDOW (dialog)) == button);
  g_assert_cmpfloat (get_scrolled (dialog), ==, 0);
  gtk_test_accessible_assert_property (
      button,
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "⚠ Waymark has a child with this UPN already: Robin Example, born 14 Sep 2018. "
      "Nothing is added yet.");
}

static void
press_focus (GtkWidget *dialog)
{
  gtk_widget_activate (gtk_window_get_focus (GTK_WINDOW (dialog)));
}

static gpointer
upn_job (WayDb *db,
         gpointer request G_GNUC_UNUSED,
         GCancellable *cancellable G_GNUC_UNUSED,
         GError **error)
{
  g_autoptr (GPtrArray) rows = way_db_list (db, WAY_CHILD, NULL, NULL, error);
  WayChild *child = rows->pdata[0];

  way_set_string (&child->upn, "R674123101121");
  store_save (db, child);
  return NULL;
}

/* A child whom the store may have already is added only when that has been read; or that child is
 * gone on with. */
static void
test_alike (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkSettings *settings = gtk_settings_get_default ();
  GtkWidget *dialog;

  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);
  app_run_job (fixture, upn_job);
  g_object_set (settings, "gtk-xft-dpi", 3 * 96 * 1024, NULL); /* so that the form is scrolled */
  app_activate (fixture, "win.new-child", NULL);
  dialog = app_get_dialog ();
  fill_alike (dialog, "Robyn");
  app_settle ();
  gtk_widget_grab_focus (app_find (dialog, GTK_TYPE_DROP_DOWN, "Primary need"));
  app_settle ();
  g_assert_cmpfloat (get_scrolled (dialog), >, 0);
  way_dialog_save (WAY_DIALOG (dialog));
  app_wait_text (dialog, "Waymark has a child with this UPN already: Robin Example", TRUE);
  app_check_names (dialog);
  app_settle ();
  check_alike_is_told (dialog);
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
  way_dialog_save (WAY_DIALOG (dialog)); /* Enter pressed twice */
  press_focus (dialog);
  app_settle ();
  g_assert_true (way_dialog_is_open (WAY_DIALOG (dialog)));
  app_run_for (1100);
  press_focus (dialog);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  app_wait (fixture, app_says, "Not saved, but kept", "what became of what was typed");
  app_activate (fixture, "win.new-child", NULL);
  dialog = app_get_dialog_with ("You began this before");
  check_alike (dialog, "Robyn");
  way_dialog_save (WAY_DIALOG (dialog));
  app_wait_text (dialog, "Waymark has a child with this UPN already: Robin Example", TRUE);
  app_run_for (1100);
  way_dialog_save (WAY_DIALOG (dialog));
  app_wait (fixture, app_says, "Robyn EXAMPLE", "the new child's page");
  app_close (fixture);
  g_assert_cmpuint (app_count_rows (fixture, WAY_CHILD), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(path, test)                                                                            \
  g_test_add ("/child-page/" path, AppFixture, NULL, app_set_up, test, app_tear_down)
  ADD ("names", test_names);
  ADD ("draft-among-visits", test_draft_among_visits);
  ADD ("add-target", test_add_target);
  ADD ("open-case", test_open_case);
  g_test_add ("/child-page/action-done",
              AppFixture,
              NULL,
              set_up_with_action,
              test_action_done,
              app_tear_down);
  g_test_add ("/child-page/action-room",
              AppFixture,
              NULL,
              set_up_with_action,
              test_action_room,
              app_tear_down);
  g_test_add ("/child-page/action-undone",
              AppFixture,
              NULL,
              set_up_with_action,
              test_action_undone,
              app_tear_down);
  g_test_add ("/child-page/action-in-vain",
              AppFixture,
              NULL,
              set_up_with_action,
              test_action_in_vain,
              app_tear_down);
  ADD ("begun", test_begun);
  ADD ("enter", test_enter);
  ADD ("card-begun", test_card_begun);
  ADD ("new-child", test_new_child);
  ADD ("two-schools", test_two_schools);
  ADD ("alike", test_alike);
  ADD ("back-and-title", test_back_and_title);
  ADD ("lock", test_lock);
  g_test_add ("/child-page/preferred-trend",
              AppFixture,
              NULL,
              set_up_with_trend,
              test_preferred_trend,
              app_tear_down);
  g_test_add (
      "/child-page/levels", AppFixture, NULL, set_up_with_levels, test_levels, app_tear_down);
  g_test_add ("/child-page/table", AppFixture, NULL, set_up_with_trend, test_table, app_tear_down);
  g_test_add ("/child-page/table-change",
              AppFixture,
              NULL,
              set_up_with_change,
              test_table_change,
              app_tear_down);
  return g_test_run ();
}
