/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window says of what was done: nothing that can be pressed lies under it. */
#include "app-fixture.h"

#include "way-child-page.h"
#include "way-dialog.h"
#include "way-said.h"

static GtkWidget *
find_words (GtkWidget *root, const char *words)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (GTK_IS_LABEL (root) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (root)), words) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_words (child, words);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
assert_apart (GtkWidget *root, GtkWidget *button, GtkWidget *label)
{
  graphene_rect_t pressed, said;

  g_assert_true (gtk_widget_compute_bounds (button, root, &pressed));
  g_assert_true (gtk_widget_compute_bounds (label, root, &said));
  g_assert_cmpfloat (said.size.height, >, 0);
  g_assert_false (graphene_rect_intersection (&pressed, &said, NULL));
  g_assert_cmpfloat (pressed.origin.y + pressed.size.height, <=, said.origin.y);
  g_assert_cmpfloat (said.origin.y + said.size.height, <=, gtk_widget_get_height (root));
}

static void
count_cb (WayWindow *window G_GNUC_UNUSED, gpointer data)
{
  ++*(guint *) data;
}

static void
keep (gpointer data G_GNUC_UNUSED)
{
}

/* "Sign…" and what stands beside it can be pressed while something is said. */
static void
test_foot (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  app_open_editor (fixture);
  app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "When and where");
  way_window_toast (fixture->window, "That was done.");
  app_settle ();
  assert_apart (
      window, app_get (fixture, GTK_TYPE_BUTTON, "Sign…"), find_words (window, "That was done."));
}

/* In a dialog that is open "Undo" can be pressed, and its own buttons too. */
static void
test_dialog (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint n_undone = 0;
  GtkWidget *dialog, *button;

  way_window_open_child (fixture->window, fixture->child);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  app_press (fixture, "Add target");
  dialog = app_get_dialog ();
  app_settle ();
  way_window_toast_undo (fixture->window, "That was done.", count_cb, &n_undone, keep);
  app_settle ();
  assert_apart (dialog,
                app_find (dialog, GTK_TYPE_BUTTON, "Add target"),
                find_words (dialog, "That was done."));
  button = app_find (dialog, GTK_TYPE_BUTTON, "Undo");
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (n_undone, ==, 1);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (n_undone, ==, 1);
  g_assert_null (find_words (dialog, "That was done."));
}

/* The dialog goes before its words do: "Undo" goes with it. */
static void
test_dialog_gone (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint n_undone = 0;
  GtkWidget *dialog;

  way_window_open_child (fixture->window, fixture->child);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  app_press (fixture, "Add target");
  dialog = app_get_dialog ();
  way_window_toast_undo (fixture->window, "That was done.", count_cb, &n_undone, keep);
  gtk_window_close (GTK_WINDOW (dialog));
  app_settle ();
  way_window_toast_undo (fixture->window, "This too.", count_cb, &n_undone, keep);
  app_press (fixture, "Undo");
  g_assert_cmpuint (n_undone, ==, 1);
}

/* Whether Ctrl+Z is taken, as it would be with the keyboard where it is. */
static gboolean
press_undo_key (GtkWidget *words)
{
  GtkWidget *said = gtk_widget_get_ancestor (words, WAY_TYPE_SAID);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (said);
  gboolean is_taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) keys = g_list_model_get_item (controllers, i);
    g_autoptr (GtkShortcut) shortcut = NULL;
    g_autofree char *trigger = NULL;

    if (!GTK_IS_SHORTCUT_CONTROLLER (keys))
      continue;
    /* Wherever in the window the keyboard is. */
    g_assert_cmpint (gtk_shortcut_controller_get_scope (GTK_SHORTCUT_CONTROLLER (keys)),
                     ==,
                     GTK_SHORTCUT_SCOPE_GLOBAL);
    shortcut = g_list_model_get_item (G_LIST_MODEL (keys), 0);
    trigger = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));
    g_assert_cmpstr (trigger, ==, "<Control>z");
    is_taken = gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, said, NULL);
  }
  return is_taken;
}

/* In a text the key takes back what was typed; anywhere else, what was done. */
static void
test_undo_key (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *window = GTK_WIDGET (fixture->window), *words;
  guint n_undone = 0;

  way_window_open_child (fixture->window, fixture->child);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  way_window_toast (fixture->window, "That was done.");
  words = find_words (window, "That was done.");
  g_assert_false (press_undo_key (words));
  way_window_toast_undo (fixture->window, "This too.", count_cb, &n_undone, keep);
  app_press_toggle (fixture, "Add measurement");
  gtk_widget_grab_focus (app_get (fixture, GTK_TYPE_ENTRY, "Value"));
  g_assert_false (press_undo_key (words));
  gtk_widget_grab_focus (app_get (fixture, GTK_TYPE_BUTTON, "Add target"));
  g_assert_true (press_undo_key (words));
  g_assert_cmpuint (n_undone, ==, 1);
  g_assert_false (press_undo_key (words));
  g_assert_cmpuint (n_undone, ==, 1);
}

static gboolean
is_silent (AppFixture *fixture, gconstpointer part)
{
  return !app_says (fixture, part);
}

/* It goes after a while, but not from under the keyboard. */
static void
test_time (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint n_undone = 0;

  way_window_toast (fixture->window, "That was done.");
  g_assert_true (app_says (fixture, "That was done."));
  app_wait (fixture, is_silent, "That was done.", "the words to go");
  way_window_toast_undo (fixture->window, "This\nand this too.", count_cb, &n_undone, keep);
  gtk_widget_grab_focus (app_get (fixture, GTK_TYPE_BUTTON, "Undo"));
  app_run_for (9500);
  app_press (fixture, "Undo");
  g_assert_cmpuint (n_undone, ==, 1);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/said/" name, AppFixture, NULL, app_set_up, function, app_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("foot", test_foot);
  ADD ("dialog", test_dialog);
  ADD ("dialog-gone", test_dialog_gone);
  ADD ("undo-key", test_undo_key);
  ADD ("time", test_time);
  return g_test_run ();
}
