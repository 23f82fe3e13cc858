/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-passphrase.h"

G_BEGIN_DECLS

char *way_strength_text (const char *passphrase, const char *name);

G_END_DECLS
