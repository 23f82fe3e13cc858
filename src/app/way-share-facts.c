/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-share-facts.h"

#include "way-redact.h"
#include "way-sharing.h"
#include "way-text.h"

#include <glib/gi18n.h>

void
way_share_facts_free (WayShareFacts *self)
{
  g_clear_pointer (&self->printed, way_printed_free);
  g_clear_pointer (&self->own, g_ptr_array_unref);
  g_ptr_array_unref (self->children);
  g_ptr_array_unref (self->gathered);
  g_clear_pointer (&self->stored, g_ptr_array_unref);
  g_ptr_array_unref (self->named);
  g_ptr_array_unref (self->people);
  way_record_set_free (self->contacts);
  g_ptr_array_unref (self->agreements);
  g_ptr_array_unref (self->missing);
  g_free (self);
}

/* Once each: two children may have one mother. */
static void
add_person (GPtrArray *people, const char *name, const char *what)
{
  g_autofree char *text = NULL;

  if (way_text_is_blank (name))
    return;
  text = way_text_is_blank (what) ? g_strdup (name) : g_strdup_printf ("%s (%s)", name, what);
  if (!g_ptr_array_find_with_equal_func (people, text, g_str_equal, NULL))
    g_ptr_array_add (people, g_steal_pointer (&text));
}

static void
add_contacts (WayShareFacts *self, WayRecordSet *records)
{
  GPtrArray *contacts = way_record_set_list (records, WAY_CONTACT);

  for (guint i = 0; i < contacts->len; i++) {
    const WayContact *contact = contacts->pdata[i];

    way_record_set_take (self->contacts, way_record_copy (contact));
    if (!way_sharing_is_barred (contact))
      add_person (
          self->people,
          contact->name,
          contact->relationship != NULL
              ? way_code_lists_label (self->printed->lists, "relationship", contact->relationship)
              : NULL);
  }
}

static void
add_setting (WayShareFacts *self, const WaySetting *setting)
{
  if (setting == NULL)
    return;
  add_person (self->people, setting->senco, _ ("SENCO"));
  add_person (self->people, setting->head, _ ("head teacher"));
  add_person (self->people, setting->name, NULL);
}

/* @i: which of the children. */
static void
add_agreement (WayShareFacts *self, guint i)
{
  WayRecordSet *records = self->gathered->pdata[i];
  const char *child_id = WAY_RECORD (self->own->pdata[i])->id;
  const char *name = self->children->pdata[i];
  WayDate on;
  WayAgreementState state = way_sharing_get_agreement (records, child_id, self->today, &on);
  g_autofree char *day = way_date_format (on);

  if (state != WAY_AGREEMENT_IN_PLACE)
    g_ptr_array_add (self->missing, g_strdup (name));
  if (state != WAY_AGREEMENT_MISSING)
    g_ptr_array_add (self->agreements,
                     g_strdup_printf (state == WAY_AGREEMENT_IN_PLACE
                                          ? _ ("%s: agreement recorded on %s")
                                          : _ ("%s: agreement withdrawn on %s"),
                                      name,
                                      day));
}

/* The record that came may have a child under an id and a name that are not those of the store. */
static gboolean
is_own (WayShareFacts *self, GPtrArray *children, const char *child_id, const WayChild *other)
{
  for (guint i = 0; i < children->len; i++) {
    if ((child_id == NULL || g_strcmp0 (WAY_RECORD (children->pdata[i])->id, child_id) == 0) &&
        g_strcmp0 (WAY_RECORD (self->own->pdata[i])->id, other->record.id) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
find_named (WayShareFacts *self,
            const WayDossier *dossier,
            GPtrArray *children,
            const char *child_id)
{
  g_autoptr (GPtrArray) named = way_redact_find_named (dossier, self->stored);

  g_ptr_array_set_size (self->named, 0);
  for (guint i = 0; i < named->len; i++) {
    if (!is_own (self, children, child_id, named->pdata[i]))
      g_ptr_array_add (self->named, way_child_full_name (named->pdata[i]));
  }
}

/**
 * way_share_facts_narrow:
 * @self: the facts
 * @dossier: what leaves: the record, or the extract
 * @child_id: (nullable): the child for whom an extract leaves, by its id in the record; %NULL: the
 *   whole record does
 *
 * What another child's parents are called, agreed to or must not get is not asked of an extract
 * without that child.
 */
void
way_share_facts_narrow (WayShareFacts *self, const WayDossier *dossier, const char *child_id)
{
  g_autoptr (GPtrArray) children = way_dossier_dup_children (self->printed->dossier);

  g_ptr_array_set_size (self->people, 0);
  g_ptr_array_set_size (self->agreements, 0);
  g_ptr_array_set_size (self->missing, 0);
  way_record_set_remove_all (self->contacts, WAY_CONTACT);
  add_setting (self, way_dossier_get_setting (self->printed->dossier));
  for (guint i = 0; i < children->len; i++) {
    if (child_id != NULL && g_strcmp0 (WAY_RECORD (children->pdata[i])->id, child_id) != 0)
      continue;
    add_contacts (self, self->gathered->pdata[i]);
    add_agreement (self, i);
  }
  find_named (self, dossier, children, child_id);
}

static gboolean
gather_child (WayShareFacts *self, WayDb *db, const WayChild *child, GError **error)
{
  WayRecordSet *records = child->record.id != NULL
                              ? way_db_gather_child (db, child->record.id, error)
                              : way_record_set_new (); /* not in this store: nothing is known */

  if (records == NULL)
    return FALSE;
  g_ptr_array_add (self->gathered, records);
  g_ptr_array_add (self->children, way_child_full_name (child));
  return TRUE;
}

/**
 * way_share_facts_gather:
 * @db: the store
 * @visit_id: a signed visit
 * @today: the day of the agreements
 * @error: return location
 *
 * Returns: (transfer full): what has to be known before its record leaves
 */
WayShareFacts *
way_share_facts_gather (WayDb *db, const char *visit_id, WayDate today, GError **error)
{
  g_autoptr (WayShareFacts) self = g_new0 (WayShareFacts, 1);

  self->children = g_ptr_array_new_with_free_func (g_free);
  self->gathered = g_ptr_array_new_with_free_func ((GDestroyNotify) way_record_set_free);
  self->named = g_ptr_array_new_with_free_func (g_free);
  self->today = today;
  self->people = g_ptr_array_new_with_free_func (g_free);
  self->contacts = way_record_set_new ();
  self->agreements = g_ptr_array_new_with_free_func (g_free);
  self->missing = g_ptr_array_new_with_free_func (g_free);
  self->printed = way_printed_gather (db, visit_id, 0, error);
  if (self->printed == NULL)
    return NULL;
  self->stored = way_db_list (db, WAY_CHILD, NULL, NULL, error);
  if (self->stored == NULL)
    return NULL;
  self->own = way_db_dup_children_of (db, self->printed->dossier, error);
  if (self->own == NULL)
    return NULL;
  for (guint i = 0; i < self->own->len; i++) {
    if (!gather_child (self, db, self->own->pdata[i], error))
      return NULL;
  }
  way_share_facts_narrow (self, self->printed->dossier, NULL);
  return g_steal_pointer (&self);
}

/**
 * way_share_facts_find_barred:
 * @self: the facts
 * @recipient: what was typed
 *
 * The rule is way_sharing_find_barred().
 *
 * Returns: (nullable): name of whoever must not be contacted and is meant by it
 */
const char *
way_share_facts_find_barred (const WayShareFacts *self, const char *recipient)
{
  const WayContact *contact = way_sharing_find_barred (self->contacts, recipient);

  return contact != NULL ? contact->name : NULL;
}

gboolean
way_share_facts_is_contact (const WayShareFacts *self, const char *recipient)
{
  return way_sharing_find_contact (self->contacts, recipient) != NULL;
}
