/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of Visit as XML.
 *
 * What is written is also pushed, byte for byte, through the guarded parser with
 * the schema, so nothing leaves that an import would refuse. At most one record
 * is in memory at a time.
 */
#include "way-visit-xml.h"

#include "way-error.h"
#include "way-number.h"
#include "way-visit-schema.h"
#include "way-xml-parser.h"

#include <math.h>

#define PIECE (64 * 1024) /* given to the stream at once */

struct _WayVisitXmlWriter {
  GOutputStream *stream;
  char *exported;
  GString *out;
  WayXmlParser *checker;
};

static const WayXmlHandler CHECK_ONLY = {NULL, NULL};

static gboolean
refuse (GError **error, const char *type, const char *field, const char *why)
{
  g_set_error (error, WAY_ERROR, WAY_ERROR_INVALID, "%s: %s: %s", type, field, why);
  return FALSE;
}

/* What a byte of a text is in XML: "" as it is, NULL for none of the characters XML can hold. */
static const char *
escape (guchar byte)
{
  switch (byte) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  case '\r':
    return "&#13;"; /* a parser would make a line feed of it */
  default:
    return byte >= 0x20 || byte == '\n' || byte == '\t' ? "" : NULL;
  }
}

/* Text or the value of an attribute. libxml2's writer would do, but takes as long for this as the
 * validation; whether the bytes are UTF-8 the checker sees. */
static gboolean
append_text (GString *out, const char *text)
{
  const char *done = text, *escaped;

  for (; *text != '\0'; text++) {
    if ((guchar) *text > '>')
      continue;
    escaped = escape ((guchar) *text);
    if (escaped == NULL)
      return FALSE;
    if (*escaped == '\0')
      continue;
    g_string_append_len (out, done, text - done);
    g_string_append (out, escaped);
    done = text + 1;
  }
  g_string_append_len (out, done, text - done);
  return TRUE;
}

/* The element of a type or field: its name with "-" for "_". */
static void
append_name (GString *out, const char *name)
{
  gsize start = out->len;

  g_string_append (out, name);
  for (char *c = out->str + start; *c != '\0'; c++) {
    if (*c == '_')
      *c = '-';
  }
}

static gboolean
append_attribute (GString *out, const char *name, const char *value)
{
  g_string_append_c (out, ' ');
  g_string_append (out, name);
  g_string_append (out, "=\"");
  if (!append_text (out, value))
    return FALSE;
  g_string_append_c (out, '"');
  return TRUE;
}

static gboolean
append_element (GString *out, const char *indent, const char *name, const char *text)
{
  g_string_append (out, indent);
  g_string_append_c (out, '<');
  append_name (out, name);
  g_string_append_c (out, '>');
  if (!append_text (out, text))
    return FALSE;
  g_string_append (out, "</");
  append_name (out, name);
  g_string_append (out, ">\n");
  return TRUE;
}

static gboolean
write_field (GString *out, const WayField *field, const WayRecord *record, GError **error)
{
  g_autofree char *owned = NULL;
  const char *text;

  if (way_field_is_text (field))
    text = way_field_string (field, record);
  else
    text = owned = way_field_dup_text (field, record);
  return append_element (out, "  ", field->name, text) ||
         refuse (error,
                 record->type->name,
                 field->name,
                 "holds a control character, so no XML can hold it");
}

static gboolean
write_record (GString *out, const WayRecord *record, GError **error)
{
  if (record->id == NULL)
    return refuse (error, record->type->name, "id", "is missing");
  g_string_append (out, " <");
  append_name (out, record->type->name);
  if (!append_attribute (out, "id", record->id))
    return refuse (error, record->type->name, "id", "holds a control character");
  g_string_append (out, ">\n");
  for (guint i = 0; i < record->type->n_fields; i++) {
    const WayField *field = &record->type->fields[i];

    if ((field->flags & WAY_FIELD_LOCAL) == 0 && way_field_is_known (field, record) &&
        !write_field (out, field, record, error))
      return FALSE;
  }
  g_string_append (out, " </");
  append_name (out, record->type->name);
  g_string_append (out, ">\n");
  return TRUE;
}

static gboolean
write_root (WayVisitXmlWriter *self,
            const WayVisit *visit,
            const WayDossier *dossier,
            gboolean is_document)
{
  g_autofree char *version = way_number_to_text (visit->version);
  GString *out = self->out;

  g_string_append (out, "<" WAY_VISIT_XML_ROOT);
  if (is_document)
    g_string_append (out, " xmlns=\"" WAY_VISIT_XML_NAMESPACE "\"");
  if (!append_attribute (out, "id", visit->record.id) ||
      !append_attribute (out, "version", version) ||
      !append_attribute (out, "fingerprint", dossier->fingerprint) ||
      (dossier->level != NULL && !append_attribute (out, "level", dossier->level)))
    return FALSE;
  g_string_append (out, ">\n");
  return append_element (out, " ", "exported", self->exported);
}

/* One record-of-visit. */
static gboolean
write_dossier (WayVisitXmlWriter *self, WayDossier *dossier, gboolean is_document, GError **error)
{
  const WayVisit *visit = way_record_set_first (dossier->records, WAY_VISIT);

  if (visit == NULL || visit->record.id == NULL || isnan (visit->version))
    return refuse (error, "visit", "id", "there is no visit with an id and a version to write");
  if (*dossier->fingerprint == '\0')
    return refuse (error, "visit", "signed_at", "a draft has no fingerprint: sign it first");
  if (!write_root (self, visit, dossier, is_document))
    return refuse (error, "visit", "id", "the head of the record holds a control character");
  way_record_set_sort_by_id (dossier->records);
  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    GPtrArray *list = way_record_set_list (dossier->records, WAY_RECORD_TYPES[i]);

    for (guint k = 0; k < list->len; k++) {
      if (!write_record (self->out, g_ptr_array_index (list, k), error))
        return FALSE;
    }
  }
  g_string_append (self->out, "</" WAY_VISIT_XML_ROOT ">\n");
  return TRUE;
}

/* Gives what is in the buffer to the checker, then to the stream. */
static gboolean
drain (WayVisitXmlWriter *self, gsize at_least, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (self->out->len < at_least)
    return TRUE;
  if (!way_xml_parser_feed (self->checker, self->out->str, self->out->len, error))
    return FALSE;
  if (self->stream == NULL)
    return TRUE;
  if (!g_output_stream_write_all (
          self->stream, self->out->str, self->out->len, NULL, NULL, &problem)) {
    g_set_error (error, WAY_ERROR, WAY_ERROR_IO, "%s", problem->message);
    return FALSE;
  }
  g_string_truncate (self->out, 0);
  return TRUE;
}

static WayVisitXmlWriter *
writer_new (GOutputStream *stream, const char *exported)
{
  WayVisitXmlWriter *self = g_new0 (WayVisitXmlWriter, 1);

  if (stream != NULL)
    self->stream = g_object_ref (stream);
  self->exported = g_strdup (exported);
  self->out = g_string_sized_new (2 * PIECE);
  self->checker =
      way_xml_parser_new ("record-of-visit", way_visit_schema_get (), &CHECK_ONLY, NULL);
  g_string_append (self->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  return self;
}

void
way_visit_xml_writer_free (WayVisitXmlWriter *self)
{
  if (self == NULL)
    return;
  g_string_free (self->out, TRUE);
  way_xml_parser_free (self->checker);
  g_clear_object (&self->stream);
  g_free (self->exported);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayVisitXmlWriter, way_visit_xml_writer_free)

/**
 * way_visit_xml_writer_new:
 * @stream: where the document goes, in pieces; not closed
 * @exported: when it is written, as "2026-11-17T17:05:09Z"
 *
 * Starts a document that holds several records. What was written is to be thrown away if any of
 * the calls fails: keep it in a temporary file until way_visit_xml_writer_finish() succeeded.
 *
 * Returns: (transfer full): a writer
 */
WayVisitXmlWriter *
way_visit_xml_writer_new (GOutputStream *stream, const char *exported, GError **error)
{
  g_autoptr (WayVisitXmlWriter) self = writer_new (stream, exported);

  g_string_append (self->out,
                   "<" WAY_VISIT_XML_ROOT_MANY " xmlns=\"" WAY_VISIT_XML_NAMESPACE "\">\n");
  return g_steal_pointer (&self);
}

/**
 * way_visit_xml_writer_add:
 * @dossier: a signed record; its records are sorted by id as a side effect
 *
 * Returns: %FALSE with %WAY_ERROR_INVALID for a draft or a text that XML can't hold,
 *   %WAY_ERROR_REFUSED if the schema does not accept it, %WAY_ERROR_IO
 */
gboolean
way_visit_xml_writer_add (WayVisitXmlWriter *self, WayDossier *dossier, GError **error)
{
  return write_dossier (self, dossier, FALSE, error) && drain (self, PIECE, error);
}

/**
 * way_visit_xml_writer_finish:
 *
 * Ends the document; only then has the schema accepted all of it.
 *
 * Returns: %FALSE with %WAY_ERROR_REFUSED or %WAY_ERROR_IO
 */
gboolean
way_visit_xml_writer_finish (WayVisitXmlWriter *self, GError **error)
{
  g_string_append (self->out, "</" WAY_VISIT_XML_ROOT_MANY ">\n");
  return drain (self, 0, error) && way_xml_parser_finish (self->checker, error);
}

/**
 * way_visit_xml_write:
 * @dossier: a signed record, or a reduced copy of one, which then names its level; its records are
 *   sorted by id as a side effect
 * @exported: when it is written, as "2026-11-17T17:05:09Z"
 *
 * Returns: (transfer full): the document, which the schema has accepted, or %NULL with
 *   %WAY_ERROR_INVALID for a draft or a text that XML can't hold, %WAY_ERROR_REFUSED if the schema
 *   does not accept it
 */
GBytes *
way_visit_xml_write (WayDossier *dossier, const char *exported, GError **error)
{
  g_autoptr (WayVisitXmlWriter) self = writer_new (NULL, exported);

  if (!write_dossier (self, dossier, TRUE, error) || !drain (self, 0, error) ||
      !way_xml_parser_finish (self->checker, error))
    return NULL;
  return g_bytes_new (self->out->str, self->out->len);
}
