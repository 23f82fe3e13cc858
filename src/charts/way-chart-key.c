/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line above the plot: what is counted, and what the marks mean that have no label of their
 * own. A mark that is not in the chart is not in the line either.
 */
#include "way-chart-key.h"

#include <math.h>

typedef enum { BASELINE, TREND, VISIT, NOT_MEASURED, N_MARKS } Mark;

static const char *const NAMES[N_MARKS] = {"baseline", "trend", "visit", "not measured"};

static gboolean
is_within (const WayChartLayout *self, WayDate date)
{
  double x = way_chart_x (self, date);

  return date != WAY_DATE_UNKNOWN && x >= self->left && x <= self->right;
}

static gboolean
has_visit (const WayChartLayout *self)
{
  const WayProgressChart *chart = self->chart;

  for (guint i = 0; i < chart->n_visits; i++) {
    if (is_within (self, chart->visits[i]) &&
        (chart->today == WAY_DATE_UNKNOWN || chart->visits[i] <= chart->today))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_trend (const WayChartLayout *self)
{
  const WayProgress *progress = self->chart->progress;

  for (guint i = 0; i < progress->n_phases; i++) {
    const WayLine *trend = &progress->phases[i].trend;

    if (trend->known && trend->from < self->x.data_max && trend->to > self->x.data_min)
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_not_measured (const WayChartLayout *self)
{
  const WayProgress *progress = self->chart->progress;

  for (guint i = 0; progress->n_not_measured > 0 && i < progress->measurements->len; i++) {
    const WayMeasurement *row = g_ptr_array_index (progress->measurements, i);

    if (isnan (row->value) && is_within (self, row->date))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_mark (const WayChartLayout *self, Mark mark)
{
  const WayProgress *progress = self->chart->progress;

  switch (mark) {
  case BASELINE:
    return progress->baseline_known && is_within (self, progress->baseline_date);
  case TREND:
    return has_trend (self);
  case VISIT:
    return has_visit (self);
  case NOT_MEASURED:
    return has_not_measured (self);
  case N_MARKS:
  default:
    return FALSE;
  }
}

void
way_chart_trace_baseline (cairo_t *cr, double size, double x, double y)
{
  double half = size * 0.46;

  cairo_rectangle (cr, x - half, y - half, 2.0 * half, 2.0 * half);
}

/* Points up at the axis. */
void
way_chart_trace_visit (cairo_t *cr, double size, double x, double top)
{
  double half = size * 0.3;

  cairo_move_to (cr, x, top);
  cairo_line_to (cr, x + half, top + half * 1.7);
  cairo_line_to (cr, x - half, top + half * 1.7);
  cairo_close_path (cr);
}

void
way_chart_trace_not_measured (cairo_t *cr, double size, double x, double y)
{
  double half = size * 0.2;

  cairo_move_to (cr, x - half, y - half);
  cairo_line_to (cr, x + half, y + half);
  cairo_move_to (cr, x - half, y + half);
  cairo_line_to (cr, x + half, y - half);
}

static double
mark_width (const WayChartLayout *self, Mark mark)
{
  return self->style->font_size * (mark == TREND ? 1.9 : 1.1);
}

/* As it is in the chart, around @x, @y. */
static void
draw_mark (WayChartLayout *self, cairo_t *cr, Mark mark, double x, double y)
{
  const double dashes[] = {7.0 * self->unit, 4.0 * self->unit};
  double size = self->style->font_size, half = mark_width (self, TREND) / 2.0;

  way_chart_set_colour (cr,
                        mark == TREND          ? &self->style->accent
                        : mark == NOT_MEASURED ? &self->style->faint_ink
                                               : &self->style->ink);
  cairo_set_line_width (cr, 1.2 * self->unit);
  if (mark == BASELINE) {
    way_chart_trace_baseline (cr, size * 0.9, x, y);
    cairo_stroke (cr);
  } else if (mark == VISIT) {
    way_chart_trace_visit (cr, size, x, y - size * 0.27);
    cairo_fill (cr);
  } else if (mark == NOT_MEASURED) {
    way_chart_trace_not_measured (cr, size, x, y);
    cairo_stroke (cr);
  } else {
    cairo_set_dash (cr, dashes, 2, 0.0);
    way_chart_draw_line (cr, x - half, y, x + half, y);
    cairo_set_dash (cr, NULL, 0, 0.0);
  }
}

static void
draw_word (WayChartLayout *self, cairo_t *cr, const char *word, double x, double width)
{
  way_chart_set_colour (cr, &self->style->faint_ink);
  way_chart_text_draw (self, cr, word, x, 0.0, width + 1.0);
}

/* Goes through the line, and draws it if there is a @cr. Returns its width. What there is no room
 * for is left out: the words beside a chart say it too. */
static double
go_through (WayChartLayout *self, cairo_t *cr)
{
  const char *unit = way_chart_unit_name (self);
  double size = self->style->font_size, x = 0.0, width, height;

  if (unit != NULL) {
    way_chart_text_size (self, unit, &width, &height);
    x = MIN (width, self->right);
    if (cr != NULL)
      draw_word (self, cr, unit, 0.0, x);
  }
  for (Mark mark = BASELINE; mark < N_MARKS; mark++) {
    double at = x + (x > 0.0 ? size * 1.1 : 0.0), wide = mark_width (self, mark);
    double word = at + wide + size * 0.3;

    if (!has_mark (self, mark))
      continue;
    way_chart_text_size (self, NAMES[mark], &width, &height);
    if (word + width > self->right)
      continue;
    if (cr != NULL) {
      draw_mark (self, cr, mark, at + wide / 2.0, self->line / 2.0);
      draw_word (self, cr, NAMES[mark], word, width);
    }
    x = word + width;
  }
  return x;
}

/**
 * way_chart_measure_key:
 *
 * Finds how much room the line takes. Needs the scale of days.
 */
void
way_chart_measure_key (WayChartLayout *self)
{
  self->key_width = go_through (self, NULL);
  if (self->key_width > 0.0)
    way_chart_take (self, 0.0, 0.0, self->key_width, self->line);
}

void
way_chart_draw_key (WayChartLayout *self, cairo_t *cr)
{
  go_through (self, cr);
}
