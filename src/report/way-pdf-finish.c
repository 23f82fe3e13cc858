/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-pdf-finish.h"

#include "way-pdf-attach.h"
#include "way-pdf-content.h"
#include "way-pdf-structure.h"

#include <string.h>

#define MAX_DEPTH 32 /* of the tree of pages */

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
  guint page;
} PageStrays;

/* Not packed: a program that knows nothing of the format finds it by looking. */
static void
set_metadata (WayPdfFile *file, guint root, const WayPdfInfo *info)
{
  g_autofree char *title = g_markup_escape_text (info->title, -1);
  g_autofree char *author = g_markup_escape_text (info->author, -1);
  g_autofree char *xmp = g_strdup_printf (XMP, title, author, info->created, info->created);
  g_autofree char *text =
      g_strdup_printf ("<< /Type /Metadata /Subtype /XML /Length %" G_GSIZE_FORMAT " >>\n"
                       "stream\n%s\nendstream",
                       strlen (xmp),
                       xmp);
  g_autofree char *reference = g_strdup_printf ("%u 0 R", way_pdf_file_add (file, text));

  way_pdf_file_set (file, root, "/Metadata", reference);
}

static void
set_catalogue (WayPdfFile *file, const WayPdfInfo *info)
{
  guint root = way_pdf_file_get_root (file);
  g_autofree char *date = way_pdf_date (info->created);

  way_pdf_file_set (file, root, "/Lang", "(en-GB)");
  way_pdf_file_set (file, root, "/MarkInfo", "<< /Marked true >>");
  way_pdf_file_set (file, root, "/ViewerPreferences", "<< /DisplayDocTitle true >>");
  set_metadata (file, root, info);
  way_pdf_file_set (file, way_pdf_file_get_info (file), "/CreationDate", date);
  way_pdf_file_set (file, way_pdf_file_get_info (file), "/ModDate", date);
}

static gboolean
is_stray (int mcid, gpointer user_data)
{
  const PageStrays *self = user_data;

  for (guint i = 0; i < self->strays->len; i++) {
    const WayPdfStray *stray = &g_array_index (self->strays, WayPdfStray, i);

    if (stray->page == self->page && (int) stray->mcid == mcid)
      return TRUE;
  }
  return FALSE;
}

static gboolean
finish_page (WayPdfFile *file, guint page, const GArray *strays, GError **error)
{
  PageStrays page_strays = {strays, page};
  WayPdfSpan contents = {NULL, 0};
  g_autoptr (GByteArray) content = NULL;
  g_autofree char *marked = NULL;
  gsize size;

  way_pdf_file_find (file, page, "/Contents", &contents);
  content = way_pdf_file_unpack (file, way_pdf_get_reference (contents), error);
  if (content == NULL)
    return FALSE;
  marked = way_pdf_content_mark (
      (const char *) content->data, content->len, is_stray, &page_strays, &size);
  way_pdf_file_repack (file, way_pdf_get_reference (contents), marked, size);
  way_pdf_file_set (file, page, "/Tabs", "/S");
  return TRUE;
}

/* A page, or what holds pages. */
static gboolean
finish_pages (WayPdfFile *file, guint node, const GArray *strays, guint depth, GError **error)
{
  WayPdfSpan kids, kid;
  WayPdfLexer lexer;

  if (depth > MAX_DEPTH || !way_pdf_file_find (file, node, "/Kids", &kids))
    return finish_page (file, node, strays, error);
  for (lexer = way_pdf_array_begin (kids); way_pdf_next_value (&lexer, &kid);) {
    if (!finish_pages (file, way_pdf_get_reference (kid), strays, depth + 1, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * way_pdf_finish:
 * @pdf: a tagged document as cairo wrote it, restricted to version 1.4 of the format, which keeps
 *   it from packing the objects into each other
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
  g_autoptr (WayPdfFile) file = way_pdf_file_new (pdf, size, error);
  g_autoptr (GArray) strays = NULL;
  WayPdfSpan pages = {NULL, 0};

  if (file == NULL)
    return NULL;
  set_catalogue (file, info);
  if (info->xml != NULL)
    way_pdf_attach (file, info->xml, info->created);
  strays = way_pdf_structure_finish (file, info->notes);
  way_pdf_file_find (file, way_pdf_file_get_root (file), "/Pages", &pages);
  if (!finish_pages (file, way_pdf_get_reference (pages), strays, 0, error))
    return NULL;
  return way_pdf_file_write (file);
}
