/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-split-view.h"

#include "way-ui.h"

#include <adwaita.h>

#define FOLD_BELOW 900 /* px, at the usual size of letters */

struct _WaySplitView {
  GtkWidget parent_instance;

  AdwFlap *flap;
  gboolean folded;
  guint fold_id;
};

enum { PROP_0, PROP_SIDEBAR, PROP_CONTENT, PROP_FOLDED, PROP_SIDEBAR_OPEN, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (WaySplitView, way_split_view, GTK_TYPE_WIDGET)

static gboolean
fold_cb (gpointer user_data)
{
  WaySplitView *self = user_data;

  self->fold_id = 0;
  adw_flap_set_fold_policy (
      self->flap, self->folded ? ADW_FLAP_FOLD_POLICY_ALWAYS : ADW_FLAP_FOLD_POLICY_NEVER);
  adw_flap_set_reveal_flap (self->flap, !self->folded);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
  return G_SOURCE_REMOVE;
}

/* With large letters both need more than they usually do. */
static int
needed_width (WaySplitView *self)
{
  GtkWidget *const parts[] = {adw_flap_get_flap (self->flap), adw_flap_get_content (self->flap)};
  int needed = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    int minimum = 0;

    if (parts[i] != NULL)
      gtk_widget_measure (parts[i], GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
    needed += minimum;
  }
  return MAX (needed, way_ui_scale (GTK_WIDGET (self), FOLD_BELOW));
}

static void
way_split_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WaySplitView *self = WAY_SPLIT_VIEW (widget);
  gboolean folded = width < needed_width (self);

  gtk_widget_allocate (GTK_WIDGET (self->flap), width, height, baseline, NULL);
  if (folded == self->folded)
    return;
  self->folded = folded;
  /* Not from here: a new policy asks for a new allocation. */
  if (self->fold_id == 0)
    self->fold_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fold_cb, self, NULL);
}

static void
way_split_view_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  WaySplitView *self = WAY_SPLIT_VIEW (widget);
  GtkWidget *content = adw_flap_get_content (self->flap);

  gtk_widget_measure (GTK_WIDGET (self->flap),
                      orientation,
                      for_size,
                      minimum,
                      natural,
                      minimum_baseline,
                      natural_baseline);
  /* The sidebar folds, so it must not keep the window wide. */
  if (orientation == GTK_ORIENTATION_HORIZONTAL && content != NULL)
    gtk_widget_measure (content, orientation, -1, minimum, NULL, NULL, NULL);
  *natural = MAX (*natural, *minimum);
}

static void
way_split_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WaySplitView *self = WAY_SPLIT_VIEW (object);

  switch (id) {
  case PROP_SIDEBAR:
    g_value_set_object (value, adw_flap_get_flap (self->flap));
    break;
  case PROP_CONTENT:
    g_value_set_object (value, adw_flap_get_content (self->flap));
    break;
  case PROP_FOLDED:
    g_value_set_boolean (value, self->folded);
    break;
  case PROP_SIDEBAR_OPEN:
    g_value_set_boolean (value, way_split_view_is_sidebar_open (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
way_split_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WaySplitView *self = WAY_SPLIT_VIEW (object);

  switch (id) {
  case PROP_SIDEBAR:
    way_split_view_set_sidebar (self, g_value_get_object (value));
    break;
  case PROP_CONTENT:
    way_split_view_set_content (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
way_split_view_dispose (GObject *object)
{
  WaySplitView *self = WAY_SPLIT_VIEW (object);

  g_clear_handle_id (&self->fold_id, g_source_remove);
  if (self->flap != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->flap));
  self->flap = NULL;
  G_OBJECT_CLASS (way_split_view_parent_class)->dispose (object);
}

static void
way_split_view_class_init (WaySplitViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags readwrite = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = way_split_view_get_property;
  object_class->set_property = way_split_view_set_property;
  object_class->dispose = way_split_view_dispose;
  widget_class->measure = way_split_view_measure;
  widget_class->size_allocate = way_split_view_size_allocate;
  properties[PROP_SIDEBAR] =
      g_param_spec_object ("sidebar", NULL, NULL, GTK_TYPE_WIDGET, readwrite);
  properties[PROP_CONTENT] =
      g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, readwrite);
  properties[PROP_FOLDED] =
      g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SIDEBAR_OPEN] = g_param_spec_boolean (
      "sidebar-open", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

/* It closes by a click beside it, too. */
static void
revealed_cb (WaySplitView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIDEBAR_OPEN]);
}

/* Before anything else takes the key: it means what lies on top. */
static gboolean
key_cb (WaySplitView *self, guint key)
{
  if (key != GDK_KEY_Escape || !way_split_view_is_sidebar_open (self))
    return GDK_EVENT_PROPAGATE;
  way_split_view_show_sidebar (self, FALSE);
  return GDK_EVENT_STOP;
}

static void
way_split_view_init (WaySplitView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->flap = ADW_FLAP (adw_flap_new ());
  adw_flap_set_fold_policy (self->flap, ADW_FLAP_FOLD_POLICY_NEVER);
  adw_flap_set_separator (self->flap, gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_widget_set_parent (GTK_WIDGET (self->flap), GTK_WIDGET (self));
  g_signal_connect_object (
      self->flap, "notify::reveal-flap", G_CALLBACK (revealed_cb), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * way_split_view_set_sidebar:
 * @self: the view
 * @sidebar: what folds away
 *
 * Sets the sidebar.
 */
void
way_split_view_set_sidebar (WaySplitView *self, GtkWidget *sidebar)
{
  g_return_if_fail (WAY_IS_SPLIT_VIEW (self));

  adw_flap_set_flap (self->flap, sidebar);
}

/**
 * way_split_view_set_content:
 * @self: the view
 * @content: what stays
 *
 * Sets the content.
 */
void
way_split_view_set_content (WaySplitView *self, GtkWidget *content)
{
  g_return_if_fail (WAY_IS_SPLIT_VIEW (self));

  adw_flap_set_content (self->flap, content);
}

/**
 * way_split_view_get_folded:
 * @self: the view
 *
 * Returns: whether the window is too narrow for both
 */
gboolean
way_split_view_get_folded (WaySplitView *self)
{
  g_return_val_if_fail (WAY_IS_SPLIT_VIEW (self), FALSE);

  return self->folded;
}

/**
 * way_split_view_is_sidebar_open:
 * @self: the view
 *
 * Returns: whether the sidebar lies over the content, to be closed again
 */
gboolean
way_split_view_is_sidebar_open (WaySplitView *self)
{
  g_return_val_if_fail (WAY_IS_SPLIT_VIEW (self), FALSE);

  return self->folded && adw_flap_get_reveal_flap (self->flap);
}

/**
 * way_split_view_show_sidebar:
 * @self: the view
 * @show: whether the sidebar is to be seen
 *
 * Shows or hides the sidebar over the content while folded; beside the content
 * it always stays.
 */
void
way_split_view_show_sidebar (WaySplitView *self, gboolean show)
{
  g_return_if_fail (WAY_IS_SPLIT_VIEW (self));

  if (self->folded)
    adw_flap_set_reveal_flap (self->flap, show);
}
