/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the benchmarks on the made-up caseloads share: rounds taken in turns, and the table. */
#include "bench-table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define MOST_ROUNDS 6 /* ways of one row */
#define WHAT_WIDTH 58

double
bench_now (void)
{
  return (double) g_get_monotonic_time () / 1e6;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

/* Sorts @values. */
double
bench_median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return values[n / 2];
}

/* Sorts @values. */
double
bench_p95 (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return values[n * 95 / 100];
}

/* In turns, so that what else the machine does falls on all of them. */
void
bench_medians (const BenchRound *rounds, guint n_rounds, gpointer data, double *medians)
{
  double seconds[MOST_ROUNDS][BENCH_ROUNDS];

  g_assert_cmpuint (n_rounds, <=, MOST_ROUNDS);
  for (guint round = 0; round < BENCH_ROUNDS; round++) {
    for (guint i = 0; i < n_rounds; i++)
      seconds[i][round] = rounds[i](data);
  }
  for (guint i = 0; i < n_rounds; i++)
    medians[i] = bench_median (seconds[i], BENCH_ROUNDS);
}

void
bench_print_head (const char *reference)
{
  g_print ("\n%-*s %12s %12s %8s %9s\n",
           WHAT_WIDTH,
           "median of 5",
           "Waymark ms",
           reference,
           "times",
           "to reach");
}

void
bench_print_row (const char *what, double ours, double reference, double to_reach)
{
  double times = ours / reference;

  g_print ("%-*s %12.3f %12.3f %8.3f %9.2f  %s\n",
           WHAT_WIDTH,
           what,
           ours * 1e3,
           reference * 1e3,
           times,
           to_reach,
           times <= to_reach ? "reached" : "MISSED");
}

/* A row with nothing beside it. */
void
bench_print_verdict (const char *what, double value, const char *unit, double to_reach)
{
  g_print ("%-*s %12.1f %-12s %8s %9.1f  %s\n",
           WHAT_WIDTH,
           what,
           value,
           unit,
           "",
           to_reach,
           value <= to_reach ? "reached" : "MISSED");
}

static double
memory_from_status (const char *name)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0.0;
  line = strstr (text, name);
  return line != NULL ? g_ascii_strtod (line + strlen (name), NULL) / 1e3 : 0.0;
}

double
bench_peak_memory (void)
{
  return memory_from_status ("\nVmHWM:");
}

double
bench_resident_memory (void)
{
  return memory_from_status ("\nVmRSS:");
}

gboolean
bench_reset_peak_memory (void)
{
  FILE *file = fopen ("/proc/self/clear_refs", "w");
  gboolean done;

  if (file == NULL)
    return FALSE;
  done = fputs ("5", file) >= 0;
  return fclose (file) == 0 && done;
}

static double
used_by (int who)
{
  struct rusage usage;

  getrusage (who, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

double
bench_processor_time (void)
{
  return used_by (RUSAGE_SELF) + used_by (RUSAGE_CHILDREN);
}

void
bench_run_process (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL,
                (char **) argv,
                NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                NULL,
                NULL,
                NULL,
                NULL,
                &status,
                &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}
