/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-vault-header.h"

#include "way-error.h"
#include "way-sealed-file.h"
#include "way-sql-error.h"

#include <sodium.h>
#include <string.h>

/* A copy of the header is one block:
 *
 *      0  magic, 16 bytes
 *     16  format version, 4 bytes, little endian like every number here
 *     20  number of slots, 4 bytes
 *     24  sequence, 8 bytes
 *     32  file id, 16 bytes
 *     48  slots, 112 bytes each: kdf 4, zeros 4, memory 8, operations 8, salt 16,
 *         nonce 24, wrapped data key 48
 *    272  mac, 32 bytes
 *    304  zeros
 *   4064  BLAKE2b of the block up to here, 32 bytes; the same in every version
 */
#define VERSION 1
#define BLOCK WAY_SEALED_HEADER_BLOCK
#define CHECKSUM_SIZE 32
#define CHECKSUM_OFFSET (BLOCK - CHECKSUM_SIZE)
#define VERSION_OFFSET 16
#define SLOTS_OFFSET (WAY_SEALED_ID_OFFSET + WAY_SEAL_ID_SIZE)
#define SLOT_SIZE                                                                                  \
  (4 + 4 + 8 + 8 + WAY_VAULT_SALT_SIZE + WAY_SEAL_NONCE_SIZE + WAY_VAULT_WRAPPED_SIZE)
#define MAC_OFFSET (SLOTS_OFFSET + WAY_VAULT_N_SLOTS * SLOT_SIZE)

G_STATIC_ASSERT (SLOT_SIZE == 112 && MAC_OFFSET == 272);

/* With a line end and a zero, as in PNG, so that a transfer as text shows. */
static const guint8 MAGIC[16] = "Waymark store\r\n";

typedef enum { COPY_MISSING, COPY_BROKEN, COPY_NEWER, COPY_SOUND } CopyState;

static guint8 *
put32 (guint8 *at, guint32 value)
{
  value = GUINT32_TO_LE (value);
  memcpy (at, &value, sizeof value);
  return at + sizeof value;
}

static guint8 *
put64 (guint8 *at, guint64 value)
{
  value = GUINT64_TO_LE (value);
  memcpy (at, &value, sizeof value);
  return at + sizeof value;
}

static guint8 *
put_bytes (guint8 *at, const guint8 *bytes, gsize length)
{
  memcpy (at, bytes, length);
  return at + length;
}

static guint32
get32 (const guint8 **at)
{
  guint32 value;

  memcpy (&value, *at, sizeof value);
  *at += sizeof value;
  return GUINT32_FROM_LE (value);
}

static guint64
get64 (const guint8 **at)
{
  guint64 value;

  memcpy (&value, *at, sizeof value);
  *at += sizeof value;
  return GUINT64_FROM_LE (value);
}

static void
get_bytes (const guint8 **at, guint8 *bytes, gsize length)
{
  memcpy (bytes, *at, length);
  *at += length;
}

static void
block_checksum (const guint8 *block, guint8 *checksum)
{
  crypto_generichash (checksum, CHECKSUM_SIZE, block, CHECKSUM_OFFSET, NULL, 0);
}

static void
encode (const WayVaultHeader *self, guint8 *block)
{
  guint8 *at = block;

  memset (block, 0, BLOCK);
  at = put_bytes (at, MAGIC, sizeof MAGIC);
  at = put32 (at, VERSION);
  at = put32 (at, WAY_VAULT_N_SLOTS);
  at = put64 (at, self->sequence);
  at = put_bytes (at, self->file_id, sizeof self->file_id);
  for (int i = 0; i < WAY_VAULT_N_SLOTS; i++) {
    const WayVaultSlot *slot = &self->slots[i];

    at = put32 (at, slot->kdf);
    at = put32 (at, 0);
    at = put64 (at, slot->cost.memory);
    at = put64 (at, slot->cost.operations);
    at = put_bytes (at, slot->salt, sizeof slot->salt);
    at = put_bytes (at, slot->nonce, sizeof slot->nonce);
    at = put_bytes (at, slot->wrapped, sizeof slot->wrapped);
  }
  put_bytes (at, self->mac, sizeof self->mac);
  block_checksum (block, block + CHECKSUM_OFFSET);
}

static void
decode (WayVaultHeader *self, const guint8 *block)
{
  const guint8 *at = block + VERSION_OFFSET + 8;

  self->sequence = get64 (&at);
  get_bytes (&at, self->file_id, sizeof self->file_id);
  for (int i = 0; i < WAY_VAULT_N_SLOTS; i++) {
    WayVaultSlot *slot = &self->slots[i];

    slot->kdf = get32 (&at);
    get32 (&at);
    slot->cost.memory = get64 (&at);
    slot->cost.operations = get64 (&at);
    get_bytes (&at, slot->salt, sizeof slot->salt);
    get_bytes (&at, slot->nonce, sizeof slot->nonce);
    get_bytes (&at, slot->wrapped, sizeof slot->wrapped);
  }
  get_bytes (&at, self->mac, sizeof self->mac);
}

static CopyState
look_at (const guint8 *block)
{
  const guint8 *at = block + VERSION_OFFSET;
  guint8 checksum[CHECKSUM_SIZE];

  if (memcmp (block, MAGIC, sizeof MAGIC) != 0)
    return COPY_MISSING;
  block_checksum (block, checksum);
  if (memcmp (checksum, block + CHECKSUM_OFFSET, sizeof checksum) != 0)
    return COPY_BROKEN;
  if (get32 (&at) != VERSION)
    return COPY_NEWER;
  return get32 (&at) == WAY_VAULT_N_SLOTS ? COPY_SOUND : COPY_BROKEN;
}

/* Says what the file is instead, as far as its beginning shows. */
static void
set_unusable (const guint8 *blocks, gsize n_read, const CopyState *states, GError **error)
{
  if (states[0] == COPY_NEWER || states[1] == COPY_NEWER)
    g_set_error (
        error, WAY_ERROR, WAY_ERROR_TOO_NEW, "the store was made by a newer version of Waymark");
  else if (n_read == 0)
    g_set_error (error, WAY_ERROR, WAY_ERROR_CORRUPT, "the file is empty");
  else if (n_read >= 16 && memcmp (blocks, "SQLite format 3", 16) == 0)
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_CORRUPT,
                 "the file is an ordinary SQLite database, not a Waymark store");
  else if (states[0] == COPY_MISSING && states[1] == COPY_MISSING)
    g_set_error (error, WAY_ERROR, WAY_ERROR_CORRUPT, "the file is not a Waymark store");
  else
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_CORRUPT,
                 "the store's header is damaged: its beginning was changed or cut off outside "
                 "Waymark. Keep the file as it is, and restore the newest backup");
}

static gboolean
check_costs (const WayVaultHeader *self, GError **error)
{
  const WayVaultSlot *slot = &self->slots[WAY_VAULT_SLOT_PASSPHRASE];

  if (slot->kdf == WAY_VAULT_KDF_ARGON2ID && way_vault_cost_is_sane (&slot->cost) &&
      self->slots[WAY_VAULT_SLOT_RECOVERY].kdf == WAY_VAULT_KDF_BLAKE2B)
    return TRUE;
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_CORRUPT,
               "the store's header asks for work that Waymark never asks for");
  return FALSE;
}

/* How much of the header region is there; the rest of @blocks is zeros. */
static gboolean
read_blocks (sqlite3_file *file, guint8 *blocks, gsize *n_read, GError **error)
{
  sqlite3_int64 size = 0;
  int rc = file->pMethods->xFileSize (file, &size);

  if (rc == SQLITE_OK)
    rc = file->pMethods->xRead (file, blocks, WAY_SEALED_DATA_OFFSET, 0);
  if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ) {
    g_set_error (error, WAY_ERROR, WAY_ERROR_IO, "the store's header can't be read (%d)", rc);
    return FALSE;
  }
  *n_read = (gsize) MIN (size, WAY_SEALED_DATA_OFFSET);
  return TRUE;
}

/* The copy that counts, -1 if none is sound. */
static int
pick (const guint8 *blocks, CopyState *states)
{
  guint64 best = 0;
  int picked = -1;

  for (int i = 0; i < WAY_SEALED_HEADER_COPIES; i++) {
    WayVaultHeader header;

    states[i] = look_at (blocks + i * BLOCK);
    if (states[i] != COPY_SOUND)
      continue;
    decode (&header, blocks + i * BLOCK);
    if (picked < 0 || header.sequence > best) {
      picked = i;
      best = header.sequence;
    }
  }
  return picked;
}

/**
 * way_vault_header_read:
 * @self: (out): the header that counts
 * @file: an open file below the shim
 * @in_step: (out) (nullable): whether both copies say it
 * @error: %WAY_ERROR_CORRUPT for a file that is not ours or whose copies are both
 *   damaged, %WAY_ERROR_TOO_NEW, %WAY_ERROR_IO
 *
 * Returns: whether there is a header, with a cost that can be tried
 */
gboolean
way_vault_header_read (WayVaultHeader *self, sqlite3_file *file, gboolean *in_step, GError **error)
{
  g_autofree guint8 *blocks = g_malloc0 (WAY_SEALED_DATA_OFFSET);
  CopyState states[WAY_SEALED_HEADER_COPIES];
  gsize n_read;
  int picked;

  if (!read_blocks (file, blocks, &n_read, error))
    return FALSE;
  picked = pick (blocks, states);
  if (picked < 0 || states[1 - picked] == COPY_NEWER) {
    set_unusable (blocks, n_read, states, error);
    return FALSE;
  }
  decode (self, blocks + picked * BLOCK);
  if (in_step != NULL)
    *in_step = memcmp (blocks, blocks + BLOCK, BLOCK) == 0;
  return check_costs (self, error);
}

static gboolean
write_copy (sqlite3_file *file, int copy, const guint8 *block, GError **error)
{
  int rc = file->pMethods->xWrite (file, block, BLOCK, (sqlite3_int64) copy * BLOCK);
  const char *words;

  if (rc == SQLITE_OK)
    rc = file->pMethods->xSync (file, SQLITE_SYNC_FULL);
  if (rc == SQLITE_OK)
    return TRUE;
  words = way_sql_error_words (rc);
  if (words != NULL)
    g_set_error_literal (error, WAY_ERROR, WAY_ERROR_IO, words);
  else
    g_set_error (error, WAY_ERROR, WAY_ERROR_IO, "the store's header can't be written (%d)", rc);
  return FALSE;
}

/**
 * way_vault_header_write:
 * @self: a signed header
 * @file: an open file below the shim
 * @error: %WAY_ERROR_IO
 *
 * Writes both copies, first the one that does not count, and the other only when
 * that has reached the disk: at every moment one is sound, and in the end a
 * passphrase that was changed is in neither.
 *
 * Returns: %TRUE when both are on the disk
 */
gboolean
way_vault_header_write (const WayVaultHeader *self, sqlite3_file *file, GError **error)
{
  g_autofree guint8 *blocks = g_malloc0 (WAY_SEALED_DATA_OFFSET);
  g_autofree guint8 *block = g_malloc (BLOCK);
  CopyState states[WAY_SEALED_HEADER_COPIES];
  gsize n_read;
  int counts;

  if (!read_blocks (file, blocks, &n_read, error))
    return FALSE;
  counts = MAX (pick (blocks, states), 0);
  encode (self, block);
  return write_copy (file, 1 - counts, block, error) && write_copy (file, counts, block, error);
}

static void
compute_mac (const WayVaultHeader *self, const guint8 *data_key, guint8 *mac)
{
  g_autofree guint8 *block = g_malloc (BLOCK);
  guint8 *key = way_seal_key_new ();

  way_seal_derive_key (key, data_key, "waymark header", self->file_id);
  encode (self, block);
  crypto_generichash (mac, WAY_VAULT_MAC_SIZE, block, MAC_OFFSET, key, WAY_SEAL_KEY_SIZE);
  way_seal_key_free (key);
}

/**
 * way_vault_header_sign:
 * @self: a header that was changed
 * @data_key: the store's key
 *
 * Sets @self's mac.
 */
void
way_vault_header_sign (WayVaultHeader *self, const guint8 *data_key)
{
  compute_mac (self, data_key, self->mac);
}

/**
 * way_vault_header_verify:
 * @self: a header that was read
 * @data_key: the key that one of its slots gave
 * @error: %WAY_ERROR_CORRUPT
 *
 * The checksum finds accidents, this finds meddling: with another file id all pages
 * and the whole log would read as damaged.
 *
 * Returns: whether @self is as Waymark wrote it
 */
gboolean
way_vault_header_verify (const WayVaultHeader *self, const guint8 *data_key, GError **error)
{
  guint8 mac[WAY_VAULT_MAC_SIZE];

  compute_mac (self, data_key, mac);
  if (sodium_memcmp (mac, self->mac, sizeof mac) == 0)
    return TRUE;
  g_set_error (
      error, WAY_ERROR, WAY_ERROR_CORRUPT, "the store's header was changed by something else");
  return FALSE;
}
