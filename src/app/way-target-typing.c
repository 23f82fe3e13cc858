/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed on the card of a target: a measurement, or a change that was made. */
#include "way-target-card-private.h"

#include "way-check.h"
#include "way-number.h"
#include "way-save.h"
#include "way-text.h"
#include "way-ui.h"
#include "way-visit.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static const char *
field_label (const char *field)
{
  static const struct {
    const char *field, *label;
  } labels[] = {{"date", N_ ("Date")},
                {"value", N_ ("Value")},
                {"note", N_ ("Note")},
                {"not_measured", N_ ("Why not measured")},
                {"label", N_ ("What changed")}};

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    if (strcmp (labels[i].field, field) == 0)
      return _ (labels[i].label);
  }
  g_return_val_if_reached (field);
}

static const char *
get_text (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

/* What a field of a row is typed into, and what it is called there. */
typedef struct {
  const char *field;
  GtkWidget *widget;
} Place;

/* The first rule that is broken, in the words of the page; NULL if none. @widget (out): where it is
 * put right; the last place where the field stands in none. */
static char *
find_fault (WayTargetCard *self, gconstpointer record, const Place *places, GtkWidget **widget)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  WayMeasureScale scale = way_target_get_scale (self->target);
  g_autoptr (GPtrArray) findings = way_record_check_on_scale (
      record, &scale, way_window_get_lists (window), way_window_get_today (window));
  const WayFinding *first = NULL;

  for (guint i = 0; i < findings->len && first == NULL; i++) {
    if (!((const WayFinding *) findings->pdata[i])->is_warning)
      first = findings->pdata[i];
  }
  if (first == NULL)
    return NULL;
  while (places[1].field != NULL &&
         (first->field == NULL || strcmp (places->field, first->field->name) != 0))
    places++;
  *widget = places->widget;
  return g_strdup_printf ("%s %s.", field_label (places->field), first->message);
}

static void
measured_cb (WayWindow *window, WayRecordSet *records, gpointer user_data)
{
  WayTargetCard *self = user_data;

  /* The date stays: values of one day are typed one after the other. */
  if (self->value == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->value), "");
  gtk_editable_set_text (GTK_EDITABLE (self->note), "");
  way_save_offer_undo (window, _ ("Measurement saved."), records);
}

static WayMeasurement *
read_measurement (WayTargetCard *self, GtkWidget **field, char **fault)
{
  g_autoptr (WayMeasurement) row = way_record_new (WAY_MEASUREMENT);
  gboolean is_missing = gtk_check_button_get_active (self->not_measured);

  way_set_string (&row->target, self->target->record.id);
  *field = way_date_entry_get_entry (self->measured_on);
  if (!way_date_entry_get_date (self->measured_on, &row->date) || row->date == WAY_DATE_UNKNOWN) {
    *fault = g_strdup (_ ("Type the day like 3/11/2026."));
    return NULL;
  }
  if (is_missing) {
    *field = self->note;
    way_set_string (&row->not_measured, get_text (self->note));
    if (way_text_is_blank (row->not_measured)) {
      *fault = g_strdup (_ ("Say why it was not measured."));
      return NULL;
    }
    return g_steal_pointer (&row);
  }
  *field = self->value;
  if (!way_number_from_text (get_text (self->value), &row->value) || isnan (row->value)) {
    *fault = g_strdup (_ ("Type the value as a number."));
    return NULL;
  }
  way_set_string (&row->note, get_text (self->note));
  return g_steal_pointer (&row);
}

static void
clear_measuring_messages (WayTargetCard *self)
{
  way_ui_set_field_error (self->value, self->measuring_message, NULL);
  way_ui_set_field_error (self->note, self->measuring_message, NULL);
  way_ui_set_field_error (
      way_date_entry_get_entry (self->measured_on), self->measuring_message, NULL);
}

static char *
find_measuring_fault (WayTargetCard *self, const WayMeasurement *row, GtkWidget **field)
{
  const Place places[] = {{"date", way_date_entry_get_entry (self->measured_on)},
                          {"not_measured", self->note},
                          {"note", self->note},
                          {"value", self->value},
                          {NULL, NULL}};

  return find_fault (self, row, places, field);
}

static void
save_measurement_cb (WayTargetCard *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  g_autofree char *fault = NULL;
  GtkWidget *field = NULL;
  WayMeasurement *row = read_measurement (self, &field, &fault);

  clear_measuring_messages (self);
  if (row != NULL)
    fault = find_measuring_fault (self, row, &field);
  if (fault != NULL) {
    g_clear_pointer (&row, way_record_free);
    way_ui_set_field_error (field, self->measuring_message, fault);
    gtk_widget_grab_focus (field);
    return;
  }
  way_save_record (window, row, _ ("The measurement could not be saved"), measured_cb, self);
  gtk_widget_grab_focus (gtk_check_button_get_active (self->not_measured) ? self->note
                                                                          : self->value);
}

/**
 * way_target_card_add_measurement:
 * @self: the card, in a window with an open store
 *
 * Saves what is typed under "Add measurement", or says what is wrong with it.
 */
void
way_target_card_add_measurement (WayTargetCard *self)
{
  g_return_if_fail (WAY_IS_TARGET_CARD (self));

  save_measurement_cb (self);
}

static void
not_measured_cb (WayTargetCard *self)
{
  gboolean is_missing = gtk_check_button_get_active (self->not_measured);
  const char *name = is_missing ? _ ("Why not measured") : _ ("Note");

  /* The keyboard leaves the value before that is switched off. */
  gtk_widget_grab_focus (is_missing ? self->note : GTK_WIDGET (self->not_measured));
  gtk_widget_set_sensitive (self->value, !is_missing);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->note), name);
  way_a11y_set_name (self->note, name);
  clear_measuring_messages (self);
}

static void
marked_cb (WayWindow *window, WayRecordSet *records, gpointer user_data)
{
  WayTargetCard *self = user_data;
  const WayPhase *change = way_record_set_first (records, WAY_PHASE);
  gboolean is_planned = change != NULL && change->date > way_window_get_today (window);

  if (self->change == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->change), "");
  gtk_toggle_button_set_active (self->mark, FALSE);
  way_save_offer_undo (window,
                       is_planned ? _ ("Change planned. The trend starts afresh on that day.")
                                  : _ ("Change marked. The trend starts afresh."),
                       records);
}

/* NULL, or what is wrong; @field: where. */
static char *
read_change (WayTargetCard *self, WayPhase *phase, GtkWidget **field)
{
  const Place places[] = {
      {"date", way_date_entry_get_entry (self->changed_on)}, {"label", self->change}, {NULL, NULL}};

  way_set_string (&phase->target, self->target->record.id);
  way_set_string (&phase->label, get_text (self->change));
  *field = places[0].widget;
  if (!way_date_entry_get_date (self->changed_on, &phase->date) || phase->date == WAY_DATE_UNKNOWN)
    return g_strdup (_ ("Type the day like 3/11/2026."));
  *field = self->change;
  if (way_text_is_blank (phase->label))
    return g_strdup (_ ("Say in a few words what changed."));
  return find_fault (self, phase, places, field);
}

static void
save_change_cb (WayTargetCard *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  g_autoptr (WayPhase) phase = way_record_new (WAY_PHASE);
  GtkWidget *field = NULL;
  g_autofree char *fault = read_change (self, phase, &field);

  way_ui_set_field_error (self->change, self->changing_message, NULL);
  way_ui_set_field_error (
      way_date_entry_get_entry (self->changed_on), self->changing_message, NULL);
  if (fault != NULL) {
    way_ui_set_field_error (field, self->changing_message, fault);
    gtk_widget_grab_focus (field);
    return;
  }
  way_save_record (
      window, g_steal_pointer (&phase), _ ("The change could not be saved"), marked_cb, self);
}

static void
add_toggled_cb (WayTargetCard *self)
{
  gboolean show = gtk_toggle_button_get_active (self->add);

  gtk_widget_set_visible (self->measuring, show);
  if (!show)
    return;
  gtk_toggle_button_set_active (self->mark, FALSE);
  way_date_entry_set_date (self->measured_on, way_date_today ());
  gtk_widget_grab_focus (self->value);
}

static void
mark_toggled_cb (WayTargetCard *self)
{
  gboolean show = gtk_toggle_button_get_active (self->mark);

  gtk_widget_set_visible (self->changing, show);
  if (!show)
    return;
  gtk_toggle_button_set_active (self->add, FALSE);
  way_date_entry_set_date (self->changed_on, way_date_today ());
  gtk_widget_grab_focus (self->change);
}

void
way_target_card_bind_typing (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, save_measurement_cb);
  gtk_widget_class_bind_template_callback (widget_class, not_measured_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_change_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, mark_toggled_cb);
}

void
way_target_card_init_typing (WayTargetCard *self)
{
  way_a11y_set_name (self->value, _ ("Value"));
  way_a11y_set_name (self->note, _ ("Note"));
  way_a11y_set_name (self->change, _ ("What changed"));
  way_a11y_set_name (way_date_entry_get_entry (self->measured_on), _ ("Date"));
  way_a11y_set_name (way_date_entry_get_entry (self->changed_on), _ ("Date"));
  g_signal_connect_swapped (self->measured_on, "activate", G_CALLBACK (save_measurement_cb), self);
  g_signal_connect_swapped (self->changed_on, "activate", G_CALLBACK (save_change_cb), self);
}
