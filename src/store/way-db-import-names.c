/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids that a file made up, such as "1" or "c1": another file may call something else by the same.
 * So a record of the store with such an id is the row's only if what they say does not contradict
 * it. If it does, the row gets an id of its own, and whatever names it in these files follows.
 *
 * Beside the ids of files, "known_as" holds "id/mark" for them: the id of a file together with who
 * the row is or whose, so that each of several folders finds its own rows again. */
#include "way-db-import-private.h"

#include "way-text.h"
#include "way-upn.h"
#include "way-values.h"

#include <string.h>

gboolean
way_import_is_named_by_file (const WayRecord *record)
{
  return record->id != NULL && (record->named_id || record->derived_id);
}

/**
 * way_import_own_name:
 * @file_id: an id as the files have it
 *
 * Returns: (transfer none): the id that stands for it in this import: another if the store's record
 *   of that id is not the files'
 */
const char *
way_import_own_name (WayDbImport *self, const WayRecordType *type, const char *file_id)
{
  const char *own = way_import_table_get (self->own_names, type, file_id);

  return own != NULL ? own : file_id;
}

static gboolean
is_same_text (const char *a, const char *b)
{
  g_autofree char *folded = way_text_fold (a != NULL ? a : "");
  g_autofree char *other = way_text_fold (b != NULL ? b : "");

  return strcmp (folded, other) == 0;
}

static gboolean
are_both_known (const char *a, const char *b)
{
  return !way_text_is_blank (a) && !way_text_is_blank (b);
}

/* What the two say alike of surname, forename and day of birth. */
static guint
count_alike (const WayChild *a, const WayChild *b)
{
  return is_same_text (a->surname, b->surname) + is_same_text (a->forename, b->forename) +
         (a->dob == b->dob);
}

/* By UPN, with the name or the day of birth; else at least two of surname, forename and day of
 * birth agree: a correction changes one. With all three and another UPN only a person can say. */
static gboolean
can_be_same_child (const WayChild *a, const WayChild *b)
{
  g_autofree char *upn = way_upn_normalise (a->upn), *old_upn = way_upn_normalise (b->upn);

  if (upn == NULL || old_upn == NULL)
    return count_alike (a, b) >= 2;
  return way_import_has_upn_of (a, b) && (a->dob == b->dob || count_alike (a, b) == 2);
}

static gboolean
compare_children (WayDbImport *self,
                  const WayChild *child,
                  const WayChild *old,
                  gboolean *is_same,
                  GError **error)
{
  *is_same = can_be_same_child (child, old);
  if (!*is_same || count_alike (child, old) == 3)
    return TRUE;
  return way_import_confirm_child (self, child, old, is_same, error);
}

/* By URN; by LA and establishment number, which stay when a school gets another URN; by name. */
static gboolean
is_same_setting (const WaySetting *a, const WaySetting *b)
{
  gboolean have_urns = are_both_known (a->urn, b->urn);
  gboolean have_numbers = are_both_known (a->la, b->la) && are_both_known (a->estab, b->estab);

  if (have_urns && strcmp (a->urn, b->urn) == 0)
    return TRUE;
  if (have_numbers)
    return strcmp (a->la, b->la) == 0 && strcmp (a->estab, b->estab) == 0;
  return !have_urns && is_same_text (a->name, b->name);
}

/* By name; by email, for a name may change, unless somebody has the name: a team may share one. */
static gboolean
compare_practitioners (WayDbImport *self,
                       const WayPractitioner *a,
                       const WayPractitioner *b,
                       gboolean *is_same,
                       GError **error)
{
  const char *named = NULL;

  *is_same = is_same_text (a->name, b->name);
  if (*is_same || !are_both_known (a->email, b->email) || !is_same_text (a->email, b->email))
    return TRUE;
  if (!way_import_match_practitioner (self, &a->record, &named, error))
    return FALSE;
  *is_same = named == NULL;
  return TRUE;
}

/* Whether @field says whose the record is. People and schools do so only where the files mean
 * others by their ids than the store does; otherwise a change of them is a change. */
static gboolean
is_owner (WayDbImport *self, const WayRecord *record, const WayField *field)
{
  if (field->kind != WAY_FIELD_ID || !way_field_is_known (field, record) ||
      ((field->flags & WAY_FIELD_REQUIRED) == 0 && record->type != WAY_ACTION))
    return FALSE;
  return (strcmp (field->list, "setting") != 0 && strcmp (field->list, "practitioner") != 0) ||
         g_strcmp0 (way_field_string (field, record), way_field_string (field, self->given)) != 0;
}

static gboolean
has_same_owners (WayDbImport *self, const WayRecord *record, const WayRecord *old)
{
  for (guint i = 0; i < record->type->n_fields; i++) {
    const WayField *field = &record->type->fields[i];

    if (is_owner (self, record, field) && way_field_is_known (field, old) &&
        !way_field_equal (field, record, old))
      return FALSE;
  }
  return TRUE;
}

/* (out): ids in the store of the children whom the row of a visit names, in its order. */
static gboolean
get_children_of_row (WayDbImport *self, GPtrArray *ids, GError **error)
{
  GPtrArray *links = way_record_set_list (self->records, WAY_VISIT_CHILD);

  for (guint i = 0; i < links->len; i++) {
    const WayVisitChild *link = g_ptr_array_index (links, i);
    gboolean was_left_out;
    char *id;

    if (g_strcmp0 (link->visit, self->given->id) != 0 || link->child == NULL)
      continue;
    if (!way_import_find_id (self, WAY_CHILD, link->child, &id, &was_left_out, error))
      return FALSE;
    if (id != NULL)
      g_ptr_array_add (ids, id);
  }
  return TRUE;
}

/* A visit is another one if it was about other children; if that is not known, at another place; if
 * that is not either, on another day. */
static gboolean
compare_visits (WayDbImport *self,
                const WayVisit *visit,
                const WayVisit *old,
                gboolean *is_same,
                GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_auto (WayStmt) stmt = {0};
  guint n_old = 0;
  WayStep step;

  *is_same = FALSE;
  if (!get_children_of_row (self, ids, error))
    return FALSE;
  stmt = way_stmt_prepare (self->db, "SELECT \"child\" FROM \"visit_child\" WHERE \"visit\" = ? ");
  way_stmt_bind_text (&stmt, 1, old->record.id);
  while ((step = way_stmt_step (&stmt, error)) == WAY_STEP_ROW) {
    n_old++;
    *is_same = *is_same ||
               g_ptr_array_find_with_equal_func (ids, way_stmt_text (&stmt, 0), g_str_equal, NULL);
  }
  if (ids->len > 0 && n_old > 0)
    return step != WAY_STEP_ERROR;
  if (visit->setting != NULL && old->setting != NULL)
    *is_same = strcmp (visit->setting, old->setting) == 0;
  else
    *is_same = visit->date == old->date;
  return step != WAY_STEP_ERROR;
}

static gboolean
compare (WayDbImport *self,
         const WayRecord *record,
         const WayRecord *old,
         gboolean *is_same,
         GError **error)
{
  if (record->type == WAY_VISIT)
    return compare_visits (self, (const WayVisit *) record, (const WayVisit *) old, is_same, error);
  if (record->type == WAY_CHILD)
    return compare_children (
        self, (const WayChild *) record, (const WayChild *) old, is_same, error);
  if (record->type == WAY_PRACTITIONER)
    return compare_practitioners (
        self, (const WayPractitioner *) record, (const WayPractitioner *) old, is_same, error);
  if (record->type == WAY_SETTING)
    *is_same = is_same_setting ((const WaySetting *) record, (const WaySetting *) old);
  else
    *is_same = has_same_owners (self, record, old);
  return TRUE;
}

static gboolean
is_someone (const WayRecordType *type)
{
  return type == WAY_CHILD || type == WAY_SETTING || type == WAY_PRACTITIONER;
}

static void
append (GString *mark, const char *text)
{
  g_autofree char *folded = way_text_fold (text != NULL ? text : "");

  g_string_append_printf (mark, "/%s", folded);
}

static void
append_owners (WayDbImport *self, GString *mark, const WayRecord *record)
{
  for (guint i = 0; i < record->type->n_fields; i++) {
    const WayField *field = &record->type->fields[i];

    if (is_owner (self, record, field))
      append (mark, way_field_string (field, record));
  }
}

static gboolean
append_visit (WayDbImport *self, GString *mark, const WayVisit *visit, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (!get_children_of_row (self, ids, error))
    return FALSE;
  if (ids->len == 0 && visit->setting == NULL)
    g_string_append_printf (mark, "/%u", visit->date);
  else
    append (mark, ids->len > 0 ? g_ptr_array_index (ids, 0) : visit->setting);
  return TRUE;
}

/* The id that the row gets if the file's is another's: the same every time, and for everybody. */
static gboolean
make_own_id (WayDbImport *self, const WayRecord *record, char **id, GError **error)
{
  g_autoptr (GString) mark = g_string_new (record->id);

  if (record->type == WAY_CHILD) {
    const WayChild *child = (const WayChild *) record;

    append (mark, child->upn);
    append (mark, child->surname);
    append (mark, child->forename);
    g_string_append_printf (mark, "/%u", child->dob);
  } else if (record->type == WAY_SETTING) {
    const WaySetting *setting = (const WaySetting *) record;

    append (mark, setting->urn);
    append (mark, setting->la);
    append (mark, setting->estab);
    append (mark, setting->name);
  } else if (record->type == WAY_PRACTITIONER) {
    append (mark, ((const WayPractitioner *) record)->name);
    append (mark, ((const WayPractitioner *) record)->email);
  } else if (record->type != WAY_VISIT) {
    append_owners (self, mark, record);
  } else if (!append_visit (self, mark, (const WayVisit *) record, error)) {
    return FALSE;
  }
  *id = way_uuid_for_name (record->type->name, mark->str);
  return TRUE;
}

/* The store's record @id, if it is there and what the row says does not contradict it. */
static gboolean
try_one (WayDbImport *self,
         const WayRecord *record,
         const char *id,
         WayRecord **old,
         gboolean *is_there,
         GError **error)
{
  g_autoptr (WayRecord) row = NULL;
  const WayChanged *changed;
  gboolean is_same = FALSE;

  if (id == NULL || way_import_was_left_out (self, record->type, id))
    return TRUE;
  changed = way_import_table_get (self->changed, record->type, id);
  if (changed != NULL)
    row = way_record_copy (changed->record);
  else if (!way_db_row_get (self->db, record->type, id, &row, error))
    return FALSE;
  *is_there = *is_there || row != NULL;
  if (row != NULL && !compare (self, record, row, &is_same, error))
    return FALSE;
  if (is_same)
    *old = g_steal_pointer (&row);
  return TRUE;
}

/* Of those that files called by this id, the one that the row can be. */
static gboolean
try_all (
    WayDbImport *self, const WayRecord *record, WayRecord **old, gboolean *is_there, GError **error)
{
  g_autoptr (GPtrArray) ids = NULL;

  if (!try_one (self, record, record->id, old, is_there, error))
    return FALSE;
  if (*old != NULL || !way_db_is_named (record->type))
    return TRUE;
  ids = way_db_known_as_all (self->db, record->type, record->id, error);
  for (guint i = 0; ids != NULL && i < ids->len && *old == NULL; i++) {
    const char *id = g_ptr_array_index (ids, i);

    if (strcmp (id, record->id) != 0 && !try_one (self, record, id, old, is_there, error))
      return FALSE;
  }
  return ids != NULL;
}

/* What the file said last time outweighs what was changed here since. */
static gboolean
try_known (
    WayDbImport *self, const WayRecord *record, const char *name, WayRecord **old, GError **error)
{
  g_autofree char *id = NULL;

  if (!is_someone (record->type))
    return TRUE;
  return way_db_known_as_get (self->db, record->type, name, &id, error) &&
         (id == NULL || way_import_was_left_out (self, record->type, id) ||
          way_db_row_get (self->db, record->type, id, old, error));
}

/**
 * way_import_settle_name:
 * @record: (inout): a row whose id the file made up, references resolved; gets another id if the
 *   store's record of that id is not the row's
 * @name: (out) (nullable): what to remember of it, so that the row is found again
 * @old: (out) (nullable): the same record as the store has it, as far as the id tells
 */
gboolean
way_import_settle_name (
    WayDbImport *self, WayRecord *record, char **name, WayRecord **old, GError **error)
{
  g_autofree char *own = NULL, *full = NULL;
  gboolean is_there = FALSE, is_other;

  if (!make_own_id (self, record, &own, error))
    return FALSE;
  full = g_strconcat (record->id, "/", own, NULL);
  if (!try_known (self, record, full, old, error) ||
      (*old == NULL && !try_all (self, record, old, &is_there, error)))
    return FALSE;
  is_other = *old != NULL ? strcmp ((*old)->id, record->id) != 0 : is_there;
  if (is_other) {
    way_import_table_set (self->own_names, record->type, record->id, g_strdup (own));
    g_free (record->id);
    record->id = g_steal_pointer (&own);
    record->derived_id = TRUE;
    if (*old == NULL && !way_db_row_get (self->db, record->type, record->id, old, error))
      return FALSE;
  }
  if (is_other || is_someone (record->type))
    *name = g_steal_pointer (&full);
  return TRUE;
}

/**
 * way_import_is_ambiguous:
 * @file_id: an id that none of the rows so far has
 * @ambiguous: (out): whether several records came by it, so that nobody can say which is meant
 */
gboolean
way_import_is_ambiguous (WayDbImport *self,
                         const WayRecordType *type,
                         const char *file_id,
                         gboolean *ambiguous,
                         GError **error)
{
  g_autofree char *sql = NULL, *first = NULL;
  g_autoptr (GPtrArray) ids = NULL;

  *ambiguous = FALSE;
  if (way_import_find_place (self, type, way_import_own_name (self, type, file_id)) != NULL)
    return TRUE;
  ids = way_db_known_as_all (self->db, type, file_id, error);
  if (ids == NULL)
    return FALSE;
  if (ids->len == 0)
    return TRUE;
  sql = g_strdup_printf ("SELECT \"id\" FROM \"%s\" WHERE \"id\" = ?1", type->name);
  if (!way_db_query_text (self->db, sql, file_id, &first, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    *ambiguous = *ambiguous || strcmp (first != NULL ? first : g_ptr_array_index (ids, 0),
                                       g_ptr_array_index (ids, i)) != 0;
  return TRUE;
}

/**
 * way_import_find_replaced:
 * @target: of a file that made up its ids, with its child resolved
 * @id: (out) (nullable): the store's target of that child that such a file called as
 *   @target's "replaces" does
 */
gboolean
way_import_find_replaced (WayDbImport *self, const WayTarget *target, char **id, GError **error)
{
  WayPlace *place = way_import_find_place (
      self, WAY_TARGET, way_import_own_name (self, WAY_TARGET, target->replaces));
  g_autoptr (GPtrArray) ids = NULL;

  *id = place != NULL ? g_strdup (place->id) : NULL;
  if (place != NULL)
    return TRUE;
  ids = way_db_known_as_all (self->db, WAY_TARGET, target->replaces, error);
  if (ids == NULL)
    return FALSE;
  g_ptr_array_add (ids, g_strdup (target->replaces));
  for (guint i = 0; i < ids->len && *id == NULL; i++) {
    g_autoptr (WayRecord) row = NULL;

    if (!way_db_row_get (self->db, WAY_TARGET, g_ptr_array_index (ids, i), &row, error))
      return FALSE;
    if (row != NULL && g_strcmp0 (((WayTarget *) row)->child, target->child) == 0)
      *id = g_strdup (row->id);
  }
  return TRUE;
}
