/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "way-db.h"

G_BEGIN_DECLS

/* The exit codes that scripts rely on. */
typedef enum {
  WAY_EXIT_DONE = 0,
  WAY_EXIT_FAILED = 1,     /* the message says what and where */
  WAY_EXIT_USAGE = 2,      /* the words of the call are off */
  WAY_EXIT_PASSPHRASE = 3, /* wrong passphrase */
  WAY_EXIT_BUSY = 4,       /* another process has the store open */
  WAY_EXIT_REFUSED = 5,    /* an input file is not acceptable; nothing changed */
} WayExit;

/**
 * WayCli:
 * @store_path: the store that the call is about
 * @passphrase_file: (nullable): where the passphrase is read from; else it is asked for
 * @recovery_key_file: (nullable): where the recovery key is read from, which then opens the store
 * @today: today, by the clock or by --today
 * @db: (nullable): the open store, opened by the first way_cli_open()
 *
 * One call of waymark-cli.
 */
typedef struct {
  char *store_path;
  char *passphrase_file, *recovery_key_file;
  WayDate today;
  WayDb *db;
} WayCli;

/**
 * WayCommand:
 * @name: the word of the call
 * @summary: its arguments and what it does, for --help
 * @entries: its options; may be %NULL
 * @run: @words are what is left of the call after options, @words[0] the name
 * @takes_fields: options that are not known are left in @words
 * @describe: (nullable): more for --help, by what @words ask for
 */
typedef struct {
  const char *name;
  const char *summary;
  const GOptionEntry *entries;
  WayExit (*run) (WayCli *cli, char **words, GError **error);
  gboolean takes_fields;
  char *(*describe) (char **words);
} WayCommand;

extern const WayCommand WAY_COMMAND_INIT, WAY_COMMAND_SAMPLE, WAY_COMMAND_VERIFY,
    WAY_COMMAND_BACKUP, WAY_COMMAND_RESTORE, WAY_COMMAND_PASSPHRASE, WAY_COMMAND_LISTS,
    WAY_COMMAND_IMPORT, WAY_COMMAND_LIST, WAY_COMMAND_SHOW, WAY_COMMAND_SEARCH, WAY_COMMAND_ADD,
    WAY_COMMAND_SIGN, WAY_COMMAND_AMEND, WAY_COMMAND_CHART, WAY_COMMAND_EXPORT,
    WAY_COMMAND_PREFERENCES, WAY_COMMAND_RECOVERY_KEY;

WayExit way_cli_exit_for (const GError *error);
void way_cli_note_later (const char *format, ...) G_GNUC_PRINTF (1, 2);
char *way_cli_dup_plurals (void);
void way_cli_place (GError **error, const char *place);
gboolean way_cli_has_at_most (const char *command, char **words, guint most, GError **error);
WayExit way_cli_usage (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean way_cli_open (WayCli *self, GError **error);
char *way_cli_read_key (WayCli *self, GError **error);
gboolean way_cli_open_at (WayCli *self, const char *path, const char *key, GError **error);
char *way_cli_read_recovery_key (const char *path, GError **error);
char *
way_cli_read_secret (const char *path, const char *option, const char *prompt, GError **error);
char *
way_cli_read_new_secret (const char *path, const char *option, const char *prompt, GError **error);
char *way_cli_dup_fault (const WayField *field, const char *text, const GError *problem);
char *way_cli_dup_codes (const WayCodeLists *lists, const char *list);
WayExit way_cli_add_visit (WayCli *cli, char **words, const char *draft, GError **error);
WayExit way_cli_run (int argc, char **argv);

/* Output: results go to standard output, messages to standard error. */
void way_cli_print (const char *format, ...) G_GNUC_PRINTF (1, 2);
gboolean way_cli_flush (const char *what, const char *then, GError **error);
void way_cli_note (const char *format, ...) G_GNUC_PRINTF (1, 2);
gboolean way_cli_check_place (const char *path, GError **error);
gboolean way_cli_has_ending (const char *path, const char *ending);
char *way_cli_make_beside (const char *path, GError **error); /* a new file, to stream into */
gboolean way_cli_write_file (const char *path, GBytes *bytes, GError **error);
const WayRecordType *way_cli_type_for_plural (const char *plural);
const char *way_cli_plural_for_type (const WayRecordType *type);

G_END_DECLS
