/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-progress.h"

G_BEGIN_DECLS

/* A linear map from data to the drawing; out_max may be above out_min or below it. */
typedef struct {
  double data_min, data_max;
  double out_min, out_max;
} WayScale;

/* Values at equal steps: first × step, (first + 1) × step …; the last of them is the top. */
typedef struct {
  double first;
  double step;
  double top;
  guint n;
} WayTicks;

double way_scale_map (const WayScale *self, double value);
double way_scale_nice_step (double span, guint most_steps);
double way_scale_nice_top (double value);
void way_scale_for_target (const WayProgress *progress, double *bottom, double *top);
gboolean way_scale_is_whole (const WayTarget *target);

void way_ticks_init (WayTicks *self, double bottom, double top, guint most_steps, gboolean whole);
double way_ticks_get (const WayTicks *self, guint index);
char *way_ticks_text (const WayTarget *target, double value);

G_END_DECLS
