/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What left the store, to whom and why: kept for the child and the parents. */
#include "way-db-private.h"

#include "way-text.h"

#include <string.h>

#define NOT_STATED "not stated"
#define LEVELS "disclosure-level"

static const char *
or_not_stated (const char *text)
{
  return text != NULL && *text != '\0' ? text : NOT_STATED;
}

static const char *
level_of (const WayDossier *dossier)
{
  return dossier->level != NULL ? dossier->level : WAY_LEVEL_FULL;
}

/* A store's lists are its own: one made before a level came does not have it, and what leaves is
 * logged all the same. */
static gboolean
ensure_level (WayDb *self, const char *level, GError **error)
{
  g_autoptr (WayCodeLists) lists = way_db_get_code_lists (self, error);
  g_autoptr (WayCode) code = NULL;
  g_autofree char *name = NULL;

  if (lists == NULL || way_code_lists_find (lists, LEVELS, level) != NULL)
    return lists != NULL;
  code = way_record_new (WAY_CODE);
  name = g_strdup_printf (LEVELS "/%s/", level);
  code->record.id = way_uuid_for_name (WAY_CODE->name, name); /* as in a new store */
  way_set_string (&code->list, LEVELS);
  way_set_string (&code->code, level);
  way_set_string (&code->label,
                  strcmp (level, WAY_LEVEL_ONE_CHILD) == 0 ? "One child of a joint visit" : level);
  return way_db_save (self, code, error);
}

/* (transfer full): to whom and why, by whom and when; what, of whom and how much is still to say.
 */
static WayDisclosure *
make_entry (WayDb *self, const WaySharing *sharing, GError **error)
{
  g_autoptr (WayDisclosure) entry = way_record_new (WAY_DISCLOSURE);
  g_autoptr (GError) local = NULL;
  g_autoptr (WayPractitioner) me = way_db_get_me (self, &local);

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }
  way_set_string (&entry->format, sharing->format);
  way_set_string (&entry->recipient, or_not_stated (sharing->recipient));
  way_set_string (&entry->purpose, or_not_stated (sharing->purpose));
  way_set_string (&entry->basis, or_not_stated (sharing->basis));
  way_set_string (&entry->reason, sharing->reason);
  entry->at = way_stamp_now ();
  way_set_string (&entry->by, me != NULL ? me->name : NOT_STATED);
  return g_steal_pointer (&entry);
}

/* Takes @entry. */
static gboolean
keep_entry (WayDb *self, const WaySharing *sharing, WayDisclosure *entry, GError **error)
{
  gboolean kept = way_db_save (self, entry, error);

  if (kept && sharing->logged != NULL)
    g_ptr_array_add (sharing->logged, entry);
  else
    way_record_free (entry);
  return kept;
}

static gboolean
log_for (WayDb *self,
         WayDossier *dossier,
         const WayChild *child,
         const WaySharing *sharing,
         GError **error)
{
  const WayVisit *visit = way_dossier_get_visit (dossier);
  g_autoptr (WayDisclosure) entry = make_entry (self, sharing, error);
  g_autofree char *day = way_date_format (visit->date);

  if (entry == NULL)
    return FALSE;
  way_set_string (&entry->child, child != NULL ? child->record.id : NULL);
  way_set_string (&entry->visit, visit->record.id);
  entry->what = g_strdup_printf ("Record of Visit, %s", day);
  entry->version = visit->version;
  way_set_string (&entry->fingerprint, dossier->fingerprint);
  way_set_string (&entry->level, level_of (dossier));
  return keep_entry (self, sharing, g_steal_pointer (&entry), error);
}

/* (transfer full): the id by which the store knows a child of a record, or NULL: it does not. The
 * link between visit and child has one id in every store, what it leads to may have another. */
static gboolean
find_own_id (WayDb *self, const WayVisitChild *link, char **id, GError **error)
{
  return way_db_query_text (self,
                            "SELECT \"child\" FROM \"visit_child\" WHERE \"id\" = ?",
                            link->record.id,
                            id,
                            error) &&
         (*id != NULL ||
          way_db_query_text (
              self, "SELECT \"id\" FROM \"child\" WHERE \"id\" = ?", link->child, id, error));
}

/**
 * way_db_dup_children_of:
 * @dossier: a Record of Visit
 *
 * A record that came from elsewhere names its children by the sender's ids, and keeps to that, as
 * it was signed so; what the store knows besides, such as whom not to write to, is known of the
 * same children by its own ids.
 *
 * Returns: (transfer full) (element-type WayChild): whom the record concerns, in order and as it
 *   shows them, with the ids of the store; without an id who is not in it
 */
GPtrArray *
way_db_dup_children_of (WayDb *self, const WayDossier *dossier, GError **error)
{
  g_autoptr (GPtrArray) shown = way_dossier_dup_children (dossier);
  GPtrArray *links = way_record_set_list (dossier->records, WAY_VISIT_CHILD);
  g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func (way_record_free);

  for (guint i = 0; i < shown->len; i++) {
    WayRecord *child = way_record_copy (shown->pdata[i]);

    g_ptr_array_add (children, child);
    for (guint k = 0; k < links->len; k++) {
      const WayVisitChild *link = g_ptr_array_index (links, k);

      if (strcmp (link->child, WAY_RECORD (shown->pdata[i])->id) != 0)
        continue;
      g_clear_pointer (&child->id, g_free);
      if (!find_own_id (self, link, &child->id, error))
        return NULL;
      break;
    }
  }
  return g_steal_pointer (&children);
}

/**
 * way_db_log_sharing:
 * @dossier: what leaves
 * @sharing: as what, to whom and why
 *
 * Logs that a Record of Visit leaves, with its level and fingerprint: once for each child whom it
 * concerns, once for a visit without children. Commit before anything of it is written: a record
 * that left is in the log, whatever goes wrong. See way_db_unlog_sharing() for one that could not
 * leave after all.
 */
gboolean
way_db_log_sharing (WayDb *self, WayDossier *dossier, const WaySharing *sharing, GError **error)
{
  g_autoptr (GPtrArray) children = way_db_dup_children_of (self, dossier, error);

  if (children == NULL || !ensure_level (self, level_of (dossier), error))
    return FALSE;
  if (children->len == 0)
    return log_for (self, dossier, NULL, sharing, error);
  for (guint i = 0; i < children->len; i++) {
    if (!log_for (self, dossier, g_ptr_array_index (children, i), sharing, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * way_db_log_caseload:
 * @children: (element-type WayChild): whose data leaves
 * @sharing: as what, to whom and why
 *
 * Logs that the tables of the whole caseload leave: once for each child, once where there is none.
 * In the order of way_db_log_sharing(): logged, committed, written.
 */
gboolean
way_db_log_caseload (WayDb *self, GPtrArray *children, const WaySharing *sharing, GError **error)
{
  if (!ensure_level (self, WAY_LEVEL_FULL, error))
    return FALSE;
  for (guint i = 0; i < MAX (children->len, 1); i++) {
    g_autoptr (WayDisclosure) entry = make_entry (self, sharing, error);

    if (entry == NULL)
      return FALSE;
    if (i < children->len)
      way_set_string (&entry->child, WAY_RECORD (children->pdata[i])->id);
    entry->what = g_strdup_printf ("Tables of the caseload (children: %u)", children->len);
    way_set_string (&entry->level, WAY_LEVEL_FULL);
    if (!keep_entry (self, sharing, g_steal_pointer (&entry), error))
      return FALSE;
  }
  return TRUE;
}

/**
 * way_db_unlog_sharing:
 * @logged: (element-type WayDisclosure): what was logged and is committed
 *
 * Takes entries out of the log, of what certainly did not leave: nothing of it was written. That
 * they were there stays in the audit trail. If this fails they stay, which errs on the safe side.
 */
gboolean
way_db_unlog_sharing (WayDb *self, GPtrArray *logged, GError **error)
{
  gboolean done = TRUE;

  if (!way_db_begin (self, error))
    return FALSE;
  for (guint i = 0; done && i < logged->len; i++)
    done = way_db_delete (self, logged->pdata[i], error);
  return way_db_end (self, done, error);
}
