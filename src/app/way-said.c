/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-said.h"

#include <glib/gi18n.h>

struct _WaySaid {
  AdwBin parent_instance;

  GtkLabel *text;
  GtkWidget *offer; /* of "Undo" */
};

enum { UNDO, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WaySaid, way_said, ADW_TYPE_BIN)

GtkWidget *
way_said_new (void)
{
  return g_object_new (WAY_TYPE_SAID, NULL);
}

/**
 * way_said_say:
 * @self: the line
 * @text: what was done, already translated
 * @can_undo: whether "Undo" is offered
 *
 * Shows it in the place of what was said before.
 */
void
way_said_say (WaySaid *self, const char *text, gboolean can_undo)
{
  g_return_if_fail (WAY_IS_SAID (self) && text != NULL);

  gtk_label_set_text (self->text, text);
  gtk_widget_set_visible (self->offer, can_undo);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

/* Its words may name a child: they go with it. */
void
way_said_clear (WaySaid *self)
{
  g_return_if_fail (WAY_IS_SAID (self));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_label_set_text (self->text, "");
}

gboolean
way_said_is_in_use (WaySaid *self)
{
  g_return_val_if_fail (WAY_IS_SAID (self), FALSE);

  return (gtk_widget_get_state_flags (GTK_WIDGET (self)) &
          (GTK_STATE_FLAG_PRELIGHT | GTK_STATE_FLAG_FOCUS_WITHIN)) != 0;
}

static void
undo_cb (WaySaid *self)
{
  g_signal_emit (self, signals[UNDO], 0);
}

/* A field takes back what is typed in it, and has the key to itself. */
static gboolean
undo_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  WaySaid *self = WAY_SAID (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_visible (self->offer) ||
      GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus))
    return GDK_EVENT_PROPAGATE;
  undo_cb (self);
  return GDK_EVENT_STOP;
}

static void
add_undo_key (WaySaid *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_z, GDK_CONTROL_MASK),
                        gtk_callback_action_new (undo_key_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
way_said_class_init (WaySaidClass *klass)
{
  signals[UNDO] =
      g_signal_new ("undo", WAY_TYPE_SAID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
way_said_init (WaySaid *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *undo = gtk_button_new_with_label (_ ("Undo"));

  self->text = g_object_new (GTK_TYPE_LABEL,
                             "accessible-role",
                             GTK_ACCESSIBLE_ROLE_STATUS,
                             "wrap",
                             TRUE,
                             "wrap-mode",
                             PANGO_WRAP_WORD_CHAR,
                             "natural-wrap-mode",
                             GTK_NATURAL_WRAP_NONE,
                             "xalign",
                             0.0,
                             NULL);
  g_signal_connect_swapped (undo, "clicked", G_CALLBACK (undo_cb), self);
  /* To hide the button's baseline: GTK 4.8 measures a box with several in two ways, and
   * complains. */
  self->offer = gtk_revealer_new ();
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->offer), TRUE);
  gtk_revealer_set_child (GTK_REVEALER (self->offer), undo);
  gtk_widget_set_valign (self->offer, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->text));
  gtk_box_append (GTK_BOX (box), self->offer);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "way-said");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  add_undo_key (self);
}
