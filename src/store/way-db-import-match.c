/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which record of the store a record of a file is. */
#include "way-db-import-private.h"

#include "way-error.h"
#include "way-text.h"

#include <string.h>

/* What makes two records of a type the same where the file has no id of ours: these fields are
 * equal; after "~", equal or not known to one of them. @by_id_only: only for rows without an id;
 * one with an id that the store has not is another. An id that the reader made from the row's
 * cells is none of ours, but tells the rows of its file apart. */
static const struct {
  const WayRecordType *type;
  const char *keys;
  gboolean by_id_only;
} NATURAL[] = {
    {WAY_CODE, "list code", FALSE},
    {WAY_TERM, "year term", FALSE},
    {WAY_ENROLMENT, "child setting from", FALSE},
    {WAY_SEN_STATUS, "child from", FALSE}, /* one begins on a day */
    {WAY_NEED, "child type ~from", FALSE},
    {WAY_FLAG, "child flag from", FALSE},
    {WAY_CONTACT, "child name", FALSE},
    {WAY_AGREEMENT, "child given_by given_on", FALSE},
    {WAY_ATTENDANCE, "child year setting", FALSE},
    {WAY_CASE, "child opened", TRUE},
    {WAY_CASE_STATUS, "case from", FALSE},
    {WAY_ALLOCATION, "case practitioner from", FALSE},
    {WAY_CYCLE, "child number", TRUE},
    {WAY_PROVISION, "child what ~from", TRUE},
    {WAY_OUTCOME, "child outcome statement", TRUE},
    {WAY_TARGET, "child statement start", TRUE},
    {WAY_MEASUREMENT, "target date value not_measured note by", TRUE},
    {WAY_PHASE, "target date label", FALSE},
    {WAY_VISIT_CHILD, "visit child", FALSE},
    {WAY_VISIT_PERSON, "visit name", TRUE},
    {WAY_VISIT_VIEW, "visit whose ~child text", TRUE},
    {WAY_REVIEW, "child date", TRUE},
    {WAY_ACTION, "child visit review what due ~who", TRUE},
    {WAY_VISIT_ACTION, "visit action", FALSE},
    {WAY_VISIT_TARGET, "visit target", FALSE},
    {WAY_ASSESSMENT, "child name date", TRUE},
    {WAY_REVIEW_TARGET, "review target", FALSE},
    {WAY_VISIT_VERSION, "visit version", FALSE},
    {WAY_DISCLOSURE, "child visit what at", TRUE},
};

/* What is so without a known beginning is the same whenever a file says it. */
static const char *
dated_keys_of (const WayRecordType *type)
{
  return type == WAY_FLAG         ? "child flag"
         : type == WAY_SEN_STATUS ? "child provision"
         : type == WAY_ENROLMENT  ? "child setting"
                                  : NULL;
}

static const char *
keys_of (const WayRecordType *type, gboolean has_id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (NATURAL); i++) {
    if (NATURAL[i].type == type)
      return has_id && NATURAL[i].by_id_only ? NULL : NATURAL[i].keys;
  }
  return NULL;
}

/* What @record is found by. Attendance at a school that the store does not know is known by its id
 * alone: there may be several such schools. */
static const char *
keys_with (const WayRecord *record, gboolean has_id)
{
  if (record->dated_by_file)
    return dated_keys_of (record->type);
  if (record->type == WAY_ATTENDANCE && has_id && ((const WayAttendance *) record)->setting == NULL)
    return NULL;
  return keys_of (record->type, has_id);
}

static const char *
keys_for (const WayRecord *record)
{
  return keys_with (record, record->id != NULL && !record->derived_id);
}

/* Whether each such row of a file is a record of its own, though it may be known here by another
 * id: two measurements that are alike in all cells are two. */
static gboolean
is_one_each (const WayRecord *record)
{
  return record->derived_id && keys_of (record->type, TRUE) == NULL;
}

/* What ended before the day of a file is not what the file says. */
static gboolean
is_over (const WayRecord *record, const WayRecord *old)
{
  const WayField *from = way_record_type_find (record->type, "from");
  const WayField *to = way_record_type_find (record->type, "to");

  return record->dated_by_file && way_field_is_known (to, old) &&
         way_field_date (to, old) < way_field_date (from, record);
}

static gboolean
is_free (WayDbImport *self, const WayRecord *record, const WayRecord *old)
{
  return !is_over (record, old) &&
         (record->id == NULL || !way_import_table_has (self->taken_here, old->type, old->id)) &&
         (!is_one_each (record) || !way_import_table_has (self->taken, old->type, old->id));
}

/* The fields named in @keys; @loose: which of them came after "~". */
static guint
split_keys (const WayRecordType *type,
            const char *keys,
            const WayField *fields[8],
            gboolean loose[8])
{
  guint n = 0;

  while (*keys != '\0') {
    gsize length = strcspn (keys, " ");
    g_autofree char *name = NULL;

    loose[n] = *keys == '~';
    name = g_strndup (keys + loose[n], length - loose[n]);
    fields[n++] = way_record_type_find (type, name);
    keys += length + (keys[length] == ' ');
  }
  return n;
}

/* Whether what the record belongs to is new, so that the store can't have it. */
gboolean
way_import_is_parent_new (WayDbImport *self, const WayRecord *record)
{
  for (guint i = 0; i < record->type->n_fields; i++) {
    const WayField *field = &record->type->fields[i];
    WayPlace *place;

    if (field->kind != WAY_FIELD_ID || (field->flags & WAY_FIELD_REQUIRED) == 0 ||
        !way_field_is_known (field, record))
      continue;
    place = way_import_find_place (
        self, way_record_type_by_name (field->list), way_field_string (field, record));
    if (place != NULL && place->is_new)
      return TRUE;
  }
  return FALSE;
}

static void
mix (guint64 *hash, gconstpointer data, gsize size)
{
  const guint8 *bytes = data;

  for (gsize i = 0; i < size; i++)
    *hash = (*hash ^ bytes[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  *hash = (*hash ^ 0xff) * G_GUINT64_CONSTANT (0x100000001b3);
}

/* FNV-1a over the natural key. */
static guint64
hash_keys (const WayRecord *record, const char *keys)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);
  const WayField *fields[8];
  gboolean loose[8];
  guint n = split_keys (record->type, keys, fields, loose);

  mix (&hash, record->type->name, strlen (record->type->name));
  for (guint i = 0; i < n; i++) {
    const char *text;

    if (loose[i])
      continue;
    if (!way_field_is_text (fields[i])) {
      if (fields[i]->kind == WAY_FIELD_NUMBER)
        mix (&hash, &way_field_number (fields[i], record), sizeof (double));
      else
        mix (&hash, &way_field_date (fields[i], record), sizeof (guint32));
      continue;
    }
    text = way_field_string (fields[i], record);
    mix (&hash, text != NULL ? text : "", text != NULL ? strlen (text) : 0);
  }
  return hash;
}

typedef struct {
  guint64 unit;      /* of which it was last */
  WayRecord *record; /* (nullable): NULL: all that is asked of it is in its natural key */
} WouldBe;

static void
would_be_free (gpointer data)
{
  WouldBe *would_be = data;

  g_clear_pointer (&would_be->record, way_record_free);
  g_free (would_be);
}

/**
 * way_import_would_be_new:
 *
 * Returns: (transfer full): for what a dry run would add, by the hash of its natural key
 */
GHashTable *
way_import_would_be_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, would_be_free);
}

static WouldBe *
find_would_be (WayDbImport *self, const WayRecord *record, const char *keys)
{
  guint64 hash = hash_keys (record, keys);

  return g_hash_table_lookup (self->would_be, &hash);
}

/* In a dry run: the record that would be there is this one, and no other of its unit. */
static void
take_would_be (WayDbImport *self, const WayRecord *record)
{
  const char *keys = keys_for (record);
  WouldBe *would_be = keys != NULL ? find_would_be (self, record, keys) : NULL;

  if (would_be != NULL)
    would_be->unit = self->unit;
}

/**
 * way_import_take_one:
 * @id: the record of the store that @record is
 *
 * So that no other row of the files is the same one, or no other record of the unit.
 */
void
way_import_take_one (WayDbImport *self, const WayRecord *record, const char *id)
{
  if (is_one_each (record))
    way_import_table_set (self->taken, record->type, id, NULL);
  way_import_table_set (self->taken_here, record->type, id, NULL);
  if (self->options.dry_run)
    take_would_be (self, record);
}

static char *
condition_for (const WayRecord *record, const WayField **fields, const gboolean *loose, guint n)
{
  g_autoptr (GString) condition = g_string_new ("WHERE ");

  for (guint i = 0; i < n; i++) {
    gboolean known = way_field_is_known (fields[i], record);

    if (loose[i] && !known)
      continue;
    if (condition->len > strlen ("WHERE "))
      g_string_append (condition, " AND ");
    if (!known)
      g_string_append_printf (condition, "\"%s\" IS NULL", fields[i]->name);
    else if (loose[i])
      g_string_append_printf (
          condition, "(\"%s\" IS NULL OR \"%s\" = ?%u)", fields[i]->name, fields[i]->name, i + 1);
    else
      g_string_append_printf (condition, "\"%s\" = ?%u", fields[i]->name, i + 1);
  }
  return g_string_free (g_steal_pointer (&condition), FALSE);
}

static void
bind_keys (WayStmt *stmt, const WayRecord *record, const WayField **fields, guint n)
{
  int n_bound = sqlite3_bind_parameter_count (stmt->stmt);

  for (guint i = 0; i < n && (int) i < n_bound; i++) {
    if (!way_field_is_known (fields[i], record))
      continue;
    if (fields[i]->kind == WAY_FIELD_NUMBER)
      stmt->rc =
          sqlite3_bind_double (stmt->stmt, (int) i + 1, way_field_number (fields[i], record));
    else if (fields[i]->kind == WAY_FIELD_DATE)
      way_stmt_bind_date (stmt, (int) i + 1, way_field_date (fields[i], record));
    else
      way_stmt_bind_text (stmt, (int) i + 1, way_field_string (fields[i], record));
  }
}

/* In a dry run: whether an earlier row would have been the same. Those of one unit are told apart
 * by their ids, as they are where the unit is stored at once. */
static void
match_would_be (WayDbImport *self, const WayRecord *record, const char *keys, WayRecord **old)
{
  const WouldBe *would_be = is_one_each (record) ? NULL : find_would_be (self, record, keys);

  if (would_be != NULL && would_be->unit != self->unit)
    *old = way_record_copy (would_be->record != NULL ? would_be->record : record);
}

/* What this import made another record of, such as another SEN status, is not what it was. */
static gboolean
is_still (WayDbImport *self, const WayRecord *record, const WayRecord *row, const char *keys)
{
  const WayChanged *changed = way_import_table_get (self->changed, row->type, row->id);

  return changed == NULL || hash_keys (changed->record, keys) == hash_keys (record, keys);
}

static gboolean
match_natural (WayDbImport *self, WayRecord *record, WayRecord **old, GError **error)
{
  const WayRecordType *type = record->type;
  const char *keys = keys_for (record);
  const WayField *fields[8];
  gboolean loose[8];
  g_autofree char *condition = NULL, *sql = NULL;
  guint n;
  WayStep step = WAY_STEP_DONE;

  if (keys == NULL)
    return TRUE;
  if (self->options.dry_run && way_import_is_parent_new (self, record)) {
    match_would_be (self, record, keys, old);
    return TRUE;
  }
  n = split_keys (type, keys, fields, loose);
  condition = condition_for (record, fields, loose, n);
  sql = g_strconcat ("SELECT ",
                     way_db_row_columns (self->db, type),
                     " FROM \"",
                     type->name,
                     "\" ",
                     condition,
                     " ORDER BY rowid",
                     NULL);
  {
    g_auto (WayStmt) stmt = way_stmt_prepare (self->db, sql);

    bind_keys (&stmt, record, fields, n);
    while (*old == NULL && (step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW) {
      g_autoptr (WayRecord) row = way_db_row_read (&stmt, type);

      if (is_free (self, record, row) && is_still (self, record, row, keys))
        *old = g_steal_pointer (&row);
    }
  }
  if (step == WAY_STEP_DONE && self->options.dry_run)
    match_would_be (self, record, keys, old);
  if (step == WAY_STEP_DONE && *old == NULL && !record->dated_by_file &&
      !way_import_match_days (self, record, old, error))
    return FALSE;
  if (*old != NULL && record->dated_by_file) /* since when is known here */
    way_field_copy (way_record_type_find (type, "from"), *old, record);
  return step != WAY_STEP_ERROR;
}

/* As the store has it; in a dry run also as it would have it. */
static gboolean
read_old (
    WayDbImport *self, const WayRecord *record, const char *id, WayRecord **old, GError **error)
{
  WayPlace *place = way_import_find_place (self, record->type, id);

  if (place != NULL && place->is_new && self->options.dry_run) {
    *old = way_record_copy (place->record != NULL ? place->record : record);
    return TRUE;
  }
  return way_db_row_get (self->db, record->type, id, old, error);
}

/* A child that has neither the name nor the day of birth is another one, whatever a file called the
 * first: an id such as "1" may stand in many. */
static gboolean
contradicts (const WayRecord *record, const WayRecord *old)
{
  const WayChild *a = (const WayChild *) record, *b = (const WayChild *) old;
  g_autofree char *name = NULL, *old_name = NULL;

  if (record->type != WAY_CHILD || a->dob == b->dob)
    return FALSE;
  name = way_text_fold (a->surname != NULL ? a->surname : "");
  old_name = way_text_fold (b->surname);
  return strcmp (name, old_name) != 0;
}

/* What an earlier file called by this id. */
static gboolean
match_other_id (WayDbImport *self, const WayRecord *record, WayRecord **old, GError **error)
{
  g_autofree char *id = NULL;

  if (record->id == NULL || record->derived_id)
    return TRUE;
  if (!way_db_known_as_get (self->db, record->type, record->id, &id, error))
    return FALSE;
  if (id == NULL || way_import_was_left_out (self, record->type, id))
    return TRUE;
  if (!read_old (self, record, id, old, error))
    return FALSE;
  if (*old != NULL && contradicts (record, *old))
    g_clear_pointer (old, way_record_free);
  return TRUE;
}

/* By what the file calls it. */
static gboolean
match_id (WayDbImport *self, WayImportItem *item, GError **error)
{
  WayRecord *record = item->record;
  /* A row may be one of the store that was put under something new, such as another target. */
  gboolean is_moved = item->is_row && !record->derived_id;

  if (way_import_is_named_by_file (record))
    return way_import_settle_name (self, record, &item->name, &item->old, error);
  if (record->id != NULL && (is_moved || !way_import_is_parent_new (self, record)) &&
      !read_old (self, record, record->id, &item->old, error))
    return FALSE;
  return item->old != NULL || match_other_id (self, record, &item->old, error);
}

static gboolean
match (WayDbImport *self, WayImportItem *item, GError **error)
{
  WayRecord *record = item->record, **old = &item->old;
  WayPlace *place;
  const char *id = NULL;
  gboolean done = TRUE;

  if (record->dated_by_file)
    g_clear_pointer (&record->id, g_free); /* one that ended has it, perhaps */
  if (record->id != NULL)
    way_set_string (&record->id, way_import_own_name (self, record->type, record->id));
  place = record->id != NULL ? way_import_find_place (self, record->type, record->id) : NULL;
  if (place != NULL && place->id != NULL)
    return read_old (self, record, place->id, old, error);
  if (!match_id (self, item, error))
    return FALSE;
  if (*old != NULL)
    return TRUE;
  if (record->type == WAY_CHILD)
    done = way_import_match_child (self, record, &id, error);
  else if (record->type == WAY_SETTING)
    done = way_import_match_setting (self, record, &id, error);
  else if (record->type == WAY_PRACTITIONER)
    done = way_import_match_practitioner (self, record, &id, error);
  else
    return match_natural (self, record, old, error);
  return done && (id == NULL || read_old (self, record, id, old, error));
}

/**
 * way_import_match:
 * @item: (inout): its record, with its references resolved, gets another id if what the file calls
 *   it is the id of another record; @old is set to the same record as the store has it, if it has
 */
gboolean
way_import_match (WayDbImport *self, WayImportItem *item, GError **error)
{
  WayChanged *changed;

  if (item->record->ended_by_file && !way_import_settle_end (self, item->record, error))
    return FALSE;
  if (!match (self, item, error))
    return FALSE;
  changed = item->old != NULL && item->old->id != NULL
                ? way_import_table_get (self->changed, item->old->type, item->old->id)
                : NULL;
  if (changed == NULL)
    return TRUE;
  way_record_free (item->old);
  item->old = way_record_copy (changed->record);
  return TRUE;
}

/* What is part of a visit, a review or a target is very much, and its key is nearly all that it
 * says. */
static gboolean
is_all_in_key (const WayRecordType *type)
{
  return way_record_type_find (type, "visit") != NULL ||
         way_record_type_find (type, "review") != NULL ||
         way_record_type_find (type, "target") != NULL;
}

static void
note_would_be (WayDbImport *self, const WayRecord *record, const char *keys)
{
  guint64 hash = keys != NULL ? hash_keys (record, keys) : 0;
  WouldBe *would_be;

  if (keys == NULL)
    return;
  would_be = g_new0 (WouldBe, 1);
  would_be->unit = self->unit;
  would_be->record = is_all_in_key (record->type) ? NULL : way_record_copy (record);
  g_hash_table_insert (self->would_be, g_memdup2 (&hash, sizeof hash), would_be);
}

/**
 * way_import_would_be_there:
 * @record: of a type whose rows are told apart by their values
 *
 * Returns: in a dry run, whether an earlier row is the same as @record
 */
gboolean
way_import_would_be_there (WayDbImport *self, const WayRecord *record)
{
  return find_would_be (self, record, keys_for (record)) != NULL;
}

/* Of other visits nothing is asked, and there may be very many. */
static gboolean
is_planned_visit (WayDbImport *self, const WayRecord *record)
{
  return record->type == WAY_VISIT && ((const WayVisit *) record)->date > self->options.today;
}

/**
 * way_import_remember:
 * @record: what will be added, with its id
 * @had_id: whether the file gave it
 *
 * So that later rows of the same files find it.
 */
gboolean
way_import_remember (WayDbImport *self, const WayRecord *record, gboolean had_id, GError **error)
{
  if (!way_import_know_children (self, error) || !way_import_know_places (self, error))
    return FALSE;
  if (record->type == WAY_CHILD) {
    way_import_know_child (self, (const WayChild *) record);
  } else if (record->type == WAY_SETTING) {
    way_import_know_setting (self, (const WaySetting *) record);
  } else if (record->type == WAY_PRACTITIONER) {
    way_import_know_practitioner (self, (const WayPractitioner *) record);
  }
  /* A child's name stands in notes about what belongs to it; a target's scale is that of its
   * measurements. */
  if (record->type == WAY_CHILD || record->type == WAY_TARGET)
    way_import_find_place (self, record->type, record->id)->record = way_record_copy (record);
  if (!self->options.dry_run)
    return TRUE;
  if (record->type == WAY_SETTING || record->type == WAY_PRACTITIONER ||
      is_planned_visit (self, record) || record->type == WAY_CASE || record->type == WAY_OUTCOME ||
      record->type == WAY_CYCLE || record->type == WAY_REVIEW || record->type == WAY_ATTENDANCE)
    way_import_find_place (self, record->type, record->id)->record = way_record_copy (record);
  if (record->type == WAY_CASE)
    g_hash_table_insert (self->cases, g_strdup (record->id), way_record_copy (record));
  if (record->type == WAY_TERM)
    g_ptr_array_add (self->terms, way_record_copy (record));
  note_would_be (self, record, keys_with (record, had_id));
  note_would_be (self, record, dated_keys_of (record->type));
  return TRUE;
}

/**
 * way_import_remember_merged:
 * @old: as it was
 * @merged: as it will be
 *
 * So that later rows of the same files see it as it will be.
 */
gboolean
way_import_remember_merged (WayDbImport *self,
                            const WayRecord *old,
                            const WayRecord *merged,
                            GError **error)
{
  WayPlace *place = old->id != NULL ? way_import_find_place (self, old->type, old->id) : NULL;

  if (old->id != NULL && (self->options.dry_run || old->type == WAY_TARGET ||
                          old->type == WAY_CHILD || old->type == WAY_SEN_STATUS))
    way_import_note_changed (self, old, merged);
  if (place != NULL && place->record != NULL) {
    way_record_free (place->record);
    place->record = way_record_copy (merged);
  }
  return old->type != WAY_CHILD ||
         way_import_know_merged_child (
             self, (const WayChild *) old, (const WayChild *) merged, error);
}
