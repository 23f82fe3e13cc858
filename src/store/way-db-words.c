/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the search index: SQLite's own, and letters such as "ł", which no accent tells from
 * a plain one, as what people type who have no such key. The index and what is looked for go
 * through the same, so both are found by both. */
#include "way-db-private.h"

#include "way-text.h"

#include <string.h>

#define BASE "unicode61"

struct Fts5Tokenizer {
  fts5_tokenizer base;
  Fts5Tokenizer *inner;
};

typedef int (*TakeToken) (void *, int, const char *, int, int, int);

typedef struct {
  void *context;
  TakeToken take;
} Receiver;

static void
words_delete (Fts5Tokenizer *self)
{
  if (self->inner != NULL)
    self->base.xDelete (self->inner);
  g_free (self);
}

static int
words_create (void *api, const char **arguments, int n_arguments, Fts5Tokenizer **words)
{
  Fts5Tokenizer *self = g_new0 (Fts5Tokenizer, 1);
  void *context = NULL;
  int rc = ((fts5_api *) api)->xFindTokenizer (api, BASE, &context, &self->base);

  if (rc == SQLITE_OK)
    rc = self->base.xCreate (context, arguments, n_arguments, &self->inner);
  if (rc == SQLITE_OK)
    *words = self;
  else
    words_delete (self);
  return rc;
}

static gboolean
is_ascii (const char *text, int length)
{
  for (int i = 0; i < length; i++) {
    if ((guint8) text[i] >= 0x80)
      return FALSE;
  }
  return TRUE;
}

/* A plain letter is no longer than what it stands for, so the word does not grow. */
static int
take_word (void *data, int flags, const char *word, int length, int start, int end)
{
  const Receiver *receiver = data;
  const char *p = word, *word_end = word + length;
  g_autofree char *plain = NULL;
  int n = 0;

  if (is_ascii (word, length))
    return receiver->take (receiver->context, flags, word, length, start, end);
  plain = g_malloc ((gsize) length + 1);
  while (p < word_end) {
    gunichar c = g_utf8_get_char_validated (p, word_end - p);
    const char *next = c >= 0x110000 ? p + 1 : g_utf8_next_char (p);
    const char *letter = way_text_plain_letter (c);
    gsize size = letter != NULL ? strlen (letter) : (gsize) (next - p);

    memcpy (plain + n, letter != NULL ? letter : p, size);
    n += (int) size;
    p = next;
  }
  return receiver->take (receiver->context, flags, plain, n, start, end);
}

static int
words_tokenize (
    Fts5Tokenizer *self, void *context, int flags, const char *text, int length, TakeToken take)
{
  Receiver receiver = {context, take};

  if (is_ascii (text, length))
    return self->base.xTokenize (self->inner, context, flags, text, length, take);
  return self->base.xTokenize (self->inner, &receiver, flags, text, length, take_word);
}

/**
 * way_db_find_fts:
 *
 * Returns: (nullable): what the full text search of the connection offers
 */
fts5_api *
way_db_find_fts (sqlite3 *handle)
{
  sqlite3_stmt *stmt = NULL;
  fts5_api *api = NULL;
  int rc = sqlite3_prepare_v2 (handle, "SELECT fts5 (?1)", -1, &stmt, NULL);

  if (rc == SQLITE_OK)
    rc = sqlite3_bind_pointer (stmt, 1, (void *) &api, "fts5_api_ptr", NULL);
  if (rc == SQLITE_OK)
    sqlite3_step (stmt);
  sqlite3_finalize (stmt);
  return api;
}

/**
 * way_db_know_words:
 * @handle: any connection that touches the search index
 *
 * Returns: an SQLite code
 */
int
way_db_know_words (sqlite3 *handle)
{
  static fts5_tokenizer WORDS = {words_create, words_delete, words_tokenize};
  fts5_api *api = way_db_find_fts (handle);

  return api != NULL ? api->xCreateTokenizer (api, "way_words", api, &WORDS, NULL) : SQLITE_ERROR;
}
