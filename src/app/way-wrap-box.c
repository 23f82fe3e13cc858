/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-wrap-box.h"

struct _WayWrapBox {
  GtkWidget parent_instance;

  int column_width;
  int spacing;
};

enum { PROP_0, PROP_COLUMN_WIDTH, PROP_SPACING, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (WayWrapBox, way_wrap_box, GTK_TYPE_WIDGET)

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static int
width_of (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static int
height_of (GtkWidget *child, int width)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
  return MAX (minimum, natural);
}

static int
least_width (WayWrapBox *self)
{
  int least = 0;

  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (GTK_WIDGET (self)));
       child != NULL;
       child = next_shown (gtk_widget_get_next_sibling (child))) {
    int minimum;

    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
    least = MAX (least, minimum);
  }
  return least;
}

static int
count_shown (WayWrapBox *self)
{
  int count = 0;

  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (GTK_WIDGET (self)));
       child != NULL;
       child = next_shown (gtk_widget_get_next_sibling (child)))
    count++;
  return count;
}

/* The width of each column: all beside each other, or each the whole width. */
static int
column_of (WayWrapBox *self, int width)
{
  int count = MAX (count_shown (self), 1);
  int column = (width - self->spacing * (count - 1)) / count;

  return column >= MAX (self->column_width, least_width (self)) ? column : width;
}

static void
place (GtkWidget *child, int x, int y, int width, int height)
{
  GtkAllocation allocation = {x, y, width, height};

  gtk_widget_size_allocate (child, &allocation, -1);
}

/* Walks over the lines; places the children if @placing. Returns the height. */
static int
set_lines (WayWrapBox *self, int width, gboolean placing)
{
  int column = self->column_width > 0 ? column_of (self, width) : 0;
  int x = 0, y = 0, line = 0;

  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (GTK_WIDGET (self)));
       child != NULL;
       child = next_shown (gtk_widget_get_next_sibling (child))) {
    int own = MIN (column > 0 ? column : width_of (child), width);
    int height = height_of (child, own);

    if (x > 0 && x + own > width) {
      y += line + self->spacing;
      x = 0;
      line = 0;
    }
    if (placing)
      place (child, x, y, own, height);
    line = MAX (line, height);
    x += own + self->spacing;
  }
  return y + line;
}

static void
way_wrap_box_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  WayWrapBox *self = WAY_WRAP_BOX (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL) {
    *minimum = set_lines (self, for_size < 0 ? G_MAXINT / 2 : for_size, FALSE);
    *natural = *minimum;
    return;
  }
  *minimum = least_width (self);
  *natural = -self->spacing;
  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_shown (gtk_widget_get_next_sibling (child)))
    *natural += self->spacing + MAX (width_of (child), self->column_width);
  *natural = MAX (*natural, *minimum);
}

static void
way_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  set_lines (WAY_WRAP_BOX (widget), width, TRUE);
}

static GtkSizeRequestMode
way_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
way_wrap_box_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WayWrapBox *self = WAY_WRAP_BOX (object);

  switch (id) {
  case PROP_COLUMN_WIDTH:
    self->column_width = g_value_get_int (value);
    break;
  case PROP_SPACING:
    self->spacing = g_value_get_int (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
way_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (way_wrap_box_parent_class)->dispose (object);
}

static void
way_wrap_box_class_init (WayWrapBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = way_wrap_box_set_property;
  object_class->dispose = way_wrap_box_dispose;
  widget_class->measure = way_wrap_box_measure;
  widget_class->size_allocate = way_wrap_box_size_allocate;
  widget_class->get_request_mode = way_wrap_box_get_request_mode;
  properties[PROP_COLUMN_WIDTH] = g_param_spec_int (
      "column-width", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SPACING] = g_param_spec_int (
      "spacing", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
way_wrap_box_init (WayWrapBox *self)
{
}
