/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import leaves as it is, because somebody signed it or is writing it. */
#include "way-db-import-private.h"

/**
 * way_import_has_draft:
 * @has_draft: (out): whether somebody is writing the visit, or an amendment of it, in the window
 */
gboolean
way_import_has_draft (WayDbImport *self, const char *visit, gboolean *has_draft, GError **error)
{
  gint64 found = 0;

  if (!way_db_query_int (
          self->db, "SELECT 1 FROM \"draft\" WHERE \"visit\" = ?1", visit, &found, error))
    return FALSE;
  *has_draft = found != 0;
  return TRUE;
}

static gboolean
look_at_whole (WayDbImport *self,
               const WayRecordType *type,
               const char *id,
               WayImportHold *hold,
               GError **error)
{
  WayPlace *place = way_import_find_place (self, type, id);
  gboolean has_draft = FALSE;
  gint64 found = 0;

  if (place != NULL && place->is_new)
    return TRUE;
  if (!way_db_query_int (
          self->db,
          type == WAY_VISIT
              ? "SELECT 1 FROM \"visit\" WHERE \"id\" = ?1 AND \"signed_at\" IS NOT NULL"
              : "SELECT 1 FROM \"review\" WHERE \"id\" = ?1 AND \"signed_at\" IS NOT NULL",
          id,
          &found,
          error))
    return FALSE;
  if (found != 0)
    *hold = WAY_IMPORT_SIGNED;
  if (found != 0 || type != WAY_VISIT)
    return TRUE;
  if (!way_import_has_draft (self, id, &has_draft, error))
    return FALSE;
  if (has_draft && *hold == WAY_IMPORT_FREE)
    *hold = WAY_IMPORT_WRITTEN;
  return TRUE;
}

/* What the row says that it is part of; if it leaves that open, what the store's is part of. */
static const char *
whole_of (const WayRecord *record, const WayRecord *old, const char *name)
{
  const WayField *field = way_record_type_find (record->type, name);

  if (field == NULL || field->kind != WAY_FIELD_ID)
    return NULL;
  if (!way_field_is_known (field, record) && old != NULL)
    record = old;
  return way_field_is_known (field, record) ? way_field_string (field, record) : NULL;
}

/**
 * way_import_find_hold:
 * @old: (nullable): the record as the store has it
 * @hold: (out): whether it is, or would be, part of something that was signed before this import or
 *   of which a draft is being written: that takes the place of what the store has
 */
gboolean
way_import_find_hold (WayDbImport *self,
                      const WayRecord *record,
                      const WayRecord *old,
                      WayImportHold *hold,
                      GError **error)
{
  const char *visit = whole_of (record, old, "visit"), *review = whole_of (record, old, "review");
  gboolean is_rated = FALSE;
  WayDate day;

  *hold = WAY_IMPORT_FREE;
  if (record->type == WAY_VISIT || record->type == WAY_REVIEW)
    return old == NULL || look_at_whole (self, record->type, old->id, hold, error);
  if (record->type == WAY_DISCLOSURE)
    return TRUE;
  /* What was measured at a signed visit follows that visit, and nothing else. */
  if (record->type == WAY_MEASUREMENT && old != NULL && old->id != NULL &&
      !way_db_find_rated (self->db, (const WayMeasurement *) old, &is_rated, &day, error))
    return FALSE;
  if (is_rated) {
    *hold = WAY_IMPORT_SIGNED;
    return TRUE;
  }
  return (visit == NULL || look_at_whole (self, WAY_VISIT, visit, hold, error)) &&
         (review == NULL || look_at_whole (self, WAY_REVIEW, review, hold, error));
}

/* (transfer full): what is said of a value that stays */
char *
way_import_hold_words (WayImportHold hold)
{
  return g_strdup (hold == WAY_IMPORT_WRITTEN
                       ? "A draft of the visit is being written here; sign or discard that first, "
                         "then import again"
                       : "It is signed, so it stays as it is");
}
