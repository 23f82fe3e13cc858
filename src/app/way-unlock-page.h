/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * WayUnlockPage:
 *
 * Asks for the passphrase or the recovery key of a store.
 */
#define WAY_TYPE_UNLOCK_PAGE (way_unlock_page_get_type ())
G_DECLARE_FINAL_TYPE (WayUnlockPage, way_unlock_page, WAY, UNLOCK_PAGE, AdwBin)

GtkWidget *way_unlock_page_new (const char *path);
/* Why it is not open; NULL takes the message away. */
void way_unlock_page_set_error (WayUnlockPage *self, const GError *error);
void way_unlock_page_set_busy (WayUnlockPage *self, gboolean busy);

G_END_DECLS
