/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-samples.h"

#include "bench-table.h"
#include "way-db-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define SEED 2026

void
bench_must (sqlite3 *plain, int rc)
{
  if (rc != SQLITE_OK && rc != SQLITE_DONE && rc != SQLITE_ROW)
    g_error ("%s", sqlite3_errmsg (plain));
}

WayDate
bench_today (void)
{
  return way_date_new (2026, 11, 18); /* the day that the samples are made for */
}

static char *
samples_file (const char *name, const char *ending)
{
  const char *folder = g_getenv ("WAYMARK_SAMPLES");
  g_autofree char *file = g_strconcat (name, ending, NULL);

  if (folder == NULL)
    g_error ("WAYMARK_SAMPLES names no folder");
  return g_build_filename (folder, file, NULL);
}

/* Into a folder of this run, so that what a benchmark writes stays out of the kept sample. */
static char *
copy_store (const char *size, const char *dir)
{
  g_autofree char *path = samples_file (size, ".waymark");
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) kept = g_file_new_for_path (path);
  g_autoptr (GFile) copy = g_file_new_build_filename (dir, "sample.waymark", NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    g_error ("%s is missing: the benchmark “samples” makes it", path);
  g_file_copy (kept, copy, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_file_get_path (copy);
}

static WayDb *
open_store (const char *path)
{
  g_autofree char *secret = samples_file ("passphrase", "");
  g_autofree char *passphrase = NULL;
  g_autoptr (GError) error = NULL;
  WayDb *db;

  g_file_get_contents (secret, &passphrase, NULL, &error);
  g_assert_no_error (error);
  g_strchomp (passphrase);
  db = way_db_open (path, passphrase, &error);
  g_assert_no_error (error);
  return db;
}

/* Rows of one text column. */
static GPtrArray *
list_texts (WayDb *db, const char *sql)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_auto (WayStmt) stmt = way_stmt_prepare (db, sql);

  while (way_stmt_step (&stmt, &error) == WAY_STEP_ROW)
    g_ptr_array_add (texts, g_strdup (way_stmt_text (&stmt, 0)));
  g_assert_no_error (error);
  return texts;
}

/* A word of @text from a random place on, cut after two letters or more; NULL if it has none
 * there. */
static char *
cut_word (GRand *random, const char *text)
{
  gsize length = strlen (text);
  const char *start, *end;

  if (length < 16)
    return NULL;
  start = text + g_rand_int_range (random, 0, (int) length - 12);
  while (g_ascii_isalpha (*start))
    start++;
  while (*start != '\0' && !g_ascii_isalpha (*start))
    start++;
  for (end = start; g_ascii_isalpha (*end);)
    end++;
  if (end - start < 3 || (guchar) *end >= 0x80)
    return NULL;
  return g_strndup (start, (gsize) g_rand_int_range (random, 2, (int) (end - start) + 1));
}

static void
choose_words (BenchSample *self)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  g_autoptr (GPtrArray) texts =
      list_texts (self->db,
                  "SELECT \"body\" FROM \"search_entry\" ORDER BY \"key\" * 2654435761 % 1000003 "
                  "LIMIT 2000");
  guint n = 0;

  g_assert_cmpuint (texts->len, >, 0);
  while (n < BENCH_N_WORDS) {
    guint which = (guint) g_rand_int_range (random, 0, (int) texts->len);

    self->words[n] = cut_word (random, g_ptr_array_index (texts, which));
    if (self->words[n] != NULL)
      n++;
  }
}

BenchSample *
bench_sample_open (const char *size)
{
  BenchSample *self = g_new0 (BenchSample, 1);
  g_autoptr (GError) error = NULL;

  self->dir = g_dir_make_tmp ("way-bench-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = copy_store (size, self->dir);
  self->db = open_store (self->path);
  self->children = way_db_list_child_rows (self->db, bench_today (), &error);
  g_assert_no_error (error);
  self->visits = list_texts (self->db,
                             "SELECT \"id\" FROM \"visit\" WHERE \"signed_at\" IS NOT NULL ORDER "
                             "BY \"date\", \"id\"");
  choose_words (self);
  return self;
}

char *
bench_sample_path (BenchSample *self, const char *name)
{
  return g_build_filename (self->dir, name, NULL);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_assert_no_errno (g_remove (path));
  }
  g_assert_no_errno (g_rmdir (folder));
}

void
bench_sample_free (BenchSample *self)
{
  way_db_close (self->db);
  sqlite3_close (self->plain);
  remove_folder (self->dir);
  for (guint i = 0; i < BENCH_N_WORDS; i++)
    g_free (self->words[i]);
  g_ptr_array_unref (self->children);
  g_ptr_array_unref (self->visits);
  g_free (self->path);
  g_free (self->dir);
  g_free (self);
}

/* Anew, with nothing of them in the memory of this process. */
void
bench_sample_reopen (BenchSample *self)
{
  way_db_close (self->db);
  self->db = open_store (self->path);
}

/* As the store opens itself, but for the seal. */
static void
open_plain (BenchSample *self)
{
  g_autofree char *path = bench_sample_path (self, "plain.db");

  bench_must (NULL, sqlite3_open (path, &self->plain));
  bench_must (self->plain, way_db_know_words (self->plain));
  bench_must (self->plain,
              sqlite3_exec (self->plain,
                            "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA "
                            "synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = "
                            "ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536",
                            NULL,
                            NULL,
                            NULL));
}

void
bench_sample_reopen_plain (BenchSample *self)
{
  bench_must (self->plain, sqlite3_close (self->plain));
  open_plain (self);
}

/* Page by page, so that tables and search index are the very same. It is made up, so that it
 * may lie about in the clear for as long as we run. */
void
bench_sample_make_plain (BenchSample *self)
{
  g_autofree char *path = bench_sample_path (self, "plain.db");
  sqlite3 *plain;
  sqlite3_backup *backup;

  bench_must (NULL, sqlite3_open (path, &plain));
  backup = sqlite3_backup_init (plain, "main", self->db->handle, "main");
  g_assert_nonnull (backup);
  g_assert_cmpint (sqlite3_backup_step (backup, -1), ==, SQLITE_DONE);
  bench_must (plain, sqlite3_backup_finish (backup));
  bench_must (plain, sqlite3_close (plain));
  open_plain (self);
}

/* Seconds of the slowest but 5 % of the words. */
double
bench_sample_search (BenchSample *self, WaySearchOrder order)
{
  double seconds[BENCH_N_WORDS];

  for (guint i = 0; i < BENCH_N_WORDS; i++) {
    double start = bench_now ();
    g_autoptr (GPtrArray) hits =
        way_db_search (self->db, self->words[i], order, BENCH_SEARCH_LIMIT, NULL);

    seconds[i] = bench_now () - start;
    g_assert_nonnull (hits);
  }
  return bench_p95 (seconds, BENCH_N_WORDS);
}
