/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a child's page says, without a widget. */
#include "way-child-facts.h"
#include "way-record-dialog.h"
#include "way-values.h"

#include <math.h>

#define TODAY way_date_new (2026, 11, 22)

static WayCodeLists *
make_lists (void)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (way_record_free);
  static const char *const codes[][3] = {
      {"sen-provision", "K", "SEN support"},
      {"sen-provision", "E", "EHC plan"},
      {"case-status", "on-hold", "On hold"},
      {"visit-kind", "observation", "Observation"},
      {"target-state", "achieved", "Achieved"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    WayCode *code = way_record_new (WAY_CODE);

    way_set_string (&code->list, codes[i][0]);
    way_set_string (&code->code, codes[i][1]);
    way_set_string (&code->label, codes[i][2]);
    g_ptr_array_add (rows, code);
  }
  return way_code_lists_new (rows);
}

static WayTerms *
make_terms (void)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (way_record_free);

  for (guint i = 0; i < 2; i++) {
    WayTerm *term = way_record_new (WAY_TERM);

    term->record.id = g_strdup_printf ("term-%u", i);
    way_set_string (&term->year, "2026-27");
    term->term = i + 1;
    term->start = i == 0 ? way_date_new (2026, 9, 1) : way_date_new (2026, 11, 2);
    term->end = i == 0 ? way_date_new (2026, 10, 23) : way_date_new (2026, 12, 18);
    g_ptr_array_add (rows, term);
  }
  return way_terms_new (rows);
}

static WayRecordSet *
make_child (void)
{
  WayRecordSet *records = way_record_set_new ();
  WayChild *child = way_record_set_add (records, WAY_CHILD);

  child->record.id = g_strdup ("child");
  way_set_string (&child->forename, "Amara");
  way_set_string (&child->surname, "Okafor");
  child->dob = way_date_new (2018, 9, 14);
  return records;
}

static WayTarget *
add_target (WayRecordSet *records, const char *id, const char *statement, WayDate start)
{
  WayTarget *target = way_record_set_add (records, WAY_TARGET);

  target->record.id = g_strdup (id);
  way_set_string (&target->statement, statement);
  way_set_string (&target->measure, "count");
  target->scale_max = 5;
  target->start = start;
  return target;
}

static void
add_value (WayRecordSet *records, const char *target, WayDate date, double value)
{
  WayMeasurement *row = way_record_set_add (records, WAY_MEASUREMENT);

  way_set_string (&row->target, target);
  row->date = date;
  row->value = value;
  if (isnan (value))
    way_set_string (&row->not_measured, "away");
}

static WaySenStatus *
add_status (WayRecordSet *records, const char *provision, WayDate from)
{
  WaySenStatus *status = way_record_set_add (records, WAY_SEN_STATUS);

  way_set_string (&status->child, WAY_RECORD (way_record_set_first (records, WAY_CHILD))->id);
  way_set_string (&status->provision, provision);
  status->from = from;
  return status;
}

static void
test_line (void)
{
  g_autoptr (WayCodeLists) lists = make_lists ();
  g_autoptr (WayRecordSet) records = make_child ();
  g_autofree char *bare = way_child_facts_line (records, lists, TODAY);
  g_autofree char *full = NULL, *name = way_child_facts_name (records);
  g_autofree char *preferred = NULL, *none = way_child_facts_preferred (records);
  static const char *const needs[] = {"ASD", "SLCN"};
  WaySenStatus *status;

  g_assert_cmpstr (bare, ==, "8 y 2 m · Year 3");
  g_assert_cmpstr (name, ==, "Amara Okafor");
  g_assert_cmpstr (none, ==, "");
  way_set_string (&((WayChild *) way_record_set_first (records, WAY_CHILD))->preferred, "Ami");
  preferred = way_child_facts_preferred (records);
  g_assert_cmpstr (preferred, ==, "(Ami)");

  for (guint i = 0; i < 2; i++) {
    WayNeed *need = way_record_set_add (records, WAY_NEED);

    way_set_string (&need->type, needs[i]);
    need->rank = 2 - i;
  }
  status = add_status (records, "E", way_date_new (2024, 1, 1));
  status->to = way_date_new (2025, 1, 1);
  add_status (records, "K", way_date_new (2025, 1, 2));
  full = way_child_facts_line (records, lists, TODAY);
  /* The status of today, the primary need first. */
  g_assert_cmpstr (full, ==, "8 y 2 m · Year 3 · SEN support · SLCN, ASD");
  g_free (full);
  /* Two of one day, and one that began earlier and has no end: as in the list of children. */
  add_status (records, "E", way_date_new (2025, 1, 2));
  add_status (records, "K", way_date_new (2025, 1, 2));
  add_status (records, "N", way_date_new (2024, 6, 1));
  full = way_child_facts_line (records, lists, TODAY);
  g_assert_cmpstr (full, ==, "8 y 2 m · Year 3 · EHC plan · SLCN, ASD");
}

static void
test_case (void)
{
  g_autoptr (WayCodeLists) lists = make_lists ();
  g_autoptr (WayRecordSet) records = make_child ();
  g_autofree char *none = way_child_facts_case (records, lists, TODAY);
  g_autofree char *active = NULL, *held = NULL, *closed = NULL;
  WayCase *row = way_record_set_add (records, WAY_CASE);
  WayCaseStatus *status;

  g_assert_cmpstr (none, ==, "");
  row->record.id = g_strdup ("case");
  row->opened = way_date_new (2026, 1, 9);
  active = way_child_facts_case (records, lists, TODAY);
  g_assert_cmpstr (active, ==, "Case 1, active since 9 Jan 2026");
  status = way_record_set_add (records, WAY_CASE_STATUS);
  way_set_string (&status->case_id, "case");
  way_set_string (&status->status, "on-hold");
  status->from = way_date_new (2026, 5, 1);
  held = way_child_facts_case (records, lists, TODAY);
  g_assert_cmpstr (held, ==, "Case 1, On hold, opened 9 Jan 2026");
  row->closed = way_date_new (2026, 7, 1);
  closed = way_child_facts_case (records, lists, TODAY);
  g_assert_cmpstr (closed, ==, "Case 1, closed 1 Jul 2026");
}

static WayCase *
add_case (WayRecordSet *records, const char *id, WayDate opened)
{
  WayCase *row = way_record_set_add (records, WAY_CASE);

  row->record.id = g_strdup (id);
  row->opened = opened;
  return row;
}

/* What was entered later is not what is newer. */
static void
test_entered_late (void)
{
  g_autoptr (WayCodeLists) lists = make_lists ();
  g_autoptr (WayRecordSet) records = make_child ();
  g_autofree char *line = NULL, *text = NULL;

  for (guint i = 0; i < 2; i++) {
    WayDate from = way_date_new (2026 - (int) i, 2, 1);
    WaySenStatus *status = add_status (records, i == 0 ? "E" : "K", from);
    WayEnrolment *enrolment = way_record_set_add (records, WAY_ENROLMENT);
    WaySetting *setting = way_record_set_add (records, WAY_SETTING);
    WayAllocation *allocation = way_record_set_add (records, WAY_ALLOCATION);
    WayPractitioner *who = way_record_set_add (records, WAY_PRACTITIONER);

    enrolment->from = allocation->from = from;
    setting->record.id = g_strdup (i == 0 ? "new school" : "old school");
    way_set_string (&setting->name, setting->record.id);
    way_set_string (&enrolment->setting, setting->record.id);
    enrolment->main = i == 0 ? 0 : WAY_YES;
    who->record.id = g_strdup (i == 0 ? "now" : "before");
    way_set_string (&who->name, who->record.id);
    way_set_string (&allocation->practitioner, who->record.id);
    way_set_string (&allocation->case_id, "case");
    /* As they were entered. */
    status->record.created_at = g_strdup_printf ("2026-11-0%uT10:00:00Z", i + 1);
    enrolment->record.created_at = g_strdup (status->record.created_at);
  }
  add_case (records, "case", way_date_new (2025, 1, 9));
  way_record_set_sort_by_position (records);
  line = way_child_facts_line (records, lists, TODAY);
  g_assert_cmpstr (line, ==, "8 y 2 m · Year 3 · new school · EHC plan");
  text = way_child_facts_case (records, lists, TODAY);
  g_assert_cmpstr (text, ==, "Case 1, active since 9 Jan 2025 · now");
}

static void
check_case (WayRecordSet *records, const char *expected)
{
  g_autoptr (WayCodeLists) lists = make_lists ();
  g_autofree char *text = way_child_facts_case (records, lists, TODAY);

  g_assert_cmpstr (text, ==, expected);
}

/* One that will be given is none, and one that was withdrawn is called so. */
static void
test_agreement (void)
{
  g_autoptr (WayRecordSet) records = make_child ();
  WayAgreement *agreement = way_record_set_add (records, WAY_AGREEMENT);

  add_case (records, "case", way_date_new (2026, 1, 9));
  way_set_string (&agreement->child, "child");
  agreement->given_on = TODAY + 1;
  check_case (records, "Case 1, active since 9 Jan 2026");
  agreement->given_on = TODAY;
  check_case (records, "Case 1, active since 9 Jan 2026 · agreement recorded");
  agreement->withdrawn = TODAY;
  check_case (records, "Case 1, active since 9 Jan 2026 · agreement withdrawn");
}

/* A case is open on the day on which it closes, as in the list of children. */
static void
test_closing_day (void)
{
  g_autoptr (WayRecordSet) records = make_child ();
  WayCase *row = add_case (records, "case", way_date_new (2026, 1, 9));

  row->closed = TODAY;
  check_case (records, "Case 1, active since 9 Jan 2026");
  row->closed = TODAY - 1;
  check_case (records, "Case 1, closed 21 Nov 2026");
}

/* A case that is closed waits for no review. */
static void
test_review_closed (void)
{
  g_autoptr (WayRecordSet) records = make_child ();
  WayReview *review = way_record_set_add (records, WAY_REVIEW);
  WayCase *row = add_case (records, "case", way_date_new (2026, 1, 9));

  review->date = way_date_new (2026, 3, 1);
  review->next_review = TODAY - 1;
  row->closed = TODAY - 1;
  check_case (records, "Case 1, closed 21 Nov 2026");
  row->closed = TODAY;
  check_case (records, "Case 1, active since 9 Jan 2026 · review overdue since 21 Nov 2026");
}

/* The latest review says when the next one is; a day that is over is said too. */
static void
test_review_due (void)
{
  g_autoptr (WayRecordSet) records = make_child ();
  WayReview *latest = way_record_set_add (records, WAY_REVIEW);
  WayReview *earlier = way_record_set_add (records, WAY_REVIEW);

  add_case (records, "case", way_date_new (2026, 1, 9));
  latest->date = way_date_new (2026, 7, 1);
  latest->next_review = TODAY;
  earlier->date = way_date_new (2026, 3, 1);
  earlier->next_review = way_date_new (2027, 3, 1);
  check_case (records, "Case 1, active since 9 Jan 2026 · review due 22 Nov 2026");
  latest->next_review = TODAY - 1;
  check_case (records, "Case 1, active since 9 Jan 2026 · review overdue since 21 Nov 2026");
  latest->next_review = WAY_DATE_UNKNOWN;
  check_case (records, "Case 1, active since 9 Jan 2026");
}

/* Of two that were opened on one day, the page and what is added mean the same. */
static void
test_latest_case (void)
{
  g_autoptr (WayRecordSet) records = make_child ();
  g_autoptr (WayAllocation) row = NULL;
  WayCase *first = add_case (records, "first", TODAY - 7);

  add_case (records, "second", TODAY - 7);
  first->closed = TODAY - 1;
  check_case (records, "Case 2, active since 15 Nov 2026");
  row = way_record_dialog_new_record (way_record_dialog_find_kind (WAY_ALLOCATION), records, TODAY);
  g_assert_cmpstr (row->case_id, ==, "second");
}

/* What is opened later is not the latest yet, unless there is no other. */
static void
test_later_case (void)
{
  g_autoptr (WayRecordSet) records = make_child ();
  g_autoptr (WayRecordSet) none = make_child ();

  add_case (records, "now", TODAY - 7);
  add_case (records, "later", TODAY + 30);
  check_case (records, "Case 1, active since 15 Nov 2026");
  g_assert_cmpstr (way_child_facts_latest_case (records, TODAY)->record.id, ==, "now");
  add_case (none, "far", TODAY + 60);
  add_case (none, "near", TODAY + 30);
  check_case (none, "Case 1, opens 22 Dec 2026");
}

static void
test_targets (void)
{
  g_autoptr (WayRecordSet) records = make_child ();
  g_autoptr (GPtrArray) all = NULL, open = NULL;
  g_autofree char *words = NULL, *plain = NULL;
  WayTarget *ended = add_target (records, "ended", "Old", way_date_new (2026, 10, 1));

  way_set_string (&ended->state, "achieved");
  ended->ended = way_date_new (2026, 11, 1);
  add_target (records, "older", "One", way_date_new (2026, 9, 1));
  add_target (records, "newer", "Two", way_date_new (2026, 9, 5));
  all = way_child_facts_targets (records, FALSE);
  open = way_child_facts_targets (records, TRUE);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpuint (open->len, ==, 2);
  /* Over, whatever its state says; without a state, open. */
  way_set_string (&ended->state, "open");
  g_assert_false (way_target_is_open (ended));
  ended->ended = WAY_DATE_UNKNOWN;
  g_assert_true (way_target_is_open (ended));
  way_set_string (&ended->state, NULL);
  g_assert_true (way_target_is_open (ended));
  way_set_string (&ended->state, "closed");
  g_assert_false (way_target_is_open (ended));
  g_assert_cmpstr (((WayRecord *) all->pdata[0])->id, ==, "newer");
  g_assert_cmpstr (((WayRecord *) all->pdata[2])->id, ==, "ended");
  words = way_child_facts_short ("By 12 December, Ami will ask for help.", FALSE);
  plain = way_child_facts_short ("By herself", FALSE);
  g_assert_cmpstr (words, ==, "Ami will ask for help");
  g_assert_cmpstr (plain, ==, "By herself");
}

/* Where the comma is not that of the day, what the target is about must not be cut off. */
static void
test_short_after_a_comma (void)
{
  static const struct {
    const char *statement, *words;
  } cases[] = {
      {"By 18 December 2026, Ami will ask for help.", "Ami will ask for help"},
      {"By Easter Ami will join a game, unprompted.", "By Easter Ami will join a game, unprompted"},
      {"By May Ami will ask a peer, a friend or an adult to play",
       "By May Ami will ask a peer, a friend or an adult to play"},
      {"By May Ami reads ten words, unprompted", "By May Ami reads ten words, unprompted"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *words = way_child_facts_short (cases[i].statement, FALSE);

    g_assert_cmpstr (words, ==, cases[i].words);
  }
}

static void
test_actions (void)
{
  g_autoptr (WayRecordSet) records = make_child ();
  g_autoptr (GPtrArray) open = NULL;
  static const struct {
    const char *what;
    int day; /* of December, 0: none */
    gboolean done;
  } rows[] = {
      {"without a day", 0, FALSE}, {"later", 9, FALSE}, {"done", 1, TRUE}, {"soon", 2, FALSE}};

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    WayAction *action = way_record_set_add (records, WAY_ACTION);

    way_set_string (&action->what, rows[i].what);
    if (rows[i].day > 0)
      action->due = way_date_new (2026, 12, rows[i].day);
    if (rows[i].done)
      action->done = TODAY;
  }
  open = way_child_facts_open_actions (records);
  g_assert_cmpuint (open->len, ==, 3);
  g_assert_cmpstr (((WayAction *) open->pdata[0])->what, ==, "soon");
  g_assert_cmpstr (((WayAction *) open->pdata[2])->what, ==, "without a day");
}

static void
test_timeline (void)
{
  g_autoptr (WayCodeLists) lists = make_lists ();
  g_autoptr (WayTerms) terms = make_terms ();
  g_autoptr (WayRecordSet) records = make_child ();
  g_autoptr (GPtrArray) entries = NULL;
  const WayTimelineEntry *entry;
  WayVisit *visit = way_record_set_add (records, WAY_VISIT);

  visit->record.id = g_strdup ("visit");
  visit->date = way_date_new (2026, 11, 17);
  way_set_string (&visit->kind, "observation");
  way_set_string (&visit->seen, "Ami answered.");
  add_target (records, "t", "Ami asks", way_date_new (2026, 9, 5));
  add_value (records, "t", way_date_new (2026, 9, 12), 1);
  add_value (records, "t", way_date_new (2026, 9, 19), 2);
  add_value (records, "t", way_date_new (2026, 10, 28), 3); /* in the holidays */
  add_value (records, "t", way_date_new (2026, 11, 3), 4);
  /* Not measured is no value, so it is no line of its own. */
  add_value (records, "t", way_date_new (2026, 11, 10), NAN);
  entries = way_timeline_new (records, lists, terms, TODAY);
  g_assert_cmpuint (entries->len, ==, 5);
  entry = entries->pdata[0];
  g_assert_cmpstr (entry->what, ==, "Visit");
  g_assert_cmpstr (entry->text, ==, "Observation, not signed yet");
  g_assert_cmpstr (entry->detail, ==, "Ami answered.");
  g_assert_cmpstr (entry->visit, ==, "visit");
  entry = entries->pdata[1];
  g_assert_cmpstr (entry->text, ==, "Ami asks: 4 of 5");
  entry = entries->pdata[2];
  g_assert_cmpstr (entry->text, ==, "Ami asks: 3 of 5");
  entry = entries->pdata[3];
  g_assert_cmpstr (entry->text, ==, "Ami asks: 2 of 5 (the latest of 2)");
  g_assert_cmpuint (entry->date, ==, way_date_new (2026, 9, 19));
  entry = entries->pdata[4];
  g_assert_cmpstr (entry->what, ==, "Target set");
}

/* A target that was set again: which of the two a value is of has to be seen. */
static void
test_timeline_namesakes (void)
{
  g_autoptr (WayCodeLists) lists = make_lists ();
  g_autoptr (WayRecordSet) records = make_child ();
  g_autoptr (GPtrArray) entries = NULL;

  add_target (records, "a", "By 4 March, Ami will ask for help.", way_date_new (2026, 1, 5));
  add_target (records, "b", "By 9 December, Ami will ask for help.", way_date_new (2026, 9, 5));
  add_target (records, "c", "By 9 December, Ami will wait.", way_date_new (2026, 9, 5));
  add_value (records, "a", way_date_new (2026, 11, 3), 4);
  add_value (records, "b", way_date_new (2026, 11, 2), 2);
  add_value (records, "c", way_date_new (2026, 11, 1), 1);
  entries = way_timeline_new (records, lists, NULL, TODAY);
  g_assert_cmpuint (entries->len, >=, 3);
  g_assert_cmpstr (((WayTimelineEntry *) entries->pdata[0])->text,
                   ==,
                   "By 4 March, Ami will ask for help: 4 of 5");
  g_assert_cmpstr (((WayTimelineEntry *) entries->pdata[1])->text,
                   ==,
                   "By 9 December, Ami will ask for help: 2 of 5");
  g_assert_cmpstr (((WayTimelineEntry *) entries->pdata[2])->text, ==, "Ami will wait: 1 of 5");
}

/* A record may leave twice on one day, in two forms. */
static void
test_timeline_shared (void)
{
  g_autoptr (WayCodeLists) lists = make_lists ();
  g_autoptr (WayRecordSet) records = make_child ();
  g_autoptr (GPtrArray) entries = NULL;
  WayDisclosure *row = way_record_set_add (records, WAY_DISCLOSURE);

  way_set_string (&row->at, "2026-11-17T10:00:00Z");
  way_set_string (&row->what, "Record of Visit, 17 November 2026");
  way_set_string (&row->format, "PDF");
  way_set_string (&row->recipient, "Mrs Hale");
  entries = way_timeline_new (records, lists, NULL, TODAY);
  g_assert_cmpstr (((WayTimelineEntry *) entries->pdata[0])->text,
                   ==,
                   "Record of Visit, 17 November 2026 (PDF), to: Mrs Hale");
}

/* A kind of visit is written as the service writes it. */
static void
test_timeline_kind (void)
{
  g_autoptr (WayCodeLists) lists = make_lists ();
  g_autoptr (WayRecordSet) records = make_child ();
  g_autoptr (GPtrArray) entries = NULL;
  WayVisit *visit = way_record_set_add (records, WAY_VISIT);

  visit->record.id = g_strdup ("visit");
  visit->date = TODAY;
  way_set_string (&visit->kind, "EHCP review");
  way_set_string (&visit->signed_at, "2026-11-22T10:00:00Z");
  entries = way_timeline_new (records, lists, NULL, TODAY);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpstr (((WayTimelineEntry *) entries->pdata[0])->text, ==, "EHCP review");
}

/* A change that is planned, and a target that starts or ends another day, have not happened. */
static void
test_timeline_planned (void)
{
  g_autoptr (WayCodeLists) lists = make_lists ();
  g_autoptr (WayTerms) terms = make_terms ();
  g_autoptr (WayRecordSet) records = make_child ();
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) then = NULL;
  WayTarget *target;
  WayPhase *phase = way_record_set_add (records, WAY_PHASE);

  add_target (records, "t", "Ami asks", TODAY - 30);
  target = way_record_set_first (records, WAY_TARGET);
  target->ended = TODAY + 3;
  add_target (records, "later", "Ami waits", TODAY + 1);
  phase->record.id = g_strdup ("phase");
  way_set_string (&phase->target, "t");
  way_set_string (&phase->label, "new seat");
  phase->date = TODAY + 2;
  before = way_timeline_new (records, lists, terms, TODAY);
  g_assert_cmpuint (before->len, ==, 1);
  g_assert_cmpuint (((WayTimelineEntry *) before->pdata[0])->date, ==, TODAY - 30);
  then = way_timeline_new (records, lists, terms, TODAY + 2);
  g_assert_cmpuint (then->len, ==, 3);
  g_assert_cmpstr (((WayTimelineEntry *) then->pdata[0])->text, ==, "new seat");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/child-facts/line", test_line);
  g_test_add_func ("/child-facts/case", test_case);
  g_test_add_func ("/child-facts/entered-late", test_entered_late);
  g_test_add_func ("/child-facts/agreement", test_agreement);
  g_test_add_func ("/child-facts/closing-day", test_closing_day);
  g_test_add_func ("/child-facts/review-due", test_review_due);
  g_test_add_func ("/child-facts/review-closed", test_review_closed);
  g_test_add_func ("/child-facts/latest-case", test_latest_case);
  g_test_add_func ("/child-facts/later-case", test_later_case);
  g_test_add_func ("/child-facts/targets", test_targets);
  g_test_add_func ("/child-facts/short-after-a-comma", test_short_after_a_comma);
  g_test_add_func ("/child-facts/actions", test_actions);
  g_test_add_func ("/child-facts/timeline", test_timeline);
  g_test_add_func ("/child-facts/timeline-shared", test_timeline_shared);
  g_test_add_func ("/child-facts/timeline-kind", test_timeline_kind);
  g_test_add_func ("/child-facts/timeline-namesakes", test_timeline_namesakes);
  g_test_add_func ("/child-facts/timeline-planned", test_timeline_planned);
  return g_test_run ();
}
