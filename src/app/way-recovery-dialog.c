/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-recovery-dialog.h"

#include "way-dialog.h"
#include "way-error.h"
#include "way-key-view.h"
#include "way-ui.h"
#include "way-window-key.h"
#include "way-window-private.h"

#include <glib/gi18n.h>

typedef struct {
  WayDialog *dialog;
  GtkWidget *passphrase;
  GtkLabel *message;
} Fields;

/* A key that is shown, and opens nothing until it is said to be kept. */
typedef struct {
  WayWindow *window;
  WayDialog *dialog;
  char *key; /* way_vault_secret_free() it */
  gboolean is_kept;
} Offer;

static void
offer_free (gpointer data)
{
  Offer *offer = data;

  g_object_unref (offer->window);
  way_vault_secret_free (offer->key);
  g_free (offer);
}

static gpointer
set_job (WayDb *db, gpointer request, GCancellable *cancellable, GError **error)
{
  if (way_db_set_recovery_key (db, request, error))
    way_window_key_forget (db, NULL);
  return NULL;
}

/* Said also after the lock: which key is to be kept must be known. */
static void
set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayWindow) window = user_data;
  g_autoptr (GError) error = NULL;

  way_store_run_finish (WAY_STORE (source), result, &error);
  if (error != NULL)
    way_window_show_error (window,
                           _ ("It is not certain that the new recovery key opens the store. Keep "
                              "the one before it too, and make a new one later"),
                           error);
  if (error != NULL)
    return;
  way_window_key_answered (window);
  way_window_toast (window, _ ("The new recovery key opens the store now."));
}

static void
kept_cb (Offer *offer)
{
  offer->is_kept = TRUE;
  way_store_run_async (way_window_get_store (offer->window),
                       WAY_STORE_READS,
                       set_job,
                       way_vault_secret_take (g_strdup (offer->key)),
                       (GDestroyNotify) way_vault_secret_free,
                       NULL,
                       NULL,
                       set_cb,
                       g_object_ref (offer->window));
  gtk_window_close (GTK_WINDOW (offer->dialog));
}

/* However it is closed; it may have been printed by then. */
static void
closed_cb (Offer *offer)
{
  gboolean is_kept = offer->is_kept;

  offer->is_kept = TRUE; /* once */
  if (!is_kept && !gtk_widget_in_destruction (GTK_WIDGET (offer->window)))
    way_window_key_unchanged (offer->window);
}

/* In a dialog of its own. */
static void
show_key (WayWindow *window)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *view = g_object_new (WAY_TYPE_KEY_VIEW, NULL);
  Offer *offer = g_new0 (Offer, 1);

  offer->window = g_object_ref (window);
  offer->key = way_vault_make_recovery_key ();
  way_key_view_take_key (WAY_KEY_VIEW (view),
                         way_window_get_path (window),
                         way_vault_secret_take (g_strdup (offer->key)));
  gtk_box_append (
      GTK_BOX (box),
      way_ui_wrapped_label (_ ("If the passphrase is forgotten, this key opens the store. Print "
                               "or copy it; it is shown only now. When you have kept it safe, it "
                               "takes the place of the key before it, which opens nothing then. "
                               "If you cancel, the key before it stays as it is."),
                            NULL));
  gtk_box_append (GTK_BOX (box), view);
  offer->dialog =
      way_dialog_new (window, _ ("Your new recovery key"), _ ("I have kept it safe"), box);
  g_object_set_data_full (G_OBJECT (offer->dialog), "offer", offer, offer_free);
  g_signal_connect_swapped (offer->dialog, "save", G_CALLBACK (kept_cb), offer);
  g_signal_connect_swapped (offer->dialog, "destroy", G_CALLBACK (closed_cb), offer);
  way_dialog_present (offer->dialog);
  gtk_widget_grab_focus (view);
}

static gpointer
check_job (WayDb *db, gpointer request, GCancellable *cancellable, GError **error)
{
  way_db_check_passphrase (db, request, error);
  return NULL;
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayDialog) dialog = user_data;
  Fields *fields = g_object_get_data (G_OBJECT (dialog), "fields");
  WayWindow *window = way_window_of (GTK_WIDGET (dialog));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  way_store_run_finish (WAY_STORE (source), result, &error);
  if (!way_dialog_is_open (dialog))
    return;
  way_dialog_set_busy (dialog, FALSE);
  if (error == NULL) {
    gtk_window_close (GTK_WINDOW (dialog));
    show_key (window);
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
                       check_job,
                       way_vault_secret_take (g_strdup (passphrase)),
                       (GDestroyNotify) way_vault_secret_free,
                       NULL,
                       NULL,
                       checked_cb,
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
      way_ui_wrapped_label (_ ("For when the key was lost, or somebody else has seen it. When "
                               "the new key is kept safe, the one that there is now opens nothing "
                               "any more; backups that were made before still open with it."),
                            NULL));
  gtk_box_append (GTK_BOX (box), way_ui_label (_ ("Passphrase"), "heading"));
  fields->passphrase = gtk_password_entry_new ();
  gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (fields->passphrase), TRUE);
  way_a11y_set_name (fields->passphrase, _ ("Passphrase"));
  way_a11y_tidy (fields->passphrase);
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
  way_dialog_present (fields->dialog);
}
