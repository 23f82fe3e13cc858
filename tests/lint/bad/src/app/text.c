/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

const char *text = _("Unlock");
