/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-window.h"

G_BEGIN_DECLS

/* Changes the passphrase of the open store; @ask: for the one that it has. */
void way_passphrase_dialog_open (WayWindow *window, gboolean ask);

G_END_DECLS
