/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding things, in the real window on a real store. */
#include "app-fixture.h"
#include "way-child-page.h"
#include "way-children-page.h"

#include <string.h>

static gboolean
has_hit (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  return app_find (GTK_WIDGET (fixture->window), GTK_TYPE_LIST_BOX_ROW, data) != NULL;
}

static void
test_search (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *entry = app_get (fixture, GTK_TYPE_SEARCH_ENTRY, "Search");

  app_activate (fixture, "win.search", NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "phra chanc");
  g_signal_emit_by_name (entry, "search-changed");
  app_wait (fixture, has_hit, "Robin Example: target", "the target among the results");
  g_signal_emit_by_name (entry, "activate");
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  app_activate (fixture, "win.search", NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "zzzz");
  g_signal_emit_by_name (entry, "search-changed");
  app_wait (fixture, app_says, "Nothing found.", "that nothing was found");
  /* It does not lie over the page that the keyboard is in, and comes back with the keyboard. */
  gtk_widget_grab_focus (app_get (fixture, GTK_TYPE_BUTTON, "Record visit"));
  app_settle ();
  g_assert_false (app_says (fixture, "Nothing found."));
  app_activate (fixture, "win.search", NULL);
  app_wait (fixture, app_says, "Nothing found.", "what was found before");
}

static gboolean
shows_all_hits (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *list = app_find (GTK_WIDGET (fixture->window), GTK_TYPE_LIST_BOX, "Search results");
  GtkWidget *scroller = gtk_widget_get_ancestor (list, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  return gtk_adjustment_get_page_size (place) > 0 &&
         gtk_adjustment_get_upper (place) <= gtk_adjustment_get_page_size (place);
}

/* Where there is room for all that was found, the last line is not cut through. */
static void
test_few_hits (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (guint i = 0; i < 3; i++)
    way_record_free (
        store_add_target (fixture->store.db,
                          fixture->child,
                          "Robin puts up a hand and waits for an adult to come in five of six "
                          "lessons, at the table by the window and on the carpet in the hall."));
  app_open (fixture);
  app_activate (fixture, "win.search", NULL);
  gtk_editable_set_text (GTK_EDITABLE (app_get (fixture, GTK_TYPE_SEARCH_ENTRY, "Search")),
                         "carpet");
  app_wait (fixture, has_hit, "Robin Example: target", "the targets among the results");
  app_wait (fixture, shows_all_hits, NULL, "all of the results in view");
}

/* Enter opens what was typed, not what fewer letters of it had found. */
static void
test_enter_at_once (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *entry = app_get (fixture, GTK_TYPE_SEARCH_ENTRY, "Search");
  GtkWidget *filter = app_get (fixture, GTK_TYPE_SEARCH_ENTRY, "Filter children");

  app_wait (fixture, app_says, "1 child", "the list");
  gtk_editable_set_text (GTK_EDITABLE (filter), "robinson");
  g_signal_emit_by_name (filter, "activate");
  g_assert_true (WAY_IS_CHILDREN_PAGE (way_window_get_page (fixture->window)));
  app_activate (fixture, "win.search", NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "robin");
  app_wait (fixture, has_hit, "Robin Example", "the child among the results");
  gtk_editable_set_text (GTK_EDITABLE (entry), "robinson");
  g_signal_emit_by_name (entry, "activate");
  app_wait (fixture, app_says, "Nothing found.", "that nothing was found");
  g_assert_true (WAY_IS_CHILDREN_PAGE (way_window_get_page (fixture->window)));
  /* Before anything was found: once it is. */
  gtk_editable_set_text (GTK_EDITABLE (entry), "phra chanc");
  g_signal_emit_by_name (entry, "activate");
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
}

/* Who types on after Enter means something else. */
static void
test_typed_after_enter (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *entry = app_get (fixture, GTK_TYPE_SEARCH_ENTRY, "Search");

  app_activate (fixture, "win.search", NULL);
  app_hold_store (fixture);
  gtk_editable_set_text (GTK_EDITABLE (entry), "robin");
  g_signal_emit_by_name (entry, "activate");
  gtk_editable_set_text (GTK_EDITABLE (entry), "robin ex");
  app_let_go_store ();
  app_wait (fixture, has_hit, "Robin Example", "the child among the results");
  app_settle ();
  g_assert_true (WAY_IS_CHILDREN_PAGE (way_window_get_page (fixture->window)));
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

/* Of two children with one name each hit says whose it is. */
static void
test_namesakes (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *entry = app_get (fixture, GTK_TYPE_SEARCH_ENTRY, "Search");

  app_activate (fixture, "win.search", NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "robin exam");
  g_signal_emit_by_name (entry, "search-changed");
  app_wait (fixture, has_hit, "Robin Example, born 3 Feb 2015", "the one");
  g_assert_true (has_hit (fixture, "Robin Example, born 14 Sep 2018"));
  g_assert_true (has_hit (fixture, "Robin Example: target, born 14 Sep 2018"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(path, test)                                                                            \
  g_test_add ("/search/" path, AppFixture, NULL, app_set_up, test, app_tear_down)
  ADD ("search", test_search);
  g_test_add ("/search/few-hits", AppFixture, NULL, app_set_up_store, test_few_hits, app_tear_down);
  ADD ("enter-at-once", test_enter_at_once);
  ADD ("typed-after-enter", test_typed_after_enter);
  g_test_add (
      "/search/namesakes", AppFixture, NULL, set_up_with_namesake, test_namesakes, app_tear_down);
  return g_test_run ();
}
