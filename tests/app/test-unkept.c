/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store that cannot keep what is typed: it is said, and nothing typed is lost. */
#include "app-fixture.h"

#include "way-child-page.h"
#include "way-children-page.h"
#include "way-dialog.h"
#include "way-ui.h"
#include "way-visit-editor-private.h"

#include <string.h>

static void
type_and_break (AppFixture *fixture)
{
  app_open_editor (fixture);
  app_get (fixture, GTK_TYPE_TEXT_VIEW, "What I saw");
  app_break_drafts (fixture);
  app_type (fixture, "What I saw", "Not lost.");
}

static void
assert_draft (AppFixture *fixture, const char *text)
{
  g_autofree char *seen = app_dup_draft (fixture);

  g_assert_cmpstr (seen, ==, text);
}

static gboolean
has_draft (AppFixture *fixture, gconstpointer text)
{
  g_autofree char *seen = app_dup_draft (fixture);

  return g_strcmp0 (seen, text) == 0;
}

static char *
dup_text (GtkWidget *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
assert_seen (AppFixture *fixture, const char *text)
{
  g_autofree char *seen = dup_text (app_get (fixture, GTK_TYPE_TEXT_VIEW, "What I saw"));

  g_assert_cmpstr (seen, ==, text);
}

/* The page comes back, and saves as soon as it can. */
static void
test_back (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  type_and_break (fixture);
  app_activate (fixture, "win.back", NULL);
  app_wait_for_page (fixture, WAY_TYPE_VISIT_EDITOR);
  app_wait (fixture, app_says, "What you typed could not be saved", "the failure");
  assert_seen (fixture, "Not lost.");
  app_mend (fixture);
  app_press (fixture, "Try again");
  app_wait (fixture, app_says, "Saved ", "the time of saving");
  app_activate (fixture, "win.back", NULL);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  assert_draft (fixture, "Not lost.");
}

/* Who is writing elsewhere by then is not taken away from it, and can go back. */
static void
test_back_while_writing (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *focus;

  type_and_break (fixture);
  app_hold_store (fixture);
  app_activate (fixture, "win.back", NULL);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  app_activate (fixture, "win.search", NULL);
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  app_let_go_store ();
  app_wait (fixture, app_says, "could not be saved yet: 1 visit", "the failure");
  app_settle ();
  g_assert_true (WAY_IS_CHILD_PAGE (way_window_get_page (fixture->window)));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == focus);
  app_press (fixture, "Go back to it");
  app_wait_for_page (fixture, WAY_TYPE_VISIT_EDITOR);
  app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "When and where");
  assert_seen (fixture, "Not lost.");
  app_mend (fixture);
  app_wait (fixture, has_draft, "Not lost.", "the draft");
}

static gboolean
is_open (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  return way_window_get_page (fixture->window) != NULL;
}

static void
unlock (AppFixture *fixture)
{
  g_clear_pointer (&fixture->store.db, way_db_close);
  way_window_unlock (fixture->window, fixture->store.path, STORE_PASSPHRASE);
  app_wait (fixture, is_open, NULL, "the unlocked store");
}

/* Mends the store behind the locked window's back. */
static void
mend_locked (AppFixture *fixture)
{
  store_reopen (&fixture->store);
  app_mend (fixture);
}

static void
test_lock (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  type_and_break (fixture);
  app_activate (fixture, "win.lock", NULL);
  g_assert_true (app_says (fixture, "What you typed could not be saved"));
  g_assert_false (app_says (fixture, "Robin"));
  app_settle ();
  g_assert_null (way_window_get_page (fixture->window));
  mend_locked (fixture);
  unlock (fixture);
  app_wait (fixture, has_draft, "Not lost.", "the draft");
  g_assert_false (app_says (fixture, "could not be saved"));
}

/* Still full after unlocking: it goes on being said, and the editor shows what was typed. */
static void
test_lock_again (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  type_and_break (fixture);
  app_activate (fixture, "win.lock", NULL);
  unlock (fixture);
  app_wait (fixture, app_says, "could not be saved yet", "the failure");
  app_mend (fixture);
  app_wait (fixture, has_draft, "Not lost.", "the draft");
}

/* A draft that was stored before: opened again, it shows the later words. */
static void
test_open_again (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *row;

  app_open_editor (fixture);
  app_type (fixture, "What I saw", "Kept. ");
  app_wait (fixture, app_says, "Saved ", "the time of saving");
  app_break_drafts (fixture);
  app_type (fixture, "What I saw", "Not lost.");
  app_activate (fixture, "win.lock", NULL);
  unlock (fixture);
  row = app_get (fixture, GTK_TYPE_LIST_BOX_ROW, "Robin Example, visit");
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  app_wait_for_page (fixture, WAY_TYPE_VISIT_EDITOR);
  app_wait (fixture, app_says, "Not saved.", "the failure");
  assert_seen (fixture, "Kept. Not lost.");
  app_mend (fixture);
  app_wait (fixture, has_draft, "Kept. Not lost.", "the draft");
}

/* Closing says it once; unlocking then saves it. */
static void
test_close (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  type_and_break (fixture);
  gtk_window_close (GTK_WINDOW (fixture->window));
  app_settle ();
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (fixture->window)));
  g_assert_true (app_says (fixture, "If you close Waymark now, it is lost."));
  g_assert_false (app_says (fixture, "Robin"));
  mend_locked (fixture);
  unlock (fixture);
  app_wait (fixture, has_draft, "Not lost.", "the draft");
}

static void
gone_cb (gpointer data, GObject *window G_GNUC_UNUSED)
{
  *(gboolean *) data = TRUE;
}

/* A second time goes through. */
static void
test_close_twice (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  gboolean is_gone = FALSE;

  type_and_break (fixture);
  g_object_weak_ref (G_OBJECT (fixture->window), gone_cb, &is_gone);
  gtk_window_close (GTK_WINDOW (fixture->window));
  app_settle ();
  g_assert_false (is_gone);
  gtk_window_close (GTK_WINDOW (fixture->window));
  fixture->window = NULL;
  app_settle ();
  g_assert_true (is_gone);
  store_reopen (&fixture->store);
  app_mend (fixture);
  assert_draft (fixture, NULL);
}

/* What has the keyboard while the form is not there. */
static void
type_at_once (AppFixture *fixture, const char *text)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  g_assert_true (GTK_IS_TEXT_VIEW (focus));
  gtk_text_buffer_insert_at_cursor (
      gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus)), text, (int) strlen (text));
}

static void
press_with_held_store (AppFixture *fixture)
{
  way_window_open_child (fixture->window, fixture->child);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  app_get (fixture, GTK_TYPE_BUTTON, "Record visit");
  app_hold_store (fixture);
  app_press (fixture, "Record visit");
}

/* Saved twice before the form came: one visit, and each word once. */
static void
test_saved_twice_at_once (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  press_with_held_store (fixture);
  type_at_once (fixture, "Robin ");
  app_activate (fixture, "visit.save", NULL);
  type_at_once (fixture, "came in.");
  app_activate (fixture, "visit.save", NULL);
  app_let_go_store ();
  app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "When and where");
  assert_seen (fixture, "Robin came in.");
  app_close (fixture);
  assert_draft (fixture, "Robin came in.");
}

static gboolean
is_handed_over (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  return WAY_VISIT_EDITOR (way_window_get_page (fixture->window))->kept_typed;
}

/* It is kept soon, also while the form does not come. */
static void
test_kept_at_once (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  press_with_held_store (fixture);
  type_at_once (fixture, "Robin came in.");
  app_wait (fixture, is_handed_over, NULL, "what is typed to be kept");
  app_let_go_store ();
  app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "When and where");
  assert_seen (fixture, "Robin came in.");
  app_close (fixture);
  assert_draft (fixture, "Robin came in.");
}

/* Left before the form was there. */
static void
test_back_at_once (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  way_window_open_child (fixture->window, fixture->child);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  app_break_drafts (fixture);
  press_with_held_store (fixture);
  type_at_once (fixture, "Robin came in.");
  app_activate (fixture, "win.back", NULL);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  app_let_go_store ();
  app_wait_for_page (fixture, WAY_TYPE_VISIT_EDITOR);
  app_wait (fixture, app_says, "What you typed could not be saved", "the failure");
  app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "When and where");
  assert_seen (fixture, "Robin came in.");
  app_mend (fixture);
  app_wait (fixture, has_draft, "Robin came in.", "the draft");
}

/* Locked before the form was there. */
static void
test_lock_at_once (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_break_drafts (fixture);
  press_with_held_store (fixture);
  type_at_once (fixture, "Robin came in.");
  app_let_go_store ();
  app_activate (fixture, "win.lock", NULL);
  g_assert_true (app_says (fixture, "What you typed could not be saved"));
  mend_locked (fixture);
  unlock (fixture);
  app_wait (fixture, has_draft, "Robin came in.", "the draft");
}

static void
type_target (GtkWidget *dialog, const char *text)
{
  GtkWidget *prose = app_find (dialog, GTK_TYPE_TEXT_VIEW, "Target");

  g_assert_nonnull (prose);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (prose)), text, -1);
}

static GtkWidget *
open_new_target (AppFixture *fixture)
{
  GtkWidget *dialog;

  way_window_open_child (fixture->window, fixture->child);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  app_wait (fixture, app_says, "Robin answers with a phrase", "the target's card");
  app_press (fixture, "Add target");
  dialog = app_get_dialog ();
  app_settle ();
  return dialog;
}

/* A form that was begun is counted, and comes back as it was left. */
static void
test_close_form (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog = open_new_target (fixture);

  app_break_begun (fixture);
  type_target (dialog, "By May, Robin will read.");
  gtk_window_close (GTK_WINDOW (fixture->window));
  app_settle ();
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (fixture->window)));
  g_assert_true (app_says (fixture, ": 1 half-filled form.\nReason: the disk is full"));
  g_assert_true (app_says (fixture, "If you close Waymark now, it is lost."));
  g_assert_false (app_says (fixture, "Robin"));
  mend_locked (fixture);
  unlock (fixture);
  app_wait (fixture, app_says, "What you typed is kept now", "that it is kept");
  dialog = open_new_target (fixture);
  g_assert_true (app_has_text (dialog, "You began this before"));
}

/* Each kind of what would be lost is named. */
static void
test_lock_all (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *add;

  type_and_break (fixture);
  app_break_begun (fixture);
  way_window_open_child (fixture->window, fixture->child);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  add = app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "Add measurement");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (add), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (app_get (fixture, GTK_TYPE_ENTRY, "Value")), "4");
  type_target (open_new_target (fixture), "By May, Robin will read.");
  app_activate (fixture, "win.lock", NULL);
  g_assert_true (app_says (fixture,
                           "What you typed could not be saved: 1 visit, 1 half-filled form, what "
                           "you typed about 1 target's progress.\nReason: the disk is full"));
}

static gboolean
is_silent (AppFixture *fixture, gconstpointer part)
{
  return !app_says (fixture, part);
}

/* Shut while the disk is full, it is there when it is opened again; then it is tried again. */
static void
test_form_again (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog = open_new_target (fixture);

  app_break_begun (fixture);
  type_target (dialog, "By May, Robin will read.");
  gtk_window_close (GTK_WINDOW (dialog));
  app_wait (fixture, app_says, "could not be saved yet: 1 half-filled form", "the failure");
  dialog = open_new_target (fixture);
  g_assert_true (app_has_text (dialog, "You began this before"));
  app_mend (fixture);
  app_wait (fixture, is_silent, "could not be saved yet", "the silence");
}

/* Once it is added there is nothing that could be lost. */
static void
test_form_added (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog = open_new_target (fixture);
  gboolean is_gone = FALSE;

  app_break_begun (fixture);
  type_target (dialog, "By May, Robin will read.");
  way_dialog_save (WAY_DIALOG (dialog));
  app_wait (fixture, app_says, "By May, Robin will read", "the new target's card");
  g_object_weak_ref (G_OBJECT (fixture->window), gone_cb, &is_gone);
  gtk_window_close (GTK_WINDOW (fixture->window));
  app_settle ();
  g_assert_true (is_gone);
  fixture->window = NULL;
  store_reopen (&fixture->store);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/unkept/" name, AppFixture, NULL, app_set_up, function, app_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("back", test_back);
  ADD ("back-while-writing", test_back_while_writing);
  ADD ("lock", test_lock);
  ADD ("lock-again", test_lock_again);
  ADD ("open-again", test_open_again);
  ADD ("close", test_close);
  ADD ("close-twice", test_close_twice);
  ADD ("saved-twice-at-once", test_saved_twice_at_once);
  ADD ("kept-at-once", test_kept_at_once);
  ADD ("back-at-once", test_back_at_once);
  ADD ("lock-at-once", test_lock_at_once);
  ADD ("close-form", test_close_form);
  ADD ("lock-all", test_lock_all);
  ADD ("form-again", test_form_again);
  ADD ("form-added", test_form_added);
  return g_test_run ();
}
