/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-visit-print.h"

#include <glib/gi18n.h>

typedef struct {
  WayVisitPages *pages;
  WayPrintLeave (*may_leave) (gpointer data);
  gpointer data;
} Record;

static void
draw (gpointer data, guint page, cairo_t *cr, double width G_GNUC_UNUSED)
{
  way_visit_pages_draw (((Record *) data)->pages, page, cr);
}

static WayPrintLeave
may_leave_cb (gpointer data)
{
  const Record *record = data;

  return record->may_leave (record->data);
}

/**
 * way_visit_print:
 * @parent: the window that asks
 * @pages: the pages
 * @may_leave: see #WayPrintJob
 * @data: for @may_leave
 * @path: (nullable): a PDF to print into, without a question
 * @error: return location
 *
 * Prints the pages of a record; waits until they are handed over.
 *
 * Returns: as way_print()
 */
GtkPrintOperationResult
way_visit_print (GtkWindow *parent,
                 WayVisitPages *pages,
                 WayPrintLeave (*may_leave) (gpointer data),
                 gpointer data,
                 const char *path,
                 GError **error)
{
  Record record = {pages, may_leave, data};
  const WayPrintJob job = {.name = _ ("Record of Visit"),
                           .n_pages = way_visit_pages_get_length (pages),
                           .draw = draw,
                           .may_leave = may_leave_cb,
                           .data = &record};

  return way_print (parent, &job, path, error);
}
