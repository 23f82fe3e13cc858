/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of actions: told of them at later visits, or by hand, while what was agreed stays. */
#include "way-db-private.h"

/**
 * way_db_keep_told:
 * @records: (inout): a visit and its parts, as they were written
 *
 * What the store was told of the visit's own actions since they were read stays.
 */
gboolean
way_db_keep_told (WayDb *self, WayRecordSet *records, GError **error)
{
  static const char *const TOLD[] = {"done", "effect", "note"};
  GPtrArray *actions = way_record_set_list (records, WAY_ACTION);

  for (guint i = 0; i < actions->len; i++) {
    WayRecord *action = g_ptr_array_index (actions, i);
    g_autoptr (WayRecord) old = NULL;

    if (!way_db_row_get (self, WAY_ACTION, action->id, &old, error))
      return FALSE;
    for (gsize k = 0; old != NULL && k < G_N_ELEMENTS (TOLD); k++)
      way_field_copy (way_record_type_find (WAY_ACTION, TOLD[k]), old, action);
  }
  return TRUE;
}

/* What a signed visit says of an action. */
typedef struct {
  char *visit;
  WayDate date;
  char *effect;
  char *note;
} News;

static void
news_clear (News *self)
{
  g_free (self->visit);
  g_free (self->effect);
  g_free (self->note);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (News, news_clear)

/* What the latest signed visit up to the day @until, or of all if that is unknown, says of the
 * action, if any does; @visit_id counts as signed, and as the latest of its day. */
static gboolean
find_latest (WayDb *self,
             const char *action_id,
             const char *visit_id,
             WayDate until,
             News *latest,
             GError **error)
{
  g_auto (WayStmt) stmt = way_stmt_prepare (
      self,
      "SELECT v.\"id\", v.\"date\", f.\"effect\", f.\"note\" FROM \"visit_action\" f JOIN "
      "\"visit\" v ON v.\"id\" = f.\"visit\" WHERE f.\"action\" = ?1 AND f.\"effect\" IS NOT NULL "
      "AND (v.\"signed_at\" IS NOT NULL OR v.\"id\" = ?2) AND v.\"date\" <= coalesce (?3, "
      "v.\"date\") ORDER BY v.\"date\" DESC, v.\"id\" = ?2 DESC, v.\"signed_at\" DESC LIMIT 1");
  WayStep step;

  way_stmt_bind_text (&stmt, 1, action_id);
  way_stmt_bind_text (&stmt, 2, visit_id);
  way_stmt_bind_date (&stmt, 3, until);
  step = way_stmt_step (&stmt, error);
  if (step != WAY_STEP_ROW)
    return step == WAY_STEP_DONE;
  latest->visit = g_strdup (way_stmt_text (&stmt, 0));
  latest->date = way_stmt_date (&stmt, 1);
  latest->effect = g_strdup (way_stmt_text (&stmt, 2));
  latest->note = g_strdup (way_stmt_text (&stmt, 3));
  return TRUE;
}

/* By hand, on the child's page: then it does not say any more what the visit said, or was done
 * after it. */
static gboolean
is_told_since (const WayAction *action, const WayVisitAction *before, const WayVisit *visit)
{
  if (before->effect != NULL)
    return g_strcmp0 (action->effect, before->effect) != 0;
  return action->done > visit->date;
}

static gboolean
set_news (WayDb *self,
          const WayAction *old,
          const WayVisitAction *before,
          const News *latest,
          GError **error)
{
  g_autoptr (WayAction) action = way_record_copy (old);

  way_set_string (&action->effect, latest->effect);
  if (latest->note != NULL || g_strcmp0 (action->note, before->note) == 0)
    way_set_string (&action->note, latest->note);
  if (g_strcmp0 (latest->effect, "done") != 0)
    action->done = WAY_DATE_UNKNOWN;
  else if (action->done == WAY_DATE_UNKNOWN)
    action->done = latest->date;
  return way_record_equal (old, action) || way_db_save_unchecked (self, action, old, error);
}

/* @before, @now: what the visit said of an action, and says; one that says nothing has no effect */
static gboolean
follow (WayDb *self,
        const WayVisitAction *before,
        const WayVisitAction *now,
        const WayVisit *visit,
        GError **error)
{
  const char *id = now->action != NULL ? now->action : before->action;
  g_autoptr (WayRecord) action = NULL;
  g_auto (News) latest = {0};

  if (g_strcmp0 (before->effect, now->effect) == 0 &&
      (now->effect == NULL || g_strcmp0 (before->note, now->note) == 0))
    return TRUE;
  if (!way_db_row_get (self, WAY_ACTION, id, &action, error) ||
      !find_latest (self, id, visit->record.id, WAY_DATE_UNKNOWN, &latest, error))
    return FALSE;
  if (action == NULL || is_told_since ((WayAction *) action, before, visit) ||
      (latest.date > visit->date && g_strcmp0 (latest.visit, visit->record.id) != 0))
    return TRUE;
  return set_news (self, (WayAction *) action, before, &latest, error);
}

static const WayVisitAction *
find_of_action (GPtrArray *list, const WayVisitAction *like)
{
  static const WayVisitAction NOTHING = {{0}};

  for (guint i = 0; i < list->len; i++) {
    const WayVisitAction *followed = g_ptr_array_index (list, i);

    if (g_strcmp0 (followed->action, like->action) == 0)
      return followed;
  }
  return &NOTHING;
}

/**
 * way_db_pass_on_effects:
 * @records: a visit that is being signed, as its rows are now
 * @before: (element-type WayVisitAction): what it said of actions when it was signed before
 *
 * Inside a transaction: what a visit newly says of an action, or says no more, reaches the action,
 * unless there is later news of it.
 */
gboolean
way_db_pass_on_effects (WayDb *self, WayRecordSet *records, GPtrArray *before, GError **error)
{
  const WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  GPtrArray *now = way_record_set_list (records, WAY_VISIT_ACTION);

  for (guint i = 0; i < now->len; i++) {
    if (!follow (self, find_of_action (before, now->pdata[i]), now->pdata[i], visit, error))
      return FALSE;
  }
  for (guint i = 0; i < before->len; i++) {
    const WayVisitAction *kept = find_of_action (now, before->pdata[i]);

    if (kept->action == NULL && !follow (self, before->pdata[i], kept, visit, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * way_db_set_action_back:
 * @action: (inout): an action of before, as it is now
 * @visit: a visit that looks back on it
 *
 * What became of the action becomes what was known of it on the day of the visit, whenever that is
 * signed: what was told of it later is left out.
 */
gboolean
way_db_set_action_back (WayDb *self, WayAction *action, const WayVisit *visit, GError **error)
{
  const char *id = action->record.id, *visit_id = visit->record.id;
  g_auto (News) newest = {0};
  g_auto (News) latest = {0};

  if (!find_latest (self, id, visit_id, WAY_DATE_UNKNOWN, &newest, error) ||
      !find_latest (self, id, visit_id, visit->date, &latest, error))
    return FALSE;
  if (newest.date <= visit->date && action->done <= visit->date)
    return TRUE;
  way_set_string (&action->note, latest.note);
  if (action->done != WAY_DATE_UNKNOWN && action->done <= visit->date)
    return TRUE; /* done by then, and spoken of again since */
  way_set_string (&action->effect, latest.effect);
  action->done = g_strcmp0 (latest.effect, "done") == 0 ? latest.date : WAY_DATE_UNKNOWN;
  return TRUE;
}
