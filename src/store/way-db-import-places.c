/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the records of the files went, and so what their references mean here. */
#include "way-db-import-private.h"

#include "way-error.h"

#include <string.h>

#define LEFT_OUT "belongs to a row that can’t be taken"

WayPlace *
way_import_find_place (WayDbImport *self, const WayRecordType *type, const char *file_id)
{
  return way_import_table_get (self->places, type, file_id);
}

/* Whether it was in the files, but could not be taken. */
gboolean
way_import_was_left_out (WayDbImport *self, const WayRecordType *type, const char *id)
{
  WayPlace *place = way_import_find_place (self, type, id);

  return place != NULL && place->id == NULL;
}

/* @id NULL: the record was left out. */
WayPlace *
way_import_set_place (WayDbImport *self,
                      const WayRecordType *type,
                      const char *file_id,
                      const char *id)
{
  WayPlace *place = g_new0 (WayPlace, 1);

  place->id = g_strdup (id);
  place->unit = self->unit;
  way_import_table_set (self->places, type, file_id, place);
  return place;
}

/* Whether nothing later needs to know where the record went: the store has it, by the id that the
 * file has; or, in a dry run, nothing names such a one and it comes but once. */
static gboolean
is_needless (WayDbImport *self, const WayRecord *record, const WayPlace *place)
{
  if (self->options.dry_run)
    return !way_db_is_named (record->type) && way_db_visit_is_part (record->type);
  return g_strcmp0 (place->id, record->id) == 0;
}

/**
 * way_import_forget_places:
 * @unit: a signed record of visit that was taken
 *
 * So that thousands of them in one file take no more memory than one.
 */
void
way_import_forget_places (WayDbImport *self, WayRecordSet *unit)
{
  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    GPtrArray *list = way_record_set_list (unit, WAY_RECORD_TYPES[i]);

    for (guint k = 0; k < list->len; k++) {
      const WayRecord *record = g_ptr_array_index (list, k);
      const WayPlace *place =
          record->id != NULL ? way_import_find_place (self, record->type, record->id) : NULL;

      if (place != NULL && place->id != NULL && is_needless (self, record, place))
        way_import_table_remove (self->places, record->type, record->id);
    }
  }
}

WayImportNote *
way_import_note (WayDbImport *self, WayImportKind kind, const WayRecord *record)
{
  WayImportNote *note = way_import_report_add (self->report, kind, record->source, record->line);

  note->type = record->type;
  note->id = g_strdup (record->id);
  return note;
}

WayImportNote *
way_import_refuse (WayDbImport *self,
                   const WayRecord *record,
                   const char *field,
                   const char *message)
{
  WayImportNote *note = way_import_note (self, WAY_IMPORT_ERROR, record);

  note->title = way_import_title (self, record, NULL);
  note->field = g_strdup (field);
  note->message = g_strdup (message);
  return note;
}

/* The record that came by this id when the store's record of the id was another one, which is gone
 * by now. */
static gboolean
find_marked (
    WayDbImport *self, const WayRecordType *type, const char *file_id, char **id, GError **error)
{
  g_autoptr (GPtrArray) ids = way_db_known_as_all (self->db, type, file_id, error);

  if (ids != NULL && ids->len == 1)
    *id = g_strdup (g_ptr_array_index (ids, 0));
  return ids != NULL;
}

/**
 * way_import_find_id:
 * @file_id: an id as the files have it
 * @id: (out) (nullable): the record's id in the store; %NULL if there is no such record
 * @was_left_out: (out): it was in the files, but could not be taken
 */
gboolean
way_import_find_id (WayDbImport *self,
                    const WayRecordType *type,
                    const char *file_id,
                    char **id,
                    gboolean *was_left_out,
                    GError **error)
{
  const char *name = way_import_own_name (self, type, file_id);
  WayPlace *place = way_import_find_place (self, type, name);
  g_autofree char *sql = NULL;

  *was_left_out = place != NULL && place->id == NULL;
  *id = place != NULL ? g_strdup (place->id) : NULL;
  if (place != NULL)
    return TRUE;
  sql = g_strdup_printf ("SELECT \"id\" FROM \"%s\" WHERE \"id\" = ?1", type->name);
  if (!way_db_query_text (self->db, sql, file_id, id, error) ||
      (*id == NULL && !way_db_known_as_get (self->db, type, file_id, id, error)))
    return FALSE;
  if (*id == NULL && !find_marked (self, type, file_id, id, error))
    return FALSE;
  if (*id != NULL)
    way_import_set_place (self, type, name, *id);
  return TRUE;
}

static gboolean
is_target_to_come (const WayRecord *record, const WayField *field)
{
  return record->type == WAY_TARGET && strcmp (field->name, "replaces") == 0;
}

/* "find_id", but a target of a file that made up its ids replaces one of the same child. */
static gboolean
find_named (WayDbImport *self,
            const WayRecord *record,
            const WayField *field,
            char **id,
            gboolean *was_left_out,
            GError **error)
{
  *was_left_out = FALSE;
  if (record->named_id && is_target_to_come (record, field))
    return way_import_find_replaced (self, (const WayTarget *) record, id, error);
  return way_import_find_id (self,
                             way_record_type_by_name (field->list),
                             way_field_string (field, record),
                             id,
                             was_left_out,
                             error);
}

/* One reference: to the record's id in the store. In a signed record from elsewhere what it names
 * beyond itself may be missing; what was signed is kept whole all the same. */
static gboolean
resolve_field (WayDbImport *self,
               WayRecord *record,
               const WayField *field,
               gboolean is_dossier,
               gboolean *is_good,
               GError **error)
{
  const WayRecordType *type = way_record_type_by_name (field->list);
  gboolean was_left_out, is_ambiguous = FALSE;
  char *id;

  if (!is_dossier && way_import_table_has (self->refused, type, way_field_string (field, record))) {
    way_import_refuse (self, record, field->name, LEFT_OUT);
    *is_good = FALSE;
    return TRUE;
  }
  if (!is_dossier && !is_target_to_come (record, field) &&
      !way_import_is_ambiguous (self, type, way_field_string (field, record), &is_ambiguous, error))
    return FALSE;
  if (is_ambiguous) {
    way_import_refuse (self,
                       record,
                       field->name,
                       "could mean several records, since files from more than one place use this "
                       "id; put the file that lists it into the same folder and import again");
    *is_good = FALSE;
    return TRUE;
  }
  if (!find_named (self, record, field, &id, &was_left_out, error))
    return FALSE;
  if (id != NULL) {
    g_free (way_field_string (field, record));
    way_field_string (field, record) = id;
    return is_dossier || !is_target_to_come (record, field) ||
           way_import_check_replaced (self, (WayTarget *) record, error);
  }
  if (is_dossier && (field->flags & WAY_FIELD_REQUIRED) == 0) {
    way_field_clear (field, record);
    return TRUE;
  }
  if (!was_left_out && is_target_to_come (record, field)) {
    g_ptr_array_add (self->later, way_record_copy (record));
    self->later_unit = self->unit;
    return TRUE;
  }
  *is_good = FALSE;
  if (!was_left_out && g_hash_table_contains (self->broken, (gpointer) type))
    return TRUE; /* it may well be in the file that could not be read, and that is told */
  way_import_refuse (
      self,
      record,
      field->name,
      was_left_out
          ? LEFT_OUT
          : "names a record that is neither in the files nor in the store; add it, or mend the id");
  return TRUE;
}

/**
 * way_import_resolve:
 * @record: (inout): its references become ids of the store
 * @is_dossier: whether it came with a signed record of visit
 * @is_good: (inout): set to %FALSE if one is not found; why is noted
 */
gboolean
way_import_resolve (
    WayDbImport *self, WayRecord *record, gboolean is_dossier, gboolean *is_good, GError **error)
{
  for (guint i = 0; i < record->type->n_fields; i++) {
    const WayField *field = &record->type->fields[i];

    if (field->kind == WAY_FIELD_ID && way_field_is_known (field, record) &&
        !resolve_field (self, record, field, is_dossier, is_good, error))
      return FALSE;
  }
  return TRUE;
}

static void
note_replaced (WayDbImport *self, const WayRecord *target, const WayRecord *replaced)
{
  WayImportNote *note = way_import_note (self, WAY_IMPORT_CHANGE, target);

  note->title = way_import_title (self, target, NULL);
  note->field = g_strdup ("replaces");
  note->new_value = replaced != NULL ? way_import_title (self, replaced, NULL) : NULL;
  self->report->n_changed++;
}

/* The target as it is stored, with its reference as the store has it, or without; one that the
 * store kept against the file's stays. */
static gboolean
set_replaced (WayDbImport *self,
              const WayTarget *target,
              const char *target_id,
              const char *id,
              GError **error)
{
  g_autoptr (WayRecord) old = NULL, changed = NULL, replaced = NULL;
  const char *kept;

  if (!way_db_row_get (self->db, WAY_TARGET, target_id, &old, error))
    return FALSE;
  kept = old != NULL ? ((WayTarget *) old)->replaces : NULL;
  if (old == NULL || (kept != NULL && strcmp (kept, target->replaces) != 0))
    return TRUE;
  if (kept == NULL && id != NULL) {
    const WayRecord *named = way_import_find_would_be (self, WAY_TARGET, id);

    if (named == NULL && !way_db_row_get (self->db, WAY_TARGET, id, &replaced, error))
      return FALSE;
    note_replaced (self, old, named != NULL ? named : replaced);
  }
  changed = way_record_copy (old);
  way_set_string (&((WayTarget *) changed)->replaces, id);
  return self->options.dry_run || way_record_equal (old, changed) ||
         way_db_save_unchecked (self->db, changed, old, error);
}

/* Targets that replace one which came later in the files, or never. */
gboolean
way_import_resolve_later (WayDbImport *self, GError **error)
{
  self->records = NULL; /* the last unit is gone */
  for (guint i = 0; i < self->later->len; i++) {
    const WayTarget *target = g_ptr_array_index (self->later, i);
    g_autoptr (WayRecord) found = NULL;
    WayPlace *own = way_import_find_place (
        self, WAY_TARGET, way_import_own_name (self, WAY_TARGET, target->record.id));
    g_autofree char *id = NULL;
    gboolean was_left_out;
    WayImportNote *note;

    if (own == NULL || own->id == NULL)
      continue; /* left out itself */
    if (target->record.named_id
            ? !way_import_find_replaced (self, target, &id, error)
            : !way_import_find_id (self, WAY_TARGET, target->replaces, &id, &was_left_out, error))
      return FALSE;
    if (id == NULL) {
      note = way_import_note (self, WAY_IMPORT_NOTICE, &target->record);
      note->field = g_strdup ("replaces");
      note->message = g_strdup ("names a target that is neither in the files nor in the store; the "
                                "reference is left out");
    }
    found = way_record_copy (target);
    way_set_string (&((WayTarget *) found)->replaces, id);
    if (!way_import_check_replaced (self, (WayTarget *) found, error) ||
        !set_replaced (self, target, own->id, ((WayTarget *) found)->replaces, error))
      return FALSE;
  }
  return TRUE;
}
