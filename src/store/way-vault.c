/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-vault.h"

#include "way-error.h"
#include "way-file.h"
#include "way-platform.h"
#include "way-vault-file.h"
#include "way-vault-private.h"

#include <sodium.h>
#include <string.h>

static WayVault *
vault_new (const char *path)
{
  WayVault *self = g_new0 (WayVault, 1);

  self->path = g_strdup (path);
  self->data_key = way_seal_key_new ();
  self->copies = g_ptr_array_new_with_free_func ((GDestroyNotify) way_sealed_entry_unref);
  return self;
}

/* The slot that a recovery key opens. */
static gboolean
wrap_recovery (WayVaultSlot *slot, const char *recovery_key, const guint8 *data_key, GError **error)
{
  guint8 secret[WAY_VAULT_RECOVERY_SIZE];

  if (!way_vault_recovery_from_text (recovery_key, secret, error))
    return FALSE;
  way_vault_slot_wrap_recovery (slot, secret, data_key);
  sodium_memzero (secret, sizeof secret);
  return TRUE;
}

/**
 * way_vault_make_recovery_key:
 *
 * Returns: (transfer full): a recovery key that opens nothing yet; see
 *   way_vault_set_recovery_key(). Free it with way_vault_secret_free()
 */
char *
way_vault_make_recovery_key (void)
{
  guint8 secret[WAY_VAULT_RECOVERY_SIZE];
  char *text;

  if (sodium_init () < 0)
    g_assert_not_reached (); /* there is no randomness: nothing here can work */
  randombytes_buf (secret, sizeof secret);
  text = way_vault_recovery_to_text (secret);
  sodium_memzero (secret, sizeof secret);
  return text;
}

static gboolean
write_new_file (const char *path, const WayVaultHeader *header, GError **error)
{
  WayVaultFile *file = way_vault_file_create (path, error);
  gboolean written;

  if (file == NULL)
    return FALSE;
  written = way_vault_header_write (header, file->file, error);
  way_vault_file_close (file);
  if (written)
    way_platform_sync_folder_of (path);
  else
    way_vault_file_discard (path);
  return written;
}

/**
 * way_vault_create:
 * @path: where the store is to be; nothing may be there yet
 * @passphrase: any text but an empty one
 * @cost: (nullable): what a guess at the passphrase is to cost, %NULL to let an
 *   unlocking take half a second on this machine
 * @recovery_key: (out) (transfer full): the recovery key to print and keep; free it
 *   with way_vault_secret_free()
 * @error: %WAY_ERROR_INVALID for the passphrase or cost, %WAY_ERROR_IO
 *
 * Makes a store file without a database in it yet.
 *
 * Returns: (transfer full) (nullable): the unlocked store
 */
WayVault *
way_vault_create (const char *path,
                  const char *passphrase,
                  const WayVaultCost *cost,
                  char **recovery_key,
                  GError **error)
{
  g_autofree char *resolved = way_vault_file_resolve (path, error);
  g_autoptr (WayVault) self = NULL;
  char *text;

  if (resolved == NULL)
    return NULL;
  self = vault_new (resolved);
  randombytes_buf (self->data_key, WAY_SEAL_KEY_SIZE);
  randombytes_buf (self->header.file_id, WAY_SEAL_ID_SIZE);
  self->header.sequence = 1;
  self->is_new = TRUE;
  if (!way_vault_slot_wrap_passphrase (
          &self->header.slots[WAY_VAULT_SLOT_PASSPHRASE], passphrase, cost, self->data_key, error))
    return NULL;
  text = way_vault_make_recovery_key ();
  if (!wrap_recovery (&self->header.slots[WAY_VAULT_SLOT_RECOVERY], text, self->data_key, error)) {
    way_vault_secret_free (text);
    return NULL;
  }
  way_vault_header_sign (&self->header, self->data_key);
  if (!write_new_file (resolved, &self->header, error)) {
    way_vault_secret_free (text);
    return NULL;
  }
  *recovery_key = text;
  return g_steal_pointer (&self);
}

/* The store with its header, and no key yet. */
static WayVault *
vault_at (const char *path, GError **error)
{
  g_autofree char *resolved = way_vault_file_resolve (path, error);
  g_autoptr (WayVaultFile) file = resolved == NULL ? NULL : way_vault_file_open (resolved, error);
  g_autoptr (WayVault) self = NULL;

  if (file == NULL)
    return NULL;
  self = vault_new (resolved);
  if (!way_vault_header_read (&self->header, file->file, NULL, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * way_vault_unlock:
 * @path: a store
 * @passphrase: its passphrase
 * @error: %WAY_ERROR_PASSPHRASE for a wrong one, %WAY_ERROR_CORRUPT for a file that
 *   is not a store or has a damaged header, %WAY_ERROR_TOO_NEW, %WAY_ERROR_IO
 *
 * Reads the header and nothing else; the file is not written to.
 *
 * Returns: (transfer full) (nullable): the unlocked store
 */
WayVault *
way_vault_unlock (const char *path, const char *passphrase, GError **error)
{
  g_autoptr (WayVault) self = vault_at (path, error);

  if (self == NULL ||
      !way_vault_slot_unwrap_passphrase (
          &self->header.slots[WAY_VAULT_SLOT_PASSPHRASE], passphrase, self->data_key, error) ||
      !way_vault_header_verify (&self->header, self->data_key, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * way_vault_unlock_with_recovery_key:
 * @path: a store
 * @recovery_key: what was typed from the print; case, spaces and dashes don't matter
 * @error: as way_vault_unlock(), and %WAY_ERROR_INVALID for a slip in typing
 *
 * Returns: (transfer full) (nullable): the unlocked store
 */
WayVault *
way_vault_unlock_with_recovery_key (const char *path, const char *recovery_key, GError **error)
{
  g_autoptr (WayVault) self = vault_at (path, error);
  guint8 secret[WAY_VAULT_RECOVERY_SIZE];
  gboolean opened;

  if (self == NULL || !way_vault_recovery_from_text (recovery_key, secret, error))
    return NULL;
  opened = way_vault_slot_unwrap_recovery (
      &self->header.slots[WAY_VAULT_SLOT_RECOVERY], secret, self->data_key, error);
  sodium_memzero (secret, sizeof secret);
  if (!opened || !way_vault_header_verify (&self->header, self->data_key, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * way_vault_refresh_header:
 * @self: a store
 * @file: its open file below the shim, locked by us
 * @error: %WAY_ERROR_CORRUPT, %WAY_ERROR_IO
 *
 * Reads the header again, as another process may have changed a slot since; and if
 * a power cut left one copy behind, brings it up, so that the secret in it no longer
 * opens anything.
 *
 * Returns: whether the header is this store's and both copies say so
 */
gboolean
way_vault_refresh_header (WayVault *self, sqlite3_file *file, GError **error)
{
  WayVaultHeader header;
  gboolean in_step = FALSE;

  if (!way_vault_header_read (&header, file, &in_step, error) ||
      !way_vault_header_verify (&header, self->data_key, error))
    return FALSE;
  self->header = header;
  return in_step || way_vault_header_write (&header, file, error);
}

static gboolean
replace_slot_in (WayVault *self,
                 sqlite3_file *file,
                 WayVaultSlotKind kind,
                 const WayVaultSlot *slot,
                 GError **error)
{
  WayVaultHeader header;

  if (!way_vault_refresh_header (self, file, error))
    return FALSE;
  header = self->header;
  header.sequence++;
  header.slots[kind] = *slot;
  way_vault_header_sign (&header, self->data_key);
  if (!way_vault_header_write (&header, file, error))
    return FALSE;
  self->header = header;
  return TRUE;
}

/* Tries the file that SQLite has open. Returns FALSE without an error if it has none. */
static gboolean
replace_slot_if_open (
    WayVault *self, WayVaultSlotKind kind, const WayVaultSlot *slot, gboolean *open, GError **error)
{
  sqlite3_file *file;
  gboolean replaced = FALSE;

  *open = FALSE;
  if (self->entry == NULL)
    return FALSE;
  file = way_sealed_entry_hold (self->entry);
  if (file != NULL) {
    *open = TRUE;
    replaced = replace_slot_in (self, file, kind, slot, error);
  }
  way_sealed_entry_release (self->entry);
  return replaced;
}

/* The header is only written by who has the database locked. */
static gboolean
replace_slot (WayVault *self, WayVaultSlotKind kind, const WayVaultSlot *slot, GError **error)
{
  gboolean open;
  gboolean replaced = replace_slot_if_open (self, kind, slot, &open, error);
  sqlite3 *database;

  if (open)
    return replaced;
  database = way_vault_open_database (self, error);
  if (database == NULL)
    return FALSE;
  replaced = replace_slot_if_open (self, kind, slot, &open, error);
  sqlite3_close (database);
  return replaced;
}

/**
 * way_vault_change_passphrase:
 * @self: a store, with its database open or not
 * @new_passphrase: any text but an empty one
 * @cost: (nullable): as for way_vault_create()
 * @error: %WAY_ERROR_INVALID, %WAY_ERROR_BUSY, %WAY_ERROR_IO
 *
 * Wraps the data key anew; the pages and the recovery key stay. The old passphrase
 * is in neither copy of the header when this returns %TRUE. After %FALSE with
 * %WAY_ERROR_IO either the old or the new one opens the store.
 *
 * Returns: %TRUE when the new passphrase is on the disk
 */
gboolean
way_vault_change_passphrase (WayVault *self,
                             const char *new_passphrase,
                             const WayVaultCost *cost,
                             GError **error)
{
  WayVaultSlot slot;

  return way_vault_slot_wrap_passphrase (&slot, new_passphrase, cost, self->data_key, error) &&
         replace_slot (self, WAY_VAULT_SLOT_PASSPHRASE, &slot, error);
}

/**
 * way_vault_check_passphrase:
 * @self: a store
 * @passphrase: what somebody typed
 * @error: %WAY_ERROR_PASSPHRASE for another than its own
 *
 * Asks once more, of a store that is open already.
 *
 * Returns: whether it opens the store
 */
gboolean
way_vault_check_passphrase (WayVault *self, const char *passphrase, GError **error)
{
  guint8 *key = way_seal_key_new ();
  gboolean opens = way_vault_slot_unwrap_passphrase (
      &self->header.slots[WAY_VAULT_SLOT_PASSPHRASE], passphrase, key, error);

  way_seal_key_free (key);
  return opens;
}

/**
 * way_vault_set_recovery_key:
 * @self: a store, with its database open or not
 * @recovery_key: from way_vault_make_recovery_key(); whoever is to keep it has seen it
 * @error: %WAY_ERROR_INVALID for what is no recovery key, %WAY_ERROR_BUSY, %WAY_ERROR_IO
 *
 * From now on this key opens the store, and the one before it nothing. After %FALSE with
 * %WAY_ERROR_IO either of them does.
 *
 * Returns: %TRUE when that is on the disk
 */
gboolean
way_vault_set_recovery_key (WayVault *self, const char *recovery_key, GError **error)
{
  WayVaultSlot slot;

  return wrap_recovery (&slot, recovery_key, self->data_key, error) &&
         replace_slot (self, WAY_VAULT_SLOT_RECOVERY, &slot, error);
}

/**
 * way_vault_renew_recovery_key:
 * @self: a store, with its database open or not
 * @error: %WAY_ERROR_BUSY, %WAY_ERROR_IO
 *
 * Makes a new recovery key; the old print opens nothing any more.
 *
 * Returns: (transfer full) (nullable): the key; free it with way_vault_secret_free()
 */
char *
way_vault_renew_recovery_key (WayVault *self, GError **error)
{
  char *text = way_vault_make_recovery_key ();

  if (!way_vault_set_recovery_key (self, text, error))
    g_clear_pointer (&text, way_vault_secret_free);
  return text;
}

/**
 * way_vault_get_path:
 * @self: a store
 *
 * Returns: (transfer none): its absolute path
 */
const char *
way_vault_get_path (WayVault *self)
{
  return self->path;
}

static WaySealedEntry *
find_copy (WayVault *self, const char *path)
{
  for (guint i = 0; i < self->copies->len; i++) {
    WaySealedEntry *copy = g_ptr_array_index (self->copies, i);

    if (g_str_equal (copy->path, path))
      return copy;
  }
  return NULL;
}

/**
 * way_vault_prepare_copy:
 * @self: a store
 * @target: where the copy is to be; nothing may be there yet
 * @error: %WAY_ERROR_IO
 *
 * Writes a header with the same slots and an id of its own to @target, and makes its
 * key known: VACUUM INTO @target then gives a complete store that the same
 * passphrase and recovery key open. SQLite takes @target for an empty file. Call
 * way_vault_finish_copy() afterwards, and remove @target if the copying failed.
 *
 * Returns: %TRUE on success
 */
gboolean
way_vault_prepare_copy (WayVault *self, const char *target, GError **error)
{
  g_autofree char *resolved = way_vault_file_resolve (target, error);
  WayVaultHeader header = self->header;

  if (resolved == NULL)
    return FALSE;
  header.sequence = 1;
  randombytes_buf (header.file_id, sizeof header.file_id);
  way_vault_header_sign (&header, self->data_key);
  if (!write_new_file (resolved, &header, error))
    return FALSE;
  g_ptr_array_add (self->copies,
                   way_sealed_registry_add (resolved, self->data_key, header.file_id));
  return TRUE;
}

/**
 * way_vault_expect_copy:
 * @self: a store
 * @target: what way_vault_prepare_copy() was given
 *
 * Lets the copy be opened once more, to check it: a key is known for one opening.
 */
void
way_vault_expect_copy (WayVault *self, const char *target)
{
  g_autofree char *resolved = way_vault_file_resolve (target, NULL);
  WaySealedEntry *copy = resolved == NULL ? NULL : find_copy (self, resolved);

  if (copy != NULL)
    g_ptr_array_add (self->copies,
                     way_sealed_registry_add (resolved, self->data_key, copy->file_id));
}

/**
 * way_vault_finish_copy:
 * @self: a store
 * @target: what way_vault_prepare_copy() was given
 *
 * Makes the copy's key unknown again, and the folder's state last: a journal that
 * came back with a power cut would empty the copy.
 */
void
way_vault_finish_copy (WayVault *self, const char *target)
{
  g_autofree char *resolved = way_vault_file_resolve (target, NULL);
  WaySealedEntry *copy;

  while (resolved != NULL && (copy = find_copy (self, resolved)) != NULL) {
    way_sealed_registry_remove (copy);
    g_ptr_array_remove (self->copies, copy);
  }
  if (resolved != NULL)
    way_platform_sync_folder_of (resolved);
}

/**
 * way_vault_free:
 * @self: (transfer full): a store; its keys are wiped
 *
 * Close the database first: while it is open it keeps the page key.
 */
void
way_vault_free (WayVault *self)
{
  for (guint i = 0; i < self->copies->len; i++)
    way_sealed_registry_remove (g_ptr_array_index (self->copies, i));
  g_ptr_array_unref (self->copies);
  if (self->entry != NULL)
    way_sealed_registry_remove (self->entry);
  g_clear_pointer (&self->entry, way_sealed_entry_unref);
  way_seal_key_free (self->data_key);
  g_free (self->path);
  g_free (self);
}

/**
 * way_vault_secret_take:
 * @text: (transfer full) (nullable): a secret in ordinary memory, such as a passphrase
 *   that was read from a file; it is wiped
 *
 * Returns: (transfer full) (nullable): the same in locked memory; way_vault_secret_free() it
 */
char *
way_vault_secret_take (char *text)
{
  gsize size = text != NULL ? strlen (text) + 1 : 0;
  char *secret;

  if (text == NULL || sodium_init () < 0)
    return NULL;
  secret = sodium_malloc (size);
  if (secret == NULL)
    g_assert_not_reached (); /* no locked memory is left: as g_malloc() ends */
  memcpy (secret, text, size);
  sodium_memzero (text, size);
  g_free (text);
  return secret;
}

/**
 * way_vault_secret_wipe:
 * @text: (nullable): a secret in ordinary memory, or a copy of one that had to be shown
 *
 * Writes over a text that is not needed any more. A plain memset() before a g_free() may be left
 * out by the compiler.
 */
void
way_vault_secret_wipe (char *text)
{
  if (text != NULL)
    sodium_memzero (text, strlen (text));
}

#define MAX_SECRET_FILE 4096 /* bytes */
#define UTF8_MARK "\xef\xbb\xbf"

/**
 * way_vault_secret_read:
 * @path: a file that holds a secret; one trailing newline is dropped, in the form of any system,
 *   and so is the mark that some editors put before a text in UTF-8
 * @error: return location for %WAY_ERROR_REFUSED; also for a file that holds no text
 *
 * Returns: (transfer full): the secret in locked memory; way_vault_secret_free() it
 */
char *
way_vault_secret_read (const char *path, GError **error)
{
  gsize length;
  char *text = way_file_read (path, MAX_SECRET_FILE, &length, error);

  if (text == NULL)
    return NULL;
  if (g_str_has_prefix (text, UTF8_MARK)) {
    length -= strlen (UTF8_MARK);
    memmove (text, text + strlen (UTF8_MARK), length + 1);
  }
  if (g_str_has_suffix (text, "\n"))
    text[length -= g_str_has_suffix (text, "\r\n") ? 2 : 1] = '\0';
  if (length > 0 && strlen (text) == length)
    return way_vault_secret_take (text);
  sodium_memzero (text, length);
  g_free (text);
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_REFUSED,
               "the file “%s” holds no passphrase; write it there, or name another file",
               path);
  return NULL;
}

/**
 * way_vault_secret_free:
 * @secret: (nullable) (transfer full): a secret that a function here returned; it is
 *   wiped
 */
void
way_vault_secret_free (char *secret)
{
  sodium_free (secret);
}
