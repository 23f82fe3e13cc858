/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-text.h"

#include "way-date.h"

#include <string.h>

/**
 * way_text_is_clean:
 * @text: anything
 *
 * Returns: %TRUE if @text is UTF-8 and every character may stand in XML 1.0:
 *   no control characters but tab and line ends, no U+FFFE or U+FFFF
 */
gboolean
way_text_is_clean (const char *text)
{
  while (*text >= 0x20 && *text < 0x7f) /* most texts are nothing else */
    text++;
  if (*text == '\0')
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xfffe || c == 0xffff)
      return FALSE;
  }
  return TRUE;
}

/* C0 without the line ends and tabs, DEL and C1: a terminal or printer may obey them. */
static gboolean
is_control (gunichar c)
{
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7f && c < 0xa0) ||
         c == 0xfffe || c == 0xffff;
}

static gboolean
is_line_break (gunichar c)
{
  return c == '\t' || c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

/* Embeddings, overrides and isolates: they make a line read otherwise than it is stored. The marks
 * that right-to-left names need (U+200E, U+200F) are none of them. */
static gboolean
turns_text_round (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/**
 * way_text_dup_fault:
 * @text: a value that somebody typed or sent
 * @is_prose: whether line breaks and tabs may be in it
 * @longest: the most characters
 *
 * Returns: (transfer full) (nullable): for people, why @text can't be taken; %NULL if it can
 */
char *
way_text_dup_fault (const char *text, gboolean is_prose, guint longest)
{
  const char *p = text;

  while (*p >= 0x20 && *p < 0x7f) /* most texts are nothing else */
    p++;
  if (*p != '\0' && !g_utf8_validate (p, -1, NULL))
    return g_strdup ("is not UTF-8; save the file as UTF-8");
  for (; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (is_control (c))
      return g_strdup_printf ("holds a control character (U+%04X); take it out", c);
    if (!is_prose && is_line_break (c))
      return g_strdup ("holds a line break or a tab, but is one line; put a space instead");
    if (!is_prose && turns_text_round (c))
      return g_strdup_printf ("holds a character that turns the text round (U+%04X); take it out",
                              c);
  }
  if ((gsize) (p - text) > longest && g_utf8_strlen (text, -1) > (glong) longest)
    return g_strdup_printf ("is longer than %u characters; shorten it", longest);
  return NULL;
}

/**
 * way_text_tidy:
 * @text: what was typed or pasted
 * @is_prose: whether line breaks and tabs may be in it
 *
 * Word processors and PDFs put characters on the clipboard that nobody sees and no record may hold:
 * a line break of theirs becomes one of ours, or a space; what else is a control goes.
 *
 * Returns: (transfer full): a text in which way_text_dup_fault() finds no such character
 */
char *
way_text_tidy (const char *text, gboolean is_prose)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *tidy = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c == '\r' && p[1] == '\n')
      continue;
    if (c == '\v' || c == '\f' || c == '\r' || c == 0x85)
      c = '\n';
    if (!is_prose && is_line_break (c))
      g_string_append_c (tidy, ' ');
    else if (!is_control (c) && (is_prose || !turns_text_round (c)))
      g_string_append_unichar (tidy, c);
  }
  return g_string_free (tidy, FALSE);
}

/**
 * way_text_dup_harmless:
 * @text: anything, such as a value that is quoted in a message because it is wrong
 *
 * Returns: (transfer full): one line of UTF-8 that nothing obeys: white space as spaces, any other
 *   character that way_text_dup_fault() refuses in a line as U+FFFD
 */
char *
way_text_dup_harmless (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *line = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (is_line_break (c))
      g_string_append_c (line, ' ');
    else
      g_string_append_unichar (line, is_control (c) || turns_text_round (c) ? 0xfffd : c);
  }
  return g_string_free (line, FALSE);
}

/**
 * way_text_dup_shown:
 * @text: as way_text_dup_harmless() takes it
 * @n_characters: the most that shall be given
 *
 * Returns: (transfer full): the beginning of it as a message can quote it, harmless, with "…" where
 *   it was cut
 */
char *
way_text_dup_shown (const char *text, guint n_characters)
{
  g_autofree char *line = way_text_dup_harmless (text);

  if (g_utf8_strlen (line, -1) <= (glong) n_characters)
    return g_steal_pointer (&line);
  *g_utf8_offset_to_pointer (line, n_characters) = '\0';
  return g_strconcat (line, "…", NULL);
}

/**
 * way_text_is_time:
 *
 * Returns: %TRUE for a time of day, "00:00" to "23:59"
 */
gboolean
way_text_is_time (const char *text)
{
  return strlen (text) == 5 && g_ascii_isdigit (text[0]) && g_ascii_isdigit (text[1]) &&
         text[2] == ':' && g_ascii_isdigit (text[3]) && g_ascii_isdigit (text[4]) &&
         strncmp (text, "24", 2) < 0 && text[3] < '6';
}

/**
 * way_text_is_stamp:
 *
 * Returns: %TRUE for a time in UTC, "2026-11-17T17:05:09Z"
 */
gboolean
way_text_is_stamp (const char *text)
{
  char clock[6];

  if (strlen (text) != 20 || text[10] != 'T' || text[16] != ':' || text[19] != 'Z' ||
      !g_ascii_isdigit (text[17]) || !g_ascii_isdigit (text[18]) || text[17] > '5')
    return FALSE;
  g_strlcpy (clock, text + 11, sizeof clock);
  return way_text_is_time (clock) && way_date_from_stamp (text) != WAY_DATE_UNKNOWN;
}

/**
 * way_text_is_blank:
 * @text: (nullable): UTF-8
 *
 * Returns: %TRUE if nothing but white space is in @text
 */
gboolean
way_text_is_blank (const char *text)
{
  if (text == NULL)
    return TRUE;
  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  }
  return TRUE;
}

/* The same for a text of plain letters, as most names are, at a tenth of the cost. */
static char *
fold_ascii (const char *text)
{
  GString *folded = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++) {
    if (!g_ascii_isspace (*p))
      g_string_append_c (folded, g_ascii_tolower (*p));
    else if (folded->len > 0 && folded->str[folded->len - 1] != ' ')
      g_string_append_c (folded, ' ');
  }
  if (folded->len > 0 && folded->str[folded->len - 1] == ' ')
    g_string_truncate (folded, folded->len - 1);
  return g_string_free (folded, FALSE);
}

/**
 * way_text_fold:
 * @text: UTF-8
 *
 * For comparing names: without case and accents, white space as single spaces.
 *
 * Returns: (transfer full): "zoe okafor" for " Zoë  OKAFOR"
 */
char *
way_text_fold (const char *text)
{
  g_autofree char *decomposed = NULL;
  g_autoptr (GString) bare = NULL;
  gboolean space = FALSE;

  if (g_str_is_ascii (text))
    return fold_ascii (text);
  decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  if (decomposed == NULL)
    return g_strdup ("");
  bare = g_string_new (NULL);
  for (const char *p = decomposed; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_ismark (c))
      continue;
    if (g_unichar_isspace (c)) {
      space = bare->len > 0;
      continue;
    }
    if (space)
      g_string_append_c (bare, ' ');
    space = FALSE;
    g_string_append_unichar (bare, c);
  }
  return g_utf8_casefold (bare->str, -1);
}

/**
 * way_text_plain_letter:
 * @letter: a small letter
 *
 * Letters that no accent tells from a plain one: a keyboard that has them not types these instead.
 * Each is no longer in UTF-8 than the letter itself.
 *
 * Returns: (nullable): "l" for "ł", "ae" for "æ"; %NULL for all others
 */
const char *
way_text_plain_letter (gunichar letter)
{
  switch (letter) {
  case 0xdf:
    return "ss";
  case 0xe6:
    return "ae";
  case 0xf0:
  case 0x111:
    return "d";
  case 0xf8:
    return "o";
  case 0xfe:
    return "th";
  case 0x127:
    return "h";
  case 0x131:
    return "i";
  case 0x142:
    return "l";
  case 0x14b:
    return "n";
  case 0x153:
    return "oe";
  case 0x167:
    return "t";
  default:
    return NULL;
  }
}

/**
 * way_text_is_apostrophe:
 *
 * Returns: whether @c is written for an apostrophe; some keyboards and web pages give the modifier
 *   letter, which counts as a letter elsewhere
 */
gboolean
way_text_is_apostrophe (gunichar c)
{
  return c == '\'' || c == '`' || c == 0xb4 || c == 0x2018 || c == 0x2019 || c == 0xff07 ||
         (c >= 0x2b9 && c <= 0x2bf);
}

/**
 * way_text_is_title:
 * @word: as way_text_fold() gives it
 *
 * Returns: whether it is what an adult is called by before the name: "mrs"
 */
gboolean
way_text_is_title (const char *word)
{
  static const char *const TITLES[] = {"mr",
                                       "mrs",
                                       "ms",
                                       "miss",
                                       "mx",
                                       "mister",
                                       "dr",
                                       "doctor",
                                       "prof",
                                       "professor",
                                       "sir",
                                       "lady",
                                       "lord",
                                       "dame",
                                       "rev",
                                       "revd",
                                       "reverend",
                                       "cllr",
                                       NULL};

  return g_strv_contains (TITLES, word);
}

/**
 * way_text_fold_for_search:
 * @text: UTF-8
 *
 * Like way_text_fold(), and letters such as "ł" as their plain ones: for finding and sorting, too
 * loose for telling people apart.
 *
 * Returns: (transfer full): "lukasz zak" for "Łukasz Żak"
 */
char *
way_text_fold_for_search (const char *text)
{
  g_autofree char *folded = way_text_fold (text);
  g_autoptr (GString) plain = NULL;

  if (g_str_is_ascii (folded))
    return g_steal_pointer (&folded);
  plain = g_string_new (NULL);
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    const char *letter = c < 0x80 ? NULL : way_text_plain_letter (c);

    if (letter != NULL)
      g_string_append (plain, letter);
    else
      g_string_append_unichar (plain, c);
  }
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

/**
 * way_text_initials:
 * @name: (nullable): one or more names
 *
 * Returns: (transfer full): "A.O." for "Amara Okafor"
 */
char *
way_text_initials (const char *name)
{
  g_autoptr (GString) initials = g_string_new (NULL);
  gboolean at_start = TRUE;

  for (const char *p = name != NULL ? name : ""; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (at_start && g_unichar_isalpha (c)) {
      g_string_append_unichar (initials, g_unichar_toupper (c));
      g_string_append_c (initials, '.');
      at_start = FALSE;
    } else if (g_unichar_isspace (c) || c == '-') {
      at_start = TRUE;
    }
  }
  return g_string_free (g_steal_pointer (&initials), FALSE);
}

guint
way_text_count_words (const char *text)
{
  guint words = 0;
  gboolean inside = FALSE;

  for (const char *p = text != NULL ? text : ""; *p != '\0'; p = g_utf8_next_char (p)) {
    gboolean space = g_unichar_isspace (g_utf8_get_char (p));

    words += !space && !inside;
    inside = !space;
  }
  return words;
}

/**
 * way_text_first_words:
 * @text: (nullable): prose
 * @n_characters: the most that shall be given
 *
 * Returns: (transfer full): the beginning as one line, cut at a word with "…"
 */
char *
way_text_first_words (const char *text, guint n_characters)
{
  g_autofree char *line = g_strdelimit (g_strdup (text != NULL ? text : ""), "\r\n\t", ' ');
  char *cut, *space;

  g_strstrip (line);
  if (g_utf8_strlen (line, -1) <= (glong) n_characters)
    return g_steal_pointer (&line);
  cut = g_utf8_offset_to_pointer (line, n_characters);
  *cut = '\0';
  space = strrchr (line, ' ');
  if (space != NULL)
    *space = '\0';
  return g_strconcat (line, "…", NULL);
}

/**
 * way_text_dup_statement:
 * @subject: (nullable): what it is about, in words of people: "Date of birth"
 * @message: what is wrong. One that begins with a small letter, such as "is missing", says it of
 *   @subject; any other stands by itself
 *
 * Returns: (transfer full): a whole sentence without its full stop: "Date of birth is missing"
 */
char *
way_text_dup_statement (const char *subject, const char *message)
{
  gboolean has_subject = !way_text_is_blank (subject) && g_ascii_islower (*message);
  char *text = has_subject ? g_strconcat (subject, " ", message, NULL) : g_strdup (message);

  *text = g_ascii_toupper (*text);
  return text;
}

/**
 * way_text_dup_sentence:
 *
 * Returns: (transfer full): as way_text_dup_statement(), with its full stop
 */
char *
way_text_dup_sentence (const char *subject, const char *message)
{
  g_autofree char *text = way_text_dup_statement (subject, message);
  gboolean is_ended = *text == '\0' || strchr (".!?", text[strlen (text) - 1]) != NULL;

  return g_strconcat (text, is_ended ? "" : ".", NULL);
}

/**
 * way_uuid_random:
 *
 * Returns: (transfer full): a new id
 */
char *
way_uuid_random (void)
{
  return g_uuid_string_random ();
}

static char *
format_uuid (const guint8 bytes[16])
{
  static const char DIGITS[] = "0123456789abcdef";
  char *text = g_malloc (37), *end = text;

  for (guint i = 0; i < 16; i++) {
    if (i == 4 || i == 6 || i == 8 || i == 10)
      *end++ = '-';
    *end++ = DIGITS[bytes[i] >> 4];
    *end++ = DIGITS[bytes[i] & 15];
  }
  *end = '\0';
  return text;
}

/**
 * way_uuid_for_name:
 * @space: what kind of thing is named
 * @name: its name there
 *
 * A name-based UUID (RFC 4122 version 5 layout, SHA-1 over "@space/@name"), so
 * that the same id in somebody's spreadsheet is the same record every time.
 *
 * Returns: (transfer full): the id
 */
char *
way_uuid_for_name (const char *space, const char *name)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 d[20];
  gsize length = sizeof d;

  g_checksum_update (checksum, (const guchar *) "org.waymark.Waymark/", -1);
  g_checksum_update (checksum, (const guchar *) space, -1);
  g_checksum_update (checksum, (const guchar *) "/", -1);
  g_checksum_update (checksum, (const guchar *) name, -1);
  g_checksum_get_digest (checksum, d, &length);
  d[6] = (d[6] & 0x0f) | 0x50;
  d[8] = (d[8] & 0x3f) | 0x80;
  return format_uuid (d);
}

gboolean
way_uuid_is_valid (const char *text)
{
  return text != NULL && g_uuid_string_is_valid (text);
}

/**
 * way_uuid_tidy:
 * @text: (inout) (nullable): what may be an id
 *
 * An id means the same in capitals, as some programs write it; Waymark's are in small letters.
 */
void
way_uuid_tidy (char *text)
{
  if (!way_uuid_is_valid (text))
    return;
  for (; *text != '\0'; text++)
    *text = g_ascii_tolower (*text);
}

/**
 * way_uuid_is_made_up:
 * @id: (nullable): of a record
 *
 * The ids of a made-up caseload are of version 8, which is free to mean what its maker says
 * (RFC 9562, 5.8), and end alike. So it is known in every store that such a record comes to.
 *
 * Returns: whether it is one of a made-up caseload
 */
gboolean
way_uuid_is_made_up (const char *id)
{
  return way_uuid_is_valid (id) && id[14] == '8' && g_str_has_suffix (id, "-" WAY_UUID_MADE_UP);
}
