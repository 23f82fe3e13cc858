/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-chart-layout.h"

#include "way-chart-changes.h"
#include "way-chart-discs.h"
#include "way-chart-key.h"
#include "way-measure.h"

#include <math.h>

#define SHORTEST_SPAN 14   /* days, for a target with one date only */
#define SHORTEST_BEFORE 28 /* days before the start that are shown if there is something */
#define USUAL_SIZE 11.5    /* of type on screen */
#define FARTHEST 1e6

void
way_chart_set_colour (cairo_t *cr, const WayColour *colour)
{
  cairo_set_source_rgb (cr, colour->red, colour->green, colour->blue);
}

/* Days far outside a zoomed chart stay within the numbers that Cairo can draw. */
double
way_chart_x (const WayChartLayout *self, WayDate date)
{
  return CLAMP (way_scale_map (&self->x, (double) date), -FARTHEST, FARTHEST);
}

double
way_chart_y (const WayChartLayout *self, double value)
{
  return way_scale_map (&self->y, value);
}

/* A line one pixel thick is sharp where it lies between the edges of the pixels. */
double
way_chart_hairline (const WayChartLayout *self, double place)
{
  return self->is_grid ? floor (place) + 0.5 : place;
}

void
way_chart_draw_line (cairo_t *cr, double x1, double y1, double x2, double y2)
{
  cairo_move_to (cr, x1, y1);
  cairo_line_to (cr, x2, y2);
  cairo_stroke (cr);
}

gboolean
way_chart_boxes_meet (const WayChartBox *a, const WayChartBox *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
         b->y < a->y + a->height;
}

/* No label may touch what stands there. */
void
way_chart_take (WayChartLayout *self, double x, double y, double width, double height)
{
  g_return_if_fail (self->n_taken < WAY_CHART_MOST_TAKEN);

  self->taken[self->n_taken++] = (WayChartBox){x, y, width, height};
}

void
way_chart_text_size (WayChartLayout *self, const char *text, double *width, double *height)
{
  int w, h;

  pango_layout_set_width (self->text, -1);
  pango_layout_set_text (self->text, text, -1);
  pango_layout_get_size (self->text, &w, &h);
  *width = (double) w / PANGO_SCALE;
  *height = (double) h / PANGO_SCALE;
}

/* Draws one line of text with its top left at @x, @y; cut with "…" at @most_width. */
void
way_chart_text_draw (
    WayChartLayout *self, cairo_t *cr, const char *text, double x, double y, double most_width)
{
  pango_layout_set_width (self->text, (int) (CLAMP (most_width, 1.0, 1e5) * PANGO_SCALE));
  pango_layout_set_text (self->text, text, -1);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, self->text);
}

/* What the numbers at the axis count; %NULL if nothing is to be said. */
const char *
way_chart_unit_name (const WayChartLayout *self)
{
  const WayTarget *target = self->chart->progress->target;

  if (target->unit != NULL && *target->unit != '\0')
    return target->unit;
  return way_measure_find (target->measure)->unit;
}

/* The days of the work: from the start to the due day or the latest point, whichever is later.
 * Without a start, from the first point. */
static void
find_work (const WayProgressChart *chart, WayDate *from, WayDate *to)
{
  const WayProgress *progress = chart->progress;
  const WayTarget *target = progress->target;

  *from = target->start;
  if (*from == WAY_DATE_UNKNOWN && progress->n_points > 0)
    *from = progress->points[0].date;
  if (*from == WAY_DATE_UNKNOWN && progress->baseline_known)
    *from = progress->baseline_date;
  if (*from == WAY_DATE_UNKNOWN)
    *from = MAX (chart->today, 1);
  *to = MAX (target->due, *from);
  if (progress->n_points > 0)
    *to = MAX (*to, progress->points[progress->n_points - 1].date);
}

/* What is before the start, a baseline as a rule, is shown too, but never takes more than half of
 * the width: one point of years ago would press the rest into a corner. No point, one, or all on
 * one day: a fortnight about the one day there is. */
static void
find_span (const WayProgressChart *chart, double *first, double *last)
{
  const WayProgress *progress = chart->progress;
  WayDate from, to, start, earliest;

  find_work (chart, &from, &to);
  start = from;
  earliest = start - MIN (start - 1, MAX (to - start, SHORTEST_BEFORE));
  for (guint i = 0; i < progress->n_points && progress->points[i].date < from; i++) {
    if (progress->points[i].date >= earliest)
      from = progress->points[i].date;
  }
  if (progress->baseline_known && progress->baseline_date >= earliest)
    from = MIN (from, progress->baseline_date);
  if (to < from + SHORTEST_SPAN) {
    from -= MIN (from - 1, SHORTEST_SPAN / 2);
    to = from + 2 * SHORTEST_SPAN;
  }
  *first = chart->from != WAY_DATE_UNKNOWN ? chart->from : from;
  *last = chart->to != WAY_DATE_UNKNOWN ? chart->to : to;
  if (*last <= *first)
    *last = *first + 1;
}

/* How many points are too long before the start to be shown; none of a chart that is zoomed. */
guint
way_chart_count_earlier (const WayProgressChart *chart)
{
  double first, last;
  guint n = 0;

  if (chart->from != WAY_DATE_UNKNOWN)
    return 0;
  find_span (chart, &first, &last);
  while (n < chart->progress->n_points && chart->progress->points[n].date < first)
    n++;
  return n;
}

static double
widest_tick (WayChartLayout *self)
{
  double widest = 0.0, width, height;

  for (guint i = 0; i < self->ticks.n; i++) {
    g_autofree char *text =
        way_ticks_text (self->chart->progress->target, way_ticks_get (&self->ticks, i));

    way_chart_text_size (self, text, &width, &height);
    widest = MAX (widest, width);
  }
  return widest;
}

static void
find_ticks (WayChartLayout *self)
{
  guint most = (guint) CLAMP ((self->bottom - self->top) / (self->line * 1.25), 1.0, 50.0);

  way_ticks_init (&self->ticks,
                  self->y.data_min,
                  self->y.data_max,
                  most,
                  way_scale_is_whole (self->chart->progress->target));
}

static void
make_text (WayChartLayout *self, cairo_t *cr)
{
  PangoFontDescription *font = pango_font_description_new ();
  double ignored;

  self->text = pango_cairo_create_layout (cr);
  pango_font_description_set_family (font, self->style->font_family);
  pango_font_description_set_absolute_size (font, self->style->font_size * PANGO_SCALE);
  pango_layout_set_font_description (self->text, font);
  pango_font_description_free (font);
  pango_layout_set_ellipsize (self->text, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (self->text, TRUE);
  way_chart_text_size (self, "0", &ignored, &self->line);
}

/**
 * way_chart_layout_init:
 *
 * Works out where everything lies in 0,0..@width,@height. Clear it when done.
 */
void
way_chart_layout_init (WayChartLayout *self,
                       const WayProgressChart *chart,
                       const WayChartStyle *style,
                       cairo_t *cr,
                       double width,
                       double height)
{
  double size = style->font_size, scale;

  *self = (WayChartLayout){.chart = chart, .style = style, .unit = size / USUAL_SIZE};
  self->is_grid = way_chart_is_on_pixels (cr, &scale);
  make_text (self, cr);
  find_span (chart, &self->x.data_min, &self->x.data_max);
  way_scale_for_target (chart->progress, &self->y.data_min, &self->y.data_max);

  self->top = self->line + size * 0.4;
  self->bottom = MAX (self->top + 10.0, height - self->line - size * 0.7);
  find_ticks (self);
  self->left = MIN (widest_tick (self) + size * 0.6, width / 2.0);
  self->right = MAX (self->left + 10.0, width - size * 0.9);
  /* Room for the first and the last marker, and its ring. */
  self->x.out_min = self->left + size * 0.8;
  self->x.out_max = MAX (self->x.out_min + 1.0, self->right - size * 0.7);

  way_chart_measure_key (self);
  /* More rows of labels leave less room for the plot, and that for fewer ticks. */
  way_chart_place_changes (self, height >= self->line * 9.0 ? 2 : 1);
  self->top = self->n_rows * self->line + size * 0.4;
  self->bottom = MAX (self->top + 10.0, self->bottom);
  find_ticks (self);
  self->y.out_min = self->bottom;
  self->y.out_max = MIN (self->bottom - 5.0, self->top + size * 0.25);
}

void
way_chart_layout_clear (WayChartLayout *self)
{
  g_clear_pointer (&self->changes, g_array_unref);
  g_clear_object (&self->text);
}
