/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-code-lists.h"

#include "way-visit.h"

#include <math.h>

/* Invariant: `by_key` maps "list/code" to an entry of `rows`; `rows` is in the
 * order of list, then position. Nothing changes after construction. */
struct _WayCodeLists {
  gatomicrefcount references;
  GPtrArray *rows;
  GHashTable *by_key;
};

static char *
make_key (const char *list, const char *code)
{
  return g_strdup_printf ("%s/%s", list, code);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const WayCode *first = *(WayCode *const *) a, *second = *(WayCode *const *) b;
  int order = g_strcmp0 (first->list, second->list);

  if (order != 0)
    return order;
  if (isnan (first->position) != isnan (second->position))
    return isnan (second->position) ? -1 : 1; /* those without a place come last */
  if (!isnan (first->position) && first->position != second->position)
    return first->position < second->position ? -1 : 1;
  return g_strcmp0 (first->code, second->code);
}

/**
 * way_code_lists_new:
 * @rows: (element-type WayCode): the entries of all lists; copied
 *
 * Returns: (transfer full): the lists; way_code_lists_unref() them
 */
WayCodeLists *
way_code_lists_new (GPtrArray *rows)
{
  WayCodeLists *self = g_new0 (WayCodeLists, 1);

  g_atomic_ref_count_init (&self->references);
  self->rows = g_ptr_array_new_with_free_func (way_record_free);
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < rows->len; i++) {
    WayCode *row = way_record_copy (g_ptr_array_index (rows, i));

    g_ptr_array_add (self->rows, row);
    g_hash_table_insert (self->by_key, make_key (row->list, row->code), row);
  }
  g_ptr_array_sort (self->rows, compare_rows);
  return self;
}

WayCodeLists *
way_code_lists_ref (WayCodeLists *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
way_code_lists_unref (WayCodeLists *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  g_hash_table_unref (self->by_key);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/**
 * way_code_lists_find:
 *
 * Returns: (transfer none) (nullable): the entry
 */
const WayCode *
way_code_lists_find (const WayCodeLists *self, const char *list, const char *code)
{
  g_autofree char *key = NULL;

  if (list == NULL || code == NULL)
    return NULL;
  key = make_key (list, code);
  return g_hash_table_lookup (self->by_key, key);
}

/**
 * way_code_lists_label:
 *
 * Returns: (transfer none): the words that people see; the code itself where the
 *   list has it not, the empty text for %NULL
 */
const char *
way_code_lists_label (const WayCodeLists *self, const char *list, const char *code)
{
  const WayCode *entry = way_code_lists_find (self, list, code);

  if (entry != NULL)
    return entry->label;
  return code != NULL ? code : "";
}

/**
 * way_code_lists_get:
 *
 * Returns: (transfer container) (element-type WayCode): the current entries of
 *   one list in order; legacy ones, which only imports know, are left out
 */
GPtrArray *
way_code_lists_get (const WayCodeLists *self, const char *list)
{
  GPtrArray *entries = g_ptr_array_new ();

  for (guint i = 0; i < self->rows->len; i++) {
    WayCode *row = g_ptr_array_index (self->rows, i);

    if (g_strcmp0 (row->list, list) == 0 && row->legacy != WAY_YES)
      g_ptr_array_add (entries, row);
  }
  return entries;
}

/* Lists whose codes have a fixed meaning: rules and pictures depend on them. */
static const char *const PHASES[] = {"primary",
                                     "middle-primary",
                                     "middle-secondary",
                                     "secondary",
                                     "16-plus",
                                     "all-through",
                                     "special",
                                     "early-years",
                                     "other",
                                     NULL};
static const char *const SEXES[] = {"M", "F", NULL};
static const char *const PROVISIONS[] = {"N", "K", "E", NULL};
static const char *const MEASURES[] = {
    "count", "percent", "duration", "frequency", "rating", "gas", "steps", "yesno", "score", NULL};
static const char *const DIRECTIONS[] = {"up", "down", "keep", NULL};
static const char *const CASE_STATES[] = {"active", "on-hold", NULL};
static const char *const TARGET_STATES[] = {"open", "achieved", "amended", "closed", NULL};

/**
 * way_code_list_get_fixed:
 * @list: a code list
 *
 * What a record can hold is fixed where its schema, or what is reckoned from it, knows each code.
 *
 * Returns: (transfer none) (nullable): the only codes that may be in it; %NULL if the service may
 *   add some
 */
const char *const *
way_code_list_get_fixed (const char *list)
{
  static const struct {
    const char *list;
    const char *const *codes;
  } FIXED[] = {{"setting-phase", PHASES},
               {"sex", SEXES},
               {"sen-provision", PROVISIONS},
               {"measure", MEASURES},
               {"direction", DIRECTIONS},
               {"case-status", CASE_STATES},
               {"target-state", TARGET_STATES},
               {"view", WAY_VIEWS}};

  for (guint i = 0; i < G_N_ELEMENTS (FIXED); i++) {
    if (g_strcmp0 (FIXED[i].list, list) == 0)
      return FIXED[i].codes;
  }
  return NULL;
}
