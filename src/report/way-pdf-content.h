/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether the marked content with that number is no part of what is told. */
typedef gboolean (*WayPdfIsArtifact) (int mcid, gpointer user_data);

char *way_pdf_content_mark (const char *content,
                            gsize size,
                            WayPdfIsArtifact is_artifact,
                            gpointer user_data,
                            gsize *marked_size);

G_END_DECLS
