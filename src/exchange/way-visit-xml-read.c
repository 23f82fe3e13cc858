/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of Visit from XML, one record in memory at a time.
 *
 * A record is complete when the next event after its end tag comes, because
 * only then has the schema accepted it too. It is given on only if its canonical
 * text has the fingerprint that it claims: then nothing in it was changed since
 * it was signed.
 */
#include "way-visit-xml.h"

#include "way-error.h"
#include "way-exchange-private.h"
#include "way-number.h"
#include "way-visit-schema.h"
#include "way-xml-parser.h"

#include <string.h>

#define MOST_PARTS 100000 /* of one record, which is in memory as a whole */

static const char FOR_ONE_CHILD[] =
    "This is a shortened copy for one child of a joint visit, and only a full record can be taken "
    "in; keep it as a document, or ask its sender for the full record";
static const char REDUCED[] =
    "This is a shortened copy of a record, and only a full record can be taken in; keep it as a "
    "document, or ask its sender for the full record";

typedef struct {
  WayXmlParser *parser;
  const char *source;
  WayImportSink *sink;
  guint base;            /* depth of record-of-visit: 1, or 2 where there may be several */
  WayRecordSet *records; /* of the record being read */
  WayRecord *record;     /* in @records: the element being read */
  guint n_parts;
  guint hint; /* where its next field likely is */
  char *id;   /* as the root says */
  char *version;
  char *fingerprint;
  guint line;
  gboolean is_complete;
} Reader;

static void
forget_record (Reader *self)
{
  g_clear_pointer (&self->records, way_record_set_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->fingerprint, g_free);
  self->record = NULL;
  self->is_complete = FALSE;
}

static void
report (Reader *self, const char *field, const char *message)
{
  self->sink->problem (self->sink, WAY_IMPORT_ERROR, self->source, self->line, field, message);
}

static gboolean
is_as_signed (Reader *self)
{
  const WayVisit *visit = way_record_set_first (self->records, WAY_VISIT);
  g_autofree char *version = visit != NULL ? way_number_to_text (visit->version) : NULL;
  g_autofree char *text = NULL;
  char fingerprint[WAY_FINGERPRINT_SIZE];

  if (visit == NULL || g_strcmp0 (visit->record.id, self->id) != 0) {
    report (
        self, "id", "The record’s id is not that of the visit in it; ask its sender for it again");
    return FALSE;
  }
  if (g_strcmp0 (version, self->version) != 0) {
    report (self,
            "version",
            "The record’s version is not that of the visit in it; ask its sender for it again");
    return FALSE;
  }
  text = way_canonical_write (self->records, WAY_CANONICAL_SHARED);
  way_canonical_fingerprint (text, fingerprint);
  if (g_strcmp0 (fingerprint, self->fingerprint) != 0) {
    report (self,
            "fingerprint",
            "The text does not match its fingerprint: it was altered after signing; ask its author "
            "for it again");
    return FALSE;
  }
  return TRUE;
}

/* FALSE if the sink ended the reading. */
static gboolean
deliver (Reader *self)
{
  GError *error = NULL;

  if (!self->is_complete)
    return TRUE;
  if (is_as_signed (self) && !self->sink->take (self->sink, self->records, &error))
    way_xml_parser_take_error (self->parser, error);
  forget_record (self);
  return error == NULL;
}

static void
begin_document (Reader *self, const char *name, const char *uri)
{
  g_autofree char *why = NULL;

  if (g_strcmp0 (uri, WAY_VISIT_XML_NAMESPACE) == 0 && strcmp (name, WAY_VISIT_XML_ROOT) == 0) {
    self->base = 1;
  } else if (g_strcmp0 (uri, WAY_VISIT_XML_NAMESPACE) == 0 &&
             strcmp (name, WAY_VISIT_XML_ROOT_MANY) == 0) {
    self->base = 2;
  } else {
    why = g_strdup_printf (
        "This is not a Record of Visit (%s, of %s)", WAY_VISIT_XML_ROOT, WAY_VISIT_XML_NAMESPACE);
    way_xml_parser_fail (self->parser, name, why);
  }
}

static void
begin_record (Reader *self, int n_attributes, const xmlChar **attributes)
{
  g_autofree char *level = way_xml_dup_attribute (n_attributes, attributes, "level");

  if (level != NULL && strcmp (level, "full") != 0) {
    way_xml_parser_fail (
        self->parser, "level", strcmp (level, WAY_LEVEL_ONE_CHILD) == 0 ? FOR_ONE_CHILD : REDUCED);
    return;
  }
  if (self->sink->begin != NULL)
    self->sink->begin (self->sink);
  self->records = way_record_set_new ();
  self->n_parts = 0;
  self->id = way_xml_dup_attribute (n_attributes, attributes, "id");
  self->version = way_xml_dup_attribute (n_attributes, attributes, "version");
  self->fingerprint = way_xml_dup_attribute (n_attributes, attributes, "fingerprint");
  self->line = way_xml_parser_get_line (self->parser);
}

static const WayRecordType *
find_type (const char *element)
{
  char name[32];

  if (g_strlcpy (name, element, sizeof name) >= sizeof name)
    return NULL;
  return way_record_type_by_name (g_strdelimit (name, "-", '_'));
}

/* What is none of our types is refused by the schema, which is asked next. */
static void
begin_part (Reader *self, const char *name, int n_attributes, const xmlChar **attributes)
{
  const WayRecordType *type = find_type (name);

  if (type == NULL)
    return;
  if (++self->n_parts > MOST_PARTS) {
    way_xml_parser_fail (self->parser,
                         name,
                         "There are too many elements in this record; ask its sender for it again");
    return;
  }
  self->record = way_record_set_add (self->records, type);
  self->record->id = way_xml_dup_attribute (n_attributes, attributes, "id");
  self->record->source = self->source;
  self->record->line = way_xml_parser_get_line (self->parser);
  self->hint = 0;
}

static void
element_started_cb (
    gpointer data, const char *name, const char *uri, int n_attributes, const xmlChar **attributes)
{
  Reader *self = data;
  guint depth = way_xml_parser_get_depth (self->parser);

  if (!deliver (self))
    return;
  if (depth == 1)
    begin_document (self, name, uri);
  if (self->base == 0)
    return;
  if (depth == self->base)
    begin_record (self, n_attributes, attributes);
  else if (depth == self->base + 1 && self->records != NULL)
    begin_part (self, name, n_attributes, attributes);
}

static void
element_ended_cb (gpointer data, const char *name, const char *text)
{
  Reader *self = data;
  guint depth = way_xml_parser_get_depth (self->parser);
  g_autoptr (GError) problem = NULL;
  const WayField *field;

  if (!deliver (self))
    return;
  if (depth == self->base) {
    self->is_complete = self->records != NULL;
  } else if (depth == self->base + 1) {
    self->record = NULL;
  } else if (depth == self->base + 2 && self->record != NULL) {
    field = way_record_type_find_xml (self->record->type, name, &self->hint);
    if (field != NULL && !way_field_set_text (field, self->record, text, &problem))
      way_xml_parser_fail (self->parser, name, problem->message);
  }
}

/* See way_visit_xml_read(). */
gboolean
way_visit_xml_read_stream (GInputStream *stream,
                           const char *source,
                           WayImportSink *sink,
                           GCancellable *cancellable,
                           GError **error)
{
  static const WayXmlHandler HANDLER = {element_started_cb, element_ended_cb};
  Reader self = {.source = g_intern_string (source), .sink = sink};
  gboolean ok;

  self.parser = way_xml_parser_new (source, way_visit_schema_get (), &HANDLER, &self);
  ok = way_xml_parser_run (self.parser, stream, cancellable, error);
  if (ok && self.is_complete && is_as_signed (&self))
    ok = sink->take (sink, self.records, error);
  forget_record (&self);
  way_xml_parser_free (self.parser);
  return ok;
}

/**
 * way_visit_xml_read:
 * @path: a file with one Record of Visit, or several in a root records-of-visit
 * @sink: gets a unit for each record. A record whose text does not match its fingerprint is a
 *   problem of that record; reading goes on
 * @cancellable: (nullable)
 *
 * Returns: %FALSE with %WAY_ERROR_REFUSED "file:line: field: why" if the file is not well formed,
 *   not as the schema says, a reduced copy, or not a Record of Visit. Units may have been given
 *   before that; they must not be kept.
 */
gboolean
way_visit_xml_read (const char *path,
                    WayImportSink *sink,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GInputStream) stream = way_xml_open (path, error);

  return stream != NULL &&
         way_visit_xml_read_stream (stream, way_xml_source_name (path), sink, cancellable, error);
}
