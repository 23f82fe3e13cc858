/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-form.h"
#include "way-said.h"
#include "way-window.h"

G_BEGIN_DECLS

/**
 * WayDialog:
 *
 * A small window over ours for something that is filled in and saved: "Cancel"
 * and one button at the top, Escape cancels. Emits "save"; whoever made it
 * closes it when the store has what was typed.
 */
#define WAY_TYPE_DIALOG (way_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WayDialog, way_dialog, WAY, DIALOG, AdwWindow)

WayDialog *
way_dialog_new (WayWindow *parent, const char *title, const char *save_label, GtkWidget *content);
void way_dialog_present (WayDialog *self); /* once, however often it was asked for */
/* While it is being stored, a second click or Enter does nothing. */
void way_dialog_set_busy (WayDialog *self, gboolean busy);
void way_dialog_say_failure (WayDialog *self, const char *text); /* until it is tried again */
void way_dialog_save (WayDialog *self);                          /* as if the button were pressed */
gboolean way_dialog_is_open (WayDialog *self); /* presented, and not closed since */

/* What is typed into its forms is kept under @key when it is closed without being saved, and
 * offered again. @forms: %NULL at the end; part of the dialog. */
void way_dialog_keep (WayDialog *self, const char *key, WayForm *const *forms);
const char *way_dialog_get_key (WayDialog *self);  /* (nullable): of what is kept */
void way_dialog_done (WayDialog *self);            /* it is saved: closes it */
WaySaid *way_dialog_find_said (WayWindow *window); /* (nullable): no dialog is open */

G_END_DECLS
