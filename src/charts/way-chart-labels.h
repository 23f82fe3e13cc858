/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-chart-layout.h"

G_BEGIN_DECLS

WayChartBox way_chart_draw_aim_label (WayChartLayout *self, cairo_t *cr);
void way_chart_draw_latest_label (WayChartLayout *self, cairo_t *cr, const WayChartBox *aim);

void way_chart_draw_earlier (WayChartLayout *self, cairo_t *cr);
void way_chart_draw_no_data (WayChartLayout *self, cairo_t *cr, const WayChartBox *aim);

G_END_DECLS
