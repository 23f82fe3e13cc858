/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart-fixture.h"

#include <math.h>

void
chart_fixture_set_up (ChartFixture *self, gconstpointer data)
{
  self->target = way_record_new (WAY_TARGET);
  way_set_string (&self->target->measure, "count");
  way_set_string (&self->target->direction, "up");
  self->target->scale_min = 0;
  self->target->scale_max = 5;
  self->target->criterion = 4;
  self->target->start = way_date_from_iso ("2026-09-05");
  self->target->due = way_date_from_iso ("2026-12-12");
  self->measurements = g_ptr_array_new_with_free_func (way_record_free);
  self->phases = g_ptr_array_new_with_free_func (way_record_free);
}

void
chart_fixture_tear_down (ChartFixture *self, gconstpointer data)
{
  g_clear_pointer (&self->picture, cairo_surface_destroy);
  g_clear_pointer (&self->progress, way_progress_free);
  g_ptr_array_unref (self->measurements);
  g_ptr_array_unref (self->phases);
  way_record_free (self->target);
}

WayMeasurement *
chart_measure (ChartFixture *self, guint day, double value)
{
  WayMeasurement *row = way_record_new (WAY_MEASUREMENT);

  row->date = self->target->start + day;
  row->value = value;
  row->position = 1;
  g_ptr_array_add (self->measurements, row);
  return row;
}

void
chart_change (ChartFixture *self, guint day, const char *label)
{
  WayPhase *change = way_record_new (WAY_PHASE);

  change->date = self->target->start + day;
  way_set_string (&change->label, label);
  g_ptr_array_add (self->phases, change);
}

void
chart_work_out (ChartFixture *self)
{
  g_clear_pointer (&self->progress, way_progress_free);
  self->progress = way_progress_new (self->target, self->measurements, self->phases, NULL);
  self->chart = (WayProgressChart){.progress = self->progress, .today = self->target->due};
}

/* Draws into a picture with ten pixels of white around the chart. */
void
chart_draw (ChartFixture *self, const WayChartStyle *style, int width, int height)
{
  cairo_t *cr;

  chart_work_out (self);
  g_clear_pointer (&self->picture, cairo_surface_destroy);
  self->picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width + 20, height + 20);
  cr = cairo_create (self->picture);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_translate (cr, 10, 10);
  way_progress_chart_draw (&self->chart, style, cr, width, height);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (self->picture);
}

/* The colour at a place of the chart, 0xRRGGBB. */
guint32
chart_pixel (ChartFixture *self, double x, double y)
{
  const guchar *data = cairo_image_surface_get_data (self->picture);
  int stride = cairo_image_surface_get_stride (self->picture);

  return *(const guint32 *) (gconstpointer) (data + ((int) floor (y) + 10) * stride +
                                             ((int) floor (x) + 10) * 4) &
         0xffffff;
}

static gboolean
is_like (guint32 pixel, const WayColour *colour)
{
  return fabs (((pixel >> 16) & 0xff) / 255.0 - colour->red) +
             fabs (((pixel >> 8) & 0xff) / 255.0 - colour->green) +
             fabs ((pixel & 0xff) / 255.0 - colour->blue) <
         0.06;
}

/* How many pixels of a rectangle of the chart have @colour. */
guint
chart_count (ChartFixture *self, const WayColour *colour, int left, int top, int right, int bottom)
{
  guint count = 0;

  for (int y = top; y < bottom; y++) {
    for (int x = left; x < right; x++)
      count += is_like (chart_pixel (self, x, y), colour);
  }
  return count;
}

/* How many pixels of a rectangle of the chart are darker than its bands and lines: what is drawn
 * and written there, whatever font has the letters. */
guint
chart_count_dark (ChartFixture *self, int left, int top, int right, int bottom)
{
  guint count = 0;

  for (int y = top; y < bottom; y++) {
    for (int x = left; x < right; x++) {
      guint32 pixel = chart_pixel (self, x, y);

      count += ((pixel >> 16) & 0xff) + ((pixel >> 8) & 0xff) + (pixel & 0xff) < 3 * 0xb0;
    }
  }
  return count;
}
