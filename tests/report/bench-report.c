/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One Record of Visit of two pages with two charts: laying out and writing, beside bare Cairo
 * and Pango that draw the same text at the same sizes; and the memory of a thousand. */
#include "report-fixture.h"
#include "way-visit-sheet.h"

#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ROUNDS 5
#define RENDERS 60
#define MANY 1000

/* A text of the record, where it stands, and how it is set. */
typedef struct {
  char *text;
  PangoFontDescription *font;
  double x, y;
  int width;
  guint page;
} Text;

static void
text_clear (gpointer data)
{
  Text *self = data;

  g_free (self->text);
  pango_font_description_free (self->font);
}

static void
take_text (GArray *texts, const char *words, const PangoFontDescription *font, const Text *where)
{
  Text text = *where;

  text.text = g_strdup (words);
  text.font = pango_font_description_copy (font);
  g_array_append_val (texts, text);
}

/* A picture is there with the words that say the same. */
static void
take_item (GArray *texts, const WayItem *item, const Text *where)
{
  g_autoptr (PangoFontDescription) small = NULL;

  if (item->layout != NULL) {
    take_text (texts,
               pango_layout_get_text (item->layout),
               pango_layout_get_font_description (item->layout),
               where);
  } else if (item->note != NULL) {
    small = pango_font_description_from_string (WAY_TYPE_FAMILY);
    pango_font_description_set_absolute_size (small, 7.6 * PANGO_SCALE);
    take_text (texts, item->note, small, where);
  }
}

static GArray *
collect_texts (const WayDossier *dossier, const WayReportStyle *style)
{
  g_autoptr (WayVisitSheet) sheet = way_visit_sheet_new (dossier, style);
  GArray *places = way_pages_get_places (sheet->pages);
  GArray *texts = g_array_new (FALSE, FALSE, sizeof (Text));

  g_array_set_clear_func (texts, text_clear);
  for (guint i = 0; i < places->len; i++) {
    const WayPlace *place = &g_array_index (places, WayPlace, i);

    for (guint k = 0; place->slice == 0 && k < place->block->n_cells; k++) {
      const WayCell *cell = &place->block->cells[k];
      Text where = {NULL,
                    NULL,
                    WAY_PAGE_LEFT + cell->x,
                    WAY_PAGE_MARGIN + place->top,
                    (int) (cell->width * PANGO_SCALE),
                    place->page};

      for (guint n = 0; n < cell->items->len; n++)
        take_item (texts, g_ptr_array_index (cell->items, n), &where);
    }
  }
  return texts;
}

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gsize
render_bare (GArray *texts)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (append_bytes, bytes, WAY_PAGE_WIDTH, WAY_PAGE_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  guint page = 0;

  for (guint i = 0; i < texts->len; i++) {
    const Text *text = &g_array_index (texts, Text, i);
    g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);

    if (text->page != page)
      cairo_show_page (cr);
    page = text->page;
    pango_layout_set_font_description (layout, text->font);
    pango_layout_set_width (layout, text->width);
    pango_layout_set_text (layout, text->text, -1);
    cairo_move_to (cr, text->x, text->y);
    pango_cairo_show_layout (cr, layout);
  }
  cairo_show_page (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return bytes->len;
}

static gsize
render_record (const WayDossier *dossier, const WayReportStyle *style)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = way_visit_report_render (dossier, style, &error);

  g_assert_no_error (error);
  return g_bytes_get_size (pdf);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* Resident memory in MB. */
static double
resident (void)
{
  g_autofree char *text = NULL;
  char *second;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0.0;
  second = strchr (text, ' ');
  return second != NULL ? g_ascii_strtod (second, NULL) * (double) sysconf (_SC_PAGESIZE) / 1e6
                        : 0.0;
}

int
main (void)
{
  ReportFixture fixture;
  double ours[ROUNDS], bare[ROUNDS], before;
  g_autoptr (WayDossier) dossier = NULL;
  g_autoptr (GArray) texts = NULL;

  report_fixture_init (&fixture);
  report_fixture_fill (&fixture);
  dossier = report_fixture_steal_dossier (&fixture);
  texts = collect_texts (dossier, &fixture.style);
  render_record (dossier, &fixture.style);
  render_bare (texts);
  /* One of each in turn, so that what else the machine does falls on both. */
  for (guint round = 0; round < ROUNDS; round++) {
    gint64 times[2] = {0, 0};

    for (guint i = 0; i < RENDERS; i++) {
      gint64 start = g_get_monotonic_time (), middle;

      render_record (dossier, &fixture.style);
      middle = g_get_monotonic_time ();
      render_bare (texts);
      times[0] += middle - start;
      times[1] += g_get_monotonic_time () - middle;
    }
    ours[round] = (double) times[0] / 1000.0 / RENDERS;
    bare[round] = (double) times[1] / 1000.0 / RENDERS;
  }
  qsort (ours, ROUNDS, sizeof *ours, compare_doubles);
  qsort (bare, ROUNDS, sizeof *bare, compare_doubles);
  before = resident ();
  for (guint i = 0; i < MANY; i++)
    render_record (dossier, &fixture.style);
  g_print (
      "%-44s %8s %10s %7s %8s\n", "what (median of 5)", "ms", "reference", "times", "to reach");
  g_print ("%-44s %8.2f %10.2f %7.2f %8s\n",
           "Record of Visit, two pages with two charts",
           ours[ROUNDS / 2],
           bare[ROUNDS / 2],
           ours[ROUNDS / 2] / bare[ROUNDS / 2],
           "1.5");
  g_print ("%-44s %+8.1f MB over %d (to reach: within 10)\n",
           "memory of many in one run",
           resident () - before,
           MANY);
  report_fixture_clear (&fixture);
  return 0;
}
