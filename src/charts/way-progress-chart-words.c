/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chart for those who cannot see it: in words, and as a table. */
#include "way-progress-chart.h"

#include "way-chart-layout.h"
#include "way-measure.h"

#include <math.h>

static void
append_sentence (GString *text, char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
  g_string_append_c (text, '.');
  g_free (sentence);
}

static void
append_aim (GString *text, const WayProgress *progress)
{
  const WayTarget *target = progress->target;
  double aim = way_target_get_aim (target);
  g_autofree char *value = NULL, *day = NULL;

  if (isnan (aim)) {
    append_sentence (text, g_strdup ("No aim is set"));
    return;
  }
  value = way_progress_level_text (target, aim);
  day = way_date_format_short (target->due);
  append_sentence (text,
                   target->due != WAY_DATE_UNKNOWN ? g_strdup_printf ("Aim %s by %s", value, day)
                                                   : g_strdup_printf ("Aim %s", value));
}

static void
append_extent (GString *text, const WayProgress *progress)
{
  const WayPoint *points = progress->points;
  double lowest = points[0].value, highest = points[0].value;
  g_autofree char *low = NULL, *high = NULL, *first = NULL, *last = NULL, *when = NULL;

  for (guint i = 1; i < progress->n_points; i++) {
    lowest = MIN (lowest, points[i].value);
    highest = MAX (highest, points[i].value);
  }
  low = way_progress_value_text (progress->target, lowest);
  high = way_progress_value_text (progress->target, highest);
  first = way_date_format_short (points[0].date);
  last = way_date_format_short (points[progress->n_points - 1].date);
  when = points[0].date == points[progress->n_points - 1].date
             ? g_strdup_printf (", all on %s", first)
             : g_strdup_printf (" between %s and %s", first, last);
  append_sentence (text,
                   lowest == highest ? g_strdup_printf ("All values are %s%s", low, when)
                                     : g_strdup_printf ("Values from %s to %s%s", low, high, when));
}

/* What is too long ago to be shown is told. */
static void
append_earlier (GString *text, const WayProgressChart *self)
{
  guint n = way_chart_count_earlier (self);

  if (n > 0)
    append_sentence (text,
                     g_strdup_printf ("%u earlier %s shown, but counted",
                                      n,
                                      n == 1 ? "measurement is not" : "measurements are not"));
}

/* What a point on the goal attainment scale means is not to be seen from the chart. */
static void
append_levels (GString *text, const WayProgress *progress)
{
  char *levels = way_progress_levels_text (progress->target);

  if (levels != NULL)
    append_sentence (text, levels);
}

/**
 * way_progress_chart_describe:
 *
 * Returns: (transfer full): what the chart shows, in sentences: for screen readers,
 *   for alternative text, and beside it
 */
char *
way_progress_chart_describe (const WayProgressChart *self)
{
  const WayProgress *progress = self->progress;
  GString *text = g_string_new (NULL);

  append_sentence (text,
                   g_strdup_printf ("Progress chart: %s", way_progress_state_word (progress)));
  append_sentence (text, way_progress_baseline_text (progress));
  append_aim (text, progress);
  append_sentence (text, way_progress_latest_text (progress));
  if (progress->n_points > 1)
    append_extent (text, progress);
  append_earlier (text, self);
  append_levels (text, progress);
  for (guint i = 1; i < progress->n_phases; i++) {
    g_autofree char *day = way_date_format_short (progress->phases[i].from);

    append_sentence (text,
                     g_strdup_printf ("Change on %s: %s",
                                      day,
                                      progress->phases[i].label != NULL ? progress->phases[i].label
                                                                        : "not named"));
  }
  if (progress->n_points > 0)
    append_sentence (text, way_progress_trend_text (progress));
  if (progress->n_not_measured > 0)
    append_sentence (text,
                     g_strdup_printf ("Not measured on %u %s",
                                      progress->n_not_measured,
                                      progress->n_not_measured == 1 ? "day" : "days"));
  return g_string_free (text, FALSE);
}

static int
compare_measurements (gconstpointer a, gconstpointer b)
{
  const WayMeasurement *first = *(WayMeasurement *const *) a,
                       *second = *(WayMeasurement *const *) b;

  if (first->date != second->date)
    return first->date < second->date ? -1 : 1;
  if (!isnan (first->position) && !isnan (second->position) && first->position != second->position)
    return first->position < second->position ? -1 : 1;
  return 0;
}

static GStrv
new_row (const char *date, const char *value, const char *note)
{
  GStrv row = g_new0 (char *, 4);

  row[0] = g_strdup (date);
  row[1] = g_strdup (value);
  row[2] = g_strdup (note != NULL ? note : "");
  return row;
}

/**
 * way_progress_chart_table:
 *
 * Returns: (transfer full) (element-type GStrv): the data in rows of date, value and
 *   note, oldest first; the first row is the head
 */
GPtrArray *
way_progress_chart_table (const WayProgressChart *self)
{
  const WayProgress *progress = self->progress;
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  GPtrArray *table = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  g_ptr_array_extend (sorted, progress->measurements, NULL, NULL);
  g_ptr_array_sort (sorted, compare_measurements);
  g_ptr_array_add (table, new_row ("Date", "Value", "Note"));
  for (guint i = 0; i < sorted->len; i++) {
    const WayMeasurement *row = g_ptr_array_index (sorted, i);
    g_autofree char *day = way_date_format_short (row->date);
    g_autofree char *value =
        isnan (row->value)
            ? g_strdup_printf ("not measured: %s",
                               row->not_measured != NULL ? row->not_measured : "no reason given")
            : way_progress_value_text (progress->target, row->value);

    g_ptr_array_add (table, new_row (day, value, row->note));
  }
  return table;
}
