/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-date.h"

#define day(year, month, day_) way_date_new (year, month, day_)

static void
test_no_such_day (void)
{
  static const int NONE[][3] = {{2023, 2, 29},
                                {1900, 2, 29},
                                {2100, 2, 29},
                                {2024, 2, 30},
                                {2024, 4, 31},
                                {2024, 0, 1},
                                {2024, 13, 1},
                                {2024, 1, 0},
                                {2024, 1, 32},
                                {0, 1, 1},
                                {-1, 1, 1},
                                {10000, 1, 1}};

  for (guint i = 0; i < G_N_ELEMENTS (NONE); i++)
    g_assert_cmpuint (day (NONE[i][0], NONE[i][1], NONE[i][2]), ==, WAY_DATE_UNKNOWN);
  g_assert_cmpuint (day (2024, 2, 29), !=, WAY_DATE_UNKNOWN);
  g_assert_cmpuint (day (2000, 2, 29), !=, WAY_DATE_UNKNOWN);
  g_assert_cmpuint (day (1, 1, 1), ==, 1);
  g_assert_cmpuint (day (9999, 12, 31), !=, WAY_DATE_UNKNOWN);
}

static void
test_iso_is_strict (void)
{
  static const char *const BAD[] = {"",
                                    "2024-2-9",
                                    "24-02-09",
                                    "2024-02-29 ",
                                    " 2024-02-29",
                                    "2024/02/29",
                                    "2024-02-29T",
                                    "2023-02-29",
                                    "2024-02-3O",
                                    "+024-02-09",
                                    "２０２４-02-09"};

  g_assert_cmpuint (way_date_from_iso (NULL), ==, WAY_DATE_UNKNOWN);
  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++)
    g_assert_cmpuint (way_date_from_iso (BAD[i]), ==, WAY_DATE_UNKNOWN);
  g_assert_cmpuint (way_date_from_iso ("2024-02-29"), ==, day (2024, 2, 29));
}

/* Every day of 400 years there and back, in order, with its weekday. */
static void
test_every_day_round_trips (void)
{
  WayDate first = day (1900, 1, 1), last = day (2299, 12, 31);

  g_assert_cmpint (way_date_get_weekday (first), ==, 1);
  g_assert_cmpuint (last - first + 1, ==, 400 * 365 + 97);
  for (WayDate date = first; date <= last; date++) {
    char iso[WAY_DATE_ISO_SIZE];

    way_date_to_iso (date, iso);
    g_assert_cmpuint (way_date_from_iso (iso), ==, date);
    g_assert_cmpint (way_date_get_weekday (date), ==, (int) ((date - first) % 7) + 1);
  }
}

static void
test_unknown_is_empty (void)
{
  char iso[WAY_DATE_ISO_SIZE] = "x";
  g_autofree char *plain = way_date_format (WAY_DATE_UNKNOWN);
  g_autofree char *with_day = way_date_format_long (WAY_DATE_UNKNOWN);
  g_autofree char *brief = way_date_format_short (WAY_DATE_UNKNOWN);

  way_date_to_iso (WAY_DATE_UNKNOWN, iso);
  g_assert_cmpstr (iso, ==, "");
  g_assert_null (way_date_dup_iso (WAY_DATE_UNKNOWN));
  g_assert_cmpstr (plain, ==, "");
  g_assert_cmpstr (with_day, ==, "");
  g_assert_cmpstr (brief, ==, "");
}

static void
test_uk (void)
{
  g_assert_cmpuint (way_date_from_uk ("14/09/2018"), ==, day (2018, 9, 14));
  g_assert_cmpuint (way_date_from_uk ("14-09-2018"), ==, day (2018, 9, 14));
  g_assert_cmpuint (way_date_from_uk ("03/04/2018"), ==, day (2018, 4, 3));
  g_assert_cmpuint (way_date_from_uk ("09/14/2018"), ==, WAY_DATE_UNKNOWN);
  g_assert_cmpuint (way_date_from_uk ("14/09-2018"), ==, WAY_DATE_UNKNOWN);
  g_assert_cmpuint (way_date_from_uk ("14/09/18"), ==, WAY_DATE_UNKNOWN);
  g_assert_cmpuint (way_date_from_uk (NULL), ==, WAY_DATE_UNKNOWN);
}

static void
test_stamp (void)
{
  g_autofree char *now = way_stamp_now ();
  int hour;

  g_assert_cmpuint (way_date_from_stamp ("2026-11-17T17:05:09Z"), ==, day (2026, 11, 17));
  g_assert_cmpuint (way_date_from_stamp ("2026-11-17"), ==, day (2026, 11, 17));
  g_assert_cmpuint (way_date_from_stamp ("2026-11"), ==, WAY_DATE_UNKNOWN);
  g_assert_cmpuint (way_date_from_stamp (NULL), ==, WAY_DATE_UNKNOWN);
  g_assert_cmpuint (
      way_date_from_stamp_in_england ("2026-06-10T23:30:00Z", &hour), ==, day (2026, 6, 11));
  g_assert_cmpint (hour, ==, 0);
  g_assert_cmpuint (
      way_date_from_stamp_in_england ("2026-12-10T23:30:00Z", &hour), ==, day (2026, 12, 10));
  g_assert_cmpint (hour, ==, 23);
  g_assert_cmpuint (way_date_from_stamp_in_england ("2026-06-10", &hour), ==, day (2026, 6, 10));
  g_assert_cmpint (hour, ==, -1);
  g_assert_cmpuint (way_date_from_stamp_in_england (NULL, NULL), ==, WAY_DATE_UNKNOWN);
  g_assert_cmpuint (way_date_from_stamp (now), !=, WAY_DATE_UNKNOWN);
}

static void
test_add_months (void)
{
  g_assert_cmpuint (way_date_add_months (day (2024, 1, 31), 1), ==, day (2024, 2, 29));
  g_assert_cmpuint (way_date_add_months (day (2023, 1, 31), 1), ==, day (2023, 2, 28));
  g_assert_cmpuint (way_date_add_months (day (2024, 3, 31), -1), ==, day (2024, 2, 29));
  g_assert_cmpuint (way_date_add_months (day (2024, 1, 15), -1), ==, day (2023, 12, 15));
  g_assert_cmpuint (way_date_add_months (day (2024, 12, 15), 1), ==, day (2025, 1, 15));
  g_assert_cmpuint (way_date_add_months (day (2024, 2, 29), 12), ==, day (2025, 2, 28));
  g_assert_cmpuint (way_date_add_months (day (2024, 5, 5), 0), ==, day (2024, 5, 5));
  g_assert_cmpuint (way_date_add_months (day (2024, 1, 31), -25), ==, day (2021, 12, 31));
}

static void
assert_age (WayDate birth, WayDate on, int years, int months)
{
  WayAge age = way_date_age (birth, on);

  g_assert_cmpint (age.years, ==, years);
  g_assert_cmpint (age.months, ==, months);
}

static void
test_age (void)
{
  assert_age (day (2018, 9, 14), day (2026, 11, 17), 8, 2);
  assert_age (day (2018, 9, 14), day (2026, 9, 13), 7, 11);
  assert_age (day (2018, 9, 14), day (2026, 9, 14), 8, 0);
  assert_age (day (2016, 2, 29), day (2025, 2, 28), 8, 11);
  assert_age (day (2016, 2, 29), day (2025, 3, 1), 9, 0);
  assert_age (day (2016, 2, 29), day (2024, 2, 29), 8, 0);
  assert_age (day (2018, 8, 31), day (2018, 9, 30), 0, 0);
  assert_age (day (2018, 8, 31), day (2018, 10, 1), 0, 1);
  assert_age (day (2018, 9, 14), day (2018, 9, 14), 0, 0);
}

static void
test_words (void)
{
  g_autofree char *plain = way_date_format (day (2026, 11, 17));
  g_autofree char *with_day = way_date_format_long (day (2026, 11, 17));
  g_autofree char *brief = way_date_format_short (day (2026, 9, 5));

  g_assert_cmpstr (plain, ==, "17 November 2026");
  g_assert_cmpstr (with_day, ==, "Tuesday 17 November 2026");
  g_assert_cmpstr (brief, ==, "5 Sep 2026");
  g_assert_cmpstr (way_month_name (12), ==, "December");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/dates/no-such-day", test_no_such_day);
  g_test_add_func ("/core/dates/iso-is-strict", test_iso_is_strict);
  g_test_add_func ("/core/dates/every-day-round-trips", test_every_day_round_trips);
  g_test_add_func ("/core/dates/unknown-is-empty", test_unknown_is_empty);
  g_test_add_func ("/core/dates/uk", test_uk);
  g_test_add_func ("/core/dates/stamp", test_stamp);
  g_test_add_func ("/core/dates/add-months", test_add_months);
  g_test_add_func ("/core/dates/age", test_age);
  g_test_add_func ("/core/dates/words", test_words);
  return g_test_run ();
}
