/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-visit-schema.h"

#include "way-exchange-resource.h"

#define PATH "/org/waymark/Waymark/schemas/record-of-visit-1.xsd"

static GResource *
get_resource (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once)) {
    way_exchange_register_resource ();
    g_once_init_leave (&once, 1);
  }
  return way_exchange_get_resource ();
}

/**
 * way_visit_schema_dup_text:
 *
 * The XSD is compiled in, so that nothing is read from disk at run time.
 *
 * Returns: (transfer full): data/schemas/record-of-visit-1.xsd
 */
GBytes *
way_visit_schema_dup_text (void)
{
  GBytes *text = g_resource_lookup_data (get_resource (), PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (text != NULL); /* the build puts it there */
  return text;
}

/**
 * way_visit_schema_get:
 *
 * A parsed schema is never changed, so all threads share the one.
 *
 * Returns: (transfer none): the schema of a Record of Visit
 */
xmlSchemaPtr
way_visit_schema_get (void)
{
  static gsize schema = 0;

  if (g_once_init_enter (&schema)) {
    g_autoptr (GBytes) text = way_visit_schema_dup_text ();
    gsize length;
    const char *bytes = g_bytes_get_data (text, &length);
    xmlSchemaParserCtxtPtr context = xmlSchemaNewMemParserCtxt (bytes, (int) length);
    xmlSchemaPtr parsed = xmlSchemaParse (context);

    xmlSchemaFreeParserCtxt (context);
    g_assert (parsed != NULL); /* a test parses it */
    g_once_init_leave (&schema, (gsize) parsed);
  }
  return (xmlSchemaPtr) schema;
}
