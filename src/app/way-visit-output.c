/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-visit-output.h"

#include "way-error.h"
#include "way-number.h"
#include "way-visit-xml.h"

#include <string.h>

void
way_printed_free (WayPrinted *self)
{
  g_clear_pointer (&self->dossier, way_dossier_free);
  g_clear_pointer (&self->lists, way_code_lists_unref);
  g_clear_pointer (&self->style.logo, g_bytes_unref);
  g_free (self->service_name);
  g_free (self->privacy_line);
  g_free (self);
}

/* The trend of the charts, as the service prefers it. */
static void
read_options (WayDb *db, WayProgressOptions *options)
{
  g_autofree char *trend = way_db_get_preference (db, "trend", NULL);
  g_autofree char *percent = way_db_get_preference (db, "about-equal-percent", NULL);
  double number;

  if (g_strcmp0 (trend, "ols") == 0)
    options->trend = WAY_TREND_OLS;
  else if (g_strcmp0 (trend, "split-middle") == 0)
    options->trend = WAY_TREND_SPLIT_MIDDLE;
  if (percent != NULL && way_number_from_text (percent, &number))
    options->about_equal = number / 100.0;
}

/* @dossier is taken; NULL where there is an error already. */
static WayPrinted *
new_printed (WayDb *db, WayDossier *dossier, GError **error)
{
  g_autoptr (WayPrinted) self = g_new0 (WayPrinted, 1);
  g_autofree char *made_up = NULL;

  self->dossier = dossier;
  if (self->dossier == NULL)
    return NULL;
  self->lists = way_db_get_code_lists (db, error);
  if (self->lists == NULL)
    return NULL;
  self->service_name = way_db_get_preference (db, "service-name", NULL);
  self->privacy_line = way_db_get_preference (db, "privacy-line", NULL);
  made_up = way_db_get_preference (db, "made-up", NULL);
  read_options (db, &self->style.options);
  self->style.lists = self->lists;
  self->style.service_name = self->service_name;
  self->style.privacy_line = self->privacy_line;
  self->style.logo = way_db_get_logo (db, NULL);
  self->style.made_up = g_strcmp0 (made_up, "yes") == 0;
  return g_steal_pointer (&self);
}

/**
 * way_printed_gather:
 * @db: the store
 * @visit_id: the visit
 * @version: 0: the latest
 * @error: return location
 *
 * Returns: (transfer full): the record with what its pages need
 */
WayPrinted *
way_printed_gather (WayDb *db, const char *visit_id, int version, GError **error)
{
  return new_printed (db, way_db_gather_visit (db, visit_id, version, error), error);
}

/**
 * way_printed_preview:
 * @db: the store
 * @records: (inout): a visit as it is being written
 * @reason: (nullable): why it is amended, if it is
 * @error: return location
 *
 * Returns: (transfer full): the record as it would be, with what its pages need
 */
WayPrinted *
way_printed_preview (WayDb *db, WayRecordSet *records, const char *reason, GError **error)
{
  return new_printed (db, way_db_preview_visit (db, records, reason, error), error);
}

typedef struct {
  char *visit_id;
  gboolean is_pdf;
  char *recipient, *purpose, *basis, *reason;
  GFile *file;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->visit_id);
  g_free (request->recipient);
  g_free (request->purpose);
  g_free (request->basis);
  g_free (request->reason);
  g_object_unref (request->file);
  g_free (request);
}

/* Replaced as a whole or not at all; private, as it names a child. */
static gboolean
write_file (GFile *file, GBytes *bytes, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_file_replace_contents (file,
                                  data,
                                  size,
                                  NULL,
                                  FALSE,
                                  G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                  NULL,
                                  NULL,
                                  error);
}

static gboolean
log_and_write (
    WayDb *db, WayDossier *dossier, const Request *request, GBytes *bytes, GError **error)
{
  const WaySharing sharing = {.format = request->is_pdf ? "PDF" : "XML",
                              .recipient = request->recipient,
                              .purpose = request->purpose,
                              .basis = request->basis,
                              .reason = request->reason};

  if (!way_db_begin (db, error))
    return FALSE;
  if (way_db_log_sharing (db, dossier, &sharing, error) && write_file (request->file, bytes, error))
    return way_db_commit (db, error);
  way_db_rollback (db);
  return FALSE;
}

/* A signed record carries itself inside as XML, dated with its signing: same record, same file. */
static GBytes *
render_pdf (WayPrinted *printed, GError **error)
{
  WayDossier *dossier = printed->dossier;
  g_autoptr (GBytes) xml = NULL;

  if (way_dossier_is_signed (dossier)) {
    xml = way_visit_xml_write (dossier, way_dossier_get_visit (dossier)->signed_at, error);
    if (xml == NULL)
      return NULL;
  }
  return way_visit_report_render (dossier, &printed->style, xml, error);
}

static gpointer
save_job (WayDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  g_autoptr (WayPrinted) printed = way_printed_gather (db, request->visit_id, 0, error);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *now = way_stamp_now ();

  if (printed == NULL)
    return NULL;
  bytes = request->is_pdf ? render_pdf (printed, error)
                          : way_visit_xml_write (printed->dossier, now, error);
  if (bytes != NULL && !g_cancellable_set_error_if_cancelled (cancellable, error))
    log_and_write (db, printed->dossier, request, bytes, error);
  return NULL;
}

/**
 * way_visit_save_async:
 * @store: the store
 * @visit_id: a signed visit, or, as a PDF, a draft, which says so on its pages
 * @sharing: as "PDF" or "XML", to whom and why
 * @file: where to
 * @cancellable: (nullable): to stop it before it writes
 * @callback: called when done
 * @user_data: for @callback
 *
 * Writes the record as a file. It is there whole, or what was there stays.
 */
void
way_visit_save_async (WayStore *store,
                      const char *visit_id,
                      const WaySharing *sharing,
                      GFile *file,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->visit_id = g_strdup (visit_id);
  request->is_pdf = strcmp (sharing->format, "PDF") == 0;
  request->recipient = g_strdup (sharing->recipient);
  request->purpose = g_strdup (sharing->purpose);
  request->basis = g_strdup (sharing->basis);
  request->reason = g_strdup (sharing->reason);
  request->file = g_object_ref (file);
  way_store_run_async (store,
                       WAY_STORE_WRITES,
                       save_job,
                       request,
                       request_free,
                       NULL,
                       cancellable,
                       callback,
                       user_data);
}

gboolean
way_visit_save_finish (WayStore *store, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local = NULL;

  way_store_run_finish (store, result, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
