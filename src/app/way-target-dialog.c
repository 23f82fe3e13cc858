/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-target-dialog.h"

#include "way-dialog.h"
#include "way-form.h"
#include "way-save.h"

#include <glib/gi18n.h>
#include <string.h>

#define FORM_KEY "form"
#define TAKEN_KEY "taken"
#define OBJECT_KEY "object"

static void
saved_cb (WayWindow *window, WayRecordSet *records, gpointer dialog)
{
  way_dialog_done (dialog);
  way_window_toast (window, _ ("Target saved."));
}

static void
save_cb (WayDialog *dialog)
{
  WayForm *form = g_object_get_data (G_OBJECT (dialog), FORM_KEY);
  WayWindow *window = way_window_of (GTK_WIDGET (dialog));
  WayTargetTaken taken = (WayTargetTaken) g_object_get_data (G_OBJECT (dialog), TAKEN_KEY);
  gpointer target = way_form_read (form, way_window_get_today (window));

  if (target != NULL && taken != NULL) {
    taken (target, g_object_get_data (G_OBJECT (dialog), OBJECT_KEY));
    way_dialog_done (dialog);
  } else if (target != NULL)
    way_save_record (window, target, _ ("The target could not be saved"), saved_cb, dialog);
}

/* Only the fields that belong to how it is measured. */
static void
measure_changed_cb (WayForm *form)
{
  static const char *const levels[] = {
      "gas_minus_2", "gas_minus_1", "gas_0", "gas_plus_1", "gas_plus_2"};
  g_autoptr (WayTarget) target = way_form_peek (form);
  gboolean is_gas = g_strcmp0 (target->measure, "gas") == 0;
  gboolean is_yes_no = g_strcmp0 (target->measure, "yesno") == 0;
  gboolean is_percent = g_strcmp0 (target->measure, "percent") == 0;

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    way_form_show_field (form, levels[i], is_gas);
  way_form_show_field (form, "unit", !is_gas && !is_yes_no && !is_percent);
  way_form_show_field (form, "scale_max", !is_gas && !is_yes_no && !is_percent);
  way_form_show_field (form, "baseline", !is_gas);
  way_form_show_field (form, "criterion", !is_gas);
  way_form_show_field (form, "direction", !is_gas);
}

static WayForm *
new_form (WayWindow *window)
{
  WayForm *form = WAY_FORM (way_form_new (WAY_TARGET, way_window_get_lists (window)));

  way_form_add_sentence (form,
                         "statement",
                         _ ("Target"),
                         _ ("By when, who will do what, how well, with how much help."));
  way_form_add (form, "outcome", _ ("Outcome"), NULL);
  way_form_add (form, "area", _ ("Area of need"), NULL);
  way_form_add_heading (form, _ ("How it is measured"));
  way_form_add (form, "measure", _ ("Measure"), NULL);
  way_form_add (form, "unit", _ ("Unit"), _ ("Words, minutes, answers …"));
  way_form_add (
      form, "scale_max", _ ("Out of"), _ ("5 for “4 of 5 chances”; empty if there is no most."));
  way_form_add (form, "direction", _ ("Direction"), NULL);
  way_form_add (
      form, "baseline", _ ("Baseline"), _ ("Empty: the median of the first three measurements."));
  way_form_add (form, "criterion", _ ("Aim"), NULL);
  way_form_add (form, "gas_minus_2", _ ("Level −2"), NULL);
  way_form_add (form, "gas_minus_1", _ ("Level −1"), NULL);
  way_form_add (form, "gas_0", _ ("Level 0, expected"), NULL);
  way_form_add (form, "gas_plus_1", _ ("Level +1"), NULL);
  way_form_add (form, "gas_plus_2", _ ("Level +2"), NULL);
  way_form_add_heading (form, _ ("When and how"));
  way_form_add (form, "start", _ ("Start"), NULL);
  way_form_add (form, "due", _ ("Due"), NULL);
  way_form_add_sentence (form, "strategy", _ ("Strategy"), NULL);
  way_form_add (form, "who", _ ("Who"), NULL);
  way_form_add (form, "how_often", _ ("How often"), NULL);
  return form;
}

static WayDialog *
present (WayWindow *window,
         WayForm *form,
         const char *key,
         const char *whose,
         const char *title,
         const char *save_label)
{
  g_autofree char *begun = g_strdup_printf ("%s %s", key, whose);
  WayForm *const forms[] = {form, NULL};
  WayDialog *dialog = way_dialog_new (window, title, save_label, GTK_WIDGET (form));

  measure_changed_cb (form);
  g_signal_connect (form, "changed", G_CALLBACK (measure_changed_cb), NULL);
  g_object_set_data (G_OBJECT (dialog), FORM_KEY, form);
  g_signal_connect (dialog, "save", G_CALLBACK (save_cb), NULL);
  g_signal_connect_swapped (form, "activate", G_CALLBACK (way_dialog_save), dialog);
  way_dialog_keep (dialog, begun, forms);
  way_dialog_present (dialog);
  return dialog;
}

/**
 * way_target_new_draft:
 * @child_id: whose target it is to be
 * @start: its first day
 *
 * Returns: (transfer full): a target with what most targets begin with
 */
WayTarget *
way_target_new_draft (const char *child_id, WayDate start)
{
  WayTarget *target = way_record_new (WAY_TARGET);

  way_set_string (&target->child, child_id);
  way_set_string (&target->measure, "count");
  way_set_string (&target->direction, "up");
  way_set_string (&target->state, "open");
  target->start = start;
  return target;
}

/**
 * way_target_dialog_open_new:
 * @window: the window, open
 * @child_id: whose target it is to be
 *
 * Asks for a new target.
 */
void
way_target_dialog_open_new (WayWindow *window, const char *child_id)
{
  WayForm *form;
  g_autoptr (WayTarget) target = NULL;

  g_return_if_fail (WAY_IS_WINDOW (window) && child_id != NULL);

  form = new_form (window);
  target = way_target_new_draft (child_id, way_window_get_today (window));
  way_form_set_record (form, target);
  present (window, form, "new-target", child_id, _ ("New target"), _ ("Add target"));
}

/**
 * way_target_dialog_open:
 * @window: the window, open
 * @target: the target, as the page read it
 *
 * Changes a target.
 */
void
way_target_dialog_open (WayWindow *window, const WayTarget *target)
{
  WayForm *form;

  g_return_if_fail (WAY_IS_WINDOW (window) && target != NULL);

  form = new_form (window);
  way_form_add (form, "state", _ ("State"), NULL);
  way_form_add (form, "ended", _ ("Ended"), NULL);
  way_form_set_record (form, target);
  present (window, form, "target", target->record.id, _ ("Target"), _ ("Save"));
}

#define VISIT_KEY "visit-target"

/**
 * way_target_dialog_dup_visit_key:
 * @child_id: whose target it is to be
 *
 * Returns: (transfer full): under what is kept of it what is typed and not set, see
 *   way_begun_find(); its statement is "target.statement"
 */
char *
way_target_dialog_dup_visit_key (const char *child_id)
{
  return g_strdup_printf (VISIT_KEY " %s", child_id);
}

/**
 * way_target_dialog_open_for_visit:
 * @window: the window, open
 * @target: how it is so far
 * @taken: gets it, instead of the store
 * @object: (type GObject): for @taken
 *
 * Asks for a target that is set at a visit: it is stored with that.
 */
void
way_target_dialog_open_for_visit (WayWindow *window,
                                  const WayTarget *target,
                                  WayTargetTaken taken,
                                  gpointer object)
{
  WayForm *form;
  WayDialog *dialog;

  g_return_if_fail (WAY_IS_WINDOW (window) && target != NULL && taken != NULL);

  form = new_form (window);
  way_form_set_record (form, target);
  dialog = present (window,
                    form,
                    VISIT_KEY,
                    target->record.id != NULL ? target->record.id : target->child,
                    _ ("Target set at this visit"),
                    _ ("Set target"));
  g_object_set_data (G_OBJECT (dialog), TAKEN_KEY, (gpointer) taken);
  g_object_set_data_full (G_OBJECT (dialog), OBJECT_KEY, g_object_ref (object), g_object_unref);
}
