/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "way-db"

#include "way-db-private.h"

#include "way-error.h"
#include "way-vault-file.h"
#include "way-vault-private.h"

/* What is asked of the connection, and what it must answer afterwards: a pragma that SQLite can't
 * follow is no error to SQLite. How the file is locked and written is set by the vault, and only
 * looked at here. */
static const struct {
  const char *set;
  const char *ask;
  const char *expected;
} PRAGMAS[] = {
    {"PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", "1"},
    {"PRAGMA recursive_triggers = ON", "PRAGMA recursive_triggers", "1"},
    {"PRAGMA trusted_schema = OFF", "PRAGMA trusted_schema", "0"},
    {NULL, "PRAGMA synchronous", "2"},
    {"PRAGMA secure_delete = ON", "PRAGMA secure_delete", "1"},
    {NULL, "PRAGMA temp_store", "2"},
    /* Opening a page again costs more than in a plain file: keep more of them. */
    {"PRAGMA cache_size = -65536", "PRAGMA cache_size", "-65536"},
    {NULL, "PRAGMA journal_mode", "wal"},
    {NULL, "PRAGMA locking_mode", "exclusive"},
};

static gboolean
set_pragmas (WayDb *self, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (PRAGMAS); i++) {
    g_autofree char *answer = NULL;

    if (PRAGMAS[i].set != NULL && !way_db_exec (self, PRAGMAS[i].set, error))
      return FALSE;
    if (!way_db_query_text (self, PRAGMAS[i].ask, NULL, &answer, error))
      return FALSE;
    if (g_strcmp0 (answer, PRAGMAS[i].expected) != 0) {
      g_set_error (error,
                   WAY_ERROR,
                   WAY_ERROR_FAILED,
                   "this SQLite can't keep records safely: %s is “%s”",
                   PRAGMAS[i].ask,
                   answer);
      return FALSE;
    }
  }
  return TRUE;
}

static WayDb *
open_vault (WayVault *vault, WayDbBringUp bring_up, GError **error)
{
  g_autoptr (WayDb) self = NULL;
  int rc;

  if (vault == NULL)
    return NULL;
  self = g_new0 (WayDb, 1);
  self->owner = g_thread_self ();
  self->vault = vault;
  self->statements = way_db_statements_new ();
  self->rows = way_db_rows_new ();
  self->audit = way_db_audit_new ();
  self->index = way_db_index_new ();
  self->today = way_date_today ();
  self->handle = way_vault_open_database (vault, error);
  if (self->handle == NULL)
    return NULL;
  rc = way_db_know_words (self->handle);
  if (rc != SQLITE_OK) {
    way_db_set_error (self->handle, rc, error);
    return NULL;
  }
  if (!set_pragmas (self, error) || !way_db_migrate (self, bring_up, error) ||
      !way_db_index_prepare (self, error) || !way_db_load_defaults (self, error) ||
      !way_db_index_bring_up (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* One that could not be finished: it would be in the way of the next attempt, or open with a
 * recovery key that nobody was shown. */
static void
discard_store (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);

  way_vault_file_discard (log);
  way_vault_file_discard (journal);
  way_vault_file_discard (path);
}

/**
 * way_db_create:
 * @path: where no file is yet
 * @passphrase: what unlocks it
 * @cost: (nullable): what unlocking costs; calibrated if %NULL
 * @recovery_key: (out) (transfer full): to print once; way_vault_secret_free() it
 * @error: return location for %WAY_ERROR_IO, %WAY_ERROR_INVALID
 *
 * Makes a store with the schema, the code lists and the terms that a new one
 * starts with. If that fails, no file is left and @recovery_key is as it was.
 *
 * Returns: (transfer full): the connection; way_db_close() it on this thread
 */
WayDb *
way_db_create (const char *path,
               const char *passphrase,
               const WayVaultCost *cost,
               char **recovery_key,
               GError **error)
{
  g_autofree char *place = way_vault_file_resolve (path, error);
  char *key = NULL;
  WayVault *vault;
  WayDb *self;

  if (place == NULL)
    return NULL;
  vault = way_vault_create (place, passphrase, cost, &key, error);
  self = open_vault (vault, WAY_DB_BRING_UP_NEW, error);
  if (self != NULL) {
    *recovery_key = key;
    return self;
  }
  if (vault != NULL)
    discard_store (place);
  way_vault_secret_free (key);
  return NULL;
}

/**
 * way_db_open:
 * @path: a store
 * @passphrase: its passphrase
 * @error: return location for %WAY_ERROR_PASSPHRASE, %WAY_ERROR_BUSY, %WAY_ERROR_TOO_NEW,
 *   %WAY_ERROR_CORRUPT, %WAY_ERROR_IO
 *
 * Opens a store. An older one is brought up to date, after a backup beside it.
 *
 * Returns: (transfer full): the connection; way_db_close() it on this thread
 */
WayDb *
way_db_open (const char *path, const char *passphrase, GError **error)
{
  return open_vault (way_vault_unlock (path, passphrase, error), WAY_DB_BRING_UP_KEPT, error);
}

/**
 * way_db_open_with_recovery_key:
 *
 * Like way_db_open(), with the key that was shown when the store was made.
 */
WayDb *
way_db_open_with_recovery_key (const char *path, const char *recovery_key, GError **error)
{
  return open_vault (
      way_vault_unlock_with_recovery_key (path, recovery_key, error), WAY_DB_BRING_UP_KEPT, error);
}

/**
 * way_db_open_copy:
 * @vault: (nullable) (transfer full): of a copy of a store
 *
 * Opens a copy that is only on its way: an older one is brought up to date without a backup beside
 * it, for what it was copied from is one.
 *
 * Returns: (transfer full): the connection, or %NULL with @error
 */
WayDb *
way_db_open_copy (WayVault *vault, GError **error)
{
  return open_vault (vault, WAY_DB_BRING_UP_COPY, error);
}

/**
 * way_db_close:
 * @self: (transfer full): a connection, outside any transaction
 *
 * Writes the log back, so that one file is left with nothing beside it, and
 * forgets the key.
 *
 * Returns: whether that could be done. If not, as with a full disk, nothing is lost: the log stays
 *   beside the store, and the two belong together until it is opened again
 */
gboolean
way_db_close (WayDb *self)
{
  g_autofree char *path = g_strdup (way_db_get_path (self));
  int rc;

  g_assert (self->owner == g_thread_self ());
  while (self->depth > 0)
    way_db_rollback (self);
  way_db_forget_statements (self);
  if (self->handle != NULL) {
    rc = sqlite3_close (self->handle);
    if (rc != SQLITE_OK)
      g_critical ("store closed with statements still open (%d)", rc);
  }
  way_vault_free (self->vault);
  way_db_forget (self, NULL);
  g_clear_object (&self->deflate);
  way_db_rows_free (self->rows);
  way_db_audit_free (self->audit);
  way_db_index_free (self->index);
  g_hash_table_unref (self->statements);
  g_free (self->now);
  g_free (self);
  return way_db_is_whole (path, NULL);
}

const char *
way_db_get_path (WayDb *self)
{
  return way_vault_get_path (self->vault);
}

/**
 * way_db_get_version:
 *
 * Returns: number of the schema, the newest that this program knows
 */
int
way_db_get_version (WayDb *self)
{
  gint64 version;

  return way_db_query_int (self, "PRAGMA user_version", NULL, &version, NULL) ? (int) version : -1;
}

gboolean
way_db_change_passphrase (WayDb *self,
                          const char *passphrase,
                          const WayVaultCost *cost,
                          GError **error)
{
  g_assert (self->owner == g_thread_self ());
  /* Last what can't be taken back: who reads that it failed must find the old one opening. */
  return way_db_add_audit (self, "passphrase", NULL, NULL, error) &&
         way_vault_change_passphrase (self->vault, passphrase, cost, error);
}

/* Whoever sits at an open store may not be the one whose it is. */
gboolean
way_db_check_passphrase (WayDb *self, const char *passphrase, GError **error)
{
  g_assert (self->owner == g_thread_self ());
  return way_vault_check_passphrase (self->vault, passphrase, error);
}

/**
 * way_db_set_recovery_key:
 * @recovery_key: from way_vault_make_recovery_key(), seen and kept by whose the store is
 *
 * From now on this is the only recovery key. Ask way_db_check_passphrase() before it is shown.
 */
gboolean
way_db_set_recovery_key (WayDb *self, const char *recovery_key, GError **error)
{
  g_assert (self->owner == g_thread_self ());
  return way_db_add_audit (self, "recovery-key", NULL, NULL, error) &&
         way_vault_set_recovery_key (self->vault, recovery_key, error);
}

/**
 * way_db_set_today:
 * @today: the day from which on everything is in the future; unknown: as the clock says
 *
 * For work as at a given day.
 */
void
way_db_set_today (WayDb *self, WayDate today)
{
  g_assert (self->owner == g_thread_self ());

  self->set_today = today;
  self->today = today != WAY_DATE_UNKNOWN ? today : way_date_today ();
}

/* Kept from the last time: an import begins and ends a savepoint with every record. */
static gboolean
run_kept (WayDb *self, const char *sql, GError **error)
{
  g_auto (WayStmt) stmt = way_stmt_prepare (self, sql);

  return way_stmt_run (&stmt, error);
}

/**
 * way_db_begin:
 *
 * Begins a transaction, or inside one a part that can be taken back alone. Each
 * needs its way_db_commit() or way_db_rollback().
 */
gboolean
way_db_begin (WayDb *self, GError **error)
{
  g_autofree char *savepoint = NULL;

  g_assert (self->owner == g_thread_self ());
  if (self->depth > 0 &&
      !(way_db_index_relieve (self, error) && way_db_audit_relieve (self, error)))
    return FALSE;
  if (self->depth > 0)
    savepoint = g_strdup_printf ("SAVEPOINT way_%u", self->depth);
  if (!run_kept (self, savepoint != NULL ? savepoint : "BEGIN IMMEDIATE", error))
    return FALSE;
  if (self->depth == 0) {
    self->now = way_stamp_now ();
    self->today = self->set_today != WAY_DATE_UNKNOWN ? self->set_today : way_date_today ();
    self->broken_at = 0;
  }
  self->depth++;
  way_db_audit_push (self);
  return TRUE;
}

void
way_db_forget (WayDb *self, const WayRecordType *type)
{
  if (type == NULL || type == WAY_CODE)
    g_clear_pointer (&self->lists, way_code_lists_unref);
  if (type == NULL || type == WAY_PRACTITIONER)
    g_clear_pointer (&self->me, g_free);
  if (type == NULL || type == WAY_TARGET || type == WAY_CHILD)
    g_clear_pointer (&self->rules, g_hash_table_unref);
}

static void
leave (WayDb *self, gboolean keep)
{
  way_db_audit_pop (self, keep);
  if (self->broken_at == self->depth)
    self->broken_at = keep ? self->depth - 1 : 0;
  self->depth--;
  if (self->depth > 0)
    return;
  g_clear_pointer (&self->now, g_free);
  g_clear_pointer (&self->rules, g_hash_table_unref);
}

/* Always FALSE. The target that another replaces may come later in a transaction, so only its end
 * shows that it did not come. */
static gboolean
name_missing_target (WayDb *self, GError **error)
{
  g_autofree char *id = NULL;

  if (sqlite3_extended_errcode (self->handle) != SQLITE_CONSTRAINT_FOREIGNKEY ||
      !way_db_query_text (
          self,
          "SELECT \"replaces\" FROM \"target\" t WHERE \"replaces\" IS NOT NULL AND "
          "NOT EXISTS (SELECT 1 FROM \"target\" WHERE \"id\" = t.\"replaces\")",
          NULL,
          &id,
          NULL) ||
      id == NULL)
    return FALSE;
  g_clear_error (error);
  g_set_error (
      error, WAY_ERROR, WAY_ERROR_INVALID, "replaces: There is no target with the id “%.40s”", id);
  return FALSE;
}

static gboolean
commit_all (WayDb *self, GError **error)
{
  if (self->broken_at != 0) {
    g_set_error_literal (error,
                         WAY_ERROR,
                         WAY_ERROR_FAILED,
                         "a write of this transaction failed; it was taken back");
    return FALSE;
  }
  return way_db_index_flush (self, error) && way_db_audit_flush (self, error) &&
         (way_db_exec (self, "COMMIT", error) || name_missing_target (self, error));
}

/**
 * way_db_commit:
 *
 * Ends what the last way_db_begin() began; the outermost is on disk when this
 * returns. If it fails, everything since is taken back.
 */
gboolean
way_db_commit (WayDb *self, GError **error)
{
  g_autofree char *release = NULL;
  gboolean done;

  g_return_val_if_fail (self->depth > 0, FALSE);

  if (self->depth > 1) {
    release = g_strdup_printf ("RELEASE way_%u", self->depth - 1);
    done = run_kept (self, release, error);
  } else {
    done = commit_all (self, error);
  }
  if (done)
    leave (self, TRUE);
  else
    way_db_rollback (self);
  return done;
}

/**
 * way_db_rollback:
 *
 * Takes back everything since the last way_db_begin().
 */
void
way_db_rollback (WayDb *self)
{
  g_autofree char *back = NULL;

  g_return_if_fail (self->depth > 0);

  if (self->depth > 1)
    back = g_strdup_printf ("ROLLBACK TO way_%u; RELEASE way_%u", self->depth - 1, self->depth - 1);
  /* A failed statement may have ended the transaction already (disk full). */
  if (!sqlite3_get_autocommit (self->handle) &&
      !way_db_exec (self, back != NULL ? back : "ROLLBACK", NULL))
    g_warning ("a transaction could not be taken back");
  leave (self, FALSE);
  way_db_rows_forget (self);
  if (self->depth == 0)
    way_db_index_forget (self);
  way_db_forget (self, NULL);
}

/**
 * way_db_end:
 * @done: whether all that the last way_db_begin() was for was done
 *
 * Commits if so, and else takes it back.
 *
 * Returns: whether it is committed
 */
gboolean
way_db_end (WayDb *self, gboolean done, GError **error)
{
  if (done)
    return way_db_commit (self, error);
  way_db_rollback (self);
  return FALSE;
}

/* A write was left half done, so what is running must be taken back as a whole. */
gboolean
way_db_break (WayDb *self)
{
  if (self->broken_at == 0)
    self->broken_at = self->depth;
  return FALSE;
}
