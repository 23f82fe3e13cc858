/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a row of a caseload file to its record and the records that hang on it. */
#include "way-caseload-row.h"

#include "way-check.h"
#include "way-code-lists.h"
#include "way-text.h"
#include "way-upn.h"
#include "way-values.h"

#include <math.h>
#include <string.h>

void
caseload_table_problem (
    CaseloadTable *self, WayImportKind kind, guint line, const char *column, const char *message)
{
  g_autofree char *harmless = way_text_dup_harmless (message); /* it may quote a value */
  g_autofree char *name = column != NULL ? way_text_dup_harmless (column) : NULL;

  self->sink->problem (self->sink, kind, self->source, line, name, harmless);
}

static gboolean
refuse (CaseloadTable *self, const WayCsvRow *row, const char *column, const char *message)
{
  caseload_table_problem (self, WAY_IMPORT_ERROR, way_csv_row_get_line (row), column, message);
  return FALSE;
}

static gboolean
read_date (CaseloadTable *self, const WayCsvRow *row, const char *text, WayDate *date)
{
  *date = way_date_from_iso (text);
  if (*date == WAY_DATE_UNKNOWN) {
    *date = way_date_from_uk (text);
    if (*date != WAY_DATE_UNKNOWN && !self->said_uk_dates) {
      caseload_table_problem (self,
                              WAY_IMPORT_NOTICE,
                              way_csv_row_get_line (row),
                              NULL,
                              "Dates are written DD/MM/YYYY and read as day, month, year");
      self->said_uk_dates = TRUE;
    }
  }
  return *date != WAY_DATE_UNKNOWN;
}

static gboolean
refuse_date (CaseloadTable *self, const WayCsvRow *row, const char *column, const char *text)
{
  g_autofree char *message =
      g_strdup_printf ("“%.40s” is not a date that exists; write it as YYYY-MM-DD", text);

  return refuse (self, row, column, message);
}

static gboolean
set_date (CaseloadTable *self,
          const WayCsvRow *row,
          const WayField *field,
          gpointer record,
          const char *text)
{
  return read_date (self, row, text, &way_field_date (field, record)) ||
         refuse_date (self, row, field->name, text);
}

static gboolean
set_code (CaseloadTable *self,
          const WayCsvRow *row,
          const WayField *field,
          gpointer record,
          const char *text)
{
  const char *const *codes = way_code_list_get_fixed (field->list);
  g_autofree char *known = NULL, *message = NULL;

  for (guint i = 0; codes != NULL && codes[i] != NULL; i++) {
    if (g_ascii_strcasecmp (codes[i], text) == 0) {
      way_set_string (&way_field_string (field, record), codes[i]);
      return TRUE;
    }
  }
  if (codes == NULL) {
    way_set_string (&way_field_string (field, record), text);
    return TRUE;
  }
  known = g_strjoinv (", ", (char **) codes);
  message = g_strdup_printf ("“%.40s” is none of %s", text, known);
  return refuse (self, row, field->name, message);
}

/* Spreadsheets write 9:30 and a day without a time. */
static char *
dup_usual (const WayField *field, const char *text)
{
  if (field->kind == WAY_FIELD_TIME && strlen (text) == 4 && text[1] == ':')
    return g_strconcat ("0", text, NULL);
  if (field->kind == WAY_FIELD_STAMP && way_date_from_iso (text) != WAY_DATE_UNKNOWN)
    return g_strconcat (text, "T00:00:00Z", NULL);
  if (field->kind == WAY_FIELD_STAMP && strlen (text) == 19)
    return g_strconcat (text, "Z", NULL);
  if (field->kind == WAY_FIELD_YES_NO)
    return g_ascii_strdown (text, -1);
  return g_strdup (text);
}

static gboolean
is_line_end (const char *p)
{
  return *p == '\n' || *p == '\r';
}

/* An address is one line here, and often several in a spreadsheet. In any other such text a line
 * break is wrong, and white space is part of it. */
static char *
dup_line (const char *cell, const char *field)
{
  static const char *const ADDRESS[] = {"street", "town", NULL};
  GString *line;

  if (strpbrk (cell, "\r\n") == NULL || !g_strv_contains (ADDRESS, field))
    return g_strdup (cell);
  line = g_string_new (NULL);
  for (const char *p = cell; *p != '\0'; p++) {
    if (!is_line_end (p)) {
      g_string_append_c (line, *p);
      continue;
    }
    while (line->len > 0 && strchr (" ,", line->str[line->len - 1]) != NULL)
      g_string_truncate (line, line->len - 1);
    while (is_line_end (p + 1) || p[1] == ' ')
      p++;
    if (line->len > 0 && p[1] != '\0')
      g_string_append (line, ", ");
  }
  return g_string_free (line, FALSE);
}

static gboolean
set_cell (CaseloadTable *self,
          const WayCsvRow *row,
          const WayField *field,
          gpointer record,
          const char *cell)
{
  g_autofree char *text = g_strstrip (g_strdup (cell)), *usual = NULL;
  g_autoptr (GError) problem = NULL;

  if (*text == '\0')
    return !caseload_file_needs (self->file, field->name) ||
           refuse (self, row, field->name, "is missing");
  if (field->kind == WAY_FIELD_DATE)
    return set_date (self, row, field, record, text);
  if (field->kind == WAY_FIELD_CODE)
    return set_code (self, row, field, record, text);
  if (field->kind == WAY_FIELD_ID) {
    g_free (way_field_string (field, record));
    way_field_string (field, record) = caseload_dup_id (field->list, text);
    return TRUE;
  }
  if (field->kind == WAY_FIELD_TEXT) {
    g_free (way_field_string (field, record));
    way_field_string (field, record) = dup_line (cell, field->name);
    return TRUE;
  }
  if (field->kind == WAY_FIELD_NOTE) {
    way_set_string (&way_field_string (field, record), cell); /* white space is part of it */
    return TRUE;
  }
  usual = dup_usual (field, text);
  if (way_field_set_text (field, record, usual, &problem))
    return TRUE;
  return refuse (self, row, field->name, problem->message);
}

/* (transfer full) (nullable): the id that the row's cell gives; %NULL if it is empty or no text. */
static char *
dup_id_of_row (CaseloadTable *self, const WayCsvRow *row, gboolean *is_named)
{
  const char *text = way_csv_row_get (row, "id");
  g_autofree char *bare = g_strstrip (g_strdup (text != NULL ? text : ""));

  if (*bare == '\0' || !g_utf8_validate (bare, -1, NULL))
    return NULL;
  *is_named = !way_uuid_is_valid (bare);
  return caseload_dup_id (self->file->type->name, bare);
}

/* Of rows with one id none is taken: nobody knows which of them the other files mean. So the ids
 * are looked up before the first row's turn. */
void
caseload_table_note_id (CaseloadTable *self, const WayCsvRow *row)
{
  gboolean is_named;
  g_autofree char *id = dup_id_of_row (self, row, &is_named);
  gpointer line = GUINT_TO_POINTER (way_csv_row_get_line (row));

  if (id == NULL)
    return;
  if (!g_hash_table_contains (self->ids, id))
    g_hash_table_insert (self->ids, g_steal_pointer (&id), line);
  else if (!g_hash_table_contains (self->twice, id))
    g_hash_table_insert (self->twice, g_steal_pointer (&id), line);
}

/* Before anything else of the row, so that the id of one that is refused is known. */
static gboolean
set_id (CaseloadTable *self, const WayCsvRow *row, WayRecord *record)
{
  g_autofree char *message = NULL;
  gboolean is_named = FALSE;
  guint line;

  record->id = dup_id_of_row (self, row, &is_named);
  record->named_id = is_named;
  if (record->id == NULL)
    return !caseload_file_needs (self->file, "id") || refuse (self, row, "id", "is missing");
  line = GPOINTER_TO_UINT (g_hash_table_lookup (self->ids, record->id));
  if (line == 0)
    line = GPOINTER_TO_UINT (g_hash_table_lookup (self->twice, record->id));
  if (line != 0) {
    message = g_strdup_printf ("The same id is in line %u; give each row its own", line);
    return refuse (self, row, "id", message);
  }
  g_hash_table_insert (
      self->ids, g_strdup (record->id), GUINT_TO_POINTER (way_csv_row_get_line (row)));
  return TRUE;
}

/* A row without an id is known by its cells. */
static void
derive_id (CaseloadTable *self, WayRecord *record)
{
  if (record->id != NULL)
    return;
  record->id = caseload_ids_dup (&self->rows, self->file, record);
  record->derived_id = TRUE;
}

/* A row that can't be taken: neither can what hangs on it, nor another row of its id. */
void
caseload_table_leave_out (CaseloadTable *self, const WayCsvRow *row)
{
  gboolean is_named;
  g_autofree char *id = dup_id_of_row (self, row, &is_named);

  if (id == NULL)
    return;
  if (self->sink->left_out != NULL)
    self->sink->left_out (self->sink, self->file->type, id);
  if (!g_hash_table_contains (self->ids, id))
    g_hash_table_insert (
        self->ids, g_steal_pointer (&id), GUINT_TO_POINTER (way_csv_row_get_line (row)));
}

/* Spreadsheets have them with spaces, and in lower case. */
static void
normalise_upns (WayChild *child)
{
  char *upn = way_upn_normalise (child->upn);
  char *former_upn = way_upn_normalise (child->former_upn);

  g_free (child->upn);
  child->upn = upn;
  g_free (child->former_upn);
  child->former_upn = former_upn;
}

/* What a row means where a cell is left empty, and what its cells may not say together. */
static gboolean
complete (CaseloadTable *self, const WayCsvRow *row, WayRecord *record)
{
  const WayField *position = caseload_position_field (record->type);
  const char *fault;

  if (position != NULL && isnan (way_field_number (position, record)))
    way_field_number (position, record) = caseload_ids_next_position (&self->rows, record);
  if (record->type == WAY_ENROLMENT && ((WayEnrolment *) record)->main == WAY_UNKNOWN)
    ((WayEnrolment *) record)->main = WAY_YES;
  if (record->type == WAY_PRACTITIONER && ((WayPractitioner *) record)->role == NULL)
    ((WayPractitioner *) record)->role = g_strdup ("other");
  if (record->type == WAY_CHILD)
    normalise_upns ((WayChild *) record);
  if (record->type == WAY_CHILD && !way_text_is_blank (((WayChild *) record)->nc_year) &&
      ((WayChild *) record)->nc_year_from == WAY_DATE_UNKNOWN)
    ((WayChild *) record)->nc_year_from = self->today;
  if (record->type == WAY_CHILD &&
      (fault = way_check_birth (((WayChild *) record)->dob, self->today)) != NULL)
    return refuse (self, row, "dob", fault);
  if (record->type == WAY_VISIT && ((WayVisit *) record)->signed_at != NULL &&
      isnan (((WayVisit *) record)->version))
    ((WayVisit *) record)->version = 1;
  if (record->type == WAY_MEASUREMENT &&
      isnan (((WayMeasurement *) record)->value) ==
          way_text_is_blank (((WayMeasurement *) record)->not_measured))
    return refuse (
        self,
        row,
        "value",
        "Exactly one of value and not_measured has to be filled; empty one, or fill one");
  return TRUE;
}

static gpointer
add_part (CaseloadTable *self,
          const WayCsvRow *row,
          const WayRecordType *type,
          WayRecordSet *unit,
          const char *owner,
          const char *name)
{
  WayRecord *part = way_record_set_add (unit, type);
  g_autofree char *key = g_strdup_printf ("%s/%s", owner, name);

  part->id = way_uuid_for_name (type->name, key);
  part->derived_id = TRUE;
  part->source = self->source;
  part->line = way_csv_row_get_line (row);
  return part;
}

/* The columns setting and setting_from of children.csv: the main enrolment. */
static gboolean
read_enrolment (CaseloadTable *self,
                const WayCsvRow *row,
                const WayChild *child,
                WayRecordSet *unit)
{
  const char *cell = way_csv_row_get (row, "setting");
  const char *from_cell = way_csv_row_get (row, "setting_from");
  g_autofree char *setting = g_strstrip (g_strdup (cell != NULL ? cell : ""));
  g_autofree char *from = g_strstrip (g_strdup (from_cell != NULL ? from_cell : ""));
  WayEnrolment *enrolment;
  WayDate date = child->dob;
  CaseloadIds once;

  if (*setting == '\0')
    return TRUE;
  if (*from != '\0' && !read_date (self, row, from, &date))
    return refuse_date (self, row, "setting_from", from);
  if (*from == '\0') {
    if (self->enrolled != NULL && g_hash_table_contains (self->enrolled, child->record.id))
      return TRUE; /* enrolments.csv knows better */
    self->n_without_from++;
  }
  enrolment = add_part (self, row, WAY_ENROLMENT, unit, child->record.id, setting);
  enrolment->child = g_strdup (child->record.id);
  enrolment->setting = caseload_dup_id ("setting", setting);
  enrolment->from = date;
  enrolment->record.dated_by_file = *from == '\0';
  enrolment->main = WAY_YES;
  caseload_ids_init (&once); /* so that the same row of enrolments.csv is the same record */
  g_free (enrolment->record.id);
  enrolment->record.id = caseload_ids_dup (&once, caseload_file_find ("enrolments.csv"), enrolment);
  caseload_ids_clear (&once);
  return TRUE;
}

static char **
split_cell (const WayCsvRow *row, const char *column)
{
  const char *cell = way_csv_row_get (row, column);

  return g_strsplit (cell != NULL ? cell : "", ";", -1);
}

static void
read_view (CaseloadTable *self,
           const WayCsvRow *row,
           const WayVisit *visit,
           guint number,
           WayRecordSet *unit)
{
  const char *whose = WAY_VIEWS[number];
  g_autofree char *column = g_strconcat (whose, "_view", NULL);
  const char *cell = way_csv_row_get (row, column);
  WayVisitView *view;

  if (way_text_is_blank (cell))
    return;
  view = add_part (self, row, WAY_VISIT_VIEW, unit, visit->record.id, whose);
  view->visit = g_strdup (visit->record.id);
  view->whose = g_strdup (whose);
  view->position = number + 1;
  view->text = g_strdup (cell);
}

static void
read_people (CaseloadTable *self, const WayCsvRow *row, const WayVisit *visit, WayRecordSet *unit)
{
  g_auto (GStrv) people = split_cell (row, "present");
  guint n_people = 0;

  if (self->peopled != NULL && g_hash_table_contains (self->peopled, visit->record.id))
    return; /* visit_people.csv knows better */
  for (guint i = 0; people[i] != NULL; i++) {
    g_autofree char *key = NULL;
    WayVisitPerson *person;

    if (*g_strstrip (people[i]) == '\0')
      continue;
    key = g_strdup_printf ("%u/%s", ++n_people, people[i]);
    person = add_part (self, row, WAY_VISIT_PERSON, unit, visit->record.id, key);
    person->visit = g_strdup (visit->record.id);
    person->position = n_people;
    caseload_person_read_text (person, people[i]);
  }
}

/* The columns of visits.csv that are lists: who it concerned, who was there, who said what. */
static void
read_visit_lists (CaseloadTable *self,
                  const WayCsvRow *row,
                  const WayVisit *visit,
                  WayRecordSet *unit)
{
  g_auto (GStrv) children = split_cell (row, "children");
  g_autoptr (GHashTable) linked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_children = 0;

  for (guint i = 0; children[i] != NULL; i++) {
    g_autofree char *id = NULL;
    WayVisitChild *link;

    if (*g_strstrip (children[i]) == '\0')
      continue;
    id = caseload_dup_id ("child", children[i]);
    if (g_hash_table_contains (linked, id))
      continue; /* said once is enough */
    g_hash_table_add (linked, g_strdup (id));
    link = add_part (self, row, WAY_VISIT_CHILD, unit, visit->record.id, id);
    link->visit = g_strdup (visit->record.id);
    link->child = g_steal_pointer (&id);
    link->position = ++n_children;
  }
  read_people (self, row, visit, unit);
  if (self->viewed != NULL && g_hash_table_contains (self->viewed, visit->record.id))
    return; /* visit_views.csv knows better */
  for (guint i = 0; i < WAY_N_VIEWS; i++)
    read_view (self, row, visit, i, unit);
}

/**
 * caseload_table_read_row:
 * @unit: gets the row's record and those that other columns of the row make
 *
 * Returns: %FALSE if the row breaks a rule; the sink was told line, column and reason
 */
gboolean
caseload_table_read_row (CaseloadTable *self, const WayCsvRow *row, WayRecordSet *unit)
{
  const WayRecordType *type = self->file->type;
  WayRecord *record = way_record_set_add (unit, type);

  record->source = self->source;
  record->line = way_csv_row_get_line (row);
  if (!set_id (self, row, record))
    return FALSE;
  for (guint i = 0; i < type->n_fields; i++) {
    const char *cell = way_csv_row_get (row, type->fields[i].name);

    if (cell != NULL && !set_cell (self, row, &type->fields[i], record, cell))
      return FALSE;
  }
  if (!complete (self, row, record))
    return FALSE;
  derive_id (self, record);
  if (type == WAY_CHILD)
    return read_enrolment (self, row, (WayChild *) record, unit);
  if (type == WAY_VISIT)
    read_visit_lists (self, row, (WayVisit *) record, unit);
  return TRUE;
}
