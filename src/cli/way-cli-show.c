/* SPDX-License-Identifier: GPL-3.0-or-later */
/* show: one thing with all that belongs to it. */
#include "way-cli.h"

#include "way-cli-json.h"
#include "way-cli-progress.h"
#include "way-error.h"
#include "way-number.h"
#include "way-visit-versions.h"

#include <math.h>
#include <string.h>

#define MOST_ROUNDED 1e9 /* beyond it is nothing that anybody has measured */

static char *show_format;
static int show_version; /* 0: the latest */

/* Every type of which the set has records becomes an array named as its table. */
static void
add_tables (JsonObject *object, WayRecordSet *records, const WayRecordType *except)
{
  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    const WayRecordType *type = WAY_RECORD_TYPES[i];

    if (type != except && way_cli_type_for_plural (way_cli_plural_for_type (type)) == type)
      json_object_set_array_member (object,
                                    way_cli_plural_for_type (type),
                                    way_json_from_list (way_record_set_list (records, type)));
  }
}

static JsonObject *
show_child (WayCli *cli, const char *id, GError **error)
{
  g_autoptr (WayRecordSet) records = NULL;
  g_autoptr (WayChild) child = way_db_get (cli->db, WAY_CHILD, id, error);
  JsonObject *object, *attainment;

  if (child == NULL || (records = way_db_gather_child (cli->db, id, error)) == NULL)
    return NULL;
  object = way_json_from_record (child);
  add_tables (object, records, WAY_CHILD);
  attainment = way_cli_attainment_to_json (records, cli->today);
  if (attainment != NULL)
    json_object_set_object_member (object, "goal_attainment", attainment);
  return object;
}

static JsonObject *
show_target (WayCli *cli, const char *id, GError **error)
{
  g_autoptr (WayCliTarget) loaded = way_cli_target_load (cli, id, error);
  JsonObject *object;

  if (loaded == NULL)
    return NULL;
  object = way_json_from_record (loaded->target);
  json_object_set_array_member (object, "measurements", way_json_from_list (loaded->measurements));
  json_object_set_array_member (object, "phases", way_json_from_list (loaded->phases));
  json_object_set_object_member (object, "progress", way_cli_progress_to_json (loaded->progress));
  return object;
}

/* What was signed before that version as it says itself; before the latest all that the store knows
 * of, also what was amended apart. (transfer full) */
static GPtrArray *
list_earlier (WayCli *cli, WayDossier *dossier, GError **error)
{
  GPtrArray *earlier = show_version > 0
                           ? way_dossier_dup_list (dossier, WAY_VISIT_VERSION, NULL, NULL)
                           : way_db_list (cli->db,
                                          WAY_VISIT_VERSION,
                                          "visit",
                                          way_dossier_get_visit (dossier)->record.id,
                                          error);

  if (earlier != NULL)
    way_visit_versions_sort (earlier);
  return earlier;
}

/* Kept with the version that was amended; shown, as on the record, with the one that it led to. */
static void
set_reason (JsonObject *version, const char *reason)
{
  if (reason != NULL)
    json_object_set_string_member (version, "reason", reason);
  else
    json_object_set_null_member (version, "reason");
}

/* Every signed version, the latest last. */
static JsonArray *
list_versions (WayCli *cli, WayDossier *dossier, GError **error)
{
  g_autoptr (GPtrArray) earlier = list_earlier (cli, dossier, error);
  const WayVisit *visit = way_dossier_get_visit (dossier);
  JsonArray *array;
  JsonObject *last;

  if (earlier == NULL)
    return NULL;
  array = way_json_from_list (earlier);
  for (guint i = 0; i < earlier->len; i++)
    set_reason (json_array_get_object_element (array, i),
                way_visit_versions_get_reason (
                    earlier, ((WayVisitVersion *) g_ptr_array_index (earlier, i))->version));
  last = json_object_new ();
  json_object_set_int_member (last, "version", (gint64) visit->version);
  json_object_set_string_member (last, "signed_at", visit->signed_at);
  json_object_set_string_member (last, "signed_by", visit->signed_by);
  json_object_set_string_member (last, "fingerprint", dossier->fingerprint);
  set_reason (last, way_visit_versions_get_reason (earlier, visit->version));
  json_array_add_object_element (array, last);
  return array;
}

static JsonObject *
show_visit (WayCli *cli, const char *id, GError **error)
{
  g_autoptr (WayRecordSet) records = way_db_load_visit (cli->db, id, error);
  g_autoptr (WayDossier) dossier = NULL;
  JsonArray *versions;
  JsonObject *object;

  if (records == NULL || (dossier = way_db_gather_visit (cli->db, id, show_version, error)) == NULL)
    return NULL;
  versions =
      way_dossier_is_signed (dossier) ? list_versions (cli, dossier, error) : json_array_new ();
  if (versions == NULL)
    return NULL;
  way_record_set_sort_by_position (records);
  way_record_set_sort_by_position (dossier->records);
  object = way_json_from_visit (show_version > 0 ? dossier->records : records);
  if (way_dossier_is_signed (dossier))
    json_object_set_string_member (object, "fingerprint", dossier->fingerprint);
  else
    json_object_set_null_member (object, "fingerprint");
  json_object_set_array_member (object, "versions", versions);
  return object;
}

static JsonObject *
show_review (WayCli *cli, const char *id, GError **error)
{
  g_autoptr (WayReview) review = way_db_get (cli->db, WAY_REVIEW, id, error);
  g_autoptr (GPtrArray) targets = NULL;
  g_autoptr (GPtrArray) actions = NULL;
  JsonObject *object;

  if (review == NULL ||
      (targets = way_db_list (cli->db, WAY_REVIEW_TARGET, "review", id, error)) == NULL ||
      (actions = way_db_list (cli->db, WAY_ACTION, "review", id, error)) == NULL)
    return NULL;
  object = way_json_from_record (review);
  json_object_set_array_member (object, "targets", way_json_from_list (targets));
  json_object_set_array_member (object, "actions", way_json_from_list (actions));
  return object;
}

/* Two decimals of what is worked out: more of them say nothing to people. */
static char *
dup_value (const char *name, JsonNode *node)
{
  double number;

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  if (json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return json_to_string (node, FALSE);
  number = json_node_get_double (node);
  if (way_cli_progress_is_worked_out (name) && fabs (number) < MOST_ROUNDED)
    number = round (number * 100.0) / 100.0;
  return way_number_to_text (number);
}

/* JSON as lines for people: "name: value", what belongs to it indented. */
static void
print_text (JsonObject *object, int depth)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next) {
    const char *name = l->data;
    JsonNode *node = json_object_get_member (object, name);

    if (JSON_NODE_HOLDS_NULL (node))
      continue;
    if (JSON_NODE_HOLDS_OBJECT (node)) {
      way_cli_print ("%*s%s:\n", depth * 2, "", name);
      print_text (json_node_get_object (node), depth + 1);
    } else if (JSON_NODE_HOLDS_ARRAY (node)) {
      JsonArray *array = json_node_get_array (node);

      if (json_array_get_length (array) > 0)
        way_cli_print ("%*s%s:\n", depth * 2, "", name);
      for (guint i = 0; i < json_array_get_length (array); i++) {
        JsonNode *element = json_array_get_element (array, i);

        if (JSON_NODE_HOLDS_OBJECT (element)) {
          print_text (json_node_get_object (element), depth + 1);
          way_cli_print ("\n");
        } else {
          way_cli_print ("%*s%s\n", depth * 2 + 2, "", json_node_get_string (element));
        }
      }
    } else {
      g_autofree char *value = dup_value (name, node);

      way_cli_print ("%*s%s: %s\n", depth * 2, "", name, value);
    }
  }
}

static const struct {
  const char *word;
  JsonObject *(*show) (WayCli *cli, const char *id, GError **error);
} KINDS[] = {
    {"child", show_child}, {"target", show_target}, {"visit", show_visit}, {"review", show_review}};

static WayExit
run_show (WayCli *cli, char **words, GError **error)
{
  gboolean as_json = g_strcmp0 (show_format, "json") == 0;
  g_autofree char *text = NULL;
  JsonObject *object = NULL;
  guint kind = 0;

  while (kind < G_N_ELEMENTS (KINDS) && g_strcmp0 (words[1], KINDS[kind].word) != 0)
    kind++;
  if (!way_cli_has_at_most ("show", words, 3, error))
    return WAY_EXIT_USAGE;
  if (kind == G_N_ELEMENTS (KINDS) || words[2] == NULL)
    return way_cli_usage (error,
                          "show: It is not said what to show; give “child”, “target”, “visit” or "
                          "“review”, and its id");
  if (show_version < 0 || (show_version > 0 && KINDS[kind].show != show_visit))
    return way_cli_usage (error,
                          "show: --version: Only a visit has versions, and their numbers are 1 or "
                          "more; leave it out for the newest");
  if (show_format != NULL && !as_json && strcmp (show_format, "text") != 0)
    return way_cli_usage (error,
                          "show: --format: There is no format of that name; give text or json");
  if (!way_cli_open (cli, error) || (object = KINDS[kind].show (cli, words[2], error)) == NULL)
    return WAY_EXIT_FAILED;
  if (as_json) {
    JsonNode *node = json_node_new (JSON_NODE_OBJECT);

    json_node_take_object (node, object);
    text = way_json_print (node);
    way_cli_print ("%s", text);
  } else {
    print_text (object, 0);
    json_object_unref (object);
  }
  return WAY_EXIT_DONE;
}

static const GOptionEntry ENTRIES[] = {
    {"format", 0, 0, G_OPTION_ARG_STRING, &show_format, "text or json", "FORMAT"},
    {"version", 0, 0, G_OPTION_ARG_INT, &show_version, "An earlier version of a visit", "N"},
    {NULL}};
const WayCommand WAY_COMMAND_SHOW = {
    "show", "child|target|visit|review ID [--version N] [--format text|json]", ENTRIES, run_show};
