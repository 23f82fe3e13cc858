/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trend lines through a few noisy points. The points come in the order of x.
 * Formulas and the worked example that tests them: domain 7.3. */
#include "way-trend.h"

#include <math.h>
#include <string.h>

/* Theil-Sen looks at every pair of points. Ten thousand points would make fifty
 * million, so above this many pairs (some 1,400 points) it looks at the pairs that
 * lie 1, 1 + s, 1 + 2s … points apart: every point still counts, near pairs and far
 * ones in their true shares, and the same points always give the same slope. */
#define MOST_PAIRS 1000000.0

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

/**
 * way_median:
 * @values: (inout): @n values; put in order
 * @n: at least 1
 *
 * Returns: the middle one, or the mean of the two in the middle
 */
double
way_median (double *values, guint n)
{
  g_return_val_if_fail (n > 0, NAN);

  qsort (values, n, sizeof *values, compare_doubles);
  return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2.0;
}

/* Puts the value that belongs at @k there, smaller ones before it. (Hoare's selection,
 * with the middle of three as pivot, so that what is in order already is no trap) */
static void
select_value (double *values, gsize n, gsize k)
{
  gsize low = 0, high = n - 1;

  while (low < high) {
    double a = values[low], b = values[low + (high - low) / 2], c = values[high];
    double pivot = MAX (MIN (a, b), MIN (MAX (a, b), c));
    gssize i = (gssize) low - 1, j = (gssize) high + 1;

    for (;;) {
      double kept;

      while (values[++i] < pivot) {
      }
      while (values[--j] > pivot) {
      }
      if (i >= j)
        break;
      kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
    if (k <= (gsize) j)
      high = (gsize) j;
    else
      low = (gsize) j + 1;
  }
}

/* The median without the cost of an order of all. */
static double
select_median (double *values, gsize n)
{
  double upper, lower;

  select_value (values, n, n / 2);
  upper = values[n / 2];
  if (n % 2 == 1)
    return upper;
  lower = values[0];
  for (gsize i = 1; i < n / 2; i++)
    lower = MAX (lower, values[i]);
  return (lower + upper) / 2.0;
}

static double
median_of (const double *values, guint n)
{
  g_autofree double *copy = g_memdup2 (values, n * sizeof *values);

  return way_median (copy, n);
}

/* The height that leaves half of the points on or above the line: the median of
 * y − slope × x. */
static double
median_height (const double *x, const double *y, guint n, double slope)
{
  g_autofree double *rest = g_new (double, n);

  for (guint i = 0; i < n; i++)
    rest[i] = y[i] - slope * x[i];
  return way_median (rest, n);
}

/**
 * way_trend_ols:
 *
 * Ordinary least squares: m = Σ(x−x̄)(y−ȳ) / Σ(x−x̄)².
 */
WayTrend
way_trend_ols (const double *x, const double *y, guint n)
{
  double mean_x = 0.0, mean_y = 0.0, products = 0.0, squares = 0.0;
  WayTrend trend = {FALSE, NAN, NAN};

  for (guint i = 0; i < n; i++) {
    mean_x += x[i] / n;
    mean_y += y[i] / n;
  }
  for (guint i = 0; i < n; i++) {
    products += (x[i] - mean_x) * (y[i] - mean_y);
    squares += (x[i] - mean_x) * (x[i] - mean_x);
  }
  if (n < 2 || squares <= 0.0)
    return trend;
  trend.known = TRUE;
  trend.slope = products / squares;
  trend.value = mean_y - trend.slope * mean_x;
  return trend;
}

/**
 * way_trend_theil_sen:
 *
 * The median of the slopes of all pairs with different x, at the height that
 * halves the points. Robust against a few odd days. (Theil 1950, Sen 1968)
 */
WayTrend
way_trend_theil_sen (const double *x, const double *y, guint n)
{
  guint stride = (guint) ceil ((double) n * (n - 1.0) / 2.0 / MOST_PAIRS);
  g_autoptr (GArray) slopes = g_array_new (FALSE, FALSE, sizeof (double));
  WayTrend trend = {FALSE, NAN, NAN};

  for (guint apart = 1; apart < n; apart += MAX (stride, 1)) {
    for (guint i = 0; i + apart < n; i++) {
      double slope;

      if (x[i + apart] == x[i])
        continue;
      slope = (y[i + apart] - y[i]) / (x[i + apart] - x[i]);
      g_array_append_val (slopes, slope);
    }
  }
  if (slopes->len == 0)
    return trend;
  trend.known = TRUE;
  trend.slope = select_median ((double *) (gpointer) slopes->data, slopes->len);
  trend.value = median_height (x, y, n, trend.slope);
  return trend;
}

/**
 * way_trend_quarter_intersect:
 *
 * Through the point of medians of each half; of an odd number the middle point
 * belongs to neither. (Koenig)
 */
WayTrend
way_trend_quarter_intersect (const double *x, const double *y, guint n)
{
  guint half = n / 2;
  WayTrend trend = {FALSE, NAN, NAN};
  double x1, y1, x2, y2;

  if (half < 1)
    return trend;
  x1 = median_of (x, half);
  y1 = median_of (y, half);
  x2 = median_of (x + n - half, half);
  y2 = median_of (y + n - half, half);
  if (x1 == x2)
    return trend;
  trend.known = TRUE;
  trend.slope = (y2 - y1) / (x2 - x1);
  trend.value = y1 - trend.slope * x1;
  return trend;
}

/**
 * way_trend_split_middle:
 *
 * The quarter-intersect line, moved parallel until half the points lie on or
 * above it and half on or below. (White & Haring 1980)
 */
WayTrend
way_trend_split_middle (const double *x, const double *y, guint n)
{
  WayTrend trend = way_trend_quarter_intersect (x, y, n);

  if (trend.known)
    trend.value = median_height (x, y, n, trend.slope);
  return trend;
}
