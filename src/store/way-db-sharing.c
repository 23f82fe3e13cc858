/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What left the store, to whom and why: kept for the child and the parents. */
#include "way-db-private.h"

#define NOT_STATED "not stated"

static const char *
or_not_stated (const char *text)
{
  return text != NULL && *text != '\0' ? text : NOT_STATED;
}

static gboolean
log_for (WayDb *self,
         WayDossier *dossier,
         const WayChild *child,
         const WaySharing *sharing,
         GError **error)
{
  const WayVisit *visit = way_dossier_get_visit (dossier);
  g_autoptr (WayDisclosure) entry = way_record_new (WAY_DISCLOSURE);
  g_autoptr (GError) local = NULL;
  g_autoptr (WayPractitioner) me = way_db_get_me (self, &local);
  g_autofree char *day = way_date_format (visit->date);

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  way_set_string (&entry->child, child != NULL ? child->record.id : NULL);
  way_set_string (&entry->visit, visit->record.id);
  entry->what = g_strdup_printf ("Record of Visit, %s", day);
  entry->version = visit->version;
  way_set_string (&entry->fingerprint, dossier->fingerprint);
  way_set_string (&entry->level, "full");
  way_set_string (&entry->format, sharing->format);
  way_set_string (&entry->recipient, or_not_stated (sharing->recipient));
  way_set_string (&entry->purpose, or_not_stated (sharing->purpose));
  way_set_string (&entry->basis, or_not_stated (sharing->basis));
  way_set_string (&entry->reason, sharing->reason);
  entry->at = way_stamp_now ();
  way_set_string (&entry->by, me != NULL ? me->name : NOT_STATED);
  return way_db_save (self, entry, error);
}

/**
 * way_db_log_sharing:
 * @dossier: what leaves
 * @sharing: as what, to whom and why
 *
 * Logs that a Record of Visit leaves: once for each child whom it concerns, once for a
 * visit without children. Log first, write the file, then commit: a record that left is
 * in the log, whatever goes wrong.
 */
gboolean
way_db_log_sharing (WayDb *self, WayDossier *dossier, const WaySharing *sharing, GError **error)
{
  g_autoptr (GPtrArray) children = way_dossier_dup_children (dossier);

  if (children->len == 0)
    return log_for (self, dossier, NULL, sharing, error);
  for (guint i = 0; i < children->len; i++) {
    if (!log_for (self, dossier, g_ptr_array_index (children, i), sharing, error))
      return FALSE;
  }
  return TRUE;
}
