/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "way-progress.h"
#include "way-terms.h"

G_BEGIN_DECLS

typedef struct {
  double red, green, blue;
} WayColour;

typedef struct {
  WayColour ink, faint_ink, grid, band, accent, paper;
  gboolean has_paper;      /* fill the background */
  const char *font_family; /* "Sans" */
  double font_size;        /* in the units of the drawing: px on screen, pt on paper */
  double line_width;
} WayChartStyle;

extern const WayChartStyle WAY_CHART_LIGHT, WAY_CHART_DARK, WAY_CHART_PRINT;

/**
 * WayProgressChart:
 *
 * What a progress chart shows: borrowed for the time of the call. @terms and
 * @visits may be %NULL. @from and @to, if known, zoom; otherwise the span of target and points.
 */
typedef struct {
  const WayProgress *progress;
  const WayTerms *terms;
  const WayDate *visits; /* days with a visit, marked at the axis */
  guint n_visits;
  WayDate today;
  WayDate from, to;
} WayProgressChart;

/* The one place that draws a progress chart: window, PNG, SVG, PDF. Draws in 0,0..width,height. */
void way_progress_chart_draw (const WayProgressChart *self,
                              const WayChartStyle *style,
                              cairo_t *cr,
                              double width,
                              double height);
char *way_progress_chart_describe (
    const WayProgressChart *self); /* words that say the same: alt text, screen readers */
/* Rows of its data: (element-type GStrv) date, value, note; first row is the head. */
GPtrArray *way_progress_chart_table (const WayProgressChart *self);
/* Index of the point nearest to x,y (pixels) within 24 px, or -1. */
int way_progress_chart_pick (const WayProgressChart *self,
                             const WayChartStyle *style,
                             double width,
                             double height,
                             double x,
                             double y);
gboolean way_progress_chart_point_position (const WayProgressChart *self,
                                            const WayChartStyle *style,
                                            double width,
                                            double height,
                                            guint point,
                                            double *x,
                                            double *y);

typedef enum { WAY_CHART_PNG, WAY_CHART_SVG, WAY_CHART_PDF } WayChartFormat;
/* With the target's statement above it and the words below; @height is of the chart alone. */
GBytes *way_progress_chart_render (const WayProgressChart *self,
                                   WayChartFormat format,
                                   double width,
                                   double height,
                                   GError **error);
void way_progress_chart_find_on_sheet (const WayProgressChart *self,
                                       double width,
                                       double *margin,
                                       double *top);

G_END_DECLS
