/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart as a file: on its own it says which target it is of, and in words what it shows. Nothing
 * else: no name of the child but what the statement says. */
#include "way-error.h"
#include "way-progress-chart.h"
#include "way-readable.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#define PICTURE_SCALE 2.0 /* pixels of a PNG to a unit: sharp in a document and on any screen */

/* What stands above and below the chart, and how high that is. */
typedef struct {
  char *heading, *words;
  PangoLayout *heading_text, *words_text;
  double heading_height, words_height;
} Sheet;

static void
sheet_clear (Sheet *self)
{
  g_free (self->heading);
  g_free (self->words);
  g_clear_object (&self->heading_text);
  g_clear_object (&self->words_text);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sheet, sheet_clear)

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static PangoLayout *
wrap (cairo_t *cr, const char *text, double size, gboolean is_bold, double width, double *height)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_new ();
  PangoAttrList *attributes = pango_attr_list_new ();
  g_autofree char *readable = way_readable_dup (text);
  int rows;

  pango_font_description_set_family (font, WAY_CHART_LIGHT.font_family);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  if (is_bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  way_readable_add_features (attributes);
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_text (layout, readable, -1);
  pango_layout_get_size (layout, NULL, &rows);
  *height = *text != '\0' ? (double) rows / PANGO_SCALE : 0.0;
  return layout;
}

static void
sheet_init (Sheet *self, const WayProgressChart *chart, double width)
{
  const WayTarget *target = chart->progress->target;
  cairo_surface_t *nowhere = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cr = cairo_create (nowhere);
  double size = WAY_CHART_LIGHT.font_size;

  self->heading = g_strstrip (g_strdup (target->statement != NULL ? target->statement : ""));
  self->words = way_progress_chart_describe (chart);
  self->heading_text = wrap (cr, self->heading, size * 1.15, TRUE, width, &self->heading_height);
  self->words_text = wrap (cr, self->words, size, FALSE, width, &self->words_height);
  if (self->heading_height > 0.0)
    self->heading_height += size;
  self->words_height += size;
  cairo_destroy (cr);
  cairo_surface_destroy (nowhere);
}

/* @tag: what it is in the structure of a PDF; other files have none */
static void
draw_text (cairo_t *cr, PangoLayout *text, const char *tag, double y)
{
  if (*pango_layout_get_text (text) == '\0')
    return;
  cairo_tag_begin (cr, tag, NULL);
  cairo_move_to (cr, 0.0, y);
  pango_cairo_update_layout (cr, text);
  for (GSList *link = pango_layout_get_lines_readonly (text); link != NULL; link = link->next)
    way_readable_restore_space (link->data);
  pango_cairo_show_layout (cr, text);
  cairo_tag_end (cr, tag);
}

static void
draw_sheet (
    const Sheet *self, const WayProgressChart *chart, cairo_t *cr, double width, double height)
{
  const WayChartStyle *style = &WAY_CHART_LIGHT;
  const WayColour *paper = &style->paper, *ink = &style->ink;
  const double margin = style->font_size;

  cairo_set_source_rgb (cr, paper->red, paper->green, paper->blue);
  cairo_paint (cr);
  cairo_translate (cr, margin, margin);
  cairo_set_source_rgb (cr, ink->red, ink->green, ink->blue);
  cairo_tag_begin (cr, "Document", NULL);
  draw_text (cr, self->heading_text, "H1", 0.0);
  cairo_save (cr);
  cairo_translate (cr, 0.0, self->heading_height);
  cairo_tag_begin (cr, "Figure", NULL);
  way_progress_chart_draw (chart, style, cr, width, height);
  cairo_tag_end (cr, "Figure");
  cairo_restore (cr);
  cairo_set_source_rgb (cr, ink->red, ink->green, ink->blue);
  draw_text (cr, self->words_text, "P", self->heading_height + height + margin);
  cairo_tag_end (cr, "Document");
}

/* The title of a window or a list of files is one line. */
static char *
title_of (const Sheet *self)
{
  return g_strdelimit (
      g_strdup (*self->heading != '\0' ? self->heading : "Progress chart"), "\n\r\t", ' ');
}

static cairo_surface_t *
create_surface (
    const Sheet *sheet, WayChartFormat format, GByteArray *bytes, double width, double height)
{
  g_autofree char *title = title_of (sheet);
  cairo_surface_t *surface;

  switch (format) {
  case WAY_CHART_SVG:
    return cairo_svg_surface_create_for_stream (append_bytes, bytes, width, height);
  case WAY_CHART_PDF:
    surface = cairo_pdf_surface_create_for_stream (append_bytes, bytes, width, height);
    cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4); /* see the reports */
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, sheet->words);
    return surface;
  case WAY_CHART_PNG:
  default:
    surface = cairo_image_surface_create (
        CAIRO_FORMAT_RGB24, (int) (width * PICTURE_SCALE), (int) (height * PICTURE_SCALE));
    cairo_surface_set_device_scale (surface, PICTURE_SCALE, PICTURE_SCALE);
    return surface;
  }
}

/* Cairo draws letters as shapes; what they say goes after the opening tag. */
static void
name_svg (const Sheet *sheet, GByteArray *bytes)
{
  g_autofree char *title = title_of (sheet);
  g_autofree char *names =
      g_markup_printf_escaped ("\n<title>%s</title>\n<desc>%s</desc>", title, sheet->words);
  const char *start = (const char *) bytes->data;
  const char *tag = g_strstr_len (start, (gssize) bytes->len, "<svg");
  const char *end = tag != NULL ? memchr (tag, '>', bytes->len - (gsize) (tag - start)) : NULL;
  gsize head, size = strlen (names);

  if (end == NULL)
    return;
  head = (gsize) (end - start) + 1;
  g_byte_array_set_size (bytes, bytes->len + (guint) size);
  memmove (bytes->data + head + size, bytes->data + head, bytes->len - size - head);
  memcpy (bytes->data + head, names, size);
}

/**
 * way_progress_chart_find_on_sheet:
 * @width: of the picture, as for way_progress_chart_render()
 * @margin: (out): from its left edge to the chart, and from the chart to its right edge
 * @top: (out): from its top edge to the chart
 */
void
way_progress_chart_find_on_sheet (const WayProgressChart *self,
                                  double width,
                                  double *margin,
                                  double *top)
{
  g_auto (Sheet) sheet = {0};

  *margin = WAY_CHART_LIGHT.font_size;
  sheet_init (&sheet, self, width - 2.0 * *margin);
  *top = *margin + sheet.heading_height;
}

/**
 * way_progress_chart_render:
 * @width: of the picture, in units of the style: pixels at 96 to the inch
 * @height: of the chart in it; the target's statement above and the words below come on top
 * @error: return location for %WAY_ERROR_FAILED
 *
 * Returns: (transfer full): the chart as a file, on white paper, with its title and what it
 *   shows in words, which an SVG and a PDF carry as such too;
 *   the tags of a PDF still lack what way_chart_file_render() gives them
 */
GBytes *
way_progress_chart_render (const WayProgressChart *self,
                           WayChartFormat format,
                           double width,
                           double height,
                           GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const double margin = WAY_CHART_LIGHT.font_size, inner = width - 2.0 * margin;
  g_auto (Sheet) sheet = {0};
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  sheet_init (&sheet, self, inner);
  surface =
      create_surface (&sheet,
                      format,
                      bytes,
                      width,
                      ceil (height + sheet.heading_height + sheet.words_height + 2.0 * margin));
  cr = cairo_create (surface);
  draw_sheet (&sheet, self, cr, inner, height);
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
  if (format == WAY_CHART_SVG)
    name_svg (&sheet, bytes);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
