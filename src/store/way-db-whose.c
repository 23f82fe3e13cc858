/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose records are: what belongs together is of one child. */
#include "way-db-private.h"

#include "way-visit-children.h"

#define FOLLOWED "(SELECT \"action\" FROM \"visit_action\" WHERE \"visit\" = ?1)"
#define AGREED_AT(what) "(SELECT \"" what "\" FROM \"action\" WHERE \"id\" IN " FOLLOWED ")"

/* What says whose the parts of the visit ?1 are, besides themselves. */
static const struct {
  const WayRecordType *type;
  const char *condition;
} BESIDES[] = {
    {WAY_TARGET, "WHERE \"id\" IN (SELECT \"target\" FROM \"visit_target\" WHERE \"visit\" = ?1)"},
    {WAY_ACTION, "WHERE \"id\" IN " FOLLOWED " AND \"visit\" IS NOT ?1"},
    {WAY_REVIEW, "WHERE \"id\" IN " AGREED_AT ("review")},
    {WAY_VISIT_CHILD, "WHERE \"visit\" IN " AGREED_AT ("visit") " AND \"visit\" <> ?1"},
};

/**
 * way_db_check_visit_children:
 * @visit_id: a visit whose rows are as they shall be
 * @error: return location for %WAY_ERROR_INVALID as way_visit_check_children() has it
 */
gboolean
way_db_check_visit_children (WayDb *self, const char *visit_id, GError **error)
{
  g_autoptr (WayRecordSet) records = way_db_load_visit_rows (self, visit_id, error);

  if (records == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (BESIDES); i++) {
    g_autoptr (GPtrArray) rows =
        way_db_rows_where (self, BESIDES[i].type, BESIDES[i].condition, visit_id, error);

    if (rows == NULL)
      return FALSE;
    g_ptr_array_set_free_func (rows, NULL);
    for (guint k = 0; k < rows->len; k++)
      way_record_set_take (records, g_ptr_array_index (rows, k));
  }
  return way_visit_check_children (records, error);
}
