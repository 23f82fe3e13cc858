/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who did what when: names of fields, never values. An entry's digest is a hash of a salt
 * of its own and the values, so that a value can be proved from a copy of it but not guessed
 * from the entry; its chain is a hash of the entry and the chain of the one before.
 *
 * Work in bulk: of the rows of one type that a single transaction adds (or changes, or deletes),
 * the first SINGLE_ENTRIES have an entry each. The rest share one, which says how many they were;
 * its digest covers all of them in order. */
#include "way-db-private.h"

#include "way-error.h"

#include <sodium.h>
#include <string.h>

#define SINGLE_ENTRIES 200
#define SALT_SIZE 16
#define HASH_SIZE crypto_generichash_BYTES
#define RANDOM_SIZE 4096

typedef enum { ADD, CHANGE, DELETE, N_BULK_ACTIONS } BulkAction;

static const char *const BULK_NAMES[N_BULK_ACTIONS] = {"add", "change", "delete"};

/* Rows of one type and action within the running transaction. */
typedef struct {
  guint n_rows;
  guint8 digest[HASH_SIZE]; /* over the rows past the first SINGLE_ENTRIES */
} Bulk;

typedef Bulk Counts[WAY_N_RECORD_TYPES][N_BULK_ACTIONS];

struct _WayDbAudit {
  Counts counts;
  GPtrArray *levels; /* Counts, as they were when each transaction began */
  gint64 number;     /* of the last entry; 0: not read yet, or none */
  gboolean is_read;
  guint8 chain[HASH_SIZE];
  GString *fields;
  guint8 random[RANDOM_SIZE];
  gsize random_left;
};

WayDbAudit *
way_db_audit_new (void)
{
  WayDbAudit *self = g_new0 (WayDbAudit, 1);

  self->levels = g_ptr_array_new_with_free_func (g_free);
  self->fields = g_string_new (NULL);
  return self;
}

void
way_db_audit_free (WayDbAudit *self)
{
  g_ptr_array_unref (self->levels);
  g_string_free (self->fields, TRUE);
  g_free (self);
}

void
way_db_audit_push (WayDb *self)
{
  WayDbAudit *audit = self->audit;

  if (self->depth == 1)
    memset (&audit->counts, 0, sizeof audit->counts);
  g_ptr_array_add (audit->levels, g_memdup2 (&audit->counts, sizeof audit->counts));
}

void
way_db_audit_pop (WayDb *self, gboolean keep)
{
  WayDbAudit *audit = self->audit;

  if (!keep) {
    memcpy (&audit->counts,
            g_ptr_array_index (audit->levels, audit->levels->len - 1),
            sizeof audit->counts);
    audit->is_read = FALSE;
  }
  g_ptr_array_set_size (audit->levels, (int) audit->levels->len - 1);
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
  const char *at, *by, *action, *type, *id, *fields;
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
  crypto_generichash_update (&state, entry->salt, SALT_SIZE);
  crypto_generichash_update (&state, entry->digest, HASH_SIZE);
  crypto_generichash_final (&state, chain, HASH_SIZE);
}

/* Where the chain ends, before an entry is added to it. */
static gboolean
read_end (WayDb *self, GError **error)
{
  WayDbAudit *audit = self->audit;
  g_auto (WayStmt) stmt = way_stmt_prepare (
      self, "SELECT \"number\", \"chain\" FROM \"audit\" ORDER BY \"number\" DESC LIMIT 1");
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

/* Sets the entry's number, time and author, and appends it. */
static gboolean
append (WayDb *self, Entry *entry, GError **error)
{
  WayDbAudit *audit = self->audit;
  guint8 chain[HASH_SIZE];
  g_auto (WayStmt) stmt =
      way_stmt_prepare (self, "INSERT INTO \"audit\" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

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
  way_stmt_bind_blob (&stmt, 8, entry->salt, SALT_SIZE);
  way_stmt_bind_blob (&stmt, 9, entry->digest, HASH_SIZE);
  way_stmt_bind_blob (&stmt, 10, chain, HASH_SIZE);
  if (!way_stmt_run (&stmt, error))
    return FALSE;
  audit->number = entry->number;
  memcpy (audit->chain, chain, HASH_SIZE);
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

static Bulk *
find_bulk (WayDb *self, const char *action, const WayRecordType *type)
{
  BulkAction index = *action == 'a' ? ADD : *action == 'c' ? CHANGE : DELETE;

  return &self->audit->counts[way_record_type_index (type)][index];
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
  Bulk *bulk = find_bulk (self, action, record->type);
  Entry entry = {.action = action, .type = record->type->name, .id = record->id};

  if (bulk->n_rows++ >= SINGLE_ENTRIES) {
    hash_values (record, changed, bulk->digest, HASH_SIZE, bulk->digest);
    return TRUE;
  }
  make_salt (audit, entry.salt);
  hash_values (record, changed, entry.salt, SALT_SIZE, entry.digest);
  list_fields (audit->fields, record->type, changed);
  entry.fields = audit->fields->str;
  return append (self, &entry, error);
}

static gboolean
flush_bulk (WayDb *self, const WayRecordType *type, BulkAction action, GError **error)
{
  Bulk *bulk = &self->audit->counts[way_record_type_index (type)][action];
  g_autofree char *fields = g_strdup_printf ("%u more", bulk->n_rows - SINGLE_ENTRIES);
  Entry entry = {.action = BULK_NAMES[action], .type = type->name, .fields = fields};

  make_salt (self->audit, entry.salt);
  crypto_generichash (entry.digest, HASH_SIZE, bulk->digest, HASH_SIZE, entry.salt, SALT_SIZE);
  return append (self, &entry, error);
}

/* Before a transaction is committed: the entries that stand for many rows. */
gboolean
way_db_audit_flush (WayDb *self, GError **error)
{
  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    for (guint action = 0; action < N_BULK_ACTIONS; action++) {
      if (self->audit->counts[i][action].n_rows > SINGLE_ENTRIES &&
          !flush_bulk (self, WAY_RECORD_TYPES[i], (BulkAction) action, error))
        return FALSE;
    }
  }
  return TRUE;
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
  if (sqlite3_column_bytes (stmt->stmt, 7) != SALT_SIZE ||
      sqlite3_column_bytes (stmt->stmt, 8) != HASH_SIZE ||
      sqlite3_column_bytes (stmt->stmt, 9) != HASH_SIZE)
    return FALSE;
  entry->number = way_stmt_int (stmt, 0);
  entry->at = way_stmt_text (stmt, 1);
  entry->by = way_stmt_text (stmt, 2);
  entry->action = way_stmt_text (stmt, 3);
  entry->type = way_stmt_text (stmt, 4);
  entry->id = way_stmt_text (stmt, 5);
  entry->fields = way_stmt_text (stmt, 6);
  memcpy (entry->salt, sqlite3_column_blob (stmt->stmt, 7), SALT_SIZE);
  memcpy (entry->digest, sqlite3_column_blob (stmt->stmt, 8), HASH_SIZE);
  *chain = sqlite3_column_blob (stmt->stmt, 9);
  return TRUE;
}

/**
 * way_db_audit_check:
 * @problems: (element-type utf8): where the first broken link is said
 *
 * Walks the chain from its beginning.
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
  return step == WAY_STEP_DONE;
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
  g_free (entry);
}

/**
 * way_db_list_audit:
 * @type: (nullable): only this type of record
 * @id: (nullable): only this record
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

    entry->number = way_stmt_int (&stmt, 0);
    entry->at = g_strdup (way_stmt_text (&stmt, 1));
    entry->by = g_strdup (way_stmt_text (&stmt, 2));
    entry->action = g_strdup (way_stmt_text (&stmt, 3));
    entry->type = g_strdup (way_stmt_text (&stmt, 4));
    entry->id = g_strdup (way_stmt_text (&stmt, 5));
    entry->fields = g_strdup (way_stmt_text (&stmt, 6));
    g_ptr_array_add (entries, entry);
  }
  return step == WAY_STEP_ERROR ? NULL : g_steal_pointer (&entries);
}
