/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WayVault:
 *
 * An unlocked store file: its place and the key to it. The key stays in locked
 * memory until way_vault_free().
 */
typedef struct _WayVault WayVault;

/**
 * WayVaultCost:
 * @memory: bytes that one guess at the passphrase takes, at least 64 MiB
 * @operations: passes over that memory, at least 1
 *
 * What Argon2id is told.
 */
typedef struct {
  guint64 memory;
  guint64 operations;
} WayVaultCost;

WayVault *way_vault_create (const char *path,
                            const char *passphrase,
                            const WayVaultCost *cost,
                            char **recovery_key,
                            GError **error);
WayVault *way_vault_unlock (const char *path, const char *passphrase, GError **error);
WayVault *
way_vault_unlock_with_recovery_key (const char *path, const char *recovery_key, GError **error);
gboolean way_vault_change_passphrase (WayVault *self,
                                      const char *new_passphrase,
                                      const WayVaultCost *cost,
                                      GError **error);
gboolean way_vault_check_passphrase (WayVault *self, const char *passphrase, GError **error);
char *way_vault_make_recovery_key (void);
gboolean way_vault_set_recovery_key (WayVault *self, const char *recovery_key, GError **error);
char *way_vault_renew_recovery_key (WayVault *self, GError **error);
const char *way_vault_get_path (WayVault *self);
gboolean way_vault_prepare_copy (WayVault *self, const char *target, GError **error);
void way_vault_expect_copy (WayVault *self, const char *target);
void way_vault_finish_copy (WayVault *self, const char *target);
void way_vault_free (WayVault *self);
char *way_vault_secret_take (char *text);
char *way_vault_secret_read (const char *path, GError **error);
void way_vault_secret_free (char *secret);
void way_vault_secret_wipe (char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayVault, way_vault_free)

G_END_DECLS
