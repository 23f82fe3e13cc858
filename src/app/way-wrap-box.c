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

/* Where a line ends, what is left of its width, and how high it is. */
typedef struct {
  GtkWidget *end; /* the first child that is not on it; NULL: it is the last line */
  int n_growing;
  int left;
  int height; /* once it is known */
} Line;

static int
own_width (GtkWidget *child, int column, int width)
{
  return MIN (column > 0 ? column : width_of (child), width);
}

static gboolean
grows (GtkWidget *child)
{
  return gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
}

static Line
measure_line (WayWrapBox *self, GtkWidget *first, int column, int width)
{
  Line line = {.end = first, .left = width + self->spacing};

  while (line.end != NULL) {
    int own = own_width (line.end, column, width) + self->spacing;

    if (line.end != first && own > line.left)
      break;
    line.left -= own;
    line.n_growing += grows (line.end) ? 1 : 0;
    line.end = next_shown (gtk_widget_get_next_sibling (line.end));
  }
  line.left = MAX (line.left, 0);
  return line;
}

/* Those that can grow share what the line has left. Returns its height. */
static int
set_line (WayWrapBox *self, GtkWidget *first, Line line, int column, int width, int y)
{
  int x = 0, height = 0;

  for (GtkWidget *child = first; child != line.end;
       child = next_shown (gtk_widget_get_next_sibling (child))) {
    int own = own_width (child, column, width);

    if (column == 0 && grows (child)) {
      int share = line.left / line.n_growing--;

      own += share;
      line.left -= share;
    }
    height = MAX (height, height_of (child, own));
    if (y >= 0)
      place (child, x, y, own, column > 0 ? height_of (child, own) : line.height);
    x += own + self->spacing;
  }
  return height;
}

/* Walks over the lines; places the children if @placing. Returns the height. */
static int
set_lines (WayWrapBox *self, int width, gboolean placing)
{
  int column = self->column_width > 0 ? column_of (self, width) : 0;
  GtkWidget *first = next_shown (gtk_widget_get_first_child (GTK_WIDGET (self)));
  int y = 0;

  while (first != NULL) {
    Line line = measure_line (self, first, column, width);

    line.height = set_line (self, first, line, column, width, -1);
    if (placing)
      set_line (self, first, line, column, width, y);
    y += line.height;
    first = line.end;
    if (first != NULL)
      y += self->spacing;
  }
  return y;
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

/**
 * way_wrap_box_new:
 * @spacing: px between the children, and between lines
 *
 * Returns: (transfer floating): an empty box
 */
GtkWidget *
way_wrap_box_new (int spacing)
{
  return g_object_new (WAY_TYPE_WRAP_BOX, "spacing", spacing, NULL);
}

/**
 * way_wrap_box_append:
 * @self: the box
 * @child: (transfer floating): the next one
 *
 * Adds a child at the end.
 */
void
way_wrap_box_append (WayWrapBox *self, GtkWidget *child)
{
  g_return_if_fail (WAY_IS_WRAP_BOX (self));

  gtk_widget_set_parent (child, GTK_WIDGET (self));
}
