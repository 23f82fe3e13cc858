/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "way-code-lists.h"
#include "way-record-set.h"
#include "way-terms.h"

G_BEGIN_DECLS

/* The parts of a child's page. Each but the profile fills an empty box. */

/* @n_terms: how many terms to show; FALSE if there are no more. */
gboolean way_child_fill_timeline (
    GtkBox *box, GPtrArray *entries, const WayTerms *terms, WayDate today, guint n_terms);
void way_child_fill_actions (GtkBox *box, WayRecordSet *records, WayDate today);
/* @drafts (element-type WayDraftInfo): the child's */
void way_child_fill_visits (GtkBox *box,
                            WayRecordSet *records,
                            GPtrArray *drafts,
                            const WayCodeLists *lists);
guint way_child_count_visits (WayRecordSet *records, GPtrArray *drafts);
void way_child_fill_profile (GtkBox *box, WayRecordSet *records, const WayCodeLists *lists);

G_END_DECLS
