/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-dialog.h"

G_BEGIN_DECLS

struct _WayDialog {
  AdwWindow parent_instance;

  gboolean is_busy;
  WaySaid *said;
  GtkBox *box;
  GtkScrolledWindow *scroller;
  GtkWidget *content;

  WayWindow *window;   /* (nullable): weak */
  guint session;       /* of the window */
  char *key;           /* (nullable): what is typed is kept */
  GPtrArray *forms;    /* (element-type WayForm) */
  GHashTable *texts;   /* what stood in them at first */
  GHashTable *aside;   /* (nullable): what would stand in them without what was begun, or with it */
  gboolean is_afresh;  /* what was begun is put aside */
  gboolean is_found;   /* what was begun before, if anything was */
  gboolean is_unknown; /* whether anything was begun before: it could not be read */
  gboolean is_saved_then;
  GtkWidget *focus;  /* (nullable): had the keyboard before it was busy; weak */
  GtkLabel *failure; /* why it could not be saved */
  guint keep_id;
};

/* What is typed into its forms, see way_dialog_keep(). */
void way_dialog_typed (WayDialog *self); /* it is kept soon */
void way_dialog_keep_typed (WayDialog *self);
void way_dialog_keep_rest (WayDialog *self); /* it is closed and not saved, by whatever */
void way_dialog_stop_keeping (WayDialog *self);

G_END_DECLS
