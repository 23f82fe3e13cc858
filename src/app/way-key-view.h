/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * WayKeyView:
 *
 * A recovery key, large enough to be copied by hand, with "Print…" and "Copy".
 */
#define WAY_TYPE_KEY_VIEW (way_key_view_get_type ())
G_DECLARE_FINAL_TYPE (WayKeyView, way_key_view, WAY, KEY_VIEW, AdwBin)

/* @key is taken, as of way_vault_secret_free(); NULL: none any more. */
void way_key_view_take_key (WayKeyView *self, const char *store_path, char *key);
gboolean way_key_view_has_key (WayKeyView *self);

G_END_DECLS
