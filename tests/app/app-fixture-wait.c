/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waiting for what is to happen, however busy the machine is with something else. */
#include "app-fixture.h"

#include "way-dialog.h"

#define WAIT_US (60 * G_USEC_PER_SEC)
#define ROUNDS 4 /* what the store answers leads to the next question, or to another frame */

static gboolean
quit_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/**
 * app_run_for:
 * @milliseconds: how long
 *
 * Lets the window work. By itself it only shows that something does not happen: how far the window
 * comes in the time depends on the machine.
 */
void
app_run_for (guint milliseconds)
{
  gboolean done = FALSE;

  g_timeout_add (milliseconds, quit_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

/**
 * app_wait:
 * @fixture: for @condition
 * @condition: what is waited for
 * @data: for @condition
 * @what: the same in words
 *
 * Fails the test after a minute.
 */
void
app_wait (AppFixture *fixture, AppCondition condition, gconstpointer data, const char *what)
{
  gint64 end = g_get_monotonic_time () + WAIT_US;

  while (!condition (fixture, data)) {
    if (g_get_monotonic_time () > end)
      g_error ("waited in vain for %s", what);
    app_run_for (10);
  }
}

/* (transfer container) (transfer full): the windows that are open */
static GPtrArray *
list_windows (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    g_ptr_array_add (list, g_list_model_get_item (windows, i));
  return list;
}

static gpointer
nothing_job (WayDb *db G_GNUC_UNUSED,
             gpointer request G_GNUC_UNUSED,
             GCancellable *cancellable G_GNUC_UNUSED,
             GError **error G_GNUC_UNUSED)
{
  return NULL;
}

static void
heard_cb (GObject *store, GAsyncResult *result, gpointer heard)
{
  g_autoptr (GError) error = NULL; /* that it is closed */

  way_store_run_finish (WAY_STORE (store), result, &error);
  *(gboolean *) heard = TRUE;
}

static gboolean
is_true (AppFixture *fixture G_GNUC_UNUSED, gconstpointer value)
{
  return *(const gboolean *) value;
}

/* Jobs run in the order in which they were asked for. */
static void
hear_store (WayStore *store)
{
  gboolean heard = FALSE;

  way_store_run_async (
      store, WAY_STORE_READS, nothing_job, NULL, NULL, NULL, NULL, heard_cb, &heard);
  app_wait (NULL, is_true, &heard, "the store");
}

typedef struct {
  GtkWidget *window;
  GdkFrameClock *clock;
  gint64 before;
} Frame;

static gboolean
is_drawn (AppFixture *fixture G_GNUC_UNUSED, gconstpointer data)
{
  const Frame *frame = data;

  if (!gtk_widget_get_mapped (frame->window) ||
      gdk_frame_clock_get_frame_counter (frame->clock) > frame->before)
    return TRUE;
  gtk_widget_queue_draw (frame->window);
  return FALSE;
}

static void
wait_for_frame (GtkWidget *window)
{
  g_autoptr (GdkFrameClock) clock = NULL;
  Frame frame;

  if (!gtk_widget_get_mapped (window))
    return;
  clock = g_object_ref (gtk_widget_get_frame_clock (window));
  frame = (Frame){window, clock, gdk_frame_clock_get_frame_counter (clock)};
  app_wait (NULL, is_drawn, &frame, "a frame");
}

/* Also what has time until nothing else is to be done; but a wheel may turn for ever. */
static void
run_pending (void)
{
  gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC;

  while (g_main_context_pending (NULL) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
}

/**
 * app_settle:
 *
 * Waits until the store has answered what it was asked, unless it is held, and until what came of
 * that is in the windows.
 */
void
app_settle (void)
{
  for (guint i = 0; i < ROUNDS; i++) {
    g_autoptr (GPtrArray) windows = list_windows ();

    for (guint k = 0; k < windows->len; k++) {
      WayStore *store = WAY_IS_WINDOW (windows->pdata[k])
                            ? way_window_get_store (WAY_WINDOW (windows->pdata[k]))
                            : NULL;

      if (store != NULL && !app_is_store_held ())
        hear_store (store);
      wait_for_frame (windows->pdata[k]);
    }
    run_pending ();
  }
}

typedef struct {
  GType type;
  const char *part; /* NULL: whatever it says */
  GtkWidget *found;
} Over;

static gboolean
is_over (AppFixture *fixture G_GNUC_UNUSED, gconstpointer data)
{
  Over *over = (Over *) data;
  g_autoptr (GPtrArray) windows = list_windows ();

  for (guint i = 0; i < windows->len && over->found == NULL; i++) {
    GtkWidget *window = windows->pdata[i];

    if (g_type_is_a (G_OBJECT_TYPE (window), over->type) && gtk_widget_get_mapped (window) &&
        (over->part == NULL || app_has_text (window, over->part)))
      over->found = window;
  }
  return over->found != NULL;
}

GtkWidget *
app_get_over (GType type)
{
  Over over = {type, NULL, NULL};

  app_wait (NULL, is_over, &over, g_type_name (type));
  return over.found;
}

GtkWidget *
app_get_dialog (void)
{
  return app_get_over (WAY_TYPE_DIALOG);
}

GtkWidget *
app_get_dialog_with (const char *part)
{
  Over over = {WAY_TYPE_DIALOG, part, NULL};

  app_wait (NULL, is_over, &over, part);
  return over.found;
}

typedef struct {
  GtkWidget *root;
  const char *part;
  gboolean there;
} Text;

static gboolean
is_text (AppFixture *fixture G_GNUC_UNUSED, gconstpointer data)
{
  const Text *text = data;

  return app_has_text (text->root, text->part) == text->there;
}

void
app_wait_text (GtkWidget *root, const char *part, gboolean there)
{
  Text text = {root, part, there};

  app_wait (NULL, is_text, &text, part);
}
