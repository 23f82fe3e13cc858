/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * WayMemoryFile:
 *
 * A file that SQLite believes in and no disk ever sees: temporary tables, sorts
 * and statement journals hold plain text.
 */
typedef struct {
  sqlite3_file base;
  guint8 *data;
  gsize size;
  gsize capacity;
} WayMemoryFile;

void way_memory_file_init (WayMemoryFile *self);

G_END_DECLS
