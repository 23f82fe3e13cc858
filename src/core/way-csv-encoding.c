/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In which encoding a table was saved. */
#include "way-csv.h"

#include <string.h>

/**
 * way_csv_letters_count:
 * @self: (inout): what was counted so far
 * @bytes: the next of a file, from its beginning on
 * @is_end: whether no more follow
 *
 * Counts what is beyond ASCII.
 *
 * Returns: how many of @bytes were counted: a letter that is cut off at the end is not, so give it
 *   again with what follows
 */
gsize
way_csv_letters_count (WayCsvLetters *self, const char *bytes, gsize length, gboolean is_end)
{
  for (gsize i = 0; i < length;) {
    gunichar c;

    if ((guchar) bytes[i] < 0x80) {
      i++;
      continue;
    }
    c = g_utf8_get_char_validated (bytes + i, (gssize) (length - i));
    if (c == (gunichar) -2 && !is_end)
      return i;
    if (c == (gunichar) -1 || c == (gunichar) -2) {
      self->n_other++;
      i++;
      continue;
    }
    self->n_utf8++;
    i += (gsize) (g_utf8_next_char (bytes + i) - (bytes + i));
  }
  return length;
}

/**
 * way_csv_letters_decide:
 * @self: the letters of a whole file
 *
 * Two letters in a row may look like UTF-8 by chance, as do “É’” in Windows-1252; and a few may
 * have been pasted from elsewhere into a file in UTF-8. So the more frequent kind decides.
 *
 * Returns: the file's encoding; the one that refuses what it can't read, where it is a draw
 */
WayCsvEncoding
way_csv_letters_decide (const WayCsvLetters *self)
{
  if (self->n_utf8 == 0 && self->n_other == 0)
    return WAY_CSV_ENCODING_UNKNOWN;
  return self->n_other > self->n_utf8 ? WAY_CSV_WINDOWS_1252 : WAY_CSV_UTF8;
}
