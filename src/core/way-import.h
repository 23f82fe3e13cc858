/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-record-set.h"

G_BEGIN_DECLS

/**
 * WayImportKind:
 * @WAY_IMPORT_ADD: a record that the store has not
 * @WAY_IMPORT_CHANGE: a value that the store has not, or a newer version
 * @WAY_IMPORT_CONFLICT: the store and the file differ; both values are given
 * @WAY_IMPORT_POSSIBLE_MATCH: same name and date of birth but another UPN; added apart, never
 * merged unasked
 * @WAY_IMPORT_NOTICE: something the user should know: ignored elements, a code added to its list, a
 * wrong UPN letter
 * @WAY_IMPORT_ERROR: a row or pupil that cannot be taken
 */
typedef enum {
  WAY_IMPORT_ADD,
  WAY_IMPORT_CHANGE,
  WAY_IMPORT_CONFLICT,
  WAY_IMPORT_POSSIBLE_MATCH,
  WAY_IMPORT_NOTICE,
  WAY_IMPORT_ERROR,
} WayImportKind;

/**
 * WayImportNote:
 * @source: (nullable): file, interned
 * @line: line there, 0 if it has none
 * @unit: number of the pupil, row or record that it is about, as the reader began with it; 0 if
 *   the reader does not say, and a line must do
 * @type: (nullable): type of record
 * @id: (nullable): id in the store
 * @title: (nullable): what it is, for people: "Amara Okafor, born 14 Sep 2018"
 * @field: (nullable): the field's name; a change without one is said by @message alone
 * @old_value: (nullable): what the store has
 * @new_value: (nullable): what the file has
 * @message: (nullable): for people
 * @question: (nullable): of a possible match, and of values of which either can be had: what it
 *   is answered by in the options
 * @given: (nullable): of a possible match: the file's child, for people to compare
 * @known: (nullable): of a possible match: the child that it may be
 * @why: (nullable): of a possible match that is not answered: why nobody can say but a person, of
 *   the file's child, without what becomes of it
 *
 * One line of an import's preview and of its report.
 */
typedef struct {
  WayImportKind kind;
  const char *source;
  guint line;
  guint unit;
  const WayRecordType *type;
  char *id;
  char *title;
  char *field;
  char *old_value;
  char *new_value;
  char *message;
  char *question;
  char *given;
  char *known;
  char *why;
} WayImportNote;

/**
 * WayImportReport:
 * @notes: (element-type WayImportNote): in the order of the files
 * @unit: number of the pupil, row or record that is being read, or 0
 * @n_added: per type, by way_record_type_index()
 * @n_changed: fields filled or replaced, and @n_newer
 * @n_newer: records of visit of which a newer version came
 * @n_same: records that were there already, unchanged: each once, and of a signed record of visit
 *   the visit alone
 * @n_conflicts: fields that differ
 * @n_apart: signed visits that were amended in the store and, without that, in the file
 * @n_errors: rows or pupils left out
 *
 * What an import did, or, as a preview, would do: both come from the same walk.
 */
typedef struct {
  GPtrArray *notes;
  guint unit;
  guint *n_added;
  guint n_added_total;
  guint n_changed;
  guint n_newer;
  guint n_same;
  guint n_conflicts;
  guint n_apart;
  guint n_errors;
} WayImportReport;

/**
 * WayImportAnswer:
 * @WAY_IMPORT_UNANSWERED: a possible match stays apart; of two values @take_new decides
 * @WAY_IMPORT_SAME_CHILD: it is the child that it may be, as if the UPNs agreed
 * @WAY_IMPORT_DIFFERENT_CHILDREN: somebody looked: it is a child of its own
 * @WAY_IMPORT_OURS: of two values the store's stays
 * @WAY_IMPORT_THEIRS: of two values the file's is taken
 */
typedef enum {
  WAY_IMPORT_UNANSWERED,
  WAY_IMPORT_SAME_CHILD,
  WAY_IMPORT_DIFFERENT_CHILDREN,
  WAY_IMPORT_OURS,
  WAY_IMPORT_THEIRS,
} WayImportAnswer;

typedef struct {
  gboolean dry_run;       /* report only */
  gboolean skip_bad_rows; /* leave out bad rows and what hangs on them, take the rest */
  gboolean take_new;      /* in a conflict take the file's value, where nothing else is answered */
  WayDate today;
  GHashTable *answers; /* (nullable): question of a note → WayImportAnswer; a session
                          keeps a reference, and nobody changes it meanwhile */
} WayImportOptions;

/**
 * WayImportSink:
 * @take: a unit of records that stand or fall together (a pupil with all that
 *   hangs on it, one row of a table, one Record of Visit); borrowed for the call. Returns %FALSE
 *   with @error only where reading must stop (the store failed, the user cancelled)
 * @problem: something in the file that cannot be taken, or a notice; reading goes on
 * @left_out: (nullable): the reader could not read a record that the files call @id: what names it
 *   is not some other record's. Without @id, nobody knows which records of @type are missing; then
 *   reading fails in the end
 * @begin: (nullable): the reader begins with another pupil, row or record: what it says and gives
 *   from here on is of that. A file may be one line, so lines do not tell them apart
 *
 * Where readers of files put what they read. The store's import session is one.
 */
typedef struct _WayImportSink WayImportSink;
struct _WayImportSink {
  gboolean (*take) (WayImportSink *self, WayRecordSet *unit, GError **error);
  void (*problem) (WayImportSink *self,
                   WayImportKind kind, /* NOTICE or ERROR */
                   const char *source,
                   guint line,
                   const char *field, /* nullable */
                   const char *message);
  void (*left_out) (WayImportSink *self, const WayRecordType *type, const char *id);
  void (*begin) (WayImportSink *self);
};

#define WAY_IMPORT_MOST_NOTES 50 /* of a kind and file that are worth reading one by one */

WayImportReport *way_import_report_new (void);
void way_import_report_free (WayImportReport *self);
WayImportNote *
way_import_report_add (WayImportReport *self, WayImportKind kind, const char *source, guint line);
void way_import_report_fold (WayImportReport *self, WayImportKind kind, guint most);
char *way_import_note_format (
    const WayImportNote *note);                  /* "pupils.xml:12: DOB: ..." one line for people */
char *way_import_field_words (const char *name); /* "dob" → "Date of birth", translated */
char *
way_import_report_summary (const WayImportReport *self); /* "Added 3 children, 2 settings; ..." */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayImportReport, way_import_report_free)

G_END_DECLS
