/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days that can't be: a slip in the year is heard at once, and what is merely long ago is taken. */
#include "cli-driver.h"

#include <string.h>

#define ROBIN "2b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c001"
#define TARGET "2b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c011"
#define BEFORE_1900 "is before 1900; check the year"
#define UNBORN "is before the child was born; check the day and the date of birth"
#define TOO_FAR "is more than a year ahead, too far for a plan; check the year"
#define BEYOND "is further ahead than an EHC plan can run; check the year"

static void
make_store (CliFixture *f)
{
  cli_make_store (f, ROBIN ",Quillfeather,Robin,2010-01-01\n");
  cli_write (f,
             "more/targets.csv",
             "id,child,statement,measure,start,due,state\n" TARGET "," ROBIN
             ",Reads ten words,count,2014-09-01,2014-12-01,closed\n");
  cli_do (f, "own.waymark", "import", "more", NULL);
}

static const struct {
  const char *type;
  const char *option;
  const char *day;
  const char *words; /* NULL: it is taken */
} DAYS[] = {
    {"phase", "--date", "1016-01-05", "--date: Date " BEFORE_1900},
    {"phase", "--date", "2009-12-31", "--date: Date " UNBORN},
    {"phase", "--date", "2126-01-05", "--date: Date " TOO_FAR},
    {"phase", "--date", "2014-10-01", NULL},
    {"measurement", "--date", "0216-01-05", "--date: Date " BEFORE_1900},
    {"measurement", "--date", "2009-12-31", "--date: Date " UNBORN},
    {"measurement", "--date", "2015-06-01", NULL}, /* after the target was due */
    {"target", "--start", "1026-11-17", "--start: Start " BEFORE_1900},
    {"target", "--start", "2009-12-31", "--start: Start " UNBORN},
    {"target", "--start", "2926-11-17", "--start: Start " TOO_FAR},
    {"target", "--baseline-date", "2009-12-31", "--baseline-date: Baseline date " UNBORN},
    {"target", "--due", "2126-11-17", "--due: Due date " BEYOND},
    {"target", "--start", "2012-11-17", NULL},
    {"target", "--due", "2031-07-01", NULL},
    {"action", "--due", "1026-11-17", "--due: Due date " BEFORE_1900},
    {"action", "--due", "2009-12-31", "--due: Due date " UNBORN},
    {"action", "--due", "2926-11-17", "--due: Due date " BEYOND},
    {"action", "--due", "2028-11-17", NULL},
    {"action", "--done", "2926-11-17", "--done: Done " TOO_FAR},
};

static int
add (CliFixture *f, const char *type, const char *option, const char *day)
{
  const gboolean is_of_target = strcmp (type, "phase") == 0 || strcmp (type, "measurement") == 0;
  const char *const more[][4] = {{"phase", "--label", "New class", NULL},
                                 {"measurement", "--value", "4", NULL},
                                 {"target", "--statement", "Counts to ten", NULL},
                                 {"action", "--what", "Move the seat", NULL}};

  for (guint i = 0; i < G_N_ELEMENTS (more); i++) {
    if (strcmp (more[i][0], type) == 0)
      return cli (f,
                  "own.waymark",
                  "--today",
                  "2026-11-22",
                  "add",
                  type,
                  is_of_target ? "--target" : "--child",
                  is_of_target ? TARGET : ROBIN,
                  more[i][1],
                  more[i][2],
                  option,
                  day,
                  strcmp (type, "target") == 0 ? "--measure" : NULL,
                  "count",
                  NULL);
  }
  g_assert_not_reached ();
}

static void
test_typed (CliFixture *f, gconstpointer data)
{
  make_store (f);
  for (guint i = 0; i < G_N_ELEMENTS (DAYS); i++) {
    g_test_message ("%s %s %s", DAYS[i].type, DAYS[i].option, DAYS[i].day);
    g_assert_cmpint (
        add (f, DAYS[i].type, DAYS[i].option, DAYS[i].day), ==, DAYS[i].words == NULL ? 0 : 2);
    if (DAYS[i].words != NULL)
      cli_assert_says (f, DAYS[i].words);
  }
}

/* A bad row, by its line and field; the good ones beside it come in if that is wished. */
static void
test_rows (CliFixture *f, gconstpointer data)
{
  make_store (f);
  cli_write (f,
             "later/phases.csv",
             "target,date,label\n" TARGET ",1016-01-05,a\n" TARGET ",2014-10-01,b\n" TARGET
             ",2009-12-31,c\n" TARGET ",2126-01-01,d\n");
  cli_write (f,
             "later/targets.csv",
             "id,child,statement,measure,start,due,state\nt1," ROBIN
             ",e,count,2009-12-31,2014-12-01,open\nt2," ROBIN
             ",f,count,2014-12-01,2926-12-01,open\n");
  cli_write (f,
             "later/actions.csv",
             "child,what,due,done\n" ROBIN ",g,1026-01-01,\n" ROBIN ",h,2026-01-01,2926-01-01\n");
  g_assert_cmpint (cli (f, "own.waymark", "--today", "2026-11-22", "import", "later", NULL), ==, 5);
  cli_assert_says (f, "phases.csv:2: date: ");
  cli_assert_says (f, "phases.csv:4: date: ");
  cli_assert_says (f, "phases.csv:5: date: ");
  cli_assert_says (f, "targets.csv:2: start: ");
  cli_assert_says (f, "targets.csv:3: due: ");
  cli_assert_says (f, "actions.csv:2: due: ");
  cli_assert_says (f, "actions.csv:3: done: ");
  g_assert_null (strstr (f->err, "phases.csv:3"));
  cli_do (f, "own.waymark", "--today", "2026-11-22", "import", "later", "--skip-bad-rows", NULL);
  cli_do (f, "own.waymark", "list", "phases", "--format", "csv", NULL);
  cli_assert_says (f, "2014-10-01");
  g_assert_null (strstr (f->out, "2009-12-31"));
}

/* In a visit too, before it is stored. */
static void
test_draft (CliFixture *f, gconstpointer data)
{
  make_store (f);
  cli_write (f,
             "draft.json",
             "{\"children\": [\"" ROBIN "\"], \"date\": \"2026-11-17\", \"kind\": \"phone\", "
             "\"actions\": [{\"what\": \"Move the seat\", \"due\": \"3026-11-17\"}]}");
  g_assert_cmpint (cli (f, "own.waymark", "add", "visit", "--file", "draft.json", NULL), ==, 5);
  cli_assert_says (f, BEYOND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, CliFixture, NULL, cli_fixture_set_up, func, cli_fixture_tear_down)
  ADD ("/cli/days/typed", test_typed);
  ADD ("/cli/days/rows", test_rows);
  ADD ("/cli/days/draft", test_draft);
  return g_test_run ();
}
