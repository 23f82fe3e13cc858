/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A child that is entered again: that is said, and both are kept. */
#include "cli-driver.h"

#include <string.h>

#define ROBIN "3b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c001"
#define UPN "A123456789012"

static int
add_child (CliFixture *f, const char *forename, const char *born, const char *upn)
{
  return cli (f,
              "own.waymark",
              "add",
              "child",
              "--surname",
              "QUILLFEATHER",
              "--forename",
              forename,
              "--dob",
              born,
              upn != NULL ? "--upn" : NULL,
              upn,
              NULL);
}

static void
test_alike (CliFixture *f, gconstpointer data)
{
  cli_make_store (f, ROBIN ",Quillfeather,Robin,2016-01-01\n");
  g_assert_cmpint (add_child (f, "Robin", "2016-01-01", NULL), ==, 0);
  cli_assert_says (f,
                   "Note: --surname: Robin Quillfeather, born on 1 Jan 2016, is in this store "
                   "already with the same name and date of birth");
  cli_assert_says (f, "“waymark-cli show child " ROBIN "”");
  cli_do (f, "own.waymark", "list", "children", "--format", "csv", NULL);
  cli_assert_says (f, ROBIN);
  cli_assert_says (f, "QUILLFEATHER");
  /* A twin, and somebody of the same name, are other children. */
  g_assert_cmpint (add_child (f, "Wren", "2016-01-01", NULL), ==, 0);
  g_assert_null (strstr (f->err, "already"));
  g_assert_cmpint (add_child (f, "Robin", "2016-01-02", NULL), ==, 0);
  g_assert_null (strstr (f->err, "already"));
}

static void
test_upn (CliFixture *f, gconstpointer data)
{
  cli_make_store (f, ROBIN ",Larkspur,Wren,2015-01-01\n");
  g_assert_cmpint (add_child (f, "Robin", "2016-01-01", UPN), ==, 0);
  g_assert_null (strstr (f->err, "already"));
  g_assert_cmpint (add_child (f, "Bobby", "2016-01-02", " a123456789012"), ==, 0);
  cli_assert_says (
      f,
      "Note: --upn: Robin QUILLFEATHER, born on 1 Jan 2016, is in this store already with the "
      "same UPN");
}

/* A school that gives a new number names the old one as well: it is the same child. */
static void
test_former_upn (CliFixture *f, gconstpointer data)
{
  cli_make_store (f, ROBIN ",Larkspur,Wren,2015-01-01\n");
  g_assert_cmpint (add_child (f, "Robin", "2016-01-01", UPN), ==, 0);
  g_assert_cmpint (cli (f,
                        "own.waymark",
                        "add",
                        "child",
                        "--surname",
                        "Larkspur",
                        "--forename",
                        "Bobby",
                        "--dob",
                        "2016-01-02",
                        "--former-upn",
                        UPN,
                        NULL),
                   ==,
                   0);
  cli_assert_says (f,
                   "Note: --former-upn: Robin QUILLFEATHER, born on 1 Jan 2016, is in this store");
  g_assert_cmpint (add_child (f, "Bob", "2016-01-03", UPN), ==, 0);
  cli_assert_says (f,
                   "Note: --upn: Bobby Larkspur, born on 2 Jan 2016, is in this store already with "
                   "this number as the former UPN");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, CliFixture, NULL, cli_fixture_set_up, func, cli_fixture_tear_down)
  ADD ("/cli/alike/name", test_alike);
  ADD ("/cli/alike/upn", test_upn);
  ADD ("/cli/alike/former-upn", test_former_upn);
  return g_test_run ();
}
