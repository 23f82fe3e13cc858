/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A visit and what belongs to it, as one set of records against the rows in the tables. */
#include "way-db-private.h"

#include "way-check.h"
#include "way-error.h"
#include "way-text.h"

#include <string.h>

/* In the order in which they are stored; the field that names the visit is "visit" in each. */
static const WayRecordType *const PARTS[] = {
    WAY_VISIT_CHILD,
    WAY_VISIT_PERSON,
    WAY_VISIT_VIEW,
    WAY_ACTION,
    WAY_VISIT_ACTION,
    WAY_VISIT_TARGET,
    WAY_ASSESSMENT,
};

gboolean
way_db_visit_is_part (const WayRecordType *type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (PARTS); i++) {
    if (PARTS[i] == type)
      return TRUE;
  }
  return FALSE;
}

static char **
visit_of (WayRecord *part)
{
  return &way_field_string (way_record_type_find (part->type, "visit"), part);
}

/**
 * way_db_own_visit_parts:
 * @records: with one visit
 *
 * Gives every record an id and every part its visit. An action that names another
 * visit was agreed there and is no part of this one.
 */
void
way_db_own_visit_parts (WayRecordSet *records)
{
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);

  if (visit->record.id == NULL)
    visit->record.id = way_uuid_random ();
  for (gsize i = 0; i < G_N_ELEMENTS (PARTS); i++) {
    GPtrArray *list = way_record_set_list (records, PARTS[i]);

    for (guint k = 0; k < list->len; k++) {
      WayRecord *part = g_ptr_array_index (list, k);

      if (part->id == NULL)
        part->id = way_uuid_random ();
      if (*visit_of (part) == NULL)
        way_set_string (visit_of (part), visit->record.id);
    }
  }
}

static gboolean
add_all (WayRecordSet *records, GPtrArray *rows)
{
  if (rows == NULL)
    return FALSE;
  g_ptr_array_set_free_func (rows, NULL);
  for (guint i = 0; i < rows->len; i++)
    way_record_set_take (records, g_ptr_array_index (rows, i));
  return TRUE;
}

static gboolean
add_rows (WayDb *self,
          WayRecordSet *records,
          const WayRecordType *type,
          const char *condition,
          const char *id,
          GError **error)
{
  g_autoptr (GPtrArray) rows = way_db_rows_where (self, type, condition, id, error);

  return add_all (records, rows);
}

/**
 * way_db_load_visit_rows:
 * @error: return location for %WAY_ERROR_NOT_FOUND
 *
 * Returns: (transfer full): the rows of a visit, its parts and its earlier versions, without what
 * is written of it in a draft
 */
WayRecordSet *
way_db_load_visit_rows (WayDb *self, const char *visit_id, GError **error)
{
  g_autoptr (WayRecordSet) records = way_record_set_new ();
  WayVisit *visit = way_db_get (self, WAY_VISIT, visit_id, error);

  if (visit == NULL)
    return NULL;
  way_record_set_take (records, visit);
  for (gsize i = 0; i < G_N_ELEMENTS (PARTS); i++) {
    if (!add_rows (self, records, PARTS[i], "WHERE \"visit\" = ?1 ORDER BY rowid", visit_id, error))
      return NULL;
  }
  if (!add_rows (self,
                 records,
                 WAY_VISIT_VERSION,
                 "WHERE \"visit\" = ?1 ORDER BY \"version\"",
                 visit_id,
                 error))
    return NULL;
  way_record_set_sort_by_position (records);
  return g_steal_pointer (&records);
}

static gboolean
check (WayDb *self, gpointer record, const WayVisit *visit, GError **error)
{
  g_autoptr (WayCodeLists) lists = way_db_get_code_lists (self, error);

  return lists != NULL && way_record_validate_in_visit (record, visit, lists, self->today, error);
}

/* Stores one record of the set beside the row that is there (or not). */
static gboolean
sync_record (
    WayDb *self, WayRecord *record, const WayVisit *visit, const WayRecord *old, GError **error)
{
  if (old != NULL) {
    record->revision = old->revision;
    if (way_record_equal (old, record))
      return TRUE;
  } else {
    record->revision = 0;
  }
  return check (self, record, visit, error) && way_db_save_unchecked (self, record, old, error);
}

static gpointer
find_row (GPtrArray *rows, const char *id)
{
  for (guint i = 0; i < rows->len; i++) {
    if (strcmp (WAY_RECORD (g_ptr_array_index (rows, i))->id, id) == 0)
      return g_ptr_array_index (rows, i);
  }
  return NULL;
}

/* What a later visit followed up stays, as an action of the child: it was agreed and looked at,
 * though the record does not say so any more. @kept: (out): whether it is such an action */
static gboolean
keep_followed (WayDb *self, const WayRecord *row, gboolean *kept, GError **error)
{
  g_autoptr (WayAction) action = NULL;
  gint64 is_followed = 0;

  *kept = FALSE;
  if (row->type != WAY_ACTION)
    return TRUE;
  if (!way_db_query_int (self,
                         "SELECT 1 FROM \"visit_action\" WHERE \"action\" = ?1",
                         row->id,
                         &is_followed,
                         error))
    return FALSE;
  *kept = is_followed != 0;
  if (!*kept)
    return TRUE;
  action = way_record_copy (row);
  if (action->child == NULL &&
      !way_db_query_text (self,
                          "SELECT \"child\" FROM \"visit_child\" WHERE \"visit\" = ?1 "
                          "ORDER BY \"position\"",
                          action->visit,
                          &action->child,
                          error))
    return FALSE;
  way_set_string (&action->visit, NULL);
  return way_db_save_unchecked (self, action, row, error);
}

static gboolean
delete_missing (
    WayDb *self, WayRecordSet *records, const WayRecordType *type, GPtrArray *rows, GError **error)
{
  for (guint i = 0; i < rows->len; i++) {
    WayRecord *row = g_ptr_array_index (rows, i);
    gboolean kept;

    if (way_record_set_find (records, type, row->id) != NULL)
      continue;
    if (!keep_followed (self, row, &kept, error) ||
        (!kept && !way_db_delete_row (self, row, error)))
      return FALSE;
  }
  return TRUE;
}

/* @kept: (out) (nullable): the action that an earlier version took out and that stayed, because a
 * later visit followed it up; it is the visit's again */
static gboolean
find_kept (WayDb *self, const WayRecord *part, WayRecord **kept, GError **error)
{
  if (part->type != WAY_ACTION)
    return TRUE;
  if (!way_db_row_get (self, WAY_ACTION, part->id, kept, error))
    return FALSE;
  if (*kept != NULL && ((const WayAction *) *kept)->visit != NULL)
    g_clear_pointer (kept, way_record_free); /* another visit's: refused when it is stored */
  return TRUE;
}

/* @rows: those of the visit's parts that are of its type; (nullable): the visit is new */
static gboolean
sync_part (WayDb *self, WayRecord *part, const WayVisit *visit, GPtrArray *rows, GError **error)
{
  const WayRecord *old = rows != NULL ? find_row (rows, part->id) : NULL;
  g_autoptr (WayRecord) kept = NULL;

  if (old == NULL && rows != NULL && !find_kept (self, part, &kept, error))
    return FALSE;
  return sync_record (self, part, visit, old != NULL ? old : kept, error);
}

static gboolean
sync_parts (WayDb *self,
            WayRecordSet *records,
            const WayRecordType *type,
            const char *visit_id,
            gboolean is_new,
            GError **error)
{
  GPtrArray *list = way_record_set_list (records, type);
  const WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  g_autoptr (GPtrArray) rows = NULL;

  if (list->len == 0)
    return TRUE;
  if (!is_new &&
      (rows = way_db_rows_where (self, type, "WHERE \"visit\" = ?1", visit_id, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++) {
    WayRecord *part = g_ptr_array_index (list, i);

    if (g_strcmp0 (*visit_of (part), visit_id) == 0 && !sync_part (self, part, visit, rows, error))
      return FALSE;
  }
  return TRUE;
}

/* Targets that were set at the visit come with it; those that the store has are its own. */
static gboolean
add_new_targets (WayDb *self, WayRecordSet *records, GError **error)
{
  GPtrArray *targets = way_record_set_list (records, WAY_TARGET);

  for (guint i = 0; i < targets->len; i++) {
    WayRecord *target = g_ptr_array_index (targets, i);
    gint64 found;

    if (!way_db_query_int (
            self, "SELECT 1 FROM \"target\" WHERE \"id\" = ?1", target->id, &found, error))
      return FALSE;
    if (found == 0 && !sync_record (self, target, NULL, NULL, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
delete_all_missing (WayDb *self, WayRecordSet *records, const char *visit_id, GError **error)
{
  /* Backwards: what follows an action up goes before the action. */
  for (gsize i = G_N_ELEMENTS (PARTS); i > 0; i--) {
    g_autoptr (GPtrArray) rows =
        way_db_rows_where (self, PARTS[i - 1], "WHERE \"visit\" = ?1", visit_id, error);

    if (rows == NULL || !delete_missing (self, records, PARTS[i - 1], rows, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * way_db_sync_visit:
 * @records: a visit and all its parts; each has its id
 *
 * Inside a transaction: makes the rows equal to @records: adds, changes, and deletes
 * the parts that are not there any more.
 */
gboolean
way_db_sync_visit (WayDb *self, WayRecordSet *records, GError **error)
{
  WayRecord *visit = way_record_set_first (records, WAY_VISIT);
  g_autoptr (GPtrArray) rows =
      way_db_rows_where (self, WAY_VISIT, "WHERE \"id\" = ?1", visit->id, error);
  gboolean is_new = rows != NULL && rows->len == 0; /* then it has no parts either */

  if (rows == NULL || !sync_record (self, visit, NULL, find_row (rows, visit->id), error) ||
      !add_new_targets (self, records, error) ||
      (!is_new && !delete_all_missing (self, records, visit->id, error)))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (PARTS); i++) {
    if (!sync_parts (self, records, PARTS[i], visit->id, is_new, error))
      return FALSE;
  }
  return TRUE;
}
