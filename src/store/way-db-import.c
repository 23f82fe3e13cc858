/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The import session: takes units of records from a reader, finds what the store has already, and
 * adds, fills or reports. A dry run is the same walk without the writes; what it would have
 * written it remembers by id, so that later rows find it. */
#include "way-db-import-private.h"

#include "way-error.h"

#include <string.h>

static void
place_free (gpointer data)
{
  WayPlace *place = data;

  g_free (place->id);
  way_record_free (place->record);
  g_free (place);
}

static gboolean
apply_item (WayDbImport *self, WayImportItem *item, GError **error)
{
  if (item->record == NULL || (item->old != NULL && way_record_equal (item->old, item->record)))
    return TRUE;
  return way_db_save_unchecked (self->db, item->record, item->old, error);
}

/* So that a later file that names the record as this one does finds it. */
static gboolean
note_other_id (WayDbImport *self, const WayImportItem *item, GError **error)
{
  const WayRecord *record = item->old != NULL ? item->old : item->record;
  gboolean is_new = FALSE;

  if (item->other_id != NULL &&
      !way_db_known_as_set (
          self->db, item->old->type, item->other_id, item->old->id, &is_new, error))
    return FALSE;
  self->n_names += is_new;
  if (item->name == NULL || record == NULL)
    return TRUE;
  if (!way_db_known_as_set (self->db, record->type, item->name, record->id, &is_new, error))
    return FALSE;
  self->n_names += is_new;
  return TRUE;
}

static gboolean
apply_items (WayDbImport *self, GPtrArray *items, GError **error)
{
  for (guint i = 0; i < items->len; i++) {
    WayImportItem *item = g_ptr_array_index (items, i);

    if (!apply_item (self, item, error) || !note_other_id (self, item, error))
      return FALSE;
  }
  return TRUE;
}

static void
leave_out_all (WayDbImport *self, GPtrArray *records_or_items, gboolean are_items)
{
  for (guint i = 0; i < records_or_items->len; i++) {
    gpointer entry = g_ptr_array_index (records_or_items, i);
    const WayRecord *record = are_items ? ((WayImportItem *) entry)->record : entry;
    const char *name;
    WayPlace *place;

    if (record == NULL || record->id == NULL)
      continue;
    name = way_import_own_name (self, record->type, record->id);
    place = way_import_find_place (self, record->type, name);
    if (place == NULL || (place->is_new && place->unit == self->unit))
      way_import_set_place (self, record->type, name, NULL);
  }
}

/* The unit is left out: nothing that names one of its records can be taken either. */
static void
leave_out (WayDbImport *self, WayRecordSet *unit, guint first_note, const WayImportReport *before)
{
  GPtrArray *notes = self->report->notes;

  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++)
    leave_out_all (self, way_record_set_list (unit, WAY_RECORD_TYPES[i]), FALSE);
  way_import_forget_changed (self);
  way_import_forget_met (self);
  for (guint i = notes->len; i > first_note; i--) {
    const WayImportNote *note = g_ptr_array_index (notes, i - 1);

    if (note->kind != WAY_IMPORT_ERROR && note->kind != WAY_IMPORT_NOTICE)
      g_ptr_array_remove_index (notes, i - 1);
  }
  memcpy (self->report->n_added, before->n_added, WAY_N_RECORD_TYPES * sizeof (guint));
  self->report->n_added_total = before->n_added_total;
  self->report->n_changed = before->n_changed;
  self->report->n_newer = before->n_newer;
  self->report->n_same = before->n_same;
  self->report->n_conflicts = before->n_conflicts;
  self->report->n_apart = before->n_apart;
}

/* What is taken at once. */
typedef struct {
  WayRecordSet *records;
  WayDossierFate fate;
  GPtrArray *items; /* rows, and what a signed record shows besides */
  GPtrArray *parts; /* of the signed record itself */
} Unit;

static gboolean
plan_unit (WayDbImport *self, Unit *unit, gboolean *is_good, GError **error)
{
  gboolean is_dossier = unit->fate != WAY_DOSSIER_NONE;
  guint n_same = self->report->n_same;

  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    GPtrArray *list = way_record_set_list (unit->records, WAY_RECORD_TYPES[i]);

    if (is_dossier && WAY_RECORD_TYPES[i] == WAY_TERM)
      continue; /* the terms of the other's charts are no news */
    for (guint k = 0; k < list->len; k++) {
      const WayRecord *record = g_ptr_array_index (list, k);
      WayImportRole role = !is_dossier                                      ? WAY_IMPORT_ROW
                           : way_import_is_of_visit (record, unit->records) ? WAY_IMPORT_PART
                                                                            : WAY_IMPORT_CONTEXT;
      gboolean good = TRUE;
      WayImportItem *item;

      if (role == WAY_IMPORT_CONTEXT && (way_import_was_seen (self, record) ||
                                         way_import_is_rating (record, unit->records, unit->fate)))
        continue;

      /* What is part of a signed record has the same id in every store. */
      if (role == WAY_IMPORT_PART && way_import_find_place (self, record->type, record->id) == NULL)
        way_import_set_place (self, record->type, record->id, record->id)->is_new =
            unit->fate == WAY_DOSSIER_NEW;
      item = way_import_plan (self, record, role, &good, error);
      if (item == NULL)
        return FALSE;
      *is_good = *is_good && good;
      g_ptr_array_add (role == WAY_IMPORT_PART ? unit->parts : unit->items, item);
    }
  }
  if (is_dossier) /* people count records of visit, and not what each shows besides */
    self->report->n_same = n_same;
  return TRUE;
}

/* Of what will be stored: where the store keeps its own value, the file's adds nothing. */
static gboolean
add_codes_of (WayDbImport *self, const GPtrArray *items, GError **error)
{
  for (guint i = 0; i < items->len; i++) {
    const WayImportItem *item = g_ptr_array_index (items, i);

    if (item->record != NULL &&
        (item->old == NULL || !way_record_equal (item->old, item->record)) &&
        !way_import_add_codes (self, item->record, error))
      return FALSE;
  }
  return TRUE;
}

/* Only now that the unit is good: what is left out adds no code to a list. */
static gboolean
add_codes (WayDbImport *self, const Unit *unit, GError **error)
{
  return add_codes_of (self, unit->items, error) && add_codes_of (self, unit->parts, error);
}

static gboolean
put_unit (WayDbImport *self, Unit *unit, GError **error)
{
  return add_codes (self, unit, error) && apply_items (self, unit->items, error) &&
         (unit->fate == WAY_DOSSIER_NONE ||
          way_import_put_visit (self, unit->records, unit->parts, unit->fate, error));
}

static gboolean
apply_unit (WayDbImport *self, Unit *unit, GError **error)
{
  if (self->options.dry_run)
    return add_codes (self, unit, error) &&
           (unit->fate == WAY_DOSSIER_NONE ||
            way_import_put_visit (self, unit->records, unit->parts, unit->fate, error));
  return way_db_begin (self->db, error) &&
         way_db_end (self->db, put_unit (self, unit, error), error);
}

/* What the tables refuse after all is the row's fault, not the store's. */
static gboolean
is_fault_of_row (const GError *error)
{
  return g_error_matches (error, WAY_ERROR, WAY_ERROR_INVALID) ||
         g_error_matches (error, WAY_ERROR, WAY_ERROR_LOCKED);
}

static const WayRecord *
first_record (WayRecordSet *unit)
{
  for (guint i = WAY_N_RECORD_TYPES; i > 0; i--) {
    const WayRecord *record = way_record_set_first (unit, WAY_RECORD_TYPES[i - 1]);

    if (record != NULL)
      return record;
  }
  return NULL;
}

/* A signed record of visit was taken: what need not be remembered of it is not. */
static void
forget_unit (WayDbImport *self, WayRecordSet *records)
{
  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    GPtrArray *list = way_record_set_list (records, WAY_RECORD_TYPES[i]);

    for (guint k = 0; k < list->len; k++) {
      const WayRecord *record = g_ptr_array_index (list, k);

      if (record->type != WAY_TERM && !way_import_is_of_visit (record, records))
        way_import_note_seen (self, record);
    }
  }
  way_import_forget_places (self, records);
}

/* Another folder may call another record by an id whose row could not be read in this one. */
static void
forget_refused (WayDbImport *self, WayRecordSet *records)
{
  for (guint i = 0; i < WAY_N_RECORD_TYPES && g_hash_table_size (self->refused) > 0; i++) {
    GPtrArray *list = way_record_set_list (records, WAY_RECORD_TYPES[i]);

    for (guint k = 0; k < list->len; k++) {
      const WayRecord *record = g_ptr_array_index (list, k);

      if (record->id != NULL)
        way_import_table_remove (self->refused, record->type, record->id);
    }
  }
}

/* For tell_unsigned(), once the unit is taken. */
static void
count_unsigned (WayDbImport *self, const GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++) {
    const WayImportItem *item = g_ptr_array_index (items, i);
    guint which;

    if (!item->was_signed || item->record == NULL)
      continue;
    which = item->record->type == WAY_REVIEW;
    if (self->n_unsigned[which]++ == 0)
      self->unsigned_source[which] = item->record->source;
  }
}

static gboolean
take (WayImportSink *sink, WayRecordSet *records, GError **error)
{
  WayDbImport *self = (WayDbImport *) sink;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (way_import_item_free);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (way_import_item_free);
  Unit unit = {.records = records, .items = items, .parts = parts};
  g_autoptr (GError) failure = NULL;
  g_autofree guint *n_added =
      g_memdup2 (self->report->n_added, WAY_N_RECORD_TYPES * sizeof (guint));
  WayImportReport before = *self->report;
  guint first_note = self->report->notes->len, n_planned;
  gboolean is_good = TRUE;

  g_assert (self->db->owner == g_thread_self ());
  before.n_added = n_added;
  self->unit++;
  g_hash_table_remove_all (self->taken_here);
  self->records = records;
  if (!way_import_judge (self, records, &unit.fate, error))
    return FALSE;
  if (unit.fate == WAY_DOSSIER_NOTHING)
    return TRUE;
  if (!plan_unit (self, &unit, &is_good, error))
    return FALSE;
  n_planned = self->report->notes->len;
  if (is_good && apply_unit (self, &unit, &failure)) {
    forget_refused (self, records);
    count_unsigned (self, items);
    way_import_note_terms (self, items);
    if (!self->options.dry_run)
      g_hash_table_remove_all (self->changed); /* the store has it now */
    if (unit.fate != WAY_DOSSIER_NONE)
      forget_unit (self, records);
    return TRUE;
  }
  g_ptr_array_set_size (self->report->notes, (int) n_planned); /* it was undone */
  if (failure != NULL && !is_fault_of_row (failure)) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  if (failure != NULL)
    way_import_refuse (self, first_record (records), NULL, failure->message);
  leave_out_all (self, items, TRUE);
  leave_out (self, records, first_note, &before);
  return TRUE;
}

static void
problem (WayImportSink *sink,
         WayImportKind kind,
         const char *source,
         guint line,
         const char *field,
         const char *message)
{
  WayDbImport *self = (WayDbImport *) sink;
  WayImportNote *note = way_import_report_add (self->report, kind, g_intern_string (source), line);

  note->field = g_strdup (field);
  note->message = g_strdup (message);
}

static void
left_out (WayImportSink *sink, const WayRecordType *type, const char *id)
{
  WayDbImport *self = (WayDbImport *) sink;

  if (id != NULL)
    way_import_table_set (self->refused, type, id, NULL);
  else
    g_hash_table_add (self->broken, (gpointer) type);
}

static void
begin (WayImportSink *sink)
{
  ((WayDbImport *) sink)->report->unit++;
}

static void
import_free (WayDbImport *self)
{
  g_hash_table_unref (self->refused);
  g_hash_table_unref (self->broken);
  g_hash_table_unref (self->places);
  g_hash_table_unref (self->own_names);
  g_clear_pointer (&self->children, g_hash_table_unref);
  g_clear_pointer (&self->upns, g_hash_table_unref);
  g_clear_pointer (&self->settings, g_hash_table_unref);
  g_clear_pointer (&self->setting_marks, g_hash_table_unref);
  g_clear_pointer (&self->named_settings, g_hash_table_unref);
  g_clear_pointer (&self->practitioners, g_hash_table_unref);
  g_hash_table_unref (self->codes);
  g_hash_table_unref (self->would_be);
  g_hash_table_unref (self->taken);
  g_hash_table_unref (self->taken_here);
  g_hash_table_unref (self->changed);
  g_hash_table_unref (self->cases);
  g_ptr_array_unref (self->terms);
  g_hash_table_unref (self->beside);
  g_hash_table_unref (self->dossiers);
  g_ptr_array_unref (self->later);
  g_clear_pointer (&self->options.answers, g_hash_table_unref);
  g_free (self->seen);
  g_hash_table_unref (self->met);
  g_clear_pointer (&self->report, way_import_report_free);
  g_free (self);
}

/**
 * way_db_import_begin:
 * @options: copied
 *
 * Begins an import: everything that the sink takes until way_db_import_end() is one
 * transaction.
 *
 * Returns: (transfer full): where a reader puts what it reads; way_db_import_end() frees it
 */
WayImportSink *
way_db_import_begin (WayDb *self, const WayImportOptions *options, GError **error)
{
  WayDbImport *session;

  g_assert (self->owner == g_thread_self ());
  /* A dry run as well: what it looks up thousands of times is one state then, and one lock. */
  if (!way_db_begin (self, error))
    return NULL;
  session = g_new0 (WayDbImport, 1);
  session->sink.take = take;
  session->sink.problem = problem;
  session->sink.left_out = left_out;
  session->sink.begin = begin;
  session->db = self;
  session->options = *options;
  if (options->answers != NULL)
    g_hash_table_ref (options->answers);
  if (session->options.today == WAY_DATE_UNKNOWN)
    session->options.today = self->today;
  session->report = way_import_report_new ();
  session->places = way_import_table_new (place_free);
  session->own_names = way_import_table_new (g_free);
  session->refused = way_import_table_new (NULL);
  session->broken = g_hash_table_new (NULL, NULL);
  session->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  session->would_be = way_import_would_be_new ();
  session->taken_here = way_import_table_new (NULL);
  session->taken = way_import_table_new (NULL);
  session->changed = way_import_table_new (way_import_changed_free);
  session->cases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, way_record_free);
  session->terms = g_ptr_array_new_with_free_func (way_record_free);
  session->beside =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  session->dossiers =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  session->seen = way_import_seen_new ();
  session->met = way_import_table_new (g_free);
  session->later = g_ptr_array_new_with_free_func (way_record_free);
  return &session->sink;
}

static gboolean
finish (WayDbImport *self, GError **error)
{
  return way_db_exec (self->db, "DELETE FROM \"signing\"", error) &&
         way_db_add_audit (self->db, "import", NULL, NULL, error);
}

/* Said once for all of them: a folder may hold thousands. */
static void
tell_unsigned (WayDbImport *self)
{
  static const char *const WHAT[][3] = {
      {"visit is",
       "visits are",
       "To have them as they were signed, import the XML or PDF of the records"},
      {"review is", "reviews are", "Read them through and sign them again"}};

  for (guint i = 0; i < G_N_ELEMENTS (WHAT); i++) {
    WayImportNote *note;

    if (self->n_unsigned[i] == 0)
      continue;
    note = way_import_report_add (self->report, WAY_IMPORT_NOTICE, self->unsigned_source[i], 0);
    note->field = g_strdup ("signed_at");
    note->message = g_strdup_printf (
        "%u signed %s not signed here: a table does not hold all that was signed. %s",
        self->n_unsigned[i],
        WHAT[i][self->n_unsigned[i] == 1 ? 0 : 1],
        WHAT[i][2]);
  }
}

static gboolean
has_news (const WayDbImport *self)
{
  return self->report->n_added_total > 0 || self->report->n_changed > 0 || self->n_names > 0;
}

static gboolean
may_be_kept (const WayDbImport *self)
{
  return self->report->n_errors == 0 || self->options.skip_bad_rows;
}

/* What only shows when all is there. */
static gboolean
complete (WayDbImport *self, GError **error)
{
  return way_import_resolve_later (self, error) &&
         (!may_be_kept (self) || way_import_check_terms (self, error));
}

/**
 * way_db_import_end:
 * @sink: (transfer full): of way_db_import_begin()
 * @read_to_the_end: whether reading succeeded
 *
 * Stores all that was taken, or changes nothing: in a dry run, if there were errors and
 * skip_bad_rows is not set, if reading failed, or if terms would overlap.
 *
 * Returns: (transfer full): what was done or would be done; %NULL if the store failed, or with
 *   %WAY_ERROR_REFUSED if terms would overlap
 */
WayImportReport *
way_db_import_end (WayImportSink *sink, gboolean read_to_the_end, GError **error)
{
  WayDbImport *self = (WayDbImport *) sink;
  WayImportReport *report = NULL;
  gboolean done = !read_to_the_end || complete (self, error);
  gboolean keep = done && read_to_the_end && !self->options.dry_run && may_be_kept (self);

  tell_unsigned (self);
  if (keep && has_news (self))
    done = way_db_end (self->db, finish (self, error), error);
  else
    way_db_rollback (self->db);
  if (done)
    report = g_steal_pointer (&self->report);
  import_free (self);
  return report;
}
