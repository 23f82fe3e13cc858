/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading and writing what cairo wrote: small documents made by hand. */
#include "way-error.h"
#include "way-pdf-finish.h"
#include "way-pdf-structure.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

/* A document of @objects (from 1 on), whose catalogue is the first and whose facts the second. */
static char *
make_document (const char *const *objects)
{
  GString *out = g_string_new ("%PDF-1.4\n");
  g_autoptr (GString) table = g_string_new (NULL);
  guint n = g_strv_length ((GStrv) objects);
  gsize start;

  g_string_printf (table, "xref\n0 %u\n0000000000 65535 f \n", n + 1);
  for (guint i = 0; i < n; i++) {
    g_string_append_printf (table, "%010" G_GSIZE_FORMAT " 00000 n \n", out->len);
    g_string_append_printf (out, "%u 0 obj\n%s\nendobj\n", i + 1, objects[i]);
  }
  start = out->len;
  g_string_append (out, table->str);
  g_string_append_printf (out,
                          "trailer\n<< /Size %u\n   /Root 1 0 R\n   /Info 2 0 R\n>>\n"
                          "startxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n",
                          n + 1,
                          start);
  return g_string_free (out, FALSE);
}

static const char *const PLAIN[] = {"<< /Type /Catalog /Pages 3 0 R /Names << /Dests 9 0 R >> >>",
                                    "<< /Producer (a \\) >> b) >>",
                                    "<< /Type /Pages /Kids [ ] /Count 0 >>",
                                    NULL};

static WayPdfFile *
open_document (const char *document)
{
  g_autoptr (GError) error = NULL;
  WayPdfFile *file = way_pdf_file_new ((const guint8 *) document, strlen (document), &error);

  g_assert_no_error (error);
  return file;
}

static void
assert_value (WayPdfFile *file, guint number, const char *key, const char *expected)
{
  WayPdfSpan value = {"", 0};
  g_autofree char *text = NULL;

  way_pdf_file_find (file, number, key, &value);
  text = g_strndup (value.at, value.size);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_values (void)
{
  g_autofree char *document = make_document (PLAIN);
  g_autoptr (WayPdfFile) file = open_document (document);

  g_assert_cmpuint (way_pdf_file_get_root (file), ==, 1);
  assert_value (file, 1, "/Pages", "3 0 R");
  assert_value (file, 1, "/Names", "<< /Dests 9 0 R >>");
  assert_value (file, 1, "/Dests", ""); /* of another dictionary */
  assert_value (file, 2, "/Producer", "(a \\) >> b)");
  assert_value (file, 3, "/Kids", "[ ]");
  assert_value (file, 9, "/Kids", "");
  way_pdf_file_set (file, 3, "/Count", "12");
  way_pdf_file_set (file, 3, "/Lang", "(en)");
  way_pdf_file_set (file, 3, "/Lang", "(en-GB)");
  assert_value (file, 3, "/Count", "12");
  assert_value (file, 3, "/Lang", "(en-GB)");
  assert_value (file, 3, "/Type", "/Pages");
}

/* Any reader must find the objects where the table says. */
static void
test_written (void)
{
  g_autofree char *document = make_document (PLAIN);
  g_autoptr (WayPdfFile) file = open_document (document);
  g_autofree char *stream = NULL;
  g_autoptr (GBytes) first = NULL, second = NULL;
  g_autofree char *words = g_strnfill (5000, 'w');
  qpdf_data pdf = qpdf_init ();
  unsigned char *data = NULL;
  size_t size = 0;

  stream = g_strdup_printf ("%u 0 R", way_pdf_file_add_stream (file, "", words, 5000));
  way_pdf_file_set (file, 1, "/Test", stream);
  first = way_pdf_file_write (file);
  second = way_pdf_file_write (file);
  g_assert_true (g_bytes_equal (first, second));
  g_assert_cmpint (qpdf_read_memory (
                       pdf, "test", g_bytes_get_data (first, NULL), g_bytes_get_size (first), NULL),
                   ==,
                   QPDF_SUCCESS); /* not even a warning */
  qpdf_oh_get_stream_data (
      pdf, qpdf_oh_get_key (pdf, qpdf_get_root (pdf), "/Test"), qpdf_dl_all, NULL, &data, &size);
  g_assert_cmpmem (data, size, words, 5000);
  free (data);
  qpdf_cleanup (&pdf);
}

/* A stream that says itself how long it is, and one whose length is an object of its own. */
static void
test_repacked (void)
{
  g_autofree char *document = make_document (PLAIN);
  g_autoptr (WayPdfFile) file = open_document (document);
  guint number = way_pdf_file_add_stream (file, "", "before", 6);

  for (guint round = 0; round < 2; round++) {
    g_autoptr (GByteArray) content = NULL;
    g_autofree char *text = g_strnfill (20000, (char) ('a' + (int) round));

    way_pdf_file_repack (file, number, text, 20000);
    content = way_pdf_file_unpack (file, number, NULL);
    g_assert_nonnull (content);
    g_assert_cmpmem (content->data, content->len, text, 20000);
  }
  g_assert_null (way_pdf_file_unpack (file, 3, NULL));
  g_assert_null (way_pdf_file_unpack (file, 300, NULL));
}

static void
test_names_kept (void)
{
  g_autofree char *document = make_document (PLAIN);
  g_autoptr (GBytes) xml = g_bytes_new_static ("<x/>", 4), bytes = NULL;
  g_autoptr (GPtrArray) notes = g_ptr_array_new ();
  WayPdfInfo info = {"A title", "Żak", "2026-11-17T17:05:09Z", notes, xml};
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPdfFile) file = NULL;
  gsize size;
  const guint8 *data;

  bytes = way_pdf_finish ((const guint8 *) document, strlen (document), &info, &error);
  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &size);
  file = way_pdf_file_new (data, size, &error);
  g_assert_no_error (error);
  assert_value (file, 1, "/Lang", "(en-GB)");
  assert_value (file, 2, "/ModDate", "(D:20261117170509Z)");
  assert_value (file,
                1,
                "/Names",
                "<< /Dests 9 0 R /EmbeddedFiles << /Names [ (record-of-visit.xml) 6 0 R ] >>\n>>");
}

/* As newer cairo writes it: a foot line that hangs on what only groups others. */
static void
test_strays (void)
{
  static const char *const OBJECTS[] = {"<< /Type /Catalog /StructTreeRoot 3 0 R >>",
                                        "<< /Producer (p) >>",
                                        "<< /Type /StructTreeRoot /K [ 4 0 R ] >>",
                                        "<< /Type /StructElem /S /Document /Pg 8 0 R /K [ 7 5 0 R"
                                        " << /Type /MCR /Pg 9 0 R /MCID 2 >> 6 0 R ] >>",
                                        "<< /Type /StructElem /S /Figure /Pg 8 0 R /K 1 >>",
                                        "<< /Type /StructElem /S /TH /Pg 8 0 R /K [ 3 4 ] >>",
                                        NULL};
  g_autofree char *document = make_document (OBJECTS);
  g_autoptr (WayPdfFile) file = open_document (document);
  g_autoptr (GPtrArray) notes = g_ptr_array_new ();
  g_autoptr (GArray) strays = NULL;

  g_ptr_array_add (notes, (gpointer) "4 of 5 (Żak)");
  g_ptr_array_add (notes, (gpointer) "Row");
  strays = way_pdf_structure_finish (file, notes);
  g_assert_cmpuint (strays->len, ==, 2);
  g_assert_cmpuint (g_array_index (strays, WayPdfStray, 0).page, ==, 8);
  g_assert_cmpuint (g_array_index (strays, WayPdfStray, 0).mcid, ==, 7);
  g_assert_cmpuint (g_array_index (strays, WayPdfStray, 1).page, ==, 9);
  g_assert_cmpuint (g_array_index (strays, WayPdfStray, 1).mcid, ==, 2);
  assert_value (file, 4, "/K", "[ 5 0 R 6 0 R ]");
  assert_value (file, 5, "/Alt", "<FEFF00340020006F00660020003500200028017B0061006B0029>");
  assert_value (file, 6, "/A", "<< /O /Table /Scope /Row >>");
  assert_value (file, 6, "/K", "[ 3 4 ]");
}

/* Cut anywhere, a document is refused or read, and nothing else. */
static void
test_cut (void)
{
  g_autofree char *document = make_document (PLAIN);
  gsize size = strlen (document);

  for (gsize n = 1; n < size - strlen ("\n%%EOF\n"); n++) {
    g_autofree char *cut = g_memdup2 (document, n); /* nothing behind it */
    g_autoptr (GError) error = NULL;

    g_assert_null (way_pdf_file_new ((const guint8 *) cut, n, &error));
    g_assert_error (error, WAY_ERROR, WAY_ERROR_FAILED);
  }
}

static void
test_text (void)
{
  g_autofree char *plain = way_pdf_text ("a (b) \\");
  g_autofree char *beyond = way_pdf_text ("é😀");

  g_assert_cmpstr (plain, ==, "(a \\(b\\) \\\\)");
  g_assert_cmpstr (beyond, ==, "<FEFF00E9D83DDE00>");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pdf-file/values", test_values);
  g_test_add_func ("/pdf-file/written", test_written);
  g_test_add_func ("/pdf-file/repacked", test_repacked);
  g_test_add_func ("/pdf-file/names-kept", test_names_kept);
  g_test_add_func ("/pdf-file/strays", test_strays);
  g_test_add_func ("/pdf-file/cut", test_cut);
  g_test_add_func ("/pdf-file/text", test_text);
  return g_test_run ();
}
