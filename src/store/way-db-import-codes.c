/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes that the lists here have not: what they are called, and how they come into a list. */
#include "way-db-import-private.h"

#include <string.h>

#define NEW_CODE_POSITION 999

/* The label of a list of people's own does not travel. Their code is the label as they typed it;
 * one that was made for machines, such as "outreach-team", is told in words. */
static char *
words_of_code (const char *code)
{
  char *words = g_strdup (code);

  if (strspn (code, "abcdefghijklmnopqrstuvwxyz0123456789-_") == strlen (code))
    g_strstrip (g_strdelimit (words, "-_", ' '));
  if (*words != '\0')
    return g_strstrip (words);
  g_free (words);
  return g_strdup (code); /* of dashes alone */
}

/**
 * way_import_code_words:
 * @field: a field with a code
 * @code: (nullable): its value
 *
 * Returns: (transfer full) (nullable): what people call it; of a code that the list has not, the
 *   words that it is made of, and that the list has it not
 */
char *
way_import_code_words (WayDbImport *self, const WayField *field, const char *code)
{
  g_autoptr (WayCodeLists) lists = way_db_get_code_lists (self->db, NULL);
  const WayCode *known =
      lists != NULL && code != NULL ? way_code_lists_find (lists, field->list, code) : NULL;
  g_autofree char *words = NULL;

  if (known != NULL || code == NULL)
    return g_strdup (known != NULL ? known->label : NULL);
  words = words_of_code (code);
  return g_strdup_printf ("%s (not in your list)", words);
}

static gboolean
add_code (WayDbImport *self, const WayRecord *record, const WayField *field, GError **error)
{
  g_autoptr (WayCode) code = way_record_new (WAY_CODE);
  const char *value = way_field_string (field, record);
  g_autofree char *words = words_of_code (value);
  WayImportNote *note = way_import_note (self, WAY_IMPORT_NOTICE, record);

  note->field = g_strdup (field->name);
  note->new_value = g_strdup (value);
  note->message =
      g_strdup_printf ("“%s” is new in the list “%s”; an import adds it there", words, field->list);
  code->list = g_strdup (field->list);
  code->code = g_strdup (value);
  code->label = g_steal_pointer (&words);
  code->position = NEW_CODE_POSITION;
  return self->options.dry_run || way_db_save_unchecked (self->db, code, NULL, error);
}

/* An unknown code is added to its list, and that is said. */
gboolean
way_import_add_codes (WayDbImport *self, const WayRecord *record, GError **error)
{
  g_autoptr (WayCodeLists) lists = way_db_get_code_lists (self->db, error);

  if (lists == NULL)
    return FALSE;
  for (guint i = 0; i < record->type->n_fields; i++) {
    const WayField *field = &record->type->fields[i];
    g_autofree char *key = NULL;

    if (field->kind != WAY_FIELD_CODE || !way_field_is_known (field, record) ||
        way_code_lists_find (lists, field->list, way_field_string (field, record)) != NULL)
      continue;
    key = g_strconcat (field->list, "/", way_field_string (field, record), NULL);
    if ((g_hash_table_add (self->codes, g_steal_pointer (&key)) || !self->options.dry_run) &&
        !add_code (self, record, field, error))
      return FALSE;
  }
  return TRUE;
}
