/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store beside plain SQLite, in the same run: the same schema, rows and words. The reference
 * is a loop written by hand over the same tables; it neither checks a record nor keeps an audit.
 * Prints medians of five. */
#include "store-fixture.h"
#include "way-db-private.h"
#include "way-text.h"

#include <math.h>
#include <string.h>

#define N_ROUNDS 5
#define N_MEASUREMENTS 50000
#define N_TARGETS 5000
#define N_VISITS 60000
#define N_WORDS 200
#define N_SAVES 40

static const char *const WORDS[] = {
    "attention",  "board",      "calm",        "carpet",    "classroom",   "confident",
    "corner",     "counting",   "drawing",     "during",    "encourage",   "familiar",
    "friends",    "group",      "handwriting", "helped",    "independent", "instructions",
    "joined",     "language",   "lesson",      "listening", "lunch",       "morning",
    "noticed",    "number",     "outside",     "partner",   "pencil",      "phonics",
    "picture",    "playground", "praise",      "prompt",    "quiet",       "reading",
    "routine",    "sensory",    "sentence",    "settled",   "sharing",     "sounds",
    "speech",     "steps",      "story",       "table",     "timetable",   "together",
    "transition", "turns",      "understands", "visual",    "waiting",     "whiteboard",
    "words",      "writing"};

typedef double (*Round) (gpointer data);

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static double
median_of (double *seconds, guint n)
{
  qsort (seconds, n, sizeof (double), compare_doubles);
  return seconds[n / 2];
}

static double
now (void)
{
  return (double) g_get_monotonic_time () / 1e6;
}

static void
report (const char *what, double ours, double reference, double limit)
{
  g_print ("%-44s %9.2f ms %9.2f ms %6.2f  (to reach %.2f)%s\n",
           what,
           ours * 1e3,
           reference * 1e3,
           ours / reference,
           limit,
           ours / reference > limit ? "  MISSED" : "");
}

/* Both in turn, so that what else the machine does falls on both. */
static void
compare (const char *what, Round ours, Round reference, double limit, gpointer data)
{
  double our_seconds[N_ROUNDS], reference_seconds[N_ROUNDS];

  for (int i = 0; i < N_ROUNDS; i++) {
    our_seconds[i] = ours (data);
    reference_seconds[i] = reference (data);
  }
  report (what, median_of (our_seconds, N_ROUNDS), median_of (reference_seconds, N_ROUNDS), limit);
}

static void
must (sqlite3 *plain, int rc)
{
  if (rc != SQLITE_OK && rc != SQLITE_DONE && rc != SQLITE_ROW)
    g_error ("%s", sqlite3_errmsg (plain));
}

typedef struct {
  StoreFixture store;
  char *plain_path;
  sqlite3 *plain;
  GPtrArray *measurements; /* as saved in the store */
  char *prefixes[N_WORDS];
} Bench;

static char *
make_prose (GRand *random, guint n_words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_words; i++)
    g_string_append_printf (
        text, "%s%s", i > 0 ? " " : "", WORDS[g_rand_int_range (random, 0, G_N_ELEMENTS (WORDS))]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
open_plain (Bench *bench)
{
  must (NULL, sqlite3_open (bench->plain_path, &bench->plain));
  must (bench->plain, way_db_know_words (bench->plain));
  must (bench->plain,
        sqlite3_exec (bench->plain,
                      "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA "
                      "synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; "
                      "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536",
                      NULL,
                      NULL,
                      NULL));
}

static void
make_plain (Bench *bench)
{
  g_autofree char *sql = way_db_dup_resource ("migrations/0001.sql", NULL);

  open_plain (bench);
  must (bench->plain, sqlite3_exec (bench->plain, sql, NULL, NULL, NULL));
}

static void
copy_rows (Bench *bench, const WayRecordType *type)
{
  g_autoptr (GPtrArray) rows = way_db_list (bench->store.db, type, NULL, NULL, NULL);
  g_autoptr (GString) sql = g_string_new (NULL);
  sqlite3_stmt *stmt;

  g_string_printf (sql,
                   "INSERT INTO \"%s\" (%s) VALUES (?, ?, ?, 1",
                   type->name,
                   way_db_row_columns (bench->store.db, type));
  for (guint i = 0; i < type->n_fields; i++)
    g_string_append (sql, ", ?");
  g_string_append (sql, ")");
  must (bench->plain, sqlite3_exec (bench->plain, "BEGIN", NULL, NULL, NULL));
  must (bench->plain, sqlite3_prepare_v2 (bench->plain, sql->str, -1, &stmt, NULL));
  for (guint i = 0; i < rows->len; i++) {
    const WayRecord *row = g_ptr_array_index (rows, i);

    sqlite3_bind_text (stmt, 1, row->id, -1, SQLITE_STATIC);
    sqlite3_bind_text (stmt, 2, row->created_at, -1, SQLITE_STATIC);
    sqlite3_bind_text (stmt, 3, row->updated_at, -1, SQLITE_STATIC);
    for (guint k = 0; k < type->n_fields; k++) {
      g_autofree char *text = way_field_dup_text (&type->fields[k], row);

      sqlite3_bind_text (stmt, (int) k + 4, text, -1, SQLITE_TRANSIENT);
    }
    must (bench->plain, sqlite3_step (stmt));
    sqlite3_reset (stmt);
  }
  sqlite3_finalize (stmt);
  must (bench->plain, sqlite3_exec (bench->plain, "COMMIT", NULL, NULL, NULL));
}

static void
make_targets (Bench *bench, GRand *random)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = store_add_child (bench->store.db, "Amara", "Okafor", NULL);

  way_db_begin (bench->store.db, &error);
  for (guint i = 0; i < N_TARGETS; i++) {
    g_autofree char *statement = make_prose (random, 8);
    g_autoptr (WayTarget) target = store_add_target (bench->store.db, child->record.id, statement);

    for (guint k = 0; k < N_MEASUREMENTS / N_TARGETS; k++) {
      WayMeasurement *measurement = way_record_new (WAY_MEASUREMENT);

      measurement->record.id = way_uuid_random ();
      measurement->target = g_strdup (target->record.id);
      measurement->date = target->start + 7 * k;
      measurement->position = 1;
      measurement->value = g_rand_int_range (random, 0, 20);
      measurement->by = g_strdup ("Hannah Reid");
      g_ptr_array_add (bench->measurements, measurement);
    }
  }
  way_db_commit (bench->store.db, &error);
  g_assert_no_error (error);
  copy_rows (bench, WAY_CHILD);
  copy_rows (bench, WAY_TARGET);
}

static double
insert_ours (gpointer data)
{
  Bench *bench = data;
  g_autoptr (GError) error = NULL;
  double start;

  store_exec (bench->store.db, "DELETE FROM measurement", SQLITE_OK);
  start = now ();
  way_db_begin (bench->store.db, &error);
  for (guint i = 0; i < bench->measurements->len; i++) {
    WayRecord *measurement = g_ptr_array_index (bench->measurements, i);

    measurement->revision = 0;
    store_save (bench->store.db, measurement);
  }
  way_db_commit (bench->store.db, &error);
  g_assert_no_error (error);
  return now () - start;
}

static double
update_ours (gpointer data)
{
  Bench *bench = data;
  g_autoptr (GError) error = NULL;
  double start = now ();

  way_db_begin (bench->store.db, &error);
  for (guint i = 0; i < bench->measurements->len; i++) {
    WayMeasurement *measurement = g_ptr_array_index (bench->measurements, i);

    measurement->value += 1;
    store_save (bench->store.db, measurement);
  }
  way_db_commit (bench->store.db, &error);
  g_assert_no_error (error);
  return now () - start;
}

static double
scan_ours (gpointer data)
{
  Bench *bench = data;
  g_autoptr (GPtrArray) rows = NULL;
  double start;

  store_reopen (&bench->store);
  start = now ();
  rows = way_db_rows_where (bench->store.db, WAY_MEASUREMENT, "", NULL, NULL);
  g_assert_cmpuint (rows->len, ==, N_MEASUREMENTS);
  return now () - start;
}

static void
bind_measurement (sqlite3_stmt *stmt, const WayMeasurement *measurement, const char *iso)
{
  sqlite3_bind_text (stmt, 1, measurement->record.id, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, "2026-01-31T12:00:00Z", -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 3, measurement->target, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 4, iso, -1, SQLITE_STATIC);
  sqlite3_bind_double (stmt, 5, measurement->position);
  sqlite3_bind_double (stmt, 6, measurement->value);
  sqlite3_bind_text (stmt, 7, measurement->by, -1, SQLITE_STATIC);
}

static double
insert_plain (gpointer data)
{
  Bench *bench = data;
  sqlite3_stmt *stmt;
  double start;

  must (bench->plain, sqlite3_exec (bench->plain, "DELETE FROM measurement", NULL, NULL, NULL));
  start = now ();
  must (bench->plain, sqlite3_exec (bench->plain, "BEGIN", NULL, NULL, NULL));
  must (bench->plain,
        sqlite3_prepare_v2 (bench->plain,
                            "INSERT INTO measurement (id, created_at, updated_at, revision, "
                            "target, date, position, value, by) VALUES (?1, ?2, ?2, 1, ?3, ?4, ?5, "
                            "?6, ?7)",
                            -1,
                            &stmt,
                            NULL));
  for (guint i = 0; i < bench->measurements->len; i++) {
    const WayMeasurement *measurement = g_ptr_array_index (bench->measurements, i);
    char iso[WAY_DATE_ISO_SIZE];

    way_date_to_iso (measurement->date, iso);
    bind_measurement (stmt, measurement, iso);
    must (bench->plain, sqlite3_step (stmt));
    sqlite3_reset (stmt);
  }
  sqlite3_finalize (stmt);
  must (bench->plain, sqlite3_exec (bench->plain, "COMMIT", NULL, NULL, NULL));
  return now () - start;
}

static double
update_plain (gpointer data)
{
  Bench *bench = data;
  sqlite3_stmt *stmt;
  double start = now ();

  must (bench->plain, sqlite3_exec (bench->plain, "BEGIN", NULL, NULL, NULL));
  must (bench->plain,
        sqlite3_prepare_v2 (bench->plain,
                            "UPDATE measurement SET value = ?, updated_at = ?, revision = "
                            "revision + 1 WHERE id = ?",
                            -1,
                            &stmt,
                            NULL));
  for (guint i = 0; i < bench->measurements->len; i++) {
    const WayMeasurement *measurement = g_ptr_array_index (bench->measurements, i);

    sqlite3_bind_double (stmt, 1, measurement->value);
    sqlite3_bind_text (stmt, 2, "2026-01-31T12:00:00Z", -1, SQLITE_STATIC);
    sqlite3_bind_text (stmt, 3, measurement->record.id, -1, SQLITE_STATIC);
    must (bench->plain, sqlite3_step (stmt));
    sqlite3_reset (stmt);
  }
  sqlite3_finalize (stmt);
  must (bench->plain, sqlite3_exec (bench->plain, "COMMIT", NULL, NULL, NULL));
  return now () - start;
}

/* Every column of every row, made into the same values. */
static double
scan_plain (gpointer data)
{
  Bench *bench = data;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (way_record_free);
  sqlite3_stmt *stmt;
  double start;

  sqlite3_close (bench->plain);
  open_plain (bench);
  start = now ();
  must (bench->plain,
        sqlite3_prepare_v2 (bench->plain,
                            "SELECT id, created_at, updated_at, revision, target, date, position, "
                            "value, not_measured, note, by FROM measurement",
                            -1,
                            &stmt,
                            NULL));
  while (sqlite3_step (stmt) == SQLITE_ROW) {
    WayMeasurement *measurement = way_record_new (WAY_MEASUREMENT);

    measurement->record.id = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
    measurement->record.created_at = g_strdup ((const char *) sqlite3_column_text (stmt, 1));
    measurement->record.updated_at = g_strdup ((const char *) sqlite3_column_text (stmt, 2));
    measurement->record.revision = sqlite3_column_int64 (stmt, 3);
    measurement->target = g_strdup ((const char *) sqlite3_column_text (stmt, 4));
    measurement->date = way_date_from_iso ((const char *) sqlite3_column_text (stmt, 5));
    measurement->position = sqlite3_column_double (stmt, 6);
    measurement->value = sqlite3_column_double (stmt, 7);
    measurement->by = g_strdup ((const char *) sqlite3_column_text (stmt, 10));
    g_ptr_array_add (rows, measurement);
  }
  sqlite3_finalize (stmt);
  return now () - start;
}

static double
save_drafts (gpointer data)
{
  Bench *bench = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayRecordSet) records = way_record_set_new ();
  WayVisit *visit = way_record_set_add (records, WAY_VISIT);
  double start;

  visit->seen = g_strnfill (4096, 'x');
  start = now ();
  for (guint i = 0; i < N_SAVES; i++) {
    visit->seen[i] = 'y';
    way_db_save_draft (bench->store.db, records, &error);
    g_assert_no_error (error);
  }
  return (now () - start) / N_SAVES;
}

static double
save_plain (gpointer data)
{
  Bench *bench = data;
  g_autofree char *text = g_strnfill (4096, 'x');
  sqlite3_stmt *stmt;
  double start = now ();

  must (bench->plain,
        sqlite3_prepare_v2 (bench->plain,
                            "INSERT OR REPLACE INTO draft VALUES ('id', NULL, NULL, 'now', ?)",
                            -1,
                            &stmt,
                            NULL));
  for (guint i = 0; i < N_SAVES; i++) {
    text[i] = 'y';
    sqlite3_bind_text (stmt, 1, text, -1, SQLITE_STATIC);
    must (bench->plain, sqlite3_step (stmt));
    sqlite3_reset (stmt);
  }
  sqlite3_finalize (stmt);
  return (now () - start) / N_SAVES;
}

/* The same entries under the same keys in both. */
static void
fill_search (Bench *bench, GRand *random)
{
  g_autoptr (GError) error = NULL;
  sqlite3_stmt *row, *words;

  must (bench->plain, sqlite3_exec (bench->plain, "BEGIN", NULL, NULL, NULL));
  must (bench->plain,
        sqlite3_prepare_v2 (bench->plain,
                            "INSERT INTO search_entry VALUES (?1, 'visit', ?2, NULL, 'Amara "
                            "Okafor', ?3)",
                            -1,
                            &row,
                            NULL));
  must (bench->plain,
        sqlite3_prepare_v2 (bench->plain,
                            "INSERT INTO search (rowid, title, body) VALUES (?1, 'Amara Okafor', "
                            "?3)",
                            -1,
                            &words,
                            NULL));
  way_db_begin (bench->store.db, &error);
  for (gint64 i = 0; i < N_VISITS; i++) {
    gint64 key = ((738000 + i / 16) << WAY_SEARCH_DAY_SHIFT) + i;
    g_autofree char *id = way_uuid_random ();
    g_autofree char *text = make_prose (random, 160);
    char *sql = sqlite3_mprintf (
        "INSERT INTO search_entry VALUES (%lld, 'visit', '%s', NULL, 'Amara Okafor', '%s'); INSERT "
        "INTO search (rowid, title, body) VALUES (%lld, 'Amara Okafor', '%s')",
        key,
        id,
        text,
        key,
        text);

    way_db_exec (bench->store.db, sql, &error);
    g_assert_no_error (error);
    sqlite3_free (sql);
    sqlite3_bind_int64 (row, 1, key);
    sqlite3_bind_text (row, 2, id, -1, SQLITE_STATIC);
    sqlite3_bind_text (row, 3, text, -1, SQLITE_STATIC);
    must (bench->plain, sqlite3_step (row));
    sqlite3_reset (row);
    sqlite3_bind_int64 (words, 1, key);
    sqlite3_bind_text (words, 3, text, -1, SQLITE_STATIC);
    must (bench->plain, sqlite3_step (words));
    sqlite3_reset (words);
  }
  way_db_commit (bench->store.db, &error);
  g_assert_no_error (error);
  sqlite3_finalize (row);
  sqlite3_finalize (words);
  must (bench->plain, sqlite3_exec (bench->plain, "COMMIT", NULL, NULL, NULL));
}

static double
p95 (double *seconds)
{
  qsort (seconds, N_WORDS, sizeof (double), compare_doubles);
  return seconds[N_WORDS * 95 / 100];
}

static double
search_ours (Bench *bench, WaySearchOrder order)
{
  double seconds[N_WORDS];

  for (guint i = 0; i < N_WORDS; i++) {
    double start = now ();
    g_autoptr (GPtrArray) hits =
        way_db_search (bench->store.db, bench->prefixes[i], order, 50, NULL);

    g_assert_cmpuint (hits->len, >, 0);
    seconds[i] = now () - start;
  }
  return p95 (seconds);
}

static double
search_newest (gpointer data)
{
  return search_ours (data, WAY_SEARCH_NEWEST_FIRST);
}

static double
search_best (gpointer data)
{
  return search_ours (data, WAY_SEARCH_BEST_FIRST);
}

static double
search_plain (Bench *bench, const char *sql, const char *format)
{
  double seconds[N_WORDS];
  sqlite3_stmt *stmt;

  must (bench->plain, sqlite3_prepare_v2 (bench->plain, sql, -1, &stmt, NULL));
  for (guint i = 0; i < N_WORDS; i++) {
    double start = now ();
    g_auto (GStrv) parts = g_strsplit (format, "?", 2);
    g_autofree char *match = g_strjoinv (bench->prefixes[i], parts);

    sqlite3_bind_text (stmt, 1, match, -1, SQLITE_STATIC);
    while (sqlite3_step (stmt) == SQLITE_ROW)
      sqlite3_column_text (stmt, 4);
    sqlite3_reset (stmt);
    seconds[i] = now () - start;
  }
  sqlite3_finalize (stmt);
  return p95 (seconds);
}

static double
search_fts (gpointer data)
{
  return search_plain (data,
                       "SELECT e.type, e.record, e.child, e.title, snippet (search, 1, char (2), "
                       "char (3), '…', 16) FROM search JOIN search_entry e ON e.key = search.rowid "
                       "WHERE search MATCH ?1 ORDER BY search.rowid DESC LIMIT 50",
                       "\"?\"*");
}

static double
search_like (gpointer data)
{
  return search_plain (data,
                       "SELECT type, record, child, title, body FROM search_entry WHERE body LIKE "
                       "?1 OR body LIKE '% ' || ?1",
                       "?%");
}

static void
run (Bench *bench, GRand *random)
{
  g_print ("%-44s %12s %12s\n", "", "store", "reference");
  make_targets (bench, random);
  compare ("insert 50,000 measurements", insert_ours, insert_plain, 1.6, bench);
  compare ("update 50,000 measurements", update_ours, update_plain, 2.2, bench);
  compare ("cold scan of them", scan_ours, scan_plain, 2.2, bench);
  compare ("autosave of a 4 KB draft", save_drafts, save_plain, 1.5, bench);
  fill_search (bench, random);
  compare ("search newest first, p95, beside plain FTS5", search_newest, search_fts, 1.5, bench);
  compare ("search newest first, p95, beside LIKE", search_newest, search_like, 0.05, bench);
  compare ("search best first, p95, beside newest first", search_best, search_newest, 3.0, bench);
}

int
main (void)
{
  Bench bench = {.measurements = g_ptr_array_new_with_free_func (way_record_free)};
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  store_set_up (&bench.store, NULL);
  bench.plain_path = g_build_filename (bench.store.dir, "plain.db", NULL);
  make_plain (&bench);
  for (guint i = 0; i < N_WORDS; i++) {
    const char *word = WORDS[g_rand_int_range (random, 0, G_N_ELEMENTS (WORDS))];

    bench.prefixes[i] =
        g_strndup (word, (gsize) g_rand_int_range (random, 2, (int) strlen (word) + 1));
  }
  run (&bench, random);
  sqlite3_close (bench.plain);
  g_remove (bench.plain_path);
  store_tear_down (&bench.store, NULL);
  g_ptr_array_unref (bench.measurements);
  for (guint i = 0; i < N_WORDS; i++)
    g_free (bench.prefixes[i]);
  g_free (bench.plain_path);
  return 0;
}
