/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-record-set.h"
#include "way-target.h"
#include "way-window.h"

G_BEGIN_DECLS

/**
 * WayTargetTable:
 *
 * What was measured towards a target and what was changed, row by row, each to be corrected or
 * deleted.
 */
#define WAY_TYPE_TARGET_TABLE (way_target_table_get_type ())
G_DECLARE_FINAL_TYPE (WayTargetTable, way_target_table, WAY, TARGET_TABLE, AdwBin)

GtkWidget *way_target_table_new (void);
void way_target_table_set_target (WayTargetTable *self,
                                  const WayTarget *target,
                                  GPtrArray *measurements, /* both copied */
                                  GPtrArray *phases);

G_END_DECLS
