/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "way-cli"

#include "way-cli.h"

#include "way-error.h"
#include "way-platform.h"
#include "way-sql-error.h"
#include "way-text.h"

#include <stdlib.h>
#include <string.h>

static const WayCommand *const COMMANDS[] = {
    &WAY_COMMAND_INIT,
    &WAY_COMMAND_SAMPLE,
    &WAY_COMMAND_IMPORT,
    &WAY_COMMAND_LIST,
    &WAY_COMMAND_SHOW,
    &WAY_COMMAND_SEARCH,
    &WAY_COMMAND_ADD,
    &WAY_COMMAND_SIGN,
    &WAY_COMMAND_AMEND,
    &WAY_COMMAND_CHART,
    &WAY_COMMAND_EXPORT,
    &WAY_COMMAND_VERIFY,
    &WAY_COMMAND_BACKUP,
    &WAY_COMMAND_RESTORE,
    &WAY_COMMAND_PASSPHRASE,
    &WAY_COMMAND_RECOVERY_KEY,
    &WAY_COMMAND_PREFERENCES,
    &WAY_COMMAND_LISTS,
};

/* The names of the tables of a caseload, as its CSV files have them. */
static const struct {
  const char *plural;
  const WayRecordType *type;
} PLURALS[] = {
    {"children", WAY_CHILD},
    {"settings", WAY_SETTING},
    {"practitioners", WAY_PRACTITIONER},
    {"enrolments", WAY_ENROLMENT},
    {"sen_status", WAY_SEN_STATUS},
    {"needs", WAY_NEED},
    {"flags", WAY_FLAG},
    {"contacts", WAY_CONTACT},
    {"agreements", WAY_AGREEMENT},
    {"attendance", WAY_ATTENDANCE},
    {"cases", WAY_CASE},
    {"case_status", WAY_CASE_STATUS},
    {"allocations", WAY_ALLOCATION},
    {"cycles", WAY_CYCLE},
    {"provisions", WAY_PROVISION},
    {"assessments", WAY_ASSESSMENT},
    {"outcomes", WAY_OUTCOME},
    {"targets", WAY_TARGET},
    {"measurements", WAY_MEASUREMENT},
    {"phases", WAY_PHASE},
    {"visits", WAY_VISIT},
    {"reviews", WAY_REVIEW},
    {"review_targets", WAY_REVIEW_TARGET},
    {"actions", WAY_ACTION},
    {"disclosures", WAY_DISCLOSURE},
};

/* Borrows; NULL if there is no table of that name. */
const WayRecordType *
way_cli_type_for_plural (const char *plural)
{
  for (guint i = 0; i < G_N_ELEMENTS (PLURALS); i++) {
    if (strcmp (PLURALS[i].plural, plural) == 0)
      return PLURALS[i].type;
  }
  return NULL;
}

/* (transfer full): the names of all tables: "children, settings, …" */
char *
way_cli_dup_plurals (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (PLURALS); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", PLURALS[i].plural);
  return g_string_free (text, FALSE);
}

/* Borrows; the type's own name if it is no table of its own. */
const char *
way_cli_plural_for_type (const WayRecordType *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (PLURALS); i++) {
    if (PLURALS[i].type == type)
      return PLURALS[i].plural;
  }
  return type->name;
}

/**
 * way_cli_note:
 *
 * Says something to the person at the keyboard: one line on standard error.
 */
void
way_cli_note (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("%s\n", text);
}

static GPtrArray *notes_held; /* what is said of work that is done */

/**
 * way_cli_note_later:
 *
 * As way_cli_note(), once the command has done its work. Where it stops, the error alone is said.
 */
void
way_cli_note_later (const char *format, ...)
{
  va_list arguments;

  if (notes_held == NULL)
    notes_held = g_ptr_array_new_with_free_func (g_free);
  va_start (arguments, format);
  g_ptr_array_add (notes_held, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static void
say_what_was_held (gboolean is_done)
{
  for (guint i = 0; is_done && notes_held != NULL && i < notes_held->len; i++)
    way_cli_note ("%s", (const char *) notes_held->pdata[i]);
  g_clear_pointer (&notes_held, g_ptr_array_unref);
}

/**
 * way_cli_usage:
 *
 * Returns: %WAY_EXIT_USAGE, with @error saying what is off in the call
 */
WayExit
way_cli_usage (GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, text);
  return WAY_EXIT_USAGE;
}

/**
 * way_cli_has_at_most:
 * @command: how a message begins
 * @words: (array zero-terminated=1): of the command, or of what follows it
 * @most: how many of them it takes
 *
 * Returns: %FALSE, with @error naming the first word that nothing is done with
 */
gboolean
way_cli_has_at_most (const char *command, char **words, guint most, GError **error)
{
  if (g_strv_length (words) <= most)
    return TRUE;
  way_cli_usage (error,
                 "%s: The word “%s” is not expected; put a name or value of several words in "
                 "quotation marks",
                 command,
                 words[most]);
  return FALSE;
}

/* The library's messages go on after what failed; here they stand alone. A place, such as a
 * file's name, stays as it is written. */
static char *
dup_sentence (const GError *error)
{
  char *sentence = way_text_dup_sentence (NULL, error->message);
  const char *colon = strstr (sentence, ": "), *space = strchr (sentence, ' ');
  gboolean has_place = error->domain != WAY_ERROR ||
                       g_error_matches (error, WAY_ERROR, WAY_ERROR_REFUSED) ||
                       (colon != NULL && strchr (space + 1, ' ') >= colon);

  if (has_place)
    *sentence = *error->message;
  return sentence;
}

/**
 * way_cli_place:
 * @place: an option, or a file as it was named
 *
 * Has @error, where there is one, say where it was: "draft.json: date: Date is missing."
 */
void
way_cli_place (GError **error, const char *place)
{
  g_autofree char *sentence = NULL;

  if (error == NULL || *error == NULL)
    return;
  sentence = dup_sentence (*error);
  g_free ((*error)->message);
  (*error)->message = g_strconcat (place, ": ", sentence, NULL);
}

/**
 * way_cli_exit_for:
 *
 * Returns: the exit code that @error stands for
 */
WayExit
way_cli_exit_for (const GError *error)
{
  if (error->domain == G_OPTION_ERROR)
    return WAY_EXIT_USAGE;
  if (g_error_matches (error, WAY_ERROR, WAY_ERROR_PASSPHRASE))
    return WAY_EXIT_PASSPHRASE;
  if (g_error_matches (error, WAY_ERROR, WAY_ERROR_BUSY))
    return WAY_EXIT_BUSY;
  if (g_error_matches (error, WAY_ERROR, WAY_ERROR_REFUSED))
    return WAY_EXIT_REFUSED;
  return WAY_EXIT_FAILED;
}

/**
 * way_cli_dup_fault:
 * @text: what @field did not take
 * @problem: as way_field_set_text() said it
 *
 * Returns: (transfer full): why, for a message; a date as people write it is given as it is wanted
 */
char *
way_cli_dup_fault (const WayField *field, const char *text, const GError *problem)
{
  g_autofree char *day =
      field->kind == WAY_FIELD_DATE ? way_date_dup_iso (way_date_from_uk (text)) : NULL;

  return day != NULL ? g_strdup_printf ("Write the date as %s.", day)
                     : way_text_dup_sentence (NULL, problem->message);
}

/**
 * way_cli_dup_codes:
 *
 * Returns: (transfer full): the codes of a list, for a message: "a, b, c"
 */
char *
way_cli_dup_codes (const WayCodeLists *lists, const char *list)
{
  g_autoptr (GPtrArray) entries = way_code_lists_get (lists, list);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    g_string_append_printf (
        text, "%s%s", i > 0 ? ", " : "", ((WayCode *) g_ptr_array_index (entries, i))->code);
  return g_string_free (text, FALSE);
}

static const WayCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (COMMANDS); i++) {
    if (strcmp (COMMANDS[i]->name, name) == 0)
      return COMMANDS[i];
  }
  return NULL;
}

static char *
describe_commands (void)
{
  GString *text = g_string_new ("Commands:\n");

  for (guint i = 0; i < G_N_ELEMENTS (COMMANDS); i++)
    g_string_append_printf (text, "  %s %s\n", COMMANDS[i]->name, COMMANDS[i]->summary);
  g_string_append (
      text,
      "\nExit codes: 0 done, 1 failed, 2 wrong usage, 3 wrong passphrase, 4 store in use, "
      "5 input refused.\n");
  return g_string_free (text, FALSE);
}

static gboolean
version_cb (const char *name, const char *value, gpointer user_data, GError **error)
{
  way_cli_print ("waymark-cli %s\n", WAY_VERSION);
  if (!way_cli_flush ("The version", "make room, or print it elsewhere", error))
    return FALSE;
  exit (WAY_EXIT_DONE);
}

/* Before the command alone: after it, --version may be a record's. */
static const GOptionEntry VERSION_ENTRIES[] = {{"version",
                                                0,
                                                G_OPTION_FLAG_NO_ARG,
                                                G_OPTION_ARG_CALLBACK,
                                                (gpointer) version_cb,
                                                "Print the version and end",
                                                NULL},
                                               {NULL}};

/* GLib says no more than that there is an "invalid byte sequence". */
static void
refuse_encoding (const WayCommand *command, GError **error)
{
  const char *charset;

  g_get_charset (&charset);
  way_cli_usage (error,
                 "%s%sAn option’s text is not %s, which is what this terminal uses; type it again, "
                 "or save the script that has it as %s",
                 command != NULL ? command->name : "",
                 command != NULL ? ": " : "",
                 charset,
                 charset);
}

/* Parses @argv with the options of the call and, if given, of @command. */
static gboolean
parse (WayCli *self, const WayCommand *command, char **today, char ***argv, GError **error)
{
  const GOptionEntry common[] = {
      {"store", 0, 0, G_OPTION_ARG_FILENAME, &self->store_path, "The store", "FILE"},
      {"passphrase-file",
       0,
       0,
       G_OPTION_ARG_FILENAME,
       &self->passphrase_file,
       "Read the passphrase from FILE",
       "FILE"},
      {"recovery-key-file",
       0,
       0,
       G_OPTION_ARG_FILENAME,
       &self->recovery_key_file,
       "Open the store with the recovery key in FILE instead of the passphrase",
       "FILE"},
      {"today", 0, 0, G_OPTION_ARG_STRING, today, "Work as on this day", "YYYY-MM-DD"},
      {NULL}};
  g_autoptr (GOptionContext) context = NULL;
  g_autofree char *more = command == NULL             ? describe_commands ()
                          : command->describe != NULL ? command->describe (*argv + 1)
                                                      : NULL;
  g_autofree char *title = command != NULL
                               ? g_strconcat (command->name, " ", command->summary, NULL)
                               : g_strdup ("COMMAND …");
  g_autoptr (GError) local = NULL;

  context = g_option_context_new (title);
  g_option_context_add_main_entries (context, common, NULL);
  if (command == NULL)
    g_option_context_add_main_entries (context, VERSION_ENTRIES, NULL);
  else if (command->entries != NULL)
    g_option_context_add_main_entries (context, command->entries, NULL);
  g_option_context_set_ignore_unknown_options (context, command != NULL && command->takes_fields);
  g_option_context_set_description (context, more);
  g_option_context_set_strict_posix (context, command == NULL);
  if (g_option_context_parse_strv (context, argv, &local))
    return TRUE;
  if (local->domain == G_CONVERT_ERROR)
    refuse_encoding (command, error);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* "ID" and "--child=ID" */
static void
tidy_ids (char **words)
{
  for (; *words != NULL; words++) {
    char *value = g_str_has_prefix (*words, "--") ? strchr (*words, '=') : NULL;

    way_uuid_tidy (value != NULL ? value + 1 : *words);
  }
}

/* A lone "--" and what is before the first word is GOption's; the rest is ours. */
static WayExit
run (WayCli *self, char ***argv, GError **error)
{
  g_autofree char *today = NULL;
  const WayCommand *command;

  tidy_ids (*argv);
  if (!parse (self, NULL, &today, argv, error))
    return WAY_EXIT_USAGE;
  if ((*argv)[1] == NULL)
    return way_cli_usage (error, "No command was given; “waymark-cli --help” lists them");
  command = find_command ((*argv)[1]);
  if (command == NULL)
    return way_cli_usage (
        error, "There is no command “%s”; “waymark-cli --help” lists them", (*argv)[1]);
  if (!parse (self, command, &today, argv, error))
    return WAY_EXIT_USAGE;
  if (self->store_path == NULL)
    self->store_path =
        g_build_filename (g_get_user_data_dir (), "waymark", "caseload.waymark", NULL);
  self->today = today != NULL ? way_date_from_iso (today) : way_date_today ();
  if (self->today == WAY_DATE_UNKNOWN && way_date_from_uk (today) != WAY_DATE_UNKNOWN) {
    g_autofree char *day = way_date_dup_iso (way_date_from_uk (today));

    return way_cli_usage (error, "--today: Write the date as %s", day);
  }
  if (self->today == WAY_DATE_UNKNOWN)
    return way_cli_usage (
        error, "--today: “%s” is not a date that exists; write it as YYYY-MM-DD", today);
  return command->run (self, *argv + 1, error);
}

/* What the message of a store that could not be opened does not say by itself. */
static const char *
next_step (const WayCli *self, const GError *error)
{
  const gboolean says_next = way_sql_error_says_next (error->message) ||
                             strstr (error->message, "backup") != NULL ||
                             strstr (error->message, "waymark-cli") != NULL;

  if (error->domain != WAY_ERROR || says_next)
    return "";
  if (g_error_matches (error, WAY_ERROR, WAY_ERROR_PASSPHRASE))
    return self->recovery_key_file != NULL
               ? " Look at the printed key again."
               : " Look at it again, or give the recovery key with --recovery-key-file FILE.";
  if (g_error_matches (error, WAY_ERROR, WAY_ERROR_BUSY))
    return " Close the store there, then try again.";
  if (g_error_matches (error, WAY_ERROR, WAY_ERROR_NOT_FOUND))
    return " “waymark-cli list” with children, targets, visits … shows what there is.";
  if (g_error_matches (error, WAY_ERROR, WAY_ERROR_CONFLICT))
    return " Look at it again, then repeat the change.";
  if (g_error_matches (error, WAY_ERROR, WAY_ERROR_TOO_NEW))
    return " Install the newer Waymark that wrote it.";
  if (g_error_matches (error, WAY_ERROR, WAY_ERROR_CORRUPT))
    return " Name another file with --store FILE, or restore a backup.";
  return "";
}

/* Not an error: what was stored is. But who copies the one file would copy too little. */
static void
close_store (WayCli *self)
{
  g_autofree char *path = self->db != NULL ? g_strdup (way_db_get_path (self->db)) : NULL;

  if (path == NULL || way_db_close (g_steal_pointer (&self->db)))
    return;
  way_cli_note ("Warning: there was no room to write all of it into “%s”: the rest is in “%s-wal” "
                "beside it, and the two belong together. Make room on the disk, then list "
                "something, before you copy or move the store.",
                path,
                path);
}

/**
 * way_cli_run:
 *
 * The whole of waymark-cli.
 *
 * Returns: the exit code
 */
WayExit
way_cli_run (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = g_new0 (char *, argc + 1);
  WayCli self = {0};
  WayExit code;

  way_platform_harden_process ();
  for (int i = 0; i < argc; i++)
    words[i] = g_strdup (argv[i]);
  code = run (&self, &words, &error);
  if (error == NULL)
    way_cli_flush ("What was to be printed",
                   "what the command did to the store or to files is done. Make room, or print "
                   "elsewhere, and look with “waymark-cli list” what there is",
                   &error);
  say_what_was_held (error == NULL);
  if (error != NULL) {
    g_autofree char *sentence = dup_sentence (error);
    g_autofree char *harmless = way_text_dup_harmless (sentence); /* it may quote what was typed */

    way_cli_note ("waymark-cli: %s%s", harmless, next_step (&self, error));
    code = way_cli_exit_for (error);
  }
  close_store (&self);
  g_free (self.store_path);
  g_free (self.passphrase_file);
  g_free (self.recovery_key_file);
  return code;
}
