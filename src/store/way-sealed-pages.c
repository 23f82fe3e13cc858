/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-sealed-file.h"

#include <sodium.h>
#include <string.h>

/* What SQLite reads of page 1 when it opens a file, before it looks for a log or a
 * journal that would mend the page. */
#define PEEK_SIZE 100

static int
read_page (WaySealedFile *self, sqlite3_int64 index, guint8 *page)
{
  int rc = way_sealed_file_read_below (
      self, page, WAY_SEALED_PAGE_SIZE, WAY_SEALED_DATA_OFFSET + index * WAY_SEALED_PAGE_SIZE);

  if (rc == SQLITE_IOERR_SHORT_READ)
    memset (page, 0, WAY_SEALED_PAGE_SIZE);
  if (rc != SQLITE_OK)
    return rc;
  if (!way_sealer_open (
          &self->sealer, WAY_SEAL_PAGE, (guint64) index + 1, page, WAY_SEALED_PAGE_TEXT))
    return way_sealed_file_report_damage ("page", (guint64) index + 1);
  return SQLITE_OK;
}

/* A power cut can tear page 1; the log or journal has it whole, but SQLite only
 * looks there after it has taken page size and reserve from page 1. It gets those,
 * and a change counter that no cache matches. A whole page 1 is never made up. */
static void
invent_geometry (guint8 *page)
{
  memset (page, 0, WAY_SEALED_PAGE_SIZE);
  memcpy (page, "SQLite format 3", 16);
  page[16] = WAY_SEALED_PAGE_SIZE >> 8;
  page[17] = WAY_SEALED_PAGE_SIZE & 0xff;
  page[18] = page[19] = 1;
  page[20] = WAY_SEAL_OVERHEAD;
  page[21] = 64;
  page[22] = page[23] = 32;
  randombytes_buf (page + 24, 4);
}

static int
read_part (WaySealedFile *self, guint8 *buffer, int amount, sqlite3_int64 offset)
{
  int rc = read_page (self, offset / WAY_SEALED_PAGE_SIZE, self->scratch);

  if (rc == SQLITE_IOERR_DATA && offset + amount <= PEEK_SIZE) {
    invent_geometry (self->scratch);
    rc = SQLITE_OK;
  }
  if (rc == SQLITE_OK || rc == SQLITE_IOERR_SHORT_READ)
    memcpy (buffer, self->scratch + offset % WAY_SEALED_PAGE_SIZE, (gsize) amount);
  return rc;
}

static int
pages_read (sqlite3_file *file, void *buffer, int amount, sqlite3_int64 offset)
{
  WaySealedFile *self = (WaySealedFile *) file;
  guint8 *out = buffer;
  int rc = SQLITE_OK;

  if (amount == WAY_SEALED_PAGE_SIZE && offset % WAY_SEALED_PAGE_SIZE == 0)
    return read_page (self, offset / WAY_SEALED_PAGE_SIZE, buffer);
  while (amount > 0 && rc == SQLITE_OK) {
    int room = WAY_SEALED_PAGE_SIZE - (int) (offset % WAY_SEALED_PAGE_SIZE);
    int part = MIN (amount, room);

    rc = read_part (self, out, part, offset);
    out += part;
    offset += part;
    amount -= part;
  }
  if (rc != SQLITE_OK)
    memset (out, 0, (gsize) amount);
  return rc;
}

static int
write_page (WaySealedFile *self, sqlite3_int64 index, const guint8 *page)
{
  way_sealer_seal (
      &self->sealer, WAY_SEAL_PAGE, (guint64) index + 1, page, WAY_SEALED_PAGE_TEXT, self->scratch);
  return way_sealed_file_write_below (self,
                                      self->scratch,
                                      WAY_SEALED_PAGE_SIZE,
                                      WAY_SEALED_DATA_OFFSET + index * WAY_SEALED_PAGE_SIZE);
}

static int
pages_size (sqlite3_file *file, sqlite3_int64 *size)
{
  int rc = way_sealed_file_size (file, size);

  *size = MAX (*size - WAY_SEALED_DATA_OFFSET, 0);
  return rc;
}

/* SQLite leaves holes where it has nothing to say. A hole must not read as damage,
 * and zeros must not pass as a page: so a hole gets a sealed page of zeros. */
static int
fill_up_to (WaySealedFile *self, sqlite3_int64 index)
{
  static const guint8 ZEROS[WAY_SEALED_PAGE_SIZE];
  int rc = SQLITE_OK;

  if (self->n_pages < 0) {
    rc = pages_size (&self->base, &self->n_pages);
    self->n_pages = rc == SQLITE_OK ? self->n_pages / WAY_SEALED_PAGE_SIZE : -1;
  }
  while (rc == SQLITE_OK && self->n_pages < index) {
    rc = write_page (self, self->n_pages, ZEROS);
    if (rc == SQLITE_OK)
      self->n_pages++;
  }
  return rc;
}

static int
pages_write (sqlite3_file *file, const void *buffer, int amount, sqlite3_int64 offset)
{
  WaySealedFile *self = (WaySealedFile *) file;
  sqlite3_int64 index = offset / WAY_SEALED_PAGE_SIZE;
  int rc;

  if (amount != WAY_SEALED_PAGE_SIZE || offset % WAY_SEALED_PAGE_SIZE != 0)
    return way_sealed_file_refuse ("the database", amount, offset);
  if (index == 0 && !way_sealed_file_has_room (buffer))
    return way_sealed_file_refuse ("page 1 without room for a seal", amount, offset);
  rc = fill_up_to (self, index);
  if (rc == SQLITE_OK)
    rc = write_page (self, index, buffer);
  if (rc == SQLITE_OK)
    self->n_pages = MAX (self->n_pages, index + 1);
  return rc;
}

static int
pages_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  WaySealedFile *self = (WaySealedFile *) file;
  sqlite3_int64 n_pages = size / WAY_SEALED_PAGE_SIZE;
  int rc;

  if (size % WAY_SEALED_PAGE_SIZE != 0)
    return way_sealed_file_refuse ("the database, cut within a page", 0, size);
  rc = fill_up_to (self, n_pages);
  if (rc == SQLITE_OK)
    rc = way_sealed_file_truncate (file, WAY_SEALED_DATA_OFFSET + size);
  self->n_pages = rc == SQLITE_OK ? n_pages : -1;
  return rc;
}

static int
pages_unlock (sqlite3_file *file, int level)
{
  ((WaySealedFile *) file)->n_pages = -1;
  return way_sealed_file_unlock (file, level);
}

static int
pages_close (sqlite3_file *file)
{
  WaySealedFile *self = (WaySealedFile *) file;

  way_sealed_entry_attach (self->entry, NULL);
  way_sealed_registry_remove (self->entry);
  return way_sealed_file_close (file);
}

/* Version 1: no shared memory. It would hold checksums of plain text, and SQLite
 * does without it when one connection has the file to itself; without it no other
 * way of opening the log works. */
static const sqlite3_io_methods METHODS = {
    .iVersion = 1,
    .xClose = pages_close,
    .xRead = pages_read,
    .xWrite = pages_write,
    .xTruncate = pages_truncate,
    .xSync = way_sealed_file_sync,
    .xFileSize = pages_size,
    .xLock = way_sealed_file_lock,
    .xUnlock = pages_unlock,
    .xCheckReservedLock = way_sealed_file_check_lock,
    .xFileControl = way_sealed_file_control,
    .xSectorSize = way_sealed_file_sector_size,
    .xDeviceCharacteristics = way_sealed_file_characteristics,
};

/* Whether the file is the one the key is for. With another file's key the log looks
 * torn from its first frame, and SQLite would throw it away. */
static int
check_file_id (WaySealedFile *self)
{
  for (int copy = 0; copy < WAY_SEALED_HEADER_COPIES; copy++) {
    guint8 file_id[WAY_SEAL_ID_SIZE];
    int rc = way_sealed_file_read_below (
        self, file_id, sizeof file_id, copy * WAY_SEALED_HEADER_BLOCK + WAY_SEALED_ID_OFFSET);

    if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ)
      return rc;
    if (rc == SQLITE_OK && memcmp (file_id, self->entry->file_id, sizeof file_id) == 0)
      return SQLITE_OK;
  }
  return SQLITE_NOTADB;
}

/**
 * way_sealed_file_open_pages:
 * @self: a file of which only real is set, and open
 * @entry: the file's key
 *
 * Makes @self a main database, if @entry belongs to it.
 *
 * Returns: SQLite's result code; on failure the file below is still open
 */
int
way_sealed_file_open_pages (WaySealedFile *self, WaySealedEntry *entry)
{
  int rc;

  self->entry = way_sealed_entry_ref (entry);
  rc = check_file_id (self);
  if (rc != SQLITE_OK) {
    g_clear_pointer (&self->entry, way_sealed_entry_unref);
    return rc;
  }
  self->n_pages = -1;
  way_sealer_init (&self->sealer, entry->page_key, entry->file_id);
  way_sealed_entry_attach (entry, self->real);
  self->base.pMethods = &METHODS;
  return SQLITE_OK;
}

/**
 * way_sealed_file_is_pages:
 * @file: (nullable): a file that SQLite has open
 *
 * Returns: whether it is a main database of ours
 */
gboolean
way_sealed_file_is_pages (sqlite3_file *file)
{
  return file != NULL && file->pMethods == &METHODS;
}
