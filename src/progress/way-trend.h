/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A line y = value + slope × x. */
typedef struct {
  gboolean known; /* FALSE: fewer than two different x */
  double value;
  double slope;
} WayTrend;

WayTrend way_trend_ols (const double *x, const double *y, guint n);
WayTrend way_trend_theil_sen (const double *x, const double *y, guint n);
WayTrend way_trend_quarter_intersect (const double *x, const double *y, guint n);
WayTrend way_trend_split_middle (const double *x, const double *y, guint n);
double way_median (double *values, guint n);

G_END_DECLS
