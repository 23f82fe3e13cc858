/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-db.h"
#include "way-measure.h"
#include "way-values.h"

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define WAY_DB_APPLICATION_ID 0x57415931 /* "WAY1" */

typedef struct _WayDbRows WayDbRows;   /* way-db-rows.c */
typedef struct _WayDbAudit WayDbAudit; /* way-db-audit.c */
typedef struct _WayDbIndex WayDbIndex; /* way-db-index.c */

struct _WayDb {
  GThread *owner;
  WayVault *vault;
  sqlite3 *handle;
  GHashTable *statements; /* SQL → statement, kept */
  guint depth;            /* of nested transactions */
  guint broken_at;        /* depth at which a write was left half done; 0: none */
  char *now;              /* one time for a whole transaction; NULL outside */
  WayDate today;
  WayDate set_today;   /* what today is taken to be, or unknown: the clock's */
  WayCodeLists *lists; /* as last read, or NULL */
  char *me;            /* name of who works here, or NULL until asked for */
  GHashTable *rules;   /* what targets ask of measurements, in a transaction; or NULL */
  GConverter *deflate; /* or NULL until first needed */
  WayDbRows *rows;
  WayDbAudit *audit;
  WayDbIndex *index;
};

/* Statements (way-db-statement.c): a statement remembers its first failure, so that a run of binds
 * needs one check at the end. */
typedef struct {
  WayDb *db;
  gpointer slot; /* where it is kept, or NULL */
  sqlite3_stmt *stmt;
  int rc;
} WayStmt;

typedef enum { WAY_STEP_ERROR = -1, WAY_STEP_DONE = 0, WAY_STEP_ROW = 1 } WayStep;

GHashTable *way_db_statements_new (void);
WayStmt way_stmt_prepare (WayDb *db, const char *sql);
void way_stmt_bind_int (WayStmt *self, int index, gint64 value);
void way_stmt_bind_text (WayStmt *self, int index, const char *value);
void way_stmt_bind_date (WayStmt *self, int index, WayDate value);
void way_stmt_bind_blob (WayStmt *self, int index, gconstpointer data, gsize size);
WayStep way_stmt_step (WayStmt *self, GError **error);
gboolean way_stmt_run (WayStmt *self, GError **error);
const char *way_stmt_text (WayStmt *self, int column);
WayDate way_stmt_date (WayStmt *self, int column);
gint64 way_stmt_int (WayStmt *self, int column);
void way_stmt_clear (WayStmt *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WayStmt, way_stmt_clear)

gboolean way_db_exec (WayDb *self, const char *sql, GError **error);
void way_db_set_error (sqlite3 *handle, int rc, GError **error);
void way_db_forget_statements (WayDb *self);
gboolean way_db_query_text (
    WayDb *self, const char *sql, const char *argument, char **answer, GError **error);
gboolean way_db_query_int (
    WayDb *self, const char *sql, const char *argument, gint64 *answer, GError **error);

/* Forgets what was read of rows of @type, which are about to be others; NULL: of any type. */
void way_db_forget (WayDb *self, const WayRecordType *type);

/* A write was left half done: what is running can't be committed any more. Always FALSE. */
gboolean way_db_break (WayDb *self);

/* Migrations (way-db-migrations.c). */
int way_db_newest_version (void);
/**
 * WayDbBringUp:
 * @WAY_DB_BRING_UP_KEPT: a store; what it was is backed up beside it first
 * @WAY_DB_BRING_UP_NEW: made a moment ago, so that nothing can be in it yet
 * @WAY_DB_BRING_UP_COPY: a copy, which needs no backup
 */
typedef enum { WAY_DB_BRING_UP_KEPT, WAY_DB_BRING_UP_NEW, WAY_DB_BRING_UP_COPY } WayDbBringUp;
gboolean way_db_migrate (WayDb *self, WayDbBringUp what, GError **error);
WayDb *way_db_open_copy (WayVault *vault, GError **error); /* way-db.c */
void way_db_name_file (GError **error, const char *temporary, const char *name);
gboolean way_db_move_file (const char *from, const char *to, GError **error);
gboolean way_db_is_whole (const char *path, GError **error);
void way_db_remove_store (const char *path);
gboolean way_db_load_defaults (WayDb *self, GError **error); /* way-db-defaults.c */
char *way_db_dup_resource (const char *name, GError **error);

/* Rows (way-db-rows.c): one record type's table, by its table of fields. */
typedef guint64 WayFieldMask; /* bit i: field i of the type */
WayDbRows *way_db_rows_new (void);
void way_db_rows_free (WayDbRows *self);
void way_db_rows_forget (WayDb *self);
gboolean way_db_row_insert (WayDb *self, const WayRecord *record, GError **error);
gboolean
way_db_row_update (WayDb *self, const WayRecord *record, WayFieldMask changed, GError **error);
gboolean way_db_row_delete (WayDb *self, const WayRecordType *type, const char *id, GError **error);
gpointer way_db_row_read (WayStmt *stmt, const WayRecordType *type);
const char *way_db_row_columns (WayDb *self, const WayRecordType *type);
gboolean way_db_row_compare (
    WayDb *self, WayRecord *record, WayFieldMask *changed, gboolean *found, GError **error);
gboolean way_db_row_get (
    WayDb *self, const WayRecordType *type, const char *id, WayRecord **record, GError **error);
char *way_db_dup_words (const char *name);
GPtrArray *way_db_rows_where (WayDb *self,
                              const WayRecordType *type,
                              const char *condition,
                              const char *argument,
                              GError **error);

/* Records (way-db-records.c). */
gboolean way_db_save_unchecked (WayDb *self,
                                gpointer record,
                                gconstpointer old,
                                GError **error); /* validated already; @old as it is stored */
gboolean way_db_delete_row (WayDb *self, const WayRecord *record, GError **error);

/* What records are called elsewhere (way-db-known-as.c). */
gboolean way_db_is_named (const WayRecordType *type);
gboolean way_db_known_as_get (
    WayDb *self, const WayRecordType *type, const char *other, char **id, GError **error);
gboolean way_db_known_as_set (WayDb *self,
                              const WayRecordType *type,
                              const char *other,
                              const char *id,
                              gboolean *is_new,
                              GError **error);
GPtrArray *
way_db_known_as_all (WayDb *self, const WayRecordType *type, const char *other, GError **error);
gboolean way_db_known_as_forget (WayDb *self, const WayRecord *record, GError **error);

/* Rules that look at the target too (way-db-measure.c). */
gboolean way_db_find_scale_fault (
    WayDb *self, const WayTarget *target, const char **field, char **fault, GError **error);
gboolean way_db_get_scale (
    WayDb *self, const char *target_id, WayMeasureScale *scale, gboolean *found, GError **error);
gboolean way_db_place_measurement (WayDb *self, WayMeasurement *row, GError **error);
gboolean
way_db_validate (WayDb *self, gconstpointer record, const WayCodeLists *lists, GError **error);

/* Whose records are (way-db-whose.c). */
#define WAY_DB_OF_ANOTHER_CHILD "is of another child; name one of the same child, or leave it out"
#define WAY_DB_NOT_AT_VISIT                                                                        \
  "does not concern this child; name a visit of the same child, or leave it out"
typedef gboolean (*WayFindChild) (
    gpointer user_data, const WayRecordType *type, const char *id, char **child, GError **error);
typedef gboolean (*WayIsAtVisit) (
    gpointer user_data, const char *visit, const char *child, gboolean *is_there, GError **error);
gboolean way_db_is_at_visit (
    gpointer user_data, const char *visit, const char *child, gboolean *is_there, GError **error);
gboolean way_db_is_visit_of (const WayField *field);
gboolean way_db_find_child (
    gpointer user_data, const WayRecordType *type, const char *id, char **child, GError **error);
gboolean way_db_find_strange (const WayRecord *record,
                              WayFindChild find_child,
                              WayIsAtVisit is_at_visit,
                              gpointer user_data,
                              const WayField **strange,
                              GError **error);
gboolean way_db_check_whose (WayDb *self, const WayRecord *record, GError **error);
gboolean way_db_check_case (WayDb *self, const WayCase *self_case, GError **error);
gboolean way_db_check_not_begun (WayDb *self, const char *visit_id, GError **error);
gboolean way_db_check_visit_children (WayDb *self, const char *visit_id, GError **error);

/* Audit (way-db-audit.c). */
WayDbAudit *way_db_audit_new (void);
void way_db_audit_free (WayDbAudit *self);
void way_db_audit_push (WayDb *self); /* a transaction begins, at any depth */
void way_db_audit_pop (WayDb *self, gboolean keep);
gboolean way_db_audit_flush (WayDb *self, GError **error);
gboolean way_db_audit_relieve (WayDb *self, GError **error);
gboolean way_db_audit_record (
    WayDb *self, const char *action, const WayRecord *record, WayFieldMask changed, GError **error);
gboolean way_db_audit_check (WayDb *self, GPtrArray *problems, GError **error);

/* Search index (way-db-index.c). The key of an entry is its day, shifted, plus a running number;
 * people and places stand before everything that has a date. */
fts5_api *way_db_find_fts (sqlite3 *handle); /* way-db-words.c */
int way_db_know_words (sqlite3 *handle);
#define WAY_SEARCH_DAY_SHIFT 24
#define WAY_SEARCH_UNDATED 4000000
WayDbIndex *way_db_index_new (void);
void way_db_index_free (WayDbIndex *self);
gboolean way_db_index_prepare (WayDb *self, GError **error); /* once the schema is there */
gboolean way_db_index_bring_up (WayDb *self, GError **error);
gboolean way_db_index_is_searched (const WayRecordType *type);
gboolean
way_db_index_mark (WayDb *self, const WayRecord *record, gconstpointer old, GError **error);
gboolean way_db_index_flush (WayDb *self, GError **error);
gboolean way_db_index_relieve (WayDb *self, GError **error);
gboolean way_db_index_check (WayDb *self, GPtrArray *problems, GError **error);
void way_db_index_forget (WayDb *self);

/* Who works here, for the audit: never NULL. */
const char *way_db_get_my_name (WayDb *self);

/* Visits (way-db-visit-parts.c, way-db-dossier.c, way-db-signing.c, way-db-versions.c). */
gboolean way_db_visit_is_part (const WayRecordType *type);
gboolean way_db_sync_visit (WayDb *self, WayRecordSet *records, GError **error);
void way_db_own_visit_parts (WayRecordSet *records);
WayRecordSet *way_db_collect_dossier (WayDb *self, const char *visit_id, GError **error);
WayDossier *way_db_dossier_of (WayRecordSet *records, GError **error);
gboolean way_db_keep_dossier (WayDb *self, const char *visit_id, GError **error);
gboolean way_db_keep_content (
    WayDb *self, const char *visit_id, int version, const char *text, GError **error);
char *way_db_get_content (
    WayDb *self, const char *visit_id, int version, char **fingerprint, GError **error);
gboolean way_db_has_version (WayDb *self,
                             const char *visit_id,
                             int number,
                             const char *fingerprint,
                             gboolean *found,
                             GError **error);
gboolean way_db_keep_version (WayDb *self, const WayVisit *old, const char *reason, GError **error);
gboolean way_db_add_versions (WayDb *self, WayRecordSet *records, GError **error);
char *way_db_dup_rating_id (const WayVisitTarget *rated);
gboolean way_db_may_be_rating (const char *id);
gboolean way_db_find_rated (
    WayDb *self, const WayMeasurement *point, gboolean *found, WayDate *day, GError **error);
gboolean way_db_check_unrated (WayDb *self, const WayMeasurement *point, GError **error);
gboolean way_db_pass_on_rating (WayDb *self,
                                const WayVisitTarget *rated,
                                const WayVisit *visit,
                                GError **error);
gboolean
way_db_take_back_ratings (WayDb *self, WayRecordSet *records, GPtrArray *before, GError **error);
gboolean
way_db_follow_ratings (WayDb *self, WayRecordSet *records, GPtrArray *before, GError **error);
gboolean way_db_keep_told (WayDb *self, WayRecordSet *records, GError **error);
gboolean
way_db_pass_on_effects (WayDb *self, WayRecordSet *records, GPtrArray *before, GError **error);
gboolean
way_db_set_action_back (WayDb *self, WayAction *action, const WayVisit *visit, GError **error);
gboolean way_db_open_door (WayDb *self, const char *id, GError **error);
gboolean way_db_close_door (WayDb *self, const char *id, GError **error);

G_END_DECLS
