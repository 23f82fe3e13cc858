/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is half typed when a form or a card is left: nothing of it is lost, nothing comes twice. */
#include "app-fixture.h"

#include "way-begun.h"
#include "way-child-page.h"
#include "way-children-page.h"
#include "way-date-entry.h"
#include "way-dialog.h"
#include "way-form.h"
#include "way-target-card.h"

#include <string.h>

static void
open_page (AppFixture *fixture)
{
  way_window_open_child (fixture->window, fixture->child);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  app_wait (fixture, app_says, "Robin answers with a phrase", "the target's card");
}

static void
fill (GtkWidget *root, const char *name, const char *text)
{
  GtkWidget *entry = app_find (root, GTK_TYPE_ENTRY, name);
  GtkWidget *prose = entry == NULL ? app_find (root, GTK_TYPE_TEXT_VIEW, name) : NULL;

  g_assert_true (entry != NULL || prose != NULL);
  if (entry != NULL)
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
  else
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (prose)), text, -1);
}

static const char *
text_in (GtkWidget *root, const char *name)
{
  GtkWidget *entry = app_find (root, GTK_TYPE_ENTRY, name);

  g_assert_nonnull (entry);
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static gboolean
text_is (GtkWidget *root, const char *name, const char *text)
{
  GtkWidget *view = app_find (root, GTK_TYPE_TEXT_VIEW, name);
  g_autofree char *now = NULL;

  g_assert_nonnull (view);
  g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "text", &now, NULL);
  return strcmp (now, text) == 0;
}

static guint
count_rows (AppFixture *fixture, const WayRecordType *type)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = way_db_list (fixture->store.db, type, NULL, NULL, &error);

  g_assert_no_error (error);
  return rows->len;
}

static GtkWidget *
open_new_target (AppFixture *fixture)
{
  GtkWidget *dialog;

  open_page (fixture);
  app_press (fixture, "Add target");
  dialog = app_get_dialog ();
  app_settle ();
  return dialog;
}

static gboolean
has_words (AppFixture *fixture G_GNUC_UNUSED, gconstpointer part)
{
  return app_has_text (app_get_dialog (), part);
}

static void
lock_and_unlock (AppFixture *fixture)
{
  app_activate (fixture, "win.lock", NULL);
  way_window_unlock (fixture->window, fixture->store.path, STORE_PASSPHRASE);
  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);
}

/* Locked while it is on its way to the store, a form is not offered again: that would make a
 * second one. */
static void
test_saved_at_lock (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog = open_new_target (fixture);

  fill (dialog, "Target", "By May, Robin will read.");
  way_dialog_save (WAY_DIALOG (dialog));
  lock_and_unlock (fixture);
  dialog = open_new_target (fixture);
  g_assert_false (app_has_text (dialog, "You began this before"));
  app_close (fixture);
  g_assert_cmpuint (count_rows (fixture, WAY_TARGET), ==, 2);
}

/* What could not be stored by then is. */
static void
test_not_saved_at_lock (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog = open_new_target (fixture);

  app_break_targets (fixture);
  fill (dialog, "Target", "By May, Robin will read.");
  way_dialog_save (WAY_DIALOG (dialog));
  lock_and_unlock (fixture);
  dialog = open_new_target (fixture);
  g_assert_true (app_has_text (dialog, "You began this before"));
}

/* Why it could not be stored is read in the dialog, until it is tried again. */
static void
test_failure_is_seen (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog = open_new_target (fixture);

  app_break_targets (fixture);
  fill (dialog, "Target", "By May, Robin will read.");
  way_dialog_save (WAY_DIALOG (dialog));
  app_wait (fixture, has_words, "The target could not be saved", "the failure");
  g_assert_false (app_says (fixture, "The target could not be saved"));
  app_mend (fixture);
  app_hold_store (fixture);
  way_dialog_save (WAY_DIALOG (dialog));
  g_assert_false (app_has_text (dialog, "The target could not be saved"));
  app_let_go_store ();
  app_settle ();
  app_close (fixture);
  g_assert_cmpuint (count_rows (fixture, WAY_TARGET), ==, 2);
}

static gpointer
begun_job (WayDb *db,
           gpointer request G_GNUC_UNUSED,
           GCancellable *cancellable G_GNUC_UNUSED,
           GError **error)
{
  return way_db_get_preference (db, "begun", error);
}

static gpointer
yesterday_job (WayDb *db,
               gpointer request G_GNUC_UNUSED,
               GCancellable *cancellable G_GNUC_UNUSED,
               GError **error)
{
  g_autofree char *begun = way_db_get_preference (db, "begun", error);
  char iso[WAY_DATE_ISO_SIZE];

  way_date_to_iso (way_date_today () - 1, iso);
  g_assert_nonnull (begun);
  g_assert_nonnull (strstr (begun, iso));
  g_assert_null (strstr (begun, "yesterday"));
  return NULL;
}

/* A day stays the day that was meant, whenever the form is opened again. */
static void
test_days (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *yesterday = way_date_format_short (way_date_today () - 1);
  GtkWidget *dialog = open_new_target (fixture), *page;

  fill (dialog, "Start", "yesterday");
  fill (dialog, "Due", "12/");
  gtk_window_close (GTK_WINDOW (dialog));
  app_settle ();
  g_free (app_run_job (fixture, yesterday_job));
  dialog = open_new_target (fixture);
  g_assert_cmpstr (text_in (dialog, "Start"), ==, yesterday);
  g_assert_cmpstr (text_in (dialog, "Due"), ==, "12/");
  fill (dialog, "Start", "");
  fill (dialog, "Due", "");
  gtk_window_close (GTK_WINDOW (dialog));
  page = way_window_get_page (fixture->window);
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (app_find (page, GTK_TYPE_TOGGLE_BUTTON, "Add measurement")), TRUE);
  app_settle ();
  fill (page, "Date", "yesterday");
  fill (page, "Value", "3");
  app_activate (fixture, "win.back", NULL);
  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);
  g_free (app_run_job (fixture, yesterday_job));
}

/* What is kept of a record goes with it. */
static void
test_deleted (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog, *list, *button;
  g_autofree char *begun = NULL;
  g_autofree char *kept = NULL;

  open_page (fixture);
  way_child_page_show_tab (WAY_CHILD_PAGE (way_window_get_page (fixture->window)), "profile");
  list = app_get (fixture, GTK_TYPE_LIST_BOX, "School or setting");
  g_signal_emit_by_name (
      list, "row-activated", gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  dialog = app_get_dialog ();
  app_settle ();
  fill (dialog, "From", "once upon");
  gtk_window_close (GTK_WINDOW (dialog));
  app_settle ();
  begun = app_run_job (fixture, begun_job);
  g_assert_nonnull (begun);
  g_signal_emit_by_name (
      list, "row-activated", gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  dialog = app_get_dialog ();
  app_settle ();
  g_assert_cmpstr (text_in (dialog, "From"), ==, "once upon");
  fill (dialog, "From", "once more");
  button = app_find (dialog, GTK_TYPE_BUTTON, "Delete: School or setting");
  g_signal_emit_by_name (button, "clicked");
  app_wait (fixture, app_says, "School or setting deleted.", "the answer");
  kept = app_run_job (fixture, begun_job);
  g_assert_cmpstr (kept, ==, NULL);
}

static WayTargetCard *
get_card (AppFixture *fixture)
{
  return WAY_TARGET_CARD (app_get (
      fixture, WAY_TYPE_TARGET_CARD, "Robin answers with a phrase in four of five chances"));
}

static void
begin_measurement (AppFixture *fixture, const char *value)
{
  GtkWidget *add = app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "Add measurement");

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (add), TRUE);
  app_get (fixture, GTK_TYPE_ENTRY, "Value");
  fill (way_window_get_page (fixture->window), "Value", value);
}

static gboolean
has_value (AppFixture *fixture, gconstpointer value)
{
  GtkWidget *entry = app_find (GTK_WIDGET (fixture->window), GTK_TYPE_ENTRY, "Value");

  return entry != NULL && g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (entry)), value) == 0;
}

static void
go_back (AppFixture *fixture)
{
  app_activate (fixture, "win.back", NULL);
  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);
}

/* The overview and the list of targets show one target each with a card of its own: what was typed
 * last comes back, and the empty card takes nothing away. */
static void
test_two_cards (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  WayChildPage *page;

  open_page (fixture);
  page = WAY_CHILD_PAGE (way_window_get_page (fixture->window));
  begin_measurement (fixture, "2");
  way_child_page_show_tab (page, "targets");
  app_settle ();
  begin_measurement (fixture, "4");
  go_back (fixture);
  open_page (fixture);
  app_wait (fixture, has_value, "4", "what was typed last");
  page = WAY_CHILD_PAGE (way_window_get_page (fixture->window));
  way_child_page_show_tab (page, "targets");
  app_settle ();
  begin_measurement (fixture, "5");
  fill (GTK_WIDGET (page), "Value", "");
  go_back (fixture);
  open_page (fixture);
  app_wait (fixture, has_value, "4", "what stands on the other card");
}

/* A target that comes before it takes nothing from a card on which somebody is typing. */
static void
test_card_stays (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *card, *dialog;

  open_page (fixture);
  way_child_page_show_tab (WAY_CHILD_PAGE (way_window_get_page (fixture->window)), "targets");
  app_settle ();
  card = app_get_card (fixture);
  begin_measurement (fixture, "3");
  app_press (fixture, "Add target");
  dialog = app_get_dialog ();
  app_settle ();
  fill (dialog, "Target", "By May, Robin will read.");
  way_dialog_save (WAY_DIALOG (dialog));
  app_wait (fixture, app_says, "By May, Robin will read", "the new target's card");
  app_settle ();
  g_assert_true (app_get_card (fixture) == card);
  g_assert_cmpstr (text_in (card, "Value"), ==, "3");
}

/* Nothing can be typed that would be neither stored nor kept. */
static void
test_busy_takes_nothing (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog = open_new_target (fixture);
  GtkWidget *field = app_find (dialog, GTK_TYPE_TEXT_VIEW, "Target");

  app_break_targets (fixture);
  fill (dialog, "Target", "By May, Robin will read.");
  gtk_widget_grab_focus (field);
  app_hold_store (fixture);
  way_dialog_save (WAY_DIALOG (dialog));
  g_assert_false (gtk_widget_is_sensitive (field));
  g_assert_null (gtk_window_get_focus (GTK_WINDOW (dialog)));
  app_let_go_store ();
  app_wait (fixture, has_words, "The target could not be saved", "the failure");
  g_assert_true (gtk_widget_is_sensitive (field));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (dialog)) == field);
}

static gpointer
kept_job (WayDb *db,
          gpointer request G_GNUC_UNUSED,
          GCancellable *cancellable G_GNUC_UNUSED,
          GError **error)
{
  g_autofree char *begun = way_db_get_preference (db, "begun", error);

  return g_strdup (begun != NULL && strstr (begun, "with the ma") != NULL ? "yes" : "no");
}

static gboolean
is_kept (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *kept = app_run_job (fixture, kept_job);

  return g_strcmp0 (kept, "yes") == 0;
}

/* The program may end without a word. */
static void
test_card_in_time (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  open_page (fixture);
  begin_measurement (fixture, "2");
  fill (way_window_get_page (fixture->window), "Note", "with the ma");
  app_wait (fixture, is_kept, NULL, "what is typed to be kept");
}

/* Left before the store has answered, a measurement that it refused comes back. */
static void
test_measured_in_vain (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  open_page (fixture);
  app_break_measurements (fixture);
  begin_measurement (fixture, "3");
  way_target_card_add_measurement (get_card (fixture));
  go_back (fixture);
  app_settle ();
  app_mend (fixture);
  open_page (fixture);
  app_wait (fixture, has_value, "3", "the measurement that was refused");
  way_target_card_add_measurement (get_card (fixture));
  app_wait (fixture, app_says, "Latest 3", "the value");
  go_back (fixture);
  open_page (fixture);
  app_settle ();
  g_assert_false (has_value (fixture, "3"));
  app_close (fixture);
  g_assert_cmpuint (count_rows (fixture, WAY_MEASUREMENT), ==, 1);
}

/* One that it took is not asked for again. */
static void
test_measured_at_back (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  open_page (fixture);
  begin_measurement (fixture, "3");
  way_target_card_add_measurement (get_card (fixture));
  go_back (fixture);
  open_page (fixture);
  app_wait (fixture, app_says, "Latest 3", "the value");
  app_settle ();
  g_assert_false (has_value (fixture, "3"));
  app_close (fixture);
  g_assert_cmpuint (count_rows (fixture, WAY_MEASUREMENT), ==, 1);
}

/* What is wrong in any part of the form is said there, and nothing of it is dropped unsaid. */
static void
test_new_child_parts (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog;

  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);
  app_activate (fixture, "win.new-child", NULL);
  dialog = app_get_dialog ();
  fill (dialog, "Forename", "Zoë");
  fill (dialog, "Surname", "O’Connor");
  fill (dialog, "Date of birth", "1 Feb 2018");
  fill (dialog, "There since", "31/13/2020");
  way_dialog_save (WAY_DIALOG (dialog));
  app_settle ();
  g_assert_true (app_has_text (dialog, "School or setting is missing."));
  g_assert_cmpstr (text_in (dialog, "There since"), ==, "31/13/2020");
  fill (dialog, "Or a new school", "Hill Infants");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (app_find (dialog, GTK_TYPE_DROP_DOWN, "Its phase")),
                              1);
  /* Enter is the button, in each part. */
  g_signal_emit_by_name (app_find (dialog, GTK_TYPE_ENTRY, "Or a new school"), "activate");
  app_settle ();
  g_assert_cmpstr (text_in (dialog, "There since"), ==, "31/13/2020");
  g_assert_true (
      gtk_widget_has_css_class (app_find (dialog, GTK_TYPE_ENTRY, "There since"), "error"));
  fill (dialog, "There since", "1/9/2022");
  fill (dialog, "Status since", "31/13/2020");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (app_find (dialog, GTK_TYPE_DROP_DOWN, "SEN status")),
                              2);
  way_dialog_save (WAY_DIALOG (dialog));
  app_settle ();
  g_assert_cmpstr (text_in (dialog, "Status since"), ==, "31/13/2020");
  g_assert_true (
      gtk_widget_has_css_class (app_find (dialog, GTK_TYPE_ENTRY, "Status since"), "error"));
  fill (dialog, "Status since", "1/9/2023");
  /* The new school is taken away again: the child goes to one that is known. */
  fill (dialog, "Or a new school", "");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (app_find (dialog, GTK_TYPE_DROP_DOWN, "Its phase")),
                              0);
  way_dialog_save (WAY_DIALOG (dialog));
  app_settle ();
  g_assert_true (app_has_text (dialog, "School or setting is missing."));
  gtk_drop_down_set_selected (
      GTK_DROP_DOWN (app_find (dialog, GTK_TYPE_DROP_DOWN, "School or setting")), 1);
  way_dialog_save (WAY_DIALOG (dialog));
  app_wait (fixture, app_says, "Zoë O’Connor", "the new child's page");
  app_close (fixture);
  g_assert_cmpuint (count_rows (fixture, WAY_CHILD), ==, 2);
  g_assert_cmpuint (count_rows (fixture, WAY_SETTING), ==, 1);
  g_assert_cmpuint (count_rows (fixture, WAY_SEN_STATUS), ==, 1);
}

/* "Add target" was begun before; the dialog is open, and the store has not yet said so. */
static GtkWidget *
open_begun_target_held (AppFixture *fixture)
{
  GtkWidget *dialog = open_new_target (fixture);

  fill (dialog, "Target", "By May, Robin will read.");
  fill (dialog, "Baseline", "2");
  gtk_window_close (GTK_WINDOW (dialog));
  app_settle ();
  open_page (fixture);
  app_hold_store (fixture);
  app_press (fixture, "Add target");
  dialog = app_get_dialog ();
  fill (dialog, "Target", "By June");
  return dialog;
}

/* What is typed before that stays, the rest comes back, and what is in neither can be read. */
static void
test_typed_first (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog = open_begun_target_held (fixture);

  app_let_go_store ();
  app_wait (fixture, has_words, "Target: By May, Robin will read.", "what it was before");
  g_assert_true (text_is (dialog, "Target", "By June"));
  g_assert_cmpstr (text_in (dialog, "Baseline"), ==, "2");
  g_signal_emit_by_name (app_find (dialog, GTK_TYPE_BUTTON, "Start afresh"), "clicked");
  g_assert_true (text_is (dialog, "Target", "By June"));
  g_assert_cmpstr (text_in (dialog, "Baseline"), ==, "");
}

/* Closed or saved before that, it takes nothing away. */
static void
test_left_first (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog = open_begun_target_held (fixture);

  gtk_window_close (GTK_WINDOW (dialog));
  app_let_go_store ();
  app_settle ();
  dialog = open_new_target (fixture);
  g_assert_true (text_is (dialog, "Target", "By June"));
  g_assert_cmpstr (text_in (dialog, "Baseline"), ==, "2");
  gtk_window_close (GTK_WINDOW (dialog));
  app_settle ();
  app_hold_store (fixture);
  app_press (fixture, "Add target");
  dialog = app_get_dialog ();
  gtk_window_close (GTK_WINDOW (dialog));
  app_let_go_store ();
  app_settle ();
  dialog = open_new_target (fixture);
  g_assert_cmpstr (text_in (dialog, "Baseline"), ==, "2");
}

static void
test_saved_first (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog = open_begun_target_held (fixture);

  way_dialog_save (WAY_DIALOG (dialog));
  app_let_go_store ();
  app_wait (fixture, has_words, "Target: By May, Robin will read.", "what it was before");
  g_assert_true (way_dialog_is_open (WAY_DIALOG (dialog)));
  way_dialog_save (WAY_DIALOG (dialog));
  app_settle ();
  app_close (fixture);
  g_assert_cmpuint (count_rows (fixture, WAY_TARGET), ==, 2);
}

/* Where nobody knows whether a form was begun before, that is said, and what is typed is kept
 * beside it. */
static void
test_unreadable (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog = open_new_target (fixture);

  fill (dialog, "Target", "By May, Robin will read.");
  fill (dialog, "Baseline", "2");
  gtk_window_close (GTK_WINDOW (dialog));
  app_settle ();
  open_page (fixture);
  app_hide_begun (fixture);
  app_press (fixture, "Add target");
  dialog = app_get_dialog ();
  app_wait (fixture, has_words, "could not be read whether you began this before", "that");
  g_assert_false (app_has_text (dialog, "You began this before and"));
  fill (dialog, "Target", "By June");
  gtk_window_close (GTK_WINDOW (dialog));
  app_settle ();
  app_show_begun (fixture);
  dialog = open_new_target (fixture);
  g_assert_true (text_is (dialog, "Target", "By June"));
  g_assert_cmpstr (text_in (dialog, "Baseline"), ==, "2");
}

/* The same of a card: what is empty on it takes nothing away. */
static void
test_unreadable_card (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  open_page (fixture);
  begin_measurement (fixture, "3");
  go_back (fixture);
  open_page (fixture);
  app_wait (fixture, has_value, "3", "what was typed");
  app_hide_begun (fixture);
  way_target_card_find_begun (get_card (fixture));
  app_wait (fixture, app_says, "could not be read what you began to measure", "that");
  begin_measurement (fixture, "");
  fill (way_window_get_page (fixture->window), "Note", "On the slide");
  go_back (fixture);
  app_settle ();
  app_show_begun (fixture);
  open_page (fixture);
  app_wait (fixture, has_value, "3", "what was typed first");
  g_assert_cmpstr (text_in (way_window_get_page (fixture->window), "Note"), ==, "On the slide");
}

/* A card takes nothing before it knows what was typed on it. */
static void
test_card_waits (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  WayTargetCard *card;
  GtkWidget *add;

  open_page (fixture);
  begin_measurement (fixture, "2");
  go_back (fixture);
  open_page (fixture);
  app_wait (fixture, has_value, "2", "what was typed");
  card = get_card (fixture);
  add = app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "Add measurement");
  app_hold_store (fixture);
  way_target_card_find_begun (card);
  g_assert_false (gtk_widget_is_sensitive (add));
  app_let_go_store ();
  app_settle ();
  g_assert_true (gtk_widget_is_sensitive (add));
}

static guint
count_open (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    n += g_type_is_a (G_OBJECT_TYPE (window), type);
  }
  return n;
}

/* What is slow to come and asked for twice comes once, and can be closed for good. */
static void
test_asked_twice (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);
  app_hold_store (fixture);
  for (int i = 0; i < 2; i++)
    app_activate (fixture, "win.new-child", NULL);
  app_let_go_store ();
  app_get_dialog ();
  app_settle ();
  g_assert_cmpuint (count_open (WAY_TYPE_DIALOG), ==, 1);
  gtk_window_close (GTK_WINDOW (app_get_dialog ()));
  app_hold_store (fixture);
  for (int i = 0; i < 2; i++)
    app_activate (fixture, "win.preferences", NULL);
  app_let_go_store ();
  app_get_over (ADW_TYPE_PREFERENCES_WINDOW);
  app_settle ();
  g_assert_cmpuint (count_open (ADW_TYPE_PREFERENCES_WINDOW), ==, 1);
  gtk_window_destroy (GTK_WINDOW (app_get_over (ADW_TYPE_PREFERENCES_WINDOW)));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/begun/" name, AppFixture, NULL, app_set_up, function, app_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("saved-at-lock", test_saved_at_lock);
  ADD ("failure-is-seen", test_failure_is_seen);
  ADD ("not-saved-at-lock", test_not_saved_at_lock);
  ADD ("days", test_days);
  ADD ("deleted", test_deleted);
  ADD ("new-child-parts", test_new_child_parts);
  ADD ("two-cards", test_two_cards);
  ADD ("card-stays", test_card_stays);
  ADD ("busy-takes-nothing", test_busy_takes_nothing);
  ADD ("card-in-time", test_card_in_time);
  ADD ("measured-in-vain", test_measured_in_vain);
  ADD ("measured-at-back", test_measured_at_back);
  ADD ("typed-first", test_typed_first);
  ADD ("left-first", test_left_first);
  ADD ("saved-first", test_saved_first);
  ADD ("card-waits", test_card_waits);
  ADD ("unreadable", test_unreadable);
  ADD ("unreadable-card", test_unreadable_card);
  ADD ("asked-twice", test_asked_twice);
  return g_test_run ();
}
