/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * WayGuidePage:
 *
 * The first run: who you are, the passphrase, the recovery key, and where to begin.
 */
#define WAY_TYPE_GUIDE_PAGE (way_guide_page_get_type ())
G_DECLARE_FINAL_TYPE (WayGuidePage, way_guide_page, WAY, GUIDE_PAGE, AdwBin)

GtkWidget *way_guide_page_new (const char *path);          /* NULL: the usual place */
gboolean way_guide_page_ask_to_close (WayGuidePage *self); /* TRUE: it must stay meanwhile */

G_END_DECLS
