/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-db.h"

#include <sqlite3.h>

G_BEGIN_DECLS

#define BENCH_N_WORDS 200
#define BENCH_SEARCH_LIMIT 50 /* hits to a word, as the window asks for */

/* A made-up caseload, opened, with what was typed to search it; and a folder of our own, removed
 * with all that is in it. */
typedef struct {
  WayDb *db;
  sqlite3 *plain; /* the same rows and index in plain SQLite, once asked for */
  char *dir;
  char *path;                 /* of the store, in @dir */
  char *words[BENCH_N_WORDS]; /* of its texts, cut after two letters or more */
  GPtrArray *children;        /* WayChildRow */
  GPtrArray *visits;          /* ids of signed visits, oldest first */
} BenchSample;

BenchSample *bench_sample_open (const char *size);
void bench_sample_free (BenchSample *self);
void bench_sample_reopen (BenchSample *self);
void bench_sample_make_plain (BenchSample *self);
void bench_sample_reopen_plain (BenchSample *self);
double bench_sample_search (BenchSample *self, WaySearchOrder order);
char *bench_sample_path (BenchSample *self, const char *name);

void bench_must (sqlite3 *plain, int rc);
WayDate bench_today (void);

/* The parts of the table. */
void bench_rows (BenchSample *county);
void bench_search (BenchSample *county);
void bench_draft (BenchSample *county);
void bench_record (BenchSample *county);
void bench_visit_xml (BenchSample *county);
void bench_pupils (BenchSample *county);
void bench_growth (BenchSample *county);

G_END_DECLS
