/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-driver.h"

#include "way-vault.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <string.h>

void
cli_fixture_set_up (CliFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("waymark-cli-XXXXXX", &error);
  g_assert_no_error (error);
  self->passphrase_file = g_build_filename (self->folder, "passphrase", NULL);
  cli_write (self, "passphrase", "correct horse battery staple\n");
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir =
      g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    remove_tree (child);
  }
  g_remove (path);
}

void
cli_fixture_tear_down (CliFixture *self, gconstpointer data)
{
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->passphrase_file);
  g_free (self->out);
  g_free (self->err);
}

char *
cli_path (CliFixture *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

void
cli_write (CliFixture *self, const char *name, const char *text)
{
  g_autofree char *path = cli_path (self, name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

char *
cli_read (CliFixture *self, const char *name, gsize *length)
{
  g_autofree char *path = cli_path (self, name);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, length, &error);
  g_assert_no_error (error);
  return text;
}

static int
spawn (CliFixture *self, const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;

  g_subprocess_launcher_set_cwd (launcher, self->folder);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  g_clear_pointer (&self->out, g_free);
  g_clear_pointer (&self->err, g_free);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &self->out, &self->err, &error);
  g_assert_no_error (error);
  self->code = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
  return self->code;
}

/* A new store's key takes half a second to derive, and there are hundreds of calls: from here on
 * its passphrase takes the least that a store may ask for. */
static void
spare_work (CliFixture *self, const char *path)
{
  static const WayVaultCost LEAST = {.memory = 64 * 1024 * 1024, .operations = 1};
  g_autofree char *passphrase = cli_read (self, "passphrase", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayVault) vault = way_vault_unlock (path, g_strchomp (passphrase), &error);

  g_assert_no_error (error);
  way_vault_change_passphrase (vault, passphrase, &LEAST, &error);
  g_assert_no_error (error);
}

static int
run_words (CliFixture *self, const char *store, const char *first, va_list words)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *path = cli_path (self, store);

  g_ptr_array_add (argv, (gpointer) g_getenv ("WAYMARK_CLI"));
  g_ptr_array_add (argv, (gpointer) "--store");
  g_ptr_array_add (argv, path);
  g_ptr_array_add (argv, (gpointer) "--passphrase-file");
  g_ptr_array_add (argv, self->passphrase_file);
  for (const char *word = first; word != NULL; word = va_arg (words, const char *))
    g_ptr_array_add (argv, (gpointer) word);
  g_ptr_array_add (argv, NULL);
  if (spawn (self, (const char *const *) argv->pdata) == 0 && strcmp (first, "init") == 0)
    spare_work (self, path);
  return self->code;
}

int
cli (CliFixture *self, const char *store, const char *first, ...)
{
  va_list words;
  int code;

  va_start (words, first);
  code = run_words (self, store, first, words);
  va_end (words);
  return code;
}

void
cli_do (CliFixture *self, const char *store, const char *first, ...)
{
  va_list words;

  va_start (words, first);
  run_words (self, store, first, words);
  va_end (words);
  if (self->code != 0)
    g_test_message ("waymark-cli %s: %s", first, self->err);
  g_assert_cmpint (self->code, ==, 0);
}

void
cli_make_store (CliFixture *self, const char *children)
{
  g_autofree char *table = g_strconcat ("id,surname,forename,dob\n", children, NULL);

  cli_write (self, "load/children.csv", table);
  cli_do (self, "own.waymark", "init", "--me", "T. Eacher", NULL);
  cli_do (self, "own.waymark", "import", "load", NULL);
}

void
cli_assert_says (CliFixture *self, const char *words)
{
  gboolean is_said = strstr (self->err, words) != NULL || strstr (self->out, words) != NULL;

  if (!is_said)
    g_test_message ("said instead: %s%s", self->err, self->out);
  g_assert_true (is_said);
}

JsonNode *
cli_json (CliFixture *self)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (self->out, &error);

  g_assert_no_error (error);
  return node;
}

char *
cli_line (CliFixture *self)
{
  return g_strchomp (g_strdup (self->out));
}

/* Runs another program in the folder; TRUE if it is happy. */
gboolean
cli_tool (CliFixture *self, const char *const *argv)
{
  return spawn (self, argv) == 0;
}
