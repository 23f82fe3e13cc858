/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-said.h"
#include "way-search.h"
#include "way-sidebar.h"
#include "way-split-view.h"
#include "way-window.h"

G_BEGIN_DECLS

typedef struct _WayWindowUndo WayWindowUndo; /* way-window-toast.c */

struct _WayWindow {
  AdwApplicationWindow parent_instance;

  WayStore *store;
  WayCodeLists *lists;
  WayTerms *terms;
  GSettings *settings; /* (nullable): not installed */
  char *path;
  char *start_child;
  char *start_visit;
  const char *start_action;
  GPtrArray *trail; /* (element-type GtkWidget), borrowed: pages from the root to the one in view */
  GtkWidget *first_page; /* (nullable): made while the store is being opened */
  guint prepare_id;
  guint refresh_id;
  guint n_pages;
  gboolean may_close;    /* it was said what would be lost */
  gboolean is_unlocking; /* with a passphrase from a file */
  guint icon_id;
  guint session; /* how often it was locked */
  WayUnkept *unkept;
  guint unkept_id;
  gboolean says_unkept; /* the notice is about that */
  char *left_visit;     /* (nullable): of that, one whose page was left */

  WaySaid *foot;       /* says what was done */
  WaySaid *said;       /* (nullable): that or a dialog's, while it says something; weak */
  WayWindowUndo *undo; /* (nullable): what its button takes back */
  guint toast_id;
  GtkStack *root;
  AdwBin *closed;
  WaySplitView *split;
  WaySidebar *sidebar;
  WaySearch *search;
  GtkStack *pages;
  GtkLabel *title;
  GtkToggleButton *sidebar_button;
  GtkButton *back;
  GtkLabel *back_label;
  GtkMenuButton *menu;
  GMenuModel *main_menu;
  GtkButton *lock;
  GtkWidget *notice;
  GtkLabel *notice_text;
  GtkWidget *notice_visit; /* leads to the visit that was left */
  GtkWidget *notice_key;   /* what can be done about the recovery key */
};

void way_window_install_store_actions (GtkWidgetClass *widget_class); /* way-window-store.c */
void way_window_install_page_actions (GtkWidgetClass *widget_class);  /* way-window-pages.c */
void way_window_clear_pages (WayWindow *self);
void way_window_set_closed_page (WayWindow *self, GtkWidget *page);
void way_window_show_closed_page (WayWindow *self); /* way-window-store.c */
void way_window_show_open (WayWindow *self, gboolean open);
void way_window_save_all (WayWindow *self);
void way_window_say (WayWindow *self, const char *text);
void way_window_close_notice (WayWindow *self);
void way_window_forget_toast (WayWindow *self);
/* way-window-unkept.c */
void way_window_install_unkept_actions (GtkWidgetClass *widget_class);
void way_window_say_unkept (WayWindow *self, const char *format); /* if there is any */
void way_window_retry_unkept (WayWindow *self);                   /* of the store that is open */

G_END_DECLS
