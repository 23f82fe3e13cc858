/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two children in one store: nothing of the one gets into the record of the other. */
#include "cli-driver.h"

#include <string.h>

#define ROBIN "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c001"
#define WREN "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c002"
#define VISIT "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c0aa"
#define ACTION "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c0b1"
#define HEAD "\"date\": \"2026-11-17\", \"kind\": \"observation\""
#define OF_ROBIN "\"children\": [\"" ROBIN "\"]"
#define OF_BOTH "\"children\": [\"" ROBIN "\", \"" WREN "\"]"

static void
make_store (CliFixture *f)
{
  cli_make_store (f, ROBIN ",Quillfeather,Robin,2016-01-01\n" WREN ",Larkspur,Wren,2016-02-01\n");
}

static char *
add_target (CliFixture *f, const char *child)
{
  cli_do (f,
          "own.waymark",
          "add",
          "target",
          "--child",
          child,
          "--statement",
          "Reads ten words",
          "--measure",
          "count",
          NULL);
  return cli_line (f);
}

static void
write_draft (CliFixture *f, const char *children, const char *members)
{
  g_autofree char *draft = g_strdup_printf ("{" HEAD ", %s, %s}", children, members);

  cli_write (f, "draft.json", draft);
}

static int
add_draft (CliFixture *f, const char *children, const char *members)
{
  write_draft (f, children, members);
  return cli (f, "own.waymark", "add", "visit", "--file", "draft.json", NULL);
}

static void
test_target (CliFixture *f, gconstpointer data)
{
  g_autofree char *target = NULL, *members = NULL;

  make_store (f);
  target = add_target (f, WREN);
  members = g_strdup_printf ("\"targets\": [{\"target\": \"%s\", \"rating\": 3}]", target);
  g_assert_cmpint (add_draft (f, OF_ROBIN, members), ==, 5);
  cli_assert_says (f,
                   "draft.json: targets[1]: target: “Reads ten words” is another child's; name the "
                   "child in “children”, or leave it out");
  cli_do (f, "own.waymark", "list", "visits", NULL);
  g_assert_null (strstr (f->out, "2026-11-17"));
  g_assert_cmpint (add_draft (f, OF_BOTH, members), ==, 0);
}

static void
test_parts (CliFixture *f, gconstpointer data)
{
  make_store (f);
  g_assert_cmpint (
      add_draft (f,
                 OF_ROBIN,
                 "\"actions\": [{\"what\": \"a\"}, {\"what\": \"b\", \"child\": \"" WREN "\"}]"),
      ==,
      5);
  cli_assert_says (f, "draft.json: actions[2]: child: “b” is another child's");
  g_assert_cmpint (
      add_draft (f,
                 OF_ROBIN,
                 "\"views\": [{\"whose\": \"child\", \"text\": \"I like it\", \"child\": \"" WREN
                 "\"}]"),
      ==,
      5);
  cli_assert_says (f, "draft.json: views[1]: child: “I like it” is another child's");
  g_assert_cmpint (add_draft (f,
                              OF_ROBIN,
                              "\"assessments\": [{\"name\": \"Spelling\", \"date\": "
                              "\"2026-11-17\", \"child\": \"" WREN "\"}]"),
                   ==,
                   5);
  cli_assert_says (f, "draft.json: assessments[1]: child: “Spelling” is another child's");
}

/* An action of another child, and one that an earlier visit agreed for all its own children. */
static void
test_followed_up (CliFixture *f, gconstpointer data)
{
  static const char OF_ALL[] = "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c0b2";
  g_autofree char *own =
      g_strdup_printf ("\"actions\": [{\"id\": \"%s\", \"what\": \"Move the seat\"}]", ACTION);
  g_autofree char *shared =
      g_strdup_printf ("\"actions\": [{\"id\": \"%s\", \"what\": \"Dim the lights\"}]", OF_ALL);
  g_autofree char *follow_own =
      g_strdup_printf ("\"followed_up\": [{\"action\": \"%s\", \"effect\": \"done\"}]", ACTION);
  g_autofree char *follow_shared =
      g_strdup_printf ("\"followed_up\": [{\"action\": \"%s\", \"effect\": \"done\"}]", OF_ALL);

  make_store (f);
  g_assert_cmpint (add_draft (f, "\"children\": [\"" WREN "\"]", own), ==, 0);
  g_assert_cmpint (add_draft (f, OF_ROBIN, follow_own), ==, 5);
  cli_assert_says (f, "draft.json: followed_up[1]: action: “Move the seat” is another child's");
  g_assert_cmpint (add_draft (f, OF_BOTH, shared), ==, 0);
  g_assert_cmpint (add_draft (f, OF_ROBIN, follow_shared), ==, 0);
}

static void
test_shared_by_others (CliFixture *f, gconstpointer data)
{
  g_autofree char *third = NULL, *children = NULL;

  make_store (f);
  cli_do (f,
          "own.waymark",
          "add",
          "child",
          "--forename",
          "Lark",
          "--surname",
          "Third",
          "--dob",
          "2016-03-01",
          NULL);
  third = cli_line (f);
  children = g_strdup_printf ("\"children\": [\"%s\"]", third);
  g_assert_cmpint (add_draft (f,
                              OF_BOTH,
                              "\"actions\": [{\"id\": \"" ACTION "\", \"what\": \"Dim the "
                              "lights\"}]"),
                   ==,
                   0);
  g_assert_cmpint (
      add_draft (f, children, "\"followed_up\": [{\"action\": \"" ACTION "\"}]"), ==, 5);
  cli_assert_says (f, "followed_up[1]: action: “Dim the lights” is another child's");
}

static void
test_twice (CliFixture *f, gconstpointer data)
{
  make_store (f);
  g_assert_cmpint (
      add_draft (f, "\"children\": [\"" ROBIN "\", \"" ROBIN "\"]", "\"seen\": \"x\""), ==, 5);
  cli_assert_says (f,
                   "draft.json: children[2]: The same child is named twice; name each child once");
}

/* A child is taken out of a joint visit, and what was agreed for it stays. */
static void
test_amended_out (CliFixture *f, gconstpointer data)
{
  static const char ACTIONS[] =
      "\"id\": \"" VISIT "\", \"actions\": [{\"what\": \"Move the seat\", "
      "\"child\": \"" WREN "\"}]";

  make_store (f);
  g_assert_cmpint (add_draft (f, OF_BOTH, ACTIONS), ==, 0);
  cli_do (f, "own.waymark", "sign", "visit", VISIT, NULL);
  write_draft (f, OF_ROBIN, ACTIONS);
  g_assert_cmpint (cli (f,
                        "own.waymark",
                        "amend",
                        "visit",
                        VISIT,
                        "--reason",
                        "Wrong child",
                        "--file",
                        "draft.json",
                        NULL),
                   ==,
                   5);
  cli_assert_says (f, "draft.json: actions[1]: child: “Move the seat” is another child's");
  cli_do (f, "own.waymark", "show", "visit", VISIT, "--format", "json", NULL);
  g_assert_nonnull (strstr (f->out, WREN));
}

/* A target beside a case, an outcome and a target that are Wren's. */
static void
test_references (CliFixture *f, gconstpointer data)
{
  g_autofree char *target = NULL, *other = NULL;

  make_store (f);
  target = add_target (f, WREN);
  cli_do (f, "own.waymark", "add", "case", "--child", WREN, NULL);
  other = cli_line (f);
  g_assert_cmpint (cli (f,
                        "own.waymark",
                        "add",
                        "target",
                        "--child",
                        ROBIN,
                        "--statement",
                        "x",
                        "--measure",
                        "count",
                        "--case",
                        other,
                        NULL),
                   ==,
                   2);
  cli_assert_says (f,
                   "--case: Case is of another child; name one of the same child, or leave it out");
  g_assert_cmpint (cli (f,
                        "own.waymark",
                        "add",
                        "target",
                        "--child",
                        ROBIN,
                        "--statement",
                        "x",
                        "--measure",
                        "count",
                        "--replaces",
                        target,
                        NULL),
                   ==,
                   2);
  cli_assert_says (f, "--replaces: ");
  cli_do (f,
          "own.waymark",
          "add",
          "target",
          "--child",
          WREN,
          "--statement",
          "x",
          "--measure",
          "count",
          "--replaces",
          target,
          "--case",
          other,
          NULL);
}

/* A child has one open case at a time: one that is opened beside another is refused, in words. */
static void
test_second_case (CliFixture *f, gconstpointer data)
{
  make_store (f);
  cli_do (f, "own.waymark", "add", "case", "--child", WREN, "--opened", "2025-09-01", NULL);
  g_assert_cmpint (
      cli (f, "own.waymark", "add", "case", "--child", WREN, "--opened", "2025-10-01", NULL),
      ==,
      2);
  cli_assert_says (f, "is on a day when another case of the child is open");
  cli_do (f, "own.waymark", "add", "case", "--child", ROBIN, "--opened", "2025-10-01", NULL);
}

/* A long-term outcome that is Wren's, under a target of Robin's. */
static void
test_outcome (CliFixture *f, gconstpointer data)
{
  g_autofree char *outcome = NULL;

  make_store (f);
  cli_do (f,
          "own.waymark",
          "add",
          "outcome",
          "--child",
          WREN,
          "--outcome",
          "voice",
          "--statement",
          "Tells a friend what she needs",
          NULL);
  outcome = cli_line (f);
  g_assert_cmpint (cli (f,
                        "own.waymark",
                        "add",
                        "target",
                        "--child",
                        ROBIN,
                        "--statement",
                        "x",
                        "--measure",
                        "count",
                        "--long-term",
                        outcome,
                        NULL),
                   ==,
                   2);
  cli_assert_says (
      f,
      "--long-term: Long-term outcome is of another child; name one of the same child, or "
      "leave it out");
  cli_do (f, "own.waymark", "list", "targets", NULL);
  g_assert_null (strstr (f->out, ",x,"));
}

static int
add_action (CliFixture *f, const char *child)
{
  return cli (f,
              "own.waymark",
              "add",
              "action",
              "--visit",
              VISIT,
              "--child",
              child,
              "--what",
              "Move the seat",
              NULL);
}

/* Nobody has to wait for the signing to hear that the visit was Robin's alone. */
static void
test_action (CliFixture *f, gconstpointer data)
{
  make_store (f);
  g_assert_cmpint (add_draft (f, OF_ROBIN, "\"id\": \"" VISIT "\""), ==, 0);
  g_assert_cmpint (add_action (f, WREN), ==, 2);
  cli_assert_says (
      f,
      "add action: --visit: The visit on 17 Nov 2026 does not concern this child; name a "
      "visit of the same child, or leave it out");
  g_assert_cmpint (add_action (f, ROBIN), ==, 0);
  cli_do (f, "own.waymark", "add", "action", "--visit", VISIT, "--what", "Dim the lights", NULL);
  cli_do (f, "own.waymark", "sign", "visit", VISIT, NULL);
}

/* The same of a review, which says whose it is. */
static void
test_action_of_review (CliFixture *f, gconstpointer data)
{
  g_autofree char *review = NULL;

  make_store (f);
  g_assert_cmpint (add_draft (f, OF_ROBIN, "\"id\": \"" VISIT "\""), ==, 0);
  cli_do (f, "own.waymark", "add", "review", "--child", WREN, "--date", "2026-11-17", NULL);
  review = cli_line (f);
  g_assert_cmpint (cli (f,
                        "own.waymark",
                        "add",
                        "action",
                        "--visit",
                        VISIT,
                        "--review",
                        review,
                        "--what",
                        "x",
                        NULL),
                   ==,
                   2);
  cli_assert_says (f, "--visit: The visit on 17 Nov 2026 does not concern this child");
}

#define VISITS_HEAD "id,children,date,kind\n" VISIT "," ROBIN ",2026-11-17,observation\n"

/* In tables the same, whether the visit is in the store already or in a row before. */
static void
test_action_rows (CliFixture *f, gconstpointer data)
{
  const char *const dry = GPOINTER_TO_INT (data) ? "--dry-run" : NULL;

  make_store (f);
  cli_write (f, "more/visits.csv", VISITS_HEAD);
  cli_write (
      f, "more/actions.csv", "child,visit,what\n" ROBIN "," VISIT ",a\n" WREN "," VISIT ",b\n");
  g_assert_cmpint (cli (f, "own.waymark", "import", "more", dry, NULL), !=, 0);
  cli_assert_says (f, "actions.csv:3: ");
  cli_assert_says (f, "Visit does not concern this child; name a visit of the same child");
  g_assert_null (strstr (f->err, "actions.csv:2"));
  cli_write (f, "more/actions.csv", "child,visit,what\n" ROBIN "," VISIT ",a\n");
  cli_do (f, "own.waymark", "import", "more", NULL);
  cli_write (f, "later/actions.csv", "child,visit,what\n" WREN "," VISIT ",b\n");
  g_assert_cmpint (cli (f, "own.waymark", "import", "later", dry, NULL), !=, 0);
  cli_assert_says (f, "actions.csv:2: ");
}

/* What was rated or tested at the visit is of a child of the visit as well. */
static void
test_visit_rows (CliFixture *f, gconstpointer data)
{
  const char *const dry = GPOINTER_TO_INT (data) ? "--dry-run" : NULL;

  make_store (f);
  cli_write (f, "more/visits.csv", VISITS_HEAD);
  cli_write (f,
             "more/targets.csv",
             "id,child,statement,measure,start,state\nt1," ROBIN
             ",S,count,2026-09-01,open\nt2," WREN ",T,count,2026-09-01,open\n");
  cli_write (f, "more/visit_targets.csv", "visit,target,rating\n" VISIT ",t1,1\n" VISIT ",t2,2\n");
  cli_write (f,
             "more/assessments.csv",
             "id,child,visit,name,date\n1," WREN "," VISIT ",Spelling,2026-11-17\n");
  g_assert_cmpint (cli (f, "own.waymark", "import", "more", dry, NULL), !=, 0);
  cli_assert_says (f, "visit_targets.csv:3: ");
  g_assert_null (strstr (f->err, "visit_targets.csv:2"));
  cli_assert_says (f, "assessments.csv:2: ");
}

/* In a table too, at its row. */
static void
test_rows (CliFixture *f, gconstpointer data)
{
  const char *const dry = GPOINTER_TO_INT (data) ? "--dry-run" : NULL;

  make_store (f);
  cli_write (f, "more/cases.csv", "id,child,opened\n" ACTION "," WREN ",2025-09-01\n");
  cli_write (f,
             "more/targets.csv",
             "id,child,case,statement,measure,start,state,replaces\n" VISIT "," ROBIN "," ACTION
             ",a,count,2025-09-02,open,\n");
  g_assert_cmpint (cli (f, "own.waymark", "import", "more", dry, NULL), !=, 0);
  cli_assert_says (f, "targets.csv:2: ");
  cli_assert_says (f, "is of another child");
}

#define TARGETS_HEAD "id,child,statement,measure,start,state,replaces\n"
#define LATER_ROW VISIT "," ROBIN ",a,count,2025-09-02,open," ACTION "\n"
#define OLD_ROW ACTION "," WREN ",b,count,2025-09-02,open,\n"

/* The target is taken without the one of another child that it replaces, above or below it. */
static void
check_replaced (CliFixture *f, const char *rows, const char *line, const char *dry)
{
  make_store (f);
  cli_write (f, "more/targets.csv", rows);
  g_assert_cmpint (cli (f, "own.waymark", "import", "more", dry, NULL), ==, 0);
  cli_assert_says (f, line);
  cli_assert_says (
      f, "names a target of another child as the one it replaces; that reference is left out");
  g_assert_nonnull (strstr (f->out, "2 targets added"));
  if (dry != NULL)
    return;
  cli_do (f, "own.waymark", "show", "target", VISIT, "--format", "json", NULL);
  g_assert_null (strstr (f->out, ACTION));
}

static void
test_replaced_above (CliFixture *f, gconstpointer data)
{
  check_replaced (f,
                  TARGETS_HEAD OLD_ROW LATER_ROW,
                  "targets.csv:3: ",
                  GPOINTER_TO_INT (data) ? "--dry-run" : NULL);
}

static void
test_replaced_below (CliFixture *f, gconstpointer data)
{
  check_replaced (f,
                  TARGETS_HEAD LATER_ROW OLD_ROW,
                  "targets.csv:2: ",
                  GPOINTER_TO_INT (data) ? "--dry-run" : NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, CliFixture, NULL, cli_fixture_set_up, func, cli_fixture_tear_down)
  ADD ("/cli/whose/target", test_target);
  ADD ("/cli/whose/parts", test_parts);
  ADD ("/cli/whose/followed-up", test_followed_up);
  ADD ("/cli/whose/shared-by-others", test_shared_by_others);
  ADD ("/cli/whose/twice", test_twice);
  ADD ("/cli/whose/amended-out", test_amended_out);
  ADD ("/cli/whose/references", test_references);
  ADD ("/cli/whose/second-case", test_second_case);
  ADD ("/cli/whose/outcome", test_outcome);
  ADD ("/cli/whose/action", test_action);
  ADD ("/cli/whose/action-of-review", test_action_of_review);
  ADD ("/cli/whose/action-rows", test_action_rows);
  g_test_add ("/cli/whose/action-rows-in-dry-run",
              CliFixture,
              GINT_TO_POINTER (TRUE),
              cli_fixture_set_up,
              test_action_rows,
              cli_fixture_tear_down);
  ADD ("/cli/whose/visit-rows", test_visit_rows);
  g_test_add ("/cli/whose/visit-rows-in-dry-run",
              CliFixture,
              GINT_TO_POINTER (TRUE),
              cli_fixture_set_up,
              test_visit_rows,
              cli_fixture_tear_down);
  ADD ("/cli/whose/rows", test_rows);
  g_test_add ("/cli/whose/rows-in-dry-run",
              CliFixture,
              GINT_TO_POINTER (TRUE),
              cli_fixture_set_up,
              test_rows,
              cli_fixture_tear_down);
  ADD ("/cli/whose/replaced-above", test_replaced_above);
  ADD ("/cli/whose/replaced-below", test_replaced_below);
  g_test_add ("/cli/whose/replaced-above-in-dry-run",
              CliFixture,
              GINT_TO_POINTER (TRUE),
              cli_fixture_set_up,
              test_replaced_above,
              cli_fixture_tear_down);
  g_test_add ("/cli/whose/replaced-below-in-dry-run",
              CliFixture,
              GINT_TO_POINTER (TRUE),
              cli_fixture_set_up,
              test_replaced_below,
              cli_fixture_tear_down);
  return g_test_run ();
}
