/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Search as typed: words of the texts, each cut after two letters or more. */
#include "bench-samples.h"
#include "bench-table.h"

#include <string.h>

#define N_SCANS 10 /* a scan takes so long that the rest would tell no more */

static double
search_newest (gpointer data)
{
  return bench_sample_search (data, WAY_SEARCH_NEWEST_FIRST);
}

static double
search_best (gpointer data)
{
  return bench_sample_search (data, WAY_SEARCH_BEST_FIRST);
}

static double
run_plain (sqlite3_stmt *stmt, const char *argument, int text_column)
{
  double start = bench_now ();
  int rc;

  sqlite3_bind_text (stmt, 1, argument, -1, SQLITE_STATIC);
  while ((rc = sqlite3_step (stmt)) == SQLITE_ROW)
    sqlite3_column_text (stmt, text_column);
  g_assert_cmpint (rc, ==, SQLITE_DONE);
  sqlite3_reset (stmt);
  return bench_now () - start;
}

static double
search_plain (gpointer data)
{
  BenchSample *sample = data;
  double seconds[BENCH_N_WORDS];
  sqlite3_stmt *stmt;

  bench_must (
      sample->plain,
      sqlite3_prepare_v2 (
          sample->plain,
          "SELECT e.type, e.record, e.child, e.title, snippet (search, 1, char "
          "(2), char (3), '…', 16) FROM search JOIN search_entry e ON e.key = "
          "search.rowid WHERE search MATCH ?1 ORDER BY search.rowid DESC LIMIT " G_STRINGIFY (
              BENCH_SEARCH_LIMIT),
          -1,
          &stmt,
          NULL));
  for (guint i = 0; i < BENCH_N_WORDS; i++) {
    g_autofree char *match = g_strdup_printf ("\"%s\"*", sample->words[i]);

    seconds[i] = run_plain (stmt, match, 4);
  }
  sqlite3_finalize (stmt);
  return bench_p95 (seconds, BENCH_N_WORDS);
}

/* All rows looked at, as who has no index must. */
static double
search_like (gpointer data)
{
  BenchSample *sample = data;
  double seconds[N_SCANS];
  sqlite3_stmt *stmt;

  bench_must (sample->plain,
              sqlite3_prepare_v2 (sample->plain,
                                  "SELECT type, record, child, title, body FROM search_entry WHERE "
                                  "body LIKE ?1 OR body LIKE '% ' || ?1",
                                  -1,
                                  &stmt,
                                  NULL));
  for (guint i = 0; i < N_SCANS; i++) {
    g_autofree char *pattern = g_strconcat (sample->words[i], "%", NULL);

    seconds[i] = run_plain (stmt, pattern, 4);
  }
  sqlite3_finalize (stmt);
  return bench_median (seconds, N_SCANS);
}

void
bench_search (BenchSample *county)
{
  static const BenchRound ROUNDS[] = {search_newest, search_best, search_plain};
  double medians[G_N_ELEMENTS (ROUNDS)], scans[BENCH_ROUNDS], scan;

  bench_medians (ROUNDS, G_N_ELEMENTS (ROUNDS), county, medians);
  for (guint i = 0; i < BENCH_ROUNDS; i++)
    scans[i] = search_like (county);
  scan = bench_median (scans, BENCH_ROUNDS);
  bench_print_head ("beside ms");
  bench_print_row ("search as typed, newest first, p95 | plain FTS5", medians[0], medians[2], 1.5);
  bench_print_row ("search as typed, newest first, p95 | LIKE scan", medians[0], scan, 0.05);
  bench_print_row ("search as typed, best first, p95 | newest first", medians[1], medians[0], 3.0);
}
