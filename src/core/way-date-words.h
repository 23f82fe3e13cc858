/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-date.h"

G_BEGIN_DECLS

/* What follows a day in a sentence; NULL: there is none. */
const char *way_date_skip_words (const char *text, WayDate date);

G_END_DECLS
