/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The section of the visit form about targets: those that were open, and those set here. */
#include "way-visit-form-private.h"

#include "way-child-facts.h"
#include "way-measure.h"
#include "way-progress.h"
#include "way-target-dialog.h"
#include "way-ui.h"
#include "way-wrap-box.h"

#include <glib/gi18n.h>
#include <math.h>

/* One that was set at this visit lies in the draft until the visit is signed. */
static const WayTarget *
find_target (WayVisitForm *self, const char *id)
{
  const WayTarget *target = way_record_set_find (self->records, WAY_TARGET, id);

  return target != NULL ? target : way_record_set_find (self->child, WAY_TARGET, id);
}

/* "Baseline 2 of 5 … · Latest 4 of 5 …" */
static char *
target_words (WayVisitForm *self, const WayTarget *target)
{
  const WayVisit *visit = way_record_set_first (self->records, WAY_VISIT);
  g_autoptr (GPtrArray) own =
      way_child_facts_of_target (self->child, WAY_MEASUREMENT, target->record.id);
  g_autoptr (GPtrArray) phases =
      way_child_facts_of_target (self->child, WAY_PHASE, target->record.id);
  WayProgressOptions options = {.today = visit->date != WAY_DATE_UNKNOWN ? visit->date
                                                                         : way_date_today ()};
  g_autoptr (WayProgress) progress = NULL;
  g_autofree char *baseline = NULL, *latest = NULL;

  progress = way_progress_new (target, own, phases, &options);
  baseline = way_progress_baseline_text (progress);
  latest = way_progress_latest_text (progress);
  return g_strdup_printf ("%s · %s", baseline, latest);
}

/* A field and its label, which are not parted where the line is too narrow. */
static GtkWidget *
beside (const char *label, GtkWidget *field)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  gtk_box_append (GTK_BOX (box), way_ui_label (label, NULL));
  gtk_box_append (GTK_BOX (box), field);
  return box;
}

/* "At this visit [ 4 ] aim 4 of 5" */
static void
add_rating (WayVisitForm *self, GtkWidget *line, WayVisitTarget *rated, const WayTarget *target)
{
  GtkWidget *rating = way_visit_form_entry (self, rated, "rating", _ ("At this visit"));
  double value = target != NULL ? way_target_get_aim (target) : NAN;
  g_autofree char *aim = isnan (value) ? NULL : way_progress_value_text (target, value);

  gtk_editable_set_width_chars (GTK_EDITABLE (rating), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (rating), 6);
  gtk_entry_set_input_purpose (GTK_ENTRY (rating), GTK_INPUT_PURPOSE_NUMBER);
  if (target != NULL)
    way_a11y_set_description (rating, target->statement);
  way_wrap_box_append (WAY_WRAP_BOX (line), beside (_ ("At this visit"), rating));
  if (aim != NULL) {
    g_autofree char *words = g_strdup_printf (_ ("aim %s"), aim);

    way_wrap_box_append (WAY_WRAP_BOX (line), way_ui_label (words, "way-hint"));
  }
}

/* Why there was none is asked where there was none. */
static void
outcome_cb (GtkWidget *outcome, GParamSpec *pspec, WayVisitTarget *rated)
{
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (outcome), "way-reason"),
                          g_strcmp0 (rated->outcome, "none") == 0 || rated->reason != NULL);
}

/* What was decided, and under it the reason where nothing was reached, which is returned. */
static GtkWidget *
add_decision (WayVisitForm *self, GtkWidget *row, WayVisitTarget *rated, const WayTarget *target)
{
  GtkWidget *line = way_wrap_box_new (10);
  GtkWidget *decision = way_visit_form_code (self, rated, "decision", _ ("Decision"));
  GtkWidget *reason = way_visit_form_code (self, rated, "reason", _ ("Reason for no progress"));
  GtkWidget *why = way_visit_form_labelled (_ ("Reason for no progress"), reason);
  GtkWidget *what = way_visit_form_labelled (_ ("Decision"), decision);

  if (target != NULL) {
    way_a11y_set_description (decision, target->statement);
    way_a11y_set_description (reason, target->statement);
  }
  gtk_widget_set_hexpand (why, TRUE);
  way_wrap_box_append (WAY_WRAP_BOX (line), what);
  way_wrap_box_append (WAY_WRAP_BOX (line), why);
  gtk_box_append (GTK_BOX (row), line);
  return why;
}

static void rebuild (WayVisitForm *self);

static void
changed_cb (WayTarget *target, gpointer user_data)
{
  WayVisitForm *self = user_data;
  WayTarget *old = way_record_set_find (self->records, WAY_TARGET, target->record.id);

  /* The visit may have been signed, or the target dropped, meanwhile. */
  if (self->targets == NULL || old == NULL) {
    way_record_free (target);
    return;
  }
  way_record_set_remove (self->records, old);
  way_record_set_take (self->records, target);
  rebuild (self);
}

static void
change_cb (GtkWidget *button, WayVisitTarget *rated)
{
  WayVisitForm *self = WAY_VISIT_FORM (gtk_widget_get_ancestor (button, WAY_TYPE_VISIT_FORM));

  way_target_dialog_open_for_visit (way_window_of (button),
                                    way_record_set_find (self->records, WAY_TARGET, rated->target),
                                    changed_cb,
                                    self);
}

/* What was dropped, as long as it can be put back. */
typedef struct {
  GWeakRef form;
  WayVisitTarget *rated;
  WayTarget *target;
  guint index;
} Dropped;

static void
dropped_free (gpointer data)
{
  Dropped *dropped = data;

  g_weak_ref_clear (&dropped->form);
  way_record_free (dropped->rated);
  way_record_free (dropped->target);
  g_free (dropped);
}

static void
put_back_cb (WayWindow *window, gpointer data)
{
  Dropped *dropped = data;
  g_autoptr (WayVisitForm) self = g_weak_ref_get (&dropped->form);
  GPtrArray *list;

  if (self == NULL || self->targets == NULL) {
    way_window_toast (window, _ ("The visit was left meanwhile: set the target there again."));
    return;
  }
  way_ui_clear (self->targets);
  list = way_record_set_list (self->records, WAY_VISIT_TARGET);
  way_record_set_take (self->records, way_record_copy (dropped->target));
  g_ptr_array_insert (
      list, (int) MIN (dropped->index, list->len), way_record_copy (dropped->rated));
  rebuild (self);
}

static void
offer_to_put_back (WayVisitForm *self, const WayVisitTarget *rated, const WayTarget *target)
{
  Dropped *dropped = g_new0 (Dropped, 1);

  g_weak_ref_init (&dropped->form, self);
  dropped->rated = way_record_copy (rated);
  dropped->target = way_record_copy (target);
  g_ptr_array_find (way_record_set_list (self->records, WAY_VISIT_TARGET), rated, &dropped->index);
  way_window_toast_undo (
      way_window_of (GTK_WIDGET (self)), _ ("Target dropped."), put_back_cb, dropped, dropped_free);
}

static void
drop_cb (GtkWidget *button, WayVisitTarget *rated)
{
  WayVisitForm *self = WAY_VISIT_FORM (gtk_widget_get_ancestor (button, WAY_TYPE_VISIT_FORM));
  WayTarget *target = way_record_set_find (self->records, WAY_TARGET, rated->target);

  offer_to_put_back (self, rated, target);
  gtk_widget_grab_focus (self->add_target);
  /* The fields go before what they are bound to. */
  way_ui_clear (self->targets);
  way_record_set_remove (self->records, rated);
  way_record_set_remove (self->records, target);
  rebuild (self);
}

/* Only until the visit is signed: then it is a target like any other. */
static GtkWidget *
build_new_buttons (WayVisitForm *self, WayVisitTarget *rated)
{
  GtkWidget *line = way_wrap_box_new (8);
  GtkWidget *words = way_ui_label (_ ("Set at this visit."), "way-hint");
  GtkWidget *change = gtk_button_new_with_label (_ ("Change target…"));
  GtkWidget *drop = gtk_button_new_with_label (_ ("Drop target"));
  const WayTarget *target = find_target (self, rated->target);

  gtk_widget_set_hexpand (words, TRUE);
  way_a11y_set_description (change, target->statement);
  way_a11y_set_description (drop, target->statement);
  gtk_widget_add_css_class (drop, "flat");
  way_wrap_box_append (WAY_WRAP_BOX (line), words);
  way_wrap_box_append (WAY_WRAP_BOX (line), drop);
  way_wrap_box_append (WAY_WRAP_BOX (line), change);
  g_signal_connect (change, "clicked", G_CALLBACK (change_cb), rated);
  g_signal_connect (drop, "clicked", G_CALLBACK (drop_cb), rated);
  return line;
}

static GtkWidget *
build_rated (WayVisitForm *self, WayVisitTarget *rated)
{
  const WayTarget *target = find_target (self, rated->target);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = way_wrap_box_new (10);
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *outcome = way_visit_form_code (self, rated, "outcome", _ ("Outcome"));
  GtkWidget *evidence = way_visit_form_note (self, rated, "evidence", _ ("What was seen"));

  g_autofree char *statement =
      target != NULL ? way_visit_form_dup_with_name (self, target->child, target->statement)
                     : g_strdup (_ ("A target"));

  gtk_widget_add_css_class (row, "way-part");
  gtk_box_append (GTK_BOX (row), way_ui_wrapped_label (statement, "way-strong"));
  if (target != NULL) {
    g_autofree char *words = target_words (self, target);

    way_a11y_set_description (outcome, target->statement);
    gtk_box_append (GTK_BOX (row), way_ui_wrapped_label (words, "way-hint"));
  }
  if (target == NULL || way_target_measure_is_numeric (target))
    add_rating (self, line, rated, target);
  gtk_widget_set_hexpand (space, TRUE);
  way_wrap_box_append (WAY_WRAP_BOX (line), space);
  way_wrap_box_append (WAY_WRAP_BOX (line), beside (_ ("Outcome"), outcome));
  gtk_box_append (GTK_BOX (row), line);
  way_visit_form_add_message (GTK_BOX (row), line);
  g_object_set_data (G_OBJECT (outcome), "way-reason", add_decision (self, row, rated, target));
  gtk_box_append (GTK_BOX (row), way_visit_form_labelled (_ ("What was seen"), evidence));
  if (way_record_set_find (self->records, WAY_TARGET, rated->target) != NULL)
    gtk_box_append (GTK_BOX (row), build_new_buttons (self, rated));
  g_signal_connect (outcome, "notify::selected", G_CALLBACK (outcome_cb), rated);
  outcome_cb (outcome, NULL, rated);
  return row;
}

static void
fill (WayVisitForm *self)
{
  GPtrArray *list = way_record_set_list (self->records, WAY_VISIT_TARGET);

  for (guint i = 0; i < list->len; i++)
    gtk_box_append (GTK_BOX (self->targets), build_rated (self, list->pdata[i]));
  if (list->len == 0)
    gtk_box_append (
        GTK_BOX (self->targets),
        way_ui_wrapped_label (way_visit_draft_has_current_target (self->records, self->child)
                                  ? _ ("The current targets are not part of this visit.")
                                  : _ ("No target is open."),
                              "way-hint"));
}

static void
rebuild (WayVisitForm *self)
{
  way_ui_clear (self->targets);
  fill (self);
  way_visit_form_check (self);
  way_visit_form_touched (self);
}

static void
added_cb (WayTarget *target, gpointer user_data)
{
  WayVisitForm *self = user_data;
  WayVisitTarget *rated;

  if (self->targets == NULL) {
    way_record_free (target);
    return;
  }
  way_visit_draft_set_target (self->records, target, &rated);
  rebuild (self);
  gtk_widget_grab_focus (self->add_target);
}

static void
add_cb (GtkWidget *button, const WayVisitChild *child)
{
  WayVisitForm *self = WAY_VISIT_FORM (gtk_widget_get_ancestor (button, WAY_TYPE_VISIT_FORM));
  const WayVisit *visit = way_record_set_first (self->records, WAY_VISIT);
  g_autoptr (WayTarget) target = way_target_new_draft (child->child, visit->date);

  self->add_target = button;
  way_target_dialog_open_for_visit (way_window_of (button), target, added_cb, self);
}

/* Each child has targets of its own. */
static GtkWidget *
build_add (WayVisitForm *self)
{
  GPtrArray *children = way_record_set_list (self->records, WAY_VISIT_CHILD);
  GtkWidget *line = way_wrap_box_new (8);

  for (guint i = 0; i < children->len; i++) {
    const WayVisitChild *child = children->pdata[i];
    g_autofree char *name = way_visit_form_dup_name (self, child->child);
    g_autofree char *label = way_visit_form_is_joint (self)
                                 ? g_strdup_printf (_ ("Set a target for %s…"), name)
                                 : g_strdup (_ ("Set a new target…"));
    GtkWidget *button = gtk_button_new_with_label (label);

    if (self->add_target == NULL)
      self->add_target = button;
    gtk_widget_set_halign (button, GTK_ALIGN_START);
    g_signal_connect (button, "clicked", G_CALLBACK (add_cb), (gpointer) child);
    way_wrap_box_append (WAY_WRAP_BOX (line), button);
  }
  return line;
}

GtkWidget *
way_visit_form_build_targets (WayVisitForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);

  self->targets = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  fill (self);
  gtk_box_append (GTK_BOX (box), self->targets);
  gtk_box_append (GTK_BOX (box), build_add (self));
  return box;
}
