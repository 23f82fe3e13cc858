/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws a progress chart, back to front: term bands, grid, axes, changes, aim,
 * trend, the path of the data, points, labels. What has no data is said in the
 * plot; what has no aim or trend simply lacks that line.
 *
 * The path is not joined across a planned change, a long gap, or a day on which
 * nothing could be measured: a gap is a gap.
 */
#include "way-progress-chart.h"

#include "way-chart-labels.h"

#include <math.h>

#define LONGEST_GAP 21   /* days; half terms are joined over, holidays are not */
#define THIN_ABOVE 1000  /* points; above, a line is thinned to each pixel's lowest and highest */
#define MARKER_ROOM 0.62 /* room a marker needs, in font sizes */

static void
draw_line (cairo_t *cr, double x1, double y1, double x2, double y2)
{
  cairo_move_to (cr, x1, y1);
  cairo_line_to (cr, x2, y2);
  cairo_stroke (cr);
}

/* Every second term gets a light band. */
static void
draw_bands (WayChartLayout *self, cairo_t *cr)
{
  const WayTerms *terms = self->chart->terms;

  if (terms == NULL)
    return;
  way_chart_set_colour (cr, &self->style->band);
  for (guint i = 0; i < way_terms_get_length (terms); i++) {
    const WayTerm *term = way_terms_get (terms, i);
    double from = MAX (self->left, way_chart_x (self, term->start));
    double to = MIN (self->right, way_chart_x (self, term->end + 1));

    if ((int) term->term % 2 == 1 && to > from) {
      cairo_rectangle (cr, from, self->top, to - from, self->bottom - self->top);
      cairo_fill (cr);
    }
  }
}

static void
draw_grid (WayChartLayout *self, cairo_t *cr)
{
  double unit = self->style->font_size / 11.5;

  for (double v = ceil (self->y.data_min / self->step - 1e-9) * self->step;
       v <= self->y.data_max + self->step / 1e6;
       v += self->step) {
    g_autofree char *text = way_chart_tick_text (v);
    double y = way_chart_y (self, v), width, height;

    cairo_set_line_width (cr, unit);
    way_chart_set_colour (cr, &self->style->grid);
    draw_line (cr, self->left, y, self->right, y);
    way_chart_text_size (self, text, &width, &height);
    way_chart_set_colour (cr, &self->style->faint_ink);
    way_chart_text_draw (
        self, cr, text, self->left - width - 5.0 * unit, y - height / 2.0, width + 1.0);
  }
}

/* "Sep", "Oct" … as many as there is room for; "Jan 2027" where the year turns. */
static void
draw_months (WayChartLayout *self, cairo_t *cr)
{
  double unit = self->style->font_size / 11.5, free_from = self->left, width, height;
  int year, month, day;
  WayDate date;

  way_date_get ((WayDate) self->x.data_min, &year, &month, &day);
  way_chart_set_colour (cr, &self->style->faint_ink);
  cairo_set_line_width (cr, unit);
  for (date = way_date_new (year, month, 1); date <= self->x.data_max;
       date = way_date_add_months (date, 1)) {
    double x = MAX (self->left, way_chart_x (self, MAX (date, (WayDate) self->x.data_min)));
    g_autofree char *label = NULL;

    way_date_get (date, &year, &month, &day);
    if (date >= self->x.data_min)
      draw_line (cr, x, self->bottom, x, self->bottom + 4.0 * unit);
    label = month == 1 ? g_strdup_printf ("%.3s %d", way_month_name (month), year)
                       : g_strndup (way_month_name (month), 3);
    way_chart_text_size (self, label, &width, &height);
    if (x < free_from || x + width > self->right + 6.0 * unit)
      continue;
    way_chart_text_draw (self, cr, label, x + 2.0 * unit, self->bottom + 5.0 * unit, width + 1.0);
    free_from = x + width + 12.0 * unit;
  }
}

static void
draw_axes (WayChartLayout *self, cairo_t *cr)
{
  const WayTarget *target = self->chart->progress->target;
  const char *unit_name = target->unit != NULL && *target->unit != '\0' ? target->unit
                          : g_strcmp0 (target->measure, "percent") == 0 ? "%"
                                                                        : NULL;

  way_chart_set_colour (cr, &self->style->faint_ink);
  cairo_set_line_width (cr, self->style->font_size / 11.5);
  cairo_move_to (cr, self->left, self->top);
  cairo_line_to (cr, self->left, self->bottom);
  cairo_line_to (cr, self->right, self->bottom);
  cairo_stroke (cr);
  if (unit_name != NULL)
    way_chart_text_draw (self, cr, unit_name, 0.0, 0.0, (self->right - self->left) * 0.3);
}

/* Small triangles at the foot: days with a visit. */
static void
draw_visits (WayChartLayout *self, cairo_t *cr)
{
  double size = self->style->font_size * 0.28;

  way_chart_set_colour (cr, &self->style->faint_ink);
  for (guint i = 0; i < self->chart->n_visits; i++) {
    double x = way_chart_x (self, self->chart->visits[i]);

    if (x < self->left || x > self->right)
      continue;
    cairo_move_to (cr, x, self->bottom - size * 1.8);
    cairo_line_to (cr, x + size, self->bottom);
    cairo_line_to (cr, x - size, self->bottom);
    cairo_close_path (cr);
    cairo_fill (cr);
  }
}

/* A dashed line at each planned change, its label on top; labels that would
 * meet the next line are cut with "…". */
static void
draw_changes (WayChartLayout *self, cairo_t *cr)
{
  const WayProgress *progress = self->chart->progress;
  double unit = self->style->font_size / 11.5;
  const double dash[] = {4.0 * unit, 3.0 * unit};

  for (guint i = 1; i < progress->n_phases; i++) {
    double x = way_chart_x (self, progress->phases[i].from), room;

    if (x < self->left || x > self->right)
      continue;
    room = self->right;
    if (i + 1 < progress->n_phases)
      room = MIN (room, way_chart_x (self, progress->phases[i + 1].from) - 4.0 * unit);
    way_chart_set_colour (cr, &self->style->faint_ink);
    cairo_set_line_width (cr, 1.2 * unit);
    cairo_set_dash (cr, dash, 2, 0.0);
    draw_line (cr, x, self->top * 0.15, x, self->bottom);
    cairo_set_dash (cr, NULL, 0, 0.0);
    way_chart_set_colour (cr, &self->style->ink);
    if (progress->phases[i].label != NULL && room - x > 12.0 * unit)
      way_chart_text_draw (
          self, cr, progress->phases[i].label, x + 4.0 * unit, 0.0, room - x - 4.0 * unit);
  }
}

/* A line of the phase, within its own days. */
static void
draw_worked_out (WayChartLayout *self, cairo_t *cr, const WayLine *line, WayDate to)
{
  WayDate end = MIN (line->to, to);

  if (!line->known || end <= line->from)
    return;
  draw_line (cr,
             way_chart_x (self, line->from),
             way_chart_y (self, line->value),
             way_chart_x (self, end),
             way_chart_y (self, way_line_at (line, end)));
}

static void
draw_aims_and_trends (WayChartLayout *self, cairo_t *cr)
{
  const WayProgress *progress = self->chart->progress;
  double unit = self->style->font_size / 11.5;
  const double dots[] = {0.01, 4.5 * unit}, dashes[] = {7.0 * unit, 4.0 * unit};

  cairo_save (cr);
  cairo_rectangle (cr,
                   self->left,
                   self->top - 2.0 * unit,
                   self->right - self->left,
                   self->bottom - self->top + 2.0 * unit);
  cairo_clip (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (guint i = 0; i < progress->n_phases; i++) {
    gboolean last = i + 1 == progress->n_phases;
    WayDate end = last ? (WayDate) self->x.data_max : progress->phases[i + 1].from;

    cairo_set_line_width (cr, 1.8 * unit);
    cairo_set_dash (cr, dots, 2, 0.0);
    way_chart_set_colour (cr, &self->style->ink);
    draw_worked_out (self, cr, &progress->phases[i].aim, end);
    cairo_set_line_width (cr, 1.2 * unit);
    cairo_set_dash (cr, dashes, 2, 0.0);
    way_chart_set_colour (cr, &self->style->accent);
    draw_worked_out (self, cr, &progress->phases[i].trend, end);
  }
  cairo_restore (cr);
}

/* The days on which nothing could be measured, in order. (transfer full) */
static GArray *
list_not_measured (const WayProgress *progress)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (WayDate));

  for (guint i = 0; progress->n_not_measured > 0 && i < progress->measurements->len; i++) {
    const WayMeasurement *row = g_ptr_array_index (progress->measurements, i);

    if (isnan (row->value) && row->date != WAY_DATE_UNKNOWN)
      g_array_append_val (days, row->date);
  }
  return days;
}

static gboolean
is_gap (const WayPoint *a, const WayPoint *b, GArray *not_measured)
{
  if (b->date - a->date > LONGEST_GAP)
    return TRUE;
  for (guint i = 0; i < not_measured->len; i++) {
    WayDate day = g_array_index (not_measured, WayDate, i);

    if (day > a->date && day < b->date)
      return TRUE;
  }
  return FALSE;
}

/* One pixel's worth of a thinned path: its first, lowest, highest and last point. */
typedef struct {
  double x, first, lowest, highest, last;
} Column;

static void
add_column (cairo_t *cr, const Column *column, gboolean move)
{
  if (move)
    cairo_move_to (cr, column->x, column->first);
  else
    cairo_line_to (cr, column->x, column->first);
  if (column->lowest != column->highest) {
    cairo_line_to (cr, column->x, column->lowest);
    cairo_line_to (cr, column->x, column->highest);
    cairo_line_to (cr, column->x, column->last);
  }
}

static void
trace_thinned (WayChartLayout *self,
               cairo_t *cr,
               const WayProgressPhase *phase,
               GArray *not_measured)
{
  const WayPoint *points = &self->chart->progress->points[phase->first_point];
  Column column = {0};
  gboolean move = TRUE;

  for (guint i = 0; i < phase->n_points; i++) {
    double x = floor (way_chart_x (self, points[i].date)), y = way_chart_y (self, points[i].value);
    gboolean gap = i > 0 && is_gap (&points[i - 1], &points[i], not_measured);

    if (i > 0 && !gap && x == column.x) {
      column.lowest = MIN (column.lowest, y);
      column.highest = MAX (column.highest, y);
      column.last = y;
      continue;
    }
    if (i > 0)
      add_column (cr, &column, move);
    move = i == 0 || gap;
    column = (Column){x, y, y, y, y};
  }
  if (phase->n_points > 0)
    add_column (cr, &column, move);
}

static void
trace_path (WayChartLayout *self, cairo_t *cr, const WayProgressPhase *phase, GArray *not_measured)
{
  const WayPoint *points = &self->chart->progress->points[phase->first_point];

  for (guint i = 0; i < phase->n_points; i++) {
    double x = way_chart_x (self, points[i].date), y = way_chart_y (self, points[i].value);

    if (i == 0 || is_gap (&points[i - 1], &points[i], not_measured))
      cairo_move_to (cr, x, y);
    else
      cairo_line_to (cr, x, y);
  }
}

static void
draw_path (WayChartLayout *self, cairo_t *cr)
{
  const WayProgress *progress = self->chart->progress;
  g_autoptr (GArray) not_measured = list_not_measured (progress);

  way_chart_set_colour (cr, &self->style->accent);
  cairo_set_line_width (cr, self->style->line_width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < progress->n_phases; i++) {
    if (progress->n_points > THIN_ABOVE)
      trace_thinned (self, cr, &progress->phases[i], not_measured);
    else
      trace_path (self, cr, &progress->phases[i], not_measured);
    cairo_stroke (cr);
  }
}

static gboolean
has_room_for_markers (const WayChartLayout *self)
{
  const WayProgress *progress = self->chart->progress;

  return progress->n_points * self->style->font_size * MARKER_ROOM < self->right - self->left;
}

/* Discs for the points; where they would run into each other the path alone. */
static void
draw_points (WayChartLayout *self, cairo_t *cr)
{
  const WayProgress *progress = self->chart->progress;
  double radius = self->style->font_size * 0.33;

  way_chart_set_colour (cr, &self->style->accent);
  for (guint i = 0; has_room_for_markers (self) && i < progress->n_points; i++) {
    cairo_new_sub_path (cr);
    cairo_arc (cr,
               way_chart_x (self, progress->points[i].date),
               way_chart_y (self, progress->points[i].value),
               radius,
               0.0,
               2.0 * G_PI);
  }
  cairo_fill (cr);
}

/* A hollow square where the aim line starts. */
static void
draw_baseline (WayChartLayout *self, cairo_t *cr)
{
  const WayProgress *progress = self->chart->progress;
  double half = self->style->font_size * 0.36, x, y;

  if (!progress->baseline_known || progress->baseline_date == WAY_DATE_UNKNOWN)
    return;
  x = way_chart_x (self, progress->baseline_date);
  y = way_chart_y (self, progress->baseline);
  cairo_rectangle (cr, x - half, y - half, 2.0 * half, 2.0 * half);
  way_chart_set_colour (cr, &self->style->paper);
  cairo_fill_preserve (cr);
  way_chart_set_colour (cr, &self->style->ink);
  cairo_set_line_width (cr, self->style->font_size * 0.12);
  cairo_stroke (cr);
}

/* A ring on the latest point. */
static void
draw_ring (WayChartLayout *self, cairo_t *cr)
{
  const WayProgress *progress = self->chart->progress;
  const WayPoint *last = &progress->points[progress->n_points - 1];
  double size = self->style->font_size;

  cairo_new_path (cr);
  cairo_arc (cr,
             way_chart_x (self, last->date),
             way_chart_y (self, last->value),
             size * 0.6,
             0.0,
             2.0 * G_PI);
  way_chart_set_colour (cr, &self->style->accent);
  cairo_set_line_width (cr, size * 0.14);
  cairo_stroke (cr);
}

static void
draw_no_data (WayChartLayout *self, cairo_t *cr)
{
  static const char TEXT[] = "No data yet";
  double width, height;

  way_chart_text_size (self, TEXT, &width, &height);
  way_chart_set_colour (cr, &self->style->faint_ink);
  way_chart_text_draw (self,
                       cr,
                       TEXT,
                       (self->left + self->right - width) / 2.0,
                       (self->top + self->bottom - height) / 2.0,
                       width + 1.0);
}

/**
 * way_progress_chart_draw:
 * @style: colours and type; light, dark or print
 * @cr: any cairo context: the screen's, a picture's, a page's
 * @width: room to the right of the current origin
 * @height: room below it
 *
 * The one place that draws a progress chart, so that screen and paper cannot differ.
 */
void
way_progress_chart_draw (const WayProgressChart *self,
                         const WayChartStyle *style,
                         cairo_t *cr,
                         double width,
                         double height)
{
  g_auto (WayChartLayout) layout = {0};
  WayChartBox aim;

  cairo_save (cr);
  way_chart_layout_init (&layout, self, style, cr, width, height);
  if (style->has_paper) {
    way_chart_set_colour (cr, &style->paper);
    cairo_rectangle (cr, 0.0, 0.0, width, height);
    cairo_fill (cr);
  }
  draw_bands (&layout, cr);
  draw_grid (&layout, cr);
  draw_axes (&layout, cr);
  draw_months (&layout, cr);
  draw_visits (&layout, cr);
  draw_changes (&layout, cr);
  draw_aims_and_trends (&layout, cr);
  aim = way_chart_draw_aim_label (&layout, cr);
  if (self->progress->n_points > 0) {
    cairo_rectangle (cr, layout.left, 0.0, layout.right - layout.left + style->font_size, height);
    cairo_clip (cr);
    draw_path (&layout, cr);
    draw_points (&layout, cr);
    draw_baseline (&layout, cr);
    draw_ring (&layout, cr);
    way_chart_draw_latest_label (&layout, cr, &aim);
  } else {
    draw_baseline (&layout, cr);
    draw_no_data (&layout, cr);
  }
  cairo_restore (cr);
}

/* A context to measure with, where there is none to draw on. */
static cairo_t *
new_measuring_context (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cr = cairo_create (surface);

  cairo_surface_destroy (surface);
  return cr;
}

/**
 * way_progress_chart_point_position:
 * @point: index into the points of the progress
 * @x: (out): where it is drawn
 * @y: (out):
 *
 * Returns: %FALSE if the point is not shown
 */
gboolean
way_progress_chart_point_position (const WayProgressChart *self,
                                   const WayChartStyle *style,
                                   double width,
                                   double height,
                                   guint point,
                                   double *x,
                                   double *y)
{
  g_auto (WayChartLayout) layout = {0};
  cairo_t *cr = new_measuring_context ();

  way_chart_layout_init (&layout, self, style, cr, width, height);
  cairo_destroy (cr);
  if (point >= self->progress->n_points)
    return FALSE;
  *x = way_chart_x (&layout, self->progress->points[point].date);
  *y = way_chart_y (&layout, self->progress->points[point].value);
  return *x >= layout.left && *x <= layout.right;
}

/**
 * way_progress_chart_pick:
 *
 * Returns: the index of the point nearest to @x,@y, at most 24 away; else −1
 */
int
way_progress_chart_pick (const WayProgressChart *self,
                         const WayChartStyle *style,
                         double width,
                         double height,
                         double x,
                         double y)
{
  g_auto (WayChartLayout) layout = {0};
  cairo_t *cr = new_measuring_context ();
  double nearest = 24.0 * 24.0;
  int found = -1;

  way_chart_layout_init (&layout, self, style, cr, width, height);
  cairo_destroy (cr);
  for (guint i = 0; i < self->progress->n_points; i++) {
    double dx = way_chart_x (&layout, self->progress->points[i].date) - x;
    double dy = way_chart_y (&layout, self->progress->points[i].value) - y;

    if (dx * dx + dy * dy <= nearest) {
      nearest = dx * dx + dy * dy;
      found = (int) i;
    }
  }
  return found;
}
