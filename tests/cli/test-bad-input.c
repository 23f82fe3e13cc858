/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each reader must refuse, through the real program on a real store: exit 5, a message that
 * names file, line and field, and not one byte of the store changed. */
#include "cli-driver.h"

#include <string.h>

#define PUPIL(inside)                                                                              \
  "<CTfile><Header><CTFversion>25.0</CTFversion></Header>\n<CTFpupilData>\n<Pupil>" inside         \
  "</Pupil>\n</CTFpupilData></CTfile>"
#define NAMES "<Surname>Bad</Surname><Forename>Bo</Forename>"
#define GOOD "<Pupil><Surname>Good</Surname><Forename>Ann</Forename><DOB>2016-01-01</DOB></Pupil>"
#define HEAD "id,surname,forename,dob\n"
#define LAUGHS                                                                                     \
  "[<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;\">]"

typedef struct {
  const char *name;
  const char *file;
  const char *text; /* of the file; for a Record of Visit what takes the place of @from */
  const char *from; /* in a good Record of Visit */
  const char *says; /* part of the message */
} Bad;

/* Long and deep files are in the readers' own tests: here they would only cost time. */
static const Bad BAD[] = {
    {"ctf/not-xml", "a.xml", "Dear Sir", NULL, "a.xml:1: document: This is not XML"},
    {"ctf/empty", "a.xml", "", NULL, "a.xml:1: document: The file is empty; ask for it again"},
    {"ctf/truncated", "a.xml", "<CTfile>\n<CTFpupilData><Pupil>", NULL, "a.xml:2: Pupil: "},
    {"ctf/wrong-root", "a.xml", "\n<?xml version=\"1.0\"?>\n\n<html/>", NULL, "a.xml:4: html: "},
    {"ctf/entity",
     "a.xml",
     "<!DOCTYPE CTfile [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><CTfile>&x;</CTfile>",
     NULL,
     "a.xml:1: DOCTYPE: "},
    {"ctf/laughs",
     "a.xml",
     "<!DOCTYPE CTfile " LAUGHS "><CTfile>&c;</CTfile>",
     NULL,
     "a.xml:1: DOCTYPE: "},
    {"ctf/utf-8", "a.xml", PUPIL ("<Surname>\xff\xfe</Surname>"), NULL, "a.xml:3: Surname: "},
    {"ctf/control", "a.xml", PUPIL ("<Surname>a\x01</Surname>"), NULL, "a.xml:3: Surname: "},
    {"ctf/control-reference",
     "a.xml",
     PUPIL ("<Surname>a&#x9b;</Surname>"),
     NULL,
     "a.xml:3: Surname: Surname holds a control character"},
    {"ctf/line-break",
     "a.xml",
     PUPIL ("<Surname>a&#10;b</Surname>"),
     NULL,
     "a.xml:3: Surname: Surname holds a line break"},
    {"ctf/no-such-day", "a.xml", PUPIL (NAMES "<DOB>2016-02-30</DOB>"), NULL, "a.xml:3: DOB: "},
    {"ctf/future", "a.xml", PUPIL (NAMES "<DOB>2099-01-01</DOB>"), NULL, "a.xml:3: DOB: "},
    {"ctf/no-surname",
     "a.xml",
     PUPIL ("<Forename>A</Forename><DOB>2016-01-01</DOB>"),
     NULL,
     "a.xml:3: Surname: Surname is missing"},
    {"ctf/no-forename",
     "a.xml",
     PUPIL ("<Surname>A</Surname><DOB>2016-01-01</DOB>"),
     NULL,
     "a.xml:3: Forename: Forename is missing"},
    {"ctf/no-dob", "a.xml", PUPIL (NAMES), NULL, "a.xml:3: DOB: Date of birth is missing"},
    {"ctf/attributes",
     "a.xml",
     "<CTfile a='' b='' c='' d='' e='' f='' g='' h='' i='' j='' k='' l='' m='' n='' o='' p='' q='' "
     "r='' s='' t='' u='' v='' w='' x='' y='' z='' A='' B='' C='' D='' E='' F='' G=''/>",
     NULL,
     "a.xml:1: CTfile: The element has too many attributes; ask for the file again"},
    {"csv/empty", "t/children.csv", "", NULL, "children.csv:1: document: The row with the names"},
    {"csv/missing-column",
     "t/children.csv",
     "id,surname,dob\n1,A,2016-01-01\n",
     NULL,
     "children.csv:1: forename: The column is missing"},
    {"csv/no-such-day",
     "t/children.csv",
     "id,surname,forename,dob,setting,setting_from\n1,A,B,2016-01-01,s1,2024-02-30\n",
     NULL,
     "children.csv:2: setting_from: “2024-02-30” is not a date that exists; write it as "
     "YYYY-MM-DD"},
    {"csv/open-quote",
     "t/children.csv",
     HEAD "1,\"A,B,2016-01-01\n",
     NULL,
     "children.csv:2: surname: The quotation mark is never closed; put one at the end of the cell"},
    {"csv/broken-quote",
     "t/children.csv",
     HEAD "1,\"A\"x,B,2016-01-01\n",
     NULL,
     "children.csv:2: surname: There is a quotation mark in the wrong place; put it twice, and the "
     "whole cell in quotation marks"},
    {"csv/truncated",
     "t/children.csv",
     HEAD "1,A,B,2016-01-01\n2,A",
     NULL,
     "children.csv:3: forename: Forename is missing"},
    {"csv/semicolons",
     "t/children.csv",
     "id;surname;forename;dob\n1;A;B;2016-01-01\n",
     NULL,
     "children.csv:1: column 1: This file is separated by semicolons"},
    {"csv/encoding",
     "t/children.csv",
     HEAD "1,\x81,B,2016-01-01\n",
     NULL,
     "children.csv:2: surname: The cell is neither UTF-8 nor"},
    {"csv/control",
     "t/children.csv",
     HEAD "1,A\x1b,B,2016-01-01\n",
     NULL,
     "children.csv:2: surname: The cell holds a control character"},
    {"csv/control-c1",
     "t/children.csv",
     HEAD "1,A\xc2\x9b,B,2016-01-01\n",
     NULL,
     "children.csv:2: surname: Surname holds a control character"},
    {"csv/line-break",
     "t/children.csv",
     HEAD "1,\"A\nB\",B,2016-01-01\n",
     NULL,
     "children.csv:2: surname: Surname holds a line break"},
    {"csv/override",
     "t/children.csv",
     HEAD "1,\u202e"
          "A,B,2016-01-01\n",
     NULL,
     "children.csv:2: surname: Surname holds a character that turns"},
    {"csv/no-such-day", "t/children.csv", HEAD "1,A,B,2016-02-30\n", NULL, "children.csv:2: dob: "},
    {"csv/future", "t/children.csv", HEAD "1,A,B,2099-01-01\n", NULL, "children.csv:2: dob: "},
    {"csv/no-surname",
     "t/children.csv",
     HEAD "1,,B,2016-01-01\n",
     NULL,
     "children.csv:2: surname: Surname is missing"},
    {"csv/no-reference", "t/children.csv", HEAD "1,A,B,2016-01-01\n", NULL, NULL},
    {"visit/truncated", "v.xml", "All was", "All was", "v.xml:"},
    {"visit/wrong-root",
     "v.xml",
     "of-visit:9",
     "of-visit:1",
     "v.xml:2: record-of-visit: This is not a Record of Visit"},
    {"visit/entity",
     "v.xml",
     "<!DOCTYPE record-of-visit [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
     "v.xml:1: DOCTYPE: "},
    {"visit/laughs",
     "v.xml",
     "<!DOCTYPE record-of-visit " LAUGHS ">",
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
     "v.xml:1: DOCTYPE: "},
    {"visit/utf-8",
     "v.xml",
     "\xff\xfe",
     "Good",
     ": surname: The text holds bytes that are not UTF-8; ask"},
    {"visit/control", "v.xml", "a\x01", "Good", ": surname: The text holds a control character"},
    {"visit/no-such-day", "v.xml", "<date>2026-02-30", "<date>2026-11-17", ": date: "},
    {"visit/no-surname", "v.xml", "", "<surname>Good</surname>", "v.xml:"},
    {"visit/unknown-element",
     "v.xml",
     "<nickname>x</nickname><surname>",
     "<surname>",
     ": nickname: "},
    {"visit/altered",
     "v.xml",
     "All was loud.",
     "All was quiet.",
     "v.xml:2: fingerprint: The text does not match"},
};

static char *
replace_first (const char *text, const char *from, const char *to)
{
  const char *at = strstr (text, from);
  g_autofree char *head = NULL;

  g_assert_nonnull (at);
  head = g_strndup (text, (gsize) (at - text));
  return g_strconcat (head, to, at + strlen (from), NULL);
}

/* A Record of Visit as another store would send it. */
static char *
make_record (CliFixture *f)
{
  g_autofree char *visit = NULL, *draft = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *child;

  cli_do (f, "other.waymark", "init", "--me", "T. Eacher", NULL);
  cli_write (f, "good.xml", "<CTfile><Header/><CTFpupilData>" GOOD "</CTFpupilData></CTfile>");
  cli_do (f, "other.waymark", "import", "good.xml", NULL);
  cli_do (f, "other.waymark", "list", "children", "--format", "json", NULL);
  node = cli_json (f);
  child = json_array_get_object_element (json_node_get_array (node), 0);
  draft =
      g_strdup_printf ("{\"children\": [\"%s\"], \"date\": \"2026-11-17\", \"kind\": \"phone\", "
                       "\"seen\": \"All was quiet.\"}",
                       json_object_get_string_member (child, "id"));
  cli_write (f, "draft.json", draft);
  cli_do (f, "other.waymark", "add", "visit", "--file", "draft.json", NULL);
  visit = cli_line (f);
  cli_do (f, "other.waymark", "sign", "visit", visit, NULL);
  cli_do (f, "other.waymark", "export", "visit", visit, "--output", "record.xml", NULL);
  return cli_read (f, "record.xml", NULL);
}

static void
write_bad (CliFixture *f, const Bad *bad, const char *record)
{
  g_autofree char *text = NULL;

  if (bad->from == NULL)
    text = g_strdup (bad->text);
  else
    text = replace_first (record, bad->from, bad->text);
  if (strcmp (bad->name, "visit/truncated") == 0)
    text[strlen (text) / 2] = '\0';
  cli_write (f, bad->file, text);
  if (strcmp (bad->name, "csv/no-reference") == 0)
    cli_write (f, "t/needs.csv", "child,rank,type\nnobody,1,ASD\n");
}

static void
test_all_refused (CliFixture *f, gconstpointer data)
{
  g_autofree char *record = make_record (f), *before = NULL;
  gsize length;

  cli_do (f, "own.waymark", "init", NULL);
  before = cli_read (f, "own.waymark", &length);
  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++) {
    const char *says =
        BAD[i].says != NULL ? BAD[i].says : "needs.csv:2: child: Child names a record";
    const char *path = g_str_has_prefix (BAD[i].file, "t/") ? "t" : BAD[i].file;
    g_autofree char *after = NULL;
    gsize length_after;

    write_bad (f, &BAD[i], record);
    cli (f, "own.waymark", "import", path, NULL);
    g_test_message ("%s: exit %d: %s", BAD[i].name, f->code, f->err);
    g_assert_cmpint (f->code, ==, 5);
    g_assert_true (g_utf8_validate (f->err, -1, NULL));
    g_assert_nonnull (strstr (f->err, says));
    /* The place is said once: not "children.csv:1: document: children.csv:1: ...". */
    g_assert_false (g_regex_match_simple ("(\\S+\\.\\w+:\\d+): .*\\b\\1:", f->err, 0, 0));
    g_assert_null (strchr (f->err, '\x1b'));
    after = cli_read (f, "own.waymark", &length_after);
    g_assert_cmpmem (after, length_after, before, length);
  }
  cli_do (f, "own.waymark", "verify", NULL);
}

/* What may be left out is left out, listed, and the rest comes in. */
static void
test_good_come_in (CliFixture *f, gconstpointer data)
{
  static const struct {
    const char *path, *file, *text, *says;
  } MIXED[] = {
      {"a.xml",
       "a.xml",
       "<CTfile><Header/>\n<CTFpupilData><Pupil>" NAMES "<DOB>2016-02-30</DOB></Pupil>\n" GOOD
       "<Pupil><Surname>A&#10;B</Surname></Pupil></CTFpupilData></CTfile>",
       "a.xml:2: DOB: "},
      {"t",
       "t/children.csv",
       HEAD "1,Bad,Bo,2016-02-30\n2,Good,Ann,2016-01-01\n3,\"A\nB\",B,2016-01-01\n",
       "children.csv:2: dob: "},
  };

  for (guint i = 0; i < G_N_ELEMENTS (MIXED); i++) {
    g_autofree char *store = g_strdup_printf ("%u.waymark", i);

    cli_do (f, store, "init", NULL);
    cli_write (f, MIXED[i].file, MIXED[i].text);
    g_assert_cmpint (cli (f, store, "import", MIXED[i].path, NULL), ==, 5);
    cli_do (f, store, "import", MIXED[i].path, "--skip-bad-rows", NULL);
    g_assert_nonnull (strstr (f->err, MIXED[i].says));
    g_assert_nonnull (strstr (f->err, "holds a line break"));
    cli_do (f, store, "list", "children", "--format", "csv", NULL);
    g_assert_nonnull (strstr (f->out, "Good"));
    g_assert_null (strstr (f->out, "Bad"));
    g_assert_null (strstr (f->out, "A\nB"));
    cli_do (f, store, "verify", NULL);
  }
}

/* Pupils are counted, and not the lines in which they stand or what is wrong with each. */
static void
test_bad_pupils_counted (CliFixture *f, gconstpointer data)
{
  static const char *const ONE_LINE =
      "<CTfile><Header/><CTFpupilData><Pupil>" NAMES "<DOB>2016-02-30</DOB></Pupil><Pupil>" NAMES
      "<DOB>2016-02-31</DOB></Pupil>" GOOD "</CTFpupilData></CTfile>";
  static const char *const MANY_LINES =
      "<CTfile><Header/><CTFpupilData>\n<Pupil>\n<Forename>Bo</Forename>\n<DOB>2016-02-30</DOB>\n"
      "</Pupil>\n" GOOD "</CTFpupilData></CTfile>";

  cli_do (f, "own.waymark", "init", NULL);
  cli_write (f, "one.xml", ONE_LINE);
  g_assert_cmpint (cli (f, "own.waymark", "import", "one.xml", NULL), ==, 5);
  cli_assert_says (f, ": 2 rows or records cannot be taken");
  cli_write (f, "many.xml", MANY_LINES);
  g_assert_cmpint (cli (f, "own.waymark", "import", "many.xml", NULL), ==, 5);
  cli_assert_says (f, "Surname: ");
  cli_assert_says (f, "DOB: ");
  cli_assert_says (f, "One row or record cannot be taken");
}

/* Of several records the one that was altered is left out. */
static void
test_good_records_come_in (CliFixture *f, gconstpointer data)
{
  g_autofree char *record = make_record (f), *altered = NULL;

  cli_write (f, "good-record.xml", record);
  altered = replace_first (record, "All was quiet.", "All was loud.");
  cli_write (f, "altered.xml", altered);
  cli_do (f, "own.waymark", "init", NULL);
  cli_do (f, "own.waymark", "import", "altered.xml", "good-record.xml", "--skip-bad-rows", NULL);
  g_assert_nonnull (strstr (f->err, "altered.xml:2: fingerprint: "));
  cli_do (f, "own.waymark", "list", "visits", "--format", "csv", NULL);
  g_assert_nonnull (strstr (f->out, "2026-11-17"));
  cli_do (f, "own.waymark", "verify", NULL);
}

/* Without --skip-bad-rows enough bad rows are shown to see what is wrong; with it each is listed.
 */
static void
test_long_lists (CliFixture *f, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (HEAD);

  for (guint i = 0; i < 80; i++)
    g_string_append_printf (text, "%u,Bad,Bo,2016-02-30\n", i);
  cli_write (f, "t/children.csv", text->str);
  cli_do (f, "own.waymark", "init", NULL);
  g_assert_cmpint (cli (f, "own.waymark", "import", "t", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "children.csv:51: dob"));
  g_assert_null (strstr (f->err, "children.csv:52: dob"));
  g_assert_nonnull (strstr (f->err, "children.csv: There are 30 more like these in this file"));
  cli_do (f, "own.waymark", "import", "t", "--skip-bad-rows", NULL);
  g_assert_nonnull (strstr (f->err, "children.csv:81: dob"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, CliFixture, NULL, cli_fixture_set_up, func, cli_fixture_tear_down)
  ADD ("/cli/bad-input/all-refused", test_all_refused);
  ADD ("/cli/bad-input/good-come-in", test_good_come_in);
  ADD ("/cli/bad-input/bad-pupils-counted", test_bad_pupils_counted);
  ADD ("/cli/bad-input/good-records-come-in", test_good_records_come_in);
  ADD ("/cli/bad-input/long-lists", test_long_lists);
  return g_test_run ();
}
