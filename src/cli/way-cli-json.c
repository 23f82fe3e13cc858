/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-cli-json.h"

#include "way-cli.h"
#include "way-error.h"
#include "way-file.h"
#include "way-number.h"
#include "way-text.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define MOST_WHOLE 1e15 /* whole numbers up to here are exact, and are written as such */

/**
 * way_json_is_output:
 *
 * Returns: %FALSE for what a list or a page of one child never shows unasked
 */
gboolean
way_json_is_output (const WayField *field)
{
  return strcmp (field->name, "restricted_notes") != 0;
}

/**
 * way_json_set_number:
 * @number: any; JSON has no word for what is no number, or has no end, so that is null
 */
void
way_json_set_number (JsonObject *object, const char *name, double number)
{
  if (!isfinite (number))
    json_object_set_null_member (object, name);
  else if (fabs (number) <= MOST_WHOLE && number == trunc (number))
    json_object_set_int_member (object, name, (gint64) number);
  else
    json_object_set_double_member (object, name, number);
}

static void
set_member (JsonObject *object, const WayField *field, gconstpointer record)
{
  g_autofree char *text = NULL;

  if (!way_field_is_known (field, record)) {
    json_object_set_null_member (object, field->name);
  } else if (field->kind == WAY_FIELD_NUMBER) {
    way_json_set_number (object, field->name, way_field_number (field, record));
  } else if (field->kind == WAY_FIELD_YES_NO) {
    json_object_set_boolean_member (
        object, field->name, way_field_yes_no (field, record) == WAY_YES);
  } else {
    text = way_field_dup_text (field, record);
    json_object_set_string_member (object, field->name, text);
  }
}

/**
 * way_json_from_record:
 *
 * Returns: (transfer full): the record's id and all its fields; what is not known is null
 */
JsonObject *
way_json_from_record (gconstpointer record)
{
  const WayRecord *self = record;
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", self->id);
  for (guint i = 0; i < self->type->n_fields; i++) {
    if (way_json_is_output (&self->type->fields[i]))
      set_member (object, &self->type->fields[i], record);
  }
  return object;
}

JsonArray *
way_json_from_list (GPtrArray *records)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < records->len; i++)
    json_array_add_object_element (array, way_json_from_record (g_ptr_array_index (records, i)));
  return array;
}

/* What a member holds, as way_field_set_text() reads it; NULL for null. */
static char *
dup_member_text (JsonNode *node)
{
  GType type;

  if (json_node_get_node_type (node) != JSON_NODE_VALUE)
    return NULL;
  type = json_node_get_value_type (node);
  if (type == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "yes" : "no");
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  if (type == G_TYPE_DOUBLE) {
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];

    return g_strdup (g_ascii_dtostr (buffer, sizeof buffer, json_node_get_double (node)));
  }
  return g_strdup (json_node_get_string (node));
}

/* What a member of this kind looks like, for a message. */
static const char *
wanted_words (WayFieldKind kind)
{
  static const char *const WORDS[] = {
      [WAY_FIELD_TEXT] = "a text in quotation marks",
      [WAY_FIELD_NOTE] = "a text in quotation marks",
      [WAY_FIELD_ID] = "an id in quotation marks",
      [WAY_FIELD_CODE] = "a code in quotation marks",
      [WAY_FIELD_DATE] = "a date such as \"2026-11-20\"",
      [WAY_FIELD_TIME] = "a time such as \"09:30\"",
      [WAY_FIELD_STAMP] = "a time such as \"2026-11-17T17:05:09Z\"",
      [WAY_FIELD_NUMBER] = "a number",
      [WAY_FIELD_YES_NO] = "true or false",
  };

  return WORDS[kind];
}

static const char *
found_words (JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    return "a list in [ ]";
  if (JSON_NODE_HOLDS_OBJECT (node))
    return "an object in { }";
  if (JSON_NODE_HOLDS_NULL (node))
    return "null";
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return "a text";
  return json_node_get_value_type (node) == G_TYPE_BOOLEAN ? "true or false" : "a number";
}

/**
 * way_json_refuse:
 * @where: where the object stands
 * @member: its member
 * @wanted: what the member should be
 * @node: what it is
 *
 * Returns: %FALSE, with @error naming all of it
 */
gboolean
way_json_refuse (
    const char *where, const char *member, const char *wanted, JsonNode *node, GError **error)
{
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_REFUSED,
               "%s: %s: Here should be %s, not %s",
               where,
               member,
               wanted,
               found_words (node));
  return FALSE;
}

/* A text may say a number or yes; nothing else stands for a text. */
static gboolean
fits (WayFieldKind kind, JsonNode *node)
{
  GType type;

  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  type = json_node_get_value_type (node);
  return type == G_TYPE_STRING || (kind == WAY_FIELD_YES_NO && type == G_TYPE_BOOLEAN) ||
         (kind == WAY_FIELD_NUMBER && (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE));
}

/* A record is known by its id wherever it goes, and its schema takes no other. */
static gboolean
take_id (WayRecord *record, JsonNode *node, const char *where, GError **error)
{
  g_autofree char *shown = NULL;
  const char *id;

  if (!fits (WAY_FIELD_ID, node))
    return way_json_refuse (where, "id", wanted_words (WAY_FIELD_ID), node, error);
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  id = json_node_get_string (node);
  if (way_uuid_is_valid (id)) {
    way_set_string (&record->id, id);
    way_uuid_tidy (record->id);
    return TRUE;
  }
  shown = way_text_dup_shown (id, 40);
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_REFUSED,
               "%s: id: “%s” is not an id of Waymark; leave “id” out, and the record gets one",
               where,
               shown);
  return FALSE;
}

/* Texts that it can't be without; ids, codes and days may still be filled in. */
static gboolean
check_needed (const WayRecord *record, const char *where, GError **error)
{
  for (guint i = 0; i < record->type->n_fields; i++) {
    const WayField *field = &record->type->fields[i];

    if ((field->flags & WAY_FIELD_REQUIRED) == 0 || way_field_is_known (field, record) ||
        (field->kind != WAY_FIELD_TEXT && field->kind != WAY_FIELD_NOTE))
      continue;
    g_set_error (
        error, WAY_ERROR, WAY_ERROR_REFUSED, "%s: “%s” is missing or empty", where, field->name);
    return FALSE;
  }
  return TRUE;
}

/**
 * way_json_to_record:
 * @object: members named as the fields; others are left alone
 * @record: (inout): what is to be filled
 * @where: where @object stands, for messages: "draft.json: actions[2]"
 * @error: return location for %WAY_ERROR_REFUSED
 */
gboolean
way_json_to_record (JsonObject *object, gpointer record, const char *where, GError **error)
{
  WayRecord *self = record;
  JsonNode *id = json_object_get_member (object, "id");

  for (guint i = 0; i < self->type->n_fields; i++) {
    const WayField *field = &self->type->fields[i];
    g_autoptr (GError) local = NULL;
    g_autofree char *text = NULL;
    JsonNode *node = json_object_get_member (object, field->name);

    if (node == NULL)
      continue;
    if (!fits (field->kind, node))
      return way_json_refuse (where, field->name, wanted_words (field->kind), node, error);
    text = dup_member_text (node);
    if (field->kind == WAY_FIELD_ID)
      way_uuid_tidy (text);
    if (!way_field_set_text (field, record, text, &local)) {
      g_autofree char *why = way_cli_dup_fault (field, text, local);

      g_set_error (error, WAY_ERROR, WAY_ERROR_REFUSED, "%s: %s: %s", where, field->name, why);
      return FALSE;
    }
  }
  return check_needed (self, where, error) && (id == NULL || take_id (self, id, where, error));
}

/* The library writes 0.1 as 0.10000000000000001, and 1e-300 as 1e-300.0, which no other reads. */
static char *
rewrite_numbers (const char *json)
{
  GString *out = g_string_sized_new (strlen (json) + 2);
  gboolean quoted = FALSE;

  for (; *json != '\0'; json++) {
    g_autofree char *number = NULL;

    if (quoted && *json == '\\' && json[1] != '\0') {
      g_string_append_c (out, *json++);
    } else if (*json == '"') {
      quoted = !quoted;
    } else if (!quoted && strchr ("-0123456789", *json) != NULL) {
      number = way_number_to_text (g_ascii_strtod (json, NULL));
      g_string_append (out, number);
      json += strspn (json, "+-.eE0123456789") - 1;
      continue;
    }
    g_string_append_c (out, *json);
  }
  return g_string_free (out, FALSE);
}

/**
 * way_json_print:
 * @node: (transfer full): what to print
 *
 * Returns: (transfer full): @node as text, indented, with a line end
 */
char *
way_json_print (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, TRUE), *plain = rewrite_numbers (text);

  json_node_unref (node);
  return g_strconcat (plain, "\n", NULL);
}

#define LARGEST_FILE (16 * 1024 * 1024)
#define DEEPEST 64

/* The parser goes down into nested arrays by calling itself; a visit has no such depth. And it ends
 * a text at a NUL, without a word. Returns what is wrong, or NULL. */
static const char *
find_fault (const char *text)
{
  guint depth = 0;
  gboolean quoted = FALSE;

  for (; *text != '\0'; text++) {
    if (quoted && g_str_has_prefix (text, "\\u0000"))
      return "A text holds \\u0000, a NUL, and what comes after it would be lost; take it out";
    if (quoted && *text == '\\' && text[1] != '\0')
      text++;
    else if (*text == '"')
      quoted = !quoted;
    else if (!quoted && (*text == '[' || *text == '{') && ++depth > DEEPEST)
      return "The lists and objects are nested deeper than those of a visit; is it the right file?";
    else if (!quoted && (*text == ']' || *text == '}') && depth > 0)
      depth--;
  }
  return NULL;
}

static char *
read_text (const char *path, GError **error)
{
  gsize length;
  g_autofree char *text = way_file_read (path, LARGEST_FILE, &length, error);
  const char *why = NULL;

  if (text == NULL)
    return NULL;
  if (strlen (text) != length)
    why = "The file holds a NUL byte, so it is not JSON; is it the right one?";
  else
    why = find_fault (text);
  if (why == NULL)
    return g_steal_pointer (&text);
  g_set_error (error, WAY_ERROR, WAY_ERROR_REFUSED, "%s: %s", path, why);
  return NULL;
}

typedef struct {
  GHashTable *seen; /* "object/member" */
  char *twice;      /* the first member that came again */
  int line;
} Members;

static void
member_read_cb (JsonParser *parser, JsonObject *object, const char *member, gpointer user_data)
{
  Members *self = user_data;

  if (g_hash_table_add (self->seen, g_strdup_printf ("%p/%s", (void *) object, member)) ||
      self->twice != NULL)
    return;
  self->twice = way_text_dup_harmless (member);
  self->line = (int) json_parser_get_current_line (parser);
}

/* Of a member that is there twice the parser keeps one without a word. */
static gboolean
parse_once (JsonParser *parser, const char *text, const char *path, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Members members = {.seen = seen};
  g_autofree char *twice = NULL;
  g_autoptr (GError) local = NULL;
  gulong handler =
      g_signal_connect (parser, "object-member", G_CALLBACK (member_read_cb), &members);
  gboolean done = json_parser_load_from_data (parser, text, -1, &local);

  g_signal_handler_disconnect (parser, handler);
  twice = members.twice;
  if (done && twice == NULL)
    return TRUE;
  if (!done)
    g_set_error (error, WAY_ERROR, WAY_ERROR_REFUSED, "%s: %s", path, local->message);
  else
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_REFUSED,
                 "%s:%d: %s: The member is there twice; keep the one that is meant",
                 path,
                 members.line,
                 twice);
  return FALSE;
}

/**
 * way_json_read_file:
 *
 * Returns: (transfer full): the one object that the file holds
 */
JsonObject *
way_json_read_file (const char *path, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *text = read_text (path, error);

  if (text == NULL || !parse_once (parser, text, path, error))
    return NULL;
  if (json_parser_get_root (parser) == NULL ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser))) {
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_REFUSED,
                 "%s: The file is not one JSON object; put the visit in { }",
                 path);
    return NULL;
  }
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}
