/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-chart-file.h"

#include "way-pdf-finish.h"
#include "way-text.h"

#include <string.h>

/* The day that the chart is drawn for stands for its time, so that it is the same file again. */
static char *
stamp_of (const WayProgressChart *chart)
{
  char iso[WAY_DATE_ISO_SIZE];

  way_date_to_iso (MAX (chart->today, 1), iso);
  return g_strdup_printf ("%sT00:00:00Z", iso);
}

/* (transfer full): where the chart is */
static GArray *
new_boxes (const WayProgressChart *chart, double width, double height)
{
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (WayPdfBox));
  double margin, top;
  WayPdfBox box;

  way_progress_chart_find_on_sheet (chart, width, &margin, &top);
  box = (WayPdfBox){margin, top, width - margin, top + height};
  g_array_append_val (boxes, box);
  return boxes;
}

/**
 * way_chart_file_render:
 * @chart: what it shows
 * @width: see way_progress_chart_render(), as for @height
 * @error: return location for %WAY_ERROR_FAILED
 *
 * Returns: (transfer full): the chart as a file; a PDF is tagged, has the statement for a title,
 *   and the words of the chart in place of its picture
 */
GBytes *
way_chart_file_render (const WayProgressChart *chart,
                       WayChartFormat format,
                       double width,
                       double height,
                       GError **error)
{
  g_autoptr (GBytes) drawn = way_progress_chart_render (chart, format, width, height, error);
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GArray) boxes = NULL;
  g_autofree char *title = NULL, *created = NULL;
  const char *statement = chart->progress->target->statement;
  const guint8 *data;
  gsize size;

  if (drawn == NULL || format != WAY_CHART_PDF)
    return g_steal_pointer (&drawn);
  notes = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (notes, way_progress_chart_describe (chart));
  boxes = new_boxes (chart, width, height);
  title = g_strdelimit (
      g_strdup (way_text_is_blank (statement) ? "Progress chart" : statement), "\n\r\t", ' ');
  created = stamp_of (chart);
  data = g_bytes_get_data (drawn, &size);
  return way_pdf_finish (
      data,
      size,
      &(WayPdfInfo){
          .title = title, .author = "", .created = created, .notes = notes, .boxes = boxes},
      error);
}

/**
 * way_chart_file_find_format:
 * @path: what the file is to be called
 * @format: (out): what its ending says, in capitals or not
 *
 * Returns: %FALSE, with @format as it was, if its ending is that of no picture
 */
gboolean
way_chart_file_find_format (const char *path, WayChartFormat *format)
{
  static const struct {
    const char *ending;
    WayChartFormat format;
  } ENDINGS[] = {{".png", WAY_CHART_PNG}, {".svg", WAY_CHART_SVG}, {".pdf", WAY_CHART_PDF}};
  const char *ending = strrchr (path, '.');

  for (gsize i = 0; ending != NULL && i < G_N_ELEMENTS (ENDINGS); i++) {
    if (g_ascii_strcasecmp (ending, ENDINGS[i].ending) == 0) {
      *format = ENDINGS[i].format;
      return TRUE;
    }
  }
  return FALSE;
}
