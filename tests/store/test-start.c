/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a new visit of a child begins with. */
#include "store-fixture.h"

static void
add_enrolment (WayDb *db, const char *child, const char *setting, const char *from, const char *to)
{
  g_autoptr (WayEnrolment) enrolment = way_record_new (WAY_ENROLMENT);

  enrolment->child = g_strdup (child);
  enrolment->setting = g_strdup (setting);
  enrolment->from = way_date_from_iso (from);
  enrolment->to = way_date_from_iso (to);
  enrolment->main = WAY_YES;
  store_save (db, enrolment);
}

/* A visit is at the school where the child is on its day, whatever is known of the next. */
static void
test_setting_on_the_day (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const struct {
    const char *date;
    guint setting;
  } DAYS[] = {
      {"2022-08-31", 1}, /* before all: the one without an end */
      {"2026-07-22", 0},
      {"2026-08-10", 0}, /* between two: where it was */
      {"2026-09-01", 1},
  };
  g_autoptr (WayPractitioner) me = store_add_me (fixture->db);
  g_autoptr (WaySetting) now = store_add_setting (fixture->db, "Oakfield Primary");
  g_autoptr (WaySetting) next = store_add_setting (fixture->db, "Elm Park Academy");
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);

  add_enrolment (fixture->db, child->record.id, now->record.id, "2022-09-01", "2026-07-22");
  add_enrolment (fixture->db, child->record.id, next->record.id, "2026-09-01", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (DAYS); i++) {
    g_autoptr (WayRecordSet) records =
        store_make_visit (fixture->db, child->record.id, DAYS[i].date);

    g_assert_cmpstr (((WayVisit *) way_record_set_first (records, WAY_VISIT))->setting,
                     ==,
                     DAYS[i].setting == 0 ? now->record.id : next->record.id);
  }
}

/* Of two schools at once the one that began last counts, also if only the first has no end. */
static void
test_setting_of_two (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayPractitioner) me = store_add_me (fixture->db);
  g_autoptr (WaySetting) old = store_add_setting (fixture->db, "Oakfield Primary");
  g_autoptr (WaySetting) now = store_add_setting (fixture->db, "Elm Park Academy");
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayRecordSet) records = NULL;

  add_enrolment (fixture->db, child->record.id, old->record.id, "2024-09-01", NULL);
  add_enrolment (fixture->db, child->record.id, now->record.id, "2026-09-01", "2027-07-20");
  records = store_make_visit (fixture->db, child->record.id, "2026-11-17");
  g_assert_cmpstr (
      ((WayVisit *) way_record_set_first (records, WAY_VISIT))->setting, ==, now->record.id);
}

/* What was agreed at a review is asked about whether or not it names the child. */
static void
test_actions_of_review (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayPractitioner) me = store_add_me (fixture->db);
  g_autoptr (WayChild) child = store_add_child (fixture->db, "Amara", "Okafor", NULL);
  g_autoptr (WayChild) other = store_add_child (fixture->db, "Ben", "Adams", NULL);
  g_autoptr (WayReview) review = way_record_new (WAY_REVIEW);
  g_autoptr (WayAction) action = way_record_new (WAY_ACTION);
  g_autoptr (WayRecordSet) records = NULL, of_other = NULL;
  const WayVisitAction *followed;

  review->child = g_strdup (child->record.id);
  review->date = way_date_new (2026, 1, 20);
  store_save (fixture->db, review);
  action->review = g_strdup (review->record.id);
  action->what = g_strdup ("Share the plan with the new teacher");
  store_save (fixture->db, action);
  records = store_make_visit (fixture->db, child->record.id, "2026-02-03");
  followed = way_record_set_first (records, WAY_VISIT_ACTION);
  g_assert_nonnull (followed);
  g_assert_cmpstr (followed->action, ==, action->record.id);
  of_other = store_make_visit (fixture->db, other->record.id, "2026-02-03");
  g_assert_null (way_record_set_first (of_other, WAY_VISIT_ACTION));
}

int
main (int argc, char **argv)
{
#define ADD(name, func)                                                                            \
  g_test_add ("/store/start/" name, StoreFixture, NULL, store_set_up, func, store_tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("setting-on-the-day", test_setting_on_the_day);
  ADD ("setting-of-two", test_setting_of_two);
  ADD ("actions-of-review", test_actions_of_review);
#undef ADD
  return g_test_run ();
}
