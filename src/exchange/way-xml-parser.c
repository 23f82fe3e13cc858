/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one guarded way to read XML that somebody sent.
 *
 * Bytes are pushed in pieces, so memory does not grow with the file. Invariants:
 * a DOCTYPE stops the parser before any declaration in it is read, and there is
 * no handler that would look up or load an entity, so none is ever expanded or
 * fetched; depth, size, length of text and of any other markup, attributes and
 * namespaces are bounded; after the first error no handler is called any more. With a schema, each
 * event goes to the reader first and to the validator right after it, so a reader must not act on
 * an element before the next event.
 */
#include "way-xml-parser.h"

#include "way-error.h"
#include "way-import.h"
#include "way-text.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <string.h>

/* Small, because libxml2 takes the square of the time for the attributes of one tag, and sees them
 * all before we do. */
#define CHUNK (16 * 1024)

struct _WayXmlParser {
  const char *source; /* interned */
  const WayXmlHandler *handler;
  gpointer data;
  xmlSAXHandler sax;
  xmlParserCtxtPtr context;
  xmlSchemaValidCtxtPtr validator; /* NULL without a schema */
  xmlSchemaSAXPlugPtr plug;
  const char *path[WAY_XML_MAX_DEPTH]; /* names of the open elements, in the context's dictionary */
  guint n_namespaces[WAY_XML_MAX_DEPTH + 1]; /* declared in the open elements, by depth */
  guint depth;
  const char *current; /* the element of the last event */
  GString *text;
  goffset n_bytes;
  guint n_skipped;  /* lines before the document */
  gboolean stopped; /* the reader has what it wants */
  GError *error;
};

static const char *
open_element (WayXmlParser *self)
{
  return self->depth > 0 ? self->path[self->depth - 1] : "document";
}

/* The line being read, for messages. */
guint
way_xml_parser_get_line (WayXmlParser *self)
{
  return self->n_skipped + (guint) xmlSAX2GetLineNumber (self->context);
}

/* How many elements are open: 1 in the root. */
guint
way_xml_parser_get_depth (WayXmlParser *self)
{
  return self->depth;
}

/* Ends the reading without an error, as soon as the piece at hand is parsed. */
void
way_xml_parser_stop (WayXmlParser *self)
{
  self->stopped = TRUE;
}

/**
 * way_xml_parser_take_error:
 * @error: (transfer full): why reading must end
 *
 * Ends the reading; way_xml_parser_feed() gives @error. Only the first counts. The parser itself
 * is not stopped here: that would free the piece at hand, in which the attributes lie that the
 * validator is about to look at. What is left of the piece is passed over.
 */
void
way_xml_parser_take_error (WayXmlParser *self, GError *error)
{
  if (self->error != NULL) {
    g_error_free (error);
    return;
  }
  self->error = error;
}

/**
 * way_xml_parser_fail:
 * @field: the element or attribute
 * @why: for people
 *
 * Refuses the file with %WAY_ERROR_REFUSED "file:line: field: why".
 */
void
way_xml_parser_fail (WayXmlParser *self, const char *field, const char *why)
{
  g_autofree char *subject = way_import_field_words (field);
  g_autofree char *statement = way_text_dup_statement (subject, why);
  g_autofree char *message = NULL, *harmless = NULL;

  if (self->error != NULL)
    return;
  message = g_strdup_printf (
      "%s:%u: %s: %s", self->source, way_xml_parser_get_line (self), field, statement);
  harmless = way_text_dup_harmless (message); /* it may quote what the file holds */
  way_xml_parser_take_error (self, g_error_new_literal (WAY_ERROR, WAY_ERROR_REFUSED, harmless));
}

static void
element_started_cb (void *data,
                    const xmlChar *name,
                    const xmlChar *prefix,
                    const xmlChar *uri,
                    int n_namespaces,
                    const xmlChar **namespaces,
                    int n_attributes,
                    int n_defaulted,
                    const xmlChar **attributes)
{
  WayXmlParser *self = data;

  if (self->error != NULL || self->stopped)
    return;
  if (self->depth == WAY_XML_MAX_DEPTH) {
    way_xml_parser_fail (
        self, (const char *) name, "Elements are nested too deep; ask for the file again");
    return;
  }
  self->current = self->path[self->depth++] = (const char *) name;
  self->n_namespaces[self->depth] = self->n_namespaces[self->depth - 1] + (guint) n_namespaces;
  g_string_truncate (self->text, 0);
  if (n_attributes > WAY_XML_MAX_ATTRIBUTES ||
      self->n_namespaces[self->depth] > WAY_XML_MAX_NAMESPACES) {
    way_xml_parser_fail (
        self, (const char *) name, "The element has too many attributes; ask for the file again");
    return;
  }
  if (self->handler->start != NULL)
    self->handler->start (
        self->data, (const char *) name, (const char *) uri, n_attributes, attributes);
}

static void
element_ended_cb (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
  WayXmlParser *self = data;

  if (self->error != NULL || self->stopped)
    return;
  self->current = (const char *) name;
  if (self->handler->end != NULL)
    self->handler->end (self->data, (const char *) name, self->text->str);
  self->depth--;
  g_string_truncate (self->text, 0);
}

static void
text_read_cb (void *data, const xmlChar *text, int length)
{
  WayXmlParser *self = data;

  if (self->error != NULL || self->stopped || self->handler->end == NULL)
    return;
  if (self->text->len + (gsize) length > WAY_XML_MAX_TEXT)
    way_xml_parser_fail (self, open_element (self), "The text is too long; ask for the file again");
  else
    g_string_append_len (self->text, (const char *) text, length);
}

static void
doctype_met_cb (void *data, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
  way_xml_parser_fail (data,
                       "DOCTYPE",
                       "A document type declaration is not accepted, since it could pull in other "
                       "files; ask for a file without it");
}

#define ASK_AGAIN "; ask for the file again"

/* (transfer full): in words for people; libxml2's own may quote bytes of a child's name. */
static char *
dup_syntax_words (const WayXmlParser *self, const xmlError *problem)
{
  g_autofree char *message = NULL;

  if (self->current == NULL)
    return g_strdup ("This is not XML, as a CTF or a Record of Visit is; choose another file");
  switch (problem->code) {
  case XML_ERR_DOCUMENT_END:
    if (self->depth > 0)
      return g_strdup ("This is not well-formed XML: the file is cut off here" ASK_AGAIN);
    break;
  case XML_ERR_INVALID_CHAR: /* of both; only its words tell them apart */
  case XML_ERR_INVALID_ENCODING:
    if (problem->message != NULL && strstr (problem->message, "UTF-8") != NULL)
      return g_strdup ("The text holds bytes that are not UTF-8" ASK_AGAIN);
    G_GNUC_FALLTHROUGH;
  case XML_ERR_INVALID_CHARREF:
    return g_strdup ("The text holds a control character; take it out, or ask for the file again");
  default:
    break;
  }
  message = g_utf8_make_valid (problem->message != NULL ? problem->message : "", -1);
  g_strstrip (g_strdelimit (message, "\n", ' '));
  return g_strdup_printf ("This is not well-formed XML (%s)" ASK_AGAIN, message);
}

/* What is not well formed. Also called for what the schema itself is not asked about. */
static void
syntax_error_cb (void *data, xmlErrorPtr problem)
{
  WayXmlParser *self = data;
  g_autofree char *why = NULL;

  if (problem->level != XML_ERR_FATAL || problem->code == XML_ERR_USER_STOP || self->stopped)
    return; /* what comes after the reader has what it wants is not its matter */
  why = dup_syntax_words (self, problem);
  way_xml_parser_fail (self, open_element (self), why);
}

/* What the library says of an element that is not whole, in words; else what it says. */
static char *
dup_reason (const char *words)
{
  static const char LACKING[] = "Missing child element(s). Expected is ";
  const char *names = strstr (words, "( "), *end = names != NULL ? strstr (names, " )") : NULL;
  g_autofree char *list = NULL;

  if (!g_str_has_prefix (words, LACKING) || end == NULL)
    return g_strdup (words);
  list = g_strndup (names + 2, (gsize) (end - names - 2));
  return g_strdup_printf ("%s%s is missing in it",
                          g_str_has_prefix (words + strlen (LACKING), "one of") ? "one of " : "",
                          list);
}

/* libxml2 says "Element '{urn:…}dob': [facet 'pattern'] The value …"; the element is our field. */
static void
schema_error_cb (void *data, xmlErrorPtr problem)
{
  WayXmlParser *self = data;
  g_autofree char *message = NULL, *reason = NULL, *why = NULL;
  const char *rest, *field = self->current != NULL ? self->current : "document";
  g_autofree char *attribute = NULL;

  if (problem->level < XML_ERR_ERROR || self->error != NULL || self->stopped)
    return;
  message = g_utf8_make_valid (problem->message != NULL ? problem->message : "", -1);
  g_strstrip (g_strdelimit (message, "\n", ' '));
  for (char *open; (open = strstr (message, "{urn:")) != NULL && strchr (open, '}') != NULL;)
    memmove (open, strchr (open, '}') + 1, strlen (strchr (open, '}') + 1) + 1);
  rest = strstr (message, "': ");
  if (rest != NULL && g_str_has_prefix (message, "Element '")) {
    const char *name = g_strstr_len (message, rest - message, "attribute '");

    if (name != NULL)
      attribute = g_strndup (name + strlen ("attribute '"), rest - name - strlen ("attribute '"));
    rest += strlen ("': ");
  } else {
    rest = message;
  }
  reason = dup_reason (rest);
  why = g_strdup_printf (
      "This is not as a Record of Visit has it (%s); ask its sender for it again", reason);
  way_xml_parser_fail (self, attribute != NULL ? attribute : field, why);
}

static int
locate_cb (void *data, const char **file, unsigned long *line)
{
  WayXmlParser *self = data;

  if (file != NULL)
    *file = self->source;
  if (line != NULL)
    *line = way_xml_parser_get_line (self);
  return 0;
}

static void
start_library (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once)) {
    xmlInitParser ();
    g_once_init_leave (&once, 1);
  }
}

/**
 * way_xml_parser_new:
 * @source: what messages call the file
 * @schema: (nullable): what the file must agree with
 * @handler: the reader, borrowed
 * @data: for @handler
 *
 * Returns: (transfer full): a parser for one document
 */
WayXmlParser *
way_xml_parser_new (const char *source,
                    xmlSchemaPtr schema,
                    const WayXmlHandler *handler,
                    gpointer data)
{
  WayXmlParser *self = g_new0 (WayXmlParser, 1);
  xmlSAXHandlerPtr sax = &self->sax;
  void *user_data = self;

  start_library ();
  self->source = g_intern_string (source);
  self->handler = handler;
  self->data = data;
  self->text = g_string_new (NULL);
  self->sax.initialized = XML_SAX2_MAGIC;
  self->sax.startElementNs = element_started_cb;
  self->sax.endElementNs = element_ended_cb;
  self->sax.characters = text_read_cb;
  self->sax.ignorableWhitespace = text_read_cb;
  self->sax.cdataBlock = text_read_cb;
  self->sax.internalSubset = doctype_met_cb;
  if (schema != NULL) {
    self->validator = xmlSchemaNewValidCtxt (schema);
    xmlSchemaSetValidStructuredErrors (self->validator, schema_error_cb, self);
    xmlSchemaValidateSetLocator (self->validator, locate_cb, self);
    self->plug = xmlSchemaSAXPlug (self->validator, &sax, &user_data);
  }
  self->context = xmlCreatePushParserCtxt (sax, user_data, NULL, 0, NULL);
  xmlCtxtUseOptions (self->context, XML_PARSE_NONET);
  return self;
}

void
way_xml_parser_free (WayXmlParser *self)
{
  if (self == NULL)
    return;
  if (self->plug != NULL)
    xmlSchemaSAXUnplug (self->plug);
  if (self->validator != NULL)
    xmlSchemaFreeValidCtxt (self->validator);
  if (self->context->myDoc != NULL)
    xmlFreeDoc (self->context->myDoc);
  xmlFreeParserCtxt (self->context);
  g_string_free (self->text, TRUE);
  g_clear_error (&self->error);
  g_free (self);
}

/* libxml2 keeps its error handler per thread; whoever had it gets it back. */
static void
parse_piece (WayXmlParser *self, const char *bytes, gsize length, gboolean last)
{
  xmlStructuredErrorFunc previous = xmlStructuredError;
  void *previous_data = xmlStructuredErrorContext;

  xmlSetStructuredErrorFunc (self, syntax_error_cb);
  xmlParseChunk (self->context, bytes, (int) length, last);
  xmlSetStructuredErrorFunc (previous_data, previous);
  /* What it holds back is markup whose end has not come yet. */
  if (self->context->input != NULL &&
      self->context->input->end - self->context->input->cur > WAY_XML_MAX_MARKUP)
    way_xml_parser_fail (
        self,
        open_element (self),
        "A tag, comment or marked section after it is too long; ask for the file again");
}

static gboolean
give_error (WayXmlParser *self, GError **error)
{
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (self->error)); /* and again if asked again */
  return FALSE;
}

/**
 * way_xml_parser_feed:
 * @bytes: the next piece of the document
 *
 * Returns: %FALSE with @error once the document is refused
 */
gboolean
way_xml_parser_feed (WayXmlParser *self, const char *bytes, gsize length, GError **error)
{
  if (self->stopped)
    return TRUE;
  while (length > 0 && self->error == NULL && !self->stopped) {
    gsize piece = MIN (length, CHUNK);

    self->n_bytes += (goffset) piece;
    parse_piece (self, bytes, piece, FALSE);
    bytes += piece;
    length -= piece;
  }
  return give_error (self, error);
}

/* To be called after the last piece: a document that is cut off is refused here. */
gboolean
way_xml_parser_finish (WayXmlParser *self, GError **error)
{
  if (self->stopped)
    return TRUE;
  if (self->n_bytes == 0)
    way_xml_parser_fail (self, "document", "The file is empty; ask for it again");
  else
    parse_piece (self, NULL, 0, TRUE);
  if (self->error == NULL && !self->stopped && !self->context->wellFormed)
    way_xml_parser_fail (
        self, open_element (self), "This is not well-formed XML; ask for the file again");
  return give_error (self, error);
}

/* An XML parser skips white space at the start of an element, but not before the declaration. */
static gboolean
skip_blanks (WayXmlParser *self, GInputStream *stream, GError **error)
{
  char head[256];
  gssize n, start = 0;
  gboolean marked;

  if (!G_IS_SEEKABLE (stream) || !g_seekable_can_seek (G_SEEKABLE (stream)))
    return TRUE;
  n = g_input_stream_read (stream, head, sizeof head, NULL, NULL);
  marked = n >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0;
  if (marked)
    start = 3;
  for (; start < n && g_ascii_isspace (head[start]); start++)
    self->n_skipped += head[start] == '\n';
  return g_seekable_seek (
      G_SEEKABLE (stream), start == (marked ? 3 : 0) ? 0 : start, G_SEEK_SET, NULL, error);
}

/**
 * way_xml_parser_run:
 * @stream: the document, read to its end
 * @cancellable: (nullable): looked at before every piece
 *
 * Returns: %FALSE with %WAY_ERROR_REFUSED, %WAY_ERROR_IO, %WAY_ERROR_CANCELLED, or what the
 *   handler gave
 */
gboolean
way_xml_parser_run (WayXmlParser *self,
                    GInputStream *stream,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autofree char *piece = g_malloc (CHUNK);
  gssize n;

  if (!skip_blanks (self, stream, error))
    return FALSE;
  for (;;) {
    g_autoptr (GError) problem = NULL;

    n = g_input_stream_read (stream, piece, CHUNK, cancellable, &problem);
    if (n < 0) {
      gboolean cancelled = g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      g_set_error (error,
                   WAY_ERROR,
                   cancelled ? WAY_ERROR_CANCELLED : WAY_ERROR_IO,
                   "%s: %s",
                   self->source,
                   cancelled ? "Reading was stopped, and nothing was imported" : problem->message);
      return FALSE;
    }
    if (n == 0)
      return way_xml_parser_finish (self, error);
    if (self->n_bytes + n > WAY_XML_MAX_SIZE)
      way_xml_parser_fail (
          self, open_element (self), "The file is larger than 512 MiB; is it the right one?");
    if (!way_xml_parser_feed (self, piece, (gsize) n, error))
      return FALSE;
    if (self->stopped)
      return TRUE;
  }
}

/**
 * way_xml_dup_attribute:
 * @name: local name, in no namespace
 *
 * Returns: (transfer full) (nullable): the attribute's value
 */
char *
way_xml_dup_attribute (int n_attributes, const xmlChar **attributes, const char *name)
{
  for (int i = 0; i < n_attributes; i++) {
    const xmlChar **attribute = attributes + 5 * i; /* local name, prefix, uri, value, its end */

    if (attribute[2] == NULL && strcmp ((const char *) attribute[0], name) == 0)
      return g_strndup ((const char *) attribute[3], (gsize) (attribute[4] - attribute[3]));
  }
  return NULL;
}

/* What messages call a file: its name without the folders, interned. */
const char *
way_xml_source_name (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *harmless = way_text_dup_harmless (name);

  return g_intern_string (harmless);
}

static void
refuse_file (const char *path, const char *why, GError **error)
{
  g_set_error (
      error, WAY_ERROR, WAY_ERROR_REFUSED, "%s:1: document: %s", way_xml_source_name (path), why);
}

/* What is there is a file: a pipe would be waited for without end. */
static gboolean
check_file (const char *path, GError **error)
{
  if (!g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  refuse_file (path,
               g_file_test (path, G_FILE_TEST_IS_DIR)
                   ? "This is a folder, not a file; look whether its name is right"
                   : "This is no file with something to read in it; choose another",
               error);
  return FALSE;
}

/* The system's own words name the file once more, and in English. */
static const char *
why_unopened (const GError *problem)
{
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return "There is no such file; look whether its name is right";
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return "You may not read this file; ask whoever it belongs to";
  return "The file could not be read; copy it to this computer and try again";
}

/**
 * way_xml_open:
 *
 * Returns: (transfer full): the file's bytes, or %NULL with %WAY_ERROR_REFUSED if there is no such
 *   file or it is too large
 */
GInputStream *
way_xml_open (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GFileInfo) info = NULL;

  if (!check_file (path, error))
    return NULL;
  stream = g_file_read (file, NULL, &problem);
  if (stream == NULL) {
    refuse_file (path, why_unopened (problem), error);
    return NULL;
  }
  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, NULL);
  if (info != NULL && g_file_info_get_size (info) > WAY_XML_MAX_SIZE) {
    refuse_file (path, "The file is larger than 512 MiB; is it the right one?", error);
    return NULL;
  }
  return G_INPUT_STREAM (g_steal_pointer (&stream));
}
