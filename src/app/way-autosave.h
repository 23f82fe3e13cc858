/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  WAY_AUTOSAVE_SAVED,  /* what is shown is what is kept */
  WAY_AUTOSAVE_WAITS,  /* something was typed; it will be kept soon */
  WAY_AUTOSAVE_SAVING, /* on its way */
  WAY_AUTOSAVE_FAILED, /* not kept; tried again until it is */
} WayAutosaveState;

/**
 * WayAutosave:
 *
 * When to keep what is being typed: at most a fixed time after the first change
 * that is not kept yet, also while typing goes on, so that nothing older is ever
 * lost. One save is under way at a time. A failed one is repeated.
 */
typedef struct _WayAutosave WayAutosave;

typedef void (*WayAutosaveFunc) (gpointer user_data);

/* @save begins to save and calls way_autosave_done() at its end; @changed (nullable): the state
 * is another one, or it has become late. */
WayAutosave *way_autosave_new (guint delay_ms,
                               WayAutosaveFunc save,
                               WayAutosaveFunc changed,
                               gpointer user_data);
void way_autosave_free (WayAutosave *self); /* saves nothing */
void way_autosave_touch (WayAutosave *self);
void way_autosave_flush (WayAutosave *self); /* saves now what is not kept */
void way_autosave_done (WayAutosave *self, gboolean kept);
WayAutosaveState way_autosave_get_state (const WayAutosave *self);
gboolean way_autosave_is_late (const WayAutosave *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayAutosave, way_autosave_free)

G_END_DECLS
