/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ratings at a signed visit are measurements of their targets; they follow its newest version,
 * signed here or elsewhere. What somebody typed as a measurement stays. */
#include "way-db-private.h"

#include "way-error.h"
#include "way-text.h"

#include <math.h>
#include <string.h>

/* Returns: (transfer full): the id of the measurement that a rating becomes */
char *
way_db_dup_rating_id (const WayVisitTarget *rated)
{
  return way_uuid_for_name ("visit-rating", rated->record.id);
}

/* What is typed has a random id; that of a rating is made of a name (RFC 9562, version 5). */
gboolean
way_db_may_be_rating (const char *id)
{
  return strlen (id) > 14 && id[14] == '5';
}

/* Whether it is the rating of a signed visit, as that says it; @day: that visit's. What contradicts
 * the signed record may be put right. */
gboolean
way_db_find_rated (
    WayDb *self, const WayMeasurement *point, gboolean *found, WayDate *day, GError **error)
{
  g_auto (WayStmt) stmt =
      way_stmt_prepare (self,
                        "SELECT r.\"id\", v.\"date\", r.\"rating\" FROM \"visit_target\" r JOIN "
                        "\"visit\" v ON v.\"id\" = "
                        "r.\"visit\" WHERE r.\"target\" = ? AND v.\"signed_at\" IS NOT NULL");
  WayStep step = WAY_STEP_DONE;

  *found = FALSE;
  *day = WAY_DATE_UNKNOWN;
  if (!way_db_may_be_rating (point->record.id))
    return TRUE;
  way_stmt_bind_text (&stmt, 1, point->target);
  while (!*found && (step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW) {
    const WayVisitTarget rated = {.record.id = (char *) way_stmt_text (&stmt, 0)};
    g_autofree char *id = way_db_dup_rating_id (&rated);

    *day = way_stmt_date (&stmt, 1);
    *found = strcmp (id, point->record.id) == 0 && point->date == *day &&
             point->value == sqlite3_column_double (stmt.stmt, 2);
  }
  return *found || step != WAY_STEP_ERROR;
}

/**
 * way_db_check_unrated:
 * @point: a measurement as it is stored
 * @error: return location for %WAY_ERROR_LOCKED
 *
 * What was measured at a signed visit stands in its record, on paper as well: it is changed by
 * amending the visit, and not here alone.
 *
 * Returns: whether @point may be changed or deleted
 */
gboolean
way_db_check_unrated (WayDb *self, const WayMeasurement *point, GError **error)
{
  g_autofree char *when = NULL;
  WayDate day;
  gboolean found;

  if (!way_db_find_rated (self, point, &found, &day, error))
    return FALSE;
  if (!found)
    return TRUE;
  when = way_date_format_short (day);
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_LOCKED,
               "it was measured at the visit of %s, which is signed; amend that visit instead",
               when);
  return FALSE;
}

/* Whether the target has the very point already, of somebody who typed it: it counts once. */
static gboolean
is_known (WayDb *self, const WayMeasurement *point, gboolean *known, GError **error)
{
  g_auto (WayStmt) stmt = way_stmt_prepare (self,
                                            "SELECT \"value\" FROM \"measurement\" WHERE "
                                            "\"target\" = ? AND \"date\" = ? AND \"id\" <> ?");
  WayStep step;

  *known = FALSE;
  way_stmt_bind_text (&stmt, 1, point->target);
  way_stmt_bind_date (&stmt, 2, point->date);
  way_stmt_bind_text (&stmt, 3, point->record.id);
  while ((step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW)
    *known = *known || (sqlite3_column_type (stmt.stmt, 0) != SQLITE_NULL &&
                        sqlite3_column_double (stmt.stmt, 0) == point->value);
  return step != WAY_STEP_ERROR;
}

/* (transfer full): the point that a rating is; @old (nullable): as it is stored */
static WayMeasurement *
make_point (const char *id, const WayMeasurement *old, const WayVisitTarget *rated, WayDate day)
{
  WayMeasurement *point = old != NULL ? way_record_copy (old) : way_record_new (WAY_MEASUREMENT);

  way_set_string (&point->record.id, id);
  way_set_string (&point->target, rated->target);
  point->value = rated->rating;
  way_field_clear (way_record_type_find (WAY_MEASUREMENT, "not_measured"), point);
  point->date = day;
  return point;
}

/* A rating is a measurement on the visit's day. Its id follows from that of the visit_target, so
 * that an amendment changes it and does not add another. A point that is there already it does not
 * add either; one of another value stands beside what there is, for both were measured. */
gboolean
way_db_pass_on_rating (WayDb *self,
                       const WayVisitTarget *rated,
                       const WayVisit *visit,
                       GError **error)
{
  g_autofree char *id = way_db_dup_rating_id (rated);
  g_autoptr (GPtrArray) rows =
      way_db_rows_where (self, WAY_MEASUREMENT, "WHERE \"id\" = ?1", id, error);
  g_autoptr (WayMeasurement) point = NULL;
  WayMeasurement *old;
  gboolean known = FALSE;

  if (rows == NULL)
    return FALSE;
  old = rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;
  point = make_point (id, old, rated, visit->date);
  if (old != NULL && way_record_equal (old, point))
    return TRUE;
  if (!isnan (rated->rating) && !is_known (self, point, &known, error))
    return FALSE;
  if (known || isnan (rated->rating))
    return old == NULL || way_db_delete_row (self, &old->record, error);
  if (old == NULL && !way_db_query_text (self,
                                         "SELECT \"name\" FROM \"practitioner\" WHERE \"id\" = ?1",
                                         visit->practitioner,
                                         &point->by,
                                         error))
    return FALSE;
  return way_db_save_unchecked (self, point, old, error);
}

/* Ratings whose rows are gone from an amended visit. @before: the rows as they were. */
gboolean
way_db_take_back_ratings (WayDb *self, WayRecordSet *records, GPtrArray *before, GError **error)
{
  for (guint i = 0; i < before->len; i++) {
    WayVisitTarget *rated = g_ptr_array_index (before, i);

    if (way_record_set_find (records, WAY_VISIT_TARGET, rated->record.id) != NULL)
      continue;
    rated->rating = NAN;
    if (!way_db_pass_on_rating (self, rated, way_record_set_first (records, WAY_VISIT), error))
      return FALSE;
  }
  return TRUE;
}

/**
 * way_db_follow_ratings:
 * @records: a newer version of a visit that was signed elsewhere, references resolved
 * @before: (element-type WayVisitTarget): its rows as they were
 *
 * Inside a transaction, once the rows are as @records: what was measured at the visit becomes
 * what the newer version says.
 */
gboolean
way_db_follow_ratings (WayDb *self, WayRecordSet *records, GPtrArray *before, GError **error)
{
  const WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  GPtrArray *targets = way_record_set_list (records, WAY_VISIT_TARGET);

  if (!way_db_take_back_ratings (self, records, before, error))
    return FALSE;
  for (guint i = 0; i < targets->len; i++) {
    if (!way_db_pass_on_rating (self, g_ptr_array_index (targets, i), visit, error))
      return FALSE;
  }
  return TRUE;
}
