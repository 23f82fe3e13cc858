/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "way-progress-chart.h"

G_BEGIN_DECLS

/**
 * WayChartView:
 *
 * A progress chart on the screen. Arrow keys and the pointer read its values;
 * its description says the same in words.
 */
#define WAY_TYPE_CHART_VIEW (way_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (WayChartView, way_chart_view, WAY, CHART_VIEW, GtkWidget)

GtkWidget *way_chart_view_new (void);
/* The target is copied, the lists are referenced: hand in lists that are not edited later. */
void way_chart_view_set_target (WayChartView *self,
                                const WayTarget *target,
                                GPtrArray *measurements,
                                GPtrArray *phases);
/* Both copied; each may be NULL. */
/* Which trend, and what is about equal; before the target. The day comes with the calendar. */
void way_chart_view_set_options (WayChartView *self, const WayProgressOptions *options);
void way_chart_view_set_calendar (WayChartView *self,
                                  const WayTerms *terms,
                                  const WayDate *visits,
                                  guint n_visits,
                                  WayDate today);
const WayProgressChart *way_chart_view_get_chart (WayChartView *self); /* progress NULL until a
                                                                          target is set */
int way_chart_view_get_point (WayChartView *self);                     /* the one read out, or -1 */
void way_chart_view_set_point (WayChartView *self, int point);

G_END_DECLS
