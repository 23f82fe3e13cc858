/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bad input and wrong calls: the exit code, the message, and that nothing changed. */
#include "cli-driver.h"

#include "way-db.h"

#include <glib/gstdio.h>
#include <string.h>

#define PUPIL(inside)                                                                              \
  "<CTfile><Header><CTFversion>25.0</CTFversion></Header>\n<CTFpupilData>\n<Pupil>" inside         \
  "</Pupil>\n</CTFpupilData></CTfile>"
#define GOOD_PUPIL "<Surname>Good</Surname><Forename>Ann</Forename><DOB>2016-01-01</DOB>"

static const struct {
  const char *name;
  const char *text;
  const char *says; /* part of the message */
} BAD_FILES[] = {
    {"not-xml.xml", "Dear Sir, please find the pupils enclosed.", "not-xml.xml"},
    {"empty.xml", "", "empty.xml"},
    {"truncated.xml", "<CTfile><CTFpupilData><Pupil><Surname>X", "truncated.xml"},
    {"wrong-root.xml", "<html><body/></html>", "html"},
    {"dtd.xml",
     "<!DOCTYPE CTfile [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><CTfile>&x;</CTfile>",
     "DOCTYPE"},
    {"laughs.xml",
     "<!DOCTYPE CTfile [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;\">]><CTfile>&b;</CTfile>",
     "DOCTYPE"},
    {"utf8.xml",
     "<CTfile><CTFpupilData><Pupil><Surname>\xff\xfe</Surname></Pupil></CTFpupilData></CTfile>",
     "utf8.xml:1"},
    {"control.xml",
     "<CTfile><CTFpupilData><Pupil><Surname>a\x01"
     "b</Surname></Pupil></CTFpupilData></CTfile>",
     "control.xml:1"},
    {"no-surname.xml",
     PUPIL ("<Forename>Ann</Forename><DOB>2016-01-01</DOB>"),
     "no-surname.xml:3: Surname"},
    {"no-forename.xml",
     PUPIL ("<Surname>Ann</Surname><DOB>2016-01-01</DOB>"),
     "no-forename.xml:3: Forename"},
    {"no-dob.xml", PUPIL ("<Surname>A</Surname><Forename>Ann</Forename>"), "no-dob.xml:3: DOB"},
    {"no-such-day.xml",
     PUPIL ("<Surname>A</Surname><Forename>Ann</Forename><DOB>2016-02-30</DOB>"),
     "no-such-day.xml:3: DOB"},
    {"future.xml",
     PUPIL ("<Surname>A</Surname><Forename>Ann</Forename><DOB>2099-01-01</DOB>"),
     "future.xml:3: DOB"},
};

static void
assert_unchanged (CliFixture *f)
{
  cli_do (f, "own.waymark", "list", "children", "--format", "json", NULL);
  g_assert_cmpstr (g_strstrip (f->out), ==, "[]");
}

static void
test_bad_files (CliFixture *f, gconstpointer data)
{
  cli_do (f, "own.waymark", "init", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (BAD_FILES); i++) {
    g_test_message ("%s", BAD_FILES[i].name);
    cli_write (f, BAD_FILES[i].name, BAD_FILES[i].text);
    g_assert_cmpint (cli (f, "own.waymark", "import", BAD_FILES[i].name, NULL), ==, 5);
    if (strstr (f->err, BAD_FILES[i].says) == NULL)
      g_test_message ("says: %s", f->err);
    g_assert_nonnull (strstr (f->err, BAD_FILES[i].says));
  }
  g_assert_cmpint (cli (f, "own.waymark", "import", "missing.xml", NULL), ==, 5);
  assert_unchanged (f);
}

static void
test_bad_rows (CliFixture *f, gconstpointer data)
{
  cli_do (f, "own.waymark", "init", NULL);
  cli_write (f,
             "load/children.csv",
             "id,surname,forename,dob\n1,Good,Ann,2016-01-01\n2,Bad,Bob,2016-02-30\n");
  cli_write (f, "load/sen_status.csv", "child,provision,from\n1,K,2022-09-01\n2,K,2022-09-01\n");
  g_assert_cmpint (cli (f, "own.waymark", "import", "load", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "children.csv:3: dob"));
  g_assert_nonnull (strstr (f->err, "sen_status.csv:3"));
  /* Nobody is to think that she came in. */
  g_assert_null (strstr (f->out, "Ann"));
  assert_unchanged (f);
  cli_do (f, "own.waymark", "import", "load", "--skip-bad-rows", NULL);
  g_assert_nonnull (strstr (f->out, "New child: Ann Good"));
  cli_do (f, "own.waymark", "list", "sen_status", "--format", "csv", NULL);
  g_assert_nonnull (strstr (f->out, "2022-09-01"));
  cli_do (f, "own.waymark", "list", "children", "--format", "csv", NULL);
  g_assert_nonnull (strstr (f->out, "Good"));
  g_assert_null (strstr (f->out, "Bad"));
}

/* What hangs on a row that could not be read is no other's, though another folder called another
 * child by that id. */
static void
test_bad_rows_of_another (CliFixture *f, gconstpointer data)
{
  cli_do (f, "own.waymark", "init", NULL);
  cli_write (f,
             "first/children.csv",
             "id,surname,forename,dob\n1,Able,Ann,2016-01-01\n3,Cole,Cat,2016-01-01\n"
             "4,Dunn,Dee,2016-01-01\n");
  cli_do (f, "own.waymark", "import", "first", NULL);
  cli_write (f,
             "second/children.csv",
             "id,surname,forename,dob\n1,Bad,Bob,2016-02-30\n2,Good,Ed,2017-01-01\n"
             "3,Good,Fay,2017-01-01\n3,Bad,Gus,2017-02-01\n4,Bad,Hal,2017-01-01,,,\n");
  cli_write (f,
             "second/sen_status.csv",
             "child,provision,from\n1,E,2022-09-01\n2,K,2022-09-02\n3,E,2022-09-03\n"
             "4,E,2022-09-04\n");
  cli_do (f, "own.waymark", "import", "second", "--skip-bad-rows", NULL);
  for (guint line = 2; line <= 5; line++) {
    g_autofree char *says = g_strdup_printf (
        "sen_status.csv:%u: child: Child belongs to a row that can’t be taken", line);

    g_assert_cmpint (strstr (f->err, says) != NULL, ==, line != 3);
  }
  cli_do (f, "own.waymark", "list", "sen_status", "--format", "csv", NULL);
  g_assert_nonnull (strstr (f->out, "2022-09-02"));
  g_assert_null (strstr (f->out, ",E,"));

  /* Of a table without its columns nothing is known: what names its rows is not wrong for that. */
  cli_write (f, "third/children.csv", "id,surname,dob\n9,Good,2016-01-01\n");
  cli_write (f, "third/sen_status.csv", "child,provision,from\n9,K,2022-09-01\n");
  g_assert_cmpint (cli (f, "own.waymark", "import", "third", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "children.csv:1: forename"));
  g_assert_null (strstr (f->err, "sen_status.csv"));

  /* Nor of one that can't be opened, and the faults of the others are told all the same. */
  cli_write (f, "fourth/children.csv/is/a-folder", "");
  cli_write (f, "fourth/sen_status.csv", "child,provision,from\n9,K,2022-09-01\n");
  cli_write (f, "fourth/settings.csv", "id,name,phase\ns1,,primary\n");
  g_assert_cmpint (cli (f, "own.waymark", "import", "fourth", "--skip-bad-rows", NULL), !=, 0);
  cli_assert_says (f, "children.csv:1: document: This is a folder");
  cli_assert_says (f, "settings.csv:2: name: ");
  g_assert_null (strstr (f->err, "sen_status.csv"));
}

/* Some of a file in another encoding: no letters are made up from it. */
static void
test_mixed_encoding (CliFixture *f, gconstpointer data)
{
  cli_do (f, "own.waymark", "init", NULL);
  cli_write (f,
             "load/children.csv",
             "id,surname,forename,dob\n1,Bad\xe9,Ann,2016-01-01\n2,Good,Zo\xc3\xab,2016-01-01\n");
  g_assert_cmpint (cli (f, "own.waymark", "import", "load", NULL), ==, 5);
  g_assert_nonnull (
      strstr (f->err, "children.csv:2: surname: Surname has a letter that cannot be read"));
  g_assert_null (strstr (f->err, "Windows-1252"));
  assert_unchanged (f);
  cli_do (f, "own.waymark", "import", "load", "--skip-bad-rows", NULL);
  cli_do (f, "own.waymark", "list", "children", "--format", "csv", NULL);
  g_assert_nonnull (strstr (f->out, "Zoë"));
  g_assert_null (strstr (f->out, "Bad"));
}

/* A value that is not on its target's scale, or of a day to come, is refused wherever it comes in.
 */
static void
test_bad_values (CliFixture *f, gconstpointer data)
{
  g_autofree char *child = NULL, *target = NULL;

  cli_do (f, "own.waymark", "init", NULL);
  cli_do (
      f, "own.waymark", "add", "child", "--surname=A", "--forename=B", "--dob=2018-01-01", NULL);
  child = cli_line (f);
  cli_do (f,
          "own.waymark",
          "add",
          "target",
          "--child",
          child,
          "--statement=S",
          "--measure=percent",
          "--start=2025-09-01",
          NULL);
  target = cli_line (f);
  g_assert_cmpint (
      cli (f, "own.waymark", "add", "measurement", "--target", target, "--value=140", NULL), ==, 2);
  g_assert_nonnull (
      strstr (f->err, "--value: 140 is more than 100 %. A per cent is from 0 to 100"));
  g_assert_cmpint (cli (f,
                        "own.waymark",
                        "--today=2025-10-01",
                        "add",
                        "measurement",
                        "--target",
                        target,
                        "--value=40",
                        "--date=2025-10-02",
                        NULL),
                   ==,
                   2);
  g_assert_nonnull (strstr (f->err, "--date: Date is in the future"));
  /* A second value of a day counts as the first does, and that is told. */
  for (guint i = 0; i < 2; i++) {
    cli_do (f,
            "own.waymark",
            "add",
            "measurement",
            "--target",
            target,
            i == 0 ? "--value=35" : "--value=45",
            "--date=2025-09-30",
            NULL);
    g_assert_cmpint (strstr (f->err, "has a value for 30 Sep 2025 already: 35.") != NULL, ==, i);
  }
  cli_write (f, "load/children.csv", "id,surname,forename,dob\n1,Good,Ann,2016-01-01\n");
  cli_write (f,
             "load/targets.csv",
             "id,child,statement,measure,start,state\n9,1,S,yesno,2025-09-01,open\n");
  cli_write (f,
             "load/measurements.csv",
             "target,date,value\n9,2025-10-01,1\n9,2025-10-02,7\n9,2099-01-01,1\n");
  g_assert_cmpint (cli (f, "own.waymark", "import", "load", NULL), ==, 5);
  g_assert_nonnull (
      strstr (f->err, "measurements.csv:3: value: 7 is neither yes nor no. Give 1 for yes"));
  g_assert_nonnull (strstr (f->err, "measurements.csv:4: date: Date is in the future"));
  cli_do (f, "own.waymark", "import", "load", "--skip-bad-rows", NULL);
  cli_do (f, "own.waymark", "list", "measurements", "--format", "csv", NULL);
  g_assert_nonnull (strstr (f->out, "2025-10-01"));
  g_assert_null (strstr (f->out, "2025-10-02"));
  g_assert_null (strstr (f->out, "2099"));
}

/* Rows may be left out, also those that are no text; a file that ends early may not: what it
 * would have said is unknown. */
static void
test_bad_cells (CliFixture *f, gconstpointer data)
{
  cli_do (f, "own.waymark", "init", NULL);
  cli_write (f,
             "load/children.csv",
             "id,surname,forename,dob\n1,Bad,Ann,2016-01-01,,\n2,Bad,B\x02ob,2016-01-01\n"
             "3,Good,Cy,2016-01-01\n");
  g_assert_cmpint (cli (f, "own.waymark", "import", "load", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "children.csv:2: column 5: There are more cells"));
  g_assert_nonnull (
      strstr (f->err, "children.csv:3: forename: The cell holds a control character"));
  assert_unchanged (f);
  cli_write (f,
             "cut/children.csv",
             "id,surname,forename,dob\n1,Good,Ann,2016-01-01\n2,\"Bad,Bob,2016-01-01\n");
  g_assert_cmpint (cli (f, "own.waymark", "import", "cut", "--skip-bad-rows", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "children.csv:3"));
  cli_write (f, "head/children.csv", "id,surname,dob\n1,Good,2016-01-01\n");
  g_assert_cmpint (cli (f, "own.waymark", "import", "head", "--skip-bad-rows", NULL), ==, 5);
  assert_unchanged (f);
  cli_do (f, "own.waymark", "import", "load", "--skip-bad-rows", NULL);
  cli_do (f, "own.waymark", "list", "children", "--format", "csv", NULL);
  g_assert_nonnull (strstr (f->out, "Good"));
  g_assert_null (strstr (f->out, "Bad"));
}

static void
test_broken_tables (CliFixture *f, gconstpointer data)
{
  cli_do (f, "own.waymark", "init", NULL);
  cli_write (f, "a/children.csv", "id,surname,dob\n1,Good,2016-01-01\n");
  g_assert_cmpint (cli (f, "own.waymark", "import", "a", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "children.csv:1: forename"));
  cli_write (f, "b/children.csv", "id,surname,forename,dob\n1,\"Good,Ann,2016-01-01\n");
  g_assert_cmpint (cli (f, "own.waymark", "import", "b", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "children.csv:2"));
  assert_unchanged (f);
}

/* A record that was altered after it was signed is found by its fingerprint. */
static void
test_altered_record (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = NULL, *text = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *altered = NULL;
  g_autoptr (JsonNode) node = NULL;

  cli_write (f, "pupil.xml", PUPIL (GOOD_PUPIL));
  cli_do (f, "own.waymark", "init", "--me", "T. Eacher", NULL);
  cli_do (f, "own.waymark", "import", "pupil.xml", NULL);
  cli_do (f, "own.waymark", "list", "children", "--format", "json", NULL);
  node = cli_json (f);
  {
    JsonObject *child = json_array_get_object_element (json_node_get_array (node), 0);
    g_autofree char *draft = g_strdup_printf ("{\"children\": [\"%s\"], \"date\": \"2026-11-17\", "
                                              "\"kind\": \"phone\", \"seen\": \"All was quiet.\"}",
                                              json_object_get_string_member (child, "id"));

    cli_write (f, "draft.json", draft);
  }
  cli_do (f, "own.waymark", "add", "visit", "--file", "draft.json", NULL);
  visit = cli_line (f);
  cli_do (f, "own.waymark", "sign", "visit", visit, NULL);
  cli_do (f, "own.waymark", "export", "visit", visit, "--output", "visit.xml", NULL);
  text = cli_read (f, "visit.xml", NULL);
  parts = g_strsplit (text, "All was quiet.", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  altered = g_strjoinv ("All was loud.", parts);
  cli_write (f, "altered.xml", altered);
  cli_do (f, "senco.waymark", "init", NULL);
  g_assert_cmpint (cli (f, "senco.waymark", "import", "altered.xml", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "fingerprint"));
  cli_do (f, "senco.waymark", "list", "visits", "--format", "json", NULL);
  g_assert_cmpstr (g_strstrip (f->out), ==, "[]");
}

static void
test_exit_codes (CliFixture *f, gconstpointer data)
{
  g_autofree char *path = cli_path (f, "own.waymark");
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (GError) error = NULL;
  gsize length_before, length_after;
  WayDb *db;

  cli_do (f, "own.waymark", "init", NULL);
  g_assert_cmpint (cli (f, "own.waymark", "dance", NULL), ==, 2);
  g_assert_cmpint (cli (f, "own.waymark", "list", "dragons", NULL), ==, 2);
  g_assert_cmpint (
      cli (f, "own.waymark", "add", "measurement", "--target", "x", "--colour", "red", NULL),
      ==,
      2);
  g_assert_cmpint (cli (f, "own.waymark", "--today", "2026-13-01", "verify", NULL), ==, 2);
  g_assert_cmpint (cli (f, "own.waymark", "show", "child", "nobody", NULL), ==, 1);
  g_assert_cmpint (cli (f, "nowhere.waymark", "verify", NULL), ==, 1);
  g_assert_cmpint (cli (f, "own.waymark", "init", NULL), ==, 1);

  before = cli_read (f, "own.waymark", &length_before);
  cli_write (f, "passphrase", "wrong\n");
  g_assert_cmpint (cli (f, "own.waymark", "verify", NULL), ==, 3);
  g_assert_nonnull (strstr (f->err, "give the recovery key with --recovery-key-file"));
  g_assert_null (strstr (f->err, "wrong\n"));
  after = cli_read (f, "own.waymark", &length_after);
  g_assert_cmpmem (before, length_before, after, length_after);

  cli_write (f, "passphrase", "correct horse battery staple\n");
  db = way_db_open (path, "correct horse battery staple", &error);
  g_assert_no_error (error);
  g_assert_cmpint (cli (f, "own.waymark", "verify", NULL), ==, 4);
  g_assert_nonnull (strstr (f->err, "The store is open in "));
  g_assert_nonnull (strstr (f->err, ". Close the store there"));
  g_assert_nonnull (strstr (f->err, "test-cli-refuse")); /* the system keeps 15 letters of a name */
  way_db_close (db);
}

static void
test_no_half_files (CliFixture *f, gconstpointer data)
{
  g_autofree char *folder = cli_path (f, "locked");
  g_autoptr (JsonNode) node = NULL;
  const char *target;

  cli_do (f, "own.waymark", "init", NULL);
  cli_do (f, "own.waymark", "sample", NULL);
  cli_do (f, "own.waymark", "list", "targets", "--format", "json", NULL);
  node = cli_json (f);
  target = json_object_get_string_member (
      json_array_get_object_element (json_node_get_array (node), 0), "id");
  g_assert_cmpint (
      cli (f, "own.waymark", "chart", target, "--output", "no/such/folder/chart.png", NULL), ==, 1);
  cli_write (f, "locked", "a file where a folder is wanted");
  g_assert_cmpint (
      cli (f, "own.waymark", "chart", target, "--output", "locked/chart.png", NULL), ==, 1);
  g_assert_cmpint (
      cli (f, "own.waymark", "export", "visits", "--output", "locked/all.xml", NULL), ==, 1);
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_REGULAR));
}

/* A file for a visit that is no visit: nothing is lost without a word, nothing crashes. */
static void
test_bad_drafts (CliFixture *f, gconstpointer data)
{
  g_autofree char *deep = g_strnfill (100000, '[');

  cli_do (f, "own.waymark", "init", "--me", "T. Eacher", NULL);
  cli_write (f,
             "misspelt.json",
             "{\"date\": \"2026-11-01\", \"kind\": \"observation\", \"purpse\": \"x\"}");
  g_assert_cmpint (cli (f, "own.waymark", "add", "visit", "--file", "misspelt.json", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "purpse"));
  cli_write (f, "deep.json", deep);
  g_assert_cmpint (cli (f, "own.waymark", "add", "visit", "--file", "deep.json", NULL), ==, 5);
  cli_write (f, "day.json", "{\"date\": \"2026-02-30\", \"kind\": \"observation\"}");
  g_assert_cmpint (cli (f, "own.waymark", "add", "visit", "--file", "day.json", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "day.json: date"));
  cli_do (f, "own.waymark", "list", "visits", "--format", "json", NULL);
  g_assert_cmpstr (g_strstrip (f->out), ==, "[]");
}

/* Nothing of a draft is left out, or taken for something else, without a word. */
static void
test_draft_members (CliFixture *f, gconstpointer data)
{
  static const struct {
    const char *members;
    const char *says;
  } DRAFTS[] = {
      {"\"present\":[{\"name\":\"Ms Patel\",\"role\":\"class-teacher\"}]",
       "draft.json: present[1]: Here should be a list of names in quotation marks; with roles it "
       "is \"people\""},
      {"\"present\":7", "draft.json: present: Here should be a list of names"},
      {"\"purpose\":[\"a\"]",
       "draft.json: purpose: Here should be a text in quotation marks, not a list in [ ]"},
      {"\"purpose\":{\"a\":1}",
       "draft.json: purpose: Here should be a text in quotation marks, not an"},
      {"\"purpose\":\"a\",\"purpose\":\"b\"", "draft.json:1: purpose: The member is there twice"},
      {"\"actions\":[{\"what\":\"x\"},{\"what\":\"x\",\n\"what\":\"y\"}]",
       "draft.json:2: what: The member is there twice"},
      {"\"purpose\":5",
       "draft.json: purpose: Here should be a text in quotation marks, not a number"},
      {"\"next_date\":{\"x\":1}",
       "draft.json: next_date: Here should be a date such as \"2026-11-20\""},
      {"\"series_number\":true", "draft.json: series_number: Here should be a number, not true"},
      {"\"id\":[1]", "draft.json: id: Here should be an id"},
      {"\"children\":[{\"id\":\"x\"}]", "draft.json: children[1]: Here should be a list of ids"},
      {"\"children\":[\"x\"],\"child\":\"y\"", "draft.json: child: There is “children” beside it"},
      {"\"child_view\":[\"x\"]", "draft.json: child_view: Here should be a text"},
      {"\"actions\":{\"what\":\"x\"}", "draft.json: actions: Here should be a list of objects"},
      {"\"actions\":[\"Call\"]", "draft.json: actions[1]: Here should be an object"},
      {"\"actions\":[{\"what\":\"x\",\"due\":[\"2026-12-01\"]}]",
       "draft.json: actions[1]: due: Here should be a date"},
      {"\"actions\":[{\"what\":\"x\",\"deadline\":\"2026-12-01\"}]",
       "draft.json: actions[1]: deadline: There is no such member; this object has child, "},
      {"\"people\":[{\"name\":\"A\"}],\"present\":[\"A\",\"B\"]",
       "draft.json: present: It says other than “people”"},
      {"\"views\":[{\"whose\":\"staff\",\"text\":\"t\"}],\"child_view\":\"I like it.\"",
       "draft.json: child_view: It says other than “views”"},
  };

  cli_do (f, "own.waymark", "init", "--me", "T. Eacher", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (DRAFTS); i++) {
    g_autofree char *draft = g_strdup_printf (
        "{\"date\":\"2026-11-01\",\"kind\":\"observation\",%s}", DRAFTS[i].members);

    cli_write (f, "draft.json", draft);
    g_assert_cmpint (cli (f, "own.waymark", "add", "visit", "--file", "draft.json", NULL), ==, 5);
    if (strstr (f->err, DRAFTS[i].says) == NULL)
      g_error ("%s says: %s", draft, f->err);
  }
  cli_do (f, "own.waymark", "list", "visits", "--format", "json", NULL);
  g_assert_cmpstr (g_strstrip (f->out), ==, "[]");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, CliFixture, NULL, cli_fixture_set_up, func, cli_fixture_tear_down)
  ADD ("/cli/bad-files", test_bad_files);
  ADD ("/cli/bad-rows", test_bad_rows);
  ADD ("/cli/bad-rows-of-another", test_bad_rows_of_another);
  ADD ("/cli/mixed-encoding", test_mixed_encoding);
  ADD ("/cli/bad-values", test_bad_values);
  ADD ("/cli/bad-cells", test_bad_cells);
  ADD ("/cli/broken-tables", test_broken_tables);
  ADD ("/cli/altered-record", test_altered_record);
  ADD ("/cli/exit-codes", test_exit_codes);
  ADD ("/cli/no-half-files", test_no_half_files);
  ADD ("/cli/bad-drafts", test_bad_drafts);
  ADD ("/cli/draft-members", test_draft_members);
  return g_test_run ();
}
