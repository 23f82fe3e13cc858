/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections of a Record of Visit, in the order in which a visit happens. */
#include "way-text.h"
#include "way-visit-sheet.h"
#include "way-visit-words.h"

#include <string.h>

static void
add_text_section (WayVisitSheet *self, const char *heading, const char *text, const char *missing)
{
  if (way_text_is_blank (text)) {
    way_visit_sheet_note_missing (self, missing);
    return;
  }
  way_visit_sheet_begin_section (self, heading);
  way_visit_sheet_add_prose (self, text);
  way_pages_end (self->pages);
}

/* Names the child where a visit concerned several. */
static char *
with_child (WayVisitSheet *self, const char *child_id, const char *text)
{
  const WayChild *child =
      self->children->len > 1 ? way_visit_sheet_find_child (self, child_id) : NULL;
  g_autofree char *name = child != NULL ? way_child_name_among (child, self->children) : NULL;

  return name != NULL ? g_strdup_printf ("%s: %s", name, text) : g_strdup (text);
}

static void
add_earlier_actions (WayVisitSheet *self)
{
  static const char *const HEADS[] = {"Agreed", "Who", "Done?", NULL};
  static const double SHARES[] = {0.4, 0.24, 0.36};
  g_autoptr (GPtrArray) rows = way_dossier_dup_list (self->dossier, WAY_VISIT_ACTION, NULL, NULL);
  WaySheetTable table;

  if (rows->len == 0)
    return;
  way_visit_sheet_begin_section (self, "Since the last visit");
  way_visit_sheet_begin_table (self, &table, HEADS, SHARES);
  for (guint i = 0; i < rows->len; i++) {
    const WayVisitAction *row = g_ptr_array_index (rows, i);
    const WayAction *action = way_record_set_find (self->dossier->records, WAY_ACTION, row->action);
    g_autofree char *what = NULL, *done = NULL;

    if (action == NULL)
      continue;
    what = with_child (self, action->child, action->what);
    done = way_words_effect (way_text_is_blank (row->effect) ? action->effect : row->effect,
                             action->done,
                             way_text_is_blank (row->note) ? action->note : row->note,
                             self->style->lists);
    way_visit_sheet_add_row (self, &table, (const char *[]){what, action->who, done});
  }
  way_visit_sheet_end_table (self, &table);
  way_pages_end (self->pages);
}

static void
add_assessments (WayVisitSheet *self)
{
  static const char *const HEADS[] = {"Assessment", "Date", "Result", NULL};
  static const double SHARES[] = {0.36, 0.19, 0.45};
  g_autoptr (GPtrArray) rows = way_dossier_dup_list (self->dossier, WAY_ASSESSMENT, NULL, NULL);
  WaySheetTable table;

  if (rows->len == 0) {
    way_visit_sheet_note_no_rows (self, "assessments");
    return;
  }
  way_visit_sheet_begin_section (self, "Assessments");
  way_visit_sheet_begin_table (self, &table, HEADS, SHARES);
  for (guint i = 0; i < rows->len; i++) {
    const WayAssessment *row = g_ptr_array_index (rows, i);
    g_autofree char *name = with_child (self, row->child, row->name);
    g_autofree char *date = way_date_format_short (row->date);
    g_autofree char *result = way_words_assessment (row);

    way_visit_sheet_add_row (
        self, &table, (const char *[]){name, date, *result != '\0' ? result : "no data"});
  }
  way_visit_sheet_end_table (self, &table);
  way_pages_end (self->pages);
}

static WayBlock *
add_view_line (WayVisitSheet *self, WayFace face, const char *line, const char *quiet_text)
{
  const double inset = 10.0, width = WAY_PAGE_TEXT_WIDTH - 10.0;
  WayType *type = way_pages_get_type (self->pages);
  WayBlock *block = way_pages_add (self->pages, NULL);

  block->prose = TRUE;
  block->pad_top = 1.0;
  block->pad_bottom = 1.5;
  block->bar = &WAY_INK_ACCENT;
  way_block_add_cell (block, inset, width);
  way_block_add_text (block, "P", face, way_type_layout_pair (type, face, line, quiet_text, width));
  return block;
}

/* What was said, and after its last words who said it; in a line of its own where the words run
 * from the right. */
static void
add_view (WayVisitSheet *self, const WayVisitView *view)
{
  g_autofree char *source = way_words_view_source (view, self->style->lists);
  g_autofree char *attribution = with_child (self, view->child, source);
  g_autofree char *text = g_strstrip (g_strdup (view->text));
  g_auto (GStrv) lines = NULL;
  g_autofree char *quoted = view->verbatim == WAY_YES ? way_words_quoted (text) : g_strdup (text);
  gboolean first = TRUE;

  lines = g_strsplit (quoted, "\n", -1);
  way_pages_begin (self->pages, "BlockQuote");
  for (guint i = 0; lines[i] != NULL; i++) {
    gboolean is_last = lines[i + 1] == NULL, apart = is_last && way_type_runs_from_right (lines[i]);
    WayBlock *block;

    if (way_text_is_blank (lines[i]))
      continue;
    block = add_view_line (self, WAY_FACE_BODY, lines[i], is_last && !apart ? attribution : NULL);
    block->gap = first ? 5.0 : 0.0;
    block->keep_with_next = !is_last || apart ? WAY_KEEP_PREFER : WAY_KEEP_FREE;
    first = FALSE;
    if (apart)
      add_view_line (self, WAY_FACE_SMALL, attribution, NULL)->gap = 0.0;
  }
  way_pages_end (self->pages);
}

static void
note_missing_views (WayVisitSheet *self, GPtrArray *views)
{
  static const char *const WHOSE[][2] = {
      {"child", "the child’s view"}, {"parent", "parents’ view"}, {"staff", "staff view"}};

  for (guint i = 0; i < G_N_ELEMENTS (WHOSE); i++) {
    gboolean found = FALSE;

    for (guint k = 0; k < views->len && !found; k++)
      found = g_strcmp0 (((WayVisitView *) g_ptr_array_index (views, k))->whose, WHOSE[i][0]) == 0;
    if (!found)
      way_visit_sheet_note_no_rows (self, WHOSE[i][1]);
  }
}

static void
add_views (WayVisitSheet *self)
{
  g_autoptr (GPtrArray) views = way_dossier_dup_list (self->dossier, WAY_VISIT_VIEW, NULL, NULL);

  note_missing_views (self, views);
  if (views->len == 0)
    return;
  way_visit_sheet_begin_section (self, "Views");
  for (guint i = 0; i < views->len; i++)
    add_view (self, g_ptr_array_index (views, i));
  way_pages_end (self->pages);
}

static void
add_new_actions (WayVisitSheet *self)
{
  static const char *const HEADS[] = {"What", "Who", "By", NULL};
  static const double SHARES[] = {0.56, 0.28, 0.16};
  g_autoptr (GPtrArray) actions = way_dossier_dup_new_actions (self->dossier);
  WaySheetTable table;

  if (actions->len == 0) {
    way_visit_sheet_note_no_rows (self, "actions");
    return;
  }
  way_visit_sheet_begin_section (self, "Actions");
  way_visit_sheet_begin_table (self, &table, HEADS, SHARES);
  for (guint i = 0; i < actions->len; i++) {
    const WayAction *action = g_ptr_array_index (actions, i);
    g_autofree char *what = with_child (self, action->child, action->what);
    g_autofree char *due = way_date_format_short (action->due);

    way_visit_sheet_add_row (self, &table, (const char *[]){what, action->who, due});
  }
  way_visit_sheet_end_table (self, &table);
  way_pages_end (self->pages);
}

/* All sections between the box of facts and the next visit. */
void
way_visit_sheet_add_sections (WayVisitSheet *self)
{
  const WayVisit *visit = self->visit;

  add_text_section (self, "Purpose", visit->purpose, "purpose");
  add_earlier_actions (self);
  add_text_section (self, "What I saw", visit->seen, "what was seen");
  add_text_section (self, "Strategies in use", visit->strategies, "strategies in use");
  add_text_section (
      self, "Equipment and adaptations", visit->equipment, "equipment and adaptations");
  add_assessments (self);
  add_views (self);
  add_text_section (self, "Strengths", visit->strengths, "strengths");
  add_text_section (self, "Needs", visit->needs, "needs");
  way_visit_sheet_add_targets (self);
  add_text_section (self, "Advice", visit->advice, "advice");
  add_new_actions (self);
  add_text_section (self, "Materials left", visit->materials, "materials left");
}
