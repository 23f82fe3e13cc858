/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* Discs of one size, drawn one after the other in the colour of the context. */
typedef struct {
  cairo_t *cr;
  double radius, half; /* half: of the stamp */
  double scale;        /* pixels to a unit */
  cairo_surface_t *stamp;
} WayChartDiscs;

gboolean way_chart_is_on_pixels (cairo_t *cr, double *scale);
void way_chart_discs_begin (WayChartDiscs *self, cairo_t *cr, double radius);
void way_chart_discs_add (WayChartDiscs *self, double x, double y);
void way_chart_discs_end (WayChartDiscs *self);

G_END_DECLS
