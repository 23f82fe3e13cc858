/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where copies go, what comes back of them, and the key that opens them all. */
#include "cli-driver.h"

#include "way-db.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define ROBIN "4b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c001"

static void
make_store (CliFixture *f)
{
  cli_make_store (f, ROBIN ",Quillfeather,Robin,2016-01-01\n");
}

static gboolean
is_there (CliFixture *f, const char *name)
{
  g_autofree char *path = cli_path (f, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* A folder whose parent is not there was mistyped, or its disk is not connected. */
static void
test_folders (CliFixture *f, gconstpointer data)
{
  static const char *const CALLS[][3] = {{"backup", "gone/copies", NULL},
                                         {"lists", "export", "gone/copies"},
                                         {"export", "caseload", "gone/copies"}};
  static const char *const MADE[][3] = {
      {"backup", "one/", NULL}, {"lists", "export", "two"}, {"export", "caseload", "./three"}};

  make_store (f);
  for (guint i = 0; i < G_N_ELEMENTS (CALLS); i++) {
    g_test_message ("%s", CALLS[i][0]);
    g_assert_cmpint (cli (f, "own.waymark", CALLS[i][0], CALLS[i][1], CALLS[i][2], NULL), ==, 1);
    cli_assert_says (f, "The folder “gone/copies” could not be made, because there is no folder “");
    cli_assert_says (f, "/gone”; make it first, or choose another place");
    g_assert_false (is_there (f, "gone"));
    cli_do (f, "own.waymark", MADE[i][0], MADE[i][1], MADE[i][2], NULL);
  }
  g_assert_true (is_there (f, "one"));
  g_assert_true (is_there (f, "two/lists.csv"));
  g_assert_true (is_there (f, "three/children.csv"));
}

/* Where it fails, the folder that was there stays with what is in it. */
static void
test_failed_export (CliFixture *f, gconstpointer data)
{
  g_autofree char *blocked = cli_path (f, "tables/children.csv");

  make_store (f);
  cli_write (f, "tables/notes.txt", "mine");
  g_assert_cmpint (g_mkdir (blocked, 0700), ==, 0);
  g_assert_cmpint (cli (f, "own.waymark", "export", "caseload", "tables", NULL), ==, 1);
  g_assert_true (is_there (f, "tables/notes.txt"));
  g_assert_true (g_rmdir (blocked) == 0);
}

/* By name they stand as they were made, also two of one second, and in the hour of October that
 * comes twice. */
static void
test_backup_names (CliFixture *f, gconstpointer data)
{
  g_autofree char *last = NULL;

  make_store (f);
  for (guint i = 0; i < 4; i++) {
    cli_do (f, "own.waymark", "backup", "copies", NULL);
    g_assert_true (g_regex_match_simple (
        "/waymark-[0-9]{4}(-[0-9]{2}){2}-[0-9]{6}\\.[0-9]{3}Z\\.waymark\n$", f->out, 0, 0));
    g_assert_cmpint (g_strcmp0 (last, f->out), <, 0);
    g_free (last);
    last = g_strdup (f->out);
  }
}

static void
test_restored (CliFixture *f, gconstpointer data)
{
  g_autofree char *backup = NULL, *today = way_date_format (way_date_today ()), *words = NULL;

  make_store (f);
  cli_write (
      f, "draft.json", "{\"child\": \"" ROBIN "\", \"date\": \"2026-11-17\", \"kind\": \"phone\"}");
  cli_do (f, "own.waymark", "add", "visit", "--file", "draft.json", NULL);
  cli_do (f, "own.waymark", "add", "visit", "--file", "draft.json", NULL);
  cli_do (f, "own.waymark", "backup", "copies", NULL);
  backup = cli_line (f);
  cli_do (f, "own.waymark", "add", "visit", "--file", "draft.json", NULL);
  cli_do (f, "own.waymark", "restore", backup, NULL);
  words =
      g_strdup_printf ("Restored: 1 child and 2 visits; the last change in it was on %s.\n", today);
  g_assert_cmpstr (f->out, ==, words);
  /* Not a wrong passphrase: the store stays as it is. */
  g_assert_cmpint (cli (f, "own.waymark", "restore", "own.waymark", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "is the store itself; name the backup"));
  cli_do (f, "own.waymark", "verify", NULL);
}

/* The key of the last line that was printed goes into a file. */
static void
keep_key (CliFixture *f, const char *name)
{
  g_assert_true (g_str_has_prefix (f->out, "Recovery key: "));
  cli_write (f, name, f->out);
}

static int
open_with (CliFixture *f, const char *key)
{
  return cli (f, "own.waymark", "--recovery-key-file", key, "list", "children", NULL);
}

/* A disk that fills up between writing and closing: what is stored is in two files, and it says so.
 */
static void
test_log_left (CliFixture *f, gconstpointer data)
{
  g_autofree char *path = cli_path (f, "own.waymark"), *line = NULL;
  g_autoptr (GString) rows = g_string_new ("id,surname,forename,dob\n");
  GStatBuf info;

  cli_do (f, "own.waymark", "init", NULL);
  for (int i = 0; i < 60; i++)
    g_string_append_printf (rows, "%d,Sample-%d,Ann,2016-01-01\n", i, i);
  cli_write (f, "load/children.csv", rows->str);
  g_assert_no_errno (g_stat (path, &info));
  /* The shell counts in blocks of 512 bytes. The log fits, what the store grows by does not. */
  line = g_strdup_printf ("trap '' XFSZ; ulimit -f %" G_GINT64_FORMAT
                          "; '%s' --store own.waymark --passphrase-file passphrase import load",
                          (gint64) info.st_size / 512 + 1,
                          g_getenv ("WAYMARK_CLI"));
  {
    const char *const argv[] = {"sh", "-c", line, NULL};

    cli_tool (f, argv);
  }
  g_assert_cmpint (f->code, ==, 0);
  cli_assert_says (f, "own.waymark-wal");
  cli_assert_says (f, "belong together");
  cli_do (f, "own.waymark", "list", "children", NULL);
  cli_assert_says (f, "Sample-59");
  cli_do (f, "own.waymark", "verify", NULL);
  g_assert_null (strstr (f->err, "-wal"));
}

static char *
dup_preference (CliFixture *f, const char *name)
{
  g_autofree char *path = cli_path (f, "own.waymark"), *passphrase = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = NULL;

  g_assert_true (g_file_get_contents (f->passphrase_file, &passphrase, NULL, NULL));
  db = way_db_open (path, g_strchomp (passphrase), &error);
  g_assert_no_error (error);
  if (*name == '+') {
    way_db_set_preference (db, name + 1, "1", &error);
    g_assert_no_error (error);
    return NULL;
  }
  return way_db_get_preference (db, name, &error);
}

static void
test_recovery_key (CliFixture *f, gconstpointer data)
{
  g_autofree char *line = NULL, *asked = NULL;

  cli_do (f, "own.waymark", "init", "--me", "T. Eacher", NULL);
  keep_key (f, "old-key");
  dup_preference (f, "+key-not-kept");
  g_assert_cmpint (cli (f, "own.waymark", "recovery-key", NULL), ==, 2);
  cli_assert_says (f, "“recovery-key new”");
  /* What nobody could see is not set. */
  line = g_strdup_printf (
      "'%s' --store own.waymark --passphrase-file passphrase recovery-key new > /dev/full",
      g_getenv ("WAYMARK_CLI"));
  {
    const char *const argv[] = {"sh", "-c", line, NULL};

    cli_tool (f, argv);
  }
  g_assert_cmpint (f->code, ==, 1);
  cli_assert_says (f, "the old one stays good");
  g_assert_cmpint (open_with (f, "old-key"), ==, 0);
  asked = dup_preference (f, "key-not-kept");
  g_assert_cmpstr (asked, ==, "1");

  cli_do (f, "own.waymark", "recovery-key", "new", NULL);
  cli_assert_says (f, "instead of the old one");
  keep_key (f, "new-key");
  g_assert_cmpint (open_with (f, "old-key"), ==, 3);
  g_assert_cmpint (open_with (f, "new-key"), ==, 0);
  cli_do (f, "own.waymark", "list", "children", NULL); /* the passphrase is as it was */
  g_assert_null (dup_preference (f, "key-not-kept"));
}

static goffset
size_of (CliFixture *f, const char *name)
{
  g_autofree char *path = cli_path (f, name);
  GStatBuf info;

  return g_stat (path, &info) == 0 ? info.st_size : 0;
}

/* Stopped on its way, which takes long: the store is as it was, and the next one clears up. */
static void
test_stopped_sample (CliFixture *f, gconstpointer data)
{
  g_autofree char *path = cli_path (f, "own.waymark");
  const char *const argv[] = {g_getenv ("WAYMARK_CLI"),
                              "--store",
                              path,
                              "--passphrase-file",
                              f->passphrase_file,
                              "sample",
                              "--size=county",
                              NULL};
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  cli_do (f, "own.waymark", "init", NULL);
  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  while (size_of (f, "own.waymark.filling") < 4 << 20 && size_of (f, "own.waymark") < 4 << 20)
    g_usleep (1000);
  g_assert_cmpint (cli (f, "own.waymark", "list", "children", NULL), ==, 4);
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  g_assert_false (is_there (f, "own.waymark-wal"));
  cli_do (f, "own.waymark", "list", "children", "--format", "json", NULL);
  g_assert_cmpstr (f->out, ==, "[]\n");
  cli_do (f, "own.waymark", "sample", NULL);
  cli_do (f, "own.waymark", "verify", NULL);
  g_assert_false (is_there (f, "own.waymark.filling"));
  g_assert_false (is_there (f, "own.waymark.filling-wal"));
  g_assert_false (is_there (f, "own.waymark-wal"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, CliFixture, NULL, cli_fixture_set_up, func, cli_fixture_tear_down)
  ADD ("/cli/keeping/folders", test_folders);
  ADD ("/cli/keeping/failed-export", test_failed_export);
  ADD ("/cli/keeping/backup-names", test_backup_names);
  ADD ("/cli/keeping/restored", test_restored);
  ADD ("/cli/keeping/recovery-key", test_recovery_key);
  ADD ("/cli/keeping/log-left", test_log_left);
  ADD ("/cli/keeping/stopped-sample", test_stopped_sample);
  return g_test_run ();
}
