/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-visit-report.h"

G_BEGIN_DECLS

/* The texts of a printed record, where they stand and how they are set, and what bare Cairo and
 * Pango need to draw them: the reference of the benchmarks. */
GArray *bare_report_new (const WayDossier *dossier, const WayReportStyle *style);
GByteArray *bare_report_render (GArray *texts);

G_END_DECLS
