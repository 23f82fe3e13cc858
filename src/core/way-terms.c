/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-terms.h"

#include "way-error.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MOST_TERMS 6 /* in Kent; others have three */

struct _WayTerms {
  GPtrArray *rows; /* WayTerm, by first day */
};

static int
compare_terms (gconstpointer a, gconstpointer b)
{
  const WayTerm *first = *(WayTerm *const *) a, *second = *(WayTerm *const *) b;

  return first->start < second->start ? -1 : first->start > second->start;
}

/**
 * way_terms_new:
 * @rows: (element-type WayTerm): the table; copied and put in order
 *
 * Returns: (transfer full): the terms
 */
WayTerms *
way_terms_new (GPtrArray *rows)
{
  WayTerms *self = g_new0 (WayTerms, 1);

  self->rows = g_ptr_array_new_with_free_func (way_record_free);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (self->rows, way_record_copy (g_ptr_array_index (rows, i)));
  g_ptr_array_sort (self->rows, compare_terms);
  return self;
}

WayTerms *
way_terms_copy (const WayTerms *self)
{
  return way_terms_new (self->rows);
}

void
way_terms_free (WayTerms *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rows);
  g_free (self);
}

guint
way_terms_get_length (const WayTerms *self)
{
  return self->rows->len;
}

const WayTerm *
way_terms_get (const WayTerms *self, guint index)
{
  g_return_val_if_fail (index < self->rows->len, NULL);

  return g_ptr_array_index (self->rows, index);
}

/**
 * way_terms_get_window_end:
 *
 * Returns: the last day that counts for @term: the day before the next term's
 *   first day; of the table's last term, its own last day
 */
WayDate
way_terms_get_window_end (const WayTerms *self, const WayTerm *term)
{
  for (guint i = 0; i < self->rows->len; i++) {
    const WayTerm *next = g_ptr_array_index (self->rows, i);

    if (next->start > term->start)
      return next->start - 1;
  }
  return term->end;
}

/**
 * way_terms_find:
 *
 * Returns: (transfer none) (nullable): the reporting term that @on belongs to
 */
const WayTerm *
way_terms_find (const WayTerms *self, WayDate on)
{
  const WayTerm *found = NULL;

  for (guint i = 0; i < self->rows->len; i++) {
    const WayTerm *term = g_ptr_array_index (self->rows, i);

    if (term->start <= on)
      found = term;
  }
  return found != NULL && on <= way_terms_get_window_end (self, found) ? found : NULL;
}

/**
 * way_terms_find_name:
 * @name: as in "2023-24/3"
 *
 * Returns: (transfer none) (nullable): the term
 */
const WayTerm *
way_terms_find_name (const WayTerms *self, const char *name)
{
  for (guint i = 0; i < self->rows->len; i++) {
    g_autofree char *own = way_term_name (g_ptr_array_index (self->rows, i));

    if (strcmp (own, name) == 0)
      return g_ptr_array_index (self->rows, i);
  }
  return NULL;
}

/**
 * way_terms_is_holiday:
 *
 * Returns: whether @on is reported with a term, but lies after its last day of lessons
 */
gboolean
way_terms_is_holiday (const WayTerms *self, WayDate on)
{
  const WayTerm *term = way_terms_find (self, on);

  return term != NULL && on > term->end;
}

/**
 * way_terms_is_school_day:
 *
 * Returns: %TRUE from Monday to Friday inside a term; bank holidays inside terms
 *   and a school's own days off are not known here
 */
gboolean
way_terms_is_school_day (const WayTerms *self, WayDate on)
{
  if (on == WAY_DATE_UNKNOWN || way_date_get_weekday (on) > 5)
    return FALSE;
  for (guint i = 0; i < self->rows->len; i++) {
    const WayTerm *term = g_ptr_array_index (self->rows, i);

    if (term->start <= on && on <= term->end)
      return TRUE;
  }
  return FALSE;
}

/**
 * way_term_name:
 *
 * Returns: (transfer full): "2023-24/3"
 */
char *
way_term_name (const WayTerm *term)
{
  return g_strdup_printf ("%s/%d", term->year, (int) term->term);
}

/**
 * way_term_label:
 *
 * Returns: (transfer full): "Spring, term 3"; terms 1 and 2 are autumn, 3 and 4
 *   spring, 5 and 6 summer
 */
char *
way_term_label (const WayTerm *term)
{
  static const char *const SEASONS[] = {"Autumn", "Spring", "Summer"};
  int number = (int) term->term;

  if (number < 1 || number > 6)
    return g_strdup_printf ("Term %d", number);
  return g_strdup_printf ("%s, term %d", SEASONS[(number - 1) / 2], number);
}

/**
 * way_terms_check:
 * @rows: (element-type WayTerm): a table of terms
 * @error: return location for %WAY_ERROR_INVALID
 *
 * Returns: %FALSE if a term ends before it starts or two overlap
 */
gboolean
way_terms_check (GPtrArray *rows, GError **error)
{
  g_autoptr (WayTerms) terms = way_terms_new (rows);

  for (guint i = 0; i < terms->rows->len; i++) {
    const WayTerm *term = g_ptr_array_index (terms->rows, i);
    const WayTerm *next = i + 1 < terms->rows->len ? g_ptr_array_index (terms->rows, i + 1) : NULL;
    g_autofree char *name = way_term_name (term);

    if (term->start == WAY_DATE_UNKNOWN || term->end < term->start) {
      g_set_error (error,
                   WAY_ERROR,
                   WAY_ERROR_INVALID,
                   "Term %s ends before it starts; put its days right",
                   name);
      return FALSE;
    }
    if (next != NULL && next->start <= term->end) {
      g_autofree char *other = way_term_name (next);

      g_set_error (error,
                   WAY_ERROR,
                   WAY_ERROR_INVALID,
                   "Terms %s and %s overlap; put their days right",
                   name,
                   other);
      return FALSE;
    }
  }
  return TRUE;
}

/* The calendar year in which an academic year like "2026-27" begins; 0 for what is none. */
static int
read_year (const char *text)
{
  int first, second, end = 0;

  if (text == NULL || sscanf (text, "%4d-%2d%n", &first, &second, &end) != 2 || end != 7 ||
      text[end] != '\0' || second != (first + 1) % 100)
    return 0;
  return first;
}

/**
 * way_term_find_fault:
 * @self: a term of the table
 * @field: (out): the name of the field that is at fault
 *
 * Whatever lies in the table, returns are counted by. Some schools begin in the last days of
 * August, and some end in those of July.
 *
 * Returns: (transfer none) (nullable): for people, what is wrong with it; %NULL if all is well, or
 *   missing
 */
const char *
way_term_find_fault (const WayTerm *self, const char **field)
{
  const int year = read_year (self->year);

  *field = "year";
  if (self->year == NULL)
    return NULL;
  if (year == 0)
    return "is not an academic year; write it like 2026-27";
  *field = "term";
  if (!isnan (self->term) &&
      (self->term < 1 || self->term > MOST_TERMS || self->term != floor (self->term)))
    return "is not the number of a term; they are numbered from 1 to 6";
  *field = "start";
  if (self->start != WAY_DATE_UNKNOWN &&
      (self->start < way_date_new (year, 8, 1) || self->start >= way_date_new (year + 1, 8, 1)))
    return "is not in that academic year; check the year and the day";
  *field = "end";
  if (self->end != WAY_DATE_UNKNOWN && self->end > way_date_new (year + 1, 8, 31))
    return "is not in that academic year; check the year and the day";
  return NULL;
}
