/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power-cut-vfs.h"

#include <sqlite3.h>
#include <string.h>

#define SECTOR 512

/* A write or, without data, a truncation that no sync has followed yet. */
typedef struct {
  gsize offset;
  GBytes *data;
} Change;

typedef struct {
  GByteArray *now;    /* what programs see */
  GByteArray *synced; /* what surely is on the disk */
  GPtrArray *changes;
} DiskFile;

/* A name in the folder: it can be taken off a file, and be given to a new one, while
 * the disk still has it on the old one. */
typedef struct {
  DiskFile *now; /* or NULL, borrowed */
  DiskFile *synced;
} DiskName;

typedef struct {
  sqlite3_file base;
  DiskName *name;
  DiskFile *file;
} OpenFile;

static GPtrArray *files;
static GHashTable *names;
static guint32 random_state = 1;
static gint operations_left = -1;
static gboolean off;
static guint lost_sectors;

static void
change_free (Change *change)
{
  g_clear_pointer (&change->data, g_bytes_unref);
  g_free (change);
}

static void
disk_file_free (DiskFile *file)
{
  g_byte_array_unref (file->now);
  g_byte_array_unref (file->synced);
  g_ptr_array_unref (file->changes);
  g_free (file);
}

static DiskFile *
disk_file_new (void)
{
  DiskFile *file = g_new0 (DiskFile, 1);

  file->now = g_byte_array_new ();
  file->synced = g_byte_array_new ();
  file->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  g_ptr_array_add (files, file);
  return file;
}

static DiskName *
find_name (const char *text)
{
  DiskName *name = g_hash_table_lookup (names, text);

  if (name == NULL) {
    name = g_new0 (DiskName, 1);
    g_hash_table_insert (names, g_strdup (text), name);
  }
  return name;
}

guint
power_cut_random (guint below)
{
  random_state = random_state * 1664525u + 1013904223u;
  return (random_state >> 8) % below;
}

/* Whether the power has failed, at the latest with this operation. */
static gboolean
tick (void)
{
  if (!off && operations_left > 0 && --operations_left == 0)
    off = TRUE;
  return off;
}

static void
put (GByteArray *bytes, gsize offset, gconstpointer data, gsize length)
{
  gsize size = bytes->len;

  if (offset + length > size) {
    g_byte_array_set_size (bytes, (guint) (offset + length));
    memset (bytes->data + size, 0, offset + length - size);
  }
  memcpy (bytes->data + offset, data, length);
}

static void
resize (GByteArray *bytes, gsize size)
{
  gsize before = bytes->len;

  g_byte_array_set_size (bytes, (guint) size);
  if (size > before)
    memset (bytes->data + before, 0, size - before);
}

static void
set_contents (GByteArray *to, const GByteArray *from)
{
  g_byte_array_set_size (to, 0);
  g_byte_array_append (to, from->data, from->len);
}

static void
note (DiskFile *file, gsize offset, gconstpointer data, gsize length)
{
  Change *change = g_new0 (Change, 1);

  change->offset = offset;
  change->data = data == NULL ? NULL : g_bytes_new (data, length);
  g_ptr_array_add (file->changes, change);
}

static void
sync_now (DiskFile *file)
{
  set_contents (file->synced, file->now);
  g_ptr_array_set_size (file->changes, 0);
}

static void
sync_folder_now (void)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, NULL, &name))
    ((DiskName *) name)->synced = ((DiskName *) name)->now;
}

static int
file_close (sqlite3_file *base G_GNUC_UNUSED)
{
  return SQLITE_OK;
}

static int
file_read (sqlite3_file *base, void *buffer, int amount, sqlite3_int64 offset)
{
  const GByteArray *now = ((OpenFile *) base)->file->now;
  gsize there = (gsize) offset < now->len ? now->len - (gsize) offset : 0;
  gsize given = MIN (there, (gsize) amount);

  if (given > 0)
    memcpy (buffer, now->data + offset, given);
  memset ((guint8 *) buffer + given, 0, (gsize) amount - given);
  return given == (gsize) amount ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
file_write (sqlite3_file *base, const void *buffer, int amount, sqlite3_int64 offset)
{
  DiskFile *file = ((OpenFile *) base)->file;

  if (off)
    return SQLITE_IOERR_WRITE;
  note (file, (gsize) offset, buffer, (gsize) amount);
  put (file->now, (gsize) offset, buffer, (gsize) amount);
  return tick () ? SQLITE_IOERR_WRITE : SQLITE_OK;
}

static int
file_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  DiskFile *file = ((OpenFile *) base)->file;

  if (off)
    return SQLITE_IOERR_TRUNCATE;
  note (file, (gsize) size, NULL, 0);
  resize (file->now, (gsize) size);
  return tick () ? SQLITE_IOERR_TRUNCATE : SQLITE_OK;
}

static int
file_sync (sqlite3_file *base, int flags G_GNUC_UNUSED)
{
  OpenFile *self = (OpenFile *) base;

  if (tick ())
    return SQLITE_IOERR_FSYNC;
  sync_now (self->file);
  /* SQLite syncs the folder with a new log or journal, the vault with a new store. */
  if (self->name->synced != self->file)
    sync_folder_now ();
  return SQLITE_OK;
}

static int
file_size (sqlite3_file *base, sqlite3_int64 *size)
{
  *size = ((OpenFile *) base)->file->now->len;
  return SQLITE_OK;
}

static int
file_lock (sqlite3_file *base G_GNUC_UNUSED, int level G_GNUC_UNUSED)
{
  return SQLITE_OK;
}

static int
file_check_lock (sqlite3_file *base G_GNUC_UNUSED, int *reserved)
{
  *reserved = 0;
  return SQLITE_OK;
}

static int
file_control (sqlite3_file *base G_GNUC_UNUSED, int op G_GNUC_UNUSED, void *arg G_GNUC_UNUSED)
{
  return SQLITE_NOTFOUND;
}

static int
file_sector_size (sqlite3_file *base G_GNUC_UNUSED)
{
  return SECTOR;
}

static int
file_characteristics (sqlite3_file *base G_GNUC_UNUSED)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static const sqlite3_io_methods METHODS = {
    .iVersion = 1,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_lock,
    .xCheckReservedLock = file_check_lock,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_characteristics,
};

static int
disk_open (
    sqlite3_vfs *vfs G_GNUC_UNUSED, const char *name, sqlite3_file *base, int flags, int *out_flags)
{
  OpenFile *self = (OpenFile *) base;

  base->pMethods = NULL;
  self->name = find_name (name);
  if (self->name->now != NULL ? (flags & SQLITE_OPEN_EXCLUSIVE) != 0
                              : (flags & SQLITE_OPEN_CREATE) == 0)
    return SQLITE_CANTOPEN;
  if (self->name->now == NULL)
    self->name->now = disk_file_new ();
  self->file = self->name->now;
  base->pMethods = &METHODS;
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}

static int
disk_delete (sqlite3_vfs *vfs G_GNUC_UNUSED, const char *path, int sync_folder)
{
  DiskName *name = find_name (path);

  if (off)
    return SQLITE_IOERR_DELETE;
  if (name->now == NULL)
    return SQLITE_IOERR_DELETE_NOENT;
  if (tick () && power_cut_random (2) == 0)
    return SQLITE_IOERR_DELETE;
  name->now = NULL;
  if (off)
    return SQLITE_IOERR_DELETE;
  if (sync_folder)
    sync_folder_now ();
  return SQLITE_OK;
}

static int
disk_access (sqlite3_vfs *vfs G_GNUC_UNUSED, const char *name, int flags G_GNUC_UNUSED, int *result)
{
  *result = find_name (name)->now != NULL;
  return SQLITE_OK;
}

static int
disk_full_pathname (sqlite3_vfs *vfs G_GNUC_UNUSED, const char *name, int size, char *path)
{
  g_strlcpy (path, name, (gsize) size);
  return SQLITE_OK;
}

static int
disk_randomness (sqlite3_vfs *vfs G_GNUC_UNUSED, int size, char *bytes)
{
  for (int i = 0; i < size; i++)
    bytes[i] = (char) power_cut_random (256);
  return size;
}

static int
disk_sleep (sqlite3_vfs *vfs G_GNUC_UNUSED, int microseconds)
{
  return microseconds;
}

static int
disk_current_time (sqlite3_vfs *vfs G_GNUC_UNUSED, double *day)
{
  *day = 2460000.5;
  return SQLITE_OK;
}

static int
disk_last_error (sqlite3_vfs *vfs G_GNUC_UNUSED,
                 int size G_GNUC_UNUSED,
                 char *message G_GNUC_UNUSED)
{
  return 0;
}

static sqlite3_vfs the_disk = {
    .iVersion = 1,
    .szOsFile = sizeof (OpenFile),
    .mxPathname = 200,
    .zName = POWER_CUT_VFS,
    .xOpen = disk_open,
    .xDelete = disk_delete,
    .xAccess = disk_access,
    .xFullPathname = disk_full_pathname,
    .xRandomness = disk_randomness,
    .xSleep = disk_sleep,
    .xCurrentTime = disk_current_time,
    .xGetLastError = disk_last_error,
};

void
power_cut_register (void)
{
  g_assert_cmpint (sqlite3_vfs_register (&the_disk, 0), ==, SQLITE_OK);
}

void
power_cut_format (guint32 seed)
{
  g_clear_pointer (&names, g_hash_table_unref);
  g_clear_pointer (&files, g_ptr_array_unref);
  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  files = g_ptr_array_new_with_free_func ((GDestroyNotify) disk_file_free);
  random_state = seed;
  operations_left = -1;
  off = FALSE;
  lost_sectors = 0;
}

/* The power fails with the operation of that number, counted from now. */
void
power_cut_after (gint n_operations)
{
  operations_left = n_operations;
}

gboolean
power_cut_is_off (void)
{
  return off;
}

typedef enum { LOSE_ALL, KEEP_ALL, TEAR, TEAR_MORE, N_FATES } Fate;

static gboolean
survives (Fate fate)
{
  return fate == KEEP_ALL || (fate != LOSE_ALL && power_cut_random (2) == 0);
}

static void
replay (GByteArray *bytes, const Change *change, Fate fate)
{
  gsize length;
  const guint8 *data;

  if (change->data == NULL) {
    if (survives (TEAR) && change->offset < bytes->len)
      resize (bytes, change->offset);
    return;
  }
  data = g_bytes_get_data (change->data, &length);
  for (gsize done = 0; done < length;) {
    gsize offset = change->offset + done;
    gsize part = MIN (SECTOR - offset % SECTOR, length - done);

    if (survives (fate))
      put (bytes, offset, data + done, part);
    else
      lost_sectors++;
    done += part;
  }
}

static void
lose_some (DiskName *name)
{
  Fate fate = (Fate) power_cut_random (N_FATES);

  if (name->now != name->synced && power_cut_random (2) == 0)
    name->now = name->synced;
  name->synced = name->now;
  if (name->now == NULL)
    return;
  set_contents (name->now->now, name->now->synced);
  for (guint i = 0; i < name->now->changes->len; i++)
    replay (name->now->now, g_ptr_array_index (name->now->changes, i), fate);
  sync_now (name->now);
}

/* Power comes back: what is seen from now on is what the disk has. */
void
power_cut_restore (void)
{
  /* In an order that does not change from run to run. */
  GList *sorted = g_list_sort (g_hash_table_get_keys (names), (GCompareFunc) g_strcmp0);

  for (GList *text = sorted; text != NULL; text = text->next)
    lose_some (g_hash_table_lookup (names, text->data));
  g_list_free (sorted);
  off = FALSE;
  operations_left = -1;
}

guint
power_cut_count_lost_sectors (void)
{
  return lost_sectors;
}

gboolean
power_cut_has_file (const char *path)
{
  return find_name (path)->now != NULL;
}

void
power_cut_remove_file (const char *path)
{
  DiskName *name = find_name (path);

  name->now = name->synced = NULL;
}
