/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-upn.h"

#include <string.h>

/* Check letters, and the last character of a temporary number: I, O and S are
 * left out. (GovTalk UPN 2.0; domain 1.5) */
static const char ALPHABET[] = "ABCDEFGHJKLMNPQRTUVWXYZ";

#define UPN_LENGTH 13

static int
digit_value (char c)
{
  const char *place;

  if (g_ascii_isdigit (c))
    return g_ascii_digit_value (c);
  place = c != '\0' ? strchr (ALPHABET, c) : NULL;
  return place != NULL ? (int) (place - ALPHABET) : -1;
}

/**
 * way_upn_check_letter:
 * @body: the twelve characters after the check letter
 *
 * Weights each character by its position (2 to 13), sums modulo 23.
 *
 * Returns: the check letter, or NUL if @body is malformed
 */
char
way_upn_check_letter (const char *body)
{
  int sum = 0;

  if (strlen (body) != UPN_LENGTH - 1)
    return '\0';
  for (int i = 0; i < UPN_LENGTH - 1; i++) {
    int value = digit_value (body[i]);

    if (value < 0 || (i < UPN_LENGTH - 2 && !g_ascii_isdigit (body[i])))
      return '\0';
    sum += value * (i + 2);
  }
  return ALPHABET[sum % 23];
}

/**
 * way_upn_normalise:
 * @text: (nullable): a number as somebody wrote it
 *
 * Upper case, without white space: "f886 2001 23001 " is the number F886200123001.
 *
 * Returns: (transfer full) (nullable): the number; %NULL if @text has none
 */
char *
way_upn_normalise (const char *text)
{
  g_autoptr (GString) upn = g_string_new (NULL);

  for (; text != NULL && *text != '\0'; text++) {
    if (!g_ascii_isspace (*text))
      g_string_append_c (upn, g_ascii_toupper (*text));
  }
  return upn->len > 0 ? g_string_free (g_steal_pointer (&upn), FALSE) : NULL;
}

/**
 * way_upn_check:
 * @upn: a unique pupil number as somebody wrote it
 *
 * Only ever warn: an unknown local authority or a wrong letter must not keep a
 * child out of the record.
 */
WayUpnKind
way_upn_check (const char *upn)
{
  char letter;

  if (strlen (upn) != UPN_LENGTH || upn[0] == '\0' || strchr (ALPHABET, upn[0]) == NULL)
    return WAY_UPN_MALFORMED;
  letter = way_upn_check_letter (upn + 1);
  if (letter == '\0')
    return WAY_UPN_MALFORMED;
  if (letter != upn[0])
    return WAY_UPN_WRONG_LETTER;
  return g_ascii_isdigit (upn[UPN_LENGTH - 1]) ? WAY_UPN_PERMANENT : WAY_UPN_TEMPORARY;
}

/**
 * way_upn_make:
 * @la: local authority, three digits
 * @establishment: establishment number, four digits
 * @year: calendar year; its last two digits count
 * @serial: three digits
 *
 * Returns: (transfer full): a permanent number with its check letter
 */
char *
way_upn_make (guint la, guint establishment, guint year, guint serial)
{
  g_autofree char *body = g_strdup_printf (
      "%03u%04u%02u%03u", la % 1000, establishment % 10000, year % 100, serial % 1000);

  return g_strdup_printf ("%c%s", way_upn_check_letter (body), body);
}
