/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-caseload-files.h"
#include "way-csv.h"
#include "way-import.h"

G_BEGIN_DECLS

/**
 * CaseloadTable:
 * @source: the file's name, interned
 * @enrolled: (element-type utf8): children with rows in enrolments.csv
 * @viewed: (nullable) (element-type utf8): visits with rows in visit_views.csv
 * @peopled: (nullable) (element-type utf8): visits with rows in visit_people.csv
 * @ids: (element-type utf8 guint): the ids of the file, and the lines they are in
 * @twice: (element-type utf8 guint): the ids that several lines have, and the second of these
 * @said_uk_dates: it was said that dates are written DD/MM/YYYY
 * @n_without_from: children whose school the file says, but not since when
 *
 * One file while it is read.
 */
typedef struct {
  const CaseloadFile *file;
  const char *source;
  WayImportSink *sink;
  WayDate today;
  GHashTable *enrolled;
  GHashTable *viewed;
  GHashTable *peopled;
  GHashTable *ids;
  GHashTable *twice;
  CaseloadIds rows;
  gboolean said_uk_dates;
  guint n_without_from;
} CaseloadTable;

void caseload_table_problem (
    CaseloadTable *self, WayImportKind kind, guint line, const char *column, const char *message);
void caseload_table_leave_out (CaseloadTable *self, const WayCsvRow *row);
void caseload_table_note_id (CaseloadTable *self, const WayCsvRow *row);
gboolean caseload_table_read_row (CaseloadTable *self, const WayCsvRow *row, WayRecordSet *unit);

G_END_DECLS
