/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-share-field.h"

#include "way-ui.h"
#include "way-wrap-box.h"

static void
typed_cb (GtkWidget *entry, GtkLabel *message)
{
  way_ui_set_field_error (entry, message, NULL);
}

static void
suggestion_cb (GtkButton *button, GtkWidget *entry)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), gtk_button_get_label (button));
  gtk_widget_grab_focus (entry);
  gtk_editable_set_position (GTK_EDITABLE (entry), -1);
}

/* A field of one line, under it what is often meant, each a button that writes it. */
GtkWidget *
way_share_field_add (GtkWidget *box,
                     const char *name,
                     const char *const *suggestions,
                     WayDialog *dialog,
                     GtkLabel **message)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *words = g_object_new (WAY_TYPE_WRAP_BOX, "spacing", 6, NULL);

  way_a11y_set_name (entry, name);
  gtk_box_append (GTK_BOX (box), way_ui_label (name, "heading"));
  gtk_box_append (GTK_BOX (box), entry);
  for (guint i = 0; suggestions != NULL && suggestions[i] != NULL; i++) {
    GtkWidget *button = gtk_button_new_with_label (suggestions[i]);

    gtk_widget_add_css_class (button, "way-suggestion");
    gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))),
                             PANGO_ELLIPSIZE_END);
    g_signal_connect (button, "clicked", G_CALLBACK (suggestion_cb), entry);
    gtk_widget_set_parent (button, words);
  }
  gtk_box_append (GTK_BOX (box), words);
  *message = GTK_LABEL (way_ui_wrapped_label (NULL, "way-error"));
  gtk_widget_set_visible (GTK_WIDGET (*message), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (*message));
  g_signal_connect (entry, "changed", G_CALLBACK (typed_cb), *message);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (way_dialog_save), dialog);
  return entry;
}
