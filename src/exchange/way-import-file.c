/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody sent is told by what it holds, not by its name. */
#include "way-import-file.h"

#include "way-caseload-files.h"
#include "way-caseload.h"
#include "way-ctf.h"
#include "way-error.h"
#include "way-exchange-private.h"
#include "way-import-beside.h"
#include "way-text.h"
#include "way-visit-pdf.h"
#include "way-visit-schema.h"
#include "way-visit-xml.h"
#include "way-xml-parser.h"

#include <string.h>

typedef struct {
  WayXmlParser *parser;
  char *root;
  guint line; /* where it stands */
} Root;

static void
root_started_cb (
    gpointer data, const char *name, const char *uri, int n_attributes, const xmlChar **attributes)
{
  Root *self = data;

  self->root = g_strdup (name);
  self->line = way_xml_parser_get_line (self->parser);
  way_xml_parser_stop (self->parser);
}

static char *
dup_root (const char *path, guint *line, GError **error)
{
  static const WayXmlHandler HANDLER = {root_started_cb, NULL};
  g_autoptr (GInputStream) stream = way_xml_open (path, error);
  Root self = {NULL, NULL, 0};
  gboolean ok;

  if (stream == NULL)
    return NULL;
  self.parser = way_xml_parser_new (way_xml_source_name (path), NULL, &HANDLER, &self);
  ok = way_xml_parser_run (self.parser, stream, NULL, error);
  way_xml_parser_free (self.parser);
  if (!ok)
    g_clear_pointer (&self.root, g_free);
  *line = self.line;
  return self.root;
}

static gboolean
is_pdf (const char *path)
{
  g_autoptr (GInputStream) stream = way_xml_open (path, NULL);
  char head[8];
  gsize n;

  return stream != NULL && g_input_stream_read_all (stream, head, sizeof head, &n, NULL, NULL) &&
         way_visit_pdf_is (head, n);
}

static gboolean
is_table (const char *path)
{
  const char *dot = strrchr (path, '.');

  return dot != NULL && g_ascii_strcasecmp (dot, ".csv") == 0 &&
         g_file_test (path, G_FILE_TEST_EXISTS);
}

/* A caseload is several tables, that name each other's rows. A list of a school's own is none. */
static WayFormat
refuse_table (const char *path, GError **error)
{
  const char *source = way_xml_source_name (path);

  g_set_error (
      error,
      WAY_ERROR,
      WAY_ERROR_REFUSED,
      caseload_file_find (source) != NULL
          ? "%s:1: document: One table is not a caseload; give the folder it is in"
          : "%s:1: document: A table of this name is no part of a caseload. Ask the school "
            "for its Common Transfer File (CTF), or give a folder with a table "
            "children.csv that has the columns id, surname, forename and dob",
      source);
  return WAY_FORMAT_AUTO;
}

/**
 * way_import_file_detect:
 * @path: a folder or file
 * @error: return location for %WAY_ERROR_REFUSED
 *
 * Returns: what can read it; %WAY_FORMAT_AUTO with @error if nothing can
 */
WayFormat
way_import_file_detect (const char *path, GError **error)
{
  g_autofree char *root = NULL, *shown = NULL;
  guint line;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return WAY_FORMAT_CASELOAD;
  if (is_table (path))
    return refuse_table (path, error);
  if (is_pdf (path))
    return WAY_FORMAT_PDF;
  root = dup_root (path, &line, error);
  if (root == NULL)
    return WAY_FORMAT_AUTO;
  if (g_ascii_strcasecmp (root, "CTfile") == 0)
    return WAY_FORMAT_CTF;
  if (strcmp (root, WAY_VISIT_XML_ROOT) == 0 || strcmp (root, WAY_VISIT_XML_ROOT_MANY) == 0)
    return WAY_FORMAT_VISIT;
  shown = way_text_dup_shown (root, 80);
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_REFUSED,
               "%s:%u: %s: This is neither a Common Transfer File nor a Record of Visit; choose "
               "another file",
               way_xml_source_name (path),
               line,
               shown);
  return WAY_FORMAT_AUTO;
}

static gboolean
read_pdf (const char *path, WayImportSink *sink, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) file = way_xml_open (path, error);
  const char *source = way_xml_source_name (path);
  g_autofree char *inside = g_strconcat (source, "/record-of-visit.xml", NULL);
  g_autoptr (GBytes) xml = file != NULL ? way_visit_pdf_extract (file, source, error) : NULL;
  g_autoptr (GInputStream) stream = NULL;

  if (xml == NULL)
    return FALSE;
  stream = g_memory_input_stream_new_from_bytes (xml);
  return way_visit_xml_read_stream (stream, inside, sink, cancellable, error);
}

typedef struct {
  const char *path;
  WayFormat format;
  WayDate today;
  GCancellable *cancellable;
} XmlFile;

static gboolean
read_xml (WayImportSink *sink, gpointer data, GError **error)
{
  const XmlFile *file = data;
  g_autoptr (GInputStream) stream = way_xml_open (file->path, error);
  const char *source = way_xml_source_name (file->path);

  if (stream == NULL)
    return FALSE;
  return file->format == WAY_FORMAT_VISIT
             ? way_visit_xml_read_stream (stream, source, sink, file->cancellable, error)
             : way_ctf_read_stream (stream, source, file->today, sink, file->cancellable, error);
}

/**
 * way_import_file_read:
 * @path: a folder or file
 * @format: what it is; %WAY_FORMAT_AUTO to find out
 * @today: for what must not be in the future
 * @sink: gets what is read
 * @cancellable: (nullable)
 *
 * Returns: %FALSE with %WAY_ERROR_REFUSED if there is no such file or it is not acceptable, or
 *   with what the sink gave
 */
gboolean
way_import_file_read (const char *path,
                      WayFormat format,
                      WayDate today,
                      WayImportSink *sink,
                      GCancellable *cancellable,
                      GError **error)
{
  XmlFile file = {.path = path, .today = today, .cancellable = cancellable};

  if (format == WAY_FORMAT_AUTO)
    format = way_import_file_detect (path, error);
  if (format == WAY_FORMAT_AUTO)
    return FALSE;
  if (format == WAY_FORMAT_CASELOAD)
    return way_caseload_read_on (path, today, sink, cancellable, error);
  if (format == WAY_FORMAT_PDF)
    return read_pdf (path, sink, cancellable, error);
  file.format = format;
  return way_import_read_beside (read_xml, &file, sink, error);
}
