/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-db-private.h"

#include "way-sql-error.h"

#include <string.h>

/* SQLite's own words are for those who wrote Waymark; its number is enough to find them again. */
static void
say_plainly (int rc, const char *message, GError **error)
{
  g_debug ("sqlite %d: %s", rc, message);
  if (rc == SQLITE_CONSTRAINT_UNIQUE || rc == SQLITE_CONSTRAINT_PRIMARYKEY)
    g_set_error_literal (error,
                         WAY_ERROR,
                         way_sql_error_code (rc),
                         "such a record is in the store already; change that one instead");
  else if ((rc & 0xff) == SQLITE_CONSTRAINT)
    g_set_error (error,
                 WAY_ERROR,
                 way_sql_error_code (rc),
                 "a value is not one that the store takes, so nothing was stored; check what was "
                 "entered (error %d)",
                 rc);
  else
    g_set_error (error,
                 WAY_ERROR,
                 way_sql_error_code (rc),
                 "the store could not do this; open it again and try once more (error %d)",
                 rc);
}

/* The message of a trigger begins with "locked: ". Where the file is at fault, it is named. */
void
way_db_set_error (sqlite3 *handle, int rc, GError **error)
{
  const char *message = handle != NULL ? sqlite3_errmsg (handle) : sqlite3_errstr (rc);
  const char *path = handle != NULL ? sqlite3_db_filename (handle, "main") : NULL;
  WayError code = way_sql_error_code (rc);

  if (rc == SQLITE_CONSTRAINT_TRIGGER && g_str_has_prefix (message, "locked: "))
    g_set_error_literal (error, WAY_ERROR, code, message + strlen ("locked: "));
  else if (rc == SQLITE_CONSTRAINT_FOREIGNKEY)
    g_set_error_literal (error,
                         WAY_ERROR,
                         code,
                         "a record that is referred to is missing, or others refer to this one");
  else if (rc == SQLITE_CONSTRAINT_PRIMARYKEY || rc == SQLITE_CONSTRAINT_UNIQUE)
    g_set_error_literal (
        error, WAY_ERROR, code, "the same record comes twice; take one of the two out");
  else if (code == WAY_ERROR_INVALID)
    g_set_error_literal (error,
                         WAY_ERROR,
                         code,
                         "a value is one that the store can't keep; check what is filled in");
  else if (way_sql_error_words (rc) == NULL)
    say_plainly (rc, message, error);
  else if (code == WAY_ERROR_CORRUPT && path != NULL && *path != '\0')
    g_set_error (error, WAY_ERROR, code, "“%s”: %s", path, way_sql_error_words (rc));
  else
    g_set_error_literal (error, WAY_ERROR, code, way_sql_error_words (rc));
}

/* A statement that is kept from one use to the next. */
typedef struct {
  sqlite3_stmt *stmt;
  gboolean is_used;
} Slot;

static void
slot_free (gpointer data)
{
  Slot *slot = data;

  sqlite3_finalize (slot->stmt);
  g_free (slot);
}

/* The text of a statement is long and looked up for every row: a few of its characters will do. */
static guint
hash_sql (gconstpointer sql)
{
  const char *text = sql;
  gsize length = strlen (text);
  guint hash = (guint) length;

  for (gsize i = 0; i < length; i += 1 + length / 16)
    hash = hash * 31 + (guint8) text[i];
  return hash * 31 + (guint8) text[length > 0 ? length - 1 : 0];
}

GHashTable *
way_db_statements_new (void)
{
  return g_hash_table_new_full (hash_sql, g_str_equal, g_free, slot_free);
}

/**
 * way_stmt_prepare:
 * @sql: one statement
 *
 * A statement, kept from its last use if there was one. A failure is kept and given by
 * the first way_stmt_step().
 */
WayStmt
way_stmt_prepare (WayDb *db, const char *sql)
{
  WayStmt self = {.db = db, .rc = SQLITE_OK};
  Slot *slot = g_hash_table_lookup (db->statements, sql);

  g_assert (db->owner == g_thread_self ());
  if (slot != NULL && !slot->is_used) {
    slot->is_used = TRUE;
    self.stmt = slot->stmt;
    self.slot = slot;
    return self;
  }
  self.rc = sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &self.stmt, NULL);
  if (slot == NULL && self.stmt != NULL) {
    slot = g_new0 (Slot, 1);
    slot->stmt = self.stmt;
    slot->is_used = TRUE;
    self.slot = slot;
    g_hash_table_insert (db->statements, g_strdup (sql), slot);
  }
  return self;
}

void
way_stmt_bind_int (WayStmt *self, int index, gint64 value)
{
  if (self->rc == SQLITE_OK)
    self->rc = sqlite3_bind_int64 (self->stmt, index, value);
}

/* @value (nullable) is not copied: it must stay until the statement was stepped. */
void
way_stmt_bind_text (WayStmt *self, int index, const char *value)
{
  if (self->rc == SQLITE_OK)
    self->rc = sqlite3_bind_text (self->stmt, index, value, -1, SQLITE_STATIC);
}

void
way_stmt_bind_date (WayStmt *self, int index, WayDate value)
{
  char iso[WAY_DATE_ISO_SIZE];

  if (self->rc != SQLITE_OK || value == WAY_DATE_UNKNOWN)
    return;
  way_date_to_iso (value, iso);
  self->rc = sqlite3_bind_text (self->stmt, index, iso, WAY_DATE_ISO_SIZE - 1, SQLITE_TRANSIENT);
}

/* @data is not copied. */
void
way_stmt_bind_blob (WayStmt *self, int index, gconstpointer data, gsize size)
{
  if (self->rc == SQLITE_OK)
    self->rc = sqlite3_bind_blob64 (self->stmt, index, data, size, SQLITE_STATIC);
}

/**
 * way_stmt_step:
 *
 * Returns: a row, the end, or the first error since the statement was prepared;
 *   three answers, so that an error is never taken for the end
 */
WayStep
way_stmt_step (WayStmt *self, GError **error)
{
  if (self->rc == SQLITE_OK || self->rc == SQLITE_ROW) {
    self->rc = sqlite3_step (self->stmt);
    if (self->rc == SQLITE_ROW)
      return WAY_STEP_ROW;
    if (self->rc == SQLITE_DONE)
      return WAY_STEP_DONE;
  }
  way_db_set_error (self->db->handle, self->rc, error);
  return WAY_STEP_ERROR;
}

/* For a statement that gives no rows, or whose rows are of no interest. */
gboolean
way_stmt_run (WayStmt *self, GError **error)
{
  WayStep step = way_stmt_step (self, error);

  while (step == WAY_STEP_ROW)
    step = way_stmt_step (self, error);
  return step == WAY_STEP_DONE;
}

/* (nullable) (transfer none): until the next step. */
const char *
way_stmt_text (WayStmt *self, int column)
{
  return (const char *) sqlite3_column_text (self->stmt, column);
}

WayDate
way_stmt_date (WayStmt *self, int column)
{
  return way_date_from_iso (way_stmt_text (self, column));
}

gint64
way_stmt_int (WayStmt *self, int column)
{
  return sqlite3_column_int64 (self->stmt, column);
}

/* Puts the statement to rest for the next who needs it. */
void
way_stmt_clear (WayStmt *self)
{
  sqlite3_stmt *stmt = g_steal_pointer (&self->stmt);

  if (stmt == NULL)
    return;
  if (self->slot == NULL) {
    sqlite3_finalize (stmt); /* it ran inside itself */
    return;
  }
  sqlite3_reset (stmt);
  sqlite3_clear_bindings (stmt);
  ((Slot *) self->slot)->is_used = FALSE;
}

/* Before the connection is closed. */
void
way_db_forget_statements (WayDb *self)
{
  g_hash_table_remove_all (self->statements);
}

gboolean
way_db_exec (WayDb *self, const char *sql, GError **error)
{
  int rc;

  g_assert (self->owner == g_thread_self ());
  rc = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  if (rc != SQLITE_OK)
    way_db_set_error (self->handle, rc, error);
  return rc == SQLITE_OK;
}

/**
 * way_db_query_text:
 * @argument: (nullable): bound to ?1
 * @answer: (out) (nullable): first column of the first row; %NULL if there is none
 */
gboolean
way_db_query_text (
    WayDb *self, const char *sql, const char *argument, char **answer, GError **error)
{
  g_auto (WayStmt) stmt = way_stmt_prepare (self, sql);
  WayStep step;

  *answer = NULL;
  if (argument != NULL)
    way_stmt_bind_text (&stmt, 1, argument);
  step = way_stmt_step (&stmt, error);
  if (step == WAY_STEP_ROW)
    *answer = g_strdup (way_stmt_text (&stmt, 0));
  return step != WAY_STEP_ERROR;
}

/* The same for a number; 0 if there is no row. */
gboolean
way_db_query_int (
    WayDb *self, const char *sql, const char *argument, gint64 *answer, GError **error)
{
  g_auto (WayStmt) stmt = way_stmt_prepare (self, sql);
  WayStep step;

  *answer = 0;
  if (argument != NULL)
    way_stmt_bind_text (&stmt, 1, argument);
  step = way_stmt_step (&stmt, error);
  if (step == WAY_STEP_ROW)
    *answer = way_stmt_int (&stmt, 0);
  return step != WAY_STEP_ERROR;
}
