/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Once is meant where many hands press twice: a second click or Enter opened a second dialog and
 * stored a second record, or pressed what had come under the pointer meanwhile. */
#include "way-once.h"

#define HELD_MS 1000 /* a key that is held repeats sooner */

/* What was pressed last, in whichever window: the first press may have opened the second. */
static struct {
  guint32 at; /* ms; 0: nothing */
  gboolean was_activating;
  GdkSurface *surface; /* only to compare */
  double x, y;
} click;
static struct {
  guint32 at; /* ms; 0: nothing, or another key since */
  guint keyval;
  gboolean was_activating;
  gboolean is_held;
} enter;

/* Whether a press does something that ought not be done twice. A switch turned twice is as it was,
 * words are marked by a second click, and numbers are raised one by one. Keys turn a button that
 * stays down to and fro as well; a second click on it is a habit, and would hit what the first has
 * opened under the pointer. */
static gboolean
is_activating (GtkWidget *widget, gboolean by_click)
{
  /* The buttons of a spin button lie in it, and a switch may lie in a row that is pressed. */
  if (widget != NULL && gtk_widget_get_ancestor (widget, GTK_TYPE_SPIN_BUTTON) != NULL)
    return FALSE;
  for (; widget != NULL; widget = gtk_widget_get_parent (widget)) {
    if (GTK_IS_EDITABLE (widget) || GTK_IS_TEXT_VIEW (widget) ||
        (GTK_IS_TOGGLE_BUTTON (widget) && !by_click) || GTK_IS_SWITCH (widget) ||
        GTK_IS_CHECK_BUTTON (widget) || GTK_IS_CALENDAR (widget))
      return FALSE;
    if (GTK_IS_BUTTON (widget))
      return TRUE;
    if (GTK_IS_LIST_BOX_ROW (widget))
      return gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget));
  }
  return FALSE;
}

static guint32
double_click_ms (GtkWidget *widget)
{
  int ms = 0;

  g_object_get (gtk_widget_get_settings (widget), "gtk-double-click-time", &ms, NULL);
  return (guint32) MAX (ms, 0);
}

static gboolean
is_near (GtkWidget *window, GdkSurface *surface, double x, double y)
{
  int distance = 0;

  if (surface != click.surface)
    return click.was_activating;
  g_object_get (gtk_widget_get_settings (window), "gtk-double-click-distance", &distance, NULL);
  return ABS (x - click.x) <= distance && ABS (y - click.y) <= distance;
}

static gboolean
clicked (GtkWidget *window, GdkEvent *event)
{
  GdkSurface *surface = gdk_event_get_surface (event);
  guint32 now = gdk_event_get_time (event);
  double x = 0, y = 0, left = 0, top = 0;
  gboolean is_second, activates;

  if (surface != gtk_native_get_surface (GTK_NATIVE (window)))
    return FALSE;
  gdk_event_get_position (event, &x, &y);
  gtk_native_get_surface_transform (GTK_NATIVE (window), &left, &top);
  activates = is_activating (gtk_widget_pick (window, x - left, y - top, GTK_PICK_DEFAULT), TRUE);
  is_second = click.at != 0 && now - click.at < double_click_ms (window) &&
              is_near (window, surface, x, y) && (activates || click.was_activating);
  click.at = now;
  click.was_activating = activates || is_second;
  click.surface = surface;
  click.x = x;
  click.y = y;
  return is_second;
}

static gboolean
is_enter (GdkEvent *event)
{
  guint key = gdk_key_event_get_keyval (event);

  return key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter ||
         key == GDK_KEY_space;
}

static gboolean
key_pressed (GtkWidget *window, GdkEvent *event)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  guint keyval = gdk_key_event_get_keyval (event);
  gboolean is_space = keyval == GDK_KEY_space;
  gboolean activates = is_activating (focus, FALSE) || (!is_space && GTK_IS_TEXT (focus)) ||
                       (focus != NULL && g_str_equal (gtk_widget_get_css_name (focus), "row"));
  guint32 now = gdk_event_get_time (event);
  guint32 most = enter.is_held ? HELD_MS : double_click_ms (window);
  gboolean is_second = enter.at != 0 && enter.keyval == keyval && now - enter.at < most &&
                       (activates || (enter.was_activating && !GTK_IS_TEXT_VIEW (focus)));

  /* A space that is typed is a letter like others. */
  enter.at = is_space && (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus)) ? 0 : now;
  enter.keyval = keyval;
  enter.is_held = TRUE;
  enter.was_activating = activates || is_second;
  return is_second;
}

static gboolean
event_cb (GtkWidget *window, GdkEvent *event)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_BUTTON_PRESS)
    return gdk_button_event_get_button (event) == GDK_BUTTON_PRIMARY && clicked (window, event);
  if (type == GDK_KEY_PRESS && is_enter (event))
    return key_pressed (window, event);
  if (type == GDK_KEY_PRESS)
    enter.at = 0;
  else if (type == GDK_KEY_RELEASE && is_enter (event))
    enter.is_held = FALSE;
  return FALSE;
}

/**
 * way_once_guard:
 * @window: a window
 *
 * Lets a button or a line of @window be pressed once by a double click, and by Enter or the space
 * bar pressed twice within the time of a double click or held.
 */
void
way_once_guard (GtkWindow *window)
{
  GtkEventController *all = gtk_event_controller_legacy_new ();

  g_return_if_fail (GTK_IS_WINDOW (window));

  gtk_event_controller_set_propagation_phase (all, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (all, "event", G_CALLBACK (event_cb), window);
  gtk_widget_add_controller (GTK_WIDGET (window), all);
}

/**
 * way_once_is_open:
 * @window: a window
 * @type: of a modal window
 *
 * Returns: whether one of that type lies over @window, so that another was asked for before that
 *   came
 */
gboolean
way_once_is_open (GtkWindow *window, GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) over = g_list_model_get_item (windows, i);

    if (g_type_is_a (G_OBJECT_TYPE (over), type) && gtk_widget_get_visible (over) &&
        gtk_window_get_transient_for (GTK_WINDOW (over)) == window)
      return TRUE;
  }
  return FALSE;
}
