/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether what is in the file can be believed, and copies of it that can be too. */
#include "way-db-private.h"

#include "way-error.h"
#include "way-platform.h"
#include "way-sealed-vfs.h"
#include "way-vault-file.h"

#include <glib/gstdio.h>
#include <string.h>

#define MOST_PROBLEMS 100

/* A statement whose rows are problems; "ok" is none. */
static gboolean
collect (WayDb *self, const char *sql, const char *what, GPtrArray *problems, GError **error)
{
  g_auto (WayStmt) stmt = way_stmt_prepare (self, sql);
  WayStep step;

  while ((step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW) {
    const char *text = way_stmt_text (&stmt, 0);

    if (g_strcmp0 (text, "ok") != 0 && problems->len < MOST_PROBLEMS)
      g_ptr_array_add (problems, g_strdup_printf ("%s: %s", what, text));
  }
  return step == WAY_STEP_DONE;
}

static gboolean
check_content (
    WayDb *self, const char *visit_id, int version, const char *expected, GPtrArray *problems)
{
  g_autofree char *kept = NULL, *text = NULL;
  char fingerprint[WAY_FINGERPRINT_SIZE];

  text = way_db_get_content (self, visit_id, version, &kept, NULL);
  if (text != NULL) {
    way_canonical_fingerprint (text, fingerprint);
    if (strcmp (kept, fingerprint) == 0 && strcmp (expected, fingerprint) == 0)
      return TRUE;
  }
  if (problems->len < MOST_PROBLEMS)
    g_ptr_array_add (
        problems,
        g_strdup_printf ("visit %s, version %d: not as it was signed", visit_id, version));
  return FALSE;
}

/* Each kept content against its own fingerprint and that of the row of its version; where there
 * are two of its number, it is one of them. */
static gboolean
check_contents (WayDb *self, GPtrArray *problems, GError **error)
{
  g_auto (WayStmt) stmt =
      way_stmt_prepare (self,
                        "SELECT c.\"visit\", c.\"version\", iif (count (v.\"id\") = 0 OR "
                        "max (v.\"fingerprint\" = c.\"fingerprint\"), c.\"fingerprint\", '') "
                        "FROM \"visit_content\" c LEFT JOIN \"visit_version\" v "
                        "ON v.\"visit\" = c.\"visit\" AND v.\"version\" = c.\"version\" "
                        "GROUP BY c.\"visit\", c.\"version\"");
  WayStep step;

  while ((step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW)
    check_content (self,
                   way_stmt_text (&stmt, 0),
                   (int) way_stmt_int (&stmt, 1),
                   way_stmt_text (&stmt, 2),
                   problems);
  return step == WAY_STEP_DONE;
}

/**
 * way_db_verify:
 *
 * Reads everything: pages, references, the search index, the audit's chain, and that
 * every signed visit is kept as it was signed.
 *
 * Returns: (transfer full) (element-type utf8): what is wrong, for people; empty if all is well
 */
GPtrArray *
way_db_verify (WayDb *self, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  gboolean done;

  g_assert (self->owner == g_thread_self ());
  done =
      collect (self, "PRAGMA integrity_check", "file", problems, error) &&
      collect (self, "PRAGMA foreign_key_check", "missing reference in table", problems, error) &&
      collect (self,
               "SELECT \"id\" FROM \"visit\" v WHERE \"signed_at\" IS NOT NULL AND NOT EXISTS "
               "(SELECT 1 FROM \"visit_content\" WHERE \"visit\" = v.\"id\" AND \"version\" = "
               "CAST (v.\"version\" AS INTEGER))",
               "what was signed is missing for visit",
               problems,
               error) &&
      collect (
          self, "SELECT \"id\" FROM \"signing\"", "signing was left open for", problems, error) &&
      check_contents (self, problems, error) && way_db_index_check (self, problems, error) &&
      way_db_audit_check (self, problems, error);
  return done ? g_steal_pointer (&problems) : NULL;
}

static int
read_text (sqlite3 *copy, const char *sql, char **answer)
{
  sqlite3_stmt *stmt = NULL;
  int rc = sqlite3_prepare_v2 (copy, sql, -1, &stmt, NULL);

  if (rc == SQLITE_OK)
    rc = sqlite3_step (stmt);
  if (rc == SQLITE_ROW)
    *answer = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
  return rc == SQLITE_ROW ? SQLITE_OK : rc;
}

/* The copy, opened on its own, is whole and holds as many audit entries as the original. */
static gboolean
check_copy (WayDb *self, const char *target, GError **error)
{
  static const char COUNT[] =
      "SELECT count (*) || ' ' || coalesce (max (\"at\"), '') FROM \"audit\"";
  g_autofree char *integrity = NULL, *there = NULL, *here = NULL, *mode = NULL;
  sqlite3 *copy = NULL;
  int rc = sqlite3_open_v2 (
      target, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, WAY_SEALED_VFS);

  if (rc == SQLITE_OK)
    rc = way_db_know_words (copy); /* newer SQLite checks the search index too */
  if (rc == SQLITE_OK)
    rc = read_text (copy, "PRAGMA locking_mode = EXCLUSIVE", &mode);
  if (rc == SQLITE_OK)
    rc = read_text (copy, "PRAGMA integrity_check", &integrity);
  if (rc == SQLITE_OK)
    rc = read_text (copy, COUNT, &there);
  if (rc != SQLITE_OK)
    way_db_set_error (copy, rc, error);
  sqlite3_close (copy);
  if (rc != SQLITE_OK || !way_db_query_text (self, COUNT, NULL, &here, error))
    return FALSE;
  if (g_strcmp0 (integrity, "ok") == 0 && g_strcmp0 (here, there) == 0)
    return TRUE;
  g_set_error_literal (
      error, WAY_ERROR, WAY_ERROR_CORRUPT, "the copy is not the same as the store");
  return FALSE;
}

static gboolean
copy_into (WayDb *self, const char *target, GError **error)
{
  g_auto (WayStmt) stmt = way_stmt_prepare (self, "VACUUM INTO ?1");

  way_stmt_bind_text (&stmt, 1, target);
  return way_stmt_run (&stmt, error);
}

/* The copy, whole and on the disk. */
static gboolean
make_copy (WayDb *self, const char *part, GError **error)
{
  gboolean done;

  if (!way_vault_prepare_copy (self->vault, part, error))
    return FALSE;
  done = copy_into (self, part, error);
  way_vault_expect_copy (self->vault, part);
  done = done && check_copy (self, part, error);
  way_vault_finish_copy (self->vault, part);
  return done && way_platform_sync_file (part, error);
}

static gboolean
is_free (const char *path, GError **error)
{
  if (!g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
    return TRUE;
  g_set_error_literal (error,
                       WAY_ERROR,
                       WAY_ERROR_IO,
                       "there is a file of that name already, and it is left as it is");
  return FALSE;
}

static void
remove_part (const char *part)
{
  g_autofree char *journal = g_strconcat (part, "-journal", NULL);

  g_remove (journal);
  g_remove (part);
}

/**
 * way_db_backup:
 * @path: where no file is yet
 *
 * Makes an encrypted copy that the same passphrase and recovery key open, opens it and
 * checks it. Only then it gets its name: one that a crash cut short is never taken for
 * a backup. A copy that fails is removed.
 */
gboolean
way_db_backup (WayDb *self, const char *path, GError **error)
{
  /* SQLite asks for keys by whole paths. */
  g_autofree char *target = way_vault_file_resolve (path, error);
  g_autofree char *part =
      g_strdup_printf ("%s.%08x.part", target != NULL ? target : "", g_random_int ());

  g_assert (self->owner == g_thread_self ());
  g_return_val_if_fail (self->depth == 0, FALSE);

  if (target == NULL)
    return FALSE;
  if (is_free (target, error) && make_copy (self, part, error) && is_free (target, error) &&
      way_db_move_file (part, target, error)) {
    way_platform_sync_folder_of (target);
    return TRUE;
  }
  remove_part (part);
  way_db_name_file (error, part, target);
  g_prefix_error (error, "“%s”: ", target);
  return FALSE;
}
