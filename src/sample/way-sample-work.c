/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The work with one made-up child: targets that are measured week by week, and
 * visits of which each follows up what the one before agreed. */
#include "way-sample-private.h"

#include "way-nc-year.h"
#include "way-number.h"

#include <math.h>
#include <string.h>

typedef struct {
  WaySampleWorld *world;
  WayRecordSet *batch;
  WayChild *child;
  const char *need;
  const char *practitioner, *case_id;
  WayDate from, to;   /* first and last day of the work */
  GPtrArray *targets; /* WayTarget, oldest first */
  guint first_turn;   /* where this child's prose begins */
} Work;

static double
cell_number (const WaySampleTarget *template, guint cell)
{
  double number;

  return way_number_from_text (template->cells[cell], &number) ? number : NAN;
}

static const WaySampleTarget *
pick_template (Work *work, guint index)
{
  GPtrArray *all = work->world->words->targets;
  guint count = 0, wanted;

  for (guint i = 0; i < all->len; i++)
    count += strcmp (((WaySampleTarget *) g_ptr_array_index (all, i))->cells[SAMPLE_NEED],
                     work->need) == 0;
  wanted = index % MAX (count, 1);
  for (guint i = 0; i < all->len; i++) {
    const WaySampleTarget *template = g_ptr_array_index (all, i);

    if (strcmp (template->cells[SAMPLE_NEED], work->need) == 0 && wanted-- == 0)
      return template;
  }
  return g_ptr_array_index (all, 0);
}

static char *
make_statement (Work *work, const WaySampleTarget *template, WayDate due)
{
  const WayChild *child = work->child;
  g_autofree char *day = way_date_format (due);
  char *year = strrchr (day, ' ');

  *year = '\0'; /* "By 12 December": the year stands beside it */
  return g_strdup_printf ("By %s, %s will %s.",
                          day,
                          child->preferred != NULL ? child->preferred : child->forename,
                          template->cells[SAMPLE_SKILL]);
}

static WayTarget *
make_target (Work *work, guint index, WayDate start)
{
  WaySampleWorld *world = work->world;
  const WaySampleTarget *template = pick_template (work, index);
  WayTarget *target = way_sample_add (world, work->batch, WAY_TARGET);

  way_set_string (&target->child, work->child->record.id);
  way_set_string (&target->case_id, work->case_id);
  target->start = start;
  target->due = start + 7 * (world->n_measurements + 3);
  target->statement = make_statement (work, template, target->due);
  way_set_string (&target->outcome, template->cells[SAMPLE_OUTCOME]);
  way_set_string (&target->area, template->cells[SAMPLE_AREA]);
  way_set_string (&target->measure, template->cells[SAMPLE_MEASURE]);
  way_set_string (&target->unit, template->cells[SAMPLE_UNIT]);
  way_set_string (&target->direction, template->cells[SAMPLE_DIRECTION]);
  target->scale_min = cell_number (template, SAMPLE_MIN);
  target->scale_max = cell_number (template, SAMPLE_MAX);
  target->criterion = cell_number (template, SAMPLE_CRITERION);
  way_set_string (&target->strategy, template->cells[SAMPLE_STRATEGY]);
  way_set_string (&target->who, template->cells[SAMPLE_WHO]);
  way_set_string (&target->how_often, template->cells[SAMPLE_HOW_OFTEN]);
  way_set_string (&target->state, "open");
  g_ptr_array_add (work->targets, target);
  return target;
}

static double
make_value (Work *work, const WayTarget *target, double baseline, double share)
{
  double value = baseline + (target->criterion - baseline) * share;
  double spread = fabs (target->criterion - baseline) * 0.22;
  double step = strcmp (target->measure, "percent") == 0 ? 5.0 : 1.0;

  value = round ((value + way_dice_noise (&work->world->dice, spread)) / step) * step;
  value = MAX (value, isnan (target->scale_min) ? 0.0 : target->scale_min);
  if (strcmp (target->measure, "percent") == 0)
    value = MIN (value, 100.0);
  return isnan (target->scale_max) ? value : MIN (value, target->scale_max);
}

/* Weekly, from the baseline towards the criterion; some children faster, some
 * slower, some hardly at all. Returns the last value. */
static double
measure (Work *work, WayTarget *target, const WaySampleTarget *template)
{
  static const double PACES[] = {1.0, 1.0, 1.1, 1.3, 0.8, 0.5, 0.1};
  WaySampleWorld *world = work->world;
  WayDice *dice = &world->dice;
  double baseline = cell_number (template, SAMPLE_BASELINE),
         pace = PACES[way_dice_below (dice, G_N_ELEMENTS (PACES))], value = baseline;
  WayDate before = WAY_DATE_UNKNOWN;

  for (guint i = 0; i < world->n_measurements; i++) {
    WayMeasurement *row = way_sample_add (world, work->batch, WAY_MEASUREMENT);
    WayDate day = way_sample_school_day (
        world, MIN (target->start + 7 * i + way_dice_below (dice, 2), world->today));
    double share = i < 3 ? 0.0 : pace * (i - 2.0) / (world->n_measurements - 2.0);

    way_set_string (&row->target, target->record.id);
    row->date = day;
    row->position = day == before ? 2 : 1;
    before = day;
    way_set_string (&row->by, target->who);
    if (i > 3 && way_dice_chance (dice, 6)) {
      way_set_string (&row->not_measured,
                      way_sample_words_pick (world->words, dice, "absent", NULL));
    } else {
      row->value = value = make_value (work, target, baseline, share);
    }
  }
  if (way_dice_chance (dice, 35)) {
    WayPhase *change = way_sample_add (world, work->batch, WAY_PHASE);

    way_set_string (&change->target, target->record.id);
    change->date = target->start + 7 * 3 + 3;
    way_set_string (&change->label, template->cells[SAMPLE_CHANGE]);
  }
  return value;
}

static gboolean
is_met (const WayTarget *target, double value)
{
  return strcmp (target->direction, "down") == 0 ? value <= target->criterion
                                                 : value >= target->criterion;
}

static void
make_targets (Work *work, guint n, gboolean closed)
{
  WaySampleWorld *world = work->world;
  guint run = 7 * world->n_measurements, span = work->to - work->from;

  for (guint i = 0; i < n; i++) {
    gboolean current = i + 2 >= n && !closed;
    WayDate latest = work->to - MIN (run, span), start;
    WayTarget *target;
    double last;

    start = current ? latest - way_dice_below (&world->dice, 4)
                    : work->from + (guint64) (latest - work->from) * i / n;
    target = make_target (work, i, way_sample_school_day (world, MAX (start, work->from)));
    last = measure (work, target, pick_template (work, i));
    if (current)
      continue;
    target->ended = MIN (target->due, work->to);
    way_set_string (&target->state,
                    is_met (target, last) ? "achieved"
                    : i + 1 < n           ? "amended"
                                          : "closed");
    if (i > 0 &&
        strcmp (((WayTarget *) g_ptr_array_index (work->targets, i - 1))->state, "amended") == 0)
      way_set_string (&target->replaces,
                      ((WayTarget *) g_ptr_array_index (work->targets, i - 1))->record.id);
  }
}

/* The latest value of @target on or before @day; NAN if there is none. */
static double
value_on (Work *work, const WayTarget *target, WayDate day)
{
  GPtrArray *rows = way_record_set_list (work->batch, WAY_MEASUREMENT);
  double value = NAN;

  for (guint i = 0; i < rows->len; i++) {
    const WayMeasurement *row = g_ptr_array_index (rows, i);

    if (row->date <= day && !isnan (row->value) && strcmp (row->target, target->record.id) == 0)
      value = row->value;
  }
  return value;
}

/* In turn, so that no visit says what the one before it said. */
static char *
prose (Work *work, const char *kind)
{
  guint turn = work->first_turn + way_record_set_list (work->batch, WAY_VISIT)->len +
               way_record_set_list (work->batch, WAY_REVIEW)->len;

  return way_sample_fill (way_sample_words_in_turn (work->world->words, turn, kind, work->need),
                          work->child);
}

/* Several targets are rated at one visit, so these are not in turn. */
static char *
evidence (Work *work)
{
  WaySampleWorld *world = work->world;

  return way_sample_fill (way_sample_words_pick (world->words, &world->dice, "evidence", NULL),
                          work->child);
}

static void
add_person (Work *work, const WayVisit *visit, guint position, const char *role)
{
  WayVisitPerson *person = way_sample_add (work->world, work->batch, WAY_VISIT_PERSON);

  way_set_string (&person->visit, visit->record.id);
  person->position = position;
  way_set_string (&person->name, role);
}

static void
add_view (Work *work, const WayVisit *visit, guint position, const char *whose, const char *said_by)
{
  WayVisitView *view = way_sample_add (work->world, work->batch, WAY_VISIT_VIEW);
  gboolean child = strcmp (whose, "child") == 0;

  way_set_string (&view->visit, visit->record.id);
  way_set_string (&view->child, work->child->record.id);
  view->position = position;
  way_set_string (&view->whose, whose);
  way_set_string (&view->said_by, child ? work->child->forename : said_by);
  view->verbatim = child ? WAY_YES : WAY_NO;
  view->text = prose (work, strcmp (whose, "staff") == 0 ? "staff-view" : whose);
}

/* How far from the first value to the criterion, against how far to the due date. */
static const char *
outcome_on (Work *work, const WayTarget *target, WayDate day)
{
  double first = value_on (work, target, target->start + 1), value = value_on (work, target, day);
  double way, time = (double) (day - target->start) / (target->due - target->start);

  if (isnan (value))
    return "not-reviewed";
  if (is_met (target, value))
    return "achieved";
  if (isnan (first) || first == target->criterion)
    return "some";
  way = (value - first) / (target->criterion - first);
  return way >= time - 0.15 ? "on-track" : way > 0.1 ? "some" : "none";
}

static const char *
pick_reason (Work *work, const char *outcome)
{
  static const char *const REASONS[] = {
      "absence", "support-not-in-place", "too-hard", "change-at-school", "health"};

  if (strcmp (outcome, "none") != 0)
    return NULL;
  return REASONS[way_dice_below (&work->world->dice, G_N_ELEMENTS (REASONS))];
}

static void
rate_targets (Work *work, const WayVisit *visit)
{
  guint position = 0;

  for (guint i = 0; i < work->targets->len && position < 3; i++) {
    const WayTarget *target = g_ptr_array_index (work->targets, i);
    WayVisitTarget *row;

    if (target->start > visit->date ||
        (target->ended != WAY_DATE_UNKNOWN && target->ended < visit->date))
      continue;
    row = way_sample_add (work->world, work->batch, WAY_VISIT_TARGET);
    way_set_string (&row->visit, visit->record.id);
    way_set_string (&row->target, target->record.id);
    row->position = ++position;
    row->rating = value_on (work, target, visit->date);
    way_set_string (&row->outcome, outcome_on (work, target, visit->date));
    way_set_string (&row->reason, pick_reason (work, row->outcome));
    way_set_string (&row->decision, "continue");
    row->evidence = evidence (work);
  }
}

/* What was agreed at the visit before: done, partly or not, with why. */
static void
follow_up (Work *work, const WayVisit *before, const WayVisit *visit)
{
  GPtrArray *actions = way_record_set_list (work->batch, WAY_ACTION);
  WayDice *dice = &work->world->dice;

  for (guint i = 0; i < actions->len; i++) {
    WayAction *action = g_ptr_array_index (actions, i);
    guint roll = way_dice_below (dice, 10);
    const char *effect = roll < 6 ? "done" : roll < 9 ? "partly" : "not";
    WayVisitAction *row;

    if (strcmp (action->visit, before->record.id) != 0)
      continue;
    row = way_sample_add (work->world, work->batch, WAY_VISIT_ACTION);
    way_set_string (&row->visit, visit->record.id);
    way_set_string (&row->action, action->record.id);
    row->position = action->position;
    way_set_string (&row->effect, effect);
    if (roll >= 6)
      way_set_string (&row->note, way_sample_words_pick (work->world->words, dice, "why", effect));
    way_set_string (&action->effect, effect);
    way_set_string (&action->note, row->note);
    if (roll < 6)
      action->done = MIN (action->due, visit->date);
  }
}

static void
agree_actions (Work *work, const WayVisit *visit)
{
  GPtrArray *all = way_sample_words_list (work->world->words, "action");
  guint first = way_dice_below (&work->world->dice, all->len),
        n = 2 + way_dice_below (&work->world->dice, 2);

  for (guint i = 0; i < n; i++) {
    WayAction *action = way_sample_add (work->world, work->batch, WAY_ACTION);
    g_auto (GStrv) parts = g_strsplit (g_ptr_array_index (all, (first + i) % all->len), "|", 2);

    way_set_string (&action->child, work->child->record.id);
    way_set_string (&action->visit, visit->record.id);
    action->position = i + 1;
    way_set_string (&action->what, parts[0]);
    way_set_string (&action->who, parts[1]);
    action->due = visit->date + 7 * (1 + i);
  }
}

static const char *
setting_on (Work *work, WayDate day)
{
  GPtrArray *rows = way_record_set_list (work->batch, WAY_ENROLMENT);
  const char *setting = NULL;

  for (guint i = 0; i < rows->len; i++) {
    const WayEnrolment *row = g_ptr_array_index (rows, i);

    if (row->from <= day || setting == NULL)
      setting = row->setting;
  }
  return setting;
}

static void
write_up (Work *work, WayVisit *visit)
{
  WayDice *dice = &work->world->dice;
  gboolean heard = strcmp (visit->kind, "phone") == 0; /* nobody was seen on the telephone */

  visit->purpose = prose (work, heard ? "call" : "purpose");
  visit->seen = prose (work, heard ? "heard" : "seen");
  if (way_dice_chance (dice, 50))
    visit->strategies = prose (work, "strategies");
  if (way_dice_chance (dice, 40))
    visit->strengths = prose (work, "strengths");
  if (way_dice_chance (dice, 30))
    visit->needs = prose (work, "needs");
  visit->advice = prose (work, "advice");
  add_person (work, visit, 1, "SENCO");
  if (heard) {
    add_view (work, visit, 1, "staff", "SENCO");
    return;
  }
  if (way_dice_chance (dice, 70))
    add_person (work, visit, 2, "Class teacher");
  if (way_dice_chance (dice, 60))
    add_person (work, visit, 3, "Teaching assistant");
  if (way_dice_chance (dice, 80))
    add_view (work, visit, 1, "child", NULL);
  if (way_dice_chance (dice, 40))
    add_view (work, visit, 2, "parent", "Parent");
  if (way_dice_chance (dice, 60))
    add_view (work, visit, 3, "staff", "Class teacher");
}

static WayVisit *
make_visit (Work *work, WayDate day, guint in_year)
{
  static const char *const KINDS[] = {
      "observation", "observation", "review", "consultation", "direct-work", "assessment", "phone"};
  WayVisit *visit = way_sample_add (work->world, work->batch, WAY_VISIT);
  WayVisitChild *link = way_sample_add (work->world, work->batch, WAY_VISIT_CHILD);
  int hour = way_dice_between (&work->world->dice, 9, 13);

  visit->date = day;
  visit->start = g_strdup_printf ("%02d:15", hour);
  way_set_string (&visit->setting, setting_on (work, day));
  way_set_string (&visit->kind, KINDS[way_dice_below (&work->world->dice, G_N_ELEMENTS (KINDS))]);
  visit->end = g_strdup_printf ("%02d:40", strcmp (visit->kind, "phone") == 0 ? hour : hour + 1);
  way_set_string (&visit->practitioner, work->practitioner);
  visit->series_number = in_year;
  visit->series_total = MAX (3, in_year);
  way_set_string (&link->visit, visit->record.id);
  way_set_string (&link->child, work->child->record.id);
  link->position = 1;
  return visit;
}

/* Visits are spread over the work evenly; the last one was days ago. */
static WayDate
day_of_visit (Work *work, guint i, guint n, guint index)
{
  WayDate day = work->from + (guint64) (work->to - work->from) * (2 * i + 1) / (2 * n);

  return way_sample_school_day (work->world, i + 1 == n ? work->to - 3 - index % 9 : day);
}

static void
plan_next (Work *work, WayVisit *visit, guint i, guint n, guint index)
{
  gboolean is_last = i + 1 == n;

  way_set_string (&visit->distribution, "SENCO; parents");
  if (is_last && work->to < work->world->today)
    return; /* the case was closed */
  way_set_string (&visit->next_visit, "By arrangement with the SENCO");
  visit->next_date =
      is_last ? way_sample_school_day (work->world, work->world->today + 14 + index * 5 % 60)
              : day_of_visit (work, i + 1, n, index);
}

static void
make_visits (Work *work, guint n, guint index)
{
  WaySampleWorld *world = work->world;
  WayVisit *before = NULL;
  guint in_year = 0;

  for (guint i = 0; i < n; i++) {
    WayDate day = day_of_visit (work, i, n, index);
    WayVisit *visit;

    in_year = before != NULL && way_academic_year (before->date) == way_academic_year (day)
                  ? in_year + 1
                  : 1;
    visit = make_visit (work, day, in_year);
    if (before != NULL)
      follow_up (work, before, visit);
    write_up (work, visit);
    plan_next (work, visit, i, n, index);
    rate_targets (work, visit);
    agree_actions (work, visit);
    if (i + 1 < n || index % 5 != 2)
      way_sample_sign (world, visit);
    before = visit;
  }
}

/* A formal review about every half year, of the targets that were open. */
static void
make_reviews (Work *work)
{
  for (WayDate day = work->from + 170; day + 10 < work->to; day += 182) {
    WayReview *review = way_sample_add (work->world, work->batch, WAY_REVIEW);
    WayDate held = way_sample_school_day (work->world, day);

    way_set_string (&review->child, work->child->record.id);
    review->date = held;
    way_set_string (&review->kind, "termly");
    way_set_string (&review->present, "SENCO; class teacher; parent");
    review->child_view = prose (work, "child");
    way_set_string (&review->child_view_by, work->child->forename);
    review->parent_view = prose (work, "parent");
    way_set_string (&review->parent_view_by, "Parent");
    review->staff_view = prose (work, "staff-view");
    way_set_string (&review->staff_view_by, "Class teacher");
    review->next_review = held + 182;
    for (guint i = 0; i < work->targets->len; i++) {
      const WayTarget *target = g_ptr_array_index (work->targets, i);
      double value = value_on (work, target, held);
      WayReviewTarget *row;

      if (isnan (value) || target->start > held ||
          (target->ended != WAY_DATE_UNKNOWN && target->ended < held))
        continue;
      row = way_sample_add (work->world, work->batch, WAY_REVIEW_TARGET);
      way_set_string (&row->review, review->record.id);
      way_set_string (&row->target, target->record.id);
      way_set_string (&row->outcome, outcome_on (work, target, held));
      way_set_string (&row->reason, pick_reason (work, row->outcome));
      way_set_string (&row->decision,
                      is_met (target, value)               ? "close"
                      : strcmp (row->outcome, "none") == 0 ? "amend"
                                                           : "continue");
      row->evidence = evidence (work);
    }
    way_sample_sign_review (work->world, review, work->practitioner);
  }
}

static void
make_plan (Work *work)
{
  WaySampleWorld *world = work->world;
  WayOutcome *outcome = way_sample_add (world, work->batch, WAY_OUTCOME);
  WayCycle *cycle = way_sample_add (world, work->batch, WAY_CYCLE);
  WayProvision *provision = way_sample_add (world, work->batch, WAY_PROVISION);
  const WayTarget *first = g_ptr_array_index (work->targets, 0);

  way_set_string (&outcome->child, work->child->record.id);
  way_set_string (&outcome->outcome, first->outcome);
  outcome->statement =
      way_sample_fill ("{name} takes part in school life with less help.", work->child);
  outcome->from = work->from;
  way_set_string (&cycle->child, work->child->record.id);
  cycle->number = 1;
  cycle->assess = prose (work, "needs");
  cycle->assess_date = work->from;
  way_set_string (&cycle->plan, first->strategy);
  cycle->plan_date = work->from + 14;
  cycle->parents_notified = work->from + 14;
  way_set_string (&provision->child, work->child->record.id);
  way_set_string (&provision->cycle, cycle->record.id);
  way_set_string (&provision->what, first->strategy);
  way_set_string (&provision->dose, first->how_often);
  provision->group_size = 1;
  way_set_string (&provision->staff, first->who);
  provision->from = work->from + 14;
}

/**
 * way_sample_work:
 * @work: the case
 * @need: the primary need, which decides targets and words
 * @index: which child of the caseload
 * @from: when the work began
 *
 * Makes up targets, measurements, visits, actions and reviews.
 */
void
way_sample_work (WaySampleWorld *world,
                 WayRecordSet *batch,
                 WayChild *child,
                 WayCase *work,
                 const char *need,
                 guint index,
                 WayDate from)
{
  const WayAllocation *allocation = way_record_set_first (batch, WAY_ALLOCATION);
  gboolean closed = work->closed != WAY_DATE_UNKNOWN;
  Work self = {.world = world,
               .batch = batch,
               .child = child,
               .need = need,
               .practitioner = allocation->practitioner,
               .case_id = work->record.id,
               .from = from,
               .to = closed ? work->closed : world->today,
               .targets = g_ptr_array_new (),
               .first_turn = way_dice_below (&world->dice, 12)};

  make_targets (&self, world->targets_base + (index < world->targets_extra), closed);
  make_visits (&self, world->visits_base + (index < world->visits_extra), index);
  make_reviews (&self);
  make_plan (&self);
  g_ptr_array_unref (self.targets);
}
