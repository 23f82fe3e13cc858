/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-visit.h"

G_BEGIN_DECLS

/* The earlier versions of a visit, as a list for people. */
void way_visit_versions_sort (GPtrArray *versions); /* first signed first */
gboolean way_visit_versions_is_apart (const GPtrArray *versions, double number);
const char *way_visit_versions_get_reason (const GPtrArray *versions, double number);
char *way_visit_versions_dup_reason_fault (const char *reason);

G_END_DECLS
