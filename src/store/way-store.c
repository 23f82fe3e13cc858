/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "way-store"

#include "way-store.h"

#include "way-error.h"

#include <sodium.h>
#include <string.h>

/**
 * WayStore:
 *
 * The window's way to a store. One exclusive thread does all the work: a queue with its own thread.
 * Jobs get copies and give new values, so nothing is shared and nothing locked.
 */
struct _WayStore {
  GObject parent_instance;

  GThreadPool *worker;
  WayDb *db;     /* touched by the worker only */
  int is_open;   /* atomic: set by the worker */
  guint changed; /* source of the signal that is on its way */
};

typedef gpointer (*Work) (WayStore *self, gpointer data, GCancellable *cancellable, GError **error);

typedef struct {
  Work work;
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
} Task;

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WayStore, way_store, G_TYPE_OBJECT)

static void
task_data_free (gpointer data)
{
  Task *task = data;

  if (task->data_free != NULL)
    task->data_free (task->data);
  g_free (task);
}

/* Worker thread. */
static void
run (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  WayStore *self = user_data;
  Task *work = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer result;

  if (g_task_return_error_if_cancelled (task))
    return;
  result = work->work (self, work->data, g_task_get_cancellable (task), &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, work->result_free);
}

static void
push (WayStore *self, GTask *task, Task work)
{
  g_task_set_task_data (task, g_memdup2 (&work, sizeof work), task_data_free);
  /* A write that has started must be reported as done, even if it is cancelled late. */
  g_task_set_check_cancellable (task, FALSE);
  g_thread_pool_push (self->worker, g_object_ref (task), NULL);
}

/**
 * way_store_new:
 *
 * Returns: (transfer full): a store with no file yet; way_store_close() it before the last
 *   reference goes
 */
WayStore *
way_store_new (void)
{
  return g_object_new (WAY_TYPE_STORE, NULL);
}

typedef struct {
  enum { OPEN, RECOVER, CREATE } how;
  char *path;
  char *secret; /* locked memory */
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  sodium_free (opening->secret);
  g_free (opening->path);
  g_free (opening);
}

static gpointer
open_file (WayStore *self, gpointer data, GCancellable *cancellable G_GNUC_UNUSED, GError **error)
{
  const Opening *opening = data;
  char *recovery_key = NULL;

  if (self->db != NULL) {
    g_set_error_literal (error, WAY_ERROR, WAY_ERROR_BUSY, "a store is open already");
    return NULL;
  }
  if (opening->how == CREATE)
    self->db = way_db_create (opening->path, opening->secret, NULL, &recovery_key, error);
  else if (opening->how == RECOVER)
    self->db = way_db_open_with_recovery_key (opening->path, opening->secret, error);
  else
    self->db = way_db_open (opening->path, opening->secret, error);
  if (self->db == NULL)
    g_clear_pointer (&recovery_key, way_vault_secret_free);
  else if (opening->how == CREATE) /* before anybody can see the key: it may be closed by then */
    way_db_set_preference (self->db, "key-not-kept", "1", NULL);
  g_atomic_int_set (&self->is_open, self->db != NULL);
  return recovery_key;
}

static void
open_async (WayStore *self, GTask *task, int how, const char *path, const char *secret)
{
  Opening *opening = g_new0 (Opening, 1);
  gsize size = strlen (secret) + 1;

  opening->how = how;
  opening->path = g_strdup (path);
  opening->secret = sodium_malloc (size);
  g_assert (opening->secret != NULL);
  memcpy (opening->secret, secret, size);
  push (self,
        task,
        (Task){.work = open_file,
               .data = opening,
               .data_free = opening_free,
               .result_free = (GDestroyNotify) way_vault_secret_free});
}

/**
 * way_store_open_async:
 *
 * Opens the store at @path; see way_db_open().
 */
void
way_store_open_async (WayStore *self,
                      const char *path,
                      const char *passphrase,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, way_store_open_async);
  open_async (self, task, OPEN, path, passphrase);
}

/**
 * way_store_recover_async:
 *
 * Opens the store at @path with its recovery key; finish with way_store_open_finish().
 */
void
way_store_recover_async (WayStore *self,
                         const char *path,
                         const char *recovery_key,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, way_store_recover_async);
  open_async (self, task, RECOVER, path, recovery_key);
}

gboolean
way_store_open_finish (WayStore *self, GAsyncResult *result, GError **error)
{
  GError *failure = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  g_task_propagate_pointer (G_TASK (result), &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * way_store_create_async:
 *
 * Makes a store at @path and opens it; see way_db_create(). Until that is taken away again, its
 * preference "key-not-kept" says that nobody has confirmed that the recovery key is kept.
 */
void
way_store_create_async (WayStore *self,
                        const char *path,
                        const char *passphrase,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, way_store_create_async);
  open_async (self, task, CREATE, path, passphrase);
}

/**
 * way_store_create_finish:
 *
 * Returns: (transfer full): the recovery key, to show once; way_vault_secret_free() it
 */
char *
way_store_create_finish (WayStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
way_store_is_open (WayStore *self)
{
  g_return_val_if_fail (WAY_IS_STORE (self), FALSE);

  return g_atomic_int_get (&self->is_open);
}

typedef struct {
  GMutex mutex;
  GCond cond;
  gboolean is_done;
} Closing;

static gpointer
close_file (WayStore *self,
            gpointer data,
            GCancellable *cancellable G_GNUC_UNUSED,
            GError **error G_GNUC_UNUSED)
{
  Closing *closing = data;

  g_clear_pointer (&self->db, way_db_close);
  g_atomic_int_set (&self->is_open, FALSE);
  g_mutex_lock (&closing->mutex);
  closing->is_done = TRUE;
  g_cond_signal (&closing->cond);
  g_mutex_unlock (&closing->mutex);
  return NULL;
}

/**
 * way_store_close:
 *
 * Does everything that was asked for, closes the file and forgets the key; returns when that is
 * done. Jobs asked for afterwards fail. The store can be opened again.
 */
void
way_store_close (WayStore *self)
{
  g_autoptr (GTask) task = NULL;
  Closing closing = {.is_done = FALSE};

  g_return_if_fail (WAY_IS_STORE (self));

  g_mutex_init (&closing.mutex);
  g_cond_init (&closing.cond);
  task = g_task_new (NULL, NULL, NULL, NULL);
  push (self, task, (Task){.work = close_file, .data = &closing});
  g_mutex_lock (&closing.mutex);
  while (!closing.is_done)
    g_cond_wait (&closing.cond, &closing.mutex);
  g_mutex_unlock (&closing.mutex);
  g_cond_clear (&closing.cond);
  g_mutex_clear (&closing.mutex);
}

typedef struct {
  WayStoreJob job;
  gpointer request;
  GDestroyNotify request_free;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->request_free != NULL)
    job->request_free (job->request);
  g_free (job);
}

static gpointer
do_job (WayStore *self, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;

  if (self->db != NULL)
    return job->job (self->db, job->request, cancellable, error);
  g_set_error_literal (error, WAY_ERROR, WAY_ERROR_FAILED, "the store is closed");
  return NULL;
}

static gboolean
emit_changed_cb (gpointer user_data)
{
  WayStore *self = user_data;

  self->changed = 0;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* Main thread, whether or not the caller wanted to hear of the result. Several writes that end
 * before the loop is idle are one change. */
static void
write_completed_cb (GTask *task)
{
  WayStore *self = g_task_get_source_object (task);

  if (!g_task_had_error (task) && self->changed == 0)
    self->changed = g_idle_add_full (
        G_PRIORITY_DEFAULT_IDLE, emit_changed_cb, g_object_ref (self), g_object_unref);
}

/**
 * way_store_run_async:
 * @effect: whether the job changes what is stored
 * @job: runs on the worker, in the order of the calls
 * @request: (transfer full): for @job
 * @request_free: (nullable): frees @request
 * @result_free: (nullable): frees a result that nobody takes
 */
void
way_store_run_async (WayStore *self,
                     WayStoreEffect effect,
                     WayStoreJob job,
                     gpointer request,
                     GDestroyNotify request_free,
                     GDestroyNotify result_free,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job data = {job, request, request_free};

  g_return_if_fail (WAY_IS_STORE (self) && job != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, way_store_run_async);
  if (effect == WAY_STORE_WRITES)
    g_signal_connect (task, "notify::completed", G_CALLBACK (write_completed_cb), NULL);
  push (self,
        task,
        (Task){.work = do_job,
               .data = g_memdup2 (&data, sizeof data),
               .data_free = job_free,
               .result_free = result_free});
}

gpointer
way_store_run_finish (WayStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
way_store_finalize (GObject *object)
{
  WayStore *self = WAY_STORE (object);

  if (self->db != NULL)
    g_critical ("WayStore dropped without way_store_close()");
  /* Every job holds a reference through its task, so none is queued now. Do not wait: the last
   * reference may be dropped on the worker itself. */
  g_thread_pool_free (self->worker, FALSE, FALSE);
  G_OBJECT_CLASS (way_store_parent_class)->finalize (object);
}

static void
way_store_class_init (WayStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_store_finalize;
  g_assert (sodium_init () >= 0);

  /**
   * WayStore::changed:
   *
   * Something was stored; on the main thread.
   */
  signals[SIGNAL_CHANGED] = g_signal_new (
      "changed", WAY_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
way_store_init (WayStore *self)
{
  self->worker = g_thread_pool_new (run, self, 1, TRUE, NULL);
}
