/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A stretch of a file, which it does not own. */
typedef struct {
  const char *at;
  gsize size;
} WayPdfSpan;

typedef enum {
  WAY_PDF_TOKEN_END,
  WAY_PDF_TOKEN_OPERAND, /* a number, name, string, bracket */
  WAY_PDF_TOKEN_WORD,    /* an operator of a page, and "R", "true", "null" of an object */
} WayPdfTokenKind;

/* Goes through the words of a page or an object, one after the other; start it with @at and @end.
 */
typedef struct {
  const char *at, *end;
  const char *token;
  gsize size;
} WayPdfLexer;

gboolean way_pdf_is_space (char c);
WayPdfTokenKind way_pdf_next_token (WayPdfLexer *self);
gboolean way_pdf_token_is (const WayPdfLexer *self, const char *word);
gboolean way_pdf_next_value (WayPdfLexer *self, WayPdfSpan *value);

/* Of an object: a dictionary, an array, a reference, a name. */
WayPdfSpan way_pdf_first_value (WayPdfSpan text);
gboolean way_pdf_dict_find (WayPdfSpan dict, const char *key, WayPdfSpan *value);
char *way_pdf_dict_set (WayPdfSpan dict, const char *key, const char *value);
WayPdfLexer way_pdf_array_begin (WayPdfSpan array);
gboolean way_pdf_span_is (WayPdfSpan span, const char *word);
gboolean way_pdf_span_begins (WayPdfSpan span, const char *word);
gboolean way_pdf_get_integer (WayPdfSpan span, guint *number);
guint way_pdf_get_reference (WayPdfSpan span);
char *way_pdf_text (const char *text);

G_END_DECLS
