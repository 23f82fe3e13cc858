/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading beside storing: a big file is read and checked on a thread of its own, while the calling
 * thread, which owns the store, takes what was read. What waits between the two is bounded, so
 * that a file of any length takes the memory of a few records. */
#include "way-import-beside.h"

#include <gio/gio.h>

#define MOST_WAITING 16 /* and as many that are being stored */

typedef enum { BEGIN, UNIT, PROBLEM, LEFT_OUT, END } Kind;

/* One call of the reader's sink, in the order in which they were made. */
typedef struct {
  Kind kind;
  WayRecordSet *records;
  WayImportKind problem;
  const char *source; /* interned */
  guint line;
  char *field;
  char *text; /* message or id */
  const WayRecordType *type;
} Message;

typedef struct {
  WayImportSink sink; /* first: the reader has a pointer to it */
  WayImportReadFunc read;
  gpointer data;
  GError *error; /* of the reader; read once its thread has ended */
  GMutex mutex;  /* for all that follows */
  GCond changed;
  GQueue waiting; /* (element-type Message) */
  gboolean is_refused;
} Beside;

static void
message_free (Message *self)
{
  g_clear_pointer (&self->records, way_record_set_free);
  g_free (self->field);
  g_free (self->text);
  g_free (self);
}

/* Waits where the other thread is far behind. FALSE if nothing more is wanted. */
static gboolean
push (Beside *self, Message message)
{
  gboolean is_wanted;

  g_mutex_lock (&self->mutex);
  while (self->waiting.length >= MOST_WAITING)
    g_cond_wait (&self->changed, &self->mutex);
  g_queue_push_tail (&self->waiting, g_memdup2 (&message, sizeof message));
  is_wanted = !self->is_refused;
  if (self->waiting.length == 1)
    g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  return is_wanted;
}

/* Waits for something, and takes all that waits: a call to wake the other thread for each record
 * would cost as much as reading it. */
static GQueue
pop_all (Beside *self)
{
  GQueue messages;

  g_mutex_lock (&self->mutex);
  while (self->waiting.length == 0)
    g_cond_wait (&self->changed, &self->mutex);
  messages = self->waiting;
  g_queue_init (&self->waiting);
  if (messages.length >= MOST_WAITING)
    g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  return messages;
}

static void
refuse (Beside *self)
{
  g_mutex_lock (&self->mutex);
  self->is_refused = TRUE;
  g_mutex_unlock (&self->mutex);
}

static gboolean
take (WayImportSink *sink, WayRecordSet *unit, GError **error)
{
  if (push ((Beside *) sink, (Message){.kind = UNIT, .records = way_record_set_copy (unit)}))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "nothing more is wanted");
  return FALSE;
}

static void
problem (WayImportSink *sink,
         WayImportKind kind,
         const char *source,
         guint line,
         const char *field,
         const char *message)
{
  push ((Beside *) sink,
        (Message){.kind = PROBLEM,
                  .problem = kind,
                  .source = source != NULL ? g_intern_string (source) : NULL,
                  .line = line,
                  .field = g_strdup (field),
                  .text = g_strdup (message)});
}

static void
left_out (WayImportSink *sink, const WayRecordType *type, const char *id)
{
  push ((Beside *) sink, (Message){.kind = LEFT_OUT, .type = type, .text = g_strdup (id)});
}

static void
begin (WayImportSink *sink)
{
  push ((Beside *) sink, (Message){.kind = BEGIN});
}

static gpointer
read_thread (gpointer data)
{
  Beside *self = data;
  gboolean done = self->read (&self->sink, self->data, &self->error);

  push (self, (Message){.kind = END});
  return GINT_TO_POINTER (done);
}

/* What the reader said is said to the real sink. */
static gboolean
pass_on (const Message *message, WayImportSink *sink, GError **error)
{
  if (message->kind == UNIT)
    return sink->take (sink, message->records, error);
  if (message->kind == PROBLEM)
    sink->problem (
        sink, message->problem, message->source, message->line, message->field, message->text);
  else if (message->kind == BEGIN && sink->begin != NULL)
    sink->begin (sink);
  else if (message->kind == LEFT_OUT && sink->left_out != NULL)
    sink->left_out (sink, message->type, message->text);
  return TRUE;
}

/* After a failure the rest is thrown away, so that the reader never waits in vain. */
static gboolean
drain (Beside *self, WayImportSink *sink, GError **error)
{
  gboolean done = TRUE, is_end = FALSE;

  while (!is_end) {
    GQueue messages = pop_all (self);
    Message *message;

    while ((message = g_queue_pop_head (&messages)) != NULL) {
      is_end = message->kind == END;
      if (!is_end && done && !pass_on (message, sink, error)) {
        done = FALSE;
        refuse (self);
      }
      message_free (message);
    }
  }
  return done;
}

/**
 * way_import_read_beside:
 * @read: reads a file; it runs on a thread of its own
 * @data: for @read; left alone until this returns
 * @sink: gets on the calling thread, in the same order, all that @read gives to its sink
 *
 * Returns: what @read returns, with its error; %FALSE with the error of @sink if that ended the
 *   reading
 */
gboolean
way_import_read_beside (WayImportReadFunc read, gpointer data, WayImportSink *sink, GError **error)
{
  Beside self = {.sink = {take, problem, left_out, begin}, .read = read, .data = data};
  GThread *thread;
  gboolean is_taken, is_read;

  g_mutex_init (&self.mutex);
  g_cond_init (&self.changed);
  g_queue_init (&self.waiting);
  thread = g_thread_try_new ("import", read_thread, &self, NULL);
  if (thread == NULL) {
    is_taken = TRUE;
    is_read = read (sink, data, &self.error);
  } else {
    is_taken = drain (&self, sink, error);
    is_read = GPOINTER_TO_INT (g_thread_join (thread));
  }
  g_mutex_clear (&self.mutex);
  g_cond_clear (&self.changed);
  if (!is_taken)
    g_clear_error (&self.error);
  else if (!is_read)
    g_propagate_error (error, g_steal_pointer (&self.error));
  return is_taken && is_read;
}
