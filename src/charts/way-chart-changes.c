/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Planned changes: a dashed line each, with its label on top.
 *
 * Labels stand in one row above the plot, or in two. One of the low row ends
 * before the next line. One of the high row may reach over lines that begin at
 * the low row, so it ends before the next line that begins at the high one. They
 * are placed from the last to the first, so that both limits are known.
 */
#include "way-chart-changes.h"

#include <math.h>

#define LOW 1
#define HIGH 0
#define FEWEST_LETTERS 3.0 /* room in font sizes, below which a label says nothing */

typedef struct {
  double low, high; /* where the next label to the right begins, per row */
  guint most_rows;
  double left; /* line or edge on the left of the change */
} Limits;

static double
room_between (const WayChartLayout *self, double from, double to)
{
  return to - from - 8.0 * self->unit;
}

/* Right of its line, low, else high; left of its line, low, else high over the lines there; else
 * cut where there is most room. */
static void
place_label (WayChartLayout *self, WayChartChange *change, const Limits *limits)
{
  gboolean two = limits->most_rows > 1;
  const struct {
    guint row;
    gboolean is_left;
    double room;
  } places[] = {
      {LOW, FALSE, room_between (self, change->x, limits->low)},
      {HIGH, FALSE, two ? room_between (self, change->x, limits->high) : 0.0},
      {LOW, TRUE, room_between (self, limits->left, change->x)},
      {HIGH,
       TRUE,
       two && limits->high > change->x ? room_between (self, self->left, change->x) : 0.0}};
  double width, height, gap = 4.0 * self->unit;
  guint best = 0;

  change->row = LOW;
  if (change->label == NULL || *change->label == '\0')
    return;
  way_chart_text_size (self, change->label, &width, &height);
  width = ceil (width) + 1.0;
  for (guint i = 1; i < G_N_ELEMENTS (places) && places[best].room < width; i++) {
    if (places[i].room > places[best].room)
      best = i;
  }
  change->row = places[best].row;
  change->box.width = MIN (width, places[best].room);
  change->box.height = height;
  change->box.x = places[best].is_left ? change->x - gap - change->box.width : change->x + gap;
  if (change->box.width < FEWEST_LETTERS * self->style->font_size && change->box.width < width) {
    change->box.width = 0.0;
    change->row = LOW; /* or a row would be kept free for nothing */
  }
}

/* The row of the key is above those of labels that come too near to it. */
static gboolean
key_needs_a_row (WayChartLayout *self)
{
  if (self->key_width <= 0.0)
    return FALSE;
  for (guint i = 0; i < self->changes->len; i++) {
    const WayChartChange *change = &g_array_index (self->changes, WayChartChange, i);

    if (MIN (change->x, change->box.width > 0.0 ? change->box.x : change->x) <
        self->key_width + self->line)
      return TRUE;
  }
  return FALSE;
}

/* Rows that are not used are taken away; then the heights are known. */
static void
settle_rows (WayChartLayout *self)
{
  gboolean is_high = FALSE;
  guint above = key_needs_a_row (self) ? 1 : 0;

  for (guint i = 0; i < self->changes->len; i++)
    is_high |= g_array_index (self->changes, WayChartChange, i).row == HIGH;
  self->n_rows = above + (is_high ? 2 : 1);
  for (guint i = 0; i < self->changes->len; i++) {
    WayChartChange *change = &g_array_index (self->changes, WayChartChange, i);

    change->row = above + (is_high ? change->row : 0);
    change->box.y = change->row * self->line;
  }
}

/**
 * way_chart_place_changes:
 * @most_rows: 1 or 2 rows of labels
 *
 * Finds where the changes and their labels stand. Needs left, right and the
 * scale of days; sets changes and n_rows.
 */
void
way_chart_place_changes (WayChartLayout *self, guint most_rows)
{
  const WayProgress *progress = self->chart->progress;
  double edge = self->right + self->style->font_size;
  Limits limits = {edge, edge, most_rows, self->left};

  self->changes = g_array_new (FALSE, TRUE, sizeof (WayChartChange));
  for (guint i = progress->n_phases; i-- > 1;) {
    WayChartChange change = {.label = progress->phases[i].label,
                             .x = way_chart_x (self, progress->phases[i].from)};
    double begins;

    if (change.x < self->left || change.x > self->right)
      continue;
    limits.left =
        i > 1 ? MAX (self->left, way_chart_x (self, progress->phases[i - 1].from)) : self->left;
    place_label (self, &change, &limits);
    begins = change.box.width > 0.0 ? MIN (change.x, change.box.x) : change.x;
    limits.low = change.row == LOW ? begins : change.x;
    if (change.row == HIGH)
      limits.high = begins;
    g_array_append_val (self->changes, change);
  }
  settle_rows (self);
}

void
way_chart_draw_changes (WayChartLayout *self, cairo_t *cr)
{
  const double dash[] = {4.0 * self->unit, 3.0 * self->unit};

  for (guint i = 0; i < self->changes->len; i++) {
    const WayChartChange *change = &g_array_index (self->changes, WayChartChange, i);
    double x = way_chart_hairline (self, change->x);

    way_chart_set_colour (cr, &self->style->faint_ink);
    cairo_set_line_width (cr, 1.2 * self->unit);
    cairo_set_dash (cr, dash, 2, 0.0);
    way_chart_draw_line (cr, x, (change->row + 0.15) * self->line, x, self->bottom);
    cairo_set_dash (cr, NULL, 0, 0.0);
    way_chart_set_colour (cr, &self->style->ink);
    if (change->box.width > 0.0)
      way_chart_text_draw (
          self, cr, change->label, change->box.x, change->box.y, change->box.width);
  }
}
