/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-visit-sheet.h"

#include "way-text.h"
#include "way-visit-versions.h"

#include <string.h>

#define GUTTER 10.0

const char *
way_visit_sheet_label (WayVisitSheet *self, const char *list, const char *code)
{
  return way_code_lists_label (self->style->lists, list, code);
}

/* Returns: (transfer none) (nullable): the child with that id, if it is one of this record */
const WayChild *
way_visit_sheet_find_child (WayVisitSheet *self, const char *id)
{
  for (guint i = 0; i < self->children->len; i++) {
    const WayChild *child = g_ptr_array_index (self->children, i);

    if (g_strcmp0 (child->record.id, id) == 0)
      return child;
  }
  return NULL;
}

/* Returns: (transfer container) (element-type WayVisitVersion): what was signed before this, the
 * first one first */
GPtrArray *
way_visit_sheet_dup_versions (WayVisitSheet *self)
{
  GPtrArray *versions = way_dossier_dup_list (self->dossier, WAY_VISIT_VERSION, NULL, NULL);

  way_visit_versions_sort (versions);
  return versions;
}

/**
 * way_visit_sheet_note_missing:
 * @what: in the words of the list at the end, "assessments"; lives as long as the program
 */
void
way_visit_sheet_note_missing (WayVisitSheet *self, const char *what)
{
  g_ptr_array_add (self->missing, (gpointer) what);
}

/**
 * way_visit_sheet_note_no_rows:
 * @what: as for way_visit_sheet_note_missing(): what is recorded for each child
 *
 * An extract leaves out what is another child's, so that it can't tell whether there was any.
 */
void
way_visit_sheet_note_no_rows (WayVisitSheet *self, const char *what)
{
  g_ptr_array_add (self->dossier->level != NULL ? self->not_here : self->missing, (gpointer) what);
}

/**
 * way_visit_sheet_begin_section:
 *
 * The caller ends the section with way_pages_end().
 */
void
way_visit_sheet_begin_section (WayVisitSheet *self, const char *heading)
{
  way_pages_begin (self->pages, "Sect");
  way_visit_sheet_add_heading (self, "H2", heading);
}

void
way_visit_sheet_add_heading (WayVisitSheet *self, const char *tag, const char *text)
{
  gboolean top = strcmp (tag, "H2") == 0;
  WayFace face = top ? WAY_FACE_HEADING : WAY_FACE_SUBHEADING;
  WayBlock *block = way_pages_add (self->pages, NULL);

  block->gap = top ? 12.5 : 8.0;
  block->keep_with_next = WAY_KEEP_MUST;
  block->prose = TRUE;
  block->outline = top ? g_strdup (text) : NULL;
  way_block_add_cell (block, 0.0, WAY_PAGE_TEXT_WIDTH);
  way_block_add_text (
      block,
      tag,
      face,
      way_type_layout (way_pages_get_type (self->pages), face, text, WAY_PAGE_TEXT_WIDTH));
}

/**
 * way_visit_sheet_add_paragraph:
 * @quiet_text: (nullable): what follows it, small
 *
 * Returns: (transfer none): the paragraph, to be refined
 */
WayBlock *
way_visit_sheet_add_paragraph (WayVisitSheet *self,
                               WayFace face,
                               const char *text,
                               const char *quiet_text)
{
  double inset = way_pages_get_inset (self->pages);
  double width = WAY_PAGE_TEXT_WIDTH - 2.0 * inset;
  WayBlock *block = way_pages_add (self->pages, NULL);

  block->prose = TRUE;
  block->gap = 3.0;
  way_block_add_cell (block, inset, width);
  way_block_add_text (
      block,
      "P",
      face,
      way_type_layout_pair (way_pages_get_type (self->pages), face, text, quiet_text, width));
  return block;
}

/* What follows the mark of a list's item, or NULL for any other line. */
static const char *
after_bullet (const char *line)
{
  static const char *const MARKS[] = {"- ", "* ", "• ", "– "};

  for (guint i = 0; i < G_N_ELEMENTS (MARKS); i++) {
    if (g_str_has_prefix (line, MARKS[i]))
      return line + strlen (MARKS[i]);
  }
  return NULL;
}

static WayBlock *
add_list_item (WayVisitSheet *self, const char *text)
{
  WayType *type = way_pages_get_type (self->pages);
  WayBlock *block = way_pages_add (self->pages, "LI");

  block->gap = 2.0;
  block->prose = TRUE;
  way_block_add_cell (block, 4.0, 10.0);
  way_block_add_text (
      block, "Lbl", WAY_FACE_BODY, way_type_layout (type, WAY_FACE_BODY, "•", 10.0));
  way_block_add_cell (block, 16.0, WAY_PAGE_TEXT_WIDTH - 16.0);
  way_block_add_text (block,
                      "LBody",
                      WAY_FACE_BODY,
                      way_type_layout (type, WAY_FACE_BODY, text, WAY_PAGE_TEXT_WIDTH - 16.0));
  return block;
}

/**
 * way_visit_sheet_add_prose:
 * @text: paragraphs, a line each; lines that begin with "- " or "• " make a list
 */
void
way_visit_sheet_add_prose (WayVisitSheet *self, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  WayBlock *last = NULL;
  gboolean in_list = FALSE;

  for (guint i = 0; lines[i] != NULL; i++) {
    const char *line = g_strstrip (lines[i]);
    const char *item = after_bullet (line);

    if (*line == '\0')
      continue;
    if (in_list && item == NULL)
      way_pages_end (self->pages);
    if (!in_list && item != NULL)
      way_pages_begin (self->pages, "L");
    /* "Please try:" and the first item do not stand alone at the foot of a page. */
    if (!in_list && item != NULL && last != NULL)
      last->keep_with_next = WAY_KEEP_PREFER;
    last = item != NULL ? add_list_item (self, item)
                        : way_visit_sheet_add_paragraph (self, WAY_FACE_BODY, line, NULL);
    if (!in_list && item != NULL && lines[i + 1] != NULL)
      last->keep_with_next = WAY_KEEP_PREFER;
    in_list = item != NULL;
  }
  if (in_list)
    way_pages_end (self->pages);
}

static WayBlock *
add_table_row (WayVisitSheet *self, const WaySheetTable *table, const char *const *cells)
{
  gboolean is_head = table->head == NULL;
  WayFace face = is_head ? WAY_FACE_LABEL : WAY_FACE_TABLE;
  WayBlock *block = way_pages_add (self->pages, "TR");

  block->pad_top = 3.5;
  block->pad_bottom = is_head ? 3.0 : 4.0;
  block->rule = is_head ? &WAY_INK_RULE : &WAY_INK_HAIRLINE;
  block->rule_width = is_head ? 0.9 : 0.5;
  for (guint i = 0; i < table->n_columns; i++) {
    PangoLayout *layout = way_type_layout (
        way_pages_get_type (self->pages), face, cells[i] != NULL ? cells[i] : "", table->width[i]);
    WayItem *item;

    way_block_add_cell (block, table->x[i], table->width[i]);
    item = way_block_add_text (block, is_head ? "TH" : "TD", face, layout);
    item->note = is_head ? g_strdup ("Column") : NULL;
  }
  return block;
}

/**
 * way_visit_sheet_begin_table:
 * @table: (out caller-allocates): to be used for the rows
 * @heads: (array zero-terminated=1): what the columns hold
 * @shares: how the width is shared out; they add up to 1
 *
 * The caller ends the table with way_visit_sheet_end_table().
 */
void
way_visit_sheet_begin_table (WayVisitSheet *self,
                             WaySheetTable *table,
                             const char *const *heads,
                             const double *shares)
{
  double x = 0.0;

  memset (table, 0, sizeof *table);
  table->n_columns = MIN (g_strv_length ((GStrv) heads), WAY_SHEET_MAX_COLUMNS);
  for (guint i = 0; i < table->n_columns; i++) {
    double width = shares[i] * WAY_PAGE_TEXT_WIDTH;

    table->x[i] = x;
    table->width[i] = i + 1 < table->n_columns ? width - GUTTER : width;
    x += width;
  }
  way_pages_begin (self->pages, "Table");
  table->head = add_table_row (self, table, heads);
  table->head->keep_with_next = WAY_KEEP_MUST;
}

/* Returns: (transfer none): the row, to be refined */
WayBlock *
way_visit_sheet_add_row (WayVisitSheet *self, WaySheetTable *table, const char *const *cells)
{
  WayBlock *row = add_table_row (self, table, cells);

  row->head = table->head;
  table->before_last = table->last;
  table->last = row;
  return row;
}

/* The last row takes the one before it along to the next page: a row under a repeated head
 * that stands alone there looks like one that was left over. */
void
way_visit_sheet_end_table (WayVisitSheet *self, WaySheetTable *table)
{
  if (table->before_last != NULL)
    table->before_last->keep_with_next = WAY_KEEP_PREFER;
  way_pages_end (self->pages);
}
