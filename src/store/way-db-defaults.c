/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lists and terms that a new store starts with. From then on they are the service's own. */
#include "way-db-private.h"

#include "way-csv.h"
#include "way-error.h"
#include "way-text.h"

#include <string.h>

#define DONE "defaults"

typedef struct {
  WayDb *db;
  const WayRecordType *type;
} Loading;

static gboolean
take_row (const WayCsvRow *row, gpointer user_data, GError **error)
{
  const Loading *loading = user_data;
  g_autoptr (WayRecord) record = way_record_new (loading->type);
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < loading->type->n_fields; i++) {
    const WayField *field = &loading->type->fields[i];

    if (!way_field_set_text (field, record, way_csv_row_get (row, field->name), error))
      return FALSE;
    if (i < 2)
      g_string_append_printf (name, "%s/", way_csv_row_get (row, field->name));
  }
  /* The same entry has the same id in every store. */
  record->id = way_uuid_for_name (loading->type->name, name->str);
  return way_db_save_unchecked (loading->db, record, NULL, error);
}

static gboolean
load (WayDb *self, const char *name, const WayRecordType *type, GError **error)
{
  Loading loading = {self, type};
  g_autofree char *text = way_db_dup_resource (name, error);
  g_autoptr (WayCsvReader) reader = NULL;

  if (text == NULL)
    return FALSE;
  reader = way_csv_reader_new (name, take_row, &loading);
  return way_csv_reader_feed (reader, text, strlen (text), error) &&
         way_csv_reader_finish (reader, error);
}

/* Once in a store's life: an entry that the service deleted does not come back. */
gboolean
way_db_load_defaults (WayDb *self, GError **error)
{
  gint64 is_done;

  if (!way_db_query_int (
          self, "SELECT 1 FROM \"preference\" WHERE \"name\" = '" DONE "'", NULL, &is_done, error))
    return FALSE;
  if (is_done != 0)
    return TRUE;
  return way_db_begin (self, error) &&
         way_db_end (self,
                     load (self, "lists.csv", WAY_CODE, error) &&
                         load (self, "terms.csv", WAY_TERM, error) &&
                         way_db_set_preference (self, DONE, "1", error),
                     error);
}
