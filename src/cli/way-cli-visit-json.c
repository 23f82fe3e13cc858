/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A visit as one JSON object, the same for `show visit` and for the file of
 * `add visit`: the columns of visits.csv, and beside them arrays of what belongs
 * to the visit. child_view, parent_view, staff_view and present are short forms;
 * beside "views" or "people" in full they may only say the same. What cannot be
 * taken is refused: the record that is signed must not lack it unawares. */
#include "way-cli-json.h"

#include "way-error.h"
#include "way-text.h"

#include <string.h>

/* What belongs to a visit, and under which name. */
static const struct {
  const char *member;
  const WayRecordType *type;
} PARTS[] = {
    {"people", WAY_VISIT_PERSON},
    {"views", WAY_VISIT_VIEW},
    {"followed_up", WAY_VISIT_ACTION},
    {"targets", WAY_VISIT_TARGET},
    {"actions", WAY_ACTION},
    {"assessments", WAY_ASSESSMENT},
};

static GPtrArray *
dup_actions_of (WayRecordSet *records, const char *visit)
{
  GPtrArray *all = way_record_set_list (records, WAY_ACTION);
  GPtrArray *own = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++) {
    if (g_strcmp0 (((WayAction *) g_ptr_array_index (all, i))->visit, visit) == 0)
      g_ptr_array_add (own, g_ptr_array_index (all, i));
  }
  return own;
}

static void
add_short_forms (JsonObject *object, WayRecordSet *records)
{
  GPtrArray *people = way_record_set_list (records, WAY_VISIT_PERSON);
  GPtrArray *views = way_record_set_list (records, WAY_VISIT_VIEW);
  JsonArray *present = json_array_new ();

  for (guint i = 0; i < people->len; i++)
    json_array_add_string_element (present,
                                   ((WayVisitPerson *) g_ptr_array_index (people, i))->name);
  json_object_set_array_member (object, "present", present);
  for (guint w = 0; w < WAY_N_VIEWS; w++) {
    g_autofree char *name = g_strconcat (WAY_VIEWS[w], "_view", NULL);

    json_object_set_null_member (object, name);
    for (guint i = 0; i < views->len; i++) {
      const WayVisitView *view = g_ptr_array_index (views, i);

      if (g_strcmp0 (view->whose, WAY_VIEWS[w]) == 0 && json_object_get_null_member (object, name))
        json_object_set_string_member (object, name, view->text);
    }
  }
}

/**
 * way_json_from_visit:
 * @records: a visit and what belongs to it
 *
 * Returns: (transfer full): the visit as an object
 */
JsonObject *
way_json_from_visit (WayRecordSet *records)
{
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  JsonObject *object = way_json_from_record (visit);
  GPtrArray *links = way_record_set_list (records, WAY_VISIT_CHILD);
  JsonArray *children = json_array_new ();

  for (guint i = 0; i < links->len; i++)
    json_array_add_string_element (children,
                                   ((WayVisitChild *) g_ptr_array_index (links, i))->child);
  json_object_set_array_member (object, "children", children);
  add_short_forms (object, records);
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++) {
    g_autoptr (GPtrArray) own =
        PARTS[i].type == WAY_ACTION
            ? dup_actions_of (records, visit->record.id)
            : g_ptr_array_ref (way_record_set_list (records, PARTS[i].type));

    json_object_set_array_member (object, PARTS[i].member, way_json_from_list (own));
  }
  return object;
}

/* Whether a member is there and says something. */
static gboolean
has_value (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node);
}

static gboolean
is_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static void
add_text (GPtrArray *texts, const char *text)
{
  if (!way_text_is_blank (text))
    g_ptr_array_add (texts, g_strstrip (g_strdup (text)));
}

/* A member that is an array of texts, or one text split by ";". (transfer full): none if it is
 * not there */
static GStrv
dup_texts (
    JsonObject *object, const char *member, const char *wanted, const char *where, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = NULL;

  if (!has_value (object, member)) {
    g_ptr_array_add (texts, NULL);
    return (GStrv) g_ptr_array_steal (texts, NULL);
  }
  if (!JSON_NODE_HOLDS_ARRAY (node) && !is_text (node)) {
    way_json_refuse (where, member, wanted, node, error);
    return NULL;
  }
  if (is_text (node))
    parts = g_strsplit (json_node_get_string (node), ";", -1);
  for (guint i = 0; parts != NULL && parts[i] != NULL; i++)
    add_text (texts, parts[i]);
  for (guint i = 0; parts == NULL && i < json_array_get_length (json_node_get_array (node)); i++) {
    JsonNode *element = json_array_get_element (json_node_get_array (node), i);
    g_autofree char *place = g_strdup_printf ("%s[%u]", member, i + 1);

    if (!is_text (element)) {
      way_json_refuse (where, place, wanted, element, error);
      return NULL;
    }
    add_text (texts, json_node_get_string (element));
  }
  g_ptr_array_add (texts, NULL);
  return (GStrv) g_ptr_array_steal (texts, NULL);
}

static void
set_visit (gpointer record, const char *visit)
{
  const WayField *field = way_record_type_find (WAY_RECORD (record)->type, "visit");

  way_set_string (&way_field_string (field, record), visit);
}

static void
set_position (gpointer record, guint position)
{
  const WayField *field = way_record_type_find (WAY_RECORD (record)->type, "position");

  if (field != NULL && !way_field_is_known (field, record))
    way_field_number (field, record) = position;
}

/* The names that an entry of @type may have, for a message. */
static char *
dup_member_names (const WayRecordType *type)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < type->n_fields; i++) {
    if (strcmp (type->fields[i].name, "visit") != 0)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", type->fields[i].name);
  }
  return g_string_free (names, FALSE);
}

static gboolean
check_part_members (JsonObject *object,
                    const WayRecordType *type,
                    const char *where,
                    GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next) {
    g_autofree char *names = NULL;

    if (strcmp (l->data, "id") == 0 || way_record_type_find (type, l->data) != NULL)
      continue;
    names = dup_member_names (type);
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_REFUSED,
                 "%s: %s: There is no such member; this object has %s",
                 where,
                 (const char *) l->data,
                 names);
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_part (WayRecordSet *records, JsonObject *object, guint part, const char *where, GError **error)
{
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  JsonNode *node = json_object_get_member (object, PARTS[part].member);
  JsonArray *array;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return way_json_refuse (
        where, PARTS[part].member, "a list of objects: [{ … }, { … }]", node, error);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);
    g_autofree char *which = g_strdup_printf ("%s[%u]", PARTS[part].member, i + 1);
    g_autofree char *place = g_strdup_printf ("%s: %s", where, which);
    WayRecord *record;

    if (!JSON_NODE_HOLDS_OBJECT (element))
      return way_json_refuse (where, which, "an object in { }", element, error);
    record = way_record_set_add (records, PARTS[part].type);
    if (!check_part_members (json_node_get_object (element), PARTS[part].type, place, error) ||
        !way_json_to_record (json_node_get_object (element), record, place, error))
      return FALSE;
    if (record->id == NULL)
      record->id = way_uuid_random ();
    set_visit (record, visit->record.id);
    set_position (record, i + 1);
  }
  return TRUE;
}

static gboolean
read_children (WayRecordSet *records, JsonObject *object, const char *where, GError **error)
{
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  const char *member = has_value (object, "children") ? "children" : "child";
  g_auto (GStrv) children =
      dup_texts (object, member, "a list of ids in quotation marks", where, error);

  if (children == NULL)
    return FALSE;
  if (has_value (object, "children") && has_value (object, "child")) {
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_REFUSED,
                 "%s: child: There is “children” beside it; name all of them in “children”",
                 where);
    return FALSE;
  }
  for (guint i = 0; children[i] != NULL; i++) {
    WayVisitChild *link = way_record_set_add (records, WAY_VISIT_CHILD);

    link->record.id = way_uuid_random ();
    way_set_string (&link->visit, visit->record.id);
    way_uuid_tidy (children[i]);
    way_set_string (&link->child, children[i]);
    link->position = i + 1;
  }
  return TRUE;
}

/* A short form beside the full one must not say what is then left out. */
static gboolean
refuse_short (const char *where, const char *member, const char *full, GError **error)
{
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_REFUSED,
               "%s: %s: It says other than “%s”; leave “%s” out, and what is in “%s” holds",
               where,
               member,
               full,
               member,
               full);
  return FALSE;
}

static gboolean
read_present (WayRecordSet *records, JsonObject *object, const char *where, GError **error)
{
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  GPtrArray *people = way_record_set_list (records, WAY_VISIT_PERSON);
  gboolean in_full = people->len > 0;
  g_auto (GStrv) present =
      dup_texts (object,
                 "present",
                 "a list of names in quotation marks; with roles it is \"people\": "
                 "[{\"name\": \"…\", \"role\": \"…\"}]",
                 where,
                 error);

  if (present == NULL)
    return FALSE;
  if (in_full && *present != NULL && g_strv_length (present) != people->len)
    return refuse_short (where, "present", "people", error);
  for (guint i = 0; present[i] != NULL; i++) {
    WayVisitPerson *person;

    if (in_full) {
      person = g_ptr_array_index (people, i);
      if (person->name == NULL || strcmp (g_strstrip (person->name), present[i]) != 0)
        return refuse_short (where, "present", "people", error);
      continue;
    }
    person = way_record_set_add (records, WAY_VISIT_PERSON);
    person->record.id = way_uuid_random ();
    way_set_string (&person->visit, visit->record.id);
    way_set_string (&person->name, present[i]);
    person->position = i + 1;
  }
  return TRUE;
}

/* Borrows; NULL if there is no view of that person. */
static const WayVisitView *
find_view (WayRecordSet *records, const char *whose)
{
  GPtrArray *views = way_record_set_list (records, WAY_VISIT_VIEW);

  for (guint i = 0; i < views->len; i++) {
    const WayVisitView *view = g_ptr_array_index (views, i);

    if (g_strcmp0 (view->whose, whose) == 0)
      return view;
  }
  return NULL;
}

static gboolean
read_short_views (WayRecordSet *records, JsonObject *object, const char *where, GError **error)
{
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  gboolean in_full = way_record_set_list (records, WAY_VISIT_VIEW)->len > 0;

  for (guint w = 0; w < WAY_N_VIEWS; w++) {
    g_autofree char *member = g_strconcat (WAY_VIEWS[w], "_view", NULL);
    JsonNode *node = json_object_get_member (object, member);
    const char *text;
    WayVisitView *view;

    if (!has_value (object, member))
      continue;
    if (!is_text (node))
      return way_json_refuse (where, member, "a text in quotation marks", node, error);
    text = json_node_get_string (node);
    if (way_text_is_blank (text))
      continue;
    if (in_full) {
      const WayVisitView *full = find_view (records, WAY_VIEWS[w]);

      if (full == NULL || g_strcmp0 (full->text, text) != 0)
        return refuse_short (where, member, "views", error);
      continue;
    }
    view = way_record_set_add (records, WAY_VISIT_VIEW);
    view->record.id = way_uuid_random ();
    way_set_string (&view->visit, visit->record.id);
    way_set_string (&view->whose, WAY_VIEWS[w]);
    way_set_string (&view->text, text);
    view->position = w + 1;
  }
  return TRUE;
}

/* A misspelt name must not cost what was written under it. */
static gboolean
check_members (JsonObject *object, const char *where, GError **error)
{
  static const char *const MORE[] = {"id",
                                     "child",
                                     "children",
                                     "present",
                                     "child_view",
                                     "parent_view",
                                     "staff_view",
                                     "versions",
                                     "fingerprint",
                                     NULL};
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next) {
    const char *name = l->data;
    gboolean known = way_record_type_find (WAY_VISIT, name) != NULL || g_strv_contains (MORE, name);

    for (guint i = 0; i < G_N_ELEMENTS (PARTS) && !known; i++)
      known = strcmp (PARTS[i].member, name) == 0;
    if (!known) {
      g_set_error (error,
                   WAY_ERROR,
                   WAY_ERROR_REFUSED,
                   "%s: %s: A visit has no such member; is it misspelt?",
                   where,
                   name);
      return FALSE;
    }
  }
  return TRUE;
}

/* What is agreed about one child is that child's. Of a joint visit it may be for all, and is not
 * given to any of them. */
static void
give_actions_to_the_one (WayRecordSet *records)
{
  GPtrArray *links = way_record_set_list (records, WAY_VISIT_CHILD);
  GPtrArray *actions = way_record_set_list (records, WAY_ACTION);

  for (guint i = 0; links->len == 1 && i < actions->len; i++) {
    WayAction *action = g_ptr_array_index (actions, i);

    if (action->child == NULL)
      way_set_string (&action->child, ((WayVisitChild *) g_ptr_array_index (links, 0))->child);
  }
}

/**
 * way_json_to_visit:
 * @object: a visit as way_json_from_visit() gives it, or the columns of visits.csv
 * @id: (nullable): the id the visit shall have, whatever the file says
 * @where: the file, for messages
 * @error: return location for %WAY_ERROR_REFUSED, naming file and member
 *
 * Returns: (transfer full): the unsigned visit and what belongs to it
 */
WayRecordSet *
way_json_to_visit (JsonObject *object, const char *id, const char *where, GError **error)
{
  g_autoptr (WayRecordSet) records = way_record_set_new ();
  WayVisit *visit = way_record_set_add (records, WAY_VISIT);

  if (!check_members (object, where, error) || !way_json_to_record (object, visit, where, error))
    return NULL;
  if (id != NULL)
    way_set_string (&visit->record.id, id);
  else if (visit->record.id == NULL)
    visit->record.id = way_uuid_random ();
  way_visit_clear_signature (visit);
  way_field_clear (way_record_type_find (WAY_VISIT, "version"), visit);
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++) {
    if (!read_part (records, object, i, where, error))
      return NULL;
  }
  if (!read_children (records, object, where, error) ||
      !read_present (records, object, where, error) ||
      !read_short_views (records, object, where, error))
    return NULL;
  give_actions_to_the_one (records);
  return g_steal_pointer (&records);
}
