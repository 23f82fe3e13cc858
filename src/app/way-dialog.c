/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-dialog.h"

#include "way-ui.h"

#include <glib/gi18n.h>

struct _WayDialog {
  AdwWindow parent_instance;

  gboolean is_busy;
  AdwToastOverlay *toasts;
};

enum { SAVE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WayDialog, way_dialog, ADW_TYPE_WINDOW)

/**
 * way_dialog_save:
 * @self: the dialog
 *
 * Emits "save", unless that is under way.
 */
void
way_dialog_save (WayDialog *self)
{
  g_return_if_fail (WAY_IS_DIALOG (self));

  if (!self->is_busy)
    g_signal_emit (self, signals[SAVE], 0);
}

void
way_dialog_set_busy (WayDialog *self, gboolean busy)
{
  g_return_if_fail (WAY_IS_DIALOG (self));

  self->is_busy = busy;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.save", !busy);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  way_dialog_save (WAY_DIALOG (widget));
}

static void
way_dialog_class_init (WayDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[SAVE] = g_signal_new (
      "save", WAY_TYPE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "dialog.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "dialog.save", NULL);
}

static void
way_dialog_init (WayDialog *self)
{
}

/* The keyboard begins in the first field, not on "Cancel". */
static void
mapped_cb (GtkWidget *content)
{
  gtk_widget_child_focus (content, GTK_DIR_TAB_FORWARD);
}

/**
 * way_dialog_new:
 * @parent: the window it belongs to
 * @title: what is filled in, already translated
 * @save_label: (nullable): what the button is called; %NULL: there is nothing to save
 * @content: (transfer floating): the form
 *
 * Returns: (transfer none): the dialog, to be presented
 */
WayDialog *
way_dialog_new (WayWindow *parent, const char *title, const char *save_label, GtkWidget *content)
{
  WayDialog *self = g_object_new (WAY_TYPE_DIALOG,
                                  "transient-for",
                                  parent,
                                  "modal",
                                  TRUE,
                                  "title",
                                  title,
                                  "default-width",
                                  620,
                                  "destroy-with-parent",
                                  TRUE,
                                  NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *cancel = gtk_button_new_with_label (save_label != NULL ? _ ("Cancel") : _ ("Close"));

  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  if (save_label != NULL) {
    GtkWidget *save = gtk_button_new_with_label (save_label);

    gtk_actionable_set_action_name (GTK_ACTIONABLE (save), "dialog.save");
    gtk_widget_add_css_class (save, "suggested-action");
    adw_header_bar_pack_end (ADW_HEADER_BAR (header), save);
  }
  gtk_widget_add_css_class (content, "way-content");
  gtk_scrolled_window_set_policy (
      GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 560);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), content);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scroller);
  g_signal_connect_after (content, "map", G_CALLBACK (mapped_cb), NULL);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, box);
  adw_window_set_content (ADW_WINDOW (self), GTK_WIDGET (self->toasts));
  return self;
}

/**
 * way_dialog_find_toasts:
 * @window: the window
 *
 * Returns: (transfer none) (nullable): where something is said while a dialog lies over @window,
 *   and nothing behind it can be pressed; %NULL if none does
 */
AdwToastOverlay *
way_dialog_find_toasts (WayWindow *window)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) over = g_list_model_get_item (windows, i);

    if (WAY_IS_DIALOG (over) && gtk_widget_get_mapped (over) && way_window_of (over) == window)
      return WAY_DIALOG (over)->toasts;
  }
  return NULL;
}
