/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-dossier.h"
#include "way-progress-chart.h"

G_BEGIN_DECLS

/* A target's progress and its chart, with all that the drawing borrows. */
typedef struct {
  GPtrArray *measurements, *phases;
  WayProgress *progress;
  WayDate visit_date;
  WayProgressChart chart;
} WayVisitFigure;

WayVisitFigure *way_visit_figure_new (const WayDossier *dossier,
                                      const WayTarget *target,
                                      const WayProgressOptions *options,
                                      const WayTerms *terms);
void way_visit_figure_free (WayVisitFigure *self);

G_END_DECLS
