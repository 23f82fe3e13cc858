/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-db.h"
#include "way-visit-report.h"

G_BEGIN_DECLS

/**
 * WayPrinted:
 * @dossier: the record
 * @style: with its texts owned by this value
 *
 * A record with all that its pages need, as read from the store in one go.
 */
typedef struct {
  WayDossier *dossier;
  WayReportStyle style;
  WayCodeLists *lists;
  char *service_name;
  char *privacy_line;
} WayPrinted;

WayPrinted *way_printed_new (WayDb *db, WayDossier *dossier, GError **error);
WayPrinted *way_printed_gather (WayDb *db, const char *visit_id, int version, GError **error);
WayPrinted *
way_printed_preview (WayDb *db, WayRecordSet *records, const char *reason, GError **error);
/* For the sharing log: what left. */
#define WAY_PRINTED_PDF "PDF" /* with the XML inside */
#define WAY_PRINTED_PDF_ALONE "PDF without the XML"

GBytes *
way_printed_write_pdf (const WayPrinted *self, gboolean with_xml, char **missing, GError **error);
void way_printed_free (WayPrinted *self);

/* "李 …" and how many, for the one who is told of them. */
guint way_printed_count_missing (const char *missing);
char *way_printed_name_missing (const char *missing);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayPrinted, way_printed_free)

G_END_DECLS
