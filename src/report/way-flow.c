/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-flow.h"

/* Rounding must not push the last line of an exactly full page to the next one. */
#define SLACK 0.01

/* The first piece at or after @first that does not fit on a page that begins with @first. */
static guint
first_beyond (const WayPiece *pieces, guint n_pieces, guint first, double page_height)
{
  double used = pieces[first].head + pieces[first].height;
  guint i = first + 1;

  while (i < n_pieces && used + pieces[i].gap + pieces[i].height <= page_height + SLACK) {
    used += pieces[i].gap + pieces[i].height;
    i++;
  }
  return i;
}

/* The last place in (first, end] where a page may end with a hold of @keep at most; 0 if none. */
static guint
last_break (const WayPiece *pieces, guint first, guint end, WayKeep keep)
{
  for (guint i = end; i > first; i--) {
    if (pieces[i - 1].keep <= keep)
      return i;
  }
  return 0;
}

/* Whether all that belongs together from @first on has room on one page. */
static gboolean
group_fits (const WayPiece *pieces, guint n_pieces, guint first, double page_height)
{
  guint beyond = first_beyond (pieces, n_pieces, first, page_height);

  return beyond == n_pieces || last_break (pieces, first, beyond, WAY_KEEP_FREE) != 0;
}

/**
 * way_flow_paginate:
 * @pieces: (array length=n_pieces): the pieces, top to bottom
 * @n_pieces: how many
 * @page_height: room on a page, in the unit of the heights
 *
 * Decides which piece begins each page. Knows nothing of cairo or fonts: the
 * caller measures, this splits, the caller draws. What belongs together moves to
 * the next page as a whole if it fits there; else it is parted where it hurts
 * least. A piece that is taller than a page gets one of its own.
 *
 * Returns: (transfer full) (element-type guint): index of each page's first piece
 */
GArray *
way_flow_paginate (const WayPiece *pieces, guint n_pieces, double page_height)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (guint));

  g_return_val_if_fail (page_height > 0.0, starts);

  for (guint first = 0; first < n_pieces;) {
    guint beyond = first_beyond (pieces, n_pieces, first, page_height);
    guint next = beyond;

    g_array_append_val (starts, first);
    if (beyond < n_pieces) {
      guint free = last_break (pieces, first, beyond, WAY_KEEP_FREE);
      guint weak = last_break (pieces, first, beyond, WAY_KEEP_PREFER);

      if (free != 0 && group_fits (pieces, n_pieces, free, page_height))
        next = free;
      else if (weak != 0)
        next = weak;
      else if (free != 0)
        next = free;
    }
    first = next;
  }
  return starts;
}
