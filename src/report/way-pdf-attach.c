/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-pdf-attach.h"

#include <string.h>

#define NAME "record-of-visit.xml"

/* Packed here, as the library packs as tightly as it can, which takes longer than it is worth.
 * Returns: (transfer none): a stream of @pdf that holds a copy of the bytes */
qpdf_oh
way_pdf_new_stream (qpdf_data pdf, GConverter *packer, const char *data, gsize size)
{
  qpdf_oh stream = qpdf_oh_new_stream (pdf);
  gsize room = size + size / 100 + 64, n_read, n_written; /* more than it can become */
  g_autofree guchar *packed = g_malloc (room);
  GConverterResult result;

  g_converter_reset (packer);
  result = g_converter_convert (
      packer, data, size, packed, room, G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
  g_assert (result == G_CONVERTER_FINISHED && n_read == size);
  qpdf_oh_replace_stream_data (pdf,
                               stream,
                               packed,
                               n_written,
                               qpdf_oh_new_name (pdf, "/FlateDecode"),
                               qpdf_oh_new_null (pdf));
  return stream;
}

/**
 * way_pdf_date:
 * @stamp: a time in UTC, "2026-11-17T17:05:09Z"
 *
 * Returns: (transfer full): the form of dates in a PDF, "D:20261117170509Z"
 */
char *
way_pdf_date (const char *stamp)
{
  g_autoptr (GString) date = g_string_new ("D:");

  for (const char *p = stamp; *p != '\0'; p++) {
    if (g_ascii_isdigit (*p))
      g_string_append_c (date, *p);
  }
  g_string_append_c (date, 'Z');
  return g_string_free (g_steal_pointer (&date), FALSE);
}

static qpdf_oh
new_checksum (qpdf_data pdf, GBytes *bytes)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_MD5); /* what the format asks for */
  guint8 digest[16];
  gsize size = sizeof digest;

  g_checksum_update (sum, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  g_checksum_get_digest (sum, digest, &size);
  return qpdf_oh_new_binary_string (pdf, (const char *) digest, size);
}

static qpdf_oh
new_embedded_file (qpdf_data pdf, GConverter *packer, GBytes *bytes, const char *date)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  qpdf_oh stream = way_pdf_new_stream (pdf, packer, data, size);
  qpdf_oh dictionary = qpdf_oh_get_dict (pdf, stream);
  qpdf_oh parameters = qpdf_oh_new_dictionary (pdf);

  qpdf_oh_replace_key (pdf, dictionary, "/Type", qpdf_oh_new_name (pdf, "/EmbeddedFile"));
  qpdf_oh_replace_key (pdf, dictionary, "/Subtype", qpdf_oh_new_name (pdf, "/application/xml"));
  qpdf_oh_replace_key (pdf, parameters, "/Size", qpdf_oh_new_integer (pdf, (long long) size));
  qpdf_oh_replace_key (pdf, parameters, "/ModDate", qpdf_oh_new_string (pdf, date));
  qpdf_oh_replace_key (pdf, parameters, "/CheckSum", new_checksum (pdf, bytes));
  qpdf_oh_replace_key (pdf, dictionary, "/Params", parameters);
  return stream;
}

static qpdf_oh
new_file_specification (qpdf_data pdf, qpdf_oh file)
{
  qpdf_oh specification = qpdf_oh_parse (
      pdf, "<< /Type /Filespec /AFRelationship /Source /F (" NAME ") /UF (" NAME ") >>");
  qpdf_oh streams = qpdf_oh_new_dictionary (pdf);

  qpdf_oh_replace_key (pdf, streams, "/F", file);
  qpdf_oh_replace_key (pdf, streams, "/UF", file);
  qpdf_oh_replace_key (pdf, specification, "/EF", streams);
  qpdf_oh_replace_key (pdf,
                       specification,
                       "/Desc",
                       qpdf_oh_new_string (pdf, "This Record of Visit, for import into Waymark"));
  return qpdf_make_indirect_object (pdf, specification);
}

/**
 * way_pdf_attach:
 * @pdf: a document that has no attachments
 * @packer: makes what zlib writes
 * @xml: the record that its pages show
 * @stamp: the time that the attachment bears
 *
 * Puts the record into the document, as the source of what people read there.
 * (ISO 32000-2, 7.11.4 and 14.13)
 */
void
way_pdf_attach (qpdf_data pdf, GConverter *packer, GBytes *xml, const char *stamp)
{
  g_autofree char *date = way_pdf_date (stamp);
  qpdf_oh root = qpdf_get_root (pdf);
  qpdf_oh names = qpdf_oh_get_key (pdf, root, "/Names");
  qpdf_oh tree = qpdf_oh_new_dictionary (pdf);
  qpdf_oh entry = qpdf_oh_new_array (pdf), associated = qpdf_oh_new_array (pdf);
  qpdf_oh specification = new_file_specification (pdf, new_embedded_file (pdf, packer, xml, date));

  qpdf_oh_append_item (pdf, entry, qpdf_oh_new_string (pdf, NAME));
  qpdf_oh_append_item (pdf, entry, specification);
  qpdf_oh_append_item (pdf, associated, specification);
  qpdf_oh_replace_key (pdf, tree, "/Names", entry);
  if (!qpdf_oh_is_dictionary (pdf, names)) {
    names = qpdf_oh_new_dictionary (pdf);
    qpdf_oh_replace_key (pdf, root, "/Names", names);
  }
  qpdf_oh_replace_key (pdf, names, "/EmbeddedFiles", tree);
  qpdf_oh_replace_key (pdf, root, "/AF", associated);
}
