/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-record-set.h"
#include "way-terms.h"

G_BEGIN_DECLS

typedef enum {
  WAY_SAMPLE_SMALL,
  WAY_SAMPLE_TEACHER,
  WAY_SAMPLE_DISTRICT,
  WAY_SAMPLE_COUNTY
} WaySampleSize;

/* Takes over one batch of records: settings and practitioners first, then child by child with all
 * that hangs on it. */
typedef gboolean (*WaySampleSink) (WayRecordSet *batch, gpointer user_data, GError **error);

/* A made-up caseload; the same size, seed and day give the same content. */
gboolean way_sample_make (WaySampleSize size,
                          guint64 seed,
                          WayDate today,
                          const WayTerms *terms,
                          WaySampleSink sink,
                          gpointer user_data,
                          GError **error);

/* The made-up service whose caseload it is: name and value in turn, for way_db_set_preferences(),
 * and its logo as PNG. */
extern const char *const WAY_SAMPLE_PREFERENCES[];
GBytes *way_sample_load_logo (GError **error);

G_END_DECLS
