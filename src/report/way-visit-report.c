/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-visit-report.h"

#include "way-error.h"
#include "way-pdf-finish.h"
#include "way-text.h"
#include "way-visit-figure.h"
#include "way-visit-sheet.h"
#include "way-visit-words.h"

#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

/* Pages for a window or a printer outlive the call that made them, and so keep what they show. */
struct _WayVisitPages {
  WayDossier dossier;
  WayReportStyle style;
  WayVisitSheet *sheet;
};

typedef struct {
  const guint8 *data;
  gsize size;
} Reader;

static cairo_status_t
read_bytes (void *closure, unsigned char *data, unsigned int length)
{
  Reader *self = closure;

  if (length > self->size)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, self->data, length);
  self->data += length;
  self->size -= length;
  return CAIRO_STATUS_SUCCESS;
}

/* A logo that cannot be read is left out: the record matters more. */
static cairo_surface_t *
load_logo (GBytes *bytes)
{
  Reader reader = {NULL, 0};
  cairo_surface_t *surface;

  if (bytes == NULL)
    return NULL;
  reader.data = g_bytes_get_data (bytes, &reader.size);
  surface = cairo_image_surface_create_from_png_stream (read_bytes, &reader);
  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    return surface;
  g_debug ("the logo is no picture that can be read");
  cairo_surface_destroy (surface);
  return NULL;
}

static void
add_to_line (GString *line, const char *words)
{
  g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", words);
}

/* Several children have a line of their own, or it would push out the date. */
static void
set_foot (WayVisitSheet *self)
{
  gboolean is_signed = way_dossier_is_signed (self->dossier);
  gboolean several = self->children->len > 1;
  double version = isnan (self->visit->version) ? 1.0 : self->visit->version;
  g_autofree char *who = way_words_who (self->dossier);
  g_autofree char *date = way_date_format (self->visit->date);
  g_autofree char *state =
      is_signed ? g_strdup_printf ("version %.0f", version) : g_strdup ("draft, not signed");
  g_autofree char *left = g_strdup_printf ("%s%s of %s · %s",
                                           several ? "" : who,
                                           several || *who == '\0' ? "Visit" : " · visit",
                                           date,
                                           state);
  g_autofree char *right =
      is_signed ? way_words_fingerprint (self->dossier->fingerprint) : g_strdup ("");
  g_autoptr (GString) line = g_string_new (several ? who : NULL);

  if (self->dossier->level != NULL)
    add_to_line (line, way_words_level (self->dossier));
  if (self->style->made_up)
    add_to_line (line, "Made-up example: no real child");
  way_pages_set_foot (self->pages, left, right, line->len > 0 ? line->str : NULL);
}

/**
 * way_visit_sheet_new:
 * @dossier: borrowed, like @style
 *
 * Returns: (transfer full): the record, laid out
 */
WayVisitSheet *
way_visit_sheet_new (const WayDossier *dossier, const WayReportStyle *style)
{
  WayVisitSheet *self = g_new0 (WayVisitSheet, 1);
  GPtrArray *terms = way_record_set_list (dossier->records, WAY_TERM);

  self->dossier = dossier;
  self->style = style;
  self->visit = way_dossier_get_visit (dossier);
  self->children = way_dossier_dup_children (dossier);
  self->pages = way_pages_new ();
  self->terms = terms->len > 0 ? way_terms_new (terms) : NULL;
  self->figures = g_ptr_array_new_with_free_func ((GDestroyNotify) way_visit_figure_free);
  self->missing = g_ptr_array_new ();
  self->not_here = g_ptr_array_new ();
  self->logo = load_logo (style->logo);

  way_pages_begin (self->pages, "Document");
  way_visit_sheet_add_top (self);
  way_visit_sheet_add_sections (self);
  way_visit_sheet_add_close (self);
  way_pages_end (self->pages);
  set_foot (self);
  way_pages_lay_out (self->pages);
  return self;
}

void
way_visit_sheet_free (WayVisitSheet *self)
{
  if (self == NULL)
    return;
  way_pages_free (self->pages);
  g_ptr_array_unref (self->figures);
  g_ptr_array_unref (self->missing);
  g_ptr_array_unref (self->not_here);
  g_ptr_array_unref (self->children);
  g_clear_pointer (&self->terms, way_terms_free);
  g_clear_pointer (&self->logo, cairo_surface_destroy);
  g_free (self);
}

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* The day of the visit stands for a draft's time, so that the same draft gives the same bytes. */
static char *
creation_stamp (const WayVisit *visit)
{
  char iso[WAY_DATE_ISO_SIZE];

  if (!way_text_is_blank (visit->signed_at))
    return g_strdup (visit->signed_at);
  way_date_to_iso (visit->date, iso);
  return g_strdup_printf ("%sT00:00:00Z", iso);
}

static void
add_outline (WayVisitSheet *self, cairo_surface_t *surface)
{
  GArray *places = way_pages_get_places (self->pages);

  for (guint i = 0; i < places->len; i++) {
    const WayPlace *place = &g_array_index (places, WayPlace, i);
    char attributes[64], y[G_ASCII_DTOSTR_BUF_SIZE];

    if (place->slice > 0 || place->block->outline == NULL)
      continue;
    g_ascii_formatd (y, sizeof y, "%.1f", WAY_PAGE_MARGIN + place->top);
    g_snprintf (attributes, sizeof attributes, "page=%u pos=[0 %s]", place->page + 1, y);
    cairo_pdf_surface_add_outline (surface,
                                   CAIRO_PDF_OUTLINE_ROOT,
                                   place->block->outline,
                                   attributes,
                                   CAIRO_PDF_OUTLINE_FLAG_OPEN);
  }
}

static void
set_metadata (cairo_surface_t *surface, const WayPdfInfo *info)
{
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_5);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, info->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, info->author);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Waymark");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, info->created);
}

static cairo_status_t
draw_pages (WayVisitSheet *self, cairo_surface_t *surface, const WayPdfInfo *info)
{
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  WayTagWriter tags = {cr, info->notes, info->boxes, open};
  cairo_status_t status;

  for (guint i = 0; i < way_pages_get_length (self->pages); i++) {
    way_pages_draw (self->pages, i, cr, &tags);
    cairo_show_page (cr);
  }
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  return status != CAIRO_STATUS_SUCCESS ? status : cairo_surface_status (surface);
}

/**
 * way_visit_report_render:
 * @dossier: the record
 * @style: how it is dressed
 * @xml: (nullable): the same record for other programs, which the file carries inside; "exported"
 *   in it should be the time of signing, or it is another file each time
 * @missing: (out) (optional) (nullable): the characters, each once, for which no font on this
 *   computer has a form: they are boxes on the pages. NULL if there are none
 *
 * Returns: (transfer full): the record as a PDF; the same dossier, style and @xml give the same
 *   bytes
 */
GBytes *
way_visit_report_render (const WayDossier *dossier,
                         const WayReportStyle *style,
                         GBytes *xml,
                         char **missing,
                         GError **error)
{
  g_autoptr (WayVisitSheet) sheet = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new (64 * 1024);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (WayPdfBox));
  g_autofree char *title = NULL;
  g_autofree char *created = NULL;
  const WayPractitioner *author;
  WayPdfInfo info = {.notes = notes, .boxes = boxes, .xml = xml};
  cairo_surface_t *surface;
  cairo_status_t status;

  g_return_val_if_fail (dossier != NULL && style != NULL && style->lists != NULL, NULL);

  if (missing != NULL)
    *missing = NULL;
  sheet = way_visit_sheet_new (dossier, style);
  author = way_dossier_get_author (dossier);
  info.title = title = way_words_title (dossier);
  info.author = author != NULL && author->name != NULL ? author->name : "";
  info.created = created = creation_stamp (sheet->visit);

  surface =
      cairo_pdf_surface_create_for_stream (append_bytes, bytes, WAY_PAGE_WIDTH, WAY_PAGE_HEIGHT);
  set_metadata (surface, &info);
  add_outline (sheet, surface);
  status = draw_pages (sheet, surface, &info);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS) {
    g_set_error (error, WAY_ERROR, WAY_ERROR_FAILED, "PDF: %s", cairo_status_to_string (status));
    return NULL;
  }
  if (missing != NULL)
    *missing = way_pages_dup_missing (sheet->pages);
  return way_pdf_finish (bytes->data, bytes->len, &info, error);
}

/**
 * way_visit_pages_new:
 *
 * Returns: (transfer full): the pages of the record, which need neither @dossier nor @style
 *   any more
 */
WayVisitPages *
way_visit_pages_new (const WayDossier *dossier, const WayReportStyle *style)
{
  WayVisitPages *self;

  g_return_val_if_fail (dossier != NULL && style != NULL && style->lists != NULL, NULL);

  self = g_new0 (WayVisitPages, 1);
  self->dossier = *dossier;
  self->dossier.records = way_record_set_copy (dossier->records);
  self->style = *style;
  self->style.service_name = g_strdup (style->service_name);
  self->style.privacy_line = g_strdup (style->privacy_line);
  self->style.logo = style->logo != NULL ? g_bytes_ref (style->logo) : NULL;
  self->style.lists = way_code_lists_ref ((WayCodeLists *) style->lists);
  self->sheet = way_visit_sheet_new (&self->dossier, &self->style);
  return self;
}

/**
 * way_visit_pages_get_length:
 *
 * Returns: the number of pages
 */
guint
way_visit_pages_get_length (WayVisitPages *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return way_pages_get_length (self->sheet->pages);
}

/**
 * way_visit_pages_draw:
 * @page: from 0
 * @cr: an A4 page in points, on a screen, a printer ...
 */
void
way_visit_pages_draw (WayVisitPages *self, guint page, cairo_t *cr)
{
  g_return_if_fail (self != NULL && page < way_pages_get_length (self->sheet->pages));

  way_pages_draw (self->sheet->pages, page, cr, NULL);
}

void
way_visit_pages_free (WayVisitPages *self)
{
  if (self == NULL)
    return;
  way_visit_sheet_free (self->sheet);
  way_record_set_free (self->dossier.records);
  g_free ((char *) self->style.service_name);
  g_free ((char *) self->style.privacy_line);
  g_clear_pointer (&self->style.logo, g_bytes_unref);
  way_code_lists_unref ((WayCodeLists *) self->style.lists);
  g_free (self);
}
