/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-pdf-attach.h"

#define NAME "record-of-visit.xml"

/**
 * way_pdf_date:
 * @stamp: a time in UTC, "2026-11-17T17:05:09Z"
 *
 * Returns: (transfer full): the form of dates in a PDF, "(D:20261117170509Z)"
 */
char *
way_pdf_date (const char *stamp)
{
  GString *date = g_string_new ("(D:");

  for (const char *p = stamp; *p != '\0'; p++) {
    if (g_ascii_isdigit (*p))
      g_string_append_c (date, *p);
  }
  g_string_append (date, "Z)");
  return g_string_free (date, FALSE);
}

static guint
add_embedded_file (WayPdfFile *file, GBytes *bytes, const char *stamp)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *date = way_pdf_date (stamp);
  g_autofree char *sum =
      g_compute_checksum_for_bytes (G_CHECKSUM_MD5, bytes); /* what the format asks for */
  g_autofree char *keys =
      g_strdup_printf ("/Type /EmbeddedFile /Subtype /application#2Fxml"
                       " /Params << /Size %" G_GSIZE_FORMAT " /ModDate %s /CheckSum <%s> >>",
                       size,
                       date,
                       sum);

  return way_pdf_file_add_stream (file, keys, data, size);
}

static guint
add_file_specification (WayPdfFile *file, guint embedded)
{
  g_autofree char *text =
      g_strdup_printf ("<< /Type /Filespec /AFRelationship /Source /F (" NAME ") /UF (" NAME ")"
                       " /Desc (This Record of Visit, for import into Waymark)"
                       " /EF << /F %u 0 R /UF %u 0 R >> >>",
                       embedded,
                       embedded);

  return way_pdf_file_add (file, text);
}

/* Beside the names that the document has already, be they in the catalogue or on their own. */
static void
name_file (WayPdfFile *file, guint specification)
{
  guint root = way_pdf_file_get_root (file), holder;
  g_autofree char *tree = g_strdup_printf ("<< /Names [ (" NAME ") %u 0 R ] >>", specification);
  g_autofree char *names = NULL;
  WayPdfSpan old;

  if (!way_pdf_file_find (file, root, "/Names", &old)) {
    names = g_strdup_printf ("<< /EmbeddedFiles %s >>", tree);
  } else if ((holder = way_pdf_get_reference (old)) > 0) {
    way_pdf_file_set (file, holder, "/EmbeddedFiles", tree);
    return;
  } else {
    names = way_pdf_dict_set (old, "/EmbeddedFiles", tree);
  }
  way_pdf_file_set (file, root, "/Names", names);
}

/**
 * way_pdf_attach:
 * @file: a document that has no attachments
 * @xml: the record that its pages show
 * @stamp: the time that the attachment bears
 *
 * Puts the record into the document, as the source of what people read there.
 * (ISO 32000-2, 7.11.4 and 14.13)
 */
void
way_pdf_attach (WayPdfFile *file, GBytes *xml, const char *stamp)
{
  guint specification = add_file_specification (file, add_embedded_file (file, xml, stamp));
  g_autofree char *associated = g_strdup_printf ("[ %u 0 R ]", specification);

  name_file (file, specification);
  way_pdf_file_set (file, way_pdf_file_get_root (file), "/AF", associated);
}
