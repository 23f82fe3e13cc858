/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the editor gets what it shows. The store may be busy, and people type at once: until the
 * form is there, one field takes what is typed, and the form goes on with it. */
#define G_LOG_DOMAIN "way-visit-editor"

#include "way-visit-editor-private.h"

#include "way-begun.h"
#include "way-options.h"
#include "way-text.h"
#include "way-ui.h"

#include <glib/gi18n.h>

typedef struct {
  WayVisitOrigin *origin;
  WayUnkept *unkept;
  WayDate today;
  gboolean is_new;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  way_visit_origin_unref (request->origin);
  way_unkept_unref (request->unkept);
  g_free (request);
}

void
way_visit_loaded_free (WayVisitLoaded *self)
{
  g_clear_pointer (&self->records, way_record_set_free);
  g_clear_pointer (&self->before, way_record_set_free);
  g_clear_pointer (&self->child, way_record_set_free);
  g_free (self->earlier);
  g_free (self);
}

static void
loaded_free (gpointer loaded)
{
  way_visit_loaded_free (loaded);
}

static void
add_named (WayRecordSet *records, WayRecordSet *other)
{
  static const WayRecordType *const named[] = {
      WAY_CHILD, WAY_SETTING, WAY_TARGET, WAY_MEASUREMENT, WAY_ACTION};

  for (guint t = 0; t < G_N_ELEMENTS (named); t++) {
    GPtrArray *list = way_record_set_list (other, named[t]);

    for (guint i = 0; i < list->len; i++) {
      if (way_record_set_find (records, named[t], WAY_RECORD (list->pdata[i])->id) == NULL)
        way_record_set_take (records, way_record_copy (list->pdata[i]));
    }
  }
}

/* What a joint visit names of its other children comes behind the first one's. */
static gboolean
add_others (WayDb *db, WayVisitLoaded *loaded, GError **error)
{
  GPtrArray *links = way_record_set_list (loaded->records, WAY_VISIT_CHILD);

  for (guint i = 1; i < links->len; i++) {
    g_autoptr (WayRecordSet) other =
        way_db_gather_child (db, ((const WayVisitChild *) links->pdata[i])->child, error);

    if (other == NULL)
      return FALSE;
    add_named (loaded->child, other);
  }
  return TRUE;
}

static gpointer
load_job (WayDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (WayVisitLoaded) loaded = g_new0 (WayVisitLoaded, 1);
  const WayVisitChild *child;

  loaded->records =
      way_visit_origin_read (request->origin, db, request->unkept, &loaded->is_unkept, error);
  if (loaded->records == NULL)
    return NULL;
  /* Only for what is said before signing: what is typed is shown without it. */
  if (way_visit_draft_is_amendment (loaded->records))
    loaded->before = way_db_load_visit_rows (
        db, WAY_RECORD (way_record_set_first (loaded->records, WAY_VISIT))->id, NULL);
  child = way_record_set_first (loaded->records, WAY_VISIT_CHILD);
  loaded->child =
      child != NULL ? way_db_gather_child (db, child->child, error) : way_record_set_new ();
  loaded->options.today = request->today;
  if (loaded->child == NULL || !add_others (db, loaded, error) ||
      !way_db_find_birth (db, child != NULL ? child->child : NULL, &loaded->born, error) ||
      !way_options_read (db, &loaded->options, error) ||
      (request->is_new && !way_visit_editor_find_earlier (db, loaded, error)))
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

/* Another version was signed or imported, and nothing is typed here that would be lost. */
static gboolean
is_outdated (WayVisitEditor *self, WayVisitLoaded *loaded)
{
  const WayVisit *shown = way_record_set_first (way_visit_form_get_records (self->form), WAY_VISIT);
  const WayVisit *now = way_record_set_first (loaded->records, WAY_VISIT);

  return way_visit_editor_is_untouched (self) && now->version != shown->version;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayVisitEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayVisitLoaded) loaded = way_store_run_finish (WAY_STORE (source), result, &error);
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  g_autofree char *typed = NULL;

  self->is_loading = FALSE;
  if (window == NULL || way_window_get_lists (window) == NULL)
    return;
  if (loaded == NULL) {
    show_failure (self, window, error);
    return;
  }
  if (self->form != NULL && !is_outdated (self, loaded))
    return;
  typed = dup_typed (self);
  way_visit_draft_take_typed (loaded->records, self->amends, typed);
  way_visit_editor_take_loaded (
      self, window, loaded, *typed != '\0' || self->kept_typed || loaded->is_unkept);
}

/**
 * way_visit_editor_load:
 * @self: the editor, in a window
 *
 * Asks the store for what it shows.
 */
void
way_visit_editor_load (WayVisitEditor *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  Request *request;

  if (window == NULL)
    return;
  if (self->store == NULL) {
    self->store = g_object_ref (way_window_get_store (window));
    self->unkept = way_unkept_ref (way_window_get_unkept (window));
    self->session = way_window_get_session (window);
    g_set_weak_pointer (&self->window, window);
    self->origin = way_visit_origin_new (
        way_window_get_path (window), self->visit_id, self->child_id, self->amends);
  }
  request = g_new0 (Request, 1);
  request->origin = way_visit_origin_ref (self->origin);
  request->unkept = way_unkept_ref (self->unkept);
  request->today = way_window_get_today (window);
  request->is_new = self->child_id != NULL;
  self->is_loading = TRUE;
  way_store_run_async (self->store,
                       WAY_STORE_READS,
                       load_job,
                       request,
                       request_free,
                       loaded_free,
                       NULL,
                       loaded_cb,
                       g_object_ref (self));
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayVisitEditor) self = user_data;
  g_autoptr (GError) error = NULL;

  if (way_visit_keep_finish (WAY_STORE (source), result, &error))
    self->is_new = FALSE;
  else if (self->form == NULL && !self->is_done)
    /* With a form, that has it too, and keeps trying. */
    way_visit_editor_come_back (self, error);
}

/**
 * way_visit_editor_keep_typed:
 * @self: the editor, not loaded yet
 *
 * Makes what was typed so far a draft, without waiting for the form. It stays in view, and the
 * form takes it over.
 */
void
way_visit_editor_keep_typed (WayVisitEditor *self)
{
  g_autofree char *typed = dup_typed (self);

  if (self->store == NULL || (way_text_is_blank (typed) && !self->kept_typed))
    return;
  self->kept_typed = TRUE;
  way_visit_keep_async (self->store,
                        WAY_STORE_WRITES,
                        self->unkept,
                        self->origin,
                        NULL,
                        typed,
                        kept_cb,
                        g_object_ref (self));
}

static gboolean
first_words_cb (gpointer user_data)
{
  WayVisitEditor *self = user_data;

  self->first_id = 0;
  way_visit_editor_keep_typed (self);
  return G_SOURCE_REMOVE;
}

/* The form may not come, and the program may end without a word. */
static void
first_typed_cb (WayVisitEditor *self)
{
  if (self->first_id == 0 && self->form == NULL)
    self->first_id = g_timeout_add (WAY_BEGUN_KEEP_MS, first_words_cb, self);
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

  g_signal_connect_object (gtk_text_view_get_buffer (self->first_words),
                           "changed",
                           G_CALLBACK (first_typed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_label_set_text (self->first_title, name);
  way_a11y_set_name (GTK_WIDGET (self->first_words), name);
}
