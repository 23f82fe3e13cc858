/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "way-visit-report.h"

G_BEGIN_DECLS

/* Asks for a printer and prints the pages as they are shown. @path (nullable): into this file
 * instead, without a question. */
GtkPrintOperationResult
way_visit_print (GtkWindow *parent, WayVisitPages *pages, const char *path, GError **error);

G_END_DECLS
