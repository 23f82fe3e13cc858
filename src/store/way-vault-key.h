/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-seal.h"
#include "way-vault.h"

G_BEGIN_DECLS

#define WAY_VAULT_SALT_SIZE 16
#define WAY_VAULT_WRAPPED_SIZE (WAY_SEAL_KEY_SIZE + WAY_SEAL_TAG_SIZE)
/* 160 bits: 32 symbols of five bits. */
#define WAY_VAULT_RECOVERY_SIZE 20

/* How a slot's key is made; the numbers are in the files. */
typedef enum {
  WAY_VAULT_KDF_ARGON2ID = 1, /* from a passphrase */
  WAY_VAULT_KDF_BLAKE2B = 2,  /* from a secret that nobody can guess */
} WayVaultKdf;

/**
 * WayVaultSlot:
 *
 * The data key, wrapped by one of the two secrets that open the store.
 */
typedef struct {
  guint32 kdf; /* WayVaultKdf */
  WayVaultCost cost;
  guint8 salt[WAY_VAULT_SALT_SIZE];
  guint8 nonce[WAY_SEAL_NONCE_SIZE];
  guint8 wrapped[WAY_VAULT_WRAPPED_SIZE];
} WayVaultSlot;

gboolean way_vault_cost_is_sane (const WayVaultCost *cost);
WayVaultCost way_vault_cost_calibrate (void);

gboolean way_vault_slot_wrap_passphrase (WayVaultSlot *self,
                                         const char *passphrase,
                                         const WayVaultCost *cost,
                                         const guint8 *data_key,
                                         GError **error);
void
way_vault_slot_wrap_recovery (WayVaultSlot *self, const guint8 *secret, const guint8 *data_key);
gboolean way_vault_slot_unwrap_passphrase (const WayVaultSlot *self,
                                           const char *passphrase,
                                           guint8 *data_key,
                                           GError **error);
gboolean way_vault_slot_unwrap_recovery (const WayVaultSlot *self,
                                         const guint8 *secret,
                                         guint8 *data_key,
                                         GError **error);

char *way_vault_recovery_to_text (const guint8 *secret);
gboolean way_vault_recovery_from_text (const char *text, guint8 *secret, GError **error);

G_END_DECLS
