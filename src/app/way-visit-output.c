/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-visit-output.h"

#include "way-printed.h"
#include "way-redact.h"
#include "way-visit-xml.h"

#include <string.h>

typedef struct {
  char *visit_id;
  char *child_id; /* (nullable) */
  char *format;
  char *recipient, *purpose, *basis, *reason;
  GFile *file; /* (nullable) */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->visit_id);
  g_free (request->child_id);
  g_free (request->format);
  g_free (request->recipient);
  g_free (request->purpose);
  g_free (request->basis);
  g_free (request->reason);
  g_clear_object (&request->file);
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

/* Logged for good before anything leaves; a file that could not be written is not there, and its
 * entry goes again. */
static gboolean
log_and_write (
    WayDb *db, WayDossier *dossier, const Request *request, GBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray) logged = g_ptr_array_new_with_free_func (way_record_free);
  const WaySharing sharing = {.format = request->format,
                              .recipient = request->recipient,
                              .purpose = request->purpose,
                              .basis = request->basis,
                              .reason = request->reason,
                              .logged = logged};

  if (!way_db_begin (db, error) ||
      !way_db_end (db, way_db_log_sharing (db, dossier, &sharing, error), error))
    return FALSE;
  if (bytes == NULL || write_file (request->file, bytes, error))
    return TRUE;
  if (!way_db_unlog_sharing (db, logged, NULL))
    g_warning ("the sharing log has an entry of a file that was not written");
  return FALSE;
}

/* Of a joint visit what concerns one child. */
static void
narrow (WayPrinted *printed, const char *child_id)
{
  WayDossier *extract = way_redact_for_child (printed->dossier, child_id, NULL);

  way_dossier_free (printed->dossier);
  printed->dossier = extract;
}

/* Returns: (transfer full) (nullable): the characters that no font here has */
static gpointer
save_job (WayDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  g_autoptr (WayPrinted) printed = way_printed_gather (db, request->visit_id, 0, error);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *now = way_stamp_now ();
  g_autofree char *missing = NULL;

  if (printed == NULL)
    return NULL;
  if (request->child_id != NULL)
    narrow (printed, request->child_id);
  if (strcmp (request->format, WAY_PRINTED_PDF) == 0 ||
      strcmp (request->format, WAY_PRINTED_PDF_ALONE) == 0)
    bytes = way_printed_write_pdf (
        printed, strcmp (request->format, WAY_PRINTED_PDF) == 0, &missing, error);
  else if (strcmp (request->format, "XML") == 0)
    bytes = way_visit_xml_write (printed->dossier, now, error);
  if ((bytes == NULL && request->file != NULL) ||
      !log_and_write (db, printed->dossier, request, bytes, error))
    return NULL;
  return g_steal_pointer (&missing);
}

/**
 * way_visit_save_async:
 * @store: the store
 * @visit_id: a signed visit, or, as a PDF, a draft, which says so on its pages
 * @child_id: (nullable): of a joint visit only what concerns this child
 * @sharing: as %WAY_PRINTED_PDF, %WAY_PRINTED_PDF_ALONE or "XML", to whom and why;
 * %WAY_VISIT_ON_PAPER: it was printed, and is logged
 * @file: (nullable): where to; %NULL on paper
 * @callback: called when done
 * @user_data: for @callback
 *
 * Writes the record as a file. It is there whole, or what was there stays.
 */
void
way_visit_save_async (WayStore *store,
                      const char *visit_id,
                      const char *child_id,
                      const WaySharing *sharing,
                      GFile *file,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->visit_id = g_strdup (visit_id);
  request->child_id = g_strdup (child_id);
  request->format = g_strdup (sharing->format);
  request->recipient = g_strdup (sharing->recipient);
  request->purpose = g_strdup (sharing->purpose);
  request->basis = g_strdup (sharing->basis);
  request->reason = g_strdup (sharing->reason);
  request->file = file != NULL ? g_object_ref (file) : NULL;
  way_store_run_async (
      store, WAY_STORE_WRITES, save_job, request, request_free, g_free, NULL, callback, user_data);
}

/**
 * way_visit_save_finish:
 * @missing: (out) (nullable): the characters, each once, that no font on this computer has
 * @error: return location
 *
 * Returns: whether the file is there
 */
gboolean
way_visit_save_finish (WayStore *store, GAsyncResult *result, char **missing, GError **error)
{
  g_autoptr (GError) local = NULL;

  *missing = way_store_run_finish (store, result, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
