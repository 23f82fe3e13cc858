/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of one record of a file: it is added, merged, kept as it is, or can't be taken. */
#include "way-db-import-private.h"

#include "way-error.h"
#include "way-text.h"

#include <math.h>
#include <string.h>

void
way_import_item_free (gpointer data)
{
  WayImportItem *item = data;

  way_record_free (item->record);
  way_record_free (item->old);
  g_free (item->other_id);
  g_free (item->name);
  g_free (item);
}

static gboolean
is_worth_a_note (const WayRecordType *type)
{
  return type == WAY_CHILD || type == WAY_SETTING || type == WAY_PRACTITIONER ||
         type == WAY_VISIT || type == WAY_TARGET;
}

static gboolean
note_addition (WayDbImport *self, const WayRecord *record, GError **error)
{
  WayImportNote *note;

  self->report->n_added[way_record_type_index (record->type)]++;
  self->report->n_added_total++;
  way_import_note_met (self, record);
  if (!is_worth_a_note (record->type))
    return TRUE;
  note = way_import_note (self, WAY_IMPORT_ADD, record);
  note->title = way_import_title (self, record, error);
  return note->title != NULL;
}

/* What is left empty in a new record and has an answer. */
static gboolean
complete (WayDbImport *self, WayRecord *record, GError **error)
{
  if (record->type == WAY_PRACTITIONER && ((WayPractitioner *) record)->role == NULL)
    way_set_string (&((WayPractitioner *) record)->role, "other");
  if (record->type == WAY_PRACTITIONER)
    ((WayPractitioner *) record)->me = WAY_UNKNOWN; /* who works here is this store's to say */
  if (record->type == WAY_VISIT && ((WayVisit *) record)->practitioner == NULL)
    return way_db_query_text (self->db,
                              "SELECT \"id\" FROM \"practitioner\" WHERE \"me\" = 1",
                              NULL,
                              &((WayVisit *) record)->practitioner,
                              error);
  return TRUE;
}

static char *
first_words (const WayRecord *record)
{
  for (guint i = 0; i < record->type->n_fields; i++) {
    const WayField *field = &record->type->fields[i];

    if ((field->kind == WAY_FIELD_TEXT || field->kind == WAY_FIELD_NOTE) &&
        way_field_is_known (field, record))
      return way_text_first_words (way_field_string (field, record), 60);
  }
  return NULL;
}

/* A record that the store has not. */
static gboolean
plan_addition (WayDbImport *self, WayImportItem *item, const char *file_id, GError **error)
{
  WayImportHold hold;

  if (!way_import_find_hold (self, item->record, NULL, &hold, error))
    return FALSE;
  if (hold != WAY_IMPORT_FREE) {
    WayImportNote *note = way_import_note (self, WAY_IMPORT_CONFLICT, item->record);

    note->title = way_import_title (self, item->record, NULL);
    note->field = g_strdup (item->record->type->name);
    note->new_value = first_words (item->record);
    note->message =
        hold == WAY_IMPORT_SIGNED
            ? g_strdup ("it would be added to something that is signed, which stays as it is")
            : way_import_hold_words (hold);
    self->report->n_conflicts++;
    g_clear_pointer (&item->record, way_record_free);
    return TRUE;
  }
  if (!way_import_tell_beside (self, item->record, error))
    return FALSE;
  if (item->record->id == NULL)
    item->record->id = way_uuid_random ();
  way_import_note_beside (self, item->record);
  way_import_set_place (
      self, item->record->type, file_id != NULL ? file_id : item->record->id, item->record->id)
      ->is_new = TRUE;
  way_import_take_one (self, item->record, item->record->id);
  return note_addition (self, item->record, error) &&
         way_import_remember (self, item->record, file_id != NULL, error);
}

static gboolean
plan_merge (
    WayDbImport *self, WayImportItem *item, const char *file_id, gboolean *is_good, GError **error)
{
  g_autoptr (WayRecord) record = g_steal_pointer (&item->record);
  WayPlace *place = file_id != NULL ? way_import_find_place (self, record->type, file_id) : NULL;
  WayImportHold hold;

  if (file_id != NULL && place == NULL)
    way_import_set_place (self, record->type, file_id, item->old->id);
  if (item->old->id != NULL) {
    way_import_take_one (self, record, item->old->id);
    if (file_id != NULL && !record->derived_id && strcmp (file_id, item->old->id) != 0)
      item->other_id = g_strdup (file_id);
  }
  if (!way_import_find_hold (self, record, item->old, &hold, error))
    return FALSE;
  item->record = way_import_merge (self, record, item->old, hold, error);
  if (item->record == NULL ||
      !way_import_check_merged (self, item->record, item->old, is_good, error))
    return FALSE;
  return !*is_good || way_import_remember_merged (self, item->old, item->record, error);
}

/* A table does not hold all that was signed, and anybody can change its cells: what it calls a
 * signed visit or review is one only if the store has it signed. Else it comes in to be read, or
 * signed again.
 */
static void
take_off_signature (WayImportItem *item)
{
  const WayRecordType *type = item->record->type;
  const WayField *at = way_record_type_find (type, "signed_at");

  if ((type != WAY_VISIT && type != WAY_REVIEW) || !way_field_is_known (at, item->record) ||
      (item->old != NULL && way_field_is_known (at, item->old)))
    return;
  if (type == WAY_VISIT) {
    way_visit_clear_signature ((WayVisit *) item->record);
    ((WayVisit *) item->record)->version = NAN;
  } else {
    way_field_clear (at, item->record);
    way_field_clear (way_record_type_find (type, "signed_by"), item->record);
  }
  item->was_signed = TRUE;
}

/* Decides on one record; says FALSE in @is_good, with the reasons noted, if it can't be taken. */
WayImportItem *
way_import_plan (WayDbImport *self,
                 const WayRecord *given,
                 WayImportRole role,
                 gboolean *is_good,
                 GError **error)
{
  WayImportItem *item = g_new0 (WayImportItem, 1);
  g_autofree char *file_id = NULL;
  gboolean done;

  item->record = way_record_copy (given);
  item->record->revision = 0;
  item->is_row = role == WAY_IMPORT_ROW;
  self->given = given;
  done = way_import_resolve (self, item->record, role != WAY_IMPORT_ROW, is_good, error);
  if (done && *is_good && role != WAY_IMPORT_PART)
    done = way_import_match (self, item, error);
  if (done && *is_good && role == WAY_IMPORT_ROW) {
    take_off_signature (item);
    way_import_drop_usual_year (item->record, item->old);
    if (item->record->type == WAY_CHILD && item->old != NULL)
      way_import_tell_twice (self, given, item->old);
  }
  file_id = g_strdup (item->record->id);
  if (done && *is_good && item->old == NULL)
    done = complete (self, item->record, error);
  if (done && *is_good)
    done = way_import_check (self, item->record, item->old, is_good, error);
  if (done && *is_good && role != WAY_IMPORT_PART)
    done = item->old != NULL ? plan_merge (self, item, file_id, is_good, error)
                             : plan_addition (self, item, file_id, error);
  if (done)
    return item;
  way_import_item_free (item);
  return NULL;
}
