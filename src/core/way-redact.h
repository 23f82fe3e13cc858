/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-dossier.h"

G_BEGIN_DECLS

/**
 * WayRedacted:
 * @n_replaced: how often another child was named in what is left
 * @n_views: views that are left out because they do not say whose they are
 * @is_unclear: whether a name is left that is this child's and another's too, or a lone letter that
 *   may stand for another
 *
 * What somebody has to know of an extract before it leaves.
 */
typedef struct {
  guint n_replaced;
  guint n_views;
  gboolean is_unclear;
} WayRedacted;

WayDossier *way_redact_for_child (
    const WayDossier *dossier,
    const char *child_id,
    WayRedacted *redacted); /* the copy of a joint visit for one of its children */
GPtrArray *way_redact_find_named (const WayDossier *dossier,
                                  GPtrArray *children); /* other children its text names in full */
guint way_redact_count_unclaimed (WayRecordSet *records); /* views of nobody knows which child */

G_END_DECLS
