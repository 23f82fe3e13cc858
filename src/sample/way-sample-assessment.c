/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results of the assessments that some visits are for. */
#include "way-sample-private.h"

#include <math.h>
#include <string.h>

/* Measures in plain words: licensed instruments are the service's to name. */
static const struct {
  const char *need, *name;
} MEASURES[] = {{"SLCN", "Understanding of spoken language"},
                {"ASD", "Social communication profile"},
                {"SPLD", "Single-word reading"},
                {"MLD", "Basic number skills"},
                {"SEMH", "Strengths and difficulties, teacher's form"},
                {"HI", "Speech perception in quiet"},
                {"VI", "Functional near vision"},
                {"PD", "Handwriting speed"}};

static const char *
measure_for (const char *need)
{
  for (guint i = 0; i < G_N_ELEMENTS (MEASURES); i++) {
    if (strcmp (MEASURES[i].need, need) == 0)
      return MEASURES[i].name;
  }
  return MEASURES[0].name;
}

/* Standard scores have the mean 100 and the deviation 15, so that the share of
 * children below a score follows from it. */
static double
percentile_of (double standard_score)
{
  return MAX (1.0, round (50.0 * (1.0 + erf ((standard_score - 100.0) / (15.0 * M_SQRT2)))));
}

/**
 * way_sample_assess:
 * @need: the primary need, which decides what is assessed
 *
 * Gives each visit of @batch that is an assessment its result.
 */
void
way_sample_assess (WaySampleWorld *world,
                   WayRecordSet *batch,
                   const WayChild *child,
                   const char *need)
{
  GPtrArray *visits = way_record_set_list (batch, WAY_VISIT);

  for (guint i = 0; i < visits->len; i++) {
    const WayVisit *visit = g_ptr_array_index (visits, i);
    WayAssessment *result;

    if (strcmp (visit->kind, "assessment") != 0)
      continue;
    result = way_sample_add (world, batch, WAY_ASSESSMENT);
    way_set_string (&result->child, child->record.id);
    way_set_string (&result->visit, visit->record.id);
    way_set_string (&result->name, measure_for (need));
    result->date = visit->date;
    result->standard_score = round (80.0 + way_dice_noise (&world->dice, 16.0));
    result->percentile = percentile_of (result->standard_score);
    result->score = g_strdup_printf ("%d of 60", (int) (result->standard_score / 2.5) - 2);
    way_set_string (&result->note, "Given in a quiet room, in two parts with a break.");
  }
}
