/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-printed.h"

#include "way-options.h"
#include "way-sample.h"
#include "way-text.h"
#include "way-visit-xml.h"

#include <string.h>

#define MOST_NAMED 5

void
way_printed_free (WayPrinted *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->dossier, way_dossier_free);
  g_clear_pointer (&self->lists, way_code_lists_unref);
  g_clear_pointer (&self->style.logo, g_bytes_unref);
  g_free (self->service_name);
  g_free (self->privacy_line);
  g_free (self);
}

/* One that is not set is NULL; one that can't be read is no page without it. */
static gboolean
read_preference (WayDb *db, const char *name, char **value, GError **error)
{
  g_autoptr (GError) local = NULL;

  *value = way_db_get_preference (db, name, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
read_logo (WayDb *db, GBytes **logo, GError **error)
{
  g_autoptr (GError) local = NULL;

  *logo = way_db_get_logo (db, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
is_made_up (const WayDossier *dossier)
{
  g_autoptr (GPtrArray) children = way_dossier_dup_children (dossier);

  for (guint i = 0; i < children->len; i++) {
    if (!way_uuid_is_made_up (WAY_RECORD (g_ptr_array_index (children, i))->id))
      return FALSE;
  }
  return children->len > 0;
}

/* The service of this store. A made-up child belongs to the made-up one as long as no other has
 * said anything of itself. */
static gboolean
read_service (WayPrinted *self, WayDb *db, GError **error)
{
  self->style.made_up = is_made_up (self->dossier);
  if (!read_preference (db, "service-name", &self->service_name, error) ||
      !read_preference (db, "privacy-line", &self->privacy_line, error) ||
      !read_logo (db, &self->style.logo, error))
    return FALSE;
  if (self->style.made_up && self->service_name == NULL && self->privacy_line == NULL &&
      self->style.logo == NULL) {
    self->service_name = g_strdup (WAY_SAMPLE_SERVICE_NAME);
    self->privacy_line = g_strdup (WAY_SAMPLE_PRIVACY_LINE);
    self->style.logo = way_sample_load_logo (error);
    if (self->style.logo == NULL)
      return FALSE;
  }
  return TRUE;
}

/* Whether it was signed here, or made up, before the service had a name. */
static gboolean
is_own (WayPrinted *self, WayDb *db, gboolean *own, GError **error)
{
  const WayVisit *visit = way_dossier_get_visit (self->dossier);
  GError *failure = NULL;
  g_autoptr (WayPractitioner) me = way_db_get_me (db, &failure);

  *own = visit->service == NULL && visit->privacy_line == NULL &&
         (self->style.made_up || (me != NULL && g_strcmp0 (me->name, visit->signed_by) == 0));
  if (failure != NULL)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
is_same_service (const char *a, const char *b)
{
  g_autofree char *folded_a = way_text_fold (a != NULL ? a : "");
  g_autofree char *folded_b = way_text_fold (b != NULL ? b : "");

  return *folded_a != '\0' && strcmp (folded_a, folded_b) == 0;
}

/* The logo, which a record does not carry, only stands beside the name that it belongs to; a
 * privacy line that the service has by now is its own as well. */
static void
take_letterhead (WayPrinted *self, const WayVisit *visit)
{
  gboolean is_same = is_same_service (visit->service, self->service_name);

  if (!is_same)
    g_clear_pointer (&self->style.logo, g_bytes_unref);
  if (!is_same || visit->privacy_line != NULL)
    way_set_string (&self->privacy_line, visit->privacy_line);
  way_set_string (&self->service_name, visit->service);
}

/* A signed record keeps the letterhead of its signing, whoever prints it. */
static gboolean
read_letterhead (WayPrinted *self, WayDb *db, GError **error)
{
  gboolean is_signed = way_dossier_is_signed (self->dossier), own = TRUE;

  if (!read_service (self, db, error) || (is_signed && !is_own (self, db, &own, error)))
    return FALSE;
  if (!own)
    take_letterhead (self, way_dossier_get_visit (self->dossier));
  self->style.service_name = self->service_name;
  self->style.privacy_line = self->privacy_line;
  return TRUE;
}

/**
 * way_printed_new:
 * @db: the store
 * @dossier: (transfer full) (nullable): the record; NULL where @error is set already
 * @error: return location
 *
 * Returns: (transfer full): the record with what its pages need
 */
WayPrinted *
way_printed_new (WayDb *db, WayDossier *dossier, GError **error)
{
  g_autoptr (WayPrinted) self = g_new0 (WayPrinted, 1);

  self->dossier = dossier;
  if (self->dossier == NULL)
    return NULL;
  self->lists = way_db_get_code_lists (db, error);
  if (self->lists == NULL || !way_options_read (db, &self->style.options, error))
    return NULL;
  self->style.lists = self->lists;
  if (!read_letterhead (self, db, error))
    return NULL;
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
  return way_printed_new (db, way_db_gather_visit (db, visit_id, version, error), error);
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
  return way_printed_new (db, way_db_preview_visit (db, records, reason, error), error);
}

/**
 * way_printed_write_pdf:
 * @with_xml: whether a signed record carries itself inside as XML, dated with its signing; not one
 *   that leaves education, as the XML has the UPN (Government Data Standards Catalogue)
 * @missing: (out) (optional) (nullable): see way_visit_report_render()
 * @error: return location
 *
 * Returns: (transfer full): the record as a PDF; the same record gives the same bytes
 */
GBytes *
way_printed_write_pdf (const WayPrinted *self, gboolean with_xml, char **missing, GError **error)
{
  g_autoptr (GBytes) xml = NULL;

  if (missing != NULL)
    *missing = NULL;
  if (with_xml && way_dossier_is_signed (self->dossier)) {
    xml = way_visit_xml_write (
        self->dossier, way_dossier_get_visit (self->dossier)->signed_at, error);
    if (xml == NULL)
      return NULL;
  }
  return way_visit_report_render (self->dossier, &self->style, xml, missing, error);
}

/**
 * way_printed_count_missing:
 * @missing: (nullable): what way_printed_write_pdf() gave
 *
 * Returns: how many characters they are
 */
guint
way_printed_count_missing (const char *missing)
{
  return missing != NULL ? (guint) g_utf8_strlen (missing, -1) : 0;
}

/**
 * way_printed_name_missing:
 * @missing: what way_printed_write_pdf() gave
 *
 * Returns: (transfer full): the first few of them, apart from each other: "李 明 …"
 */
char *
way_printed_name_missing (const char *missing)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (const char *p = missing; *p != '\0' && n < MOST_NAMED; p = g_utf8_next_char (p), n++) {
    g_string_append (text, n > 0 ? " " : "");
    g_string_append_len (text, p, g_utf8_next_char (p) - p);
  }
  if (way_printed_count_missing (missing) > n)
    g_string_append (text, " …");
  return g_string_free (g_steal_pointer (&text), FALSE);
}
