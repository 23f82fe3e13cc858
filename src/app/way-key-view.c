/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-key-view.h"

#include "way-recovery-sheet.h"
#include "way-ui.h"
#include "way-vault.h"
#include "way-window.h"

#include <glib/gi18n.h>

struct _WayKeyView {
  AdwBin parent_instance;

  char *store_path;
  char *recovery_key; /* (nullable): freed by way_vault_secret_free() */
  GtkWidget *key;
  GtkWidget *print;
  GtkWidget *message;
};

G_DEFINE_FINAL_TYPE (WayKeyView, way_key_view, ADW_TYPE_BIN)

/* Three groups to a line, as it will be copied by hand. */
static void
show_key (WayKeyView *self)
{
  char *lines = g_strdup (self->recovery_key != NULL ? self->recovery_key : "");
  guint n = 0;

  for (char *p = lines; *p != '\0'; p++) {
    if (*p == '-' && ++n % 3 == 0)
      *p = '\n';
  }
  gtk_label_set_text (GTK_LABEL (self->key), lines);
  way_a11y_set_name (self->key, self->recovery_key != NULL ? self->recovery_key : "");
  way_vault_secret_wipe (lines);
  g_free (lines);
}

/**
 * way_key_view_take_key:
 * @self: the view
 * @store_path: the store that it opens
 * @key: (transfer full) (nullable): the key; %NULL: forgets the one that is shown
 *
 * Shows a key.
 */
void
way_key_view_take_key (WayKeyView *self, const char *store_path, char *key)
{
  g_return_if_fail (WAY_IS_KEY_VIEW (self));

  g_clear_pointer (&self->recovery_key, way_vault_secret_free);
  self->recovery_key = key;
  way_set_string (&self->store_path, store_path);
  show_key (self);
}

gboolean
way_key_view_has_key (WayKeyView *self)
{
  g_return_val_if_fail (WAY_IS_KEY_VIEW (self), FALSE);

  return self->recovery_key != NULL;
}

static void
say (WayKeyView *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->message), text);
  gtk_widget_set_visible (self->message, TRUE);
}

static void
copy_cb (WayKeyView *self)
{
  if (self->recovery_key == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->recovery_key);
  say (self, _ ("Copied. Paste it into a document that you print."));
}

static void
print_cb (WayKeyView *self)
{
  /* It may be closed, and the key forgotten, while the printer is chosen. */
  g_autoptr (WayKeyView) kept = g_object_ref (self);
  char *key = way_vault_secret_take (g_strdup (self->recovery_key));
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GtkPrintOperationResult result = GTK_PRINT_OPERATION_RESULT_CANCEL;

  if (key != NULL)
    result = way_recovery_sheet_print (window, self->store_path, key, &error);
  way_vault_secret_free (key);
  if (self->message == NULL)
    return;
  switch (result) {
  case GTK_PRINT_OPERATION_RESULT_ERROR:
    text = way_error_to_sentence (_ ("The key could not be printed"), error);
    say (self, text);
    break;
  case GTK_PRINT_OPERATION_RESULT_APPLY:
  case GTK_PRINT_OPERATION_RESULT_IN_PROGRESS:
    say (self, _ ("Sent to the printer. Look at the page before you go on."));
    break;
  case GTK_PRINT_OPERATION_RESULT_CANCEL:
  default:
    break;
  }
}

static gboolean
way_key_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (WAY_KEY_VIEW (widget)->print);
}

static void
way_key_view_dispose (GObject *object)
{
  WayKeyView *self = WAY_KEY_VIEW (object);

  self->message = NULL;
  G_OBJECT_CLASS (way_key_view_parent_class)->dispose (object);
}

static void
way_key_view_finalize (GObject *object)
{
  WayKeyView *self = WAY_KEY_VIEW (object);

  g_clear_pointer (&self->recovery_key, way_vault_secret_free);
  g_free (self->store_path);
  G_OBJECT_CLASS (way_key_view_parent_class)->finalize (object);
}

static void
way_key_view_class_init (WayKeyViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_key_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = way_key_view_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = way_key_view_grab_focus;
}

static GtkWidget *
add_button (WayKeyView *self, GtkWidget *line, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_box_append (GTK_BOX (line), button);
  return button;
}

static void
way_key_view_init (WayKeyView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->key = gtk_label_new (NULL);
  gtk_label_set_justify (GTK_LABEL (self->key), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (self->key, "way-recovery-key");
  gtk_widget_set_margin_top (self->key, 12);
  gtk_widget_set_margin_bottom (self->key, 12);
  gtk_box_set_homogeneous (GTK_BOX (line), TRUE);
  self->print = add_button (self, line, _ ("Print…"), G_CALLBACK (print_cb));
  add_button (self, line, _ ("Copy"), G_CALLBACK (copy_cb));
  self->message = g_object_new (GTK_TYPE_LABEL,
                                "accessible-role",
                                GTK_ACCESSIBLE_ROLE_STATUS,
                                "visible",
                                FALSE,
                                "wrap",
                                TRUE,
                                "xalign",
                                0.0,
                                NULL);
  gtk_widget_add_css_class (self->message, "way-faint");
  gtk_box_append (GTK_BOX (box), self->key);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), self->message);
  adw_bin_set_child (ADW_BIN (self), box);
}
