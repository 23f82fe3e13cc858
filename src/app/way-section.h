/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * WaySection:
 *
 * A card that folds: a head with its title, a tick once it is filled, and a few
 * words; under it the content.
 */
#define WAY_TYPE_SECTION (way_section_get_type ())
G_DECLARE_FINAL_TYPE (WaySection, way_section, WAY, SECTION, AdwBin)

GtkWidget *way_section_new (const char *title, GtkWidget *content);
void way_section_set_state (WaySection *self, gboolean filled, const char *summary);
void way_section_set_faulty (WaySection *self, gboolean faulty);
void way_section_set_expanded (WaySection *self, gboolean expanded);
gboolean way_section_get_expanded (WaySection *self); /* property "expanded" */
void way_section_focus_content (WaySection *self);

G_END_DECLS
