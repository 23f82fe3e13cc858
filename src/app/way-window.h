/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "way-code-lists.h"
#include "way-store.h"
#include "way-terms.h"
#include "way-unkept.h"

G_BEGIN_DECLS

/**
 * WayWindow:
 *
 * The window of one store: locked (the unlock page or the first-run guide) or
 * open (sidebar and a stack of pages). Pages are handed the window and use what
 * is here; they keep no reference to it.
 */
#define WAY_TYPE_WINDOW (way_window_get_type ())
G_DECLARE_FINAL_TYPE (WayWindow, way_window, WAY, WINDOW, AdwApplicationWindow)

WayWindow *way_window_new (AdwApplication *application);

/* The store and what was read from it on unlocking. */
WayStore *way_window_get_store (WayWindow *self);
WayCodeLists *way_window_get_lists (WayWindow *self); /* of the open store */
WayTerms *way_window_get_terms (WayWindow *self);     /* of the open store */
WayDate way_window_get_today (WayWindow *self);
/* A number of its own for each time it is open, 0 while it is locked. What was asked for in
 * another session is no longer wanted on the screen. */
guint way_window_get_session (WayWindow *self);
WayUnkept *way_window_get_unkept (WayWindow *self);
void way_window_wait_unkept (WayWindow *self); /* it has something: says so, and tries again */

/* Opening (way-window-store.c). Each shows what it does and what went wrong. */
void way_window_set_path (WayWindow *self, const char *path); /* the unlock page of that store, or
                                                                 the guide where there is none */
void way_window_unlock (WayWindow *self, const char *path, const char *passphrase);
void way_window_show_now (WayWindow *self); /* a window that waited for something to show */
void way_window_prepare (WayWindow *self);  /* what is shown first, while the key is worked out */
void way_window_opened (WayWindow *self);   /* the store is open: load the lists, show the pages */
void way_window_start (WayWindow *self, const char *path, const char *action);
void way_window_lock (WayWindow *self);
const char *way_window_get_path (WayWindow *self);
void way_window_set_start (WayWindow *self, const char *child_id, const char *visit_id);

/* Pages. */
void way_window_push (WayWindow *self, GtkWidget *page, const char *title);
void way_window_set_page_title (WayWindow *self, GtkWidget *page, const char *title);
void way_window_set_visit_title (WayWindow *self,
                                 GtkWidget *page,
                                 const char *name,
                                 WayDate born, /* the child, if another has the name */
                                 guint n_children,
                                 const char *what);
void way_window_pop (WayWindow *self);
void way_window_drop (WayWindow *self, GtkWidget *page); /* from wherever it lies */
void way_window_show_children (WayWindow *self);
void way_window_open_child (WayWindow *self, const char *child_id);
void way_window_open_visit (WayWindow *self, const char *child_id, const char *visit_id);
GtkWidget *way_window_get_page (WayWindow *self); /* (nullable): the one in view */
/* Again in view, though it was left: something of it could not be kept. */
void way_window_give_back (
    WayWindow *self, GtkWidget *page, guint session, const char *doing, const GError *error);
/* Whether somebody is writing, so that nothing may come into view by itself. */
gboolean way_window_is_writing (WayWindow *self);
void way_window_wait_unkept_visit (WayWindow *self, guint session, const char *visit_id);
void way_window_set_draft_saved (WayWindow *self,
                                 const char *visit_id); /* now; the sidebar says so */
WayWindow *way_window_of (GtkWidget *widget);           /* (nullable): the window that it is in */

/* Saying something. */
void way_window_toast (WayWindow *self, const char *text);
/* With a button that does @undo, which is called at most once. */
void way_window_toast_undo (WayWindow *self,
                            const char *text,
                            void (*undo) (WayWindow *self, gpointer data),
                            gpointer data,
                            GDestroyNotify free_data);
void way_window_show_error (WayWindow *self, const char *doing, const GError *error);
void way_window_end_error (WayWindow *self, const char *doing); /* it has worked now */
gboolean way_error_is_cancelled (const GError *error);          /* nothing to say */
char *way_error_to_sentence (const char *doing, const GError *error);

G_END_DECLS
