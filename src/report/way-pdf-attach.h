/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-pdf-file.h"

G_BEGIN_DECLS

char *way_pdf_date (const char *stamp);
void way_pdf_attach (WayPdfFile *file, GBytes *xml, const char *stamp);

G_END_DECLS
