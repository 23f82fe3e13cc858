/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* The one place that names the family of the reports: the system's sans serif. */
#define WAY_TYPE_FAMILY "Sans"

typedef struct {
  double red, green, blue;
} WayInk;

extern const WayInk WAY_INK_TEXT, WAY_INK_QUIET, WAY_INK_HEADING, WAY_INK_ACCENT, WAY_INK_RULE,
    WAY_INK_HAIRLINE;

/* The sizes and weights that a report is set in. */
typedef enum {
  WAY_FACE_TITLE,
  WAY_FACE_HEADING,
  WAY_FACE_SUBHEADING,
  WAY_FACE_BODY,
  WAY_FACE_STRONG,
  WAY_FACE_TABLE,
  WAY_FACE_TABLE_STRONG,
  WAY_FACE_LABEL,
  WAY_FACE_SMALL,
  WAY_FACE_PILL,
  WAY_FACE_FOOT,
  WAY_N_FACES,
} WayFace;

/**
 * WayType:
 *
 * The fonts of a report, looked up once and used for all its text. Everything is
 * measured in points, whatever it is drawn on later.
 */
typedef struct _WayType WayType;

WayType *way_type_new (void);
void way_type_free (WayType *self);
gboolean way_type_runs_from_right (const char *text);
PangoLayout *way_type_layout (WayType *self, WayFace face, const char *text, double width);
PangoLayout *way_type_layout_pair (
    WayType *self, WayFace face, const char *text, const char *quiet_text, double width);
void way_type_break_well (PangoLayout *layout);
void way_type_even_lines (PangoLayout *layout);
double way_type_get_leading (WayFace face);
const WayInk *way_type_get_ink (WayFace face);
void way_ink_set (const WayInk *ink, cairo_t *cr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayType, way_type_free)

G_END_DECLS
