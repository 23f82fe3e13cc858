/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-import-job.h"

#include "way-import-file.h"

struct _WayImportCount {
  int n_read; /* atomic */
};

typedef struct {
  char *path;
  WayImportOptions options;
  WayImportCount *count;
} Request;

/* Stands before the store's sink, counts, and stops where the user wants it. */
typedef struct {
  WayImportSink sink;
  WayImportSink *next;
  WayImportCount *count;
  GCancellable *cancellable;
} Counter;

WayImportCount *
way_import_count_new (void)
{
  return g_atomic_rc_box_new0 (WayImportCount);
}

WayImportCount *
way_import_count_ref (WayImportCount *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
way_import_count_unref (WayImportCount *self)
{
  g_atomic_rc_box_release (self);
}

guint
way_import_count_get (WayImportCount *self)
{
  return (guint) g_atomic_int_get (&self->n_read);
}

static gboolean
take (WayImportSink *sink, WayRecordSet *unit, GError **error)
{
  Counter *self = (Counter *) sink;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  g_atomic_int_inc (&self->count->n_read);
  return self->next->take (self->next, unit, error);
}

static void
problem (WayImportSink *sink,
         WayImportKind kind,
         const char *source,
         guint line,
         const char *field,
         const char *message)
{
  Counter *self = (Counter *) sink;

  self->next->problem (self->next, kind, source, line, field, message);
}

static void
left_out (WayImportSink *sink, const WayRecordType *type, const char *id)
{
  Counter *self = (Counter *) sink;

  self->next->left_out (self->next, type, id);
}

static void
begin (WayImportSink *sink)
{
  Counter *self = (Counter *) sink;

  self->next->begin (self->next);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->path);
  g_clear_pointer (&request->options.answers, g_hash_table_unref);
  way_import_count_unref (request->count);
  g_free (request);
}

static gpointer
import_job (WayDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  Counter counter = {{take, problem, left_out, begin}, NULL, request->count, cancellable};
  g_autoptr (WayImportReport) report = NULL;
  g_autoptr (GError) read_error = NULL;
  gboolean read;

  counter.next = way_db_import_begin (db, &request->options, error);
  if (counter.next == NULL)
    return NULL;
  read = way_import_file_read (request->path,
                               WAY_FORMAT_AUTO,
                               request->options.today,
                               &counter.sink,
                               cancellable,
                               &read_error);
  report = way_db_import_end (counter.next, read, read ? error : NULL);
  if (!read) {
    g_propagate_error (error, g_steal_pointer (&read_error));
    return NULL;
  }
  return g_steal_pointer (&report);
}

/**
 * way_import_run_async:
 * @store: an open store
 * @path: a file, or a folder of tables
 * @options: what to do with bad rows and differences, and whether it is a preview
 * @count: counts while it runs
 * @cancellable: stops it; nothing is changed then
 * @callback: called once
 * @user_data: for @callback
 *
 * Reads on the store's worker, all in one transaction.
 */
void
way_import_run_async (WayStore *store,
                      const char *path,
                      const WayImportOptions *options,
                      WayImportCount *count,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  Request *request = g_new (Request, 1);

  request->path = g_strdup (path);
  request->options = *options;
  if (options->answers != NULL)
    g_hash_table_ref (options->answers);
  request->count = way_import_count_ref (count);
  way_store_run_async (store,
                       options->dry_run ? WAY_STORE_READS : WAY_STORE_WRITES,
                       import_job,
                       request,
                       request_free,
                       (GDestroyNotify) way_import_report_free,
                       cancellable,
                       callback,
                       user_data);
}

/**
 * way_import_run_finish:
 *
 * Returns: (transfer full) (nullable): what was done or would be done; with errors in it and
 *   bad rows not left out, nothing was
 */
WayImportReport *
way_import_run_finish (WayStore *store, GAsyncResult *result, GError **error)
{
  return way_store_run_finish (store, result, error);
}
