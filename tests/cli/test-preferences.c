/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making a store, and what the service settles on: what the printed records carry. */
#include "cli-driver.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static void
assert_prints (CliFixture *f, const char *preference, const char *value)
{
  g_autofree char *line = NULL;

  cli_do (f, "own.waymark", "preferences", preference, NULL);
  line = cli_line (f);
  g_assert_cmpstr (line, ==, value);
}

static void
test_preferences (CliFixture *f, gconstpointer data)
{
  cli_do (f, "own.waymark", "init", NULL);
  assert_prints (f, "service-name", "");
  g_assert_nonnull (strstr (f->err, "service-name is not set"));
  assert_prints (f, "trend", "theil-sen");
  cli_do (f, "own.waymark", "preferences", "service-name", "Estuary Teaching Service", NULL);
  cli_do (f, "own.waymark", "preferences", "trend", "ols", NULL);
  cli_do (f, "own.waymark", "preferences", "about-equal-percent", "15", NULL);
  assert_prints (f, "service-name", "Estuary Teaching Service");
  assert_prints (f, "about-equal-percent", "15");
  cli_do (f, "own.waymark", "preferences", NULL);
  g_assert_nonnull (strstr (f->out, "trend: ols\n"));
  g_assert_nonnull (strstr (f->out, "logo: (not set)\n"));
  g_assert_null (strstr (f->out, "made-up"));
  g_assert_null (strstr (f->out, "defaults"));
  cli_do (f, "own.waymark", "preferences", "service-name", "", NULL);
  assert_prints (f, "service-name", "");
}

static void
test_preferences_refused (CliFixture *f, gconstpointer data)
{
  g_autofree char *film = NULL;

  cli_do (f, "own.waymark", "init", NULL);
  cli_do (f, "own.waymark", "preferences", "trend", "ols", NULL);
  g_assert_cmpint (cli (f, "own.waymark", "preferences", "trend", "straight", NULL), ==, 2);
  g_assert_nonnull (strstr (f->err, "theil-sen, ols, split-middle"));
  g_assert_cmpint (cli (f, "own.waymark", "preferences", "about-equal-percent", "90", NULL), ==, 2);
  g_assert_nonnull (strstr (f->err, "from 1 to 50"));
  g_assert_cmpint (cli (f, "own.waymark", "preferences", "colour", "red", NULL), ==, 2);
  g_assert_cmpint (cli (f, "own.waymark", "preferences", "made-up", "", NULL), ==, 2);
  g_assert_cmpint (
      cli (f, "own.waymark", "preferences", "service-name", "Two", "words", NULL), ==, 2);
  g_assert_nonnull (strstr (f->err, "quotation marks"));
  g_assert_cmpint (cli (f, "own.waymark", "preferences", "logo", "missing.png", NULL), ==, 5);
  cli_write (f, "photo.jpg", "\xff\xd8\xff\xe0 no PNG");
  g_assert_cmpint (cli (f, "own.waymark", "preferences", "logo", "photo.jpg", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "photo.jpg: logo: This is not a PNG"));
  assert_prints (f, "trend", "ols");
  cli_write (f, "film.png", "\x89PNG\r\n\x1a\n");
  film = cli_path (f, "film.png");
  g_assert_cmpint (truncate (film, G_GINT64_CONSTANT (64) << 30), ==, 0); /* 64 GB of nothing */
  g_assert_cmpint (cli (f, "own.waymark", "preferences", "logo", "film.png", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "film.png: logo: The picture is larger than 4 MB"));
  g_assert_cmpint (cli (f, "own.waymark", "preferences", "logo", "/dev/zero", NULL), ==, 5);
  g_assert_nonnull (strstr (f->err, "logo: This is no file"));
  assert_prints (f, "logo", "");
}

/* A record of the made-up service carries its name, privacy line and logo; one of a service
 * that set them itself carries those. */
static void
check_record (CliFixture *f, const char *service, const char *privacy, gboolean has_logo)
{
  const char *const text[] = {"pdftotext", "visit.pdf", "-", NULL};
  const char *const images[] = {"pdfimages", "-list", "visit.pdf", NULL};
  g_autoptr (JsonNode) node = NULL;
  const char *visit;

  cli_do (f, "own.waymark", "list", "visits", "--format", "json", NULL);
  node = cli_json (f);
  visit = json_object_get_string_member (
      json_array_get_object_element (json_node_get_array (node), 0), "id");
  cli_do (f, "own.waymark", "export", "visit", visit, "--output", "visit.pdf", NULL);
  g_assert_true (cli_tool (f, text));
  g_strdelimit (f->out, "\n", ' ');
  g_assert_nonnull (strstr (f->out, service));
  g_assert_nonnull (strstr (f->out, privacy));
  g_assert_true (cli_tool (f, images));
  g_assert_cmpint (strstr (f->out, " image ") != NULL, ==, has_logo);
}

static void
test_on_the_record (CliFixture *f, gconstpointer data)
{
  cli_do (f, "own.waymark", "init", NULL);
  cli_do (f, "own.waymark", "sample", NULL);
  check_record (f, "Estuary Specialist Teaching Service", "estuary-teaching.example", TRUE);
  cli_do (f, "own.waymark", "preferences", "service-name", "Marsh Service", NULL);
  cli_do (f, "own.waymark", "preferences", "privacy-line", "Ask the office.", NULL);
  cli_do (f, "own.waymark", "preferences", "logo", "", NULL);
  check_record (f, "Marsh Service", "Ask the office.", FALSE);
  cli_do (f, "own.waymark", "preferences", "logo", g_getenv ("WAYMARK_LOGO"), NULL);
  check_record (f, "Marsh Service", "Ask the office.", TRUE);
  assert_prints (f, "logo", "a PNG picture of 24228 bytes");
}

/* The words of the record of a visit to @child, and @second if given, are left in f->out. */
static void
print_visit (CliFixture *f, const char *child, const char *second)
{
  const char *text[] = {"pdftotext", NULL, "-", NULL};
  g_autofree char *visit = NULL, *draft = NULL, *file = NULL;

  draft = g_strdup_printf ("{\"children\": [\"%s\"%s%s%s], \"date\": \"2026-11-16\", "
                           "\"kind\": \"observation\", \"seen\": \"Reads aloud.\"}",
                           child,
                           second != NULL ? ", \"" : "",
                           second != NULL ? second : "",
                           second != NULL ? "\"" : "");
  cli_write (f, "visit.json", draft);
  cli_do (f, "own.waymark", "add", "visit", "--file", "visit.json", NULL);
  visit = cli_line (f);
  file = g_strconcat (visit, ".pdf", NULL);
  cli_do (f, "own.waymark", "export", "visit", visit, "--output", file, NULL);
  text[1] = file;
  g_assert_true (cli_tool (f, text));
  g_strdelimit (f->out, "\n", ' ');
}

/* A real child in a store that has made-up ones: neither the mark nor the service of those is on
 * the record, also not where the visit is to both. */
static void
test_made_up_beside_real (CliFixture *f, gconstpointer data)
{
  static const char MARK[] = "Made-up example", SERVICE[] = "Estuary Specialist Teaching Service";
  g_autofree char *real = NULL;
  g_autoptr (JsonNode) node = NULL;
  const char *made_up;

  cli_do (f, "own.waymark", "init", "--me", "T. Eacher", NULL);
  cli_do (f, "own.waymark", "sample", NULL);
  cli_do (f, "own.waymark", "list", "children", "--format", "json", NULL);
  node = cli_json (f);
  made_up = json_object_get_string_member (
      json_array_get_object_element (json_node_get_array (node), 0), "id");
  cli_do (f,
          "own.waymark",
          "add",
          "child",
          "--surname",
          "Quillfeather",
          "--forename",
          "Robin",
          "--dob",
          "2018-03-14",
          NULL);
  real = cli_line (f);
  print_visit (f, made_up, NULL);
  g_assert_nonnull (strstr (f->out, MARK));
  g_assert_nonnull (strstr (f->out, SERVICE));
  print_visit (f, real, NULL);
  g_assert_null (strstr (f->out, MARK));
  g_assert_null (strstr (f->out, SERVICE));
  print_visit (f, made_up, real);
  g_assert_null (strstr (f->out, MARK));
  g_assert_null (strstr (f->out, SERVICE));
}

/* A store is made whole, or nothing is made and no key is shown. */
static void
test_init_refused (CliFixture *f, gconstpointer data)
{
  g_autofree char *path = cli_path (f, "own.waymark");

  g_assert_cmpint (
      cli (f, "own.waymark", "init", "--me", "T. Eacher", "--role", "wizard", NULL), ==, 2);
  g_assert_cmpstr (f->out, ==, "");
  g_assert_nonnull (strstr (f->err, "senco"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (cli (f, "own.waymark", "init", "--me", " ", NULL), ==, 2);
  g_assert_cmpint (cli (f, "own.waymark", "init", "--role", "senco", NULL), ==, 2);
  cli_write (f, "passphrase", "\n");
  g_assert_cmpint (cli (f, "own.waymark", "init", NULL), ==, 5);
  g_remove (f->passphrase_file);
  g_assert_cmpint (cli (f, "own.waymark", "init", NULL), ==, 5);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* One newline is dropped from a passphrase's file, also that of another system, and no more. */
static void
test_passphrase_file (CliFixture *f, gconstpointer data)
{
  cli_write (f, "passphrase", "seven purple lanterns drift\r\n");
  cli_do (f, "own.waymark", "init", NULL);
  g_assert_null (strstr (f->err, "weak"));
  cli_write (f, "passphrase", "seven purple lanterns drift");
  cli_do (f, "own.waymark", "verify", NULL);
  cli_write (f, "passphrase", "seven purple lanterns drift\n\n");
  g_assert_cmpint (cli (f, "own.waymark", "verify", NULL), ==, 3);
  cli_write (f, "passphrase", "seven purple lanterns drift\r");
  g_assert_cmpint (cli (f, "own.waymark", "verify", NULL), ==, 3);
}

static void
test_weak_passphrase (CliFixture *f, gconstpointer data)
{
  cli_do (f, "own.waymark", "init", NULL);
  g_assert_null (strstr (f->err, "weak"));
  cli_write (f, "new", "password1\n");
  g_assert_cmpint (
      cli (f, "own.waymark", "passphrase", "--new-passphrase-file", "missing", NULL), !=, 0);
  cli_assert_says (f, "--new-passphrase-file: ");
  cli_do (f, "own.waymark", "passphrase", "--new-passphrase-file", "new", NULL);
  g_assert_nonnull (strstr (f->err, "this passphrase is weak"));
  g_assert_nonnull (strstr (f->err, "could guess it at once"));
  g_assert_null (strstr (f->err, "password1"));
  cli_write (f, "passphrase", "teacher99\n");
  cli_do (f, "other.waymark", "init", "--me", "T. Eacher", NULL);
  g_assert_nonnull (strstr (f->err, "this passphrase is weak"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, CliFixture, NULL, cli_fixture_set_up, func, cli_fixture_tear_down)
  ADD ("/cli/preferences", test_preferences);
  ADD ("/cli/preferences-refused", test_preferences_refused);
  ADD ("/cli/on-the-record", test_on_the_record);
  ADD ("/cli/made-up-beside-real", test_made_up_beside_real);
  ADD ("/cli/init-refused", test_init_refused);
  ADD ("/cli/passphrase-file", test_passphrase_file);
  ADD ("/cli/weak-passphrase", test_weak_passphrase);
  return g_test_run ();
}
