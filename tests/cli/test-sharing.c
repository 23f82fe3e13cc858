/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands against a record's leaving stops the command line as it stops the window. */
#include "cli-driver.h"

#include "way-db-private.h"

#include <string.h>

#define ROBIN "1b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c001"
#define WREN "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c002"

/* Two children, one visit about both, signed; Jane Doe is a contact of the second and must not be
 * contacted. (transfer full): the visit's id */
static char *
make_visit (CliFixture *f)
{
  g_autofree char *visit = NULL;

  cli_write (f,
             "load/children.csv",
             "id,surname,forename,dob\n" ROBIN ",Quillfeather,Robin,2016-01-01\n" WREN
             ",Larkspur,Wren,2016-02-01\n");
  cli_write (f,
             "draft.json",
             "{\"children\": [\"" ROBIN "\", \"" WREN "\"], \"date\": \"2026-11-17\", "
             "\"kind\": \"observation\", \"seen\": \"Both played in the yard.\"}");
  cli_do (f, "own.waymark", "init", "--me", "T. Eacher", NULL);
  cli_do (f, "own.waymark", "import", "load", NULL);
  cli_do (f,
          "own.waymark",
          "add",
          "contact",
          "--child=" WREN,
          "--name=Jane Doe",
          "--restriction=no-contact",
          NULL);
  cli_do (f, "own.waymark", "add", "visit", "--file", "draft.json", NULL);
  visit = cli_line (f);
  cli_do (f, "own.waymark", "sign", "visit", visit, NULL);
  return g_steal_pointer (&visit);
}

static gboolean
is_there (CliFixture *f, const char *name)
{
  g_autofree char *path = cli_path (f, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static guint
count_logged (CliFixture *f)
{
  g_autoptr (JsonNode) node = NULL;

  cli_do (f, "own.waymark", "list", "disclosures", "--format", "json", NULL);
  node = cli_json (f);
  return json_array_get_length (json_node_get_array (node));
}

static void
assert_refused (CliFixture *f, const char *name, const char *to)
{
  g_autofree char *says = g_strdup_printf (
      "--to: The name “%s” means a contact with the restriction “Must not be contacted”", to);

  g_assert_nonnull (strstr (f->err, says));
  g_assert_nonnull (strstr (f->err, "Look at the child’s contacts"));
  g_assert_cmpstr (f->out, ==, "");
  g_assert_false (is_there (f, name));
  g_assert_cmpuint (count_logged (f), ==, 0);
}

/* Nothing is written and nothing logged, whatever leaves and whoever of the children it is. */
static void
test_barred (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = make_visit (f);
  const char *const *to = (const char *const[]){"Jane Doe", "mrs DOE", "Doe", NULL};

  for (; *to != NULL; to++) {
    g_assert_cmpint (
        cli (f, "own.waymark", "export", "visit", visit, "--output=a.xml", "--to", *to, NULL),
        ==,
        1);
    assert_refused (f, "a.xml", *to);
  }
  g_assert_cmpint (
      cli (f, "own.waymark", "export", "visit", visit, "--output=a.pdf", "--to=Jane Doe", NULL),
      ==,
      1);
  assert_refused (f, "a.pdf", "Jane Doe");
  g_assert_cmpint (
      cli (f, "own.waymark", "export", "visits", "--output=all.xml", "--to=Jane Doe", NULL), ==, 1);
  assert_refused (f, "all.xml", "Jane Doe");
  g_assert_cmpint (
      cli (f, "own.waymark", "export", "caseload", "tables", "--to=Jane Doe", NULL), ==, 1);
  assert_refused (f, "tables", "Jane Doe");
}

/* Somebody else of that name, and an extract that says nothing of the contact's child, may go. */
static void
test_not_barred (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = make_visit (f);

  cli_do (f, "own.waymark", "export", "visit", visit, "--output=a.xml", "--to=Peter Doe", NULL);
  g_assert_true (is_there (f, "a.xml"));
  g_assert_cmpuint (count_logged (f), ==, 2);
  cli_do (f,
          "own.waymark",
          "export",
          "visit",
          visit,
          "--child",
          ROBIN,
          "--output=b.xml",
          "--to=Jane Doe",
          NULL);
  g_assert_true (is_there (f, "b.xml"));
  g_assert_cmpuint (count_logged (f), ==, 3);
}

static void
export_on (CliFixture *f, const char *today, const char *visit)
{
  cli_do (f, "own.waymark", "--today", today, "export", "visit", visit, "--output=a.xml", NULL);
}

/* An agreement counts from the day it is given until the day it is withdrawn. */
static void
test_agreement (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = make_visit (f);

  cli_do (f,
          "own.waymark",
          "--today=2030-01-01",
          "add",
          "agreement",
          "--child=" ROBIN,
          "--given-by=Ann",
          "--given-on=2026-09-01",
          "--withdrawn=2027-02-03",
          NULL);
  cli_do (f,
          "own.waymark",
          "--today=2030-01-01",
          "add",
          "agreement",
          "--child=" WREN,
          "--given-by=Bea",
          "--given-on=2026-12-01",
          NULL);
  export_on (f, "2026-11-30", visit);
  g_assert_nonnull (strstr (f->err, "no agreement to engage is recorded for child 0B8E"));
  g_assert_null (strstr (f->err, "child 1B8E"));
  export_on (f, "2026-12-01", visit);
  g_assert_null (strstr (f->err, "agreement"));
  export_on (f, "2027-02-03", visit);
  g_assert_nonnull (
      strstr (f->err, "the agreement to engage for child 1B8E was withdrawn on 3 February 2027"));
  g_assert_null (strstr (f->err, "child 0B8E"));
}

/* The tables leave as a record does: logged for each child, and not logged if not written. */
static void
test_caseload_logged (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = make_visit (f);
  g_autoptr (JsonNode) node = NULL;
  JsonArray *entries;

  cli_write (f, "in-the-way/targets.csv/file", "x");
  g_assert_cmpint (cli (f, "own.waymark", "export", "caseload", "in-the-way", NULL), ==, 1);
  g_assert_cmpuint (count_logged (f), ==, 0);
  cli_do (
      f, "own.waymark", "export", "caseload", "tables", "--to=New service", "--purpose=Move", NULL);
  g_assert_nonnull (strstr (f->err, "no agreement to engage is in place for 2 of the 2 children"));
  cli_do (f, "own.waymark", "list", "disclosures", "--format", "json", NULL);
  node = cli_json (f);
  entries = json_node_get_array (node);
  g_assert_cmpuint (json_array_get_length (entries), ==, 2);
  for (guint i = 0; i < 2; i++) {
    JsonObject *entry = json_array_get_object_element (entries, i);

    g_assert_cmpstr (
        json_object_get_string_member (entry, "what"), ==, "Tables of the caseload (children: 2)");
    g_assert_cmpstr (json_object_get_string_member (entry, "level"), ==, "full");
    g_assert_cmpstr (json_object_get_string_member (entry, "format"), ==, "CSV");
    g_assert_cmpstr (json_object_get_string_member (entry, "recipient"), ==, "New service");
    g_assert_cmpstr (json_object_get_string_member (entry, "purpose"), ==, "Move");
    g_assert_cmpstr (json_object_get_string_member (entry, "basis"), ==, "not stated");
    g_assert_cmpstr (json_object_get_string_member (entry, "by"), ==, "T. Eacher");
  }
  cli_do (f, "empty.waymark", "init", NULL);
  cli_do (f, "empty.waymark", "export", "caseload", "nothing", NULL);
  g_assert_null (strstr (f->err, "agreement"));
  cli_do (f, "own.waymark", "verify", NULL);
}

/* As where the disk is full just when the log is to be kept. */
static void
break_log (CliFixture *f)
{
  g_autofree char *path = cli_path (f, "own.waymark"), *passphrase = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = NULL;

  g_assert_true (g_file_get_contents (f->passphrase_file, &passphrase, NULL, NULL));
  db = way_db_open (path, g_strchomp (passphrase), &error);
  g_assert_no_error (error);
  way_db_exec (db,
               "CREATE TRIGGER \"broken\" AFTER INSERT ON \"disclosure\" BEGIN "
               "UPDATE \"target\" SET \"replaces\" = 'nobody'; END",
               &error);
  g_assert_no_error (error);
}

static void
assert_stopped (CliFixture *f, const char *name)
{
  g_assert_cmpint (f->code, ==, 1);
  g_assert_null (strstr (f->err, "CRITICAL"));
  g_assert_false (is_there (f, name));
}

static void
assert_nothing_begins (CliFixture *f, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_prefix (name, prefix));
}

/* What cannot be logged does not leave, whatever it is. */
static void
test_unlogged (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = make_visit (f);

  cli_do (f,
          "own.waymark",
          "add",
          "target",
          "--child=" ROBIN,
          "--statement=Robin asks for help.",
          "--measure=count",
          NULL);
  break_log (f);
  cli (f, "own.waymark", "export", "visit", visit, "--output=a.xml", NULL);
  assert_stopped (f, "a.xml");
  cli (f, "own.waymark", "export", "visit", visit, "--output=a.pdf", NULL);
  assert_stopped (f, "a.pdf");
  cli (f, "own.waymark", "export", "visits", "--output=all.xml", NULL);
  assert_stopped (f, "all.xml");
  assert_nothing_begins (f, "all.xml");
  cli (f, "own.waymark", "export", "caseload", "tables", NULL);
  assert_stopped (f, "tables/children.csv");
  g_assert_cmpuint (count_logged (f), ==, 0);
}

static guint
count_in (const char *text, const char *words)
{
  guint n = 0;

  while ((text = strstr (text, words)) != NULL) {
    text += strlen (words);
    n++;
  }
  return n;
}

/* Of all visits at once a line for each kind of warning, not one per visit and child. */
static void
test_all_at_once (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = make_visit (f), *second = NULL;

  cli_do (f, "own.waymark", "export", "visits", "--output=all.xml", NULL);
  g_assert_nonnull (strstr (f->err, "1 record written."));
  cli_do (f, "own.waymark", "add", "visit", "--file", "draft.json", NULL);
  second = cli_line (f);
  cli_do (f, "own.waymark", "sign", "visit", second, NULL);
  cli_do (f, "own.waymark", "export", "visits", "--output=all.xml", NULL);
  g_assert_cmpuint (count_in (f->err, "agreement"), ==, 1);
  g_assert_nonnull (
      strstr (f->err, "no agreement to engage is in place for 2 of the 2 children whose data"));
  g_assert_cmpuint (count_in (f->err, "joint"), ==, 1);
  g_assert_nonnull (strstr (f->err, "2 of the records are of joint visits"));
  g_assert_nonnull (strstr (f->err, "2 records written."));
  cli_do (f,
          "own.waymark",
          "add",
          "agreement",
          "--child=" WREN,
          "--given-by=Bea",
          "--given-on=2026-10-01",
          NULL);
  cli_do (f, "own.waymark", "export", "visits", "--output=all.xml", NULL);
  g_assert_nonnull (
      strstr (f->err, "no agreement to engage is in place for 1 of the 2 children whose data"));
}

/* Messages end up in logs and in mails that ask for help: they name no child. */
static void
test_names_nobody (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = make_visit (f);
  static const char *const NAMES[] = {"Quillfeather", "Robin", "Larkspur", "Wren"};

  for (guint call = 0; call < 3; call++) {
    if (call == 0)
      cli_do (f, "own.waymark", "export", "visit", visit, "--output=a.xml", NULL);
    else if (call == 1)
      g_assert_cmpint (
          cli (f, "own.waymark", "export", "visit", visit, "--output=b.xml", "--child=x", NULL),
          ==,
          1);
    else
      cli_do (f, "own.waymark", "export", "visit", visit, "--output=c.xml", "--child=" WREN, NULL);
    g_assert_cmpstr (f->err, !=, "");
    for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
      g_assert_null (strstr (f->err, NAMES[i]));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, CliFixture, NULL, cli_fixture_set_up, func, cli_fixture_tear_down)
  ADD ("/cli/sharing/barred", test_barred);
  ADD ("/cli/sharing/not-barred", test_not_barred);
  ADD ("/cli/sharing/agreement", test_agreement);
  ADD ("/cli/sharing/caseload-logged", test_caseload_logged);
  ADD ("/cli/sharing/unlogged", test_unlogged);
  ADD ("/cli/sharing/all-at-once", test_all_at_once);
  ADD ("/cli/sharing/names-nobody", test_names_nobody);
  return g_test_run ();
}
