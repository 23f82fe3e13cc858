/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the search index is whole. */
#include "way-db-index-private.h"

#include "way-error.h"

static gboolean
check_words (WayDb *self, GPtrArray *problems, GError **error)
{
  g_autoptr (GError) local = NULL;

  /* With 1 it also compares what is found with what is kept: https://www.sqlite.org/fts5.html */
  if (way_db_exec (self,
                   "INSERT INTO \"search\" (\"search\", \"rank\") VALUES ('integrity-check', 1)",
                   &local))
    return TRUE;
  if (!g_error_matches (local, WAY_ERROR, WAY_ERROR_CORRUPT)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  g_ptr_array_add (problems, g_strdup ("the search index does not fit what it was made from"));
  return TRUE;
}

static gboolean
count (WayDb *self, const char *sql, const char *what, GPtrArray *problems, GError **error)
{
  gint64 n;

  if (!way_db_query_int (self, sql, NULL, &n, error))
    return FALSE;
  if (n > 0)
    g_ptr_array_add (problems, g_strdup_printf ("%s: %" G_GINT64_FORMAT, what, n));
  return TRUE;
}

static gboolean
check_rows (WayDb *self, const WayRecordType *type, GPtrArray *problems, GError **error)
{
  const char *name = type->name;
  /* What was agreed at a visit is found in the visit. */
  const char *own = type == WAY_ACTION ? "AND r.\"visit\" IS NULL" : "";
  g_autofree char *missing =
      g_strdup_printf ("SELECT count (*) FROM \"%s\" r WHERE NOT EXISTS (SELECT 1 FROM "
                       "\"search_entry\" e WHERE e.\"record\" = r.\"id\" AND e.\"type\" = '%s') %s",
                       name,
                       name,
                       own);
  g_autofree char *stray =
      g_strdup_printf ("SELECT count (*) FROM \"search_entry\" e WHERE e.\"type\" = '%s' AND NOT "
                       "EXISTS (SELECT 1 FROM \"%s\" r WHERE r.\"id\" = e.\"record\" %s)",
                       name,
                       name,
                       own);
  g_autofree char *not_found = g_strdup_printf ("%s records that no search finds", name);
  g_autofree char *gone = g_strdup_printf ("%s records that a search finds and are gone", name);

  return count (self, missing, not_found, problems, error) &&
         count (self, stray, gone, problems, error);
}

/**
 * way_db_index_check:
 * @problems: (element-type utf8): gets what is wrong, for people
 *
 * Whether everything that can be searched for is found, and nothing else.
 */
gboolean
way_db_index_check (WayDb *self, GPtrArray *problems, GError **error)
{
  for (gsize i = 0; i < WAY_N_INDEX_SOURCES; i++) {
    if (!check_rows (self, WAY_INDEX_SOURCES[i].type, problems, error))
      return FALSE;
  }
  return check_words (self, problems, error);
}
