/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-db-private.h"

#include "way-error.h"

#include <math.h>
#include <string.h>

#define EVERYTHING "*"

/* A visit or review that was signed elsewhere brings its signature along. */
static void
complete_signature (WayRecord *record)
{
  WayVisit *visit = (WayVisit *) record;

  if (record->type == WAY_VISIT && visit->signed_at != NULL && isnan (visit->version))
    visit->version = 1;
}

static gboolean
put_record (WayDb *self, WayRecord *record, const WayCodeLists *lists, GError **error)
{
  if (record->revision > 0)
    return way_db_save (self, record, error);
  complete_signature (record);
  if (!way_db_validate (self, record, lists, error) ||
      !way_db_save_unchecked (self, record, NULL, error)) {
    g_prefix_error (error, "%s: ", record->type->name);
    return FALSE;
  }
  return TRUE;
}

static gboolean
put_all (WayDb *self, WayRecordSet *batch, GError **error)
{
  g_autoptr (WayCodeLists) lists = NULL;

  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    GPtrArray *list = way_record_set_list (batch, WAY_RECORD_TYPES[i]);

    if (lists == NULL && WAY_RECORD_TYPES[i] != WAY_CODE) {
      lists = way_db_get_code_lists (self, error);
      if (lists == NULL)
        return FALSE;
    }
    for (guint k = 0; k < list->len; k++) {
      if (!put_record (self, g_ptr_array_index (list, k), lists, error))
        return FALSE;
    }
  }
  return TRUE;
}

static gboolean
keep_signed (WayDb *self, WayRecordSet *batch, GError **error)
{
  GPtrArray *visits = way_record_set_list (batch, WAY_VISIT);

  for (guint i = 0; i < visits->len; i++) {
    const WayVisit *visit = g_ptr_array_index (visits, i);

    if (visit->signed_at != NULL && !way_db_keep_dossier (self, visit->record.id, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
put_inside (WayDb *self, WayRecordSet *batch, GError **error)
{
  return way_db_open_door (self, EVERYTHING, error) && put_all (self, batch, error) &&
         keep_signed (self, batch, error) && way_db_close_door (self, EVERYTHING, error);
}

/**
 * way_db_put_batch:
 * @batch: (inout): new records (and changed ones, by their revision) in any order; ids, times
 *   and revisions are set
 * @error: return location for %WAY_ERROR_INVALID "type: field: why"
 *
 * Stores records that come together, among them visits and reviews that are signed
 * already: what a signed visit's record shows is kept as of now, so all that belongs to
 * it must be in the batch or in the store. All or nothing. Fastest inside one
 * way_db_begin() for many batches.
 */
gboolean
way_db_put_batch (WayDb *self, WayRecordSet *batch, GError **error)
{
  return way_db_begin (self, error) && way_db_end (self, put_inside (self, batch, error), error);
}
