/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-print.h"
#include "way-visit-report.h"

G_BEGIN_DECLS

/* Prints the pages of a record as they are shown. */
GtkPrintOperationResult way_visit_print (GtkWindow *parent,
                                         WayVisitPages *pages,
                                         WayPrintLeave (*may_leave) (gpointer data),
                                         gpointer data,
                                         const char *path, /* (nullable): a PDF to print into */
                                         GError **error);

G_END_DECLS
