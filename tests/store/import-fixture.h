/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-fixture.h"
#include "way-import.h"

G_BEGIN_DECLS

/* An import into a store, by hand. */
typedef struct {
  WayDb *db;
  WayImportSink *sink;
} Import;

/* A second store, at first empty. */
typedef struct {
  StoreFixture there;
  char *child_id;
  char *visit_id;
} Other;

Import import_begin (WayDb *db, WayImportOptions options);
void import_take (Import *import, gpointer record, const char *source, guint line);
void import_take_set (Import *import, WayRecordSet *unit);
WayImportReport *import_end (Import *import);
WayChild *
import_make_child (const char *id, const char *forename, const char *surname, const char *upn);
guint import_count_notes (WayImportReport *report, WayImportKind kind);
WayImportNote *import_first_note (WayImportReport *report, WayImportKind kind);
guint import_count_rows (WayDb *db, const WayRecordType *type);
WayTarget *import_make_target (const char *id, const char *child);
WayMeasurement *import_make_measurement (const char *target, const char *date, double value);
WayCase *
import_make_case (const char *id, const char *child, const char *opened, const char *closed);
Other import_make_other (void);
void import_clear_other (Other *other);
WayImportReport *import_from_other (WayDb *db, Other *other, int version, WayImportOptions options);
void import_amend_other (Other *other, const char *advice);

G_END_DECLS
