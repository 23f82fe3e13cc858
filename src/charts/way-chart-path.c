/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data: its path, its points, and the aim and trend lines of each phase.
 *
 * The path is not joined across a planned change, a long gap, or a day on which
 * nothing could be measured: a gap is a gap. A point that is joined to nothing is
 * a dot of the path, so that it is seen even where there is no room for markers.
 */
#include "way-chart-path.h"

#include "way-chart-discs.h"
#include "way-chart-key.h"

#include <math.h>

#define LONGEST_GAP 21  /* days; half terms are joined over, longer holidays are not */
#define THIN_ABOVE 1000 /* points; above, a line is thinned to each pixel's lowest and highest */
#define SMALLEST_MARKER 0.13 /* of the size of type; closer points have no markers */

static int
compare_days (gconstpointer a, gconstpointer b)
{
  WayDate first = *(const WayDate *) a, second = *(const WayDate *) b;

  return first < second ? -1 : first > second;
}

/* The days on which nothing could be measured, in order. (transfer full) */
static GArray *
list_not_measured (const WayProgress *progress)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (WayDate));

  for (guint i = 0; progress->n_not_measured > 0 && i < progress->measurements->len; i++) {
    const WayMeasurement *row = g_ptr_array_index (progress->measurements, i);

    if (isnan (row->value) && row->date != WAY_DATE_UNKNOWN)
      g_array_append_val (days, row->date);
  }
  g_array_sort (days, compare_days);
  return days;
}

/* What is between one point and the next. @next_day goes along with the points. */
static gboolean
is_gap (const WayPoint *a, const WayPoint *b, GArray *not_measured, guint *next_day)
{
  while (*next_day < not_measured->len &&
         g_array_index (not_measured, WayDate, *next_day) <= a->date)
    (*next_day)++;
  return b->date - a->date > LONGEST_GAP ||
         (*next_day < not_measured->len &&
          g_array_index (not_measured, WayDate, *next_day) < b->date);
}

/* What falls into one column of the path: its first, lowest, highest and last point.
 * A path that is not thinned has a column for each point. */
typedef struct {
  double x, first, lowest, highest, last;
  gboolean is_start;
} Column;

static void
add_column (cairo_t *cr, const Column *column, gboolean ends)
{
  if (column->is_start)
    cairo_move_to (cr, column->x, column->first);
  else
    cairo_line_to (cr, column->x, column->first);
  if (column->lowest != column->highest) {
    cairo_line_to (cr, column->x, column->lowest);
    cairo_line_to (cr, column->x, column->highest);
    cairo_line_to (cr, column->x, column->last);
  } else if (column->is_start && ends) {
    cairo_close_path (cr); /* a dot */
  }
}

static void
trace_phase (WayChartLayout *self,
             cairo_t *cr,
             const WayProgressPhase *phase,
             GArray *not_measured,
             guint *next_day)
{
  const WayPoint *points = &self->chart->progress->points[phase->first_point];
  gboolean thin = self->chart->progress->n_points > THIN_ABOVE;
  double pixel = self->style->line_width / 2.0;
  Column column = {0};

  for (guint i = 0; i < phase->n_points; i++) {
    double x = way_chart_x (self, points[i].date), y = way_chart_y (self, points[i].value);
    gboolean gap = i > 0 && is_gap (&points[i - 1], &points[i], not_measured, next_day);

    if (i > 0 && !gap && thin && floor (x / pixel) == floor (column.x / pixel)) {
      column.lowest = MIN (column.lowest, y);
      column.highest = MAX (column.highest, y);
      column.last = y;
      continue;
    }
    if (i > 0)
      add_column (cr, &column, gap);
    column = (Column){x, y, y, y, y, i == 0 || gap};
  }
  if (phase->n_points > 0)
    add_column (cr, &column, TRUE);
}

void
way_chart_draw_path (WayChartLayout *self, cairo_t *cr)
{
  const WayProgress *progress = self->chart->progress;
  g_autoptr (GArray) not_measured = list_not_measured (progress);
  guint next_day = 0;

  way_chart_set_colour (cr, &self->style->accent);
  cairo_set_line_width (cr, self->style->line_width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (guint i = 0; i < progress->n_phases; i++)
    trace_phase (self, cr, &progress->phases[i], not_measured, &next_day);
  cairo_stroke (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
}

/* 0 where markers would run into each other. */
static double
marker_radius (const WayChartLayout *self)
{
  const WayProgress *progress = self->chart->progress;
  const WayPoint *first = &progress->points[0], *last = &progress->points[progress->n_points - 1];
  double size = self->style->font_size, room;

  room = (way_chart_x (self, last->date) - way_chart_x (self, first->date)) / progress->n_points;
  if (progress->n_points <= 12 || first->date == last->date)
    return size * WAY_CHART_MARKER;
  room = MIN (room * 0.36, size * WAY_CHART_MARKER);
  return room >= size * SMALLEST_MARKER ? room : 0.0;
}

/* Discs for the points, smaller where they are many. */
void
way_chart_draw_points (WayChartLayout *self, cairo_t *cr)
{
  const WayProgress *progress = self->chart->progress;
  double radius = marker_radius (self);
  WayChartDiscs discs;

  if (radius <= 0.0)
    return;
  way_chart_set_colour (cr, &self->style->accent);
  way_chart_discs_begin (&discs, cr, radius);
  for (guint i = 0; i < progress->n_points; i++) {
    double x = way_chart_x (self, progress->points[i].date);

    if (x >= self->left && x <= self->right)
      way_chart_discs_add (&discs, x, way_chart_y (self, progress->points[i].value));
  }
  way_chart_discs_end (&discs);
}

/* A small cross at the foot: a day on which nothing could be measured. */
void
way_chart_draw_not_measured (WayChartLayout *self, cairo_t *cr)
{
  g_autoptr (GArray) days = list_not_measured (self->chart->progress);
  double y = self->bottom - self->style->font_size * 0.55;

  way_chart_set_colour (cr, &self->style->faint_ink);
  cairo_set_line_width (cr, 1.2 * self->unit);
  for (guint i = 0; i < days->len; i++) {
    double x = way_chart_x (self, g_array_index (days, WayDate, i));

    if (x < self->left || x > self->right)
      continue;
    way_chart_trace_not_measured (cr, self->style->font_size, x, y);
  }
  cairo_stroke (cr);
}

/* A line of the phase, within its own days and the days shown. */
static void
draw_line_of_phase (WayChartLayout *self, cairo_t *cr, const WayLine *line, WayDate to)
{
  WayDate start = MAX (line->from, (WayDate) self->x.data_min), end = MIN (line->to, to);

  if (!line->known || end <= start)
    return;
  way_chart_draw_line (cr,
                       way_chart_x (self, start),
                       way_chart_y (self, way_line_at (line, start)),
                       way_chart_x (self, end),
                       way_chart_y (self, way_line_at (line, end)));
}

/* Aim dotted, trend thin and dashed; cut off at the edges of the plot. */
void
way_chart_draw_lines (WayChartLayout *self, cairo_t *cr)
{
  const WayProgress *progress = self->chart->progress;
  double half = 1.2 * self->unit;
  const double dots[] = {0.0, 4.5 * self->unit}, dashes[] = {7.0 * self->unit, 4.0 * self->unit};

  cairo_save (cr);
  cairo_rectangle (cr,
                   self->left,
                   self->top - half,
                   self->right - self->left,
                   self->bottom - self->top + 2.0 * half);
  cairo_clip (cr);
  for (guint i = 0; i < progress->n_phases; i++) {
    gboolean last = i + 1 == progress->n_phases;
    WayDate end = (WayDate) ceil (self->x.data_max);

    if (!last)
      end = MIN (end, progress->phases[i + 1].from);
    cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_width (cr, 1.9 * self->unit);
    cairo_set_dash (cr, dots, 2, 0.0);
    way_chart_set_colour (cr, &self->style->ink);
    draw_line_of_phase (self, cr, &progress->phases[i].aim, end);
    cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
    cairo_set_line_width (cr, 1.2 * self->unit);
    cairo_set_dash (cr, dashes, 2, 0.0);
    way_chart_set_colour (cr, &self->style->accent);
    draw_line_of_phase (self, cr, &progress->phases[i].trend, end);
  }
  cairo_restore (cr);
}
