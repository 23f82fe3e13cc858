/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-chart-layout.h"

G_BEGIN_DECLS

void way_chart_draw_bands (WayChartLayout *self, cairo_t *cr);
void way_chart_draw_grid (WayChartLayout *self, cairo_t *cr);
void way_chart_draw_axes (WayChartLayout *self, cairo_t *cr);
void way_chart_draw_days (WayChartLayout *self, cairo_t *cr);
void way_chart_draw_visits (WayChartLayout *self, cairo_t *cr);

G_END_DECLS
