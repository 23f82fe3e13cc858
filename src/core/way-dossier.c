/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-dossier.h"

#include "way-text.h"

#include <math.h>
#include <string.h>

/**
 * way_dossier_new:
 * @records: (transfer full): a visit and all that is printed on its record
 *
 * Returns: (transfer full): the dossier, with its fingerprint if the visit is signed
 */
WayDossier *
way_dossier_new (WayRecordSet *records)
{
  WayDossier *self = g_new0 (WayDossier, 1);

  self->records = records;
  if (way_dossier_is_signed (self)) {
    g_autofree char *text = way_canonical_write (records, WAY_CANONICAL_SHARED);

    way_canonical_fingerprint (text, self->fingerprint);
  }
  return self;
}

/**
 * way_dossier_new_at_level:
 * @records: (transfer full): what is left of a record
 * @level: code of the disclosure level, below full
 *
 * The level is part of what the fingerprint is taken of, so that the copy can't be made to pass for
 * the record by leaving its level out.
 *
 * Returns: (transfer full): the copy, with its own fingerprint if the visit is signed
 */
WayDossier *
way_dossier_new_at_level (WayRecordSet *records, const char *level)
{
  WayDossier *self = g_new0 (WayDossier, 1);

  self->records = records;
  self->level = g_intern_string (level);
  if (way_dossier_is_signed (self)) {
    g_autofree char *content = way_canonical_write (records, WAY_CANONICAL_SHARED);
    g_autofree char *text = g_strconcat ("level=", level, "\n", content, NULL);

    way_canonical_fingerprint (text, self->fingerprint);
  }
  return self;
}

/**
 * way_dossier_from_canonical:
 * @text: what way_dossier_to_canonical() gave
 *
 * Returns: (transfer full) (nullable): the dossier
 */
WayDossier *
way_dossier_from_canonical (const char *text, GError **error)
{
  WayRecordSet *records = way_canonical_read (text, error);
  WayDossier *self;

  if (records == NULL)
    return NULL;
  self = g_new0 (WayDossier, 1);
  self->records = records;
  if (way_dossier_is_signed (self))
    way_canonical_fingerprint (text, self->fingerprint);
  return self;
}

/**
 * way_dossier_to_canonical:
 *
 * Returns: (transfer full): the text of which the fingerprint is taken
 */
char *
way_dossier_to_canonical (WayDossier *self)
{
  return way_canonical_write (self->records, WAY_CANONICAL_SHARED);
}

void
way_dossier_free (WayDossier *self)
{
  if (self == NULL)
    return;
  way_record_set_free (self->records);
  g_free (self);
}

/* Borrows; NULL in a set without a visit. */
WayVisit *
way_dossier_get_visit (const WayDossier *self)
{
  return way_record_set_first (self->records, WAY_VISIT);
}

/* Borrows; NULL if the author is not in the set. */
WayPractitioner *
way_dossier_get_author (const WayDossier *self)
{
  const WayVisit *visit = way_dossier_get_visit (self);

  return visit != NULL ? way_record_set_find (self->records, WAY_PRACTITIONER, visit->practitioner)
                       : NULL;
}

/* Borrows; NULL if the visit names no setting. */
WaySetting *
way_dossier_get_setting (const WayDossier *self)
{
  const WayVisit *visit = way_dossier_get_visit (self);

  return visit != NULL ? way_record_set_find (self->records, WAY_SETTING, visit->setting) : NULL;
}

gboolean
way_dossier_is_signed (const WayDossier *self)
{
  const WayVisit *visit = way_dossier_get_visit (self);

  return visit != NULL && visit->signed_at != NULL;
}

/**
 * way_dossier_dup_children:
 *
 * Returns: (transfer container) (element-type WayChild): whom the visit concerns, in order
 */
GPtrArray *
way_dossier_dup_children (const WayDossier *self)
{
  GPtrArray *all = way_record_set_list (self->records, WAY_VISIT_CHILD);
  g_autoptr (GPtrArray) links = g_ptr_array_new ();
  GPtrArray *children = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (links, g_ptr_array_index (all, i));
  way_record_list_sort_by_position (links, WAY_VISIT_CHILD);
  for (guint i = 0; i < links->len; i++) {
    const WayVisitChild *link = g_ptr_array_index (links, i);
    WayChild *child = way_record_set_find (self->records, WAY_CHILD, link->child);

    if (child != NULL)
      g_ptr_array_add (children, child);
  }
  return children;
}

/**
 * way_dossier_get_enrolment:
 *
 * Returns: (transfer none) (nullable): the child's main enrolment on the day of the visit
 */
WayEnrolment *
way_dossier_get_enrolment (const WayDossier *self, const WayChild *child)
{
  return (WayEnrolment *) way_enrolment_find_main (
      way_record_set_list (self->records, WAY_ENROLMENT),
      child->record.id,
      way_dossier_get_visit (self)->date);
}

/**
 * way_dossier_get_sen_status:
 *
 * Returns: (transfer none) (nullable): the child's SEN provision on the day of the visit
 */
WaySenStatus *
way_dossier_get_sen_status (const WayDossier *self, const WayChild *child)
{
  return (WaySenStatus *) way_sen_status_find (way_record_set_list (self->records, WAY_SEN_STATUS),
                                               child->record.id,
                                               way_dossier_get_visit (self)->date);
}

/**
 * way_dossier_dup_list:
 * @field: (nullable): the name of a field that holds an id
 * @id: (nullable): the id it shall hold; %NULL takes every record
 *
 * Returns: (transfer container): the records of @type, by date and position
 */
GPtrArray *
way_dossier_dup_list (const WayDossier *self,
                      const WayRecordType *type,
                      const char *field,
                      const char *id)
{
  GPtrArray *all = way_record_set_list (self->records, type);
  const WayField *key = id != NULL ? way_record_type_find (type, field) : NULL;
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++) {
    gpointer record = g_ptr_array_index (all, i);

    if (key == NULL || g_strcmp0 (way_field_string (key, record), id) == 0)
      g_ptr_array_add (list, record);
  }
  way_record_list_sort_by_position (list, type);
  return list;
}

/**
 * way_dossier_dup_new_actions:
 *
 * Returns: (transfer container) (element-type WayAction): what was agreed at this visit
 */
GPtrArray *
way_dossier_dup_new_actions (const WayDossier *self)
{
  return way_dossier_dup_list (self, WAY_ACTION, "visit", way_dossier_get_visit (self)->record.id);
}

/**
 * way_child_full_name:
 *
 * Returns: (transfer full): the legal name, "Amara Okafor"
 */
char *
way_child_full_name (const WayChild *child)
{
  return g_strdup_printf ("%s %s",
                          child->forename != NULL ? child->forename : "",
                          child->surname != NULL ? child->surname : "");
}

char *
way_child_first_name (const WayChild *child)
{
  if (!way_text_is_blank (child->preferred))
    return g_strdup (child->preferred);
  return g_strdup (child->forename != NULL ? child->forename : "");
}

/**
 * way_child_name_among:
 * @children: (element-type WayChild): all whom a visit concerns
 *
 * Returns: (transfer full): what @child is called beside them: the first name, or the whole name
 *   where another has the same first name
 */
char *
way_child_name_among (const WayChild *child, GPtrArray *children)
{
  g_autofree char *name = way_child_first_name (child);

  for (guint i = 0; i < children->len; i++) {
    const WayChild *other = g_ptr_array_index (children, i);
    g_autofree char *theirs = way_child_first_name (other);

    if (g_strcmp0 (other->record.id, child->record.id) != 0 && g_strcmp0 (theirs, name) == 0)
      return way_child_full_name (child);
  }
  return g_steal_pointer (&name);
}

char *
way_child_initials (const WayChild *child)
{
  g_autofree char *name = way_child_full_name (child);

  return way_text_initials (name);
}

/**
 * way_child_reference:
 *
 * Returns: (transfer full): four signs of the child's id in capitals, for the foot
 *   of a page and for file names, where no name shall stand
 */
char *
way_child_reference (const WayChild *child)
{
  g_autofree char *start = g_strndup (child->record.id != NULL ? child->record.id : "0000", 4);

  return g_ascii_strup (start, -1);
}
