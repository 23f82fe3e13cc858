/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-pdf-finish.h"

#include <qpdf/qpdf-c.h>

G_BEGIN_DECLS

/**
 * WayPdfStray:
 *
 * Marked content that hangs on an element which only groups others: a foot line
 * that was drawn while a section was open.
 */
typedef struct {
  int page; /* object number */
  int mcid;
} WayPdfStray;

GArray *way_pdf_structure_finish (qpdf_data pdf, const WayPdfInfo *info);

G_END_DECLS
