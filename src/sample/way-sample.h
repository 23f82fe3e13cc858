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

typedef struct {
  WaySampleSize size;
  guint64 seed;
  WayDate today;   /* the caseload ends on it */
  gboolean has_me; /* it is known already who works here: none of the colleagues is "me" */
} WaySampleOrder;

/* Takes over one batch of records: settings and practitioners first, then child by child with all
 * that hangs on it. */
typedef gboolean (*WaySampleSink) (WayRecordSet *batch, gpointer user_data, GError **error);

/* A made-up caseload; the same order gives the same content. */
gboolean way_sample_make (const WaySampleOrder *order,
                          const WayTerms *terms,
                          WaySampleSink sink,
                          gpointer user_data,
                          GError **error);

/* The made-up service whose caseload it is. */
extern const char *const WAY_SAMPLE_SERVICE_NAME;
extern const char *const WAY_SAMPLE_PRIVACY_LINE;
GBytes *way_sample_load_logo (GError **error);

G_END_DECLS
