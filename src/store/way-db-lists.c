/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-db-private.h"

#include "way-error.h"

#include <string.h>

#define NOBODY "nobody yet"
#define LOGO "logo"
#define MOST_LOGO_BYTES (4 * 1024 * 1024)

/**
 * way_db_get_code_lists:
 *
 * Returns: (transfer full): all code lists; the same value until one is edited
 */
WayCodeLists *
way_db_get_code_lists (WayDb *self, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  g_assert (self->owner == g_thread_self ());
  if (self->lists == NULL) {
    rows =
        way_db_rows_where (self, WAY_CODE, "ORDER BY \"list\", \"position\", rowid", NULL, error);
    if (rows == NULL)
      return NULL;
    self->lists = way_code_lists_new (rows);
  }
  return way_code_lists_ref (self->lists);
}

/**
 * way_db_get_terms:
 *
 * Returns: (transfer full): the table of terms
 */
WayTerms *
way_db_get_terms (WayDb *self, GError **error)
{
  g_autoptr (GPtrArray) rows =
      way_db_rows_where (self, WAY_TERM, "ORDER BY \"start\"", NULL, error);

  return rows != NULL ? way_terms_new (rows) : NULL;
}

/**
 * way_db_get_me:
 *
 * Returns: (transfer full) (nullable): who works here; %NULL without error while
 *   nobody has said
 */
WayPractitioner *
way_db_get_me (WayDb *self, GError **error)
{
  g_autoptr (GPtrArray) rows =
      way_db_rows_where (self, WAY_PRACTITIONER, "WHERE \"me\" = 1 ORDER BY rowid", NULL, error);

  return rows != NULL && rows->len > 0 ? g_ptr_array_steal_index (rows, 0) : NULL;
}

const char *
way_db_get_my_name (WayDb *self)
{
  if (self->me == NULL &&
      !way_db_query_text (self,
                          "SELECT \"name\" FROM \"practitioner\" WHERE \"me\" = 1 ORDER BY rowid",
                          NULL,
                          &self->me,
                          NULL))
    return NOBODY;
  if (self->me == NULL)
    self->me = g_strdup (NOBODY);
  return self->me;
}

/**
 * way_db_get_preference:
 *
 * Returns: (transfer full) (nullable): the value; %NULL without error if it is not set
 */
char *
way_db_get_preference (WayDb *self, const char *name, GError **error)
{
  char *value;

  return way_db_query_text (
             self, "SELECT \"value\" FROM \"preference\" WHERE \"name\" = ?1", name, &value, error)
             ? value
             : NULL;
}

static gboolean
forget_preference (WayDb *self, const char *name, GError **error)
{
  g_auto (WayStmt) stmt = way_stmt_prepare (self, "DELETE FROM \"preference\" WHERE \"name\" = ?");

  way_stmt_bind_text (&stmt, 1, name);
  return way_stmt_run (&stmt, error);
}

/**
 * way_db_set_preference:
 * @value: (nullable): %NULL unsets it
 */
gboolean
way_db_set_preference (WayDb *self, const char *name, const char *value, GError **error)
{
  g_auto (WayStmt) stmt = {0};

  g_assert (self->owner == g_thread_self ());
  if (value == NULL)
    return forget_preference (self, name, error);
  stmt = way_stmt_prepare (self, "INSERT OR REPLACE INTO \"preference\" VALUES (?, ?)");
  way_stmt_bind_text (&stmt, 1, name);
  way_stmt_bind_text (&stmt, 2, value);
  return way_stmt_run (&stmt, error);
}

/**
 * way_db_get_logo:
 *
 * Returns: (transfer full) (nullable): the service's logo as PNG; %NULL without
 *   error if there is none
 */
GBytes *
way_db_get_logo (WayDb *self, GError **error)
{
  g_auto (WayStmt) stmt =
      way_stmt_prepare (self, "SELECT \"value\" FROM \"preference\" WHERE \"name\" = '" LOGO "'");

  if (way_stmt_step (&stmt, error) != WAY_STEP_ROW)
    return NULL;
  return g_bytes_new (sqlite3_column_blob (stmt.stmt, 0),
                      (gsize) sqlite3_column_bytes (stmt.stmt, 0));
}

/**
 * way_db_set_logo:
 * @png: (nullable): a PNG of at most 4 MB; %NULL: no logo
 */
gboolean
way_db_set_logo (WayDb *self, GBytes *png, GError **error)
{
  g_auto (WayStmt) stmt = {0};
  gconstpointer data;
  gsize size;

  g_assert (self->owner == g_thread_self ());
  if (png == NULL)
    return forget_preference (self, LOGO, error);
  data = g_bytes_get_data (png, &size);
  if (size > MOST_LOGO_BYTES || size < 8 || memcmp (data, "\x89PNG\r\n\x1a\n", 8) != 0) {
    g_set_error_literal (
        error, WAY_ERROR, WAY_ERROR_INVALID, "logo: not a PNG picture of at most 4 MB");
    return FALSE;
  }
  stmt = way_stmt_prepare (self, "INSERT OR REPLACE INTO \"preference\" VALUES ('" LOGO "', ?)");
  way_stmt_bind_blob (&stmt, 1, data, size);
  return way_stmt_run (&stmt, error);
}
