/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-code-lists.h"
#include "way-dossier.h"
#include "way-import.h"
#include "way-preferences.h"
#include "way-terms.h"
#include "way-vault.h"

G_BEGIN_DECLS

/**
 * WayDb:
 *
 * A synchronous connection to one store, confined to the thread that opened it.
 * The command line uses it directly; the window through #WayStore, whose worker
 * thread owns it.
 */
typedef struct _WayDb WayDb;

/* Opening (way-db.c). @cost NULL: calibrated. A store has one connection at a time. */
WayDb *way_db_create (const char *path,
                      const char *passphrase,
                      const WayVaultCost *cost,
                      char **recovery_key,
                      GError **error);
WayDb *way_db_open (const char *path, const char *passphrase, GError **error);
WayDb *way_db_open_with_recovery_key (const char *path, const char *recovery_key, GError **error);
gboolean way_db_close (WayDb *self);                /* checkpoints: one file, nothing beside it */
void way_db_set_today (WayDb *self, WayDate today); /* else the clock's */
const char *way_db_get_path (WayDb *self);
int way_db_get_version (WayDb *self);
gboolean way_db_change_passphrase (WayDb *self,
                                   const char *passphrase,
                                   const WayVaultCost *cost,
                                   GError **error);
gboolean way_db_check_passphrase (WayDb *self, const char *passphrase, GError **error);
gboolean way_db_set_recovery_key (WayDb *self, const char *recovery_key, GError **error);
gboolean way_db_begin (WayDb *self, GError **error); /* nests: inner ones are savepoints */
gboolean way_db_commit (WayDb *self, GError **error);
void way_db_rollback (WayDb *self); /* not after a commit that failed: it has done that */
gboolean way_db_end (WayDb *self, gboolean done, GError **error); /* commit, or take back */

/* Records of any type (way-db-records.c). Saving validates, checks the revision, writes the audit
 * entry and the search index. */
gboolean way_db_save (WayDb *self,
                      gpointer record,
                      GError **error); /* sets id (kept if given), revision and times */
gboolean way_db_delete (WayDb *self, gconstpointer record, GError **error);
gpointer way_db_get (WayDb *self, const WayRecordType *type, const char *id, GError **error);
GPtrArray *
way_db_list (WayDb *self,
             const WayRecordType *type,
             const char *field,
             const char *value,
             GError **error); /* @field NULL: all; by date and position where there are */

/* New records that come together, signed visits and reviews among them (way-db-batch.c). */
gboolean way_db_put_batch (WayDb *self, WayRecordSet *batch, GError **error);

/* Lists and preferences (way-db-lists.c). */
WayCodeLists *way_db_get_code_lists (WayDb *self, GError **error);
WayTerms *way_db_get_terms (WayDb *self, GError **error);
WayPractitioner *way_db_get_me (WayDb *self, GError **error); /* NULL without error: nobody yet */
char *way_db_get_preference (WayDb *self,
                             const char *name,
                             GError **error); /* NULL without error: not set. Names and rules:
                                                 way-preferences.h */
gboolean way_db_set_preference (WayDb *self, const char *name, const char *value, GError **error);
gboolean way_db_set_preferences (WayDb *self,
                                 const char *const *pairs, /* name and value in turn, then NULL */
                                 GBytes *logo,
                                 GError **error);
GBytes *way_db_get_logo (WayDb *self, GError **error); /* PNG; NULL without error: none */
gboolean way_db_set_logo (WayDb *self, GBytes *png, GError **error);

/* Visits (way-db-visits.c). An unsigned visit lies in the tables like any other; the draft is the
 * editor's buffer, one row, saved durably at every pause. */
WayRecordSet *way_db_start_visit_as (
    WayDb *self, const char *visit_id, const char *child_id, WayDate today, GError **error);
WayRecordSet *
way_db_start_visit (WayDb *self,
                    const char *child_id,
                    WayDate today,
                    GError **error); /* draft: visit, child, open actions since last time as
                                        visit_action, open targets as visit_target */
gboolean way_db_save_draft (WayDb *self,
                            WayRecordSet *records,
                            GError **error); /* durable when it returns; sets the visit's id */
WayRecordSet *way_db_load_visit (WayDb *self,
                                 const char *visit_id,
                                 GError **error); /* the draft if there is one, else the rows: visit
                                                     and all visit_*, its actions, assessments */
WayRecordSet *way_db_load_visit_rows (WayDb *self,
                                      const char *visit_id,
                                      GError **error); /* the rows, whatever draft there is */
gboolean way_db_store_visit (WayDb *self,
                             WayRecordSet *records,
                             GError **error); /* rows of an unsigned visit; removes its draft */
gboolean way_db_discard_draft (WayDb *self, const char *visit_id, GError **error);
gboolean way_db_sign_visit (WayDb *self,
                            const char *visit_id,
                            const char *stamp,
                            GError **error); /* @stamp NULL: now. Locks, keeps the dossier, ratings
                                                become measurements, effects reach the actions */
gboolean way_db_amend_visit (WayDb *self,
                             WayRecordSet *records,
                             const char *reason,
                             const char *stamp,
                             GError **error); /* a new version; both stay */
gboolean way_db_sign_review (WayDb *self, const char *review_id, const char *stamp, GError **error);
WayDossier *way_db_gather_visit (
    WayDb *self,
    const char *visit_id,
    int version,
    GError **error); /* version 0: the latest; a signed one exactly as it was kept */

WayDossier *way_db_preview_visit (WayDb *self,
                                  WayRecordSet *records,
                                  const char *reason,
                                  GError **error); /* as it would be; nothing is stored */

char *way_db_get_fingerprint (
    WayDb *self,
    const char *visit_id,
    GError **error); /* of the latest signed version; NULL without error: not signed */

typedef struct {
  char *visit_id;
  char *child_id; /* (nullable) */
  char *title;    /* child's name */
  WayDate born;   /* the child, if another has the name; else unknown */
  WayDate date;
  char *saved_at;
  gboolean is_amendment; /* of a visit that is signed */
} WayDraftInfo;
GPtrArray *way_db_list_drafts (WayDb *self, GError **error);

/* What pages show (way-db-views.c). */
typedef struct {
  char *id;
  char *name;      /* "Amara Okafor" */
  char *sort_name; /* "okafor amara", folded */
  char *preferred; /* or NULL */
  WayDate dob;
  char *year;        /* label: "Year 3" */
  int year_rank;     /* its place in the order of years */
  char *setting;     /* name of the main one today, or NULL */
  char *status;      /* code N, K, E or NULL */
  char *needs;       /* "SLCN ASD" */
  char *case_state;  /* code active, on-hold, closed or NULL */
  WayDate last_seen; /* latest visit */
  guint n_open_targets;
} WayChildRow;
void way_child_row_free (WayChildRow *self);
GPtrArray *way_db_list_child_rows (WayDb *self, WayDate today, GError **error);
GPtrArray *way_db_list_first_child_rows (
    WayDb *self, WayDate today, guint n_most, guint *n_all, GError **error);
GPtrArray *way_db_list_alike (WayDb *self,
                              const WayChild *child,
                              GError **error); /* others that may be the same child */
/* @born: the child's, if another has the name; else unknown. */
gboolean way_db_find_birth (WayDb *self, const char *child_id, WayDate *born, GError **error);
WayRecordSet *way_db_gather_child (
    WayDb *self,
    const char *child_id,
    GError **error); /* all records of the child, and the settings and practitioners they name */

/* Search (way-db-search.c). Words are prefixes, case and accents do not matter, all must be there.
 */
typedef enum { WAY_SEARCH_NEWEST_FIRST, WAY_SEARCH_BEST_FIRST } WaySearchOrder;
typedef struct {
  const WayRecordType *type;
  char *id;       /* of the record */
  char *child_id; /* (nullable) */
  WayDate born;   /* the child, if another has the name; else unknown */
  WayDate date;
  char *title;   /* child's name and what it is */
  char *snippet; /* words around the match, matches between "\002" and "\003" */
} WaySearchHit;
void way_search_hit_free (WaySearchHit *self);
GPtrArray *
way_db_search (WayDb *self, const char *words, WaySearchOrder order, guint limit, GError **error);

/* Import (way-db-import*.c). Between begin and end everything happens in one transaction. */
WayImportSink *way_db_import_begin (WayDb *self, const WayImportOptions *options, GError **error);
WayImportReport *
way_db_import_end (WayImportSink *sink,
                   gboolean read_to_the_end,
                   GError **error); /* commits, or changes nothing: dry run, a bad row without
                                       skip_bad_rows, or reading failed */

/* Sharing (way-db-sharing.c). What is NULL is logged as "not stated". Log, commit, and only then
 * let it leave; if nothing could leave, take it back. */
typedef struct {
  const char *format; /* "PDF", "XML", "CSV" */
  const char *recipient, *purpose, *basis, *reason;
  GPtrArray *logged; /* (nullable) (element-type WayDisclosure): gets the entries, as its own */
} WaySharing;
GPtrArray *way_db_dup_children_of (WayDb *self,
                                   const WayDossier *dossier,
                                   GError **error); /* (element-type WayChild) */
gboolean
way_db_log_sharing (WayDb *self, WayDossier *dossier, const WaySharing *sharing, GError **error);
gboolean way_db_log_caseload (WayDb *self,
                              GPtrArray *children, /* WayChild */
                              const WaySharing *sharing,
                              GError **error);
gboolean way_db_unlog_sharing (WayDb *self, GPtrArray *logged, GError **error);

/* Trust (way-db-trust.c). */
GPtrArray *
way_db_verify (WayDb *self,
               GError **error); /* (element-type utf8): problems found; empty: all is well. Pages,
                                   foreign keys, audit chain, fingerprints */
gboolean way_db_backup (WayDb *self,
                        const char *target,
                        GError **error); /* VACUUM INTO, then opened and checked */
/* Work that is whole or not there at all, in a copy (way-db-aside.c). */
typedef struct _WayDbAside WayDbAside;
WayDbAside *way_db_aside_begin (WayDb *db, GError **error);
const char *way_db_aside_get_path (const WayDbAside *self);
gboolean way_db_aside_end (WayDbAside *self, gboolean done, GError **error);

gboolean way_db_restore (
    const char *backup, const char *path, const char *passphrase, char **kept, GError **error);
gboolean way_db_restore_with_recovery_key (
    const char *backup, const char *path, const char *recovery_key, char **kept, GError **error);
typedef struct {
  gint64 number;
  char *at, *by, *action; /* add, change, delete, sign, amend, import, export, migrate ... */
  char *type, *id;
  char *fields;   /* names, comma separated; never values */
  char **records; /* ids of those that share the entry, or NULL */
} WayAuditEntry;
GPtrArray *
way_db_list_audit (WayDb *self, const char *type, const char *id, guint limit, GError **error);
gboolean way_db_add_audit (
    WayDb *self, const char *action, const char *type, const char *id, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayDb, way_db_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayChildRow, way_child_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WaySearchHit, way_search_hit_free)

G_END_DECLS
