/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-pdf-file.h"

G_BEGIN_DECLS

/**
 * WayPdfStray:
 *
 * Marked content that hangs on an element which only groups others: a foot line
 * that was drawn while a section was open.
 */
typedef struct {
  guint page; /* object number */
  guint mcid;
} WayPdfStray;

GArray *way_pdf_structure_finish (WayPdfFile *file, GPtrArray *notes);

G_END_DECLS
