/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-seal.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * WaySealedEntry:
 *
 * The key of one file, for one opening of it. SQLite opens files by name: the
 * entry is how the key gets to the file without being a global. It is listed from
 * way_sealed_registry_add() until that file is closed.
 */
typedef struct {
  gatomicrefcount references;
  char *path; /* as SQLite spells it */
  guint8 file_id[WAY_SEAL_ID_SIZE];
  guint8 *page_key;
  GMutex mutex;       /* guards real */
  sqlite3_file *real; /* the open file below the shim, or NULL; borrowed */
} WaySealedEntry;

WaySealedEntry *
way_sealed_registry_add (const char *path, const guint8 *data_key, const guint8 *file_id);
void way_sealed_registry_remove (WaySealedEntry *entry);
WaySealedEntry *way_sealed_registry_claim (const char *path);
gboolean way_sealed_registry_is_open (const char *path);
guint way_sealed_registry_count (void);

WaySealedEntry *way_sealed_entry_ref (WaySealedEntry *self);
void way_sealed_entry_unref (WaySealedEntry *self);
void way_sealed_entry_attach (WaySealedEntry *self, sqlite3_file *real);
sqlite3_file *way_sealed_entry_hold (WaySealedEntry *self);
void way_sealed_entry_release (WaySealedEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WaySealedEntry, way_sealed_entry_unref)

G_END_DECLS
