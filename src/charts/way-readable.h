/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* Text on paper that programs read whole, as it was written. */
void way_readable_add_features (PangoAttrList *attributes);
char *way_readable_dup (const char *text);
void way_readable_restore_space (PangoLayoutLine *line);

G_END_DECLS
