/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made-up caseloads: the same from the same seed, whole, and by every rule. */
#include "tables-fixture.h"
#include "way-canonical.h"
#include "way-check.h"
#include "way-error.h"
#include "way-sample.h"
#include "way-text.h"
#include "way-upn.h"
#include "way-values.h"

#include <math.h>
#include <string.h>

#define TODAY way_date_new (2026, 11, 22)

/* What a sink is to see to. */
typedef struct {
  WayCodeLists *lists; /* NULL: no rules are looked at */
  GHashTable *ids;     /* "type id" of everything so far */
  GChecksum *checksum; /* over the canonical texts */
  guint n_batches, largest;
  guint counts[WAY_N_RECORD_TYPES];
} Seen;

static void
check_record (Seen *seen, const WayRecord *record)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < record->type->n_fields; i++) {
    const WayField *field = &record->type->fields[i];
    g_autofree char *key = NULL;

    if (field->kind != WAY_FIELD_ID || !way_field_is_known (field, record))
      continue;
    key = g_strdup_printf ("%s %s", field->list, way_field_string (field, record));
    if (!g_hash_table_contains (seen->ids, key))
      g_error ("%s.%s refers to nothing", record->type->name, field->name);
  }
  way_record_validate (record, seen->lists, TODAY, &error);
  g_assert_no_error (error);
}

static gboolean
take_batch (WayRecordSet *batch, gpointer user_data, GError **error)
{
  Seen *seen = user_data;
  g_autofree char *text = way_canonical_write (batch, WAY_CANONICAL_WHOLE);

  seen->n_batches++;
  seen->largest = MAX (seen->largest, way_record_set_count (batch));
  g_checksum_update (seen->checksum, (const guchar *) text, -1);
  for (guint t = 0; t < WAY_N_RECORD_TYPES; t++)
    seen->counts[t] += way_record_set_list (batch, WAY_RECORD_TYPES[t])->len;
  for (guint t = 0; seen->lists != NULL && t < WAY_N_RECORD_TYPES; t++) {
    GPtrArray *list = way_record_set_list (batch, WAY_RECORD_TYPES[t]);

    for (guint i = 0; i < list->len; i++) {
      const WayRecord *record = g_ptr_array_index (list, i);

      g_assert_true (way_uuid_is_made_up (record->id));
      g_assert_true (
          g_hash_table_add (seen->ids, g_strdup_printf ("%s %s", record->type->name, record->id)));
    }
  }
  for (guint t = 0; seen->lists != NULL && t < WAY_N_RECORD_TYPES; t++) {
    GPtrArray *list = way_record_set_list (batch, WAY_RECORD_TYPES[t]);

    for (guint i = 0; i < list->len; i++)
      check_record (seen, g_ptr_array_index (list, i));
  }
  return TRUE;
}

static void
seen_clear (Seen *seen)
{
  g_clear_pointer (&seen->lists, way_code_lists_unref);
  g_clear_pointer (&seen->ids, g_hash_table_unref);
  g_clear_pointer (&seen->checksum, g_checksum_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Seen, seen_clear)

static void
make (WaySampleSize size, guint64 seed, WaySampleSink sink, gpointer user_data)
{
  g_autoptr (GPtrArray) rows = tables_read ("terms.csv");
  g_autoptr (WayTerms) terms = way_terms_new (rows);
  g_autoptr (GError) error = NULL;
  const WaySampleOrder order = {.size = size, .seed = seed, .today = TODAY};
  gboolean made = way_sample_make (&order, terms, sink, user_data, &error);

  g_assert_no_error (error);
  g_assert_true (made);
}

static char *
hash_of (WaySampleSize size, guint64 seed)
{
  g_auto (Seen) seen = {.checksum = g_checksum_new (G_CHECKSUM_SHA256)};

  make (size, seed, take_batch, &seen);
  return g_strdup (g_checksum_get_string (seen.checksum));
}

static void
test_same_seed (void)
{
  static const WaySampleSize SIZES[] = {WAY_SAMPLE_SMALL, WAY_SAMPLE_TEACHER};

  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++) {
    g_autofree char *first = hash_of (SIZES[i], 1);
    g_autofree char *again = hash_of (SIZES[i], 1);
    g_autofree char *other = hash_of (SIZES[i], 2);

    g_assert_cmpstr (first, ==, again);
    g_assert_cmpstr (first, !=, other);
  }
}

static guint
count (const Seen *seen, const WayRecordType *type)
{
  return seen->counts[way_record_type_index (type)];
}

static void
test_keeps_every_rule (gconstpointer data)
{
  static const guint CHILDREN[] = {6, 60, 400, 4500};
  WaySampleSize size = GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) rows = tables_read ("lists.csv");
  g_auto (Seen) seen = {
      .lists = way_code_lists_new (rows),
      .ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
      .checksum = g_checksum_new (G_CHECKSUM_SHA256),
  };

  make (size, 7, take_batch, &seen);
  g_assert_cmpuint (count (&seen, WAY_CHILD), ==, CHILDREN[size]);
  g_assert_cmpuint (seen.n_batches, ==, CHILDREN[size] + 1);
  g_assert_cmpuint (count (&seen, WAY_VISIT), >=, 3 * CHILDREN[size]);
  g_assert_cmpuint (count (&seen, WAY_MEASUREMENT), >=, 20 * CHILDREN[size]);
  for (guint t = 0; t < WAY_N_RECORD_TYPES; t++) {
    const WayRecordType *type = WAY_RECORD_TYPES[t];

    /* Lists and terms come with the store; versions and disclosures from what is done in it. */
    if (type != WAY_CODE && type != WAY_TERM && type != WAY_VISIT_VERSION &&
        type != WAY_DISCLOSURE && size != WAY_SAMPLE_SMALL)
      g_assert_cmpuint (count (&seen, type), >, 0);
  }
}

/* The size that speed is measured with; child by child, so that memory stays flat. */
static void
test_county (void)
{
  g_auto (Seen) seen = {.checksum = g_checksum_new (G_CHECKSUM_SHA256)};
  gint64 began = g_get_monotonic_time ();

  make (WAY_SAMPLE_COUNTY, 1, take_batch, &seen);
  g_test_message ("%.1f s", (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC);
  g_assert_cmpuint (count (&seen, WAY_CHILD), ==, 4500);
  g_assert_cmpuint (ABS ((int) count (&seen, WAY_VISIT) - 60000), <, 600);
  g_assert_cmpuint (ABS ((int) count (&seen, WAY_TARGET) - 30000), <, 300);
  g_assert_cmpuint (ABS ((int) count (&seen, WAY_MEASUREMENT) - 300000), <, 3000);
  g_assert_cmpuint (seen.largest, <, 1000);
}

/* What was agreed at a visit is followed up once, at a later one, and both say the same. */
static gboolean
check_follow_ups (WayRecordSet *batch, gpointer user_data, GError **error)
{
  GPtrArray *links = way_record_set_list (batch, WAY_VISIT_ACTION);
  GPtrArray *actions = way_record_set_list (batch, WAY_ACTION);
  g_autoptr (GHashTable) followed = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < links->len; i++) {
    const WayVisitAction *link = g_ptr_array_index (links, i);
    const WayAction *action = way_record_set_find (batch, WAY_ACTION, link->action);
    const WayVisit *agreed = way_record_set_find (batch, WAY_VISIT, action->visit);
    const WayVisit *found = way_record_set_find (batch, WAY_VISIT, link->visit);

    g_assert_cmpuint (agreed->date, <, found->date);
    g_assert_cmpstr (action->effect, ==, link->effect);
    g_assert_cmpint (strcmp (link->effect, "done") == 0, ==, action->done != WAY_DATE_UNKNOWN);
    g_assert_true (action->done == WAY_DATE_UNKNOWN ||
                   (action->done >= agreed->date && action->done <= found->date));
    g_assert_true (g_hash_table_add (followed, (gpointer) link->action));
  }
  for (guint i = 0; i < actions->len; i++) {
    const WayAction *action = g_ptr_array_index (actions, i);

    if (!g_hash_table_contains (followed, action->record.id))
      g_assert_null (action->effect);
  }
  *(guint *) user_data += links->len;
  return TRUE;
}

static void
test_follow_ups_agree (void)
{
  guint n = 0;

  make (WAY_SAMPLE_TEACHER, 3, check_follow_ups, &n);
  g_assert_cmpuint (n, >, 200);
}

static gboolean
check_dates (WayRecordSet *batch, gpointer user_data, GError **error)
{
  GPtrArray *measurements = way_record_set_list (batch, WAY_MEASUREMENT);
  GPtrArray *visits = way_record_set_list (batch, WAY_VISIT);
  GPtrArray *children = way_record_set_list (batch, WAY_CHILD);
  GPtrArray *results = way_record_set_list (batch, WAY_ASSESSMENT);

  for (guint i = 0; i < measurements->len; i++) {
    const WayMeasurement *row = g_ptr_array_index (measurements, i);
    const WayTarget *target = way_record_set_find (batch, WAY_TARGET, row->target);

    g_assert_cmpuint (row->date, >=, target->start);
    g_assert_cmpuint (row->date, <=, TODAY);
    g_assert_true (isnan (row->value) || isnan (target->scale_max) ||
                   row->value <= target->scale_max);
  }
  for (guint i = 0; i < visits->len; i++) {
    const WayVisit *visit = g_ptr_array_index (visits, i);

    g_assert_cmpuint (visit->date, <=, TODAY);
    g_assert_cmpint (way_date_get_weekday (visit->date), <=, 5);
    g_assert_cmpint (visit->signed_at != NULL, ==, visit->signed_by != NULL);
    g_assert_cmpint (visit->signed_at != NULL, ==, !isnan (visit->version));
    ((guint *) user_data)[visit->signed_at == NULL]++;
    g_assert_null (strchr (visit->purpose, '{'));
    g_assert_null (strchr (visit->seen, '{'));
    if (i > 0) /* no visit says what the one before it said */
      g_assert_cmpstr (
          visit->seen, !=, ((const WayVisit *) g_ptr_array_index (visits, i - 1))->seen);
  }
  for (guint i = 0; i < results->len; i++) {
    const WayAssessment *result = g_ptr_array_index (results, i);
    const WayVisit *visit = way_record_set_find (batch, WAY_VISIT, result->visit);

    g_assert_cmpuint (result->date, ==, visit->date);
    g_assert_cmpfloat (result->percentile, >=, 1);
    g_assert_cmpfloat (result->percentile, <, 100);
  }
  for (guint i = 0; i < children->len; i++)
    g_assert_cmpint (
        way_upn_check (((WayChild *) g_ptr_array_index (children, i))->upn), ==, WAY_UPN_PERMANENT);
  return TRUE;
}

static void
test_dates_and_signatures (void)
{
  guint counts[2] = {0, 0}; /* signed, not yet */

  make (WAY_SAMPLE_TEACHER, 3, check_dates, counts);
  g_assert_cmpuint (counts[0], >, 10 * counts[1]);
  g_assert_cmpuint (counts[1], >, 0);
}

static gboolean
keep_second (WayRecordSet *batch, gpointer user_data, GError **error)
{
  WayRecordSet **kept = user_data;

  if (kept[1] == NULL)
    kept[kept[0] == NULL ? 0 : 1] = way_record_set_copy (batch);
  return TRUE;
}

/* The one that pictures and examples show. */
static void
test_amara (void)
{
  WayRecordSet *kept[2] = {NULL, NULL};
  g_autoptr (WayRecordSet) places = NULL;
  g_autoptr (WayRecordSet) batch = NULL;
  const WayChild *child;
  GPtrArray *visits;
  const WayVisit *last;

  make (WAY_SAMPLE_SMALL, 1, keep_second, kept);
  places = kept[0];
  batch = kept[1];
  child = way_record_set_first (batch, WAY_CHILD);
  g_assert_cmpstr (child->forename, ==, "Amara");
  g_assert_cmpstr (child->preferred, ==, "Ami");
  g_assert_cmpint (way_date_age (child->dob, TODAY).years, ==, 8);
  g_assert_cmpstr (
      ((WayPractitioner *) way_record_set_first (places, WAY_PRACTITIONER))->name, ==, "T. Eacher");
  way_record_set_sort_by_position (batch);
  visits = way_record_set_list (batch, WAY_VISIT);
  last = g_ptr_array_index (visits, visits->len - 1);
  g_assert_cmpuint (last->date, ==, way_date_new (2026, 11, 17));
  g_assert_nonnull (last->signed_at);
  g_assert_nonnull (strstr (last->seen, "two of three “where” questions"));
}

static gboolean
refuse_third (WayRecordSet *batch, gpointer user_data, GError **error)
{
  if (++*(guint *) user_data < 3)
    return TRUE;
  g_set_error_literal (error, WAY_ERROR, WAY_ERROR_CANCELLED, "stopped");
  return FALSE;
}

static void
test_sink_stops (void)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (WayTerms) terms = way_terms_new (rows); /* no term at all must not stop it */
  const WaySampleOrder order = {.size = WAY_SAMPLE_TEACHER, .seed = 1, .today = TODAY};
  g_autoptr (GError) error = NULL;
  guint calls = 0;

  g_assert_false (way_sample_make (&order, terms, refuse_third, &calls, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_CANCELLED);
  g_assert_cmpuint (calls, ==, 3);
}

static gboolean
count_me (WayRecordSet *batch, gpointer user_data, GError **error)
{
  GPtrArray *people = way_record_set_list (batch, WAY_PRACTITIONER);

  for (guint i = 0; i < people->len; i++)
    *(guint *) user_data +=
        ((const WayPractitioner *) g_ptr_array_index (people, i))->me == WAY_YES;
  return TRUE;
}

/* Where it is known who works with the store, nobody of the sample takes that place. */
static void
test_one_me (void)
{
  for (guint known = 0; known < 2; known++) {
    const WaySampleOrder order = {
        .size = WAY_SAMPLE_SMALL, .seed = 1, .today = TODAY, .has_me = known == 1};
    g_autoptr (GPtrArray) rows = g_ptr_array_new ();
    g_autoptr (WayTerms) terms = way_terms_new (rows);
    g_autoptr (GError) error = NULL;
    guint n_me = 0;

    way_sample_make (&order, terms, count_me, &n_me, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (n_me, ==, 1 - known);
  }
}

/* "A. Iqbal": no sentence, and no gap that nobody filled. */
static gboolean
is_staff_name (const char *text)
{
  return text == NULL || (strlen (text) < 24 && g_ascii_isupper (text[0]) && text[1] == '.');
}

static void
assert_whole (const WayRecord *record)
{
  for (guint i = 0; i < record->type->n_fields; i++) {
    g_autofree char *text = way_field_dup_text (&record->type->fields[i], record);

    g_assert_true (text == NULL || strchr (text, '{') == NULL);
  }
}

static gboolean
check_texts (WayRecordSet *batch, gpointer user_data, GError **error)
{
  GPtrArray *settings = way_record_set_list (batch, WAY_SETTING);
  GPtrArray *views = way_record_set_list (batch, WAY_VISIT_VIEW);

  for (guint i = 0; i < settings->len; i++) {
    const WaySetting *setting = g_ptr_array_index (settings, i);

    g_assert_true (is_staff_name (setting->head));
    g_assert_true (is_staff_name (setting->senco));
    ++*(guint *) user_data;
  }
  for (guint i = 0; i < views->len; i++)
    g_assert_false (is_staff_name (((const WayVisitView *) g_ptr_array_index (views, i))->text));
  for (guint t = 0; t < WAY_N_RECORD_TYPES; t++) {
    GPtrArray *records = way_record_set_list (batch, WAY_RECORD_TYPES[t]);

    for (guint i = 0; i < records->len; i++)
      assert_whole (g_ptr_array_index (records, i));
  }
  return TRUE;
}

/* Names are names, and what is said is prose. */
static void
test_words (void)
{
  guint n_settings = 0;

  make (WAY_SAMPLE_TEACHER, 1, check_texts, &n_settings);
  g_assert_cmpuint (n_settings, >=, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sample/same-seed", test_same_seed);
  g_test_add_data_func (
      "/sample/rules/small", GUINT_TO_POINTER (WAY_SAMPLE_SMALL), test_keeps_every_rule);
  g_test_add_data_func (
      "/sample/rules/teacher", GUINT_TO_POINTER (WAY_SAMPLE_TEACHER), test_keeps_every_rule);
  g_test_add_data_func (
      "/sample/rules/district", GUINT_TO_POINTER (WAY_SAMPLE_DISTRICT), test_keeps_every_rule);
  g_test_add_func ("/sample/county", test_county);
  g_test_add_func ("/sample/follow-ups-agree", test_follow_ups_agree);
  g_test_add_func ("/sample/dates-and-signatures", test_dates_and_signatures);
  g_test_add_func ("/sample/amara", test_amara);
  g_test_add_func ("/sample/sink-stops", test_sink_stops);
  g_test_add_func ("/sample/words", test_words);
  g_test_add_func ("/sample/one-me", test_one_me);
  return g_test_run ();
}
