/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes up a caseload: settings and colleagues, then child by child, so that a
 * county needs no more memory than one child. */
#include "way-sample-private.h"

#include "way-text.h"

#include <string.h>

typedef struct {
  guint children, years, settings, practitioners;
  guint visits_base, visits_extra, targets_base, targets_extra, measurements;
} Plan;

/* County: with Amara's 3 visits, 4,499 × 13 + 1,510 = 60,000; with her 3 targets,
 * 4,499 × 6 + 3,003 = 30,000, of ten measurements each: 300,000. About three visits
 * a year. */
static const Plan PLANS[] = {
    [WAY_SAMPLE_SMALL] = {6, 2, 5, 2, 4, 3, 3, 0, 10},
    [WAY_SAMPLE_TEACHER] = {60, 2, 14, 4, 5, 20, 3, 0, 10},
    [WAY_SAMPLE_DISTRICT] = {400, 3, 40, 10, 8, 133, 4, 0, 10},
    [WAY_SAMPLE_COUNTY] = {4500, 5, 420, 90, 13, 1511, 6, 3004, 10},
};

/* A new record with an id of the seed's. (transfer none) */
gpointer
way_sample_add (WaySampleWorld *world, WayRecordSet *batch, const WayRecordType *type)
{
  WayRecord *record = way_record_set_add (batch, type);

  record->id = way_dice_uuid (&world->dice);
  return record;
}

/**
 * way_sample_school_day:
 *
 * Returns: the last school day that is not after @near_to; @near_to's last weekday
 *   where the table of terms does not reach
 */
WayDate
way_sample_school_day (const WaySampleWorld *world, WayDate near_to)
{
  for (WayDate day = near_to; day + 70 > near_to; day--) {
    if (way_terms_is_school_day (world->terms, day))
      return day;
  }
  while (way_date_get_weekday (near_to) > 5)
    near_to--;
  return near_to;
}

static void
sign (WaySampleWorld *world, WayDate date, const char *practitioner, char **at, char **by)
{
  char day[WAY_DATE_ISO_SIZE];

  way_date_to_iso (date, day);
  g_free (*at);
  *at = g_strdup_printf ("%sT17:05:00Z", day);
  for (guint i = 0; i < world->practitioners->len; i++) {
    const WayPractitioner *person = g_ptr_array_index (world->practitioners, i);

    if (strcmp (person->record.id, practitioner) == 0)
      way_set_string (by, person->name);
  }
}

/**
 * way_sample_sign:
 *
 * Signs @visit on its own afternoon.
 */
void
way_sample_sign (WaySampleWorld *world, WayVisit *visit)
{
  visit->version = 1;
  sign (world, visit->date, visit->practitioner, &visit->signed_at, &visit->signed_by);
}

/**
 * way_sample_sign_review:
 * @practitioner: who held it
 *
 * Signs @review on its own afternoon.
 */
void
way_sample_sign_review (WaySampleWorld *world, WayReview *review, const char *practitioner)
{
  sign (world, review->date, practitioner, &review->signed_at, &review->signed_by);
}

static void
make_practitioners (WaySampleWorld *world, WayRecordSet *batch, guint n, gboolean has_me)
{
  static const char *const TEAMS[] = {"ci", "cl", "semh", "ey", "pd"};
  GPtrArray *names = way_sample_words_list (world->words, "staff");
  GPtrArray *places = way_sample_words_list (world->words, "place");

  for (guint i = 0; i < n; i++) {
    WayPractitioner *person = way_sample_add (world, batch, WAY_PRACTITIONER);
    const char *name = g_ptr_array_index (names, (i - 1) % names->len);

    if (i == 0)
      way_set_string (&person->name, "T. Eacher");
    else if (i <= names->len)
      way_set_string (&person->name, name);
    else
      person->name = g_strdup_printf ("%s (%u)", name, i / names->len + 1);
    way_set_string (&person->role, i > 0 && i % 9 == 0 ? "district-lead" : "specialist-teacher");
    way_set_string (&person->qualification, i % 3 == 0 ? "QTS, PGCert SEN" : "QTS");
    way_set_string (&person->team, TEAMS[i % G_N_ELEMENTS (TEAMS)]);
    way_set_string (&person->district, g_ptr_array_index (places, (i + 7) % places->len));
    person->fte = i % 4 == 3 ? 0.6 : 1.0;
    person->me = i == 0 && !has_me ? WAY_YES : WAY_NO;
    g_ptr_array_add (world->practitioners, way_record_copy (person));
  }
}

/* Mostly primary schools, some secondary, some early years. */
static void
make_settings (WaySampleWorld *world, WayRecordSet *batch, guint n)
{
  GPtrArray *names = way_sample_words_list (world->words, "school");
  GPtrArray *places = way_sample_words_list (world->words, "place");
  GPtrArray *staff = way_sample_words_list (world->words, "staff");

  for (guint i = 0; i < n; i++) {
    WaySetting *setting = way_sample_add (world, batch, WAY_SETTING);
    const char *place = g_ptr_array_index (places, (i + 7) % places->len);
    const char *name = g_ptr_array_index (names, i % names->len);
    guint kind = i % 10;
    gboolean second = kind == 1 || kind == 6, early = kind == 2;

    if (i == 0)
      way_set_string (&setting->name, "Swale Park Primary School");
    else
      setting->name = g_strdup_printf ("%s %s%s%s",
                                       name,
                                       early    ? "Nursery"
                                       : second ? "Secondary School"
                                                : "Primary School",
                                       i >= names->len ? ", " : "",
                                       i >= names->len ? place : "");
    way_set_string (&setting->phase, early ? "early-years" : second ? "secondary" : "primary");
    way_set_string (&setting->district, place);
    way_set_string (&setting->la, "886");
    if (!early) {
      setting->estab = g_strdup_printf ("%04u", 2001 + i);
      setting->urn = g_strdup_printf ("%06u", 118201 + i);
    }
    way_set_string (&setting->head, g_ptr_array_index (staff, (i + 3) % staff->len));
    way_set_string (&setting->senco, g_ptr_array_index (staff, (i + 5) % staff->len));
    way_set_string (&setting->town, place);
    setting->postcode = g_strdup_printf ("ME%u %uXX", 10 + i % 20, 1 + i % 9);
    setting->accessibility_plan = i % 3 == 0 ? WAY_NO : WAY_YES;
    g_ptr_array_add (world->settings, way_record_copy (setting));
  }
}

static void
world_clear (WaySampleWorld *world)
{
  g_clear_pointer (&world->settings, g_ptr_array_unref);
  g_clear_pointer (&world->practitioners, g_ptr_array_unref);
  g_clear_pointer (&world->words, way_sample_words_free);
}

static gboolean
make_all (WaySampleWorld *world,
          const WaySampleOrder *order,
          WaySampleSink sink,
          gpointer user_data,
          GError **error)
{
  const Plan *plan = &PLANS[order->size];
  g_autoptr (WayRecordSet) places = way_record_set_new ();

  make_practitioners (world, places, plan->practitioners, order->has_me);
  make_settings (world, places, plan->settings);
  if (!sink (places, user_data, error))
    return FALSE;
  for (guint i = 0; i < plan->children; i++) {
    g_autoptr (WayRecordSet) batch = way_record_set_new ();

    if (i == 0)
      way_sample_amara (world, batch);
    else
      way_sample_child (world, batch, i);
    if (!sink (batch, user_data, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * way_sample_make:
 * @order: the same order gives the same content
 * @terms: the table of terms, for school days
 * @sink: takes the records, batch by batch; those referred to come first
 *
 * Makes up a caseload. All children in it are made up, and way_uuid_is_made_up() of each.
 *
 * Returns: %FALSE with what @sink gave
 */
gboolean
way_sample_make (const WaySampleOrder *order,
                 const WayTerms *terms,
                 WaySampleSink sink,
                 gpointer user_data,
                 GError **error)
{
  const Plan *plan = &PLANS[order->size];
  WaySampleWorld world = {
      .dice = {order->seed * G_GUINT64_CONSTANT (0x2545f4914f6cdd1d) + order->size},
      .terms = terms,
      .today = order->today,
      .n_years = plan->years,
      .n_children = plan->children,
      .visits_base = plan->visits_base,
      .visits_extra = plan->visits_extra,
      .targets_base = plan->targets_base,
      .targets_extra = plan->targets_extra,
      .n_measurements = plan->measurements};
  gboolean done;

  world.words = way_sample_words_new (error);
  if (world.words == NULL)
    return FALSE;
  world.settings = g_ptr_array_new_with_free_func (way_record_free);
  world.practitioners = g_ptr_array_new_with_free_func (way_record_free);
  done = make_all (&world, order, sink, user_data, error);
  world_clear (&world);
  return done;
}
