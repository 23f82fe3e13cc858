/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Large letters, or a small window: nothing grows out of it, nothing is cut off. */
#include "app-fixture.h"

#include "way-dialog.h"
#include "way-split-view.h"

#define LARGE 1.75
#define WIDTH 1024 /* px */
#define HEIGHT 700

static int usual_dpi;

static void
set_up (AppFixture *fixture, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();

  g_object_get (settings, "gtk-xft-dpi", &usual_dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", (int) (96 * 1024 * LARGE), NULL);
  app_set_up (fixture, data);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), WIDTH, HEIGHT);
  app_settle ();
}

static void
tear_down (AppFixture *fixture, gconstpointer data)
{
  app_tear_down (fixture, data);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", usual_dpi, NULL);
}

/* A page out of view asks for no height, and the sidebar makes room for the one in view. */
static void
test_editor (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GtkWidget *split =
      gtk_widget_get_ancestor (way_window_get_page (fixture->window), WAY_TYPE_SPLIT_VIEW);

  g_assert_true (way_split_view_get_folded (WAY_SPLIT_VIEW (split)));
  app_open_editor (fixture);
  app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "When and where");
  app_settle ();
  g_assert_cmpint (gtk_widget_get_height (window), <=, HEIGHT);
  g_assert_cmpint (gtk_widget_get_width (window), <=, WIDTH);
}

/* The field below the words is in view, whatever the size of the letters. */
static void
test_dialog (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog, *entry;
  graphene_rect_t field;

  app_activate (fixture, "win.new-recovery-key", NULL);
  dialog = app_get_dialog ();
  app_settle ();
  entry = app_find (dialog, GTK_TYPE_PASSWORD_ENTRY, "Passphrase");
  g_assert_nonnull (entry);
  g_assert_true (gtk_widget_compute_bounds (entry, dialog, &field));
  g_assert_cmpfloat (field.origin.y + field.size.height, <=, gtk_widget_get_height (dialog));
}

static gboolean
says_not (AppFixture *fixture, gconstpointer part)
{
  return !app_has_text (GTK_WIDGET (fixture->window), part);
}

static gboolean
is_list_whole (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *view = app_find (GTK_WIDGET (fixture->window), GTK_TYPE_COLUMN_VIEW, "Children");
  GtkAdjustment *adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (view));

  return gtk_adjustment_get_upper (adjustment) <= gtk_adjustment_get_page_size (adjustment);
}

/* What matters most of a child is in view, in a narrow window too. */
static void
test_narrow_list (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_wait (fixture, app_says, "Need", "all columns");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 640, 500);
  app_wait (fixture, says_not, "Need", "fewer columns");
  app_wait (fixture, is_list_whole, NULL, "a list that is not cut off");
  g_assert_true (app_says (fixture, "Last seen"));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), WIDTH, HEIGHT);
  app_wait (fixture, app_says, "Need", "all columns again");
  g_assert_true (is_list_whole (fixture, NULL));
}

static GtkWidget *
find_split (AppFixture *fixture)
{
  return gtk_widget_get_ancestor (way_window_get_page (fixture->window), WAY_TYPE_SPLIT_VIEW);
}

static gboolean
is_folded (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  return way_split_view_get_folded (WAY_SPLIT_VIEW (find_split (fixture)));
}

static gboolean
press_escape (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !taken; i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
      g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Escape, 0, 0, &taken);
  }
  return taken;
}

/* However the sidebar is closed, its button knows, so that the next press opens it again. */
static void
test_narrow_sidebar (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *split = find_split (fixture), *button;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 500);
  app_wait (fixture, is_folded, NULL, "a folded sidebar");
  button = app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "Sidebar");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  app_open_child (fixture);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  /* A click beside it closes it behind the view's back. */
  g_object_set (gtk_widget_get_first_child (split), "reveal-flap", FALSE, NULL);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  /* Escape is the sidebar's while it is open, and only then. */
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  g_assert_true (press_escape (split));
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  g_assert_false (press_escape (split));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/large/editor", AppFixture, NULL, set_up, test_editor, tear_down);
  g_test_add ("/large/dialog", AppFixture, NULL, set_up, test_dialog, tear_down);
  g_test_add ("/large/usual-dialog", AppFixture, NULL, app_set_up, test_dialog, app_tear_down);
  g_test_add ("/large/narrow-list", AppFixture, NULL, app_set_up, test_narrow_list, app_tear_down);
  g_test_add (
      "/large/narrow-sidebar", AppFixture, NULL, app_set_up, test_narrow_sidebar, app_tear_down);
  return g_test_run ();
}
