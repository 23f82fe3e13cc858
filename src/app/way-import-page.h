/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-window.h"

G_BEGIN_DECLS

/**
 * WayImportPage:
 *
 * A file that somebody sent: chosen, read as a preview in which nothing is
 * changed yet, and then taken into the store.
 */
#define WAY_TYPE_IMPORT_PAGE (way_import_page_get_type ())
G_DECLARE_FINAL_TYPE (WayImportPage, way_import_page, WAY, IMPORT_PAGE, AdwBin)

/* @path (nullable): the page asks for one. */
GtkWidget *way_import_page_new (const char *path);
void way_import_page_read (WayImportPage *self, const char *path);
guint way_import_page_get_n_lines (WayImportPage *self); /* of the preview in view */
/* Shows the page, which reads @path, or asks for it where that is NULL. */
void way_import_page_open (WayWindow *window, const char *path);
const char *way_import_page_get_state (WayImportPage *self); /* choose, reading, preview, refused */

G_END_DECLS
