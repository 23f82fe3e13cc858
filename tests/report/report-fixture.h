/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-visit-report.h"

G_BEGIN_DECLS

/* The example that the tests of the printed record share: a made-up child, visit and targets,
 * always with the same ids, so that the pages never change by themselves. */
typedef struct {
  WayRecordSet *records; /* handed over by fixture_steal_dossier() */
  WayVisit *visit;
  WayChild *child;
  WayReportStyle style;
  GBytes *xml; /* borrowed: what is attached, if anything */
  guint n_ids;
} ReportFixture;

void report_fixture_init (ReportFixture *self);
void report_fixture_clear (ReportFixture *self);
gpointer report_fixture_add (ReportFixture *self, const WayRecordType *type);
WayChild *report_fixture_add_child (ReportFixture *self, const char *forename, const char *surname);
WayTarget *
report_fixture_add_target (ReportFixture *self, const WayChild *child, const char *statement);
void report_fixture_add_points (ReportFixture *self,
                                const WayTarget *target,
                                const double *values,
                                guint n_values);
WayAction *report_fixture_add_action (
    ReportFixture *self, const char *what, const char *who, WayDate due, gboolean earlier);
WayVisitView *
report_fixture_add_view (ReportFixture *self, const char *whose, const char *by, const char *text);
WayDossier *report_fixture_steal_dossier (ReportFixture *self);
GBytes *report_fixture_render (ReportFixture *self);

/* The whole example of the record: Amara, two targets with charts, two pages. */
void report_fixture_fill (ReportFixture *self);

G_END_DECLS
