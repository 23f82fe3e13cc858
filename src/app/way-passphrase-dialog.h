/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-window.h"

G_BEGIN_DECLS

void way_passphrase_dialog_open (WayWindow *window); /* changes the passphrase of the open store */

G_END_DECLS
