/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was done, said for some seconds, and taken back with "Undo".
 *
 * Only what was done last is said, as only that can be meant by "Undo": there is one toast, which
 * the next one's words take over. libadwaita 1.2 would show them one after the other. Its own
 * clock would go on with the first words' time, so ours puts the toast away.
 */
#include "way-window-private.h"

#include "way-dialog.h"

#include <glib/gi18n.h>

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

void
way_window_forget_toast (WayWindow *self)
{
  g_clear_handle_id (&self->toast_id, g_source_remove);
  g_clear_pointer (&self->undo, undo_free);
  if (self->toast != NULL)
    g_signal_handlers_disconnect_by_data (self->toast, self);
  g_clear_object (&self->toast);
}

/* A toast may name a child, and what is still on its way out stays in the tree: all of them go
 * away with the widget that shows them. */
void
way_window_renew_toasts (WayWindow *self)
{
  g_autoptr (GtkWidget) frame = g_object_ref (self->frame);
  GtkWidget *old = adw_application_window_get_content (ADW_APPLICATION_WINDOW (self));

  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  way_window_forget_toast (self);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (old), NULL);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, frame);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), GTK_WIDGET (self->toasts));
}

static void
clicked_cb (AdwToast *toast, WayWindow *self)
{
  WayWindowUndo *undo = g_steal_pointer (&self->undo);

  if (undo == NULL)
    return;
  /* Locked meanwhile: there is no store to undo it in. */
  if (self->lists != NULL)
    undo->undo (self, undo->data);
  undo_free (undo);
}

static void
dismissed_cb (AdwToast *toast, WayWindow *self)
{
  way_window_forget_toast (self);
}

static gboolean
over_cb (gpointer user_data)
{
  WayWindow *self = user_data;
  g_autoptr (AdwToast) toast = g_object_ref (self->toast);

  self->toast_id = 0;
  adw_toast_dismiss (toast);
  return G_SOURCE_REMOVE;
}

static void
show_toast (WayWindow *self, AdwToastOverlay *over)
{
  self->toast = adw_toast_new ("");
  adw_toast_set_timeout (self->toast, 0);
  g_object_set_data (G_OBJECT (self->toast), "over", over);
  g_signal_connect (self->toast, "button-clicked", G_CALLBACK (clicked_cb), self);
  g_signal_connect (self->toast, "dismissed", G_CALLBACK (dismissed_cb), self);
}

/* What has a button lies over a dialog that is open: nothing behind it can be pressed. */
static void
say (WayWindow *self, const char *text, WayWindowUndo *undo)
{
  AdwToastOverlay *dialog = undo != NULL ? way_dialog_find_toasts (self) : NULL;
  AdwToastOverlay *over = dialog != NULL ? dialog : self->toasts;
  g_autofree char *markup = g_markup_escape_text (text, -1);
  gboolean is_new;

  if (self->toast != NULL && g_object_get_data (G_OBJECT (self->toast), "over") != over)
    adw_toast_dismiss (self->toast);
  is_new = self->toast == NULL;
  if (is_new)
    show_toast (self, over);
  adw_toast_set_title (self->toast, markup);
  adw_toast_set_button_label (self->toast, undo != NULL ? _ ("Undo") : NULL);
  g_clear_pointer (&self->undo, undo_free);
  self->undo = undo;
  g_clear_handle_id (&self->toast_id, g_source_remove);
  self->toast_id = g_timeout_add_seconds (undo != NULL ? UNDO_S : SAID_S, over_cb, self);
  if (is_new)
    adw_toast_overlay_add_toast (over, g_object_ref (self->toast));
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
