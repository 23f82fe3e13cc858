/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-sealed-file.h"

#include <string.h>

/* The rollback journal, which SQLite uses until the write-ahead log is switched on
 * and for the target of VACUUM INTO. A record is a page number, a page, a checksum:
 * the page is sealed and bound to its number, the rest says nothing. */

#define NUMBER_SIZE 4
#define HEADER_USED 28 /* the rest of the header's sector is zeros */

static const guint8 MAGIC[8] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};

static guint64
page_number (const guint8 *bytes)
{
  return (guint64) bytes[0] << 24 | (guint64) bytes[1] << 16 | (guint64) bytes[2] << 8 | bytes[3];
}

static gboolean
all_zeros (const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (bytes[i] != 0)
      return FALSE;
  return TRUE;
}

static int
journal_read (sqlite3_file *file, void *buffer, int amount, sqlite3_int64 offset)
{
  WaySealedFile *self = (WaySealedFile *) file;
  guint8 number[NUMBER_SIZE];
  int rc;

  if (amount != WAY_SEALED_PAGE_SIZE || offset < NUMBER_SIZE)
    return way_sealed_file_read_below (self, buffer, amount, offset);
  rc = way_sealed_file_read_below (self, number, NUMBER_SIZE, offset - NUMBER_SIZE);
  if (rc == SQLITE_OK)
    rc = way_sealed_file_read_below (self, buffer, amount, offset);
  if (rc == SQLITE_IOERR_SHORT_READ)
    memset (buffer, 0, (gsize) amount);
  if (rc != SQLITE_OK)
    return rc;
  if (!way_sealer_open (
          &self->sealer, WAY_SEAL_JOURNAL, page_number (number), buffer, WAY_SEALED_PAGE_TEXT))
    return way_sealed_file_report_damage ("journal record of page", page_number (number));
  return SQLITE_OK;
}

/* Every other write that SQLite makes to a journal, and nothing but those. */
static gboolean
is_harmless (const guint8 *bytes, int amount)
{
  switch (amount) {
  case 1:           /* ends the header that follows */
  case HEADER_USED: /* ends a persistent journal */
    return all_zeros (bytes, (gsize) amount);
  case sizeof MAGIC + NUMBER_SIZE: /* makes the records valid */
    return memcmp (bytes, MAGIC, sizeof MAGIC) == 0;
  case WAY_SEALED_SECTOR_SIZE:
    return (memcmp (bytes, MAGIC, sizeof MAGIC) == 0 || all_zeros (bytes, sizeof MAGIC)) &&
           all_zeros (bytes + HEADER_USED, WAY_SEALED_SECTOR_SIZE - HEADER_USED);
  default:
    return FALSE;
  }
}

static int
journal_write (sqlite3_file *file, const void *buffer, int amount, sqlite3_int64 offset)
{
  WaySealedFile *self = (WaySealedFile *) file;

  if (amount == NUMBER_SIZE) { /* a page number, or a checksum */
    self->journal.number_offset = offset;
    memcpy (self->journal.number, buffer, NUMBER_SIZE);
    return way_sealed_file_write_below (self, buffer, amount, offset);
  }
  if (amount == WAY_SEALED_PAGE_SIZE && self->journal.number_offset == offset - NUMBER_SIZE) {
    self->journal.number_offset = -1;
    way_sealer_seal (&self->sealer,
                     WAY_SEAL_JOURNAL,
                     page_number (self->journal.number),
                     buffer,
                     WAY_SEALED_PAGE_TEXT,
                     self->scratch);
    return way_sealed_file_write_below (self, self->scratch, amount, offset);
  }
  if (!is_harmless (buffer, amount))
    return way_sealed_file_refuse ("the journal", amount, offset);
  return way_sealed_file_write_below (self, buffer, amount, offset);
}

static const sqlite3_io_methods METHODS = {
    .iVersion = 1,
    .xClose = way_sealed_file_close,
    .xRead = journal_read,
    .xWrite = journal_write,
    .xTruncate = way_sealed_file_truncate,
    .xSync = way_sealed_file_sync,
    .xFileSize = way_sealed_file_size,
    .xLock = way_sealed_file_lock,
    .xUnlock = way_sealed_file_unlock,
    .xCheckReservedLock = way_sealed_file_check_lock,
    .xFileControl = way_sealed_file_control,
    .xSectorSize = way_sealed_file_sector_size,
    .xDeviceCharacteristics = way_sealed_file_characteristics,
};

/**
 * way_sealed_file_open_journal:
 * @self: a file of which only real is set, and open
 * @database: the database it belongs to
 *
 * Makes @self a rollback journal.
 */
void
way_sealed_file_open_journal (WaySealedFile *self, WaySealedFile *database)
{
  self->entry = way_sealed_entry_ref (database->entry);
  self->journal.number_offset = -1;
  way_sealer_init (&self->sealer, self->entry->page_key, self->entry->file_id);
  self->base.pMethods = &METHODS;
}
