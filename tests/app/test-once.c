/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is pressed twice by habit is done once: a real mouse and a real keyboard. */
#include "way-once.h"

#include <gio/gio.h>

#define TITLE "Pressed once"

typedef struct {
  GtkWidget *window, *button, *toggle, *entry, *row, *spin, *check, *checked_row;
  guint n_pressed, n_toggled, n_entered, n_activated;
  guint n_released; /* keys and mouse buttons let go over the window */
} Fixture;

/* What counts as twice: longer than by habit, so that a machine busy with something else keeps to
 * it too. */
#define DOUBLE_MS 3000
#define WAIT (60 * G_TIME_SPAN_SECOND)

static void
count_cb (guint *n)
{
  ++*n;
}

static void
run_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer done)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) done = TRUE;
}

static gboolean
count_released_cb (Fixture *fixture, GdkEvent *event)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_BUTTON_RELEASE || type == GDK_KEY_RELEASE)
    fixture->n_released++;
  return FALSE;
}

static void
set_double_time (Fixture *fixture, int milliseconds)
{
  g_object_set (
      gtk_widget_get_settings (fixture->window), "gtk-double-click-time", milliseconds, NULL);
}

/* What the hands do, while the window answers, until it has heard all @n_releases of it. */
static void
run_hands (Fixture *fixture, guint n_releases, const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) hands =
      g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  guint all = fixture->n_released + n_releases;
  gint64 end = g_get_monotonic_time () + WAIT;
  gboolean done = FALSE;

  g_assert_no_error (error);
  g_subprocess_wait_async (hands, NULL, ended_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  while (fixture->n_released < all && g_get_monotonic_time () < end)
    run_for (10);
  g_assert_cmpuint (fixture->n_released, ==, all);
  run_for (100);
}

static void
click (Fixture *fixture, GtkWidget *widget, guint n_times, const char *delay)
{
  graphene_rect_t bounds;
  double left, top;
  g_autofree char *x = NULL, *y = NULL, *times = g_strdup_printf ("%u", n_times);

  gtk_native_get_surface_transform (GTK_NATIVE (fixture->window), &left, &top);
  g_assert_true (gtk_widget_compute_bounds (widget, fixture->window, &bounds));
  x = g_strdup_printf ("%d", (int) (left + bounds.origin.x + bounds.size.width / 2));
  y = g_strdup_printf ("%d", (int) (top + bounds.origin.y + bounds.size.height / 2));
  run_hands (fixture,
             n_times,
             (const char *const[]){"xdotool",
                                   "search",
                                   "--sync",
                                   "--onlyvisible",
                                   "--name",
                                   TITLE,
                                   "mousemove",
                                   "--window",
                                   "%1",
                                   x,
                                   y,
                                   "click",
                                   "--repeat",
                                   times,
                                   "--delay",
                                   delay,
                                   "1",
                                   NULL});
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *list = gtk_list_box_new ();
  GtkEventController *all = gtk_event_controller_legacy_new ();
  gint64 end = g_get_monotonic_time () + WAIT;

  fixture->window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (fixture->window), TITLE);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 300, 300);
  fixture->button = gtk_button_new_with_label ("Store");
  fixture->toggle = gtk_toggle_button_new_with_label ("Show");
  fixture->entry = gtk_entry_new ();
  fixture->row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (fixture->row), gtk_label_new ("Open"));
  gtk_list_box_append (GTK_LIST_BOX (list), fixture->row);
  gtk_box_append (GTK_BOX (box), fixture->button);
  gtk_box_append (GTK_BOX (box), fixture->toggle);
  gtk_box_append (GTK_BOX (box), fixture->entry);
  gtk_box_append (GTK_BOX (box), list);
  fixture->spin = gtk_spin_button_new_with_range (0, 100, 1);
  gtk_box_append (GTK_BOX (box), fixture->spin);
  fixture->check = gtk_check_button_new_with_label ("Leave out");
  fixture->checked_row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (fixture->checked_row), fixture->check);
  gtk_list_box_append (GTK_LIST_BOX (list), fixture->checked_row);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  g_signal_connect_swapped (fixture->button, "clicked", G_CALLBACK (count_cb), &fixture->n_pressed);
  g_signal_connect_swapped (fixture->toggle, "toggled", G_CALLBACK (count_cb), &fixture->n_toggled);
  g_signal_connect_swapped (fixture->entry, "activate", G_CALLBACK (count_cb), &fixture->n_entered);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (count_cb), &fixture->n_activated);
  way_once_guard (GTK_WINDOW (fixture->window));
  g_signal_connect_swapped (all, "event", G_CALLBACK (count_released_cb), fixture);
  gtk_event_controller_set_propagation_phase (all, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (fixture->window, all);
  set_double_time (fixture, DOUBLE_MS);
  gtk_window_present (GTK_WINDOW (fixture->window));
  while (gtk_widget_get_height (fixture->row) == 0 && g_get_monotonic_time () < end)
    run_for (10);
  run_for (200);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  run_for (DOUBLE_MS + 100); /* the next press is another */
}

static void
test_double_click (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  click (fixture, fixture->button, 2, "60");
  g_assert_cmpuint (fixture->n_pressed, ==, 1);
  click (fixture, fixture->row, 2, "60");
  g_assert_cmpuint (fixture->n_activated, ==, 1);
  /* What it opens stays open. Two presses with thought between them are two. */
  click (fixture, fixture->toggle, 2, "60");
  g_assert_cmpuint (fixture->n_toggled, ==, 1);
  set_double_time (fixture, 400);
  click (fixture, fixture->button, 2, "700");
  g_assert_cmpuint (fixture->n_pressed, ==, 3);
}

static GtkWidget *
find_button (GtkWidget *root)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (GTK_IS_BUTTON (child))
      return child;
  }
  g_assert_not_reached ();
}

/* What is counted up, or turned to and fro, is pressed often. */
static void
test_often (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkSpinButton *spin = GTK_SPIN_BUTTON (fixture->spin);

  gtk_spin_button_set_value (spin, 50);
  click (fixture, find_button (fixture->spin), 5, "60");
  g_assert_cmpfloat (ABS (gtk_spin_button_get_value (spin) - 50), ==, 5);
  click (fixture, fixture->check, 2, "60");
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (fixture->check)));
  click (fixture, fixture->check, 3, "60");
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (fixture->check)));
}

static void
test_enter_twice (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkEditable *entry = GTK_EDITABLE (fixture->entry);
  gint64 end = g_get_monotonic_time () + WAIT;

  click (fixture, fixture->entry, 1, "0");
  while (!gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (entry))) &&
         g_get_monotonic_time () < end)
    run_for (10);
  run_hands (fixture,
             2,
             (const char *const[]){"xdotool", "key", "--delay", "100", "Return", "Return", NULL});
  g_assert_cmpuint (fixture->n_entered, ==, 1);
  /* One value after the other. */
  run_hands (
      fixture,
      4,
      (const char *const[]){"xdotool", "key", "--delay", "40", "3", "Return", "4", "Return", NULL});
  g_assert_cmpuint (fixture->n_entered, ==, 3);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "34");
  run_hands (fixture,
             3,
             (const char *const[]){"xdotool", "key", "--delay", "20", "5", "space", "space", NULL});
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "345  ");
  /* A space is a letter, before Enter and behind it. */
  run_hands (fixture,
             5,
             (const char *const[]){
                 "xdotool", "key", "--delay", "40", "6", "space", "Return", "space", "7", NULL});
  g_assert_cmpuint (fixture->n_entered, ==, 4);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "345  6  7");
  gtk_widget_grab_focus (fixture->button);
  run_hands (fixture,
             3,
             (const char *const[]){
                 "xdotool", "key", "--delay", "300", "Shift_L", "Return", "Return", NULL});
  g_assert_cmpuint (fixture->n_pressed, ==, 1);
}

int
main (int argc, char **argv)
{
#define ADD(name, func) g_test_add ("/once/" name, Fixture, NULL, set_up, func, tear_down)
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  ADD ("double-click", test_double_click);
  ADD ("often", test_often);
  ADD ("enter-twice", test_enter_twice);
  return g_test_run ();
}
