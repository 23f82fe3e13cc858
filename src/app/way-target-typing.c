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

#define TWICE (2 * G_USEC_PER_SEC) /* what is pressed again within it was meant once */

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
set_text (GtkWidget *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
}

static gboolean
is_empty (GtkWidget *entry)
{
  return way_text_is_blank (get_text (entry));
}

static GtkWidget *
day_of (WayDateEntry *entry)
{
  return way_date_entry_get_entry (entry);
}

static void
clear_measuring_messages (WayTargetCard *self)
{
  way_ui_set_field_error (self->value, self->measuring_message, NULL);
  way_ui_set_field_error (self->note, self->measuring_message, NULL);
  way_ui_set_field_error (day_of (self->measured_on), self->measuring_message, NULL);
}

static void
clear_changing_messages (WayTargetCard *self)
{
  way_ui_set_field_error (self->change, self->changing_message, NULL);
  way_ui_set_field_error (day_of (self->changed_on), self->changing_message, NULL);
}

/* What was not stored stands in its fields again as soon as nothing newer does. */
void
way_target_card_give_back (WayTargetCard *self)
{
  g_autoptr (WayMeasurement) row = NULL;
  g_autofree char *value = NULL;
  gboolean is_missing;

  if (self->unsaved->len == 0 || !is_empty (self->value) || !is_empty (self->note))
    return;
  row = g_ptr_array_steal_index (self->unsaved, 0);
  is_missing = isnan (row->value);
  value = is_missing ? g_strdup ("") : way_number_to_text (row->value);
  gtk_check_button_set_active (self->not_measured, is_missing);
  way_date_entry_set_date (self->measured_on, row->date);
  set_text (self->value, value);
  set_text (self->note, is_missing ? row->not_measured : row->note);
  way_set_string (&self->row_id, row->record.id);
}

static void
drop_pending (WayTargetCard *self, WayRecordSet *records)
{
  const WayMeasurement *row = way_record_set_first (records, WAY_MEASUREMENT);

  for (guint i = self->pending->len; i > 0; i--) {
    if (g_strcmp0 (WAY_RECORD (self->pending->pdata[i - 1])->id, row->record.id) == 0)
      g_ptr_array_remove_index (self->pending, i - 1);
  }
}

/* It counts from now on, before the page has read the store again. */
static void
take_stored (WayTargetCard *self, const WayMeasurement *row)
{
  for (guint i = 0; i < self->measurements->len; i++) {
    if (strcmp (WAY_RECORD (self->measurements->pdata[i])->id, row->record.id) == 0)
      return;
  }
  g_ptr_array_add (self->measurements, way_record_copy (row));
}

static gboolean
has_another_of_the_day (WayTargetCard *self, const WayMeasurement *row)
{
  for (guint i = 0; i < self->measurements->len; i++) {
    const WayMeasurement *other = g_ptr_array_index (self->measurements, i);

    if (other->date == row->date && strcmp (other->record.id, row->record.id) != 0)
      return TRUE;
  }
  return FALSE;
}

/* "Saved: 4 of 5, 3 Nov 2026." Named, so that it is known what "Undo" takes back. */
static char *
dup_measured_words (WayTargetCard *self, const WayMeasurement *row)
{
  g_autofree char *value = isnan (row->value) ? g_strdup (_ ("not measured"))
                                              : way_progress_value_text (self->target, row->value);
  g_autofree char *day = way_date_format_short (row->date);

  if (has_another_of_the_day (self, row))
    return g_strdup_printf (
        _ ("Saved: %s, %s, beside what stands there for that day."), value, day);
  if (row->date < self->target->start) {
    g_autofree char *start = way_date_format_short (self->target->start);

    /* A baseline is older, and so is a slip in the year. */
    return g_strdup_printf (_ ("Saved: %s, %s, before the target began on %s."), value, day, start);
  }
  return g_strdup_printf (_ ("Saved: %s, %s."), value, day);
}

#define NOT_SAVED _ ("The measurement could not be saved")

static void
measured_cb (WayWindow *window, WayRecordSet *records, gpointer user_data)
{
  WayTargetCard *self = user_data;
  g_autofree char *words = NULL;

  if (self->value == NULL)
    return;
  drop_pending (self, records);
  take_stored (self, way_record_set_first (records, WAY_MEASUREMENT));
  way_target_card_touched (self);
  words = dup_measured_words (self, way_record_set_first (records, WAY_MEASUREMENT));
  way_save_offer_undo (window, words, records);
  way_target_card_give_back (self);
  /* Nothing is left of what could not be saved before. */
  if (self->unsaved->len == 0 && is_empty (self->value) && is_empty (self->note))
    way_window_end_error (window, NOT_SAVED);
}

static void
measuring_failed_cb (WayWindow *window, WayRecordSet *records, gpointer user_data)
{
  WayTargetCard *self = user_data;

  if (self->value == NULL)
    return;
  drop_pending (self, records);
  g_ptr_array_add (self->unsaved,
                   way_record_copy (way_record_set_first (records, WAY_MEASUREMENT)));
  way_target_card_touched (self);
  way_target_card_give_back (self);
}

static char *
find_missing_reason (WayTargetCard *self, WayMeasurement *row, GtkWidget **field)
{
  *field = self->note;
  way_set_string (&row->not_measured, get_text (self->note));
  return way_text_is_blank (row->not_measured) ? g_strdup (_ ("Say why it was not measured."))
                                               : NULL;
}

/* NULL, or what is wrong; @field: where. */
static char *
read_measurement (WayTargetCard *self, WayMeasurement *row, GtkWidget **field)
{
  const Place places[] = {{"date", day_of (self->measured_on)},
                          {"not_measured", self->note},
                          {"note", self->note},
                          {"value", self->value},
                          {NULL, NULL}};
  char *fault = way_date_entry_dup_fault (self->measured_on, TRUE);

  way_set_string (&row->target, self->target->record.id);
  *field = places[0].widget;
  if (fault != NULL)
    return fault;
  way_date_entry_get_date (self->measured_on, &row->date);
  if (gtk_check_button_get_active (self->not_measured)) {
    fault = find_missing_reason (self, row, field);
    return fault != NULL ? fault : find_fault (self, row, places, field);
  }
  *field = self->value;
  if (!way_number_from_text (get_text (self->value), &row->value) || isnan (row->value))
    return g_strdup (_ ("Type the value as a number."));
  way_set_string (&row->note, get_text (self->note));
  return find_fault (self, row, places, field);
}

/* The fields are ready for the next at once, with no way back into what is stored; the date stays:
 * values of one day are typed one after the other. */
static void
clear_measurement (WayTargetCard *self)
{
  GtkWidget *const entries[] = {self->value, self->note};

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++) {
    set_text (entries[i], "");
    gtk_editable_set_enable_undo (GTK_EDITABLE (entries[i]), FALSE);
    gtk_editable_set_enable_undo (GTK_EDITABLE (entries[i]), TRUE);
  }
}

/* A second Enter on what is on its way is none. @is_yes: whether it may be a second of its day */
static void
save_measurement (WayTargetCard *self, gboolean is_yes)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  g_autoptr (WayMeasurement) row = way_record_new (WAY_MEASUREMENT);
  GtkWidget *field = NULL;
  g_autofree char *fault = NULL;

  /* Enter pressed twice. */
  if (g_get_monotonic_time () < self->measured_at + TWICE && is_empty (self->value) &&
      is_empty (self->note))
    return;
  fault = read_measurement (self, row, &field);
  clear_measuring_messages (self);
  if (fault != NULL) {
    way_ui_set_field_error (field, self->measuring_message, fault);
    gtk_entry_grab_focus_without_selecting (GTK_ENTRY (field));
    return;
  }
  if (way_target_card_ask_second (self, row, is_yes))
    return;
  /* One id from the first try: what comes back is stored once. */
  row->record.id = self->row_id != NULL ? g_steal_pointer (&self->row_id) : way_uuid_random ();
  g_ptr_array_add (self->pending, way_record_copy (row));
  self->measured_at = g_get_monotonic_time ();
  clear_measurement (self);
  way_save_record_or (
      window, g_steal_pointer (&row), NOT_SAVED, measured_cb, measuring_failed_cb, self);
  gtk_widget_grab_focus (gtk_check_button_get_active (self->not_measured) ? self->note
                                                                          : self->value);
}

static void
save_measurement_cb (WayTargetCard *self)
{
  save_measurement (self, FALSE);
}

static void
save_clicked_cb (WayTargetCard *self)
{
  save_measurement (self, TRUE);
}

/* The message goes as soon as its field is put right; no new one comes while typing goes on. */
static void
measuring_changed_cb (WayTargetCard *self)
{
  g_autoptr (WayMeasurement) row = NULL;
  g_autofree char *fault = NULL;
  GtkWidget *field = NULL;

  way_target_card_touched (self);
  way_target_card_forget_second (self);
  if (is_empty (self->value) && is_empty (self->note))
    g_clear_pointer (&self->row_id, g_free);
  if (self->target == NULL || !gtk_widget_get_visible (GTK_WIDGET (self->measuring_message)))
    return;
  row = way_record_new (WAY_MEASUREMENT);
  fault = read_measurement (self, row, &field);
  if (fault == NULL || !gtk_widget_has_css_class (field, "error"))
    clear_measuring_messages (self);
  else
    way_ui_set_field_error (field, self->measuring_message, fault);
}

/**
 * way_target_card_add_measurement:
 * @self: the card, in a window with an open store
 *
 * Saves what is typed under "Add measurement", as Enter there does, or says what is wrong with it.
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
  self->is_changing = FALSE;
  g_clear_pointer (&self->change_id, g_free);
  way_target_card_touched (self);
  if (change == NULL || strcmp (get_text (self->change), change->label) == 0) {
    set_text (self->change, "");
    gtk_toggle_button_set_active (self->mark, FALSE);
  }
  way_save_offer_undo (window,
                       is_planned ? _ ("Change planned. The trend starts afresh on that day.")
                                  : _ ("Change marked. The trend starts afresh."),
                       records);
}

static void
marking_failed_cb (WayWindow *window, WayRecordSet *records, gpointer user_data)
{
  WayTargetCard *self = user_data;

  self->is_changing = FALSE;
}

/* NULL, or what is wrong; @field: where. */
static char *
read_change (WayTargetCard *self, WayPhase *phase, GtkWidget **field)
{
  const Place places[] = {
      {"date", day_of (self->changed_on)}, {"label", self->change}, {NULL, NULL}};
  char *fault = way_date_entry_dup_fault (self->changed_on, TRUE);

  way_set_string (&phase->target, self->target->record.id);
  way_set_string (&phase->label, get_text (self->change));
  *field = places[0].widget;
  if (fault != NULL)
    return fault;
  way_date_entry_get_date (self->changed_on, &phase->date);
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
  g_autofree char *fault = NULL;

  if (self->is_changing)
    return;
  fault = read_change (self, phase, &field);
  clear_changing_messages (self);
  if (fault != NULL) {
    way_ui_set_field_error (field, self->changing_message, fault);
    gtk_entry_grab_focus_without_selecting (GTK_ENTRY (field));
    return;
  }
  self->is_changing = TRUE;
  /* One id from the first try: left before the store has answered, it is stored once. */
  if (self->change_id == NULL)
    self->change_id = way_uuid_random ();
  way_set_string (&phase->record.id, self->change_id);
  way_save_record_or (window,
                      g_steal_pointer (&phase),
                      _ ("The change could not be saved"),
                      marked_cb,
                      marking_failed_cb,
                      self);
}

static void
changing_changed_cb (WayTargetCard *self)
{
  g_autoptr (WayPhase) phase = NULL;
  g_autofree char *fault = NULL;
  GtkWidget *field = NULL;

  way_target_card_touched (self);
  if (self->target == NULL || !gtk_widget_get_visible (GTK_WIDGET (self->changing_message)))
    return;
  phase = way_record_new (WAY_PHASE);
  fault = read_change (self, phase, &field);
  if (fault == NULL || !gtk_widget_has_css_class (field, "error"))
    clear_changing_messages (self);
  else
    way_ui_set_field_error (field, self->changing_message, fault);
}

/* What was begun stands there again, with its day. */
static void
add_toggled_cb (WayTargetCard *self)
{
  gboolean show = gtk_toggle_button_get_active (self->add);

  gtk_widget_set_visible (self->measuring, show);
  if (!show)
    return;
  gtk_toggle_button_set_active (self->mark, FALSE);
  if (is_empty (self->value) && is_empty (self->note))
    way_date_entry_set_date (self->measured_on, way_date_today ());
  gtk_widget_grab_focus (self->value);
  way_ui_show_whole (self->measuring);
}

static void
mark_toggled_cb (WayTargetCard *self)
{
  gboolean show = gtk_toggle_button_get_active (self->mark);

  gtk_widget_set_visible (self->changing, show);
  if (!show)
    return;
  gtk_toggle_button_set_active (self->add, FALSE);
  if (is_empty (self->change))
    way_date_entry_set_date (self->changed_on, way_date_today ());
  gtk_widget_grab_focus (self->change);
  way_ui_show_whole (self->changing);
}

static gboolean
key_cb (GtkToggleButton *button, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (GTK_WIDGET (button));
  gtk_toggle_button_set_active (button, FALSE);
  return GDK_EVENT_STOP;
}

/* Escape closes the line that @button opened, and does not leave the page. */
static void
close_by_escape (GtkWidget *line, GtkToggleButton *button)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), button);
  gtk_widget_add_controller (line, keys);
}

void
way_target_card_bind_typing (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, save_measurement_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
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
  close_by_escape (self->measuring, self->add);
  close_by_escape (self->changing, self->mark);
  g_signal_connect_swapped (self->measured_on, "activate", G_CALLBACK (save_measurement_cb), self);
  g_signal_connect_swapped (self->changed_on, "activate", G_CALLBACK (save_change_cb), self);
  g_signal_connect_swapped (self->measured_on, "changed", G_CALLBACK (measuring_changed_cb), self);
  g_signal_connect_swapped (self->value, "changed", G_CALLBACK (measuring_changed_cb), self);
  g_signal_connect_swapped (self->note, "changed", G_CALLBACK (measuring_changed_cb), self);
  g_signal_connect_swapped (self->changed_on, "changed", G_CALLBACK (changing_changed_cb), self);
  g_signal_connect_swapped (self->change, "changed", G_CALLBACK (changing_changed_cb), self);
}
