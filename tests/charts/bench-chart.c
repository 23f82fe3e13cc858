/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a progress chart takes to draw to an image, beside a bare Cairo stroke of
 * the same points to the same image, both taken by turns in the same run. */
#include "way-progress-chart.h"

#include <stdlib.h>

#define WIDTH 900
#define HEIGHT 300
#define SCALE 2
#define ROUNDS 5

typedef struct {
  WayTarget *target;
  GPtrArray *measurements, *phases;
  WayProgress *progress;
  cairo_surface_t *surface;
  cairo_t *cr;
  double *x, *y; /* where the points are drawn */
  guint n;
  guint repeats; /* drawings to a round */
} Bench;

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static double
median (double *values)
{
  qsort (values, ROUNDS, sizeof *values, compare_doubles);
  return values[ROUNDS / 2];
}

static WayProgressChart
chart_of (const Bench *self)
{
  return (WayProgressChart){.progress = self->progress, .today = self->target->due};
}

static void
set_up (Bench *self, guint n, guint repeats)
{
  WayDate start = way_date_from_iso ("2024-09-02");
  WayProgressChart chart;
  guint32 state = 7;

  *self = (Bench){.n = n, .repeats = repeats};
  self->target = way_record_new (WAY_TARGET);
  way_set_string (&self->target->measure, "percent");
  way_set_string (&self->target->direction, "up");
  self->target->start = start;
  self->target->due = start + 7 * MIN (n, 100);
  self->target->criterion = 80;
  self->measurements = g_ptr_array_new_with_free_func (way_record_free);
  self->phases = g_ptr_array_new_with_free_func (way_record_free);
  for (guint i = 0; i < n; i++) {
    WayMeasurement *row = way_record_new (WAY_MEASUREMENT);

    state = state * 1664525u + 1013904223u;
    row->date = start + i * 7 * MIN (n, 100) / n;
    row->value = 20.0 + 50.0 * i / n + (state >> 16) % 20;
    row->position = i;
    g_ptr_array_add (self->measurements, row);
  }
  self->progress = way_progress_new (self->target, self->measurements, self->phases, NULL);
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH * SCALE, HEIGHT * SCALE);
  cairo_surface_set_device_scale (self->surface, SCALE, SCALE);
  self->cr = cairo_create (self->surface);
  self->x = g_new (double, n);
  self->y = g_new (double, n);
  chart = chart_of (self);
  for (guint i = 0; i < n; i++)
    way_progress_chart_point_position (
        &chart, &WAY_CHART_LIGHT, WIDTH, HEIGHT, i, &self->x[i], &self->y[i]);
}

static void
tear_down (Bench *self)
{
  cairo_destroy (self->cr);
  cairo_surface_destroy (self->surface);
  way_progress_free (self->progress);
  g_ptr_array_unref (self->measurements);
  g_ptr_array_unref (self->phases);
  way_record_free (self->target);
  g_free (self->x);
  g_free (self->y);
}

static void
clear (Bench *self)
{
  cairo_set_source_rgb (self->cr, 1, 1, 1);
  cairo_paint (self->cr);
}

/* The reference: the same points, one path, one stroke. */
static void
draw_bare (Bench *self)
{
  clear (self);
  for (guint i = 0; i < self->n; i++)
    cairo_line_to (self->cr, self->x[i], self->y[i]);
  cairo_set_source_rgb (self->cr, 0.1, 0.5, 0.49);
  cairo_set_line_width (self->cr, WAY_CHART_LIGHT.line_width);
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (self->cr);
}

static void
draw_chart (Bench *self)
{
  WayProgressChart chart = chart_of (self);

  clear (self);
  way_progress_chart_draw (&chart, &WAY_CHART_LIGHT, self->cr, WIDTH, HEIGHT);
}

static double
milliseconds (Bench *self, void (*draw) (Bench *))
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < self->repeats; i++)
    draw (self);
  cairo_surface_flush (self->surface);
  return (double) (g_get_monotonic_time () - start) / 1000.0 / self->repeats;
}

static void
run (guint n, guint repeats, double to_reach)
{
  double chart[ROUNDS], bare[ROUNDS], of_chart, of_bare;
  Bench bench;

  set_up (&bench, n, repeats);
  draw_chart (&bench); /* fonts are found once for a whole run */
  for (guint i = 0; i < ROUNDS; i++) {
    bare[i] = milliseconds (&bench, draw_bare);
    chart[i] = milliseconds (&bench, draw_chart);
  }
  of_chart = median (chart);
  of_bare = median (bare);
  g_print (
      "%7u  %9.3f  %10.3f  %5.2f  %8.1f\n", n, of_chart, of_bare, of_chart / of_bare, to_reach);
  tear_down (&bench);
}

int
main (void)
{
  g_print ("progress chart to an image of %d by %d pixels, median of %d, ms\n",
           WIDTH * SCALE,
           HEIGHT * SCALE,
           ROUNDS);
  g_print (" points      chart  bare Cairo  times  to reach\n");
  run (100, 40, 3.0);
  run (1000, 20, 3.0);
  run (10000, 4, 1.5);
  return 0;
}
