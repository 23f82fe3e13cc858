/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One Record of Visit of two pages with two charts: laying out and writing, beside bare Cairo
 * and Pango that draw the same text at the same sizes; and the memory of a thousand. */
#include "bare-report.h"
#include "report-fixture.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ROUNDS 5
#define RENDERS 60
#define MANY 1000

static gsize
render_bare (GArray *texts)
{
  g_autoptr (GByteArray) bytes = bare_report_render (texts);

  return bytes->len;
}

static gsize
render_record (const WayDossier *dossier, const WayReportStyle *style)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = way_visit_report_render (dossier, style, NULL, NULL, &error);

  g_assert_no_error (error);
  return g_bytes_get_size (pdf);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* Resident memory in MB. */
static double
resident (void)
{
  g_autofree char *text = NULL;
  char *second;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0.0;
  second = strchr (text, ' ');
  return second != NULL ? g_ascii_strtod (second, NULL) * (double) sysconf (_SC_PAGESIZE) / 1e6
                        : 0.0;
}

int
main (void)
{
  ReportFixture fixture;
  double ours[ROUNDS], bare[ROUNDS], before;
  g_autoptr (WayDossier) dossier = NULL;
  g_autoptr (GArray) texts = NULL;

  report_fixture_init (&fixture);
  report_fixture_fill (&fixture);
  dossier = report_fixture_steal_dossier (&fixture);
  texts = bare_report_new (dossier, &fixture.style);
  render_record (dossier, &fixture.style);
  render_bare (texts);
  /* One of each in turn, so that what else the machine does falls on both. */
  for (guint round = 0; round < ROUNDS; round++) {
    gint64 times[2] = {0, 0};

    for (guint i = 0; i < RENDERS; i++) {
      gint64 start = g_get_monotonic_time (), middle;

      render_record (dossier, &fixture.style);
      middle = g_get_monotonic_time ();
      render_bare (texts);
      times[0] += middle - start;
      times[1] += g_get_monotonic_time () - middle;
    }
    ours[round] = (double) times[0] / 1000.0 / RENDERS;
    bare[round] = (double) times[1] / 1000.0 / RENDERS;
  }
  qsort (ours, ROUNDS, sizeof *ours, compare_doubles);
  qsort (bare, ROUNDS, sizeof *bare, compare_doubles);
  before = resident ();
  for (guint i = 0; i < MANY; i++)
    render_record (dossier, &fixture.style);
  g_print (
      "%-44s %8s %10s %7s %8s\n", "what (median of 5)", "ms", "reference", "times", "to reach");
  g_print ("%-44s %8.2f %10.2f %7.2f %8s\n",
           "Record of Visit, two pages with two charts",
           ours[ROUNDS / 2],
           bare[ROUNDS / 2],
           ours[ROUNDS / 2] / bare[ROUNDS / 2],
           "1.5");
  g_print ("%-44s %+8.1f MB over %d (to reach: within 10)\n",
           "memory of many in one run",
           resident () - before,
           MANY);
  report_fixture_clear (&fixture);
  return 0;
}
