/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bare-report.h"

#include "way-visit-sheet.h"

#include <cairo-pdf.h>

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

GArray *
bare_report_new (const WayDossier *dossier, const WayReportStyle *style)
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

GByteArray *
bare_report_render (GArray *texts)
{
  GByteArray *bytes = g_byte_array_new ();
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
  return bytes;
}
