/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-sink.h"
#include "way-caseload-files.h"
#include "way-exchange-private.h"

/* The first byte says which table it is. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GHashTable) enrolled = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  WayImportSink sink = FUZZ_SINK;
  CaseloadSource source = {
      .sink = &sink, .today = way_date_new (2026, 11, 22), .enrolled = enrolled};

  if (size == 0)
    return 0;
  stream = g_memory_input_stream_new_from_data (data + 1, (gssize) size - 1, NULL);
  way_caseload_read_table (&source,
                           CASELOAD_FILES[(guint8) (data[0] - 'A') % N_CASELOAD_FILES].file,
                           stream,
                           NULL,
                           &error);
  g_assert_no_error (error); /* whatever is wrong in a table is a problem of that table */
  return 0;
}
