/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record that the store has, and what a file says of it: what was not known is filled, what
 * differs is shown with both values, and nothing is ever made empty. */
#include "way-db-import-private.h"

#include "way-error.h"
#include "way-nc-year.h"
#include "way-upn.h"

#include <string.h>

typedef struct {
  WayDbImport *import;
  const WayRecord *record;
  const WayRecord *old;
  WayRecord *merged;
  WayImportHold hold;
  guint n_differences;
} Merge;

/* What was said of a note of the preview. */
WayImportAnswer
way_import_answer_to (WayDbImport *self, const char *question)
{
  return self->options.answers != NULL && question != NULL
             ? GPOINTER_TO_INT (g_hash_table_lookup (self->options.answers, question))
             : WAY_IMPORT_UNANSWERED;
}

/**
 * way_import_dup_choice:
 *
 * An answer is about these two values and no others.
 *
 * Returns: (transfer full) (nullable): the question which of the two it shall be; %NULL of a record
 *   that this import adds, which nobody knows yet
 */
char *
way_import_dup_choice (WayDbImport *self,
                       const WayRecord *old,
                       const WayField *field,
                       const WayRecord *record)
{
  WayPlace *place = old->id != NULL ? way_import_find_place (self, old->type, old->id) : NULL;
  g_autofree char *ours = NULL, *theirs = NULL;

  if (old->id == NULL || (place != NULL && place->is_new))
    return NULL;
  ours = way_field_dup_text (field, old);
  theirs = way_field_dup_text (field, record);
  return g_strdup_printf ("%s/%s/%s/%s/%s",
                          old->type->name,
                          old->id,
                          field->name,
                          ours != NULL ? ours : "",
                          theirs != NULL ? theirs : "");
}

/**
 * way_import_takes:
 * @old: as the store has it
 * @record: what the file says
 *
 * Returns: whether the file's value is taken where the two differ in @field
 */
gboolean
way_import_takes (WayDbImport *self,
                  const WayRecord *old,
                  const WayField *field,
                  const WayRecord *record)
{
  g_autofree char *choice =
      self->options.answers != NULL ? way_import_dup_choice (self, old, field, record) : NULL;
  WayImportAnswer answer = way_import_answer_to (self, choice);

  return answer == WAY_IMPORT_UNANSWERED ? self->options.take_new : answer == WAY_IMPORT_THEIRS;
}

static gboolean
takes (Merge *self, const WayField *field)
{
  return way_import_takes (self->import, self->old, field, self->record);
}

/* (transfer full) (nullable): what the record with that id is, for people */
static char *
dup_named (Merge *self, const char *type_name, const char *id)
{
  const WayRecordType *type = way_record_type_by_name (type_name);
  const WayRecord *named = type != NULL ? way_import_find_would_be (self->import, type, id) : NULL;
  g_autoptr (WayRecord) stored = NULL;

  if (named == NULL && type != NULL && way_db_row_get (self->import->db, type, id, &stored, NULL))
    named = stored;
  return named != NULL ? way_import_title (self->import, named, NULL) : NULL;
}

static char *
dup_value (Merge *self, const WayField *field, const WayRecord *record)
{
  if (field->kind == WAY_FIELD_ID && way_field_is_known (field, record)) {
    char *named = dup_named (self, field->list, way_field_string (field, record));

    if (named != NULL)
      return named;
  }
  if (field->kind == WAY_FIELD_CODE && way_field_is_known (field, record))
    return way_import_code_words (self->import, field, way_field_string (field, record));
  return way_field_dup_text (field, record);
}

static WayImportNote *
note_field (Merge *self, WayImportKind kind, const WayField *field)
{
  WayImportNote *note = way_import_note (self->import, kind, self->record);

  way_set_string (&note->id, self->old->id);
  note->title = way_import_title (self->import, self->old, NULL);
  note->field = g_strdup (field->name);
  note->old_value = dup_value (self, field, self->old);
  note->new_value = dup_value (self, field, self->record);
  self->n_differences++;
  return note;
}

/* The school in the head of a file comes with each pupil; what differs in it is told once. The note
 * stands among the first, so that looking for it takes no time. */
static gboolean
was_told (const Merge *self, const WayField *field)
{
  const GPtrArray *notes = self->import->report->notes;

  for (guint i = 0; self->record->type == WAY_SETTING && i < notes->len; i++) {
    const WayImportNote *note = g_ptr_array_index (notes, i);

    if (note->type == WAY_SETTING && note->source == self->record->source &&
        note->line == self->record->line && g_strcmp0 (note->id, self->old->id) == 0 &&
        g_strcmp0 (note->field, field->name) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Of what was agreed at a signed visit, only whether it happened is told later; of what was
 * measured there, a remark. */
static gboolean
is_told_later (const WayRecordType *type, const WayField *field)
{
  return ((type == WAY_ACTION || type == WAY_MEASUREMENT) && strcmp (field->name, "note") == 0) ||
         (type == WAY_ACTION &&
          (strcmp (field->name, "done") == 0 || strcmp (field->name, "effect") == 0));
}

static gboolean
may_be_set (const Merge *self, const WayField *field)
{
  return self->hold == WAY_IMPORT_FREE || is_told_later (self->old->type, field);
}

/* What was said of it when it came before is done again without a word. */
static void
merge_again (Merge *self, const WayField *field)
{
  self->n_differences++;
  if (!way_field_is_known (field, self->old) || takes (self, field))
    way_field_copy (field, self->record, self->merged);
}

/* Of a value, and why there is none, a measurement has exactly one: beside the other, either is a
 * difference. */
gboolean
way_import_is_one_of_two (const WayRecordType *type, const WayField *field)
{
  return type == WAY_MEASUREMENT &&
         (strcmp (field->name, "value") == 0 || strcmp (field->name, "not_measured") == 0);
}

static const WayField *
other_of_two (const Merge *self, const WayField *field)
{
  if (!way_import_is_one_of_two (self->old->type, field))
    return NULL;
  return way_record_type_find (self->old->type,
                               strcmp (field->name, "value") == 0 ? "not_measured" : "value");
}

static gboolean
is_of_kind (const char *text, WayUpnKind kind)
{
  g_autofree char *upn = way_upn_normalise (text);

  return upn != NULL && way_upn_check (upn) == kind;
}

/* A child keeps the number it had first, and the other is its former one: then a file with either
 * finds it. A number that is typed wrongly may give way, but never a permanent one to a temporary.
 * (DfE, unique pupil numbers: a second number is recorded as the former UPN) */
static gboolean
keep_both_upns (Merge *self, const WayField *field, WayImportNote *note)
{
  const WayChild *old = (const WayChild *) self->old, *given = (const WayChild *) self->record;
  WayChild *merged = (WayChild *) self->merged;
  gboolean is_taken;

  if (self->old->type != WAY_CHILD || strcmp (field->name, "upn") != 0 || old->former_upn != NULL ||
      given->former_upn != NULL)
    return FALSE;
  is_taken = takes (self, field) && !(is_of_kind (old->upn, WAY_UPN_PERMANENT) &&
                                      is_of_kind (given->upn, WAY_UPN_TEMPORARY));
  way_set_string (&merged->former_upn, is_taken ? old->upn : given->upn);
  if (is_taken)
    way_set_string (&merged->upn, given->upn);
  note->message = g_strdup (is_taken ? "The file’s number is taken, and the one here is kept as "
                                       "the former UPN"
                                     : "The number here stays, and the file’s is kept as the "
                                       "former UPN");
  self->import->report->n_changed++;
  return TRUE;
}

static void
merge_known (Merge *self, const WayField *field)
{
  WayImportNote *note = note_field (self, WAY_IMPORT_CONFLICT, field);
  const WayField *other = other_of_two (self, field);

  if (other != NULL && way_field_is_known (other, self->old)) {
    g_free (note->old_value);
    note->old_value = way_field_dup_text (other, self->old);
  }
  self->import->report->n_conflicts++;
  if (!may_be_set (self, field)) {
    note->message = way_import_hold_words (self->hold);
    return;
  }
  note->question = way_import_dup_choice (self->import, self->old, field, self->record);
  if (keep_both_upns (self, field, note))
    return;
  if (takes (self, field)) {
    way_field_copy (field, self->record, self->merged);
    if (other != NULL)
      way_field_clear (other, self->merged);
    self->import->report->n_changed++;
    note->message = g_strdup ("The file’s value is taken");
  }
}

static void
merge_unknown (Merge *self, const WayField *field)
{
  WayImportNote *note;

  if (!may_be_set (self, field)) {
    note = note_field (self, WAY_IMPORT_CONFLICT, field);
    note->message = way_import_hold_words (self->hold);
    self->import->report->n_conflicts++;
    return;
  }
  note_field (self, WAY_IMPORT_CHANGE, field);
  way_field_copy (field, self->record, self->merged);
  self->import->report->n_changed++;
}

/* A place in an order, what only this store decides, or the day that goes with another field is
 * nothing that could differ. */
static gboolean
is_compared (const WayField *field)
{
  return strcmp (field->name, "position") != 0 && strcmp (field->name, "me") != 0 &&
         strcmp (field->name, "nc_year_from") != 0;
}

/* (transfer full) (nullable): @old, with the year that its child is in at the day for which the
 * file says one; %NULL where there is nothing to move */
static WayRecord *
dup_in_year_of (const WayRecord *old, const WayRecord *record)
{
  const WayChild *given = (const WayChild *) record;
  g_autofree char *moved = NULL;
  WayRecord *copy;
  WayChild *child;

  if (old->type != WAY_CHILD || ((const WayChild *) old)->nc_year == NULL || given->nc_year == NULL)
    return NULL;
  copy = way_record_copy (old);
  child = (WayChild *) copy;
  moved = way_nc_year_moved (child->nc_year, child->nc_year_from, given->nc_year_from);
  way_set_string (&child->nc_year, moved);
  child->nc_year_from = given->nc_year_from;
  return copy;
}

static gboolean
is_usual_year (const WayChild *child)
{
  g_autofree char *usual = NULL;

  if (child->nc_year == NULL || child->dob == WAY_DATE_UNKNOWN ||
      child->nc_year_from == WAY_DATE_UNKNOWN)
    return FALSE;
  usual = way_nc_year_code (way_nc_year (child->dob, child->nc_year_from));
  return strcmp (child->nc_year, usual) == 0;
}

/**
 * way_import_drop_usual_year:
 * @record: (inout): a row or pupil
 * @old: (nullable): the same as the store has it
 *
 * The year of a child's age is not kept, as it moves on by itself. It is only news of a child who
 * was taught in another one.
 */
void
way_import_drop_usual_year (WayRecord *record, const WayRecord *old)
{
  WayChild *child = (WayChild *) record;

  if (record->type != WAY_CHILD || !is_usual_year (child) ||
      (old != NULL && ((const WayChild *) old)->nc_year != NULL))
    return;
  g_clear_pointer (&child->nc_year, g_free);
  child->nc_year_from = WAY_DATE_UNKNOWN;
}

/* What was only moved for the look at the file stays as it was said. */
static void
settle_year (Merge *self, const WayRecord *old)
{
  const WayChild *compared = (const WayChild *) self->old, *child = (const WayChild *) old;
  WayChild *merged = (WayChild *) self->merged;

  if (old->type != WAY_CHILD)
    return;
  if (g_strcmp0 (merged->nc_year, compared->nc_year) == 0) {
    way_set_string (&merged->nc_year, child->nc_year);
    merged->nc_year_from = child->nc_year_from;
  } else {
    merged->nc_year_from = ((const WayChild *) self->record)->nc_year_from;
    way_import_drop_usual_year (self->merged, NULL);
  }
}

static gboolean
is_former_upn (const Merge *self, const WayField *field)
{
  return self->old->type == WAY_CHILD && strcmp (field->name, "upn") == 0 &&
         g_strcmp0 (((const WayChild *) self->old)->former_upn,
                    ((const WayChild *) self->record)->upn) == 0;
}

/* The same number, written with spaces or in lower case. */
static gboolean
is_same_upn (const Merge *self, const WayField *field)
{
  g_autofree char *old = NULL, *given = NULL;

  if (self->old->type != WAY_CHILD ||
      (strcmp (field->name, "upn") != 0 && strcmp (field->name, "former_upn") != 0))
    return FALSE;
  old = way_upn_normalise (way_field_string (field, self->old));
  given = way_upn_normalise (way_field_string (field, self->record));
  return g_strcmp0 (old, given) == 0;
}

/* A child has one SEN status at a time: another one of the same first day is not more of the same.
 * Its end and its funding are its own. */
static gboolean
is_other_status (const WayRecord *record, const WayRecord *old)
{
  return old->type == WAY_SEN_STATUS && g_strcmp0 (((const WaySenStatus *) record)->provision,
                                                   ((const WaySenStatus *) old)->provision) != 0;
}

/* Instead of the one that the store has: what the file does not say of it is not known. */
static void
take_status_whole (Merge *self)
{
  WaySenStatus *merged = (WaySenStatus *) self->merged;
  const WaySenStatus *given = (const WaySenStatus *) self->record;

  merged->to = given->to;
  merged->hnf = given->hnf;
}

static gboolean
is_other_status_field (const Merge *self, const WayField *field)
{
  return is_other_status (self->record, self->old) && strcmp (field->name, "provision") != 0;
}

/* The last day was not in the file, and is known here. */
static gboolean
is_guessed_end (const Merge *self, const WayField *field)
{
  return self->record->ended_by_file && strcmp (field->name, "to") == 0 &&
         way_field_is_known (field, self->old);
}

/* The target that it replaces may come later in the files, or never: what the file calls it is no
 * value. */
static gboolean
is_yet_to_come (const Merge *self, const WayField *field)
{
  const GPtrArray *later = self->import->later;
  const WayRecord *last = later->len > 0 ? g_ptr_array_index (later, later->len - 1) : NULL;

  return self->old->type == WAY_TARGET && strcmp (field->name, "replaces") == 0 &&
         !way_field_is_known (field, self->old) && last != NULL &&
         last->source == self->record->source && last->line == self->record->line;
}

/**
 * way_import_merge:
 * @record: what the file says, references resolved
 * @old: what the store has
 * @hold: whether what was not told later stays as it is, and why
 *
 * Returns: (transfer full): what the store shall have; equal to @old if nothing changes
 */
WayRecord *
way_import_merge (WayDbImport *self,
                  const WayRecord *record,
                  const WayRecord *old,
                  WayImportHold hold,
                  GError **error G_GNUC_UNUSED)
{
  g_autoptr (WayRecord) moved = dup_in_year_of (old, record);
  const WayRecord *compared = moved != NULL ? moved : old;
  Merge merge = {.import = self, .record = record, .old = compared, .hold = hold};

  merge.merged = way_record_copy (compared);
  merge.merged->source = record->source;
  merge.merged->line = record->line;
  for (guint i = 0; i < record->type->n_fields; i++) {
    const WayField *field = &record->type->fields[i];

    if (!is_compared (field) || !way_field_is_known (field, record) ||
        way_field_equal (field, record, compared) || is_former_upn (&merge, field) ||
        is_same_upn (&merge, field) || is_other_status_field (&merge, field) ||
        is_guessed_end (&merge, field) || is_yet_to_come (&merge, field))
      continue;
    if (was_told (&merge, field))
      merge_again (&merge, field);
    else if (way_field_is_known (field, compared) || way_import_is_one_of_two (old->type, field))
      merge_known (&merge, field);
    else
      merge_unknown (&merge, field);
  }
  settle_year (&merge, old);
  if (is_other_status (record, old) &&
      takes (&merge, way_record_type_find (WAY_SEN_STATUS, "provision")))
    take_status_whole (&merge);
  if (merge.n_differences == 0)
    way_import_count_same (self, old);
  return merge.merged;
}

/**
 * way_import_keep_told:
 * @record: (inout): an action as a newer version of its visit has it, references resolved
 * @old: as the store has it
 *
 * What the store was told of the action since its visit was signed stays, and is shown where
 * the newer version says something else.
 */
void
way_import_keep_told (WayDbImport *self, WayRecord *record, const WayRecord *old)
{
  g_autoptr (WayRecord) given = way_record_copy (record);
  Merge merge = {.import = self, .record = given, .old = old, .merged = record};

  for (guint i = 0; i < record->type->n_fields; i++) {
    const WayField *field = &record->type->fields[i];

    if (!is_told_later (record->type, field) || !way_field_is_known (field, old) ||
        way_field_equal (field, given, old))
      continue;
    way_field_copy (field, old, record);
    if (way_field_is_known (field, given))
      merge_known (&merge, field);
  }
}
