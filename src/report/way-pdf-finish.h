/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where something is on its page, in points from the top left corner. */
typedef struct {
  double left, top, right, bottom;
} WayPdfBox;

/**
 * WayPdfInfo:
 * @title: what the window of a reader shows
 * @author: who wrote it
 * @created: a time in UTC, "2026-11-17T17:05:09Z"
 * @notes: (element-type utf8): in the order of the document, the words for each
 *   Figure, the scope of each TH, and how many columns each TD spans ("" for one)
 * @boxes: (element-type WayPdfBox): where each Figure is, in the order of the document
 * @xml: (nullable): what is attached
 */
typedef struct {
  const char *title;
  const char *author;
  const char *created;
  GPtrArray *notes;
  GArray *boxes;
  GBytes *xml;
} WayPdfInfo;

GBytes *way_pdf_finish (const guint8 *pdf, gsize size, const WayPdfInfo *info, GError **error);

G_END_DECLS
