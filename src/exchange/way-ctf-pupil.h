/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-ctf-tree.h"
#include "way-import.h"
#include "way-people.h"

G_BEGIN_DECLS

/**
 * CtfFile:
 * @date: when the file was written; @today if it does not say
 * @school: (nullable): the school that sent it, copied into each unit
 * @year_start: first day of the school year of @date
 * @unnumbered: how many pupils without a UPN so far have a name and date of birth
 * @pupil: (nullable): the pupil that is being read
 * @n_pupils: which pupil of the file is being read, from 1
 * @has_wrong_day: whether the pupil that is being read has a day that does not exist
 * @n_without_entry: pupils whose entry date the file does not say
 * @n_without_sen_start: SEN rows whose start the file does not say
 * @n_with_earlier: pupils whose earlier schools the file names
 *
 * What all pupils of a file share.
 */
typedef struct {
  const char *source; /* interned */
  WayImportSink *sink;
  WayDate today;
  WayDate date;
  WayDate year_start;
  WaySetting *school;
  GHashTable *unnumbered;
  const CtfNode *pupil;
  guint n_pupils;
  gboolean has_wrong_day;
  guint n_without_entry;
  guint n_without_sen_start;
  guint n_with_earlier;
} CtfFile;

gboolean
ctf_file_read_date (CtfFile *self, const CtfNode *parent, CtfElement element, WayDate *date);
void ctf_file_left_out (CtfFile *self, guint line, CtfElement element, const char *fault);
void ctf_file_problem (
    CtfFile *self, WayImportKind kind, guint line, CtfElement element, const char *message);
const CtfNode *ctf_node_find_fault (const CtfNode *self, char **fault);
gboolean ctf_pupil_has_identity (CtfFile *file, CtfNode *pupil, WayDate *dob);
gboolean ctf_pupil_keep_rules (CtfFile *file, WayRecordSet *unit);
gboolean ctf_pupil_read (CtfFile *file, CtfNode *pupil, WayRecordSet *unit);
void
ctf_pupil_read_sen (CtfFile *file, const CtfNode *pupil, const WayChild *child, WayRecordSet *unit);
char *ctf_dup_id (const WayRecordType *type, const char *name);
gpointer ctf_unit_add (WayRecordSet *unit,
                       CtfFile *file,
                       const CtfNode *node,
                       const WayRecordType *type,
                       const char *name);

G_END_DECLS
