/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of actions: told of them at later visits, or by hand, while what was agreed stays. */
#include "way-db-private.h"

/**
 * way_db_keep_told:
 * @records: (inout): a visit and its parts, as they were written
 *
 * What the store was told of the visit's own actions since they were read stays.
 */
gboolean
way_db_keep_told (WayDb *self, WayRecordSet *records, GError **error)
{
  static const char *const TOLD[] = {"done", "effect", "note"};
  GPtrArray *actions = way_record_set_list (records, WAY_ACTION);

  for (guint i = 0; i < actions->len; i++) {
    WayRecord *action = g_ptr_array_index (actions, i);
    g_autoptr (WayRecord) old = NULL;

    if (!way_db_row_get (self, WAY_ACTION, action->id, &old, error))
      return FALSE;
    for (gsize k = 0; old != NULL && k < G_N_ELEMENTS (TOLD); k++)
      way_field_copy (way_record_type_find (WAY_ACTION, TOLD[k]), old, action);
  }
  return TRUE;
}
