/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-chart-layout.h"

#include <math.h>

#define SHORTEST_SPAN 14 /* days, for a target with one date only */

void
way_chart_set_colour (cairo_t *cr, const WayColour *colour)
{
  cairo_set_source_rgb (cr, colour->red, colour->green, colour->blue);
}

double
way_chart_x (const WayChartLayout *self, WayDate date)
{
  return way_scale_map (&self->x, (double) date);
}

double
way_chart_y (const WayChartLayout *self, double value)
{
  return way_scale_map (&self->y, value);
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
  pango_layout_set_width (self->text, (int) (MAX (most_width, 1.0) * PANGO_SCALE));
  pango_layout_set_text (self->text, text, -1);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, self->text);
}

/* (transfer full): "5", "2.5", "−2" */
char *
way_chart_tick_text (double value)
{
  double size = fabs (value) < 1e-9 ? 0.0 : fabs (value);
  char buffer[32];

  g_ascii_formatd (buffer, sizeof buffer, "%.6g", size);
  return g_strconcat (value < 0.0 && size > 0.0 ? "−" : "", buffer, NULL);
}

/* The days shown: from the start or first point to the due day or last point. */
static void
find_span (const WayProgressChart *chart, double *first, double *last)
{
  const WayProgress *progress = chart->progress;
  const WayTarget *target = progress->target;
  WayDate from = target->start, to = MAX (target->due, target->start);

  if (progress->n_points > 0) {
    WayDate start = progress->points[0].date, end = progress->points[progress->n_points - 1].date;

    from = from == WAY_DATE_UNKNOWN ? start : MIN (from, start);
    to = MAX (to, end);
  }
  if (progress->baseline_known && progress->baseline_date != WAY_DATE_UNKNOWN)
    from = from == WAY_DATE_UNKNOWN ? progress->baseline_date : MIN (from, progress->baseline_date);
  if (from == WAY_DATE_UNKNOWN)
    from = to = chart->today;
  if (to < from + SHORTEST_SPAN) {
    from -= MIN (from, SHORTEST_SPAN / 2);
    to = from + 2 * SHORTEST_SPAN;
  }
  *first = chart->from != WAY_DATE_UNKNOWN ? chart->from : from;
  *last = chart->to != WAY_DATE_UNKNOWN ? chart->to : to;
  if (*last <= *first)
    *last = *first + 1;
}

static double
widest_tick (WayChartLayout *self)
{
  double widest = 0.0, width, height;

  for (double v = ceil (self->y.data_min / self->step) * self->step;
       v <= self->y.data_max + self->step / 1e6;
       v += self->step) {
    g_autofree char *text = way_chart_tick_text (v);

    way_chart_text_size (self, text, &width, &height);
    widest = MAX (widest, width);
  }
  return widest;
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
  double size = style->font_size, line, ignored;
  PangoFontDescription *font = pango_font_description_new ();

  *self = (WayChartLayout){.chart = chart, .style = style};
  self->text = pango_cairo_create_layout (cr);
  pango_font_description_set_family (font, style->font_family);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (self->text, font);
  pango_font_description_free (font);
  pango_layout_set_ellipsize (self->text, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (self->text, TRUE);
  way_chart_text_size (self, "0", &ignored, &line);

  find_span (chart, &self->x.data_min, &self->x.data_max);
  way_scale_for_target (chart->progress, &self->y.data_min, &self->y.data_max);
  self->top = line + size * 0.4;
  self->bottom = MAX (self->top + 10.0, height - line - size * 0.55);
  self->step = way_scale_nice_step (self->y.data_max - self->y.data_min,
                                    (guint) MAX (1.0, (self->bottom - self->top) / (line * 1.5)));
  self->left = widest_tick (self) + size * 0.6;
  self->right = MAX (self->left + 10.0, width - size * 0.9);
  /* Half a marker of room, so that the first and last point are whole. */
  self->x.out_min = self->left + size * 0.8;
  self->x.out_max = self->right - size * 0.5;
  self->y.out_min = self->bottom - size * (self->y.data_min < 0.0 ? 0.0 : 0.25);
  self->y.out_max = self->top + size * 0.25;
}

void
way_chart_layout_clear (WayChartLayout *self)
{
  g_clear_object (&self->text);
}
