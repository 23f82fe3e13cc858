/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

#include "way-code-lists.h"
#include "way-dossier.h"
#include "way-progress.h"

G_BEGIN_DECLS

/**
 * WayReportStyle:
 * @service_name: (nullable): title block
 * @logo: (nullable): PNG
 * @privacy_line: (nullable): last line of the record
 * @lists: labels of codes
 * @options: how trends are drawn
 * @made_up: says on every page that the record is a made-up example
 */
typedef struct {
  const char *service_name;
  GBytes *logo;
  const char *privacy_line;
  const WayCodeLists *lists;
  WayProgressOptions options;
  gboolean made_up;
} WayReportStyle;

/* The Record of Visit as a finished, tagged A4 PDF with the same record as @xml inside. An unsigned
 * one is marked "Draft". Same dossier, same bytes. */
GBytes *way_visit_report_render (const WayDossier *dossier,
                                 const WayReportStyle *style,
                                 GBytes *xml,
                                 char **missing, /* characters without a font */
                                 GError **error);
/* The same pages onto any cairo context, for previews and printers. */
typedef struct _WayVisitPages WayVisitPages;
WayVisitPages *way_visit_pages_new (const WayDossier *dossier, const WayReportStyle *style);
guint way_visit_pages_get_length (WayVisitPages *self);
void way_visit_pages_draw (WayVisitPages *self, guint page, cairo_t *cr); /* in points, A4 */
void way_visit_pages_free (WayVisitPages *self);

G_END_DECLS
