/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-form-row.h"
#include "way-form.h"

G_BEGIN_DECLS

struct _WayForm {
  AdwBin parent_instance;

  const WayRecordType *type;
  WayCodeLists *lists;
  WayRecord *record; /* what was handed in: what no field shows stays as it was */
  GPtrArray *rows;   /* (element-type WayFormRow) */
  WayDate today;
  WayDate born;          /* whose the record is; it may be unknown */
  WayMeasureScale scale; /* of the value, where it is a measurement's */
  gboolean has_scale;
  GtkWidget *grid;
  int n_lines;
};

G_END_DECLS
