/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who did what when: names of fields, never values. An entry's digest is a hash of a salt
 * of its own and the values, so that a value can be proved from a copy of it but not guessed
 * from the entry; its chain is a hash of the entry and the chain of the one before.
 *
 * Work in bulk: of the rows of one type that a single transaction adds (or changes, or deletes),
 * the first SINGLE_ENTRIES have an entry each. Of the rest, those in which the same fields were
 * written share entries, which list their ids one to a line; the digest covers the rows in that
 * order. So who wrote which fields of which row and when can be told of every row. */
#include "way-db-private.h"

#include "way-error.h"

#include <sodium.h>
#include <string.h>

#define SINGLE_ENTRIES 200
#define SALT_SIZE 16
#define HASH_SIZE crypto_generichash_BYTES
#define RANDOM_SIZE 4096

#define MOST_PENDING 2048

typedef enum { ADD, CHANGE, DELETE, N_BULK_ACTIONS } BulkAction;

static const char *const BULK_NAMES[N_BULK_ACTIONS] = {"add", "change", "delete"};

/* How many rows of each type and action the running transaction has written. */
typedef guint Counts[WAY_N_RECORD_TYPES][N_BULK_ACTIONS];

/* A row that shares an entry which has not been written yet. */
typedef struct {
  const WayRecordType *type;
  BulkAction action;
  gboolean is_written;
  WayFieldMask fields;
  gsize id; /* where it stands in the ids */
  guint8 digest[HASH_SIZE];
} Pending;

/* Where a transaction began, for taking it back. */
typedef struct {
  Counts counts;
  guint n_pending;
  gsize ids_length;
  gint64 number;
  gboolean is_read;
  gboolean has_grown;
  guint8 chain[HASH_SIZE];
} Level;

struct _WayDbAudit {
  Counts counts;
  GArray *levels;  /* Level */
  GArray *pending; /* Pending */
  GString *ids;    /* of the pending rows, each with its NUL */
  gint64 number;   /* of the last entry; 0: not read yet, or none */
  gboolean is_read;
  gboolean has_grown; /* in this transaction */
  guint8 chain[HASH_SIZE];
  GString *fields;
  guint8 random[RANDOM_SIZE];
  gsize random_left;
};

WayDbAudit *
way_db_audit_new (void)
{
  WayDbAudit *self = g_new0 (WayDbAudit, 1);

  self->levels = g_array_new (FALSE, FALSE, sizeof (Level));
  self->pending = g_array_new (FALSE, FALSE, sizeof (Pending));
  self->ids = g_string_new (NULL);
  self->fields = g_string_new (NULL);
  return self;
}

void
way_db_audit_free (WayDbAudit *self)
{
  g_array_unref (self->levels);
  g_array_unref (self->pending);
  g_string_free (self->ids, TRUE);
  g_string_free (self->fields, TRUE);
  g_free (self);
}

static void
cut_pending (WayDbAudit *audit, guint n_pending, gsize ids_length)
{
  g_array_set_size (audit->pending, n_pending);
  g_string_truncate (audit->ids, ids_length);
}

void
way_db_audit_push (WayDb *self)
{
  WayDbAudit *audit = self->audit;
  Level level;

  if (self->depth == 1) {
    memset (&audit->counts, 0, sizeof audit->counts);
    cut_pending (audit, 0, 0);
    audit->has_grown = FALSE;
  }
  memcpy (&level.counts, &audit->counts, sizeof level.counts);
  level.n_pending = audit->pending->len;
  level.ids_length = audit->ids->len;
  level.number = audit->number;
  level.is_read = audit->is_read;
  level.has_grown = audit->has_grown;
  memcpy (level.chain, audit->chain, HASH_SIZE);
  g_array_append_val (audit->levels, level);
}

void
way_db_audit_pop (WayDb *self, gboolean keep)
{
  WayDbAudit *audit = self->audit;
  const Level *level = &g_array_index (audit->levels, Level, audit->levels->len - 1);

  if (!keep) {
    memcpy (&audit->counts, &level->counts, sizeof audit->counts);
    cut_pending (audit, level->n_pending, level->ids_length);
    audit->number = level->number;
    audit->is_read = level->is_read;
    audit->has_grown = level->has_grown;
    memcpy (audit->chain, level->chain, HASH_SIZE);
  }
  g_array_set_size (audit->levels, audit->levels->len - 1);
}

static void
make_salt (WayDbAudit *audit, guint8 salt[SALT_SIZE])
{
  if (audit->random_left < SALT_SIZE) {
    randombytes_buf (audit->random, RANDOM_SIZE);
    audit->random_left = RANDOM_SIZE;
  }
  audit->random_left -= SALT_SIZE;
  memcpy (salt, audit->random + audit->random_left, SALT_SIZE);
}

static void
hash_text (crypto_generichash_state *state, const char *text)
{
  /* With its NUL, so that no two rows of texts run together to the same bytes. */
  crypto_generichash_update (
      state, (const guint8 *) (text != NULL ? text : ""), text != NULL ? strlen (text) + 1 : 1);
}

static void
hash_field (crypto_generichash_state *state, const WayField *field, const WayRecord *record)
{
  guint64 bits = 0;

  hash_text (state, field->name);
  if (way_field_is_text (field)) {
    hash_text (state, way_field_string (field, record));
    return;
  }
  if (field->kind == WAY_FIELD_NUMBER)
    memcpy (&bits, &way_field_number (field, record), sizeof bits);
  else if (field->kind == WAY_FIELD_DATE)
    bits = way_field_date (field, record);
  else
    bits = way_field_yes_no (field, record);
  bits = GUINT64_TO_LE (bits);
  crypto_generichash_update (state, (const guint8 *) &bits, sizeof bits);
}

static void
hash_values (const WayRecord *record,
             WayFieldMask changed,
             const guint8 *salt,
             gsize salt_size,
             guint8 digest[HASH_SIZE])
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, HASH_SIZE);
  if (salt_size > 0)
    crypto_generichash_update (&state, salt, salt_size);
  hash_text (&state, record->id);
  for (guint i = 0; i < record->type->n_fields; i++) {
    if ((changed & (G_GUINT64_CONSTANT (1) << i)) != 0)
      hash_field (&state, &record->type->fields[i], record);
  }
  crypto_generichash_final (&state, digest, HASH_SIZE);
}

typedef struct {
  gint64 number;
  const char *at, *by, *action, *type, *id, *fields, *records;
  guint8 salt[SALT_SIZE];
  guint8 digest[HASH_SIZE];
} Entry;

static void
hash_entry (const Entry *entry, const guint8 before[HASH_SIZE], guint8 chain[HASH_SIZE])
{
  crypto_generichash_state state;
  guint64 number = GUINT64_TO_LE ((guint64) entry->number);

  crypto_generichash_init (&state, NULL, 0, HASH_SIZE);
  crypto_generichash_update (&state, before, HASH_SIZE);
  crypto_generichash_update (&state, (const guint8 *) &number, sizeof number);
  hash_text (&state, entry->at);
  hash_text (&state, entry->by);
  hash_text (&state, entry->action);
  hash_text (&state, entry->type);
  hash_text (&state, entry->id);
  hash_text (&state, entry->fields);
  hash_text (&state, entry->records);
  crypto_generichash_update (&state, entry->salt, SALT_SIZE);
  crypto_generichash_update (&state, entry->digest, HASH_SIZE);
  crypto_generichash_final (&state, chain, HASH_SIZE);
}

/* Where the chain ends, before an entry is added to it. The mark is believed, not the entries: were
 * some cut off, the gap must stay. */
static gboolean
read_end (WayDb *self, GError **error)
{
  WayDbAudit *audit = self->audit;
  g_auto (WayStmt) stmt =
      way_stmt_prepare (self, "SELECT \"number\", \"chain\" FROM \"audit_end\"");
  WayStep step = way_stmt_step (&stmt, error);

  if (step == WAY_STEP_ERROR)
    return FALSE;
  audit->number = 0;
  memset (audit->chain, 0, HASH_SIZE);
  if (step == WAY_STEP_ROW && sqlite3_column_bytes (stmt.stmt, 1) == HASH_SIZE) {
    audit->number = way_stmt_int (&stmt, 0);
    memcpy (audit->chain, sqlite3_column_blob (stmt.stmt, 1), HASH_SIZE);
  }
  audit->is_read = TRUE;
  return TRUE;
}

static gboolean
mark_end (WayDb *self, GError **error)
{
  g_auto (WayStmt) stmt =
      way_stmt_prepare (self, "INSERT OR REPLACE INTO \"audit_end\" VALUES (1, ?, ?)");

  way_stmt_bind_int (&stmt, 1, self->audit->number);
  way_stmt_bind_blob (&stmt, 2, self->audit->chain, HASH_SIZE);
  return way_stmt_run (&stmt, error);
}

/* Sets the entry's number, time and author, and appends it. */
static gboolean
append (WayDb *self, Entry *entry, GError **error)
{
  WayDbAudit *audit = self->audit;
  guint8 chain[HASH_SIZE];
  g_auto (WayStmt) stmt =
      way_stmt_prepare (self, "INSERT INTO \"audit\" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

  g_assert (self->depth > 0);
  if (!audit->is_read && !read_end (self, error))
    return FALSE;
  entry->number = audit->number + 1;
  entry->at = self->now;
  entry->by = way_db_get_my_name (self);
  hash_entry (entry, audit->chain, chain);
  way_stmt_bind_int (&stmt, 1, entry->number);
  way_stmt_bind_text (&stmt, 2, entry->at);
  way_stmt_bind_text (&stmt, 3, entry->by);
  way_stmt_bind_text (&stmt, 4, entry->action);
  way_stmt_bind_text (&stmt, 5, entry->type);
  way_stmt_bind_text (&stmt, 6, entry->id);
  way_stmt_bind_text (&stmt, 7, entry->fields);
  way_stmt_bind_text (&stmt, 8, entry->records);
  way_stmt_bind_blob (&stmt, 9, entry->salt, SALT_SIZE);
  way_stmt_bind_blob (&stmt, 10, entry->digest, HASH_SIZE);
  way_stmt_bind_blob (&stmt, 11, chain, HASH_SIZE);
  if (!way_stmt_run (&stmt, error))
    return FALSE;
  audit->number = entry->number;
  memcpy (audit->chain, chain, HASH_SIZE);
  audit->has_grown = TRUE;
  return TRUE;
}

static void
list_fields (GString *text, const WayRecordType *type, WayFieldMask changed)
{
  g_string_truncate (text, 0);
  for (guint i = 0; i < type->n_fields; i++) {
    if ((changed & (G_GUINT64_CONSTANT (1) << i)) == 0)
      continue;
    if (text->len > 0)
      g_string_append_c (text, ',');
    g_string_append (text, type->fields[i].name);
  }
}

static void
add_pending (WayDbAudit *audit, BulkAction action, const WayRecord *record, WayFieldMask changed)
{
  Pending row = {.type = record->type, .action = action, .fields = changed, .id = audit->ids->len};

  hash_values (record, changed, NULL, 0, row.digest);
  g_string_append_len (audit->ids, record->id, (gssize) strlen (record->id) + 1);
  g_array_append_val (audit->pending, row);
}

/* The entry for the row and all after it in which the same was done. */
static gboolean
write_shared (WayDb *self, guint first, GString *records, GError **error)
{
  WayDbAudit *audit = self->audit;
  const Pending *row = &g_array_index (audit->pending, Pending, first);
  Entry entry = {.action = BULK_NAMES[row->action], .type = row->type->name};
  crypto_generichash_state state;

  make_salt (audit, entry.salt);
  crypto_generichash_init (&state, NULL, 0, HASH_SIZE);
  crypto_generichash_update (&state, entry.salt, SALT_SIZE);
  g_string_truncate (records, 0);
  for (guint i = first; i < audit->pending->len; i++) {
    Pending *other = &g_array_index (audit->pending, Pending, i);

    if (other->is_written || other->type != row->type || other->action != row->action ||
        other->fields != row->fields)
      continue;
    other->is_written = TRUE;
    crypto_generichash_update (&state, other->digest, HASH_SIZE);
    if (records->len > 0)
      g_string_append_c (records, '\n');
    g_string_append (records, audit->ids->str + other->id);
  }
  crypto_generichash_final (&state, entry.digest, HASH_SIZE);
  list_fields (audit->fields, row->type, row->fields);
  entry.fields = audit->fields->str;
  entry.records = records->str;
  return append (self, &entry, error);
}

static gboolean
write_pending (WayDb *self, GError **error)
{
  WayDbAudit *audit = self->audit;
  g_autoptr (GString) records = g_string_new (NULL);

  for (guint i = 0; i < audit->pending->len; i++) {
    if (!g_array_index (audit->pending, Pending, i).is_written &&
        !write_shared (self, i, records, error))
      return FALSE;
  }
  cut_pending (audit, 0, 0);
  return TRUE;
}

/* Writes shared entries early if many rows wait, so that big imports stay flat; but only where
 * nothing is taken back without the whole transaction. */
gboolean
way_db_audit_relieve (WayDb *self, GError **error)
{
  return self->depth != 1 || self->audit->pending->len < MOST_PENDING ||
         write_pending (self, error);
}

/**
 * way_db_audit_record:
 * @action: "add", "change" or "delete"
 * @record: as it is now
 * @changed: its fields that were written
 *
 * Inside the transaction that wrote the row.
 */
gboolean
way_db_audit_record (
    WayDb *self, const char *action, const WayRecord *record, WayFieldMask changed, GError **error)
{
  WayDbAudit *audit = self->audit;
  BulkAction kind = *action == 'a' ? ADD : *action == 'c' ? CHANGE : DELETE;
  Entry entry = {.action = action, .type = record->type->name, .id = record->id};

  if (audit->counts[way_record_type_index (record->type)][kind]++ >= SINGLE_ENTRIES) {
    add_pending (audit, kind, record, changed);
    return way_db_audit_relieve (self, error);
  }
  make_salt (audit, entry.salt);
  hash_values (record, changed, entry.salt, SALT_SIZE, entry.digest);
  list_fields (audit->fields, record->type, changed);
  entry.fields = audit->fields->str;
  return append (self, &entry, error);
}

/* Before a transaction is committed: the entries that stand for many rows, and where it ends. */
gboolean
way_db_audit_flush (WayDb *self, GError **error)
{
  return write_pending (self, error) && (!self->audit->has_grown || mark_end (self, error));
}

/**
 * way_db_add_audit:
 * @action: what happened, such as "export" or "import"
 * @type: (nullable): type of record
 * @id: (nullable): the record
 *
 * Notes what is no change of a record.
 */
gboolean
way_db_add_audit (WayDb *self, const char *action, const char *type, const char *id, GError **error)
{
  Entry entry = {.action = action, .type = type, .id = id};

  if (!way_db_begin (self, error))
    return FALSE;
  make_salt (self->audit, entry.salt);
  crypto_generichash (entry.digest, HASH_SIZE, entry.salt, SALT_SIZE, NULL, 0);
  return way_db_end (self, append (self, &entry, error), error);
}

static gboolean
read_entry (WayStmt *stmt, Entry *entry, const guint8 **chain)
{
  if (sqlite3_column_bytes (stmt->stmt, 8) != SALT_SIZE ||
      sqlite3_column_bytes (stmt->stmt, 9) != HASH_SIZE ||
      sqlite3_column_bytes (stmt->stmt, 10) != HASH_SIZE)
    return FALSE;
  entry->number = way_stmt_int (stmt, 0);
  entry->at = way_stmt_text (stmt, 1);
  entry->by = way_stmt_text (stmt, 2);
  entry->action = way_stmt_text (stmt, 3);
  entry->type = way_stmt_text (stmt, 4);
  entry->id = way_stmt_text (stmt, 5);
  entry->fields = way_stmt_text (stmt, 6);
  entry->records = way_stmt_text (stmt, 7);
  memcpy (entry->salt, sqlite3_column_blob (stmt->stmt, 8), SALT_SIZE);
  memcpy (entry->digest, sqlite3_column_blob (stmt->stmt, 9), HASH_SIZE);
  *chain = sqlite3_column_blob (stmt->stmt, 10);
  return TRUE;
}

/* Whether the chain ends where it is marked to end. */
static gboolean
check_end (
    WayDb *self, gint64 number, const guint8 chain[HASH_SIZE], GPtrArray *problems, GError **error)
{
  if (!read_end (self, error))
    return FALSE;
  if (self->audit->number == number && memcmp (self->audit->chain, chain, HASH_SIZE) == 0)
    return TRUE;
  g_ptr_array_add (
      problems,
      g_strdup_printf ("the audit was tampered with at its end: it has %" G_GINT64_FORMAT
                       " entries, and should have %" G_GINT64_FORMAT,
                       number,
                       self->audit->number));
  return TRUE;
}

/**
 * way_db_audit_check:
 * @problems: (element-type utf8): where the first broken link is said
 *
 * Walks the chain from its beginning to where it must end. Outside any transaction.
 */
gboolean
way_db_audit_check (WayDb *self, GPtrArray *problems, GError **error)
{
  g_auto (WayStmt) stmt = way_stmt_prepare (self, "SELECT * FROM \"audit\" ORDER BY \"number\"");
  guint8 before[HASH_SIZE] = {0}, chain[HASH_SIZE];
  gint64 expected = 1;
  WayStep step;

  while ((step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW) {
    const guint8 *kept;
    Entry entry;

    if (read_entry (&stmt, &entry, &kept) && entry.number == expected) {
      hash_entry (&entry, before, chain);
      if (memcmp (chain, kept, HASH_SIZE) == 0) {
        memcpy (before, chain, HASH_SIZE);
        expected++;
        continue;
      }
    }
    g_ptr_array_add (problems,
                     g_strdup_printf ("the audit was tampered with at entry %" G_GINT64_FORMAT,
                                      way_stmt_int (&stmt, 0)));
    return TRUE;
  }
  return step == WAY_STEP_DONE && check_end (self, expected - 1, before, problems, error);
}

static void
free_entry (gpointer data)
{
  WayAuditEntry *entry = data;

  g_free (entry->at);
  g_free (entry->by);
  g_free (entry->action);
  g_free (entry->type);
  g_free (entry->id);
  g_free (entry->fields);
  g_strfreev (entry->records);
  g_free (entry);
}

/**
 * way_db_list_audit:
 * @type: (nullable): only this type of record
 * @id: (nullable): only this record; where it shares an entry with others, the entry is given as
 *   its own
 * @limit: the most entries that shall be given
 *
 * Returns: (transfer full) (element-type WayAuditEntry): the entries, newest first
 */
GPtrArray *
way_db_list_audit (WayDb *self, const char *type, const char *id, guint limit, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (free_entry);
  g_auto (WayStmt) stmt = way_stmt_prepare (
      self,
      id != NULL ? "SELECT * FROM \"audit\" WHERE (?1 IS NULL OR \"type\" = ?1) AND \"record\" = ?2"
                   " UNION ALL SELECT * FROM \"audit\" WHERE (?1 IS NULL OR \"type\" = ?1)"
                   " AND \"records\" IS NOT NULL AND "
                   "instr (char (10) || \"records\" || char (10), char (10) || ?2 || char (10))"
                   " ORDER BY \"number\" DESC LIMIT ?3"
                 : "SELECT * FROM \"audit\" WHERE ?1 IS NULL OR \"type\" = ?1"
                   " ORDER BY \"number\" DESC LIMIT ?3");
  WayStep step;

  way_stmt_bind_text (&stmt, 1, type);
  if (id != NULL)
    way_stmt_bind_text (&stmt, 2, id);
  way_stmt_bind_int (&stmt, 3, limit);
  while ((step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW) {
    WayAuditEntry *entry = g_new0 (WayAuditEntry, 1);
    const char *records = way_stmt_text (&stmt, 7);

    entry->number = way_stmt_int (&stmt, 0);
    entry->at = g_strdup (way_stmt_text (&stmt, 1));
    entry->by = g_strdup (way_stmt_text (&stmt, 2));
    entry->action = g_strdup (way_stmt_text (&stmt, 3));
    entry->type = g_strdup (way_stmt_text (&stmt, 4));
    entry->id = g_strdup (records != NULL ? id : way_stmt_text (&stmt, 5));
    entry->fields = g_strdup (way_stmt_text (&stmt, 6));
    if (records != NULL)
      entry->records = g_strsplit (records, "\n", -1);
    g_ptr_array_add (entries, entry);
  }
  return step == WAY_STEP_ERROR ? NULL : g_steal_pointer (&entries);
}
