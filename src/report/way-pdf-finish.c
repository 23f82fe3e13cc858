/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-pdf-finish.h"

#include "way-error.h"
#include "way-pdf-attach.h"
#include "way-pdf-content.h"
#include "way-pdf-structure.h"

#include <stdlib.h>
#include <string.h>

#define PACKING 2 /* of 9 */

static const char XMP[] =
    "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
    "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
    " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
    " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
    "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>\n"
    "<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>\n"
    "<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>\n"
    "<xmp:CreatorTool>Waymark</xmp:CreatorTool>\n"
    "<xmp:CreateDate>%s</xmp:CreateDate>\n"
    "<xmp:ModifyDate>%s</xmp:ModifyDate>\n"
    "<pdfuaid:part>1</pdfuaid:part>\n"
    "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
    "<?xpacket end=\"w\"?>";

/* What the marking of one page has to know. */
typedef struct {
  const GArray *strays;
  int page;
} PageStrays;

static gboolean
set_error (qpdf_data pdf, GError **error)
{
  const char *text = qpdf_get_error_full_text (pdf, qpdf_get_error (pdf));

  g_set_error (
      error, WAY_ERROR, WAY_ERROR_FAILED, "PDF: %s", text != NULL ? text : "cannot be finished");
  return FALSE;
}

static void
set_metadata (qpdf_data pdf, GConverter *packer, qpdf_oh root, const WayPdfInfo *info)
{
  g_autofree char *title = g_markup_escape_text (info->title, -1);
  g_autofree char *author = g_markup_escape_text (info->author, -1);
  g_autofree char *xmp = g_strdup_printf (XMP, title, author, info->created, info->created);
  qpdf_oh stream = way_pdf_new_stream (pdf, packer, xmp, strlen (xmp));
  qpdf_oh dictionary = qpdf_oh_get_dict (pdf, stream);

  qpdf_oh_replace_key (pdf, dictionary, "/Type", qpdf_oh_new_name (pdf, "/Metadata"));
  qpdf_oh_replace_key (pdf, dictionary, "/Subtype", qpdf_oh_new_name (pdf, "/XML"));
  qpdf_oh_replace_key (pdf, root, "/Metadata", stream);
}

static void
set_dates (qpdf_data pdf, const char *stamp)
{
  g_autofree char *date = way_pdf_date (stamp);

  qpdf_set_info_key (pdf, "/CreationDate", date);
  qpdf_set_info_key (pdf, "/ModDate", date);
}

static void
set_catalogue (qpdf_data pdf, GConverter *packer, const WayPdfInfo *info)
{
  qpdf_oh root = qpdf_get_root (pdf);

  qpdf_oh_replace_key (pdf, root, "/Lang", qpdf_oh_new_string (pdf, "en-GB"));
  qpdf_oh_replace_key (pdf, root, "/MarkInfo", qpdf_oh_parse (pdf, "<< /Marked true >>"));
  qpdf_oh_replace_key (
      pdf, root, "/ViewerPreferences", qpdf_oh_parse (pdf, "<< /DisplayDocTitle true >>"));
  set_metadata (pdf, packer, root, info);
  set_dates (pdf, info->created);
}

static gboolean
is_stray (int mcid, gpointer user_data)
{
  const PageStrays *self = user_data;

  for (guint i = 0; i < self->strays->len; i++) {
    const WayPdfStray *stray = &g_array_index (self->strays, WayPdfStray, i);

    if (stray->page == self->page && stray->mcid == mcid)
      return TRUE;
  }
  return FALSE;
}

static gboolean
finish_page (qpdf_data pdf, GConverter *packer, qpdf_oh page, const GArray *strays)
{
  PageStrays page_strays = {strays, qpdf_oh_get_object_id (pdf, page)};
  g_autofree char *marked = NULL;
  unsigned char *content = NULL;
  size_t size = 0;
  gsize marked_size;

  qpdf_oh_replace_key (pdf, page, "/Tabs", qpdf_oh_new_name (pdf, "/S"));
  if ((qpdf_oh_get_page_content_data (pdf, page, &content, &size) & QPDF_ERRORS) != 0)
    return FALSE;
  marked =
      way_pdf_content_mark ((const char *) content, size, is_stray, &page_strays, &marked_size);
  qpdf_oh_replace_key (
      pdf, page, "/Contents", way_pdf_new_stream (pdf, packer, marked, marked_size));
  free (content);
  return TRUE;
}

static GBytes *
write_out (qpdf_data pdf, GError **error)
{
  if ((qpdf_init_write_memory (pdf) & QPDF_ERRORS) != 0) {
    set_error (pdf, error);
    return NULL;
  }
  qpdf_set_minimum_pdf_version (pdf, "1.7");
  /* Packing the objects would make the file a third smaller and take half as long again. */
  qpdf_set_object_stream_mode (pdf, qpdf_o_disable);
  qpdf_set_decode_level (pdf, qpdf_dl_none); /* cairo's own streams go over as they are */
  qpdf_set_compress_streams (pdf, TRUE);
  qpdf_set_deterministic_ID (pdf, TRUE); /* same dossier, same bytes */
  if ((qpdf_write (pdf) & QPDF_ERRORS) != 0) {
    set_error (pdf, error);
    return NULL;
  }
  return g_bytes_new (qpdf_get_buffer (pdf), qpdf_get_buffer_length (pdf));
}

static GBytes *
finish (qpdf_data pdf, const guint8 *data, gsize size, const WayPdfInfo *info, GError **error)
{
  g_autoptr (GConverter) packer =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, PACKING));
  g_autoptr (GArray) strays = NULL;
  int n_pages;

  qpdf_silence_errors (pdf);
  qpdf_set_suppress_warnings (pdf, TRUE);
  if ((qpdf_read_memory (pdf, "report", (const char *) data, size, NULL) & QPDF_ERRORS) != 0) {
    set_error (pdf, error);
    return NULL;
  }
  set_catalogue (pdf, packer, info);
  if (info->xml != NULL)
    way_pdf_attach (pdf, packer, info->xml, info->created);
  strays = way_pdf_structure_finish (pdf, info);
  n_pages = qpdf_get_num_pages (pdf);
  for (int i = 0; i < n_pages; i++) {
    if (!finish_page (pdf, packer, qpdf_get_page_n (pdf, (size_t) i), strays)) {
      set_error (pdf, error);
      return NULL;
    }
  }
  if (qpdf_has_error (pdf)) {
    set_error (pdf, error);
    return NULL;
  }
  return write_out (pdf, error);
}

/**
 * way_pdf_finish:
 * @pdf: a tagged document as cairo wrote it
 * @info: what it is called, by whom, when, and what its figures show
 *
 * Makes of cairo's file a document that a screen reader can read: language,
 * title, the words for figures, the scope of heads, the order of tabs, and the
 * mark on all that is only decoration. (ISO 14289-1)
 *
 * Returns: (transfer full): the finished document
 */
GBytes *
way_pdf_finish (const guint8 *pdf, gsize size, const WayPdfInfo *info, GError **error)
{
  qpdf_data handle = qpdf_init ();
  GBytes *bytes = finish (handle, pdf, size, info, error);

  qpdf_cleanup (&handle);
  return bytes;
}
