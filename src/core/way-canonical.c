/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The canonical text of a set of records:
 *
 *   waymark-canonical 1
 *   [child 5c0e…]
 *   surname=Okafor
 *   dob=2018-09-14
 *   [visit …]
 *
 * Invariants: types in the order of WAY_RECORD_TYPES, records of a type in the
 * order of their ids, fields in the order of their table, only what is known.
 * Backslash, line feed and carriage return are written "\\", "\n", "\r", so a
 * line is a field. Equal sets give equal texts, wherever they came from; that is
 * what a fingerprint is taken of. The form is frozen: a change needs a new number
 * in the first line.
 */
#include "way-canonical.h"

#include "way-error.h"
#include "way-values.h"

#include <string.h>

#define FIRST_LINE "waymark-canonical 1\n"

/* What needs no escape goes in one piece. */
static void
write_text (GString *out, const char *text)
{
  for (;;) {
    gsize plain = strcspn (text, "\\\n\r");

    g_string_append_len (out, text, (gssize) plain);
    text += plain;
    if (*text == '\0')
      return;
    g_string_append (out, *text == '\\' ? "\\\\" : *text == '\n' ? "\\n" : "\\r");
    text++;
  }
}

static void
write_record (GString *out, const WayRecord *record, WayCanonicalScope scope)
{
  g_string_append_printf (
      out, "[%s %s]\n", record->type->name, record->id != NULL ? record->id : "");
  for (guint i = 0; i < record->type->n_fields; i++) {
    const WayField *field = &record->type->fields[i];
    g_autofree char *text = NULL;

    if (scope == WAY_CANONICAL_SHARED && (field->flags & WAY_FIELD_LOCAL) != 0)
      continue;
    if (!way_field_is_known (field, record))
      continue;
    g_string_append (out, field->name);
    g_string_append_c (out, '=');
    if (way_field_is_text (field)) {
      write_text (out, way_field_string (field, record));
    } else {
      text = way_field_dup_text (field, record);
      g_string_append (out, text);
    }
    g_string_append_c (out, '\n');
  }
}

/**
 * way_canonical_write:
 * @records: the records; sorted by id as a side effect
 * @scope: whether fields that stay in the store are written
 *
 * Returns: (transfer full): the canonical text
 */
char *
way_canonical_write (WayRecordSet *records, WayCanonicalScope scope)
{
  g_autoptr (GString) out = g_string_sized_new (4096);

  g_string_append (out, FIRST_LINE);
  way_record_set_sort_by_id (records);
  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    GPtrArray *list = way_record_set_list (records, WAY_RECORD_TYPES[i]);

    for (guint k = 0; k < list->len; k++)
      write_record (out, g_ptr_array_index (list, k), scope);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
read_text (char *text)
{
  char *out = text;

  for (; *text != '\0'; text++) {
    if (*text == '\\' && text[1] != '\0') {
      text++;
      *out++ = *text == 'n' ? '\n' : *text == 'r' ? '\r' : *text;
    } else {
      *out++ = *text;
    }
  }
  *out = '\0';
}

static gboolean
refuse (GError **error, guint line, const char *why)
{
  g_set_error (error, WAY_ERROR, WAY_ERROR_CORRUPT, "kept record, line %u: %s", line, why);
  return FALSE;
}

static WayRecord *
read_head (WayRecordSet *records, char *line, guint number, GError **error)
{
  char *space = strchr (line, ' ');
  char *end = strrchr (line, ']');
  const WayRecordType *type;
  WayRecord *record;

  if (space == NULL || end == NULL || end < space) {
    refuse (error, number, "not a record's head");
    return NULL;
  }
  *space = *end = '\0';
  type = way_record_type_by_name (line + 1);
  if (type == NULL) {
    refuse (error, number, "unknown type of record");
    return NULL;
  }
  record = way_record_set_add (records, type);
  if (space[1] != '\0')
    record->id = g_strdup (space + 1);
  return record;
}

/* Prose comes back as it was written, whatever it holds: a draft that can't be read is lost. What
 * may be signed or leave is checked there. */
static gboolean
read_value (const WayField *field, WayRecord *record, const char *text, GError **error)
{
  if (field->kind != WAY_FIELD_TEXT && field->kind != WAY_FIELD_NOTE)
    return way_field_set_text (field, record, text, error);
  way_set_string (&way_field_string (field, record), *text != '\0' ? text : NULL);
  return TRUE;
}

static gboolean
read_field (WayRecord *record, char *line, guint number, guint *hint, GError **error)
{
  char *equals = strchr (line, '=');

  if (record == NULL || equals == NULL)
    return refuse (error, number, "not a field");
  *equals = '\0';
  read_text (equals + 1);
  for (guint k = 0; k < record->type->n_fields; k++) {
    guint i = (*hint + k) % record->type->n_fields;

    if (strcmp (record->type->fields[i].name, line) == 0) {
      *hint = i + 1;
      return read_value (&record->type->fields[i], record, equals + 1, error);
    }
  }
  return refuse (error, number, "unknown field");
}

/**
 * way_canonical_read:
 * @text: what way_canonical_write() made
 * @error: return location for %WAY_ERROR_CORRUPT
 *
 * Returns: (transfer full): the records
 */
WayRecordSet *
way_canonical_read (const char *text, GError **error)
{
  g_autoptr (WayRecordSet) records = way_record_set_new ();
  g_autofree char *copy = NULL;
  WayRecord *record = NULL;
  guint number = 1, hint = 0;

  if (!g_str_has_prefix (text, FIRST_LINE)) {
    refuse (error, 1, "not written by a version of Waymark that this one knows");
    return NULL;
  }
  copy = g_strdup (text + strlen (FIRST_LINE));
  for (char *line = copy, *next; *line != '\0'; line = next) {
    number++;
    next = strchr (line, '\n');
    if (next == NULL) {
      refuse (error, number, "cut off");
      return NULL;
    }
    *next++ = '\0';
    if (*line == '[') {
      hint = 0;
      if ((record = read_head (records, line, number, error)) == NULL)
        return NULL;
    } else if (!read_field (record, line, number, &hint, error)) {
      return NULL;
    }
  }
  return g_steal_pointer (&records);
}

/**
 * way_canonical_fingerprint:
 * @text: a canonical text
 * @fingerprint: (out): SHA-256 of @text, first 16 hex digits in groups of four
 */
void
way_canonical_fingerprint (const char *text, char fingerprint[WAY_FINGERPRINT_SIZE])
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  g_snprintf (fingerprint,
              WAY_FINGERPRINT_SIZE,
              "%.4s %.4s %.4s %.4s",
              digest,
              digest + 4,
              digest + 8,
              digest + 12);
}
