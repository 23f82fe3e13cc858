/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-db-private.h"

#include "way-error.h"

#include <math.h>
#include <string.h>

/* Every table has these columns first, then the fields in the order of the type's table. */
enum { COL_ID, COL_CREATED_AT, COL_UPDATED_AT, COL_REVISION, N_HEAD_COLUMNS };

/* What is asked of one type's table; made when first needed. */
typedef struct {
  char *columns;
  char *insert;
  char *get;
  GHashTable *updates; /* WayFieldMask → SQL */
} TypeSql;

struct _WayDbRows {
  TypeSql types[WAY_N_RECORD_TYPES];
  /* The row that was read last, so that changing it need not look it up again. */
  const WayRecordType *last_type;
  char last_id[40];
  gint64 last_row;
};

WayDbRows *
way_db_rows_new (void)
{
  return g_new0 (WayDbRows, 1);
}

void
way_db_rows_free (WayDbRows *self)
{
  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    g_free (self->types[i].columns);
    g_free (self->types[i].insert);
    g_free (self->types[i].get);
    g_clear_pointer (&self->types[i].updates, g_hash_table_unref);
  }
  g_free (self);
}

/* After rows were taken back. */
void
way_db_rows_forget (WayDb *self)
{
  self->rows->last_type = NULL;
}

static TypeSql *
sql_of (WayDb *db, const WayRecordType *type)
{
  return &db->rows->types[way_record_type_index (type)];
}

/* (transfer none): "id", "created_at" ... all columns of @type in order. */
const char *
way_db_row_columns (WayDb *self, const WayRecordType *type)
{
  TypeSql *sql = sql_of (self, type);
  g_autoptr (GString) text = NULL;

  if (sql->columns == NULL) {
    text = g_string_new ("\"id\", \"created_at\", \"updated_at\", \"revision\"");
    for (guint i = 0; i < type->n_fields; i++)
      g_string_append_printf (text, ", \"%s\"", type->fields[i].name);
    sql->columns = g_string_free (g_steal_pointer (&text), FALSE);
  }
  return sql->columns;
}

static const char *
insert_sql (WayDb *self, const WayRecordType *type)
{
  TypeSql *sql = sql_of (self, type);
  g_autoptr (GString) text = NULL;

  if (sql->insert == NULL) {
    text = g_string_new (NULL);
    g_string_append_printf (text,
                            "INSERT INTO \"%s\" (%s) VALUES (?, ?, ?, ?",
                            type->name,
                            way_db_row_columns (self, type));
    for (guint i = 0; i < type->n_fields; i++)
      g_string_append (text, ", ?");
    g_string_append_c (text, ')');
    sql->insert = g_string_free (g_steal_pointer (&text), FALSE);
  }
  return sql->insert;
}

/* Only what changed is set: an index over a column that is named is written anew, and the locks of
 * what was signed look at the columns that are named. */
static const char *
update_sql (WayDb *self, const WayRecordType *type, WayFieldMask changed)
{
  TypeSql *sql = sql_of (self, type);
  const char *known;
  g_autoptr (GString) text = NULL;

  if (sql->updates == NULL)
    sql->updates = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  known = g_hash_table_lookup (sql->updates, &changed);
  if (known != NULL)
    return known;
  text = g_string_new (NULL);
  g_string_append_printf (
      text, "UPDATE \"%s\" SET \"updated_at\" = ?, \"revision\" = \"revision\" + 1", type->name);
  for (guint i = 0; i < type->n_fields; i++) {
    if ((changed & (G_GUINT64_CONSTANT (1) << i)) != 0)
      g_string_append_printf (text, ", \"%s\" = ?", type->fields[i].name);
  }
  g_string_append (text, " WHERE rowid = ? AND \"id\" = ? AND \"revision\" = ?");
  known = g_string_free (g_steal_pointer (&text), FALSE);
  g_hash_table_insert (sql->updates, g_memdup2 (&changed, sizeof changed), (gpointer) known);
  return known;
}

/* What is not known is bound to nothing, which is NULL. */
static void
bind_field (WayStmt *stmt, int index, const WayField *field, const WayRecord *record)
{
  if (stmt->rc != SQLITE_OK || !way_field_is_known (field, record))
    return;
  if (way_field_is_text (field))
    way_stmt_bind_text (stmt, index, way_field_string (field, record));
  else if (field->kind == WAY_FIELD_NUMBER)
    stmt->rc = sqlite3_bind_double (stmt->stmt, index, way_field_number (field, record));
  else if (field->kind == WAY_FIELD_DATE)
    way_stmt_bind_date (stmt, index, way_field_date (field, record));
  else
    way_stmt_bind_int (stmt, index, way_field_yes_no (field, record));
}

/* (transfer full): what a table or column is called by people: "sen status" */
char *
way_db_dup_words (const char *name)
{
  return g_strdelimit (g_strdup (name), "_", ' ');
}

/* Always FALSE; says which of the things that @record names does not exist, if it is that. */
static gboolean
name_missing (WayDb *self, const WayRecord *record, int rc, GError **error)
{
  for (guint i = 0; rc == SQLITE_CONSTRAINT_FOREIGNKEY && i < record->type->n_fields; i++) {
    const WayField *field = &record->type->fields[i];
    g_autofree char *sql = NULL, *thing = NULL;
    gint64 found;

    if (field->kind != WAY_FIELD_ID || !way_field_is_known (field, record))
      continue;
    sql = g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE \"id\" = ?1", field->list);
    if (!way_db_query_int (self, sql, way_field_string (field, record), &found, NULL) || found != 0)
      continue;
    thing = way_db_dup_words (field->list);
    g_clear_error (error);
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_INVALID,
                 "%s: There is no %s with the id “%.40s”",
                 field->name,
                 thing,
                 way_field_string (field, record));
    break;
  }
  return FALSE;
}

/* The columns that may stand only once: "UNIQUE constraint failed: term.year, term.term" */
static char *
dup_columns (const char *message, char **first)
{
  g_auto (GStrv) columns = g_strsplit (message, ".", -1);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 1; columns[0] != NULL && columns[i] != NULL; i++) {
    columns[i][strcspn (columns[i], ",")] = '\0';
    g_string_append_printf (words, "%s%s", i > 1 ? " and " : "", columns[i]);
    way_set_string (first, columns[i]);
  }
  return g_strdelimit (g_string_free (g_steal_pointer (&words), FALSE), "_", ' ');
}

/* Always FALSE; says what is there already, if that is why @record can't be stored. */
static gboolean
name_double (WayDb *self, const WayRecord *record, int rc, GError **error)
{
  g_autofree char *thing = way_db_dup_words (record->type->name), *columns = NULL, *field = NULL;

  if (rc != SQLITE_CONSTRAINT_PRIMARYKEY && rc != SQLITE_CONSTRAINT_UNIQUE)
    return name_missing (self, record, rc, error);
  columns = dup_columns (sqlite3_errmsg (self->handle), &field);
  g_clear_error (error);
  if (g_strcmp0 (field, "id") == 0)
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_INVALID,
                 "id: There is a %s with the id “%.40s” already; give the new one another, or none",
                 thing,
                 record->id);
  else
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_INVALID,
                 "%s: There is a %s with the same %s already; change that one, or give this one "
                 "others",
                 field,
                 thing,
                 columns);
  return FALSE;
}

/* The first kind of record that names the one with @id; 0 if there is none. */
static gint64
count_referring (WayDb *self, const WayRecordType *type, const char *id, const char **referring)
{
  gint64 n = 0;

  for (guint i = 0; i < WAY_N_RECORD_TYPES && n == 0; i++) {
    const WayRecordType *other = WAY_RECORD_TYPES[i];

    for (guint k = 0; k < other->n_fields && n == 0; k++) {
      g_autofree char *sql = NULL;

      if (other->fields[k].kind != WAY_FIELD_ID || strcmp (other->fields[k].list, type->name) != 0)
        continue;
      sql = g_strdup_printf (
          "SELECT count (*) FROM \"%s\" WHERE \"%s\" = ?1", other->name, other->fields[k].name);
      if (!way_db_query_int (self, sql, id, &n, NULL))
        return 0;
      *referring = other->name;
    }
  }
  return n;
}

/* Always FALSE; says what refers to the record, if that is why it can't be deleted. */
static gboolean
name_referring (WayDb *self, const WayRecordType *type, const char *id, int rc, GError **error)
{
  g_autofree char *thing = way_db_dup_words (type->name), *others = NULL;
  const char *referring = NULL;
  gint64 n;

  if (rc != SQLITE_CONSTRAINT_FOREIGNKEY)
    return FALSE;
  n = count_referring (self, type, id, &referring);
  if (n == 0)
    return FALSE;
  others = way_db_dup_words (referring);
  g_clear_error (error);
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_INVALID,
               "this %s can't be deleted while something refers to it (%s: %" G_GINT64_FORMAT
               "); delete that first",
               thing,
               others,
               n);
  return FALSE;
}

/* @record has its id, times and revision set. */
gboolean
way_db_row_insert (WayDb *self, const WayRecord *record, GError **error)
{
  const WayRecordType *type = record->type;
  g_auto (WayStmt) stmt = way_stmt_prepare (self, insert_sql (self, type));

  way_stmt_bind_text (&stmt, 1 + COL_ID, record->id);
  way_stmt_bind_text (&stmt, 1 + COL_CREATED_AT, record->created_at);
  way_stmt_bind_text (&stmt, 1 + COL_UPDATED_AT, record->updated_at);
  way_stmt_bind_int (&stmt, 1 + COL_REVISION, record->revision);
  for (guint i = 0; i < type->n_fields; i++)
    bind_field (&stmt, (int) i + 1 + N_HEAD_COLUMNS, &type->fields[i], record);
  return way_stmt_run (&stmt, error) || name_double (self, record, stmt.rc, error);
}

static gboolean
find_row (WayDb *self, const WayRecord *record, gint64 *row, GError **error)
{
  WayDbRows *rows = self->rows;
  g_autofree char *sql = NULL;

  if (rows->last_type == record->type && strcmp (rows->last_id, record->id) == 0) {
    *row = rows->last_row;
    return TRUE;
  }
  sql = g_strdup_printf ("SELECT rowid FROM \"%s\" WHERE \"id\" = ?1", record->type->name);
  return way_db_query_int (self, sql, record->id, row, error);
}

/**
 * way_db_row_update:
 * @record: with the revision that it was read with, and the new time of change
 * @changed: the fields to write
 * @error: return location for %WAY_ERROR_CONFLICT if the row has another revision
 */
gboolean
way_db_row_update (WayDb *self, const WayRecord *record, WayFieldMask changed, GError **error)
{
  const WayRecordType *type = record->type;
  g_auto (WayStmt) stmt = way_stmt_prepare (self, update_sql (self, type, changed));
  int index = 1;
  g_autofree char *thing = NULL;
  gint64 row;

  if (!find_row (self, record, &row, error))
    return FALSE;
  way_stmt_bind_text (&stmt, index++, record->updated_at);
  for (guint i = 0; i < type->n_fields; i++) {
    if ((changed & (G_GUINT64_CONSTANT (1) << i)) != 0)
      bind_field (&stmt, index++, &type->fields[i], record);
  }
  way_stmt_bind_int (&stmt, index++, row);
  way_stmt_bind_text (&stmt, index++, record->id);
  way_stmt_bind_int (&stmt, index, record->revision);
  if (!way_stmt_run (&stmt, error))
    return name_double (self, record, stmt.rc, error);
  if (sqlite3_changes (self->handle) == 1)
    return TRUE;
  thing = way_db_dup_words (type->name);
  g_set_error (
      error, WAY_ERROR, WAY_ERROR_CONFLICT, "this %s was changed since it was read", thing);
  return FALSE;
}

gboolean
way_db_row_delete (WayDb *self, const WayRecordType *type, const char *id, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE \"id\" = ?", type->name);
  g_auto (WayStmt) stmt = way_stmt_prepare (self, sql);

  self->rows->last_type = NULL;
  way_stmt_bind_text (&stmt, 1, id);
  return way_stmt_run (&stmt, error) || name_referring (self, type, id, stmt.rc, error);
}

static void
read_field (sqlite3_stmt *stmt, int column, const WayField *field, gpointer record)
{
  if (sqlite3_column_type (stmt, column) == SQLITE_NULL)
    return;
  if (way_field_is_text (field))
    way_field_string (field, record) = g_strdup ((const char *) sqlite3_column_text (stmt, column));
  else if (field->kind == WAY_FIELD_NUMBER)
    way_field_number (field, record) = sqlite3_column_double (stmt, column);
  else if (field->kind == WAY_FIELD_DATE)
    way_field_date (field, record) =
        way_date_from_iso ((const char *) sqlite3_column_text (stmt, column));
  else
    way_field_yes_no (field, record) = (WayYesNo) sqlite3_column_int (stmt, column);
}

/**
 * way_db_row_read:
 * @stmt: at a row whose columns are way_db_row_columns()
 *
 * Returns: (transfer full): the record
 */
gpointer
way_db_row_read (WayStmt *stmt, const WayRecordType *type)
{
  WayRecord *record = way_record_new (type);

  record->id = g_strdup (way_stmt_text (stmt, COL_ID));
  record->created_at = g_strdup (way_stmt_text (stmt, COL_CREATED_AT));
  record->updated_at = g_strdup (way_stmt_text (stmt, COL_UPDATED_AT));
  record->revision = way_stmt_int (stmt, COL_REVISION);
  for (guint i = 0; i < type->n_fields; i++)
    read_field (stmt->stmt, (int) i + N_HEAD_COLUMNS, &type->fields[i], record);
  return record;
}

static gboolean
is_same (sqlite3_stmt *stmt, int column, const WayField *field, const WayRecord *record)
{
  gboolean known = sqlite3_column_type (stmt, column) != SQLITE_NULL;

  if (known != way_field_is_known (field, record))
    return FALSE;
  if (!known)
    return TRUE;
  if (way_field_is_text (field))
    return strcmp ((const char *) sqlite3_column_text (stmt, column),
                   way_field_string (field, record)) == 0;
  if (field->kind == WAY_FIELD_NUMBER)
    return sqlite3_column_double (stmt, column) == way_field_number (field, record);
  if (field->kind == WAY_FIELD_DATE)
    return way_date_from_iso ((const char *) sqlite3_column_text (stmt, column)) ==
           way_field_date (field, record);
  return sqlite3_column_int (stmt, column) == (int) way_field_yes_no (field, record);
}

static WayStmt
prepare_get (WayDb *self, const WayRecordType *type, const char *id)
{
  TypeSql *sql = sql_of (self, type);
  WayStmt stmt;

  if (sql->get == NULL)
    sql->get = g_strconcat ("SELECT ",
                            way_db_row_columns (self, type),
                            ", rowid FROM \"",
                            type->name,
                            "\" WHERE \"id\" = ?1",
                            NULL);
  stmt = way_stmt_prepare (self, sql->get);
  way_stmt_bind_text (&stmt, 1, id);
  return stmt;
}

static void
note_row (WayDb *self, WayStmt *stmt, const WayRecordType *type, const char *id)
{
  WayDbRows *rows = self->rows;

  rows->last_type = strlen (id) < sizeof rows->last_id ? type : NULL;
  g_strlcpy (rows->last_id, id, sizeof rows->last_id);
  rows->last_row = way_stmt_int (stmt, (int) type->n_fields + N_HEAD_COLUMNS);
}

/**
 * way_db_row_compare:
 * @record: (inout): a record; gets the time when it was first stored
 * @changed: (out): the fields in which it differs from the row
 * @found: (out): whether there is a row with its id
 *
 * What way_db_row_get() and comparing give, without making the record.
 */
gboolean
way_db_row_compare (
    WayDb *self, WayRecord *record, WayFieldMask *changed, gboolean *found, GError **error)
{
  const WayRecordType *type = record->type;
  g_auto (WayStmt) stmt = prepare_get (self, type, record->id);
  WayStep step = way_stmt_step (&stmt, error);

  *changed = 0;
  *found = step == WAY_STEP_ROW;
  if (!*found)
    return step == WAY_STEP_DONE;
  note_row (self, &stmt, type, record->id);
  if (g_strcmp0 (record->created_at, way_stmt_text (&stmt, COL_CREATED_AT)) != 0)
    way_set_string (&record->created_at, way_stmt_text (&stmt, COL_CREATED_AT));
  for (guint i = 0; i < type->n_fields; i++) {
    if (!is_same (stmt.stmt, (int) i + N_HEAD_COLUMNS, &type->fields[i], record))
      *changed |= G_GUINT64_CONSTANT (1) << i;
  }
  return TRUE;
}

/**
 * way_db_row_get:
 * @record: (out) (nullable): the record; %NULL if there is none with that id
 */
gboolean
way_db_row_get (
    WayDb *self, const WayRecordType *type, const char *id, WayRecord **record, GError **error)
{
  g_auto (WayStmt) stmt = prepare_get (self, type, id);
  WayStep step = way_stmt_step (&stmt, error);

  *record = NULL;
  if (step == WAY_STEP_ROW) {
    *record = way_db_row_read (&stmt, type);
    note_row (self, &stmt, type, id);
  }
  return step != WAY_STEP_ERROR;
}

/**
 * way_db_rows_where:
 * @condition: what stands after the table's name: "WHERE ... = ?1 ORDER BY ..."
 * @argument: (nullable): bound to ?1
 *
 * Returns: (transfer full) (element-type WayRecord): the records
 */
GPtrArray *
way_db_rows_where (WayDb *self,
                   const WayRecordType *type,
                   const char *condition,
                   const char *argument,
                   GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (way_record_free);
  g_autofree char *sql = g_strconcat (
      "SELECT ", way_db_row_columns (self, type), " FROM \"", type->name, "\" ", condition, NULL);
  g_auto (WayStmt) stmt = way_stmt_prepare (self, sql);
  WayStep step;

  if (argument != NULL)
    way_stmt_bind_text (&stmt, 1, argument);
  while ((step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW)
    g_ptr_array_add (rows, way_db_row_read (&stmt, type));
  return step == WAY_STEP_ERROR ? NULL : g_steal_pointer (&rows);
}
