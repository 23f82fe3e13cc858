/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same with 60, 400 and 4,500 children: what is shown all the time must not grow with them. */
#include "bench-samples.h"
#include "bench-table.h"

#define N_PAGES 60 /* child pages to a round */
#define MOST_GROWTH 1.5

static const char *const SIZES[] = {"teacher", "district", "county"};
#define N_SIZES G_N_ELEMENTS (SIZES)

static double
search_newest (BenchSample *sample)
{
  return bench_sample_search (sample, WAY_SEARCH_NEWEST_FIRST);
}

static double
search_best (BenchSample *sample)
{
  return bench_sample_search (sample, WAY_SEARCH_BEST_FIRST);
}

/* Children from all over the list, each with everything that its page shows. */
static double
gather_pages (BenchSample *sample, guint *n_records)
{
  double start = bench_now ();

  *n_records = 0;
  for (guint i = 0; i < N_PAGES; i++) {
    const WayChildRow *row =
        g_ptr_array_index (sample->children, i * (sample->children->len / N_PAGES));
    g_autoptr (WayRecordSet) records = way_db_gather_child (sample->db, row->id, NULL);

    g_assert_nonnull (records);
    *n_records += way_record_set_count (records);
  }
  return bench_now () - start;
}

static double
child_page (BenchSample *sample)
{
  guint n_records;

  return gather_pages (sample, &n_records) / N_PAGES;
}

/* A small caseload is a young one, with less about each child: this sets like beside like. */
static double
child_page_records (BenchSample *sample)
{
  guint n_records;
  double seconds = gather_pages (sample, &n_records);

  return seconds / n_records * 100.0;
}

static double
children_list (BenchSample *sample)
{
  double start = bench_now ();
  g_autoptr (GPtrArray) rows = way_db_list_child_rows (sample->db, bench_today (), NULL);

  g_assert_nonnull (rows);
  return bench_now () - start;
}

static const struct {
  const char *what;
  double (*round) (BenchSample *sample);
  gboolean is_bound; /* by the growth that is allowed */
} ROWS[] = {
    {"search as typed, newest first, p95", search_newest, TRUE},
    {"search as typed, best first, p95", search_best, TRUE},
    {"child page: everything about one child, by 100 records", child_page_records, TRUE},
    {"child page: everything about one child", child_page, FALSE},
    {"children list: all rows", children_list, FALSE},
};

static void
take_medians (BenchSample **samples, double (*round) (BenchSample *), double *medians)
{
  double seconds[N_SIZES][BENCH_ROUNDS];

  for (guint i = 0; i < BENCH_ROUNDS; i++) {
    for (guint k = 0; k < N_SIZES; k++)
      seconds[k][i] = round (samples[k]);
  }
  for (guint k = 0; k < N_SIZES; k++)
    medians[k] = bench_median (seconds[k], BENCH_ROUNDS);
}

/* The same words everywhere: the smallest caseload's. */
static void
copy_words (const BenchSample *from, BenchSample *to)
{
  for (guint i = 0; i < BENCH_N_WORDS; i++) {
    g_free (to->words[i]);
    to->words[i] = g_strdup (from->words[i]);
  }
}

void
bench_growth (BenchSample *county)
{
  BenchSample *samples[] = {bench_sample_open (SIZES[0]), bench_sample_open (SIZES[1]), county};

  copy_words (samples[0], samples[1]);
  copy_words (samples[0], samples[2]);
  g_print ("\n%-58s %9s %9s %9s %8s %9s\n",
           "median of 5, ms, by number of children",
           "60",
           "400",
           "4,500",
           "times",
           "to reach");
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    double medians[N_SIZES], growth;

    take_medians (samples, ROWS[i].round, medians);
    growth = medians[N_SIZES - 1] / medians[0];
    g_print ("%-58s %9.3f %9.3f %9.3f %8.2f",
             ROWS[i].what,
             medians[0] * 1e3,
             medians[1] * 1e3,
             medians[2] * 1e3,
             growth);
    if (ROWS[i].is_bound)
      g_print (" %9.2f  %s", MOST_GROWTH, growth <= MOST_GROWTH ? "reached" : "MISSED");
    g_print ("\n");
  }
  g_print ("first frame of the children list: in the benchmark of the window\n");
  bench_sample_free (samples[0]);
  bench_sample_free (samples[1]);
}
