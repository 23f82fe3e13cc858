/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields for passphrases: what a screen reader calls their parts, and where Tab goes. */
#include "app-fixture.h"

#include "way-child-page.h"
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

static GtkWidget *
find_heading (GtkWidget *root)
{
  GtkWidget *found = gtk_widget_has_css_class (root, "way-name") ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_heading (child);
  return found;
}

/* On a small screen a long name takes two lines: whom the page is about is not cut off. */
static void
test_long_name (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayChild) child = store_add_child (
      fixture->store.db, "Robin Alexandria", "Featherstonehaugh-Cholmondeley Example", NULL);
  GtkWidget *heading;
  int height;

  app_open (fixture);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 600);
  way_window_open_child (fixture->window, child->record.id);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  app_wait_text (GTK_WIDGET (fixture->window), "Featherstonehaugh", TRUE);
  app_settle ();
  heading = find_heading (way_window_get_page (fixture->window));
  g_assert_cmpint (gtk_widget_get_width (heading), <, 500);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (heading))));
  g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (heading))), >, 1);
  /* Nor does it run into the line under it. */
  pango_layout_get_pixel_size (gtk_label_get_layout (GTK_LABEL (heading)), NULL, &height);
  g_assert_cmpint (gtk_widget_get_height (heading), >=, height);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("unlock-page", test_unlock_page);
  ADD ("dialogs", test_dialogs);
  ADD ("guide", test_guide);
  ADD ("change-at-lock", test_change_at_lock);
  g_test_add (
      "/names/long-name", AppFixture, NULL, app_set_up_store, test_long_name, app_tear_down);
  return g_test_run ();
}
