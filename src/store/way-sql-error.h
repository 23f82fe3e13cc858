/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-error.h"

G_BEGIN_DECLS

/* What SQLite's codes mean to a caller and to people. */
WayError way_sql_error_code (int rc);
const char *way_sql_error_words (int rc); /* NULL: SQLite's own have to do */

G_END_DECLS
