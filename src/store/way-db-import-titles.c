/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a record is, for the people who read an import's preview: whose it is, what kind of thing,
 * and what tells it from the others of its kind. */
#include "way-db-import-private.h"

#include "way-error.h"
#include "way-text.h"

#include <string.h>

#define TITLE_LENGTH 60

static gboolean
find_child_name (WayDbImport *self, const char *id, char **name, GError **error)
{
  const WayChild *child = (const WayChild *) way_import_find_would_be (self, WAY_CHILD, id);

  if (child != NULL) {
    *name = g_strconcat (child->forename, " ", child->surname, NULL);
    return TRUE;
  }
  return way_db_query_text (self->db,
                            "SELECT \"forename\" || ' ' || \"surname\" FROM \"child\" "
                            "WHERE \"id\" = ?1",
                            id,
                            name,
                            error);
}

#define VISIT_CHILD_SQL                                                                            \
  "SELECT \"child\" FROM \"visit_child\" WHERE \"visit\" = ?1 ORDER BY \"position\", rowid"

/* What a record may hang on, and how that leads to a child. */
static const struct {
  const char *field;
  const char *sql;
} PARENTS[] = {
    {"target", "SELECT \"child\" FROM \"target\" WHERE \"id\" = ?1"},
    {"case", "SELECT \"child\" FROM \"case\" WHERE \"id\" = ?1"},
    {"review", "SELECT \"child\" FROM \"review\" WHERE \"id\" = ?1"},
    {"visit", VISIT_CHILD_SQL},
};

static const char *
known_id (const WayRecord *record, const char *name)
{
  const WayField *field = way_record_type_find (record->type, name);

  return field != NULL && field->kind == WAY_FIELD_ID && way_field_is_known (field, record)
             ? way_field_string (field, record)
             : NULL;
}

/* (out) (nullable): whose the record is, if it hangs on a child. */
gboolean
way_import_find_child_of (WayDbImport *self, const WayRecord *record, char **id, GError **error)
{
  *id = g_strdup (known_id (record, "child"));
  for (gsize i = 0; i < G_N_ELEMENTS (PARENTS) && *id == NULL; i++) {
    const char *parent = known_id (record, PARENTS[i].field);
    const WayRecord *would_be =
        parent != NULL
            ? way_import_find_would_be (self, way_record_type_by_name (PARENTS[i].field), parent)
            : NULL;

    if (would_be != NULL)
      *id = g_strdup (known_id (would_be, "child"));
    if (parent != NULL && *id == NULL &&
        !way_db_query_text (self->db, PARENTS[i].sql, parent, id, error))
      return FALSE;
  }
  return TRUE;
}

/* " K", " SLCN", " 2023-24": what the thing is called, if it is called something short. */
static void
append_name (GString *title, const WayRecord *record)
{
  static const char *const NAMES[] = {"provision", "type", "flag", "year", "name", "label"};

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    const WayField *field = way_record_type_find (record->type, NAMES[i]);

    if (field == NULL || !way_field_is_text (field) || !way_field_is_known (field, record))
      continue;
    g_string_append_printf (title, " %s", way_field_string (field, record));
    return;
  }
}

/* " of 1 Oct 2025" or the like. */
static void
append_day (GString *title, const WayRecord *record)
{
  static const struct {
    const char *name, *word;
  } DAYS[] = {
      {"date", "on"}, {"from", "from"}, {"opened", "opened"}, {"given_on", "of"}, {"due", "due"}};

  for (gsize i = 0; i < G_N_ELEMENTS (DAYS); i++) {
    const WayField *field = way_record_type_find (record->type, DAYS[i].name);
    g_autofree char *day = NULL;

    if (field == NULL || field->kind != WAY_FIELD_DATE || !way_field_is_known (field, record))
      continue;
    day = way_date_format_short (way_field_date (field, record));
    g_string_append_printf (title, " %s %s", DAYS[i].word, day);
    return;
  }
}

/* What people call the kind; a type's own name, without its underscores, where that is the word. */
static char *
dup_kind (const WayRecordType *type)
{
  static const struct {
    const WayRecordType *type;
    const char *words;
  } KINDS[] = {{WAY_SEN_STATUS, "SEN provision"},
               {WAY_NEED, "need"},
               {WAY_PHASE, "change of phase"},
               {WAY_VISIT_CHILD, "child at the visit"},
               {WAY_VISIT_PERSON, "person at the visit"},
               {WAY_VISIT_VIEW, "view given at the visit"},
               {WAY_VISIT_ACTION, "action followed up at the visit"},
               {WAY_VISIT_TARGET, "target looked at in the visit"},
               {WAY_VISIT_VERSION, "earlier version of the visit"},
               {WAY_REVIEW_TARGET, "target at the review"}};

  for (gsize i = 0; i < G_N_ELEMENTS (KINDS); i++) {
    if (KINDS[i].type == type)
      return g_strdup (KINDS[i].words);
  }
  return g_strdelimit (g_strdup (type->name), "_", ' ');
}

/* Whose the visit is: the children of its unit, or those the store has. */
static gboolean
name_children_of_visit (WayDbImport *self, const WayRecord *record, char **name, GError **error)
{
  GPtrArray *links = way_record_set_list (self->records, WAY_VISIT_CHILD);
  g_autofree char *child = NULL;
  gboolean was_left_out;

  if (links->len > 0 && ((WayVisitChild *) g_ptr_array_index (links, 0))->child != NULL) {
    const WayVisitChild *link = g_ptr_array_index (links, 0);

    if (!way_import_find_id (self, WAY_CHILD, link->child, &child, &was_left_out, error))
      return FALSE;
  } else if (record->id != NULL &&
             !way_db_query_text (self->db, VISIT_CHILD_SQL, record->id, &child, error)) {
    return FALSE;
  }
  if (child == NULL)
    return TRUE;
  if (!find_child_name (self, child, name, error))
    return FALSE;
  if (*name != NULL && links->len > 1) {
    char *more = g_strdup_printf ("%s and %u more", *name, links->len - 1);

    g_free (*name);
    *name = more;
  }
  return TRUE;
}

/* "Amara Okafor: visit on 17 Nov 2025" */
static char *
title_of_visit (WayDbImport *self, const WayRecord *record, GError **error)
{
  g_autofree char *day = way_date_format_short (((const WayVisit *) record)->date);
  g_autofree char *name = NULL;

  if (!name_children_of_visit (self, record, &name, error))
    return NULL;
  return g_strdup_printf (
      "%s%svisit on %s", name != NULL ? name : "", name != NULL ? ": " : "", day);
}

/* (nullable): by what it says people know it, not by its day */
static const char *
get_words (const WayRecord *record)
{
  if (record->type == WAY_TARGET)
    return ((const WayTarget *) record)->statement;
  return record->type == WAY_ACTION ? ((const WayAction *) record)->what : NULL;
}

/* "Amara Okafor: enrolment from 1 Sep 2023" */
static char *
title_of_part (WayDbImport *self, const WayRecord *record, GError **error)
{
  g_autoptr (GString) title = g_string_new (NULL);
  g_autofree char *kind = dup_kind (record->type);
  g_autofree char *child = NULL, *whose = NULL, *words = NULL;

  if (!way_import_find_child_of (self, record, &child, error) ||
      (child != NULL && !find_child_name (self, child, &whose, error)))
    return NULL;
  g_string_append_printf (
      title, "%s%s%s", whose != NULL ? whose : "", whose != NULL ? ": " : "", kind);
  if (get_words (record) != NULL) {
    words = way_text_first_words (get_words (record), TITLE_LENGTH);
    g_string_append_printf (title, " “%s”", words);
    return g_string_free (g_steal_pointer (&title), FALSE);
  }
  append_name (title, record);
  append_day (title, record);
  return g_string_free (g_steal_pointer (&title), FALSE);
}

static char *
title_of_child (const WayChild *child)
{
  g_autofree char *born = way_date_format_short (child->dob);
  g_autofree char *name = g_strconcat (child->forename != NULL ? child->forename : "",
                                       " ",
                                       child->surname != NULL ? child->surname : "",
                                       NULL);

  return g_strdup_printf ("%s, born %s", g_strstrip (name), born);
}

/**
 * way_import_title:
 *
 * Returns: (transfer full): what the record is, for people
 */
char *
way_import_title (WayDbImport *self, const WayRecord *record, GError **error)
{
  const WayTerm *term = (const WayTerm *) record;
  const WayCode *code = (const WayCode *) record;
  const WayField *name = way_record_type_find (record->type, "name");

  if (record->type == WAY_CHILD)
    return title_of_child ((const WayChild *) record);
  if (record->type == WAY_VISIT)
    return title_of_visit (self, record, error);
  if (record->type == WAY_TERM)
    return g_strdup_printf ("term %g of %s", term->term, term->year != NULL ? term->year : "?");
  if (record->type == WAY_CODE)
    return g_strdup_printf ("“%s” of the list “%s”",
                            code->code != NULL ? code->code : "?",
                            code->list != NULL ? code->list : "?");
  if ((record->type == WAY_SETTING || record->type == WAY_PRACTITIONER) &&
      way_field_is_known (name, record))
    return g_strdup (way_field_string (name, record));
  return title_of_part (self, record, error);
}
