/* SPDX-License-Identifier: GPL-3.0-or-later */
/* init and passphrase: what opens a store. */
#include "way-cli.h"

#include "way-error.h"
#include "way-file.h"
#include "way-passphrase.h"

#include <glib/gstdio.h>
#include <string.h>

#define USUAL_ROLE "specialist-teacher"

static char *me_name, *me_role, *new_passphrase_file;

/* "at once", "in about 20 minutes": for less than a day. */
static char *
dup_time_words (double seconds)
{
  if (seconds < 60.0)
    return g_strdup ("at once");
  if (seconds < 2 * 3600.0)
    return g_strdup_printf ("in about %.0f minutes", seconds / 60.0);
  return g_strdup_printf ("in about %.0f hours", seconds / 3600.0);
}

/* A weak one is the user's to choose, but not unawares. */
static char *
read_new_passphrase (const char *path, const char *option, const char *name, GError **error)
{
  char *passphrase = way_cli_read_new_secret (path, option, "New passphrase: ", error);

  if (passphrase != NULL && way_strength_of (passphrase, name) == WAY_STRENGTH_WEAK) {
    g_autofree char *when = dup_time_words (way_passphrase_seconds (passphrase, name));

    way_cli_note ("Warning: this passphrase is weak. Somebody with a copy of the file and many "
                  "computers could guess it %s, and then read every child’s records. Change it "
                  "before anything real is entered: “waymark-cli passphrase” asks for a new one. "
                  "Four or five words that have nothing to do with each other are good.",
                  when);
  }
  return passphrase;
}

static gboolean
save_me (WayDb *db, const char *name, const char *role, GError **error)
{
  g_autoptr (WayPractitioner) me = way_record_new (WAY_PRACTITIONER);
  g_autoptr (WayCodeLists) lists = way_db_get_code_lists (db, error);

  if (lists == NULL)
    return FALSE;
  if (way_code_lists_find (lists, "practitioner-role", role) == NULL) {
    g_autofree char *codes = way_cli_dup_codes (lists, "practitioner-role");

    way_cli_usage (error, "init: --role: There is no role “%s”; give one of %s", role, codes);
    return FALSE;
  }
  way_set_string (&me->name, name);
  way_set_string (&me->role, role);
  me->me = WAY_YES;
  return way_db_save (db, me, error);
}

/* A store whole and closed, or none. (transfer full): its recovery key */
static char *
make_store (WayCli *cli, const char *passphrase, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (cli->store_path);
  char *recovery_key = NULL;
  WayDb *db;
  gboolean done;

  g_mkdir_with_parents (folder, 0700); /* the usual place may have to be made from the top */
  if (!way_file_make_folder (folder, NULL, error))
    return NULL;
  db = way_db_create (cli->store_path, passphrase, NULL, &recovery_key, error);
  if (db == NULL)
    return NULL;
  way_db_set_today (db, cli->today);
  done = me_name == NULL || save_me (db, me_name, me_role != NULL ? me_role : USUAL_ROLE, error);
  way_db_close (db);
  if (done)
    return recovery_key;
  way_vault_secret_free (recovery_key);
  g_remove (cli->store_path); /* made a moment ago, and nothing in it */
  return NULL;
}

static WayExit
check_init (WayCli *cli, char **words, GError **error)
{
  if (words[1] != NULL)
    return way_cli_usage (
        error,
        "init: The word “%s” is not expected; name the new store with --store FILE before “init”",
        words[1]);
  if (cli->recovery_key_file != NULL)
    return way_cli_usage (error,
                          "init: A new store gets a recovery key of its own; leave "
                          "--recovery-key-file out, which is for a store that exists");
  if (me_role != NULL && me_name == NULL)
    return way_cli_usage (error, "init: A role alone says nothing; give --me NAME beside --role");
  if (me_name != NULL && *g_strstrip (me_name) == '\0')
    return way_cli_usage (error, "init: --me: The name is empty; write your own after --me");
  if (!g_file_test (cli->store_path, G_FILE_TEST_EXISTS))
    return WAY_EXIT_DONE;
  g_set_error (
      error,
      WAY_ERROR,
      WAY_ERROR_FAILED,
      "There is a file “%s” already, and it is left as it is; name another with --store FILE",
      cli->store_path);
  return WAY_EXIT_FAILED;
}

static WayExit
run_init (WayCli *cli, char **words, GError **error)
{
  WayExit code = check_init (cli, words, error);
  char *passphrase, *recovery_key;

  if (code != WAY_EXIT_DONE)
    return code;
  passphrase = read_new_passphrase (cli->passphrase_file, "--passphrase-file", me_name, error);
  if (passphrase == NULL)
    return WAY_EXIT_FAILED;
  recovery_key = make_store (cli, passphrase, error);
  way_vault_secret_free (passphrase);
  if (recovery_key == NULL)
    return WAY_EXIT_FAILED;
  way_cli_print ("Recovery key: %s\n", recovery_key);
  way_vault_secret_free (recovery_key);
  if (!way_cli_flush ("The recovery key",
                      "nobody has seen it, so no store was made. Make room, or print elsewhere, "
                      "and try again",
                      error)) {
    g_remove (cli->store_path); /* as in make_store() */
    return WAY_EXIT_FAILED;
  }
  way_cli_note (
      "Print the recovery key and keep it in a safe place: it opens the store if the passphrase is "
      "forgotten, and it is not shown again.");
  return WAY_EXIT_DONE;
}

static const GOptionEntry INIT_ENTRIES[] = {
    {"me", 0, 0, G_OPTION_ARG_STRING, &me_name, "Your name", "NAME"},
    {"role",
     0,
     0,
     G_OPTION_ARG_STRING,
     &me_role,
     "Your role, a code such as specialist-teacher or senco",
     "ROLE"},
    {NULL}};
const WayCommand WAY_COMMAND_INIT = {
    "init",
    "[--me NAME --role ROLE]   make a store; prints the recovery key once",
    INIT_ENTRIES,
    run_init};

static WayExit
run_passphrase (WayCli *cli, char **words, GError **error)
{
  gboolean done;
  char *passphrase;

  if (words[1] != NULL)
    return way_cli_usage (error,
                          "passphrase: The word “%s” is not expected; the new passphrase is asked "
                          "for, or read with --new-passphrase-file FILE",
                          words[1]);
  if (!way_cli_open (cli, error))
    return WAY_EXIT_FAILED;
  passphrase = read_new_passphrase (new_passphrase_file, "--new-passphrase-file", NULL, error);
  if (passphrase == NULL)
    return WAY_EXIT_FAILED;
  done = way_db_change_passphrase (cli->db, passphrase, NULL, error);
  way_vault_secret_free (passphrase);
  if (!done)
    return WAY_EXIT_FAILED;
  way_cli_note ("The passphrase is changed. The recovery key is still good; older backups open "
                "with the old passphrase.");
  return WAY_EXIT_DONE;
}

static const GOptionEntry PASSPHRASE_ENTRIES[] = {{"new-passphrase-file",
                                                   0,
                                                   0,
                                                   G_OPTION_ARG_FILENAME,
                                                   &new_passphrase_file,
                                                   "Read the new passphrase from FILE",
                                                   "FILE"},
                                                  {NULL}};
const WayCommand WAY_COMMAND_PASSPHRASE = {"passphrase",
                                           "[--new-passphrase-file FILE]   change the passphrase, "
                                           "or with --recovery-key-file set a new one",
                                           PASSPHRASE_ENTRIES,
                                           run_passphrase};

/* The new key is set once it has arrived where it was printed: until then the old one is good. */
static WayExit
set_new_key (WayCli *cli, const char *key, GError **error)
{
  way_cli_print ("Recovery key: %s\n", key);
  if (!way_cli_flush (
          "The new recovery key",
          "nobody has seen it, so the old one stays good. Make room, or print elsewhere, "
          "and try again",
          error))
    return WAY_EXIT_FAILED;
  if (!way_db_set_recovery_key (cli->db, key, error)) {
    way_cli_note ("The recovery key above is not in use: it could not be set.");
    return WAY_EXIT_FAILED;
  }
  way_cli_note (
      "Print the new recovery key and keep it in a safe place, instead of the old one: it "
      "opens the store if the passphrase is forgotten, and it is not shown again. Older "
      "backups open with the old one.");
  /* Nor has the window to ask any more whether the key was kept. */
  return way_db_set_preference (cli->db, "key-not-kept", NULL, error) ? WAY_EXIT_DONE
                                                                      : WAY_EXIT_FAILED;
}

static WayExit
run_recovery_key (WayCli *cli, char **words, GError **error)
{
  WayExit code;
  char *key;

  if (!way_cli_has_at_most ("recovery-key", words, 2, error))
    return WAY_EXIT_USAGE;
  if (g_strcmp0 (words[1], "new") != 0)
    return way_cli_usage (error,
                          "recovery-key: It is not said what to do; “recovery-key new” makes a new "
                          "one, and the old one no longer opens the store");
  if (!way_cli_open (cli, error))
    return WAY_EXIT_FAILED;
  key = way_vault_make_recovery_key ();
  code = set_new_key (cli, key, error);
  way_vault_secret_free (key);
  return code;
}

const WayCommand WAY_COMMAND_RECOVERY_KEY = {
    "recovery-key",
    "new   print a new recovery key; the old one no longer opens the store",
    NULL,
    run_recovery_key};
