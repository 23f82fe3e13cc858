/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-window.h"

G_BEGIN_DECLS

/* After what is typed first. With the time it takes to write, well under the 2 s that may be
 * lost. */
#define WAY_BEGUN_KEEP_MS 1200

/**
 * WayBegunFunc:
 * @window: the window
 * @texts: (nullable): what was typed, of type a{ss}; %NULL: nothing
 * @error: (nullable): why nobody knows whether anything was; then what is typed goes on by
 *   way_begun_add(), which takes nothing away
 * @object: what was handed in
 */
typedef void (*WayBegunFunc) (WayWindow *window,
                              GVariant *texts,
                              const GError *error,
                              gpointer object);

#define WAY_BEGUN_CARD "card " /* in front of the id of a target: its card */

/* What was begun in a form and not saved is kept in the store, under a key of the form. */
void way_begun_keep (WayWindow *window, const char *key, GVariant *texts); /* NULL: forget it */
/* Until what is kept is found and shown: text by text, what is typed now goes over it. */
void way_begun_add (WayWindow *window, const char *key, GVariant *texts);
/* On the worker: of what is stored or deleted in the same transaction nothing is begun any more. */
gboolean way_begun_forget (WayDb *db, const char *key, GError **error);
gboolean way_begun_forget_record (WayDb *db, const char *id, GError **error);
void way_begun_find (WayWindow *window,
                     const char *key,
                     WayBegunFunc found,
                     gpointer object); /* a GObject, kept alive until then */

G_END_DECLS
