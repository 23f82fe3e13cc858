/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-sink.h"
#include "way-error.h"
#include "way-exchange-private.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (GError) error = NULL;
  WayImportSink sink = FUZZ_SINK;

  if (!way_ctf_read_stream (stream, "x", way_date_new (2026, 11, 22), &sink, NULL, &error))
    g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  return 0;
}
