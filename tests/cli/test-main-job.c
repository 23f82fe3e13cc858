/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */
/* The main job from end to end, as scripts do it: from a school's file to a
 * signed Record of Visit that another store holds the same. */
#include "cli-driver.h"

#include "way-vault.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define CTF_HEAD                                                                                   \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CTfile><Header><DocumentName>Common Transfer "     \
  "File</DocumentName><CTFversion>25.0</CTFversion><DateTime>2026-07-10T09:30:00</DateTime>"       \
  "<SourceSchool><LEA>886</LEA><Estab>2001</Estab><SchoolName>Marshgate Primary School</"          \
  "SchoolName><AcademicYear>2025</AcademicYear></SourceSchool></Header>\n<CTFpupilData>\n"
#define PUPIL_ROBIN                                                                                \
  "<Pupil><UPN>F886200123001</UPN><Surname>Quillfeather</Surname><Forename>Robin</Forename>"       \
  "<DOB>2018-03-14</DOB><Sex>F</Sex><BasicDetails><NCyearActual>3</NCyearActual></BasicDetails>"   \
  "<SENhistory><SEN><StartDate>2024-09-06</StartDate><SENprovision>K</SENprovision></SEN>"         \
  "<SENneeds><SENneed><SENtypeRank>1</SENtypeRank><SENtype>SLCN</SENtype></SENneed></SENneeds>"    \
  "</SENhistory></Pupil>\n"
#define PUPIL_JAKUB                                                                                 \
  "<Pupil><Surname>Żak</Surname><Forename>Jakub</Forename><DOB>2021-10-02</DOB><Gender>M</Gender>" \
  "</Pupil>\n"
#define CTF_TAIL "</CTFpupilData></CTfile>\n"

/* The member of the first object in an array of which `key` is `value`. */
static char *
look_up (JsonNode *node, const char *key, const char *value, const char *member)
{
  JsonArray *array = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *object = json_array_get_object_element (array, i);

    if (g_strcmp0 (json_object_get_string_member_with_default (object, key, ""), value) == 0)
      return g_strdup (json_object_get_string_member (object, member));
  }
  g_test_message ("no %s %s", key, value);
  g_test_fail ();
  return NULL;
}

static char *
import_children (CliFixture *f, const char *store)
{
  g_autoptr (JsonNode) list = NULL;

  cli_do (f, store, "import", "school.xml", "--dry-run", NULL);
  cli_do (f, store, "list", "children", "--format", "json", NULL);
  g_assert_cmpstr (g_strstrip (f->out), ==, "[]");
  cli_do (f, store, "import", "school.xml", NULL);
  cli_do (f, store, "list", "children", "--format", "json", NULL);
  list = cli_json (f);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (list)), ==, 2);
  return look_up (list, "surname", "Quillfeather", "id");
}

static char *
add_target (CliFixture *f, const char *store, const char *child)
{
  static const char *const VALUES[] = {"1", "2", "1", "2", "3", "3", "4", "4"};
  g_autofree char *target = NULL;

  cli_do (f,
          store,
          "add",
          "target",
          "--child",
          child,
          "--statement",
          "By 12 December 2026 Robin will answer a 'where' question with 3 or more words in 4 of 5 "
          "chances.",
          "--measure",
          "count",
          "--unit",
          "answers",
          "--direction",
          "up",
          "--scale-min",
          "0",
          "--scale-max",
          "5",
          "--criterion",
          "4",
          "--start",
          "2026-09-01",
          "--due",
          "2026-12-12",
          NULL);
  target = cli_line (f);
  for (guint i = 0; i < G_N_ELEMENTS (VALUES); i++) {
    g_autofree char *day = g_strdup_printf ("2026-09-%02u", 2 + i * 3);

    cli_do (f,
            store,
            "add",
            "measurement",
            "--target",
            target,
            "--date",
            day,
            "--value",
            VALUES[i],
            NULL);
  }
  return g_steal_pointer (&target);
}

static void
check_progress (CliFixture *f, const char *store, const char *target)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *progress;

  cli_do (f, store, "show", "target", target, "--format", "json", NULL);
  node = cli_json (f);
  g_assert_cmpuint (json_array_get_length (
                        json_object_get_array_member (json_node_get_object (node), "measurements")),
                    ==,
                    8);
  progress = json_object_get_object_member (json_node_get_object (node), "progress");
  g_assert_cmpfloat (json_object_get_double_member (progress, "baseline"), ==, 1.0);
  g_assert_cmpstr (json_object_get_string_member (progress, "four_point"), ==, "raise");
  g_assert_cmpint (json_object_get_int_member (progress, "four_point_points"), ==, 8);
}

/* What is measured by levels says how far it is, also over all such targets of the child. */
static void
check_attainment (CliFixture *f, const char *store, const char *child)
{
  static const char *const LEVELS[] = {"-1", "-1", "-1", "1"};
  g_autofree char *target = NULL;
  g_autoptr (JsonNode) node = NULL, whole = NULL;
  JsonObject *progress, *gas;

  cli_do (f,
          store,
          "add",
          "target",
          "--child",
          child,
          "--statement",
          "Robin will ask for help.",
          "--measure",
          "gas",
          "--gas-plus-1",
          "asks twice",
          "--start",
          "2026-09-01",
          NULL);
  target = cli_line (f);
  for (guint i = 0; i < G_N_ELEMENTS (LEVELS); i++) {
    g_autofree char *day = g_strdup_printf ("2026-09-%02u", 2 + i * 3);
    g_autofree char *value = g_strconcat ("--value=", LEVELS[i], NULL);

    cli_do (f, store, "add", "measurement", "--target", target, "--date", day, value, NULL);
  }
  cli_do (f, store, "show", "target", target, "--format", "json", NULL);
  node = cli_json (f);
  progress = json_object_get_object_member (json_node_get_object (node), "progress");
  g_assert_cmpstr (json_object_get_string_member (progress, "state"), ==, "Aim reached");
  g_assert_true (json_object_has_member (progress, "t_score"));
  g_assert_cmpfloat (json_object_get_double_member (progress, "t_score"), ==, 60.0);
  g_assert_cmpfloat (json_object_get_double_member (progress, "t_score_baseline"), ==, 40.0);
  g_assert_nonnull (strstr (json_object_get_string_member (progress, "words"),
                            "Level +1 (asks twice): T-score 60"));
  cli_do (f, store, "show", "child", child, "--format", "json", NULL);
  whole = cli_json (f);
  gas = json_object_get_object_member (json_node_get_object (whole), "goal_attainment");
  g_assert_cmpint (json_object_get_int_member (gas, "targets"), ==, 1);
  g_assert_cmpfloat (json_object_get_double_member (gas, "t_score_change"), ==, 20.0);
}

static void
check_charts (CliFixture *f, const char *store, const char *target)
{
  static const struct {
    const char *file, *magic;
  } CHARTS[] = {{"chart.png", "\x89PNG"},
                {"chart.svg", "<?xml"},
                {"chart.pdf", "%PDF"},
                {"BIG.PNG", "\x89PNG"},
                {"BIG.SVG", "<?xml"},
                {"BIG.PDF", "%PDF"}};

  for (guint i = 0; i < G_N_ELEMENTS (CHARTS); i++) {
    g_autofree char *data = NULL;
    gsize length;

    cli_do (f, store, "chart", target, "--output", CHARTS[i].file, NULL);
    data = cli_read (f, CHARTS[i].file, &length);
    g_assert_cmpuint (length, >, 1000);
    g_assert_true (g_str_has_prefix (data, CHARTS[i].magic));
  }
}

static char *
write_visit (CliFixture *f, const char *store, const char *child, const char *target)
{
  g_autofree char *draft = g_strdup_printf (
      "{\"children\": [\"%s\"], \"date\": \"2026-11-17\", \"start\": \"09:15\", \"end\": "
      "\"10:40\", \"kind\": \"observation\","
      " \"present\": [\"SENCO\", \"Class teacher\"], \"purpose\": \"To see Robin in class.\","
      " \"seen\": \"Robin answered two of three questions.\\nShe looked to her talk partner "
      "first.\","
      " \"child_view\": \"I like the word mat.\", \"advice\": \"Keep the mat in view.\","
      " \"targets\": [{\"target\": \"%s\", \"rating\": 4, \"outcome\": \"on-track\", \"evidence\": "
      "\"Two full phrases.\"}],"
      " \"actions\": [{\"what\": \"Laminate the mat\", \"who\": \"TA\", \"due\": \"2026-11-24\"}],"
      " \"next_visit\": \"2 February 2027\"}",
      child,
      target);

  cli_write (f, "draft.json", draft);
  cli_do (f, store, "add", "visit", "--file", "draft.json", NULL);
  return cli_line (f);
}

/* The document without the time of its export, which stands outside the record. */
static char *
read_without_exported (CliFixture *f, const char *name)
{
  g_autofree char *text = cli_read (f, name, NULL);
  g_autoptr (GRegex) regex = g_regex_new ("<exported>[^<]*</exported>", 0, 0, NULL);

  g_assert_true (g_regex_match (regex, text, 0, NULL));
  return g_regex_replace_literal (regex, text, -1, 0, "", 0, NULL);
}

static void
check_second_store (CliFixture *f, const char *visit)
{
  g_autofree char *first = NULL, *second = NULL;

  cli_do (f, "senco.waymark", "init", "--me", "S. Enco", "--role", "senco", NULL);
  cli_do (f, "senco.waymark", "import", "visit.xml", NULL);
  cli_do (f, "senco.waymark", "export", "visit", visit, "--output", "again.xml", NULL);
  first = read_without_exported (f, "visit.xml");
  second = read_without_exported (f, "again.xml");
  g_assert_cmpstr (first, ==, second);
  cli_do (f, "senco.waymark", "import", "visit.xml", NULL);
  g_assert_nonnull (strstr (f->out, "Nothing new"));
  cli_do (f, "senco.waymark", "verify", NULL);
  cli_do (f, "senco.waymark", "search", "lamin", NULL);
  g_assert_nonnull (strstr (f->out, "Quillfeather"));
}

/* What people read is also what another Waymark imports, and the same whenever it is made. */
static void
check_pdf_carries_record (CliFixture *f, const char *visit)
{
  g_autofree char *first = NULL, *second = NULL, *pdf = NULL, *again = NULL;
  gsize size, size_again;

  cli_do (f, "office.waymark", "init", "--me", "S. Enco", "--role", "senco", NULL);
  cli_do (f, "office.waymark", "import", "visit.pdf", NULL);
  cli_do (f, "office.waymark", "export", "visit", visit, "--output", "office.xml", NULL);
  first = read_without_exported (f, "visit.xml");
  second = read_without_exported (f, "office.xml");
  g_assert_cmpstr (first, ==, second);
  cli_do (f, "office.waymark", "import", "--format", "pdf", "visit.pdf", NULL);
  g_assert_nonnull (strstr (f->out, "Nothing new"));
  g_assert_cmpint (
      cli (f, "office.waymark", "import", "--format", "pdf", "visit.xml", NULL), ==, 5);
  cli_do (f, "own.waymark", "export", "visit", visit, "--output", "AGAIN.PDF", NULL);
  pdf = cli_read (f, "visit.pdf", &size);
  again = cli_read (f, "AGAIN.PDF", &size_again);
  g_assert_cmpmem (pdf, size, again, size_again);
}

/* What leaves education leaves without the UPN: on the page it is not, and the XML stays here. */
static void
check_pdf_alone (CliFixture *f, const char *visit)
{
  const char *const list[] = {"pdfdetach", "-list", "alone.pdf", NULL};
  const char *const text[] = {"pdftotext", "-layout", "alone.pdf", "-", NULL};

  g_assert_cmpint (
      cli (f, "own.waymark", "export", "visit", visit, "--without-xml", "-o", "alone.xml", NULL),
      ==,
      2);
  cli_do (f, "own.waymark", "export", "visit", visit, "--without-xml", "-o", "alone.pdf", NULL);
  g_assert_true (cli_tool (f, list));
  g_assert_true (g_str_has_prefix (f->out, "0 embedded files"));
  g_assert_true (cli_tool (f, text));
  g_assert_nonnull (strstr (f->out, "Record of Visit"));
  g_assert_cmpint (cli (f, "office.waymark", "import", "alone.pdf", NULL), ==, 5);
}

/* A chart is a PDF too, but no record. */
static void
check_other_pdf (CliFixture *f)
{
  g_assert_cmpint (cli (f, "office.waymark", "import", "chart.pdf", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "chart.pdf:1: document: "));
}

static void
check_documents (CliFixture *f)
{
  const char *const validate[] = {
      "xmllint", "--noout", "--schema", g_getenv ("WAYMARK_XSD"), "visit.xml", NULL};
  const char *const check[] = {"qpdf", "--check", "visit.pdf", NULL};
  const char *const info[] = {"pdfinfo", "visit.pdf", NULL};
  const char *const text[] = {"pdftotext", "-layout", "visit.pdf", "-", NULL};

  g_assert_true (cli_tool (f, validate));
  g_assert_true (cli_tool (f, check));
  g_assert_true (cli_tool (f, info));
  g_assert_nonnull (strstr (f->out, "Record of Visit"));
  g_assert_true (g_regex_match_simple ("Tagged: +yes", f->out, 0, 0));
  g_assert_true (cli_tool (f, text));
  g_assert_nonnull (strstr (f->out, "Robin Quillfeather"));
  g_assert_nonnull (strstr (f->out, "Laminate the mat"));
  g_assert_cmpint (
      strstr (f->out, "Purpose") - f->out, <, strstr (f->out, "Laminate the mat") - f->out);
}

static void
check_amended (CliFixture *f, const char *visit, const char *fingerprint)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object, *before, *after;
  JsonArray *versions;

  cli_do (f, "own.waymark", "show", "visit", visit, "--format", "json", NULL);
  cli_write (f, "amended.json", f->out);
  g_assert_cmpint (
      cli (f, "own.waymark", "amend", "visit", visit, "--file", "amended.json", NULL), ==, 2);
  cli_do (f,
          "own.waymark",
          "amend",
          "visit",
          visit,
          "--reason",
          "A name was missing",
          "--file",
          "amended.json",
          NULL);
  cli_do (f, "own.waymark", "show", "visit", visit, "--format", "json", NULL);
  node = cli_json (f);
  object = json_node_get_object (node);
  versions = json_object_get_array_member (object, "versions");
  g_assert_cmpuint (json_array_get_length (versions), ==, 2);
  before = json_array_get_object_element (versions, 0);
  after = json_array_get_object_element (versions, 1);
  g_assert_cmpstr (json_object_get_string_member (before, "fingerprint"), ==, fingerprint);
  g_assert_true (json_object_get_null_member (before, "reason"));
  g_assert_cmpstr (json_object_get_string_member (after, "reason"), ==, "A name was missing");
  g_assert_cmpstr (json_object_get_string_member (object, "fingerprint"), !=, fingerprint);
  cli_do (f, "own.waymark", "export", "visit", visit, "--output", "amended.xml", NULL);
  cli_do (f, "senco.waymark", "import", "amended.xml", NULL);
  cli_do (f, "senco.waymark", "show", "visit", visit, NULL);
  g_assert_nonnull (strstr (f->out, "A name was missing"));
}

static void
test_main_job (CliFixture *f, gconstpointer data)
{
  g_autofree char *child = NULL, *target = NULL, *visit = NULL, *fingerprint = NULL;

  cli_write (f, "school.xml", CTF_HEAD PUPIL_ROBIN PUPIL_JAKUB CTF_TAIL);
  cli_do (f, "own.waymark", "init", "--me", "T. Eacher", "--role", "specialist-teacher", NULL);
  g_assert_true (g_str_has_prefix (f->out, "Recovery key: "));
  child = import_children (f, "own.waymark");
  cli_do (f, "own.waymark", "import", "school.xml", NULL);
  g_assert_nonnull (strstr (f->out, "Nothing new"));
  target = add_target (f, "own.waymark", child);
  check_progress (f, "own.waymark", target);
  check_attainment (f, "own.waymark", child);
  check_charts (f, "own.waymark", target);
  visit = write_visit (f, "own.waymark", child, target);
  g_assert_cmpint (
      cli (f, "own.waymark", "export", "visit", visit, "--output", "visit.xml", NULL), ==, 1);
  cli_do (f, "own.waymark", "sign", "visit", visit, NULL);
  fingerprint = cli_line (f);
  g_assert_cmpint (cli (f, "own.waymark", "sign", "visit", visit, NULL), ==, 1);
  cli_do (f, "own.waymark", "export", "visit", visit, "--output", "visit.xml", NULL);
  g_assert_nonnull (strstr (f->err, "no agreement"));
  cli_do (
      f, "own.waymark", "export", "visit", visit, "--output", "visit.pdf", "--to", "SENCO", NULL);
  check_documents (f);
  check_pdf_carries_record (f, visit);
  check_pdf_alone (f, visit);
  check_other_pdf (f);
  check_second_store (f, visit);
  check_amended (f, visit, fingerprint);
  cli_do (f, "own.waymark", "verify", NULL);
}

/* Nobody reads anything from the files without the passphrase. */
static void
test_nothing_in_clear (CliFixture *f, gconstpointer data)
{
  static const char *const SECRETS[] = {
      "Quillfeather", "Robin", "F886200123001", "SQLite format", "CREATE TABLE", "correct horse"};
  g_autofree char *bytes = NULL, *backup = NULL;
  gsize length;

  cli_write (f, "school.xml", CTF_HEAD PUPIL_ROBIN CTF_TAIL);
  cli_do (f, "own.waymark", "init", "--me", "T. Eacher", NULL);
  cli_do (f, "own.waymark", "import", "school.xml", NULL);
  cli_do (f, "own.waymark", "backup", "backups", NULL);
  backup = cli_line (f);
  for (guint file = 0; file < 2; file++) {
    g_clear_pointer (&bytes, g_free);
    bytes = cli_read (f, file == 0 ? "own.waymark" : backup, &length);
    for (guint i = 0; i < G_N_ELEMENTS (SECRETS); i++)
      g_assert_null (memmem (bytes, length, SECRETS[i], strlen (SECRETS[i])));
  }
  cli_do (f, backup, "list", "children", "--format", "csv", NULL);
  g_assert_nonnull (strstr (f->out, "Quillfeather"));
  g_assert_true (g_str_has_prefix (f->out, "id,surname,forename,"));
}

static void
test_caseload_round_trip (CliFixture *f, gconstpointer data)
{
  static const char *const FILES[] = {
      "children.csv", "targets.csv", "measurements.csv", "actions.csv", "enrolments.csv"};

  cli_do (f, "own.waymark", "init", NULL);
  cli_do (f, "own.waymark", "sample", "--size", "small", "--seed", "7", NULL);
  g_assert_cmpint (cli (f, "own.waymark", "sample", NULL), ==, 1);
  cli_do (f, "own.waymark", "verify", NULL);
  cli_do (f, "own.waymark", "export", "caseload", "one", NULL);
  cli_do (f, "other.waymark", "init", NULL);
  cli_do (f, "other.waymark", "import", "one", NULL);
  cli_do (f, "other.waymark", "import", "one", NULL);
  g_assert_nonnull (strstr (f->out, "Nothing new"));
  cli_do (f, "other.waymark", "export", "caseload", "two", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (FILES); i++) {
    g_autofree char *one = g_build_filename ("one", FILES[i], NULL);
    g_autofree char *two = g_build_filename ("two", FILES[i], NULL);
    g_autofree char *first = cli_read (f, one, NULL);
    g_autofree char *second = cli_read (f, two, NULL);

    g_test_message ("%s", FILES[i]);
    g_assert_cmpstr (first, ==, second);
  }
}

static void
write_flagged (CliFixture *f, const char *name, const char *day, const char *more)
{
  g_auto (GStrv) head = g_strsplit (CTF_HEAD, "2026-07-10", 2);
  g_autofree char *dated = g_strjoinv (day, head);
  g_autofree char *text =
      g_strdup_printf ("%s<Pupil>%s<Surname>Quillfeather</Surname><Forename>Robin</Forename>"
                       "<DOB>2018-03-14</DOB><BasicDetails><ServiceChild>true</ServiceChild>"
                       "</BasicDetails></Pupil>" CTF_TAIL,
                       dated,
                       more);

  cli_write (f, name, text);
}

static guint
count_flags (CliFixture *f, const char *child)
{
  g_autoptr (JsonNode) node = NULL;

  cli_do (f, "own.waymark", "show", "child", child, "--format", "json", NULL);
  node = cli_json (f);
  return json_array_get_length (
      json_object_get_array_member (json_node_get_object (node), "flags"));
}

/* A school's file says that it is so on its day, not since when: a newer file says the same. What
 * ended in between began anew. */
static void
test_flags_again (CliFixture *f, gconstpointer data)
{
  static const char *const LATER[] = {"b.xml", "c.xml", "a.xml"};
  g_autoptr (JsonNode) list = NULL;
  g_autofree char *child = NULL, *ended = NULL;

  write_flagged (f, "a.xml", "2026-03-10", "");
  write_flagged (f, "b.xml", "2026-07-10", "<UPN>F886200123001</UPN>");
  write_flagged (f, "c.xml", "2026-09-10", "<UPN>F886200123001</UPN>");
  cli_do (f, "own.waymark", "init", NULL);
  cli_do (f, "own.waymark", "import", "a.xml", "b.xml", "--dry-run", NULL);
  g_assert_nonnull (strstr (f->out, "1 child, 1 setting, 1 enrolment, 1 flag added"));
  cli_do (f, "own.waymark", "import", "a.xml", NULL);
  cli_do (f, "own.waymark", "list", "children", "--format", "json", NULL);
  list = cli_json (f);
  child = look_up (list, "surname", "Quillfeather", "id");
  for (guint i = 0; i < G_N_ELEMENTS (LATER); i++) {
    cli_do (f, "own.waymark", "import", LATER[i], NULL);
    g_assert_null (strstr (f->out, "Differs"));
    g_assert_cmpuint (count_flags (f, child), ==, 1);
  }
  cli_do (f, "own.waymark", "export", "caseload", "all", NULL);
  g_clear_pointer (&list, json_node_unref);
  {
    g_autofree char *flags = cli_read (f, "all/flags.csv", NULL);
    g_auto (GStrv) parts = g_strsplit (flags, "2026-03-10,", 2);

    ended = g_strjoinv ("2026-03-10,2026-08-01", parts);
  }
  cli_write (f, "all/flags.csv", ended);
  cli_do (f, "own.waymark", "import", "all", NULL);
  cli_do (f, "own.waymark", "import", "b.xml", NULL); /* of before it ended */
  g_assert_cmpuint (count_flags (f, child), ==, 1);
  cli_do (f, "own.waymark", "import", "c.xml", NULL);
  g_assert_cmpuint (count_flags (f, child), ==, 2);
}

/* A backup takes the place of a store; what it replaces is kept, a bad backup replaces nothing. */
static void
test_restore (CliFixture *f, gconstpointer data)
{
  g_autofree char *backup = NULL, *kept = NULL;

  cli_write (f, "school.xml", CTF_HEAD PUPIL_ROBIN CTF_TAIL);
  cli_do (f, "own.waymark", "init", NULL);
  cli_do (f, "own.waymark", "backup", "backups", NULL);
  backup = cli_line (f);
  cli_do (f, "own.waymark", "import", "school.xml", NULL);
  cli_write (f, "rubbish.waymark", "not a store");
  g_assert_cmpint (cli (f, "own.waymark", "restore", "rubbish.waymark", NULL), ==, 5);
  g_assert_cmpint (cli (f, "own.waymark", "restore", "missing.waymark", NULL), ==, 5);
  cli_do (f, "own.waymark", "list", "children", "--format", "csv", NULL);
  g_assert_nonnull (strstr (f->out, "Quillfeather"));
  cli_do (f, "own.waymark", "restore", backup, NULL);
  kept = g_strdup (strstr (f->err, "own.waymark.replaced-"));
  g_assert_nonnull (kept);
  *strstr (kept, "”") = '\0';
  cli_do (f, "own.waymark", "list", "children", "--format", "csv", NULL);
  g_assert_null (strstr (f->out, "Quillfeather"));
  cli_do (f, kept, "list", "children", "--format", "csv", NULL);
  g_assert_nonnull (strstr (f->out, "Quillfeather"));
}

/* Another program has the store open: it is not replaced, not even by a backup whose passphrase
 * does not open it. The lock is the one that SQLite takes. */
static void
test_restore_in_use (CliFixture *f, gconstpointer data)
{
  struct flock lock = {
      .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x40000000, .l_len = 512};
  g_autofree char *path = g_build_filename (f->folder, "own.waymark", NULL);
  int fd;

  cli_do (f, "own.waymark", "init", NULL);
  cli_write (f, "passphrase", "quite another passphrase\n");
  cli_do (f, "other.waymark", "init", NULL);
  fd = g_open (path, O_RDWR, 0);
  g_assert_cmpint (fcntl (fd, F_SETLK, &lock), ==, 0);
  g_assert_cmpint (cli (f, "own.waymark", "restore", "other.waymark", NULL), ==, 4);
  g_assert_null (strstr (f->err, "is kept as"));
  g_assert_true (g_close (fd, NULL));
  cli_do (f, "own.waymark", "restore", "other.waymark", NULL);
  g_assert_nonnull (strstr (f->err, "is kept as"));
}

/* Starts a call that goes on by itself: @words, then the file @argument. */
static GSubprocess *
start (CliFixture *f, const char *store, const char *words, const char *argument)
{
  g_autofree char *path = cli_path (f, store), *last = cli_path (f, argument);
  const char *const common[] = {
      g_getenv ("WAYMARK_CLI"), "--store", path, "--passphrase-file", f->passphrase_file, NULL};
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = g_strsplit (words, " ", -1), argv = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_strv_builder_addv (builder, (const char **) common);
  g_strv_builder_addv (builder, (const char **) parts);
  g_strv_builder_add (builder, last);
  argv = g_strv_builder_end (builder);
  process =
      g_subprocess_newv ((const char *const *) argv,
                         G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                         &error);
  g_assert_no_error (error);
  return process;
}

/* A program that reads a file which does not end has the store open: it is not replaced. */
static void
test_restore_beside (CliFixture *f, gconstpointer data)
{
  g_autofree char *endless = cli_path (f, "endless.json"), *backup = NULL;
  g_autoptr (GSubprocess) process = NULL;
  int fd;

  cli_do (f, "own.waymark", "init", NULL);
  cli_do (f, "own.waymark", "backup", "backups", NULL);
  backup = cli_line (f);
  g_assert_cmpint (mkfifo (endless, 0600), ==, 0);
  process = start (f, "own.waymark", "add visit --file", "endless.json");
  fd = g_open (endless, O_WRONLY, 0); /* returns once it is being read */
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (cli (f, "own.waymark", "restore", backup, NULL), ==, 4);
  g_assert_nonnull (strstr (f->err, "waymark-cli (process"));
  g_assert_null (strstr (f->err, "is kept as"));
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  g_assert_true (g_close (fd, NULL));
  cli_do (f, "own.waymark", "restore", backup, NULL);
}

/* Whether a copy of a backup lies beside the store. */
static gboolean
has_arriving (CliFixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    if (g_str_has_prefix (name, "own.waymark.restoring-"))
      return TRUE;
  }
  return FALSE;
}

/* The other way round: from when the backup is copied until it is in its place, nobody opens the
 * store and writes what would be lost. The backup's key takes seconds to derive. */
static void
test_restore_holds (CliFixture *f, gconstpointer data)
{
  static const WayVaultCost MUCH = {.memory = 256 * 1024 * 1024, .operations = 20};
  g_autofree char *path = cli_path (f, "slow.waymark");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayVault) vault = NULL;

  cli_do (f, "slow.waymark", "init", NULL);
  vault = way_vault_unlock (path, "correct horse battery staple", &error);
  g_assert_no_error (error);
  way_vault_change_passphrase (vault, "correct horse battery staple", &MUCH, &error);
  g_assert_no_error (error);
  cli_do (f, "own.waymark", "init", NULL);
  process = start (f, "own.waymark", "restore", "slow.waymark");
  for (guint i = 0; !has_arriving (f); i++) {
    g_assert_cmpuint (i, <, 6000); /* a minute */
    g_usleep (G_USEC_PER_SEC / 100);
  }
  g_assert_cmpint (cli (f, "own.waymark", "list", "children", NULL), ==, 4);
  g_assert_true (has_arriving (f));
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
  cli_do (f, "own.waymark", "list", "children", NULL);
}

/* Two schools may have one name; who is "me" stays in each store. */
static void
test_schools_and_me (CliFixture *f, gconstpointer data)
{
  cli_write (f,
             "load/settings.csv",
             "id,name,phase,urn,la,estab,district\n"
             "A,St Mary Primary School,primary,111111,886,3001,Swale\n"
             "B,St Mary Primary School,primary,222222,886,3002,Thanet\n");
  cli_do (f, "own.waymark", "init", "--me", "T. Eacher", NULL);
  cli_do (f, "own.waymark", "import", "load", NULL);
  cli_do (f, "own.waymark", "list", "settings", "--format", "csv", NULL);
  g_assert_nonnull (strstr (f->out, "111111"));
  g_assert_nonnull (strstr (f->out, "222222"));
  cli_do (f, "own.waymark", "import", "load", NULL);
  g_assert_nonnull (strstr (f->out, "Nothing new"));
  cli_do (f, "own.waymark", "export", "caseload", "one", NULL);
  cli_do (f, "other.waymark", "init", "--me", "S. Enco", "--role", "senco", NULL);
  cli_do (f, "other.waymark", "import", "one", NULL);
  cli_do (f, "other.waymark", "list", "practitioners", "--format", "csv", NULL);
  g_assert_nonnull (strstr (f->out, "T. Eacher"));
  g_assert_true (g_regex_match_simple ("S\\. Enco.*,yes", f->out, 0, 0));
  g_assert_false (g_regex_match_simple ("T\\. Eacher.*,yes", f->out, 0, 0));
}

static void
test_lists (CliFixture *f, gconstpointer data)
{
  cli_do (f, "own.waymark", "init", NULL);
  cli_do (f, "own.waymark", "lists", "export", "lists", NULL);
  cli_write (f, "more/lists.csv", "list,code,label,position\nvisit-kind,bus-ride,Bus ride,99\n");
  cli_do (f, "own.waymark", "lists", "import", "more", NULL);
  cli_do (f, "own.waymark", "lists", "export", "again", NULL);
  {
    g_autofree char *text = cli_read (f, "again/lists.csv", NULL);

    g_assert_nonnull (strstr (text, "visit-kind,bus-ride,Bus ride"));
  }
  cli_write (f, "bad/terms.csv", "year,term,start,end\n2023-24,1,2023-09-01,2023-11-20\n");
  g_assert_cmpint (cli (f, "own.waymark", "lists", "import", "bad", NULL), !=, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, CliFixture, NULL, cli_fixture_set_up, func, cli_fixture_tear_down)
  ADD ("/cli/main-job", test_main_job);
  ADD ("/cli/nothing-in-clear", test_nothing_in_clear);
  ADD ("/cli/caseload-round-trip", test_caseload_round_trip);
  ADD ("/cli/flags-again", test_flags_again);
  ADD ("/cli/restore", test_restore);
  ADD ("/cli/restore-in-use", test_restore_in_use);
  ADD ("/cli/restore-beside", test_restore_beside);
  ADD ("/cli/restore-holds", test_restore_holds);
  ADD ("/cli/schools-and-me", test_schools_and_me);
  ADD ("/cli/lists", test_lists);
  return g_test_run ();
}
