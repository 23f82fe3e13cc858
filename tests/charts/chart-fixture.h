/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-progress-chart.h"

G_BEGIN_DECLS

/* A target "4 of 5 by 12 December" with its measurements, drawn into a picture. */
typedef struct {
  WayTarget *target;
  GPtrArray *measurements, *phases;
  WayProgress *progress;
  WayProgressChart chart;
  cairo_surface_t *picture;
} ChartFixture;

void chart_fixture_set_up (ChartFixture *self, gconstpointer data);
void chart_fixture_tear_down (ChartFixture *self, gconstpointer data);
WayMeasurement *chart_measure (ChartFixture *self, guint day, double value);
void chart_change (ChartFixture *self, guint day, const char *label);
void chart_work_out (ChartFixture *self);
void chart_draw (ChartFixture *self, const WayChartStyle *style, int width, int height);
guint32 chart_pixel (ChartFixture *self, double x, double y);
guint
chart_count (ChartFixture *self, const WayColour *colour, int left, int top, int right, int bottom);
guint chart_count_dark (ChartFixture *self, int left, int top, int right, int bottom);

G_END_DECLS
