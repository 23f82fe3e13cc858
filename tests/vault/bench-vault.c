/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* The sealed store beside plain SQLite with the same settings, in turns, so that
 * both meet the same weather. */

#define ROWS 50000
#define LOOKUPS 20000
#define COMMITS 200
#define RUNS 5

typedef enum { INSERT, COMMIT, SCAN, LOOKUP, UPDATE, VACUUM, N_WORKS } Work;

static const char *const NAMES[N_WORKS] = {
    "insert 50,000 rows", "200 commits", "cold scan", "20,000 lookups", "update all", "vacuum"};
/* What the design allows, times plain; 0 for no limit. */
static const double LIMITS[N_WORKS] = {1.6, 0, 2.2, 0, 2.2, 0};

static gint64
microseconds (gint64 since)
{
  return g_get_monotonic_time () - since;
}

static sqlite3 *
open_plain (const char *path)
{
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  run_sql (database,
           "PRAGMA locking_mode=EXCLUSIVE; PRAGMA temp_store=MEMORY; PRAGMA journal_mode=WAL;"
           "PRAGMA synchronous=FULL; PRAGMA cache_size=-16384");
  return database;
}

static sqlite3 *
open_either (WayVault *vault, const char *path)
{
  return vault == NULL ? open_plain (path) : open_database (vault);
}

static void
insert_rows (sqlite3 *database, int n_rows, gboolean at_once)
{
  sqlite3_stmt *statement;
  char note[200];

  memset (note, 'n', sizeof note);
  sqlite3_prepare_v2 (
      database, "INSERT INTO t (name, note, amount) VALUES (?1, ?2, ?3)", -1, &statement, NULL);
  if (at_once)
    run_sql (database, "BEGIN");
  for (guint i = 0; i < (guint) n_rows; i++) {
    char name[32];

    g_snprintf (name, sizeof name, "name-%08u", (i * 2654435761u) % 100000000u);
    sqlite3_bind_text (statement, 1, name, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text (statement, 2, note, sizeof note, SQLITE_STATIC);
    sqlite3_bind_double (statement, 3, i);
    g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
    sqlite3_reset (statement);
  }
  sqlite3_finalize (statement);
  if (at_once)
    run_sql (database, "COMMIT");
}

static void
look_up (sqlite3 *database)
{
  sqlite3_stmt *statement;
  guint32 random = 1;

  sqlite3_prepare_v2 (database, "SELECT amount FROM t WHERE id = ?1", -1, &statement, NULL);
  for (int i = 0; i < LOOKUPS; i++) {
    random = random * 1103515245u + 12345u;
    sqlite3_bind_int64 (statement, 1, (random >> 8) % ROWS + 1);
    g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
    sqlite3_reset (statement);
  }
  sqlite3_finalize (statement);
}

static void
run_once (WayVault *vault, const char *path, gint64 *times)
{
  sqlite3 *database = open_either (vault, path);
  gint64 start;

  run_sql (database,
           "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, note TEXT, amount REAL);"
           "CREATE INDEX by_name ON t (name)");
  start = g_get_monotonic_time ();
  insert_rows (database, ROWS, TRUE);
  times[INSERT] = microseconds (start);
  start = g_get_monotonic_time ();
  insert_rows (database, COMMITS, FALSE);
  times[COMMIT] = microseconds (start);
  close_database (database);

  database = open_either (vault, path);
  start = g_get_monotonic_time ();
  query_number (database, "SELECT sum(length(name) + length(note) + amount) > 0 FROM t");
  times[SCAN] = microseconds (start);
  start = g_get_monotonic_time ();
  look_up (database);
  times[LOOKUP] = microseconds (start);
  start = g_get_monotonic_time ();
  run_sql (database, "UPDATE t SET amount = amount + 1");
  times[UPDATE] = microseconds (start);
  start = g_get_monotonic_time ();
  run_sql (database, "VACUUM");
  times[VACUUM] = microseconds (start);
  close_database (database);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static double
median (gint64 times[RUNS][N_WORKS], Work work)
{
  gint64 sorted[RUNS];

  for (int i = 0; i < RUNS; i++)
    sorted[i] = times[i][work];
  qsort (sorted, RUNS, sizeof *sorted, compare_times);
  return (double) sorted[RUNS / 2] / 1000;
}

int
main (void)
{
  static gint64 plain[RUNS][N_WORKS];
  static gint64 sealed[RUNS][N_WORKS];
  VaultFixture fixture;

  vault_fixture_set_up (&fixture, NULL);
  for (int i = 0; i < RUNS; i++) {
    WayVault *vault;

    run_once (NULL, fixture.path, plain[i]);
    remove_store (fixture.path);
    vault = create_vault (fixture.path);
    run_once (vault, fixture.path, sealed[i]);
    way_vault_free (vault);
    remove_store (fixture.path);
  }
  vault_fixture_tear_down (&fixture, NULL);

  g_print ("SQLite %s, medians of %d in ms\n", sqlite3_libversion (), RUNS);
  g_print ("%-20s %8s %8s %6s %6s\n", "", "plain", "sealed", "times", "limit");
  for (int i = 0; i < N_WORKS; i++) {
    double without = median (plain, (Work) i);
    double with = median (sealed, (Work) i);

    g_print ("%-20s %8.1f %8.1f %6.2f", NAMES[i], without, with, with / without);
    if (LIMITS[i] > 0)
      g_print (" %6.1f%s", LIMITS[i], with / without > LIMITS[i] ? "  over" : "");
    g_print ("\n");
  }
  return 0;
}
