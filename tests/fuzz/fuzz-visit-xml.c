/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-sink.h"
#include "way-error.h"
#include "way-exchange-private.h"
#include "way-visit-xml.h"

/* A record that is taken can be written, as the same record. */
static gboolean
take (WayImportSink *sink, WayRecordSet *unit, GError **error)
{
  g_autofree char *text = way_canonical_write (unit, WAY_CANONICAL_SHARED);
  WayDossier dossier = {.records = unit};
  g_autoptr (GBytes) bytes = NULL;

  way_canonical_fingerprint (text, dossier.fingerprint);
  bytes = way_visit_xml_write (&dossier, "2026-11-22T08:00:00Z", error);
  g_assert_nonnull (bytes);
  return fuzz_take (sink, unit, error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (GError) error = NULL;
  WayImportSink sink = {take, fuzz_problem};

  if (!way_visit_xml_read_stream (stream, "x", &sink, NULL, &error))
    g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  return 0;
}
