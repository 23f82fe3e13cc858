/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BENCH_ROUNDS 5

/* One way of doing the work once; gives the seconds it took, as it alone knows what belongs to it.
 */
typedef double (*BenchRound) (gpointer data);

double bench_now (void);
double bench_median (double *values, guint n);
double bench_p95 (double *values, guint n);
void bench_medians (const BenchRound *rounds, guint n_rounds, gpointer data, double *medians);

void bench_print_head (const char *reference);
void bench_print_row (const char *what, double ours, double reference, double to_reach);
void bench_print_verdict (const char *what, double value, const char *unit, double to_reach);

/* Memory of this process in MB: the most it ever had, and what it has now. */
double bench_peak_memory (void);
double bench_resident_memory (void);
/* Forgets the most so far; FALSE where the kernel does not let us. */
gboolean bench_reset_peak_memory (void);

/* Seconds that processors worked for this process and those it has waited for: what else the
 * machine does lengthens them less than the clock's. */
double bench_processor_time (void);

void bench_run_process (const char *const *argv);

G_END_DECLS
