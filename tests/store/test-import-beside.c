/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that come in beside others, and data that may be wrong: it is said, and the preview says
 * what the import then does. */
#include "import-fixture.h"

#include "way-db-private.h"

#include <math.h>
#include <string.h>

#define CHILD "11111111-1111-4111-8111-111111111111"
#define ABBEY "22222222-2222-4222-8222-222222222222"
#define BECK "33333333-3333-4333-8333-333333333333"

typedef void (*Fill) (Import *import);

static char *
say (WayImportReport *report)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < report->notes->len; i++) {
    g_autofree char *line = way_import_note_format (g_ptr_array_index (report->notes, i));

    g_string_append_printf (all, "%s\n", line);
  }
  g_string_append_printf (all,
                          "%u added, %u changed, %u newer, %u same, %u differ, %u apart, %u wrong",
                          report->n_added_total,
                          report->n_changed,
                          report->n_newer,
                          report->n_same,
                          report->n_conflicts,
                          report->n_apart,
                          report->n_errors);
  return g_string_free (g_steal_pointer (&all), FALSE);
}

/* The preview, then the import; they say the same, which is returned. */
static char *
run (WayDb *db, Fill fill, WayImportOptions options)
{
  g_autofree char *preview = NULL;
  char *said = NULL;

  for (guint i = 0; i < 2; i++) {
    g_autoptr (WayImportReport) report = NULL;
    Import import;

    options.dry_run = i == 0;
    import = import_begin (db, options);
    fill (&import);
    report = import_end (&import);
    preview = i == 0 ? say (report) : preview;
    said = i == 0 ? NULL : say (report);
  }
  g_assert_cmpstr (preview, ==, said);
  return said;
}

static void
assert_says (const char *said, const char *words)
{
  if (strstr (said, words) == NULL)
    g_error ("“%s” does not say “%s”", said, words);
}

static void
take_need (
    Import *import, const char *type, const char *category, double rank, const char *to, guint line)
{
  WayNeed *need = way_record_new (WAY_NEED);

  need->child = g_strdup (CHILD);
  need->type = g_strdup (type);
  need->lar_category = g_strdup (category);
  need->rank = rank;
  need->to = way_date_from_iso (to);
  import_take (import, need, "needs.csv", line);
}

static void
take_enrolment (Import *import, const char *setting, const char *from, const char *to, guint line)
{
  WayEnrolment *enrolment = way_record_new (WAY_ENROLMENT);

  enrolment->child = g_strdup (CHILD);
  enrolment->setting = g_strdup (setting);
  enrolment->from = way_date_from_iso (from);
  enrolment->to = way_date_from_iso (to);
  enrolment->main = WAY_YES;
  import_take (import, enrolment, "enrolments.csv", line);
}

static void
take_status (Import *import, const char *provision, const char *from, guint line)
{
  WaySenStatus *status = way_record_new (WAY_SEN_STATUS);

  status->child = g_strdup (CHILD);
  status->provision = g_strdup (provision);
  status->from = way_date_from_iso (from);
  import_take (import, status, "sen_status.csv", line);
}

static void
take_setting (Import *import, const char *id, const char *name)
{
  WaySetting *setting = way_record_new (WAY_SETTING);

  setting->record.id = g_strdup (id);
  setting->name = g_strdup (name);
  setting->phase = g_strdup ("primary");
  import_take (import, setting, "settings.csv", 2);
}

static void
put_first (Import *import)
{
  take_setting (import, ABBEY, "Abbey School");
  import_take (import, import_make_child (CHILD, "Amara", "Okafor", NULL), "children.csv", 2);
  take_need (import, "SLCN", NULL, 1, "", 2);
  take_need (import, "SEMH", "semh", 2, "", 3);
  take_need (import, "VI", NULL, 3, "2024-07-19", 4);
  take_enrolment (import, ABBEY, "2022-09-01", "", 2);
  take_status (import, "K", "2023-09-01", 2);
}

static void
set_up (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *said = NULL;

  store_set_up (fixture, data);
  said = run (fixture->db, put_first, (WayImportOptions){0});
  assert_says (said, "0 differ, 0 apart, 0 wrong");
  g_assert_null (strstr (said, "Both come in"));
}

static void
put_needs (Import *import)
{
  take_need (import, "ASD", NULL, 2, "", 2); /* SEMH is that */
  take_need (import, "HI", NULL, 3, "", 3);  /* VI is over: nothing to say */
}

static guint
count_needs (WayDb *db, const char *type)
{
  gint64 n = -1;

  g_assert_true (
      way_db_query_int (db, "SELECT count (*) FROM \"need\" WHERE \"type\" = ?1", type, &n, NULL));
  return (guint) n;
}

static guint
count_ranked (WayDb *db, const char *type, double rank)
{
  g_autofree char *number = g_strdup_printf ("%g", rank);
  g_autofree char *sql = g_strdup_printf (
      "SELECT count (*) FROM \"need\" WHERE \"type\" = ?1 AND \"rank\" = %s", number);
  gint64 n = -1;

  g_assert_true (way_db_query_int (db, sql, type, &n, NULL));
  return (guint) n;
}

/* A need of the rank that another has comes in beside it, whichever side is to be believed: the
 * other stays what it is. */
static void
test_rank (StoreFixture *f, gconstpointer data)
{
  WayImportOptions options = {.take_new = data != NULL};
  g_autofree char *said = run (f->db, put_needs, options), *again = NULL;
  gint64 n = -1;

  assert_says (said, "needs.csv:2: ");
  assert_says (said, "have the same rank. Both come in");
  assert_says (said, "2 added, 0 changed, 0 newer, 0 same, 0 differ");
  g_assert_cmpuint (count_ranked (f->db, "ASD", 2), ==, 1);
  g_assert_cmpuint (count_ranked (f->db, "SEMH", 2), ==, 1);
  g_assert_cmpuint (count_needs (f->db, "HI"), ==, 1);
  way_db_query_int (
      f->db, "SELECT count (*) FROM \"need\" WHERE \"lar_category\" = ?1", "semh", &n, NULL);
  g_assert_cmpint (n, ==, 1);
  again = run (f->db, put_needs, options);
  assert_says (again, "0 added, 0 changed, 0 newer, 2 same, 0 differ");
}

static WayNeed *
add_need (WayRecordSet *unit, const char *id, const char *type, double rank)
{
  WayNeed *need = way_record_set_add (unit, WAY_NEED);

  need->record.id = g_strdup (id);
  need->record.derived_id = TRUE;
  need->record.source = g_intern_string ("pupils.xml");
  need->record.line = 1;
  need->child = g_strdup (CHILD);
  need->type = g_strdup (type);
  need->rank = rank;
  return need;
}

/* What was second is first now, and a new one is between them. */
static void
put_reordered (Import *import)
{
  g_autoptr (WayRecordSet) unit = way_record_set_new ();

  add_need (unit, "44444444-4444-4444-8444-444444444441", "ASD", 1);
  add_need (unit, "44444444-4444-4444-8444-444444444442", "SLCN", 2);
  add_need (unit, "44444444-4444-4444-8444-444444444443", "SEMH", 3);
  import_take_set (import, unit);
}

/* A pupil of a file with all needs: no need is lost, and none becomes another. */
static void
test_reordered (StoreFixture *f, gconstpointer data)
{
  WayImportOptions options = {.take_new = data != NULL};
  g_autofree char *said = run (f->db, put_reordered, options);

  assert_says (said,
               data != NULL ? "1 added, 2 changed, 0 newer, 0 same, 2 differ"
                            : "1 added, 0 changed, 0 newer, 0 same, 2 differ");
  assert_says (said, "0 wrong");
  g_assert_true (data == NULL || strstr (said, "the same rank") == NULL);
  g_assert_cmpuint (count_ranked (f->db, "ASD", 1), ==, 1);
  g_assert_cmpuint (count_ranked (f->db, "SLCN", data != NULL ? 2 : 1), ==, 1);
  g_assert_cmpuint (count_ranked (f->db, "SEMH", data != NULL ? 3 : 2), ==, 1);
}

static void
put_same_rank (Import *import)
{
  take_need (import, "ASD", NULL, 4, "", 2);
  take_need (import, "HI", NULL, 4, "", 3);
}

/* Two of one file: which is right nobody knows. */
static void
test_rank_in_file (StoreFixture *f, gconstpointer data)
{
  g_autofree char *said = run (f->db, put_same_rank, (WayImportOptions){0});

  assert_says (said, "needs.csv:3: ");
  assert_says (said, "have the same rank. Both come in");
  assert_says (said, "2 added, 0 changed, 0 newer, 0 same, 0 differ");
}

static void
put_days (Import *import)
{
  take_setting (import, BECK, "Beck School");
  take_enrolment (import, BECK, "2025-09-01", "", 2);
  take_status (import, "E", "2025-03-01", 2);
}

static void
put_earlier (Import *import)
{
  take_setting (import, BECK, "Beck School");
  take_enrolment (import, BECK, "2021-09-01", "2022-08-31", 2);
}

/* A second school or status on the same days comes in, and is said, with the row. */
static void
test_days (StoreFixture *f, gconstpointer data)
{
  g_autofree char *earlier = run (f->db, put_earlier, (WayImportOptions){0}), *said = NULL;

  g_assert_null (strstr (earlier, "Both come in"));
  said = run (f->db, put_days, (WayImportOptions){0});
  assert_says (said, "enrolments.csv:2: ");
  assert_says (said,
               "“Abbey School”, from 1 Sep 2022, has not ended when “Beck School” begins on 1 Sep");
  assert_says (said, "sen_status.csv:2: ");
  assert_says (said, "2 added");
  g_clear_pointer (&said, g_free);
  said = run (f->db, put_days, (WayImportOptions){0});
  g_assert_null (strstr (said, "Both come in")); /* nothing comes in */
}

static void
put_own_days (Import *import)
{
  WayFlag *flag = way_record_new (WAY_FLAG);

  take_enrolment (import, ABBEY, "2021-09-01", "2026-07-21", 2);
  take_status (import, "K", "2022-01-10", 2);
  flag->child = g_strdup (CHILD);
  flag->flag = g_strdup ("eal");
  flag->from = way_date_new (2021, 9, 1);
  import_take (import, flag, "flags.csv", 2);
}

static void
put_flag (Import *import)
{
  WayFlag *flag = way_record_new (WAY_FLAG);

  flag->child = g_strdup (CHILD);
  flag->flag = g_strdup ("eal");
  flag->from = way_date_new (2025, 9, 1);
  import_take (import, flag, "flags.csv", 2);
}

static void
assert_days (WayDb *db, const WayRecordType *type, const char *name, const char *from)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = way_db_list (db, type, NULL, NULL, &error);
  g_autofree char *day = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  day = way_date_dup_iso (way_field_date (way_record_type_find (type, name), rows->pdata[0]));
  g_assert_cmpstr (day, ==, from);
}

/* The same school, status or flag from another day is no second one: both days are shown, the last
 * day is filled in, and the file's first day is taken where that is asked for. */
static void
test_own_days (StoreFixture *f, gconstpointer data)
{
  g_autofree char *flag = run (f->db, put_flag, (WayImportOptions){0}), *said = NULL;

  said = run (f->db, put_own_days, (WayImportOptions){0});
  g_assert_null (strstr (said, "Both come in"));
  assert_says (said, "enrolments.csv:2: ");
  assert_says (said, "2022-09-01");
  assert_says (said, "2021-09-01");
  assert_says (said, "0 added, 1 changed, 0 newer, 0 same, 3 differ");
  assert_days (f->db, WAY_ENROLMENT, "from", "2022-09-01");
  assert_days (f->db, WAY_ENROLMENT, "to", "2026-07-21");
  g_clear_pointer (&said, g_free);
  said = run (f->db, put_own_days, (WayImportOptions){.take_new = TRUE});
  assert_days (f->db, WAY_ENROLMENT, "from", "2021-09-01");
  assert_days (f->db, WAY_SEN_STATUS, "from", "2022-01-10");
  assert_days (f->db, WAY_FLAG, "from", "2021-09-01");
  g_clear_pointer (&said, g_free);
  said = run (f->db, put_own_days, (WayImportOptions){0});
  assert_says (said, "0 added, 0 changed, 0 newer, 3 same, 0 differ");
}

static void
put_suspensions (Import *import)
{
  for (guint i = 0; i < 2; i++) {
    WayFlag *flag = way_record_new (WAY_FLAG);

    flag->child = g_strdup (CHILD);
    flag->flag = g_strdup ("suspension");
    flag->from = way_date_new (2025, 10 + i, 1);
    import_take (import, flag, "flags.csv", 2 + i);
  }
}

static void
put_third_suspension (Import *import)
{
  WayFlag *flag = way_record_new (WAY_FLAG);

  flag->child = g_strdup (CHILD);
  flag->flag = g_strdup ("suspension");
  flag->from = way_date_new (2026, 1, 12);
  import_take (import, flag, "flags.csv", 2);
}

/* What happens again is another one, though nobody said when the last was over. */
static void
test_events (StoreFixture *f, gconstpointer data)
{
  g_autofree char *two = run (f->db, put_suspensions, (WayImportOptions){0});
  g_autofree char *third = run (f->db, put_third_suspension, (WayImportOptions){0});

  assert_says (two, "2 added, 0 changed");
  assert_says (third, "1 added, 0 changed, 0 newer, 0 same, 0 differ");
}

static void
put_return (Import *import)
{
  take_enrolment (import, ABBEY, "2022-09-01", "2023-07-31", 2);
  take_enrolment (import, ABBEY, "2023-07-31", "", 3);
  take_enrolment (import, ABBEY, "2024-09-01", "2025-07-31", 4);
}

/* What one file has twice stays two, and who came back was there twice. */
static void
test_return (StoreFixture *f, gconstpointer data)
{
  g_autofree char *said = run (f->db, put_return, (WayImportOptions){0});

  assert_says (said, "2 added, 1 changed, 0 newer");
  g_assert_cmpuint (import_count_rows (f->db, WAY_ENROLMENT), ==, 3);
}

static void
put_doubtful (Import *import)
{
  WayAgreement *agreement = way_record_new (WAY_AGREEMENT);
  WayChild *old = import_make_child (NULL, "Old", "Man", NULL);

  old->dob = way_date_new (1916, 1, 1);
  import_take (import, old, "children.csv", 3);
  import_take (import, import_make_child (NULL, "Bo", "Lee", "F886200123001"), "children.csv", 4);
  import_take (import, import_make_child (NULL, "Bo", "Lee", "F886200123001"), "children.csv", 5);
  agreement->child = g_strdup (CHILD);
  agreement->given_by = g_strdup ("Ada Okafor");
  agreement->given_on = way_date_new (2022, 1, 1);
  import_take (import, agreement, "agreements.csv", 2);
}

static void
put_absurd (Import *import)
{
  WayChild *old = import_make_child (NULL, "Very", "Old", NULL);

  old->dob = way_date_new (1016, 1, 1);
  import_take (import, old, "children.csv", 3);
}

/* A century is soon mistyped. */
static void
put_far_ahead (Import *import)
{
  WayAgreement *agreement = way_record_new (WAY_AGREEMENT);
  WayEnrolment *enrolment = way_record_new (WAY_ENROLMENT);
  WaySenStatus *status = way_record_new (WAY_SEN_STATUS);

  agreement->child = g_strdup (CHILD);
  agreement->given_by = g_strdup ("Ada Okafor");
  agreement->given_on = way_date_new (2052, 1, 1);
  import_take (import, agreement, "agreements.csv", 2);
  enrolment->child = g_strdup (CHILD);
  enrolment->from = way_date_new (2206, 9, 1);
  import_take (import, enrolment, "enrolments.csv", 2);
  status->child = g_strdup (CHILD);
  status->provision = g_strdup ("K");
  status->from = way_date_new (2024, 9, 1);
  status->to = way_date_new (2204, 9, 1);
  import_take (import, status, "sen_status.csv", 2);
}

static void
test_doubtful (StoreFixture *f, gconstpointer data)
{
  g_autofree char *said = run (f->db, put_doubtful, (WayImportOptions){0}), *refused = NULL;

  assert_says (said, "children.csv:3: dob: Date of birth makes");
  assert_says (said, "children.csv:5: child: The child is in this file twice");
  assert_says (said, "in line 4 too");
  assert_says (said, "3 added");
  refused = run (f->db, put_absurd, (WayImportOptions){0});
  assert_says (refused, "is before 1900");
  assert_says (refused, "0 added");
  g_clear_pointer (&refused, g_free);
  refused = run (f->db, put_far_ahead, (WayImportOptions){0});
  assert_says (refused, "agreements.csv:2: given_on: ");
  assert_says (refused, "is in the future; check the year");
  assert_says (refused, "enrolments.csv:2: from: ");
  assert_says (refused, "is more than a year ahead, too far for a plan; check the year");
  assert_says (refused, "sen_status.csv:2: to: ");
  assert_says (refused, "is further ahead than an EHC plan can run; check the year");
  assert_says (refused, "0 added");
}

static void
put_one_line (Import *import)
{
  import_take (import, import_make_child (NULL, "Bo", "Lee", "F886200123001"), "pupils.xml", 1);
  import_take (import, import_make_child (NULL, "Bo", "Lee", "F886200123001"), "pupils.xml", 1);
}

/* A file without line breaks: two pupils of it are two all the same. */
static void
test_one_line (StoreFixture *f, gconstpointer data)
{
  g_autofree char *said = run (f->db, put_one_line, (WayImportOptions){0});

  assert_says (said, "The child is in this file twice");
}

static Other other;

static void
put_versions (Import *import)
{
  static const int VERSIONS[] = {1, 2, 1, 3, 3};

  for (guint i = 0; i < G_N_ELEMENTS (VERSIONS); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (WayDossier) dossier =
        way_db_gather_visit (other.there.db, other.visit_id, VERSIONS[i], &error);

    g_assert_no_error (error);
    import_take_set (import, dossier->records);
  }
}

/* Several versions of a visit in one file: the preview sees what the import does. */
static void
test_versions (StoreFixture *f, gconstpointer data)
{
  g_autofree char *said = NULL, *again = NULL;

  other = import_make_other ();
  import_amend_other (&other, "Second");
  import_amend_other (&other, "Third");
  said = run (f->db, put_versions, (WayImportOptions){0});
  assert_says (said, "Version 2 replaces version 1");
  assert_says (said, "Version 3 replaces version 2");
  assert_says (said, "The store has a later version");
  assert_says (said, "2 newer");
  assert_says (said, "0 apart");
  again = run (f->db, put_versions, (WayImportOptions){0});
  assert_says (again, "0 newer");
  import_clear_other (&other);
}

static void
put_unborn (Import *import)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDossier) dossier = way_db_gather_visit (other.there.db, other.visit_id, 0, &error);
  WayChild *child;

  g_assert_no_error (error);
  child = way_record_set_list (dossier->records, WAY_CHILD)->pdata[0];
  child->dob = way_date_new (2025, 12, 25);
  import_take_set (import, dossier->records);
}

/* What was signed elsewhere comes in as it was signed, and what is odd in it is said. */
static void
test_unborn (StoreFixture *f, gconstpointer data)
{
  g_autofree char *said = NULL;

  other = import_make_other ();
  said = run (f->db, put_unborn, (WayImportOptions){0});
  assert_says (said, "is before the child was born");
  assert_says (said, "0 wrong");
  g_assert_cmpuint (import_count_rows (f->db, WAY_VISIT), ==, 1);
  import_clear_other (&other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, set_up, test)                                                                    \
  g_test_add ("/import-beside/" path, StoreFixture, NULL, set_up, test, store_tear_down)
  ADD ("rank", set_up, test_rank);
  ADD ("reordered", set_up, test_reordered);
  g_test_add (
      "/import-beside/rank-taken", StoreFixture, "taken", set_up, test_rank, store_tear_down);
  g_test_add ("/import-beside/reordered-taken",
              StoreFixture,
              "taken",
              set_up,
              test_reordered,
              store_tear_down);
  ADD ("rank-in-file", set_up, test_rank_in_file);
  ADD ("days", set_up, test_days);
  ADD ("own-days", set_up, test_own_days);
  ADD ("events", set_up, test_events);
  ADD ("return", set_up, test_return);
  ADD ("doubtful", set_up, test_doubtful);
  ADD ("one-line", set_up, test_one_line);
  ADD ("versions", store_set_up, test_versions);
  ADD ("unborn", store_set_up, test_unborn);
  return g_test_run ();
}
