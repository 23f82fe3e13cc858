/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which page a visit is shown on: it is written, or signed. */
#include "way-visit-editor-private.h"

#include "way-visit-page.h"
#include "way-window-private.h"

#include <glib/gi18n.h>

/* Whether the visit is being written: it has a draft, or is not signed. */
static gpointer
is_written_job (WayDb *db, gpointer request, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) drafts = way_db_list_drafts (db, error);
  g_autoptr (WayVisit) visit = NULL;

  for (guint i = 0; drafts != NULL && i < drafts->len; i++) {
    if (g_strcmp0 (((WayDraftInfo *) drafts->pdata[i])->visit_id, request) == 0)
      return GINT_TO_POINTER (TRUE);
  }
  visit = drafts != NULL ? way_db_get (db, WAY_VISIT, request, error) : NULL;
  return GINT_TO_POINTER (visit != NULL && visit->signed_at == NULL);
}

typedef struct {
  WayWindow *window;
  char *visit_id;
} Opening;

static void
is_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opening *opening = user_data;
  g_autoptr (WayWindow) window = opening->window;
  g_autofree char *visit_id = opening->visit_id;
  g_autoptr (GError) error = NULL;
  gboolean is_written = GPOINTER_TO_INT (way_store_run_finish (WAY_STORE (source), result, &error));

  g_free (opening);
  if (error != NULL)
    way_window_show_error (window, _ ("The visit could not be opened"), error);
  else if (way_window_get_lists (window) != NULL)
    way_window_push (window,
                     is_written ? way_visit_editor_new (NULL, visit_id, FALSE)
                                : way_visit_page_new (visit_id),
                     is_written ? _ ("Record a visit") : _ ("Record of Visit"));
}

/* A draft is written in one place only: back to it, where it is open already. */
static gboolean
go_back_to_editor (WayWindow *window, const char *visit_id)
{
  for (guint i = 0; i < window->trail->len; i++) {
    GtkWidget *page = window->trail->pdata[i];

    if (!WAY_IS_VISIT_EDITOR (page) || g_strcmp0 (WAY_VISIT_EDITOR (page)->visit_id, visit_id) != 0)
      continue;
    while (way_window_get_page (window) != page)
      way_window_pop (window);
    return TRUE;
  }
  return FALSE;
}

/**
 * way_visit_editor_open:
 * @window: the window, open
 * @child_id: (nullable): whom a new visit is about
 * @visit_id: (nullable): the visit; %NULL: a new one
 *
 * Shows a visit: in the editor, or as the record it is once signed.
 */
void
way_visit_editor_open (WayWindow *window, const char *child_id, const char *visit_id)
{
  Opening *opening;

  g_return_if_fail (WAY_IS_WINDOW (window) && (child_id != NULL || visit_id != NULL));

  if (visit_id == NULL) {
    way_window_push (window, way_visit_editor_new (child_id, NULL, TRUE), _ ("Record a visit"));
    return;
  }
  if (go_back_to_editor (window, visit_id))
    return;
  opening = g_new0 (Opening, 1);
  opening->window = g_object_ref (window);
  opening->visit_id = g_strdup (visit_id);
  way_store_run_async (way_window_get_store (window),
                       WAY_STORE_READS,
                       is_written_job,
                       g_strdup (visit_id),
                       g_free,
                       NULL,
                       NULL,
                       is_written_cb,
                       opening);
}

/**
 * way_visit_editor_amend:
 * @window: the window, open
 * @visit_id: a signed visit
 *
 * Opens the editor for a new version of it.
 */
void
way_visit_editor_amend (WayWindow *window, const char *visit_id)
{
  g_return_if_fail (WAY_IS_WINDOW (window) && visit_id != NULL);

  way_window_push (window, way_visit_editor_new (NULL, visit_id, TRUE), _ ("Amend a record"));
}
