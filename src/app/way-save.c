/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-save.h"

#include "way-begun.h"
#include "way-dialog.h"
#include "way-values.h"

#include <glib/gi18n.h>

typedef struct {
  WayWindow *window;
  char *failed;
  WaySavedFunc saved;
  WayNotSavedFunc not_saved;
  GObject *object;
  WayRecordSet *records; /* (nullable): for @not_saved */
  guint session;
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->window);
  g_clear_object (&save->object);
  g_clear_pointer (&save->records, way_record_set_free);
  g_free (save->failed);
  g_free (save);
}

/* The registry is in the order in which records depend on each other. */
static gboolean
save_all (WayDb *db, WayRecordSet *records, GError **error)
{
  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    GPtrArray *list = way_record_set_list (records, WAY_RECORD_TYPES[i]);

    for (guint j = 0; j < list->len; j++) {
      if (!way_db_save (db, list->pdata[j], error))
        return FALSE;
    }
  }
  return TRUE;
}

typedef struct {
  WayRecordSet *records;
  char *begun; /* (nullable): under what the form they come from is kept */
  char *path;
  WayUnkept *unkept;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  way_record_set_free (request->records);
  g_free (request->begun);
  g_free (request->path);
  way_unkept_unref (request->unkept);
  g_free (request);
}

/* The worker gets the caller's set and gives back a copy that it stored. What is stored is begun
 * no longer, also where the window is locked by then. */
static gpointer
save_job (WayDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  g_autoptr (WayRecordSet) records = way_record_set_copy (request->records);

  if (!way_db_begin (db, error))
    return NULL;
  if (!way_db_end (db,
                   save_all (db, records, error) &&
                       (request->begun == NULL || way_begun_forget (db, request->begun, error)),
                   error))
    return NULL;
  if (request->begun != NULL)
    way_unkept_forget (request->unkept, request->path, request->begun);
  return g_steal_pointer (&records);
}

/* Where it is read: behind a dialog it would not be. */
static void
say_failure (Save *save, const GError *error)
{
  g_autofree char *text = NULL;

  if (!WAY_IS_DIALOG (save->object) || !way_dialog_is_open (WAY_DIALOG (save->object)) ||
      way_error_is_cancelled (error)) {
    way_window_show_error (save->window, save->failed, error);
    return;
  }
  text = way_error_to_sentence (save->failed, error);
  way_dialog_say_failure (WAY_DIALOG (save->object), text);
}

static void
save_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Save *save = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayRecordSet) records = way_store_run_finish (WAY_STORE (source), result, &error);

  if (WAY_IS_DIALOG (save->object))
    way_dialog_set_busy (WAY_DIALOG (save->object), FALSE);
  if (records == NULL && save->not_saved != NULL &&
      save->session == way_window_get_session (save->window))
    save->not_saved (save->window, save->records, save->object);
  /* A failure is said also after the lock; whatever shows a name is not wanted there. */
  if (records == NULL)
    say_failure (save, error);
  else if (save->saved != NULL && save->session == way_window_get_session (save->window))
    save->saved (save->window, records, save->object);
  save_free (save);
}

static Save *
save_new (WayWindow *window, const char *failed, WaySavedFunc saved, gpointer object)
{
  Save *save = g_new0 (Save, 1);

  save->window = g_object_ref (window);
  save->failed = g_strdup (failed);
  save->saved = saved;
  save->object = object != NULL ? g_object_ref (object) : NULL;
  save->session = way_window_get_session (window);
  return save;
}

static void
begin (Save *save, WayRecordSet *records)
{
  Request *request = g_new0 (Request, 1);

  request->records = records;
  request->path = g_strdup (way_window_get_path (save->window));
  request->unkept = way_unkept_ref (way_window_get_unkept (save->window));
  if (WAY_IS_DIALOG (save->object)) {
    request->begun = g_strdup (way_dialog_get_key (WAY_DIALOG (save->object)));
    way_dialog_set_busy (WAY_DIALOG (save->object), TRUE);
  }
  way_store_run_async (way_window_get_store (save->window),
                       WAY_STORE_WRITES,
                       save_job,
                       request,
                       request_free,
                       (GDestroyNotify) way_record_set_free,
                       NULL,
                       save_cb,
                       save);
}

/**
 * way_save_records:
 * @window: the window, open
 * @records: (transfer full): new or changed records
 * @failed: what to say if it fails, as a sentence's beginning
 * @saved: (nullable): called when it is done
 * @object: (nullable) (type GObject): for @saved
 *
 * Stores records in one transaction.
 */
void
way_save_records (WayWindow *window,
                  WayRecordSet *records,
                  const char *failed,
                  WaySavedFunc saved,
                  gpointer object)
{
  g_return_if_fail (WAY_IS_WINDOW (window) && records != NULL && failed != NULL);

  begin (save_new (window, failed, saved, object), records);
}

/**
 * way_save_record:
 * @window: the window, open
 * @record: (transfer full): a new or changed record
 * @failed: what to say if it fails, as a sentence's beginning
 * @saved: (nullable): called when it is done
 * @object: (nullable) (type GObject): for @saved
 *
 * Stores one record.
 */
void
way_save_record (
    WayWindow *window, gpointer record, const char *failed, WaySavedFunc saved, gpointer object)
{
  WayRecordSet *records = way_record_set_new ();

  way_record_set_take (records, record);
  way_save_records (window, records, failed, saved, object);
}

/**
 * way_save_record_or:
 * @window: the window, open
 * @record: (transfer full): a new or changed record
 * @failed: what to say if it fails, as a sentence's beginning
 * @saved: (nullable): called when it is done
 * @not_saved: called when it failed, unless the window was locked meanwhile
 * @object: (nullable) (type GObject): for both
 *
 * Stores one record, of which the screen shows nothing any more.
 */
void
way_save_record_or (WayWindow *window,
                    gpointer record,
                    const char *failed,
                    WaySavedFunc saved,
                    WayNotSavedFunc not_saved,
                    gpointer object)
{
  Save *save;
  WayRecordSet *records = way_record_set_new ();

  g_return_if_fail (WAY_IS_WINDOW (window) && record != NULL && not_saved != NULL);

  way_record_set_take (records, record);
  save = save_new (window, failed, saved, object);
  save->not_saved = not_saved;
  save->records = way_record_set_copy (records);
  begin (save, records);
}

/* Backwards: what refers to another goes first. */
static gboolean
delete_all (WayDb *db, WayRecordSet *records, GError **error)
{
  for (guint i = WAY_N_RECORD_TYPES; i > 0; i--) {
    GPtrArray *list = way_record_set_list (records, WAY_RECORD_TYPES[i - 1]);

    for (guint j = 0; j < list->len; j++) {
      const WayRecord *record = list->pdata[j];

      if (!way_db_delete (db, record, error) || !way_begun_forget_record (db, record->id, error))
        return FALSE;
    }
  }
  return TRUE;
}

static gpointer
delete_job (WayDb *db, gpointer request, GCancellable *cancellable, GError **error)
{
  if (way_db_begin (db, error))
    way_db_end (db, delete_all (db, request, error), error);
  return NULL;
}

/* What the store deletes with a record of another type. */
static gboolean
add_parts (WayDb *db, WayRecordSet *all, const WayRecord *record, GError **error)
{
  const struct {
    const WayRecordType *whole, *part;
    const char *field;
  } parts[] = {{WAY_CASE, WAY_CASE_STATUS, "case"},
               {WAY_CASE, WAY_ALLOCATION, "case"},
               {WAY_TARGET, WAY_MEASUREMENT, "target"},
               {WAY_TARGET, WAY_PHASE, "target"}};

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autoptr (GPtrArray) rows = NULL;

    if (parts[i].whole != record->type)
      continue;
    rows = way_db_list (db, parts[i].part, parts[i].field, record->id, error);
    if (rows == NULL)
      return FALSE;
    for (guint k = 0; k < rows->len; k++)
      way_record_set_take (all, way_record_copy (rows->pdata[k]));
  }
  return TRUE;
}

static gboolean
delete_with_parts (WayDb *db, WayRecordSet *all, WayRecord *record, GError **error)
{
  way_record_set_take (all, way_record_copy (record));
  return add_parts (db, all, record, error) && delete_all (db, all, error);
}

/* Gives back all that it deleted: the page may not have read each part. */
static gpointer
delete_whole_job (WayDb *db, gpointer record, GCancellable *cancellable, GError **error)
{
  g_autoptr (WayRecordSet) all = way_record_set_new ();

  if (!way_db_begin (db, error) ||
      !way_db_end (db, delete_with_parts (db, all, record, error), error))
    return NULL;
  return g_steal_pointer (&all);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayWindow) window = user_data;
  g_autoptr (GError) error = NULL;

  way_store_run_finish (WAY_STORE (source), result, &error);
  if (error != NULL)
    way_window_show_error (window, _ ("That could not be undone"), error);
  else
    way_window_toast (window, _ ("Undone."));
}

static void
undo_cb (WayWindow *window, gpointer records)
{
  way_store_run_async (way_window_get_store (window),
                       WAY_STORE_WRITES,
                       delete_job,
                       way_record_set_copy (records),
                       (GDestroyNotify) way_record_set_free,
                       NULL,
                       NULL,
                       deleted_cb,
                       g_object_ref (window));
}

/**
 * way_save_offer_undo:
 * @window: the window
 * @text: what was done, already translated
 * @records: what was stored, as the store gave it back; copied
 *
 * Says so, and takes the records away again if that is wished.
 */
void
way_save_offer_undo (WayWindow *window, const char *text, WayRecordSet *records)
{
  way_window_toast_undo (
      window, text, undo_cb, way_record_set_copy (records), (GDestroyNotify) way_record_set_free);
}

static void
undone_cb (WayWindow *window, WayRecordSet *records, gpointer object)
{
  way_window_toast (window, _ ("Undone."));
}

/* Put back, it is a new row that says the same. */
static void
put_back_cb (WayWindow *window, gpointer data)
{
  g_autoptr (WayRecordSet) records = way_record_set_copy (data);

  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    GPtrArray *list = way_record_set_list (records, WAY_RECORD_TYPES[i]);

    for (guint j = 0; j < list->len; j++)
      WAY_RECORD (list->pdata[j])->revision = 0;
  }
  way_save_records (
      window, g_steal_pointer (&records), _ ("That could not be undone"), undone_cb, NULL);
}

typedef struct {
  WayWindow *window;
  GtkWidget *button; /* (nullable) */
  char *deleted;
  char *failed;
  guint session;
} Deletion;

static void
deletion_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Deletion *deletion = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayRecordSet) records = way_store_run_finish (WAY_STORE (source), result, &error);

  if (records == NULL && deletion->button != NULL)
    gtk_widget_set_sensitive (deletion->button, TRUE);
  if (records == NULL)
    way_window_show_error (deletion->window, deletion->failed, error);
  else if (deletion->session == way_window_get_session (deletion->window))
    way_window_toast_undo (deletion->window,
                           deletion->deleted,
                           put_back_cb,
                           g_steal_pointer (&records),
                           (GDestroyNotify) way_record_set_free);
  g_clear_object (&deletion->button);
  g_object_unref (deletion->window);
  g_free (deletion->deleted);
  g_free (deletion->failed);
  g_free (deletion);
}

/**
 * way_save_delete:
 * @window: the window, open
 * @record: a record as it was read; copied
 * @button: (nullable): what was pressed; it waits until that is done
 * @deleted: what to say when it is done, already translated
 * @failed: what to say if it fails, as a sentence's beginning
 *
 * Deletes a record with its parts, unless it was changed since it was read, and offers to put all
 * of it back.
 */
void
way_save_delete (WayWindow *window,
                 gconstpointer record,
                 GtkWidget *button,
                 const char *deleted,
                 const char *failed)
{
  Deletion *deletion;

  g_return_if_fail (WAY_IS_WINDOW (window) && record != NULL);

  deletion = g_new0 (Deletion, 1);
  deletion->window = g_object_ref (window);
  if (button != NULL) {
    deletion->button = g_object_ref (button);
    gtk_widget_set_sensitive (button, FALSE);
  }
  deletion->deleted = g_strdup (deleted);
  deletion->failed = g_strdup (failed);
  deletion->session = way_window_get_session (window);
  way_store_run_async (way_window_get_store (window),
                       WAY_STORE_WRITES,
                       delete_whole_job,
                       way_record_copy (record),
                       way_record_free,
                       (GDestroyNotify) way_record_set_free,
                       NULL,
                       deletion_cb,
                       deletion);
}
