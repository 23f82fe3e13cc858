/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-record-set.h"

#include "way-values.h"

#include <math.h>

struct _WayRecordSet {
  GPtrArray *lists[WAY_N_RECORD_TYPES]; /* NULL until the type is first asked for */
};

/**
 * way_record_set_new:
 *
 * Returns: (transfer full): an empty set
 */
WayRecordSet *
way_record_set_new (void)
{
  return g_new0 (WayRecordSet, 1);
}

WayRecordSet *
way_record_set_copy (WayRecordSet *self)
{
  WayRecordSet *copy = way_record_set_new ();

  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    for (guint k = 0; self->lists[i] != NULL && k < self->lists[i]->len; k++)
      way_record_set_take (copy, way_record_copy (g_ptr_array_index (self->lists[i], k)));
  }
  return copy;
}

void
way_record_set_free (WayRecordSet *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++)
    g_clear_pointer (&self->lists[i], g_ptr_array_unref);
  g_free (self);
}

/**
 * way_record_set_list:
 *
 * Returns: (transfer none) (element-type WayRecord): the records of @type, in
 *   the order they were added; never %NULL
 */
GPtrArray *
way_record_set_list (WayRecordSet *self, const WayRecordType *type)
{
  int index = way_record_type_index (type);

  if (self->lists[index] == NULL)
    self->lists[index] = g_ptr_array_new_with_free_func (way_record_free);
  return self->lists[index];
}

/**
 * way_record_set_take:
 * @record: (transfer full): a record
 *
 * Returns: (transfer none): @record
 */
gpointer
way_record_set_take (WayRecordSet *self, gpointer record)
{
  g_ptr_array_add (way_record_set_list (self, WAY_RECORD (record)->type), record);
  return record;
}

/**
 * way_record_set_add:
 *
 * Returns: (transfer none): a new record of @type in the set, of which nothing is known
 */
gpointer
way_record_set_add (WayRecordSet *self, const WayRecordType *type)
{
  return way_record_set_take (self, way_record_new (type));
}

void
way_record_set_remove (WayRecordSet *self, gpointer record)
{
  g_ptr_array_remove (way_record_set_list (self, WAY_RECORD (record)->type), record);
}

void
way_record_set_remove_all (WayRecordSet *self, const WayRecordType *type)
{
  g_ptr_array_set_size (way_record_set_list (self, type), 0);
}

/**
 * way_record_set_first:
 *
 * Returns: (transfer none) (nullable): the first record of @type
 */
gpointer
way_record_set_first (WayRecordSet *self, const WayRecordType *type)
{
  GPtrArray *list = way_record_set_list (self, type);

  return list->len > 0 ? g_ptr_array_index (list, 0) : NULL;
}

/**
 * way_record_set_find:
 * @id: (nullable): an id
 *
 * Returns: (transfer none) (nullable): the record of @type with that id
 */
gpointer
way_record_set_find (WayRecordSet *self, const WayRecordType *type, const char *id)
{
  GPtrArray *list = way_record_set_list (self, type);

  for (guint i = 0; id != NULL && i < list->len; i++) {
    if (g_strcmp0 (WAY_RECORD (g_ptr_array_index (list, i))->id, id) == 0)
      return g_ptr_array_index (list, i);
  }
  return NULL;
}

guint
way_record_set_count (WayRecordSet *self)
{
  guint count = 0;

  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++)
    count += self->lists[i] != NULL ? self->lists[i]->len : 0;
  return count;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 ((*(WayRecord *const *) a)->id, (*(WayRecord *const *) b)->id);
}

/* The order that does not depend on where the records came from. */
void
way_record_set_sort_by_id (WayRecordSet *self)
{
  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    if (self->lists[i] != NULL)
      g_ptr_array_sort (self->lists[i], compare_ids);
  }
}

/* What is not known comes first, as in SQL. Leaving it out of the comparison would give an order
 * in which A is before B, B before C, and C before A. */
static int
compare_numbers (double a, double b)
{
  if (isnan (a) || isnan (b))
    return !isnan (a) - !isnan (b);
  return (a > b) - (a < b);
}

/* Of two on one day: the one that was entered earlier, else the one with the lesser id. */
static int
compare_entered (const WayRecord *a, const WayRecord *b)
{
  int order = g_strcmp0 (a->created_at, b->created_at);

  return order != 0 ? order : g_strcmp0 (a->id, b->id);
}

static int
compare_positions (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const WayField *const *keys = user_data; /* date, then position; either may be missing */
  const WayRecord *first = *(WayRecord *const *) a, *second = *(WayRecord *const *) b;
  int order = 0;

  if (keys[0] != NULL && way_field_date (keys[0], first) != way_field_date (keys[0], second))
    return way_field_date (keys[0], first) < way_field_date (keys[0], second) ? -1 : 1;
  if (keys[1] != NULL)
    order = compare_numbers (way_field_number (keys[1], first), way_field_number (keys[1], second));
  return order != 0 ? order : compare_entered (first, second);
}

/* The fields that say in which order records of @type are read. What lasts goes by its first day,
 * but for needs, which go by their rank. */
static void
find_keys (const WayRecordType *type, const WayField *keys[2])
{
  static const char *const begins[] = {"from", "opened", "given_on"};

  keys[0] = way_record_type_find (type, "date");
  keys[1] = way_record_type_find (type, "position");
  if (keys[1] == NULL)
    keys[1] = way_record_type_find (type, "rank");
  for (guint i = 0; i < G_N_ELEMENTS (begins) && keys[0] == NULL && keys[1] == NULL; i++)
    keys[0] = way_record_type_find (type, begins[i]);
}

/**
 * way_record_compare_by_position:
 * @a: a record
 * @b: another of its type
 *
 * The one order for reading, where several may be of one day: by date, then position or rank,
 * where the type has them, else by the day on which it begins (an unknown one first), then by when
 * they were first stored, then by id.
 *
 * Returns: less than 0 if @a comes first, more than 0 if @b does
 */
int
way_record_compare_by_position (gconstpointer a, gconstpointer b)
{
  const WayField *keys[2];

  find_keys (WAY_RECORD (a)->type, keys);
  return compare_positions (&a, &b, keys);
}

/**
 * way_record_list_sort_by_position:
 * @list: (element-type WayRecord): records of @type
 *
 * Sorts them into the order of way_record_compare_by_position().
 */
void
way_record_list_sort_by_position (GPtrArray *list, const WayRecordType *type)
{
  const WayField *keys[2];

  find_keys (type, keys);
  g_ptr_array_sort_with_data (list, compare_positions, (gpointer) keys);
}

void
way_record_set_sort_by_position (WayRecordSet *self)
{
  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    if (self->lists[i] != NULL)
      way_record_list_sort_by_position (self->lists[i], WAY_RECORD_TYPES[i]);
  }
}
