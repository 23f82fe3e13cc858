/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-sealed-file.h"

#include <sodium.h>
#include <string.h>

/**
 * way_sealed_file_read_below:
 * @self: a file
 * @buffer: (out): room for @amount bytes
 * @amount: how many bytes
 * @offset: where in the file below
 *
 * Returns: SQLite's result code; %SQLITE_IOERR_SHORT_READ past the end
 */
int
way_sealed_file_read_below (WaySealedFile *self, void *buffer, int amount, sqlite3_int64 offset)
{
  return self->real->pMethods->xRead (self->real, buffer, amount, offset);
}

/**
 * way_sealed_file_write_below:
 * @self: a file
 * @buffer: sealed bytes, or bytes that say nothing
 * @amount: how many bytes
 * @offset: where in the file below
 *
 * Returns: SQLite's result code
 */
int
way_sealed_file_write_below (WaySealedFile *self,
                             const void *buffer,
                             int amount,
                             sqlite3_int64 offset)
{
  return self->real->pMethods->xWrite (self->real, buffer, amount, offset);
}

/**
 * way_sealed_file_refuse:
 * @what: the kind of file, for the log
 * @amount: length of the write
 * @offset: its offset
 *
 * What to return for a write that no rule knows how to seal: plain text must never
 * get through because a newer SQLite writes in another pattern.
 *
 * Returns: %SQLITE_IOERR_WRITE
 */
int
way_sealed_file_refuse (const char *what, int amount, sqlite3_int64 offset)
{
  sqlite3_log (SQLITE_IOERR_WRITE, "refused to write %d bytes at %lld of %s", amount, offset, what);
  return SQLITE_IOERR_WRITE;
}

/**
 * way_sealed_file_report_damage:
 * @what: the kind of unit, for the log
 * @number: which one
 *
 * Returns: %SQLITE_IOERR_DATA
 */
int
way_sealed_file_report_damage (const char *what, guint64 number)
{
  sqlite3_log (SQLITE_IOERR_DATA, "%s %llu fails authentication", what, (sqlite3_uint64) number);
  return SQLITE_IOERR_DATA;
}

/**
 * way_sealed_file_has_room:
 * @first_page: plain text of page 1 as SQLite is about to write it
 *
 * Returns: whether the database has our page size, and leaves the bytes at each
 *   page's end free that nonce and tag need
 */
gboolean
way_sealed_file_has_room (const guint8 *first_page)
{
  return memcmp (first_page, "SQLite format 3", 16) == 0 &&
         first_page[16] == WAY_SEALED_PAGE_SIZE >> 8 &&
         first_page[17] == (WAY_SEALED_PAGE_SIZE & 0xff) && first_page[20] == WAY_SEAL_OVERHEAD;
}

/* From here on: SQLite's own calls, https://www.sqlite.org/c3ref/io_methods.html, as
 * far as they are the same for database, log and journal. */

int
way_sealed_file_close (sqlite3_file *file)
{
  WaySealedFile *self = (WaySealedFile *) file;
  int rc = self->real->pMethods->xClose (self->real);

  sodium_memzero (self->scratch, sizeof self->scratch);
  g_clear_pointer (&self->entry, way_sealed_entry_unref);
  return rc;
}

int
way_sealed_file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  WaySealedFile *self = (WaySealedFile *) file;

  return self->real->pMethods->xTruncate (self->real, size);
}

int
way_sealed_file_sync (sqlite3_file *file, int flags)
{
  WaySealedFile *self = (WaySealedFile *) file;

  return self->real->pMethods->xSync (self->real, flags);
}

int
way_sealed_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  WaySealedFile *self = (WaySealedFile *) file;

  return self->real->pMethods->xFileSize (self->real, size);
}

int
way_sealed_file_lock (sqlite3_file *file, int level)
{
  WaySealedFile *self = (WaySealedFile *) file;

  return self->real->pMethods->xLock (self->real, level);
}

int
way_sealed_file_unlock (sqlite3_file *file, int level)
{
  WaySealedFile *self = (WaySealedFile *) file;

  return self->real->pMethods->xUnlock (self->real, level);
}

int
way_sealed_file_check_lock (sqlite3_file *file, int *reserved)
{
  WaySealedFile *self = (WaySealedFile *) file;

  return self->real->pMethods->xCheckReservedLock (self->real, reserved);
}

/* The page size is the format's, and no page may be mapped: it would be sealed. */
static gboolean
is_fixed_pragma (char **pragma)
{
  return pragma[2] != NULL && (sqlite3_stricmp (pragma[1], "page_size") == 0 ||
                               sqlite3_stricmp (pragma[1], "mmap_size") == 0);
}

int
way_sealed_file_control (sqlite3_file *file, int op, void *arg)
{
  WaySealedFile *self = (WaySealedFile *) file;

  switch (op) {
  case SQLITE_FCNTL_MMAP_SIZE:
    *(sqlite3_int64 *) arg = 0;
    return SQLITE_OK;
  case SQLITE_FCNTL_SIZE_HINT: /* would leave pages that are not sealed */
  case SQLITE_FCNTL_CHUNK_SIZE:
    return SQLITE_OK;
  case SQLITE_FCNTL_BEGIN_ATOMIC_WRITE:
  case SQLITE_FCNTL_COMMIT_ATOMIC_WRITE:
  case SQLITE_FCNTL_ROLLBACK_ATOMIC_WRITE:
    return SQLITE_NOTFOUND;
  case SQLITE_FCNTL_PRAGMA:
    if (is_fixed_pragma (arg))
      return SQLITE_OK;
    break;
  default:
    break;
  }
  return self->real->pMethods->xFileControl (self->real, op, arg);
}

int
way_sealed_file_sector_size (sqlite3_file *file G_GNUC_UNUSED)
{
  return WAY_SEALED_SECTOR_SIZE;
}

/* Without POWERSAFE_OVERWRITE SQLite pads the log and splits its frames. */
int
way_sealed_file_characteristics (sqlite3_file *file)
{
  WaySealedFile *self = (WaySealedFile *) file;
  int below = self->real->pMethods->xDeviceCharacteristics (self->real);

  return (below & SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN) | SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}
