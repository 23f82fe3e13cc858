/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-window.h"

G_BEGIN_DECLS

void way_recovery_dialog_open (WayWindow *window); /* a new recovery key for the open store */

G_END_DECLS
