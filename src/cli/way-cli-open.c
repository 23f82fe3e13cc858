/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Secrets, from files or asked for, and the store that they open. */
#include "way-cli.h"

#include "way-error.h"
#include "way-terminal.h"

#include <string.h>

/**
 * way_cli_read_secret:
 * @path: (nullable): a file that holds the secret; one trailing newline is dropped, in the
 *   form of any system
 * @option: by which @path is named, for an error
 * @prompt: what to ask for at the terminal where there is no file
 *
 * Returns: (transfer full): the secret; way_vault_secret_free() it
 */
char *
way_cli_read_secret (const char *path, const char *option, const char *prompt, GError **error)
{
  char *secret;

  if (path == NULL)
    return way_vault_secret_take (way_terminal_ask_secret (prompt, error));
  secret = way_vault_secret_read (path, error);
  if (secret == NULL)
    way_cli_place (error, option);
  return secret;
}

/**
 * way_cli_read_recovery_key:
 * @path: a file that holds the recovery key, or the line that init prints
 *
 * Returns: (transfer full): the key; way_vault_secret_free() it
 */
char *
way_cli_read_recovery_key (const char *path, GError **error)
{
  char *key = way_vault_secret_read (path, error);
  char *colon = key != NULL ? strchr (key, ':') : NULL;

  if (key == NULL)
    way_cli_place (error, "--recovery-key-file");
  else if (colon != NULL)
    memmove (key, colon + 1, strlen (colon + 1) + 1);
  return key;
}

/**
 * way_cli_read_new_secret:
 *
 * As way_cli_read_secret(); what is typed unseen is asked for twice.
 */
char *
way_cli_read_new_secret (const char *path, const char *option, const char *prompt, GError **error)
{
  char *secret = way_cli_read_secret (path, option, prompt, error), *again;
  gboolean same;

  if (secret == NULL || path != NULL)
    return secret;
  again = way_cli_read_secret (NULL, option, "The same once more: ", error);
  same = again != NULL && strcmp (secret, again) == 0;
  if (again != NULL && !same)
    g_set_error_literal (error,
                         WAY_ERROR,
                         WAY_ERROR_FAILED,
                         "The two passphrases differ, so nothing was changed; try again");
  way_vault_secret_free (again);
  if (same)
    return secret;
  way_vault_secret_free (secret);
  return NULL;
}

/**
 * way_cli_read_key:
 *
 * Returns: (transfer full) (nullable): what the store of the call, which is there, is opened with;
 *   way_vault_secret_free() it
 */
char *
way_cli_read_key (WayCli *self, GError **error)
{
  if (!g_file_test (self->store_path, G_FILE_TEST_EXISTS)) {
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_NOT_FOUND,
                 "There is no store at “%s”; name yours with --store FILE, or make one with: "
                 "waymark-cli --store FILE init",
                 self->store_path);
    return NULL;
  }
  return self->recovery_key_file != NULL
             ? way_cli_read_recovery_key (self->recovery_key_file, error)
             : way_cli_read_secret (
                   self->passphrase_file, "--passphrase-file", "Passphrase: ", error);
}

/**
 * way_cli_open_at:
 * @path: the store of the call, or a copy of it
 * @key: of way_cli_read_key()
 *
 * Opens it for the call, which has none open.
 */
gboolean
way_cli_open_at (WayCli *self, const char *path, const char *key, GError **error)
{
  self->db = self->recovery_key_file != NULL ? way_db_open_with_recovery_key (path, key, error)
                                             : way_db_open (path, key, error);
  if (error != NULL && g_error_matches (*error, WAY_ERROR, WAY_ERROR_INVALID))
    (*error)->code = WAY_ERROR_PASSPHRASE; /* a slip in the recovery key */
  if (error != NULL && g_error_matches (*error, WAY_ERROR, WAY_ERROR_CORRUPT))
    g_prefix_error (error, "“%s”: ", self->store_path);
  if (self->db != NULL)
    way_db_set_today (self->db, self->today);
  return self->db != NULL;
}

/**
 * way_cli_open:
 *
 * Opens the store of the call, if it is not open yet.
 */
gboolean
way_cli_open (WayCli *self, GError **error)
{
  char *key;

  if (self->db != NULL)
    return TRUE;
  key = way_cli_read_key (self, error);
  if (key == NULL)
    return FALSE;
  way_cli_open_at (self, self->store_path, key, error);
  way_vault_secret_free (key);
  return self->db != NULL;
}
