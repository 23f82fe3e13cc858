/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What files say of a child's SEN status: never is one's end another's. */
#include "import-fixture.h"

#include "way-people.h"

static void
add_status (WayRecordSet *unit, const char *provision, WayDate from, WayDate to, gboolean dated)
{
  WaySenStatus *status = way_record_set_add (unit, WAY_SEN_STATUS);

  status->record.id = g_strdup_printf ("c1/%s", provision);
  status->record.derived_id = TRUE;
  status->record.dated_by_file = dated;
  status->record.ended_by_file = !dated && to != WAY_DATE_UNKNOWN;
  status->child = g_strdup ("c1");
  status->provision = g_strdup (provision);
  status->from = from;
  status->to = to;
}

/* A pupil of a file of @day: SEN support since @start, and now a plan without a day of its own. */
static WayImportReport *
take_plan (WayDb *db, WayImportOptions options, WayDate start, WayDate day)
{
  Import import = import_begin (db, options);
  g_autoptr (WayRecordSet) unit = way_record_set_new ();

  way_record_set_take (unit, import_make_child ("c1", "Amara", "Okafor", NULL));
  add_status (unit, "K", start, day - 1, FALSE);
  add_status (unit, "E", day, WAY_DATE_UNKNOWN, TRUE);
  import_take_set (&import, unit);
  return import_end (&import);
}

static char *
dup_statuses (WayDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = way_db_list (db, WAY_SEN_STATUS, NULL, NULL, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++) {
    const WaySenStatus *row = rows->pdata[i];
    g_autofree char *from = way_date_dup_iso (row->from), *to = way_date_dup_iso (row->to);

    g_string_append_printf (
        text, "%s %s %s; ", row->provision, from, row->to != WAY_DATE_UNKNOWN ? to : "on");
  }
  return g_string_free (text, FALSE);
}

/* The end of what went before is guessed from the file's day once, not at each later file. */
static void
test_guessed_end (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const WayDate start = way_date_new (2024, 9, 1);

  for (guint month = 1; month <= 3; month++) {
    for (int dry_run = 1; dry_run >= 0; dry_run--) {
      g_autoptr (WayImportReport) report =
          take_plan (fixture->db,
                     (WayImportOptions){.dry_run = dry_run, .take_new = month == 3},
                     start,
                     way_date_new (2026, month, 10));

      g_assert_cmpuint (report->n_errors, ==, 0);
      g_assert_cmpuint (report->n_conflicts, ==, 0);
      g_assert_cmpuint (report->n_changed, ==, 0);
      g_assert_cmpuint (report->n_added_total, ==, month == 1 ? 3 : 0);
    }
  }
  {
    g_autofree char *statuses = dup_statuses (fixture->db);

    g_assert_cmpstr (statuses, ==, "K 2024-09-01 2026-01-09; E 2026-01-10 on; ");
  }
}

/* What the store has as another status of that day keeps its own end, or gives way as a whole. */
static void
test_other_status (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const WayDate start = way_date_new (2024, 9, 1), day = way_date_new (2026, 2, 10);
  g_autoptr (WayChild) child = import_make_child (NULL, "Amara", "Okafor", NULL);
  WaySenStatus *plan = way_record_new (WAY_SEN_STATUS);

  store_save (fixture->db, child);
  plan->child = g_strdup (child->record.id);
  plan->provision = g_strdup ("E");
  plan->from = start;
  store_save (fixture->db, plan);
  way_record_free (plan);
  for (int round = 0; round < 4; round++) {
    gboolean take_new = round >= 2;
    g_autoptr (WayImportReport) report =
        take_plan (fixture->db,
                   (WayImportOptions){.dry_run = round % 2 == 0, .take_new = take_new},
                   start,
                   day);
    g_autofree char *statuses = dup_statuses (fixture->db);

    g_assert_cmpuint (report->n_conflicts, ==, 1);
    g_assert_cmpuint (report->n_changed, ==, take_new ? 1 : 0);
    g_assert_cmpuint (report->n_added_total, ==, take_new ? 1 : 0);
    g_assert_cmpstr (statuses,
                     ==,
                     round == 3 ? "K 2024-09-01 2026-02-09; E 2026-02-10 on; "
                                : "E 2024-09-01 on; ");
  }
}

int
main (int argc, char **argv)
{
#define ADD(name, func)                                                                            \
  g_test_add ("/store/import-status/" name, StoreFixture, NULL, store_set_up, func, store_tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("guessed-end", test_guessed_end);
  ADD ("other-status", test_other_status);
#undef ADD
  return g_test_run ();
}
