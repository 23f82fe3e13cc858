/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-dossier.h"
#include "way-import.h"

/* A sink that keeps what it is given: units, and each problem as "file:line: field: message". */
typedef struct {
  WayImportSink sink;
  GPtrArray *units;    /* (element-type WayRecordSet) */
  GPtrArray *errors;   /* (element-type utf8) */
  GPtrArray *notices;  /* (element-type utf8) */
  gboolean throw_away; /* only count the units */
  guint n_units;
  guint fail_at; /* take() fails at this unit, from 1 */
} Sink;

void sink_init (Sink *self);
void sink_clear (Sink *self);
gpointer sink_find (Sink *self, const WayRecordType *type, guint nth);
guint sink_count (Sink *self, const WayRecordType *type);
gboolean sink_has_notice (Sink *self, const char *part);
void assert_records_keep_rules (Sink *self, WayDate today);
void assert_error (Sink *self, guint nth, const char *expected);

/* The types that a Record of Visit holds. */
extern const WayRecordType *const DOSSIER_TYPES[];
extern const guint N_DOSSIER_TYPES;

WayRecordSet *full_records_new (void); /* every shared field of every dossier type set */
WayRecordSet *visit_records_new (guint number);
void dossier_init (WayDossier *self, WayRecordSet *records); /* takes @records */
void dossier_clear (WayDossier *self);

char *data_path (const char *name);
char *temp_dir_new (void);
void put_file (const char *dir, const char *name, const char *text);
char *write_file (const char *dir, const char *name, const char *text);
char *write_bytes (const char *dir, const char *name, const char *bytes, gsize length);
void remove_dir (const char *dir);
