/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "way-dossier.h"
#include "way-import.h"

G_BEGIN_DECLS

/* Writing: one record as a document of its own, or many, streamed. @exported: stamp for the element
 * "exported". */
GBytes *way_visit_xml_write (WayDossier *dossier,
                             const char *exported,
                             GError **error); /* validated before it is given; a reduced copy
                                                 names its level, and no import takes it */
typedef struct _WayVisitXmlWriter WayVisitXmlWriter;
WayVisitXmlWriter *way_visit_xml_writer_new (GOutputStream *stream,
                                             const char *exported,
                                             GError **error); /* root records-of-visit */
gboolean way_visit_xml_writer_add (WayVisitXmlWriter *self, WayDossier *dossier, GError **error);
gboolean way_visit_xml_writer_finish (WayVisitXmlWriter *self, GError **error);
void way_visit_xml_writer_free (WayVisitXmlWriter *self);

/* Readers of files. Each streams, refuses a DTD, entities, over-size and over-deep input, and
 * pushes units into @sink. FALSE with WAY_ERROR_REFUSED "file:line: field: why" if the file as a
 * whole cannot be read. */
gboolean way_visit_xml_read (const char *path,
                             WayImportSink *sink,
                             GCancellable *cancellable,
                             GError **error); /* unit: one dossier's records; a wrong fingerprint is
                                                 a problem of that record */

G_END_DECLS
