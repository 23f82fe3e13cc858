/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of a draft: signed, or thrown away. */
#define G_LOG_DOMAIN "way-visit-editor"

#include "way-visit-editor-private.h"

#include "way-begun.h"
#include "way-error.h"
#include "way-target-dialog.h"
#include "way-text.h"
#include "way-visit-content.h"
#include "way-visit-page.h"

#include <glib/gi18n.h>
#include <string.h>

/* The end of a draft, on the worker: nothing of it is to be stored afterwards. */
typedef struct {
  WayRecordSet *records; /* (nullable): a copy of what is written, to be signed */
  char *visit_id;
  WayVisitOrigin *origin;
  WayUnkept *unkept;
} Ending;

static Ending *
ending_new (WayVisitEditor *self, WayRecordSet *records)
{
  Ending *ending = g_new0 (Ending, 1);

  ending->records = records;
  ending->visit_id = g_strdup (self->visit_id);
  ending->origin = way_visit_origin_ref (self->origin);
  ending->unkept = way_unkept_ref (self->unkept);
  return ending;
}

static void
ending_free (gpointer data)
{
  Ending *ending = data;

  g_clear_pointer (&ending->records, way_record_set_free);
  g_free (ending->visit_id);
  way_visit_origin_unref (ending->origin);
  way_unkept_unref (ending->unkept);
  g_free (ending);
}

/* The draft is what is signed: it ends with it. */
static gboolean
amend (WayDb *db, WayRecordSet *records, const char *reason, GError **error)
{
  const WayVisit *visit = way_record_set_first (records, WAY_VISIT);

  return way_db_begin (db, error) &&
         way_db_end (db,
                     way_db_discard_draft (db, visit->record.id, error) &&
                         way_db_amend_visit (db, records, reason, NULL, error),
                     error);
}

static gpointer
sign_job (WayDb *db, gpointer request, GCancellable *cancellable, GError **error)
{
  const Ending *ending = request;
  WayRecordSet *records = ending->records;
  const WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  g_autofree char *reason = way_visit_draft_dup_reason (records);

  way_visit_draft_finish (records); /* what is half typed the form has refused */
  if (way_visit_draft_is_amendment (records)) {
    way_visit_draft_drop_reason (records);
    if (!amend (db, records, reason, error))
      return NULL;
  } else if (!way_db_save_draft (db, records, error) ||
             !way_db_sign_visit (db, visit->record.id, NULL, error)) {
    return NULL;
  }
  way_visit_origin_forget (ending->origin, ending->unkept);
  return way_db_get_fingerprint (db, visit->record.id, error);
}

/* The store names each field, "end: End is before the start; …", in a line each: the keyboard goes
 * to the first that is there. */
static GtkWidget *
find_named (WayVisitEditor *self, const char *message)
{
  g_auto (GStrv) parts = g_strsplit (message, "\n", -1);
  GtkWidget *field = NULL;

  for (guint i = 0; parts[i] != NULL && field == NULL; i++) {
    g_autofree char *name = g_strndup (parts[i], strcspn (parts[i], ":"));

    field = way_visit_form_find_field (self->form, name);
  }
  return field;
}

/* What is missing is said where it is written, with the keyboard there. */
static void
show_missing (WayVisitEditor *self, const GError *error)
{
  g_autofree char *text = way_error_to_sentence (_ ("Not signed yet"), error);
  GtkWidget *field = find_named (self, error->message);

  way_visit_editor_say_failure (self, text, TRUE);
  if (field != NULL)
    way_visit_form_focus (self->form, field);
}

/* What waits for the store. The page may be left meanwhile; a failure is said all the same. */
typedef struct {
  WayVisitEditor *editor;
  WayWindow *window;
} Waiting;

static Waiting *
waiting_new (WayVisitEditor *self)
{
  Waiting *waiting = g_new (Waiting, 1);

  waiting->editor = g_object_ref (self);
  waiting->window = g_object_ref (way_window_of (GTK_WIDGET (self)));
  return waiting;
}

static void
waiting_free (Waiting *waiting)
{
  g_object_unref (waiting->editor);
  g_object_unref (waiting->window);
  g_free (waiting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Waiting, waiting_free)

static void
signed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Waiting) waiting = user_data;
  WayVisitEditor *self = waiting->editor;
  g_autoptr (GError) error = NULL;
  g_autofree char *fingerprint = way_store_run_finish (WAY_STORE (source), result, &error);
  g_autofree char *text = NULL;
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  self->is_signing = FALSE;
  if (window == NULL) {
    if (error != NULL)
      way_window_show_error (
          waiting->window, _ ("The record is not signed; it is still a draft"), error);
    return;
  }
  gtk_widget_set_sensitive (self->sign, TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), TRUE);
  if (error != NULL) {
    /* What was to be saved meanwhile has waited for the end of this. */
    way_autosave_touch (self->autosave);
    show_missing (self, error);
    return;
  }
  text = g_strdup_printf (_ ("Signed and locked. Fingerprint %s"), fingerprint);
  way_visit_editor_leave (self);
  if (!WAY_IS_VISIT_PAGE (way_window_get_page (window)))
    way_window_push (window, way_visit_page_new (self->visit_id), _ ("Record of Visit"));
  way_window_toast (window, text);
}

static void
sign (WayVisitEditor *self)
{
  /* What is waiting goes first; what is signed is what is on the screen. */
  way_autosave_flush (self->autosave);
  self->is_signing = TRUE;
  /* GTK 4.8 does not stop the cursor of an entry that is made insensitive. */
  gtk_window_set_focus (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), FALSE);
  gtk_widget_set_sensitive (self->sign, FALSE);
  way_visit_editor_say_failure (self, NULL, FALSE);
  way_store_run_async (
      self->store,
      WAY_STORE_WRITES,
      sign_job,
      ending_new (self, way_record_set_copy (way_visit_form_get_records (self->form))),
      ending_free,
      g_free,
      NULL,
      signed_cb,
      waiting_new (self));
}

static void
sign_response_cb (WayVisitEditor *self, const char *response)
{
  if (strcmp (response, "sign") == 0)
    sign (self);
}

/* Of a target that is begun in its dialog and not set nothing would be in the record. */
static void
append_begun (GString *body, GPtrArray *begun)
{
  for (guint i = 0; i < begun->len; i++) {
    const char *statement = begun->pdata[i];

    g_string_append (body, "\n\n");
    if (way_text_is_blank (statement))
      g_string_append (body, _ ("A target is begun but not set: it will not be in this record."));
    else
      g_string_append_printf (
          body,
          _ ("A target is begun but not set, and will not be in this record: “%s”"),
          statement);
  }
}

static void
append_author (GString *body, WayRecordSet *records, WayRecordSet *child)
{
  const char *author = way_visit_draft_find_other_author (records, child);

  if (author == NULL || !way_visit_draft_is_amendment (records))
    return;
  g_string_append (body, "\n\n");
  g_string_append_printf (
      body, _ ("The record was written by %s; you sign the amendment."), author);
}

/* A version that says nothing new may be wanted, but not unawares. */
static void
append_unchanged (GString *body, WayRecordSet *records, WayRecordSet *before)
{
  const WayVisit *visit = before != NULL ? way_record_set_first (before, WAY_VISIT) : NULL;

  if (visit == NULL || way_visit_draft_changes (records, before))
    return;
  g_string_append (body, "\n\n");
  g_string_append_printf (body,
                          _ ("Nothing but the reason differs from version %d, which is signed "
                             "already. Keep writing if something was to be changed."),
                          (int) visit->version);
}

static char *
sign_body (WayVisitEditor *self)
{
  WayRecordSet *records = way_visit_form_get_records (self->form);
  g_autoptr (GPtrArray) empty =
      way_visit_draft_dup_empty (records, way_visit_form_get_child (self->form));
  g_autoptr (GPtrArray) advice = way_visit_form_dup_advice (self->form);
  g_autofree char *children = way_visit_form_dup_children (self->form);
  g_autoptr (GString) body = g_string_new (NULL);

  if (*children != '\0') {
    g_string_append_printf (body, _ ("About %s."), children);
    g_string_append (body, "\n\n");
  }
  g_string_append (body,
                   _ ("Signed, it is locked. A correction becomes a new version, and both stay."));
  append_author (body, records, way_visit_form_get_child (self->form));
  append_unchanged (body, records, self->before);
  append_begun (body, self->begun);
  for (guint i = 0; i < advice->len; i++)
    g_string_append_printf (body, "\n\n%s", (const char *) advice->pdata[i]);
  if (empty->len > 0) {
    g_autofree char *titles = NULL;

    g_ptr_array_add (empty, NULL);
    titles = g_strjoinv (", ", (char **) empty->pdata);
    g_string_append (body, "\n\n");
    g_string_append_printf (
        body, _ ("Nothing is written under: %s. That may well be right."), titles);
  }
  return g_strdup (body->str);
}

/* The store refuses it; asked before, that would be an answer for nothing. */
static gboolean
is_to_come (WayVisitEditor *self)
{
  const WayVisit *visit = way_record_set_first (way_visit_form_get_records (self->form), WAY_VISIT);

  return visit->date > way_window_get_today (way_window_of (GTK_WIDGET (self)));
}

/* What a field cannot take would not be in the record: it is not left out unsaid. Nor is somebody
 * asked to sign what cannot be signed. */
static gboolean
refuses_faults (WayVisitEditor *self)
{
  GtkWidget *field;
  g_autofree char *message = NULL, *text = NULL;

  way_visit_form_check (self->form);
  field = way_visit_form_find_fault (self->form, &message);
  if (field != NULL) {
    text = g_strdup_printf (_ ("Not signed yet: %s"), message);
  } else if (way_visit_says_nothing (way_visit_form_get_records (self->form))) {
    field = way_visit_form_find_field (self->form, "seen");
    text = g_strdup (_ ("Not signed yet: nothing is written of this visit. Write what was seen, "
                        "said or agreed."));
  } else if (is_to_come (self)) {
    field = way_visit_form_find_field (self->form, "date");
    text = g_strdup (_ ("Not signed yet: the day of the visit is still to come. It is kept as a "
                        "draft, to be signed on that day or later."));
  } else {
    return FALSE;
  }
  way_visit_editor_say_failure (self, text, TRUE);
  way_visit_form_focus (self->form, field);
  return TRUE;
}

static void
ask (WayVisitEditor *self)
{
  gboolean is_amendment = way_visit_draft_is_amendment (way_visit_form_get_records (self->form));
  g_autofree char *body = sign_body (self);
  GtkWidget *dialog =
      adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                              is_amendment ? _ ("Sign the amendment?") : _ ("Sign this record?"),
                              body);

  adw_message_dialog_add_responses (
      ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Keep writing"), "sign", _ ("Sign"), NULL);
  adw_message_dialog_set_response_appearance (
      ADW_MESSAGE_DIALOG (dialog), "sign", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (
      dialog, "response", G_CALLBACK (sign_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void look_for_begun (WayVisitEditor *self);

static void
begun_cb (WayWindow *window, GVariant *texts, const GError *error, gpointer user_data)
{
  WayVisitEditor *self = user_data;
  const char *statement = "";

  if (texts != NULL) {
    g_variant_lookup (texts, "target.statement", "&s", &statement);
    g_ptr_array_add (self->begun, g_strdup (statement));
  }
  self->n_looked++;
  look_for_begun (self);
}

/* Child by child; then it is asked, if the visit is still there to be signed. */
static void
look_for_begun (WayVisitEditor *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  g_autofree char *key = NULL;
  GPtrArray *children;

  if (window == NULL || self->form == NULL || self->is_done || self->is_signing) {
    self->is_asking = FALSE;
    return;
  }
  children = way_record_set_list (way_visit_form_get_records (self->form), WAY_VISIT_CHILD);
  if (self->n_looked >= children->len) {
    self->is_asking = FALSE;
    ask (self);
    return;
  }
  key = way_target_dialog_dup_visit_key (
      ((const WayVisitChild *) children->pdata[self->n_looked])->child);
  way_begun_find (window, key, begun_cb, self);
}

/**
 * way_visit_editor_ask_to_sign:
 * @self: the editor, loaded
 *
 * Says what is empty, as advice, and signs if that is wanted all the same.
 */
void
way_visit_editor_ask_to_sign (WayVisitEditor *self)
{
  WayRecordSet *records = way_visit_form_get_records (self->form);
  g_autofree char *reason = way_visit_draft_dup_reason (records);

  if (way_visit_draft_is_amendment (records) && way_text_is_blank (reason)) {
    way_visit_editor_say_failure (self, _ ("Say first why the record is amended."), TRUE);
    way_visit_form_focus_first (self->form);
    return;
  }
  if (refuses_faults (self) || self->is_asking)
    return;
  way_visit_editor_say_failure (self, NULL, FALSE);
  self->is_asking = TRUE;
  self->n_looked = 0;
  g_clear_pointer (&self->begun, g_ptr_array_unref);
  self->begun = g_ptr_array_new_with_free_func (g_free);
  look_for_begun (self);
}

static gpointer
discard_job (WayDb *db, gpointer request, GCancellable *cancellable, GError **error)
{
  const Ending *ending = request;

  if (way_db_discard_draft (db, ending->visit_id, error))
    way_visit_origin_forget (ending->origin, ending->unkept);
  return NULL;
}

static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Waiting) waiting = user_data;
  WayVisitEditor *self = waiting->editor;
  g_autoptr (GError) error = NULL;
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  way_store_run_finish (WAY_STORE (source), result, &error);
  if (window == NULL && error == NULL)
    return;
  if (error != NULL) {
    self->is_done = FALSE;
    if (window != NULL)
      way_autosave_touch (self->autosave);
    way_window_show_error (waiting->window, _ ("The draft could not be thrown away"), error);
    return;
  }
  way_visit_editor_leave (self);
  way_window_toast (window, _ ("The draft was thrown away."));
}

static void
discard_response_cb (WayVisitEditor *self, const char *response)
{
  if (strcmp (response, "discard") != 0)
    return;
  /* A save that is under way comes before it in the queue; none may come after. */
  self->is_done = TRUE;
  way_store_run_async (self->store,
                       WAY_STORE_WRITES,
                       discard_job,
                       ending_new (self, NULL),
                       ending_free,
                       NULL,
                       NULL,
                       discarded_cb,
                       waiting_new (self));
}

/**
 * way_visit_editor_ask_to_discard:
 * @self: the editor, loaded
 *
 * Throws the draft away. Nothing brings it back, so this one is asked.
 */
void
way_visit_editor_ask_to_discard (WayVisitEditor *self)
{
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      _ ("Throw this draft away?"),
      _ ("What is typed here cannot be brought back. A signed version stays as it is."));

  adw_message_dialog_add_responses (
      ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Keep writing"), "discard", _ ("Throw away"), NULL);
  adw_message_dialog_set_response_appearance (
      ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (
      dialog, "response", G_CALLBACK (discard_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
