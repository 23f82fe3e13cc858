/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-chart-layout.h"

G_BEGIN_DECLS

#define WAY_CHART_MARKER 0.33 /* radius of a point, in sizes of type */

void way_chart_draw_lines (WayChartLayout *self, cairo_t *cr);
void way_chart_draw_path (WayChartLayout *self, cairo_t *cr);
void way_chart_draw_points (WayChartLayout *self, cairo_t *cr);
void way_chart_draw_not_measured (WayChartLayout *self, cairo_t *cr);

G_END_DECLS
