/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What search finds, and by which words. Restricted notes, alerts and drafts are left out on
 * purpose. */
#include "way-db-index-private.h"

#include <string.h>

#define CHILD_NAME(child) child ".\"forename\" || ' ' || " child ".\"surname\""
#define NAME_OF_CHILD "(SELECT " CHILD_NAME ("c") " FROM \"child\" c WHERE c.\"id\" = r.\"child\")"

#define SETTINGS_OF_CHILD                                                                          \
  "(SELECT group_concat (\"name\", char (10)) FROM \"setting\" WHERE \"id\" IN "                   \
  "(SELECT \"setting\" FROM \"enrolment\" WHERE \"child\" = r.\"id\"))"

#define FIRST_CHILD_OF_VISIT                                                                       \
  "(SELECT \"child\" FROM \"visit_child\" WHERE \"visit\" = r.\"id\" "                             \
  "ORDER BY \"position\", rowid LIMIT 1)"

/* Its children, or where it was. */
#define TITLE_OF_VISIT                                                                             \
  "coalesce ((SELECT group_concat (" CHILD_NAME (                                                  \
      "c") ", ', ') FROM \"visit_child\" v "                                                       \
           "JOIN \"child\" c ON c.\"id\" = v.\"child\" WHERE v.\"visit\" = r.\"id\"), "            \
           "(SELECT \"name\" FROM \"setting\" WHERE \"id\" = r.\"setting\"), '')"

#define VISIT_WORDS "purpose seen strategies equipment strengths needs advice materials next_visit"
#define ACTION_DAY "coalesce (r.\"due\", substr (r.\"created_at\", 1, 10))"
#define ACTION_TITLE "coalesce (" NAME_OF_CHILD ", '')"
/* What was agreed at a visit is found in the visit. */
#define ACTION_ALONE "r.\"visit\" IS NULL"

#define ASSESSMENT_WORDS "name score standard_score percentile age_equivalent note"

#define NONE "NULL"

const WayIndexSource WAY_INDEX_SOURCES[WAY_N_INDEX_SOURCES] = {
    {WAY_CHILD,
     "r.\"id\"",
     NONE,
     CHILD_NAME ("r"),
     "preferred middle upn",
     SETTINGS_OF_CHILD,
     NULL},
    {WAY_SETTING, NONE, NONE, "r.\"name\"", "town district head senco", NULL, NULL},
    {WAY_PRACTITIONER, NONE, NONE, "r.\"name\"", "qualification district", NULL, NULL},
    {WAY_VISIT, FIRST_CHILD_OF_VISIT, "r.\"date\"", TITLE_OF_VISIT, VISIT_WORDS, NULL, NULL},
    {WAY_TARGET, "r.\"child\"", "r.\"start\"", NAME_OF_CHILD, "statement strategy who", NULL, NULL},
    {WAY_REVIEW,
     "r.\"child\"",
     "r.\"date\"",
     NAME_OF_CHILD,
     "child_view parent_view staff_view",
     NULL,
     NULL},
    {WAY_ACTION, "r.\"child\"", ACTION_DAY, ACTION_TITLE, "what who note", NULL, ACTION_ALONE},
};

const WayIndexPart WAY_INDEX_PARTS[WAY_N_INDEX_PARTS] = {
    {WAY_ENROLMENT, WAY_CHILD, "child", NULL},
    {WAY_VISIT_CHILD, WAY_VISIT, "visit", NULL},
    {WAY_VISIT_PERSON, WAY_VISIT, "visit", "name role"},
    {WAY_VISIT_VIEW, WAY_VISIT, "visit", "said_by text"},
    {WAY_VISIT_ACTION, WAY_VISIT, "visit", "note"},
    {WAY_VISIT_TARGET, WAY_VISIT, "visit", "evidence"},
    {WAY_ACTION, WAY_VISIT, "visit", "what who note"},
    {WAY_ASSESSMENT, WAY_VISIT, "visit", ASSESSMENT_WORDS},
    {WAY_REVIEW_TARGET, WAY_REVIEW, "review", "evidence"},
    {WAY_MEASUREMENT, WAY_TARGET, "target", "note"},
};

/* Each column's text and the end of a line; nothing of one that is empty. A number as people write
 * it: "85", not "85.0". */
static void
append_words (GString *sql, const WayRecordType *type, const char *words, char row)
{
  g_auto (GStrv) names = g_strsplit (words, " ", -1);

  for (guint i = 0; names[i] != NULL; i++) {
    const WayField *field = way_record_type_find (type, names[i]);
    gboolean is_number = field->kind == WAY_FIELD_NUMBER;

    g_string_append_printf (sql,
                            "%scoalesce (%s%c.\"%s\"%s || char (10), '')",
                            i > 0 ? " || " : "",
                            is_number ? "rtrim (rtrim (" : "",
                            row,
                            field->name,
                            is_number ? ", '0'), '.')" : "");
  }
}

static void
append_part (GString *sql, const WayIndexPart *part)
{
  g_string_append (sql, " || coalesce ((SELECT group_concat (");
  append_words (sql, part->part, part->words, 'p');
  g_string_append_printf (
      sql, ", '') FROM \"%s\" p WHERE p.\"%s\" = r.\"id\"), '')", part->part->name, part->field);
}

/* (transfer full): the statement that gives child, day, title and body of the record ?1 */
char *
way_index_source_dup_sql (const WayIndexSource *self)
{
  g_autoptr (GString) sql = g_string_new ("SELECT ");

  g_string_append_printf (sql, "%s, %s, %s, ", self->child, self->day, self->title);
  append_words (sql, self->type, self->words, 'r');
  for (gsize i = 0; i < WAY_N_INDEX_PARTS; i++) {
    if (WAY_INDEX_PARTS[i].whole == self->type && WAY_INDEX_PARTS[i].words != NULL)
      append_part (sql, &WAY_INDEX_PARTS[i]);
  }
  if (self->more != NULL)
    g_string_append_printf (sql, " || coalesce (%s, '')", self->more);
  g_string_append_printf (sql, " FROM \"%s\" r WHERE r.\"id\" = ?1", self->type->name);
  if (self->condition != NULL)
    g_string_append_printf (sql, " AND %s", self->condition);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/* The fields without which such a part adds nothing to the whole; 0: it always does. */
WayFieldMask
way_index_part_get_words (const WayIndexPart *self)
{
  g_auto (GStrv) names = self->words != NULL ? g_strsplit (self->words, " ", -1) : NULL;
  WayFieldMask mask = 0;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    mask |= G_GUINT64_CONSTANT (1)
            << (way_record_type_find (self->part, names[i]) - self->part->fields);
  return mask;
}
