/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A visit as one JSON object, the same for `show visit` and for the file of
 * `add visit`: the columns of visits.csv, and beside them arrays of what belongs
 * to the visit. child_view, parent_view, staff_view and present are short forms;
 * where "views" or "people" are given in full, those hold. */
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

static const char *const WHOSE[] = {"child", "parent", "staff"};

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
  for (guint w = 0; w < G_N_ELEMENTS (WHOSE); w++) {
    g_autofree char *name = g_strconcat (WHOSE[w], "_view", NULL);

    json_object_set_null_member (object, name);
    for (guint i = 0; i < views->len; i++) {
      const WayVisitView *view = g_ptr_array_index (views, i);

      if (g_strcmp0 (view->whose, WHOSE[w]) == 0 && json_object_get_null_member (object, name))
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

/* A member that is an array of texts, or one text split by ";". (transfer full) */
static GStrv
dup_texts (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++) {
      const char *text = JSON_NODE_HOLDS_VALUE (json_array_get_element (array, i))
                             ? json_node_get_string (json_array_get_element (array, i))
                             : NULL;

      if (text != NULL)
        g_ptr_array_add (texts, g_strdup (text));
    }
  } else if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_string (node) != NULL) {
    g_auto (GStrv) parts = g_strsplit (json_node_get_string (node), ";", -1);

    for (guint i = 0; parts[i] != NULL; i++)
      g_ptr_array_add (texts, g_strdup (g_strstrip (parts[i])));
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

static gboolean
read_part (WayRecordSet *records, JsonObject *object, guint part, const char *where, GError **error)
{
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  JsonNode *node = json_object_get_member (object, PARTS[part].member);
  JsonArray *array;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node)) {
    g_set_error (
        error, WAY_ERROR, WAY_ERROR_REFUSED, "%s: %s: not an array", where, PARTS[part].member);
    return FALSE;
  }
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);
    g_autofree char *place = g_strdup_printf ("%s: %s[%u]", where, PARTS[part].member, i + 1);
    WayRecord *record;

    if (!JSON_NODE_HOLDS_OBJECT (element)) {
      g_set_error (error, WAY_ERROR, WAY_ERROR_REFUSED, "%s: not an object", place);
      return FALSE;
    }
    record = way_record_set_add (records, PARTS[part].type);
    if (!way_json_to_record (json_node_get_object (element), record, place, error))
      return FALSE;
    if (record->id == NULL)
      record->id = way_uuid_random ();
    set_visit (record, visit->record.id);
    set_position (record, i + 1);
  }
  return TRUE;
}

static void
read_children (WayRecordSet *records, JsonObject *object)
{
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  g_auto (GStrv) children =
      dup_texts (object, json_object_has_member (object, "children") ? "children" : "child");

  for (guint i = 0; children[i] != NULL; i++) {
    WayVisitChild *link = way_record_set_add (records, WAY_VISIT_CHILD);

    link->record.id = way_uuid_random ();
    way_set_string (&link->visit, visit->record.id);
    way_set_string (&link->child, children[i]);
    link->position = i + 1;
  }
}

static void
read_short_forms (WayRecordSet *records, JsonObject *object)
{
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);

  if (way_record_set_list (records, WAY_VISIT_PERSON)->len == 0) {
    g_auto (GStrv) present = dup_texts (object, "present");

    for (guint i = 0; present[i] != NULL; i++) {
      WayVisitPerson *person = way_record_set_add (records, WAY_VISIT_PERSON);

      person->record.id = way_uuid_random ();
      way_set_string (&person->visit, visit->record.id);
      way_set_string (&person->name, present[i]);
      person->position = i + 1;
    }
  }
  for (guint w = 0; w < G_N_ELEMENTS (WHOSE) && !json_object_has_member (object, "views"); w++) {
    g_autofree char *member = g_strconcat (WHOSE[w], "_view", NULL);
    JsonNode *node = json_object_get_member (object, member);
    WayVisitView *view;

    if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
        way_text_is_blank (json_node_get_string (node)))
      continue;
    view = way_record_set_add (records, WAY_VISIT_VIEW);
    view->record.id = way_uuid_random ();
    way_set_string (&view->visit, visit->record.id);
    way_set_string (&view->whose, WHOSE[w]);
    way_set_string (&view->text, json_node_get_string (node));
    view->position = w + 1;
  }
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
                   "%s: %s: a visit has no such member; is it misspelt?",
                   where,
                   name);
      return FALSE;
    }
  }
  return TRUE;
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
  GPtrArray *actions;

  if (!check_members (object, where, error) || !way_json_to_record (object, visit, where, error))
    return NULL;
  if (id != NULL)
    way_set_string (&visit->record.id, id);
  else if (visit->record.id == NULL)
    visit->record.id = way_uuid_random ();
  way_set_string (&visit->signed_at, NULL);
  way_set_string (&visit->signed_by, NULL);
  way_field_clear (way_record_type_find (WAY_VISIT, "version"), visit);
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++) {
    if (!read_part (records, object, i, where, error))
      return NULL;
  }
  read_children (records, object);
  read_short_forms (records, object);
  actions = way_record_set_list (records, WAY_ACTION);
  for (guint i = 0; i < actions->len; i++) {
    WayAction *action = g_ptr_array_index (actions, i);
    WayVisitChild *first = way_record_set_first (records, WAY_VISIT_CHILD);

    if (action->child == NULL && first != NULL)
      way_set_string (&action->child, first->child);
  }
  return g_steal_pointer (&records);
}
