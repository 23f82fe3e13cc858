/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tables-fixture.h"

#include "way-csv.h"
#include "way-values.h"

static gboolean
take_record (const WayCsvRow *row, gpointer user_data, GError **error)
{
  GPtrArray *rows = user_data;
  const WayRecordType *type = way_csv_row_get (row, "term") != NULL ? WAY_TERM : WAY_CODE;
  WayRecord *record = way_record_new (type);

  g_ptr_array_add (rows, record);
  for (guint i = 0; i < type->n_fields; i++) {
    if (!way_field_set_text (
            &type->fields[i], record, way_csv_row_get (row, type->fields[i].name), error))
      return FALSE;
  }
  return TRUE;
}

GPtrArray *
tables_read (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", name, NULL);
  GPtrArray *rows = g_ptr_array_new_with_free_func (way_record_free);
  g_autoptr (GError) error = NULL;

  way_csv_read_file (path, take_record, rows, &error);
  g_assert_no_error (error);
  return rows;
}
