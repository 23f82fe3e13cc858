/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Common Transfer Files. (domain 2)
 *
 * Liberal: any namespace or none, any order, versions 15 to 26 and others with a
 * notice, unknown elements counted and named once. One pupil in memory at a
 * time. What all pupils share stands in the header; in a file that has it last,
 * it is fetched by a first walk. */
#include "way-ctf.h"

#include "way-ctf-ignored.h"
#include "way-ctf-pupil.h"
#include "way-error.h"
#include "way-exchange-private.h"
#include "way-nc-year.h"
#include "way-text.h"
#include "way-values.h"
#include "way-xml-parser.h"

#include <string.h>

#define FIRST_VERSION 15
#define LAST_VERSION 26

typedef struct {
  WayXmlParser *parser;
  GInputStream *stream;
  GCancellable *cancellable;
  goffset start; /* where the document begins in it */
  CtfFile file;
  CtfTree *tree;
  CtfNode *node;                          /* where in the tree we are; NULL outside */
  CtfElement open[WAY_XML_MAX_DEPTH + 1]; /* by depth */
  guint skip;                             /* depth of the element being ignored, 0 if none */
  gboolean has_header;
  gboolean wants_header_only;
  CtfIgnored *ignored;
} Reader;

static void notice (Reader *self, guint line, CtfElement element, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static void
notice (Reader *self, guint line, CtfElement element, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  ctf_file_problem (&self->file, WAY_IMPORT_NOTICE, line, element, message);
}

/* The phase is no part of the file; establishment numbers are given out by kind of school. */
static const char *
guess_phase (const char *estab)
{
  static const struct {
    int first, last;
    const char *phase;
  } RANGES[] = {{1000, 1099, "early-years"},
                {2000, 3999, "primary"},
                {4000, 4999, "secondary"},
                {5200, 5299, "primary"},
                {5400, 5499, "secondary"},
                {7000, 7999, "special"}};
  gint64 number = g_ascii_strtoll (estab, NULL, 10);

  for (guint i = 0; i < G_N_ELEMENTS (RANGES); i++) {
    if (number >= RANGES[i].first && number <= RANGES[i].last)
      return RANGES[i].phase;
  }
  return "other";
}

static void
read_school (Reader *self, const CtfNode *header)
{
  const CtfNode *node = ctf_node_child (header, CTF_SOURCE);
  const char *la = ctf_node_text (node, CTF_LEA), *estab = ctf_node_text (node, CTF_ESTAB);
  const char *name = ctf_node_text (node, CTF_SCHOOL_NAME), *urn = ctf_node_text (node, CTF_URN);
  g_autofree char *number = g_strconcat (la, estab, NULL);
  WaySetting *school;

  if (!ctf_is_number (la, 3) || !ctf_is_number (estab, 4)) {
    notice (self,
            node != NULL ? node->line : header->line,
            CTF_SOURCE,
            "names no school, so no enrolments are taken from this file");
    return;
  }
  school = way_record_new (WAY_SETTING);
  school->record.id = way_uuid_for_name ("setting", number);
  school->record.source = self->file.source;
  school->record.line = node->line;
  school->la = g_strdup (la);
  school->estab = g_strdup (estab);
  school->urn = *urn != '\0' ? g_strdup (urn) : NULL;
  school->name = *name != '\0' ? g_strdup (name) : g_strdup_printf ("School %s/%s", la, estab);
  school->phase = g_strdup (guess_phase (estab));
  self->file.school = school;
  notice (self,
          node->line,
          CTF_SOURCE,
          "The file does not say the school’s phase: “%s” is taken from its number %s/%s",
          school->phase,
          la,
          estab);
}

static void
read_date (Reader *self, const CtfNode *header)
{
  const CtfNode *node = ctf_node_child (header, CTF_DATE_TIME);
  WayDate date = way_date_from_stamp (node != NULL ? node->text : NULL);
  gint64 year = g_ascii_strtoll (
      ctf_node_text (ctf_node_child (header, CTF_SOURCE), CTF_ACADEMIC_YEAR), NULL, 10);

  if (date != WAY_DATE_UNKNOWN)
    self->file.date = date;
  else
    notice (self,
            node != NULL ? node->line : header->line,
            CTF_DATE_TIME,
            "says no day, so today's is taken as the day of the file");
  if (year < 1900 || year > 9998)
    year = way_academic_year (self->file.date);
  self->file.year_start = way_date_new ((int) year, 9, 1);
}

static void
read_header (Reader *self, const CtfNode *header)
{
  const char *version = ctf_node_text (header, CTF_VERSION);
  gint64 number = g_ascii_strtoll (version, NULL, 10);
  g_autofree char *fault = NULL;
  const CtfNode *bad = ctf_node_find_fault (header, &fault);

  self->has_header = TRUE;
  if (bad != NULL) {
    way_xml_parser_fail (self->parser, ctf_element_name (bad->element), fault);
    return;
  }
  if (number < FIRST_VERSION || number > LAST_VERSION)
    notice (self,
            header->line,
            CTF_VERSION,
            "“%.20s” is not a version that Waymark knows (%d to %d); it is read all the same",
            version,
            FIRST_VERSION,
            LAST_VERSION);
  read_date (self, header);
  read_school (self, header);
}

static void
read_pupil (Reader *self, CtfNode *pupil)
{
  g_autoptr (WayRecordSet) unit = way_record_set_new ();
  GError *error = NULL;

  self->file.n_pupils++;
  self->file.pupil = pupil;
  if (self->file.sink->begin != NULL)
    self->file.sink->begin (self->file.sink);
  if (ctf_pupil_read (&self->file, pupil, unit) &&
      !self->file.sink->take (self->file.sink, unit, &error))
    way_xml_parser_take_error (self->parser, error);
  self->file.pupil = NULL;
}

static void fetch_header (Reader *self);

static void
element_started_cb (
    gpointer data, const char *name, const char *uri, int n_attributes, const xmlChar **attributes)
{
  Reader *self = data;
  guint depth = way_xml_parser_get_depth (self->parser);
  guint line = way_xml_parser_get_line (self->parser);
  CtfElement element;

  if (self->skip != 0)
    return;
  element = ctf_element_find (self->open[depth - 1], name);
  if (depth == 1 && element != CTF_ROOT) {
    way_xml_parser_fail (
        self->parser,
        name,
        "This is not a Common Transfer File: its first element is not CTfile; choose another file");
    return;
  }
  if (element == CTF_NONE || element == CTF_SILENT ||
      (element == CTF_PUPILS && self->wants_header_only)) {
    if (element == CTF_NONE)
      ctf_ignored_add (self->ignored, name);
    self->skip = depth;
    return;
  }
  self->open[depth] = element;
  if (self->node != NULL && ctf_tree_is_full (self->tree)) {
    way_xml_parser_fail (
        self->parser, name, "There are too many elements in this pupil; ask for the file again");
    return;
  }
  if (element == CTF_PUPIL && !self->has_header)
    fetch_header (self);
  if (element == CTF_HEADER || element == CTF_PUPIL) {
    ctf_tree_clear (self->tree);
    self->node = ctf_tree_add (self->tree, NULL, element, line);
  } else if (self->node != NULL) {
    self->node = ctf_tree_add (self->tree, self->node, element, line);
  }
}

static void
element_ended_cb (gpointer data, const char *name, const char *text)
{
  Reader *self = data;
  guint depth = way_xml_parser_get_depth (self->parser);
  CtfNode *node = self->node;

  if (self->skip != 0) {
    if (depth == self->skip)
      self->skip = 0;
    return;
  }
  if (node == NULL)
    return;
  if (node->first == NULL)
    ctf_tree_set_text (self->tree, node, text);
  self->node = node->parent;
  if (node->element == CTF_HEADER && !self->has_header) {
    read_header (self, node);
    if (self->wants_header_only)
      way_xml_parser_stop (self->parser);
  } else if (node->element == CTF_PUPIL) {
    read_pupil (self, node);
  }
}

static const WayXmlHandler HANDLER = {element_started_cb, element_ended_cb};

static void
reader_init (
    Reader *self, GInputStream *stream, const char *source, WayDate today, WayImportSink *sink)
{
  memset (self, 0, sizeof *self);
  self->stream = stream;
  self->start = g_seekable_tell (G_SEEKABLE (stream));
  self->file.source = g_intern_string (source);
  self->file.sink = sink;
  self->file.today = self->file.date = today;
  self->tree = ctf_tree_new ();
  self->ignored = ctf_ignored_new ();
  self->file.unnumbered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->parser = way_xml_parser_new (source, NULL, &HANDLER, self);
}

static void
reader_clear (Reader *self)
{
  way_xml_parser_free (self->parser);
  ctf_tree_free (self->tree);
  ctf_ignored_free (self->ignored);
  g_hash_table_unref (self->file.unnumbered);
  way_record_free (self->file.school);
}

/* A pupil came before the header: walks through the file once for the header alone. What is wrong
 * with the rest is found by the walk that we are in. */
static void
fetch_header (Reader *self)
{
  GSeekable *seekable = G_SEEKABLE (self->stream);
  goffset here = g_seekable_tell (seekable);
  g_autoptr (GError) wrong = NULL; /* of the header, if it came to that */
  GError *error = NULL;
  Reader first;

  reader_init (&first, self->stream, self->file.source, self->file.today, self->file.sink);
  first.wants_header_only = TRUE;
  if (g_seekable_seek (seekable, self->start, G_SEEK_SET, NULL, &error))
    way_xml_parser_run (first.parser, self->stream, self->cancellable, &wrong);
  if (error == NULL)
    g_seekable_seek (seekable, here, G_SEEK_SET, NULL, &error);
  if (error == NULL && first.has_header)
    error = g_steal_pointer (&wrong);
  if (error != NULL)
    way_xml_parser_take_error (self->parser, error);
  self->file.date = first.file.date;
  self->file.school = g_steal_pointer (&first.file.school);
  self->file.year_start = first.has_header
                              ? first.file.year_start
                              : way_date_new (way_academic_year (self->file.date), 9, 1);
  if (!first.has_header)
    notice (self, 1, CTF_HEADER, "is missing, so no school and no enrolments are taken");
  self->has_header = TRUE;
  reader_clear (&first);
}

static void
say_what_was_assumed (Reader *self)
{
  g_autofree char *year_start = way_date_format_short (self->file.year_start);
  g_autofree char *file_day = way_date_format_short (self->file.date);

  if (self->file.n_pupils == 0)
    notice (self, 0, CTF_PUPILS, "There are no pupils in this file");
  if (self->file.n_without_entry > 0)
    notice (self,
            0,
            CTF_ENTRY_DATE,
            "is missing for %u pupil%s: their enrolment counts from %s, the start of the year",
            self->file.n_without_entry,
            self->file.n_without_entry == 1 ? "" : "s",
            year_start);
  if (self->file.n_without_sen_start > 0)
    notice (self,
            0,
            CTF_START_DATE,
            "is missing %u time%s for SEN provision: it counts from %s, the day of the file",
            self->file.n_without_sen_start,
            self->file.n_without_sen_start == 1 ? "" : "s",
            file_day);
}

static void
say_what_was_ignored (Reader *self)
{
  g_autofree char *words = ctf_ignored_dup_words (self->ignored);

  if (self->file.n_with_earlier > 0)
    notice (self,
            0,
            CTF_SCHOOL_HISTORY,
            "names earlier schools of %u pupil%s; only the school that sent the file is taken",
            self->file.n_with_earlier,
            self->file.n_with_earlier == 1 ? "" : "s");
  if (words != NULL)
    notice (self, 0, CTF_ROOT, "%s", words);
}

/* See way_ctf_read(). */
gboolean
way_ctf_read_stream (GInputStream *stream,
                     const char *source,
                     WayDate today,
                     WayImportSink *sink,
                     GCancellable *cancellable,
                     GError **error)
{
  Reader self;
  gboolean ok;

  reader_init (&self, stream, source, today, sink);
  self.cancellable = cancellable;
  ok = way_xml_parser_run (self.parser, stream, cancellable, error);
  if (ok) {
    say_what_was_assumed (&self);
    say_what_was_ignored (&self);
  }
  reader_clear (&self);
  return ok;
}

/**
 * way_ctf_read:
 * @path: a Common Transfer File
 * @today: a date of birth after it is refused
 * @sink: gets a unit for each pupil: the child, the school that sent the file, the enrolment
 *   there, SEN provision, needs, flags, contacts, attendance. A pupil that can't be taken is a
 *   problem with line and element; the others go on
 * @cancellable: (nullable)
 *
 * Returns: %FALSE with %WAY_ERROR_REFUSED "file:line: element: why" if the file is not well formed
 *   or not a Common Transfer File. Units may have been given before that; they must not be kept.
 */
gboolean
way_ctf_read (
    const char *path, WayDate today, WayImportSink *sink, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = way_xml_open (path, error);

  return stream != NULL &&
         way_ctf_read_stream (stream, way_xml_source_name (path), today, sink, cancellable, error);
}
