/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-date.h"

#include <string.h>

static const char *const MONTHS[] = {"January",
                                     "February",
                                     "March",
                                     "April",
                                     "May",
                                     "June",
                                     "July",
                                     "August",
                                     "September",
                                     "October",
                                     "November",
                                     "December"};
static const char *const WEEKDAYS[] = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

/**
 * way_date_new:
 *
 * Returns: the day, or %WAY_DATE_UNKNOWN if there is no such day
 */
WayDate
way_date_new (int year, int month, int day)
{
  GDate date;

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return WAY_DATE_UNKNOWN;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return g_date_get_julian (&date);
}

/* Reads digits where @shape has 'd'; every other character must stand as it is. */
static gboolean
read_shape (const char *text, const char *shape, int part[3])
{
  int p = 0;

  part[0] = part[1] = part[2] = 0;
  for (; *shape != '\0'; shape++, text++) {
    if (*shape == 'd') {
      if (!g_ascii_isdigit (*text))
        return FALSE;
      part[p] = part[p] * 10 + g_ascii_digit_value (*text);
    } else if (*text != *shape) {
      return FALSE;
    } else {
      p++;
    }
  }
  return *text == '\0';
}

/**
 * way_date_from_iso:
 * @text: (nullable): a date as "YYYY-MM-DD"
 *
 * Reads the one form of a date that our files use. Strict on purpose, unlike
 * g_date_set_parse(), which guesses from the user's locale.
 *
 * Returns: the day, or %WAY_DATE_UNKNOWN if @text is anything else
 */
WayDate
way_date_from_iso (const char *text)
{
  int part[3];

  if (text == NULL || !read_shape (text, "dddd-dd-dd", part))
    return WAY_DATE_UNKNOWN;
  return way_date_new (part[0], part[1], part[2]);
}

/**
 * way_date_from_uk:
 * @text: (nullable): a date as "DD/MM/YYYY" or "DD-MM-YYYY"
 *
 * Returns: the day, or %WAY_DATE_UNKNOWN if @text is anything else
 */
WayDate
way_date_from_uk (const char *text)
{
  int part[3];

  if (text == NULL ||
      !(read_shape (text, "dd/dd/dddd", part) || read_shape (text, "dd-dd-dddd", part)))
    return WAY_DATE_UNKNOWN;
  return way_date_new (part[2], part[1], part[0]);
}

/**
 * way_date_from_stamp:
 * @stamp: (nullable): a time as ISO 8601, such as "2026-11-17T17:05:00Z"
 *
 * Returns: the day of @stamp, or %WAY_DATE_UNKNOWN
 */
WayDate
way_date_from_stamp (const char *stamp)
{
  char day[WAY_DATE_ISO_SIZE];

  if (stamp == NULL || g_utf8_strlen (stamp, -1) < WAY_DATE_ISO_SIZE - 1)
    return WAY_DATE_UNKNOWN;
  g_strlcpy (day, stamp, sizeof day);
  return way_date_from_iso (day);
}

void
way_date_get (WayDate date, int *year, int *month, int *day)
{
  GDate gdate;

  g_return_if_fail (date != WAY_DATE_UNKNOWN);

  g_date_clear (&gdate, 1);
  g_date_set_julian (&gdate, date);
  *year = g_date_get_year (&gdate);
  *month = (int) g_date_get_month (&gdate);
  *day = g_date_get_day (&gdate);
}

static void
put_digits (char *buffer, int two_digits)
{
  buffer[0] = (char) ('0' + two_digits / 10);
  buffer[1] = (char) ('0' + two_digits % 10);
}

/**
 * way_date_to_iso:
 * @date: a day; unknown gives the empty text
 * @buffer: (out): "YYYY-MM-DD"
 */
void
way_date_to_iso (WayDate date, char buffer[WAY_DATE_ISO_SIZE])
{
  int year, month, day;

  buffer[0] = '\0';
  if (date == WAY_DATE_UNKNOWN)
    return;
  way_date_get (date, &year, &month, &day);
  /* By hand, as every row that is stored has dates, and printf() takes ten times as long. */
  put_digits (buffer, year / 100 % 100);
  put_digits (buffer + 2, year % 100);
  buffer[4] = '-';
  put_digits (buffer + 5, month);
  buffer[7] = '-';
  put_digits (buffer + 8, day);
  buffer[10] = '\0';
}

/**
 * way_date_dup_iso:
 *
 * Returns: (transfer full) (nullable): "YYYY-MM-DD", %NULL if not known
 */
char *
way_date_dup_iso (WayDate date)
{
  char buffer[WAY_DATE_ISO_SIZE];

  if (date == WAY_DATE_UNKNOWN)
    return NULL;
  way_date_to_iso (date, buffer);
  return g_strdup (buffer);
}

/**
 * way_date_get_weekday:
 *
 * Returns: 1 for Monday to 7 for Sunday
 */
int
way_date_get_weekday (WayDate date)
{
  return (int) ((date - 1) % 7) + 1; /* Julian day 1, 1 January of year 1, was a Monday */
}

/* The last Sunday of a month with 31 days: there the clocks change in the United Kingdom. */
static WayDate
last_sunday (int year, int month)
{
  WayDate last = way_date_new (year, month, 31);

  return last - (WayDate) (way_date_get_weekday (last) % 7);
}

/* Whether the clocks are an hour ahead. Worked out here and not by the machine's own zone, so
 * that a record has the same words everywhere. (1:00 UTC, last Sundays of March and October) */
static gboolean
is_summer_time (WayDate day, int hour)
{
  int year, month, date;
  WayDate from, to;

  way_date_get (day, &year, &month, &date);
  from = last_sunday (year, 3);
  to = last_sunday (year, 10);
  return (day > from || (day == from && hour >= 1)) && (day < to || (day == to && hour < 1));
}

/**
 * way_date_from_stamp_in_england:
 * @stamp: (nullable): a time in UTC as ISO 8601, such as "2026-06-10T23:30:00Z"
 * @hour: (out) (optional): the hour that clocks in England showed, 0 to 23; -1: none is given
 *
 * What a reader is shown of a stamp that was taken at somebody's doing. Of a stamp without a time
 * of day it is that day.
 *
 * Returns: the day on calendars in England, 11 June of the example; or %WAY_DATE_UNKNOWN
 */
WayDate
way_date_from_stamp_in_england (const char *stamp, int *hour)
{
  WayDate day = way_date_from_stamp (stamp);
  int found = -1;

  if (day != WAY_DATE_UNKNOWN && strlen (stamp) >= strlen ("2026-06-10T23:30")) {
    found = (int) g_ascii_strtoll (stamp + 11, NULL, 10);
    if (is_summer_time (day, found) && ++found > 23) {
      found = 0;
      day++;
    }
  }
  if (hour != NULL)
    *hour = found;
  return day;
}

/**
 * way_date_add_months:
 * @date: a day
 * @months: how many calendar months, may be negative
 *
 * Returns: the same day of the month, or that month's last day where it is shorter
 */
WayDate
way_date_add_months (WayDate date, int months)
{
  int year, month, day, count;

  g_return_val_if_fail (date != WAY_DATE_UNKNOWN, WAY_DATE_UNKNOWN);

  way_date_get (date, &year, &month, &day);
  count = year * 12 + (month - 1) + months;
  year = count / 12;
  month = count % 12 + 1;
  day = MIN (day, g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year));
  return way_date_new (year, month, day);
}

/**
 * way_date_age:
 * @birth: date of birth
 * @on: the day to count to, not before @birth
 *
 * Completed years and months. A child born on 29 February is a year older on
 * 1 March of a common year.
 */
WayAge
way_date_age (WayDate birth, WayDate on)
{
  int by, bm, bd, y, m, d, months;

  g_return_val_if_fail (birth != WAY_DATE_UNKNOWN && on >= birth, ((WayAge){0, 0}));

  way_date_get (birth, &by, &bm, &bd);
  way_date_get (on, &y, &m, &d);
  months = (y - by) * 12 + (m - bm) - (d < bd ? 1 : 0);
  return (WayAge){months / 12, months % 12};
}

/* Today by the user's clock. Only programs call this; everything below is given the day. */
WayDate
way_date_today (void)
{
  /* lint: banned-call: this is the clock that the programs read */
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return way_date_new (
      g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now));
}

/**
 * way_stamp_now:
 *
 * Returns: (transfer full): the time now, "2026-11-17T17:05:09Z"
 */
char *
way_stamp_now (void)
{
  /* lint: banned-call: a stamp is the time at which it is made */
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
}

/* Dates for people are written as the service's documents write them, in
 * English: "17 November 2026". Screens that are translated use their own. */
const char *
way_month_name (int month)
{
  g_return_val_if_fail (month >= 1 && month <= 12, "");

  return MONTHS[month - 1];
}

/**
 * way_date_format:
 *
 * Returns: (transfer full): "17 November 2026"; the empty text if not known
 */
char *
way_date_format (WayDate date)
{
  int year, month, day;

  if (date == WAY_DATE_UNKNOWN)
    return g_strdup ("");
  way_date_get (date, &year, &month, &day);
  return g_strdup_printf ("%d %s %d", day, MONTHS[month - 1], year);
}

/**
 * way_date_format_long:
 *
 * Returns: (transfer full): "Tuesday 17 November 2026"; the empty text if not known
 */
char *
way_date_format_long (WayDate date)
{
  g_autofree char *plain = way_date_format (date);

  if (date == WAY_DATE_UNKNOWN)
    return g_steal_pointer (&plain);
  return g_strdup_printf ("%s %s", WEEKDAYS[way_date_get_weekday (date) - 1], plain);
}

/**
 * way_date_format_short:
 *
 * Returns: (transfer full): "17 Nov 2026"; the empty text if not known
 */
char *
way_date_format_short (WayDate date)
{
  int year, month, day;

  if (date == WAY_DATE_UNKNOWN)
    return g_strdup ("");
  way_date_get (date, &year, &month, &day);
  return g_strdup_printf ("%d %.3s %d", day, MONTHS[month - 1], year);
}
