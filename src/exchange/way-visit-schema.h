/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libxml/xmlschemas.h>

G_BEGIN_DECLS

#define WAY_VISIT_XML_NAMESPACE "urn:waymark:record-of-visit:1"
#define WAY_VISIT_XML_ROOT "record-of-visit"
#define WAY_VISIT_XML_ROOT_MANY "records-of-visit"

GBytes *way_visit_schema_dup_text (void);
xmlSchemaPtr way_visit_schema_get (void);

G_END_DECLS
