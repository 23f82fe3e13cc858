/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-record-set.h"
#include "way-window.h"

G_BEGIN_DECLS

/**
 * WaySavedFunc:
 * @window: the window
 * @records: what was stored, with its ids and revisions
 * @user_data: an object, or %NULL
 *
 * Called when records are in the store.
 */
typedef void (*WaySavedFunc) (WayWindow *window, WayRecordSet *records, gpointer user_data);

/**
 * WayNotSavedFunc:
 * @window: the window
 * @records: what was not stored, as it was handed in
 * @user_data: the object
 *
 * Called when records could not be stored, before that is said on the screen.
 */
typedef void (*WayNotSavedFunc) (WayWindow *window, WayRecordSet *records, gpointer user_data);

/* Stores all of them or none, in their order; says on the screen if that failed. */
void way_save_records (WayWindow *window,
                       WayRecordSet *records, /* taken */
                       const char *failed,
                       WaySavedFunc saved,
                       gpointer object); /* (nullable): a GObject, kept alive until then */
/* The same for one record, which is taken. */
void way_save_record (
    WayWindow *window, gpointer record, const char *failed, WaySavedFunc saved, gpointer object);

/* Likewise, for what is cleared before it is stored, and has to come back if it is not. */
void way_save_record_or (WayWindow *window,
                         gpointer record, /* taken */
                         const char *failed,
                         WaySavedFunc saved,
                         WayNotSavedFunc not_saved,
                         gpointer object);

/* Deletes a record as it was read, with its parts, and offers to put all of it back. */
void way_save_delete (WayWindow *window,
                      gconstpointer record, /* copied */
                      GtkWidget *button,    /* (nullable): pressed; greyed until it is done */
                      const char *deleted,
                      const char *failed);

/* Says that they were stored, and offers to delete them again; @records is copied. */
void way_save_offer_undo (WayWindow *window, const char *text, WayRecordSet *records);

G_END_DECLS
