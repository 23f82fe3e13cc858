/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report-fixture.h"
#include "way-visit-words.h"

static void
check (char *words, const char *expected)
{
  g_assert_cmpstr (words, ==, expected);
  g_free (words);
}

static void
test_stamp (void)
{
  check (way_words_stamp (NULL), "");
  check (way_words_stamp ("2026-11-17T17:05:09Z"), "17 Nov 2026, 17:05");
  check (way_words_stamp ("2026-07-01T09:05:00Z"), "1 Jul 2026, 10:05");
  /* Over midnight, and over the end of a month. */
  check (way_words_stamp ("2026-07-31T23:30:00Z"), "1 Aug 2026, 0:30");
  /* The hours in which the clocks change: 29 March and 25 October 2026. */
  check (way_words_stamp ("2026-03-29T00:59:00Z"), "29 Mar 2026, 0:59");
  check (way_words_stamp ("2026-03-29T01:00:00Z"), "29 Mar 2026, 2:00");
  check (way_words_stamp ("2026-10-25T00:59:00Z"), "25 Oct 2026, 1:59");
  check (way_words_stamp ("2026-10-25T01:00:00Z"), "25 Oct 2026, 1:00");
}

static void
test_fingerprint (void)
{
  check (way_words_fingerprint (NULL), "");
  check (way_words_fingerprint ("3f9a1c07b2e488d1"), "3f9a 1c07 b2e4 88d1");
  check (way_words_fingerprint ("3f9a 1c07 b2e4 88d1"), "3f9a 1c07 b2e4 88d1");
}

static void
test_small_words (void)
{
  check (way_words_lower_first ("Specialist teacher"), "specialist teacher");
  check (way_words_lower_first ("SENCO"), "SENCO");
  check (way_words_lower_first (""), "");
  check (way_words_sentence ("it rained"), "it rained.");
  check (way_words_sentence (" it rained! "), "it rained!");
  check (way_words_sentence (""), "");
}

static void
test_visit (void)
{
  ReportFixture fixture;
  g_autoptr (WayDossier) dossier = NULL;
  WayVisit *visit;

  report_fixture_init (&fixture);
  visit = fixture.visit;
  dossier = report_fixture_steal_dossier (&fixture);
  check (way_words_when (visit), "Tuesday 17 November 2026, 9:15–10:40");
  way_set_string (&visit->end, NULL);
  check (way_words_when (visit), "Tuesday 17 November 2026, 9:15");
  way_set_string (&visit->start, NULL);
  check (way_words_when (visit), "Tuesday 17 November 2026");
  check (way_words_kind (visit, fixture.style.lists), "Observation");
  visit->series_number = 2.0;
  check (way_words_kind (visit, fixture.style.lists), "Observation · visit 2");
  visit->series_total = 3.0;
  check (way_words_kind (visit, fixture.style.lists), "Observation · visit 2 of 3");
  check (way_words_next (visit), "");
  visit->next_date = way_date_new (2027, 2, 2);
  check (way_words_next (visit), "Tuesday 2 February 2027");
  check (way_words_title (dossier), "Record of Visit, 17 November 2026, A.O. (ref 7C2E)");
  check (way_words_who (dossier), "A.O. · ref 7C2E");
  report_fixture_clear (&fixture);
}

/* Where the visit was is not where the child goes to school. */
static void
test_school (void)
{
  ReportFixture fixture;
  g_autoptr (WayDossier) dossier = NULL;
  WayEnrolment *enrolment;
  const WayChild *child;

  report_fixture_init (&fixture);
  report_fixture_fill (&fixture);
  dossier = report_fixture_steal_dossier (&fixture);
  child = way_record_set_first (dossier->records, WAY_CHILD);
  enrolment = way_record_set_first (dossier->records, WAY_ENROLMENT);
  check (way_words_school (dossier, child), "Year 3 · Swale Park Primary");
  way_set_string (&enrolment->child, "somebody else");
  check (way_words_school (dossier, child), "Year 3");
  report_fixture_clear (&fixture);
}

static void
test_quoted (void)
{
  check (way_words_quoted ("I like it."), "“I like it.”");
  check (way_words_quoted ("“I like it.”"), "“I like it.”");
  check (way_words_quoted ("“I like it” (twice)"), "“I like it” (twice)");
  check (way_words_quoted ("\"I like it.\""), "\"I like it.\"");
  check (way_words_quoted ("‘I like it.’"), "‘I like it.’");
  check (way_words_quoted ("'Tis good."), "“'Tis good.”");
}

static void
test_effect (void)
{
  ReportFixture fixture;

  report_fixture_init (&fixture);
  check (way_words_effect ("done", way_date_new (2026, 9, 28), "It helps.", fixture.style.lists),
         "● Done, 28 September 2026. It helps.");
  check (way_words_effect ("partly", 0, NULL, fixture.style.lists), "◐ Partly");
  check (way_words_effect ("not", 0, "TA absent", fixture.style.lists), "○ Not done. TA absent");
  /* No data is not "not done". */
  check (way_words_effect (NULL, 0, NULL, fixture.style.lists), "no data");
  report_fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/words/stamp", test_stamp);
  g_test_add_func ("/report/words/fingerprint", test_fingerprint);
  g_test_add_func ("/report/words/small", test_small_words);
  g_test_add_func ("/report/words/visit", test_visit);
  g_test_add_func ("/report/words/school", test_school);
  g_test_add_func ("/report/words/quoted", test_quoted);
  g_test_add_func ("/report/words/effect", test_effect);
  return g_test_run ();
}
