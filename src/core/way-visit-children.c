/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A Record of Visit goes to the families of the children whom it names: what is in it of any other
 * child would be told to strangers. */
#include "way-visit-children.h"

#include "way-error.h"
#include "way-text.h"

#define TITLE_LENGTH 60

/* What belongs to a visit and may be one child's, by the name it has in a visit's JSON; @field
 * says whose it is. */
static const struct {
  const WayRecordType *type;
  const char *member;
  const char *field;
} PARTS[] = {
    {WAY_VISIT_TARGET, "targets", "target"},
    {WAY_VISIT_ACTION, "followed_up", "action"},
    {WAY_ACTION, "actions", "child"},
    {WAY_VISIT_VIEW, "views", "child"},
    {WAY_ASSESSMENT, "assessments", "child"},
};

static const char *
known_id (gconstpointer record, const char *name)
{
  const WayField *field =
      record != NULL ? way_record_type_find (WAY_RECORD (record)->type, name) : NULL;

  return field != NULL && way_field_is_known (field, record) ? way_field_string (field, record)
                                                             : NULL;
}

static gboolean
has_child (WayRecordSet *records, const char *visit, const char *child)
{
  GPtrArray *links = way_record_set_list (records, WAY_VISIT_CHILD);

  for (guint i = 0; i < links->len; i++) {
    if (g_strcmp0 (known_id (links->pdata[i], "visit"), visit) == 0 &&
        g_strcmp0 (known_id (links->pdata[i], "child"), child) == 0)
      return TRUE;
  }
  return FALSE;
}

/* What was agreed for all of an earlier visit is of each of its children. */
static gboolean
share_child (WayRecordSet *records, const char *visit, const char *earlier)
{
  GPtrArray *links = way_record_set_list (records, WAY_VISIT_CHILD);
  gboolean is_known = FALSE;

  for (guint i = 0; i < links->len; i++) {
    if (g_strcmp0 (known_id (links->pdata[i], "visit"), earlier) != 0)
      continue;
    if (has_child (records, visit, known_id (links->pdata[i], "child")))
      return TRUE;
    is_known = TRUE;
  }
  return !is_known;
}

/* @of: what says whose it is: the part itself, or the target or action that it names */
static gboolean
is_of_visit (WayRecordSet *records, const char *visit, const WayRecord *of)
{
  const char *child = known_id (of, "child"), *earlier = known_id (of, "visit");
  const char *review = known_id (of, "review");

  if (child == NULL && review != NULL)
    child = known_id (way_record_set_find (records, WAY_REVIEW, review), "child");
  if (child != NULL)
    return has_child (records, visit, child);
  return earlier == NULL || share_child (records, visit, earlier);
}

static char *
dup_title (const WayRecord *record)
{
  static const char *const NAMES[] = {"statement", "what", "name", "text"};
  const char *text = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES) && text == NULL; i++)
    text = known_id (record, NAMES[i]);
  return way_text_first_words (text != NULL ? text : "", TITLE_LENGTH);
}

static const WayRecord *
find_whose (WayRecordSet *records, const WayRecord *part)
{
  if (part->type == WAY_VISIT_TARGET)
    return way_record_set_find (records, WAY_TARGET, ((const WayVisitTarget *) part)->target);
  if (part->type == WAY_VISIT_ACTION)
    return way_record_set_find (records, WAY_ACTION, ((const WayVisitAction *) part)->action);
  return part;
}

static void
check_parts (GString *problems, WayRecordSet *records, const char *visit, guint part)
{
  GPtrArray *list = way_record_set_list (records, PARTS[part].type);
  guint number = 0;

  for (guint i = 0; i < list->len; i++) {
    const WayRecord *record = g_ptr_array_index (list, i);
    const WayRecord *of = find_whose (records, record);
    g_autofree char *title = NULL;

    if (g_strcmp0 (known_id (record, "visit"), visit) != 0)
      continue;
    number++;
    if (of == NULL || is_of_visit (records, visit, of))
      continue;
    title = dup_title (of);
    g_string_append_printf (problems,
                            "%s%s[%u]: %s: “%s” is another child's; name the child in “children”, "
                            "or leave it out",
                            problems->len > 0 ? ".\n" : "",
                            PARTS[part].member,
                            number,
                            PARTS[part].field,
                            title);
  }
}

static void
check_once (GString *problems, WayRecordSet *records, const char *visit)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *links = way_record_set_list (records, WAY_VISIT_CHILD);
  guint number = 0;

  for (guint i = 0; i < links->len; i++) {
    const char *child = known_id (links->pdata[i], "child");

    if (g_strcmp0 (known_id (links->pdata[i], "visit"), visit) != 0)
      continue;
    number++;
    if (child != NULL && !g_hash_table_add (seen, (gpointer) child))
      g_string_append_printf (problems,
                              "%schildren[%u]: The same child is named twice; name each child once",
                              problems->len > 0 ? ".\n" : "",
                              number);
  }
}

/**
 * way_visit_check_children:
 * @records: a visit and its parts, with the targets and actions that they name; the reviews and the
 *   children of the visits at which those actions were agreed may be there
 * @error: return location for %WAY_ERROR_INVALID "targets[1]: field: why", a line each
 *
 * What names no child is of all of them. A target or action that @records do not have is let pass.
 *
 * Returns: whether every part of the visit is of a child of the visit, and each child named once
 */
gboolean
way_visit_check_children (WayRecordSet *records, GError **error)
{
  const WayRecord *visit = way_record_set_first (records, WAY_VISIT);
  g_autoptr (GString) problems = g_string_new (NULL);

  g_return_val_if_fail (visit != NULL, FALSE);

  check_once (problems, records, visit->id);
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++)
    check_parts (problems, records, visit->id, i);
  if (problems->len == 0)
    return TRUE;
  g_set_error_literal (error, WAY_ERROR, WAY_ERROR_INVALID, problems->str);
  return FALSE;
}
