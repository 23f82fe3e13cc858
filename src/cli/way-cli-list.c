/* SPDX-License-Identifier: GPL-3.0-or-later */
/* list and search: many things, a line each. */
#include "way-cli.h"

#include "way-cli-json.h"
#include "way-cli-table.h"
#include "way-csv.h"
#include "way-dossier.h"
#include "way-error.h"
#include "way-terminal.h"

#include <string.h>

static char *list_format, *search_order;
static int search_limit = 50;

/* A table as texts: the head, then the rows; what is not known is empty. */
typedef struct {
  GPtrArray *columns; /* const WayField * */
  GPtrArray *records;
  const char *const *more_names; /* columns that are no fields */
  char *(*more) (WayCli *cli, gconstpointer record, guint column, GError **error);
} Listing;

static const char *const CHILD_MORE[] = {"setting", "setting_from", NULL};
static const char *const VISIT_MORE[] = {
    "children", "present", "child_view", "parent_view", "staff_view", "fingerprint", NULL};
static const char *const NO_MORE[] = {NULL};

static char *
child_more (WayCli *cli, gconstpointer record, guint column, GError **error)
{
  g_autoptr (GPtrArray) rows =
      way_db_list (cli->db, WAY_ENROLMENT, "child", WAY_RECORD (record)->id, error);

  const WayEnrolment *row =
      rows != NULL ? way_enrolment_find_main (rows, WAY_RECORD (record)->id, cli->today) : NULL;

  if (row == NULL)
    return NULL;
  return column == 0 ? g_strdup (row->setting) : way_date_dup_iso (row->from);
}

/* The texts of one column of a visit's lesser rows, joined as a cell holds them. */
static char *
join_rows (WayCli *cli,
           const WayRecordType *type,
           const char *visit,
           const char *column,
           const char *whose,
           GError **error)
{
  g_autoptr (GPtrArray) rows = way_db_list (cli->db, type, "visit", visit, error);
  const WayField *field = way_record_type_find (type, column);
  g_autoptr (GString) cell = g_string_new (NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    gpointer row = g_ptr_array_index (rows, i);

    if (whose != NULL && g_strcmp0 (((WayVisitView *) row)->whose, whose) != 0)
      continue;
    if (cell->len > 0)
      g_string_append (cell, whose != NULL ? "\n" : ";");
    g_string_append (cell, way_field_string (field, row));
  }
  return g_string_free (g_steal_pointer (&cell), FALSE);
}

static char *
visit_more (WayCli *cli, gconstpointer record, guint column, GError **error)
{
  const char *id = WAY_RECORD (record)->id;

  if (column == 0)
    return join_rows (cli, WAY_VISIT_CHILD, id, "child", NULL, error);
  if (column == 1)
    return join_rows (cli, WAY_VISIT_PERSON, id, "name", NULL, error);
  if (column < 5)
    return join_rows (cli, WAY_VISIT_VIEW, id, "text", WAY_VIEWS[column - 2], error);
  return way_db_get_fingerprint (cli->db, id, error);
}

static gboolean
listing_init (Listing *self, WayCli *cli, const WayRecordType *type, GError **error)
{
  self->records = way_db_list (cli->db, type, NULL, NULL, error);
  self->columns = g_ptr_array_new ();
  self->more_names = type == WAY_CHILD ? CHILD_MORE : type == WAY_VISIT ? VISIT_MORE : NO_MORE;
  self->more = type == WAY_CHILD ? child_more : visit_more;
  for (guint i = 0; i < type->n_fields; i++) {
    if (way_json_is_output (&type->fields[i]))
      g_ptr_array_add (self->columns, (gpointer) &type->fields[i]);
  }
  return self->records != NULL;
}

static void
listing_clear (Listing *self)
{
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
}

static GPtrArray *
dup_row (Listing *self, WayCli *cli, gconstpointer record, GError **error)
{
  g_autoptr (GPtrArray) row = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (row, g_strdup (WAY_RECORD (record)->id));
  for (guint i = 0; i < self->columns->len; i++) {
    char *text = way_field_dup_text (g_ptr_array_index (self->columns, i), record);

    g_ptr_array_add (row, text != NULL ? text : g_strdup (""));
  }
  for (guint i = 0; self->more_names[i] != NULL; i++) {
    g_autoptr (GError) local = NULL;
    char *text = self->more (cli, record, i, &local);

    if (local != NULL) {
      g_free (text);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
    g_ptr_array_add (row, text != NULL ? text : g_strdup (""));
  }
  return g_steal_pointer (&row);
}

static GPtrArray *
dup_head (Listing *self)
{
  GPtrArray *head = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (head, g_strdup ("id"));
  for (guint i = 0; i < self->columns->len; i++)
    g_ptr_array_add (head,
                     g_strdup (((const WayField *) g_ptr_array_index (self->columns, i))->name));
  for (guint i = 0; self->more_names[i] != NULL; i++)
    g_ptr_array_add (head, g_strdup (self->more_names[i]));
  return head;
}

static gboolean
print_csv (Listing *self, WayCli *cli, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GPtrArray) head = dup_head (self);

  way_csv_append_row (out, head);
  for (guint i = 0; i < self->records->len; i++) {
    g_autoptr (GPtrArray) row = dup_row (self, cli, g_ptr_array_index (self->records, i), error);

    if (row == NULL)
      return FALSE;
    way_csv_append_row (out, row);
  }
  way_cli_print ("%s", out->str);
  return TRUE;
}

static void
add_more_json (Listing *self, JsonObject *object, GPtrArray *row)
{
  for (guint i = 0; self->more_names[i] != NULL; i++) {
    const char *name = self->more_names[i];
    const char *text = g_ptr_array_index (row, 1 + self->columns->len + i);

    if (strcmp (name, "children") == 0 || strcmp (name, "present") == 0) {
      JsonArray *array = json_array_new ();
      g_auto (GStrv) parts = g_strsplit (text, ";", -1);

      for (guint k = 0; parts[k] != NULL; k++)
        json_array_add_string_element (array, parts[k]);
      json_object_set_array_member (object, name, array);
    } else if (*text == '\0') {
      json_object_set_null_member (object, name);
    } else {
      json_object_set_string_member (object, name, text);
    }
  }
}

static gboolean
print_json (Listing *self, WayCli *cli, GError **error)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *text = NULL;

  json_node_take_array (node, array);
  for (guint i = 0; i < self->records->len; i++) {
    gpointer record = g_ptr_array_index (self->records, i);
    g_autoptr (GPtrArray) row = dup_row (self, cli, record, error);
    JsonObject *object;

    if (row == NULL) {
      json_node_unref (node);
      return FALSE;
    }
    object = way_json_from_record (record);
    add_more_json (self, object, row);
    json_array_add_object_element (array, object);
  }
  text = way_json_print (node);
  way_cli_print ("%s", text);
  return TRUE;
}

/* (transfer full): whom or what an id stands for, in a few words; the id itself where that is all
 */
static char *
dup_name_of (WayCli *cli, const char *type, const char *id)
{
  if (g_strcmp0 (type, "child") == 0) {
    g_autoptr (WayChild) child = way_db_get (cli->db, WAY_CHILD, id, NULL);

    return child != NULL ? way_child_full_name (child) : g_strdup (id);
  }
  if (g_strcmp0 (type, "setting") == 0) {
    g_autoptr (WaySetting) setting = way_db_get (cli->db, WAY_SETTING, id, NULL);

    return g_strdup (setting != NULL ? setting->name : id);
  }
  if (g_strcmp0 (type, "practitioner") == 0) {
    g_autoptr (WayPractitioner) person = way_db_get (cli->db, WAY_PRACTITIONER, id, NULL);

    return g_strdup (person != NULL ? person->name : id);
  }
  return g_strdup (id);
}

/* Names in place of ids, but for the row's own id, by which it is asked for. */
static void
name_references (Listing *self, WayCli *cli, GHashTable *names, GPtrArray *row)
{
  for (guint c = 1; c < row->len; c++) {
    const WayField *field =
        c <= self->columns->len ? g_ptr_array_index (self->columns, c - 1) : NULL;
    const char *more = field == NULL ? self->more_names[c - 1 - self->columns->len] : NULL;
    const char *type = field != NULL && field->kind == WAY_FIELD_ID ? field->list
                       : g_strcmp0 (more, "children") == 0          ? "child"
                       : g_strcmp0 (more, "setting") == 0           ? "setting"
                                                                    : NULL;
    g_auto (GStrv) ids = type != NULL ? g_strsplit (g_ptr_array_index (row, c), ";", -1) : NULL;

    for (guint i = 0; ids != NULL && ids[i] != NULL; i++) {
      char *name;

      if (!g_hash_table_contains (names, ids[i]))
        g_hash_table_insert (names, g_strdup (ids[i]), dup_name_of (cli, type, ids[i]));
      name = g_strdup (g_hash_table_lookup (names, ids[i]));
      g_free (ids[i]);
      ids[i] = name;
    }
    if (ids != NULL) {
      g_free (g_ptr_array_index (row, c));
      g_ptr_array_index (row, c) = g_strjoinv (", ", ids);
    }
  }
}

static gboolean
print_table (Listing *self, WayCli *cli, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (self->records->len == 0)
    return TRUE;
  g_ptr_array_add (rows, dup_head (self));
  for (guint i = 0; i < self->records->len; i++) {
    GPtrArray *row = dup_row (self, cli, g_ptr_array_index (self->records, i), error);

    if (row == NULL)
      return FALSE;
    name_references (self, cli, names, row);
    g_ptr_array_add (rows, row);
  }
  way_cli_table_print (rows, way_terminal_get_width ());
  return TRUE;
}

static WayExit
run_list (WayCli *cli, char **words, GError **error)
{
  const char *format = list_format != NULL ? list_format : "table";
  const WayRecordType *type = words[1] != NULL ? way_cli_type_for_plural (words[1]) : NULL;
  Listing listing = {0};
  gboolean done = FALSE;

  if (!way_cli_has_at_most ("list", words, 2, error))
    return WAY_EXIT_USAGE;
  if (type == NULL) {
    g_autofree char *tables = way_cli_dup_plurals ();

    return way_cli_usage (error, "list: There is no table of that name; give one of %s", tables);
  }
  if (strcmp (format, "table") != 0 && strcmp (format, "csv") != 0 && strcmp (format, "json") != 0)
    return way_cli_usage (
        error, "list: --format: There is no format of that name; give table, csv or json");
  if (!way_cli_open (cli, error))
    return WAY_EXIT_FAILED;
  if (listing_init (&listing, cli, type, error))
    done = *format == 'c'   ? print_csv (&listing, cli, error)
           : *format == 'j' ? print_json (&listing, cli, error)
                            : print_table (&listing, cli, error);
  if (done && listing.records->len == 0)
    way_cli_note ("The list “%s” is empty: the store has nothing of the kind yet.", words[1]);
  listing_clear (&listing);
  return done ? WAY_EXIT_DONE : WAY_EXIT_FAILED;
}

static const GOptionEntry LIST_ENTRIES[] = {
    {"format", 0, 0, G_OPTION_ARG_STRING, &list_format, "table, csv or json", "FORMAT"}, {NULL}};
const WayCommand WAY_COMMAND_LIST = {
    "list",
    "children|settings|cases|targets|visits|reviews|actions [--format table|csv|json]",
    LIST_ENTRIES,
    run_list};

static void
print_hit (const WaySearchHit *hit)
{
  g_autofree char *day = way_date_dup_iso (hit->date);
  g_autofree char *snippet = g_strdelimit (g_strdup (hit->snippet), "\002\003", '*');

  g_strdelimit (snippet, "\r\n", ' ');
  way_cli_print ("%s  %s %s  %s\n    %s\n",
                 day != NULL ? day : "          ",
                 hit->type->name,
                 hit->id,
                 hit->title,
                 snippet);
}

static WayExit
run_search (WayCli *cli, char **words, GError **error)
{
  g_autofree char *text = g_strjoinv (" ", words + 1);
  g_autoptr (GPtrArray) hits = NULL;
  gboolean best = g_strcmp0 (search_order, "best") == 0;

  if (words[1] == NULL)
    return way_cli_usage (error, "search: It is not said what to look for; give one word or more");
  if (search_order != NULL && !best && strcmp (search_order, "newest") != 0)
    return way_cli_usage (error,
                          "search: --order: There is no order of that name; give newest or best");
  if (!way_cli_open (cli, error))
    return WAY_EXIT_FAILED;
  hits = way_db_search (cli->db,
                        text,
                        best ? WAY_SEARCH_BEST_FIRST : WAY_SEARCH_NEWEST_FIRST,
                        (guint) MAX (search_limit, 1),
                        error);
  if (hits == NULL)
    return WAY_EXIT_FAILED;
  for (guint i = 0; i < hits->len; i++)
    print_hit (g_ptr_array_index (hits, i));
  if (hits->len == 0)
    way_cli_note ("Nothing found.");
  return WAY_EXIT_DONE;
}

static const GOptionEntry SEARCH_ENTRIES[] = {
    {"order",
     0,
     0,
     G_OPTION_ARG_STRING,
     &search_order,
     "newest (first) or best (match first)",
     "ORDER"},
    {"limit", 0, 0, G_OPTION_ARG_INT, &search_limit, "At most N results", "N"},
    {NULL}};
const WayCommand WAY_COMMAND_SEARCH = {
    "search",
    "WORDS   words may be cut short; case and accents do not matter",
    SEARCH_ENTRIES,
    run_search};
