/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-tag.h"

#include <string.h>

/**
 * way_tag_begin:
 * @self: (nullable): %NULL does nothing, for pages that are only looked at
 * @tag: (nullable): an element with content; %NULL for decoration
 * @note: (nullable): what goes with it, see #WayTagWriter
 *
 * What is drawn until way_tag_end() is the element's content.
 */
void
way_tag_begin (WayTagWriter *self, const char *tag, const char *note)
{
  if (self == NULL || tag == NULL)
    return;
  cairo_tag_begin (self->cr, tag, NULL);
  if (note != NULL || strcmp (tag, "TD") == 0)
    g_ptr_array_add (self->notes, g_strdup (note != NULL ? note : ""));
}

/**
 * way_tag_place:
 * @x: left edge of the Figure that begins here, as it is drawn; so its top, and its size
 */
void
way_tag_place (WayTagWriter *self, double x, double y, double width, double height)
{
  WayPdfBox box = {x, y, x + width, y + height};

  if (self == NULL)
    return;
  cairo_user_to_device (self->cr, &box.left, &box.top);
  cairo_user_to_device (self->cr, &box.right, &box.bottom);
  g_array_append_val (self->boxes, box);
}

void
way_tag_end (WayTagWriter *self, const char *tag)
{
  if (self != NULL && tag != NULL)
    cairo_tag_end (self->cr, tag);
}

/**
 * way_tag_open:
 * @tag: an element that holds others, over any number of blocks and pages
 *
 * To be closed by way_tag_close(), the last one first.
 */
void
way_tag_open (WayTagWriter *self, const char *tag)
{
  if (self == NULL)
    return;
  way_tag_begin (self, tag, NULL);
  g_ptr_array_add (self->open, (gpointer) tag);
}

void
way_tag_close (WayTagWriter *self)
{
  if (self != NULL && self->open->len > 0)
    way_tag_end (self, g_ptr_array_steal_index (self->open, self->open->len - 1));
}
