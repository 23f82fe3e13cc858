/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The most characters that a field of each kind may hold; more is no entry but a mistake. */
#define WAY_TEXT_MAX_CODE 100
#define WAY_TEXT_MAX_LINE 1000
#define WAY_TEXT_MAX_NOTE 100000

gboolean way_text_is_clean (const char *text);
char *way_text_dup_fault (const char *text, gboolean is_prose, guint longest);
char *way_text_tidy (const char *text, gboolean is_prose);
char *way_text_dup_harmless (const char *text);
char *way_text_dup_shown (const char *text, guint n_characters);
gboolean way_text_is_time (const char *text);
gboolean way_text_is_stamp (const char *text);
gboolean way_text_is_blank (const char *text);
char *way_text_fold (const char *text);
const char *way_text_plain_letter (gunichar letter);
char *way_text_fold_for_search (const char *text);
gboolean way_text_is_apostrophe (gunichar c); /* in whatever shape it is typed */
gboolean way_text_is_title (const char *word);
char *way_text_initials (const char *name);
guint way_text_count_words (const char *text);
char *way_text_first_words (const char *text, guint n_characters);
char *way_text_dup_statement (const char *subject, const char *message);
char *way_text_dup_sentence (const char *subject, const char *message);

/* The last group of every made-up record's id: "sample" in ASCII. */
#define WAY_UUID_MADE_UP "73616d706c65"

char *way_uuid_random (void);
char *way_uuid_for_name (const char *space, const char *name);
gboolean way_uuid_is_valid (const char *text);
void way_uuid_tidy (char *text);
gboolean way_uuid_is_made_up (const char *id);

G_END_DECLS
