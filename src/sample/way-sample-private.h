/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-sample.h"
#include "way-values.h"

G_BEGIN_DECLS

/* A generator of our own, so that no other version of a library can change what
 * a seed makes. (splitmix64) */
typedef struct {
  guint64 state;
} WayDice;

guint64 way_dice_roll (WayDice *self);
guint way_dice_below (WayDice *self, guint n); /* 0 to n − 1 */
int way_dice_between (WayDice *self, int low, int high);
gboolean way_dice_chance (WayDice *self, guint percent);
double way_dice_noise (WayDice *self,
                       double spread); /* about −spread to +spread, more often near 0 */
char *way_dice_uuid (WayDice *self);

/* A row of targets.csv. */
typedef struct {
  char *cells[15];
} WaySampleTarget;
enum {
  SAMPLE_NEED,
  SAMPLE_AREA,
  SAMPLE_OUTCOME,
  SAMPLE_SKILL,
  SAMPLE_MEASURE,
  SAMPLE_UNIT,
  SAMPLE_MIN,
  SAMPLE_MAX,
  SAMPLE_BASELINE,
  SAMPLE_CRITERION,
  SAMPLE_DIRECTION,
  SAMPLE_STRATEGY,
  SAMPLE_WHO,
  SAMPLE_HOW_OFTEN,
  SAMPLE_CHANGE,
  SAMPLE_N_CELLS,
};

/* The words that caseloads are made up from. */
typedef struct {
  GHashTable *lines;  /* "kind/need" → GPtrArray of texts; names are "kind/" */
  GPtrArray *targets; /* WaySampleTarget */
} WaySampleWords;

WaySampleWords *way_sample_words_new (GError **error);
void way_sample_words_free (WaySampleWords *self);
const char *
way_sample_words_pick (WaySampleWords *self, WayDice *dice, const char *kind, const char *need);
const char *
way_sample_words_in_turn (WaySampleWords *self, guint turn, const char *kind, const char *need);
GPtrArray *way_sample_words_list (WaySampleWords *self, const char *kind); /* borrowed */
char *way_sample_fill (const char *text, const WayChild *child);

/**
 * WaySampleWorld:
 *
 * What stays the same while one caseload is made.
 */
typedef struct {
  WayDice dice;
  WaySampleWords *words;
  const WayTerms *terms;
  WayDate today;
  GPtrArray *settings;      /* WaySetting, borrowed copies */
  GPtrArray *practitioners; /* WayPractitioner; the first is "me" */
  guint n_years, n_children;
  guint visits_base,
      visits_extra; /* a child has base visits, the first `extra` children one more */
  guint targets_base, targets_extra;
  guint n_measurements; /* of each target */
} WaySampleWorld;

gpointer way_sample_add (WaySampleWorld *world,
                         WayRecordSet *batch,
                         const WayRecordType *type); /* with an id */
WayDate way_sample_school_day (const WaySampleWorld *world, WayDate near_to);
void way_sample_child (WaySampleWorld *world, WayRecordSet *batch, guint index);
void way_sample_work (WaySampleWorld *world,
                      WayRecordSet *batch,
                      WayChild *child,
                      WayCase *work,
                      const char *need,
                      guint index,
                      WayDate from);
void way_sample_assess (WaySampleWorld *world,
                        WayRecordSet *batch,
                        const WayChild *child,
                        const char *need);
void way_sample_amara (WaySampleWorld *world, WayRecordSet *batch);
void way_sample_sign (WaySampleWorld *world, WayVisit *visit);
void way_sample_sign_review (WaySampleWorld *world, WayReview *review, const char *practitioner);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WaySampleWords, way_sample_words_free)

G_END_DECLS
