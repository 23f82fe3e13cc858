/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels in the plot, instead of a legend: each stands where it covers least. */
#include "way-chart-labels.h"

#include "way-measure.h"

#include <math.h>
#include <string.h>

#define LINE_SAMPLES 24
#define PATH_SAMPLES 6 /* to each piece of the path */
#define NEAR_POINTS 60 /* looked at, of the last */
#define PLACES 54      /* three across, three down, six times further off */
#define OUTSIDE 1000
#define ON_LABEL 60
#define APART 3.0 /* pixels at the usual size of type, from a label to another or to a mark */

static const WayProgressPhase *
current_phase (const WayChartLayout *self)
{
  return way_progress_get_current_phase (self->chart->progress);
}

static guint
covers (const WayChartBox *box, double x, double y, double around)
{
  return x > box->x - around && x < box->x + box->width + around && y > box->y - around &&
         y < box->y + box->height + around;
}

/* How many of some places along @line lie in @box. */
static guint
count_on_line (WayChartLayout *self, const WayChartBox *box, const WayLine *line)
{
  guint count = 0;

  for (guint i = 0; line->known && i <= LINE_SAMPLES; i++) {
    WayDate date = line->from + (line->to - line->from) * i / LINE_SAMPLES;

    count += covers (
        box, way_chart_x (self, date), way_chart_y (self, way_line_at (line, date)), self->unit);
  }
  return count;
}

static guint
count_on_path (WayChartLayout *self, const WayChartBox *box)
{
  const WayProgress *progress = self->chart->progress;
  guint first = progress->n_points > NEAR_POINTS ? progress->n_points - NEAR_POINTS : 0, count = 0;
  double from_x = 0.0, from_y = 0.0;

  for (guint i = first; i < progress->n_points; i++) {
    double x = way_chart_x (self, progress->points[i].date),
           y = way_chart_y (self, progress->points[i].value);

    count += 4 * covers (box, x, y, 4.0 * self->unit);
    for (guint k = 1; i > first && k < PATH_SAMPLES; k++) {
      double share = (double) k / PATH_SAMPLES;

      count += 2 * covers (box,
                           from_x + (x - from_x) * share,
                           from_y + (y - from_y) * share,
                           1.5 * self->unit);
    }
    from_x = x;
    from_y = y;
  }
  return count;
}

/* With the room that a label keeps around it. */
static WayChartBox
widened (const WayChartLayout *self, const WayChartBox *box)
{
  double apart = APART * self->unit;

  return (WayChartBox){
      box->x - apart, box->y - apart / 2.0, box->width + 2.0 * apart, box->height + apart};
}

/* Other texts, the line of a change, the mark of the baseline, the ring of the latest point. */
static guint
count_on_marks (WayChartLayout *self, const WayChartBox *box, const WayChartBox *other)
{
  const WayProgress *progress = self->chart->progress;
  const WayPoint *last = progress->n_points > 0 ? &progress->points[progress->n_points - 1] : NULL;
  WayChartBox around = widened (self, box);
  guint covered = 0;

  if (other != NULL && other->width > 0.0 && way_chart_boxes_meet (&around, other))
    covered += ON_LABEL;
  for (guint i = 0; i < self->n_taken; i++)
    covered += way_chart_boxes_meet (&around, &self->taken[i]) ? ON_LABEL : 0;
  for (guint i = 0; i < self->changes->len; i++) {
    const WayChartChange *change = &g_array_index (self->changes, WayChartChange, i);

    if (change->box.width > 0.0 && way_chart_boxes_meet (&around, &change->box))
      covered += ON_LABEL;
    covered += change->x > around.x && change->x < around.x + around.width ? 8 : 0;
  }
  if (last != NULL && covers (box,
                              way_chart_x (self, last->date),
                              way_chart_y (self, last->value),
                              self->style->font_size * 0.7))
    covered += ON_LABEL / 2;
  return covered;
}

/* How much a label in @box would cover: data, lines, other labels, or the edge. */
static guint
count_covered (WayChartLayout *self, const WayChartBox *box, const WayChartBox *other)
{
  const WayProgress *progress = self->chart->progress;
  guint covered = count_on_path (self, box);

  if (box->x < self->left || box->x + box->width > self->right + self->style->font_size * 0.9 ||
      box->y < 0.0 || box->y + box->height > self->bottom)
    covered += OUTSIDE;
  covered += count_on_marks (self, box, other);
  for (guint i = 0; i < progress->n_phases; i++)
    covered += 2 * count_on_line (self, box, &progress->phases[i].aim) +
               2 * count_on_line (self, box, &progress->phases[i].trend);
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

static void
draw_label (
    WayChartLayout *self, cairo_t *cr, const char *label, const WayChartBox *box, guint covered)
{
  if (covered > 0)
    draw_backing (self, cr, box);
  way_chart_set_colour (cr, &self->style->ink);
  way_chart_text_draw (self, cr, label, box->x, box->y, box->width + 1.0);
}

/* A criterion that no line leads to is marked by a few dots; one of levels or steps, that no line
 * can lead to, all along. */
static void
draw_stub (WayChartLayout *self, cairo_t *cr, double x, double y)
{
  const double dots[] = {0.0, 4.5 * self->unit};

  cairo_save (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, 1.9 * self->unit);
  cairo_set_dash (cr, dots, 2, 0.0);
  way_chart_set_colour (cr, &self->style->ink);
  way_chart_draw_line (cr,
                       way_target_measure_is_numeric (self->chart->progress->target)
                           ? MAX (self->left, x - 3.0 * self->style->font_size)
                           : self->left,
                       y,
                       x,
                       y);
  cairo_restore (cr);
}

/**
 * way_chart_draw_aim_label:
 *
 * Draws "aim 4" at the end of the aim line.
 *
 * Returns: where it stands; no width if there is no aim, or its end is not shown
 */
WayChartBox
way_chart_draw_aim_label (WayChartLayout *self, cairo_t *cr)
{
  const WayTarget *target = self->chart->progress->target;
  const WayLine *aim = &current_phase (self)->aim;
  double gap = self->style->font_size * 0.2, criterion = way_target_get_aim (target),
         x = self->x.out_max, y;
  g_autofree char *value = NULL, *label = NULL;
  WayChartBox best = {0}, box = {0};
  guint least = G_MAXUINT;

  if (target->due != WAY_DATE_UNKNOWN)
    x = way_chart_x (self, target->due);
  if (isnan (criterion) || x < self->left || x > self->right)
    return best;
  y = way_chart_y (self, criterion);
  if (!aim->known)
    draw_stub (self, cr, x, y);
  value = way_ticks_text (target, criterion);
  label = g_strconcat ("aim ", value, NULL);
  way_chart_text_size (self, label, &box.width, &box.height);
  box.x = CLAMP (
      x - box.width * 0.8, self->left + 1.0, MAX (self->left + 1.0, self->right + gap - box.width));
  /* Above, below, and both further off; then the same further along the line. */
  for (guint place = 0; place < 8; place++) {
    double away = gap + place / 2 % 2 * box.height * 0.5;
    guint covered;

    if (place == 4)
      box.x = MAX (self->left + 1.0, box.x - box.width - gap);

    box.y = place % 2 == 0 ? y - box.height - away : y + away;
    covered = count_covered (self, &box, NULL) + place / 4;
    if (covered < least) {
      least = covered;
      best = box;
    }
  }
  draw_label (self, cr, label, &best, least);
  return best;
}

/* (transfer full): "4 of 5, 17 Nov"; the value alone where that is all there is room for */
static char *
latest_text (WayChartLayout *self, const WayPoint *last, WayChartBox *box)
{
  g_autofree char *value = way_progress_value_text (self->chart->progress->target, last->value);
  g_autofree char *day = way_date_format_short (last->date);
  g_autofree char *label = NULL;
  double room = self->right - self->left;

  day[MAX (strlen (day), 5) - 5] = '\0'; /* without the year */
  label = g_strdup_printf ("%s, %s", value, day);
  way_chart_text_size (self, label, &box->width, &box->height);
  if (box->width <= room * 0.8)
    return g_steal_pointer (&label);
  way_chart_text_size (self, value, &box->width, &box->height);
  box->width = MIN (box->width, room);
  return g_steal_pointer (&value);
}

/**
 * way_chart_draw_earlier:
 *
 * "◂ 2 earlier" at the left of the plot, where it covers least, from the foot up: points too long
 * ago to be shown.
 */
void
way_chart_draw_earlier (WayChartLayout *self, cairo_t *cr)
{
  guint n = way_chart_count_earlier (self->chart), least = G_MAXUINT;
  g_autofree char *text = g_strdup_printf ("◂ %u earlier", n);
  WayChartBox best = {0}, box = {0};

  if (n == 0)
    return;
  way_chart_text_size (self, text, &box.width, &box.height);
  box.width = MIN (box.width, self->right - self->left);
  box.x = self->left + 3.0 * self->unit;
  for (box.y = self->bottom - box.height - self->unit; box.y >= self->top && least > 0;
       box.y -= box.height * 0.5) {
    guint covered = count_covered (self, &box, NULL);

    if (covered < least) {
      least = covered;
      best = box;
    }
  }
  if (best.width <= 0.0)
    return;
  way_chart_take (self, best.x, best.y, best.width, best.height);
  way_chart_set_colour (cr, &self->style->faint_ink);
  way_chart_text_draw (self, cr, text, best.x, best.y, best.width + 1.0);
}

/**
 * way_chart_draw_no_data:
 * @aim: the label that stands already
 *
 * Says in the plot that there are no points, where it covers least: the aim line rises or falls
 * through the middle.
 */
void
way_chart_draw_no_data (WayChartLayout *self, cairo_t *cr, const WayChartBox *aim)
{
  const char *text = self->chart->progress->n_not_measured > 0 ? "Not measured yet" : "No data yet";
  WayChartBox best = {0}, box = {0};
  guint least = G_MAXUINT;
  double room_x, room_y;

  way_chart_text_size (self, text, &box.width, &box.height);
  box.width = MIN (box.width, self->right - self->left);
  room_x = self->right - self->left - box.width;
  room_y = MAX (self->bottom - self->top - box.height, 0.0);
  for (guint place = 0; place < 25; place++) { /* from the middle outwards */
    static const double SHARES[] = {0.5, 0.3, 0.7, 0.12, 0.88};
    guint covered;

    box.x = self->left + room_x * SHARES[place % 5];
    box.y = self->top + room_y * SHARES[place / 5];
    covered = count_covered (self, &box, aim);
    if (covered < least) {
      least = covered;
      best = box;
    }
  }
  if (least > 0)
    draw_backing (self, cr, &best);
  way_chart_set_colour (cr, &self->style->faint_ink);
  way_chart_text_draw (self, cr, text, best.x, best.y, best.width + 1.0);
}

/* A label that had to go far off is led to from its point at @x,@y. */
static void
draw_leader (WayChartLayout *self, cairo_t *cr, double x, double y, const WayChartBox *box)
{
  double to_x = CLAMP (x, box->x, box->x + box->width),
         to_y = CLAMP (y, box->y, box->y + box->height), ring = self->style->font_size * 0.7,
         distance = hypot (to_x - x, to_y - y);

  if (distance < 2.2 * ring)
    return;
  way_chart_set_colour (cr, &self->style->faint_ink);
  cairo_set_line_width (cr, 0.8 * self->unit);
  way_chart_draw_line (
      cr, x + (to_x - x) * ring / distance, y + (to_y - y) * ring / distance, to_x, to_y);
}

/**
 * way_chart_draw_latest_label:
 * @aim: the label that stands already
 *
 * Draws the latest value and its day beside its point: over or under it or level,
 * to the right, the middle or the left, near or further off; where it covers least.
 */
void
way_chart_draw_latest_label (WayChartLayout *self, cairo_t *cr, const WayChartBox *aim)
{
  const WayProgress *progress = self->chart->progress;
  const WayPoint *last = &progress->points[progress->n_points - 1];
  double size = self->style->font_size, x = way_chart_x (self, last->date),
         y = way_chart_y (self, last->value);
  guint least = G_MAXUINT, covered_by_best = 0;
  WayChartBox best = {0}, box = {0};
  g_autofree char *label = latest_text (self, last, &box);
  const double across[] = {x + size * 0.9, x - box.width / 2.0, x - box.width - size * 0.9};

  for (guint place = 0; place < PLACES && least > 0; place++) {
    double away = place / 9 * box.height * 0.7;
    guint covered;

    if (place % 3 == 1 && place / 3 % 3 == 2)
      continue; /* level and in the middle is on the point */
    box.x = CLAMP (
        across[place % 3], self->left + 2.0, MAX (self->left + 2.0, self->right - box.width));
    box.y = place / 3 % 3 == 0   ? y + size * 0.6 + away
            : place / 3 % 3 == 1 ? y - box.height - size * 0.6 - away
                                 : y - box.height / 2.0;
    covered = count_covered (self, &box, aim);
    if (covered + 2 * (place / 9) < least) {
      least = covered + 2 * (place / 9);
      covered_by_best = covered;
      best = box;
    }
  }
  draw_leader (self, cr, x, y, &best);
  draw_label (self, cr, label, &best, covered_by_best);
}
