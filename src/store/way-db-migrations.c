/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "way-db"

#include "way-db-private.h"

#include "way-error.h"
#include "way-store-resources.h"

#include <gio/gio.h>

/* Step i brings a file from version i - 1 to version i: data/migrations/000i.sql. They are frozen
 * once released. A fresh file runs all of them, so that there is one way only to reach a schema. */
#define NEWEST_VERSION 4

int
way_db_newest_version (void)
{
  return NEWEST_VERSION;
}

/**
 * way_db_dup_resource:
 * @name: file name, such as "lists.csv"
 *
 * Returns: (transfer full): its text, as compiled in
 */
char *
way_db_dup_resource (const char *name, GError **error)
{
  static gsize registered;
  g_autofree char *path = g_strconcat ("/org/waymark/store/", name, NULL);
  g_autoptr (GBytes) bytes = NULL;

  if (g_once_init_enter (&registered)) {
    way_store_register_resource ();
    g_once_init_leave (&registered, 1);
  }
  bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (bytes == NULL)
    return NULL;
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static gboolean
run_step (WayDb *self, int version, GError **error)
{
  g_autofree char *name = g_strdup_printf ("migrations/%04d.sql", version);
  g_autofree char *sql = way_db_dup_resource (name, error);
  g_autofree char *mark = g_strdup_printf (
      "PRAGMA user_version = %d; PRAGMA application_id = %d", version, WAY_DB_APPLICATION_ID);

  if (sql == NULL || !way_db_exec (self, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (way_db_exec (self, sql, error) && way_db_exec (self, mark, error) &&
      way_db_exec (self, "COMMIT", error))
    return TRUE;
  if (!sqlite3_get_autocommit (self->handle) && !way_db_exec (self, "ROLLBACK", NULL))
    g_warning ("step %d of the schema could not be taken back", version);
  g_prefix_error (error, "bringing the store to version %d: ", version);
  return FALSE;
}

/* "caseload.waymark" at version 1 becomes "caseload.version-1.waymark" beside it; one that is there
 * already is older and stays. */
static gboolean
back_up (WayDb *self, int version, GError **error)
{
  const char *path = way_db_get_path (self);
  const char *stem_end = g_str_has_suffix (path, ".waymark") ? strrchr (path, '.') : NULL;
  g_autofree char *stem = stem_end != NULL ? g_strndup (path, (gsize) (stem_end - path)) : NULL;
  g_autofree char *target =
      g_strdup_printf ("%s.version-%d.waymark", stem != NULL ? stem : path, version);

  if (g_file_test (target, G_FILE_TEST_EXISTS))
    return TRUE;
  if (way_db_backup (self, target, error))
    return TRUE;
  g_prefix_error (error, "before an older store is brought up to date it is backed up: ");
  return FALSE;
}

/* What was cut short while it was made, and what SQLite took back to nothing, must not pass for a
 * new store: it would be taken for one without any children, and so would the backups of it. */
static gboolean
check_made (WayDb *self, gint64 version, gboolean is_new, GError **error)
{
  if (version != 0 || is_new)
    return TRUE;
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_CORRUPT,
               "“%s” holds no records: the program was stopped while the file was made or copied. "
               "Restore a backup; if nothing was ever entered, make a new store under another name",
               way_db_get_path (self));
  return FALSE;
}

static gboolean
check_ours (WayDb *self, gint64 version, GError **error)
{
  gint64 application;

  if (!way_db_query_int (self, "PRAGMA application_id", NULL, &application, error))
    return FALSE;
  if (version != 0 && application != WAY_DB_APPLICATION_ID) {
    g_set_error_literal (error, WAY_ERROR, WAY_ERROR_CORRUPT, "the file holds no caseload");
    return FALSE;
  }
  if (version > NEWEST_VERSION) {
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_TOO_NEW,
                 "the store has version %d, this program knows up to %d",
                 (int) version,
                 NEWEST_VERSION);
    return FALSE;
  }
  return TRUE;
}

/**
 * way_db_migrate:
 * @what: whether it is a store, a new one, or a copy of one
 *
 * Brings the schema to the newest version. Each step is one transaction: a step
 * that fails leaves the file as it was, and the backup beside it.
 */
gboolean
way_db_migrate (WayDb *self, WayDbBringUp what, GError **error)
{
  gint64 version;

  if (!way_db_query_int (self, "PRAGMA user_version", NULL, &version, error) ||
      !check_made (self, version, what == WAY_DB_BRING_UP_NEW, error) ||
      !check_ours (self, version, error))
    return FALSE;
  if (version > 0 && version < NEWEST_VERSION && what != WAY_DB_BRING_UP_COPY &&
      !back_up (self, (int) version, error))
    return FALSE;
  for (int i = (int) version + 1; i <= NEWEST_VERSION; i++) {
    if (!run_step (self, i, error))
      return FALSE;
  }
  if (version > 0 && version < NEWEST_VERSION)
    return way_db_add_audit (self, "migrate", NULL, NULL, error);
  return TRUE;
}
