/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands about the store as a whole: sample, verify, backup, restore. */
#include "way-cli.h"

#include "way-error.h"
#include "way-file.h"
#include "way-sample.h"
#include "way-values.h"

#include <glib/gstdio.h>
#include <string.h>

static char *sample_size;
static gint64 sample_seed = 1;

#define BATCHES_PER_COMMIT 250
#define LAST_ENTRIES 50

typedef struct {
  WayDb *db;
  gboolean is_open; /* a transaction is */
  guint n_batches, n_children, n_visits;
} SampleRun;

/* Commits now and then: one transaction for a county would grow the journal without end. */
static gboolean
put_batch (WayRecordSet *batch, gpointer user_data, GError **error)
{
  SampleRun *run = user_data;

  run->n_children += way_record_set_list (batch, WAY_CHILD)->len;
  run->n_visits += way_record_set_list (batch, WAY_VISIT)->len;
  if (!way_db_put_batch (run->db, batch, error))
    return FALSE;
  if (++run->n_batches % BATCHES_PER_COMMIT != 0)
    return TRUE;
  run->is_open = way_db_commit (run->db, error) && way_db_begin (run->db, error);
  return run->is_open;
}

static gboolean
parse_size (const char *text, WaySampleSize *size)
{
  static const char *const SIZES[] = {"small", "teacher", "district", "county"};

  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++) {
    if (g_strcmp0 (text != NULL ? text : "small", SIZES[i]) == 0) {
      *size = (WaySampleSize) i;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
fill (WayCli *cli, const WaySampleOrder *order, SampleRun *run, GError **error)
{
  g_autoptr (WayTerms) terms = way_db_get_terms (cli->db, error);
  gboolean done;

  run->db = cli->db;
  if (terms == NULL || !way_db_begin (cli->db, error))
    return FALSE;
  run->is_open = TRUE;
  done = way_sample_make (order, terms, put_batch, run, error);
  return run->is_open && way_db_end (cli->db, done, error);
}

/* A made-up caseload goes into an empty store. */
static gboolean
look_into (WayCli *cli, WaySampleOrder *order, GError **error)
{
  g_autoptr (GPtrArray) children = way_db_list (cli->db, WAY_CHILD, NULL, NULL, error);
  g_autoptr (WayPractitioner) me = NULL;
  g_autoptr (GError) local = NULL;

  if (children == NULL)
    return FALSE;
  if (children->len > 0) {
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_FAILED,
                 "The store holds %u %s already, and a made-up caseload goes into an empty store "
                 "only; make one with: waymark-cli --store FILE init",
                 children->len,
                 children->len == 1 ? "child" : "children");
    return FALSE;
  }
  me = way_db_get_me (cli->db, &local);
  order->has_me = me != NULL;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* In a copy: nobody can tell a store that is filled in part from one that was used. */
static gboolean
fill_copy (
    WayCli *cli, const char *key, const WaySampleOrder *order, SampleRun *run, GError **error)
{
  WayDbAside *aside = way_db_aside_begin (g_steal_pointer (&cli->db), error);
  gboolean done;

  if (aside == NULL)
    return FALSE;
  done = way_cli_open_at (cli, way_db_aside_get_path (aside), key, error) &&
         fill (cli, order, run, error);
  g_clear_pointer (&cli->db, way_db_close);
  return way_db_aside_end (aside, done, error);
}

static WayExit
run_sample (WayCli *cli, char **words, GError **error)
{
  char *key;
  gboolean done;
  SampleRun run = {0};
  WaySampleOrder order = {.seed = (guint64) sample_seed, .today = cli->today};

  if (words[1] != NULL)
    return way_cli_usage (
        error, "sample: The word “%s” is not expected; give --size SIZE or --seed N", words[1]);
  if (!parse_size (sample_size, &order.size))
    return way_cli_usage (
        error,
        "sample: --size: There is no size of that name; give small, teacher, district or county");
  key = way_cli_read_key (cli, error);
  if (key == NULL)
    return WAY_EXIT_FAILED;
  done = way_cli_open_at (cli, cli->store_path, key, error) && look_into (cli, &order, error) &&
         fill_copy (cli, key, &order, &run, error);
  way_vault_secret_free (key);
  if (!done)
    return WAY_EXIT_FAILED;
  way_cli_note ("Made up %u children with %u visits.", run.n_children, run.n_visits);
  return WAY_EXIT_DONE;
}

static const GOptionEntry SAMPLE_ENTRIES[] = {
    {"size", 0, 0, G_OPTION_ARG_STRING, &sample_size, "small, teacher, district or county", "SIZE"},
    {"seed", 0, 0, G_OPTION_ARG_INT64, &sample_seed, "The same seed gives the same content", "N"},
    {NULL}};
const WayCommand WAY_COMMAND_SAMPLE = {
    "sample",
    "[--size small|teacher|district|county] [--seed N]   fill it with a made-up caseload",
    SAMPLE_ENTRIES,
    run_sample};

static WayExit
run_verify (WayCli *cli, char **words, GError **error)
{
  g_autoptr (GPtrArray) problems = NULL;

  if (words[1] != NULL)
    return way_cli_usage (
        error,
        "verify: The word “%s” is not expected; name the store with --store FILE before “verify”",
        words[1]);
  if (!way_cli_open (cli, error) || (problems = way_db_verify (cli->db, error)) == NULL)
    return WAY_EXIT_FAILED;
  for (guint i = 0; i < problems->len; i++)
    way_cli_print ("%s\n", (const char *) g_ptr_array_index (problems, i));
  if (problems->len > 0) {
    g_set_error (
        error,
        WAY_ERROR,
        WAY_ERROR_CORRUPT,
        "“%s” is damaged; what was found is listed above. Keep the file as it is, and restore the "
        "newest backup that verify finds nothing wrong with",
        cli->store_path);
    return WAY_EXIT_FAILED;
  }
  way_cli_print ("All is well: pages, references, signed records and audit chain.\n");
  return WAY_EXIT_DONE;
}

const WayCommand WAY_COMMAND_VERIFY = {
    "verify", "  check every page, reference, fingerprint and the audit chain", NULL, run_verify};

/* (transfer full): a name that nothing in @folder has. In UTC, which its Z says: an hour of October
 * comes twice by the clock on the wall, and the newest name is to be the newest copy. To the
 * thousandth, since two copies may fall into one second; every name is as long as the others, so
 * that all systems list them in the same order. */
static char *
find_backup_place (const char *folder)
{
  for (;;) {
    g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
    g_autofree char *second = g_date_time_format (now, "%Y-%m-%d-%H%M%S");
    g_autofree char *name = g_strdup_printf (
        "waymark-%s.%03dZ.waymark", second, g_date_time_get_microsecond (now) / 1000);
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (!g_file_test (path, G_FILE_TEST_EXISTS))
      return g_steal_pointer (&path);
    g_usleep (1000); /* until the next thousandth, whose name is free */
  }
}

static WayExit
run_backup (WayCli *cli, char **words, GError **error)
{
  g_autofree char *target = NULL;
  gboolean is_new;

  if (!way_cli_has_at_most ("backup", words, 2, error))
    return WAY_EXIT_USAGE;
  if (words[1] == NULL)
    return way_cli_usage (error,
                          "backup: It is not said where to; give the one folder for the copy");
  if (!way_cli_open (cli, error) || !way_file_make_folder (words[1], &is_new, error))
    return WAY_EXIT_FAILED;
  target = find_backup_place (words[1]);
  if (!way_db_backup (cli->db, target, error)) {
    if (is_new)
      g_rmdir (words[1]);
    return WAY_EXIT_FAILED;
  }
  way_cli_print ("%s\n", target);
  return WAY_EXIT_DONE;
}

const WayCommand WAY_COMMAND_BACKUP = {
    "backup", "DIR   an encrypted copy, opened and checked", NULL, run_backup};

/* So that nobody takes a backup of last year for that of yesterday. The last entry of its log says
 * of which day a copy is. */
static gboolean
tell_restored (WayDb *db, GError **error)
{
  g_autoptr (GPtrArray) children = way_db_list (db, WAY_CHILD, NULL, NULL, error);
  g_autoptr (GPtrArray) visits =
      children != NULL ? way_db_list (db, WAY_VISIT, NULL, NULL, error) : NULL;
  g_autoptr (GPtrArray) entries =
      visits != NULL ? way_db_list_audit (db, NULL, NULL, LAST_ENTRIES, error) : NULL;
  g_autofree char *day = NULL;

  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len && day == NULL; i++) {
    const WayAuditEntry *entry = g_ptr_array_index (entries, i);

    if (g_strcmp0 (entry->action, "migrate") != 0) /* that was a moment ago */
      day = way_date_format (way_date_from_stamp_in_england (entry->at, NULL));
  }
  way_cli_print ("Restored: %u %s and %u %s; the last change in it was on %s.\n",
                 children->len,
                 children->len == 1 ? "child" : "children",
                 visits->len,
                 visits->len == 1 ? "visit" : "visits",
                 day != NULL ? day : "no day that is known");
  return TRUE;
}

/* The backup took the place of the store with @secret, so that opens it. */
static gboolean
open_restored (WayCli *cli, const char *secret, GError **error)
{
  cli->db = cli->recovery_key_file != NULL
                ? way_db_open_with_recovery_key (cli->store_path, secret, error)
                : way_db_open (cli->store_path, secret, error);
  if (cli->db != NULL)
    way_db_set_today (cli->db, cli->today);
  return cli->db != NULL;
}

static WayExit
run_restore (WayCli *cli, char **words, GError **error)
{
  g_autofree char *kept = NULL;
  const char *key_file = cli->recovery_key_file;
  gboolean done, is_open;
  char *secret;

  if (!way_cli_has_at_most ("restore", words, 2, error))
    return WAY_EXIT_USAGE;
  if (words[1] == NULL)
    return way_cli_usage (error, "restore: It is not said what to restore; give the one backup");
  if (g_file_test (words[1], G_FILE_TEST_IS_DIR))
    return way_cli_usage (
        error, "restore: “%s” is a folder; give the one backup in it to go back to", words[1]);
  if (!g_file_test (words[1], G_FILE_TEST_IS_REGULAR)) {
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_REFUSED,
                 "There is no file “%s”; look whether its name is right and its disk is connected",
                 words[1]);
    return WAY_EXIT_REFUSED;
  }
  secret =
      key_file != NULL
          ? way_cli_read_recovery_key (key_file, error)
          : way_cli_read_secret (
                cli->passphrase_file, "--passphrase-file", "Passphrase of the backup: ", error);
  if (secret == NULL)
    return WAY_EXIT_FAILED;
  done = key_file != NULL
             ? way_db_restore_with_recovery_key (words[1], cli->store_path, secret, &kept, error)
             : way_db_restore (words[1], cli->store_path, secret, &kept, error);
  is_open = done && open_restored (cli, secret, error);
  way_vault_secret_free (secret);
  if (!done) {
    if (error != NULL && g_error_matches (*error, WAY_ERROR, WAY_ERROR_CORRUPT)) {
      (*error)->code = WAY_ERROR_REFUSED; /* it is the file to read that is bad */
      way_cli_place (error, words[1]);
    }
    if (error != NULL && g_error_matches (*error, WAY_ERROR, WAY_ERROR_INVALID))
      (*error)->code = WAY_ERROR_PASSPHRASE; /* a slip in the recovery key */
    return WAY_EXIT_FAILED;
  }
  if (kept != NULL)
    way_cli_note ("The store that was there is kept as “%s”.", kept);
  return is_open && tell_restored (cli->db, error) ? WAY_EXIT_DONE : WAY_EXIT_FAILED;
}

const WayCommand WAY_COMMAND_RESTORE = {
    "restore",
    "FILE   put a backup in the store's place; what it replaces is kept",
    NULL,
    run_restore};
