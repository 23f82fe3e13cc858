/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the calls say: help, wrong ids and dates, versions, records of several children. */
#include "cli-driver.h"

#include <string.h>

static void
test_help (CliFixture *f, gconstpointer data)
{
  cli_do (f, "own.waymark", "--version", NULL);
  g_assert_true (g_str_has_prefix (f->out, "waymark-cli "));
  cli_do (f, "own.waymark", "add", "target", "--help", NULL);
  g_assert_nonnull (strstr (f->out, "--baseline-date YYYY-MM-DD"));
  g_assert_nonnull (strstr (f->out, "a code of the list measure"));
  g_assert_nonnull (strstr (f->out, "(needed)"));
  g_assert_nonnull (strstr (f->out, "target-state (if not given: open)"));
  g_assert_nonnull (strstr (f->out, "of an outcome"));
  g_assert_null (strstr (f->out, "The visit as JSON")); /* an option of a visit */
  cli_do (f, "own.waymark", "add", "--help", NULL);
  g_assert_nonnull (strstr (f->out, "sen-status"));
  cli_do (f, "own.waymark", "preferences", "--help", NULL);
  g_assert_nonnull (strstr (f->out, "privacy-line"));
}

/* Two children, one visit about both, signed. (transfer full): its id */
static char *
make_joint_visit (CliFixture *f)
{
  g_autofree char *visit = NULL;

  cli_write (f,
             "load/children.csv",
             "id,surname,forename,dob,setting\n"
             "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c001,Quillfeather,Robin,2016-01-01,S\n"
             "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c002,Larkspur,Wren,2016-02-01,S\n");
  cli_write (f, "load/settings.csv", "id,name,phase\nS,Marshgate Primary School,primary\n");
  cli_write (f,
             "draft.json",
             "{\"children\": [\"0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c001\", "
             "\"0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c002\"], \"date\": \"2026-11-17\", "
             "\"kind\": \"observation\", \"seen\": \"Both played in the yard.\"}");
  cli_do (f, "own.waymark", "init", "--me", "T. Eacher", NULL);
  cli_do (f, "own.waymark", "import", "load", NULL);
  cli_do (f, "own.waymark", "add", "visit", "--file", "draft.json", NULL);
  visit = cli_line (f);
  cli_do (f, "own.waymark", "sign", "visit", visit, NULL);
  return g_steal_pointer (&visit);
}

static void
test_joint_visit (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = make_joint_visit (f);

  cli_do (f, "own.waymark", "export", "visit", visit, "--output", "both.xml", NULL);
  g_assert_nonnull (strstr (f->err, "2 children: "));
  g_assert_nonnull (strstr (f->err, "(0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c002)"));
  g_assert_null (strstr (f->err, "Quillfeather")); /* messages are kept in logs */
  g_assert_nonnull (strstr (f->err, "no agreement"));
  g_assert_cmpstr (f->out, ==, "");
}

/* A file cannot be where a folder is, or in a folder that is not there; the message says so of the
 * name that was given. A table that cannot be written leaves none. */
static void
test_places (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = make_joint_visit (f);
  g_autofree char *children = cli_path (f, "out/children.csv");

  cli_write (f, "folder.xml/other", "x");
  g_assert_cmpint (
      cli (f, "own.waymark", "export", "visit", visit, "--output", "folder.xml", NULL), ==, 1);
  g_assert_nonnull (strstr (f->err, "“folder.xml” could not be written, because it is a folder"));
  g_assert_cmpint (
      cli (f, "own.waymark", "export", "visits", "--output", "no/all.xml", NULL), ==, 1);
  g_assert_nonnull (
      strstr (f->err, "“no/all.xml” could not be written, because there is no folder “no”"));
  cli_do (f, "own.waymark", "export", "visit", visit, "--output", "ONE.XML", NULL);
  g_free (cli_read (f, "ONE.XML", NULL));
  cli_write (f, "out/visits.csv/other", "x");
  g_assert_cmpint (cli (f, "own.waymark", "export", "caseload", "out", NULL), ==, 1);
  g_assert_nonnull (strstr (f->err, "visits.csv"));
  g_assert_false (g_file_test (children, G_FILE_TEST_EXISTS));
}

/* Whatever else somebody keeps in the folder stays as it is, and nothing half-made stays there. */
static void
test_others_files (CliFixture *f, gconstpointer data)
{
  g_autofree char *path = cli_path (f, "out"), *kept = NULL, *beside = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  cli_do (f, "own.waymark", "init", NULL);
  cli_write (f, "out/visits.csv.new", "mine");
  cli_write (f, "out/all.xml.new", "mine");
  cli_do (f, "own.waymark", "export", "caseload", "out", NULL);
  cli_do (f, "own.waymark", "export", "visits", "--output", "out/all.xml", NULL);
  kept = cli_read (f, "out/visits.csv.new", NULL);
  g_assert_cmpstr (kept, ==, "mine");
  beside = cli_read (f, "out/all.xml.new", NULL);
  g_assert_cmpstr (beside, ==, "mine");
  dir = g_dir_open (path, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_true (g_str_has_suffix (name, ".csv") || g_str_has_suffix (name, ".xml") ||
                   g_str_has_suffix (name, ".new"));
}

#define CHILD "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c001"

/* (transfer full) */
static char *
replace (const char *text, const char *word, const char *by)
{
  g_auto (GStrv) parts = g_strsplit (text, word, -1);

  g_assert_cmpuint (g_strv_length (parts), >, 1);
  return g_strjoinv (by, parts);
}

/* What is shown as an example is taken as it stands, ids put in. */
static void
test_draft_examples (CliFixture *f, gconstpointer data)
{
  g_autofree char *text = NULL, *with_child = NULL, *draft = NULL, *target = NULL,
                  *short_one = NULL;
  g_autoptr (GError) error = NULL;

  cli_do (f, "own.waymark", "init", "--me", "T. Eacher", NULL);
  cli_do (f, "own.waymark", "add", "visit", "--help", NULL);
  {
    const char *start = strstr (f->out, "\n{\n"), *end = strstr (f->out, "\n}\n");
    g_autofree char *example = NULL;

    g_assert_true (start != NULL && end != NULL);
    example = g_strndup (start, end + 3 - start);
    short_one = replace (example, "CHILD-ID", CHILD);
  }
  cli_write (f, "short.json", short_one);
  cli_write (
      f, "load/children.csv", "id,surname,forename,dob\n" CHILD ",Quillfeather,Robin,2016-01-01\n");
  cli_do (f, "own.waymark", "import", "load", NULL);
  cli_do (f, "own.waymark", "add", "visit", "--file", "short.json", NULL);
  cli_do (f,
          "own.waymark",
          "add",
          "target",
          "--child=" CHILD,
          "--statement=Asks for a turn",
          "--measure=count",
          NULL);
  g_assert_nonnull (strstr (f->err, "Note: --due: Due date is missing"));
  target = cli_line (f);
  g_file_get_contents (g_getenv ("WAYMARK_DRAFT"), &text, NULL, &error);
  g_assert_no_error (error);
  with_child = replace (text, "CHILD-ID", CHILD);
  draft = replace (with_child, "TARGET-ID", target);
  cli_write (f, "draft.json", draft);
  cli_do (f, "own.waymark", "add", "visit", "--file", "draft.json", NULL);
  g_free (target);
  target = cli_line (f);
  cli_do (f, "own.waymark", "sign", "visit", target, NULL);
  cli_do (f, "own.waymark", "show", "visit", target, NULL);
  g_assert_nonnull (strstr (f->out, "Mr Boateng"));
  g_assert_nonnull (strstr (f->out, "11 of 20"));
  g_assert_nonnull (strstr (f->out, "2027-01-14"));
}

/* Letters that would be boxes on the paper are told of before it is sent on. */
static void
test_missing_letters (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = NULL;

  cli_write (f,
             "load/children.csv",
             "id,surname,forename,dob\n"
             "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c001,Quillfeather,Robin,2016-01-01\n");
  cli_write (f,
             "draft.json",
             "{\"children\": [\"0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c001\"], \"date\": \"2026-11-17\", "
             "\"kind\": \"observation\", \"seen\": \"Robin wrote \u674e\u660e, then \u674e.\"}");
  cli_do (f, "own.waymark", "init", "--me", "T. Eacher", NULL);
  cli_do (f, "own.waymark", "import", "load", NULL);
  cli_do (f, "own.waymark", "add", "visit", "--file", "draft.json", NULL);
  visit = cli_line (f);
  cli_do (f, "own.waymark", "export", "visit", visit, "--output", "one.pdf", NULL);
  g_assert_nonnull (strstr (f->err, "2 characters of this record have no font on this computer"));
  g_assert_nonnull (strstr (f->err, "in the PDF: \u674e \u660e."));
}

static void
test_versions (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = make_joint_visit (f);
  g_autofree char *draft = cli_read (f, "draft.json", NULL);
  g_autofree char *first = NULL;
  g_auto (GStrv) parts = g_strsplit (draft, "Both played", 2);
  g_autofree char *amended = g_strjoinv ("All sang", parts);

  cli_write (f, "amended.json", amended);
  cli_do (f,
          "own.waymark",
          "amend",
          "visit",
          visit,
          "--reason",
          "It was singing",
          "--file",
          "amended.json",
          NULL);
  cli_do (f, "own.waymark", "show", "visit", visit, NULL);
  g_assert_nonnull (strstr (f->out, "seen: All sang in the yard."));
  g_assert_nonnull (strstr (f->out, "reason: It was singing"));
  g_assert_nonnull (strstr (f->out, "signed_by: T. Eacher"));
  cli_do (f, "own.waymark", "show", "visit", visit, "--version", "1", NULL);
  g_assert_nonnull (strstr (f->out, "seen: Both played in the yard."));
  cli_do (
      f, "own.waymark", "export", "visit", visit, "--version", "1", "--output", "first.xml", NULL);
  first = cli_read (f, "first.xml", NULL);
  g_assert_nonnull (strstr (first, "Both played"));
  g_assert_cmpint (cli (f, "own.waymark", "show", "visit", visit, "--version", "3", NULL), ==, 1);
  g_assert_cmpint (cli (f, "own.waymark", "show", "child", visit, "--version", "1", NULL), ==, 2);
}

/* A wrong id or date is named by its option, with what to do. */
static void
test_wrong_values (CliFixture *f, gconstpointer data)
{
  cli_do (f, "own.waymark", "init", NULL);
  g_assert_cmpint (cli (f,
                        "own.waymark",
                        "add",
                        "measurement",
                        "--target",
                        "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c009",
                        "--date",
                        "2026-03-09",
                        "--value",
                        "3",
                        NULL),
                   ==,
                   1);
  g_assert_nonnull (strstr (f->err, "--target: There is no target"));
  g_assert_nonnull (strstr (f->err, "list targets"));
  g_assert_null (strstr (f->err, "FOREIGN"));
  g_assert_cmpint (
      cli (f, "own.waymark", "add", "measurement", "--date", "09/03/2026", NULL), ==, 2);
  g_assert_nonnull (strstr (f->err, "Write the date as 2026-03-09"));
  g_assert_cmpint (cli (f, "own.waymark", "add", "measurement", "--date", "", NULL), ==, 2);
  g_assert_nonnull (strstr (f->err, "--date: is empty; give a day"));
  cli_write (f, "letter.waymark", "Dear Mrs Okafor");
  g_assert_cmpint (cli (f, "letter.waymark", "verify", NULL), ==, 1);
  g_assert_nonnull (strstr (f->err, "letter.waymark”: "));
  cli_write (f, "uk.json", "{\"date\": \"09/03/2026\", \"kind\": \"phone\"}");
  g_assert_cmpint (cli (f, "own.waymark", "add", "visit", "--file", "uk.json", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "uk.json: date: Write the date as 2026-03-09"));
  cli_write (f,
             "uk.json",
             "{\"date\": \"2026-03-09\", \"kind\": \"phone\", \"actions\": [{\"what\": "
             "\"Call\", \"due\": \"01/04/2026\"}]}");
  g_assert_cmpint (cli (f, "own.waymark", "add", "visit", "--file", "uk.json", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "actions[1]: due: Write the date as 2026-04-01"));
  g_assert_cmpint (cli (f, "own.waymark", "--today", "09/03/2026", "verify", NULL), ==, 2);
  g_assert_nonnull (strstr (f->err, "Write the date as 2026-03-09"));
}

/* The table for the eye: ids whole, and names where a row refers to something. */
static void
test_table (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = make_joint_visit (f);

  cli_do (f, "own.waymark", "list", "children", NULL);
  g_assert_nonnull (strstr (f->out, "Marshgate Primary School"));
  g_assert_nonnull (strstr (f->out, "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c001"));
  cli_do (f, "own.waymark", "list", "visits", NULL);
  g_assert_nonnull (strstr (f->out, visit));
  g_assert_nonnull (strstr (f->out, "Robin Quillfeather, Wren Larkspur"));
  g_assert_nonnull (strstr (f->out, "T. Eacher"));
  cli_do (f, "own.waymark", "list", "visits", "--format", "csv", NULL);
  g_assert_null (strstr (f->out, "Larkspur"));
}

/* A list is taken whole or not at all, and said only when it is in. */
static void
test_lists_refused (CliFixture *f, gconstpointer data)
{
  cli_do (f, "own.waymark", "init", NULL);
  cli_write (f, "a/lists.csv", "name,code,label\nvisit-kind,bus-ride,Bus ride\n");
  g_assert_cmpint (cli (f, "own.waymark", "lists", "import", "a", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "lists.csv:1: list: The column is missing"));
  cli_write (f, "b/lists.csv", "list,code,label\nvisit-kind,bus-ride,Bus ride\n");
  cli_write (f, "b/terms.csv", "year,term,start,end\n2023-24,1,2023-09-01,2023-11-20\n");
  g_assert_cmpint (cli (f, "own.waymark", "lists", "import", "b", NULL), ==, 5);
  g_assert_null (strstr (f->err, "changed."));
  cli_write (f, "c/other.csv", "x\n");
  g_assert_cmpint (cli (f, "own.waymark", "lists", "import", "c", NULL), ==, 5);
  cli_do (f, "own.waymark", "lists", "export", "out", NULL);
  {
    g_autofree char *text = cli_read (f, "out/lists.csv", NULL);

    g_assert_null (strstr (text, "bus-ride"));
  }
  cli_write (f, "d/lists.csv", "list,code,label\nvisit-kind,observation,Watching\n");
  cli_do (f, "own.waymark", "lists", "import", "d", NULL);
  g_assert_nonnull (strstr (f->err, "1 entry new or changed"));
  cli_do (f, "own.waymark", "lists", "export", "out", NULL);
  {
    g_autofree char *text = cli_read (f, "out/lists.csv", NULL);

    g_assert_nonnull (strstr (text, "visit-kind,observation,Watching,1,"));
  }
}

static void
test_refused_import (CliFixture *f, gconstpointer data)
{
  cli_do (f, "own.waymark", "init", NULL);
  cli_write (f, "load/children.csv", "id,surname,forename,dob\n1,Bad,Bob,2016-02-30\n");
  g_assert_cmpint (cli (f, "own.waymark", "import", "load", NULL), ==, 5);
  g_assert_null (strstr (f->out, "Nothing new"));
  g_assert_nonnull (strstr (f->err, "One row or record cannot be taken"));
}

/* Returns are counted by the table of terms: no day of it is in two, not even of one file. */
static void
test_terms_apart (CliFixture *f, gconstpointer data)
{
  static const char *const SAYS = "terms.csv:3: start: Start makes the term overlap 2030-31/1; put "
                                  "the days of one of them right";
  const char *const first = "year,term,start,end\n2030-31,1,2030-09-02,2030-10-18\n";
  g_autofree char *text = g_strconcat (first, "2030-31,2,2030-10-18,2030-12-18\n", NULL);

  cli_do (f, "own.waymark", "init", NULL);
  cli_write (f, "load/terms.csv", text);
  g_assert_cmpint (cli (f, "own.waymark", "import", "load", "--dry-run", NULL), ==, 5);
  cli_assert_says (f, SAYS);
  g_assert_cmpint (cli (f, "own.waymark", "import", "load", NULL), ==, 5);
  cli_assert_says (f, SAYS);
  cli_write (f, "load/terms.csv", first);
  cli_do (f, "own.waymark", "import", "load", NULL);
  cli_do (f, "own.waymark", "import", "load", NULL);
  cli_assert_says (f, "Nothing new");
}

/* So does a table that the file's days change: it may pass through an overlap, and not end in one.
 */
static void
test_terms_moved (CliFixture *f, gconstpointer data)
{
  static const char *const LEAVE[] = {"--take-new", "--dry-run", "--skip-bad-rows"};
  const char *const head = "year,term,start,end\n2030-31,2,2030-11-04,2030-12-18\n";
  const char *const later = "year,term,start,end\n2030-31,1,2030-09-02,2030-11-05\n";
  g_autofree char *both = g_strconcat (head, "2030-31,1,2030-09-02,2030-10-18\n", NULL);
  g_autofree char *moved = g_strconcat (later, "2030-31,2,2030-11-06,2030-12-18\n", NULL);
  g_autofree char *lists = cli_path (f, "lists"), *kept = NULL;

  cli_do (f, "own.waymark", "init", NULL);
  cli_write (f, "load/terms.csv", both);
  cli_do (f, "own.waymark", "import", "load", NULL);
  cli_write (f, "load/terms.csv", later);
  cli_do (f, "own.waymark", "import", "load", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (LEAVE); i++) {
    g_assert_cmpint (cli (f, "own.waymark", "import", "load", "--take-new", LEAVE[i], NULL), ==, 5);
    g_assert_cmpstr (f->out, ==, "");
    cli_assert_says (f, "terms.csv: Terms 2030-31/1 and 2030-31/2 overlap; put their days right");
  }
  cli_do (f, "own.waymark", "lists", "export", lists, NULL);
  kept = cli_read (f, "lists/terms.csv", NULL);
  g_assert_nonnull (strstr (kept, "2030-10-18"));
  g_assert_null (strstr (kept, "2030-11-05"));
  cli_write (f, "load/terms.csv", moved);
  cli_do (f, "own.waymark", "import", "load", "--take-new", "--dry-run", NULL);
  cli_do (f, "own.waymark", "import", "load", "--take-new", NULL);
  cli_do (f, "own.waymark", "import", "load", NULL);
  cli_assert_says (f, "Nothing new");
}

/* An empty list is said to be one; what a program reads stays what it can read. */
static void
test_empty_list (CliFixture *f, gconstpointer data)
{
  cli_do (f, "own.waymark", "init", NULL);
  cli_do (f, "own.waymark", "list", "children", NULL);
  g_assert_cmpstr (f->out, ==, "");
  cli_assert_says (f, "The list “children” is empty");
  cli_do (f, "own.waymark", "list", "visits", "--format", "json", NULL);
  g_assert_cmpstr (g_strstrip (f->out), ==, "[]");
  cli_assert_says (f, "The list “visits” is empty");
}

/* What cannot be read to its end is told once. */
static void
test_told_once (CliFixture *f, gconstpointer data)
{
  cli_do (f, "own.waymark", "init", NULL);
  cli_write (f, "load/children.csv", "id,surname,forename,dob\n1,\"Bad,Bob,2016-02-01\n");
  g_assert_cmpint (cli (f, "own.waymark", "import", "load", NULL), ==, 5);
  g_assert_cmpstr (
      f->err,
      ==,
      "children.csv:2: surname: The quotation mark is never closed; put one at the end of the "
      "cell.\nwaymark-cli: Nothing was imported; mend what is listed above, then import again.\n");
}

/* Where a call stops, the error stands alone: nothing leaves, so nothing is warned of. */
static void
test_warned_when_done (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = make_joint_visit (f);

  cli_write (f, "folder.pdf/other", "x");
  g_assert_cmpint (
      cli (f, "own.waymark", "export", "visit", visit, "--output", "folder.pdf", NULL), ==, 1);
  g_assert_null (strstr (f->err, "Warning"));
  cli_do (f, "own.waymark", "export", "visit", visit, "--output", "one.pdf", NULL);
  g_assert_nonnull (strstr (f->err, "Warning: no agreement"));
}

/* A table keeps to the terminal; what is piped stays whole. */
static void
test_width (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = make_joint_visit (f);
  g_autofree char *call =
      g_strdup_printf ("stty cols 80; '%s' --store own.waymark --passphrase-file '%s' list visits",
                       g_getenv ("WAYMARK_CLI"),
                       f->passphrase_file);
  const char *const terminal[] = {"script", "-qec", call, "/dev/null", NULL};
  g_auto (GStrv) lines = NULL;

  g_assert_true (cli_tool (f, terminal));
  g_assert_nonnull (strstr (f->out, visit));
  g_assert_nonnull (strstr (f->out, "2026-11-17"));
  g_assert_nonnull (strstr (f->out, "more columns do not fit here"));
  lines = g_strsplit (f->out, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_cmpint (g_utf8_strlen (g_strchomp (lines[i]), -1), <=, 80);
  cli_do (f, "own.waymark", "list", "visits", NULL);
  g_assert_nonnull (strstr (f->out, "seen"));
}

typedef struct {
  const char *words[6], *said;
  int exit;
} Call;

/* Each word that nothing would be done with, and each name that can't be what it shall be, is said
 * by itself. */
static void
test_names_and_words (CliFixture *f, gconstpointer data)
{
  static const Call CALLS[] = {
      {{"list", "children", "Robin"}, "list: The word “Robin” is not expected", 2},
      {{"show", "child", "1", "2"}, "show: The word “2” is not expected", 2},
      {{"sign", "visit", "1", "2"}, "sign: The word “2” is not expected", 2},
      {{"amend", "visit", "1", "2"}, "amend: The word “2” is not expected", 2},
      {{"lists", "export", "to", "here"}, "lists: The word “here” is not expected", 2},
      {{"backup", "to", "here"}, "backup: The word “here” is not expected", 2},
      {{"restore", "one", "two"}, "restore: The word “two” is not expected", 2},
      {{"restore", "."}, "restore: “.” is a folder", 2},
      {{"chart", "1", "2"}, "chart: The word “2” is not expected", 2},
      {{"export", "visits", "all"}, "export visits: The word “all” is not expected", 2},
      {{"export", "visit", "1", "2"}, "export visit: The word “2” is not expected", 2},
      {{"export", "visits", "--output=all.xml", "--child", "1"},
       "export visits: --child is for one visit",
       2},
      {{"export", "visits", "--output=all.xml", "--level", "initials"},
       "export visits: --level is for one visit",
       2},
      {{"export", "visits", "--output=all.xml", "--version", "1"},
       "export visits: --version is for one visit",
       2},
      {{"export", "caseload", "tables", "--child", "1"},
       "export caseload: --child is for one visit",
       2},
      {{"export", "caseload", "tables", "--level", "initials"},
       "export caseload: --level is for one visit",
       2},
      {{"export", "caseload", "tables", "--version", "1"},
       "export caseload: --version is for one visit",
       2},
      {{"export", "caseload", "tables", "--output", "all.xml"},
       "export caseload: --output is for visits",
       2},
      {{"add", "visit", "--file", "."}, "“.” is a folder; name a file in it", 5},
      {{"add", "visit", "--file", "none.json"}, "The file “none.json” cannot be opened", 5},
      {{"add", "visit", "--file", "/dev/zero"}, "The file “/dev/zero” is too large", 5}};

  cli_do (f, "own.waymark", "init", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (CALLS); i++) {
    const char *const *w = CALLS[i].words;

    g_assert_cmpint (cli (f, "own.waymark", w[0], w[1], w[2], w[3], w[4], NULL), ==, CALLS[i].exit);
    g_assert_nonnull (strstr (f->err, CALLS[i].said));
  }
}

/* What a value of a record is wrong for may only be known to the store, or only in the whole. */
static void
test_faults_have_places (CliFixture *f, gconstpointer data)
{
  g_autofree char *child = NULL, *target = NULL, *draft = NULL;

  cli_do (f, "own.waymark", "init", "--me", "T. Eacher", NULL);
  cli_do (f,
          "own.waymark",
          "add",
          "child",
          "--surname",
          "Okoro",
          "--forename",
          "Robin",
          "--dob",
          "2016-02-01",
          NULL);
  child = cli_line (f);
  cli_do (f,
          "own.waymark",
          "add",
          "target",
          "--child",
          child,
          "--statement",
          "Robin reads",
          "--measure",
          "count",
          NULL);
  target = cli_line (f);
  g_assert_cmpint (cli (f,
                        "own.waymark",
                        "add",
                        "measurement",
                        "--target",
                        target,
                        "--date",
                        "2011-02-01",
                        "--value",
                        "1",
                        NULL),
                   ==,
                   2);
  g_assert_nonnull (strstr (f->err, "add measurement: --date: Date is before the child was born"));
  draft = g_strdup_printf (
      "{\"child\": \"%s\", \"actions\": [{\"what\": \"a\"}, {\"who\": \"b\"}]}", child);
  cli_write (f, "draft.json", draft);
  g_assert_cmpint (cli (f, "own.waymark", "add", "visit", "--file", "draft.json", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "draft.json: actions[2]: “what” is missing or empty"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, CliFixture, NULL, cli_fixture_set_up, func, cli_fixture_tear_down)
  ADD ("/cli/help", test_help);
  ADD ("/cli/joint-visit", test_joint_visit);
  ADD ("/cli/places", test_places);
  ADD ("/cli/others-files", test_others_files);
  ADD ("/cli/draft-examples", test_draft_examples);
  ADD ("/cli/missing-letters", test_missing_letters);
  ADD ("/cli/versions", test_versions);
  ADD ("/cli/wrong-values", test_wrong_values);
  ADD ("/cli/table", test_table);
  ADD ("/cli/lists-refused", test_lists_refused);
  ADD ("/cli/refused-import", test_refused_import);
  ADD ("/cli/terms-apart", test_terms_apart);
  ADD ("/cli/terms-moved", test_terms_moved);
  ADD ("/cli/empty-list", test_empty_list);
  ADD ("/cli/told-once", test_told_once);
  ADD ("/cli/warned-when-done", test_warned_when_done);
  ADD ("/cli/width", test_width);
  ADD ("/cli/names-and-words", test_names_and_words);
  ADD ("/cli/faults-have-places", test_faults_have_places);
  return g_test_run ();
}
