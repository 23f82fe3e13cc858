/* SPDX-License-Identifier: GPL-3.0-or-later */
/* National Curriculum year from date of birth: the cohort is fixed by the age on
 * 31 August before the school year. (domain 1.4) */
#include "way-nc-year.h"

#include "way-number.h"

#include <math.h>
#include <string.h>

#define FIRST_MONTH 9 /* the school year begins on 1 September */
#define LAST_YEAR 14
#define FIRST_YEAR -4 /* and all before it */

/**
 * way_academic_year:
 *
 * Returns: the calendar year in which the school year of @on began
 */
int
way_academic_year (WayDate on)
{
  int year, month, day;

  way_date_get (on, &year, &month, &day);
  return month >= FIRST_MONTH ? year : year - 1;
}

/**
 * way_nc_year:
 * @birth: date of birth
 * @on: the day to know it for
 *
 * Returns: 0 for Reception, 1 to 14 for the years, -1 and -2 for nursery, less
 *   before; above 14 the young person is past the last year
 */
int
way_nc_year (WayDate birth, WayDate on)
{
  g_return_val_if_fail (birth != WAY_DATE_UNKNOWN && on != WAY_DATE_UNKNOWN, 0);

  return way_academic_year (on) - way_academic_year (birth) - 5;
}

/**
 * way_nc_year_code:
 *
 * Returns: (transfer full): the code of NCyearActual: "E1", "N1", "N2", "R", "1" … "14"
 */
char *
way_nc_year_code (int year)
{
  if (year < -3)
    return g_strdup ("E1");
  if (year == -3)
    return g_strdup ("E2");
  if (year == -2)
    return g_strdup ("N1");
  if (year == -1)
    return g_strdup ("N2");
  if (year == 0)
    return g_strdup ("R");
  return g_strdup_printf ("%d", year);
}

/**
 * way_nc_year_label:
 * @code: (nullable): a code of NCyearActual
 *
 * Returns: (transfer full): "Year 3", "Reception", "Nursery (age 3)" …; a code
 *   that is not known stands for itself
 */
char *
way_nc_year_label (const char *code)
{
  static const struct {
    const char *code, *label;
  } LABELS[] = {{"E1", "Under 2"},
                {"E2", "Under 2"},
                {"N1", "Nursery (age 2)"},
                {"N2", "Nursery (age 3)"},
                {"R", "Reception"},
                {"M", "Mixed year"},
                {"X", "Not following the National Curriculum"}};
  double number;

  if (code == NULL || *code == '\0')
    return g_strdup ("");
  for (guint i = 0; i < G_N_ELEMENTS (LABELS); i++) {
    if (strcmp (LABELS[i].code, code) == 0)
      return g_strdup (LABELS[i].label);
  }
  if (!way_number_from_text (code, &number) || !(number >= 1))
    return g_strdup (code);
  if (number > LAST_YEAR)
    return g_strdup ("Past Year 14");
  return number == floor (number) ? g_strdup_printf ("Year %d", (int) number) : g_strdup (code);
}

/* The year that a code stands for, as way_nc_year() counts. */
static gboolean
read_code (const char *code, int *year)
{
  for (*year = FIRST_YEAR; *year <= LAST_YEAR; ++*year) {
    g_autofree char *usual = way_nc_year_code (*year);

    if (strcmp (usual, code) == 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * way_nc_year_moved:
 * @code: a code of NCyearActual
 * @from: a day of the academic year that it is of; may be unknown
 * @on: the day to know it for
 *
 * A child who is taught out of cohort moves up on 1 September as all others do.
 *
 * Returns: (transfer full): the code for the academic year of @on; @code itself where it is no
 *   year, such as "M", or it is not known since when
 */
char *
way_nc_year_moved (const char *code, WayDate from, WayDate on)
{
  int year;

  if (from == WAY_DATE_UNKNOWN || on == WAY_DATE_UNKNOWN || !read_code (code, &year))
    return g_strdup (code);
  return way_nc_year_code (year + way_academic_year (on) - way_academic_year (from));
}

/**
 * way_nc_year_label_for:
 * @birth: date of birth
 * @actual_code: (nullable): the year the child is in, where taught out of cohort
 * @actual_from: a day of the academic year that @actual_code is of; may be unknown
 * @on: the day to know it for
 *
 * Returns: (transfer full): the label of the actual year, else of the computed one
 */
char *
way_nc_year_label_for (WayDate birth, const char *actual_code, WayDate actual_from, WayDate on)
{
  g_autofree char *code = actual_code != NULL && *actual_code != '\0'
                              ? way_nc_year_moved (actual_code, actual_from, on)
                              : way_nc_year_code (way_nc_year (birth, on));

  return way_nc_year_label (code);
}

/**
 * way_nc_year_rank:
 * @birth, @actual_code, @actual_from, @on: as for way_nc_year_label_for()
 *
 * Returns: where the year stands in the order of years, as way_nc_year() counts; what is no year,
 *   such as "M", stands behind them all
 */
int
way_nc_year_rank (WayDate birth, const char *actual_code, WayDate actual_from, WayDate on)
{
  g_autofree char *code = NULL;
  int year;

  if (actual_code == NULL || *actual_code == '\0')
    return way_nc_year (birth, on);
  code = way_nc_year_moved (actual_code, actual_from, on);
  return read_code (code, &year) ? year : G_MAXINT;
}
