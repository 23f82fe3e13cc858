/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chart on a child's page: what is read out of it and seen of it. */
#include "way-chart-view.h"

static WayTarget *
make_target (void)
{
  WayTarget *target = way_record_new (WAY_TARGET);

  way_set_string (&target->statement, "Robin asks for help");
  way_set_string (&target->measure, "count");
  way_set_string (&target->direction, "up");
  target->scale_min = 0;
  target->scale_max = 5;
  target->criterion = 4;
  target->start = way_date_new (2026, 9, 1);
  target->due = way_date_new (2026, 12, 1);
  return target;
}

static GPtrArray *
make_measurements (guint n)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (way_record_free);

  for (guint i = 0; i < n; i++) {
    WayMeasurement *row = way_record_new (WAY_MEASUREMENT);

    row->date = way_date_new (2026, 9, 3) + 7 * i;
    row->value = i;
    g_ptr_array_add (rows, row);
  }
  return rows;
}

static void
check_description (WayChartView *view, const char *expected)
{
  g_autofree char *words = way_progress_chart_describe (way_chart_view_get_chart (view));
  g_autofree char *all =
      *expected != '\0' ? g_strdup_printf ("%s. %s", expected, words) : g_strdup (words);

  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, all);
}

static void
test_chart (void)
{
  g_autoptr (WayTarget) target = make_target ();
  g_autoptr (GPtrArray) rows = make_measurements (4);
  g_autoptr (GPtrArray) phases = g_ptr_array_new ();
  GtkWidget *view = g_object_ref_sink (way_chart_view_new ());

  gtk_test_accessible_assert_role (view, GTK_ACCESSIBLE_ROLE_IMG);
  g_assert_true (gtk_widget_get_focusable (view));
  way_chart_view_set_calendar (WAY_CHART_VIEW (view), NULL, NULL, 0, way_date_new (2026, 11, 22));
  way_chart_view_set_target (WAY_CHART_VIEW (view), target, rows, phases);
  gtk_test_accessible_assert_property (
      view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Progress chart: Robin asks for help");
  check_description (WAY_CHART_VIEW (view), "");

  way_chart_view_set_point (WAY_CHART_VIEW (view), 3);
  check_description (WAY_CHART_VIEW (view), "3 of 5, 24 September 2026");
  way_chart_view_set_point (WAY_CHART_VIEW (view), 99);
  g_assert_cmpint (way_chart_view_get_point (WAY_CHART_VIEW (view)), ==, -1);
  check_description (WAY_CHART_VIEW (view), "");
  g_assert_finalize_object (view);
}

static gboolean
has_text (GskRenderNode *node)
{
  GskRenderNodeType type = gsk_render_node_get_node_type (node);

  if (type == GSK_TRANSFORM_NODE)
    return has_text (gsk_transform_node_get_child (node));
  if (type == GSK_CONTAINER_NODE) {
    for (guint i = 0; i < gsk_container_node_get_n_children (node); i++) {
      if (has_text (gsk_container_node_get_child (node, i)))
        return TRUE;
    }
  }
  return type == GSK_TEXT_NODE;
}

/* The chart itself is one picture: text is only what is said of a point. */
static gboolean
shows_words (GtkWidget *view)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  gboolean shows;

  GTK_WIDGET_GET_CLASS (view)->snapshot (view, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  shows = node != NULL && has_text (node);
  g_clear_pointer (&node, gsk_render_node_unref);
  return shows;
}

/* Who goes from point to point by keyboard sees its value, not a ring alone. */
static void
test_chart_words (void)
{
  g_autoptr (WayTarget) target = make_target ();
  g_autoptr (GPtrArray) rows = make_measurements (4);
  g_autoptr (GPtrArray) phases = g_ptr_array_new ();
  GtkWidget *view = way_chart_view_new ();
  GtkWidget *window = gtk_window_new ();

  way_chart_view_set_calendar (WAY_CHART_VIEW (view), NULL, NULL, 0, way_date_new (2026, 11, 22));
  way_chart_view_set_target (WAY_CHART_VIEW (view), target, rows, phases);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  while (gtk_widget_get_width (view) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (shows_words (view));
  way_chart_view_set_point (WAY_CHART_VIEW (view), 2);
  g_assert_true (shows_words (view));
  way_chart_view_set_point (WAY_CHART_VIEW (view), -1);
  g_assert_false (shows_words (view));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_chart_without_data (void)
{
  g_autoptr (WayTarget) target = make_target ();
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  GtkWidget *view = g_object_ref_sink (way_chart_view_new ());

  g_assert_null (way_chart_view_get_chart (WAY_CHART_VIEW (view))->progress);
  way_chart_view_set_point (WAY_CHART_VIEW (view), 0);
  way_chart_view_set_target (WAY_CHART_VIEW (view), target, none, none);
  way_chart_view_set_point (WAY_CHART_VIEW (view), 0);
  g_assert_cmpint (way_chart_view_get_point (WAY_CHART_VIEW (view)), ==, -1);
  check_description (WAY_CHART_VIEW (view), "");
  g_assert_finalize_object (view);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart-view/reads-out", test_chart);
  g_test_add_func ("/chart-view/words", test_chart_words);
  g_test_add_func ("/chart-view/without-data", test_chart_without_data);
  return g_test_run ();
}
