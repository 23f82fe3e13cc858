/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Locking and unlocking, in the real window on a real store. */
#include "app-fixture.h"
#include "way-child-page.h"
#include "way-children-page.h"
#include "way-dialog.h"
#include "way-error.h"
#include "way-preferences-window.h"
#include "way-recovery-sheet.h"
#include "way-sql-error.h"

#include <cairo-pdf.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

static gboolean
says (AppFixture *fixture, gconstpointer part)
{
  return app_has_text (GTK_WIDGET (fixture->window), part);
}

static gboolean
is_open (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  return way_window_get_page (fixture->window) != NULL;
}

static void
unlock_with (AppFixture *fixture, const char *passphrase)
{
  GtkWidget *entry = app_get (fixture, GTK_TYPE_PASSWORD_ENTRY, "Passphrase");

  gtk_editable_set_text (GTK_EDITABLE (entry), passphrase);
  app_press (fixture, "Unlock");
}

static void
test_wrong_passphrase (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_activate (fixture, "win.lock", NULL);
  app_check_names (GTK_WIDGET (fixture->window));
  unlock_with (fixture, "wrong");
  app_wait (fixture, says, "That is not the passphrase of this store.", "what is wrong");
  g_assert_null (way_window_get_page (fixture->window));
  /* Typing again takes the message away. */
  gtk_editable_set_text (GTK_EDITABLE (app_get (fixture, GTK_TYPE_PASSWORD_ENTRY, "Passphrase")),
                         "c");
  app_settle ();
  g_assert_false (says (fixture, "That is not the passphrase"));
  unlock_with (fixture, STORE_PASSPHRASE);
  app_wait (fixture, is_open, NULL, "the unlocked store");
}

/* A wrong one from a file: the page says so, and takes another. */
static void
test_wrong_passphrase_file (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_activate (fixture, "win.lock", NULL);
  way_window_unlock (fixture->window, fixture->store.path, "wrong");
  app_wait (fixture, says, "That is not the passphrase of this store.", "what is wrong");
  unlock_with (fixture, STORE_PASSPHRASE);
  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);
}

static void
test_wrong_recovery_key (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *entry;

  app_activate (fixture, "win.lock", NULL);
  app_press (fixture, "Use recovery key…");
  entry = app_get (fixture, GTK_TYPE_ENTRY, "Recovery key");
  app_check_names (GTK_WIDGET (fixture->window));
  gtk_editable_set_text (GTK_EDITABLE (entry), "ABCD-EFGH");
  app_press (fixture, "Unlock");
  app_wait (fixture, says, "recovery key has ", "what is wrong");
  app_press (fixture, "Use passphrase…");
  unlock_with (fixture, STORE_PASSPHRASE);
  app_wait (fixture, is_open, NULL, "the unlocked store");
}

/* Nothing is left beside the store then, and another program may have it. */
static void
test_close_while_opening (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_activate (fixture, "win.lock", NULL);
  unlock_with (fixture, STORE_PASSPHRASE);
  gtk_window_close (GTK_WINDOW (g_steal_pointer (&fixture->window)));
  store_reopen (&fixture->store);
  app_settle ();
}

/* They are made when asked for, every time anew, and go away with the lock. */
static void
test_shortcuts (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *shortcuts;

  app_activate (fixture, "win.show-help-overlay", NULL);
  shortcuts = app_get_over (GTK_TYPE_SHORTCUTS_WINDOW);
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (shortcuts)) ==
                 GTK_WINDOW (fixture->window));
  g_assert_true (app_has_text (shortcuts, "New child"));
  gtk_window_close (GTK_WINDOW (shortcuts));
  app_activate (fixture, "win.show-help-overlay", NULL);
  shortcuts = app_get_over (GTK_TYPE_SHORTCUTS_WINDOW);
  g_object_add_weak_pointer (G_OBJECT (shortcuts), (gpointer *) &shortcuts);
  app_activate (fixture, "win.lock", NULL);
  app_settle ();
  g_assert_null (shortcuts);
}

/* In what is not in view either: a screen reader finds that too. */
static void
assert_nowhere (GtkWidget *widget, const char *word)
{
  if (GTK_IS_LABEL (widget))
    g_assert_null (strstr (gtk_label_get_text (GTK_LABEL (widget)), word));
  if (GTK_IS_EDITABLE (widget))
    g_assert_null (strstr (gtk_editable_get_text (GTK_EDITABLE (widget)), word));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_nowhere (child, word);
}

static void
test_nothing_left (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_open_editor (fixture); /* the child's name is in the title, and on the way back */
  app_wait (fixture, app_says, "Robin Example", "whom the visit is about");
  app_activate (fixture, "win.lock", NULL);
  app_settle ();
  assert_nowhere (GTK_WIDGET (fixture->window), "Robin");
  unlock_with (fixture, STORE_PASSPHRASE);
  app_wait (fixture, is_open, NULL, "the unlocked store");
}

static void
fill_row (AppFixture *fixture, const char *name, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (app_get (fixture, ADW_TYPE_ENTRY_ROW, name)), text);
}

/* Where Enter leads from a field. */
static void
assert_enter_goes_to (GtkWidget *from, const char *signal, GtkWidget *to)
{
  GtkWidget *focus;

  g_signal_emit_by_name (from, signal);
  focus = gtk_root_get_focus (gtk_widget_get_root (to));
  g_assert_true (focus != NULL && gtk_widget_is_ancestor (focus, to));
}

static void
type_now (GtkWidget *dialog, const char *now)
{
  gtk_editable_set_text (
      GTK_EDITABLE (app_find (dialog, GTK_TYPE_PASSWORD_ENTRY, "Passphrase now")), now);
}

static void
type_twice (GtkWidget *dialog, const char *first, const char *again)
{
  gtk_editable_set_text (
      GTK_EDITABLE (app_find (dialog, GTK_TYPE_PASSWORD_ENTRY, "New passphrase")), first);
  gtk_editable_set_text (
      GTK_EDITABLE (app_find (dialog, GTK_TYPE_PASSWORD_ENTRY, "New passphrase again")), again);
  way_dialog_save (WAY_DIALOG (dialog));
}

static void
test_change_passphrase (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *passphrase = "gravel otter lantern seventeen blue";
  GtkWidget *dialog;

  app_activate (fixture, "win.change-passphrase", NULL);
  dialog = app_get_dialog ();
  app_check_names (dialog);
  assert_enter_goes_to (app_find (dialog, GTK_TYPE_PASSWORD_ENTRY, "Passphrase now"),
                        "activate",
                        app_find (dialog, GTK_TYPE_PASSWORD_ENTRY, "New passphrase"));
  assert_enter_goes_to (app_find (dialog, GTK_TYPE_PASSWORD_ENTRY, "New passphrase"),
                        "activate",
                        app_find (dialog, GTK_TYPE_PASSWORD_ENTRY, "New passphrase again"));
  type_twice (dialog, passphrase, passphrase);
  g_assert_true (app_has_text (dialog, "Type the passphrase that the store has now."));
  type_now (dialog, "somebody else’s");
  type_twice (dialog, passphrase, passphrase);
  app_wait_text (dialog, "That is not the passphrase that the store has now.", TRUE);
  type_now (dialog, STORE_PASSPHRASE);
  type_twice (dialog, "password1", "password1");
  g_assert_true (app_has_text (dialog, "Choose a longer one"));
  type_twice (dialog, passphrase, "gravel otter");
  g_assert_true (app_has_text (dialog, "The two are not the same."));
  type_twice (dialog, passphrase, passphrase);
  app_wait (fixture, says, "The passphrase is changed.", "the answer");

  app_activate (fixture, "win.lock", NULL);
  unlock_with (fixture, STORE_PASSPHRASE);
  app_wait (fixture, says, "That is not the passphrase of this store.", "the old one refused");
  unlock_with (fixture, passphrase);
  app_wait (fixture, is_open, NULL, "the unlocked store");
  /* As it was, for looking into the store afterwards. */
  app_activate (fixture, "win.change-passphrase", NULL);
  dialog = app_get_dialog ();
  type_now (dialog, passphrase);
  type_twice (dialog, STORE_PASSPHRASE, STORE_PASSPHRASE);
  app_wait (fixture, says, "The passphrase is changed.", "the answer");
}

static gboolean
has_row (AppFixture *fixture G_GNUC_UNUSED, gconstpointer title)
{
  GtkWidget *preferences = app_get_over (ADW_TYPE_PREFERENCES_WINDOW);

  return app_find (preferences, ADW_TYPE_ACTION_ROW, title) != NULL;
}

static GtkWidget *
get_row (const char *title)
{
  app_wait (NULL, has_row, title, title);
  return app_find (app_get_over (ADW_TYPE_PREFERENCES_WINDOW), ADW_TYPE_ACTION_ROW, title);
}

/* "ABCD-EFGH-…", from what a screen reader says of the label. */
static char *
dup_key (GtkWidget *root)
{
  GtkWidget *child;
  char *key = NULL;

  if (gtk_widget_has_css_class (root, "way-recovery-key")) {
    key = g_strdup (gtk_label_get_text (GTK_LABEL (root)));
    return g_strdelimit (key, "\n", '-');
  }
  for (child = gtk_widget_get_first_child (root); child != NULL && key == NULL;
       child = gtk_widget_get_next_sibling (child))
    key = dup_key (child);
  return key;
}

static gboolean
has_key (AppFixture *fixture G_GNUC_UNUSED, gconstpointer key)
{
  *(char **) key = dup_key (app_get_dialog ());
  return *(char **) key != NULL;
}

/* A key that was lost is replaced, by who knows the passphrase; it opens the store, and then a new
 * passphrase is chosen without the old one. */
static void
test_new_recovery_key (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *passphrase = "gravel otter lantern seventeen blue";
  GtkWidget *dialog, *entry;
  g_autofree char *key = NULL;

  app_activate (fixture, "win.preferences", NULL);
  g_signal_emit_by_name (get_row ("New recovery key…"), "activated");
  dialog = app_get_dialog ();
  app_check_names (dialog);
  entry = app_find (dialog, GTK_TYPE_PASSWORD_ENTRY, "Passphrase");
  way_dialog_save (WAY_DIALOG (dialog));
  g_assert_true (app_has_text (dialog, "Type the passphrase."));
  gtk_editable_set_text (GTK_EDITABLE (entry), "wrong");
  way_dialog_save (WAY_DIALOG (dialog));
  app_wait_text (dialog, "That is not the passphrase of this store.", TRUE);
  gtk_editable_set_text (GTK_EDITABLE (entry), STORE_PASSPHRASE);
  way_dialog_save (WAY_DIALOG (dialog));
  app_wait (fixture, has_key, &key, "the new key");
  app_check_names (app_get_dialog ());
  way_dialog_save (WAY_DIALOG (app_get_dialog ())); /* "I have kept it safe" */
  app_wait (fixture, says, "The new recovery key opens the store now.", "that it is valid");
  app_activate (fixture, "win.lock", NULL);
  app_press (fixture, "Use recovery key…");
  gtk_editable_set_text (GTK_EDITABLE (app_get (fixture, GTK_TYPE_ENTRY, "Recovery key")), key);
  app_press (fixture, "Unlock");
  app_wait (fixture, is_open, NULL, "the store, opened with the new key");
  dialog = app_get_dialog ();
  g_assert_null (app_find (dialog, GTK_TYPE_PASSWORD_ENTRY, "Passphrase now"));
  type_twice (dialog, passphrase, passphrase);
  app_wait (fixture, says, "The passphrase is changed.", "the answer");
  app_activate (fixture, "win.change-passphrase", NULL);
  dialog = app_get_dialog ();
  type_now (dialog, passphrase);
  type_twice (dialog, STORE_PASSPHRASE, STORE_PASSPHRASE);
  app_settle ();
}

/* Closed before it is said to be kept, by hand (@data) or by the lock, the new key opens nothing.
 */
static void
test_recovery_key_not_kept (AppFixture *fixture, gconstpointer data)
{
  g_autofree char *key = NULL;
  g_autofree char *path = g_strdup (way_window_get_path (fixture->window));
  g_autoptr (WayVault) vault = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *dialog;

  app_activate (fixture, "win.preferences", NULL);
  g_signal_emit_by_name (get_row ("New recovery key…"), "activated");
  dialog = app_get_dialog ();
  gtk_editable_set_text (GTK_EDITABLE (app_find (dialog, GTK_TYPE_PASSWORD_ENTRY, "Passphrase")),
                         STORE_PASSPHRASE);
  way_dialog_save (WAY_DIALOG (dialog));
  app_wait (fixture, has_key, &key, "the new key");
  if (GPOINTER_TO_INT (data))
    gtk_window_close (GTK_WINDOW (app_get_dialog ()));
  app_activate (fixture, "win.lock", NULL);
  app_wait (fixture, says, "The recovery key was not changed.", "which one is valid");
  vault = way_vault_unlock_with_recovery_key (path, key, &error);
  g_assert_error (error, WAY_ERROR, WAY_ERROR_PASSPHRASE);
  g_assert_null (vault);
}

static gpointer
forget_job (WayDb *db,
            gpointer request G_GNUC_UNUSED,
            GCancellable *cancellable G_GNUC_UNUSED,
            GError **error)
{
  way_db_set_preference (db, "key-not-kept", "1", error);
  return NULL;
}

#define REMINDER "Nobody has confirmed yet that the recovery key of this store is kept safe"

static void
open_with_reminder (AppFixture *fixture)
{
  app_activate (fixture, "win.lock", NULL);
  unlock_with (fixture, STORE_PASSPHRASE);
  app_wait (fixture, is_open, NULL, "the store");
  app_wait (fixture, says, REMINDER, "that nobody knows of the key");
}

/* The program was killed while the key of a new store was in view: that is said at every unlocking
 * until there is an answer. */
static void
test_key_not_confirmed (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *key = NULL;
  GtkWidget *dialog;

  app_run_job (fixture, forget_job);
  open_with_reminder (fixture);
  app_activate (fixture, "win.lock", NULL);
  g_assert_false (says (fixture, REMINDER));
  unlock_with (fixture, STORE_PASSPHRASE);
  app_wait (fixture, says, REMINDER, "that nobody knows of the key");
  app_press (fixture, "Close message");
  g_assert_false (says (fixture, REMINDER));
  open_with_reminder (fixture);
  app_press (fixture, "I have it");
  g_assert_false (says (fixture, REMINDER));
  app_run_job (fixture, forget_job);
  open_with_reminder (fixture);
  app_press (fixture, "New recovery key…");
  dialog = app_get_dialog ();
  gtk_editable_set_text (GTK_EDITABLE (app_find (dialog, GTK_TYPE_PASSWORD_ENTRY, "Passphrase")),
                         STORE_PASSPHRASE);
  way_dialog_save (WAY_DIALOG (dialog));
  app_wait (fixture, has_key, &key, "the new key");
  way_dialog_save (WAY_DIALOG (app_get_dialog ()));
  app_wait (fixture, says, "The new recovery key opens the store now.", "that it is valid");
  g_assert_false (says (fixture, REMINDER));
  app_activate (fixture, "win.lock", NULL);
  unlock_with (fixture, STORE_PASSPHRASE);
  app_wait (fixture, is_open, NULL, "the store");
  g_assert_false (says (fixture, REMINDER));
}

/* Who was reminded, and then did not take the new key, has not answered. */
static void
test_reminder_stands (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *key = NULL;
  GtkWidget *dialog;

  app_run_job (fixture, forget_job);
  open_with_reminder (fixture);
  app_press (fixture, "New recovery key…");
  dialog = app_get_dialog ();
  gtk_editable_set_text (GTK_EDITABLE (app_find (dialog, GTK_TYPE_PASSWORD_ENTRY, "Passphrase")),
                         STORE_PASSPHRASE);
  way_dialog_save (WAY_DIALOG (dialog));
  app_wait (fixture, has_key, &key, "the new key");
  gtk_window_close (GTK_WINDOW (app_get_dialog ()));
  app_wait (fixture, says, "The recovery key was not changed.", "which one is valid");
  g_assert_true (says (fixture, REMINDER));
  app_press (fixture, "I have it");
  g_assert_false (says (fixture, REMINDER));
}

static gboolean
asks (AppFixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  return app_get_over (ADW_TYPE_MESSAGE_DIALOG) != NULL;
}

/* Of a store that nobody has open: whether nobody has said yet that its key is kept. */
static void
assert_key_is (const char *path, const char *passphrase, gboolean open)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = way_db_open (path, passphrase, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = way_db_get_preference (db, "key-not-kept", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, open ? "1" : NULL);
}

/* The window is not closed over a key that nobody has seen again; and every step has a way back. */
static void
test_guide_key (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->store.dir, "new.waymark", NULL);
  const char *const words = "gravel otter candle seventeen";

  way_window_set_path (fixture->window, path);
  fill_row (fixture, "Your name", "Noor Iqbal");
  app_press (fixture, "Next");
  app_press (fixture, "Back");
  app_wait (fixture, says, "Who are you?", "the first step");
  g_assert_cmpstr (
      gtk_editable_get_text (GTK_EDITABLE (app_get (fixture, ADW_TYPE_ENTRY_ROW, "Your name"))),
      ==,
      "Noor Iqbal");
  app_press (fixture, "Next");
  fill_row (fixture, "Passphrase", words);
  assert_enter_goes_to (app_get (fixture, ADW_TYPE_ENTRY_ROW, "Passphrase"),
                        "entry-activated",
                        app_get (fixture, ADW_TYPE_ENTRY_ROW, "Passphrase again"));
  fill_row (fixture, "Passphrase again", words);
  app_press (fixture, "Make the store");
  app_get (fixture, GTK_TYPE_BUTTON, "Print…");
  gtk_window_close (GTK_WINDOW (fixture->window));
  app_wait (fixture, asks, NULL, "the question");
  g_assert_true (app_has_text (app_get_over (ADW_TYPE_MESSAGE_DIALOG), "ask again"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (app_get_over (ADW_TYPE_MESSAGE_DIALOG)), "back");
  gtk_window_destroy (GTK_WINDOW (app_get_over (ADW_TYPE_MESSAGE_DIALOG)));
  app_press (fixture, "I have kept it safe");
  app_wait (fixture, says, "Everything is ready", "the last step");
  way_window_set_path (fixture->window, fixture->store.path);
  assert_key_is (path, words, FALSE);
  g_unlink (path);
}

/* The window is closed all the same, and nothing of it is left behind. */
static void
test_guide_key_not_kept (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->store.dir, "new.waymark", NULL);
  const char *const words = "gravel otter candle seventeen";
  GtkWidget *dialog;

  way_window_set_path (fixture->window, path);
  fill_row (fixture, "Your name", "Noor Iqbal");
  app_press (fixture, "Next");
  fill_row (fixture, "Passphrase", words);
  fill_row (fixture, "Passphrase again", words);
  app_press (fixture, "Make the store");
  app_get (fixture, GTK_TYPE_BUTTON, "Print…");
  gtk_window_close (GTK_WINDOW (fixture->window));
  app_wait (fixture, asks, NULL, "the question");
  dialog = app_get_over (ADW_TYPE_MESSAGE_DIALOG);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  app_press_in (dialog, "Close");
  fixture->window = NULL;
  app_settle ();
  g_assert_null (dialog);
  store_reopen (&fixture->store);
  assert_key_is (path, words, TRUE);
  g_unlink (path);
}

/* Left while the store was being made, nobody has seen its key. */
static void
test_guide_key_not_seen (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->store.dir, "new.waymark", NULL);
  const char *const words = "gravel otter candle seventeen";

  way_window_set_path (fixture->window, path);
  fill_row (fixture, "Your name", "Noor Iqbal");
  app_press (fixture, "Next");
  fill_row (fixture, "Passphrase", words);
  fill_row (fixture, "Passphrase again", words);
  app_press (fixture, "Make the store");
  way_window_set_path (fixture->window, fixture->store.path);
  app_settle ();
  assert_key_is (path, words, TRUE);
  g_unlink (path);
}

/* The store is open in the window; a second one must say so. */
static void
test_busy (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  WayWindow *first = fixture->window;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (first));

  fixture->window = way_window_new (ADW_APPLICATION (application));
  gtk_window_present (GTK_WINDOW (fixture->window));
  way_window_unlock (fixture->window, fixture->store.path, STORE_PASSPHRASE);
  app_wait (fixture, says, "Close it there, then try again.", "who has the store");
  g_assert_null (way_window_get_page (fixture->window));
  gtk_window_close (GTK_WINDOW (fixture->window));
  fixture->window = first;
}

static gboolean
has_children (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  return gtk_widget_get_mapped (GTK_WIDGET (fixture->window)) &&
         app_has_text (GTK_WIDGET (fixture->window), "Robin");
}

static gboolean
has_icon (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  return gtk_window_get_icon_name (GTK_WINDOW (fixture->window)) != NULL;
}

/* With the passphrase from a file the window comes when it has something to show: the children,
 * or why there are none. */
static void
test_not_shown_yet (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (fixture->window));

  gtk_window_close (GTK_WINDOW (fixture->window));
  app_settle ();
  fixture->window = way_window_new (ADW_APPLICATION (application));
  way_window_unlock (fixture->window, fixture->store.path, "wrong");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
  app_wait (fixture, says, "That is not the passphrase of this store.", "what is wrong");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (fixture->window)));
  gtk_window_close (GTK_WINDOW (fixture->window));
  app_settle ();
  fixture->window = way_window_new (ADW_APPLICATION (application));
  way_window_unlock (fixture->window, fixture->store.path, STORE_PASSPHRASE);
  app_wait (fixture, has_children, NULL, "the children");
  app_wait (fixture, has_icon, NULL, "the icon, which comes after the first frame");
}

static void
test_not_a_store (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->store.dir, "letter.txt", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, "Dear colleague,\n", -1, &error);
  g_assert_no_error (error);
  way_window_set_path (fixture->window, path);
  unlock_with (fixture, "whatever");
  app_wait (fixture, says, "The store could not be opened", "what is wrong");
  g_unlink (path);
}

/* A path where nothing is yet leads to the guide, which names what is missing. */
static void
test_guide_begins (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->store.dir, "new.waymark", NULL);

  way_window_set_path (fixture->window, path);
  app_wait (fixture, says, "Who are you?", "the guide");
  app_check_names (GTK_WIDGET (fixture->window));
  app_press (fixture, "Next");
  app_wait (fixture, says, "Type your name", "what is missing");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* A name that the store refuses is asked for again, with the reason, and then kept. */
static void
test_guide_name (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (fixture->store.dir, "new.waymark", NULL);
  const char *const words = "gravel otter candle seventeen";
  g_autoptr (WayPractitioner) me = NULL;
  g_autoptr (GError) error = NULL;
  WayDb *db;

  way_window_set_path (fixture->window, path);
  fill_row (fixture, "Your name", "Noor\001Iqbal");
  app_press (fixture, "Next");
  fill_row (fixture, "Passphrase", words);
  fill_row (fixture, "Passphrase again", words);
  app_press (fixture, "Make the store");
  app_get (fixture, GTK_TYPE_BUTTON, "Print…");
  app_press (fixture, "Copy");
  app_wait (fixture, says, "Copied.", "what to do with the copy");
  app_press (fixture, "I have kept it safe");
  app_wait (fixture, says, "Your name could not be saved", "why the name is asked for again");
  g_assert_null (
      app_find (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "Open an existing store…"));
  fill_row (fixture, "Your name", "Noor Iqbal");
  app_press (fixture, "Next");
  app_wait (fixture, says, "Everything is ready", "the last step");
  way_window_set_path (fixture->window, fixture->store.path);
  db = way_db_open (path, words, &error);
  g_assert_no_error (error);
  me = way_db_get_me (db, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (me->name, ==, "Noor Iqbal");
  way_db_close (db);
  g_unlink (path);
}

/* The printed page holds every group of the key, in order, and nothing about where the file is. */
static void
test_recovery_sheet (void)
{
  g_autofree char *dir = g_dir_make_tmp ("way-XXXXXX", NULL);
  g_autofree char *pdf = g_build_filename (dir, "key.pdf", NULL);
  g_autofree char *command = g_strdup_printf ("pdftotext -layout '%s' -", pdf);
  g_autofree char *text = NULL;
  cairo_surface_t *surface = cairo_pdf_surface_create (pdf, 595.276, 841.89);
  cairo_t *cr = cairo_create (surface);

  way_recovery_sheet_draw (
      cr, 595.276, "/srv/noor/caseload.waymark", "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH-JJJJ");
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  g_assert_true (g_spawn_command_line_sync (command, &text, NULL, NULL, NULL));
  g_assert_true (g_regex_match_simple (
      "AAAA +BBBB +CCCC\\s+DDDD +EEEE +FFFF\\s+GGGG +HHHH +JJJJ", text, 0, 0));
  g_assert_nonnull (strstr (text, "caseload.waymark"));
  g_assert_null (strstr (text, "/srv/noor"));
  g_assert_nonnull (strstr (text, "Where to keep it"));
  g_unlink (pdf);
  g_rmdir (dir);
}

static void
undo_nothing (WayWindow *window G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
}

/* What a toast says is not left on the screen of a locked store, nor comes back with it. */
static void
test_toast_goes (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  way_window_toast (fixture->window, "Robin Example was added.");
  way_window_toast_undo (fixture->window, "Robin was changed.", undo_nothing, NULL, g_free);
  app_wait (fixture, says, "Robin was changed.", "the last toast");
  app_activate (fixture, "win.lock", NULL);
  g_assert_false (says (fixture, "Robin"));
  unlock_with (fixture, STORE_PASSPHRASE);
  app_wait (fixture, is_open, NULL, "the unlocked store");
  app_run_for (300);
  g_assert_false (says (fixture, "Robin Example was added."));
  g_assert_false (says (fixture, "Robin was changed."));
  way_window_toast (fixture->window, "Still at work.");
  app_wait (fixture, says, "Still at work.", "a toast after unlocking");
}

static gboolean
has_preferences (AppFixture *fixture G_GNUC_UNUSED, gconstpointer found)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next) {
    if (ADW_IS_PREFERENCES_WINDOW (l->data) && gtk_widget_get_mapped (l->data))
      *(GtkWidget **) found = l->data;
  }
  return *(GtkWidget **) found != NULL;
}

static GtkWidget *
open_preferences (AppFixture *fixture)
{
  GtkWidget *found = NULL;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.preferences", NULL);
  app_wait (fixture, has_preferences, &found, "the preferences");
  return found;
}

static void
check_preference (AppFixture *fixture, const char *name, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = way_db_get_preference (fixture->store.db, name, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (value, ==, expected);
}

/* Each is kept without a button, a text also when the page goes away at once; what is refused is
 * said on the page. */
static void
test_preferences (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *page = open_preferences (fixture);
  GtkWidget *service = app_find (page, ADW_TYPE_ENTRY_ROW, "Name of the service");
  GtkWidget *logo = app_find (page, GTK_TYPE_BUTTON, "Choose…");
  g_autoptr (GFile) no_picture = g_file_new_for_path (fixture->store.path);

  app_check_names (page);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (app_find (page, GTK_TYPE_SPIN_BUTTON, "About equal")),
                             15);
  adw_combo_row_set_selected (ADW_COMBO_ROW (app_find (page, ADW_TYPE_COMBO_ROW, "Trend line")), 1);
  gtk_editable_set_text (GTK_EDITABLE (service), "Bad\001name");
  app_wait_text (page, "“Name of the service” could not be saved", TRUE);
  gtk_editable_set_text (GTK_EDITABLE (service), "Example Service");
  app_wait_text (page, "could not be saved", FALSE);
  way_preferences_take_logo (gtk_widget_get_ancestor (logo, ADW_TYPE_PREFERENCES_GROUP),
                             no_picture);
  g_assert_true (app_has_text (page, "That picture was not taken"));
  gtk_editable_set_text (GTK_EDITABLE (app_find (page, ADW_TYPE_ENTRY_ROW, "Privacy line")),
                         "See our notice.");
  /* Half a word typed when the store locks is kept as well. */
  app_activate (fixture, "win.lock", NULL);
  app_close (fixture);
  check_preference (fixture, "service-name", "Example Service");
  check_preference (fixture, "privacy-line", "See our notice.");
  check_preference (fixture, "trend", "ols");
  check_preference (fixture, "about-equal-percent", "15");
}

static void
test_sentences (void)
{
  static const struct {
    WayError code;
    const char *next;
  } cases[] = {
      {WAY_ERROR_CONFLICT, "go back, open it again"},
      {WAY_ERROR_LOCKED, "amend it"},
      {WAY_ERROR_TOO_NEW, "newer Waymark"},
      {WAY_ERROR_CORRUPT, "backup"},
      {WAY_ERROR_REFUSED, "Nothing was changed"},
      {WAY_ERROR_IO, "Make room"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = g_error_new_literal (WAY_ERROR, (int) cases[i].code, "why");
    g_autofree char *text = way_error_to_sentence ("It did not work", error);

    g_assert_true (g_str_has_prefix (text, "It did not work: why"));
    g_assert_nonnull (strstr (text, cases[i].next));
  }
}

/* The name of a field in front is for programs: people are told it once. */
static void
test_named_once (void)
{
  g_autoptr (GError) error = g_error_new_literal (
      WAY_ERROR, WAY_ERROR_INVALID, "date: Date is missing\nend: End is before the start");
  g_autofree char *text = way_error_to_sentence ("Not saved", error);

  g_assert_cmpstr (text, ==, "Not saved: Date is missing\nEnd is before the start.");
}

/* Nobody is told to allow writing to the file, and in the next line to make room. */
static void
test_one_advice (void)
{
  static const int codes[] = {
      SQLITE_READONLY, SQLITE_FULL, SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_CORRUPT};

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autoptr (GError) error = g_error_new (
        WAY_ERROR, (int) way_sql_error_code (codes[i]), "“a”: %s", way_sql_error_words (codes[i]));
    g_autofree char *text = way_error_to_sentence ("It did not work", error);

    g_assert_nonnull (strstr (text, way_sql_error_words (codes[i])));
    g_assert_null (strchr (text, '\n'));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(path, test)                                                                            \
  g_test_add ("/unlock/" path, AppFixture, NULL, app_set_up, test, app_tear_down)
  g_test_add_func ("/unlock/sentences", test_sentences);
  g_test_add_func ("/unlock/one-advice", test_one_advice);
  g_test_add_func ("/unlock/named-once", test_named_once);
  g_test_add_func ("/unlock/recovery-sheet", test_recovery_sheet);
  ADD ("wrong-passphrase", test_wrong_passphrase);
  ADD ("wrong-passphrase-file", test_wrong_passphrase_file);
  ADD ("close-while-opening", test_close_while_opening);
  ADD ("wrong-recovery-key", test_wrong_recovery_key);
  ADD ("change-passphrase", test_change_passphrase);
  ADD ("nothing-left", test_nothing_left);
  ADD ("busy", test_busy);
  ADD ("not-shown-yet", test_not_shown_yet);
  ADD ("not-a-store", test_not_a_store);
  ADD ("guide-begins", test_guide_begins);
  ADD ("guide-name", test_guide_name);
  ADD ("guide-key", test_guide_key);
  ADD ("guide-key-not-kept", test_guide_key_not_kept);
  ADD ("guide-key-not-seen", test_guide_key_not_seen);
  ADD ("key-not-confirmed", test_key_not_confirmed);
  ADD ("new-recovery-key", test_new_recovery_key);
  ADD ("reminder-stands", test_reminder_stands);
  ADD ("recovery-key-not-kept/locked", test_recovery_key_not_kept);
  g_test_add ("/unlock/recovery-key-not-kept/closed",
              AppFixture,
              GINT_TO_POINTER (TRUE),
              app_set_up,
              test_recovery_key_not_kept,
              app_tear_down);
  ADD ("toast-goes", test_toast_goes);
  ADD ("preferences", test_preferences);
  ADD ("shortcuts", test_shortcuts);
  return g_test_run ();
}
