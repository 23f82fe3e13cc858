/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The versions of signed visits that came before the latest. Where a visit was amended apart in two
 * stores there are two of one number; the fingerprint tells one from the other. */
#include "way-db-private.h"

#include "way-text.h"

/* The same in every store, so that a version is named by what was signed. */
static char *
id_of (const WayVisitVersion *version)
{
  g_autofree char *name =
      g_strdup_printf ("%s/%d/%s", version->visit, (int) version->version, version->fingerprint);

  return way_uuid_for_name ("visit-version", name);
}

/**
 * way_db_has_version:
 * @found: (out): whether it is among the visit's earlier versions
 */
gboolean
way_db_has_version (WayDb *self,
                    const char *visit_id,
                    int number,
                    const char *fingerprint,
                    gboolean *found,
                    GError **error)
{
  g_auto (WayStmt) stmt = way_stmt_prepare (
      self,
      "SELECT 1 FROM \"visit_version\" WHERE \"visit\" = ? AND \"version\" = ? AND "
      "\"fingerprint\" = ?");
  WayStep step;

  way_stmt_bind_text (&stmt, 1, visit_id);
  way_stmt_bind_int (&stmt, 2, number);
  way_stmt_bind_text (&stmt, 3, fingerprint);
  step = way_stmt_step (&stmt, error);
  *found = step == WAY_STEP_ROW;
  return step != WAY_STEP_ERROR;
}

static gboolean
add_version (WayDb *self, WayVisitVersion *version, GError **error)
{
  gboolean found;

  if (!way_db_has_version (
          self, version->visit, (int) version->version, version->fingerprint, &found, error))
    return FALSE;
  if (found)
    return TRUE;
  g_free (version->record.id);
  version->record.id = id_of (version);
  return way_db_save_unchecked (self, version, NULL, error);
}

/**
 * way_db_keep_version:
 * @old: a signed visit
 * @reason: (nullable): why it is amended; %NULL where another was taken for the latest
 *
 * Inside a transaction, with the door open: the signed version becomes an earlier one.
 */
gboolean
way_db_keep_version (WayDb *self, const WayVisit *old, const char *reason, GError **error)
{
  g_autoptr (WayVisitVersion) version = way_record_new (WAY_VISIT_VERSION);
  g_autofree char *text =
      way_db_get_content (self, old->record.id, (int) old->version, &version->fingerprint, error);

  if (text == NULL)
    return FALSE;
  version->visit = g_strdup (old->record.id);
  version->version = old->version;
  version->signed_at = g_strdup (old->signed_at);
  version->signed_by = g_strdup (old->signed_by);
  version->reason = g_strdup (reason);
  return add_version (self, version, error);
}

/**
 * way_db_add_versions:
 * @records: (inout): of a visit; its versions get the ids that they have in every store
 *
 * Inside a transaction, with the door open: adds the earlier versions that the store has not.
 */
gboolean
way_db_add_versions (WayDb *self, WayRecordSet *records, GError **error)
{
  GPtrArray *list = way_record_set_list (records, WAY_VISIT_VERSION);

  for (guint i = 0; i < list->len; i++) {
    if (!add_version (self, g_ptr_array_index (list, i), error))
      return FALSE;
  }
  return TRUE;
}
