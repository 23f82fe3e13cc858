/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <qpdf/qpdf-c.h>

G_BEGIN_DECLS

qpdf_oh way_pdf_new_stream (qpdf_data pdf, const char *data, gsize size);
char *way_pdf_date (const char *stamp);
void way_pdf_attach (qpdf_data pdf, GBytes *xml, const char *stamp);

G_END_DECLS
