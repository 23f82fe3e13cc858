/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "way-window"

#include "way-window-private.h"

#include "way-child-dialog.h"
#include "way-child-page.h"
#include "way-children-page.h"
#include "way-import-page.h"
#include "way-preferences-window.h"
#include "way-sample.h"
#include "way-ui.h"
#include "way-visit-editor.h"

#include <glib/gi18n.h>

static gboolean
prepare_cb (gpointer user_data)
{
  WayWindow *self = user_data;

  self->prepare_id = 0;
  self->first_page = g_object_ref_sink (way_children_page_new ());
  return G_SOURCE_REMOVE;
}

/**
 * way_window_prepare:
 * @self: the window, while its store is being opened
 *
 * Makes the first page meanwhile, so that it is there when the key is worked out.
 */
void
way_window_prepare (WayWindow *self)
{
  g_return_if_fail (WAY_IS_WINDOW (self));

  if (self->prepare_id == 0 && self->first_page == NULL)
    self->prepare_id = g_idle_add (prepare_cb, self);
}

/**
 * way_window_show_children:
 * @self: the window, open
 *
 * Shows the list of children, which all other pages lie on.
 */
void
way_window_show_children (WayWindow *self)
{
  g_autoptr (GtkWidget) page = NULL;

  g_return_if_fail (WAY_IS_WINDOW (self));

  way_window_clear_pages (self);
  page = g_steal_pointer (&self->first_page);
  if (page == NULL)
    page = g_object_ref_sink (way_children_page_new ());
  way_window_push (self, page, _ ("Children"));
}

/* One page of a child is enough: back to it, if it lies under the one in view. */
static gboolean
go_back_to_child (WayWindow *self, const char *child_id)
{
  for (guint i = 0; i < self->trail->len; i++) {
    GtkWidget *page = self->trail->pdata[i];

    if (WAY_IS_CHILD_PAGE (page) &&
        g_strcmp0 (way_child_page_get_child (WAY_CHILD_PAGE (page)), child_id) == 0) {
      while (way_window_get_page (self) != page)
        way_window_pop (self);
      return TRUE;
    }
  }
  return FALSE;
}

/**
 * way_window_open_child:
 * @self: the window, open
 * @child_id: the child
 *
 * Shows the page of a child.
 */
void
way_window_open_child (WayWindow *self, const char *child_id)
{
  g_return_if_fail (WAY_IS_WINDOW (self) && child_id != NULL);

  if (!go_back_to_child (self, child_id))
    way_window_push (self, way_child_page_new (child_id), _ ("Child"));
}

/**
 * way_window_open_visit:
 * @self: the window, open
 * @child_id: (nullable): the child whose page it belongs to
 * @visit_id: (nullable): the visit; %NULL: a new one
 *
 * Shows a visit: in the editor, or as the record it is once signed.
 */
void
way_window_open_visit (WayWindow *self, const char *child_id, const char *visit_id)
{
  g_return_if_fail (WAY_IS_WINDOW (self) && (child_id != NULL || visit_id != NULL));

  way_visit_editor_open (self, child_id, visit_id);
}

void
way_window_set_draft_saved (WayWindow *self, const char *visit_id)
{
  g_return_if_fail (WAY_IS_WINDOW (self));

  way_sidebar_set_saved (self->sidebar, visit_id);
}

static void
new_child_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayWindow *self = WAY_WINDOW (widget);

  if (self->lists != NULL)
    way_child_dialog_open_new (self);
}

static void
import_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WayWindow *self = WAY_WINDOW (source);
  g_autoptr (GFile) file = way_ui_choose_file_finish (result, NULL);

  if (file != NULL && g_file_peek_path (file) != NULL && self->lists != NULL)
    way_import_page_open (self, g_file_peek_path (file));
}

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayWindow *self = WAY_WINDOW (widget);

  if (self->lists != NULL)
    way_import_page_open (self, NULL);
}

static void
import_folder_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayWindow *self = WAY_WINDOW (widget);

  if (self->lists != NULL)
    way_ui_choose_file_async (GTK_WINDOW (self),
                              WAY_CHOOSE_FOLDER,
                              _ ("Import a folder of tables"),
                              NULL,
                              import_chosen_cb,
                              NULL);
}

/* For scripts and tests: without asking for the file. */
static void
import_path_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayWindow *self = WAY_WINDOW (widget);

  if (self->lists != NULL)
    way_import_page_open (self, g_variant_get_string (parameter, NULL));
}

static void
preferences_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayWindow *self = WAY_WINDOW (widget);

  if (self->lists != NULL)
    way_preferences_window_open (self);
}

static gboolean
put_batch (WayRecordSet *batch, gpointer db, GError **error)
{
  return way_db_put_batch (db, batch, error);
}

static gpointer
sample_job (WayDb *db, gpointer request, GCancellable *cancellable, GError **error)
{
  const WayDate *today = request;
  WaySampleOrder order = {.size = WAY_SAMPLE_SMALL, .seed = 1, .today = *today};
  g_autoptr (WayTerms) terms = way_db_get_terms (db, error);
  g_autoptr (WayPractitioner) me = NULL;
  g_autoptr (GError) local = NULL;

  if (terms == NULL)
    return NULL;
  me = way_db_get_me (db, &local);
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }
  order.has_me = me != NULL;
  if (way_db_begin (db, error))
    way_db_end (db, way_sample_make (&order, terms, put_batch, db, error), error);
  return NULL;
}

static void
sample_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  way_store_run_finish (WAY_STORE (source), result, &error);
  if (error != NULL)
    way_window_show_error (self, _ ("The made-up caseload could not be made"), error);
  else
    way_window_toast (self, _ ("Six made-up children, to try things with."));
}

static void
sample_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayWindow *self = WAY_WINDOW (widget);
  WayDate *today = g_new (WayDate, 1);

  *today = way_window_get_today (self);
  if (self->lists == NULL) {
    g_free (today);
    return;
  }
  way_store_run_async (self->store,
                       WAY_STORE_WRITES,
                       sample_job,
                       today,
                       g_free,
                       NULL,
                       NULL,
                       sample_cb,
                       g_object_ref (self));
}

void
way_window_install_page_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-child", NULL, new_child_action);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "win.import-folder", NULL, import_folder_action);
  gtk_widget_class_install_action (widget_class, "win.import-path", "s", import_path_action);
  gtk_widget_class_install_action (widget_class, "win.made-up-caseload", NULL, sample_action);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences_action);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "win.new-child", NULL);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_i, GDK_CONTROL_MASK, "win.import", NULL);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_comma, GDK_CONTROL_MASK, "win.preferences", NULL);
}
