/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A visit as JSON: its ids, whose an action is, and texts that JSON can hold and a record can't. */
#include "cli-driver.h"

#include <string.h>

#define ROBIN "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c001"
#define WREN "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c002"
#define PERSON "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c0ff"
#define HEAD "\"date\": \"2026-11-17\", \"kind\": \"observation\""

static void
make_store (CliFixture *f)
{
  cli_write (f,
             "load/children.csv",
             "id,surname,forename,dob\n" ROBIN ",Quillfeather,Robin,2016-01-01\n" WREN
             ",Larkspur,Wren,2016-02-01\n");
  cli_do (f, "own.waymark", "init", "--me", "T. Eacher", NULL);
  cli_do (f, "own.waymark", "import", "load", NULL);
}

static int
add_draft (CliFixture *f, const char *members)
{
  g_autofree char *draft = g_strdup_printf ("{" HEAD ", %s}", members);

  cli_write (f, "draft.json", draft);
  return cli (f, "own.waymark", "add", "visit", "--file", "draft.json", NULL);
}

/* What is stored under an id that is none could be signed, and then never leave. */
static void
test_ids (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = NULL;

  make_store (f);
  g_assert_cmpint (add_draft (f, "\"id\": \"abc\""), ==, 5);
  g_assert_nonnull (strstr (f->err, "draft.json: id: “abc” is not an id"));
  g_assert_cmpint (add_draft (f, "\"people\": [{\"id\": \"1\", \"name\": \"A\"}]"), ==, 5);
  g_assert_nonnull (strstr (f->err, "draft.json: people[1]: id: “1” is not an id"));
  g_assert_cmpint (add_draft (f, "\"id\": \"\""), ==, 5);
  g_assert_cmpint (
      add_draft (
          f,
          "\"child\": \"" ROBIN
          "\", \"seen\": \"Reads alone.\", \"id\": \"0B8E3D6E-52A1-4C3E-9F0E-0D9A36A3C0AA\""),
      ==,
      0);
  visit = cli_line (f);
  g_assert_cmpstr (visit, ==, "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c0aa");
  cli_do (f, "own.waymark", "sign", "visit", visit, NULL);
  cli_do (f, "own.waymark", "export", "visit", visit, "--output", "v.xml", NULL);
}

/* Other programs write ids in capitals. */
static void
test_capitals (CliFixture *f, gconstpointer data)
{
  g_autofree char *robin = g_ascii_strup (ROBIN, -1), *wren = g_ascii_strup (WREN, -1);
  g_autofree char *option = g_strconcat ("--child=", robin, NULL);
  g_autofree char *both = g_strdup_printf ("\"children\": [\"%s\", \"%s\"], \"seen\": \"Both.\", "
                                           "\"actions\": [{\"what\": \"Look\", \"child\": \"%s\"}]",
                                           robin,
                                           wren,
                                           wren);

  make_store (f);
  g_assert_cmpint (add_draft (f, both), ==, 0);
  cli_do (f, "own.waymark", "show", "child", robin, NULL);
  g_assert_nonnull (strstr (f->out, "Quillfeather"));
  cli_do (f,
          "own.waymark",
          "add",
          "target",
          option,
          "--statement",
          "Reads",
          "--measure",
          "count",
          "--start",
          "2026-11-01",
          NULL);
}

/* An amendment that leaves the day out is not of the day of the amendment; and what is signed is
 * not added anew. */
static void
test_amend_without_day (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = NULL, *again = NULL;

  make_store (f);
  cli_write (f, "day.json", "{\"kind\": \"observation\", \"date\": \"\"}");
  g_assert_cmpint (cli (f, "own.waymark", "add", "visit", "--file", "day.json", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "day.json: date: Date is missing"));
  cli_write (f,
             "day.json",
             "{\"kind\": \"observation\", \"children\": [\"" ROBIN "\"], \"date\": \"2025-11-03\", "
             "\"seen\": \"Reads alone.\"}");
  cli_do (f, "own.waymark", "add", "visit", "--file", "day.json", NULL);
  visit = cli_line (f);
  g_assert_cmpint (cli (f,
                        "own.waymark",
                        "amend",
                        "visit",
                        visit,
                        "--reason",
                        "A slip",
                        "--file",
                        "day.json",
                        NULL),
                   ==,
                   5);
  g_assert_cmpstr (f->err,
                   ==,
                   "waymark-cli: This visit is not signed yet, so there is nothing to amend; "
                   "change it and sign it.\n");
  cli_do (f, "own.waymark", "sign", "visit", visit, NULL);
  g_assert_cmpint (
      cli (f, "own.waymark", "amend", "visit", visit, "--reason", " ", "--file", "day.json", NULL),
      ==,
      2);
  cli_write (f,
             "amended.json",
             "{\"kind\": \"observation\", \"children\": [\"" ROBIN "\"], \"seen\": \"Reads.\"}");
  g_assert_cmpint (cli (f,
                        "own.waymark",
                        "amend",
                        "visit",
                        visit,
                        "--reason",
                        "A slip",
                        "--file",
                        "amended.json",
                        NULL),
                   ==,
                   5);
  g_assert_nonnull (strstr (f->err, "amended.json: date: Date is missing"));
  again = g_strdup_printf ("\"id\": \"%s\", \"seen\": \"Reads.\"", visit);
  g_assert_cmpint (add_draft (f, again), !=, 0);
  g_assert_nonnull (strstr (f->err, "is signed; it can only be amended"));
}

static int
amend (CliFixture *f, const char *visit, const char *reason)
{
  return cli (
      f, "own.waymark", "amend", "visit", visit, "--reason", reason, "--file", "day.json", NULL);
}

/* The reason is locked with the version: one that no file can hold would keep the visit from ever
 * leaving again. */
static void
test_reason (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = NULL, *endless = g_strnfill (1001, 'x');

  make_store (f);
  cli_write (f,
             "day.json",
             "{\"kind\": \"observation\", \"children\": [\"" ROBIN "\"], \"date\": \"2025-11-03\", "
             "\"seen\": \"Reads alone.\"}");
  cli_do (f, "own.waymark", "add", "visit", "--file", "day.json", NULL);
  visit = cli_line (f);
  cli_do (f, "own.waymark", "sign", "visit", visit, NULL);
  g_assert_cmpint (amend (f, visit, "A\001slip"), ==, 2);
  g_assert_cmpstr (f->err,
                   ==,
                   "waymark-cli: amend: --reason: The reason holds a control character (U+0001); "
                   "take it out.\n");
  g_assert_cmpint (amend (f, visit, "A\nslip"), ==, 2);
  cli_assert_says (f, "The reason holds a line break or a tab");
  g_assert_cmpint (amend (f, visit, endless), ==, 2);
  cli_assert_says (f, "The reason is longer than 1000 characters");
  g_assert_cmpint (amend (f, visit, "A\xe9slip"), ==, 2);
  cli_assert_says (f, "waymark-cli: amend: An option’s text is not UTF-8");
  cli_do (f, "own.waymark", "export", "visit", visit, "--output", "visit.xml", NULL);
  g_assert_cmpint (amend (f, visit, "A slip"), ==, 0);
  cli_do (f, "own.waymark", "export", "visit", visit, "--output", "amended.xml", NULL);
}

static void
write_action (CliFixture *f, const char *note)
{
  g_autofree char *draft =
      g_strdup_printf ("{" HEAD ", \"children\": [\"" ROBIN "\"], \"seen\": \"Reads alone.\", "
                       "\"actions\": [{\"id\": \"" PERSON "\", \"child\": \"" ROBIN "\", "
                       "\"what\": \"Move the seat\"%s}]}",
                       note);

  cli_write (f, "day.json", draft);
}

/* What an amendment can't change, it does not seem to change. */
static void
test_amend_told (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = NULL;

  make_store (f);
  write_action (f, ", \"note\": \"As agreed\"");
  cli_do (f, "own.waymark", "add", "visit", "--file", "day.json", NULL);
  visit = cli_line (f);
  cli_do (f, "own.waymark", "sign", "visit", visit, NULL);
  write_action (f, ", \"note\": \"Corrected\"");
  g_assert_cmpint (amend (f, visit, "A slip"), ==, 5);
  cli_assert_says (f, "“note” of “Move the seat” is told at a later visit");
  cli_do (f, "own.waymark", "show", "visit", visit, "--version", "1", NULL);
  g_assert_cmpint (cli (f, "own.waymark", "show", "visit", visit, "--version", "2", NULL), !=, 0);
  write_action (f, ", \"note\": \"As agreed\"");
  g_assert_cmpint (amend (f, visit, "A slip"), ==, 0);
  write_action (f, "");
  g_assert_cmpint (amend (f, visit, "Another slip"), ==, 0);
}

/* An id that something else has already: said in words, not in those of the database. */
static void
test_taken_ids (CliFixture *f, gconstpointer data)
{
  const char *const people = "\"people\": [{\"id\": \"" PERSON "\", \"name\": \"A\"}]";

  make_store (f);
  g_assert_cmpint (add_draft (f, people), ==, 0);
  g_assert_cmpint (add_draft (f, people), ==, 5);
  g_assert_null (strstr (f->err, "UNIQUE"));
  g_assert_null (strstr (f->err, "1555"));
  g_assert_nonnull (strstr (f->err, "visit person"));
  g_assert_nonnull (strstr (f->err, PERSON));
  g_assert_nonnull (strstr (f->err, "another, or none"));
}

/* (transfer full) (nullable): whose the first action is, as the store has it */
static char *
dup_action_child (CliFixture *f)
{
  g_autofree char *visit = cli_line (f);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *action;

  cli_do (f, "own.waymark", "show", "visit", visit, "--format", "json", NULL);
  node = cli_json (f);
  action = json_array_get_object_element (
      json_object_get_array_member (json_node_get_object (node), "actions"), 0);
  return json_object_get_null_member (action, "child")
             ? NULL
             : g_strdup (json_object_get_string_member (action, "child"));
}

static void
test_action_of_nobody (CliFixture *f, gconstpointer data)
{
  g_autofree char *joint = NULL, *null = NULL, *single = NULL;

  make_store (f);
  g_assert_cmpint (add_draft (f,
                              "\"children\": [\"" ROBIN "\", \"" WREN
                              "\"], \"actions\": [{\"what\": \"x\"}]"),
                   ==,
                   0);
  joint = dup_action_child (f);
  g_assert_null (joint);
  g_assert_cmpint (add_draft (f,
                              "\"children\": [\"" ROBIN "\", \"" WREN
                              "\"], \"actions\": [{\"what\": \"x\", \"child\": null}]"),
                   ==,
                   0);
  null = dup_action_child (f);
  g_assert_null (null);
  g_assert_cmpint (
      add_draft (f, "\"children\": [\"" WREN "\"], \"actions\": [{\"what\": \"x\"}]"), ==, 0);
  single = dup_action_child (f);
  g_assert_cmpstr (single, ==, WREN);
}

/* A text ends at a NUL for every program that reads it. */
static void
test_nul (CliFixture *f, gconstpointer data)
{
  make_store (f);
  g_assert_cmpint (add_draft (f, "\"seen\": \"quiet \\u0000 and loud\""), ==, 5);
  g_assert_nonnull (strstr (f->err, "draft.json: "));
  g_assert_nonnull (strstr (f->err, "\\u0000"));
  g_assert_cmpint (add_draft (f, "\"seen\": \"a path C:\\\\u0000\""), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, CliFixture, NULL, cli_fixture_set_up, func, cli_fixture_tear_down)
  ADD ("/cli/drafts/ids", test_ids);
  ADD ("/cli/drafts/capitals", test_capitals);
  ADD ("/cli/drafts/amend-without-day", test_amend_without_day);
  ADD ("/cli/drafts/reason", test_reason);
  ADD ("/cli/drafts/amend-told", test_amend_told);
  ADD ("/cli/drafts/taken-ids", test_taken_ids);
  ADD ("/cli/drafts/action-of-nobody", test_action_of_nobody);
  ADD ("/cli/drafts/nul", test_nul);
  return g_test_run ();
}
