/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-window.h"

G_BEGIN_DECLS

/**
 * WayVisitEditor:
 *
 * The page in which a visit is written. What is typed is in the store within 2 s.
 */
#define WAY_TYPE_VISIT_EDITOR (way_visit_editor_get_type ())
G_DECLARE_FINAL_TYPE (WayVisitEditor, way_visit_editor, WAY, VISIT_EDITOR, AdwBin)

/* Shows a visit: the editor for a new one (@visit_id NULL) or one that is being written, the record
 * for a signed one. @child_id is needed for a new one. */
void way_visit_editor_open (WayWindow *window, const char *child_id, const char *visit_id);
/* The editor for a new version of a signed visit. */
void way_visit_editor_amend (WayWindow *window, const char *visit_id);

G_END_DECLS
