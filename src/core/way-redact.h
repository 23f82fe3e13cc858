/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-dossier.h"

G_BEGIN_DECLS

WayDossier *
way_redact_for_child (const WayDossier *dossier,
                      const char *child_id,
                      guint *n_replaced); /* the copy of a joint visit for one of its children */

G_END_DECLS
