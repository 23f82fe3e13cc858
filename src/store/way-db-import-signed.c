/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import leaves as it is, because somebody signed it. */
#include "way-db-import-private.h"

static gboolean
is_signed (
    WayDbImport *self, const WayRecordType *type, const char *id, gboolean *locked, GError **error)
{
  WayPlace *place = way_import_find_place (self, type, id);
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
  *locked = *locked || found != 0;
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
 * way_import_is_locked:
 * @old: (nullable): the record as the store has it
 * @locked: (out): whether it is, or would be, part of something signed before this import
 */
gboolean
way_import_is_locked (WayDbImport *self,
                      const WayRecord *record,
                      const WayRecord *old,
                      gboolean *locked,
                      GError **error)
{
  const char *visit = whole_of (record, old, "visit"), *review = whole_of (record, old, "review");
  WayDate day;

  *locked = FALSE;
  if (record->type == WAY_VISIT || record->type == WAY_REVIEW)
    return old == NULL || is_signed (self, record->type, old->id, locked, error);
  if (record->type == WAY_DISCLOSURE)
    return TRUE;
  /* What was measured at a signed visit follows that visit, and nothing else. */
  if (record->type == WAY_MEASUREMENT && old != NULL && old->id != NULL &&
      !way_db_find_rated (self->db, (const WayMeasurement *) old, locked, &day, error))
    return FALSE;
  if (*locked)
    return TRUE;
  return (visit == NULL || is_signed (self, WAY_VISIT, visit, locked, error)) &&
         (review == NULL || is_signed (self, WAY_REVIEW, review, locked, error));
}
