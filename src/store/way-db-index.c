/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps the search index beside the rows. A row that was written marks the entries it shows in;
 * they are made anew before the transaction is committed, sorted by key, because FTS5 writes a
 * segment of its own whenever a key is lower than the one before. */
#include "way-db-private.h"

#include "way-error.h"

#include <string.h>

/* Then they are made anew at once, so that big imports stay flat: but only where nothing is taken
 * back without the whole transaction, for what was taken back would be marked no more. */
#define MOST_MARKED 4096

/* Each gives child, day, title and body of the record ?1. Restricted notes, alerts and drafts are
 * left out on purpose. */
#define LINE(column) "coalesce (" column " || char (10), '')"
#define CHILD_NAME "c.\"forename\" || ' ' || c.\"surname\""
#define NAME_OF_CHILD "(SELECT " CHILD_NAME " FROM \"child\" c WHERE c.\"id\" = r.\"child\")"

static const struct {
  const WayRecordType *type;
  const char *sql;
} SOURCES
    [] =
        {
            {WAY_CHILD,
             "SELECT c.\"id\", NULL, " CHILD_NAME
             ", " LINE ("\"preferred\"") " || " LINE ("\"middle\"") " || " LINE (
                 "\"upn\"") " || coalesce ((SELECT group_concat (\"name\", "
                            "char (10)) FROM \"setting\" WHERE \"id\" IN (SELECT \"setting\" FROM "
                            "\"enrolment\" "
                            "WHERE \"child\" = c.\"id\")), '') FROM \"child\" c WHERE c.\"id\" = "
                            "?1"},
            {WAY_SETTING,
             "SELECT NULL, NULL, \"name\", " LINE ("\"town\"") " || " LINE (
                 "\"district\"") " || " LINE ("\"head\"") " || " LINE ("\"senco\"") " FROM "
                                                                                    "\"setting\" "
                                                                                    "WHERE \"id\" "
                                                                                    "= ?1"},
            {WAY_PRACTITIONER,
             "SELECT NULL, NULL, \"name\", " LINE ("\"qualification\"") " || " LINE (
                 "\"district\"") " FROM \"practitioner\" WHERE \"id\" = ?1"},
            {WAY_VISIT,
             "SELECT (SELECT \"child\" FROM \"visit_child\" WHERE \"visit\" = r.\"id\" "
             "ORDER BY \"position\", rowid LIMIT 1), r.\"date\", coalesce ((SELECT group_concat "
             "(" CHILD_NAME ", ', ') FROM \"visit_child\" JOIN \"child\" c ON c.\"id\" = "
             "\"visit_child\".\"child\" WHERE \"visit\" = r.\"id\"), (SELECT \"name\" FROM "
             "\"setting\" "
             "WHERE \"id\" = r.\"setting\"), ''), " LINE ("\"purpose\"") " || " LINE ("\"seen\"") " || " LINE ("\"strategies\"") " || " LINE ("\"equipment\"") " || " LINE ("\"strengths\"") " || " LINE (
                 "\"needs\"") " || " LINE ("\"advice\"") " || " LINE ("\"materials\"") " || " LINE ("\"next_visit\"") " || " LINE ("(SELECT group_concat (\"text\", char (10)) FROM \"visit_view\" "
                                                                                                                                   "WHERE \"visit\" = r.\"id\")") " || " LINE ("(SELECT group_concat (\"what\", char (10)) FROM "
                                                                                                                                                                               "\"action\" WHERE \"visit\" = "
                                                                                                                                                                               "r.\"id\")") " FROM \"visit\" r WHERE r.\"id\" "
                                                                                                                                                                                            "= ?1"},
            {WAY_TARGET,
             "SELECT r.\"child\", r.\"start\", " NAME_OF_CHILD
             ", " LINE ("\"statement\"") " || " LINE ("\"strategy\"") " || " LINE (
                 "\"who\"") " FROM \"target\" r WHERE r.\"id\" = ?1"},
            {WAY_REVIEW,
             "SELECT r.\"child\", r.\"date\", " NAME_OF_CHILD
             ", " LINE ("\"child_view\"") " || " LINE ("\"parent_view\"") " || " LINE (
                 "\"staff_view\"") " || " LINE ("(SELECT group_concat (\"evidence\", char (10)) "
                                                "FROM \"review_target\" "
                                                "WHERE \"review\" = r.\"id\")") " FROM \"review\" "
                                                                                "r WHERE r.\"id\" "
                                                                                "= ?1"},
            /* What was agreed at a visit is found in the visit. */
            {WAY_ACTION,
             "SELECT r.\"child\", coalesce (r.\"due\", substr (r.\"created_at\", 1, 10)), "
             "coalesce (" NAME_OF_CHILD
             ", ''), " LINE ("\"what\"") " || " LINE ("\"who\"") " || " LINE (
                 "\"note\"") " FROM \"action\" r WHERE r.\"id\" = ?1 AND r.\"visit\" IS NULL"},
};

/* Parts that are found with the whole: the field that names it. */
static const struct {
  const WayRecordType *part;
  const WayRecordType *whole;
  const char *field;
} WHOLES[] = {
    {WAY_ENROLMENT, WAY_CHILD, "child"},
    {WAY_VISIT_CHILD, WAY_VISIT, "visit"},
    {WAY_VISIT_VIEW, WAY_VISIT, "visit"},
    {WAY_ACTION, WAY_VISIT, "visit"},
    {WAY_REVIEW_TARGET, WAY_REVIEW, "review"},
};

typedef struct {
  gint64 key;
  gboolean is_new; /* else it is taken out */
  const WayRecordType *type;
  char *record, *child, *title, *body;
} Entry;

struct _WayDbIndex {
  GHashTable *marked[G_N_ELEMENTS (SOURCES)]; /* sets of ids, of each type of its own */
};

WayDbIndex *
way_db_index_new (void)
{
  WayDbIndex *self = g_new0 (WayDbIndex, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (SOURCES); i++)
    self->marked[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
way_db_index_free (WayDbIndex *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SOURCES); i++)
    g_hash_table_unref (self->marked[i]);
  g_free (self);
}

/* After a transaction was taken back. */
void
way_db_index_forget (WayDb *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SOURCES); i++)
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

/* Its place in SOURCES, or -1: nothing of such a record stands alone. */
static int
source_of (const WayRecordType *type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SOURCES); i++) {
    if (SOURCES[i].type == type)
      return (int) i;
  }
  return -1;
}

/* Whether anything of such a record can be searched for. */
gboolean
way_db_index_is_searched (const WayRecordType *type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (WHOLES); i++) {
    if (WHOLES[i].part == type)
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
  for (gsize i = 0; i < G_N_ELEMENTS (WHOLES); i++) {
    const WayField *field;

    if (WHOLES[i].part != record->type)
      continue;
    field = way_record_type_find (record->type, WHOLES[i].field);
    mark (self, WHOLES[i].whole, way_field_string (field, record));
    if (old != NULL)
      mark (self, WHOLES[i].whole, way_field_string (field, old));
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
  g_auto (WayStmt) stmt = way_stmt_prepare (self, SOURCES[source_of (type)].sql);
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
    if (!compare (self, SOURCES[source].type, id, changes, error))
      return FALSE;
  }
  return TRUE;
}

/* Before a transaction is committed. */
gboolean
way_db_index_flush (WayDb *self, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (entry_free);

  for (gsize i = 0; i < G_N_ELEMENTS (SOURCES); i++) {
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

  for (gsize i = 0; i < G_N_ELEMENTS (SOURCES); i++)
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
check_words (WayDb *self, GPtrArray *problems, GError **error)
{
  g_autoptr (GError) local = NULL;

  /* With 1 it also compares what is found with what is kept: https://www.sqlite.org/fts5.html */
  if (way_db_exec (self,
                   "INSERT INTO \"search\" (\"search\", \"rank\") VALUES ('integrity-check', 1)",
                   &local))
    return TRUE;
  if (!g_error_matches (local, WAY_ERROR, WAY_ERROR_CORRUPT)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  g_ptr_array_add (problems, g_strdup ("the search index does not fit what it was made from"));
  return TRUE;
}

static gboolean
count (WayDb *self, const char *sql, const char *what, GPtrArray *problems, GError **error)
{
  gint64 n;

  if (!way_db_query_int (self, sql, NULL, &n, error))
    return FALSE;
  if (n > 0)
    g_ptr_array_add (problems, g_strdup_printf ("%s: %" G_GINT64_FORMAT, what, n));
  return TRUE;
}

static gboolean
check_rows (WayDb *self, const WayRecordType *type, GPtrArray *problems, GError **error)
{
  const char *name = type->name;
  /* What was agreed at a visit is found in the visit. */
  const char *own = type == WAY_ACTION ? "AND r.\"visit\" IS NULL" : "";
  g_autofree char *missing =
      g_strdup_printf ("SELECT count (*) FROM \"%s\" r WHERE NOT EXISTS (SELECT 1 FROM "
                       "\"search_entry\" e WHERE e.\"record\" = r.\"id\" AND e.\"type\" = '%s') %s",
                       name,
                       name,
                       own);
  g_autofree char *stray =
      g_strdup_printf ("SELECT count (*) FROM \"search_entry\" e WHERE e.\"type\" = '%s' AND NOT "
                       "EXISTS (SELECT 1 FROM \"%s\" r WHERE r.\"id\" = e.\"record\" %s)",
                       name,
                       name,
                       own);
  g_autofree char *not_found = g_strdup_printf ("%s records that no search finds", name);
  g_autofree char *gone = g_strdup_printf ("%s records that a search finds and are gone", name);

  return count (self, missing, not_found, problems, error) &&
         count (self, stray, gone, problems, error);
}

/**
 * way_db_index_check:
 * @problems: (element-type utf8): gets what is wrong, for people
 *
 * Whether everything that can be searched for is found, and nothing else.
 */
gboolean
way_db_index_check (WayDb *self, GPtrArray *problems, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SOURCES); i++) {
    if (!check_rows (self, SOURCES[i].type, problems, error))
      return FALSE;
  }
  return check_words (self, problems, error);
}
