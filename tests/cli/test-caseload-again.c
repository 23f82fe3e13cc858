/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A caseload that goes out and comes back into the store it is from. */
#include "cli-driver.h"

#include <string.h>

static const char *const SEEDS[] = {"1", "2", "7", "2026"};

static void
test_same_store (CliFixture *f, gconstpointer data G_GNUC_UNUSED)
{
  cli_do (f, "a.waymark", "init", "--me", "Hannah Reid", "--role", "specialist-teacher", NULL);
  cli_do (f, "a.waymark", "sample", "--size", "small", NULL);
  cli_do (f, "a.waymark", "export", "caseload", "folder", NULL);
  cli_do (f, "a.waymark", "import", "folder", "--dry-run", NULL);
  g_assert_nonnull (strstr (f->out, "nothing new"));
  cli_do (f, "a.waymark", "import", "folder", NULL);
  g_test_message ("%s", f->out);
  g_assert_nonnull (strstr (f->out, "nothing new"));
  g_assert_null (strstr (f->out, "iffer")); /* no conflicts either */
}

static void
assert_same_folders (CliFixture *f, const char *first, const char *second)
{
  g_autofree char *path = cli_path (f, first);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  for (; (name = g_dir_read_name (dir)) != NULL; n++) {
    g_autofree char *before_name = g_build_filename (first, name, NULL);
    g_autofree char *after_name = g_build_filename (second, name, NULL);
    g_autofree char *before = cli_read (f, before_name, NULL);
    g_autofree char *after = cli_read (f, after_name, NULL);

    g_test_message ("%s", name);
    g_assert_cmpstr (after, ==, before);
  }
  g_assert_cmpuint (n, >=, 18);
}

/* Out of one store, into an empty one, and out again: the same files, byte for byte. */
static void
test_round_trip (CliFixture *f, gconstpointer data)
{
  cli_do (f, "a.waymark", "init", NULL);
  cli_do (f, "a.waymark", "sample", "--size", "small", "--seed", data, NULL);
  cli_do (f, "a.waymark", "export", "caseload", "first", NULL);
  cli_do (f, "b.waymark", "init", NULL);
  cli_do (f, "b.waymark", "import", "first", NULL);
  cli_do (f, "b.waymark", "export", "caseload", "second", NULL);
  assert_same_folders (f, "first", "second");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/cli/caseload-again/same-store",
              CliFixture,
              NULL,
              cli_fixture_set_up,
              test_same_store,
              cli_fixture_tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (SEEDS); i++) {
    g_autofree char *path = g_strconcat ("/cli/caseload-again/round-trip/", SEEDS[i], NULL);

    g_test_add (
        path, CliFixture, SEEDS[i], cli_fixture_set_up, test_round_trip, cli_fixture_tear_down);
  }
  return g_test_run ();
}
