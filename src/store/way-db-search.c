/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-db-private.h"

#include "way-error.h"
#include "way-text.h"

#include <string.h>

#define CANDIDATES                                                                                 \
  500 /* best first ranks only the newest so many: ranking all costs 100 times more */
#define INDEXED_PREFIX 3 /* letters; see the table in the schema */
#define MOST_TERMS 48
#define TITLE_WEIGHT 2.0
#define HALF_HITS 1.5 /* hits in the text that count half as much as endlessly many */

/* A rank by what the row alone tells: how often each word stands in the text, less for each
 * further one, and whether it is in the title. FTS5's own bm25() counts all rows that match each
 * word, which for a prefix of two letters is most of them. */
static void
rank (const Fts5ExtensionApi *api,
      Fts5Context *fts,
      sqlite3_context *context,
      int n_values G_GNUC_UNUSED,
      sqlite3_value **values G_GNUC_UNUSED)
{
  double score = 0.0, hits = 0.0;
  int n_hits = 0, rc = api->xInstCount (fts, &n_hits);

  for (int i = 0; rc == SQLITE_OK && i < n_hits; i++) {
    int phrase, column, offset;

    rc = api->xInst (fts, i, &phrase, &column, &offset);
    if (column == 0)
      score += TITLE_WEIGHT;
    else
      hits += 1.0;
  }
  if (rc != SQLITE_OK)
    sqlite3_result_error_code (context, rc);
  else
    sqlite3_result_double (context, score + hits / (hits + HALF_HITS));
}

/**
 * way_db_index_prepare:
 *
 * Tells the connection how search ranks, and where the words of its index are listed.
 */
gboolean
way_db_index_prepare (WayDb *self, GError **error)
{
  fts5_api *api = way_db_find_fts (self->handle);
  int rc;

  if (!way_db_exec (self,
                    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.\"search_term\" USING fts5vocab ("
                    "'main', 'search', 'instance')",
                    error))
    return FALSE;
  rc = api != NULL ? api->xCreateFunction (api, "way_rank", NULL, rank, NULL) : SQLITE_ERROR;
  if (rc != SQLITE_OK)
    way_db_set_error (self->handle, rc, error);
  return rc == SQLITE_OK;
}

static gboolean
has_letter (const char *word)
{
  for (; *word != '\0'; word = g_utf8_next_char (word)) {
    if (g_unichar_isalnum (g_utf8_get_char (word)))
      return TRUE;
  }
  return FALSE;
}

/* Whether the index holds @word as it is. */
static gboolean
is_plain (const char *word)
{
  while (g_ascii_isalnum (*word))
    word++;
  return *word == '\0';
}

/* The first word of the index from @from on that begins with @prefix; NULL: none. */
static gboolean
find_term (WayDb *self, const char *from, const char *prefix, char **term, GError **error)
{
  g_auto (WayStmt) stmt = way_stmt_prepare (
      self, "SELECT \"term\" FROM temp.\"search_term\" WHERE \"term\" >= ?1 LIMIT 1");
  WayStep step;

  way_stmt_bind_text (&stmt, 1, from);
  step = way_stmt_step (&stmt, error);
  if (step == WAY_STEP_ROW && g_str_has_prefix (way_stmt_text (&stmt, 0), prefix))
    *term = g_strdup (way_stmt_text (&stmt, 0));
  return step != WAY_STEP_ERROR;
}

/* The index keeps the beginnings of two and three letters with all rows they stand in. For a longer
 * one FTS5 would first collect the rows of every word that begins so, most of which nobody asked
 * for; the words themselves are few, and each has its rows in order. "" if they are too many. */
static char *
spell_out (WayDb *self, const char *prefix, GError **error)
{
  g_autoptr (GString) match = g_string_new ("(");
  g_autofree char *term = g_strdup (prefix);

  for (guint n = 0; n < MOST_TERMS; n++) {
    g_autofree char *from = g_steal_pointer (&term);
    g_autofree char *found = NULL;

    if (!find_term (self, from, prefix, &found, error))
      return NULL;
    if (found == NULL)
      return n > 0 ? g_strconcat (match->str, ")", NULL) : g_strdup ("");
    g_string_append_printf (match, "%s\"%s\"", n > 0 ? " OR " : "", found);
    term = g_strconcat (found, "\001", NULL); /* what sorts next */
  }
  return g_strdup ("");
}

/* Each word in quotes, so that nothing the user types is syntax, and as a prefix. */
static gboolean
add_word (WayDb *self, GString *match, const char *word, GError **error)
{
  g_autofree char *prefix = way_text_fold_for_search (word);
  g_autofree char *terms = NULL;

  if (strlen (prefix) > INDEXED_PREFIX && is_plain (prefix)) {
    terms = spell_out (self, prefix, error);
    if (terms == NULL)
      return FALSE;
  }
  if (match->len > 0)
    g_string_append (match, " AND ");
  if (terms != NULL && *terms != '\0')
    g_string_append (match, terms);
  else
    g_string_append_printf (match, "\"%s\"*", word);
  return TRUE;
}

/* "" if nothing was typed that can be looked for. */
static char *
match_of (WayDb *self, const char *words, GError **error)
{
  g_autoptr (GString) match = g_string_new (NULL);
  g_auto (GStrv) parts = NULL;

  if (!g_utf8_validate (words, -1, NULL))
    return g_strdup ("");
  parts = g_strsplit_set (words, " \t\r\n\"", -1);
  for (guint i = 0; parts[i] != NULL; i++) {
    if (has_letter (parts[i]) && !add_word (self, match, parts[i], error))
      return NULL;
  }
  return g_string_free (g_steal_pointer (&match), FALSE);
}

void
way_search_hit_free (WaySearchHit *self)
{
  g_free (self->id);
  g_free (self->child_id);
  g_free (self->title);
  g_free (self->snippet);
  g_free (self);
}

#define HIT_COLUMNS                                                                                \
  "e.\"type\", e.\"record\", e.\"child\", e.\"key\", e.\"title\", "                                \
  "snippet (\"search\", 1, char (2), char (3), '…', 16)"
#define HIT_TABLES "\"search\" JOIN \"search_entry\" e ON e.\"key\" = \"search\".rowid"

static WaySearchHit *
read_hit (WayStmt *stmt)
{
  WaySearchHit *hit = g_new0 (WaySearchHit, 1);
  gint64 day = way_stmt_int (stmt, 3) >> WAY_SEARCH_DAY_SHIFT;
  const char *title = way_stmt_text (stmt, 4);

  hit->type = way_record_type_by_name (way_stmt_text (stmt, 0));
  hit->id = g_strdup (way_stmt_text (stmt, 1));
  hit->child_id = g_strdup (way_stmt_text (stmt, 2));
  hit->date = day < WAY_SEARCH_UNDATED ? (WayDate) day : WAY_DATE_UNKNOWN;
  if (hit->date == WAY_DATE_UNKNOWN)
    hit->title = g_strdup (title);
  else
    hit->title = g_strconcat (title, *title != '\0' ? ": " : "", hit->type->name, NULL);
  hit->snippet = g_strdup (way_stmt_text (stmt, 5));
  return hit;
}

static gboolean
read_hits (WayStmt *stmt, GPtrArray *hits, GError **error)
{
  WayStep step;

  while ((step = way_stmt_step (stmt, error)) == WAY_STEP_ROW)
    g_ptr_array_add (hits, read_hit (stmt));
  return step == WAY_STEP_DONE;
}

static gboolean
find_newest (WayDb *self, const char *match, guint limit, GPtrArray *hits, GError **error)
{
  g_auto (WayStmt) stmt =
      way_stmt_prepare (self,
                        "SELECT " HIT_COLUMNS " FROM " HIT_TABLES
                        " WHERE \"search\" MATCH ?1 ORDER BY \"search\".rowid DESC LIMIT ?2");

  way_stmt_bind_text (&stmt, 1, match);
  way_stmt_bind_int (&stmt, 2, limit);
  return read_hits (&stmt, hits, error);
}

typedef struct {
  gint64 key;
  double score;
} Candidate;

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *first = a, *second = b;

  if (first->score != second->score)
    return first->score > second->score ? -1 : 1;
  return first->key > second->key ? -1 : 1;
}

static GArray *
rank_candidates (WayDb *self, const char *match, guint limit, GError **error)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_auto (WayStmt) stmt =
      way_stmt_prepare (self,
                        "SELECT rowid, way_rank (\"search\") FROM \"search\" "
                        "WHERE \"search\" MATCH ?1 ORDER BY rowid DESC LIMIT ?2");
  WayStep step;

  way_stmt_bind_text (&stmt, 1, match);
  way_stmt_bind_int (&stmt, 2, CANDIDATES);
  while ((step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW) {
    Candidate candidate = {way_stmt_int (&stmt, 0), sqlite3_column_double (stmt.stmt, 1)};

    g_array_append_val (candidates, candidate);
  }
  if (step == WAY_STEP_ERROR)
    return NULL;
  g_array_sort (candidates, compare_candidates);
  if (candidates->len > limit)
    g_array_set_size (candidates, limit);
  return g_steal_pointer (&candidates);
}

static gint64
key_of (const WaySearchHit *hit, GHashTable *places)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (places, hit->id));
}

static int
compare_places (gconstpointer a, gconstpointer b, gpointer places)
{
  gint64 first = key_of (*(WaySearchHit *const *) a, places);
  gint64 second = key_of (*(WaySearchHit *const *) b, places);

  return first < second ? -1 : first > second;
}

/* "[1,2,3]" of the keys, and the lowest and highest. */
static char *
list_keys (GArray *best, gint64 *lowest, gint64 *highest)
{
  g_autoptr (GString) list = g_string_new ("[");

  *lowest = G_MAXINT64;
  *highest = 0;
  for (guint i = 0; i < best->len; i++) {
    gint64 key = g_array_index (best, Candidate, i).key;

    g_string_append_printf (list, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", key);
    *lowest = MIN (*lowest, key);
    *highest = MAX (*highest, key);
  }
  g_string_append_c (list, ']');
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static guint
place_of (GArray *best, gint64 key)
{
  guint i = 0;

  while (i < best->len && g_array_index (best, Candidate, i).key != key)
    i++;
  return i;
}

/* Two passes over the words' lists, so that snippets are cut for the best only; the "+" keeps
 * SQLite from asking FTS5 for each key on its own. */
static gboolean
find_best (WayDb *self, const char *match, guint limit, GPtrArray *hits, GError **error)
{
  g_autoptr (GArray) best = rank_candidates (self, match, limit, error);
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *keys = NULL;
  gint64 lowest, highest;
  WayStep step;
  g_auto (WayStmt) stmt = way_stmt_prepare (
      self,
      "SELECT " HIT_COLUMNS " FROM " HIT_TABLES " WHERE \"search\" MATCH ?1 AND \"search\".rowid "
      "BETWEEN ?2 AND ?3 AND +\"search\".rowid IN (SELECT value FROM json_each (?4))");

  if (best == NULL)
    return FALSE;
  keys = list_keys (best, &lowest, &highest);
  way_stmt_bind_text (&stmt, 1, match);
  way_stmt_bind_int (&stmt, 2, lowest);
  way_stmt_bind_int (&stmt, 3, highest);
  way_stmt_bind_text (&stmt, 4, keys);
  while ((step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW) {
    WaySearchHit *hit = read_hit (&stmt);

    g_hash_table_insert (
        places, hit->id, GINT_TO_POINTER ((int) place_of (best, way_stmt_int (&stmt, 3))));
    g_ptr_array_add (hits, hit);
  }
  g_ptr_array_sort_with_data (hits, compare_places, places);
  return step == WAY_STEP_DONE;
}

/* Whose it is, where several children have the name. */
static gboolean
tell_apart (WayDb *self, GPtrArray *hits, GError **error)
{
  for (guint i = 0; i < hits->len; i++) {
    WaySearchHit *hit = g_ptr_array_index (hits, i);

    if (hit->child_id != NULL && !way_db_find_birth (self, hit->child_id, &hit->born, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * way_db_search:
 * @words: what the user typed; every word must be there, as the beginning of a word
 * @order: newest first, or best first among the newest 500
 * @limit: the most hits that shall be given
 *
 * People and places come before what has a date.
 *
 * Returns: (transfer full) (element-type WaySearchHit): the hits; none if nothing was typed
 */
GPtrArray *
way_db_search (WayDb *self, const char *words, WaySearchOrder order, guint limit, GError **error)
{
  g_autoptr (GPtrArray) hits =
      g_ptr_array_new_with_free_func ((GDestroyNotify) way_search_hit_free);
  g_autofree char *match = NULL;
  gboolean done;

  g_assert (self->owner == g_thread_self ());
  match = match_of (self, words, error);
  if (match == NULL)
    return NULL;
  if (*match == '\0')
    return g_steal_pointer (&hits);
  done = order == WAY_SEARCH_NEWEST_FIRST ? find_newest (self, match, limit, hits, error)
                                          : find_best (self, match, limit, hits, error);
  return done && tell_apart (self, hits, error) ? g_steal_pointer (&hits) : NULL;
}
