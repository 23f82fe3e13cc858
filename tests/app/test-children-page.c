/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of children in the real window, where there are more of them than one sees at once. */
#include "app-fixture.h"
#include "way-child-item.h"
#include "way-children-page.h"
#include "way-screen.h"

#define N_CHILDREN 70

static void
set_up_many (AppFixture *fixture, gconstpointer data)
{
  app_set_up_store (fixture, data);
  for (guint i = 1; i < N_CHILDREN; i++) {
    g_autoptr (WayChild) child = way_record_new (WAY_CHILD);

    child->surname = g_strdup_printf ("Many%02u", N_CHILDREN - i);
    child->forename = g_strdup ("Kim");
    child->dob = way_date_new (2016, 1, 1 + i % 28);
    store_save (fixture->store.db, child);
  }
  app_open (fixture);
}

static WayChildrenPage *
get_page (AppFixture *fixture)
{
  app_wait_for_page (fixture, WAY_TYPE_CHILDREN_PAGE);
  return WAY_CHILDREN_PAGE (way_window_get_page (fixture->window));
}

static gboolean
shows (AppFixture *fixture, gconstpointer n)
{
  return way_children_page_get_n_shown (get_page (fixture)) == GPOINTER_TO_UINT (n);
}

static void
assert_in_order (GListModel *model)
{
  g_assert_cmpuint (g_list_model_get_n_items (model), >, 0);
  for (guint i = 1; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (WayChildItem) before = g_list_model_get_item (model, i - 1);
    g_autoptr (WayChildItem) item = g_list_model_get_item (model, i);

    g_assert_cmpint (way_child_item_compare (before, item, WAY_CHILD_COLUMN_NAME), <=, 0);
  }
}

/* The first of them come first, all of them in a moment; from the first their number is right. */
static void
test_all_come (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkColumnView *view;

  app_wait (fixture, app_says, "70 children", "how many there are");
  app_wait (fixture, shows, GUINT_TO_POINTER (N_CHILDREN), "all of them");
  g_assert_true (app_says (fixture, "70 children"));
  view = GTK_COLUMN_VIEW (app_get (fixture, GTK_TYPE_COLUMN_VIEW, "Children"));
  assert_in_order (G_LIST_MODEL (gtk_column_view_get_model (view)));
}

static char *
add_child_job (WayDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (WayChild) child = way_record_new (WAY_CHILD);

  child->surname = g_strdup ("Aaron");
  child->forename = g_strdup ("Ada");
  child->dob = way_date_new (2016, 1, 1);
  store_save (db, child);
  return NULL;
}

/* What is asked for anew before the rest was there is whole. */
static void
test_refreshed_early (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_free (app_run_job (fixture, (WayStoreJob) add_child_job));
  way_screen_refresh (GTK_WIDGET (get_page (fixture)));
  app_wait (fixture, shows, GUINT_TO_POINTER (N_CHILDREN + 1), "all of them");
  app_wait (fixture, app_says, "Ada Aaron", "who is new");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add (
      "/children-page/all-come", AppFixture, NULL, set_up_many, test_all_come, app_tear_down);
  g_test_add ("/children-page/refreshed-early",
              AppFixture,
              NULL,
              set_up_many,
              test_refreshed_early,
              app_tear_down);
  return g_test_run ();
}
