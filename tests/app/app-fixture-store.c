/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests do to the store behind the window. */
#include "app-fixture.h"

#include "way-db-private.h"

typedef struct {
  gboolean done;
  char *result;
  GError *error;
} Wait;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  wait->result = way_store_run_finish (WAY_STORE (source), result, &wait->error);
  wait->done = TRUE;
}

char *
app_run_job (AppFixture *fixture, WayStoreJob job)
{
  Wait wait = {FALSE, NULL, NULL};

  way_store_run_async (way_window_get_store (fixture->window),
                       WAY_STORE_READS,
                       job,
                       NULL,
                       NULL,
                       g_free,
                       NULL,
                       done_cb,
                       &wait);
  while (!wait.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (wait.error);
  return wait.result;
}

static GMutex gate;
static GCond opened;
static gboolean is_held;

static gpointer
held_job (WayDb *db G_GNUC_UNUSED,
          gpointer request G_GNUC_UNUSED,
          GCancellable *cancellable G_GNUC_UNUSED,
          GError **error G_GNUC_UNUSED)
{
  g_mutex_lock (&gate);
  while (is_held)
    g_cond_wait (&opened, &gate);
  g_mutex_unlock (&gate);
  return NULL;
}

void
app_hold_store (AppFixture *fixture)
{
  g_mutex_lock (&gate);
  is_held = TRUE;
  g_mutex_unlock (&gate);
  way_store_run_async (way_window_get_store (fixture->window),
                       WAY_STORE_READS,
                       held_job,
                       NULL,
                       NULL,
                       NULL,
                       NULL,
                       NULL,
                       NULL);
}

void
app_let_go_store (void)
{
  g_mutex_lock (&gate);
  is_held = FALSE;
  g_cond_broadcast (&opened);
  g_mutex_unlock (&gate);
}

gboolean
app_is_store_held (void)
{
  return is_held; /* only this thread changes it */
}

static void
refuse (WayDb *db, const char *what, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("CREATE TRIGGER \"broken-%s\" BEFORE %s ON \"%s\" BEGIN "
                                          "SELECT RAISE (ABORT, 'locked: the disk is full'); END",
                                          table,
                                          what,
                                          table);

  store_exec (db, sql, SQLITE_OK);
}

#define BREAKS(name, what, table)                                                                  \
  static gpointer break_##name##_job (WayDb *db,                                                   \
                                      gpointer request G_GNUC_UNUSED,                              \
                                      GCancellable *cancellable G_GNUC_UNUSED,                     \
                                      GError **error G_GNUC_UNUSED)                                \
  {                                                                                                \
    refuse (db, what, table);                                                                      \
    return NULL;                                                                                   \
  }

BREAKS (drafts, "INSERT", "draft")
BREAKS (begun, "INSERT", "preference")
BREAKS (measurements, "INSERT", "measurement")
BREAKS (targets, "INSERT", "target")
BREAKS (actions, "UPDATE", "action")
BREAKS (practitioners, "UPDATE", "practitioner")
BREAKS (deletions, "DELETE", "measurement")

static gpointer
hide_job (WayDb *db,
          gpointer request G_GNUC_UNUSED,
          GCancellable *cancellable G_GNUC_UNUSED,
          GError **error G_GNUC_UNUSED)
{
  store_exec (db, "ALTER TABLE \"preference\" RENAME TO \"hidden\"", SQLITE_OK);
  return NULL;
}

static gpointer
show_job (WayDb *db,
          gpointer request G_GNUC_UNUSED,
          GCancellable *cancellable G_GNUC_UNUSED,
          GError **error G_GNUC_UNUSED)
{
  store_exec (db, "ALTER TABLE \"hidden\" RENAME TO \"preference\"", SQLITE_OK);
  return NULL;
}

static gpointer
mend_job (WayDb *db,
          gpointer request G_GNUC_UNUSED,
          GCancellable *cancellable G_GNUC_UNUSED,
          GError **error G_GNUC_UNUSED)
{
  static const char *const tables[] = {
      "draft", "preference", "measurement", "target", "action", "practitioner"};

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree char *sql = g_strdup_printf ("DROP TRIGGER IF EXISTS \"broken-%s\"", tables[i]);

    store_exec (db, sql, SQLITE_OK);
  }
  return NULL;
}

static gpointer
seen_job (WayDb *db,
          gpointer request G_GNUC_UNUSED,
          GCancellable *cancellable G_GNUC_UNUSED,
          GError **error)
{
  g_autoptr (GPtrArray) drafts = way_db_list_drafts (db, error);
  g_autoptr (WayRecordSet) records = NULL;
  const WayVisit *visit;

  if (drafts == NULL || drafts->len == 0)
    return NULL;
  g_assert_cmpuint (drafts->len, ==, 1);
  records = way_db_load_visit (db, ((WayDraftInfo *) drafts->pdata[0])->visit_id, error);
  g_assert_nonnull (records);
  visit = way_record_set_first (records, WAY_VISIT);
  return g_strdup (visit->seen);
}

/* Through the window while that has it open. */
static char *
run (AppFixture *fixture, WayStoreJob job)
{
  g_autoptr (GError) error = NULL;
  char *result;

  if (fixture->store.db == NULL)
    return app_run_job (fixture, job);
  result = job (fixture->store.db, NULL, NULL, &error);
  g_assert_no_error (error);
  return result;
}

void
app_break_drafts (AppFixture *fixture)
{
  run (fixture, break_drafts_job);
}

void
app_break_begun (AppFixture *fixture)
{
  run (fixture, break_begun_job);
}

void
app_hide_begun (AppFixture *fixture)
{
  run (fixture, hide_job);
}

void
app_show_begun (AppFixture *fixture)
{
  run (fixture, show_job);
}

void
app_break_measurements (AppFixture *fixture)
{
  run (fixture, break_measurements_job);
}

void
app_break_targets (AppFixture *fixture)
{
  run (fixture, break_targets_job);
}

void
app_break_actions (AppFixture *fixture)
{
  run (fixture, break_actions_job);
}

void
app_break_practitioners (AppFixture *fixture)
{
  run (fixture, break_practitioners_job);
}

void
app_break_deletions (AppFixture *fixture)
{
  run (fixture, break_deletions_job);
}

void
app_mend (AppFixture *fixture)
{
  run (fixture, mend_job);
}

char *
app_dup_draft (AppFixture *fixture)
{
  return run (fixture, seen_job);
}
