/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Visits that are being written: the rows of an unsigned visit, and the draft, which is what the
 * editor holds, whether or not it could be stored as rows yet. */
#include "way-db-private.h"

#include "way-error.h"
#include "way-visit-content.h"

static gboolean
has_visit (WayRecordSet *records, GError **error)
{
  if (way_record_set_list (records, WAY_VISIT)->len == 1)
    return TRUE;
  g_set_error_literal (error, WAY_ERROR, WAY_ERROR_INVALID, "visit: Exactly one is needed");
  return FALSE;
}

/* Open: nobody has said yet that it was done, or that it was not. */
static gboolean
add_open_actions (WayDb *self, WayRecordSet *records, const char *child_id, GError **error)
{
  g_autoptr (GPtrArray) actions =
      way_db_rows_where (self,
                         WAY_ACTION,
                         "WHERE (\"child\" = ?1 OR (\"child\" IS NULL AND (\"visit\" IN (SELECT "
                         "\"visit\" FROM \"visit_child\" WHERE \"child\" = ?1) OR \"review\" IN "
                         "(SELECT \"id\" FROM \"review\" WHERE \"child\" = ?1)))) AND \"done\" IS "
                         "NULL AND coalesce (\"effect\", '') NOT IN ('done', 'not') "
                         "ORDER BY \"due\", \"position\", rowid",
                         child_id,
                         error);

  if (actions == NULL)
    return FALSE;
  for (guint i = 0; i < actions->len; i++) {
    WayVisitAction *action = way_record_set_add (records, WAY_VISIT_ACTION);

    action->action = g_strdup (WAY_RECORD (g_ptr_array_index (actions, i))->id);
    action->position = i + 1;
  }
  return TRUE;
}

static gboolean
add_open_targets (WayDb *self, WayRecordSet *records, const char *child_id, GError **error)
{
  g_autoptr (GPtrArray) targets = way_db_rows_where (
      self,
      WAY_TARGET,
      "WHERE \"child\" = ?1 AND \"state\" = 'open' AND \"ended\" IS NULL ORDER BY \"start\", rowid",
      child_id,
      error);

  if (targets == NULL)
    return FALSE;
  for (guint i = 0; i < targets->len; i++) {
    WayVisitTarget *target = way_record_set_add (records, WAY_VISIT_TARGET);

    target->target = g_strdup (WAY_RECORD (g_ptr_array_index (targets, i))->id);
    target->position = i + 1;
  }
  return TRUE;
}

/* The school at which the child is on the day of the visit, of several the one that began last, as
 * way_enrolment_find_main() has it; between two, the one that it was at. */
static gboolean
set_setting (WayDb *self, WayVisit *visit, const char *child_id, GError **error)
{
  g_auto (WayStmt) stmt = way_stmt_prepare (
      self,
      "SELECT \"setting\" FROM \"enrolment\" WHERE \"child\" = ?1 AND coalesce (\"main\", 1) = 1 "
      "ORDER BY \"from\" <= ?2 AND coalesce (\"to\", '9999-12-31') >= ?2 DESC, "
      "\"from\" <= ?2 DESC, \"from\" DESC, \"id\" DESC");
  WayStep step;

  way_stmt_bind_text (&stmt, 1, child_id);
  way_stmt_bind_date (&stmt, 2, visit->date);
  step = way_stmt_step (&stmt, error);
  if (step == WAY_STEP_ROW)
    visit->setting = g_strdup (way_stmt_text (&stmt, 0));
  return step != WAY_STEP_ERROR;
}

static gboolean
set_out (WayDb *self, WayVisit *visit, const char *child_id, GError **error)
{
  g_autoptr (WayPractitioner) me = NULL;
  g_autoptr (WayChild) child = way_db_get (self, WAY_CHILD, child_id, error);
  GError *failure = NULL;

  if (child == NULL)
    return FALSE;
  me = way_db_get_me (self, &failure);
  if (failure != NULL) {
    g_propagate_error (error, failure);
    return FALSE;
  }
  if (me != NULL)
    visit->practitioner = g_strdup (me->record.id);
  return set_setting (self, visit, child_id, error);
}

/**
 * way_db_start_visit:
 * @child_id: whom it is about
 * @today: its date
 *
 * Nothing is stored yet.
 *
 * Returns: (transfer full): a visit with the child, the open actions since last time
 *   as visit_action and the open targets as visit_target
 */
WayRecordSet *
way_db_start_visit (WayDb *self, const char *child_id, WayDate today, GError **error)
{
  return way_db_start_visit_as (self, NULL, child_id, today, error);
}

/**
 * way_db_start_visit_as:
 * @visit_id: (nullable): the id the visit is to have
 * @child_id: whom it is about
 * @today: its date
 *
 * The same for a visit whose id was allotted before the store was asked.
 *
 * Returns: (transfer full): as of way_db_start_visit()
 */
WayRecordSet *
way_db_start_visit_as (
    WayDb *self, const char *visit_id, const char *child_id, WayDate today, GError **error)
{
  g_autoptr (WayRecordSet) records = way_record_set_new ();
  WayVisit *visit = way_record_set_add (records, WAY_VISIT);
  WayVisitChild *child = way_record_set_add (records, WAY_VISIT_CHILD);

  g_assert (self->owner == g_thread_self ());
  visit->record.id = g_strdup (visit_id);
  visit->date = today;
  way_set_string (&visit->kind, "observation");
  child->child = g_strdup (child_id);
  child->position = 1;
  if (!set_out (self, visit, child_id, error) ||
      !add_open_actions (self, records, child_id, error) ||
      !add_open_targets (self, records, child_id, error))
    return NULL;
  way_db_own_visit_parts (records);
  return g_steal_pointer (&records);
}

/**
 * way_db_save_draft:
 * @records: (inout): a visit and what belongs to it, finished or not; every record
 *   gets its id
 *
 * Keeps what the editor holds. It is on disk when this returns.
 */
gboolean
way_db_save_draft (WayDb *self, WayRecordSet *records, GError **error)
{
  g_auto (WayStmt) stmt = {0};
  g_autofree char *body = NULL, *now = NULL;
  WayVisit *visit;
  WayVisitChild *child;

  g_assert (self->owner == g_thread_self ());
  if (!has_visit (records, error))
    return FALSE;
  way_db_own_visit_parts (records);
  visit = way_record_set_first (records, WAY_VISIT);
  child = way_record_set_first (records, WAY_VISIT_CHILD);
  body = way_canonical_write (records, WAY_CANONICAL_WHOLE);
  now = way_stamp_now ();
  /* In place: it is written every other second, and a row that is put in anew writes the index and
   * the list of free pages with it. */
  stmt = way_stmt_prepare (
      self,
      "INSERT INTO \"draft\" VALUES (?, ?, ?, ?, ?) ON CONFLICT (\"visit\") DO UPDATE SET "
      "\"child\" = excluded.\"child\", \"date\" = excluded.\"date\", "
      "\"saved_at\" = excluded.\"saved_at\", \"body\" = excluded.\"body\"");
  way_stmt_bind_text (&stmt, 1, visit->record.id);
  way_stmt_bind_text (&stmt, 2, child != NULL ? child->child : NULL);
  way_stmt_bind_date (&stmt, 3, visit->date);
  way_stmt_bind_text (&stmt, 4, now);
  way_stmt_bind_text (&stmt, 5, body);
  return way_stmt_run (&stmt, error);
}

/**
 * way_db_load_visit:
 * @error: return location for %WAY_ERROR_NOT_FOUND
 *
 * Returns: (transfer full): the draft if there is one, else the rows
 */
WayRecordSet *
way_db_load_visit (WayDb *self, const char *visit_id, GError **error)
{
  g_autoptr (WayRecordSet) draft = NULL;
  g_autofree char *body = NULL;

  if (!way_db_query_text (
          self, "SELECT \"body\" FROM \"draft\" WHERE \"visit\" = ?1", visit_id, &body, error))
    return NULL;
  if (body == NULL)
    return way_db_load_visit_rows (self, visit_id, error);
  draft = way_canonical_read (body, error);
  if (draft != NULL)
    way_record_set_sort_by_position (draft);
  return g_steal_pointer (&draft);
}

/**
 * way_db_discard_draft:
 *
 * The rows, if there are any, are the visit again.
 */
gboolean
way_db_discard_draft (WayDb *self, const char *visit_id, GError **error)
{
  g_auto (WayStmt) stmt = way_stmt_prepare (self, "DELETE FROM \"draft\" WHERE \"visit\" = ?");

  way_stmt_bind_text (&stmt, 1, visit_id);
  return way_stmt_run (&stmt, error);
}

/* What somebody is writing is not written over. */
gboolean
way_db_check_not_begun (WayDb *self, const char *visit_id, GError **error)
{
  gint64 is_begun;

  if (!way_db_query_int (
          self, "SELECT 1 FROM \"draft\" WHERE \"visit\" = ?1", visit_id, &is_begun, error))
    return FALSE;
  if (is_begun == 0)
    return TRUE;
  g_set_error_literal (error,
                       WAY_ERROR,
                       WAY_ERROR_CONFLICT,
                       "this visit is being written in Waymark's window, and what is typed there "
                       "would be lost; sign the draft there or throw it away, then try again");
  return FALSE;
}

/* What is signed is amended. */
static gboolean
check_free (WayDb *self, const WayVisit *visit, GError **error)
{
  gint64 is_signed;

  if (!way_db_query_int (self,
                         "SELECT 1 FROM \"visit\" WHERE \"id\" = ?1 AND \"signed_at\" IS NOT NULL",
                         visit->record.id,
                         &is_signed,
                         error))
    return FALSE;
  if (visit->signed_at == NULL && is_signed == 0)
    return way_db_check_not_begun (self, visit->record.id, error);
  g_set_error_literal (
      error, WAY_ERROR, WAY_ERROR_LOCKED, "this visit is signed; it can only be amended");
  return FALSE;
}

static gboolean
store_inside (WayDb *self, WayRecordSet *records, GError **error)
{
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);

  way_db_own_visit_parts (records);
  way_visit_date_assessments (records);
  return check_free (self, visit, error) && way_db_sync_visit (self, records, error) &&
         way_db_check_visit_children (self, visit->record.id, error);
}

/**
 * way_db_store_visit:
 * @records: (inout): a visit and all its parts
 * @error: return location for %WAY_ERROR_INVALID "field: why", %WAY_ERROR_LOCKED if it is signed,
 *   %WAY_ERROR_CONFLICT if it has a draft
 *
 * Stores an unsigned visit as rows.
 */
gboolean
way_db_store_visit (WayDb *self, WayRecordSet *records, GError **error)
{
  return has_visit (records, error) && way_db_begin (self, error) &&
         way_db_end (self, store_inside (self, records, error), error);
}

static void
free_draft (gpointer data)
{
  WayDraftInfo *draft = data;

  g_free (draft->visit_id);
  g_free (draft->child_id);
  g_free (draft->title);
  g_free (draft->saved_at);
  g_free (draft);
}

/**
 * way_db_list_drafts:
 *
 * Returns: (transfer full) (element-type WayDraftInfo): the drafts, last saved first
 */
GPtrArray *
way_db_list_drafts (WayDb *self, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func (free_draft);
  g_auto (WayStmt) stmt = way_stmt_prepare (
      self,
      "SELECT \"visit\", d.\"child\", coalesce (\"forename\" || ' ' || \"surname\", ''), "
      "d.\"date\", \"saved_at\", v.\"signed_at\" IS NOT NULL FROM \"draft\" d "
      "LEFT JOIN \"visit\" v ON v.\"id\" = d.\"visit\" LEFT JOIN \"child\" c ON c.\"id\" = "
      "d.\"child\" "
      "ORDER BY \"saved_at\" DESC, \"visit\"");
  WayStep step;

  while ((step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW) {
    WayDraftInfo *draft = g_new0 (WayDraftInfo, 1);

    draft->visit_id = g_strdup (way_stmt_text (&stmt, 0));
    draft->child_id = g_strdup (way_stmt_text (&stmt, 1));
    draft->title = g_strdup (way_stmt_text (&stmt, 2));
    draft->date = way_stmt_date (&stmt, 3);
    draft->saved_at = g_strdup (way_stmt_text (&stmt, 4));
    draft->is_amendment = way_stmt_int (&stmt, 5) != 0;
    g_ptr_array_add (drafts, draft);
  }
  for (guint i = 0; i < drafts->len && step != WAY_STEP_ERROR; i++) {
    WayDraftInfo *draft = g_ptr_array_index (drafts, i);

    if (!way_db_find_birth (self, draft->child_id, &draft->born, error))
      return NULL;
  }
  return step == WAY_STEP_ERROR ? NULL : g_steal_pointer (&drafts);
}
