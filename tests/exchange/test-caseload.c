/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-fixture.h"
#include "way-caseload-files.h"
#include "way-caseload-stays.h"
#include "way-caseload.h"
#include "way-code-lists.h"
#include "way-error.h"
#include "way-exchange-private.h"
#include "way-text.h"
#include "way-values.h"

#include <errno.h>
#include <string.h>

static WayDate
today (void)
{
  return way_date_new (2026, 11, 22);
}

static void
read_folder (const char *folder, Sink *sink)
{
  g_autoptr (GError) error = NULL;

  sink_init (sink);
  way_caseload_read_on (folder, today (), &sink->sink, NULL, &error);
  g_assert_no_error (error);
}

/* All units as one set. */
static WayRecordSet *
gather (Sink *sink)
{
  WayRecordSet *all = way_record_set_new ();

  for (guint i = 0; i < sink->units->len; i++) {
    for (guint k = 0; k < WAY_N_RECORD_TYPES; k++) {
      GPtrArray *list =
          way_record_set_list (g_ptr_array_index (sink->units, i), WAY_RECORD_TYPES[k]);

      for (guint n = 0; n < list->len; n++) {
        const WayRecord *record = g_ptr_array_index (list, n);

        if (way_record_set_find (all, record->type, record->id) == NULL)
          way_record_set_take (all, way_record_copy (record));
      }
    }
  }
  return all;
}

static char *
describe (Sink *sink)
{
  g_autoptr (WayRecordSet) all = gather (sink);
  g_autofree char *records = way_canonical_write (all, WAY_CANONICAL_WHOLE);
  g_autoptr (GString) text = g_string_new (records);

  for (guint i = 0; i < sink->errors->len; i++)
    g_string_append_printf (text, "error %s\n", (char *) g_ptr_array_index (sink->errors, i));
  for (guint i = 0; i < sink->notices->len; i++)
    g_string_append_printf (text, "notice %s\n", (char *) g_ptr_array_index (sink->notices, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_golden (void)
{
  g_autofree char *folder = data_path ("caseload");
  g_autofree char *path = data_path ("caseload.expected");
  g_autofree char *text = NULL, *expected = NULL;
  Sink sink;

  read_folder (folder, &sink);
  assert_records_keep_rules (&sink, today ());
  text = describe (&sink);
  if (g_getenv ("WAY_UPDATE_GOLDEN") != NULL)
    g_file_set_contents (path, text, -1, NULL);
  g_assert_true (g_file_get_contents (path, &expected, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpuint (sink.errors->len, ==, 0);
  sink_clear (&sink);
}

static void
test_decisions (void)
{
  g_autofree char *folder = data_path ("caseload");
  g_autofree char *child = way_uuid_for_name ("child", "c1");
  const WayMeasurement *points[4];
  const WayEnrolment *first, *same;
  const WayVisitPerson *person;
  const WayVisit *visit;
  Sink sink;

  read_folder (folder, &sink);
  for (guint i = 0; i < 4; i++)
    points[i] = sink_find (&sink, WAY_MEASUREMENT, i);
  g_assert_cmpstr (points[0]->record.id, !=, points[1]->record.id); /* both are kept, in order */
  g_assert_cmpfloat (points[0]->position, ==, 1);
  g_assert_cmpfloat (points[2]->position, ==, 3);
  g_assert_cmpfloat (points[3]->position, ==, 1);
  first = sink_find (&sink, WAY_ENROLMENT, 0); /* from children.csv */
  g_assert_cmpstr (first->child, ==, child);
  g_assert_cmpuint (first->from, ==, way_date_new (2022, 9, 1));
  g_assert_cmpstr (first->record.source, ==, "children.csv");
  same = sink_find (&sink, WAY_ENROLMENT, 2);
  g_assert_cmpstr (same->record.source, ==, "enrolments.csv");
  g_assert_cmpstr (same->record.id, ==, first->record.id);
  person = sink_find (&sink, WAY_VISIT_PERSON, 0);
  g_assert_cmpstr (person->name, ==, "Priya Nair");
  g_assert_cmpstr (person->role, ==, "class teacher");
  visit = sink_find (&sink, WAY_VISIT, 0);
  g_assert_cmpstr (visit->start, ==, "09:30");
  g_assert_cmpstr (visit->advice, ==, "=SUM(A1) is not for us");
  g_assert_cmpfloat (visit->version, ==, 1);
  g_assert_cmpuint (sink_count (&sink, WAY_VISIT_CHILD), ==, 2);
  g_assert_cmpuint (sink_count (&sink, WAY_VISIT_VIEW), ==, 2);
  g_assert_true (sink_has_notice (&sink, "children.csv:2: -: Dates are written DD/MM/YYYY"));
  g_assert_true (sink_has_notice (&sink, "children.csv:1: setting_from: is not said for 1 child"));
  sink_clear (&sink);
}

static char *
first_line (const char *folder, const char *file)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  *strchr (text, '\r') = '\0';
  return text;
}

/* What came from a folder goes back to the same files and comes back the same, ids and all. */
static void
test_round_trip (void)
{
  g_autofree char *folder = data_path ("caseload"), *dir = temp_dir_new ();
  g_autofree char *out = g_build_filename (dir, "out", NULL);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (WayRecordSet) records = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  guint n_left;
  Sink sink;

  read_folder (folder, &sink);
  records = gather (&sink);
  sink_clear (&sink);
  before = way_canonical_write (records, WAY_CANONICAL_WHOLE);
  way_caseload_write (out, records, &n_left, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_left, ==, N_CASELOAD_FILES);
  for (guint i = 0; i < N_CASELOAD_FILES; i++) {
    g_autofree char *head = first_line (out, CASELOAD_FILES[i].file);
    g_auto (GStrv) columns = caseload_file_dup_columns (&CASELOAD_FILES[i]);
    g_autofree char *usual = g_strjoinv (",", columns);

    if (CASELOAD_FILES[i].type != WAY_CHILD && CASELOAD_FILES[i].type != WAY_VISIT)
      g_assert_cmpstr (head, ==, usual);
  }
  read_folder (out, &sink);
  g_assert_cmpuint (sink.errors->len, ==, 0);
  g_assert_cmpuint (sink.notices->len, ==, 0);
  again = gather (&sink);
  after = way_canonical_write (again, WAY_CANONICAL_WHOLE);
  g_assert_cmpstr (after, ==, before);
  sink_clear (&sink);
  remove_dir (dir);
}

static void
fill (WayRecord *record, guint number)
{
  for (guint i = 0; i < record->type->n_fields; i++) {
    const WayField *field = &record->type->fields[i];
    g_autofree char *id = NULL, *words = NULL;
    g_autoptr (GError) error = NULL;
    const char *const *codes = NULL;
    const char *text;

    id = way_uuid_for_name (field->list != NULL ? field->list : "", "1");
    words = g_strdup_printf (
        "=%u, “a”%s \"b\"; c ", number, field->kind == WAY_FIELD_NOTE ? "\r\n" : "");
    text = g_str_has_suffix (field->name, "upn") ? "=A\"B\";“1”" : words; /* no white space */
    if (field->kind == WAY_FIELD_CODE)
      codes = way_code_list_get_fixed (field->list);
    if (codes != NULL)
      text = codes[0];
    else if (field->kind == WAY_FIELD_ID)
      text = id;
    else if (field->kind == WAY_FIELD_CODE)
      text = "our-own";
    else if (field->kind == WAY_FIELD_DATE)
      text = "2020-02-29";
    else if (field->kind == WAY_FIELD_TIME)
      text = "00:00";
    else if (field->kind == WAY_FIELD_STAMP)
      text = "2026-11-17T17:05:09Z";
    else if (field->kind == WAY_FIELD_NUMBER)
      text = "-2.5";
    else if (field->kind == WAY_FIELD_YES_NO)
      text = "no";
    if (strcmp (field->name, "not_measured") == 0 ||
        caseload_field_stays (record->type, field->name))
      continue; /* there is a value; what stays here does not come back */
    way_field_set_text (field, record, text, &error);
    g_assert_no_error (error);
  }
}

/* Records made elsewhere, with ids of their own and every field set, local ones too. */
static void
test_round_trip_full (void)
{
  g_autofree char *dir = temp_dir_new ();
  g_autoptr (WayRecordSet) records = way_record_set_new (), again = NULL;
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  guint n_left;
  Sink sink;

  for (guint i = 0; i < N_CASELOAD_FILES; i++) {
    for (guint k = 0; k < 2; k++) {
      WayRecord *record = way_record_set_add (records, CASELOAD_FILES[i].type);

      record->id = way_uuid_random ();
      fill (record, k);
    }
  }
  before = way_canonical_write (records, WAY_CANONICAL_WHOLE);
  way_caseload_write (dir, records, &n_left, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_left, ==, N_CASELOAD_FILES);
  read_folder (dir, &sink);
  g_assert_cmpuint (sink.errors->len, ==, 0);
  again = gather (&sink);
  after = way_canonical_write (again, WAY_CANONICAL_WHOLE);
  g_assert_cmpstr (after, ==, before);
  sink_clear (&sink);
  remove_dir (dir);
}

/* A file that is none of its kind is not read row by bad row to its end. */
static void
test_too_many_bad_rows (void)
{
  g_autofree char *dir = temp_dir_new ();
  g_autoptr (GString) text = g_string_new ("id,surname,forename,dob\n");
  g_autoptr (GError) error = NULL;
  Sink sink;

  for (guint i = 0; i < 30000; i++)
    g_string_append_printf (text, "%u,A,B,tomorrow\n", i);
  put_file (dir, "children.csv", text->str);
  sink_init (&sink);
  g_assert_false (way_caseload_read_on (dir, today (), &sink.sink, NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  g_assert_cmpstr (error->message,
                   ==,
                   "children.csv:20001: document: 20000 rows can’t be taken; is this the right "
                   "file?");
  sink_clear (&sink);
  remove_dir (dir);
}

/* A row that was closed since is the same row. */
static void
test_closed_row_is_the_same (void)
{
  static const char *const TEXTS[] = {"child,flag,from,to\nc1,eal,2024-09-01,\n",
                                      "child,flag,from,to\nc1,eal,2024-09-01,2025-01-01\n"};
  char *ids[2];

  for (guint i = 0; i < 2; i++) {
    g_autofree char *dir = temp_dir_new ();
    Sink sink;

    put_file (dir, "flags.csv", TEXTS[i]);
    read_folder (dir, &sink);
    ids[i] = g_strdup (WAY_RECORD (sink_find (&sink, WAY_FLAG, 0))->id);
    sink_clear (&sink);
    remove_dir (dir);
  }
  g_assert_cmpstr (ids[0], ==, ids[1]);
  g_free (ids[0]);
  g_free (ids[1]);
}

typedef struct {
  const char *file, *text;
  const char *error;
  guint n_taken;
  gboolean fails; /* the table can't be read to its end, so the folder as a whole is refused */
} BadTable;

#define CHILDREN "id,surname,forename,dob,sex\n"
#define TARGETS "id,child,statement,measure,start,state\n"

static const BadTable BAD_TABLES[] = {
    {"children.csv",
     "id,surname,dob\nc1,A,2015-01-01\n",
     "children.csv:1: forename: The column is missing from this file; add it, or give the file its "
     "right name",
     0,
     TRUE},
    {"children.csv",
     CHILDREN "c1,A,B,2015-02-30,\nc2,C,D,2015-01-01,\n",
     "children.csv:2: dob: “2015-02-30” is not a date that exists; write it as YYYY-MM-DD",
     1,
     FALSE},
    {"children.csv",
     CHILDREN "c1,A,B,2026-11-23,\n",
     "children.csv:2: dob: is in the future; check the year",
     0,
     FALSE},
    {"children.csv",
     CHILDREN "c1,,B,2015-01-01,\n",
     "children.csv:2: surname: is missing",
     0,
     FALSE},
    {"children.csv", CHILDREN "c1,A,B\n", "children.csv:2: dob: is missing", 0, FALSE},
    {"children.csv", CHILDREN ",A,B,2015-01-01,\n", "children.csv:2: id: is missing", 0, FALSE},
    {"children.csv",
     CHILDREN "c1,A,B,2015-01-01,X\n",
     "children.csv:2: sex: “X” is none of M, F",
     0,
     FALSE},
    {"children.csv",
     CHILDREN "c1,\"A,B,2015-01-01,\nc2,C,D,2015-01-01,\n",
     "children.csv:2: surname: The quotation mark is never closed; put one at the end of the cell",
     0,
     TRUE},
    {"children.csv",
     CHILDREN "c1,A\"x\",B,2015-01-01,\n",
     "children.csv:2: surname: There is a quotation mark in the wrong place; put it twice, and the "
     "whole cell in quotation marks",
     0,
     TRUE},
    {"children.csv",
     CHILDREN "c1,A\x02,B,2015-01-01,\nc2,C,D,2015-01-01,\n",
     "children.csv:2: surname: The cell holds a control character; take it out",
     1,
     FALSE},
    {"children.csv",
     CHILDREN "c1,A,B,2015-01-01,,,,\nc2,C,D,2015-01-01,\n",
     "children.csv:2: *: There are more cells than the head has columns; put a cell with a comma "
     "in it in quotation marks",
     1,
     FALSE},
    {"children.csv", "", "children.csv:1: *", 0, TRUE},
    {"targets.csv",
     TARGETS "t1,c1,Words,furlongs,2025-01-01,open\n",
     "targets.csv:2: measure: *",
     0,
     FALSE},
    {"targets.csv",
     TARGETS "t1,c1,Words,count,2025-01-01,paused\n",
     "targets.csv:2: state: “paused” is none of open, achieved, amended, closed",
     0,
     FALSE},
    {"measurements.csv",
     "target,date,value,not_measured\nt1,2025-01-01,3,ill\n",
     "measurements.csv:2: value: Exactly one of value and not_measured has to be filled; empty "
     "one, or fill one",
     0,
     FALSE},
    {"measurements.csv",
     "target,date,value,not_measured\nt1,2025-01-01,,\n",
     "measurements.csv:2: value: Exactly one of value and not_measured has to be filled; empty "
     "one, or fill one",
     0,
     FALSE},
    {"measurements.csv",
     "target,date,value\nt1,2025-01-01,three\nt1,2025-01-02,3\n",
     "measurements.csv:2: value: “three” is not a number",
     1,
     FALSE},
    {"settings.csv", "id,name,phase\ns1,A,tertiary\n", "settings.csv:2: phase: *", 0, FALSE},
    {"enrolments.csv",
     "child,setting,from,main\nc1,s1,2020-01-01,perhaps\n",
     "enrolments.csv:2: main: “perhaps” is not yes or no",
     0,
     FALSE},
};

static void
test_bad_table (gconstpointer data)
{
  const BadTable *bad = data;
  g_autofree char *dir = temp_dir_new ();
  g_autoptr (GError) error = NULL;
  Sink sink;

  put_file (dir, bad->file, bad->text);
  sink_init (&sink);
  g_assert_true (way_caseload_read_on (dir, today (), &sink.sink, NULL, &error) != bad->fails);
  if (bad->fails)
    g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  else
    g_assert_no_error (error);
  g_assert_cmpuint (sink.errors->len, ==, 1);
  if (!g_pattern_match_simple (bad->error, g_ptr_array_index (sink.errors, 0)))
    g_error ("“%s” is not like “%s”", (char *) g_ptr_array_index (sink.errors, 0), bad->error);
  g_assert_cmpuint (sink.n_units, ==, bad->n_taken);
  sink_clear (&sink);
  remove_dir (dir);
}

/* A number as a spreadsheet may have it, and as it is. */
static void
test_upn (void)
{
  g_autofree char *dir = temp_dir_new ();
  const WayChild *child;
  Sink sink;

  put_file (
      dir, "children.csv", "id,surname,forename,dob,upn\nc1,A,B,2015-02-01, f886 2001 23001\n");
  read_folder (dir, &sink);
  g_assert_cmpuint (sink.errors->len, ==, 0);
  child = sink_find (&sink, WAY_CHILD, 0);
  g_assert_cmpstr (child->upn, ==, "F886200123001");
  sink_clear (&sink);
  remove_dir (dir);
}

static void
test_said_once (void)
{
  g_autofree char *dir = temp_dir_new ();
  Sink sink;

  put_file (dir,
            "children.csv",
            "ID,Surname,forename,dob,shoe size,hat\r\n"
            "c1,A,B,01/02/2015,3,\r\nc2,Jos\xe9,D,03/02/2015,4,\r\n");
  put_file (dir, "meetings.csv", "id\n");
  put_file (dir, "notes.txt", "x");
  read_folder (dir, &sink);
  g_assert_cmpuint (sink.n_units, ==, 2);
  g_assert_cmpuint (sink.errors->len, ==, 0);
  g_assert_cmpuint (sink.notices->len, ==, 5);
  g_assert_cmpstr (((WayChild *) sink_find (&sink, WAY_CHILD, 1))->surname, ==, "José");
  g_assert_cmpuint (
      ((WayChild *) sink_find (&sink, WAY_CHILD, 0))->dob, ==, way_date_new (2015, 2, 1));
  g_assert_true (sink_has_notice (
      &sink, "children.csv:1: -: Columns that mean nothing here are ignored: shoe size, hat"));
  g_assert_true (sink_has_notice (&sink, "children.csv:2: -: Dates are written DD/MM/YYYY"));
  g_assert_true (sink_has_notice (&sink, "children.csv:1: -: The file is written in Windows-1252"));
  g_assert_true (
      sink_has_notice (&sink, "meetings.csv:0: -: This version of Waymark has no place"));
  g_assert_true (sink_has_notice (&sink, "notes.txt:0: -: This is no file of a caseload"));
  sink_clear (&sink);
  remove_dir (dir);
}

/* An address that a spreadsheet has in several lines. */
static void
test_several_lines (void)
{
  static const char TEXT[] = "id,surname,forename,dob,street,town\n"
                             "c1,Van Dyke,Ann,2015-01-01,\"1 High Street,\r\n The "
                             "Green\n\nLower End\n\",\"\nAshford\"\n";
  g_autofree char *dir = temp_dir_new ();
  const WayChild *child;
  Sink sink;

  put_file (dir, "children.csv", TEXT);
  read_folder (dir, &sink);
  g_assert_cmpuint (sink.errors->len, ==, 0);
  child = sink_find (&sink, WAY_CHILD, 0);
  g_assert_cmpstr (child->street, ==, "1 High Street, The Green, Lower End");
  g_assert_cmpstr (child->town, ==, "Ashford");
  assert_records_keep_rules (&sink, today ());
  sink_clear (&sink);
  remove_dir (dir);
}

static void
test_refusals (void)
{
  g_autofree char *dir = temp_dir_new (), *folder = data_path ("caseload");
  g_autofree char *missing = g_build_filename (dir, "missing", NULL);
  g_autofree char *file = write_file (dir, "file", "");
  g_autofree char *inside = g_build_filename (file, "out", NULL);
  g_autoptr (WayRecordSet) records = way_record_set_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint n_left;
  Sink sink;

  sink_init (&sink);
  g_assert_false (way_caseload_read (missing, &sink.sink, NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  g_assert_true (g_str_has_suffix (error->message,
                                   ": There is no such folder; look whether its name is right"));
  g_clear_error (&error);
  g_assert_false (way_caseload_read (dir, &sink.sink, NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (way_caseload_write (inside, records, &n_left, &error));
  g_assert_cmpuint (n_left, ==, 0);
  g_assert_error (error, WAY_ERROR, WAY_ERROR_IO);
  g_clear_error (&error);
  sink.fail_at = 2;
  g_assert_false (way_caseload_read (folder, &sink.sink, NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_IO);
  g_assert_cmpuint (sink.n_units, ==, 2);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_false (way_caseload_read (folder, &sink.sink, cancellable, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_CANCELLED);
  sink_clear (&sink);
  remove_dir (dir);
}

static guint rename_fails_at; /* from 1; 0: never */
static guint n_renamed;

int __real_rename (const char *from, const char *to);
int __wrap_rename (const char *from, const char *to);

int
__wrap_rename (const char *from, const char *to)
{
  if (g_str_has_suffix (to, ".csv") && ++n_renamed == rename_fails_at) {
    errno = EIO;
    return -1;
  }
  return __real_rename (from, to);
}

/* Tables that took their places before one could not are said to be there; nothing else stays. */
static void
test_half_written (void)
{
  g_autofree char *dir = temp_dir_new ();
  g_autoptr (WayRecordSet) records = way_record_set_new ();
  g_autoptr (GError) error = NULL;
  guint n_left, n_files = 0;

  for (rename_fails_at = 5; rename_fails_at > 0; rename_fails_at -= 4) {
    g_autoptr (GDir) files = NULL;

    n_renamed = 0;
    g_assert_false (way_caseload_write (dir, records, &n_left, &error));
    g_assert_error (error, WAY_ERROR, WAY_ERROR_IO);
    g_clear_error (&error);
    g_assert_cmpuint (n_left, ==, rename_fails_at - 1);
    files = g_dir_open (dir, 0, NULL);
    for (n_files = 0; g_dir_read_name (files) != NULL; n_files++)
      ;
    g_assert_cmpuint (n_files, ==, 4); /* of the first time */
    if (rename_fails_at < 4)
      break;
  }
  rename_fails_at = 0;
  remove_dir (dir);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/caseload/golden", test_golden);
  g_test_add_func ("/caseload/half-written", test_half_written);
  g_test_add_func ("/caseload/decisions", test_decisions);
  g_test_add_func ("/caseload/round-trip", test_round_trip);
  g_test_add_func ("/caseload/round-trip-full", test_round_trip_full);
  g_test_add_func ("/caseload/closed-row-is-the-same", test_closed_row_is_the_same);
  for (guint i = 0; i < G_N_ELEMENTS (BAD_TABLES); i++) {
    g_autofree char *path = g_strdup_printf ("/caseload/bad-table/%u", i);

    g_test_add_data_func (path, &BAD_TABLES[i], test_bad_table);
  }
  g_test_add_func ("/caseload/too-many-bad-rows", test_too_many_bad_rows);
  g_test_add_func ("/caseload/said-once", test_said_once);
  g_test_add_func ("/caseload/upn", test_upn);
  g_test_add_func ("/caseload/several-lines", test_several_lines);
  g_test_add_func ("/caseload/refusals", test_refusals);
  return g_test_run ();
}
