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
  guint session;
} Opening;

static gboolean go_back_to_editor (WayWindow *window, const char *visit_id);

static void
is_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opening *opening = user_data;
  g_autoptr (WayWindow) window = opening->window;
  g_autofree char *visit_id = opening->visit_id;
  guint session = opening->session;
  g_autoptr (GError) error = NULL;
  gboolean is_written = GPOINTER_TO_INT (way_store_run_finish (WAY_STORE (source), result, &error));

  g_free (opening);
  if (error != NULL)
    way_window_show_error (window, _ ("The visit could not be opened"), error);
  /* It may have come back meanwhile, because it could not be saved. */
  else if (way_window_get_session (window) == session && !go_back_to_editor (window, visit_id))
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

/* The store may not have it at all yet. */
static gboolean
go_on_with_unkept (WayWindow *window, const char *visit_id)
{
  g_autoptr (WayKeep) keep = way_unkept_find (window->unkept, window->path, visit_id);

  if (keep == NULL)
    return FALSE;
  way_window_push (window, way_visit_editor_new (NULL, visit_id, FALSE), _ ("Record a visit"));
  return TRUE;
}

/* One that is newer than what was found so far. */
static void
consider_earlier (WayVisitLoaded *loaded, const char *visit_id, WayDate date)
{
  if (loaded->earlier != NULL && date < loaded->earlier_date)
    return;
  way_set_string (&loaded->earlier, visit_id);
  loaded->earlier_date = date;
}

/**
 * way_visit_editor_find_earlier:
 * @db: the store
 * @loaded: a new visit, with the records of its child
 * @error: return location
 *
 * Looks for a visit of the child that is being written already: a draft, or one that was stored
 * and is not signed. The draft of an amendment belongs to a signed one.
 *
 * Returns: FALSE if the store could not be read
 */
gboolean
way_visit_editor_find_earlier (WayDb *db, WayVisitLoaded *loaded, GError **error)
{
  const WayVisit *visit = way_record_set_first (loaded->records, WAY_VISIT);
  const WayChild *child = way_record_set_first (loaded->child, WAY_CHILD);
  GPtrArray *visits = way_record_set_list (loaded->child, WAY_VISIT);
  g_autoptr (GPtrArray) drafts = way_db_list_drafts (db, error);

  if (drafts == NULL)
    return FALSE;
  for (guint i = 0; i < visits->len; i++) {
    const WayVisit *other = visits->pdata[i];

    if (other->signed_at == NULL && g_strcmp0 (other->record.id, visit->record.id) != 0)
      consider_earlier (loaded, other->record.id, other->date);
  }
  for (guint i = 0; child != NULL && i < drafts->len; i++) {
    const WayDraftInfo *draft = drafts->pdata[i];

    if (g_strcmp0 (draft->child_id, child->record.id) == 0 &&
        g_strcmp0 (draft->visit_id, visit->record.id) != 0 &&
        way_record_set_find (loaded->child, WAY_VISIT, draft->visit_id) == NULL)
      consider_earlier (loaded, draft->visit_id, draft->date);
  }
  return TRUE;
}

/**
 * way_visit_editor_offer_earlier:
 * @self: the editor of a new visit
 * @loaded: what it shows
 *
 * Says at the top that another visit waits to be signed, and offers to go on with that.
 */
void
way_visit_editor_offer_earlier (WayVisitEditor *self, WayVisitLoaded *loaded)
{
  g_autofree char *date = way_date_format_short (loaded->earlier_date);
  g_autofree char *words = NULL, *label = NULL;

  if (loaded->earlier == NULL)
    return;
  way_set_string (&self->earlier, loaded->earlier);
  words = g_strdup_printf (_ ("This is a new visit. The draft of %s is not signed yet."), date);
  label = g_strdup_printf (_ ("Go on with the draft of %s"), date);
  gtk_label_set_text (self->earlier_words, words);
  gtk_button_set_label (self->earlier_open, label);
  gtk_widget_set_visible (self->earlier_notice, TRUE);
}

/**
 * way_visit_editor_open_earlier:
 * @self: the editor of a new visit
 *
 * Opens the one that waits. What was typed into the new one stays a draft of its own; with nothing
 * in it, it leaves no trace.
 */
void
way_visit_editor_open_earlier (WayVisitEditor *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  g_autofree char *earlier = g_strdup (self->earlier);

  if (window == NULL || earlier == NULL)
    return;
  if (self->is_new && way_autosave_get_state (self->autosave) == WAY_AUTOSAVE_SAVED)
    way_visit_editor_leave (self);
  way_visit_editor_open (window, NULL, earlier);
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
  if (go_back_to_editor (window, visit_id) || go_on_with_unkept (window, visit_id))
    return;
  opening = g_new0 (Opening, 1);
  opening->window = g_object_ref (window);
  opening->visit_id = g_strdup (visit_id);
  opening->session = way_window_get_session (window);
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
