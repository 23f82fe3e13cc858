/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row must keep beyond its own fields: cases that overlap, status rows outside their case,
 * codes that are not in their list, and what is signed. */
#include "way-db-import-private.h"

#include "way-check.h"
#include "way-error.h"

#include <math.h>
#include <string.h>

#define LAST_NOTES 8 /* a reader may have said the same already */

static gboolean
is_said (WayDbImport *self, const WayRecord *record, const char *field)
{
  GPtrArray *notes = self->report->notes;

  for (guint i = notes->len; i > 0 && notes->len - i < LAST_NOTES; i--) {
    const WayImportNote *note = g_ptr_array_index (notes, i - 1);

    if (note->kind == WAY_IMPORT_NOTICE && note->source == record->source &&
        note->unit == self->report->unit && note->line == record->line &&
        g_strcmp0 (note->field, field) == 0)
      return TRUE;
  }
  return FALSE;
}

/* The row with what the file does not say as it was. Of a value and why there is none, a file that
 * says one says both. */
static WayRecord *
fill_up (const WayRecord *record, const WayRecord *old)
{
  WayRecord *whole = way_record_copy (record);
  const WayMeasurement *measured = (const WayMeasurement *) record;
  gboolean has_either = record->type == WAY_MEASUREMENT &&
                        (!isnan (measured->value) || measured->not_measured != NULL);

  for (guint i = 0; i < record->type->n_fields; i++) {
    const WayField *field = &record->type->fields[i];

    if (!way_field_is_known (field, whole) &&
        !(has_either && way_import_is_one_of_two (record->type, field)))
      way_field_copy (field, old, whole);
  }
  return whole;
}

/* What a measurement, or a rating at a visit, is measured on: as the target is stored, or as it
 * will be by a row before. */
static gboolean
get_scale (WayDbImport *self,
           const WayRecord *record,
           WayMeasureScale *scale,
           gboolean *found,
           GError **error)
{
  const char *target = record->type == WAY_MEASUREMENT ? ((const WayMeasurement *) record)->target
                       : record->type == WAY_VISIT_TARGET
                           ? ((const WayVisitTarget *) record)->target
                           : NULL;
  const WayRecord *would_be =
      target != NULL ? way_import_find_would_be (self, WAY_TARGET, target) : NULL;

  *found = would_be != NULL;
  if (*found)
    *scale = way_target_get_scale ((const WayTarget *) would_be);
  return target == NULL || *found || way_db_get_scale (self->db, target, scale, found, error);
}

/* What an assessment was made at: a planned one has not been made yet. @stored: (out) (nullable):
 * keeps what the store has. */
static gboolean
get_visit (WayDbImport *self,
           const WayRecord *record,
           const WayVisit **visit,
           WayRecord **stored,
           GError **error)
{
  const char *id = record->type == WAY_ASSESSMENT ? ((const WayAssessment *) record)->visit : NULL;

  *visit = id != NULL ? (const WayVisit *) way_import_find_would_be (self, WAY_VISIT, id) : NULL;
  if (id == NULL || *visit != NULL)
    return TRUE;
  if (!way_db_row_get (self->db, WAY_VISIT, id, stored, error))
    return FALSE;
  *visit = (const WayVisit *) *stored;
  return TRUE;
}

static gboolean
is_found_in (const GPtrArray *findings, const WayFinding *finding)
{
  for (guint i = 0; i < findings->len; i++) {
    const WayFinding *other = g_ptr_array_index (findings, i);

    if (other->field == finding->field && strcmp (other->message, finding->message) == 0)
      return TRUE;
  }
  return FALSE;
}

/* What is wrong with a row by itself. Where the store has the record, what is missing in the row
 * may be there, and what does not suit the store's values is a difference between the two. */
static gboolean
check_alone (WayDbImport *self,
             const WayRecord *record,
             const WayRecord *old,
             const WayVisit *visit,
             const WayMeasureScale *scale)
{
  g_autoptr (WayRecord) whole = old != NULL ? fill_up (record, old) : NULL;
  g_autoptr (GPtrArray) findings = way_record_check_in_visit (
      whole != NULL ? whole : record, visit, scale, NULL, self->options.today);
  g_autoptr (GPtrArray) own =
      old != NULL && findings->len > 0
          ? way_record_check_in_visit (record, visit, scale, NULL, self->options.today)
          : g_ptr_array_ref (findings);
  gboolean is_good = TRUE;

  for (guint i = 0; i < findings->len; i++) {
    const WayFinding *finding = g_ptr_array_index (findings, i);
    const char *field = finding->field != NULL ? finding->field->name : NULL;
    WayImportNote *note;

    if (!finding->is_warning) {
      if (!is_found_in (own, finding))
        continue;
      way_import_refuse (self, record, field, finding->message);
      is_good = FALSE;
    } else if ((record->type == WAY_CHILD || record->type == WAY_AGREEMENT ||
                (record->type == WAY_VISIT && g_strcmp0 (field, "date") == 0)) &&
               !is_said (self, record, field)) {
      note = way_import_note (self, WAY_IMPORT_NOTICE, record);
      note->title = way_import_title (self, record, NULL);
      note->field = g_strdup (field);
      note->message = g_strdup (finding->message);
    }
  }
  return is_good;
}

static gboolean
overlaps (WayDate opened, WayDate closed, WayDate other_opened, WayDate other_closed)
{
  return (closed == WAY_DATE_UNKNOWN || other_opened <= closed) &&
         (other_closed == WAY_DATE_UNKNOWN || opened <= other_closed);
}

static gboolean
is_against (WayDbImport *self, const WayCase *self_case, const WayCase *other)
{
  return strcmp (other->child, self_case->child) == 0 &&
         g_strcmp0 (other->record.id, self_case->record.id) != 0 &&
         !way_import_was_left_out (self, WAY_CASE, other->record.id) &&
         overlaps (self_case->opened, self_case->closed, other->opened, other->closed);
}

/* A child has one open case at a time. */
static gboolean
check_case (WayDbImport *self, const WayCase *self_case, gboolean *is_good, GError **error)
{
  g_auto (WayStmt) stmt = way_stmt_prepare (self->db,
                                            "SELECT \"opened\", \"closed\", \"id\" FROM \"case\" "
                                            "WHERE \"child\" = ? AND \"id\" IS NOT ?");
  gboolean found = FALSE;
  GHashTableIter iter;
  gpointer other;
  WayStep step;

  way_stmt_bind_text (&stmt, 1, self_case->child);
  way_stmt_bind_text (&stmt, 2, self_case->record.id);
  while ((step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW) {
    const WayRecord *would_be = way_import_find_would_be (self, WAY_CASE, way_stmt_text (&stmt, 2));

    found = found || (would_be != NULL ? is_against (self, self_case, (const WayCase *) would_be)
                                       : overlaps (self_case->opened,
                                                   self_case->closed,
                                                   way_stmt_date (&stmt, 0),
                                                   way_stmt_date (&stmt, 1)));
  }
  if (step == WAY_STEP_ERROR)
    return FALSE;
  g_hash_table_iter_init (&iter, self->cases);
  while (!found && g_hash_table_iter_next (&iter, NULL, &other))
    found = is_against (self, self_case, other);
  if (found) {
    way_import_refuse (self,
                       &self_case->record,
                       "opened",
                       "is on a day when another case of the child is open; close that one first, "
                       "or check the days");
    *is_good = FALSE;
  }
  return TRUE;
}

static gboolean
get_case (WayDbImport *self, const char *id, WayDate *opened, WayDate *closed, GError **error)
{
  const WayCase *would_be = (const WayCase *) way_import_find_would_be (self, WAY_CASE, id);
  g_auto (WayStmt) stmt = {0};
  WayStep step;

  if (would_be != NULL) {
    *opened = would_be->opened;
    *closed = would_be->closed;
    return TRUE;
  }
  stmt =
      way_stmt_prepare (self->db, "SELECT \"opened\", \"closed\" FROM \"case\" WHERE \"id\" = ?");
  way_stmt_bind_text (&stmt, 1, id);
  step = way_stmt_step (&stmt, error);
  if (step == WAY_STEP_ROW) {
    *opened = way_stmt_date (&stmt, 0);
    *closed = way_stmt_date (&stmt, 1);
  }
  return step != WAY_STEP_ERROR;
}

/* A status row on the opening or the closing day is inside its case. */
static gboolean
check_status (WayDbImport *self, const WayCaseStatus *status, gboolean *is_good, GError **error)
{
  WayDate opened = WAY_DATE_UNKNOWN, closed = WAY_DATE_UNKNOWN;

  if (!get_case (self, status->case_id, &opened, &closed, error))
    return FALSE;
  if (status->from >= opened && (closed == WAY_DATE_UNKNOWN || status->from <= closed))
    return TRUE;
  way_import_refuse (self,
                     &status->record,
                     "from",
                     "is outside the case; give a day between its opening and its closing");
  *is_good = FALSE;
  return TRUE;
}

/* The same rule from the case's side, whose days a file changes. */
static gboolean
check_statuses (WayDbImport *self, const WayCase *self_case, gboolean *is_good, GError **error)
{
  g_auto (WayStmt) stmt = way_stmt_prepare (
      self->db, "SELECT min (\"from\"), max (\"from\") FROM \"case_status\" WHERE \"case\" = ?");
  const char *field = NULL;

  way_stmt_bind_text (&stmt, 1, self_case->record.id);
  if (way_stmt_step (&stmt, error) != WAY_STEP_ROW)
    return FALSE;
  if (way_stmt_text (&stmt, 0) == NULL)
    return TRUE;
  if (way_stmt_date (&stmt, 0) < self_case->opened)
    field = "opened";
  else if (self_case->closed != WAY_DATE_UNKNOWN && way_stmt_date (&stmt, 1) > self_case->closed)
    field = "closed";
  if (field == NULL)
    return TRUE;
  way_import_refuse (self,
                     &self_case->record,
                     field,
                     "leaves outside a status of the case that the store has; check the day");
  *is_good = FALSE;
  return TRUE;
}

static gboolean
find_born (WayDbImport *self, const WayRecord *record, WayDate *born, GError **error)
{
  g_autofree char *child = NULL, *text = NULL;
  const WayRecord *would_be;

  *born = WAY_DATE_UNKNOWN;
  if (!way_import_find_child_of (self, record, &child, error))
    return FALSE;
  would_be = child != NULL ? way_import_find_would_be (self, WAY_CHILD, child) : NULL;
  if (would_be != NULL)
    *born = ((const WayChild *) would_be)->dob;
  else if (child != NULL &&
           !way_db_query_text (
               self->db, "SELECT \"dob\" FROM \"child\" WHERE \"id\" = ?1", child, &text, error))
    return FALSE;
  if (text != NULL)
    *born = way_date_from_iso (text);
  return TRUE;
}

/* The day that a record of a child's life is of; for who took part in a visit, the visit's. */
static WayDate
day_of (WayDbImport *self, const WayRecord *record, const char **name)
{
  static const char *const DAYS[] = {"from", "opened", "date", "start"};
  const WayVisit *visit = way_record_set_first (self->records, WAY_VISIT);

  *name = "date";
  if (record->type == WAY_VISIT_CHILD)
    return visit != NULL ? visit->date : WAY_DATE_UNKNOWN;
  for (gsize i = 0; i < G_N_ELEMENTS (DAYS); i++) {
    const WayField *field = way_record_type_find (record->type, DAYS[i]);

    if (field == NULL || field->kind != WAY_FIELD_DATE)
      continue;
    *name = field->name;
    return way_field_date (field, record);
  }
  return WAY_DATE_UNKNOWN;
}

/* What is planned or measured for a child. */
static gboolean
is_of_work (const WayRecordType *type)
{
  return type == WAY_TARGET || type == WAY_MEASUREMENT || type == WAY_PHASE || type == WAY_ACTION;
}

/* Nothing of a child is older than the child. What the window would refuse is refused; a dated row
 * is told and comes in, since the date of birth may be what is wrong. So does what was signed
 * elsewhere, which stays as it was signed. */
static gboolean
check_born (WayDbImport *self, const WayRecord *record, gboolean *is_good, GError **error)
{
  const WayVisit *visit = way_record_set_first (self->records, WAY_VISIT);
  gboolean is_signed = visit != NULL && way_import_is_of_visit (&visit->record, self->records);
  const WayField *field = NULL;
  const char *name, *fault;
  WayDate day, born;
  WayImportNote *note;

  if (is_signed && record->type != WAY_VISIT_CHILD)
    return TRUE;
  day = day_of (self, record, &name);
  if (day == WAY_DATE_UNKNOWN && record->type != WAY_ACTION)
    return TRUE;
  if (!find_born (self, record, &born, error))
    return FALSE;
  fault = is_of_work (record->type) ? way_check_days_of_life (record, born, &field) : NULL;
  if (fault == NULL)
    fault = way_check_day_of_life (born, day);
  if (fault == NULL)
    return TRUE;
  if (!is_signed && (is_of_work (record->type) || record->type == WAY_VISIT_CHILD)) {
    way_import_refuse (self, record, field != NULL ? field->name : name, fault);
    *is_good = FALSE;
    return TRUE;
  }
  note = way_import_note (self, WAY_IMPORT_NOTICE, record);
  note->field = g_strdup (name);
  note->message = g_strdup (fault);
  return TRUE;
}

/**
 * way_import_check:
 * @old: (nullable): the record as the store has it
 * @is_good: (inout): set to %FALSE if the row can't be taken; why is noted
 */
gboolean
way_import_check (WayDbImport *self,
                  const WayRecord *record,
                  const WayRecord *old,
                  gboolean *is_good,
                  GError **error)
{
  g_autoptr (WayRecord) stored = NULL;
  const WayVisit *visit;
  WayMeasureScale scale;
  gboolean found;

  if (!get_scale (self, record, &scale, &found, error) ||
      !get_visit (self, record, &visit, &stored, error))
    return FALSE;
  *is_good = check_alone (self, record, old, visit, found ? &scale : NULL);
  if (!*is_good || old != NULL)
    return TRUE;
  if (!check_born (self, record, is_good, error) ||
      (*is_good && !way_import_check_whose_row (self, record, is_good, error)))
    return FALSE;
  if (!*is_good)
    return TRUE;
  if (record->type == WAY_CASE)
    return check_case (self, (const WayCase *) record, is_good, error);
  if (record->type == WAY_CASE_STATUS)
    return check_status (self, (const WayCaseStatus *) record, is_good, error);
  if (record->type == WAY_TERM)
    return way_import_check_term (self, (const WayTerm *) record, is_good, error);
  return TRUE;
}

/* What is wrong with a record as it will be stored. */
static gboolean
check_whole (WayDbImport *self, const WayRecord *merged, gboolean *is_good, GError **error)
{
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (WayRecord) stored = NULL;
  const WayVisit *visit;
  WayMeasureScale scale;
  gboolean found;

  if (!get_scale (self, merged, &scale, &found, error) ||
      !get_visit (self, merged, &visit, &stored, error))
    return FALSE;
  findings =
      way_record_check_in_visit (merged, visit, found ? &scale : NULL, NULL, self->options.today);
  for (guint i = 0; i < findings->len; i++) {
    const WayFinding *finding = g_ptr_array_index (findings, i);

    if (finding->is_warning)
      continue;
    way_import_refuse (
        self, merged, finding->field != NULL ? finding->field->name : NULL, finding->message);
    *is_good = FALSE;
  }
  return TRUE;
}

static gboolean
check_new_scale (WayDbImport *self, const WayTarget *target, gboolean *is_good, GError **error)
{
  g_autofree char *fault = NULL;
  const char *field;

  if (!way_db_find_scale_fault (self->db, target, &field, &fault, error))
    return FALSE;
  if (fault != NULL) {
    way_import_refuse (self, &target->record, field, fault);
    *is_good = FALSE;
  }
  return TRUE;
}

/**
 * way_import_check_merged:
 * @merged: what the store will have, with the row's place in the file
 * @old: what it has
 * @is_good: (inout): set to %FALSE if that can't be; why is noted
 *
 * What a change must keep, with what the store has in the record and beyond it.
 */
gboolean
way_import_check_merged (WayDbImport *self,
                         const WayRecord *merged,
                         const WayRecord *old,
                         gboolean *is_good,
                         GError **error)
{
  if (way_record_equal (merged, old))
    return TRUE;
  if (!check_whole (self, merged, is_good, error))
    return FALSE;
  if (!*is_good)
    return TRUE;
  if (!check_born (self, merged, is_good, error) ||
      (*is_good && !way_import_check_whose_row (self, merged, is_good, error)))
    return FALSE;
  if (!*is_good)
    return TRUE;
  if (merged->type == WAY_TARGET)
    return check_new_scale (self, (const WayTarget *) merged, is_good, error);
  if (merged->type == WAY_CASE_STATUS)
    return check_status (self, (const WayCaseStatus *) merged, is_good, error);
  return merged->type != WAY_CASE ||
         (check_case (self, (const WayCase *) merged, is_good, error) &&
          check_statuses (self, (const WayCase *) merged, is_good, error));
}

/**
 * way_import_settle_end:
 * @record: (inout): a SEN status that is over since one that the file does not date: the store may
 *   know that one's first day
 */
gboolean
way_import_settle_end (WayDbImport *self, WayRecord *record, GError **error)
{
  WaySenStatus *status = (WaySenStatus *) record;
  g_auto (WayStmt) stmt = way_stmt_prepare (
      self->db, "SELECT min (\"from\") FROM \"sen_status\" WHERE \"child\" = ?1 AND \"from\" > ?2");
  WayDate next;

  way_stmt_bind_text (&stmt, 1, status->child);
  way_stmt_bind_date (&stmt, 2, status->from);
  if (way_stmt_step (&stmt, error) != WAY_STEP_ROW)
    return FALSE;
  next = way_stmt_date (&stmt, 0);
  if (next != WAY_DATE_UNKNOWN)
    status->to = next - 1;
  return TRUE;
}
