/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-child-facts.h"

#include "way-nc-year.h"
#include "way-sharing.h"
#include "way-text.h"
#include "way-values.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
is_current (WayDate from, WayDate to, WayDate today)
{
  return (from == WAY_DATE_UNKNOWN || from <= today) && (to == WAY_DATE_UNKNOWN || to >= today);
}

/**
 * way_child_facts_name:
 * @records: what belongs to the child
 *
 * Returns: (transfer full): forename and surname
 */
char *
way_child_facts_name (WayRecordSet *records)
{
  const WayChild *child = way_record_set_first (records, WAY_CHILD);
  g_autofree char *name = g_strjoin (" ",
                                     child->forename != NULL ? child->forename : "",
                                     child->surname != NULL ? child->surname : "",
                                     NULL);

  return g_strdup (g_strstrip (name));
}

/**
 * way_child_facts_preferred:
 * @records: what belongs to the child
 *
 * Returns: (transfer full): the name that the child likes, in brackets; empty if none
 */
char *
way_child_facts_preferred (WayRecordSet *records)
{
  const WayChild *child = way_record_set_first (records, WAY_CHILD);

  if (way_text_is_blank (child->preferred) || g_strcmp0 (child->preferred, child->forename) == 0)
    return g_strdup ("");
  return g_strdup_printf ("(%s)", child->preferred);
}

static const char *
current_school (WayRecordSet *records, WayDate today)
{
  GPtrArray *enrolments = way_record_set_list (records, WAY_ENROLMENT);
  const WayChild *child = way_record_set_first (records, WAY_CHILD);
  const WayEnrolment *found = way_enrolment_find_main (enrolments, child->record.id, today);
  const WaySetting *setting;

  for (guint i = enrolments->len; found == NULL && i > 0; i--) {
    const WayEnrolment *enrolment = enrolments->pdata[i - 1];

    if (is_current (enrolment->from, enrolment->to, today))
      found = enrolment;
  }
  setting = found != NULL ? way_record_set_find (records, WAY_SETTING, found->setting) : NULL;
  return setting != NULL ? setting->name : NULL;
}

static const char *
current_status (WayRecordSet *records, const WayCodeLists *lists, WayDate today)
{
  const WayChild *child = way_record_set_first (records, WAY_CHILD);
  const WaySenStatus *status =
      way_sen_status_find (way_record_set_list (records, WAY_SEN_STATUS), child->record.id, today);

  return status != NULL ? way_code_lists_label (lists, "sen-provision", status->provision) : NULL;
}

static gint
compare_rank (gconstpointer a, gconstpointer b)
{
  const WayNeed *first = *(WayNeed *const *) a;
  const WayNeed *second = *(WayNeed *const *) b;

  return (first->rank > second->rank) - (first->rank < second->rank);
}

static char *
current_needs (WayRecordSet *records, WayDate today)
{
  GPtrArray *needs = way_record_set_list (records, WAY_NEED);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < needs->len; i++) {
    const WayNeed *need = needs->pdata[i];

    if (is_current (need->from, need->to, today))
      g_ptr_array_add (sorted, needs->pdata[i]);
  }
  g_ptr_array_sort (sorted, compare_rank);
  for (guint i = 0; i < sorted->len; i++)
    g_string_append_printf (
        text, "%s%s", i > 0 ? ", " : "", ((const WayNeed *) sorted->pdata[i])->type);
  return g_strdup (text->str);
}

static void
append (GString *text, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

/* "Year 3"; of a child who is taught out of cohort "Year 3 (by age Year 4)" */
static char *
dup_year (const WayChild *child, WayDate today)
{
  g_autofree char *actual =
      way_nc_year_label_for (child->dob, child->nc_year, child->nc_year_from, today);
  g_autofree char *usual = way_nc_year_label_for (child->dob, NULL, WAY_DATE_UNKNOWN, today);

  if (strcmp (actual, usual) == 0)
    return g_steal_pointer (&actual);
  /* Translators: the year that a child is taught in, and the year of its age */
  return g_strdup_printf (_ ("%s (by age %s)"), actual, usual);
}

/**
 * way_child_facts_line:
 * @records: what belongs to the child
 * @lists: the words for codes
 * @today: the day
 *
 * Returns: (transfer full): age, year, school, status and needs; what is not known is left out
 */
char *
way_child_facts_line (WayRecordSet *records, const WayCodeLists *lists, WayDate today)
{
  const WayChild *child = way_record_set_first (records, WAY_CHILD);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *needs = current_needs (records, today);
  g_autofree char *year = NULL;

  if (child->dob != WAY_DATE_UNKNOWN && child->dob <= today) {
    WayAge age = way_date_age (child->dob, today);

    /* Translators: years and months of an age. */
    g_string_append_printf (text, _ ("%d y %d m"), age.years, age.months);
    year = dup_year (child, today);
  }
  append (text, year);
  append (text, current_school (records, today));
  append (text, current_status (records, lists, today));
  append (text, needs);
  return g_strdup (text->str);
}

/* One that is opened later counts only where there is no other, the nearest of them. */
static gboolean
counts_before (const WayCase *candidate, const WayCase *other, WayDate today)
{
  if (other == NULL)
    return TRUE;
  if (candidate->opened > today)
    return candidate->opened < other->opened;
  return other->opened > today || candidate->opened >= other->opened;
}

/**
 * way_child_facts_latest_case:
 * @records: what belongs to the child
 * @today: the day
 *
 * Returns: (transfer none) (nullable): the case that was opened last, or where none is open yet
 *   will be first; of two of one day the later in the order of way_record_compare_by_position()
 */
const WayCase *
way_child_facts_latest_case (WayRecordSet *records, WayDate today)
{
  GPtrArray *cases = way_record_set_list (records, WAY_CASE);
  const WayCase *latest = NULL;

  for (guint i = 0; i < cases->len; i++) {
    const WayCase *candidate = cases->pdata[i];

    if (counts_before (candidate, latest, today))
      latest = candidate;
  }
  return latest;
}

static const WayCaseStatus *
case_status (WayRecordSet *records, const WayCase *of, WayDate today)
{
  GPtrArray *rows = way_record_set_list (records, WAY_CASE_STATUS);
  const WayCaseStatus *found = NULL;

  for (guint i = 0; i < rows->len; i++) {
    const WayCaseStatus *row = rows->pdata[i];

    if (g_strcmp0 (row->case_id, of->record.id) == 0 && row->from <= today &&
        (found == NULL || row->from >= found->from))
      found = row;
  }
  return found;
}

static const char *
allocated_to (WayRecordSet *records, const WayCase *of, WayDate today)
{
  GPtrArray *rows = way_record_set_list (records, WAY_ALLOCATION);
  const WayAllocation *found = NULL;
  const WayPractitioner *who;

  for (guint i = 0; i < rows->len; i++) {
    const WayAllocation *row = rows->pdata[i];

    if (g_strcmp0 (row->case_id, of->record.id) == 0 && is_current (row->from, row->to, today) &&
        (found == NULL || row->from >= found->from))
      found = row;
  }
  who = found != NULL ? way_record_set_find (records, WAY_PRACTITIONER, found->practitioner) : NULL;
  return who != NULL ? who->name : NULL;
}

static const char *
agreement_words (WayRecordSet *records, WayDate today)
{
  const WayChild *child = way_record_set_first (records, WAY_CHILD);

  switch (way_sharing_get_agreement (records, child->record.id, today, NULL)) {
  case WAY_AGREEMENT_IN_PLACE:
    return _ ("agreement recorded");
  case WAY_AGREEMENT_WITHDRAWN:
    return _ ("agreement withdrawn");
  case WAY_AGREEMENT_MISSING:
  default:
    return NULL;
  }
}

/* "Case 2": how many were opened before it, or on the day and not after it in the list. */
static guint
number_of (WayRecordSet *records, const WayCase *latest)
{
  GPtrArray *cases = way_record_set_list (records, WAY_CASE);
  guint n = 0;

  for (guint i = 0; i < cases->len; i++)
    n += ((const WayCase *) cases->pdata[i])->opened <= latest->opened;
  return n;
}

/* What the latest review says of the next one; NULL: nothing. */
static char *
review_words (WayRecordSet *records, WayDate today)
{
  GPtrArray *reviews = way_record_set_list (records, WAY_REVIEW);
  const WayReview *latest = NULL;
  g_autofree char *day = NULL;

  for (guint i = 0; i < reviews->len; i++) {
    const WayReview *review = reviews->pdata[i];

    if (latest == NULL || review->date >= latest->date)
      latest = review;
  }
  if (latest == NULL || latest->next_review == WAY_DATE_UNKNOWN)
    return NULL;
  day = way_date_format_short (latest->next_review);
  return g_strdup_printf (
      latest->next_review < today ? _ ("review overdue since %s") : _ ("review due %s"), day);
}

/**
 * way_child_facts_case:
 * @records: what belongs to the child
 * @lists: the words for codes
 * @today: the day
 *
 * Returns: (transfer full): the latest case, who has it, agreement and review; empty if there is
 * none
 */
char *
way_child_facts_case (WayRecordSet *records, const WayCodeLists *lists, WayDate today)
{
  const WayCase *latest = way_child_facts_latest_case (records, today);
  guint number = latest != NULL ? number_of (records, latest) : 0;
  const WayCaseStatus *status;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *opened = NULL, *closed = NULL, *review = NULL;

  if (latest == NULL)
    return g_strdup ("");
  opened = way_date_format_short (latest->opened);
  closed = way_date_format_short (latest->closed);
  status = case_status (records, latest, today);
  if (latest->closed != WAY_DATE_UNKNOWN && latest->closed < today)
    g_string_append_printf (text, _ ("Case %u, closed %s"), number, closed);
  else if (latest->opened > today)
    g_string_append_printf (text, _ ("Case %u, opens %s"), number, opened);
  else if (status != NULL && g_strcmp0 (status->status, "active") != 0)
    g_string_append_printf (text,
                            _ ("Case %u, %s, opened %s"),
                            number,
                            way_code_lists_label (lists, "case-status", status->status),
                            opened);
  else
    g_string_append_printf (text, _ ("Case %u, active since %s"), number, opened);
  append (text, allocated_to (records, latest, today));
  append (text, agreement_words (records, today));
  /* Nobody has to review a case that is closed. */
  if (latest->closed == WAY_DATE_UNKNOWN || latest->closed >= today)
    review = review_words (records, today);
  append (text, review);
  return g_strdup (text->str);
}

static gint
compare_targets (gconstpointer a, gconstpointer b)
{
  const WayTarget *first = *(WayTarget *const *) a;
  const WayTarget *second = *(WayTarget *const *) b;

  if (way_target_is_open (first) != way_target_is_open (second))
    return way_target_is_open (first) ? -1 : 1;
  return (first->start < second->start) - (first->start > second->start);
}

/**
 * way_child_facts_targets:
 * @records: what belongs to the child
 * @open_only: whether to leave out those that ended
 *
 * Returns: (transfer container) (element-type WayTarget): the targets, as the page shows them
 */
GPtrArray *
way_child_facts_targets (WayRecordSet *records, gboolean open_only)
{
  GPtrArray *all = way_record_set_list (records, WAY_TARGET);
  GPtrArray *targets = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++) {
    if (!open_only || way_target_is_open (all->pdata[i]))
      g_ptr_array_add (targets, all->pdata[i]);
  }
  g_ptr_array_sort (targets, compare_targets);
  return targets;
}

/**
 * way_child_facts_of_target:
 * @records: what belongs to the child
 * @type: a type with a field "target"
 * @target_id: the target
 *
 * Returns: (transfer full) (element-type WayRecord): copies of its records, which
 *   may outlive @records
 */
GPtrArray *
way_child_facts_of_target (WayRecordSet *records, const WayRecordType *type, const char *target_id)
{
  const WayField *field = way_record_type_find (type, "target");
  GPtrArray *all = way_record_set_list (records, type);
  GPtrArray *found = g_ptr_array_new_with_free_func (way_record_free);

  for (guint i = 0; i < all->len; i++) {
    if (g_strcmp0 (way_field_string (field, all->pdata[i]), target_id) == 0)
      g_ptr_array_add (found, way_record_copy (all->pdata[i]));
  }
  return found;
}

static gint
compare_due (gconstpointer a, gconstpointer b)
{
  const WayAction *first = *(WayAction *const *) a;
  const WayAction *second = *(WayAction *const *) b;
  /* Without a day: last. */
  WayDate one = first->due - 1, two = second->due - 1;

  return (one > two) - (one < two);
}

/**
 * way_child_facts_open_actions:
 * @records: what belongs to the child
 *
 * Returns: (transfer container) (element-type WayAction): what is agreed and not
 *   settled yet, by when it is due
 */
GPtrArray *
way_child_facts_open_actions (WayRecordSet *records)
{
  GPtrArray *all = way_record_set_list (records, WAY_ACTION);
  GPtrArray *open = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++) {
    const WayAction *action = all->pdata[i];

    /* As the next visit asks: what was done in part is still open. */
    if (action->done == WAY_DATE_UNKNOWN && g_strcmp0 (action->effect, "done") != 0 &&
        g_strcmp0 (action->effect, "not") != 0)
      g_ptr_array_add (open, all->pdata[i]);
  }
  g_ptr_array_sort (open, compare_due);
  return open;
}

/* Past the "By 12 December," but not past "By Easter Ami will ask for help," which says more than
 * what follows it. */
static const char *
skip_day (const char *statement)
{
  const char *comma = g_str_has_prefix (statement, "By ") ? strchr (statement, ',') : NULL;
  const char *will = strstr (statement, " will ");

  if (comma == NULL || (will != NULL && will < comma) ||
      (gsize) (comma - statement) >= strlen (comma))
    return statement;
  return comma + 1;
}

/**
 * way_child_facts_short:
 * @statement: (nullable): a target's statement
 * @with_day: with the "By 12 December" before it
 *
 * Returns: (transfer full): its first words, without the full stop
 */
char *
way_child_facts_short (const char *statement, gboolean with_day)
{
  const char *text = statement != NULL ? statement : "";
  char *words;

  if (!with_day)
    text = skip_day (text);
  while (*text == ' ')
    text++;
  words = way_text_first_words (text, 60);
  /* It goes on after it: "…: 4 of 5". */
  if (g_str_has_suffix (words, "."))
    words[strlen (words) - 1] = '\0';
  return words;
}
