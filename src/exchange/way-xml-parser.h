/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libxml/xmlschemas.h>

G_BEGIN_DECLS

#define WAY_XML_MAX_SIZE ((goffset) 512 << 20) /* bytes of a file */
#define WAY_XML_MAX_DEPTH 256
#define WAY_XML_MAX_TEXT ((gsize) 8 << 20) /* bytes between two tags */
#define WAY_XML_MAX_MARKUP (32 * 1024)     /* bytes of one tag, comment or instruction */
#define WAY_XML_MAX_ATTRIBUTES 32          /* of one element */
#define WAY_XML_MAX_NAMESPACES 32          /* declared by an element and those around it */

typedef struct _WayXmlParser WayXmlParser;

/**
 * WayXmlHandler:
 * @start: an element begins; @uri is its namespace or %NULL, @attributes as libxml2's SAX2 gives
 *   them (see way_xml_dup_attribute())
 * @end: it ends; @text is what stood between the last tag and this one
 *
 * What a reader does with a file. Names and texts are borrowed for the call. Either may be %NULL.
 */
typedef struct {
  void (*start) (gpointer data,
                 const char *name,
                 const char *uri,
                 int n_attributes,
                 const xmlChar **attributes);
  void (*end) (gpointer data, const char *name, const char *text);
} WayXmlHandler;

WayXmlParser *way_xml_parser_new (const char *source,
                                  xmlSchemaPtr schema,
                                  const WayXmlHandler *handler,
                                  gpointer data);
void way_xml_parser_free (WayXmlParser *self);
guint way_xml_parser_get_line (WayXmlParser *self);
guint way_xml_parser_get_depth (WayXmlParser *self);
void way_xml_parser_stop (WayXmlParser *self);
void way_xml_parser_fail (WayXmlParser *self, const char *field, const char *why);
void way_xml_parser_take_error (WayXmlParser *self, GError *error);
gboolean way_xml_parser_feed (WayXmlParser *self, const char *bytes, gsize length, GError **error);
gboolean way_xml_parser_finish (WayXmlParser *self, GError **error);
gboolean way_xml_parser_run (WayXmlParser *self,
                             GInputStream *stream,
                             GCancellable *cancellable,
                             GError **error);

char *way_xml_dup_attribute (int n_attributes, const xmlChar **attributes, const char *name);
GInputStream *way_xml_open (const char *path, GError **error);
const char *way_xml_source_name (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayXmlParser, way_xml_parser_free)

G_END_DECLS
