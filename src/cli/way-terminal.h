/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *way_terminal_ask_secret (const char *prompt, GError **error);
/* In characters; 0: standard output is no terminal. */
guint way_terminal_get_width (void);

G_END_DECLS
