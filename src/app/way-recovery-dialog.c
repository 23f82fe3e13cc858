/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-recovery-dialog.h"

#include "way-dialog.h"
#include "way-error.h"
#include "way-key-view.h"
#include "way-ui.h"

#include <glib/gi18n.h>

typedef struct {
  WayDialog *dialog;
  GtkWidget *passphrase;
  GtkLabel *message;
} Fields;

static gpointer
renew_job (WayDb *db, gpointer request, GCancellable *cancellable, GError **error)
{
  return way_db_renew_recovery_key (db, request, error);
}

/* It is shown in a dialog of its own: nothing can be cancelled any more. */
static void
show_key (WayWindow *window, char *key)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *view = g_object_new (WAY_TYPE_KEY_VIEW, NULL);
  GtkWidget *kept = gtk_button_new_with_label (_ ("I have kept it safe"));
  WayDialog *dialog;

  way_key_view_take_key (WAY_KEY_VIEW (view), way_window_get_path (window), key);
  gtk_widget_add_css_class (kept, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (kept), "window.close");
  gtk_box_append (
      GTK_BOX (box),
      way_ui_wrapped_label (_ ("If the passphrase is forgotten, this key opens the store. The key "
                               "before it opens nothing any more: put this one in its place. It "
                               "is shown only now."),
                            NULL));
  gtk_box_append (GTK_BOX (box), view);
  gtk_box_append (GTK_BOX (box), kept);
  dialog = way_dialog_new (window, _ ("Your new recovery key"), NULL, box);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (view);
}

static void
renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayDialog) dialog = user_data;
  Fields *fields = g_object_get_data (G_OBJECT (dialog), "fields");
  WayWindow *window = way_window_of (GTK_WIDGET (dialog));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  char *key = way_store_run_finish (WAY_STORE (source), result, &error);

  if (window == NULL) {
    way_vault_secret_free (key);
    return;
  }
  way_dialog_set_busy (dialog, FALSE);
  if (key != NULL) {
    gtk_window_close (GTK_WINDOW (dialog));
    show_key (window, key);
    return;
  }
  text = g_error_matches (error, WAY_ERROR, WAY_ERROR_PASSPHRASE)
             ? g_strdup (_ ("That is not the passphrase of this store. Check Caps Lock and the "
                            "keyboard layout."))
             : way_error_to_sentence (_ ("No new key was made"), error);
  way_ui_set_field_error (fields->passphrase, fields->message, text);
  gtk_widget_grab_focus (fields->passphrase);
}

static void
save_cb (Fields *fields)
{
  WayWindow *window = way_window_of (GTK_WIDGET (fields->dialog));
  const char *passphrase = gtk_editable_get_text (GTK_EDITABLE (fields->passphrase));

  if (*passphrase == '\0') {
    way_ui_set_field_error (fields->passphrase, fields->message, _ ("Type the passphrase."));
    gtk_widget_grab_focus (fields->passphrase);
    return;
  }
  way_dialog_set_busy (fields->dialog, TRUE);
  way_store_run_async (way_window_get_store (window),
                       WAY_STORE_READS,
                       renew_job,
                       way_vault_secret_take (g_strdup (passphrase)),
                       (GDestroyNotify) way_vault_secret_free,
                       (GDestroyNotify) way_vault_secret_free,
                       NULL,
                       renewed_cb,
                       g_object_ref (fields->dialog));
}

static void
changed_cb (Fields *fields)
{
  way_ui_set_field_error (fields->passphrase, fields->message, NULL);
}

/**
 * way_recovery_dialog_open:
 * @window: the window, open
 *
 * Asks for the passphrase, makes a new recovery key and shows it, to be printed or copied.
 */
void
way_recovery_dialog_open (WayWindow *window)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  Fields *fields = g_new0 (Fields, 1);

  g_return_if_fail (WAY_IS_WINDOW (window));

  gtk_box_append (
      GTK_BOX (box),
      way_ui_wrapped_label (_ ("For when the key was lost, or somebody else has seen it. The key "
                               "that there is now will open nothing any more; backups that were "
                               "made before still open with it."),
                            NULL));
  gtk_box_append (GTK_BOX (box), way_ui_label (_ ("Passphrase"), "heading"));
  fields->passphrase = gtk_password_entry_new ();
  gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (fields->passphrase), TRUE);
  way_a11y_set_name (fields->passphrase, _ ("Passphrase"));
  gtk_box_append (GTK_BOX (box), fields->passphrase);
  fields->message = GTK_LABEL (way_ui_wrapped_label (NULL, "way-error"));
  gtk_widget_set_visible (GTK_WIDGET (fields->message), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fields->message));
  fields->dialog = way_dialog_new (window, _ ("New recovery key"), _ ("Make a new key"), box);
  g_object_set_data_full (G_OBJECT (fields->dialog), "fields", fields, g_free);
  g_signal_connect_swapped (fields->dialog, "save", G_CALLBACK (save_cb), fields);
  g_signal_connect_swapped (fields->passphrase, "changed", G_CALLBACK (changed_cb), fields);
  g_signal_connect_swapped (
      fields->passphrase, "activate", G_CALLBACK (way_dialog_save), fields->dialog);
  gtk_window_present (GTK_WINDOW (fields->dialog));
}
