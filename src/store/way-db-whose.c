/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose records are: what belongs together is of one child. */
#include "way-db-private.h"

#include "way-check.h"
#include "way-error.h"
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

/* A field that refers to what is one child's. */
static gboolean
is_of_child (const WayField *field)
{
  const WayRecordType *type = field->kind == WAY_FIELD_ID && field->list != NULL
                                  ? way_record_type_by_name (field->list)
                                  : NULL;

  return type != NULL && way_record_type_find (type, "child") != NULL;
}

/* Whether the field says at which visit its record was. A visit may be of several children. */
gboolean
way_db_is_visit_of (const WayField *field)
{
  return field->kind == WAY_FIELD_ID && g_strcmp0 (field->list, WAY_VISIT->name) == 0;
}

/* The visit that a part of it names; who was there is what says whose it is. */
static const WayField *
find_visit_of (const WayRecord *record)
{
  const WayField *field = way_record_type_find (record->type, "visit");

  return field != NULL && record->type != WAY_VISIT_CHILD && way_db_visit_is_part (record->type) &&
                 way_field_is_known (field, record)
             ? field
             : NULL;
}

static guint
count_of_child (const WayRecord *record)
{
  guint n = 0;

  for (guint i = 0; i < record->type->n_fields; i++)
    n += is_of_child (&record->type->fields[i]) &&
         way_field_is_known (&record->type->fields[i], record);
  return n;
}

/* @child: (inout) (nullable): whose @record is, as far as it is known */
static gboolean
find_strange_reference (const WayRecord *record,
                        WayFindChild find_child,
                        gpointer user_data,
                        char **child,
                        const WayField **strange,
                        GError **error)
{
  for (guint i = 0; i < record->type->n_fields && *strange == NULL; i++) {
    const WayField *field = &record->type->fields[i];
    g_autofree char *other = NULL;

    if (!is_of_child (field) || !way_field_is_known (field, record))
      continue;
    if (!find_child (user_data,
                     way_record_type_by_name (field->list),
                     way_field_string (field, record),
                     &other,
                     error))
      return FALSE;
    if (*child == NULL)
      *child = g_steal_pointer (&other);
    else if (other != NULL && g_strcmp0 (other, *child) != 0)
      *strange = field;
  }
  return TRUE;
}

/**
 * way_db_find_strange:
 * @record: of any type
 * @find_child: whose a record is that @record refers to
 * @is_at_visit: (nullable): whether a child was at a visit; %NULL leaves out the visit that @record
 *   is a part of
 * @strange: (out) (nullable): the field that refers to what is of another child than @record, or
 *   than what its other fields refer to; %NULL if there is none
 *
 * The one rule for all references, from the tables of fields. What refers to one record and names
 * no child itself, as a measurement does, costs nothing.
 */
gboolean
way_db_find_strange (const WayRecord *record,
                     WayFindChild find_child,
                     WayIsAtVisit is_at_visit,
                     gpointer user_data,
                     const WayField **strange,
                     GError **error)
{
  const WayField *own = way_record_type_find (record->type, "child");
  const WayField *visit = is_at_visit != NULL ? find_visit_of (record) : NULL;
  gboolean has_own = own != NULL && own->kind == WAY_FIELD_ID && way_field_is_known (own, record);
  gboolean is_there = TRUE;
  g_autofree char *child = has_own ? g_strdup (way_field_string (own, record)) : NULL;

  *strange = NULL;
  if (count_of_child (record) + has_own + (visit != NULL) < 2)
    return TRUE;
  if (!find_strange_reference (record, find_child, user_data, &child, strange, error))
    return FALSE;
  if (*strange != NULL || visit == NULL || child == NULL)
    return TRUE;
  if (!is_at_visit (user_data, way_field_string (visit, record), child, &is_there, error))
    return FALSE;
  if (!is_there)
    *strange = visit;
  return TRUE;
}

/* A #WayFindChild of the store, that is its @user_data. */
gboolean
way_db_find_child (
    gpointer user_data, const WayRecordType *type, const char *id, char **child, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT \"child\" FROM \"%s\" WHERE \"id\" = ?1", type->name);

  return way_db_query_text (user_data, sql, id, child, error);
}

/* A #WayIsAtVisit of the store, that is its @user_data. */
gboolean
way_db_is_at_visit (
    gpointer user_data, const char *visit, const char *child, gboolean *is_there, GError **error)
{
  g_auto (WayStmt) stmt = way_stmt_prepare (
      user_data, "SELECT 1 FROM \"visit_child\" WHERE \"visit\" = ? AND \"child\" = ?");
  WayStep step;

  way_stmt_bind_text (&stmt, 1, visit);
  way_stmt_bind_text (&stmt, 2, child);
  step = way_stmt_step (&stmt, error);
  *is_there = step == WAY_STEP_ROW;
  return step != WAY_STEP_ERROR;
}

/* (transfer full): which visit it is that does not concern the child */
static char *
dup_not_at_visit (WayDb *self, const char *id)
{
  g_autofree char *date = NULL, *day = NULL;

  if (way_db_query_text (
          self, "SELECT \"date\" FROM \"visit\" WHERE \"id\" = ?1", id, &date, NULL) &&
      date != NULL)
    day = way_date_format_short (way_date_from_iso (date));
  return day != NULL ? g_strdup_printf ("The visit on %s " WAY_DB_NOT_AT_VISIT, day)
                     : g_strdup (WAY_DB_NOT_AT_VISIT);
}

/**
 * way_db_check_whose:
 * @record: a record that is to be stored
 * @error: return location for %WAY_ERROR_INVALID "field: why"
 *
 * Returns: whether all that @record refers to is of the same child
 */
gboolean
way_db_check_whose (WayDb *self, const WayRecord *record, GError **error)
{
  const WayField *strange;
  g_autofree char *message = NULL, *words = NULL;

  /* What came to a wrong visit before this was asked can still be ticked off. */
  if (!way_db_find_strange (record,
                            way_db_find_child,
                            record->revision == 0 ? way_db_is_at_visit : NULL,
                            self,
                            &strange,
                            error))
    return FALSE;
  if (strange == NULL)
    return TRUE;
  message = way_db_is_visit_of (strange)
                ? dup_not_at_visit (self, way_field_string (strange, record))
                : g_strdup (WAY_DB_OF_ANOTHER_CHILD);
  words = way_check_dup_words (strange->name, message);
  g_set_error_literal (error, WAY_ERROR, WAY_ERROR_INVALID, words);
  return FALSE;
}
