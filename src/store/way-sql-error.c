/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-sql-error.h"

#include <sqlite3.h>

/* A page that can't be unsealed, or bytes that are gone. */
static gboolean
is_damage (int rc)
{
  return rc == SQLITE_IOERR_DATA || rc == SQLITE_IOERR_CORRUPTFS || rc == SQLITE_IOERR_SHORT_READ ||
         (rc & 0xff) == SQLITE_CORRUPT || (rc & 0xff) == SQLITE_NOTADB;
}

/**
 * way_sql_error_code:
 * @rc: an extended result code
 *
 * Returns: what a caller can act on
 */
WayError
way_sql_error_code (int rc)
{
  if (rc == SQLITE_CONSTRAINT_TRIGGER)
    return WAY_ERROR_LOCKED;
  if (is_damage (rc))
    return WAY_ERROR_CORRUPT;
  switch (rc & 0xff) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return WAY_ERROR_BUSY;
  case SQLITE_CONSTRAINT:
    return WAY_ERROR_INVALID;
  case SQLITE_FULL:
  case SQLITE_IOERR:
  case SQLITE_CANTOPEN:
  case SQLITE_READONLY:
  case SQLITE_PERM:
    return WAY_ERROR_IO;
  default:
    return WAY_ERROR_FAILED;
  }
}

/**
 * way_sql_error_words:
 * @rc: an extended result code
 *
 * What happened to a store and what to do next, which SQLite's words do not say.
 *
 * Returns: (nullable): a sentence without its full stop; %NULL where SQLite's own words have to do
 */
const char *
way_sql_error_words (int rc)
{
  if (is_damage (rc))
    return "the store is damaged: a part of it was changed or cut off outside Waymark. Keep the "
           "file as it is, and restore the newest backup";
  if (rc == SQLITE_IOERR_LOCK || rc == SQLITE_IOERR_UNLOCK || rc == SQLITE_IOERR_RDLOCK ||
      rc == SQLITE_IOERR_CHECKRESERVEDLOCK)
    return "the store can't be locked, as happens on some network drives. Keep it on this "
           "computer's own disk, and its backups on the network";
  switch (rc & 0xff) {
  case SQLITE_FULL:
    return "the disk is full: free some space and try again. What was stored before is safe";
  case SQLITE_READONLY:
  case SQLITE_PERM:
    return "the store can't be written to: allow writing to its file and folder, then open it "
           "again";
  case SQLITE_IOERR:
    return "the disk did not read or write the store: look whether it is full or was taken out, "
           "then try again. What was stored before is safe";
  case SQLITE_CANTOPEN:
    return "a file of the store can't be opened: look whether it is still there, and allow "
           "reading and writing it and its folder";
  case SQLITE_NOMEM:
    return "there is not enough memory: close other programs and try again";
  default:
    return NULL;
  }
}
