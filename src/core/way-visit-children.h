/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-record-set.h"
#include "way-values.h"

G_BEGIN_DECLS

/* Whether all that a visit holds is of the children whom it concerns. */
gboolean way_visit_check_children (WayRecordSet *records, GError **error);

G_END_DECLS
