/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-db-private.h"

G_BEGIN_DECLS

/* Why what the store has stays as it is. */
typedef enum { WAY_IMPORT_FREE, WAY_IMPORT_WRITTEN, WAY_IMPORT_SIGNED } WayImportHold;

/**
 * WayPlace:
 * @id: the record's id in the store; %NULL if it was left out
 * @is_new: added by this import (or, in a dry run, it would be)
 * @record: (nullable): in a dry run, as it would be stored, for the types that later rows look at
 *
 * Where a record of the files went.
 */
typedef struct {
  char *id;
  gboolean is_new;
  guint64 unit; /* of which unit it was */
  WayRecord *record;
} WayPlace;

/* A record of the store as this import will change it; @before: as an earlier unit would, or NULL.
 */
typedef struct {
  WayRecord *record;
  WayRecord *before;
  guint64 unit; /* which changed it last */
} WayChanged;

/* The children of the store and of this import, to match by. */
typedef struct {
  char *id;
  char *upn;
  char *former_upn;
  char *name; /* folded */
  WayDate dob;
  const char *source; /* interned: the file of this import in which it stands, or NULL */
  guint line;         /* there */
  guint64 unit;       /* of which unit it was last; a file may be one line */
} WayKnownChild;

typedef struct _WayImportSeen WayImportSeen; /* way-db-import-seen.c */

typedef struct {
  WayImportSink sink; /* first: the reader has a pointer to it */
  WayDb *db;
  WayImportOptions options;
  WayImportReport *report;
  guint64 unit;               /* number of the one that is being taken */
  GHashTable *places;         /* type and id in the files → WayPlace */
  GHashTable *children;       /* folded name and day of birth → GPtrArray of WayKnownChild */
  GHashTable *upns;           /* UPN, also a former one → GPtrArray of those, borrowed */
  GHashTable *settings;       /* "urn/…", "la/…" → id */
  GHashTable *setting_marks;  /* id → what tells it from others of its name */
  GHashTable *named_settings; /* folded name → GPtrArray of ids */
  GHashTable *practitioners;  /* "name/role" → id */
  GHashTable *codes;          /* "list/code" that this import added */
  GHashTable *would_be;       /* dry run: what would be added, by its natural key */
  GHashTable
      *taken; /* types and ids of the store that a row without an id of ours was found to be */
  GHashTable
      *taken_here;      /* types and ids of the store that records of this unit were found to be */
  GHashTable *changed;  /* type and id → WayChanged */
  GHashTable *cases;    /* dry run: id → WayCase that would be added */
  GPtrArray *terms;     /* dry run: of WayTerm that would be added */
  GHashTable *beside;   /* child → GPtrArray of WayRecord: what this import adds to it, of the
                           types that way-db-import-beside.c watches */
  GHashTable *dossiers; /* dry run: visit → GPtrArray of WayVisitVersion that would be kept, the
                           latest last */
  const char *terms_source; /* interned: the file that changed the table of terms last, or NULL */
  guint n_names;            /* ids of the files that were noted beside those of the store */
  guint n_unsigned[2];      /* visits and reviews of tables that were signed elsewhere */
  const char *unsigned_source[2];
  WayImportSeen *seen; /* what signed records showed besides */
  GHashTable *met; /* types and ids of the store that are counted already → number of the unit */
  WayRecordSet *records;  /* the unit that is being taken */
  const WayRecord *given; /* the record of it, as the files have it */
  GHashTable *own_names; /* type and id in the files, where the store's is another's → id instead */
  GHashTable *refused;   /* types and ids in the files of rows that the reader could not read */
  GHashTable *broken;    /* types whose file could not be read to its end */
  GPtrArray *later;      /* WayRecord: targets whose "replaces" has not been found yet */
  guint64 later_unit;    /* of which unit the last of those is */
} WayDbImport;

/* One record of a unit and what is to become of it. */
typedef struct {
  WayRecord *record;   /* what is written, or NULL: nothing */
  WayRecord *old;      /* as it is stored, or NULL: it is added */
  char *other_id;      /* what the file calls it, if that is not its id, or NULL */
  char *name;          /* what a later file with the same ids knows it by, or NULL */
  gboolean is_row;     /* of a table, which anybody may have changed */
  gboolean was_signed; /* says the file, which proves nothing */
} WayImportItem;

/* What a record of a unit is: a row or pupil, part of a signed record of visit, or what such a
 * record shows besides. */
typedef enum { WAY_IMPORT_ROW, WAY_IMPORT_PART, WAY_IMPORT_CONTEXT } WayImportRole;

WayImportNote *way_import_note (WayDbImport *self, WayImportKind kind, const WayRecord *record);
WayImportNote *way_import_refuse (WayDbImport *self,
                                  const WayRecord *record,
                                  const char *field,
                                  const char *message);

/* One record (way-db-import-plan.c). */
void way_import_item_free (gpointer data);
WayImportItem *way_import_plan (WayDbImport *self,
                                const WayRecord *given,
                                WayImportRole role,
                                gboolean *is_good,
                                GError **error);

/* What a record is, for people (way-db-import-titles.c). */
gboolean
way_import_find_child_of (WayDbImport *self, const WayRecord *record, char **id, GError **error);
char *way_import_title (WayDbImport *self, const WayRecord *record, GError **error);

/* Tables by type and id (way-db-import-keys.c). */
GHashTable *way_import_table_new (GDestroyNotify value_free);
gpointer way_import_table_get (GHashTable *table, const WayRecordType *type, const char *id);
gboolean way_import_table_has (GHashTable *table, const WayRecordType *type, const char *id);
void
way_import_table_set (GHashTable *table, const WayRecordType *type, const char *id, gpointer value);
void way_import_table_remove (GHashTable *table, const WayRecordType *type, const char *id);

/* Where records went (way-db-import-places.c). */
WayPlace *way_import_find_place (WayDbImport *self, const WayRecordType *type, const char *file_id);
WayPlace *way_import_set_place (WayDbImport *self,
                                const WayRecordType *type,
                                const char *file_id,
                                const char *id);
void way_import_changed_free (gpointer data);
void way_import_note_changed (WayDbImport *self, const WayRecord *old, const WayRecord *merged);
void way_import_forget_changed (WayDbImport *self);
const WayRecord *
way_import_find_would_be (WayDbImport *self, const WayRecordType *type, const char *id);
WayImportSeen *way_import_seen_new (void);
gboolean way_import_was_seen (WayDbImport *self, const WayRecord *record);
void way_import_note_seen (WayDbImport *self, const WayRecord *record);
void way_import_note_met (WayDbImport *self, const WayRecord *record);
void way_import_count_same (WayDbImport *self, const WayRecord *old);
void way_import_forget_met (WayDbImport *self);
void way_import_forget_places (WayDbImport *self, WayRecordSet *unit);
gboolean way_import_was_left_out (WayDbImport *self, const WayRecordType *type, const char *id);
gboolean way_import_resolve (
    WayDbImport *self, WayRecord *record, gboolean is_dossier, gboolean *is_good, GError **error);
gboolean way_import_resolve_later (WayDbImport *self, GError **error);
gboolean way_import_find_id (WayDbImport *self,
                             const WayRecordType *type,
                             const char *file_id,
                             char **id,
                             gboolean *was_left_out,
                             GError **error);

/* Ids that a file made up (way-db-import-names.c). */
gboolean way_import_is_named_by_file (const WayRecord *record);
const char *way_import_own_name (WayDbImport *self, const WayRecordType *type, const char *file_id);
gboolean way_import_settle_name (
    WayDbImport *self, WayRecord *record, char **name, WayRecord **old, GError **error);
gboolean way_import_is_ambiguous (WayDbImport *self,
                                  const WayRecordType *type,
                                  const char *file_id,
                                  gboolean *ambiguous,
                                  GError **error);
gboolean
way_import_find_replaced (WayDbImport *self, const WayTarget *target, char **id, GError **error);

/* Matching (way-db-import-match.c). @old (nullable): the record as the store has it. */
gboolean way_import_match (WayDbImport *self, WayImportItem *item, GError **error);
gboolean
way_import_remember (WayDbImport *self, const WayRecord *record, gboolean had_id, GError **error);
void way_import_take_one (WayDbImport *self, const WayRecord *record, const char *id);
gboolean way_import_remember_merged (WayDbImport *self,
                                     const WayRecord *old,
                                     const WayRecord *merged,
                                     GError **error);
gboolean way_import_is_parent_new (WayDbImport *self, const WayRecord *record);
GHashTable *way_import_would_be_new (void);
gboolean way_import_would_be_there (WayDbImport *self, const WayRecord *record);

/* Whose rows are (way-db-import-whose.c). */
gboolean way_import_check_whose (WayDbImport *self,
                                 const WayRecord *record,
                                 gboolean *is_good,
                                 GError **error);
gboolean way_import_settle_end (WayDbImport *self, WayRecord *record, GError **error);
gboolean way_import_check_replaced (WayDbImport *self, WayTarget *target, GError **error);
gboolean way_import_check_whose_row (WayDbImport *self,
                                     const WayRecord *record,
                                     gboolean *is_good,
                                     GError **error);

/* Schools and people who work with the children (way-db-import-settings.c). */
gboolean way_import_know_places (WayDbImport *self, GError **error);
void way_import_know_setting (WayDbImport *self, const WaySetting *setting);
void way_import_know_practitioner (WayDbImport *self, const WayPractitioner *practitioner);
gboolean way_import_match_setting (WayDbImport *self,
                                   const WayRecord *record,
                                   const char **id,
                                   GError **error);
gboolean way_import_match_practitioner (WayDbImport *self,
                                        const WayRecord *record,
                                        const char **id,
                                        GError **error);

/* Children (way-db-import-children.c). */
gboolean way_import_know_children (WayDbImport *self, GError **error);
void way_import_know_child (WayDbImport *self, const WayChild *child);
gboolean way_import_know_merged_child (WayDbImport *self,
                                       const WayChild *old,
                                       const WayChild *merged,
                                       GError **error);
gboolean way_import_match_child (WayDbImport *self,
                                 const WayRecord *record,
                                 const char **id,
                                 GError **error);

gboolean way_import_has_upn_of (const WayChild *a, const WayChild *b);
gboolean way_import_confirm_child (WayDbImport *self,
                                   const WayChild *child,
                                   const WayChild *old,
                                   gboolean *is_same,
                                   GError **error);
void way_import_tell_twice (WayDbImport *self, const WayRecord *record, const WayRecord *old);

/* What a new row would stand beside (way-db-import-beside.c). */
gboolean way_import_tell_beside (WayDbImport *self, const WayRecord *record, GError **error);
gboolean
way_import_match_days (WayDbImport *self, const WayRecord *record, WayRecord **old, GError **error);
void way_import_note_beside (WayDbImport *self, const WayRecord *record);

/* Rules that one record can't check alone (way-db-import-rules.c). */
gboolean way_import_check (WayDbImport *self,
                           const WayRecord *record,
                           const WayRecord *old,
                           gboolean *is_good,
                           GError **error);
gboolean way_import_check_merged (WayDbImport *self,
                                  const WayRecord *merged,
                                  const WayRecord *old,
                                  gboolean *is_good,
                                  GError **error);
gboolean
way_import_check_term (WayDbImport *self, const WayTerm *term, gboolean *is_good, GError **error);
void way_import_note_terms (WayDbImport *self, const GPtrArray *items);
gboolean way_import_check_terms (WayDbImport *self, GError **error);
gboolean way_import_add_codes (WayDbImport *self, const WayRecord *record, GError **error);
char *way_import_code_words (WayDbImport *self, const WayField *field, const char *code);
gboolean
way_import_has_draft (WayDbImport *self, const char *visit, gboolean *has_draft, GError **error);
gboolean way_import_find_hold (WayDbImport *self,
                               const WayRecord *record,
                               const WayRecord *old,
                               WayImportHold *hold,
                               GError **error);
char *way_import_hold_words (WayImportHold hold);

/* Merging (way-db-import-merge.c). */
WayRecord *way_import_merge (WayDbImport *self,
                             const WayRecord *record,
                             const WayRecord *old,
                             WayImportHold hold,
                             GError **error);
WayImportAnswer way_import_answer_to (WayDbImport *self, const char *question);
char *way_import_dup_choice (WayDbImport *self,
                             const WayRecord *old,
                             const WayField *field,
                             const WayRecord *record);
gboolean way_import_takes (WayDbImport *self,
                           const WayRecord *old,
                           const WayField *field,
                           const WayRecord *record);
void way_import_drop_usual_year (WayRecord *record, const WayRecord *old);
gboolean way_import_is_one_of_two (const WayRecordType *type, const WayField *field);
void way_import_keep_told (WayDbImport *self, WayRecord *record, const WayRecord *old);

/* Records of Visit, signed elsewhere (way-db-import-visits.c). */
typedef enum {
  WAY_DOSSIER_NONE,
  WAY_DOSSIER_NEW,
  WAY_DOSSIER_NEWER,
  WAY_DOSSIER_NOTHING
} WayDossierFate;
gboolean
way_import_judge (WayDbImport *self, WayRecordSet *unit, WayDossierFate *fate, GError **error);
gboolean way_import_is_of_visit (const WayRecord *record, WayRecordSet *unit);
gboolean way_import_is_rating (const WayRecord *record, WayRecordSet *unit, WayDossierFate fate);
gboolean way_import_put_visit (
    WayDbImport *self, WayRecordSet *unit, GPtrArray *parts, WayDossierFate fate, GError **error);

G_END_DECLS
