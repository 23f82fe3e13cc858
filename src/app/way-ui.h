/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "way-date.h"

G_BEGIN_DECLS

/* Names for people who do not see the screen. */
void way_a11y_set_name (GtkWidget *widget, const char *name);
void way_a11y_set_description (GtkWidget *widget, const char *description);
void way_a11y_name_lists (GtkWidget *row, const char *name); /* those inside a combo row */
void way_a11y_tidy (GtkWidget *widget);                      /* what is inside it */
/* A message beside a field: shown and linked with it, or taken away where @message is NULL. */
void way_ui_set_field_error (GtkWidget *field, GtkLabel *message_label, const char *message);

/* Files, folders and places to save: one function, so that one file knows the platform's dialog. */
typedef enum { WAY_CHOOSE_OPEN, WAY_CHOOSE_FOLDER, WAY_CHOOSE_SAVE } WayChoose;
void way_ui_choose_file_async (GtkWindow *parent,
                               WayChoose what,
                               const char *title,
                               const char *suggested_name,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GFile *way_ui_dup_save_folder (void); /* where saving begins */
GFile *way_ui_dup_open_folder (void); /* where opening begins; NULL: as the platform does */
void way_ui_remember_folder (GFile *file, gboolean saved);
void way_ui_tell_whole (GtkLabel *label); /* as a tooltip, where it is cut off */
GFile *way_ui_choose_file_finish (GAsyncResult *result, GError **error); /* cancelled:
                                                                            G_IO_ERROR_CANCELLED */

/* Small makers. Text is already translated. */
GtkWidget *way_ui_label (const char *text, const char *css_class);
GtkWidget *way_ui_wrapped_label (const char *text, const char *css_class);
GtkWidget *way_ui_icon_button (const char *icon_name, const char *name);
GtkWidget *way_ui_card (GtkWidget *content);
char *way_ui_join_names (GPtrArray *names);
char *way_ui_tell_apart (const char *name, WayDate born); /* "Robin Example, born 14 Sep 2018" */
int way_ui_scale (GtkWidget *widget, int length); /* px at the usual size of letters; not less */
void way_ui_show_whole (GtkWidget *widget);       /* scrolls to it once it has its place */
void way_ui_clear (GtkWidget *container); /* removes all children of a GtkBox or GtkListBox */

G_END_DECLS
