/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-sql-error.h"

#include <sqlite3.h>
#include <string.h>

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

enum { DAMAGED, UNLOCKABLE, FULL, READ_ONLY, DISK, UNOPENED, MEMORY, OPENED_READ_ONLY, N_WORDS };

static const char *const WORDS[N_WORDS] = {
    [DAMAGED] = "the store is damaged: a part of it was changed or cut off outside Waymark. Keep "
                "the file as it is, and restore the newest backup",
    [UNLOCKABLE] = "the store can't be locked, as happens on some network drives. Keep it on this "
                   "computer's own disk, and its backups on the network",
    [FULL] = "the disk is full: free some space and try again. What was stored before is safe",
    [READ_ONLY] = "the store can't be written to: allow writing to its file and folder, then open "
                  "it again",
    [DISK] = "the disk did not read or write the store: look whether it is full or was taken out, "
             "then try again. What was stored before is safe",
    [UNOPENED] = "a file of the store can't be opened: look whether it is still there, and allow "
                 "reading and writing it and its folder",
    [OPENED_READ_ONLY] = WAY_SQL_ERROR_READ_ONLY,
    [MEMORY] = "there is not enough memory: close other programs and try again",
};

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
    return WORDS[DAMAGED];
  if (rc == SQLITE_IOERR_LOCK || rc == SQLITE_IOERR_UNLOCK || rc == SQLITE_IOERR_RDLOCK ||
      rc == SQLITE_IOERR_CHECKRESERVEDLOCK)
    return WORDS[UNLOCKABLE];
  switch (rc & 0xff) {
  case SQLITE_FULL:
    return WORDS[FULL];
  case SQLITE_READONLY:
  case SQLITE_PERM:
    return WORDS[READ_ONLY];
  case SQLITE_IOERR:
    return WORDS[DISK];
  case SQLITE_CANTOPEN:
    return WORDS[UNOPENED];
  case SQLITE_NOMEM:
    return WORDS[MEMORY];
  default:
    return NULL;
  }
}

/**
 * way_sql_error_says_next:
 * @message: of an error
 *
 * Returns: whether it has the words of way_sql_error_words(), and so already says what to do
 */
gboolean
way_sql_error_says_next (const char *message)
{
  for (guint i = 0; i < N_WORDS; i++) {
    if (strstr (message, WORDS[i]) != NULL)
      return TRUE;
  }
  return FALSE;
}
