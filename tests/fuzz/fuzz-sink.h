/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-import.h"
#include "way-text.h"
#include "way-values.h"

#include <gio/gio.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What holds for every record that any reader gives: it has an id, and its texts could be written
 * again. */
static inline gboolean
fuzz_take (WayImportSink *sink, WayRecordSet *unit, GError **error)
{
  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    GPtrArray *list = way_record_set_list (unit, WAY_RECORD_TYPES[i]);

    for (guint k = 0; k < list->len; k++) {
      const WayRecord *record = g_ptr_array_index (list, k);

      g_assert_true (way_uuid_is_valid (record->id));
      for (guint n = 0; n < record->type->n_fields; n++) {
        const WayField *field = &record->type->fields[n];

        if (way_field_is_text (field) && way_field_is_known (field, record))
          g_assert_true (way_text_is_clean (way_field_string (field, record)));
      }
    }
  }
  g_assert_cmpuint (way_record_set_count (unit), >, 0);
  return TRUE;
}

static inline void
fuzz_problem (WayImportSink *sink,
              WayImportKind kind,
              const char *source,
              guint line,
              const char *field,
              const char *message)
{
  g_assert_nonnull (source);
  g_assert_true (g_utf8_validate (message, -1, NULL));
}

static inline void
fuzz_left_out (WayImportSink *sink, const WayRecordType *type, const char *id)
{
  g_assert_nonnull (type);
  g_assert_true (id == NULL || way_uuid_is_valid (id));
}

#define FUZZ_SINK                                                                                  \
  {                                                                                                \
    fuzz_take, fuzz_problem, fuzz_left_out                                                         \
  }
