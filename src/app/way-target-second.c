/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A second measurement of a target on one day: both count, so it is asked for first. */
#include "way-target-card-private.h"

#include "way-progress.h"
#include "way-ui.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define AT_ONCE G_TIME_SPAN_SECOND

/* (transfer container): the other measurements of @day, stored or on their way to the store */
static GPtrArray *
list_of_the_day (WayTargetCard *self, WayDate day, const char *id)
{
  GPtrArray *lists[] = {self->measurements, self->pending};
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++) {
    for (guint k = 0; lists[i] != NULL && k < lists[i]->len; k++) {
      WayMeasurement *row = lists[i]->pdata[k];

      if (row->date == day && g_strcmp0 (row->record.id, id) != 0 &&
          g_hash_table_add (ids, row->record.id))
        g_ptr_array_add (rows, row);
    }
  }
  return rows;
}

static char *
dup_values (WayTargetCard *self, const GPtrArray *rows)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++) {
    const WayMeasurement *row = rows->pdata[i];
    g_autofree char *value = isnan (row->value)
                                 ? g_strdup (_ ("not measured"))
                                 : way_progress_value_text (self->target, row->value);

    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", value);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show (WayTargetCard *self, WayDate day)
{
  if (day != self->second_for)
    self->asked_at = g_get_monotonic_time ();
  self->second_for = day;
  gtk_button_set_label (self->save,
                        day != WAY_DATE_UNKNOWN ? _ ("Add another for this day") : _ ("Save"));
}

/* A double click on "Save" asks, and is not the answer as well. */
static gboolean
has_been_read (const WayTargetCard *self)
{
  return g_get_monotonic_time () >= self->asked_at + AT_ONCE;
}

/**
 * way_target_card_ask_second:
 * @row: a measurement that is about to be stored, without a fault
 * @is_yes: whether the button was pressed
 *
 * At each value: a slip of the finger is a wrong record. Enter asks again; only the button, which
 * says what it does, is an answer.
 *
 * Returns: whether it is to wait: the day has a value already, and nobody said yes to a second
 */
gboolean
way_target_card_ask_second (WayTargetCard *self, const WayMeasurement *row, gboolean is_yes)
{
  g_autoptr (GPtrArray) rows = list_of_the_day (self, row->date, self->row_id);
  g_autofree char *values = NULL, *day = NULL, *message = NULL;

  if (rows->len == 0 || (is_yes && self->second_for == row->date && has_been_read (self))) {
    show (self, WAY_DATE_UNKNOWN);
    return FALSE;
  }
  values = dup_values (self, rows);
  day = way_date_format_short (row->date);
  /* Translators: a day, the value or values that it has, such as "4 of 5" */
  message = g_strdup_printf (
      ngettext ("%s has a value already: %s. Nothing is saved yet. To keep both, choose “Add "
                "another for this day”.",
                "%s has values already: %s. Nothing is saved yet. To keep them all, choose “Add "
                "another for this day”.",
                rows->len),
      day,
      values);
  gtk_label_set_text (self->measuring_message, message);
  gtk_widget_set_visible (GTK_WIDGET (self->measuring_message), TRUE);
  show (self, row->date);
  way_ui_show_whole (self->measuring);
  return TRUE;
}

/* It was asked of one day only. */
void
way_target_card_forget_second (WayTargetCard *self)
{
  WayDate day = WAY_DATE_UNKNOWN;

  way_date_entry_get_date (self->measured_on, &day);
  if (self->second_for != WAY_DATE_UNKNOWN && self->second_for != day)
    show (self, WAY_DATE_UNKNOWN);
}
