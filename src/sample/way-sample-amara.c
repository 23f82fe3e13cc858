/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first child of every sample, written by hand, so that there is one whose
 * record reads like a real one. She is made up. All days hang on the Tuesday of
 * her last visit. */
#include "way-sample-private.h"

#include "way-upn.h"

#include <string.h>

typedef struct {
  WaySampleWorld *world;
  WayRecordSet *batch;
  WayChild *child;
  WayDate last; /* the Tuesday of the last visit */
  const char *me, *setting;
} Amara;

/* The Tuesday that is at least five days past. */
static WayDate
last_tuesday (WayDate today)
{
  WayDate day = today - 5;

  while (way_date_get_weekday (day) != 2)
    day--;
  return day;
}

static gpointer
add_for_child (Amara *self, const WayRecordType *type)
{
  gpointer record = way_sample_add (self->world, self->batch, type);
  const WayField *field = way_record_type_find (type, "child");

  way_set_string (&way_field_string (field, record), self->child->record.id);
  return record;
}

static void
make_child (Amara *self)
{
  WayChild *child = way_sample_add (self->world, self->batch, WAY_CHILD);
  int year, month, day;

  way_date_get (self->last, &year, &month, &day);
  self->child = child;
  way_set_string (&child->forename, "Amara");
  way_set_string (&child->surname, "Okafor");
  way_set_string (&child->preferred, "Ami");
  way_set_string (&child->sex, "F");
  child->dob = way_date_new (month >= 9 ? year - 8 : year - 9, 9, 14);
  child->upn = way_upn_make (886, 2001, (guint) (month >= 9 ? year - 3 : year - 4), 14);
  way_set_string (&child->language, "English and Igbo");
  way_set_string (&child->communication,
                  "Speaks in phrases; uses a word-order mat and a now-and-next card");
  way_set_string (&child->street, "14 Orchard Way");
  way_set_string (&child->town, "Swale");
  way_set_string (&child->postcode, "ME10 1XX");
  way_set_string (&child->matters, "Trains and maths. My talk partner. Knowing what comes next.");
  way_set_string (
      &child->support,
      "Give me time to answer. Show me the mat. Offer the ear defenders before it gets loud.");
  way_set_string (&child->alerts, "Epilepsy plan, rescue medicine in the office");
}

static void
make_background (Amara *self)
{
  WayEnrolment *enrolment = add_for_child (self, WAY_ENROLMENT);
  WaySenStatus *status = add_for_child (self, WAY_SEN_STATUS);
  WayNeed *first = add_for_child (self, WAY_NEED), *second = add_for_child (self, WAY_NEED);
  WayContact *contact = add_for_child (self, WAY_CONTACT);
  WayAgreement *agreement = add_for_child (self, WAY_AGREEMENT);
  WayFlag *flag = add_for_child (self, WAY_FLAG);
  int year, month, day;

  way_date_get (self->child->dob, &year, &month, &day);
  way_set_string (&enrolment->setting, self->setting);
  enrolment->from = way_date_new (year + 5, 9, 4);
  enrolment->main = WAY_YES;
  way_set_string (&status->provision, "K");
  status->from = way_date_new (year + 5, 9, 5);
  status->hnf = WAY_NO;
  first->rank = 1;
  way_set_string (&first->type, "SLCN");
  way_set_string (&first->lar_category, "ci");
  second->rank = 2;
  way_set_string (&second->type, "ASD");
  way_set_string (&second->lar_category, "ci");
  way_set_string (&contact->name, "Ngozi Okafor");
  way_set_string (&contact->relationship, "mother");
  contact->responsibility = WAY_YES;
  way_set_string (&contact->telephone, "07700 900123");
  way_set_string (&contact->format, "plain-english");
  way_set_string (&agreement->given_by, "Ngozi Okafor");
  agreement->given_on = self->last - 309;
  way_set_string (&agreement->scope, "Specialist teacher involvement, sharing with school");
  way_set_string (&agreement->method, "signed form");
  way_set_string (&flag->flag, "eal");
  flag->from = enrolment->from;
}

static const char *
make_case (Amara *self)
{
  WayCase *work = add_for_child (self, WAY_CASE);
  WayAllocation *allocation = way_sample_add (self->world, self->batch, WAY_ALLOCATION);

  work->opened = self->last - 312;
  way_set_string (&work->route, "lift");
  way_set_string (&work->team, "ci");
  work->review_terms = 2;
  way_set_string (&allocation->case_id, work->record.id);
  way_set_string (&allocation->practitioner, self->me);
  allocation->from = work->opened;
  return work->record.id;
}

static void
measure (Amara *self, const WayTarget *target, int day, double value, const char *by)
{
  WayMeasurement *row = way_sample_add (self->world, self->batch, WAY_MEASUREMENT);

  way_set_string (&row->target, target->record.id);
  row->date = self->last + day;
  row->position = 1;
  row->value = value;
  way_set_string (&row->by, by);
}

static WayTarget *
make_questions_target (Amara *self, const char *work)
{
  static const struct {
    int day, value;
  } POINTS[] = {{-73, 1},
                {-66, 1},
                {-60, 1},
                {-45, 2},
                {-38, 2},
                {-31, 3},
                {-24, 3},
                {-18, 3},
                {-11, 4},
                {-7, 4},
                {0, 4}};
  WayTarget *target = add_for_child (self, WAY_TARGET);
  WayPhase *change = way_sample_add (self->world, self->batch, WAY_PHASE);
  g_autofree char *due = way_date_format (self->last + 25);

  due[strlen (due) - 5] = '\0';
  way_set_string (&target->case_id, work);
  target->statement = g_strdup_printf (
      "By %s, Ami will answer a “where” question in class with a phrase of 3 or more words "
      "in 4 of 5 chances, without a prompt.",
      due);
  way_set_string (&target->outcome, "voice");
  way_set_string (&target->area, "ci");
  way_set_string (&target->measure, "count");
  way_set_string (&target->direction, "up");
  target->scale_min = 0;
  target->scale_max = 5;
  target->criterion = 4;
  target->start = self->last - 73;
  target->due = self->last + 25;
  way_set_string (&target->state, "open");
  way_set_string (&target->strategy,
                  "Word-order mat; one question at a time, then seven seconds of silence");
  way_set_string (&target->who, "Class teacher and TA");
  way_set_string (&target->how_often, "Daily in English and science");
  for (guint i = 0; i < G_N_ELEMENTS (POINTS); i++)
    measure (self, target, POINTS[i].day, POINTS[i].value, "TA");
  way_set_string (&change->target, target->record.id);
  change->date = self->last - 50;
  way_set_string (&change->label, "new seat");
  return target;
}

static WayTarget *
make_changeover_target (Amara *self, const char *work)
{
  static const double MINUTES[] = {8, 9, 7, 7, 6, 7, 5, 5};
  WayTarget *target = add_for_child (self, WAY_TARGET);
  g_autofree char *due = way_date_format (self->last + 77);

  due[strlen (due) - 5] = '\0';
  way_set_string (&target->case_id, work);
  target->statement = g_strdup_printf (
      "By %s, Ami will move to the next activity within 2 minutes of the signal, with her "
      "now-and-next card, at 4 of 5 changeovers.",
      due);
  way_set_string (&target->outcome, "independence");
  way_set_string (&target->area, "ci");
  way_set_string (&target->measure, "duration");
  way_set_string (&target->unit, "minutes");
  way_set_string (&target->direction, "down");
  target->criterion = 2;
  target->start = self->last - 56;
  target->due = self->last + 77;
  way_set_string (&target->state, "open");
  way_set_string (&target->strategy, "Now-and-next card; five-minute and one-minute warnings");
  way_set_string (&target->who, "TA");
  way_set_string (&target->how_often, "At each changeover");
  for (guint i = 0; i < G_N_ELEMENTS (MINUTES); i++)
    measure (self, target, -54 + 7 * (int) i, MINUTES[i], "TA");
  return target;
}

static WayTarget *
make_help_target (Amara *self, const char *work)
{
  static const double TIMES[] = {2, 3, 2, 4, 4, 5, 6, 7, 7, 8, 9};
  WayTarget *target = add_for_child (self, WAY_TARGET);

  way_set_string (&target->case_id, work);
  way_set_string (&target->statement,
                  "Ami will ask for help with her card in 8 of 10 times that she needs it, instead "
                  "of waiting.");
  way_set_string (&target->outcome, "voice");
  way_set_string (&target->area, "ci");
  way_set_string (&target->measure, "count");
  way_set_string (&target->direction, "up");
  target->scale_min = 0;
  target->scale_max = 10;
  target->criterion = 8;
  target->start = self->last - 190;
  target->due = self->last - 36;
  target->ended = self->last - 36;
  way_set_string (&target->state, "achieved");
  way_set_string (&target->strategy, "Help card on the desk; every request is answered at once");
  way_set_string (&target->who, "All staff");
  way_set_string (&target->how_often, "Every time");
  for (guint i = 0; i < G_N_ELEMENTS (TIMES); i++)
    measure (self, target, -188 + 15 * (int) i, TIMES[i], "Class teacher");
  return target;
}

static WayVisit *
make_visit (Amara *self, int day, const char *kind, guint number)
{
  WayVisit *visit = way_sample_add (self->world, self->batch, WAY_VISIT);
  WayVisitChild *link = add_for_child (self, WAY_VISIT_CHILD);

  visit->date = self->last + day;
  way_set_string (&visit->start, "09:15");
  way_set_string (&visit->end, "10:40");
  way_set_string (&visit->setting, self->setting);
  way_set_string (&visit->kind, kind);
  way_set_string (&visit->practitioner, self->me);
  visit->series_number = number;
  visit->series_total = 3;
  way_set_string (&link->visit, visit->record.id);
  link->position = 1;
  return visit;
}

static void
add_people (Amara *self, const WayVisit *visit)
{
  static const char *const ROLES[] = {"SENCO", "Class teacher", "TA"};

  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++) {
    WayVisitPerson *person = way_sample_add (self->world, self->batch, WAY_VISIT_PERSON);

    way_set_string (&person->visit, visit->record.id);
    person->position = i + 1;
    way_set_string (&person->name, ROLES[i]);
  }
}

static void
add_view (Amara *self,
          const WayVisit *visit,
          guint position,
          const char *whose,
          const char *said_by,
          const char *how,
          gboolean verbatim,
          const char *text)
{
  WayVisitView *view = add_for_child (self, WAY_VISIT_VIEW);

  way_set_string (&view->visit, visit->record.id);
  view->position = position;
  way_set_string (&view->whose, whose);
  way_set_string (&view->said_by, said_by);
  way_set_string (&view->how, how);
  view->verbatim = verbatim ? WAY_YES : WAY_NO;
  way_set_string (&view->text, text);
}

static WayAction *
agree (
    Amara *self, const WayVisit *visit, guint position, const char *what, const char *who, int due)
{
  WayAction *action = add_for_child (self, WAY_ACTION);

  way_set_string (&action->visit, visit->record.id);
  action->position = position;
  way_set_string (&action->what, what);
  way_set_string (&action->who, who);
  action->due = self->last + due;
  return action;
}

static void
follow_up (Amara *self,
           const WayVisit *visit,
           WayAction *action,
           const char *effect,
           const char *note,
           WayDate done)
{
  WayVisitAction *row = way_sample_add (self->world, self->batch, WAY_VISIT_ACTION);

  way_set_string (&row->visit, visit->record.id);
  way_set_string (&row->action, action->record.id);
  row->position = action->position;
  way_set_string (&row->effect, effect);
  way_set_string (&row->note, note);
  way_set_string (&action->effect, effect);
  way_set_string (&action->note, note);
  action->done = done;
}

static void
rate (Amara *self,
      const WayVisit *visit,
      guint position,
      const WayTarget *target,
      double rating,
      const char *outcome,
      const char *evidence)
{
  WayVisitTarget *row = way_sample_add (self->world, self->batch, WAY_VISIT_TARGET);

  way_set_string (&row->visit, visit->record.id);
  way_set_string (&row->target, target->record.id);
  row->position = position;
  row->rating = rating;
  way_set_string (&row->outcome, outcome);
  way_set_string (&row->decision, "continue");
  way_set_string (&row->evidence, evidence);
}

static WayVisit *
write_first_visit (Amara *self, const WayTarget *help)
{
  WayVisit *visit = make_visit (self, -182, "consultation", 2);

  way_set_string (&visit->purpose,
                  "To look at how Ami asks for help, and to plan the move to Year 3.");
  way_set_string (&visit->seen,
                  "Ami used the help card four times in a maths lesson. Twice she put it down "
                  "again when nobody came at once.");
  way_set_string (&visit->advice,
                  "Answer the card at once, every time, for the first two weeks. Tell the Year 3 "
                  "staff what it means.");
  way_set_string (&visit->next_visit, "September, in Year 3");
  add_people (self, visit);
  rate (self,
        visit,
        1,
        help,
        2,
        "some",
        "Two of ten times in the week before; four times in the lesson seen.");
  return visit;
}

static WayVisit *
write_second_visit (Amara *self, WayAction **seat, WayAction **practice, const WayTarget *help)
{
  WayVisit *visit = make_visit (self, -56, "observation", 2);

  way_set_string (&visit->purpose,
                  "To see Ami in her new class and to set this term's targets with staff.");
  way_set_string (&visit->seen,
                  "Ami sat by the door and turned to it eleven times in twenty minutes. She "
                  "answered one of five "
                  "“where” questions, with a single word. At the change to tables she waited until "
                  "everybody had sat down.");
  way_set_string (&visit->advice,
                  "Seat at the front left, away from the door. Phrase practice with the mat before "
                  "each English "
                  "lesson. Seven seconds of silence after a question.");
  way_set_string (&visit->next_visit,
                  "In eight weeks, with a review of the two communication targets");
  add_people (self, visit);
  rate (self,
        visit,
        1,
        help,
        7,
        "on-track",
        "Seven of ten times this week, as the class teacher counted.");
  *seat = agree (self,
                 visit,
                 1,
                 "Move Ami's seat to the front left, away from the door",
                 "Class teacher",
                 -49);
  *practice = agree (self, visit, 2, "Ten-minute phrase practice, four times a week", "TA", -14);
  return visit;
}

static void
write_last_words (Amara *self, WayVisit *visit)
{
  way_set_string (&visit->purpose,
                  "To see how Ami uses the word-order mat in whole-class teaching, to review her "
                  "two communication "
                  "targets and to agree next steps before the transition meeting.");
  way_set_string (&visit->seen,
                  "During a twenty-minute science input Ami answered two of three “where” "
                  "questions with a full phrase "
                  "after looking at the mat, once without a prompt. She looked to her talk partner "
                  "before speaking on four "
                  "occasions. In the noisy changeover to tables she covered her ears, and settled "
                  "within a minute when "
                  "shown the now-and-next card.");
  way_set_string (&visit->strategies,
                  "The mat is on her desk in English and science. Staff wait seven seconds and the "
                  "class has learned to "
                  "wait as well. The card is used at some changeovers, not yet at every one.");
  way_set_string (&visit->advice,
                  "Keep the mat in view in every lesson, not only in English. Ask one question at "
                  "a time and count "
                  "silently to seven. Offer the ear defenders before the changeover, not after.");
  way_set_string (&visit->next_visit, "Transition meeting, 9:30");
  visit->next_date = self->last + 77;
  way_set_string (&visit->distribution, "SENCO; parents (plain English)");
}

static WayVisit *
write_last_visit (Amara *self, const WayTarget *questions, const WayTarget *changeover)
{
  WayVisit *visit = make_visit (self, 0, "observation", 3);

  write_last_words (self, visit);
  add_people (self, visit);
  add_view (self,
            visit,
            1,
            "child",
            "Ami",
            NULL,
            TRUE,
            "I like the word mat. I don't like it when it's loud.");
  add_view (self,
            visit,
            2,
            "parent",
            "Parent",
            "by telephone the day before",
            FALSE,
            "Ami tells us about her day in longer sentences at home, mostly at bath time.");
  rate (self,
        visit,
        1,
        questions,
        4,
        "on-track",
        "Two full phrases in the lesson seen; four of five chances on the day's record.");
  rate (self,
        visit,
        2,
        changeover,
        5,
        "some",
        "One changeover seen: about a minute after the card was shown.");
  agree (self, visit, 1, "Word-order mat laminated for the science room and the hall", "TA", 7);
  agree (self,
         visit,
         2,
         "Now-and-next card at each changeover; note what happens for two weeks",
         "Class teacher",
         17);
  agree (
      self, visit, 3, "Review meeting with parents; bring this record and the chart", "SENCO", 24);
  return visit;
}

static void
write_review (Amara *self, const WayTarget *help, const WayTarget *questions)
{
  WayReview *review = add_for_child (self, WAY_REVIEW);
  const WayTarget *const targets[] = {help, questions};

  review->date = self->last - 36;
  way_set_string (&review->kind, "termly");
  way_set_string (&review->present, "SENCO; class teacher; mother");
  way_set_string (&review->child_view, "I show the card and somebody comes.");
  way_set_string (&review->child_view_by, "Ami");
  way_set_string (&review->parent_view, "She uses the card at home too, for the seat belt.");
  way_set_string (&review->parent_view_by, "Mother");
  way_set_string (&review->staff_view, "She waits less and asks more, also in the hall.");
  way_set_string (&review->staff_view_by, "Class teacher");
  review->next_review = self->last + 17;
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++) {
    WayReviewTarget *row = way_sample_add (self->world, self->batch, WAY_REVIEW_TARGET);

    way_set_string (&row->review, review->record.id);
    way_set_string (&row->target, targets[i]->record.id);
    way_set_string (&row->outcome, i == 0 ? "achieved" : "on-track");
    way_set_string (&row->decision, i == 0 ? "close" : "continue");
    way_set_string (&row->evidence,
                    i == 0 ? "Nine of ten times in the last week"
                           : "Two of five chances since the new seat");
  }
  way_sample_sign_review (self->world, review, self->me);
}

/**
 * way_sample_amara:
 *
 * Makes Amara Okafor, Year 3, with three targets and three visits.
 */
void
way_sample_amara (WaySampleWorld *world, WayRecordSet *batch)
{
  Amara self = {.world = world,
                .batch = batch,
                .last = last_tuesday (world->today),
                .me = ((WayRecord *) g_ptr_array_index (world->practitioners, 0))->id,
                .setting = ((WayRecord *) g_ptr_array_index (world->settings, 0))->id};
  WayTarget *help, *questions, *changeover;
  WayAction *seat, *practice;
  WayVisit *visit;
  const char *work;

  make_child (&self);
  make_background (&self);
  work = make_case (&self);
  help = make_help_target (&self, work);
  questions = make_questions_target (&self, work);
  changeover = make_changeover_target (&self, work);
  way_sample_sign (world, write_first_visit (&self, help));
  way_sample_sign (world, write_second_visit (&self, &seat, &practice, help));
  write_review (&self, help, questions);
  visit = write_last_visit (&self, questions, changeover);
  follow_up (&self, visit, seat, "done", "Staff see fewer turns to the door.", self.last - 50);
  follow_up (&self,
             visit,
             practice,
             "partly",
             "Three a week since half term (TA absent).",
             WAY_DATE_UNKNOWN);
  way_sample_sign (world, visit);
}
