/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-pdf-structure.h"

#include <string.h>

#define MAX_DEPTH 64

typedef struct {
  WayPdfFile *file;
  GPtrArray *notes;
  guint next_note;
  GArray *strays;
} Walk;

static const char *
take_note (Walk *self)
{
  return self->next_note < self->notes->len ? g_ptr_array_index (self->notes, self->next_note++)
                                            : NULL;
}

static gboolean
is_grouping (WayPdfSpan tag)
{
  static const char *const GROUPING[] = {"/Document",
                                         "/Sect",
                                         "/Part",
                                         "/Div",
                                         "/Table",
                                         "/THead",
                                         "/TBody",
                                         "/TR",
                                         "/L",
                                         "/LI",
                                         "/BlockQuote"};

  for (guint i = 0; i < G_N_ELEMENTS (GROUPING); i++) {
    if (way_pdf_span_is (tag, GROUPING[i]))
      return TRUE;
  }
  return FALSE;
}

/* If @kid is content and not an element, gives where it lies: a number on the element's own page,
 * or a dictionary that may name another. */
static gboolean
kid_is_content (Walk *self, guint element, WayPdfSpan kid, WayPdfStray *stray)
{
  WayPdfSpan page = {NULL, 0}, mcid = kid, other;

  way_pdf_file_find (self->file, element, "/Pg", &page);
  if (way_pdf_span_begins (kid, "<<")) {
    if (!way_pdf_dict_find (kid, "/MCID", &mcid))
      return FALSE;
    if (way_pdf_dict_find (kid, "/Pg", &other))
      page = other;
  }
  stray->page = way_pdf_get_reference (page);
  return way_pdf_get_integer (mcid, &stray->mcid);
}

/* Newer cairo hangs what is drawn between the elements on the one that holds them. */
static void
take_strays (Walk *self, guint element)
{
  g_autoptr (GString) others = g_string_new ("[");
  guint before = self->strays->len;
  WayPdfSpan kids, kid;
  WayPdfLexer lexer;
  WayPdfStray stray = {0, 0};

  if (!way_pdf_file_find (self->file, element, "/K", &kids))
    return;
  for (lexer = way_pdf_array_begin (kids); way_pdf_next_value (&lexer, &kid);) {
    if (kid_is_content (self, element, kid, &stray)) {
      g_array_append_val (self->strays, stray);
    } else {
      g_string_append_c (others, ' ');
      g_string_append_len (others, kid.at, (gssize) kid.size);
    }
  }
  g_string_append (others, " ]");
  if (self->strays->len > before)
    way_pdf_file_set (self->file, element, "/K", others->str);
}

static void
set_alternative (Walk *self, guint element, const char *note)
{
  g_autofree char *text = way_pdf_text (note != NULL ? note : "");

  way_pdf_file_set (self->file, element, "/Alt", text);
}

static void
set_span (Walk *self, guint element, const char *span)
{
  g_autofree char *attributes = NULL;

  if (span == NULL || *span == '\0')
    return;
  attributes = g_strdup_printf ("<< /O /Table /ColSpan %s >>", span);
  way_pdf_file_set (self->file, element, "/A", attributes);
}

static void
finish_element (Walk *self, guint element, WayPdfSpan tag)
{
  if (way_pdf_span_is (tag, "/Figure"))
    set_alternative (self, element, take_note (self));
  else if (way_pdf_span_is (tag, "/TH"))
    way_pdf_file_set (self->file,
                      element,
                      "/A",
                      g_strcmp0 (take_note (self), "Row") == 0 ? "<< /O /Table /Scope /Row >>"
                                                               : "<< /O /Table /Scope /Column >>");
  else if (way_pdf_span_is (tag, "/TD"))
    set_span (self, element, take_note (self));
  else if (is_grouping (tag))
    take_strays (self, element);
}

/* From the root of the tree, in the order in which it is read. */
static void
walk (Walk *self, guint element, guint depth)
{
  WayPdfSpan tag, kids, kid;
  WayPdfLexer lexer;

  if (depth > MAX_DEPTH)
    return;
  if (way_pdf_file_find (self->file, element, "/S", &tag))
    finish_element (self, element, tag);
  if (!way_pdf_file_find (self->file, element, "/K", &kids))
    return;
  for (lexer = way_pdf_array_begin (kids); way_pdf_next_value (&lexer, &kid);) {
    guint child = way_pdf_get_reference (kid);

    if (child > 0)
      walk (self, child, depth + 1);
  }
}

/**
 * way_pdf_structure_finish:
 * @file: a document as cairo wrote it
 * @notes: (element-type utf8): see #WayPdfInfo
 *
 * Puts into the structure what cairo has no way to write: the words for figures
 * and the scope of heads.
 *
 * Returns: (transfer full) (element-type WayPdfStray): content that was taken
 *   out of the structure, as it is none of the document's
 */
GArray *
way_pdf_structure_finish (WayPdfFile *file, GPtrArray *notes)
{
  Walk self = {
      .file = file, .notes = notes, .strays = g_array_new (FALSE, FALSE, sizeof (WayPdfStray))};
  WayPdfSpan tree;

  if (way_pdf_file_find (file, way_pdf_file_get_root (file), "/StructTreeRoot", &tree))
    walk (&self, way_pdf_get_reference (tree), 0);
  return self.strays;
}
