/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "way-progress.h"
#include "way-record-set.h"
#include "way-terms.h"

G_BEGIN_DECLS

/* What helps while a visit is written: last visit's advice, the targets, what to remember. Reads
 * @child (as way_db_gather_child() gives it) and @records, the visit's, for this call only. */
GtkWidget *way_visit_aside_new (WayRecordSet *child,
                                WayRecordSet *records,
                                const WayTerms *terms,
                                const WayProgressOptions *options);

G_END_DECLS
