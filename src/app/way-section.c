/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-section.h"

#include "way-ui.h"

#include <glib/gi18n.h>

struct _WaySection {
  AdwBin parent_instance;

  char *title;
  GtkWidget *head;
  GtkWidget *mark;
  GtkWidget *summary;
  GtkWidget *arrow;
  GtkWidget *revealer;
  gboolean filled;
  gboolean faulty;
};

enum { PROP_0, PROP_EXPANDED, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (WaySection, way_section, ADW_TYPE_BIN)

static void
expanded_cb (WaySection *self)
{
  gboolean expanded = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->head));

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), expanded);
  /* What is folded away must not take the keyboard. */
  gtk_widget_set_visible (self->revealer, expanded);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow),
                                expanded ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->head), GTK_ACCESSIBLE_STATE_EXPANDED, expanded, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPANDED]);
}

/* By hand the section is opened to write in it, so it must not unfold below the edge. */
static void
clicked_cb (WaySection *self)
{
  if (!way_section_get_expanded (self))
    return;
  way_section_focus_content (self);
  way_ui_show_whole (GTK_WIDGET (self));
}

static void
way_section_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_EXPANDED)
    g_value_set_boolean (value, way_section_get_expanded (WAY_SECTION (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
way_section_finalize (GObject *object)
{
  g_free (WAY_SECTION (object)->title);
  G_OBJECT_CLASS (way_section_parent_class)->finalize (object);
}

static void
way_section_class_init (WaySectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = way_section_finalize;
  object_class->get_property = way_section_get_property;
  properties[PROP_EXPANDED] = g_param_spec_boolean (
      "expanded", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
way_section_init (WaySection *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->mark = gtk_image_new ();
  self->summary = way_ui_label ("", "way-faint");
  gtk_widget_set_hexpand (self->summary, TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->summary), 1.0f);
  self->arrow = gtk_image_new_from_icon_name ("pan-down-symbolic");
  gtk_box_append (GTK_BOX (line), self->mark);
  self->head = gtk_toggle_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->head), line);
  gtk_widget_add_css_class (self->head, "flat");
  gtk_widget_add_css_class (self->head, "way-section-head");
  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_transition_type (GTK_REVEALER (self->revealer),
                                    GTK_REVEALER_TRANSITION_TYPE_NONE);
  gtk_box_append (GTK_BOX (card), self->head);
  gtk_box_append (GTK_BOX (card), self->revealer);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "way-section");
  adw_bin_set_child (ADW_BIN (self), card);
  g_signal_connect_swapped (self->head, "toggled", G_CALLBACK (expanded_cb), self);
  g_signal_connect_swapped (self->head, "clicked", G_CALLBACK (clicked_cb), self);
}

/**
 * way_section_new:
 * @title: its title, already translated
 * @content: what folds
 *
 * Returns: (transfer floating): a section, unfolded
 */
GtkWidget *
way_section_new (const char *title, GtkWidget *content)
{
  WaySection *self = g_object_new (WAY_TYPE_SECTION, NULL);
  GtkWidget *line = gtk_button_get_child (GTK_BUTTON (self->head));
  GtkWidget *label = way_ui_label (title, "way-heading");

  self->title = g_strdup (title);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_NONE);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), self->summary);
  gtk_box_append (GTK_BOX (line), self->arrow);
  gtk_widget_add_css_class (content, "way-section-content");
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), content);
  way_section_set_state (self, FALSE, "");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->head), TRUE);
  return GTK_WIDGET (self);
}

static void
update_head (WaySection *self)
{
  const char *summary = gtk_label_get_text (GTK_LABEL (self->summary));
  g_autofree char *words = NULL;

  gtk_image_set_from_icon_name (
      GTK_IMAGE (self->mark), self->faulty ? "dialog-warning-symbolic" : "object-select-symbolic");
  gtk_widget_remove_css_class (self->mark, self->faulty ? "accent" : "error");
  gtk_widget_add_css_class (self->mark, self->faulty ? "error" : "accent");
  gtk_widget_set_visible (self->mark, self->filled || self->faulty);
  way_a11y_set_name (self->head, self->title);
  words = g_strdup_printf (self->faulty   ? _ ("something to put right. %s")
                           : self->filled ? _ ("filled. %s")
                                          : _ ("empty. %s"),
                           summary);
  way_a11y_set_description (self->head, words);
}

/**
 * way_section_set_state:
 * @self: the section
 * @filled: whether something is written there
 * @summary: a few words about it, or ""
 *
 * Shows both in the head, and says them there.
 */
void
way_section_set_state (WaySection *self, gboolean filled, const char *summary)
{
  g_return_if_fail (WAY_IS_SECTION (self) && summary != NULL);

  self->filled = filled;
  gtk_label_set_text (GTK_LABEL (self->summary), summary);
  update_head (self);
}

/**
 * way_section_set_faulty:
 * @self: the section
 * @faulty: whether something in it has to be put right
 *
 * Shows it in the head in place of the tick, and says it there: it may be folded.
 */
void
way_section_set_faulty (WaySection *self, gboolean faulty)
{
  g_return_if_fail (WAY_IS_SECTION (self));

  if (faulty == self->faulty)
    return;
  self->faulty = faulty;
  update_head (self);
}

void
way_section_set_expanded (WaySection *self, gboolean expanded)
{
  g_return_if_fail (WAY_IS_SECTION (self));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->head), expanded);
}

gboolean
way_section_get_expanded (WaySection *self)
{
  g_return_val_if_fail (WAY_IS_SECTION (self), FALSE);

  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->head));
}

/**
 * way_section_focus_content:
 * @self: the section, unfolded
 *
 * Puts the keyboard into its first field.
 */
void
way_section_focus_content (WaySection *self)
{
  g_return_if_fail (WAY_IS_SECTION (self));

  gtk_widget_child_focus (gtk_revealer_get_child (GTK_REVEALER (self->revealer)),
                          GTK_DIR_TAB_FORWARD);
}
