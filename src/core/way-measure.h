/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-target.h"

G_BEGIN_DECLS

/**
 * WayMeasure:
 * @code: of the list "measure"
 * @noun: one value of it, as a sentence begins
 * @unit: (nullable): what is counted where the target names no unit
 * @lowest, @highest: the ends that it has of itself; NAN: none
 * @has_own_ends: these stand whatever the target says; else the target may move them
 * @is_whole: there is no value between whole numbers
 * @is_counted: a chart's axis shows no number between whole ones
 * @has_equal_steps: so that a line may be drawn through its values
 *
 * One way of measuring a target. (domain 7)
 */
typedef struct {
  const char *code;
  const char *noun;
  const char *unit;
  double lowest, highest;
  gboolean has_own_ends;
  gboolean is_whole;
  gboolean is_counted;
  gboolean has_equal_steps;
} WayMeasure;

/* The scale of one target: how it is measured, and from where to where; NAN: no end. */
typedef struct {
  const WayMeasure *measure;
  double lowest, highest;
  gboolean is_of_target; /* the target says where it ends */
} WayMeasureScale;

const WayMeasure *way_measure_find (const char *code);
WayMeasureScale way_measure_scale (const char *measure, double scale_min, double scale_max);
WayMeasureScale way_target_get_scale (const WayTarget *target);
char *way_measure_scale_find_fault (const WayMeasureScale *self, double value);
double way_target_get_aim (const WayTarget *target);

G_END_DECLS
