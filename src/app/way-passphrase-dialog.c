/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-passphrase-dialog.h"

#include "way-dialog.h"
#include "way-error.h"
#include "way-strength.h"
#include "way-ui.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  WayDialog *dialog;
  GtkWidget *now; /* (nullable): the one that it has */
  GtkWidget *first;
  GtkWidget *again;
  GtkLabel *strength;
  GtkLabel *now_message;
  GtkLabel *message;
} Fields;

typedef struct {
  char *now; /* (nullable) */
  char *next;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  way_vault_secret_free (change->now);
  way_vault_secret_free (change->next);
  g_free (change);
}

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
  const Change *change = request;

  if (change->now == NULL || way_db_check_passphrase (db, change->now, error))
    way_db_change_passphrase (db, change->next, NULL, error);
  return NULL;
}

/* Said also after the lock, which takes the dialog away: which passphrase it is must be known. */
static void
change_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayDialog) dialog = user_data;
  Fields *fields = g_object_get_data (G_OBJECT (dialog), "fields");
  WayWindow *window = g_object_get_data (G_OBJECT (dialog), "window");
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  way_store_run_finish (WAY_STORE (source), result, &error);
  way_dialog_set_busy (dialog, FALSE);
  if (error == NULL) {
    /* First, so that it is said where it stays in view. */
    gtk_window_close (GTK_WINDOW (dialog));
    way_window_toast (window, _ ("The passphrase is changed. The recovery key stays as it is."));
    return;
  }
  if (!way_dialog_is_open (dialog)) {
    way_window_show_error (window, _ ("The passphrase was not changed"), error);
    return;
  }
  changed_cb (fields);
  if (g_error_matches (error, WAY_ERROR, WAY_ERROR_PASSPHRASE)) {
    way_ui_set_field_error (
        fields->now, fields->now_message, _ ("That is not the passphrase that the store has now."));
    gtk_widget_grab_focus (fields->now);
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
  Change *change;

  if (fields->now != NULL && *get_text (fields->now) == '\0') {
    way_ui_set_field_error (
        fields->now, fields->now_message, _ ("Type the passphrase that the store has now."));
    gtk_widget_grab_focus (fields->now);
  } else if (way_strength_of (passphrase, NULL) <= WAY_STRENGTH_WEAK) {
    way_ui_set_field_error (
        fields->first,
        fields->message,
        _ ("Choose a longer one: four or five words that do not belong together."));
    gtk_widget_grab_focus (fields->first);
  } else if (strcmp (passphrase, get_text (fields->again)) != 0) {
    way_ui_set_field_error (
        fields->again, fields->message, _ ("The two are not the same. Type it again."));
    gtk_widget_grab_focus (fields->again);
  } else {
    change = g_new0 (Change, 1);
    change->now =
        fields->now != NULL ? way_vault_secret_take (g_strdup (get_text (fields->now))) : NULL;
    change->next = way_vault_secret_take (g_strdup (passphrase));
    way_dialog_set_busy (fields->dialog, TRUE);
    gtk_label_set_text (fields->strength, _ ("Changing the passphrase…"));
    way_store_run_async (way_window_get_store (window),
                         WAY_STORE_READS,
                         change_job,
                         change,
                         change_free,
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
  way_a11y_tidy (entry);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  return entry;
}

static void
now_changed_cb (Fields *fields)
{
  way_ui_set_field_error (fields->now, fields->now_message, NULL);
}

static void
add_now (GtkWidget *box, Fields *fields)
{
  fields->now = add_entry (box, _ ("Passphrase now"));
  fields->now_message = GTK_LABEL (way_ui_wrapped_label (NULL, "way-error"));
  gtk_widget_set_visible (GTK_WIDGET (fields->now_message), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fields->now_message));
  g_signal_connect_swapped (fields->now, "changed", G_CALLBACK (now_changed_cb), fields);
}

/**
 * way_passphrase_dialog_open:
 * @window: the window, open
 * @ask: for the passphrase that it has; not of who opened it with the recovery key just now
 *
 * Asks twice for a new passphrase. Working out its key takes half a second, on
 * the store's own thread.
 */
void
way_passphrase_dialog_open (WayWindow *window, gboolean ask)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  Fields *fields = g_new0 (Fields, 1);

  g_return_if_fail (WAY_IS_WINDOW (window));

  if (ask)
    add_now (box, fields);
  fields->first = add_entry (box, _ ("New passphrase"));
  fields->strength = GTK_LABEL (way_ui_wrapped_label (NULL, "way-faint"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fields->strength));
  fields->again = add_entry (box, _ ("New passphrase again"));
  fields->message = GTK_LABEL (way_ui_wrapped_label (NULL, "way-error"));
  gtk_widget_set_visible (GTK_WIDGET (fields->message), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fields->message));
  fields->dialog = way_dialog_new (window, _ ("Change passphrase"), _ ("Change"), box);
  g_object_set_data_full (G_OBJECT (fields->dialog), "fields", fields, g_free);
  g_object_set_data_full (
      G_OBJECT (fields->dialog), "window", g_object_ref (window), g_object_unref);
  g_signal_connect_swapped (fields->dialog, "save", G_CALLBACK (save_cb), fields);
  g_signal_connect_swapped (fields->first, "changed", G_CALLBACK (changed_cb), fields);
  g_signal_connect_swapped (fields->again, "changed", G_CALLBACK (changed_cb), fields);
  if (fields->now != NULL)
    g_signal_connect_swapped (
        fields->now, "activate", G_CALLBACK (gtk_widget_grab_focus), fields->first);
  g_signal_connect_swapped (
      fields->first, "activate", G_CALLBACK (gtk_widget_grab_focus), fields->again);
  g_signal_connect_swapped (
      fields->again, "activate", G_CALLBACK (way_dialog_save), fields->dialog);
  way_dialog_present (fields->dialog);
}
