/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "way-progress-chart.h"
#include "way-scale.h"

G_BEGIN_DECLS

typedef struct {
  double x, y, width, height;
} WayChartBox;

/* The line of a planned change, and its label; a width of 0 where there is no room for one. */
typedef struct {
  const char *label;
  double x;
  guint row; /* of the rows above the plot, from the top */
  WayChartBox box;
} WayChartChange;

#define WAY_CHART_MOST_TAKEN 4

/**
 * WayChartLayout:
 * @x: days to the drawing
 * @y: values to the drawing, upwards
 * @left, @top, @right, @bottom: the plot inside the axes
 * @unit: what one pixel is at the usual size of type
 * @line: height of a line of text
 * @ticks: the lines of the grid
 * @changes: (element-type WayChartChange): those that are shown, last first
 * @n_rows: rows of text above the plot
 * @key_width: of the unit and what the marks are called, which stand at the top left
 * @taken: where a mark or a text stands that no label may touch
 * @text: one layout for every text, in the style's font
 * @is_grid: a unit is whole pixels, which hairlines keep to
 *
 * Where everything of a chart lies, worked out once per drawing.
 */
typedef struct {
  const WayProgressChart *chart;
  const WayChartStyle *style;
  WayScale x, y;
  double left, top, right, bottom;
  double unit, line;
  WayTicks ticks;
  GArray *changes;
  guint n_rows;
  double key_width;
  WayChartBox taken[WAY_CHART_MOST_TAKEN];
  guint n_taken;
  PangoLayout *text;
  gboolean is_grid;
} WayChartLayout;

void way_chart_layout_init (WayChartLayout *self,
                            const WayProgressChart *chart,
                            const WayChartStyle *style,
                            cairo_t *cr,
                            double width,
                            double height);
void way_chart_layout_clear (WayChartLayout *self);
guint way_chart_count_earlier (const WayProgressChart *chart);
double way_chart_x (const WayChartLayout *self, WayDate date);
double way_chart_y (const WayChartLayout *self, double value);
const char *way_chart_unit_name (const WayChartLayout *self);

void way_chart_text_size (WayChartLayout *self, const char *text, double *width, double *height);
void way_chart_text_draw (
    WayChartLayout *self, cairo_t *cr, const char *text, double x, double y, double most_width);
void way_chart_set_colour (cairo_t *cr, const WayColour *colour);
double way_chart_hairline (const WayChartLayout *self, double place);
void way_chart_draw_line (cairo_t *cr, double x1, double y1, double x2, double y2);
gboolean way_chart_boxes_meet (const WayChartBox *a, const WayChartBox *b);
void way_chart_take (WayChartLayout *self, double x, double y, double width, double height);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WayChartLayout, way_chart_layout_clear)

G_END_DECLS
