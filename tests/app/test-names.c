/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields for passphrases: what a screen reader calls their parts, and where Tab goes. */
#include "app-fixture.h"

#include "way-dialog.h"
#include "way-guide-page.h"

#include <string.h>

/* Each picture that can be pressed has a name. */
static guint
count_eyes (GtkWidget *root)
{
  guint n = 0;

  if (!gtk_widget_get_mapped (root))
    return 0;
  if (GTK_IS_IMAGE (root)) {
    const char *icon = gtk_image_get_icon_name (GTK_IMAGE (root));

    if (icon != NULL && g_str_has_prefix (icon, "view-")) {
      GtkWidget *parent = gtk_widget_get_parent (root);
      GtkWidget *pressed = GTK_IS_BUTTON (parent) ? parent : root;
      g_autofree char *mismatch = gtk_test_accessible_check_property (
          GTK_ACCESSIBLE (pressed), GTK_ACCESSIBLE_PROPERTY_LABEL, "Show or hide what is typed");

      g_assert_cmpstr (mismatch, ==, NULL);
      n++;
    }
  }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_eyes (child);
  return n;
}

static void
test_unlock_page (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_activate (fixture, "win.lock", NULL);
  app_settle ();
  g_assert_cmpuint (count_eyes (GTK_WIDGET (fixture->window)), ==, 1);
}

static void
test_dialogs (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog;

  app_activate (fixture, "win.change-passphrase", NULL);
  dialog = app_get_dialog ();
  app_settle ();
  g_assert_cmpuint (count_eyes (dialog), ==, 3);
  gtk_window_close (GTK_WINDOW (dialog));
  app_settle ();
  app_activate (fixture, "win.new-recovery-key", NULL);
  dialog = app_get_dialog ();
  app_settle ();
  g_assert_cmpuint (count_eyes (dialog), ==, 1);
}

/* One page slides over the other. */
static gboolean
is_alone (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  return count_eyes (GTK_WIDGET (fixture->window)) == 2 &&
         GTK_IS_TEXT (gtk_window_get_focus (GTK_WINDOW (fixture->window)));
}

static GtkWidget *
get_focused_row (AppFixture *fixture)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  /* In the field itself, not on a button beside it. */
  g_assert_true (GTK_IS_TEXT (focus));
  return gtk_widget_get_ancestor (focus, ADW_TYPE_PASSWORD_ENTRY_ROW);
}

/* From one passphrase Tab goes to the other. */
static void
test_guide (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_strconcat (fixture->store.path, "-new", NULL);
  GtkWidget *name;

  way_window_set_path (fixture->window, path);
  app_settle ();
  name = app_get (fixture, ADW_TYPE_ENTRY_ROW, "Your name");
  gtk_editable_set_text (GTK_EDITABLE (name), "T. Eacher");
  app_press (fixture, "Next");
  app_wait (fixture, is_alone, NULL, "the page with two passphrases");
  g_assert_true (get_focused_row (fixture) ==
                 app_get (fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, "Passphrase"));
  gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD);
  g_assert_true (get_focused_row (fixture) ==
                 app_get (fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, "Passphrase again"));
}

static void
fill (GtkWidget *dialog, const char *name, const char *text)
{
  GtkWidget *entry = app_find (dialog, GTK_TYPE_PASSWORD_ENTRY, name);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

/* Locked before the answer came: whether the passphrase is another one now is said all the same. */
static void
test_change_at_lock (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog;

  app_activate (fixture, "win.change-passphrase", NULL);
  dialog = app_get_dialog ();
  app_settle ();
  fill (dialog, "Passphrase now", "another one altogether");
  fill (dialog, "New passphrase", "lantern orbit mustard violin");
  fill (dialog, "New passphrase again", "lantern orbit mustard violin");
  way_dialog_save (WAY_DIALOG (dialog));
  app_activate (fixture, "win.lock", NULL);
  app_wait (fixture, app_says, "The passphrase was not changed", "what came of it");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/names/" name, AppFixture, NULL, app_set_up, function, app_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("unlock-page", test_unlock_page);
  ADD ("dialogs", test_dialogs);
  ADD ("guide", test_guide);
  ADD ("change-at-lock", test_change_at_lock);
  return g_test_run ();
}
