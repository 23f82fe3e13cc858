/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables by what a record is and its id. An id is unique among records of one type only: a file may
 * call a school, a child and a target by the same, and what is known of one is nothing to the
 * others. */
#include "way-db-import-private.h"

typedef struct {
  const WayRecordType *type;
  char *id;
} Key;

static guint
hash_key (gconstpointer data)
{
  const Key *key = data;

  return g_direct_hash (key->type) * 31 + g_str_hash (key->id);
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  const Key *key = a, *other = b;

  return key->type == other->type && g_str_equal (key->id, other->id);
}

static void
free_key (gpointer data)
{
  Key *key = data;

  g_free (key->id);
  g_free (key);
}

/**
 * way_import_table_new:
 *
 * Returns: (transfer full): a table for the functions below; what they do not do, the functions of
 *   a #GHashTable that need no key do
 */
GHashTable *
way_import_table_new (GDestroyNotify value_free)
{
  return g_hash_table_new_full (hash_key, equal_keys, free_key, value_free);
}

gpointer
way_import_table_get (GHashTable *table, const WayRecordType *type, const char *id)
{
  const Key key = {type, (char *) id};

  return g_hash_table_lookup (table, &key);
}

gboolean
way_import_table_has (GHashTable *table, const WayRecordType *type, const char *id)
{
  const Key key = {type, (char *) id};

  return g_hash_table_contains (table, &key);
}

/**
 * way_import_table_set:
 * @value: (transfer full) (nullable): takes the place of one that is there
 */
void
way_import_table_set (GHashTable *table, const WayRecordType *type, const char *id, gpointer value)
{
  Key *key = g_new (Key, 1);

  key->type = type;
  key->id = g_strdup (id);
  g_hash_table_replace (table, key, value);
}

void
way_import_table_remove (GHashTable *table, const WayRecordType *type, const char *id)
{
  const Key key = {type, (char *) id};

  g_hash_table_remove (table, &key);
}
