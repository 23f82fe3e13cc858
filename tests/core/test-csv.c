/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-csv.h"

#include "way-error.h"

#include <string.h>

/* What was read, as "line:name=…;note=…|" */
static gboolean
take_row (const WayCsvRow *row, gpointer user_data, GError **error)
{
  const char *name = way_csv_row_get (row, "name"), *note = way_csv_row_get (row, "note");

  g_string_append_printf (user_data, "%u:%s;%s|", way_csv_row_get_line (row), name, note);
  return TRUE;
}

/* Reads @text in chunks of @chunk bytes. */
static char *
read_in_chunks (const char *text, gsize length, gsize chunk, gboolean *latin, GError **error)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (WayCsvReader) reader = way_csv_reader_new ("t.csv", take_row, seen);

  for (gsize at = 0; at < length; at += chunk) {
    if (!way_csv_reader_feed (reader, text + at, MIN (chunk, length - at), error))
      return NULL;
  }
  if (!way_csv_reader_finish (reader, error))
    return NULL;
  if (latin != NULL)
    *latin = way_csv_reader_is_windows_1252 (reader);
  return g_string_free (g_steal_pointer (&seen), FALSE);
}

typedef struct {
  const char *name, *text, *seen;
} Case;

static const Case READS[] = {
    {"plain", "name,note\nAmi,x\n", "2:Ami;x|"},
    {"crlf", "name,note\r\nAmi,x\r\nBo,y\r\n", "2:Ami;x|3:Bo;y|"},
    {"cr", "name,note\rAmi,x\rBo,y", "2:Ami;x|3:Bo;y|"},
    {"no-last-line-end", "name,note\nAmi,x", "2:Ami;x|"},
    {"bom", "\xef\xbb\xbfname,note\nAmi,x\n", "2:Ami;x|"},
    {"other-order", "note,other,name\nx,z,Ami\n", "2:Ami;x|"},
    {"capitals-and-spaces-in-head", " Name ,NOTE\nAmi,x\n", "2:Ami;x|"},
    {"short-row", "name,note\nAmi\n", "2:Ami;|"},
    {"absent-column", "name\nAmi\n", "2:Ami;(null)|"},
    {"empty-lines", "name,note\n\nAmi,x\n\n\nBo,y\n", "3:Ami;x|6:Bo;y|"},
    {"quotes", "name,note\n\"A,\"\"m\"\"i\",\"\"\n", "2:A,\"m\"i;|"},
    {"line-break-in-cell", "name,note\n\"A\nmi\",x\nBo,y\n", "2:A\nmi;x|4:Bo;y|"},
    {"crlf-in-cell", "name,note\r\n\"A\r\nmi\",x\r\nBo,y\r\n", "2:A\r\nmi;x|4:Bo;y|"},
    {"utf-8", "name,note\nŻoë,„x”\n", "2:Żoë;„x”|"},
    {"defused", "name,note\n'=1+1,'-x\n", "2:=1+1;-x|"},
    {"apostrophe-of-its-own", "name,note\n'tis,'\n", "2:'tis;'|"},
    {"defused-apostrophe", "name,note\n''=x,\"''@\"\n", "2:'=x;'@|"},
    {"only-a-head", "name,note\n", ""},
};

static void
test_reads (gconstpointer data)
{
  const Case *test = data;
  gboolean latin = TRUE;

  for (gsize chunk = 1; chunk < 8; chunk++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *seen = read_in_chunks (test->text, strlen (test->text), chunk, &latin, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (seen, ==, test->seen);
    g_assert_false (latin);
  }
}

static const Case REFUSES[] = {
    {"empty", "", "t.csv:1: The row with the names of the columns is missing; put it on top"},
    {"quote-not-closed",
     "name,note\nAmi,\"x\n\n",
     "t.csv:2: column 2: The quotation mark is never closed; put one at the end of the cell"},
    {"quote-inside-plain",
     "name,note\nA\"mi,x\n",
     "t.csv:2: column 1: There is a quotation mark in the wrong place; put it twice, and the whole "
     "cell in quotation marks"},
    {"text-after-quote",
     "name,note\n\nAmi,\"x\"y\n",
     "t.csv:3: column 2: There is a quotation mark in the wrong place; put it twice, and the whole "
     "cell in quotation marks"},
    {"too-many-cells",
     "name,note\nAmi,x,y\n",
     "t.csv:2: column 3: There are more cells than the head has columns; put a cell with a comma "
     "in it in quotation marks"},
    {"column-twice",
     "name,Name\n",
     "t.csv:1: name: The column is there twice; keep the one that is meant"},
    {"control-character",
     "name,note\nAmi,\x01\n",
     "t.csv:2: column 2: The cell holds a control character; take it out"},
    {"semicolons",
     "name;note\nAmi;x\n",
     "t.csv:1: column 1: This file is separated by semicolons; save it with commas, as “CSV UTF-8 "
     "(comma delimited)”"},
    {"quoted-semicolons",
     "\"name\";\"note\"\nAmi;x\n",
     "t.csv:1: column 1: This file is separated by semicolons; save it with commas, as “CSV UTF-8 "
     "(comma delimited)”"},
    {"tabs",
     "name\tnote\nAmi\tx\n",
     "t.csv:1: column 1: This file is separated by tabs; save it with commas, as “CSV UTF-8 (comma "
     "delimited)”"},
    {"no-charset",
     "name,note\n\x81,x\n",
     "t.csv:2: column 1: The cell is neither UTF-8 nor Windows-1252; save the file as UTF-8"},
};

static void
test_refuses (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GError) error = NULL;

  g_assert_null (read_in_chunks (test->text, strlen (test->text), 3, NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, test->seen);
}

static void
take_bad_row (const WayCsvRow *row, const char *message, gpointer user_data)
{
  g_string_append_printf (user_data, "%s|", message);
}

/* What is wrong with one row says nothing about the next ones. */
static void
test_bad_rows (void)
{
  static const char TEXT[] = "name,note\nAmi,x,y\nBo,\x01\n\x81,x\nCy,z\n";
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (WayCsvReader) reader = way_csv_reader_new ("t.csv", take_row, seen);
  g_autoptr (GError) error = NULL;

  way_csv_reader_set_bad_row_func (reader, take_bad_row);
  g_assert_true (way_csv_reader_feed (reader, TEXT, strlen (TEXT), &error));
  g_assert_true (way_csv_reader_finish (reader, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (seen->str,
                   ==,
                   "t.csv:2: column 3: There are more cells than the head has columns; put a cell "
                   "with a comma in it in quotation marks|t.csv:3: column 2: The cell holds a "
                   "control character; take it out|t.csv:4: column 1: The cell is neither UTF-8 "
                   "nor Windows-1252; save the file as UTF-8|5:Cy;z|");
}

/* The names of the columns are needed for every row. */
static void
test_bad_head (void)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (WayCsvReader) reader = way_csv_reader_new ("t.csv", take_row, seen);
  g_autoptr (GError) error = NULL;

  way_csv_reader_set_bad_row_func (reader, take_bad_row);
  g_assert_false (way_csv_reader_feed (reader, "na\x01me\n1\n", 9, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  g_assert_cmpstr (seen->str, ==, "");
}

static void
test_windows_1252 (void)
{
  static const char TEXT[] = "name,note\nZo\xeb,\x93x\x94 \x80 5\n";
  g_autoptr (GError) error = NULL;
  gboolean latin = FALSE;
  g_autofree char *seen = read_in_chunks (TEXT, strlen (TEXT), 5, &latin, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (seen, ==, "2:Zoë;“x” € 5|");
  g_assert_true (latin);
}

/* A file is in one encoding: what is UTF-8 in one place is not Windows-1252 in another. */
static void
test_mixed (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (WayCsvReader) reader = way_csv_reader_new ("t.csv", take_row, seen);
  g_autoptr (GError) error = NULL;
  gboolean done;

  way_csv_reader_set_bad_row_func (reader, take_bad_row);
  done = way_csv_reader_feed (reader, test->text, strlen (test->text), &error) &&
         way_csv_reader_finish (reader, &error);
  g_assert_cmpint (done, ==, error == NULL);
  g_assert_cmpstr (done ? seen->str : error->message, ==, test->seen);
  g_assert_false (done && way_csv_reader_is_windows_1252 (reader));
}

#define NOT_UTF8 "has a letter that cannot be read; save the file again as “CSV UTF-8”"

static const Case MIXED[] = {
    {"mark", "\xef\xbb\xbfname,note\nZo\xeb,x\nCy,z\n", "t.csv:2: column 1: " NOT_UTF8 "|3:Cy;z|"},
    {"before", "name,note\nZo\xc3\xab,x\nCy,\xa3z\n", "2:Zoë;x|t.csv:3: column 2: " NOT_UTF8 "|"},
    {"same-row", "name,note\n\xa3,Zo\xc3\xab\n", "t.csv:2: column 1: " NOT_UTF8 "|"},
    {"same-cell", "name,note\nZo\xc3\xab \xa3,x\n", "t.csv:2: column 1: " NOT_UTF8 "|"},
    {"later", "name,note\nCy,\xa3z\nBo,x\nZo\xc3\xab,x\n", "t.csv:2: column 2: " NOT_UTF8},
};

/* One accidental pair does not make a file UTF-8, and one slip does not make it something else. */
static void
test_counted (void)
{
  static const struct {
    const char *text;
    WayCsvEncoding encoding;
    const char *seen;
  } FILES[] = {
      {"name,note\nAmi,x\n", WAY_CSV_ENCODING_UNKNOWN, "2:Ami;x|"},
      {"name,note\nANDR\xc9\x92S,Zo\xeb\nJos\xe9,x\n",
       WAY_CSV_WINDOWS_1252,
       "2:ANDRÉ’S;Zoë|3:José;x|"},
      {"name,note\nZo\xc3\xab,\xe2\x80\x99\nJos\xe9,x\nBo,y\n",
       WAY_CSV_UTF8,
       "2:Zoë;’|t.csv:3: column 1: " NOT_UTF8 "|4:Bo;y|"},
      {"name,note\nZo\xc3\xab,Jos\xe9\n", WAY_CSV_UTF8, "t.csv:2: column 2: " NOT_UTF8 "|"},
      {"\xef\xbb\xbfname,note\nJos\xe9,\xe9\xe8\nBo,y\n",
       WAY_CSV_WINDOWS_1252,
       "t.csv:2: column 1: " NOT_UTF8 "|3:Bo;y|"},
      {"name,note\nAmi,\xe2\x80", WAY_CSV_WINDOWS_1252, "2:Ami;â€|"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (FILES); i++) {
    gsize length = strlen (FILES[i].text), n_done = 0;
    g_autoptr (GString) seen = g_string_new (NULL);
    g_autoptr (WayCsvReader) reader = way_csv_reader_new ("t.csv", take_row, seen);
    WayCsvLetters letters = {0};

    for (gsize end = 1; end <= length; end++) /* cut anywhere */
      n_done +=
          way_csv_letters_count (&letters, FILES[i].text + n_done, end - n_done, end == length);
    g_assert_cmpuint (n_done, ==, length);
    g_assert_cmpint (way_csv_letters_decide (&letters), ==, FILES[i].encoding);
    way_csv_reader_set_bad_row_func (reader, take_bad_row);
    way_csv_reader_set_encoding (reader, FILES[i].encoding);
    g_assert_true (way_csv_reader_feed (reader, FILES[i].text, length, NULL));
    g_assert_true (way_csv_reader_finish (reader, NULL));
    g_assert_cmpstr (seen->str, ==, FILES[i].seen);
  }
}

static void
test_nul (void)
{
  static const char TEXT[] = "name,note\nA\0mi,x\n";
  g_autoptr (GError) error = NULL;

  g_assert_null (read_in_chunks (TEXT, sizeof TEXT - 1, 64, NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  g_assert_true (g_str_has_prefix (error->message, "t.csv:2: column 1: There is a NUL byte"));
}

/* What spreadsheets also save, and people rename. */
static void
test_no_tables (void)
{
  static const struct {
    const char *bytes;
    gsize length;
    const char *says;
  } FILES[] = {{"\xff\xfe"
                "i\0d\0,\0",
                8,
                "written in UTF-16"},
               {"\xfe\xff"
                "\0i\0d\0,",
                8,
                "written in UTF-16"},
               {"i\0d\0,\0", 6, "written in UTF-16"},
               {"PK\x03\x04\x14\0\x06\0", 8, "This is a workbook"}};

  for (guint i = 0; i < G_N_ELEMENTS (FILES); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (read_in_chunks (FILES[i].bytes, FILES[i].length, 3, NULL, &error));
    g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
    g_assert_nonnull (strstr (error->message, FILES[i].says));
  }
}

/* A quote that is never closed must not swallow a file into memory. */
static void
test_endless_cell (void)
{
  g_autoptr (WayCsvReader) reader = way_csv_reader_new ("t.csv", take_row, NULL);
  g_autoptr (GError) error = NULL;
  char block[4096];
  gboolean fed = way_csv_reader_feed (reader, "name\n\"", 6, &error);
  guint blocks = 0;

  memset (block, 'a', sizeof block);
  while (fed && blocks++ < 10000)
    fed = way_csv_reader_feed (reader, block, sizeof block, &error);
  g_assert_false (fed);
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  g_assert_cmpuint (blocks, <=, 257);
}

static gboolean
stop_at_once (const WayCsvRow *row, gpointer user_data, GError **error)
{
  (*(guint *) user_data)++;
  g_set_error_literal (error, WAY_ERROR, WAY_ERROR_CANCELLED, "stopped");
  return FALSE;
}

static void
test_row_function_stops (void)
{
  guint calls = 0;
  g_autoptr (WayCsvReader) reader = way_csv_reader_new ("t.csv", stop_at_once, &calls);
  g_autoptr (GError) error = NULL;

  g_assert_false (way_csv_reader_feed (reader, "a\n1\n2\n", 6, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_CANCELLED);
  g_assert_cmpuint (calls, ==, 1);
}

static void
test_missing_file (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (way_csv_read_file ("/nowhere/at-all.csv", take_row, NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
}

/* Whatever is written reads back the same, and no spreadsheet takes it for a formula. */
static void
test_writes_what_it_reads (void)
{
  static const char *const CELLS[] = {
      "",      "plain",  "a,b", "say \"x\"", "two\nlines", " space", "=1+1", "+44 1",
      "-2",    "-2.5e3", "-x",  "@SUM(A)",   "'=x",        "''-1",   "'tis", "Żoë",
      "\ttab", "\"",     ",",   "=a,\"b\"",  "\r\n",       "'",      "'-5"};

  for (guint i = 0; i < G_N_ELEMENTS (CELLS); i++) {
    g_autoptr (GString) out = g_string_new ("name,note\r\n");
    g_autoptr (GPtrArray) cells = g_ptr_array_new ();
    g_autoptr (GError) error = NULL;
    g_autofree char *seen = NULL, *expected = g_strdup_printf ("2:%s;x|", CELLS[i]);
    char first;

    g_ptr_array_add (cells, (gpointer) CELLS[i]);
    g_ptr_array_add (cells, (gpointer) "x");
    way_csv_append_row (out, cells);
    first = out->str[11] == '"' ? out->str[12] : out->str[11];
    g_assert_true (strchr ("=+@", first) == NULL || first == '\0');
    seen = read_in_chunks (out->str, out->len, 4, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (seen, ==, expected);
  }
}

static void
test_numbers_stay_numbers (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();

  g_ptr_array_add (cells, (gpointer) "-2");
  g_ptr_array_add (cells, (gpointer) "-x");
  g_ptr_array_add (cells, (gpointer) "a\"b");
  way_csv_append_row (out, cells);
  g_assert_cmpstr (out->str, ==, "-2,'-x,\"a\"\"b\"\r\n");
}

static void
add_cases (const char *folder, const Case *cases, guint n, GTestDataFunc run)
{
  for (guint i = 0; i < n; i++) {
    g_autofree char *path = g_strdup_printf ("/core/csv/%s/%s", folder, cases[i].name);

    g_test_add_data_func (path, &cases[i], run);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_cases ("reads", READS, G_N_ELEMENTS (READS), test_reads);
  add_cases ("refuses", REFUSES, G_N_ELEMENTS (REFUSES), test_refuses);
  add_cases ("mixed", MIXED, G_N_ELEMENTS (MIXED), test_mixed);
  g_test_add_func ("/core/csv/bad-rows", test_bad_rows);
  g_test_add_func ("/core/csv/bad-head", test_bad_head);
  g_test_add_func ("/core/csv/windows-1252", test_windows_1252);
  g_test_add_func ("/core/csv/counted", test_counted);
  g_test_add_func ("/core/csv/nul", test_nul);
  g_test_add_func ("/core/csv/no-tables", test_no_tables);
  g_test_add_func ("/core/csv/endless-cell", test_endless_cell);
  g_test_add_func ("/core/csv/row-function-stops", test_row_function_stops);
  g_test_add_func ("/core/csv/missing-file", test_missing_file);
  g_test_add_func ("/core/csv/writes-what-it-reads", test_writes_what_it_reads);
  g_test_add_func ("/core/csv/numbers-stay-numbers", test_numbers_stay_numbers);
  return g_test_run ();
}
