/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A day as people write it in a sentence. */
#include "way-date-words.h"

#include <string.h>

#define LONGEST_GAP 3    /* bytes between two parts: "31 / 08" has as many */
#define SHORTEST_MONTH 3 /* letters of "Aug" */
#define N_PARTS 3

/* "31st", "August", "2018", "08" */
typedef struct {
  guint n_digits, n_letters;
  guint number;
  char letters[16]; /* in small letters */
} Part;

static const char *
skip_letters (const char *p)
{
  while (g_ascii_isalpha (*p))
    p++;
  return p;
}

/* The ending of "1st" is of its part. Returns what follows the part; NULL: it is none. */
static const char *
read_part (const char *text, Part *part)
{
  const char *p = text;

  *part = (Part){0};
  for (; g_ascii_isdigit (*p) && part->n_digits < 5; p++, part->n_digits++)
    part->number = part->number * 10 + (guint) (*p - '0');
  text = p;
  p = skip_letters (p);
  part->n_letters = (guint) (p - text);
  if (part->n_letters >= sizeof part->letters || p == text - part->n_digits)
    return NULL;
  for (guint i = 0; i < part->n_letters; i++)
    part->letters[i] = g_ascii_tolower (text[i]);
  return p;
}

/* "/", "-", ".", ", " and the like, and the "of" of "31st of August". */
static const char *
skip_gap (const char *text)
{
  const char *p = text;

  for (; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!g_unichar_isspace (c) && g_unichar_type (c) != G_UNICODE_DASH_PUNCTUATION &&
        strchr ("/.,", *p) == NULL)
      break;
  }
  if (p - text > LONGEST_GAP)
    return NULL;
  return g_str_has_prefix (p, "of ") ? p + strlen ("of ") : p;
}

static gboolean
is_day (const Part *part, int day)
{
  static const char *const ENDINGS[] = {"", "st", "nd", "rd", "th", NULL};

  return part->n_digits > 0 && part->n_digits < 3 && part->number == (guint) day &&
         g_strv_contains (ENDINGS, part->letters);
}

static gboolean
is_month (const Part *part, int month)
{
  if (part->n_digits == 0)
    return part->n_letters >= SHORTEST_MONTH &&
           g_ascii_strncasecmp (way_month_name (month), part->letters, part->n_letters) == 0;
  return part->n_digits < 3 && part->n_letters == 0 && part->number == (guint) month;
}

static gboolean
is_year (const Part *part, int year)
{
  if (part->n_letters > 0)
    return FALSE;
  return (part->n_digits == 4 && part->number == (guint) year) ||
         (part->n_digits == 2 && part->number == (guint) (year % 100));
}

/**
 * way_date_skip_words:
 * @text: within a sentence
 * @date: a day that is known
 *
 * Knows the day with its month and year in the usual orders: "31 August 2018", "31st of Aug, 2018",
 * "August 31, 2018", "31/08/18", "2018-08-31". A day without its year is none.
 *
 * Returns: (nullable): what follows, where @text begins with @date
 */
const char *
way_date_skip_words (const char *text, WayDate date)
{
  Part parts[N_PARTS];
  int year, month, day;

  for (guint i = 0; i < N_PARTS; i++) {
    text = i > 0 ? skip_gap (text) : text;
    text = text != NULL ? read_part (text, &parts[i]) : NULL;
    if (text == NULL)
      return NULL;
  }
  way_date_get (date, &year, &month, &day);
  if (is_year (&parts[0], year) && is_month (&parts[1], month) && is_day (&parts[2], day))
    return text;
  if (!is_year (&parts[2], year))
    return NULL;
  if ((is_day (&parts[0], day) && is_month (&parts[1], month)) ||
      (is_month (&parts[0], month) && is_day (&parts[1], day)))
    return text;
  return NULL;
}
