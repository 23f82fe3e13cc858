/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether somebody has the recovery key of a store. It is shown once, when the store is made,
 * and a new store is marked (see way_store_create_async()); until it is said to be kept, that is
 * asked again at each unlocking. */
#include "way-window-key.h"

#include "way-window-private.h"

#include <glib/gi18n.h>

#define PREFERENCE "key-not-kept"

/**
 * way_window_key_is_open:
 * @db: the store, on its worker
 *
 * Returns: whether nobody has said yet that the recovery key is kept safe
 */
gboolean
way_window_key_is_open (WayDb *db, GError **error)
{
  g_autofree char *text = way_db_get_preference (db, PREFERENCE, error);

  return text != NULL;
}

/* It is kept: there is nothing to ask any more. */
gboolean
way_window_key_forget (WayDb *db, GError **error)
{
  return way_db_set_preference (db, PREFERENCE, NULL, error);
}

/* Where the store refuses it, nothing that people wrote is lost: it is asked once too often, or the
 * store is not usable anyway, which is said of what is saved next. */
static gpointer
kept_job (WayDb *db, gpointer request, GCancellable *cancellable, GError **error)
{
  way_window_key_forget (db, error);
  return NULL;
}

void
way_window_key_kept (WayStore *store)
{
  if (way_store_is_open (store))
    way_store_run_async (store, WAY_STORE_READS, kept_job, NULL, NULL, NULL, NULL, NULL, NULL);
}

static const char *
get_reminder (void)
{
  return _ ("Nobody has confirmed yet that the recovery key of this store is kept safe. If you do "
            "not have the key, make a new one: if the passphrase is forgotten, nothing else opens "
            "the store.");
}

/**
 * way_window_key_remind:
 * @self: the window, open
 *
 * Says that nobody knows whether the recovery key is kept, and what can be done about it.
 */
void
way_window_key_remind (WayWindow *self)
{
  g_return_if_fail (WAY_IS_WINDOW (self));

  way_window_say (self, get_reminder ());
  gtk_widget_set_visible (self->notice_key, TRUE);
}

/**
 * way_window_key_unchanged:
 * @self: the window, open or just locked
 *
 * Says that a new recovery key was not taken. Who was reminded of the key has not answered by that:
 * the reminder stands, with its buttons.
 */
void
way_window_key_unchanged (WayWindow *self)
{
  const char *unchanged =
      _ ("The recovery key was not changed. The one that you had before still opens the store; a "
         "new one that you printed or copied does not: throw it away.");
  g_autofree char *both = NULL;

  g_return_if_fail (WAY_IS_WINDOW (self));

  if (!gtk_widget_get_visible (self->notice) || !gtk_widget_get_visible (self->notice_key) ||
      way_window_get_page (self) == NULL) {
    way_window_say (self, unchanged);
    return;
  }
  both = g_strconcat (unchanged, "\n", get_reminder (), NULL);
  way_window_say (self, both);
  gtk_widget_set_visible (self->notice_key, TRUE);
}

/* Only what it said goes. */
void
way_window_key_answered (WayWindow *self)
{
  g_return_if_fail (WAY_IS_WINDOW (self));

  if (gtk_widget_get_visible (self->notice_key))
    way_window_close_notice (self);
}

static void
kept_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayWindow *self = WAY_WINDOW (widget);

  way_window_key_kept (self->store);
  way_window_key_answered (self);
}

void
way_window_install_key_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.recovery-key-kept", NULL, kept_action);
}
