/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The benchmarks on a county: 4,500 children with 60,000 visits. Each row stands beside its
 * reference, measured in the same run. */
#include "bench-samples.h"

#include <locale.h>
#include <string.h>

static const struct {
  const char *name;
  void (*run) (BenchSample *county);
  gboolean needs_plain;
} PARTS[] = {
    {"rows", bench_rows, TRUE},
    {"search", bench_search, TRUE},
    {"draft", bench_draft, TRUE},
    {"record", bench_record, FALSE},
    {"visit-xml", bench_visit_xml, FALSE},
    {"pupils", bench_pupils, FALSE},
    {"growth", bench_growth, FALSE},
};

/* What else the machine does. */
static void
print_load (const char *when)
{
  g_autofree char *load = NULL;

  if (g_file_get_contents ("/proc/loadavg", &load, NULL, NULL))
    g_print ("load %s, on %u cores: %s", when, g_get_num_processors (), load);
}

/* Each part opens the county anew, so that none finds what another left in memory. */
int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  print_load ("before");
  for (gsize i = 0; i < G_N_ELEMENTS (PARTS); i++) {
    BenchSample *county;

    if (argc > 1 && strcmp (argv[1], PARTS[i].name) != 0)
      continue;
    county = bench_sample_open ("county");
    if (PARTS[i].needs_plain)
      bench_sample_make_plain (county);
    PARTS[i].run (county);
    bench_sample_free (county);
  }
  print_load ("after");
  return 0;
}
