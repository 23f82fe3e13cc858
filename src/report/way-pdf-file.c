/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what cairo wrote, and writes it again with what was changed. (ISO 32000-1, 7.5)
 *
 * A library for any PDF takes each object apart and puts it together again, which takes half as
 * long as setting and drawing the pages; here most of them are copied.
 */
#include "way-pdf-file.h"

#include "way-error.h"

#include <stdlib.h>
#include <string.h>

#define HEADER "%PDF-1.7\n%\xB5\xED\xAE\xFB\n"
#define PACKING 2 /* of 9: tighter takes longer than it is worth */
#define MOST_OBJECTS 1000000
#define ENTRY_SIZE 20

typedef struct {
  WayPdfSpan text; /* between "obj" and "endobj"; NULL: there is no such object */
  char *own;       /* (nullable): holds @text, if it was set */
} Object;

struct _WayPdfFile {
  GArray *objects; /* (element-type Object), by number */
  guint root, info;
  GConverter *packer;
};

static void
object_clear (gpointer data)
{
  Object *self = data;

  g_clear_pointer (&self->own, g_free);
}

void
way_pdf_file_free (WayPdfFile *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->objects);
  g_object_unref (self->packer);
  g_free (self);
}

static gboolean
set_error (GError **error)
{
  g_set_error_literal (
      error, WAY_ERROR, WAY_ERROR_FAILED, "PDF: it cannot be finished, as it was not understood");
  return FALSE;
}

static int
compare_offsets (gconstpointer a, gconstpointer b)
{
  guint first = *(const guint *) a, second = *(const guint *) b;

  return first < second ? -1 : first > second;
}

/* Where the table of objects begins is said at the end of the file. 0: nowhere. */
static guint
find_table (const char *bytes, gsize size)
{
  gsize tail = MIN (size, 64);
  const char *word = g_strrstr_len (bytes + size - tail, (gssize) tail, "startxref");
  WayPdfLexer lexer = {.at = word, .end = bytes + size};
  guint table;

  if (word == NULL || way_pdf_next_token (&lexer) != WAY_PDF_TOKEN_WORD ||
      way_pdf_next_token (&lexer) != WAY_PDF_TOKEN_OPERAND ||
      !way_pdf_get_integer ((WayPdfSpan){lexer.token, lexer.size}, &table) || table >= size)
    return 0;
  return table;
}

/* "xref 0 180". Returns: (transfer full) (nullable) (element-type guint): where each object
 * begins; 0 for one that there is not */
static GArray *
read_table (WayPdfLexer *lexer, gsize size)
{
  guint n = 0;
  GArray *offsets;

  if (way_pdf_next_token (lexer) == WAY_PDF_TOKEN_END || !way_pdf_token_is (lexer, "xref") ||
      way_pdf_next_token (lexer) == WAY_PDF_TOKEN_END || !way_pdf_token_is (lexer, "0") ||
      way_pdf_next_token (lexer) == WAY_PDF_TOKEN_END ||
      !way_pdf_get_integer ((WayPdfSpan){lexer->token, lexer->size}, &n) || n > MOST_OBJECTS)
    return NULL;
  while (lexer->at < lexer->end && way_pdf_is_space (*lexer->at))
    lexer->at++;
  if ((gsize) (lexer->end - lexer->at) < (gsize) n * ENTRY_SIZE)
    return NULL;
  offsets = g_array_sized_new (FALSE, TRUE, sizeof (guint), n);
  for (guint i = 0; i < n; i++, lexer->at += ENTRY_SIZE) {
    guint64 offset = g_ascii_strtoull (lexer->at, NULL, 10);
    guint value = lexer->at[17] == 'n' && offset < size ? (guint) offset : 0;

    g_array_append_val (offsets, value);
  }
  return offsets;
}

/* What lies between "12 0 obj" and "endobj" of @object. */
static gboolean
read_object (WayPdfSpan object, guint number, WayPdfSpan *text)
{
  static const char END[] = "endobj";
  WayPdfLexer lexer = {.at = object.at, .end = object.at + object.size};
  const char *end = object.at + object.size;
  guint found;

  if (way_pdf_next_token (&lexer) == WAY_PDF_TOKEN_END ||
      !way_pdf_get_integer ((WayPdfSpan){lexer.token, lexer.size}, &found) || found != number ||
      way_pdf_next_token (&lexer) == WAY_PDF_TOKEN_END ||
      way_pdf_next_token (&lexer) == WAY_PDF_TOKEN_END || !way_pdf_token_is (&lexer, "obj"))
    return FALSE;
  while (end > lexer.at && way_pdf_is_space (end[-1]))
    end--;
  if ((gsize) (end - lexer.at) < strlen (END) ||
      memcmp (end - strlen (END), END, strlen (END)) != 0)
    return FALSE;
  end -= strlen (END);
  while (end > lexer.at && way_pdf_is_space (end[-1]))
    end--;
  while (lexer.at < end && way_pdf_is_space (*lexer.at))
    lexer.at++;
  *text = (WayPdfSpan){lexer.at, (gsize) (end - lexer.at)};
  return TRUE;
}

/* An object ends where the next one begins, the last one at the table. */
static gboolean
read_objects (WayPdfFile *self, const char *bytes, GArray *offsets, guint table)
{
  g_autoptr (GArray) sorted = g_array_copy (offsets);

  g_array_append_val (sorted, table);
  g_array_sort (sorted, compare_offsets);
  for (guint i = 0; i < offsets->len; i++) {
    guint offset = g_array_index (offsets, guint, i), at = 0;
    Object object = {{NULL, 0}, NULL};

    if (offset > 0) {
      if (!g_array_binary_search (sorted, &offset, compare_offsets, &at) || at + 1 >= sorted->len ||
          !read_object (
              (WayPdfSpan){bytes + offset, g_array_index (sorted, guint, at + 1) - offset},
              i,
              &object.text))
        return FALSE;
    }
    g_array_append_val (self->objects, object);
  }
  return TRUE;
}

static gboolean
read_trailer (WayPdfFile *self, WayPdfLexer *lexer)
{
  WayPdfSpan trailer, root, info;

  if (way_pdf_next_token (lexer) == WAY_PDF_TOKEN_END || !way_pdf_token_is (lexer, "trailer") ||
      !way_pdf_next_value (lexer, &trailer) || !way_pdf_dict_find (trailer, "/Root", &root) ||
      !way_pdf_dict_find (trailer, "/Info", &info))
    return FALSE;
  self->root = way_pdf_get_reference (root);
  self->info = way_pdf_get_reference (info);
  return way_pdf_file_get (self, self->root).size > 0 &&
         way_pdf_file_get (self, self->info).size > 0;
}

/**
 * way_pdf_file_new:
 * @bytes: a document of cairo's, restricted to version 1.4; borrowed until the file is freed
 * @error: return location for %WAY_ERROR_FAILED
 *
 * Returns: (transfer full): the document, to be changed
 */
WayPdfFile *
way_pdf_file_new (const guint8 *bytes, gsize size, GError **error)
{
  g_autoptr (WayPdfFile) self = g_new0 (WayPdfFile, 1);
  const char *text = (const char *) bytes;
  guint table = size < G_MAXINT ? find_table (text, size) : 0;
  WayPdfLexer lexer = {.at = text + table, .end = text + size};
  g_autoptr (GArray) offsets = table > 0 ? read_table (&lexer, table) : NULL;

  self->objects = g_array_new (FALSE, TRUE, sizeof (Object));
  g_array_set_clear_func (self->objects, object_clear);
  self->packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, PACKING));
  if (offsets == NULL || !read_objects (self, text, offsets, table) ||
      !read_trailer (self, &lexer)) {
    set_error (error);
    return NULL;
  }
  return g_steal_pointer (&self);
}

guint
way_pdf_file_get_root (WayPdfFile *self)
{
  return self->root;
}

guint
way_pdf_file_get_info (WayPdfFile *self)
{
  return self->info;
}

/**
 * way_pdf_file_get:
 *
 * Returns: what the object is, without a size if there is none of that number
 */
WayPdfSpan
way_pdf_file_get (WayPdfFile *self, guint number)
{
  return number < self->objects->len ? g_array_index (self->objects, Object, number).text
                                     : (WayPdfSpan){NULL, 0};
}

/**
 * way_pdf_file_find:
 * @value: (out): what the object's dictionary has for @key
 *
 * Returns: %FALSE if it has nothing
 */
gboolean
way_pdf_file_find (WayPdfFile *self, guint number, const char *key, WayPdfSpan *value)
{
  return way_pdf_dict_find (way_pdf_file_get (self, number), key, value);
}

static void
take_text (WayPdfFile *self, guint number, char *own, gsize size)
{
  Object *object = &g_array_index (self->objects, Object, number);

  g_free (object->own);
  object->own = own;
  object->text = (WayPdfSpan){own, size};
}

/**
 * way_pdf_file_set:
 * @number: an object that is a dictionary, and no stream
 * @key: with its slash
 * @value: as it is written in a file
 */
void
way_pdf_file_set (WayPdfFile *self, guint number, const char *key, const char *value)
{
  char *text;

  g_return_if_fail (number < self->objects->len);

  text = way_pdf_dict_set (way_pdf_first_value (way_pdf_file_get (self, number)), key, value);
  take_text (self, number, text, strlen (text));
}

/**
 * way_pdf_file_add:
 * @text: a value, as it is written in a file
 *
 * Returns: the number of the new object
 */
guint
way_pdf_file_add (WayPdfFile *self, const char *text)
{
  char *own = g_strdup (text);
  Object object = {{own, strlen (own)}, own};

  g_array_append_val (self->objects, object);
  return self->objects->len - 1;
}

/* Returns: (transfer full): the bytes as zlib packs them */
static GByteArray *
pack (WayPdfFile *self, const char *data, gsize size)
{
  gsize room = size + size / 100 + 64, n_read, n_written; /* more than it can become */
  GByteArray *packed = g_byte_array_sized_new ((guint) room);
  GConverterResult result;

  g_byte_array_set_size (packed, (guint) room);
  g_converter_reset (self->packer);
  result = g_converter_convert (self->packer,
                                data,
                                size,
                                packed->data,
                                room,
                                G_CONVERTER_INPUT_AT_END,
                                &n_read,
                                &n_written,
                                NULL);
  g_assert (result == G_CONVERTER_FINISHED && n_read == size);
  g_byte_array_set_size (packed, (guint) n_written);
  return packed;
}

static void
set_stream (WayPdfFile *self, guint number, const char *dict, const GByteArray *packed)
{
  GString *text = g_string_sized_new (strlen (dict) + packed->len + 32);
  gsize size;

  g_string_append (text, dict);
  g_string_append (text, "\nstream\n");
  g_string_append_len (text, (const char *) packed->data, packed->len);
  g_string_append (text, "\nendstream");
  size = text->len;
  take_text (self, number, g_string_free (text, FALSE), size);
}

/**
 * way_pdf_file_add_stream:
 * @keys: of its dictionary, besides how long it is and how it is packed
 *
 * Returns: the number of the new object
 */
guint
way_pdf_file_add_stream (WayPdfFile *self, const char *keys, const char *data, gsize size)
{
  guint number = way_pdf_file_add (self, "");
  g_autoptr (GByteArray) packed = pack (self, data, size);
  g_autofree char *dict =
      g_strdup_printf ("<< %s /Length %u /Filter /FlateDecode >>", keys, packed->len);

  set_stream (self, number, dict, packed);
  return number;
}

/* The packed bytes of a stream. */
static gboolean
find_data (WayPdfFile *self, guint number, WayPdfSpan *data)
{
  WayPdfSpan text = way_pdf_file_get (self, number), dict = way_pdf_first_value (text), value;
  const char *end = text.at + text.size, *at = dict.at + dict.size;
  guint length;

  if (!way_pdf_dict_find (dict, "/Filter", &value) || !way_pdf_span_is (value, "/FlateDecode") ||
      !way_pdf_dict_find (dict, "/Length", &value))
    return FALSE;
  if (way_pdf_get_reference (value) > 0)
    value = way_pdf_file_get (self, way_pdf_get_reference (value));
  while (at < end && way_pdf_is_space (*at))
    at++;
  if (!way_pdf_span_begins ((WayPdfSpan){at, (gsize) (end - at)}, "stream"))
    return FALSE;
  at += strlen ("stream");
  at += at < end && *at == '\r' ? 1 : 0;
  at += at < end && *at == '\n' ? 1 : 0;
  if (!way_pdf_get_integer (value, &length) || length > (gsize) (end - at))
    return FALSE;
  *data = (WayPdfSpan){at, length};
  return TRUE;
}

/**
 * way_pdf_file_unpack:
 * @number: a stream
 * @error: return location for %WAY_ERROR_FAILED
 *
 * Returns: (transfer full): what is in it
 */
GByteArray *
way_pdf_file_unpack (WayPdfFile *self, guint number, GError **error)
{
  g_autoptr (GConverter) unpacker =
      G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  g_autoptr (GByteArray) out = g_byte_array_new ();
  GConverterResult result = G_CONVERTER_CONVERTED;
  gsize used = 0, n_read, n_written;
  WayPdfSpan data;

  if (!find_data (self, number, &data)) {
    set_error (error);
    return NULL;
  }
  while (result != G_CONVERTER_FINISHED) {
    g_byte_array_set_size (out, (guint) (used + MAX (data.size * 4, 4096)));
    result = g_converter_convert (unpacker,
                                  data.at,
                                  data.size,
                                  out->data + used,
                                  out->len - used,
                                  G_CONVERTER_INPUT_AT_END,
                                  &n_read,
                                  &n_written,
                                  error);
    if (result == G_CONVERTER_ERROR)
      return NULL;
    data = (WayPdfSpan){data.at + n_read, data.size - n_read};
    used += n_written;
  }
  g_byte_array_set_size (out, (guint) used);
  return g_steal_pointer (&out);
}

/**
 * way_pdf_file_repack:
 * @number: a stream that way_pdf_file_unpack() could read
 * @data: what is to be in it instead
 */
void
way_pdf_file_repack (WayPdfFile *self, guint number, const char *data, gsize size)
{
  WayPdfSpan dict = way_pdf_first_value (way_pdf_file_get (self, number)), length;
  g_autoptr (GByteArray) packed = pack (self, data, size);
  g_autofree char *words = g_strdup_printf ("%u", packed->len);
  g_autofree char *keys = NULL;
  guint holder = way_pdf_dict_find (dict, "/Length", &length) ? way_pdf_get_reference (length) : 0;

  if (holder > 0) { /* the length is an object of its own */
    keys = g_strndup (dict.at, dict.size);
    take_text (self, holder, g_strdup (words), strlen (words));
  } else {
    keys = way_pdf_dict_set (dict, "/Length", words);
  }
  set_stream (self, number, keys, packed);
}

static void
append (GByteArray *out, const char *text)
{
  g_byte_array_append (out, (const guint8 *) text, (guint) strlen (text));
}

/* What names the document: the same bytes have the same name. */
static char *
name_of (GByteArray *out)
{
  return g_compute_checksum_for_data (G_CHECKSUM_MD5, out->data, out->len);
}

/**
 * way_pdf_file_write:
 *
 * Returns: (transfer full): the document; the same objects give the same bytes
 */
GBytes *
way_pdf_file_write (WayPdfFile *self)
{
  GByteArray *out = g_byte_array_sized_new (128 * 1024);
  g_autoptr (GString) table = g_string_sized_new (self->objects->len * ENTRY_SIZE + 256);
  g_autofree char *name = NULL;
  char line[48];

  append (out, HEADER);
  g_string_printf (table, "xref\n0 %u\n0000000000 65535 f \n", self->objects->len);
  for (guint i = 1; i < self->objects->len; i++) {
    const Object *object = &g_array_index (self->objects, Object, i);

    if (object->text.at == NULL) {
      g_string_append (table, "0000000000 65535 f \n");
      continue;
    }
    g_string_append_printf (table, "%010u 00000 n \n", out->len);
    g_snprintf (line, sizeof line, "%u 0 obj\n", i);
    append (out, line);
    g_byte_array_append (out, (const guint8 *) object->text.at, (guint) object->text.size);
    append (out, "\nendobj\n");
  }
  name = name_of (out);
  g_string_append_printf (table,
                          "trailer\n<< /Size %u /Root %u 0 R /Info %u 0 R /ID [<%s> <%s>] >>\n"
                          "startxref\n%u\n%%%%EOF\n",
                          self->objects->len,
                          self->root,
                          self->info,
                          name,
                          name,
                          out->len);
  g_byte_array_append (out, (const guint8 *) table->str, (guint) table->len);
  return g_byte_array_free_to_bytes (out);
}
