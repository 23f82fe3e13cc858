/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Record of Visit that a PDF carries inside.
 *
 * What is read was sent by somebody, and may be made to do harm. Invariants: a
 * stream is unpacked here, with a limit, and never by the library, which knows
 * none; the library unpacks by itself only tables and objects that are kept in
 * streams, and so gets no file that has such tables. Without them no object is
 * looked for in a stream. (ISO 32000-1, 7.5.4 and 7.5.8)
 */
#include "way-visit-pdf.h"

#include "way-error.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

#define TAIL 1024     /* bytes at the end, in which the place of the table stands */
#define MAX_TABLES 64 /* one more each time that a file is saved again */
#define MAX_TRAILER 4096
#define MAX_ENTRIES 1000 /* attachments looked at */
#define MAX_DEPTH 16     /* of their tree */

#define PIECE (64 * 1024)

static const char NO_RECORD[] =
    "there is no Record of Visit inside this PDF; ask its sender for the PDF that Waymark saved, "
    "or for the XML file";
static const char SAVED_AGAIN[] =
    "this PDF was saved again by another program, in a form that Waymark does not open; ask its "
    "sender for the PDF as Waymark saved it, or for the XML file";
static const char TOO_LARGE[] = "the PDF is larger than 64 MiB, so it is no Record of Visit";
static const char LOCKED[] = "this PDF is locked with a password; ask its sender for one without, "
                             "or for the XML file";

static gboolean
refuse (GError **error, const char *source, const char *why)
{
  g_set_error (error, WAY_ERROR, WAY_ERROR_REFUSED, "%s:1: document: %s", source, why);
  return FALSE;
}

/**
 * way_visit_pdf_is:
 * @bytes: the beginning of a file
 *
 * Returns: whether it is a PDF
 */
gboolean
way_visit_pdf_is (const char *bytes, gsize size)
{
  return size >= 5 && memcmp (bytes, "%PDF-", 5) == 0;
}

static gboolean
is_white (char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static const char *
skip_white (const char *at, const char *end)
{
  while (at < end && is_white (*at))
    at++;
  return at;
}

/* A number between @at and @end that has white space before it, or -1. */
static gint64
read_number (const char **at, const char *end)
{
  const char *start = skip_white (*at, end), *p = start;
  gint64 number = 0;

  if (start == *at)
    return -1;
  for (; p < end && p - start < 15 && g_ascii_isdigit (*p); p++)
    number = number * 10 + (*p - '0');
  *at = p;
  return p > start ? number : -1;
}

/* Where the last table begins, or -1. */
static gint64
find_last_table (const char *bytes, gsize size)
{
  static const char WORD[] = "startxref";
  const char *end = bytes + size, *least = size > TAIL ? end - TAIL : bytes;

  for (const char *p = end - strlen (WORD); p >= least; p--) {
    if (memcmp (p, WORD, strlen (WORD)) == 0) {
      p += strlen (WORD);
      return read_number (&p, end);
    }
  }
  return -1;
}

/* Past the dictionary at @at, or %NULL. What is not simple, as Waymark and most others write it,
 * is refused: a text or comment, or a name with #, could hide what is looked for. */
static const char *
skip_dictionary (const char *at, const char *end)
{
  guint depth = 0;

  for (; at < end; at++) {
    gboolean twice = at + 1 < end && at[1] == *at;

    if (*at == '\0' || strchr ("(%#", *at) != NULL)
      return NULL;
    if (*at == '<' && !twice) {
      for (at++; at < end && (g_ascii_isxdigit (*at) || is_white (*at)); at++)
        ;
      if (at == end || *at != '>')
        return NULL;
    } else if (*at == '<' || *at == '>') {
      if (!twice || (*at == '>' && depth == 0))
        return NULL;
      depth = *at == '<' ? depth + 1 : depth - 1;
      at++;
      if (depth == 0)
        return at + 1;
    } else if (depth == 0) {
      return NULL;
    }
  }
  return NULL;
}

/* Whether the trailer leads to no table but a plain one; gives in @previous where that is, or -1.
 */
static gboolean
check_trailer (const char *at, const char *end, gint64 *previous)
{
  const char *dictionary = skip_white (at, end);
  const char *behind = skip_dictionary (dictionary, MIN (end, dictionary + MAX_TRAILER));
  g_autofree char *text = NULL;
  const char *word;

  *previous = -1;
  if (behind == NULL)
    return FALSE;
  text = g_strndup (dictionary, (gsize) (behind - dictionary));
  if (strstr (text, "/XRefStm") != NULL)
    return FALSE;
  word = strstr (text, "/Prev");
  if (word == NULL)
    return TRUE;
  word += strlen ("/Prev");
  *previous = read_number (&word, text + strlen (text));
  word = skip_white (word, text + strlen (text));
  return *previous >= 0 && strchr ("/>", *word) != NULL && strstr (word, "/Prev") == NULL;
}

/* Whether there is a plain table at @at. */
static gboolean
check_table (const char *bytes, gsize size, gint64 at, gint64 *previous)
{
  const char *p = bytes + at, *end = bytes + size;

  if (at < 0 || (gsize) at + 5 > size || memcmp (p, "xref", 4) != 0 || !is_white (p[4]))
    return FALSE;
  for (p += 4; p < end && (is_white (*p) || g_ascii_isdigit (*p) || *p == 'f' || *p == 'n'); p++)
    ;
  return end - p > 7 && memcmp (p, "trailer", 7) == 0 && check_trailer (p + 7, end, previous);
}

static gboolean
check_tables (const char *bytes, gsize size)
{
  gint64 at = find_last_table (bytes, size);

  for (guint i = 0; i < MAX_TABLES; i++) {
    gint64 previous;

    if (!check_table (bytes, size, at, &previous))
      return FALSE;
    if (previous < 0)
      return TRUE;
    at = previous;
  }
  return FALSE;
}

static gboolean
is_record (qpdf_data pdf, qpdf_oh specification)
{
  static const char *const KEYS[] = {"/UF", "/F"};

  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++) {
    qpdf_oh name = qpdf_oh_get_key (pdf, specification, KEYS[i]);

    if (qpdf_oh_is_string (pdf, name) &&
        strcmp (qpdf_oh_get_utf8_value (pdf, name), "record-of-visit.xml") == 0)
      return TRUE;
  }
  return FALSE;
}

/* Looks for the record below @node of the tree of attachments. */
static gboolean
find_record (qpdf_data pdf, qpdf_oh node, guint depth, guint *budget, qpdf_oh *found)
{
  qpdf_oh names, kids;

  if (depth > MAX_DEPTH || !qpdf_oh_is_dictionary (pdf, node))
    return FALSE;
  names = qpdf_oh_get_key (pdf, node, "/Names");
  kids = qpdf_oh_get_key (pdf, node, "/Kids");
  for (int i = 1; qpdf_oh_is_array (pdf, names) && i < qpdf_oh_get_array_n_items (pdf, names);
       i += 2) {
    *found = qpdf_oh_get_array_item (pdf, names, i);
    if ((*budget)-- == 0)
      return FALSE;
    if (qpdf_oh_is_dictionary (pdf, *found) && is_record (pdf, *found))
      return TRUE;
  }
  for (int i = 0; qpdf_oh_is_array (pdf, kids) && i < qpdf_oh_get_array_n_items (pdf, kids); i++) {
    if (*budget == 0)
      return FALSE;
    (*budget)--;
    if (find_record (pdf, qpdf_oh_get_array_item (pdf, kids, i), depth + 1, budget, found))
      return TRUE;
  }
  return FALSE;
}

/* All that @stream gives, or %NULL if that is more than @limit or it can't be read. */
static GBytes *
read_all (GInputStream *stream, gsize limit, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree guint8 *piece = g_malloc (PIECE);
  gssize n;

  while ((n = g_input_stream_read (stream, piece, PIECE, NULL, error)) > 0) {
    g_byte_array_append (out, piece, (guint) n);
    if (out->len > limit)
      return NULL;
  }
  return n == 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&out)) : NULL;
}

/* Unpacks what zlib packed, as long as it stays within the limit. */
static GBytes *
inflate (const guchar *data, gsize size)
{
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr (GInputStream) packed = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (packed, G_CONVERTER (zlib));

  return read_all (stream, WAY_VISIT_PDF_MAX_XML, NULL);
}

/* How the stream is packed: as it is, by zlib, or in a way that no program of ours writes. */
static gboolean
get_packing (qpdf_data pdf, qpdf_oh stream, gboolean *is_packed)
{
  qpdf_oh dictionary = qpdf_oh_get_dict (pdf, stream);
  qpdf_oh filter = qpdf_oh_get_key (pdf, dictionary, "/Filter");

  if (qpdf_oh_is_array (pdf, filter)) {
    if (qpdf_oh_get_array_n_items (pdf, filter) > 1)
      return FALSE;
    filter = qpdf_oh_get_array_item (pdf, filter, 0);
  }
  *is_packed = qpdf_oh_is_name (pdf, filter);
  if (!*is_packed)
    return qpdf_oh_is_null (pdf, filter);
  return strcmp (qpdf_oh_get_name (pdf, filter), "/FlateDecode") == 0 &&
         qpdf_oh_is_null (pdf, qpdf_oh_get_key (pdf, dictionary, "/DecodeParms"));
}

static GBytes *
read_stream (qpdf_data pdf, qpdf_oh stream)
{
  unsigned char *data = NULL;
  size_t size = 0;
  QPDF_BOOL filtered;
  gboolean is_packed;
  GBytes *bytes;

  if (!qpdf_oh_is_stream (pdf, stream) || !get_packing (pdf, stream, &is_packed) ||
      (qpdf_oh_get_stream_data (pdf, stream, qpdf_dl_none, &filtered, &data, &size) &
       QPDF_ERRORS) != 0)
    return NULL;
  bytes = is_packed                      ? inflate (data, size)
          : size > WAY_VISIT_PDF_MAX_XML ? NULL
                                         : g_bytes_new (data, size);
  free (data);
  return bytes;
}

static GBytes *
extract (qpdf_data pdf, GBytes *bytes, const char *source, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  guint budget = MAX_ENTRIES;
  qpdf_oh names, found;
  GBytes *xml;

  qpdf_silence_errors (pdf);
  qpdf_set_suppress_warnings (pdf, TRUE);
  qpdf_set_attempt_recovery (pdf, FALSE); /* it would read on past what was checked */
  if ((qpdf_read_memory (pdf, "record", data, size, NULL) & QPDF_ERRORS) != 0) {
    gboolean locked = qpdf_get_error_code (pdf, qpdf_get_error (pdf)) == qpdf_e_password;

    refuse (error, source, locked ? LOCKED : "this PDF is damaged; ask its sender for it again");
    return NULL;
  }
  names = qpdf_oh_get_key (pdf, qpdf_get_root (pdf), "/Names");
  if (!qpdf_oh_is_dictionary (pdf, names) ||
      !find_record (pdf, qpdf_oh_get_key (pdf, names, "/EmbeddedFiles"), 0, &budget, &found)) {
    refuse (error, source, NO_RECORD);
    return NULL;
  }
  found = qpdf_oh_get_key (pdf, found, "/EF");
  if (!qpdf_oh_is_dictionary (pdf, found)) {
    refuse (error, source, NO_RECORD);
    return NULL;
  }
  xml = read_stream (
      pdf, qpdf_oh_get_key (pdf, found, qpdf_oh_has_key (pdf, found, "/UF") ? "/UF" : "/F"));
  if (xml == NULL)
    refuse (error, source, "the Record of Visit inside this PDF is damaged or too large");
  return xml;
}

/**
 * way_visit_pdf_extract:
 * @stream: a file that somebody sent
 * @source: what messages call it
 *
 * Returns: (transfer full): the XML that is attached to it, not looked at yet, or %NULL with
 *   %WAY_ERROR_REFUSED
 */
GBytes *
way_visit_pdf_extract (GInputStream *stream, const char *source, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) pdf = read_all (stream, WAY_VISIT_PDF_MAX_SIZE, &problem);
  const char *data;
  qpdf_data handle;
  GBytes *xml;
  gsize size;

  if (pdf == NULL) {
    refuse (error, source, problem != NULL ? problem->message : TOO_LARGE);
    return NULL;
  }
  data = g_bytes_get_data (pdf, &size);
  if (!way_visit_pdf_is (data, size)) {
    refuse (error, source, "this is not a PDF");
    return NULL;
  }
  if (!check_tables (data, size)) {
    refuse (error, source, SAVED_AGAIN);
    return NULL;
  }
  handle = qpdf_init ();
  xml = extract (handle, pdf, source, error);
  qpdf_cleanup (&handle);
  return xml;
}
