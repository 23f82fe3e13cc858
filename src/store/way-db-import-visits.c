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

/**
 * way_import_is_rating:
 * @record: of @unit
 *
 * Returns: whether it is the measurement that a rating at a newer version of a visit becomes;
 *   it follows the visit, and is not merged as what somebody typed is
 */
gboolean
way_import_is_rating (const WayRecord *record, WayRecordSet *unit, WayDossierFate fate)
{
  GPtrArray *targets = way_record_set_list (unit, WAY_VISIT_TARGET);

  if (fate != WAY_DOSSIER_NEWER || record->type != WAY_MEASUREMENT)
    return FALSE;
  for (guint i = 0; i < targets->len; i++) {
    const WayVisitTarget *rated = g_ptr_array_index (targets, i);
    g_autofree char *id = rated->record.id != NULL ? way_db_dup_rating_id (rated) : NULL;

    if (g_strcmp0 (record->id, id) == 0)
      return TRUE;
  }
  return FALSE;
}

/* "Amara Okafor: visit on 17 Nov 2025, version 2" */
static char *
title_of (const WayVisit *visit, WayRecordSet *unit)
{
  GPtrArray *children = way_record_set_list (unit, WAY_CHILD);
  g_autofree char *day = way_date_format_short (visit->date);
  g_autofree char *name =
      children->len == 1 ? way_child_full_name (g_ptr_array_index (children, 0)) : NULL;

  return g_strdup_printf ("%s%svisit on %s, version %d",
                          name != NULL ? name : "",
                          name != NULL ? ": " : "",
                          day,
                          (int) visit->version);
}

static WayImportNote *
note_visit (WayDbImport *self,
            WayImportKind kind,
            const WayVisit *visit,
            WayRecordSet *unit,
            const char *message)
{
  WayImportNote *note = way_import_note (self, kind, &visit->record);

  note->title = title_of (visit, unit);
  note->message = g_strdup (message);
  return note;
}

/* "version 2, signed by T. Eacher on 18 Nov 2025" */
static char *
words_of (const WayVisit *visit)
{
  g_autofree char *day =
      way_date_format_short (way_date_from_stamp_in_england (visit->signed_at, NULL));

  return g_strdup_printf ("version %d, signed by %s on %s",
                          (int) visit->version,
                          visit->signed_by != NULL ? visit->signed_by : "nobody named",
                          day);
}

/* Two people amended the visit, each in a store of their own. @outcome: what becomes of it here */
static WayImportNote *
note_apart (WayDbImport *self,
            WayImportKind kind,
            const WayVisit *visit,
            const WayVisit *old,
            WayRecordSet *unit,
            const char *outcome)
{
  WayImportNote *note = note_visit (self, kind, visit, unit, NULL);
  g_autofree char *ours = words_of (old);
  g_autofree char *theirs = words_of (visit);

  note->message =
      g_strdup_printf ("The visit was changed in two places: %s in this store, and %s in "
                       "the file, were written without each other. %s",
                       ours,
                       theirs,
                       outcome);
  self->report->n_apart++;
  return note;
}

/* The same, where either can be the newest. */
static void
note_choice (WayDbImport *self,
             const WayVisit *visit,
             const WayVisit *old,
             WayRecordSet *unit,
             const char *outcome)
{
  const WayField *version = way_record_type_find (WAY_VISIT, "version");
  WayImportNote *note = note_apart (self, WAY_IMPORT_CONFLICT, visit, old, unit, outcome);

  note->field = g_strdup (version->name);
  note->old_value = way_field_dup_text (version, old);
  note->new_value = way_field_dup_text (version, visit);
  note->question = way_import_dup_choice (self, &old->record, version, &visit->record);
  self->report->n_conflicts++;
}

/* (nullable): the versions of a visit that a dry run would keep by now, the latest last */
static GPtrArray *
find_kept_version (WayDbImport *self, const char *visit)
{
  return g_hash_table_lookup (self->dossiers, visit);
}

/* What somebody wrote or chose; not who signed it when and for whom. */
static gboolean
is_written (const WayField *field)
{
  static const char *const SIGNATURE[] = {"signed_by", "service", "privacy_line", NULL};

  return field->kind != WAY_FIELD_ID && field->kind != WAY_FIELD_NUMBER &&
         field->kind != WAY_FIELD_STAMP && !g_strv_contains (SIGNATURE, field->name);
}

static char *
dup_written (WayDbImport *self, const WayField *field, const WayVisit *visit)
{
  if (field->kind == WAY_FIELD_CODE && way_field_is_known (field, &visit->record))
    return way_import_code_words (self, field, way_field_string (field, &visit->record));
  return way_field_dup_text (field, &visit->record);
}

/* So that what another wrote can be read before it is taken over by hand. */
static void
note_texts (WayDbImport *self, const WayVisit *visit, const WayVisit *old, WayRecordSet *unit)
{
  for (guint i = 0; i < WAY_VISIT->n_fields; i++) {
    const WayField *field = &WAY_VISIT->fields[i];
    g_autofree char *ours = NULL, *theirs = NULL;
    WayImportNote *note;

    if (!is_written (field))
      continue;
    ours = dup_written (self, field, old);
    theirs = dup_written (self, field, visit);
    if (g_strcmp0 (ours, theirs) == 0)
      continue;
    note = note_visit (self, WAY_IMPORT_CONFLICT, visit, unit, NULL);
    note->field = g_strdup (field->name);
    note->old_value = g_steal_pointer (&ours);
    note->new_value = g_steal_pointer (&theirs);
  }
}

/* What follows from the store's latest names it among its earlier ones. */
static gboolean
follows (WayRecordSet *unit, const WayVisit *old, const char *fingerprint)
{
  GPtrArray *versions = way_record_set_list (unit, WAY_VISIT_VERSION);

  for (guint i = 0; i < versions->len; i++) {
    const WayVisitVersion *version = g_ptr_array_index (versions, i);

    if (version->version == old->version && g_strcmp0 (version->fingerprint, fingerprint) == 0)
      return TRUE;
  }
  return FALSE;
}

/* What is signed is never replaced: the store's stays the latest, and how to have both is told. */
static void
note_kept (WayDbImport *self,
           const WayVisit *visit,
           const WayVisit *old,
           WayRecordSet *unit,
           const char *kept,
           const char *fingerprint)
{
  WayImportNote *note;
  g_autofree char *outcome = g_strdup_printf (
      "What is signed is never replaced, so the store’s stays the newest. Read the file’s; where "
      "its texts differ is listed with this. Amend the visit here with what it says: that makes "
      "version %d, which can then be taken at the other place",
      (int) old->version + 1);

  note = note_apart (self, WAY_IMPORT_CONFLICT, visit, old, unit, outcome);
  note->field = g_strdup ("fingerprint");
  note->old_value = g_strdup (kept);
  note->new_value = g_strdup (fingerprint);
  if (find_kept_version (self, visit->record.id) == NULL) /* else its texts are not at hand */
    note_texts (self, visit, old, unit);
}

/* As the store has the visit, or in a dry run would have it by now. @fingerprint: of what is signed
 */
static gboolean
find_kept (WayDbImport *self, const char *id, WayVisit **visit, char **fingerprint, GError **error)
{
  GPtrArray *would_be = find_kept_version (self, id);

  if (would_be != NULL) {
    const WayVisitVersion *latest = g_ptr_array_index (would_be, would_be->len - 1);

    *visit = way_record_new (WAY_VISIT);
    (*visit)->record.id = g_strdup (id);
    (*visit)->version = latest->version;
    (*visit)->signed_at = g_strdup (latest->signed_at);
    (*visit)->signed_by = g_strdup (latest->signed_by);
    *fingerprint = g_strdup (latest->fingerprint);
    return TRUE;
  }
  if (!way_db_row_get (self->db, WAY_VISIT, id, (WayRecord **) (gpointer) visit, error))
    return FALSE;
  if (*visit == NULL || (*visit)->signed_at == NULL)
    return TRUE;
  *fingerprint = way_db_get_fingerprint (self->db, id, error);
  return *fingerprint != NULL;
}

static void
note_kept_version (WayDbImport *self, const WayVisit *visit, const char *fingerprint)
{
  GPtrArray *versions = find_kept_version (self, visit->record.id);
  WayVisitVersion *version = way_record_new (WAY_VISIT_VERSION);

  if (versions == NULL) {
    versions = g_ptr_array_new_with_free_func (way_record_free);
    g_hash_table_insert (self->dossiers, g_strdup (visit->record.id), versions);
  }
  version->version = visit->version;
  version->signed_at = g_strdup (visit->signed_at);
  version->signed_by = g_strdup (visit->signed_by);
  version->fingerprint = g_strdup (fingerprint);
  g_ptr_array_add (versions, version);
}

static gboolean
has_version (WayDbImport *self,
             const WayVisit *visit,
             const char *fingerprint,
             gboolean *found,
             GError **error)
{
  GPtrArray *would_be = find_kept_version (self, visit->record.id);

  for (guint i = 0; would_be != NULL && i < would_be->len; i++) {
    const WayVisitVersion *version = g_ptr_array_index (would_be, i);

    *found =
        version->version == visit->version && g_strcmp0 (version->fingerprint, fingerprint) == 0;
    if (*found)
      return TRUE;
  }
  return way_db_has_version (
      self->db, visit->record.id, (int) visit->version, fingerprint, found, error);
}

/* A version that is not later than the store's: one that the store has, or one written apart. */
static gboolean
judge_no_newer (WayDbImport *self,
                WayRecordSet *unit,
                const WayVisit *visit,
                const WayVisit *old,
                const char *kept,
                GError **error)
{
  g_autofree char *text = way_canonical_write (unit, WAY_CANONICAL_SHARED);
  char fingerprint[WAY_FINGERPRINT_SIZE];
  gboolean found;

  way_canonical_fingerprint (text, fingerprint);
  if (!has_version (self, visit, fingerprint, &found, error))
    return FALSE;
  if (visit->version == old->version && strcmp (kept, fingerprint) == 0)
    self->report->n_same++;
  else if (!found)
    note_kept (self, visit, old, unit, kept, fingerprint);
  else
    note_visit (
        self, WAY_IMPORT_NOTICE, visit, unit, "The store has a later version; nothing changes");
  return TRUE;
}

static void
judge_unsigned (WayDbImport *self, const WayVisit *visit, WayRecordSet *unit)
{
  WayImportNote *note = note_visit (self,
                                    WAY_IMPORT_CONFLICT,
                                    visit,
                                    unit,
                                    "In the store it is not signed yet; the store’s is kept. To "
                                    "have the signed one in its place, import again and take the "
                                    "file's values");

  note->field = g_strdup ("signed_at");
  note->new_value = g_strdup (visit->signed_at);
  self->report->n_conflicts++;
}

/* Whether somebody is writing the visit or an amendment of it: what is half written is not thrown
 * away, nor does the ground under it change. */
static gboolean
judge_news (WayDbImport *self,
            const WayVisit *visit,
            WayRecordSet *unit,
            WayDossierFate news,
            WayDossierFate *fate,
            GError **error)
{
  gboolean has_draft;
  WayImportNote *note;

  if (!way_import_has_draft (self, visit->record.id, &has_draft, error))
    return FALSE;
  if (!has_draft) {
    *fate = news;
    return TRUE;
  }
  note = note_visit (self,
                     WAY_IMPORT_CONFLICT,
                     visit,
                     unit,
                     "A draft of it is being written here; sign or discard that first, then import "
                     "again");
  note->field = g_strdup ("version");
  note->new_value = g_strdup_printf ("%d", (int) visit->version);
  self->report->n_conflicts++;
  return TRUE;
}

/* A later number alone makes nothing newer: anybody can write one. What was written without the
 * store's latest takes its place only where somebody says so. */
static gboolean
takes_apart (WayDbImport *self, const WayVisit *visit, const WayVisit *old)
{
  return way_import_takes (
      self, &old->record, way_record_type_find (WAY_VISIT, "version"), &visit->record);
}

static void
note_kept_apart (WayDbImport *self, const WayVisit *visit, const WayVisit *old, WayRecordSet *unit)
{
  note_choice (self,
               visit,
               old,
               unit,
               "This store's stays the newest. Where the file's is taken, that becomes the newest, "
               "and this store's stays in the list of versions, where it can be read");
  if (find_kept_version (self, visit->record.id) == NULL) /* else its texts are not at hand */
    note_texts (self, visit, old, unit);
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
  g_autoptr (WayVisit) old = NULL;
  g_autofree char *kept = NULL;

  *fate = WAY_DOSSIER_NONE;
  if (visit == NULL)
    return TRUE;
  *fate = WAY_DOSSIER_NOTHING;
  if (!find_kept (self, visit->record.id, &old, &kept, error))
    return FALSE;
  if (old == NULL)
    return judge_news (self, visit, unit, WAY_DOSSIER_NEW, fate, error);
  if (old->signed_at == NULL && self->options.take_new)
    return judge_news (self, visit, unit, WAY_DOSSIER_NEWER, fate, error);
  if (old->signed_at == NULL)
    judge_unsigned (self, visit, unit);
  else if (visit->version > old->version &&
           (follows (unit, old, kept) || takes_apart (self, visit, old)))
    return judge_news (self, visit, unit, WAY_DOSSIER_NEWER, fate, error);
  else if (visit->version > old->version)
    note_kept_apart (self, visit, old, unit);
  else
    return judge_no_newer (self, unit, visit, old, kept, error);
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

/* Why the version that the store has was amended, and those after it: "“A slip”, “The date”". */
static char *
join_reasons (WayRecordSet *unit, int from, const char **signed_at)
{
  GPtrArray *versions = way_record_set_list (unit, WAY_VISIT_VERSION);
  g_autoptr (GString) reasons = g_string_new (NULL);

  for (guint i = 0; i < versions->len; i++) {
    const WayVisitVersion *version = g_ptr_array_index (versions, i);

    if ((int) version->version == from)
      *signed_at = version->signed_at;
    if ((int) version->version >= from && version->reason != NULL)
      g_string_append_printf (reasons, "%s“%s”", reasons->len > 0 ? ", " : "", version->reason);
  }
  return g_string_free (g_steal_pointer (&reasons), FALSE);
}

/* "version 3 replaces version 2, signed on 17 Nov 2025: “The date”" */
static char *
dup_news (const WayVisit *visit, const WayVisit *old, WayRecordSet *unit)
{
  g_autofree char *reasons = NULL, *day = NULL;
  const char *signed_at = NULL;

  if (old->signed_at == NULL)
    return g_strdup ("The signed record takes the place of the unsigned one");
  reasons = join_reasons (unit, (int) old->version, &signed_at);
  day = signed_at != NULL ? way_date_format_short (way_date_from_stamp_in_england (signed_at, NULL))
                          : NULL;
  return g_strdup_printf ("Version %d replaces version %d%s%s%s%s",
                          (int) visit->version,
                          (int) old->version,
                          day != NULL ? ", signed on " : "",
                          day != NULL ? day : "",
                          *reasons != '\0' ? ": " : "",
                          reasons);
}

/* @apart: (out) (nullable): the store's, where the file's does not follow from it */
static gboolean
note_newer (
    WayDbImport *self, const WayVisit *visit, WayRecordSet *unit, WayVisit **apart, GError **error)
{
  g_autoptr (WayVisit) old = NULL;
  g_autofree char *kept = NULL, *outcome = NULL;

  if (!find_kept (self, visit->record.id, &old, &kept, error))
    return FALSE;
  self->report->n_changed++;
  self->report->n_newer++;
  if (old->signed_at == NULL || follows (unit, old, kept)) {
    note_visit (self, WAY_IMPORT_CHANGE, visit, unit, NULL)->message = dup_news (visit, old, unit);
    return TRUE;
  }
  outcome = g_strdup_printf (
      "Version %d of the file becomes the newest. Version %d of this store stays in the list of "
      "versions, where it can be read; if it says what the newest does not, amend the visit",
      (int) visit->version,
      (int) old->version);
  note_choice (self, visit, old, unit, outcome);
  *apart = g_steal_pointer (&old);
  return TRUE;
}

static void
note_new (WayDbImport *self, const WayVisit *visit, GPtrArray *parts, WayRecordSet *unit)
{
  for (guint i = 0; i < parts->len; i++) {
    const WayImportItem *item = g_ptr_array_index (parts, i);

    self->report->n_added[way_record_type_index (item->record->type)]++;
    self->report->n_added_total++;
  }
  note_visit (self, WAY_IMPORT_ADD, visit, unit, NULL);
}

/* The rows of the visit become what the unit says, and its content is kept. */
static gboolean
put_rows (WayDbImport *self,
          WayRecordSet *unit,
          WayRecordSet *rows,
          WayDossierFate fate,
          const WayVisit *apart,
          GError **error)
{
  const WayVisit *visit = signed_visit (unit);
  const char *id = visit->record.id;
  g_autofree char *text = way_canonical_write (unit, WAY_CANONICAL_SHARED);
  g_autoptr (GPtrArray) before =
      fate == WAY_DOSSIER_NEWER
          ? way_db_rows_where (self->db, WAY_VISIT_TARGET, "WHERE \"visit\" = ?1", id, error)
          : g_ptr_array_new ();

  return before != NULL && way_db_open_door (self->db, id, error) &&
         (apart == NULL || way_db_keep_version (self->db, apart, NULL, error)) &&
         way_db_sync_visit (self->db, rows, error) &&
         (fate != WAY_DOSSIER_NEWER || way_db_follow_ratings (self->db, rows, before, error)) &&
         way_db_add_versions (self->db, rows, error) &&
         way_db_keep_content (self->db, id, (int) visit->version, text, error) &&
         way_db_close_door (self->db, id, error);
}

/* What a later unit of the same files is compared with. */
static void
remember_would_be (WayDbImport *self, const WayVisit *visit, WayRecordSet *unit)
{
  g_autofree char *text = way_canonical_write (unit, WAY_CANONICAL_SHARED);
  char fingerprint[WAY_FINGERPRINT_SIZE];

  way_canonical_fingerprint (text, fingerprint);
  note_kept_version (self, visit, fingerprint);
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
  g_autoptr (WayVisit) apart = NULL;

  if (fate == WAY_DOSSIER_NEW)
    note_new (self, visit, parts, unit);
  else if (!note_newer (self, visit, unit, &apart, error) || !keep_outcomes (self, parts, error))
    return FALSE;
  if (self->options.dry_run) {
    remember_would_be (self, visit, unit);
    return TRUE;
  }
  for (guint i = 0; i < parts->len; i++)
    way_record_set_take (
        rows, g_steal_pointer (&((WayImportItem *) g_ptr_array_index (parts, i))->record));
  return put_rows (self, unit, rows, fate, apart, error);
}
