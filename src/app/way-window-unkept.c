/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed and could not be stored: said, and tried again. */
#include "way-window-private.h"

#include "way-dialog.h"
#include "way-once.h"
#include "way-visit-editor.h"

#include <glib/gi18n.h>

#define RETRY_S 5

static gboolean
has_left_visit (WayWindow *self)
{
  g_autoptr (WayKeep) keep = NULL;

  if (self->left_visit == NULL || way_window_get_session (self) == 0)
    return FALSE;
  keep = way_unkept_find (self->unkept, self->path, self->left_visit);
  return keep != NULL;
}

/* Without a name: it stands on the locked window too. */
void
way_window_say_unkept (WayWindow *self, const char *format)
{
  g_autofree char *words = way_unkept_dup_words (self->unkept);
  g_autoptr (GString) text = NULL;

  if (words == NULL)
    return;
  text = g_string_new (format);
  g_string_replace (text, "%s", words, 1);
  way_window_say (self, text->str);
  gtk_widget_set_visible (self->notice_visit, has_left_visit (self));
  self->says_unkept = TRUE;
}

typedef struct {
  WayUnkept *unkept;
  char *path;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  way_unkept_unref (request->unkept);
  g_free (request->path);
  g_free (request);
}

static gpointer
retry_job (WayDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;

  return GUINT_TO_POINTER (way_unkept_retry (request->unkept, db, request->path));
}

static void
close_unkept_notice (WayWindow *self)
{
  if (self->says_unkept)
    way_window_close_notice (self);
}

/* By now its page or form may have stored it. */
static gboolean
retry_cb (gpointer user_data)
{
  WayWindow *self = user_data;

  self->unkept_id = 0;
  if (way_unkept_count (self->unkept, self->path) == 0)
    close_unkept_notice (self);
  way_window_retry_unkept (self);
  return G_SOURCE_REMOVE;
}

/**
 * way_window_wait_unkept:
 * @self: the window
 *
 * Says what could not be stored, and tries again until it is. Where the window was locked
 * meanwhile, locking has said it.
 */
void
way_window_wait_unkept (WayWindow *self)
{
  g_return_if_fail (WAY_IS_WINDOW (self));

  if (way_window_get_session (self) == 0)
    return;
  way_window_say_unkept (self,
                         _ ("What you typed could not be saved yet: %s\nMake room on the disk. It "
                            "is tried again every 5 seconds."));
  if (self->unkept_id == 0)
    self->unkept_id = g_timeout_add_seconds (RETRY_S, retry_cb, self);
}

static void
retried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayWindow) self = user_data;
  guint n_kept = GPOINTER_TO_UINT (way_store_run_finish (WAY_STORE (source), result, NULL));

  /* Locked meanwhile: that has said what is left. */
  if (way_window_get_session (self) == 0)
    return;
  if (way_unkept_count (self->unkept, self->path) > 0) {
    way_window_wait_unkept (self);
    return;
  }
  close_unkept_notice (self);
  if (n_kept > 0)
    way_window_toast (
        self, _ ("What you typed is kept now: a visit under Drafts, all else where you typed it."));
}

void
way_window_retry_unkept (WayWindow *self)
{
  Request *request;

  if (way_unkept_count (self->unkept, self->path) == 0)
    return;
  request = g_new0 (Request, 1);
  request->unkept = way_unkept_ref (self->unkept);
  request->path = g_strdup (self->path);
  way_store_run_async (self->store,
                       WAY_STORE_WRITES,
                       retry_job,
                       request,
                       request_free,
                       NULL,
                       NULL,
                       retried_cb,
                       g_object_ref (self));
}

/**
 * way_window_is_writing:
 * @self: the window
 *
 * Returns: whether the keyboard is in something that takes words, a visit is in view or a dialog
 *   lies over the window
 */
gboolean
way_window_is_writing (WayWindow *self)
{
  GtkWidget *focus;

  g_return_val_if_fail (WAY_IS_WINDOW (self), FALSE);

  focus = gtk_window_get_focus (GTK_WINDOW (self));
  return GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus) ||
         WAY_IS_VISIT_EDITOR (way_window_get_page (self)) ||
         way_once_is_open (GTK_WINDOW (self), WAY_TYPE_DIALOG);
}

/**
 * way_window_wait_unkept_visit:
 * @self: the window
 * @session: in which the visit was written
 * @visit_id: a visit whose page was left before it could be stored
 *
 * As way_window_wait_unkept(), with a button that leads back to the visit. Its page does not come
 * by itself: what somebody is writing elsewhere would go on in this one.
 */
void
way_window_wait_unkept_visit (WayWindow *self, guint session, const char *visit_id)
{
  g_return_if_fail (WAY_IS_WINDOW (self) && visit_id != NULL);

  if (session != way_window_get_session (self))
    return;
  way_set_string (&self->left_visit, visit_id);
  way_window_wait_unkept (self);
}

static void
left_visit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayWindow *self = WAY_WINDOW (widget);
  g_autofree char *visit_id = g_steal_pointer (&self->left_visit);

  if (visit_id == NULL || self->lists == NULL)
    return;
  way_window_close_notice (self);
  way_window_open_visit (self, NULL, visit_id);
}

void
way_window_install_unkept_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.left-visit", NULL, left_visit_action);
}
