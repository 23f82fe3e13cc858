/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-passphrase-dialog.h"

#include "way-dialog.h"
#include "way-strength.h"
#include "way-ui.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  WayDialog *dialog;
  GtkWidget *first;
  GtkWidget *again;
  GtkLabel *strength;
  GtkLabel *message;
  gboolean is_busy;
} Fields;

static const char *
get_text (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static void
changed_cb (Fields *fields)
{
  g_autofree char *text = way_strength_text (get_text (fields->first), NULL);

  gtk_label_set_text (fields->strength, text);
  way_ui_set_field_error (fields->first, fields->message, NULL);
  way_ui_set_field_error (fields->again, fields->message, NULL);
}

static gpointer
change_job (WayDb *db, gpointer request, GCancellable *cancellable, GError **error)
{
  way_db_change_passphrase (db, request, NULL, error);
  return NULL;
}

static void
change_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayDialog) dialog = user_data;
  Fields *fields = g_object_get_data (G_OBJECT (dialog), "fields");
  WayWindow *window = way_window_of (GTK_WIDGET (dialog));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  way_store_run_finish (WAY_STORE (source), result, &error);
  fields->is_busy = FALSE;
  if (window == NULL)
    return;
  if (error == NULL) {
    way_window_toast (window, _ ("The passphrase is changed. The recovery key stays as it is."));
    gtk_window_close (GTK_WINDOW (dialog));
    return;
  }
  text = way_error_to_sentence (_ ("The passphrase could not be changed"), error);
  way_ui_set_field_error (fields->first, fields->message, text);
}

static void
save_cb (Fields *fields)
{
  WayWindow *window = way_window_of (GTK_WIDGET (fields->dialog));
  const char *passphrase = get_text (fields->first);

  if (way_strength_of (passphrase, NULL) <= WAY_STRENGTH_WEAK) {
    way_ui_set_field_error (
        fields->first,
        fields->message,
        _ ("Choose a longer one: four or five words that do not belong together."));
    gtk_widget_grab_focus (fields->first);
  } else if (strcmp (passphrase, get_text (fields->again)) != 0) {
    way_ui_set_field_error (
        fields->again, fields->message, _ ("The two are not the same. Type it again."));
    gtk_widget_grab_focus (fields->again);
  } else if (!fields->is_busy) {
    fields->is_busy = TRUE;
    gtk_label_set_text (fields->strength, _ ("Changing the passphrase…"));
    way_store_run_async (way_window_get_store (window),
                         WAY_STORE_READS,
                         change_job,
                         way_vault_secret_take (g_strdup (passphrase)),
                         (GDestroyNotify) way_vault_secret_free,
                         NULL,
                         NULL,
                         change_done_cb,
                         g_object_ref (fields->dialog));
  }
}

static GtkWidget *
add_entry (GtkWidget *box, const char *name)
{
  GtkWidget *entry = gtk_password_entry_new ();
  GtkWidget *label = way_ui_label (name, "heading");

  gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (entry), TRUE);
  way_a11y_set_name (entry, name);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  return entry;
}

/**
 * way_passphrase_dialog_open:
 * @window: the window, open
 *
 * Asks twice for a new passphrase. Working out its key takes half a second, on
 * the store's own thread.
 */
void
way_passphrase_dialog_open (WayWindow *window)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  Fields *fields = g_new0 (Fields, 1);

  g_return_if_fail (WAY_IS_WINDOW (window));

  fields->first = add_entry (box, _ ("New passphrase"));
  fields->strength = GTK_LABEL (way_ui_wrapped_label (NULL, "way-faint"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fields->strength));
  fields->again = add_entry (box, _ ("New passphrase again"));
  fields->message = GTK_LABEL (way_ui_wrapped_label (NULL, "way-error"));
  gtk_widget_set_visible (GTK_WIDGET (fields->message), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fields->message));
  fields->dialog = way_dialog_new (window, _ ("Change passphrase"), _ ("Change"), box);
  g_object_set_data_full (G_OBJECT (fields->dialog), "fields", fields, g_free);
  g_signal_connect_swapped (fields->dialog, "save", G_CALLBACK (save_cb), fields);
  g_signal_connect_swapped (fields->first, "changed", G_CALLBACK (changed_cb), fields);
  g_signal_connect_swapped (fields->again, "changed", G_CALLBACK (changed_cb), fields);
  g_signal_connect_swapped (
      fields->again, "activate", G_CALLBACK (way_dialog_save), fields->dialog);
  gtk_window_present (GTK_WINDOW (fields->dialog));
}
