/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-vault-key.h"

#include <sqlite3.h>

G_BEGIN_DECLS

#define WAY_VAULT_MAC_SIZE 32

typedef enum {
  WAY_VAULT_SLOT_PASSPHRASE,
  WAY_VAULT_SLOT_RECOVERY,
  WAY_VAULT_N_SLOTS,
} WayVaultSlotKind;

/**
 * WayVaultHeader:
 * @sequence: one more with each rewriting; of two sound copies the higher counts
 * @file_id: random; no two files share one, a copy of a store has its own
 * @slots: the wrapped data keys
 * @mac: BLAKE2b of all of the above under a key from the data key
 *
 * What a store file has in clear text before its pages.
 */
typedef struct {
  guint64 sequence;
  guint8 file_id[WAY_SEAL_ID_SIZE];
  WayVaultSlot slots[WAY_VAULT_N_SLOTS];
  guint8 mac[WAY_VAULT_MAC_SIZE];
} WayVaultHeader;

void way_vault_header_sign (WayVaultHeader *self, const guint8 *data_key);
gboolean
way_vault_header_verify (const WayVaultHeader *self, const guint8 *data_key, GError **error);
gboolean
way_vault_header_read (WayVaultHeader *self, sqlite3_file *file, gboolean *in_step, GError **error);
gboolean way_vault_header_write (const WayVaultHeader *self, sqlite3_file *file, GError **error);

G_END_DECLS
