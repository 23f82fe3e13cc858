/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a value keeps to is said by its target: the rules that look at both. */
#include "way-db-private.h"

#include "way-check.h"
#include "way-error.h"

#include <math.h>

static double
number_of_column (WayStmt *stmt, int column)
{
  return sqlite3_column_type (stmt->stmt, column) == SQLITE_NULL
             ? NAN
             : sqlite3_column_double (stmt->stmt, column);
}

/* What a target asks of what is measured for it. */
typedef struct {
  gboolean found;
  WayMeasureScale scale;
  WayDate born; /* the child, or unknown */
} TargetRule;

static gboolean
read_rule (WayDb *self, const char *target_id, TargetRule *rule, GError **error)
{
  g_auto (WayStmt) stmt = way_stmt_prepare (
      self,
      "SELECT t.\"measure\", t.\"scale_min\", t.\"scale_max\", c.\"dob\" FROM \"target\" t LEFT "
      "JOIN \"child\" c ON c.\"id\" = t.\"child\" WHERE t.\"id\" = ?");
  WayStep step;

  way_stmt_bind_text (&stmt, 1, target_id);
  step = way_stmt_step (&stmt, error);
  rule->found = step == WAY_STEP_ROW;
  if (!rule->found)
    return step == WAY_STEP_DONE;
  rule->scale = way_measure_scale (
      way_stmt_text (&stmt, 0), number_of_column (&stmt, 1), number_of_column (&stmt, 2));
  rule->born = way_stmt_date (&stmt, 3);
  return TRUE;
}

/* In a transaction it is read once, as thousands of measurements may be stored in one; who writes
 * a target or a child, or takes something back, forgets it (way_db_forget()). */
static gboolean
get_rule (WayDb *self, const char *target_id, TargetRule *rule, GError **error)
{
  const TargetRule *kept =
      self->rules != NULL ? g_hash_table_lookup (self->rules, target_id) : NULL;

  if (kept != NULL) {
    *rule = *kept;
    return TRUE;
  }
  if (!read_rule (self, target_id, rule, error))
    return FALSE;
  if (self->depth == 0)
    return TRUE;
  if (self->rules == NULL)
    self->rules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (self->rules, g_strdup (target_id), g_memdup2 (rule, sizeof *rule));
  return TRUE;
}

/**
 * way_db_get_scale:
 * @target_id: a target's id
 * @scale: (out): what its values are measured on
 * @found: (out): %FALSE if the store has no such target
 */
gboolean
way_db_get_scale (
    WayDb *self, const char *target_id, WayMeasureScale *scale, gboolean *found, GError **error)
{
  TargetRule rule;

  if (!get_rule (self, target_id, &rule, error))
    return FALSE;
  *found = rule.found;
  if (rule.found)
    *scale = rule.scale;
  return TRUE;
}

static gboolean
is_same_end (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static gboolean
is_same_scale (const WayMeasureScale *a, const WayMeasureScale *b)
{
  return a->measure == b->measure && is_same_end (a->lowest, b->lowest) &&
         is_same_end (a->highest, b->highest);
}

/**
 * way_db_find_scale_fault:
 * @target: as it will be stored
 * @field: (out): its field that is at fault
 * @fault: (out) (nullable): why its scale does not suit what was measured already; %NULL if it does
 */
gboolean
way_db_find_scale_fault (
    WayDb *self, const WayTarget *target, const char **field, char **fault, GError **error)
{
  WayMeasureScale scale = way_target_get_scale (target), before;
  g_auto (WayStmt) stmt = {0};
  gboolean found;
  WayStep step;

  *fault = NULL;
  if (!way_db_get_scale (self, target->record.id, &before, &found, error))
    return FALSE;
  if (!found || is_same_scale (&scale, &before))
    return TRUE;
  *field = scale.measure != before.measure ? "measure" : "scale_max";
  stmt = way_stmt_prepare (
      self,
      "SELECT \"date\", \"value\" FROM \"measurement\" WHERE \"target\" = ? ORDER BY \"date\"");
  way_stmt_bind_text (&stmt, 1, target->record.id);
  while ((step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW) {
    g_autofree char *why = way_measure_scale_find_fault (&scale, number_of_column (&stmt, 1));
    g_autofree char *day = way_date_format_short (way_stmt_date (&stmt, 0));

    if (why == NULL)
      continue;
    *fault = g_strdup_printf ("does not suit what was measured on %s: %s. Put the measurement "
                              "right first, or make this a new target",
                              day,
                              why);
    return TRUE;
  }
  return step != WAY_STEP_ERROR;
}

static gboolean
check_new_scale (WayDb *self, const WayTarget *target, GError **error)
{
  g_autofree char *fault = NULL, *words = NULL;
  const char *field;

  if (!way_db_find_scale_fault (self, target, &field, &fault, error))
    return FALSE;
  if (fault == NULL)
    return TRUE;
  words = way_check_dup_words (field, fault);
  g_set_error_literal (error, WAY_ERROR, WAY_ERROR_INVALID, words);
  return FALSE;
}

static const char *
id_of (gconstpointer record, const char *name)
{
  const WayField *field = way_record_type_find (WAY_RECORD (record)->type, name);

  return field != NULL && way_field_is_known (field, record) ? way_field_string (field, record)
                                                             : NULL;
}

/* When the child was born whose @record is. */
static gboolean
find_born (WayDb *self, gconstpointer record, WayDate *born, GError **error)
{
  const char *child = id_of (record, "child");
  g_autofree char *text = NULL;

  *born = WAY_DATE_UNKNOWN;
  if (child == NULL)
    return TRUE;
  if (!way_db_query_text (
          self, "SELECT \"dob\" FROM \"child\" WHERE \"id\" = ?1", child, &text, error))
    return FALSE;
  *born = way_date_from_iso (text);
  return TRUE;
}

static gboolean
check_born (gconstpointer record, WayDate born, GError **error)
{
  const WayField *field;
  const char *fault = way_check_days_of_life (record, born, &field);
  g_autofree char *words = NULL;

  if (fault == NULL)
    return TRUE;
  words = way_check_dup_words (field->name, fault);
  g_set_error_literal (error, WAY_ERROR, WAY_ERROR_INVALID, words);
  return FALSE;
}

/**
 * way_db_validate:
 * @record: a record that is to be stored
 * @lists: (nullable): the store's code lists; of a code %NULL
 * @error: return location for %WAY_ERROR_INVALID "field: why"
 *
 * Returns: %TRUE if @record keeps its own rules and those of what it belongs to
 */
gboolean
way_db_validate (WayDb *self, gconstpointer record, const WayCodeLists *lists, GError **error)
{
  const WayRecordType *type = WAY_RECORD (record)->type;
  const char *target =
      type == WAY_MEASUREMENT || type == WAY_PHASE ? id_of (record, "target") : NULL;
  TargetRule rule = {FALSE};
  WayDate born = WAY_DATE_UNKNOWN;

  if (target != NULL ? !get_rule (self, target, &rule, error)
                     : !find_born (self, record, &born, error))
    return FALSE;
  return way_record_validate_on_scale (record,
                                       type == WAY_MEASUREMENT && rule.found ? &rule.scale : NULL,
                                       lists,
                                       self->today,
                                       error) &&
         check_born (record, target != NULL ? rule.born : born, error) &&
         way_db_check_whose (self, record, error) &&
         (type != WAY_CASE || way_db_check_case (self, record, error)) &&
         (type != WAY_TARGET || WAY_RECORD (record)->revision == 0 ||
          check_new_scale (self, record, error));
}

/**
 * way_db_place_measurement:
 * @row: (inout): a measurement that is about to be stored, new or moved to another day or target
 *
 * The one rule for the place among a target's measurements of a day: in the order of entry. What
 * is new there, or was moved there, comes after all that is there already. A place that is given
 * to a new one and not taken yet is kept.
 */
gboolean
way_db_place_measurement (WayDb *self, WayMeasurement *row, GError **error)
{
  gboolean moved = row->record.revision > 0;
  g_auto (WayStmt) stmt = way_stmt_prepare (
      self,
      "SELECT max (coalesce (\"position\", 1)), max (coalesce (\"position\", 1) = ?) FROM "
      "\"measurement\" WHERE \"target\" = ? AND \"date\" = ?");

  if (!isnan (row->position) && stmt.rc == SQLITE_OK)
    stmt.rc = sqlite3_bind_double (stmt.stmt, 1, row->position);
  way_stmt_bind_text (&stmt, 2, row->target);
  way_stmt_bind_date (&stmt, 3, row->date);
  if (way_stmt_step (&stmt, error) != WAY_STEP_ROW)
    return FALSE;
  if (moved || isnan (row->position) || way_stmt_int (&stmt, 1) != 0)
    row->position = floor (sqlite3_column_double (stmt.stmt, 0)) + 1;
  return TRUE;
}
