/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PDFs that are small and made to take a lot of memory. A program of its own, for it looks at the
 * most memory that it ever had. */
#include "way-error.h"
#include "way-visit-pdf.h"

#include <stdlib.h>
#include <string.h>

#define MIB ((gsize) 1 << 20)
#define UNPACKED 300 /* MiB of the tables that are kept in streams */
#define LIMIT 300    /* MiB that reading may take */

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_PADDED TRUE
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define IS_PADDED TRUE
#endif
#ifndef IS_PADDED
#define IS_PADDED FALSE
#endif

typedef struct {
  GString *text;
  GArray *offsets; /* (element-type gsize) */
} Pdf;

static void
begin (Pdf *pdf)
{
  pdf->text = g_string_new ("%PDF-1.7\n");
  pdf->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
}

static void
add (Pdf *pdf, const char *text)
{
  gsize at = pdf->text->len;

  g_array_append_val (pdf->offsets, at);
  g_string_append_printf (pdf->text, "%u 0 obj %s", pdf->offsets->len, text);
}

/* The most that this program has had in memory. */
static gsize
get_peak (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, "VmHWM:");
  g_assert_nonnull (line);
  return strtoul (line + strlen ("VmHWM:"), NULL, 10) * 1024;
}

/* Adds the table, up to the end of its last entry, and gives where it begins. */
static gsize
add_entries (Pdf *pdf)
{
  gsize at = pdf->text->len;

  g_string_append_printf (pdf->text, "xref\n0 %u\n0000000000 65535 f \n", pdf->offsets->len + 1);
  for (guint i = 0; i < pdf->offsets->len; i++)
    g_string_append_printf (
        pdf->text, "%010" G_GSIZE_FORMAT " 00000 n \n", g_array_index (pdf->offsets, gsize, i));
  return at;
}

/* Takes the PDF, and reads it. */
static void
check_refused (Pdf *pdf)
{
  g_autoptr (GBytes) bytes = g_string_free_to_bytes (pdf->text);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) error = NULL;
  gsize before = get_peak ();

  g_assert_cmpuint (g_bytes_get_size (bytes), <, 8 * MIB);
  g_assert_null (way_visit_pdf_extract (stream, "record.pdf", &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  g_test_message ("%s; %" G_GSIZE_FORMAT " MiB", error->message, (get_peak () - before) / MIB);
  if (!IS_PADDED)
    g_assert_cmpuint (get_peak () - before, <, LIMIT * MIB);
  g_array_unref (pdf->offsets);
}

static void
add_trailer (Pdf *pdf, const char *more, gsize table)
{
  g_string_append_printf (pdf->text,
                          "trailer\n<< /Size %u /Root 1 0 R %s >>\nstartxref\n%" G_GSIZE_FORMAT
                          "\n%%%%EOF\n",
                          pdf->offsets->len + 1,
                          more,
                          table);
}

/* Packed zeros, made once. */
static GBytes *
get_zeros (void)
{
  static GBytes *packed;
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 6);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (out, G_CONVERTER (zlib));
  g_autofree char *zeros = g_malloc0 (MIB);

  if (packed != NULL)
    return packed;
  for (guint i = 0; i < UNPACKED; i++)
    g_assert_true (g_output_stream_write_all (stream, zeros, MIB, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  packed = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
  return packed;
}

/* A PDF with a huge table in a stream, and where that is. */
static gsize
begin_with_stream (Pdf *pdf)
{
  GBytes *zeros = get_zeros ();
  gsize at, size = g_bytes_get_size (zeros);

  begin (pdf);
  add (pdf, "<< /Type /Catalog /Pages 2 0 R >> endobj\n");
  add (pdf, "<< /Type /Pages /Kids [] /Count 0 >> endobj\n");
  at = pdf->text->len;
  g_string_append_printf (pdf->text,
                          "9 0 obj\n<< /Type /XRef /Size 10 /W [1 4 1] /Root 1 0 R "
                          "/Filter /FlateDecode /Length %" G_GSIZE_FORMAT " >>\nstream\n",
                          size);
  g_string_append_len (pdf->text, g_bytes_get_data (zeros, NULL), (gssize) size);
  g_string_append (pdf->text, "\nendstream\nendobj\n");
  return at;
}

/* A last place that is none, so that an earlier one counts. */
static void
test_start (gconstpointer data)
{
  const char *behind = data;
  Pdf pdf;
  gsize stream = begin_with_stream (&pdf), table = add_entries (&pdf);

  add_trailer (&pdf, "", stream);
  g_string_append_printf (
      pdf.text, "startxref\n%015" G_GSIZE_FORMAT "%s\n%%%%EOF\n", table, behind);
  check_refused (&pdf);
}

/* A trailer on the line of the last entry, where it is none. */
static void
test_line (gconstpointer data)
{
  const char *key = data;
  Pdf pdf;
  gsize stream = begin_with_stream (&pdf), table = add_entries (&pdf);
  g_autofree char *more = g_strdup_printf ("%s %" G_GSIZE_FORMAT, key, stream);

  g_string_truncate (pdf.text, pdf.text->len - 1);
  g_string_append (pdf.text, "trailer<< >>\n");
  add_trailer (&pdf, more, table);
  check_refused (&pdf);
}

/* Objects that each begin in a comment of the one before, and all hold the same items. */
static void
test_overlap (void)
{
  Pdf pdf;
  g_autoptr (GString) names = g_string_new ("<< /Type /Catalog /Pages 2 0 R /Names "
                                            "<< /EmbeddedFiles << /Names [");

  begin (&pdf);
  for (guint i = 0; i < 60; i++)
    g_string_append_printf (names, "(a) %u 0 R ", i + 3);
  g_string_append (names, "] >> >> >>\nendobj\n");
  add (&pdf, names->str);
  add (&pdf, "<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n");
  for (guint i = 0; i < 60; i++)
    add (&pdf, "[%");
  g_string_append (pdf.text, "\n");
  for (guint i = 0; i < 100000; i++)
    g_string_append (pdf.text, "0 ");
  g_string_append (pdf.text, "]\nendobj\n");
  add_trailer (&pdf, "", add_entries (&pdf));
  check_refused (&pdf);
}

/* More items than any record has. */
static void
test_items (void)
{
  Pdf pdf;

  begin (&pdf);
  add (&pdf, "<< /Type /Catalog /Pages 2 0 R /Names 3 0 R >>\nendobj\n");
  add (&pdf, "<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n");
  add (&pdf, "[");
  for (guint i = 0; i < 3000000; i++)
    g_string_append (pdf.text, "[]");
  g_string_append (pdf.text, "]\nendobj\n");
  add_trailer (&pdf, "", add_entries (&pdf));
  check_refused (&pdf);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/visit-pdf-memory/start/letter", "x", test_start);
  g_test_add_data_func ("/visit-pdf-memory/start/long", "0x", test_start);
  g_test_add_data_func ("/visit-pdf-memory/line/hybrid", "/XRefStm", test_line);
  g_test_add_data_func ("/visit-pdf-memory/line/previous", "/Prev", test_line);
  g_test_add_func ("/visit-pdf-memory/overlap", test_overlap);
  g_test_add_func ("/visit-pdf-memory/items", test_items);
  return g_test_run ();
}
