/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rule that cases of a child keep among themselves. */
#include "way-db-private.h"
#include "way-error.h"

/**
 * way_db_check_case:
 * @self_case: a case that keeps its own rules
 *
 * A child has one open case at a time, each a new episode. One that is stored already may be
 * changed though it stands beside another, so that what overlaps can be put right.
 */
gboolean
way_db_check_case (WayDb *self, const WayCase *self_case, GError **error)
{
  g_auto (WayStmt) stmt = {0};
  WayStep step;

  if (self_case->record.revision > 0)
    return TRUE;
  stmt = way_stmt_prepare (self,
                           "SELECT 1 FROM \"case\" WHERE \"child\" = ?1 AND "
                           "\"opened\" <= coalesce (?3, '9999-12-31') AND "
                           "coalesce (\"closed\", '9999-12-31') >= ?2");
  way_stmt_bind_text (&stmt, 1, self_case->child);
  way_stmt_bind_date (&stmt, 2, self_case->opened);
  way_stmt_bind_date (&stmt, 3, self_case->closed);
  step = way_stmt_step (&stmt, error);
  if (step == WAY_STEP_ROW)
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_INVALID,
                 "opened: is on a day when another case of the child is open; close that one "
                 "first, or check the days");
  return step == WAY_STEP_DONE;
}
