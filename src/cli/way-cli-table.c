/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table for the eye. */
#include "way-cli-table.h"

#include "way-cli.h"
#include "way-text.h"

#include <string.h>

#define WIDEST_CELL 36 /* an id is never cut */
#define NARROW_CELL 16 /* still says something */
#define GAP 2

/* What is looked for first, where there is no room for all. */
static const char *const FIRST[] = {"surname",
                                    "forename",
                                    "name",
                                    "child",
                                    "children",
                                    "date",
                                    "kind",
                                    "statement",
                                    "what",
                                    "due",
                                    "done",
                                    "state",
                                    "dob",
                                    "phase",
                                    "setting",
                                    NULL};

typedef struct {
  GPtrArray *rows; /* of cells; the first is the head */
  guint n_columns;
  guint *full;   /* as wide as a column would be; 0: nothing is known in it */
  guint *widths; /* as wide as it is; 0: left out */
} Table;

static const char *
cell_at (const Table *self, guint row, guint column)
{
  return g_ptr_array_index ((GPtrArray *) g_ptr_array_index (self->rows, row), column);
}

static void
measure (Table *self)
{
  for (guint c = 0; c < self->n_columns; c++) {
    for (guint i = 1; i < self->rows->len; i++)
      self->full[c] =
          MAX (self->full[c], (guint) MIN (WIDEST_CELL, g_utf8_strlen (cell_at (self, i, c), -1)));
    if (self->full[c] > 0)
      self->full[c] = MAX (self->full[c], (guint) g_utf8_strlen (cell_at (self, 0, c), -1));
  }
}

/* Takes the column in, at least narrow, if there is room. */
static void
choose (Table *self, guint column, guint *room)
{
  guint least = MIN (self->full[column], NARROW_CELL);

  if (self->full[column] == 0 || self->widths[column] > 0 || least + GAP > *room)
    return;
  self->widths[column] = least;
  *room -= least + GAP;
}

/* An id in place of a name says nothing to the eye. */
static gboolean
has_ids (const Table *self, guint column)
{
  for (guint i = 1; i < self->rows->len; i++) {
    if (way_uuid_is_valid (cell_at (self, i, column)))
      return TRUE;
  }
  return FALSE;
}

/* The row's own id, by which it is asked for, then what is looked for first, then the rest; what
 * room is left goes to the columns that are cut. Returns how many are left out. */
static guint
fit (Table *self, guint width)
{
  guint room = width - MIN (width, self->full[0]), n_left_out = 0;

  self->widths[0] = self->full[0];
  for (guint k = 0; FIRST[k] != NULL; k++) {
    for (guint c = 1; c < self->n_columns; c++) {
      if (strcmp (cell_at (self, 0, c), FIRST[k]) == 0)
        choose (self, c, &room);
    }
  }
  for (guint c = 1; c < self->n_columns; c++) {
    if (!has_ids (self, c))
      choose (self, c, &room);
  }
  for (guint c = 1; c < self->n_columns; c++) {
    guint more = self->widths[c] > 0 ? MIN (self->full[c] - self->widths[c], room) : 0;

    self->widths[c] += more;
    room -= more;
    n_left_out += self->full[c] > 0 && self->widths[c] == 0;
  }
  return n_left_out;
}

static void
append_cell (GString *line, const char *text, guint width)
{
  g_autofree char *cell = g_strdelimit (g_strdup (text), "\r\n\t", ' ');
  g_autofree char *cut = NULL;

  if (g_utf8_strlen (cell, -1) > width)
    cut = g_utf8_substring (cell, 0, width);
  g_string_append (line, cut != NULL ? cut : cell);
  for (glong k = g_utf8_strlen (cut != NULL ? cut : cell, -1); k < width + GAP; k++)
    g_string_append_c (line, ' ');
}

/**
 * way_cli_table_print:
 * @rows: (element-type GPtrArray): cells as texts; the first row is the head
 * @width: of the terminal, in characters; 0: all columns in which something is known
 *
 * What does not fit in @width is left out, and it is said that it is.
 */
void
way_cli_table_print (GPtrArray *rows, guint width)
{
  guint n = ((GPtrArray *) g_ptr_array_index (rows, 0))->len, n_left_out = 0;
  g_autofree guint *full = g_new0 (guint, n), *widths = g_new0 (guint, n);
  Table table = {rows, n, full, widths};

  measure (&table);
  if (width > 0)
    n_left_out = fit (&table, width);
  else
    memcpy (widths, full, n * sizeof *widths);
  for (guint i = 0; i < rows->len; i++) {
    g_autoptr (GString) line = g_string_new (NULL);

    for (guint c = 0; c < n; c++) {
      if (widths[c] > 0)
        append_cell (line, cell_at (&table, i, c), widths[c]);
    }
    way_cli_print ("%s\n", g_strchomp (line->str));
  }
  if (n_left_out > 0)
    way_cli_note ("%u more %s not fit here; a wider window, or --format csv, shows %s.",
                  n_left_out,
                  n_left_out == 1 ? "column does" : "columns do",
                  n_left_out == 1 ? "it" : "them");
}
