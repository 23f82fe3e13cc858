/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Record of Visit that a PDF carries inside.
 *
 * What is read was sent by somebody, and may be made to do harm. Invariants:
 *
 * - A stream is unpacked here, with a limit, and never by the library, which knows none. It would
 *   unpack only tables and objects that are kept in streams; it is told to take no such table, and
 *   without one it looks for no object in a stream. (ISO 32000-1, 7.5.4, 7.5.7 and 7.5.8)
 * - The library spends up to about 300 bytes on each item that it reads, and may be led to read
 *   the same bytes as many objects. So the file may hold only so many items, and the memory that
 *   is in use is looked at after each object.
 * - The plain tables are read here first, exactly as they must be written, so that the library
 *   finds these and no others, and not too many.
 */
#include "way-visit-pdf.h"

#include "way-error.h"

#include <malloc.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

#define TAIL 40       /* bytes at the end, in which the place of the table stands */
#define ENTRY 20      /* bytes of a line of a table */
#define MAX_TABLES 64 /* one more each time that a file is saved again */
#define MAX_TRAILER 4096
#define MAX_ENTRIES 1000 /* attachments looked at */
#define MAX_DEPTH 16     /* of their tree */
#define MAX_NAME 64      /* bytes of an attachment's name that may be the record's */
/* Bytes that part one item from the next: 16 of the 256 values, so packed data that fills the
 * largest file has about 525,000. */
#define MAX_MARKS 600000
#define MAX_MEMORY ((gsize) 128 << 20) /* more than this in use, and nothing further is read */

#define PIECE (64 * 1024)

static const char NO_RECORD[] =
    "There is no Record of Visit inside this PDF; ask its sender for the XML file, or for the PDF "
    "that Waymark saves with the XML in it";
static const char SAVED_AGAIN[] =
    "This PDF was saved again by another program, in a form that Waymark does not open; ask its "
    "sender for the PDF as Waymark saved it, or for the XML file";
static const char CUT_OFF[] =
    "This PDF is not whole: its end is missing. Copy or save it again, or ask its sender for it "
    "again";
static const char TOO_LARGE[] = "The PDF is larger than any Record of Visit; ask its sender for "
                                "the PDF as Waymark saved it, or for the XML file";
static const char LOCKED[] = "This PDF is locked with a password; ask its sender for one without, "
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

/* Past one end of line, or %NULL. */
static const char *
skip_line_end (const char *at, const char *end)
{
  if (at == NULL || at >= end || (*at != '\r' && *at != '\n'))
    return NULL;
  return at + 1 < end && at[0] == '\r' && at[1] == '\n' ? at + 2 : at + 1;
}

/* Past the @number of up to ten digits, or %NULL. */
static const char *
read_digits (const char *at, const char *end, gint64 *number)
{
  const char *start = at;

  *number = 0;
  for (; at < end && at - start < 10 && g_ascii_isdigit (*at); at++)
    *number = *number * 10 + (*at - '0');
  return at > start ? at : NULL;
}

static gboolean
starts_with (const char *at, const char *end, const char *word)
{
  gsize length = strlen (word);

  return at != NULL && (gsize) (end - at) >= length && memcmp (at, word, length) == 0;
}

/* Where the last table begins, or -1. Only the form that the standard gives, at the very end, is
 * taken: whatever else is there, another reader might pass over and take an earlier one. */
static gint64
find_last_table (const char *bytes, gsize size)
{
  static const char WORD[] = "startxref";
  const char *end = bytes + size, *least = size > TAIL ? end - TAIL : bytes;

  for (const char *p = end - strlen (WORD); p >= least; p--) {
    gint64 at = -1;

    if (!starts_with (p, end, WORD))
      continue;
    p = skip_line_end (p + strlen (WORD), end);
    if (p != NULL)
      p = read_digits (p, end, &at);
    p = skip_line_end (p, end);
    if (!starts_with (p, end, "%%EOF"))
      return -1;
    p += strlen ("%%EOF");
    return p == end || skip_line_end (p, end) == end ? at : -1;
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

/* Whether this is "0000000000 00000 n" and two bytes that end the line. */
static gboolean
is_entry (const char *at)
{
  for (guint i = 0; i < 16; i++) {
    if (i == 10 ? at[i] != ' ' : !g_ascii_isdigit (at[i]))
      return FALSE;
  }
  return at[16] == ' ' && (at[17] == 'n' || at[17] == 'f') && (at[18] == ' ' || at[18] == '\r') &&
         (at[19] == '\n' || (at[18] == ' ' && at[19] == '\r'));
}

/* Past a part of a table, which says how many entries it has, or %NULL. */
static const char *
skip_section (const char *at, const char *end)
{
  gint64 first, count;

  at = read_digits (at, end, &first);
  if (at == NULL || at == end || *at != ' ')
    return NULL;
  at = read_digits (at + 1, end, &count);
  while (at != NULL && at < end && *at == ' ')
    at++;
  at = skip_line_end (at, end);
  if (at == NULL || first > G_MAXINT - count || count > (end - at) / ENTRY)
    return NULL;
  for (; count > 0; count--, at += ENTRY) {
    if (!is_entry (at))
      return NULL;
  }
  return at;
}

/* Whether there is a plain table at @at. */
static gboolean
check_table (const char *bytes, gsize size, gint64 at, gint64 *previous)
{
  const char *p, *end = bytes + size;

  if (at < 0 || (gsize) at >= size || !starts_with (bytes + at, end, "xref"))
    return FALSE;
  p = skip_line_end (bytes + at + strlen ("xref"), end);
  do {
    p = p != NULL ? skip_section (p, end) : NULL;
  } while (p != NULL && !starts_with (p, end, "trailer"));
  return p != NULL && check_trailer (p + strlen ("trailer"), end, previous);
}

/* Whether places are counted from the first byte: with a version that it can't read, the library
 * would look for another beginning further on, and count from there. */
static gboolean
check_beginning (const char *bytes, gsize size)
{
  return size > 8 && way_visit_pdf_is (bytes, size) && g_ascii_isdigit (bytes[5]) &&
         bytes[6] == '.' && g_ascii_isdigit (bytes[7]) && is_white (bytes[8]);
}

static gboolean
has_few_items (const char *bytes, gsize size)
{
  guint n_marks = 0;

  for (gsize i = 0; i < size; i++) {
    if (memchr ("()<>[]{}/% \t\r\n\f", bytes[i], 16) != NULL) /* with the zero at its end */
      n_marks++;
  }
  return n_marks <= MAX_MARKS;
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

/* The memory that the program uses. */
static gsize
get_memory (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

static gboolean
is_record (qpdf_data pdf, qpdf_oh specification)
{
  static const char *const KEYS[] = {"/UF", "/F"};

  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++) {
    qpdf_oh name = qpdf_oh_get_key (pdf, specification, KEYS[i]);

    size_t length = 0;

    if (!qpdf_oh_is_string (pdf, name))
      continue;
    qpdf_oh_get_binary_string_value (pdf, name, &length);
    if (length <= MAX_NAME &&
        strcmp (qpdf_oh_get_utf8_value (pdf, name), "record-of-visit.xml") == 0)
      return TRUE;
  }
  return FALSE;
}

/* What the search for the record may still take. */
typedef struct {
  guint n_entries;
  gsize memory; /* in use at most */
} Budget;

static gboolean
spend (Budget *budget)
{
  if (budget->n_entries == 0 || get_memory () > budget->memory)
    return FALSE;
  budget->n_entries--;
  return TRUE;
}

/* Looks for the record below @node of the tree of attachments. */
static gboolean
find_record (qpdf_data pdf, qpdf_oh node, guint depth, Budget *budget, qpdf_oh *found)
{
  qpdf_oh names, kids;

  if (depth > MAX_DEPTH || !qpdf_oh_is_dictionary (pdf, node))
    return FALSE;
  names = qpdf_oh_get_key (pdf, node, "/Names");
  kids = qpdf_oh_get_key (pdf, node, "/Kids");
  for (int i = 1; qpdf_oh_is_array (pdf, names) && i < qpdf_oh_get_array_n_items (pdf, names);
       i += 2) {
    *found = qpdf_oh_get_array_item (pdf, names, i);
    if (!spend (budget))
      return FALSE;
    if (qpdf_oh_is_dictionary (pdf, *found) && is_record (pdf, *found))
      return TRUE;
  }
  for (int i = 0; qpdf_oh_is_array (pdf, kids) && i < qpdf_oh_get_array_n_items (pdf, kids); i++) {
    if (!spend (budget))
      return FALSE;
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
  Budget budget = {MAX_ENTRIES, get_memory () + MAX_MEMORY};
  qpdf_oh root, names, found;
  GBytes *xml;

  qpdf_silence_errors (pdf);
  qpdf_set_suppress_warnings (pdf, TRUE);
  qpdf_set_ignore_xref_streams (pdf, TRUE);
  qpdf_set_attempt_recovery (pdf, FALSE); /* it would read on past what was checked */
  if ((qpdf_read_memory (pdf, "record", data, size, NULL) & QPDF_ERRORS) != 0) {
    gboolean locked = qpdf_get_error_code (pdf, qpdf_get_error (pdf)) == qpdf_e_password;

    refuse (error, source, locked ? LOCKED : "This PDF is damaged; ask its sender for it again");
    return NULL;
  }
  root = qpdf_get_root (pdf);
  names = qpdf_has_error (pdf) ? root : qpdf_oh_get_key (pdf, root, "/Names");
  if (qpdf_has_error (pdf) || !spend (&budget) || !qpdf_oh_is_dictionary (pdf, names) ||
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
    refuse (
        error,
        source,
        "The Record of Visit inside this PDF is damaged or too large; ask its sender for it again");
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
    refuse (error, source, "This is not a PDF; choose another file");
    return NULL;
  }
  if (!has_few_items (data, size)) {
    refuse (error, source, TOO_LARGE);
    return NULL;
  }
  if (g_strstr_len (data + size - MIN (size, TAIL), (gssize) MIN (size, TAIL), "%%EOF") == NULL) {
    refuse (error, source, CUT_OFF);
    return NULL;
  }
  if (!check_beginning (data, size) || !check_tables (data, size)) {
    refuse (error, source, SAVED_AGAIN);
    return NULL;
  }
  handle = qpdf_init ();
  xml = extract (handle, pdf, source, error);
  qpdf_get_error (handle); /* an error that nobody took would be printed */
  qpdf_cleanup (&handle);
  return xml;
}
