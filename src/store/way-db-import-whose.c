/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose the rows of an import are: what belongs together is of one child. */
#include "way-db-import-private.h"

/* A #WayFindChild of an import: as a row before says, or the store. */
static gboolean
find_child (
    gpointer user_data, const WayRecordType *type, const char *id, char **child, GError **error)
{
  WayDbImport *self = user_data;
  const WayRecord *would_be = way_import_find_would_be (self, type, id);

  return would_be != NULL ? way_import_find_child_of (self, would_be, child, error)
                          : way_db_find_child (self->db, type, id, child, error);
}

/* A #WayIsAtVisit of an import: as a row before says, or the store. */
static gboolean
is_at_visit (
    gpointer user_data, const char *visit, const char *child, gboolean *is_there, GError **error)
{
  WayDbImport *self = user_data;
  g_autoptr (WayVisitChild) link = way_record_new (WAY_VISIT_CHILD);

  if (!way_db_is_at_visit (self->db, visit, child, is_there, error))
    return FALSE;
  way_set_string (&link->visit, visit);
  way_set_string (&link->child, child);
  *is_there = *is_there || way_import_would_be_there (self, &link->record);
  return TRUE;
}

/**
 * way_import_check_whose:
 * @record: with its references as the store has them
 * @is_good: (inout): set to %FALSE if one of them is another child's; why is noted
 *
 * What was signed elsewhere stays as it was signed.
 */
gboolean
way_import_check_whose (WayDbImport *self,
                        const WayRecord *record,
                        gboolean *is_good,
                        GError **error)
{
  const WayVisit *visit =
      self->records != NULL ? way_record_set_first (self->records, WAY_VISIT) : NULL;
  const WayField *strange;

  if (visit != NULL && way_import_is_of_visit (&visit->record, self->records))
    return TRUE;
  /* With the visit comes who was there, which is not stored yet. */
  if (!way_db_find_strange (
          record, find_child, visit == NULL ? is_at_visit : NULL, self, &strange, error))
    return FALSE;
  if (strange == NULL)
    return TRUE;
  way_import_refuse (self,
                     record,
                     strange->name,
                     way_db_is_visit_of (strange) ? WAY_DB_NOT_AT_VISIT : WAY_DB_OF_ANOTHER_CHILD);
  *is_good = FALSE;
  return TRUE;
}

/**
 * way_import_check_replaced:
 * @target: (inout): with its references as the store has them; the one that it replaces is left out
 *   if that is another child's, which is told
 *
 * The target itself is good all the same, wherever in the files the other one stands.
 */
gboolean
way_import_check_replaced (WayDbImport *self, WayTarget *target, GError **error)
{
  g_autofree char *child = NULL;
  WayImportNote *note;

  if (target->replaces == NULL)
    return TRUE;
  if (!find_child (self, WAY_TARGET, target->replaces, &child, error))
    return FALSE;
  if (child == NULL || g_strcmp0 (child, target->child) == 0)
    return TRUE;
  way_set_string (&target->replaces, NULL);
  note = way_import_note (self, WAY_IMPORT_NOTICE, &target->record);
  note->title = way_import_title (self, &target->record, NULL);
  note->field = g_strdup ("replaces");
  note->message = g_strdup ("names a target of another child as the one it replaces; that "
                            "reference is left out");
  return TRUE;
}

/* Whether the target that @record replaces stands further down: its id is still the file's own, and
 * way_import_resolve_later() looks whose it is. */
static gboolean
is_replaced_to_come (WayDbImport *self, const WayRecord *record)
{
  const WayRecord *last =
      self->later->len > 0 ? g_ptr_array_index (self->later, self->later->len - 1) : NULL;

  return record->type == WAY_TARGET && last != NULL && self->later_unit == self->unit &&
         g_strcmp0 (((const WayTarget *) last)->replaces, ((const WayTarget *) record)->replaces) ==
             0;
}

/* As way_import_check_whose(), of a row whose references may still be to come. */
gboolean
way_import_check_whose_row (WayDbImport *self,
                            const WayRecord *record,
                            gboolean *is_good,
                            GError **error)
{
  g_autoptr (WayRecord) without = NULL;

  if (!is_replaced_to_come (self, record))
    return way_import_check_whose (self, record, is_good, error);
  without = way_record_copy (record);
  way_set_string (&((WayTarget *) without)->replaces, NULL);
  return way_import_check_whose (self, without, is_good, error);
}
