/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-cli.h"

#include "way-error.h"
#include "way-import-file.h"

#include <string.h>

static char *format_name;
static gboolean dry_run, skip_bad_rows, take_new;

static const struct {
  const char *name;
  WayFormat format;
} FORMATS[] = {{"auto", WAY_FORMAT_AUTO},
               {"ctf", WAY_FORMAT_CTF},
               {"csv", WAY_FORMAT_CASELOAD},
               {"visit", WAY_FORMAT_VISIT},
               {"pdf", WAY_FORMAT_PDF}};

static gboolean
parse_format (const char *name, WayFormat *format)
{
  for (guint i = 0; i < G_N_ELEMENTS (FORMATS); i++) {
    if (g_strcmp0 (name != NULL ? name : "auto", FORMATS[i].name) == 0) {
      *format = FORMATS[i].format;
      return TRUE;
    }
  }
  return FALSE;
}

/* Each bad row that is left out is listed; where nothing is imported, enough to see what is wrong,
 * and not what would have come in. */
static void
print_report (WayImportReport *report, gboolean refused)
{
  g_autofree char *summary = way_import_report_summary (report);

  if (!skip_bad_rows)
    way_import_report_fold (report, WAY_IMPORT_ERROR, WAY_IMPORT_MOST_NOTES);
  way_import_report_fold (report, WAY_IMPORT_NOTICE, WAY_IMPORT_MOST_NOTES);

  for (guint i = 0; i < report->notes->len; i++) {
    const WayImportNote *note = g_ptr_array_index (report->notes, i);
    g_autofree char *line = way_import_note_format (note);

    if (refused && (note->kind == WAY_IMPORT_ADD || note->kind == WAY_IMPORT_CHANGE))
      continue;
    if (note->kind == WAY_IMPORT_ERROR || note->kind == WAY_IMPORT_NOTICE)
      g_printerr ("%s\n", line);
    else
      way_cli_print ("%s\n", line);
  }
  if (!refused)
    way_cli_print (
        "%s%s\n", dry_run ? "Nothing was changed. An import would give: " : "Imported: ", summary);
}

/* What keeps a table from being read to its end is in the report as well. */
static gboolean
is_listed (WayImportReport *report, const GError *error)
{
  for (guint i = 0; report != NULL && i < report->notes->len; i++) {
    const WayImportNote *note = g_ptr_array_index (report->notes, i);
    g_autofree char *place = g_strdup_printf ("%s:%u: ", note->source, note->line);

    if (note->kind == WAY_IMPORT_ERROR && note->source != NULL &&
        g_str_has_prefix (error->message, place))
      return TRUE;
  }
  return FALSE;
}

/* Reads every file into one session: all of them come in, or none. */
static WayExit
import_files (WayCli *cli, char **paths, WayFormat format, GError **error)
{
  WayImportOptions options = {.dry_run = dry_run,
                              .skip_bad_rows = skip_bad_rows,
                              .take_new = take_new,
                              .today = cli->today};
  g_autoptr (WayImportReport) report = NULL;
  WayImportSink *sink = way_db_import_begin (cli->db, &options, error);
  g_autoptr (GError) read_error = NULL;
  gboolean read = TRUE;

  if (sink == NULL)
    return WAY_EXIT_FAILED;
  for (guint i = 0; paths[i] != NULL && read; i++)
    read = way_import_file_read (paths[i], format, cli->today, sink, NULL, &read_error);
  report = way_db_import_end (sink, read, error);
  if (report != NULL)
    print_report (report, read_error != NULL || (report->n_errors > 0 && !skip_bad_rows));
  if (read_error != NULL) {
    g_clear_error (error);
    if (is_listed (report, read_error)) {
      g_clear_error (&read_error);
      g_set_error_literal (&read_error,
                           WAY_ERROR,
                           WAY_ERROR_REFUSED,
                           "Nothing was imported; mend what is listed above, then import again");
    }
    g_propagate_error (error, g_steal_pointer (&read_error));
    return WAY_EXIT_REFUSED;
  }
  if (report == NULL)
    return WAY_EXIT_FAILED;
  if (report->n_errors > 0 && !skip_bad_rows) {
    g_autofree char *what = report->n_errors == 1
                                ? g_strdup ("One row or record")
                                : g_strdup_printf ("%u rows or records", report->n_errors);

    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_REFUSED,
                 "%s cannot be taken, so nothing was imported; mend what is listed above, or leave "
                 "it out with --skip-bad-rows",
                 what);
    return WAY_EXIT_REFUSED;
  }
  return WAY_EXIT_DONE;
}

static WayExit
run_import (WayCli *cli, char **words, GError **error)
{
  WayFormat format;

  if (words[1] == NULL)
    return way_cli_usage (
        error, "import: It is not said what to import; give at least one file or folder");
  if (!parse_format (format_name, &format))
    return way_cli_usage (
        error,
        "import: --format: There is no format of that name; give auto, ctf, csv, visit or pdf");
  for (guint i = 1; words[i] != NULL; i++) {
    if (!g_file_test (words[i], G_FILE_TEST_EXISTS)) {
      g_set_error (error,
                   WAY_ERROR,
                   WAY_ERROR_REFUSED,
                   "There is no file or folder “%s”; look whether its name is right and its disk "
                   "is connected",
                   words[i]);
      return WAY_EXIT_REFUSED;
    }
  }
  if (!way_cli_open (cli, error))
    return WAY_EXIT_FAILED;
  return import_files (cli, words + 1, format, error);
}

static const GOptionEntry ENTRIES[] = {
    {"format",
     0,
     0,
     G_OPTION_ARG_STRING,
     &format_name,
     "auto, ctf (a school's common transfer file), csv (a caseload folder), visit (Record of Visit "
     "XML), pdf (the record inside a PDF that Waymark saved)",
     "FORMAT"},
    {"dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, "Show what would happen, change nothing", NULL},
    {"skip-bad-rows",
     0,
     0,
     G_OPTION_ARG_NONE,
     &skip_bad_rows,
     "Leave out bad rows and what hangs on them, and list each",
     NULL},
    {"take-new",
     0,
     0,
     G_OPTION_ARG_NONE,
     &take_new,
     "Where store and file differ take the file's value",
     NULL},
    {NULL}};
const WayCommand WAY_COMMAND_IMPORT = {
    "import",
    "FILE|FOLDER... [--format auto|ctf|csv|visit|pdf] [--dry-run] [--skip-bad-rows] [--take-new]",
    ENTRIES,
    run_import};
