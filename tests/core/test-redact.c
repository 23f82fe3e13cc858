/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A joint visit's record for one child: what goes, what stays, and the names in prose. */
#include "way-other-names.h"
#include "way-redact.h"

#include <string.h>

static gpointer
add (WayRecordSet *set, const WayRecordType *type, const char *id)
{
  WayRecord *record = way_record_set_add (set, type);

  record->id = g_strdup (id);
  return record;
}

static void
set_text (gpointer record, const char *field, const char *text)
{
  g_autoptr (GError) error = NULL;

  way_field_set_text (
      way_record_type_find (WAY_RECORD (record)->type, field), record, text, &error);
  g_assert_no_error (error);
}

static WayChild *
new_child (const char *forename, const char *surname, const char *preferred, const char *upn)
{
  WayChild *child = way_record_new (WAY_CHILD);

  set_text (child, "forename", forename);
  set_text (child, "surname", surname);
  set_text (child, "preferred", preferred);
  set_text (child, "upn", upn);
  return child;
}

/* NULL: nothing is replaced. */
static const struct {
  const char *text, *expected;
} SENTENCES[] = {
    {"Wren helped.", "Another child helped."},
    {"With Wren's book and Wren’s pen", "With another child's book and another child’s pen"},
    {"He saw Wren Larkspur, then WREN, then wren.",
     "He saw another child, then another child, then another child."},
    {"Larkspur, Wren (UPN A123456789012)", "Another child (UPN another child)"},
    {"next to Wren L. on the mat. Wren L. Then",
     "next to another child on the mat. Another child. "
     "Then"},
    {"W.L. and WL and W. Larkspur and W L sat",
     "Another child and another child and another child and another child sat"},
    {"Jenny worked with Jenn\xc3\xbf.", NULL},
    {"Zo\xc3\xab saw Zoe and Zoe\xcc\x88 D'Arcy-Smith",
     "Another child saw another child and another child"},
    {"Smith and D’Arcy Smith", "Another child and another child"},
    {"the Larkspurs and Mrs Larkspur", "the another child and somebody else"},
    {"Lukasz and \xc5\x81ukasz \xc5\xbb"
     "ak",
     "Another child and another child"},
    {"Wr\xc2\xad"
     "en",
     "Another child"},
    {"Robin Quillfeather and R.Q. and Quillfeather", NULL},
    {"Wrenches, larkspurring, a wrenlike bird", NULL},
    {"Robin and Zak", "Robin and another child"},
    {"The TA helped T.A.", "The TA helped another child."},
    {"- Wren: sit by the door\n- Robin: by Wren",
     "- Another child: sit by the door\n- Robin: by "
     "another child"},
    {"With Bo. Bo left", "With another child. Another child left"},
    {"Wren\xca\xbcs book by \xca\xbcWren\xca\xbc and D\xca\xbc"
     "Arcy",
     "Another child\xca\xbcs book by \xca\xbc"
     "another child\xca\xbc and another child"},
    {"Wren, born 31 August 2018, sat.", "Another child, born (date left out), sat."},
    {"DOB 31/08/2018, 31.8.18, 2018-08-31, 31-Aug-2018",
     "DOB (date left out), (date left out), (date left out), (date left out)"},
    {"31st of August 2018 or August 31st, 2018", "(date left out) or (date left out)"},
    {"Since 31 August 2019, on 31 August with 2018 children, 13 August 2018", NULL},
    {"Child 0F86 by 0f86, not 0F87", "Child another child by another child, not 0F87"},
    {"0f86d3a1-0000-4000-8000-000000000001 sat", "Another child sat"},
    {"In 2018 child 2018 ran", "In 2018 child another child ran"},
    {"", NULL},
};

static WayOtherNames *
example_names (void)
{
  g_autoptr (WayChild) kept = new_child ("Robin", "Quillfeather", NULL, NULL);
  g_autoptr (WayChild) wren = new_child ("Wren", "Larkspur", NULL, "A123456789012");
  g_autoptr (WayChild) zoe = new_child ("Zo\xc3\xab", "D'Arcy-Smith", "Bo", NULL);
  g_autoptr (WayChild) lukasz = new_child ("\xc5\x81ukasz",
                                           "\xc5\xbb"
                                           "ak",
                                           NULL,
                                           NULL);
  g_autoptr (WayChild) tom = new_child ("Tom", "Adams", NULL, NULL);
  WayOtherNames *names = way_other_names_new (kept);

  wren->dob = way_date_new (2018, 8, 31);
  wren->record.id = g_strdup ("0f86d3a1-0000-4000-8000-000000000001");
  tom->record.id = g_strdup ("2018d3a1-0000-4000-8000-000000000001");
  way_other_names_add (names, wren);
  way_other_names_add (names, zoe);
  way_other_names_add (names, lukasz);
  way_other_names_add (names, tom);
  return names;
}

static void
assert_replaced (WayOtherNames *names, const char *text, const char *expected)
{
  guint n = 0;
  g_autofree char *result = way_other_names_replace (names, text, &n);

  g_test_message ("%s", text);
  g_assert_cmpstr (result, ==, expected);
  g_assert_true ((n > 0) == (expected != NULL));
}

static void
test_sentences (void)
{
  g_autoptr (WayOtherNames) names = example_names ();

  for (guint i = 0; i < G_N_ELEMENTS (SENTENCES); i++)
    assert_replaced (names, SENTENCES[i].text, SENTENCES[i].expected);
}

/* A brother's names: what is also the child's own stays, alone; with the brother's it goes. */
static void
test_shared_names (void)
{
  g_autoptr (WayChild) kept = new_child ("Mary Ann", "Okafor", NULL, NULL);
  g_autoptr (WayChild) brother = new_child ("Chidi", "Okafor", NULL, NULL);
  g_autoptr (WayChild) namesake = new_child ("Mary", "Khan", NULL, NULL);
  g_autoptr (WayChild) ann = new_child ("Ann", "Jones", NULL, NULL);
  g_autoptr (WayOtherNames) names = way_other_names_new (kept);

  way_other_names_add (names, brother);
  way_other_names_add (names, namesake);
  way_other_names_add (names, ann);
  assert_replaced (
      names, "Mary Ann Okafor sat by Chidi Okafor.", "Mary Ann Okafor sat by another child.");
  assert_replaced (names, "Mary read; Mrs Okafor came.", NULL);
  assert_replaced (
      names, "by Mary Khan and Mary K. today", "by another child and another child today");
  assert_replaced (names, "Mary Ann and Ann", "Mary Ann and another child");
  assert_replaced (names, "M.O.", NULL);
}

/* What can't be told apart stays, and is told of. */
static void
test_same_name (void)
{
  g_autoptr (WayChild) kept = new_child ("Jack", "Smith", NULL, NULL);
  g_autoptr (WayChild) twin = new_child ("Jack", "Smith", NULL, NULL);
  g_autoptr (WayChild) brother = new_child ("Tom", "Smith", NULL, NULL);
  g_autoptr (WayOtherNames) brothers = way_other_names_new (kept);
  g_autoptr (WayOtherNames) names = way_other_names_new (kept);
  g_autoptr (WayOtherNames) full = way_other_names_new (kept);

  way_other_names_add (brothers, brother);
  assert_replaced (brothers, "Jack Smith and Mrs Smith; Jack read.", NULL);
  g_assert_false (way_other_names_is_unclear (brothers));
  way_other_names_add (names, twin);
  assert_replaced (names, "They read.", NULL);
  g_assert_false (way_other_names_is_unclear (names));
  assert_replaced (names, "Then Jack read.", NULL);
  g_assert_true (way_other_names_is_unclear (names));
  way_other_names_add (full, twin);
  assert_replaced (full, "Then Jack Smith read.", NULL);
  g_assert_true (way_other_names_is_unclear (full));
}

/* A lone letter: with a full stop within a sentence it is a mention, without one it may be. What is
 * no letter for anybody is no alarm. */
static void
test_lone_initials (void)
{
  static const struct {
    const char *text, *expected;
    gboolean is_unclear;
  } CASES[] = {
      {"Amara read well. W. needed help with the toilet, and W was tired. Wren cried.",
       "Amara read well. Another child needed help with the toilet, and W was tired. Another child "
       "cried.",
       TRUE},
      {"She sat with W. on the mat, then L. and A. sang.",
       "She sat with another child on the mat, then another child and A. sang.",
       FALSE},
      {"Mrs L. said so. (W. too)", "Somebody else said so. (another child too)", FALSE},
      {"W cried.", NULL, TRUE},
      {"She sat by W.", NULL, TRUE},
      {"She sat by W. Then she sang.", NULL, TRUE},
      {"With W’s pen", NULL, TRUE},
      {"A saw O, and O. sat. Mr W. Smith and Mrs L Jones came.", NULL, FALSE},
      {"Vitamin L. is none; group W, Year L and W/L; X-ray, L-shirt, P.W. was on, W3, L'Ove.",
       NULL,
       FALSE},
      {"wl, l, w. was here", NULL, FALSE},
  };
  static const struct {
    const char *text;
    gboolean is_unclear;
  } WORDS[] = {{"A pen. I ran, and I, a child.", FALSE}, {"She sat by A today.", TRUE}};

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (WayChild) kept = new_child ("Amara", "Okafor", NULL, NULL);
    g_autoptr (WayChild) other = new_child ("Wren", "Larkspur", NULL, NULL);
    g_autoptr (WayOtherNames) names = way_other_names_new (kept);

    way_other_names_add (names, other);
    assert_replaced (names, CASES[i].text, CASES[i].expected);
    g_assert_cmpint (way_other_names_is_unclear (names), ==, CASES[i].is_unclear);
  }
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++) {
    g_autoptr (WayChild) kept = new_child ("Wren", "Larkspur", NULL, NULL);
    g_autoptr (WayChild) other = new_child ("Amara", "Ives", NULL, NULL);
    g_autoptr (WayOtherNames) names = way_other_names_new (kept);

    way_other_names_add (names, other);
    assert_replaced (names, WORDS[i].text, NULL);
    g_assert_cmpint (way_other_names_is_unclear (names), ==, WORDS[i].is_unclear);
  }
}

static void
add_for (WayRecordSet *set, const char *child, const char *mark)
{
  const char *const TYPES[] = {"enrolment",
                               "sen_status",
                               "need",
                               "target",
                               "measurement",
                               "phase",
                               "visit_child",
                               "visit_view",
                               "action",
                               "visit_action",
                               "visit_target",
                               "assessment"};

  for (guint i = 0; i < G_N_ELEMENTS (TYPES); i++) {
    const WayRecordType *type = way_record_type_by_name (TYPES[i]);
    g_autofree char *id = g_strconcat (TYPES[i], "-", mark, NULL);
    WayRecord *record = add (set, type, id);

    for (guint k = 0; k < type->n_fields; k++) {
      const WayField *field = &type->fields[k];
      g_autofree char *other =
          g_strconcat (field->list != NULL ? field->list : "", "-", mark, NULL);

      if (field->kind == WAY_FIELD_TEXT || field->kind == WAY_FIELD_NOTE)
        way_set_string (&way_field_string (field, record), mark);
      if (field->kind != WAY_FIELD_ID || (field->flags & WAY_FIELD_LOCAL) != 0)
        continue;
      if (strcmp (field->list, "visit") == 0)
        way_set_string (&way_field_string (field, record), "v");
      else if (strcmp (field->list, "child") == 0)
        way_set_string (&way_field_string (field, record), child);
      else if (strcmp (field->name, "replaces") != 0 && strcmp (field->list, "review") != 0)
        way_set_string (&way_field_string (field, record), other);
    }
  }
}

static WayDossier *
make_joint (const char *signed_at)
{
  WayRecordSet *set = way_record_set_new ();
  WayVisit *visit = add (set, WAY_VISIT, "v");

  set_text (visit, "seen", "Wren sang to Robin.");
  set_text (visit, "practitioner", "p");
  set_text (visit, "setting", "setting-ours");
  set_text (visit, "signed_by", "Wren Teacher");
  set_text (visit, "signed_at", signed_at);
  set_text (add (set, WAY_PRACTITIONER, "p"), "name", "Wren Teacher");
  set_text (add (set, WAY_SETTING, "setting-ours"), "name", "Wren Street School");
  set_text (add (set, WAY_SETTING, "setting-theirs"), "name", "Elsewhere");
  way_record_set_take (set, new_child ("Robin", "Quillfeather", NULL, NULL));
  way_record_set_take (set, new_child ("Wren", "Larkspur", NULL, "A123456789012"));
  WAY_RECORD (g_ptr_array_index (way_record_set_list (set, WAY_CHILD), 0))->id = g_strdup ("r");
  WAY_RECORD (g_ptr_array_index (way_record_set_list (set, WAY_CHILD), 1))->id = g_strdup ("w");
  add_for (set, "r", "ours");
  add_for (set, "w", "theirs");
  set_text (way_record_set_find (set, WAY_TARGET, "target-ours"), "replaces", "target-theirs");
  set_text (add (set, WAY_ACTION, "for-all"), "what", "Seat Wren by the door");
  set_text (add (set, WAY_VISIT_PERSON, "person"), "name", "Mrs Larkspur");
  return way_dossier_new (set);
}

static void
test_records (void)
{
  g_autoptr (WayDossier) whole = make_joint ("2026-11-17T17:05:00Z");
  g_autofree char *before = way_dossier_to_canonical (whole);
  WayRedacted redacted = {0};
  g_autoptr (WayDossier) copy = way_redact_for_child (whole, "r", &redacted);
  g_autofree char *text = way_dossier_to_canonical (copy);
  g_autofree char *after = way_dossier_to_canonical (whole);

  g_assert_cmpstr (before, ==, after);
  g_assert_null (strstr (text, "theirs"));
  g_assert_null (strstr (text, "Larkspur"));
  g_assert_null (strstr (text, "A123456789012"));
  g_assert_null (strstr (text, "Elsewhere"));
  g_assert_null (strstr (text, "replaces"));
  g_assert_nonnull (strstr (text, "seen=Another child sang to Robin."));
  g_assert_nonnull (strstr (text, "what=Seat another child by the door"));
  g_assert_nonnull (strstr (text, "name=Somebody else"));
  g_assert_nonnull (strstr (text, "name=Wren Teacher"));
  g_assert_nonnull (strstr (text, "signed_by=Wren Teacher"));
  g_assert_nonnull (strstr (text, "name=Wren Street School"));
  g_assert_nonnull (strstr (text, "[setting setting-ours]"));
  g_assert_cmpuint (redacted.n_replaced, ==, 3);
  g_assert_cmpuint (redacted.n_views, ==, 0);
  /* Of the one child everything is still there: 12 records beside these seven. */
  g_assert_cmpuint (way_record_set_count (copy->records), ==, 12 + 6);
}

static void
add_unclaimed_views (WayRecordSet *set)
{
  static const char *const VIEWS[][2] = {{"child", "I like marmalade."},
                                         {"parent", "He sleeps badly."},
                                         {"carer", "He eats well."},
                                         {"staff", "Wren and he are settled."}};

  for (guint i = 0; i < G_N_ELEMENTS (VIEWS); i++) {
    WayVisitView *view = add (set, WAY_VISIT_VIEW, VIEWS[i][0]);

    set_text (view, "visit", "v");
    set_text (view, "whose", VIEWS[i][0]);
    set_text (view, "text", VIEWS[i][1]);
  }
}

/* Of a joint visit it may be anybody's. Where there is one child it is that child's. */
static void
test_unclaimed_views (void)
{
  g_autoptr (WayDossier) whole = make_joint (NULL);
  g_autoptr (WayDossier) copy = NULL;
  g_autofree char *text = NULL;
  WayRecordSet *records = whole->records;
  WayRedacted redacted;

  g_assert_cmpuint (way_redact_count_unclaimed (records), ==, 0);
  add_unclaimed_views (records);
  copy = way_redact_for_child (whole, "r", &redacted);
  text = way_dossier_to_canonical (copy);
  g_assert_cmpuint (way_redact_count_unclaimed (records), ==, 3);
  g_assert_cmpuint (redacted.n_views, ==, 3);
  g_assert_null (strstr (text, "marmalade"));
  g_assert_null (strstr (text, "sleeps"));
  g_assert_null (strstr (text, "eats"));
  g_assert_nonnull (strstr (text, "text=Another child and he are settled."));
  g_assert_nonnull (strstr (text, "text=ours"));
  g_ptr_array_set_size (way_record_set_list (records, WAY_VISIT_CHILD), 1);
  g_ptr_array_set_size (way_record_set_list (records, WAY_CHILD), 1);
  g_assert_cmpuint (way_redact_count_unclaimed (records), ==, 0);
}

static void
test_named (void)
{
  g_autoptr (WayDossier) whole = make_joint (NULL);
  g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func (way_record_free);
  g_autoptr (GPtrArray) named = NULL;
  WayVisit *visit = way_dossier_get_visit (whole);

  set_text (
      visit, "seen", "Robin sat by ZOE D’Arcy-Smith and\nAdams, Tom; Ann. Lees Wren Larkspur");
  g_ptr_array_add (children, new_child ("Zo\xc3\xab", "D'Arcy-Smith", NULL, NULL));
  g_ptr_array_add (children, new_child ("Thomas", "Adams", "Tom", NULL));
  g_ptr_array_add (children, new_child ("Ann", "Lee", NULL, NULL));
  g_ptr_array_add (children, new_child ("Wren", "Larkspur", NULL, NULL));
  g_ptr_array_add (children, new_child ("Robin", NULL, NULL, NULL));
  named = way_redact_find_named (whole, children);
  g_assert_cmpuint (named->len, ==, 2);
  g_assert_true (g_ptr_array_find (named, children->pdata[0], NULL));
  g_assert_true (g_ptr_array_find (named, children->pdata[1], NULL));
}

/* A document of its own, which can't be made to pass for the record. */
static void
test_fingerprint (void)
{
  g_autoptr (WayDossier) whole = make_joint ("2026-11-17T17:05:00Z");
  g_autoptr (WayDossier) draft = make_joint (NULL);
  g_autoptr (WayDossier) copy = way_redact_for_child (whole, "r", NULL);
  g_autoptr (WayDossier) again = way_redact_for_child (whole, "r", NULL);
  g_autoptr (WayDossier) other = way_redact_for_child (whole, "w", NULL);
  g_autoptr (WayDossier) draft_copy = way_redact_for_child (draft, "r", NULL);
  g_autofree char *text = way_dossier_to_canonical (copy);
  char plain[WAY_FINGERPRINT_SIZE];

  way_canonical_fingerprint (text, plain);
  g_assert_null (whole->level);
  g_assert_cmpstr (copy->level, ==, WAY_LEVEL_ONE_CHILD);
  g_assert_cmpuint (strlen (copy->fingerprint), ==, WAY_FINGERPRINT_SIZE - 1);
  g_assert_cmpstr (copy->fingerprint, ==, again->fingerprint);
  g_assert_cmpstr (copy->fingerprint, !=, whole->fingerprint);
  g_assert_cmpstr (copy->fingerprint, !=, other->fingerprint);
  g_assert_cmpstr (copy->fingerprint, !=, plain);
  g_assert_cmpstr (draft_copy->fingerprint, ==, "");
  g_assert_null (way_redact_for_child (whole, "nobody", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/redact/sentences", test_sentences);
  g_test_add_func ("/core/redact/shared-names", test_shared_names);
  g_test_add_func ("/core/redact/records", test_records);
  g_test_add_func ("/core/redact/unclaimed-views", test_unclaimed_views);
  g_test_add_func ("/core/redact/same-name", test_same_name);
  g_test_add_func ("/core/redact/lone-initials", test_lone_initials);
  g_test_add_func ("/core/redact/named", test_named);
  g_test_add_func ("/core/redact/fingerprint", test_fingerprint);
  return g_test_run ();
}
