/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one way to make something signed: the door of the table "signing" is open only inside these
 * transactions, and closed before they are committed. */
#include "way-db-private.h"

#include "way-check.h"
#include "way-error.h"
#include "way-text.h"
#include "way-visit-content.h"
#include "way-visit-versions.h"

#include <math.h>
#include <string.h>

gboolean
way_db_open_door (WayDb *self, const char *id, GError **error)
{
  g_auto (WayStmt) stmt = way_stmt_prepare (self, "INSERT OR IGNORE INTO \"signing\" VALUES (?)");

  g_assert (self->depth > 0);
  way_stmt_bind_text (&stmt, 1, id);
  return way_stmt_run (&stmt, error);
}

gboolean
way_db_close_door (WayDb *self, const char *id, GError **error)
{
  g_auto (WayStmt) stmt = way_stmt_prepare (self, "DELETE FROM \"signing\" WHERE \"id\" = ?");

  way_stmt_bind_text (&stmt, 1, id);
  return way_stmt_run (&stmt, error);
}

static void
say (GString *problems, const char *field, const char *message)
{
  g_autofree char *words = way_check_dup_words (field, message);

  g_string_append_printf (problems, "%s%s.", problems->len > 0 ? "\n" : "", words);
}

static void
check_record (GString *problems,
              gconstpointer record,
              const WayVisit *visit,
              const WayMeasureScale *scale,
              const WayCodeLists *lists,
              WayDate today)
{
  g_autoptr (GPtrArray) findings = way_record_check_in_visit (record, visit, scale, lists, today);

  for (guint i = 0; i < findings->len; i++) {
    const WayFinding *finding = g_ptr_array_index (findings, i);

    if (!finding->is_warning)
      say (problems, finding->field != NULL ? finding->field->name : "visit", finding->message);
  }
}

/* @found: (out): %FALSE if neither the store nor the visit, at which it may be set, has the target
 */
static gboolean
get_scale (WayDb *self,
           WayRecordSet *records,
           const char *target_id,
           WayMeasureScale *scale,
           gboolean *found,
           GError **error)
{
  const WayTarget *set_here = way_record_set_find (records, WAY_TARGET, target_id);

  if (!way_db_get_scale (self, target_id, scale, found, error))
    return FALSE;
  if (*found || set_here == NULL)
    return TRUE;
  *scale = way_target_get_scale (set_here);
  *found = TRUE;
  return TRUE;
}

/* What is said of targets at the visit: a rating will be a measurement on its day. */
static gboolean
check_ratings (WayDb *self,
               GString *problems,
               WayRecordSet *records,
               const WayCodeLists *lists,
               GError **error)
{
  GPtrArray *list = way_record_set_list (records, WAY_VISIT_TARGET);

  for (guint i = 0; i < list->len; i++) {
    const WayVisitTarget *rated = g_ptr_array_index (list, i);
    WayMeasureScale scale;
    gboolean found = FALSE;

    if (rated->target != NULL && !get_scale (self, records, rated->target, &scale, &found, error))
      return FALSE;
    check_record (problems,
                  rated,
                  way_record_set_first (records, WAY_VISIT),
                  found ? &scale : NULL,
                  lists,
                  self->today);
  }
  return TRUE;
}

/* A visit took place, on a day on which the children whom it concerns were born. */
static gboolean
check_day (WayDb *self, GString *problems, WayRecordSet *records, GError **error)
{
  const WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  GPtrArray *list = way_record_set_list (records, WAY_VISIT_CHILD);

  if (visit->date > self->today && visit->signed_at == NULL) /* else its own rule says so */
    say (problems, "date", "is in the future; a visit is signed on its day or later");
  for (guint i = 0; i < list->len && visit->date != WAY_DATE_UNKNOWN; i++) {
    const WayVisitChild *link = g_ptr_array_index (list, i);
    g_autofree char *born = NULL;
    const char *fault;

    if (link->child != NULL &&
        !way_db_query_text (
            self, "SELECT \"dob\" FROM \"child\" WHERE \"id\" = ?1", link->child, &born, error))
      return FALSE;
    fault = way_check_day_of_life (way_date_from_iso (born), visit->date);
    if (fault == NULL)
      continue;
    say (problems, "date", fault);
    break;
  }
  return TRUE;
}

/* What the editor keeps of a field in which something is typed that cannot be read: it is no
 * version, and "signed_by" says where it was typed. */
static gboolean
check_unread (GString *problems, const WayVisitVersion *version)
{
  const char *name = version->signed_by != NULL ? strchr (version->signed_by, '/') : NULL;
  g_autofree char *message = NULL;

  if (version->signed_at != NULL || name == NULL || version->reason == NULL)
    return FALSE;
  message = g_strdup_printf ("“%s” is typed there and cannot be read; put it right in the draft",
                             version->reason);
  say (problems, name + 1, message);
  return TRUE;
}

/* All that has to be put right before the visit can be signed, each in a line with its field's
 * name. */
static gboolean
check_complete (WayDb *self, WayRecordSet *records, GError **error)
{
  g_autoptr (GString) problems = g_string_new (NULL);
  g_autoptr (WayCodeLists) lists = way_db_get_code_lists (self, error);
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);

  if (lists == NULL)
    return FALSE;
  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    GPtrArray *list = way_record_set_list (records, WAY_RECORD_TYPES[i]);

    for (guint k = 0; k < list->len && WAY_RECORD_TYPES[i] != WAY_VISIT_TARGET; k++) {
      gconstpointer record = g_ptr_array_index (list, k);

      if (WAY_RECORD_TYPES[i] != WAY_VISIT_VERSION || !check_unread (problems, record))
        check_record (problems, record, visit, NULL, lists, self->today);
    }
  }
  if (!check_ratings (self, problems, records, lists, error) ||
      !check_day (self, problems, records, error))
    return FALSE;
  if (visit->setting == NULL && way_record_set_first (records, WAY_VISIT_CHILD) == NULL)
    say (problems, "children", "are missing; name a child, or a setting");
  if (g_strcmp0 (visit->kind, "not-held") == 0 && visit->not_held_reason == NULL)
    say (problems, "not_held_reason", "is missing; say why the visit did not take place");
  if (way_visit_says_nothing (records))
    say (problems,
         "seen",
         "Nothing is written of the visit yet; write what was seen, said or agreed");
  if (problems->len == 0)
    return TRUE;
  g_set_error_literal (error, WAY_ERROR, WAY_ERROR_INVALID, problems->str);
  return FALSE;
}

static gboolean
pass_on_ratings (WayDb *self, WayRecordSet *records, GError **error)
{
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  GPtrArray *targets = way_record_set_list (records, WAY_VISIT_TARGET);

  for (guint i = 0; i < targets->len; i++) {
    if (!way_db_pass_on_rating (self, g_ptr_array_index (targets, i), visit, error))
      return FALSE;
  }
  return TRUE;
}

/* (transfer full): who signs: who works here, whoever wrote the words. */
static WayPractitioner *
get_signer (WayDb *self, GError **error)
{
  GError *failure = NULL;
  WayPractitioner *me = way_db_get_me (self, &failure);

  if (failure != NULL)
    g_propagate_error (error, failure);
  else if (me == NULL)
    g_set_error_literal (error,
                         WAY_ERROR,
                         WAY_ERROR_INVALID,
                         "signed_by: The store does not know yet whose it is; say who you are with "
                         "“waymark-cli add practitioner --name NAME --role ROLE --me yes”, then "
                         "sign");
  return me;
}

/* The record says for good whose it is, whoever prints it. */
static gboolean
set_letterhead (WayDb *self, WayVisit *visit, GError **error)
{
  GError *failure = NULL;

  g_free (visit->service);
  g_free (visit->privacy_line);
  visit->service = way_db_get_preference (self, "service-name", &failure);
  visit->privacy_line =
      failure == NULL ? way_db_get_preference (self, "privacy-line", &failure) : NULL;
  if (failure != NULL)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
set_signature (WayDb *self, WayVisit *visit, const char *stamp, int version, GError **error)
{
  g_autoptr (WayPractitioner) me = get_signer (self, error);

  if (me == NULL || !set_letterhead (self, visit, error))
    return FALSE;
  way_set_string (&visit->signed_at, stamp != NULL ? stamp : self->now);
  way_set_string (&visit->signed_by, me->name);
  visit->version = version;
  return TRUE;
}

static gboolean
is_same_name (const char *a, const char *b)
{
  g_autofree char *folded_a = way_text_fold (a), *folded_b = way_text_fold (b);

  return strcmp (folded_a, folded_b) == 0;
}

/* Nobody signs for another: a first version is signed by who wrote it. */
static gboolean
check_author (WayDb *self, const WayVisit *visit, GError **error)
{
  g_autoptr (GPtrArray) authors = NULL;
  const WayPractitioner *author;

  if (visit->practitioner == NULL)
    return TRUE; /* is said with all else that is missing */
  authors =
      way_db_rows_where (self, WAY_PRACTITIONER, "WHERE \"id\" = ?1", visit->practitioner, error);
  if (authors == NULL)
    return FALSE;
  author = authors->len > 0 ? g_ptr_array_index (authors, 0) : NULL;
  if (author == NULL || author->me == WAY_YES || is_same_name (author->name, visit->signed_by))
    return TRUE;
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_INVALID,
               "practitioner: This visit was written by %s, and only its author can sign it; you "
               "work here as %s. If you wrote it, make yourself its author first",
               author->name,
               visit->signed_by);
  return FALSE;
}

static gboolean
refuse_signed (GError **error)
{
  g_set_error_literal (
      error, WAY_ERROR, WAY_ERROR_LOCKED, "this visit is signed; it can only be amended");
  return FALSE;
}

/* The rows become what is written, and what follows from it reaches targets and actions. Of
 * actions a visit has said nothing before it is signed. */
static gboolean
apply_rows (WayDb *self, WayRecordSet *records, const char *visit_id, GError **error)
{
  g_autoptr (GPtrArray) ratings =
      way_db_rows_where (self, WAY_VISIT_TARGET, "WHERE \"visit\" = ?1", visit_id, error);
  g_autoptr (GPtrArray) effects = NULL;

  if (ratings == NULL)
    return FALSE;
  effects = way_db_rows_where (self,
                               WAY_VISIT_ACTION,
                               "WHERE \"visit\" = ?1 AND (SELECT \"signed_at\" FROM \"visit\" "
                               "WHERE \"id\" = ?1) IS NOT NULL",
                               visit_id,
                               error);
  return effects != NULL && way_db_keep_told (self, records, error) &&
         way_db_open_door (self, visit_id, error) && way_db_sync_visit (self, records, error) &&
         way_db_take_back_ratings (self, records, ratings, error) &&
         pass_on_ratings (self, records, error) &&
         way_db_pass_on_effects (self, records, effects, error);
}

static gboolean
sign_rows (
    WayDb *self, WayRecordSet *records, const char *action, const char *visit_id, GError **error)
{
  return apply_rows (self, records, visit_id, error) &&
         way_db_check_visit_children (self, visit_id, error) &&
         way_db_keep_dossier (self, visit_id, error) &&
         way_db_discard_draft (self, visit_id, error) &&
         way_db_add_audit (self, action, "visit", visit_id, error) &&
         way_db_close_door (self, visit_id, error);
}

static gboolean
sign_inside (WayDb *self, const char *visit_id, const char *stamp, GError **error)
{
  g_autoptr (WayRecordSet) records = NULL;
  WayVisit *visit;
  gint64 is_signed;

  if (!way_db_query_int (self,
                         "SELECT 1 FROM \"visit\" WHERE \"id\" = ?1 AND \"signed_at\" IS NOT NULL",
                         visit_id,
                         &is_signed,
                         error))
    return FALSE;
  if (is_signed != 0)
    return refuse_signed (error);
  records = way_db_load_visit (self, visit_id, error);
  if (records == NULL)
    return FALSE;
  way_db_own_visit_parts (records);
  way_visit_date_assessments (records);
  visit = way_record_set_first (records, WAY_VISIT);
  return check_complete (self, records, error) && set_signature (self, visit, stamp, 1, error) &&
         check_author (self, visit, error) && sign_rows (self, records, "sign", visit_id, error);
}

/**
 * way_db_sign_visit:
 * @visit_id: an unsigned visit, as its draft or else its rows have it
 * @stamp: (nullable): when it is signed; %NULL: now
 * @error: return location for %WAY_ERROR_INVALID "field: why" in a line each, with all that
 *   is missing, or if somebody else wrote it; %WAY_ERROR_LOCKED if it is signed already
 *
 * Signs a visit in the name of who works here, who must have written it: it is locked from now on.
 * Keeps what its record shows, byte by byte; ratings become measurements on the visit's day; what
 * was found out about actions reaches them. All of it or nothing.
 */
gboolean
way_db_sign_visit (WayDb *self, const char *visit_id, const char *stamp, GError **error)
{
  return way_db_begin (self, error) &&
         way_db_end (self, sign_inside (self, visit_id, stamp, error), error);
}

/* What was signed since the amendment was begun is not in it, and would be gone. */
static gboolean
check_newest (const WayVisit *visit, const WayVisit *old, GError **error)
{
  if (isnan (visit->version) || visit->version == old->version)
    return TRUE;
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_CONFLICT,
               "version %d of this visit is signed, and this amendment was begun from version %d. "
               "Copy what you still need from it, throw it away, and amend version %d",
               (int) old->version,
               (int) visit->version,
               (int) old->version);
  return FALSE;
}

static gboolean
amend_inside (
    WayDb *self, WayRecordSet *records, const char *reason, const char *stamp, GError **error)
{
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  g_autoptr (WayVisit) old = way_db_get (self, WAY_VISIT, visit->record.id, error);

  if (old == NULL)
    return FALSE;
  if (old->signed_at == NULL) {
    g_set_error_literal (error,
                         WAY_ERROR,
                         WAY_ERROR_REFUSED,
                         "This visit is not signed yet, so there is nothing to amend; change it "
                         "and sign it");
    return FALSE;
  }
  if (!way_db_check_not_begun (self, old->record.id, error) || !check_newest (visit, old, error))
    return FALSE;
  way_db_own_visit_parts (records);
  way_visit_date_assessments (records);
  way_set_string (&visit->practitioner, old->practitioner);
  return set_signature (self, visit, stamp, (int) old->version + 1, error) &&
         check_complete (self, records, error) && way_db_open_door (self, old->record.id, error) &&
         way_db_keep_version (self, old, reason, error) &&
         sign_rows (self, records, "amend", old->record.id, error);
}

/**
 * way_db_amend_visit:
 * @records: a signed visit and its parts, as they shall be
 * @reason: why; not blank, and what a line may hold
 * @stamp: (nullable): when; %NULL: now
 * @error: return location for %WAY_ERROR_INVALID "field: why", %WAY_ERROR_REFUSED if it is not
 *   signed, %WAY_ERROR_CONFLICT if a draft of an amendment lies there or @records say that they
 *   are of another version than the newest
 *
 * Makes a new signed version, signed by who works here. Its author stays who wrote the first,
 * whatever @records say. The one before stays as it was and can be gathered by its number.
 */
gboolean
way_db_amend_visit (
    WayDb *self, WayRecordSet *records, const char *reason, const char *stamp, GError **error)
{
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  g_autofree char *fault = way_visit_versions_dup_reason_fault (reason);
  double version;

  if (visit == NULL || visit->record.id == NULL) {
    g_set_error_literal (error, WAY_ERROR, WAY_ERROR_INVALID, "visit: Exactly one is needed");
    return FALSE;
  }
  if (fault != NULL) {
    g_autofree char *words = way_check_dup_words ("reason", fault);

    g_set_error_literal (error, WAY_ERROR, WAY_ERROR_INVALID, words);
    return FALSE;
  }
  version = visit->version;
  if (way_db_begin (self, error) &&
      way_db_end (self, amend_inside (self, records, reason, stamp, error), error))
    return TRUE;
  visit->version = version; /* from which it was begun */
  return FALSE;
}

/* As amending does, but for the signature. */
static gboolean
sync_preview (WayDb *self, WayRecordSet *records, const char *reason, GError **error)
{
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  g_autoptr (GPtrArray) rows =
      way_db_rows_where (self, WAY_VISIT, "WHERE \"id\" = ?1", visit->record.id, error);
  const WayVisit *old = rows != NULL && rows->len > 0 ? rows->pdata[0] : NULL;

  if (rows == NULL)
    return FALSE;
  if (old != NULL && old->signed_at != NULL) {
    visit->version = old->version + 1;
    way_set_string (&visit->practitioner, old->practitioner);
    if (!way_db_open_door (self, visit->record.id, error) ||
        !way_db_keep_version (self, old, reason, error))
      return FALSE;
  }
  return apply_rows (self, records, visit->record.id, error);
}

/**
 * way_db_preview_visit:
 * @records: (inout): a visit and its parts as they are being written; a signed one is amended
 * @reason: (nullable): why it is amended, if it is
 * @error: return location for %WAY_ERROR_INVALID if a draft lacks what every visit needs
 *
 * Nothing is stored: what is written is stored, looked at, and taken back.
 *
 * Returns: (transfer full): the record as it would be, not signed
 */
WayDossier *
way_db_preview_visit (WayDb *self, WayRecordSet *records, const char *reason, GError **error)
{
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  g_autoptr (WayRecordSet) gathered = NULL;
  double version;

  g_assert (self->owner == g_thread_self ());
  if (visit == NULL) {
    g_set_error_literal (error, WAY_ERROR, WAY_ERROR_INVALID, "visit: Exactly one is needed");
    return NULL;
  }
  way_db_own_visit_parts (records);
  way_visit_date_assessments (records);
  version = visit->version;
  if (!way_db_begin (self, error))
    return NULL;
  if (sync_preview (self, records, reason, error) &&
      way_db_check_visit_children (self, visit->record.id, error))
    gathered = way_db_collect_dossier (self, visit->record.id, error);
  way_db_rollback (self);
  visit->version = version;
  if (gathered == NULL)
    return NULL;
  visit = way_record_set_first (gathered, WAY_VISIT);
  way_visit_clear_signature (visit);
  return way_db_dossier_of (gathered, error);
}

static gboolean
sign_review_inside (WayDb *self, const char *review_id, const char *stamp, GError **error)
{
  g_autoptr (WayReview) old = way_db_get (self, WAY_REVIEW, review_id, error);
  g_autoptr (WayReview) review = NULL;
  g_autoptr (WayPractitioner) me = NULL;
  g_autoptr (WayCodeLists) lists = NULL;

  if (old == NULL)
    return FALSE;
  if (old->signed_at != NULL) {
    g_set_error_literal (
        error, WAY_ERROR, WAY_ERROR_LOCKED, "this review is signed already, and stays as it is");
    return FALSE;
  }
  me = get_signer (self, error);
  if (me == NULL)
    return FALSE;
  lists = way_db_get_code_lists (self, error);
  if (lists == NULL)
    return FALSE;
  review = way_record_copy (old);
  way_set_string (&review->signed_at, stamp != NULL ? stamp : self->now);
  way_set_string (&review->signed_by, me->name);
  return way_record_validate (review, lists, self->today, error) &&
         way_db_open_door (self, review_id, error) &&
         way_db_save_unchecked (self, review, old, error) &&
         way_db_add_audit (self, "sign", "review", review_id, error) &&
         way_db_close_door (self, review_id, error);
}

/**
 * way_db_sign_review:
 * @stamp: (nullable): when; %NULL: now
 *
 * Locks a review with its targets' outcomes and what was agreed.
 */
gboolean
way_db_sign_review (WayDb *self, const char *review_id, const char *stamp, GError **error)
{
  return way_db_begin (self, error) &&
         way_db_end (self, sign_review_inside (self, review_id, stamp, error), error);
}
