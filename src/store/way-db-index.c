/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps the search index beside the rows. A row that was written marks the entries it shows in;
 * they are made anew before the transaction is committed, sorted by key, because FTS5 writes a
 * segment of its own whenever a key is lower than the one before. */
#include "way-db-index-private.h"

#include "way-error.h"

#include <string.h>

/* Then they are made anew at once, so that big imports stay flat: but only where nothing is taken
 * back without the whole transaction, for what was taken back would be marked no more. */
#define MOST_MARKED 4096

#define EDITION "search-edition"

typedef struct {
  gint64 key;
  gboolean is_new; /* else it is taken out */
  const WayRecordType *type;
  char *record, *child, *title, *body;
} Entry;

struct _WayDbIndex {
  GHashTable *marked[WAY_N_INDEX_SOURCES]; /* sets of ids, of each type of its own */
  char *sql[WAY_N_INDEX_SOURCES];
  WayFieldMask words[WAY_N_INDEX_PARTS];
};

WayDbIndex *
way_db_index_new (void)
{
  WayDbIndex *self = g_new0 (WayDbIndex, 1);

  for (gsize i = 0; i < WAY_N_INDEX_SOURCES; i++) {
    self->marked[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    self->sql[i] = way_index_source_dup_sql (&WAY_INDEX_SOURCES[i]);
  }
  for (gsize i = 0; i < WAY_N_INDEX_PARTS; i++)
    self->words[i] = way_index_part_get_words (&WAY_INDEX_PARTS[i]);
  return self;
}

void
way_db_index_free (WayDbIndex *self)
{
  for (gsize i = 0; i < WAY_N_INDEX_SOURCES; i++) {
    g_hash_table_unref (self->marked[i]);
    g_free (self->sql[i]);
  }
  g_free (self);
}

/* After a transaction was taken back. */
void
way_db_index_forget (WayDb *self)
{
  for (gsize i = 0; i < WAY_N_INDEX_SOURCES; i++)
    g_hash_table_remove_all (self->index->marked[i]);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->record);
  g_free (entry->child);
  g_free (entry->title);
  g_free (entry->body);
  g_free (entry);
}

/* Its place in WAY_INDEX_SOURCES, or -1: nothing of such a record stands alone. */
static int
source_of (const WayRecordType *type)
{
  for (gsize i = 0; i < WAY_N_INDEX_SOURCES; i++) {
    if (WAY_INDEX_SOURCES[i].type == type)
      return (int) i;
  }
  return -1;
}

/* Whether anything of such a record can be searched for. */
gboolean
way_db_index_is_searched (const WayRecordType *type)
{
  for (gsize i = 0; i < WAY_N_INDEX_PARTS; i++) {
    if (WAY_INDEX_PARTS[i].part == type)
      return TRUE;
  }
  return source_of (type) >= 0;
}

static void
mark (WayDb *self, const WayRecordType *type, const char *id)
{
  GHashTable *marked = self->index->marked[source_of (type)];

  if (id != NULL && !g_hash_table_contains (marked, id))
    g_hash_table_add (marked, g_strdup (id));
}

static gboolean
mark_all (WayDb *self, const char *sql, const char *id, GError **error)
{
  g_auto (WayStmt) stmt = way_stmt_prepare (self, sql);
  WayStep step;

  way_stmt_bind_text (&stmt, 1, id);
  while ((step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW)
    mark (self, way_record_type_by_name (way_stmt_text (&stmt, 0)), way_stmt_text (&stmt, 1));
  return step == WAY_STEP_DONE;
}

/* A name stands in the entries of everything about the child, or of those at the setting. */
static gboolean
mark_named (WayDb *self, const WayRecord *record, const WayRecord *old, GError **error)
{
  if (old == NULL || old == record)
    return TRUE;
  if (record->type == WAY_CHILD) {
    const WayChild *a = (const WayChild *) old, *b = (const WayChild *) record;

    if (g_strcmp0 (a->forename, b->forename) == 0 && g_strcmp0 (a->surname, b->surname) == 0)
      return TRUE;
    return mark_all (self,
                     "SELECT \"type\", \"record\" FROM \"search_entry\" WHERE \"child\" = ?1 "
                     "UNION SELECT 'visit', \"visit\" FROM \"visit_child\" WHERE \"child\" = ?1",
                     record->id,
                     error);
  }
  if (record->type != WAY_SETTING ||
      g_strcmp0 (((const WaySetting *) old)->name, ((const WaySetting *) record)->name) == 0)
    return TRUE;
  return mark_all (self,
                   "SELECT 'child', \"child\" FROM \"enrolment\" WHERE \"setting\" = ?1 "
                   "UNION SELECT 'visit', \"id\" FROM \"visit\" WHERE \"setting\" = ?1",
                   record->id,
                   error);
}

/* Most measurements say nothing that is searched, and there are many of them. */
static gboolean
says_anything (const WayRecord *record, WayFieldMask words)
{
  for (guint i = 0; words != 0; i++, words >>= 1) {
    if ((words & 1) != 0 && way_field_is_known (&record->type->fields[i], record))
      return TRUE;
  }
  return FALSE;
}

static void
mark_whole (WayDb *self, gsize part, const WayRecord *record)
{
  const WayIndexPart *kind = &WAY_INDEX_PARTS[part];
  WayFieldMask words = self->index->words[part];

  if (words == 0 || says_anything (record, words))
    mark (self,
          kind->whole,
          way_field_string (way_record_type_find (kind->part, kind->field), record));
}

/**
 * way_db_index_mark:
 * @record: a record that was added, changed or deleted
 * @old: (nullable): as it was before
 *
 * Notes which entries have to be made anew.
 */
gboolean
way_db_index_mark (WayDb *self, const WayRecord *record, gconstpointer old, GError **error)
{
  if (source_of (record->type) >= 0)
    mark (self, record->type, record->id);
  for (gsize i = 0; i < WAY_N_INDEX_PARTS; i++) {
    if (WAY_INDEX_PARTS[i].part != record->type)
      continue;
    mark_whole (self, i, record);
    if (old != NULL)
      mark_whole (self, i, old);
  }
  return mark_named (self, record, old, error) && way_db_index_relieve (self, error);
}

/* The entry as it is in the index, to be taken out. */
static gboolean
read_old (WayDb *self, const WayRecordType *type, const char *id, Entry **entry, GError **error)
{
  g_auto (WayStmt) stmt =
      way_stmt_prepare (self,
                        "SELECT \"key\", \"title\", \"body\", \"child\" FROM \"search_entry\" "
                        "WHERE \"record\" = ?1 AND \"type\" = ?2");
  WayStep step;

  *entry = NULL;
  way_stmt_bind_text (&stmt, 1, id);
  way_stmt_bind_text (&stmt, 2, type->name);
  step = way_stmt_step (&stmt, error);
  if (step != WAY_STEP_ROW)
    return step == WAY_STEP_DONE;
  *entry = g_new0 (Entry, 1);
  (*entry)->key = way_stmt_int (&stmt, 0);
  (*entry)->title = g_strdup (way_stmt_text (&stmt, 1));
  (*entry)->body = g_strdup (way_stmt_text (&stmt, 2));
  (*entry)->child = g_strdup (way_stmt_text (&stmt, 3));
  return TRUE;
}

static gboolean
read_new (WayDb *self, const WayRecordType *type, const char *id, Entry **entry, GError **error)
{
  g_auto (WayStmt) stmt = way_stmt_prepare (self, self->index->sql[source_of (type)]);
  WayDate day;
  WayStep step;

  *entry = NULL;
  way_stmt_bind_text (&stmt, 1, id);
  step = way_stmt_step (&stmt, error);
  if (step != WAY_STEP_ROW)
    return step == WAY_STEP_DONE;
  day = way_stmt_date (&stmt, 1);
  *entry = g_new0 (Entry, 1);
  (*entry)->is_new = TRUE;
  (*entry)->type = type;
  (*entry)->record = g_strdup (id);
  (*entry)->child = g_strdup (way_stmt_text (&stmt, 0));
  (*entry)->key = (gint64) (day != WAY_DATE_UNKNOWN ? day : WAY_SEARCH_UNDATED)
                  << WAY_SEARCH_DAY_SHIFT;
  (*entry)->title = g_strdup (way_stmt_text (&stmt, 2));
  (*entry)->body = g_strdup (way_stmt_text (&stmt, 3));
  return TRUE;
}

/* What has to be done for one record, if anything. */
static gboolean
compare (WayDb *self, const WayRecordType *type, const char *id, GPtrArray *changes, GError **error)
{
  Entry *old, *new = NULL;

  if (!read_old (self, type, id, &old, error))
    return FALSE;
  if (!read_new (self, type, id, &new, error)) {
    g_clear_pointer (&old, entry_free);
    return FALSE;
  }
  if (old != NULL && new != NULL &&
      old->key >> WAY_SEARCH_DAY_SHIFT == new->key >> WAY_SEARCH_DAY_SHIFT) {
    new->key = old->key;
    if (g_strcmp0 (old->child, new->child) == 0 && strcmp (old->title, new->title) == 0 &&
        strcmp (old->body, new->body) == 0) {
      entry_free (old);
      entry_free (new);
      return TRUE;
    }
  }
  if (old != NULL)
    g_ptr_array_add (changes, old);
  if (new != NULL)
    g_ptr_array_add (changes, new);
  return TRUE;
}

/* All that goes out before all that comes in: what moves to an earlier day has one entry only.
 * Each by its key, which is the order that the index takes most readily. */
static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const Entry *first = *(Entry *const *) a, *second = *(Entry *const *) b;

  if (first->is_new != second->is_new)
    return first->is_new - second->is_new;
  return first->key < second->key ? -1 : first->key > second->key;
}

static gboolean
take_out (WayDb *self, const Entry *entry, GError **error)
{
  g_auto (WayStmt) words = way_stmt_prepare (
      self,
      "INSERT INTO \"search\" (\"search\", rowid, \"title\", \"body\") VALUES ('delete', ?, ?, ?)");
  g_auto (WayStmt) row = way_stmt_prepare (self, "DELETE FROM \"search_entry\" WHERE \"key\" = ?");

  way_stmt_bind_int (&words, 1, entry->key);
  way_stmt_bind_text (&words, 2, entry->title);
  way_stmt_bind_text (&words, 3, entry->body);
  way_stmt_bind_int (&row, 1, entry->key);
  return way_stmt_run (&words, error) && way_stmt_run (&row, error);
}

static gboolean
put_in (WayDb *self, const Entry *entry, GError **error)
{
  g_auto (WayStmt) row =
      way_stmt_prepare (self, "INSERT INTO \"search_entry\" VALUES (?, ?, ?, ?, ?, ?)");
  g_auto (WayStmt) words = way_stmt_prepare (
      self, "INSERT INTO \"search\" (rowid, \"title\", \"body\") VALUES (?, ?, ?)");

  way_stmt_bind_int (&row, 1, entry->key);
  way_stmt_bind_text (&row, 2, entry->type->name);
  way_stmt_bind_text (&row, 3, entry->record);
  way_stmt_bind_text (&row, 4, entry->child);
  way_stmt_bind_text (&row, 5, entry->title);
  way_stmt_bind_text (&row, 6, entry->body);
  way_stmt_bind_int (&words, 1, entry->key);
  way_stmt_bind_text (&words, 2, entry->title);
  way_stmt_bind_text (&words, 3, entry->body);
  return way_stmt_run (&row, error) && way_stmt_run (&words, error);
}

/* The running number below the day: one more than the day's highest. */
static gboolean
number_new (WayDb *self, GPtrArray *changes, GError **error)
{
  gint64 day = -1, next = 0;

  for (guint i = 0; i < changes->len; i++) {
    Entry *entry = g_ptr_array_index (changes, i);

    if (!entry->is_new || (entry->key & ((1 << WAY_SEARCH_DAY_SHIFT) - 1)) != 0)
      continue; /* it keeps its key */
    if (entry->key != day) {
      g_auto (WayStmt) stmt = way_stmt_prepare (
          self, "SELECT max (\"key\") FROM \"search_entry\" WHERE \"key\" BETWEEN ?1 AND ?2");

      day = entry->key;
      way_stmt_bind_int (&stmt, 1, day);
      way_stmt_bind_int (&stmt, 2, day + (1 << WAY_SEARCH_DAY_SHIFT) - 1);
      if (way_stmt_step (&stmt, error) != WAY_STEP_ROW)
        return FALSE;
      next = MAX (day, way_stmt_int (&stmt, 0)) + 1;
    }
    entry->key = next++;
  }
  return TRUE;
}

static gboolean
apply (WayDb *self, GPtrArray *changes, GError **error)
{
  g_ptr_array_sort (changes, compare_keys);
  if (!number_new (self, changes, error))
    return FALSE;
  g_ptr_array_sort (changes, compare_keys);
  for (guint i = 0; i < changes->len; i++) {
    const Entry *entry = g_ptr_array_index (changes, i);

    if (!(entry->is_new ? put_in (self, entry, error) : take_out (self, entry, error)))
      return way_db_break (self);
  }
  return TRUE;
}

static gboolean
compare_marked (WayDb *self, gsize source, GPtrArray *changes, GError **error)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->index->marked[source]);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    if (!compare (self, WAY_INDEX_SOURCES[source].type, id, changes, error))
      return FALSE;
  }
  return TRUE;
}

/* Before a transaction is committed. */
gboolean
way_db_index_flush (WayDb *self, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (entry_free);

  for (gsize i = 0; i < WAY_N_INDEX_SOURCES; i++) {
    if (!compare_marked (self, i, changes, error))
      return FALSE;
  }
  if (changes->len > 0 && !apply (self, changes, error))
    return FALSE;
  way_db_index_forget (self);
  return TRUE;
}

static guint
count_marked (WayDbIndex *self)
{
  guint n = 0;

  for (gsize i = 0; i < WAY_N_INDEX_SOURCES; i++)
    n += g_hash_table_size (self->marked[i]);
  return n;
}

/* Makes the entries anew early if there are many, where that is safe. */
gboolean
way_db_index_relieve (WayDb *self, GError **error)
{
  return self->depth != 1 || count_marked (self->index) < MOST_MARKED ||
         way_db_index_flush (self, error);
}

static gboolean
mark_type (WayDb *self, const WayRecordType *type, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT \"id\" FROM \"%s\"", type->name);
  g_auto (WayStmt) stmt = way_stmt_prepare (self, sql);
  WayStep step;

  while ((step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW) {
    mark (self, type, way_stmt_text (&stmt, 0));
    if (!way_db_index_relieve (self, error))
      return FALSE;
  }
  return step == WAY_STEP_DONE;
}

static gboolean
make_anew (WayDb *self, GError **error)
{
  g_autofree char *edition = g_strdup_printf ("%d", WAY_INDEX_EDITION);

  for (gsize i = 0; i < WAY_N_INDEX_SOURCES; i++) {
    if (!mark_type (self, WAY_INDEX_SOURCES[i].type, error))
      return FALSE;
  }
  return way_db_set_preference (self, EDITION, edition, error);
}

/* Once after an update of the program that finds more than the one before. */
gboolean
way_db_index_bring_up (WayDb *self, GError **error)
{
  gint64 edition;

  if (!way_db_query_int (self,
                         "SELECT \"value\" FROM \"preference\" WHERE \"name\" = '" EDITION "'",
                         NULL,
                         &edition,
                         error))
    return FALSE;
  return edition >= WAY_INDEX_EDITION ||
         (way_db_begin (self, error) && way_db_end (self, make_anew (self, error), error));
}
