/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws a progress chart, back to front: term bands, grid, axes, changes, aim,
 * trend, the path of the data, points, labels. What has no data is said in the
 * plot; what has no aim or trend simply lacks that line.
 */
#include "way-progress-chart.h"

#include "way-chart-changes.h"
#include "way-chart-frame.h"
#include "way-chart-key.h"
#include "way-chart-labels.h"
#include "way-chart-path.h"

#include <math.h>

/* A hollow square where the aim line starts; a point in it stays seen. */
static void
draw_baseline (WayChartLayout *self, cairo_t *cr)
{
  const WayProgress *progress = self->chart->progress;
  double half = self->style->font_size * 0.46, x, y;

  if (!progress->baseline_known || progress->baseline_date == WAY_DATE_UNKNOWN)
    return;
  x = way_chart_x (self, progress->baseline_date);
  y = way_chart_y (self, progress->baseline);
  if (x < self->left || x > self->right)
    return;
  way_chart_trace_baseline (cr, self->style->font_size, x, y);
  way_chart_take (self, x - half, y - half, 2.0 * half, 2.0 * half);
  way_chart_set_colour (cr, &self->style->ink);
  cairo_set_line_width (cr, self->style->font_size * 0.12);
  cairo_stroke (cr);
}

static gboolean
is_shown (const WayChartLayout *self, guint point)
{
  double x = way_chart_x (self, self->chart->progress->points[point].date);

  return x >= self->left && x <= self->right;
}

/* The latest point, in a ring. */
static void
draw_ring (WayChartLayout *self, cairo_t *cr)
{
  const WayProgress *progress = self->chart->progress;
  const WayPoint *last = &progress->points[progress->n_points - 1];
  double size = self->style->font_size, x = way_chart_x (self, last->date),
         y = way_chart_y (self, last->value);

  way_chart_set_colour (cr, &self->style->accent);
  cairo_arc (
      cr, x, y, MIN (size * WAY_CHART_MARKER, self->style->line_width * 1.9), 0.0, 2.0 * G_PI);
  cairo_fill (cr);
  cairo_arc (cr, x, y, size * 0.6, 0.0, 2.0 * G_PI);
  cairo_set_line_width (cr, size * 0.14);
  cairo_stroke (cr);
}

/* Data, within the plot, and half a marker above and below it. */
static void
draw_data (WayChartLayout *self, cairo_t *cr)
{
  double around = self->style->font_size * 0.7;

  cairo_save (cr);
  cairo_rectangle (cr,
                   self->left,
                   self->top - around,
                   self->right - self->left,
                   self->bottom - self->top + 2.0 * around);
  cairo_clip (cr);
  way_chart_draw_path (self, cr);
  draw_baseline (self, cr);
  way_chart_draw_points (self, cr);
  draw_ring (self, cr);
  cairo_restore (cr);
}

/**
 * way_progress_chart_draw:
 * @style: colours and type; light, dark or print
 * @cr: any cairo context: the screen's, a picture's, a page's
 * @width: room to the right of the current origin
 * @height: room below it
 *
 * The one place that draws a progress chart, so that screen and paper cannot differ.
 */
void
way_progress_chart_draw (const WayProgressChart *self,
                         const WayChartStyle *style,
                         cairo_t *cr,
                         double width,
                         double height)
{
  g_auto (WayChartLayout) layout = {0};
  WayChartBox aim;

  cairo_save (cr);
  way_chart_layout_init (&layout, self, style, cr, width, height);
  cairo_rectangle (cr, 0.0, 0.0, width, height);
  cairo_clip (cr);
  if (style->has_paper) {
    way_chart_set_colour (cr, &style->paper);
    cairo_paint (cr);
  }
  way_chart_draw_bands (&layout, cr);
  way_chart_draw_grid (&layout, cr);
  way_chart_draw_axes (&layout, cr);
  way_chart_draw_key (&layout, cr);
  way_chart_draw_days (&layout, cr);
  way_chart_draw_visits (&layout, cr);
  way_chart_draw_not_measured (&layout, cr);
  way_chart_draw_changes (&layout, cr);
  way_chart_draw_lines (&layout, cr);
  if (self->progress->n_points > 0)
    draw_data (&layout, cr);
  else
    draw_baseline (&layout, cr);
  way_chart_draw_earlier (&layout, cr);
  aim = way_chart_draw_aim_label (&layout, cr);
  if (self->progress->n_points == 0)
    way_chart_draw_no_data (&layout, cr, &aim);
  else if (is_shown (&layout, self->progress->n_points - 1))
    way_chart_draw_latest_label (&layout, cr, &aim);
  cairo_restore (cr);
}

/* A context to measure with, where there is none to draw on. */
static cairo_t *
new_measuring_context (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cr = cairo_create (surface);

  cairo_surface_destroy (surface);
  return cr;
}

/**
 * way_progress_chart_point_position:
 * @point: index into the points of the progress
 * @x: (out): where it is drawn
 * @y: (out):
 *
 * Returns: %FALSE if the point is not shown
 */
gboolean
way_progress_chart_point_position (const WayProgressChart *self,
                                   const WayChartStyle *style,
                                   double width,
                                   double height,
                                   guint point,
                                   double *x,
                                   double *y)
{
  g_auto (WayChartLayout) layout = {0};
  cairo_t *cr = new_measuring_context ();

  way_chart_layout_init (&layout, self, style, cr, width, height);
  cairo_destroy (cr);
  if (point >= self->progress->n_points || !is_shown (&layout, point))
    return FALSE;
  *x = way_chart_x (&layout, self->progress->points[point].date);
  *y = way_chart_y (&layout, self->progress->points[point].value);
  return TRUE;
}

/**
 * way_progress_chart_pick:
 *
 * Returns: the index of the point nearest to @x,@y, at most 24 away; else −1
 */
int
way_progress_chart_pick (const WayProgressChart *self,
                         const WayChartStyle *style,
                         double width,
                         double height,
                         double x,
                         double y)
{
  g_auto (WayChartLayout) layout = {0};
  cairo_t *cr = new_measuring_context ();
  double nearest = 24.0 * 24.0;
  int found = -1;

  way_chart_layout_init (&layout, self, style, cr, width, height);
  cairo_destroy (cr);
  for (guint i = 0; i < self->progress->n_points; i++) {
    double dx = way_chart_x (&layout, self->progress->points[i].date) - x;
    double dy = way_chart_y (&layout, self->progress->points[i].value) - y;

    if (is_shown (&layout, i) && dx * dx + dy * dy <= nearest) {
      nearest = dx * dx + dy * dy;
      found = (int) i;
    }
  }
  return found;
}
