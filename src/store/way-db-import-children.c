/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which child of the store a pupil of a file is. */
#include "way-db-import-private.h"

#include "way-error.h"
#include "way-text.h"
#include "way-upn.h"

#include <string.h>

static void
known_child_free (gpointer data)
{
  WayKnownChild *child = data;

  g_free (child->id);
  g_free (child->upn);
  g_free (child->former_upn);
  g_free (child->name);
  g_free (child);
}

static char *
fold_name (const char *surname, const char *forename)
{
  g_autofree char *last = way_text_fold (surname != NULL ? surname : "");
  g_autofree char *first = way_text_fold (forename != NULL ? forename : "");

  return g_strconcat (last, "/", first, NULL);
}

static char *
name_key (const char *name, WayDate dob)
{
  return g_strdup_printf ("%s/%u", name, dob);
}

/* @children: (element-type WayKnownChild), by @key. */
static void
add_to (GHashTable *children, const char *key, WayKnownChild *child, GDestroyNotify free_func)
{
  GPtrArray *same = g_hash_table_lookup (children, key);

  if (same == NULL) {
    same = g_ptr_array_new_with_free_func (free_func);
    g_hash_table_insert (children, g_strdup (key), same);
  }
  g_ptr_array_add (same, child);
}

static void
know_child (WayDbImport *self, WayKnownChild *child)
{
  g_autofree char *key = name_key (child->name, child->dob);

  add_to (self->children, key, child, known_child_free);
  if (child->upn != NULL)
    add_to (self->upns, child->upn, child, NULL);
  if (child->former_upn != NULL && g_strcmp0 (child->former_upn, child->upn) != 0)
    add_to (self->upns, child->former_upn, child, NULL);
}

static void
forget_upn (WayDbImport *self, WayKnownChild *child, const char *upn)
{
  GPtrArray *same = upn != NULL ? g_hash_table_lookup (self->upns, upn) : NULL;

  if (same != NULL)
    g_ptr_array_remove (same, child); /* the order stays: the first is asked first */
}

gboolean
way_import_know_children (WayDbImport *self, GError **error)
{
  g_auto (WayStmt) stmt = {0};
  WayStep step;

  if (self->children != NULL)
    return TRUE;
  self->children =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->upns =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  stmt = way_stmt_prepare (self->db,
                           "SELECT \"id\", \"upn\", \"former_upn\", \"surname\", \"forename\", "
                           "\"dob\" FROM \"child\"");
  while ((step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW) {
    WayKnownChild *child = g_new0 (WayKnownChild, 1);

    child->id = g_strdup (way_stmt_text (&stmt, 0));
    child->upn = way_upn_normalise (way_stmt_text (&stmt, 1));
    child->former_upn = way_upn_normalise (way_stmt_text (&stmt, 2));
    child->name = fold_name (way_stmt_text (&stmt, 3), way_stmt_text (&stmt, 4));
    child->dob = way_stmt_date (&stmt, 5);
    know_child (self, child);
  }
  return step == WAY_STEP_DONE;
}

/* As people know the child that the store has or is about to have. */
static char *
title_of_known (WayDbImport *self, const WayKnownChild *known)
{
  const WayRecord *would_be = way_import_find_would_be (self, WAY_CHILD, known->id);
  g_autoptr (WayRecord) row = NULL;

  if (would_be != NULL)
    return way_import_title (self, would_be, NULL);
  if (!way_db_row_get (self->db, WAY_CHILD, known->id, &row, NULL) || row == NULL)
    return g_strdup ("another child");
  return way_import_title (self, row, NULL);
}

/* What else tells children apart: the number and the school. */
static char *
describe (const char *title, const char *upn, const char *school)
{
  return g_strdup_printf ("%s, %s%s%s%s",
                          title,
                          upn != NULL ? "UPN " : "no UPN",
                          upn != NULL ? upn : "",
                          school != NULL ? ", " : "",
                          school != NULL ? school : "");
}

/* (nullable) (transfer none): the school that the unit says of its child. */
static const char *
school_of_given (WayDbImport *self)
{
  const WayEnrolment *enrolment = way_record_set_first (self->records, WAY_ENROLMENT);
  const WaySetting *setting =
      enrolment != NULL ? way_record_set_find (self->records, WAY_SETTING, enrolment->setting)
                        : NULL;

  return setting != NULL ? setting->name : NULL;
}

/* (nullable): the one that the store knows last. */
static char *
school_of_known (WayDbImport *self, const WayKnownChild *known)
{
  char *name = NULL;

  if (!way_db_query_text (self->db,
                          "SELECT s.\"name\" FROM \"enrolment\" e JOIN \"setting\" s ON s.\"id\" = "
                          "e.\"setting\" WHERE e.\"child\" = ?1 ORDER BY e.\"main\" = 1 DESC, "
                          "e.\"from\" DESC LIMIT 1",
                          known->id,
                          &name,
                          NULL))
    return NULL;
  return name;
}

/* The same in the preview and in the import after it, unless the row or the child is another by
 * then: an answer is about these two and no others. */
static char *
question_of (WayDbImport *self,
             const WayRecord *record,
             const char *given,
             const WayKnownChild *known)
{
  return g_strdup_printf ("%s/%u/%u/%s/%s",
                          record->source != NULL ? record->source : "",
                          record->line,
                          self->report->unit,
                          given,
                          known->id);
}

/* What becomes of the file's child, unless somebody says otherwise. */
static char *
dup_outcome (WayImportAnswer answer, const char *why, const char *advice)
{
  if (answer == WAY_IMPORT_SAME_CHILD)
    return g_strdup ("taken as the same child, as you said");
  if (answer == WAY_IMPORT_DIFFERENT_CHILDREN)
    return g_strdup ("added as a child of its own, as you said");
  return g_strconcat (
      why, "; added as a child of its own", advice != NULL ? ". " : NULL, advice, NULL);
}

/* Perhaps the same child, which only a person can say; whether one has said so. @why: of the file's
 * child; @advice: (nullable): where nobody can be asked */
static gboolean
ask (WayDbImport *self,
     const WayRecord *record,
     const WayKnownChild *known,
     const char *why,
     const char *advice)
{
  WayImportNote *note = way_import_note (self, WAY_IMPORT_POSSIBLE_MATCH, record);
  g_autofree char *title = title_of_known (self, known);
  g_autofree char *school = school_of_known (self, known);
  const char *upn = ((const WayChild *) record)->upn;
  WayImportAnswer answer;

  g_free (note->id);
  note->id = g_strdup (known->id);
  note->title = way_import_title (self, record, NULL);
  note->field = g_strdup ("upn");
  note->old_value = g_strdup (known->upn);
  note->new_value = g_strdup (upn);
  note->given = describe (note->title, upn, school_of_given (self));
  note->known = describe (title, known->upn, school);
  note->question = question_of (self, record, note->given, known);
  answer = way_import_answer_to (self, note->question);
  note->message = dup_outcome (answer, why, advice);
  note->why = answer == WAY_IMPORT_UNANSWERED ? g_strdup (why) : NULL;
  return answer == WAY_IMPORT_SAME_CHILD;
}

/* Whether another row of the same file is that child already: a file that names a child twice may
 * as well name two. */
static gboolean
is_in_file (const WayKnownChild *known, const WayRecord *record)
{
  return record->source != NULL && known->source == record->source;
}

static const char *
why_apart (const WayRecord *record, const WayKnownChild *known, const char **advice)
{
  *advice = NULL;
  if (((const WayChild *) record)->upn != NULL && known->upn != NULL)
    return "has the same name and date of birth as another child but a different UPN";
  if (is_in_file (known, record)) {
    *advice = "If it is one child, take out all rows but one and import again";
    return "has a name and date of birth that the file has more than once";
  }
  return "could be any of several children with the same name and date of birth";
}

/* Of the children with this name and day of birth, the only one that it can be. */
static const WayKnownChild *
match_by_name (WayDbImport *self, const WayRecord *record, GPtrArray *same)
{
  const WayChild *child = (const WayChild *) record;
  const WayKnownChild *only = NULL;
  guint n_possible = 0;
  gboolean is_repeated = FALSE;

  for (guint i = 0; i < same->len; i++) {
    const WayKnownChild *known = g_ptr_array_index (same, i);

    if (way_import_was_left_out (self, WAY_CHILD, known->id) ||
        (child->upn != NULL && known->upn != NULL))
      continue;
    only = known;
    n_possible++;
    is_repeated = is_repeated || is_in_file (known, record);
  }
  if (n_possible == 1 && !is_repeated)
    return only;
  for (guint i = 0; i < same->len; i++) {
    const WayKnownChild *known = g_ptr_array_index (same, i);
    gboolean differs = child->upn != NULL && known->upn != NULL;
    const char *why, *advice;

    if (way_import_was_left_out (self, WAY_CHILD, known->id) || (differs && n_possible > 0))
      continue;
    why = why_apart (record, known, &advice);
    if (ask (self, record, known, why, advice))
      return known;
  }
  return NULL;
}

/* One that this import adds. */
void
way_import_know_child (WayDbImport *self, const WayChild *child)
{
  WayKnownChild *known = g_new0 (WayKnownChild, 1);

  known->id = g_strdup (child->record.id);
  known->upn = way_upn_normalise (child->upn);
  known->former_upn = way_upn_normalise (child->former_upn);
  known->name = fold_name (child->surname, child->forename);
  known->dob = child->dob;
  known->source = child->record.source;
  known->line = child->record.line;
  known->unit = self->unit;
  know_child (self, known);
}

/* Of the children that are known, the one with the id of @child. */
static WayKnownChild *
find_known (WayDbImport *self, const WayChild *child, GPtrArray **same, guint *place)
{
  g_autofree char *name = fold_name (child->surname, child->forename);
  g_autofree char *key = name_key (name, child->dob);

  *same = self->children != NULL ? g_hash_table_lookup (self->children, key) : NULL;
  for (*place = 0; *same != NULL && *place < (*same)->len; (*place)++) {
    WayKnownChild *known = g_ptr_array_index (*same, *place);

    if (g_strcmp0 (known->id, child->record.id) == 0)
      return known;
  }
  return NULL;
}

/**
 * way_import_tell_twice:
 * @record: a row or pupil
 * @old: the child that it is, as an earlier one has left it
 *
 * Two rows of a file that are one child by their numbers may be two children with one mistyped.
 */
void
way_import_tell_twice (WayDbImport *self, const WayRecord *record, const WayRecord *old)
{
  GPtrArray *same;
  guint place;
  const WayKnownChild *known = find_known (self, (const WayChild *) old, &same, &place);
  WayImportNote *note;

  if (known == NULL || !is_in_file (known, record) || known->unit == self->unit)
    return;
  note = way_import_note (self, WAY_IMPORT_NOTICE, record);
  note->title = way_import_title (self, record, NULL);
  note->field = g_strdup ("child");
  note->message = g_strdup_printf (
      "The child is in this file twice, in line %u too, and comes in once. If it is two "
      "children, put right the UPN, name or date of birth of one of them",
      known->line);
}

/* Whether one has the other's number, now or formerly. */
gboolean
way_import_has_upn_of (const WayChild *a, const WayChild *b)
{
  g_autofree char *upn = way_upn_normalise (a->upn), *other = way_upn_normalise (b->upn);
  g_autofree char *former = way_upn_normalise (a->former_upn);
  g_autofree char *other_former = way_upn_normalise (b->former_upn);

  return (upn != NULL && (g_strcmp0 (upn, other) == 0 || g_strcmp0 (upn, other_former) == 0)) ||
         (former != NULL && g_strcmp0 (former, other) == 0);
}

/* Whether the name and day of birth of @child are those of a child who may be this one. */
static gboolean
is_known_by_name (WayDbImport *self, const WayChild *child)
{
  g_autofree char *name = fold_name (child->surname, child->forename);
  g_autofree char *key = name_key (name, child->dob);
  GPtrArray *same = g_hash_table_lookup (self->children, key);

  for (guint i = 0; same != NULL && i < same->len; i++) {
    const WayKnownChild *known = g_ptr_array_index (same, i);

    if (!way_import_was_left_out (self, WAY_CHILD, known->id) &&
        (child->upn == NULL || known->upn == NULL))
      return TRUE;
  }
  return FALSE;
}

/**
 * way_import_confirm_child:
 * @child: a row that the files call as they called @old, and that says nearly the same
 * @old: a child of the store
 * @is_same: (out): whether it is that child, with one thing put right
 *
 * A list that is made anew counts anew, and then a twin has the other's number in it: the child who
 * has name and day of birth comes before the one who was called so, one child is not two rows of a
 * file, and where the forename is another only a person can say.
 */
gboolean
way_import_confirm_child (WayDbImport *self,
                          const WayChild *child,
                          const WayChild *old,
                          gboolean *is_same,
                          GError **error)
{
  g_autofree char *forename = way_text_fold (child->forename != NULL ? child->forename : "");
  g_autofree char *old_forename = way_text_fold (old->forename != NULL ? old->forename : "");
  gboolean has_upn = way_import_has_upn_of (child, old);
  const WayKnownChild *known;
  GPtrArray *same;
  guint place;

  *is_same = FALSE;
  if (!way_import_know_children (self, error))
    return FALSE;
  known = find_known (self, old, &same, &place);
  if ((known != NULL && is_in_file (known, &child->record)) ||
      (!has_upn && is_known_by_name (self, child)))
    return TRUE;
  *is_same = has_upn || strcmp (forename, old_forename) == 0 ||
             (known != NULL &&
              ask (self,
                   &child->record,
                   known,
                   "had this id in an earlier file, with the same surname and date of birth but "
                   "another forename, as a twin would",
                   "If it is one child, put the forename right and import again"));
  return TRUE;
}

/* A number that was typed into the wrong line names another child: the same child has the name or
 * the day of birth as well. Two pupils of one file are one child only if both agree, for twins may
 * have been given one number by mistake. */
static gboolean
is_doubtful (const WayRecord *record, const char *name, const WayKnownChild *known)
{
  gboolean has_name = strcmp (known->name, name) == 0;
  gboolean has_dob = known->dob == ((const WayChild *) record)->dob;

  return is_in_file (known, record) ? !has_name || !has_dob : !has_name && !has_dob;
}

static gboolean
ask_doubtful (WayDbImport *self, const WayRecord *record, const WayKnownChild *known)
{
  g_autofree char *title = title_of_known (self, known);
  g_autofree char *why =
      g_strdup_printf ("has the same UPN as %s, but another name or date of birth", title);

  return ask (self,
              record,
              known,
              why,
              "One of the two UPNs may be mistyped; if it is one child, put the name or date of "
              "birth right and import again");
}

/* Of the children with this number, now or formerly, the one that it can be. */
static const WayKnownChild *
match_by_upn (WayDbImport *self, const WayRecord *record, const char *name, const char *upn)
{
  GPtrArray *same = upn != NULL ? g_hash_table_lookup (self->upns, upn) : NULL;

  for (guint i = 0; same != NULL && i < same->len; i++) {
    const WayKnownChild *known = g_ptr_array_index (same, i);

    if (!way_import_was_left_out (self, WAY_CHILD, known->id) && !is_doubtful (record, name, known))
      return known;
  }
  return NULL;
}

static const WayKnownChild *
ask_all_doubtful (WayDbImport *self, const WayRecord *record, const char *name, const char *upn)
{
  GPtrArray *same = upn != NULL ? g_hash_table_lookup (self->upns, upn) : NULL;

  for (guint i = 0; same != NULL && i < same->len; i++) {
    const WayKnownChild *known = g_ptr_array_index (same, i);

    if (!way_import_was_left_out (self, WAY_CHILD, known->id) &&
        is_doubtful (record, name, known) && ask_doubtful (self, record, known))
      return known;
  }
  return NULL;
}

/**
 * way_import_match_child:
 * @id: (out) (nullable): of the child that the record is, by UPN, then by name and day of birth,
 *   then by what somebody answered
 */
gboolean
way_import_match_child (WayDbImport *self, const WayRecord *record, const char **id, GError **error)
{
  const WayChild *child = (const WayChild *) record;
  g_autofree char *name = fold_name (child->surname, child->forename);
  g_autofree char *key = name_key (name, child->dob);
  g_autofree char *upn = way_upn_normalise (child->upn);
  g_autofree char *former_upn = way_upn_normalise (child->former_upn);
  const WayKnownChild *known;
  GPtrArray *same;

  if (!way_import_know_children (self, error))
    return FALSE;
  known = match_by_upn (self, record, name, upn);
  if (known == NULL)
    known = match_by_upn (self, record, name, former_upn);
  if (known == NULL) {
    same = g_hash_table_lookup (self->children, key);
    known = same != NULL ? match_by_name (self, record, same) : NULL;
  }
  if (known == NULL)
    known = ask_all_doubtful (self, record, name, upn);
  if (known == NULL)
    known = ask_all_doubtful (self, record, name, former_upn);
  *id = known != NULL ? known->id : NULL;
  return TRUE;
}

/* The child is known from now on by what the merge filled: the next of that name with another UPN
 * is another child. */
gboolean
way_import_know_merged_child (WayDbImport *self,
                              const WayChild *old,
                              const WayChild *merged,
                              GError **error)
{
  WayKnownChild *known;
  GPtrArray *same;
  guint place;

  if (!way_import_know_children (self, error))
    return FALSE;
  known = find_known (self, old, &same, &place);
  if (known == NULL)
    return TRUE;
  g_ptr_array_steal_index (same, place);
  forget_upn (self, known, known->upn);
  forget_upn (self, known, known->former_upn);
  g_free (known->upn);
  known->upn = way_upn_normalise (merged->upn);
  g_free (known->former_upn);
  known->former_upn = way_upn_normalise (merged->former_upn);
  g_free (known->name);
  known->name = fold_name (merged->surname, merged->forename);
  known->dob = merged->dob;
  known->source = merged->record.source;
  known->line = merged->record.line;
  known->unit = self->unit;
  know_child (self, known);
  return TRUE;
}
