/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-fold.h"

#define END_CHARS 34 /* what the end child needs to be read, whatever the size of the letters */

struct _WayFold {
  GtkWidget parent_instance;

  gboolean folded;
  guint fold_id;
  int start_width; /* what the start child needs, px; known from when it was in view */
};

enum { PROP_0, PROP_FOLDED, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (WayFold, way_fold, GTK_TYPE_WIDGET)

static gboolean
fold_cb (gpointer user_data)
{
  WayFold *self = user_data;

  self->fold_id = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
  return G_SOURCE_REMOVE;
}

static int
text_width (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = pango_font_metrics_get_approximate_char_width (metrics);

  pango_font_metrics_unref (metrics);
  return PANGO_PIXELS (END_CHARS * width);
}

/* What is out of view measures nothing: for the end child its request counts. */
static int
needed_width (WayFold *self, GtkPaned *pane)
{
  GtkWidget *start = gtk_paned_get_start_child (pane);
  GtkWidget *end = gtk_paned_get_end_child (pane);
  int end_width;

  if (gtk_widget_get_visible (start))
    gtk_widget_measure (
        start, GTK_ORIENTATION_HORIZONTAL, -1, &self->start_width, NULL, NULL, NULL);
  gtk_widget_get_size_request (end, &end_width, NULL);
  return self->start_width + MAX (end_width, text_width (end));
}

static void
way_fold_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WayFold *self = WAY_FOLD (widget);
  GtkWidget *pane = gtk_widget_get_first_child (widget);
  gboolean folded;

  if (pane == NULL)
    return;
  gtk_widget_allocate (pane, width, height, baseline, NULL);
  folded = width < needed_width (self, GTK_PANED (pane));
  if (folded == self->folded)
    return;
  self->folded = folded;
  /* Not from here: what is hidden then asks for a new allocation. */
  if (self->fold_id == 0)
    self->fold_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fold_cb, self, NULL);
}

static void
way_fold_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  GtkWidget *pane = gtk_widget_get_first_child (widget);

  if (pane != NULL)
    gtk_widget_measure (
        pane, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

static void
way_fold_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FOLDED)
    g_value_set_boolean (value, WAY_FOLD (object)->folded);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
way_fold_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_handle_id (&WAY_FOLD (object)->fold_id, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (way_fold_parent_class)->dispose (object);
}

static void
way_fold_class_init (WayFoldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = way_fold_get_property;
  object_class->dispose = way_fold_dispose;
  widget_class->measure = way_fold_measure;
  widget_class->size_allocate = way_fold_size_allocate;
  properties[PROP_FOLDED] =
      g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
way_fold_init (WayFold *self)
{
}

/**
 * way_fold_get_folded:
 * @self: the widget
 *
 * Returns: whether there is too little room for both
 */
gboolean
way_fold_get_folded (WayFold *self)
{
  g_return_val_if_fail (WAY_IS_FOLD (self), FALSE);

  return self->folded;
}
