/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define WAY_SEALED_VFS "waymark-sealed"

gboolean way_sealed_vfs_register (const char *base);
sqlite3_vfs *way_sealed_vfs_get_base (void);

G_END_DECLS
