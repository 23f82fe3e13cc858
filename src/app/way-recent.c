/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of our files say whom they are about, and every program reads the desktop's list of
 * recent files. GTK's file dialog puts there what is chosen, a moment later; no setting stops
 * that which leaves the lists of other programs as they are. */
#include "way-recent.h"

static void
changed_cb (GtkRecentManager *manager)
{
  GList *items = gtk_recent_manager_get_items (manager);

  for (GList *item = items; item != NULL; item = item->next)
    if (gtk_recent_info_has_application (item->data, g_get_application_name ()))
      gtk_recent_manager_remove_item (manager, gtk_recent_info_get_uri (item->data), NULL);
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
}

/**
 * way_recent_keep_out:
 *
 * Before a dialog in which a file can be chosen. Takes out what earlier runs left, too.
 */
void
way_recent_keep_out (void)
{
  static gboolean is_watching;
  GtkRecentManager *manager = gtk_recent_manager_get_default ();

  if (is_watching)
    return;
  is_watching = TRUE;
  g_signal_connect_after (manager, "changed", G_CALLBACK (changed_cb), NULL);
  changed_cb (manager);
}
