/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-visit-aside.h"

#include "way-chart-view.h"
#include "way-child-facts.h"
#include "way-text.h"
#include "way-ui.h"
#include "way-values.h"

#include <glib/gi18n.h>

#define MOST_CHARTS 6

static GtkWidget *
card (const char *title, const char *beside)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (head), way_ui_label (title, "way-heading"));
  if (beside != NULL)
    gtk_box_append (GTK_BOX (head), way_ui_label (beside, "way-faint"));
  gtk_box_append (GTK_BOX (box), head);
  return box;
}

/* The newest visit with advice before this one. */
static const WayVisit *
find_last (WayRecordSet *child, const WayVisit *visit)
{
  GPtrArray *visits = way_record_set_list (child, WAY_VISIT);
  const WayVisit *last = NULL;

  for (guint i = 0; i < visits->len; i++) {
    const WayVisit *other = visits->pdata[i];

    if (g_strcmp0 (other->record.id, visit->record.id) != 0 && other->date <= visit->date &&
        !way_text_is_blank (other->advice) && (last == NULL || other->date >= last->date))
      last = other;
  }
  return last;
}

static void
add_advice (GtkWidget *aside, WayRecordSet *child, const WayVisit *visit)
{
  const WayVisit *last = find_last (child, visit);
  g_autofree char *date = last != NULL ? way_date_format_short (last->date) : NULL;
  GtkWidget *box = card (_ ("Last visit’s advice"), date);
  GtkWidget *text =
      way_ui_wrapped_label (last != NULL ? last->advice : _ ("No advice is recorded yet."), NULL);

  gtk_label_set_selectable (GTK_LABEL (text), last != NULL);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (aside), way_ui_card (box));
}

static GtkWidget *
build_target (WayRecordSet *child,
              const WayTarget *target,
              const WayTerms *terms,
              const WayProgressOptions *options)
{
  g_autoptr (GPtrArray) measurements =
      way_child_facts_of_target (child, WAY_MEASUREMENT, target->record.id);
  g_autoptr (GPtrArray) phases = way_child_facts_of_target (child, WAY_PHASE, target->record.id);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *view = way_chart_view_new ();
  const WayProgress *progress;
  g_autofree char *state = NULL;

  way_chart_view_set_calendar (WAY_CHART_VIEW (view), terms, NULL, 0, options->today);
  way_chart_view_set_options (WAY_CHART_VIEW (view), options);
  way_chart_view_set_target (WAY_CHART_VIEW (view), target, measurements, phases);
  progress = way_chart_view_get_chart (WAY_CHART_VIEW (view))->progress;
  state = g_strdup_printf (
      "%s %s", way_progress_state_mark (progress), way_progress_state_word (progress));
  gtk_box_append (GTK_BOX (box), way_ui_wrapped_label (target->statement, NULL));
  gtk_box_append (GTK_BOX (box), way_ui_label (state, "way-hint"));
  if (progress->n_points > 0 && way_target_measure_is_numeric (target))
    gtk_box_append (GTK_BOX (box), view);
  else
    g_object_ref_sink (view), g_object_unref (view);
  return box;
}

static void
add_targets (GtkWidget *aside,
             WayRecordSet *child,
             const WayTerms *terms,
             const WayProgressOptions *options)
{
  g_autoptr (GPtrArray) targets = way_child_facts_targets (child, TRUE);
  const WayChild *person = way_record_set_first (child, WAY_CHILD);
  GtkWidget *box = card (_ ("Targets so far"), NULL);
  guint n_open = 0;

  for (guint i = 0; i < targets->len; i++) {
    const WayTarget *target = targets->pdata[i];

    if (person == NULL || g_strcmp0 (target->child, person->record.id) != 0)
      continue;
    if (n_open++ < MOST_CHARTS)
      gtk_box_append (GTK_BOX (box), build_target (child, target, terms, options));
  }
  if (n_open > MOST_CHARTS) {
    g_autofree char *more =
        g_strdup_printf (_ ("and %u more, on the child’s page"), n_open - MOST_CHARTS);

    gtk_box_append (GTK_BOX (box), way_ui_wrapped_label (more, "way-hint"));
  }
  if (n_open == 0)
    gtk_box_append (GTK_BOX (box), way_ui_wrapped_label (_ ("No target is open."), "way-hint"));
  gtk_box_append (GTK_BOX (aside), way_ui_card (box));
}

static void
add_remember (GtkWidget *aside, const WayChild *child)
{
  const struct {
    const char *label, *text;
  } parts[] = {{_ ("Communication"), child->communication},
               {_ ("What matters to me"), child->matters},
               {_ ("How best to support me"), child->support}};
  GtkWidget *box = card (_ ("Remember"), NULL);
  gboolean has_any = FALSE;

  if (!way_text_is_blank (child->alerts)) {
    g_autofree char *alert = g_strdup_printf ("⚠ %s", child->alerts);

    gtk_box_append (GTK_BOX (box), way_ui_wrapped_label (alert, "way-strong"));
    has_any = TRUE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    GtkWidget *part;

    if (way_text_is_blank (parts[i].text))
      continue;
    part = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
    gtk_box_append (GTK_BOX (part), way_ui_label (parts[i].label, "way-faint"));
    gtk_box_append (GTK_BOX (part), way_ui_wrapped_label (parts[i].text, NULL));
    gtk_box_append (GTK_BOX (box), part);
    has_any = TRUE;
  }
  if (has_any)
    gtk_box_append (GTK_BOX (aside), way_ui_card (box));
  else
    g_object_ref_sink (box), g_object_unref (box);
}

/**
 * way_visit_aside_new:
 * @child: all records of the child; those of another, which come behind, are not shown
 * @records: the visit's
 * @terms: (nullable): for the charts
 * @options: which trend, what is about equal, and the day
 *
 * Returns: (transfer floating): the cards beside the form
 */
GtkWidget *
way_visit_aside_new (WayRecordSet *child,
                     WayRecordSet *records,
                     const WayTerms *terms,
                     const WayProgressOptions *options)
{
  GtkWidget *aside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  const WayChild *person = way_record_set_first (child, WAY_CHILD);

  gtk_widget_add_css_class (aside, "way-aside");
  if (person != NULL && !way_text_is_blank (person->alerts))
    add_remember (aside, person);
  add_advice (aside, child, way_record_set_first (records, WAY_VISIT));
  add_targets (aside, child, terms, options);
  if (person != NULL && way_text_is_blank (person->alerts))
    add_remember (aside, person);
  return aside;
}
