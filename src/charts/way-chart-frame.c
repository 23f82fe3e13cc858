/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands behind the data: terms, grid, axes, the calendar, visits. */
#include "way-chart-frame.h"

#include "way-chart-key.h"

#include <math.h>

#define LONGEST_IN_WEEKS 56 /* days; a longer span is labelled by months */
#define DAYS_A_MONTH 30.4

/* Every second term gets a light band. */
void
way_chart_draw_bands (WayChartLayout *self, cairo_t *cr)
{
  const WayTerms *terms = self->chart->terms;

  if (terms == NULL)
    return;
  way_chart_set_colour (cr, &self->style->band);
  for (guint i = 0; i < way_terms_get_length (terms); i++) {
    const WayTerm *term = way_terms_get (terms, i);
    double from = MAX (self->left, way_chart_x (self, term->start));
    double to = MIN (self->right, way_chart_x (self, term->end + 1));

    if ((int) term->term % 2 == 1 && to > from)
      cairo_rectangle (cr, from, self->top, to - from, self->bottom - self->top);
  }
  cairo_fill (cr);
}

void
way_chart_draw_grid (WayChartLayout *self, cairo_t *cr)
{
  double width, height;

  cairo_set_line_width (cr, self->unit);
  way_chart_set_colour (cr, &self->style->grid);
  for (guint i = 0; i < self->ticks.n; i++) {
    double y = way_chart_hairline (self, way_chart_y (self, way_ticks_get (&self->ticks, i)));

    cairo_move_to (cr, self->left, y);
    cairo_line_to (cr, self->right, y);
  }
  cairo_stroke (cr);
  way_chart_set_colour (cr, &self->style->faint_ink);
  for (guint i = 0; i < self->ticks.n; i++) {
    double value = way_ticks_get (&self->ticks, i), y = way_chart_y (self, value);
    g_autofree char *text = way_ticks_text (self->chart->progress->target, value);

    way_chart_text_size (self, text, &width, &height);
    way_chart_text_draw (self,
                         cr,
                         text,
                         MAX (0.0, self->left - width - 5.0 * self->unit),
                         y - height / 2.0,
                         width + 1.0);
  }
}

void
way_chart_draw_axes (WayChartLayout *self, cairo_t *cr)
{
  double x = way_chart_hairline (self, self->left), y = way_chart_hairline (self, self->bottom);

  way_chart_set_colour (cr, &self->style->faint_ink);
  cairo_set_line_width (cr, self->unit);
  cairo_move_to (cr, x, self->top);
  cairo_line_to (cr, x, y);
  cairo_line_to (cr, self->right, y);
  cairo_stroke (cr);
}

/* A tick at @date, and its label unless it would meet the one before or leave the drawing. Returns
 * whether it is labelled. */
static gboolean
draw_day (WayChartLayout *self, cairo_t *cr, WayDate date, const char *label, double *free_from)
{
  double x = way_chart_x (self, MAX (date, (WayDate) ceil (self->x.data_min))), width, height;
  double tick = way_chart_hairline (self, x);

  if (date > self->x.data_max)
    return FALSE;
  if (date >= self->x.data_min)
    way_chart_draw_line (cr, tick, self->bottom, tick, self->bottom + 4.0 * self->unit);
  if (label == NULL)
    return FALSE;
  way_chart_text_size (self, label, &width, &height);
  x += 2.0 * self->unit;
  if (x < *free_from || x + width > self->right + self->style->font_size * 0.8)
    return FALSE;
  way_chart_text_draw (
      self, cr, label, x, self->bottom + self->style->font_size * 0.6, width + 1.0);
  *free_from = x + width + self->style->font_size * 0.6;
  return TRUE;
}

static double
label_room (WayChartLayout *self, const char *longest)
{
  double width, height;

  way_chart_text_size (self, longest, &width, &height);
  return width + self->style->font_size * 0.6;
}

/* "7 Sep", "14 Sep" … on Mondays, every one, two or four weeks. */
static void
draw_weeks (WayChartLayout *self, cairo_t *cr, double day_width)
{
  double room = label_room (self, "28 May"), free_from = self->left;
  WayDate first = (WayDate) self->x.data_min;
  guint weeks = 1;
  int labelled_year = 0; /* the first label says the year, and the first of the next */

  while (weeks < 4 && room > day_width * 7.0 * weeks)
    weeks *= 2;
  while (way_date_get_weekday (first) != 1)
    first++;
  for (WayDate date = first; date <= self->x.data_max; date += 7 * weeks) {
    g_autofree char *label = NULL;
    int year, month, day;

    way_date_get (date, &year, &month, &day);
    label = year == labelled_year
                ? g_strdup_printf ("%d %.3s", day, way_month_name (month))
                : g_strdup_printf ("%d %.3s %d", day, way_month_name (month), year);
    if (draw_day (self, cr, date, label, &free_from))
      labelled_year = year;
  }
}

/* Every how many months, so that labels don't meet; counted from January. */
static int
find_months (WayChartLayout *self, double month_width)
{
  static const int MONTHS[] = {1, 2, 3, 6, 12, 24, 60};
  double room = label_room (self, "May");

  for (guint i = 0; i < G_N_ELEMENTS (MONTHS); i++) {
    if (room <= month_width * MONTHS[i])
      return MONTHS[i];
  }
  return 120;
}

/* (transfer full): "Sep"; the first, and each January, say the year, which a January does alone
 * where that is all there is room for */
static char *
month_label (WayDate date, int every, gboolean has_room_for_year, gboolean is_first)
{
  int year, month, day;

  way_date_get (date, &year, &month, &day);
  if (every >= 12)
    return (year * 12) % every == 0 && month == 1 ? g_strdup_printf ("%d", year) : NULL;
  if ((month - 1) % every != 0)
    return NULL;
  if (is_first)
    return g_strdup_printf ("%.3s %d", way_month_name (month), year);
  if (month > 1)
    return g_strndup (way_month_name (month), 3);
  return has_room_for_year ? g_strdup_printf ("Jan %d", year) : g_strdup_printf ("%d", year);
}

static void
draw_months (WayChartLayout *self, cairo_t *cr, double day_width)
{
  double free_from = self->left, month_width = day_width * DAYS_A_MONTH;
  int every = find_months (self, month_width), year, month, day;
  gboolean has_room_for_year = label_room (self, "Jan 2026") <= month_width * every;
  gboolean is_first = TRUE;
  WayDate date;

  way_date_get ((WayDate) self->x.data_min, &year, &month, &day);
  for (date = way_date_new (year, month, 1); date != WAY_DATE_UNKNOWN && date <= self->x.data_max;
       date = way_date_add_months (date, 1)) {
    g_autofree char *label = month_label (date, every, has_room_for_year, is_first);

    way_date_get (date, &year, &month, &day);
    /* The month that has begun already is named only if the next leaves room. */
    if (date < self->x.data_min &&
        (way_date_add_months (date, every) - self->x.data_min) * day_width <
            label_room (self, label != NULL ? label : ""))
      continue;
    if (label != NULL || month_width > 5.0 * self->unit || (every >= 12 && month == 1))
      is_first = !draw_day (self, cr, date, label, &free_from) && is_first;
  }
}

/* The calendar under the plot, as dense as there is room for. */
void
way_chart_draw_days (WayChartLayout *self, cairo_t *cr)
{
  double span = self->x.data_max - self->x.data_min;
  double day_width = (self->x.out_max - self->x.out_min) / span;

  way_chart_set_colour (cr, &self->style->faint_ink);
  cairo_set_line_width (cr, self->unit);
  if (span <= LONGEST_IN_WEEKS)
    draw_weeks (self, cr, day_width);
  else
    draw_months (self, cr, day_width);
}

/* Small triangles that point at the axis from below: days with a visit. */
void
way_chart_draw_visits (WayChartLayout *self, cairo_t *cr)
{
  double top = self->bottom + self->unit;

  way_chart_set_colour (cr, &self->style->ink);
  for (guint i = 0; i < self->chart->n_visits; i++) {
    double x = way_chart_x (self, self->chart->visits[i]);

    if (x < self->left || x > self->right ||
        (self->chart->today != WAY_DATE_UNKNOWN && self->chart->visits[i] > self->chart->today))
      continue;
    way_chart_trace_visit (cr, self->style->font_size, x, top);
  }
  cairo_fill (cr);
}
