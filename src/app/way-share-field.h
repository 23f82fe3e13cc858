/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-dialog.h"

G_BEGIN_DECLS

/* A field of the share dialog; @message (out): where its fault is told. */
GtkWidget *way_share_field_add (GtkWidget *box,
                                const char *name,
                                const char *const *suggestions,
                                WayDialog *dialog,
                                GtkLabel **message);

G_END_DECLS
