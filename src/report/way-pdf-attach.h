/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <qpdf/qpdf-c.h>

G_BEGIN_DECLS

qpdf_oh way_pdf_new_stream (qpdf_data pdf, GConverter *packer, const char *data, gsize size);
char *way_pdf_date (const char *stamp);
void way_pdf_attach (qpdf_data pdf, GConverter *packer, GBytes *xml, const char *stamp);

G_END_DECLS
