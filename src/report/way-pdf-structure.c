/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-pdf-structure.h"

#include <string.h>

#define MAX_DEPTH 64

typedef struct {
  qpdf_data pdf;
  const WayPdfInfo *info;
  guint next_note, next_box;
  GArray *strays;
} Walk;

static const char *
take_note (Walk *self)
{
  GPtrArray *notes = self->info->notes;

  return self->next_note < notes->len ? g_ptr_array_index (notes, self->next_note++) : NULL;
}

static gboolean
is_grouping (const char *tag)
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
                                         "/BlockQuote",
                                         NULL};

  return g_strv_contains (GROUPING, tag);
}

/* If @kid is content and not an element, gives where it lies. */
static gboolean
kid_is_content (Walk *self, qpdf_oh element, qpdf_oh kid, WayPdfStray *stray)
{
  qpdf_oh page = qpdf_oh_get_key (self->pdf, element, "/Pg");

  if (qpdf_oh_is_integer (self->pdf, kid)) {
    stray->mcid = qpdf_oh_get_int_value_as_int (self->pdf, kid);
  } else if (qpdf_oh_is_dictionary (self->pdf, kid) && qpdf_oh_has_key (self->pdf, kid, "/MCID")) {
    if (qpdf_oh_has_key (self->pdf, kid, "/Pg"))
      page = qpdf_oh_get_key (self->pdf, kid, "/Pg");
    stray->mcid =
        qpdf_oh_get_int_value_as_int (self->pdf, qpdf_oh_get_key (self->pdf, kid, "/MCID"));
  } else {
    return FALSE;
  }
  stray->page = qpdf_oh_get_object_id (self->pdf, page);
  return TRUE;
}

/* Newer cairo hangs what is drawn between the elements on the one that holds them. */
static void
take_strays (Walk *self, qpdf_oh element)
{
  qpdf_oh kids = qpdf_oh_get_key (self->pdf, element, "/K");
  WayPdfStray stray = {0, 0};

  if (!qpdf_oh_is_array (self->pdf, kids)) {
    if (kid_is_content (self, element, kids, &stray)) {
      g_array_append_val (self->strays, stray);
      qpdf_oh_remove_key (self->pdf, element, "/K");
    }
    return;
  }
  for (int i = qpdf_oh_get_array_n_items (self->pdf, kids) - 1; i >= 0; i--) {
    if (kid_is_content (self, element, qpdf_oh_get_array_item (self->pdf, kids, i), &stray)) {
      g_array_append_val (self->strays, stray);
      qpdf_oh_erase_item (self->pdf, kids, i);
    }
  }
}

static void
set_span (Walk *self, qpdf_oh element, const char *span)
{
  g_autofree char *attributes = NULL;

  if (span == NULL || *span == '\0')
    return;
  attributes = g_strdup_printf ("<< /O /Table /ColSpan %s >>", span);
  qpdf_oh_replace_key (self->pdf, element, "/A", qpdf_oh_parse (self->pdf, attributes));
}

/* What is shown in place of a page has to know where its figures are. The file counts from the
 * page's lower left corner. */
static void
set_place (Walk *self, qpdf_oh figure)
{
  qpdf_oh page =
      qpdf_oh_get_key (self->pdf, qpdf_oh_get_key (self->pdf, figure, "/Pg"), "/MediaBox");
  char numbers[4][G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *attributes = NULL;
  const WayPdfBox *box;
  double height;

  if (self->next_box >= self->info->boxes->len || !qpdf_oh_is_array (self->pdf, page))
    return;
  box = &g_array_index (self->info->boxes, WayPdfBox, self->next_box++);
  height = qpdf_oh_get_numeric_value (self->pdf, qpdf_oh_get_array_item (self->pdf, page, 3));
  g_ascii_formatd (numbers[0], sizeof numbers[0], "%.2f", box->left);
  g_ascii_formatd (numbers[1], sizeof numbers[1], "%.2f", height - box->bottom);
  g_ascii_formatd (numbers[2], sizeof numbers[2], "%.2f", box->right);
  g_ascii_formatd (numbers[3], sizeof numbers[3], "%.2f", height - box->top);
  attributes = g_strdup_printf (
      "<< /O /Layout /BBox [%s %s %s %s] >>", numbers[0], numbers[1], numbers[2], numbers[3]);
  qpdf_oh_replace_key (self->pdf, figure, "/A", qpdf_oh_parse (self->pdf, attributes));
}

static void
finish_element (Walk *self, qpdf_oh element)
{
  const char *tag = qpdf_oh_get_name (self->pdf, qpdf_oh_get_key (self->pdf, element, "/S"));
  const char *note;

  if (strcmp (tag, "/Figure") == 0) {
    note = take_note (self);
    qpdf_oh_replace_key (self->pdf,
                         element,
                         "/Alt",
                         qpdf_oh_new_unicode_string (self->pdf, note != NULL ? note : ""));
    set_place (self, element);
  } else if (strcmp (tag, "/TH") == 0) {
    note = take_note (self);
    qpdf_oh_replace_key (self->pdf,
                         element,
                         "/A",
                         qpdf_oh_parse (self->pdf,
                                        g_strcmp0 (note, "Row") == 0
                                            ? "<< /O /Table /Scope /Row >>"
                                            : "<< /O /Table /Scope /Column >>"));
  } else if (strcmp (tag, "/TD") == 0) {
    set_span (self, element, take_note (self));
  } else if (is_grouping (tag)) {
    take_strays (self, element);
  }
}

static void
walk (Walk *self, qpdf_oh node, guint depth)
{
  if (depth > MAX_DEPTH)
    return;
  if (qpdf_oh_is_array (self->pdf, node)) {
    int n = qpdf_oh_get_array_n_items (self->pdf, node);

    for (int i = 0; i < n; i++)
      walk (self, qpdf_oh_get_array_item (self->pdf, node, i), depth + 1);
  } else if (qpdf_oh_is_dictionary (self->pdf, node) && qpdf_oh_has_key (self->pdf, node, "/S")) {
    finish_element (self, node);
    walk (self, qpdf_oh_get_key (self->pdf, node, "/K"), depth + 1);
  }
}

/**
 * way_pdf_structure_finish:
 * @pdf: a document as cairo wrote it
 * @info: its notes and boxes
 *
 * Puts into the structure what cairo has no way to write: the words for figures, where they are,
 * and the scope of heads.
 *
 * Returns: (transfer full) (element-type WayPdfStray): content that was taken
 *   out of the structure, as it is none of the document's
 */
GArray *
way_pdf_structure_finish (qpdf_data pdf, const WayPdfInfo *info)
{
  Walk self = {
      .pdf = pdf, .info = info, .strays = g_array_new (FALSE, FALSE, sizeof (WayPdfStray))};
  qpdf_oh root = qpdf_oh_get_key (pdf, qpdf_get_root (pdf), "/StructTreeRoot");

  if (qpdf_oh_is_dictionary (pdf, root))
    walk (&self, qpdf_oh_get_key (pdf, root, "/K"), 0);
  return self.strays;
}
