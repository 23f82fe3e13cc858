/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-block.h"
#include "way-flow.h"

G_BEGIN_DECLS

/* A4 in points, with room to file on the left. */
#define WAY_PAGE_WIDTH 595.276
#define WAY_PAGE_HEIGHT 841.890
#define WAY_PAGE_LEFT 70.866   /* 25 mm */
#define WAY_PAGE_MARGIN 56.693 /* 20 mm */
#define WAY_PAGE_TEXT_WIDTH (WAY_PAGE_WIDTH - WAY_PAGE_LEFT - WAY_PAGE_MARGIN)
#define WAY_PAGE_TEXT_HEIGHT (WAY_PAGE_HEIGHT - 2.0 * WAY_PAGE_MARGIN)
#define WAY_FRAME_PAD 9.0

/**
 * WayPages:
 *
 * A document: blocks top to bottom, laid out once, and then drawn page by page,
 * as often and on whatever is wanted.
 *
 * States: filling (begin, end, add) → laid out (way_pages_lay_out) → drawn.
 */
typedef struct _WayPages WayPages;

/* Where a piece lies, for the outline and for checks: from the text area's top left corner. */
typedef struct {
  const WayBlock *block;
  guint slice, page;
  double top, height;
} WayPlace;

WayPages *way_pages_new (void);
void way_pages_free (WayPages *self);
WayType *way_pages_get_type (WayPages *self);
void way_pages_begin (WayPages *self, const char *tag);
void way_pages_end (WayPages *self);
WayBlock *way_pages_add (WayPages *self, const char *tag);
void way_pages_open_frame (WayPages *self, WayFrame frame);
void way_pages_close_frame (WayPages *self);
void way_pages_hold_last (WayPages *self);
double way_pages_get_inset (WayPages *self);
void
way_pages_set_foot (WayPages *self, const char *left, const char *right, const char *quiet_line);
void way_pages_lay_out (WayPages *self);
guint way_pages_get_length (WayPages *self);
char *way_pages_dup_missing (WayPages *self);
GArray *way_pages_get_places (WayPages *self); /* (transfer none) (element-type WayPlace) */
void way_pages_draw (WayPages *self, guint page, cairo_t *cr, WayTagWriter *tags);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayPages, way_pages_free)

G_END_DECLS
