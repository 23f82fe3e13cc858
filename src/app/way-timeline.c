/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-child-facts.h"

#include "way-progress.h"
#include "way-text.h"
#include "way-values.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  GPtrArray *entries;
  WayRecordSet *records;
  const WayCodeLists *lists;
  const WayTerms *terms;
  WayDate today;
} Making;

static void
entry_free (gpointer data)
{
  WayTimelineEntry *entry = data;

  g_free (entry->text);
  g_free (entry->detail);
  g_free (entry->visit);
  g_free (entry);
}

/* Takes the text. What has no day cannot stand in a timeline. */
static WayTimelineEntry *
add_whenever (Making *making, WayDate date, const char *mark, const char *what, char *text)
{
  WayTimelineEntry *entry = g_new0 (WayTimelineEntry, 1);

  entry->date = date;
  entry->mark = mark;
  entry->what = what;
  entry->text = text;
  if (date != WAY_DATE_UNKNOWN)
    g_ptr_array_add (making->entries, entry);
  else
    g_clear_pointer (&entry, entry_free);
  return entry;
}

/* What is planned has not happened: it stands on its card. */
static WayTimelineEntry *
add (Making *making, WayDate date, const char *mark, const char *what, char *text)
{
  return add_whenever (making, date <= making->today ? date : WAY_DATE_UNKNOWN, mark, what, text);
}

/* A visit is there to be opened, whatever its day. */
static void
add_visits (Making *making)
{
  GPtrArray *visits = way_record_set_list (making->records, WAY_VISIT);

  for (guint i = 0; i < visits->len; i++) {
    const WayVisit *visit = visits->pdata[i];
    const char *kind = way_code_lists_label (making->lists, "visit-kind", visit->kind);
    gboolean is_signed = !way_text_is_blank (visit->signed_at);
    WayTimelineEntry *entry = add_whenever (
        making,
        visit->date,
        "◎",
        _ ("Visit"),
        is_signed ? g_strdup (kind) : g_strdup_printf (_ ("%s, not signed yet"), kind));

    if (entry == NULL)
      continue;
    entry->visit = g_strdup (visit->record.id);
    if (!way_text_is_blank (visit->seen))
      entry->detail = way_text_first_words (visit->seen, 110);
    else if (!way_text_is_blank (visit->purpose))
      entry->detail = way_text_first_words (visit->purpose, 110);
  }
}

/**
 * way_timeline_is_one_stretch:
 * @terms: (nullable): the table of terms
 * @one: a day
 * @other: another
 *
 * Returns: whether both are of the same term, or of the same holidays: of one card
 */
gboolean
way_timeline_is_one_stretch (const WayTerms *terms, WayDate one, WayDate other)
{
  return terms == NULL ||
         (way_terms_find (terms, one) == way_terms_find (terms, other) &&
          way_terms_is_holiday (terms, one) == way_terms_is_holiday (terms, other));
}

/* A target that goes on is set again with another day: where two would be called the same, the day
 * that tells them apart stays in front. */
static char *
dup_name (Making *making, const WayTarget *target)
{
  GPtrArray *targets = way_record_set_list (making->records, WAY_TARGET);
  g_autofree char *name = way_child_facts_short (target->statement, FALSE);

  for (guint i = 0; i < targets->len; i++) {
    const WayTarget *other = targets->pdata[i];
    g_autofree char *other_name = way_child_facts_short (other->statement, FALSE);

    if (other != target && strcmp (name, other_name) == 0)
      return way_child_facts_short (target->statement, TRUE);
  }
  return g_steal_pointer (&name);
}

static void
finish_measured (Making *making, const WayTarget *target, const WayMeasurement *last, guint count)
{
  g_autofree char *value = way_progress_value_text (target, last->value);
  g_autofree char *name = dup_name (making, target);

  add (making,
       last->date,
       "●",
       _ ("Measured"),
       count == 1 ? g_strdup_printf ("%s: %s", name, value)
                  : g_strdup_printf (_ ("%s: %s (the latest of %u)"), name, value, count));
}

/* Weekly values would hide everything else: one line for a target and a card. */
static void
add_measurements (Making *making, const WayTarget *target)
{
  g_autoptr (GPtrArray) rows =
      way_child_facts_of_target (making->records, WAY_MEASUREMENT, target->record.id);
  const WayMeasurement *last = NULL;
  guint count = 0;

  for (guint i = 0; i < rows->len; i++) {
    const WayMeasurement *row = rows->pdata[i];

    if (!way_text_is_blank (row->not_measured))
      continue;
    if (last != NULL && !way_timeline_is_one_stretch (making->terms, last->date, row->date)) {
      finish_measured (making, target, last, count);
      count = 0;
    }
    last = row;
    count++;
  }
  if (last != NULL)
    finish_measured (making, target, last, count);
}

static void
add_targets (Making *making)
{
  GPtrArray *targets = way_record_set_list (making->records, WAY_TARGET);

  for (guint i = 0; i < targets->len; i++) {
    const WayTarget *target = targets->pdata[i];
    g_autoptr (GPtrArray) phases =
        way_child_facts_of_target (making->records, WAY_PHASE, target->record.id);

    add (making, target->start, "⚑", _ ("Target set"), dup_name (making, target));
    if (target->ended != WAY_DATE_UNKNOWN) {
      g_autofree char *name = dup_name (making, target);

      add (making,
           target->ended,
           "⚐",
           _ ("Target ended"),
           g_strdup_printf ("%s (%s)",
                            name,
                            way_code_lists_label (making->lists, "target-state", target->state)));
    }
    for (guint k = 0; k < phases->len; k++) {
      const WayPhase *phase = phases->pdata[k];

      add (making, phase->date, "┊", _ ("Change"), g_strdup (phase->label));
    }
    add_measurements (making, target);
  }
}

static void
add_reviews (Making *making)
{
  GPtrArray *reviews = way_record_set_list (making->records, WAY_REVIEW);

  for (guint i = 0; i < reviews->len; i++) {
    const WayReview *review = reviews->pdata[i];
    WayTimelineEntry *entry =
        add (making,
             review->date,
             "✓",
             _ ("Review"),
             g_strdup (way_code_lists_label (making->lists, "review-kind", review->kind)));

    if (entry != NULL && !way_text_is_blank (review->child_view))
      entry->detail = way_text_first_words (review->child_view, 110);
  }
}

/* "Record of Visit, 20 November 2026 (PDF), to: Mrs Hale (SENCO)" */
static char *
dup_shared (const WayDisclosure *row)
{
  const char *recipient = row->recipient != NULL ? row->recipient : "";

  if (way_text_is_blank (row->format))
    return g_strdup_printf (_ ("%s, to: %s"), row->what, recipient);
  return g_strdup_printf (_ ("%s (%s), to: %s"), row->what, row->format, recipient);
}

static void
add_casework (Making *making)
{
  GPtrArray *cases = way_record_set_list (making->records, WAY_CASE);
  GPtrArray *statuses = way_record_set_list (making->records, WAY_SEN_STATUS);
  GPtrArray *shared = way_record_set_list (making->records, WAY_DISCLOSURE);

  for (guint i = 0; i < cases->len; i++) {
    const WayCase *row = cases->pdata[i];

    add (making,
         row->opened,
         "▷",
         _ ("Case opened"),
         g_strdup (way_code_lists_label (making->lists, "case-route", row->route)));
    add (making,
         row->closed,
         "▣",
         _ ("Case closed"),
         g_strdup (way_code_lists_label (making->lists, "closing-reason", row->closed_reason)));
  }
  for (guint i = 0; i < statuses->len; i++) {
    const WaySenStatus *row = statuses->pdata[i];

    add (making,
         row->from,
         "◇",
         _ ("Status"),
         g_strdup (way_code_lists_label (making->lists, "sen-provision", row->provision)));
  }
  for (guint i = 0; i < shared->len; i++) {
    const WayDisclosure *row = shared->pdata[i];

    add (making,
         way_date_from_stamp_in_england (row->at, NULL),
         "✉",
         _ ("Shared"),
         dup_shared (row));
  }
}

static gint
compare_entries (gconstpointer a, gconstpointer b)
{
  const WayTimelineEntry *first = *(WayTimelineEntry *const *) a;
  const WayTimelineEntry *second = *(WayTimelineEntry *const *) b;

  return (first->date < second->date) - (first->date > second->date);
}

/**
 * way_timeline_new:
 * @records: what belongs to the child
 * @lists: the words for codes
 * @terms: (nullable): the table of terms
 * @today: the day
 *
 * Returns: (transfer full) (element-type WayTimelineEntry): what happened, newest first
 */
GPtrArray *
way_timeline_new (WayRecordSet *records,
                  const WayCodeLists *lists,
                  const WayTerms *terms,
                  WayDate today)
{
  Making making = {g_ptr_array_new_with_free_func (entry_free), records, lists, terms, today};

  add_visits (&making);
  add_reviews (&making);
  add_targets (&making);
  add_casework (&making);
  g_ptr_array_sort (making.entries, compare_entries);
  return making.entries;
}
