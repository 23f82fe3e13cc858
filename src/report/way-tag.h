/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-pdf-finish.h"

#include <cairo.h>

G_BEGIN_DECLS

/**
 * WayTagWriter:
 * @cr: where the page is drawn
 * @notes: (element-type utf8): in the order of the document, for each Figure its
 *   words, for each TH its scope and for each TD how many columns it spans ("" for
 *   one), which cairo has no way to write
 * @boxes: (element-type WayPdfBox): where each Figure is on its page, likewise
 * @open: (element-type utf8): the elements that hold others and are open now
 *
 * Opens and closes the tags of the document's structure while it is drawn.
 */
typedef struct {
  cairo_t *cr;
  GPtrArray *notes;
  GArray *boxes;
  GPtrArray *open;
} WayTagWriter;

void way_tag_open (WayTagWriter *self, const char *tag);
void way_tag_close (WayTagWriter *self);
void way_tag_begin (WayTagWriter *self, const char *tag, const char *note);
void way_tag_place (WayTagWriter *self, double x, double y, double width, double height);
void way_tag_end (WayTagWriter *self, const char *tag);

G_END_DECLS
