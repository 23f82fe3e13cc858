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
  g_free (child);
}

static char *
name_key (const char *surname, const char *forename, WayDate dob)
{
  g_autofree char *last = way_text_fold (surname != NULL ? surname : "");
  g_autofree char *first = way_text_fold (forename != NULL ? forename : "");

  return g_strdup_printf ("%s/%s/%u", last, first, dob);
}

static void
know_child (WayDbImport *self, WayKnownChild *child, char *key)
{
  GPtrArray *same = g_hash_table_lookup (self->children, key);

  if (same == NULL) {
    same = g_ptr_array_new_with_free_func (known_child_free);
    g_hash_table_insert (self->children, g_strdup (key), same);
  }
  g_ptr_array_add (same, child);
  if (child->upn != NULL)
    g_hash_table_insert (self->upns, g_strdup (child->upn), child);
  if (child->former_upn != NULL && !g_hash_table_contains (self->upns, child->former_upn))
    g_hash_table_insert (self->upns, g_strdup (child->former_upn), child);
  g_free (key);
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
  self->upns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  stmt = way_stmt_prepare (self->db,
                           "SELECT \"id\", \"upn\", \"former_upn\", \"surname\", \"forename\", "
                           "\"dob\" FROM \"child\"");
  while ((step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW) {
    WayKnownChild *child = g_new0 (WayKnownChild, 1);

    child->id = g_strdup (way_stmt_text (&stmt, 0));
    child->upn = g_strdup (way_stmt_text (&stmt, 1));
    child->former_upn = g_strdup (way_stmt_text (&stmt, 2));
    know_child (
        self,
        child,
        name_key (way_stmt_text (&stmt, 3), way_stmt_text (&stmt, 4), way_stmt_date (&stmt, 5)));
  }
  return step == WAY_STEP_DONE;
}

/* Perhaps the same child, which only a person can say. */
static void
note_possible_match (WayDbImport *self,
                     const WayRecord *record,
                     const WayKnownChild *known,
                     const char *message)
{
  WayImportNote *note = way_import_note (self, WAY_IMPORT_POSSIBLE_MATCH, record);

  g_free (note->id);
  note->id = g_strdup (known->id);
  note->title = way_import_title (self, record, NULL);
  note->field = g_strdup ("upn");
  note->old_value = g_strdup (known->upn);
  note->new_value = g_strdup (((const WayChild *) record)->upn);
  note->message = g_strdup (message);
}

/* Whether another row of the same file is that child already: a file that names a child twice may
 * as well name two. */
static gboolean
is_in_file (const WayKnownChild *known, const WayRecord *record)
{
  return record->source != NULL && known->source == record->source;
}

static const char *
why_apart (const WayRecord *record, const WayKnownChild *known)
{
  if (((const WayChild *) record)->upn != NULL && known->upn != NULL)
    return "has the same name and date of birth as another child but a different UPN; added as a "
           "child of its own";
  if (is_in_file (known, record))
    return "the file has this name and date of birth more than once; added as a child of its own. "
           "If it is one child, take out all rows but one and import again";
  return "could be any of several children with the same name and date of birth; added as a child "
         "of its own";
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

    if (way_import_was_left_out (self, known->id) || (child->upn != NULL && known->upn != NULL))
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

    if (way_import_was_left_out (self, known->id) || (differs && n_possible > 0))
      continue;
    note_possible_match (self, record, known, why_apart (record, known));
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
  known->source = child->record.source;
  know_child (self, known, name_key (child->surname, child->forename, child->dob));
}

/**
 * way_import_match_child:
 * @id: (out) (nullable): of the child that the record is, by UPN, then by name and day of birth
 */
gboolean
way_import_match_child (WayDbImport *self, const WayRecord *record, const char **id, GError **error)
{
  const WayChild *child = (const WayChild *) record;
  g_autofree char *key = NULL, *upn = way_upn_normalise (child->upn);
  g_autofree char *former_upn = way_upn_normalise (child->former_upn);
  const WayKnownChild *known;
  GPtrArray *same;

  if (!way_import_know_children (self, error))
    return FALSE;
  known = upn != NULL ? g_hash_table_lookup (self->upns, upn) : NULL;
  if (known == NULL && former_upn != NULL)
    known = g_hash_table_lookup (self->upns, former_upn);
  if (known == NULL || way_import_was_left_out (self, known->id)) {
    key = name_key (child->surname, child->forename, child->dob);
    same = g_hash_table_lookup (self->children, key);
    known = same != NULL ? match_by_name (self, record, same) : NULL;
  }
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
  g_autofree char *key = name_key (old->surname, old->forename, old->dob);
  WayKnownChild *known = NULL;
  GPtrArray *same;

  if (!way_import_know_children (self, error))
    return FALSE;
  same = g_hash_table_lookup (self->children, key);
  for (guint i = 0; same != NULL && i < same->len && known == NULL; i++) {
    if (strcmp (((WayKnownChild *) g_ptr_array_index (same, i))->id, old->record.id) == 0)
      known = g_ptr_array_steal_index (same, i);
  }
  if (known == NULL)
    return TRUE;
  if (known->upn != NULL && g_hash_table_lookup (self->upns, known->upn) == known)
    g_hash_table_remove (self->upns, known->upn);
  g_free (known->upn);
  known->upn = way_upn_normalise (merged->upn);
  g_free (known->former_upn);
  known->former_upn = way_upn_normalise (merged->former_upn);
  known->source = merged->record.source;
  know_child (self, known, name_key (merged->surname, merged->forename, merged->dob));
  return TRUE;
}
