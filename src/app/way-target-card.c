/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-target-card-private.h"

#include "way-chart-file.h"
#include "way-chart-view.h"
#include "way-check.h"
#include "way-child-facts.h"
#include "way-date-entry.h"
#include "way-dialog.h"
#include "way-file.h"
#include "way-number.h"
#include "way-target-dialog.h"
#include "way-text.h"
#include "way-ui.h"
#include "way-visit.h"
#include "way-wrap-box.h"

#include <glib/gi18n.h>
#include <math.h>

G_DEFINE_FINAL_TYPE (WayTargetCard, way_target_card, ADW_TYPE_BIN)

static void
fill_table (WayTargetCard *self)
{
  if (self->table != NULL)
    way_target_table_set_target (self->table, self->target, self->measurements, self->phases);
}

static void
table_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayTargetCard *self = WAY_TARGET_CARD (widget);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *table = way_target_table_new ();

  gtk_box_append (GTK_BOX (box), way_ui_wrapped_label (self->target->statement, "way-heading"));
  gtk_box_append (GTK_BOX (box), table);
  g_set_weak_pointer (&self->table, WAY_TARGET_TABLE (table));
  fill_table (self);
  way_dialog_present (
      way_dialog_new (way_window_of (widget), _ ("Measurements and changes"), NULL, box));
}

static gboolean
write_picture (WayTargetCard *self, const char *path, GError **error)
{
  WayChartFormat format = WAY_CHART_PNG; /* also where the ending says nothing */
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = g_path_get_basename (path);

  way_chart_file_find_format (name, &format);
  bytes = way_chart_file_render (way_chart_view_get_chart (self->chart), format, 900, 300, error);
  return bytes != NULL && way_file_write (path, name, bytes, error);
}

static void
picture_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayTargetCard) self = user_data;
  g_autoptr (GFile) file = way_ui_choose_file_finish (result, NULL);
  g_autoptr (GError) error = NULL;
  WayWindow *window = WAY_WINDOW (source);

  if (file == NULL || g_file_peek_path (file) == NULL || self->chart == NULL)
    return;
  if (write_picture (self, g_file_peek_path (file), &error))
    way_window_toast (window, _ ("Picture saved."));
  else
    way_window_show_error (window, _ ("The picture could not be saved"), error);
}

static void
save_picture_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  /* No name of a child in the name of a file. */
  way_ui_choose_file_async (GTK_WINDOW (way_window_of (widget)),
                            WAY_CHOOSE_SAVE,
                            _ ("Save picture"),
                            "progress.png",
                            picture_chosen_cb,
                            g_object_ref (widget));
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  way_target_dialog_open (way_window_of (widget), WAY_TARGET_CARD (widget)->target);
}

static void
show_words (WayTargetCard *self, const WayProgress *progress)
{
  g_autofree char *baseline = way_progress_baseline_text (progress);
  g_autofree char *latest = way_progress_latest_text (progress);
  g_autofree char *trend = way_progress_trend_text (progress);
  g_autofree char *prompt = way_progress_prompt_text (progress);
  g_autofree char *state = g_strdup_printf (
      "%s %s", way_progress_state_mark (progress), way_progress_state_word (progress));
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *score = way_progress_score_text (progress);
  const char *parts[] = {baseline, latest, trend, score};

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (words, "%s%s", words->len > 0 ? "  ·  " : "", parts[i]);
  }
  gtk_label_set_text (self->state, state);
  *prompt = g_ascii_toupper (*prompt); /* here it stands alone */
  gtk_label_set_text (self->prompt, prompt);
  gtk_label_set_text (self->words, words->str);
}

/* What may be typed, before it is. */
static void
show_scale (WayTargetCard *self)
{
  const WayTarget *target = self->target;
  WayMeasureScale scale = way_target_get_scale (target);
  g_autofree char *least = isnan (scale.lowest) ? NULL : way_number_to_text (scale.lowest);
  g_autofree char *most = isnan (scale.highest) ? NULL : way_number_to_text (scale.highest);
  g_autofree char *text = NULL;

  if (g_strcmp0 (target->measure, "yesno") == 0)
    text = g_strdup (_ ("1 for yes, 0 for no. Enter saves."));
  else if (least != NULL && most != NULL)
    text = g_strdup_printf (_ ("From %s to %s. Enter saves."), least, most);
  else if (most != NULL)
    text = g_strdup_printf (_ ("The most is %s. Enter saves."), most);
  else if (!way_text_is_blank (target->unit))
    text = g_strdup_printf (_ ("In %s. Enter saves."), target->unit);
  else
    text = g_strdup (_ ("Enter saves."));
  gtk_label_set_text (self->scale, text);
}

static void
set_visits (WayTargetCard *self, WayRecordSet *records, const WayTerms *terms, WayDate today)
{
  GPtrArray *visits = way_record_set_list (records, WAY_VISIT);
  g_autofree WayDate *days = g_new (WayDate, visits->len + 1);
  guint n_days = 0;

  for (guint i = 0; i < visits->len; i++) {
    const WayVisit *visit = visits->pdata[i];

    if (visit->date != WAY_DATE_UNKNOWN && g_strcmp0 (visit->kind, "not-held") != 0)
      days[n_days++] = visit->date;
  }
  way_chart_view_set_calendar (self->chart, terms, days, n_days, today);
}

static void
keep (GPtrArray **kept, GPtrArray *rows)
{
  g_clear_pointer (kept, g_ptr_array_unref);
  *kept = g_ptr_array_new_with_free_func (way_record_free);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (*kept, way_record_copy (rows->pdata[i]));
}

/**
 * way_target_card_set_target:
 * @self: the card
 * @target: what it shows; copied
 * @records: all of the child, its measurements among them; copied what is needed
 * @options: which trend, and what is about equal
 *
 * Shows a target. What is being typed on the card stays.
 */
void
way_target_card_set_target (WayTargetCard *self,
                            const WayTarget *target,
                            WayRecordSet *records,
                            const WayProgressOptions *options)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  g_autoptr (GPtrArray) measurements = NULL;
  g_autoptr (GPtrArray) phases = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (WAY_IS_TARGET_CARD (self) && target != NULL && records != NULL);

  measurements = way_child_facts_of_target (records, WAY_MEASUREMENT, target->record.id);
  phases = way_child_facts_of_target (records, WAY_PHASE, target->record.id);
  way_record_free (self->target);
  self->target = way_record_copy (target);
  gtk_label_set_text (self->statement, target->statement);
  name = way_child_facts_short (target->statement, FALSE);
  way_a11y_set_name (GTK_WIDGET (self), name);
  set_visits (
      self, records, window != NULL ? way_window_get_terms (window) : NULL, way_date_today ());
  way_chart_view_set_options (self->chart, options);
  way_chart_view_set_target (self->chart, target, measurements, phases);
  keep (&self->measurements, measurements);
  keep (&self->phases, phases);
  fill_table (self);
  gtk_widget_set_visible (GTK_WIDGET (self->chart), way_target_measure_is_numeric (target));
  show_words (self, way_chart_view_get_chart (self->chart)->progress);
  show_scale (self);
}

/**
 * way_target_card_get_id:
 * @self: the card
 *
 * Returns: (nullable): id of its target
 */
const char *
way_target_card_get_id (WayTargetCard *self)
{
  g_return_val_if_fail (WAY_IS_TARGET_CARD (self), NULL);

  return self->target != NULL ? self->target->record.id : NULL;
}

static void
way_target_card_dispose (GObject *object)
{
  way_target_card_stop_keeping (WAY_TARGET_CARD (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), WAY_TYPE_TARGET_CARD);
  G_OBJECT_CLASS (way_target_card_parent_class)->dispose (object);
}

static void
way_target_card_finalize (GObject *object)
{
  WayTargetCard *self = WAY_TARGET_CARD (object);

  way_record_free (self->target);
  g_clear_weak_pointer (&self->table);
  g_clear_pointer (&self->unsaved, g_ptr_array_unref);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_free (self->row_id);
  g_free (self->change_id);
  g_clear_pointer (&self->measurements, g_ptr_array_unref);
  g_clear_pointer (&self->phases, g_ptr_array_unref);
  G_OBJECT_CLASS (way_target_card_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WayTargetCard, statement);
  gtk_widget_class_bind_template_child (widget_class, WayTargetCard, state);
  gtk_widget_class_bind_template_child (widget_class, WayTargetCard, prompt);
  gtk_widget_class_bind_template_child (widget_class, WayTargetCard, chart);
  gtk_widget_class_bind_template_child (widget_class, WayTargetCard, words);
  gtk_widget_class_bind_template_child (widget_class, WayTargetCard, add);
  gtk_widget_class_bind_template_child (widget_class, WayTargetCard, mark);
  gtk_widget_class_bind_template_child (widget_class, WayTargetCard, more);
  gtk_widget_class_bind_template_child (widget_class, WayTargetCard, measuring);
  gtk_widget_class_bind_template_child (widget_class, WayTargetCard, measured_on);
  gtk_widget_class_bind_template_child (widget_class, WayTargetCard, value);
  gtk_widget_class_bind_template_child (widget_class, WayTargetCard, note);
  gtk_widget_class_bind_template_child (widget_class, WayTargetCard, not_measured);
  gtk_widget_class_bind_template_child (widget_class, WayTargetCard, save);
  gtk_widget_class_bind_template_child (widget_class, WayTargetCard, scale);
  gtk_widget_class_bind_template_child (widget_class, WayTargetCard, measuring_message);
  gtk_widget_class_bind_template_child (widget_class, WayTargetCard, changing);
  gtk_widget_class_bind_template_child (widget_class, WayTargetCard, changed_on);
  gtk_widget_class_bind_template_child (widget_class, WayTargetCard, change);
  gtk_widget_class_bind_template_child (widget_class, WayTargetCard, changing_message);
}

static void
way_target_card_class_init (WayTargetCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_target_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = way_target_card_finalize;
  g_type_ensure (WAY_TYPE_CHART_VIEW);
  g_type_ensure (WAY_TYPE_DATE_ENTRY);
  g_type_ensure (WAY_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waymark/Waymark/target-card.ui");
  bind_children (widget_class);
  way_target_card_bind_typing (widget_class);
  gtk_widget_class_install_action (widget_class, "card.table", NULL, table_action);
  gtk_widget_class_install_action (widget_class, "card.save-picture", NULL, save_picture_action);
  gtk_widget_class_install_action (widget_class, "card.edit", NULL, edit_action);
}

static void
way_target_card_init (WayTargetCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  way_ui_tell_whole (self->scale);
  self->unsaved = g_ptr_array_new_with_free_func (way_record_free);
  self->pending = g_ptr_array_new_with_free_func (way_record_free);
  way_a11y_set_name (self->more, _ ("More"));
  way_target_card_init_typing (self);
}

/**
 * way_target_card_new:
 *
 * Returns: (transfer floating): a card without a target yet
 */
GtkWidget *
way_target_card_new (void)
{
  return g_object_new (WAY_TYPE_TARGET_CARD, NULL);
}
