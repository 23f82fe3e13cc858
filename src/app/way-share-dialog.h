/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-dialog.h"

G_BEGIN_DECLS

/* Shows what would leave, asks to whom and why, saves the file and logs it. */
void way_share_dialog_open (WayWindow *window, const char *visit_id);
void way_share_dialog_save_to (WayDialog *dialog, GFile *file); /* once the place is chosen */
/* Prints it, into a file where @path is not NULL, and logs that. */
void way_share_dialog_print_to (WayDialog *dialog, const char *path);

G_END_DECLS
