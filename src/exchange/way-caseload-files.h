/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-visit.h"

G_BEGIN_DECLS

/**
 * CaseloadFile:
 * @file: its name in the folder
 * @type: what a row is
 * @columns: the columns in their order, "*" after those that must be there and filled. One that is
 *   no field of @type is read and written by code of its own
 * @changing: fields that may change while the row stays the same one, for rows without an id
 *
 * One table of a caseload folder. Any other field of @type may also be a column.
 */
typedef struct {
  const char *file;
  const WayRecordType *type;
  const char *columns;
  const char *changing;
} CaseloadFile;

#define N_CASELOAD_FILES 28
extern const CaseloadFile CASELOAD_FILES[N_CASELOAD_FILES]; /* each after those it refers to */

/* Ids for rows that have none: counts how often the same row came, and the order within a day. */
typedef struct {
  GHashTable *seen;
  GHashTable *order;
} CaseloadIds;

const CaseloadFile *caseload_file_find (const char *file);
gboolean caseload_file_is_later (const char *file);
char **caseload_file_dup_columns (const CaseloadFile *self);
gboolean caseload_file_has_column (const CaseloadFile *self, const char *column);
gboolean caseload_file_needs (const CaseloadFile *self, const char *column);

void caseload_ids_init (CaseloadIds *self);
void caseload_ids_clear (CaseloadIds *self);
char *caseload_ids_dup (CaseloadIds *self, const CaseloadFile *file, gconstpointer record);
double caseload_ids_next_position (CaseloadIds *self, gconstpointer record);
const WayField *caseload_position_field (const WayRecordType *type);

char *caseload_person_dup_text (const WayVisitPerson *self);
void caseload_person_read_text (WayVisitPerson *self, const char *text);

char *caseload_dup_id (const char *type, const char *text);

G_END_DECLS
