/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-record.h"

#include "way-error.h"
#include "way-number.h"
#include "way-text.h"

#include <math.h>
#include <string.h>

/**
 * way_record_new:
 * @type: a record type
 *
 * Returns: (transfer full): a record of which nothing is known; way_record_free() it
 */
gpointer
way_record_new (const WayRecordType *type)
{
  WayRecord *self = g_malloc0 (type->size);

  self->type = type;
  for (guint i = 0; i < type->n_fields; i++) {
    if (type->fields[i].kind == WAY_FIELD_NUMBER)
      way_field_number (&type->fields[i], self) = NAN;
  }
  return self;
}

gpointer
way_record_copy (gconstpointer record)
{
  const WayRecord *self = record;
  WayRecord *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, self->type->size);
  copy->id = g_strdup (self->id);
  copy->created_at = g_strdup (self->created_at);
  copy->updated_at = g_strdup (self->updated_at);
  for (guint i = 0; i < self->type->n_fields; i++) {
    const WayField *field = &self->type->fields[i];

    if (way_field_is_text (field))
      way_field_string (field, copy) = g_strdup (way_field_string (field, self));
  }
  return copy;
}

void
way_record_free (gpointer record)
{
  WayRecord *self = record;

  if (self == NULL)
    return;
  for (guint i = 0; i < self->type->n_fields; i++) {
    if (way_field_is_text (&self->type->fields[i]))
      g_free (way_field_string (&self->type->fields[i], self));
  }
  g_free (self->id);
  g_free (self->created_at);
  g_free (self->updated_at);
  g_free (self);
}

/**
 * way_record_equal:
 *
 * Returns: %TRUE if both are of one type and every field is the same; the head
 *   (id, revision, times) is not looked at
 */
gboolean
way_record_equal (gconstpointer a, gconstpointer b)
{
  const WayRecordType *type = ((const WayRecord *) a)->type;

  if (type != ((const WayRecord *) b)->type)
    return FALSE;
  for (guint i = 0; i < type->n_fields; i++) {
    if (!way_field_equal (&type->fields[i], a, b))
      return FALSE;
  }
  return TRUE;
}

/**
 * way_record_type_find:
 *
 * Returns: (nullable): the field called @name
 */
const WayField *
way_record_type_find (const WayRecordType *type, const char *name)
{
  for (guint i = 0; i < type->n_fields; i++) {
    if (strcmp (type->fields[i].name, name) == 0)
      return &type->fields[i];
  }
  return NULL;
}

static gboolean
is_xml_name_of (const char *element, const char *name)
{
  for (; *name != '\0'; name++, element++) {
    if (*element != (*name == '_' ? '-' : *name))
      return FALSE;
  }
  return *element == '\0';
}

/**
 * way_record_type_find_xml:
 * @element: an element's name: the field's, with "-" for "_"
 * @hint: (inout): where to look first; our own files hold fields in the order of the table
 *
 * Returns: (nullable): the field
 */
const WayField *
way_record_type_find_xml (const WayRecordType *type, const char *element, guint *hint)
{
  for (guint k = 0; k < type->n_fields; k++) {
    guint i = (*hint + k) % type->n_fields;

    if (is_xml_name_of (element, type->fields[i].name)) {
      *hint = i + 1;
      return &type->fields[i];
    }
  }
  return NULL;
}

gboolean
way_field_is_text (const WayField *field)
{
  return field->kind != WAY_FIELD_DATE && field->kind != WAY_FIELD_NUMBER &&
         field->kind != WAY_FIELD_YES_NO;
}

/**
 * way_field_is_known:
 *
 * Returns: %FALSE for an empty text, a missing date, number or answer. Not
 *   known is never the same as zero or no.
 */
gboolean
way_field_is_known (const WayField *field, gconstpointer record)
{
  if (way_field_is_text (field)) {
    const char *text = way_field_string (field, record);

    return text != NULL && *text != '\0';
  }
  if (field->kind == WAY_FIELD_NUMBER)
    return !isnan (way_field_number (field, record));
  if (field->kind == WAY_FIELD_DATE)
    return way_field_date (field, record) != WAY_DATE_UNKNOWN;
  return way_field_yes_no (field, record) != WAY_UNKNOWN;
}

gboolean
way_field_equal (const WayField *field, gconstpointer a, gconstpointer b)
{
  gboolean known = way_field_is_known (field, a);

  if (known != way_field_is_known (field, b))
    return FALSE;
  if (!known)
    return TRUE;
  if (way_field_is_text (field))
    return strcmp (way_field_string (field, a), way_field_string (field, b)) == 0;
  if (field->kind == WAY_FIELD_NUMBER)
    return way_field_number (field, a) == way_field_number (field, b);
  if (field->kind == WAY_FIELD_DATE)
    return way_field_date (field, a) == way_field_date (field, b);
  return way_field_yes_no (field, a) == way_field_yes_no (field, b);
}

/* Copies one field between two records of the same type. */
void
way_field_copy (const WayField *field, gconstpointer from, gpointer to)
{
  if (way_field_is_text (field))
    way_set_string (&way_field_string (field, to), way_field_string (field, from));
  else if (field->kind == WAY_FIELD_NUMBER)
    way_field_number (field, to) = way_field_number (field, from);
  else if (field->kind == WAY_FIELD_DATE)
    way_field_date (field, to) = way_field_date (field, from);
  else
    way_field_yes_no (field, to) = way_field_yes_no (field, from);
}

/* Makes one field not known. */
void
way_field_clear (const WayField *field, gpointer record)
{
  if (way_field_is_text (field))
    g_clear_pointer (&way_field_string (field, record), g_free);
  else if (field->kind == WAY_FIELD_NUMBER)
    way_field_number (field, record) = NAN;
  else if (field->kind == WAY_FIELD_DATE)
    way_field_date (field, record) = WAY_DATE_UNKNOWN;
  else
    way_field_yes_no (field, record) = WAY_UNKNOWN;
}

/**
 * way_field_dup_text:
 *
 * The field as files hold it: ISO dates, numbers with a point and no more
 * digits than needed, "yes" or "no".
 *
 * Returns: (transfer full) (nullable): the text, %NULL if not known
 */
char *
way_field_dup_text (const WayField *field, gconstpointer record)
{
  if (!way_field_is_known (field, record))
    return NULL;
  if (way_field_is_text (field))
    return g_strdup (way_field_string (field, record));
  if (field->kind == WAY_FIELD_NUMBER)
    return way_number_to_text (way_field_number (field, record));
  if (field->kind == WAY_FIELD_DATE)
    return way_date_dup_iso (way_field_date (field, record));
  return g_strdup (way_field_yes_no (field, record) == WAY_YES ? "yes" : "no");
}

static gboolean
refuse (GError **error, const char *what, const char *text)
{
  g_autofree char *shown = way_text_dup_shown (text, 40);

  g_set_error (error, WAY_ERROR, WAY_ERROR_INVALID, "“%s” is not %s", shown, what);
  return FALSE;
}

static gboolean
set_plain (const WayField *field, gpointer record, const char *text, GError **error)
{
  double number;
  WayDate date;

  if (field->kind == WAY_FIELD_NUMBER) {
    if (!way_number_from_text (text, &number))
      return refuse (error, "a number", text);
    way_field_number (field, record) = number;
    return TRUE;
  }
  if (field->kind == WAY_FIELD_DATE) {
    date = way_date_from_iso (text);
    if (date == WAY_DATE_UNKNOWN)
      return refuse (error, "a date that exists; write it as YYYY-MM-DD", text);
    way_field_date (field, record) = date;
    return TRUE;
  }
  if (strcmp (text, "yes") != 0 && strcmp (text, "no") != 0)
    return refuse (error, "yes or no", text);
  way_field_yes_no (field, record) = *text == 'y' ? WAY_YES : WAY_NO;
  return TRUE;
}

/**
 * way_field_set_text:
 * @text: (nullable): the value as way_field_dup_text() writes it; %NULL or
 *   empty makes the field not known
 * @error: return location for %WAY_ERROR_INVALID; the message says what is
 *   wrong with the value, not which field it is
 *
 * The one way in for values that come as text.
 */
gboolean
way_field_set_text (const WayField *field, gpointer record, const char *text, GError **error)
{
  if (text == NULL || *text == '\0') {
    way_field_clear (field, record);
    return TRUE;
  }
  if (!way_field_is_text (field))
    return set_plain (field, record, text, error);
  if (!way_text_is_clean (text))
    return refuse (error, "plain text (it holds a control character or is not UTF-8)", "");
  if (field->kind == WAY_FIELD_TIME && !way_text_is_time (text))
    return refuse (error, "a time; write it as HH:MM", text);
  if (field->kind == WAY_FIELD_STAMP && !way_text_is_stamp (text))
    return refuse (error, "a date and time; write it as YYYY-MM-DDTHH:MM:SSZ", text);
  way_set_string (&way_field_string (field, record), text);
  return TRUE;
}

/**
 * way_set_string:
 * @field: (inout): an owned text
 * @value: (nullable): what it shall be; copied
 */
void
way_set_string (char **field, const char *value)
{
  char *copy = g_strdup (value);

  g_free (*field);
  *field = copy;
}
