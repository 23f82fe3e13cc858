/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-options.h"

#include "way-number.h"

/**
 * way_options_read:
 * @db: the store
 * @options: (inout): its trend, and what counts as about equal, are set where the service
 *   prefers one
 * @error: return location
 *
 * Returns: FALSE if the store could not be read
 */
gboolean
way_options_read (WayDb *db, WayProgressOptions *options, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *trend = way_db_get_preference (db, "trend", &local);
  g_autofree char *equal =
      local == NULL ? way_db_get_preference (db, "about-equal-percent", &local) : NULL;
  double percent;

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (g_strcmp0 (trend, "ols") == 0)
    options->trend = WAY_TREND_OLS;
  else if (g_strcmp0 (trend, "split-middle") == 0)
    options->trend = WAY_TREND_SPLIT_MIDDLE;
  if (equal != NULL && way_number_from_text (equal, &percent))
    options->about_equal = percent / 100.0;
  return TRUE;
}
