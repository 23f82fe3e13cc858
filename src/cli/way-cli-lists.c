/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lists: the code lists and the table of terms, out as CSV and in again. */
#include "way-cli.h"

#include "way-csv.h"
#include "way-error.h"
#include "way-file.h"
#include "way-text.h"

#include <string.h>

static const struct {
  const WayRecordType *type;
  const char *file;
  const char *keys[3]; /* what makes two entries the same one */
} LISTS[] = {{&way_code_type, "lists.csv", {"list", "code", NULL}},
             {&way_term_type, "terms.csv", {"year", "term", NULL}}};

static gboolean
export_list (WayCli *cli, guint index, const char *folder, GError **error)
{
  const WayRecordType *type = LISTS[index].type;
  g_autoptr (GPtrArray) rows = way_db_list (cli->db, type, NULL, NULL, error);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *path = g_build_filename (folder, LISTS[index].file, NULL);
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; rows != NULL && i <= rows->len; i++) {
    g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

    for (guint f = 0; f < type->n_fields; f++) {
      char *text = i == 0 ? g_strdup (type->fields[f].name)
                          : way_field_dup_text (&type->fields[f], g_ptr_array_index (rows, i - 1));

      g_ptr_array_add (cells, text != NULL ? text : g_strdup (""));
    }
    way_csv_append_row (out, cells);
  }
  bytes = g_bytes_new (out->str, out->len);
  return rows != NULL && way_cli_write_file (path, bytes, error);
}

/* The entry of the store that has the same keys, or a new one. (transfer full) */
static gpointer
find_entry (GPtrArray *rows, guint index, gconstpointer entry)
{
  for (guint i = 0; i < rows->len; i++) {
    gboolean same = TRUE;

    for (guint k = 0; LISTS[index].keys[k] != NULL; k++)
      same =
          same && way_field_equal (way_record_type_find (LISTS[index].type, LISTS[index].keys[k]),
                                   g_ptr_array_index (rows, i),
                                   entry);
    if (same)
      return way_record_copy (g_ptr_array_index (rows, i));
  }
  return way_record_new (LISTS[index].type);
}

typedef struct {
  WayCli *cli;
  guint list;
  GPtrArray *rows; /* what the store has */
  guint n_changed;
} ListImport;

/* A column that is needed and is not there: most often the file is another one. */
static gboolean
check_columns (const WayCsvRow *row, guint list, GError **error)
{
  const WayRecordType *type = LISTS[list].type;

  for (guint f = 0; f < type->n_fields; f++) {
    const WayField *field = &type->fields[f];

    if ((field->flags & WAY_FIELD_REQUIRED) == 0 || way_csv_row_get (row, field->name) != NULL)
      continue;
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_REFUSED,
                 "%s:1: %s: The column is missing from this file, so nothing was changed; "
                 "“waymark-cli lists export FOLDER” writes one that has it",
                 LISTS[list].file,
                 field->name);
    return FALSE;
  }
  return TRUE;
}

static gboolean
take_entry (const WayCsvRow *row, gpointer user_data, GError **error)
{
  ListImport *import = user_data;
  const WayRecordType *type = LISTS[import->list].type;
  g_autoptr (WayRecord) read = way_record_new (type);
  g_autoptr (WayRecord) entry = NULL;
  g_autofree char *place = NULL;
  gboolean changed = FALSE;

  if (!check_columns (row, import->list, error))
    return FALSE;
  for (guint f = 0; f < type->n_fields; f++) {
    g_autoptr (GError) local = NULL;

    if (!way_field_set_text (
            &type->fields[f], read, way_csv_row_get (row, type->fields[f].name), &local)) {
      g_autofree char *why = way_text_dup_sentence (NULL, local->message);

      g_set_error (error,
                   WAY_ERROR,
                   WAY_ERROR_REFUSED,
                   "%s:%u: %s: %s",
                   LISTS[import->list].file,
                   way_csv_row_get_line (row),
                   type->fields[f].name,
                   why);
      return FALSE;
    }
  }
  entry = find_entry (import->rows, import->list, read);
  for (guint f = 0; f < type->n_fields; f++) {
    /* A column that the file does not have leaves what is there. */
    if (way_csv_row_get (row, type->fields[f].name) != NULL &&
        !way_field_equal (&type->fields[f], entry, read)) {
      way_field_copy (&type->fields[f], read, entry);
      changed = TRUE;
    }
  }
  import->n_changed += changed;
  if (!changed || way_db_save (import->cli->db, entry, error))
    return TRUE;
  place = g_strdup_printf ("%s:%u", LISTS[import->list].file, way_csv_row_get_line (row));
  way_cli_place (error, place);
  return FALSE;
}

static gboolean
import_list (WayCli *cli, guint index, const char *folder, guint *n_changed, GError **error)
{
  g_autofree char *path = g_build_filename (folder, LISTS[index].file, NULL);
  g_autoptr (GPtrArray) rows = NULL;
  ListImport import = {.cli = cli, .list = index};

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  import.rows = rows = way_db_list (cli->db, LISTS[index].type, NULL, NULL, error);
  if (rows == NULL || !way_csv_read_file (path, take_entry, &import, error))
    return FALSE;
  if (LISTS[index].type == WAY_TERM) {
    g_autoptr (GPtrArray) terms = way_db_list (cli->db, WAY_TERM, NULL, NULL, error);

    if (terms == NULL || !way_terms_check (terms, error))
      return FALSE;
  }
  *n_changed = import.n_changed;
  return TRUE;
}

static WayExit
export_lists (WayCli *cli, const char *folder, GError **error)
{
  if (!way_cli_open (cli, error) || !way_file_make_folder (folder, NULL, error))
    return WAY_EXIT_FAILED;
  for (guint i = 0; i < G_N_ELEMENTS (LISTS); i++) {
    if (!export_list (cli, i, folder, error))
      return WAY_EXIT_FAILED;
  }
  return WAY_EXIT_DONE;
}

static gboolean
has_a_list (const char *folder, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (LISTS); i++) {
    g_autofree char *path = g_build_filename (folder, LISTS[i].file, NULL);

    if (g_file_test (path, G_FILE_TEST_EXISTS))
      return TRUE;
  }
  g_set_error (
      error,
      WAY_ERROR,
      WAY_ERROR_REFUSED,
      "There is no lists.csv and no terms.csv in a folder “%s”; look whether it is the right one",
      folder);
  return FALSE;
}

/* All lists of the folder come in, or none. */
static WayExit
import_lists (WayCli *cli, const char *folder, GError **error)
{
  guint n_changed[G_N_ELEMENTS (LISTS)] = {0};
  gboolean done;

  if (!has_a_list (folder, error))
    return WAY_EXIT_REFUSED;
  if (!way_cli_open (cli, error) || !way_db_begin (cli->db, error))
    return WAY_EXIT_FAILED;
  done = TRUE;
  for (guint i = 0; done && i < G_N_ELEMENTS (LISTS); i++)
    done = import_list (cli, i, folder, &n_changed[i], error);
  if (!way_db_end (cli->db, done, error)) {
    if (error != NULL && g_error_matches (*error, WAY_ERROR, WAY_ERROR_INVALID))
      (*error)->code = WAY_ERROR_REFUSED;
    return WAY_EXIT_FAILED;
  }
  for (guint i = 0; i < G_N_ELEMENTS (LISTS); i++)
    way_cli_note ("%s: %u %s new or changed.",
                  LISTS[i].file,
                  n_changed[i],
                  n_changed[i] == 1 ? "entry" : "entries");
  return WAY_EXIT_DONE;
}

static WayExit
run_lists (WayCli *cli, char **words, GError **error)
{
  gboolean out = g_strcmp0 (words[1], "export") == 0;

  if (!way_cli_has_at_most ("lists", words, 3, error))
    return WAY_EXIT_USAGE;
  if ((!out && g_strcmp0 (words[1], "import") != 0) || words[2] == NULL)
    return way_cli_usage (
        error, "lists: It is not said which way; give “import” or “export”, and a folder");
  return out ? export_lists (cli, words[2], error) : import_lists (cli, words[2], error);
}

const WayCommand WAY_COMMAND_LISTS = {
    "lists", "import|export FOLDER   the code lists and the terms as CSV", NULL, run_lists};
