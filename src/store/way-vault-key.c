/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-vault-key.h"

#include "way-error.h"

#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT (WAY_VAULT_SALT_SIZE == crypto_pwhash_argon2id_SALTBYTES);
G_STATIC_ASSERT (WAY_VAULT_SALT_SIZE >= crypto_generichash_KEYBYTES_MIN);

#define MEBIBYTE ((guint64) 1024 * 1024)
#define LEAST_MEMORY (64 * MEBIBYTE)
#define MOST_MEMORY (4096 * MEBIBYTE)
#define MOST_OPERATIONS 64
/* What calibration aims at, and the most memory that it takes: a school laptop has
 * little, and others need it while the store unlocks. */
#define TARGET_SECONDS 0.5
#define CALIBRATED_MEMORY (256 * MEBIBYTE)
#define CALIBRATED_LEAST_OPERATIONS 2
#define CALIBRATED_GOOD_OPERATIONS 3

/* What is bound into a wrapped key: how its wrapping key is made. Not the file's
 * id: a copy of the store has the same slots. */
#define ASSOCIATED_SIZE (8 + 8 + 8 + WAY_VAULT_SALT_SIZE)

/**
 * way_vault_cost_is_sane:
 * @cost: a cost, perhaps read from a file
 *
 * Returns: whether Waymark would write @cost. A file that names another one is
 *   damaged or made to hang the program, and is refused before it is tried.
 */
gboolean
way_vault_cost_is_sane (const WayVaultCost *cost)
{
  return cost->memory >= LEAST_MEMORY && cost->memory <= MOST_MEMORY && cost->operations >= 1 &&
         cost->operations <= MOST_OPERATIONS;
}

static gboolean
stretch (
    guint8 *key, const char *passphrase, gsize length, const guint8 *salt, const WayVaultCost *cost)
{
  return crypto_pwhash (key,
                        WAY_SEAL_KEY_SIZE,
                        passphrase,
                        length,
                        salt,
                        cost->operations,
                        (size_t) cost->memory,
                        crypto_pwhash_ALG_ARGON2ID13) == 0;
}

static double
measure_seconds (const WayVaultCost *cost)
{
  static const guint8 SALT[WAY_VAULT_SALT_SIZE];
  guint8 key[WAY_SEAL_KEY_SIZE];
  gint64 start = g_get_monotonic_time ();

  if (!stretch (key, "calibrate", 9, SALT, cost))
    return G_MAXDOUBLE;
  return (double) MAX (g_get_monotonic_time () - start, 1) / G_USEC_PER_SEC;
}

/**
 * way_vault_cost_calibrate:
 *
 * Finds the cost with which unlocking takes about half a second on this machine, as
 * much of it in memory as is sensible. Argon2's time goes with memory times passes.
 * Takes about a quarter of a second.
 *
 * Returns: a cost of at least 64 MiB and two passes
 */
WayVaultCost
way_vault_cost_calibrate (void)
{
  WayVaultCost cost = {CALIBRATED_MEMORY, 1};
  double pass = measure_seconds (&cost);

  while (cost.memory > LEAST_MEMORY && pass * CALIBRATED_GOOD_OPERATIONS > TARGET_SECONDS) {
    cost.memory /= 2;
    pass = measure_seconds (&cost);
  }
  if (pass < TARGET_SECONDS)
    cost.operations = (guint64) (TARGET_SECONDS / pass + 0.5);
  cost.operations = CLAMP (cost.operations, CALIBRATED_LEAST_OPERATIONS, MOST_OPERATIONS);
  return cost;
}

static void
wipe_free (char *text)
{
  if (text != NULL)
    sodium_memzero (text, strlen (text));
  g_free (text);
}

/* One passphrase has one spelling, whatever keyboard it was typed on: NFKC. ASCII
 * has only one to begin with, and then no further copy of it is made. */
static char *
normalise (const char *passphrase, GError **error)
{
  char *normal;

  if (*passphrase == '\0') {
    g_set_error (error, WAY_ERROR, WAY_ERROR_INVALID, "the passphrase is empty");
    return NULL;
  }
  if (g_str_is_ascii (passphrase))
    return g_strdup (passphrase);
  normal = g_utf8_normalize (passphrase, -1, G_NORMALIZE_NFKC);
  if (normal == NULL)
    g_set_error (error, WAY_ERROR, WAY_ERROR_INVALID, "the passphrase is not UTF-8 text");
  return normal;
}

static gboolean
passphrase_key (const WayVaultSlot *self, const char *passphrase, guint8 *key, GError **error)
{
  char *normal = normalise (passphrase, error);
  gboolean stretched;

  if (normal == NULL)
    return FALSE;
  stretched = stretch (key, normal, strlen (normal), self->salt, &self->cost);
  wipe_free (normal);
  if (!stretched)
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_FAILED,
                 "%" G_GUINT64_FORMAT " MiB of memory are needed to use the passphrase",
                 self->cost.memory / MEBIBYTE);
  return stretched;
}

/* The secret has 160 bits: stretching it would add nothing. */
static void
recovery_key (const WayVaultSlot *self, const guint8 *secret, guint8 *key)
{
  crypto_generichash (
      key, WAY_SEAL_KEY_SIZE, secret, WAY_VAULT_RECOVERY_SIZE, self->salt, sizeof self->salt);
}

static void
fill_associated (const WayVaultSlot *self, guint8 *associated)
{
  const guint64 numbers[] = {
      GUINT64_TO_LE ((guint64) self->kdf),
      GUINT64_TO_LE (self->cost.memory),
      GUINT64_TO_LE (self->cost.operations),
  };

  memcpy (associated, numbers, sizeof numbers);
  memcpy (associated + sizeof numbers, self->salt, sizeof self->salt);
}

static void
wrap (WayVaultSlot *self, const guint8 *key, const guint8 *data_key)
{
  guint8 associated[ASSOCIATED_SIZE];

  fill_associated (self, associated);
  randombytes_buf (self->nonce, sizeof self->nonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt (self->wrapped,
                                              NULL,
                                              data_key,
                                              WAY_SEAL_KEY_SIZE,
                                              associated,
                                              sizeof associated,
                                              NULL,
                                              self->nonce,
                                              key);
}

static gboolean
unwrap (const WayVaultSlot *self, const guint8 *key, guint8 *data_key)
{
  guint8 associated[ASSOCIATED_SIZE];

  fill_associated (self, associated);
  return crypto_aead_xchacha20poly1305_ietf_decrypt (data_key,
                                                     NULL,
                                                     NULL,
                                                     self->wrapped,
                                                     sizeof self->wrapped,
                                                     associated,
                                                     sizeof associated,
                                                     self->nonce,
                                                     key) == 0;
}

/**
 * way_vault_slot_wrap_passphrase:
 * @self: (out): the slot
 * @passphrase: any text but an empty one
 * @cost: (nullable): what a guess is to cost, %NULL to calibrate
 * @data_key: the key to wrap
 * @error: %WAY_ERROR_INVALID for passphrase or cost
 *
 * Returns: %TRUE on success; @self is changed only then
 */
gboolean
way_vault_slot_wrap_passphrase (WayVaultSlot *self,
                                const char *passphrase,
                                const WayVaultCost *cost,
                                const guint8 *data_key,
                                GError **error)
{
  WayVaultSlot slot = {.kdf = WAY_VAULT_KDF_ARGON2ID};
  guint8 *key;
  gboolean made;

  if (cost != NULL && !way_vault_cost_is_sane (cost)) {
    g_set_error (
        error, WAY_ERROR, WAY_ERROR_INVALID, "the cost of the passphrase is out of bounds");
    return FALSE;
  }
  slot.cost = cost != NULL ? *cost : way_vault_cost_calibrate ();
  randombytes_buf (slot.salt, sizeof slot.salt);
  key = way_seal_key_new ();
  made = passphrase_key (&slot, passphrase, key, error);
  if (made) {
    wrap (&slot, key, data_key);
    *self = slot;
  }
  way_seal_key_free (key);
  return made;
}

/**
 * way_vault_slot_wrap_recovery:
 * @self: (out): the slot
 * @secret: %WAY_VAULT_RECOVERY_SIZE random bytes
 * @data_key: the key to wrap
 */
void
way_vault_slot_wrap_recovery (WayVaultSlot *self, const guint8 *secret, const guint8 *data_key)
{
  guint8 *key = way_seal_key_new ();

  memset (self, 0, sizeof *self);
  self->kdf = WAY_VAULT_KDF_BLAKE2B;
  randombytes_buf (self->salt, sizeof self->salt);
  recovery_key (self, secret, key);
  wrap (self, key, data_key);
  way_seal_key_free (key);
}

/**
 * way_vault_slot_unwrap_passphrase:
 * @self: a slot whose cost is sane
 * @passphrase: what was typed
 * @data_key: (out): the data key
 * @error: %WAY_ERROR_PASSPHRASE if it is the wrong one, %WAY_ERROR_INVALID if none
 *   can be like that
 *
 * Returns: whether @data_key was set
 */
gboolean
way_vault_slot_unwrap_passphrase (const WayVaultSlot *self,
                                  const char *passphrase,
                                  guint8 *data_key,
                                  GError **error)
{
  guint8 *key = way_seal_key_new ();
  gboolean made = passphrase_key (self, passphrase, key, error);
  gboolean opened = made && unwrap (self, key, data_key);

  way_seal_key_free (key);
  if (made && !opened)
    g_set_error (error, WAY_ERROR, WAY_ERROR_PASSPHRASE, "wrong passphrase");
  return opened;
}

/**
 * way_vault_slot_unwrap_recovery:
 * @self: a slot
 * @secret: %WAY_VAULT_RECOVERY_SIZE bytes
 * @data_key: (out): the data key
 * @error: %WAY_ERROR_PASSPHRASE if it is the wrong one
 *
 * Returns: whether @data_key was set
 */
gboolean
way_vault_slot_unwrap_recovery (const WayVaultSlot *self,
                                const guint8 *secret,
                                guint8 *data_key,
                                GError **error)
{
  guint8 *key = way_seal_key_new ();
  gboolean opened;

  recovery_key (self, secret, key);
  opened = unwrap (self, key, data_key);
  way_seal_key_free (key);
  if (!opened)
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_PASSPHRASE,
                 "the recovery key is rightly typed, but it is not this store's");
  return opened;
}
