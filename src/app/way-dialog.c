/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-dialog-private.h"

#include "way-begun.h"
#include "way-once.h"
#include "way-ui.h"

#include <glib/gi18n.h>

#define WIDTH 620       /* px, at the usual size of letters */
#define MOST_HEIGHT 560 /* px of the form, likewise */
#define HEAD 80         /* px, of the dialog, and a rim of the window behind it */

enum { SAVE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WayDialog, way_dialog, ADW_TYPE_WINDOW)

/**
 * way_dialog_save:
 * @self: the dialog
 *
 * Emits "save", unless that is under way. What was begun before is found first: saving takes it
 * away.
 */
void
way_dialog_save (WayDialog *self)
{
  g_return_if_fail (WAY_IS_DIALOG (self));

  if (self->key != NULL && !self->is_found && !self->is_unknown)
    self->is_saved_then = TRUE;
  else if (!self->is_busy)
    g_signal_emit (self, signals[SAVE], 0);
}

/**
 * way_dialog_is_open:
 * @self: the dialog
 *
 * For who kept a reference while the store was at work. A window that was closed keeps its parent
 * as long as somebody does.
 *
 * Returns: whether somebody can read what it says
 */
gboolean
way_dialog_is_open (WayDialog *self)
{
  g_return_val_if_fail (WAY_IS_DIALOG (self), FALSE);

  return gtk_widget_get_realized (GTK_WIDGET (self)) && way_window_of (GTK_WIDGET (self)) != NULL;
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  way_dialog_save (WAY_DIALOG (widget));
}

/* What is typed while it is being stored would be neither stored nor kept. The keyboard goes
 * first: what cannot be used cannot have it. */
static void
set_open (WayDialog *self, gboolean open)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (!open) {
    g_clear_weak_pointer (&self->focus);
    if (focus != NULL && gtk_widget_is_ancestor (focus, self->content))
      g_set_weak_pointer (&self->focus, focus);
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  }
  gtk_widget_set_sensitive (self->content, open);
  if (open && focus == NULL && self->focus != NULL && gtk_widget_get_mapped (self->focus))
    gtk_widget_grab_focus (self->focus);
}

void
way_dialog_set_busy (WayDialog *self, gboolean busy)
{
  g_return_if_fail (WAY_IS_DIALOG (self));

  /* Before it is stored, and not after: that takes it away again in one go. */
  if (busy && !self->is_busy) {
    g_clear_handle_id (&self->keep_id, g_source_remove);
    way_dialog_keep_typed (self);
    gtk_widget_set_visible (GTK_WIDGET (self->failure), FALSE);
  }
  if (busy != self->is_busy)
    set_open (self, !busy);
  self->is_busy = busy;
  if (!busy)
    way_dialog_typed (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.save", !busy);
}

/**
 * way_dialog_say_failure:
 * @self: the dialog, open
 * @text: what could not be done, and why; already translated
 *
 * Says it at its foot until it is tried again: behind the dialog nobody would see it.
 */
void
way_dialog_say_failure (WayDialog *self, const char *text)
{
  g_return_if_fail (WAY_IS_DIALOG (self) && text != NULL);

  gtk_label_set_text (self->failure, text);
  gtk_widget_set_visible (GTK_WIDGET (self->failure), TRUE);
}

/**
 * way_dialog_get_key:
 * @self: the dialog
 *
 * Returns: (transfer none) (nullable): under what its texts are kept
 */
const char *
way_dialog_get_key (WayDialog *self)
{
  g_return_val_if_fail (WAY_IS_DIALOG (self), NULL);

  return self->key;
}

void
way_dialog_done (WayDialog *self)
{
  g_return_if_fail (WAY_IS_DIALOG (self));

  if (self->key != NULL && self->window != NULL)
    way_begun_keep (self->window, self->key, NULL);
  way_dialog_stop_keeping (self);
  gtk_window_close (GTK_WINDOW (self));
}

static void
way_dialog_dispose (GObject *object)
{
  WayDialog *self = WAY_DIALOG (object);

  /* What is being stored is no longer begun. */
  if (self->key != NULL && self->window != NULL && !self->is_busy)
    way_dialog_keep_rest (self);
  way_dialog_stop_keeping (self);
  g_clear_weak_pointer (&self->focus);
  g_clear_weak_pointer (&self->window);
  G_OBJECT_CLASS (way_dialog_parent_class)->dispose (object);
}

static gboolean
drop_cb (gpointer user_data)
{
  gtk_window_destroy (GTK_WINDOW (user_data));
  return G_SOURCE_REMOVE;
}

/* As high as its words are when they are wrapped at its width: GTK 4.8 asks for the height that
 * they have on one line, and cuts off what stands below them. */
static void
way_dialog_show (GtkWidget *widget)
{
  WayDialog *self = WAY_DIALOG (widget);
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->box));
  int most = gtk_scrolled_window_get_max_content_height (self->scroller);
  int width, height, head;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (height <= 0) {
    gtk_widget_measure (header, GTK_ORIENTATION_VERTICAL, width, NULL, &head, NULL, NULL);
    gtk_widget_measure (self->content, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
    gtk_window_set_default_size (GTK_WINDOW (self), width, head + MIN (height, most));
  }
  GTK_WIDGET_CLASS (way_dialog_parent_class)->show (widget);
}

static void
way_dialog_class_init (WayDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->show = way_dialog_show;

  G_OBJECT_CLASS (klass)->dispose = way_dialog_dispose;
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

/* Large letters have more room, as far as the window behind it has. */
static void
fit (WayDialog *self, WayWindow *parent, GtkScrolledWindow *scroller)
{
  GtkWidget *window = GTK_WIDGET (parent);
  int width = MIN (way_ui_scale (window, WIDTH), gtk_widget_get_width (window));
  int height = MIN (way_ui_scale (window, MOST_HEIGHT), gtk_widget_get_height (window) - HEAD);

  gtk_window_set_default_size (GTK_WINDOW (self), MAX (width, WIDTH), -1);
  gtk_scrolled_window_set_max_content_height (scroller, MAX (height, MOST_HEIGHT));
}

static void
append_foot (WayDialog *self)
{
  self->failure = GTK_LABEL (g_object_new (GTK_TYPE_LABEL,
                                           "accessible-role",
                                           GTK_ACCESSIBLE_ROLE_ALERT,
                                           "visible",
                                           FALSE,
                                           "wrap",
                                           TRUE,
                                           "wrap-mode",
                                           PANGO_WRAP_WORD_CHAR,
                                           "xalign",
                                           0.0,
                                           NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->failure), "way-notice");
  gtk_box_append (self->box, GTK_WIDGET (self->failure));
  self->said = WAY_SAID (way_said_new ());
  gtk_box_append (self->box, GTK_WIDGET (self->said));
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
  fit (self, parent, GTK_SCROLLED_WINDOW (scroller));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), content);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scroller);
  g_signal_connect_after (content, "map", G_CALLBACK (mapped_cb), NULL);
  self->box = GTK_BOX (box);
  self->scroller = GTK_SCROLLED_WINDOW (scroller);
  self->content = content;
  g_set_weak_pointer (&self->window, parent);
  self->session = way_window_get_session (parent);
  append_foot (self);
  adw_window_set_content (ADW_WINDOW (self), box);
  way_once_guard (GTK_WINDOW (self));
  return self;
}

/**
 * way_dialog_present:
 * @self: a new dialog
 *
 * Shows it. Where another lies over the same window already, what it shows had to be read first
 * and was asked for again meanwhile: then it goes unseen.
 */
void
way_dialog_present (WayDialog *self)
{
  g_return_if_fail (WAY_IS_DIALOG (self));

  if (!way_once_is_open (gtk_window_get_transient_for (GTK_WINDOW (self)), WAY_TYPE_DIALOG)) {
    gtk_window_present (GTK_WINDOW (self));
    return;
  }
  way_dialog_stop_keeping (self);
  g_idle_add_full (G_PRIORITY_DEFAULT, drop_cb, g_object_ref (self), g_object_unref);
}

/**
 * way_dialog_find_said:
 * @window: the window
 *
 * Returns: (transfer none) (nullable): where something is said while a dialog lies over @window,
 *   and nothing behind it can be pressed; %NULL if none does
 */
WaySaid *
way_dialog_find_said (WayWindow *window)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) over = g_list_model_get_item (windows, i);

    if (WAY_IS_DIALOG (over) && gtk_widget_get_mapped (over) && way_window_of (over) == window)
      return WAY_DIALOG (over)->said;
  }
  return NULL;
}
