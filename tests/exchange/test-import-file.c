/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-fixture.h"
#include "way-error.h"
#include "way-import-file.h"
#include "way-visit-schema.h"

#include <string.h>

static WayDate
today (void)
{
  return way_date_new (2026, 11, 22);
}

static void
test_reads (void)
{
  static const struct {
    const char *name;
    WayFormat format;
    guint n_units;
  } FILES[] = {{"ctf-25.xml", WAY_FORMAT_CTF, 2},
               {"ctf-15.xml", WAY_FORMAT_CTF, 1},
               {"visit-1.xml", WAY_FORMAT_VISIT, 1},
               {"caseload", WAY_FORMAT_CASELOAD, 34}};

  for (guint i = 0; i < G_N_ELEMENTS (FILES); i++) {
    g_autofree char *path = data_path (FILES[i].name);
    g_autoptr (GError) error = NULL;
    Sink sink;

    g_assert_cmpint (way_import_file_detect (path, &error), ==, FILES[i].format);
    g_assert_no_error (error);
    sink_init (&sink);
    way_import_file_read (path, WAY_FORMAT_AUTO, today (), &sink.sink, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (sink.n_units, ==, FILES[i].n_units);
    sink_clear (&sink);
  }
}

/* A byte order mark, white space before the declaration, a namespace of its own, UTF-16. */
static void
test_liberal (void)
{
  static const char *const TEXTS[] = {
      "\xef\xbb\xbf<?xml version=\"1.0\"?><CTfile/>",
      " \r\n\t<?xml version=\"1.0\"?>\n<!-- x --><CTfile/>",
      "\xef\xbb\xbf\n<?xml version=\"1.0\"?><CTfile/>",
      "<a:ctfile xmlns:a=\"urn:x\"/>",
  };
  static const char UTF_16[] = "\xff\xfe<\0C\0T\0f\0i\0l\0e\0/\0>\0";
  g_autofree char *dir = temp_dir_new ();
  g_autoptr (GError) error = NULL;
  Sink sink;

  for (guint i = 0; i <= G_N_ELEMENTS (TEXTS); i++) {
    gboolean last = i == G_N_ELEMENTS (TEXTS);
    g_autofree char *path = write_bytes (
        dir, "x.xml", last ? UTF_16 : TEXTS[i], last ? sizeof UTF_16 - 1 : strlen (TEXTS[i]));

    g_assert_cmpint (way_import_file_detect (path, &error), ==, WAY_FORMAT_CTF);
    g_assert_no_error (error);
    sink_init (&sink);
    way_import_file_read (path, WAY_FORMAT_AUTO, today (), &sink.sink, NULL, &error);
    g_assert_no_error (error);
    sink_clear (&sink);
  }
  remove_dir (dir);
}

typedef struct {
  const char *name, *text; /* no text: no such file */
  const char *error;
} Refusal;

#define A79 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const Refusal REFUSALS[] = {
    {"gone.xml", NULL, "gone.xml:1: document: There is no such file; *"},
    {"empty.xml", "", "empty.xml:*: document: The file is empty; ask for it again"},
    {"letter.xml",
     "Dear colleague,\n",
     "letter.xml:1: document: This is not XML, as a CTF or a Record of Visit is; choose another "
     "file"},
    {"page.xml",
     "<html/>",
     "page.xml:1: html: This is neither a Common Transfer File nor a Record of *"},
    {"letters.xml",
     "<" A79 "ééé/>",
     "letters.xml:1: " A79 "é…: This is neither a Common Transfer File nor a Record of *"},
    {"children.csv", "id\n", "children.csv:1: document: One table is not a caseload; give the *"},
    {"School list.CSV",
     "Surname,Forename\n",
     "School list.CSV:1: document: A table of this name is no part of a caseload. Ask the school "
     "*"},
    {"blank-page.xml", "\n\n<html/>", "blank-page.xml:3: html: *"},
    {"blank-ctf.xml", "\n\n\n<?xml version=\"1.0\"?>\n<CTfile>\n</wrong>", "blank-ctf.xml:6: *"},
    {"blank-visit.xml",
     "\n\n<?xml version=\"1.0\"?>\n<" WAY_VISIT_XML_ROOT "/>",
     "blank-visit.xml:4: *"},
    {"dtd.xml", "<!DOCTYPE CTfile [<!ENTITY a \"b\">]><CTfile/>", "dtd.xml:1: DOCTYPE: *"},
};

static void
test_refused (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autofree char *dir = temp_dir_new ();
  g_autofree char *path = refusal->text != NULL ? write_file (dir, refusal->name, refusal->text)
                                                : g_build_filename (dir, refusal->name, NULL);
  g_autoptr (GError) error = NULL;
  Sink sink;

  sink_init (&sink);
  g_assert_false (way_import_file_read (path, WAY_FORMAT_AUTO, today (), &sink.sink, NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  if (!g_pattern_match_simple (refusal->error, error->message))
    g_error ("“%s” is not like “%s”", error->message, refusal->error);
  g_assert_cmpuint (sink.n_units, ==, 0);
  sink_clear (&sink);
  remove_dir (dir);
}

/* The format that is asked for is the one that is read. */
static void
test_wrong_format (void)
{
  static const WayFormat FORMATS[] = {WAY_FORMAT_VISIT, WAY_FORMAT_CASELOAD};
  g_autofree char *path = data_path ("ctf-25.xml");

  for (guint i = 0; i < G_N_ELEMENTS (FORMATS); i++) {
    g_autoptr (GError) error = NULL;
    Sink sink;

    sink_init (&sink);
    g_assert_false (way_import_file_read (path, FORMATS[i], today (), &sink.sink, NULL, &error));
    g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
    g_assert_cmpuint (sink.n_units, ==, 0);
    sink_clear (&sink);
  }
}

#define MANY 300 /* pupils, more than may wait between reading and taking */
#define BAD 150  /* the one of them that has no name */

static char *
write_many (const char *dir)
{
  g_autoptr (GString) text = g_string_new (
      "<CTfile><Header><DateTime>2026-07-10T09:30:00</DateTime><SourceSchool><LEA>886</LEA>"
      "<Estab>2001</Estab><SchoolName>Example Primary School</SchoolName></SourceSchool></Header>"
      "<CTFpupilData>");
  g_autofree char *whole = NULL;

  for (guint i = 0; i < MANY; i++) {
    g_autofree char *surname = i == BAD ? g_strdup ("") : g_strdup_printf ("Number%u", i);

    g_string_append_printf (text,
                            "<Pupil><Surname>%s</Surname><Forename>Robin</Forename>"
                            "<DOB>2016-03-14</DOB><Sex>F</Sex></Pupil>\n",
                            surname);
  }
  whole = g_strconcat (text->str, "</CTFpupilData></CTfile>", NULL);
  return write_file (dir, "many.xml", whole);
}

typedef struct {
  WayImportSink sink;
  GThread *thread;
  guint n_units, n_problems, fail_at;
} Watch;

static gboolean
watch_take (WayImportSink *sink, WayRecordSet *unit, GError **error)
{
  Watch *self = (Watch *) sink;
  const WayChild *child = way_record_set_first (unit, WAY_CHILD);
  guint number = (guint) g_ascii_strtoull (child->surname + strlen ("Number"), NULL, 10);

  g_assert_true (g_thread_self () == self->thread);
  g_assert_cmpuint (number, ==, self->n_units + self->n_problems);
  if (++self->n_units != self->fail_at)
    return TRUE;
  g_set_error_literal (error, WAY_ERROR, WAY_ERROR_FAILED, "the store is full");
  return FALSE;
}

static void
watch_problem (WayImportSink *sink,
               WayImportKind kind,
               const char *source,
               guint line,
               const char *field,
               const char *message)
{
  Watch *self = (Watch *) sink;

  g_assert_true (g_thread_self () == self->thread);
  if (kind != WAY_IMPORT_ERROR)
    return;
  g_assert_cmpuint (self->n_units, ==, BAD);
  self->n_problems++;
}

/* The sink is asked on the thread that called, in the order of the file. */
static void
test_many (void)
{
  g_autofree char *dir = temp_dir_new ();
  g_autofree char *path = write_many (dir);
  g_autoptr (GError) error = NULL;
  Watch watch = {{watch_take, watch_problem, NULL}, g_thread_self (), 0, 0, 0};

  way_import_file_read (path, WAY_FORMAT_CTF, today (), &watch.sink, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (watch.n_units, ==, MANY - 1);
  g_assert_cmpuint (watch.n_problems, ==, 1);
  remove_dir (dir);
}

/* What the sink refuses ends the reading, wherever the reader has come to, with the sink's words.
 */
static void
test_sink_fails (void)
{
  static const guint AT[] = {1, 40, MANY - 1};
  g_autofree char *dir = temp_dir_new ();
  g_autofree char *path = write_many (dir);

  for (guint i = 0; i < G_N_ELEMENTS (AT); i++) {
    g_autoptr (GError) error = NULL;
    Watch watch = {{watch_take, watch_problem, NULL}, g_thread_self (), 0, 0, AT[i]};

    g_assert_false (
        way_import_file_read (path, WAY_FORMAT_CTF, today (), &watch.sink, NULL, &error));
    g_assert_error (error, WAY_ERROR, WAY_ERROR_FAILED);
    g_assert_cmpstr (error->message, ==, "the store is full");
    g_assert_cmpuint (watch.n_units, ==, AT[i]);
  }
  remove_dir (dir);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-file/reads", test_reads);
  g_test_add_func ("/import-file/liberal", test_liberal);
  for (guint i = 0; i < G_N_ELEMENTS (REFUSALS); i++) {
    g_autofree char *path = g_strdup_printf ("/import-file/refused/%s", REFUSALS[i].name);

    g_test_add_data_func (path, &REFUSALS[i], test_refused);
  }
  g_test_add_func ("/import-file/many", test_many);
  g_test_add_func ("/import-file/sink-fails", test_sink_fails);
  g_test_add_func ("/import-file/wrong-format", test_wrong_format);
  return g_test_run ();
}
