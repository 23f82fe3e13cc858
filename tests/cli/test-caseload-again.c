/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A caseload that goes out and comes back into the store it is from. */
#include "cli-driver.h"

#include <string.h>

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
  return g_test_run ();
}
