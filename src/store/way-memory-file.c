/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-memory-file.h"

#include <sodium.h>
#include <string.h>

#define FIRST_CAPACITY ((gsize) 64 * 1024)

static void
wipe (WayMemoryFile *self)
{
  if (self->data != NULL)
    sodium_memzero (self->data, self->capacity);
  g_clear_pointer (&self->data, g_free);
}

static int
memory_close (sqlite3_file *file)
{
  WayMemoryFile *self = (WayMemoryFile *) file;

  wipe (self);
  self->size = self->capacity = 0;
  return SQLITE_OK;
}

static int
memory_read (sqlite3_file *file, void *buffer, int amount, sqlite3_int64 offset)
{
  WayMemoryFile *self = (WayMemoryFile *) file;
  gsize wanted = (gsize) amount;
  gsize there = (gsize) offset < self->size ? self->size - (gsize) offset : 0;
  gsize given = MIN (wanted, there);

  if (given > 0)
    memcpy (buffer, self->data + offset, given);
  if (given == wanted)
    return SQLITE_OK;
  memset ((guint8 *) buffer + given, 0, wanted - given);
  return SQLITE_IOERR_SHORT_READ;
}

/* Not realloc(), which would leave a copy behind that nobody wipes. */
static gboolean
grow (WayMemoryFile *self, gsize needed)
{
  gsize capacity = MAX (self->capacity, FIRST_CAPACITY);
  guint8 *data;

  while (capacity < needed)
    capacity *= 2;
  data = g_try_malloc0 (capacity);
  if (data == NULL)
    return FALSE;
  if (self->size > 0)
    memcpy (data, self->data, self->size);
  wipe (self);
  self->data = data;
  self->capacity = capacity;
  return TRUE;
}

static int
memory_write (sqlite3_file *file, const void *buffer, int amount, sqlite3_int64 offset)
{
  WayMemoryFile *self = (WayMemoryFile *) file;
  gsize end = (gsize) offset + (gsize) amount;

  if (end > self->capacity && !grow (self, end))
    return SQLITE_IOERR_NOMEM;
  if (amount > 0)
    memcpy (self->data + offset, buffer, (gsize) amount);
  self->size = MAX (self->size, end);
  return SQLITE_OK;
}

static int
memory_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  WayMemoryFile *self = (WayMemoryFile *) file;

  if ((gsize) size < self->size) {
    /* A later write beyond the end must find zeros between. */
    memset (self->data + size, 0, self->size - (gsize) size);
    self->size = (gsize) size;
  }
  return SQLITE_OK;
}

static int
memory_sync (sqlite3_file *file G_GNUC_UNUSED, int flags G_GNUC_UNUSED)
{
  return SQLITE_OK;
}

static int
memory_size (sqlite3_file *file, sqlite3_int64 *size)
{
  *size = (sqlite3_int64) ((WayMemoryFile *) file)->size;
  return SQLITE_OK;
}

static int
memory_lock (sqlite3_file *file G_GNUC_UNUSED, int level G_GNUC_UNUSED)
{
  return SQLITE_OK;
}

static int
memory_check_lock (sqlite3_file *file G_GNUC_UNUSED, int *reserved)
{
  *reserved = 0;
  return SQLITE_OK;
}

static int
memory_control (sqlite3_file *file G_GNUC_UNUSED, int op G_GNUC_UNUSED, void *arg G_GNUC_UNUSED)
{
  return SQLITE_NOTFOUND;
}

static int
memory_sector_size (sqlite3_file *file G_GNUC_UNUSED)
{
  return 512;
}

static int
memory_characteristics (sqlite3_file *file G_GNUC_UNUSED)
{
  return SQLITE_IOCAP_SAFE_APPEND | SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods METHODS = {
    .iVersion = 1,
    .xClose = memory_close,
    .xRead = memory_read,
    .xWrite = memory_write,
    .xTruncate = memory_truncate,
    .xSync = memory_sync,
    .xFileSize = memory_size,
    .xLock = memory_lock,
    .xUnlock = memory_lock,
    .xCheckReservedLock = memory_check_lock,
    .xFileControl = memory_control,
    .xSectorSize = memory_sector_size,
    .xDeviceCharacteristics = memory_characteristics,
};

/**
 * way_memory_file_init:
 * @self: room that SQLite gave for a file
 *
 * Makes @self an empty file. Its xClose wipes what it held.
 */
void
way_memory_file_init (WayMemoryFile *self)
{
  memset (self, 0, sizeof *self);
  self->base.pMethods = &METHODS;
}
