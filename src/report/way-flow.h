/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WayKeep:
 * @WAY_KEEP_FREE: a page may end after it
 * @WAY_KEEP_PREFER: belongs with the next piece; parted only where the pieces that
 *   belong together are taller than a page
 * @WAY_KEEP_MUST: never the last on a page: a heading, the first line of a paragraph
 */
typedef enum { WAY_KEEP_FREE, WAY_KEEP_PREFER, WAY_KEEP_MUST } WayKeep;

/**
 * WayPiece:
 * @gap: room above it, dropped where it begins a page
 * @height: its own height
 * @head: room for what is repeated above it where it begins a page (the head of a
 *   table, the edge of a box)
 * @keep: how it holds to the piece after it
 *
 * One piece of a document that cannot be cut: a line, a row of a table, a chart.
 */
typedef struct {
  double gap;
  double height;
  double head;
  WayKeep keep;
} WayPiece;

GArray *way_flow_paginate (const WayPiece *pieces, guint n_pieces, double page_height);

G_END_DECLS
