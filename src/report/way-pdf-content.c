/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks what a page's content stream paints outside the document's structure as
 * artifact, which cairo does not.
 *
 * Invariants: the stream is copied as it is, but for the marks put in; a mark
 * opens before an object (path, text, image) begins and closes after it is
 * painted, so that it never lies within one; marks never nest in each other.
 */
#include "way-pdf-content.h"

#include <string.h>

#define OPEN_MARK "/Artifact BMC\n"
#define CLOSE_MARK "\nEMC\n"

typedef enum { TOKEN_END, TOKEN_OPERAND, TOKEN_OPERATOR } TokenKind;

typedef struct {
  const char *at, *end;
  const char *token;
  gsize size;
} Lexer;

typedef struct {
  GString *out;
  const char *copied;  /* the stream is written out up to here */
  const char *command; /* where the operands of the next operator begin; NULL before them */
  guint depth;         /* of marked content, ours not counted */
  gboolean open;       /* a mark of ours */
  int mcid;            /* of the operands so far; -1 without */
  gboolean mcid_next;
  WayPdfIsArtifact is_artifact;
  gpointer user_data;
} Marker;

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static gboolean
is_delimiter (char c)
{
  return memchr ("()<>[]{}/%", c, 10) != NULL;
}

static void
skip_space (Lexer *self)
{
  while (self->at < self->end && (is_space (*self->at) || *self->at == '%')) {
    if (*self->at == '%') {
      while (self->at < self->end && *self->at != '\n' && *self->at != '\r')
        self->at++;
    } else {
      self->at++;
    }
  }
}

static void
skip_string (Lexer *self)
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
skip_delimited (Lexer *self)
{
  char c = *self->at;

  if (c == '(') {
    skip_string (self);
  } else if (c == '<' && self->at + 1 < self->end && self->at[1] != '<') {
    while (self->at < self->end && *self->at != '>')
      self->at++;
    self->at = MIN (self->at + 1, self->end);
  } else if (c == '<' || c == '>') {
    self->at = MIN (self->at + 2, self->end);
  } else {
    self->at++;
  }
}

static TokenKind
next_token (Lexer *self)
{
  char first;

  skip_space (self);
  if (self->at >= self->end)
    return TOKEN_END;
  first = *self->at;
  self->token = self->at;
  if (is_delimiter (first) && first != '/') {
    skip_delimited (self);
    self->size = (gsize) (self->at - self->token);
    return TOKEN_OPERAND;
  }
  do
    self->at++;
  while (self->at < self->end && !is_space (*self->at) && !is_delimiter (*self->at));
  self->size = (gsize) (self->at - self->token);
  return first == '/' || g_ascii_isdigit (first) || first == '+' || first == '-' || first == '.'
             ? TOKEN_OPERAND
             : TOKEN_OPERATOR;
}

/* The bytes of an image in the stream are no tokens: on to the "EI" after them. */
static void
skip_image (Lexer *self)
{
  for (; self->at + 2 < self->end; self->at++) {
    if (is_space (self->at[0]) && self->at[1] == 'E' && self->at[2] == 'I' &&
        (self->at + 3 == self->end || is_space (self->at[3])))
      return;
  }
  self->at = self->end;
}

static gboolean
token_is (const Lexer *lexer, const char *word)
{
  return strlen (word) == lexer->size && memcmp (lexer->token, word, lexer->size) == 0;
}

static gboolean
token_among (const Lexer *lexer, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++) {
    if (token_is (lexer, words[i]))
      return TRUE;
  }
  return FALSE;
}

static void
copy_to (Marker *self, const char *to)
{
  g_string_append_len (self->out, self->copied, to - self->copied);
  self->copied = to;
}

static void
close_mark (Marker *self)
{
  if (self->open)
    g_string_append (self->out, CLOSE_MARK);
  self->open = FALSE;
}

static void
take_operand (Marker *self, const Lexer *lexer)
{
  if (self->mcid_next)
    self->mcid = (int) g_ascii_strtoll (lexer->token, NULL, 10);
  self->mcid_next = token_is (lexer, "/MCID");
}

static void
begin_content (Marker *self, const Lexer *lexer)
{
  copy_to (self, self->command);
  close_mark (self);
  self->depth++;
  if (self->mcid < 0 || !self->is_artifact (self->mcid, self->user_data))
    return;
  g_string_append (self->out, OPEN_MARK);
  self->copied = lexer->at;
}

static void
take_operator (Marker *self, Lexer *lexer)
{
  static const char *const BEGINS[] = {"m", "re", "BT", "Do", "sh", "BI", NULL};
  static const char *const ENDS[] = {
      "ET", "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "n", "Do", "sh", "EI", NULL};

  if (token_is (lexer, "BDC") || token_is (lexer, "BMC")) {
    begin_content (self, lexer);
  } else if (token_is (lexer, "EMC")) {
    self->depth -= self->depth > 0 ? 1 : 0;
  } else if (self->depth == 0 && !self->open && token_among (lexer, BEGINS)) {
    copy_to (self, self->command);
    g_string_append (self->out, OPEN_MARK);
    self->open = TRUE;
  }
  if (token_is (lexer, "ID"))
    skip_image (lexer);
  if (self->open && token_among (lexer, ENDS)) {
    copy_to (self, lexer->at);
    close_mark (self);
  }
}

/**
 * way_pdf_content_mark:
 * @content: a page's content stream, without compression
 * @is_artifact: which pieces of marked content to make artifacts of
 * @marked_size: (out): size of what is returned
 *
 * Returns: (transfer full): the same stream, in which all that is painted is
 *   either in the structure or an artifact
 */
char *
way_pdf_content_mark (const char *content,
                      gsize size,
                      WayPdfIsArtifact is_artifact,
                      gpointer user_data,
                      gsize *marked_size)
{
  Lexer lexer = {.at = content, .end = content + size};
  Marker marker = {.out = g_string_sized_new (size + size / 8 + 64),
                   .copied = content,
                   .mcid = -1,
                   .is_artifact = is_artifact,
                   .user_data = user_data};
  TokenKind kind;

  while ((kind = next_token (&lexer)) != TOKEN_END) {
    if (marker.command == NULL)
      marker.command = lexer.token;
    if (kind == TOKEN_OPERAND) {
      take_operand (&marker, &lexer);
      continue;
    }
    take_operator (&marker, &lexer);
    marker.command = NULL;
    marker.mcid = -1;
    marker.mcid_next = FALSE;
  }
  copy_to (&marker, content + size);
  close_mark (&marker);
  *marked_size = marker.out->len;
  return g_string_free (marker.out, FALSE);
}
