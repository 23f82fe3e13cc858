/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that somebody names: opened, read and written, or told in words why not. */
#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

FILE *way_file_open (const char *path, GError **error);
char *way_file_read (const char *path, gsize most, gsize *length, GError **error);
gboolean way_file_make_folder (const char *path, gboolean *is_new, GError **error);
gboolean way_file_write (const char *path, const char *name, GBytes *bytes, GError **error);
void way_file_set_unread (const char *path, GError **error);

G_END_DECLS
