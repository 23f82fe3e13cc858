/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-seal.h"
#include "way-sealed-registry.h"

#include <sqlite3.h>

G_BEGIN_DECLS

#define WAY_SEALED_PAGE_SIZE 4096
#define WAY_SEALED_PAGE_TEXT (WAY_SEALED_PAGE_SIZE - WAY_SEAL_OVERHEAD)
#define WAY_SEALED_FRAME_HEADER 24
#define WAY_SEALED_FRAME_SIZE (WAY_SEALED_FRAME_HEADER + WAY_SEALED_PAGE_SIZE)
#define WAY_SEALED_LOG_HEADER 32
/* SQLite's sector: smaller than a page, so that a journal's header never looks like one. */
#define WAY_SEALED_SECTOR_SIZE 512

/* Two copies of the file's own header come first, each in a block of its own;
 * SQLite's pages follow and SQLite does not know that anything is before them. */
#define WAY_SEALED_HEADER_BLOCK 4096
#define WAY_SEALED_HEADER_COPIES 2
#define WAY_SEALED_DATA_OFFSET (WAY_SEALED_HEADER_BLOCK * WAY_SEALED_HEADER_COPIES)
/* Where each copy of the header has the file's id. */
#define WAY_SEALED_ID_OFFSET 32

/**
 * WaySealedFile:
 *
 * A database, write-ahead log or rollback journal between SQLite, which sees plain
 * text, and the file below, which never does. The file below follows in memory.
 */
typedef struct {
  sqlite3_file base;
  sqlite3_file *real;
  WaySealedEntry *entry; /* owned */
  WaySealer sealer;
  union {
    /* Whole pages in the file below, -1 while another process may change it. */
    sqlite3_int64 n_pages;
    struct {
      sqlite3_int64 pending_offset; /* frame whose header waits for its page, -1 for none */
      guint8 pending[WAY_SEALED_FRAME_HEADER];
      sqlite3_int64 last_offset; /* frame whose text is in scratch, -1 for none */
      GByteArray *headers;       /* of the frames written in this round of the log */
      guint8 salts[8];           /* of the log header, big endian as in the file */
      gboolean has_salts;
    } log;
    struct {
      sqlite3_int64 number_offset; /* where a page number was just written, -1 for nowhere */
      guint8 number[4];
    } journal;
  };
  guint8 scratch[WAY_SEALED_FRAME_SIZE];
} WaySealedFile;

int way_sealed_file_open_pages (WaySealedFile *self, WaySealedEntry *entry);
void way_sealed_file_open_log (WaySealedFile *self, WaySealedFile *database);
void way_sealed_file_open_journal (WaySealedFile *self, WaySealedFile *database);
gboolean way_sealed_file_is_pages (sqlite3_file *file);

/* Shared by the three kinds. */
int way_sealed_file_close (sqlite3_file *file);
int way_sealed_file_truncate (sqlite3_file *file, sqlite3_int64 size);
int way_sealed_file_sync (sqlite3_file *file, int flags);
int way_sealed_file_size (sqlite3_file *file, sqlite3_int64 *size);
int way_sealed_file_lock (sqlite3_file *file, int level);
int way_sealed_file_unlock (sqlite3_file *file, int level);
int way_sealed_file_check_lock (sqlite3_file *file, int *reserved);
int way_sealed_file_control (sqlite3_file *file, int op, void *arg);
int way_sealed_file_sector_size (sqlite3_file *file);
int way_sealed_file_characteristics (sqlite3_file *file);

int
way_sealed_file_read_below (WaySealedFile *self, void *buffer, int amount, sqlite3_int64 offset);
int way_sealed_file_write_below (WaySealedFile *self,
                                 const void *buffer,
                                 int amount,
                                 sqlite3_int64 offset);
int way_sealed_file_refuse (const char *what, int amount, sqlite3_int64 offset);
int way_sealed_file_report_damage (const char *what, guint64 number);
gboolean way_sealed_file_has_room (const guint8 *first_page);

G_END_DECLS
