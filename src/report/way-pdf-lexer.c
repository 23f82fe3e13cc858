/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a PDF, and the values that they make. (ISO 32000-1, 7.2 and 7.3) */
#include "way-pdf-lexer.h"

#include <string.h>

gboolean
way_pdf_is_space (char c)
{
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static gboolean
is_delimiter (char c)
{
  return memchr ("()<>[]{}/%", c, 10) != NULL;
}

static void
skip_space (WayPdfLexer *self)
{
  while (self->at < self->end && (way_pdf_is_space (*self->at) || *self->at == '%')) {
    if (*self->at == '%') {
      while (self->at < self->end && *self->at != '\n' && *self->at != '\r')
        self->at++;
    } else {
      self->at++;
    }
  }
}

static void
skip_string (WayPdfLexer *self)
{
  guint depth = 0;

  for (; self->at < self->end; self->at++) {
    if (*self->at == '\\' && self->at + 1 < self->end)
      self->at++;
    else if (*self->at == '(')
      depth++;
    else if (*self->at == ')' && --depth == 0)
      break;
  }
  self->at = MIN (self->at + 1, self->end);
}

static void
skip_delimited (WayPdfLexer *self)
{
  char c = *self->at;

  if (c == '(') {
    skip_string (self);
  } else if (c == '<' && self->at + 1 < self->end && self->at[1] != '<') {
    while (self->at < self->end && *self->at != '>')
      self->at++;
    self->at = MIN (self->at + 1, self->end);
  } else if (c == '<' || (c == '>' && self->at + 1 < self->end && self->at[1] == '>')) {
    self->at = MIN (self->at + 2, self->end);
  } else {
    self->at++;
  }
}

/**
 * way_pdf_next_token:
 *
 * Returns: what comes next; its letters are @token and @size
 */
WayPdfTokenKind
way_pdf_next_token (WayPdfLexer *self)
{
  char first;

  skip_space (self);
  if (self->at >= self->end)
    return WAY_PDF_TOKEN_END;
  first = *self->at;
  self->token = self->at;
  if (is_delimiter (first) && first != '/') {
    skip_delimited (self);
    self->size = (gsize) (self->at - self->token);
    return WAY_PDF_TOKEN_OPERAND;
  }
  do
    self->at++;
  while (self->at < self->end && !way_pdf_is_space (*self->at) && !is_delimiter (*self->at));
  self->size = (gsize) (self->at - self->token);
  return first == '/' || g_ascii_isdigit (first) || first == '+' || first == '-' || first == '.'
             ? WAY_PDF_TOKEN_OPERAND
             : WAY_PDF_TOKEN_WORD;
}

gboolean
way_pdf_token_is (const WayPdfLexer *self, const char *word)
{
  return strlen (word) == self->size && memcmp (self->token, word, self->size) == 0;
}

/* "0 R" after the number that was just read makes a reference of it. */
static void
take_reference (WayPdfLexer *self)
{
  WayPdfLexer ahead = *self;

  if (g_ascii_isdigit (*self->token) && way_pdf_next_token (&ahead) == WAY_PDF_TOKEN_OPERAND &&
      g_ascii_isdigit (*ahead.token) && way_pdf_next_token (&ahead) == WAY_PDF_TOKEN_WORD &&
      way_pdf_token_is (&ahead, "R"))
    *self = ahead;
}

/**
 * way_pdf_next_value:
 * @value: (out): a number, name, string, reference, or a whole array or dictionary
 *
 * Returns: %FALSE at the end of what holds it
 */
gboolean
way_pdf_next_value (WayPdfLexer *self, WayPdfSpan *value)
{
  guint depth = 0;

  *value = (WayPdfSpan){NULL, 0};
  do {
    if (way_pdf_next_token (self) == WAY_PDF_TOKEN_END)
      return FALSE;
    if (value->at == NULL)
      value->at = self->token;
    if (way_pdf_token_is (self, "<<") || way_pdf_token_is (self, "["))
      depth++;
    else if ((way_pdf_token_is (self, ">>") || way_pdf_token_is (self, "]")) && depth-- == 0)
      return FALSE;
  } while (depth > 0);
  take_reference (self);
  value->size = (gsize) (self->at - value->at);
  return TRUE;
}

/**
 * way_pdf_first_value:
 *
 * Returns: the value that @text begins with; of an object, its dictionary as a rule
 */
WayPdfSpan
way_pdf_first_value (WayPdfSpan text)
{
  WayPdfLexer lexer = {.at = text.at, .end = text.at + text.size};
  WayPdfSpan value;

  return way_pdf_next_value (&lexer, &value) ? value : (WayPdfSpan){text.at, 0};
}

/**
 * way_pdf_dict_find:
 * @key: with its slash, "/Type"
 * @value: (out): what stands there; left alone if nothing does
 *
 * Returns: %FALSE if @dict is none, or has no such key
 */
gboolean
way_pdf_dict_find (WayPdfSpan dict, const char *key, WayPdfSpan *value)
{
  WayPdfLexer lexer = {.at = dict.at, .end = dict.at + dict.size};
  WayPdfSpan next;

  if (way_pdf_next_token (&lexer) == WAY_PDF_TOKEN_END || !way_pdf_token_is (&lexer, "<<"))
    return FALSE;
  while (way_pdf_next_token (&lexer) != WAY_PDF_TOKEN_END && !way_pdf_token_is (&lexer, ">>")) {
    gboolean found = way_pdf_token_is (&lexer, key);

    if (!way_pdf_next_value (&lexer, &next))
      return FALSE;
    if (found) {
      *value = next;
      return TRUE;
    }
  }
  return FALSE;
}

/**
 * way_pdf_dict_set:
 * @key: with its slash
 * @value: as it is written in a file
 *
 * Returns: (transfer full): the dictionary with that value in place of any it had
 */
char *
way_pdf_dict_set (WayPdfSpan dict, const char *key, const char *value)
{
  GString *out = g_string_sized_new (dict.size + strlen (key) + strlen (value) + 8);
  gsize tail = strlen (">>");
  WayPdfSpan old;

  if (way_pdf_dict_find (dict, key, &old)) {
    g_string_append_len (out, dict.at, old.at - dict.at);
    g_string_append (out, value);
    g_string_append_len (out, old.at + old.size, dict.at + dict.size - old.at - old.size);
  } else {
    g_string_append_len (out, dict.at, (gssize) (MAX (dict.size, tail) - tail));
    g_string_append (out, key);
    g_string_append_c (out, ' ');
    g_string_append (out, value);
    g_string_append (out, "\n>>");
  }
  return g_string_free (out, FALSE);
}

/**
 * way_pdf_array_begin:
 *
 * Returns: what way_pdf_next_value() takes the items of @array from; of anything else, that alone
 */
WayPdfLexer
way_pdf_array_begin (WayPdfSpan array)
{
  gboolean is_array = array.size > 0 && *array.at == '[';

  return (WayPdfLexer){.at = array.at + (is_array ? 1 : 0), .end = array.at + array.size};
}

gboolean
way_pdf_span_is (WayPdfSpan span, const char *word)
{
  return strlen (word) == span.size && memcmp (span.at, word, span.size) == 0;
}

gboolean
way_pdf_span_begins (WayPdfSpan span, const char *word)
{
  return span.size >= strlen (word) && memcmp (span.at, word, strlen (word)) == 0;
}

/**
 * way_pdf_get_integer:
 * @number: (out): its value
 *
 * Returns: %FALSE if it is no number of at most nine figures, without sign and point
 */
gboolean
way_pdf_get_integer (WayPdfSpan span, guint *number)
{
  *number = 0;
  for (gsize i = 0; i < span.size; i++) {
    if (!g_ascii_isdigit (span.at[i]) || i >= 9)
      return FALSE;
    *number = *number * 10 + (guint) g_ascii_digit_value (span.at[i]);
  }
  return span.size > 0;
}

/**
 * way_pdf_get_reference:
 *
 * Returns: the number of the object that "12 0 R" stands for; 0 if it is no reference
 */
guint
way_pdf_get_reference (WayPdfSpan span)
{
  const char *space = span.size > 0 ? memchr (span.at, ' ', span.size) : NULL;
  guint number;

  if (space == NULL || span.at[span.size - 1] != 'R' ||
      !way_pdf_get_integer ((WayPdfSpan){span.at, (gsize) (space - span.at)}, &number))
    return 0;
  return number;
}

/**
 * way_pdf_text:
 * @text: any UTF-8
 *
 * Returns: (transfer full): a string that says it, as it is written in a file
 */
char *
way_pdf_text (const char *text)
{
  GString *out = g_string_new (NULL);
  g_autofree gunichar2 *utf16 = NULL;

  if (g_str_is_ascii (text)) {
    g_string_append_c (out, '(');
    for (const char *p = text; *p != '\0'; p++) {
      if (strchr ("()\\", *p) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p == '\r' ? ' ' : *p); /* it would be read as a new line */
    }
    g_string_append_c (out, ')');
    return g_string_free (out, FALSE);
  }
  utf16 = g_utf8_to_utf16 (text, -1, NULL, NULL, NULL);
  g_string_append (out, "<FEFF");
  for (const gunichar2 *p = utf16; p != NULL && *p != 0; p++)
    g_string_append_printf (out, "%04X", *p);
  g_string_append_c (out, '>');
  return g_string_free (out, FALSE);
}
