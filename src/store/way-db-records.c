/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-db-private.h"

#include "way-error.h"
#include "way-text.h"
#include "way-upn.h"

#include <string.h>

/* What goes with what it is a part of, when that is deleted. */
static const struct {
  const WayRecordType *whole;
  const WayRecordType *part;
  const char *condition;
} PARTS[] = {
    {WAY_VISIT, WAY_VISIT_CHILD, "WHERE \"visit\" = ?1"},
    {WAY_VISIT, WAY_VISIT_PERSON, "WHERE \"visit\" = ?1"},
    {WAY_VISIT, WAY_VISIT_VIEW, "WHERE \"visit\" = ?1"},
    {WAY_VISIT, WAY_VISIT_ACTION, "WHERE \"visit\" = ?1"},
    {WAY_VISIT, WAY_VISIT_TARGET, "WHERE \"visit\" = ?1"},
    {WAY_VISIT, WAY_ACTION, "WHERE \"visit\" = ?1"},
    {WAY_VISIT, WAY_ASSESSMENT, "WHERE \"visit\" = ?1"},
    {WAY_REVIEW, WAY_REVIEW_TARGET, "WHERE \"review\" = ?1"},
    {WAY_REVIEW, WAY_ACTION, "WHERE \"review\" = ?1"},
    {WAY_CASE, WAY_CASE_STATUS, "WHERE \"case\" = ?1"},
    {WAY_CASE, WAY_ALLOCATION, "WHERE \"case\" = ?1"},
    {WAY_TARGET, WAY_MEASUREMENT, "WHERE \"target\" = ?1"},
    {WAY_TARGET, WAY_PHASE, "WHERE \"target\" = ?1"},
};

static WayFieldMask
known_fields (const WayRecord *record)
{
  WayFieldMask mask = 0;

  for (guint i = 0; i < record->type->n_fields; i++) {
    if (way_field_is_known (&record->type->fields[i], record))
      mask |= G_GUINT64_CONSTANT (1) << i;
  }
  return mask;
}

static WayFieldMask
changed_fields (const WayRecord *old, const WayRecord *record)
{
  WayFieldMask mask = 0;

  for (guint i = 0; i < record->type->n_fields; i++) {
    if (!way_field_equal (&record->type->fields[i], old, record))
      mask |= G_GUINT64_CONSTANT (1) << i;
  }
  return mask;
}

/* What follows a row that was written; it must not be left out. */
static gboolean
follow_up (WayDb *self,
           const char *action,
           const WayRecord *record,
           const WayRecord *old,
           WayFieldMask changed,
           GError **error)
{
  way_db_forget (self, record->type);
  if (way_db_audit_record (self, action, record, changed, error) &&
      way_db_index_mark (self, record, old, error))
    return TRUE;
  return way_db_break (self);
}

static gboolean
insert (WayDb *self, WayRecord *record, GError **error)
{
  if (record->id == NULL)
    record->id = way_uuid_random ();
  way_set_string (&record->created_at, self->now);
  way_set_string (&record->updated_at, self->now);
  record->revision = 1;
  if (way_db_row_insert (self, record, error))
    return follow_up (self, "add", record, NULL, known_fields (record), error);
  record->revision = 0;
  return FALSE;
}

static gboolean
update (WayDb *self, WayRecord *record, const WayRecord *old, WayFieldMask changed, GError **error)
{
  if (g_strcmp0 (record->updated_at, self->now) != 0)
    way_set_string (&record->updated_at, self->now);
  if (!way_db_row_update (self, record, changed, error))
    return FALSE;
  record->revision++;
  return follow_up (self, "change", record, old, changed, error);
}

static WayFieldMask
bit_of (const WayRecordType *type, const char *name)
{
  return G_GUINT64_CONSTANT (1) << (way_record_type_find (type, name) - type->fields);
}

/* A measurement that is new or moved gets its place; @changed: (inout): of one that is stored. */
static gboolean
place (WayDb *self, WayRecord *record, WayFieldMask *changed, GError **error)
{
  if (record->type != WAY_MEASUREMENT)
    return TRUE;
  if (record->revision > 0 &&
      (*changed & (bit_of (WAY_MEASUREMENT, "target") | bit_of (WAY_MEASUREMENT, "date"))) == 0)
    return TRUE;
  *changed |= bit_of (WAY_MEASUREMENT, "position");
  return way_db_place_measurement (self, (WayMeasurement *) record, error);
}

/* A year that is said without its day is that of now. */
static void
date_year (WayDb *self, WayRecord *record, gconstpointer old)
{
  WayChild *child = (WayChild *) record;
  const WayChild *before = old;

  if (record->type != WAY_CHILD)
    return;
  if (way_text_is_blank (child->nc_year))
    child->nc_year_from = WAY_DATE_UNKNOWN;
  else if (child->nc_year_from == WAY_DATE_UNKNOWN ||
           (before != NULL && child->nc_year_from == before->nc_year_from &&
            g_strcmp0 (child->nc_year, before->nc_year) != 0))
    child->nc_year_from = self->today;
}

/**
 * way_db_save_unchecked:
 * @record: a record that was checked already; its head is set, and a measurement's place
 * @old: (nullable): the record as it is stored; %NULL if it is not
 *
 * Inside a transaction: writes the row, its audit entry and what search knows of it.
 */
gboolean
way_db_save_unchecked (WayDb *self, gpointer record, gconstpointer old, GError **error)
{
  WayFieldMask changed;

  g_assert (self->depth > 0);
  date_year (self, record, old);
  changed = old != NULL ? changed_fields (old, record) : 0;
  if (!place (self, record, &changed, error))
    return FALSE;
  if (old == NULL)
    return insert (self, record, error);
  way_set_string (&WAY_RECORD (record)->created_at, WAY_RECORD (old)->created_at);
  return update (self, record, old, changed, error);
}

static gboolean
say_not_found (const WayRecordType *type, const char *id, GError **error)
{
  g_autofree char *thing = way_db_dup_words (type->name);

  g_set_error (error, WAY_ERROR, WAY_ERROR_NOT_FOUND, "there is no %s “%.40s”", thing, id);
  return FALSE;
}

/* For what can't be searched it is enough to know which fields differ. */
static gboolean
save_compared (WayDb *self, WayRecord *record, GError **error)
{
  WayFieldMask changed;
  gboolean found;

  if (!way_db_row_compare (self, record, &changed, &found, error))
    return FALSE;
  if (found)
    return place (self, record, &changed, error) && update (self, record, NULL, changed, error);
  return say_not_found (record->type, record->id, error);
}

/* The remark on it is not part of the visit's record. */
static gboolean
check_measured (WayDb *self, const WayMeasurement *changed, GError **error)
{
  g_autoptr (WayMeasurement) old = NULL;

  if (!way_db_may_be_rating (changed->record.id))
    return TRUE;
  old = way_db_get (self, WAY_MEASUREMENT, changed->record.id, error);
  if (old == NULL)
    return FALSE;
  return (g_strcmp0 (old->target, changed->target) == 0 && old->date == changed->date &&
          old->value == changed->value) ||
         way_db_check_unrated (self, old, error);
}

static gboolean
save_inside (WayDb *self, WayRecord *record, GError **error)
{
  g_autoptr (WayRecord) old = NULL;

  if (record->revision > 0 && record->type == WAY_MEASUREMENT &&
      !check_measured (self, (WayMeasurement *) record, error))
    return FALSE;
  if (record->revision > 0 && !way_db_index_is_searched (record->type))
    return save_compared (self, record, error);
  if (record->revision > 0) {
    old = way_db_get (self, record->type, record->id, error);
    if (old == NULL)
      return FALSE;
  }
  return way_db_save_unchecked (self, record, old, error);
}

/* A number is kept as others write it, however it was typed. */
static void
tidy_upn (char **upn)
{
  char *tidy = way_upn_normalise (*upn);

  g_free (*upn);
  *upn = tidy;
}

/**
 * way_db_save:
 * @record: (inout): a record; new while its revision is 0. Its id (kept if given), times
 *   and revision are set
 * @error: return location for %WAY_ERROR_INVALID "field: why", %WAY_ERROR_CONFLICT,
 *   %WAY_ERROR_LOCKED, %WAY_ERROR_NOT_FOUND
 *
 * Stores a record of any type. On failure @record keeps its revision. A measurement gets its
 * place among those of its day here (see way_db_place_measurement()).
 */
gboolean
way_db_save (WayDb *self, gpointer record, GError **error)
{
  g_autoptr (WayCodeLists) lists = NULL;
  gint64 revision = WAY_RECORD (record)->revision;
  gboolean own = self->depth == 0, ok;

  g_assert (self->owner == g_thread_self ());
  if (WAY_RECORD (record)->type == WAY_CHILD) {
    tidy_upn (&((WayChild *) record)->upn);
    tidy_upn (&((WayChild *) record)->former_upn);
  }
  if (WAY_RECORD (record)->type != WAY_CODE) {
    lists = way_db_get_code_lists (self, error);
    if (lists == NULL)
      return FALSE;
  }
  if (!own)
    return way_db_validate (self, record, lists, error) && save_inside (self, record, error);
  if (!way_db_begin (self, error)) /* what day it is, by which the record is judged */
    return FALSE;
  ok = way_db_validate (self, record, lists, error) && save_inside (self, record, error);
  if (way_db_end (self, ok, error))
    return TRUE;
  WAY_RECORD (record)->revision = revision;
  return FALSE;
}

/* One row, with its audit entry. */
gboolean
way_db_delete_row (WayDb *self, const WayRecord *record, GError **error)
{
  return way_db_row_delete (self, record->type, record->id, error) &&
         way_db_known_as_forget (self, record, error) &&
         follow_up (self, "delete", record, record, 0, error);
}

static gboolean
delete_parts (WayDb *self, const WayRecord *record, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (PARTS); i++) {
    g_autoptr (GPtrArray) rows = NULL;

    if (PARTS[i].whole != record->type)
      continue;
    rows = way_db_rows_where (self, PARTS[i].part, PARTS[i].condition, record->id, error);
    if (rows == NULL)
      return FALSE;
    for (guint k = 0; k < rows->len; k++) {
      if (!way_db_delete_row (self, g_ptr_array_index (rows, k), error))
        return FALSE;
    }
  }
  return TRUE;
}

static gboolean
delete_inside (WayDb *self, const WayRecord *record, GError **error)
{
  g_autoptr (WayRecord) old = way_db_get (self, record->type, record->id, error);

  if (old == NULL)
    return FALSE;
  if (old->revision != record->revision) {
    g_autofree char *thing = way_db_dup_words (record->type->name);

    g_set_error (
        error, WAY_ERROR, WAY_ERROR_CONFLICT, "this %s was changed since it was read", thing);
    return FALSE;
  }
  if (record->type == WAY_MEASUREMENT &&
      !way_db_check_unrated (self, (WayMeasurement *) old, error))
    return FALSE;
  return delete_parts (self, old, error) && way_db_delete_row (self, old, error) &&
         (record->type != WAY_VISIT || way_db_discard_draft (self, record->id, error));
}

/**
 * way_db_delete:
 * @record: a record as it was read
 * @error: return location for %WAY_ERROR_CONFLICT, %WAY_ERROR_LOCKED if it is signed,
 *   %WAY_ERROR_INVALID if others refer to it
 *
 * Deletes a record and its parts: a target's measurements and phases, all of an unsigned
 * visit, a case's status and allocation rows.
 */
gboolean
way_db_delete (WayDb *self, gconstpointer record, GError **error)
{
  g_return_val_if_fail (WAY_RECORD (record)->id != NULL, FALSE);

  return way_db_begin (self, error) &&
         way_db_end (self, delete_inside (self, record, error), error);
}

/**
 * way_db_get:
 * @error: return location for %WAY_ERROR_NOT_FOUND
 *
 * Returns: (transfer full): the record
 */
gpointer
way_db_get (WayDb *self, const WayRecordType *type, const char *id, GError **error)
{
  WayRecord *record;

  g_return_val_if_fail (id != NULL, NULL);

  if (!way_db_row_get (self, type, id, &record, error))
    return NULL;
  if (record == NULL)
    say_not_found (type, id, error);
  return record;
}

/* By date and position, else by first day, else as they came. */
static char *
order_of (const WayRecordType *type)
{
  static const char *const KEYS[] = {"list",
                                     "date",
                                     "from",
                                     "opened",
                                     "start",
                                     "given_on",
                                     "position",
                                     "rank",
                                     "number",
                                     "at",
                                     "name",
                                     "surname",
                                     "forename"};
  g_autoptr (GString) order = g_string_new ("ORDER BY ");

  for (gsize i = 0; i < G_N_ELEMENTS (KEYS); i++) {
    const WayField *field = way_record_type_find (type, KEYS[i]);

    if (field != NULL && field->kind != WAY_FIELD_TIME)
      g_string_append_printf (order, "\"%s\", ", field->name);
  }
  g_string_append (order, "rowid");
  return g_string_free (g_steal_pointer (&order), FALSE);
}

/**
 * way_db_list:
 * @field: (nullable): a field of text; %NULL: all records
 * @value: what it must be
 *
 * Returns: (transfer full) (element-type WayRecord): the records, by date and position
 *   where they have them
 */
GPtrArray *
way_db_list (
    WayDb *self, const WayRecordType *type, const char *field, const char *value, GError **error)
{
  g_autofree char *order = order_of (type);
  g_autofree char *condition = NULL;

  g_return_val_if_fail (field == NULL || way_record_type_find (type, field) != NULL, NULL);

  if (field == NULL)
    return way_db_rows_where (self, type, order, NULL, error);
  condition = g_strdup_printf ("WHERE \"%s\" = ?1 %s", field, order);
  return way_db_rows_where (self, type, condition, value, error);
}
