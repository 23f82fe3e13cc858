/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-error.h"

G_BEGIN_DECLS

/* Of a store that cannot be opened. */
#define WAY_SQL_ERROR_READ_ONLY                                                                    \
  "its file or folder is read-only. Allow writing to both, or copy it to a folder of yours and "   \
  "open that"

/* What SQLite's codes mean to a caller and to people. */
WayError way_sql_error_code (int rc);
const char *way_sql_error_words (int rc); /* NULL: SQLite's own have to do */
gboolean way_sql_error_says_next (const char *message);

G_END_DECLS
