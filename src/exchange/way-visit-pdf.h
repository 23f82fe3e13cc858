/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WAY_VISIT_PDF_MAX_SIZE ((gsize) 8 << 20) /* bytes of a file */
#define WAY_VISIT_PDF_MAX_XML ((gsize) 32 << 20) /* bytes of the record in it */

gboolean way_visit_pdf_is (const char *bytes, gsize size);
GBytes *way_visit_pdf_extract (GInputStream *stream, const char *source, GError **error);

G_END_DECLS
