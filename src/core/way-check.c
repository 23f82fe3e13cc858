/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a record must keep. The general rules come from its table of fields; the
 * rest is one function per type. Forms, readers and the store all ask here, so
 * that a rule stands once. */
#include "way-check.h"

#include "way-error.h"
#include "way-import.h"
#include "way-number.h"
#include "way-terms.h"
#include "way-text.h"
#include "way-upn.h"
#include "way-values.h"

#include <math.h>
#include <string.h>

/* No count, score, sum of money or minutes comes near it; beyond it only slips do. */
#define LARGEST 1e9
#define TOO_LARGE "is too large; the largest number that can be kept is 1,000,000,000"
#define TOO_SMALL "is too far below nothing; the lowest number that can be kept is -1,000,000,000"
typedef struct {
  GPtrArray *findings;
  int n_errors; /* they come first */
  const WayRecord *record;
  const WayMeasureScale *scale; /* of the target that the record belongs to, if it is known */
  const WayVisit *visit;        /* that the record is a part of, likewise */
  WayDate today;
} Check;

void
way_finding_free (WayFinding *self)
{
  g_free (self->message);
  g_free (self);
}

/**
 * way_finding_dup_sentence:
 *
 * Returns: (transfer full): for people: "Date of birth is in the future; check the year."
 */
char *
way_finding_dup_sentence (const WayFinding *self)
{
  g_autofree char *subject =
      way_import_field_words (self->field != NULL ? self->field->name : "record");

  return way_text_dup_sentence (subject, self->message);
}

/**
 * way_check_dup_words:
 * @field: the name of a field or of a type of record
 * @message: as way_text_dup_sentence() takes it
 *
 * Returns: (transfer full): for a message that names the field as programs do: "dob: Date of birth
 *   is in the future; check the year"
 */
char *
way_check_dup_words (const char *field, const char *message)
{
  g_autofree char *subject = way_import_field_words (field);
  g_autofree char *statement = way_text_dup_statement (subject, message);

  return g_strconcat (field, ": ", statement, NULL);
}

/**
 * way_finding_dup_words:
 *
 * Returns: (transfer full): as way_check_dup_words() has it
 */
char *
way_finding_dup_words (const WayFinding *self)
{
  return way_check_dup_words (self->field != NULL ? self->field->name : "record", self->message);
}

static void
find (Check *check, gboolean is_warning, const char *field, const char *message)
{
  WayFinding *finding = g_new0 (WayFinding, 1);

  finding->field = way_record_type_find (check->record->type, field);
  finding->message = g_strdup (message);
  finding->is_warning = is_warning;
  g_ptr_array_insert (
      check->findings, is_warning ? (int) check->findings->len : check->n_errors++, finding);
}

#define wrong(check, field, message) find (check, FALSE, field, message)
#define warn(check, field, message) find (check, TRUE, field, message)

/* Dated rows: "to" is the last day that still counts. */
static void
check_dates (Check *check, const char *first, const char *last)
{
  const WayField *from = way_record_type_find (check->record->type, first);
  const WayField *to = way_record_type_find (check->record->type, last);
  WayDate end = way_field_date (to, check->record);

  if (end != WAY_DATE_UNKNOWN && end < way_field_date (from, check->record))
    wrong (check,
           last,
           strcmp (first, "from") == 0
               ? "is before the first day; give the last day that still counts, or leave it empty"
               : "is before the start; check both days");
}

static void
check_child (Check *check, gconstpointer record)
{
  const WayChild *self = record;

  if (self->dob > check->today)
    wrong (check, "dob", way_check_birth (self->dob, check->today));
  else if (self->dob != WAY_DATE_UNKNOWN &&
           way_date_age (self->dob, check->today).years >= WAY_OLDEST_YEARS)
    warn (check, "dob", "makes the young person older than an EHC plan can run; check the year");
  if (self->upn == NULL || *self->upn == '\0')
    return;
  if (way_upn_check (self->upn) == WAY_UPN_WRONG_LETTER)
    warn (check,
          "upn",
          "has a check letter that does not fit its digits; compare it with the school's record");
  else if (way_upn_check (self->upn) == WAY_UPN_MALFORMED)
    warn (check, "upn", "is not a letter and twelve digits; compare it with the school's record");
}

static void
check_from_to (Check *check, gconstpointer record)
{
  check_dates (check, "from", "to");
}

static void
check_need (Check *check, gconstpointer record)
{
  const WayNeed *self = record;

  if (!isnan (self->rank) && (self->rank < 1 || self->rank != floor (self->rank)))
    wrong (check, "rank", "is 1 for the primary need, then 2, 3 …");
  check_dates (check, "from", "to");
}

static void
check_attendance (Check *check, gconstpointer record)
{
  const WayAttendance *self = record;

  if (!isnan (self->attended) && !isnan (self->possible) && self->attended > self->possible)
    wrong (check, "attended", "is more than the sessions that were possible; check both numbers");
}

static void
check_agreement (Check *check, gconstpointer record)
{
  const WayAgreement *self = record;

  if (self->withdrawn != WAY_DATE_UNKNOWN && self->withdrawn < self->given_on)
    wrong (
        check, "withdrawn", "is before the day on which the agreement was given; check both days");
}

static void
check_case (Check *check, gconstpointer record)
{
  const WayCase *self = record;

  check_dates (check, "opened", "closed");
  if (self->closed != WAY_DATE_UNKNOWN && way_text_is_blank (self->closed_reason))
    warn (check, "closed_reason", "is missing; the return counts closings by reason");
}

static void
check_on_scale (Check *check, const WayMeasureScale *scale, const char *name)
{
  const WayField *field = way_record_type_find (check->record->type, name);
  g_autofree char *fault =
      way_measure_scale_find_fault (scale, way_field_number (field, check->record));

  if (fault != NULL)
    wrong (check, name, fault);
}

/* A baseline or an aim may be the mean of several counts, and so lie between two; what was counted
 * on one day can't. */
static void
check_counted (Check *check, const char *name)
{
  const WayField *field = way_record_type_find (check->record->type, name);
  double value = way_field_number (field, check->record);
  g_autofree char *number = NULL, *fault = NULL;

  check_on_scale (check, check->scale, name);
  if (g_strcmp0 (check->scale->measure->code, "count") != 0 || !isfinite (value) ||
      value == floor (value))
    return;
  number = way_number_to_text (value);
  fault = g_strdup_printf ("%s is between two counts. A count is a whole number", number);
  wrong (check, name, fault);
}

static void
check_scale (Check *check, const WayTarget *self)
{
  WayMeasureScale scale = way_target_get_scale (self);

  if (!isnan (self->scale_min) && !isnan (self->scale_max) && self->scale_max <= self->scale_min)
    wrong (check, "scale_max", "has to be more than the low end of the scale; check both ends");
  else if (!isnan (self->scale_max) && scale.measure->lowest == 0.0 && self->scale_max <= 0.0)
    warn (check, "scale_max", "leaves no value to measure, so it is not used; give a higher end");
  if (!isnan (self->weight) && self->weight < 0)
    wrong (check, "weight", "cannot be less than nothing; give 1 for a target like the others");
  check_on_scale (check, &scale, "baseline");
  check_on_scale (check, &scale, "criterion");
  check_on_scale (check, &scale, "expected");
  if (g_strcmp0 (self->measure, "gas") == 0 && way_text_is_blank (self->gas_0))
    warn (check, "gas_0", "is missing; say in words what is expected, that is level 0");
}

/* Which way a target goes decides what counts as progress: a slip there turns all of it round. */
static void
check_direction (Check *check, const WayTarget *self)
{
  const gboolean up = g_strcmp0 (self->direction, "up") == 0;

  if (!up && g_strcmp0 (self->direction, "down") != 0)
    return;
  if (up ? self->criterion < self->baseline : self->criterion > self->baseline)
    warn (check, "direction", "runs against baseline and aim; check it");
}

static void
check_target (Check *check, gconstpointer record)
{
  const WayTarget *self = record;

  check_dates (check, "start", "due");
  check_dates (check, "start", "ended");
  check_scale (check, self);
  check_direction (check, self);
  if (self->ended != WAY_DATE_UNKNOWN && g_strcmp0 (self->state, "open") == 0)
    warn (check, "state", "is open beside an end date; the target counts as ended");
  if (self->due == WAY_DATE_UNKNOWN)
    warn (check, "due", "is missing; a SMART target says by when");
  if (isnan (self->criterion) && self->measure != NULL &&
      way_measure_find (self->measure)->has_equal_steps)
    warn (check, "criterion", "is missing; without it there is no aim line");
}

static void
check_measurement (Check *check, gconstpointer record)
{
  const WayMeasurement *self = record;
  gboolean reason = !way_text_is_blank (self->not_measured);

  if (isnan (self->value) && !reason)
    wrong (check, "value", "is missing; give a value, or say why it was not measured");
  if (!isnan (self->value) && reason)
    wrong (check, "not_measured", "stands beside a value; give one of the two");
  if (self->date > check->today)
    wrong (check, "date", "is in the future; give the day on which it was measured");
  if (check->scale != NULL)
    check_counted (check, "value");
}

static void
check_visit_target (Check *check, gconstpointer record)
{
  if (check->scale != NULL)
    check_counted (check, "rating");
}

/* "Visit 2 of 3": the plan may have changed, so it is said and not refused. */
static void
check_series (Check *check, const WayVisit *self)
{
  double number = self->series_number, total = self->series_total;

  if (!isnan (number) && (number < 1 || number != floor (number)))
    warn (check, "series_number", "is 1 for the first visit of the series, then 2, 3 …");
  else if (!isnan (total) && (total < 1 || total != floor (total)))
    warn (check, "series_total", "is how many visits are planned: 1, 2, 3 …");
  else if (number > total)
    warn (check,
          "series_number",
          "is more than the visits planned in the series; check it, or raise the number planned");
}

/* One that is only followed up here was agreed at another visit. */
static void
check_action (Check *check, gconstpointer record)
{
  const WayAction *self = record;
  const WayVisit *visit = check->visit;

  if (visit == NULL || (self->visit != NULL && g_strcmp0 (self->visit, visit->record.id) != 0))
    return;
  if (self->due != WAY_DATE_UNKNOWN && self->due < visit->date)
    warn (check, "due", "is before the visit at which it was agreed; check the day");
}

static void
check_visit (Check *check, gconstpointer record)
{
  const WayVisit *self = record;

  if (self->start != NULL && self->end != NULL && strcmp (self->end, self->start) < 0)
    wrong (check, "end", "is before the start; check both times");
  else if (self->start != NULL && g_strcmp0 (self->end, self->start) == 0)
    warn (check, "end", "is the same as the start; check both times");
  if (g_strcmp0 (self->kind, "not-held") == 0 && way_text_is_blank (self->not_held_reason))
    warn (check, "not_held_reason", "is missing; say why the visit did not take place");
  if (way_check_planned (self->date, check->today) != NULL)
    wrong (check, "date", way_check_planned (self->date, check->today));
  else if (self->date > check->today)
    find (check, self->signed_at == NULL, "date", "is in the future; check the year");
  if (self->next_date != WAY_DATE_UNKNOWN && self->next_date < self->date)
    wrong (check, "next_date", "is before this visit; check both days");
  else if (way_check_planned (self->next_date, MAX (self->date, check->today)) != NULL)
    find (check,
          self->signed_at != NULL,
          "next_date",
          way_check_planned (self->next_date, check->today));
  check_series (check, self);
}

/* At a visit that is planned it is written as if that had been. */
static void
check_assessment (Check *check, gconstpointer record)
{
  const WayAssessment *self = record;
  gboolean is_planned = check->visit != NULL && check->visit->date > check->today;
  const char *fault = way_check_past (self->date, is_planned ? check->visit->date : check->today);

  if (fault != NULL)
    wrong (check, "date", fault);
  if (self->percentile < 0.0 || self->percentile > 100.0)
    wrong (check, "percentile", "is not between 0 and 100; check it");
  if (self->standard_score <= 0.0 || self->standard_score > 200.0)
    warn (check, "standard_score", "is far from 100, the average; check it");
}

static void
check_review (Check *check, gconstpointer record)
{
  const WayReview *self = record;

  if (way_check_planned (self->date, check->today) != NULL)
    wrong (check, "date", way_check_planned (self->date, check->today));
  else if (self->date > check->today)
    find (check, self->signed_at == NULL, "date", "is in the future; check the year");
  if (self->next_review != WAY_DATE_UNKNOWN && self->next_review < self->date)
    wrong (check, "next_review", "is before this review; check both days");
}

static void
check_term (Check *check, gconstpointer record)
{
  const char *field, *fault = way_term_find_fault (record, &field);

  check_dates (check, "start", "end");
  if (fault != NULL)
    wrong (check, field, fault);
}

/* (transfer full) (nullable): what is wrong with @code, if @list has to keep to others */
static char *
dup_unwritable (const char *list, const char *code)
{
  const char *const *codes = way_code_list_get_fixed (list);
  g_autofree char *known = NULL;

  if (codes == NULL || g_strv_contains (codes, code))
    return NULL;
  known = g_strjoinv (", ", (char **) codes);
  return g_strconcat ("is not one that Waymark can write; choose one of ", known, NULL);
}

/* One that only old files have may be known, to be read; nobody is offered it. */
static void
check_code (Check *check, gconstpointer record)
{
  const WayCode *self = record;
  g_autofree char *fault = NULL;

  if (self->legacy != WAY_YES && self->list != NULL && self->code != NULL)
    fault = dup_unwritable (self->list, self->code);
  if (fault != NULL)
    wrong (check, "code", fault);
}

static const struct {
  const WayRecordType *type;
  void (*check) (Check *check, gconstpointer record);
} RULES[] = {
    {&way_child_type, check_child},
    {&way_enrolment_type, check_from_to},
    {&way_sen_status_type, check_from_to},
    {&way_need_type, check_need},
    {&way_flag_type, check_from_to},
    {&way_allocation_type, check_from_to},
    {&way_outcome_type, check_from_to},
    {&way_provision_type, check_from_to},
    {&way_attendance_type, check_attendance},
    {&way_agreement_type, check_agreement},
    {&way_case_type, check_case},
    {&way_target_type, check_target},
    {&way_measurement_type, check_measurement},
    {&way_assessment_type, check_assessment},
    {&way_visit_type, check_visit},
    {&way_visit_target_type, check_visit_target},
    {&way_action_type, check_action},
    {&way_review_type, check_review},
    {&way_term_type, check_term},
    {&way_code_type, check_code},
};

static char *
dup_fault (const WayField *field, const char *text)
{
  if (field->kind == WAY_FIELD_NOTE)
    return way_text_dup_fault (text, TRUE, WAY_TEXT_MAX_NOTE);
  return way_text_dup_fault (
      text, FALSE, field->kind == WAY_FIELD_CODE ? WAY_TEXT_MAX_CODE : WAY_TEXT_MAX_LINE);
}

static void
check_field (Check *check, const WayField *field, const WayCodeLists *lists)
{
  g_autofree char *fault = NULL;
  const char *text;

  if (!way_field_is_known (field, check->record)) {
    if ((field->flags & WAY_FIELD_REQUIRED) != 0)
      wrong (check, field->name, "is missing");
    return;
  }
  if (field->kind == WAY_FIELD_DATE) {
    const char *wrong_day = way_check_day_of_field (
        check->record->type, field, way_field_date (field, check->record), check->today);

    if (wrong_day != NULL)
      wrong (check, field->name, wrong_day);
  }
  if (field->kind == WAY_FIELD_NUMBER && fabs (way_field_number (field, check->record)) > LARGEST)
    wrong (check, field->name, way_field_number (field, check->record) > 0 ? TOO_LARGE : TOO_SMALL);
  if (!way_field_is_text (field))
    return;
  text = way_field_string (field, check->record);
  fault = dup_fault (field, text);
  if (fault == NULL && field->kind == WAY_FIELD_CODE)
    fault = dup_unwritable (field->list, text);
  if (fault != NULL)
    wrong (check, field->name, fault);
  else if ((field->flags & WAY_FIELD_REQUIRED) != 0 && way_text_is_blank (text))
    wrong (check, field->name, "is missing");
  else if (field->kind == WAY_FIELD_CODE && lists != NULL &&
           way_code_lists_find (lists, field->list, text) == NULL)
    wrong (check, field->name, "is not in its list; choose an entry, or add it to the list first");
}

/**
 * way_record_check_in_visit:
 * @record: a record of any type
 * @visit: (nullable): that it is a part of; %NULL leaves out what follows from that
 * @scale: (nullable): of the target that a measurement or a rating at a visit belongs to; %NULL
 *   leaves out whether its value is on it
 * @lists: (nullable): to look codes up in; %NULL leaves that out, as imports do,
 *   which add an unknown code to its list
 * @today: what counts as the future begins after it
 *
 * Returns: (transfer full) (element-type WayFinding): every rule that @record
 *   breaks, errors before warnings; empty if all is well
 */
GPtrArray *
way_record_check_in_visit (gconstpointer record,
                           const WayVisit *visit,
                           const WayMeasureScale *scale,
                           const WayCodeLists *lists,
                           WayDate today)
{
  Check check = {.findings = g_ptr_array_new_with_free_func ((GDestroyNotify) way_finding_free),
                 .record = record,
                 .scale = scale,
                 .visit = visit,
                 .today = today};

  for (guint i = 0; i < check.record->type->n_fields; i++)
    check_field (&check, &check.record->type->fields[i], lists);
  for (guint i = 0; i < G_N_ELEMENTS (RULES); i++) {
    if (RULES[i].type == check.record->type)
      RULES[i].check (&check, record);
  }
  return check.findings;
}

/**
 * way_record_check_on_scale:
 *
 * Returns: (transfer full) (element-type WayFinding): as way_record_check_in_visit() of what is no
 *   part of a visit
 */
GPtrArray *
way_record_check_on_scale (gconstpointer record,
                           const WayMeasureScale *scale,
                           const WayCodeLists *lists,
                           WayDate today)
{
  return way_record_check_in_visit (record, NULL, scale, lists, today);
}

/**
 * way_record_check:
 *
 * Returns: (transfer full) (element-type WayFinding): as way_record_check_on_scale() without a
 *   scale
 */
GPtrArray *
way_record_check (gconstpointer record, const WayCodeLists *lists, WayDate today)
{
  return way_record_check_on_scale (record, NULL, lists, today);
}

static gboolean
has_no_fault (const GPtrArray *findings, GError **error)
{
  const WayFinding *first = findings->len > 0 ? g_ptr_array_index (findings, 0) : NULL;
  g_autofree char *text = NULL;

  if (first == NULL || first->is_warning)
    return TRUE;
  text = way_finding_dup_words (first);
  g_set_error_literal (error, WAY_ERROR, WAY_ERROR_INVALID, text);
  return FALSE;
}

/**
 * way_record_validate_on_scale:
 * @error: return location for %WAY_ERROR_INVALID: "field: what is wrong"
 *
 * Returns: %TRUE if @record may be stored; warnings do not count
 */
gboolean
way_record_validate_on_scale (gconstpointer record,
                              const WayMeasureScale *scale,
                              const WayCodeLists *lists,
                              WayDate today,
                              GError **error)
{
  g_autoptr (GPtrArray) findings = way_record_check_on_scale (record, scale, lists, today);

  return has_no_fault (findings, error);
}

/**
 * way_record_validate_in_visit:
 * @visit: (nullable): the visit that @record is part of
 * @error: return location for %WAY_ERROR_INVALID: "field: what is wrong"
 *
 * Returns: %TRUE if @record may be stored as a part of @visit; warnings do not count
 */
gboolean
way_record_validate_in_visit (gconstpointer record,
                              const WayVisit *visit,
                              const WayCodeLists *lists,
                              WayDate today,
                              GError **error)
{
  g_autoptr (GPtrArray) findings = way_record_check_in_visit (record, visit, NULL, lists, today);

  return has_no_fault (findings, error);
}

/**
 * way_record_validate:
 * @error: return location for %WAY_ERROR_INVALID: "field: what is wrong"
 *
 * Returns: %TRUE if @record may be stored, as way_record_validate_on_scale() without a scale
 */
gboolean
way_record_validate (gconstpointer record, const WayCodeLists *lists, WayDate today, GError **error)
{
  return way_record_validate_on_scale (record, NULL, lists, today, error);
}
