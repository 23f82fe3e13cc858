/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-chart-layout.h"

G_BEGIN_DECLS

void way_chart_place_changes (WayChartLayout *self, guint most_rows);
void way_chart_draw_changes (WayChartLayout *self, cairo_t *cr);

G_END_DECLS
