/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum { WAY_PRINT_WAIT, WAY_PRINT_GO, WAY_PRINT_STOP } WayPrintLeave;

/**
 * WayPrintJob:
 * @name: of the job, which others may see in the printer's queue: it names nobody
 * @n_pages: how many
 * @draw: draws a page, from 0, in points; @width is the paper's
 * @may_leave: (nullable): asked when a printer is chosen, until it does not say "wait"; nothing is
 *   printed before
 * @data: for both
 *
 * Pages for A4.
 */
typedef struct {
  const char *name;
  guint n_pages;
  void (*draw) (gpointer data, guint page, cairo_t *cr, double width);
  WayPrintLeave (*may_leave) (gpointer data);
  gpointer data;
} WayPrintJob;

/* Asks for a printer; @path (nullable): prints into this file instead, without a question. */
GtkPrintOperationResult
way_print (GtkWindow *parent, const WayPrintJob *job, const char *path, GError **error);

G_END_DECLS
