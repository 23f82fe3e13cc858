/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-db-private.h"

#include "way-error.h"
#include "way-preferences.h"
#include "way-text.h"

#define NOBODY "nobody yet"
#define LOGO "logo"

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
 * @name: one of %WAY_PREFERENCES that is no picture
 * @value: (nullable): what way_preference_check() lets pass; %NULL or "" unsets it
 */
gboolean
way_db_set_preference (WayDb *self, const char *name, const char *value, GError **error)
{
  const WayPreference *preference = way_preference_find (name);
  g_auto (WayStmt) stmt = {0};
  g_autofree char *kept = NULL;

  g_assert (self->owner == g_thread_self ());
  if (preference == NULL) {
    g_set_error (error, WAY_ERROR, WAY_ERROR_NOT_FOUND, "there is no preference “%s”", name);
    return FALSE;
  }
  if (way_text_is_blank (value))
    return forget_preference (self, name, error);
  kept = way_preference_check (preference, value, error);
  if (kept == NULL)
    return FALSE;
  stmt = way_stmt_prepare (self, "INSERT OR REPLACE INTO \"preference\" VALUES (?, ?)");
  way_stmt_bind_text (&stmt, 1, name);
  way_stmt_bind_text (&stmt, 2, kept);
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
 * @png: (nullable): what way_preference_check_logo() lets pass; %NULL: no logo
 */
gboolean
way_db_set_logo (WayDb *self, GBytes *png, GError **error)
{
  g_auto (WayStmt) stmt = {0};

  g_assert (self->owner == g_thread_self ());
  if (png == NULL)
    return forget_preference (self, LOGO, error);
  if (!way_preference_check_logo (png, error))
    return FALSE;
  stmt = way_stmt_prepare (self, "INSERT OR REPLACE INTO \"preference\" VALUES ('" LOGO "', ?)");
  way_stmt_bind_blob (&stmt, 1, g_bytes_get_data (png, NULL), g_bytes_get_size (png));
  return way_stmt_run (&stmt, error);
}

/**
 * way_db_set_preferences:
 * @pairs: name and value in turn, ended by %NULL
 * @logo: (nullable): as for way_db_set_logo()
 *
 * All of them or none.
 */
gboolean
way_db_set_preferences (WayDb *self, const char *const *pairs, GBytes *logo, GError **error)
{
  gboolean done;

  if (!way_db_begin (self, error))
    return FALSE;
  done = way_db_set_logo (self, logo, error);
  for (; done && pairs[0] != NULL; pairs += 2)
    done = way_db_set_preference (self, pairs[0], pairs[1], error);
  return way_db_end (self, done, error);
}
