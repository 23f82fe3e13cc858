/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"
#include "way-error.h"
#include "way-store.h"

typedef struct {
  StoreFixture file;
  WayStore *store;
  GMainLoop *loop;
  GString *order; /* of what the main thread heard */
  guint n_changed;
  GError *error;
  gpointer result;
} Fixture;

static void
changed_cb (WayStore *store G_GNUC_UNUSED, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_changed++;
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  store_set_up (&fixture->file, NULL);
  g_clear_pointer (&fixture->file.db, way_db_close);
  fixture->store = way_store_new ();
  fixture->loop = g_main_loop_new (NULL, FALSE);
  fixture->order = g_string_new (NULL);
  g_signal_connect (fixture->store, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  way_store_close (fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->store);
  g_main_loop_unref (fixture->loop);
  g_string_free (fixture->order, TRUE);
  g_clear_error (&fixture->error);
  store_tear_down (&fixture->file, NULL);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  way_store_open_finish (WAY_STORE (source), result, &fixture->error);
  g_main_loop_quit (fixture->loop);
}

static void
open_store (Fixture *fixture, const char *passphrase)
{
  way_store_open_async (fixture->store, fixture->file.path, passphrase, NULL, opened_cb, fixture);
  g_main_loop_run (fixture->loop);
}

static gpointer
add_child (WayDb *db, gpointer request, GCancellable *cancellable G_GNUC_UNUSED, GError **error)
{
  g_autoptr (WayChild) child = way_record_new (WAY_CHILD);

  child->forename = g_strdup (request);
  child->surname = g_strdup ("Okafor");
  child->dob = way_date_new (2018, 9, 14);
  return way_db_save (db, child, error) ? g_strdup (child->forename) : NULL;
}

static gpointer
name_children (WayDb *db,
               gpointer request G_GNUC_UNUSED,
               GCancellable *cancellable G_GNUC_UNUSED,
               GError **error)
{
  g_autoptr (GPtrArray) children = way_db_list (db, WAY_CHILD, NULL, NULL, error);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; children != NULL && i < children->len; i++)
    g_string_append (names, ((WayChild *) g_ptr_array_index (children, i))->forename);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
heard_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autofree char *answer = NULL;

  g_clear_error (&fixture->error);
  answer = way_store_run_finish (WAY_STORE (source), result, &fixture->error);
  g_string_append (fixture->order, answer != NULL ? answer : "!");
}

static void
last_heard_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  heard_cb (source, result, user_data);
  g_main_loop_quit (fixture->loop);
}

static void
add (Fixture *fixture, const char *name, GCancellable *cancellable)
{
  way_store_run_async (fixture->store,
                       WAY_STORE_WRITES,
                       add_child,
                       g_strdup (name),
                       g_free,
                       g_free,
                       cancellable,
                       heard_cb,
                       fixture);
}

static void
ask (Fixture *fixture)
{
  way_store_run_async (fixture->store,
                       WAY_STORE_READS,
                       name_children,
                       NULL,
                       NULL,
                       g_free,
                       NULL,
                       last_heard_cb,
                       fixture);
}

/* Jobs run in the order in which they were asked for, and writes are heard of once. */
static void
test_order (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  open_store (fixture, STORE_PASSPHRASE);
  g_assert_no_error (fixture->error);
  g_assert_true (way_store_is_open (fixture->store));
  add (fixture, "A", NULL);
  add (fixture, "B", NULL);
  add (fixture, "C", NULL);
  ask (fixture);
  g_main_loop_run (fixture->loop);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->order->str, ==, "ABCABC");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fixture->n_changed, >=, 1);
  g_assert_cmpuint (fixture->n_changed, <=, 3);
}

static void
test_wrong_passphrase (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  open_store (fixture, "another passphrase");
  g_assert_error (fixture->error, WAY_ERROR, WAY_ERROR_PASSPHRASE);
  g_assert_false (way_store_is_open (fixture->store));
  ask (fixture);
  g_main_loop_run (fixture->loop);
  g_assert_error (fixture->error, WAY_ERROR, WAY_ERROR_FAILED);
}

/* Closing does first what was asked for; what is asked for afterwards fails; it opens again. */
static void
test_close (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  open_store (fixture, STORE_PASSPHRASE);
  add (fixture, "A", NULL);
  add (fixture, "B", NULL);
  way_store_close (fixture->store);
  g_assert_false (way_store_is_open (fixture->store));
  add (fixture, "C", NULL);
  ask (fixture);
  g_main_loop_run (fixture->loop);
  g_assert_error (fixture->error, WAY_ERROR, WAY_ERROR_FAILED);
  g_assert_cmpstr (fixture->order->str, ==, "AB!!");
  g_clear_error (&fixture->error);
  open_store (fixture, STORE_PASSPHRASE);
  g_assert_no_error (fixture->error);
  g_string_truncate (fixture->order, 0);
  ask (fixture);
  g_main_loop_run (fixture->loop);
  g_assert_cmpstr (fixture->order->str, ==, "AB");
}

static void
test_cancelled (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  open_store (fixture, STORE_PASSPHRASE);
  g_cancellable_cancel (cancellable);
  add (fixture, "A", cancellable);
  ask (fixture);
  g_main_loop_run (fixture->loop);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->order->str, ==, "!");
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->result = way_store_create_finish (WAY_STORE (source), result, &fixture->error);
  g_main_loop_quit (fixture->loop);
}

/* A new store, closed, opened again with the key that was shown once. */
static void
test_create_and_recover (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_no_errno (g_remove (fixture->file.path));
  way_store_create_async (
      fixture->store, fixture->file.path, STORE_PASSPHRASE, NULL, created_cb, fixture);
  g_main_loop_run (fixture->loop);
  g_assert_no_error (fixture->error);
  g_assert_nonnull (fixture->result);
  g_assert_true (way_store_is_open (fixture->store));
  way_store_close (fixture->store);
  way_store_recover_async (
      fixture->store, fixture->file.path, fixture->result, NULL, opened_cb, fixture);
  way_vault_secret_free (fixture->result);
  g_main_loop_run (fixture->loop);
  g_assert_no_error (fixture->error);
  g_assert_true (way_store_is_open (fixture->store));
}

int
main (int argc, char **argv)
{
#define ADD(name, func) g_test_add ("/store/worker/" name, Fixture, NULL, set_up, func, tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("order", test_order);
  ADD ("wrong-passphrase", test_wrong_passphrase);
  ADD ("close", test_close);
  ADD ("cancelled", test_cancelled);
  ADD ("create-and-recover", test_create_and_recover);
#undef ADD
  return g_test_run ();
}
