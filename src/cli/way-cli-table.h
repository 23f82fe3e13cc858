/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void way_cli_table_print (GPtrArray *rows, guint width);

G_END_DECLS
