/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Returns are counted by term: a day is in one at most, also after an import. */
#include "way-db-import-private.h"

#include "way-error.h"
#include "way-terms.h"

#include <string.h>

/* The table of terms as this import makes it so far; a dry run has not written its part. */
static GPtrArray *
dup_table (WayDbImport *self, GError **error)
{
  g_autoptr (GPtrArray) stored = way_db_rows_where (self->db, WAY_TERM, "", NULL, error);
  GPtrArray *table;

  if (stored == NULL)
    return NULL;
  table = g_ptr_array_new_with_free_func (way_record_free);
  for (guint i = 0; i < stored->len; i++) {
    const WayRecord *term = g_ptr_array_index (stored, i);
    const WayRecord *would_be = way_import_find_would_be (self, WAY_TERM, term->id);

    g_ptr_array_add (table, way_record_copy (would_be != NULL ? would_be : term));
  }
  for (guint i = 0; i < self->terms->len; i++)
    g_ptr_array_add (table, way_record_copy (g_ptr_array_index (self->terms, i)));
  return table;
}

/**
 * way_import_check_term:
 * @term: one that the store has not
 * @is_good: (inout): set to %FALSE if a day of it lies in another term; why is noted
 *
 * The same term with other days is a difference, and told as one.
 */
gboolean
way_import_check_term (WayDbImport *self, const WayTerm *term, gboolean *is_good, GError **error)
{
  g_autoptr (GPtrArray) table = dup_table (self, error);
  g_autofree char *own_name = way_term_name (term);

  if (table == NULL)
    return FALSE;
  for (guint i = 0; i < table->len && *is_good; i++) {
    const WayTerm *other = g_ptr_array_index (table, i);
    g_autofree char *name = way_term_name (other), *fault = NULL;

    if (strcmp (name, own_name) == 0 || term->start > other->end || other->start > term->end)
      continue;
    fault = g_strdup_printf ("makes the term overlap %s; put the days of one of them right", name);
    way_import_refuse (self, &term->record, term->start >= other->start ? "start" : "end", fault);
    *is_good = FALSE;
  }
  return TRUE;
}

/* For way_import_check_terms(), once the unit is taken. */
void
way_import_note_terms (WayDbImport *self, const GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++) {
    const WayImportItem *item = g_ptr_array_index (items, i);

    if (item->record != NULL && item->record->type == WAY_TERM &&
        (item->old == NULL || !way_record_equal (item->old, item->record)))
      self->terms_source = item->record->source;
  }
}

/**
 * way_import_check_terms:
 *
 * Only at the end of an import: while each row gives a term new days, the table may pass through
 * what it may not stay.
 *
 * Returns: %FALSE with %WAY_ERROR_REFUSED if the import makes terms overlap. Then nothing of it
 *   can be taken: no row alone is at fault
 */
gboolean
way_import_check_terms (WayDbImport *self, GError **error)
{
  g_autoptr (GPtrArray) table = NULL;
  g_autoptr (GError) fault = NULL;

  if (self->terms_source == NULL)
    return TRUE;
  table = dup_table (self, error);
  if (table == NULL)
    return FALSE;
  if (way_terms_check (table, &fault))
    return TRUE;
  g_set_error (error, WAY_ERROR, WAY_ERROR_REFUSED, "%s: %s", self->terms_source, fault->message);
  return FALSE;
}
