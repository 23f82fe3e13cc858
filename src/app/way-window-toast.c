/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was done, said for some seconds, and taken back with "Undo".
 *
 * Only what was done last is said, as only that can be meant by "Undo". It stands in a line of its
 * own at the foot: a toast would lie over the buttons there.
 */
#include "way-window-private.h"

#include "way-dialog.h"

#define SAID_S 4
#define UNDO_S 8

struct _WayWindowUndo {
  void (*undo) (WayWindow *self, gpointer data);
  gpointer data;
  GDestroyNotify free_data;
};

static void
undo_free (WayWindowUndo *undo)
{
  undo->free_data (undo->data);
  g_free (undo);
}

/* What it says goes from the screen at once. */
void
way_window_forget_toast (WayWindow *self)
{
  g_clear_handle_id (&self->toast_id, g_source_remove);
  g_clear_pointer (&self->undo, undo_free);
  if (self->said == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->said, self);
  way_said_clear (self->said);
  g_clear_weak_pointer (&self->said);
}

static void
undo_cb (WayWindow *self)
{
  WayWindowUndo *undo = g_steal_pointer (&self->undo);

  way_window_forget_toast (self);
  if (undo == NULL)
    return;
  /* Locked meanwhile: there is no store to undo it in. */
  if (self->lists != NULL)
    undo->undo (self, undo->data);
  undo_free (undo);
}

/* Never from under the pointer or the keyboard that is about to press "Undo". */
static gboolean
over_cb (gpointer user_data)
{
  WayWindow *self = user_data;

  if (self->said != NULL && way_said_is_in_use (self->said))
    return G_SOURCE_CONTINUE;
  self->toast_id = 0;
  way_window_forget_toast (self);
  return G_SOURCE_REMOVE;
}

/* What has a button stands in a dialog that is open: nothing behind it can be pressed. */
static void
say (WayWindow *self, const char *text, WayWindowUndo *undo)
{
  WaySaid *dialog = undo != NULL ? way_dialog_find_said (self) : NULL;

  way_window_forget_toast (self);
  g_set_weak_pointer (&self->said, dialog != NULL ? dialog : self->foot);
  self->undo = undo;
  g_signal_connect_swapped (self->said, "undo", G_CALLBACK (undo_cb), self);
  way_said_say (self->said, text, undo != NULL);
  self->toast_id = g_timeout_add_seconds (undo != NULL ? UNDO_S : SAID_S, over_cb, self);
}

/**
 * way_window_toast:
 * @self: the window
 * @text: one short sentence, already translated
 *
 * Says that something was done, for some seconds.
 */
void
way_window_toast (WayWindow *self, const char *text)
{
  g_return_if_fail (WAY_IS_WINDOW (self) && text != NULL);

  say (self, text, NULL);
}

/**
 * way_window_toast_undo:
 * @self: the window
 * @text: what was done, already translated
 * @undo: takes it back
 * @data: for @undo
 * @free_data: frees @data when it can no more be taken back
 *
 * Says that something was done, and offers to take it back.
 */
void
way_window_toast_undo (WayWindow *self,
                       const char *text,
                       void (*undo) (WayWindow *self, gpointer data),
                       gpointer data,
                       GDestroyNotify free_data)
{
  WayWindowUndo *how;

  g_return_if_fail (WAY_IS_WINDOW (self) && text != NULL && undo != NULL);

  how = g_new0 (WayWindowUndo, 1);
  how->undo = undo;
  how->data = data;
  how->free_data = free_data;
  say (self, text, how);
}
