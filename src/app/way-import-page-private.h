/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-import-item.h"
#include "way-import-job.h"
#include "way-import-page.h"

G_BEGIN_DECLS

struct _WayImportPage {
  AdwBin parent_instance;

  char *path;                /* (nullable): what is being read, or was */
  GCancellable *cancellable; /* (nullable): of the reading that is under way */
  WayImportCount *count;     /* (nullable): of the same */
  WayImportReport *report;   /* (nullable): of the preview in view */
  guint progress_id;         /* runs exactly while something is under way */
  gboolean is_import;        /* what is under way is no preview */
  gboolean is_done;          /* in view is what an import left out, and no preview */
  gboolean skips;            /* what is under way leaves out bad rows */
  GHashTable *answers;       /* question → WayImportAnswer; not changed, but replaced */
  gboolean restart;          /* a switch was turned meanwhile: read anew at the end */
  char *next;                /* (nullable): chosen during an import: read when that is over */
  WayWindow *window;         /* (nullable): in which it reads; weak */
  guint session;             /* of that */

  /* Where the keyboard was in the preview while that is read anew. */
  char *question;   /* (nullable): in the answers of this one */
  GtkWidget *focus; /* (nullable): weak */

  GListStore *items;
  GtkFilterListModel *shown;
  GArray *kinds; /* (element-type int): behind the lines of "Show"; -1 is all */
  int kind;      /* of the lines in view */

  GtkStack *stack;
  GtkStack *list_stack;
  GtkWidget *choose_file;
  GtkWidget *choose_other;
  GtkLabel *reading_text;
  GtkProgressBar *progress;
  GtkWidget *cancel;
  AdwStatusPage *refused;
  GtkLabel *source;
  GtkLabel *summary;
  GtkDropDown *show;
  GtkListView *view;
  GtkCheckButton *skip;
  GtkCheckButton *take_new;
  GtkWidget *import;
};

void way_import_page_show_state (WayImportPage *self, const char *name);
void way_import_page_read_again (WayImportPage *self);

/* way-import-answers.c */
void way_import_answers_class_init (GtkWidgetClass *widget_class);
WayImportAnswer way_import_answers_get (WayImportPage *self, const char *question);
WayImportAnswer way_import_answers_of_item (WayImportPage *self, WayImportItem *item);
void way_import_answers_forget_values (WayImportPage *self);
void way_import_answers_take_all_cb (WayImportPage *self);

/* way-import-preview.c */
void way_import_preview_init (WayImportPage *self);
void way_import_preview_note_keyboard (WayImportPage *self);
void way_import_preview_take_keyboard (WayImportPage *self);
void way_import_preview_apply (WayImportPage *self); /* shows the report of a dry run */
gboolean way_import_preview_can_import (WayImportPage *self);

G_END_DECLS
