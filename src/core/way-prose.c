/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands where in a text that somebody wrote. */
#include "way-prose.h"

#include "way-text.h"

#include <string.h>

/**
 * way_prose_begins_sentence:
 * @at: a word of @text
 *
 * Returns: whether a sentence or a line begins with it
 */
gboolean
way_prose_begins_sentence (const char *text, const char *at)
{
  while (at > text) {
    gunichar c = g_utf8_get_char (at = g_utf8_prev_char (at));

    if (c == '\n' || c == '.' || c == '!' || c == '?')
      return TRUE;
    if (!g_unichar_isspace (c) && !g_unichar_ispunct (c))
      return FALSE;
    if (c == ',' || c == ';' || c == ':' || c == '(' || c == '/')
      return FALSE;
  }
  return TRUE;
}

/**
 * way_prose_goes_on:
 * @stop: a full stop
 *
 * Returns: whether the sentence goes on after it, as after an abbreviation
 */
gboolean
way_prose_goes_on (const char *stop)
{
  const char *next = stop + 1;

  while (g_unichar_isspace (g_utf8_get_char (next)) && *next != '\n')
    next = g_utf8_next_char (next);
  return *next != '\0' && *next != '\n' && !g_unichar_isupper (g_utf8_get_char (next));
}

/* Whether nothing is joined to the beginning of a word, as "P." is in "P.E.". */
static gboolean
is_open_before (const char *text, const char *start)
{
  gunichar c = start > text ? g_utf8_get_char (g_utf8_prev_char (start)) : ' ';
  GUnicodeType type = g_unichar_type (c);

  return g_unichar_isspace (c) || type == G_UNICODE_OPEN_PUNCTUATION ||
         type == G_UNICODE_INITIAL_PUNCTUATION || (c < 128 && strchr ("\"',;:", (int) c) != NULL);
}

/* Nor to its end, but for a full stop and for "’s". */
static gboolean
is_open_after (const char *end)
{
  const char *next = *end == '.' ? end + 1 : end;
  gunichar c = g_utf8_get_char (next);

  if (way_text_is_apostrophe (c)) {
    next = g_utf8_next_char (next);
    if (*next == 's' || *next == 'S')
      next++;
    return !g_unichar_isalnum (g_utf8_get_char (next));
  }
  return c == 0 || g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_CLOSE_PUNCTUATION ||
         g_unichar_type (c) == G_UNICODE_FINAL_PUNCTUATION ||
         (c < 128 && strchr ("\",;:!?", (int) c) != NULL);
}

/* A letter after them is what such a thing is called. */
static gboolean
is_thing_with_letter (const char *word)
{
  static const char *const THINGS[] = {"band",   "block", "class",   "form",    "grade", "group",
                                       "letter", "level", "option",  "part",    "phase", "plan",
                                       "room",   "score", "section", "set",     "sound", "stage",
                                       "table",  "team",  "unit",    "vitamin", "year",  NULL};

  return g_strv_contains (THINGS, word);
}

/**
 * way_prose_judge_letter:
 * @start: a capital in @text that is a word
 * @end: of it
 * @before: (nullable): the word before it, folded
 *
 * "I" and "A" are words too, and "Mr W. Smith" is a grown-up of another name.
 *
 * Returns: whether it may stand for a name
 */
WayLetter
way_prose_judge_letter (const char *text, const char *start, const char *end, const char *before)
{
  if (!is_open_before (text, start) || !is_open_after (end) ||
      (before != NULL && is_thing_with_letter (before)))
    return WAY_LETTER_NONE;
  if (*end == '.' && way_prose_goes_on (end))
    return WAY_LETTER_NAME;
  if (*end != '.' && (*start == 'I' || (*start == 'A' && way_prose_begins_sentence (text, start))))
    return WAY_LETTER_NONE;
  return before != NULL && way_text_is_title (before) ? WAY_LETTER_NONE : WAY_LETTER_UNCLEAR;
}
