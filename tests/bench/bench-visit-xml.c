/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 10,000 Records of Visit in one file: out of the county, and into an empty store. */
#include "bench-samples.h"
#include "bench-table.h"
#include "way-import-file.h"
#include "way-visit-xml.h"

#include <glib/gstdio.h>
#include <malloc.h>
#include <string.h>

#define N_VISITS 10000
#define N_FEWER 2000
#define MOST_MEMORY 10 /* MB: of the export; of an import, beyond that of fewer visits */
#define STAMP "2026-11-18T08:00:00Z"
#define PASSPHRASE "only for this run"

typedef struct {
  BenchSample *sample;
  char *file;
  char *store;
  guint n_visits;
  double gathering; /* seconds of the last export that were spent in the store */
} Files;

static double
export_visits (gpointer data)
{
  Files *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (self->file);
  g_autoptr (GFileOutputStream) stream = NULL;
  WayVisitXmlWriter *writer;
  double start;

  g_remove (self->file);
  start = bench_now ();
  self->gathering = 0.0;
  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, &error);
  g_assert_no_error (error);
  writer = way_visit_xml_writer_new (G_OUTPUT_STREAM (stream), STAMP, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < self->n_visits; i++) {
    double before = bench_now ();
    g_autoptr (WayDossier) dossier = way_db_gather_visit (
        self->sample->db, g_ptr_array_index (self->sample->visits, i), 0, &error);

    g_assert_no_error (error);
    self->gathering += bench_now () - before;
    way_visit_xml_writer_add (writer, dossier, &error);
    g_assert_no_error (error);
  }
  way_visit_xml_writer_finish (writer, &error);
  g_assert_no_error (error);
  way_visit_xml_writer_free (writer);
  g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, &error);
  g_assert_no_error (error);
  return bench_now () - start;
}

/* Into an empty store, through the one way in; matched, stored and committed. Making the store is
 * left out, and so is deriving its key. */
static double
import_visits (gpointer data)
{
  Files *self = data;
  WayVaultCost cost = {.memory = 64 * 1024 * 1024, .operations = 1};
  WayImportOptions options = {.today = bench_today ()};
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = NULL;
  g_autoptr (WayImportReport) report = NULL;
  WayImportSink *sink;
  char *recovery_key = NULL;
  gboolean read;
  double seconds;

  db = way_db_create (self->store, PASSPHRASE, &cost, &recovery_key, &error);
  g_assert_no_error (error);
  way_vault_secret_free (recovery_key);
  seconds = bench_now ();
  sink = way_db_import_begin (db, &options, &error);
  g_assert_no_error (error);
  read = way_import_file_read (self->file, WAY_FORMAT_AUTO, options.today, sink, NULL, &error);
  g_assert_no_error (error);
  report = way_db_import_end (sink, read, &error);
  g_assert_no_error (error);
  seconds = bench_now () - seconds;
  g_assert_cmpuint (report->n_errors, ==, 0);
  g_assert_cmpuint (report->n_added[way_record_type_index (WAY_VISIT)], ==, self->n_visits);
  g_clear_pointer (&db, way_db_close);
  g_assert_no_errno (g_remove (self->store));
  return seconds;
}

static double
run_xmllint (gpointer data)
{
  Files *self = data;
  const char *argv[] = {
      "xmllint", "--noout", "--stream", "--schema", g_getenv ("WAYMARK_XSD"), self->file, NULL};
  double start = bench_now ();

  bench_run_process (argv);
  return bench_now () - start;
}

/* Runs one way of the work; @memory: what it needed at most over what was there before, in MB;
 * @work: processor time, to the seconds so far. */
static double
run_round (BenchRound round, Files *files, double *memory, double *work)
{
  double before, seconds, begun = bench_processor_time ();
  gboolean reset;

  malloc_trim (0);
  reset = bench_reset_peak_memory ();
  g_assert_true (reset);
  before = bench_peak_memory ();
  seconds = round (files);
  *memory = bench_peak_memory () - before;
  *work += bench_processor_time () - begun;
  return seconds;
}

/* MB that an import of a file with fewer visits needs: its key, its page cache, and its own. */
static double
import_fewer (Files *files)
{
  double memory, work = 0.0;

  files->n_visits = N_FEWER;
  export_visits (files);
  run_round (import_visits, files, &memory, &work);
  files->n_visits = N_VISITS;
  return memory;
}

void
bench_visit_xml (BenchSample *county)
{
  static const BenchRound ROUNDS[] = {export_visits, import_visits, run_xmllint};
  Files files = {.sample = county,
                 .file = bench_sample_path (county, "visits.xml"),
                 .store = bench_sample_path (county, "new.waymark"),
                 .n_visits = N_VISITS};
  double seconds[3][BENCH_ROUNDS], memory[3][BENCH_ROUNDS], gathering[BENCH_ROUNDS], medians[3];
  double work[3] = {0.0, 0.0, 0.0}, fewer;
  GStatBuf info;

  g_assert_cmpuint (county->visits->len, >=, N_VISITS);
  for (guint i = 0; i < BENCH_ROUNDS; i++) {
    for (guint k = 0; k < 3; k++)
      seconds[k][i] = run_round (ROUNDS[k], &files, &memory[k][i], &work[k]);
    gathering[i] = files.gathering;
  }
  g_stat (files.file, &info);
  for (guint k = 0; k < 3; k++)
    medians[k] = bench_median (seconds[k], BENCH_ROUNDS);
  bench_print_head ("xmllint ms");
  bench_print_row ("10,000 visits: gather, write and validate", medians[0], medians[2], 1.5);
  g_print ("(of which the store gathers %.0f ms; the file has %.0f MB)\n",
           bench_median (gathering, BENCH_ROUNDS) * 1e3,
           (double) info.st_size / 1e6);
  bench_print_row ("10,000 visits: import, matched and stored", medians[1], medians[2], 4.0);
  g_print ("(processor time: export %.0f ms, %.2f times; import %.0f ms, %.2f times)\n",
           work[0] / BENCH_ROUNDS * 1e3,
           work[0] / work[2],
           work[1] / BENCH_ROUNDS * 1e3,
           work[1] / work[2]);
  bench_print_verdict (
      "memory that the export needs", memory[0][BENCH_ROUNDS - 1], "MB", MOST_MEMORY);
  fewer = import_fewer (&files);
  bench_print_verdict ("memory that the import needs beyond that of a fifth of the visits",
                       memory[1][BENCH_ROUNDS - 1] - fewer,
                       "MB",
                       MOST_MEMORY);
  g_print ("(in each round, MB: export");
  for (guint i = 0; i < BENCH_ROUNDS; i++)
    g_print (" %.0f", memory[0][i]);
  g_print ("; import");
  for (guint i = 0; i < BENCH_ROUNDS; i++)
    g_print (" %.0f", memory[1][i]);
  g_print ("; import of a fifth %.0f)\n", fewer);
  g_free (files.file);
  g_free (files.store);
}
