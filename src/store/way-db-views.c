/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pages show, each in as few statements as it takes. */
#include "way-db-private.h"

#include "way-error.h"
#include "way-nc-year.h"
#include "way-text.h"

#include <string.h>

void
way_child_row_free (WayChildRow *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->sort_name);
  g_free (self->preferred);
  g_free (self->year);
  g_free (self->setting);
  g_free (self->status);
  g_free (self->needs);
  g_free (self->case_state);
  g_free (self);
}

/* What a query gives about a child goes into its row. */
typedef void (*FillRow) (WayChildRow *row, WayStmt *stmt);

static void
set_setting (WayChildRow *row, WayStmt *stmt)
{
  way_set_string (&row->setting, way_stmt_text (stmt, 1));
}

static void
set_status (WayChildRow *row, WayStmt *stmt)
{
  way_set_string (&row->status, way_stmt_text (stmt, 1));
}

static void
add_need (WayChildRow *row, WayStmt *stmt)
{
  char *needs = row->needs == NULL ? g_strdup (way_stmt_text (stmt, 1))
                                   : g_strconcat (row->needs, " ", way_stmt_text (stmt, 1), NULL);

  g_free (row->needs);
  row->needs = needs;
}

static void
set_case (WayChildRow *row, WayStmt *stmt)
{
  way_set_string (&row->case_state, way_stmt_text (stmt, 1));
}

static void
set_last_seen (WayChildRow *row, WayStmt *stmt)
{
  row->last_seen = way_stmt_date (stmt, 1);
}

static void
set_targets (WayChildRow *row, WayStmt *stmt)
{
  row->n_open_targets = (guint) way_stmt_int (stmt, 1);
}

/* Each gives the child first, as "child"; ?1 is today. Where several rows are of one child, the
 * last counts: as way_enrolment_find_main() and way_sen_status_find() have it. All are answered
 * from indexes in their order, but for rows of one day. */
#define TODAY_INSIDE(alias)                                                                        \
  alias "\"from\" <= ?1 AND coalesce (" alias "\"to\", '9999-12-31') >= ?1 "

static const struct {
  const char *sql;
  FillRow fill;
} FILLS[] = {
    {"SELECT e.\"child\" AS \"child\", s.\"name\" FROM \"enrolment\" e JOIN \"setting\" s ON "
     "s.\"id\" = "
     "e.\"setting\" WHERE coalesce (e.\"main\", 1) = 1 AND " TODAY_INSIDE (
         "e.") "ORDER BY e.\"child\", e.\"from\", e.\"id\"",
     set_setting},
    {"SELECT \"child\", \"provision\" FROM \"sen_status\" WHERE " TODAY_INSIDE (
         "") "ORDER BY \"child\", \"from\", \"provision\" DESC",
     set_status},
    {"SELECT \"child\", \"type\" FROM \"need\" WHERE coalesce (\"from\", '') <= ?1 AND "
     "coalesce (\"to\", '9999-12-31') >= ?1 ORDER BY \"child\", \"rank\"",
     add_need},
    {"SELECT \"child\", CASE WHEN \"closed\" < ?1 THEN 'closed' ELSE coalesce ((SELECT \"status\" "
     "FROM \"case_status\" WHERE \"case\" = c.\"id\" AND \"from\" <= ?1 ORDER BY \"from\" DESC "
     "LIMIT 1), 'active') END FROM \"case\" c WHERE \"opened\" <= ?1 ORDER BY \"child\", "
     "\"opened\"",
     set_case},
    {"SELECT \"id\" AS \"child\", (SELECT max (\"date\") FROM \"visit_day\" WHERE \"child\" = "
     "c.\"id\" AND "
     "\"date\" <= ?1) FROM \"child\" c",
     set_last_seen},
    {"SELECT \"child\", count (*) FROM \"target\" WHERE \"state\" = 'open' AND \"ended\" IS NULL "
     "GROUP BY \"child\"",
     set_targets},
};

static char *
dup_sort_name (const char *surname, const char *forename)
{
  g_autofree char *by_surname = g_strconcat (surname, " ", forename, NULL);

  return way_text_fold_for_search (by_surname);
}

static WayChildRow *
read_child (WayStmt *stmt, WayDate today)
{
  WayChildRow *row = g_new0 (WayChildRow, 1);

  row->id = g_strdup (way_stmt_text (stmt, 0));
  row->name = g_strconcat (way_stmt_text (stmt, 1), " ", way_stmt_text (stmt, 2), NULL);
  row->sort_name = dup_sort_name (way_stmt_text (stmt, 2), way_stmt_text (stmt, 1));
  row->dob = way_stmt_date (stmt, 3);
  row->preferred = g_strdup (way_stmt_text (stmt, 5));
  row->year =
      way_nc_year_label_for (row->dob, way_stmt_text (stmt, 4), way_stmt_date (stmt, 6), today);
  row->year_rank =
      way_nc_year_rank (row->dob, way_stmt_text (stmt, 4), way_stmt_date (stmt, 6), today);
  return row;
}

/* @child: (nullable): of this one only */
static gboolean
fill_rows (WayDb *self, GHashTable *by_id, const char *child, WayDate today, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (FILLS); i++) {
    g_autofree char *of_child =
        child != NULL
            ? g_strconcat ("SELECT * FROM (", FILLS[i].sql, ") WHERE \"child\" = ?2", NULL)
            : NULL;
    g_auto (WayStmt) stmt = way_stmt_prepare (self, child != NULL ? of_child : FILLS[i].sql);
    WayStep step;

    if (sqlite3_bind_parameter_count (stmt.stmt) > 0)
      way_stmt_bind_date (&stmt, 1, today);
    if (child != NULL)
      way_stmt_bind_text (&stmt, 2, child);
    while ((step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW) {
      WayChildRow *row = g_hash_table_lookup (by_id, way_stmt_text (&stmt, 0));

      if (row != NULL)
        FILLS[i].fill (row, &stmt);
    }
    if (step != WAY_STEP_DONE)
      return FALSE;
  }
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(WayChildRow *const *) a)->sort_name, (*(WayChildRow *const *) b)->sort_name);
}

#define CHILD_COLUMNS                                                                              \
  "\"id\", \"forename\", \"surname\", \"dob\", \"nc_year\", \"preferred\", \"nc_year_from\""

/* A child's name and where its row is: all of it stands in an index. */
typedef struct {
  char *sort_name;
  gint64 rowid;
} Name;

static int
compare_sort_names (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Name *) a)->sort_name, ((const Name *) b)->sort_name);
}

static void
clear_name (gpointer data)
{
  g_free (((Name *) data)->sort_name);
}

/* (transfer full): of all children, by surname and forename */
static GArray *
list_names (WayDb *self, GError **error)
{
  g_autoptr (GArray) names = g_array_new (FALSE, FALSE, sizeof (Name));
  g_auto (WayStmt) stmt =
      way_stmt_prepare (self, "SELECT \"surname\", \"forename\", rowid FROM \"child\"");
  WayStep step;

  g_array_set_clear_func (names, clear_name);
  while ((step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW) {
    Name name = {.sort_name = dup_sort_name (way_stmt_text (&stmt, 0), way_stmt_text (&stmt, 1)),
                 .rowid = way_stmt_int (&stmt, 2)};

    g_array_append_val (names, name);
  }
  if (step == WAY_STEP_ERROR)
    return NULL;
  g_array_sort (names, compare_sort_names);
  return g_steal_pointer (&names);
}

/**
 * way_db_list_first_child_rows:
 * @today: the day that is meant by "now"
 * @n_most: how many are wanted
 * @n_all: (out): how many children there are
 *
 * Takes about as long in a large store as in a small one.
 *
 * Returns: (transfer full) (element-type WayChildRow): the first children, by surname and forename
 */
GPtrArray *
way_db_list_first_child_rows (
    WayDb *self, WayDate today, guint n_most, guint *n_all, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) way_child_row_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) names = list_names (self, error);

  if (names == NULL)
    return NULL;
  *n_all = names->len;
  for (guint i = 0; i < MIN (names->len, n_most); i++) {
    g_auto (WayStmt) stmt =
        way_stmt_prepare (self, "SELECT " CHILD_COLUMNS " FROM \"child\" WHERE rowid = ?1");
    WayChildRow *row;

    way_stmt_bind_int (&stmt, 1, g_array_index (names, Name, i).rowid);
    if (way_stmt_step (&stmt, error) != WAY_STEP_ROW)
      return NULL;
    row = read_child (&stmt, today);
    g_ptr_array_add (rows, row);
    g_hash_table_insert (by_id, row->id, row);
    if (!fill_rows (self, by_id, row->id, today, error))
      return NULL;
  }
  return g_steal_pointer (&rows);
}

/**
 * way_db_list_child_rows:
 * @today: the day that is meant by "now"
 *
 * Returns: (transfer full) (element-type WayChildRow): all children, by surname and forename
 */
GPtrArray *
way_db_list_child_rows (WayDb *self, WayDate today, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) way_child_row_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (WayStmt) stmt = way_stmt_prepare (self, "SELECT " CHILD_COLUMNS " FROM \"child\"");
  WayStep step;

  while ((step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW) {
    WayChildRow *row = read_child (&stmt, today);

    g_ptr_array_add (rows, row);
    g_hash_table_insert (by_id, row->id, row);
  }
  if (step == WAY_STEP_ERROR)
    return NULL;
  if (!fill_rows (self, by_id, NULL, today, error))
    return NULL;
  g_ptr_array_sort (rows, compare_names);
  return g_steal_pointer (&rows);
}

#define VISITS "(SELECT \"visit\" FROM \"visit_child\" WHERE \"child\" = ?1)"
#define CASES "(SELECT \"id\" FROM \"case\" WHERE \"child\" = ?1)"
#define TARGETS "(SELECT \"id\" FROM \"target\" WHERE \"child\" = ?1)"
#define REVIEWS "(SELECT \"id\" FROM \"review\" WHERE \"child\" = ?1)"

/* How a child's records of each type are found, beside those that name it in "child". */
static const struct {
  const WayRecordType *type;
  const char *condition;
} OF_CHILD[] = {
    {WAY_PRACTITIONER,
     "WHERE \"id\" IN (SELECT \"practitioner\" FROM \"visit\" WHERE \"id\" IN " VISITS " UNION "
     "SELECT \"practitioner\" FROM \"allocation\" WHERE \"case\" IN " CASES ")"},
    {WAY_SETTING,
     "WHERE \"id\" IN (SELECT \"setting\" FROM \"enrolment\" WHERE \"child\" = ?1 UNION SELECT "
     "\"setting\" FROM \"visit\" WHERE \"id\" IN " VISITS " UNION SELECT \"setting\" FROM "
     "\"attendance\" WHERE \"child\" = ?1)"},
    {WAY_CHILD, "WHERE \"id\" = ?1"},
    {WAY_CASE_STATUS, "WHERE \"case\" IN " CASES},
    {WAY_ALLOCATION, "WHERE \"case\" IN " CASES},
    {WAY_MEASUREMENT, "WHERE \"target\" IN " TARGETS},
    {WAY_PHASE, "WHERE \"target\" IN " TARGETS},
    {WAY_VISIT, "WHERE \"id\" IN " VISITS},
    {WAY_VISIT_CHILD, "WHERE \"visit\" IN " VISITS},
    {WAY_VISIT_PERSON, "WHERE \"visit\" IN " VISITS},
    {WAY_VISIT_VIEW, "WHERE \"visit\" IN " VISITS},
    {WAY_ACTION,
     "WHERE \"child\" = ?1 OR (\"child\" IS NULL AND (\"visit\" IN " VISITS " OR \"review\" "
     "IN " REVIEWS "))"},
    {WAY_VISIT_ACTION, "WHERE \"visit\" IN " VISITS},
    {WAY_VISIT_TARGET, "WHERE \"visit\" IN " VISITS},
    {WAY_REVIEW_TARGET, "WHERE \"review\" IN " REVIEWS},
    {WAY_VISIT_VERSION, "WHERE \"visit\" IN " VISITS},
    {WAY_DISCLOSURE, "WHERE \"child\" = ?1 OR (\"child\" IS NULL AND \"visit\" IN " VISITS ")"},
};

static const char *
condition_of (const WayRecordType *type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (OF_CHILD); i++) {
    if (OF_CHILD[i].type == type)
      return OF_CHILD[i].condition;
  }
  return way_record_type_find (type, "child") != NULL ? "WHERE \"child\" = ?1" : NULL;
}

/**
 * way_db_gather_child:
 * @error: return location for %WAY_ERROR_NOT_FOUND
 *
 * Returns: (transfer full): all records of the child and the settings and practitioners
 *   that they name, each type by date and position
 */
WayRecordSet *
way_db_gather_child (WayDb *self, const char *child_id, GError **error)
{
  g_autoptr (WayRecordSet) records = way_record_set_new ();

  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    const char *condition = condition_of (WAY_RECORD_TYPES[i]);
    g_autoptr (GPtrArray) rows = NULL;

    if (condition == NULL)
      continue;
    rows = way_db_rows_where (self, WAY_RECORD_TYPES[i], condition, child_id, error);
    if (rows == NULL)
      return NULL;
    g_ptr_array_set_free_func (rows, NULL);
    for (guint k = 0; k < rows->len; k++)
      way_record_set_take (records, g_ptr_array_index (rows, k));
  }
  if (way_record_set_first (records, WAY_CHILD) == NULL) {
    g_set_error (error, WAY_ERROR, WAY_ERROR_NOT_FOUND, "there is no child “%.40s”", child_id);
    return NULL;
  }
  way_record_set_sort_by_position (records);
  return g_steal_pointer (&records);
}
