/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-sealed-registry.h"
#include "way-vault-header.h"
#include "way-vault.h"

#include <sqlite3.h>

G_BEGIN_DECLS

struct _WayVault {
  char *path; /* as SQLite spells it */
  guint8 *data_key;
  WayVaultHeader header; /* as last read or written */
  gboolean is_new;       /* made by us, and no database in it yet */
  WaySealedEntry *entry; /* of the last opening, or NULL */
  GPtrArray *copies;     /* WaySealedEntry of each copy being made */
};

sqlite3 *way_vault_open_database (WayVault *self, GError **error);
gboolean way_vault_refresh_header (WayVault *self, sqlite3_file *file, GError **error);

G_END_DECLS
