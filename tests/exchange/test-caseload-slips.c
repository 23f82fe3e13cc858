/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must be known of a whole file before its first row: its encoding, and which ids it has
 * twice. And what the system says of a file that it can't read. */
#include "exchange-fixture.h"

#include "way-caseload.h"
#include "way-error.h"
#include "way-exchange-private.h"
#include "way-values.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TODAY way_date_new (2025, 11, 30)

static void
read_files (Sink *sink, const char *children, const char *targets)
{
  g_autofree char *dir = temp_dir_new ();
  g_autoptr (GError) error = NULL;

  put_file (dir, "children.csv", children);
  if (targets != NULL)
    put_file (dir, "targets.csv", targets);
  sink_init (sink);
  g_assert_true (way_caseload_read_on (dir, TODAY, &sink->sink, NULL, &error));
  g_assert_no_error (error);
  remove_dir (dir);
}

static void
assert_errors (const Sink *sink, const char *const *expected)
{
  guint n = g_strv_length ((char **) expected);

  for (guint i = 0; i < MIN (n, sink->errors->len); i++)
    g_assert_cmpstr (g_ptr_array_index (sink->errors, i), ==, expected[i]);
  g_assert_cmpuint (sink->errors->len, ==, n);
}

/* Of rows with one id nobody knows which the others mean: none of them is taken. */
static void
test_twice (void)
{
  static const char *const FIRST[] = {
      "children.csv:2: id: The same id is in line 4; give each row its own",
      "children.csv:4: id: The same id is in line 2; give each row its own",
      "children.csv:5: id: The same id is in line 2; give each row its own",
      "children.csv:6: id: The same id is in line 7; give each row its own",
      NULL};
  Sink sink;

  read_files (&sink,
              "id,surname,forename,dob\n1,A,B,2015-01-01\n2,C,D,2015-01-01\n 1,E,F,2015-01-01\n"
              "1,A,B,2015-01-01\n3,G,H,2015-01-01\n3,G,H,yesterday\n",
              NULL);
  g_assert_cmpuint (sink.errors->len, ==, 5);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (g_ptr_array_index (sink.errors, i), ==, FIRST[i]);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (sink.errors, 4), "children.csv:7: "));
  g_assert_cmpuint (sink_count (&sink, WAY_CHILD), ==, 1);
  g_assert_cmpstr (((WayChild *) sink_find (&sink, WAY_CHILD, 0))->surname, ==, "C");
  sink_clear (&sink);
}

/* A curly apostrophe after a capital with an accent looks like UTF-8. */
static void
test_accidental_pair (void)
{
  static const char *const NONE[] = {NULL};
  Sink sink;

  read_files (&sink,
              "id,surname,forename,dob,street\n1,Mu\xf1oz,Jos\xe9,2015-01-01,ANDR\xc9\x92S ROW\n",
              NULL);
  assert_errors (&sink, NONE);
  g_assert_cmpstr (((WayChild *) sink_find (&sink, WAY_CHILD, 0))->street, ==, "ANDRÉ’S ROW");
  g_assert_cmpstr (((WayChild *) sink_find (&sink, WAY_CHILD, 0))->surname, ==, "Muñoz");
  sink_clear (&sink);
}

/* One cell that was pasted from elsewhere is refused, and the others are read as they are. */
static void
test_pasted_cell (void)
{
  static const char *const ONE[] = {"children.csv:2: surname: has a letter that cannot be "
                                    "read; save the file again as “CSV UTF-8”",
                                    NULL};
  Sink sink;

  read_files (
      &sink, "id,surname,forename,dob\n1,Mu\xf1oz,Ann,2015-01-01\n2,Brontë,Zoë,2015-01-01\n", NULL);
  assert_errors (&sink, ONE);
  g_assert_cmpstr (((WayChild *) sink_find (&sink, WAY_CHILD, 0))->surname, ==, "Brontë");
  sink_clear (&sink);
}

/* A file whose medium fails. */
typedef struct {
  GInputStream parent;
} Failing;

typedef struct {
  GInputStreamClass parent_class;
} FailingClass;

static GType failing_get_type (void);
G_DEFINE_TYPE (Failing, failing, G_TYPE_INPUT_STREAM)

static gssize
failing_read (
    GInputStream *stream, void *out, gsize size, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no");
  return -1;
}

static void
failing_class_init (FailingClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = failing_read;
}

static void
failing_init (Failing *self)
{
}

/* The file's name stands in what is said of it as a whole, too. */
static void
test_failing_medium (void)
{
  static const char *const ERRORS[] = {
      "children.csv:1: document: The file could not be read to its "
      "end; copy it to this computer and try again",
      NULL};
  g_autoptr (GInputStream) stream = g_object_new (failing_get_type (), NULL);
  g_autoptr (GHashTable) none = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) broken = g_string_new (NULL);
  Sink sink;
  CaseloadSource source = {.sink = &sink.sink, .today = TODAY, .enrolled = none, .broken = broken};

  sink_init (&sink);
  g_assert_true (way_caseload_read_table (&source, "children.csv", stream, NULL, NULL));
  assert_errors (&sink, ERRORS);
  g_assert_cmpstr (broken->str, ==, ERRORS[0]);
  sink_clear (&sink);
}

/* A child that a visit names twice is one of its children. */
static void
test_child_twice (void)
{
  g_autofree char *dir = temp_dir_new ();
  g_autoptr (GError) error = NULL;
  Sink sink;

  put_file (dir, "visits.csv", "id,children,date,kind\n1,7; 8;7,2025-11-03,observation\n");
  sink_init (&sink);
  g_assert_true (way_caseload_read_on (dir, TODAY, &sink.sink, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sink_count (&sink, WAY_VISIT_CHILD), ==, 2);
  sink_clear (&sink);
  remove_dir (dir);
}

/* File, line and field are named once, in the report and in the error. */
static void
assert_refused (const char *dir, const char *says)
{
  const char *const errors[] = {says, NULL};
  g_autoptr (GError) error = NULL;
  Sink sink;

  sink_init (&sink);
  g_assert_false (way_caseload_read_on (dir, TODAY, &sink.sink, NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, says);
  assert_errors (&sink, errors);
  sink_clear (&sink);
}

/* A file that is a folder, has no end, never begins or is not there is refused in words, and soon.
 */
static void
test_no_files (void)
{
  g_autofree char *dir = temp_dir_new ();
  g_autofree char *path = g_build_filename (dir, "Needs.CSV", NULL);
  FILE *file;

  g_assert_cmpint (symlink ("/dev/zero", path), ==, 0);
  assert_refused (
      dir, "Needs.CSV:1: document: This is no file with something to read in it; choose another");
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_refused (
      dir, "Needs.CSV:1: document: This is no file with something to read in it; choose another");
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (symlink ("nowhere.csv", path), ==, 0);
  assert_refused (dir,
                  "Needs.CSV:1: document: There is no such file; look whether its name is right");
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_refused (
      dir, "Needs.CSV:1: document: This is a folder, not a file; look whether its name is right");
  g_assert_cmpint (g_rmdir (path), ==, 0);
  file = g_fopen (path, "w");
  g_assert_nonnull (file);
  g_assert_cmpint (ftruncate (fileno (file), G_GINT64_CONSTANT (513) << 20), ==, 0);
  fclose (file);
  assert_refused (dir,
                  "Needs.CSV:1: document: The file is larger than 512 MiB; is it the right one?");
  remove_dir (dir);
}

/* Other systems do not tell capitals in names of files. */
static void
test_capitals (void)
{
  g_autofree char *dir = temp_dir_new ();
  g_autoptr (GError) error = NULL;
  Sink sink;

  put_file (dir, "Children.CSV", "id,surname,forename,dob\n1,Okafor,Amara,2018-09-14\n");
  sink_init (&sink);
  g_assert_true (way_caseload_read_on (dir, TODAY, &sink.sink, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sink_count (&sink, WAY_CHILD), ==, 1);
  sink_clear (&sink);
  /* Both: neither is dropped in silence. */
  put_file (dir, "children.csv", "id,surname,forename,dob\n2,Reid,Bo,2017-09-14\n");
  sink_init (&sink);
  g_assert_false (way_caseload_read_on (dir, TODAY, &sink.sink, NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  g_assert_nonnull (
      strstr (error->message, "“Children.CSV” and “children.csv” are the same table twice"));
  g_assert_cmpuint (sink_count (&sink, WAY_CHILD), ==, 0);
  sink_clear (&sink);
  remove_dir (dir);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/caseload-slips/twice", test_twice);
  g_test_add_func ("/caseload-slips/accidental-pair", test_accidental_pair);
  g_test_add_func ("/caseload-slips/pasted-cell", test_pasted_cell);
  g_test_add_func ("/caseload-slips/failing-medium", test_failing_medium);
  g_test_add_func ("/caseload-slips/no-files", test_no_files);
  g_test_add_func ("/caseload-slips/capitals", test_capitals);
  g_test_add_func ("/caseload-slips/child-twice", test_child_twice);
  return g_test_run ();
}
