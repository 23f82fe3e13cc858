/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When typing is kept: no display and no store, only time. */
#include "way-autosave.h"

#define DELAY_MS 60

typedef struct {
  WayAutosave *autosave;
  guint n_begun;
  guint n_changes;
  guint n_touched; /* changes that are not kept */
  guint most;      /* of them, when a save began */
} Fixture;

static void
save_cb (gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_begun++;
  fixture->most = MAX (fixture->most, fixture->n_touched);
  fixture->n_touched = 0;
}

static void
changed_cb (gpointer user_data)
{
  ((Fixture *) user_data)->n_changes++;
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->autosave = way_autosave_new (DELAY_MS, save_cb, changed_cb, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  way_autosave_free (fixture->autosave);
}

static gboolean
end_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (guint milliseconds)
{
  gboolean done = FALSE;

  g_timeout_add (milliseconds, end_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
touch (Fixture *fixture)
{
  fixture->n_touched++;
  way_autosave_touch (fixture->autosave);
}

static void
assert_state (Fixture *fixture, WayAutosaveState state)
{
  g_assert_cmpint (way_autosave_get_state (fixture->autosave), ==, state);
}

static void
test_pause (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  assert_state (fixture, WAY_AUTOSAVE_SAVED);
  touch (fixture);
  assert_state (fixture, WAY_AUTOSAVE_WAITS);
  g_assert_cmpuint (fixture->n_begun, ==, 0);
  run_for (4 * DELAY_MS);
  assert_state (fixture, WAY_AUTOSAVE_SAVING);
  g_assert_cmpuint (fixture->n_begun, ==, 1);
  way_autosave_done (fixture->autosave, TRUE);
  assert_state (fixture, WAY_AUTOSAVE_SAVED);
  g_assert_cmpuint (fixture->n_changes, ==, 3);
  run_for (4 * DELAY_MS);
  g_assert_cmpuint (fixture->n_begun, ==, 1);
}

/* Each key pressed sooner than the delay: a timer begun anew by every key would never end. */
static void
test_typing_goes_on (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (guint i = 0; i < 60; i++) {
    touch (fixture);
    run_for (DELAY_MS / 6);
    if (way_autosave_get_state (fixture->autosave) == WAY_AUTOSAVE_SAVING)
      way_autosave_done (fixture->autosave, TRUE);
  }
  g_assert_cmpuint (fixture->n_begun, >=, 4);
  /* Counted in keys: a busy machine types as slowly as it saves. Without the rule all 60 wait. */
  g_assert_cmpuint (fixture->most, <=, 12);
}

static void
test_typed_while_saving (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  touch (fixture);
  way_autosave_flush (fixture->autosave);
  assert_state (fixture, WAY_AUTOSAVE_SAVING);
  touch (fixture);
  way_autosave_done (fixture->autosave, TRUE);
  assert_state (fixture, WAY_AUTOSAVE_WAITS);
  run_for (4 * DELAY_MS);
  g_assert_cmpuint (fixture->n_begun, ==, 2);
}

static void
test_flush (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  way_autosave_flush (fixture->autosave);
  g_assert_cmpuint (fixture->n_begun, ==, 0);
  touch (fixture);
  way_autosave_flush (fixture->autosave);
  way_autosave_flush (fixture->autosave);
  g_assert_cmpuint (fixture->n_begun, ==, 1);
  /* Leaving while a save is under way keeps what was typed since, too. */
  touch (fixture);
  way_autosave_flush (fixture->autosave);
  g_assert_cmpuint (fixture->n_begun, ==, 2);
  way_autosave_done (fixture->autosave, TRUE);
  assert_state (fixture, WAY_AUTOSAVE_SAVING);
  way_autosave_done (fixture->autosave, TRUE);
  assert_state (fixture, WAY_AUTOSAVE_SAVED);
}

/* The store is busy with something else for so long that it has to be said. */
static void
test_late (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint n_changes;

  touch (fixture);
  way_autosave_flush (fixture->autosave);
  g_assert_false (way_autosave_is_late (fixture->autosave));
  n_changes = fixture->n_changes;
  while (!way_autosave_is_late (fixture->autosave))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->n_changes, ==, n_changes + 1);
  assert_state (fixture, WAY_AUTOSAVE_SAVING);
  way_autosave_done (fixture->autosave, TRUE);
  g_assert_false (way_autosave_is_late (fixture->autosave));
  assert_state (fixture, WAY_AUTOSAVE_SAVED);
}

static void
test_failure (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  touch (fixture);
  way_autosave_flush (fixture->autosave);
  way_autosave_done (fixture->autosave, FALSE);
  assert_state (fixture, WAY_AUTOSAVE_FAILED);
  /* "Try again" does so at once; without it, it is tried again all the same. */
  way_autosave_flush (fixture->autosave);
  g_assert_cmpuint (fixture->n_begun, ==, 2);
  way_autosave_done (fixture->autosave, FALSE);
  touch (fixture);
  assert_state (fixture, WAY_AUTOSAVE_FAILED);
  run_for (3000);
  g_assert_cmpuint (fixture->n_begun, ==, 3);
  way_autosave_done (fixture->autosave, TRUE);
  assert_state (fixture, WAY_AUTOSAVE_SAVED);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/autosave/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("pause", test_pause);
  ADD ("typing-goes-on", test_typing_goes_on);
  ADD ("typed-while-saving", test_typed_while_saving);
  ADD ("flush", test_flush);
  ADD ("late", test_late);
  ADD ("failure", test_failure);
  return g_test_run ();
}
