/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels in the plot, instead of a legend: each stands where it covers least. */
#include "way-chart-labels.h"

#include <string.h>

#define LINE_SAMPLES 24

static gboolean
boxes_meet (const WayChartBox *a, const WayChartBox *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
         b->y < a->y + a->height;
}

/* "aim 4" at the end of the aim line. */
WayChartBox
way_chart_draw_aim_label (WayChartLayout *self, cairo_t *cr)
{
  const WayProgress *progress = self->chart->progress;
  const WayLine *aim = &progress->phases[progress->n_phases - 1].aim;
  g_autofree char *value = NULL, *label = NULL;
  WayChartBox box = {0};
  double end_y;

  if (!aim->known || aim->to > self->x.data_max)
    return box;
  value = way_chart_tick_text (progress->target->criterion);
  label = g_strconcat ("aim ", value, NULL);
  way_chart_text_size (self, label, &box.width, &box.height);
  end_y = way_chart_y (self, progress->target->criterion);
  box.x = MIN (way_chart_x (self, aim->to) - box.width, self->right - box.width);
  box.y = aim->slope >= 0.0 ? end_y - box.height - self->style->font_size * 0.25
                            : end_y + self->style->font_size * 0.25;
  if (box.y < self->top * 0.5)
    box.y = end_y + self->style->font_size * 0.25;
  way_chart_set_colour (cr, &self->style->ink);
  way_chart_text_draw (self, cr, label, box.x, box.y, box.width + 1.0);
  return box;
}

/* How many of some places along @line lie in @box. */
static guint
count_on_line (WayChartLayout *self, const WayChartBox *box, const WayLine *line)
{
  guint count = 0;

  for (guint i = 0; line->known && i <= LINE_SAMPLES; i++) {
    WayDate date = line->from + (line->to - line->from) * i / LINE_SAMPLES;
    WayChartBox place = {way_chart_x (self, date) - 1.0,
                         way_chart_y (self, way_line_at (line, date)) - 1.0,
                         2.0,
                         2.0};

    count += boxes_meet (box, &place);
  }
  return count;
}

/* How much a label in @box would cover: points, the aim label, or the edge. */
static guint
count_covered (WayChartLayout *self, const WayChartBox *box, const WayChartBox *aim)
{
  const WayProgress *progress = self->chart->progress;
  guint covered = 0;
  guint first = progress->n_points > 40 ? progress->n_points - 40 : 0;

  if (box->x < self->left || box->x + box->width > self->right + 4.0 || box->y < 0.0 ||
      box->y + box->height > self->bottom)
    covered += 100;
  if (boxes_meet (box, aim))
    covered += 20;
  for (guint i = 1; i < progress->n_phases; i++) {
    double x = way_chart_x (self, progress->phases[i].from);

    covered += x > box->x && x < box->x + box->width ? 4 : 0;
  }
  covered += 2 * count_on_line (self, box, &progress->phases[progress->n_phases - 1].aim);
  covered += 2 * count_on_line (self, box, &progress->phases[progress->n_phases - 1].trend);
  for (guint i = first; i < progress->n_points; i++) {
    WayChartBox point = {way_chart_x (self, progress->points[i].date) - 3.0,
                         way_chart_y (self, progress->points[i].value) - 3.0,
                         6.0,
                         6.0};

    covered += boxes_meet (box, &point) ? 3 : 0;
  }
  return covered;
}

/* What lies under a label shines through only a little. */
static void
draw_backing (WayChartLayout *self, cairo_t *cr, const WayChartBox *box)
{
  const WayColour *paper = &self->style->paper;

  cairo_set_source_rgba (cr, paper->red, paper->green, paper->blue, 0.75);
  cairo_rectangle (cr, box->x - 1.0, box->y, box->width + 2.0, box->height);
  cairo_fill (cr);
}

/* The latest value and its day, beside its point where it covers least. */
void
way_chart_draw_latest_label (WayChartLayout *self, cairo_t *cr, const WayChartBox *aim)
{
  const WayProgress *progress = self->chart->progress;
  const WayPoint *last = &progress->points[progress->n_points - 1];
  double size = self->style->font_size, x = way_chart_x (self, last->date),
         y = way_chart_y (self, last->value);
  g_autofree char *value = way_progress_value_text (progress->target, last->value);
  g_autofree char *day = way_date_format_short (last->date);
  g_autofree char *label = NULL;
  WayChartBox best = {0}, box = {0};
  guint least = G_MAXUINT;

  day[MAX (strlen (day), 5) - 5] = '\0'; /* without the year */
  label = g_strdup_printf ("%s, %s", value, day);
  way_chart_text_size (self, label, &box.width, &box.height);
  for (guint place = 0; place < 6; place++) {
    double across[] = {x + size * 0.9, x - box.width / 2.0, x - box.width - size * 0.9};
    guint covered;

    box.x = CLAMP (
        across[place % 3], self->left + 2.0, MAX (self->left + 2.0, self->right - box.width));
    box.y = place < 3 ? y + size * 0.55 : y - box.height - size * 0.55;
    covered = count_covered (self, &box, aim);
    if (covered < least) {
      least = covered;
      best = box;
    }
  }
  draw_backing (self, cr, &best);
  way_chart_set_colour (cr, &self->style->ink);
  way_chart_text_draw (self, cr, label, best.x, best.y, best.width + 1.0);
}
