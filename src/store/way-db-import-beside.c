/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a new row would stand beside: another need of the same rank, another main school or SEN
 * status on the same days. Any of that may be right, so all come in and are said. Only the same
 * school, provision or flag again on the same days is no other row. */
#include "way-db-import-private.h"

#include <math.h>
#include <string.h>

static gboolean
is_watched (const WayRecordType *type)
{
  return type == WAY_NEED || type == WAY_ENROLMENT || type == WAY_SEN_STATUS;
}

/* What a child has only once on a day. */
static gboolean
is_once_a_day (const WayRecordType *type)
{
  return type == WAY_ENROLMENT || type == WAY_SEN_STATUS || type == WAY_FLAG;
}

static const char *
child_of (const WayRecord *record)
{
  return way_field_string (way_record_type_find (record->type, "child"), record);
}

static WayDate
date_of (const WayRecord *record, const char *name)
{
  return way_field_date (way_record_type_find (record->type, name), record);
}

/* An unknown first day is before all others, an unknown last one after. */
static gboolean
overlaps (const WayRecord *a, const WayRecord *b)
{
  WayDate a_to = date_of (a, "to"), b_to = date_of (b, "to");

  return (a_to == WAY_DATE_UNKNOWN || date_of (b, "from") <= a_to) &&
         (b_to == WAY_DATE_UNKNOWN || date_of (a, "from") <= b_to);
}

static gboolean
is_over (WayDbImport *self, const WayRecord *record)
{
  WayDate to = date_of (record, "to");

  return to != WAY_DATE_UNKNOWN && to < self->options.today;
}

/* A need often has no first day: one that is over is not beside one of today. */
static gboolean
is_beside (WayDbImport *self, const WayRecord *record, const WayRecord *other)
{
  if (other->type != record->type || !overlaps (record, other))
    return FALSE;
  if (record->type == WAY_NEED)
    return is_over (self, record) == is_over (self, other) &&
           ((const WayNeed *) record)->rank == ((const WayNeed *) other)->rank;
  return record->type != WAY_ENROLMENT || (((const WayEnrolment *) record)->main != WAY_NO &&
                                           ((const WayEnrolment *) other)->main != WAY_NO);
}

/* Each is one more, whenever the last one ended. */
#define EVENT_FLAG "suspension"

/* What the two say is the same, whatever their days. */
static gboolean
says_the_same (const WayRecord *record, const WayRecord *other)
{
  const WaySenStatus *status = (const WaySenStatus *) record;
  const WaySenStatus *other_status = (const WaySenStatus *) other;

  if (record->type == WAY_ENROLMENT)
    return g_strcmp0 (((const WayEnrolment *) record)->setting,
                      ((const WayEnrolment *) other)->setting) == 0 &&
           (((const WayEnrolment *) record)->main == WAY_NO) ==
               (((const WayEnrolment *) other)->main == WAY_NO);
  if (record->type == WAY_SEN_STATUS)
    return g_strcmp0 (status->provision, other_status->provision) == 0 &&
           (status->hnf == WAY_UNKNOWN || other_status->hnf == WAY_UNKNOWN ||
            status->hnf == other_status->hnf);
  return g_strcmp0 (((const WayFlag *) record)->flag, EVENT_FLAG) != 0 &&
         g_strcmp0 (((const WayFlag *) record)->flag, ((const WayFlag *) other)->flag) == 0;
}

/* One that begins on the day on which another ends comes after it. */
static gboolean
is_after (const WayRecord *record, const WayRecord *other)
{
  WayDate to = date_of (other, "to");

  return to != WAY_DATE_UNKNOWN && date_of (record, "from") >= to;
}

/* (nullable): what this import added to the child. */
static GPtrArray *
find_added (WayDbImport *self, const char *child)
{
  return g_hash_table_lookup (self->beside, child);
}

/* (nullable) (transfer none): the row of this import that stands in the way. */
static const WayRecord *
find_in_import (WayDbImport *self, const WayRecord *record)
{
  GPtrArray *added = find_added (self, child_of (record));

  for (guint i = 0; added != NULL && i < added->len; i++) {
    const WayRecord *other = g_ptr_array_index (added, i);

    if (is_beside (self, record, other) && !way_import_was_left_out (self, other->type, other->id))
      return other;
  }
  return NULL;
}

static gboolean
is_added (WayDbImport *self, const WayRecord *row)
{
  GPtrArray *added = find_added (self, child_of (row));

  for (guint i = 0; added != NULL && i < added->len; i++) {
    if (strcmp (WAY_RECORD (g_ptr_array_index (added, i))->id, row->id) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Whether the unit gives a need of the store another rank, so that its own is free. */
static gboolean
is_moved (WayDbImport *self, const WayRecord *row)
{
  const WayNeed *old = (const WayNeed *) row;
  GPtrArray *needs = way_record_set_list (self->records, WAY_NEED);

  if (row->type != WAY_NEED)
    return FALSE;
  for (guint i = 0; i < needs->len; i++) {
    const WayNeed *need = g_ptr_array_index (needs, i);

    if (need->rank != old->rank && g_strcmp0 (need->type, old->type) == 0 &&
        (need->from == WAY_DATE_UNKNOWN || old->from == WAY_DATE_UNKNOWN ||
         need->from == old->from) &&
        way_import_takes (
            self, row, way_record_type_find (WAY_NEED, "rank"), (const WayRecord *) need))
      return TRUE;
  }
  return FALSE;
}

/* @found: (out) (nullable) (transfer full): the row that the store had before this import, as it
 * will be. */
static gboolean
find_in_store (WayDbImport *self, const WayRecord *record, WayRecord **found, GError **error)
{
  const char *child = child_of (record);
  WayPlace *place = way_import_find_place (self, WAY_CHILD, child);
  g_autoptr (GPtrArray) rows = NULL;

  if (place != NULL && place->is_new)
    return TRUE;
  rows = way_db_rows_where (
      self->db, record->type, "WHERE \"child\" = ?1 ORDER BY rowid", child, error);
  for (guint i = 0; rows != NULL && i < rows->len && *found == NULL; i++) {
    const WayRecord *row = g_ptr_array_index (rows, i);
    const WayRecord *would_be = way_import_find_would_be (self, row->type, row->id);

    if (is_beside (self, record, would_be != NULL ? would_be : row) && !is_added (self, row) &&
        !is_moved (self, row))
      *found = way_record_copy (would_be != NULL ? would_be : row);
  }
  return rows != NULL;
}

/**
 * way_import_match_days:
 * @record: of a child that the store has
 * @old: (out) (nullable) (transfer full): the row of the store that it can only be
 *
 * The same school, provision or flag of a child, from another day on, while the store's has not
 * ended: one of the two days is wrong or was a guess, as that of a file which says none.
 */
gboolean
way_import_match_days (WayDbImport *self, const WayRecord *record, WayRecord **old, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (!is_once_a_day (record->type))
    return TRUE;
  rows = way_db_rows_where (
      self->db, record->type, "WHERE \"child\" = ?1 ORDER BY rowid", child_of (record), error);
  for (guint i = 0; rows != NULL && i < rows->len && *old == NULL; i++) {
    const WayRecord *row = g_ptr_array_index (rows, i);
    const WayRecord *would_be = way_import_find_would_be (self, row->type, row->id);
    const WayRecord *other = would_be != NULL ? would_be : row;

    if (says_the_same (record, other) && !is_after (record, other) && !is_after (other, record) &&
        !is_added (self, row) && !way_import_table_has (self->taken_here, row->type, row->id))
      *old = way_record_copy (row);
  }
  return rows != NULL;
}

/* "Abbey School", "SEN support", "Autism": what tells such rows apart. */
static char *
dup_words (WayDbImport *self, const WayRecord *record)
{
  const WayRecord *would_be;
  g_autoptr (WayRecord) setting = NULL;
  const char *id;

  if (record->type == WAY_NEED)
    return way_import_code_words (
        self, way_record_type_find (WAY_NEED, "type"), ((const WayNeed *) record)->type);
  if (record->type == WAY_SEN_STATUS)
    return way_import_code_words (self,
                                  way_record_type_find (WAY_SEN_STATUS, "provision"),
                                  ((const WaySenStatus *) record)->provision);
  id = ((const WayEnrolment *) record)->setting;
  would_be = way_import_find_would_be (self, WAY_SETTING, id);
  if (would_be == NULL && way_db_row_get (self->db, WAY_SETTING, id, &setting, NULL))
    would_be = setting;
  return g_strdup (would_be != NULL ? ((const WaySetting *) would_be)->name : "another school");
}

static void
tell_beside (WayDbImport *self, const WayRecord *record, const WayRecord *other)
{
  WayImportNote *note = way_import_note (self, WAY_IMPORT_NOTICE, record);
  gboolean is_first = date_of (record, "from") < date_of (other, "from");
  gboolean is_rank = record->type == WAY_NEED && g_strcmp0 (((const WayNeed *) record)->type,
                                                            ((const WayNeed *) other)->type) != 0;
  const WayRecord *first = is_first ? record : other, *second = is_first ? other : record;
  g_autofree char *words = dup_words (self, first), *others = dup_words (self, second);
  g_autofree char *day = way_date_format_short (date_of (first, "from"));
  g_autofree char *next = way_date_format_short (date_of (second, "from"));

  note->title = way_import_title (self, record, NULL);
  note->field = g_strdup (is_rank ? "rank" : "from");
  if (is_rank)
    note->message = g_strdup_printf ("“%s” and “%s” have the same rank. Both come in; give one of "
                                     "them another rank",
                                     words,
                                     others);
  else
    note->message = g_strdup_printf ("“%s”, from %s, has not ended when “%s” begins on %s. Both "
                                     "come in; give the one that is over its last day",
                                     words,
                                     day,
                                     others,
                                     next);
}

/**
 * way_import_tell_beside:
 * @record: a record that the store has not
 *
 * Says beside what it comes in, if that can hardly be.
 */
gboolean
way_import_tell_beside (WayDbImport *self, const WayRecord *record, GError **error)
{
  g_autoptr (WayRecord) old = NULL;
  const WayRecord *other;

  if (!is_watched (record->type))
    return TRUE;
  if (!find_in_store (self, record, &old, error))
    return FALSE;
  other = old != NULL ? old : find_in_import (self, record);
  if (other != NULL)
    tell_beside (self, record, other);
  return TRUE;
}

/* What this import adds, for the rows after it. */
void
way_import_note_beside (WayDbImport *self, const WayRecord *record)
{
  gboolean is_noted = is_watched (record->type) || is_once_a_day (record->type);
  const char *child = is_noted ? child_of (record) : NULL;
  GPtrArray *added;

  if (child == NULL)
    return;
  added = find_added (self, child);
  if (added == NULL) {
    added = g_ptr_array_new_with_free_func (way_record_free);
    g_hash_table_insert (self->beside, g_strdup (child), added);
  }
  g_ptr_array_add (added, way_record_copy (record));
}
