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
#include "way-text.h"
#include "way-visit-schema.h"
#include "way-xml-parser.h"

#include <libxml/xmlwriter.h>
#include <math.h>

#define PIECE (64 * 1024) /* given to the stream at once */

struct _WayVisitXmlWriter {
  GOutputStream *stream;
  char *exported;
  xmlBufferPtr buffer;
  xmlTextWriterPtr out;
  WayXmlParser *checker;
};

static const WayXmlHandler CHECK_ONLY = {NULL, NULL};

/* The element of a type or field: its name with "-" for "_". */
static const xmlChar *
element_name (const char *name, char buffer[32])
{
  g_strlcpy (buffer, name, 32);
  return (const xmlChar *) g_strdelimit (buffer, "_", '-');
}

static gboolean
refuse (GError **error, const char *type, const char *field, const char *why)
{
  g_set_error (error, WAY_ERROR, WAY_ERROR_INVALID, "%s: %s: %s", type, field, why);
  return FALSE;
}

static gboolean
out_of_memory (GError **error)
{
  g_set_error (error, WAY_ERROR, WAY_ERROR_FAILED, "the XML can't be written: out of memory");
  return FALSE;
}

static gboolean
write_field (xmlTextWriterPtr out, const WayField *field, const WayRecord *record, GError **error)
{
  char name[32];
  g_autofree char *owned = NULL;
  const char *text;

  if (way_field_is_text (field)) {
    text = way_field_string (field, record);
    if (!way_text_is_clean (text))
      return refuse (error,
                     record->type->name,
                     field->name,
                     "holds a control character, or is not UTF-8, so no XML can hold it");
  } else {
    text = owned = way_field_dup_text (field, record);
  }
  if (xmlTextWriterWriteElement (out, element_name (field->name, name), (const xmlChar *) text) < 0)
    return out_of_memory (error);
  return TRUE;
}

static gboolean
write_record (xmlTextWriterPtr out, const WayRecord *record, GError **error)
{
  char name[32];

  if (record->id == NULL)
    return refuse (error, record->type->name, "id", "is missing");
  if (xmlTextWriterStartElement (out, element_name (record->type->name, name)) < 0 ||
      xmlTextWriterWriteAttribute (out, BAD_CAST "id", (const xmlChar *) record->id) < 0)
    return out_of_memory (error);
  for (guint i = 0; i < record->type->n_fields; i++) {
    const WayField *field = &record->type->fields[i];

    if ((field->flags & WAY_FIELD_LOCAL) == 0 && way_field_is_known (field, record) &&
        !write_field (out, field, record, error))
      return FALSE;
  }
  return xmlTextWriterEndElement (out) >= 0 || out_of_memory (error);
}

static gboolean
write_root (xmlTextWriterPtr out,
            const WayVisit *visit,
            const WayDossier *dossier,
            const char *level,
            gboolean is_document)
{
  g_autofree char *version = way_number_to_text (visit->version);

  return xmlTextWriterStartElement (out, BAD_CAST WAY_VISIT_XML_ROOT) >= 0 &&
         (!is_document || xmlTextWriterWriteAttribute (
                              out, BAD_CAST "xmlns", BAD_CAST WAY_VISIT_XML_NAMESPACE) >= 0) &&
         xmlTextWriterWriteAttribute (out, BAD_CAST "id", BAD_CAST visit->record.id) >= 0 &&
         xmlTextWriterWriteAttribute (out, BAD_CAST "version", BAD_CAST version) >= 0 &&
         xmlTextWriterWriteAttribute (out, BAD_CAST "fingerprint", BAD_CAST dossier->fingerprint) >=
             0 &&
         (level == NULL ||
          xmlTextWriterWriteAttribute (out, BAD_CAST "level", BAD_CAST level) >= 0);
}

/* One record-of-visit. @level is NULL for the record itself. */
static gboolean
write_dossier (WayVisitXmlWriter *self,
               WayDossier *dossier,
               const char *level,
               gboolean is_document,
               GError **error)
{
  const WayVisit *visit = way_record_set_first (dossier->records, WAY_VISIT);

  if (visit == NULL || visit->record.id == NULL || isnan (visit->version))
    return refuse (error, "visit", "id", "there is no visit with an id and a version to write");
  if (*dossier->fingerprint == '\0')
    return refuse (error, "visit", "signed_at", "a draft has no fingerprint: sign it first");
  if (!write_root (self->out, visit, dossier, level, is_document) ||
      xmlTextWriterWriteElement (self->out, BAD_CAST "exported", BAD_CAST self->exported) < 0)
    return out_of_memory (error);
  way_record_set_sort_by_id (dossier->records);
  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    GPtrArray *list = way_record_set_list (dossier->records, WAY_RECORD_TYPES[i]);

    for (guint k = 0; k < list->len; k++) {
      if (!write_record (self->out, g_ptr_array_index (list, k), error))
        return FALSE;
    }
  }
  return xmlTextWriterEndElement (self->out) >= 0 || out_of_memory (error);
}

/* Gives what is in the buffer to the checker, then to the stream. */
static gboolean
drain (WayVisitXmlWriter *self, gsize at_least, GError **error)
{
  const char *bytes;
  gsize length;

  if (xmlTextWriterFlush (self->out) < 0)
    return out_of_memory (error);
  bytes = (const char *) xmlBufferContent (self->buffer);
  length = (gsize) xmlBufferLength (self->buffer);
  if (length < at_least)
    return TRUE;
  if (!way_xml_parser_feed (self->checker, bytes, length, error))
    return FALSE;
  if (self->stream != NULL) {
    g_autoptr (GError) problem = NULL;

    if (!g_output_stream_write_all (self->stream, bytes, length, NULL, NULL, &problem)) {
      g_set_error (error, WAY_ERROR, WAY_ERROR_IO, "%s", problem->message);
      return FALSE;
    }
    xmlBufferEmpty (self->buffer);
  }
  return TRUE;
}

static WayVisitXmlWriter *
writer_new (GOutputStream *stream, const char *exported)
{
  WayVisitXmlWriter *self = g_new0 (WayVisitXmlWriter, 1);

  if (stream != NULL)
    self->stream = g_object_ref (stream);
  self->exported = g_strdup (exported);
  self->buffer = xmlBufferCreateSize (2 * PIECE);
  xmlBufferSetAllocationScheme (self->buffer, XML_BUFFER_ALLOC_DOUBLEIT);
  self->out = xmlNewTextWriterMemory (self->buffer, 0);
  self->checker =
      way_xml_parser_new ("record-of-visit", way_visit_schema_get (), &CHECK_ONLY, NULL);
  xmlTextWriterSetIndent (self->out, 1);
  xmlTextWriterSetIndentString (self->out, BAD_CAST " ");
  /* Not xmlTextWriterStartDocument(): naming the encoding there turns on a conversion. */
  xmlTextWriterWriteRaw (self->out, BAD_CAST "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  return self;
}

void
way_visit_xml_writer_free (WayVisitXmlWriter *self)
{
  if (self == NULL)
    return;
  xmlFreeTextWriter (self->out);
  xmlBufferFree (self->buffer);
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
 * Returns: (transfer full): a writer, or %NULL with %WAY_ERROR_FAILED
 */
WayVisitXmlWriter *
way_visit_xml_writer_new (GOutputStream *stream, const char *exported, GError **error)
{
  g_autoptr (WayVisitXmlWriter) self = writer_new (stream, exported);

  if (xmlTextWriterStartElement (self->out, BAD_CAST WAY_VISIT_XML_ROOT_MANY) < 0 ||
      xmlTextWriterWriteAttribute (self->out, BAD_CAST "xmlns", BAD_CAST WAY_VISIT_XML_NAMESPACE) <
          0) {
    out_of_memory (error);
    return NULL;
  }
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
  return write_dossier (self, dossier, NULL, FALSE, error) && drain (self, PIECE, error);
}

gboolean
way_visit_xml_writer_finish (WayVisitXmlWriter *self, GError **error)
{
  if (xmlTextWriterEndElement (self->out) < 0)
    return out_of_memory (error);
  return drain (self, 0, error) && way_xml_parser_finish (self->checker, error);
}

/**
 * way_visit_xml_write_level:
 * @dossier: a signed record, reduced by the caller to what @level shows, with the fingerprint of
 *   what is left
 * @level: (nullable): code of the disclosure level; %NULL or "full" for the record itself
 * @exported: when it is written
 *
 * Returns: (transfer full): the document, which the schema has accepted
 */
GBytes *
way_visit_xml_write_level (WayDossier *dossier,
                           const char *level,
                           const char *exported,
                           GError **error)
{
  g_autoptr (WayVisitXmlWriter) self = writer_new (NULL, exported);

  if (g_strcmp0 (level, "full") == 0)
    level = NULL;
  if (!write_dossier (self, dossier, level, TRUE, error) || !drain (self, 0, error) ||
      !way_xml_parser_finish (self->checker, error))
    return NULL;
  return g_bytes_new (xmlBufferContent (self->buffer), (gsize) xmlBufferLength (self->buffer));
}

/**
 * way_visit_xml_write:
 * @dossier: a signed record; its records are sorted by id as a side effect
 * @exported: when it is written, as "2026-11-17T17:05:09Z"
 *
 * Returns: (transfer full): the document, which the schema has accepted, or %NULL with
 *   %WAY_ERROR_INVALID for a draft or a text that XML can't hold, %WAY_ERROR_REFUSED if the schema
 *   does not accept it
 */
GBytes *
way_visit_xml_write (WayDossier *dossier, const char *exported, GError **error)
{
  return way_visit_xml_write_level (dossier, NULL, exported, error);
}
