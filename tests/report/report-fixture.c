/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report-fixture.h"

static const char *const CODES[][3] = {
    {"sen-provision", "K", "SEN support"},
    {"sen-provision", "E", "Education, health and care plan"},
    {"sen-type", "SLCN", "Speech, language and communication needs"},
    {"sen-type", "ASD", "Autistic spectrum disorder"},
    {"visit-kind", "observation", "Observation"},
    {"visit-kind", "not-held", "Did not take place"},
    {"practitioner-role", "specialist-teacher", "Specialist teacher"},
    {"team", "ci", "Communication and interaction"},
    {"view", "child", "Child"},
    {"view", "parent", "Parent or carer"},
    {"view", "staff", "Staff"},
    {"action-effect", "done", "Done"},
    {"action-effect", "partly", "Partly"},
    {"action-effect", "not", "Not done"},
    {"target-state", "open", "Open"},
    {"target-state", "achieved", "Achieved"},
    {"review-outcome", "on-track", "On track"},
    {"review-outcome", "some", "Some progress"},
    {"review-decision", "continue", "Continue"},
};

static WayCodeLists *
make_lists (void)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (way_record_free);

  for (guint i = 0; i < G_N_ELEMENTS (CODES); i++) {
    WayCode *code = way_record_new (WAY_CODE);

    code->list = g_strdup (CODES[i][0]);
    code->code = g_strdup (CODES[i][1]);
    code->label = g_strdup (CODES[i][2]);
    code->position = i;
    g_ptr_array_add (rows, code);
  }
  return way_code_lists_new (rows);
}

/* A record with the next id: the first four figures differ, as they make the reference. */
gpointer
report_fixture_add (ReportFixture *self, const WayRecordType *type)
{
  WayRecord *record = way_record_set_add (self->records, type);

  self->n_ids++;
  record->id = g_strdup_printf (
      "%04x%04x-0000-4000-8000-%012x", 0x7c2e + self->n_ids - 1, self->n_ids, self->n_ids);
  return record;
}

WayChild *
report_fixture_add_child (ReportFixture *self, const char *forename, const char *surname)
{
  WayChild *child = report_fixture_add (self, WAY_CHILD);
  WayVisitChild *link = report_fixture_add (self, WAY_VISIT_CHILD);

  child->forename = g_strdup (forename);
  child->surname = g_strdup (surname);
  child->dob = way_date_new (2018, 9, 14);
  link->child = g_strdup (child->record.id);
  link->visit = g_strdup (self->visit != NULL ? self->visit->record.id : NULL);
  link->position = self->n_ids;
  return child;
}

WayTarget *
report_fixture_add_target (ReportFixture *self, const WayChild *child, const char *statement)
{
  WayTarget *target = report_fixture_add (self, WAY_TARGET);
  WayVisitTarget *row = report_fixture_add (self, WAY_VISIT_TARGET);

  target->child = g_strdup (child->record.id);
  target->statement = g_strdup (statement);
  target->measure = g_strdup ("count");
  target->direction = g_strdup ("up");
  target->scale_min = 0.0;
  target->scale_max = 5.0;
  target->criterion = 4.0;
  target->start = way_date_new (2026, 9, 5);
  target->due = way_date_new (2026, 12, 12);
  target->state = g_strdup ("open");
  row->visit = g_strdup (self->visit->record.id);
  row->target = g_strdup (target->record.id);
  row->position = self->n_ids;
  return target;
}

/* A value a week from the target's start. */
void
report_fixture_add_points (ReportFixture *self,
                           const WayTarget *target,
                           const double *values,
                           guint n_values)
{
  for (guint i = 0; i < n_values; i++) {
    WayMeasurement *point = report_fixture_add (self, WAY_MEASUREMENT);

    point->target = g_strdup (target->record.id);
    point->date = target->start + 3 + 7 * i;
    point->position = 1;
    point->value = values[i];
  }
}

/* @earlier: agreed at an earlier visit and followed up at this one. */
WayAction *
report_fixture_add_action (
    ReportFixture *self, const char *what, const char *who, WayDate due, gboolean earlier)
{
  WayAction *action = report_fixture_add (self, WAY_ACTION);

  action->what = g_strdup (what);
  action->who = g_strdup (who);
  action->due = due;
  action->position = self->n_ids;
  action->visit =
      g_strdup (earlier ? "00000000-0000-4000-8000-00000000beef" : self->visit->record.id);
  if (earlier) {
    WayVisitAction *row = report_fixture_add (self, WAY_VISIT_ACTION);

    row->visit = g_strdup (self->visit->record.id);
    row->action = g_strdup (action->record.id);
    row->position = self->n_ids;
  }
  return action;
}

WayVisitView *
report_fixture_add_view (ReportFixture *self, const char *whose, const char *by, const char *text)
{
  WayVisitView *view = report_fixture_add (self, WAY_VISIT_VIEW);

  view->visit = g_strdup (self->visit->record.id);
  view->whose = g_strdup (whose);
  view->said_by = g_strdup (by);
  view->text = g_strdup (text);
  view->position = self->n_ids;
  return view;
}

/* One child, one visit, signed; no section filled. */
void
report_fixture_init (ReportFixture *self)
{
  WayPractitioner *author;
  WaySetting *setting;

  *self = (ReportFixture){.records = way_record_set_new ()};
  self->child = report_fixture_add_child (self, "Amara", "Okafor");
  way_set_string (&self->child->preferred, "Ami");
  self->visit = report_fixture_add (self, WAY_VISIT);
  author = report_fixture_add (self, WAY_PRACTITIONER);
  setting = report_fixture_add (self, WAY_SETTING);
  way_set_string (&author->name, "T. Eacher");
  way_set_string (&author->role, "specialist-teacher");
  way_set_string (&author->team, "ci");
  way_set_string (&author->qualification, "QTS");
  way_set_string (&setting->name, "Swale Park Primary");
  way_set_string (&setting->phase, "primary");
  self->visit->setting = g_strdup (setting->record.id);
  self->visit->practitioner = g_strdup (author->record.id);
  self->visit->date = way_date_new (2026, 11, 17);
  self->visit->start = g_strdup ("09:15");
  self->visit->end = g_strdup ("10:40");
  self->visit->kind = g_strdup ("observation");
  self->visit->version = 1.0;
  self->visit->signed_at = g_strdup ("2026-11-17T17:05:09Z");
  self->visit->signed_by = g_strdup ("T. Eacher");
  self->style = (WayReportStyle){.service_name = "Swale Specialist Teaching and Learning Service",
                                 .lists = make_lists ()};
}

void
report_fixture_clear (ReportFixture *self)
{
  g_clear_pointer (&self->records, way_record_set_free);
  way_code_lists_unref ((WayCodeLists *) self->style.lists);
}

WayDossier *
report_fixture_steal_dossier (ReportFixture *self)
{
  return way_dossier_new (g_steal_pointer (&self->records));
}

GBytes *
report_fixture_render (ReportFixture *self)
{
  g_autoptr (WayDossier) dossier = report_fixture_steal_dossier (self);
  g_autoptr (GError) error = NULL;
  GBytes *pdf = way_visit_report_render (dossier, &self->style, self->xml, NULL, &error);

  g_assert_no_error (error);
  return pdf;
}

static void
fill_child (ReportFixture *self)
{
  WaySenStatus *status = report_fixture_add (self, WAY_SEN_STATUS);
  WayEnrolment *enrolment;
  static const char *const NEEDS[] = {"SLCN", "ASD"};
  static const char *const PEOPLE[] = {"SENCO", "Class teacher", "Teaching assistant"};

  status->child = g_strdup (self->child->record.id);
  status->provision = g_strdup ("K");
  status->from = way_date_new (2023, 9, 5);
  for (guint i = 0; i < G_N_ELEMENTS (NEEDS); i++) {
    WayNeed *need = report_fixture_add (self, WAY_NEED);

    need->child = g_strdup (self->child->record.id);
    need->rank = i + 1;
    need->type = g_strdup (NEEDS[i]);
    need->from = status->from;
  }
  for (guint i = 0; i < G_N_ELEMENTS (PEOPLE); i++) {
    WayVisitPerson *person = report_fixture_add (self, WAY_VISIT_PERSON);

    person->visit = g_strdup (self->visit->record.id);
    person->position = i + 1;
    person->name = g_strdup (PEOPLE[i]);
  }
  enrolment = report_fixture_add (self, WAY_ENROLMENT);
  enrolment->child = g_strdup (self->child->record.id);
  enrolment->setting = g_strdup (self->visit->setting);
  enrolment->from = way_date_new (2026, 9, 1);
  enrolment->main = WAY_YES;
}

static void
fill_texts (WayVisit *visit)
{
  visit->series_number = 3.0;
  visit->series_total = 3.0;
  visit->purpose =
      g_strdup ("To see how Ami uses the word-order mat in whole-class teaching, to review her two "
                "communication targets and to agree next steps before the transition meeting.");
  visit->seen = g_strdup (
      "During a twenty-minute science input Ami answered two of three “where” questions with a "
      "full phrase after looking at the mat, once without a prompt. She looked to her talk "
      "partner before speaking on four occasions. In the noisy changeover to tables she covered "
      "her ears, and settled within a minute when shown the now-and-next card.");
  visit->strategies = g_strdup (
      "Word-order mat on the desk and on the board; now-and-next card at changeovers; a talk "
      "partner who waits. Staff say the mat helps most when they point to it before they ask.");
  visit->advice = g_strdup ("- Keep the mat in view in every lesson, not only in English.\n"
                            "- Ask one question at a time and count silently to seven.");
  visit->next_visit = g_strdup ("transition meeting, 9:30");
  visit->next_date = way_date_new (2027, 2, 2);
  visit->distribution = g_strdup ("SENCO; parents (plain English, large print)");
}

static void
fill_targets (ReportFixture *self)
{
  static const double FIRST[] = {1, 1, 1, 2, 2, 3, 3, 3, 4, 4};
  static const double SECOND[] = {0, 1, 0, 1, 1, 2, 2, 2, 3};
  WayTarget *target = report_fixture_add_target (
      self,
      self->child,
      "By 12 December, Ami will answer a “where” question in class with a phrase of three or "
      "more words, in 4 of 5 chances, without a prompt.");
  GPtrArray *rows = way_record_set_list (self->records, WAY_VISIT_TARGET);
  WayVisitTarget *row = g_ptr_array_index (rows, 0);
  WayPhase *phase = report_fixture_add (self, WAY_PHASE);

  row->rating = 4.0;
  row->outcome = g_strdup ("on-track");
  row->decision = g_strdup ("continue");
  row->evidence = g_strdup ("Two of three “where” questions in science, one unprompted.");
  target->strategy = g_strdup ("Word-order mat");
  target->who = g_strdup ("Teaching assistant");
  target->how_often = g_strdup ("ten minutes, four times a week");
  phase->target = g_strdup (target->record.id);
  phase->date = way_date_new (2026, 9, 28);
  phase->label = g_strdup ("new seat");
  report_fixture_add_points (self, target, FIRST, G_N_ELEMENTS (FIRST));

  target = report_fixture_add_target (
      self,
      self->child,
      "By 12 December, Ami will move between activities within two minutes with the "
      "now-and-next card, in 4 of 5 changeovers.");
  row = g_ptr_array_index (rows, 1);
  row->rating = 3.0;
  row->outcome = g_strdup ("some");
  row->decision = g_strdup ("continue");
  report_fixture_add_points (self, target, SECOND, G_N_ELEMENTS (SECOND));
}

static void
fill_actions (ReportFixture *self)
{
  GPtrArray *rows = way_record_set_list (self->records, WAY_VISIT_ACTION);
  WayVisitAction *row;

  report_fixture_add_action (self,
                             "Move Ami's seat to the front left, away from the door",
                             "Class teacher",
                             way_date_new (2026, 9, 30),
                             TRUE)
      ->done = way_date_new (2026, 9, 28);
  report_fixture_add_action (self,
                             "Ten-minute phrase practice, four times a week",
                             "TA",
                             way_date_new (2026, 9, 30),
                             TRUE);
  row = g_ptr_array_index (rows, 0);
  row->effect = g_strdup ("done");
  row->note = g_strdup ("Staff see fewer turns to the door.");
  row = g_ptr_array_index (rows, 1);
  row->effect = g_strdup ("partly");
  row->note = g_strdup ("Three a week since half term (TA absent).");
  report_fixture_add_action (self,
                             "Word-order mat laminated for the science room",
                             "TA",
                             way_date_new (2026, 11, 24),
                             FALSE);
  report_fixture_add_action (
      self,
      "Now-and-next card at each changeover; note what happens for two weeks",
      "Class teacher",
      way_date_new (2026, 12, 4),
      FALSE);
  report_fixture_add_action (self,
                             "Review meeting with parents; bring the chart",
                             "SENCO",
                             way_date_new (2026, 12, 11),
                             FALSE);
}

static void
fill_views (ReportFixture *self)
{
  WayVisitView *view = report_fixture_add_view (
      self, "child", "Ami", "I like the word mat. I don't like it when it's loud.");
  WayAssessment *assessment = report_fixture_add (self, WAY_ASSESSMENT);

  view->verbatim = WAY_YES;
  view = report_fixture_add_view (
      self,
      "parent",
      "Mother",
      "Ami tells us about her day in longer sentences at home, mostly at bath time.");
  view->how = g_strdup ("by telephone, 16 November");
  view->verbatim = WAY_NO;
  assessment->child = g_strdup (self->child->record.id);
  assessment->visit = g_strdup (self->visit->record.id);
  assessment->name = g_strdup ("British Picture Vocabulary Scale");
  assessment->date = way_date_new (2026, 11, 17);
  assessment->score = g_strdup ("raw score 74");
  assessment->standard_score = 87.0;
  assessment->percentile = 19.0;
}

void
report_fixture_fill (ReportFixture *self)
{
  fill_child (self);
  fill_texts (self->visit);
  fill_targets (self);
  fill_actions (self);
  fill_views (self);
  self->style.made_up = TRUE;
  self->style.privacy_line =
      "Kept and shared under the service's privacy notice, which the school has.";
}
