/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of Visit that were signed in another store. They keep their ids, versions and
 * fingerprint: what was signed there is kept here byte by byte, and its rows beside it. */
#include "way-db-import-private.h"

#include "way-error.h"

#include <math.h>
#include <string.h>

/* A whole record brings its author along; a row of a table of visits does not, and what
 * hangs on it is still to come. */
static const WayVisit *
signed_visit (WayRecordSet *unit)
{
  const WayVisit *visit = way_record_set_first (unit, WAY_VISIT);

  return visit != NULL && visit->record.id != NULL && visit->signed_at != NULL &&
                 !isnan (visit->version) && way_record_set_first (unit, WAY_PRACTITIONER) != NULL
             ? visit
             : NULL;
}

/* The visit itself, what is stored with it, and its earlier versions. */
gboolean
way_import_is_of_visit (const WayRecord *record, WayRecordSet *unit)
{
  const WayVisit *visit = signed_visit (unit);
  const WayField *field;

  if (visit == NULL)
    return FALSE;
  if (record->type == WAY_VISIT)
    return TRUE;
  if (!way_db_visit_is_part (record->type) && record->type != WAY_VISIT_VERSION)
    return FALSE;
  field = way_record_type_find (record->type, "visit");
  return g_strcmp0 (way_field_string (field, record), visit->record.id) == 0;
}

static char *
title_of (const WayVisit *visit)
{
  g_autofree char *day = way_date_format_short (visit->date);

  return g_strdup_printf ("visit on %s, version %d", day, (int) visit->version);
}

static WayImportNote *
note_visit (WayDbImport *self, WayImportKind kind, const WayVisit *visit, const char *message)
{
  WayImportNote *note = way_import_note (self, kind, &visit->record);

  note->title = title_of (visit);
  note->message = g_strdup (message);
  return note;
}

static gboolean
judge_same_version (WayDbImport *self, WayRecordSet *unit, const WayVisit *visit, GError **error)
{
  g_autofree char *text = way_canonical_write (unit, WAY_CANONICAL_SHARED);
  g_autofree char *kept = NULL, *content = NULL;
  char fingerprint[WAY_FINGERPRINT_SIZE];
  WayImportNote *note;

  content = way_db_get_content (self->db, visit->record.id, (int) visit->version, &kept, error);
  if (content == NULL)
    return FALSE;
  way_canonical_fingerprint (text, fingerprint);
  if (strcmp (kept, fingerprint) == 0) {
    self->report->n_same += way_record_set_count (unit);
    return TRUE;
  }
  note = note_visit (self,
                     WAY_IMPORT_CONFLICT,
                     visit,
                     "the same version was signed with other content; the store's is kept");
  note->field = g_strdup ("fingerprint");
  note->old_value = g_steal_pointer (&kept);
  note->new_value = g_strdup (fingerprint);
  self->report->n_conflicts++;
  return TRUE;
}

static void
judge_unsigned (WayDbImport *self, const WayVisit *visit)
{
  WayImportNote *note = note_visit (
      self, WAY_IMPORT_CONFLICT, visit, "in the store it is not signed yet; the store's is kept");

  note->field = g_strdup ("signed_at");
  note->new_value = g_strdup (visit->signed_at);
  self->report->n_conflicts++;
}

/* Whether somebody is writing the visit or an amendment of it: what is half written is not thrown
 * away, nor does the ground under it change. */
static gboolean
judge_news (WayDbImport *self,
            const WayVisit *visit,
            WayDossierFate news,
            WayDossierFate *fate,
            GError **error)
{
  gint64 has_draft = 0;
  WayImportNote *note;

  if (!way_db_query_int (self->db,
                         "SELECT 1 FROM \"draft\" WHERE \"visit\" = ?1",
                         visit->record.id,
                         &has_draft,
                         error))
    return FALSE;
  if (has_draft == 0) {
    *fate = news;
    return TRUE;
  }
  note = note_visit (self,
                     WAY_IMPORT_CONFLICT,
                     visit,
                     "a draft of it is being written here; sign or discard that first, then import "
                     "again");
  note->field = g_strdup ("version");
  note->new_value = g_strdup_printf ("%d", (int) visit->version);
  self->report->n_conflicts++;
  return TRUE;
}

/**
 * way_import_judge:
 * @unit: records of a unit
 * @fate: (out): whether it is a signed record of visit, and what is to become of it
 */
gboolean
way_import_judge (WayDbImport *self, WayRecordSet *unit, WayDossierFate *fate, GError **error)
{
  const WayVisit *visit = signed_visit (unit);
  WayPlace *place = visit != NULL ? way_import_find_place (self, visit->record.id) : NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const WayVisit *old;

  *fate = WAY_DOSSIER_NONE;
  if (visit == NULL)
    return TRUE;
  *fate = WAY_DOSSIER_NOTHING;
  if (place != NULL && place->is_new && self->options.dry_run) {
    self->report->n_same += way_record_set_count (unit); /* twice in the files */
    return TRUE;
  }
  rows = way_db_rows_where (self->db, WAY_VISIT, "WHERE \"id\" = ?1", visit->record.id, error);
  if (rows == NULL)
    return FALSE;
  old = rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;
  if (old == NULL)
    return judge_news (self, visit, WAY_DOSSIER_NEW, fate, error);
  if (old->signed_at == NULL)
    judge_unsigned (self, visit);
  else if (visit->version > old->version)
    return judge_news (self, visit, WAY_DOSSIER_NEWER, fate, error);
  else if (visit->version < old->version)
    note_visit (self, WAY_IMPORT_NOTICE, visit, "the store has a later version; nothing changes");
  else
    return judge_same_version (self, unit, visit, error);
  return TRUE;
}

/* A newer version of a visit says how it was signed, not what became of its actions here. */
static gboolean
keep_outcomes (WayDbImport *self, GPtrArray *parts, GError **error)
{
  for (guint i = 0; i < parts->len; i++) {
    WayImportItem *item = g_ptr_array_index (parts, i);

    if (item->record->type != WAY_ACTION)
      continue;
    if (!way_db_row_get (self->db, WAY_ACTION, item->record->id, &item->old, error))
      return FALSE;
    if (item->old != NULL)
      way_import_keep_told (self, item->record, item->old);
  }
  return TRUE;
}

static gboolean
note_parts (
    WayDbImport *self, GPtrArray *parts, const WayVisit *visit, WayDossierFate fate, GError **error)
{
  WayImportNote *note;

  if (fate == WAY_DOSSIER_NEWER) {
    note = note_visit (self, WAY_IMPORT_CHANGE, visit, NULL);
    note->field = g_strdup ("version");
    note->new_value = g_strdup_printf ("%d", (int) visit->version);
    self->report->n_changed++;
    return keep_outcomes (self, parts, error);
  }
  for (guint i = 0; i < parts->len; i++) {
    const WayImportItem *item = g_ptr_array_index (parts, i);

    self->report->n_added[way_record_type_index (item->record->type)]++;
    self->report->n_added_total++;
  }
  note_visit (self, WAY_IMPORT_ADD, visit, NULL);
  return TRUE;
}

static gboolean
add_versions (WayDbImport *self, WayRecordSet *versions, GError **error)
{
  GPtrArray *list = way_record_set_list (versions, WAY_VISIT_VERSION);

  for (guint i = 0; i < list->len; i++) {
    WayVisitVersion *version = g_ptr_array_index (list, i);
    g_autofree char *number = g_strdup_printf ("%d", (int) version->version);
    g_auto (WayStmt) stmt = way_stmt_prepare (
        self->db, "SELECT 1 FROM \"visit_version\" WHERE \"visit\" = ? AND \"version\" = ?");
    WayStep step;

    way_stmt_bind_text (&stmt, 1, version->visit);
    way_stmt_bind_int (&stmt, 2, (gint64) version->version);
    step = way_stmt_step (&stmt, error);
    if (step == WAY_STEP_ERROR ||
        (step == WAY_STEP_DONE && !way_db_save_unchecked (self->db, version, NULL, error)))
      return FALSE;
  }
  return TRUE;
}

/**
 * way_import_put_visit:
 * @unit: as it was read: what is kept
 * @parts: (element-type WayImportItem): the visit's rows, references resolved
 *
 * Stores a signed visit that is new here, or a newer version of one.
 */
gboolean
way_import_put_visit (
    WayDbImport *self, WayRecordSet *unit, GPtrArray *parts, WayDossierFate fate, GError **error)
{
  const WayVisit *visit = signed_visit (unit);
  g_autoptr (WayRecordSet) rows = way_record_set_new ();
  g_autofree char *text = NULL;

  if (!note_parts (self, parts, visit, fate, error))
    return FALSE;
  if (self->options.dry_run)
    return TRUE;
  for (guint i = 0; i < parts->len; i++)
    way_record_set_take (
        rows, g_steal_pointer (&((WayImportItem *) g_ptr_array_index (parts, i))->record));
  text = way_canonical_write (unit, WAY_CANONICAL_SHARED);
  return way_db_open_door (self->db, visit->record.id, error) &&
         way_db_sync_visit (self->db, rows, error) && add_versions (self, rows, error) &&
         way_db_keep_content (self->db, visit->record.id, (int) visit->version, text, error) &&
         way_db_close_door (self->db, visit->record.id, error);
}
