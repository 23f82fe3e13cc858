/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scales of the measures: what a value may be, and what is said of one that may not. */
#include "way-check.h"
#include "way-measure.h"
#include "way-visit.h"

#include <math.h>

static const struct {
  const char *measure;
  double low, high; /* of the target */
  double value;
  const char *fault; /* NULL: none */
} CASES[] = {
    {"percent", NAN, NAN, 0, NULL},
    {"percent", NAN, NAN, 100, NULL},
    {"percent", NAN, NAN, 62.5, NULL},
    {"percent", NAN, NAN, 140, "140 is more than 100 %. A per cent is from 0 to 100"},
    {"percent", NAN, NAN, -5, "-5 is less than 0 %. A per cent is from 0 to 100"},
    {"percent", 0, 200, 140, "140 is more than 100 %. A per cent is from 0 to 100"},
    {"yesno", NAN, NAN, 0, NULL},
    {"yesno", NAN, NAN, 1, NULL},
    {"yesno", NAN, NAN, 7, "7 is neither yes nor no. Give 1 for yes, 0 for no"},
    {"yesno", 0, 10, 10, "10 is neither yes nor no. Give 1 for yes, 0 for no"},
    {"yesno", NAN, NAN, 0.5, "0.5 is neither yes nor no. Give 1 for yes, 0 for no"},
    {"gas", NAN, NAN, -2, NULL},
    {"gas", NAN, NAN, 2, NULL},
    {"gas",
     NAN,
     NAN,
     9,
     "9 is outside the goal attainment scale. Give a whole level from -2 to +2"},
    {"gas",
     NAN,
     NAN,
     0.5,
     "0.5 is outside the goal attainment scale. Give a whole level from -2 to +2"},
    {"rating", NAN, NAN, 1, NULL},
    {"rating", NAN, NAN, 5.5, NULL},
    {"rating", NAN, NAN, 10, NULL},
    {"rating", NAN, NAN, 0, "0 is less than 1. A rating is from 1 to 10"},
    {"rating", NAN, NAN, 11, "11 is more than 10. A rating is from 1 to 10"},
    {"rating", NAN, 5, 6, "6 is more than 5. A rating of this target is from 1 to 5"},
    {"rating", 0, NAN, 0, NULL},
    {"rating", 20, NAN, 25, NULL},
    {"rating", NAN, 1, 0, NULL},
    {"count", NAN, NAN, 0, NULL},
    {"count", NAN, NAN, 1e6, NULL},
    {"count", NAN, NAN, 2.5, NULL}, /* the median of an even number */
    {"count", NAN, NAN, -1, "-1 is less than 0. A count is 0 or more"},
    {"count", NAN, 5, 6, "6 is more than 5. A count of this target is from 0 to 5"},
    {"count", -5, 5, -1, "-1 is less than 0. A count of this target is from 0 to 5"},
    {"duration", NAN, NAN, -0.5, "-0.5 is less than 0. A duration is 0 or more"},
    {"frequency", NAN, NAN, -2, "-2 is less than 0. A frequency is 0 or more"},
    {"steps", NAN, NAN, 0, NULL},
    {"steps", NAN, 6, 6, NULL},
    {"steps", NAN, 6, 7, "7 is more than 6. A step of this target is from 0 to 6"},
    {"steps", 1, 6, 0, "0 is less than 1. A step of this target is from 1 to 6"},
    {"steps",
     NAN,
     6,
     2.5,
     "2.5 is between two steps. A step of this target is from 0 to 6, in whole numbers"},
    {"score", NAN, NAN, -3.2, NULL},
    /* No scale below nothing: what the target says is left out. */
    {"count", NAN, 0, 3, NULL},
    {"count", NAN, 0, -1, "-1 is less than 0. A count is 0 or more"},
    {"count", -10, -5, 3, NULL},
    {"count", -10, -5, -7, "-7 is less than 0. A count is 0 or more"},
    {"count", -10, 5, -1, "-1 is less than 0. A count of this target is from 0 to 5"},
    {"score", 40, 160, 39, "39 is less than 40. A score of this target is from 40 to 160"},
    {"score", NAN, 160, 161, "161 is more than 160. A score of this target is at most 160"},
    {"score", 160, 40, 200, NULL}, /* the wrong way round is no scale */
    {"percent", NAN, NAN, INFINITY, "This is more than 100 %. A per cent is from 0 to 100"},
    {"percent", NAN, NAN, NAN, NULL},
    {"our-own", NAN, NAN, -1e9, NULL},
    {NULL, NAN, NAN, 1, NULL},
};

static void
test_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    WayMeasureScale scale = way_measure_scale (CASES[i].measure, CASES[i].low, CASES[i].high);
    g_autofree char *fault = way_measure_scale_find_fault (&scale, CASES[i].value);

    g_assert_cmpstr (fault, ==, CASES[i].fault);
  }
}

/* A measurement, and a rating that will be one, are asked against the scale that is given. */
static void
test_records (void)
{
  WayMeasureScale scale = way_measure_scale ("percent", NAN, NAN);
  g_autoptr (WayMeasurement) row = way_record_new (WAY_MEASUREMENT);
  g_autoptr (WayVisitTarget) rated = way_record_new (WAY_VISIT_TARGET);
  WayDate today = way_date_new (2026, 11, 22);
  g_autoptr (GError) error = NULL, other = NULL;

  way_set_string (&row->target, "t");
  row->date = today;
  row->value = 140;
  way_set_string (&rated->visit, "v");
  way_set_string (&rated->target, "t");
  rated->rating = -5;
  g_assert_true (way_record_validate (row, NULL, today, NULL));
  g_assert_false (way_record_validate_on_scale (row, &scale, NULL, today, &error));
  g_assert_cmpstr (
      error->message, ==, "value: 140 is more than 100 %. A per cent is from 0 to 100");
  g_assert_false (way_record_validate_on_scale (rated, &scale, NULL, today, &other));
  g_assert_cmpstr (other->message, ==, "rating: -5 is less than 0 %. A per cent is from 0 to 100");
  row->value = 40;
  rated->rating = NAN;
  g_assert_true (way_record_validate_on_scale (row, &scale, NULL, today, NULL));
  g_assert_true (way_record_validate_on_scale (rated, &scale, NULL, today, NULL));
}

/* What was counted is a whole number; the aim may be a mean. */
static void
test_counted (void)
{
  WayMeasureScale scale = way_measure_scale ("count", NAN, NAN);
  g_autoptr (WayMeasurement) row = way_record_new (WAY_MEASUREMENT);
  g_autoptr (WayVisitTarget) rated = way_record_new (WAY_VISIT_TARGET);
  WayDate today = way_date_new (2026, 11, 22);
  g_autoptr (GError) error = NULL, other = NULL;

  way_set_string (&row->target, "t");
  row->date = today;
  row->value = 3.5;
  way_set_string (&rated->visit, "v");
  way_set_string (&rated->target, "t");
  rated->rating = 2.25;
  g_assert_false (way_record_validate_on_scale (row, &scale, NULL, today, &error));
  g_assert_cmpstr (
      error->message, ==, "value: 3.5 is between two counts. A count is a whole number");
  g_assert_false (way_record_validate_on_scale (rated, &scale, NULL, today, &other));
  g_assert_cmpstr (
      other->message, ==, "rating: 2.25 is between two counts. A count is a whole number");
  row->value = 3;
  g_assert_true (way_record_validate_on_scale (row, &scale, NULL, today, NULL));
  scale = way_measure_scale ("duration", NAN, NAN);
  g_assert_true (way_record_validate_on_scale (rated, &scale, NULL, today, NULL));
}

/* Where nothing else is said, attainment aims at its level 0, and yes or no at "yes". */
static void
test_aim (void)
{
  g_autoptr (WayTarget) target = way_record_new (WAY_TARGET);

  way_set_string (&target->measure, "count");
  target->expected = 3;
  g_assert_true (isnan (way_target_get_aim (target)));
  way_set_string (&target->measure, "gas");
  g_assert_cmpfloat (way_target_get_aim (target), ==, 3);
  target->expected = NAN;
  g_assert_cmpfloat (way_target_get_aim (target), ==, 0);
  way_set_string (&target->measure, "yesno");
  g_assert_cmpfloat (way_target_get_aim (target), ==, 1);
  target->criterion = 0;
  g_assert_cmpfloat (way_target_get_aim (target), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/measures/values", test_values);
  g_test_add_func ("/measures/records", test_records);
  g_test_add_func ("/measures/counted", test_counted);
  g_test_add_func ("/measures/aim", test_aim);
  return g_test_run ();
}
