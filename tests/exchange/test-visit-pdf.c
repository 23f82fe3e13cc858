/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record that a PDF carries inside, and PDFs that were made to do harm. */
#include "exchange-fixture.h"
#include "way-error.h"
#include "way-import-file.h"
#include "way-visit-pdf.h"

#include <qpdf/qpdf-c.h>
#include <string.h>

/* A PDF by hand. What is NULL or 0 is as in a good one. */
typedef struct {
  const char *files;   /* the tree of attachments */
  const char *name;    /* of the attachment */
  const char *filter;  /* more of its dictionary */
  const char *trailer; /* more of the trailer */
  const char *table;   /* instead of the word "xref" */
  const char *start;   /* instead of "startxref" and the number */
  const char *end;     /* instead of what follows the number */
  const char *begin;   /* instead of the first line */
} Recipe;

static void
add_object (GString *out, GArray *offsets, const char *text)
{
  g_array_append_val (offsets, out->len);
  g_string_append_printf (out, "%u 0 obj\n%s\nendobj\n", offsets->len, text);
}

static void
add_stream (GString *out, GArray *offsets, const char *filter, GBytes *bytes)
{
  gsize size = g_bytes_get_size (bytes);

  g_array_append_val (offsets, out->len);
  g_string_append_printf (out,
                          "%u 0 obj\n<< /Type /EmbeddedFile /Length %" G_GSIZE_FORMAT
                          " %s >>\nstream\n",
                          offsets->len,
                          size,
                          filter != NULL ? filter : "");
  g_string_append_len (out, g_bytes_get_data (bytes, NULL), (gssize) size);
  g_string_append (out, "\nendstream\nendobj\n");
}

static void
add_table (GString *out, GArray *offsets, const Recipe *recipe)
{
  gsize at = out->len;

  g_string_append_printf (out,
                          "%s\n0 %u\n0000000000 65535 f \n",
                          recipe->table != NULL ? recipe->table : "xref",
                          offsets->len + 1);
  for (guint i = 0; i < offsets->len; i++)
    g_string_append_printf (
        out, "%010" G_GSIZE_FORMAT " 00000 n \n", g_array_index (offsets, gsize, i));
  g_string_append_printf (out,
                          "trailer\n<< /Size %u /Root 1 0 R /ID [<ab><cd>] %s >>\n",
                          offsets->len + 1,
                          recipe->trailer != NULL ? recipe->trailer : "");
  if (recipe->start != NULL)
    g_string_append (out, recipe->start);
  else
    g_string_append_printf (out,
                            "startxref\n%" G_GSIZE_FORMAT "%s",
                            at,
                            recipe->end != NULL ? recipe->end : "\n%%EOF\n");
}

static GBytes *
make_pdf (const Recipe *recipe, GBytes *attachment)
{
  GString *out = g_string_new (recipe->begin != NULL ? recipe->begin : "%PDF-1.7\n");
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autofree char *root =
      g_strdup_printf ("<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles %s >> >>",
                       recipe->files != NULL ? recipe->files : "<< /Names [(a) 3 0 R] >>");
  g_autofree char *file =
      g_strdup_printf ("<< /Type /Filespec /F (%s) /EF << /F 6 0 R >> >>",
                       recipe->name != NULL ? recipe->name : "record-of-visit.xml");

  add_object (out, offsets, root);
  add_object (out, offsets, "<< /Type /Pages /Kids [] /Count 0 >>");
  add_object (out, offsets, file);
  add_object (out, offsets, "<< /Kids [4 0 R 4 0 R 4 0 R] >>");
  add_object (out, offsets, "<< /Names [(a) 3 0 R] >>");
  add_stream (out, offsets, recipe->filter, attachment);
  add_table (out, offsets, recipe);
  return g_string_free_to_bytes (out);
}

static GBytes *
load_record (void)
{
  g_autofree char *path = data_path ("visit-1.xml");
  char *text;
  gsize size;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, size);
}

static GBytes *
deflate (GBytes *bytes)
{
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 1);
  g_autoptr (GInputStream) plain = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (plain, G_CONVERTER (zlib));
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

  g_output_stream_splice (out, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

static GBytes *
extract (GBytes *pdf, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (pdf);

  return way_visit_pdf_extract (stream, "record.pdf", error);
}

static void
test_takes (void)
{
  static const Recipe RECIPES[] = {
      {NULL},
      {.filter = "/Filter /FlateDecode"},
      {.filter = "/Filter [/FlateDecode]"},
      {.files = "<< /Kids [<< /Names [(0) << /F (other.txt) >>] >> 5 0 R] >>"},
      {.name = "\\162ecord-of-visit.xml"},
      {.begin = "%PDF-1.5\r\n%\xe2\xe3\xcf\xd3\r\n", .end = "\r\n%%EOF"},
      {.table = "xref\r\n0 0 \r\n0 1\n0000000000 65535 f\r\n1 0", .end = "\r%%EOF\r\n"},
  };
  g_autoptr (GBytes) record = load_record ();
  g_autoptr (GBytes) packed = deflate (record);

  for (guint i = 0; i < G_N_ELEMENTS (RECIPES); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) pdf = make_pdf (&RECIPES[i], RECIPES[i].filter != NULL ? packed : record);
    g_autoptr (GBytes) taken = extract (pdf, &error);

    g_assert_no_error (error);
    g_assert_true (g_bytes_equal (taken, record));
  }
}

/* Saved again with plain tables, as it is or with all its streams unpacked. */
static void
test_saved_again (void)
{
  g_autoptr (GBytes) record = load_record ();
  g_autoptr (GBytes) packed = deflate (record);
  const Recipe recipe = {.filter = "/Filter /FlateDecode"};
  g_autoptr (GBytes) pdf = make_pdf (&recipe, packed);

  for (guint i = 0; i < 2; i++) {
    qpdf_data handle = qpdf_init ();
    g_autoptr (GBytes) again = NULL, taken = NULL;
    g_autoptr (GError) error = NULL;

    qpdf_read_memory (handle, "x", g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), NULL);
    qpdf_init_write_memory (handle);
    if (i == 1)
      qpdf_set_stream_data_mode (handle, qpdf_s_uncompress);
    g_assert_cmpint (qpdf_write (handle) & QPDF_ERRORS, ==, 0);
    again = g_bytes_new (qpdf_get_buffer (handle), qpdf_get_buffer_length (handle));
    qpdf_cleanup (&handle);
    taken = extract (again, &error);
    g_assert_no_error (error);
    g_assert_true (g_bytes_equal (taken, record));
  }
}

/* From the file to the units, found out by what the file holds. */
static void
test_imports (void)
{
  g_autoptr (GBytes) record = load_record ();
  g_autoptr (GBytes) letter = g_bytes_new_static ("<letter/>", 9);
  g_autofree char *dir = temp_dir_new ();
  const Recipe good = {NULL};

  for (guint i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) pdf = make_pdf (&good, i == 0 ? record : letter);
    g_autofree char *path =
        write_bytes (dir, "x.doc", g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf));
    Sink sink;

    sink_init (&sink);
    g_assert_cmpint (way_import_file_detect (path, &error), ==, WAY_FORMAT_PDF);
    way_import_file_read (
        path, WAY_FORMAT_AUTO, way_date_new (2026, 11, 22), &sink.sink, NULL, &error);
    if (i == 0)
      g_assert_no_error (error);
    else
      g_assert_true (g_str_has_prefix (error->message, "x.doc/record-of-visit.xml:1: letter: "));
    g_assert_cmpuint (sink.n_units, ==, 1 - i);
    sink_clear (&sink);
  }
  remove_dir (dir);
}

typedef struct {
  Recipe recipe;
  const char *error;
} Refusal;

#define AGAIN "record.pdf:1: document: This PDF was saved again by another program*"
#define CUT "record.pdf:1: document: This PDF is not whole: its end is missing*"
#define NONE "record.pdf:1: document: There is no Record of Visit inside this PDF; ask its sender*"
#define INSIDE                                                                                     \
  "record.pdf:1: document: The Record of Visit inside this PDF is damaged or too large; ask its "  \
  "sender for it again"

static const Refusal REFUSALS[] = {
    {{.files = "null"}, NONE},
    {{.files = "<< /Names 7 >>"}, NONE},
    {{.files = "<< /Names [(a)] >>"}, NONE},
    {{.files = "<< /Names [(a) 3 0 R] /Kids 1 >>", .name = "invoice.xml"}, NONE},
    {{.files = "4 0 R"}, NONE}, /* a tree that is its own branch, three times over */
    {{.files = "<< /Names [(a) << /F (record-of-visit.xml) >>] >>"}, NONE},
    {{.files = "<< /Names [(a) << /F (record-of-visit.xml) /EF << /F 2 0 R >> >>] >>"}, INSIDE},
    {{.filter = "/Filter /FlateDecode"}, INSIDE},
    {{.filter = "/Filter [/FlateDecode /FlateDecode]"}, INSIDE},
    {{.filter = "/Filter /LZWDecode"}, INSIDE},
    {{.filter = "/Filter /FlateDecode /DecodeParms << /Predictor 12 >>"}, INSIDE},
    {{.table = "7 0 obj << /Type /XRef >> stream"}, AGAIN},
    {{.table = "xref 0 0\n% trailer << >> startxref\nxref"}, AGAIN},
    {{.trailer = "/XRefStm 9"}, AGAIN},
    {{.trailer = "/XRef#53tm 9"}, AGAIN},
    {{.trailer = "/A (>>) /XRefStm 9"}, AGAIN},
    {{.trailer = "/A <ab>> startxref /XRefStm 9"}, AGAIN},
    {{.trailer = "/Prev 9"}, AGAIN},
    {{.trailer = "/Prev 5 0 R"}, AGAIN},
    {{.trailer = "/Prev"}, AGAIN},
    {{.start = "startxref\n99999999\n%%EOF"}, AGAIN},
    {{.start = "startxref\n-5\n%%EOF"}, AGAIN},
    {{.start = "startxref"}, CUT},
    {{.start = ""}, CUT},
    {{.end = "x\n%%EOF\n"}, AGAIN},
    {{.end = " \n%%EOF\n"}, AGAIN},
    {{.end = "\n%%EOF\n\n"}, AGAIN},
    {{.end = "\n%%EOF\nstartxref\n"}, AGAIN},
    {{.end = "%%EOF\n"}, AGAIN},
    {{.end = ""}, CUT},
    {{.begin = "%PDF-x\n%PDF-1.7\n"}, AGAIN},
    {{.begin = "%PDF-1.x\n%PDF-1.7\n"}, AGAIN},
    {{.table = "xref\n0 99999999"}, AGAIN},
    {{.table = "xref\n0 1\n0000000000 65535 f trailer<< >>\n0 6"}, AGAIN},
    {{.table = "xref\n9999999999 0"}, AGAIN},
    {{.table = "xref\n0 1\n0000000000 65535 x \n0"}, AGAIN},
    {{.table = "xref "}, AGAIN},
};

static void
test_refused (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autoptr (GBytes) record = load_record ();
  g_autoptr (GBytes) pdf = make_pdf (&refusal->recipe, record);
  g_autoptr (GError) error = NULL;

  g_assert_null (extract (pdf, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  if (!g_pattern_match_simple (refusal->error, error->message))
    g_error ("“%s” is not like “%s”", error->message, refusal->error);
}

/* What is small in the file and huge when it is unpacked. */
static void
test_bomb (void)
{
  g_autofree char *zeros = g_malloc0 (WAY_VISIT_PDF_MAX_XML + 1);
  g_autoptr (GBytes) plain = g_bytes_new_static (zeros, WAY_VISIT_PDF_MAX_XML + 1);
  g_autoptr (GBytes) packed = deflate (plain);
  g_autoptr (GError) error = NULL;
  const Recipe recipe = {.filter = "/Filter /FlateDecode"};
  g_autoptr (GBytes) pdf = make_pdf (&recipe, packed);

  g_assert_cmpuint (g_bytes_get_size (pdf), <, 1 << 20);
  g_assert_null (extract (pdf, &error));
  g_assert_cmpstr (error->message, ==, INSIDE);
}

/* Ends anywhere: never a record, never a fault. */
static void
test_truncated (void)
{
  g_autoptr (GBytes) record = load_record ();
  const Recipe good = {NULL};
  g_autoptr (GBytes) pdf = make_pdf (&good, record);
  gsize size = g_bytes_get_size (pdf);

  for (gsize i = 0; i + 16 < size; i += i < 64 || i + 600 > size ? 1 : 97) {
    g_autoptr (GBytes) part = g_bytes_new_from_bytes (pdf, 0, i);
    g_autoptr (GError) error = NULL;

    g_assert_null (extract (part, &error));
    g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  }
}

static void
test_password (void)
{
  g_autoptr (GBytes) record = load_record ();
  const Recipe good = {NULL};
  g_autoptr (GBytes) pdf = make_pdf (&good, record);
  g_autoptr (GBytes) locked = NULL;
  g_autoptr (GError) error = NULL;
  qpdf_data handle = qpdf_init ();

  qpdf_silence_errors (handle);
  qpdf_read_memory (handle, "x", g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), NULL);
  qpdf_init_write_memory (handle);
  qpdf_set_object_stream_mode (handle, qpdf_o_disable);
  qpdf_set_r6_encryption_parameters2 (
      handle, "secret", "secret", 1, 1, 1, 1, 1, 1, qpdf_r3p_full, 1);
  g_assert_cmpint (qpdf_write (handle) & QPDF_ERRORS, ==, 0);
  locked = g_bytes_new (qpdf_get_buffer (handle), qpdf_get_buffer_length (handle));
  qpdf_cleanup (&handle);
  g_assert_null (extract (locked, &error));
  g_assert_true (
      g_str_has_prefix (error->message, "record.pdf:1: document: This PDF is locked with a pass"));
}

/* A file of no objects: the library has no fault to find, and no root either. */
static void
test_no_root (void)
{
  static const char PDF[] = "%PDF-1.7\nxref\n0 0\ntrailer\n<< /Size 0 >>\nstartxref\n9\n%%EOF\n";
  g_autoptr (GBytes) pdf = g_bytes_new_static (PDF, strlen (PDF));
  g_autoptr (GError) error = NULL;

  if (g_test_subprocess ()) {
    g_assert_null (extract (pdf, &error));
    g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
    return;
  }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/visit-pdf/takes", test_takes);
  g_test_add_func ("/visit-pdf/saved-again", test_saved_again);
  g_test_add_func ("/visit-pdf/imports", test_imports);
  for (guint i = 0; i < G_N_ELEMENTS (REFUSALS); i++) {
    g_autofree char *path = g_strdup_printf ("/visit-pdf/refused/%u", i);

    g_test_add_data_func (path, &REFUSALS[i], test_refused);
  }
  g_test_add_func ("/visit-pdf/bomb", test_bomb);
  g_test_add_func ("/visit-pdf/truncated", test_truncated);
  g_test_add_func ("/visit-pdf/no-root", test_no_root);
  g_test_add_func ("/visit-pdf/password", test_password);
  return g_test_run ();
}
