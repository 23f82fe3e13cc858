/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a caseload folder, the same for reading and writing. */
#include "way-caseload-files.h"

#include "way-text.h"
#include "way-values.h"

#include <string.h>

const CaseloadFile CASELOAD_FILES[N_CASELOAD_FILES] = {
    {"terms.csv", WAY_TERM, "year* term* start* end*", "start end"},
    {"practitioners.csv",
     WAY_PRACTITIONER,
     "id* name* role qualification team district fte email",
     ""},
    {"settings.csv",
     WAY_SETTING,
     "id* name* phase* opened closed urn la estab type district area community street town "
     "postcode head senco senco_email link",
     ""},
    {"children.csv",
     WAY_CHILD,
     "id* surname* forename* preferred dob* sex upn setting setting_from nc_year nc_year_from "
     "language street town postcode",
     ""},
    {"enrolments.csv", WAY_ENROLMENT, "child* setting* from* to main", "to"},
    {"sen_status.csv", WAY_SEN_STATUS, "child* provision* from* to hnf", "to"},
    {"needs.csv", WAY_NEED, "child* rank* type* lar_category from", "to"},
    {"flags.csv", WAY_FLAG, "child* flag* from* to", "to"},
    {"agreements.csv",
     WAY_AGREEMENT,
     "child* given_by* given_on* scope method withdrawn note",
     "withdrawn note"},
    {"attendance.csv",
     WAY_ATTENDANCE,
     "child* year* setting possible attended authorised unauthorised",
     "possible attended authorised unauthorised"},
    {"cases.csv", WAY_CASE, "id* child* opened* route team closed closed_reason", ""},
    {"case_status.csv", WAY_CASE_STATUS, "case* from* status* reason", ""},
    {"allocations.csv", WAY_ALLOCATION, "case* practitioner* from* to", "to"},
    {"cycles.csv",
     WAY_CYCLE,
     "id* child* number* assess assess_date plan plan_date do do_date review review_date "
     "parents_notified next_review",
     ""},
    {"provisions.csv",
     WAY_PROVISION,
     "id* child* cycle what* dose group_size staff cost from to effect",
     ""},
    {"outcomes.csv", WAY_OUTCOME, "id* child* outcome* statement* source from to", ""},
    {"targets.csv",
     WAY_TARGET,
     "id* child* case statement* outcome area measure* unit direction baseline baseline_date "
     "criterion start* due ended state* replaces",
     ""},
    {"measurements.csv", WAY_MEASUREMENT, "target* date* value not_measured note by", "position"},
    {"phases.csv", WAY_PHASE, "target* date* label*", ""},
    {"visits.csv",
     WAY_VISIT,
     "id* children setting date* start end kind* practitioner present purpose seen child_view "
     "parent_view staff_view advice next_visit signed_at",
     ""},
    {"reviews.csv",
     WAY_REVIEW,
     "id* child* date* kind present child_view parent_view staff_view signed_at",
     ""},
    {"actions.csv",
     WAY_ACTION,
     "child visit review what* who due done effect",
     "position done effect note"},
    {"review_targets.csv",
     WAY_REVIEW_TARGET,
     "review* target* outcome* decision* reason evidence",
     ""},
    /* Beside the columns of visits.csv, for the visits of which they would not bring all back. */
    {"visit_people.csv", WAY_VISIT_PERSON, "visit* name* role", "position"},
    {"visit_views.csv",
     WAY_VISIT_VIEW,
     "visit* whose* text* child said_by how verbatim",
     "position"},
    {"visit_actions.csv", WAY_VISIT_ACTION, "visit* action* effect note", "position effect note"},
    {"visit_targets.csv",
     WAY_VISIT_TARGET,
     "visit* target* set_here rating outcome reason decision evidence",
     "position set_here rating outcome reason decision evidence"},
    {"assessments.csv",
     WAY_ASSESSMENT,
     "id* child* visit name* date* score standard_score percentile age_equivalent note",
     ""},
};

/* Of the same format, for values that this version does not hold. */
static const char *const LATER_FILES[] = {"meetings.csv",
                                          "meeting_settings.csv",
                                          "discussions.csv",
                                          "training.csv",
                                          "training_settings.csv",
                                          "transitions.csv",
                                          "transition_settings.csv",
                                          NULL};

const CaseloadFile *
caseload_file_find (const char *file)
{
  for (guint i = 0; i < N_CASELOAD_FILES; i++) {
    if (g_ascii_strcasecmp (CASELOAD_FILES[i].file, file) == 0)
      return &CASELOAD_FILES[i];
  }
  return NULL;
}

gboolean
caseload_file_is_later (const char *file)
{
  return g_strv_contains (LATER_FILES, file);
}

/* Finds @word among words between spaces; @mark may follow it. */
static const char *
find_word (const char *words, const char *word)
{
  gsize length = strlen (word);

  for (const char *at = strstr (words, word); at != NULL; at = strstr (at + 1, word)) {
    if ((at == words || at[-1] == ' ') &&
        (at[length] == '\0' || at[length] == ' ' || at[length] == '*'))
      return at + length;
  }
  return NULL;
}

/* The columns in their order, without the marks. */
char **
caseload_file_dup_columns (const CaseloadFile *self)
{
  g_autofree char *bare = g_strdup (self->columns);
  char *to = bare;

  for (const char *from = self->columns; *from != '\0'; from++) {
    if (*from != '*')
      *to++ = *from;
  }
  *to = '\0';
  return g_strsplit (bare, " ", -1);
}

/* Whether @column means something in the file: a usual one, an id, or another field. */
gboolean
caseload_file_has_column (const CaseloadFile *self, const char *column)
{
  return strcmp (column, "id") == 0 || find_word (self->columns, column) != NULL ||
         way_record_type_find (self->type, column) != NULL;
}

/* Whether @column must be there and filled. */
gboolean
caseload_file_needs (const CaseloadFile *self, const char *column)
{
  const char *end = find_word (self->columns, column);

  return end != NULL && *end == '*';
}

/**
 * caseload_dup_id:
 * @type: the type of record the id is of
 * @text: an id in a file
 *
 * Returns: (transfer full): a UUID as it is, anything else as the UUID of that name
 */
char *
caseload_dup_id (const char *type, const char *text)
{
  return way_uuid_is_valid (text) ? g_ascii_strdown (text, -1) : way_uuid_for_name (type, text);
}

void
caseload_ids_init (CaseloadIds *self)
{
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->order = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
caseload_ids_clear (CaseloadIds *self)
{
  g_hash_table_unref (self->seen);
  g_hash_table_unref (self->order);
}

static guint
count (GHashTable *table, char *key)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (table, key)) + 1;

  g_hash_table_replace (table, key, GUINT_TO_POINTER (n));
  return n;
}

/**
 * caseload_ids_dup:
 *
 * Rows without an id are the same when all their cells are, but for those that change in time
 * (@file's changing). Several same rows of a file are told apart by their number.
 *
 * Returns: (transfer full): the id of the row that @record was read from
 */
char *
caseload_ids_dup (CaseloadIds *self, const CaseloadFile *file, gconstpointer record)
{
  g_autoptr (GString) cells = g_string_new (NULL);
  g_autofree char *digest = NULL;

  for (guint i = 0; i < file->type->n_fields; i++) {
    const WayField *field = &file->type->fields[i];
    g_autofree char *text = NULL;

    if (find_word (file->changing, field->name) != NULL)
      continue;
    text = way_field_dup_text (field, record);
    if (text != NULL)
      g_string_append_printf (cells, "%s=%s\n", field->name, text);
  }
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA1, cells->str, -1);
  g_string_append_printf (cells, "#%u", count (self->seen, g_steal_pointer (&digest)));
  return way_uuid_for_name (file->type->name, cells->str);
}

/* The field that keeps the order of the rows of a file, where order means something. */
const WayField *
caseload_position_field (const WayRecordType *type)
{
  if (type != WAY_MEASUREMENT && type != WAY_ACTION && type != WAY_VISIT_VIEW &&
      type != WAY_VISIT_PERSON)
    return NULL;
  return way_record_type_find (type, "position");
}

/**
 * caseload_ids_next_position:
 * @record: a measurement, action, view or person
 *
 * Returns: its number among those of the same target and day, or of the same visit or review,
 *   from 1
 */
double
caseload_ids_next_position (CaseloadIds *self, gconstpointer record)
{
  if (WAY_RECORD (record)->type == WAY_MEASUREMENT) {
    const WayMeasurement *point = record;

    return count (self->order, g_strdup_printf ("%s/%u", point->target, point->date));
  } else if (WAY_RECORD (record)->type == WAY_VISIT_VIEW) {
    const WayVisitView *view = record;

    return count (self->order, g_strdup (view->visit != NULL ? view->visit : ""));
  } else if (WAY_RECORD (record)->type == WAY_VISIT_PERSON) {
    const WayVisitPerson *person = record;

    return count (self->order, g_strdup (person->visit != NULL ? person->visit : ""));
  } else {
    const WayAction *action = record;

    return count (self->order,
                  g_strdup_printf ("%s/%s",
                                   action->visit != NULL ? action->visit : "",
                                   action->review != NULL ? action->review : ""));
  }
}

/**
 * caseload_person_dup_text:
 *
 * Returns: (transfer full): as visits.csv has it: "Priya Nair (class teacher)"
 */
char *
caseload_person_dup_text (const WayVisitPerson *self)
{
  const char *name = self->name != NULL ? self->name : "";

  if (self->role == NULL || *self->role == '\0')
    return g_strdup (name);
  return g_strdup_printf ("%s (%s)", name, self->role);
}

/**
 * caseload_person_read_text:
 * @self: whose name and role are not known yet
 * @text: as caseload_person_dup_text() gives it
 */
void
caseload_person_read_text (WayVisitPerson *self, const char *text)
{
  const char *open = strrchr (text, '(');

  if (open != NULL && open > text && g_str_has_suffix (text, ")")) {
    self->name = g_strchomp (g_strndup (text, (gsize) (open - text)));
    self->role = g_strndup (open + 1, strlen (open) - 2);
  } else {
    self->name = g_strdup (text);
  }
}
