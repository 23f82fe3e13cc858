/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-number.h"

#include <math.h>

#define MOST_DIGITS 1e15 /* whole numbers up to here are written out, not as 1e+06 */

/**
 * way_number_from_text:
 * @text: a decimal number with a point, whatever the user's locale: "-2", "3.5"
 * @number: (out): the number
 *
 * Returns: %FALSE for anything else: spaces, hexadecimal, "nan", "inf", or more
 *   than fits a double
 */
gboolean
way_number_from_text (const char *text, double *number)
{
  char *end = NULL;

  for (const char *p = text; *p != '\0'; p++) {
    if (!g_ascii_isdigit (*p) && *p != '.' && *p != '-' && *p != '+' && *p != 'e' && *p != 'E')
      return FALSE;
  }
  *number = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && isfinite (*number);
}

/**
 * way_number_to_text:
 * @number: a finite number
 *
 * Returns: (transfer full): the shortest text that reads back as the same number, a whole one
 *   with all its digits
 */
char *
way_number_to_text (double number)
{
  static const char *const FORMATS[] = {"%.6g", "%.15g", "%.17g"};
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  double back;

  if (number == 0.0)
    return g_strdup ("0"); /* never "-0" */
  if (fabs (number) <= MOST_DIGITS && number == trunc (number))
    return g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) number);
  for (guint i = 0; i < G_N_ELEMENTS (FORMATS); i++) {
    g_ascii_formatd (buffer, sizeof buffer, FORMATS[i], number);
    if (way_number_from_text (buffer, &back) && back == number)
      break;
  }
  return g_strdup (buffer);
}
