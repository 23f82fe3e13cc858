/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export --child: of a joint visit's record, what concerns one child and nothing of the others. */
#include "cli-driver.h"

#include <string.h>

#define ROBIN "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c001"
#define WREN "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c002"
#define ZOE "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c003"
#define ROBINS_TARGET "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3d001"
#define WRENS_TARGET "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3d002"

static const char DRAFT[] =
    "{\"children\": [\"" ROBIN "\", \"" WREN "\", \"" ZOE "\"], \"date\": \"2026-11-17\","
    "\"kind\": \"observation\", \"purpose\": \"To see Robin, Wren and Zoe at play.\","
    "\"seen\": \"Robin gave LARKSPUR, Wren a cup; W.L. smiled. Birdie (E801200001019) sat by "
    "ZO\\u00cb. Wren's coat hung there.\","
    "\"advice\": \"Seat Robin by Zoe D'Arcy.\", \"distribution\": \"Mrs Larkspur; SENCO\","
    "\"people\": [{\"name\": \"Mrs Larkspur\", \"role\": \"Wren's mother\"}],"
    "\"views\": [{\"whose\": \"child\", \"child\": \"" ROBIN "\", \"text\": \"I like the slide.\"},"
    "{\"whose\": \"child\", \"child\": \"" WREN "\", \"text\": \"I like marmalade.\"}],"
    "\"actions\": [{\"child\": \"" ROBIN "\", \"what\": \"Slide each day with Wren\"},"
    "{\"child\": \"" WREN "\", \"what\": \"Sandpit each day\"}],"
    "\"targets\": [{\"target\": \"" ROBINS_TARGET "\", \"evidence\": \"Asked Birdie once.\"},"
    "{\"target\": \"" WRENS_TARGET "\", \"evidence\": \"Walked four steps.\"}],"
    "\"assessments\": [{\"child\": \"" WREN "\", \"name\": \"Balance check\", \"date\": "
    "\"2026-11-17\", \"score\": \"11\"}]}";

/* What is of the two others alone, as any tool may show it. */
static const char *const OTHERS[] = {"Wren",
                                     "Larkspur",
                                     "Birdie",
                                     "Zo\xc3\xab",
                                     "Zoe",
                                     "Arcy",
                                     "W.L.",
                                     "E801200001019",
                                     "K801200001004",
                                     "marmalade",
                                     "Sandpit",
                                     "four steps",
                                     "Balance",
                                     "stairs",
                                     "Gullwing",
                                     WREN,
                                     ZOE,
                                     WRENS_TARGET,
                                     NULL};

/* Three children, one visit about all, signed. (transfer full): its id */
static char *
make_joint_visit (CliFixture *f)
{
  cli_write (f,
             "load/children.csv",
             "id,surname,forename,preferred,dob,upn,setting\n" ROBIN
             ",Quillfeather,Robin,,2016-01-01,,S\n" WREN
             ",Larkspur,Wren,Birdie,2016-02-01,E801200001019,T\n" ZOE
             ",D'Arcy,Zo\xc3\xab,,2016-03-01,K801200001004,T\n");
  cli_write (f,
             "load/settings.csv",
             "id,name,phase\nS,Marshgate Primary School,primary\nT,Gullwing Nursery,primary\n");
  cli_write (f,
             "load/targets.csv",
             "id,child,statement,measure,start,state\n" ROBINS_TARGET "," ROBIN
             ",Asks for a turn,count,2026-09-01,open\n" WRENS_TARGET "," WREN
             ",Walks up the stairs,count,2026-09-01,open\n");
  cli_write (f,
             "load/measurements.csv",
             "target,date,value,note\n" ROBINS_TARGET ",2026-10-01,3,with Wren\n" WRENS_TARGET
             ",2026-10-01,4,\n");
  cli_write (f, "draft.json", DRAFT);
  cli_do (f, "own.waymark", "init", "--me", "T. Eacher", NULL);
  cli_do (f, "own.waymark", "import", "load", NULL);
  cli_do (f, "own.waymark", "add", "visit", "--file", "draft.json", NULL);
  return cli_line (f);
}

static void
export_for (CliFixture *f, const char *visit, const char *child, const char *output)
{
  cli_do (f, "own.waymark", "export", "visit", visit, "--child", child, "--output", output, NULL);
}

static void
assert_nothing_of_others (const char *text)
{
  for (guint i = 0; OTHERS[i] != NULL; i++) {
    if (strstr (text, OTHERS[i]) != NULL)
      g_error ("“%s” is in what leaves", OTHERS[i]);
  }
}

/* (transfer full): the value of an attribute of the document's root */
static char *
dup_attribute (const char *xml, const char *name)
{
  g_autofree char *start = g_strdup_printf (" %s=\"", name);
  const char *value = strstr (xml, start);

  g_assert_nonnull (value);
  value += strlen (start);
  return g_strndup (value, strcspn (value, "\""));
}

static void
check_xml (CliFixture *f)
{
  g_autofree char *xml = cli_read (f, "one.xml", NULL);
  g_autofree char *level = dup_attribute (xml, "level");
  const char *const validate[] = {
      "xmllint", "--noout", "--schema", g_getenv ("WAYMARK_XSD"), "one.xml", NULL};

  g_assert_true (cli_tool (f, validate));
  assert_nothing_of_others (xml);
  g_assert_cmpstr (level, ==, "one-child");
  g_assert_nonnull (strstr (xml, "Robin gave another child a cup; another child smiled."));
  g_assert_nonnull (strstr (xml, "Quillfeather"));
  g_assert_nonnull (strstr (xml, "I like the slide."));
  g_assert_nonnull (strstr (xml, "Slide each day with another child"));
  g_assert_nonnull (strstr (xml, "Asks for a turn"));
  g_assert_nonnull (strstr (xml, "<value>3<"));
  g_assert_nonnull (strstr (xml, "Marshgate Primary School"));
}

/* The words, the metadata and what the file carries inside. */
static void
check_pdf (CliFixture *f)
{
  g_autofree char *xml = NULL, *fingerprint = NULL;
  const char *const text[] = {"pdftotext", "-layout", "one.pdf", "-", NULL};
  const char *const structure[] = {"pdfinfo", "-struct-text", "one.pdf", NULL};
  const char *const info[] = {"pdfinfo", "-custom", "one.pdf", NULL};
  const char *const detach[] = {"pdfdetach", "-save", "1", "-o", "inside.xml", "one.pdf", NULL};

  g_assert_true (cli_tool (f, detach));
  xml = cli_read (f, "inside.xml", NULL);
  assert_nothing_of_others (xml);
  fingerprint = dup_attribute (xml, "fingerprint");
  g_assert_true (cli_tool (f, structure));
  assert_nothing_of_others (f->out);
  g_assert_true (cli_tool (f, info));
  assert_nothing_of_others (f->out);
  g_assert_nonnull (strstr (f->out, "extract for one child of a joint visit"));
  g_assert_true (cli_tool (f, text));
  assert_nothing_of_others (f->out);
  g_assert_nonnull (strstr (f->out, "Extract for one child of a joint visit"));
  g_assert_nonnull (strstr (f->out, fingerprint));
  g_assert_nonnull (strstr (f->out, "this visit concerned other children too."));
}

/* A child whom the visit does not concern is named, and nothing is written. */
static void
check_wrong_child (CliFixture *f, const char *visit)
{
  g_autofree char *path = cli_path (f, "none.pdf");

  g_assert_cmpint (cli (f,
                        "own.waymark",
                        "export",
                        "visit",
                        visit,
                        "--child",
                        visit,
                        "--output",
                        "none.pdf",
                        NULL),
                   ==,
                   1);
  g_assert_nonnull (strstr (f->err, visit));
  g_assert_nonnull (strstr (f->err, "(" ROBIN ")"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_draft (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = make_joint_visit (f);
  const char *const text[] = {"pdftotext", "-layout", "one.pdf", "-", NULL};

  export_for (f, visit, ROBIN, "one.pdf");
  g_assert_true (cli_tool (f, text));
  assert_nothing_of_others (f->out);
  g_assert_nonnull (strstr (f->out, "draft, not signed"));
  g_assert_nonnull (strstr (f->out, "Extract for one child of a joint visit"));
  check_wrong_child (f, visit);
}

/* An extract is no record: another store does not take it, as XML or in its PDF. */
static void
check_not_imported (CliFixture *f)
{
  const char *const names[] = {"one.xml", "one.pdf"};

  cli_do (f, "senco.waymark", "init", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_assert_cmpint (cli (f, "senco.waymark", "import", names[i], NULL), ==, 5);
    g_assert_nonnull (strstr (f->err, "a shortened copy for one child of a joint visit"));
    g_assert_nonnull (strstr (f->err, "ask its sender for the full record"));
  }
  cli_do (f, "senco.waymark", "list", "children", "--format", "csv", NULL);
  g_assert_null (strstr (f->out, "Quillfeather"));
}

/* Logged for the child whose copy left, with the level and fingerprint of that copy. */
static void
check_log (CliFixture *f)
{
  g_autofree char *xml = cli_read (f, "one.xml", NULL);
  g_autofree char *fingerprint = dup_attribute (xml, "fingerprint");
  g_autoptr (JsonNode) node = NULL;
  JsonObject *entry;

  cli_do (f, "own.waymark", "list", "disclosures", "--format", "json", NULL);
  node = cli_json (f);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 2);
  entry = json_array_get_object_element (json_node_get_array (node), 0);
  g_assert_cmpstr (json_object_get_string_member (entry, "child"), ==, ROBIN);
  g_assert_cmpstr (json_object_get_string_member (entry, "level"), ==, "one-child");
  g_assert_cmpstr (json_object_get_string_member (entry, "fingerprint"), ==, fingerprint);
}

static void
test_signed (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = make_joint_visit (f);

  cli_do (f, "own.waymark", "sign", "visit", visit, NULL);
  export_for (f, visit, ROBIN, "one.xml");
  g_assert_nonnull (strstr (f->err, "extract for one child"));
  g_assert_cmpstr (f->out, ==, "");
  export_for (f, visit, ROBIN, "one.pdf");
  check_xml (f);
  check_pdf (f);
  check_log (f);
  check_not_imported (f);
}

/* Of a visit about one child, --child gives the record itself. */
static void
test_only_child (CliFixture *f, gconstpointer data)
{
  g_autofree char *joint = make_joint_visit (f), *visit = NULL, *xml = NULL, *whole = NULL;
  g_autofree char *one = NULL, *all = NULL;

  cli_write (f,
             "single.json",
             "{\"children\": [\"" ROBIN "\"], \"date\": \"2026-11-18\", \"kind\": "
             "\"observation\", \"seen\": \"Robin read with Wren Larkspur.\"}");
  cli_do (f, "own.waymark", "add", "visit", "--file", "single.json", NULL);
  visit = cli_line (f);
  cli_do (f, "own.waymark", "sign", "visit", visit, NULL);
  export_for (f, visit, ROBIN, "one.xml");
  cli_do (f, "own.waymark", "export", "visit", visit, "--output", "whole.xml", NULL);
  g_assert_nonnull (strstr (f->err, "The text names other children: Wren Larkspur."));
  xml = cli_read (f, "one.xml", NULL);
  whole = cli_read (f, "whole.xml", NULL);
  one = dup_attribute (xml, "fingerprint");
  all = dup_attribute (whole, "fingerprint");
  g_assert_cmpstr (one, ==, all);
  g_assert_null (strstr (xml, " level=\""));
  g_assert_nonnull (strstr (xml, "Robin read with Wren Larkspur."));
  g_assert_cmpint (
      cli (f, "own.waymark", "export", "visit", visit, "--child", WREN, "--output", "x.xml", NULL),
      ==,
      1);
  g_assert_nonnull (strstr (f->err, WREN));
}

/* The short forms say of no child whose view it is. */
static void
test_unclaimed_views (CliFixture *f, gconstpointer data)
{
  g_autofree char *joint = make_joint_visit (f), *visit = NULL, *xml = NULL;

  g_assert_null (strstr (f->err, "say beside"));
  cli_write (f,
             "short.json",
             "{\"children\": [\"" ROBIN "\", \"" WREN "\"], \"date\": \"2026-11-18\", \"kind\": "
             "\"observation\", \"child_view\": \"I like marmalade.\", \"parent_view\": "
             "\"Sandpit, please.\", \"staff_view\": \"Both are settled.\"}");
  cli_do (f, "own.waymark", "add", "visit", "--file", "short.json", NULL);
  visit = cli_line (f);
  g_assert_nonnull (strstr (f->err, "2 views name none of them"));
  cli_do (f, "own.waymark", "sign", "visit", visit, NULL);
  g_assert_nonnull (strstr (f->err, "2 views name none of them"));
  export_for (f, visit, ROBIN, "one.xml");
  g_assert_nonnull (strstr (f->err,
                            "Note: 2 views name no child and are left out of the extract; amend "
                            "the visit to say whose they are."));
  xml = cli_read (f, "one.xml", NULL);
  assert_nothing_of_others (xml);
  g_assert_nonnull (strstr (xml, "Both are settled."));
}

/* Two of one name: the extract can't tell them apart, and says so before it is sent. */
static void
test_same_name (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = NULL;

  cli_write (f,
             "load/children.csv",
             "id,surname,forename,dob\n" ROBIN ",Smith,Jack,2016-01-01\n" WREN
             ",Smith,Jack,2016-02-01\n");
  cli_write (f,
             "jacks.json",
             "{\"children\": [\"" ROBIN "\", \"" WREN "\"], \"date\": \"2026-11-18\", \"kind\": "
             "\"observation\", \"seen\": \"Jack, born 1 February 2016, ran.\"}");
  cli_do (f, "own.waymark", "init", "--me", "T. Eacher", NULL);
  cli_do (f, "own.waymark", "import", "load", NULL);
  cli_do (f, "own.waymark", "add", "visit", "--file", "jacks.json", NULL);
  visit = cli_line (f);
  cli_do (f, "own.waymark", "sign", "visit", visit, NULL);
  export_for (f, visit, ROBIN, "one.xml");
  g_assert_nonnull (strstr (
      f->err, "Warning: the text uses a name that another child of this visit has as well"));
  g_assert_nonnull (strstr (f->err, "amend the visit before you send the extract"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, CliFixture, NULL, cli_fixture_set_up, func, cli_fixture_tear_down)
  ADD ("/cli/one-child/signed", test_signed);
  ADD ("/cli/one-child/draft", test_draft);
  ADD ("/cli/one-child/unclaimed-views", test_unclaimed_views);
  ADD ("/cli/one-child/same-name", test_same_name);
  ADD ("/cli/one-child/only-child", test_only_child);
  return g_test_run ();
}
