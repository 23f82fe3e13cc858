/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A caseload as a folder of tables, in the form that way_caseload_read() takes.
 *
 * Every file is written, an empty one with its head alone, so that no table of an
 * earlier export stays. Beside the usual columns a file gets one for each other
 * field that has a value, and one for the ids where reading would not find the
 * same ones by itself. */
#include "way-caseload.h"

#include "way-caseload-files.h"
#include "way-caseload-stays.h"
#include "way-csv.h"
#include "way-error.h"
#include "way-file.h"
#include "way-values.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  const char *folder;
  WayRecordSet *records;
  GHashTable *by_visit[3];          /* visit id -> (element-type WayRecord), as VISIT_PARTS */
  GHashTable *withheld;             /* ids of children whose address stays here */
  char *arriving[N_CASELOAD_FILES]; /* what becomes each file, from when it is there */
} Writer;

static const WayRecordType *const VISIT_PARTS[] = {
    WAY_VISIT_CHILD, WAY_VISIT_PERSON, WAY_VISIT_VIEW};
enum { CHILDREN, PEOPLE, VIEWS };

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const WayField *position = user_data;
  const WayRecord *first = *(WayRecord *const *) a, *second = *(WayRecord *const *) b;
  double p = way_field_number (position, first), q = way_field_number (position, second);
  int order = 0;

  if (first->type == WAY_MEASUREMENT) {
    const WayMeasurement *x = (gconstpointer) first, *y = (gconstpointer) second;

    order = g_strcmp0 (x->target, y->target);
    if (order == 0 && x->date != y->date)
      order = x->date < y->date ? -1 : 1;
  } else if (first->type != WAY_ACTION) { /* a view or a person */
    const WayField *visit = way_record_type_find (first->type, "visit");

    order = g_strcmp0 (way_field_string (visit, first), way_field_string (visit, second));
  } else {
    const WayAction *x = (gconstpointer) first, *y = (gconstpointer) second;

    order = g_strcmp0 (x->visit, y->visit);
    if (order == 0)
      order = g_strcmp0 (x->review, y->review);
  }
  if (order == 0 && !isnan (p) && !isnan (q) && p != q)
    order = p < q ? -1 : 1;
  return order;
}

/* Whether the columns of visits.csv say all of it: at most one view of each person, in the order of
 * the columns, and nothing about it but the words. */
static gboolean
views_fit_columns (GPtrArray *views)
{
  guint next = 0;

  for (guint i = 0; i < views->len; i++) {
    const WayVisitView *view = g_ptr_array_index (views, i);

    if (view->child != NULL || view->said_by != NULL || view->how != NULL ||
        view->verbatim != WAY_UNKNOWN)
      return FALSE;
    while (next < WAY_N_VIEWS && g_strcmp0 (view->whose, WAY_VIEWS[next]) != 0)
      next++;
    if (next++ >= WAY_N_VIEWS)
      return FALSE;
  }
  return TRUE;
}

/* Whether the column of visits.csv brings back who was there: no name has what it is split by. */
static gboolean
people_fit_column (GPtrArray *people)
{
  for (guint i = 0; i < people->len; i++) {
    const WayVisitPerson *person = g_ptr_array_index (people, i);
    g_autoptr (WayVisitPerson) again = way_record_new (WAY_VISIT_PERSON);
    g_autofree char *text = caseload_person_dup_text (person);
    g_autofree char *bare = g_strstrip (g_strdup (text));

    caseload_person_read_text (again, bare);
    if (*bare == '\0' || strchr (text, ';') != NULL || g_strcmp0 (again->name, person->name) != 0 ||
        g_strcmp0 (again->role, person->role) != 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_row_of_its_own (Writer *self, const WayRecord *record)
{
  guint which = record->type == WAY_VISIT_PERSON ? PEOPLE : VIEWS;
  GPtrArray *parts;
  const char *visit;

  if (record->type != VISIT_PARTS[which])
    return TRUE;
  visit = way_field_string (way_record_type_find (record->type, "visit"), record);
  parts = visit != NULL ? g_hash_table_lookup (self->by_visit[which], visit) : NULL;
  return parts != NULL &&
         !(which == PEOPLE ? people_fit_column (parts) : views_fit_columns (parts));
}

/* (transfer container): the rows of a file, in an order that reading finds again. */
static GPtrArray *
dup_rows (Writer *self, const CaseloadFile *file)
{
  GPtrArray *list = way_record_set_list (self->records, file->type);
  GPtrArray *rows = g_ptr_array_new ();
  const WayField *position = caseload_position_field (file->type);

  for (guint i = 0; i < list->len; i++) {
    if (is_row_of_its_own (self, g_ptr_array_index (list, i)))
      g_ptr_array_add (rows, g_ptr_array_index (list, i));
  }
  if (position != NULL)
    g_ptr_array_sort_with_data (rows, compare_rows, (gpointer) position);
  return rows;
}

/* Whether reading the rows without ids would give them the ids that they have. */
static gboolean
has_usual_ids (const CaseloadFile *file, GPtrArray *rows)
{
  CaseloadIds ids;
  gboolean same = TRUE;

  caseload_ids_init (&ids);
  for (guint i = 0; i < rows->len && same; i++) {
    const WayRecord *record = g_ptr_array_index (rows, i);
    g_autofree char *id = caseload_ids_dup (&ids, file, record);

    same = g_strcmp0 (id, record->id) == 0;
  }
  caseload_ids_clear (&ids);
  return same;
}

static gboolean
has_usual_positions (const WayField *position, GPtrArray *rows)
{
  CaseloadIds ids;
  gboolean same = TRUE;

  caseload_ids_init (&ids);
  for (guint i = 0; i < rows->len && same; i++) {
    gconstpointer record = g_ptr_array_index (rows, i);

    same = way_field_number (position, record) == caseload_ids_next_position (&ids, record);
  }
  caseload_ids_clear (&ids);
  return same;
}

static gboolean
is_used (const WayField *field, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++) {
    if (way_field_is_known (field, g_ptr_array_index (rows, i)))
      return TRUE;
  }
  return FALSE;
}

/* (transfer full) (element-type utf8) */
static GPtrArray *
choose_columns (const CaseloadFile *file, GPtrArray *rows)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) usual = caseload_file_dup_columns (file);
  const WayField *position = caseload_position_field (file->type);

  for (guint i = 0; usual[i] != NULL; i++) {
    /* enrolments.csv has these */
    if (file->type != WAY_CHILD || !g_str_has_prefix (usual[i], "setting"))
      g_ptr_array_add (columns, g_strdup (usual[i]));
  }
  for (guint i = 0; i < file->type->n_fields; i++) {
    const WayField *field = &file->type->fields[i];

    if (!g_strv_contains ((const char *const *) usual, field->name) && is_used (field, rows) &&
        !caseload_field_stays (file->type, field->name) &&
        (field != position || !has_usual_positions (field, rows)))
      g_ptr_array_add (columns, g_strdup (field->name));
  }
  if (!caseload_file_needs (file, "id") && !has_usual_ids (file, rows))
    g_ptr_array_add (columns, g_strdup ("id"));
  return columns;
}

static void
append (GString *cell, const char *between, const char *text)
{
  if (cell->len > 0)
    g_string_append (cell, between);
  g_string_append (cell, text);
}

static GPtrArray *
get_parts (Writer *self, guint which, const WayRecord *visit)
{
  return g_hash_table_lookup (self->by_visit[which], visit->id);
}

/* The columns of visits.csv that are lists; see the reader. */
static char *
dup_visit_cell (Writer *self, const WayRecord *visit, const char *column)
{
  g_autoptr (GString) cell = g_string_new (NULL);
  guint which = strcmp (column, "children") == 0  ? CHILDREN
                : strcmp (column, "present") == 0 ? PEOPLE
                                                  : VIEWS;
  GPtrArray *parts = get_parts (self, which, visit);

  for (guint i = 0; parts != NULL && i < parts->len; i++) {
    gconstpointer part = g_ptr_array_index (parts, i);

    if (which == CHILDREN) {
      append (cell, ";", ((const WayVisitChild *) part)->child);
    } else if (which == PEOPLE) {
      g_autofree char *person = caseload_person_dup_text (part);

      append (cell, "; ", person);
    } else {
      const WayVisitView *view = part;

      if (view->whose != NULL && view->text != NULL && g_str_has_prefix (column, view->whose))
        append (cell, "\n\n", view->text);
    }
  }
  return g_string_free (g_steal_pointer (&cell), FALSE);
}

static char *
dup_cell (Writer *self, const WayRecord *record, const char *column)
{
  const WayField *field = way_record_type_find (record->type, column);
  char *text;

  if (strcmp (column, "id") == 0)
    return g_strdup (record->id != NULL ? record->id : "");
  if (record->type == WAY_CHILD && caseload_field_is_address (column) &&
      g_hash_table_contains (self->withheld, record->id))
    return g_strdup ("");
  if (field == NULL)
    return record->type == WAY_VISIT ? dup_visit_cell (self, record, column) : g_strdup ("");
  text = way_field_dup_text (field, record);
  return text != NULL ? text : g_strdup ("");
}

static char *
dup_path (Writer *self, const CaseloadFile *file)
{
  return g_build_filename (self->folder, file->file, NULL);
}

/* How the names of the files begin that are yet to take their places; no other file has such a
 * name. */
static char *
dup_arriving_prefix (guint number)
{
  return g_strdup_printf (".%s.waymark-", CASELOAD_FILES[number].file);
}

/* What an export that was killed left in the folder: children's data that nobody would find. */
static void
remove_leftovers (Writer *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    for (guint i = 0; i < N_CASELOAD_FILES; i++) {
      g_autofree char *prefix = dup_arriving_prefix (i);
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      if (g_str_has_prefix (name, prefix))
        g_remove (path);
    }
  }
}

/* A new file beside the one that it becomes, with a name that nothing in the folder has. */
static gboolean
reserve (Writer *self, guint number, GError **error)
{
  g_autofree char *prefix = dup_arriving_prefix (number);
  g_autofree char *name = g_strconcat (prefix, "XXXXXX", NULL);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  int fd = g_mkstemp_full (path, O_WRONLY | O_CLOEXEC, 0600);

  if (fd < 0) {
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_IO,
                 "Nothing can be written in “%s” (%s); choose another folder, or allow it there",
                 self->folder,
                 g_strerror (errno));
    return FALSE;
  }
  close (fd);
  self->arriving[number] = g_steal_pointer (&path);
  return TRUE;
}

static gboolean
write_file (Writer *self, guint number, GError **error)
{
  const CaseloadFile *file = &CASELOAD_FILES[number];
  g_autoptr (GPtrArray) rows = dup_rows (self, file);
  g_autoptr (GPtrArray) columns = choose_columns (file, rows);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) bytes = NULL;
  GString *out = g_string_new (NULL);

  way_csv_append_row (out, columns);
  for (guint i = 0; i < rows->len; i++) {
    g_ptr_array_set_size (cells, 0);
    for (guint k = 0; k < columns->len; k++)
      g_ptr_array_add (
          cells, dup_cell (self, g_ptr_array_index (rows, i), g_ptr_array_index (columns, k)));
    way_csv_append_row (out, cells);
  }
  bytes = g_string_free_to_bytes (out);
  return reserve (self, number, error) &&
         way_file_write (self->arriving[number], file->file, bytes, error);
}

/* Before the first file is there, so that none is where one cannot be. */
static gboolean
check_places (Writer *self, GError **error)
{
  for (guint i = 0; i < N_CASELOAD_FILES; i++) {
    g_autofree char *path = dup_path (self, &CASELOAD_FILES[i]);

    if (!g_file_test (path, G_FILE_TEST_IS_DIR))
      continue;
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_IO,
                 "“%s” is a folder, where a table is to be; name another folder for the tables",
                 path);
    return FALSE;
  }
  return TRUE;
}

/* All files take their places, or what was written of them goes. Those that are in their places
 * when one after them fails stay there: @n_left says how many. */
static gboolean
finish (Writer *self, gboolean ok, guint *n_left, GError **error)
{
  for (guint i = 0; i < N_CASELOAD_FILES; i++) {
    g_autofree char *from = g_steal_pointer (&self->arriving[i]);
    g_autofree char *to = dup_path (self, &CASELOAD_FILES[i]);

    if (ok && g_rename (from, to) != 0) {
      g_set_error (error,
                   WAY_ERROR,
                   WAY_ERROR_IO,
                   "“%s” could not be written (%s); choose another place, or make room",
                   to,
                   g_strerror (errno));
      ok = FALSE;
    }
    if (ok)
      (*n_left)++;
    else if (from != NULL)
      g_remove (from);
  }
  return ok;
}

static int
compare_parts (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const WayField *position = user_data;
  double p = way_field_number (position, *(const gpointer *) a);
  double q = way_field_number (position, *(const gpointer *) b);

  return p < q ? -1 : p > q;
}

/* What hangs on each visit, in its order. */
static GHashTable *
group_by_visit (WayRecordSet *records, const WayRecordType *type)
{
  GHashTable *groups =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  GPtrArray *list = way_record_set_list (records, type);
  const WayField *visit = way_record_type_find (type, "visit");
  GHashTableIter iter;
  gpointer group;

  for (guint i = 0; i < list->len; i++) {
    gpointer record = g_ptr_array_index (list, i);
    char *id = way_field_string (visit, record);

    if (id == NULL)
      continue;
    group = g_hash_table_lookup (groups, id);
    if (group == NULL) {
      group = g_ptr_array_new ();
      g_hash_table_insert (groups, id, group);
    }
    g_ptr_array_add (group, record);
  }
  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    g_ptr_array_sort_with_data (
        group, compare_parts, (gpointer) way_record_type_find (type, "position"));
  return groups;
}

/**
 * way_caseload_write:
 * @folder: made, for its owner alone, if it is not there but its parent is; the files of an earlier
 * export are replaced when all new ones are written, and what one that was killed left is removed
 * @records: of any types; what stays in the store is left out, see way_caseload_dup_left_out()
 * @n_left: (out): how many of its tables are in the folder, also where it failed
 *
 * Returns: %FALSE with %WAY_ERROR_IO
 */
gboolean
way_caseload_write (const char *folder, WayRecordSet *records, guint *n_left, GError **error)
{
  Writer self = {.folder = folder, .records = records};
  gboolean ok, is_new;

  *n_left = 0;
  if (!way_file_make_folder (folder, &is_new, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (VISIT_PARTS); i++)
    self.by_visit[i] = group_by_visit (records, VISIT_PARTS[i]);
  self.withheld = caseload_find_withheld (records);
  remove_leftovers (&self);
  ok = check_places (&self, error);
  for (guint i = 0; i < N_CASELOAD_FILES && ok; i++)
    ok = write_file (&self, i, error);
  ok = finish (&self, ok, n_left, error);
  if (!ok && is_new)
    g_rmdir (folder); /* goes if nothing is in it, as before */
  for (guint i = 0; i < G_N_ELEMENTS (VISIT_PARTS); i++)
    g_hash_table_unref (self.by_visit[i]);
  g_hash_table_unref (self.withheld);
  return ok;
}
