/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-error.h"
#include "way-progress-chart.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>

#define PICTURE_SCALE 2.0 /* pixels of a PNG to a unit: sharp in a document and on any screen */

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
create_surface (WayChartFormat format, GByteArray *bytes, double width, double height)
{
  cairo_surface_t *surface;

  switch (format) {
  case WAY_CHART_SVG:
    return cairo_svg_surface_create_for_stream (append_bytes, bytes, width, height);
  case WAY_CHART_PDF:
    return cairo_pdf_surface_create_for_stream (append_bytes, bytes, width, height);
  case WAY_CHART_PNG:
  default:
    surface = cairo_image_surface_create (
        CAIRO_FORMAT_RGB24, (int) (width * PICTURE_SCALE), (int) (height * PICTURE_SCALE));
    cairo_surface_set_device_scale (surface, PICTURE_SCALE, PICTURE_SCALE);
    return surface;
  }
}

/**
 * way_progress_chart_render:
 * @width: in units of the style: pixels at 96 to the inch
 * @error: return location for %WAY_ERROR_FAILED
 *
 * Returns: (transfer full): the chart as a file, on white paper
 */
GBytes *
way_progress_chart_render (const WayProgressChart *self,
                           WayChartFormat format,
                           double width,
                           double height,
                           GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = create_surface (format, bytes, width, height);
  cairo_t *cr = cairo_create (surface);
  WayChartStyle style = WAY_CHART_LIGHT;
  const double margin = style.font_size;
  cairo_status_t status;

  cairo_set_source_rgb (cr, style.paper.red, style.paper.green, style.paper.blue);
  cairo_paint (cr);
  cairo_translate (cr, margin, margin);
  way_progress_chart_draw (self, &style, cr, width - 2.0 * margin, height - 2.0 * margin);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS && format == WAY_CHART_PNG)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS) {
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_FAILED,
                 "cannot draw the chart: %s",
                 cairo_status_to_string (status));
    return NULL;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
