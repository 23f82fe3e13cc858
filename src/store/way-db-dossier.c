/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that a Record of Visit says, gathered from the rows, and how it is kept once it is signed. */
#include "way-db-private.h"

#include "way-error.h"

#include <gio/gio.h>
#include <string.h>

#define COMPRESSION_LEVEL 6

/* What is gathered for a visit ?1, besides the visit and its parts. Each is asked for once; ?2 is
 * the visit's date. The order is that of WAY_RECORD_TYPES. */
#define CHILDREN "(SELECT \"child\" FROM \"visit_child\" WHERE \"visit\" = ?1)"
#define TARGETS "(SELECT \"target\" FROM \"visit_target\" WHERE \"visit\" = ?1)"
#define ON_THE_DAY                                                                                 \
  "\"child\" IN " CHILDREN " AND \"from\" <= ?2 AND coalesce (\"to\", '9999-12-31') >= ?2 "
#define MAIN_SETTING                                                                               \
  "SELECT \"setting\" FROM \"enrolment\" WHERE " ON_THE_DAY "AND coalesce (\"main\", 1) = 1"

static const struct {
  const WayRecordType *type;
  const char *condition;
} GATHERED[] = {
    /* The terms that the charts show: from the first thing drawn to the last day aimed at. */
    {WAY_TERM,
     "WHERE \"end\" >= (SELECT min (min (\"start\", coalesce (\"baseline_date\", \"start\"), "
     "coalesce ((SELECT min (\"date\") FROM \"measurement\" WHERE \"target\" = t.\"id\"), "
     "\"start\"))) FROM \"target\" t WHERE \"id\" IN " TARGETS ") AND \"start\" <= (SELECT max "
     "(max (?2, coalesce (\"due\", ?2))) FROM \"target\" WHERE \"id\" IN " TARGETS ")"},
    {WAY_PRACTITIONER,
     "WHERE \"id\" = (SELECT \"practitioner\" FROM \"visit\" WHERE \"id\" = ?1) AND ?2 = ?2"},
    {WAY_SETTING,
     "WHERE \"id\" IN (SELECT \"setting\" FROM \"visit\" WHERE \"id\" = ?1 UNION " MAIN_SETTING
     ")"},
    {WAY_CHILD, "WHERE \"id\" IN " CHILDREN " AND ?2 = ?2"},
    {WAY_ENROLMENT, "WHERE " ON_THE_DAY "AND coalesce (\"main\", 1) = 1"},
    {WAY_SEN_STATUS, "WHERE " ON_THE_DAY},
    {WAY_NEED,
     "WHERE \"child\" IN " CHILDREN " AND coalesce (\"from\", '') <= ?2 AND "
     "coalesce (\"to\", '9999-12-31') >= ?2"},
    {WAY_TARGET, "WHERE \"id\" IN " TARGETS " AND ?2 = ?2"},
    {WAY_MEASUREMENT, "WHERE \"target\" IN " TARGETS " AND \"date\" <= ?2"},
    {WAY_PHASE, "WHERE \"target\" IN " TARGETS " AND \"date\" <= ?2"},
    /* Those followed up; those agreed here are parts of the visit. */
    {WAY_ACTION,
     "WHERE \"id\" IN (SELECT \"action\" FROM \"visit_action\" WHERE \"visit\" = ?1) AND "
     "\"visit\" IS NOT ?1 AND ?2 = ?2"},
};

static gboolean
gather (WayDb *self,
        WayRecordSet *records,
        const WayRecordType *type,
        const char *condition,
        const WayVisit *visit,
        GError **error)
{
  g_autofree char *sql = g_strconcat (
      "SELECT ", way_db_row_columns (self, type), " FROM \"", type->name, "\" ", condition, NULL);
  g_auto (WayStmt) stmt = way_stmt_prepare (self, sql);
  WayStep step;

  way_stmt_bind_text (&stmt, 1, visit->record.id);
  way_stmt_bind_date (&stmt, 2, visit->date);
  while ((step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW)
    way_record_set_take (records, way_db_row_read (&stmt, type));
  return step == WAY_STEP_DONE;
}

/* What was still open on the day of the visit is open in its record, whenever that is signed: a
 * target that ended later, an action of an earlier visit that was told of later. */
static gboolean
set_as_on_day (WayDb *self, WayRecordSet *records, const WayVisit *visit, GError **error)
{
  GPtrArray *targets = way_record_set_list (records, WAY_TARGET);
  GPtrArray *actions = way_record_set_list (records, WAY_ACTION);

  for (guint i = 0; i < targets->len; i++) {
    WayTarget *target = g_ptr_array_index (targets, i);

    if (target->ended == WAY_DATE_UNKNOWN || target->ended <= visit->date)
      continue;
    target->ended = WAY_DATE_UNKNOWN;
    way_set_string (&target->state, "open");
  }
  for (guint i = 0; i < actions->len; i++) {
    WayAction *action = g_ptr_array_index (actions, i);

    if (g_strcmp0 (action->visit, visit->record.id) != 0 && /* its own are as they were written */
        !way_db_set_action_back (self, action, visit, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * way_db_collect_dossier:
 *
 * Returns: (transfer full): the visit with all that its record shows, as the rows are now; what
 *   ended or was told after the day of the visit as it was on it; with fields that stay in the
 * store
 */
WayRecordSet *
way_db_collect_dossier (WayDb *self, const char *visit_id, GError **error)
{
  g_autoptr (WayRecordSet) records = way_db_load_visit_rows (self, visit_id, error);
  WayVisit *visit;

  if (records == NULL)
    return NULL;
  visit = way_record_set_first (records, WAY_VISIT);
  for (gsize i = 0; i < G_N_ELEMENTS (GATHERED); i++) {
    if (!gather (self, records, GATHERED[i].type, GATHERED[i].condition, visit, error))
      return NULL;
  }
  if (!set_as_on_day (self, records, visit, error))
    return NULL;
  return g_steal_pointer (&records);
}

/* The compressor is kept: making one costs more than what it does for a record. */
static GByteArray *
deflate (WayDb *self, const char *text, GError **error)
{
  gsize length = strlen (text), n_read, n_written;
  g_autoptr (GByteArray) body = g_byte_array_new ();
  GConverterResult result;

  if (self->deflate == NULL)
    self->deflate =
        G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, COMPRESSION_LEVEL));
  g_converter_reset (self->deflate);
  g_byte_array_set_size (body, (guint) (length + length / 100 + 64)); /* more than it can become */
  result = g_converter_convert (self->deflate,
                                text,
                                length,
                                body->data,
                                body->len,
                                G_CONVERTER_INPUT_AT_END,
                                &n_read,
                                &n_written,
                                error);
  if (result == G_CONVERTER_ERROR)
    return NULL;
  g_assert (result == G_CONVERTER_FINISHED && n_read == length);
  g_byte_array_set_size (body, (guint) n_written);
  return g_steal_pointer (&body);
}

static GBytes *
inflate (const void *data, gsize size)
{
  g_autoptr (GZlibDecompressor) converter = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream =
      g_converter_output_stream_new (memory, G_CONVERTER (converter));

  if (!g_output_stream_write_all (stream, data, size, NULL, NULL, NULL) ||
      !g_output_stream_close (stream, NULL, NULL))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/**
 * way_db_keep_content:
 * @text: canonical text of a signed visit
 *
 * Inside a transaction, with the door open: keeps it for good, byte by byte.
 */
gboolean
way_db_keep_content (
    WayDb *self, const char *visit_id, int version, const char *text, GError **error)
{
  g_autoptr (GByteArray) body = deflate (self, text, error);
  g_auto (WayStmt) stmt =
      way_stmt_prepare (self, "INSERT INTO \"visit_content\" VALUES (?, ?, ?, ?)");
  char fingerprint[WAY_FINGERPRINT_SIZE];

  if (body == NULL)
    return FALSE;
  way_canonical_fingerprint (text, fingerprint);
  way_stmt_bind_text (&stmt, 1, visit_id);
  way_stmt_bind_int (&stmt, 2, version);
  way_stmt_bind_text (&stmt, 3, fingerprint);
  way_stmt_bind_blob (&stmt, 4, body->data, body->len);
  return way_stmt_run (&stmt, error);
}

/**
 * way_db_get_content:
 * @version: which; 0: the latest
 * @fingerprint: (out) (optional): as it was kept
 * @error: return location for %WAY_ERROR_NOT_FOUND, %WAY_ERROR_CORRUPT
 *
 * Returns: (transfer full): the canonical text
 */
char *
way_db_get_content (
    WayDb *self, const char *visit_id, int version, char **fingerprint, GError **error)
{
  g_auto (WayStmt) stmt =
      way_stmt_prepare (self,
                        "SELECT \"body\", \"fingerprint\" FROM \"visit_content\" WHERE \"visit\" = "
                        "?1 AND (?2 = 0 OR \"version\" = ?2) ORDER BY \"version\" DESC LIMIT 1");
  g_autoptr (GBytes) text = NULL;
  WayStep step;

  way_stmt_bind_text (&stmt, 1, visit_id);
  way_stmt_bind_int (&stmt, 2, version);
  step = way_stmt_step (&stmt, error);
  if (step == WAY_STEP_DONE)
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_NOT_FOUND,
                 "version %d of visit “%.40s” is not kept here",
                 version,
                 visit_id);
  if (step != WAY_STEP_ROW)
    return NULL;
  text = inflate (sqlite3_column_blob (stmt.stmt, 0), (gsize) sqlite3_column_bytes (stmt.stmt, 0));
  if (text == NULL) {
    g_set_error (error, WAY_ERROR, WAY_ERROR_CORRUPT, "visit “%.40s” is damaged", visit_id);
    return NULL;
  }
  if (fingerprint != NULL)
    *fingerprint = g_strdup (way_stmt_text (&stmt, 1));
  return g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
}

/* Inside a transaction, with the door open: keeps what the rows of a signed visit say now. */
gboolean
way_db_keep_dossier (WayDb *self, const char *visit_id, GError **error)
{
  g_autoptr (WayRecordSet) records = way_db_collect_dossier (self, visit_id, error);
  g_autofree char *text = NULL;
  WayVisit *visit;

  if (records == NULL)
    return FALSE;
  visit = way_record_set_first (records, WAY_VISIT);
  text = way_canonical_write (records, WAY_CANONICAL_SHARED);
  return way_db_keep_content (self, visit_id, (int) visit->version, text, error);
}

/* Through the text, so that a draft holds no more than it will once it is signed. */
WayDossier *
way_db_dossier_of (WayRecordSet *records, GError **error)
{
  g_autofree char *text = way_canonical_write (records, WAY_CANONICAL_SHARED);
  g_autoptr (WayRecordSet) shared = way_canonical_read (text, error);

  return shared != NULL ? way_dossier_new (g_steal_pointer (&shared)) : NULL;
}

/* As the editor previews it, so that what is printed is what was looked at. */
static WayDossier *
gather_unsigned (WayDb *self, const char *visit_id, GError **error)
{
  g_autoptr (WayRecordSet) records = way_db_load_visit (self, visit_id, error);

  return records != NULL ? way_db_preview_visit (self, records, NULL, error) : NULL;
}

/**
 * way_db_gather_visit:
 * @version: which signed version; 0: the latest, or the unsigned one as it is now, its draft
 *   if it has one
 * @error: return location for %WAY_ERROR_NOT_FOUND, %WAY_ERROR_INVALID if a draft lacks what every
 *   visit needs
 *
 * Returns: (transfer full): the record of the visit; a signed one exactly as it was kept
 */
WayDossier *
way_db_gather_visit (WayDb *self, const char *visit_id, int version, GError **error)
{
  g_autofree char *signed_at = NULL, *text = NULL;

  g_assert (self->owner == g_thread_self ());
  if (!way_db_query_text (self,
                          "SELECT \"signed_at\" FROM \"visit\" WHERE \"id\" = ?1",
                          visit_id,
                          &signed_at,
                          error))
    return NULL;
  if (signed_at == NULL && version == 0)
    return gather_unsigned (self, visit_id, error);
  text = way_db_get_content (self, visit_id, version, NULL, error);
  return text != NULL ? way_dossier_from_canonical (text, error) : NULL;
}

/**
 * way_db_get_fingerprint:
 * @visit_id: a visit
 *
 * Returns: (transfer full) (nullable): the fingerprint of the latest signed version;
 *   %NULL without error if the visit is not signed
 */
char *
way_db_get_fingerprint (WayDb *self, const char *visit_id, GError **error)
{
  char *fingerprint = NULL;

  if (!way_db_query_text (self,
                          "SELECT \"fingerprint\" FROM \"visit_content\" WHERE \"visit\" = ?1 "
                          "ORDER BY \"version\" DESC LIMIT 1",
                          visit_id,
                          &fingerprint,
                          error))
    return NULL;
  return fingerprint;
}
