/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows in bulk: put in, changed and read. The reference is a loop written by hand over the same
 * tables in plain SQLite; it neither checks a record nor keeps an audit. */
#include "bench-samples.h"
#include "bench-table.h"
#include "way-db-private.h"
#include "way-text.h"

#define N_MEASUREMENTS 50000
#define N_TARGETS 5000
#define STAMP "2026-11-18T08:00:00Z"

typedef struct {
  BenchSample *sample;
  GPtrArray *measurements; /* WayMeasurement, on targets from all over the county */
} Rows;

/* Those whose scale has the values 1 and 2. */
static GPtrArray *
list_targets (WayDb *db)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *targets = way_db_list (db, WAY_TARGET, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = targets->len; i > 0; i--) {
    const WayTarget *target = g_ptr_array_index (targets, i - 1);

    if (g_strcmp0 (target->measure, "yesno") == 0)
      g_ptr_array_remove_index (targets, i - 1);
  }
  return targets;
}

static GPtrArray *
make_measurements (WayDb *db)
{
  g_autoptr (GPtrArray) targets = list_targets (db);
  GPtrArray *measurements = g_ptr_array_new_with_free_func (way_record_free);

  g_assert_cmpuint (targets->len, >=, N_TARGETS);
  for (guint i = 0; i < N_MEASUREMENTS; i++) {
    const WayTarget *target =
        g_ptr_array_index (targets, i % N_TARGETS * (targets->len / N_TARGETS));
    WayMeasurement *measurement = way_record_new (WAY_MEASUREMENT);

    measurement->record.id = way_uuid_random ();
    measurement->target = g_strdup (target->record.id);
    measurement->date = target->start + i / N_TARGETS;
    measurement->position = 1;
    measurement->value = 1.0;
    measurement->by = g_strdup ("Hannah Reid");
    g_ptr_array_add (measurements, measurement);
  }
  return measurements;
}

static void
remove_measurements (sqlite3 *handle, const GPtrArray *measurements)
{
  sqlite3_stmt *stmt;

  bench_must (handle, sqlite3_exec (handle, "BEGIN", NULL, NULL, NULL));
  bench_must (handle,
              sqlite3_prepare_v2 (handle, "DELETE FROM measurement WHERE id = ?", -1, &stmt, NULL));
  for (guint i = 0; i < measurements->len; i++) {
    const WayRecord *measurement = g_ptr_array_index (measurements, i);

    sqlite3_bind_text (stmt, 1, measurement->id, -1, SQLITE_STATIC);
    bench_must (handle, sqlite3_step (stmt));
    sqlite3_reset (stmt);
  }
  sqlite3_finalize (stmt);
  bench_must (handle, sqlite3_exec (handle, "COMMIT", NULL, NULL, NULL));
}

/* All measurements in one transaction; new ones when their revision is 0. */
static double
save_all (Rows *self)
{
  g_autoptr (GError) error = NULL;
  double start = bench_now ();

  way_db_begin (self->sample->db, &error);
  for (guint i = 0; i < self->measurements->len; i++) {
    way_db_save (self->sample->db, g_ptr_array_index (self->measurements, i), &error);
    g_assert_no_error (error);
  }
  way_db_commit (self->sample->db, &error);
  g_assert_no_error (error);
  return bench_now () - start;
}

static double
insert_ours (gpointer data)
{
  Rows *self = data;

  remove_measurements (self->sample->db->handle, self->measurements);
  for (guint i = 0; i < self->measurements->len; i++)
    ((WayRecord *) g_ptr_array_index (self->measurements, i))->revision = 0;
  return save_all (self);
}

static double
update_ours (gpointer data)
{
  Rows *self = data;

  for (guint i = 0; i < self->measurements->len; i++) {
    WayMeasurement *measurement = g_ptr_array_index (self->measurements, i);

    measurement->value = 3.0 - measurement->value;
  }
  return save_all (self);
}

static double
scan_ours (gpointer data)
{
  Rows *self = data;
  g_autoptr (GPtrArray) rows = NULL;
  double start;

  bench_sample_reopen (self->sample);
  start = bench_now ();
  rows = way_db_rows_where (self->sample->db, WAY_MEASUREMENT, "", NULL, NULL);
  g_assert_cmpuint (rows->len, >=, N_MEASUREMENTS);
  return bench_now () - start;
}

static void
bind_measurement (sqlite3_stmt *stmt, const WayMeasurement *measurement, const char *iso)
{
  sqlite3_bind_text (stmt, 1, measurement->record.id, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, STAMP, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 3, measurement->target, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 4, iso, -1, SQLITE_STATIC);
  sqlite3_bind_double (stmt, 5, measurement->position);
  sqlite3_bind_double (stmt, 6, measurement->value);
  sqlite3_bind_text (stmt, 7, measurement->by, -1, SQLITE_STATIC);
}

/* @sql takes the values of bind_measurement(). */
static double
run_plain (Rows *self, const char *sql)
{
  sqlite3 *plain = self->sample->plain;
  double start = bench_now ();
  sqlite3_stmt *stmt;

  bench_must (plain, sqlite3_exec (plain, "BEGIN", NULL, NULL, NULL));
  bench_must (plain, sqlite3_prepare_v2 (plain, sql, -1, &stmt, NULL));
  for (guint i = 0; i < self->measurements->len; i++) {
    const WayMeasurement *measurement = g_ptr_array_index (self->measurements, i);
    char iso[WAY_DATE_ISO_SIZE];

    way_date_to_iso (measurement->date, iso);
    bind_measurement (stmt, measurement, iso);
    bench_must (plain, sqlite3_step (stmt));
    sqlite3_reset (stmt);
  }
  sqlite3_finalize (stmt);
  bench_must (plain, sqlite3_exec (plain, "COMMIT", NULL, NULL, NULL));
  return bench_now () - start;
}

static double
insert_plain (gpointer data)
{
  Rows *self = data;

  remove_measurements (self->sample->plain, self->measurements);
  return run_plain (self,
                    "INSERT INTO measurement (id, created_at, updated_at, revision, target, date, "
                    "position, value, by) VALUES (?1, ?2, ?2, 1, ?3, ?4, ?5, ?6, ?7)");
}

static double
update_plain (gpointer data)
{
  return run_plain (data,
                    "UPDATE measurement SET value = ?6, updated_at = ?2, revision = revision + 1 "
                    "WHERE id = ?1");
}

/* Every column of every row, made into the same values. */
static double
scan_plain (gpointer data)
{
  Rows *self = data;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (way_record_free);
  sqlite3_stmt *stmt;
  double start;

  bench_sample_reopen_plain (self->sample);
  start = bench_now ();
  bench_must (self->sample->plain,
              sqlite3_prepare_v2 (self->sample->plain,
                                  "SELECT id, created_at, updated_at, revision, target, date, "
                                  "position, value, not_measured, note, by FROM measurement",
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
    measurement->not_measured = g_strdup ((const char *) sqlite3_column_text (stmt, 8));
    measurement->note = g_strdup ((const char *) sqlite3_column_text (stmt, 9));
    measurement->by = g_strdup ((const char *) sqlite3_column_text (stmt, 10));
    g_ptr_array_add (rows, measurement);
  }
  sqlite3_finalize (stmt);
  return bench_now () - start;
}

void
bench_rows (BenchSample *county)
{
  static const struct {
    const char *what;
    BenchRound rounds[2]; /* ours and the reference */
    double to_reach;
  } WORKS[] = {
      {"insert 50,000 measurements | plain SQLite", {insert_ours, insert_plain}, 1.6},
      {"update them | plain SQLite", {update_ours, update_plain}, 2.2},
      {"cold scan of all measurements | plain SQLite", {scan_ours, scan_plain}, 2.2},
  };
  Rows rows = {county, make_measurements (county->db)};

  bench_print_head ("beside ms");
  for (gsize i = 0; i < G_N_ELEMENTS (WORKS); i++) {
    double medians[2];

    bench_medians (WORKS[i].rounds, 2, &rows, medians);
    bench_print_row (WORKS[i].what, medians[0], medians[1], WORKS[i].to_reach);
  }
  g_ptr_array_unref (rows.measurements);
}
