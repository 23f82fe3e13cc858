/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WayLetter:
 * @WAY_LETTER_NONE: no word for anybody, as in "vitamin C", "P.E." and "X-ray"
 * @WAY_LETTER_UNCLEAR: it may stand for a name, as in "sat by W"
 * @WAY_LETTER_NAME: it stands for a name, as in "W. sat"
 *
 * What a single capital in prose is.
 */
typedef enum { WAY_LETTER_NONE, WAY_LETTER_UNCLEAR, WAY_LETTER_NAME } WayLetter;

gboolean way_prose_begins_sentence (const char *text, const char *at);
gboolean way_prose_goes_on (const char *stop);
WayLetter way_prose_judge_letter (const char *text,
                                  const char *start,
                                  const char *end,
                                  const char *before); /* the word before it, folded */

G_END_DECLS
