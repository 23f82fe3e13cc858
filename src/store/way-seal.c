/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-seal.h"

#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT (WAY_SEAL_KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
G_STATIC_ASSERT (WAY_SEAL_NONCE_SIZE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
G_STATIC_ASSERT (WAY_SEAL_TAG_SIZE == crypto_aead_xchacha20poly1305_ietf_ABYTES);

/* The nonce is a random part, drawn once per opening, and a counter. */
#define COUNTER_OFFSET 16

/**
 * way_seal_init:
 *
 * Makes libsodium ready. May be called many times and from any thread.
 *
 * Returns: whether it is ready; if not, nothing else here may be called
 */
gboolean
way_seal_init (void)
{
  return sodium_init () >= 0;
}

/**
 * way_seal_key_new:
 *
 * Returns: (transfer full): room for a key of %WAY_SEAL_KEY_SIZE bytes that is
 *   kept out of swap and core dumps; free it with way_seal_key_free()
 */
guint8 *
way_seal_key_new (void)
{
  guint8 *key = sodium_malloc (WAY_SEAL_KEY_SIZE);

  g_assert (key != NULL);
  memset (key, 0, WAY_SEAL_KEY_SIZE);
  return key;
}

/**
 * way_seal_key_free:
 * @key: (nullable) (transfer full): a key; it is wiped
 */
void
way_seal_key_free (guint8 *key)
{
  sodium_free (key);
}

/**
 * way_seal_derive_key:
 * @key: (out): the derived key, %WAY_SEAL_KEY_SIZE bytes
 * @data_key: the store's key
 * @purpose: what the derived key is for, so that no two uses share one
 * @file_id: the file it is for, %WAY_SEAL_ID_SIZE bytes
 *
 * BLAKE2b keyed with the data key, over purpose and file id.
 */
void
way_seal_derive_key (guint8 *key,
                     const guint8 *data_key,
                     const char *purpose,
                     const guint8 *file_id)
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, data_key, WAY_SEAL_KEY_SIZE, WAY_SEAL_KEY_SIZE);
  crypto_generichash_update (&state, (const guint8 *) purpose, strlen (purpose) + 1);
  crypto_generichash_update (&state, file_id, WAY_SEAL_ID_SIZE);
  crypto_generichash_final (&state, key, WAY_SEAL_KEY_SIZE);
  sodium_memzero (&state, sizeof state);
}

/**
 * way_sealer_init:
 * @self: a sealer
 * @key: the file's page key; must outlive @self
 * @file_id: the file's id
 *
 * Draws the random part of the nonces. 16 random bytes and a counter of 8 can't
 * meet another opening's nonces in any number of openings that can happen, and
 * cost nothing per page.
 */
void
way_sealer_init (WaySealer *self, const guint8 *key, const guint8 *file_id)
{
  self->key = key;
  memcpy (self->associated, file_id, WAY_SEAL_ID_SIZE);
  randombytes_buf (self->nonce, COUNTER_OFFSET);
  memset (self->nonce + COUNTER_OFFSET, 0, WAY_SEAL_NONCE_SIZE - COUNTER_OFFSET);
}

/* The number is little endian on every machine: files travel. */
static void
bind_to (WaySealer *self, WaySealKind kind, guint64 number)
{
  guint64 little = GUINT64_TO_LE (number);

  self->associated[WAY_SEAL_ID_SIZE] = (guint8) kind;
  memcpy (self->associated + WAY_SEAL_ID_SIZE + 1, &little, sizeof little);
}

/**
 * way_sealer_seal:
 * @self: a sealer
 * @kind: what is sealed
 * @number: which one
 * @plain: the text
 * @length: its length in bytes
 * @sealed: (out): room for @length + %WAY_SEAL_OVERHEAD bytes; may be @plain itself
 */
void
way_sealer_seal (WaySealer *self,
                 WaySealKind kind,
                 guint64 number,
                 const guint8 *plain,
                 gsize length,
                 guint8 *sealed)
{
  guint8 *nonce = sealed + length;

  bind_to (self, kind, number);
  sodium_increment (self->nonce + COUNTER_OFFSET, WAY_SEAL_NONCE_SIZE - COUNTER_OFFSET);
  crypto_aead_xchacha20poly1305_ietf_encrypt_detached (sealed,
                                                       nonce + WAY_SEAL_NONCE_SIZE,
                                                       NULL,
                                                       plain,
                                                       length,
                                                       self->associated,
                                                       sizeof self->associated,
                                                       NULL,
                                                       self->nonce,
                                                       self->key);
  memcpy (nonce, self->nonce, WAY_SEAL_NONCE_SIZE);
}

/**
 * way_sealer_open:
 * @self: a sealer
 * @kind: what it must be
 * @number: which one it must be
 * @sealed: (inout): the unit, @length + %WAY_SEAL_OVERHEAD bytes; the text takes its
 *   place and the rest becomes zeros
 * @length: length of the text in bytes
 *
 * Returns: %FALSE if it is not what was sealed, with all of @sealed zeros
 */
gboolean
way_sealer_open (WaySealer *self, WaySealKind kind, guint64 number, guint8 *sealed, gsize length)
{
  const guint8 *nonce = sealed + length;
  gboolean authentic;

  bind_to (self, kind, number);
  authentic = crypto_aead_xchacha20poly1305_ietf_decrypt_detached (sealed,
                                                                   NULL,
                                                                   sealed,
                                                                   length,
                                                                   nonce + WAY_SEAL_NONCE_SIZE,
                                                                   self->associated,
                                                                   sizeof self->associated,
                                                                   nonce,
                                                                   self->key) == 0;
  if (authentic)
    memset (sealed + length, 0, WAY_SEAL_OVERHEAD);
  else
    memset (sealed, 0, length + WAY_SEAL_OVERHEAD);
  return authentic;
}
