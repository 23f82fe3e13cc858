/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One made-up child: who, where, with what needs, and the case around. */
#include "way-sample-private.h"

#include "way-nc-year.h"
#include "way-upn.h"

#include <string.h>

#define YEAR 365

/* Primary needs, as common as they are in such a service. */
static const char *const NEEDS[] = {"SLCN",
                                    "SLCN",
                                    "SLCN",
                                    "ASD",
                                    "ASD",
                                    "ASD",
                                    "SEMH",
                                    "SEMH",
                                    "SPLD",
                                    "SPLD",
                                    "MLD",
                                    "HI",
                                    "VI",
                                    "PD"};

static const struct {
  const char *need, *team, *lar;
} TEAMS[] = {{"SLCN", "ci", "ci"},
             {"ASD", "ci", "ci"},
             {"SEMH", "semh", "semh"},
             {"SPLD", "cl", "cl"},
             {"MLD", "cl", "cl"},
             {"HI", "sensory", "pd"},
             {"VI", "sensory", "pd"},
             {"PD", "pd", "pd"}};

static guint
team_of (const char *need)
{
  for (guint i = 0; i < G_N_ELEMENTS (TEAMS); i++) {
    if (strcmp (TEAMS[i].need, need) == 0)
      return i;
  }
  return 0;
}

static WayChild *
make_person (WaySampleWorld *world, WayRecordSet *batch, guint index)
{
  WayDice *dice = &world->dice;
  WayChild *child = way_sample_add (world, batch, WAY_CHILD);
  gboolean girl = way_dice_chance (dice, 40);
  int youngest = 3 + (int) world->n_years, age = way_dice_between (dice, youngest, 14);
  int year, month, day;

  way_set_string (&child->sex, girl ? "F" : "M");
  way_set_string (&child->forename,
                  way_sample_words_pick (world->words, dice, girl ? "girl" : "boy", NULL));
  way_set_string (&child->surname, way_sample_words_pick (world->words, dice, "surname", NULL));
  child->dob = world->today - (WayDate) (age * YEAR + way_dice_between (dice, 1, YEAR - 1));
  way_date_get (child->dob, &year, &month, &day);
  child->upn =
      way_upn_make (886, 2001 + way_dice_below (dice, 400), (guint) year + 4, index % 1000);
  child->street = g_strdup_printf ("%d %s",
                                   way_dice_between (dice, 1, 90),
                                   way_sample_words_pick (world->words, dice, "street", NULL));
  way_set_string (&child->town, way_sample_words_pick (world->words, dice, "place", NULL));
  child->postcode =
      g_strdup_printf ("ME%u %uXX", 10 + way_dice_below (dice, 10), 1 + way_dice_below (dice, 9));
  way_set_string (&child->matters, way_sample_words_pick (world->words, dice, "likes", NULL));
  way_set_string (&child->support, way_sample_words_pick (world->words, dice, "help", NULL));
  if (way_dice_chance (dice, 12))
    way_set_string (&child->alerts, way_sample_words_pick (world->words, dice, "alert", NULL));
  if (way_dice_chance (dice, 5)) {
    g_autofree char *code = way_nc_year_code (MAX (way_nc_year (child->dob, world->today) - 1, 0));

    way_set_string (&child->nc_year, code); /* taught out of cohort */
    child->nc_year_from = world->today;
  }
  return child;
}

static WaySetting *
pick_setting (WaySampleWorld *world, const char *phase, guint index)
{
  for (guint i = 0; i < world->settings->len; i++) {
    WaySetting *setting = g_ptr_array_index (world->settings, (index + i) % world->settings->len);

    if (strcmp (setting->phase, phase) == 0)
      return setting;
  }
  return g_ptr_array_index (world->settings, 0);
}

static void
enrol (WaySampleWorld *world,
       WayRecordSet *batch,
       const WayChild *child,
       const WaySetting *setting,
       WayDate from,
       WayDate to)
{
  WayEnrolment *row = way_sample_add (world, batch, WAY_ENROLMENT);

  way_set_string (&row->child, child->record.id);
  way_set_string (&row->setting, setting->record.id);
  row->from = from;
  row->to = to;
  row->main = WAY_YES;
}

/* Primary from Reception, secondary from Year 7; a child of secondary age was at a primary school
 * before. */
static void
make_enrolments (WaySampleWorld *world, WayRecordSet *batch, const WayChild *child, guint index)
{
  int nc = way_nc_year (child->dob, world->today), now = way_academic_year (world->today);
  WayDate reception = way_date_new (now - nc, 9, 1), seven = way_date_new (now - nc + 7, 9, 1);

  if (nc < 0) {
    enrol (world,
           batch,
           child,
           pick_setting (world, "early-years", index),
           way_date_new (now, 9, 1),
           WAY_DATE_UNKNOWN);
  } else if (nc < 7) {
    enrol (
        world, batch, child, pick_setting (world, "primary", index), reception, WAY_DATE_UNKNOWN);
  } else {
    enrol (world, batch, child, pick_setting (world, "primary", index), reception, seven - 1);
    enrol (world, batch, child, pick_setting (world, "secondary", index), seven, WAY_DATE_UNKNOWN);
  }
}

static void
make_status (WaySampleWorld *world, WayRecordSet *batch, const WayChild *child, WayDate from)
{
  WaySenStatus *support = way_sample_add (world, batch, WAY_SEN_STATUS);
  WayDate since = from - (WayDate) way_dice_between (&world->dice, 60, 300);

  way_set_string (&support->child, child->record.id);
  way_set_string (&support->provision, "K");
  support->from = since;
  support->hnf = way_dice_chance (&world->dice, 10) ? WAY_YES : WAY_NO;
  if (way_dice_chance (&world->dice, 30)) {
    WaySenStatus *plan = way_sample_add (world, batch, WAY_SEN_STATUS);

    way_set_string (&plan->child, child->record.id);
    way_set_string (&plan->provision, "E");
    plan->from = from + (world->today - from) / 2;
    plan->hnf = WAY_NO;
    support->to = plan->from - 1;
  }
}

static void
make_need (
    WaySampleWorld *world, WayRecordSet *batch, const WayChild *child, const char *type, guint rank)
{
  WayNeed *need = way_sample_add (world, batch, WAY_NEED);

  way_set_string (&need->child, child->record.id);
  need->rank = rank;
  way_set_string (&need->type, type);
  way_set_string (&need->lar_category, TEAMS[team_of (type)].lar);
}

static void
make_family (WaySampleWorld *world, WayRecordSet *batch, const WayChild *child, WayDate from)
{
  static const char *const FLAGS[] = {"pupil-premium",
                                      "eal",
                                      "service-child",
                                      "child-in-care",
                                      "low-attendance",
                                      "reduced-timetable"};
  WayDice *dice = &world->dice;
  WayContact *contact = way_sample_add (world, batch, WAY_CONTACT);
  gboolean mother = way_dice_chance (dice, 70);
  const char *first = way_sample_words_pick (world->words, dice, mother ? "girl" : "boy", NULL);

  way_set_string (&contact->child, child->record.id);
  contact->name = g_strdup_printf ("%s %s", first, child->surname);
  way_set_string (&contact->relationship, mother ? "mother" : "father");
  contact->responsibility = WAY_YES;
  contact->telephone = g_strdup_printf ("07700 900%03u", way_dice_below (dice, 1000));
  way_set_string (&contact->format, way_dice_chance (dice, 15) ? "plain-english" : "standard");
  if (way_dice_chance (dice, 90)) {
    WayAgreement *agreement = way_sample_add (world, batch, WAY_AGREEMENT);

    way_set_string (&agreement->child, child->record.id);
    way_set_string (&agreement->given_by, contact->name);
    agreement->given_on = from;
    way_set_string (&agreement->scope, "Specialist teacher involvement");
    way_set_string (&agreement->method, "signed form");
  }
  for (guint i = 0; i < G_N_ELEMENTS (FLAGS); i++) {
    WayFlag *flag;

    if (!way_dice_chance (dice, i < 2 ? 25 : 4))
      continue;
    flag = way_sample_add (world, batch, WAY_FLAG);
    way_set_string (&flag->child, child->record.id);
    way_set_string (&flag->flag, FLAGS[i]);
    flag->from = from;
  }
}

static void
make_attendance (WaySampleWorld *world,
                 WayRecordSet *batch,
                 const WayChild *child,
                 const char *setting)
{
  int now = way_academic_year (world->today);

  for (int year = now - (int) world->n_years; year < now; year++) {
    WayAttendance *row = way_sample_add (world, batch, WAY_ATTENDANCE);
    int missed = way_dice_between (&world->dice, 4, 60);

    way_set_string (&row->child, child->record.id);
    row->year = g_strdup_printf ("%d-%02d", year, (year + 1) % 100);
    way_set_string (&row->setting, setting);
    row->possible = 380;
    row->attended = 380 - missed;
    row->authorised = missed * 2 / 3;
    row->unauthorised = missed - missed * 2 / 3;
  }
}

static WayCase *
make_case (WaySampleWorld *world,
           WayRecordSet *batch,
           const WayChild *child,
           const char *need,
           WayDate from,
           guint index)
{
  static const char *const ROUTES[] = {"lift", "lift", "direct", "link", "community"};
  WayCase *work = way_sample_add (world, batch, WAY_CASE);
  WayAllocation *allocation = way_sample_add (world, batch, WAY_ALLOCATION);
  const WayPractitioner *person = g_ptr_array_index (
      world->practitioners, world->n_children <= 60 ? 0 : index % world->practitioners->len);

  way_set_string (&work->child, child->record.id);
  work->opened = from;
  way_set_string (&work->route, ROUTES[way_dice_below (&world->dice, G_N_ELEMENTS (ROUTES))]);
  way_set_string (&work->team, TEAMS[team_of (need)].team);
  work->review_terms = 2;
  way_set_string (&allocation->case_id, work->record.id);
  way_set_string (&allocation->practitioner, person->record.id);
  allocation->from = from;
  if (index % 9 == 3) {
    WayCaseStatus *hold = way_sample_add (world, batch, WAY_CASE_STATUS);

    way_set_string (&hold->case_id, work->record.id);
    hold->from = world->today - 30;
    way_set_string (&hold->status, "on-hold");
    way_set_string (&hold->reason, "Settling in after a move");
  } else if (index % 8 == 4) {
    work->closed = way_sample_school_day (world, world->today - 4);
    way_set_string (&work->closed_reason, index % 3 == 0 ? "no-longer-needed" : "targets-achieved");
    allocation->to = work->closed;
  }
  return work;
}

/**
 * way_sample_child:
 * @batch: where to
 * @index: which child of the caseload
 *
 * Makes up a child with everything that hangs on it.
 */
void
way_sample_child (WaySampleWorld *world, WayRecordSet *batch, guint index)
{
  WayChild *child = make_person (world, batch, index);
  const char *need = NEEDS[way_dice_below (&world->dice, G_N_ELEMENTS (NEEDS))];
  WayDate from = way_sample_school_day (
      world, world->today - world->n_years * YEAR + way_dice_below (&world->dice, 60));
  const WayEnrolment *last;
  GPtrArray *enrolments;
  WayCase *work;

  make_enrolments (world, batch, child, index);
  make_status (world, batch, child, from);
  make_need (world, batch, child, need, 1);
  if (way_dice_chance (&world->dice, 45)) {
    const char *second = NEEDS[way_dice_below (&world->dice, G_N_ELEMENTS (NEEDS))];

    if (strcmp (second, need) != 0)
      make_need (world, batch, child, second, 2);
  }
  make_family (world, batch, child, from);
  enrolments = way_record_set_list (batch, WAY_ENROLMENT);
  last = g_ptr_array_index (enrolments, enrolments->len - 1);
  make_attendance (world, batch, child, last->setting);
  work = make_case (world, batch, child, need, from, index);
  way_sample_work (world, batch, child, work, need, index, from);
  way_sample_assess (world, batch, child, need);
}
