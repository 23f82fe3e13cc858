/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-visit-print.h"

#include <glib/gi18n.h>

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext *context,
              int number,
              WayVisitPages *pages)
{
  way_visit_pages_draw (pages, (guint) number, gtk_print_context_get_cairo_context (context));
}

/**
 * way_visit_print:
 * @parent: the window that asks
 * @pages: the pages
 * @path: (nullable): a PDF to print into, without a question
 * @error: return location
 *
 * Prints the pages of a record; waits until they are handed over. The job's name, which others may
 * see in the printer's queue, names nobody.
 *
 * Returns: what became of it
 */
GtkPrintOperationResult
way_visit_print (GtkWindow *parent, WayVisitPages *pages, const char *path, GError **error)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) a4 = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size (setup, a4);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_n_pages (operation, (int) way_visit_pages_get_length (pages));
  gtk_print_operation_set_job_name (operation, _ ("Record of Visit"));
  if (path != NULL)
    gtk_print_operation_set_export_filename (operation, path);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), pages);
  return gtk_print_operation_run (operation,
                                  path != NULL ? GTK_PRINT_OPERATION_ACTION_EXPORT
                                               : GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                                  parent,
                                  error);
}
