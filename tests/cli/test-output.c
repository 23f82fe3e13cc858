/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results: that they arrive, that they are UTF-8 whatever the locale, and what they say. */
#include "cli-driver.h"

#include "way-db-private.h"

#include <string.h>

#define ROBIN "1b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c001"
#define FULL_DISK "could not be written to standard output"

/* Runs the words of a call in a shell, with what is put before and after the program's name. */
static int
shell (CliFixture *f, const char *before, const char *words)
{
  g_autofree char *line = g_strdup_printf ("%s '%s' --store own.waymark --passphrase-file '%s' %s",
                                           before,
                                           g_getenv ("WAYMARK_CLI"),
                                           f->passphrase_file,
                                           words);
  const char *const argv[] = {"sh", "-c", line, NULL};

  cli_tool (f, argv);
  return f->code;
}

static void
make_store (CliFixture *f)
{
  cli_write (
      f, "load/children.csv", "id,surname,forename,dob\n" ROBIN ",Ó Dálaigh,Zoë,2016-01-01\n");
  cli_do (f, "own.waymark", "init", "--me", "T. Eacher", NULL);
  cli_do (f, "own.waymark", "import", "load", NULL);
}

/* The recovery key is shown once: a store whose key nobody has seen is none. */
static void
test_lost_key (CliFixture *f, gconstpointer data)
{
  g_autofree char *path = cli_path (f, "own.waymark");

  g_assert_cmpint (shell (f, "", "init > /dev/full"), ==, 1);
  g_assert_nonnull (strstr (f->err, "recovery key"));
  g_assert_nonnull (strstr (f->err, "no store was made"));
  g_assert_null (strstr (f->err, "Print the recovery key"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  cli_do (f, "own.waymark", "init", NULL);
}

static void
test_lost_results (CliFixture *f, gconstpointer data)
{
  static const char *const CALLS[] = {"list children > /dev/full",
                                      "list children --format json > /dev/full",
                                      "list children --format csv > /dev/full",
                                      "show child " ROBIN " > /dev/full",
                                      "add setting --name Marshgate --phase primary > /dev/full",
                                      "preferences > /dev/full",
                                      "import load --dry-run > /dev/full",
                                      "verify > /dev/full"};

  make_store (f);
  for (guint i = 0; i < G_N_ELEMENTS (CALLS); i++) {
    g_test_message ("%s", CALLS[i]);
    g_assert_cmpint (shell (f, "", CALLS[i]), ==, 1);
    g_assert_nonnull (strstr (f->err, FULL_DISK));
  }
  g_assert_cmpint (shell (f, "", "list children | head -1"), ==, 0);
}

/* Programs read these: a name is the same in every locale. */
static void
test_utf8 (CliFixture *f, gconstpointer data)
{
  static const char *const CALLS[] = {"list children",
                                      "list children --format json",
                                      "list children --format csv",
                                      "show child " ROBIN,
                                      "show child " ROBIN " --format json",
                                      "search Zoë"};

  make_store (f);
  for (guint i = 0; i < G_N_ELEMENTS (CALLS); i++) {
    g_test_message ("%s", CALLS[i]);
    g_assert_cmpint (shell (f, "env -u LANG -u LC_CTYPE LC_ALL=C", CALLS[i]), ==, 0);
    g_assert_nonnull (strstr (f->out, "Zoë"));
    g_assert_nonnull (strstr (f->out, "Ó Dálaigh"));
  }
  g_assert_cmpint (shell (f, "env -u LANG -u LC_CTYPE LC_ALL=C", "show child nobody"), !=, 0);
  g_assert_nonnull (strstr (f->err, "“nobody”"));
}

/* Of several schools that are open, the one that began last: as the window and the record say. */
static void
test_newest_school (CliFixture *f, gconstpointer data)
{
  cli_write (f, "load/settings.csv", "id,name,phase\nS,Oldham,primary\nT,Newham,primary\n");
  cli_write (f,
             "load/enrolments.csv",
             "child,setting,from,to,main\n" ROBIN ",S,2021-09-01,,yes\n" ROBIN
             ",T,2025-09-01,,yes\n");
  make_store (f);
  cli_do (f, "own.waymark", "list", "children", NULL);
  g_assert_nonnull (strstr (f->out, "Newham"));
  g_assert_null (strstr (f->out, "Oldham"));
  cli_do (f, "own.waymark", "list", "children", "--format", "csv", NULL);
  g_assert_nonnull (strstr (f->out, "2025-09-01"));
}

/* Codes that the form of a record does not know: such a record could be signed, and never leave. */
static void
test_unwritable_codes (CliFixture *f, gconstpointer data)
{
  make_store (f);
  g_assert_cmpint (cli (f,
                        "own.waymark",
                        "add",
                        "sen-status",
                        "--child=" ROBIN,
                        "--provision=S",
                        "--from=2010-09-01",
                        NULL),
                   ==,
                   2);
  g_assert_nonnull (strstr (f->err, "is not one that Waymark can write"));
  g_assert_nonnull (strstr (f->err, "N, K, E"));
  cli_write (
      f, "lists/lists.csv", "list,code,label,position\nmeasure,words-a-minute,Words a minute,10\n");
  g_assert_cmpint (cli (f, "own.waymark", "lists", "import", "lists", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "lists.csv:2: "));
  g_assert_nonnull (strstr (f->err, "is not one that Waymark can write"));
  cli_do (f, "own.waymark", "lists", "export", "again", NULL);
  cli_do (f, "own.waymark", "lists", "import", "again", NULL);
  cli_write (f, "lists/lists.csv", "list,code,label,position\nmeasure,count,How many,1\n");
  cli_do (f, "own.waymark", "lists", "import", "lists", NULL);
}

static void
test_direction (CliFixture *f, gconstpointer data)
{
  make_store (f);
  cli_do (f,
          "own.waymark",
          "add",
          "target",
          "--child=" ROBIN,
          "--statement=Robin calls out less.",
          "--measure=count",
          "--baseline=9",
          "--criterion=2",
          "--direction=up",
          NULL);
  g_assert_nonnull (
      strstr (f->err, "--direction: Direction runs against baseline and aim; check it"));
}

/* What was typed wrong is quoted, and the terminal must not obey it. */
static void
test_harmless (CliFixture *f, gconstpointer data)
{
  make_store (f);
  g_assert_cmpint (cli (f, "own.waymark", "show", "child", "\x1b[31mred", NULL), ==, 1);
  g_assert_null (strchr (f->err, '\x1b'));
  g_assert_nonnull (strstr (f->err, "[31mred"));
}

/* A preference that can't be read is no preference that is not set. */
static void
test_unread_preferences (CliFixture *f, gconstpointer data)
{
  static const char *const NAMES[] = {"service-name", "privacy-line", "logo"};
  g_autofree char *path = cli_path (f, "own.waymark"), *passphrase = NULL, *visit = NULL;
  g_autofree char *pdf = cli_path (f, "a.pdf");

  make_store (f);
  cli_write (
      f, "draft.json", "{\"child\": \"" ROBIN "\", \"date\": \"2026-11-17\", \"kind\": \"phone\"}");
  cli_do (f, "own.waymark", "add", "visit", "--file", "draft.json", NULL);
  visit = cli_line (f);
  g_assert_true (g_file_get_contents (f->passphrase_file, &passphrase, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autoptr (GError) error = NULL;
    WayDb *db = way_db_open (path, g_strchomp (passphrase), &error);
    g_autofree char *sql = g_strdup_printf (
        "%s CREATE VIEW \"preference\" AS SELECT \"name\", "
        "\"value\" FROM \"kept\" UNION ALL SELECT \"column1\", abs (-9223372036854775807 - "
        "(\"column1\" <> '')) FROM (VALUES ('%s'))",
        i == 0 ? "ALTER TABLE \"preference\" RENAME TO \"kept\";" : "DROP VIEW \"preference\";",
        NAMES[i]);

    g_assert_no_error (error);
    way_db_exec (db, sql, &error);
    g_assert_no_error (error);
    way_db_close (db);
    g_test_message ("%s", NAMES[i]);
    g_assert_cmpint (
        cli (f, "own.waymark", "export", "visit", visit, "--output", "a.pdf", NULL), ==, 1);
    g_assert_null (strstr (f->err, "overflow"));
    g_assert_false (g_file_test (pdf, G_FILE_TEST_EXISTS));
  }
}

static char *
add_target (CliFixture *f, const char *criterion)
{
  cli_do (f,
          "own.waymark",
          "add",
          "target",
          "--child",
          ROBIN,
          "--statement",
          "x",
          "--measure",
          "score",
          "--criterion",
          criterion,
          NULL);
  return cli_line (f);
}

static int
add_value (CliFixture *f, const char *target, const char *value)
{
  return cli (f, "own.waymark", "add", "measurement", "--target", target, "--value", value, NULL);
}

/* As strict as JSON itself: the reader that the program is built with takes more. */
static void
assert_json (CliFixture *f)
{
  static const char PROGRAM[] = "import json, sys\n"
                                "def refuse (name): raise ValueError (name)\n"
                                "json.loads (sys.argv[1], parse_constant=refuse)";
  g_autofree char *text = g_strdup (f->out);
  const char *const argv[] = {"python3", "-c", PROGRAM, text, NULL};
  gboolean is_json = cli_tool (f, argv);

  if (!is_json)
    g_test_message ("%s\n%s", text, f->err);
  g_assert_true (is_json);
  g_free (f->out);
  f->out = g_steal_pointer (&text);
}

/* A number that only a slip can have typed, at every door. */
static void
test_large_numbers (CliFixture *f, gconstpointer data)
{
  g_autofree char *target = NULL, *rows = NULL;

  make_store (f);
  target = add_target (f, "1000000000");
  g_assert_cmpint (add_value (f, target, "1e308"), ==, 2);
  g_assert_nonnull (strstr (f->err,
                            "add measurement: --value: Value is too large; the largest number that "
                            "can be kept is 1,000,000,000."));
  g_assert_cmpint (add_value (f, target, "-1000000001"), ==, 2);
  g_assert_cmpint (add_value (f, target, "1e9"), ==, 0);
  rows =
      g_strdup_printf ("target,date,value\n%s,2026-01-05,7\n%s,2026-01-05,1e308\n", target, target);
  cli_write (f, "more/measurements.csv", rows);
  g_assert_cmpint (cli (f, "own.waymark", "import", "more", NULL), !=, 0);
  g_assert_nonnull (strstr (f->err, "measurements.csv:3: value: "));
  g_assert_nonnull (strstr (f->err, "1,000,000,000"));
  cli_write (f,
             "draft.json",
             "{\"child\": \"" ROBIN "\", \"date\": \"2026-11-17\", \"kind\": \"phone\", "
             "\"series_number\": 1e200}");
  g_assert_cmpint (cli (f, "own.waymark", "add", "visit", "--file", "draft.json", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "series_number: "));
}

/* What an older store may hold besides. */
static void
test_odd_numbers (CliFixture *f, gconstpointer data)
{
  g_autofree char *path = cli_path (f, "own.waymark"), *passphrase = NULL, *target = NULL;
  g_autoptr (GError) error = NULL;
  WayDb *db;

  make_store (f);
  target = add_target (f, "1e-300");
  g_assert_cmpint (add_value (f, target, "0.1"), ==, 0);
  cli_do (f, "own.waymark", "show", "target", target, "--format", "json", NULL);
  assert_json (f);
  g_assert_nonnull (strstr (f->out, "\"criterion\" : 1e-300,"));
  g_assert_nonnull (strstr (f->out, "\"value\" : 0.1,"));
  g_assert_true (g_file_get_contents (f->passphrase_file, &passphrase, NULL, NULL));
  db = way_db_open (path, g_strchomp (passphrase), &error);
  g_assert_no_error (error);
  way_db_exec (db, "UPDATE \"measurement\" SET \"value\" = 9e999", &error);
  way_db_exec (db, "UPDATE \"target\" SET \"baseline\" = -9e999, \"weight\" = 1e308", &error);
  g_assert_no_error (error);
  way_db_close (db);
  cli_do (f, "own.waymark", "show", "target", target, "--format", "json", NULL);
  assert_json (f);
  g_assert_nonnull (strstr (f->out, "\"value\" : null,"));
  g_assert_nonnull (strstr (f->out, "\"weight\" : 1e+308,"));
  cli_do (f, "own.waymark", "list", "measurements", "--format", "json", NULL);
  assert_json (f);
  cli_do (f, "own.waymark", "list", "targets", "--format", "json", NULL);
  assert_json (f);
}

/* What is worked out is said as people reckon, and what was typed as it was typed. */
static void
test_worked_out (CliFixture *f, gconstpointer data)
{
  static const char *const VALUES[] = {"0.1", "0.2", "0.3", "2.125"};
  g_autofree char *target = NULL;

  make_store (f);
  cli_do (f,
          "own.waymark",
          "add",
          "target",
          "--child=" ROBIN,
          "--statement=S",
          "--measure=score",
          "--criterion=5",
          "--start=2026-09-01",
          "--due=2026-12-18",
          NULL);
  target = cli_line (f);
  for (guint i = 0; i < G_N_ELEMENTS (VALUES); i++) {
    g_autofree char *day = g_strdup_printf ("--date=2026-09-%02u", 2 + i * 3);
    g_autofree char *value = g_strconcat ("--value=", VALUES[i], NULL);

    cli_do (f, "own.waymark", "add", "measurement", "--target", target, day, value, NULL);
    if (i != 2)
      continue;
    cli_do (f, "own.waymark", "show", "target", target, NULL);
    cli_assert_says (f, "current: 0.2\n");
    cli_do (f, "own.waymark", "show", "target", target, "--format", "json", NULL);
    cli_assert_says (f, "\"current\" : 0.2,");
  }
  cli_do (f, "own.waymark", "show", "target", target, NULL);
  cli_assert_says (f, "  value: 2.125\n");
  cli_assert_says (f, "  latest: 2.125\n");
  g_assert_true (g_regex_match_simple (
      "  trend_per_week: [0-9]\\.[0-9]{1,2}\n  aim_per_week: [0-9]\\.[0-9]{1,2}\n", f->out, 0, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, CliFixture, NULL, cli_fixture_set_up, func, cli_fixture_tear_down)
  ADD ("/cli/output/lost-key", test_lost_key);
  ADD ("/cli/output/lost-results", test_lost_results);
  ADD ("/cli/output/utf8", test_utf8);
  ADD ("/cli/output/newest-school", test_newest_school);
  ADD ("/cli/output/unwritable-codes", test_unwritable_codes);
  ADD ("/cli/output/direction", test_direction);
  ADD ("/cli/output/harmless", test_harmless);
  ADD ("/cli/output/large-numbers", test_large_numbers);
  ADD ("/cli/output/odd-numbers", test_odd_numbers);
  ADD ("/cli/output/worked-out", test_worked_out);
  ADD ("/cli/output/unread-preferences", test_unread_preferences);
  return g_test_run ();
}
