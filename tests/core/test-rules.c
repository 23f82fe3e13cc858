/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pupil numbers, years, terms, code lists, and the rules that every record keeps. */
#include "tables-fixture.h"
#include "way-check.h"
#include "way-error.h"
#include "way-nc-year.h"
#include "way-terms.h"
#include "way-text.h"
#include "way-upn.h"
#include "way-values.h"

#include <string.h>

#define TODAY way_date_new (2026, 11, 22)

static void
test_upn (void)
{
  static const struct {
    const char *upn;
    WayUpnKind kind;
  } NUMBERS[] = {{"B801200005001", WAY_UPN_PERMANENT},
                 {"R674123101121", WAY_UPN_PERMANENT},
                 {"F886200123001", WAY_UPN_PERMANENT},
                 {"P886540222105", WAY_UPN_PERMANENT},
                 {"E88620012301A", WAY_UPN_TEMPORARY},
                 {"Q88620012301Z", WAY_UPN_TEMPORARY},
                 {"F88620012402K", WAY_UPN_TEMPORARY},
                 {"A886200123001", WAY_UPN_WRONG_LETTER},
                 {"F886200123002", WAY_UPN_WRONG_LETTER},
                 {"E88620012301B", WAY_UPN_WRONG_LETTER},
                 {"I886200123001", WAY_UPN_MALFORMED},
                 {"f886200123001", WAY_UPN_MALFORMED},
                 {"F88620012300", WAY_UPN_MALFORMED},
                 {"F8862001230011", WAY_UPN_MALFORMED},
                 {"F8862001A3001", WAY_UPN_MALFORMED},
                 {"F88620012301O", WAY_UPN_MALFORMED},
                 {"F88620012300é", WAY_UPN_MALFORMED},
                 {"", WAY_UPN_MALFORMED}};

  for (guint i = 0; i < G_N_ELEMENTS (NUMBERS); i++)
    g_assert_cmpint (way_upn_check (NUMBERS[i].upn), ==, NUMBERS[i].kind);
  for (guint serial = 0; serial < 1000; serial++) {
    g_autofree char *upn = way_upn_make (886, 2001, 2023, serial);

    g_assert_cmpint (way_upn_check (upn), ==, WAY_UPN_PERMANENT);
    if (serial == 1)
      g_assert_cmpstr (upn, ==, "F886200123001");
  }
  {
    g_autofree char *upn = way_upn_normalise (" f886 2001\t23001\n");
    g_autofree char *none = way_upn_normalise (" \t");

    g_assert_cmpstr (upn, ==, "F886200123001");
    g_assert_null (none);
    g_assert_null (way_upn_normalise (NULL));
  }
}

/* As somebody wrote it, now or formerly; what nobody has is not shared. */
static void
test_shared_upn (void)
{
  static const struct {
    const char *upn, *former, *other, *other_former;
    gboolean is_shared;
  } CASES[] = {{"F886200123001", NULL, " f886 2001 23001", NULL, TRUE},
               {"F886200123001", NULL, NULL, "F886200123001", TRUE},
               {NULL, "F886200123001", "F886200123001", "F88620012402K", TRUE},
               {NULL, "F886200123001", NULL, "F886200123001", TRUE},
               {"F886200123001", "F88620012402K", "P886540222105", NULL, FALSE},
               {NULL, " ", NULL, "", FALSE},
               {NULL, NULL, NULL, NULL, FALSE}};

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (WayChild) child = way_record_new (WAY_CHILD), other = way_record_new (WAY_CHILD);

    child->upn = g_strdup (CASES[i].upn);
    child->former_upn = g_strdup (CASES[i].former);
    other->upn = g_strdup (CASES[i].other);
    other->former_upn = g_strdup (CASES[i].other_former);
    g_assert_cmpint (way_child_shares_upn (child, other), ==, CASES[i].is_shared);
    g_assert_cmpint (way_child_shares_upn (other, child), ==, CASES[i].is_shared);
  }
}

static void
test_nc_year (void)
{
  static const struct {
    int birth[3], on[3], year;
  } CASES[] = {{{2015, 8, 31}, {2019, 9, 1}, 0},
               {{2015, 9, 1}, {2019, 9, 1}, -1},
               {{2014, 9, 1}, {2020, 8, 31}, 0},
               {{2014, 9, 1}, {2020, 9, 1}, 1},
               {{2016, 2, 29}, {2026, 10, 1}, 6},
               {{2018, 9, 14}, {2026, 11, 17}, 3},
               {{2001, 10, 1}, {2026, 11, 17}, 20},
               {{2025, 1, 1}, {2026, 11, 17}, -3}};

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    const int *b = CASES[i].birth, *on = CASES[i].on;

    g_assert_cmpint (
        way_nc_year (way_date_new (b[0], b[1], b[2]), way_date_new (on[0], on[1], on[2])),
        ==,
        CASES[i].year);
  }
}

/* Who is taught out of cohort moves up on 1 September too; a record of an earlier day has the year
 * of then. */
static void
test_nc_year_moves (void)
{
  static const struct {
    const char *code;
    int year, month, day;
    const char *then;
  } CASES[] = {{"3", 2026, 11, 17, "3"},
               {"3", 2027, 8, 31, "3"},
               {"3", 2027, 9, 1, "4"},
               {"3", 2024, 10, 1, "1"},
               {"3", 2023, 10, 1, "R"},
               {"N2", 2027, 9, 1, "R"},
               {"R", 2025, 9, 1, "N2"},
               {"14", 2028, 9, 1, "16"},
               {"M", 2028, 9, 1, "M"},
               {"X", 2028, 9, 1, "X"}};
  WayDate from = way_date_new (2026, 9, 1);

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    WayDate on = way_date_new (CASES[i].year, CASES[i].month, CASES[i].day);
    g_autofree char *moved = way_nc_year_moved (CASES[i].code, from, on);
    g_autofree char *unknown = way_nc_year_moved (CASES[i].code, WAY_DATE_UNKNOWN, on);

    g_assert_cmpstr (moved, ==, CASES[i].then);
    g_assert_cmpstr (unknown, ==, CASES[i].code);
  }
}

static void
test_nc_year_words (void)
{
  static const struct {
    int year;
    const char *code, *label;
  } CASES[] = {{-9, "E1", "Under 2"},
               {-4, "E1", "Under 2"},
               {-3, "E2", "Under 2"},
               {-2, "N1", "Nursery (age 2)"},
               {-1, "N2", "Nursery (age 3)"},
               {0, "R", "Reception"},
               {3, "3", "Year 3"},
               {14, "14", "Year 14"},
               {20, "20", "Past Year 14"}};
  WayDate birth = way_date_new (2018, 9, 14), on = way_date_new (2026, 11, 17);
  g_autofree char *computed = way_nc_year_label_for (birth, NULL, WAY_DATE_UNKNOWN, on);
  g_autofree char *actual = way_nc_year_label_for (birth, "2", on, on);

  g_autofree char *own = way_nc_year_label ("Q");
  g_autofree char *none = way_nc_year_label (NULL);
  static const char *const NO_YEARS[] = {"0", "-1", "1.5", "-1e300", "nan", "00"};

  g_assert_cmpint (way_nc_year_rank (birth, "2", on, on), ==, 2);
  g_assert_cmpint (
      way_nc_year_rank (birth, NULL, WAY_DATE_UNKNOWN, on), ==, way_nc_year (birth, on));
  g_assert_cmpint (way_nc_year_rank (birth, "M", on, on), >, 20);

  for (guint i = 0; i < G_N_ELEMENTS (NO_YEARS); i++) {
    g_autofree char *label = way_nc_year_label (NO_YEARS[i]);

    g_assert_cmpstr (label, ==, NO_YEARS[i]);
  }
  {
    g_autofree char *huge = way_nc_year_label ("1e300");

    g_assert_cmpstr (huge, ==, "Past Year 14");
  }
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *code = way_nc_year_code (CASES[i].year);
    g_autofree char *label = way_nc_year_label (code);

    g_assert_cmpstr (code, ==, CASES[i].code);
    g_assert_cmpstr (label, ==, CASES[i].label);
  }
  g_assert_cmpstr (computed, ==, "Year 3");
  g_assert_cmpstr (actual, ==, "Year 2");
  g_assert_cmpstr (own, ==, "Q");
  g_assert_cmpstr (none, ==, "");
}

/* Returns are counted by the table of terms. */
static void
test_term_faults (void)
{
  static const struct {
    const char *year;
    double term;
    const char *start, *end, *field;
  } CASES[] = {{"2026-27", 1, "2026-08-28", "2026-10-23", NULL},
               {"2099-00", 6, "2100-06-01", "2100-07-23", NULL},
               {"2026-28", 1, "2026-09-01", "2026-10-23", "year"},
               {"2026", 1, "2026-09-01", "2026-10-23", "year"},
               {"2026-27x", 1, "2026-09-01", "2026-10-23", "year"},
               {"2026-27", 7, "2026-09-01", "2026-10-23", "term"},
               {"2026-27", 0, "2026-09-01", "2026-10-23", "term"},
               {"2026-27", 1.5, "2026-09-01", "2026-10-23", "term"},
               {"2026-27", 1, "2036-09-01", "2036-10-23", "start"},
               {"2026-27", 1, "2025-09-01", "2026-10-23", "start"},
               {"2026-27", 6, "2027-06-01", "2027-10-23", "end"}};

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (WayTerm) term = way_record_new (WAY_TERM);
    g_autoptr (GPtrArray) findings = NULL;
    const WayFinding *first;

    term->year = g_strdup (CASES[i].year);
    term->term = CASES[i].term;
    term->start = way_date_from_iso (CASES[i].start);
    term->end = way_date_from_iso (CASES[i].end);
    findings = way_record_check (term, NULL, term->start);
    g_assert_cmpuint (findings->len, ==, CASES[i].field != NULL);
    if (CASES[i].field == NULL)
      continue;
    first = findings->pdata[0];
    g_assert_false (first->is_warning);
    g_assert_cmpstr (first->field->name, ==, CASES[i].field);
  }
}

/* Each term's window on both sides of both ends; no day of the table in none or two. */
static void
test_term_windows (void)
{
  g_autoptr (GPtrArray) rows = tables_read ("terms.csv");
  g_autoptr (WayTerms) terms = way_terms_new (rows);
  guint n = way_terms_get_length (terms);
  const WayTerm *first = way_terms_get (terms, 0), *last = way_terms_get (terms, n - 1);

  g_assert_cmpuint (n, ==, 30);
  g_assert_null (way_terms_find (terms, first->start - 1));
  g_assert_null (way_terms_find (terms, last->end + 1));
  g_assert_true (way_terms_find (terms, last->end) == last);
  for (guint i = 0; i < n; i++) {
    const WayTerm *term = way_terms_get (terms, i);
    WayDate end = way_terms_get_window_end (terms, term);
    g_autofree char *name = way_term_name (term);

    g_assert_true (way_terms_find (terms, term->start) == term);
    g_assert_true (way_terms_find (terms, term->end) == term);
    g_assert_true (way_terms_find (terms, end) == term);
    g_assert_true (way_terms_find_name (terms, name) == term);
    if (i + 1 < n) {
      g_assert_cmpuint (end + 1, ==, way_terms_get (terms, i + 1)->start);
      g_assert_true (way_terms_find (terms, term->end + 1) == term);
      g_assert_false (way_terms_is_school_day (terms, term->end + 1));
    }
  }
  g_assert_null (way_terms_find_name (terms, "2023-24/7"));
}

/* 195 weekdays a year without the May Day holiday: the table's own check sum. */
static void
test_term_table_adds_up (void)
{
  g_autoptr (GPtrArray) rows = tables_read ("terms.csv");
  g_autoptr (WayTerms) terms = way_terms_new (rows);

  for (int year = 2022; year < 2027; year++) {
    guint days = 0;

    for (WayDate day = way_date_new (year, 9, 1); day < way_date_new (year + 1, 9, 1); day++)
      days += way_terms_is_school_day (terms, day);
    g_assert_cmpuint (days, ==, 196);
  }
}

static void
test_term_days (void)
{
  g_autoptr (GPtrArray) rows = tables_read ("terms.csv");
  g_autoptr (WayTerms) terms = way_terms_new (rows);
  g_autoptr (WayTerms) copy = way_terms_copy (terms);
  const WayTerm *spring = way_terms_find (terms, way_date_new (2024, 2, 14));
  g_autofree char *label = way_term_label (spring);

  g_assert_cmpstr (label, ==, "Spring, term 3");
  g_assert_true (way_terms_is_school_day (terms, way_date_new (2024, 2, 9)));
  g_assert_false (way_terms_is_school_day (terms, way_date_new (2024, 2, 10)));
  g_assert_false (way_terms_is_school_day (terms, way_date_new (2024, 2, 14)));
  g_assert_false (way_terms_is_school_day (terms, way_date_new (2024, 1, 13)));
  g_assert_false (way_terms_is_school_day (terms, WAY_DATE_UNKNOWN));
  g_assert_cmpuint (way_terms_get_length (copy), ==, 30);
}

static WayTerm *
add_term (GPtrArray *rows, int number, WayDate start, WayDate end)
{
  WayTerm *term = way_record_new (WAY_TERM);

  way_set_string (&term->year, "2024-25");
  term->term = number;
  term->start = start;
  term->end = end;
  g_ptr_array_add (rows, term);
  return term;
}

static void
test_term_table_is_checked (void)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (way_record_free);
  g_autoptr (GError) error = NULL;
  WayDate start = way_date_new (2024, 9, 2);
  WayTerm *second = add_term (rows, 2, start + 60, start + 100);

  add_term (rows, 1, start, start + 50); /* out of order on purpose */
  g_assert_true (way_terms_check (rows, &error));
  second->start = start + 50;
  g_assert_false (way_terms_check (rows, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  g_assert_cmpstr (
      error->message, ==, "Terms 2024-25/1 and 2024-25/2 overlap; put their days right");
  g_clear_error (&error);
  second->start = start + 60;
  second->end = start + 59;
  g_assert_false (way_terms_check (rows, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
}

static void
test_no_terms (void)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (WayTerms) terms = way_terms_new (rows);

  g_assert_cmpuint (way_terms_get_length (terms), ==, 0);
  g_assert_null (way_terms_find (terms, TODAY));
  g_assert_true (way_terms_check (rows, NULL));
}

/* Every list that a field names has entries, and no entry stands twice. */
static void
test_lists_are_complete (void)
{
  g_autoptr (GPtrArray) rows = tables_read ("lists.csv");
  g_autoptr (WayCodeLists) lists = way_code_lists_new (rows);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint t = 0; t < WAY_N_RECORD_TYPES; t++) {
    for (guint i = 0; i < WAY_RECORD_TYPES[t]->n_fields; i++) {
      const WayField *field = &WAY_RECORD_TYPES[t]->fields[i];
      g_autoptr (GPtrArray) entries = NULL;

      if (field->kind != WAY_FIELD_CODE)
        continue;
      entries = way_code_lists_get (lists, field->list);
      g_assert_cmpuint (entries->len, >, 1);
    }
  }
  for (guint i = 0; i < rows->len; i++) {
    const WayCode *row = g_ptr_array_index (rows, i);
    g_autoptr (GError) error = NULL;

    g_assert_true (g_hash_table_add (seen, g_strdup_printf ("%s/%s", row->list, row->code)));
    way_record_validate (row, NULL, TODAY, &error);
    g_assert_no_error (error);
    if (strcmp (row->list, "sen-type") == 0 && row->extra != NULL)
      g_assert_nonnull (way_code_lists_find (lists, "lar-category", row->extra));
  }
}

static void
test_lists_find (void)
{
  g_autoptr (GPtrArray) rows = tables_read ("lists.csv");
  g_autoptr (WayCodeLists) lists = way_code_lists_new (rows);
  g_autoptr (GPtrArray) provisions = way_code_lists_get (lists, "sen-provision");
  g_autoptr (GPtrArray) none = way_code_lists_get (lists, "no such list");
  WayCodeLists *same = way_code_lists_ref (lists);

  g_assert_cmpuint (provisions->len, ==, 3); /* legacy codes are known but not offered */
  g_assert_cmpstr (((WayCode *) g_ptr_array_index (provisions, 1))->code, ==, "K");
  g_assert_nonnull (way_code_lists_find (lists, "sen-provision", "S"));
  g_assert_null (way_code_lists_find (lists, "sen-provision", "SLCN"));
  g_assert_null (way_code_lists_find (lists, "sen-provision", NULL));
  g_assert_cmpstr (way_code_lists_label (lists, "outcome", "voice"), ==, "My voice");
  g_assert_cmpstr (way_code_lists_label (lists, "outcome", "own"), ==, "own");
  g_assert_cmpstr (way_code_lists_label (lists, "outcome", NULL), ==, "");
  g_assert_null (way_code_lists_find (lists, "sen-type", "DS")->group); /* belongs to no area */
  g_assert_cmpuint (none->len, ==, 0);
  way_code_lists_unref (same);
}

/* One field set wrong in a record that is otherwise in order: "field: error" or
 * "field: warning", or nothing. */
static const struct {
  const char *name;
  const WayRecordType *type;
  const char *fields; /* "name=value" split by | */
  const char *found;  /* fields with "!" for an error, "?" for a warning */
} RULE_CASES[] = {
    {"child", &way_child_type, "surname=A|forename=B|dob=2018-09-14", ""},
    {"child-without-name", &way_child_type, "forename=B|dob=2018-09-14", "surname! "},
    {"child-of-spaces", &way_child_type, "surname= |forename=B|dob=2018-09-14", "surname! "},
    {"child-of-today", &way_child_type, "surname=A|forename=B|dob=2026-11-22", ""},
    {"child-of-tomorrow", &way_child_type, "surname=A|forename=B|dob=2026-11-23", "dob! "},
    {"young-adult", &way_child_type, "surname=A|forename=B|dob=2000-11-23", ""},
    {"child-too-old", &way_child_type, "surname=A|forename=B|dob=2000-11-22", "dob? "},
    {"child-bad-sex", &way_child_type, "surname=A|forename=B|dob=2018-09-14|sex=Z", "sex! "},
    {"upn-letter",
     &way_child_type,
     "surname=A|forename=B|dob=2018-09-14|upn=A886200123001",
     "upn? "},
    {"upn-malformed", &way_child_type, "surname=A|forename=B|dob=2018-09-14|upn=12", "upn? "},
    {"errors-first",
     &way_child_type,
     "surname=A|forename=B|dob=2026-11-23|upn=12|sex=Z",
     "sex! dob! upn? "},
    {"enrolment-one-day",
     &way_enrolment_type,
     "child=c|setting=s|from=2026-01-05|to=2026-01-05",
     ""},
    {"enrolment-back",
     &way_enrolment_type,
     "child=c|setting=s|from=2026-01-05|to=2026-01-04",
     "to! "},
    {"sen-status-back",
     &way_sen_status_type,
     "child=c|provision=K|from=2026-01-05|to=2025-01-04",
     "to! "},
    {"sen-status-code", &way_sen_status_type, "child=c|provision=Z|from=2026-01-05", "provision! "},
    {"flag-back", &way_flag_type, "child=c|flag=eal|from=2026-01-05|to=2026-01-04", "to! "},
    {"allocation-back",
     &way_allocation_type,
     "case=c|practitioner=p|from=2026-01-05|to=2026-01-04",
     "to! "},
    {"need-rank", &way_need_type, "child=c|rank=0|type=SLCN", "rank! "},
    {"need-half-rank", &way_need_type, "child=c|rank=1.5|type=SLCN", "rank! "},
    {"case-closed-early",
     &way_case_type,
     "child=c|opened=2026-01-05|closed=2026-01-04|closed_reason=moved",
     "closed! "},
    {"case-no-reason",
     &way_case_type,
     "child=c|opened=2026-01-05|closed=2026-02-04",
     "closed_reason? "},
    {"target",
     &way_target_type,
     "child=c|statement=S|measure=count|criterion=4|start=2026-09-01|due=2026-09-01|state=open",
     ""},
    {"number-too-large", WAY_MEASUREMENT, "target=t|date=2026-01-05|value=1e308", "value! "},
    {"number-too-far-below",
     WAY_MEASUREMENT,
     "target=t|date=2026-01-05|value=-1000000001",
     "value! "},
    {"number-largest", WAY_MEASUREMENT, "target=t|date=2026-01-05|value=1000000000", ""},
    {"target-centuries-ago",
     &way_target_type,
     "child=c|statement=S|measure=count|criterion=4|state=open|start=1016-09-01|due=2026-09-01|"
     "baseline_date=1899-12-31",
     "baseline_date! start! "},
    {"target-centuries-ahead",
     &way_target_type,
     "child=c|statement=S|measure=count|criterion=4|state=open|start=2926-09-01|due=2927-09-01",
     "start! due! "},
    {"target-of-long-ago",
     &way_target_type,
     "child=c|statement=S|measure=count|criterion=4|state=open|start=1998-09-01|due=2001-09-01",
     ""},
    {"target-of-long-plan",
     &way_target_type,
     "child=c|statement=S|measure=count|criterion=4|state=open|start=2026-09-01|due=2040-09-01",
     ""},
    {"measured-centuries-ago", &way_measurement_type, "target=t|date=0216-01-05|value=1", "date! "},
    {"change-centuries-ago", &way_phase_type, "target=t|date=0216-01-05|label=L", "date! "},
    {"change-centuries-ahead", &way_phase_type, "target=t|date=2126-01-05|label=L", "date! "},
    {"change-planned", &way_phase_type, "target=t|date=2026-12-01|label=L", ""},
    {"action-centuries-ahead",
     &way_action_type,
     "what=W|due=2126-01-05|done=3026-01-05",
     "due! done! "},
    {"action-centuries-ago", &way_action_type, "what=W|due=0026-01-05", "due! "},
    {"action-of-years", &way_action_type, "what=W|due=2028-09-01|done=2001-01-05", ""},
    {"enrolment-centuries-ago", &way_enrolment_type, "child=c|setting=s|from=1000-01-01", "from! "},
    {"enrolment-centuries-ahead",
     &way_enrolment_type,
     "child=c|setting=s|from=2206-09-01|to=2306-09-01",
     "from! to! "},
    {"enrolment-next-autumn",
     &way_enrolment_type,
     "child=c|setting=s|from=2027-09-01|to=2034-07-20",
     ""},
    {"status-centuries-ahead",
     &way_sen_status_type,
     "child=c|provision=K|from=2206-09-01",
     "from! "},
    {"need-centuries-ahead", &way_need_type, "child=c|type=SLCN|rank=1|from=2206-09-01", "from! "},
    {"case-centuries-ahead",
     &way_case_type,
     "child=c|opened=2206-09-01|closed=2207-09-01",
     "opened! closed! closed_reason? "},
    {"percentile-beyond",
     &way_assessment_type,
     "child=c|name=N|date=2025-01-01|percentile=121|standard_score=888",
     "percentile! standard_score? "},
    {"assessed-tomorrow", &way_assessment_type, "child=c|name=N|date=2199-01-01", "date! "},
    {"agreed-tomorrow",
     &way_agreement_type,
     "child=c|given_by=G|given_on=2199-01-01",
     "given_on! "},
    {"target-due-early",
     &way_target_type,
     "child=c|statement=S|measure=count|criterion=4|start=2026-09-02|due=2026-09-01|state=open",
     "due! "},
    {"target-no-aim",
     &way_target_type,
     "child=c|statement=S|measure=count|start=2026-09-02|state=open",
     "due? criterion? "},
    {"target-in-steps",
     &way_target_type,
     "child=c|statement=S|measure=steps|start=2026-09-02|due=2026-10-01|state=open",
     ""},
    {"target-scale",
     &way_target_type,
     "child=c|statement=S|measure=count|criterion=4|start=2026-09-02|due=2026-10-01|state=open|"
     "scale_min=5|scale_max=5",
     "scale_max! "},
    {"target-gas",
     &way_target_type,
     "child=c|statement=S|measure=gas|gas_0=x|baseline=-2|criterion=2|start=2026-09-02|"
     "due=2026-10-01|state=open",
     ""},
    {"target-gas-outside",
     &way_target_type,
     "child=c|statement=S|measure=gas|baseline=-3|expected=2.5|start=2026-09-02|due=2026-10-01|"
     "state=open",
     "baseline! expected! gas_0? "},
    {"target-aim-outside",
     &way_target_type,
     "child=c|statement=S|measure=percent|baseline=-5|criterion=140|start=2026-09-02|"
     "due=2026-10-01|state=open",
     "baseline! criterion! "},
    {"target-yes-no",
     &way_target_type,
     "child=c|statement=S|measure=yesno|criterion=10|start=2026-09-02|due=2026-10-01|state=open",
     "criterion! "},
    {"target-out-of",
     &way_target_type,
     "child=c|statement=S|measure=count|scale_max=5|baseline=0|criterion=6|start=2026-09-02|"
     "due=2026-10-01|state=open",
     "criterion! "},
    {"measured", &way_measurement_type, "target=t|date=2026-09-02|value=0", ""},
    {"measured-today", &way_measurement_type, "target=t|date=2026-11-22|value=0", ""},
    {"not-measured", &way_measurement_type, "target=t|date=2026-09-02|not_measured=absent", ""},
    {"neither", &way_measurement_type, "target=t|date=2026-09-02", "value! "},
    {"both",
     &way_measurement_type,
     "target=t|date=2026-09-02|value=1|not_measured=absent",
     "not_measured! "},
    {"measured-tomorrow", &way_measurement_type, "target=t|date=2026-11-23|value=1", "date! "},
    {"not-measured-tomorrow",
     &way_measurement_type,
     "target=t|date=2026-11-23|not_measured=absent",
     "date! "},
    {"visit",
     &way_visit_type,
     "date=2026-11-17|kind=review|practitioner=p|start=09:15|end=10:40",
     ""},
    {"visit-backwards",
     &way_visit_type,
     "date=2026-11-17|kind=review|practitioner=p|start=10:40|end=09:15",
     "end! "},
    {"visit-no-time",
     &way_visit_type,
     "date=2026-11-17|kind=review|practitioner=p|start=10:40|end=10:40",
     "end? "},
    {"visit-not-held",
     &way_visit_type,
     "date=2026-11-17|kind=not-held|practitioner=p",
     "not_held_reason? "},
    {"visit-tomorrow", &way_visit_type, "date=2026-11-23|kind=review|practitioner=p", "date? "},
    {"visit-next-year", &way_visit_type, "date=2027-11-22|kind=review|practitioner=p", "date? "},
    {"visit-too-far", &way_visit_type, "date=2099-01-10|kind=review|practitioner=p", "date! "},
    {"visit-next-too-far",
     &way_visit_type,
     "date=2026-11-17|kind=review|practitioner=p|next_date=2099-01-10",
     "next_date! "},
    {"visit-signed-next-too-far",
     &way_visit_type,
     "date=2026-11-17|kind=review|practitioner=p|next_date=2099-01-10|"
     "signed_at=2026-11-17T10:00:00Z",
     "next_date? "},
    {"review-too-far", &way_review_type, "child=c|date=2099-01-10", "date! "},
    {"visit-next-before",
     &way_visit_type,
     "date=2026-11-17|kind=review|practitioner=p|next_date=2026-11-16",
     "next_date! "},
    {"visit-in-series",
     &way_visit_type,
     "date=2026-11-17|kind=review|practitioner=p|series_number=3|series_total=3",
     ""},
    {"visit-beyond-series",
     &way_visit_type,
     "date=2026-11-17|kind=review|practitioner=p|series_number=99|series_total=3",
     "series_number? "},
    {"visit-half-in-series",
     &way_visit_type,
     "date=2026-11-17|kind=review|practitioner=p|series_number=1.5|series_total=3",
     "series_number? "},
    {"visit-no-series",
     &way_visit_type,
     "date=2026-11-17|kind=review|practitioner=p|series_number=1|series_total=0",
     "series_total? "},
    {"target-scale-of-nothing",
     &way_target_type,
     "child=c|statement=S|measure=count|criterion=4|start=2026-09-02|due=2026-10-01|state=open|"
     "scale_max=0",
     "scale_max? "},
    {"target-against-itself",
     &way_target_type,
     "child=c|statement=S|measure=count|baseline=9|criterion=2|direction=up|start=2026-09-02|"
     "due=2026-10-01|state=open",
     "direction? "},
    {"target-with-itself",
     &way_target_type,
     "child=c|statement=S|measure=count|baseline=9|criterion=2|direction=down|start=2026-09-02|"
     "due=2026-10-01|state=open",
     ""},
    {"target-down-against-itself",
     &way_target_type,
     "child=c|statement=S|measure=count|baseline=2|criterion=9|direction=down|start=2026-09-02|"
     "due=2026-10-01|state=open",
     "direction? "},
    {"target-kept",
     &way_target_type,
     "child=c|statement=S|measure=count|baseline=9|criterion=2|direction=keep|start=2026-09-02|"
     "due=2026-10-01|state=open",
     ""},
    {"target-of-no-change",
     &way_target_type,
     "child=c|statement=S|measure=count|baseline=9|criterion=9|direction=down|start=2026-09-02|"
     "due=2026-10-01|state=open",
     ""},
    {"status-of-old", &way_sen_status_type, "child=c|provision=S|from=2010-09-01", "provision! "},
    {"view-of-nobody", &way_visit_view_type, "visit=v|whose=grandparent|text=T", "whose! "},
    {"measure-of-its-own", &way_code_type, "list=measure|code=wpm|label=Words a minute", "code! "},
    {"measure-of-old", &way_code_type, "list=measure|code=wpm|label=Words a minute|legacy=yes", ""},
    {"area-of-its-own", &way_code_type, "list=area|code=music|label=Music", ""},
    {"review-tomorrow", &way_review_type, "child=c|date=2026-11-23", "date? "},
    {"review-signed-tomorrow",
     &way_review_type,
     "child=c|date=2026-11-23|signed_at=2026-11-22T10:00:00Z",
     "date! "},
    {"review-next-before",
     &way_review_type,
     "child=c|date=2026-11-17|next_review=2026-11-16",
     "next_review! "},
    {"action-of-nothing", &way_action_type, "child=c|what=  ", "what! "},
    {"attended-too-often",
     &way_attendance_type,
     "child=c|year=2025-26|possible=10|attended=11",
     "attended! "},
    {"agreement-withdrawn-early",
     &way_agreement_type,
     "child=c|given_by=M|given_on=2026-01-05|withdrawn=2026-01-04",
     "withdrawn! "},
};

static void
test_rule (gconstpointer data)
{
  guint index = GPOINTER_TO_UINT (data);
  const WayRecordType *type = RULE_CASES[index].type;
  g_autoptr (GPtrArray) rows = tables_read ("lists.csv");
  g_autoptr (WayCodeLists) lists = way_code_lists_new (rows);
  g_autoptr (WayRecord) record = way_record_new (type);
  g_auto (GStrv) fields = g_strsplit (RULE_CASES[index].fields, "|", -1);
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;
  gboolean valid;

  for (guint i = 0; fields[i] != NULL; i++) {
    char *value = strchr (fields[i], '=');

    *value++ = '\0';
    g_assert_true (
        way_field_set_text (way_record_type_find (type, fields[i]), record, value, NULL));
  }
  findings = way_record_check (record, lists, TODAY);
  for (guint i = 0; i < findings->len; i++) {
    const WayFinding *finding = g_ptr_array_index (findings, i);

    g_assert_nonnull (finding->field);
    g_assert_cmpuint (strlen (finding->message), >, 5);
    g_string_append_printf (found, "%s%s ", finding->field->name, finding->is_warning ? "?" : "!");
  }
  g_assert_cmpstr (found->str, ==, RULE_CASES[index].found);
  valid = way_record_validate (record, lists, TODAY, &error);
  g_assert_cmpint (valid, ==, strchr (found->str, '!') == NULL);
  if (!valid) {
    g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
    g_assert_true (strncmp (error->message, found->str, strcspn (found->str, "!")) == 0);
  }
}

/* An action is due on the day of its visit or later; one that is followed up may be long due. */
static void
test_action_in_visit (void)
{
  g_autoptr (WayVisit) visit = way_record_new (WAY_VISIT);
  g_autoptr (WayAction) action = way_record_new (WAY_ACTION);

  way_set_string (&visit->record.id, "v2");
  visit->date = TODAY;
  way_set_string (&action->what, "Timetable at eye level");
  for (int days = -1; days <= 1; days++) {
    static const char *const VISITS[] = {NULL, "v2", "v1"};

    for (guint i = 0; i < G_N_ELEMENTS (VISITS); i++) {
      g_autoptr (GPtrArray) findings = NULL;

      way_set_string (&action->visit, VISITS[i]);
      action->due = (WayDate) ((int) TODAY + days);
      findings = way_record_check_in_visit (action, visit, NULL, NULL, TODAY);
      g_assert_cmpuint (findings->len, ==, days < 0 && i < 2);
      if (findings->len == 0)
        continue;
      g_assert_true (((WayFinding *) findings->pdata[0])->is_warning);
      g_assert_cmpstr (((WayFinding *) findings->pdata[0])->field->name, ==, "due");
    }
  }
}

/* However a text came: a form, a table, a file of somebody else's. */
static void
test_texts_are_bounded (void)
{
  static const struct {
    const WayRecordType *type;
    const char *field;
    guint longest;
    gboolean is_prose;
  } TEXTS[] = {{&way_child_type, "surname", WAY_TEXT_MAX_LINE, FALSE},
               {&way_child_type, "nc_year", WAY_TEXT_MAX_CODE, FALSE},
               {&way_visit_type, "seen", WAY_TEXT_MAX_NOTE, TRUE}};

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++) {
    const WayField *field = way_record_type_find (TEXTS[i].type, TEXTS[i].field);
    g_autofree char *most = g_strnfill (TEXTS[i].longest, 'a');
    g_autofree char *more = g_strnfill (TEXTS[i].longest + 1, 'a');
    const char *texts[] = {most, more, "a\nb", "a\xc2\x9b", "a\u202eb"};
    gboolean is_good[] = {TRUE, FALSE, TEXTS[i].is_prose, FALSE, TEXTS[i].is_prose};

    for (guint k = 0; k < G_N_ELEMENTS (texts); k++) {
      g_autoptr (WayRecord) record = way_record_new (TEXTS[i].type);
      g_autoptr (GPtrArray) findings = NULL;
      gboolean found = FALSE;

      way_set_string (&way_field_string (field, record), texts[k]);
      findings = way_record_check (record, NULL, TODAY);
      for (guint n = 0; n < findings->len; n++)
        found = found || ((WayFinding *) g_ptr_array_index (findings, n))->field == field;
      g_assert_cmpint (found, ==, !is_good[k]);
    }
  }
}

/* Imports add a code that is not in its list; they check without lists. */
static void
test_codes_without_lists (void)
{
  g_autoptr (WayVisit) visit = way_record_new (WAY_VISIT);
  g_autoptr (GError) error = NULL;

  visit->date = TODAY;
  way_set_string (&visit->kind, "our-own-kind");
  way_set_string (&visit->practitioner, "p");
  g_assert_true (way_record_validate (visit, NULL, TODAY, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/upn", test_upn);
  g_test_add_func ("/core/upn/shared", test_shared_upn);
  g_test_add_func ("/core/nc-year/computed", test_nc_year);
  g_test_add_func ("/core/nc-year/moves", test_nc_year_moves);
  g_test_add_func ("/core/nc-year/words", test_nc_year_words);
  g_test_add_func ("/core/terms/windows", test_term_windows);
  g_test_add_func ("/core/terms/faults", test_term_faults);
  g_test_add_func ("/core/terms/table-adds-up", test_term_table_adds_up);
  g_test_add_func ("/core/terms/days", test_term_days);
  g_test_add_func ("/core/terms/table-is-checked", test_term_table_is_checked);
  g_test_add_func ("/core/terms/none", test_no_terms);
  g_test_add_func ("/core/lists/complete", test_lists_are_complete);
  g_test_add_func ("/core/lists/find", test_lists_find);
  for (guint i = 0; i < G_N_ELEMENTS (RULE_CASES); i++) {
    g_autofree char *path = g_strdup_printf ("/core/rules/%s", RULE_CASES[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_rule);
  }
  g_test_add_func ("/core/rules/action-in-visit", test_action_in_visit);
  g_test_add_func ("/core/rules/texts-are-bounded", test_texts_are_bounded);
  g_test_add_func ("/core/rules/codes-without-lists", test_codes_without_lists);
  return g_test_run ();
}
