/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-print.h"

#include "way-recent.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define WAIT_MS 5

typedef struct {
  const WayPrintJob *job;
  gboolean is_stopped;
  gboolean is_preview; /* that was asked for, and stopped */
} Printing;

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext *context,
              int number,
              const Printing *printing)
{
  printing->job->draw (printing->job->data,
                       (guint) number,
                       gtk_print_context_get_cairo_context (context),
                       gtk_print_context_get_width (context));
}

/* GTK asks again, as idle work, until this says that it is done. */
static gboolean
paginate_cb (GtkPrintOperation *operation, GtkPrintContext *context, Printing *printing)
{
  if (printing->is_stopped || printing->job->may_leave == NULL)
    return TRUE;
  switch (printing->job->may_leave (printing->job->data)) {
  case WAY_PRINT_GO:
    return TRUE;
  case WAY_PRINT_STOP:
    printing->is_stopped = TRUE;
    gtk_print_operation_cancel (operation);
    return FALSE;
  case WAY_PRINT_WAIT:
  default:
    g_usleep (WAIT_MS * 1000);
    return FALSE;
  }
}

/* The print dialog's own preview is a plain PDF that stays in the folder for temporary files, and a
 * program that shows it. GTK wants something to draw on before it ends. */
static gboolean
preview_cb (GtkPrintOperation *operation,
            GtkPrintOperationPreview *preview,
            GtkPrintContext *context,
            GtkWindow *parent,
            Printing *printing)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);

  gtk_print_context_set_cairo_context (context, cr, 72, 72);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  printing->is_stopped = TRUE;
  printing->is_preview = TRUE;
  gtk_print_operation_cancel (operation);
  return TRUE;
}

/**
 * way_print:
 * @parent: the window that asks
 * @job: what is printed
 * @path: (nullable): a PDF to print into, without a question
 * @error: return location
 *
 * Prints pages; waits until they are handed over. The print dialog's own preview is refused.
 *
 * Returns: what became of them; %GTK_PRINT_OPERATION_RESULT_CANCEL also where they may not leave
 */
GtkPrintOperationResult
way_print (GtkWindow *parent, const WayPrintJob *job, const char *path, GError **error)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) a4 = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  Printing printing = {.job = job};
  GtkPrintOperationResult result;

  way_recent_keep_out (); /* a file to print to can be chosen there */
  gtk_page_setup_set_paper_size (setup, a4);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_n_pages (operation, (int) job->n_pages);
  gtk_print_operation_set_job_name (operation, job->name);
  if (path != NULL)
    gtk_print_operation_set_export_filename (operation, path);
  g_signal_connect (operation, "preview", G_CALLBACK (preview_cb), &printing);
  g_signal_connect (operation, "paginate", G_CALLBACK (paginate_cb), &printing);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), &printing);
  result = gtk_print_operation_run (operation,
                                    path != NULL ? GTK_PRINT_OPERATION_ACTION_EXPORT
                                                 : GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                                    parent,
                                    error);
  if (!printing.is_stopped)
    return result;
  if (path != NULL)
    g_remove (path); /* begun, and without a page */
  g_clear_error (error);
  if (printing.is_preview) {
    g_set_error_literal (error,
                         G_IO_ERROR,
                         G_IO_ERROR_NOT_SUPPORTED,
                         _ ("a preview would leave a file on this computer that anybody can read. "
                            "Choose Print instead."));
    return GTK_PRINT_OPERATION_RESULT_ERROR;
  }
  return GTK_PRINT_OPERATION_RESULT_CANCEL;
}
