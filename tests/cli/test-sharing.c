/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands against a record's leaving stops the command line as it stops the window. */
#include "cli-driver.h"

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
assert_refused (CliFixture *f, const char *name)
{
  g_assert_nonnull (strstr (
      f->err, "--to: “Jane Doe” is a contact with the restriction “Must not be contacted”"));
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
    assert_refused (f, "a.xml");
  }
  g_assert_cmpint (
      cli (f, "own.waymark", "export", "visit", visit, "--output=a.pdf", "--to=Jane Doe", NULL),
      ==,
      1);
  assert_refused (f, "a.pdf");
  g_assert_cmpint (
      cli (f, "own.waymark", "export", "visits", "--output=all.xml", "--to=Jane Doe", NULL), ==, 1);
  assert_refused (f, "all.xml");
  g_assert_cmpint (
      cli (f, "own.waymark", "export", "caseload", "tables", "--to=Jane Doe", NULL), ==, 1);
  assert_refused (f, "tables");
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, CliFixture, NULL, cli_fixture_set_up, func, cli_fixture_tear_down)
  ADD ("/cli/sharing/barred", test_barred);
  ADD ("/cli/sharing/not-barred", test_not_barred);
  ADD ("/cli/sharing/agreement", test_agreement);
  return g_test_run ();
}
