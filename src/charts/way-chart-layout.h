/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "way-progress-chart.h"
#include "way-scale.h"

G_BEGIN_DECLS

/**
 * WayChartLayout:
 * @x: days to the drawing
 * @y: values to the drawing, upwards
 * @left, @top, @right, @bottom: the plot inside the axes
 * @text: one layout for every text, in the style's font
 *
 * Where everything of a chart lies, worked out once per drawing.
 */
typedef struct {
  const WayProgressChart *chart;
  const WayChartStyle *style;
  WayScale x, y;
  double left, top, right, bottom;
  double step; /* between the lines of the grid, in values */
  PangoLayout *text;
} WayChartLayout;

void way_chart_layout_init (WayChartLayout *self,
                            const WayProgressChart *chart,
                            const WayChartStyle *style,
                            cairo_t *cr,
                            double width,
                            double height);
void way_chart_layout_clear (WayChartLayout *self);
void way_chart_text_size (WayChartLayout *self, const char *text, double *width, double *height);
void way_chart_text_draw (
    WayChartLayout *self, cairo_t *cr, const char *text, double x, double y, double most_width);
char *way_chart_tick_text (double value);
void way_chart_set_colour (cairo_t *cr, const WayColour *colour);
double way_chart_x (const WayChartLayout *self, WayDate date);
double way_chart_y (const WayChartLayout *self, double value);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WayChartLayout, way_chart_layout_clear)

G_END_DECLS
