/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-pdf-lexer.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WayPdfFile:
 *
 * A document as cairo writes it, up to version 1.4 of the format: objects one after the other, a
 * table of where each lies, a trailer. Objects can be changed and added; what is not touched is
 * copied as it is.
 *
 * Invariants: a span that it gives lies in the bytes that it was made from, or in an object that
 * was set, and ends with the next change of that object.
 */
typedef struct _WayPdfFile WayPdfFile;

WayPdfFile *way_pdf_file_new (const guint8 *bytes, gsize size, GError **error);
void way_pdf_file_free (WayPdfFile *self);
guint way_pdf_file_get_root (WayPdfFile *self);
guint way_pdf_file_get_info (WayPdfFile *self);
WayPdfSpan way_pdf_file_get (WayPdfFile *self, guint number);
gboolean way_pdf_file_find (WayPdfFile *self, guint number, const char *key, WayPdfSpan *value);
void way_pdf_file_set (WayPdfFile *self, guint number, const char *key, const char *value);
guint way_pdf_file_add (WayPdfFile *self, const char *text);
guint way_pdf_file_add_stream (WayPdfFile *self, const char *keys, const char *data, gsize size);
GByteArray *way_pdf_file_unpack (WayPdfFile *self, guint number, GError **error);
void way_pdf_file_repack (WayPdfFile *self, guint number, const char *data, gsize size);
GBytes *way_pdf_file_write (WayPdfFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayPdfFile, way_pdf_file_free)

G_END_DECLS
