/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "way-dossier.h"

G_BEGIN_DECLS

JsonObject *way_json_from_record (gconstpointer record);
JsonArray *way_json_from_list (GPtrArray *records);
gboolean way_json_refuse (
    const char *where, const char *member, const char *wanted, JsonNode *node, GError **error);
gboolean
way_json_to_record (JsonObject *object, gpointer record, const char *where, GError **error);
void way_json_set_number (JsonObject *object, const char *name, double number);
char *way_json_print (JsonNode *node);
JsonObject *way_json_read_file (const char *path, GError **error);
gboolean way_json_is_output (const WayField *field);

JsonObject *way_json_from_visit (WayRecordSet *records);
WayRecordSet *
way_json_to_visit (JsonObject *object, const char *id, const char *where, GError **error);

G_END_DECLS
