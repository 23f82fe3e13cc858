/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Schools and people who work with the children: what an import knows them by. */
#include "way-db-import-private.h"

#include "way-text.h"

#include <string.h>

/* What tells schools of one name apart: URN, LA and establishment number, district. */
static char *
setting_marks (const WaySetting *setting)
{
  return g_strdup_printf ("%s\t%s\t%s\t%s",
                          setting->urn != NULL ? setting->urn : "",
                          setting->la != NULL ? setting->la : "",
                          setting->estab != NULL ? setting->estab : "",
                          setting->district != NULL ? setting->district : "");
}

/* Two schools may have one name: they are the same only if no mark that both have differs. */
static gboolean
marks_contradict (const char *known, const WaySetting *setting, guint *n_shared)
{
  g_autofree char *own = setting_marks (setting);
  g_auto (GStrv) a = g_strsplit (known, "\t", 4), b = g_strsplit (own, "\t", 4);

  for (guint i = 0; a[i] != NULL && b[i] != NULL; i++) {
    if (*a[i] == '\0' || *b[i] == '\0')
      continue;
    if (strcmp (a[i], b[i]) != 0)
      return TRUE;
    ++*n_shared;
  }
  return FALSE;
}

/* Those of one name, in the order in which they were known. */
static void
know_setting_by_name (WayDbImport *self, const WaySetting *setting)
{
  char *folded = way_text_fold (setting->name != NULL ? setting->name : "");
  GPtrArray *ids = g_hash_table_lookup (self->named_settings, folded);

  if (ids == NULL) {
    ids = g_ptr_array_new_with_free_func (g_free);
    g_hash_table_insert (self->named_settings, folded, ids);
  } else {
    g_free (folded);
  }
  g_ptr_array_add (ids, g_strdup (setting->record.id));
}

void
way_import_know_setting (WayDbImport *self, const WaySetting *setting)
{
  know_setting_by_name (self, setting);
  if (setting->urn != NULL)
    g_hash_table_insert (
        self->settings, g_strconcat ("urn/", setting->urn, NULL), g_strdup (setting->record.id));
  if (setting->la != NULL && setting->estab != NULL)
    g_hash_table_insert (self->settings,
                         g_strconcat ("la/", setting->la, "/", setting->estab, NULL),
                         g_strdup (setting->record.id));
  g_hash_table_insert (self->setting_marks, g_strdup (setting->record.id), setting_marks (setting));
}

void
way_import_know_practitioner (WayDbImport *self, const WayPractitioner *practitioner)
{
  g_autofree char *folded = way_text_fold (practitioner->name != NULL ? practitioner->name : "");

  g_hash_table_insert (
      self->practitioners,
      g_strconcat (folded, "/", practitioner->role != NULL ? practitioner->role : "other", NULL),
      g_strdup (practitioner->record.id));
}

gboolean
way_import_know_places (WayDbImport *self, GError **error)
{
  g_autoptr (GPtrArray) settings = NULL, practitioners = NULL;

  if (self->settings != NULL)
    return TRUE;
  settings = way_db_rows_where (self->db, WAY_SETTING, "", NULL, error);
  if (settings == NULL)
    return FALSE;
  practitioners = way_db_rows_where (self->db, WAY_PRACTITIONER, "", NULL, error);
  if (practitioners == NULL)
    return FALSE;
  self->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->setting_marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->named_settings =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->practitioners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < settings->len; i++)
    way_import_know_setting (self, g_ptr_array_index (settings, i));
  for (guint i = 0; i < practitioners->len; i++)
    way_import_know_practitioner (self, g_ptr_array_index (practitioners, i));
  return TRUE;
}

static const char *
look_up (WayDbImport *self,
         const WayRecordType *type,
         GHashTable *table,
         const char *space,
         const char *name)
{
  g_autofree char *key = g_strconcat (space, name, NULL);
  const char *id = g_hash_table_lookup (table, key);

  return id != NULL && !way_import_was_left_out (self, type, id) ? id : NULL;
}

/* Of several with the name, the one that has most marks of the row's, if none contradicts. */
static const char *
find_setting_by_name (WayDbImport *self, const WaySetting *setting, const char *folded)
{
  const GPtrArray *ids = g_hash_table_lookup (self->named_settings, folded);
  const char *best = NULL;
  guint most = 0;

  for (guint i = 0; ids != NULL && i < ids->len; i++) {
    const char *id = g_ptr_array_index (ids, i);
    const char *marks = g_hash_table_lookup (self->setting_marks, id);
    guint n_shared = 0;

    if (way_import_was_left_out (self, WAY_SETTING, id) ||
        marks_contradict (marks, setting, &n_shared) || (best != NULL && n_shared <= most))
      continue;
    best = id;
    most = n_shared;
  }
  return best;
}

gboolean
way_import_match_setting (WayDbImport *self,
                          const WayRecord *record,
                          const char **id,
                          GError **error)
{
  const WaySetting *setting = (const WaySetting *) record;
  g_autofree char *folded = way_text_fold (setting->name != NULL ? setting->name : "");
  g_autofree char *number = NULL;

  if (!way_import_know_places (self, error))
    return FALSE;
  if (setting->urn != NULL)
    *id = look_up (self, WAY_SETTING, self->settings, "urn/", setting->urn);
  if (*id == NULL && setting->la != NULL && setting->estab != NULL) {
    number = g_strconcat (setting->la, "/", setting->estab, NULL);
    *id = look_up (self, WAY_SETTING, self->settings, "la/", number);
  }
  if (*id == NULL && *folded != '\0')
    *id = find_setting_by_name (self, setting, folded);
  return TRUE;
}

gboolean
way_import_match_practitioner (WayDbImport *self,
                               const WayRecord *record,
                               const char **id,
                               GError **error)
{
  const WayPractitioner *practitioner = (const WayPractitioner *) record;
  g_autofree char *folded = way_text_fold (practitioner->name != NULL ? practitioner->name : "");
  g_autofree char *space = g_strconcat (folded, "/", NULL);

  if (!way_import_know_places (self, error))
    return FALSE;
  *id = look_up (self,
                 WAY_PRACTITIONER,
                 self->practitioners,
                 space,
                 practitioner->role != NULL ? practitioner->role : "other");
  return TRUE;
}
