/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV as RFC 4180 has it: a machine over bytes, so that a file of any size is
 * read in chunks.
 *
 *              "                    other
 *   START ───────────► QUOTED    START ────► PLAIN
 *     ▲ , or line end    │ "                  │ , or line end: the cell ends
 *     └───────────── QUOTE_SEEN ◄┘            └──► START
 *                        │ ": a quote inside the cell, back to QUOTED
 *
 * Cells become UTF-8 as a whole when their row ends: a file that is not UTF-8 is
 * taken for Windows-1252, as spreadsheets in schools write it, and that is
 * remembered. A file that is UTF-8 anywhere is not both: a cell that is not is bad.
 * A cell that a writer of ours defused with an apostrophe loses it.
 */
#include "way-csv.h"

#include "way-error.h"
#include "way-file.h"
#include "way-number.h"
#include "way-text.h"

#include <stdio.h>
#include <string.h>

#define LONGEST_CELL (1024 * 1024)
#define MOST_COLUMNS 512
#define CHUNK 65536

typedef enum { START, PLAIN, QUOTED, QUOTE_SEEN } State;

struct _WayCsvReader {
  char *name; /* for messages */
  WayCsvRowFunc row;
  WayCsvHeadFunc head;
  WayCsvBadRowFunc bad_row; /* or NULL: such a row ends the reading */
  gpointer user_data;

  State state;
  guint line, row_line; /* where we are; where the row began */
  gboolean skip_feed;   /* a carriage return was just seen */
  gboolean row_has_content;
  guint bom;                  /* bytes of a byte order mark passed over */
  gboolean is_utf8;           /* beyond ASCII, which is the same in both */
  gboolean is_1252;           /* that was said */
  guint odd_line, odd_column; /* of the first cell that was taken for Windows-1252, 0 if none */
  GString *cell;
  GPtrArray *cells;
  GPtrArray *columns; /* NULL until the head was read; then it ends with NULL */
};

/**
 * way_csv_reader_new:
 * @name: the file's name, for messages
 * @row: called for each row after the head
 *
 * Returns: (transfer full): a reader to be fed
 */
WayCsvReader *
way_csv_reader_new (const char *name, WayCsvRowFunc row, gpointer user_data)
{
  WayCsvReader *self = g_new0 (WayCsvReader, 1);

  self->name = g_strdup (name);
  self->row = row;
  self->user_data = user_data;
  self->line = self->row_line = 1;
  self->cell = g_string_new (NULL);
  self->cells = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/* @head is called once, with the names of the columns, before any row. */
void
way_csv_reader_set_head_func (WayCsvReader *self, WayCsvHeadFunc head)
{
  self->head = head;
}

/**
 * way_csv_reader_set_bad_row_func:
 * @bad_row: called for a row that is no text or has more cells than the head has columns
 *
 * Such a row is then left out and the reading goes on. Without it, it ends the reading.
 */
void
way_csv_reader_set_bad_row_func (WayCsvReader *self, WayCsvBadRowFunc bad_row)
{
  self->bad_row = bad_row;
}

void
way_csv_reader_free (WayCsvReader *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_ptr_array_unref (self->cells);
  g_string_free (self->cell, TRUE);
  g_free (self->name);
  g_free (self);
}

/* TRUE once a row was taken for Windows-1252. */
gboolean
way_csv_reader_is_windows_1252 (const WayCsvReader *self)
{
  return self->odd_line > 0;
}

/**
 * way_csv_reader_set_encoding:
 * @encoding: in which the whole file is, though a byte order mark says UTF-8 in any case
 *
 * A cell that is not in it is bad.
 */
void
way_csv_reader_set_encoding (WayCsvReader *self, WayCsvEncoding encoding)
{
  self->is_utf8 = encoding == WAY_CSV_UTF8;
  self->is_1252 = encoding == WAY_CSV_WINDOWS_1252;
}

static gboolean
refuse_cell (WayCsvReader *self, guint line, guint column, GError **error, const char *why)
{
  g_set_error (
      error, WAY_ERROR, WAY_ERROR_REFUSED, "%s:%u: column %u: %s", self->name, line, column, why);
  return FALSE;
}

static gboolean
refuse (WayCsvReader *self, guint line, GError **error, const char *why)
{
  return refuse_cell (self, line, self->cells->len + 1, error, why);
}

static void
end_cell (WayCsvReader *self)
{
  g_ptr_array_add (self->cells, g_strndup (self->cell->str, self->cell->len));
  g_string_truncate (self->cell, 0);
  self->state = START;
}

/* Apostrophes before the sign count in, so that a cell which had one of its own
 * gets a second one and both ways agree. */
static gboolean
begins_like_a_formula (const char *cell)
{
  cell += strspn (cell, "'");
  return *cell != '\0' && strchr ("=+-@", *cell) != NULL;
}

#define NOT_UTF8 "has a letter that cannot be read; save the file again as “CSV UTF-8”"

/* Looks for UTF-8 in the row. Where cells before were taken for Windows-1252, that was wrong. */
static gboolean
learn_encoding (WayCsvReader *self, GError **error)
{
  for (guint i = 0; i < self->cells->len && !self->is_utf8 && !self->is_1252; i++) {
    const char *cell = g_ptr_array_index (self->cells, i);
    WayCsvLetters letters = {0};

    way_csv_letters_count (&letters, cell, strlen (cell), TRUE);
    self->is_utf8 = letters.n_utf8 > 0;
  }
  return !self->is_utf8 || self->odd_line == 0 ||
         refuse_cell (self, self->odd_line, self->odd_column, error, NOT_UTF8);
}

static gboolean
decode_cell (WayCsvReader *self, guint number, GError **error)
{
  char *cell = g_ptr_array_index (self->cells, number);
  char *decoded;

  if (self->is_1252 && !self->is_utf8 ? g_str_is_ascii (cell) : g_utf8_validate (cell, -1, NULL))
    return TRUE;
  if (self->is_utf8)
    return refuse_cell (self, self->row_line, number + 1, error, NOT_UTF8);
  decoded = g_convert (cell, -1, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
  if (decoded == NULL)
    return refuse_cell (self,
                        self->row_line,
                        number + 1,
                        error,
                        "The cell is neither UTF-8 nor Windows-1252; save the file as UTF-8");
  if (self->odd_line == 0) {
    self->odd_line = self->row_line;
    self->odd_column = number + 1;
  }
  g_free (cell);
  g_ptr_array_index (self->cells, number) = decoded;
  return TRUE;
}

/* Makes every cell of the row UTF-8 and takes the apostrophe off a defused one. */
static gboolean
decode_cells (WayCsvReader *self, GError **error)
{
  for (guint i = 0; i < self->cells->len; i++) {
    char *cell;

    if (!decode_cell (self, i, error))
      return FALSE;
    cell = g_ptr_array_index (self->cells, i);
    if (!way_text_is_clean (cell))
      return refuse_cell (
          self, self->row_line, i + 1, error, "The cell holds a control character; take it out");
    if (cell[0] == '\'' && begins_like_a_formula (cell))
      memmove (cell, cell + 1, strlen (cell));
  }
  return TRUE;
}

/* Where a table was saved with another separator its whole head is one cell. */
static const char *
separator_hint (char c)
{
  return c == ';' ? "This file is separated by semicolons; save it with commas, as “CSV UTF-8 "
                    "(comma delimited)”"
                  : "This file is separated by tabs; save it with commas, as “CSV UTF-8 (comma "
                    "delimited)”";
}

static gboolean
take_head (WayCsvReader *self, GError **error)
{
  const char *head = self->cells->len == 1 ? g_ptr_array_index (self->cells, 0) : "";
  const char *separator = strpbrk (head, ";\t");

  if (separator != NULL) {
    const char *hint = separator_hint (*separator);

    g_ptr_array_set_size (self->cells, 0);
    return refuse (self, self->row_line, error, hint);
  }
  self->columns = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->cells->len; i++) {
    char *column = g_ascii_strdown (g_strstrip (g_ptr_array_index (self->cells, i)), -1);

    for (guint k = 0; k < i; k++) {
      if (*column != '\0' && strcmp (g_ptr_array_index (self->columns, k), column) == 0) {
        g_set_error (error,
                     WAY_ERROR,
                     WAY_ERROR_REFUSED,
                     "%s:%u: %s: The column is there twice; keep the one that is meant",
                     self->name,
                     self->row_line,
                     column);
        g_free (column);
        return FALSE;
      }
    }
    g_ptr_array_add (self->columns, column);
  }
  g_ptr_array_add (self->columns, NULL);
  return self->head == NULL ||
         self->head ((const char *const *) self->columns->pdata, self->user_data, error);
}

static gboolean
check_width (WayCsvReader *self, GError **error)
{
  if (self->columns == NULL || self->cells->len <= self->columns->len - 1)
    return TRUE;
  return refuse_cell (self,
                      self->row_line,
                      self->columns->len,
                      error,
                      "There are more cells than the head has columns; put a cell with a comma in "
                      "it in quotation marks");
}

static gboolean
take_cells (WayCsvReader *self, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (!learn_encoding (self, error))
    return FALSE;
  if (decode_cells (self, &problem) && check_width (self, &problem))
    return self->columns == NULL ? take_head (self, error)
                                 : self->row (self, self->user_data, error);
  if (self->columns != NULL && self->bad_row != NULL) {
    self->bad_row (self, problem->message, self->user_data);
    return TRUE;
  }
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
end_row (WayCsvReader *self, GError **error)
{
  gboolean done = TRUE;

  if (self->row_has_content) {
    end_cell (self);
    done = take_cells (self, error);
  }
  g_ptr_array_set_size (self->cells, 0);
  self->row_has_content = FALSE;
  self->state = START;
  return done;
}

/* What a file is that has a NUL byte. */
static const char *
binary_hint (const WayCsvReader *self)
{
  const char *first = self->cells->len > 0 ? g_ptr_array_index (self->cells, 0) : self->cell->str;

  if (self->columns == NULL && g_str_has_prefix (first, "PK\x03\x04"))
    return "This is a workbook, not a table of text; save each sheet as “CSV UTF-8 (comma "
           "delimited)”";
  if (self->columns == NULL)
    return "This file is written in UTF-16 or is no text; save it as “CSV UTF-8 (comma delimited)”";
  return "There is a NUL byte, so this is not a table of text; choose another file";
}

static gboolean
add_byte (WayCsvReader *self, char c, GError **error)
{
  if (c == '\0')
    return refuse (self, self->line, error, binary_hint (self));
  if (self->cell->len >= LONGEST_CELL)
    return refuse (
        self, self->line, error, "The cell is longer than 1 MiB; is a quotation mark missing?");
  g_string_append_c (self->cell, c);
  return TRUE;
}

/* A byte outside quotes. */
static gboolean
take_outside (WayCsvReader *self, char c, GError **error)
{
  if (c == '\n' || c == '\r') {
    gboolean done;

    self->skip_feed = c == '\r';
    done = end_row (self, error);
    self->line++;
    self->row_line = self->line;
    return done;
  }
  self->row_has_content = TRUE;
  if (c == ',') {
    if (self->cells->len >= MOST_COLUMNS)
      return refuse (
          self, self->line, error, "There are too many columns; is this the right file?");
    end_cell (self);
    return TRUE;
  }
  if (c == '"' && self->state == START) {
    self->state = QUOTED;
    return TRUE;
  }
  if (self->state == QUOTE_SEEN && self->columns == NULL && self->cells->len == 0 &&
      (c == ';' || c == '\t'))
    return refuse (self, self->line, error, separator_hint (c));
  if (c == '"' || self->state == QUOTE_SEEN)
    return refuse (self,
                   self->line,
                   error,
                   "There is a quotation mark in the wrong place; put it twice, and the whole cell "
                   "in quotation marks");
  self->state = PLAIN;
  return add_byte (self, c, error);
}

static gboolean
take_byte (WayCsvReader *self, char c, GError **error)
{
  if (self->skip_feed && c == '\n') {
    self->skip_feed = FALSE;
    return TRUE;
  }
  self->skip_feed = FALSE;
  if (self->state == QUOTED) {
    if (c == '"') {
      self->state = QUOTE_SEEN;
      return TRUE;
    }
    self->line += c == '\n';
    return add_byte (self, c, error);
  }
  if (self->state == QUOTE_SEEN && c == '"') {
    self->state = QUOTED;
    return add_byte (self, c, error);
  }
  return take_outside (self, c, error);
}

/**
 * way_csv_reader_feed:
 * @data: the next bytes of the file, cut anywhere
 *
 * Returns: %FALSE with %WAY_ERROR_REFUSED "file:line: column: why", or what the
 *   row function gave
 */
gboolean
way_csv_reader_feed (WayCsvReader *self, const char *data, gsize length, GError **error)
{
  static const char BOM[] = "\xef\xbb\xbf";

  for (gsize i = 0; i < length; i++) {
    if (self->bom < 3) {
      if (data[i] == BOM[self->bom]) {
        self->bom++;
        self->is_utf8 = self->is_utf8 || self->bom == 3;
        continue;
      }
      for (guint k = 0, seen = self->bom; k < seen; k++) { /* no mark after all */
        self->bom = 4;
        if (!take_byte (self, BOM[k], error))
          return FALSE;
      }
      self->bom = 4;
    }
    if (!take_byte (self, data[i], error))
      return FALSE;
  }
  return TRUE;
}

/**
 * way_csv_reader_finish:
 *
 * Ends the last row, which need not have a line end.
 */
gboolean
way_csv_reader_finish (WayCsvReader *self, GError **error)
{
  if (self->state == QUOTED)
    return refuse (self,
                   self->row_line,
                   error,
                   "The quotation mark is never closed; put one at the end of the cell");
  if (!end_row (self, error))
    return FALSE;
  if (self->columns == NULL) {
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_REFUSED,
                 "%s:1: The row with the names of the columns is missing; put it on top",
                 self->name);
    return FALSE;
  }
  return TRUE;
}

/**
 * way_csv_read_file:
 * @path: a file
 * @row: called for each row after the head
 *
 * The whole of reading a table from a file.
 */
gboolean
way_csv_read_file (const char *path, WayCsvRowFunc row, gpointer user_data, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (WayCsvReader) reader = way_csv_reader_new (name, row, user_data);
  g_autofree char *chunk = g_malloc (CHUNK);
  FILE *file = way_file_open (path, error);
  gboolean done = TRUE, failed;
  gsize length;

  if (file == NULL)
    return FALSE;
  while (done && (length = fread (chunk, 1, CHUNK, file)) > 0)
    done = way_csv_reader_feed (reader, chunk, length, error);
  failed = ferror (file) != 0;
  fclose (file);
  if (done && failed) {
    way_file_set_unread (path, error);
    return FALSE;
  }
  return done && way_csv_reader_finish (reader, error);
}

/**
 * way_csv_row_get:
 *
 * Returns: (transfer none) (nullable): the cell of @column; %NULL if the table has
 *   no such column, the empty text where the row is short
 */
const char *
way_csv_row_get (const WayCsvRow *row, const char *column)
{
  for (guint i = 0; i + 1 < row->columns->len; i++) {
    if (strcmp (g_ptr_array_index (row->columns, i), column) == 0)
      return i < row->cells->len ? g_ptr_array_index (row->cells, i) : "";
  }
  return NULL;
}

guint
way_csv_row_get_line (const WayCsvRow *row)
{
  return row->row_line;
}

/**
 * way_csv_append_row:
 * @out: where to
 * @cells: (element-type utf8): one row
 *
 * Writes a row with its line end. A cell that a spreadsheet would take for a
 * formula and that is no number gets an apostrophe in front.
 */
void
way_csv_append_row (GString *out, GPtrArray *cells)
{
  for (guint i = 0; i < cells->len; i++) {
    const char *cell = g_ptr_array_index (cells, i);
    double number;
    gboolean defuse = begins_like_a_formula (cell) && !way_number_from_text (cell, &number);

    if (i > 0)
      g_string_append_c (out, ',');
    if (strpbrk (cell, "\",\r\n") == NULL && !g_ascii_isspace (*cell)) {
      if (defuse)
        g_string_append_c (out, '\'');
      g_string_append (out, cell);
      continue;
    }
    g_string_append (out, defuse ? "\"'" : "\"");
    for (; *cell != '\0'; cell++) {
      if (*cell == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *cell);
    }
    g_string_append_c (out, '"');
  }
  g_string_append (out, "\r\n");
}
