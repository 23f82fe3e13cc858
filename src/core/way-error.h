/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WayError:
 * @WAY_ERROR_INVALID: a record breaks a rule; the message says which field
 * @WAY_ERROR_NOT_FOUND: no such record
 * @WAY_ERROR_CONFLICT: changed by someone else since it was read
 * @WAY_ERROR_LOCKED: signed, so it can only be amended
 * @WAY_ERROR_TOO_NEW: the file was written by a newer version of Waymark
 * @WAY_ERROR_PASSPHRASE: wrong passphrase or recovery key
 * @WAY_ERROR_BUSY: another process has the store open; the message names it
 * @WAY_ERROR_CORRUPT: the file is not ours, or damaged
 * @WAY_ERROR_REFUSED: an input file is not acceptable; the message says "file:line: field: why"
 * @WAY_ERROR_IO: disk full, no permission, path gone ...
 * @WAY_ERROR_CANCELLED: the user stopped it
 * @WAY_ERROR_FAILED: anything else
 *
 * What a caller can act on. The wording for people is in GError.message; the
 * window maps the code to a sentence with the next step.
 */
typedef enum {
  WAY_ERROR_INVALID,
  WAY_ERROR_NOT_FOUND,
  WAY_ERROR_CONFLICT,
  WAY_ERROR_LOCKED,
  WAY_ERROR_TOO_NEW,
  WAY_ERROR_PASSPHRASE,
  WAY_ERROR_BUSY,
  WAY_ERROR_CORRUPT,
  WAY_ERROR_REFUSED,
  WAY_ERROR_IO,
  WAY_ERROR_CANCELLED,
  WAY_ERROR_FAILED,
} WayError;

#define WAY_ERROR (way_error_quark ())
GQuark way_error_quark (void);

G_END_DECLS
