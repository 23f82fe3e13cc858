/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean way_number_from_text (const char *text, double *number);
char *way_number_to_text (double number);

G_END_DECLS
