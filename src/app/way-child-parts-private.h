/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-child-parts.h"

G_BEGIN_DECLS

/* What the parts of a child's page are made of (way-child-parts.c). */
GtkWidget *way_child_new_card_box (GtkBox *parent, const char *title, const char *aside);
GtkWidget *way_child_new_lines (const char *name);
GtkWidget *
way_child_new_line (const char *markup, const char *side, const char *detail, const char *visit);

G_END_DECLS
