/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Large letters on a small screen: nothing grows out of it, nothing is cut off. */
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/large/editor", AppFixture, NULL, set_up, test_editor, tear_down);
  g_test_add ("/large/dialog", AppFixture, NULL, set_up, test_dialog, tear_down);
  g_test_add ("/large/usual-dialog", AppFixture, NULL, app_set_up, test_dialog, app_tear_down);
  return g_test_run ();
}
