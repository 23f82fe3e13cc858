/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* (transfer full) (element-type WayRecord): a table of data/ that a new store starts with:
 * lists.csv or terms.csv. */
GPtrArray *tables_read (const char *name);
