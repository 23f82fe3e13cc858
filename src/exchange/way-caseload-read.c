/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A caseload folder: its files in the order of what they refer to, one row in
 * memory at a time. A row that can't be taken is a problem, and the reading goes on.
 * A file that can't be read to its end is one too, so that the other files are looked
 * at all the same, but then the reading as a whole has failed: how many rows are missing
 * nobody knows, so that is not for the sink to pass over. */
#include "way-caseload.h"

#include "way-caseload-row.h"
#include "way-error.h"
#include "way-exchange-private.h"
#include "way-values.h"
#include "way-xml-parser.h"

#include <string.h>

#define CHUNK (64 * 1024)
#define MOST_BAD_ROWS 20000 /* of a file; then it is another file than it is taken for */

typedef struct {
  CaseloadTable table;
  GCancellable *cancellable;
  char **columns; /* as the file has them */
  guint n_bad;
  gboolean refused; /* the head was, and the sink was told */
  gboolean stopped; /* the sink or the user stopped the reading */
} Reader;

/* With another row, or with what is said of the file as a whole. */
static void
begin (Reader *self)
{
  if (self->table.sink->begin != NULL)
    self->table.sink->begin (self->table.sink);
}

/* All columns that are needed must be there; those that mean nothing are named once. */
static gboolean
head_read_cb (const char *const *columns, gpointer user_data, GError **error)
{
  Reader *self = user_data;
  const CaseloadFile *file = self->table.file;
  g_auto (GStrv) usual = caseload_file_dup_columns (file);
  g_autoptr (GString) unknown = g_string_new (NULL);

  self->columns = g_strdupv ((char **) columns);
  for (guint i = 0; usual[i] != NULL; i++) {
    if (!caseload_file_needs (file, usual[i]) || g_strv_contains (columns, usual[i]))
      continue;
    caseload_table_problem (
        &self->table,
        WAY_IMPORT_ERROR,
        1,
        usual[i],
        "The column is missing from this file; add it, or give the file its right name");
    self->refused = TRUE;
  }
  for (guint i = 0; columns[i] != NULL; i++) {
    if (*columns[i] != '\0' && !caseload_file_has_column (file, columns[i]))
      g_string_append_printf (unknown, "%s%.60s", unknown->len > 0 ? ", " : "", columns[i]);
  }
  if (unknown->len > 0) {
    g_string_prepend (unknown, "Columns that mean nothing here are ignored: ");
    caseload_table_problem (&self->table, WAY_IMPORT_NOTICE, 1, NULL, unknown->str);
  }
  if (self->refused)
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_REFUSED,
                 "%s:1: A column that is needed is missing from this file",
                 self->table.source);
  return !self->refused;
}

static gboolean
row_read_cb (const WayCsvRow *row, gpointer user_data, GError **error)
{
  Reader *self = user_data;
  g_autoptr (WayRecordSet) unit = way_record_set_new ();

  begin (self);
  if (!caseload_table_read_row (&self->table, row, unit)) {
    caseload_table_leave_out (&self->table, row);
    if (++self->n_bad < MOST_BAD_ROWS)
      return TRUE;
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_REFUSED,
                 "%s:%u: document: %u rows can’t be taken; is this the right file?",
                 self->table.source,
                 way_csv_row_get_line (row),
                 self->n_bad);
    return FALSE;
  }
  self->stopped = !self->table.sink->take (self->table.sink, unit, error);
  return !self->stopped;
}

/* All that is said of a file is "file:line: column 3: why" or "file:line: name: why". */
static void
report (Reader *self, const char *message)
{
  const char *rest =
      g_str_has_prefix (message, self->table.source) ? message + strlen (self->table.source) : "";
  char *end = NULL;
  guint64 line = *rest == ':' ? g_ascii_strtoull (rest + 1, &end, 10) : 0, number = 0;
  const char *plain = end != NULL && g_str_has_prefix (end, ": ") ? end + 2 : message;
  const char *why = plain != message ? strstr (plain, ": ") : NULL;
  g_autofree char *column = NULL;

  if (why != NULL) {
    column = g_strndup (plain, (gsize) (why - plain));
    if (g_str_has_prefix (column, "column "))
      number = g_ascii_strtoull (column + strlen ("column "), NULL, 10);
    if (self->columns != NULL && number > 0 && number <= g_strv_length (self->columns) &&
        *self->columns[number - 1] != '\0') {
      g_free (column);
      column = g_strdup (self->columns[number - 1]);
    }
  }
  caseload_table_problem (&self->table,
                          WAY_IMPORT_ERROR,
                          (guint) MIN (line, G_MAXUINT),
                          column != NULL ? column : "document",
                          why != NULL ? why + 2 : plain);
}

static void
bad_row_cb (const WayCsvRow *row, const char *message, gpointer user_data)
{
  Reader *self = user_data;

  begin (self);
  report (self, message);
  caseload_table_leave_out (&self->table, row);
}

/* In which encoding the file is, is seen from the whole of it, before its first row is taken. */
static WayCsvEncoding
learn_encoding (GInputStream *stream, GCancellable *cancellable)
{
  g_autofree char *piece = g_malloc (CHUNK);
  WayCsvLetters letters = {0};
  gsize n_kept = 0; /* a letter may be cut */
  goffset n_read = 0;
  gssize n;

  do {
    gsize n_counted, n_bytes;

    n = g_input_stream_read (stream, piece + n_kept, CHUNK - n_kept, cancellable, NULL);
    n_bytes = n_kept + (gsize) MAX (n, 0);
    n_counted = way_csv_letters_count (&letters, piece, n_bytes, n <= 0);
    n_kept = n_bytes - n_counted;
    n_read += MAX (n, 0);
    memmove (piece, piece + n_counted, n_kept);
  } while (n > 0 && n_read <= WAY_XML_MAX_SIZE); /* feed() says that it is too large */
  return way_csv_letters_decide (&letters);
}

/* Of the file from where it was read to. */
static void
refuse_rest (const char *name, const WayCsvReader *csv, GError **error, const char *why)
{
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_REFUSED,
               "%s:%u: document: %s",
               name,
               way_csv_row_get_line (csv),
               why);
}

static gboolean
feed (const char *name,
      WayCsvReader *csv,
      GInputStream *stream,
      GCancellable *cancellable,
      GError **error)
{
  g_autofree char *piece = g_malloc (CHUNK);
  g_autoptr (GError) problem = NULL;
  goffset n_bytes = 0;
  gssize n;

  do {
    n = g_input_stream_read (stream, piece, CHUNK, cancellable, &problem);
    if (n < 0 && g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_propagate_error (error, g_steal_pointer (&problem));
    else if (n < 0)
      refuse_rest (name,
                   csv,
                   error,
                   "The file could not be read to its end; copy it to this computer and try again");
    if (n < 0)
      return FALSE;
    n_bytes += n;
    if (n_bytes > WAY_XML_MAX_SIZE) { /* it grew, or is no file with an end */
      refuse_rest (name, csv, error, "The file is larger than 512 MiB; is it the right one?");
      return FALSE;
    }
    if (n > 0 && !way_csv_reader_feed (csv, piece, (gsize) n, error))
      return FALSE;
  } while (n > 0);
  return way_csv_reader_finish (csv, error);
}

/* Most tables of measurements have no ids, and are long. */
static gboolean
id_head_cb (const char *const *columns, gpointer user_data, GError **error)
{
  if (g_strv_contains (columns, "id"))
    return TRUE;
  g_set_error_literal (error, WAY_ERROR, WAY_ERROR_REFUSED, "has no ids");
  return FALSE;
}

static gboolean
id_read_cb (const WayCsvRow *row, gpointer user_data, GError **error)
{
  caseload_table_note_id (user_data, row);
  return TRUE;
}

static void
bad_id_cb (const WayCsvRow *row, const char *message, gpointer user_data)
{
  caseload_table_note_id (user_data, row);
}

/* Which ids stand in several rows. What can't be read is a problem when its turn comes. */
static void
find_twice (Reader *self, GInputStream *stream, WayCsvEncoding encoding)
{
  g_autoptr (WayCsvReader) csv = way_csv_reader_new (self->table.source, id_read_cb, &self->table);

  way_csv_reader_set_head_func (csv, id_head_cb);
  way_csv_reader_set_bad_row_func (csv, bad_id_cb);
  way_csv_reader_set_encoding (csv, encoding);
  feed (self->table.source, csv, stream, self->cancellable, NULL);
  g_hash_table_remove_all (self->table.ids);
}

/* What must be known of the whole of a file before its first row is taken; of a stream that can't
 * be read twice it is not. @self: (nullable): whose ids matter */
static void
look_ahead (Reader *self, WayCsvReader *csv, GInputStream *stream, GCancellable *cancellable)
{
  GSeekable *seekable = G_IS_SEEKABLE (stream) ? G_SEEKABLE (stream) : NULL;
  WayCsvEncoding encoding;
  goffset start;

  if (seekable == NULL || !g_seekable_can_seek (seekable))
    return;
  start = g_seekable_tell (seekable);
  encoding = learn_encoding (stream, cancellable);
  way_csv_reader_set_encoding (csv, encoding);
  if (self != NULL && g_seekable_seek (seekable, start, G_SEEK_SET, NULL, NULL))
    find_twice (self, stream, encoding);
  g_seekable_seek (seekable, start, G_SEEK_SET, NULL, NULL);
}

static void
say_what_was_assumed (Reader *self, const WayCsvReader *csv)
{
  g_autofree char *message = NULL;

  if (way_csv_reader_is_windows_1252 (csv))
    caseload_table_problem (&self->table,
                            WAY_IMPORT_NOTICE,
                            1,
                            NULL,
                            "The file is written in Windows-1252, not UTF-8, and read as such");
  if (self->table.n_without_from == 0)
    return;
  message = g_strdup_printf ("is not said for %u %s at the setting from birth",
                             self->table.n_without_from,
                             self->table.n_without_from == 1 ? "child, who counts as"
                                                             : "children, who count as");
  caseload_table_problem (&self->table, WAY_IMPORT_NOTICE, 1, "setting_from", message);
}

/* How many rows are missing nobody knows. */
static void
leave_out_rest (Reader *self, const char *message, GString *broken)
{
  if (!self->refused) {
    begin (self);
    report (self, message);
  }
  if (broken != NULL && broken->len == 0)
    g_string_append (broken, message);
  if (self->table.sink->left_out != NULL)
    self->table.sink->left_out (self->table.sink, self->table.file->type, NULL);
}

static gboolean
read_stream (Reader *self, GInputStream *stream, GString *broken, GError **error)
{
  g_autoptr (WayCsvReader) csv = way_csv_reader_new (self->table.source, row_read_cb, self);
  g_autoptr (GError) problem = NULL;
  gboolean ok;

  way_csv_reader_set_head_func (csv, head_read_cb);
  way_csv_reader_set_bad_row_func (csv, bad_row_cb);
  begin (self);
  look_ahead (self, csv, stream, self->cancellable);
  ok = feed (self->table.source, csv, stream, self->cancellable, &problem);
  say_what_was_assumed (self, csv);
  if (ok)
    return TRUE;
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_CANCELLED,
                 "%s: Reading was stopped, and nothing was imported",
                 self->table.source);
    return FALSE;
  }
  if (self->stopped) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  leave_out_rest (self, problem->message, broken);
  return TRUE;
}

/* See CaseloadTable and way_caseload_read(). */
gboolean
way_caseload_read_table (const CaseloadSource *source,
                         const char *file,
                         GInputStream *stream,
                         GCancellable *cancellable,
                         GError **error)
{
  Reader self = {.cancellable = cancellable};
  gboolean ok;

  self.table.file = caseload_file_find (file);
  g_return_val_if_fail (self.table.file != NULL, FALSE);
  self.table.source = g_intern_string (file);
  self.table.sink = source->sink;
  self.table.today = source->today;
  self.table.enrolled = source->enrolled;
  self.table.viewed = source->viewed;
  self.table.peopled = source->peopled;
  self.table.twice = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.table.ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  caseload_ids_init (&self.table.rows);
  ok = read_stream (&self, stream, source->broken, error);
  caseload_ids_clear (&self.table.rows);
  g_hash_table_unref (self.table.ids);
  g_hash_table_unref (self.table.twice);
  g_strfreev (self.columns);
  return ok;
}

typedef struct {
  const char *column;
  const char *type;
  GHashTable *ids;
} Named;

static gboolean
named_read_cb (const WayCsvRow *row, gpointer user_data, GError **error)
{
  const Named *named = user_data;
  const char *cell = way_csv_row_get (row, named->column);
  g_autofree char *bare = g_strstrip (g_strdup (cell != NULL ? cell : ""));

  if (*bare != '\0')
    g_hash_table_add (named->ids, caseload_dup_id (named->type, bare));
  return TRUE;
}

/* A row that is left out here is a problem when its turn comes. */
static void
pass_over_cb (const WayCsvRow *row, const char *message, gpointer user_data)
{
}

/* (transfer full) (nullable): where @file is in @folder, in capitals or not, as other programs
 * name it; a link counts, wherever it leads. */
static char *
dup_path (const char *folder, const char *file)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return g_steal_pointer (&path);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    if (g_ascii_strcasecmp (name, file) == 0)
      return g_build_filename (folder, name, NULL);
  }
  return NULL;
}

/* (transfer full) (element-type utf8): the ids of @type that @file names in its column of that
 * name, looked up before the file's turn. */
static GHashTable *
find_named (const char *folder, const char *file, const char *type, GCancellable *cancellable)
{
  g_autofree char *path = dup_path (folder, file);
  g_autoptr (GInputStream) stream = path != NULL ? way_xml_open (path, NULL) : NULL;
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Named named = {type, type, ids};
  g_autoptr (WayCsvReader) csv = way_csv_reader_new (file, named_read_cb, &named);

  way_csv_reader_set_bad_row_func (csv, pass_over_cb);
  if (stream == NULL)
    return ids;
  look_ahead (NULL, csv, stream, cancellable);
  feed (file, csv, stream, cancellable, NULL); /* its errors come in its turn */
  return ids;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
notice_unread (WayImportSink *sink, const char *name)
{
  sink->problem (sink,
                 WAY_IMPORT_NOTICE,
                 way_xml_source_name (name),
                 0,
                 NULL,
                 caseload_file_is_later (name)
                     ? "This version of Waymark has no place for this file yet; it is ignored"
                     : "This is no file of a caseload and is ignored");
}

static gboolean
refuse (GError **error, const char *folder, const char *why)
{
  g_set_error (error, WAY_ERROR, WAY_ERROR_REFUSED, "%s: %s", folder, why);
  return FALSE;
}

/* Two names that only their capitals tell apart: which of them is meant, nobody can know, so that
 * nothing of the folder is taken. Files that are not read are named: a misspelt one is noticed. */
static gboolean
look_through (const char *folder, GDir *dir, WayImportSink *sink, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL); /* CaseloadFile → its name */
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    if (*name != '.')
      g_ptr_array_add (names, g_strdup (name));
  }
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    const CaseloadFile *file;
    const char *first;

    name = g_ptr_array_index (names, i);
    file = caseload_file_find (name);
    first = file != NULL ? g_hash_table_lookup (known, file) : NULL;
    if (first != NULL) {
      g_autofree char *why = g_strdup_printf (
          "“%s” and “%s” are the same table twice; leave only one of them in the folder",
          first,
          name);

      return refuse (error, folder, why);
    }
    if (file != NULL)
      g_hash_table_insert (known, (gpointer) file, (gpointer) name);
    else
      notice_unread (sink, name);
  }
  return g_hash_table_size (known) > 0 ||
         refuse (
             error,
             folder,
             "The folder holds no file of a caseload, such as children.csv; is it the right one?");
}

static gboolean
refuse_folder (const char *folder, const GError *problem, GError **error)
{
  const char *why = "The folder could not be read; copy it to this computer and try again";

  if (g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
    why = "This is a file, not a folder; give the folder that it is in";
  else if (g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    why = "There is no such folder; look whether its name is right";
  else if (g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_ACCES))
    why = "You may not read this folder; ask whoever it belongs to";
  return refuse (error, folder, why);
}

static gboolean
read_file (const CaseloadSource *source,
           const char *folder,
           const char *file,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *path = dup_path (folder, file);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) problem = NULL;
  Reader unread = {.table = {.file = caseload_file_find (file), .sink = source->sink}};

  if (path == NULL)
    return TRUE;
  unread.table.source = way_xml_source_name (path); /* in capitals, where it is */
  stream = way_xml_open (path, &problem);
  if (stream != NULL)
    return way_caseload_read_table (source, unread.table.source, stream, cancellable, error);
  leave_out_rest (&unread, problem->message, source->broken);
  return TRUE;
}

/* See way_caseload_read(). */
gboolean
way_caseload_read_on (const char *folder,
                      WayDate today,
                      WayImportSink *sink,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GHashTable) enrolled = NULL, viewed = NULL, peopled = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &problem);
  g_autoptr (GString) broken = g_string_new (NULL);
  CaseloadSource source = {.sink = sink, .today = today, .broken = broken};

  if (dir == NULL)
    return refuse_folder (folder, problem, error);
  if (!look_through (folder, dir, sink, error))
    return FALSE;
  source.enrolled = enrolled = find_named (folder, "enrolments.csv", "child", cancellable);
  source.viewed = viewed = find_named (folder, "visit_views.csv", "visit", cancellable);
  source.peopled = peopled = find_named (folder, "visit_people.csv", "visit", cancellable);
  for (guint i = 0; i < N_CASELOAD_FILES; i++) {
    if (!read_file (&source, folder, CASELOAD_FILES[i].file, cancellable, error))
      return FALSE;
  }
  if (broken->len == 0)
    return TRUE;
  g_set_error_literal (error, WAY_ERROR, WAY_ERROR_REFUSED, broken->str);
  return FALSE;
}

/**
 * way_caseload_read:
 * @folder: a folder of CSV tables; each is optional
 * @sink: gets a unit for each row: its record, and those its other columns make. A row or a file
 *   that can't be taken is a problem with line and column; the others are read on
 * @cancellable: (nullable)
 *
 * Ids that are no UUIDs are mapped to name-based ones, so the same folder twice is the same
 * records. Codes of lists that the service may edit are given as they are.
 *
 * Returns: %FALSE with %WAY_ERROR_REFUSED if the folder can't be read or holds no such table, or
 *   if one of the tables can't be opened or read to its end; or with what the sink gave
 */
gboolean
way_caseload_read (const char *folder,
                   WayImportSink *sink,
                   GCancellable *cancellable,
                   GError **error)
{
  return way_caseload_read_on (folder, way_date_today (), sink, cancellable, error);
}
