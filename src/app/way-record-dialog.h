/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-record-set.h"
#include "way-window.h"

G_BEGIN_DECLS

/* What is kept of a child in dated rows: schools, status, needs, the case and so on. One dialog
 * for all of them, by a table of their fields. */

guint way_record_dialog_n_kinds (void);
const WayRecordType *way_record_dialog_type (guint kind);
const char *way_record_dialog_title (guint kind); /* "SEN status", translated */
/* A new row of that kind, or NULL where the child has nothing that it could belong to. */
gpointer way_record_dialog_new_record (guint kind, WayRecordSet *child, WayDate today);
void way_record_dialog_open (WayWindow *window, guint kind, gconstpointer record);

G_END_DECLS
