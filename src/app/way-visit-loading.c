/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the editor gets what it shows. The store may be busy, and people type at once: until the
 * form is there, one field takes what is typed, and the form goes on with it. */
#define G_LOG_DOMAIN "way-visit-editor"

#include "way-visit-editor-private.h"

#include "way-dialog.h"
#include "way-options.h"
#include "way-text.h"
#include "way-ui.h"

#include <glib/gi18n.h>

typedef struct {
  char *child_id;
  char *visit_id;
  WayDate today;
  gboolean amends;
  char *typed; /* (nullable): to be kept at once */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->child_id);
  g_free (request->visit_id);
  g_free (request->typed);
  g_free (request);
}

void
way_visit_loaded_free (WayVisitLoaded *self)
{
  g_clear_pointer (&self->records, way_record_set_free);
  g_clear_pointer (&self->child, way_record_set_free);
  g_free (self->earlier);
  g_free (self);
}

static void
loaded_free (gpointer loaded)
{
  way_visit_loaded_free (loaded);
}

static gpointer
load_job (WayDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (WayVisitLoaded) loaded = g_new0 (WayVisitLoaded, 1);
  const WayVisitChild *child;

  loaded->records = request->visit_id != NULL
                        ? way_db_load_visit (db, request->visit_id, error)
                        : way_db_start_visit (db, request->child_id, request->today, error);
  if (loaded->records == NULL)
    return NULL;
  if (request->typed != NULL) {
    way_visit_draft_take_typed (loaded->records, request->amends, request->typed);
    if (!way_db_save_draft (db, loaded->records, error))
      return NULL;
  }
  child = way_record_set_first (loaded->records, WAY_VISIT_CHILD);
  loaded->child =
      child != NULL ? way_db_gather_child (db, child->child, error) : way_record_set_new ();
  loaded->options.today = request->today;
  if (loaded->child == NULL || !way_options_read (db, &loaded->options, error) ||
      (request->visit_id == NULL && !way_visit_editor_find_earlier (db, loaded, error)))
    return NULL;
  return g_steal_pointer (&loaded);
}

static char *
dup_typed (WayVisitEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->first_words);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* What was typed stays in view; nothing else can be done with it here. */
static void
show_failure (WayVisitEditor *self, WayWindow *window, const GError *error)
{
  g_autofree char *typed = dup_typed (self);

  way_window_show_error (window, _ ("The visit could not be opened"), error);
  if (way_text_is_blank (typed))
    way_visit_editor_leave (self);
}

/* The page has been left: what could not be kept is shown, to be copied, unless the store is
 * locked. There nothing of a child may stand. */
static void
show_lost (WayWindow *window, const char *typed, const GError *error)
{
  GtkWidget *words;

  way_window_show_error (window, _ ("What you typed for the visit could not be kept"), error);
  if (way_window_get_lists (window) == NULL)
    return;
  words = way_ui_wrapped_label (typed, NULL);
  gtk_label_set_selectable (GTK_LABEL (words), TRUE);
  way_a11y_set_name (words, _ ("What you typed"));
  gtk_window_present (
      GTK_WINDOW (way_dialog_new (window, _ ("Not kept: copy what you typed"), NULL, words)));
}

typedef struct {
  WayVisitEditor *editor;
  WayWindow *window;
  char *typed; /* (nullable) */
} Loading;

static void
loading_free (Loading *loading)
{
  g_object_unref (loading->editor);
  g_object_unref (loading->window);
  g_free (loading->typed);
  g_free (loading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loading, loading_free)

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Loading) loading = user_data;
  WayVisitEditor *self = loading->editor;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayVisitLoaded) loaded = way_store_run_finish (WAY_STORE (source), result, &error);
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  g_autofree char *typed = NULL;

  if (loaded == NULL && loading->typed != NULL)
    show_lost (loading->window, loading->typed, error);
  /* With a second one behind it, that one's result counts: it has what was typed. */
  if (--self->n_loading > 0 || self->form != NULL)
    return;
  if (window == NULL || way_window_get_lists (window) == NULL)
    return;
  if (loaded == NULL) {
    if (loading->typed == NULL)
      show_failure (self, window, error);
    return;
  }
  typed = dup_typed (self);
  way_visit_draft_take_typed (loaded->records, self->amends, typed);
  way_visit_editor_take_loaded (self, window, loaded, *typed != '\0');
}

static void
run (WayVisitEditor *self, WayWindow *window, const char *typed)
{
  Request *request = g_new0 (Request, 1);
  Loading *loading = g_new0 (Loading, 1);

  loading->editor = g_object_ref (self);
  loading->window = g_object_ref (window);
  loading->typed = g_strdup (typed);
  request->child_id = g_strdup (self->child_id);
  request->visit_id = g_strdup (self->visit_id);
  request->today = way_window_get_today (window);
  request->amends = self->amends;
  request->typed = g_strdup (typed);
  self->n_loading++;
  way_store_run_async (self->store,
                       typed != NULL ? WAY_STORE_WRITES : WAY_STORE_READS,
                       load_job,
                       request,
                       request_free,
                       loaded_free,
                       NULL,
                       loaded_cb,
                       loading);
}

/**
 * way_visit_editor_load:
 * @self: the editor, in a window
 *
 * Asks the store for what it shows, once.
 */
void
way_visit_editor_load (WayVisitEditor *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  if (window == NULL)
    return;
  self->store = g_object_ref (way_window_get_store (window));
  run (self, window, NULL);
}

/**
 * way_visit_editor_keep_typed:
 * @self: the editor, not loaded yet
 *
 * Makes what was typed so far a draft, without waiting for the form.
 */
void
way_visit_editor_keep_typed (WayVisitEditor *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  g_autofree char *typed = dup_typed (self);

  if (window == NULL || self->store == NULL || way_text_is_blank (typed))
    return;
  run (self, window, typed);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->first_words), "", -1);
}

/**
 * way_visit_editor_prepare_first_words:
 * @self: the editor
 *
 * Names the field that takes what is typed before the form is there.
 */
void
way_visit_editor_prepare_first_words (WayVisitEditor *self)
{
  const char *name =
      self->amends ? _ ("Reason for the amendment") : way_visit_section_title (WAY_SECTION_SEEN);

  gtk_label_set_text (self->first_title, name);
  way_a11y_set_name (GTK_WIDGET (self->first_words), name);
}
