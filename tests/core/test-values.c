/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machinery that walks the tables of fields, over every field of every type. */
#include "way-canonical.h"
#include "way-error.h"
#include "way-text.h"
#include "way-values.h"

#include <math.h>
#include <string.h>

static const char *
example (const WayField *field)
{
  switch (field->kind) {
  case WAY_FIELD_NOTE:
    return "Two lines\nwith a back\\slash, “quotes” and a\r\nthird; Żoë 👍";
  case WAY_FIELD_ID:
    return "7c2e0000-0000-4000-8000-000000000001";
  case WAY_FIELD_DATE:
    return "2024-02-29";
  case WAY_FIELD_TIME:
    return "09:15";
  case WAY_FIELD_STAMP:
    return "2026-11-17T17:05:09Z";
  case WAY_FIELD_NUMBER:
    return "-2.5";
  case WAY_FIELD_YES_NO:
    return "no";
  case WAY_FIELD_TEXT:
  case WAY_FIELD_CODE:
  default:
    return "=a\\n]b [c";
  }
}

static const char *
other_example (const WayField *field)
{
  switch (field->kind) {
  case WAY_FIELD_DATE:
    return "2024-03-01";
  case WAY_FIELD_TIME:
    return "23:59";
  case WAY_FIELD_STAMP:
    return "2026-11-17T17:05:10Z";
  case WAY_FIELD_NUMBER:
    return "0";
  case WAY_FIELD_YES_NO:
    return "yes";
  case WAY_FIELD_TEXT:
  case WAY_FIELD_NOTE:
  case WAY_FIELD_ID:
  case WAY_FIELD_CODE:
  default:
    return "another";
  }
}

static WayRecord *
make_full (const WayRecordType *type)
{
  WayRecord *record = way_record_new (type);

  record->id = way_uuid_for_name ("test", type->name);
  for (guint i = 0; i < type->n_fields; i++)
    g_assert_true (way_field_set_text (&type->fields[i], record, example (&type->fields[i]), NULL));
  return record;
}

static void
test_every_field_round_trips (void)
{
  for (guint t = 0; t < WAY_N_RECORD_TYPES; t++) {
    const WayRecordType *type = WAY_RECORD_TYPES[t];
    g_autoptr (WayRecord) record = way_record_new (type);

    for (guint i = 0; i < type->n_fields; i++) {
      const WayField *field = &type->fields[i];
      g_autofree char *text = NULL;

      g_assert_false (way_field_is_known (field, record));
      g_assert_null (way_field_dup_text (field, record));
      g_assert_true (way_field_set_text (field, record, example (field), NULL));
      g_assert_true (way_field_is_known (field, record));
      text = way_field_dup_text (field, record);
      g_assert_cmpstr (text, ==, example (field));
    }
    /* Setting one must not have touched another: no two fields share their place. */
    for (guint i = 0; i < type->n_fields; i++) {
      g_autofree char *text = way_field_dup_text (&type->fields[i], record);

      g_assert_cmpstr (text, ==, example (&type->fields[i]));
    }
  }
}

static void
test_copy_and_equal (void)
{
  for (guint t = 0; t < WAY_N_RECORD_TYPES; t++) {
    const WayRecordType *type = WAY_RECORD_TYPES[t];
    g_autoptr (WayRecord) record = make_full (type);

    for (guint i = 0; i < type->n_fields; i++) {
      const WayField *field = &type->fields[i];
      g_autoptr (WayRecord) copy = way_record_copy (record);

      g_assert_true (way_record_equal (record, copy));
      g_assert_true (way_field_set_text (field, copy, other_example (field), NULL));
      g_assert_false (way_record_equal (record, copy));
      way_field_copy (field, record, copy);
      g_assert_true (way_record_equal (record, copy));
      way_field_clear (field, copy);
      g_assert_false (way_field_is_known (field, copy));
      g_assert_false (way_record_equal (record, copy));
    }
  }
}

static void
test_registry (void)
{
  for (guint t = 0; t < WAY_N_RECORD_TYPES; t++) {
    const WayRecordType *type = WAY_RECORD_TYPES[t];

    g_assert_true (way_record_type_by_name (type->name) == type);
    g_assert_cmpint (way_record_type_index (type), ==, (int) t);
    for (guint i = 0; i < type->n_fields; i++) {
      const WayField *field = &type->fields[i];
      g_autofree char *element = g_strdelimit (g_strdup (field->name), "_", '-');
      guint hint = (i * 7) % type->n_fields;

      g_assert_true (way_record_type_find (type, field->name) == field);
      g_assert_true (way_record_type_find_xml (type, element, &hint) == field);
      if (field->kind == WAY_FIELD_CODE)
        g_assert_nonnull (field->list);
      if (field->kind != WAY_FIELD_ID)
        continue;
      /* What is referred to comes first, but for a type that refers to itself. */
      g_assert_nonnull (way_record_type_by_name (field->list));
      g_assert_cmpint (way_record_type_index (way_record_type_by_name (field->list)), <=, (int) t);
    }
  }
  g_assert_null (way_record_type_by_name ("no such type"));
  g_assert_null (way_record_type_find (WAY_CHILD, "no such field"));
}

static void
test_refuses_values (void)
{
  static const struct {
    const WayRecordType *type;
    const char *field, *text;
  } BAD[] = {{&way_child_type, "dob", "29/02/2024"},
             {&way_child_type, "dob", "2023-02-29"},
             {&way_child_type, "surname", "a\x01"},
             {&way_child_type, "surname", "\xff"},
             {&way_target_type, "criterion", "4 "},
             {&way_target_type, "criterion", "nan"},
             {&way_target_type, "criterion", "inf"},
             {&way_target_type, "criterion", "0x10"},
             {&way_target_type, "criterion", "1e999"},
             {&way_target_type, "criterion", "4,5"},
             {&way_visit_type, "start", "24:00"},
             {&way_visit_type, "start", "9:15"},
             {&way_visit_type, "start", "09:60"},
             {&way_visit_type, "signed_at", "2026-11-17 17:05:09"},
             {&way_visit_type, "signed_at", "2026-02-30T17:05:09Z"},
             {&way_practitioner_type, "me", "Yes"},
             {&way_practitioner_type, "me", "1"}};

  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++) {
    const WayField *field = way_record_type_find (BAD[i].type, BAD[i].field);
    g_autoptr (WayRecord) record = make_full (BAD[i].type);
    g_autofree char *after = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_false (way_field_set_text (field, record, BAD[i].text, &error));
    g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
    after = way_field_dup_text (field, record);
    g_assert_cmpstr (after, ==, example (field)); /* a refused value changes nothing */
  }
}

static void
test_empty_is_unknown (void)
{
  WayTarget *target = (WayTarget *) make_full (WAY_TARGET);

  for (guint i = 0; i < WAY_TARGET->n_fields; i++)
    g_assert_true (way_field_set_text (&WAY_TARGET->fields[i], target, "", NULL));
  g_assert_true (isnan (target->baseline));
  g_assert_cmpuint (target->due, ==, WAY_DATE_UNKNOWN);
  g_assert_null (target->statement);
  target->baseline = 0;
  g_assert_true (way_field_is_known (way_record_type_find (WAY_TARGET, "baseline"), target));
  way_record_free (target);
}

static WayRecordSet *
make_set (gboolean backwards)
{
  WayRecordSet *set = way_record_set_new ();

  for (guint k = 0; k < 2 * WAY_N_RECORD_TYPES; k++) {
    guint i = backwards ? 2 * WAY_N_RECORD_TYPES - 1 - k : k;
    const WayRecordType *type = WAY_RECORD_TYPES[i / 2];
    g_autofree char *name = g_strdup_printf ("%s %u", type->name, i % 2);
    WayRecord *record = make_full (type);

    g_free (record->id);
    record->id = way_uuid_for_name ("test", name);
    way_record_set_take (set, record);
  }
  return set;
}

static void
test_canonical_round_trip (void)
{
  static const WayCanonicalScope SCOPES[] = {WAY_CANONICAL_SHARED, WAY_CANONICAL_WHOLE};

  for (guint s = 0; s < G_N_ELEMENTS (SCOPES); s++) {
    g_autoptr (WayRecordSet) set = make_set (FALSE);
    g_autofree char *text = way_canonical_write (set, SCOPES[s]);
    g_autoptr (GError) error = NULL;
    g_autoptr (WayRecordSet) back = way_canonical_read (text, &error);
    g_autofree char *again = NULL;

    g_assert_no_error (error);
    g_assert_cmpuint (way_record_set_count (back), ==, way_record_set_count (set));
    again = way_canonical_write (back, SCOPES[s]);
    g_assert_cmpstr (again, ==, text);
    for (guint t = 0; SCOPES[s] == WAY_CANONICAL_WHOLE && t < WAY_N_RECORD_TYPES; t++) {
      GPtrArray *list = way_record_set_list (set, WAY_RECORD_TYPES[t]);

      for (guint i = 0; i < list->len; i++) {
        WayRecord *record = g_ptr_array_index (list, i);

        g_assert_true (
            way_record_equal (record, way_record_set_find (back, WAY_RECORD_TYPES[t], record->id)));
      }
    }
  }
}

/* A draft is kept as it was typed: whatever is in it, it opens again. */
static void
test_canonical_any_prose (void)
{
  g_autoptr (WayRecordSet) set = way_record_set_new (), back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL, *prose = NULL;
  GString *all = g_string_new (NULL);
  WayVisit *visit = way_record_set_add (set, WAY_VISIT);

  for (gunichar c = 1; c < 0x3000; c++)
    g_string_append_unichar (all, c);
  g_string_append (all, "\\n=[x]\n[visit y]\n");
  prose = g_string_free (all, FALSE);
  way_set_string (&visit->seen, prose);
  text = way_canonical_write (set, WAY_CANONICAL_WHOLE);
  back = way_canonical_read (text, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((WayVisit *) way_record_set_first (back, WAY_VISIT))->seen, ==, prose);
}

static void
test_canonical_order_independent (void)
{
  g_autoptr (WayRecordSet) forwards = make_set (FALSE);
  g_autoptr (WayRecordSet) backwards = make_set (TRUE);
  g_autofree char *first = way_canonical_write (forwards, WAY_CANONICAL_SHARED);
  g_autofree char *second = way_canonical_write (backwards, WAY_CANONICAL_SHARED);

  g_assert_cmpstr (first, ==, second);
}

/* Each field in turn: a shared one changes the fingerprint, a local one never does. */
static void
test_fingerprint_covers_shared_fields (void)
{
  for (guint t = 0; t < WAY_N_RECORD_TYPES; t++) {
    const WayRecordType *type = WAY_RECORD_TYPES[t];
    g_autoptr (WayRecordSet) set = way_record_set_new ();
    WayRecord *record = way_record_set_take (set, make_full (type));
    g_autofree char *before = way_canonical_write (set, WAY_CANONICAL_SHARED);
    char first[WAY_FINGERPRINT_SIZE], second[WAY_FINGERPRINT_SIZE];

    way_canonical_fingerprint (before, first);
    for (guint i = 0; i < type->n_fields; i++) {
      const WayField *field = &type->fields[i];
      gboolean local = (field->flags & WAY_FIELD_LOCAL) != 0;
      g_autofree char *after = NULL;

      g_assert_true (way_field_set_text (field, record, other_example (field), NULL));
      after = way_canonical_write (set, WAY_CANONICAL_SHARED);
      way_canonical_fingerprint (after, second);
      g_assert_cmpint (strcmp (first, second) == 0, ==, local);
      g_assert_true (way_field_set_text (field, record, example (field), NULL));
    }
  }
}

/* The form is frozen: signed records of all time depend on it. */
static void
test_canonical_is_frozen (void)
{
  g_autoptr (WayRecordSet) set = way_record_set_new ();
  WayChild *child = way_record_set_add (set, WAY_CHILD);
  g_autofree char *text = NULL;
  char fingerprint[WAY_FINGERPRINT_SIZE];

  child->record.id = g_strdup ("c1");
  way_set_string (&child->surname, "O\\K\nA");
  way_set_string (&child->alerts, "stays here");
  child->dob = way_date_new (2018, 9, 14);
  text = way_canonical_write (set, WAY_CANONICAL_SHARED);
  g_assert_cmpstr (
      text, ==, "waymark-canonical 1\n[child c1]\nsurname=O\\\\K\\nA\ndob=2018-09-14\n");
  way_canonical_fingerprint ("abc", fingerprint);
  g_assert_cmpstr (fingerprint, ==, "ba78 16bf 8f01 cfea");
}

static void
test_canonical_refuses (void)
{
  static const char *const BAD[] = {"",
                                    "waymark-canonical 2\n",
                                    "waymark-canonical 1\n[child c1]\nsurname=x",
                                    "waymark-canonical 1\n[pupil c1]\n",
                                    "waymark-canonical 1\n[child c1\n",
                                    "waymark-canonical 1\nsurname=x\n",
                                    "waymark-canonical 1\n[child c1]\nsurname\n",
                                    "waymark-canonical 1\n[child c1]\nheight=2\n",
                                    "waymark-canonical 1\n[child c1]\ndob=14/09/2018\n"};

  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (way_canonical_read (BAD[i], &error));
    g_assert_nonnull (error);
  }
}

static void
test_set_copies_and_sorts (void)
{
  g_autoptr (WayRecordSet) set = way_record_set_new ();
  g_autoptr (WayRecordSet) copy = NULL;
  static const double POSITIONS[] = {2, NAN, 1};
  WayAction *action;

  for (guint i = 0; i < G_N_ELEMENTS (POSITIONS); i++) {
    action = way_record_set_add (set, WAY_ACTION);
    action->record.id = g_strdup_printf ("a%u", i);
    action->position = POSITIONS[i];
  }
  copy = way_record_set_copy (set);
  way_record_set_remove (set, way_record_set_find (set, WAY_ACTION, "a1"));
  g_assert_null (way_record_set_find (set, WAY_ACTION, "a1"));
  g_assert_null (way_record_set_find (set, WAY_ACTION, NULL));
  g_assert_cmpuint (way_record_set_count (set), ==, 2);
  g_assert_cmpuint (way_record_set_count (copy), ==, 3);
  way_record_set_sort_by_position (set);
  action = way_record_set_first (set, WAY_ACTION);
  g_assert_cmpstr (action->record.id, ==, "a2");
  way_record_set_remove_all (set, WAY_ACTION);
  g_assert_null (way_record_set_first (set, WAY_ACTION));
}

/* One order, however they come: date, place (unknown first), entry, id. */
static void
test_order_is_one (void)
{
  static const struct {
    const char *id, *entered;
    WayDate date;
    double position;
  } ROWS[] = {{"z", NULL, 10, 9},
              {"y", "2026-11-03T10:00:00Z", 11, NAN},
              {"b", NULL, 11, 1},
              {"c", "2026-11-03T09:00:00Z", 11, 2},
              {"a", "2026-11-03T10:00:00Z", 11, 2},
              {"d", "2026-11-03T10:00:00Z", 11, 2},
              {"e", "2026-11-03T08:00:00Z", 11, 3}};
  static const guint STEPS[] = {1, 2, 3, 4, 5, 6}; /* each meets all seven in another order */

  for (guint s = 0; s < G_N_ELEMENTS (STEPS); s++) {
    g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (way_record_free);

    for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
      guint from = (i * STEPS[s]) % G_N_ELEMENTS (ROWS);
      WayMeasurement *row = way_record_new (WAY_MEASUREMENT);

      row->record.id = g_strdup (ROWS[from].id);
      row->record.created_at = g_strdup (ROWS[from].entered);
      row->date = ROWS[from].date;
      row->position = ROWS[from].position;
      g_ptr_array_add (list, row);
    }
    way_record_list_sort_by_position (list, WAY_MEASUREMENT);
    for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
      g_assert_cmpstr (WAY_RECORD (list->pdata[i])->id, ==, ROWS[i].id);
  }
}

/* What lasts is read in the order in which it began, however late it was entered. */
static void
test_order_of_spans (void)
{
  const WayRecordType *const types[] = {
      WAY_ENROLMENT, WAY_SEN_STATUS, WAY_ALLOCATION, WAY_CASE, WAY_AGREEMENT, WAY_CASE_STATUS};
  const char *const begins[] = {"from", "from", "from", "opened", "given_on", "from"};
  static const char *const ids[] = {"c", "a", "b"};
  static const WayDate days[] = {30, 10, 20};
  g_autoptr (WayRecordSet) set = way_record_set_new ();

  for (guint t = 0; t < G_N_ELEMENTS (types); t++) {
    for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
      WayRecord *row = way_record_set_add (set, types[t]);

      row->id = g_strdup (ids[i]);
      row->created_at = g_strdup_printf ("2026-11-0%uT10:00:00Z", i + 1);
      way_field_date (way_record_type_find (types[t], begins[t]), row) = days[i];
    }
  }
  for (guint i = 0; i < 2; i++) {
    WayNeed *need = way_record_set_add (set, WAY_NEED);

    need->record.id = g_strdup (i == 0 ? "secondary" : "primary");
    need->rank = 2 - i;
    need->from = 10 + i;
  }
  way_record_set_sort_by_position (set);
  for (guint t = 0; t < G_N_ELEMENTS (types); t++) {
    g_autoptr (GString) order = g_string_new (NULL);
    GPtrArray *list = way_record_set_list (set, types[t]);

    for (guint i = 0; i < list->len; i++)
      g_string_append (order, WAY_RECORD (list->pdata[i])->id);
    g_assert_cmpstr (order->str, ==, "abc");
  }
  g_assert_cmpstr (WAY_RECORD (way_record_set_first (set, WAY_NEED))->id, ==, "primary");
}

/* What is quoted because it is wrong may be cut, but not inside a letter, and nothing obeys it. */
static void
test_quoted_harmless (void)
{
  const WayField *field = way_record_type_find (WAY_TARGET, "start");
  g_autoptr (WayTarget) target = way_record_new (WAY_TARGET);
  g_autofree char *letters = g_strnfill (39, 'a'), *text = g_strconcat (letters, "éééé", NULL);
  g_autofree char *wanted = g_strconcat ("“", letters, "é…” is not", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (way_field_set_text (field, target, text, &error));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_true (g_str_has_prefix (error->message, wanted));
  g_clear_error (&error);
  g_assert_false (way_field_set_text (field, target, "\x1b[31mred", &error));
  g_assert_null (strchr (error->message, '\x1b'));
  g_assert_nonnull (strstr (error->message, "[31mred"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/values/every-field-round-trips", test_every_field_round_trips);
  g_test_add_func ("/core/values/copy-and-equal", test_copy_and_equal);
  g_test_add_func ("/core/values/registry", test_registry);
  g_test_add_func ("/core/values/refuses-values", test_refuses_values);
  g_test_add_func ("/core/values/empty-is-unknown", test_empty_is_unknown);
  g_test_add_func ("/core/values/set-copies-and-sorts", test_set_copies_and_sorts);
  g_test_add_func ("/core/values/order-is-one", test_order_is_one);
  g_test_add_func ("/core/values/order-of-spans", test_order_of_spans);
  g_test_add_func ("/core/canonical/round-trip", test_canonical_round_trip);
  g_test_add_func ("/core/canonical/any-prose", test_canonical_any_prose);
  g_test_add_func ("/core/canonical/order-independent", test_canonical_order_independent);
  g_test_add_func ("/core/canonical/fingerprint-covers-shared-fields",
                   test_fingerprint_covers_shared_fields);
  g_test_add_func ("/core/canonical/is-frozen", test_canonical_is_frozen);
  g_test_add_func ("/core/canonical/refuses", test_canonical_refuses);
  g_test_add_func ("/core/values/quoted-harmless", test_quoted_harmless);
  return g_test_run ();
}
