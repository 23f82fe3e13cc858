/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-sealed-file.h"

#include <string.h>

/* The write-ahead log. SQLite's checksum in a frame's header is taken over plain
 * text, so header and page are sealed as one unit; nonce and tag take the page's
 * reserved bytes, and the frame keeps its size. SQLite writes the header first: it
 * waits here for the page. */

#define FRAME_TEXT (WAY_SEALED_FRAME_SIZE - WAY_SEAL_OVERHEAD)
#define LOG_SALTS_OFFSET 16
#define FRAME_SALTS_OFFSET 8
#define SALTS_SIZE 8

static sqlite3_int64
frame_of (sqlite3_int64 offset)
{
  sqlite3_int64 within = (offset - WAY_SEALED_LOG_HEADER) % WAY_SEALED_FRAME_SIZE;

  return offset - within;
}

/* On %SQLITE_IOERR_DATA the frame is all zeros. */
static int
read_frame (WaySealedFile *self, sqlite3_int64 start, guint8 *frame)
{
  int rc = way_sealed_file_read_below (self, frame, WAY_SEALED_FRAME_SIZE, start);

  if (rc != SQLITE_OK)
    return rc;
  if (!way_sealer_open (&self->sealer, WAY_SEAL_FRAME, (guint64) start, frame, FRAME_TEXT))
    return way_sealed_file_report_damage ("log frame at", (guint64) start);
  return SQLITE_OK;
}

static int
load_scratch (WaySealedFile *self, sqlite3_int64 start)
{
  int rc;

  if (self->log.last_offset == start)
    return SQLITE_OK;
  self->log.last_offset = -1;
  rc = read_frame (self, start, self->scratch);
  if (rc == SQLITE_OK)
    self->log.last_offset = start;
  return rc;
}

/* Headers are kept so that a page that SQLite writes again in a transaction need not
 * be opened first to find the header it goes with. */
static gsize
header_place (sqlite3_int64 start)
{
  return (gsize) ((start - WAY_SEALED_LOG_HEADER) / WAY_SEALED_FRAME_SIZE) *
         WAY_SEALED_FRAME_HEADER;
}

static void
keep_header (WaySealedFile *self, sqlite3_int64 start, const guint8 *header)
{
  GByteArray *headers = self->log.headers;
  gsize place = header_place (start);

  /* Frames follow each other; one that does not is only slower to write again. */
  if (place > headers->len)
    return;
  if (place == headers->len)
    g_byte_array_append (headers, header, WAY_SEALED_FRAME_HEADER);
  else
    memcpy (headers->data + place, header, WAY_SEALED_FRAME_HEADER);
}

static void
forget_frames (WaySealedFile *self)
{
  self->log.last_offset = -1;
  g_byte_array_set_size (self->log.headers, 0);
}

/* Seals what is in scratch, in place. */
static int
write_frame (WaySealedFile *self, sqlite3_int64 start)
{
  guint8 *frame = self->scratch;

  self->log.last_offset = -1;
  /* Page 1 shows whether the pages leave room for a seal. */
  if (frame[0] == 0 && frame[1] == 0 && frame[2] == 0 && frame[3] == 1 &&
      !way_sealed_file_has_room (frame + WAY_SEALED_FRAME_HEADER))
    return way_sealed_file_refuse ("page 1 without room for a seal", WAY_SEALED_PAGE_SIZE, start);
  keep_header (self, start, frame);
  way_sealer_seal (&self->sealer, WAY_SEAL_FRAME, (guint64) start, frame, FRAME_TEXT, frame);
  return way_sealed_file_write_below (self, frame, WAY_SEALED_FRAME_SIZE, start);
}

/* A header whose page did not follow: SQLite rewrites the checksums of frames that
 * are already there, each after it has read the frame. */
static int
flush (WaySealedFile *self)
{
  sqlite3_int64 start = self->log.pending_offset;
  int rc;

  if (start < 0)
    return SQLITE_OK;
  self->log.pending_offset = -1;
  rc = load_scratch (self, start);
  if (rc == SQLITE_IOERR_SHORT_READ)
    return way_sealed_file_refuse ("a log frame without its page", WAY_SEALED_FRAME_HEADER, start);
  if (rc != SQLITE_OK)
    return rc;
  memcpy (self->scratch, self->log.pending, WAY_SEALED_FRAME_HEADER);
  return write_frame (self, start);
}

static void
learn_salts (WaySealedFile *self, const guint8 *header)
{
  memcpy (self->log.salts, header + LOG_SALTS_OFFSET, SALTS_SIZE);
  self->log.has_salts = TRUE;
}

static int
read_header (WaySealedFile *self, void *buffer, int amount, sqlite3_int64 offset)
{
  int rc = way_sealed_file_read_below (self, buffer, amount, offset);

  if (rc == SQLITE_OK && offset == 0 && amount >= WAY_SEALED_LOG_HEADER)
    learn_salts (self, buffer);
  return rc;
}

/* Recovery reads whole frames and ends the log at the first that is not right: an
 * unreadable frame is zeros, which never is. */
static int
read_whole_frame (WaySealedFile *self, guint8 *frame, sqlite3_int64 start)
{
  int rc = load_scratch (self, start);

  if (rc == SQLITE_IOERR_SHORT_READ || rc == SQLITE_IOERR_DATA)
    memset (frame, 0, WAY_SEALED_FRAME_SIZE);
  else if (rc == SQLITE_OK)
    memcpy (frame, self->scratch, WAY_SEALED_FRAME_SIZE);
  return rc == SQLITE_IOERR_DATA ? SQLITE_OK : rc;
}

/* The salts tell a frame of an earlier round of the log. They are zeros, until the
 * commit, in frames after one that was written twice in the transaction. */
static gboolean
is_of_this_round (WaySealedFile *self, const guint8 *frame)
{
  static const guint8 NOT_YET[SALTS_SIZE];
  const guint8 *salts = frame + FRAME_SALTS_OFFSET;

  return !self->log.has_salts || memcmp (salts, self->log.salts, SALTS_SIZE) == 0 ||
         memcmp (salts, NOT_YET, SALTS_SIZE) == 0;
}

/* Part of a frame that SQLite believes is there: anything else than the frame it
 * wrote is damage. */
static int
read_frame_part (WaySealedFile *self, void *buffer, int amount, sqlite3_int64 offset)
{
  sqlite3_int64 start = frame_of (offset);
  int rc = load_scratch (self, start);

  if (rc == SQLITE_IOERR_SHORT_READ)
    memset (buffer, 0, (gsize) amount);
  if (rc != SQLITE_OK)
    return rc;
  if (!is_of_this_round (self, self->scratch))
    return way_sealed_file_report_damage ("salt of the log frame at", (guint64) start);
  memcpy (buffer, self->scratch + (offset - start), (gsize) amount);
  return SQLITE_OK;
}

static int
log_read (sqlite3_file *file, void *buffer, int amount, sqlite3_int64 offset)
{
  WaySealedFile *self = (WaySealedFile *) file;
  int rc = flush (self);

  if (rc != SQLITE_OK)
    return rc;
  if (offset + amount <= WAY_SEALED_LOG_HEADER)
    return read_header (self, buffer, amount, offset);
  if (offset < WAY_SEALED_LOG_HEADER || offset + amount > frame_of (offset) + WAY_SEALED_FRAME_SIZE)
    return SQLITE_IOERR_READ;
  if (amount == WAY_SEALED_FRAME_SIZE)
    return read_whole_frame (self, buffer, offset);
  return read_frame_part (self, buffer, amount, offset);
}

/* The log's own header holds salts and a checksum of itself: nothing to hide. */
static int
write_header (WaySealedFile *self, const void *buffer, int amount, sqlite3_int64 offset)
{
  if (offset != 0 || amount != WAY_SEALED_LOG_HEADER)
    return way_sealed_file_refuse ("the log's header", amount, offset);
  learn_salts (self, buffer);
  forget_frames (self);
  return way_sealed_file_write_below (self, buffer, amount, offset);
}

/* The header that a page belongs to: the one just written, or, for a page that is
 * written alone, the one of the frame that is there. */
static int
put_header (WaySealedFile *self, sqlite3_int64 start)
{
  gsize place = header_place (start);
  int rc;

  if (self->log.pending_offset == start) {
    self->log.pending_offset = self->log.last_offset = -1;
    memcpy (self->scratch, self->log.pending, WAY_SEALED_FRAME_HEADER);
    return SQLITE_OK;
  }
  rc = flush (self);
  if (rc != SQLITE_OK)
    return rc;
  if (place < self->log.headers->len) {
    self->log.last_offset = -1;
    memcpy (self->scratch, self->log.headers->data + place, WAY_SEALED_FRAME_HEADER);
    return SQLITE_OK;
  }
  rc = load_scratch (self, start);
  return rc == SQLITE_IOERR_SHORT_READ ? SQLITE_IOERR_WRITE : rc;
}

static int
write_frame_page (WaySealedFile *self, const void *page, sqlite3_int64 start)
{
  int rc = put_header (self, start);

  if (rc != SQLITE_OK)
    return rc;
  memcpy (self->scratch + WAY_SEALED_FRAME_HEADER, page, WAY_SEALED_PAGE_SIZE);
  return write_frame (self, start);
}

static int
log_write (sqlite3_file *file, const void *buffer, int amount, sqlite3_int64 offset)
{
  WaySealedFile *self = (WaySealedFile *) file;
  sqlite3_int64 start;
  int rc;

  if (offset < WAY_SEALED_LOG_HEADER) {
    rc = flush (self);
    return rc == SQLITE_OK ? write_header (self, buffer, amount, offset) : rc;
  }
  start = frame_of (offset);
  if (offset == start && amount == WAY_SEALED_FRAME_HEADER) {
    rc = flush (self);
    if (rc != SQLITE_OK)
      return rc;
    memcpy (self->log.pending, buffer, WAY_SEALED_FRAME_HEADER);
    self->log.pending_offset = start;
    return SQLITE_OK;
  }
  if (offset == start + WAY_SEALED_FRAME_HEADER && amount == WAY_SEALED_PAGE_SIZE)
    return write_frame_page (self, buffer, start);
  return way_sealed_file_refuse ("the log", amount, offset);
}

static int
log_close (sqlite3_file *file)
{
  WaySealedFile *self = (WaySealedFile *) file;
  int flushed = flush (self);
  int rc = way_sealed_file_close (file);

  g_clear_pointer (&self->log.headers, g_byte_array_unref);
  return flushed != SQLITE_OK ? flushed : rc;
}

static int
log_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  WaySealedFile *self = (WaySealedFile *) file;
  int rc = flush (self);

  forget_frames (self);
  return rc == SQLITE_OK ? way_sealed_file_truncate (file, size) : rc;
}

static int
log_sync (sqlite3_file *file, int flags)
{
  int rc = flush ((WaySealedFile *) file);

  return rc == SQLITE_OK ? way_sealed_file_sync (file, flags) : rc;
}

static int
log_size (sqlite3_file *file, sqlite3_int64 *size)
{
  int rc = flush ((WaySealedFile *) file);

  return rc == SQLITE_OK ? way_sealed_file_size (file, size) : rc;
}

static const sqlite3_io_methods METHODS = {
    .iVersion = 1,
    .xClose = log_close,
    .xRead = log_read,
    .xWrite = log_write,
    .xTruncate = log_truncate,
    .xSync = log_sync,
    .xFileSize = log_size,
    .xLock = way_sealed_file_lock,
    .xUnlock = way_sealed_file_unlock,
    .xCheckReservedLock = way_sealed_file_check_lock,
    .xFileControl = way_sealed_file_control,
    .xSectorSize = way_sealed_file_sector_size,
    .xDeviceCharacteristics = way_sealed_file_characteristics,
};

/**
 * way_sealed_file_open_log:
 * @self: a file of which only real is set, and open
 * @database: the database it belongs to
 *
 * Makes @self a write-ahead log.
 */
void
way_sealed_file_open_log (WaySealedFile *self, WaySealedFile *database)
{
  self->entry = way_sealed_entry_ref (database->entry);
  self->log.pending_offset = self->log.last_offset = -1;
  self->log.headers = g_byte_array_new ();
  way_sealer_init (&self->sealer, self->entry->page_key, self->entry->file_id);
  self->base.pMethods = &METHODS;
}
