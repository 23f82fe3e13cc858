/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What opens a store, and who works with it. */
#include "cli-driver.h"

#include <glib/gstdio.h>
#include <string.h>

#define DRAFT "{\"date\": \"2026-11-17\", \"kind\": \"phone\", \"seen\": \"All was quiet.\"}"

/* The call with the recovery key alone, as of somebody who has forgotten the passphrase. */
static int
with_key (CliFixture *f, const char *first, const char *second, const char *third)
{
  const char *const words[] = {g_getenv ("WAYMARK_CLI"),
                               "--store",
                               "own.waymark",
                               "--recovery-key-file",
                               "key",
                               first,
                               second,
                               third,
                               NULL};

  cli_tool (f, words);
  return f->code;
}

static void
test_recovery_key (CliFixture *f, gconstpointer data)
{
  g_autofree char *backup = NULL;

  cli_do (f, "own.waymark", "init", NULL);
  cli_write (f, "key", f->out); /* the line as it was printed */
  cli_do (f, "own.waymark", "backup", "copies", NULL);
  backup = cli_line (f);
  cli_write (f, "passphrase", "another horse on the same battery\n");
  g_assert_cmpint (cli (f, "own.waymark", "verify", NULL), ==, 3);
  g_assert_cmpint (with_key (f, "passphrase", "--new-passphrase-file", "passphrase"), ==, 0);
  cli_do (f, "own.waymark", "verify", NULL);
  g_assert_cmpint (with_key (f, "restore", backup, NULL), ==, 0);
  g_assert_cmpint (with_key (f, "verify", NULL, NULL), ==, 0);
  g_assert_cmpint (cli (f, "own.waymark", "verify", NULL), ==, 3);
  g_remove (f->passphrase_file);
  g_assert_cmpint (cli (f, "own.waymark", "verify", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "--passphrase-file: "));
  cli_write (f, "key", "no key at all");
  g_assert_cmpint (with_key (f, "verify", NULL, NULL), ==, 3);
  g_assert_cmpint (with_key (f, "init", NULL, NULL), ==, 2);
}

/* The mark that some editors put before a text is no part of the passphrase. */
static void
test_marked_passphrase (CliFixture *f, gconstpointer data)
{
  cli_do (f, "own.waymark", "init", NULL);
  cli_write (f,
             "passphrase",
             "\xef\xbb\xbf"
             "correct horse battery staple\r\n");
  cli_do (f, "own.waymark", "verify", NULL);
}

static void
test_no_store (CliFixture *f, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL;
  gsize n_before, n_after;

  cli_do (f, "own.waymark", "init", NULL);
  before = cli_read (f, "own.waymark", &n_before);
  cli_write (f, "letter.waymark", "Dear Sir, this is a letter and no store.");
  g_assert_cmpint (cli (f, "own.waymark", "restore", "letter.waymark", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "letter.waymark"));
  g_assert_null (strstr (f->err, ".restoring"));
  after = cli_read (f, "own.waymark", &n_after);
  g_assert_cmpmem (before, n_before, after, n_after);
}

/* A store of nobody says how it comes to know somebody; the command that it names does it. */
static void
test_nobody (CliFixture *f, gconstpointer data)
{
  const char *command;

  cli_do (f, "own.waymark", "init", NULL);
  cli_write (f, "draft.json", DRAFT);
  g_assert_cmpint (cli (f, "own.waymark", "add", "visit", "--file", "draft.json", NULL), ==, 1);
  g_assert_nonnull (strstr (f->err, "does not know who you are"));
  command = "add practitioner --me yes --name 'YOUR NAME' --role specialist-teacher";
  g_assert_nonnull (strstr (f->err, command));
  cli_do (f,
          "own.waymark",
          "add",
          "practitioner",
          "--me",
          "yes",
          "--name",
          "Sana Iqbal",
          "--role",
          "specialist-teacher",
          NULL);
  g_assert_cmpint (cli (f,
                        "own.waymark",
                        "add",
                        "practitioner",
                        "--me=yes",
                        "--name=A. Nother",
                        "--role=senco",
                        NULL),
                   ==,
                   2);
  g_assert_nonnull (strstr (f->err, "that of Sana Iqbal already"));
}

static guint
count_me (CliFixture *f, const char **name)
{
  g_autoptr (JsonNode) node = NULL;
  JsonArray *people;
  guint n = 0;

  cli_do (f, "own.waymark", "list", "practitioners", "--format", "json", NULL);
  node = cli_json (f);
  people = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (people); i++) {
    JsonObject *person = json_array_get_object_element (people, i);

    if (json_object_get_null_member (person, "me") ||
        !json_object_get_boolean_member (person, "me"))
      continue;
    *name = g_intern_string (json_object_get_string_member (person, "name"));
    n++;
  }
  return n;
}

static void
test_sample_of_somebody (CliFixture *f, gconstpointer data)
{
  const char *name = NULL;

  cli_do (f, "own.waymark", "init", "--me", "Sana Iqbal", NULL);
  cli_do (f, "own.waymark", "sample", NULL);
  g_assert_cmpuint (count_me (f, &name), ==, 1);
  g_assert_cmpstr (name, ==, "Sana Iqbal");
}

/* A file that was cut off or changed, be it found at opening or by the look at every page: what
 * happened to which file, and what to do. */
static void
test_damaged (CliFixture *f, gconstpointer data)
{
  g_autofree char *whole = NULL;
  gsize length;

  cli_do (f, "own.waymark", "init", NULL);
  whole = cli_read (f, "own.waymark", &length);
  for (guint i = 0; i < 20; i++) {
    g_autofree char *bytes = g_memdup2 (whole, length), *path = cli_path (f, "bad.waymark");
    gsize size = i < 3 ? length * (i + 1) / 4 : length;

    if (i >= 3)
      bytes[length * i / 20 + 100] ^= 0x10;
    g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
    g_assert_cmpint (cli (f, "bad.waymark", "verify", NULL), ==, 1);
    g_assert_nonnull (strstr (f->err, "bad.waymark"));
    g_assert_nonnull (strstr (f->err, "is damaged"));
    g_assert_nonnull (strstr (f->err, "restore the newest backup"));
    g_assert_null (strstr (f->err, "malformed"));
    g_assert_null (strstr (f->err, "I/O"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, CliFixture, NULL, cli_fixture_set_up, func, cli_fixture_tear_down)
  ADD ("/cli/opening/recovery-key", test_recovery_key);
  ADD ("/cli/damaged-store", test_damaged);
  ADD ("/cli/opening/marked-passphrase", test_marked_passphrase);
  ADD ("/cli/opening/no-store", test_no_store);
  ADD ("/cli/opening/nobody", test_nobody);
  ADD ("/cli/opening/sample-of-somebody", test_sample_of_somebody);
  return g_test_run ();
}
