/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "way-import.h"

G_BEGIN_DECLS

/* The readers without the file, for import-file and the fuzzers. @source is what messages call the
 * document. A CTF must be seekable. */
gboolean way_visit_xml_read_stream (GInputStream *stream,
                                    const char *source,
                                    WayImportSink *sink,
                                    GCancellable *cancellable,
                                    GError **error);
gboolean way_ctf_read_stream (GInputStream *stream,
                              const char *source,
                              WayDate today,
                              WayImportSink *sink,
                              GCancellable *cancellable,
                              GError **error);

/* What the tables of a caseload share. @enrolled: children that have rows in enrolments.csv.
 * @viewed: (nullable): visits that have rows in visit_views.csv.
 * @peopled: (nullable): visits that have rows in visit_people.csv.
 * @broken: gets why, if a table can't be read to its end. */
typedef struct {
  WayImportSink *sink;
  WayDate today;
  GHashTable *enrolled;
  GHashTable *viewed;
  GHashTable *peopled;
  GString *broken;
} CaseloadSource;

gboolean way_caseload_read_table (const CaseloadSource *source,
                                  const char *file,
                                  GInputStream *stream,
                                  GCancellable *cancellable,
                                  GError **error);
gboolean way_caseload_read_on (const char *folder,
                               WayDate today,
                               WayImportSink *sink,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
