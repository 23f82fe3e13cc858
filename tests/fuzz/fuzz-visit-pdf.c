/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-sink.h"
#include "way-error.h"
#include "way-visit-pdf.h"

/* What comes out is read as any XML is, and that has a fuzzer of its own. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) xml = way_visit_pdf_extract (stream, "x", &error);

  if (xml == NULL)
    g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  else
    g_assert_cmpuint (g_bytes_get_size (xml), <=, WAY_VISIT_PDF_MAX_XML);
  return 0;
}
