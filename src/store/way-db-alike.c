/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which children may be one and the same. */
#include "way-db-private.h"

#include "way-text.h"
#include "way-upn.h"

#include <string.h>

static gboolean
is_same_text (const char *a, const char *b)
{
  g_autofree char *one = way_text_fold (a != NULL ? a : "");
  g_autofree char *other = way_text_fold (b != NULL ? b : "");

  return *one != '\0' && strcmp (one, other) == 0;
}

static gboolean
is_alike (const WayChild *child, const WayChild *other)
{
  if (g_strcmp0 (child->record.id, other->record.id) == 0)
    return FALSE;
  return way_child_shares_upn (child, other) ||
         (child->dob == other->dob && is_same_text (child->surname, other->surname) &&
          is_same_text (child->forename, other->forename));
}

/* Of the children whose @field has the @value those that are not in @found yet. */
static gboolean
add_alike (WayDb *self,
           const WayChild *child,
           const char *field,
           const char *value,
           GPtrArray *found,
           GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (value == NULL)
    return TRUE;
  rows = way_db_list (self, WAY_CHILD, field, value, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const WayChild *other = g_ptr_array_index (rows, i);
    gboolean is_there = !is_alike (child, other);

    for (guint k = 0; k < found->len && !is_there; k++)
      is_there = g_strcmp0 (((const WayChild *) found->pdata[k])->record.id, other->record.id) == 0;
    if (!is_there)
      g_ptr_array_add (found, way_record_copy (other));
  }
  return rows != NULL;
}

/**
 * way_db_list_alike:
 * @child: a child, stored or not
 *
 * Returns: (transfer full) (element-type WayChild): the other children with the same UPN, now or
 *   before, or with the same surname, forename and date of birth, in whatever letters
 */
GPtrArray *
way_db_list_alike (WayDb *self, const WayChild *child, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (way_record_free);
  g_autofree char *upn = way_upn_normalise (child->upn), *born = way_date_dup_iso (child->dob),
                  *former = way_upn_normalise (child->former_upn);

  if (add_alike (self, child, "upn", upn, found, error) &&
      add_alike (self, child, "former_upn", upn, found, error) &&
      add_alike (self, child, "upn", former, found, error) &&
      add_alike (self, child, "former_upn", former, found, error) &&
      add_alike (self, child, "dob", born, found, error))
    return g_steal_pointer (&found);
  return NULL;
}

/**
 * way_db_find_birth:
 * @child_id: (nullable): a child
 * @born: (out): the child's day of birth, if another child has the name; else unknown
 *
 * Two children of one name are told apart by it, wherever they are named.
 */
gboolean
way_db_find_birth (WayDb *self, const char *child_id, WayDate *born, GError **error)
{
  g_autofree char *text = NULL;

  *born = WAY_DATE_UNKNOWN;
  if (!way_db_query_text (self,
                          "SELECT c.\"dob\" FROM \"child\" c WHERE c.\"id\" = ?1 AND EXISTS "
                          "(SELECT 1 FROM \"child\" o WHERE o.\"surname\" = c.\"surname\" AND "
                          "o.\"forename\" = c.\"forename\" AND o.\"id\" <> c.\"id\")",
                          child_id,
                          &text,
                          error))
    return FALSE;
  *born = way_date_from_iso (text);
  return TRUE;
}
