/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-visit-figure.h"

/**
 * way_visit_figure_new:
 * @dossier: borrowed, like @target and @terms, until the figure is freed
 * @terms: (nullable): drawn behind the points
 *
 * Returns: (transfer full): the target's progress as it was on the day of the visit
 */
WayVisitFigure *
way_visit_figure_new (const WayDossier *dossier,
                      const WayTarget *target,
                      const WayProgressOptions *options,
                      const WayTerms *terms)
{
  WayProgressOptions as_it_was = options != NULL ? *options : (WayProgressOptions){0};
  WayVisitFigure *self = g_new0 (WayVisitFigure, 1);
  const char *id = target->record.id;
  gboolean was_held = g_strcmp0 (way_dossier_get_visit (dossier)->kind, "not-held") != 0;

  self->measurements = way_dossier_dup_list (dossier, WAY_MEASUREMENT, "target", id);
  self->phases = way_dossier_dup_list (dossier, WAY_PHASE, "target", id);
  self->visit_date = way_dossier_get_visit (dossier)->date;
  as_it_was.today = self->visit_date;
  self->progress = way_progress_new (target, self->measurements, self->phases, &as_it_was);
  self->chart = (WayProgressChart){.progress = self->progress,
                                   .terms = terms,
                                   .visits = &self->visit_date,
                                   /* a visit that did not take place is none to be marked */
                                   .n_visits = was_held ? 1 : 0,
                                   .today = self->visit_date};
  return self;
}

void
way_visit_figure_free (WayVisitFigure *self)
{
  if (self == NULL)
    return;
  way_progress_free (self->progress);
  g_ptr_array_unref (self->measurements);
  g_ptr_array_unref (self->phases);
  g_free (self);
}
