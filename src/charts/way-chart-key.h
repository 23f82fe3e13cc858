/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-chart-layout.h"

G_BEGIN_DECLS

void way_chart_measure_key (WayChartLayout *self);
void way_chart_draw_key (WayChartLayout *self, cairo_t *cr);

void way_chart_trace_baseline (cairo_t *cr, double size, double x, double y);
void way_chart_trace_visit (cairo_t *cr, double size, double x, double top);
void way_chart_trace_not_measured (cairo_t *cr, double size, double x, double y);

G_END_DECLS
