/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "way-date.h"

G_BEGIN_DECLS

/**
 * WayDateEntry:
 *
 * A day, typed in any of the usual ways or picked from a calendar. Emits
 * "changed" when what is typed changes, "activate" on Enter.
 */
#define WAY_TYPE_DATE_ENTRY (way_date_entry_get_type ())
G_DECLARE_FINAL_TYPE (WayDateEntry, way_date_entry, WAY, DATE_ENTRY, GtkWidget)

GtkWidget *way_date_entry_new (const char *name);
void way_date_entry_set_date (WayDateEntry *self, WayDate date);
gboolean way_date_entry_get_date (WayDateEntry *self, WayDate *date); /* FALSE: no day */
/* What is typed, right or wrong, and that again; a day stays the same day. */
char *way_date_entry_dup_text (WayDateEntry *self);
void way_date_entry_set_text (WayDateEntry *self, const char *text);
GtkWidget *way_date_entry_get_entry (WayDateEntry *self);
/* (nullable): what is wrong with what is typed, a sentence */
char *way_date_entry_dup_fault (WayDateEntry *self, gboolean required);
WayDate way_date_from_words (const char *text, WayDate today);
char *way_date_words_fault (const char *text, WayDate today);

G_END_DECLS
