/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void way_platform_harden_process (void);
gint64 way_platform_find_lock_holder (const char *path, gint64 start, gint64 length);
char *way_platform_describe_process (gint64 pid);
gboolean way_platform_sync_file (const char *path, GError **error);
gboolean way_platform_sync_folder_of (const char *path);
void way_platform_make_private (const char *path);

G_END_DECLS
