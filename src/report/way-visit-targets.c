/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The targets that were reviewed or set at the visit, each in a box with its chart. */
#include "way-measure.h"
#include "way-number.h"
#include "way-progress-chart.h"
#include "way-text.h"
#include "way-visit-figure.h"
#include "way-visit-sheet.h"
#include "way-visit-words.h"

#include <math.h>

#define WORDS_WIDTH 150.0
#define CHART_HEIGHT 87.0

/* One target while its box is put together. */
typedef struct {
  const WayVisitTarget *row;
  const WayTarget *target;
  WayVisitFigure *figure;
  const char *heading_tag;
} Entry;

static void
draw_chart (gconstpointer data, cairo_t *cr, double width, double height)
{
  const WayVisitFigure *figure = data;
  WayChartStyle style = WAY_CHART_PRINT;

  style.font_family = WAY_TYPE_FAMILY;
  style.font_size = 7.6;
  style.has_paper = FALSE;
  way_progress_chart_draw (&figure->chart, &style, cr, width, height);
}

static void
add_words (WayVisitSheet *self, WayBlock *block, WayFace face, double width, char *words)
{
  g_autofree char *text = words;
  WayItem *item;

  if (way_text_is_blank (text))
    return;
  item = way_block_add_text (
      block, "P", face, way_type_layout (way_pages_get_type (self->pages), face, text, width));
  if (item != g_ptr_array_index (block->cells[block->n_cells - 1].items, 0))
    item->gap = 3.0;
}

/* What the target is now: new, open and how it goes, or done with. */
static char *
state_words (WayVisitSheet *self, const Entry *entry)
{
  const WayProgress *progress = entry->figure->progress;

  if (entry->row->set_here == WAY_YES)
    return g_strdup ("◆ New at this visit");
  if (entry->target->ended != WAY_DATE_UNKNOWN && g_strcmp0 (entry->target->state, "open") == 0)
    return g_strdup ("■ Ended");
  if (!way_target_is_open (entry->target))
    return g_strdup_printf ("■ %s",
                            way_visit_sheet_label (self, "target-state", entry->target->state));
  return g_strdup_printf (
      "%s %s", way_progress_state_mark (progress), way_progress_state_word (progress));
}

/* "At this visit: 4 of 5 · on track · continue" */
static char *
visit_words (WayVisitSheet *self, const Entry *entry)
{
  const WayVisitTarget *row = entry->row;
  const char *const codes[][2] = {{"review-outcome", row->outcome},
                                  {"no-progress-reason", row->reason},
                                  {"review-decision", row->decision}};
  g_autofree char *rating =
      isnan (row->rating) ? NULL : way_progress_level_text (entry->target, row->rating);
  g_autoptr (GString) out = g_string_new (rating);

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autofree char *label = NULL;

    if (way_text_is_blank (codes[i][1]))
      continue;
    label = way_words_lower_first (way_visit_sheet_label (self, codes[i][0], codes[i][1]));
    g_string_append_printf (out, "%s%s", out->len > 0 ? " · " : "", label);
  }
  if (out->len > 0)
    g_string_prepend (out, "At this visit: ");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* "Aim 4 of 5 by 12 Dec 2026" */
static char *
aim_words (const Entry *entry)
{
  const WayTarget *target = entry->target;
  g_autofree char *due = way_date_format_short (target->due);
  double aim = way_target_get_aim (target);
  g_autofree char *value = isnan (aim) ? NULL : way_progress_level_text (target, aim);

  if (value == NULL)
    return *due != '\0' ? g_strdup_printf ("Due %s", due) : g_strdup ("");
  return *due != '\0' ? g_strdup_printf ("Aim %s by %s", value, due)
                      : g_strdup_printf ("Aim %s", value);
}

/* The state in its pill, and beside it what was found at this visit. */
static void
add_state (WayVisitSheet *self, const Entry *entry)
{
  double inset = way_pages_get_inset (self->pages);
  double width = WAY_PAGE_TEXT_WIDTH - 2.0 * inset, used;
  g_autofree char *state = state_words (self, entry);
  WayBlock *block = way_pages_add (self->pages, NULL);
  PangoLayout *layout =
      way_type_layout (way_pages_get_type (self->pages), WAY_FACE_PILL, state, width - WORDS_WIDTH);
  WayItem *item;

  block->gap = 5.0;
  way_block_add_cell (block, inset, width);
  item = way_block_add_text (block, "P", WAY_FACE_PILL, layout);
  item->boxed = TRUE;
  used = item->lines[0].width + 22.0;
  block->cells[0].width = used - 8.0;
  way_block_add_cell (block, inset + used, width - used);
  add_words (self, block, WAY_FACE_TABLE, width - used, visit_words (self, entry));
}

/* In the chart a long label is cut where there is no room for it. */
static void
add_changes (WayVisitSheet *self, WayBlock *block, const WayProgress *progress, double width)
{
  for (guint i = 1; i < progress->n_phases; i++) {
    const WayProgressPhase *phase = &progress->phases[i];
    g_autofree char *day = way_date_format_short (phase->from);

    if (!way_text_is_blank (phase->label))
      add_words (
          self, block, WAY_FACE_SMALL, width, g_strdup_printf ("Change %s: %s", day, phase->label));
  }
}

static void
add_progress_words (WayVisitSheet *self, WayBlock *block, const Entry *entry, double width)
{
  const WayProgress *progress = entry->figure->progress;

  if (progress->baseline_known)
    add_words (self, block, WAY_FACE_SMALL, width, way_progress_baseline_text (progress));
  if (progress->n_points > 0)
    add_words (self, block, WAY_FACE_SMALL, width, way_progress_latest_text (progress));
  add_words (self, block, WAY_FACE_SMALL, width, way_progress_score_text (progress));
  if (progress->n_phases > 0 && way_progress_get_current_phase (progress)->trend.known)
    add_words (self, block, WAY_FACE_SMALL, width, way_progress_trend_text (progress));
  add_words (self, block, WAY_FACE_SMALL, width, aim_words (entry));
  add_words (self, block, WAY_FACE_SMALL, width, way_progress_levels_text (entry->target));
  add_changes (self, block, progress, width);
}

static void
add_progress (WayVisitSheet *self, const Entry *entry)
{
  double inset = way_pages_get_inset (self->pages);
  double width = WAY_PAGE_TEXT_WIDTH - 2.0 * inset;
  gboolean chart =
      entry->figure->progress->n_points > 0 && way_target_measure_is_numeric (entry->target);
  double words_width = chart ? WORDS_WIDTH : width;
  WayBlock *block = way_pages_add (self->pages, NULL);

  block->gap = 5.0;
  way_block_add_cell (block, inset, words_width);
  add_progress_words (self, block, entry, words_width);
  if (chart) {
    g_autofree char *alt = way_progress_chart_describe (&entry->figure->chart);

    way_block_add_cell (block, inset + WORDS_WIDTH + 12.0, width - WORDS_WIDTH - 12.0);
    way_block_add_picture (block, CHART_HEIGHT, draw_chart, entry->figure, alt);
  }
}

/* "Support: a phrase mat, Class teacher, daily" */
static char *
support_words (const Entry *entry)
{
  const char *const parts[] = {
      entry->target->strategy, entry->target->who, entry->target->how_often};
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (!way_text_is_blank (parts[i]))
      g_string_append_printf (out, "%s%s", out->len > 0 ? " · " : "Support: ", parts[i]);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
add_lines (WayVisitSheet *self, WayFace face, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    if (!way_text_is_blank (lines[i]))
      way_visit_sheet_add_paragraph (self, face, lines[i], NULL);
  }
}

static void
add_target (WayVisitSheet *self, const Entry *entry)
{
  g_autofree char *support = support_words (entry);
  g_autofree char *evidence = NULL;
  WayBlock *statement;

  way_pages_begin (self->pages, "Sect");
  way_pages_open_frame (self->pages, WAY_FRAME_HAIRLINE);
  statement = way_visit_sheet_add_paragraph (self, WAY_FACE_STRONG, entry->target->statement, NULL);
  ((WayItem *) g_ptr_array_index (statement->cells[0].items, 0))->tag = entry->heading_tag;
  statement->gap = 7.0;
  add_state (self, entry);
  add_progress (self, entry);
  if (!way_text_is_blank (entry->row->evidence)) {
    evidence = g_strconcat ("Evidence: ", entry->row->evidence, NULL);
    add_lines (self, WAY_FACE_TABLE, evidence);
  }
  add_lines (self, WAY_FACE_SMALL, support);
  way_pages_close_frame (self->pages);
  way_pages_end (self->pages);
}

/* The rows whose target is @child's; %NULL: all. */
static void
add_targets_of (WayVisitSheet *self, GPtrArray *rows, const WayChild *child)
{
  for (guint i = 0; i < rows->len; i++) {
    const WayVisitTarget *row = g_ptr_array_index (rows, i);
    const WayTarget *target = way_record_set_find (self->dossier->records, WAY_TARGET, row->target);
    Entry entry = {row, target, NULL, child != NULL ? "H4" : "H3"};

    if (target == NULL || (child != NULL && g_strcmp0 (target->child, child->record.id) != 0))
      continue;
    entry.figure = way_visit_figure_new (self->dossier, target, &self->style->options, self->terms);
    g_ptr_array_add (self->figures, entry.figure);
    add_target (self, &entry);
  }
}

static gboolean
has_target_of (WayVisitSheet *self, GPtrArray *rows, const WayChild *child)
{
  for (guint i = 0; i < rows->len; i++) {
    const WayVisitTarget *row = g_ptr_array_index (rows, i);
    const WayTarget *target = way_record_set_find (self->dossier->records, WAY_TARGET, row->target);

    if (target != NULL && g_strcmp0 (target->child, child->record.id) == 0)
      return TRUE;
  }
  return FALSE;
}

void
way_visit_sheet_add_targets (WayVisitSheet *self)
{
  g_autoptr (GPtrArray) rows = way_dossier_dup_list (self->dossier, WAY_VISIT_TARGET, NULL, NULL);

  if (rows->len == 0) {
    way_visit_sheet_note_no_rows (self, "targets");
    return;
  }
  way_visit_sheet_begin_section (self, "Targets");
  if (self->children->len <= 1)
    add_targets_of (self, rows, NULL);
  for (guint i = 0; self->children->len > 1 && i < self->children->len; i++) {
    const WayChild *child = g_ptr_array_index (self->children, i);
    g_autofree char *name = way_words_child (child);

    if (!has_target_of (self, rows, child))
      continue;
    way_pages_begin (self->pages, "Sect");
    way_visit_sheet_add_heading (self, "H3", name);
    add_targets_of (self, rows, child);
    way_pages_end (self->pages);
  }
  way_pages_end (self->pages);
}
