/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-dialog.h"
#include "way-measure.h"
#include "way-record-set.h"

G_BEGIN_DECLS

/* What is kept of a child in dated rows: schools, status, needs, the case and so on. One dialog
 * for all of them, by a table of their fields. */

guint way_record_dialog_n_kinds (void);
guint way_record_dialog_find_kind (const WayRecordType *type);
const WayRecordType *way_record_dialog_type (guint kind);
const char *way_record_dialog_title (guint kind); /* "SEN status", translated */
/* A new row of that kind, or NULL where the child has nothing that it could belong to. */
gpointer way_record_dialog_new_record (guint kind, WayRecordSet *child, WayDate today);
/* @rows (nullable): what belongs to the child: a new status or main school ends the earlier. */
void
way_record_dialog_open (WayWindow *window, guint kind, gconstpointer record, WayRecordSet *rows);
/* A measurement of a target, or a change that was marked. */
void
way_record_dialog_open_over (WayDialog *over, gconstpointer record, const WayMeasureScale *scale);

G_END_DECLS
