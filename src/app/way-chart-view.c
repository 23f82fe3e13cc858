/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-chart-view.h"

#include "way-ui.h"

#include <glib/gi18n.h>

#define WORDS_PADDING 6   /* px, between the words of a point and their edge */
#define WORDS_DISTANCE 14 /* px, from the point */

struct _WayChartView {
  GtkWidget parent_instance;

  WayTarget *target;
  WayProgress *progress;
  WayTerms *terms;
  WayDate *visits;
  WayProgressOptions options;
  WayProgressChart chart;
  char *words;
  int point; /* index into the points of the progress, or -1 */
};

G_DEFINE_FINAL_TYPE (WayChartView, way_chart_view, GTK_TYPE_WIDGET)

static WayChartStyle
get_style (WayChartView *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  WayChartStyle style = dark ? WAY_CHART_DARK : WAY_CHART_LIGHT;
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  /* The card is the paper. The letters follow the size that people set for theirs. */
  style.has_paper = FALSE;
  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72.0;
  if (size > 0)
    style.font_size = MAX (size * 0.85, 9.0);
  return style;
}

static void
draw_ring (WayChartView *self, const WayChartStyle *style, cairo_t *cr, double width, double height)
{
  double x, y;

  if (self->point < 0 || !way_progress_chart_point_position (
                             &self->chart, style, width, height, (guint) self->point, &x, &y))
    return;
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, y, 9, 0, 2 * G_PI);
  cairo_set_source_rgb (cr, style->accent.red, style->accent.green, style->accent.blue);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

/* "4 of 5, 17 Nov 2026; answered from the mat" */
static char *
point_words (WayChartView *self)
{
  const WayPoint *point = &self->progress->points[self->point];
  const WayMeasurement *measurement = self->progress->measurements->pdata[point->index];
  g_autofree char *value = way_progress_value_text (self->target, point->value);
  g_autofree char *date = way_date_format (point->date);

  if (measurement->note != NULL && *measurement->note != '\0')
    return g_strdup_printf ("%s, %s; %s", value, date, measurement->note);
  return g_strdup_printf ("%s, %s", value, date);
}

/* Above its point, or below it where there is no room; never over the edge. */
static graphene_rect_t
place_words (PangoLayout *layout, double x, double y, double width)
{
  int text_width, text_height;
  double all_width, all_height, top;

  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  all_width = text_width + 2 * WORDS_PADDING;
  all_height = text_height + 2 * WORDS_PADDING;
  top = y - WORDS_DISTANCE - all_height;
  return GRAPHENE_RECT_INIT ((float) CLAMP (x - all_width / 2, 0, MAX (0, width - all_width)),
                             (float) (top >= 0 ? top : y + WORDS_DISTANCE),
                             (float) all_width,
                             (float) all_height);
}

static GdkRGBA
rgba_of (const WayColour *colour)
{
  return (GdkRGBA){(float) colour->red, (float) colour->green, (float) colour->blue, 1};
}

/* What is read out is also to be seen, by mouse and by keyboard. */
static void
draw_words (
    WayChartView *self, const WayChartStyle *style, GtkSnapshot *snapshot, int width, int height)
{
  g_autofree char *words = NULL;
  g_autoptr (PangoLayout) layout = NULL;
  GdkRGBA paper = rgba_of (&style->paper), ink = rgba_of (&style->ink);
  GdkRGBA edge = rgba_of (&style->grid);
  graphene_rect_t place;
  GskRoundedRect outline;
  double x, y;

  if (self->point < 0 || !way_progress_chart_point_position (
                             &self->chart, style, width, height, (guint) self->point, &x, &y))
    return;
  words = point_words (self);
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), words);
  pango_layout_set_width (layout, (int) (width * 0.6 * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_height (layout, -3);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  place = place_words (layout, x, y, width);
  gsk_rounded_rect_init_from_rect (&outline, &place, 6);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &paper, &place);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (
      snapshot, &outline, (float[4]){1, 1, 1, 1}, (GdkRGBA[4]){edge, edge, edge, edge});
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot,
      &GRAPHENE_POINT_INIT (place.origin.x + WORDS_PADDING, place.origin.y + WORDS_PADDING));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

static void
way_chart_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WayChartView *self = WAY_CHART_VIEW (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  WayChartStyle style = get_style (self);
  cairo_t *cr;

  if (self->progress == NULL || width <= 0 || height <= 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  way_progress_chart_draw (&self->chart, &style, cr, width, height);
  draw_ring (self, &style, cr, width, height);
  cairo_destroy (cr);
  draw_words (self, &style, snapshot, width, height);
}

static void
way_chart_view_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  /* With large letters the legend and the days take more of it. */
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 220 : 70 + way_ui_scale (widget, 100);
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 520 : *minimum;
}

/* The value that is being read comes first, so that it is what is heard. */
static void
update_words (WayChartView *self)
{
  g_autofree char *words = NULL;
  g_autofree char *point = NULL;

  if (self->progress == NULL)
    return;
  words = way_progress_chart_describe (&self->chart);
  if (self->point >= 0) {
    point = point_words (self);
    g_free (self->words);
    self->words = g_strdup_printf ("%s. %s", point, words);
  } else {
    g_free (self->words);
    self->words = g_steal_pointer (&words);
  }
  way_a11y_set_description (GTK_WIDGET (self), self->words);
}

/**
 * way_chart_view_set_point:
 * @self: the view
 * @point: index into the points of the progress; -1 for none
 *
 * Rings a point and reads it out.
 */
void
way_chart_view_set_point (WayChartView *self, int point)
{
  g_return_if_fail (WAY_IS_CHART_VIEW (self));

  if (self->progress == NULL || point >= (int) self->progress->n_points)
    point = -1;
  if (point == self->point)
    return;
  self->point = point;
  update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
key_pressed_cb (WayChartView *self, guint keyval, guint keycode, GdkModifierType state)
{
  int n_points = self->progress != NULL ? (int) self->progress->n_points : 0;

  if (n_points == 0 || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (keyval) {
  case GDK_KEY_Left:
  case GDK_KEY_KP_Left:
    way_chart_view_set_point (self, self->point < 0 ? n_points - 1 : MAX (self->point - 1, 0));
    return GDK_EVENT_STOP;
  case GDK_KEY_Right:
  case GDK_KEY_KP_Right:
    way_chart_view_set_point (self, MIN (self->point + 1, n_points - 1));
    return GDK_EVENT_STOP;
  case GDK_KEY_Home:
    way_chart_view_set_point (self, 0);
    return GDK_EVENT_STOP;
  case GDK_KEY_End:
    way_chart_view_set_point (self, n_points - 1);
    return GDK_EVENT_STOP;
  default:
    return GDK_EVENT_PROPAGATE;
  }
}

static void
motion_cb (WayChartView *self, double x, double y)
{
  WayChartStyle style = get_style (self);

  if (self->progress != NULL)
    way_chart_view_set_point (self,
                              way_progress_chart_pick (&self->chart,
                                                       &style,
                                                       gtk_widget_get_width (GTK_WIDGET (self)),
                                                       gtk_widget_get_height (GTK_WIDGET (self)),
                                                       x,
                                                       y));
}

static void
focus_leave_cb (WayChartView *self)
{
  way_chart_view_set_point (self, -1);
}

static void
pressed_cb (WayChartView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
way_chart_view_dispose (GObject *object)
{
  WayChartView *self = WAY_CHART_VIEW (object);

  g_clear_pointer (&self->progress, way_progress_free);
  self->chart.progress = NULL;
  G_OBJECT_CLASS (way_chart_view_parent_class)->dispose (object);
}

static void
way_chart_view_finalize (GObject *object)
{
  WayChartView *self = WAY_CHART_VIEW (object);

  g_clear_pointer (&self->target, way_record_free);
  g_clear_pointer (&self->terms, way_terms_free);
  g_free (self->visits);
  g_free (self->words);
  G_OBJECT_CLASS (way_chart_view_parent_class)->finalize (object);
}

static void
way_chart_view_class_init (WayChartViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_chart_view_dispose;
  object_class->finalize = way_chart_view_finalize;
  widget_class->measure = way_chart_view_measure;
  widget_class->snapshot = way_chart_view_snapshot;
  gtk_widget_class_set_css_name (widget_class, "waychart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
way_chart_view_init (WayChartView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->point = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  way_a11y_set_name (GTK_WIDGET (self), _ ("Progress chart"));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (focus_leave_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_leave_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (adw_style_manager_get_default (),
                           "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * way_chart_view_new:
 *
 * Returns: (transfer floating): a chart without a target yet
 */
GtkWidget *
way_chart_view_new (void)
{
  return g_object_new (WAY_TYPE_CHART_VIEW, NULL);
}

/**
 * way_chart_view_set_options:
 * @self: the view
 * @options: the trend, and what is about equal, that the service prefers
 *
 * How the next target is judged.
 */
void
way_chart_view_set_options (WayChartView *self, const WayProgressOptions *options)
{
  g_return_if_fail (WAY_IS_CHART_VIEW (self) && options != NULL);

  self->options = *options;
}

/**
 * way_chart_view_set_target:
 * @self: the view
 * @target: what is worked towards; copied
 * @measurements: (element-type WayMeasurement): referenced, not to be edited later
 * @phases: (element-type WayPhase): likewise
 *
 * Works out the progress and shows it.
 */
void
way_chart_view_set_target (WayChartView *self,
                           const WayTarget *target,
                           GPtrArray *measurements,
                           GPtrArray *phases)
{
  WayProgressOptions options = self->options;
  g_autofree char *name = NULL;

  g_return_if_fail (WAY_IS_CHART_VIEW (self) && target != NULL);

  options.today = self->chart.today;
  options.with_plans = TRUE;
  g_clear_pointer (&self->progress, way_progress_free);
  g_clear_pointer (&self->target, way_record_free);
  self->target = way_record_copy (target);
  self->progress = way_progress_new (self->target, measurements, phases, &options);
  self->chart.progress = self->progress;
  self->point = -1;
  name = g_strdup_printf (_ ("Progress chart: %s"),
                          target->statement != NULL ? target->statement : "");
  way_a11y_set_name (GTK_WIDGET (self), name);
  update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * way_chart_view_set_calendar:
 * @self: the view
 * @terms: (nullable): the table of terms, for the bands; copied
 * @visits: (nullable) (array length=n_visits): days with a visit; copied
 * @n_visits: how many
 * @today: the day
 *
 * Sets what the chart shows besides the target. Comes before the target: a change that is
 * planned for after @today is none yet.
 */
void
way_chart_view_set_calendar (
    WayChartView *self, const WayTerms *terms, const WayDate *visits, guint n_visits, WayDate today)
{
  g_return_if_fail (WAY_IS_CHART_VIEW (self));

  g_clear_pointer (&self->terms, way_terms_free);
  g_clear_pointer (&self->visits, g_free);
  self->terms = terms != NULL ? way_terms_copy (terms) : NULL;
  self->visits = g_memdup2 (visits, n_visits * sizeof *visits);
  self->chart.terms = self->terms;
  self->chart.visits = self->visits;
  self->chart.n_visits = n_visits;
  self->chart.today = today;
  update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * way_chart_view_get_chart:
 * @self: the view
 *
 * Returns: (transfer none): what it shows, to be drawn, described or saved elsewhere
 */
const WayProgressChart *
way_chart_view_get_chart (WayChartView *self)
{
  g_return_val_if_fail (WAY_IS_CHART_VIEW (self), NULL);

  return &self->chart;
}

/**
 * way_chart_view_get_point:
 * @self: the view
 *
 * Returns: the point that is read out, or -1
 */
int
way_chart_view_get_point (WayChartView *self)
{
  g_return_val_if_fail (WAY_IS_CHART_VIEW (self), -1);

  return self->point;
}
