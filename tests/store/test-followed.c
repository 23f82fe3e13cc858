/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of actions that were agreed at a visit: told at later visits, or by hand. */
#include "store-fixture.h"
#include "way-db-private.h"
#include "way-text.h"

typedef struct {
  StoreFixture store;
  WayPractitioner *me;
  WayChild *child;
  char *first;  /* the visit at which it was agreed, signed */
  char *action; /* what was agreed */
} Followed;

static void
sign (WayDb *db, WayRecordSet *records)
{
  g_autoptr (GError) error = NULL;

  way_db_save_draft (db, records, &error);
  g_assert_no_error (error);
  way_db_sign_visit (db, WAY_RECORD (way_record_set_first (records, WAY_VISIT))->id, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Followed *self, gconstpointer data)
{
  g_autoptr (WayRecordSet) records = NULL;

  store_set_up (&self->store, data);
  way_db_set_today (self->store.db, way_date_new (2026, 11, 22));
  self->me = store_add_me (self->store.db);
  self->child = store_add_child (self->store.db, "Amara", "Okafor", NULL);
  records = store_make_visit (self->store.db, self->child->record.id, "2025-11-17");
  sign (self->store.db, records);
  self->first = g_strdup (WAY_RECORD (way_record_set_first (records, WAY_VISIT))->id);
  self->action = g_strdup (WAY_RECORD (way_record_set_first (records, WAY_ACTION))->id);
}

static void
tear_down (Followed *self, gconstpointer data)
{
  way_record_free (self->me);
  way_record_free (self->child);
  g_free (self->first);
  g_free (self->action);
  store_tear_down (&self->store, data);
}

static WayAction *
get_action (Followed *self)
{
  g_autoptr (GError) error = NULL;
  WayAction *action = way_db_get (self->store.db, WAY_ACTION, self->action, &error);

  g_assert_no_error (error);
  return action;
}

static void
assert_action (Followed *self, const char *effect, const char *note, const char *done)
{
  g_autoptr (WayAction) action = get_action (self);

  g_assert_cmpstr (action->effect, ==, effect);
  g_assert_cmpstr (action->note, ==, note);
  g_assert_cmpuint (action->done, ==, way_date_from_iso (done));
}

/* As the child's page does. */
static void
press_done (Followed *self, const char *date)
{
  g_autoptr (WayAction) action = get_action (self);

  way_set_string (&action->effect, "done");
  action->done = way_date_from_iso (date);
  store_save (self->store.db, action);
}

static WayVisitAction *
find_followed (Followed *self, WayRecordSet *records)
{
  GPtrArray *list = way_record_set_list (records, WAY_VISIT_ACTION);

  for (guint i = 0; i < list->len; i++) {
    if (g_strcmp0 (((WayVisitAction *) list->pdata[i])->action, self->action) == 0)
      return list->pdata[i];
  }
  return NULL;
}

/* Returns: (transfer full): the id of a signed visit that says this of the action */
static char *
sign_follow_up (Followed *self, const char *date, const char *effect, const char *note)
{
  g_autoptr (WayRecordSet) records =
      store_make_visit (self->store.db, self->child->record.id, date);
  WayVisitAction *followed = find_followed (self, records);
  char *id = g_strdup (WAY_RECORD (way_record_set_first (records, WAY_VISIT))->id);

  if (followed == NULL) { /* it is closed, and asked about all the same */
    followed = way_record_set_add (records, WAY_VISIT_ACTION);
    followed->action = g_strdup (self->action);
  }
  way_set_string (&followed->effect, effect);
  way_set_string (&followed->note, note);
  sign (self->store.db, records);
  return id;
}

static WayRecordSet *
load (Followed *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  WayRecordSet *records = way_db_load_visit (self->store.db, id, &error);

  g_assert_no_error (error);
  return records;
}

static void
amend (Followed *self, WayRecordSet *records)
{
  g_autoptr (GError) error = NULL;

  way_db_amend_visit (self->store.db, records, "A slip", NULL, &error);
  g_assert_no_error (error);
}

/* An amendment that was begun before the action was settled does not open it again. */
static void
test_settled_meanwhile (Followed *self, gconstpointer by_hand)
{
  g_autoptr (WayRecordSet) change = load (self, self->first);
  WayAction *action = way_record_set_first (change, WAY_ACTION);
  g_autofree char *next = NULL;
  g_autoptr (WayAction) stored = NULL;

  way_set_string (&action->what, "Make a now-and-next board with pictures");
  if (GPOINTER_TO_INT (by_hand))
    press_done (self, "2026-01-20");
  else
    next = sign_follow_up (self, "2026-01-20", "done", "in use every day");
  amend (self, change);
  assert_action (self, "done", GPOINTER_TO_INT (by_hand) ? NULL : "in use every day", "2026-01-20");
  stored = get_action (self);
  g_assert_cmpstr (stored->what, ==, "Make a now-and-next board with pictures");
}

typedef enum { NOTED, SAID_ELSE, EMPTIED, GONE } Change;

static void
amend_follow_up (Followed *self, const char *id, Change change)
{
  g_autoptr (WayRecordSet) records = load (self, id);
  WayVisitAction *followed = find_followed (self, records);

  if (change == NOTED)
    way_set_string (&((WayVisit *) way_record_set_first (records, WAY_VISIT))->advice, "Mended.");
  else if (change == SAID_ELSE)
    way_set_string (&followed->effect, "not");
  else if (change == EMPTIED)
    way_set_string (&followed->effect, NULL);
  else
    way_record_set_remove (records, followed);
  amend (self, records);
}

/* What an older visit says, whenever it is signed or amended, is no news. */
static void
test_older_visit (Followed *self, gconstpointer data)
{
  g_autofree char *later = sign_follow_up (self, "2026-03-10", "done", "in use");
  g_autofree char *older = sign_follow_up (self, "2026-01-20", "partly", "begun");

  assert_action (self, "done", "in use", "2026-03-10");
  amend_follow_up (self, older, (Change) GPOINTER_TO_INT (data));
  assert_action (self, "done", "in use", "2026-03-10");
}

/* What the latest visit does not say any more gives way to what the one before it said. */
static void
test_taken_back (Followed *self, gconstpointer data)
{
  g_autofree char *older = sign_follow_up (self, "2026-01-20", "partly", "begun");
  g_autofree char *later = sign_follow_up (self, "2026-03-10", "done", "in use");

  assert_action (self, "done", "in use", "2026-03-10");
  amend_follow_up (self, later, (Change) GPOINTER_TO_INT (data));
  assert_action (self, "partly", "begun", NULL);
  amend_follow_up (self, older, (Change) GPOINTER_TO_INT (data));
  assert_action (self, NULL, NULL, NULL);
}

static void
test_told_otherwise (Followed *self, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *id = sign_follow_up (self, "2026-01-20", "partly", "begun");

  amend_follow_up (self, id, SAID_ELSE);
  assert_action (self, "not", "begun", NULL);
}

/* What was said on the child's page since is later than the visit. */
static void
test_told_by_hand (Followed *self, gconstpointer data)
{
  g_autofree char *id = sign_follow_up (self, "2026-01-20", "partly", "begun");
  g_autofree char *late = NULL;

  press_done (self, "2026-02-01");
  amend_follow_up (self, id, (Change) GPOINTER_TO_INT (data));
  assert_action (self, "done", "begun", "2026-02-01");
  late = sign_follow_up (self, "2026-01-31", "not", "nothing seen of it");
  assert_action (self, "done", "begun", "2026-02-01");
}

/* What the record of a visit that is signed shows of the action, which it may say nothing of. */
static void
assert_shown (
    Followed *self, const char *id, const char *effect, const char *note, const char *done)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDossier) dossier = way_db_gather_visit (self->store.db, id, 0, &error);
  const WayAction *action;

  g_assert_no_error (error);
  action = way_record_set_find (dossier->records, WAY_ACTION, self->action);
  g_assert_nonnull (action);
  g_assert_cmpstr (action->effect, ==, effect);
  g_assert_cmpstr (action->note, ==, note);
  g_assert_cmpuint (action->done, ==, way_date_from_iso (done));
}

/* A record that is signed late shows what was known on its day, not what was told since. */
static void
test_told_after_the_day (Followed *self, gconstpointer effect)
{
  g_autofree char *later = sign_follow_up (self, "2026-01-20", effect, "half of them");
  g_autofree char *late = sign_follow_up (self, "2026-01-15", NULL, NULL);
  g_autofree char *last = sign_follow_up (self, "2026-01-21", NULL, NULL);
  gboolean is_done = g_strcmp0 (effect, "done") == 0;

  assert_shown (self, later, effect, "half of them", is_done ? "2026-01-20" : NULL);
  assert_shown (self, late, NULL, NULL, NULL);
  assert_shown (self, last, effect, "half of them", is_done ? "2026-01-20" : NULL);
}

static void
test_told_before_and_after (Followed *self, gconstpointer effect)
{
  g_autofree char *first = sign_follow_up (self, "2026-01-10", effect, "as first seen");
  g_autofree char *later = sign_follow_up (self, "2026-01-20", "not", "as seen at last");
  g_autofree char *late = sign_follow_up (self, "2026-01-15", NULL, NULL);
  gboolean is_done = g_strcmp0 (effect, "done") == 0;

  assert_shown (self, late, effect, "as first seen", is_done ? "2026-01-10" : NULL);
  assert_shown (self, later, "not", "as seen at last", NULL);
}

/* What was said by hand has its day too. */
static void
test_shown_by_hand (Followed *self, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *first = sign_follow_up (self, "2026-01-10", "partly", "begun");
  g_autofree char *early = NULL, *late = NULL, *again = NULL;

  press_done (self, "2026-01-18");
  early = sign_follow_up (self, "2026-01-15", NULL, NULL);
  assert_shown (self, early, "partly", "begun", NULL);
  late = sign_follow_up (self, "2026-01-25", NULL, NULL);
  assert_shown (self, late, "done", "begun", "2026-01-18");
  again = sign_follow_up (self, "2026-02-02", "done", "still in use");
  g_free (late);
  late = sign_follow_up (self, "2026-01-28", NULL, NULL);
  assert_shown (self, late, "done", "begun", "2026-01-18");
}

/* Taken out by one version and put back by the next, it is one and the same action all along. */
static void
test_put_back (Followed *self, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *later = sign_follow_up (self, "2026-01-20", "partly", "begun");
  g_autoptr (WayRecordSet) whole = load (self, self->first), without = NULL, now = NULL;
  g_autoptr (WayAction) kept = NULL, action = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  without = way_record_set_copy (whole);
  way_record_set_remove (without, way_record_set_find (without, WAY_ACTION, self->action));
  amend (self, without);
  kept = get_action (self);
  g_assert_null (kept->visit);
  now = load (self, self->first);
  way_record_set_take (now,
                       way_record_copy (way_record_set_find (whole, WAY_ACTION, self->action)));
  amend (self, now);
  action = get_action (self);
  g_assert_cmpstr (action->visit, ==, self->first);
  assert_action (self, "partly", "begun", NULL);
  problems = way_db_verify (self->store.db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

int
main (int argc, char **argv)
{
#define ADD_OF(name, data, func)                                                                   \
  g_test_add ("/store/followed/" name, Followed, data, set_up, func, tear_down)
#define ADD(name, data, func) ADD_OF (name, GINT_TO_POINTER (data), func)
  g_test_init (&argc, &argv, NULL);
  ADD ("settled-meanwhile/by-hand", TRUE, test_settled_meanwhile);
  ADD ("settled-meanwhile/at-a-visit", FALSE, test_settled_meanwhile);
  ADD ("older-visit/typo", NOTED, test_older_visit);
  ADD ("older-visit/said-else", SAID_ELSE, test_older_visit);
  ADD ("older-visit/gone", GONE, test_older_visit);
  ADD ("taken-back/emptied", EMPTIED, test_taken_back);
  ADD ("taken-back/gone", GONE, test_taken_back);
  ADD ("told-otherwise", 0, test_told_otherwise);
  ADD ("told-by-hand/said-else", SAID_ELSE, test_told_by_hand);
  ADD ("told-by-hand/gone", GONE, test_told_by_hand);
  ADD_OF ("shown/partly-after", "partly", test_told_after_the_day);
  ADD_OF ("shown/not-after", "not", test_told_after_the_day);
  ADD_OF ("shown/done-after", "done", test_told_after_the_day);
  ADD_OF ("shown/partly-before", "partly", test_told_before_and_after);
  ADD_OF ("shown/done-before", "done", test_told_before_and_after);
  ADD ("shown/by-hand", 0, test_shown_by_hand);
  ADD ("put-back", 0, test_put_back);
#undef ADD_OF
#undef ADD
  return g_test_run ();
}
