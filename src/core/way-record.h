/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "way-date.h"

G_BEGIN_DECLS

/**
 * WayFieldKind:
 * @WAY_FIELD_TEXT: char *, one line
 * @WAY_FIELD_NOTE: char *, prose with line breaks
 * @WAY_FIELD_ID: char *, the id of another record; `list` names its type
 * @WAY_FIELD_CODE: char *, a code of the list that `list` names
 * @WAY_FIELD_DATE: WayDate
 * @WAY_FIELD_TIME: char *, "HH:MM"
 * @WAY_FIELD_STAMP: char *, a time in UTC, "2026-11-17T17:05:09Z"
 * @WAY_FIELD_NUMBER: double; NAN is "not known"
 * @WAY_FIELD_YES_NO: WayYesNo
 */
typedef enum {
  WAY_FIELD_TEXT,
  WAY_FIELD_NOTE,
  WAY_FIELD_ID,
  WAY_FIELD_CODE,
  WAY_FIELD_DATE,
  WAY_FIELD_TIME,
  WAY_FIELD_STAMP,
  WAY_FIELD_NUMBER,
  WAY_FIELD_YES_NO,
} WayFieldKind;

typedef enum {
  WAY_FIELD_NONE = 0,
  WAY_FIELD_REQUIRED = 1 << 0, /* a record without it is refused */
  WAY_FIELD_LOCAL =
      1 << 1, /* stays in the store: no part of a Record of Visit, its XML or fingerprint */
} WayFieldFlags;

typedef enum { WAY_UNKNOWN = 0, WAY_YES = 1, WAY_NO = 2 } WayYesNo;

/**
 * WayField:
 * @name: the one name of the field: column of the table and of the CSV, key of
 *   the JSON, element of the XML (there with "-" for "_")
 * @offset: where it lies in the struct
 * @list: the code list, or the name of the record type an id refers to
 */
typedef struct {
  const char *name;
  WayFieldKind kind;
  guint flags;
  gsize offset;
  const char *list;
} WayField;

/**
 * WayRecordType:
 *
 * A kind of record and all its fields. Whatever has to walk over the fields of
 * a record (copy, compare, store, CSV, JSON, XML, fingerprint, audit) does it
 * by this table, so that none of them can forget a field.
 */
typedef struct {
  const char *name;
  gsize size;
  const WayField *fields;
  guint n_fields;
} WayRecordType;

/**
 * WayRecord:
 * @type: which struct this is
 * @id: a UUID; %NULL while not stored yet
 * @created_at: (nullable): when it was first stored
 * @updated_at: (nullable): when it was last stored
 * @revision: 0 while not stored yet, one more at every store; refuses lost updates
 * @source: (nullable): interned name of the file it was read from
 * @line: its line there
 * @derived_id: the file gave no id; the reader made one from the row's cells, so that the record
 *   may be known elsewhere by another
 * @named_id: the reader made the id from what the file calls the record, such as "1"; another file
 *   may call another record so
 * @dated_by_file: the file says that it is so, not since when: its first day is that of the file
 *   or of its school year
 * @ended_by_file: likewise it is over, and not since when: its last day is the one before that
 *
 * The head of every value. A value is a plain struct: copy it, edit the copy,
 * hand the copy on. Never shared between threads while being edited.
 */
typedef struct {
  const WayRecordType *type;
  char *id;
  char *created_at;
  char *updated_at;
  gint64 revision;
  const char *source;
  guint line;
  gboolean derived_id;
  gboolean named_id;
  gboolean dated_by_file;
  gboolean ended_by_file;
} WayRecord;

#define WAY_RECORD(value) ((WayRecord *) (value))

/* gpointer, so that `WayChild *child = way_record_new (WAY_CHILD);` reads well. */
gpointer way_record_new (const WayRecordType *type);
gpointer way_record_copy (gconstpointer record);
void way_record_free (gpointer record);
gboolean way_record_equal (gconstpointer a, gconstpointer b);

const WayField *way_record_type_find (const WayRecordType *type, const char *name);
const WayField *
way_record_type_find_xml (const WayRecordType *type, const char *element, guint *hint);

gboolean way_field_is_text (const WayField *field);
gboolean way_field_is_known (const WayField *field, gconstpointer record);
gboolean way_field_equal (const WayField *field, gconstpointer a, gconstpointer b);
void way_field_copy (const WayField *field, gconstpointer from, gpointer to);
void way_field_clear (const WayField *field, gpointer record);
char *way_field_dup_text (const WayField *field, gconstpointer record);
gboolean
way_field_set_text (const WayField *field, gpointer record, const char *text, GError **error);

/* Direct access by table; the caller has looked at the kind. */
#define way_field_string(field, record)                                                            \
  (*(char **) (gpointer) ((char *) (record) + (field)->offset))
#define way_field_date(field, record)                                                              \
  (*(WayDate *) (gpointer) ((char *) (record) + (field)->offset))
#define way_field_number(field, record)                                                            \
  (*(double *) (gpointer) ((char *) (record) + (field)->offset))
#define way_field_yes_no(field, record)                                                            \
  (*(WayYesNo *) (gpointer) ((char *) (record) + (field)->offset))

void way_set_string (char **field, const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayRecord, way_record_free)

/* For each value type: g_autoptr (WayChild) child = ... */
#define WAY_DEFINE_VALUE(Type) G_DEFINE_AUTOPTR_CLEANUP_FUNC (Type, way_record_free)

G_END_DECLS
