/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WayCsvRow:
 *
 * One row while it is read: its cells by the names of the head. Borrowed for
 * the call.
 */
typedef struct _WayCsvReader WayCsvReader;
typedef struct _WayCsvReader WayCsvRow;

/* FALSE with @error stops the reading. */
typedef gboolean (*WayCsvHeadFunc) (const char *const *columns, gpointer user_data, GError **error);
typedef gboolean (*WayCsvRowFunc) (const WayCsvRow *row, gpointer user_data, GError **error);

/* A row that is left out; @message is "file:line: column 3: why". Its cells may be no UTF-8. */
typedef void (*WayCsvBadRowFunc) (const WayCsvRow *row, const char *message, gpointer user_data);

WayCsvReader *way_csv_reader_new (const char *name, WayCsvRowFunc row, gpointer user_data);
void way_csv_reader_set_head_func (WayCsvReader *self, WayCsvHeadFunc head);
void way_csv_reader_set_bad_row_func (WayCsvReader *self, WayCsvBadRowFunc bad_row);
void way_csv_reader_set_utf8 (WayCsvReader *self);
void way_csv_reader_free (WayCsvReader *self);
gboolean way_csv_reader_feed (WayCsvReader *self, const char *data, gsize length, GError **error);
gboolean way_csv_reader_finish (WayCsvReader *self, GError **error);
gboolean way_csv_reader_is_windows_1252 (const WayCsvReader *self);
gboolean
way_csv_read_file (const char *path, WayCsvRowFunc row, gpointer user_data, GError **error);
gboolean way_csv_is_utf8 (const char *bytes, gsize length);

const char *way_csv_row_get (const WayCsvRow *row, const char *column);
guint way_csv_row_get_line (const WayCsvRow *row);

void way_csv_append_row (GString *out, GPtrArray *cells);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayCsvReader, way_csv_reader_free)

G_END_DECLS
