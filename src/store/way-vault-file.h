/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * WayVaultFile:
 *
 * A store file opened for its header, while no database is open. It goes through
 * the VFS below the shim, which knows how not to drop the locks of a database that
 * this process has open on the same file.
 */
typedef struct {
  sqlite3_filename name;
  sqlite3_file *file;
} WayVaultFile;

char *way_vault_file_resolve (const char *path, GError **error);
WayVaultFile *way_vault_file_open (const char *path, GError **error);
WayVaultFile *way_vault_file_create (const char *path, GError **error);
void way_vault_file_discard (const char *path);
void way_vault_file_close (WayVaultFile *self);
gboolean way_vault_hold (const char *path, WayVaultFile **held, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayVaultFile, way_vault_file_close)

G_END_DECLS
