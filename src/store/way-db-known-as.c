/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ids that files from elsewhere have for records of this store. Kept only for types that other
 * records name. */
#include "way-db-private.h"

#include "way-error.h"

/* Whether a field of some record can name one of this type. */
gboolean
way_db_is_named (const WayRecordType *type)
{
  static gsize is_listed;
  static gboolean named[WAY_N_RECORD_TYPES];

  if (g_once_init_enter (&is_listed)) {
    for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
      const WayRecordType *other = WAY_RECORD_TYPES[i];

      for (guint k = 0; k < other->n_fields; k++) {
        if (other->fields[k].kind == WAY_FIELD_ID)
          named[way_record_type_index (way_record_type_by_name (other->fields[k].list))] = TRUE;
      }
    }
    g_once_init_leave (&is_listed, 1);
  }
  return named[way_record_type_index (type)];
}

/**
 * way_db_known_as_get:
 * @other: an id that the store has not
 * @id: (out) (nullable): of the record that a file called so; %NULL if none did
 */
gboolean
way_db_known_as_get (
    WayDb *self, const WayRecordType *type, const char *other, char **id, GError **error)
{
  g_auto (WayStmt) stmt = {0};
  WayStep step;

  *id = NULL;
  if (!way_db_is_named (type))
    return TRUE;
  stmt = way_stmt_prepare (
      self, "SELECT \"record\" FROM \"known_as\" WHERE \"other\" = ? AND \"type\" = ?");
  way_stmt_bind_text (&stmt, 1, other);
  way_stmt_bind_text (&stmt, 2, type->name);
  step = way_stmt_step (&stmt, error);
  if (step == WAY_STEP_ROW)
    *id = g_strdup (way_stmt_text (&stmt, 0));
  return step != WAY_STEP_ERROR;
}

/**
 * way_db_known_as_set:
 * @other: what a file calls the record
 * @id: of the record
 * @is_new: (out): whether that was not known yet
 */
gboolean
way_db_known_as_set (WayDb *self,
                     const WayRecordType *type,
                     const char *other,
                     const char *id,
                     gboolean *is_new,
                     GError **error)
{
  g_autofree char *known = NULL;
  g_auto (WayStmt) stmt = {0};

  *is_new = FALSE;
  if (!way_db_is_named (type))
    return TRUE;
  if (!way_db_known_as_get (self, type, other, &known, error))
    return FALSE;
  if (g_strcmp0 (known, id) == 0)
    return TRUE;
  *is_new = TRUE;
  stmt = way_stmt_prepare (self, "INSERT OR REPLACE INTO \"known_as\" VALUES (?, ?, ?)");
  way_stmt_bind_text (&stmt, 1, other);
  way_stmt_bind_text (&stmt, 2, type->name);
  way_stmt_bind_text (&stmt, 3, id);
  return way_stmt_run (&stmt, error);
}

/**
 * way_db_known_as_all:
 * @other: an id of a file
 *
 * Returns: (transfer full) (element-type utf8): the ids of all records that some file called so,
 *   also of those that came with a mark beside the id
 */
GPtrArray *
way_db_known_as_all (WayDb *self, const WayRecordType *type, const char *other, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_auto (WayStmt) stmt = {0};
  WayStep step;

  if (!way_db_is_named (type))
    return g_steal_pointer (&ids);
  stmt = way_stmt_prepare (self,
                           "SELECT \"record\" FROM \"known_as\" WHERE \"other\" = ?1 AND "
                           "\"type\" = ?2 UNION SELECT \"record\" FROM \"known_as\" WHERE "
                           "\"other\" > ?1 || '/' AND \"other\" < ?1 || '0' AND \"type\" = ?2");
  way_stmt_bind_text (&stmt, 1, other);
  way_stmt_bind_text (&stmt, 2, type->name);
  while ((step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW)
    g_ptr_array_add (ids, g_strdup (way_stmt_text (&stmt, 0)));
  return step != WAY_STEP_ERROR ? g_steal_pointer (&ids) : NULL;
}

/* With the record its other names go. */
gboolean
way_db_known_as_forget (WayDb *self, const WayRecord *record, GError **error)
{
  g_auto (WayStmt) stmt = {0};

  if (!way_db_is_named (record->type))
    return TRUE;
  stmt = way_stmt_prepare (self, "DELETE FROM \"known_as\" WHERE \"record\" = ? AND \"type\" = ?");
  way_stmt_bind_text (&stmt, 1, record->id);
  way_stmt_bind_text (&stmt, 2, record->type->name);
  return way_stmt_run (&stmt, error);
}
