/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define POWER_CUT_VFS "power-cut"

/* A disk in memory whose power can fail: what was written and not synced is then
 * kept, lost or torn, sector by sector. One process, one thread. */
void power_cut_register (void);
void power_cut_format (guint32 seed);
void power_cut_after (gint n_operations);
gboolean power_cut_is_off (void);
void power_cut_restore (void);
guint power_cut_random (guint below);
guint power_cut_count_lost_sectors (void);
gboolean power_cut_has_file (const char *path);
void power_cut_remove_file (const char *path);
