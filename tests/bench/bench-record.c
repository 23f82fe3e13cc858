/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a visit: one autosave of its draft; and its printed record, from the rows to the file. */
#include "bare-report.h"
#include "bench-samples.h"
#include "bench-table.h"
#include "way-db-private.h"
#include "way-visit-xml.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_SAVES 100
#define DRAFT_SIZE 4096
#define N_RECORDS 40
#define MANY 1000
#define WARM 50 /* records until what is kept for good is there: fonts, pages of the store */
#define N_PAGES 2
#define N_CHARTS 2

static double
save_drafts (gpointer data)
{
  BenchSample *sample = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayRecordSet) records = way_record_set_new ();
  WayVisit *visit = way_record_set_add (records, WAY_VISIT);
  double start;

  visit->seen = g_strnfill (DRAFT_SIZE, 'x');
  start = bench_now ();
  for (guint i = 0; i < N_SAVES; i++) {
    visit->seen[i] = 'y';
    way_db_save_draft (sample->db, records, &error);
    g_assert_no_error (error);
  }
  start = bench_now () - start;
  way_db_discard_draft (sample->db, visit->record.id, &error);
  g_assert_no_error (error);
  return start / N_SAVES;
}

static double
save_plain (gpointer data)
{
  BenchSample *sample = data;
  g_autofree char *text = g_strnfill (DRAFT_SIZE, 'x');
  sqlite3_stmt *stmt;
  double start = bench_now ();

  bench_must (
      sample->plain,
      sqlite3_prepare_v2 (sample->plain,
                          "INSERT OR REPLACE INTO draft VALUES ('id', NULL, NULL, 'now', ?)",
                          -1,
                          &stmt,
                          NULL));
  for (guint i = 0; i < N_SAVES; i++) {
    text[i] = 'y';
    sqlite3_bind_text (stmt, 1, text, -1, SQLITE_STATIC);
    bench_must (sample->plain, sqlite3_step (stmt));
    sqlite3_reset (stmt);
  }
  sqlite3_finalize (stmt);
  return (bench_now () - start) / N_SAVES;
}

void
bench_draft (BenchSample *county)
{
  static const BenchRound ROUNDS[] = {save_drafts, save_plain};
  double medians[G_N_ELEMENTS (ROUNDS)];

  bench_medians (ROUNDS, G_N_ELEMENTS (ROUNDS), county, medians);
  bench_print_head ("beside ms");
  bench_print_row ("autosave of a 4 KB draft, durable | plain SQLite", medians[0], medians[1], 1.5);
}

typedef struct {
  BenchSample *sample;
  WayReportStyle style;
  const char *visit;
  char *path;
  GArray *texts;
} Record;

static void
write_record (Record *self, const char *visit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDossier) dossier = way_db_gather_visit (self->sample->db, visit, 0, &error);
  g_autoptr (GBytes) xml = NULL, pdf = NULL;

  g_assert_no_error (error);
  xml = way_visit_xml_write (dossier, way_dossier_get_visit (dossier)->signed_at, &error);
  g_assert_no_error (error);
  pdf = way_visit_report_render (dossier, &self->style, xml, NULL, &error);
  g_assert_no_error (error);
  g_file_set_contents_full (self->path,
                            g_bytes_get_data (pdf, NULL),
                            (gssize) g_bytes_get_size (pdf),
                            G_FILE_SET_CONTENTS_NONE,
                            0600,
                            &error);
  g_assert_no_error (error);
}

static double
write_ours (gpointer data)
{
  Record *self = data;
  double start = bench_now ();

  for (guint i = 0; i < N_RECORDS; i++)
    write_record (self, self->visit);
  return (bench_now () - start) / N_RECORDS;
}

static double
write_bare (gpointer data)
{
  Record *self = data;
  g_autoptr (GError) error = NULL;
  double start = bench_now ();

  for (guint i = 0; i < N_RECORDS; i++) {
    g_autoptr (GByteArray) pdf = bare_report_render (self->texts);

    g_file_set_contents_full (self->path,
                              (const char *) pdf->data,
                              (gssize) pdf->len,
                              G_FILE_SET_CONTENTS_NONE,
                              0600,
                              &error);
    g_assert_no_error (error);
  }
  return (bench_now () - start) / N_RECORDS;
}

static double
gather_only (gpointer data)
{
  Record *self = data;
  double start = bench_now ();

  for (guint i = 0; i < N_RECORDS; i++) {
    g_autoptr (WayDossier) dossier = way_db_gather_visit (self->sample->db, self->visit, 0, NULL);

    g_assert_nonnull (dossier);
  }
  return (bench_now () - start) / N_RECORDS;
}

/* The newest signed visit that fills two pages with two charts. */
static void
choose_visit (Record *self)
{
  GPtrArray *visits = self->sample->visits;

  for (guint i = visits->len; i-- > 0 && self->visit == NULL;) {
    const char *id = g_ptr_array_index (visits, i);
    g_autoptr (WayDossier) dossier = way_db_gather_visit (self->sample->db, id, 0, NULL);
    WayVisitPages *pages;

    g_assert_nonnull (dossier);
    if (way_record_set_list (dossier->records, WAY_TARGET)->len != N_CHARTS)
      continue;
    pages = way_visit_pages_new (dossier, &self->style);
    if (way_visit_pages_get_length (pages) == N_PAGES) {
      self->visit = id;
      self->texts = bare_report_new (dossier, &self->style);
    }
    way_visit_pages_free (pages);
  }
  g_assert_nonnull (self->visit);
}

/* All different, as in a run that prints a term's records. */
static void
write_many (Record *self)
{
  GPtrArray *visits = self->sample->visits;
  double before = 0.0;
  gboolean reset;

  for (guint i = 0; i < MANY; i++) {
    if (i == WARM) {
      reset = bench_reset_peak_memory ();
      g_assert_true (reset);
      before = bench_peak_memory ();
    }
    write_record (self, g_ptr_array_index (visits, visits->len - 1 - i));
  }
  bench_print_verdict (
      "1,000 different records in one run, memory grows", bench_peak_memory () - before, "MB", 10);
}

void
bench_record (BenchSample *county)
{
  static const BenchRound ROUNDS[] = {write_ours, write_bare, gather_only};
  double medians[G_N_ELEMENTS (ROUNDS)];
  g_autoptr (WayCodeLists) lists = way_db_get_code_lists (county->db, NULL);
  Record record = {.sample = county, .path = bench_sample_path (county, "record.pdf")};

  g_assert_nonnull (lists);
  record.style = (WayReportStyle){.service_name = "Swale Specialist Teaching and Learning Service",
                                  .lists = lists,
                                  .made_up = TRUE};
  choose_visit (&record);
  bench_medians (ROUNDS, G_N_ELEMENTS (ROUNDS), &record, medians);
  bench_print_head ("beside ms");
  bench_print_row (
      "record of 2 pages, 2 charts: gather, lay out, write | bare", medians[0], medians[1], 1.5);
  g_print ("(of which gathering takes %.3f ms)\n", medians[2] * 1e3);
  write_many (&record);
  g_array_unref (record.texts);
  g_free (record.path);
}
