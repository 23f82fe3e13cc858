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

/* What is not known of a whole file is learnt from its rows. */
typedef enum {
  WAY_CSV_ENCODING_UNKNOWN,
  WAY_CSV_UTF8,
  WAY_CSV_WINDOWS_1252,
} WayCsvEncoding;

/* Of what is beyond ASCII: letters in UTF-8, and bytes that are none. */
typedef struct {
  guint64 n_utf8;
  guint64 n_other;
} WayCsvLetters;

/* FALSE with @error stops the reading. */
typedef gboolean (*WayCsvHeadFunc) (const char *const *columns, gpointer user_data, GError **error);
typedef gboolean (*WayCsvRowFunc) (const WayCsvRow *row, gpointer user_data, GError **error);

/* A row that is left out; @message is "file:line: column 3: why". Its cells may be no UTF-8. */
typedef void (*WayCsvBadRowFunc) (const WayCsvRow *row, const char *message, gpointer user_data);

WayCsvReader *way_csv_reader_new (const char *name, WayCsvRowFunc row, gpointer user_data);
void way_csv_reader_set_head_func (WayCsvReader *self, WayCsvHeadFunc head);
void way_csv_reader_set_bad_row_func (WayCsvReader *self, WayCsvBadRowFunc bad_row);
void way_csv_reader_set_encoding (WayCsvReader *self, WayCsvEncoding encoding);
void way_csv_reader_free (WayCsvReader *self);
gboolean way_csv_reader_feed (WayCsvReader *self, const char *data, gsize length, GError **error);
gboolean way_csv_reader_finish (WayCsvReader *self, GError **error);
gboolean way_csv_reader_is_windows_1252 (const WayCsvReader *self);
gboolean
way_csv_read_file (const char *path, WayCsvRowFunc row, gpointer user_data, GError **error);
gsize way_csv_letters_count (WayCsvLetters *self, const char *bytes, gsize length, gboolean is_end);
WayCsvEncoding way_csv_letters_decide (const WayCsvLetters *self);

const char *way_csv_row_get (const WayCsvRow *row, const char *column);
guint way_csv_row_get_line (const WayCsvRow *row);

void way_csv_append_row (GString *out, GPtrArray *cells);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayCsvReader, way_csv_reader_free)

G_END_DECLS
