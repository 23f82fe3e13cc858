/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts, numbers, the lines of an import's report, and what a dossier says. */
#include "way-dossier.h"
#include "way-error.h"
#include "way-import.h"
#include "way-number.h"
#include "way-text.h"

#include <string.h>

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_text (void)
{
  assert_text (way_text_fold (" Zoë  OKAFOR "), "zoe okafor");
  assert_text (way_text_fold ("Łódź\tß"), "łodz ss");
  assert_text (way_text_fold ("\xff"), "");
  assert_text (way_text_initials ("Amara Okafor"), "A.O.");
  assert_text (way_text_initials ("żoë smith-jones"), "Ż.S.J.");
  assert_text (way_text_initials (NULL), "");
  assert_text (way_text_first_words ("one two\nthree", 100), "one two three");
  assert_text (way_text_first_words ("one two three", 9), "one two…");
  assert_text (way_text_first_words ("żółć żółć", 6), "żółć…");
  assert_text (way_text_first_words (NULL, 5), "");
  g_assert_cmpuint (way_text_count_words ("  one\ntwo  three "), ==, 3);
  g_assert_cmpuint (way_text_count_words (NULL), ==, 0);
  g_assert_true (way_text_is_blank (" \t\n\u00a0"));
  g_assert_true (way_text_is_blank (NULL));
  g_assert_false (way_text_is_blank (" x"));
  g_assert_true (way_text_is_clean ("tab\t line\r\n 👍"));
  g_assert_false (way_text_is_clean ("bell\x07"));
  g_assert_false (way_text_is_clean ("\xef\xbf\xbf"));
}

static void
assert_fault (const char *text, gboolean is_prose, guint longest, const char *expected)
{
  g_autofree char *fault = way_text_dup_fault (text, is_prose, longest);

  g_assert_cmpstr (fault, ==, expected);
}

/* What a terminal, a printer or an eye would be misled by. */
static void
test_faults (void)
{
  assert_fault ("Żoë O’Neill-محمد\u200f", FALSE, 100, NULL);
  assert_fault ("one\ttwo\r\nthree", TRUE, 100, NULL);
  assert_fault ("", FALSE, 0, NULL);
  assert_fault ("a\x1b[2J", TRUE, 100, "holds a control character (U+001B); take it out");
  assert_fault ("a\x7f", TRUE, 100, "holds a control character (U+007F); take it out");
  assert_fault ("a\xc2\x9b", TRUE, 100, "holds a control character (U+009B); take it out");
  assert_fault (
      "a\nb", FALSE, 100, "holds a line break or a tab, but is one line; put a space instead");
  assert_fault (
      "a\u2028b", FALSE, 100, "holds a line break or a tab, but is one line; put a space instead");
  assert_fault (
      "a\u202eb", FALSE, 100, "holds a character that turns the text round (U+202E); take it out");
  assert_fault (
      "a\u2066b", FALSE, 100, "holds a character that turns the text round (U+2066); take it out");
  assert_fault ("a\xff", TRUE, 100, "is not UTF-8; save the file as UTF-8");
  assert_fault ("żółw", FALSE, 4, NULL); /* characters, not bytes */
  assert_fault ("żółwi", FALSE, 4, "is longer than 4 characters; shorten it");
  assert_text (way_text_dup_harmless ("a\nb\x1b[c\u202e\xff"), "a b\ufffd[c\ufffd\ufffd");
}

static void
test_uuid (void)
{
  g_autofree char *first = way_uuid_for_name ("child", "17");
  g_autofree char *again = way_uuid_for_name ("child", "17");
  g_autofree char *other = way_uuid_for_name ("visit", "17");
  g_autofree char *random = way_uuid_random ();

  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, !=, other);
  g_assert_true (way_uuid_is_valid (first) && way_uuid_is_valid (random));
  g_assert_cmpint (first[14], ==, '5');
  g_assert_false (way_uuid_is_valid ("17"));
  g_assert_false (way_uuid_is_valid (NULL));
}

static void
test_number (void)
{
  static const double NUMBERS[] = {0, 1, -2, 0.1, 2.5, 1e21, 1.0 / 3.0, 123456789.125, -1e-7};
  double back;

  for (guint i = 0; i < G_N_ELEMENTS (NUMBERS); i++) {
    g_autofree char *text = way_number_to_text (NUMBERS[i]);

    g_assert_true (way_number_from_text (text, &back));
    g_assert_true (back == NUMBERS[i]);
  }
  assert_text (way_number_to_text (-0.0), "0");
  assert_text (way_number_to_text (0.1), "0.1");
  assert_text (way_number_to_text (120), "120");
  assert_text (way_number_to_text (999999), "999999");
  assert_text (way_number_to_text (1000000), "1000000"); /* not 1e+06 */
  assert_text (way_number_to_text (-1200000), "-1200000");
  assert_text (way_number_to_text (1e15), "1000000000000000");
  assert_text (way_number_to_text (1234567.5), "1234567.5");
  g_assert_false (way_number_from_text ("", &back));
  g_assert_false (way_number_from_text ("1 ", &back));
  g_assert_false (way_number_from_text ("1e999", &back));
}

static void
test_import_notes (void)
{
  g_autoptr (WayImportReport) report = way_import_report_new ();
  const char *pupils = g_intern_static_string ("pupils.xml");
  WayImportNote *note = way_import_report_add (report, WAY_IMPORT_ERROR, pupils, 12);

  note->field = g_strdup ("DOB");
  note->message = g_strdup ("“2016-02-30” is not a date.");
  assert_text (way_import_note_format (note), "pupils.xml:12: DOB: “2016-02-30” is not a date.");

  note = way_import_report_add (report, WAY_IMPORT_CONFLICT, NULL, 0);
  note->title = g_strdup ("Amara Okafor");
  note->field = g_strdup ("upn");
  note->old_value = g_strdup ("F886200123001");
  assert_text (way_import_note_format (note),
               "Differs: Amara Okafor: UPN: the store has “F886200123001”, the file has “(empty)”");

  note->source = g_intern_static_string ("children.csv");
  note->line = 7;
  assert_text (
      way_import_note_format (note),
      "children.csv:7: Differs: Amara Okafor: UPN: the store has “F886200123001”, the file "
      "has “(empty)”");

  note = way_import_report_add (report, WAY_IMPORT_CHANGE, NULL, 0);
  note->source = g_intern_static_string ("visit.xml");
  note->title = g_strdup ("visit on 17 Nov 2025");
  note->message = g_strdup ("version 2 replaces version 1");
  assert_text (way_import_note_format (note),
               "visit.xml: visit on 17 Nov 2025: version 2 replaces version 1");

  note = way_import_report_add (report, WAY_IMPORT_ADD, NULL, 0);
  note->type = WAY_CHILD;
  note->title = g_strdup ("Amara Okafor");
  assert_text (way_import_note_format (note), "New child: Amara Okafor");

  note = way_import_report_add (report, WAY_IMPORT_NOTICE, NULL, 0);
  note->message = g_strdup ("Read as Windows-1252.");
  assert_text (way_import_note_format (note), "Read as Windows-1252.");
  g_assert_cmpuint (report->n_errors, ==, 1);
  g_assert_cmpuint (report->notes->len, ==, 5);
}

/* What is left out is counted, however many faults it has. */
static void
test_import_rows (void)
{
  g_autoptr (WayImportReport) report = way_import_report_new ();
  const char *cases = g_intern_static_string ("cases.csv");
  const char *visits = g_intern_static_string ("visits.csv");

  way_import_report_add (report, WAY_IMPORT_ERROR, cases, 2);
  way_import_report_add (report, WAY_IMPORT_ERROR, cases, 2);
  g_assert_cmpuint (report->n_errors, ==, 1);
  way_import_report_add (report, WAY_IMPORT_ERROR, visits, 2);
  way_import_report_add (report, WAY_IMPORT_ERROR, visits, 3);
  way_import_report_add (report, WAY_IMPORT_ERROR, visits, 0);
  way_import_report_add (report, WAY_IMPORT_ERROR, visits, 0);
  g_assert_cmpuint (report->n_errors, ==, 5);
}

/* Fifty bad rows of a file are enough to see what is wrong; the count stays. */
static void
test_import_fold (void)
{
  g_autoptr (WayImportReport) report = way_import_report_new ();

  for (guint i = 0; i < 120; i++) {
    const char *source = g_intern_string (i % 2 == 0 ? "a.csv" : "b.csv");
    WayImportNote *note = way_import_report_add (report, WAY_IMPORT_ERROR, source, i + 1);

    note->message = g_strdup ("is missing");
    if (i < 3)
      way_import_report_add (report, WAY_IMPORT_NOTICE, NULL, 0)->message = g_strdup ("no matter");
  }
  way_import_report_fold (report, WAY_IMPORT_ERROR, 50);
  g_assert_cmpuint (report->notes->len, ==, 50 + 50 + 3 + 2);
  g_assert_cmpuint (report->n_errors, ==, 120);
  assert_text (way_import_note_format (g_ptr_array_index (report->notes, 0)),
               "a.csv:1: Is missing.");
  assert_text (way_import_note_format (g_ptr_array_index (report->notes, 103)),
               "a.csv: There are 10 more like these in this file.");
  assert_text (way_import_note_format (g_ptr_array_index (report->notes, 104)),
               "b.csv: There are 10 more like these in this file.");
}

static void
test_import_summary (void)
{
  g_autoptr (WayImportReport) report = way_import_report_new ();

  assert_text (way_import_report_summary (report), "Nothing new.");
  report->n_same = 4;
  assert_text (way_import_report_summary (report), "Nothing new; 4 records were there already.");
  report->n_added[way_record_type_index (WAY_CHILD)] = 2;
  report->n_added[way_record_type_index (WAY_SETTING)] = 1;
  report->n_added[way_record_type_index (WAY_NEED)] = 1;
  report->n_added_total = 4;
  report->n_changed = 2;
  report->n_newer = 1;
  report->n_conflicts = 2;
  way_import_report_add (report, WAY_IMPORT_ERROR, NULL, 0);
  assert_text (way_import_report_summary (report),
               "2 children, 1 setting, 1 need added; 1 newer version of a record of visit; "
               "1 value filled in or changed; 2 differences between store and file; 4 records were "
               "there already; "
               "1 row left out.");
}

static gpointer
add (WayRecordSet *set, const WayRecordType *type, const char *id)
{
  WayRecord *record = way_record_set_add (set, type);

  record->id = g_strdup (id);
  return record;
}

static WayDossier *
make_dossier (const char *signed_at)
{
  WayRecordSet *set = way_record_set_new ();
  WayVisit *visit = add (set, WAY_VISIT, "v1");
  WayChild *child = add (set, WAY_CHILD, "7c2e-1");
  WayEnrolment *old = add (set, WAY_ENROLMENT, "e1"), *now = add (set, WAY_ENROLMENT, "e2");
  WaySenStatus *status = add (set, WAY_SEN_STATUS, "s1");

  visit->date = way_date_new (2026, 11, 17);
  way_set_string (&visit->practitioner, "p1");
  way_set_string (&visit->setting, "missing");
  way_set_string (&visit->signed_at, signed_at);
  way_set_string (&((WayPractitioner *) add (set, WAY_PRACTITIONER, "p1"))->name, "T. Eacher");
  way_set_string (&child->surname, "Okafor");
  way_set_string (&child->forename, "Amara");
  way_set_string (&child->preferred, "Ami");
  way_set_string (&((WayChild *) add (set, WAY_CHILD, "b2"))->forename, "Bo");
  for (guint i = 0; i < 2; i++) {
    WayVisitChild *link = add (set, WAY_VISIT_CHILD, i == 0 ? "l1" : "l2");
    WayAction *action = add (set, WAY_ACTION, i == 0 ? "a1" : "a2");

    way_set_string (&link->child, i == 0 ? "b2" : "7c2e-1");
    link->position = 2 - i;
    way_set_string (&action->visit, i == 0 ? "v1" : "before");
  }
  way_set_string (&old->child, "7c2e-1");
  old->from = way_date_new (2023, 9, 1);
  old->to = visit->date - 1;
  way_set_string (&now->child, "7c2e-1");
  now->from = visit->date;
  way_set_string (&status->child, "7c2e-1");
  status->from = visit->date + 1; /* not yet on the day */
  return way_dossier_new (set);
}

static void
test_dossier_reads (void)
{
  g_autoptr (WayDossier) dossier = make_dossier (NULL);
  g_autoptr (GPtrArray) children = way_dossier_dup_children (dossier);
  g_autoptr (GPtrArray) actions = way_dossier_dup_new_actions (dossier);
  g_autoptr (GPtrArray) all = way_dossier_dup_list (dossier, WAY_ACTION, NULL, NULL);
  const WayChild *child = g_ptr_array_index (children, 0);

  g_assert_cmpuint (children->len, ==, 2);
  g_assert_cmpuint (actions->len, ==, 1);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (way_dossier_get_author (dossier)->name, ==, "T. Eacher");
  g_assert_null (way_dossier_get_setting (dossier));
  g_assert_cmpstr (way_dossier_get_enrolment (dossier, child)->record.id, ==, "e2");
  g_assert_null (way_dossier_get_sen_status (dossier, child));
  assert_text (way_child_full_name (child), "Amara Okafor");
  assert_text (way_child_first_name (child), "Ami");
  assert_text (way_child_initials (child), "A.O.");
  assert_text (way_child_reference (child), "7C2E");
}

static void
test_dossier_fingerprint (void)
{
  g_autoptr (WayDossier) draft = make_dossier (NULL);
  g_autoptr (WayDossier) record = make_dossier ("2026-11-17T17:05:00Z");
  g_autofree char *text = way_dossier_to_canonical (record);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDossier) back = way_dossier_from_canonical (text, &error);
  g_autoptr (WayDossier) altered = NULL;
  char *name;

  g_assert_no_error (error);
  g_assert_cmpstr (draft->fingerprint, ==, "");
  g_assert_cmpuint (strlen (record->fingerprint), ==, WAY_FINGERPRINT_SIZE - 1);
  g_assert_cmpstr (back->fingerprint, ==, record->fingerprint);
  name = strstr (text, "Okafor");
  *name = 'U';
  altered = way_dossier_from_canonical (text, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (altered->fingerprint, !=, record->fingerprint);
  g_assert_null (way_dossier_from_canonical ("nothing of ours", &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_CORRUPT);
}

/* For finding, "ł" is "l"; for telling people apart it is not. */
/* Plain letters take a shorter way, which has to lead to the same. */
static void
test_fold_plain (void)
{
  for (char c = 1; c < 127; c++) {
    char plain[] = {c, c, 'a', c, 'E', c, 'e', '\0'};
    g_autofree char *accented = g_strdup_printf ("%.6s\xc3\x89", plain);
    g_autofree char *folded = way_text_fold (accented);

    assert_text (way_text_fold (plain), folded);
  }
  assert_text (way_text_fold (" \t"), "");
  assert_text (way_text_fold (" Amara \n OKAFOR "), "amara okafor");
}

static void
test_fold_for_search (void)
{
  assert_text (way_text_fold_for_search ("Łukasz  Żak"), "lukasz zak");
  assert_text (way_text_fold_for_search ("ÆØÞÐ Strauß ı"), "aeothd strauss i");
  assert_text (way_text_fold ("Łukasz"), "łukasz");
}

/* What a word processor puts on the clipboard. */
static void
test_tidy (void)
{
  static const char PASTED[] =
      "One\vtwo\f three\r\nfour\rfive\x07\xc2\x85six\x7f \xe2\x80\xaeseven";

  assert_text (way_text_tidy (PASTED, TRUE), "One\ntwo\n three\nfour\nfive\nsix \xe2\x80\xaeseven");
  assert_text (way_text_tidy (PASTED, FALSE), "One two  three four five six seven");
  for (int is_prose = 0; is_prose < 2; is_prose++) {
    g_autofree char *tidy = way_text_tidy (PASTED, is_prose);

    g_assert_null (way_text_dup_fault (tidy, is_prose, 1000));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/words/text", test_text);
  g_test_add_func ("/core/words/faults", test_faults);
  g_test_add_func ("/core/import/fold", test_import_fold);
  g_test_add_func ("/core/import/import-rows", test_import_rows);
  g_test_add_func ("/core/words/fold-plain", test_fold_plain);
  g_test_add_func ("/core/words/fold-for-search", test_fold_for_search);
  g_test_add_func ("/core/words/tidy", test_tidy);
  g_test_add_func ("/core/words/uuid", test_uuid);
  g_test_add_func ("/core/words/number", test_number);
  g_test_add_func ("/core/import/notes", test_import_notes);
  g_test_add_func ("/core/import/summary", test_import_summary);
  g_test_add_func ("/core/dossier/reads", test_dossier_reads);
  g_test_add_func ("/core/dossier/fingerprint", test_dossier_fingerprint);
  return g_test_run ();
}
