/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A caseload that goes out and comes back into the store it is from. */
#include "cli-driver.h"

#include <glib/gstdio.h>

#include <string.h>

static const char *const SAMPLES[][2] = {
    {"small", "1"}, {"small", "2"}, {"small", "7"}, {"small", "2026"}, {"teacher", "1"}};

static void
test_same_store (CliFixture *f, gconstpointer data G_GNUC_UNUSED)
{
  cli_do (f, "a.waymark", "init", "--me", "Hannah Reid", "--role", "specialist-teacher", NULL);
  cli_do (f, "a.waymark", "sample", "--size", "small", NULL);
  cli_do (f, "a.waymark", "export", "caseload", "folder", NULL);
  cli_do (f, "a.waymark", "import", "folder", "--dry-run", NULL);
  g_assert_nonnull (strstr (f->out, "Nothing new"));
  cli_do (f, "a.waymark", "import", "folder", NULL);
  g_test_message ("%s", f->out);
  g_assert_nonnull (strstr (f->out, "Nothing new"));
  g_assert_null (strstr (f->out, "iffer")); /* no conflicts either */
}

static guint
count_lines (CliFixture *f, const char *folder, const char *file)
{
  g_autofree char *name = g_build_filename (folder, file, NULL);
  g_autofree char *text = cli_read (f, name, NULL);
  guint n = 0;

  for (const char *at = text; *at != '\0'; at++)
    n += *at == '\n';
  return n - 1;
}

/* @but: (nullable): files that are not compared, only counted. */
static void
assert_same_folders_but (CliFixture *f,
                         const char *first,
                         const char *second,
                         const char *const *but)
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
    if (but == NULL || !g_strv_contains (but, name))
      g_assert_cmpstr (after, ==, before);
    else
      g_assert_cmpuint (count_lines (f, second, name), ==, count_lines (f, first, name));
  }
  g_assert_cmpuint (n, ==, 28);
}

static void
assert_same_folders (CliFixture *f, const char *first, const char *second)
{
  assert_same_folders_but (f, first, second, NULL);
}

/* Out of one store, into an empty one, and out again: the same files, byte for byte, but for what
 * a table can't prove: that a visit or a review was signed. */
static void
test_round_trip (CliFixture *f, gconstpointer data)
{
  static const char *const SIGNED[] = {"visits.csv", "reviews.csv", NULL};
  const char *const *sample = data;

  cli_do (f, "a.waymark", "init", NULL);
  cli_do (f, "a.waymark", "sample", "--size", sample[0], "--seed", sample[1], NULL);
  cli_do (f, "a.waymark", "export", "caseload", "first", NULL);
  g_assert_nonnull (strstr (f->err, "Not in the tables: ")); /* nobody takes it for the whole */
  cli_do (f, "b.waymark", "init", NULL);
  cli_do (f, "b.waymark", "import", "first", NULL);
  g_assert_nonnull (strstr (f->err, "signed_at: "));
  cli_do (f, "b.waymark", "export", "caseload", "second", NULL);
  assert_same_folders_but (f, "first", "second", SIGNED);
  cli_do (f, "c.waymark", "init", NULL);
  cli_do (f, "c.waymark", "import", "second", NULL);
  g_assert_null (strstr (f->err, "signed_at: "));
  cli_do (f, "c.waymark", "export", "caseload", "third", NULL);
  assert_same_folders (f, "second", "third");
}

/* What a target refers to goes out with it. */
static void
test_long_term (CliFixture *f, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *targets = NULL;

  cli_write (f, "load/children.csv", "id,surname,forename,dob\n1,Able,Ann,2015-03-04\n");
  cli_write (f, "load/outcomes.csv", "id,child,outcome,statement\n1,1,voice,Speaks for herself\n");
  cli_write (f,
             "load/targets.csv",
             "id,child,statement,measure,start,state,long_term\n"
             "1,1,Asks for help,count,2025-09-01,open,1\n");
  cli_do (f, "a.waymark", "init", NULL);
  cli_do (f, "a.waymark", "import", "load", NULL);
  cli_do (f, "a.waymark", "export", "caseload", "first", NULL);
  targets = cli_read (f, "first/targets.csv", NULL);
  g_assert_nonnull (strstr (targets, "long_term"));
  cli_do (f, "b.waymark", "init", NULL);
  cli_do (f, "b.waymark", "import", "first", NULL);
  cli_do (f, "b.waymark", "export", "caseload", "second", NULL);
  assert_same_folders (f, "first", "second");
}

/* A list that says no first day at the school finds the enrolment that the store has. */
static void
test_no_first_day (CliFixture *f, gconstpointer data G_GNUC_UNUSED)
{
  cli_write (f, "load/settings.csv", "id,name,phase\ns1,Abbey School,primary\n");
  cli_write (f,
             "load/children.csv",
             "id,surname,forename,dob,setting,setting_from\n"
             "1,Able,Ann,2017-03-04,s1,2022-09-01\n");
  cli_write (f, "list/settings.csv", "id,name,phase\ns1,Abbey School,primary\n");
  cli_write (
      f, "list/children.csv", "id,surname,forename,dob,setting\nk1,Able,Ann,2017-03-04,s1\n");
  cli_do (f, "a.waymark", "init", NULL);
  cli_do (f, "a.waymark", "import", "load", NULL);
  cli_do (f, "a.waymark", "import", "list", NULL);
  g_assert_nonnull (strstr (f->out, "Nothing new"));
  g_assert_null (strstr (f->out, "iffer"));
}

/* What two teachers wrote, each in a folder of their own that counts from 1. */
static const struct {
  const char *file, *head, *ours, *theirs;
} TWO[] = {
    {"practitioners.csv",
     "id,name,role,email",
     "1,Sue Reid,other,",
     "1,Tom Hall,other,t@h.example"},
    {"settings.csv",
     "id,name,phase,urn",
     "1,Abbey School,primary,100001",
     "1,Beck School,primary,100002"},
    {"children.csv",
     "id,surname,forename,preferred,dob,upn,setting,setting_from",
     "1,Able,Ann,,2015-03-04,F886200123001,1,2022-09-01\n2,Cole,Cat,,2015-05-05,,1,2022-09-01",
     "1,Baker,Bob,Bobby,2016-07-08,P886540222105,1,2022-09-01\n"
     "2,Dunn,Dee,,2014-01-02,,1,2022-09-01"},
    {"sen_status.csv", "child,provision,from,to", "1,K,2022-09-01,", "1,K,2022-09-01,"},
    {"needs.csv", "child,rank,type", "1,1,SLCN", "1,1,SLCN"},
    {"cases.csv", "id,child,opened", "1,1,2025-09-01", "1,1,2025-09-01"},
    {"case_status.csv", "case,from,status", "1,2025-09-01,active", "1,2025-09-01,active"},
    {"allocations.csv", "case,practitioner,from,to", "1,1,2025-09-01,", "1,1,2025-09-01,"},
    {"targets.csv",
     "id,child,case,statement,measure,start,state,replaces",
     "1,1,1,Reads words,count,2025-09-01,amended,\n2,1,1,Reads more,count,2025-10-01,open,1",
     "1,1,1,Writes words,count,2025-10-01,open,2\n2,1,1,Writes,count,2025-09-01,amended,"},
    {"measurements.csv",
     "target,date,value",
     "1,2025-09-08,3\n1,2025-09-08,3\n2,2025-10-08,5",
     "1,2025-10-08,3\n1,2025-10-08,3\n2,2025-09-08,3"},
    {"phases.csv", "target,date,label", "1,2025-09-08,Cards", "1,2025-09-08,Cards"},
    {"visits.csv",
     "id,children,setting,date,kind,practitioner,present,child_view",
     "1,1;2,1,2025-10-01,observation,1,Mrs Patel,I like it.",
     "1,1;2,1,2025-10-01,observation,1,Mrs Patel,I like it."},
    {"reviews.csv", "id,child,date,kind", "1,1,2025-11-01,termly", "1,1,2025-11-01,termly"},
    {"actions.csv", "child,visit,review,what,who", "1,1,,Make cards,Sue", "1,1,,Make cards,Sue"},
    {"review_targets.csv",
     "review,target,outcome,decision",
     "1,1,achieved,continue",
     "1,1,achieved,continue"},
};

static void
write_folder (CliFixture *f, const char *folder, gboolean is_ours)
{
  g_autofree char *path = cli_path (f, folder);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (TWO); i++) {
    g_autofree char *name = g_build_filename (folder, TWO[i].file, NULL);
    g_autofree char *text =
        g_strconcat (TWO[i].head, "\n", is_ours ? TWO[i].ours : TWO[i].theirs, "\n", NULL);

    cli_write (f, name, text);
  }
}

/* A dry run says what the import then does. */
static void
import_both_ways (CliFixture *f, const char *folder)
{
  g_autofree char *said = NULL;

  cli_do (f, "a.waymark", "import", folder, "--dry-run", NULL);
  said = g_strdup (f->out);
  g_test_message ("%s: %s", folder, said);
  cli_do (f, "a.waymark", "import", folder, NULL);
  g_test_message ("%s", f->out);
  g_assert_null (strstr (f->out, "iffer"));
  g_assert_cmpint (
      strstr (said, "Nothing new") != NULL, ==, strstr (f->out, "Nothing new") != NULL);
}

/* Each of them has its own children, and finds them again. */
static void
test_same_ids (CliFixture *f, gconstpointer first)
{
  const char *second = strcmp (first, "ours") == 0 ? "theirs" : "ours";
  g_autofree char *children = NULL, *more = NULL, *folder = NULL;

  write_folder (f, "ours", TRUE);
  write_folder (f, "theirs", FALSE);
  cli_do (f, "a.waymark", "init", NULL);
  import_both_ways (f, first);
  import_both_ways (f, second);
  g_assert_null (strstr (f->out, "Nothing new"));
  cli_do (f, "a.waymark", "export", "caseload", "before", NULL);
  for (guint i = 0; i < 4; i++) {
    import_both_ways (f, i % 2 == 0 ? first : second);
    g_assert_nonnull (strstr (f->out, "Nothing new"));
  }
  cli_do (f, "a.waymark", "export", "caseload", "after", NULL);
  assert_same_folders (f, "before", "after");
  for (guint i = 0; i < G_N_ELEMENTS (TWO); i++) {
    g_test_message ("%s", TWO[i].file);
    g_assert_cmpuint (count_lines (f, "after", TWO[i].file),
                      >=,
                      count_lines (f, "ours", TWO[i].file) +
                          count_lines (f, "theirs", TWO[i].file));
  }
  children = cli_read (f, "after/children.csv", NULL);
  g_assert_nonnull (strstr (children, "Able,Ann,,2015-03-04,,F886200123001"));
  g_assert_nonnull (strstr (children, "Baker,Bob,Bobby,2016-07-08,,P886540222105"));
  more = g_strconcat (TWO[9].head, "\n", TWO[9].theirs, "\n1,2025-10-15,9\n", NULL);
  cli_write (f, "theirs/measurements.csv", more);
  import_both_ways (f, "theirs");
  cli_do (f, "a.waymark", "export", "caseload", "last", NULL);
  g_assert_cmpuint (count_lines (f, "last", "measurements.csv"), ==, 7);
  g_assert_cmpuint (count_lines (f, "last", "targets.csv"), ==, 4);

  folder = cli_path (f, "alone");
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);

  /* Nobody can say whose target 1 is, alone. */
  cli_write (f, "alone/measurements.csv", "target,date,value\n1,2025-12-01,4\n");
  g_assert_cmpint (cli (f, "a.waymark", "import", "alone", NULL), !=, 0);
}

/* Of early years, where no child has a UPN: one left, and the list was numbered anew. */
static void
test_renumbered_twins (CliFixture *f, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = cli_path (f, "out"), *targets = NULL, *children = NULL, *tom = NULL;
  const char *line;

  cli_write (f,
             "load/children.csv",
             "id,surname,forename,dob\n3,Abbot,Zed,2022-01-01\n4,Smith,Tim,2022-02-03\n"
             "5,Smith,Tom,2022-02-03\n");
  cli_do (f, "a.waymark", "init", NULL);
  cli_do (f, "a.waymark", "import", "load", NULL);
  cli_write (f,
             "load/children.csv",
             "id,surname,forename,dob\n3,Smith,Tim,2022-02-03\n4,Smith,Tom,2022-02-03\n");
  cli_write (f,
             "load/targets.csv",
             "id,child,statement,measure,start,state\n"
             "1,4,Tom says ten words,count,2025-09-01,open\n");
  cli_do (f, "a.waymark", "import", "load", "--take-new", NULL);
  g_assert_null (strstr (f->out, "iffer"));
  g_assert_null (strstr (f->out, "twice"));
  cli_do (f, "a.waymark", "export", "caseload", path, NULL);
  children = cli_read (f, "out/children.csv", NULL);
  g_assert_cmpuint (count_lines (f, "out", "children.csv"), ==, 3);
  line = strstr (children, ",Smith,Tom,");
  g_assert_nonnull (line);
  while (line > children && line[-1] != '\n')
    line--;
  tom = g_strndup (line, strcspn (line, ","));
  targets = cli_read (f, "out/targets.csv", NULL);
  g_assert_nonnull (strstr (targets, tom));
}

/* What is to be done at a visit that is planned goes where the visit goes. */
static void
test_planned (CliFixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const STORES[] = {"b.waymark", "a.waymark"};
  g_autofree char *visits = NULL;

  cli_write (f,
             "load/children.csv",
             "id,surname,forename,dob\n0c3f7c0e-0000-4000-8000-000000000001,Quill,Robin,"
             "2016-01-01\n");
  cli_write (f,
             "plan.json",
             "{\"children\": [\"0c3f7c0e-0000-4000-8000-000000000001\"], \"date\": \"2026-12-10\","
             "\"kind\": \"assessment\", \"assessments\": [{\"child\": "
             "\"0c3f7c0e-0000-4000-8000-000000000001\", \"name\": \"Spelling\"}]}");
  cli_do (f, "a.waymark", "init", "--me", "T. Eacher", "--role", "specialist-teacher", NULL);
  cli_do (f, "a.waymark", "import", "load", NULL);
  cli_do (f, "a.waymark", "--today", "2026-11-20", "add", "visit", "--file", "plan.json", NULL);
  cli_do (f, "a.waymark", "export", "caseload", "folder", NULL);
  cli_do (f, "b.waymark", "init", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (STORES); i++) {
    cli_do (f, STORES[i], "--today", "2026-11-20", "import", "folder", "--dry-run", NULL);
    cli_do (f, STORES[i], "--today", "2026-11-20", "import", "folder", NULL);
    cli_do (f, STORES[i], "--today", "2026-11-20", "import", "folder", NULL);
    g_assert_nonnull (strstr (f->out, "Nothing new"));
  }
  cli_do (f, "b.waymark", "export", "caseload", "again", NULL);
  visits = cli_read (f, "again/assessments.csv", NULL);
  g_assert_nonnull (strstr (visits, "Spelling"));
}

/* The planned visit gets another day, and what was to be done at it is done then. */
static void
test_planned_moves (CliFixture *f, gconstpointer data)
{
  g_autofree char *id = NULL, *rows = NULL;
  g_autoptr (GString) moved = NULL;

  test_planned (f, data);
  cli_do (f, "a.waymark", "list", "visits", "--format", "csv", NULL);
  id = g_strndup (strchr (f->out, '\n') + 1, 36);
  cli_do (f, "a.waymark", "show", "visit", id, "--format", "json", NULL);
  moved = g_string_new (f->out);
  g_assert_cmpuint (g_string_replace (moved, "2026-12-10", "2026-12-03", 1), ==, 1);
  g_assert_nonnull (strstr (moved->str, "2026-12-10"));
  cli_write (f, "moved.json", moved->str);
  cli_do (f, "a.waymark", "--today", "2026-11-20", "add", "visit", "--file", "moved.json", NULL);
  cli_do (f, "a.waymark", "--today", "2026-12-03", "sign", "visit", id, NULL);
  cli_do (f, "a.waymark", "export", "caseload", "signed", NULL);
  rows = cli_read (f, "signed/assessments.csv", NULL);
  g_assert_nonnull (strstr (rows, "2026-12-03"));
  g_assert_null (strstr (rows, "2026-12-10"));
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
  g_test_add ("/cli/caseload-again/planned",
              CliFixture,
              NULL,
              cli_fixture_set_up,
              test_planned,
              cli_fixture_tear_down);
  g_test_add ("/cli/caseload-again/planned-moves",
              CliFixture,
              NULL,
              cli_fixture_set_up,
              test_planned_moves,
              cli_fixture_tear_down);
  g_test_add ("/cli/caseload-again/long-term",
              CliFixture,
              NULL,
              cli_fixture_set_up,
              test_long_term,
              cli_fixture_tear_down);
  g_test_add ("/cli/caseload-again/no-first-day",
              CliFixture,
              NULL,
              cli_fixture_set_up,
              test_no_first_day,
              cli_fixture_tear_down);
  g_test_add ("/cli/caseload-again/renumbered-twins",
              CliFixture,
              NULL,
              cli_fixture_set_up,
              test_renumbered_twins,
              cli_fixture_tear_down);
  g_test_add ("/cli/caseload-again/same-ids",
              CliFixture,
              "ours",
              cli_fixture_set_up,
              test_same_ids,
              cli_fixture_tear_down);
  g_test_add ("/cli/caseload-again/same-ids/other-order",
              CliFixture,
              "theirs",
              cli_fixture_set_up,
              test_same_ids,
              cli_fixture_tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (SAMPLES); i++) {
    g_autofree char *path =
        g_strjoin ("/", "/cli/caseload-again/round-trip", SAMPLES[i][0], SAMPLES[i][1], NULL);

    g_test_add (
        path, CliFixture, SAMPLES[i], cli_fixture_set_up, test_round_trip, cli_fixture_tear_down);
  }
  return g_test_run ();
}
